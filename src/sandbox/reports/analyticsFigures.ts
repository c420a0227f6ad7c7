// Periods of an analytics report and the figures of one: sum, mean, median, spread. A period without values has dates and a count alone, one
// with a single value no deviation, as the API has it. Days are counted since 1970, both ends of a span belong to it.
import { round } from '../handlers/accountAccess.ts';
import { DAY, dayOf } from '../world/streams.ts';

export interface Span {
  first: number;
  last: number;
}

export interface Figures {
  startDate: string;
  endDate: string;
  count: number;
  sum?: number;
  mean?: number;
  median?: number;
  min?: number;
  max?: number;
  standardDeviation?: number;
}

export const isoDay = (day: number) => new Date(day * DAY * 1000).toISOString().slice(0, 10);

/** The whole stretch cut into the spans of an interval type; the first and the last may be short. */
export function spansOf(type: string, { first, last }: Span): Span[] {
  if (type === 'HISTORICALLY') return [{ first, last }];
  const spans: Span[] = [];
  if (type === 'MONTHLY_ROLLING_30') {
    for (let end = last; end >= first; end -= 30) spans.unshift({ first: Math.max(first, end - 29), last: end });
    return spans;
  }
  for (let start = first; start <= last;) {
    const { monthKey } = dayOf(start);
    const next = Date.UTC(Math.floor(monthKey / 12), monthKey % 12, 1) / 1000 / DAY;
    spans.push({ first: start, last: Math.min(last, next - 1) });
    start = next;
  }
  return spans;
}

export function figuresOf({ first, last }: Span, values: readonly number[]): Figures {
  const count = values.length;
  const dates = { startDate: isoDay(first), endDate: isoDay(last), count };
  if (count === 0) return dates;
  const sorted = [...values].sort((a, b) => a - b);
  const sum = values.reduce((total, value) => total + value, 0);
  return {
    ...dates, sum: round(sum), mean: round(sum / count), median: medianOf(sorted), min: sorted[0], max: sorted.at(-1),
    ...(count > 1 ? { standardDeviation: deviationOf(values) } : {}),
  };
}

/** Of values in order. */
export function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] as number) : round(((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2);
}

/** Of a sample; 0 for fewer than two. */
export function deviationOf(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  return round(Math.sqrt(values.reduce((total, value) => total + (value - mean) ** 2, 0) / (values.length - 1)));
}
