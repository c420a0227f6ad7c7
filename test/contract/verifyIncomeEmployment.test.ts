// Contract of the family Verify Income and Employment. Each kind is made and followed to its end; what it says is held against the customer's
// own transactions, and its PDF against its JSON.
import { describe, expect } from 'vitest';
import { operation } from '../../src/api/catalogue.ts';
import type { components } from '../../src/api/generated/types.d.ts';
import { good, wrong } from '../support/contract.ts';
import type { Bench } from '../support/contract.ts';
import { accountOf, consumerBody, enroll, link, makeConsumer, UNKNOWN_ACCOUNT } from '../support/people.ts';
import { pdfText } from '../support/pdfText.ts';
import { follow, generate, PURPOSE, ready, storePayStatement } from '../support/reports.ts';
import type { Ack, Ready } from '../support/reports.ts';

type Schemas = components['schemas'];
type Operation = 'GenerateVOIReport' | 'GenerateVOEPayrollReport' | 'GenerateVOETransactionsReport' | 'GeneratePayStatementReport' | 'GenerateVOIEPaystubWithTXVerifyReport'
  | 'GenerateVOIEPaystubReport' | 'RefreshVOIEPayrollReport';
interface Made<T> { who: Ready; ack: Ack; report: T; pdf: string }
const DAY = 86_400;
const PLAIN_TEXT = 'This must be a pay slip';

/** Generated for a new customer, or for `who`, followed to success, and read as a PDF too. */
async function made<T>(bench: Bench, id: Operation, body?: (who: Ready) => Promise<object> | object, known?: Ready): Promise<Made<T>> {
  const who = known ?? (await ready(bench));
  const ack = await generate(id, bench, who, body ? { body: await body(who) } : {});
  const { type, idSuffix = '' } = operation(id).report!;
  expect(bench.exchanges.at(-1)!.status).toBe(202);
  expect(ack).toMatchObject({ type, status: 'inProgress', customerId: Number(who.customerId), consumerId: who.consumerId, consumerSsn: '1111' });
  expect(ack.id.endsWith(idSuffix)).toBe(true);
  expect(ack.portfolioId).toMatch(/^[0-9a-z]{12}-\d+-port$/);
  const { report } = await follow(bench, who, ack.id);
  expect(report).toMatchObject({ id: ack.id, type, status: 'success', portfolioId: ack.portfolioId, requestId: ack.requestId });
  const answer = await bench.client.send('GetReportByCustomer', { customerId: who.customerId, reportId: ack.id, purpose: PURPOSE }, { accept: 'application/pdf' });
  const { text } = await pdfText(answer.body as Uint8Array);
  expect(text).toContain(String(report.title));
  return { who, ack, report: report as unknown as T, pdf: text };
}

const failed = async (bench: Bench, who: Ready, id: string) => {
  const { report } = await follow(bench, who, id);
  expect(report.status).toBe('failure');
  return (report as unknown as Schemas['ReportBase']).errors ?? [];
};

/** The paychecks that the accounts show, newest first. */
async function paychecks({ client, sandbox }: Bench, { customerId }: Ready) {
  const { now } = await sandbox.control.health();
  const page = await client.call('GetAllCustomerTransactions', { customerId, fromDate: now - 180 * DAY, toDate: now, limit: 1000 });
  return page.transactions.filter((row) => row.categorization?.category === 'Paycheck' && row.status === 'active').sort((a, b) => Number(b.transactionDate) - Number(a.transactionDate));
}
const cents = (amount: number) => Math.round(amount * 100) / 100;
const money = (amount: number) => amount.toLocaleString('en-US', { minimumFractionDigits: 2 });

