// The cash flow reports, personal and of a business: what is left of a month, how low the balance fell, what looks like a loan. Fields:
// domain.md §8 and the schema CashFlowReport of 1.42.0, whose counts are digits in a string and whose amounts out are negative.
import type { Chart, ChartSeries } from '../chartTypes.ts';
import { cashFlowByMonth } from '../cashFlow.ts';
import { isObject, listTable } from '../generic.ts';
import { numberOf } from '../format.ts';
import type { Figure, JsonObject, Section } from '../reportTypes.ts';
import { nsfFigure } from './assets.ts';
import { accountLabel, accountsOf, at, currencyOf, dayMs, dayOf, isDeposit, mixesCurrencies, monthOf, monthsBetween, numberAt, objectsOf, round, sumOf } from './reading.ts';
import type { ReportReading, ReportSource } from './table.ts';

export function readCashFlow({ body }: ReportSource): ReportReading {
  const accounts = accountsOf(body);
  const currency = currencyOf(accounts);
  const byMonth = cashFlowByMonth(body, currency);
  const months = monthsOf(byMonth?.tables[0]?.rows ?? []);
  const loans = loanDeposits(body);
  return {
    figures: [
      ...flowFigures(body, months, currency, mixesCurrencies(accounts)), ...balanceFigures(body, currency), nsfFigure(accounts),
      ...loanFigures(body, loans, months),
    ],
    charts: monthCharts(months, currency),
    sections: [byMonth, loanSection(loans, currency)],
  };
}

type Months = ReadonlyMap<number, JsonObject>;

/** A row of `cashFlowByMonth` by its month; months that cannot be read stay in the table alone. */
const monthsOf = (rows: readonly JsonObject[]): Months => new Map(rows.flatMap((row) => {
  const month = monthOf(row.month);
  return month === undefined ? [] : [[month, row] as const];
}));

/** Fields of a month's row: with the customer's own transfers, and without. */
const flows = {
  all: { in: 'totalCreditsAmount', out: 'totalDebitsAmount', net: 'totalCreditsLessTotalDebits' },
  lessTransfers: { in: 'totalCreditsAmountLessTransfers', out: 'totalDebitsAmountLessTransfers', net: 'totalCreditsLessTotalDebitsLessTransfers' },
} as const;

/** Whether the months tell all that they tell without own transfers too: a part of them would be another sum. */
const tellsLess = (rows: readonly JsonObject[], names: readonly (keyof typeof flows.all)[]): boolean => rows.length > 0
  && rows.some((row) => numberOf(row[flows.lessTransfers[names[0]!]]) !== undefined)
  && rows.every((row) => names.every((name) => numberOf(row[flows.all[name]]) === undefined || numberOf(row[flows.lessTransfers[name]]) !== undefined));

interface Basis {
  in: number | undefined;
  out: number | undefined;
  /** The customer's own transfers are in neither. */
  less: boolean;
  note: string;
}

/** In, out and what is left on one basis, so that the three agree; beside them the report's own average, which is over all of its months. */
function flowFigures(body: JsonObject, months: Months, currency: string | undefined, mixed: boolean): Figure[] {
  const basis = wholeMonthBasis(body, months) ?? totalBasis(body);
  const lessTransfers = numberOf(at(body, 'cashFlowCharacteristicsSummary', 'averageMonthlyNetLessTransfers'));
  const own = lessTransfers ?? numberOf(at(body, 'cashFlowCharacteristicsSummary', 'averageMonthlyNet'));
  const ownNote = `The report's own average of all its months, ${transfers(lessTransfers !== undefined)}`;
  const worked = basis?.in === undefined || basis.out === undefined ? undefined : round(basis.in - basis.out);
  const net = worked ?? own;
  const note = worked === undefined ? ownNote : basis?.note;
  // What was only moved between own accounts is no income: nothing is good as long as less than nothing is left without it.
  const tone = net === undefined ? undefined : net < 0 ? 'attention' : (lessTransfers ?? 0) < 0 ? undefined : 'good';
  const differs = own !== undefined && worked !== undefined && Math.abs(own - worked) >= 0.005;
  return [
    {
      key: 'netOfMonth', label: 'Net cash flow a month', value: net, kind: 'money', currency,
      note: mixed ? 'Accounts of several currencies: the API adds them as they are.' : note, ...(tone ? { tone } : {}),
    },
    { key: 'moneyInOfMonth', label: 'Money in a month', value: basis?.in, kind: 'money', currency, note: basis?.note },
    { key: 'moneyOutOfMonth', label: 'Money out a month', value: basis?.out, kind: 'money', currency, note: basis?.note },
    ...(differs ? [{ key: 'averageMonthlyNet', label: 'Net, by the report', value: own, kind: 'money', currency, note: ownNote, ...(own < 0 ? { tone: 'attention' } as const : {}) } as const] : []),
  ];
}

