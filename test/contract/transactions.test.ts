// Contract of the family Transactions, the report excepted (reports.test.ts).
import { describe, expect } from 'vitest';
import type { components } from '../../src/api/generated/types.d.ts';
import type { Client } from '../../src/client/types.ts';
import { good, wrong } from '../support/contract.ts';
import { accountOf, customerWith, enroll, link, UNKNOWN_ACCOUNT, UNKNOWN_CUSTOMER } from '../support/people.ts';

type Transaction = components['schemas']['Transaction'];
const DAY = 86_400;
const PROFILES = ['profile_02', 'profile_04', 'profile_05', 'profile_06', 'profile_07', 'profile_08', 'profile_09', 'profile_10'];

async function linked(client: Client, now: number, profile = 'profile_03') {
  const customerId = await enroll(client);
  const accounts = await link(client, customerId, profile);
  return { customerId, accounts, window: { fromDate: now - 170 * DAY, toDate: now } };
}
const nowOf = async ({ sandbox }: { sandbox: { control: { health(): Promise<{ now: number }> } } }) => (await sandbox.control.health()).now;
const sum = (rows: readonly Transaction[]) => Math.round(rows.reduce((total, { amount }) => total + amount, 0) * 100) / 100;

describe('Reading', () => {
  good('GetAllCustomerTransactions', 'pages through every account, newest first', async (bench) => {
    const { customerId, accounts, window } = await linked(bench.client, await nowOf(bench));
    const rows: Transaction[] = [];
    for await (const page of bench.client.pages<Transaction>('GetAllCustomerTransactions', { customerId, ...window }, { limit: 40 })) rows.push(...page.items);
    const first = await bench.client.call('GetAllCustomerTransactions', { customerId, ...window, limit: 1000 });
    expect(rows.map((row) => row.uniqueTransactionId)).toEqual(first.transactions.map((row) => row.uniqueTransactionId));
    expect(rows.length).toBeGreaterThan(100);
    expect(new Set(rows.map((row) => String(row.accountId)))).toEqual(new Set(accounts.map((one) => one.id)));
    expect(rows.map((row) => row.transactionDate!)).toEqual([...rows.map((row) => row.transactionDate!)].sort((a, b) => b - a));
    expect(rows.some((row) => row.status === 'pending')).toBe(false);
    expect(first).toMatchObject({ moreAvailable: 'false', fromDate: String(window.fromDate), toDate: String(window.toDate), sort: 'desc' });
  });
  wrong('GetAllCustomerTransactions', 'no fromDate', { status: 400, code: 10005 }, async ({ client, raw }) =>
    raw('GetAllCustomerTransactions', { parameters: { customerId: await enroll(client), toDate: 1 } }));
  wrong('GetAllCustomerTransactions', 'a window that ends before it begins', { status: 400, code: 41002 }, async ({ client }) =>
    client.send('GetAllCustomerTransactions', { customerId: await enroll(client), fromDate: 200, toDate: 100 }));
  wrong('GetAllCustomerTransactions', 'start 0', { status: 400, code: 41003 }, async ({ client }) =>
    client.send('GetAllCustomerTransactions', { customerId: await enroll(client), fromDate: 100, toDate: 200, start: 0 }));
  wrong('GetAllCustomerTransactions', 'limit 0', { status: 400, code: 41004 }, async ({ client }) =>
    client.send('GetAllCustomerTransactions', { customerId: await enroll(client), fromDate: 100, toDate: 200, limit: 0 }));
  wrong('GetAllCustomerTransactions', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) =>
    client.send('GetAllCustomerTransactions', { customerId: UNKNOWN_CUSTOMER, fromDate: 100, toDate: 200 }));

  good('GetCustomerAccountTransactions', 'is right for every kind of account', async (bench) => {
    const now = await nowOf(bench);
    for (const profile of PROFILES) {
      const { customerId, accounts, window } = await linked(bench.client, now, profile);
      for (const { id } of accounts) {
        const { transactions, found } = await bench.client.call('GetCustomerAccountTransactions', { customerId, accountId: id, ...window, limit: 1000, includePending: true });
        expect(transactions).toHaveLength(found);
      }
    }
  });
  good('GetCustomerAccountTransactions', 'turns the order, and the daily balances follow from the amounts', async (bench) => {
    const { customerId, accounts, window } = await linked(bench.client, await nowOf(bench));
    const input = { customerId, accountId: accountOf(accounts, 'checking').id, ...window, limit: 1000, showDailyBalance: true };
    const newest = await bench.client.call('GetCustomerAccountTransactions', input);
    const oldest = await bench.client.call('GetCustomerAccountTransactions', { ...input, sort: 'asc' });
    expect(oldest.transactions).toEqual([...newest.transactions].reverse());
    const days = oldest.dailyBalances ?? [];
    expect(days.length).toBeGreaterThan(20);
    expect(Math.round((days.at(-1)!.ending - days[0]!.beginning) * 100) / 100).toBe(sum(oldest.transactions.filter((row) => row.status === 'active')));
  });
  good('GetCustomerAccountTransactions', 'shows pending rows only when asked', async (bench) => {
    const now = await nowOf(bench);
    const seen = { asked: 0, unasked: 0 };
    for await (const page of bench.client.pages<{ id: string }>('GetCustomers', {}, { limit: 12 })) {
      for (const { id: customerId } of page.items)
        for (const account of (await bench.client.call('GetCustomerAccounts', { customerId })).accounts) {
          const window = { accountId: account.id, fromDate: now - 20 * DAY, toDate: now, limit: 200 };
          const rows = async (includePending: boolean) => (await bench.client.call('GetCustomerAccountTransactions', { customerId, ...window, includePending })).transactions;
          seen.asked += (await rows(true)).filter((row) => row.status === 'pending').length;
          seen.unasked += (await rows(false)).filter((row) => row.status === 'pending').length;
        }
      break;
    }
    expect(seen.asked).toBeGreaterThan(0);
    expect(seen.unasked).toBe(0);
  });
  wrong('GetCustomerAccountTransactions', 'an unknown account', { status: 404, code: 38003 }, async ({ client }) =>
    client.send('GetCustomerAccountTransactions', { customerId: await enroll(client), accountId: UNKNOWN_ACCOUNT, fromDate: 100, toDate: 200 }));
  wrong('GetCustomerAccountTransactions', 'no toDate', { status: 400, code: 10005 }, async (bench) => {
    const { customerId, accounts } = await linked(bench.client, await nowOf(bench));
    return bench.raw('GetCustomerAccountTransactions', { parameters: { customerId, accountId: accounts[0]!.id, fromDate: 1 } });
  });

  good('GetCustomerTransaction', 'reads one row of the list', async (bench) => {
    const { customerId, accounts, window } = await linked(bench.client, await nowOf(bench));
    const { transactions: [row] } = await bench.client.call('GetCustomerAccountTransactions', { customerId, accountId: accounts[0]!.id, ...window, limit: 1 });
    expect(await bench.client.call('GetCustomerTransaction', { customerId, transactionId: row!.id })).toEqual(row);
  });
  wrong('GetCustomerTransaction', 'an unknown id', { status: 404, code: 24553 }, async (bench) => {
    const { customerId } = await linked(bench.client, await nowOf(bench));
    return bench.client.send('GetCustomerTransaction', { customerId, transactionId: 1 });
  });
  wrong('GetCustomerTransaction', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) =>
    client.send('GetCustomerTransaction', { customerId: UNKNOWN_CUSTOMER, transactionId: 1 }));

  good('GetTransactionByUniqueTransactionId', 'reads one by account and transaction id', async (bench) => {
    const { customerId, accounts, window } = await linked(bench.client, await nowOf(bench));
    const { transactions: [row] } = await bench.client.call('GetCustomerAccountTransactions', { customerId, accountId: accounts[1]!.id, ...window, limit: 1 });
    expect(await bench.client.call('GetTransactionByUniqueTransactionId', { customerId, uniqueTransactionId: `${accounts[1]!.id}-${row!.id}` })).toEqual(row);
  });
  wrong('GetTransactionByUniqueTransactionId', 'the right transaction under another account', { status: 404, code: 24553 }, async (bench) => {
    const { customerId, accounts, window } = await linked(bench.client, await nowOf(bench));
    const { transactions: [row] } = await bench.client.call('GetCustomerAccountTransactions', { customerId, accountId: accounts[0]!.id, ...window, limit: 1 });
    return bench.client.send('GetTransactionByUniqueTransactionId', { customerId, uniqueTransactionId: `${accounts[1]!.id}-${row!.id}` });
  });
});

