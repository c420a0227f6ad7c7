// What a person reads in the tree: the words, icons and menu marks of every kind of node.
import { describe, expect, test } from 'vitest';
import { ApiError, GuardRefusal, NetworkError } from '../../src/client/errors.ts';
import { describeNode } from '../../src/tree/describe.ts';
import { documentOf, idOf } from '../../src/tree/documentOf.ts';
import { explainFailure } from '../../src/tree/failures.ts';
import { escapeMarkdown } from '../../src/tree/markdown.ts';
import type { AccountState, ExplorerNode } from '../../src/tree/nodes.ts';
import { SubscriptionBook } from '../../src/tree/subscriptions.ts';
import type { NodeView } from '../../src/tree/view.ts';
import { accountType, age, money, reportType } from '../../src/tree/words.ts';

const now = Date.UTC(2025, 10, 22, 12);
const context = { now, locale: 'en-US' };
const view = (node: ExplorerNode, summary?: string): NodeView => describeNode(node, { ...context, summary });
const at = { path: 'c/x', connectionId: 'c' };
const ok: AccountState = { code: 0, level: 'ok', meaning: 'The last refresh succeeded.', fix: 'Nothing to do.' };
const account = (data: Record<string, unknown>, state = ok): ExplorerNode => ({ ...at, kind: 'account', customerId: '7', accountId: '8', state, institutionName: 'FinBank', data });

describe('connections', () => {
  const record = { id: 'p', label: 'Main', environment: 'production' as const, baseUrl: 'https://api.finicity.com', readOnly: true, store: 'osKeychain' as const, createdAt: 0 };

  test('production is unmistakable, and the tooltip says what holds its secrets', () => {
    const shown = view({ ...at, kind: 'connection', record, active: true });
    expect(shown).toMatchObject({ label: 'Main', description: 'PRODUCTION · read-only · active', state: 'expanded', contextValue: 'connection;production;active;readOnly', icon: { color: 'charts.red' } });
    expect(shown.tooltip).toContain('the operating system\'s keychain');
  });

  test('one that is not active is closed and can be told from the active one by menus', () => {
    expect(view({ ...at, kind: 'connection', record: { ...record, environment: 'testDrive', readOnly: false }, active: false }))
      .toMatchObject({ description: 'test drive', state: 'collapsed', contextValue: 'connection;testDrive;inactive' });
  });
});

describe('customers', () => {
  test('a group shows its count, a search what it looks for', () => {
    expect(view({ ...at, kind: 'customerType', type: 'testing', found: 51234, open: true })).toMatchObject({ label: 'Testing', description: '51,234', state: 'expanded', contextValue: 'customerType;testing' });
    expect(view({ ...at, kind: 'customers', search: 'smi', type: 'active' }, '12 found')).toMatchObject({ description: '"smi", active only · 12 found', contextValue: 'customers;filtered' });
  });

  test('the name comes first, the username beside it; a nameless one shows its username once', () => {
    const data = { id: '7', username: 'dana-reyes-01', firstName: 'Dana', lastName: 'Reyes', type: 'testing', createdDate: '1750000000' };
    expect(view({ ...at, kind: 'customer', customerId: '7', data })).toMatchObject({ label: 'Dana Reyes', description: 'dana-reyes-01', contextValue: 'customer;testing', spoken: 'Dana Reyes, username dana-reyes-01, testing customer' });
    expect(view({ ...at, kind: 'customer', customerId: '7', data: { ...data, firstName: null, lastName: null } })).toMatchObject({ label: 'dana-reyes-01' });
    expect(view({ ...at, kind: 'customer', customerId: '7', data: { ...data, firstName: null, lastName: null } }).description).toBeUndefined();
  });

  test('"load more" says how far it is', () => {
    expect(view({ ...at, kind: 'more', of: 'c', shown: 25, found: 512 })).toMatchObject({ label: 'Load more (25 of 512)', command: { id: 'openBanking.loadMore' } });
    expect(view({ ...at, kind: 'more', of: 'c', shown: 25 })).toMatchObject({ label: 'Load more (25)' });
  });
});

