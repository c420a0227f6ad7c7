// The history's store: what is written down and what never is, its limits, files that are cut or hostile, and several windows at once.
import { appendFile, mkdir, mkdtemp, readFile, readdir, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { catalogue, operation, type OperationId } from '../../src/api/catalogue.ts';
import { toApiError } from '../../src/client/errorBody.ts';
import { NetworkError } from '../../src/client/errors.ts';
import type { AnyInput, FinishedCall } from '../../src/client/types.ts';
import { readLine, toLine } from '../../src/history/entry.ts';
import { exchangeText } from '../../src/history/exchangeDocument.ts';
import { filterText, matches } from '../../src/history/filter.ts';
import { emptySecrets, keptBody, keptInput, withoutSecrets } from '../../src/history/keep.ts';
import { days, describeRow } from '../../src/history/rows.ts';
import { HistoryStore, type HistorySettings } from '../../src/history/store.ts';
import { createRedactor, hidden } from '../../src/platform/redaction.ts';
import { historySettings } from '../../src/platform/settings.ts';

const day = 24 * 3600_000;
let folder: string;
beforeEach(async () => { folder = join(await mkdtemp(join(tmpdir(), 'obx-history-')), 'history'); });
afterEach(async () => {
  for (const store of opened.splice(0)) await store.flush();
  await rm(join(folder, '..'), { recursive: true, force: true, maxRetries: 10 });
});
const opened: HistoryStore[] = [];

const settings: HistorySettings = { maxAgeDays: 30, maxSizeMb: 10, keepBodies: false };
const redactor = createRedactor();
redactor.hide('canary-Secret-1');

function open(change: Partial<HistorySettings> & { now?: () => number } = {}): HistoryStore & { warnings: string[] } {
  const { now, ...own } = change;
  const warnings: string[] = [];
  const store = new HistoryStore({
    folder, settings: () => ({ ...settings, ...own }), hideKnown: redactor.hideKnown, redact: redactor.redact, warn: (message) => void warnings.push(message), ...(now && { now }), gatherMs: 1,
  });
  opened.push(store);
  return Object.assign(store, { warnings });
}

const call = (id: OperationId, input: AnyInput = {}, change: Partial<FinishedCall> = {}): FinishedCall => ({
  operation: operation(id), input, origin: 'command', target: '/x', requestHeaders: { accept: 'application/json' }, startedAt: Date.now(), durationMs: 12.4, attempts: 1, outcome: 'ok',
  answer: { status: 200, size: 20, contentType: 'application/json', headers: { 'content-type': 'application/json' }, body: { id: '7200000001' }, durationMs: 12.4 }, ...change,
});

/** Every history file with its path from the folder. */
async function files(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []))
    if (entry.isFile()) found.set(join(entry.parentPath, entry.name).slice(folder.length + 1), await readFile(join(entry.parentPath, entry.name), 'utf8'));
  return found;
}
const onDisk = async (): Promise<string> => [...(await files())].flat().join('\n');
const onlyFile = async (): Promise<string> => join(folder, [...(await files()).keys()].find((name) => name.endsWith('.ndjson'))!);

