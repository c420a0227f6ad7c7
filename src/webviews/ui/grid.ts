// A table of any length as an ARIA grid: only the rows in sight exist, so 100,000 rows open as fast as ten. Rows have one fixed height;
// the heading stays at the top; one cell at a time takes the keyboard (arrows, Home, End, Page Up and Down, with Ctrl to the edges). A column is
// made wider by its heading's edge, or with Shift and the arrows on the heading.
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Formatter } from './format.ts';
import { idLink, idToFollow } from './idLink.ts';
import { marked } from './marks.ts';
import type { Column, JsonObject, Table } from './reportTypes.ts';
import { copyText } from './clipboard.ts';
import { columnSizes, columnTracks } from './columnSizes.ts';
import type { FileToSave } from './fileToSave.ts';
import { styled } from './styled.ts';
import { nextOrder, orderedRows, type TableOrder } from './tableOrder.ts';
import { fileName, isRight, textColumns, type TakenFor } from './tableExport.ts';
import { csvText, markdownText, tsvText } from './tableText.ts';

const rowHeight = 26;
/** Rows drawn above and below those in sight. */
const spare = 12;
/** Rows of the highest table that the style sheet allows, with the spare ones: enough without measuring. */
const leastDrawn = Math.ceil(640 / rowHeight) + 2 * spare + 4;
/** Pixels by which a key changes a width. */
const keyStep = 16;

export class Grid extends LitElement {
  static override properties = {
    table: { attribute: false }, rows: { attribute: false }, formatter: { attribute: false }, terms: { attribute: false },
    _first: { state: true }, _count: { state: true }, _active: { state: true }, _order: { state: true }, _said: { state: true },
  };

  declare table: Table;
  /** The rows shown: all of the table's, or those that a search left. */
  declare rows: readonly JsonObject[];
  declare formatter: Formatter;
  /** What a search looks for, marked where it stands; undefined while there is none. */
  declare terms: readonly string[] | undefined;
  declare _first: number;
  declare _count: number;
  /** The cell that takes the keyboard; row -1 is the heading. */
  declare _active: { row: number; column: number };
  declare _order: TableOrder | undefined;
  /** What became of a copy. */
  declare _said: string;
  #saidFor: ReturnType<typeof setTimeout> | undefined;
  /** The rows in the order shown. */
  #shown: readonly JsonObject[] = [];
  #focusNext = false;
  #widths = { tracks: '', least: '0' };

  constructor() {
    super();
    this._first = 0;
    this._count = leastDrawn;
    this._active = { row: -1, column: 0 };
    this._said = '';
  }

