// The lines of the table: the rows that pass the filter in their order, and between them the headings of groups, folded or not. Finds a line
// without having one object for each. Free of the DOM.
import type { LineRange } from './transactionMessages.ts';
import { byGroup, groupsOf, sorted, type Grouping, type TransactionSort } from './transactionOrder.ts';
import type { TransactionStore } from './transactionStore.ts';
import { totalsOf, weight, type Totals } from './transactionSums.ts';

export interface Group {
  key: string;
  /** Places in the order, the last not included. */
  start: number;
  end: number;
  totals: Totals;
  open: boolean;
}

export class TransactionView {
  #order: Uint32Array;
  #count: number;
  readonly groups: Group[] | undefined;
  /** By group: the line of its heading. One more at the end: the number of lines. */
  #headings = new Uint32Array(1);

  constructor(order: Uint32Array, groups?: Group[]) {
    this.#order = order;
    this.#count = order.length;
    this.groups = groups;
    this.#layOut();
  }

  /** The rows in order. */
  get rows(): Uint32Array {
    return this.#order.subarray(0, this.#count);
  }

  get lines(): number {
    return this.groups ? this.#headings.at(-1)! : this.#count;
  }

  /** Rows behind the last one. */
  append(rows: Uint32Array): void {
    const needed = this.#count + rows.length;
    if (needed > this.#order.length) {
      const larger = new Uint32Array(Math.max(needed, Math.ceil(this.#order.length * 1.5)));
      larger.set(this.rows);
      this.#order = larger;
    }
    this.#order.set(rows, this.#count);
    this.#count = needed;
  }

  at(line: number): { row: number } | { group: Group } | undefined {
    if (line < 0 || line >= this.lines) return undefined;
    if (!this.groups) return { row: this.#order[line]! };
    const index = this.#groupAt(line);
    const group = this.groups[index]!;
    const within = line - this.#headings[index]!;
    return within === 0 ? { group } : { row: this.#order[group.start + within - 1]! };
  }

  fold(line: number): void {
    const found = this.at(line);
    if (!found || !('group' in found)) return;
    found.group.open = !found.group.open;
    this.#layOut();
  }

  foldAll(open: boolean): void {
    for (const group of this.groups ?? []) group.open = open;
    this.#layOut();
  }

  /** The line of a row; -1 when it is not shown. */
  find(row: number): number {
    const place = this.rows.indexOf(row);
    if (place < 0 || !this.groups) return place;
    const index = this.groups.findIndex(({ end }) => place < end);
    const group = this.groups[index]!;
    return group.open ? this.#headings[index]! + 1 + place - group.start : -1;
  }

  /** The rows of lines, each once; a folded group's heading stands for its rows. */
  rowsIn(ranges: readonly LineRange[]): Uint32Array {
    if (ranges.length === 1 && ranges[0]!.from <= 0 && ranges[0]!.to >= this.lines - 1) return this.rows;
    const taken: Uint32Array[] = [];
    for (const { from, to } of apart(ranges)) {
      if (!this.groups) taken.push(this.rows.subarray(Math.max(0, from), to + 1));
      else this.#takeGrouped(Math.max(0, from), Math.min(to, this.lines - 1), taken);
    }
    const all = new Uint32Array(taken.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of taken) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }

  #takeGrouped(from: number, to: number, taken: Uint32Array[]): void {
    for (let index = this.#groupAt(from); index < this.groups!.length && this.#headings[index]! <= to; index++) {
      const { start, end, open } = this.groups![index]!;
      const heading = this.#headings[index]!;
      if (!open) taken.push(this.#order.subarray(start, end));
      else taken.push(this.#order.subarray(start + Math.max(0, from - heading - 1), Math.min(end, start + to - heading)));
    }
  }

  #groupAt(line: number): number {
    let low = 0;
    let high = this.groups!.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.#headings[middle]! <= line) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #layOut(): void {
    const groups = this.groups ?? [];
    this.#headings = new Uint32Array(groups.length + 1);
    let line = 0;
    for (const [index, { start, end, open }] of groups.entries()) {
      this.#headings[index] = line;
      line += 1 + (open ? end - start : 0);
    }
    this.#headings[groups.length] = line;
  }
}

/** Ranges that do not overlap, from the top. */
function apart(ranges: readonly LineRange[]): LineRange[] {
  const whole: LineRange[] = [];
  for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = whole.at(-1);
    if (last && from <= last.to + 1) last.to = Math.max(last.to, to);
    else if (to >= from) whole.push({ from, to });
  }
  return whole;
}

/** Sorts and groups rows that passed the filter. `open` tells which groups the person had unfolded. */
export function buildView(store: TransactionStore, rows: Uint32Array, sort: TransactionSort | undefined, by: Grouping | undefined, open: ReadonlySet<string>): TransactionView {
  const order = sort ? sorted(store, rows, sort) : rows;
  if (!by) return new TransactionView(order);
  const { of, keys } = groupsOf(store, order, by);
  const totals = keys.map(() => undefined as Totals | undefined);
  // In any order at first: how large a group is, is known when its rows stand together.
  const first = byGroup(order, of, Uint32Array.from(keys, (_, group) => group));
  for (const { group, start, end } of first.groups) totals[group] = totalsOf(store, first.order, start, end);
  const ranked = keys.map((_, group) => group).sort((a, b) => compareGroups(by, keys[a]!, keys[b]!, totals[a]!, totals[b]!));
  const places = new Uint32Array(keys.length);
  for (const [place, group] of ranked.entries()) places[group] = place;
  const { order: grouped, groups } = byGroup(order, of, places);
  return new TransactionView(grouped, groups.map(({ group, start, end }) => ({ key: keys[group]!, start, end, totals: totals[group]!, open: open.has(keys[group]!) })));
}

/** Months from the newest; anything else by its money; rows that belong to no group come last. */
function compareGroups(by: Grouping, a: string, b: string, totalsA: Totals, totalsB: Totals): number {
  if (a === '' || b === '') return Number(a === '') - Number(b === '');
  if (by === 'month') return a < b ? 1 : -1;
  return weight(totalsB) - weight(totalsA) || (a < b ? -1 : 1);
}
