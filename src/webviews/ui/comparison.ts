// Two reports of one kind as one page: the figures with their change, accounts that came and went, transactions added and gone, and every
// other value that differs. Pure. Accounts and transactions are told apart by their ids; without one an account by name, number and type, a
// transaction by day, amount and words.
// Rule: what differs is shown, wherever it stands; what cannot be matched counts as gone here and added there. Two of 60 MB take seconds: in turns.
import type { Formatter } from './format.ts';
import { momentOf, numberOf, round } from './format.ts';
import { kindOf } from './fieldKinds.ts';
import { listTable, madeColumn } from './generic.ts';
import { differencesOf, otherDifferences } from './differences.ts';
import { readBody, reportHead } from './reportModel.ts';
import type { ReportMessage } from '../protocol/report.ts';
import { accountLabel, accountsOf, numberAt, objectsOf, textOf } from './reports/reading.ts';
import type { Column, Field, Figure, JsonObject, ReportModel, Section, Table } from './reportTypes.ts';
import { atOnce } from './turns.ts';

type AccountTypes = Readonly<Record<string, string>>;
type Head = Omit<ReportModel, 'sections'>;

/** What the host sent, as a page, with breaths between. Throws a TypeError that says of which of the two there is nothing to compare, and why. */
export function* readComparison({ bodies, names, accountTypes }: Extract<ReportMessage, { type: 'comparison' }>, formatter: Formatter): Generator<void, ReportModel, void> {
  const read: JsonObject[] = [];
  const problems: string[] = [];
  for (const [index, bytes] of bodies.entries()) {
    try {
      read.push(yield* readBody(bytes));
    } catch (error) {
      problems.push(`Report ${names[index]}: ${error instanceof TypeError ? error.message : 'the body is not valid JSON: it may have been cut short on its way.'}`);
    }
    yield;
  }
  const [one, other] = read;
  if (!one || !other) throw new TypeError(problems.join(' '));
  return yield* comparisonSteps(one, other, formatter, accountTypes);
}

/** Bodies in any order: the one that was made first is the earlier. */
function* comparisonSteps(one: JsonObject, other: JsonObject, formatter: Formatter, accountTypes: AccountTypes): Generator<void, ReportModel, void> {
  const [earlier, later] = madeAt(one) <= madeAt(other) ? [one, other] : [other, one];
  const before = reportHead(earlier, accountTypes);
  yield;
  const after = reportHead(later, accountTypes);
  yield;
  const accounts = matchedAccounts(earlier, later);
  const transactions = yield* transactionSections(accounts, formatter);
  const sections = [accountsSection(accounts), ...transactions, yield* differencesSection(earlier, later, formatter)].filter((section) => section !== undefined);
  return {
    title: before.title === after.title ? `${after.title}: what changed` : `${before.title} and ${after.title}`,
    type: after.type, status: 'success', problems: [],
    facts: [...factsOf(earlier, before, 'Earlier'), ...factsOf(later, after, 'Later'), ...customerFacts(after)],
    figures: changedFigures(before.figures, after.figures, formatter),
    charts: [],
    sections,
  };
}

/** The same at once. */
export const buildComparison = (one: JsonObject, other: JsonObject, formatter: Formatter, accountTypes: AccountTypes = {}): ReportModel =>
  atOnce(comparisonSteps(one, other, formatter, accountTypes));

/** Epoch seconds, milliseconds or ISO; one that tells nothing is the earlier. */
const madeAt = ({ createdDate }: JsonObject): number => momentOf(createdDate)?.ms ?? numberOf(createdDate) ?? 0;

function factsOf(body: JsonObject, model: Head, label: string): Field[] {
  const state = model.status === 'success' ? '' : model.status === 'failure' ? ', failed' : model.status === 'inProgress' ? ', still being made' : ', state not known';
  return [
    { key: 'id', label: `${label} report`, value: `${textOf(body.id) || 'without an id'}${state}`, kind: 'text' },
    { key: 'createdDate', label: 'Created', value: body.createdDate, kind: 'moment' },
  ];
}

