// Contract of the family Payments. Balances are worked out here from the account's own rows; the clock is the sandbox's.
import { describe, expect } from 'vitest';
import { good, wrong } from '../support/contract.ts';
import { addressOf, CROWD, linked, linkedOne, pastTheNight, pending, withCode } from '../support/deposits.ts';
import { accountOf, enroll, link, UNKNOWN_ACCOUNT, UNKNOWN_CUSTOMER } from '../support/people.ts';

const HOUR = 3600;
const FINBANK_OAUTH = 102176;

describe('Payments', () => {
  good('GetAccountACHDetails', 'gives full numbers that belong to the account and its bank', async ({ client }) => {
    const accounts = await linked(client);
    for (const account of accounts.filter(({ type }) => type !== 'creditCard')) {
      const { routingNumber, realAccountNumber } = await client.call('GetAccountACHDetails', addressOf(account));
      expect(realAccountNumber.endsWith(account.realAccountNumberLast4!)).toBe(true);
      expect(realAccountNumber.length).toBeGreaterThan(8);
      const [institution] = (await client.call('GetInstitutionsByRoutingNumber', { routing_number: Number(routingNumber) })).institutions ?? [];
      expect(String(institution!.id)).toBe(account.institutionId);
    }
  });
  good('GetAccountACHDetails', 'takes a certificate of deposit', async ({ client }) => {
    expect((await client.call('GetAccountACHDetails', await linkedOne(client, 'cd', 'profile_06'))).realAccountNumber).toMatch(/^\d+$/);
  });
  wrong('GetAccountACHDetails', 'a credit card', { status: 400, code: 14020 }, async ({ client }) =>
    client.send('GetAccountACHDetails', await linkedOne(client, 'creditCard')));
  wrong('GetAccountACHDetails', 'a Canadian account', { status: 400, code: 20000 }, async ({ client }) =>
    client.send('GetAccountACHDetails', await linkedOne(client, 'checking', 'profile_10')));
  wrong('GetAccountACHDetails', 'credentials that the bank refuses', { status: 500, code: 103 }, async ({ client }) =>
    client.send('GetAccountACHDetails', addressOf(await withCode(client, 103))), CROWD);
  wrong('GetAccountACHDetails', 'an account that is still pending', { status: 400, code: 14020 }, async ({ client }) =>
    client.send('GetAccountACHDetails', addressOf(await pending(client))), CROWD);
  wrong('GetAccountACHDetails', 'an unknown account', { status: 404, code: 38003 }, async ({ client }) =>
    client.send('GetAccountACHDetails', { customerId: await enroll(client), accountId: UNKNOWN_ACCOUNT }));
  wrong('GetAccountACHDetails', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) =>
    client.send('GetAccountACHDetails', { customerId: UNKNOWN_CUSTOMER, accountId: UNKNOWN_ACCOUNT }));

  good('GetAccountPaymentInstructionDetails', 'gives the numbers of ACH and both instant rails; only checking sends', async ({ client }) => {
    const accounts = await linked(client);
    const checking = addressOf(accountOf(accounts, 'checking'));
    const { paymentInstruction } = await client.call('GetAccountPaymentInstructionDetails', checking);
    expect(paymentInstruction!.map(({ type }) => type)).toEqual(['ach', 'rtp', 'fedNow']);
    const ach = await client.call('GetAccountACHDetails', checking);
    expect(paymentInstruction![0]).toEqual({ type: 'ach', accountNumber: ach.realAccountNumber, tanEnabled: false, descriptors: [{ type: 'routingNumber', value: ach.routingNumber }] });
    expect(paymentInstruction!.slice(1).every(({ transferInEnabled, transferOutEnabled }) => transferInEnabled && transferOutEnabled)).toBe(true);
    const savings = await client.call('GetAccountPaymentInstructionDetails', addressOf(accountOf(accounts, 'savings')));
    expect(savings.paymentInstruction!.slice(1).map(({ transferInEnabled, transferOutEnabled }) => [transferInEnabled, transferOutEnabled])).toEqual([[true, false], [true, false]]);
  });
  good('GetAccountPaymentInstructionDetails', 'says where a bank gives tokens away, and v1 gives the same token', async ({ client }) => {
    const at = addressOf(accountOf(await link(client, await enroll(client), 'go', FINBANK_OAUTH, 'demo'), 'savings'));
    const [ach] = (await client.call('GetAccountPaymentInstructionDetails', at)).paymentInstruction!;
    const { realAccountNumber } = await client.call('GetAccountACHDetails', at);
    expect(ach!.accountNumber).toBe(realAccountNumber);
    expect(ach!.tanEnabled).toBe(/^9\d{16}$/.test(realAccountNumber));
  });
  wrong('GetAccountPaymentInstructionDetails', 'a certificate of deposit', { status: 400, code: 14020 }, async ({ client }) =>
    client.send('GetAccountPaymentInstructionDetails', await linkedOne(client, 'cd', 'profile_06')));
  wrong('GetAccountPaymentInstructionDetails', 'a bank that is down', { status: 500, code: 102 }, async ({ client }) =>
    client.send('GetAccountPaymentInstructionDetails', addressOf(await withCode(client, 102))), CROWD);
  wrong('GetAccountPaymentInstructionDetails', 'an unknown account', { status: 404, code: 38003 }, async ({ client }) =>
    client.send('GetAccountPaymentInstructionDetails', { customerId: await enroll(client), accountId: UNKNOWN_ACCOUNT }));

  good('GetAvailableBalance', 'gives the balance of the last refresh, whatever the hour', async ({ client, sandbox }) => {
    const account = accountOf(await linked(client), 'checking');
    await sandbox.control.clock({ advance: 2 * HOUR });
    const balance = await client.call('GetAvailableBalance', addressOf(account));
    const now = await client.call('GetCustomerAccount', addressOf(account));
    expect(balance).toMatchObject({ id: Number(account.id), clearedBalance: now.balance, clearedBalanceDate: now.balanceDate, availableBalanceDate: now.balanceDate, aggregationStatusCode: 0, currency: 'USD' });
    expect(balance.availableBalance).toBe((now.detail as { availableBalanceAmount: number }).availableBalanceAmount);
    expect(balance.realAccountNumberLast4).toBe(account.realAccountNumberLast4);
  });
  good('GetAvailableBalance', 'is there for an account that cannot be read now, with its code', async ({ client }) => {
    const account = await withCode(client, 103);
    const balance = await client.call('GetAvailableBalance', addressOf(account));
    expect(balance).toMatchObject({ aggregationStatusCode: 103, clearedBalance: account.balance, clearedBalanceDate: account.aggregationSuccessDate });
  }, CROWD);
  wrong('GetAvailableBalance', 'an investment', { status: 400, code: 14020 }, async ({ client }) =>
    client.send('GetAvailableBalance', await linkedOne(client, 'investment', 'profile_02')));
  wrong('GetAvailableBalance', 'an unknown account', { status: 404, code: 38003 }, async ({ client }) =>
    client.send('GetAvailableBalance', { customerId: await enroll(client), accountId: UNKNOWN_ACCOUNT }));

  good('GetAvailableBalanceLive', 'asks the bank for 0, and counts what came since the last refresh', async ({ client, sandbox }) => {
    const at = await linkedOne(client, 'checking');
    const before = await client.call('GetAvailableBalance', at);
    const now = await sandbox.control.clock({ advance: 10 * 24 * HOUR });
    const live = await client.call('GetAvailableBalanceLive', { ...at, balance_cache_interval: 0 });
    expect(live.clearedBalanceDate).toBeGreaterThanOrEqual(now);
    const { transactions } = await client.call('GetCustomerAccountTransactions', { ...at, fromDate: before.clearedBalanceDate - 20 * 24 * HOUR, toDate: now, limit: 1000, includePending: true });
    expect(transactions.length).toBeGreaterThan(3);
    expect(live.clearedBalance).not.toBe(before.clearedBalance);
    await client.call('RefreshCustomerAccounts', { customerId: at.customerId });
    const refreshed = await client.call('GetCustomerAccount', at);
    expect(live.clearedBalance).toBe(refreshed.balance);
    expect(live.availableBalance).toBe((refreshed.detail as { availableBalanceAmount: number }).availableBalanceAmount);
  });
  good('GetAvailableBalanceLive', 'answers from the cache within the interval, and caches what it fetches', async ({ client, sandbox }) => {
    await pastTheNight(sandbox);
    const at = await linkedOne(client, 'savings');
    const dateOf = async (balance_cache_interval?: number) => (await client.call('GetAvailableBalanceLive', { ...at, balance_cache_interval })).availableBalanceDate;
    const first = await dateOf(0);
    const later = await sandbox.control.clock({ advance: 20 * 60 });
    expect(await dateOf()).toBe(first);
    expect(await dateOf(30)).toBe(first);
    expect((await client.call('GetAvailableBalance', at)).availableBalanceDate).toBe(first);
    const second = await dateOf(10);
    expect(second).toBeGreaterThanOrEqual(later);
    await sandbox.control.clock({ advance: 31 * 60 });
    expect((await client.call('GetAvailableBalance', at)).availableBalanceDate).toBe(second);
    expect(await dateOf()).toBeGreaterThanOrEqual(second + 31 * 60);
  });
  good('GetAvailableBalanceLive', 'a test transaction moves it at once', async ({ client, sandbox }) => {
    const at = await linkedOne(client, 'checking');
    const before = await client.call('GetAvailableBalanceLive', { ...at, balance_cache_interval: 0 });
    const { now } = await sandbox.control.health();
    await client.call('CreateTxPushTestTransaction', { ...at, body: { amount: -25, description: 'Test purchase', transactionDate: now - 60 } });
    const after = await client.call('GetAvailableBalanceLive', { ...at, balance_cache_interval: 0 });
    expect(after.clearedBalance).toBeCloseTo(before.clearedBalance - 25, 2);
    expect(after.availableBalance).toBeCloseTo(before.availableBalance - 25, 2);
  });
  wrong('GetAvailableBalanceLive', 'a bank that asks something', { status: 500, code: 185 }, async ({ client }) =>
    client.send('GetAvailableBalanceLive', { ...addressOf(await withCode(client, 185)), balance_cache_interval: 0 }), CROWD);
  wrong('GetAvailableBalanceLive', 'more than a day of cache', { status: 400, code: 14020 }, async ({ client, raw }) =>
    raw('GetAvailableBalanceLive', { parameters: { ...(await linkedOne(client, 'checking')), balance_cache_interval: 1441 } }));
  wrong('GetAvailableBalanceLive', 'a negative interval', { status: 400, code: 1618 }, async ({ client, raw }) =>
    raw('GetAvailableBalanceLive', { parameters: { ...(await linkedOne(client, 'checking')), balance_cache_interval: -1 } }));
  wrong('GetAvailableBalanceLive', 'an interval in words', { status: 400, code: 14020 }, async ({ client, raw }) =>
    raw('GetAvailableBalanceLive', { parameters: { ...(await linkedOne(client, 'checking')), balance_cache_interval: 'an hour' } }));
  wrong('GetAvailableBalanceLive', 'a credit card', { status: 400, code: 14020 }, async ({ client }) =>
    client.send('GetAvailableBalanceLive', await linkedOne(client, 'creditCard')));
  wrong('GetAvailableBalanceLive', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) =>
    client.send('GetAvailableBalanceLive', { customerId: UNKNOWN_CUSTOMER, accountId: UNKNOWN_ACCOUNT }));

  good('GetLoanPaymentDetails', 'a mortgage and a car loan pay off with their balance and a month\'s interest', async ({ client }) => {
    const accounts = await link(client, await enroll(client), 'go', 101732, 'demo');
    for (const account of accounts.filter(({ type }) => type === 'mortgage' || type === 'loan')) {
      const { loanNumber, loanPaymentNumber, loanPaymentAddress, accountDetail } = await client.call('GetLoanPaymentDetails', addressOf(account));
      expect(loanNumber.endsWith(account.accountNumberDisplay)).toBe(true);
      expect(loanPaymentNumber.endsWith(loanNumber)).toBe(true);
      expect(loanPaymentAddress).toMatch(/^FinBank, PO Box \d+, Murray, UT 84123$/);
      expect(accountDetail).toMatchObject({ accountId: account.id, accountNumber: loanNumber, accountPaymentNumber: loanPaymentNumber });
      expect(accountDetail!.accountFuturePayoffAmount).toBe((account.detail as { payoffAmount: number }).payoffAmount);
      expect(accountDetail!.accountFuturePayoffAmount).toBeGreaterThan(account.balance!);
      expect(accountDetail).not.toHaveProperty('groupDetail');
    }
    expect(accounts.filter(({ type }) => type === 'mortgage' || type === 'loan').length).toBeGreaterThan(0);
  });
  good('GetLoanPaymentDetails', 'a group of student loans names its loans, whose payoffs add up', async ({ client }) => {
    const accounts = await linked(client, 'profile_07');
    const { accountDetail } = await client.call('GetLoanPaymentDetails', addressOf(accountOf(accounts, 'studentLoanGroup')));
    const [group] = accountDetail!.groupDetail!;
    const members = accounts.filter(({ type }) => type === 'studentLoanAccount');
    expect(group!.groupLoanDetail.map(({ accountId }) => accountId).sort()).toEqual(members.map(({ id }) => id).sort());
    const sum = group!.groupLoanDetail.reduce((total, { loanFuturePayoffAmount }) => total + loanFuturePayoffAmount!, 0);
    expect(group!.groupFuturePayoffAmount).toBeCloseTo(sum, 2);
    expect(accountDetail!.accountFuturePayoffAmount).toBe(group!.groupFuturePayoffAmount);
    const one = await client.call('GetLoanPaymentDetails', addressOf(members[0]!));
    const same = group!.groupLoanDetail.find(({ accountId }) => accountId === members[0]!.id)!;
    expect(one.accountDetail!.loanDetail![0]!.loanFuturePayoffAmount).toBe(same.loanFuturePayoffAmount);
  });
  wrong('GetLoanPaymentDetails', 'a savings account', { status: 400, code: 14020 }, async ({ client }) =>
    client.send('GetLoanPaymentDetails', await linkedOne(client, 'savings')));
  wrong('GetLoanPaymentDetails', 'an unknown account', { status: 404, code: 38003 }, async ({ client }) =>
    client.send('GetLoanPaymentDetails', { customerId: await enroll(client), accountId: UNKNOWN_ACCOUNT }));
});
