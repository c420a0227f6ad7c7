// The store behind the tree, with a source whose answers the test gives one by one.
import { beforeEach, describe, expect, test } from 'vitest';
import type { ExplorerNode } from '../../src/tree/nodes.ts';
import { Poller } from '../../src/tree/polling.ts';
import type { LoadRequest, LoadResult, Located } from '../../src/tree/source.ts';
import { TreeStore } from '../../src/tree/store.ts';

const customer = (id: string, name = id, path = `c/customers/${id}`): ExplorerNode => ({ kind: 'customer', path, connectionId: 'c', customerId: id, data: { firstName: name } });
const customers: ExplorerNode = { kind: 'customers', path: 'c/customers', connectionId: 'c' };
const connection = { kind: 'connection', path: 'c', connectionId: 'c', active: true, record: { id: 'c' } } as unknown as ExplorerNode;
const group: ExplorerNode = { kind: 'customerType', path: 'c/customers/testing', connectionId: 'c', type: 'testing' };
const report = (id: string, status: string): ExplorerNode => ({ kind: 'report', path: `c/customers/7/reports/${id}`, connectionId: 'c', customerId: '7', reportId: id, title: id, data: { status } });

interface Asked extends LoadRequest {
  path: string;
  answer(result: LoadResult): Promise<void>;
  fail(message: string): Promise<void>;
}

let asked: Asked[];
let changes: string[];
let busy: boolean[];
let store: TreeStore;
let found: Located | undefined;
let fixed: Map<string, LoadResult>;
let now: number;

const settle = async (): Promise<void> => {
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
};

beforeEach(() => {
  asked = [];
  changes = [];
  busy = [];
  found = undefined;
  now = 1000;
  fixed = new Map([['', { nodes: [connection] }], ['c', { nodes: [customers] }]]);
  store = new TreeStore({
    load: (request) => {
      const path = request.node?.path ?? '';
      const ready = fixed.get(path);
      if (ready) return Promise.resolve(structuredClone(ready));
      return new Promise((resolve, reject) => {
        asked.push({ ...request, path, answer: async (result) => { resolve(result); await settle(); }, fail: async (message) => { reject(new Error(message)); await settle(); } });
      });
    },
    find: () => Promise.resolve(found),
    explain: (error) => ({ text: (error as Error).message, detail: 'what to do', code: '14001' }),
  }, { changed: (node) => changes.push(node?.path ?? ''), busy: (is) => busy.push(is) }, () => now);
});

const labels = (nodes: readonly ExplorerNode[]): string[] => nodes.map((node) => (node.kind === 'customer' ? node.customerId : node.kind));
const openRoot = async (): Promise<void> => {
  await store.children();
  await store.children('c');
};

describe('loading', () => {
  test('whoever asks while a branch is being read joins the one request', async () => {
    await openRoot();
    const first = store.children('c/customers');
    const second = store.children('c/customers');
    await settle();
    expect(asked).toHaveLength(1);
    await asked[0]!.answer({ nodes: [customer('1')] });
    expect(labels(await first)).toEqual(['1']);
    expect(await second).toEqual(await first);
    await store.children('c/customers');
    expect(asked).toHaveLength(1);
  });

  test('an empty branch says what to do next', async () => {
    await openRoot();
    const children = store.children('c/customers');
    await settle();
    await asked[0]!.answer({ nodes: [], empty: [{ text: 'No customers: enroll one', command: 'openBanking.enrollTestingCustomer' }] });
    expect(await children).toMatchObject([{ kind: 'empty', text: 'No customers: enroll one', command: 'openBanking.enrollTestingCustomer' }]);
  });

  test('the view shows progress from the first request to the last', async () => {
    await openRoot();
    busy = [];
    void store.children('c/customers');
    await settle();
    expect(busy).toEqual([true]);
    await asked[0]!.answer({ nodes: [] });
    expect(busy).toEqual([true, false]);
  });

  test('children that came along with their parent are there without a request', async () => {
    await openRoot();
    const children = store.children('c/customers');
    await settle();
    await asked[0]!.answer({ nodes: [group], preloaded: new Map([['c/customers/testing', { nodes: [customer('1')], found: 1 }]]) });
    await children;
    expect(labels(await store.children('c/customers/testing'))).toEqual(['1']);
    expect(asked).toHaveLength(1);
    expect(store.parent('c/customers/1')?.path).toBe('c/customers/testing');
  });
});

