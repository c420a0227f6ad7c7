// What the report viewer makes of every kind of report that the sandbox makes: the figures hold against the transactions in the body, and
// nothing of a body is lost, neither what is there nor what the API may add one day.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OperationId } from '../../src/api/catalogue.ts';
import { createFormatter } from '../../src/webviews/ui/format.ts';
import { buildReport } from '../../src/webviews/ui/reportModel.ts';
import type { JsonObject, ReportModel, Section } from '../../src/webviews/ui/reportTypes.ts';
import { openBench, type Bench } from '../support/contract.ts';
import { firm, firmBody, type Firm } from '../support/firms.ts';
import { follow, generate, ready, storePayStatement, type Ready } from '../support/reports.ts';

const us = createFormatter('en-US', 'UTC');
const DAY = 86_400;
const bodies = new Map<string, JsonObject>();
let bench: Bench;

const followed = async (who: Ready, id: OperationId, more: Record<string, unknown> = {}) => (await follow(bench, who, (await generate(id, bench, who, more)).id)).report as unknown as JsonObject;

async function ofPerson(who: Ready): Promise<void> {
  const plain: readonly (readonly [string, OperationId])[] = [
    ['voi', 'GenerateVOIReport'], ['voePayroll', 'GenerateVOEPayrollReport'], ['voeTransactions', 'GenerateVOETransactionsReport'], ['paystatement', 'GeneratePayStatementReport'], ['paystub', 'GenerateVOIEPaystubReport'],
    ['voiePayroll', 'RefreshVOIEPayrollReport'], ['statement', 'GenerateStatementReport'], ['transactions', 'GenerateTransactionsReport'], ['cfrp', 'GenerateCashFlowPersonalReport'], ['cfrb', 'GenerateCashFlowBusinessReport'],
  ];
  for (const [name, id] of plain) bodies.set(name, await followed(who, id));
  for (const [name, id] of [['voa', 'GenerateVOAReport'], ['voaHistory', 'GenerateVOAWithIncomeReport'], ['preQualVoa', 'GeneratePrequalificationCRAReport'], ['assetSummary', 'GeneratePrequalificationNonCRAReport']] as const)
    bodies.set(name, await followed(who, id, { body: { showNsf: true } }));
  const assetId = await storePayStatement(bench.client, who.customerId);
  bodies.set('txVerify', await followed(who, 'GenerateVOIEPaystubWithTXVerifyReport', { body: { voieWithInterviewData: { txVerifyInterview: [{ assetId }], extractDeductions: true } } }));
  const personal = { userType: 'personal', body: { analyticsReportData: { forCraPurpose: true } } };
  bodies.set('barpcra', await followed(who, 'GenerateBalanceAnalyticsReport', personal));
  bodies.set('cfrpcra', await followed(who, 'GenerateCashflowAnalyticsReport', personal));
  bodies.set('pripcra', await followed(who, 'GeneratePaymentRiskInsightsReport', personal));
  bodies.set('farpbfnoncra', await followed(who, 'GenerateForesightAnalyticsNonCraReport', { userType: 'personal', body: { analyticsReportData: { segments: { geolocation: [{ label: 'POSTAL_CODE', value: '84074' }] } } } }));
}

