// The accounts of a report: an overview, their balances, their income streams, and a section each with everything the body says of them. Pure.
import { isObject, listOf, listTable, objectSection, type GenericOptions } from './generic.ts';
import { words } from './format.ts';
import type { Column, JsonObject, Section, Table } from './reportTypes.ts';
import { incomeStreamsOf, streamsSection } from './reports/streams.ts';
import { accountState, signNote } from './reportWords.ts';

interface Account {
  /** Place in the body: institutions.0.accounts.1 */
  id: string;
  account: JsonObject;
  institution: JsonObject;
  title: string;
  /** Its type in words; empty when the body names none. */
  type: string;
}

export interface AccountParts {
  /** The currency that all accounts share; undefined when they differ or name none. */
  currency: string | undefined;
  overview?: Section;
  balances?: Section;
  streams?: Section;
  details?: Section;
}

/** Account types in words, by the wire's spelling. */
type TypeWords = Readonly<Record<string, string>>;

/** Yields after each account: one may hold 100,000 transactions. */
export function* accountParts(body: JsonObject, options: GenericOptions, typeWords: TypeWords = {}): Generator<void, AccountParts, void> {
  const institutions = listOf(body.institutions).filter(isObject);
  const accounts = institutions.flatMap((institution, at) => listOf(institution.accounts).filter(isObject).map((account, index): Account => ({
    id: `institutions.${at}.accounts.${index}`, account, institution, title: accountTitle(account, index, typeWords), type: typeInWords(account.type, typeWords),
  })));
  const currencies = new Set(accounts.map(({ account }) => account.currency).filter((value) => typeof value === 'string'));
  const currency = currencies.size === 1 ? [...currencies][0] : undefined;
  // Institutions that are no objects go the generic way, so that nothing of them is lost.
  if (institutions.length === 0 || institutions.length < listOf(body.institutions).length) return { currency };
  const own = { ...options, currency };
  return {
    currency,
    ...(accounts.length === 0 ? { overview: { id: 'accounts', title: 'Accounts', detail: 'none', folded: false, fields: [], tables: [], children: [] } } : { overview: overviewSection(accounts, currency), balances: balancesSection(accounts, currency), streams: streamsSection(incomeStreamsOf(body)) }),
    details: yield* detailsSection(institutions, accounts, own),
  };
}

const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

function typeInWords(value: unknown, typeWords: TypeWords): string {
  const type = text(value);
  return (Object.hasOwn(typeWords, type) ? typeWords[type] : undefined) ?? (type && words(type));
}

function accountTitle(account: JsonObject, index: number, typeWords: TypeWords): string {
  const name = text(account.name) || typeInWords(account.type, typeWords) || 'Account';
  const digits = /[\dA-Za-z]{1,4}$/.exec(text(account.number) || text(account.realAccountNumberLast4))?.[0];
  return `${name.slice(0, 120)}${digits ? ` ··${digits}` : name ? '' : ` ${index + 1}`}`;
}

/** A table over accounts, the account's name first: each row carries its own account, so that a column reads from all of it. */
function accountTable(label: string, accounts: readonly Account[], currency: string | undefined, columns: readonly AccountColumn[]): Table {
  const rows = accounts.map(({ account, institution, title, type }) => ({ account, institution: text(institution.name) || text(institution.id), title, type }));
  const kept = columns.filter(({ read }) => rows.some((row) => { const value = read(row.account, row); return value !== undefined && value !== null && value !== ''; }));
  return {
    label, rows,
    columns: [
      { key: 'title', label: 'Account', kind: 'text', read: (row) => row.title },
      ...kept.map(({ key, label: name, kind, read }): Column => ({ key, label: name, kind, read: (row) => read(row.account as JsonObject, row) })),
    ],
    currencyOf: (row) => text((row.account as JsonObject).currency) || currency,
  };
}

interface AccountColumn {
  key: string;
  label: string;
  kind: Column['kind'];
  read(account: JsonObject, row: JsonObject): unknown;
}

const institutionColumn: AccountColumn = { key: 'institution', label: 'Institution', kind: 'text', read: (_account, row) => row.institution };

const within = (account: JsonObject, name: string, key: string) => {
  const inner = account[name];
  return isObject(inner) ? inner[key] : undefined;
};
const currentBalance = (account: JsonObject) => account.balance ?? account.currentBalance ?? within(account, 'asset', 'currentBalance');
const availableBalance = (account: JsonObject) => account.availableBalance ?? within(account, 'details', 'availableBalanceAmount') ?? within(account, 'detail', 'availableBalanceAmount');

function overviewSection(accounts: readonly Account[], currency: string | undefined): Section {
  const table = accountTable('Accounts', accounts, currency, [
    { key: 'balance', label: 'Balance', kind: 'money', read: currentBalance },
    { key: 'availableBalance', label: 'Available', kind: 'money', read: availableBalance },
    { key: 'type', label: 'Type', kind: 'text', read: (_account, row) => row.type },
    institutionColumn,
    { key: 'ownerName', label: 'Owner', kind: 'text', read: (account) => account.ownerName },
    { key: 'transactions', label: 'Transactions', kind: 'number', read: (account) => (account.transactions === undefined ? undefined : listOf(account.transactions).length) },
    { key: 'aggregationStatusCode', label: 'State', kind: 'text', read: (account) => accountState(account.aggregationStatusCode) },
  ]);
  return { id: 'accounts', title: 'Accounts', detail: String(accounts.length), folded: false, fields: [], tables: [table], children: [] };
}

