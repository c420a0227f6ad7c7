// Contract of the family Webhook Subscription, with listeners that are really called. Each notification's signature is checked here from
// the rule alone: ECDSA on P-256 with SHA-256, DER in hex, over the raw body, a dot and the timestamp, by the key that the sandbox offers.
import { verify } from 'node:crypto';
import { afterEach, describe, expect } from 'vitest';
import type { components } from '../../src/api/generated/types.d.ts';
import { good, wrong } from '../support/contract.ts';
import type { Bench, RawAnswer } from '../support/contract.ts';
import { listen } from '../support/listener.ts';
import type { Listener, Received } from '../support/listener.ts';
import { enroll, link, PROFILES_BANK } from '../support/people.ts';

type WebhookEvent = components['schemas']['WebhookEvent'];
const ACCOUNT_CREATED = 'manage.txpush.account.created';
const CONSENT = 'mastercard.openbanking.customer.consent';
const REFRESH = 'data-refresh.transaction.status-changed';
const UNKNOWN = '00000000-0000-4000-8000-000000000000';

interface Notification { eventId: string; eventType: string; subscriptionId: string; webhookEventId: string; payload: Record<string, unknown> }

const open: Listener[] = [];
afterEach(async () => void (await Promise.all(open.splice(0).map((one) => one.close()))));
async function listener(): Promise<Listener> {
  const made = await listen();
  open.push(made);
  return made;
}

const read = (received: Received) => JSON.parse(received.body) as Notification;
const header = ({ headers }: Received, name: string) => headers[name] as string;

async function isSigned({ sandbox }: Bench, received: Received): Promise<boolean> {
  const { publicKey } = (await (await fetch(`${sandbox.url}/__sandbox/webhookKey`)).json()) as { publicKey: string };
  const signed = Buffer.from(`${received.body}.${header(received, 'x-mastercard-signature-timestamp')}`);
  return verify('sha256', signed, publicKey, Buffer.from(header(received, 'x-mastercard-signature'), 'hex'));
}

const subscribe = ({ client }: Bench, url: string | undefined, ...events: WebhookEvent[]) => client.call('createWebhookSubscription', { body: { url, events } });
/** Subscribed and in force. */
async function active(bench: Bench, url: string | undefined, ...events: WebhookEvent[]) {
  const made = await subscribe(bench, url, ...events);
  await bench.sandbox.control.clock({ advance: 10 });
  return made;
}

/** The wrapped error's code where `wrong` looks for one. */
function unwrapped(answer: RawAnswer): RawAnswer {
  const { Errors } = answer.json as { Errors: { Error: { source: string; reasonCode: number; description: string }[] } };
  expect(Errors.Error).toHaveLength(1);
  expect(Errors.Error[0]).toMatchObject({ source: expect.any(String), recoverable: false, details: null });
  return { ...answer, json: { code: Errors.Error[0]!.reasonCode } };
}

