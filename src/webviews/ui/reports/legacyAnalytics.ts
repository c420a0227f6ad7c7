// The analytics of a firm that version 1.31.2 of the public description removed: balance, cash flow, payment history. Their bodies name no type
// and no status; `title` and their parts tell them. Periods are 30 days counted back from the end, newest first. Facts: api/legacyAnalyticsBodies.yaml.
import type { Chart, ChartSeries } from '../chartTypes.ts';
import { isObject, listTable, objectSection, type GenericOptions } from '../generic.ts';
import { numberOf, words } from '../format.ts';
import type { Column, Figure, JsonObject, Section } from '../reportTypes.ts';
import { at, byCurrency, dayOf, monthOf, numberAt, objectsOf, round, sumOf, textOf } from './reading.ts';
import type { ReportReading, ReportSource } from './table.ts';

export const isLegacyAnalytics = (body: JsonObject): boolean =>
  isObject(body.reportHeader) && (isObject(body.businessSummary) || isObject(body.analytics) || body.accountResults !== undefined);

export function readLegacyAnalytics({ body }: ReportSource): ReportReading {
  const summary = isObject(body.businessSummary) ? body.businessSummary : {};
  const [balance, cash] = [summary.balanceAnalyticsMetrics, summary.cashflowAnalyticsMetrics];
  const currency = currencyOf(body);
  if (isObject(body.analytics)) return paymentHistory(body.analytics, currency);
  return {
    figures: [...(isObject(balance) ? balanceFigures(balance, currency) : []), ...(isObject(cash) ? cashFigures(cash, body, currency) : [])],
    first: ['businessSummary'],
    charts: [...(isObject(balance) ? balanceCharts(balance, currency) : []), ...(isObject(cash) ? cashCharts(cash, currency) : [])],
  };
}

/** The one that all accounts of the report name. */
function currencyOf(body: JsonObject): string | undefined {
  const named = [
    ...objectsOf(body.accountResults).map((one) => at(one, 'accountDetails', 'currency')),
    ...objectsOf(at(body, 'analytics', 'accountSummaries')).map(({ currency }) => currency),
  ];
  const groups = byCurrency(named.map((currency) => ({ currency })));
  return groups.length === 1 ? groups[0]![0] : undefined;
}

// --- balance

function balanceFigures(metrics: JsonObject, currency: string | undefined): Figure[] {
  const money = (key: string, label: string, note?: string): Figure => ({ key, label, value: numberAt(metrics, key), kind: 'money', currency, note });
  const lowest = numberAt(metrics, 'minimumRunningBalanceForTheReportTimePeriod');
  const below = sumOf(objectsOf(metrics.countDailyNegativeBalancesByMonthForTheReportTimePeriod).map((one) => numberAt(one, 'count')));
  return [
    money('currentRunningBalance', 'Balance', 'All accounts together, now'), money('availableBalance', 'Available'),
    money('averageDailyBalanceForTheReportTimePeriod', 'Average balance', 'Of all days of the report'),
    {
      ...money('minimumRunningBalanceForTheReportTimePeriod', 'Lowest balance', 'On any day of the report'),
      ...(lowest !== undefined && lowest < 0 ? { tone: 'attention' } as const : {}),
    },
    {
      key: 'countDailyNegativeBalancesByMonthForTheReportTimePeriod', label: 'Days below zero', value: below, kind: 'number',
      note: 'All periods added up', ...(below === undefined ? {} : { tone: below > 0 ? 'attention' : 'good' } as const),
    },
  ];
}

/** The objects of a list by their place in time, those without one left out. */
function rising(list: unknown, placeOf: (one: JsonObject) => number | undefined): (readonly [place: number, one: JsonObject])[] {
  return objectsOf(list).flatMap((one) => {
    const place = placeOf(one);
    return place === undefined ? [] : [[place, one] as const];
  }).sort(([a], [b]) => a - b);
}

function balanceCharts(metrics: JsonObject, currency: string | undefined): Chart[] {
  const days = rising(metrics.dailyBalancesForTheReportTimePeriod, ({ date }) => dayOf(date)).map(([day, one]) => [day, numberAt(one, 'endingBalance')] as const);
  return [
    {
      id: 'balances', title: 'Balance at the end of each day', kind: 'money', currency, places: { kind: 'day', values: days.map(([day]) => day) },
      series: [{ label: 'Balance', form: 'line', values: days.map(([, value]) => value) }], note: 'All accounts together.',
    },
    ...periodChart('balancePeriods', 'Balance by 30 days', currency, metrics, [
      [
        'maximumDailyBalanceByMonthForTheReportTimePeriod', 'Highest', 'line',
      ], ['averageDailyBalanceByMonthForTheReportTimePeriod', 'Average', 'line'], ['minimumDailyBalanceByMonthForTheReportTimePeriod', 'Lowest', 'line'],
    ]),
  ];
}

