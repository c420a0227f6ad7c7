// Contract of the analytics reports: balance, cash flow, payment history, payment risk, foresight. Each is asked for with the flags that
// choose its type, followed to its end and compared with the customer's own transactions.
import { describe, expect } from 'vitest';
import type { OperationId } from '../../src/api/catalogue.ts';
import type { components } from '../../src/api/generated/types.d.ts';
import { good, wrong } from '../support/contract.ts';
import type { Bench } from '../support/contract.ts';
import { firm, firmBody } from '../support/firms.ts';
import { accountOf, enroll, link, UNKNOWN_ACCOUNT, UNKNOWN_CUSTOMER } from '../support/people.ts';
import { pdfText } from '../support/pdfText.ts';
import { follow, PURPOSE, ready } from '../support/reports.ts';
import type { Ready } from '../support/reports.ts';

type Schemas = components['schemas'];
type Ack = Schemas['AnalyticsReportAck'];
type Report = Schemas['AFCashFlowAnalyticsReport'];
type Period = Schemas['TransactionalPeriod'];

const flags = (analyticsReportData: Record<string, unknown> = {}) => ({ analyticsReportData });
const send = async ({ client }: Bench, id: OperationId, input: Record<string, unknown>) => (await client.send(id, input)).body as Ack;
const made = async (bench: Bench, id: OperationId, who: Ready, input: Record<string, unknown>): Promise<{ ack: Ack; report: Report }> => {
  const ack = await send(bench, id, { customerId: who.customerId, ...input });
  return { ack, report: (await follow(bench, who, ack.id)).report as unknown as Report };
};
const group = (report: Report, name: string) => report.customerAnalytics!.transactionalAttributes.find(({ attributeName }) => attributeName === name)!;
const state = (report: Report, name: string) => report.customerAnalytics!.stateAttributes.find(({ attributeName }) => attributeName === name)!;
const sum = (periods: readonly Period[]) => periods.reduce((total, period) => total + (period.sum ?? 0), 0);

/** Every posted row of the deposit accounts between two days of the report, money in positive. */
async function rowsOf({ client }: Bench, { customerId, accounts }: Ready, types: readonly string[], fromDate: number, toDate: number) {
  const rows = await Promise.all(accounts.filter(({ type }) => types.includes(type)).map(async ({ id: accountId }) => {
    const found: { amount: number; status?: string; transactionDate: number; memo?: string | null; type?: string | null }[] = [];
    for await (const page of client.pages<(typeof found)[number]>('GetCustomerAccountTransactions', { customerId, accountId, fromDate, toDate, sort: 'asc' }, { limit: 1000 })) found.push(...page.items);
    return found.filter(({ status }) => status === 'active');
  }));
  return rows.flat();
}

const FLAGS: readonly (readonly [userType: string, given: Record<string, unknown>, ending: string])[] = [
  ['personal', { forCraPurpose: true }, 'pcra'], ['personal', { forCraPurpose: false }, 'pnoncra'],
  ['business', { forCraPurpose: true, forFtcPurpose: false, applicantIsPersonalGuarantor: true }, 'bcra'],
  ['business', { forCraPurpose: false, forFtcPurpose: false, applicantIsPersonalGuarantor: false }, 'bnoncra'],
  ['business', { forCraPurpose: false, forFtcPurpose: true, applicantIsPersonalGuarantor: false }, 'bftc'],
  // As observed, before there was a flag for the FTC.
  ['business', { forCraPurpose: true, applicantIsPersonalGuarantor: false }, 'bftc'],
];

/** Asked for with every set of flags: type, id, who is named. */
async function types(bench: Bench, id: OperationId, prefix: string, users: readonly string[]): Promise<void> {
  const who = await firm(bench);
  for (const [userType, given, ending] of FLAGS.filter(([user]) => users.includes(user))) {
    const ack = await send(bench, id, { customerId: who.customerId, ...(users.length > 1 ? { userType } : {}), body: flags(given) });
    const type = prefix + ending;
    expect(ack).toMatchObject({ type, status: 'inProgress', customerId: Number(who.customerId) });
    expect(ack.consumerId).toBe(['pcra', 'bcra'].includes(ending) ? who.consumerId : undefined);
    expect(ack.id).toMatch(new RegExp(`^[0-9a-z]{12}-${type}$`));
    expect(ack.requestId).toHaveLength(10);
    expect(ack.reportPin).toMatch(/^\w+$/);
    expect(ack.portfolioId).toBeUndefined();
    expect(ack.businessDetails).toEqual(userType === 'business' ? { businessId: who.businessId, name: firmBody.name, address: firmBody.address } : undefined);
    const { report } = await follow(bench, who, ack.id);
    expect(report).toMatchObject({ id: ack.id, type, status: 'success', reportPin: ack.reportPin });
  }
}

