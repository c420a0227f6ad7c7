// Contract of the eight operations that only version 1.16.0 has: made at once for a firm, read by a UUID as JSON and as PDF, errors that name
// the HTTP status. Their figures are compared with the firm's own transactions.
import { describe, expect } from 'vitest';
import { operation } from '../../src/api/catalogue.ts';
import type { components } from '../../src/api/generated/types.d.ts';
import { good, wrong } from '../support/contract.ts';
import type { Bench } from '../support/contract.ts';
import { firm, firmBody } from '../support/firms.ts';
import { accountOf, consumerBody, enroll, link, UNKNOWN_ACCOUNT, UNKNOWN_CUSTOMER } from '../support/people.ts';
import { pdfText } from '../support/pdfText.ts';
import { PURPOSE, ready } from '../support/reports.ts';
import type { Ready } from '../support/reports.ts';

type Schemas = components['schemas'];
type Balance = Schemas['BalanceAnalyticsReport'];
type CashFlow = Schemas['CashFlowAnalyticsReport'];
type History = Schemas['PaymentHistoryReport'];

const MAKING = [
  'GenerateBalanceAnalytics', 'GenerateBalanceAnalyticsFcra', 'GenerateCashFlowAnalytics', 'GenerateCashFlowAnalyticsFcra', 'GeneratePaymentHistory',
  'GeneratePaymentHistoryFcra',
] as const;
type Making = (typeof MAKING)[number];
const isHistory = (id: Making) => id.startsWith('GeneratePaymentHistory');
const input = (id: Making, body: object = {}) => (isHistory(id) ? {} : { body });

const make = async ({ client }: Bench, id: Making, who: Ready, body: object = {}, more: object = {}) =>
  (await client.send(id, { customerId: who.customerId, ...input(id, body), ...more })).body as Schemas['ObbAnalyticsReportAck'];
const read = async <T>({ client }: Bench, id: Making, reportId: string) =>
  (id.endsWith('Fcra') ? await client.call('GetObbAnalyticsReportFcra', { obb_report_id: reportId, purpose: PURPOSE }) : await client.call('GetObbAnalyticsReport', { obb_report_id: reportId })) as T;

/** Made, answered as told, read back: what both variants of a kind share. */
async function both<T extends { title?: string }>(bench: Bench, id: Making, title: string): Promise<{ who: Ready; ack: Schemas['ObbAnalyticsReportAck']; report: T }> {
  const who = await firm(bench);
  const ack = await make(bench, id, who, {}, { 'reference-number': 'LN-20418' });
  expect(bench.exchanges.at(-1)!.status).toBe(200);
  expect(ack).toMatchObject({ title, customerId: Number(who.customerId), businessId: Number((who as Awaited<ReturnType<typeof firm>>).businessId) });
  expect(ack.reportId).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
  expect(ack.createdDate).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d-07:00$/);
  const report = await read<T>(bench, id, ack.reportId);
  expect(report).toMatchObject({
    title, reportHeader: { reportId: ack.reportId, businessName: firmBody.name, businessCity: 'Boise', referenceNumber: 'LN-20418' },
  });
  return { who, ack, report };
}