// --- cash flow

function cashFigures(metrics: JsonObject, body: JsonObject, currency: string | undefined): Figure[] {
  const [inflow, outflow, all] = [part(metrics, 'inflow'), part(metrics, 'outflow'), part(metrics, 'transactionAnalytics')];
  const fees = part(part(metrics, 'negativeTriggers'), 'insufficientFundFees');
  const count = numberAt(fees, 'countOfTransactionsForTheReportTimePeriod');
  const net = numberAt(all, 'netCashFlowForTheReportTimePeriod');
  const out = numberAt(outflow, 'historicSumOfWithdrawals');
  return [
    {
      key: 'netCashFlowForTheReportTimePeriod', label: 'Net cash flow', value: net, kind: 'money', currency,
      note: 'Money in less money out, over the report', ...(net === undefined ? {} : { tone: net < 0 ? 'attention' : 'good' } as const),
    },
    {
      key: 'revenueForTheReportTimePeriod', label: 'Revenue',
      value: numberAt(metrics, 'revenueForTheReportTimePeriod') ?? numberAt(body, 'totalRevenue'), kind: 'money', currency, note: 'Over the report',
    },
    { key: 'historicSumOfDeposits', label: 'Money in', value: numberAt(inflow, 'historicSumOfDeposits'), kind: 'money', currency, note: 'Over the whole history' },
    {
      key: 'historicSumOfWithdrawals', label: 'Money out', value: out === undefined ? undefined : Math.abs(out), kind: 'money', currency,
      note: 'Over the whole history',
    },
    {
      key: 'insufficientFundFees', label: 'NSF fees', value: count, kind: 'number', note: 'Over the report',
      ...(count === undefined ? {} : { tone: count > 0 ? 'attention' : 'good' } as const),
    },
    {
      key: 'historicNumberOfWeeksZeroTransactions', label: 'Weeks without transactions',
      value: at(all, 'historicWeeksWithZeroTransactions', 'historicNumberOfWeeksZeroTransactions'), kind: 'number', note: 'Of the whole history',
    },
  ];
}

const part = (object: JsonObject, name: string): JsonObject => (isObject(object[name]) ? object[name] : {});

function cashCharts(metrics: JsonObject, currency: string | undefined): Chart[] {
  const lists = { ...part(metrics, 'inflow'), ...part(metrics, 'outflow'), ...part(metrics, 'transactionAnalytics') };
  return [
    ...periodChart('cashFlow', 'Money in and out by 30 days', currency, lists, [
      ['sumDepositsByMonthForTheReportTimePeriod', 'Money in', 'bars'], [
        'sumWithdrawalsByMonthForTheReportTimePeriod', 'Money out', 'bars',
      ], ['netCashFlowByMonthForTheReportTimePeriod', 'Net', 'line'],
    ], 'Money out is drawn upwards.'),
    ...periodChart('revenue', 'Revenue by 30 days', currency, metrics, [['revenueByMonthForTheReportTimePeriod', 'Revenue', 'bars']]),
  ];
}

/** Lists of one amount a period as series over the periods' first days. */
function periodChart(
  id: string, title: string, currency: string | undefined, lists: JsonObject,
  lines: readonly (readonly [list: string, label: string, form: ChartSeries['form']])[], note?: string,
): Chart[] {
  const read = lines.map(([list, label, form]) => ({
    label, form, values: new Map(objectsOf(lists[list]).map((one) => [dayOf(one.periodBeginDate), numberAt(one, 'amount', 'count')])),
  }));
  const places = [...new Set(read.flatMap(({ values }) => [...values.keys()]))].filter((day) => day !== undefined).sort((a, b) => a - b);
  const series = read.filter(({ values }) => values.size > 0).map(({ label, form, values }): ChartSeries => ({
    label, form, values: places.map((day) => {
      const value = values.get(day);
      return value !== undefined && label === 'Money out' ? Math.abs(value) : value;
    }),
  }));
  return series.length === 0 ? [] : [{ id, title, kind: 'money', currency, places: { kind: 'day', values: places }, series, note }];
}

// --- payment history

