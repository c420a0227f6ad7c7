// The table of transactions: a grid of any length of which only the lines in sight exist. Lines come from the worker in blocks and stay until
// newer ones are there; the heading stays at the top. The keyboard is on one cell, which the grid names to screen readers, so that it is never
// lost when lines come and go.
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import type { DirectiveResult } from 'lit/directive.js';
import { numberOf, type Formatter, type ValueKind } from './format.ts';
import { LineBlocks } from './lineBlocks.ts';
import { RowWindow } from './rowWindow.ts';
import { LineSelection } from './lineSelection.ts';
import { styled } from './styled.ts';
import { labelOf } from './transactionFields.ts';
import { isGroupLine, type GroupLine, type Line, type LineRange, type RowLine, type Summary } from './transactionMessages.ts';
import type { Grouping, TransactionSort } from './transactionOrder.ts';
import type { TransactionReader } from './transactionReader.ts';
import type { ShownColumn } from './transactionsState.ts';
import { groupTitle, stateWords, sumWords } from './transactionWords.ts';

const leastWidth = 48;
const mostWidth = 1_200;

export class TransactionGrid extends LitElement {
  static override properties = {
    reader: { attribute: false }, summary: { attribute: false }, columns: { attribute: false }, sort: { attribute: false }, group: {}, formatter: { attribute: false }, locale: {},
    _active: { state: true }, _column: { state: true }, _drawn: { state: true },
  };

  declare reader: TransactionReader;
  declare summary: Summary;
  declare columns: readonly ShownColumn[];
  declare sort: TransactionSort | undefined;
  declare group: Grouping | undefined;
  declare formatter: Formatter;
  declare locale: string;
  /** The line that the keyboard is on; -1 for the heading. */
  declare _active: number;
  declare _column: number;
  declare _drawn: number;
  onSort: (key: string) => void = () => undefined;
  onColumns: (columns: readonly ShownColumn[]) => void = () => undefined;
  onActive: (line: RowLine | undefined) => void = () => undefined;
  onSelect: (ranges: readonly LineRange[]) => void = () => undefined;
  onDetails: () => void = () => undefined;
  readonly #sight = new RowWindow();
  readonly #selection = new LineSelection();
  #blocks: LineBlocks<Line> | undefined;
  #version = -1;
  /** The row that the keyboard was on, to be found again when lines have moved. */
  #activeRow: number | undefined;
  #sizes: ResizeObserver | undefined;
  #numbers: Intl.NumberFormat | undefined;
  #dragged: string | undefined;
  #kinds = new Map<string, ValueKind>();

  constructor() {
    super();
    this._active = -1;
    this._column = 0;
    this._drawn = 0;
    this.locale = 'en';
    this.#sight.rowHeight = 24;
  }

  protected override createRenderRoot() {
    return this;
  }

  get ranges(): readonly LineRange[] {
    return this.#selection.ranges;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('locale')) this.#numbers = new Intl.NumberFormat(this.locale);
    this.#blocks ??= new LineBlocks<Line>((from, to) => this.reader.ask('lines', { from, to, columns: this.columns.map(({ key }) => key) }), () => { this._drawn += 1; this.#tellActive(); });
    if (changed.has('columns')) this.#blocks.forget();
    if (changed.has('summary')) {
      this.#kinds = new Map(this.summary.columns.map(({ key, kind }) => [key, kind]));
      this.#take();
    }
    this._column = Math.max(0, Math.min(this._column, this.columns.length - 1));
  }

  #take(): void {
    const { lines, version } = this.summary;
    this.#sight.total = lines;
    this.#blocks!.set(version, lines);
    if (version === this.#version) return;
    const first = this.#version < 0;
    this.#version = version;
    this.#selection.clear();
    this.onSelect([]);
    if (!first && this.#activeRow !== undefined) void this.#findActive(this.#activeRow);
    else this._active = Math.min(this._active, lines - 1);
  }

  async #findActive(row: number): Promise<void> {
    const { line } = await this.reader.ask('find', { row });
    this._active = line >= 0 ? line : Math.min(this._active, this.summary.lines - 1);
    if (line < 0) this.#activeRow = undefined;
  }

