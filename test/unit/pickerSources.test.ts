// What the pickers offer, through the real client against the sandbox; and that looking an id up costs nothing and asks nobody anything.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { operation, type OperationId } from '../../src/api/catalogue.ts';
import { createClient } from '../../src/client/client.ts';
import { ApiError } from '../../src/client/errors.ts';
import type { AnyInput, CallRecord, Client } from '../../src/client/types.ts';
import { undiciFetch } from '../../src/client/undiciFetch.ts';
import { createApprove } from '../../src/guard/approve.ts';
import type { Asked, PickerRow } from '../../src/requests/pickerReading.ts';
import { emptyWords, failureWords, missingFirst, pickerOperations, pickerSources } from '../../src/requests/pickerSources.ts';
import { AnsweredIdBook } from '../../src/tree/answeredIds.ts';
import { GrantBook } from '../../src/tree/grants.ts';
import { MicroDepositBook } from '../../src/tree/microDeposits.ts';
import { rememberedIds, type Books, type RememberedId } from '../../src/tree/remembered.ts';
import { SubscriptionBook } from '../../src/tree/subscriptions.ts';
import type { PickerKind } from '../../src/webviews/protocol/request.ts';
import { startSandbox, type TestSandbox } from '../support/sandbox.ts';

const now = Date.UTC(2025, 10, 22, 12);
const engine = undiciFetch();
let sandbox: TestSandbox;
let client: Client;
let calls: CallRecord[] = [];
let origins: (string | undefined)[] = [];
let customers: { id: string; username: string; firstName?: string; lastName?: string; type: string }[];

beforeAll(async () => {
  sandbox = await startSandbox({ customers: 130, now: now / 1000 });
  client = createClient({
    baseUrl: sandbox.url, fetch: engine.fetch, credentials: sandbox.credentials, approve: async (_entry, _input, { origin }) => void origins.push(origin), log: (call) => calls.push(call),
    ledger: { beforeAttempt: async () => {}, afterFailure: async () => {}, afterSuccess: async () => {} },
  });
  const page = await client.call('GetCustomers', { limit: 1000 });
  customers = page.customers as typeof customers;
});
afterAll(async () => {
  client.close();
  await engine.close();
  await sandbox.stop();
});
beforeEach(() => {
  calls = [];
  origins = [];
});

const asked = (known: Record<string, string> = {}, more: Partial<Asked> = {}): Asked =>
  ({ client, known, signal: new AbortController().signal, remembered: [], institutions: new Map(), now, locale: 'en-US', ...more });
const first = async (kind: PickerKind, of: Asked): Promise<readonly PickerRow[]> => {
  for await (const { rows } of pickerSources[kind].read(of)) return rows;
  return [];
};
const used = (): string[] => calls.map(({ operationId }) => operationId).filter((id) => id !== 'CreateToken');
/** A client whose answers a test writes. */
const answering = (answers: Partial<Record<OperationId, unknown>>): Client => {
  const send = async (id: OperationId): Promise<unknown> => {
    if (!(id in answers)) throw new Error(`${id} is not expected`);
    return answers[id];
  };
  const pages = async function* (id: OperationId) {
    const body = await send(id) as { items?: unknown[] };
    yield { items: body.items ?? [], more: false, body };
  };
  return { ...client, call: send, pages } as unknown as Client;
};

describe('looking an id up', () => {
  test.each(pickerOperations)('%s is a reading that is not billed, contacts no bank and may be called by machine', (id) => {
    const entry = operation(id);
    expect(entry.method).toBe('GET');
    expect(entry.automation).toBe('allowed');
    expect(entry.billable).not.toBe('yes');
    expect(entry.fcra).toBe('no');
    for (const flag of ['liveInstitution', 'mfa', 'destructive', 'movesMoney', 'sendsMail', 'firesWebhooks', 'report', 'removed'] as const) expect(entry[flag], flag).toBeUndefined();
  });

  test.each(pickerOperations)('the guard lets %s pass without a question, in production and read-only too', async (id) => {
    const approve = createApprove({
      connection: () => ({ id: 'mine', label: 'Mine', environment: 'production', baseUrl: 'https://api.finicity.com', readOnly: true }), ask: () => { throw new Error('asked'); },
    } as unknown as Parameters<typeof createApprove>[0]);
    await approve(operation(id), {}, { origin: 'command' });
  });

  test('no picker calls anything else, and each says that a person stands behind it', async () => {
    const wanted: Record<string, string>[] = [{ customerId: customers[0]!.id, subscription_id: 'none', appName: 'none' }, { consumerId: 'none', consent_receipt_id: 'none' }, {}];
    for (const kind of Object.keys(pickerSources) as PickerKind[]) {
      for (const known of wanted.filter((one) => missingFirst(kind, one).length === 0)) {
        const reading = first(kind, asked(known));
        await reading.catch((error: unknown) => expect(error).toBeInstanceOf(ApiError));
      }
    }
    expect([...new Set(used())].sort()).toEqual([...pickerOperations].sort());
    expect([...new Set(origins)]).toEqual(['command']);
  });

  test('a cancelled reading ends', async () => {
    const controller = new AbortController();
    const reading = first('customer', asked({}, { signal: controller.signal }));
    controller.abort();
    await expect(reading).rejects.toMatchObject({ kind: 'cancelled' });
  });
});

