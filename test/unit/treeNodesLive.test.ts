// The tree's loaders through the real client against the sandbox: what a person sees as they open one branch after the other.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createClient } from '../../src/client/client.ts';
import type { CallRecord } from '../../src/client/types.ts';
import { undiciFetch } from '../../src/client/undiciFetch.ts';
import { DocumentLibrary } from '../../src/documents/library.ts';
import { Purposes } from '../../src/documents/purposes.ts';
import { SignedOutError } from '../../src/platform/errors.ts';
import type { ApiSession } from '../../src/platform/sessions.ts';
import { createSource } from '../../src/tree/children.ts';
import { describeNode } from '../../src/tree/describe.ts';
import { FilterBook } from '../../src/tree/filters.ts';
import { GrantBook } from '../../src/tree/grants.ts';
import { MicroDepositBook } from '../../src/tree/microDeposits.ts';
import type { ExplorerNode, NodeOf } from '../../src/tree/nodes.ts';
import { TreeStore } from '../../src/tree/store.ts';
import { SubscriptionBook } from '../../src/tree/subscriptions.ts';
import { startSandbox, type TestSandbox } from '../support/sandbox.ts';

const record = { id: 'sandbox', label: 'Sandbox', environment: 'sandbox' as const, baseUrl: '', readOnly: false, store: 'none' as const, createdAt: 0 };
const real = { ...record, id: 'mine', label: 'Mine', environment: 'production' as const, baseUrl: 'https://api.finicity.com' };
const now = Date.UTC(2025, 10, 22, 12);

const engine = undiciFetch();
let sandbox: TestSandbox;
let session: ApiSession;
let calls: CallRecord[];
let store: TreeStore;
let filters: FilterBook;
let subscriptions: SubscriptionBook;
let grants: GrantBook;
let microDeposits: MicroDepositBook;
let active: string;

beforeAll(async () => {
  sandbox = await startSandbox({ customers: 512, now: now / 1000 });
  const client = createClient({
    baseUrl: sandbox.url, fetch: engine.fetch, credentials: sandbox.credentials, approve: async () => {}, log: (call) => calls.push(call),
    ledger: { beforeAttempt: async () => {}, afterFailure: async () => {}, afterSuccess: async () => {} },
  });
  session = { connection: record, client, reportIntervalMs: 1000 };
});
afterAll(async () => {
  session.client.close();
  await engine.close();
  await sandbox.stop();
});

beforeEach(async () => {
  await sandbox.control.clearFaults();
  calls = [];
  active = 'sandbox';
  filters = new FilterBook();
  const kept = new Map<string, unknown>();
  const memory = { get: <T>(key: string) => kept.get(key) as T | undefined, update: async (key: string, value: unknown) => void kept.set(key, value) };
  subscriptions = new SubscriptionBook(memory, () => now);
  grants = new GrantBook(memory, () => now);
  microDeposits = new MicroDepositBook(memory, () => now);
  const source = createSource({
    connections: { list: () => [record, real], active: () => (active === 'sandbox' ? record : real) },
    sessions: { open: async (id) => { if (id !== 'sandbox') throw new SignedOutError(id, 'Mine'); return session; } },
    filters, subscriptions, grants, microDeposits, now: () => now, institutions: new Map(),
  });
  store = new TreeStore(source, { changed: () => {} }, () => now);
});

const operations = (): string[] => calls.map(({ operationId }) => operationId).filter((id) => id !== 'CreateToken');
const of = <K extends ExplorerNode['kind']>(nodes: readonly ExplorerNode[], kind: K): NodeOf<K>[] => nodes.filter((node): node is NodeOf<K> => node.kind === kind);
const openCustomers = async (): Promise<ExplorerNode[]> => {
  await store.children();
  await store.children('sandbox');
  return store.children('sandbox/customers');
};
const row = (node: ExplorerNode): string => {
  const { label, description } = describeNode(node, { now, locale: 'en-US', summary: store.summary(node.path) });
  return [label, description].filter(Boolean).join(' | ');
};

