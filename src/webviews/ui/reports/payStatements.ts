// Pay statements read from stored files: what stands on the newest one, and, where the report checks them against transactions, whether a
// deposit bears it out. Fields: domain.md §8 and the schemas PayStatementReport, VOIEPaystub…Report of 1.42.0; the public example spells the
// list payStatementTxVerifyDaoList. Pay statements name no currency: payCurrencyOf.
import type { Chart } from '../chartTypes.ts';
import { words } from '../format.ts';
import { listTable } from '../generic.ts';
import type { Figure, JsonObject, Section } from '../reportTypes.ts';
import { plus } from './employment.ts';
import { accountLabel, accountsOf, at, countOf, dayOf, numberAt, objectsOf, payCurrencyOf, postedDay, textOf } from './reading.ts';
import type { ReportReading, ReportSource } from './table.ts';

export const payStatementLists = ['payStatements', 'payStatementTxVerifyDaoList'] as const;

export function readPayStatements({ body }: ReportSource): ReportReading {
  const all = payStatementLists.flatMap((name) => objectsOf(body[name]));
  const checked = objectsOf(at(body, 'constraints', 'voieWithInterviewData')).length > 0 || all.some(({ matchType }) => textOf(matchType) !== '');
  const newest = all.reduce<JsonObject | undefined>(
    (best, one) => (best === undefined || (dayOf(one.payDate) ?? 0) > (dayOf(best.payDate) ?? 0) ? one : best), undefined,
  );
  const currency = payCurrencyOf(accountsOf(body));
  return {
    currency,
    figures: [
      ...(newest ? newestFigures(newest, checked, currency) : []),
      ...(checked && newest ? [matchFigure(newest)] : []),
      ...(all.length === 1 && !checked && !isUnread(all[0]!) ? [] : [countFigure(all, checked)]),
    ],
    charts: payChart(all, currency),
    first: payStatementLists,
    sections: checked ? [checkSection(body, all)] : [],
  };
}

function newestFigures(one: JsonObject, checked: boolean, currency: string): Figure[] {
  const money = (key: string, label: string, note?: string): Figure => ({ key, label, value: at(one, ...key.split('.')), kind: 'money', currency, note });
  const total = at(one, 'monthlyIncome', 'estimatedMonthlyTotalPay');
  return [
    { key: 'employer.name', label: 'Employer', value: at(one, 'employer', 'name'), kind: 'text' },
    { key: 'employee.name', label: 'Employee', value: at(one, 'employee', 'name'), kind: 'text' },
    { key: 'payDate', label: 'Pay date', value: one.payDate, kind: 'day', note: textOf(one.payPeriod) ? words(textOf(one.payPeriod)) : undefined },
    money('grossPayCurrent', 'Gross pay', 'This pay period, before deductions'),
    money('netPayCurrent', 'Net pay', 'This pay period, after deductions'),
    money('grossPayYTD', 'Gross this year', 'Up to this pay date'),
    ...(checked ? [] : [money('netPayYTD', 'Net this year', 'Up to this pay date')]),
    ...(checked ? [] : [
      total === undefined ? money(
        'monthlyIncome.estimatedMonthlyBasePay', 'Monthly base pay', 'Estimated by the API, before deductions',
      ) : money('monthlyIncome.estimatedMonthlyTotalPay', 'Monthly income', 'Estimated by the API, before deductions'),
    ]),
  ];
}

const matches: Readonly<Record<string, readonly [words: string, tone: NonNullable<Figure['tone']>]>> = {
  NET_PAY_MATCH: ['A deposit equals the net pay', 'good'],
  SPLIT_INTERVIEW_AMOUNT_SUM_TO_NET_PAY_MATCH: ['Deposits to the named accounts add up to the net pay', 'good'],
  SPLIT_DIRECT_DEPOSIT_SUM_TO_NET_PAY_MATCH: ['Deposits add up to the net pay, as the direct deposits say', 'good'],
  SPLIT_LESS_THAN_NET_PAY_SUM_TO_NET_PAY_MATCH: ['Smaller deposits add up to the net pay', 'good'],
  PARTIAL: ['Deposits bear out a part of the net pay', 'attention'],
  TRANSACTION_DATE_RANGE_INVALID: ['The transactions do not reach the pay date', 'attention'],
  NO_MATCH: ['No deposit fits the net pay', 'bad'],
};

/** How the net pay agrees with deposits, in words; an unknown kind as the wire spells it. */
export function matchWords(type: unknown): readonly [words: string, tone: NonNullable<Figure['tone']> | undefined] {
  const key = textOf(type);
  return Object.hasOwn(matches, key) ? matches[key]! : [words(key), undefined];
}

function matchFigure({ matchType }: JsonObject): Figure {
  const key = textOf(matchType);
  if (key === '') return { key: 'matchType', label: 'Deposit check', value: undefined, kind: 'text' };
  const [text, tone] = matchWords(key);
  return {
    key: 'matchType', label: 'Deposit check',
    value: tone === 'good' ? 'Matched' : key === 'NO_MATCH' ? 'Not matched' : tone === 'attention' ? 'Not sure' : text, kind: 'text', note: text,
    ...(tone ? { tone } : {}),
  };
}

