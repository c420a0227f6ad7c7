// Contract of every operation that generates a report, and of the family Reports that reads them. Each kind is made, followed to its end
// with the sandbox's clock, and read as JSON and as a PDF whose text is compared with the JSON.
import { afterEach, describe, expect } from 'vitest';
import { catalogue, operation } from '../../src/api/catalogue.ts';
import { bodyProperties } from '../../src/api/schemas.ts';
import type { components } from '../../src/api/generated/types.d.ts';
import { good, wrong } from '../support/contract.ts';
import type { Bench } from '../support/contract.ts';
import { listen } from '../support/listener.ts';
import type { Listener } from '../support/listener.ts';
import { accountOf, consumerBody, enroll, link, makeConsumer, UNKNOWN_ACCOUNT, UNKNOWN_CUSTOMER } from '../support/people.ts';
import { pdfText } from '../support/pdfText.ts';
import { follow, generate, leastInput, PURPOSE, ready } from '../support/reports.ts';
import type { Ready } from '../support/reports.ts';

type Schemas = components['schemas'];
type Finished = Record<string, unknown> & { institutions?: { name: string; accounts: { id: number | string; name: string; transactions?: unknown[] }[] }[] };
type Generating = 'GenerateVOAReport' | 'GenerateVOAWithIncomeReport' | 'GeneratePrequalificationCRAReport' | 'GeneratePrequalificationNonCRAReport'
  | 'GenerateCashFlowPersonalReport' | 'GenerateCashFlowBusinessReport' | 'GenerateTransactionsReport' | 'GenerateStatementReport';

const listeners: Listener[] = [];
afterEach(async () => void (await Promise.all(listeners.splice(0).map((one) => one.close()))));

const pdfOf = async ({ client }: Bench, { customerId }: Ready, reportId: string): Promise<Uint8Array> => {
  const { contentType, body } = await client.send('GetReportByCustomer', { customerId, reportId, purpose: PURPOSE }, { accept: 'application/pdf' });
  expect(contentType).toBe('application/pdf');
  return body as Uint8Array;
};

/** Made, followed, read both ways; what the kind holds is up to `look`. */
async function lifecycle(
  bench: Bench, id: Generating, look: (report: Finished, who: Ready, pdf: string) => void | Promise<void>, more: (who: Ready) => Record<string, unknown> = () => ({}),
): Promise<void> {
  const kind = operation(id).report!;
  const who = await ready(bench);
  const ack = await generate(id, bench, who, more(who));
  expect(bench.exchanges.at(-1)!.status).toBe(202);
  expect(ack).toMatchObject({ type: kind.type, status: 'inProgress', customerId: Number(who.customerId), customerType: 'testing' });
  expect(ack.id.endsWith(kind.idSuffix ?? '')).toBe(true);
  expect(ack.requestId).toHaveLength(10);
  // Those made without a consumer name the customer's all the same, in the acknowledgement alone.
  expect(ack.consumerId).toBe(who.consumerId);

  const { report, states } = await follow(bench, who, ack.id);
  expect(states[0]).toBe('inProgress');
  expect(states.at(-1)).toBe('success');
  expect(report).toMatchObject({ id: ack.id, type: kind.type, status: 'success', requestId: ack.requestId });
  expect(typeof report.portfolioId === 'string').toBe(kind.portfolio);
  const listed = (await bench.client.call('GetReportsByCustomerId', { customerId: who.customerId })).reports;
  expect(listed.map(({ id: listedId, type, status }) => [listedId, type, status])).toEqual([[ack.id, kind.type, 'success']]);

  const { pages, text } = await pdfText(await pdfOf(bench, who, ack.id));
  expect(pages).toBeGreaterThan(0);
  expect(text).toContain(ack.id);
  expect(text).toContain(String(report.title));
  for (const { name, accounts } of (report as Finished).institutions ?? []) {
    expect(text).toContain(name);
    for (const account of accounts) expect(text).toContain(account.name);
  }
  await look(report as Finished, who, text);
}