describe('Balance and cash flow', () => {
  good('GenerateBalanceAnalyticsReport', 'makes the type that the flags tell', (bench) => types(bench, 'GenerateBalanceAnalyticsReport', 'bar', ['personal', 'business']));
  good('GenerateCashflowAnalyticsReport', 'makes the type that the flags tell', (bench) => types(bench, 'GenerateCashflowAnalyticsReport', 'cfr', ['personal', 'business']));

  good('GenerateBalanceAnalyticsReport', 'gives balances by month, and they are the accounts\' own', async (bench) => {
    const who = await ready(bench, 'profile_03');
    const { report } = await made(bench, 'GenerateBalanceAnalyticsReport', who, {
      userType: 'personal', body: flags({ forCraPurpose: false, timeIntervalTypes: ['MONTHLY_CALENDAR', 'MONTHLY_ROLLING_30'] }),
    });
    const [calendar, rolling] = state(report, 'ASSET_BALANCE').reportedByTimePeriods;
    expect([calendar!.timeIntervalType, rolling!.timeIntervalType]).toEqual(['MONTHLY_CALENDAR', 'MONTHLY_ROLLING_30']);
    expect(calendar!.periods.length).toBeGreaterThanOrEqual(24);
    expect(calendar!.periods.slice(1, -1).every(({ startDate, endDate, count }) => startDate.endsWith('-01') && count === Number(endDate.slice(8)))).toBe(true);
    expect(rolling!.periods.slice(1).every(({ count }) => count === 30)).toBe(true);
    const owned = who.accounts.filter(({ type }) => type !== 'creditCard').reduce((total, account) => total + (account.balance ?? 0), 0);
    expect(calendar!.periods.at(-1)!.endingValue).toBeCloseTo(owned, 2);
    // The card is in the report, but what it holds is owed.
    const accounts = report.institutions!.flatMap((one) => one.accounts ?? []);
    expect(accounts.find(({ type }) => type === 'creditCard')!.analytics!.stateAttributes).toEqual([]);
    expect(accounts.find(({ type }) => type === 'checking')!.analytics!.stateAttributes.map(({ attributeName }) => attributeName)).toEqual(['ASSET_BALANCE']);
    const pdf = await bench.client.send('GetReportByCustomer', {
      customerId: who.customerId, reportId: report.id, purpose: PURPOSE,
    }, { accept: 'application/pdf' });
    const { text } = await pdfText(pdf.body as Uint8Array);
    for (const words of [report.id, report.title, 'Asset balance', accountOf(who.accounts, 'checking').name!]) expect(text).toContain(words);
  });

  good('GenerateCashflowAnalyticsReport', 'adds up what went in and out', async (bench) => {
    const who = await firm(bench);
    const from = (await bench.sandbox.control.health()).now - 150 * 86_400;
    const accountIds = accountOf(who.accounts, 'checking').id;
    const { report } = await made(bench, 'GenerateCashflowAnalyticsReport', who, {
      userType: 'business',
      body: { ...flags({ forCraPurpose: false }), accountIds, fromDate: from, reportCustomFields: [{ label: 'loanNumber', value: 'LN-20418', shown: true }] },
    });
    expect(report.constraints).toMatchObject({ accountIds: [accountIds], fromDate: from, reportCustomFields: [{ label: 'loanNumber' }] });
    expect(report.customerAnalytics!.transactionalAttributes.map(({ attributeName }) => attributeName).sort())
      .toEqual(['ALL_CASH_FLOWS', 'CASH_INFLOW', 'CASH_OUTFLOW', 'NSF_FEE_CHARGES', 'NSF_FEE_REVERSALS', 'REVENUE']);
    const rows = await rowsOf(bench, who, ['checking'], from, report.createdDate);
    const total = (of: (amount: number) => boolean) => rows.reduce((all, { amount }) => (of(amount) ? all + amount : all), 0);
    const [into, out, all] = ['CASH_INFLOW', 'CASH_OUTFLOW', 'ALL_CASH_FLOWS'].map((name) => group(report, name));
    expect(sum(into!.aggregatedByTimePeriods[0]!.periods)).toBeCloseTo(total((amount) => amount > 0), 1);
    expect(sum(out!.aggregatedByTimePeriods[0]!.periods)).toBeCloseTo(total((amount) => amount < 0), 1);
    expect(sum(out!.aggregatedByTimePeriods[0]!.periods)).toBeLessThan(0);
    expect(all!.transactionIds).toHaveLength(rows.length);
    expect(sum(state(report, 'NET_CASH_FLOW').reportedByTimePeriods[0]!.periods)).toBeCloseTo(total(() => true), 1);
    expect(sum(group(report, 'REVENUE').aggregatedByTimePeriods[0]!.periods)).toBeGreaterThan(0);
    const fees = rows.filter(({ memo, type }) => type === 'fee' && memo === 'INSUFFICIENT FUNDS');
    expect(group(report, 'NSF_FEE_CHARGES').transactionIds).toHaveLength(fees.length);
    // Streams name only transactions that are in the report.
    const known = new Set(report.institutions!.flatMap((one) => one.accounts ?? []).flatMap(({ transactions }) => transactions.map(({ id }) => String(id))));
    expect(report.customerAnalytics!.streams.length).toBeGreaterThan(2);
    expect(report.customerAnalytics!.streams.every(({ transactionIds }) => transactionIds.length > 2 && transactionIds.every((id) => known.has(id)))).toBe(true);
  });

  good('GenerateCashflowAnalyticsReport', 'has no revenue for a person', async (bench) => {
    const who = await ready(bench, 'profile_03');
    const { report } = await made(bench, 'GenerateCashflowAnalyticsReport', who, { userType: 'personal', body: {} });
    expect(report.type).toBe('cfrpnoncra');
    expect(group(report, 'REVENUE')).toBeUndefined();
  });

  for (const id of ['GenerateBalanceAnalyticsReport', 'GenerateCashflowAnalyticsReport', 'GeneratePaymentRiskInsightsReport'] as const) {
    const body = flags({ forCraPurpose: false });
    wrong(id, 'an unknown customer', { status: 404, code: 14001 }, ({ client }) => client.send(id, { customerId: UNKNOWN_CUSTOMER, userType: 'personal', body }));
    wrong(id, 'a kind of user that is none', { status: 400, code: 10100 }, async ({ raw, client }) => raw(id, {
      parameters: { customerId: await enroll(client), userType: 'nobody' }, body,
    }));
    wrong(id, 'a flag that is a word', { status: 400, code: 10100 }, async ({ raw, client }) => raw(id, {
      parameters: { customerId: await enroll(client), userType: 'personal' }, body: flags({ forCraPurpose: 'yes' }),
    }));
    wrong(id, 'an interval that is none', { status: 400, code: 10100 }, async ({ raw, client }) =>
      raw(id, { parameters: { customerId: await enroll(client), userType: 'personal' }, body: flags({ forCraPurpose: false, timeIntervalTypes: ['DAILY'] }) }));
    wrong(id, 'a consumer report without a consumer', { status: 404, code: 10100 }, async (bench) =>
      bench.client.send(id, { customerId: (await firm(bench, { consumer: false })).customerId, userType: 'personal', body: flags({ forCraPurpose: true }) }));
    wrong(id, 'a guarantor without a consumer', { status: 404, code: 10100 }, async (bench) =>
      bench.client.send(id, { customerId: (await firm(bench, { consumer: false })).customerId, userType: 'business', body: flags({ forCraPurpose: false, applicantIsPersonalGuarantor: true }) }));
    wrong(id, 'a firm without a business record', { status: 404, code: 10100 }, async (bench) =>
      bench.client.send(id, { customerId: (await ready(bench, 'profile_04')).customerId, userType: 'business', body }));
    wrong(id, 'a consumer report for the FTC', { status: 400, code: 10100 }, async (bench) =>
      bench.client.send(id, { customerId: (await firm(bench)).customerId, userType: 'business', body: flags({ forCraPurpose: true, forFtcPurpose: true }) }));
    wrong(id, 'an account of somebody else', { status: 404, code: 38003 }, async (bench) =>
      bench.client.send(id, { customerId: (await ready(bench, 'profile_03')).customerId, userType: 'personal', body: { ...body, accountIds: UNKNOWN_ACCOUNT } }));
  }
});

