// App registration: from pending to approved by the clock, and where an application stands.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { caller, startSandbox } from '../support/sandbox.ts';
import type { TestSandbox } from '../support/sandbox.ts';

let sandbox: TestSandbox;
let call: ReturnType<typeof caller>;
beforeAll(async () => {
  sandbox = await startSandbox({ customers: 40, now: 1_790_000_000 });
  call = caller(sandbox);
});
afterAll(() => sandbox.stop());

const application = {
  appDescription: 'A test', appName: 'Test App', appUrl: 'https://app.example.com', ownerAddressLine1: '1 Mill Rd', ownerAddressLine2: '-', ownerCity: 'Murray', ownerCountry: 'USA',
  ownerName: 'Test Firm', ownerPostalCode: '84123', ownerState: 'UT', image: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64'),
};
const find = async (preAppId: unknown) => ((await call('GET', `/applications?pre_app_id=${preAppId}`)).json.applications as { status: string; applicationId?: string; note?: string }[])[0];
const later = async () => {
  await sandbox.control.clock({ advance: 90_000 });
  call = caller(sandbox);
};

test('a registration is pending, then approved with an id, then pending again when it is changed', async () => {
  const made = await call('POST', '/aggregation/v1/partners/applications', application);
  expect([made.status, made.json.status]).toEqual([201, 'P']);
  expect(typeof made.json.preAppId).toBe('number');
  expect(await find(made.json.preAppId)).toMatchObject({ status: 'P' });
  expect((await find(made.json.preAppId))?.applicationId).toBeUndefined();
  await later();
  const approved = await find(made.json.preAppId);
  expect(approved).toMatchObject({ status: 'A', applicationId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  const changed = await call('PUT', `/aggregation/v1/partners/applications/${made.json.preAppId}`, { ...application, appName: 'Test App 2' });
  expect([changed.status, changed.json]).toEqual([200, { preAppId: made.json.preAppId, status: 'P' }]);
  expect(await find(made.json.preAppId)).toMatchObject({ status: 'P', name: 'Test App 2', applicationId: approved?.applicationId });
});

test('a rejected one says why', async () => {
  const made = await call('POST', '/aggregation/v1/partners/applications', { ...application, appName: 'Please reject me' });
  await later();
  const rejected = await find(made.json.preAppId);
  expect([rejected?.status, typeof rejected?.note, rejected?.applicationId]).toEqual(['R', 'string', undefined]);
});

test('both lists page and filter, the older one by a single record', async () => {
  const all = (await call('GET', '/applications')).json as { found: number; applications: unknown[] };
  expect(all.found).toBe(all.applications.length);
  expect((await call('GET', '/applications?limit=2')).json).toMatchObject({ displaying: 2, moreAvailable: true });
  const older = (await call('GET', '/aggregation/v2/partners/applications')).json as { totalRecords: number; totalPages: number; applications: Record<string, unknown>[] };
  expect([older.totalRecords, older.totalPages, older.applications.length]).toEqual([all.found, all.found, 1]);
  expect(typeof older.applications[0]?.preAppId).toBe('string');
  expect(typeof older.applications[0]?.submittedDate).toBe('number');
  const rejected = (await call('GET', '/aggregation/v2/partners/applications?status=R&pageSize=50')).json.applications as { status: string }[];
  expect(rejected.length).toBeGreaterThan(0);
  expect(rejected.every(({ status }) => status === 'R')).toBe(true);
});

test.each([['start=0', 3005], ['limit=0', 3006], ['limit=101', 3007], ['colour=red', 3008], ['pre_app_id=abc', 3009], ['status=X', 3009]])('refuses ?%s with %i', async (query, code) => {
  const refused = await call('GET', `/applications?${query}`);
  expect([refused.status, refused.json.code]).toEqual([400, code]);
});

test('is refused without a field or with an oversized picture; unknown ones are 3001 and 3002', async () => {
  expect((await call('POST', '/aggregation/v1/partners/applications', { ...application, image: undefined })).json).toEqual({ code: 10005, message: 'Missing parameter (image)' });
  expect((await call('POST', '/aggregation/v1/partners/applications', { ...application, image: 'A'.repeat(80_000) })).status).toBe(400);
  const modify = await call('PUT', '/aggregation/v1/partners/applications/99', application);
  expect([modify.status, modify.json.code]).toEqual([404, 3001]);
  expect((await call('GET', '/applications/unknown/institutions')).json.code).toBe(3001);
  const [first] = (await call('GET', '/applications?status=A')).json.applications as { applicationId: string }[];
  expect((await call('GET', `/applications/${first?.applicationId}/institutions?institution_id=101732`)).json.code).toBe(3002);
  const stands = (await call('GET', `/applications/${first?.applicationId}/institutions?institution_id=102176`)).json.institutions;
  expect(stands).toMatchObject([{ institutionId: 102176, institutionName: 'FinBank OAuth', status: true }]);
});

test('a login moves to the OAuth institution where there is one, else 20007', async () => {
  const customers = (await call('GET', '/aggregation/v1/customers?type=testing&limit=1000')).json.customers as { id: string }[];
  const logins = new Map<string, { customerId: string; institutionId: string }>();
  for (const { id } of customers) {
    const { accounts } = (await call('GET', `/aggregation/v1/customers/${id}/accounts`)).json as { accounts: { institutionLoginId: number; institutionId: string }[] };
    for (const { institutionLoginId, institutionId } of accounts) logins.set(String(institutionLoginId), { customerId: id, institutionId });
  }
  const at = (institution: string) => [...logins].find(([, { institutionId }]) => institutionId === institution) as [string, { customerId: string }];
  const path = ([login, { customerId }]: [string, { customerId: string }]) => `/aggregation/v2/customers/${customerId}/institutionLogins/${login}/migration`;
  const moved = await call('PUT', path(at('101732')));
  expect(moved.status).toBe(200);
  const accounts = moved.json.accounts as { institutionId: string; id: string }[];
  expect(accounts.length).toBeGreaterThan(0);
  expect(new Set(accounts.map(({ institutionId }) => institutionId))).toEqual(new Set(['102176']));
  const read = await call('GET', `/aggregation/v2/customers/${at('101732')[1].customerId}/accounts/${accounts[0]?.id}`);
  expect(read.json.institutionId).toBe('102176');
  const refused = await call('PUT', path(at('102105')));
  expect([refused.status, refused.json.code]).toEqual([400, 20007]);
  expect((await call('PUT', path(['5', { customerId: customers[0]?.id as string }]))).json.code).toBe(38007);
});
