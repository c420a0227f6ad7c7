// Contract of the payment success indicators, both generations. Dates are the sandbox's own day, UTC.
import { describe, expect } from 'vitest';
import type { Client } from '../../src/client/types.ts';
import type { Bench } from '../support/contract.ts';
import { good, wrong } from '../support/contract.ts';
import { addressOf, CROWD, linked, linkedOne, pending, withCode } from '../support/deposits.ts';
import type { At } from '../support/deposits.ts';
import type { Account } from '../support/people.ts';
import { accountOf, consumerBody, enroll, link, makeConsumer, PROFILES_BANK, signIn, UNKNOWN_ACCOUNT, UNKNOWN_CUSTOMER, username } from '../support/people.ts';

const DAY = 86_400;
const EMAIL = 'noor.haddad@example.com';

async function inDays({ sandbox }: Pick<Bench, 'sandbox'>, ahead: number): Promise<string> {
  return new Date(((await sandbox.control.health()).now + ahead * DAY) * 1000).toISOString().slice(0, 10);
}
async function payment(bench: Bench, { ahead = 1, amount = 25 } = {}) {
  return { transaction: { settleByDate: await inDays(bench, ahead), amount } };
}
/** A linked checking account of a customer whose record has an e-mail address. */
async function mailed(client: Client, type = 'checking'): Promise<At> {
  const { id } = await client.call('AddTestingCustomer', { body: { username: username(), firstName: 'Noor', lastName: 'Haddad', email: EMAIL } });
  return addressOf(accountOf(await link(client, id), type));
}
async function finished(bench: Bench, at: At, options: { ahead?: number; amount?: number } = {}, user?: object) {
  const { payRequestId } = await bench.client.call('GeneratePaymentSuccessIndicators', { ...at, body: { ...(await payment(bench, options)), ...(user ? { user } : {}) } });
  await bench.sandbox.control.clock({ advance: 5 });
  return bench.client.call('GetPaymentSuccessIndicators', { ...at, payRequestId, include_reasons: true });
}