describe('of accounts', () => {
  good('GenerateVOIReport', 'finds the salary among the deposits', async (bench) => {
    const { who, report, pdf } = await made<Required<Schemas['VOIReport']>>(bench, 'GenerateVOIReport');
    const accounts = report.institutions.flatMap((one) => one.accounts ?? []);
    expect(new Set(accounts.map((account) => account.type))).toEqual(new Set(['checking', 'savings', 'moneyMarket'].filter((type) => who.accounts.some((account) => account.type === type))));
    const [salary] = accounts.flatMap((account) => account.incomeStreams ?? []);
    const [newest] = await paychecks(bench, who);
    expect(salary!.transactions.map((row) => row.id)).toContain(newest!.id);
    expect(salary!.netMonthly!.length).toBeGreaterThan(20);
    expect(cents(report.income.reduce((sum, level) => sum + level.incomeEstimate.netAnnual, 0))).toBeCloseTo(accounts.flatMap((account) => account.incomeStreams ?? []).reduce((sum, one) => sum + one.netAnnual!, 0), 1);
    const counted = new Set(accounts.flatMap((account) => (account.incomeStreams ?? []).flatMap((one) => one.transactions.map((row) => row.id))));
    const misc = accounts.flatMap((account) => account.miscDeposits ?? []);
    expect(misc.every((row) => row.amount! > 0 && !counted.has(row.id))).toBe(true);
    expect(pdf).toContain(salary!.name);
  });
  good('GenerateVOIReport', 'holds back what is less sure than asked for', async (bench) => {
    const { report } = await made<Required<Schemas['VOIReport']>>(bench, 'GenerateVOIReport', () => ({ incomeStreamConfidenceMinimum: 99 }));
    expect(report.income).toEqual([]);
    expect(report.constraints.incomeStreamConfidenceMinimum).toBe(99);
  });
  wrong('GenerateVOIReport', 'an account that holds no income', { status: 400, code: 10106 }, async (bench) => {
    const who = await ready(bench);
    return bench.client.send('GenerateVOIReport', { customerId: who.customerId, body: { accountIds: accountOf(who.accounts, 'creditCard').id } });
  });
  wrong('GenerateVOIReport', 'a confidence that is no number', { status: 400, code: 10100 }, async (bench) =>
    bench.raw('GenerateVOIReport', { parameters: { customerId: (await ready(bench, 'profile_03')).customerId }, body: { incomeStreamConfidenceMinimum: 'high' } }));
  for (const [lastName, code] of [['Freeze', 10405], ['Dispute', 10406]] as const)
    wrong('GenerateVOIReport', `a consumer whose data are closed (${lastName.toLowerCase()})`, { status: 403, code }, async ({ client }) => {
      const customerId = await enroll(client);
      await link(client, customerId);
      await client.call('CreateConsumer', { customerId, body: { ...consumerBody, lastName } });
      return client.send('GenerateVOIReport', { customerId, body: {} });
    });

  good('GenerateVOETransactionsReport', 'tells when pay came and is due again, without one amount', async (bench) => {
    const { who, report } = await made<Required<Schemas['VOETransactionsReport']>>(bench, 'GenerateVOETransactionsReport');
    const accounts = report.institutions.flatMap((one) => one.accounts ?? []);
    const [salary] = accounts.flatMap((account) => account.incomeStreams ?? []);
    const [newest] = await paychecks(bench, who);
    expect(salary!.transactions.map((row) => row.id)).toContain(newest!.id);
    expect(salary!.nextExpectedTransactionDate - Number(newest!.postedDate)).toBe(salary!.cadence.days! * DAY);
    expect(JSON.stringify(report)).not.toMatch(/"(amount|balance|availableBalance|netAnnual|netMonthly)":/);
  });
  good('GenerateVOETransactionsReport', 'takes the accounts of the report that it goes with', async (bench) => {
    const who = await ready(bench);
    const checking = accountOf(who.accounts, 'checking').id;
    const first = await made(bench, 'GenerateVOIReport', () => ({ accountIds: checking }), who);
    const { report } = await made<Required<Schemas['VOETransactionsReport']>>(bench, 'GenerateVOETransactionsReport', () => ({ reportId: first.ack.id }), who);
    expect(report.constraints).toMatchObject({ reportId: first.ack.id, accountIds: [checking] });
    expect(report.institutions.flatMap((one) => (one.accounts ?? []).map((account) => String(account.id)))).toEqual([checking]);
  });
  good('GenerateVOETransactionsReport', 'fails when there is no such report', async (bench) => {
    const who = await ready(bench, 'profile_03');
    const { id } = await generate('GenerateVOETransactionsReport', bench, who, { body: { reportId: 'k7p2mwz9xq4d' } });
    expect(await failed(bench, who, id)).toMatchObject([{ code: 10100 }]);
  });
});