describe('accounts', () => {
  test('type in words, last four, balance in its currency', () => {
    const shown = view(account({ name: 'Everyday', type: '401k', number: 'xxxx-4321', balance: -1234.5, currency: 'USD', balanceDate: now / 1000 - 7200 }));
    expect(shown).toMatchObject({ label: 'Everyday', description: '-$1,234.50 · ··4321 · 401(k)', icon: { id: 'pass' }, contextValue: 'account;ok', spoken: 'Everyday, 401(k), ending in 4321, -$1,234.50, up to date' });
    expect(shown.tooltip).toContain('2 hours ago');
  });

  test('a state that asks for somebody is told by icon, words and tooltip alike', () => {
    const shown = view(account({ name: 'Everyday', type: 'checking' }, { code: 103, level: 'reconnect', meaning: 'The institution refuses the sign-in.', fix: 'Send the person through Connect Fix.' }));
    expect(shown).toMatchObject({ icon: { id: 'debug-disconnect' }, contextValue: 'account;reconnect' });
    expect(shown.description).toContain('sign-in needed');
    expect(shown.tooltip).toContain('103: The institution refuses the sign\\-in.');
    expect(shown.tooltip).toContain('What to do: Send the person through Connect Fix.');
  });

  test('nulls and absent fields of a first sign-in leave nothing odd behind', () => {
    const shown = view(account({ name: null, type: 'checking', balance: null, currency: null, number: null }, { level: 'new', meaning: 'Not read yet.', fix: 'Refresh.' }));
    expect(shown).toMatchObject({ label: 'Checking', description: 'not read yet' });
    expect(shown.tooltip).not.toMatch(/null|undefined|NaN/);
  });

  test('a login shows the worst of its accounts', () => {
    const node: ExplorerNode = { ...at, kind: 'institutionLogin', customerId: '7', institutionId: '102105', institutionLoginId: '93', state: { code: 946, level: 'gone', meaning: 'm', fix: 'f' }, accountCount: 1, data: {} };
    expect(view(node)).toMatchObject({ label: 'Institution 102105', description: 'gone at the institution · 1 account', state: 'expanded', contextValue: 'institutionLogin;gone' });
    expect(view({ ...node, shortId: '0093' } as ExplorerNode).description).toBe('gone at the institution · login ··0093 · 1 account');
  });

  test('a statement is named by a month that it may not keep, and says what it costs', () => {
    const shown = view({ ...at, kind: 'statement', customerId: '7', accountId: '8', index: 1, month: '2025-10', data: {} });
    expect(shown).toMatchObject({ label: 'October 2025', description: 'newest', opens: true, state: 'leaf' });
    expect(shown.tooltip).toMatch(/billable/);
    expect(shown.tooltip).toMatch(/counted back/);
  });
});

describe('reports', () => {
  const report = (status: string, more: Record<string, unknown> = {}): NodeView =>
    view({ ...at, kind: 'report', customerId: '7', reportId: 'r-voi', title: 'Verification of Assets', data: { status, type: 'voa', createdDate: now / 1000 - 180, ...more } });

  test('one that is being made spins; a finished one says its age; a failed one why', () => {
    expect(report('inProgress')).toMatchObject({ icon: { id: 'loading~spin' }, description: 'being made · 3 minutes ago', contextValue: 'report;running' });
    expect(report('success')).toMatchObject({ icon: { id: 'pass' }, description: '3 minutes ago', contextValue: 'report;success', opens: true });
    const failed = report('failure', { errors: [{ code: 10100, message: 'no transactions' }] });
    expect(failed).toMatchObject({ description: 'failed · 3 minutes ago', contextValue: 'report;failure' });
    expect(failed.tooltip).toContain('10100: no transactions');
  });

  test('any status that is not an end counts as running', () => {
    expect(report('editing').contextValue).toBe('report;running');
  });
});

describe('institutions and applications', () => {
  test('what an institution is certified for is in words', () => {
    const shown = view({ ...at, kind: 'institution', institutionId: '5', data: { id: 5, name: 'FinBank', voa: true, ach: 'true', voi: false, status: 'online', oauthEnabled: true } });
    expect(shown).toMatchObject({ label: 'FinBank', description: '5', contextValue: 'institution;oauth' });
    expect(shown.tooltip).toContain('Certified for: ACH details, Verification of assets');
    expect(view({ ...at, kind: 'institution', institutionId: '5', data: { name: 'X', status: 'maintenance' } })).toMatchObject({ description: 'maintenance · 5', icon: { id: 'warning' } });
  });

  test('a registration letter is a word', () => {
    expect(view({ ...at, kind: 'appRegistration', preAppId: '13', data: { name: 'Budget', status: 'R', note: 'logo missing' } })).toMatchObject({ label: 'Budget', description: 'rejected', contextValue: 'appRegistration;R' });
  });
});

