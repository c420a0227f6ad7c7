// Consents, switches, micro-deposits, webhooks, Connect and third parties in the tree, through the real client against the sandbox.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { operation } from '../../src/api/catalogue.ts';
import { createClient } from '../../src/client/client.ts';
import { ApiError } from '../../src/client/errors.ts';
import type { AnyInput, CallRecord } from '../../src/client/types.ts';
import { undiciFetch } from '../../src/client/undiciFetch.ts';
import { DocumentLibrary } from '../../src/documents/library.ts';
import { Purposes } from '../../src/documents/purposes.ts';
import { resourcePath } from '../../src/documents/uris.ts';
import type { ApiSession } from '../../src/platform/sessions.ts';
import { branchesAfter } from '../../src/tree/afterOperation.ts';
import { createSource, isBranch } from '../../src/tree/children.ts';
import { describeNode } from '../../src/tree/describe.ts';
import { documentOf } from '../../src/tree/documentOf.ts';
import { FilterBook } from '../../src/tree/filters.ts';
import { GrantBook } from '../../src/tree/grants.ts';
import { MicroDepositBook } from '../../src/tree/microDeposits.ts';
import type { ExplorerNode, NodeOf } from '../../src/tree/nodes.ts';
import { TreeStore } from '../../src/tree/store.ts';
import { SubscriptionBook } from '../../src/tree/subscriptions.ts';
import { startSandbox, type TestSandbox } from '../support/sandbox.ts';

const connection = { id: 'sandbox', label: 'Sandbox', environment: 'sandbox' as const, baseUrl: '', readOnly: false, store: 'none' as const, createdAt: 0 };
const now = Date.UTC(2025, 10, 22, 12);

const engine = undiciFetch();
let sandbox: TestSandbox;
let session: ApiSession;
let calls: CallRecord[] = [];
let store: TreeStore;
let subscriptions: SubscriptionBook;
let grants: GrantBook;
let microDeposits: MicroDepositBook;

beforeAll(async () => {
  sandbox = await startSandbox({ customers: 60, now: now / 1000 });
  const client = createClient({
    baseUrl: sandbox.url, fetch: engine.fetch, credentials: sandbox.credentials, approve: async () => {}, log: (call) => calls.push(call),
    ledger: { beforeAttempt: async () => {}, afterFailure: async () => {}, afterSuccess: async () => {} },
  });
  session = { connection, client, reportIntervalMs: 1000 };
});
afterAll(async () => {
  session.client.close();
  await engine.close();
  await sandbox.stop();
});

beforeEach(async () => {
  await sandbox.control.reset();
  await sandbox.control.clock({ now: now / 1000 });
  const kept = new Map<string, unknown>();
  const memory = { get: <T>(key: string) => kept.get(key) as T | undefined, update: async (key: string, value: unknown) => void kept.set(key, value) };
  subscriptions = new SubscriptionBook(memory, () => now);
  grants = new GrantBook(memory, () => now);
  microDeposits = new MicroDepositBook(memory, () => now);
  store = new TreeStore(createSource({
    connections: { list: () => [connection], active: () => connection }, sessions: { open: async () => session }, filters: new FilterBook(), subscriptions, grants, microDeposits,
    now: () => now, institutions: new Map(),
  }), { changed: () => {} }, () => now);
  await store.children();
  await store.children('sandbox');
  // A reset forgets tokens: a new one is got here, not within a count of calls.
  await session.client.call('GetInstitutions', { limit: 1 }, {});
  calls = [];
});

const operations = (): string[] => calls.map(({ operationId }) => operationId).filter((id) => id !== 'CreateToken');
const of = <K extends ExplorerNode['kind']>(nodes: readonly ExplorerNode[], kind: K): NodeOf<K>[] => nodes.filter((node): node is NodeOf<K> => node.kind === kind);
const view = (node: ExplorerNode) => describeNode(node, { now, locale: 'en-US', summary: store.summary(node.path) });
const row = (node: ExplorerNode): string => [view(node).label, view(node).description].filter(Boolean).join(' | ');

