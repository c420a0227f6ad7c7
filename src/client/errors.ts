// Every error that the client throws: one small hierarchy, told apart by `kind` (for switch) or by class (for instanceof).
// Rule: nothing here ever holds a secret, a token, a header or a body where a log, JSON.stringify, util.inspect or a stack would
// show it. The answer that an ApiError came with is reachable by answer() alone, for callers who show it to the person who asked.
import type { Explanation } from '../api/codes.ts';
import type { ApiResponse } from './types.ts';

export type ErrorKind =
  | 'api' | 'authentication' | 'lockout' | 'guard' | 'network' | 'timeout' | 'cancelled' | 'unexpectedAnswer' | 'invalidInput' | 'file';

/** What all of them share. `message` says what happened, the API's code with our explanation, and what to do. */
export abstract class OpenBankingError extends Error {
  abstract readonly kind: ErrorKind;
  /** Whether the same call may succeed later, unchanged. */
  readonly retryable: boolean = false;
  /** The operation that was called, where there was one. */
  readonly operationId?: string;

  constructor(message: string, operationId?: string) {
    super(message);
    this.name = new.target.name;
    if (operationId !== undefined) this.operationId = operationId;
  }
}

export interface ApiErrorDetails {
  operationId: string;
  /** The operation's family, e.g. `Customers`. */
  family: string;
  code?: string;
  /** The API's own message, secrets and personal values taken out. */
  apiMessage?: string;
  explanation: Explanation;
  /** Milliseconds that the API asks to wait (Retry-After). */
  retryAfterMs?: number;
  answer: ApiResponse;
}

/** The API answered with something other than success. */
export class ApiError extends OpenBankingError {
  override readonly kind: 'api' | 'authentication' = 'api';
  readonly status: number;
  /** The API's own code as text, more telling than the status; undefined when the body has none. */
  readonly code?: string;
  readonly family: string;
  readonly apiMessage?: string;
  readonly explanation: Explanation;
  override readonly retryable: boolean;
  readonly retryAfterMs?: number;
  /** What is known of the answer besides its body. */
  readonly response: { contentType: string; size: number; durationMs: number };
  readonly #answer: ApiResponse;

  constructor(details: ApiErrorDetails) {
    const { operationId, family, code, apiMessage, explanation, retryAfterMs, answer } = details;
    super(sentence(answer.status, code, apiMessage, explanation), operationId);
    this.status = answer.status;
    this.code = code;
    this.family = family;
    this.apiMessage = apiMessage;
    this.explanation = explanation;
    this.retryable = explanation.retryable;
    this.retryAfterMs = retryAfterMs;
    this.response = { contentType: answer.contentType, size: answer.size, durationMs: answer.durationMs };
    this.#answer = answer;
  }

  /** The whole answer, body and headers included. Show it to the person who asked; never log it. */
  answer(): ApiResponse {
    return this.#answer;
  }
}

function sentence(status: number, code: string | undefined, apiMessage: string | undefined, { title, meaning, fix }: Explanation): string {
  const number = code === undefined ? `HTTP ${status}` : `code ${code}, HTTP ${status}`;
  const said = apiMessage === undefined || apiMessage === '' ? '' : ` The API says: "${apiMessage.replace(/\.$/, '')}".`;
  return `${title} (${number}). ${meaning}${said} ${fix}`;
}

/** Why an authentication failed: wrong secret, a locked partner, the app key (or the plan behind it), the token, or the right to do this. */
export type AuthenticationProblem = 'credentials' | 'locked' | 'appKey' | 'token' | 'notAuthorized';

export class AuthenticationError extends ApiError {
  override readonly kind = 'authentication' as const;
  readonly problem: AuthenticationProblem;

  constructor(details: ApiErrorDetails, problem: AuthenticationProblem) {
    super(details);
    this.problem = problem;
  }
}

/** No attempt was made: too many failed before, and the fifth failure would lock the partner for good. */
export class LockoutStop extends OpenBankingError {
  override readonly kind = 'lockout' as const;
  /** Failures left until the partner is locked. */
  readonly remaining: number;

