// Follows a report until it is finished. `success` and `failure` are final, every other status (inProgress, editing, ones not yet known)
// is not. The API asks for 20 s between two looks, which is kept except with the local sandbox; the pauses grow gently. A busy API or a
// broken connection does not end the following: the next look comes anyway, up to a few in a row. A following can be taken up where another
// one ended (src/jobs/ does, after a reload or in another window).
import { InvalidInputError, OpenBankingError, ReportDeadlineError, UnexpectedAnswerError } from './errors.ts';
import { waitInWords } from './inWords.ts';
import type { AnyInput, ApiResponse, Client, Clock, FollowOptions, ReportRef, ReportState } from './types.ts';

const askedIntervalMs = 20_000;
const growth = 1.25;
const longestStretch = 3;
const defaultDeadlineMs = 30 * 60_000;
const failuresInARow = 5;

export interface FollowContext {
  send: Client['send'];
  clock: Clock;
  /** Rejects with CancelledError. */
  wait(ms: number, signal: AbortSignal | undefined, operationId: string): Promise<void>;
  /** The local sandbox may be asked more often. */
  loopback: boolean;
}

/** @throws ReportDeadlineError past the deadline, CancelledError, and what a look or `beforeLook` throws. A failed report is returned, not thrown. */
export async function followReport(context: FollowContext, report: ReportRef, options: FollowOptions): Promise<ReportState> {
  const { intervalMs = askedIntervalMs, deadlineMs = defaultDeadlineMs, purpose, firstLookMs = 0, looksBefore = 0, beforeLook, onState, onPause, ...callOptions } = options;
  const look = lookAt(context.send, report, purpose, { origin: 'poll', ...callOptions });
  const first = context.loopback ? Math.max(10, intervalMs) : Math.max(askedIntervalMs, intervalMs);
  const until = context.clock.now() + deadlineMs;
  const pause = (ms: number): Promise<void> => {
    onPause?.(ms);
    return context.wait(ms, options.signal, look.operationId);
  };
  let pauseMs = Math.min(first * growth ** looksBefore, first * longestStretch);
  let failures = 0;
  if (firstLookMs > 0) await pause(firstLookMs);
  for (;;) {
    await beforeLook?.();
    try {
      const state = readState(await look.ask(), look.operationId);
      failures = 0;
      const final = state.status === 'success' || state.status === 'failure';
      onState?.(state, final ? 0 : pauseMs);
      if (final) return state;
    } catch (error) {
      if (!(error instanceof OpenBankingError) || !error.retryable || ++failures >= failuresInARow) throw error;
    }
    if (context.clock.now() + pauseMs > until)
      throw new ReportDeadlineError(`Report ${report.reportId} was not finished within ${waitInWords(deadlineMs)}. It goes on being made: look again later.`, deadlineMs, look.operationId);
    await pause(pauseMs);
    pauseMs = Math.min(pauseMs * growth, first * longestStretch);
  }
}

function lookAt(send: Client['send'], report: ReportRef, purpose: string | undefined, options: FollowOptions) {
  const { reportId, customerId, consumerId } = report;
  if (customerId === undefined && consumerId === undefined)
    throw new InvalidInputError('customerId', 'Following a report needs its customer\'s or its consumer\'s id.');
  const operationId = customerId !== undefined ? 'GetReportByCustomer' as const : 'GetReportByConsumer' as const;
  const input: AnyInput = customerId !== undefined ? { customerId, reportId, purpose } : { consumerId, reportId, purpose };
  return { operationId, ask: () => send(operationId, input, options) };
}

function readState({ body, status, contentType }: ApiResponse, operationId: string): ReportState {
  const record = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  if (typeof record.status !== 'string')
    throw new UnexpectedAnswerError('shape', `${operationId}: the answer holds no report status. Open the report as JSON to see what it is.`, status, contentType, operationId);
  return { ...record, id: String(record.id), status: record.status };
}