describe('Making', () => {
  for (const id of MAKING) {
    wrong(id, 'an unknown customer', { status: 404, code: 404 }, ({ client }) => client.send(id, { customerId: UNKNOWN_CUSTOMER, ...input(id) }));
    wrong(id, 'a customer without a business', { status: 409, code: 409 }, async (bench) => bench.client.send(id, {
      customerId: (await ready(bench, 'profile_04')).customerId, ...input(id),
    }));
    wrong(id, 'a firm without accounts', { status: 400, code: 400 }, async ({ client }) => {
      const customerId = await enroll(client);
      await client.call('AddBusinessDetails', { customer_id: customerId, body: firmBody });
      return client.send(id, { customerId, ...input(id) });
    });
    if (id.endsWith('Fcra')) wrong(id, 'a consumer who froze the data', { status: 403, code: 403 }, async ({ client }) => {
      const customerId = await enroll(client);
      await link(client, customerId, 'profile_04');
      await client.call('AddBusinessDetails', { customer_id: customerId, body: firmBody });
      await client.call('CreateConsumer', { customerId, body: { ...consumerBody, lastName: 'Freeze' } });
      return client.send(id, { customerId, ...input(id) });
    });
    if (isHistory(id)) continue;
    wrong(id, 'an account of somebody else', { status: 404, code: 404 }, async (bench) => bench.client.send(id, {
      customerId: (await firm(bench)).customerId, body: { accountIds: [Number(UNKNOWN_ACCOUNT)] },
    }));
    // The code is not in the body's `code`: the raw answer has none.
    wrong(id, 'a length that is none', { status: 400 }, async (bench) => bench.raw(id, {
      parameters: { customerId: (await firm(bench)).customerId }, body: { lengthOfReport: 31 },
    }));
    wrong(id, 'accounts in one string, as elsewhere', { status: 400 }, async (bench) => {
      const { customerId, accounts } = await firm(bench);
      return bench.raw(id, { parameters: { customerId }, body: { accountIds: accounts[0]!.id } });
    });
  }

  good('GenerateBalanceAnalytics', 'gives the balance of every day', async (bench) => {
    const { who, report } = await both<Balance>(bench, 'GenerateBalanceAnalytics', 'Balance Analytics');
    const checking = report.accountResults!.find(({ accountId }) => String(accountId) === accountOf(who.accounts, 'checking').id)!;
    const figures = checking.balanceAnalyticsMetrics!;
    const daily = figures.dailyBalancesForTheReportTimePeriod!.map(({ endingBalance }) => endingBalance);
    expect(daily).toHaveLength(730);
    expect(daily.at(-1)).toBeCloseTo(accountOf(who.accounts, 'checking').balance!, 2);
    expect(figures.maximumRunningBalanceForTheReportTimePeriod).toBe(Math.max(...daily));
    expect(figures.countDailyNegativeBalancesByMonthForTheReportTimePeriod!.reduce((sum, { count }) => sum + count, 0)).toBe(daily.filter((balance) => balance < 0).length);
    expect(figures.averageDailyBalanceByMonthForTheReportTimePeriod![0]).toMatchObject({ period: 'last30to1' });
    expect(figures.dailyBalancesByWeekdayForTheReportTimePeriod!.every(({ dayOfWeek }) => !dayOfWeek.startsWith('S'))).toBe(true);
    expect(report.accountResults).toHaveLength(who.accounts.length);
  });
  good('GenerateBalanceAnalyticsFcra', 'takes the accounts and days that it is told', async (bench) => {
    const who = await firm(bench);
    const accountId = Number(accountOf(who.accounts, 'checking').id);
    const ack = await make(bench, 'GenerateBalanceAnalyticsFcra', who, { accountIds: [accountId], lengthOfReport: 90 });
    expect(ack.accountIds).toEqual([accountId]);
    const report = await read<Balance>(bench, 'GenerateBalanceAnalyticsFcra', ack.reportId);
    expect(report.accountResults!.map((one) => one.accountId)).toEqual([accountId]);
    const [result] = report.accountResults!;
    expect(result!.balanceAnalyticsMetrics!.dailyBalancesForTheReportTimePeriod).toHaveLength(90);
    expect(result!.balanceAnalyticsMetrics!.averageDailyBalanceByMonthForTheReportTimePeriod!.map(({ period }) => period)).toEqual(['last30to1', 'last60to31', 'last90to61']);
    expect(result!.currentReportRequest.requestedDaysForReport).toBe(90);
    expect(result!.historicDataAvailability.historicAvailableDays).toBeGreaterThan(600);
  });
  good('GenerateCashFlowAnalytics', 'adds up what went in and out', async (bench) => {
    const who = await firm(bench);
    const accountId = accountOf(who.accounts, 'checking').id;
    const ack = await make(bench, 'GenerateCashFlowAnalytics', who, { accountIds: [Number(accountId)], lengthOfReport: 90 });
    const report = await read<CashFlow>(bench, 'GenerateCashFlowAnalytics', ack.reportId);
    const { inflow, outflow, transactionAnalytics, revenueForTheReportTimePeriod } = report.accountResults![0]!.cashflowAnalyticsMetrics!;
    const now = (await bench.sandbox.control.health()).now;
    const fromDate = (Math.floor(now / 86_400) - 89) * 86_400;
    const page = await bench.client.call('GetCustomerAccountTransactions', { customerId: who.customerId, accountId, fromDate, toDate: now, limit: 1000 });
    const rows = page.transactions.filter(({ status }) => status === 'active');
    const total = (of: (amount: number) => boolean) => rows.reduce((sum, { amount }) => (of(amount) ? sum + amount : sum), 0);
    const sum = (list: readonly { amount?: number }[]) => list.reduce((all, { amount = 0 }) => all + amount, 0);
    expect(sum(inflow!.sumDepositsByMonthForTheReportTimePeriod)).toBeCloseTo(total((amount) => amount > 0), 1);
    expect(sum(outflow!.sumWithdrawalsByMonthForTheReportTimePeriod)).toBeCloseTo(total((amount) => amount < 0), 1);
    expect(transactionAnalytics!.netCashFlowForTheReportTimePeriod).toBeCloseTo(total(() => true), 1);
    expect(transactionAnalytics!.activityDepositsCreditsForTheReportTimePeriod.length).toBe(rows.filter(({ amount }) => amount > 0).length);
    expect(report.totalRevenue).toBe(revenueForTheReportTimePeriod);
    expect(inflow!.historicCountOfDepositTransactions).toBeGreaterThan(inflow!.countDepositsByMonthForTheReportTimePeriod.reduce((all, { count }) => all + count, 0));
  });
  good('GenerateCashFlowAnalyticsFcra', 'has all accounts together, and apart', async (bench) => {
    const { report } = await both<CashFlow>(bench, 'GenerateCashFlowAnalyticsFcra', 'Cash Flow Analytics');
    const each = report.accountResults!.map(({ cashflowAnalyticsMetrics }) => cashflowAnalyticsMetrics!.transactionAnalytics!.netCashFlowForTheReportTimePeriod!);
    expect(report.businessSummary!.cashflowAnalyticsMetrics!.transactionAnalytics!.netCashFlowForTheReportTimePeriod).toBeCloseTo(each.reduce((sum, net) => sum + net, 0), 1);
  });
  good('GeneratePaymentHistory', 'scores the risk from a year of payments', async (bench) => {
    const { report } = await both<History>(bench, 'GeneratePaymentHistory', 'Payment History');
    const { riskScore, transactionHistory, customerSummaryByMonths: months, transactionsSummary: summary } = report.analytics!;
    expect(riskScore).toBeGreaterThanOrEqual(1);
    expect(riskScore).toBeLessThanOrEqual(99);
    expect(transactionHistory).toBe(12);
    expect(months).toHaveLength(12);
    expect(months!.every(({ month }) => /^\d{4}-\d\d-\d\d$/.test(month))).toBe(true);
    expect(months!.slice(1).every(({ openingBalance }) => typeof openingBalance === 'number')).toBe(true);
    expect(summary!.totalDeposits).toBeGreaterThan(0);
    expect(months!.reduce((sum, { taxPayments }) => sum + taxPayments, 0)).toBeGreaterThan(0);
    expect(months!.reduce((sum, { recurringExpensePayments }) => sum + recurringExpensePayments, 0)).toBeGreaterThan(0);
  });
  good('GeneratePaymentHistoryFcra', 'is made of deposit accounts alone', async (bench) => {
    const { who, ack, report } = await both<History>(bench, 'GeneratePaymentHistoryFcra', 'Payment History');
    expect(ack.accountIds).toEqual([Number(accountOf(who.accounts, 'checking').id)]);
    expect(report.accountIds).toEqual(ack.accountIds);
    expect(report.analytics!.accountSummaries!.map(({ accountType }) => accountType)).toEqual(['checking']);
  });
});

