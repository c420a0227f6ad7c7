// What is shown of the transactions: a filter, and the rows that pass it. Texts are looked up in the dictionaries, not in the rows: a word is
// searched once, however many rows have it. In slices, so that a newer filter need not wait for an older one. Free of the DOM.
import { absentCode, type StoredColumn } from './storedColumn.ts';
import { plainValue } from './tableText.ts';
import { noDay, states, type State, type TransactionStore } from './transactionStore.ts';

/** Everything left out lets everything pass. */
export interface TransactionFilter {
  /** Stands in any text of the row, whatever its case; a number also finds amounts and ids. */
  text: string;
  /** Of the amount without its sign, major units, both included. */
  amountFrom?: number;
  amountTo?: number;
  /** Of the transaction's own date, days since 1970 in UTC, both included. */
  dayFrom?: number;
  dayTo?: number;
  /** Values of categorization.category; '' for none. */
  categories: readonly string[];
  states: readonly State[];
  /** As the account's holder sees it. */
  flow?: 'in' | 'out';
  accounts: readonly string[];
  recurring: boolean;
}

export const noFilter: TransactionFilter = { text: '', categories: [], states: [], accounts: [], recurring: false };

export const isFiltering = (filter: TransactionFilter): boolean => JSON.stringify({ ...noFilter, ...filter }) !== JSON.stringify(noFilter);

/** An amount as people type it, by one rule whatever the language: a point before decimals, commas between thousands alone. "12,50" and the like could be read two ways and are none. */
export function amountOf(text: string): number | undefined {
  return /^[-+]?(\d+|\d{1,3}(,\d{3})+)?(\.\d*)?$/.test(text) && /\d/.test(text) ? Number(text.replaceAll(',', '')) : undefined;
}

/** What to do about a text that amountOf refuses. */
export const amountRule = 'Write a point before decimals (12.50); commas stand between thousands alone (1,250.00).';

/** As typed. */
export interface AmountTexts { from: string; to: string }
export const noAmounts: AmountTexts = { from: '', to: '' };

/** Whether it says something that is no amount. */
export const isRefused = (text: string): boolean => text.trim() !== '' && amountOf(text.trim()) === undefined;
const boundOf = (text: string): number | undefined => {
  const amount = amountOf(text.trim());
  return amount === undefined ? undefined : Math.abs(amount);
};

/** The filter with the amounts of these texts; one that cannot be read bounds nothing, and the bar says so. */
export const withAmounts = (filter: TransactionFilter, { from, to }: AmountTexts): TransactionFilter => {
  const { amountFrom: _from, amountTo: _to, ...rest } = filter;
  const [amountFrom, amountTo] = [boundOf(from), boundOf(to)];
  return { ...rest, ...(amountFrom !== undefined && { amountFrom }), ...(amountTo !== undefined && { amountTo }) };
};

/** Rows between two breaths. */
const slice = 65_536;

/** Whether a row passes. Made once for many rows; rows that come later need a new one. */
export function rowTest(store: TransactionStore, filter: TransactionFilter): (row: number) => boolean {
  const tests = [byState(store, filter), byDay(store, filter), byAmount(store, filter), byAccount(store, filter), byRecurring(store, filter), byCategory(store, filter), byText(store, filter)]
    .filter((test) => test !== undefined);
  if (tests.length === 0) return () => true;
  return (row) => {
    for (const test of tests) if (!test(row)) return false;
    return true;
  };
}

/**
 * The rows from `from` to `to` (not included) that pass, in their order.
 * @throws what `breathe` throws, which is called now and then and may end it.
 */
export async function passing(store: TransactionStore, filter: TransactionFilter, from: number, to: number, breathe: () => Promise<void>): Promise<Uint32Array> {
  const rows = new Uint32Array(to - from);
  const test = rowTest(store, filter);
  let count = 0;
  for (let row = from; row < to;) {
    const end = Math.min(to, row + slice);
    for (; row < end; row++) if (test(row)) rows[count++] = row;
    if (row < to) await breathe();
  }
  return count === rows.length ? rows : rows.slice(0, count);
}

