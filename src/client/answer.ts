// Turns a response into an answer: JSON parsed, text as text, the rest as bytes. A success that is not what the operation answers (a web
// page, XML, cut JSON, nothing) is an UnexpectedAnswerError: passed on as data it would only fail later and further away.
import type { OperationEntry } from '../api/catalogue.ts';
import { toApiError } from './errorBody.ts';
import { UnexpectedAnswerError } from './errors.ts';
import type { AnswerProblem, ApiError } from './errors.ts';
import type { AnyInput, ApiResponse, CallOptions, FetchResponse } from './types.ts';

/** An answer before anyone wants its headers as a record, which costs more than reading it. */
export interface Answer {
  status: number;
  contentType: string;
  body: unknown;
  size: number;
  durationMs: number;
  /** Where the body went instead, when it was too large; see rawAnswer.ts. */
  file?: string;
  response: FetchResponse;
}

export interface AnswerContext {
  operation: OperationEntry;
  input: AnyInput;
  /** The media type that the caller asked for; undefined for the operation's own. */
  accept?: string;
  /** `performance.now()` at sending. */
  startedAt: number;
  /** Values to keep out of messages. */
  secrets: readonly string[];
}

/** Reads one response; see transport.ts for `alive`. */
export type Read<T> = (response: FetchResponse, context: AnswerContext, alive: () => void) => Promise<T>;
/** One call from input to result: the way in for everything that reads answers its own way. */
export type Perform = <T extends { status: number; size: number }>(entry: OperationEntry, input: AnyInput, options: CallOptions, read: Read<T>) => Promise<T>;

/** @throws ApiError, UnexpectedAnswerError */
export async function readAnswer(response: FetchResponse, context: AnswerContext): Promise<Answer> {
  const { status } = response;
  const contentType = mediaType(response.headers.get('content-type'));
  const answer: Answer = { status, contentType, body: undefined, size: 0, durationMs: 0, response };
  if (status < 400 && isJson(contentType)) {
    // The common road, kept short: the engine's own text is quicker than bytes that are decoded here.
    const text = await response.text();
    if (text !== '') {
      answer.size = declaredLength(response) ?? Buffer.byteLength(text);
      answer.durationMs = performance.now() - context.startedAt;
      answer.body = parseJson(text, answer, context.operation);
      return answer;
    }
  }
  const bytes = status < 400 && isJson(contentType) ? Buffer.alloc(0) : Buffer.from(await response.arrayBuffer());
  answer.size = bytes.length;
  answer.durationMs = performance.now() - context.startedAt;
  if (status >= 400) throw failureOf(answer, bytes, context, failureBody(bytes, contentType));
  answer.body = readBody(answer, bytes, context);
  return answer;
}

/** Content-Length, where it is the length of what arrives here; compressed bodies are counted after decompression. */
export function declaredLength(response: FetchResponse): number | undefined {
  const encoding = response.headers.get('content-encoding');
  if (encoding !== null && encoding !== 'identity') return undefined;
  const header = response.headers.get('content-length');
  const length = header === null ? NaN : Number(header);
  return Number.isSafeInteger(length) && length >= 0 ? length : undefined;
}

/** Media type without parameters, lower case; empty for none. */
export function mediaType(header: string | null): string {
  if (header === null || header === 'application/json') return header ?? '';
  const end = header.indexOf(';');
  return (end < 0 ? header : header.slice(0, end)).trim().toLowerCase();
}

export function toApiResponse({ response, ...answer }: Answer): ApiResponse {
  const headers: Record<string, string> = {};
  response.headers.forEach((value, name) => {
    headers[name] = value;
  });
  return { ...answer, headers };
}

const isJson = (type: string) => type === 'application/json' || type.endsWith('+json');
const isText = (type: string) => type.startsWith('text/') || type === 'application/xml' || type.endsWith('+xml');

function readBody(answer: Answer, bytes: Buffer, { operation, accept }: AnswerContext): unknown {
  const { status, contentType } = answer;
  const declared = operation.responses[String(status)];
  const jsonDue = accept === undefined || isJson(accept) ? declared?.includes('application/json') ?? false : false;
  if (bytes.length === 0) {
    // 203 says that the bank asks something; its body is empty as often as not.
    if (jsonDue && status !== 203) throw unexpected('empty', answer, operation);
    return undefined;
  }
  if (jsonDue) return parseUnlabelled(bytes, answer, operation);
  if (contentType === 'text/html' && !declared?.includes('text/html')) throw unexpected('html', answer, operation);
  return isText(contentType) ? bytes.toString() : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** JSON under another label, or none, is still taken; anything else where JSON was due is told by what it looks like. */
function parseUnlabelled(bytes: Buffer, answer: Answer, operation: OperationEntry): unknown {
  const start = bytes.toString('utf8', 0, 200).trimStart().toLowerCase(); // trimming takes a byte order mark along
  if (start.startsWith('{') || start.startsWith('[')) return parseJson(bytes.toString(), answer, operation);
  if (answer.contentType === 'text/html' || start.startsWith('<!doctype html') || start.startsWith('<html')) throw unexpected('html', answer, operation);
  if (start.startsWith('<')) throw unexpected('xml', answer, operation);
  throw unexpected(answer.contentType === '' || isText(answer.contentType) ? 'text' : 'otherType', answer, operation);
}

function parseJson(text: string, answer: Answer, operation: OperationEntry): unknown {
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text) as unknown;
  } catch {
    // The parser's message quotes the body, so it is not kept.
    const start = text.trimStart();
    throw unexpected(start.startsWith('<') ? (/^<(?:!doctype\s+html|html)/i.test(start) ? 'html' : 'xml') : 'truncated', answer, operation);
  }
}

const shapes: Readonly<Partial<Record<AnswerProblem, string>>> = {
  html: 'a web page instead of data. Often a proxy or a network sign-in page answers in the API\'s place; check the base URL and the proxy',
  xml: 'XML instead of JSON. Check the base URL, and whether something between here and the API drops the Accept header',
  text: 'plain text instead of JSON. Check the base URL and the proxy',
  truncated: 'JSON that is cut off or damaged. Try again; if it stays, something between here and the API changes the answer',
  empty: 'nothing, where data was due. Try again; if it stays, ask Mastercard\'s support',
  noToken: 'no access token that could be used. Check the base URL',
  otherType: 'another kind of content than was asked for. Check the wanted media type',
};

export function unexpected(problem: AnswerProblem, { status, contentType }: Pick<Answer, 'status' | 'contentType'>, operation: OperationEntry): UnexpectedAnswerError {
  const id = operation.operationId;
  return new UnexpectedAnswerError(problem, `${id}: the answer (HTTP ${status}) holds ${shapes[problem] ?? 'something unexpected'}.`, status, contentType, id);
}

/** The error of a failed answer, `body` as its caller wants it; `start` is what its code is looked for in. */
export function failureOf(answer: Answer, start: Uint8Array, { operation, input, secrets }: AnswerContext, body: unknown): ApiError {
  const text = Buffer.from(start.buffer, start.byteOffset, start.byteLength).toString('utf8', 0, 65_536);
  return toApiError(operation, input, { ...toApiResponse(answer), body }, text, secrets, retryAfter(answer.response.headers.get('retry-after')));
}

function failureBody(bytes: Buffer, contentType: string): unknown {
  if (bytes.length === 0) return undefined;
  if (isJson(contentType)) return tryJson(bytes.toString());
  return isText(contentType) || contentType === '' ? bytes.toString() : new Uint8Array(bytes);
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Retry-After as milliseconds: seconds, or a date. */
export function retryAfter(header: string | null, now = Date.now()): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
