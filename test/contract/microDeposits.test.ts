// Contract of the family Account Validation Assistance. Days pass by the sandbox's clock; the amounts follow the rules of its README.
import { afterEach, describe, expect } from 'vitest';
import type { components } from '../../src/api/generated/types.d.ts';
import type { Client } from '../../src/client/types.ts';
import { good, wrong } from '../support/contract.ts';
import type { Bench } from '../support/contract.ts';
import { listen } from '../support/listener.ts';
import type { Listener } from '../support/listener.ts';
import { customerWith, enroll, link, UNKNOWN_ACCOUNT, UNKNOWN_CUSTOMER } from '../support/people.ts';

type Receiver = components['schemas']['MicroDepositReceiver'];

const DAY = 86_400;
const ROUTING = '990011226';
const receiver = (accountNumber = '60412277'): Receiver => ({ routingNumber: ROUTING, accountNumber, accountType: 'personalChecking', name: 'Noor Haddad', memo: 'Northfold check' });

const open: Listener[] = [];
afterEach(async () => void (await Promise.all(open.splice(0).map((one) => one.close()))));

async function send(client: Client, customerId: string, accountNumber?: string): Promise<{ customerId: string; accountId: string }> {
  const { accountId } = await client.call('InitiateMicroAmountDeposits', { customerId, body: { receiver: receiver(accountNumber) } });
  return { customerId, accountId: String(accountId) };
}
/** A testing customer's deposits, which have arrived. */
async function arrived({ client, sandbox }: Bench, accountNumber?: string): Promise<{ customerId: string; accountId: string }> {
  const at = await send(client, await enroll(client), accountNumber);
  await sandbox.control.clock({ advance: 90 });
  return at;
}
const activeCustomer = async (client: Client) => (await customerWith(client, () => true, 'active')).customer.id;

describe('Initiating micro-deposits', () => {
  good('InitiateMicroAmountDeposits', 'sends two, and gives the account an id of its own', async ({ client }) => {
    const customerId = await enroll(client);
    const sent = await client.call('InitiateMicroAmountDeposits', { customerId, body: { receiver: receiver() } });
    expect(sent).toMatchObject({ status: 'Pending', depositCount: 2, railType: 'ach', accountId: expect.stringMatching(/^\d{10}$/) });
    const { accounts } = await client.call('GetCustomerAccounts', { customerId });
    expect(accounts).toEqual([]);
    const other = await client.call('InitiateMicroAmountDeposits', { customerId, body: { receiver: receiver('60419999') } });
    expect(other.accountId).not.toBe(sent.accountId);
  });
  good('InitiateMicroAmountDeposits', 'may be sent again once the first have failed', async (bench) => {
    const { customerId } = await arrived(bench, '60419991');
    await send(bench.client, customerId, '60419991');
  });
  good('InitiateMicroAmountDeposits', 'tells the listener of every change', async ({ client, sandbox }) => {
    const hook = await listen();
    open.push(hook);
    const customerId = await enroll(client);
    const { accountId } = await client.call('InitiateMicroAmountDeposits', { customerId, body: { receiver: receiver(), callbackUrl: hook.url } });
    const told = () => hook.events.map(({ body }) => JSON.parse(body) as { status: string });
    await sandbox.webhooksSettled();
    expect(told()).toMatchObject([{ customerId, accountId, status: 'Pending' }]);
    await sandbox.control.clock({ advance: 90 });
    await expect.poll(() => told().map(({ status }) => status), { timeout: 5000 }).toEqual(['Pending', 'Completed']);
    await client.call('VerifyMicroAmountDeposits', { customerId, accountId: String(accountId), body: { amounts: [0.01, 0.02] } });
    await sandbox.webhooksSettled();
    expect(told().map(({ status }) => status)).toEqual(['Pending', 'Completed', 'Verified']);
  });
  wrong('InitiateMicroAmountDeposits', 'deposits that are under way', { status: 409, code: 3100001 }, async ({ client }) => {
    const { customerId } = await send(client, await enroll(client));
    return send(client, customerId);
  });
  wrong('InitiateMicroAmountDeposits', 'an account that was verified', { status: 400, code: 3100001 }, async ({ client }) => {
    const at = await send(client, await enroll(client));
    await client.call('VerifyMicroAmountDeposits', { ...at, body: { amounts: [0.01, 0.02] } });
    return send(client, at.customerId);
  });
  wrong('InitiateMicroAmountDeposits', 'a sixth within a day, without a body', { status: 429 }, async ({ client }) => {
    const customerId = await enroll(client);
    for (const tail of [1, 2, 3, 4, 5]) await send(client, customerId, `6041000${tail}`);
    return send(client, customerId, '60410006');
  });
  wrong('InitiateMicroAmountDeposits', 'a Test Drive plan', { status: 429 }, async ({ connect, client, sandbox }) => {
    const { partnerId, partnerSecret, testDriveAppKey: appKey } = sandbox.credentials;
    return connect({ credentials: { partnerId, partnerSecret, appKey } }).send('InitiateMicroAmountDeposits', { customerId: await enroll(client), body: { receiver: receiver() } });
  });
  wrong('InitiateMicroAmountDeposits', 'an account to which nothing can be started', { status: 400, code: 3200001 }, async ({ client }) => send(client, await enroll(client), '60419994'));
  const faulty: readonly [string, Partial<Receiver>, number][] = [
    ['a routing number of eight digits', { routingNumber: '99001122' }, 20024],
    ['an account number with letters', { accountNumber: '6041A277' }, 3000001],
    ['an empty name', { name: '' }, 3100001],
    ['a name without a letter', { name: '12' }, 3100001],
    ['a memo with markup', { memo: '<b>check</b>' }, 3000003],
    ['an unknown kind of account', { accountType: 'mortgage' as 'checking' }, 14020],
  ];
  for (const [title, fault, code] of faulty) {
    wrong('InitiateMicroAmountDeposits', title, { status: 400, code }, async ({ client, raw }) =>
      raw('InitiateMicroAmountDeposits', { parameters: { customerId: await enroll(client) }, body: { receiver: { ...receiver(), ...fault } } }));
  }
  wrong('InitiateMicroAmountDeposits', 'no receiver', { status: 400, code: 10005 }, async ({ client, raw }) =>
    raw('InitiateMicroAmountDeposits', { parameters: { customerId: await enroll(client) }, body: {} }));
  wrong('InitiateMicroAmountDeposits', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) => send(client, UNKNOWN_CUSTOMER));
});