describe('Payments', () => {
  good('GeneratePaymentHistoryReport', 'makes the type that the flags tell', (bench) => types(bench, 'GeneratePaymentHistoryReport', 'phr', ['business']));
  good('GeneratePaymentRiskInsightsReport', 'makes the type that the flags tell', (bench) => types(bench, 'GeneratePaymentRiskInsightsReport', 'pri', ['personal', 'business']));

  good('GeneratePaymentHistoryReport', 'has a score for every day, and what it rests on', async (bench) => {
    const who = await firm(bench);
    const { report } = await made(bench, 'GeneratePaymentHistoryReport', who, { body: flags({
      forCraPurpose: true, forFtcPurpose: false, applicantIsPersonalGuarantor: true,
    }) });
    expect(report).toMatchObject({ type: 'phrbcra', consumerId: who.consumerId, businessDetails: { name: firmBody.name } });
    expect(report.institutions!.flatMap((one) => one.accounts ?? []).map(({ type }) => type)).toEqual(['checking']);
    const history = state(report, 'PAYMENT_RISK_SCORE').reportedByTimePeriods.find(({ timeIntervalType }) => timeIntervalType === 'HISTORICALLY')!.periods[0]!;
    expect(history).toMatchObject({ min: -1, beginningValue: -1 });
    expect(history.count).toBeGreaterThanOrEqual(730);
    expect(history.endingValue).toBeGreaterThanOrEqual(1);
    expect(history.max).toBeLessThanOrEqual(99);
    const taxes = group(report, 'TAX_PAYMENTS').aggregatedByTimePeriods.find(({ timeIntervalType }) => timeIntervalType === 'HISTORICALLY')!.periods[0]!;
    expect(taxes.sum).toBeLessThan(0);
    expect(group(report, 'RECURRING_EXPENSES').streamIds.length).toBeGreaterThan(0);
    expect(report.customerAnalytics!.stateAttributes.map(({ attributeName }) => attributeName)).toEqual([
      'MISSED_RECURRING_EXPENSES', 'MISSED_RECURRING_LOAN_PAYMENTS', 'PAYMENT_RISK_SCORE', 'ASSET_BALANCE',
    ]);
    expect(report.customerAnalytics!.streams[0]).toMatchObject({ status: expect.stringMatching(/^(in)?active$/), count: expect.any(Number) });
  });
  good('GeneratePaymentRiskInsightsReport', 'repeats the accounts as one string', async (bench) => {
    const who = await ready(bench, 'profile_03');
    const accountIds = who.accounts.filter(({ type }) => type !== 'creditCard').map(({ id }) => id).join(' ');
    const { ack, report } = await made(bench, 'GeneratePaymentRiskInsightsReport', who, {
      userType: 'personal', body: { ...flags({ forCraPurpose: true }), accountIds },
    });
    expect((ack.constraints as unknown as Schemas['PaymentRiskInsightsReportConstraints']).accountIds).toBe(accountIds);
    expect(report.constraints).toEqual(ack.constraints);
    expect(report.institutions!.flatMap((one) => one.accounts ?? []).map(({ id }) => id).join(' ')).toBe(accountIds);
    const again = await send(bench, 'GeneratePaymentRiskInsightsReport', {
      customerId: who.customerId, userType: 'personal', body: flags({ forCraPurpose: true }),
    });
    expect(again.constraints).toEqual(flags({ forCraPurpose: true }));
  });

  wrong('GeneratePaymentRiskInsightsReport', 'no flag', { status: 400, code: 10100 }, async ({ client }) => client.send('GeneratePaymentRiskInsightsReport', {
    customerId: await enroll(client), userType: 'personal', body: {},
  }));
  wrong('GeneratePaymentRiskInsightsReport', 'data without the flag', { status: 400, code: 10100 }, async ({ raw, client }) =>
    raw('GeneratePaymentRiskInsightsReport', { parameters: { customerId: await enroll(client), userType: 'personal' }, body: flags({ timeIntervalTypes: ['MONTHLY_CALENDAR'] }) }));
  wrong('GeneratePaymentRiskInsightsReport', 'a customer with investments alone', { status: 400, code: 10106 }, async (bench) => {
    const who = await ready(bench, 'profile_02');
    return bench.client.send('GeneratePaymentRiskInsightsReport', {
      customerId: who.customerId, userType: 'personal', body: { ...flags({ forCraPurpose: false }), accountIds: accountOf(who.accounts, '401k').id },
    });
  });
  wrong('GeneratePaymentHistoryReport', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) => client.send('GeneratePaymentHistoryReport', { customerId: UNKNOWN_CUSTOMER, body: {} }));
  wrong('GeneratePaymentHistoryReport', 'no business', { status: 404, code: 10100 }, async (bench) => bench.client.send('GeneratePaymentHistoryReport', {
    customerId: (await ready(bench, 'profile_04')).customerId, body: {},
  }));
  wrong('GeneratePaymentHistoryReport', 'a consumer report without a consumer', { status: 404, code: 10100 }, async (bench) =>
    bench.client.send('GeneratePaymentHistoryReport', { customerId: (await firm(bench, { consumer: false })).customerId, body: flags({ forCraPurpose: true }) }));
  wrong('GeneratePaymentHistoryReport', 'a loan alone', { status: 400, code: 10106 }, async (bench) => {
    const who = await firm(bench);
    return bench.client.send('GeneratePaymentHistoryReport', { customerId: who.customerId, body: { accountIds: accountOf(who.accounts, 'loan').id } });
  });
});

