import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMoney } from '../../src/sandbox/world/money.ts';
import { createLedgers } from '../../src/sandbox/world/transactions.ts';
import { createPeople } from '../../src/sandbox/world/people.ts';
import type { AccountEntity, TransactionEntity } from '../../src/sandbox/entities.ts';
import { list, moneyTest, NOW } from './sandboxMoneyHarness.ts';
import type { Json, MoneyTest } from './sandboxMoneyHarness.ts';

const DAY = 86_400;
const people = createPeople('money', 60);
const seeded = (money: ReturnType<typeof createMoney>, count = 20): AccountEntity[] =>
  Array.from({ length: count }, (_, index) => people.customerAt(index)).flatMap((customer) => money.loginsOf(customer).flatMap((login) => money.accountsOf(login, customer, { fresh: false, now: NOW })));

describe('the ledger', () => {
  const money = createMoney('money');
  const accounts = seeded(money);
  const healthy = accounts.filter((account) => account.aggregationStatusCode === 0 && account.aggregationSuccessDate !== undefined && account.status === 'active');
  const settledKey = (row: TransactionEntity) => `${row.id} ${row.amount} ${row.description} ${row.transactionDate}`;

  it('is the same for a seed and another for another seed', () => {
    const again = createMoney('money');
    const rows = healthy.slice(0, 12).flatMap((account) => money.transactions(account, 0, NOW, NOW));
    expect(healthy.slice(0, 12).flatMap((account) => again.transactions(account, 0, NOW, NOW))).toEqual(rows);
    expect(rows.length).toBeGreaterThan(2_000);
    const first = healthy[0] as AccountEntity;
    expect(createMoney('other').transactions(first, 0, NOW, NOW)).not.toEqual(money.transactions(first, 0, NOW, NOW));
  });

  it('keeps every settled day when the clock moves on, and adds days', () => {
    for (const account of healthy.slice(0, 25)) {
      const before = money.transactions(account, 0, NOW - 5 * DAY, NOW).map(settledKey);
      const later = money.transactions(account, 0, NOW + 90 * DAY, NOW + 90 * DAY);
      expect(later.map(settledKey).slice(0, before.length)).toEqual(before);
      if (account.stream === 'salaryChecking') expect(later.length).toBeGreaterThan(before.length + 60);
    }
  });

  it('chains running balances up to the account\'s balance, at any hour', () => {
    for (const account of healthy.filter(({ stream }) => !['investment', 'retirement', 'none'].includes(stream))) {
      for (const now of [NOW, NOW + 7 * 3600 + DAY, NOW + 9 * DAY]) {
        const posted = money.transactions(account, 0, now, now).filter((row) => row.status === 'active');
        for (let at = 1; at < posted.length; at++) {
          expect((posted[at - 1]?.runningBalance as number) + (posted[at]?.amount as number)).toBeCloseTo(posted[at]?.runningBalance as number, 1);
        }
      }
    }
  });

  it('shows a transfer and a card payment on the same day in both accounts, with opposite signs where both are deposits', () => {
    const checking = healthy.find((account) => account.stream === 'salaryChecking' && account.siblings?.some(({ type }) => type === 'creditCard')) as AccountEntity;
    const rows = money.transactions(checking, 0, NOW, NOW);
    const other = (type: string) => healthy.find((account) => account.type === type && account.institutionLoginId === checking.institutionLoginId) as AccountEntity;
    const paid = rows.filter((row) => row.description.startsWith('CREDIT CARD PAYMENT'));
    const received = money.transactions(other('creditCard'), 0, NOW, NOW).filter((row) => row.type === 'payment');
    expect(paid.length).toBeGreaterThan(5);
    expect(paid.map((row) => [row.transactionDate, row.amount])).toEqual(received.map((row) => [row.transactionDate, row.amount]));
    const moved = rows.filter((row) => row.description.includes('SAVINGS ...'));
    const arrived = money.transactions(other('savings'), 0, NOW, NOW).filter((row) => row.type === 'transfer');
    expect(moved.map((row) => [row.transactionDate, -row.amount])).toEqual(arrived.map((row) => [row.transactionDate, row.amount]));
  });

  it('has purchases positive and payments negative on cards, and pays salaries', () => {
    const card = healthy.find((account) => account.stream === 'creditCard') as AccountEntity;
    const rows = money.transactions(card, 0, NOW, NOW);
    expect(rows.filter((row) => row.category === 'Groceries' && !row.description.startsWith('RETURN')).every((row) => row.amount > 0)).toBe(true);
    expect(rows.filter((row) => row.type === 'payment').every((row) => row.amount < 0)).toBe(true);
    const salary = healthy.find((account) => account.stream === 'salaryChecking') as AccountEntity;
    expect(money.transactions(salary, NOW - 365 * DAY, NOW, NOW).filter((row) => row.category === 'Paycheck').length).toBeGreaterThan(15);
  });

  it('has pending rows only in the last days, some of which change their id when they post, and shadow rows that count for nothing', () => {
    const later = NOW + 5 * DAY;
    const pending = healthy.flatMap((account) => money.transactions(account, 0, NOW, NOW).filter((row) => row.status === 'pending'));
    expect(pending.length).toBeGreaterThan(5);
    expect(pending.every((row) => row.transactionDate > NOW - 4 * DAY && row.runningBalance === undefined && row.postedDate === undefined)).toBe(true);
    const ids = new Set(healthy.flatMap((account) => money.transactions(account, NOW - 5 * DAY, later, later)).map((row) => row.id));
    expect(pending.some((row) => !ids.has(row.id))).toBe(true);
    expect(pending.some((row) => ids.has(row.id))).toBe(true);
    const shadows = healthy.flatMap((account) => money.transactions(account, 0, NOW, NOW)).filter((row) => row.status === 'shadow');
    expect(shadows.length).toBeGreaterThan(0);
    expect(shadows.every((row) => row.runningBalance === undefined)).toBe(true);
  });

  it('charges NSF fees to some and not to most', () => {
    const checking = seeded(money, 60).filter((account) => /Checking$/.test(account.stream) && account.aggregationSuccessDate !== undefined);
    const fees = checking.map((account) => money.transactions(account, 0, NOW, NOW).filter((row) => /\bNSF\b/.test(row.description)).length);
    expect(fees.filter((count) => count > 0).length).toBeGreaterThan(0);
    expect(fees.filter((count) => count === 0).length).toBeGreaterThan(checking.length / 2);
  });

  it('keeps balances plausible over four years', () => {
    for (const account of healthy) {
      const balance = money.balanceAt(account, NOW + 500 * DAY);
      if (/Checking$/.test(account.stream)) expect(Math.abs(balance), account.stream).toBeLessThan(150_000);
      if (account.stream === 'creditCard') expect(Math.abs(balance)).toBeLessThan(25_000);
    }
  });

  it('makes the same rows again after the cache has dropped them', () => {
    const small = createLedgers('money', 2_000);
    const [first, ...others] = healthy.filter((account) => /Checking$/.test(account.stream)) as [AccountEntity, ...AccountEntity[]];
    const before = small.transactions(first, 0, NOW, NOW);
    for (const other of others) small.transactions(other, 0, NOW, NOW);
    const again = small.transactions(first, 0, NOW, NOW);
    expect(again[0]).not.toBe(before[0]);
    expect(again).toEqual(before);
  });
});

