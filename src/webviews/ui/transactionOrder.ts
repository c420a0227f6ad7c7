// Rows in order: by any column, and in groups. A million rows are sorted by counting digits, not by comparing: each row has a number that
// stands for its place. What has no value comes last, whichever way it is sorted; rows that are equal keep the order in which they came.
import { dayMs, numberOf } from './format.ts';
import { absentCode, nullCode, type StoredColumn } from './storedColumn.ts';
import { plainValue } from './tableText.ts';
import { noDay, states, type TransactionStore } from './transactionStore.ts';

export interface TransactionSort {
  key: string;
  down: boolean;
}

export const groupings = ['month', 'category', 'payee', 'account', 'status', 'recurring'] as const;
export type Grouping = (typeof groupings)[number];

/** Columns that are made here, beside the fields that rows bring. */
export const accountColumn = '#account';
export const recurringColumn = '#recurring';

const last = 0xffff_ffff;
const digits = 65_536;

/** Places of rows: `low`, and where 32 bits do not tell them apart, `high` before it. */
interface Keys { low: Uint32Array; high?: Uint32Array }

/** The rows in the wished order, in a new list. */
export function sorted(store: TransactionStore, rows: Uint32Array, { key, down }: TransactionSort): Uint32Array {
  const keys = keysOf(store, rows, key, down);
  return keys ? byDigits(rows, keys) : rows;
}

function keysOf(store: TransactionStore, rows: Uint32Array, key: string, down: boolean): Keys | undefined {
  if (key === 'amount') return numberKeys(store.rows, rows, (row) => store.amounts[row]!, down);
  if (key === accountColumn) return rankKeys(store.rows, rows, (row) => store.accountOf[row]!, ranks(store.accounts.map(({ name }) => name)), down);
  if (key === recurringColumn) return numberKeys(store.rows, rows, (row) => store.streamOf[row]! || Number.NaN, down);
  const column = store.column(key);
  if (!column) return undefined;
  if (column.numbers) return numberKeys(store.rows, rows, (row) => column.numberAt(row), down);
  const { codes } = column;
  return codes && (looksNumeric(column)
    ? numberKeys(store.rows, rows, numbersOfCodes(column, codes), down)
    : rankKeys(store.rows, rows, (row) => codes[row]!, ranks(column.values.map(plainValue), 2), down));
}

/** Amounts that came as text are sorted as the numbers they are. */
const looksNumeric = ({ values }: StoredColumn): boolean => {
  const some = values.slice(2, 200).filter((value) => value !== '');
  return some.length > 0 && some.every((value) => numberOf(value) !== undefined);
};

function numbersOfCodes({ values }: StoredColumn, codes: Uint32Array): (row: number) => number {
  const numbers = Float64Array.from(values, (value) => numberOf(value) ?? Number.NaN);
  return (row) => numbers[codes[row]!]!;
}

/** A double's bits, turned so that they count up as the numbers do. */
function numberKeys(total: number, rows: Uint32Array, read: (row: number) => number, down: boolean): Keys {
  const low = new Uint32Array(total);
  const high = new Uint32Array(total);
  const one = new Float64Array(1);
  const bits = new Uint32Array(one.buffer);
  for (const row of rows) {
    const value = read(row);
    if (Number.isNaN(value)) {
      low[row] = last;
      high[row] = last;
      continue;
    }
    one[0] = value === 0 ? 0 : value;
    const negative = bits[1]! >>> 31 === 1;
    const upper = negative ? ~bits[1]! : bits[1]! ^ 0x8000_0000;
    const lower = negative ? ~bits[0]! : bits[0]!;
    high[row] = down ? ~upper : upper;
    low[row] = down ? ~lower : lower;
  }
  return { low, high };
}

function rankKeys(total: number, rows: Uint32Array, code: (row: number) => number, rank: Uint32Array, down: boolean): Keys {
  const low = new Uint32Array(total);
  for (const row of rows) {
    const place = rank[code(row)]!;
    low[row] = place === last ? last : down ? last - 1 - place : place;
  }
  return { low };
}

/** Distinct texts above this many are compared by their letters' numbers: by a language's rules it would take seconds. */
const mostByLanguage = 20_000;
const language = new Intl.Collator(undefined, { numeric: true });

/** Each text's place; what is empty, and the first `skip`, last. */
function ranks(texts: readonly string[], skip = 0): Uint32Array {
  const shown = texts.length > mostByLanguage ? texts.map((text) => text.toLowerCase()) : texts;
  const compare = texts.length > mostByLanguage ? (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0) : language.compare;
  const order = Uint32Array.from(texts, (_, index) => index).filter((index) => index >= skip && texts[index] !== '');
  order.sort((a, b) => compare(shown[a]!, shown[b]!));
  const rank = new Uint32Array(texts.length).fill(last);
  let place = 0;
  for (let at = 0; at < order.length; at++) {
    if (at > 0 && compare(shown[order[at - 1]!]!, shown[order[at]!]!) !== 0) place += 1;
    rank[order[at]!] = place;
  }
  return rank;
}