/** The seeded customer of this name, with its branches read. */
async function person(search: string): Promise<NodeOf<'customer'>> {
  const { customers } = await session.client.call('GetCustomers', { search, limit: 1 }, {});
  const customer = await store.locate(`sandbox/customers/${customers[0]!.id}`) as NodeOf<'customer'>;
  await store.children(customer.path);
  calls = [];
  return customer;
}

/** What a person does with Run Operation: the call, and what the explorer does when it hears of it. */
async function run(operationId: Parameters<typeof operation>[0], input: AnyInput): Promise<unknown> {
  const { body } = await session.client.send(operationId, input, { origin: 'form' });
  for (const book of [subscriptions, grants, microDeposits]) await book.afterOperation('sandbox', operationId, input, body);
  await Promise.all(branchesAfter('sandbox', operationId, input).map((path) => store.refresh(path)));
  return body;
}

async function firstAccount(customer: NodeOf<'customer'>): Promise<NodeOf<'account'>> {
  const [login] = of(await store.children(`${customer.path}/accounts`), 'institutionLogin');
  return of(await store.children(login!.path), 'account')[0]!;
}

test('a customer\'s branches ask nothing before they are opened', async () => {
  const customer = await person('Reyes');
  expect(store.shown(customer.path).map((node) => view(node).label))
    .toEqual(['Accounts', 'Reports', 'Transactions', 'Statements', 'Consumer', 'Business', 'Consents', 'Transfers', 'Micro-Deposits', 'Subscriptions']);
  expect((await store.children(`${customer.path}/transfers`)).map((node) => view(node).label)).toEqual(['Deposit Switches', 'Bill Pay Switches']);
  expect((await store.children('sandbox/connect')).map((node) => view(node).label)).toEqual(['Experiences', 'Components Configurations']);
  expect(operations()).toEqual([]);
});

test('opening everything calls nothing that is billed, contacts a bank or changes anything', async () => {
  const customer = await person('Okafor');
  const open = async (nodes: readonly ExplorerNode[]): Promise<void> => {
    for (const node of nodes) if (isBranch(node.kind) && node.kind !== 'customers' && node.kind !== 'institutions') await open(await store.children(node.path));
  };
  await open(store.shown('sandbox'));
  await open(store.shown(customer.path));
  const called = [...new Set(operations())].map((id) => operation(id as Parameters<typeof operation>[0]));
  expect(called.length).toBeGreaterThan(10);
  expect(called.filter(({ method, billable, firesWebhooks, automation, timeoutSeconds }) => method !== 'GET' || billable === 'yes' || firesWebhooks || automation === 'forbidden' || timeoutSeconds > 60)).toEqual([]);
});

describe('consents', () => {
  test('come with their institutions in one request; each says how long and what is shared', async () => {
    const customer = await person('Reyes');
    const [consent] = of(await store.children(`${customer.path}/consents`), 'consent');
    const institutions = of(await store.children(consent!.path), 'consentInstitution');
    expect(operations()).toEqual(['GetDataSharingConsentsByCustomerId']);
    expect(institutions.length).toBeGreaterThan(2);
    expect(row(consent!)).toMatch(/^FinBank[^|]* and \d more \| active · (until|ends in) .+/);
    expect(row(institutions[0]!)).toMatch(/^FinBank.*\| active · .* · \d accounts?$/);
    expect(view(institutions[0]!).tooltip).toMatch(/Shared: .*Transactions.*Accounts: .*··\d{4}/s);
    expect(store.summary(`${customer.path}/consents`)).toBe('1');
  });

  test('one that is revoked for an institution, then for all, is shown so when the operation has run', async () => {
    const customer = await person('Reyes');
    const [consent] = of(await store.children(`${customer.path}/consents`), 'consent');
    const [first] = of(await store.children(consent!.path), 'consentInstitution');
    const at = { consent_receipt_id: consent!.consentReceiptId };
    for (const path of ['sandbox/customers', 'sandbox/customers/testing']) await store.children(path);
    await run('RevokeDataSharingConsentByInstitutionLoginID', { ...at, institution_login_id: first!.institutionLoginId });
    expect(row(first!)).toMatch(/\| revoked Nov 22, 2025 · /);
    expect(row(consent!)).toMatch(/ · 1 of \d not active · /);
    await run('RevokeDataSharingConsentById', at);
    expect(view(consent!)).toMatchObject({ contextValue: 'consent;inactive', icon: { id: 'circle-slash' } });
    expect(store.summary(`${customer.path}/consents`)).toBe('1, 1 inactive');
  });

  test('who has none is shown the way to one', async () => {
    const { id } = await session.client.call('AddTestingCustomer', { body: { username: 'nobody-yet' } }, {});
    const customer = await store.locate(`sandbox/customers/${id}`);
    await store.children(customer!.path);
    expect(await store.children(`${customer!.path}/consents`)).toMatchObject([{ kind: 'empty', operationId: 'GenerateConnectUrl', argument: { customerId: id } }]);
    expect(await store.children(`${customer!.path}/statements`)).toMatchObject([{ kind: 'empty', command: 'openBanking.addFinBankAccounts' }]);
  });
});

