// What the client tells the history of a call, from the real client to a sandbox of the test's own: the whole way of a value to the disk.
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createClient } from '../../src/client/client.ts';
import { ApiError, GuardRefusal } from '../../src/client/errors.ts';
import type { Approve, Client, FetchLike, FinishedCall } from '../../src/client/types.ts';
import { HistoryStore } from '../../src/history/store.ts';
import { createRedactor } from '../../src/platform/redaction.ts';
import { startSandbox, type TestSandbox } from '../support/sandbox.ts';
import { fakeLedger } from './clientHarness.ts';

let sandbox: TestSandbox;
let folder: string;
beforeAll(async () => { sandbox = await startSandbox({ customers: 5 }); });
afterAll(() => sandbox.stop());
beforeEach(async () => {
  await sandbox.control.clearFaults();
  folder = await mkdtemp(join(tmpdir(), 'obx-told-'));
  return () => rm(folder, { recursive: true, force: true });
});

const credentials = () => ({ partnerId: sandbox.credentials.partnerId, partnerSecret: sandbox.credentials.partnerSecret, appKey: sandbox.credentials.appKey });
function client(told: FinishedCall[], approve: Approve = async () => undefined, also?: (call: FinishedCall) => void): Client {
  return createClient({
    baseUrl: sandbox.url, fetch: ((url, init) => fetch(url, init as RequestInit)) as FetchLike, credentials: credentials(), approve, ledger: fakeLedger(),
    finished: (call) => { told.push(call); also?.(call); },
  });
}

test('a history that fails leaves a call as it is: a change that was carried out succeeds, a refusal stays what it was, and the log hears of it', async () => {
  const troubles: unknown[] = [];
  const broken = new Error('the history');
  const one = createClient({
    baseUrl: sandbox.url, fetch: ((url, init) => fetch(url, init as RequestInit)) as FetchLike, credentials: credentials(), approve: async () => undefined, ledger: fakeLedger(),
    finished: () => { throw broken; }, troubled: (error) => void troubles.push(error),
  });
  await expect(one.send('AddTestingCustomer', { body: { username: `kept${Date.now()}` } })).resolves.toMatchObject({ status: 201 });
  await expect(one.call('GetCustomer', { customerId: '1' })).rejects.toBeInstanceOf(ApiError);
  // The sign-in, the change, and the one that was not found.
  expect(troubles).toEqual([broken, broken, broken]);
});

test('a body of more words than a call takes arguments succeeds and is in the history', async () => {
  const warnings: unknown[] = [];
  const store = new HistoryStore({ folder, settings: () => ({ maxAgeDays: 30, maxSizeMb: 10, keepBodies: true }), hideKnown: (text) => text, redact: (text) => text, warn: (...all) => void warnings.push(all) });
  const one = client([], undefined, (call) => store.record(call, 'acme-1'));
  const statement = Array(300_000).fill('QUJD').join('\n');
  await one.send('StoreCustomerPayStatement', { customerId: '1', body: { label: 'lastPayPeriod', statement } }).catch((error: unknown) => expect(error).toBeInstanceOf(ApiError));
  expect(store.list().map(({ operationId }) => operationId)).toContain('StoreCustomerPayStatement');
  expect(warnings).toEqual([]);
  await store.flush();
});

test('a sign-in and a call are told once each, with what was sent and answered, and without key, token or either body of the sign-in', async () => {
  const told: FinishedCall[] = [];
  const before = Date.now();
  await client(told).call('GetCustomers', { limit: 2 }, { origin: 'tree' });
  expect(told.map(({ operation, origin, outcome, attempts, answer }) => [operation.operationId, origin, outcome, attempts, answer?.status])).toEqual([['CreateToken', 'token', 'ok', 1, 200], ['GetCustomers', 'tree', 'ok', 1, 200]]);
  const [signIn, list] = told as [FinishedCall, FinishedCall];
  expect(signIn.answer).not.toHaveProperty('body');
  expect(signIn.input).toEqual({});
  for (const secret of Object.values(credentials())) expect(JSON.stringify(told)).not.toContain(secret);
  expect(Object.keys(list.requestHeaders)).toEqual(['accept']);
  expect(list).toMatchObject({ input: { limit: 2 }, target: expect.stringContaining('limit=2') });
  expect(list.answer?.body).toMatchObject({ customers: expect.any(Array) });
  expect(list.startedAt).toBeGreaterThanOrEqual(before);
});

