// Where everything of a chart stands: the axis, its ticks, the places and the points of each series, in pixels of the whole picture. Pure. The
// picture on the screen, the saved one and the printed page all come from this, so that they say the same.
import { isWorthDrawing, type Chart } from './chartTypes.ts';
import type { Formatter } from './format.ts';

export interface Point {
  x: number;
  y: number;
}

export interface Bar {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface LaidSeries {
  label: string;
  /** Unbroken runs of a line; a gap begins a new one. */
  lines: readonly (readonly Point[])[];
  bars: readonly Bar[];
}

export interface Tick {
  /** Along its axis. */
  at: number;
  text: string;
  /** A category's name, where `text` may be cut. */
  whole?: string;
}

export interface ChartLayout {
  width: number;
  height: number;
  /** The area that the values are drawn in. */
  plot: Bar;
  /** Places run downwards and values to the right: categories, whose names need room. */
  sideways: boolean;
  valueTicks: readonly Tick[];
  placeTicks: readonly Tick[];
  /** Where zero is along the value axis; undefined when it is out of sight. */
  zero: number | undefined;
  /** The middle of each place along its axis. */
  centres: readonly number[];
  series: readonly LaidSeries[];
}

/** Pixels: about what a character of the axis takes. */
const character = 6.6;
const sidewaysRow = { one: 15, between: 9 };
const longestName = 26;
/** Pixels: more categories than this holds share it. */
const highest = 1_200;
/** What no picture can hold is a gap in it, and what is next to nothing is zero; the table has both as they came. */
const drawable = (value: number | undefined): number | undefined =>
  (value === undefined || !(Math.abs(value) <= 1e100) ? undefined : Math.abs(value) < 1e-100 ? 0 : value);

/** What a chart is at least high, by what it shows. */
export function chartHeight(chart: Chart): number {
  if (chart.places.kind !== 'words') return 240;
  return Math.max(120, Math.min(highest, chart.places.values.length * rowOf(chart) + 44));
}

const rowOf = ({ series }: Chart): number => Math.max(1, series.length) * sidewaysRow.one + sidewaysRow.between;

/** Undefined for a chart without anything to draw. */
export function layOut(chart: Chart, formatter: Formatter, width: number, height = chartHeight(chart)): ChartLayout | undefined {
  if (!isWorthDrawing(chart) || width < 80) return undefined;
  const sideways = chart.places.kind === 'words';
  const scale = valueScale(chart, Math.max(2, Math.floor((sideways ? width / 110 : height / 48))));
  const texts = tickTexts(scale.ticks, chart, formatter);
  const side = 10 + character * (sideways ? Math.min(longestName, longest(chart.places.values as readonly string[])) : longest(texts));
  const plot = { x: Math.min(side, width * 0.45), y: 8, width: 0, height: height - 8 - 26 };
  // The last of the values under sideways bars stands in the middle of its line.
  plot.width = Math.max(10, width - plot.x - (sideways ? Math.max(12, (texts.at(-1)!.length * character) / 2) : 12));
  const along = sideways ? plot.width : plot.height;
  const valueAt = (value: number): number => {
    const part = (value - scale.from) / (scale.to - scale.from);
    return sideways ? plot.x + part * along : plot.y + along - part * along;
  };
  const centres = centresOf(chart, plot, sideways);
  return {
    width, height, plot, sideways, centres,
    valueTicks: scale.ticks.map((tick, index) => ({ at: valueAt(tick), text: texts[index]! })),
    placeTicks: placeTicks(chart, formatter, centres, sideways, plot),
    zero: scale.from <= 0 && scale.to >= 0 ? valueAt(0) : undefined,
    series: chart.series.map((series, index) => ({
      label: series.label,
      lines: series.form === 'line' ? linesOf(series.values, centres, valueAt, plot.width) : [],
      bars: series.form === 'bars' ? barsOf(chart, index, centres, valueAt, plot, sideways) : [],
    })),
  };
}

const longest = (texts: readonly string[]): number => texts.reduce((most, { length }) => Math.max(most, length), 1);

interface Scale {
  from: number;
  to: number;
  ticks: readonly number[];
}

/** Round numbers around all values; with zero where bars stand on it, since a cut bar lies. */
function valueScale({ series, kind, currency }: Chart, most: number): Scale {
  let [low, high] = [Infinity, -Infinity];
  for (const { values } of series) for (const one of values) {
    const value = drawable(one);
    if (value !== undefined) [low, high] = [Math.min(low, value), Math.max(high, value)];
  }
  if (series.some(({ form }) => form === 'bars')) [low, high] = [Math.min(low, 0), Math.max(high, 0)];
  if (!Number.isFinite(low)) [low, high] = [0, 1];
  // Flat, or so nearly that no tick could tell them apart.
  if (high - low <= Math.max(Math.abs(low), Math.abs(high)) * 1e-12) [low, high] = low === 0 ? [0, 1] : [Math.min(low, 0), Math.max(high, 0)];
  // There is no half of a fee, and nothing below a cent would be told.
  const whole = kind === 'number' && series.every(({ values }) => values.every((value) => value === undefined || Number.isInteger(value)));
  const step = Math.max(roundStep((high - low) / most), whole ? 1 : kind === 'money' ? smallestOf(currency) : 0);
  const first = Math.floor(low / step);
  const count = Math.min(40, Math.ceil(high / step) - first);
  // Counted and not added up, and rounded to the step's own digits: 0.1 three times is no round number.
  const digits = Math.max(0, Math.min(20, -Math.floor(Math.log10(step)) + 1));
  const ticks = Array.from({ length: count + 1 }, (_, at) => (step < 1 ? Number(((first + at) * step).toFixed(digits)) : (first + at) * step));
  return { from: ticks[0]!, to: ticks.at(-1)!, ticks };
}

/** A cent, a yen, a fils; a cent where the currency is not known. */
function smallestOf(currency: string | undefined): number {
  if (currency === undefined || !/^[A-Za-z]{3}$/.test(currency)) return 0.01;
  return 10 ** -(new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2);
}

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const part = rough / power;
  return power * (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10);
}