const customerFacts = ({ facts }: Head): Field[] => facts.filter(({ key }) => key === 'customerId');

/** The later value, with the earlier one and the change under it. A figure of one of the two alone says so. One of several currencies meets its own. */
function changedFigures(before: readonly Figure[], after: readonly Figure[], formatter: Formatter): Figure[] {
  const keyOfFigure = ({ key, currency = '' }: Figure): string => `${key}|${currency}`;
  const earlier = atOnce(grouped(before, keyOfFigure));
  const now = after.map((figure): Figure => {
    const was = earlier.get(keyOfFigure(figure))?.shift();
    return { ...figure, note: was ? changeNote(was, figure, formatter) : 'not in the earlier report' };
  });
  return [...now, ...[...earlier.values()].flat().map((figure): Figure => ({ ...figure, value: undefined, note: `was ${formatter.show(figure.value, figure.kind, figure.currency).text}, not in the later report` }))];
}

function changeNote(was: Figure, is: Figure, formatter: Formatter): string {
  const text = formatter.show(was.value, was.kind, was.currency).text;
  const [from, to] = [numberOf(was.value), numberOf(is.value)];
  if (was.value === is.value || (from !== undefined && from === to && was.currency === is.currency)) return 'unchanged';
  if (from === undefined || to === undefined || was.currency !== is.currency || was.kind !== is.kind) return `was ${text}`;
  const change = signed(formatter.show(round(to - from), is.kind, is.currency).text, to - from);
  const part = from === 0 || is.kind === 'percent' ? '' : `, ${signed(formatter.show(round(((to - from) / Math.abs(from)) * 100), 'percent').text, to - from)}`;
  return `was ${text} (${change}${part})`;
}

const signed = (text: string, change: number): string => (change > 0 ? `+${text}` : text);

interface Pair {
  title: string;
  before: JsonObject | undefined;
  after: JsonObject | undefined;
}

/** Every account of either report; in the later one's order, those that went at the end. */
function matchedAccounts(earlier: JsonObject, later: JsonObject): Pair[] {
  const left = atOnce(grouped(accountsOf(earlier), accountKey));
  const pairs = accountsOf(later).map((account, index): Pair => ({ title: accountLabel(account, index), before: left.get(accountKey(account))?.shift(), after: account }));
  return [...pairs, ...[...left.values()].flat().map((before, index): Pair => ({ title: accountLabel(before, index), before, after: undefined }))];
}

const accountKey = (account: JsonObject): string =>
  textOf(account.id) || `|${[account.name, account.number ?? account.realAccountNumberLast4, account.type].map(textOf).join('|')}`;

function accountsSection(pairs: readonly Pair[]): Section | undefined {
  if (pairs.length === 0) return undefined;
  const rows = pairs.map(({ title, before, after }): JsonObject => {
    const [was, is] = [before && balanceOf(before), after && balanceOf(after)];
    return {
      title, state: before && after ? 'In both' : after ? 'Came' : 'Went', was, is, change: was !== undefined && is !== undefined && before?.currency === after?.currency ? round(is - was) : undefined,
      transactionsBefore: before && objectsOf(before.transactions).length, transactionsAfter: after && objectsOf(after.transactions).length, currency: textOf(after?.currency ?? before?.currency),
    };
  });
  const [came, went] = [rows.filter(({ state }) => state === 'Came').length, rows.filter(({ state }) => state === 'Went').length];
  const columns: Column[] = [
    madeColumn('title', 'Account', 'text'), madeColumn('state', 'In', 'text'), madeColumn('was', 'Balance earlier', 'money'), madeColumn('is', 'Balance later', 'money'), madeColumn('change', 'Change', 'money'),
    madeColumn('transactionsBefore', 'Transactions earlier', 'number'), madeColumn('transactionsAfter', 'Transactions later', 'number'),
  ];
  return {
    id: 'accounts', title: 'Accounts', detail: `${came} came, ${went} went`, folded: false, fields: [], children: [],
    tables: [{ label: 'Accounts', columns, rows, currencyOf: ({ currency }) => textOf(currency) || undefined }],
  };
}