describe('Where micro-deposits stand', () => {
  good('GetMicroDepositsDetails', 'on their way, arrived, expired', async ({ client, sandbox }) => {
    const at = await send(client, await activeCustomer(client));
    expect(await client.call('GetMicroDepositsDetails', at)).toMatchObject({
      status: 'Pending', routingNumber: ROUTING, accountNumberLast4: '2277', railType: 'ach', creationDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
    });
    await sandbox.control.clock({ advance: DAY + 60 });
    expect(await client.call('GetMicroDepositsDetails', at)).toMatchObject({ status: 'Completed' });
    await sandbox.control.clock({ advance: 14 * DAY });
    expect(await client.call('GetMicroDepositsDetails', at)).toMatchObject({ status: 'Expired' });
  });
  good('GetMicroDepositsDetails', 'rejected, returned and failed, by the end of the account number', async ({ client, sandbox }) => {
    const customerId = await enroll(client);
    const sent = await Promise.all(['60419991', '60419992', '60419993'].map((number) => send(client, customerId, number)));
    const states = async () => (await Promise.all(sent.map((at) => client.call('GetMicroDepositsDetails', at)))).map(({ status }) => status);
    expect(await states()).toEqual(['Pending', 'Pending', 'Pending']);
    await sandbox.control.clock({ advance: 90 });
    expect(await states()).toEqual(['Rejected', 'Completed', 'Failed']);
    await sandbox.control.clock({ advance: DAY });
    expect(await states()).toEqual(['Rejected', 'Returned', 'Failed']);
  });
  good('GetMicroDepositsDetails', 'found in a linked account, they verify themselves and stand among its transactions', async ({ client, sandbox }) => {
    const { customer, accounts } = await customerWith(client, (all) => all.some(({ type, number }) => type === 'checking' && /^\d+$/.test(number)), 'active');
    const { id, number, institutionLoginId } = accounts.find((one) => one.type === 'checking' && /^\d+$/.test(one.number))!;
    const body = { receiver: receiver(number), institutionLoginId: String(institutionLoginId) };
    const { accountId } = await client.call('InitiateMicroAmountDeposits', { customerId: customer.id, body });
    const at = { customerId: customer.id, accountId: String(accountId) };
    expect(await client.call('GetMicroDepositsDetails', at)).not.toHaveProperty('autoVerifiedAccount');
    const sentAt = (await sandbox.control.health()).now;
    const now = await sandbox.control.clock({ advance: DAY + 60 });
    expect(await client.call('GetMicroDepositsDetails', at)).toMatchObject({ status: 'Verified', autoVerifiedAccount: Number(id) });
    const { transactions } = await client.call('GetCustomerAccountTransactions', { customerId: customer.id, accountId: id, fromDate: sentAt, toDate: now });
    const credits = transactions.filter(({ description }) => /ACCOUNT VERIFY/.test(description ?? '')).map(({ amount }) => Math.round((amount ?? 0) * 100)).sort((a, b) => a - b);
    const digits = number.slice(-4);
    expect(credits).toEqual([Number(digits.slice(0, 2)) || 1, Number(digits.slice(2)) || 1].sort((a, b) => a - b));
  });
  wrong('GetMicroDepositsDetails', 'an account to which none were sent', { status: 404, code: 14001 }, async ({ client }) =>
    client.send('GetMicroDepositsDetails', { customerId: await enroll(client), accountId: UNKNOWN_ACCOUNT }));
  wrong('GetMicroDepositsDetails', 'a linked account', { status: 404, code: 14001 }, async ({ client }) => {
    const customerId = await enroll(client);
    return client.send('GetMicroDepositsDetails', { customerId, accountId: (await link(client, customerId))[0]!.id });
  });
  wrong('GetMicroDepositsDetails', 'another customer', { status: 404, code: 14001 }, async ({ client }) => {
    const { accountId } = await send(client, await enroll(client));
    return client.send('GetMicroDepositsDetails', { customerId: await enroll(client), accountId });
  });
  wrong('GetMicroDepositsDetails', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) =>
    client.send('GetMicroDepositsDetails', { customerId: UNKNOWN_CUSTOMER, accountId: UNKNOWN_ACCOUNT }));
});