describe('of payroll', () => {
  good('RefreshVOIEPayrollReport', 'has the pay statements that the deposits show', async (bench) => {
    const { who, report, ack, pdf } = await made<Required<Schemas['VOIEPayrollReport']>>(bench, 'RefreshVOIEPayrollReport', () => ({
      payrollData: { ssn: '999601111', dob: Date.UTC(1988, 10, 23) / 1000 }, marketSegment: 'Mortgage', purpose: PURPOSE,
    }));
    expect(JSON.stringify(ack)).not.toContain('999601111');
    expect(ack).toMatchObject({ reportStyle: 'directAPIPayroll' });
    const { employer, employee, pay } = newestOf(report.employmentHistory);
    const deposits = await paychecks(bench, who);
    expect(deposits.map((row) => row.amount)).toContain(pay.directPayStatements![0]!.mainPayStatementFields.netPayAmount);
    expect(deposits.map((row) => row.categorization!.normalizedPayeeName)).toContain(employer.employerName);
    expect(employer).toMatchObject({ employmentStatusCode: 'A', employmentStatusName: 'Active', workLevelStatus: 'Full Time' });
    expect(employee.name).toBe('Noor Haddad');
    for (const { mainPayStatementFields: { grossPayAmount, netPayAmount }, earnings, deductions } of pay.directPayStatements!) {
      expect(earnings.reduce((sum, one) => sum + one.amount, 0)).toBeCloseTo(grossPayAmount, 2);
      expect(grossPayAmount - deductions!.reduce((sum, one) => sum + one.amount, 0)).toBeCloseTo(netPayAmount!, 2);
    }
    expect(pay.directPayStatements!.filter((one) => one.lastPayPeriodIndicator)).toHaveLength(1);
    expect(pay.annualIncome!.length).toBeGreaterThan(1);
    expect(pay.monthlyIncome!.estimatedMonthlyTotalPay).toBeGreaterThan(1000);
    expect(pdf).toContain(employer.employerName);
    expect(pdf).toContain(money(pay.directPayStatements![0]!.mainPayStatementFields.grossPayAmount));
  });
  good('RefreshVOIEPayrollReport', 'leaves out what was paid before the day asked for', async (bench) => {
    const since = (await bench.sandbox.control.health()).now - 60 * DAY;
    const { report } = await made<Required<Schemas['VOIEPayrollReport']>>(bench, 'RefreshVOIEPayrollReport', () => ({ payrollData: {}, payStatementsFromDate: since }));
    const dates = report.employmentHistory.flatMap((one) => (one.income.directPayStatements ?? []).map((statement) => statement.mainPayStatementFields.payDate));
    expect(dates.length).toBeGreaterThan(2);
    expect(Math.min(...dates)).toBeGreaterThanOrEqual(since);
  });
  good('GenerateVOEPayrollReport', 'states employment and no pay, and nothing of the earlier report\'s others', async (bench) => {
    const who = await ready(bench);
    const first = await made<Required<Schemas['VOIEPayrollReport']>>(bench, 'RefreshVOIEPayrollReport', undefined, who);
    const { report, pdf } = await made<Required<Schemas['VOEPayrollReport']>>(bench, 'GenerateVOEPayrollReport', () => ({ payrollData: { reportId: first.ack.id } }), who);
    expect(report.employmentHistory.map((one) => one.employmentId)).toEqual(first.report.employmentHistory.map((one) => one.employmentId));
    expect(report.employmentHistory.map((one) => one.income)).toEqual(report.employmentHistory.map(() => ({ payFrequency: 'Bi-Weekly' })));
    expect(JSON.stringify(report)).not.toMatch(/Amount|annualIncome|basePayRate/);
    expect(report.gseEnabled).toBe(true);
    expect(pdf).toContain('Active');
    const portfolio = await bench.client.call('GetPortfolioByCustomer', { customerId: who.customerId, portfolioId: String(report.portfolioId) });
    expect(portfolio.reports.map((one) => one.type).sort()).toEqual(['voePayroll', 'voiePayroll']);
    // One of the connected payroll accounts alone.
    const [account] = first.report.constraints.payrollData.payrollAccountIds!;
    const credentialed = await made<Required<Schemas['VOEPayrollReport']>>(bench, 'GenerateVOEPayrollReport', () => ({ payrollData: { payrollAccountIds: [account] } }), who);
    expect(credentialed.report).toMatchObject({ reportStyle: 'credentialedPayroll', constraints: { payrollData: { payrollAccountIds: [account] } } });
    expect(credentialed.report.employmentHistory).toHaveLength(1);
  });
  good('GenerateVOEPayrollReport', 'is the same when it is read later', async (bench) => {
    const { who, ack, report } = await made(bench, 'GenerateVOEPayrollReport');
    await bench.sandbox.control.clock({ advance: 45 * DAY });
    expect(await bench.client.call('GetReportByCustomer', { customerId: who.customerId, reportId: ack.id, purpose: PURPOSE })).toEqual(report);
  });
  good('GenerateVOEPayrollReport', 'fails for somebody whom no payroll provider knows', async (bench) => {
    const who = await ready(bench);
    const { id } = await generate('GenerateVOEPayrollReport', bench, who, { body: { payrollData: { ssn: '000112222', dob: 596246400 } } });
    expect(await failed(bench, who, id)).toMatchObject([{ code: 10100 }]);
    const { id: refreshed } = await generate('GenerateVOEPayrollReport', bench, who, { body: { payrollData: { reportId: 'k7p2mwz9xq4d-voepayroll' } } });
    expect(await failed(bench, who, refreshed)).toMatchObject([{ code: 10100 }]);
  });
  good('GenerateVOEPayrollReport', 'knows an employer of somebody who linked no account', async (bench) => {
    const customerId = await enroll(bench.client);
    const who = { customerId, consumerId: await makeConsumer(bench.client, customerId), accounts: [] };
    const { report } = await made<Required<Schemas['VOEPayrollReport']>>(bench, 'GenerateVOEPayrollReport', undefined, who);
    expect(report.employmentHistory.length).toBeGreaterThan(0);
  });
  wrong('GenerateVOEPayrollReport', 'no payroll data', { status: 400, code: 10005 }, async (bench) =>
    bench.raw('GenerateVOEPayrollReport', { parameters: { customerId: (await ready(bench, 'profile_03')).customerId }, body: {} }));
  wrong('RefreshVOIEPayrollReport', 'no payroll data', { status: 400, code: 10005 }, async (bench) =>
    bench.raw('RefreshVOIEPayrollReport', { parameters: { customerId: (await ready(bench, 'profile_03')).customerId }, body: { marketSegment: 'Auto' } }));
  wrong('RefreshVOIEPayrollReport', 'a date of birth in words', { status: 400, code: 10100 }, async (bench) =>
    bench.raw('RefreshVOIEPayrollReport', { parameters: { customerId: (await ready(bench, 'profile_03')).customerId }, body: { payrollData: { ssn: '999601111', dob: '1988-11-23' } } }));
  good('RefreshVOIEPayrollReport', 'takes a date of birth in digits as text, as the public example has it', async (bench) => {
    const who = await ready(bench, 'profile_03');
    const { id } = await generate('RefreshVOIEPayrollReport', bench, who, { body: { payrollData: { ssn: '999601111', dob: '596246400' } } });
    expect((await follow(bench, who, id)).report.status).toBe('success');
  });
  wrong('RefreshVOIEPayrollReport', 'eight digits for an SSN', { status: 400, code: 10100 }, async (bench) =>
    bench.client.send('RefreshVOIEPayrollReport', { customerId: (await ready(bench, 'profile_03')).customerId, body: { payrollData: { ssn: '99960111' } } }));
  wrong('RefreshVOIEPayrollReport', 'neither SSN here nor with the consumer', { status: 400, code: 10005 }, async ({ client }) => {
    const customerId = await enroll(client);
    const { ssn: _ssn, ...withoutSsn } = consumerBody;
    await client.call('CreateConsumer', { customerId, body: withoutSsn });
    return client.send('RefreshVOIEPayrollReport', { customerId, body: { payrollData: {} } });
  });
  wrong('RefreshVOIEPayrollReport', 'a purpose that is none', { status: 400, code: 10005 }, async (bench) =>
    bench.client.send('RefreshVOIEPayrollReport', { customerId: (await ready(bench, 'profile_03')).customerId, body: { payrollData: {}, purpose: 'loan' } }));
});

