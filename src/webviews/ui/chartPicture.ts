// A chart as SVG text: for the screen, for a saved file and for the printed page. Pure. No style attribute and no class, which the views' policy
// forbids and a saved file would not have; no script, nothing loaded; every word of the body is escaped.
import { layOut, placeName, type ChartLayout, type LaidSeries, type Point } from './chartLayout.ts';
import type { Chart } from './chartTypes.ts';
import type { Formatter } from './format.ts';
import { escaped } from './markup.ts';

export interface ChartPalette {
  /** One a series, and again from the first. */
  series: readonly string[];
  text: string;
  /** Axis and grid. */
  lines: string;
  /** Undefined for none: the page's own shines through. */
  background?: string;
  font: string;
  /** Series are told apart by dashes and hatching too: high contrast, and print without colours. */
  patterns: boolean;
}

export const paperPalette: ChartPalette = {
  series: ['#1a63b8', '#c25a00', '#2e7d32', '#7b3fa0', '#b3261e', '#8a6d00'], text: '#1b1b1b', lines: '#bbbbbb', background: '#ffffff', font: 'system-ui, sans-serif', patterns: true,
};

export interface SvgOptions {
  width: number;
  height?: number;
  palette: ChartPalette;
  /** Series that are not drawn, by index. */
  hidden?: ReadonlySet<number>;
  /** With the names of the series under the picture: a saved file has no legend beside it. */
  legend?: boolean;
  /** With the title above and the note below: a saved file stands alone. */
  alone?: boolean;
}

const n = (value: number): string => (Math.round(value * 100) / 100).toString();
const dashes = ['', '7 3', '2 3', '9 3 2 3', '4 2', '1 2'];

/** Undefined when there is nothing to draw, or no room. */
export function chartSvg(chart: Chart, formatter: Formatter, options: SvgOptions): string | undefined {
  const { palette, hidden = new Set<number>() } = options;
  // What is hidden takes no part in the scale either; the rest keeps its colour.
  const shown: Chart = { ...chart, series: chart.series.map((series, at) => (hidden.has(at) ? { ...series, values: [] } : series)) };
  const layout = layOut(shown, formatter, options.width, options.height);
  if (!layout) return undefined;
  const id = `chart-${chart.id.replace(/[^\w-]/g, '_')}`;
  const legend = options.legend && chart.series.length > 1 ? legendSvg(chart, layout, id, palette) : { height: 0, svg: '' };
  const alone = options.alone ? aloneSvg(chart, layout, legend.height, palette) : { above: 0, below: 0, svg: '' };
  const height = alone.above + layout.height + legend.height + alone.below;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${n(layout.width)}" height="${n(height)}" viewBox="0 0 ${n(layout.width)} ${n(height)}" role="img" aria-label="${escaped(chartWords(chart, formatter))}" font-family="${escaped(palette.font)}" font-size="11">`,
    `<title>${escaped(chart.title)}</title>`,
    palette.patterns ? patternsSvg(id, chart.series.length, palette) : '',
    palette.background === undefined ? '' : `<rect width="100%" height="100%" fill="${escaped(palette.background)}"/>`,
    alone.above > 0 ? `<g transform="translate(0 ${n(alone.above)})">` : '',
    axesSvg(layout, palette),
    ...layout.series.map((series, at) => seriesSvg(series, at, id, palette)),
    legend.svg,
    alone.above > 0 ? '</g>' : '',
    alone.svg,
    '</svg>',
  ].filter(Boolean).join('\n');
}

/** What a screen reader says of it before one looks closer. */
export function chartWords(chart: Chart, formatter: Formatter): string {
  const { title, series, places: { values } } = chart;
  const range = values.length > 1 ? `, ${placeName(chart, formatter, 0)} to ${placeName(chart, formatter, values.length - 1)}` : '';
  return `${title}${range}: ${series.map(({ label }) => label).join(', ')}`;
}

const colour = (palette: ChartPalette, at: number): string => escaped(palette.series[at % palette.series.length]!);

function axesSvg({ valueTicks, placeTicks, plot, sideways, zero, height }: ChartLayout, palette: ChartPalette): string {
  const [text, lines] = [escaped(palette.text), escaped(palette.lines)];
  const grid = valueTicks.map(({ at, text: label }) => (sideways
    ? `<path d="M${n(at)} ${n(plot.y)}V${n(plot.y + plot.height)}" stroke="${lines}" stroke-width="0.5"/><text x="${n(at)}" y="${n(plot.y + plot.height + 16)}" text-anchor="middle" fill="${text}">${escaped(label)}</text>`
    : `<path d="M${n(plot.x)} ${n(at)}H${n(plot.x + plot.width)}" stroke="${lines}" stroke-width="0.5"/><text x="${n(plot.x - 6)}" y="${n(at + 4)}" text-anchor="end" fill="${text}">${escaped(label)}</text>`));
  const places = placeTicks.map(({ at, text: label, whole }) => (sideways
    ? `<text x="${n(plot.x - 6)}" y="${n(at + 4)}" text-anchor="end" fill="${text}"><title>${escaped(whole ?? label)}</title>${escaped(label)}</text>`
    : `<text x="${n(at)}" y="${n(height - 8)}" text-anchor="middle" fill="${text}">${escaped(label)}</text>`));
  const base = zero === undefined ? '' : sideways ? `<path d="M${n(zero)} ${n(plot.y)}V${n(plot.y + plot.height)}" stroke="${text}"/>` : `<path d="M${n(plot.x)} ${n(zero)}H${n(plot.x + plot.width)}" stroke="${text}"/>`;
  return [...grid, ...places, base].join('\n');
}