test('an authorization stands under sign-ins at OAuth institutions alone, and is read when it is opened', async () => {
  const customer = await person('Okafor');
  const logins = of(await store.children(`${customer.path}/accounts`), 'institutionLogin');
  const found = await Promise.all(logins.map(async (login) => [login.institutionName, of(await store.children(login.path), 'authorization')] as const));
  expect(operations()).not.toContain('getCustomerAuthorizationDetails');
  expect(found.filter(([, nodes]) => nodes.length > 0).map(([name]) => name)).toContain('FinBank OAuth');
  expect(found.find(([name]) => name === 'FinBank Profiles - A')?.[1]).toEqual([]);
  const authorization = found.find(([name]) => name === 'FinBank OAuth')![1][0]!;
  const [details] = await store.children(authorization.path);
  expect(row(details!)).toMatch(/^Authorized \| (until|ends in) /);
  expect(await store.locate(authorization.path)).toBe(authorization);
});

describe('transfers', () => {
  test('switches say when, how they stand and why they failed', async () => {
    const customer = await person('Halvorsen');
    await store.children(`${customer.path}/transfers`);
    const rows = [...await store.children(`${customer.path}/transfers/deposit-switches`), ...await store.children(`${customer.path}/transfers/bill-pay-switches`)].map(row);
    expect(operations()).toEqual(['getAllDepositSwitches', 'getAllPaySwitches']);
    expect(rows.length).toBeGreaterThan(1);
    for (const shown of rows) expect(shown).toMatch(/^\w{3} \d+, 20\d\d \| (completed|failed: [a-z ]+) · .+ ago$/);
  });

  test('one that a link has just started is followed to its end', async () => {
    const customer = await person('Reyes');
    const branch = `${customer.path}/transfers/deposit-switches`;
    await store.children(`${customer.path}/transfers`);
    const before = (await store.children(branch)).length;
    for (const path of ['sandbox/customers', 'sandbox/customers/testing', customer.path]) await store.children(path);
    await run('GenerateTransferDepositSwitchUrl', {
      body: { partnerId: sandbox.credentials.partnerId, customerId: customer.customerId, accounts: [{ accountNumber: '60412277', bankIdentifier: '990011226', type: 'checking' }] },
    });
    const started = of(store.shown(branch), 'depositSwitch');
    expect(started).toHaveLength(before + 1);
    expect(view(started[0]!)).toMatchObject({ contextValue: 'depositSwitch;processing', icon: { id: 'loading~spin' } });
    expect(store.due().map(({ path }) => path)).toEqual([branch]);
    await sandbox.control.clock({ advance: 3600 });
    await store.poll(branch);
    expect(view(started[0]!).contextValue).toBe('depositSwitch;completed');
    expect(store.due()).toEqual([]);
  });
});

