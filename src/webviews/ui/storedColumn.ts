// One field of a million rows: numbers in a typed array, everything else as codes of a dictionary, so that a text that stands in 40,000 rows
// is kept once. Nothing is lost: what is missing, null, a number as text, a list stay what they were.

import { jsonLine } from './tableText.ts';

/** What a cell says that the row does not have. */
export const absent: unique symbol = Symbol('absent');
export type Cell = unknown;

/** In the array of numbers, beside numbers: JSON has neither NaN nor an infinity (1e999 reads as one and goes to the odd cells). */
const noNumber = Number.NaN;
const nullNumber = Number.NEGATIVE_INFINITY;
const oddNumber = Number.POSITIVE_INFINITY;
/** Codes before those of values. */
export const absentCode = 0;
export const nullCode = 1;
/** A dictionary larger than this, of a column where most values differ, no longer looks for repetitions. */
const largeDictionary = 65_536;

export class StoredColumn {
  /** Names from the row down to the value: a field of a field has two. */
  readonly path: readonly string[];
  readonly key: string;
  numbers: Float64Array | undefined;
  codes: Uint32Array | undefined;
  /** By code. Values can be there twice when the dictionary is large. */
  readonly values: unknown[] = [undefined, null];
  #index: Map<unknown, number> | undefined = new Map();
  readonly #odd = new Map<number, unknown>();
  #capacity: number;
  /** Cells that say something. */
  filled = 0;

  constructor(path: readonly string[], capacity: number) {
    this.path = path;
    this.key = path.join('.');
    this.#capacity = capacity;
  }

  grow(capacity: number): void {
    this.#capacity = capacity;
    if (this.numbers) this.numbers = grown(this.numbers, new Float64Array(capacity).fill(noNumber));
    if (this.codes) this.codes = grown(this.codes, new Uint32Array(capacity));
  }

  set(row: number, value: unknown): void {
    if (value !== null && value !== '') this.filled += 1;
    if (!this.numbers && !this.codes) {
      if (typeof value === 'number') this.numbers = new Float64Array(this.#capacity).fill(noNumber);
      else this.codes = new Uint32Array(this.#capacity);
    }
    if (this.codes) this.codes[row] = value === null ? nullCode : this.#code(value);
    else if (this.numbers) this.numbers[row] = value === null ? nullNumber : typeof value === 'number' && Number.isFinite(value) ? value : this.#keepOdd(row, value);
  }

  #keepOdd(row: number, value: unknown): number {
    this.#odd.set(row, value);
    return oddNumber;
  }

  #code(value: unknown): number {
    const key = typeof value === 'object' ? `\u0000${jsonLine(value)}` : value;
    const known = this.#index?.get(key);
    if (known !== undefined) return known;
    const code = this.values.push(value) - 1;
    this.#index?.set(key, code);
    if (code > largeDictionary && code * 2 > this.filled) this.#index = undefined;
    return code;
  }

  /** The value as it came, or `absent`. */
  at(row: number): Cell {
    if (this.codes) {
      const code = this.codes[row]!;
      return code === absentCode ? absent : this.values[code];
    }
    if (!this.numbers) return absent;
    const number = this.numbers[row]!;
    return Number.isNaN(number) ? absent : number === nullNumber ? null : number === oddNumber ? this.#odd.get(row) : number;
  }

  /** A finite number; NaN for anything else. Numbers as text are the caller's to read. */
  numberAt(row: number): number {
    const number = this.numbers ? this.numbers[row]! : Number.NaN;
    return Number.isFinite(number) ? number : Number.NaN;
  }

  /** The first values that say something, to tell the column's kind by. */
  *samples(rows: number): Generator<unknown> {
    for (let row = 0, told = 0; row < rows && row < 2_000 && told < 20; row++) {
      const value = this.at(row);
      if (value === absent || value === null || value === '') continue;
      told += 1;
      yield value;
    }
  }

  get bytes(): number {
    return (this.numbers?.byteLength ?? 0) + (this.codes?.byteLength ?? 0);
  }
}

function grown<T extends Float64Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