describe('customers', () => {
  test('are searched by the API and come in pages', async () => {
    const pages = [];
    for await (const page of pickerSources.customer.read(asked())) pages.push(page);
    expect(pages.map(({ rows, more, found }) => [rows.length, more, found])).toEqual([[50, true, customers.length], [50, true, customers.length], [customers.length - 100, false, customers.length]]);
    expect(new Set(pages.flatMap(({ rows }) => rows.map(({ value }) => value))).size).toBe(customers.length);
  });

  test('a search finds those of the name, and says who they are', async () => {
    const someone = customers.find(({ lastName }) => lastName)!;
    const rows = await first('customer', asked({}, { search: someone.lastName }));
    const row = rows.find(({ value }) => value === someone.id)!;
    expect(row).toMatchObject({ label: `${someone.firstName} ${someone.lastName}`, description: `${someone.username} · ${someone.id} · ${someone.type}` });
    expect(rows.length).toBeLessThan(customers.length);
    expect(await first('customer', asked({}, { search: 'nobody-has-this-name' }))).toEqual([]);
    expect(emptyWords('customer', { known: {}, search: 'nobody-has-this-name' })).toEqual({ label: 'No customer found for "nobody-has-this-name"', detail: 'First and last names and usernames are searched, not ids.' });
  });
});

describe('accounts', () => {
  test('of a customer, by institution, with what tells them apart', async () => {
    const customerId = await someoneWithAccounts();
    const { accounts } = await client.call('GetCustomerAccounts', { customerId });
    calls = [];
    const rows = await first('account', asked({ customerId }));
    expect(rows.map(({ value }) => value).sort()).toEqual(accounts.map(({ id }) => id).sort());
    const groups = rows.map(({ group }) => group);
    expect(groups.every((group, at) => group !== undefined && (groups.indexOf(group) === at || groups[at - 1] === group))).toBe(true);
    const account = accounts.find(({ id }) => id === rows[0]!.value)!;
    expect(rows[0]).toMatchObject({ label: expect.stringContaining('··'), description: expect.stringContaining(rows[0]!.value), also: { institutionLoginId: String(account.institutionLoginId), institutionId: account.institutionId } });
    expect(used().filter((id) => id === 'GetInstitution')).toHaveLength(new Set(accounts.map(({ institutionId }) => institutionId)).size);
  });

  test('need the customer first, unless the request names one', () => {
    expect(missingFirst('account', {})).toEqual(['customer']);
    expect(missingFirst('accounts', { customerId: '7' })).toEqual([]);
    expect(missingFirst('report', { consumerId: 'a' })).toEqual([]);
    expect(missingFirst('institutionLogin', { consent_receipt_id: 'c' })).toEqual([]);
    expect(missingFirst('webhookEvent', {})).toEqual(['webhookSubscription']);
    expect(missingFirst('customer', {})).toEqual([]);
  });

  test('a customer without any reads as such', async () => {
    const { id } = await client.call('AddTestingCustomer', { body: { username: `picker-${now}` } });
    expect(await first('account', asked({ customerId: id }))).toEqual([]);
    expect(emptyWords('account', { known: { customerId: id } })).toEqual({ label: 'This customer has no accounts', detail: expect.stringContaining('Add FinBank Accounts') });
    expect(await first('consumer', asked({ customerId: id }))).toEqual([]);
    expect(emptyWords('consumer', { known: { customerId: id } }).label).toBe('This customer has no consumer');
    expect(await first('business', asked({ customerId: id }))).toEqual([]);
    for (const kind of ['institutionLogin', 'report', 'consent', 'transaction', 'depositSwitch', 'billPaySwitch'] as const) expect(await first(kind, asked({ customerId: id })), kind).toEqual([]);
  });

  test('a name that cannot be read is no reason to offer no accounts', async () => {
    const fake = answering({ GetCustomerAccounts: { accounts: [{ id: '81', name: 'Savings', institutionId: '5', type: 'savings' }, { name: 'without id' }] } });
    expect(await first('account', asked({ customerId: '7' }, { client: fake }))).toMatchObject([{ value: '81', label: 'Savings', group: 'Institution 5', description: 'Savings · 81' }]);
  });
});

