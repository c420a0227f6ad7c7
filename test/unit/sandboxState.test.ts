// What the sandbox remembers, what survives a restart and a damaged file, and that the same seed is the same world.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AccountEntity, CustomerEntity } from '../../src/sandbox/entities.ts';
import { createState } from '../../src/sandbox/stateStore.ts';
import { createWorld } from '../../src/sandbox/world/createWorld.ts';
import { createMoney } from '../../src/sandbox/world/money.ts';
import { createPeople } from '../../src/sandbox/world/people.ts';
import { idSeries } from '../../src/sandbox/world/ids.ts';
import { caller, startSandbox } from '../support/sandbox.ts';
import type { TestSandbox } from '../support/sandbox.ts';

let folder: string;
let running: TestSandbox[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-state-'));
});
afterEach(async () => {
  await Promise.all(running.map((sandbox) => sandbox.stop()));
  running = [];
  await rm(folder, { recursive: true, force: true });
});
const start = async (options: Parameters<typeof startSandbox>[0] = {}) => {
  const sandbox = await startSandbox({ customers: 30, now: 1_790_000_000, ...options });
  running.push(sandbox);
  return { sandbox, call: caller(sandbox) };
};
const stop = async (sandbox: TestSandbox) => {
  running = running.filter((one) => one !== sandbox);
  await sandbox.stop();
};
const everyone = async (call: ReturnType<typeof caller>) => (await call('GET', '/aggregation/v1/customers?limit=1000')).json.customers as { id: string; username: string }[];

describe('across a restart', () => {
  test('what was made, changed and deleted is so afterwards; the new secret and the lock stay too', async () => {
    const first = await start({ dataDir: folder });
    const [changed, deleted] = await everyone(first.call);
    const made = await first.call('POST', '/aggregation/v2/customers/testing', { username: 'survivor-1' });
    await first.call('PUT', `/aggregation/v1/customers/${changed?.id}`, { firstName: 'Renamed' });
    await first.call('DELETE', `/aggregation/v1/customers/${deleted?.id}`);
    await first.call('POST', `/decisioning/v1/customers/${made.json.id}/consumer`, { firstName: 'A', lastName: 'B', state: 'UT', ssn: '999601111', phone: '8015550142' });
    for (let failure = 0; failure < 5; failure++) {
      await first.call('POST', '/aggregation/v2/partners/authentication', { partnerId: first.sandbox.credentials.partnerId, partnerSecret: 'wrong-secret-1' });
    }
    await stop(first.sandbox);

    const second = await start({ dataDir: folder });
    expect((await second.sandbox.control.health()).recovered).toBe(false);
    await expect(second.call('GET', '/aggregation/v1/customers')).rejects.toThrow('24302');
    await second.sandbox.control.unlock();
    const call = caller(second.sandbox);
    expect((await call('GET', `/aggregation/v1/customers/${made.json.id}`)).json.username).toBe('survivor-1');
    expect((await call('GET', `/aggregation/v1/customers/${changed?.id}`)).json.firstName).toBe('Renamed');
    expect((await call('GET', `/aggregation/v1/customers/${deleted?.id}`)).status).toBe(404);
    expect((await call('GET', `/decisioning/v1/customers/${made.json.id}/consumer`)).json.ssn).toBe('1111');
    expect((await call('POST', '/aggregation/v2/customers/testing', { username: 'survivor-2' })).json.id).not.toBe(made.json.id);
  });

  test('a token goes on working, so that a client does not notice', async () => {
    const first = await start({ dataDir: folder });
    const { token } = (await first.call('POST', '/aggregation/v2/partners/authentication', { partnerId: first.sandbox.credentials.partnerId, partnerSecret: first.sandbox.credentials.partnerSecret })).json;
    await stop(first.sandbox);
    const second = await start({ dataDir: folder });
    expect((await second.call('GET', '/aggregation/v1/customers', undefined, { 'Finicity-App-Token': String(token) })).status).toBe(200);
  });

  test('a clock that was moved stays moved', async () => {
    const first = await start({ dataDir: folder, now: undefined });
    const then = await first.sandbox.control.clock({ advance: 400 * 86_400 });
    await stop(first.sandbox);
    const second = await start({ dataDir: folder, now: undefined });
    const { now } = await second.sandbox.control.health();
    expect(now - then).toBeGreaterThanOrEqual(0);
    expect(now - then).toBeLessThan(60);
  });

  test('is saved a moment after a change already, whole and under its name', async () => {
    const { call } = await start({ dataDir: folder });
    await call('POST', '/aggregation/v2/customers/testing', { username: 'saved-soon' });
    await expect.poll(() => readFile(join(folder, 'snapshot.json'), 'utf8').catch(() => ''), { timeout: 5_000 }).toContain('saved-soon');
    expect(await readdir(folder)).toEqual(['snapshot.json']);
  });
});

