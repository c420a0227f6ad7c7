// Two reports of one kind as one page: the figures with their change, the accounts and transactions beside each other, and every other value
// that differs. Pure.
// Rule: what differs is shown, wherever it stands; what cannot be matched counts as gone here and added there. Two of 60 MB take seconds: in turns.
import type { Formatter } from './format.ts';
import { momentOf, numberOf, round } from './format.ts';
import { madeColumn } from './generic.ts';
import {
  accountsSection, changeColumns, coveredDays, grouped, matchedAccounts, moreWords, shownValues, transactionSections, withoutAccounts, withoutTransactions, type AccountPair,
} from './comparedAccounts.ts';
import { differencesOf, otherDifferences, type Differences } from './differences.ts';
import { readBody, reportHead } from './reportModel.ts';
import type { ReportMessage } from '../protocol/report.ts';
import { accountsOf, currencyOf, textOf } from './reports/reading.ts';
import type { Field, Figure, JsonObject, ReportModel, Section } from './reportTypes.ts';
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
  const transactions = yield* transactionSections(accounts, earlier, later, formatter);
  const sections = [accountsSection(accounts), ...transactions, yield* differencesSection(earlier, later, accounts, formatter)].filter((section) => section !== undefined);
  return {
    title: before.title === after.title ? `${after.title}: what changed` : `${before.title} and ${after.title}`,
    type: after.type, status: 'success', problems: [],
    facts: [...factsOf(earlier, before, 'Earlier', formatter), ...factsOf(later, after, 'Later', formatter), ...customerFacts(after)],
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

function factsOf(body: JsonObject, model: Head, label: string, formatter: Formatter): Field[] {
  const covers = coveredDays(body, formatter);
  const state = model.status === 'success' ? '' : model.status === 'failure' ? ', failed' : model.status === 'inProgress' ? ', still being made' : ', state not known';
  return [
    { key: 'id', label: `${label} report`, value: `${textOf(body.id) || 'without an id'}${state}`, kind: 'text' },
    { key: 'createdDate', label: 'Created', value: body.createdDate, kind: 'moment' },
    ...(covers === undefined ? [] : [{ key: 'startDate', label: 'Covers', value: covers, kind: 'text' as const }]),
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

const mostRows = 100_000;
const wholeReport = 'Whole report';

/** Every other value: of the reports, then of each account. */
function* differencesSection(earlier: JsonObject, later: JsonObject, pairs: readonly AccountPair[], formatter: Formatter): Generator<void, Section, void> {
  const rows: JsonObject[] = [];
  let more = false;
  const add = (found: Differences, account: string, currency: string | undefined): void => {
    for (const difference of found.rows) rows.push({ account, place: difference.place, ...shownValues(difference, formatter, currency) });
    more ||= found.more;
  };
  add(yield* otherDifferences(withoutAccounts(earlier), withoutAccounts(later)), wholeReport, currencyOf([...accountsOf(earlier), ...accountsOf(later)]));
  for (const pair of pairs) {
    if (rows.length >= mostRows) more = true;
    else add(yield* differencesOf(withoutTransactions(pair.before), withoutTransactions(pair.after)), pair.title, pair.currency);
  }
  const columns = rows.some(({ account }) => account !== wholeReport) ? [madeColumn('account', 'Account', 'text'), ...changeColumns] : changeColumns;
  return {
    id: 'differences', title: 'Other differences', detail: more ? `the first ${rows.length}` : String(rows.length), folded: false, fields: [], children: [],
    tables: rows.length === 0 ? [] : [{ label: 'Other differences', rows, columns, currencyOf: () => undefined }],
    ...(rows.length === 0 ? { note: 'None.' } : more ? { note: moreWords } : {}),
  };
}
