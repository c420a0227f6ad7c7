// TxPUSH, against a listener that really listens.
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { caller, startSandbox } from '../support/sandbox.ts';
import type { TestSandbox } from '../support/sandbox.ts';

interface Received { headers: IncomingHttpHeaders; body: string }
let sandbox: TestSandbox;
let call: ReturnType<typeof caller>;
let listener: Server;
let received: Received[];
let honest: boolean;
let account: { id: string; customerId: string; balance: number };
let callbackUrl: string;

beforeEach(async () => {
  received = [];
  honest = true;
  listener = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      if (request.method === 'POST') received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      const code = new URL(request.url ?? '/', 'http://x').searchParams.get('txpush_verification_code') ?? '';
      response.setHeader('Content-Type', 'text/plain').end(honest ? code : 'something else');
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  callbackUrl = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/push?mine=1`;
  sandbox = await startSandbox({ customers: 20 });
  call = caller(sandbox);
  const [customer] = (await call('GET', '/aggregation/v1/customers?type=testing')).json.customers as { id: string }[];
  account = ((await call('GET', `/aggregation/v1/customers/${customer?.id}/accounts`)).json.accounts as (typeof account)[]).find(({ balance }) => balance > 0) as typeof account;
});
afterEach(async () => {
  await sandbox.stop();
  await new Promise((resolve) => listener.close(resolve));
});

const base = () => `/aggregation/v1/customers/${account.customerId}/accounts/${account.id}`;
interface Subscription { id: number; accountId: number; type: string; signingKey: string }
const subscribe = async (headers = {}) => call('POST', `${base()}/txpush`, { callbackUrl }, headers);
const inject = (amount = -18.4) => call('POST', `${base()}/transactions`, { amount, description: 'Test purchase', transactionDate: Math.floor(Date.now() / 1000) - 60 });
/** As a listener would check it: over content type, host and Base64 of the raw body. */
const signatureOf = ({ headers, body }: Received, key: string) => createHmac('sha256', key).update(`${headers['content-type']}${headers.host}${Buffer.from(body).toString('base64')}`).digest('hex');

test('a subscription is two records, and a test transaction brings one signed event to each', async () => {
  const made = await subscribe();
  expect(made.status).toBe(201);
  const subscriptions = made.json.subscriptions as Subscription[];
  expect(subscriptions.map(({ type }) => type)).toEqual(['account', 'transaction']);
  expect(subscriptions.every(({ id, accountId }) => Number.isInteger(id) && accountId === Number(account.id))).toBe(true);
  const created = await inject();
  expect([created.status, typeof created.json.id]).toEqual([201, 'number']);
  await sandbox.webhooksSettled();
  const events = received.map((one) => ({ ...(JSON.parse(one.body) as { event: { class: string; type: string; records: Record<string, unknown>[] } }).event, one }));
  expect(events.map(({ class: kind, type }) => `${kind} ${type}`).sort()).toEqual(['account modified', 'transaction created']);
  for (const event of events) {
    const { signingKey } = subscriptions.find(({ type }) => type === event.class) as Subscription;
    expect(event.one.headers['x-txpush-signature']).toBe(signatureOf(event.one, signingKey));
    expect(event.one.headers['content-type']).toBe('application/json');
  }
  const of = (kind: string) => events.find((event) => event.class === kind)?.records[0];
  expect(of('transaction')).toMatchObject({ id: created.json.id, amount: -18.4, description: 'Test purchase' });
  expect(of('account')).toMatchObject({ id: account.id });
});

test('the injected transaction stays in the account', async () => {
  const created = await inject(-12.5);
  const now = Math.floor(Date.now() / 1000);
  const { transactions } = (await call('GET', `/aggregation/v4/customers/${account.customerId}/accounts/${account.id}/transactions?fromDate=${now - 3_600}&toDate=${now}`)).json as { transactions: { id: number; amount: number }[] };
  expect(transactions.find(({ id }) => id === created.json.id)?.amount).toBe(-12.5);
});

test('events are XML when the subscribing call did not ask for JSON', async () => {
  const made = await subscribe({ Accept: '*/*' });
  await inject();
  await sandbox.webhooksSettled();
  const event = received.find(({ body }) => body.includes('<class>transaction</class>')) as Received;
  expect(event.headers['content-type']).toBe('application/xml');
  expect(event.body).toMatch(/^<\?xml[^>]*\?><event>.*<records><transaction>.*<description>Test purchase<\/description>/s);
  // The answer to it is XML as well.
  const signingKey = /<type>transaction<\/type>.*?<signingKey>(\w+)<\/signingKey>/s.exec(made.text)?.[1] ?? '';
  expect(event.headers['x-txpush-signature']).toBe(signatureOf(event, signingKey));
});

test('a listener that does not give the code back, or is not there, or is elsewhere in clear, is refused', async () => {
  honest = false;
  expect((await subscribe()).json).toMatchObject({ code: 14020, message: expect.stringContaining('txpush_verification_code') });
  callbackUrl = 'http://127.0.0.1:9/';
  expect((await subscribe()).status).toBe(400);
  callbackUrl = 'http://listener.example.com/';
  expect((await subscribe()).json).toMatchObject({ code: 14020, message: expect.stringContaining('https') });
  callbackUrl = 'not a url';
  expect((await subscribe()).status).toBe(400);
  await inject();
  await sandbox.webhooksSettled();
  expect(received).toEqual([]);
});

test('one subscription can be ended alone, in the way the API wants it, or all of them', async () => {
  const [first, second] = (await subscribe()).json.subscriptions as [Subscription, Subscription];
  const one = `/aggregation/v1/customers/${account.customerId}/subscriptions/${first.id}`;
  await fetch(`${sandbox.url}/__sandbox/rules`, { method: 'POST', body: JSON.stringify({ deleteRefusesJson: true }) });
  const refused = await call('DELETE', one);
  expect([refused.status, refused.text]).toEqual([406, expect.stringContaining('<code>14025</code>')]);
  expect((await call('DELETE', one, undefined, { Accept: '*/*' })).status).toBe(204);
  expect((await call('DELETE', one, undefined, { Accept: 'application/json, */*' })).json.code).toBe(60013);
  await inject();
  await sandbox.webhooksSettled();
  expect(received.map(({ body }) => (JSON.parse(body) as { event: { class: string } }).event.class)).toEqual([second.type]);
  expect((await call('DELETE', `${base()}/txpush`)).status).toBe(204);
  const none = await call('DELETE', `${base()}/txpush`);
  expect([none.status, none.json.code]).toEqual([404, 60007]);
});

test('another customer\'s account is 38003, and an active customer gets no test transactions', async () => {
  const customers = (await call('GET', '/aggregation/v1/customers?type=active')).json.customers as { id: string }[];
  const active = customers[0]?.id as string;
  expect((await call('POST', `/aggregation/v1/customers/${active}/accounts/${account.id}/txpush`, { callbackUrl })).json.code).toBe(38003);
  const [theirs] = (await call('GET', `/aggregation/v1/customers/${active}/accounts`)).json.accounts as { id: string }[];
  const refused = await call('POST', `/aggregation/v1/customers/${active}/accounts/${theirs?.id}/transactions`, { amount: 1, description: 'x', transactionDate: 1_790_000_000 });
  expect([refused.status, refused.json.code]).toEqual([400, 14020]);
});