function balancesSection(accounts: readonly Account[], currency: string | undefined): Section | undefined {
  const table = accountTable('Balances', accounts, currency, [
    { key: 'balance', label: 'Current', kind: 'money', read: currentBalance },
    { key: 'availableBalance', label: 'Available', kind: 'money', read: availableBalance },
    { key: 'averageMonthlyBalance', label: 'Average month', kind: 'money', read: (account) => account.averageMonthlyBalance },
    { key: 'twoMonthAverage', label: '2-month average', kind: 'money', read: (account) => within(account, 'asset', 'twoMonthAverage') },
    { key: 'sixMonthAverage', label: '6-month average', kind: 'money', read: (account) => within(account, 'asset', 'sixMonthAverage') },
    { key: 'beginningBalance', label: 'At the beginning', kind: 'money', read: (account) => within(account, 'asset', 'beginningBalance') },
    { key: 'balanceDate', label: 'As of', kind: 'moment', read: (account) => account.balanceDate },
    institutionColumn,
  ]);
  // One number alone is in the overview already.
  if (table.columns.filter(({ key }) => key !== 'title' && key !== 'institution').length < 2) return undefined;
  return { id: 'balances', title: 'Balances', folded: false, fields: [], tables: [table], children: [] };
}

const transactionColumns = ['postedDate', 'transactionDate', 'description', 'amount', 'category', 'normalizedPayee', 'status', 'type', 'memo'];

/** Accounts and institutions that get a section each: a page bears no more, and nobody reads more. */
const most = { accounts: 200, institutions: 60 };

function* detailsSection(institutions: readonly JsonObject[], accounts: readonly Account[], options: GenericOptions): Generator<void, Section, void> {
  if (accounts.length > most.accounts || institutions.length > most.institutions) return detailTables(institutions, accounts, options);
  const children: Section[] = [];
  for (const [at, institution] of institutions.entries()) {
    const { accounts: _accounts, ...rest } = institution;
    const id = `institutions.${at}`;
    const plain = isListOfObjects(institution.accounts) ? rest : institution;
    const section = objectSection(id, text(institution.name) || `Institution ${text(institution.id) || at + 1}`, plain, options, 1);
    const own: Section[] = [];
    for (const one of accounts) if (one.id.startsWith(`${id}.`)) {
      own.push(accountSection(one, options, accounts.length));
      yield;
    }
    children.push({ ...section, children: [...section.children, ...own] });
  }
  return { id: 'institutions', title: 'Account details', detail: children.length === 1 ? undefined : `${children.length} institutions`, folded: false, fields: [], tables: [], children };
}

/** Very many accounts: one table of all that is said of them and one of all their transactions, each with its account. */
function detailTables(institutions: readonly JsonObject[], accounts: readonly Account[], { currency }: GenericOptions): Section {
  const owners = new Map<JsonObject, Account>();
  const transactions: JsonObject[] = [];
  const rows = accounts.map((one): JsonObject => {
    const { transactions: own, ...rest } = one.account;
    if (own !== undefined && own !== null && !isListOfObjects(own)) return one.account;
    for (const transaction of listOf(own).filter(isObject)) {
      owners.set(transaction, one);
      transactions.push(transaction);
    }
    return rest;
  });
  const moved = listTable('Transactions', transactions, currency, transactionColumns);
  const ofAll: Table = {
    ...moved, columns: [{ key: 'account', label: 'Account', kind: 'text', read: (row) => owners.get(row)?.title }, ...moved.columns],
    currencyOf: (row) => text(row.currency) || text(owners.get(row)?.account.currency) || currency,
  };
  const plain = institutions.map((one) => (isListOfObjects(one.accounts) ? Object.fromEntries(Object.entries(one).filter(([key]) => key !== 'accounts')) : one));
  return {
    id: 'institutions', title: 'Account details', detail: `${accounts.length} accounts`, folded: false, fields: [], children: [],
    tables: [listTable('Institutions', plain, currency, ['name', 'id']), ...(rows.length > 0 ? [listTable('All of the accounts', rows, currency, ['name', 'number', 'type'])] : []), ...(transactions.length > 0 ? [ofAll] : [])],
  };
}

const isListOfObjects = (value: unknown) => value === undefined || isObject(value) || (Array.isArray(value) && value.every(isObject));

function accountSection({ id, account, title, type }: Account, options: GenericOptions, among: number): Section {
  const transactions = listOf(account.transactions);
  const asTable = transactions.length > 0 && transactions.every(isObject);
  const { transactions: _transactions, ...rest } = account;
  const currency = text(account.currency) || options.currency;
  const section = objectSection(id, title, asTable ? rest : account, options, 2);
  const table = asTable ? [{ ...listTable('Transactions', transactions, currency, transactionColumns), label: `Transactions of ${title}`, holder: 'transactions' }] : [];
  return {
    ...section,
    detail: [type, asTable ? `${transactions.length} transactions` : ''].filter(Boolean).join(', '),
    ...(asTable ? { note: signNote(account.type) } : {}),
    folded: among > 12,
    tables: [...table, ...section.tables],
  };
}