describe('micro-deposits', () => {
  const receiver = { routingNumber: '990011226', accountNumber: '60412277', accountType: 'personalChecking', name: 'Dana Reyes' };

  test('those sent from here are read each by its id, and say what is next', async () => {
    const customer = await person('Reyes');
    const branch = `${customer.path}/micro-deposits`;
    expect(await store.children(branch)).toMatchObject([{ kind: 'empty', operationId: 'InitiateMicroAmountDeposits', argument: { customerId: customer.customerId } }]);
    expect(operations()).toEqual([]);
    for (const path of ['sandbox/customers', 'sandbox/customers/testing', customer.path]) await store.children(path);
    await run('InitiateMicroAmountDeposits', { customerId: customer.customerId, body: { receiver } });
    const [deposit] = of(store.shown(branch), 'microDeposit');
    expect(row(deposit!)).toBe('Account ··2277 | on their way · Nov 22, 2025');
    expect(store.summary(branch)).toBe('1 from here');
    await run('VerifyMicroAmountDeposits', { customerId: customer.customerId, accountId: deposit!.depositAccountId, body: { amounts: [0.02, 0.01] } });
    expect(row(deposit!)).toBe('Account ··2277 | verified · Nov 22, 2025');
  });

  test('one that the API does not know any more is forgotten, and an outage is not taken for that', async () => {
    const customer = await person('Reyes');
    const branch = `${customer.path}/micro-deposits`;
    await microDeposits.afterOperation('sandbox', 'InitiateMicroAmountDeposits', { customerId: customer.customerId }, { accountId: '8999999999' });
    await sandbox.control.faults({ kind: 'status', operation: 'GetMicroDepositsDetails', status: 500, times: 9 });
    expect(await store.children(branch)).toMatchObject([{ kind: 'failed' }]);
    await sandbox.control.clearFaults();
    await store.retry(branch);
    expect(store.shown(branch)).toMatchObject([{ kind: 'empty' }]);
    expect(microDeposits.of('sandbox', customer.customerId)).toEqual([]);
  });
});

test('statements and subscriptions can be reached under the customer too, by account', async () => {
  const customer = await person('Reyes');
  const account = await firstAccount(customer);
  const accounts = of(await store.children(`${customer.path}/statements`), 'accountStatements');
  expect(store.summary(`${customer.path}/statements`)).toBe(`${accounts.length} accounts`);
  const same = accounts.find(({ accountId }) => accountId === account.accountId)!;
  expect(view(same).label).toBe(view(account).label);
  calls = [];
  const [newest] = of(await store.children(same.path), 'statement');
  expect(documentOf(newest!)).toEqual({ kind: 'statement', customerId: customer.customerId, accountId: account.accountId, index: 1 });
  expect(await store.children(`${customer.path}/subscriptions`)).toMatchObject([{ kind: 'empty', operationId: 'SubscribeToTxPushNotifications' }]);
  expect(operations()).toEqual([]);

  const input = { customerId: customer.customerId, accountId: account.accountId };
  await subscriptions.afterOperation('sandbox', 'SubscribeToTxPushNotifications', input, { subscriptions: [{ id: 1, type: 'account' }, { id: 2, type: 'transaction' }] });
  await store.refresh(`${customer.path}/subscriptions`);
  const [subscribed] = of(store.shown(`${customer.path}/subscriptions`), 'accountSubscriptions');
  expect(view(subscribed!).label).toBe(view(account).label);
  expect(store.summary(`${customer.path}/subscriptions`)).toBe('2 from here');
  expect((await store.children(subscribed!.path)).map((node) => view(node).label)).toEqual(['Account events', 'Transaction events']);
});