const isMatched = ({ matchType }: JsonObject): boolean => matchWords(matchType)[1] === 'good';
const isUnread = ({ errorCode, errorMessage }: JsonObject): boolean => (errorCode !== undefined && errorCode !== null) || textOf(errorMessage) !== '';

function countFigure(all: readonly JsonObject[], checked: boolean): Figure {
  const unread = all.filter(isUnread).length;
  const matched = all.filter(isMatched).length;
  const note = [checked && all.length > 0 ? `${matched} borne out by deposits` : '', unread > 0 ? `${unread} could not be read` : ''].filter(Boolean).join(', ');
  return {
    key: 'payStatements', label: 'Pay statements', value: all.length, kind: 'number', ...(note ? { note } : {}),
    ...(unread > 0 ? { tone: 'bad' } as const : checked && matched < all.length ? { tone: 'attention' } as const : {}),
  };
}

/** Gross and net by pay date, where there is more than one. */
function payChart(all: readonly JsonObject[], currency: string): Chart[] {
  const days = new Map<number, readonly [gross: number | undefined, net: number | undefined]>();
  for (const one of all) {
    const day = dayOf(one.payDate);
    if (day === undefined) continue;
    const [gross, net] = days.get(day) ?? [undefined, undefined];
    days.set(day, [plus(gross, numberAt(one, 'grossPayCurrent')), plus(net, numberAt(one, 'netPayCurrent'))]);
  }
  if (days.size < 2) return [];
  const places = [...days.keys()].sort((a, b) => a - b);
  return [{
    id: 'pay', title: 'Pay by pay date', kind: 'money', currency, places: { kind: 'day', values: places },
    series: [
      { label: 'Gross', form: 'bars', values: places.map((day) => days.get(day)?.[0]) },
      { label: 'Net', form: 'bars', values: places.map((day) => days.get(day)?.[1]) },
    ],
  }];
}

// --- deposits that bear a pay statement out

interface Deposit extends JsonObject { stream: string; account: string; agreesIn?: string }

/** The deposits of every income stream, those that agree with a pay statement and those that do not. */
function checkSection(body: JsonObject, all: readonly JsonObject[]): Section {
  const matched = new Map<string, Deposit>();
  const others = new Map<string, Deposit>();
  // The report's own institutions, and those that the public example has under each pay statement: the same deposits in both.
  for (const holder of [body, ...all])
    for (const [index, account] of accountsOf(holder).entries())
      for (const stream of objectsOf(account.incomeStreams))
        for (const transaction of objectsOf(stream.transactions)) {
          const types = Array.isArray(transaction.payStatementMatchTypes) ? transaction.payStatementMatchTypes.map((type) => words(textOf(type))) : [];
          const deposit: Deposit = {
            ...withoutMatch(transaction), stream: textOf(stream.name), account: accountLabel(account, index),
            ...(account.currency === undefined ? {} : { currency: account.currency }), ...(types.length > 0 ? { agreesIn: types.join(', ') } : {}),
          };
          (types.length > 0 ? matched : others).set(depositKey(transaction, matched.size + others.size), deposit);
        }
  for (const key of matched.keys()) others.delete(key);
  const first = ['postedDate', 'description', 'amount', 'agreesIn', 'stream', 'account'];
  const table = (label: string, deposits: ReadonlyMap<string, Deposit>) => listTable(
    label, [...deposits.values()].sort((a, b) => (postedDay(b) ?? 0) - (postedDay(a) ?? 0)), undefined, first,
  );
  return {
    id: 'depositCheck', title: 'Pay statements checked against deposits', folded: false,
    detail: `${countOf(matched.size, 'deposit')} of ${matched.size + others.size} ${matched.size === 1 ? 'agrees' : 'agree'}`,
    fields: all.flatMap((one, index) => (textOf(one.matchType) === '' ? [] : [{
      key: 'matchType', value: matchWords(one.matchType)[0], kind: 'text' as const,
      label: `${textOf(at(one, 'employer', 'name')).slice(0, 60) || `Pay statement ${index + 1}`}${textOf(one.payPeriod) ? `, ${words(textOf(one.payPeriod)).toLowerCase()}` : ''}`,
    }])).slice(0, 100),
    tables: matched.size > 0 ? [table('Deposits that agree with a pay statement', matched)] : [],
    children: others.size === 0 ? [] : [{
      id: 'depositCheck.others', title: 'Deposits that agree with none', detail: String(others.size), folded: matched.size > 0, fields: [], children: [],
      tables: [table('Deposits that agree with none', others)],
    }],
  };
}

const withoutMatch = ({ payStatementMatchTypes: _types, ...rest }: JsonObject): JsonObject => rest;
const depositKey = (transaction: JsonObject, index: number): string => textOf(transaction.id) || `#${index}`;
