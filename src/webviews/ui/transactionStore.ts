// A million transactions in columns. Whatever field a row brings is a column, fields of a field too (categorization.category); a row can be
// put together again as it came. Beside them what every filter and sum asks for: amount, day, account, state. Free of the DOM.
import type { AccountFacts } from '../protocol/transactions.ts';
import { dayMs, momentOf, numberOf } from './format.ts';
import { isOppositeSign } from './reportWords.ts';
import { absent, StoredColumn } from './storedColumn.ts';

export const states = ['active', 'pending', 'shadow', 'other'] as const;
export type State = (typeof states)[number];

/** No day: the row names none that can be read. */
export const noDay = -2_147_483_648;
const deepest = 3;

/** Fields beyond these share one column: each takes room for every row, and a body may name thousands. */
const mostColumns = 300;
const restColumn = 'moreFields';

/** An account as sums need it. */
export interface StoreAccount {
  id: string;
  name: string;
  /** As the API names it; empty when it is not known. */
  currency: string;
  /** Amounts carry the institution's sign. */
  opposite: boolean;
  /** What there is to know was told, and its type is not among it. */
  untyped: boolean;
  facts?: AccountFacts;
}

export class TransactionStore {
  rows = 0;
  /** Major units; NaN where there is none. */
  amounts = new Float64Array(0);
  /** Of the transaction itself, which the date filter goes by; days since 1970 in UTC, or noDay. */
  days = new Int32Array(0);
  /** On which the bank booked it: months and balances go by it, as in reports. Where a row names none, the transaction's own. */
  postedDays = new Int32Array(0);
  accountOf = new Uint16Array(0);
  stateOf = new Uint8Array(0);
  /** Recurring stream by number, from 1; 0 for none. */
  streamOf = new Uint16Array(0);
  hasStreams = false;
  readonly accounts: StoreAccount[] = [];
  readonly #columns = new Map<string, StoredColumn>();
  readonly #accountIndex = new Map<string, number>();
  /** Undefined until they are told. */
  #facts: ReadonlyMap<string, AccountFacts> | undefined;
  /** How many rows there will be, where that is known. */
  expected = Infinity;
  #capacity = 0;
  /** Of the row that is being added: what has no column of its own. */
  #rest: Record<string, unknown> | undefined;