describe('paging', () => {
  const firstPage = async (): Promise<void> => {
    await openRoot();
    void store.children('c/customers');
    await settle();
    await asked[0]!.answer({ nodes: [customer('1'), customer('2')], next: 3, found: 5 });
  };

  test('"load more" keeps what is shown, goes on where the page ended and drops what came twice', async () => {
    await firstPage();
    const shown = store.shown('c/customers');
    expect(shown[2]).toMatchObject({ kind: 'more', shown: 2, found: 5 });
    const more = store.loadMore('c/customers');
    const again = store.loadMore('c/customers');
    await settle();
    expect(asked).toHaveLength(2);
    expect(asked[1]).toMatchObject({ start: 3 });
    await asked[1]!.answer({ nodes: [customer('2'), customer('3'), customer('4')], next: 6, found: 5 });
    expect(labels(await more)).toEqual(['3', '4']);
    await again;
    expect(asked).toHaveLength(2);
    expect(labels(store.shown('c/customers'))).toEqual(['1', '2', '3', '4', 'more']);
    expect(store.shown('c/customers')[0]).toBe(shown[0]);
    expect(changes).toContain('c/customers');
  });

  test('the last page takes "load more" away', async () => {
    await firstPage();
    void store.loadMore('c/customers');
    await settle();
    await asked[1]!.answer({ nodes: [customer('3')] });
    expect(labels(store.shown('c/customers'))).toEqual(['1', '2', '3']);
    expect(await store.loadMore('c/customers')).toEqual([]);
  });

  test('a page that fails costs nothing that was loaded, and Retry asks for that page again', async () => {
    await firstPage();
    void store.loadMore('c/customers');
    await settle();
    await asked[1]!.fail('Too many requests');
    expect(labels(store.shown('c/customers'))).toEqual(['1', '2', 'failed']);
    expect(store.shown('c/customers')[2]).toMatchObject({ text: 'Too many requests', detail: 'what to do', code: '14001', next: 'page' });
    void store.retry('c/customers');
    await settle();
    expect(asked[2]).toMatchObject({ start: 3 });
    await asked[2]!.answer({ nodes: [customer('3')] });
    expect(labels(store.shown('c/customers'))).toEqual(['1', '2', '3']);
  });

  test('a refresh brings back as many as were shown', async () => {
    await firstPage();
    void store.loadMore('c/customers');
    await settle();
    await asked[1]!.answer({ nodes: [customer('3'), customer('4')], next: 5 });
    void store.refresh('c/customers');
    await settle();
    expect(asked[2]).toMatchObject({ keep: 4 });
    expect(asked[2]!.start).toBeUndefined();
  });
});

describe('failing', () => {
  test('a branch that fails says so with its code; Retry brings it', async () => {
    await openRoot();
    const children = store.children('c/customers');
    await settle();
    await asked[0]!.fail('Not signed in');
    expect(await children).toMatchObject([{ kind: 'failed', text: 'Not signed in', detail: 'what to do', code: '14001', next: 'all', of: 'c/customers' }]);
    const retried = store.retry('c/customers');
    await settle();
    await asked[1]!.answer({ nodes: [customer('1')] });
    await retried;
    expect(labels(store.shown('c/customers'))).toEqual(['1']);
    expect(changes.at(-1)).toBe('c/customers');
  });

  test('a refresh that fails keeps what was shown below the failure', async () => {
    await openRoot();
    void store.children('c/customers');
    await settle();
    await asked[0]!.answer({ nodes: [customer('1')] });
    void store.refresh('c/customers');
    await settle();
    await asked[1]!.fail('The API failed');
    expect(labels(store.shown('c/customers'))).toEqual(['failed', '1']);
  });
});

