// Income streams: how often each pays, what came late or never came, how sure it is. Cadence and confidence are the API's; whether a payment
// is missing is worked out here from the cadence and the days of the payments, and said so. Pure.
import { numberOf, words } from '../format.ts';
import { madeColumn } from '../generic.ts';
import type { Column, JsonObject, Section, Table } from '../reportTypes.ts';
import { accountLabel, accountsOf, at, countOf, dayMs, dayOf, isPending, objectsOf, postedDay, textOf } from './reading.ts';

export interface IncomeStream {
  stream: JsonObject;
  name: string;
  /** The account that it pays into; empty for a stream that stands outside any. */
  account: string;
  currency: string | undefined;
  /** Undefined when the body names neither a status nor a last payment. */
  active: boolean | undefined;
  /** UTC days of its payments in epoch milliseconds, rising, each once. */
  days: readonly number[];
  gaps: readonly Gap[];
  /** Fewer than half of its payments keep the cadence: an expected day means nothing. */
  irregular: boolean;
}

/** A stretch between two payments in which at least one more was due. Epoch milliseconds of UTC days. */
export interface Gap {
  after: number;
  /** Undefined when nothing has come since. */
  next: number | undefined;
  firstExpected: number;
  missing: number;
}

/** Every stream of the report. `until` is the last day that the report knows of. */
export function incomeStreamsOf(body: JsonObject): IncomeStream[] {
  const until = dayOf(body.endDate) ?? dayOf(body.createdDate);
  const accounts = accountsOf(body);
  return [
    ...accounts.flatMap((account, index) => objectsOf(account.incomeStreams).map((stream) => read(stream, accountLabel(account, index), account.currency, until))),
    ...objectsOf(body.incomeStreams).map((stream) => read(stream, '', undefined, until)),
  ];
}

function read(stream: JsonObject, account: string, currency: unknown, until: number | undefined): IncomeStream {
  const status = textOf(stream.status).toUpperCase();
  const active = status === '' ? undefined : status === 'ACTIVE';
  const cadence = numberOf(at(stream, 'cadence', 'days'));
  const days = paymentDays(stream);
  const irregular = cadence !== undefined && keepsTime(days, cadence) < 0.5;
  return {
    stream, account, active, days, irregular, name: textOf(stream.name) || 'Unnamed stream', currency: textOf(currency) || undefined,
    gaps: cadence === undefined || irregular ? [] : gapsBetween(days, cadence, active === false ? undefined : until),
  };
}

function paymentDays(stream: JsonObject): number[] {
  const days = new Set<number>();
  for (const transaction of objectsOf(stream.transactions)) {
    const day = postedDay(transaction);
    if (day !== undefined && !isPending(transaction)) days.add(day);
  }
  return [...days].sort((a, b) => a - b);
}

/** How far a payment may drift before the next one counts as missing: weekends, holidays, months of unequal length. */
const slack = (cadence: number): number => Math.max(3, cadence / 2);

function keepsTime(days: readonly number[], cadence: number): number {
  if (days.length < 4) return 1;
  let kept = 0;
  for (let index = 1; index < days.length; index++) {
    const interval = (days[index]! - days[index - 1]!) / dayMs;
    // A whole number of cadences is the same rhythm with payments missing in it.
    const beats = Math.max(1, Math.round(interval / cadence));
    if (Math.abs(interval - beats * cadence) <= Math.max(2, cadence * 0.2)) kept++;
  }
  return kept / (days.length - 1);
}

function gapsBetween(days: readonly number[], cadence: number, until: number | undefined): Gap[] {
  if (!(cadence >= 1 && cadence <= 400) || days.length === 0) return [];
  const gaps: Gap[] = [];
  const look = (after: number, to: number, next: number | undefined) => {
    const interval = (to - after) / dayMs;
    if (interval <= cadence + slack(cadence)) return;
    const missing = next === undefined ? Math.floor((interval - slack(cadence)) / cadence) : Math.round(interval / cadence) - 1;
    gaps.push({ after, next, firstExpected: after + Math.round(cadence) * dayMs, missing: Math.max(1, missing) });
  };
  for (let index = 1; index < days.length; index++) look(days[index - 1]!, days[index]!, days[index]);
  if (until !== undefined) look(days.at(-1)!, until, undefined);
  return gaps;
}

/** Days between two payments as people say it; undefined for what is no number of days. */
export function cadenceWords(days: unknown): string | undefined {
  const number = numberOf(days);
  if (number === undefined || number < 1) return undefined;
  const found = rhythms.find(([from, to]) => number >= from && number <= to);
  return found ? found[2] : `Every ${countOf(Math.round(number * 10) / 10, 'day')}`;
}