describe('History and refreshes', () => {
  good('LoadHistoricTransactionsForCustomerAccount', 'reaches back two years, and a second call changes nothing', async (bench) => {
    const now = await nowOf(bench);
    const { customerId, accounts } = await linked(bench.client, now);
    const accountId = accountOf(accounts, 'checking').id;
    const found = async () => (await bench.client.call('GetCustomerAccountTransactions', { customerId, accountId, fromDate: now - 800 * DAY, toDate: now, limit: 1 })).found;
    const before = await found();
    await bench.client.call('LoadHistoricTransactionsForCustomerAccount', { customerId, accountId });
    const after = await found();
    expect(after).toBeGreaterThan(2 * before);
    await bench.client.call('LoadHistoricTransactionsForCustomerAccount', { customerId, accountId });
    expect(await found()).toBe(after);
    const { oldestTransactionDate } = await bench.client.call('GetCustomerAccount', { customerId, accountId });
    expect(now - oldestTransactionDate!).toBeGreaterThan(650 * DAY);
  });
  good('LoadHistoricTransactionsForCustomerAccount', 'takes force', async (bench) => {
    const { customerId, accounts } = await linked(bench.client, await nowOf(bench));
    await bench.client.call('LoadHistoricTransactionsForCustomerAccount', { customerId, accountId: accounts[0]!.id, body: { force: true } });
  });
  wrong('LoadHistoricTransactionsForCustomerAccount', 'an unknown account', { status: 404, code: 38003 }, async ({ client }) =>
    client.send('LoadHistoricTransactionsForCustomerAccount', { customerId: await enroll(client), accountId: UNKNOWN_ACCOUNT }));
  wrong('LoadHistoricTransactionsForCustomerAccount', 'an account whose credentials are wrong', { status: 500, code: 103 }, async ({ client }) => {
    const { customer, accounts } = await customerWith(client, (all) => all.some((one) => one.aggregationStatusCode === 103));
    const accountId = accounts.find((one) => one.aggregationStatusCode === 103)!.id;
    return client.send('LoadHistoricTransactionsForCustomerAccount', { customerId: customer.id, accountId, body: { force: true } });
  });

  good('refreshTransactions', 'starts, goes on and ends by the clock', async (bench) => {
    const { customerId, accounts } = await linked(bench.client, await nowOf(bench));
    const accountIds = accounts.map((one) => one.id);
    const started = await bench.client.call('refreshTransactions', { customerId, body: { accountIds, mode: 'historic' } });
    expect(started).toMatchObject({ customerId, accountIds, mode: 'historic', status: 'NEW' });
    const state = async () => (await bench.client.call('getTransactionRefreshStatus', { customerId, refreshId: started.refreshId! })).status;
    expect(await state()).toBe('NEW');
    await bench.sandbox.control.clock({ advance: 4 });
    expect(await state()).toBe('IN_PROGRESS');
    await bench.sandbox.control.clock({ advance: 60 });
    expect(await state()).toBe('COMPLETED');
  });
  good('refreshTransactions', 'refreshes a sign-in, from a day on', async (bench) => {
    const { customerId, accounts } = await linked(bench.client, await nowOf(bench));
    const institutionLoginId = String(accounts[0]!.institutionLoginId);
    const started = await bench.client.call('refreshTransactions', { customerId, body: { institutionLoginId, mode: 'custom', fromDate: '2025-06-01T00:00:00Z' } });
    expect(started).toMatchObject({ institutionLoginId, mode: 'custom' });
    expect(Date.parse(started.fromDate!)).toBe(Date.parse('2025-06-01T00:00:00Z'));
  });
  wrong('refreshTransactions', 'neither accounts nor sign-in', { status: 400, code: 10005 }, async ({ client, raw }) =>
    raw('refreshTransactions', { parameters: { customerId: await enroll(client) }, body: { mode: 'standard' } }));
  wrong('refreshTransactions', 'custom without a day', { status: 400, code: 10005 }, async (bench) => {
    const { customerId, accounts } = await linked(bench.client, await nowOf(bench));
    return bench.client.send('refreshTransactions', { customerId, body: { accountIds: [accounts[0]!.id], mode: 'custom' } });
  });
  wrong('refreshTransactions', 'an account of somebody else', { status: 404, code: 10005 }, async ({ client }) =>
    client.send('refreshTransactions', { customerId: await enroll(client), body: { accountIds: [UNKNOWN_ACCOUNT] } }));

  good('getTransactionRefreshStatus', 'tells how each account went', async (bench) => {
    const { customerId, accounts } = await linked(bench.client, await nowOf(bench));
    const { refreshId } = await bench.client.call('refreshTransactions', { customerId, body: { accountIds: accounts.map((one) => one.id) } });
    await bench.sandbox.control.clock({ advance: 60 });
    const ended = await bench.client.call('getTransactionRefreshStatus', { customerId, refreshId: refreshId! });
    expect(ended).toMatchObject({ status: 'COMPLETED', totalCount: accounts.length, successCount: accounts.length, failedCount: 0 });
    expect(ended.accounts?.map((one) => one.accountId)).toEqual(accounts.map((one) => one.id));
  });
  wrong('getTransactionRefreshStatus', 'an unknown refresh', { status: 404, code: 10008 }, async ({ client }) =>
    client.send('getTransactionRefreshStatus', { customerId: await enroll(client), refreshId: '4c6f0d6e-6a0b-4a53-9d1e-0b8a2f5f7c11' }));

  good('GetRecurringTransactions', 'finds the pay that comes every two weeks or so', async (bench) => {
    const { customerId, accounts } = await linked(bench.client, await nowOf(bench));
    const checking = accountOf(accounts, 'checking').id;
    const found = await bench.client.call('GetRecurringTransactions', { customerId, body: { accountIds: [checking] } });
    expect(found.accountRecurringTransactions?.map((one) => one.accountId)).toEqual([checking]);
    const pay = found.customerRecurringTransactions?.recurringInflows?.find((stream) => stream.transactionCategories?.includes('Paycheck'));
    expect(pay).toMatchObject({ status: 'ACTIVE' });
    expect(pay!.expectedNextTransactionAmount).toBeGreaterThan(0);
    expect(found.customerRecurringTransactions?.recurringOutflows?.every((stream) => stream.meanHistoricalAmount! < 0)).toBe(true);
  });
  good('GetRecurringTransactions', 'looks at every account when none is named', async (bench) => {
    const { customerId, accounts } = await linked(bench.client, await nowOf(bench), 'profile_08');
    expect((await bench.client.call('GetRecurringTransactions', { customerId })).accountRecurringTransactions).toHaveLength(accounts.length);
  });
  wrong('GetRecurringTransactions', 'an account of somebody else', { status: 404, code: 38003 }, async ({ client }) =>
    client.send('GetRecurringTransactions', { customerId: await enroll(client), body: { accountIds: [UNKNOWN_ACCOUNT] } }));
});
