// Charts: where things stand, and the SVG that the screen, a saved file and a printed page show.
import { describe, expect, it } from 'vitest';
import { readSaveFile } from '../../src/webviews/protocol/files.ts';
import { chartHeight, layOut } from '../../src/webviews/ui/chartLayout.ts';
import { chartSvg, paperPalette } from '../../src/webviews/ui/chartPicture.ts';
import { isSamePicture, samePlace, type Chart } from '../../src/webviews/ui/chartTypes.ts';
import { createFormatter } from '../../src/webviews/ui/format.ts';
import { reportHtml } from '../../src/webviews/ui/reportHtml.ts';
import { atOnce } from '../../src/webviews/ui/turns.ts';
import { buildReport } from '../../src/webviews/ui/reportModel.ts';

const us = createFormatter('en-US', 'UTC');
const day = (n: number): number => Date.UTC(2026, 0, 1 + n);
const lines = (values: (number | undefined)[], more: Partial<Chart> = {}): Chart =>
  ({ id: 'c', title: 'Balances', kind: 'money', currency: 'USD', places: { kind: 'day', values: values.map((_, at) => day(at)) }, series: [{ label: 'Everyday', form: 'line', values }], ...more });
const bars = (values: (number | undefined)[], more: Partial<Chart> = {}): Chart =>
  ({ ...lines(values), places: { kind: 'words', values: values.map((_, at) => `Category ${at}`) }, series: [{ label: 'Spent', form: 'bars', values }], ...more });
const svg = (chart: Chart, more = {}) => chartSvg(chart, us, { width: 600, palette: paperPalette, ...more });

