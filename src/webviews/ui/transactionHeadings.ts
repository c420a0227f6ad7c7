// The headings of the table of transactions: a click sorts, their edges size them, dragged or by the keyboard they take another place, the last
// one too. Draws the row of headings; what the columns are is its host's.
import { html, nothing } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { labelOf } from './transactionFields.ts';
import type { TransactionSort } from './transactionOrder.ts';
import { movedColumn, type ShownColumn } from './transactionsState.ts';

const leastWidth = 48;
const mostWidth = 1_200;
const sized = (width: number): number => Math.max(leastWidth, Math.min(mostWidth, Math.round(Number.isFinite(width) ? width : leastWidth)));

export interface HeadingsHost {
  readonly columns: readonly ShownColumn[];
  readonly sort: TransactionSort | undefined;
  onSort(key: string): void;
  onColumns(columns: readonly ShownColumn[]): void;
  requestUpdate(): void;
}

export class TransactionHeadings {
  readonly #host: HeadingsHost;
  #dragged: string | undefined;
  /** Where it would be dropped: before this column; null behind the last. */
  #before: string | null | undefined;

  constructor(host: HeadingsHost) {
    this.#host = host;
  }

  /** `active` is the column that the keyboard is on, -1 for none; its heading gets the id. */
  view(active: number, activeId: string, isRight: (key: string) => boolean) {
    const { columns } = this.#host;
    return html`<div class="thead" role="row" aria-rowindex="1" @click=${this.#onClick} @dragover=${this.#onDragOver} @drop=${this.#onDrop} @dragend=${() => this.#endDrag()}>${
      columns.map((column, at) => this.#heading(column, at, at === active, activeId, isRight(column.key)))}</div>`;
  }

  #heading({ key }: ShownColumn, at: number, active: boolean, activeId: string, right: boolean) {
    const { sort, columns } = this.#host;
    const label = labelOf(key);
    const sorted = sort?.key === key ? (sort.down ? 'descending' : 'ascending') : undefined;
    const marks = { dropbefore: this.#before === key, dropafter: this.#before === null && at === columns.length - 1 };
    return html`<div role="columnheader" id=${active ? activeId : nothing} class=${classMap({ tcell: true, right, active, ...marks })} aria-colindex=${at + 1}
      aria-sort=${sorted ?? 'none'} data-column=${at} title="${label} (${key.replace('#', '')}). Enter sorts, Shift+Left and Right size it, Alt+Left and Right move it." draggable="true"
      @dragstart=${(event: DragEvent) => this.#startDrag(event, key)}>
      <span class="tlabel">${label}</span>${sorted ? html`<span class="codicon codicon-arrow-${sorted === 'descending' ? 'down' : 'up'}" aria-hidden="true"></span>` : nothing}
      <span class="tsize" aria-hidden="true" @pointerdown=${(event: PointerEvent) => this.#resize(event, key)} @mousedown=${(event: MouseEvent) => event.stopPropagation()}></span>
    </div>`;
  }

  /** Sizes a column, or moves it; returns the place that it then has. */
  change(at: number, by: 1 | -1, move: boolean): number {
    const columns = [...this.#host.columns];
    const column = columns[at]!;
    const to = move && columns[at + by] ? at + by : at;
    if (!move) columns[at] = { ...column, width: sized(column.width + by * 16) };
    else if (to !== at) {
      columns.splice(at, 1);
      columns.splice(to, 0, column);
    }
    this.#host.onColumns(columns);
    return to;
  }

  /** On click, which a drag never ends with: pressing the button is not a wish to sort yet. */
  #onClick = (event: MouseEvent): void => {
    const target = event.target as HTMLElement;
    const cell = target.closest<HTMLElement>('[data-column]');
    if (cell && !target.closest('.tsize')) this.#host.onSort(this.#host.columns[Number(cell.dataset.column)]!.key);
  };

  #startDrag(event: DragEvent, key: string): void {
    this.#dragged = key;
    if (event.dataTransfer) event.dataTransfer.effectAllowed = 'move';
  }

  #onDragOver = (event: DragEvent): void => {
    if (this.#dragged === undefined) return;
    event.preventDefault();
    const before = this.#placeAt(event);
    if (before === this.#before) return;
    this.#before = before;
    this.#host.requestUpdate();
  };

  /** A heading's first half is before it, its other half behind it; right of the last heading is behind the last. */
  #placeAt(event: DragEvent): string | null {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-column]');
    if (!cell) return null;
    const { left, width } = cell.getBoundingClientRect();
    const at = Number(cell.dataset.column) + (event.clientX < left + width / 2 ? 0 : 1);
    return this.#host.columns[at]?.key ?? null;
  }

  #onDrop = (event: DragEvent): void => {
    const key = this.#dragged;
    if (key === undefined) return;
    event.preventDefault();
    const columns = movedColumn(this.#host.columns, key, this.#placeAt(event) ?? undefined);
    this.#endDrag();
    if (columns !== this.#host.columns) this.#host.onColumns(columns);
  };

  #endDrag(): void {
    this.#dragged = undefined;
    this.#before = undefined;
    this.#host.requestUpdate();
  }

  #resize(event: PointerEvent, key: string): void {
    event.preventDefault();
    event.stopPropagation();
    const handle = event.target as HTMLElement;
    const from = event.clientX;
    const { width } = this.#host.columns.find((column) => column.key === key)!;
    handle.setPointerCapture(event.pointerId);
    const move = ({ clientX }: PointerEvent) => this.#host.onColumns(this.#host.columns.map((column) => (column.key === key ? { ...column, width: sized(width + clientX - from) } : column)));
    handle.addEventListener('pointermove', move);
    handle.addEventListener('lostpointercapture', () => handle.removeEventListener('pointermove', move), { once: true });
  }
}