describe('Reading', () => {
  good('GetReportByConsumer', 'reads a consumer report of analytics, and none outside the FCRA', async (bench) => {
    const who = await ready(bench, 'profile_03');
    const { report } = await made(bench, 'GenerateBalanceAnalyticsReport', who, { userType: 'personal', body: flags({ forCraPurpose: true }) });
    await made(bench, 'GenerateBalanceAnalyticsReport', who, { userType: 'personal', body: flags({ forCraPurpose: false }) });
    expect(await bench.client.call('GetReportByConsumer', { consumerId: who.consumerId, reportId: report.id, purpose: PURPOSE })).toEqual(report);
    expect((await bench.client.call('GetReportsByConsumerId', { consumerId: who.consumerId })).reports.map(({ type }) => type)).toEqual(['barpcra']);
  });
  good('GetReportByCustomer', 'reads the analytics that the seed has', async ({ client }) => {
    const seen = new Set<string>();
    for await (const page of client.pages<{ id: string }>('GetCustomers', {}, { limit: 12 })) {
      for (const { id: customerId } of page.items)
        for (const { id, type, status } of (await client.call('GetReportsByCustomerId', { customerId })).reports) {
          if (status !== 'success' || !/^(bar|cfr[pb](cra|noncra|ftc)|phr|pri|far)/.test(type)) continue;
          const report = (await client.call('GetReportByCustomer', { customerId, reportId: id, purpose: PURPOSE })) as Report;
          expect(report.customerAnalytics!.streams.length).toBeGreaterThan(0);
          seen.add(type.slice(0, 3));
        }
      break;
    }
    expect([...seen].sort()).toEqual(['bar', 'cfr', 'far', 'phr', 'pri']);
  });
});