describe('webhook subscriptions', () => {
  const url = 'https://listener.example.com/hook/path-secret?key=query-secret';

  test('stand with their events and states, keep the address to themselves, and are followed through their operations', async () => {
    expect(await store.children('sandbox/webhooks')).toMatchObject([{ kind: 'empty', operationId: 'createWebhookSubscription' }]);
    const condition = { subscribeFor: 'customerId', includes: ['7200000001'] };
    await run('createWebhookSubscription', { body: { url, events: [{ name: 'mastercard.openbanking.customer.consent' }, { name: 'data-refresh.transaction.status-changed', condition }] } });
    const [subscription] = of(store.shown('sandbox/webhooks'), 'webhookSubscription');
    expect(row(subscription!)).toBe('listener.example.com | pending · 2 events');
    calls = [];
    const events = of(await store.children(subscription!.path), 'webhookEvent');
    expect(operations()).toEqual([]);
    expect(events.map(row)).toEqual(['mastercard.openbanking.customer.consent | pending', 'data-refresh.transaction.status-changed | pending · only customerId 7200000001']);
    for (const node of [subscription!, ...events]) {
      expect(view(node).tooltip).toMatch(/Deprecated/);
      expect(JSON.stringify(view(node))).not.toMatch(/path-secret|query-secret/);
    }

    const at = { subscription_id: subscription!.webhookSubscriptionId };
    await run('changeWebhookSubscriptionStatus', { ...at, body: { status: 'inactive' } });
    expect([subscription!, ...events].map((node) => view(node).contextValue)).toEqual(['webhookSubscription;inactive', 'webhookEvent;inactive', 'webhookEvent;inactive']);
    for (const { webhookEventId } of events) await run('deleteWebhookSubscriptionEvent', { ...at, webhook_event_id: webhookEventId });
    expect(store.shown(subscription!.path)).toMatchObject([{ kind: 'empty', operationId: 'updateWebhookSubscription', argument: { webhookSubscriptionId: at.subscription_id } }]);
    await run('deleteWebhookSubscription', at);
    expect(store.shown('sandbox/webhooks')).toMatchObject([{ kind: 'empty' }]);
  });

  test('come by the page', async () => {
    for (let n = 0; n < 27; n += 1) await session.client.call('createWebhookSubscription', { body: { url, events: [{ name: 'manage.txpush.account.created' }] } }, {});
    expect((await store.children('sandbox/webhooks')).at(-1)).toMatchObject({ kind: 'more', shown: 25, found: 27 });
    expect(await store.loadMore('sandbox/webhooks')).toHaveLength(2);
    await store.refresh('sandbox/webhooks');
    expect(of(store.shown('sandbox/webhooks'), 'webhookSubscription')).toHaveLength(27);
    expect(store.shown('sandbox/webhooks').at(-1)!.kind).not.toBe('more');
  });
});

test('experiences stand under the applications that can have some; a copy shows up', async () => {
  await store.children('sandbox/connect');
  const apps = of(await store.children('sandbox/connect/experiences'), 'experienceApp');
  expect(apps.map(({ appName }) => appName)).toEqual(['Northfold Budget', 'Northfold Lending']);
  expect(operations()).toEqual(['getApplications']);
  const [experience] = of(await store.children(apps[1]!.path), 'experience');
  expect(row(experience!)).toBe(`AGG, TX | ${experience!.experienceId}`);
  await run('CreateConnectExperience', { experience_id: experience!.experienceId, body: { indirectPartnerId: 2_400_000_000_029 } });
  expect(of(store.shown(apps[1]!.path), 'experience')).toHaveLength(4);
});

test('configurations are told by their rules, or say how to save one', async () => {
  await store.children('sandbox/connect');
  expect(await store.children('sandbox/connect/configurations')).toMatchObject([{ kind: 'empty', operationId: 'post-configurations' }]);
  await run('post-configurations', { body: { filterAccounts: ['Checking'], accountClassificationType: ['personal'], aoRequired: true } });
  await run('post-configurations', { body: {} });
  const found = of(store.shown('sandbox/connect/configurations'), 'configuration');
  expect(found.map((node) => view(node).label)).toEqual(['Checking · personal · account owner required', 'No restrictions']);
  await run('delete-configurations-configurationId', { configuration_id: found[0]!.configurationId });
  expect(store.summary('sandbox/connect/configurations')).toBe('1');
});