const balanceOf = (account: JsonObject): number | undefined => numberAt(account, 'balance', 'currentBalance');

/** Transactions by account: what is only in the later, only in the earlier, and in both with other values. */
function* transactionSections(pairs: readonly Pair[], formatter: Formatter): Generator<void, Section[], void> {
  const [added, gone, changed]: [JsonObject[], JsonObject[], JsonObject[]] = [[], [], []];
  let more = false;
  for (const { title, before, after } of pairs) {
    const currency = textOf(after?.currency ?? before?.currency) || undefined;
    const left = yield* grouped(objectsOf(before?.transactions), transactionKey);
    for (const transaction of objectsOf(after?.transactions)) {
      const was = left.get(transactionKey(transaction))?.shift();
      if (!was) added.push({ account: title, currency, ...transaction });
      else for (const { place, name, ...values } of (yield* differencesOf(was, transaction)).rows) {
        if (changed.length < mostChanges) changed.push({ account: title, id: transaction.id, description: transaction.description, field: place, ...shownValues(name, values, formatter, currency) });
        else more = true;
      }
    }
    for (const rest of left.values()) for (const transaction of rest) gone.push({ account: title, currency: before?.currency, ...transaction });
    yield;
  }
  return [tableSection('added', 'Transactions added', added, transactionColumns), tableSection('gone', 'Transactions gone', gone, transactionColumns),
    { ...tableSection('changed', 'Transactions changed', changed, ['account', 'id', 'description', 'field', 'was', 'is']), ...(more && { note: moreWords }) }];
}

const mostChanges = 100_000;
const moreWords = 'There are more: compare the two as text to see them all.';
const transactionColumns = ['account', 'postedDate', 'transactionDate', 'description', 'amount', 'category', 'status'];
const transactionKey = ({ id, postedDate, amount, description }: JsonObject): string =>
  textOf(id) || `|${momentOf(postedDate)?.ms ?? textOf(postedDate)}|${numberOf(amount) ?? textOf(amount)}|${textOf(description)}`;

/** Values of any field side by side: dates and money as they are written elsewhere, since one column has them all. */
function shownValues(name: string, { was, is }: { was: unknown; is: unknown }, formatter: Formatter, currency?: string): { was: unknown; is: unknown } {
  const shown = (value: unknown): unknown => {
    const kind = kindOf(name, value);
    return kind === 'text' || kind === 'number' ? value : formatter.show(value, kind, currency).text;
  };
  return { was: shown(was), is: shown(is) };
}

function* grouped<T>(items: readonly T[], keyOf: (item: T) => string): Generator<void, Map<string, T[]>, void> {
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

function tableSection(id: string, title: string, rows: readonly JsonObject[], first: readonly string[]): Section {
  const table: Table = listTable(title, rows, undefined, first);
  return { id: `transactions.${id}`, title, detail: String(rows.length), folded: rows.length === 0, fields: [], children: [], tables: rows.length === 0 ? [] : [table], ...(rows.length === 0 ? { note: 'None.' } : {}) };
}

function* differencesSection(earlier: JsonObject, later: JsonObject, formatter: Formatter): Generator<void, Section, void> {
  const { rows: found, more } = yield* otherDifferences(earlier, later);
  const rows = found.map(({ place, name, ...values }): JsonObject => ({ place, ...shownValues(name, values, formatter) }));
  const table: Table = { label: 'Other differences', rows, columns: [madeColumn('place', 'Field', 'text'), madeColumn('was', 'Earlier', 'text'), madeColumn('is', 'Later', 'text')], currencyOf: () => undefined };
  return {
    id: 'differences', title: 'Other differences', detail: more ? `the first ${rows.length}` : String(rows.length), folded: false, fields: [], children: [], tables: rows.length === 0 ? [] : [table],
    ...(rows.length === 0 ? { note: 'None.' } : more ? { note: moreWords } : {}),
  };
}