test('the first rows ask nothing of the API', async () => {
  expect((await store.children()).map(row)).toEqual(['Sandbox | sandbox · active', 'Mine | PRODUCTION']);
  expect((await store.children('sandbox')).map(row)).toEqual(['Customers', 'Institutions', 'App Registrations', 'Webhook Subscriptions', 'Connect', 'Third-Party Access']);
  expect(calls).toEqual([]);
});

test('an inactive connection offers to switch; an active one without credentials the two ways in', async () => {
  await store.children();
  expect(await store.children('mine')).toMatchObject([{ kind: 'empty', command: 'openBanking.switchConnection' }]);
  active = 'mine';
  await store.refresh();
  expect(store.shown('mine')).toMatchObject([{ kind: 'empty', command: 'openBanking.enterCredentials' }, { kind: 'empty', command: 'openBanking.useSandbox' }]);
});

test('opening Customers costs one request a group and brings counts and first pages along', async () => {
  const groups = of(await openCustomers(), 'customerType');
  expect(groups.map(({ type }) => type)).toEqual(['testing', 'active']);
  expect(groups.reduce((sum, { found = 0 }) => sum + found, 0)).toBe(512);
  expect(operations()).toEqual(['GetCustomers', 'GetCustomers']);
  const testing = await store.children('sandbox/customers/testing');
  expect(of(testing, 'customer')).toHaveLength(25);
  expect(testing.at(-1)).toMatchObject({ kind: 'more', shown: 25, found: groups[0]!.found });
  expect(operations()).toHaveLength(2);
  const added = await store.loadMore('sandbox/customers/testing');
  expect(added).toHaveLength(25);
  expect(new Set(of(store.shown('sandbox/customers/testing'), 'customer').map(({ customerId }) => customerId)).size).toBe(50);
});

test('a refresh brings all loaded pages back in one request', async () => {
  await openCustomers();
  await store.children('sandbox/customers/testing');
  await store.loadMore('sandbox/customers/testing');
  const before = store.shown('sandbox/customers/testing').map(({ path }) => path);
  calls = [];
  await store.refresh('sandbox/customers/testing');
  expect(operations()).toEqual(['GetCustomers']);
  expect(store.shown('sandbox/customers/testing').map(({ path }) => path)).toEqual(before);
  const added = await store.loadMore('sandbox/customers/testing');
  expect(added).toHaveLength(25);
});

test('a search shows one flat list of those who match, and clearing it the groups again', async () => {
  await openCustomers();
  const someone = of(await store.children('sandbox/customers/testing'), 'customer')[3]!;
  const name = String(someone.data.lastName);
  filters.set('sandbox', { customerSearch: name });
  await store.refresh('sandbox/customers');
  const found = of(store.shown('sandbox/customers'), 'customer');
  expect(found.map(({ customerId }) => customerId)).toContain(someone.customerId);
  expect(found.every(({ data }) => [data.firstName, data.lastName, data.username].join(' ').toLowerCase().includes(name.toLowerCase()))).toBe(true);
  filters.set('sandbox', { customerSearch: 'nobody-has-this-name' });
  await store.refresh('sandbox/customers');
  expect(store.shown('sandbox/customers')).toMatchObject([{ kind: 'empty', command: 'openBanking.clearCustomerSearch' }]);
  filters.set('sandbox', { customerSearch: undefined, customerType: 'active' });
  await store.refresh('sandbox/customers');
  expect(store.shown('sandbox/customers')).toMatchObject([{ kind: 'customerType', type: 'active' }]);
});

test('a customer far beyond the first page is revealed by one look-up', async () => {
  const { customers } = await session.client.call('GetCustomers', { start: 300, limit: 1 }, {});
  const customerId = customers[0]!.id;
  calls = [];
  expect(await store.locate(`sandbox/customers/${customerId}`)).toMatchObject({ kind: 'customer', customerId });
  expect(operations()).toEqual(['GetCustomers', 'GetCustomers', 'GetCustomer']);
  expect(await store.locate('sandbox/customers/1')).toBeUndefined();
});

