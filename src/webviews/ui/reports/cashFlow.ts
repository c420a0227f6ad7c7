// The cash flow reports, personal and of a business: what is left of a month, how low the balance fell, what looks like a loan. Fields:
// domain.md §8 and the schema CashFlowReport of 1.42.0, whose counts are digits in a string and whose amounts out are negative.
import type { Chart, ChartSeries } from '../chartTypes.ts';
import { cashFlowByMonth } from '../cashFlow.ts';
import { isObject, listTable } from '../generic.ts';
import { numberOf } from '../format.ts';
import type { Figure, JsonObject, Section } from '../reportTypes.ts';
import { nsfFigure } from './assets.ts';
import { accountLabel, accountsOf, at, countOf, currencyOf, mixesCurrencies, monthOf, monthsBetween, numberAt, objectsOf, round, sumOf } from './reading.ts';
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

function flowFigures(body: JsonObject, months: Months, currency: string | undefined, mixed: boolean): Figure[] {
  const net = numberOf(at(body, 'cashFlowCharacteristicsSummary', 'averageMonthlyNet'));
  const over = Math.min(12, months.size);
  const average = (key: string, label: string, total: unknown): Figure => {
    const value = numberOf(total);
    const known = value !== undefined && over > 0;
    return {
      key, label, value: known ? round(Math.abs(value) / over) : undefined, kind: 'money', currency,
      note: over === 12 ? 'Twelve-month total divided by 12' : `Twelve-month total divided by ${countOf(over, 'month')} of history`,
    };
  };
  return [
    {
      key: 'averageMonthlyNet', label: 'Net cash flow a month', value: net, kind: 'money', currency,
      note: mixed ? 'Accounts of several currencies: the API adds them as they are.' : 'Money in less money out, average of all months',
      ...(net === undefined ? {} : { tone: net < 0 ? 'attention' : 'good' } as const),
    },
    average('twelveMonthCreditTotal', 'Money in a month', at(body, 'cashFlowCreditSummary', 'twelveMonthCreditTotal')),
    average('twelveMonthDebitTotal', 'Money out a month', at(body, 'cashFlowDebitSummary', 'twelveMonthDebitTotal')),
  ];
}

function balanceFigures(body: JsonObject, currency: string | undefined): Figure[] {
  const summary = isObject(body.cashFlowBalanceSummary) ? body.cashFlowBalanceSummary : {};
  const lowest = numberAt(summary, 'minDailyBalance');
  const below = numberAt(summary, 'numberOfDaysNegativeBalance', 'numberDaysNegativeBalance');
  return [
    {
      key: 'twelveMonthAverageDailyBalance', label: 'Average balance', value: numberAt(summary, 'twelveMonthAverageDailyBalance'), kind: 'money',
      currency, note: 'All accounts together, 12 months',
    },
    {
      key: 'minDailyBalance', label: 'Lowest balance', value: lowest, kind: 'money', currency, note: 'All accounts together, whole history',
      ...(lowest !== undefined && lowest < 0 ? { tone: 'attention' } as const : {}),
    },
    {
      key: 'numberOfDaysNegativeBalance', label: 'Days below zero', value: below, kind: 'number', note: 'Days on which all accounts together were below zero',
      ...(below === undefined ? {} : { tone: below > 0 ? 'attention' : 'good' } as const),
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
      series('Money in', 'bars', 'totalCreditsAmount'), series('Money out', 'bars', 'totalDebitsAmount', Math.abs),
      series('Net', 'line', 'totalCreditsLessTotalDebits'),
    ], 'Money out is drawn upwards; the net is below zero where more went out than came in. Transfers between the customer\'s own accounts are in both.'),
    chart(
      'balances', 'Balance by month',
      [series('Highest', 'line', 'maxDailyBalance'), series('Average', 'line', 'averageDailyBalance'), series('Lowest', 'line', 'minDailyBalance')],
      'All accounts together, day by day.',
    ),
  ];
}
