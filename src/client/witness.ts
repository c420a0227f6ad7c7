// Tells the history of a call when it is over. Apart from client.ts, so that a client without a history pays nothing for it. What is handed
// over never holds the key, the token, or either body of a sign-in. Whatever goes wrong in the telling is told to `troubled` and changes
// nothing for the call: a change that was carried out must never look as if it had not been.
import type { OperationEntry } from '../api/catalogue.ts';
import { toApiResponse, type Answer } from './answer.ts';
import { ApiError, CancelledError, GuardRefusal } from './errors.ts';
import type { BuiltRequest } from './requestBuilder.ts';
import type { AnyInput, Clock, FinishedCall } from './types.ts';

/** A call as it is sent. */
export interface Prepared {
  input: AnyInput;
  request: BuiltRequest;
}

export interface Witnessed extends Prepared {
  entry: OperationEntry;
  origin: FinishedCall['origin'];
  accept?: string;
}

/** Who is told. */
export interface Witness {
  finished(call: FinishedCall): void;
  troubled?(error: unknown): void;
}

/** Does the work and tells of its end. The work calls `begin` with what it starts sending, and what that gives before each attempt. */
export async function witness<T>({ finished, troubled }: Witness, call: Witnessed, clock: Clock, work: (begin: (sent: Prepared) => (attempt: number) => void) => Promise<T>): Promise<T> {
  let sent: Prepared = call;
  let startedAt = clock.now();
  let mark = performance.now();
  let attempts = call.origin === 'token' ? 1 : 0;
  const tell = (outcome: FinishedCall['outcome'], answered: () => FinishedCall['answer'], error?: unknown) => {
    try {
      const answer = told(call, answered());
      finished({
        operation: call.entry, input: isSignIn(call) ? {} : sent.input, ...(sent.input !== call.input && { given: call.input }), origin: call.origin, ...(call.accept !== undefined && { accept: call.accept }),
        target: sent.request.target, requestHeaders: open(sent.request.headers), startedAt, attempts, outcome,
        durationMs: answer?.durationMs ?? performance.now() - mark, ...(answer && { answer }), ...(error !== undefined && { error }),
      });
    } catch (trouble) {
      troubled?.(trouble);
    }
  };
  let result: T;
  try {
    result = await work((begun) => {
      sent = begun;
      startedAt = clock.now();
      mark = performance.now();
      return (attempt) => { attempts = attempt; };
    });
  } catch (error) {
    const outcome = error instanceof CancelledError ? 'cancelled' : error instanceof GuardRefusal ? 'refused' : 'failed';
    tell(outcome, () => (error instanceof ApiError ? error.answer() : undefined), error);
    throw error;
  }
  tell('ok', () => answerOf(result));
  return result;
}

/** Its bodies are the partner's secret and the token, and a refusal may repeat the secret. */
const isSignIn = ({ entry }: Witnessed): boolean => entry.path.endsWith('/partners/authentication');

function told(call: Witnessed, answer: FinishedCall['answer']): FinishedCall['answer'] {
  if (!answer || !isSignIn(call)) return answer;
  const { status, size, durationMs } = answer;
  return { status, size, ...(durationMs !== undefined && { durationMs }) };
}

function answerOf(result: unknown): FinishedCall['answer'] {
  if (typeof result !== 'object' || result === null || !('status' in result) || typeof result.status !== 'number') return undefined;
  if ('response' in result) return toApiResponse(result as Answer);
  return { status: result.status, size: 'size' in result && typeof result.size === 'number' ? result.size : 0 };
}

const secret = /^(finicity-)?app-(key|token)$/i;
const open = (headers: Readonly<Record<string, string>>): Record<string, string> => Object.fromEntries(Object.entries(headers).filter(([name]) => !secret.test(name)));
