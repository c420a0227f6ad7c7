// The Operations view: its rows, what it remembers, its words, and what can be run on a row of the explorer.
import { describe, expect, test } from 'vitest';
import { catalogue, operation, type OperationId } from '../../src/api/catalogue.ts';
import { badgesOf, firstBadge } from '../../src/api/operationWords.mjs';
import { knownIds, operationsHere } from '../../src/commands/operations/hereRules.ts';
import { paletteSections } from '../../src/commands/operations/paletteRules.ts';
import { parseRequest } from '../../src/requests/document.ts';
import { requestText } from '../../src/requests/newRequest.ts';
import type { ExplorerNode } from '../../src/tree/nodes.ts';
import { OperationBook } from '../../src/tree/operations/book.ts';
import { describeRow } from '../../src/tree/operations/describe.ts';
import { heads, membersOf, type OperationRow, type RowSource } from '../../src/tree/operations/rows.ts';

const rowsOf = (given: Partial<RowSource> = {}): OperationRow[] => heads({ catalogue, favourites: [], recent: [], search: undefined, ...given });
const labels = (rows: readonly OperationRow[]): string[] => rows.map((row) => describeRow(row).label);
const ids = (rows: readonly OperationRow[]): string[] => rows.flatMap((row) => membersOf(row, []).flatMap((one) => (one.kind === 'operation' ? [one.entry.operationId] : [])));
const memory = (kept: Record<string, unknown> = {}) => ({
  kept, get: <T>(key: string) => kept[key] as T | undefined, update: async (key: string, value: unknown) => void (kept[key] = JSON.parse(JSON.stringify(value))),
});

describe('the list of Run Operation', () => {
  const sections = (search: string, given: Partial<Parameters<typeof paletteSections>[0]> = {}) => paletteSections({ catalogue, favourites: [], recent: [], here: [], search, ...given });
  const all = (search: string) => sections(search).flatMap(({ entries }) => entries.map(({ operationId }) => operationId));

  test('finds what the view finds, by family and by words in any order', () => {
    for (const search of ['verify assets', 'assets verify', 'verification asset', 'customers.get_by_id', 'nothing-of-that-name'])
      expect(all(search).sort(), search).toEqual(ids(rowsOf({ search })).sort());
    expect(all('verify assets')).toContain('GenerateVOAReport');
    expect(all('asset verification')).toContain('GenerateVOAReport');
    expect(all('')).toHaveLength(catalogue.length);
  });

  test('favourites stand on top, then what was used last, then what fits the row; each once, and searched too', () => {
    const given = { favourites: ['GetCustomer', 'NoSuchOperation'], recent: ['GetCustomers', 'GetCustomer'], here: [operation('GetCustomers'), operation('GetCustomerAccounts')] };
    const top = sections('', given).slice(0, 3).map(({ label, entries }) => [label, ...entries.map(({ operationId }) => operationId)]);
    expect(top).toEqual([['favourites', 'GetCustomer'], ['recently used', 'GetCustomers'], ['for what is selected', 'GetCustomerAccounts']]);
    expect(sections('', given).flatMap(({ entries }) => entries)).toHaveLength(catalogue.length);
    expect(sections('assets', given).map(({ label }) => label)).not.toContain('favourites');
  });
});

