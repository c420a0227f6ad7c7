// Which days of transactions are read first: what the document's own query says, else the last 24 months, the most that the API loads of an
// account's history. Free of vscode.
import type { LoadRange } from '../protocol/transactions.ts';

const months = 24;

/** Epoch seconds. A query that makes no sense counts as none. `now` is in epoch milliseconds. */
export function rangeOf(query: URLSearchParams, now: number): LoadRange {
  const seconds = (name: string): number | undefined => (/^\d{1,12}$/.test(query.get(name) ?? '') ? Number(query.get(name)) : undefined);
  const to = seconds('toDate') ?? Math.floor(now / 1000);
  const start = new Date(to * 1000);
  start.setUTCMonth(start.getUTCMonth() - months);
  start.setUTCHours(0, 0, 0, 0);
  const from = seconds('fromDate') ?? Math.max(0, Math.floor(start.getTime() / 1000));
  // Pending rows are shown as such, so they come too unless the query says otherwise.
  return { from: Math.min(from, to), to, includePending: query.get('includePending') !== 'false' };
}