  #grow(needed: number): void {
    // Twice as much each time, and no more than there will be.
    const to = Math.max(needed, Math.min(Math.max(this.#capacity * 2, 4_000), Math.max(this.expected, needed)));
    this.amounts = into(new Float64Array(to), this.amounts);
    this.days = into(new Int32Array(to), this.days);
    this.postedDays = into(new Int32Array(to), this.postedDays);
    this.accountOf = into(new Uint16Array(to), this.accountOf);
    this.stateOf = into(new Uint8Array(to), this.stateOf);
    this.streamOf = into(new Uint16Array(to), this.streamOf);
    for (const column of this.#columns.values()) column.grow(to);
    this.#capacity = to;
  }

  append(rows: readonly unknown[]): void {
    if (this.rows + rows.length > this.#capacity) this.#grow(this.rows + rows.length);
    for (const row of rows) this.#add(row);
  }

  #add(row: unknown): void {
    const at = this.rows++;
    // A row that is no object is kept under a name of its own.
    const record = typeof row === 'object' && row !== null && !Array.isArray(row) ? row as Readonly<Record<string, unknown>> : { '': row };
    this.#put(at, record, []);
    if (this.#rest) this.#columnOf(restColumn, [restColumn]).set(at, this.#rest);
    this.#rest = undefined;
    this.amounts[at] = numberOf(record.amount) ?? Number.NaN;
    const [made, posted] = [dayOf(record.transactionDate), dayOf(record.postedDate)];
    const other = made ?? posted ?? dayOf(record.createdDate) ?? noDay;
    this.days[at] = other;
    this.postedDays[at] = posted ?? other;
    const state = states.indexOf(record.status as State);
    this.stateOf[at] = state >= 0 ? state : 3;
    this.accountOf[at] = this.#account(record.accountId);
  }

  #put(at: number, record: Readonly<Record<string, unknown>>, above: readonly string[]): void {
    for (const name of Object.keys(record)) {
      const value = record[name];
      const path = above.length === 0 ? name : `${above.join('\u0001')}\u0001${name}`;
      if (typeof value === 'object' && value !== null && !Array.isArray(value) && above.length + 1 < deepest && Object.keys(value).length > 0) {
        this.#put(at, value as Readonly<Record<string, unknown>>, [...above, name]);
        continue;
      }
      if (this.#columns.has(path) || this.#columns.size < mostColumns) this.#columnOf(path, [...above, name]).set(at, value);
      else (this.#rest ??= {})[path.replaceAll('\u0001', '.')] = value;
    }
  }

  #columnOf(path: string, names: readonly string[]): StoredColumn {
    let column = this.#columns.get(path);
    if (!column) this.#columns.set(path, column = new StoredColumn([...names], this.#capacity));
    return column;
  }

  #account(id: unknown): number {
    const key = typeof id === 'number' || typeof id === 'string' ? String(id) : '';
    const known = this.#accountIndex.get(key);
    if (known !== undefined) return known;
    // What the array of indexes can tell apart; no customer has as many.
    const index = Math.min(this.accounts.push(accountFrom(key, this.#facts)) - 1, 65_535);
    this.#accountIndex.set(key, index);
    return index;
  }

  /** What else is known of the accounts; may come before the rows or after. */
  learn(accounts: readonly AccountFacts[]): void {
    this.#facts = new Map(accounts.map((facts) => [facts.id, facts]));
    for (const [index, { id }] of this.accounts.entries()) this.accounts[index] = accountFrom(id, this.#facts);
  }

  get columns(): readonly StoredColumn[] {
    return [...this.#columns.values()];
  }

  column(key: string): StoredColumn | undefined {
    return this.#columns.get(key.replaceAll('.', '\u0001')) ?? this.#columns.get(key) ?? this.columns.find((column) => column.key === key);
  }

  value(row: number, key: string): unknown {
    const value = this.column(key)?.at(row);
    return value === absent ? undefined : value;
  }

  /** Money in as the account's holder sees it: positive into a deposit account, and off a card's debt. */
  inward(row: number): number {
    const amount = this.amounts[row]!;
    return this.accounts[this.accountOf[row]!]!.opposite ? -amount : amount;
  }

  /** The row as it came; its fields in the order in which they were first seen. */
  record(row: number): Record<string, unknown> {
    const record: Record<string, unknown> = {};
    for (const column of this.#columns.values()) {
      const value = column.at(row);
      if (value !== absent) put(record, column.path, value);
    }
    return record;
  }

  /** Marks the rows of streams, by transaction id, from a row on. */
  mark(streamOfId: ReadonlyMap<string, number>, from = 0): void {
    this.streamOf.fill(0, from);
    this.hasStreams = streamOfId.size > 0;
    const ids = this.column('id');
    if (!ids || !this.hasStreams) return;
    for (let row = from; row < this.rows; row++) {
      const id = ids.at(row);
      if (typeof id === 'number' || typeof id === 'string') this.streamOf[row] = streamOfId.get(String(id)) ?? 0;
    }
  }

  /** Bytes of the typed arrays; the dictionaries come on top. */
  get bytes(): number {
    return this.columns.reduce((sum, { bytes }) => sum + bytes, this.amounts.byteLength + this.days.byteLength + this.postedDays.byteLength + this.accountOf.byteLength + this.stateOf.byteLength + this.streamOf.byteLength);
  }
}

function accountFrom(id: string, all: ReadonlyMap<string, AccountFacts> | undefined): StoreAccount {
  const facts = all?.get(id);
  const untyped = all !== undefined && (facts?.type === undefined || facts.type === '' || facts.type === 'unknown');
  return { id, name: facts?.name ?? (id === '' ? 'No account' : id), currency: facts?.currency ?? '', opposite: isOppositeSign(facts?.type), untyped, ...(facts && { facts }) };
}

/** Days since 1970 in UTC; undefined for what is no date. */
function dayOf(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  const moment = momentOf(value);
  return moment && Math.floor(moment.ms / dayMs);
}

/** Own properties alone, whatever they are called. */
function put(record: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let into = record;
  for (const name of path.slice(0, -1)) {
    if (!Object.hasOwn(into, name) || typeof into[name] !== 'object' || into[name] === null) define(into, name, {});
    into = into[name] as Record<string, unknown>;
  }
  define(into, path.at(-1)!, value);
}

const define = (record: Record<string, unknown>, name: string, value: unknown): void => {
  Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true });
};

function into<T extends Float64Array | Int32Array | Uint16Array | Uint8Array>(to: T, from: T): T {
  to.set(from);
  return to;
}