const someoneWithAccounts = async (): Promise<string> => {
  for (const { id } of customers) if ((await client.call('GetCustomerAccounts', { customerId: id })).accounts.length > 1) return id;
  throw new Error('nobody has accounts');
};

describe('what hangs on a customer', () => {
  test('institution logins gather their accounts', async () => {
    const customerId = await someoneWithAccounts();
    const { accounts } = await client.call('GetCustomerAccounts', { customerId });
    const rows = await first('institutionLogin', asked({ customerId }));
    expect(rows.map(({ value }) => value)).toEqual([...new Set(accounts.map(({ institutionLoginId }) => String(institutionLoginId)))]);
    expect(rows[0]!.description).toMatch(/^\d+ · \d+ accounts?$/);
  });

  test('reports, newest first, of the customer or of the consumer', async () => {
    for (const { id } of customers) {
      const { reports } = await client.call('GetReportsByCustomerId', { customerId: id });
      const consumerId = reports.find((report) => report.consumerId)?.consumerId;
      if (reports.length < 2 || !consumerId) continue;
      const rows = await first('report', asked({ customerId: id }));
      expect(rows.map(({ value }) => value).sort()).toEqual(reports.map((report) => report.id).sort());
      expect(rows[0]).toMatchObject({ label: expect.not.stringMatching(/^[a-z]+$/), description: expect.stringMatching(/ · (done|failed|in progress)$/), detail: rows[0]!.value });
      expect((await first('report', asked({ consumerId }))).map(({ value }) => value)).toContain(reports.find((report) => report.consumerId)!.id);
      expect((await first('consumer', asked({ customerId: id })))).toMatchObject([{ value: consumerId }]);
      return;
    }
    throw new Error('nobody has reports');
  });

  test('transactions, newest first, by either of their two ids', async () => {
    const customerId = await someoneWithAccounts();
    const [plain, unique] = [await first('transaction', asked({ customerId })), await first('uniqueTransaction', asked({ customerId }))];
    expect(plain.length).toBeGreaterThan(10);
    expect(unique.map(({ value }) => value)).toEqual(plain.map(({ value, also }) => `${also!.accountId}-${value}`));
    expect(plain[0]!.description).toMatch(/^-?\$[\d,.]+ · \w+ \d+, \d{4} · account \d+$/);
  });

  test('consents and their institution logins', async () => {
    for (const { id } of customers) {
      const [row] = await first('consent', asked({ customerId: id }));
      if (!row) continue;
      const logins = await first('institutionLogin', asked({ consent_receipt_id: row.value }));
      expect(logins.length).toBeGreaterThan(0);
      expect(logins[0]).toMatchObject({ value: expect.stringMatching(/^\d+$/), label: expect.stringMatching(/^(?!Institution$)/) });
      return;
    }
    throw new Error('nobody gave a consent');
  });

  test('an empty list says what to do in one line', () => {
    for (const kind of Object.keys(pickerSources) as PickerKind[]) {
      const { label, detail } = emptyWords(kind, { known: { customerId: '7' } });
      expect(label.length, label).toBeLessThanOrEqual(70);
      expect(detail.length, detail).toBeLessThanOrEqual(92);
    }
  });

  test('a customer that is not there is a failure with words, not an empty list', async () => {
    const error = await first('account', asked({ customerId: '1' })).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ApiError);
    expect(failureWords('account', error)).toEqual({ label: 'The accounts could not be read: Not found (14001)', detail: expect.stringMatching(/^Check the id/) });
  });
});