describe('what is written down', () => {
  test('an entry tells operation, ids, status, time, duration, size and origin, and is read again by the next session', async () => {
    const store = open({ now: () => 1_760_000_100_000 });
    store.record(call('GetCustomerAccount', { customerId: '7200000001', accountId: '8100000011' }, { startedAt: 1_760_000_000_000, origin: 'tree' }), 'acme-1');
    expect(store.list()).toHaveLength(1);
    await store.flush();
    const later = open({ now: () => 1_760_000_100_000 });
    await later.sync();
    expect(later.list()).toEqual([{
      id: expect.any(String), connectionId: 'acme-1', time: 1_760_000_000_000, operationId: 'GetCustomerAccount', origin: 'tree', outcome: 'ok', status: 200, durationMs: 12, size: 20,
      contentType: 'application/json', attempts: 1, billable: false, parameters: { customerId: '7200000001', accountId: '8100000011' }, left: [],
    }]);
    expect(later.exchange(later.list()[0]!.id)).toBeUndefined();
  });

  test('only the user may read the files', async () => {
    const store = open();
    store.record(call('GetCustomer', { customerId: '7200000001' }), 'acme-1');
    await store.flush();
    expect((await stat(await onlyFile())).mode & 0o077).toBe(0);
  });

  test.each<[OperationId, AnyInput, Record<string, unknown>, string[]]>([
    ['GetCustomers', { search: 'Canaryworth', username: 'canary-user-1', type: 'testing', start: 26, limit: 25 }, { type: 'testing', start: 26, limit: 25 }, ['search', 'username']],
    ['GetCustomer', { customerId: '912-83-4567' }, {}, ['customerId']],
    ['GetCustomer', { customerId: 'Dana Canaryworth' }, {}, ['customerId']],
    ['GetCustomer', { customerId: 'canaryworth' }, {}, ['customerId']],
    ['GetCustomer', { customerId: 'canary-Secret-1' }, {}, ['customerId']],
    ['GetCustomer', { customerId: '../../etc/passwd1' }, {}, ['customerId']],
    ['GetReportByCustomer', { customerId: '7200000001', reportId: 'ab12-voa', purpose: '31', onBehalfOf: 'Canary Bank' }, { customerId: '7200000001', reportId: 'ab12-voa', purpose: '31' }, ['onBehalfOf']],
    ['GetInstitutions', { search: 'canary bank' }, {}, ['search']],
    ['getResellerBillingReport', { partnerId: '2445583871234' }, {}, ['partnerId']],
    ['ModifyCustomer', { customerId: '7200000001', body: { firstName: 'Canary' } }, { customerId: '7200000001' }, ['body']],
  ])('%s %j', (id, input, parameters, left) => {
    expect(keptInput(operation(id), input, redactor.hideKnown)).toEqual({ parameters, left });
  });

  test('of all parameters of all operations, a name, an SSN, a mail address, a token or a secret is kept of none', () => {
    const values = ['Dana Canaryworth', 'canaryworth', '912-83-4567', 'dana1@canary.example', 'canary-Secret-1', 'https://canary.example/1?token=2', 'Bearer aB3dE5gH7j', '1 Canary Way'];
    for (const entry of catalogue) for (const { name } of entry.parameters) for (const value of values)
      expect(keptInput(entry, { [name]: value }, redactor.hideKnown), `${entry.operationId} ${name} ${value}`).toEqual({ parameters: {}, left: [name] });
  });

  test('neither bodies nor headers are on disk by default; memory has them until the window closes', async () => {
    const store = open();
    store.record(call('AddTestingCustomer', { body: { username: 'canary-user', firstName: 'Canary' } }, {
      requestHeaders: { 'x-canary': 'canary-header' }, answer: { status: 201, size: 9, contentType: 'application/json', headers: { 'x-canary': 'canary-header' }, body: { id: '72', username: 'canary-user' } },
    }), 'acme-1');
    await store.flush();
    expect(await onDisk()).not.toMatch(/canary/i);
    expect(store.exchange(store.list()[0]!.id)?.answer?.body).toEqual({ id: '72', username: 'canary-user' });
  });

  test('with keepBodies they are written redacted: shape, ids, amounts and dates stay, names and texts do not', async () => {
    const store = open({ keepBodies: true });
    const body = {
      id: '7200000001', username: 'canary-user', firstName: 'Canary', ssn: '912834567', birthday: { year: 1970, month: 7, dayOfMonth: 4 }, phone: '6786786786', status: 'active', balance: 12.5,
      createdDate: 1_760_000_000, asOf: '2026-03-01', zip: 84123, token: 'aB3dE5', institutionLoginId: 170_000, message: 'Hello Canary', accounts: [{ accountNumber: '000011112222', type: 'savings', name: 'Canary Savings' }],
      note: 'canary-Secret-1', 'canary@key': 1,
    };
    store.record(call('AddTestingCustomer', { body }, { answer: { status: 201, size: 9, contentType: 'application/json', body } }), 'acme-1');
    await store.flush();
    const text = await onDisk();
    for (const canary of [/canary/i, /912834567/, /6786786786/, /000011112222/, /84123/, /aB3dE5/, /"month"/, /1970/]) expect(text).not.toMatch(canary);
    const next = open();
    await next.sync();
    expect(next.list()[0]!.bodies?.response).toMatchObject({ id: '7200000001', status: 'active', balance: 12.5, createdDate: 1_760_000_000, asOf: '2026-03-01', institutionLoginId: 170_000, accounts: [{ type: 'savings' }] });
  });

  test('a body that came as bytes is written as redacted as any other, and read for it only when it may be small enough', async () => {
    const store = open({ keepBodies: true });
    const bytes = (body: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(body));
    const record = (body: Uint8Array) => store.record(call('GetCustomer', { customerId: '72' }, { answer: { status: 200, size: body.length, contentType: 'application/json', body } }), 'acme-1');
    record(bytes({ id: '7200000001', firstName: 'Canary' }));
    // White space would leave little of this one; it is not worth the time to find out.
    record(bytes({ id: '7200000002', pad: 'x'.repeat(600_000) }));
    await store.flush();
    expect(await onDisk()).not.toMatch(/canary/i);
    expect(store.list().map(({ bodies }) => bodies?.response)).toEqual(['(too large to be kept)', { id: '7200000001', firstName: hidden }]);
  });

  test('an error that repeats what was sent is kept without it, and its words stay', () => {
    const rules = { redact: redactor.redact, clean: redactor.hideKnown, failed: true, sent: ['Canaryworth', 'canary-user-1'] };
    expect(keptBody({ code: 11000, message: 'User canary-user-1 of Canaryworth with SSN 912-83-4567 exists' }, rules)).toEqual({ code: 11000, message: 'User «hidden» of «hidden» with SSN «hidden» exists' });
  });

  test('a failure tells the API\'s code; one without an answer tells what kind it was', () => {
    const store = open();
    const answer = { status: 404, headers: {}, contentType: 'application/json', body: { code: 38003, message: 'no' }, size: 20, durationMs: 3 };
    const error = toApiError(operation('GetCustomerAccount'), {}, answer, JSON.stringify(answer.body), []);
    store.record(call('GetCustomerAccount', { customerId: '72', accountId: '81' }, { outcome: 'failed', answer, error }), 'c');
    store.record(call('GetCustomer', { customerId: '72' }, { outcome: 'failed', answer: undefined, error: new NetworkError('refused', 'No connection to canary.') }), 'c');
    expect(store.list().map(({ status, code, failure }) => ({ status, code, failure })).sort((a, b) => (a.status ?? 0) - (b.status ?? 0)))
      .toEqual([{ status: undefined, code: undefined, failure: 'network' }, { status: 404, code: '38003', failure: undefined }]);
  });

  test('billable is what was really called: a refused call costs nothing', () => {
    const store = open();
    store.record(call('AddCustomer', {}), 'c');
    store.record(call('AddCustomer', {}, { outcome: 'refused', answer: undefined }), 'c');
    expect(store.list().map(({ billable }) => billable).sort()).toEqual([false, true]);
  });
});

