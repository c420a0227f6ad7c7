// A chart on the page: the picture of chartPicture.ts in the theme's colours, a legend that hides series, a cursor for pointer and keyboard that
// says a place's values, the same values as a table, and saving as a picture. Whoever holds it saves: it tells by a `save-file` event.
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { chartSvg, chartWords, marks, paperPalette, type ChartPalette } from './chartPicture.ts';
import { chartHeight, layOut, placeName, type ChartLayout } from './chartLayout.ts';
import { isSamePicture, samePlace, type Chart } from './chartTypes.ts';
import { chartTable } from './chartTable.ts';
import type { FileToSave } from './fileToSave.ts';
import type { Formatter } from './format.ts';
import './grid.ts';
import type { Table } from './reportTypes.ts';
import { styled } from './styled.ts';
import { fileName } from './tableExport.ts';

export class ChartView extends LitElement {
  static override properties = { chart: { attribute: false }, formatter: { attribute: false }, _width: { state: true }, _at: { state: true }, _hidden: { state: true }, _asTable: { state: true }, _palette: { state: true } };

  declare chart: Chart;
  declare formatter: Formatter;
  declare _width: number;
  /** The place under the cursor. */
  declare _at: number | undefined;
  declare _hidden: ReadonlySet<number>;
  declare _asTable: boolean;
  declare _palette: ChartPalette | undefined;
  #table: Table | undefined;
  #resized: ResizeObserver | undefined;
  #themed: MutationObserver | undefined;

  constructor() {
    super();
    this._width = 0;
    this._hidden = new Set();
    this._asTable = false;
  }