  protected override firstUpdated(): void {
    this.#sizes = new ResizeObserver(() => this.#measure());
    this.#sizes.observe(this.#scroller!);
    this.#measure();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes?.disconnect();
  }

  get #scroller(): HTMLElement | null {
    return this.querySelector<HTMLElement>('.tgrid');
  }

  #measure = (): void => {
    const scroller = this.#scroller;
    if (!scroller) return;
    this.#sight.viewport = Math.max(this.#sight.rowHeight, scroller.clientHeight - this.#sight.rowHeight);
    this.#sight.scrollTop = scroller.scrollTop;
    this._drawn += 1;
  };

  protected override render() {
    const { drawn, height } = this.#sight;
    const lines = this.#blocks!.lines(drawn.first, drawn.last);
    const tracks = this.columns.map(({ width }) => `${width}px`).join(' ');
    const width = this.columns.reduce((sum, column) => sum + column.width, 0);
    return html`
      <div class="tgrid" role=${this.group ? 'treegrid' : 'grid'} tabindex="0" aria-label="Transactions" aria-rowcount=${this.summary.lines + 1} aria-colcount=${this.columns.length}
        aria-multiselectable="true" aria-readonly="true" aria-activedescendant=${this.#isDrawn(drawn) ? activeId : nothing} ${styled({ '--tracks': tracks, '--width': `${width}px`, '--row': `${this.#sight.rowHeight}px` })}
        @scroll=${this.#measure} @keydown=${this.#onKey} @mousedown=${this.#onDown} @dblclick=${this.#onDouble} @mouseover=${this.#onOver}>
        <div class="thead" role="row" aria-rowindex="1">${this.columns.map((column, at) => this.#heading(column, at))}</div>
        <div class="tbody" role="rowgroup" ${styled({ height: `${height}px` })}>
          <div class="tdrawn" role="presentation" ${styled({ transform: `translateY(${drawn.offset}px)` })}>${this.#slots(lines, drawn.first)}</div>
        </div>
      </div>`;
  }

  /** Each line keeps its element while it is in sight, and a line that comes into sight takes the element of one that left: nothing is made or moved. */
  #slots(lines: readonly (Line | undefined)[], first: number) {
    const count = Math.max(this.#sight.slots, lines.length);
    return Array.from({ length: count }, (_, slot) => {
      const at = (((slot - first) % count) + count) % count;
      return at < lines.length ? this.#line(lines[at], first + at, at) : nothing;
    });
  }

  #isDrawn({ first, last }: { first: number; last: number }): boolean {
    return this._active === -1 || (this._active >= first && this._active < last);
  }

  #heading({ key }: ShownColumn, at: number) {
    const label = labelOf(key);
    const sorted = this.sort?.key === key ? (this.sort.down ? 'descending' : 'ascending') : undefined;
    return html`<div role="columnheader" id=${this._active === -1 && this._column === at ? activeId : nothing} class=${classMap({ tcell: true, right: this.#isRight(key), active: this._active === -1 && this._column === at })} aria-colindex=${at + 1}
      aria-sort=${sorted ?? 'none'} data-column=${at} title="${label} (${key.replace('#', '')}). Enter sorts, Shift+Left and Right size it, Alt+Left and Right move it." draggable="true"
      @dragstart=${() => { this.#dragged = key; }} @dragover=${(event: DragEvent) => { if (this.#dragged !== undefined) event.preventDefault(); }} @drop=${() => this.#drop(key)}>
      <span class="tlabel">${label}</span>${sorted ? html`<span class="codicon codicon-arrow-${sorted === 'descending' ? 'down' : 'up'}" aria-hidden="true"></span>` : nothing}
      <span class="tsize" aria-hidden="true" @pointerdown=${(event: PointerEvent) => this.#resize(event, key)} @mousedown=${(event: MouseEvent) => event.stopPropagation()}></span>
    </div>`;
  }

  #line(line: Line | undefined, at: number, place: number) {
    const top = styled({ transform: `translateY(${place * this.#sight.rowHeight}px)` });
    if (!line) return html`<div class="trow waiting" role="row" aria-rowindex=${at + 2} ${top}></div>`;
    return isGroupLine(line) ? this.#groupRow(line, top) : this.#row(line, top);
  }

  #row(line: RowLine, top: DirectiveResult) {
    const selected = this.#selection.has(line.line);
    const active = this._active === line.line ? this._column : -1;
    return html`<div role="row" class="trow ${line.state}${line.line % 2 === 1 ? ' odd' : ''}${selected ? ' selected' : ''}" aria-rowindex=${line.line + 2} aria-selected=${selected ? 'true' : 'false'}
      aria-level=${this.group ? '2' : nothing} data-line=${line.line} ${top}>${this.columns.map((column, at) => this.#cell(line, column, at, at === active))}</div>`;
  }

  /** The raw value is put into the tooltip when the pointer comes (onOver): most cells scroll by unread. */
  #cell(line: RowLine, { key }: ShownColumn, at: number, active: boolean) {
    const value = line.values[at];
    const isStatus = key === 'status';
    const shown = isStatus && line.state !== 'other' ? stateWords[line.state][1] : this.formatter.show(value, this.#kinds.get(key) ?? 'text', line.currency || undefined).text;
    const blank = value === undefined || value === null;
    return html`<div role="gridcell" id=${active ? activeId : nothing} aria-colindex=${at + 1} data-column=${at} class="tcell${this.#isRight(key) ? ' right' : ''}${blank ? ' blank' : ''}${active ? ' active' : ''}">${
      at === 0 && (line.state === 'pending' || line.state === 'shadow' || line.recurring !== undefined) ? this.#mark(line) : nothing}${
      isStatus ? html`<span class="codicon codicon-${stateWords[line.state][0]}" aria-hidden="true"></span> ` : nothing}${shown.length > 500 ? shown.slice(0, 500) : shown}</div>`;
  }

  #onOver = (event: MouseEvent): void => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('.trow .tcell');
    const line = cell && this.#blocks!.at(lineOf(cell));
    if (!cell || !line || isGroupLine(line)) return;
    const at = Number(cell.dataset.column);
    const { key } = this.columns[at]!;
    const { raw } = this.formatter.show(line.values[at], this.#kinds.get(key) ?? 'text', line.currency || undefined);
    cell.title = key === 'status' ? `${raw}: ${stateWords[line.state][2]}` : raw;
  };

  /** Pending and shadow rows say so at their beginning, in words where no column does. */
  #mark({ state, recurring }: RowLine) {
    return html`${state === 'pending' || state === 'shadow' ? html`<span class="tmark" title=${stateWords[state][2]}><span class="codicon codicon-${stateWords[state][0]}" aria-hidden="true"></span>${this.columns.some(({ key }) => key === 'status') ? nothing : stateWords[state][1]}</span>` : nothing}${
      recurring === undefined ? nothing : html`<span class="tmark" title="Recurring, ${recurring}"><span class="codicon codicon-sync" role="img" aria-label="Recurring"></span></span>`}`;
  }

  #groupRow({ line, group }: GroupLine, top: DirectiveResult) {
    const selected = this.#selection.has(line);
    const title = groupTitle(this.group ?? 'month', group.key, this.formatter);
    const sums = sumWords(group.totals, this.formatter, this.#numbers!);
    return html`<div role="row" class=${classMap({ trow: true, tgroup: true, selected })} aria-rowindex=${line + 2} aria-level="1" aria-expanded=${String(group.open)} aria-selected=${String(selected)} data-line=${line} ${top}>
      <div role="gridcell" id=${this._active === line ? activeId : nothing} aria-colspan=${this.columns.length} class=${classMap({ tcell: true, active: this._active === line })} data-column="0" data-group="true">
        <span class="codicon codicon-chevron-${group.open ? 'down' : 'right'}" aria-hidden="true"></span>
        <span class="ttitle" title=${group.key}>${title}</span> <span class="tcount">${this.#numbers!.format(group.totals.rows)}</span>
        ${sums.map((sum) => html`<span class="tsums">In ${sum.in} · Out ${sum.out} · Net ${sum.net}</span>`)}
      </div></div>`;
  }

  #isRight(key: string): boolean {
    const kind = this.#kinds.get(key);
    return kind === 'money' || kind === 'number' || kind === 'percent';
  }

  #onDown = (event: MouseEvent): void => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-column]');
    if (!cell || event.button !== 0) return;
    const line = lineOf(cell);
    this._column = Number(cell.dataset.column);
    if (line === -1) {
      this._active = -1;
      this.onSort(this.columns[this._column]!.key);
      return;
    }
    if (event.shiftKey) event.preventDefault();
    this.#goTo(line, { extend: event.shiftKey, toggle: event.ctrlKey || event.metaKey, reveal: false });
    if (cell.dataset.group && (event.target as HTMLElement).closest('.codicon, .ttitle')) void this.#fold(line);
  };

  #onDouble = (event: MouseEvent): void => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-column]');
    if (cell && lineOf(cell) >= 0 && !cell.dataset.group) this.onDetails();
  };

  #onKey = (event: KeyboardEvent): void => {
    if (!this.#isTaken(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** True when the key was meant for the grid. */
  #isTaken(event: KeyboardEvent): boolean {
    const { key, shiftKey, altKey } = event;
    const command = event.ctrlKey || event.metaKey;
    const { lines } = this.summary;
    const page = this.#sight.page;
    if (this._active === -1 && (key === 'ArrowLeft' || key === 'ArrowRight') && (shiftKey || altKey)) return this.#changeHeading(key === 'ArrowRight' ? 1 : -1, altKey);
    if (altKey) return false;
    const go = (line: number): true => {
      this.#goTo(Math.max(-1, Math.min(line, lines - 1)), { extend: shiftKey });
      return true;
    };
    if (command && key.toLowerCase() === 'a') {
      this.#selection.all(lines);
      this.#selected();
      return true;
    }
    switch (key) {
      case 'ArrowDown': return go(this._active + 1);
      case 'ArrowUp': return go(this._active - 1);
      case 'PageDown': return go(this._active + page);
      case 'PageUp': return go(Math.max(0, this._active - page));
      case 'Home': if (!command) this._column = 0;
        return command || this._active === -1 ? go(command ? 0 : -1) : this.#sideways();
      case 'End': if (!command) this._column = this.columns.length - 1;
        return command ? go(lines - 1) : this.#sideways();
      case 'ArrowLeft': case 'ArrowRight': return this.#leftRight(key === 'ArrowRight');
      case 'Enter': case ' ': return this.#enter(key);
      default: return false;
    }
  }

  #leftRight(right: boolean): true {
    const line = this.#blocks!.at(this._active);
    if (line && isGroupLine(line)) {
      if (line.group.open !== right) void this.#fold(this._active);
      return true;
    }
    this._column = Math.max(0, Math.min(this.columns.length - 1, this._column + (right ? 1 : -1)));
    return this.#sideways();
  }

  #enter(key: string): boolean {
    if (this._active === -1) this.onSort(this.columns[this._column]!.key);
    else {
      const line = this.#blocks!.at(this._active);
      if (line && isGroupLine(line)) void this.#fold(this._active);
      else if (key === 'Enter') this.onDetails();
      else {
        this.#selection.toggle(this._active);
        this.#selected();
      }
    }
    return true;
  }

  /** Sizes or moves the column whose heading the keyboard is on. */
  #changeHeading(by: 1 | -1, move: boolean): true {
    const columns = [...this.columns];
    const column = columns[this._column]!;
    if (!move) columns[this._column] = { ...column, width: sized(column.width + by * 16) };
    else if (columns[this._column + by]) {
      columns.splice(this._column, 1);
      columns.splice(this._column + by, 0, column);
      this._column += by;
    }
    this.onColumns(columns);
    return true;
  }

  #drop(before: string): void {
    const key = this.#dragged;
    this.#dragged = undefined;
    const moved = this.columns.find((column) => column.key === key);
    if (!moved || key === before) return;
    const rest = this.columns.filter((column) => column !== moved);
    rest.splice(rest.findIndex((column) => column.key === before), 0, moved);
    this.onColumns(rest);
  }

  #resize(event: PointerEvent, key: string): void {
    event.preventDefault();
    event.stopPropagation();
    const handle = event.target as HTMLElement;
    const from = event.clientX;
    const { width } = this.columns.find((column) => column.key === key)!;
    handle.setPointerCapture(event.pointerId);
    const move = ({ clientX }: PointerEvent) => this.onColumns(this.columns.map((column) => (column.key === key ? { ...column, width: sized(width + clientX - from) } : column)));
    handle.addEventListener('pointermove', move);
    handle.addEventListener('lostpointercapture', () => handle.removeEventListener('pointermove', move), { once: true });
  }

  async #fold(line: number): Promise<void> {
    this.#activeRow = undefined;
    await this.reader.ask('fold', { line });
  }

  #goTo(line: number, { extend = false, toggle = false, reveal = true } = {}): void {
    if (line >= 0) {
      if (extend) this.#selection.extend(Math.max(0, this._active), line);
      else if (toggle) this.#selection.toggle(line);
      else this.#selection.only(line);
    }
    this._active = line;
    this.#activeRow = undefined;
    if (reveal && line >= 0) this.reveal(line);
    this.#selected();
    this.#tellActive();
  }

  /** Brings a line into sight. */
  reveal(line: number): void {
    const top = this.#sight.reveal(line);
    const scroller = this.#scroller;
    if (top !== undefined && scroller) scroller.scrollTop = top;
    this.#sideways();
  }

  #sideways(): true {
    const scroller = this.#scroller;
    if (scroller) {
      const left = this.columns.slice(0, this._column).reduce((sum, { width }) => sum + width, 0);
      const { width } = this.columns[this._column] ?? { width: 0 };
      if (left < scroller.scrollLeft) scroller.scrollLeft = left;
      else if (left + width > scroller.scrollLeft + scroller.clientWidth) scroller.scrollLeft = left + width - scroller.clientWidth;
    }
    return true;
  }

  #selected(): void {
    this._drawn += 1;
    this.onSelect(this.#selection.ranges);
  }

  /** Once its line is there: it may still be on its way. */
  #tellActive(): void {
    const line = this.#blocks?.at(this._active);
    const row = line && !isGroupLine(line) ? line : undefined;
    if (this._active >= 0 && !line) return;
    if (row?.row === this.#activeRow && row !== undefined) return;
    this.#activeRow = row?.row;
    this.onActive(row);
  }
}

const activeId = 'tcell-active';
/** The line that a cell belongs to; -1 for a heading. */
const lineOf = (cell: HTMLElement): number => Number(cell.closest<HTMLElement>('[data-line]')?.dataset.line ?? -1);
const sized = (width: number) => Math.max(leastWidth, Math.min(mostWidth, Math.round(numberOf(width) ?? leastWidth)));

customElements.define('ob-transaction-grid', TransactionGrid);

declare global {
  interface HTMLElementTagNameMap { 'ob-transaction-grid': TransactionGrid }
}