type Test = ((row: number) => boolean) | undefined;

function byState({ stateOf }: TransactionStore, { states: wanted }: TransactionFilter): Test {
  if (wanted.length === 0) return undefined;
  const pass = states.map((state) => wanted.includes(state));
  return (row) => pass[stateOf[row]!]!;
}

function byDay({ days }: TransactionStore, { dayFrom, dayTo }: TransactionFilter): Test {
  if (dayFrom === undefined && dayTo === undefined) return undefined;
  const from = dayFrom ?? noDay + 1;
  const to = dayTo ?? Infinity;
  return (row) => days[row]! >= from && days[row]! <= to;
}

function byAmount(store: TransactionStore, { amountFrom = 0, amountTo = Infinity, flow }: TransactionFilter): Test {
  const { amounts } = store;
  if (flow === undefined) return amountFrom > 0 || amountTo < Infinity ? (row) => Math.abs(amounts[row]!) >= amountFrom && Math.abs(amounts[row]!) <= amountTo : undefined;
  const sign = flow === 'in' ? 1 : -1;
  return (row) => {
    const amount = store.inward(row) * sign;
    return amount > 0 && amount >= amountFrom && amount <= amountTo;
  };
}

function byAccount({ accountOf, accounts }: TransactionStore, { accounts: wanted }: TransactionFilter): Test {
  if (wanted.length === 0) return undefined;
  const pass = accounts.map(({ id }) => wanted.includes(id));
  return (row) => pass[accountOf[row]!] === true;
}

const byRecurring = ({ streamOf }: TransactionStore, { recurring }: TransactionFilter): Test => (recurring ? (row) => streamOf[row]! > 0 : undefined);

function byCategory(store: TransactionStore, { categories }: TransactionFilter): Test {
  if (categories.length === 0) return undefined;
  const column = store.column('categorization.category');
  const none = categories.includes('');
  if (!column?.codes) return () => none;
  const wanted = new Set(categories);
  const pass = Uint8Array.from(column.values, (value, code) => Number(code <= 1 || value === '' ? none : wanted.has(String(value))));
  const { codes } = column;
  return (row) => pass[codes[row]!] === 1;
}

function byText(store: TransactionStore, { text }: TransactionFilter): Test {
  const query = text.trim();
  if (query === '') return undefined;
  const pattern = new RegExp(query.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'iu');
  const texts = store.columns.flatMap((column) => hits(column, pattern));
  const number = amountOf(query);
  const opposite = number === undefined ? undefined : -number;
  const numbers = number !== undefined ? store.columns.filter((column) => column.numbers && isFindable(column.key)) : [];
  // A name that the row has through its account is found as well.
  const accounts = store.accounts.map(({ name }) => pattern.test(name));
  const anyAccount = accounts.includes(true);
  return (row) => {
    for (const { flags, codes } of texts) if (flags[codes[row]!] === 1) return true;
    for (const column of numbers) {
      const value = column.numbers![row]!;
      if (value === number || (query[0] !== '-' && value === opposite)) return true;
    }
    return anyAccount && accounts[store.accountOf[row]!]!;
  };
}

/** Nobody types a date as seconds. */
const isFindable = (key: string): boolean => !/date$/i.test(key);

/** Which values of a column hold the text; nothing when none does. */
function hits({ codes, values }: StoredColumn, pattern: RegExp): { flags: Uint8Array; codes: Uint32Array }[] {
  if (!codes) return [];
  const flags = new Uint8Array(values.length);
  let any = false;
  for (let code = absentCode + 2; code < values.length; code++) {
    const value = values[code];
    if (!pattern.test(plainValue(value))) continue;
    flags[code] = 1;
    any = true;
  }
  return any ? [{ flags, codes }] : [];
}