describe('limits', () => {
  const days = (count: number): number => Date.UTC(2026, 2, 1, 12) + count * day;

  test('calls older than the limit go from the list and from the disk, when the session first writes or looks', async () => {
    let now = days(0);
    const old = open({ now: () => now });
    old.record(call('GetCustomer', { customerId: '1' }, { startedAt: now }), 'c');
    await old.flush();
    const file = await onlyFile();
    await utimes(file, now / 1000, now / 1000);
    now = days(20);
    const present = open({ now: () => now });
    await present.sync();
    expect(present.list()).toHaveLength(1);
    now = days(40);
    expect(present.list()).toHaveLength(0);
    const next = open({ now: () => now });
    await next.sync();
    expect(await files()).toEqual(new Map());
  });

  test('the size stays within the limit, the oldest go first', async () => {
    let now = days(0);
    const store = open({ now: () => now, maxSizeMb: 1 });
    for (let at = 0; at < 12; at += 1) {
      now = days(at / 12);
      for (let n = 0; n < 600; n += 1) store.record(call('GetCustomer', { customerId: `${at}000${n}` }, { startedAt: now + n }), 'c');
      await store.flush();
      for (const name of (await files()).keys()) await utimes(join(folder, name), now / 1000, now / 1000);
    }
    const kept = [...(await files()).values()].join('');
    expect(kept.length).toBeLessThanOrEqual(1.3 * 1024 * 1024);
    expect(kept.length).toBeGreaterThan(0.5 * 1024 * 1024);
    expect(kept).toContain('"11000599"');
    expect(kept).not.toContain('"customerId":"0000"');
  });

  test('an age of 0 writes nothing, and removes what is there', async () => {
    const before = open();
    before.record(call('GetCustomer', { customerId: '1' }), 'c');
    await before.flush();
    const store = open({ maxAgeDays: 0 });
    store.record(call('GetCustomer', { customerId: '2' }), 'c');
    await store.flush();
    await store.sync();
    expect(await files()).toEqual(new Map());
    expect(store.list().map(({ parameters }) => parameters.customerId)).toEqual(['2']);
  });

  test('memory holds bodies within a budget: a huge one is not kept, and the oldest make room', () => {
    const store = open();
    store.record(call('GetCustomer', { customerId: '1' }, { answer: { status: 200, size: 60_000_000, body: 'x', contentType: 'text/plain' } }), 'c');
    const [huge] = store.list();
    expect(store.exchange(huge!.id)).toMatchObject({ bodyDropped: true, answer: { status: 200, size: 60_000_000 } });
    expect(store.exchange(huge!.id)?.answer).not.toHaveProperty('body');
    for (let n = 0; n < 20; n += 1) store.record(call('GetCustomer', { customerId: `${n}` }, { answer: { status: 200, size: 3_000_000, body: `${n}`, contentType: 'text/plain' } }), 'c');
    const held = store.list().filter(({ id }) => store.exchange(id)).length;
    expect(held).toBeGreaterThan(5);
    expect(held).toBeLessThan(12);
  });

  test('settings out of range are brought into it, and a workspace\'s are not read', () => {
    const of = (values: Record<string, unknown>) => historySettings({ inspect: (key) => ({ defaultValue: undefined, globalValue: values[key], workspaceValue: true }) });
    expect(of({})).toEqual({ maxAgeDays: 30, maxSizeMb: 10, keepBodies: false });
    expect(of({ 'history.maxAgeDays': -5, 'history.maxSizeMb': 1e9, 'history.keepBodies': 'yes' })).toEqual({ maxAgeDays: 0, maxSizeMb: 200, keepBodies: false });
    expect(of({ 'history.maxAgeDays': Number.NaN, 'history.keepBodies': true })).toEqual({ maxAgeDays: 30, maxSizeMb: 10, keepBodies: true });
  });
});