const rhythms: readonly (readonly [from: number, to: number, words: string])[] = [
  [1, 1, 'Daily'], [6, 8, 'Weekly'], [13, 14, 'Every two weeks'], [15, 16, 'Twice a month'], [28, 28, 'Every four weeks'], [29, 32, 'Monthly'],
  [59, 63, 'Every two months'], [88, 94, 'Quarterly'], [179, 187, 'Twice a year'], [360, 372, 'Yearly'],
];

const inclusions: Readonly<Record<string, string>> = { HIGH: 'High', MODERATE: 'Moderate', LOW: 'Low', NO: 'Too low to count' };

/** How sure a stream or an estimate is, in words: HIGH, MODERATE, LOW, NO of the wire. */
export function confidenceWords(value: unknown): string | undefined {
  const key = textOf(value).toUpperCase();
  return key === '' ? undefined : Object.hasOwn(inclusions, key) ? inclusions[key] : words(textOf(value));
}

/** All streams in one table, and what they missed in another; the accounts' sections hold the rest of each. Undefined without any stream. */
export function streamsSection(streams: readonly IncomeStream[]): Section | undefined {
  if (streams.length === 0) return undefined;
  const gaps = streams.flatMap((stream) => stream.gaps.map((gap) => ({ ...gap, name: stream.name, account: stream.account, currency: stream.currency })));
  const rows = streams.map(rowOf);
  const table: Table = { label: 'Income streams', rows, columns: toldColumns(streamColumns, rows), currencyOf: (row) => textOf(row.currency) || undefined };
  return {
    id: 'incomeStreamOverview', title: 'Income streams', detail: String(streams.length), folded: false, fields: [], children: [],
    ...(gaps.length > 0 ? {
      note: 'A payment counts as missing when more than half a cadence (3 days at least) went by after the day it was due. '
        + 'This is worked out here; the API does not tell it.',
    } : {}),
    tables: gaps.length > 0 ? [
      table, { label: 'Payments that did not come', rows: gaps, columns: toldColumns(gapColumns, gaps), currencyOf: () => undefined },
    ] : [table],
  };
}

interface StreamRow extends JsonObject { stream: JsonObject }

function rowOf({ stream, name, account, currency, days, gaps, irregular }: IncomeStream): StreamRow {
  const cadence = cadenceWords(at(stream, 'cadence', 'days'));
  return {
    stream, name, account, currency,
    status: textOf(stream.status) && words(textOf(stream.status)),
    cadence: cadence !== undefined && irregular ? 'Irregular' : cadence,
    missing: days.length < 2 || irregular ? undefined : gaps.reduce((sum, { missing }) => sum + missing, 0),
    last: days.at(-1), inclusion: confidenceWords(stream.estimateInclusion),
  };
}

const of = (key: string, label: string, kind: Column['kind'], inner?: string): Column => ({
  key: inner ?? key, label, kind, read: ({ stream }) => (inner === undefined ? at(stream, key) : at(stream, key, inner)),
});

const streamColumns: readonly Column[] = [
  madeColumn('name', 'Income stream', 'text'), madeColumn('account', 'Account', 'text'), madeColumn('status', 'Status', 'text'),
  madeColumn('cadence', 'Paid', 'text'), of('confidence', 'Confidence %', 'number'),
  madeColumn('inclusion', 'Confidence', 'text'), of('averageMonthlyIncomeNet', 'Net a month', 'money'), of('averageMonthlyIncomeGross', 'Gross a month', 'money'),
  of('netAnnual', 'Net a year', 'money'), of(
    'projectedNetAnnual', 'Projected net a year', 'money',
  ), madeColumn('missing', 'Payments missing', 'number'), madeColumn('last', 'Last payment', 'day'),
  of('cadence', 'Every … days', 'number', 'days'), of(
    'nextExpectedTransactionDate', 'Next expected', 'day',
  ), of('cadence', 'From', 'day', 'startDate'), of('cadence', 'To', 'day', 'stopDate'),
  of('incomeStreamMonths', 'Months seen', 'number'),
];

const gapColumns: readonly Column[] = [
  madeColumn('name', 'Income stream', 'text'), madeColumn('account', 'Account', 'text'), madeColumn('missing', 'Payments missing', 'number'), madeColumn('firstExpected', 'First expected', 'day'),
  madeColumn('after', 'Last one before', 'day'), madeColumn('next', 'Came again', 'day'),
];

const isTold = (value: unknown) => value !== undefined && value !== null && value !== '';

/** The columns that at least one row has a value for. */
export const toldColumns = (
  columns: readonly Column[], rows: readonly JsonObject[],
): readonly Column[] => columns.filter(({ read: valueOf }) => rows.some((row) => isTold(valueOf(row))));