  constructor(remaining: number) {
    super(remaining > 1
      ? `Stopped before signing in: authentication has failed repeatedly, and ${remaining} more failures lock this partner for good. Correct the credentials, then choose to try again.`
      : 'Stopped before signing in: one more failed authentication locks this partner for good, so it is not sent. Check the credentials in the developer portal or ask Mastercard\'s support.');
    this.remaining = remaining;
  }
}

/** The guard refused the call, or the person answered its question with No. Nothing was sent. */
export class GuardRefusal extends OpenBankingError {
  override readonly kind = 'guard' as const;
  /** True when the person was asked and said No: no message is needed then. */
  readonly declined: boolean;
  /** The connection whose own setting stands in the way, so that it can be edited. */
  readonly connectionId?: string;

  constructor(operationId: string, reason: string, declined = false, connectionId?: string) {
    super(reason, operationId);
    this.declined = declined;
    if (connectionId !== undefined) this.connectionId = connectionId;
  }
}

export type NetworkProblem = 'refused' | 'dns' | 'tls' | 'proxy' | 'reset' | 'unreachable' | 'other';

/** The request did not reach the API, or its answer did not come back whole. */
export class NetworkError extends OpenBankingError {
  override readonly kind = 'network' as const;
  readonly problem: NetworkProblem;
  /** The system's name for it, e.g. ECONNREFUSED. */
  readonly systemCode?: string;
  override readonly retryable: boolean;

  constructor(problem: NetworkProblem, message: string, systemCode?: string, operationId?: string) {
    super(message, operationId);
    this.problem = problem;
    this.systemCode = systemCode;
    this.retryable = problem !== 'tls' && problem !== 'proxy';
  }
}

/** No answer, or no finished report, within the time limit. */
export class TimeoutError extends OpenBankingError {
  override readonly kind = 'timeout' as const;
  override readonly retryable = true;
  readonly timeoutMs: number;

  constructor(message: string, timeoutMs: number, operationId?: string) {
    super(message, operationId);
    this.timeoutMs = timeoutMs;
  }
}

/** A report was not finished by the deadline that its following was given. The report goes on being made. */
export class ReportDeadlineError extends TimeoutError {}

/** The caller's signal aborted, or the client was closed. */
export class CancelledError extends OpenBankingError {
  override readonly kind = 'cancelled' as const;
  /** A person ended it, elsewhere than where the call was made. */
  readonly byPerson: boolean;

  constructor(operationId?: string, message = 'Cancelled.', byPerson = false) {
    super(message, operationId);
    this.byPerson = byPerson;
  }
}

export type AnswerProblem = 'html' | 'xml' | 'text' | 'truncated' | 'empty' | 'redirect' | 'otherType' | 'noToken' | 'shape';

/** A success by its status, but not what this operation answers: often a proxy or a sign-in page in between. */
export class UnexpectedAnswerError extends OpenBankingError {
  override readonly kind = 'unexpectedAnswer' as const;
  readonly problem: AnswerProblem;
  readonly status: number;
  readonly contentType: string;

  constructor(problem: AnswerProblem, message: string, status: number, contentType: string, operationId?: string) {
    super(message, operationId);
    this.problem = problem;
    this.status = status;
    this.contentType = contentType;
  }
}

/** What was asked cannot be sent: found before anything went out. */
export class InvalidInputError extends OpenBankingError {
  override readonly kind = 'invalidInput' as const;
  /** The parameter or option at fault. */
  readonly field: string;

  constructor(field: string, message: string, operationId?: string) {
    super(message, operationId);
    this.field = field;
  }
}

/** A download, or the body of an answer that is too large for memory, could not be written. Nothing stands under its name. */
export class FileError extends OpenBankingError {
  override readonly kind = 'file' as const;
  readonly systemCode?: string;
  /** What the API had answered by then, where that is known. */
  readonly status?: number;

  constructor(message: string, systemCode?: string, operationId?: string, status?: number) {
    super(message, operationId);
    this.systemCode = systemCode;
    this.status = status;
  }
}

/** Whether an error came from the client (or the guard) and its message can be shown as it stands. */
export const isOpenBankingError = (error: unknown): error is OpenBankingError => error instanceof OpenBankingError;
