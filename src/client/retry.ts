// What may be repeated by machine, and after how long. Only reads that neither cost nor set anything in motion, only for a busy or
// unavailable API or a broken connection, three tries in all. Generating a report, or any other change, is never repeated.
import type { OperationEntry } from '../api/catalogue.ts';
import { ApiError, NetworkError } from './errors.ts';

const maxTries = 3;
const firstDelayMs = 500;
const longestDelayMs = 8_000;
/** Longer than this nobody waits unasked: the error says when to come back. */
const longestRetryAfterMs = 30_000;

/** A billed read is not repeated either: its first try may have been counted although its answer got lost. */
export function mayRepeat(operation: OperationEntry): boolean {
  return operation.method === 'GET' && operation.billable !== 'yes' && !operation.firesWebhooks && !operation.sendsMail && !operation.movesMoney
    && operation.automation !== 'forbidden';
}

/**
 * Milliseconds to wait before the next try, or undefined when there shall be none.
 * @param tried How many tries were made, from 1.
 * @param random From 0 to 1: spreads the callers that failed together.
 */
export function retryDelay(error: unknown, tried: number, random: number): number | undefined {
  if (tried >= maxTries) return undefined;
  const backOff = Math.min(longestDelayMs, firstDelayMs * 2 ** (tried - 1)) * (0.5 + random / 2);
  if (error instanceof NetworkError) return error.problem === 'reset' ? backOff : undefined;
  if (!(error instanceof ApiError) || !isBusy(error.status)) return undefined;
  if (error.retryAfterMs === undefined) return backOff;
  return error.retryAfterMs <= longestRetryAfterMs ? Math.max(backOff, error.retryAfterMs) : undefined;
}

const isBusy = (status: number) => status === 429 || status === 502 || status === 503 || status === 504;