async function ofFirm(who: Firm): Promise<void> {
  bodies.set('phrbnoncra', await followed(who, 'GeneratePaymentHistoryReport', { body: { analyticsReportData: { forCraPurpose: false } } }));
  for (const [name, id] of [['legacyBalance', 'GenerateBalanceAnalytics'], ['legacyCashFlow', 'GenerateCashFlowAnalytics'], ['legacyHistory', 'GeneratePaymentHistory']] as const) {
    const { reportId } = (await bench.client.send(id, { customerId: who.customerId, ...(name === 'legacyHistory' ? {} : { body: {} }) })).body as { reportId: string };
    bodies.set(name, await bench.client.call('GetObbAnalyticsReport', { obb_report_id: reportId }) as JsonObject);
  }
  const { locationMatches } = await bench.client.call('GetLocationMatches', { merchantName: firmBody.name, streetAddress: firmBody.address.addressLine1! });
  const businessDetails = { name: firmBody.name, personallyLiable: false, phoneNumber: { countryCode: '1', phoneNo: '2085550123' }, address: firmBody.address };
  for (const [name, metricType, metricFrequency] of [['sbcaAnalytics', 'retail_sales_analytics', 'Monthly'], ['sbcaBenchmarks', 'retail_sales_benchmarks', 'Weekly']] as const) {
    const sbcaParams = { hasConsent: true, metricFrequency, metricType, locationId: locationMatches![0]!.locationId! };
    bodies.set(name, (await bench.client.send('GenerateSBCAMetricsReport', { customerId: who.customerId, body: { analyticsReportData: { sbcaParams, businessDetails } } })).body as JsonObject);
  }
}

beforeAll(async () => {
  bench = await openBench({ customers: 3 });
  await ofPerson(await ready(bench));
  await ofFirm(await firm(bench));
}, 60_000);
afterAll(() => bench.close());

const names = ['voi', 'voePayroll', 'voeTransactions', 'paystatement', 'paystub', 'voiePayroll', 'statement', 'transactions', 'cfrp', 'cfrb', 'voa', 'voaHistory', 'preQualVoa', 'assetSummary', 'txVerify', 'barpcra', 'cfrpcra', 'pripcra',
  'farpbfnoncra', 'phrbnoncra', 'legacyBalance', 'legacyCashFlow', 'legacyHistory', 'sbcaAnalytics', 'sbcaBenchmarks'];

const all = (sections: readonly Section[]): Section[] => sections.flatMap((section) => [section, ...all(section.children)]);
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function leavesInto(found: Set<string>, value: unknown): void {
  if (Array.isArray(value)) for (const one of value as readonly unknown[]) leavesInto(found, one);
  else if (isObject(value)) for (const one of Object.values(value)) leavesInto(found, one);
  else if (value !== null && value !== undefined) found.add(String(value));
}

/** Every single value that the page has somewhere; lists of plain values stand in one text. */
function shownOn(model: ReportModel): Set<string> {
  const found = new Set<string>();
  const add = (value: unknown) => {
    leavesInto(found, value);
    if (typeof value === 'string') for (const one of value.split(/, | \(|\)/)) found.add(one);
  };
  for (const text of [model.type, model.status, model.title]) add(text);
  for (const { value } of [...model.facts, ...model.figures]) add(value);
  for (const section of all(model.sections)) {
    for (const { value } of section.fields) add(value);
    for (const { rows, columns } of section.tables) for (const row of rows) for (const column of columns) add(column.read(row));
  }
  return found;
}

/** Names of things rather than values: the page has them in words as headings. */
const headings = new Set(['attributeName', 'timeIntervalType', 'name']);

function leavesOf(value: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const one of value as readonly unknown[]) leavesOf(one, found);
  else if (isObject(value)) for (const [key, one] of Object.entries(value)) {
    if (!(headings.has(key) && typeof one === 'string' && /^[A-Z_\d]+$|^(txn|num)_/.test(one))) leavesOf(one, found);
  } else if (value !== null) found.add(String(value));
  return found;
}

/** A copy with a field that nobody knows in every object, each with a value of its own. */
function withUnknown(value: unknown, marks: string[]): unknown {
  if (Array.isArray(value)) return value.map((one, at) => (at < 3 ? withUnknown(one, marks) : one as unknown));
  if (!isObject(value)) return value;
  const mark = `mark-${marks.length}`;
  marks.push(mark);
  return { ...Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withUnknown(one, marks)])), brandNewField: mark };
}