describe('a saved state that cannot be used', () => {
  test.each([['cut off', '{"version":1,"seed":"meadow","customers":30,"state":{"records":{'], ['of another shape', '{"version":1,"seed":"meadow","customers":30,"state":{}}'], ['empty', ''], ['not ours', '[1,2,3]']])(
    'that is %s is kept aside, the world is seeded anew, and health says so', async (_what, text) => {
      await writeFile(join(folder, 'snapshot.json'), text);
      const { sandbox, call } = await start({ dataDir: folder });
      const health = await sandbox.control.health();
      expect(health.recovered).toBe(true);
      expect(health.notice).toMatch(/could not be read; it is kept as snapshot\.damaged-\d+\.json, and the world is seeded anew/);
      const aside = (await readdir(folder)).find((name) => /^snapshot\.damaged-\d+\.json$/.test(name)) as string;
      expect(await readFile(join(folder, aside), 'utf8')).toBe(text);
      expect(await everyone(call)).toHaveLength(30);
    });

  test('that belongs to another seed is kept aside, not called damaged', async () => {
    const first = await start({ dataDir: folder });
    await first.call('POST', '/aggregation/v2/customers/testing', { username: 'other-world' });
    await stop(first.sandbox);
    const { sandbox, call } = await start({ dataDir: folder, seed: 'another' });
    const health = await sandbox.control.health();
    expect([health.recovered, health.notice]).toEqual([false, expect.stringContaining('belongs to seed "meadow"')]);
    expect((await everyone(call)).some(({ username }) => username === 'other-world')).toBe(false);
  });
});

test('reset puts the seed back: records, clock, lock and faults', async () => {
  const { sandbox, call } = await start({ dataDir: folder });
  const before = await everyone(call);
  await call('DELETE', `/aggregation/v1/customers/${before[0]?.id}`);
  await call('POST', '/aggregation/v2/customers/testing', { username: 'not-for-long' });
  await sandbox.control.clock({ advance: 1_000_000 });
  await sandbox.control.faults({ kind: 'html' });
  await sandbox.control.reset();
  const call2 = caller(sandbox);
  expect(await everyone(call2)).toEqual(before);
  expect((await call2('GET', `/aggregation/v1/customers/${before[0]?.id}`)).status).toBe(200);
  expect((await call2('GET', '/aggregation/v1/customers?username=not-for-long')).json.found).toBe(0);
  expect((await sandbox.control.health()).now).toBeLessThan(1_790_000_100);
});

