import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { list, moneyTest, NOW } from './sandboxMoneyHarness.ts';
import type { Json, MoneyTest } from './sandboxMoneyHarness.ts';

const DAY = 86_400;
let test: MoneyTest;
let customerId: string;
let consumerId: string;
let accounts: Json[];

beforeAll(async () => {
  test = await moneyTest();
  customerId = await test.enroll('reports-of-mine');
  accounts = await test.link(customerId);
  consumerId = await consumerFor(customerId);
});
afterAll(() => test.stop());

const consumerFor = async (id: string, lastName = 'Marlowe') => String((await test.ok('CreateConsumer', 'POST', `/decisioning/v1/customers/${id}/consumer`, {
  firstName: 'Philippa', lastName, address: '12 Alder St', city: 'Murray', state: 'UT', zip: '84123', phone: '8015550112', ssn: '900112233', birthday: { year: 1980, month: 4, dayOfMonth: 9 }, email: 'p@example.com',
}, 201)).id);

const PATHS: Readonly<Record<string, string>> = {
  GenerateVOAReport: 'voa', GenerateVOAWithIncomeReport: 'voaHistory', GeneratePrequalificationCRAReport: 'preQualVoa', GeneratePrequalificationNonCRAReport: 'assetSummary', GenerateCashFlowPersonalReport: 'cashFlowPersonal',
  GenerateCashFlowBusinessReport: 'cashFlowBusiness', GenerateStatementReport: 'statement', GenerateTransactionsReport: 'transactions',
};
const generate = (operationId: string, body: unknown = {}, query = '', customer = customerId) => test.ok(operationId, 'POST', `/decisioning/v2/customers/${customer}/${PATHS[operationId]}${query}`, body, 202);
const read = (id: unknown) => test.ok('GetReportByCustomer', 'GET', `/decisioning/v3/customers/${customerId}/reports/${id}`);
/** Generates, lets the sandbox's clock pass, reads. */
const finished = async (operationId: string, body: unknown = {}, query = '') => {
  const ack = await generate(operationId, body, query);
  await test.sandbox.control.clock({ advance: 50 });
  return { ack, report: await read(ack.id) };
};
const accountsIn = (report: Json) => list(report, 'institutions').flatMap((institution) => list(institution, 'accounts'));
const idOf = (type: string) => accounts.find((account) => account.type === type)?.id as string;