async function withAccounts(): Promise<NodeOf<'customer'>> {
  await openCustomers();
  for (const customer of of(await store.children('sandbox/customers/testing'), 'customer')) {
    await store.children(customer.path);
    if (of(await store.children(`${customer.path}/accounts`), 'institutionLogin').length > 0) return customer;
  }
  throw new Error('No customer of the first page has accounts.');
}

test('accounts stand under the named institution of their login, with what came in one list', async () => {
  const customer = await withAccounts();
  const login = of(store.shown(`${customer.path}/accounts`), 'institutionLogin')[0]!;
  expect(login.institutionName).toMatch(/\w/);
  calls = [];
  const accounts = of(await store.children(login.path), 'account');
  expect(accounts).toHaveLength(login.accountCount);
  expect(operations()).toEqual([]);
  for (const account of accounts) expect(row(account)).not.toMatch(/undefined|null|NaN/);
  expect(store.summary(`${customer.path}/accounts`)).toMatch(/^\d+/);
  expect((await store.children(accounts[0]!.path)).map(({ kind }) => kind)).toEqual(['accountTransactions', 'accountStatements', 'accountSubscriptions']);
  expect(of(await store.children(`${accounts[0]!.path}/statements`), 'statement').map(({ month }) => month).slice(0, 2)).toEqual(['2025-10', '2025-09']);
  expect(await store.children(`${accounts[0]!.path}/subscriptions`)).toMatchObject([{
    kind: 'empty', command: 'openBanking.runOperation', operationId: 'SubscribeToTxPushNotifications', argument: { customerId: customer.customerId, accountId: accounts[0]!.accountId },
  }]);
  expect(operations()).toEqual([]);
});

test('logins of the same institution are told apart by the end of their ids, others are not numbered', async () => {
  const account = (id: string, login: string, institution: string) => ({ id, institutionLoginId: login, institutionId: institution });
  const client = { call: async (operation: string) => (operation === 'GetCustomerAccounts'
    ? { accounts: [account('1', '5550001234', '102105'), account('2', '6660001234', '102105'), account('3', '7770009999', '102105'), account('4', '8880000001', '4222')] }
    : { institution: { name: 'A bank' } }) };
  const source = createSource({
    connections: { list: () => [record], active: () => record }, sessions: { open: async () => ({ ...session, client: client as unknown as ApiSession['client'] }) },
    filters, subscriptions, grants, microDeposits, now: () => now,
    institutions: new Map([['sandbox/102105', { name: 'FinBank', oauth: false }], ['sandbox/4222', { name: 'Other', oauth: false }]]),
  });
  const node: ExplorerNode = { kind: 'accounts', path: 'sandbox/customers/7/accounts', connectionId: 'sandbox', customerId: '7' };
  const { nodes } = await source.load({ node, signal: new AbortController().signal, origin: 'tree' });
  expect(nodes.map(row)).toEqual([
    expect.stringContaining('login ··50001234'), expect.stringContaining('login ··60001234'), expect.stringContaining('login ··9999'), expect.not.stringContaining('login'),
  ]);
});

test('an account is found by its path although its login stands between', async () => {
  const customer = await withAccounts();
  const { accounts } = await session.client.call('GetCustomerAccounts', { customerId: customer.customerId }, {});
  store.prune(customer.path);
  expect(await store.locate(`sandbox/customers/${customer.customerId}/accounts/${accounts[0]!.id}`)).toMatchObject({ kind: 'account', accountId: accounts[0]!.id });
});

test('consumer and business are a record or an offer to make one', async () => {
  await openCustomers();
  const seen = new Set<string>();
  for (const customer of of(await store.children('sandbox/customers/testing'), 'customer')) {
    await store.children(customer.path);
    for (const branch of ['consumer', 'business']) for (const node of await store.children(`${customer.path}/${branch}`)) seen.add(node.kind === 'empty' ? `no ${branch}: ${[node.command, node.operationId].filter(Boolean).join(' ')}` : node.kind);
  }
  expect([...seen].sort()).toEqual(['businessRecord', 'consumerRecord', 'no business: openBanking.runOperation AddBusinessDetails', 'no consumer: openBanking.createConsumer']);
});