test('third parties given access from here are remembered, changed and forgotten with it', async () => {
  const customer = await person('Reyes');
  const { accountId } = await firstAccount(customer);
  expect(await store.children('sandbox/third-party-access')).toMatchObject([{ kind: 'empty', operationId: 'GenerateThirdPartyAccessKey' }]);
  const accessPeriod = { type: 'timeframe', startTime: '2025-11-22T00:00:00Z', endTime: '2026-11-22T12:00:00Z' };
  const asked = (...products: string[]) => ({
    customerId: customer.customerId, partnerId: sandbox.credentials.partnerId, thirdPartyPartnerId: '2400000000017', provenance: { ipAddress: '192.0.2.18', token: 'cookie-canary' },
    products: products.map((product) => ({ product, accountId, accessPeriod })),
  });
  await run('GenerateThirdPartyAccessKey', { body: asked('availableBalance', 'accountOwner') });
  const [key] = of(store.shown('sandbox/third-party-access'), 'thirdPartyKey');
  expect(key!.receiptId).toMatch(/^cr_/);
  expect(row(key!)).toBe('Partner 2400000000017 | until Nov 22, 2026 · 1 account · 2 products');
  expect(JSON.stringify(grants.of('sandbox'))).not.toMatch(/canary|192\.0|signature/);
  await run('UpdateThirdPartyAccessKey', { consentReceiptId: key!.receiptId, body: asked('accountOwner') });
  expect(row(key!)).toBe('Partner 2400000000017 | until Nov 22, 2026 · 1 account · account owner');
  await run('RevokeThirdPartyAccessKey', { consentReceiptId: key!.receiptId });
  expect(store.shown('sandbox/third-party-access')).toMatchObject([{ kind: 'empty' }]);
});

test('every row that has a document opens it with the wire\'s own fields', async () => {
  const customer = await person('Okafor');
  const library = new DocumentLibrary({ sessions: { open: async () => session }, purposes: new Purposes(async () => undefined), follow: () => ({ dispose: () => {} }), onChanged: () => {}, now: () => now });
  await session.client.call('createWebhookSubscription', { body: { url: 'https://listener.example.com/a', events: [{ name: 'manage.txpush.account.created' }] } }, {});
  await session.client.call('post-configurations', { body: {} }, {});
  await microDeposits.afterOperation('sandbox', 'InitiateMicroAmountDeposits', { customerId: customer.customerId }, await session.client.call('InitiateMicroAmountDeposits', {
    customerId: customer.customerId, body: { receiver: { routingNumber: '990011226', accountNumber: '60412277', accountType: 'personalChecking', name: 'Marcus Okafor' } },
  }, {}));
  const read = new Map<string, Record<string, unknown>>();
  const open = async (nodes: readonly ExplorerNode[]): Promise<void> => {
    for (const node of nodes) {
      const ref = documentOf(node);
      if (ref && !read.has(ref.kind) && !['statement', 'customerTransactions', 'accountTransactions', 'report'].includes(ref.kind)) {
        const bytes = await library.read({ connectionId: 'sandbox', path: resourcePath(ref), query: '' }).catch((error: unknown) => {
          // Not everybody has a consumer or a business, and an old permission has no details.
          if (error instanceof ApiError && error.status === 404) return undefined;
          throw error;
        });
        if (bytes) read.set(ref.kind, JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>);
      }
      if (isBranch(node.kind) && node.kind !== 'customers' && node.kind !== 'institutions') await open(await store.children(node.path));
    }
  };
  await open(store.shown('sandbox'));
  await open(store.shown(customer.path));
  expect(read.get('consents')).toMatchObject({ found: 1, displaying: 1 });
  expect(read.get('consent')).toHaveProperty('accessPeriod');
  expect(read.get('authorization')).toHaveProperty('authorizationEndDate');
  expect(read.get('depositSwitch')).toHaveProperty('distributions');
  expect(read.get('billPaySwitch')).toHaveProperty('paymentMethods');
  expect(read.get('microDeposit')).toMatchObject({ accountNumberLast4: '2277' });
  expect(read.get('webhookSubscriptions')).toMatchObject({ total: 1 });
  expect(read.get('webhookSubscription')).toHaveProperty('subscriptionId');
  expect(read.get('experiences')).toHaveLength(3);
  expect(read.get('configurations')).toHaveLength(1);
  expect(read.get('configuration')).toHaveProperty('aoRequired');
});