describe('refreshing', () => {
  const loaded = async (): Promise<void> => {
    await openRoot();
    void store.children('c/customers');
    await settle();
    await asked[0]!.answer({ nodes: [customer('1', 'Dana'), customer('2', 'Mo')] });
    changes = [];
  };

  test('what is shown stays until the new answer is there', async () => {
    await loaded();
    void store.refresh('c/customers');
    await settle();
    expect(labels(await store.children('c/customers'))).toEqual(['1', '2']);
    await asked[1]!.answer({ nodes: [customer('2')] });
    expect(labels(await store.children('c/customers'))).toEqual(['2']);
  });

  test('the same rows keep their objects, and only the one that changed is drawn again', async () => {
    await loaded();
    const [first, second] = store.shown('c/customers');
    void store.refresh('c/customers');
    await settle();
    await asked[1]!.answer({ nodes: [customer('1', 'Dana'), customer('2', 'Moira')] });
    expect(store.shown('c/customers')).toEqual([first, second]);
    expect(store.shown('c/customers')[1]).toBe(second);
    expect(second).toMatchObject({ data: { firstName: 'Moira' } });
    expect(changes).toEqual(['c/customers/2']);
  });

  test('a refresh gives up an older request, and whoever waits for that one gets the new answer', async () => {
    await openRoot();
    const children = store.children('c/customers');
    await settle();
    const refreshed = store.refresh('c/customers');
    await settle();
    expect(asked[0]!.signal.aborted).toBe(true);
    await asked[0]!.answer({ nodes: [customer('old')] });
    await asked[1]!.answer({ nodes: [customer('new')] });
    await refreshed;
    expect(labels(await children)).toEqual(['new']);
  });

  test('open branches below are read again; closed ones wait until they are opened', async () => {
    await loaded();
    fixed.set('c/customers/1', { nodes: [{ kind: 'reports', path: 'c/customers/1/reports', connectionId: 'c', customerId: '1' }] });
    fixed.set('c/customers/2', { nodes: [{ kind: 'reports', path: 'c/customers/2/reports', connectionId: 'c', customerId: '2' }] });
    for (const id of ['1', '2']) {
      await store.children(`c/customers/${id}`);
      void store.children(`c/customers/${id}/reports`);
      await settle();
      await asked.at(-1)!.answer({ nodes: [] });
    }
    store.setExpanded('c/customers/2', false);
    asked = [];
    void store.refresh('c');
    await settle();
    expect(asked.map(({ path }) => path)).toEqual(['c/customers', 'c/customers/1/reports']);
    expect(store.isLoaded('c/customers/2/reports')).toBe(false);
  });

  test('rows that are gone take what was cached below them along', async () => {
    await loaded();
    fixed.set('c/customers/1', { nodes: [{ kind: 'reports', path: 'c/customers/1/reports', connectionId: 'c', customerId: '1' }] });
    await store.children('c/customers/1');
    void store.refresh('c/customers');
    await settle();
    await asked.at(-1)!.answer({ nodes: [customer('2')] });
    expect(store.node('c/customers/1')).toBeUndefined();
    expect(store.node('c/customers/1/reports')).toBeUndefined();
  });
});

describe('rows that have gone', () => {
  const accounts = 'c/customers/7/accounts';
  const login = (id: string): ExplorerNode => ({
    kind: 'institutionLogin', path: `${accounts}/login-${id}`, connectionId: 'c', customerId: '7', institutionId: '1', institutionLoginId: id,
    state: { level: 'ok', meaning: 'm', fix: 'f' }, accountCount: 1, data: {},
  });
  const account = (id: string): ExplorerNode => ({ kind: 'account', path: `${accounts}/${id}`, connectionId: 'c', customerId: '7', accountId: id, state: { level: 'ok', meaning: 'm', fix: 'f' }, data: {} });
  const list = (...logins: readonly (readonly [string, ...string[]])[]): LoadResult => ({
    nodes: logins.map(([id]) => login(id)), preloaded: new Map(logins.map(([id, ...members]) => [login(id).path, { nodes: members.map(account) }])),
    empty: [{ text: 'No accounts yet' }],
  });
  const opened = async (): Promise<void> => {
    fixed.set('c/customers', { nodes: [customer('7')] });
    fixed.set('c/customers/7', { nodes: [{ kind: 'accounts', path: accounts, connectionId: 'c', customerId: '7' }] });
    fixed.set(accounts, list(['a', '81'], ['b', '82']));
    await openRoot();
    for (const path of ['c/customers', 'c/customers/7', accounts, login('a').path, login('b').path]) await store.children(path);
    await store.children(account('81').path).catch(() => []);
    changes = [];
  };

  beforeEach(() => {
    for (const id of ['81', '82']) fixed.set(account(id).path, { nodes: [] });
    for (const [id, member] of [['a', '81'], ['b', '82']] as const) fixed.set(login(id).path, { nodes: [account(member)] });
  });

  test('a path that nobody knows has no children, and nothing is read for it', async () => {
    await openRoot();
    expect(await store.children('c/customers/7')).toEqual([]);
    await store.refresh('c/customers/7');
    await store.retry('c/customers/7');
    await store.poll('c/customers/7');
    store.setExpanded('c/customers/7', true);
    expect(await store.children('c/customers/7')).toEqual([]);
    expect(store.isLoaded('c/customers/7')).toBe(false);
    expect(asked).toEqual([]);
  });

  test('after the last account of a login is deleted, its rows hold nothing, however late they are asked', async () => {
    await opened();
    fixed.set(accounts, list(['b', '82']));
    await store.refresh('c/customers');
    expect(changes).toContain(accounts);
    expect(await store.children(login('a').path)).toEqual([]);
    expect(await store.children(account('81').path)).toEqual([]);
    expect(store.parent(account('81').path)).toBeUndefined();
    expect((await store.children(accounts)).map(({ path }) => path)).toEqual([login('b').path]);
    expect((await store.children(login('b').path)).map(({ path }) => path)).toEqual([account('82').path]);
    fixed.set(accounts, list());
    await store.refresh('c/customers');
    expect(await store.children(accounts)).toMatchObject([{ kind: 'empty' }]);
    fixed.set(accounts, list(['a', '81']));
    await store.refresh('c/customers');
    await store.children(accounts);
    expect((await store.children(login('a').path)).map(({ path }) => path)).toEqual([account('81').path]);
  });

  test('a row that was taken out before its refresh is gone at once and stays away', async () => {
    await opened();
    store.remove(account('81').path);
    expect(changes).toEqual([login('a').path]);
    expect(await store.children(login('a').path)).toEqual([]);
    store.remove(login('a').path);
    expect(changes.at(-1)).toBe(accounts);
    fixed.set(accounts, list(['b', '82']));
    await store.refresh('c/customers');
    expect((await store.children(accounts)).map(({ path }) => path)).toEqual([login('b').path]);
    expect(await store.children(login('a').path)).toEqual([]);
  });

  test('a request that a deleted row was waiting for brings nothing', async () => {
    await opened();
    fixed.delete(account('82').path);
    const waiting = store.children(account('82').path);
    await settle();
    fixed.set(accounts, list(['a', '81']));
    await store.refresh(accounts);
    expect(asked[0]!.signal.aborted).toBe(true);
    await asked[0]!.answer({ nodes: [report('r1', 'success')] });
    expect(await waiting).toEqual([]);
    expect(store.node('c/customers/7/reports/r1')).toBeUndefined();
  });

  test('a closed row is told that its children are out of date, as the editor keeps them', async () => {
    await opened();
    store.setExpanded(accounts, false);
    await store.refresh('c/customers');
    expect(changes).toContain(accounts);
    expect(store.isLoaded(accounts)).toBe(false);
  });
});

