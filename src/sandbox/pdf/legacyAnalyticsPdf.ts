// An older analytics report as a PDF, made from its JSON body: head, the accounts, then figures by stretches of 30 days, or month by month.
import { createLayout, money } from './layout.ts';
import type { Column, Layout } from './layout.ts';

type Json = Record<string, unknown>;
const objects = (value: unknown): Json[] => (Array.isArray(value) ? value.filter((item): item is Json => typeof item === 'object' && item !== null) : []);
const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const text = (value: unknown) => (value === undefined || value === null || value === '' ? '-' : String(value));

export function legacyAnalyticsPdf(body: Json, created: number, source: string): Uint8Array {
  const head = object(body.reportHeader);
  const id = text(head.reportId);
  const layout = createLayout(
    { title: text(body.title), author: text(body.requesterName), subject: `Report ${id}`, created },
    `Report ${id} - sandbox data of the seed "${source}", nothing in it is real`,
  );
  const address = [head.businessAddress, head.businessCity, head.businessState, head.businessZip].filter(Boolean).join(', ');
  layout.cover(text(body.title), [
    `Report ${id}`, `Requested by ${text(body.requesterName)} on ${text(head.reportDate)}`, `Business: ${text(head.businessName)}`,
    ...(address ? [address] : []),
  ]);
  layout.facts([
    ['Customer', text(body.customerId)], ['Business', text(body.businessId)],
    ...(head.referenceNumber ? [['Reference', text(head.referenceNumber)] as const] : []),
  ]);
  const summary = object(body.businessSummary);
  metrics(layout, summary, 'All accounts');
  for (const result of objects(body.accountResults)) {
    const { name, accountNumberDisplay, institution } = object(result.accountDetails);
    metrics(layout, result, `${text(object(institution).institutionName)}: ${text(name)} (${text(accountNumberDisplay)})`);
  }
  paymentHistory(layout, object(body.analytics));
  return layout.finish();
}

const right = (title: string): Column => ({ title, share: 16, align: 'right' });

function metrics(layout: Layout, section: Json, heading: string): void {
  const balance = object(section.balanceAnalyticsMetrics);
  const cash = object(section.cashflowAnalyticsMetrics);
  if (balance.averageDailyBalanceByMonthForTheReportTimePeriod !== undefined) {
    layout.heading(heading, 0);
    layout.facts([
      ['Balance', money(balance.currentRunningBalance)], ['Available', money(balance.availableBalance)],
      ['Average', money(balance.averageDailyBalanceForTheReportTimePeriod)],
    ]);
    byPeriod(layout, [
      ['Average', balance.averageDailyBalanceByMonthForTheReportTimePeriod], ['Lowest', balance.minimumDailyBalanceByMonthForTheReportTimePeriod],
      ['Highest', balance.maximumDailyBalanceByMonthForTheReportTimePeriod],
      ['Days below 0', balance.countDailyNegativeBalancesByMonthForTheReportTimePeriod],
    ]);
  }
  if (cash.inflow !== undefined) {
    const analytics = object(cash.transactionAnalytics);
    layout.heading(heading, 0);
    layout.facts([['Revenue', money(cash.revenueForTheReportTimePeriod)], ['Money in less money out', money(analytics.netCashFlowForTheReportTimePeriod)]]);
    byPeriod(layout, [
      ['In', object(cash.inflow).sumDepositsByMonthForTheReportTimePeriod], ['Out', object(cash.outflow).sumWithdrawalsByMonthForTheReportTimePeriod],
      ['Net', analytics.netCashFlowByMonthForTheReportTimePeriod],
      ['Revenue', cash.revenueByMonthForTheReportTimePeriod],
    ]);
  }
}

function byPeriod(layout: Layout, columns: readonly (readonly [string, unknown])[]): void {
  const lists = columns.map(([, list]) => objects(list));
  layout.table(
    [{ title: 'Period', share: 34 }, ...columns.map(([title]) => right(title))],
    (lists[0] ?? []).map((first, at) => [
      `${text(first.periodBeginDate)} to ${text(first.periodEndDate)}`,
      ...lists.map((list) => (list[at]?.count === undefined ? (list[at]?.amount === undefined ? '-' : money(list[at]?.amount)) : text(list[at]?.count))),
    ]),
  );
}

function paymentHistory(layout: Layout, analytics: Json): void {
  if (analytics.riskScore === undefined) return;
  const summary = object(analytics.transactionsSummary);
  layout.heading('Summary', 0);
  layout.facts([
    ['Risk score', text(analytics.riskScore)], ['Months of transactions', text(analytics.transactionHistory)],
    ['Money in', money(summary.totalDeposits)], ['Money out', money(summary.totalWithdrawals)],
    ['Fees for insufficient funds', money(summary.totalNonSufficientFunds)],
  ]);
  layout.heading('Accounts', 0);
  layout.table(
    [{ title: 'Institution', share: 28 }, { title: 'Account', share: 28 }, { title: 'Number', share: 12 }, right('Average'), right('Balance')],
    objects(analytics.accountSummaries).map((account) => [
      text(account.financialInstitution), text(account.accountName), text(account.accountNumberDisplay), money(account.averageMonthlyBalance),
      money(account.currentBalance),
    ]),
  );
  layout.heading('Months', 0);
  layout.table(
    [{ title: 'Month', share: 14 }, right('Average'), right('In'), right('Out'), right('Expenses'), right('Missed'), right('Loans'), right('Missed')],
    objects(analytics.customerSummaryByMonths).map((month) => [
      text(month.month), money(month.averageBalance), money(month.totalDeposits), money(month.totalWithdrawals),
      money(month.recurringExpensePayments), money(month.missedRecurringExpensePayments),
      money(month.recurringLoanPayments), money(month.missedRecurringLoanPayments),
    ]),
  );
}
