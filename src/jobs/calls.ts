// Calls that a person started and that take longer than a few seconds become jobs: wraps a client, so that none has to be told of one by
// one. A question on the screen does not count: while it is read nothing is under way. Quick calls cost a timer and leave nothing behind.
import type { OperationId } from '../api/catalogue.ts';
import { CancelledError } from '../client/errors.ts';
import type { AnyInput, CallOptions, CallOrigin, Client } from '../client/types.ts';
import type { OpenQuestions } from '../platform/openQuestions.ts';
import type { Ending } from './ending.ts';

export interface StartedCall {
  connectionId: string;
  operationId: string;
  /** As the caller passed it: it is in the history under this very object. */
  input: AnyInput;
  /** Epoch milliseconds. */
  startedAt: number;
}

export interface CallBook {
  /** Takes a call that is taking long; the returned function tells of its end. */
  callStarted(call: StartedCall, cancel: () => void): (ending: Ending) => void;
}

export interface WatchOptions {
  jobs: CallBook;
  questions: Pick<OpenQuestions, 'afterQuiet'>;
  ending(error: unknown): Ending;
  now?: () => number;
  slowMs?: number;
}

/** A person stands behind these. What the tree reads and what waits for a report is the explorer's own doing. */
const byHand: readonly (CallOrigin | undefined)[] = ['command', 'form', 'connect', 'document'];

/** The same client; a person's slow calls go through `jobs`. */
export function watchCalls(client: Client, connectionId: string, { jobs, questions, ending, now = Date.now, slowMs = 3_000 }: WatchOptions): Client {
  const watched = async <T>(operationId: OperationId, input: AnyInput, options: CallOptions, run: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    const controller = new AbortController();
    const signal = options.signal ? AbortSignal.any([options.signal, controller.signal]) : controller.signal;
    let ended: ((ending: Ending) => void) | undefined;
    let cancelled = false;
    const quick = questions.afterQuiet(slowMs, () => {
      ended = jobs.callStarted({ connectionId, operationId, input, startedAt: now() - slowMs }, () => {
        cancelled = true;
        controller.abort();
      });
    });
    try {
      const result = await run(signal);
      ended?.({ state: 'done', ...statusOf(result) });
      return result;
    } catch (error) {
      ended?.(ending(error));
      // Whoever made the call sees only its own signal: it is told whose doing the end was.
      if (cancelled && error instanceof CancelledError) throw new CancelledError(operationId, error.message, true);
      throw error;
    } finally {
      quick();
    }
  };
  const own = (options: CallOptions): boolean => byHand.includes(options.origin);
  return {
    ...client,
    send: (operation, input, options = {}) =>
      (own(options) ? watched(operation, input, options, (signal) => client.send(operation, input, { ...options, signal })) : client.send(operation, input, options)),
    call: (operation, input, options = {}) =>
      (own(options) ? watched(operation, input as AnyInput, options, (signal) => client.call(operation, input, { ...options, signal })) : client.call(operation, input, options)),
    download: (operation, input, target, options = {}) =>
      (own(options) ? watched(operation, input, options, (signal) => client.download(operation, input, target, { ...options, signal })) : client.download(operation, input, target, options)),
  };
}

/** Of a whole answer; a parsed body or a count says none. */
const statusOf = (result: unknown): { status?: number } =>
  (typeof result === 'object' && result !== null && 'headers' in result && 'durationMs' in result && 'status' in result && typeof result.status === 'number' ? { status: result.status } : {});
