// The sandbox's score of the risk that a payment is missed: 1 to 99, higher for more, a value for every day from what the 90 days before it
// show, -1 while fewer than 60 days are known. 4 to begin with; 10 for each fee for insufficient funds (30 at most); up to 25 by the share
// of days below zero; 8 for each missed payment of a stream (20 at most); up to 15 when nearly as much or more goes out than comes in; up
// to 6 when the average balance is less than two weeks of spending. The real one's rule is not public.
import type { Flow, Stream } from './analyticsStreams.ts';
import type { Span } from './analyticsFigures.ts';

const WINDOW = 90;
const KNOWN = 60;

/** A value for every day of a span. */
type Daily = readonly number[];
const clamp = (value: number, most: number) => Math.max(0, Math.min(most, value));

export function perDay({ first, last }: Span, entries: Iterable<readonly [day: number, value: number]>): number[] {
  const values = new Array<number>(Math.max(0, last - first + 1)).fill(0);
  for (const [day, value] of entries) if (day >= first && day <= last) values[day - first] = (values[day - first] as number) + value;
  return values;
}

export const missedPerDay = (streams: readonly Stream[], span: Span, loan: boolean): number[] =>
  perDay(span, streams.filter((stream) => !stream.inflow && stream.loan === loan).flatMap(({ missed }) => missed.map((day) => [day, 1] as const)));

export function riskPerDay(flows: readonly Flow[], streams: readonly Stream[], balances: Daily, span: Span): number[] {
  const into = sums(perDay(span, flows.filter(({ amount }) => amount > 0).map(({ day, amount }) => [day, amount] as const)));
  const out = sums(perDay(span, flows.filter(({ amount }) => amount < 0).map(({ day, amount }) => [day, -amount] as const)));
  const fees = sums(perDay(span, flows.filter(({ nsf, amount }) => nsf && amount < 0).map(({ day }) => [day, 1] as const)));
  const loans = missedPerDay(streams, span, true);
  const missed = sums(missedPerDay(streams, span, false).map((value, at) => value + (loans[at] as number)));
  const below = sums(balances.map((balance) => (balance < 0 ? 1 : 0)));
  const held = sums(balances);
  return Array.from({ length: span.last - span.first + 1 }, (_, at) => {
    const days = Math.min(WINDOW, at + 1);
    if (at + 1 < KNOWN) return -1;
    const over = (totals: Daily) => (totals[at + 1] ?? 0) - (totals[at + 1 - days] ?? 0);
    const week = over(out) / days * 7;
    const weeksHeld = week === 0 ? 2 : over(held) / days / week;
    const strain = over(into) === 0 ? (over(out) > 0 ? 15 : 0) : clamp((over(out) / over(into) - 0.9) / 0.4 * 15, 15);
    return Math.round(clamp(4 + clamp(10 * over(fees), 30) + 25 * over(below) / days + clamp(8 * over(missed), 20) + strain + clamp((2 - weeksHeld) * 3, 6), 99));
  });
}

/** Running totals, so that any window is one subtraction; one longer than the values. */
function sums(values: Daily): number[] {
  const totals = [0];
  for (const value of values) totals.push((totals.at(-1) as number) + value);
  return totals;
}