describe('failures', () => {
  const explanation = { title: 'Customer not found', meaning: 'No customer has this id.', fix: 'Check the id.', retryable: false };
  const answer = { status: 404, headers: {}, contentType: 'application/json', body: {}, size: 2, durationMs: 1 };

  test('a row has the API\'s code and our few words; the tooltip all of it', () => {
    const words = explainFailure(new ApiError({ operationId: 'GetCustomer', family: 'Customers', code: '14001', apiMessage: 'Customer not found.', explanation, answer }));
    expect(words).toMatchObject({ text: 'Customer not found', code: '14001' });
    expect(words.detail).toMatch(/14001.*No customer has this id\..*Check the id\./);
    const shown = view({ ...at, kind: 'failed', of: 'c', next: 'all', ...words });
    expect(shown).toMatchObject({ description: 'code 14001', command: { id: 'openBanking.retry' }, spoken: 'Failed: Customer not found, code 14001. Press Enter to retry.' });
    expect(shown.tooltip).toContain('Check the id.');
  });

  test('an answer without a code shows its status', () => {
    expect(explainFailure(new ApiError({ operationId: 'GetCustomer', family: 'Customers', explanation, answer })).code).toBe('HTTP 404');
  });

  test('a network failure, a No and a cancel have words of their own; a fault of ours shows none of its insides', () => {
    expect(explainFailure(new NetworkError('refused', 'The connection was refused. Check the base URL.')).text).toBe('The connection was refused');
    expect(explainFailure(new GuardRefusal('GetAssetByCustomerID', 'no', true)).text).toBe('Not read: you said no');
    expect(explainFailure(new GuardRefusal('DeleteCustomer', 'This connection is read-only. Nothing was sent.')).text).toBe('This connection is read-only');
    expect(JSON.stringify(explainFailure(new TypeError('x.y of /home/me is undefined')))).not.toMatch(/home|undefined/);
  });

  test('an empty branch is a hint that does something when it is chosen', () => {
    expect(view({ ...at, kind: 'empty', of: 'c', text: 'No consumer yet: create one', command: 'openBanking.createConsumer' })).toMatchObject({ state: 'leaf', command: { id: 'openBanking.createConsumer' } });
  });
});

describe('words', () => {
  test('foreign text cannot format, link or become HTML in a tooltip', () => {
    expect(escapeMarkdown('[x](command:y) <b>*z*</b>\n# h')).toBe('\\[x\\]\\(command:y\\) &lt;b&gt;\\*z\\*&lt;/b&gt; \\# h');
    expect(view({ ...at, kind: 'customer', customerId: '7', data: { firstName: '[Run](command:evil)', username: 'x' } }).tooltip).not.toContain('](command');
  });

  test('money, ages and types', () => {
    expect(money(12.5, 'EUR', 'de-DE')).toBe('12,50\u00a0€');
    expect(money(12.5, 'doubloons')).toBe('12.50 doubloons');
    expect(age(now - 1000, now)).toBe('just now');
    expect(age(now - 86_400_000, now)).toBe('1 day ago');
    expect(age(now + 5000, now)).toBe('just now');
    expect(accountType('moneyMarket')).toBe('Money market');
    expect(accountType('someNewType')).toBe('Some new type');
    expect(reportType('barbcra')).toBe('Balance Analytics (business)');
    expect(reportType('brandnew')).toBe('brandnew');
  });
});

test('what a node copies and opens is its own', () => {
  const node = account({});
  expect(idOf(node)).toBe('8');
  expect(documentOf(node)).toEqual({ kind: 'account', customerId: '7', accountId: '8' });
  expect(documentOf({ ...at, kind: 'subscription', customerId: '7', accountId: '8', subscriptionId: '1', data: {} })).toBeUndefined();
});

describe('TxPUSH subscriptions', () => {
  const memory = (): { kept: Map<string, unknown>; get<T>(key: string): T | undefined; update(key: string, value: unknown): Promise<void> } => {
    const kept = new Map<string, unknown>();
    return { kept, get: <T>(key: string) => kept.get(key) as T | undefined, update: async (key, value) => void kept.set(key, value) };
  };
  const input = { customerId: '7', accountId: '8' };
  const made = { subscriptions: [{ id: 1, accountId: 8, type: 'account', callbackUrl: 'https://x/?key=hush', signingKey: 'canary' }, { id: 2, accountId: 8, type: 'transaction', signingKey: 'canary' }] };

  test('those made here are remembered without their keys and addresses, and forgotten when they end', async () => {
    const state = memory();
    const book = new SubscriptionBook(state, () => now);
    await book.afterOperation('c', 'SubscribeToTxPushNotifications', input, made);
    expect(book.of('c', '8')).toMatchObject([{ id: '1', type: 'account' }, { id: '2', type: 'transaction' }]);
    expect(book.of('other', '8')).toEqual([]);
    expect(JSON.stringify([...state.kept])).not.toMatch(/canary|hush/);
    await book.afterOperation('c', 'DeleteTxPushSubscription', { customerId: '7', subscriptionId: '1' }, undefined);
    expect(book.of('c', '8').map(({ id }) => id)).toEqual(['2']);
    await book.afterOperation('c', 'DisableTxPushNotifications', input, undefined);
    expect(book.of('c', '8')).toEqual([]);
  });

  test('with its connection, what was noted of it goes, and nothing else', async () => {
    const state = memory();
    const book = new SubscriptionBook(state, () => now);
    await book.afterOperation('c', 'SubscribeToTxPushNotifications', input, made);
    await book.afterOperation('other', 'SubscribeToTxPushNotifications', input, made);
    await book.forgetConnection('c');
    expect(state.kept.get('openBanking.txpush.c')).toBeUndefined();
    expect(book.of('other', '8')).toHaveLength(2);
  });

  test('a damaged memory is taken for an empty one', () => {
    const state = memory();
    state.kept.set('openBanking.txpush.c', 'not a list');
    expect(new SubscriptionBook(state).of('c', '8')).toEqual([]);
  });
});
