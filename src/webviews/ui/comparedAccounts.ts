// The accounts of two reports beside each other: which are in both, what their balances did, and which transactions were added, are gone or
// read differently. Pure, in turns. Accounts and transactions are told apart by their ids; without one an account by name, number and type,
// a transaction by day, amount and words. So is an account that was linked anew between the two, which gives it and its transactions other ids.
import type { Formatter } from './format.ts';
import { momentOf, numberOf, round } from './format.ts';
import { kindOf } from './fieldKinds.ts';
import { isObject, listTable, madeColumn } from './generic.ts';
import { differencesOf, type Difference } from './differences.ts';
import { accountLabel, accountsOf, dayOf, numberAt, objectsOf, postedDay, textOf } from './reports/reading.ts';
import type { Column, JsonObject, Section } from './reportTypes.ts';
import { atOnce } from './turns.ts';

/** An account of either report, and of both where it has a counterpart. */
export interface AccountPair {
  title: string;
  currency: string | undefined;
  before: JsonObject | undefined;
  after: JsonObject | undefined;
  /** One account under two ids. */
  relinked?: true;
}

/** Every account; in the later report's order, those of the earlier one alone at the end. */
export function matchedAccounts(earlier: JsonObject, later: JsonObject): AccountPair[] {
  const pair = (title: string, before: JsonObject | undefined, after: JsonObject | undefined): AccountPair =>
    ({ title, currency: textOf(after?.currency ?? before?.currency) || undefined, before, after });
  const left = atOnce(grouped(accountsOf(earlier), accountKey));
  const pairs = accountsOf(later).map((account, index) => pair(accountLabel(account, index), left.get(accountKey(account))?.shift(), account));
  const gone = [...left.values()].flat();
  const again = relinked(gone, pairs.flatMap(({ before, after }) => (!before && after ? [after] : [])));
  const found = new Set(again.values());
  return [
    ...pairs.map((one): AccountPair => { const before = one.after && again.get(one.after); return before ? { ...one, before, relinked: true } : one; }),
    ...gone.filter((before) => !found.has(before)).map((before, index) => pair(accountLabel(before, index), before, undefined)),
  ];
}

/** The earlier account to each later one that has another id and is the same by name, number and type: where one alone fits, and on both sides. */
function relinked(gone: readonly JsonObject[], come: readonly JsonObject[]): Map<JsonObject, JsonObject> {
  const numbered = (accounts: readonly JsonObject[]) => atOnce(grouped(accounts.filter((one) => numberOfAccount(one) !== ''), traits));
  const earlier = numbered(gone);
  return new Map([...numbered(come)].flatMap(([key, [after, ...more]]) => {
    const [before, ...others] = earlier.get(key) ?? [];
    return after && before && more.length === 0 && others.length === 0 ? [[after, before] as const] : [];
  }));
}

const numberOfAccount = ({ number, realAccountNumberLast4 }: JsonObject): string => textOf(number ?? realAccountNumberLast4);
const traits = (account: JsonObject): string => `|${[textOf(account.name), numberOfAccount(account), textOf(account.type)].join('|')}`;
const accountKey = (account: JsonObject): string => textOf(account.id) || traits(account);

const [inLater, inEarlier] = ['Only in the later', 'Only in the earlier'];
/** Beside accounts of one id. */
const linkedAnew = ({ before, after }: AccountPair): string => `In both, linked anew: ID ${textOf(before?.id) || 'unknown'} before, ${textOf(after?.id) || 'unknown'} now`;