describe('Webhook subscriptions', () => {
  good('createWebhookSubscription', 'is pending, and active a moment later', async (bench) => {
    const condition = { subscribeFor: 'accountId', includes: ['1', '2'] };
    const url = 'https://listener.example.com/consent';
    const made = await subscribe(bench, 'https://listener.example.com/all', { name: ACCOUNT_CREATED, condition }, { name: CONSENT, url });
    expect(made.status).toBe('pending');
    expect(made.events).toMatchObject([{ name: ACCOUNT_CREATED, condition, status: 'pending' }, { name: CONSENT, url, status: 'pending' }]);
    expect(made.events[0]!.url).toBeUndefined();
    expect(new Set([made.subscriptionId, ...made.events.map((event) => event.webhookEventId)]).size).toBe(3);
    await bench.sandbox.control.clock({ advance: 10 });
    const later = await bench.client.call('getWebhookSubscriptionById', { subscription_id: made.subscriptionId });
    expect([later.status, ...later.events.map((event) => event.status)]).toEqual(['active', 'active', 'active']);
    expect(later.createdDate).toBe(made.createdDate);
  });
  good('createWebhookSubscription', 'sends the caller\'s own request id', async ({ client, exchanges }) => {
    await client.call('createWebhookSubscription', { 'X-External-Request-Id': 'ours-17', body: { url: 'https://listener.example.com', events: [{ name: CONSENT }] } });
    expect(exchanges.at(-1)!.headers['x-external-request-id']).toBe('ours-17');
  });
  wrong('createWebhookSubscription', 'no events', { status: 400, code: 1502 }, async ({ raw }) =>
    unwrapped(await raw('createWebhookSubscription', { body: { url: 'https://listener.example.com' } })));
  wrong('createWebhookSubscription', 'an event without a name', { status: 400, code: 1502 }, async ({ raw }) =>
    unwrapped(await raw('createWebhookSubscription', { body: { url: 'https://listener.example.com', events: [{}] } })));
  wrong('createWebhookSubscription', 'a number as address', { status: 400, code: 1502 }, async ({ raw }) =>
    unwrapped(await raw('createWebhookSubscription', { body: { url: 17, events: [{ name: CONSENT }] } })));
  wrong('createWebhookSubscription', 'an empty list of events', { status: 400, code: 1502 }, ({ client }) =>
    client.send('createWebhookSubscription', { body: { url: 'https://listener.example.com', events: [] } }));
  wrong('createWebhookSubscription', 'an event that is not offered', { status: 400, code: 1502 }, (bench) =>
    subscribe(bench, 'https://listener.example.com', { name: 'no.such.event' }));
  wrong('createWebhookSubscription', 'no address at all', { status: 400, code: 1502 }, (bench) => subscribe(bench, undefined, { name: CONSENT }));
  wrong('createWebhookSubscription', 'plain http to another machine', { status: 400, code: 1502 }, (bench) =>
    subscribe(bench, 'http://listener.example.com', { name: CONSENT }));
  wrong('createWebhookSubscription', 'a condition on a field that the event does not have', { status: 400, code: 1502 }, (bench) =>
    subscribe(bench, 'https://listener.example.com', { name: CONSENT, condition: { subscribeFor: 'accountId', includes: ['1'] } }));
  wrong('createWebhookSubscription', 'no token', { status: 401, code: 10024 }, async ({ raw }) =>
    unwrapped(await raw('createWebhookSubscription', { body: { events: [] }, headers: { 'finicity-app-token': undefined } })));
  wrong('createWebhookSubscription', 'no app key', { status: 401, code: 1504 }, async ({ raw }) =>
    unwrapped(await raw('createWebhookSubscription', { body: { events: [] }, headers: { 'finicity-app-key': undefined } })));
  wrong('createWebhookSubscription', 'a wrong app key', { status: 401, code: 10027 }, async ({ raw }) =>
    unwrapped(await raw('createWebhookSubscription', { body: { events: [] }, headers: { 'finicity-app-key': 'another' } })));
  wrong('createWebhookSubscription', 'a token that has expired', { status: 401, code: 1503 }, async ({ raw, sandbox }) => {
    await raw('listWebhookSubscriptions');
    await sandbox.control.clock({ advance: 3 * 3600 });
    return unwrapped(await raw('createWebhookSubscription', { body: { events: [] } }));
  });

  good('listWebhookSubscriptions', 'is empty at first, then pages by number', async (bench) => {
    expect(await bench.client.call('listWebhookSubscriptions', {})).toEqual({ count: 0, offset: 1, limit: 10, total: 0, subscriptions: [] });
    const made = [];
    for (let at = 0; at < 3; at++) made.push((await subscribe(bench, `https://listener.example.com/${at}`, { name: CONSENT })).subscriptionId);
    const second = await bench.client.call('listWebhookSubscriptions', { offset: 2, limit: 2 });
    expect(second).toMatchObject({ count: 1, offset: 2, limit: 2, total: 3, subscriptions: [{ subscriptionId: made[2], url: 'https://listener.example.com/2' }] });
    const walked: string[] = [];
    for await (const { items } of bench.client.pages<{ subscriptionId: string }>('listWebhookSubscriptions', {}, { limit: 2 })) {
      walked.push(...items.map((one) => one.subscriptionId));
    }
    expect(walked).toEqual(made);
  });
  wrong('listWebhookSubscriptions', 'page 0', { status: 400, code: 1502 }, ({ client }) => client.send('listWebhookSubscriptions', { offset: 0 }));
  wrong('listWebhookSubscriptions', 'more than 100 a page', { status: 400, code: 1502 }, ({ client }) => client.send('listWebhookSubscriptions', { limit: 101 }));
  wrong('listWebhookSubscriptions', 'a word as limit', { status: 400, code: 1502 }, async ({ raw }) =>
    unwrapped(await raw('listWebhookSubscriptions', { parameters: { limit: 'many' } })));

  good('getWebhookSubscriptionById', 'reads back what was made', async (bench) => {
    const made = await subscribe(bench, 'https://listener.example.com', { name: REFRESH, condition: { subscribeFor: 'customerId', excludes: ['9'] } });
    expect(await bench.client.call('getWebhookSubscriptionById', { subscription_id: made.subscriptionId })).toEqual(made);
  });
  wrong('getWebhookSubscriptionById', 'an unknown one', { status: 404, code: 1501 }, ({ client }) => client.send('getWebhookSubscriptionById', { subscription_id: UNKNOWN }));

  good('updateWebhookSubscription', 'keeps the event that stays, drops the one left out, starts the new one as pending', async (bench) => {
    const made = await active(bench, 'https://listener.example.com', { name: CONSENT }, { name: REFRESH });
    const body = { url: 'https://other.example.com', events: [{ name: ACCOUNT_CREATED }, { name: REFRESH, condition: { subscribeFor: 'customerId', includes: ['5'] } }] };
    const changed = await bench.client.call('updateWebhookSubscription', { subscription_id: made.subscriptionId, body });
    expect(changed).toMatchObject({ subscriptionId: made.subscriptionId, url: body.url, status: 'active', createdDate: made.createdDate });
    expect(changed.events.map((event) => [event.name, event.status])).toEqual([[ACCOUNT_CREATED, 'pending'], [REFRESH, 'active']]);
    expect(changed.events[1]!.webhookEventId).toBe(made.events[1]!.webhookEventId);
    expect(changed.lastUpdatedDate > made.lastUpdatedDate).toBe(true);
    expect(await bench.client.call('getWebhookSubscriptionById', { subscription_id: made.subscriptionId })).toEqual(changed);
  });
  wrong('updateWebhookSubscription', 'an unknown one', { status: 404, code: 1501 }, ({ client }) =>
    client.send('updateWebhookSubscription', { subscription_id: UNKNOWN, body: { url: 'https://listener.example.com', events: [{ name: CONSENT }] } }));
  wrong('updateWebhookSubscription', 'no events', { status: 400, code: 1502 }, async (bench) => {
    const { subscriptionId } = await subscribe(bench, 'https://listener.example.com', { name: CONSENT });
    return unwrapped(await bench.raw('updateWebhookSubscription', { parameters: { subscription_id: subscriptionId }, body: {} }));
  });

  good('deleteWebhookSubscription', 'ends it: it is gone and nothing more comes', async (bench) => {
    const hook = await listener();
    const { subscriptionId } = await active(bench, hook.url, { name: ACCOUNT_CREATED });
    await bench.client.call('deleteWebhookSubscription', { subscription_id: subscriptionId });
    await link(bench.client, await enroll(bench.client));
    await bench.sandbox.webhooksSettled();
    expect(hook.events).toEqual([]);
    expect((await bench.client.call('listWebhookSubscriptions', {})).total).toBe(0);
  });
  wrong('deleteWebhookSubscription', 'twice', { status: 404, code: 1501 }, async (bench) => {
    const { subscriptionId } = await subscribe(bench, 'https://listener.example.com', { name: CONSENT });
    await bench.client.call('deleteWebhookSubscription', { subscription_id: subscriptionId });
    return bench.client.send('deleteWebhookSubscription', { subscription_id: subscriptionId });
  });

  good('listAvailableWebhookSubscriptionEvents', 'offers names that can be subscribed to, with the fields of their conditions', async (bench) => {
    const { events } = await bench.client.call('listAvailableWebhookSubscriptionEvents', {});
    expect(events.map((event) => event.name)).toEqual(expect.arrayContaining([ACCOUNT_CREATED, CONSENT, REFRESH, 'authorization.accesstoken.expiry']));
    for (const { name, conditionalSubscription } of events) {
      const condition = conditionalSubscription?.applicable ? { subscribeFor: conditionalSubscription.fields!.split(',')[0]!, includes: ['1'] } : undefined;
      expect((await subscribe(bench, 'https://listener.example.com', { name, condition })).events[0]!.name).toBe(name);
    }
  });
  wrong('listAvailableWebhookSubscriptionEvents', 'no token', { status: 401, code: 10024 }, async ({ raw }) =>
    unwrapped(await raw('listAvailableWebhookSubscriptionEvents', { headers: { 'finicity-app-token': undefined } })));
});

