// Customers as the API keeps them.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caller, startSandbox } from '../support/sandbox.ts';
import type { TestSandbox } from '../support/sandbox.ts';

let sandbox: TestSandbox;
let call: ReturnType<typeof caller>;
beforeAll(async () => {
  sandbox = await startSandbox({ customers: 60, now: 1_790_000_000 });
  call = caller(sandbox);
});
afterAll(() => sandbox.stop());

interface CustomerWire { id: string; username: string; firstName?: string; lastName?: string; type: string; createdDate: unknown }
const list = async (query: string) => (await call('GET', `/aggregation/v1/customers${query}`)).json as { found: number; displaying: number; moreAvailable: boolean; customers: CustomerWire[] };

describe('enrolling', () => {
  test('answers id, username and the date as a number, which the customer itself has as text', async () => {
    const made = await call('POST', '/aggregation/v2/customers/testing', { username: 'dana_reyes-77', firstName: 'Dana', lastName: 'Reyes', phone: null });
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({ username: 'dana_reyes-77', createdDate: expect.any(Number) });
    expect(made.json.id).toMatch(/^\d{10}$/);
    const read = await call('GET', `/aggregation/v1/customers/${made.json.id}`);
    expect(read.json).toMatchObject({ id: made.json.id, type: 'testing', firstName: 'Dana', createdDate: String(made.json.createdDate) });
    const again = await call('POST', '/aggregation/v2/customers/active', { username: 'dana_reyes-77' });
    expect([again.status, again.json.code]).toEqual([409, 110002]);
  });

  test.each([
    ['short', 110039], ['x'.repeat(256), 110039], ['émile-dupont', 110039], ['with space', 110039], ['semi;colon', 110039],
  ])('refuses the username %j', async (username, code) => {
    const refused = await call('POST', '/aggregation/v2/customers/testing', { username });
    expect([refused.status, refused.json.code]).toEqual([400, code]);
  });

  test('takes every sign of the policy, 255 characters, emoji and accents in names; refuses markup in them', async () => {
    expect((await call('POST', '/aggregation/v2/customers/testing', { username: 'aA1!@.#$%&*_-+' })).status).toBe(201);
    const made = await call('POST', '/aggregation/v2/customers/testing', { username: 'y'.repeat(255), firstName: 'Zoë 🦊', lastName: 'Ñ'.repeat(255) });
    expect(made.status).toBe(201);
    expect((await call('GET', `/aggregation/v1/customers/${made.json.id}`)).json).toMatchObject({ firstName: 'Zoë 🦊', lastName: 'Ñ'.repeat(255) });
    const refused = await call('POST', '/aggregation/v2/customers/testing', { username: 'markup-name', firstName: '<b>Dana</b>' });
    expect([refused.status, refused.json.code]).toEqual([400, 45003]);
    expect((await list('?username=markup-name')).found).toBe(0);
  });

  test('needs a username and a known application', async () => {
    expect((await call('POST', '/aggregation/v2/customers/testing', {})).json).toEqual({ code: 10005, message: 'Missing parameter (username)' });
    const refused = await call('POST', '/aggregation/v2/customers/testing', { username: 'with-app-1', applicationId: 'none' });
    expect([refused.status, refused.json.code]).toEqual([400, 10007]);
  });
});

