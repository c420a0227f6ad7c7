// What is shown, as a file in pieces: CSV, JSON or one JSON object a line. The rows are those of the moment at which it began, whatever is
// loaded or filtered meanwhile. A text that stands in many rows is written out once. Free of the DOM.
import type { ExportWish } from './transactionMessages.ts';
import { absent, type StoredColumn } from './storedColumn.ts';
import { csvCell, jsonLine, type Delimiter } from './tableText.ts';
import { fieldOrder, knownFields } from './transactionFields.ts';
import { accountColumn, recurringColumn } from './transactionOrder.ts';
import { dayMs, momentOf } from './format.ts';
import type { TransactionStore } from './transactionStore.ts';

/** Characters of a piece, about. */
const piece = 1_000_000;
/** Dictionaries up to this are written out ahead. */
const mostPrepared = 65_536;

type Cell = (row: number) => string;

export class TransactionExport {
  readonly rows: number;
  readonly #store: TransactionStore;
  readonly #order: Uint32Array;
  readonly #wish: ExportWish;
  /** Of columns that say something, each after the delimiters of those before it that say nothing. */
  readonly #cells: readonly { before: string; cell: Cell }[];
  readonly #rest: string;
  readonly #keys: readonly string[];
  readonly #encoder = new TextEncoder();
  #at = 0;
  #begun = false;

  /** `order` is kept: it must not change. `recurringOf` names a row's stream. */
  constructor(store: TransactionStore, order: Uint32Array, wish: ExportWish, recurringOf: (row: number) => string) {
    this.#store = store;
    this.#order = order;
    this.#wish = wish;
    this.rows = order.length;
    this.#keys = wish.columns ?? allColumns(store);
    const cells: { before: string; cell: Cell }[] = [];
    let before = '';
    for (const [at, key] of (wish.format === 'csv' ? this.#keys : []).entries()) {
      if (at > 0) before += wish.delimiter;
      const cell = cellOf(store, key, wish, recurringOf);
      if (!cell) continue;
      cells.push({ before, cell });
      before = '';
    }
    this.#cells = cells;
    this.#rest = before;
  }

  /** The next piece; `rows` is how many are written by then. */
  next(): { bytes: Uint8Array; rows: number; done: boolean } {
    let text = this.#begun ? '' : this.#head();
    this.#begun = true;
    while (this.#at < this.rows && text.length < piece) text += this.#row(this.#order[this.#at]!, this.#at++);
    const done = this.#at >= this.rows;
    if (done && this.#wish.format === 'json') text += this.rows === 0 ? ']\n' : '\n]\n';
    return { bytes: this.#encoder.encode(text), rows: this.#at, done };
  }

  #head(): string {
    const { format, bom, delimiter } = this.#wish;
    if (format === 'json') return '[';
    return format === 'csv' ? `${bom ? '\ufeff' : ''}${this.#keys.map((key) => csvCell(headingOf(key), delimiter)).join(delimiter)}\r\n` : '';
  }

  #row(row: number, at: number): string {
    if (this.#wish.format === 'ndjson') return `${jsonLine(this.#store.record(row))}\n`;
    if (this.#wish.format === 'json') return `${at === 0 ? '\n' : ',\n'}${jsonLine(this.#store.record(row))}`;
    let line = '';
    for (const { before, cell } of this.#cells) line += before + cell(row);
    line += this.#rest;
    return `${line === '' ? '""' : line}\r\n`;
  }
}

/** All of the API's fields, whether rows have them or not, and behind them those that nobody knows: each export has the same columns. */
function allColumns(store: TransactionStore): string[] {
  const known = new Set(knownFields);
  return [...knownFields, ...fieldOrder(store.columns).map(({ key }) => key).filter((key) => !known.has(key))];
}

const headingOf = (key: string): string => (key === accountColumn ? 'accountName' : key === recurringColumn ? 'recurring' : key);

/** Undefined for a column that no row has. */
function cellOf(store: TransactionStore, key: string, { delimiter, isoDates }: ExportWish, recurringOf: (row: number) => string): Cell | undefined {
  if (key === accountColumn) {
    const names = store.accounts.map(({ name }) => csvCell(name, delimiter));
    return (row) => names[store.accountOf[row]!]!;
  }
  if (key === recurringColumn) return (row) => csvCell(recurringOf(row), delimiter);
  const column = store.column(key);
  if (!column) return undefined;
  if (isoDates && isDate(column, store.rows)) return dateCell(column, delimiter);
  const { codes, values } = column;
  if (codes && values.length <= mostPrepared) {
    const texts = values.map((value) => csvCell(value, delimiter));
    return (row) => texts[codes[row]!]!;
  }
  return (row) => {
    const value = column.at(row);
    return value === absent ? '' : csvCell(value, delimiter);
  };
}

const isDate = (column: StoredColumn, rows: number): boolean => /date$/i.test(column.path.at(-1)!) && [...column.samples(rows)].every((value) => momentOf(value) !== undefined);

/** Days and moments as ISO 8601; what is no date stays as it came. A day is worked out once, however many rows have it. */
function dateCell(column: StoredColumn, delimiter: Delimiter): Cell {
  const days = new Map<number, string>();
  const dayText = (day: number): string => {
    let text = days.get(day);
    if (text === undefined) days.set(day, text = new Date(day * dayMs).toISOString().slice(0, 10));
    return text;
  };
  const told = /created/i.test(column.key);
  return (row) => {
    const value = column.at(row);
    if (value === absent || value === null) return '';
    const moment = momentOf(value);
    if (!moment || Math.abs(moment.ms) > 8.64e15) return csvCell(value, delimiter);
    const day = Math.floor(moment.ms / dayMs);
    return told ? `${dayText(day)}T${clock(moment.ms - day * dayMs)}Z` : dayText(day);
  };
}

const two = (number: number): string => (number < 10 ? `0${number}` : String(number));
const clock = (ms: number): string => `${two(Math.floor(ms / 3_600_000))}:${two(Math.floor(ms / 60_000) % 60)}:${two(Math.floor(ms / 1000) % 60)}`;