test('a running report stands first, asks for another look, and turns into a finished one in its place', async () => {
  await openCustomers();
  let reports = '';
  for (const customer of of(await store.children('sandbox/customers/testing'), 'customer')) {
    await store.children(customer.path);
    const found = of(await store.children(`${customer.path}/reports`), 'report');
    if (found[0]?.data.status === 'inProgress') reports = `${customer.path}/reports`;
    if (reports !== '') break;
  }
  const [running] = of(store.shown(reports), 'report');
  expect(describeNode(running!, { now, locale: 'en-US' })).toMatchObject({ contextValue: 'report;running', icon: { id: 'loading~spin' } });
  expect(running!.title).not.toBe(running!.data.type);
  expect(store.summary(reports)).toMatch(/^\d+, 1 running$/);
  expect(store.due()).toEqual([{ path: reports, at: now + 1000 }]);
  await sandbox.control.clock({ advance: 3600 });
  await store.poll(reports);
  const after = of(store.shown(reports), 'report').find(({ reportId }) => reportId === running!.reportId);
  expect(after).toBe(running);
  expect(after!.data.status).toBe('success');
  expect(store.due()).toEqual([]);
});

test('institutions page by number, and a search and a product narrow them', async () => {
  await store.children();
  await store.children('sandbox');
  const first = of(await store.children('sandbox/institutions'), 'institution');
  const more = await store.loadMore('sandbox/institutions');
  expect(more.length).toBeGreaterThan(0);
  expect(of(store.shown('sandbox/institutions'), 'institution')).toHaveLength(first.length + more.length);
  filters.set('sandbox', { institutionSearch: 'FinBank', institutionProducts: ['voa', 'ach'] });
  await store.refresh('sandbox/institutions');
  const found = of(store.shown('sandbox/institutions'), 'institution');
  expect(found.length).toBeGreaterThan(0);
  expect(found.every(({ data }) => data.voa === true && data.ach === true)).toBe(true);
  expect(operations().at(-1)).toBe('GetCertifiedInstitutions');
});

test('app registrations are listed, or say how to make one', async () => {
  await store.children();
  await store.children('sandbox');
  const nodes = await store.children('sandbox/applications');
  expect(nodes.length).toBeGreaterThan(0);
  expect(nodes.every(({ kind }) => kind === 'appRegistration' || kind === 'empty')).toBe(true);
});

test('a failed branch shows the API\'s words with ours, and Retry brings it back', async () => {
  await store.children();
  await store.children('sandbox');
  await sandbox.control.faults({ kind: 'rateLimit', operation: 'GetInstitutions', retryAfter: 0 });
  const [failed] = await store.children('sandbox/institutions');
  expect(failed).toMatchObject({ kind: 'failed', text: 'Too many requests', code: 'HTTP 429' });
  await sandbox.control.clearFaults();
  await store.retry('sandbox/institutions');
  expect(of(store.shown('sandbox/institutions'), 'institution').length).toBeGreaterThan(0);
});

test('documents open with the wire\'s own fields', async () => {
  const customer = await withAccounts();
  const library = new DocumentLibrary({ sessions: { open: async () => session }, purposes: new Purposes(async () => undefined), follow: () => ({ dispose: () => {} }), onChanged: () => {}, now: () => now });
  const read = async (path: string): Promise<Record<string, unknown>> =>
    JSON.parse(new TextDecoder().decode(await library.read({ connectionId: 'sandbox', path, query: '' }))) as Record<string, unknown>;
  expect(await read(`/customers/${customer.customerId}.json`)).toMatchObject({ id: customer.customerId, username: customer.data.username });
  const transactions = await read(`/customers/${customer.customerId}/transactions.json`);
  expect(transactions).toMatchObject({ toDate: String(now / 1000), fromDate: String(now / 1000 - 90 * 86_400), displaying: (transactions.transactions as unknown[]).length });
  await expect(read('/customers/1.json')).rejects.toMatchObject({ code: '14001', status: 404 });
});