describe('Payment Success Indicator', () => {
  good('GeneratePaymentSuccessIndicators', 'answers at once that it is in progress', async (bench) => {
    const at = await linkedOne(bench.client, 'savings');
    const body = await payment(bench);
    const made = await bench.client.call('GeneratePaymentSuccessIndicators', { ...at, body });
    expect(made).toEqual({ payRequestId: made.payRequestId, status: 'IN PROGRESS', ...at, requestDate: await inDays(bench, 0), transaction: body.transaction });
    expect(made.payRequestId).toMatch(/^\d{18}$/);
    expect(bench.exchanges.at(-1)!.status).toBe(202);
    expect((await bench.client.call('GeneratePaymentSuccessIndicators', { ...at, body })).payRequestId).not.toBe(made.payRequestId);
  });
  wrong('GeneratePaymentSuccessIndicators', 'a date in the past', { status: 400, code: 10006 }, async (bench) =>
    bench.client.send('GeneratePaymentSuccessIndicators', { ...(await linkedOne(bench.client, 'checking')), body: await payment(bench, { ahead: -1 }) }));
  wrong('GeneratePaymentSuccessIndicators', 'a day that the calendar lacks', { status: 400, code: 10007 }, async ({ client, raw }) =>
    raw('GeneratePaymentSuccessIndicators', { parameters: { ...(await linkedOne(client, 'checking')) }, body: { transaction: { settleByDate: '2030-02-30', amount: 5 } } }));
  wrong('GeneratePaymentSuccessIndicators', 'an amount of 0', { status: 400, code: 1618 }, async (bench) =>
    bench.raw('GeneratePaymentSuccessIndicators', { parameters: { ...(await linkedOne(bench.client, 'checking')) }, body: await payment(bench, { amount: 0 }) }));
  wrong('GeneratePaymentSuccessIndicators', 'an amount as text', { status: 400, code: 10007 }, async (bench) =>
    bench.raw('GeneratePaymentSuccessIndicators', { parameters: { ...(await linkedOne(bench.client, 'checking')) }, body: { transaction: { settleByDate: await inDays(bench, 1), amount: 'ten' } } }));
  wrong('GeneratePaymentSuccessIndicators', 'no date', { status: 400, code: 10009 }, async ({ client, raw }) =>
    raw('GeneratePaymentSuccessIndicators', { parameters: { ...(await linkedOne(client, 'checking')) }, body: { transaction: { amount: 5 } } }));
  wrong('GeneratePaymentSuccessIndicators', 'a telephone without number and no e-mail address', { status: 400, code: 10009 }, async (bench) =>
    bench.client.send('GeneratePaymentSuccessIndicators', { ...(await linkedOne(bench.client, 'checking')), body: { ...(await payment(bench)), user: { phone: { countryHint: 'US' } } } }));
  wrong('GeneratePaymentSuccessIndicators', 'an account that was never refreshed', { status: 400, code: 10008 }, async (bench) => {
    const customerId = await enroll(bench.client);
    await bench.client.send('AddAllAccounts', { customerId, institutionId: PROFILES_BANK, body: signIn(PROFILES_BANK, 'anyone', 'profile_03') });
    const { accounts } = await bench.client.call('GetCustomerAccounts', { customerId });
    return bench.client.send('GeneratePaymentSuccessIndicators', { ...addressOf(accountOf(accounts, 'checking')), body: await payment(bench) });
  });
  wrong('GeneratePaymentSuccessIndicators', 'a credit card', { status: 400, code: 1001 }, async (bench) =>
    bench.client.send('GeneratePaymentSuccessIndicators', { ...(await linkedOne(bench.client, 'creditCard')), body: await payment(bench) }));
  wrong('GeneratePaymentSuccessIndicators', 'an account that is still pending', { status: 400, code: 10013 }, async (bench) =>
    bench.client.send('GeneratePaymentSuccessIndicators', { ...addressOf(await pending(bench.client)), body: await payment(bench) }), CROWD);
  wrong('GeneratePaymentSuccessIndicators', 'a caller that takes XML alone', { status: 406, code: 20000 }, async (bench) =>
    bench.raw('GeneratePaymentSuccessIndicators', { parameters: { ...(await linkedOne(bench.client, 'checking')) }, body: await payment(bench), headers: { accept: 'application/xml' } }));
  wrong('GeneratePaymentSuccessIndicators', 'an unknown account', { status: 404, code: 38003 }, async (bench) =>
    bench.client.send('GeneratePaymentSuccessIndicators', { customerId: await enroll(bench.client), accountId: UNKNOWN_ACCOUNT, body: await payment(bench) }));
  wrong('GeneratePaymentSuccessIndicators', 'an unknown customer', { status: 404, code: 14001 }, async (bench) =>
    bench.client.send('GeneratePaymentSuccessIndicators', { customerId: UNKNOWN_CUSTOMER, accountId: UNKNOWN_ACCOUNT, body: await payment(bench) }));

  good('GetPaymentSuccessIndicators', 'is in progress until the clock has passed, then stays what it was', async (bench) => {
    const at = await linkedOne(bench.client, 'savings');
    const { payRequestId } = await bench.client.call('GeneratePaymentSuccessIndicators', { ...at, body: await payment(bench) });
    const look = (include_reasons?: boolean) => bench.client.call('GetPaymentSuccessIndicators', { ...at, payRequestId, include_reasons });
    const balance = await bench.client.call('GetAvailableBalanceLive', { ...at, balance_cache_interval: 0 });
    expect(await look()).toMatchObject({ status: 'IN PROGRESS' });
    await bench.sandbox.control.clock({ advance: 5 });
    const done = await look();
    expect(done.status).toBe('SUCCESS');
    const { availableBalance, dailyResults } = done.nsfReturnRisk!.result!;
    expect(availableBalance).toBe(balance.availableBalance);
    expect(dailyResults.map(({ potentialSettlementDate }) => potentialSettlementDate)).toEqual([await inDays(bench, 0), await inDays(bench, 1), await inDays(bench, 2)]);
    expect(dailyResults.every((day) => !('reasons' in day))).toBe(true);
    const reasons = (await look(true)).nsfReturnRisk!.result!.dailyResults[0]!.reasons!;
    expect(Object.keys(reasons)).toHaveLength(8);
    await bench.sandbox.control.clock({ advance: 5 * DAY });
    expect(await look()).toEqual(done);
  });
  good('GetPaymentSuccessIndicators', 'a small amount is safer than one beyond the balance', async (bench) => {
    const at = await linkedOne(bench.client, 'savings');
    const small = await finished(bench, at, { amount: 1 });
    const { availableBalance } = small.nsfReturnRisk!.result!;
    const large = await finished(bench, at, { amount: Math.ceil(availableBalance * 20) });
    const [low, high] = [small.nsfReturnRisk!.result!.dailyResults[0]!, large.nsfReturnRisk!.result!.dailyResults[0]!];
    expect(low.indicator).toBe('Low Risk');
    expect(high.indicator).toBe('High Risk');
    expect(low.reasons!.recentBalance).toBe(100);
    expect(high.reasons!.recentBalance).toBeLessThan(low.reasons!.recentBalance);
    expect(high.reasons!.balanceHistory).toBe(0);
  });
  good('GetPaymentSuccessIndicators', 'scores 3 to 10 days by the date to settle by', async (bench) => {
    const at = await linkedOne(bench.client, 'checking');
    const days = [];
    for (const ahead of [0, 2, 3, 8, 9, 40]) days.push((await finished(bench, at, { ahead })).nsfReturnRisk!.result!.dailyResults.length);
    expect(days).toEqual([3, 3, 4, 9, 10, 10]);
  });
  good('GetPaymentSuccessIndicators', 'trusts the owner more than a stranger', async (bench) => {
    const at = await mailed(bench.client);
    const own = await finished(bench, at, {}, { name: 'Noor Haddad', email: EMAIL });
    const strange = await finished(bench, at, {}, { name: 'Zebulon Quist', email: 'zq@elsewhere.example' });
    expect(own.unauthorizedReturnRisk!.result!.indicator).toBe('Low Risk');
    expect(strange.unauthorizedReturnRisk!.result!.score).toBeLessThan(own.unauthorizedReturnRisk!.result!.score - 20);
  });
  good('GetPaymentSuccessIndicators', 'counts the fees for insufficient funds of half a year', async (bench) => {
    const { now } = await bench.sandbox.control.health();
    const feesOf = async (account: Account) => {
      const { transactions } = await bench.client.call('GetCustomerAccountTransactions', { ...addressOf(account), fromDate: now - 182 * DAY, toDate: now, limit: 1000 });
      return transactions.filter(({ type, description }) => type === 'fee' && description!.startsWith('NSF'));
    };
    const seen: Record<string, { fees: number; history: number; lately: number }> = {};
    for await (const page of bench.client.pages<{ id: string }>('GetCustomers', {})) {
      for (const { id: customerId } of page.items) {
        const { accounts } = await bench.client.call('GetCustomerAccounts', { customerId });
        const account = accounts.find(({ type, status, aggregationStatusCode }) => type === 'checking' && status === 'active' && aggregationStatusCode === 0);
        if (!account) continue;
        const fees = await feesOf(account);
        const kind = fees.length > 0 ? 'some' : 'none';
        if (seen[kind]) continue;
        const { nsfHistory: history, recentNsfHistory: lately } = (await finished(bench, addressOf(account))).nsfReturnRisk!.result!.dailyResults[0]!.reasons!;
        seen[kind] = { fees: fees.length, history, lately };
      }
      if (seen.some && seen.none) break;
    }
    expect(seen.none).toEqual({ fees: 0, history: 100, lately: 100 });
    expect(seen.some!.history).toBe(Math.max(0, 100 - 20 * seen.some!.fees));
  }, CROWD);
  good('GetPaymentSuccessIndicators', 'fails with the account\'s code when the bank cannot be read', async (bench) => {
    const at = addressOf(await withCode(bench.client, 185));
    const done = await finished(bench, at);
    expect(done).toMatchObject({ status: 'FAILURE', nsfReturnRisk: { error: { code: 185, status: '500' } }, unauthorizedReturnRisk: { error: { code: 185 } } });
    expect(done.nsfReturnRisk).not.toHaveProperty('result');
  }, CROWD);
  wrong('GetPaymentSuccessIndicators', 'an unknown id', { status: 404, code: 14001 }, async ({ client }) =>
    client.send('GetPaymentSuccessIndicators', { ...(await linkedOne(client, 'checking')), payRequestId: '400000000000000001' }));
  wrong('GetPaymentSuccessIndicators', 'an id of another account', { status: 404, code: 14001 }, async (bench) => {
    const accounts = await linked(bench.client);
    const { payRequestId } = await bench.client.call('GeneratePaymentSuccessIndicators', { ...addressOf(accountOf(accounts, 'checking')), body: await payment(bench) });
    return bench.client.send('GetPaymentSuccessIndicators', { ...addressOf(accountOf(accounts, 'savings')), payRequestId });
  });
  wrong('GetPaymentSuccessIndicators', 'an id made under the FCRA', { status: 404, code: 14001 }, async (bench) => {
    const at = await mailed(bench.client);
    const { payRequestId } = await bench.client.call('GenerateFcraPaymentSuccessIndicators', { ...at, purpose: '1P', body: await payment(bench) });
    return bench.client.send('GetPaymentSuccessIndicators', { ...at, payRequestId });
  });

  good('GenerateFcraPaymentSuccessIndicators', 'is made for a customer with an e-mail address', async (bench) => {
    const made = await bench.client.call('GenerateFcraPaymentSuccessIndicators', { ...(await mailed(bench.client)), purpose: '1P', body: await payment(bench) });
    expect(made).toMatchObject({ status: 'IN PROGRESS' });
  });
  wrong('GenerateFcraPaymentSuccessIndicators', 'a customer without an e-mail address', { status: 400, code: 12022 }, async (bench) =>
    bench.client.send('GenerateFcraPaymentSuccessIndicators', { ...(await linkedOne(bench.client, 'checking')), purpose: '1P', body: await payment(bench) }));
  wrong('GenerateFcraPaymentSuccessIndicators', 'no purpose, once one is demanded', { status: 400, code: 10100 }, async (bench) => {
    const at = await mailed(bench.client);
    await fetch(`${bench.sandbox.url}/__sandbox/rules`, { method: 'POST', body: JSON.stringify({ purposeRequired: true }) });
    return bench.client.send('GenerateFcraPaymentSuccessIndicators', { ...at, body: await payment(bench) });
  });
  wrong('GenerateFcraPaymentSuccessIndicators', 'a purpose that is none', { status: 400, code: 10005 }, async (bench) =>
    bench.client.send('GenerateFcraPaymentSuccessIndicators', { ...(await mailed(bench.client)), purpose: 'rent', body: await payment(bench) }));
  wrong('GenerateFcraPaymentSuccessIndicators', 'a consumer that froze its data', { status: 403, code: 10405 }, async (bench) => {
    const at = await mailed(bench.client);
    await bench.client.call('CreateConsumer', { customerId: at.customerId, body: { ...consumerBody, lastName: 'Freeze' } });
    return bench.client.send('GenerateFcraPaymentSuccessIndicators', { ...at, purpose: '1P', body: await payment(bench) });
  });

  good('GetFcraPaymentSuccessIndicators', 'ends in a result, without a word of disputes', async (bench) => {
    const at = await mailed(bench.client);
    await makeConsumer(bench.client, at.customerId);
    const { payRequestId } = await bench.client.call('GenerateFcraPaymentSuccessIndicators', { ...at, purpose: '1P', body: await payment(bench, { ahead: 5 }) });
    await bench.sandbox.control.clock({ advance: 5 });
    const done = await bench.client.call('GetFcraPaymentSuccessIndicators', { ...at, payRequestId, include_reasons: true });
    expect(done.status).toBe('SUCCESS');
    expect(done.nsfReturnRisk!.result!.dailyResults).toHaveLength(6);
    expect(done.nsfReturnRisk!.result).not.toHaveProperty('disputeStatement');
  });
  good('GetFcraPaymentSuccessIndicators', 'names an open dispute, which stops nothing', async (bench) => {
    const at = await mailed(bench.client);
    await bench.client.call('CreateConsumer', { customerId: at.customerId, body: { ...consumerBody, lastName: 'Dispute' } });
    const { payRequestId } = await bench.client.call('GenerateFcraPaymentSuccessIndicators', { ...at, purpose: '1P', body: await payment(bench) });
    await bench.sandbox.control.clock({ advance: 5 });
    const done = await bench.client.call('GetFcraPaymentSuccessIndicators', { ...at, payRequestId });
    expect(done.nsfReturnRisk!.result!.disputeStatement).toMatch(/dispute/);
  });
  wrong('GetFcraPaymentSuccessIndicators', 'an id made without the FCRA', { status: 404, code: 14001 }, async (bench) => {
    const at = await linkedOne(bench.client, 'checking');
    const { payRequestId } = await bench.client.call('GeneratePaymentSuccessIndicators', { ...at, body: await payment(bench) });
    return bench.client.send('GetFcraPaymentSuccessIndicators', { ...at, payRequestId });
  });
  wrong('GetFcraPaymentSuccessIndicators', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) =>
    client.send('GetFcraPaymentSuccessIndicators', { customerId: UNKNOWN_CUSTOMER, accountId: UNKNOWN_ACCOUNT, payRequestId: '400000000000000001' }));

  good('GetPaymentSuccessIndicator', 'answers scores with reasons at once', async (bench) => {
    const at = await linkedOne(bench.client, 'savings');
    const settleByDate = await inDays(bench, 4);
    const balance = await bench.client.call('GetAvailableBalanceLive', { ...at, balance_cache_interval: 0 });
    const answer = await bench.client.call('GetPaymentSuccessIndicator', { ...at, settlementAmount: 1.5, settleByDate });
    expect(answer).toMatchObject({ ...at, settleByDate, settlementAmount: 1.5, availableBalance: balance.availableBalance });
    expect(answer.payReqId).toMatch(/^\d{18}$/);
    expect(answer.indicatorsByDay).toHaveLength(5);
    expect(answer.indicatorsByDay[0]).toMatchObject({ potentialSettlementDate: await inDays(bench, 0), scoreIndicator: 'Highly Likely to Settle', reasons: { recentBalance: 100 } });
    expect(answer).not.toHaveProperty('code');
  });
  good('GetPaymentSuccessIndicator', 'warns of an amount beyond the balance', async (bench) => {
    const answer = await bench.client.call('GetPaymentSuccessIndicator', { ...(await linkedOne(bench.client, 'checking')), settlementAmount: 250_000, settleByDate: await inDays(bench, 0) });
    expect(answer.code).toBe('2000');
    expect(new Set(answer.indicatorsByDay.map(({ scoreIndicator }) => scoreIndicator))).toEqual(new Set(['Less Likely to Settle']));
  });
  wrong('GetPaymentSuccessIndicator', 'no date', { status: 400, code: 10009 }, async ({ client, raw }) =>
    raw('GetPaymentSuccessIndicator', { parameters: { ...(await linkedOne(client, 'checking')), settlementAmount: 5 } }));
  wrong('GetPaymentSuccessIndicator', 'an amount in words', { status: 400, code: 10007 }, async (bench) =>
    bench.raw('GetPaymentSuccessIndicator', { parameters: { ...(await linkedOne(bench.client, 'checking')), settlementAmount: 'ten', settleByDate: await inDays(bench, 1) } }));
  wrong('GetPaymentSuccessIndicator', 'a negative amount', { status: 400, code: 1618 }, async (bench) =>
    bench.client.send('GetPaymentSuccessIndicator', { ...(await linkedOne(bench.client, 'checking')), settlementAmount: -5, settleByDate: await inDays(bench, 1) }));
  wrong('GetPaymentSuccessIndicator', 'a date in words', { status: 400, code: 10007 }, async ({ client, raw }) =>
    raw('GetPaymentSuccessIndicator', { parameters: { ...(await linkedOne(client, 'checking')), settlementAmount: 5, settleByDate: 'tomorrow' } }));
  wrong('GetPaymentSuccessIndicator', 'a date in the past', { status: 400, code: 10006 }, async (bench) =>
    bench.client.send('GetPaymentSuccessIndicator', { ...(await linkedOne(bench.client, 'checking')), settlementAmount: 5, settleByDate: await inDays(bench, -1) }));
  wrong('GetPaymentSuccessIndicator', 'a sign-in that fails', { status: 500, code: 103 }, async (bench) =>
    bench.client.send('GetPaymentSuccessIndicator', { ...addressOf(await withCode(bench.client, 103)), settlementAmount: 5, settleByDate: await inDays(bench, 1) }), CROWD);
  wrong('GetPaymentSuccessIndicator', 'an unknown account', { status: 404, code: 38003 }, async (bench) =>
    bench.client.send('GetPaymentSuccessIndicator', { customerId: await enroll(bench.client), accountId: UNKNOWN_ACCOUNT, settlementAmount: 5, settleByDate: await inDays(bench, 1) }));

  good('GetFCRAPaymentSuccessIndicator', 'answers as the other does, for purpose 1P', async (bench) => {
    const at = await mailed(bench.client);
    const input = { ...at, settlementAmount: 12, settleByDate: await inDays(bench, 9) };
    const fcra = await bench.client.call('GetFCRAPaymentSuccessIndicator', { ...input, purposeCode: '1P' });
    const plain = await bench.client.call('GetPaymentSuccessIndicator', input);
    expect(fcra.indicatorsByDay).toHaveLength(10);
    expect(fcra.indicatorsByDay).toEqual(plain.indicatorsByDay);
  });
  wrong('GetFCRAPaymentSuccessIndicator', 'another purpose', { status: 400, code: 10005 }, async (bench) =>
    bench.raw('GetFCRAPaymentSuccessIndicator', { parameters: { ...(await mailed(bench.client)), settlementAmount: 5, settleByDate: await inDays(bench, 1), purposeCode: '3F' } }));
  wrong('GetFCRAPaymentSuccessIndicator', 'no purpose', { status: 400, code: 10009 }, async (bench) =>
    bench.raw('GetFCRAPaymentSuccessIndicator', { parameters: { ...(await mailed(bench.client)), settlementAmount: 5, settleByDate: await inDays(bench, 1) } }));
  wrong('GetFCRAPaymentSuccessIndicator', 'a customer without an e-mail address', { status: 400, code: 12022 }, async (bench) =>
    bench.client.send('GetFCRAPaymentSuccessIndicator', { ...(await linkedOne(bench.client, 'checking')), settlementAmount: 5, settleByDate: await inDays(bench, 1), purposeCode: '1P' }));
});
