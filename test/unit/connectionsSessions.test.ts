// The way to a client, from a saved connection to the wire, against a sandbox of the test's own; and what users are told when it fails.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { operation, type OperationId } from '../../src/api/catalogue.ts';
import { toApiError } from '../../src/client/errorBody.ts';
import { AuthenticationError, CancelledError, GuardRefusal, LockoutStop, NetworkError } from '../../src/client/errors.ts';
import type { FetchLike, FinishedCall } from '../../src/client/types.ts';
import { createConnections, type Connections } from '../../src/credentials/connections.ts';
import { createLockoutLedger, type LockoutLedger } from '../../src/credentials/lockoutLedger.ts';
import { createSecretStorageVault } from '../../src/credentials/secretStorage.ts';
import type { ConnectionRecord, ConnectionSecrets } from '../../src/credentials/types.ts';
import { VaultError } from '../../src/credentials/vaultError.ts';
import type { Answer, Asking } from '../../src/guard/approve.ts';
import { SandboxStartError, SignedOutError } from '../../src/platform/errors.ts';
import { createLog } from '../../src/platform/log.ts';
import { userMessage } from '../../src/platform/messages.ts';
import { createSessions, type OwnedSessions } from '../../src/platform/openSessions.ts';
import { createRedactor } from '../../src/platform/redaction.ts';
import { startSandbox, type TestSandbox } from '../support/sandbox.ts';

let server: TestSandbox;
let folder: string;
beforeAll(async () => { server = await startSandbox(); });
afterAll(() => server.stop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'obx-sessions-'));
  await server.control.reset();
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));

interface World { connections: Connections; sessions: OwnedSessions; ledger: LockoutLedger; lines: string[]; kept: Map<string, string>; asked: string[]; answer: { yes: boolean; of?: (asking: Asking) => Promise<Answer> }; closed: string[]; finished: FinishedCall[] }

function setUp(): World {
  const kept = new Map<string, string>();
  const state = new Map<string, unknown>();
  const vault = createSecretStorageVault({ get: async (key) => kept.get(key), store: async (key, value) => void kept.set(key, value), delete: async (key) => void kept.delete(key) });
  const connections = createConnections({
    state: { get: <T>(key: string) => state.get(key) as T | undefined, update: async (key, value) => void state.set(key, value) },
    vaults: { osKeychain: { ...vault, id: 'osKeychain' }, vscode: vault },
    sandboxSecrets: async () => ({ ...server.credentials }),
  });
  const lines: string[] = [];
  const note = (line: string) => void lines.push(line);
  const asked: string[] = [];
  const answer: World['answer'] = { yes: false };
  const closed: string[] = [];
  const finished: FinishedCall[] = [];
  const ledger = createLockoutLedger({ folder });
  const sessions = createSessions({
    connections, ledger, fetch: ((url, init) => fetch(url, init as RequestInit)) as FetchLike,
    sandbox: { address: async () => server.url, lost() {}, dispose: async () => {} },
    log: createLog({ info: note, warn: note, error: note, debug: note, show() {} }, createRedactor()),
    ask: async (asking) => { asked.push(`${asking.connection.label}: ${asking.question.title}`); return answer.of?.(asking) ?? { yes: answer.yes }; },
    closed: (id) => void closed.push(id), finished: (call) => void finished.push(call),
  });
  return { connections, sessions, ledger, lines, kept, asked, answer, closed, finished };
}

const record = (change: Partial<ConnectionRecord> = {}): ConnectionRecord => ({
  id: 'acme-1', label: 'Acme', environment: 'custom', baseUrl: server.url, readOnly: false, store: 'vscode', createdAt: 1, ...change,
});
const good = (): ConnectionSecrets => ({ partnerId: server.credentials.partnerId, partnerSecret: server.credentials.partnerSecret, appKey: server.credentials.appKey });
const wrong = (): ConnectionSecrets => ({ ...good(), partnerSecret: 'canary-Wrong-Secret-1' });
const tokenRequests = async () => (await server.control.requests(1000)).filter((entry) => JSON.stringify(entry).includes('/partners/authentication')).length;
const list = async (sessions: OwnedSessions, id: string) => (await sessions.open(id)).client.call('GetCustomers', { limit: 1 }, { origin: 'tree' });