describe('rows', () => {
  test('every operation stands under its family once', () => {
    const all = ids(rowsOf());
    expect([...all].sort()).toEqual(catalogue.map(({ operationId }) => operationId).sort());
    expect(labels(rowsOf())).not.toContain('Favourites');
    expect(labels(rowsOf())).not.toContain('Recently used');
  });

  test('favourites and recently used are on top, in their own order; ids that the description lost are left out', () => {
    const rows = rowsOf({ favourites: ['GetCustomer', 'Gone', 'AddCustomer'], recent: ['CreateConsumer'] });
    expect(labels(rows).slice(0, 2)).toEqual(['Favourites', 'Recently used']);
    expect(ids(rows.slice(0, 1))).toEqual(['GetCustomer', 'AddCustomer']);
    expect(ids(rows.slice(1, 2))).toEqual(['CreateConsumer']);
    expect(labels(rowsOf({ favourites: ['Gone'] }))).not.toContain('Favourites');
    const paths = rows.flatMap((row) => [row, ...membersOf(row, [])]).map(({ path }) => path);
    expect(new Set(paths).size, 'the editor wants every row\'s id once').toBe(paths.length);
  });

  test.each([
    ['customers.get_by_id', 'GetCustomer'], ['getcustomer', 'GetCustomer'], ['/customers/{customerid}/accounts', 'GetCustomerAccounts'], ['  DELETE   customer ', 'DeleteCustomer'],
  ])('a search for "%s" finds %s, in open families', (search, id) => {
    const rows = rowsOf({ search, favourites: ['AddCustomer'] });
    expect(ids(rows)).toContain(id);
    expect(ids(rows).length).toBeLessThan(catalogue.length / 2);
    expect(rows.map((row) => describeRow(row).state)).toEqual(rows.map(() => 'expanded'));
  });

  test('a search without a match says so and offers the way back', () => {
    const [row, ...others] = rowsOf({ search: 'zz [x](command:y)' });
    expect(others).toEqual([]);
    expect(describeRow(row!)).toMatchObject({ label: expect.stringContaining('No operation has "zz'), command: { id: 'openBanking.clearOperationSearch' } });
    expect(describeRow(row!).tooltip).not.toContain('](command');
  });
});

describe('words', () => {
  const row = (id: OperationId, favourite = false): OperationRow => ({ kind: 'operation', path: id, entry: operation(id), favourite });

  test('badges stand beside the name, the one that matters most is the icon', () => {
    expect(describeRow(row('DeleteCustomer'))).toMatchObject({ description: 'destructive · DeleteCustomer', icon: { id: 'trash', color: 'list.errorForeground' } });
    expect(describeRow(row('GenerateVOAReport'))).toMatchObject({ description: 'billed · FCRA · GenerateVOAReport', icon: { id: 'credit-card' } });
    expect(describeRow(row('RefreshCustomerAccounts')).description).toContain('not to be automated · up to 180 s');
    expect(describeRow(row('GetObbAnalyticsReport'))).toMatchObject({ description: expect.stringContaining('removed in 1.31.2'), icon: { id: 'circle-slash' } });
    expect(describeRow(row('listWebhookSubscriptions')).description).toContain('deprecated');
    expect(describeRow(row('GetCustomer'))).toMatchObject({ description: 'GetCustomer', icon: { id: 'eye' } });
  });

  test('each badge has its words in the row and for screen readers', () => {
    for (const entry of catalogue) {
      const { description, spoken } = describeRow(row(entry.operationId));
      for (const { words } of badgesOf(entry)) {
        expect(description!.split(' · ').slice(0, -1)).toContain(words);
        expect(spoken.split(', ').slice(1)).toContain(words);
      }
      if (badgesOf(entry).length > 0) expect(badgesOf(entry)).toContainEqual(firstBadge(entry));
    }
  });

  test('the tooltip has path, SDK name and flags, and what is lost', () => {
    const { tooltip } = describeRow(row('DeleteCustomer'));
    for (const part of ['DELETE /aggregation/v1/customers/', 'customers\\.', 'destructive', 'Lost by it']) expect(tooltip.replaceAll('\\_', '_')).toContain(part.replace('\\.', '.'));
    expect(describeRow(row('AddAllAccounts')).tooltip).toContain('no name');
  });

  test('menus can tell stars and SDK names', () => {
    expect(describeRow(row('GetCustomer', true)).contextValue).toBe('operation;favourite;sdk');
    expect(describeRow(row('AddAllAccounts')).contextValue).toBe('operation');
  });
});