describe('the world', () => {
  test('is the same for the same seed, another for another, and grows without changing who is there', async () => {
    const [a, b, other, larger] = await Promise.all([start(), start(), start({ seed: 'another' }), start({ customers: 90 })]);
    const [people, same, different, more] = await Promise.all([a, b, other, larger].map(({ call }) => everyone(call)));
    expect(same).toEqual(people);
    expect(different).not.toEqual(people);
    expect(more?.slice(0, 30)).toEqual(people);
    const deep = async ({ call }: typeof a) => {
      const id = (people?.[0] as { id: string }).id;
      return Promise.all([`/decisioning/v1/customers/${id}/consumer`, `/aggregation/v1/customers/${id}/accounts`, '/institution/v2/institutions?limit=1000'].map(async (path) =>
        (await call('GET', path)).text.replace(/"createdDate":179\d+/g, '').replaceAll(/127\.0\.0\.1:\d+/g, '')));
    };
    expect(await deep(b)).toEqual(await deep(a));
  });

  test('finds every seeded record by its id alone', () => {
    const stateOf = () => createState(createWorld({ seed: 'meadow', customers: 40, money: createMoney('meadow') }), { now: () => 1_790_000_000 });
    const [seen, fresh] = [stateOf(), stateOf()];
    let records = 0;
    for (const { id: customerId } of seen.customers.query({ start: 1, limit: 40 }).items) {
      for (const kind of ['logins', 'accounts', 'consumers', 'businesses', 'reports'] as const) {
        for (const record of seen[kind].of(customerId)) {
          records++;
          expect(fresh[kind].get(String(record.id))).toEqual(record);
        }
      }
    }
    expect(records).toBeGreaterThan(200);
    for (const kind of ['logins', 'accounts', 'consumers', 'businesses', 'reports'] as const) {
      for (const id of ['', '1', '8123456789', 'x'.repeat(32), '0'.repeat(32)]) expect(fresh[kind].get(id)).toBeUndefined();
    }
  });

  test('what is read cannot be changed without being put', () => {
    const state = createState(createWorld({ seed: 'meadow', customers: 5, money: createMoney('meadow') }), { now: () => 1_790_000_000 });
    const { id } = state.customers.query({ start: 1, limit: 1 }).items[0] as { id: string };
    const account = state.accounts.of(id)[0] as AccountEntity;
    const { name } = account;
    account.name = 'changed';
    const again = state.accounts.get(account.id) as AccountEntity;
    expect(again.name).toBe(name);
    again.name = 'changed';
    expect(state.accounts.get(account.id)?.name).toBe(name);
    state.accounts.put({ ...account, name: 'put' });
    expect(state.accounts.of(id)[0]?.name).toBe('put');
    expect(state.accounts.delete(account.id)).toBe(true);
    expect(state.accounts.delete(account.id)).toBe(false);
    expect(state.accounts.of(id).some((one) => one.id === account.id)).toBe(false);
  });

  test('of 100,000 customers a page looks at its own alone', () => {
    const world = createWorld({ seed: 'meadow', customers: 100_000, money: createMoney('meadow') });
    let looked = 0;
    const counting = { ...world, customerAt: (index: number) => (looked++, world.customerAt(index)) };
    const state = createState(counting, { now: () => 1_790_000_000 });
    const { found, items } = state.customers.query({ start: 70_001, limit: 25 });
    expect([found, items.length]).toEqual([100_000, 25]);
    state.customers.get(items[0]?.id as string);
    state.customers.byUsername(items[1]?.username as string);
    expect(looked).toBeLessThan(40);
  });

  test('of 100,000 customers a page of one type looks at its own alone, and follows what is changed, deleted and enrolled', () => {
    const world = createWorld({ seed: 'meadow', customers: 100_000, money: createMoney('meadow') });
    let looked = 0;
    const counting = { ...world, customerAt: (index: number) => (looked++, world.customerAt(index)) };
    const { customers } = createState(counting, { now: () => 1_790_000_000 });
    const page = (type: 'testing' | 'active', start: number) => customers.query({ type, start, limit: 25 });
    const before = page('testing', 1);
    expect(before.items.every(({ type }) => type === 'testing')).toBe(true);
    expect(page('testing', 40_001).items).toHaveLength(25);
    expect(looked).toBeLessThan(60);
    expect(before.found + page('active', 1).found).toBe(100_000);
    const [first, second, third] = before.items as [CustomerEntity, CustomerEntity, CustomerEntity];
    customers.delete(first.id);
    customers.put({ ...second, firstName: 'Renamed' });
    const added: CustomerEntity = { ...third, id: customers.nextId(), username: 'enrolled-now' };
    customers.put(added);
    const after = page('testing', 1);
    expect(after.found).toBe(before.found);
    expect(after.items.slice(0, 2).map(({ id, firstName }) => [id, firstName])).toEqual([[second.id, 'Renamed'], [third.id, third.firstName]]);
    expect(page('testing', after.found).items.map(({ username }) => username)).toEqual(['enrolled-now']);
    expect(page('testing', after.found + 1).items).toEqual([]);
  });

  test('100,000 customers are served, to the last page, and searched', async () => {
    const { call } = await start({ customers: 100_000 });
    const last = (await call('GET', '/aggregation/v1/customers?start=99991&limit=25')).json as { found: number; customers: { id: string }[] };
    expect([last.found, last.customers.length]).toEqual([100_000, 10]);
    expect((await call('GET', `/aggregation/v1/customers/${last.customers[9]?.id}`)).status).toBe(200);
    expect((await call('GET', '/aggregation/v1/customers?search=dana%20reyes')).json.found).toBeGreaterThan(10);
  });

  test('its people have unique usernames within the policy, every persona, and the names that break code', () => {
    const people = createPeople('any', 3_000);
    const all = Array.from({ length: 3_000 }, (_, index) => people.customerAt(index));
    expect(new Set(all.map(({ username }) => username)).size).toBe(3_000);
    expect(new Set(all.map(({ id }) => id)).size).toBe(3_000);
    for (const [index, { id, username }] of all.entries()) {
      expect(username).toMatch(/^[A-Za-z0-9!@.#$%&*_+-]{6,255}$/);
      expect([id.length, people.indexOf(id), people.indexOfUsername(username)]).toEqual([10, index, index]);
    }
    expect(new Set(all.map(({ persona }) => persona)).size).toBe(6);
    const testing = all.filter(({ type }) => type === 'testing').length / all.length;
    expect(testing).toBeGreaterThan(0.65);
    expect(testing).toBeLessThan(0.75);
    expect(all.some(({ lastName }) => lastName?.length === 255)).toBe(true);
    expect(all.some(({ firstName = '' }) => /\p{Extended_Pictographic}/u.test(firstName))).toBe(true);
    expect(all.some(({ firstName, lastName }) => firstName === undefined && lastName === undefined)).toBe(true);
  });

  test('ids read back, also far out, and a foreign one is none of them', () => {
    const series = idSeries('any', 'purpose', 8);
    for (const n of [0, 1, 511, 99_999, 8_999_999, 9_000_001, 79_999_999, 999_999_936]) expect(series.indexOf(series.at(n))).toBe(n);
    for (const id of ['', '8', '12345678901', '1234567890', '8abcdefghi', '8999999999']) expect(series.indexOf(id)).toBe(-1);
  });
});
