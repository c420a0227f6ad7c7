// Contract of the family TxPUSH, with a listener that is really called. Every event's signature is worked out here once more, from the
// rule and not from the sandbox's code: HMAC-SHA256 with the subscription's key over content type, host and Base64 of the body, in hex.
import { createHmac } from 'node:crypto';
import { afterEach, describe, expect } from 'vitest';
import type { components } from '../../src/api/generated/types.d.ts';
import type { Client } from '../../src/client/types.ts';
import { good, wrong } from '../support/contract.ts';
import { listen } from '../support/listener.ts';
import type { Listener, Received } from '../support/listener.ts';
import { accountOf, customerWith, enroll, link, UNKNOWN_ACCOUNT, UNKNOWN_CUSTOMER } from '../support/people.ts';

type Subscription = components['schemas']['SubscriptionRecord'];
const purchase = { amount: -18.4, description: 'Test purchase', transactionDate: 1_790_000_000 };

const open: Listener[] = [];
afterEach(async () => void (await Promise.all(open.splice(0).map((one) => one.close()))));
async function listener(echo?: (code: string) => string): Promise<Listener> {
  const made = await listen(echo);
  open.push(made);
  return made;
}

async function checking(client: Client) {
  const customerId = await enroll(client);
  return { customerId, accountId: accountOf(await link(client, customerId), 'checking').id };
}

const signed = ({ body, headers }: Received, { signingKey }: Pick<Subscription, 'signingKey'>) =>
  createHmac('sha256', signingKey).update(`${headers['content-type']}${headers.host}${Buffer.from(body).toString('base64')}`).digest('hex');