describe('the page of', () => {
  test.each(names)('%s leads with a few figures and at most four charts', (name) => {
    const model = buildReport(bodies.get(name)!);
    // A statement report says which statement, and nothing of what stands on it.
    expect(model.figures.length).toBeGreaterThanOrEqual(name === 'statement' ? 2 : 3);
    expect(model.figures.length).toBeLessThanOrEqual(8);
    expect(model.charts.length).toBeLessThanOrEqual(4);
    expect(new Set(model.charts.map(({ id }) => id)).size).toBe(model.charts.length);
    expect(new Set(model.figures.map(({ label }) => label)).size).toBe(model.figures.length);
    for (const { value, kind, currency } of model.figures) expect(us.show(value, kind, currency).text).not.toMatch(/NaN|undefined|null|—/);
    for (const { places, series } of model.charts) for (const { values } of series) expect(values).toHaveLength(places.values.length);
    const ids = all(model.sections).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each(names)('%s loses nothing of the body', (name) => {
    const body = bodies.get(name)!;
    const shown = shownOn(buildReport(body));
    expect([...leavesOf(body)].filter((leaf) => !shown.has(leaf)).slice(0, 20)).toEqual([]);
  });

  test.each(names)('%s shows fields and a type that nobody knows', (name) => {
    const marks: string[] = [];
    const body = withUnknown(bodies.get(name), marks) as JsonObject;
    for (const type of [body.type, 'somethingNew']) {
      const shown = shownOn(buildReport({ ...body, type }));
      expect(marks.filter((mark) => !shown.has(mark))).toEqual([]);
    }
  });
});

const number = (name: string, label: string): number => Number(buildReport(bodies.get(name)!).figures.find((one) => one.label === label)?.value);
const objects = (value: unknown) => (Array.isArray(value) ? value as JsonObject[] : []);
const accountsOf = (name: string) => objects(bodies.get(name)!.institutions).flatMap(({ accounts }) => objects(accounts));
const transactionsOf = (name: string, of: (account: JsonObject) => boolean = () => true) => accountsOf(name).filter(of).flatMap(({ transactions }) => objects(transactions));
const amount = ({ amount: value }: JsonObject) => Number(value);
const sum = (rows: readonly JsonObject[]) => rows.reduce((total, row) => total + amount(row), 0);
const isDeposit = ({ type }: JsonObject) => ['checking', 'savings', 'moneyMarket', 'cd'].includes(String(type));

describe('figures hold against the body\'s own transactions', () => {
  test('transactions: money in and out of deposit accounts', () => {
    const rows = transactionsOf('transactions', isDeposit);
    expect(number('transactions', 'Money in')).toBeCloseTo(sum(rows.filter((row) => amount(row) > 0)), 2);
    expect(number('transactions', 'Money out')).toBeCloseTo(-sum(rows.filter((row) => amount(row) < 0)), 2);
    expect(number('transactions', 'Transactions')).toBe(transactionsOf('transactions').length);
  });

  test('income: net of the last twelve months, the last payment, nothing missing from a regular salary', () => {
    const [stream] = accountsOf('voi').flatMap(({ incomeStreams }) => objects(incomeStreams));
    const last = Math.max(...objects(stream!.transactions).map(({ postedDate }) => Number(postedDate)));
    expect(us.show(number('voi', 'Last payment'), 'day').text).toBe(us.show(last, 'day').text);
    expect(number('voi', 'Payments missing')).toBe(0);
    const chart = buildReport(bodies.get('voi')!).charts.find(({ id }) => id === 'income')!;
    const lastYear = chart.series[0]!.values.slice(-12).reduce<number>((total, value) => total + (value ?? 0), 0);
    expect(lastYear).toBeCloseTo(number('voi', 'Net a year'), 2);
  });

  test('cash flow: months in the chart are the transactions of those months', () => {
    const chart = buildReport(bodies.get('cfrp')!).charts.find(({ id }) => id === 'cashFlow')!;
    const [money, out, net] = chart.series;
    const at = chart.places.values.length - 1;
    expect(Number(money!.values[at]) - Number(out!.values[at])).toBeCloseTo(Number(net!.values[at]), 2);
    const balances = accountsOf('cfrp').filter(isDeposit).map(({ cashFlowBalance }) => cashFlowBalance as JsonObject);
    expect(number('cfrp', 'Lowest balance')).toBe(Math.min(...balances.map(({ minDailyBalance }) => Number(minDailyBalance))));
    expect(number('cfrp', 'Days below zero')).toBe(Math.max(...balances.map(({ numberDaysNegativeBalance: one, numberOfDaysNegativeBalance: other }) => Number(one ?? other))));
    const credits = (bodies.get('cfrp')!.cashFlowCreditSummary as { monthlyCashFlowCreditSummaries: JsonObject[] }).monthlyCashFlowCreditSummaries.slice(-12);
    expect(number('cfrp', 'Money in a month')).toBeCloseTo(credits.reduce((total, { totalCreditsAmountLessTransfers: one }) => total + Number(one), 0) / 12, 2);
    expect(number('cfrp', 'Money in a month') - number('cfrp', 'Money out a month')).toBeCloseTo(number('cfrp', 'Net cash flow a month'), 2);
  });

  test('assets: balances worked back end at today\'s, and begin where the body says', () => {
    const chart = buildReport(bodies.get('voa')!).charts.find(({ id }) => id === 'balances')!;
    const accounts = accountsOf('voa').filter(isDeposit);
    expect(chart.series.map(({ values }) => values.at(-1))).toEqual(accounts.map(({ balance }) => balance));
    const movements = buildReport(bodies.get('voa')!).charts.find(({ id }) => id === 'movements')!;
    const deposits = movements.series[0]!.values.reduce<number>((total, value) => total + (value ?? 0), 0);
    expect(deposits).toBeCloseTo(sum(transactionsOf('voa', isDeposit).filter((row) => amount(row) > 0)), 2);
  });

  test('analytics: an average month, and fees counted over the whole history', () => {
    const attributes = (bodies.get('pripcra')!.customerAnalytics as { transactionalAttributes: { attributeName: string; transactionIds: unknown[] }[] }).transactionalAttributes;
    expect(number('pripcra', 'NSF fees')).toBe(attributes.find(({ attributeName }) => attributeName === 'NSF_FEE_CHARGES')!.transactionIds.length);
    const rows = transactionsOf('pripcra').filter((row) => amount(row) > 0);
    const end = new Date(Number(bodies.get('pripcra')!.endDate) * 1000);
    const [from, to] = [Date.UTC(end.getUTCFullYear() - 1, end.getUTCMonth(), 1) / 1000, Date.UTC(end.getUTCFullYear(), end.getUTCMonth(), 1) / 1000];
    // Within a few days' money: the attribute goes by the day of the transaction, the body's transactions by the day of posting.
    expect(number('pripcra', 'Money in a month')).toBeCloseTo(sum(rows.filter(({ postedDate }) => Number(postedDate) >= from && Number(postedDate) < to)) / 12, -3);
  });

  test('pay: gross and net of the newest statement', () => {
    const [statement] = objects(bodies.get('paystatement')!.payStatements);
    expect([number('paystatement', 'Gross pay'), number('paystatement', 'Net pay')]).toEqual([statement!.grossPayCurrent, statement!.netPayCurrent]);
    const pay = buildReport(bodies.get('voiePayroll')!).charts[0]!;
    expect(pay.series[0]!.values.at(-1)).toBe(statement!.grossPayCurrent);
    expect(pay.places.values.every((day, at) => at === 0 || Number(day) - Number(pay.places.values[at - 1]) >= DAY * 1000)).toBe(true);
  });

  test('the shop: the last month is what the metrics say', () => {
    const [shop] = objects(bodies.get('sbcaAnalytics')!.retailSalesAnalyticsMetrics);
    const last = objects(objects(shop!.metricsLists).at(-1)!.metrics).find(({ name }) => name === 'txn_amt');
    expect(number('sbcaAnalytics', 'Sales, last month')).toBe(last!.value);
  });
});