const transfers = (less: boolean): string => (less ? 'without own transfers' : 'own transfers included');

/** The average of the last twelve whole months, without own transfers where every one of them tells that; undefined where there are none. */
function wholeMonthBasis(body: JsonObject, months: Months): Basis | undefined {
  const whole = wholeMonths(body, months).slice(-12);
  const less = tellsLess(whole, ['in', 'out']);
  const fields = less ? flows.lessTransfers : flows.all;
  const average = (field: string): number | undefined => {
    const sum = sumOf(whole.map((row) => numberOf(row[field])));
    return sum === undefined ? undefined : round(Math.abs(sum) / whole.length);
  };
  const [moneyIn, moneyOut] = [average(fields.in), average(fields.out)];
  if (moneyIn === undefined && moneyOut === undefined) return undefined;
  return { in: moneyIn, out: moneyOut, less, note: `Average of ${whole.length === 1 ? 'the one whole month' : `the last ${whole.length} whole months`}, ${transfers(less)}` };
}

const daysOfMonth = 365 / 12;

/** The report's totals cover twelve months to the day, or all that it has: divided by how long that is, which is seldom a count of months. */
function totalBasis(body: JsonObject): Basis | undefined {
  const [first, last] = [dayOf(body.startDate), dayOf(body.endDate)];
  const days = first !== undefined && last !== undefined ? (last - first) / dayMs + 1 : numberAt(body, 'days');
  if (days === undefined || days <= 0) return undefined;
  const covered = Math.min(12, days / daysOfMonth);
  const totals = (ending: string) => [['cashFlowCreditSummary', 'Credit'], ['cashFlowDebitSummary', 'Debit']].map(([summary, name]) => numberOf(at(body, summary!, `twelveMonth${name}Total${ending}`)));
  const lessTransfers = totals('LessTransfers');
  const less = lessTransfers.every((total) => total !== undefined);
  const [moneyIn, moneyOut] = (less ? lessTransfers : totals('')).map((total) => (total === undefined ? undefined : round(Math.abs(total) / covered)));
  if (moneyIn === undefined && moneyOut === undefined) return undefined;
  return { in: moneyIn, out: moneyOut, less, note: `Twelve-month total divided by ${covered === 12 ? '12' : covered.toFixed(1)} months, ${transfers(less)}` };
}

/** In the order of time; those that the report's span covers in part are left out. */
function wholeMonths(body: JsonObject, months: Months): JsonObject[] {
  const [first, last] = [dayOf(body.startDate) ?? -Infinity, dayOf(body.endDate) ?? Infinity];
  const next = (month: number): number => Date.UTC(new Date(month).getUTCFullYear(), new Date(month).getUTCMonth() + 1, 1);
  return [...months].sort(([a], [b]) => a - b).filter(([month]) => month >= first && next(month) - dayMs <= last).map(([, row]) => row);
}

function balanceFigures(body: JsonObject, currency: string | undefined): Figure[] {
  const summary = isObject(body.cashFlowBalanceSummary) ? body.cashFlowBalanceSummary : {};
  return [
    {
      key: 'twelveMonthAverageDailyBalance', label: 'Average balance', value: numberAt(summary, 'twelveMonthAverageDailyBalance'), kind: 'money',
      currency, note: 'All accounts together, 12 months',
    },
    ...lowestFigures(body, summary, currency),
  ];
}

/** Names of the count on a report and on an account, which are not the same. */
const daysBelow = ['numberOfDaysNegativeBalance', 'numberDaysNegativeBalance'] as const;