test('the sandbox answers without any saved credentials, and one session serves all who ask', async () => {
  const { sessions } = setUp();
  const [a, b] = await Promise.all([sessions.open('sandbox'), sessions.open('sandbox')]);
  expect(a).toBe(b);
  expect((await list(sessions, 'sandbox')).customers).toHaveLength(1);
  expect(a.reportIntervalMs).toBeLessThan(20_000);
  expect(await tokenRequests()).toBe(1);
});

test('a saved connection reads its vault; its log names neither secret nor token', async () => {
  const { sessions, connections, lines } = setUp();
  await connections.add(record(), good());
  await list(sessions, 'acme-1');
  expect((await sessions.open('acme-1')).reportIntervalMs).toBe(20_000);
  expect(lines.some((line) => line.includes('[Acme] GetCustomers GET'))).toBe(true);
  for (const secret of Object.values(good())) expect(lines.join('\n')).not.toContain(secret);
});

test('wrong credentials fail twice, then the explorer stops; the user\'s choice sends one more; the fifth is never sent', async () => {
  const { sessions, connections, ledger } = setUp();
  await connections.add(record(), wrong());
  const attempt = async () => {
    sessions.close('acme-1');
    return list(sessions, 'acme-1').then(() => { throw new Error('this should have failed'); }, (error: unknown) => error);
  };
  expect(await attempt()).toBeInstanceOf(AuthenticationError);
  expect(await attempt()).toBeInstanceOf(AuthenticationError);
  expect(await attempt()).toBeInstanceOf(LockoutStop);
  expect(await tokenRequests()).toBe(2);
  for (let i = 0; i < 2; i++) {
    await ledger.allowNext(good().partnerId);
    expect(await attempt()).toBeInstanceOf(AuthenticationError);
    expect(await attempt()).toBeInstanceOf(LockoutStop);
  }
  await expect(ledger.allowNext(good().partnerId)).rejects.toBeInstanceOf(LockoutStop);
  expect(await attempt()).toBeInstanceOf(LockoutStop);
  expect(await tokenRequests()).toBe(4);

  // The partner is not locked yet: with the right secret, from elsewhere, it still gets in.
  const answer = await fetch(`${server.url}/aggregation/v2/partners/authentication`, {
    method: 'POST', headers: { 'finicity-app-key': good().appKey, 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ partnerId: good().partnerId, partnerSecret: good().partnerSecret }),
  });
  expect(answer.status).toBe(200);
});

test('credentials that are not saved can be tried; the attempt counts, and nothing is kept', async () => {
  const { sessions, ledger, kept, connections } = setUp();
  const bad = await sessions.trial(record(), wrong());
  await expect(bad.client.authenticate({ origin: 'command' })).rejects.toBeInstanceOf(AuthenticationError);
  bad.close();
  expect((await ledger.status(good().partnerId)).failures).toBe(1);
  const trial = await sessions.trial(record(), good());
  await trial.client.authenticate({ origin: 'command' });
  trial.close();
  expect((await ledger.status(good().partnerId)).failures).toBe(0);
  expect(kept.size).toBe(0);
  expect(connections.list()).toHaveLength(1);
});

test('signed out is an error of its own, and signing in again works without a reload', async () => {
  const { sessions, connections } = setUp();
  await connections.add(record(), good());
  await connections.signOut('acme-1');
  await expect(sessions.open('acme-1')).rejects.toEqual(expect.objectContaining({ name: 'SignedOutError', connectionId: 'acme-1' }));
  await connections.update('acme-1', {}, good());
  expect((await list(sessions, 'acme-1')).customers).toHaveLength(1);
});

test('a spoilt vault entry is an error with a way out, and the next try reads again', async () => {
  const { sessions, connections, kept } = setUp();
  await connections.add(record(), good());
  kept.set('connection:acme-1', 'spoilt');
  await expect(sessions.open('acme-1')).rejects.toBeInstanceOf(VaultError);
  await connections.update('acme-1', {}, good());
  await sessions.open('acme-1');
});