describe('cancelling and pruning', () => {
  test('closing a branch that is still being read gives the request up; opening it asks anew', async () => {
    await openRoot();
    const children = store.children('c/customers');
    await settle();
    store.setExpanded('c/customers', false);
    expect(asked[0]!.signal.aborted).toBe(true);
    await asked[0]!.fail('aborted');
    expect(await children).toEqual([]);
    void store.children('c/customers');
    await settle();
    expect(asked).toHaveLength(2);
  });

  test('removing a node takes its row, its count and its requests away', async () => {
    await openRoot();
    void store.children('c/customers');
    await settle();
    await asked[0]!.answer({ nodes: [customer('1'), customer('2')], next: 3, found: 9 });
    void store.children('c/customers/1');
    await settle();
    store.remove('c/customers/testing/1');
    expect(asked[1]!.signal.aborted).toBe(true);
    expect(labels(store.shown('c/customers'))).toEqual(['2', 'more']);
    expect(store.shown('c/customers')[1]).toMatchObject({ shown: 1, found: 8 });
  });

  test('pruning a connection cancels all below it and nothing of one with a longer name', async () => {
    fixed.set('', { nodes: [connection, { ...connection, path: 'c2', connectionId: 'c2' } as ExplorerNode] });
    fixed.set('c2', { nodes: [{ kind: 'customers', path: 'c2/customers', connectionId: 'c2' }] });
    await openRoot();
    await store.children('c2');
    void store.children('c/customers');
    void store.children('c2/customers');
    await settle();
    store.prune('c');
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    expect(store.node('c/customers')).toBeUndefined();
    expect(store.node('c2/customers')).toBeDefined();
  });

  test('after dispose every request is cancelled and nothing is told any more', async () => {
    await openRoot();
    void store.children('c/customers');
    await settle();
    changes = [];
    store.dispose();
    expect(asked[0]!.signal.aborted).toBe(true);
    await asked[0]!.fail('late');
    expect(changes).toEqual([]);
  });
});