/** Of the account that fell lowest, where accounts tell it: all together, a pension fund hides an overdrawn checking account. */
function lowestFigures(body: JsonObject, summary: JsonObject, currency: string | undefined): Figure[] {
  const accounts = accountsOf(body).flatMap((account, index) => (isDeposit(account.type) && isObject(account.cashFlowBalance) ? [{ label: accountLabel(account, index), balance: account.cashFlowBalance }] : []));
  const worst = (read: (balance: JsonObject) => number | undefined): { label: string; value: number } | undefined =>
    accounts.flatMap(({ label, balance }) => { const value = read(balance); return value === undefined ? [] : [{ label, value }]; }).sort((a, b) => a.value - b.value)[0];
  const lowest = worst((balance) => numberAt(balance, 'minDailyBalance'));
  const longest = worst((balance) => { const days = numberAt(balance, ...daysBelow); return days === undefined ? undefined : -days; });
  const [together, togetherDays] = [numberAt(summary, 'minDailyBalance'), numberAt(summary, ...daysBelow)];
  const [low, days] = [lowest?.value ?? together, longest ? -longest.value : togetherDays];
  return [
    {
      key: 'minDailyBalance', label: 'Lowest balance', value: low, kind: 'money', currency, note: lowest ? `Of ${lowest.label}, whole history` : 'All accounts together, whole history',
      ...(low !== undefined && low < 0 ? { tone: 'attention' } as const : {}),
    },
    {
      key: 'numberOfDaysNegativeBalance', label: 'Days below zero', value: days, kind: 'number',
      note: !longest ? 'Days on which all accounts together were below zero' : days === 0 ? 'No deposit account, on no day' : `Of ${longest.label}, the most of any account`,
      ...(days === undefined || (days <= 0 && !longest) ? {} : { tone: days > 0 ? 'attention' : 'good' } as const),
    },
  ];
}

interface LoanDeposit extends JsonObject { account: string }

function loanDeposits(body: JsonObject): LoanDeposit[] {
  return objectsOf(body.possibleLoanDeposits).flatMap((holder) => accountsOf(holder).flatMap((account, index) =>
    objectsOf(account.transactions).map((transaction): LoanDeposit => ({
      ...transaction, account: accountLabel(account, index), ...(account.currency === undefined ? {} : { currency: account.currency }),
    }))));
}

function loanFigures(body: JsonObject, loans: readonly LoanDeposit[], months: Months): Figure[] {
  const told = sumOf([...months.values()].map((row) => numberOf(row.estimatedNumberOfLoanDeposits)));
  const count = loans.length > 0 ? loans.length : Array.isArray(body.possibleLoanDeposits) ? told ?? 0 : told;
  return [{
    key: 'possibleLoanDeposits', label: 'Possible loan deposits', value: count, kind: 'number', note: 'Deposits that look like a loan being paid out',
    ...(count === undefined ? {} : { tone: count > 0 ? 'attention' : 'good' } as const),
  }];
}

function loanSection(loans: readonly LoanDeposit[], currency: string | undefined): Section | undefined {
  if (loans.length === 0) return undefined;
  const table = listTable('Possible loan deposits', loans, currency, ['account', 'postedDate', 'description', 'amount', 'category', 'normalizedPayee']);
  return { id: 'loanDeposits', title: 'Possible loan deposits', detail: String(loans.length), folded: false, fields: [], children: [], tables: [table] };
}

function monthCharts(months: Months, currency: string | undefined): Chart[] {
  const less = tellsLess([...months.values()], ['in', 'out', 'net']);
  const fields = less ? flows.lessTransfers : flows.all;
  const places = monthsBetween([...months.keys()]);
  const series = (label: string, form: ChartSeries['form'], key: string, read: (value: number) => number = (value) => value): ChartSeries => ({
    label, form, values: places.map((month) => { const value = numberOf(months.get(month)?.[key]); return value === undefined ? undefined : read(value); }),
  });
  const chart = (id: string, title: string, all: readonly ChartSeries[], note?: string): Chart => ({
    id, title, kind: 'money', currency, places: { kind: 'month', values: places }, note,
    series: all.filter(({ values }) => values.some((value) => value !== undefined)),
  });
  return [
    chart('cashFlow', 'Money in and out by month', [
      series('Money in', 'bars', fields.in), series('Money out', 'bars', fields.out, Math.abs), series('Net', 'line', fields.net),
    ], `Money out is drawn upwards; the net is below zero where more went out than came in. Transfers between the customer's own accounts are ${less ? 'in neither; the table below has both' : 'in both'}.`),
    chart(
      'balances', 'Balance by month',
      [series('Highest', 'line', 'maxDailyBalance'), series('Average', 'line', 'averageDailyBalance'), series('Lowest', 'line', 'minDailyBalance')],
      'All accounts together, day by day.',
    ),
  ];
}
