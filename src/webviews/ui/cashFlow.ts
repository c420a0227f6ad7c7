// The four monthly summaries of a cash flow report side by side, one row a month. Pure.
import { isObject, listOf } from './generic.ts';
import { momentOf } from './format.ts';
import type { Column, JsonObject, Section } from './reportTypes.ts';

/** Summary field, the list of months in it, and the columns taken from there. */
const sources: readonly { summary: string; months: readonly string[]; columns: readonly (readonly [string, string, Column['kind']])[] }[] = [
  {
    summary: 'cashFlowCreditSummary', months: ['monthlyCashFlowCreditSummaries'],
    columns: [['numberOfCredits', 'Credits', 'number'], ['totalCreditsAmount', 'Money in', 'money'], ['totalCreditsAmountLessTransfers', 'In without own transfers', 'money'],
      ['estimatedNumberOfLoanDeposits', 'Possible loan deposits', 'number']],
  },
  {
    summary: 'cashFlowDebitSummary', months: ['monthlyCashFlowDebitSummaries'],
    columns: [['numberOfDebits', 'Debits', 'number'], ['totalDebitsAmount', 'Money out', 'money'], ['totalDebitsAmountLessTransfers', 'Out without own transfers', 'money']],
  },
  {
    summary: 'cashFlowCharacteristicsSummary', months: ['monthlyCashFlowCharacteristicSummaries', 'monthlyCashFlowCharacteristicsSummaries'],
    columns: [['totalCreditsLessTotalDebits', 'Net', 'money'], ['totalCreditsLessTotalDebitsLessTransfers', 'Net without own transfers', 'money']],
  },
  {
    summary: 'cashFlowBalanceSummary', months: ['monthlyCashFlowBalanceSummaries'],
    columns: [['minDailyBalance', 'Lowest balance', 'money'], ['averageDailyBalance', 'Average balance', 'money'], ['maxDailyBalance', 'Highest balance', 'money'],
      ['numberOfDaysNegativeBalance', 'Days below zero', 'number']],
  },
];

/** Undefined when the report has no monthly summary. */
export function cashFlowByMonth(body: JsonObject, currency: string | undefined): Section | undefined {
  const months = new Map<string, Record<string, unknown>>();
  const found = new Set<string>();
  for (const { summary, months: lists, columns } of sources) {
    const holder = body[summary];
    if (!isObject(holder)) continue;
    for (const entry of lists.flatMap((list) => listOf(holder[list])).filter(isObject)) {
      const key = monthKey(entry.month);
      const row = months.get(key) ?? { month: entry.month };
      months.set(key, row);
      for (const [name] of columns) if (entry[name] !== undefined) { row[name] = entry[name]; found.add(name); }
    }
  }
  if (months.size === 0) return undefined;
  const read = (key: string) => (row: JsonObject) => row[key];
  const columns: Column[] = [{ key: 'month', label: 'Month', kind: 'month', read: read('month') }];
  for (const source of sources) for (const [key, label, kind] of source.columns) if (found.has(key)) columns.push({ key, label, kind, read: read(key) });
  const rows = [...months].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  return {
    id: 'cashFlowByMonth', title: 'Cash flow by month', detail: String(rows.length), folded: false, fields: [], children: [],
    tables: [{ label: 'Cash flow by month', columns, rows, currencyOf: () => currency }],
  };
}

/** Sortable; the summaries of one report name the same month by the same number. */
function monthKey(month: unknown): string {
  const moment = momentOf(month);
  return moment ? String(moment.ms).padStart(16, '0') : `~${String(month)}`;
}