const accountIdsIn = (report: Finished) => (report.institutions ?? []).flatMap((one) => one.accounts.map((account) => String(account.id))).sort();
/** The customer's accounts of the kinds that the description lets into the report; every one where it names none. */
const eligible = (id: Generating, who: Ready) => {
  const kinds = operation(id).report?.accounts;
  return who.accounts.filter((one) => !kinds || kinds.includes(one.type)).map((one) => one.id).sort();
};

/** Operations that make a report of a customer, whatever kind of user that is; those of the analytics reports have tests of their own. */
const generating = catalogue.filter(({ report, parameters, needs }) => report !== undefined && !needs?.includes('business') && parameters.every(({ required, name }) => !required || ['customerId', 'fromDate', 'toDate'].includes(name)));

describe('Generating', () => {
  good('GenerateVOAReport', 'goes from the acknowledgement to JSON and PDF', (bench) => lifecycle(bench, 'GenerateVOAReport', (report, who) => {
    expect(accountIdsIn(report)).toEqual(eligible('GenerateVOAReport', who));
    expect(accountIdsIn(report).length).toBeLessThan(who.accounts.length);
    const voa = report as unknown as Schemas['VOAReport'];
    expect(voa.consolidatedAvailableBalance).toBeGreaterThan(0);
    expect(voa.institutions!.some((one) => one.accounts!.some((account) => account.transactions!.length > 20))).toBe(true);
    expect(voa.constraints!.accountIds).toHaveLength(accountIdsIn(report).length);
  }));
  good('GenerateVOAReport', 'holds the accounts, days and labels that were asked for', (bench) => {
    const reportCustomFields = [{ label: 'loanNumber', value: 'LN-20418', shown: true }, { label: 'hidden', value: 'not printed', shown: false }];
    return lifecycle(bench, 'GenerateVOAReport', (report, who, pdf) => {
      expect(accountIdsIn(report)).toEqual([accountOf(who.accounts, 'checking').id]);
      expect((report as unknown as Schemas['VOAReport']).constraints).toMatchObject({ accountIds: [accountOf(who.accounts, 'checking').id], reportCustomFields });
      expect(pdf).toContain('LN-20418');
      expect(pdf).not.toContain('not printed');
    }, (who) => ({ body: { accountIds: accountOf(who.accounts, 'checking').id, reportCustomFields, showNsf: true } }));
  });
  good('GenerateVOAReport', 'takes a college savings plan, which the wire calls 529', async (bench) => {
    const who = await ready(bench, 'profile_08');
    const { id } = await generate('GenerateVOAReport', bench, who);
    expect(accountIdsIn((await follow(bench, who, id)).report as Finished)).toContain(accountOf(who.accounts, '529').id);
  });
  good('GenerateVOAWithIncomeReport', 'finds the incomes', (bench) => lifecycle(bench, 'GenerateVOAWithIncomeReport', (report) => {
    const { income, institutions } = report as unknown as Schemas['VOAWithIncomeReport'];
    expect(income!.length).toBeGreaterThan(0);
    expect(institutions!.length).toBeGreaterThan(0);
  }));
  good('GeneratePrequalificationCRAReport', 'goes from the acknowledgement to JSON and PDF', (bench) => lifecycle(bench, 'GeneratePrequalificationCRAReport', (report, who) => {
    expect(accountIdsIn(report)).toEqual(eligible('GeneratePrequalificationCRAReport', who));
  }));
  good('GeneratePrequalificationNonCRAReport', 'names no consumer once it is made', (bench) => lifecycle(bench, 'GeneratePrequalificationNonCRAReport', (report, who) => {
    expect(accountIdsIn(report)).toEqual(eligible('GeneratePrequalificationNonCRAReport', who));
    expect(report.consumerId).toBeUndefined();
  }));
  good('GenerateCashFlowPersonalReport', 'takes every kind of account', (bench) => lifecycle(bench, 'GenerateCashFlowPersonalReport', (report, who) => {
    expect(accountIdsIn(report)).toEqual(eligible('GenerateCashFlowPersonalReport', who));
    expect(Object.keys(report)).toEqual(expect.arrayContaining(['cashFlowBalanceSummary', 'cashFlowCreditSummary', 'cashFlowDebitSummary', 'cashFlowCharacteristicsSummary']));
  }));
  good('GenerateCashFlowBusinessReport', 'wants no consumer, and names none once it is made', (bench) => lifecycle(bench, 'GenerateCashFlowBusinessReport', (report) => {
    expect(report.consumerId).toBeUndefined();
    const { cashFlowCreditSummary, cashFlowDebitSummary, cashFlowCharacteristicsSummary } = report as unknown as Required<Schemas['CashFlowReport']>;
    expect(cashFlowCreditSummary.twelveMonthCreditTotal).toBeGreaterThan(0);
    expect(cashFlowDebitSummary.twelveMonthDebitTotal).toBeLessThan(0);
    expect(cashFlowCharacteristicsSummary.twelveMonthTotalNet).toBeCloseTo(cashFlowCreditSummary.twelveMonthCreditTotal! + cashFlowDebitSummary.twelveMonthDebitTotal!, 1);
  }));
  good('GenerateTransactionsReport', 'holds the transactions of its window, without those gone at the bank', (bench) => lifecycle(bench, 'GenerateTransactionsReport', async (report, who) => {
    const { constraints, institutions } = report as unknown as Required<Schemas['TransactionsReport']>;
    const checking = accountOf(who.accounts, 'checking').id;
    const window = { fromDate: constraints.fromDate!, toDate: constraints.toDate! };
    const page = await bench.client.call('GetCustomerAccountTransactions', { customerId: who.customerId, accountId: checking, ...window, limit: 1000 });
    const reported = institutions.flatMap((one) => one.accounts ?? []).find((one) => String(one.id) === checking)!.transactions!;
    expect(reported.map((row) => row.id).sort()).toEqual(page.transactions.filter((row) => row.status === 'active').map((row) => row.id).sort());
  }));
  good('GenerateStatementReport', 'names an asset that is the statement', (bench) => lifecycle(bench, 'GenerateStatementReport', async (report, who) => {
    const { assetId } = report as unknown as Required<Schemas['StatementReport']>;
    const file = (await bench.client.send('GetAssetByCustomerID', { customerId: who.customerId, assetId })).body as Uint8Array;
    expect((await pdfText(file)).text).toContain(accountOf(who.accounts, 'checking').name);
  }));

  good('GenerateVOAReport', 'tells a listener when it begins and when it ends, once each', async (bench) => {
    const hook = await listen();
    listeners.push(hook);
    const who = await ready(bench);
    const { id } = await generate('GenerateVOAReport', bench, who, { callbackUrl: hook.url });
    await follow(bench, who, id);
    await bench.client.call('GetReportByCustomer', { customerId: who.customerId, reportId: id, purpose: PURPOSE });
    await bench.sandbox.webhooksSettled();
    const events = hook.events.map((one) => JSON.parse(one.body) as Record<string, unknown>);
    expect(events.map(({ eventName, status }) => [eventName, status])).toEqual([['inProgress', 'inProgress'], ['done', 'success']]);
    expect(events.every((one) => one.id === id && one.type === 'voa' && one.customerId === Number(who.customerId) && one.consumerId === who.consumerId)).toBe(true);
    expect(Object.keys(hook.events[0]!.headers).filter((name) => name.includes('signature'))).toEqual([]);
  });

  for (const { operationId: id, needs } of generating)
    if (needs?.includes('consumer')) wrong(id, 'a customer without a consumer', { status: 404, code: 10100 }, async (bench) => {
      const customerId = await enroll(bench.client);
      const accounts = await link(bench.client, customerId);
      return bench.client.send(id, await leastInput(id, { customerId, consumerId: '', accounts }, bench));
    });
  const assetKinds = ['GenerateVOAReport', 'GenerateVOAWithIncomeReport', 'GeneratePrequalificationCRAReport', 'GeneratePrequalificationNonCRAReport'] as const;
  for (const id of assetKinds)
    wrong(id, 'an account of a kind that it does not take', { status: 400, code: 10106 }, async (bench) => {
      const who = await ready(bench);
      return bench.client.send(id, { customerId: who.customerId, body: { accountIds: accountOf(who.accounts, 'creditCard').id } });
    });
  for (const { operationId, report } of generating) {
    wrong(operationId, 'an unknown customer', { status: 404, code: 14001 }, ({ client }) =>
      client.send(operationId, { customerId: UNKNOWN_CUSTOMER, body: report?.type === 'statement' ? { statementReportData: { accountId: 1 } } : {} }));
    if (report?.type !== 'statement' && !bodyProperties(operationId).includes('accountIds')) continue;
    wrong(operationId, 'an account of somebody else', { status: 404, code: 38003 }, async (bench) => {
      const who = await ready(bench, 'profile_03');
      const input = await leastInput(operationId, who, bench);
      const body = report?.type === 'statement' ? { statementReportData: { accountId: Number(UNKNOWN_ACCOUNT) } } : { ...(input.body as object), accountIds: UNKNOWN_ACCOUNT };
      return bench.client.send(operationId, { ...input, body });
    });
  }
  wrong('GenerateVOAReport', 'a customer without accounts', { status: 400, code: 10106 }, async ({ client }) => {
    const customerId = await enroll(client);
    await makeConsumer(client, customerId);
    return client.send('GenerateVOAReport', { customerId, body: {} });
  });
  wrong('GenerateVOAReport', 'six labels', { status: 400, code: 10100 }, async (bench) => {
    const { customerId } = await ready(bench, 'profile_03');
    return bench.client.send('GenerateVOAReport', { customerId, body: { reportCustomFields: Array.from({ length: 6 }, (_, at) => ({ label: `label ${at}`, value: 'x' })) } });
  });
  wrong('GenerateStatementReport', 'no account', { status: 400, code: 10005 }, async (bench) =>
    bench.raw('GenerateStatementReport', { parameters: { customerId: (await ready(bench, 'profile_03')).customerId }, body: { statementReportData: {} } }));
  wrong('GenerateStatementReport', 'statement 25', { status: 400, code: 10100 }, async (bench) => {
    const { customerId, accounts } = await ready(bench, 'profile_03');
    return bench.client.send('GenerateStatementReport', { customerId, body: { statementReportData: { accountId: Number(accounts[0]!.id), statementIndex: 25 } } });
  });
  wrong('GenerateTransactionsReport', 'a window that ends before it begins', { status: 400, code: 41002 }, async (bench) => {
    const { customerId } = await ready(bench, 'profile_03');
    return bench.client.send('GenerateTransactionsReport', { customerId, fromDate: 1_750_000_000, toDate: 1_700_000_000, body: {} });
  });
  for (const [lastName, code] of [['Freeze', 10405], ['Dispute', 10406]] as const)
    wrong('GenerateVOAReport', `a consumer whose data are closed (${lastName.toLowerCase()})`, { status: 403, code }, async ({ client }) => {
      const customerId = await enroll(client);
      await link(client, customerId);
      await client.call('CreateConsumer', { customerId, body: { ...consumerBody, lastName } });
      return client.send('GenerateVOAReport', { customerId, body: {} });
    });
});