describe('Foresight', () => {
  const asked = flags({
    forCraPurpose: false, segments: { geolocation: [{ label: 'POSTAL_CODE', value: '84074' }] }, analytics: ['benchmarking', 'forecasting'],
    income: 64_000, age: 37,
  });
  type Foresight = Schemas['ForesightAnalyticsFirstThirdPartyReport'];
  const spent = (report: Foresight, name: string) => report.customerAnalytics!.transactionalAttributes.find(({ attributeName }) => attributeName === name)!;

  good('GenerateForesightAnalyticsNonCraReport', 'compares and foresees spending, without a consumer', async (bench) => {
    const customerId = await enroll(bench.client);
    const who = { customerId, consumerId: '', accounts: await link(bench.client, customerId, 'profile_02') };
    const { ack, report } = await made(bench, 'GenerateForesightAnalyticsNonCraReport', who, { userType: 'personal', body: asked });
    expect(ack).toMatchObject({ type: 'farpbfnoncra', status: 'inProgress', constraints: asked });
    expect(ack.consumerId).toBeUndefined();
    expect(ack.id).toMatch(/-farpbfnoncra$/);
    expect([...new Set(report.institutions!.flatMap((one) => one.accounts ?? []).map(({ type }) => type))].sort()).toEqual(['checking', 'creditCard', 'savings']);
    const food = spent(report as unknown as Foresight, 'GROCERIES_SPENDING');
    const { periods, cohortBenchmarkPeriods } = food.aggregatedByTimePeriods.find(({ timeIntervalType }) => timeIntervalType === 'HISTORICALLY')!;
    const [cohort] = cohortBenchmarkPeriods![0]!.cohortValues!;
    expect(cohort).toMatchObject({ cohortType: 'POSTAL_CODE' });
    expect(periods[0]!.sum).toBeLessThan(0);
    expect(periods[0]!.comparedToCohorts![0]!.totalDifferenceToCohort).toBeCloseTo(periods[0]!.sum! - cohort!.value!, 2);
    expect(food.projectedValues!.map(({ timeValue }) => timeValue)).toEqual([3, 6, 9, 12]);
    expect(food.projectedValues![3]!.projectionValue).toBeCloseTo(food.projectedValues![0]!.projectionValue! * 4, 0);
    expect(report.customerAnalytics!.transactionalAttributes).toHaveLength(18);
  });
  good('GenerateForesightAnalyticsNonCraReport', 'compares with nobody unless told with whom', async (bench) => {
    const { report } = await made(bench, 'GenerateForesightAnalyticsNonCraReport', await ready(bench, 'profile_03'), { userType: 'personal', body: {} });
    expect(spent(report as unknown as Foresight, 'FUEL_SPENDING').aggregatedByTimePeriods[0]!.cohortBenchmarkPeriods!.every(({ cohortValues }) => cohortValues!.length === 0)).toBe(true);
  });
  wrong('GenerateForesightAnalyticsNonCraReport', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) =>
    client.send('GenerateForesightAnalyticsNonCraReport', { customerId: UNKNOWN_CUSTOMER, userType: 'personal', body: asked }));
  wrong('GenerateForesightAnalyticsNonCraReport', 'a firm', { status: 400, code: 10100 }, async ({ raw, client }) =>
    raw('GenerateForesightAnalyticsNonCraReport', { parameters: { customerId: await enroll(client), userType: 'business' }, body: asked }));
  wrong('GenerateForesightAnalyticsNonCraReport', 'an age of 126', { status: 400, code: 10100 }, async ({ raw, client }) =>
    raw('GenerateForesightAnalyticsNonCraReport', { parameters: { customerId: await enroll(client), userType: 'personal' }, body: flags({ age: 126 }) }));
  wrong('GenerateForesightAnalyticsNonCraReport', 'no account that fits', { status: 400, code: 10106 }, async (bench) => {
    const who = await ready(bench, 'profile_02');
    return bench.client.send('GenerateForesightAnalyticsNonCraReport', {
      customerId: who.customerId, userType: 'personal', body: { accountIds: accountOf(who.accounts, '401k').id },
    });
  });

  const ownTransactions = (externalCustomerId: string, at: string) => ({
    transactions: [['1', 'HARVEST LANE MKT #204', -84.2], ['2', 'HARVEST LANE MKT #204', -61.1], ['3', 'ROADRUNNER FUEL #11', -40]].map(([id, description, amount]) => ({
      externalCustomerId, externalAccountId: 'own-account-1', accountType: 'checking', externalTransactionId: `${externalCustomerId}-${id}`,
      transactionTimestamp: at, description: String(description), amount: Number(amount),
    })),
  });
  const submit = async ({ client, sandbox }: Bench, externalCustomerId: string) => {
    const { now } = await sandbox.control.health();
    await client.send('enrichTransactions', { body: ownTransactions(externalCustomerId, new Date((now - 10 * 86_400) * 1000).toISOString()) });
  };
  /** By its id alone, until it is finished. */
  const read = async ({ client, sandbox }: Bench, reportId: string) => {
    expect(await client.call('GetReportById', { reportId, body: {} })).toMatchObject({ status: 'inProgress' });
    await sandbox.control.clock({ advance: 60 });
    return (await client.call('GetReportById', { reportId, body: {} })) as Foresight;
  };

  good('GenerateForesightAnalyticsFirstThirdPartyNonCraReport', 'is made of data of the caller\'s own, and names no customer', async (bench) => {
    const externalCustomerId = 'c0a53e7d91';
    await submit(bench, externalCustomerId);
    const ack = await send(bench, 'GenerateForesightAnalyticsFirstThirdPartyNonCraReport', {
      userType: 'personal', body: { ...asked, externalCustomerId },
    }) as unknown as Foresight;
    expect(ack).toMatchObject({ type: 'farpbfnoncra', externalCustomerId, constraints: { externalCustomerId } });
    expect([ack.customerId, ack.customerType]).toEqual([undefined, undefined]);
    const report = await read(bench, ack.id);
    const total = (name: string) => spent(report, name).aggregatedByTimePeriods.find(({ timeIntervalType }) => timeIntervalType === 'HISTORICALLY')!.periods[0]!;
    expect(total('GROCERIES_SPENDING')).toMatchObject({ count: 2, sum: -145.3 });
    expect(total('FUEL_SPENDING')).toMatchObject({ count: 1, sum: -40 });
    expect(total('BOOKS_SPENDING').count).toBe(0);
  });
  good('GenerateForesightAnalyticsFirstThirdPartyNonCraReport', 'is made of linked accounts, or of both', async (bench) => {
    const who = await ready(bench, 'profile_03');
    await submit(bench, 'c0a53e7d92');
    const linked = await send(bench, 'GenerateForesightAnalyticsFirstThirdPartyNonCraReport', {
      userType: 'personal', body: { customerId: Number(who.customerId) },
    });
    expect(linked.customerId).toBe(Number(who.customerId));
    const both = await send(bench, 'GenerateForesightAnalyticsFirstThirdPartyNonCraReport', {
      userType: 'personal', body: { customerId: Number(who.customerId), externalCustomerId: 'c0a53e7d92' },
    });
    const one = await read(bench, linked.id);
    const two = (await bench.client.call('GetReportById', { reportId: both.id, body: {} })) as Foresight;
    const count = (report: Foresight) => spent(report, 'GROCERIES_SPENDING').transactionIds.length;
    expect(count(two)).toBe(count(one) + 2);
    expect(two.institutions).toHaveLength(one.institutions!.length + 1);
    expect(one.reportRefreshNumber).toBe(0);
  });
  wrong('GenerateForesightAnalyticsFirstThirdPartyNonCraReport', 'nobody\'s data', { status: 400, code: 10100 }, ({ client }) =>
    client.send('GenerateForesightAnalyticsFirstThirdPartyNonCraReport', { userType: 'personal', body: {} }));
  wrong('GenerateForesightAnalyticsFirstThirdPartyNonCraReport', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) =>
    client.send('GenerateForesightAnalyticsFirstThirdPartyNonCraReport', { userType: 'personal', body: { customerId: Number(UNKNOWN_CUSTOMER) } }));
  wrong('GenerateForesightAnalyticsFirstThirdPartyNonCraReport', 'data that were never given', { status: 404, code: 10100 }, ({ client }) =>
    client.send('GenerateForesightAnalyticsFirstThirdPartyNonCraReport', { userType: 'personal', body: { externalCustomerId: 'never-given' } }));
  wrong('GenerateForesightAnalyticsFirstThirdPartyNonCraReport', 'a customer id in text', { status: 400, code: 14023 }, ({ raw }) =>
    raw('GenerateForesightAnalyticsFirstThirdPartyNonCraReport', { parameters: { userType: 'personal' }, body: { customerId: 'somebody' } }));
});