describe('the layout', () => {
  it('has round numbers around all values, told as money without needless decimals', () => {
    const layout = layOut(lines([9_100, 10_950, 12_040]), us, 600)!;
    expect(layout.valueTicks.map(({ text }) => text)).toEqual(['$9,000', '$10,000', '$11,000', '$12,000', '$13,000']);
    for (const { y } of layout.series[0]!.lines[0]!) expect(y).toBeGreaterThanOrEqual(layout.plot.y);
  });

  it('counts in whole numbers, and cuts no name at the edge', () => {
    const counts = lines([0, 1, 2], { kind: 'number', currency: undefined });
    expect(layOut(counts, us, 600)!.valueTicks.map(({ text }) => text)).toEqual(['0', '1', '2']);
    const { placeTicks: [first] } = layOut(counts, us, 600)!;
    expect(first!.at - (first!.text.length * 6.6) / 2).toBeGreaterThanOrEqual(0);
    const sideways = layOut(bars([1_000_000, 5]), us, 600)!;
    expect(sideways.valueTicks.at(-1)!.at + (sideways.valueTicks.at(-1)!.text.length * 6) / 2).toBeLessThanOrEqual(600);
  });

  it('has no step below what the currency has: a yen, a fils', () => {
    const ticks = (currency: string, values: number[]) => layOut(lines(values, { currency }), us, 600)!.valueTicks.map(({ text }) => text.replace(/\s/g, ' '));
    expect(ticks('JPY', [5, 6])).toEqual(['¥5', '¥6']);
    expect(ticks('KWD', [0.001, 0.003])).toContain('KWD 0.002');
    expect(ticks('USD', [0.001, 0.003])).toEqual(['$0.00', '$0.01']);
  });

  it('draws bars from zero, also downwards, and lines where they are', () => {
    expect(layOut(bars([5, -5]), us, 600)!.zero).toBeDefined();
    const { series: [one], zero, plot } = layOut(bars([100, -50]), us, 600)!;
    expect(one!.bars[0]!.x).toBeCloseTo(zero!);
    expect(one!.bars[1]!.x + one!.bars[1]!.width).toBeCloseTo(zero!);
    expect(one!.bars[0]!.width).toBeCloseTo(2 * one!.bars[1]!.width);
    expect(plot.x).toBeGreaterThan(0);
  });

  it('breaks a line where nothing is known', () => {
    expect(layOut(lines([1, 2, undefined, 3, Number.NaN, 4]), us, 600)!.series[0]!.lines.map(({ length }) => length)).toEqual([2, 1, 1]);
  });

  it('has no more points than pixels bear, and loses no peak', () => {
    const values = Array.from({ length: 100_000 }, (_, at) => (at === 77_777 ? 1_000 : at % 7));
    const points = layOut(lines(values), us, 600)!.series[0]!.lines.flat();
    expect(points.length).toBeLessThan(1_400);
    const top = layOut(lines(values), us, 600)!.plot.y;
    expect(Math.min(...points.map(({ y }) => y))).toBeCloseTo(top);
  });

  it('draws no more bars than pixels, however many there are, and loses no peak', () => {
    const values = Array.from({ length: 100_000 }, (_, at) => (at === 77_777 ? 1_000 : -(at % 7)));
    const standing = layOut({ ...lines(values), series: [{ label: 'a', form: 'bars', values }] }, us, 600)!;
    expect(standing.series[0]!.bars.length).toBeLessThan(700);
    expect(Math.min(...standing.series[0]!.bars.map(({ y }) => y))).toBeCloseTo(standing.plot.y);
    const lying = layOut(bars(values), us, 600)!;
    expect([lying.series[0]!.bars.length < 1_300, lying.height < 1_300, lying.placeTicks.length < 100]).toEqual([true, true, true]);
    expect(lying.placeTicks[1]!.whole).toMatch(/^Category [1-9]/);
  });

  it('draws gaps that are narrower than a pixel as none', () => {
    const values = Array.from({ length: 100_000 }, (_, at) => (at % 2 ? at : undefined));
    expect(layOut(lines(values), us, 600)!.series[0]!.lines.length).toBe(1);
  });

  it('leaves its place to a month that the body leaves out', () => {
    const months = [0, 1, 3].map((month) => Date.UTC(2026, month));
    const { centres: [jan, feb, apr], series: [one] } = layOut({ ...lines([1, 2, 3]), places: { kind: 'month', values: months }, series: [{ label: 'a', form: 'bars', values: [1, 2, 3] }] }, us, 600)!;
    expect(apr! - feb!).toBeCloseTo(2 * (feb! - jan!));
    expect(one!.bars[1]!.x).toBeGreaterThan(one!.bars[0]!.x + one!.bars[0]!.width);
  });

  it.each([[[0, 0, 0]], [[5, 5]], [[-0, -0]], [[1e15, -1e15]], [[0.001, 0.002]], [[1e-320, 1]], [[1e-320, 2e-320]], [[1e308, -1e308, 3, 4]], [[1e99, 5]], [[1e16, 1e16 + 2]], [[1e9, 1e9 + 1e-7]]])('bears the values %j', (values) => {
    const layout = layOut(lines(values), us, 600)!;
    expect(layout.series[0]!.lines.flat().every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
    expect(layout.valueTicks.every(({ at }) => Number.isFinite(at))).toBe(true);
    const texts = layout.valueTicks.map(({ text }) => text);
    expect(texts).not.toContain('-$0');
    expect(new Set(texts).size).toBe(texts.length);
    for (const text of texts) expect(text.length).toBeLessThan(25);
  });

  it('is not there when there is nothing to draw, or no room', () => {
    expect([layOut(lines([]), us, 600), layOut(lines([1]), us, 600), layOut(lines([undefined, undefined]), us, 600), layOut(lines([1, 2]), us, 20)]).toEqual([undefined, undefined, undefined, undefined]);
    expect(layOut(bars([1]), us, 600)).toBeDefined();
  });

  it('gives each category its row, and never lets names run into each other', () => {
    expect(chartHeight(bars(Array.from({ length: 30 }, () => 1)))).toBeGreaterThan(30 * 20);
    const ticks = layOut(lines(Array.from({ length: 365 }, () => 1)), us, 600)!.placeTicks;
    expect(ticks.length).toBeGreaterThan(2);
    for (let at = 1; at < ticks.length; at++) expect(ticks[at]!.at - ticks[at - 1]!.at).toBeGreaterThan(70);
  });
});

describe('the picture', () => {
  const hostile = '"><script>alert(1)</script><!-- & \u0000\ud800 ]]>';
  it('escapes what the body says, and has no style, class or script', () => {
    const text = svg(bars([1, 2], { title: hostile, places: { kind: 'words', values: [hostile, 'x'] }, series: [{ label: hostile, form: 'bars', values: [1, 2] }, { label: 'b', form: 'bars', values: [1, 2] }] }), { legend: true })!;
    expect(text).not.toMatch(/<script|style=|class=|\u0000|\ud800/);
    expect(text).toContain('&lt;script&gt;');
    const tags = [...text.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)];
    const open: string[] = [];
    for (const [, end, name, alone] of tags) if (end) expect(open.pop()).toBe(name); else if (!alone) open.push(name!);
    expect(open).toEqual([]);
  });

  it('tells series apart without colour where the palette says so', () => {
    const two = lines([1, 2, 3], { series: [{ label: 'a', form: 'line', values: [1, 2, 3] }, { label: 'b', form: 'line', values: [3, 2, 1] }] });
    expect(svg(two)).toContain('stroke-dasharray');
    expect(svg(two, { palette: { ...paperPalette, patterns: false } })).not.toContain('stroke-dasharray');
  });

  it('leaves out a hidden series, from the scale too', () => {
    const two = lines([1, 2], { series: [{ label: 'a', form: 'line', values: [1, 2] }, { label: 'b', form: 'line', values: [1_000_000, 2_000_000] }] });
    expect(svg(two)).toContain('$2,000,000');
    expect(svg(two, { hidden: new Set([1]) })).not.toContain('000,000');
  });
});