function newestOf(history: Schemas['PayrollEmploymentHistoryVOIE'][]) {
  const [newest] = history;
  return { employer: newest!.employment, employee: newest!.employee, pay: newest!.income };
}

describe('of pay statements', () => {
  good('GeneratePayStatementReport', 'reads each file by its label', async (bench) => {
    const { who, report, pdf } = await made<Required<Schemas['PayStatementReport']>>(bench, 'GeneratePayStatementReport', async ({ customerId }) => ({
      paystatementReport: { assetIds: [await storePayStatement(bench.client, customerId), await storePayStatement(bench.client, customerId, 'lastPayPeriodMinusOne', '\x89PNG\r\n\x1a\n', 'latin1')], extractDeductions: true },
    }));
    expect(report).toMatchObject({ reportStyle: 'paystatement', numberOfBillableAssets: 2, constraints: { paystatementReport: { extractEarnings: true, extractDeductions: true, extractDirectDeposit: true } } });
    const [last, before] = report.payStatements;
    expect(report.assetIds).toEqual([last!.assetId, before!.assetId]);
    expect([last!.payPeriod, before!.payPeriod]).toEqual(['LastPayPeriod', 'LastPayPeriodMinusOne']);
    const deposits = await paychecks(bench, who);
    const own = deposits.filter((row) => row.categorization!.normalizedPayeeName === last!.employer!.name);
    expect(own.map((row) => row.amount)).toContain(last!.netPayCurrent);
    expect(last!.payDate! - before!.payDate!).toBe(14 * DAY);
    expect(last!.grossPayCurrent! - last!.deductions!.reduce((sum, one) => sum + one.amountCurrent!, 0)).toBeCloseTo(last!.netPayCurrent!, 2);
    expect(last!.directDeposits).toMatchObject([{ amount: last!.netPayCurrent, accountTypeCode: 'Checking' }]);
    expect(report.endDate).toBe(last!.endDate);
    expect(pdf).toContain(last!.employer!.name!);
    expect(pdf).toContain(money(last!.netPayCurrent!));
  });
  good('GeneratePayStatementReport', 'bills a file once', async (bench) => {
    const who = await ready(bench);
    const assetId = await storePayStatement(bench.client, who.customerId);
    const body = () => ({ paystatementReport: { assetIds: [assetId], extractEarnings: false, extractDirectDeposit: false } });
    const first = await made<Required<Schemas['PayStatementReport']>>(bench, 'GeneratePayStatementReport', body, who);
    const second = await made<Required<Schemas['PayStatementReport']>>(bench, 'GeneratePayStatementReport', body, who);
    expect([first, second].map(({ report }) => [report.numberOfBillableAssets, report.payStatements[0]!.billable])).toEqual([[1, true], [0, false]]);
    expect(second.report.payStatements[0]).toMatchObject({ payStat: [], netPayCurrent: first.report.payStatements[0]!.netPayCurrent });
    expect(second.report.payStatements[0]).not.toHaveProperty('directDeposits');
    expect(second.report.payStatements[0]).not.toHaveProperty('deductions');
  });
  for (const id of ['GeneratePayStatementReport', 'GenerateVOIEPaystubReport'] as const)
    good(id, 'fails over a file that is no pay statement', async (bench) => {
      const who = await ready(bench);
      const assetId = await storePayStatement(bench.client, who.customerId, 'lastPayPeriod', PLAIN_TEXT);
      const data = { assetIds: [assetId] };
      const ack = await generate(id, bench, who, { body: id === 'GeneratePayStatementReport' ? { paystatementReport: data } : { voieWithStatementData: data } });
      expect(await failed(bench, who, ack.id)).toMatchObject([{ code: 10100, assetId }]);
    });
  good('GeneratePayStatementReport', 'fails over a bank statement', async (bench) => {
    const who = await ready(bench);
    const { statements } = await bench.client.call('GetCustomerAccountMultipleStatement', { customerId: who.customerId, accountId: accountOf(who.accounts, 'checking').id });
    const ack = await generate('GeneratePayStatementReport', bench, who, { body: { paystatementReport: { assetIds: [statements[0]!.id!] } } });
    expect(await failed(bench, who, ack.id)).toMatchObject([{ code: 10100 }]);
  });
  good('GenerateVOIEPaystubReport', 'estimates the month, and says which file it could not read', async (bench) => {
    let unreadable = '';
    const { report, pdf } = await made<Required<Schemas['VOIEPaystubReport']>>(bench, 'GenerateVOIEPaystubReport', async ({ customerId }) => {
      unreadable = await storePayStatement(bench.client, customerId, 'lastPayPeriodMinusOne', PLAIN_TEXT);
      return { voieWithStatementData: { assetIds: [await storePayStatement(bench.client, customerId), unreadable] } };
    });
    const [read, other] = report.payStatements;
    expect(report).toMatchObject({ reportStyle: 'voieWithStatement', numberOfBillableAssets: 1 });
    // Two weeks' pay, 26 times a year.
    expect(read!.monthlyIncome.estimatedMonthlyBasePay! / ((read!.grossPayCurrent! * 26) / 12)).toBeCloseTo(1, 1);
    expect(read!.payStat![0]).toMatchObject({ type: 'regular', amountCurrent: read!.grossPayCurrent });
    expect(read!.institutions).toEqual([]);
    expect(other).toMatchObject({ assetId: unreadable, errorCode: 10100, billable: false });
    expect(pdf).toContain(money(read!.monthlyIncome.estimatedMonthlyBasePay!));
  });
  good('GenerateVOIEPaystubReport', 'takes a pay statement of somebody who linked no account', async (bench) => {
    const customerId = await enroll(bench.client);
    const who = { customerId, consumerId: await makeConsumer(bench.client, customerId), accounts: [] };
    const { report } = await made<Required<Schemas['VOIEPaystubReport']>>(bench, 'GenerateVOIEPaystubReport', undefined, who);
    expect(report.payStatements[0]!.netPayCurrent).toBeGreaterThan(0);
  });

  good('GenerateVOIEPaystubWithTXVerifyReport', 'finds the deposit that bears the pay statement out', async (bench) => {
    const { report, pdf } = await made<Required<Schemas['VOIEPaystubWithTXVerifyReport']>>(bench, 'GenerateVOIEPaystubWithTXVerifyReport');
    const [stub] = report.payStatements;
    expect(report).toMatchObject({ reportStyle: 'voieWithInterview' });
    expect(stub).toMatchObject({ matchType: 'NET_PAY_MATCH', billable: true });
    expect(stub!.monthlyIncome.estimatedMonthlyTotalPay).toBeGreaterThanOrEqual(stub!.monthlyIncome.estimatedMonthlyBasePay!);
    const accounts = report.institutions.flatMap((one) => one.accounts ?? []);
    expect(accounts.filter(({ type }) => !['checking', 'savings'].includes(type ?? ''))).toEqual([]);
    const marked = accounts.flatMap((account) => account.incomeStreams ?? []).flatMap((stream) => stream.transactions).filter((row) => row.payStatementMatchTypes);
    expect(marked).toMatchObject([{ amount: stub!.netPayCurrent, payStatementMatchTypes: expect.arrayContaining(['DATE', 'NET_AMOUNT', 'EMPLOYER_NAME']) }]);
    expect(pdf).toContain('NET_PAY_MATCH');
  });
  good('GenerateVOIEPaystubWithTXVerifyReport', 'finds none where the pay does not go, and none before its first day', async (bench) => {
    const who = await ready(bench);
    const assetId = await storePayStatement(bench.client, who.customerId);
    const matchOf = async (body: object) => (await made<Required<Schemas['VOIEPaystubWithTXVerifyReport']>>(bench, 'GenerateVOIEPaystubWithTXVerifyReport', () => body, who)).report.payStatements[0]!.matchType;
    expect(await matchOf({ voieWithInterviewData: { txVerifyInterview: [{ assetId, accounts: [accountOf(who.accounts, 'savings').id] }] } })).toBe('NO_MATCH');
    const old = await storePayStatement(bench.client, who.customerId, 'previousYearLastPayPeriod');
    const { now } = await bench.sandbox.control.health();
    expect(await matchOf({ voieWithInterviewData: { txVerifyInterview: [{ assetId: old }] }, fromDate: Date.UTC(new Date(now * 1000).getUTCFullYear(), 0, 20) / 1000 })).toBe('TRANSACTION_DATE_RANGE_INVALID');
  });

  wrong('GenerateVOIEPaystubWithTXVerifyReport', 'accounts that pay does not go to', { status: 400, code: 10106 }, async (bench) => {
    const { customerId, accounts } = await ready(bench);
    const txVerifyInterview = [{ assetId: await storePayStatement(bench.client, customerId) }];
    return bench.client.send('GenerateVOIEPaystubWithTXVerifyReport', { customerId, body: { accountIds: accountOf(accounts, 'creditCard').id, voieWithInterviewData: { txVerifyInterview } } });
  });
  wrong('GeneratePayStatementReport', 'an asset that does not exist', { status: 404, code: 10100 }, async (bench) =>
    bench.client.send('GeneratePayStatementReport', { customerId: (await ready(bench, 'profile_03')).customerId, body: { paystatementReport: { assetIds: ['no-such-asset'] } } }));
  wrong('GenerateVOIEPaystubReport', 'somebody else\'s asset', { status: 404, code: 10100 }, async (bench) => {
    const assetId = await storePayStatement(bench.client, await enroll(bench.client));
    return bench.client.send('GenerateVOIEPaystubReport', { customerId: (await ready(bench, 'profile_03')).customerId, body: { voieWithStatementData: { assetIds: [assetId] } } });
  });
  wrong('GeneratePayStatementReport', 'no assets named', { status: 400, code: 10005 }, async (bench) =>
    bench.raw('GeneratePayStatementReport', { parameters: { customerId: (await ready(bench, 'profile_03')).customerId }, body: { paystatementReport: {} } }));
  wrong('GenerateVOIEPaystubReport', 'an empty list of assets', { status: 400, code: 10005 }, async (bench) =>
    bench.client.send('GenerateVOIEPaystubReport', { customerId: (await ready(bench, 'profile_03')).customerId, body: { voieWithStatementData: { assetIds: [] } } }));
  wrong('GenerateVOIEPaystubWithTXVerifyReport', 'no interview', { status: 400, code: 10005 }, async (bench) =>
    bench.raw('GenerateVOIEPaystubWithTXVerifyReport', { parameters: { customerId: (await ready(bench, 'profile_03')).customerId }, body: { voieWithInterviewData: {} } }));
  wrong('GenerateVOIEPaystubWithTXVerifyReport', 'pay that goes to somebody else\'s account', { status: 404, code: 38003 }, async (bench) => {
    const { customerId } = await ready(bench);
    const txVerifyInterview = [{ assetId: await storePayStatement(bench.client, customerId), accounts: [UNKNOWN_ACCOUNT] }];
    return bench.client.send('GenerateVOIEPaystubWithTXVerifyReport', { customerId, body: { voieWithInterviewData: { txVerifyInterview } } });
  });
});