function seriesSvg({ lines, bars }: LaidSeries, at: number, id: string, palette: ChartPalette): string {
  const stroke = colour(palette, at);
  const dash = palette.patterns && dashes[at % dashes.length] ? ` stroke-dasharray="${dashes[at % dashes.length]}"` : '';
  const fill = palette.patterns ? `url(#${id}-${at})` : stroke;
  return [
    ...lines.map((run) => (run.length === 1
      ? `<circle cx="${n(run[0]!.x)}" cy="${n(run[0]!.y)}" r="2.5" fill="${stroke}"/>`
      : `<path d="M${run.map(({ x, y }) => `${n(x)} ${n(y)}`).join('L')}" fill="none" stroke="${stroke}" stroke-width="1.75" stroke-linejoin="round"${dash}/>`)),
    ...(palette.patterns ? lines.flatMap((run) => spaced(run).map(({ x, y }) => markSvg(at, x, y, stroke))) : []),
    // A bar of nothing is a line: the value is there, and it is zero.
    ...bars.map(({ x, y, width, height }) => `<rect x="${n(x)}" y="${n(y)}" width="${n(Math.max(width, 0.75))}" height="${n(Math.max(height, 0.75))}" fill="${fill}"${palette.patterns ? ` stroke="${stroke}"` : ''}/>`),
  ].join('\n');
}

/** The signs of `markSvg` as characters, for a legend that is text. */
export const marks = ['●', '■', '▲', '◆', '▼', '✚'];
const markPaths = ['M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z', 'M-3 -3h6v6h-6z', 'M0 -4L4 3H-4z', 'M0 -4.5L4.5 0L0 4.5L-4.5 0z', 'M0 4L4 -3H-4z', 'M-1.2 -4h2.4v2.8h2.8v2.4h-2.8v2.8h-2.4v-2.8h-2.8v-2.4h2.8z'];

/** A line's own sign: dashes alone are hard to follow. */
const markSvg = (at: number, x: number, y: number, fill: string): string => `<path d="${markPaths[at % markPaths.length]}" transform="translate(${n(x)} ${n(y)})" fill="${fill}"/>`;

/** Points that are far enough from each other to bear a sign. */
function spaced(run: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of run) if (kept.length === 0 || point.x - kept.at(-1)!.x >= 56) kept.push(point);
  return kept;
}

/** The title above the picture and the note below it, in lines as long as there is room. */
function aloneSvg({ title, note = '' }: Chart, { width, height, plot }: ChartLayout, legend: number, palette: ChartPalette): { above: number; below: number; svg: string } {
  const text = escaped(palette.text);
  const above = 28;
  const lines = wrapped(note, Math.max(20, Math.floor((width - plot.x - 12) / 6)));
  const from = above + height + legend + 16;
  const room = Math.floor((width - 16) / 8.2);
  return {
    above, below: lines.length === 0 ? 8 : lines.length * 15 + 12,
    svg: [
      `<text x="8" y="19" font-size="14" font-weight="600" fill="${text}">${escaped(title.length > room ? `${title.slice(0, room - 1)}…` : title)}</text>`,
      ...lines.map((line, at) => `<text x="${n(plot.x)}" y="${n(from + at * 15)}" fill="${text}">${escaped(line)}</text>`),
    ].join('\n'),
  };
}

function wrapped(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Full, and hatched in directions of its own from the second series on. */
function patternsSvg(id: string, count: number, palette: ChartPalette): string {
  const hatches = ['', 'M0 6L6 0', 'M0 0L6 6', 'M0 3H6', 'M3 0V6', 'M0 3H6M3 0V6'];
  return `<defs>${Array.from({ length: count }, (_, at) => {
    const stroke = colour(palette, at);
    const hatch = hatches[at % hatches.length];
    return `<pattern id="${id}-${at}" width="6" height="6" patternUnits="userSpaceOnUse">${hatch ? `<path d="${hatch}" stroke="${stroke}" stroke-width="1.5"/>` : `<rect width="6" height="6" fill="${stroke}"/>`}</pattern>`;
  }).join('')}</defs>`;
}

function legendSvg({ series }: Chart, { height, plot, width }: ChartLayout, id: string, palette: ChartPalette): { height: number; svg: string } {
  let [x, y] = [plot.x, height + 14];
  const items = series.map(({ label, form }, at) => {
    const shown = label.length > 40 ? `${label.slice(0, 39)}…` : label;
    const room = 22 + shown.length * 6.6;
    if (x > plot.x && x + room > width) [x, y] = [plot.x, y + 18];
    const dash = palette.patterns && dashes[at % dashes.length] ? ` stroke-dasharray="${dashes[at % dashes.length]}"` : '';
    const sign = form === 'bars' ? `<rect x="${n(x)}" y="${n(y - 9)}" width="14" height="10" fill="${palette.patterns ? `url(#${id}-${at})` : colour(palette, at)}" stroke="${colour(palette, at)}"/>`
      : `<path d="M${n(x)} ${n(y - 4)}h14" stroke="${colour(palette, at)}" stroke-width="2"${dash}/>${palette.patterns ? markSvg(at, x + 7, y - 4, colour(palette, at)) : ''}`;
    const item = `${sign}<text x="${n(x + 18)}" y="${n(y)}" fill="${escaped(palette.text)}">${escaped(shown)}</text>`;
    x += room;
    return item;
  });
  return { height: y - height + 10, svg: items.join('\n') };
}