describe('what hangs on the connection', () => {
  test('institutions are searched and have numbers', async () => {
    const rows = await first('institution', asked({}, { search: 'FinBank' }));
    expect(rows.map(({ value, label }) => [value, label])).toContainEqual(['102105', 'FinBank Profiles - A']);
  });

  test('webhook subscriptions and their events', async () => {
    expect(await first('webhookSubscription', asked())).toEqual([]);
    const made = await client.call('createWebhookSubscription', { body: { url: 'https://listener.example.com/events', events: [{ name: 'mastercard.openbanking.customer.consent' }] } } as never) as { subscriptionId: string; events: { webhookEventId: string; name: string }[] };
    const [row] = await first('webhookSubscription', asked());
    expect(row).toMatchObject({ value: made.subscriptionId, label: made.events[0]!.name });
    expect(await first('webhookEvent', asked({ subscription_id: made.subscriptionId }))).toMatchObject([{ value: made.events[0]!.webhookEventId, label: made.events[0]!.name }]);
  });

  test('an app by its name, its registration and its own id; those without one are left out', async () => {
    const application = {
      appDescription: 'd', appName: 'Picker App', appUrl: 'https://x.example.com', ownerAddressLine1: 'a', ownerAddressLine2: 'b', ownerCity: 'c', ownerCountry: 'USA', ownerName: 'n', ownerPostalCode: '84074', ownerState: 'UT',
      image: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64'),
    };
    const { preAppId } = await client.call('RegisterApp', { body: application }) as { preAppId: number };
    expect((await first('registration', asked())).map(({ value }) => value)).toContain(String(preAppId));
    expect((await first('appName', asked())).map(({ value }) => value)).toContain('Picker App');
    expect((await first('app', asked())).some(({ label }) => label === 'Picker App')).toBe(false);
  });

  test('experiences by app, over pages of apps', async () => {
    const rows = [];
    for await (const page of pickerSources.experience.read(asked())) rows.push(...page.rows);
    expect(rows.every(({ value, group }) => /^[0-9a-f-]{36}$/i.test(value) && group !== undefined)).toBe(true);
    expect(rows.length).toBeGreaterThan(0);
    expect(await first('experience', asked({ appName: rows[0]!.group! }))).toContainEqual(rows[0]);
  });
});

describe('what the API cannot list', () => {
  let books: Books;
  const remembered = (): RememberedId[] => rememberedIds(books, 'sandbox');
  beforeEach(() => {
    const kept = new Map<string, unknown>();
    const memory = { get: <T>(key: string) => kept.get(key) as T | undefined, update: async (key: string, value: unknown) => void kept.set(key, value) };
    let at = now;
    const tick = () => (at += 1000);
    books = { subscriptions: new SubscriptionBook(memory, tick), grants: new GrantBook(memory, tick), microDeposits: new MicroDepositBook(memory, tick), answered: new AnsweredIdBook(memory, tick) };
  });
  const run = async (operationId: OperationId, input: AnyInput): Promise<unknown> => {
    const { body } = await client.send(operationId, input);
    for (const book of Object.values(books)) await book.afterOperation('sandbox', operationId, input, body);
    return body;
  };

  test('a stored pay statement is offered where an asset is asked for, and only for its customer', async () => {
    const customerId = await someoneWithAccounts();
    const { assetId } = await run('StoreCustomerPayStatement', { customerId, body: { label: 'lastPayPeriod', statement: 'JVBERi0xLjQK' } }) as { assetId: string };
    const rows = await first('asset', asked({ customerId }, { remembered: remembered() }));
    expect(rows).toMatchObject([{ value: assetId, label: 'Pay statement: lastPayPeriod', detail: assetId, also: { customerId } }]);
    expect(await first('assets', asked({}, { remembered: remembered() }))).toHaveLength(1);
    expect(await first('asset', asked({ customerId: '1' }, { remembered: remembered() }))).toEqual([]);
    expect(emptyWords('asset', { known: {} })).toEqual({ label: 'No stored files are known from here', detail: expect.stringMatching(/^StoreCustomerPayStatement stores one\. The API lists none/) });
  });

  test('a person\'s own words are not kept', async () => {
    await books.answered.afterOperation('sandbox', 'StoreCustomerPayStatement', { customerId: '7', body: { label: 'of Dana Reyes 999-60-1111' } }, { assetId: 'a-7' });
    expect(JSON.stringify(books.answered.of('sandbox'))).not.toMatch(/Dana|999/);
    expect(books.answered.of('sandbox')).toMatchObject([{ id: 'a-7', words: 'Pay statement' }]);
  });

  test('a bank\'s statements, once listed', async () => {
    const customerId = await someoneWithAccounts();
    for (const { id: accountId } of (await client.call('GetCustomerAccounts', { customerId })).accounts) {
      await run('GetCustomerAccountMultipleStatement', { customerId, accountId, index: '1,2' });
      const rows = await first('asset', asked({ customerId, accountId }, { remembered: remembered() }));
      if (rows.length === 0) continue;
      expect(rows[0]).toMatchObject({ label: expect.stringMatching(/^Bank statement of \d{4}-\d\d-\d\d$/), also: { customerId, accountId } });
      expect((await client.send('GetAssetByCustomerID', { customerId, assetId: rows[0]!.value })).status).toBe(200);
      return;
    }
    throw new Error('no account has statements');
  });

  test('a TxPUSH subscription, with the ids that deleting it needs', async () => {
    const customerId = await someoneWithAccounts();
    const accountId = (await client.call('GetCustomerAccounts', { customerId })).accounts[0]!.id;
    await books.subscriptions.afterOperation('sandbox', 'SubscribeToTxPushNotifications', { customerId, accountId }, { subscriptions: [{ id: 41, type: 'account' }, { id: 42, type: 'transaction' }] });
    const rows = await first('subscription', asked({}, { remembered: remembered() }));
    expect(rows.map(({ value, label }) => [value, label]).sort()).toEqual([['41', 'Tells of the account'], ['42', 'Tells of the transaction']]);
    expect(rows[0]!.also).toEqual({ customerId, accountId });
    expect(await first('subscription', asked({ accountId: 'another' }, { remembered: remembered() }))).toEqual([]);
  });

  test('portfolios, payment requests, refreshes and reports of the older analytics', async () => {
    await books.answered.afterOperation('sandbox', 'GenerateVOAReport', { customerId: '7' }, { id: 'r-voa', portfolioId: 'abcdefghijkl-1-port', customerId: 7 });
    await books.answered.afterOperation('sandbox', 'GeneratePaymentSuccessIndicators', { customerId: '7', accountId: '8' }, { payRequestId: '408215530971664283' });
    await books.answered.afterOperation('sandbox', 'refreshTransactions', { customerId: '7' }, { refreshId: 'f-1' });
    await books.answered.afterOperation('sandbox', 'GenerateBalanceAnalytics', { customerId: '7' }, { reportId: 'b-1' });
    await books.answered.afterOperation('sandbox', 'GetCustomer', { customerId: '7' }, { id: '7' });
    const offered = async (kind: PickerKind): Promise<string[]> => (await first(kind, asked({ customerId: '7' }, { remembered: remembered() }))).map(({ value }) => value);
    expect([await offered('portfolio'), await offered('paymentIndicator'), await offered('transactionRefresh'), await offered('legacyReport')])
      .toEqual([['abcdefghijkl-1-port'], ['408215530971664283'], ['f-1'], ['b-1']]);
    await books.answered.forgetCustomer('sandbox', '7');
    expect(remembered()).toEqual([]);
  });

  test('a damaged memory is an empty one', () => {
    const book = new AnsweredIdBook({ get: <T>() => 'nonsense' as T, update: async () => {} });
    expect(book.of('sandbox')).toEqual([]);
  });
});