  protected override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized = new ResizeObserver(([entry]) => { this._width = Math.floor(entry!.contentRect.width); });
    this.#resized.observe(this);
    // The editor names the theme in the body's classes and sets its colours on the root.
    this.#themed = new MutationObserver(() => { this._palette = themePalette(); });
    this.#themed.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
    this.#themed.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
    this._palette = themePalette();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized?.disconnect();
    this.#themed?.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('chart')) return;
    this.#table = undefined;
    // A filter or a newer reading draws the same picture of other data.
    const before = changed.get('chart');
    const same = before !== undefined && isSamePicture(before, this.chart);
    if (!same) this._hidden = new Set();
    this._at = same ? samePlace(before, this._at, this.chart) : undefined;
  }

  protected override render() {
    const { chart, formatter, _width: width, _palette: palette } = this;
    if (!palette) return nothing;
    return html`<figure class="chart" role="group" aria-label=${chart.title}>
      <figcaption>${chart.title}
        <span class="chart-tools">
          <button class="tool" aria-pressed=${this._asTable ? 'true' : 'false'} aria-label="Show as a table" title="Show as a table" @click=${() => { this._asTable = !this._asTable; }}><span class="codicon codicon-table" aria-hidden="true"></span></button>
          <button class="tool" aria-label="Save as PNG" title="Save as PNG" @click=${this.#savePng}><span class="codicon codicon-file-media" aria-hidden="true"></span></button>
          <button class="tool" aria-label="Save as SVG" title="Save as SVG" @click=${this.#saveSvg}><span class="codicon codicon-file-code" aria-hidden="true"></span></button>
        </span></figcaption>
      ${this._asTable ? this.#tableView() : html`
        <div class="chart-picture" ${styled({ '--height': `${chartHeight(chart)}px` })} tabindex="0" role="application" aria-roledescription="chart" aria-label=${`${chartWords(chart, formatter)}. Arrow keys read the values.`}
          @keydown=${this.#onKey} @pointermove=${this.#onPointer} @pointerleave=${() => { this._at = undefined; }} @blur=${() => { this._at = undefined; }}>
          ${this.#picture(palette, width)}${this.#cursor(width)}</div>
        ${chart.series.length > 1 ? html`<div class="chart-legend" role="group" aria-label="Series">${chart.series.map(({ label, form }, at) => html`<button aria-pressed=${this._hidden.has(at) ? 'false' : 'true'}
          title=${this._hidden.has(at) ? `Show ${label}` : `Hide ${label}`} @click=${() => this.#toggle(at)}><span class=${form === 'line' && palette.patterns ? 'swatch sign' : `swatch hatch-${at % 6}`} aria-hidden="true" ${styled({ '--swatch': palette.series[at % palette.series.length]! })}>${form === 'line' && palette.patterns ? marks[at % marks.length] : nothing}</span>${label}</button>`)}</div>` : nothing}`}
      <p class="chart-said" role="status">${this._at === undefined ? '' : this.#words(this._at)}</p>
      ${chart.note ? html`<p class="note">${chart.note}</p>` : nothing}
    </figure>`;
  }

  /** SVG comes as text; parsed as XML it can hold no script that runs, and nothing of it is set as HTML. */
  #picture(palette: ChartPalette, width: number): Node | typeof nothing {
    const text = chartSvg(this.chart, this.formatter, { width, palette, hidden: this._hidden });
    if (text === undefined) return nothing;
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
    if (parsed.localName !== 'svg') return nothing;
    // The picture is told by the element around it.
    parsed.setAttribute('aria-hidden', 'true');
    return document.importNode(parsed, true);
  }

  #layout(width: number): ChartLayout | undefined {
    return layOut(this.#shown(), this.formatter, width);
  }

  #shown(): Chart {
    return { ...this.chart, series: this.chart.series.map((series, at) => (this._hidden.has(at) ? { ...series, values: [] } : series)) };
  }

  #cursor(width: number) {
    const layout = this._at === undefined ? undefined : this.#layout(width);
    const centre = layout?.centres[this._at!];
    if (!layout || centre === undefined) return nothing;
    const { plot, sideways } = layout;
    const line = sideways ? { left: `${plot.x}px`, top: `${centre}px`, width: `${plot.width}px`, height: '0' } : { left: `${centre}px`, top: `${plot.y}px`, width: '0', height: `${plot.height}px` };
    const right = !sideways && centre > width / 2;
    const box = { left: right || sideways ? 'auto' : `${centre + 8}px`, right: sideways ? '4px' : right ? `${width - centre + 8}px` : 'auto', top: sideways ? `${centre + 6}px` : `${plot.y}px` };
    return html`<div class=${sideways ? 'chart-cursor sideways' : 'chart-cursor'} aria-hidden="true" ${styled(line)}></div><div class="chart-box" aria-hidden="true" ${styled(box)}>${this.#words(this._at!).split('\n').map((text) => html`<div>${text}</div>`)}</div>`;
  }

  /** A place and its values, a line each. */
  #words(at: number): string {
    const { chart, formatter } = this;
    const values = chart.series.flatMap(({ label, values: all }, index) => (this._hidden.has(index) || all[at] === undefined ? [] : [`${label}: ${formatter.show(all[at], chart.kind, chart.currency).text}`]));
    return [placeName(chart, formatter, at), ...values].join('\n');
  }

  #toggle(at: number): void {
    const hidden = new Set(this._hidden);
    if (!hidden.delete(at)) hidden.add(at);
    // With all of them hidden there is nothing to look at: the last one stays.
    if (hidden.size < this.chart.series.length) this._hidden = hidden;
  }

  #tableView() {
    this.#table ??= chartTable(this.chart);
    return html`<ob-grid .table=${this.#table} .rows=${this.#table.rows} .formatter=${this.formatter}></ob-grid>`;
  }

  #onKey = (event: KeyboardEvent): void => {
    const last = this.chart.places.values.length - 1;
    const at = this._at ?? -1;
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at < 0 ? last : at - 1, ArrowUp: at < 0 ? last : at - 1, Home: 0, End: last }[event.key];
    if (event.key === 'Escape' && this._at !== undefined) this._at = undefined;
    else if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    else this._at = Math.max(0, Math.min(last, to));
    event.preventDefault();
    event.stopPropagation();
  };

  #onPointer = (event: PointerEvent): void => {
    const layout = this.#layout(this._width);
    if (!layout) return;
    const { left, top } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    this._at = nearest(layout.centres, layout.sideways ? event.clientY - top : event.clientX - left);
  };

  #svgFile(): string | undefined {
    return chartSvg(this.chart, this.formatter, { width: 900, palette: paperPalette, hidden: this._hidden, legend: true, alone: true });
  }

  #saveSvg = (): void => {
    const svg = this.#svgFile();
    if (svg !== undefined) this.#save('svg', new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8"?>\n${svg}\n`));
  };

  #savePng = (): void => {
    const svg = this.#svgFile();
    if (svg !== undefined) void pngOf(svg).then((bytes) => this.#save('png', bytes), () => undefined);
  };

  #save(extension: 'png' | 'svg', bytes: Uint8Array): void {
    this.dispatchEvent(new CustomEvent<FileToSave>('save-file', { detail: { name: fileName(this.chart.title, extension), bytes }, bubbles: true, composed: true }));
  }
}