describe('transactions on the wire', () => {
  let test: MoneyTest;
  let customerId: string;
  let accounts: Json[];
  const range = `fromDate=${NOW - 800 * DAY}&toDate=${NOW + DAY}`;
  beforeAll(async () => {
    test = await moneyTest();
    customerId = await test.enroll('transactions-wire');
    accounts = await test.link(customerId);
  });
  afterAll(() => test.stop());
  const checking = () => accounts.find((account) => account.type === 'checking') as Json;
  const path = (more = '') => `/aggregation/v4/customers/${customerId}/accounts/${checking().id}/transactions?${range}${more}`;

  it('pages by record, newest first, and says in text whether there is more', async () => {
    const first = await test.ok('GetCustomerAccountTransactions', 'GET', path());
    expect(first).toMatchObject({ displaying: 25, moreAvailable: 'true', sort: 'desc', fromDate: String(NOW - 800 * DAY) });
    const seen = new Set<unknown>();
    const found = first.found as number;
    for (let start = 1; start <= found; start += 100) {
      const page = await test.ok('GetCustomerAccountTransactions', 'GET', path(`&start=${start}&limit=100`));
      for (const row of list(page, 'transactions')) seen.add(row.id);
      expect(page.moreAvailable).toBe(String(start + 99 < found));
    }
    expect(seen.size).toBe(found);
    const ascending = list(await test.ok('GetCustomerAccountTransactions', 'GET', path('&sort=asc&limit=1000')), 'transactions');
    expect(ascending.map((row) => row.transactionDate)).toEqual(ascending.map((row) => row.transactionDate as number).toSorted((a, b) => a - b));
  });

  it('checks the range and the paging', async () => {
    expect((await test.call('GET', path('&start=0'))).json).toMatchObject({ code: 41003 });
    expect((await test.call('GET', path('&limit=0'))).json).toMatchObject({ code: 41004 });
    expect((await test.call('GET', `/aggregation/v3/customers/${customerId}/transactions?fromDate=${NOW}&toDate=${NOW - 1}`)).json).toMatchObject({ code: 41002 });
    expect((await test.call('GET', `/aggregation/v3/customers/${customerId}/transactions?fromDate=1`)).json).toMatchObject({ code: 10005 });
    expect((await test.call('GET', `/aggregation/v4/customers/${customerId}/accounts/1/transactions?${range}`)).json).toMatchObject({ code: 38003 });
  });

  it('ends the running balance at the account\'s balance, and the daily balances with it', async () => {
    const account = await test.ok('GetCustomerAccount', 'GET', `/aggregation/v2/customers/${customerId}/accounts/${checking().id}`);
    const page = await test.ok('GetCustomerAccountTransactions', 'GET', path('&limit=1000&showDailyBalance=true'));
    const newest = list(page, 'transactions').find((row) => row.runningBalanceAmount !== null);
    expect(newest?.runningBalanceAmount).toBe(account.balance);
    expect(list(page, 'dailyBalances').at(-1)).toMatchObject({ ending: account.balance });
    expect(await test.ok('GetCustomerAccountTransactions', 'GET', path())).not.toHaveProperty('dailyBalances');
  });

  it('reads one by either id, and answers 24553 for none', async () => {
    const [row] = list(await test.ok('GetAllCustomerTransactions', 'GET', `/aggregation/v3/customers/${customerId}/transactions?${range}`), 'transactions');
    expect((await test.ok('GetCustomerTransaction', 'GET', `/aggregation/v2/customers/${customerId}/transactions/${row?.id}`)).amount).toBe(row?.amount);
    expect((await test.ok('GetTransactionByUniqueTransactionId', 'GET', `/aggregation/customers/${customerId}/transactions/${row?.uniqueTransactionId}`)).id).toBe(row?.id);
    expect(await test.call('GET', `/aggregation/v2/customers/${customerId}/transactions/1`)).toMatchObject({ status: 404, json: { code: 24553 } });
  });

  it('goes back 180 days, and 24 months once history is loaded', async () => {
    const oldest = async () => (list(await test.ok('GetCustomerAccountTransactions', 'GET', path('&sort=asc&limit=1')), 'transactions')[0] as Json).transactionDate as number;
    expect(await oldest()).toBeGreaterThanOrEqual(NOW - 181 * DAY);
    const historic = `/aggregation/v1/customers/${customerId}/accounts/${checking().id}/transactions/historic`;
    await test.ok('LoadHistoricTransactionsForCustomerAccount', 'POST', historic, undefined, 204);
    const loaded = await oldest();
    expect(loaded).toBeLessThan(NOW - 700 * DAY);
    await test.ok('LoadHistoricTransactionsForCustomerAccount', 'POST', historic, undefined, 204);
    expect(await oldest()).toBe(loaded);
  });

  it('brings more rows when days pass, without a refresh', async () => {
    const found = (await test.ok('GetCustomerAccountTransactions', 'GET', path())).found as number;
    await test.advance(20 * DAY);
    const later = `/aggregation/v4/customers/${customerId}/accounts/${checking().id}/transactions?fromDate=${NOW - 800 * DAY}&toDate=${NOW + 30 * DAY}`;
    expect((await test.ok('GetCustomerAccountTransactions', 'GET', later)).found).toBeGreaterThan(found + 10);
  });

  it('puts an injected transaction among the others and counts it into the balances', async () => {
    const account = () => test.ok('GetCustomerAccount', 'GET', `/aggregation/v2/customers/${customerId}/accounts/${checking().id}`);
    const before = (await account()).balance as number;
    const created = await test.ok('CreateTxPushTestTransaction', 'POST', `/aggregation/v1/customers/${customerId}/accounts/${checking().id}/transactions`, {
      amount: -4.25, description: 'test coffee', status: 'active', postedDate: NOW - 2 * DAY, transactionDate: NOW - 2 * DAY,
    }, 201);
    expect((await account()).balance).toBeCloseTo(before - 4.25, 2);
    const rows = list(await test.ok('GetCustomerAccountTransactions', 'GET', path('&limit=200')), 'transactions').filter((row) => row.status === 'active').reverse();
    const at = rows.findIndex((row) => row.id === created.id);
    expect(at).toBeGreaterThan(0);
    for (let next = at; next < rows.length; next++) {
      expect((rows[next - 1]?.runningBalanceAmount as number) + (rows[next]?.amount as number)).toBeCloseTo(rows[next]?.runningBalanceAmount as number, 1);
    }
  });

  it('finds the salary among what recurs', async () => {
    const recurring = await test.ok('GetRecurringTransactions', 'POST', `/aggregation/customers/${customerId}/recurring-transactions`, { accountIds: [checking().id] });
    const inflows = list(recurring.customerRecurringTransactions as Json, 'recurringInflows');
    const salary = inflows.find((stream) => (stream.transactionCategories as string[]).includes('Paycheck'));
    expect(salary).toMatchObject({ status: 'ACTIVE', cadence: 14 });
    expect(list(recurring.customerRecurringTransactions as Json, 'recurringOutflows').every((stream) => (stream.meanHistoricalAmount as number) < 0)).toBe(true);
    expect((await test.call('POST', `/aggregation/customers/${customerId}/recurring-transactions`, { accountIds: ['1'] })).json).toMatchObject({ code: 38003 });
  });

  it('walks a refresh from NEW over IN_PROGRESS to COMPLETED by the clock', async () => {
    const started = await test.ok('refreshTransactions', 'POST', `/aggregation/customers/${customerId}/transactions/refreshes`, { accountIds: [checking().id], mode: 'standard' }, 202);
    const look = async () => (await test.ok('getTransactionRefreshStatus', 'GET', `/aggregation/customers/${customerId}/transactions/refreshes/${started.refreshId}`)).status;
    expect([started.status, await look()]).toEqual(['NEW', 'NEW']);
    await test.advance(4);
    expect(await look()).toBe('IN_PROGRESS');
    await test.advance(10);
    expect(await look()).toBe('COMPLETED');
    expect((await test.call('GET', `/aggregation/customers/${customerId}/transactions/refreshes/none`)).status).toBeGreaterThanOrEqual(400);
  });
});