describe('Events of a subscription', () => {
  const one = async (bench: Bench, url = 'https://listener.example.com') => {
    const { subscriptionId, events } = await active(bench, url, { name: ACCOUNT_CREATED }, { name: CONSENT });
    return { subscription_id: subscriptionId, webhook_event_id: events[0]!.webhookEventId };
  };

  good('updateWebhookSubscriptionEvent', 'replaces address and condition, and keeps id and status', async (bench) => {
    const at = await one(bench);
    const body = { name: ACCOUNT_CREATED, url: 'https://own.example.com', condition: { subscribeFor: 'customerId', includes: ['5'] } };
    expect(await bench.client.call('updateWebhookSubscriptionEvent', { ...at, body })).toEqual(body);
    const { events } = await bench.client.call('getWebhookSubscriptionById', { subscription_id: at.subscription_id });
    expect(events[0]).toEqual({ webhookEventId: at.webhook_event_id, status: 'active', ...body });
    await bench.client.call('updateWebhookSubscriptionEvent', { ...at, body: { name: ACCOUNT_CREATED } });
    const again = await bench.client.call('getWebhookSubscriptionById', { subscription_id: at.subscription_id });
    expect(again.events[0]).toEqual({ webhookEventId: at.webhook_event_id, name: ACCOUNT_CREATED, status: 'active' });
  });
  wrong('updateWebhookSubscriptionEvent', 'no name', { status: 400, code: 1502 }, async (bench) =>
    unwrapped(await bench.raw('updateWebhookSubscriptionEvent', { parameters: await one(bench), body: {} })));
  wrong('updateWebhookSubscriptionEvent', 'a condition that does not say what for', { status: 400, code: 1502 }, async (bench) =>
    unwrapped(await bench.raw('updateWebhookSubscriptionEvent', { parameters: await one(bench), body: { name: ACCOUNT_CREATED, condition: { includes: ['1'] } } })));
  wrong('updateWebhookSubscriptionEvent', 'an event of no subscription', { status: 404, code: 1501 }, async (bench) =>
    bench.client.send('updateWebhookSubscriptionEvent', { ...(await one(bench)), webhook_event_id: UNKNOWN, body: { name: CONSENT } }));

  good('deleteWebhookSubscriptionEvent', 'takes it out and leaves the other', async (bench) => {
    const at = await one(bench);
    await bench.client.call('deleteWebhookSubscriptionEvent', at);
    expect((await bench.client.call('getWebhookSubscriptionById', { subscription_id: at.subscription_id })).events.map((event) => event.name)).toEqual([CONSENT]);
  });
  wrong('deleteWebhookSubscriptionEvent', 'twice', { status: 404, code: 1501 }, async (bench) => {
    const at = await one(bench);
    await bench.client.call('deleteWebhookSubscriptionEvent', at);
    return bench.client.send('deleteWebhookSubscriptionEvent', at);
  });

  good('changeWebhookSubscriptionEventStatus', 'stops one event, and lets it come again', async (bench) => {
    const hook = await listener();
    const at = await one(bench, hook.url);
    const kinds = () => new Set(hook.events.splice(0).map((event) => read(event).eventType));
    expect(await bench.client.call('changeWebhookSubscriptionEventStatus', { ...at, body: { status: 'inactive' } })).toEqual({ status: 'inactive' });
    await link(bench.client, await enroll(bench.client));
    await bench.sandbox.webhooksSettled();
    expect(kinds()).toEqual(new Set([CONSENT]));
    await bench.client.call('changeWebhookSubscriptionEventStatus', { ...at, body: { status: 'active' } });
    await link(bench.client, await enroll(bench.client));
    await bench.sandbox.webhooksSettled();
    expect(kinds()).toEqual(new Set([ACCOUNT_CREATED, CONSENT]));
  });
  wrong('changeWebhookSubscriptionEventStatus', 'a status that does not exist', { status: 400, code: 1502 }, async (bench) =>
    unwrapped(await bench.raw('changeWebhookSubscriptionEventStatus', { parameters: await one(bench), body: { status: 'paused' } })));
  wrong('changeWebhookSubscriptionEventStatus', 'no status', { status: 400, code: 1502 }, async (bench) =>
    unwrapped(await bench.raw('changeWebhookSubscriptionEventStatus', { parameters: await one(bench), body: {} })));
  wrong('changeWebhookSubscriptionEventStatus', 'one that was removed', { status: 400, code: 1502 }, async (bench) => {
    const at = await one(bench);
    await bench.client.call('changeWebhookSubscriptionEventStatus', { ...at, body: { status: 'removed' } });
    return bench.client.send('changeWebhookSubscriptionEventStatus', { ...at, body: { status: 'active' } });
  });
  wrong('changeWebhookSubscriptionEventStatus', 'an unknown event', { status: 404, code: 1501 }, async (bench) =>
    bench.client.send('changeWebhookSubscriptionEventStatus', { ...(await one(bench)), webhook_event_id: UNKNOWN, body: { status: 'active' } }));

  good('changeWebhookSubscriptionStatus', 'stops all of them', async (bench) => {
    const hook = await listener();
    const { subscription_id } = await one(bench, hook.url);
    expect(await bench.client.call('changeWebhookSubscriptionStatus', { subscription_id, body: { status: 'inactive' } })).toEqual({ status: 'inactive' });
    await link(bench.client, await enroll(bench.client));
    await bench.sandbox.webhooksSettled();
    expect(hook.events).toEqual([]);
    const now = await bench.client.call('getWebhookSubscriptionById', { subscription_id });
    expect([now.status, ...now.events.map((event) => event.status)]).toEqual(['inactive', 'inactive', 'inactive']);
  });
  wrong('changeWebhookSubscriptionStatus', 'an unknown one', { status: 404, code: 1501 }, ({ client }) =>
    client.send('changeWebhookSubscriptionStatus', { subscription_id: UNKNOWN, body: { status: 'active' } }));
  wrong('changeWebhookSubscriptionStatus', 'a number as status', { status: 400, code: 1502 }, async (bench) =>
    unwrapped(await bench.raw('changeWebhookSubscriptionStatus', { parameters: { subscription_id: (await one(bench)).subscription_id }, body: { status: 1 } })));
});