describe('Reading', () => {
  const text = async ({ client }: Pick<Bench, 'client'>, id: 'GetObbAnalyticsReport' | 'GetObbAnalyticsReportFcra', more: object) => {
    const { contentType, body } = await client.send(id, more as never, { accept: 'application/pdf' });
    expect(contentType).toBe('application/pdf');
    return (await pdfText(body as Uint8Array)).text;
  };
  good('GetObbAnalyticsReport', 'reads each kind as JSON and as PDF', async (bench) => {
    const who = await firm(bench);
    for (const [id, words] of [['GenerateBalanceAnalytics', 'Days below 0'], ['GenerateCashFlowAnalytics', 'Revenue'], ['GeneratePaymentHistory', 'Risk score']] as const) {
      const { reportId, title } = await make(bench, id, who);
      expect(await bench.client.call('GetObbAnalyticsReport', { obb_report_id: reportId })).toMatchObject({ title, reportHeader: { reportId } });
      const pdf = await text(bench, 'GetObbAnalyticsReport', { obb_report_id: reportId });
      for (const expected of [reportId, title, firmBody.name!, words]) expect(pdf).toContain(expected);
    }
  });
  good('GetObbAnalyticsReportFcra', 'reads what was made under the FCRA, for a purpose', async (bench) => {
    const { reportId } = await make(bench, 'GeneratePaymentHistoryFcra', await firm(bench));
    const input = { obb_report_id: reportId, purpose: PURPOSE };
    const first = await bench.client.call('GetObbAnalyticsReportFcra', input);
    await bench.sandbox.control.clock({ advance: 40 * 86_400 });
    // The old token is of no use by now, and this family's answer does not say so in a way that a client could renew it by.
    const client = bench.connect();
    expect(await client.call('GetObbAnalyticsReportFcra', input)).toEqual(first);
    expect(await text({ client }, 'GetObbAnalyticsReportFcra', input)).toContain(reportId);
  });
  wrong('GetObbAnalyticsReport', 'one that was made under the FCRA', { status: 404, code: 14001 }, async (bench) => {
    const { reportId } = await make(bench, 'GenerateBalanceAnalyticsFcra', await firm(bench));
    return bench.client.send('GetObbAnalyticsReport', { obb_report_id: reportId });
  });
  wrong('GetObbAnalyticsReport', 'an unknown report', { status: 404, code: 14001 }, ({ client }) => client.send('GetObbAnalyticsReport', { obb_report_id: '145cabe0-0000-4000-a000-000000000000' }));
  wrong('GetObbAnalyticsReportFcra', 'an unknown report', { status: 404, code: 14001 }, ({ client }) => client.send('GetObbAnalyticsReportFcra', {
    obb_report_id: '145cabe0-0000-4000-a000-000000000000', purpose: PURPOSE,
  }));
  wrong('GetObbAnalyticsReportFcra', 'no purpose', { status: 400 }, async (bench) => {
    const { reportId } = await make(bench, 'GenerateBalanceAnalyticsFcra', await firm(bench));
    return bench.raw('GetObbAnalyticsReportFcra', { parameters: { obb_report_id: reportId } });
  });
  wrong('GetObbAnalyticsReport', 'a wrong app key, told in the family\'s shape', { status: 401 }, async ({ raw }) => {
    const answer = await raw('GetObbAnalyticsReport', { parameters: { obb_report_id: 'any' }, headers: { 'finicity-app-key': 'wrong' } });
    expect(answer.json).toMatchObject({ errorCode: 401 });
    return answer;
  });
  good('GenerateBalanceAnalytics', 'is marked as removed, and so are the others', async (bench) => {
    await make(bench, 'GenerateBalanceAnalytics', await firm(bench));
    for (const id of [...MAKING, 'GetObbAnalyticsReport', 'GetObbAnalyticsReportFcra'] as const) {
      expect(operation(id)).toMatchObject({ removed: '1.31.2', deprecated: true });
      expect(operation(id).description).toMatch(/use (Generate|GetReportByCustomer)/);
    }
    expect(operation('GetObbAnalyticsReport').sdkNames).toEqual([
      'balance_analytics.get_report_data', 'cash_flow_analytics.get_report_data', 'payment_history.get_report_data',
    ]);
  });
});