export function accountsSection(pairs: readonly AccountPair[]): Section | undefined {
  if (pairs.length === 0) return undefined;
  const rows = pairs.map((pair): JsonObject => {
    const { title, currency, before, after } = pair;
    const [was, is] = [before && balanceOf(before), after && balanceOf(after)];
    return {
      title, currency, state: pair.relinked ? linkedAnew(pair) : before && after ? 'In both' : after ? inLater : inEarlier, was, is, change: was !== undefined && is !== undefined && before?.currency === after?.currency ? round(is - was) : undefined,
      transactionsBefore: before && objectsOf(before.transactions).length, transactionsAfter: after && objectsOf(after.transactions).length,
    };
  });
  const count = (one: string): number => rows.filter(({ state }) => state === one).length;
  const anew = pairs.filter((pair) => pair.relinked).length;
  const told = [...(anew > 0 ? [`${anew} linked anew`] : []), ...[inLater, inEarlier].filter((state) => count(state) > 0).map((state) => `${count(state)} ${state.toLowerCase()}`)];
  const columns: Column[] = [
    madeColumn('title', 'Account', 'text'), madeColumn('was', 'Balance earlier', 'money'), madeColumn('is', 'Balance later', 'money'), madeColumn('change', 'Change', 'money'), madeColumn('state', 'In', 'text'),
    madeColumn('transactionsBefore', 'Transactions earlier', 'number'), madeColumn('transactionsAfter', 'Transactions later', 'number'),
  ];
  return {
    id: 'accounts', title: 'Accounts', detail: told.join(', ') || `the same ${rows.length} in both`, folded: false, fields: [], children: [],
    tables: [{ label: 'Accounts', columns, rows, currencyOf: ({ currency }) => textOf(currency) || undefined }],
  };
}

const balanceOf = (account: JsonObject): number | undefined => numberAt(account, 'balance', 'currentBalance');

const mostChanges = 100_000;
export const moreWords = 'There are more: compare the two as text to see them all.';

/** What is only in the later, only in the earlier, and in both with other values. */
export function* transactionSections(pairs: readonly AccountPair[], earlier: JsonObject, later: JsonObject, formatter: Formatter): Generator<void, Section[], void> {
  const [added, gone, changed]: [JsonObject[], JsonObject[], JsonObject[]] = [[], [], []];
  let more = false;
  for (const { title, currency, before, after, relinked: anew } of pairs) {
    const keyOf = anew ? contentKey : transactionKey;
    const left = yield* grouped(objectsOf(before?.transactions), keyOf);
    for (const transaction of objectsOf(after?.transactions)) {
      const was = left.get(keyOf(transaction))?.shift();
      const { id, postedDate, description } = transaction;
      if (!was) added.push({ account: title, currency, ...transaction });
      else for (const difference of (yield* differencesOf(anew ? withoutIds(was) : was, anew ? withoutIds(transaction) : transaction)).rows) {
        if (changed.length < mostChanges) changed.push({ account: title, postedDate, description, place: difference.place, ...shownValues(difference, formatter, currency), id });
        else more = true;
      }
    }
    for (const rest of left.values()) for (const transaction of rest) gone.push({ account: title, currency, ...transaction });
    yield;
  }
  return [
    transactionsSection('added', 'Transactions added', added, coverNote(added, 'earlier', earlier, formatter)),
    transactionsSection('gone', 'Transactions gone', gone, coverNote(gone, 'later', later, formatter)),
    {
      ...place('changed', 'Transactions changed', changed.length), ...(more ? { note: moreWords } : changed.length === 0 ? { note: 'None.' } : {}),
      tables: changed.length === 0 ? [] : [{ label: 'Transactions changed', rows: changed, columns: [madeColumn('account', 'Account', 'text'), transactionDay, madeColumn('description', 'Description', 'text'), ...changeColumns, madeColumn('id', 'ID', 'text')], currencyOf: () => undefined }],
    },
  ];
}

const transactionDay = madeColumn('postedDate', 'Posted date', 'day');
/** A field with its two values. */
export const changeColumns: readonly Column[] = [madeColumn('place', 'Field', 'text'), madeColumn('was', 'Earlier', 'text'), madeColumn('is', 'Later', 'text')];