  protected override createRenderRoot() {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('table')) {
      this.#widths = columnTracks(this.table, this.formatter, columnSizes.of(this.table));
      this._order = undefined;
    }
    if (changed.has('table') || changed.has('rows') || changed.has('_order')) this.#shown = orderedRows(this.rows, this.table.columns, this._order);
    if (changed.has('rows') && this._active.row >= this.rows.length) this._active = { row: -1, column: this._active.column };
  }

  protected override updated(changed: PropertyValues<this>): void {
    // To measure is to lay the page out: tables that are drawn together are measured together, in the frame that lays them out anyway.
    if (changed.has('rows')) {
      if (this._first > 0) this.#measure();
      else requestAnimationFrame(this.#measure);
    }
    if (changed.has('terms') && (this.terms !== undefined || changed.get('terms') !== undefined)) requestAnimationFrame(() => this.#toFirstHit());
    if (!this.#focusNext) return;
    this.#focusNext = false;
    this.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
  }

  protected override render() {
    const { columns, label } = this.table;
    const total = this.rows.length;
    const last = Math.min(total, this._first + this._count);
    const indexes = Array.from({ length: Math.max(0, last - this._first) }, (_, index) => this._first + index);
    // The active row stays even when it scrolls away, so that the keyboard is never lost.
    const { row: active } = this._active;
    if (active >= 0 && (active < this._first || active >= last)) indexes.push(active);
    return html`${this.#tools()}
      <div class="grid" role="grid" aria-label=${label} aria-rowcount=${total + 1} aria-colcount=${columns.length} aria-readonly="true"
        ${styled({ '--columns': this.#widths.tracks, '--least': this.#widths.least })} @scroll=${this.#measure} @keydown=${this.#onKey} @focusin=${this.#onFocus}>
        <div class="grid-head" role="row" aria-rowindex="1">${columns.map((column, at) => this.#heading(column, at))}</div>
        <div class="grid-body" role="rowgroup" ${styled({ height: `${total * rowHeight}px` })}>
          ${repeat(indexes, (index) => index, (index) => this.#row(index))}
        </div>
      </div>`;
  }

  #heading(column: Column, at: number) {
    const order = this._order?.column === at ? (this._order.down ? 'descending' : 'ascending') : undefined;
    return html`<div role="columnheader" aria-colindex=${at + 1} aria-sort=${order ?? 'none'} class=${classMap({ cell: true, right: isRight(column), ordered: order !== undefined })} title=${`${column.label}: press to sort; Shift with the left and right arrows changes the width`}
      tabindex=${this.#tab(-1, at)} data-row="-1" data-column=${at} @click=${() => this.#sort(at)}>${column.label}${order ? html` <span class="codicon codicon-arrow-${order === 'ascending' ? 'up' : 'down'}" aria-hidden="true"></span>` : nothing}<span class="grip" aria-hidden="true" title="Drag to change the width; press twice for the usual one"
        @click=${(event: Event) => event.stopPropagation()} @dblclick=${() => this.#resize(column, undefined)} @pointerdown=${(event: PointerEvent) => this.#drag(event, column)}></span></div>`;
  }

  #resize(column: Column, pixels: number | undefined): void {
    columnSizes.set(this.table, column, pixels);
    this.#widths = columnTracks(this.table, this.formatter, columnSizes.of(this.table));
    this.requestUpdate();
    this.dispatchEvent(new CustomEvent('columns-sized', { bubbles: true, composed: true }));
  }

  #drag(event: PointerEvent, column: Column): void {
    if (event.button !== 0) return;
    event.preventDefault();
    const grip = event.currentTarget as HTMLElement;
    const from = event.clientX;
    const width = grip.parentElement!.getBoundingClientRect().width;
    const ended = new AbortController();
    const { signal } = ended;
    grip.setPointerCapture(event.pointerId);
    grip.addEventListener('pointermove', ({ clientX }) => this.#resize(column, width + clientX - from), { signal });
    for (const end of ['pointerup', 'pointercancel', 'lostpointercapture']) grip.addEventListener(end, () => ended.abort(), { signal });
  }

  #sort(column: number): void {
    this._order = nextOrder(this._order, column);
  }

  #tools() {
    if (this.rows.length === 0) return nothing;
    const tool = (icon: string, words: string, act: () => void) => html`<button class="tool" aria-label=${`${words}: ${this.table.label}`} title=${words} @click=${act}><span class="codicon codicon-${icon}" aria-hidden="true"></span></button>`;
    return html`<div class="grid-tools" role="toolbar" aria-label=${`Take the table elsewhere: ${this.table.label}`}>
      <span class="grid-said" role="status">${this._said}</span>
      ${tool('markdown', 'Copy as Markdown, as it reads here', () => void this.#copy(markdownText(this.#columns('person'), this.#shown)))}
      ${tool('copy', 'Copy as TSV for a spreadsheet, exact numbers and ISO dates', () => void this.#copy(tsvText(this.#columns('spreadsheet'), this.#shown)))}
      ${tool('export', 'Export as CSV, values as the API sent them', () => this.#export())}
    </div>`;
  }

  #columns(taken: TakenFor) {
    return textColumns(this.table, this.formatter, taken);
  }

  async #copy(text: string): Promise<void> {
    const count = `${this.#shown.length} ${this.#shown.length === 1 ? 'row' : 'rows'}`;
    this._said = await copyText(text) ? `${count} copied` : 'The clipboard refused the text';
    clearTimeout(this.#saidFor);
    this.#saidFor = setTimeout(() => { this._said = ''; }, 3_000);
  }

  #export(): void {
    const bytes = new TextEncoder().encode(csvText(this.#columns('program'), this.#shown, { bom: true }));
    this.dispatchEvent(new CustomEvent<FileToSave>('save-file', { detail: { name: fileName(this.table.label, 'csv'), bytes }, bubbles: true, composed: true }));
  }

  #row(index: number) {
    const row = this.#shown[index];
    if (!row) return nothing;
    const currency = this.table.currencyOf(row);
    return html`<div role="row" class=${classMap({ 'grid-row': true, odd: index % 2 === 1 })} aria-rowindex=${index + 2} ${styled({ transform: `translateY(${index * rowHeight}px)` })}>
      ${this.table.columns.map((column, at) => {
        const { text, raw } = this.formatter.show(column.read(row), column.kind, currency);
        const id = idToFollow(column.key.slice(column.key.lastIndexOf('.') + 1), column.key.includes('.') ? column.key.split('.').at(-2) : this.table.holder, column.read(row));
        return html`<div role="gridcell" aria-colindex=${at + 1} class=${classMap({ cell: true, right: isRight(column) })} title=${raw}
          tabindex=${this.#tab(index, at)} data-row=${index} data-column=${at}>${id ? idLink(text.slice(0, 500), id, false, marked(text, raw, this.terms)) : marked(text, raw, this.terms)}</div>`;
      })}
    </div>`;
  }

  /** A row may be found by a column beyond the edge; without a search the table stands at its beginning again. */
  #toFirstHit(): void {
    const grid = this.querySelector<HTMLElement>('.grid');
    const cell = this.querySelector<HTMLElement>('mark')?.closest<HTMLElement>('.cell');
    if (!grid) return;
    const beyond = cell ? cell.offsetLeft + cell.offsetWidth - grid.clientWidth : 0;
    grid.scrollLeft = cell ? Math.max(0, Math.min(beyond, cell.offsetLeft)) : 0;
  }

  #tab(row: number, column: number): string {
    return this._active.row === row && this._active.column === column ? '0' : '-1';
  }

  #measure = (): void => {
    const grid = this.querySelector<HTMLElement>('.grid');
    if (!grid) return;
    const first = Math.max(0, Math.floor(grid.scrollTop / rowHeight) - spare);
    // Steps of a few rows, so that scrolling by a pixel draws nothing anew.
    this._first = Math.min(first - (first % 4), Math.max(0, this.rows.length - 1));
    this._count = Math.max(leastDrawn, Math.ceil(grid.clientHeight / rowHeight) + 2 * spare + 4);
  };

  #onFocus = (event: FocusEvent): void => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-row]');
    if (cell) this._active = { row: Number(cell.dataset.row), column: Number(cell.dataset.column) };
  };

  #onKey = (event: KeyboardEvent): void => {
    const heading = (event.target as HTMLElement).closest<HTMLElement>('[role="columnheader"]');
    if (heading && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      event.stopPropagation();
      this.#sort(Number(heading.dataset.column));
      return;
    }
    const column = heading && event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey ? this.table.columns[Number(heading.dataset.column)] : undefined;
    if (column && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      event.preventDefault();
      event.stopPropagation();
      this.#resize(column, heading!.getBoundingClientRect().width + (event.key === 'ArrowRight' ? 1 : -1) * keyStep);
      return;
    }
    // The cell has the keyboard, and what is in it does what Enter asks.
    const link = event.key === 'Enter' ? (event.target as HTMLElement).querySelector<HTMLElement>('.id-link') : null;
    if (link) {
      event.preventDefault();
      event.stopPropagation();
      link.click();
      return;
    }
    const target = moved(event, this._active, this.rows.length, this.table.columns.length);
    if (!target) return;
    event.preventDefault();
    event.stopPropagation();
    this._active = target;
    this.#focusNext = true;
    this.#reveal(target);
  };

  #reveal({ row, column }: { row: number; column: number }): void {
    const grid = this.querySelector<HTMLElement>('.grid');
    const heading = this.querySelector<HTMLElement>(`[data-row="-1"][data-column="${column}"]`);
    if (!grid || !heading) return;
    if (row >= 0) {
      const top = row * rowHeight;
      const room = grid.clientHeight - 2 * rowHeight;
      if (top < grid.scrollTop) grid.scrollTop = top;
      else if (top > grid.scrollTop + room) grid.scrollTop = top - room;
    }
    if (heading.offsetLeft < grid.scrollLeft) grid.scrollLeft = heading.offsetLeft;
    else if (heading.offsetLeft + heading.offsetWidth > grid.scrollLeft + grid.clientWidth) grid.scrollLeft = heading.offsetLeft + heading.offsetWidth - grid.clientWidth;
    this.#measure();
  }
}

function moved(event: KeyboardEvent, from: { row: number; column: number }, rows: number, columns: number): { row: number; column: number } | undefined {
  if (event.altKey || event.metaKey || event.shiftKey) return undefined;
  const { row, column } = from;
  const page = 15;
  const at = (toRow: number, toColumn: number) => ({ row: Math.max(-1, Math.min(rows - 1, toRow)), column: Math.max(0, Math.min(columns - 1, toColumn)) });
  switch (event.key) {
    case 'ArrowDown': return at(row + 1, column);
    case 'ArrowUp': return at(row - 1, column);
    case 'ArrowRight': return at(row, column + 1);
    case 'ArrowLeft': return at(row, column - 1);
    case 'PageDown': return at(row + page, column);
    case 'PageUp': return at(row - page, column);
    case 'Home': return at(event.ctrlKey ? 0 : row, 0);
    case 'End': return at(event.ctrlKey ? rows - 1 : row, columns - 1);
    default: return undefined;
  }
}

export const gridStyles = css`
  .grid { overflow: auto; scrollbar-color: var(--vscode-scrollbarSlider-activeBackground) transparent; max-height: min(70vh, 640px); border: 1px solid var(--vscode-panel-border, var(--vscode-widget-border, transparent)); position: relative; }
  .grid-head, .grid-row { display: grid; grid-template-columns: var(--columns); min-width: var(--least); width: 100%; height: ${rowHeight}px; }
  .grid-head { position: sticky; top: 0; z-index: 1; background: var(--vscode-editor-background); border-bottom: 1px solid var(--vscode-panel-border, currentColor); box-sizing: border-box; }
  .grid-head .cell { font-weight: 600; cursor: pointer; user-select: none; }
  .grid-head .cell { position: relative; }
  .grip { position: absolute; top: 0; right: 0; width: 7px; height: 100%; cursor: col-resize; touch-action: none; border-right: 1px solid transparent; box-sizing: border-box; }
  .grid-head:hover .grip { border-right-color: color-mix(in srgb, var(--vscode-foreground), transparent 70%); }
  .grip:hover, .grip:active { border-right: 3px solid var(--vscode-sash-hoverBorder, var(--vscode-focusBorder)) !important; }
  .grid-head .codicon { font-size: 0.9em; vertical-align: text-bottom; }
  .grid-tools { display: flex; justify-content: flex-end; align-items: center; gap: 2px; }
  .grid-said { color: var(--vscode-descriptionForeground); margin-right: 6px; }
  .grid-body { position: relative; min-width: var(--least); }
  .grid-row { position: absolute; top: 0; left: 0; contain: layout style; }
  .grid-row.odd { background: var(--vscode-keybindingTable-rowsBackground, transparent); }
  .grid-row:hover { background: var(--vscode-list-hoverBackground); color: var(--vscode-list-hoverForeground, inherit); }
  .cell { padding: 0 8px; line-height: ${rowHeight}px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .cell .found { display: flex; max-width: 100%; }
  .cell .found > * { flex: 0 1 auto; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: pre; }
  .cell .found > mark { flex: none; max-width: 100%; }
  .cell .found > .after { flex-shrink: 1000; }
  .cell.right .found { justify-content: flex-end; }
  .cell .id-link { max-width: 100%; }
  .cell.right { text-align: right; font-variant-numeric: tabular-nums; }
  .id-link { padding: 0; border: 0; background: none; color: var(--vscode-textLink-foreground); font: inherit; text-align: inherit; text-decoration: underline; cursor: pointer; overflow-wrap: anywhere; }
  .id-link:hover { color: var(--vscode-textLink-activeForeground); }
  .cell:focus { outline: 1px solid var(--vscode-focusBorder); outline-offset: -1px; }
`;

customElements.define('ob-grid', Grid);