describe('a file from a view', () => {
  const bytes = new Uint8Array([1]);
  it('has a plain name of a known kind', () => {
    expect(readSaveFile({ type: 'saveFile', name: '../../etc/pass wd.svg', bytes })).toEqual({ type: 'saveFile', name: 'etc-pass-wd.svg', bytes });
    expect(readSaveFile({ type: 'saveFile', name: 'Prequalification (CRA)-masked.html', bytes })?.name).toBe('Prequalification-CRA-masked.html');
    expect(readSaveFile({ type: 'saveFile', name: '.png', bytes })?.name).toBe('open-banking.png');
    for (const name of ['a.exe', 'svg', 'a.svg.exe', 'a.SVG', 5, undefined]) expect(readSaveFile({ type: 'saveFile', name, bytes })).toBeUndefined();
    expect(readSaveFile({ type: 'saveFile', name: 'a.svg', bytes: 'text' })).toBeUndefined();
  });
});

describe('the printable page', () => {
  const hostile = '<img src=x onerror=alert(1)>';
  const model = buildReport({
    type: 'voa', status: 'success', id: hostile, consolidatedAvailableBalance: 5, [hostile]: hostile,
    institutions: [{ name: hostile, accounts: [{ id: '1', name: hostile, type: 'checking', currency: 'USD', balance: 3, balanceDate: day(3) / 1000, transactions: [{ amount: 1, postedDate: day(1) / 1000, description: hostile }] }] }],
  });
  const page = (masked: boolean) => atOnce(reportHtml(model, us, { drawChart: (chart) => chartSvg(chart, us, { width: 900, palette: paperPalette, legend: true }) ?? '', masked, now: day(1), language: 'en' }));

  it('holds figures, charts and tables, and nothing of the body as markup', () => {
    const text = page(true);
    expect(text).not.toContain('<img');
    expect(text).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
    expect(text).toContain('<svg');
    expect(text).toContain('Total assets');
    expect(text).toContain('&lt;img src=x');
  });

  it('says whether it holds personal data', () => {
    expect(page(true)).toContain('Personal data is masked.');
    expect(page(false)).toContain('It holds personal data.');
  });
});

describe('a newer chart in the place of an older', () => {
  const before = lines([1, 2, 3]);

  it('is the same picture while its id and its series are: what was hidden stays hidden', () => {
    expect(isSamePicture(before, lines([7, 8]))).toBe(true);
    expect(isSamePicture(before, lines([1, 2, 3], { id: 'other' }))).toBe(false);
    expect(isSamePicture(before, lines([1, 2, 3], { series: [{ label: 'Savings', form: 'line', values: [1, 2, 3] }] }))).toBe(false);
    expect(isSamePicture(before, { ...before, series: [...before.series, { label: 'More', form: 'line', values: [] }] })).toBe(false);
    expect(isSamePicture(before, bars([1, 2, 3], { series: before.series }))).toBe(false);
  });

  it('keeps the cursor on its place wherever that is now, and loses it with the place', () => {
    const fewer = lines([2, 3], { places: { kind: 'day', values: [day(1), day(2)] } });
    expect(samePlace(before, 1, fewer)).toBe(0);
    expect(samePlace(before, 0, fewer)).toBeUndefined();
    expect(samePlace(before, undefined, fewer)).toBeUndefined();
  });
});

describe('a picture that stands alone', () => {
  const chart = lines([1, 2, 3], { title: 'Balances <of> all', note: 'Worked back from each account\'s balance and its transactions. '.repeat(4) });

  it('has its title and its note in sight, and room for them', () => {
    const [alone, within] = [svg(chart, { alone: true })!, svg(chart)!];
    expect(alone).toMatch(/<text [^>]*font-weight="600"[^>]*>Balances &lt;of&gt; all<\/text>/);
    expect(within).not.toContain('font-weight="600"');
    const told = [...alone.matchAll(/<text [^>]*y="([\d.]+)"[^>]*>(Worked|[^<]*transactions)[^<]*<\/text>/g)];
    expect(told.length).toBeGreaterThan(1);
    const height = Number(/height="([\d.]+)"/.exec(alone)![1]);
    for (const [, y] of told) expect(Number(y)).toBeLessThan(height);
    expect(height).toBeGreaterThan(Number(/height="([\d.]+)"/.exec(within)![1]) + 28);
  });

  it('tells lines apart by signs too where colours may be missing, and by none where not', () => {
    const two = lines([1, 2, 3], { series: [{ label: 'a', form: 'line', values: [1, 2, 3] }, { label: 'b', form: 'line', values: [3, 2, 1] }] });
    const signs = (text: string) => new Set([...text.matchAll(/<path d="([^"]+)" transform="translate/g)].map(([, d]) => d)).size;
    expect(signs(svg(two, { legend: true })!)).toBe(2);
    expect(signs(svg(two, { palette: { ...paperPalette, patterns: false } })!)).toBe(0);
  });
});