/** Without the decimals that none of them has. */
function tickTexts(ticks: readonly number[], { kind, currency }: Chart, formatter: Formatter): string[] {
  const texts = ticks.map((tick) => formatter.show(tick === 0 ? 0 : tick, kind, currency).text);
  const bare = ticks.every(Number.isInteger) ? texts.map((text) => text.replace(/[.,]00(?=\D*$)/, '')) : texts;
  return bare.map((text, at) => (text.length > 24 ? ticks[at]!.toExponential(1) : text));
}

/** A place in words, as long as it is. Asked for one at a time: a date costs far more to write than a point to draw. */
export function placeName({ places }: Chart, formatter: Formatter, at: number): string {
  const place = places.values[at];
  return typeof place === 'number' ? formatter.show(place, places.kind === 'words' ? 'text' : places.kind).text : place ?? '';
}

/** Months since year 0, where they rise; undefined for other places. */
function monthsOf({ places }: Chart): number[] | undefined {
  if (places.kind !== 'month') return undefined;
  const months = places.values.map((ms) => new Date(ms).getUTCFullYear() * 12 + new Date(ms).getUTCMonth());
  return months.every((month, at) => Number.isFinite(month) && (at === 0 || month > months[at - 1]!)) ? months : undefined;
}

/** How many places there is room for side by side: a month that the body leaves out keeps its own. */
function slotsOf(chart: Chart): number {
  const months = monthsOf(chart);
  return months?.length ? months.at(-1)! - months[0]! + 1 : Math.max(1, chart.places.values.length);
}

function centresOf(chart: Chart, plot: Bar, sideways: boolean): number[] {
  const { places, series } = chart;
  const count = places.values.length;
  if (sideways) return places.values.map((_, at) => plot.y + ((at + 0.5) / count) * plot.height);
  const months = monthsOf(chart);
  if (months) return months.map((month) => plot.x + ((month - months[0]! + 0.5) / slotsOf(chart)) * plot.width);
  const banded = places.kind === 'words' || places.kind === 'month' || series.some(({ form }) => form === 'bars');
  if (banded) return places.values.map((_, at) => plot.x + ((at + 0.5) / count) * plot.width);
  const [first, last] = [places.values[0]!, places.values.at(-1)!];
  return places.values.map((ms) => plot.x + (last === first ? 0.5 : (ms - first) / (last - first)) * plot.width);
}