describe('Verifying micro-deposits', () => {
  good('VerifyMicroAmountDeposits', 'takes the amounts in any order', async (bench) => {
    const at = await arrived(bench);
    expect(await bench.client.call('VerifyMicroAmountDeposits', { ...at, body: { amounts: [0.02, 0.01] } })).toMatchObject({ status: 'Verified' });
    expect(await bench.client.call('GetMicroDepositsDetails', at)).toMatchObject({ status: 'Verified' });
  });
  good('VerifyMicroAmountDeposits', 'of an active customer are what the account number says', async ({ client, sandbox }) => {
    const at = await send(client, await activeCustomer(client), '60413400');
    await sandbox.control.clock({ advance: DAY + 60 });
    expect(await client.call('VerifyMicroAmountDeposits', { ...at, body: { amounts: [0.34, 0.01] } })).toMatchObject({ status: 'Verified' });
  });
  good('VerifyMicroAmountDeposits', 'still succeeds after two wrong tries', async (bench) => {
    const at = await arrived(bench);
    for (const amounts of [[0.12, 0.15], [0.01, 0.01]]) {
      const answer = await bench.raw('VerifyMicroAmountDeposits', { parameters: at, body: { amounts } });
      expect(answer).toMatchObject({ status: 400, json: { code: 3200004, status: 'Completed' } });
    }
    expect(await bench.client.call('VerifyMicroAmountDeposits', { ...at, body: { amounts: [0.01, 0.02] } })).toMatchObject({ status: 'Verified' });
  });
  wrong('VerifyMicroAmountDeposits', 'wrong amounts', { status: 400, code: 3200004 }, async (bench) =>
    bench.client.send('VerifyMicroAmountDeposits', { ...(await arrived(bench)), body: { amounts: [0.03, 0.04] } }));
  wrong('VerifyMicroAmountDeposits', 'right amounts after three wrong tries', { status: 400, code: 3200003 }, async (bench) => {
    const at = await arrived(bench);
    for (let tries = 0; tries < 3; tries++) await bench.raw('VerifyMicroAmountDeposits', { parameters: at, body: { amounts: [0.5, 0.6] } });
    expect(await bench.client.call('GetMicroDepositsDetails', at)).toMatchObject({ status: 'Failed' });
    return bench.client.send('VerifyMicroAmountDeposits', { ...at, body: { amounts: [0.01, 0.02] } });
  });
  wrong('VerifyMicroAmountDeposits', 'deposits that have not arrived', { status: 400, code: 3200002 }, async ({ client }) =>
    client.send('VerifyMicroAmountDeposits', { ...(await send(client, await activeCustomer(client))), body: { amounts: [0.22, 0.77] } }));
  wrong('VerifyMicroAmountDeposits', 'deposits that expired', { status: 400, code: 3200002 }, async (bench) => {
    const at = await arrived(bench);
    await bench.sandbox.control.clock({ advance: 15 * DAY });
    return bench.client.send('VerifyMicroAmountDeposits', { ...at, body: { amounts: [0.01, 0.02] } });
  });
  wrong('VerifyMicroAmountDeposits', 'verified ones once more', { status: 400, code: 3200002 }, async (bench) => {
    const at = await arrived(bench);
    await bench.client.call('VerifyMicroAmountDeposits', { ...at, body: { amounts: [0.01, 0.02] } });
    return bench.client.send('VerifyMicroAmountDeposits', { ...at, body: { amounts: [0.01, 0.02] } });
  });
  for (const [title, amounts] of [['one amount', [0.01]], ['a text for an amount', ['0.01', 0.02]], ['a dollar', [1, 0.02]], ['half a cent', [0.015, 0.02]]] as const) {
    wrong('VerifyMicroAmountDeposits', title, { status: 400, code: 3000003 }, async (bench) =>
      bench.raw('VerifyMicroAmountDeposits', { parameters: await arrived(bench), body: { amounts } }));
  }
  wrong('VerifyMicroAmountDeposits', 'no amounts', { status: 400, code: 10005 }, async (bench) =>
    bench.raw('VerifyMicroAmountDeposits', { parameters: await arrived(bench), body: {} }));
  wrong('VerifyMicroAmountDeposits', 'an unknown account', { status: 404, code: 14001 }, async ({ client }) =>
    client.send('VerifyMicroAmountDeposits', { customerId: await enroll(client), accountId: UNKNOWN_ACCOUNT, body: { amounts: [0.01, 0.02] } }));
  wrong('VerifyMicroAmountDeposits', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) =>
    client.send('VerifyMicroAmountDeposits', { customerId: UNKNOWN_CUSTOMER, accountId: UNKNOWN_ACCOUNT, body: { amounts: [0.01, 0.02] } }));
});
