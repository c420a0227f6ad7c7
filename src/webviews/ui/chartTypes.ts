// What a chart shows: the shapes between a body and the drawing. Pure data, no DOM. Everything a chart draws stands in its series, so that
// its table, its picture and its spoken words say the same.
import type { ValueKind } from './format.ts';

/** One place along the bottom for each value of every series. */
export type ChartPlaces =
  /** Epoch milliseconds, rising. `month` and `day` are told in UTC, as the wire's days are. */
  | { kind: 'day' | 'month'; values: readonly number[] }
  /** Categories, streams, segments: in the order shown. */
  | { kind: 'words'; values: readonly string[] };

export interface ChartSeries {
  label: string;
  /** Undefined where the body says nothing: a gap, never a zero. */
  values: readonly (number | undefined)[];
  /** A line for what always has a value (balances), bars for what happened within a place (deposits of a month). */
  form: 'line' | 'bars';
}

export interface Chart {
  /** Made of field names, never of values: it is kept in the view's state. */
  id: string;
  title: string;
  places: ChartPlaces;
  kind: Extract<ValueKind, 'money' | 'number' | 'percent'>;
  currency?: string;
  series: readonly ChartSeries[];
  /** What a reader must know to read it right: a sign, what is left out. */
  note?: string;
}

/** Whether a newer chart is the same picture of other data: what a person hid in it stays hidden. */
export const isSamePicture = (before: Chart, after: Chart): boolean => before.id === after.id && before.places.kind === after.places.kind
  && before.series.length === after.series.length && before.series.every(({ label }, at) => label === after.series[at]!.label);

/** Where the place that was looked at is in the newer chart; undefined when it is gone. */
export function samePlace(before: Chart, at: number | undefined, after: Chart): number | undefined {
  const place = at === undefined ? undefined : before.places.values[at];
  const found = place === undefined ? -1 : (after.places.values as readonly (number | string)[]).indexOf(place);
  return found < 0 ? undefined : found;
}

/** Whether there is anything to draw: two places, or one bar. */
export function isWorthDrawing({ places, series }: Chart): boolean {
  const told = series.reduce((most, { values }) => Math.max(most, values.filter((value) => value !== undefined).length), 0);
  return places.values.length > 0 && told >= (series.some(({ form }) => form === 'bars') ? 1 : 2);
}