test('a failed call is told with the API\'s answer, a refused one without any, a cancelled one as cancelled, a repeated one once', async () => {
  const told: FinishedCall[] = [];
  const one = client(told, async ({ operationId }) => { if (operationId === 'DeleteCustomer') throw new GuardRefusal(operationId, 'No.'); });
  await one.call('GetCustomer', { customerId: '1' }).catch(() => undefined);
  await one.call('DeleteCustomer', { customerId: '1' }).catch(() => undefined);
  await sandbox.control.faults({ kind: 'status', operation: 'GetCustomers', status: 503, times: 1 });
  await one.call('GetCustomers', {});
  const controller = new AbortController();
  await sandbox.control.faults({ kind: 'latency', operation: 'GetCustomers', latencyMs: 3000, times: 1 });
  setTimeout(() => controller.abort(), 50);
  await one.call('GetCustomers', {}, { signal: controller.signal }).catch(() => undefined);
  expect(told.filter(({ origin }) => origin !== 'token').map(({ operation, outcome, attempts, answer }) => [operation.operationId, outcome, attempts, answer?.status])).toEqual([
    ['GetCustomer', 'failed', 1, 404], ['DeleteCustomer', 'refused', 0, undefined], ['GetCustomers', 'ok', 2, 200], ['GetCustomers', 'cancelled', 1, undefined],
  ]);
});

test('a wrong secret, repeated by the server, reaches neither the history nor its file; nor do names, SSNs and search texts', async () => {
  const told: FinishedCall[] = [];
  const redactor = createRedactor();
  for (const secret of Object.values(credentials())) redactor.hide(secret);
  const store = new HistoryStore({ folder, settings: () => ({ maxAgeDays: 30, maxSizeMb: 10, keepBodies: true }), hideKnown: redactor.hideKnown, redact: redactor.redact, warn() {} });
  const one = client(told, undefined, (call) => store.record(call, 'acme-1'));
  const { partnerSecret, partnerId, appKey } = credentials();
  await sandbox.control.faults({ kind: 'status', operation: 'CreateToken', status: 500, times: 1, body: { code: 10001, message: `Invalid: ${partnerId} / ${partnerSecret} / ${appKey}` } });
  await one.call('GetCustomers', { search: 'Canaryworth' }).catch(() => undefined);
  await one.authenticate().catch(() => undefined);
  const added = await one.call('AddTestingCustomer', { body: { username: 'canary-user-77', firstName: 'Casey', lastName: 'Canaryworth' } });
  await one.call('GetCustomers', { search: 'Canaryworth', username: 'canary-user-77' });
  await one.call('CreateConsumer', { customerId: added.id, body: {
    firstName: 'Casey', lastName: 'Canaryworth', address: '434 W Canary Way', city: 'Murray', state: 'UT', zip: '84123', phone: '6786786786', ssn: '912-83-4567', birthday: { year: 1970, month: 7, dayOfMonth: 4 }, email: 'casey@canary.example', suffix: 'Jr',
  } });
  await store.flush();
  const [file] = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ndjson'));
  const text = await readFile(join(folder, file!), 'utf8');
  expect(text).toContain('"CreateConsumer"');
  expect(text).toContain(`"${added.id}"`);
  for (const canary of [/canary/i, /Casey/, /912-?83-?4567/, /678-?678/, /1970/, /84123/, new RegExp(partnerSecret), new RegExp(appKey), new RegExp(partnerId)]) expect(text).not.toMatch(canary);
});