describe('TxPUSH', () => {
  good('SubscribeToTxPushNotifications', 'verifies the listener and makes two subscriptions', async ({ client }) => {
    const at = await checking(client);
    const hook = await listener();
    const { subscriptions } = await client.call('SubscribeToTxPushNotifications', { ...at, body: { callbackUrl: hook.url } });
    expect(subscriptions.map((one) => one.type).sort()).toEqual(['account', 'transaction']);
    expect(new Set(subscriptions.map((one) => one.signingKey)).size).toBe(2);
    expect(subscriptions.every((one) => one.accountId === Number(at.accountId) && one.callbackUrl === hook.url)).toBe(true);
    expect(hook.verifications).toHaveLength(1);
    expect(hook.verifications[0]).toMatchObject({ method: 'GET' });
    expect(hook.verifications[0]!.url).toMatch(/^\/hook\?txpush_verification_code=.+/);
  });
  wrong('SubscribeToTxPushNotifications', 'a listener that gives another code back', { status: 400, code: 14020 }, async ({ client }) =>
    client.send('SubscribeToTxPushNotifications', { ...(await checking(client)), body: { callbackUrl: (await listener(() => 'another')).url } }));
  wrong('SubscribeToTxPushNotifications', 'a listener that nobody runs', { status: 400, code: 14020 }, async ({ client }) => {
    const gone = await listen();
    await gone.close();
    return client.send('SubscribeToTxPushNotifications', { ...(await checking(client)), body: { callbackUrl: gone.url } });
  });
  good('SubscribeToTxPushNotifications', 'takes a listener elsewhere that this machine cannot reach to be there', async ({ client }) => {
    const callbackUrl = 'https://listener.invalid/txpush';
    const { subscriptions } = await client.call('SubscribeToTxPushNotifications', { ...(await checking(client)), body: { callbackUrl } });
    expect(subscriptions.map((one) => one.callbackUrl)).toEqual([callbackUrl, callbackUrl]);
  });
  wrong('SubscribeToTxPushNotifications', 'plain http to another machine', { status: 400, code: 14020 }, async ({ client }) =>
    client.send('SubscribeToTxPushNotifications', { ...(await checking(client)), body: { callbackUrl: 'http://listener.example.com/hook' } }));
  wrong('SubscribeToTxPushNotifications', 'no callbackUrl', { status: 400, code: 10005 }, async ({ client, raw }) =>
    raw('SubscribeToTxPushNotifications', { parameters: await checking(client), body: {} }));
  wrong('SubscribeToTxPushNotifications', 'an unknown account', { status: 404, code: 38003 }, async ({ client }) =>
    client.send('SubscribeToTxPushNotifications', { customerId: await enroll(client), accountId: UNKNOWN_ACCOUNT, body: { callbackUrl: (await listener()).url } }));
  wrong('SubscribeToTxPushNotifications', 'a plan with Data Access Tiers, in plain text', { status: 401 }, async ({ client, connect, sandbox }) => {
    const { partnerId, partnerSecret, dataTiersAppKey: appKey } = sandbox.credentials;
    const input = { ...(await checking(client)), body: { callbackUrl: (await listener()).url } };
    return connect({ credentials: { partnerId, partnerSecret, appKey } }).send('SubscribeToTxPushNotifications', input);
  });

  good('CreateTxPushTestTransaction', 'sends one signed event of each class, and the transaction can be read', async ({ client, sandbox }) => {
    const at = await checking(client);
    const hook = await listener();
    const before = await client.call('GetCustomerAccount', at);
    const { subscriptions } = await client.call('SubscribeToTxPushNotifications', { ...at, body: { callbackUrl: hook.url } });
    const now = (await sandbox.control.health()).now;
    const made = await client.call('CreateTxPushTestTransaction', { ...at, body: { ...purchase, transactionDate: now - 60 } });
    await sandbox.webhooksSettled();

    expect(hook.events).toHaveLength(2);
    const events = new Map(hook.events.map((one) => [(JSON.parse(one.body) as { event: { class: string } }).event.class, one]));
    for (const subscription of subscriptions) {
      const received = events.get(subscription.type)!;
      expect(received.headers['content-type']).toBe('application/json');
      expect(received.headers.host).toBe(hook.host);
      expect(received.headers['x-txpush-signature']).toBe(signed(received, subscription));
      expect(signed(received, { ...subscription, signingKey: 'another' })).not.toBe(received.headers['x-txpush-signature']);
    }
    const transaction = JSON.parse(events.get('transaction')!.body) as { event: { type: string; records: { id: number; amount: number }[] } };
    expect(transaction.event).toMatchObject({ type: 'created', records: [{ id: made.id, amount: -18.4, accountId: Number(at.accountId), description: 'Test purchase' }] });
    const account = JSON.parse(events.get('account')!.body) as { event: { type: string; records: { id: string; balance: number }[] } };
    expect(account.event).toMatchObject({ type: 'modified', records: [{ id: at.accountId }] });
    expect(account.event.records[0]!.balance).toBeCloseTo(before.balance! - 18.4, 2);
    expect(await client.call('GetCustomerTransaction', { customerId: at.customerId, transactionId: made.id })).toMatchObject({ amount: -18.4, status: 'active' });
  });
  good('CreateTxPushTestTransaction', 'sends XML to a listener whose subscription asked for it', async (bench) => {
    const at = await checking(bench.client);
    const hook = await listener();
    const answer = await bench.raw('SubscribeToTxPushNotifications', { parameters: at, body: { callbackUrl: hook.url }, headers: { accept: '*/*' } });
    const signingKey = /<type>transaction<\/type>.*?<signingKey>(\w+)</s.exec(answer.text)?.[1] ?? '';
    await bench.client.call('CreateTxPushTestTransaction', { ...at, body: { ...purchase, description: 'Fish & chips' } });
    await bench.sandbox.webhooksSettled();
    const received = hook.events.find((one) => one.body.includes('<class>transaction</class>'))!;
    expect(received.headers['content-type']).toMatch(/^application\/xml/);
    expect(received.body).toMatch(/^<\?xml .*<event>.*<description>Fish &(amp|#38);/s);
    expect(received.headers['x-txpush-signature']).toBe(signed(received, { signingKey }));
  });
  good('CreateTxPushTestTransaction', 'sends nothing when nobody subscribed, and takes a pending row', async ({ client, sandbox }) => {
    const at = await checking(client);
    const { now } = await sandbox.control.health();
    const { id } = await client.call('CreateTxPushTestTransaction', { ...at, body: { ...purchase, status: 'pending', transactionDate: now - 60 } });
    expect(await client.call('GetCustomerTransaction', { customerId: at.customerId, transactionId: id })).toMatchObject({ status: 'pending', postedDate: null });
    expect((await sandbox.control.requests()).filter((entry) => entry.kind === 'webhook')).toEqual([]);
  });
  wrong('CreateTxPushTestTransaction', 'no amount', { status: 400, code: 10005 }, async ({ client, raw }) => {
    const { amount: _left, ...body } = purchase;
    return raw('CreateTxPushTestTransaction', { parameters: await checking(client), body });
  });
  wrong('CreateTxPushTestTransaction', 'an unknown account', { status: 404, code: 38003 }, async ({ client }) =>
    client.send('CreateTxPushTestTransaction', { customerId: await enroll(client), accountId: UNKNOWN_ACCOUNT, body: purchase }));
  wrong('CreateTxPushTestTransaction', 'an account of an active customer', { status: 400, code: 14020 }, async ({ client }) => {
    const { customer, accounts } = await customerWith(client, (all) => all.length > 0, 'active');
    return client.send('CreateTxPushTestTransaction', { customerId: customer.id, accountId: accounts[0]!.id, body: purchase });
  });

  good('DisableTxPushNotifications', 'ends both', async ({ client, sandbox }) => {
    const at = await checking(client);
    const hook = await listener();
    await client.call('SubscribeToTxPushNotifications', { ...at, body: { callbackUrl: hook.url } });
    await client.call('DisableTxPushNotifications', at);
    await client.call('CreateTxPushTestTransaction', { ...at, body: purchase });
    await sandbox.webhooksSettled();
    expect(hook.events).toEqual([]);
  });
  wrong('DisableTxPushNotifications', 'an account without any', { status: 404, code: 60007 }, async ({ client }) =>
    client.send('DisableTxPushNotifications', await checking(client)));
  wrong('DisableTxPushNotifications', 'an unknown account', { status: 404, code: 38003 }, async ({ client }) =>
    client.send('DisableTxPushNotifications', { customerId: await enroll(client), accountId: UNKNOWN_ACCOUNT }));

  good('DeleteTxPushSubscription', 'ends one and leaves the other', async ({ client, sandbox }) => {
    const at = await checking(client);
    const hook = await listener();
    const { subscriptions } = await client.call('SubscribeToTxPushNotifications', { ...at, body: { callbackUrl: hook.url } });
    await client.call('DeleteTxPushSubscription', { customerId: at.customerId, subscriptionId: subscriptions.find((one) => one.type === 'account')!.id });
    await client.call('CreateTxPushTestTransaction', { ...at, body: purchase });
    await sandbox.webhooksSettled();
    expect(hook.events.map((one) => (JSON.parse(one.body) as { event: { class: string } }).event.class)).toEqual(['transaction']);
  });
  good('DeleteTxPushSubscription', 'ends one for a caller that takes JSON alone, as the Python SDK does', async ({ client }) => {
    const at = await checking(client);
    const { subscriptions } = await client.call('SubscribeToTxPushNotifications', { ...at, body: { callbackUrl: (await listener()).url } });
    await client.send('DeleteTxPushSubscription', { customerId: at.customerId, subscriptionId: subscriptions[0]!.id }, { accept: 'application/json' });
  });
  wrong('DeleteTxPushSubscription', 'a caller that takes JSON alone is answered in XML, where the rule says so', { status: 406, code: 14025 }, async ({ client, exchanges, sandbox }) => {
    await fetch(`${sandbox.url}/__sandbox/rules`, { method: 'POST', body: JSON.stringify({ deleteRefusesJson: true }) });
    const at = await checking(client);
    const { subscriptions } = await client.call('SubscribeToTxPushNotifications', { ...at, body: { callbackUrl: (await listener()).url } });
    const input = { customerId: at.customerId, subscriptionId: subscriptions[0]!.id };
    const error = await client.send('DeleteTxPushSubscription', input, { accept: 'application/json' }).catch((one: unknown) => one);
    expect(exchanges.at(-1)!.responseHeaders['content-type']).toMatch(/^application\/xml/);
    throw error;
  });
  wrong('DeleteTxPushSubscription', 'an unknown subscription', { status: 404, code: 60013 }, async ({ client }) =>
    client.send('DeleteTxPushSubscription', { customerId: await enroll(client), subscriptionId: 1 }));
  wrong('DeleteTxPushSubscription', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) =>
    client.send('DeleteTxPushSubscription', { customerId: UNKNOWN_CUSTOMER, subscriptionId: 1 }));
});