describe('asking for a report', () => {
  it('acknowledges with the ids as an array, and is in progress for some seconds of the sandbox\'s clock', async () => {
    const ids = [idOf('checking'), idOf('savings')];
    const ack = await generate('GenerateVOAReport', { accountIds: ids.join(' '), reportCustomFields: [{ label: 'loan', value: 'A-17', shown: true }] });
    expect(ack).toMatchObject({ type: 'voa', status: 'inProgress', customerId: Number(customerId), consumerId, consumerSsn: '2233', constraints: { accountIds: ids } });
    expect(String(ack.requestId)).toHaveLength(10);
    expect(ack).not.toHaveProperty('institutions');
    expect(await read(ack.id)).toMatchObject({ status: 'inProgress' });
    await test.sandbox.control.clock({ advance: 3 });
    expect((await read(ack.id)).status).toBe('inProgress');
    await test.sandbox.control.clock({ advance: 50 });
    expect((await read(ack.id)).status).toBe('success');
  });

  it.each([
    ['GenerateVOAReport', ''], ['GenerateVOAWithIncomeReport', ''], ['GeneratePrequalificationCRAReport', '-prequalvoa'], ['GeneratePrequalificationNonCRAReport', '-assetsummary'], ['GenerateCashFlowPersonalReport', '-cfrp'],
    ['GenerateCashFlowBusinessReport', '-cfrb'],
  ])('%s is acknowledged and finished as described', async (operationId, suffix) => {
    const { ack, report } = await finished(operationId);
    expect(String(ack.id)).toMatch(new RegExp(`^[0-9a-f]{12}${suffix}$`));
    expect(report.status).toBe('success');
    expect(accountsIn(report).length).toBeGreaterThan(2);
  });

  it('needs a consumer where the API does, and none where it does not', async () => {
    const other = await test.enroll('no-consumer-here');
    await test.link(other);
    expect(await test.call('POST', `/decisioning/v2/customers/${other}/voa`, {})).toMatchObject({ status: 404, json: { code: 10100, message: `Cannot find consumer for customer with id ${other}.` } });
    await generate('GeneratePrequalificationNonCRAReport', {}, '', other);
    expect(await generate('GenerateCashFlowBusinessReport', {}, '', other)).not.toHaveProperty('portfolioId');
  });

  it('refuses accounts that do not fit or are not the customer\'s', async () => {
    expect(await test.call('POST', `/decisioning/v2/customers/${customerId}/voa`, { accountIds: idOf('mortgage') })).toMatchObject({ status: 400, json: { code: 10106 } });
    expect(await test.call('POST', `/decisioning/v2/customers/${customerId}/voa`, { accountIds: '12345' })).toMatchObject({ status: 404, json: { code: 38003 } });
    const bare = await test.enroll('reports-bare');
    await consumerFor(bare);
    expect((await test.call('POST', `/decisioning/v2/customers/${bare}/voa`, {})).status).toBe(400);
  });

  it('is forbidden while the consumer has frozen or disputes the data', async () => {
    for (const [name, code] of [['Freeze', 10405], ['Dispute', 10406]] as const) {
      const other = await test.enroll(`reports-${name.toLowerCase()}`);
      await test.link(other, 102105, 'x', 'profile_03');
      await consumerFor(other, name);
      expect(await test.call('POST', `/decisioning/v2/customers/${other}/voa`, {})).toMatchObject({ status: 403, json: { code, status: '403' } });
    }
  });

  it('fails with the accounts\' codes when none of them can be read', async () => {
    const seeded = list(await test.ok('GetCustomers', 'GET', '/aggregation/v1/customers?limit=60'), 'customers');
    const failures = (await Promise.all(seeded.map(async ({ id }) => list(await test.ok('GetReportsByCustomerId', 'GET', `/decisioning/v1/customers/${id}/reports`), 'reports').filter((report) => report.status === 'failure').map((report) => ({ id, report }))))).flat();
    expect(failures.length).toBeGreaterThan(2);
    const [first] = failures;
    const body = await test.ok('GetReportByCustomer', 'GET', `/decisioning/v3/customers/${first?.id}/reports/${first?.report.id}`);
    expect([103, 185]).toContain((list(body, 'errors')[0] as Json).code);
    expect(body).not.toHaveProperty('institutions');
  });

  it('calls back once when it begins and once when it ends', async () => {
    const received: Json[] = [];
    const server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => { text += chunk.toString(); });
      request.on('end', () => {
        received.push(JSON.parse(text) as Json);
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const ack = await generate('GenerateVOAReport', {}, `?callbackUrl=http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`);
    await test.sandbox.control.clock({ advance: 50 });
    await read(ack.id);
    await read(ack.id);
    await test.sandbox.webhooksSettled();
    server.close();
    expect(received.map(({ eventName, id, status }) => [eventName, id, status])).toEqual([['inProgress', ack.id, 'inProgress'], ['done', ack.id, 'success']]);
  });
});

describe('what reports say', () => {
  it('has in a VOA exactly the account\'s own balance and posted transactions', async () => {
    const { report } = await finished('GenerateVOAReport', { accountIds: idOf('checking'), showNsf: true });
    const [account] = accountsIn(report) as [Json];
    const shown = await test.ok('GetCustomerAccount', 'GET', `/aggregation/v2/customers/${customerId}/accounts/${idOf('checking')}`);
    expect(account.balance).toBe(shown.balance);
    const from = NOW - 100 * DAY;
    const page = await test.ok('GetCustomerAccountTransactions', 'GET', `/aggregation/v4/customers/${customerId}/accounts/${idOf('checking')}/transactions?fromDate=${from}&toDate=${NOW + DAY}&limit=1000&sort=asc`);
    const listed = list(page, 'transactions').filter((row) => row.status === 'active').map((row) => [row.id, row.amount]);
    expect(list(account, 'transactions').filter((row) => (row.postedDate as number) >= from).map((row) => [row.id, row.amount]).slice(-listed.length + 5)).toEqual(listed.slice(5));
    expect(account.totNumberInsufficientFundsFeeDebitTxAccount).toBe(list(account, 'transactions').filter((row) => /\bNSF\b/.test(String(row.description))).length);
    expect(report.consolidatedAvailableBalance).toBe(account.availableBalance);
    expect((report.assets as Json).currentBalance).toBe(account.balance);
  });

  it('finds the salary with high confidence, and its year is the sum of its months', async () => {
    const { report } = await finished('GenerateVOAWithIncomeReport');
    const high = list(report, 'income').find((level) => level.confidenceType === 'HIGH') as Json;
    const year = list(high, 'netMonthly').slice(-12).reduce((sum, month) => sum + (month.net as number), 0);
    expect((high.incomeEstimate as Json).netAnnual).toBeCloseTo(year, 1);
    expect(year).toBeGreaterThan(20_000);
    const stream = accountsIn(report).flatMap((account) => list(account, 'incomeStreams')).find((one) => one.estimateInclusion === 'HIGH') as Json;
    expect(stream).toMatchObject({ status: 'ACTIVE', cadence: { days: 14, stopDate: null } });
    const strict = await finished('GenerateVOAWithIncomeReport', { incomeStreamConfidenceMinimum: 100 });
    expect(strict.report.income).toEqual([]);
  });

  it('adds a month of cash flow up from the transactions, and all accounts from each', async () => {
    const { report } = await finished('GenerateCashFlowPersonalReport');
    const checking = accountsIn(report).find((account) => account.id === Number(idOf('checking'))) as Json;
    const month = list(checking.cashFlowCredit as Json, 'monthlyCashFlowCredits').at(-1) as Json;
    const start = month.month as number;
    const rows = list(checking, 'transactions').filter((row) => (row.postedDate as number) >= start - 5 * DAY && (row.amount as number) > 0);
    const inMonth = rows.filter((row) => (row.postedDate as number) >= start && new Date((row.postedDate as number) * 1000).getUTCMonth() === new Date(start * 1000).getUTCMonth());
    expect(month.numberOfCredits).toBe(String(inMonth.length));
    expect(month.totalCreditsAmount).toBeCloseTo(inMonth.reduce((sum, row) => sum + (row.amount as number), 0), 2);
    const each = accountsIn(report).reduce((sum, account) => sum + ((account.cashFlowCredit as Json).twelveMonthCreditTotal as number), 0);
    expect((report.cashFlowCreditSummary as Json).twelveMonthCreditTotal).toBeCloseTo(each, 1);
    expect(((report.cashFlowDebitSummary as Json).twelveMonthDebitTotal as number)).toBeLessThan(0);
  });

  it('filters a transactions report and counts what it holds', async () => {
    const range = `?fromDate=${NOW - 90 * DAY}&toDate=${NOW}`;
    const all = accountsIn((await finished('GenerateTransactionsReport', {}, range)).report);
    const groceries = accountsIn((await finished('GenerateTransactionsReport', { findTransaction: { findTransactionCategory: ['Groceries'] } }, range)).report);
    const rows = groceries.flatMap((account) => list(account, 'transactions'));
    expect(rows.length).toBeGreaterThan(2);
    expect(rows.every((row) => row.category === 'Groceries')).toBe(true);
    expect(all.flatMap((account) => list(account, 'transactions')).length).toBeGreaterThan(rows.length);
    expect(groceries.reduce((sum, account) => sum + (account.transactionsCount as number), 0)).toBe(rows.length);
    expect(await test.call('POST', `/decisioning/v2/customers/${customerId}/transactions?fromDate=${NOW}&toDate=${NOW - DAY}`, {})).toMatchObject({ status: 400, json: { code: 41002 } });
  });

  it('is the same when read again later, also after an account was deleted', async () => {
    const { report } = await finished('GenerateVOAReport');
    await test.ok('DeleteCustomerAccount', 'DELETE', `/aggregation/v1/customers/${customerId}/accounts/${idOf('moneyMarket')}`, undefined, 204);
    await test.sandbox.control.clock({ advance: 2000 });
    expect(await read(report.id)).toEqual(report);
  });
});

describe('finding reports', () => {
  it('reads one by customer, by consumer and by id, and lists it', async () => {
    const { report } = await finished('GenerateVOAReport');
    expect(await test.ok('GetReportByConsumer', 'GET', `/decisioning/v3/consumers/${consumerId}/reports/${report.id}?purpose=31`)).toEqual(report);
    expect(await test.ok('GetReportById', 'POST', `/decisioning/v3/reports/${report.id}`, { purpose: '31' })).toEqual(report);
    for (const [operation, path] of [['GetReportsByCustomerId', `customers/${customerId}`], ['GetReportsByConsumerId', `consumers/${consumerId}`]] as const) {
      const reports = list(await test.ok(operation, 'GET', `/decisioning/v1/${path}/reports`), 'reports');
      expect(reports[0]).toMatchObject({ id: report.id, status: 'success', type: 'voa' });
    }
    expect(await test.call('GET', `/decisioning/v3/customers/${customerId}/reports/000000000000`)).toMatchObject({ status: 404, json: { code: 10100 } });
    expect((await test.call('POST', '/decisioning/v3/reports/abcabcabcabc', {})).status).toBe(404);
    expect((await test.call('GET', `/decisioning/v3/customers/${customerId}/reports/${report.id}?purpose=everything`)).json).toMatchObject({ code: 10005 });
  });

  it('reissues consumer reports only, and only for a purpose', async () => {
    const { report } = await finished('GenerateVOAReport');
    expect(await test.ok('ReportReissue', 'POST', `/decisioning/v1/reports/${report.id}/partners`, { purpose: '31' })).toEqual(report);
    expect(await test.call('POST', `/decisioning/v1/reports/${report.id}/partners`, {})).toMatchObject({ status: 400, json: { code: 10100 } });
    const free = (await finished('GeneratePrequalificationNonCRAReport')).report;
    expect((await test.call('POST', `/decisioning/v1/reports/${free.id}/partners`, { purpose: '31' })).status).toBe(404);
  });

  it('gives seeded customers finished, running and failed reports, each readable by its id alone', async () => {
    const [first] = list(await test.ok('GetCustomers', 'GET', '/aggregation/v1/customers?limit=1'), 'customers');
    const fresh = await moneyTest();
    const reports = list(await fresh.ok('GetReportsByCustomerId', 'GET', `/decisioning/v1/customers/${first?.id}/reports`), 'reports');
    expect(new Set(reports.map((report) => report.status))).toEqual(new Set(['success', 'failure', 'inProgress']));
    for (const { id } of reports) expect((await fresh.ok('GetReportById', 'POST', `/decisioning/v3/reports/${id}`, {})).id).toBe(id);
    await fresh.advance(3600);
    const later = list(await fresh.ok('GetReportsByCustomerId', 'GET', `/decisioning/v1/customers/${first?.id}/reports`), 'reports');
    expect(later.some((report) => report.status === 'inProgress')).toBe(false);
    await fresh.stop();
  });

  it('collects finished reports in portfolios by version', async () => {
    const before = await generate('GenerateVOAReport');
    const version = /^(.{12})-(\d+)-port$/.exec(String(before.portfolioId)) as RegExpExecArray;
    expect(await test.call('GET', `/decisioning/v1/customers/${customerId}/portfolios/${before.portfolioId}`)).toMatchObject({ status: 404, json: { code: 10100 } });
    await test.sandbox.control.clock({ advance: 50 });
    const own = await test.ok('GetPortfolioByCustomer', 'GET', `/decisioning/v1/customers/${customerId}/portfolios/${before.portfolioId}`);
    expect(list(own, 'reports').find((report) => report.type === 'voa')).toMatchObject({ id: before.id, status: 'success' });
    const next = await generate('GenerateVOAReport');
    expect(next.portfolioId).toBe(`${version[1]}-${Number(version[2]) + 1}-port`);
    await test.sandbox.control.clock({ advance: 50 });
    const older = await test.ok('GetPortfolioByCustomer', 'GET', `/decisioning/v1/customers/${customerId}/portfolios/${before.portfolioId}`);
    expect(list(older, 'reports').find((report) => report.type === 'voa')?.id).toBe(before.id);
    const latest = await test.ok('GetPortfolioByConsumer', 'GET', `/decisioning/v1/consumers/${consumerId}/portfolios/${version[1]}-port`);
    expect(list(latest, 'reports').filter((report) => report.type === 'voa').map((report) => report.id)).toEqual([next.id]);
    await test.ok('GetPortfolioByPathParamPortFolioID', 'GET', `/decisioning/v1/portfolios/${version[1]}-port`);
    expect((await test.call('GET', '/decisioning/v1/portfolios/nonsense')).json).toHaveProperty('trackingId');
  });

  it('bills finished reports of a month, testing ones only when asked', async () => {
    const partner = test.sandbox.credentials.partnerId;
    const path = (more = '') => `/decisioning/v1/partners/${partner}/billing/reseller?startDate=${NOW - DAY}&endDate=${NOW + 20 * DAY}${more}`;
    const all = await test.ok('getResellerBillingReport', 'GET', path('&viewTestingReports=true'));
    expect(list(all, 'content').some((entry) => entry.customerId === Number(customerId))).toBe(true);
    expect(list(await test.ok('getResellerBillingReport', 'GET', path()), 'content').some((entry) => entry.customerId === Number(customerId))).toBe(false);
    expect((await test.call('GET', `/decisioning/v1/partners/${partner}/billing/reseller?startDate=1&endDate=${NOW}`)).json).toMatchObject({ code: 10100 });
  });
});
