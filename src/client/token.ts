// The one access token of a client. One refresh in flight, renewed when 90 minutes old (it lives two hours), never asked for again after
// an answer of bad credentials: each such answer brings the partner nearer to being locked for good.
// Every attempt is announced to the ledger before it is sent and settled after. An attempt whose answer was lost counts as failed
// as long as these credentials have not succeeded, since the API may have counted it so.
import { AuthenticationError, CancelledError, FileError, isOpenBankingError, NetworkError, TimeoutError } from './errors.ts';
import type { Clock, FailureLedger } from './types.ts';

export const renewAfterMs = 90 * 60_000;

export interface TokenSource {
  /** The token itself when it is at hand (no waiting), else a promise. Rejects with CancelledError when the signal aborts first. */
  get(signal?: AbortSignal): string | Promise<string>;
  /** Drops the token unless another has taken its place meanwhile. */
  invalidate(token: string): void;
  /** Fetches a new one in any case; joins a refresh under way. */
  renew(signal?: AbortSignal): Promise<string>;
  clear(): void;
  /** For redaction. */
  peek(): string | undefined;
}

export function tokenSource(request: () => Promise<string>, clock: Pick<Clock, 'now'>): TokenSource {
  let token: string | undefined;
  let obtainedAt = 0;
  let pending: Promise<string> | undefined;
  let rejected: AuthenticationError | undefined;

  async function fetchToken(): Promise<string> {
    try {
      const fresh = await request();
      token = fresh;
      obtainedAt = clock.now();
      rejected = undefined;
      return fresh;
    } catch (error) {
      token = undefined;
      if (error instanceof AuthenticationError && (error.problem === 'credentials' || error.problem === 'locked')) rejected = error;
      throw error;
    } finally {
      pending = undefined;
    }
  }

  // The refresh serves everybody who waits, so one caller's cancel ends that caller's waiting and not the refresh.
  const shared = (signal?: AbortSignal) => unlessCancelled((pending ??= fetchToken()), signal);

  return {
    get(signal) {
      if (token !== undefined) {
        const age = clock.now() - obtainedAt;
        if (age >= 0 && age < renewAfterMs) return token;
      }
      if (pending === undefined && rejected) return Promise.reject(rejected);
      return shared(signal);
    },
    invalidate(old) {
      if (token === old) token = undefined;
    },
    renew: shared,
    clear() {
      token = undefined;
    },
    peek: () => token,
  };
}

function unlessCancelled<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const cancel = () => reject(new CancelledError());
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancel));
  });
}

/** Makes one authentication attempt under the ledger's eyes. `proven`: these credentials have succeeded before. */
export async function countedAttempt<T>(ledger: FailureLedger, partnerId: string, proven: boolean, attempt: () => Promise<T>): Promise<T> {
  await announce(ledger, partnerId);
  // A count that cannot be written down after the fact stays too high or is settled by the next attempt; the answer is what matters then.
  const settle = (done: Promise<void> | undefined) => done?.catch(() => undefined);
  try {
    const result = await attempt();
    await settle(ledger.afterSuccess(partnerId));
    return result;
  } catch (error) {
    await settle(isFailedAttempt(error) || (!proven && isLostAnswer(error)) ? ledger.afterFailure(partnerId) : ledger.release?.());
    throw error;
  }
}

async function announce(ledger: FailureLedger, partnerId: string): Promise<void> {
  try {
    await ledger.beforeAttempt(partnerId);
  } catch (error) {
    if (isOpenBankingError(error)) throw error;
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
    throw new FileError(`The count of failed sign-ins cannot be kept${code ? ` (${code})` : ''}, so no attempt is made: five failures lock the partner for good. Check the extension's storage folder and try again.`, code);
  }
}

const isFailedAttempt = (error: unknown) => error instanceof AuthenticationError && (error.problem === 'credentials' || error.problem === 'locked');
// Whoever cancels an attempt under way does not know what the API made of it either: counted, so that cancelling cannot reach the lock.
const isLostAnswer = (error: unknown) => error instanceof TimeoutError || error instanceof CancelledError || (error instanceof NetworkError && error.problem === 'reset');