describe('what it remembers', () => {
  test('stars are kept in order and taken away, and the view is told', async () => {
    let told = 0;
    const state = memory();
    const book = new OperationBook(state, () => (told += 1));
    await book.favour('A', true);
    await book.favour('B', true);
    await book.favour('A', true);
    expect(new OperationBook(state, () => {}).favourites()).toEqual(['B', 'A']);
    await book.favour('B', false);
    expect(book.favourites()).toEqual(['A']);
    expect(told).toBe(4);
  });

  test('the ten used last, each once, the latest first', async () => {
    const book = new OperationBook(memory(), () => {});
    for (let n = 1; n <= 12; n += 1) await book.used(`op${n}`);
    await book.used('op5');
    expect(book.recent()).toEqual(['op5', 'op12', 'op11', 'op10', 'op9', 'op8', 'op7', 'op6', 'op4', 'op3']);
  });

  test('a state that something else wrote does no harm', () => {
    const book = new OperationBook(memory({ 'openBanking.operations.favourites': { a: 1 }, 'openBanking.operations.recent': [1, null, 'A', 'A'] }), () => {});
    expect(book.favourites()).toEqual([]);
    expect(book.recent()).toEqual(['A']);
  });
});

describe('what can be run on a row', () => {
  const at = { path: 'c/x', connectionId: 'c' };
  const account: ExplorerNode = { ...at, kind: 'account', customerId: '7', accountId: '8', state: { level: 'ok', meaning: '', fix: '' }, data: { institutionId: 102105, institutionLoginId: '9' } };
  const here = (node: ExplorerNode): string[] => operationsHere(node, catalogue).flatMap(({ entries }) => entries.map(({ operationId }) => operationId));

  test('an account: its own operations first, then its customer\'s, with every path parameter known', () => {
    const [first, second] = operationsHere(account, catalogue);
    expect(first).toMatchObject({ label: 'for this account' });
    expect(first!.entries.map(({ operationId }) => operationId)).toEqual(expect.arrayContaining(['GetCustomerAccount', 'DeleteCustomerAccount', 'SubscribeToTxPushNotifications']));
    expect(second).toMatchObject({ label: 'for its customer' });
    expect(second!.entries.map(({ operationId }) => operationId)).toEqual(expect.arrayContaining(['GetCustomer', 'GenerateVOAReport', 'AddBusinessDetails', 'GenerateConnectUrl', 'GetCustomerAccountsByInstitutionLogin']));
    const known = knownIds(account);
    for (const { entries } of [first!, second!]) for (const { parameters } of entries)
      for (const p of parameters) if (p.in === 'path') expect(known[p.name] ?? p.enum, p.name).toBeDefined();
    expect(here(account)).not.toContain('GetReportByCustomer');
    expect(here(account)).not.toContain('GetCustomers');
  });

  test('a TxPUSH subscription is no webhook subscription', () => {
    const node: ExplorerNode = { ...at, kind: 'subscription', customerId: '7', accountId: '8', subscriptionId: '5', data: {} };
    expect(here(node)[0]).toBe('DeleteTxPushSubscription');
    expect(here(node)).not.toContain('deleteWebhookSubscription');
  });

  test('rows without an id offer their family; the connection what needs none', () => {
    expect(here({ ...at, kind: 'customers' }).sort()).toEqual(['AddCustomer', 'AddTestingCustomer', 'GetCustomers']);
    const connection = here({ ...at, kind: 'connection', active: true, record: { id: 'c', label: 'C', environment: 'sandbox', baseUrl: '', readOnly: false, store: 'none', createdAt: 0 } });
    expect(connection).toEqual(expect.arrayContaining(['GetCustomers', 'GetInstitutions', 'CreateToken']));
    expect(connection).not.toContain('GetCustomer');
    expect(here({ ...at, kind: 'reports', customerId: '7' })[0]).toMatch(/Report/);
    expect(here({ ...at, kind: 'consumerRecord', customerId: '7', recordId: 'abc', data: {} }).slice(0, 3)).toEqual(expect.arrayContaining(['GetConsumer', 'ModifyConsumer']));
  });

  test('the request is filled with the row\'s ids, in its body too', () => {
    expect(parseRequest(requestText(operation('GetCustomerAccount'), knownIds(account))).input).toMatchObject({ customerId: '7', accountId: '8' });
    expect(parseRequest(requestText(operation('AddBusinessDetails'), knownIds(account))).input).toMatchObject({ customer_id: '7' });
    expect(parseRequest(requestText(operation('GenerateConnectUrl'), knownIds(account))).input.body).toMatchObject({ customerId: '7' });
  });
});
