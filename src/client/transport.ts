// One exchange with the API over whichever fetch was given: a time limit, the caller's cancel and the client's closing end it at any
// moment, redirects are refused (credentials go to the host that the user named and nowhere else), and what goes wrong below HTTP
// becomes one of our errors. Messages of the engine are never passed on: they may quote headers or pieces of a body.
import type { BaseUrl } from './baseUrl.ts';
import { CancelledError, isOpenBankingError, TimeoutError, UnexpectedAnswerError } from './errors.ts';
import { toNetworkError } from './networkErrors.ts';
import type { BuiltRequest } from './requestBuilder.ts';
import type { FetchLike, FetchResponse } from './types.ts';

export interface ExchangeOptions {
  operationId: string;
  method: string;
  timeoutMs: number;
  signal?: AbortSignal;
}

/** Reads an answer. `alive` starts the time limit anew: for long streams, whose pieces keep coming. */
export type Consume<T> = (response: FetchResponse, alive: () => void) => Promise<T>;

export interface Transport {
  exchange<T>(request: BuiltRequest, options: ExchangeOptions, consume: Consume<T>): Promise<T>;
  /** Aborts what is under way and refuses what comes after. */
  close(): void;
}

type Stop = 'cancelled' | 'closed' | 'timeout';

export function fetchTransport(fetch: FetchLike, base: BaseUrl): Transport {
  const underWay = new Set<(why: Stop) => void>();
  let closed = false;

  async function exchange<T>(request: BuiltRequest, options: ExchangeOptions, consume: Consume<T>): Promise<T> {
    const { signal, timeoutMs, operationId, method } = options;
    if (closed) throw stopError('closed', operationId, timeoutMs);
    if (signal?.aborted) throw stopError('cancelled', operationId, timeoutMs);
    const controller = new AbortController();
    let stopped: Stop | undefined;
    const stop = (why: Stop) => {
      stopped ??= why;
      controller.abort();
    };
    const cancel = () => stop('cancelled');
    const timer = setTimeout(stop, timeoutMs, 'timeout');
    signal?.addEventListener('abort', cancel);
    underWay.add(stop);
    try {
      const response = await fetch(base.text + request.target, {
        method, headers: request.headers, body: request.body, signal: controller.signal, redirect: 'manual',
      });
      if (response.status < 200 || (response.status >= 300 && response.status < 400)) throw redirectError(response, base, operationId);
      return await consume(response, () => timer.refresh());
    } catch (error) {
      if (stopped) throw stopError(stopped, operationId, timeoutMs);
      controller.abort(); // lets go of a body that nobody reads any more
      throw isOpenBankingError(error) ? error : toNetworkError(error, base, operationId, timeoutMs);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      underWay.delete(stop);
    }
  }

  return {
    exchange,
    close() {
      closed = true;
      for (const stop of underWay) stop('closed');
    },
  };
}

function stopError(why: Stop, operationId: string, timeoutMs: number) {
  if (why === 'timeout')
    return new TimeoutError(`${operationId}: no complete answer within ${timeoutMs >= 1000 ? `${Math.round(timeoutMs / 1000)} s` : `${timeoutMs} ms`}. Try again, or allow it more time.`, timeoutMs, operationId);
  return new CancelledError(operationId, why === 'closed' ? 'Cancelled: the connection was closed.' : undefined);
}

/** A status of 0 is how some engines show a redirect that they were told not to follow. */
function redirectError(response: FetchResponse, base: BaseUrl, operationId: string): UnexpectedAnswerError {
  const target = hostOf(response.headers.get('location'), base);
  const where = target === undefined ? 'elsewhere' : target === base.host ? 'to another address of the same host' : `to ${target}`;
  return new UnexpectedAnswerError('redirect',
    `${operationId}: ${base.host} redirects ${where} (HTTP ${response.status}). Redirects are not followed, because credentials go only to the host that you named. Check the base URL, and whether a proxy wants a sign-in first.`,
    response.status, '', operationId);
}

function hostOf(location: string | null, base: BaseUrl): string | undefined {
  if (!location) return undefined;
  try {
    return new URL(location, base.text).host;
  } catch {
    return undefined;
  }
}