describe('Deliveries', () => {
  good('testWebhookSubscription', 'calls every event\'s own listener, signed, even before it is active', async (bench) => {
    const [all, own] = [await listener(), await listener()];
    const { subscriptionId, events } = await subscribe(bench, all.url, { name: CONSENT }, { name: REFRESH, url: own.url });
    await bench.client.call('testWebhookSubscription', { subscription_id: subscriptionId });
    await bench.sandbox.webhooksSettled();
    expect([all.events.length, own.events.length]).toEqual([1, 1]);
    for (const [received, event] of [[all.events[0]!, events[0]!], [own.events[0]!, events[1]!]] as const) {
      expect(received.method).toBe('POST');
      expect(header(received, 'content-type')).toBe('application/json');
      expect(read(received)).toMatchObject({ eventType: event.name, subscriptionId, webhookEventId: event.webhookEventId, payload: { test: true } });
      expect(header(received, 'x-mastercard-signature-algorithm')).toBe('SHA256withECDSA');
      expect(Math.abs(Number(header(received, 'x-mastercard-signature-timestamp')) - Date.now())).toBeLessThan(60_000);
      expect(await isSigned(bench, received)).toBe(true);
      expect(await isSigned(bench, { ...received, body: received.body.replace('true', 'false') })).toBe(false);
    }
    expect(new Set([...all.events, ...own.events].map((received) => header(received, 'x-mastercard-webhook-message-id'))).size).toBe(2);
  });
  wrong('testWebhookSubscription', 'an unknown one', { status: 404, code: 1501 }, ({ client }) => client.send('testWebhookSubscription', { subscription_id: UNKNOWN }));
  wrong('testWebhookSubscription', 'one without events', { status: 400, code: 1502 }, async (bench) => {
    const { subscriptionId, events } = await subscribe(bench, 'https://listener.example.com', { name: CONSENT });
    await bench.client.call('deleteWebhookSubscriptionEvent', { subscription_id: subscriptionId, webhook_event_id: events[0]!.webhookEventId });
    return bench.client.send('testWebhookSubscription', { subscription_id: subscriptionId });
  });

  good('testWebhookSubscriptionBasedOnEventId', 'calls one event\'s listener only', async (bench) => {
    const hook = await listener();
    const { subscriptionId, events } = await subscribe(bench, hook.url, { name: CONSENT }, { name: REFRESH });
    await bench.client.call('testWebhookSubscriptionBasedOnEventId', { subscription_id: subscriptionId, webhook_event_id: events[1]!.webhookEventId });
    await bench.sandbox.webhooksSettled();
    expect(hook.events.map((received) => read(received).eventType)).toEqual([REFRESH]);
  });
  good('testWebhookSubscriptionBasedOnEventId', 'is submitted though nobody listens', async (bench) => {
    const gone = await listen();
    await gone.close();
    const { subscriptionId, events } = await subscribe(bench, gone.url, { name: CONSENT });
    await bench.client.call('testWebhookSubscriptionBasedOnEventId', { subscription_id: subscriptionId, webhook_event_id: events[0]!.webhookEventId });
    await bench.sandbox.webhooksSettled();
    expect((await bench.sandbox.control.requests()).find((entry) => entry.kind === 'webhook')?.reason).toMatch(/could not be reached/);
  });
  wrong('testWebhookSubscriptionBasedOnEventId', 'an unknown event', { status: 404, code: 1501 }, async (bench) => {
    const { subscriptionId } = await subscribe(bench, 'https://listener.example.com', { name: CONSENT });
    return bench.client.send('testWebhookSubscriptionBasedOnEventId', { subscription_id: subscriptionId, webhook_event_id: UNKNOWN });
  });

  good('createWebhookSubscription', 'tells of each account that is linked, once, and of the consent', async (bench) => {
    const hook = await listener();
    const { subscriptionId } = await active(bench, hook.url, { name: ACCOUNT_CREATED }, { name: CONSENT });
    const customerId = await enroll(bench.client);
    const accounts = await link(bench.client, customerId);
    await link(bench.client, customerId);
    await bench.sandbox.webhooksSettled();
    const told = hook.events.map(read);
    expect(told.every((one) => one.subscriptionId === subscriptionId && one.payload.customerId === customerId)).toBe(true);
    expect(told.filter((one) => one.eventType === ACCOUNT_CREATED).map((one) => one.payload.accountId).sort()).toEqual(accounts.map((account) => account.id).sort());
    const { consents } = await bench.client.call('GetDataSharingConsentsByCustomerId', { customer_id: customerId });
    expect(told.filter((one) => one.eventType === CONSENT).map((one) => one.payload))
      .toMatchObject([{ consentReceiptId: consents[0]!.consentReceiptId, institutionId: String(PROFILES_BANK), status: 'ACTIVE' }]);
    expect(await isSigned(bench, hook.events[0]!)).toBe(true);
  });
  good('createWebhookSubscription', 'tells of a consent that is revoked, once', async (bench) => {
    const hook = await listener();
    const customerId = await enroll(bench.client);
    await link(bench.client, customerId);
    await active(bench, hook.url, { name: CONSENT });
    const { consents } = await bench.client.call('GetDataSharingConsentsByCustomerId', { customer_id: customerId });
    const consentReceiptId = consents[0]!.consentReceiptId;
    for (let twice = 0; twice < 2; twice++) await bench.client.call('RevokeDataSharingConsentById', { consent_receipt_id: consentReceiptId, 'Update-By': 'PARTNER' });
    await bench.sandbox.webhooksSettled();
    expect(hook.events.map((received) => read(received).payload)).toMatchObject([{ customerId, consentReceiptId, status: 'REVOKED', updatedBy: 'PARTNER' }]);
  });
  good('createWebhookSubscription', 'keeps to its conditions', async (bench) => {
    const [wanted, other, all] = [await listener(), await listener(), await listener()];
    const [first, second] = [await enroll(bench.client), await enroll(bench.client)];
    const byCustomer = (url: string, condition?: WebhookEvent['condition']): WebhookEvent => ({ name: ACCOUNT_CREATED, url, condition });
    await active(bench, undefined,
      byCustomer(wanted.url, { subscribeFor: 'customerid', includes: [first] }), byCustomer(other.url, { subscribeFor: 'customerId', excludes: [first] }), byCustomer(all.url));
    await link(bench.client, first);
    await link(bench.client, second);
    await bench.sandbox.webhooksSettled();
    const customers = (hook: Listener) => new Set(hook.events.map((received) => read(received).payload.customerId));
    expect([customers(wanted), customers(other), customers(all)]).toEqual([new Set([first]), new Set([second]), new Set([first, second])]);
    const here = wanted.events[0]!;
    const there = all.events.find((received) => read(received).payload.accountId === read(here).payload.accountId)!;
    expect(read(there).eventId).toBe(read(here).eventId);
    expect(header(there, 'x-mastercard-webhook-message-id')).not.toBe(header(here, 'x-mastercard-webhook-message-id'));
  });
  good('createWebhookSubscription', 'tells of a refresh\'s statuses without anybody asking for them', async (bench) => {
    const hook = await listener();
    const customerId = await enroll(bench.client);
    const accounts = await link(bench.client, customerId);
    await active(bench, hook.url, { name: REFRESH });
    const { refreshId } = await bench.client.call('refreshTransactions', { customerId, body: { accountIds: [accounts[0]!.id] } });
    await bench.sandbox.control.clock({ advance: 60 });
    await expect.poll(() => hook.events.length, { timeout: 5000 }).toBe(1);
    expect(read(hook.events[0]!)).toMatchObject({ eventType: REFRESH, payload: { customerId, refreshId, status: 'COMPLETED' } });
    await bench.client.call('getTransactionRefreshStatus', { customerId, refreshId: refreshId! });
    await bench.sandbox.webhooksSettled();
    expect(hook.events).toHaveLength(1);
  });
});
