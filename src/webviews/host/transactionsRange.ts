// Which days of transactions are read: what the document's own query says, else the last 24 months, the most that the API loads of an account's
// history, to the end of today. Asked anew at each reading, so that a tab that stays open for days reads up to the day it is read on. Free of vscode.
import type { LoadRange } from '../protocol/transactions.ts';

const months = 24;
const daySeconds = 86_400;

/** Epoch seconds. A query that makes no sense counts as none. `now` is in epoch milliseconds. */
export function rangeOf(query: URLSearchParams, now: number): LoadRange {
  const seconds = (name: string): number | undefined => (/^\d{1,12}$/.test(query.get(name) ?? '') ? Number(query.get(name)) : undefined);
  // The whole of the day in UTC: the wire puts what happened today at some hour of it, which may be still to come.
  const to = seconds('toDate') ?? Math.ceil((Math.floor(now / 1000) + 1) / daySeconds) * daySeconds - 1;
  const start = new Date(to * 1000);
  start.setUTCMonth(start.getUTCMonth() - months);
  start.setUTCHours(0, 0, 0, 0);
  const from = seconds('fromDate') ?? Math.max(0, Math.floor(start.getTime() / 1000));
  // Pending rows are shown as such, so they come too unless the query says otherwise.
  return { from: Math.min(from, to), to, includePending: query.get('includePending') !== 'false' };
}

/** A range that a person chose, read again later: one that went to the end of what there was then goes to the end of what there is now. */
export function rangeAgain(chosen: LoadRange, first: LoadRange, now: LoadRange): LoadRange {
  return chosen.to < first.to ? chosen : { ...chosen, to: Math.max(chosen.to, now.to) };
}