const transactionColumns = ['account', 'postedDate', 'amount', 'description', 'category', 'status', 'transactionDate'];
const contentKey = ({ postedDate, amount, description }: JsonObject): string => `|${momentOf(postedDate)?.ms ?? textOf(postedDate)}|${numberOf(amount) ?? textOf(amount)}|${textOf(description)}`;
const transactionKey = (transaction: JsonObject): string => textOf(transaction.id) || contentKey(transaction);
/** Each is another with another link. */
const withoutIds = ({ id: _id, accountId: _account, uniqueId: _unique, ...rest }: JsonObject): JsonObject => rest;

/** The days that a report covers, in words; undefined where it does not tell. */
export function coveredDays({ startDate, endDate }: JsonObject, formatter: Formatter): string | undefined {
  const [from, to] = [startDate, endDate].map((date) => (momentOf(date) ? formatter.show(date, 'day').text : '…'));
  return from === '…' && to === '…' ? undefined : `${from} – ${to}`;
}

/** Whether the other report could have had them: what it covers and does not have is what a reader looks for. */
function coverNote(transactions: readonly JsonObject[], name: string, other: JsonObject, formatter: Formatter): string | undefined {
  const [from, to] = [dayOf(other.startDate), dayOf(other.endDate)];
  if (from === undefined || to === undefined) return undefined;
  const [count, days] = [transactions.length, transactions.map(postedDay).filter((day) => day !== undefined)];
  const inside = days.filter((day) => day >= from && day <= to).length;
  const time = `posted in the time that the ${name} report covers (${coveredDays(other, formatter)})`;
  if (inside === 0) return days.length === count ? `None was ${time}.` : undefined;
  const which = inside < count ? `${inside} of ${count} ${inside === 1 ? 'was' : 'were'}` : count === 1 ? 'It was' : 'All were';
  return `${which} ${time}, but that report does not have ${inside === 1 ? 'it' : 'them'}.`;
}

function transactionsSection(id: string, title: string, rows: readonly JsonObject[], note: string | undefined): Section {
  if (rows.length === 0) return { ...place(id, title, 0), note: 'None.' };
  const table = listTable(title, rows, undefined, transactionColumns);
  // Each amount says it already, unless they differ.
  const several = new Set(rows.map(({ currency }) => currency)).size > 1;
  return { ...place(id, title, rows.length), ...(note && { note }), tables: [{ ...table, columns: table.columns.filter(({ key }) => several || key !== 'currency') }] };
}

const place = (id: string, title: string, count: number): Section => ({ id: `transactions.${id}`, title, detail: String(count), folded: count === 0, fields: [], children: [], tables: [] });

/** Values of any field side by side: dates and money as they are written elsewhere, since one column has them all. */
export function shownValues({ name, was, is }: Difference, formatter: Formatter, currency?: string): { was: unknown; is: unknown } {
  const shown = (value: unknown): unknown => {
    const kind = kindOf(name, value);
    return kind === 'text' || kind === 'number' ? value : formatter.show(value, kind, currency).text;
  };
  return { was: shown(was), is: shown(is) };
}

/** A body without the accounts that are objects, which are compared one by one; what stands in their place is no account and is kept. */
export const withoutAccounts = (body: JsonObject): JsonObject => {
  const { institutions } = body;
  const bare = (one: unknown): unknown => (isObject(one) ? { ...one, accounts: noObjects(one.accounts) } : one);
  return { ...body, institutions: Array.isArray(institutions) ? institutions.map(bare) : bare(institutions) };
};

/** The same of an account and its transactions. */
export const withoutTransactions = (account: JsonObject | undefined): JsonObject => ({ ...account, transactions: noObjects(account?.transactions) });

function noObjects(value: unknown): unknown {
  if (!Array.isArray(value)) return isObject(value) ? undefined : value;
  const rest = value.filter((item) => !isObject(item));
  return rest.length === 0 ? undefined : rest;
}

/** By key, in the order met; yields in between. */
export function* grouped<T>(items: readonly T[], keyOf: (item: T) => string): Generator<void, Map<string, T[]>, void> {
  const groups = new Map<string, T[]>();
  for (const [index, item] of items.entries()) {
    if (index % 500 === 499) yield;
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