describe('of the seed', () => {
  good('GetReportByCustomer', 'has each kind for the first customer, whose pay slip is a file that says the same', async (bench) => {
    const { client } = bench;
    const [customer] = (await client.call('GetCustomers', { limit: 1 })).customers;
    const customerId = customer!.id;
    const summaries = (await client.call('GetReportsByCustomerId', { customerId })).reports;
    const read = async (type: string) => {
      const found = summaries.find((one) => one.type === type);
      expect(found, `no ${type} among ${summaries.map((one) => one.type).join(', ')}`).toMatchObject({ status: 'success' });
      const report = await client.call('GetReportByCustomer', { customerId, reportId: found!.id, purpose: PURPOSE });
      const { body } = await client.send('GetReportByCustomer', { customerId, reportId: found!.id, purpose: PURPOSE }, { accept: 'application/pdf' });
      expect((await pdfText(body as Uint8Array)).text).toContain(found!.id);
      return report as Record<string, unknown>;
    };
    for (const type of ['voi', 'voeTransactions']) expect((await read(type)).institutions, type).not.toEqual([]);
    for (const type of ['voePayroll', 'voiePayroll']) expect((await read(type)).employmentHistory, type).not.toEqual([]);
    const { payStatements: [verified] } = (await read('voieTxVerify')) as unknown as Required<Schemas['VOIEPaystubWithTXVerifyReport']>;
    expect(verified).toMatchObject({ matchType: 'NET_PAY_MATCH', billable: true });
    const { payStatements: [slip] } = (await read('paystatement')) as unknown as Required<Schemas['PayStatementReport']>;
    const file = (await client.send('GetAssetByCustomerID', { customerId, assetId: slip!.assetId! })).body as Uint8Array;
    const { text } = await pdfText(file);
    for (const words of [slip!.employer!.name!, money(slip!.netPayCurrent!), money(slip!.grossPayYTD!)]) expect(text).toContain(words);
  });
});