test('read-only works at once, without signing in again, and a rename keeps the session', async () => {
  const { sessions, connections } = setUp();
  await connections.add(record(), good());
  const { client } = await sessions.open('acme-1');
  await list(sessions, 'acme-1');
  await connections.update('acme-1', { readOnly: true, label: 'Acme 2' });
  await expect(client.call('AddTestingCustomer', { body: { username: 'canaryuser1' } }, { origin: 'command' })).rejects.toBeInstanceOf(GuardRefusal);
  expect((await sessions.open('acme-1')).connection).toMatchObject({ readOnly: true, label: 'Acme 2' });
  expect((await sessions.open('acme-1')).client).toBe(client);
  expect(await tokenRequests()).toBe(1);
});

test('a change is asked about with the connection\'s name, and No sends nothing', async () => {
  const { sessions, connections, asked, answer } = setUp();
  await connections.add(record(), good());
  const { client } = await sessions.open('acme-1');
  const add = () => client.call('AddTestingCustomer', { body: { username: 'canaryuser1' } }, { origin: 'command' });
  await expect(add()).rejects.toEqual(expect.objectContaining({ name: 'GuardRefusal', declined: true }));
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatch(/^Acme: .+/);
  answer.yes = true;
  expect(await add()).toMatchObject({ username: 'canaryuser1' });
});

test('signing out while a question is open: Yes afterwards sends nothing, not even for a token, and counts no failed sign-in', async () => {
  const { sessions, connections, answer, closed, ledger } = setUp();
  await connections.add(record(), good());
  const { client } = await sessions.open('acme-1');
  const before = (await server.control.requests(1000)).length;
  answer.of = async () => {
    sessions.close('acme-1');
    await connections.signOut('acme-1');
    return { yes: true };
  };
  await expect(client.call('AddTestingCustomer', { body: { username: 'canaryuser2' } }, { origin: 'command' })).rejects.toThrow(/was signed out or changed while the question was open, so nothing was sent/);
  expect((await server.control.requests(1000)).length).toBe(before);
  expect(closed).toContain('acme-1');
  expect((await ledger.status(good().partnerId)).failures).toBe(0);
});

test('signed out in another window while a question is open: Yes afterwards sends nothing', async () => {
  const { sessions, connections, answer } = setUp();
  await connections.add(record(), good());
  const { client } = await sessions.open('acme-1');
  const before = (await server.control.requests(1000)).length;
  answer.of = async () => {
    await connections.signOut('acme-1');
    return { yes: true };
  };
  await expect(client.call('AddTestingCustomer', { body: { username: 'canaryuser3' } }, { origin: 'command' })).rejects.toThrow(/"Acme" was signed out while the question was open/);
  expect((await server.control.requests(1000)).length).toBe(before);
});

test('deleting on live data reads the username that has to be typed; a customer that is not there is not asked about', async () => {
  const { sessions, connections, answer } = setUp();
  await connections.add(record(), good());
  const { client } = await sessions.open('acme-1');
  const { customers: [customer] } = await client.call('GetCustomers', { limit: 1 }, { origin: 'command' });
  const names: (string | undefined)[] = [];
  answer.of = async (asking) => {
    names.push(await asking.username());
    return { yes: false };
  };
  await expect(client.call('DeleteCustomer', { customerId: customer!.id }, { origin: 'command', confirmed: ['destructive', 'productionWrite'] })).rejects.toMatchObject({ declined: true });
  expect(names).toEqual([customer!.username]);
  await expect(client.call('DeleteCustomer', { customerId: '1' }, { origin: 'command' })).rejects.toMatchObject({ kind: 'api', status: 404 });
});