function paymentHistory(analytics: JsonObject, currency: string | undefined): ReportReading {
  const summary = part(analytics, 'transactionsSummary');
  const money = (key: string, label: string, note?: string): Figure => ({ key, label, value: numberAt(summary, key), kind: 'money', currency, note });
  const fees = numberAt(summary, 'totalNonSufficientFunds');
  const months = rising(analytics.customerSummaryByMonths, ({ month }) => monthOf(month));
  const missed = sumOf(months.flatMap(([, one]) => [numberAt(one, 'missedRecurringExpensePayments'), numberAt(one, 'missedRecurringLoanPayments')]));
  const chart = (id: string, title: string, lines: readonly (readonly [key: string, label: string, form: ChartSeries['form']])[]): Chart => ({
    id, title, kind: 'money', currency, places: { kind: 'month', values: months.map(([month]) => month) }, series: lines.map(([key, label, form]) => ({
      label, form, values: months.map(([, one]) => numberAt(one, key)),
    })),
  });
  return {
    figures: [
      { key: 'riskScore', label: 'Payment risk score', value: numberOf(analytics.riskScore), kind: 'number', note: 'Two digits, higher is more risk' },
      {
        ...money('totalNonSufficientFunds', 'NSF fees', 'Their amount, over the report'),
        ...(fees === undefined ? {} : { tone: fees > 0 ? 'attention' : 'good' } as const),
      },
      {
        key: 'missedRecurringPayments', label: 'Missed recurring payments', value: missed === undefined ? undefined : round(missed), kind: 'money',
        currency, note: 'Expenses and loans of all months added up',
        ...(missed === undefined ? {} : { tone: missed > 0 ? 'attention' : 'good' } as const),
      },
      money('averageMonthlyDeposits', 'Money in a month'), money('averageMonthlyWithdrawals', 'Money out a month'),
      { key: 'transactionHistory', label: 'Months of history', value: numberOf(analytics.transactionHistory), kind: 'number', note: '12 at most' },
    ],
    first: ['analytics'],
    charts: [
      chart('movements', 'Money in and out by month', [['totalDeposits', 'Money in', 'bars'], ['totalWithdrawals', 'Money out', 'bars']]),
      chart('balances', 'Balance by month', [['openingBalance', 'Opening', 'line'], ['averageBalance', 'Average', 'line'], ['closingBalance', 'Closing', 'line']]),
      ...(missed !== undefined && missed > 0 ? [
        chart(
          'missed', 'Missed recurring payments by month',
          [['missedRecurringExpensePayments', 'Expenses', 'bars'], ['missedRecurringLoanPayments', 'Loans', 'bars']],
        ),
      ] : []),
    ],
  };
}

// --- sections

interface Place { id: string; key: string; depth: number }

/** An object of several lists of one value a period: one table with a row a period and a column a list, beside the rest of it. */
export function periodsSection({ id, key, depth }: Place, value: unknown, options: GenericOptions): Section | undefined {
  if (!isObject(value)) return undefined;
  const lists = Object.entries(value).filter(([, list]) => isPeriodList(list)) as [string, readonly JsonObject[]][];
  if (lists.length < 2) return undefined;
  const rows = new Map<string, Record<string, unknown>>();
  for (const [name, list] of lists)
    for (const one of list) {
      const place = `${textOf(one.period)} ${textOf(one.periodBeginDate)} ${textOf(one.periodEndDate)}`;
      const row = rows.get(place) ?? { period: one.period, periodBeginDate: one.periodBeginDate, periodEndDate: one.periodEndDate };
      rows.set(place, row);
      row[name] = one.amount ?? one.count;
    }
  const table = listTable('By period', [...rows.values()], options.currency, ['periodBeginDate', 'periodEndDate', ...lists.map(([name]) => name), 'period']);
  const columns = table.columns.map((column): Column => {
    const list = lists.find(([name]) => name === column.key)?.[1];
    return list ? {
      ...column, label: words(column.key.replace(/ByMonthForTheReportTimePeriod$/, '')),
      kind: list.some(({ count }) => count !== undefined) ? 'number' : 'money',
    } : column;
  });
  const section = objectSection(id, words(key), Object.fromEntries(Object.entries(value).filter(([name]) => !lists.some(([list]) => list === name))), options, depth);
  return { ...section, tables: [{ ...table, columns }, ...section.tables] };
}

/** One value a period, each period once, and nothing else in it. */
function isPeriodList(value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0) return false;
  const seen = new Set<string>();
  return (value as readonly unknown[]).every((one) => {
    if (!isObject(one) || textOf(one.period) === '' || seen.has(textOf(one.period))) return false;
    seen.add(textOf(one.period));
    return Object.keys(one).every((key) => ['period', 'periodBeginDate', 'periodEndDate', 'amount', 'count'].includes(key)) && !('amount' in one && 'count' in one);
  });
}