describe('bad weather', () => {
  async function written(count: number): Promise<string> {
    const store = open();
    for (let n = 1; n <= count; n += 1) store.record(call('GetCustomer', { customerId: `${n}` }, { startedAt: Date.now() + n }), 'c');
    await store.flush();
    return onlyFile();
  }
  const ids = (store: HistoryStore) => store.list().map(({ parameters }) => Number(parameters.customerId)).sort((a, b) => a - b);

  test('a file cut in the middle of a line: what can be read is kept, the rest is set aside', async () => {
    const file = await written(10);
    const whole = await readFile(file, 'utf8');
    await truncate(file, Math.floor(whole.length / 2));
    const store = open();
    await store.sync();
    expect(ids(store)).toEqual([1, 2, 3, 4, 5]);
    expect(store.setAside).toBe(1);
    expect(store.warnings.join()).toContain('set aside');
    const aside = [...(await files())].find(([name]) => name.endsWith('.set-aside'))![1];
    expect(whole).toContain(aside.trim());
    // Mended for good: the next one finds nothing wrong.
    const next = open();
    await next.sync();
    expect(next.setAside).toBe(0);
    expect(ids(next)).toEqual([1, 2, 3, 4, 5]);
  });

  test('a whole last line that only lacks its end counts', async () => {
    const file = await written(3);
    await truncate(file, (await stat(file)).size - 1);
    const store = open();
    await store.sync();
    expect([ids(store), store.setAside]).toEqual([[1, 2, 3], 0]);
  });

  test('the window whose own file was cut goes on in another and loses nothing of what it adds', async () => {
    const store = open();
    store.record(call('GetCustomer', { customerId: '1' }), 'c');
    await store.flush();
    await truncate(await onlyFile(), 30);
    store.record(call('GetCustomer', { customerId: '2' }), 'c');
    await store.flush();
    const other = open();
    await other.sync();
    expect(ids(other)).toEqual([2]);
    expect(other.setAside).toBe(1);
  });

  test('hostile and foreign lines are set aside, a newer version\'s are left where they are, and none takes the rest along', async () => {
    const file = await written(1);
    const [line] = (await readFile(file, 'utf8')).split('\n');
    const good = JSON.parse(line!) as Record<string, unknown>;
    const bad = [
      '', 'not json', '[]', 'null', '{"v":1}', JSON.stringify({ ...good, time: 'now' }), JSON.stringify({ ...good, operationId: 'x"](command:evil)' }), JSON.stringify({ ...good, left: [{ a: 1 }] }),
      JSON.stringify({ ...good, parameters: { a: { b: 1 } } }), JSON.stringify({ ...good, outcome: 'constructor' }), line!.replace('"parameters":{', '"parameters":{"__proto__":"x",'), JSON.stringify({ ...good, durationMs: -1 }),
      JSON.stringify({ ...good, parameters: { note: 'x'.repeat(5000) } }), '\u0000\u0001\u0002',
    ];
    await appendFile(file, `${bad.join('\n')}\n${JSON.stringify({ ...good, v: 2, id: 'n-1', more: true })}\n${JSON.stringify({ ...good, id: 'z-9' })}\n`);
    const store = open();
    await store.sync();
    expect(store.list()).toHaveLength(2);
    expect([store.setAside, store.newer]).toEqual([bad.length - 1, 1]);
    expect(await readFile(file, 'utf8')).toContain('"v":2');
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  test('folders, links and files of other names are left alone, a huge file is set aside whole', async () => {
    await written(1);
    await mkdir(join(folder, 'c', '2026-01-01-abc-1.ndjson'), { recursive: true });
    await writeFile(join(folder, 'c', 'notes.txt'), 'mine');
    await writeFile(join(folder, 'c', '2027-01-01-huge-1.ndjson'), Buffer.alloc(17 * 1024 * 1024, 'x'));
    const store = open({ maxSizeMb: 100 });
    await store.sync();
    expect(ids(store)).toEqual([1]);
    expect(store.setAside).toBe(1);
    expect((await files()).get(join('c', 'notes.txt'))).toBe('mine');
  });

  test('a disk that refuses is told once; the calls stay in memory and are written when it answers again', async () => {
    await mkdir(join(folder, '..'), { recursive: true });
    await writeFile(folder, 'a file where the folder should be');
    const store = open();
    store.record(call('GetCustomer', { customerId: '1' }), 'c');
    await store.flush();
    store.record(call('GetCustomer', { customerId: '2' }), 'c');
    await store.flush();
    expect(store.warnings).toHaveLength(1);
    expect(store.trouble).toContain('memory');
    expect(ids(store)).toEqual([1, 2]);
    await rm(folder);
    store.record(call('GetCustomer', { customerId: '3' }), 'c');
    await store.flush();
    expect(store.trouble).toBeUndefined();
    const next = open();
    await next.sync();
    expect(ids(next)).toEqual([1, 2, 3]);
  });
});

describe('several windows', () => {
  test('two that write at once lose nothing, and each sees the other\'s calls', async () => {
    const [a, b] = [open(), open()];
    await Promise.all([a, b].flatMap((store, window) => Array.from({ length: 20 }, async (_, n) => {
      store.record(call('GetCustomer', { customerId: `${window}${String(n).padStart(2, '0')}` }), n % 2 ? 'acme-1' : 'sandbox');
      if (n % 5 === 0) await store.flush();
    })));
    await Promise.all([a.flush(), b.flush()]);
    await Promise.all([a.sync(), b.sync()]);
    expect(a.list()).toHaveLength(40);
    expect(a.list().map(({ id }) => id)).toEqual(b.list().map(({ id }) => id));
    b.record(call('GetCustomer', { customerId: '999' }), 'sandbox');
    await b.flush();
    await a.sync();
    expect(a.list()).toHaveLength(41);
    expect([a.setAside, b.setAside]).toEqual([0, 0]);
  });

  test('a purge says what went, takes everything along, and the other window forgets too', async () => {
    const [a, b] = [open(), open()];
    a.record(call('GetCustomer', { customerId: '1' }), 'acme-1');
    b.record(call('GetCustomer', { customerId: '2' }), 'sandbox');
    await Promise.all([a.flush(), b.flush()]);
    await Promise.all([a.sync(), b.sync()]);
    const [mine] = a.list();
    expect(await a.purge()).toEqual({ calls: 2, files: 2, bytes: expect.any(Number) });
    expect(await files()).toEqual(new Map());
    expect(a.list()).toEqual([]);
    expect(a.exchange(mine!.id)).toBeUndefined();
    await b.sync();
    expect(b.list()).toEqual([]);
    b.record(call('GetCustomer', { customerId: '3' }), 'sandbox');
    await b.flush();
    await a.sync();
    expect(a.list()).toHaveLength(1);
  });

  test('the history of one connection goes alone', async () => {
    const store = open();
    for (const connection of ['acme-1', 'sandbox']) store.record(call('GetCustomer', { customerId: '1' }), connection);
    await store.flush();
    expect((await store.purge('acme-1')).calls).toBe(1);
    expect(store.list().map(({ connectionId }) => connectionId)).toEqual(['sandbox']);
    expect([...(await files()).keys()].every((name) => name.startsWith('sandbox'))).toBe(true);
  });

  test('a connection whose id cannot name a folder has one all the same, inside', async () => {
    const store = open();
    store.record(call('GetCustomer', { customerId: '1' }), '../../../etc');
    store.record(call('GetCustomer', { customerId: '1' }), '..');
    await store.flush();
    expect((await files()).size).toBe(2);
    const next = open();
    await next.sync();
    expect(next.list().map(({ connectionId }) => connectionId).sort()).toEqual(['..', '../../../etc']);
  });
});

describe('in words', () => {
  const entry = (change: Partial<ReturnType<HistoryStore['list']>[number]> = {}) => {
    const read = readLine(toLine({ id: 'a-1', connectionId: 'c', time: new Date(2026, 2, 9, 14, 3, 22).getTime(), operationId: 'GetCustomerAccount', origin: 'tree', outcome: 'ok', status: 200, durationMs: 42, size: 5120, attempts: 1, billable: false, parameters: { customerId: '7200000001', accountId: '8100000011' }, left: [], ...change }), 'c');
    if (read.kind !== 'entry') throw new Error('not an entry');
    return read.entry;
  };
  const context = { now: new Date(2026, 2, 9, 20).getTime(), labelOf: () => 'Acme', mixed: false };

  test('rows of calls say status, duration, what is billable, when and what about; icons differ by outcome', () => {
    const rows = [entry(), entry({ outcome: 'failed', status: 404, code: '38003' }), entry({ outcome: 'failed', status: undefined, failure: 'network' }), entry({ outcome: 'refused', status: undefined, failure: 'guard' }), entry({ status: 203 }), entry({ billable: true, durationMs: 2500 })]
      .map((one) => describeRow({ kind: 'call', entry: one }, context));
    expect(rows.map(({ description }) => description)).toEqual([
      '200 · 42 ms · 14:03:22 · account 8100000011', '404, code 38003 · 42 ms · 14:03:22 · account 8100000011', 'no connection · 42 ms · 14:03:22 · account 8100000011',
      'refused · 14:03:22 · account 8100000011', '203 · 42 ms · 14:03:22 · account 8100000011', '200 · 2.5 s · billable · 14:03:22 · account 8100000011',
    ]);
    expect(new Set(rows.map(({ icon }) => icon.id)).size).toBe(4);
    expect(rows[0]!.tooltip).toContain('GET');
    expect(rows[1]!.spoken).toContain('failed');
  });

  test('days are the person\'s own, newest first, and say what they hold', () => {
    const list = [entry(), entry({ time: new Date(2026, 2, 8, 23, 59).getTime(), outcome: 'failed' }), entry({ time: new Date(2026, 2, 8, 0, 1).getTime(), billable: true }), entry({ time: new Date(2026, 1, 1).getTime() })];
    const rows = days(list).map((row) => describeRow(row, context));
    expect(rows.map(({ label, description, state }) => [label, description, state])).toEqual([
      ['Today', '1 call', 'expanded'], ['Yesterday', '2 calls · 1 failed · 1 billable', 'collapsed'], ['Sun, Feb 1, 2026', '1 call', 'collapsed'],
    ]);
  });

  test('what was refused never went out, and is counted beside the calls', () => {
    const refused = entry({ outcome: 'refused' });
    const [mixed] = days([entry(), refused, entry({ outcome: 'failed' }), refused]).map((row) => describeRow(row, context));
    expect([mixed!.description, mixed!.spoken]).toEqual(['2 calls · 2 refused · 1 failed', 'Today, 2 calls · 2 refused · 1 failed']);
    expect(mixed!.tooltip).toMatch(/Calls[^\n]*2[^]*Refused, never sent[^\n]*2/);
    expect(days([refused]).map((row) => describeRow(row, context).description)).toEqual(['1 refused']);
  });

  test('hostile values that are in a file stay text in a tooltip', () => {
    const row = describeRow({ kind: 'call', entry: entry({ parameters: { customerId: '[x](command:evil) <b>' } }) }, context);
    expect(row.tooltip).not.toContain('](command');
    expect(row.tooltip).not.toContain('<b>');
  });

  test('the filter finds by text in any name and id, operation, status and connection', () => {
    const one = entry({ status: 404, code: '38003', outcome: 'failed' });
    for (const text of ['getcustomer', '8100000011', '404', '38003', 'failed', 'accounts.get_by_id', 'accounts 404 tree', '/v2/customers']) expect(matches(one, { text }), text).toBe(true);
    for (const text of ['billable', 'dana', 'poll']) expect(matches(one, { text }), text).toBe(false);
    expect([matches(one, { status: '404' }), matches(one, { status: '4xx' }), matches(one, { status: 'failed' }), matches(one, { status: 'ok' }), matches(one, { connectionId: 'd' }), matches(one, { operationId: 'GetCustomer' })])
      .toEqual([true, true, true, false, false, false]);
    expect(filterText({ text: 'acc', status: 'failed', connectionId: 'c', operationId: 'GetCustomer' }, () => 'Acme')).toBe('Only: "acc", GetCustomer, failed, on Acme');
    expect(filterText({}, () => '')).toBeUndefined();
  });

  test('the document shows the exchange without secrets, and says what is not there', () => {
    const store = open();
    store.record(call('ModifyConsumer', { consumerId: 'ab12', body: { firstName: 'Dana', ssn: '912834567', note: 'canary-Secret-1' } }, {
      target: '/decisioning/v1/consumers/ab12', requestHeaders: { accept: 'application/json', 'finicity-app-token': 'canaryT' }, answer: { status: 200, size: 20, contentType: 'application/json', headers: { 'set-cookie': 'canaryC', date: 'today' }, body: { ok: true } },
    }), 'c');
    const [own] = store.list();
    const where = { connectionLabel: 'Acme', baseUrl: 'https://api.example', hideKnown: redactor.hideKnown };
    const text = exchangeText(own!, store.exchange(own!.id), where);
    expect(text).not.toMatch(/canary|912834567/);
    expect(JSON.parse(text)).toMatchObject({ operation: 'ModifyConsumer', connection: 'Acme', request: { line: 'PUT https://api.example/decisioning/v1/consumers/ab12', body: { firstName: 'Dana', ssn: '(not shown)' } }, response: { status: 200, headers: { date: 'today' }, body: { ok: true } } });
    const past = JSON.parse(exchangeText(own!, undefined, where)) as { request: unknown; response: unknown };
    expect(past).toMatchObject({ request: { line: 'PUT https://api.example/decisioning/v1/consumers/ab12', notKept: ['body'] }, response: { status: 200, body: '(no longer in memory: run it again)' } });
  });

  test.each<[string, string, Uint8Array, unknown]>([
    ['JSON', 'application/json', new TextEncoder().encode('{"ok":true,"token":"canary"}'), { ok: true, token: '(not shown)' }],
    ['JSON under another name', 'text/plain', new TextEncoder().encode('[1]'), [1]],
    ['cut JSON', 'application/json', new TextEncoder().encode('{"ok":tr'), '{"ok":tr'],
    ['XML', 'application/xml', new TextEncoder().encode('<ok/>'), '<ok/>'],
    ['a PDF', 'application/json', new Uint8Array([0x25, 0x50, 0x44, 0x46, 0, 0xff]), '(6 bytes)'],
  ])('the document reads an answer that came as bytes: %s', (_what, contentType, body, shown) => {
    const store = open();
    store.record(call('GetCustomer', { customerId: '72' }, { answer: { status: 200, size: body.length, contentType, body } }), 'c');
    const [own] = store.list();
    const text = exchangeText(own!, store.exchange(own!.id), { connectionLabel: 'Acme', baseUrl: '', hideKnown: redactor.hideKnown });
    expect((JSON.parse(text) as { response: { body: unknown } }).response.body).toEqual(shown);
  });

  test('secrets are emptied for a request that is edited, the rest stays', () => {
    expect(emptySecrets({ firstName: 'Dana', ssn: '912834567', questions: [{ text: 'Pet?', answer: 'Rex' }] })).toEqual({ value: { firstName: 'Dana', ssn: '', questions: [{ text: 'Pet?', answer: '' }] }, emptied: ['ssn', 'answer'] });
    expect(withoutSecrets({ newPartnerSecret: 'x', cvv: '123', cards: [{ cardNumber: '4111' }] }, (text) => text)).toEqual({ newPartnerSecret: '(not shown)', cvv: '(not shown)', cards: [{ cardNumber: '(not shown)' }] });
  });
});

test('listeners hear of every call, and no more when they let go', () => {
  const store = open();
  const heard = vi.fn();
  const { dispose } = store.onDidChange(heard);
  store.record(call('GetCustomer', { customerId: '1' }), 'c');
  dispose();
  store.record(call('GetCustomer', { customerId: '2' }), 'c');
  expect(heard).toHaveBeenCalledTimes(1);
});

test('a listener that fails, and a body that cannot be judged, leave the call in the list and its caller in peace', () => {
  const store = open({ keepBodies: true });
  store.onDidChange(() => { throw new Error('a view'); });
  const strange = { get id(): string { throw new Error('unreadable'); } };
  expect(() => store.record(call('AddTestingCustomer', { body: strange }), 'c')).not.toThrow();
  expect(store.list().map(({ operationId, bodies }) => [operationId, bodies])).toEqual([['AddTestingCustomer', undefined]]);
  expect(store.warnings).toEqual(['The bodies of a call could not be kept', 'The history could not be shown anew']);
});