test('the purpose that a person names is sent, and the history has the call as it was sent and as it was given', async () => {
  const { sessions, connections, answer, finished } = setUp();
  await connections.add(record(), good());
  const { client } = await sessions.open('acme-1');
  const { customers } = await client.call('GetCustomers', { search: 'Marcus Okafor' }, { origin: 'command' });
  const customerId = customers[0]!.id;
  const { reports } = await client.call('GetReportsByCustomerId', { customerId }, { origin: 'command' });
  const reportId = reports!.find(({ status }) => status === 'success')!.id!;
  answer.of = async (asking) => {
    expect(asking.question.purpose).toMatchObject({ in: 'parameter', name: 'purpose' });
    return { yes: true, purpose: '3F' };
  };
  const given = { customerId, reportId };
  expect((await client.send('GetReportByCustomer', given, { origin: 'form' })).status).toBe(200);
  const last = finished.at(-1)!;
  expect(last).toMatchObject({ operation: { operationId: 'GetReportByCustomer' }, input: { ...given, purpose: '3F' }, target: expect.stringContaining('purpose=3F') });
  expect(last.given).toBe(given);
  expect((await server.control.requests(1000)).some((entry) => JSON.stringify(entry).includes('purpose=3F'))).toBe(true);
  // As a document it is read without a question.
  answer.of = async () => { throw new Error('it asked'); };
  expect((await client.send('GetReportByCustomer', given, { origin: 'document' })).status).toBe(200);
});

test('with another host, or without its connection, a client is closed: its token goes nowhere else', async () => {
  const { sessions, connections } = setUp();
  await connections.add(record(), good());
  const first = await sessions.open('acme-1');
  await list(sessions, 'acme-1');
  await connections.update('acme-1', { baseUrl: 'http://127.0.0.1:9' });
  const second = await sessions.open('acme-1');
  expect(second.client).not.toBe(first.client);
  await expect(list(sessions, 'acme-1')).rejects.toBeInstanceOf(NetworkError);
  await connections.remove('acme-1');
  await expect(sessions.open('acme-1')).rejects.toBeInstanceOf(SignedOutError);
  expect(sessions.partnerOf('acme-1')).toBeUndefined();
});

const answered = (id: OperationId, status: number, code?: string) =>
  toApiError(operation(id), {}, { status, headers: {}, contentType: 'application/json', body: undefined, size: 0, durationMs: 1 }, code === undefined ? '' : JSON.stringify({ code: Number(code) }), []);

test.each<[unknown, string, RegExp, string[]]>([
  [new SignedOutError('a', 'Acme'), 'warning', /"Acme" is signed out/, ['Enter Credentials', 'Use the Sandbox']],
  [new LockoutStop(3), 'warning', /3 more failures/, ['Edit Credentials', 'Try Once More…']],
  [new LockoutStop(1), 'warning', /is not sent/, ['Edit Credentials']],
  [new VaultError('locked', 'The keychain is locked.', 'detail'), 'error', /^The keychain is locked\.$/, ['Edit Credentials', 'Show Log']],
  [new SandboxStartError('The sandbox ended.'), 'error', /^The sandbox ended\.$/, ['Show Log']],
  [answered('GenerateVOAReport', 400, '10100'), 'error', /code 10100/, ['Create Consumer', 'Show Log']],
  [answered('GetCustomers', 401, '10023'), 'error', /code 10023/, ['Sign In Again', 'Show Log']],
  [answered('GetCustomers', 401, '10001'), 'error', /code 10001/, ['Edit Credentials', 'Show Log']],
  [answered('CreateToken', 404, '12401'), 'error', /code 12401/, ['Edit Credentials', 'Show Log']],
  [answered('GetCustomers', 429), 'error', /HTTP 429/, ['Show Log']],
  [new TypeError('canary at line 3'), 'error', /explorer itself/, ['Show Log']],
  ['canary', 'error', /explorer itself/, ['Show Log']],
  [new CancelledError(), 'none', /^$/, []],
  [new GuardRefusal('X', 'no', true), 'none', /^$/, []],
  [new GuardRefusal('X', 'This connection is read-only.', false, 'acme-1'), 'warning', /read-only/, ['Edit Connection']],
  [new GuardRefusal('X', 'Only by hand.'), 'warning', /by hand/, []],
  [new DOMException('stop', 'AbortError'), 'none', /^$/, []],
])('%s is told as a %s with its ways out', (error, severity, text, buttons) => {
  const message = userMessage(error);
  expect(message.severity).toBe(severity);
  expect(message.text).toMatch(text);
  expect(message.text).not.toContain('canary');
  expect(message.buttons.map(({ title }) => title)).toEqual(buttons);
});