describe('words of others', () => {
  const hostile = '$(trash) [Dana](command:workbench.action.quit)\n\u202eabc';
  const harmless = (row: PickerRow): void => {
    for (const words of [row.label, row.description, row.detail, row.group]) expect(words ?? '').not.toMatch(/\$\(|\]\(|\n|\u202e/);
  };

  test('are neither links nor icons in a row', async () => {
    const fake = answering({
      GetCustomers: { items: [{ id: hostile, firstName: hostile, username: hostile, type: hostile }] },
      GetCustomerAccounts: { accounts: [{ id: hostile, name: hostile, type: hostile, currency: hostile, balance: 1, institutionId: hostile, institutionLoginId: hostile }] },
      GetReportsByCustomerId: { reports: [{ id: hostile, type: hostile, status: hostile }] },
      GetAllCustomerTransactions: { items: [{ id: 1, description: hostile, memo: hostile, accountId: hostile, currencySymbol: hostile, amount: 1 }] },
      getApplications: { items: [{ preAppId: 1, applicationId: hostile, name: hostile, status: 'A' }] },
      GetAllExperience: [{ id: hostile, productCode: [hostile] }],
    });
    for (const kind of ['customer', 'account', 'institutionLogin', 'report', 'transaction', 'app', 'appName', 'experience'] as const) {
      const rows = await first(kind, asked({ customerId: '7' }, { client: fake }));
      expect(rows.length, kind).toBe(1);
      harmless(rows[0]!);
    }
    const notes: RememberedId[] = [{ kind: 'subscription', id: hostile, customerId: hostile, accountId: hostile, words: hostile, notedAt: now }];
    harmless((await first('subscription', asked({}, { remembered: notes })))[0]!);
    harmless({ value: '', ...emptyWords('customer', { known: {}, search: hostile }) });
  });

  test('an id is taken as it is, whatever it looks like', async () => {
    const rows = await first('customer', asked({}, { client: answering({ GetCustomers: { items: [{ id: 7200000001, username: 'x' }, { id: null }, {}, 5] } }) }));
    expect(rows.map(({ value }) => value)).toEqual(['7200000001']);
  });
});
