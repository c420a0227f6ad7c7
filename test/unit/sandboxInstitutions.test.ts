// The institution directory.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { caller, startSandbox } from '../support/sandbox.ts';
import type { TestSandbox } from '../support/sandbox.ts';

let sandbox: TestSandbox;
let call: ReturnType<typeof caller>;
beforeAll(async () => {
  sandbox = await startSandbox({ customers: 5 });
  call = caller(sandbox);
});
afterAll(() => sandbox.stop());

interface InstitutionWire { id: number; name: string; voa: boolean; ach: boolean; branding?: { logo: string; primaryColor: string } }
const list = async (query: string, path = '/institution/v2/institutions') =>
  (await call('GET', path + query)).json as { found: number; displaying: number; moreAvailable: boolean; institutions: InstitutionWire[]; requestedDate?: number; createdDate?: number };

test('pages by page number and meets every institution once', async () => {
  const { found } = await list('');
  expect(found).toBeGreaterThan(290);
  const ids: number[] = [];
  for (let page = 1; ; page++) {
    const { institutions, moreAvailable } = await list(`?start=${page}&limit=100`);
    ids.push(...institutions.map(({ id }) => id));
    if (!moreAvailable) break;
  }
  expect(ids).toHaveLength(found);
  expect(new Set(ids).size).toBe(found);
});

test('the test banks have their real ids', async () => {
  for (const [id, name] of [[101732, 'FinBank'], [102105, 'FinBank Profiles - A'], [170776, 'FinBank Billable']] as const) {
    expect((await call('GET', `/institution/v2/institutions/${id}`)).json.institution).toMatchObject({ id, name });
  }
});

test('searches by name, the best hit first, and forgives a slip', async () => {
  const { institutions } = await list('?search=finbank');
  expect(institutions[0]?.name).toBe('FinBank');
  expect(institutions.every(({ name }) => name.startsWith('FinBank'))).toBe(true);
  expect((await list('?search=finbamk')).institutions.map(({ name }) => name)).toContain('FinBank');
  expect(await list('?search=nothing-is-called-so')).toMatchObject({ found: 0, institutions: [], moreAvailable: false });
});

test('certified lists ask for every product that is named, and are dated otherwise', async () => {
  const both = await list('?type=voa,ach&limit=1000', '/institution/v2/certifiedInstitutions');
  expect(both.institutions.every(({ voa, ach }) => voa && ach)).toBe(true);
  const one = await list('?type=voa&limit=1000', '/institution/v2/certifiedInstitutions');
  expect(one.found).toBeGreaterThan(both.found);
  expect(both.found).toBeGreaterThan(10);
  expect(one.requestedDate).toBeGreaterThan(0);
  expect(one.createdDate).toBeUndefined();
  expect((await list('?limit=1000', '/institution/v2/certifiedInstitutions/rssd')).institutions.some((institution) => 'rssd' in institution)).toBe(true);
});

test('filters by country', async () => {
  const [all, us, ca] = await Promise.all([list(''), list('?supportedCountries=us'), list('?supportedCountries=ca')]);
  expect(us.found + ca.found).toBe(all.found);
  expect(ca.found).toBeGreaterThan(0);
  expect((await list('?supportedCountries=us,CA')).found).toBe(all.found);
});

test('branding is there to be drawn, and 404 where there is none', async () => {
  const { json } = await call('GET', '/institution/v2/institutions/101732/branding');
  const { logo, primaryColor } = json.branding as { logo: string; primaryColor: string };
  expect(primaryColor).toMatch(/^#[0-9A-F]{6}$/i);
  const drawing = await fetch(logo);
  expect(drawing.headers.get('content-type')).toBe('image/svg+xml');
  expect(await drawing.text()).toContain('FinBank</text>');
  const payroll = (await list('?search=FinPayroll')).institutions[0] as InstitutionWire;
  expect((await call('GET', `/institution/v2/institutions/${payroll.id}/branding`)).status).toBe(404);
});

test('by routing number: the bank, 400 for a wrong length, 404 for one that nobody has', async () => {
  const { institutions } = await import('../../src/sandbox/world/institutions.ts');
  const bank = institutions().find(({ routingNumbers }) => routingNumbers.length > 0);
  const found = await call('GET', `/institution/v1/institutions/routingNumber/${bank?.routingNumbers[0]}`);
  expect((found.json.institutions as { name: string }[]).map(({ name }) => name)).toContain(bank?.name);
  const [wrong, none] = [await call('GET', '/institution/v1/institutions/routingNumber/12345'), await call('GET', '/institution/v1/institutions/routingNumber/123456789')];
  expect([wrong.status, wrong.json.code]).toEqual([400, 20024]);
  expect(none.status).toBe(404);
});

test('an unknown institution is 14006', async () => {
  const missing = await call('GET', '/institution/v2/institutions/99999999');
  expect([missing.status, missing.json.code]).toEqual([404, 14006]);
});