/** As many names as fit beside each other. */
function placeTicks(chart: Chart, formatter: Formatter, centres: readonly number[], sideways: boolean, plot: Bar): Tick[] {
  const name = (at: number): string => placeName(chart, formatter, at);
  const cut = (text: string): string => (text.length > longestName ? `${text.slice(0, longestName - 1)}…` : text);
  if (sideways) {
    const every = Math.max(1, Math.ceil((14 * centres.length) / plot.height));
    return centres.flatMap((centre, at) => (at % every === 0 ? [{ at: centre, text: cut(name(at)), whole: name(at) }] : []));
  }
  const room = (longest([0, centres.length >> 1, centres.length - 1].map(name)) + 2) * character;
  const ticks: Tick[] = [];
  for (const [at, centre] of centres.entries()) {
    const before = ticks.at(-1);
    if (before && centre - before.at < room) continue;
    const text = name(at);
    // The last name must not run out of the picture.
    const half = (Math.min(text.length, longestName) * character) / 2;
    if (centre + half <= plot.x + plot.width + 12) ticks.push({ at: Math.max(centre, half), text: cut(text) });
  }
  return ticks;
}

/** A line's points; of more than fit in its pixels, the lowest and the highest of each pixel stay. */
function linesOf(values: readonly (number | undefined)[], centres: readonly number[], valueAt: (value: number) => number, pixels: number): Point[][] {
  const runs: Point[][] = [];
  const dense = values.length > 4 * pixels;
  let run: Point[] = [];
  let broken = true;
  for (const [at, one] of values.entries()) {
    const value = drawable(one);
    if (value === undefined) {
      broken = true;
      continue;
    }
    // A gap that is narrower than a pixel cannot be seen, and thousands of them cannot be drawn.
    const unseen = dense && run.length > 0 && centres[at]! - run.at(-1)!.x < 1;
    if (broken && !unseen) runs.push(run = []);
    run.push({ x: centres[at]!, y: valueAt(value) });
    broken = false;
  }
  return dense ? runs.map(thinned) : runs;
}

function thinned(run: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (let at = 0; at < run.length;) {
    const pixel = Math.floor(run[at]!.x);
    let [low, high, last] = [at, at, at];
    for (; last < run.length && Math.floor(run[last]!.x) === pixel; last += 1) {
      if (run[last]!.y < run[low]!.y) low = last;
      if (run[last]!.y > run[high]!.y) high = last;
    }
    kept.push(...[...new Set([Math.min(low, high), Math.max(low, high)])].map((index) => run[index]!));
    at = last;
  }
  return kept;
}

function barsOf(chart: Chart, which: number, centres: readonly number[], valueAt: (value: number) => number, plot: Bar, sideways: boolean): Bar[] {
  const barred = chart.series.flatMap(({ form }, index) => (form === 'bars' ? [index] : []));
  const slot = (sideways ? plot.height : plot.width) / slotsOf(chart);
  const room = Math.min(sideways ? Math.max(slot / 2, slot - 4) : slot * 0.8, 60 * barred.length);
  const thick = Math.max(1, room / barred.length);
  const base = valueAt(0);
  const bars = chart.series[which]!.values.flatMap((one, at): Bar[] => {
    const value = drawable(one);
    if (value === undefined) return [];
    const begin = centres[at]! - room / 2 + barred.indexOf(which) * thick;
    const [from, to] = [Math.min(base, valueAt(value)), Math.max(base, valueAt(value))];
    const gap = thick > 4 ? 1 : 0;
    return [sideways ? { x: from, y: begin, width: to - from, height: thick - gap } : { x: begin, y: from, width: thick - gap, height: to - from }];
  });
  return slot < 1 ? merged(bars, sideways) : bars;
}

/** Of more bars than pixels, one a pixel: as far down and as far up as any of them. */
function merged(bars: readonly Bar[], sideways: boolean): Bar[] {
  const kept: Bar[] = [];
  for (const bar of bars) {
    const last = kept.at(-1);
    if (!last || Math.floor(sideways ? bar.y : bar.x) !== Math.floor(sideways ? last.y : last.x)) {
      kept.push(bar);
      continue;
    }
    const [x, y] = [Math.min(last.x, bar.x), Math.min(last.y, bar.y)];
    kept[kept.length - 1] = { x, y, width: Math.max(last.x + last.width, bar.x + bar.width) - x, height: Math.max(last.y + last.height, bar.y + bar.height) - y };
  }
  return kept;
}