describe('revealing', () => {
  test('parents are read as needed', async () => {
    fixed.set('c/customers', { nodes: [customer('7')] });
    fixed.set('c/customers/7', { nodes: [{ kind: 'reports', path: 'c/customers/7/reports', connectionId: 'c', customerId: '7' }] });
    fixed.set('c/customers/7/reports', { nodes: [report('r1', 'success')] });
    expect(await store.locate('c/customers/testing/7/reports/r1')).toMatchObject({ kind: 'report', reportId: 'r1' });
    expect(store.parent('c/customers/7/reports/r1')?.path).toBe('c/customers/7/reports');
  });

  test('a customer beyond the loaded pages is found by its id and shown first, once', async () => {
    fixed.set('c/customers', { nodes: [group], preloaded: new Map([['c/customers/testing', { nodes: [customer('1')], next: 2, found: 900 }]]) });
    found = { parent: 'c/customers/testing', node: customer('777') };
    expect(await store.locate('c/customers/777')).toMatchObject({ customerId: '777' });
    expect(labels(store.shown('c/customers/testing'))).toEqual(['777', '1', 'more']);
    expect(store.parent('c/customers/777')?.path).toBe('c/customers/testing');
    const more = store.loadMore('c/customers/testing');
    await settle();
    await asked[0]!.answer({ nodes: [customer('777'), customer('778')] });
    await more;
    expect(labels(store.shown('c/customers/testing'))).toEqual(['1', '777', '778']);
  });

  test('what was just made is found by reading its branch again', async () => {
    fixed.set('c/customers', { nodes: [customer('7')] });
    fixed.set('c/customers/7', { nodes: [{ kind: 'reports', path: 'c/customers/7/reports', connectionId: 'c', customerId: '7' }] });
    fixed.set('c/customers/7/reports', { nodes: [report('r1', 'success')] });
    await store.locate('c/customers/7/reports/r1');
    fixed.set('c/customers/7/reports', { nodes: [report('r2', 'inProgress'), report('r1', 'success')] });
    expect(await store.locate('c/customers/7/reports/r2')).toMatchObject({ reportId: 'r2' });
  });

  test('a path that leads nowhere is undefined', async () => {
    fixed.set('c/customers', { nodes: [customer('7')] });
    expect(await store.locate('c/customers/8')).toBeUndefined();
    expect(await store.locate('nowhere/customers')).toBeUndefined();
  });
});

describe('polling', () => {
  let timer: { run: () => void; ms: number } | undefined;
  let poller: Poller;
  const reports = 'c/customers/7/reports';
  const pass = async (): Promise<void> => {
    const due = timer!;
    timer = undefined;
    now += due.ms;
    due.run();
    await settle();
  };

  beforeEach(async () => {
    timer = undefined;
    poller = new Poller(store, { now: () => now, set: (run, ms) => (timer = { run, ms }), clear: () => { timer = undefined; } });
    fixed.set('c/customers', { nodes: [customer('7')] });
    fixed.set('c/customers/7', { nodes: [{ kind: 'reports', path: reports, connectionId: 'c', customerId: '7' }] });
    await openRoot();
    await store.children('c/customers');
    await store.children('c/customers/7');
    void store.children(reports);
    await settle();
    await asked[0]!.answer({ nodes: [report('r1', 'inProgress')], pollAfterMs: 20_000 });
    poller.setVisible(true);
  });

  test('a running report is looked at after its interval, changes in place, and then no more', async () => {
    const [node] = store.shown(reports);
    expect(timer?.ms).toBe(20_000);
    busy = [];
    changes = [];
    await pass();
    expect(asked[1]).toMatchObject({ path: reports, origin: 'poll' });
    expect(busy).toEqual([]);
    await asked[1]!.answer({ nodes: [report('r1', 'success')] });
    expect(store.shown(reports)[0]).toBe(node);
    expect(node).toMatchObject({ data: { status: 'success' } });
    expect(changes).toEqual([`${reports}/r1`]);
    expect(timer).toBeUndefined();
  });

  test('nobody looks while the view is hidden or a parent is closed', () => {
    poller.setVisible(false);
    expect(timer).toBeUndefined();
    poller.setVisible(true);
    expect(timer).toBeDefined();
    store.setExpanded('c/customers/7', false);
    poller.update();
    expect(timer).toBeUndefined();
    store.setExpanded('c/customers/7', true);
    poller.update();
    expect(timer).toBeDefined();
  });

  test('coming back late looks at once', () => {
    poller.setVisible(false);
    now += 60_000;
    poller.setVisible(true);
    expect(timer?.ms).toBe(0);
  });

  test('a look that fails says so and stops the looking', async () => {
    await pass();
    await asked[1]!.fail('Too many requests');
    poller.update();
    expect(labels(store.shown(reports))).toEqual(['failed', 'report']);
    expect(timer).toBeUndefined();
  });
});