function byDigits(rows: Uint32Array, { low, high }: Keys): Uint32Array {
  let from = rows.slice();
  let to = new Uint32Array(rows.length);
  const counts = new Uint32Array(digits);
  for (const keys of high ? [low, high] : [low]) {
    for (const shift of [0, 16]) {
      counts.fill(0);
      for (const row of from) counts[(keys[row]! >>> shift) & 0xffff]! += 1;
      // All the same: the pass would change nothing.
      if (from.length > 0 && counts[(keys[from[0]!]! >>> shift) & 0xffff] === from.length) continue;
      let sum = 0;
      for (let digit = 0; digit < digits; digit++) {
        const count = counts[digit]!;
        counts[digit] = sum;
        sum += count;
      }
      for (const row of from) to[counts[(keys[row]! >>> shift) & 0xffff]!++] = row;
      [from, to] = [to, from];
    }
  }
  return from;
}

/** Rows of one group stand together, from `start` to `end` (not included) of the order. */
export interface OrderedGroup {
  /** Tells the group from others of the same grouping: a month as YYYY-MM, else the value; '' for rows without one. */
  key: string;
  start: number;
  end: number;
}

/** Which group each row belongs to, and the groups' keys. */
export function groupsOf(store: TransactionStore, rows: Uint32Array, by: Grouping): { of: Uint32Array; keys: string[] } {
  const of = new Uint32Array(store.rows);
  const keys: string[] = [];
  const known = new Map<number, number>();
  const { code, key } = groupReader(store, by);
  for (const row of rows) {
    const value = code(row);
    let group = known.get(value);
    if (group === undefined) known.set(value, group = keys.push(key(value)) - 1);
    of[row] = group;
  }
  return merged(of, keys, rows);
}

/** A large dictionary may have a text twice: its groups are one. */
function merged(of: Uint32Array, keys: string[], rows: Uint32Array): { of: Uint32Array; keys: string[] } {
  const first = new Map<string, number>();
  const to = keys.map((key) => {
    const known = first.get(key);
    if (known !== undefined) return known;
    first.set(key, first.size);
    return first.size - 1;
  });
  if (first.size < keys.length) for (const row of rows) of[row] = to[of[row]!]!;
  return { of, keys: [...first.keys()] };
}

/** Each row's group as a number, and what that number means. */
interface GroupReader {
  code(row: number): number;
  key(code: number): string;
}

function groupReader(store: TransactionStore, by: Grouping): GroupReader {
  const { accountOf, stateOf, streamOf, accounts } = store;
  switch (by) {
    case 'month': return monthReader(store);
    case 'account': return { code: (row) => accountOf[row]!, key: (code) => accounts[code]!.id };
    case 'status': return { code: (row) => stateOf[row]!, key: (code) => states[code]! };
    case 'recurring': return { code: (row) => streamOf[row]!, key: (code) => (code === 0 ? '' : String(code)) };
    default: {
      const column = store.column(by === 'category' ? 'categorization.category' : 'categorization.normalizedPayeeName');
      const codes = column?.codes;
      if (!column || !codes) return { code: () => absentCode, key: () => '' };
      return { code: (row) => (codes[row]! === nullCode ? absentCode : codes[row]!), key: (code) => plainValue(column.values[code]) };
    }
  }
}

/** Days of one month are many: what a day's month is, is asked once a day. */
function monthReader({ postedDays }: TransactionStore): GroupReader {
  const names: string[] = [];
  const byName = new Map<string, number>();
  const byDay = new Map<number, number>();
  const monthOf = (day: number): number => {
    const name = day === noDay ? '' : new Date(day * dayMs).toISOString().slice(0, 7);
    let month = byName.get(name);
    if (month === undefined) byName.set(name, month = names.push(name) - 1);
    byDay.set(day, month);
    return month;
  };
  return { code: (row) => byDay.get(postedDays[row]!) ?? monthOf(postedDays[row]!), key: (code) => names[code]! };
}

/** The rows with those of one group together, in the groups' order `places` (by group); within a group as they were. */
export function byGroup(rows: Uint32Array, of: Uint32Array, places: Uint32Array): { order: Uint32Array; groups: { group: number; start: number; end: number }[] } {
  const counts = new Uint32Array(places.length);
  for (const row of rows) counts[places[of[row]!]!]! += 1;
  const starts = new Uint32Array(places.length);
  for (let place = 1; place < places.length; place++) starts[place] = starts[place - 1]! + counts[place - 1]!;
  const order = new Uint32Array(rows.length);
  const next = starts.slice();
  for (const row of rows) order[next[places[of[row]!]!]!++] = row;
  const groupAt = new Uint32Array(places.length);
  for (const [group, place] of places.entries()) groupAt[place] = group;
  return { order, groups: [...groupAt].map((group, place) => ({ group, start: starts[place]!, end: starts[place]! + counts[place]! })) };
}
