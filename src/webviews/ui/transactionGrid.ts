// The table of transactions: a grid of any length of which only the lines in sight exist. Lines come from the worker in blocks and stay until
// newer ones are there; the heading stays at the top. The keyboard is on one cell, which the grid names to screen readers, so that it is never
// lost when lines come and go.
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import type { Formatter, ValueKind } from './format.ts';
import { LineBlocks } from './lineBlocks.ts';
import { RowWindow } from './rowWindow.ts';
import { LineSelection } from './lineSelection.ts';
import { styled } from './styled.ts';
import { TransactionHeadings } from './transactionHeadings.ts';
import { cellTitle, isRight, lineView, type LineLook } from './transactionLines.ts';
import { isGroupLine, type Line, type LineRange, type RowLine, type Summary } from './transactionMessages.ts';
import type { Grouping, TransactionSort } from './transactionOrder.ts';
import type { TransactionReader } from './transactionReader.ts';
import type { ShownColumn } from './transactionsState.ts';

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
  readonly #headings = new TransactionHeadings(this);
  #blocks: LineBlocks<Line> | undefined;
  #version = -1;
  /** The row that the keyboard was on, to be found again when lines have moved. */
  #activeRow: number | undefined;
  /** Lines come or go because a group was folded: who was on a line stays there, and it stays selected. */
  #folding = false;
  #sizes: ResizeObserver | undefined;
  #numbers: Intl.NumberFormat | undefined;
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
    if (this.#folding && this._active >= 0) this.#selection.only(Math.min(this._active, lines - 1));
    else this.#selection.clear();
    this.onSelect(this.#selection.ranges);
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
        ${this.#headings.view(this._active === -1 ? this._column : -1, activeId, (key) => isRight(this.#kinds.get(key)))}
        <div class="tbody" role="rowgroup" ${styled({ height: `${height}px` })}>
          <div class="tdrawn" role="presentation" ${styled({ transform: `translateY(${drawn.offset}px)` })}>${this.#slots(lines, drawn.first)}</div>
        </div>
      </div>`;
  }

  /** Each line keeps its element while it is in sight, and a line that comes into sight takes the element of one that left: nothing is made or moved. */
  #slots(lines: readonly (Line | undefined)[], first: number) {
    const count = Math.max(this.#sight.slots, lines.length);
    const look: LineLook = {
      columns: this.columns, kinds: this.#kinds, group: this.group, formatter: this.formatter, numbers: this.#numbers!, active: this._active, column: this._column, activeId,
      isSelected: (line) => this.#selection.has(line),
    };
    return Array.from({ length: count }, (_, slot) => {
      const at = (((slot - first) % count) + count) % count;
      return at < lines.length ? lineView(lines[at], first + at, styled({ transform: `translateY(${at * this.#sight.rowHeight}px)` }), look) : nothing;
    });
  }

  #isDrawn({ first, last }: { first: number; last: number }): boolean {
    return this._active === -1 || (this._active >= first && this._active < last);
  }

  #onOver = (event: MouseEvent): void => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('.trow .tcell');
    const line = cell && this.#blocks!.at(lineOf(cell));
    if (!cell || !line || isGroupLine(line)) return;
    cell.title = cellTitle(line, Number(cell.dataset.column), { columns: this.columns, formatter: this.formatter, kinds: this.#kinds });
  };

  #onDown = (event: MouseEvent): void => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-column]');
    if (!cell || event.button !== 0) return;
    const line = lineOf(cell);
    this._column = Number(cell.dataset.column);
    if (line === -1) {
      this._active = -1;
      return;
    }
    // Neither a range of rows nor a double click, which opens the details, selects text.
    if (event.shiftKey || event.detail > 1) event.preventDefault();
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
    this._column = this.#headings.change(this._column, by, move);
    return true;
  }

  async #fold(line: number): Promise<void> {
    this.#activeRow = undefined;
    this.#folding = true;
    try {
      await this.reader.ask('fold', { line });
    } finally {
      this.#folding = false;
    }
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

customElements.define('ob-transaction-grid', TransactionGrid);

declare global {
  interface HTMLElementTagNameMap { 'ob-transaction-grid': TransactionGrid }
}