function nearest(centres: readonly number[], to: number): number {
  let [low, high] = [0, centres.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (centres[middle]! < to) low = middle;
    else high = middle;
  }
  return Math.abs(centres[low]! - to) <= Math.abs(centres[high]! - to) ? low : high;
}

const twice = 2;

/** The picture drawn into a canvas, at twice its size. */
async function pngOf(svg: string): Promise<Uint8Array> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.naturalWidth * twice, image.naturalHeight * twice];
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw new Error('The picture is too large.');
    return new Uint8Array(await blob.arrayBuffer());
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Orange last: the editor's own dark theme makes it a brown that can hardly be seen. */
const chartColours = ['blue', 'yellow', 'green', 'purple', 'red', 'orange'];

/** The colours that the theme gives to charts, and patterns where it is one of high contrast. */
function themePalette(): ChartPalette {
  const style = getComputedStyle(document.documentElement);
  const variable = (name: string, otherwise: string): string => style.getPropertyValue(`--vscode-${name}`).trim() || otherwise;
  const text = variable('charts-foreground', variable('foreground', '#808080'));
  return {
    series: chartColours.map((name, at) => variable(`charts-${name}`, paperPalette.series[at]!)), text, lines: variable('charts-lines', text), font: variable('font-family', 'sans-serif'),
    patterns: document.body.classList.contains('vscode-high-contrast') || document.body.classList.contains('vscode-high-contrast-light'),
  };
}

export const chartStyles = css`
  ob-chart { display: block; min-width: 0; margin: 0 0 18px; }
  .chart { margin: 0; }
  .chart figcaption { display: flex; align-items: center; gap: 8px; font-weight: 600; }
  .chart-tools { display: flex; gap: 2px; margin-left: auto; }
  /* As high before it is drawn: whoever scrolls to a place kept from before must find it there. */
  .chart-picture { position: relative; min-height: var(--height); }
  .chart-picture svg { display: block; max-width: 100%; }
  .chart-cursor { position: absolute; border: 0 dashed var(--vscode-charts-foreground, currentColor); border-width: 0 0 0 1px; pointer-events: none; }
  .chart-cursor.sideways { border-width: 1px 0 0 0; }
  .chart-box { position: absolute; z-index: 2; padding: 4px 8px; max-width: 60%; pointer-events: none; background: var(--vscode-editorHoverWidget-background, var(--vscode-editor-background)); color: var(--vscode-editorHoverWidget-foreground, inherit); border: 1px solid var(--vscode-editorHoverWidget-border, currentColor); font-variant-numeric: tabular-nums; }
  .chart-box div:first-child { font-weight: 600; }
  .chart-legend { display: flex; flex-wrap: wrap; gap: 2px 10px; margin-top: 2px; }
  .chart-legend button { display: inline-flex; align-items: center; gap: 6px; padding: 2px 6px; border: 1px solid transparent; border-radius: 4px; background: none; color: inherit; font: inherit; cursor: pointer; }
  .chart-legend button:hover { background: var(--vscode-toolbar-hoverBackground); outline: 1px dashed var(--vscode-toolbar-hoverOutline, transparent); }
  .chart-legend button[aria-pressed='false'] { text-decoration: line-through; opacity: 0.75; }
  .swatch { width: 12px; height: 12px; background: var(--swatch); border: 1px solid var(--vscode-contrastBorder, transparent); }
  .swatch.sign { display: inline-flex; align-items: center; justify-content: center; background: none; border-color: transparent; color: var(--swatch); }
  body.vscode-high-contrast .hatch-1, body.vscode-high-contrast-light .hatch-1 { background: repeating-linear-gradient(135deg, var(--swatch) 0 2px, transparent 2px 4px); }
  body.vscode-high-contrast .hatch-2, body.vscode-high-contrast-light .hatch-2 { background: repeating-linear-gradient(45deg, var(--swatch) 0 2px, transparent 2px 4px); }
  body.vscode-high-contrast .hatch-3, body.vscode-high-contrast-light .hatch-3 { background: repeating-linear-gradient(0deg, var(--swatch) 0 2px, transparent 2px 4px); }
  body.vscode-high-contrast .hatch-4, body.vscode-high-contrast-light .hatch-4 { background: repeating-linear-gradient(90deg, var(--swatch) 0 2px, transparent 2px 4px); }
  .chart-said { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); white-space: pre-line; }
`;

customElements.define('ob-chart', ChartView);