describe('listing', () => {
  test('pages by record and meets every customer once', async () => {
    const seen: string[] = [];
    let start = 1;
    for (;;) {
      const page = await list(`?start=${start}&limit=25`);
      expect(page.displaying).toBe(page.customers.length);
      seen.push(...page.customers.map(({ id }) => id));
      start += 25;
      if (!page.moreAvailable) {
        expect(seen).toHaveLength(page.found);
        break;
      }
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThanOrEqual(60);
  });

  test('tells testing from active, and counts each', async () => {
    const [all, testing, active] = await Promise.all([list('?limit=1'), list('?type=testing&limit=1000'), list('?type=active&limit=1000')]);
    expect(testing.found + active.found).toBe(all.found);
    expect(active.found).toBeGreaterThan(5);
    expect(testing.customers.every(({ type }) => type === 'testing')).toBe(true);
  });

  test('finds by exact username; an unknown one is an empty page', async () => {
    expect((await list('?username=dana-reyes-1')).customers.map(({ firstName }) => firstName)).toEqual(['Dana']);
    expect(await list('?username=dana-reyes')).toEqual({ found: 0, displaying: 0, moreAvailable: false, customers: [] });
  });

  test('searches username and any mix of names, with or without accents, and sees changes at once', async () => {
    expect((await list('?search=dana%20reyes')).customers.map(({ username }) => username)).toContain('dana-reyes-1');
    expect((await list('?search=REYES%20dan')).customers.map(({ username }) => username)).toContain('dana-reyes-1');
    expect((await list('?search=castaneda%20elena')).customers[0]?.lastName).toBe('Castañeda');
    expect((await list('?search=casta%C3%B1eda%20elena')).customers[0]?.firstName).toBe('Elena');
    // One whose username does not hold its name, so that the name alone decides.
    const someone = (await list('?search=cust-0&limit=1000')).customers.find(({ username, lastName }) => username.startsWith('cust-') && lastName) as CustomerWire;
    const byName = async (name: string) => (await list(`?search=${encodeURIComponent(name)}&limit=1000`)).customers.map(({ id }) => id);
    expect(await byName(`${someone.firstName} ${someone.lastName}`)).toContain(someone.id);
    expect((await call('PUT', `/aggregation/v1/customers/${someone.id}`, { lastName: 'Quillfeather' })).status).toBe(204);
    expect(await byName('quillfeather')).toEqual([someone.id]);
    expect(await byName(`${someone.firstName} ${someone.lastName}`)).not.toContain(someone.id);
    expect((await list('?search=nobody-is-called-this')).found).toBe(0);
  });

  test.each([['?start=0', 41003], ['?start=-5', 41003], ['?limit=0', 41004], ['?type=retired', 14016]])('refuses %s', async (query, code) => {
    const refused = await call('GET', `/aggregation/v1/customers${query}`);
    expect([refused.status, refused.json.code]).toEqual([400, code]);
  });
});

describe('changing and deleting', () => {
  test('a change needs a name and leaves the other as it was', async () => {
    const [customer] = (await list('?username=noah-whitfield-5')).customers as [CustomerWire];
    const path = `/aggregation/v1/customers/${customer.id}`;
    const refused = await call('PUT', path, {});
    expect([refused.status, refused.json.code]).toEqual([400, 10025]);
    expect((await call('PUT', path, { email: 'x@example.com' })).json.code).toBe(10025);
    expect((await call('PUT', path, { firstName: 'Noa' })).status).toBe(204);
    expect((await call('GET', path)).json).toMatchObject({ firstName: 'Noa', lastName: 'Whitfield', lastModifiedDate: expect.stringMatching(/^1790/) });
  });

  test('a deleted one is gone for every read, its place in the pages closes, and its consumer stays', async () => {
    const { customers: [customer], found } = await list('?limit=1');
    const id = (customer as CustomerWire).id;
    const consumer = (await call('GET', `/decisioning/v1/customers/${id}/consumer`)).json;
    expect((await call('DELETE', `/aggregation/v1/customers/${id}`)).status).toBe(204);
    expect((await call('GET', `/aggregation/v1/customers/${id}`)).json.code).toBe(14001);
    expect((await call('DELETE', `/aggregation/v1/customers/${id}`)).status).toBe(404);
    expect((await call('GET', `/aggregation/v1/customers/${id}/accounts`)).json.code).toBe(14001);
    expect(await list('?limit=1')).toMatchObject({ found: found - 1 });
    expect((await list('?limit=1000')).customers.some((one) => one.id === id)).toBe(false);
    expect((await list(`?username=${(customer as CustomerWire).username}`)).found).toBe(0);
    expect((await call('GET', `/decisioning/v1/consumers/${consumer.id}`)).json.id).toBe(consumer.id);
    expect((await call('GET', `/decisioning/v1/customers/${id}/consumer`)).json).toEqual({ code: 14001, message: 'Resource not found.' });
  });

  test('the page window moves over deleted seeded records without skipping or repeating', async () => {
    const before = (await list('?limit=1000')).customers.map(({ id }) => id);
    const gone = [before[2], before[3], before[20]] as string[];
    for (const id of gone) await call('DELETE', `/aggregation/v1/customers/${id}`);
    const left = before.filter((id) => !gone.includes(id));
    const pages = [];
    for (let start = 1; start <= left.length; start += 7) pages.push(...(await list(`?start=${start}&limit=7`)).customers.map(({ id }) => id));
    expect(pages).toEqual(left);
  });
});

describe('the application of a customer', () => {
  test('50052 until one is set; set once, it stays', async () => {
    const made = await call('POST', '/aggregation/v2/customers/testing', { username: 'app-holder-1', firstName: 'Ana', lastName: 'Ruiz' });
    const path = `/aggregation/v1/customers/${made.json.id}`;
    expect((await call('GET', `${path}/application`)).json.code).toBe(50052);
    const [first, second] = ((await call('GET', '/applications?status=A')).json.applications as { applicationId: string; name: string }[]);
    expect((await call('PUT', `${path}/applications/unknown`)).json.code).toBe(10007);
    expect((await call('PUT', `${path}/applications/${first?.applicationId}`)).status).toBe(200);
    expect((await call('GET', `${path}/application`)).json).toMatchObject({ applicationId: first?.applicationId, applicationName: first?.name, username: 'app-holder-1' });
    expect((await call('PUT', `${path}/applications/${second?.applicationId}`)).status).toBe(400);
  });

  test('50051 where the partner has registered none', async () => {
    const empty = await startSandbox({ customers: 0 });
    try {
      const other = caller(empty);
      const made = await other('POST', '/aggregation/v2/customers/testing', { username: 'first-one' });
      const refused = await other('GET', `/aggregation/v1/customers/${made.json.id}/application`);
      expect([refused.status, refused.json.code]).toEqual([404, 50051]);
    } finally {
      await empty.stop();
    }
  });
});