/** A finished verification of assets. */
async function finished(bench: Bench): Promise<{ who: Ready; reportId: string }> {
  const who = await ready(bench, 'profile_03');
  const { id } = await generate('GenerateVOAReport', bench, who);
  await follow(bench, who, id);
  return { who, reportId: id };
}

describe('Reading', () => {
  good('GetReportByCustomer', 'shows the acknowledgement until it is finished, PDF asked for or not', async (bench) => {
    const who = await ready(bench, 'profile_03');
    const ack = await generate('GenerateVOAReport', bench, who);
    const input = { customerId: who.customerId, reportId: ack.id, purpose: PURPOSE };
    expect(await bench.client.call('GetReportByCustomer', input)).toMatchObject({ id: ack.id, status: 'inProgress' });
    expect((await bench.client.send('GetReportByCustomer', input, { accept: 'application/pdf, application/json' })).body).toMatchObject({ status: 'inProgress' });
  });
  good('GetReportByCustomer', 'reads what the seed has: finished, failed with its reasons, and running', async ({ client }) => {
    const seen = new Map<string, string>();
    for await (const page of client.pages<{ id: string }>('GetCustomers', {}, { limit: 12 })) {
      for (const { id: customerId } of page.items)
        for (const { id, type, status } of (await client.call('GetReportsByCustomerId', { customerId })).reports) {
          // One of each kind and state: some are a megabyte, and every answer is validated.
          if (seen.has(`${type} ${status}`)) continue;
          const report = (await client.call('GetReportByCustomer', { customerId, reportId: id, purpose: PURPOSE })) as Schemas['ReportBase'];
          seen.set(`${type} ${report.status}`, id);
          if (report.status === 'failure') expect(report.errors?.[0]?.code).toEqual(expect.any(Number));
        }
      break;
    }
    const kinds = [...seen.keys()].join(', ');
    expect(kinds).toMatch(/success/);
    expect(kinds).toMatch(/failure/);
    expect(kinds).toMatch(/inProgress/);
  });
  wrong('GetReportByCustomer', 'an unknown report', { status: 404, code: 10100 }, async ({ client }) =>
    client.send('GetReportByCustomer', { customerId: await enroll(client), reportId: 'k7p2mwz9xq4d', purpose: PURPOSE }));
  wrong('GetReportByCustomer', 'somebody else\'s report', { status: 404, code: 10100 }, async (bench) => {
    const { reportId } = await finished(bench);
    return bench.client.send('GetReportByCustomer', { customerId: await enroll(bench.client), reportId, purpose: PURPOSE });
  });
  wrong('GetReportByCustomer', 'a purpose that is none', { status: 400, code: 10005 }, async (bench) => {
    const { who, reportId } = await finished(bench);
    return bench.client.send('GetReportByCustomer', { customerId: who.customerId, reportId, purpose: 'curiosity' });
  });
  wrong('GetReportByCustomer', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) =>
    client.send('GetReportByCustomer', { customerId: UNKNOWN_CUSTOMER, reportId: 'any' }));

  good('GetReportByConsumer', 'still reads it when the customer is deleted', async (bench) => {
    const { who, reportId } = await finished(bench);
    const before = await bench.client.call('GetReportByCustomer', { customerId: who.customerId, reportId, purpose: PURPOSE });
    await bench.client.call('DeleteCustomer', { customerId: who.customerId });
    expect(await bench.client.call('GetReportByConsumer', { consumerId: who.consumerId, reportId, purpose: PURPOSE, onBehalfOf: 'Northfold Lending' })).toEqual(before);
  });
  wrong('GetReportByConsumer', 'an unknown consumer', { status: 404, code: 10100 }, ({ client }) =>
    client.send('GetReportByConsumer', { consumerId: '0'.repeat(32), reportId: 'any' }));

  good('GetReportById', 'reads it by its id alone, as JSON and as PDF', async (bench) => {
    const { who, reportId } = await finished(bench);
    const byCustomer = await bench.client.call('GetReportByCustomer', { customerId: who.customerId, reportId, purpose: PURPOSE });
    expect(await bench.client.call('GetReportById', { reportId, body: { purpose: PURPOSE } })).toEqual(byCustomer);
    const { body } = await bench.client.send('GetReportById', { reportId, body: { purpose: PURPOSE } }, { accept: 'application/pdf' });
    expect((await pdfText(body as Uint8Array)).text).toContain(reportId);
  });
  wrong('GetReportById', 'an unknown report', { status: 404, code: 10100 }, ({ client }) =>
    client.send('GetReportById', { reportId: 'k7p2mwz9xq4d', body: { purpose: PURPOSE } }));
  wrong('GetReportById', 'no body', { status: 400, code: 10005 }, async (bench) =>
    bench.raw('GetReportById', { parameters: { reportId: (await finished(bench)).reportId } }));

  good('ReportReissue', 'reads a consumer report for another', async (bench) => {
    const { reportId } = await finished(bench);
    expect(await bench.client.call('ReportReissue', { reportId, body: { purpose: PURPOSE } })).toMatchObject({ id: reportId, status: 'success' });
  });
  wrong('ReportReissue', 'no purpose', { status: 400, code: 10100 }, async (bench) =>
    bench.client.send('ReportReissue', { reportId: (await finished(bench)).reportId, body: {} }));
  wrong('ReportReissue', 'an unknown report', { status: 404, code: 10100 }, ({ client }) =>
    client.send('ReportReissue', { reportId: 'k7p2mwz9xq4d', body: { purpose: PURPOSE } }));

  good('GetReportsByCustomerId', 'lists every report in its state', async (bench) => {
    const { who, reportId } = await finished(bench);
    const second = await generate('GenerateCashFlowBusinessReport', bench, who);
    const { reports } = await bench.client.call('GetReportsByCustomerId', { customerId: who.customerId });
    expect(new Map(reports.map((one) => [one.id, one.status]))).toEqual(new Map([[reportId, 'success'], [second.id, 'inProgress']]));
    expect((await bench.client.call('GetReportsByCustomerId', { customerId: await enroll(bench.client) })).reports).toEqual([]);
  });
  wrong('GetReportsByCustomerId', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) =>
    client.send('GetReportsByCustomerId', { customerId: UNKNOWN_CUSTOMER }));

  good('GetReportsByConsumerId', 'lists the consumer\'s own, and after the customer is gone too', async (bench) => {
    const { who, reportId } = await finished(bench);
    await generate('GenerateCashFlowBusinessReport', bench, who);
    await bench.client.call('DeleteCustomer', { customerId: who.customerId });
    expect((await bench.client.call('GetReportsByConsumerId', { consumerId: who.consumerId })).reports.map((one) => one.id)).toEqual([reportId]);
  });
  wrong('GetReportsByConsumerId', 'an unknown consumer', { status: 404, code: 10100 }, ({ client }) =>
    client.send('GetReportsByConsumerId', { consumerId: '0'.repeat(32) }));

  const billing = async ({ sandbox: { credentials: { partnerId }, control } }: Bench) => {
    const { now } = await control.health();
    return { partnerId, startDate: now - 30 * 86_400, endDate: now + 60 };
  };
  good('getResellerBillingReport', 'lists what was made in a month, testing customers only when asked', async (bench) => {
    const { reportId } = await finished(bench);
    const input = await billing(bench);
    const all = await bench.client.call('getResellerBillingReport', { ...input, viewTestingReports: true });
    expect(all.content!.map((one) => one.reportId)).toContain(reportId);
    expect(all).toMatchObject({ number: 0, first: true, numberOfElements: all.content!.length });
    expect((await bench.client.call('getResellerBillingReport', input)).content!.map((one) => one.reportId)).not.toContain(reportId);
    const walked: unknown[] = [];
    for await (const page of bench.client.pages('getResellerBillingReport', { ...input, viewTestingReports: true }, { limit: 1 })) walked.push(...page.items);
    expect(walked).toEqual(all.content);
  });
  wrong('getResellerBillingReport', 'more than 31 days', { status: 400, code: 10100 }, async (bench) => {
    const input = await billing(bench);
    return bench.client.send('getResellerBillingReport', { ...input, startDate: input.endDate - 32 * 86_400 });
  });
  wrong('getResellerBillingReport', 'no startDate', { status: 400, code: 10005 }, async (bench) => {
    const { partnerId, endDate } = await billing(bench);
    return bench.raw('getResellerBillingReport', { parameters: { partnerId, endDate } });
  });
  wrong('getResellerBillingReport', 'another partner', { status: 404, code: 10100 }, async (bench) =>
    bench.client.send('getResellerBillingReport', { ...(await billing(bench)), partnerId: '1000000000000' }));
});
