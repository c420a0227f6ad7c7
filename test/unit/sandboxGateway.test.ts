// Who gets in, in which order refusals come, and how they look.
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { caller, startSandbox } from '../support/sandbox.ts';
import type { TestSandbox } from '../support/sandbox.ts';

let sandbox: TestSandbox;
let call: ReturnType<typeof caller>;
beforeEach(async () => {
  sandbox = await startSandbox({ customers: 20, now: 1_790_000_000 });
  call = caller(sandbox);
});
afterEach(() => sandbox.stop());

const authenticate = (secret: string, id: string = sandbox.credentials.partnerId) =>
  fetch(`${sandbox.url}/aggregation/v2/partners/authentication`, {
    method: 'POST', headers: { 'Finicity-App-Key': sandbox.credentials.appKey, Accept: 'application/json' }, body: JSON.stringify({ partnerId: id, partnerSecret: secret }),
  });
const outcome = async (response: Response) => ({ status: response.status, code: ((await response.json()) as { code?: number }).code });

describe('key and token', () => {
  const bare = (headers: Record<string, string>) => fetch(`${sandbox.url}/aggregation/v1/customers`, { headers: { Accept: 'application/json', ...headers } });

  test('are asked for in the order of the API: key, then token', async () => {
    expect(await (await bare({})).json()).toEqual({ code: 10026, message: 'Missing parameter (Finicity-App-Key)' });
    const key = { 'Finicity-App-Key': sandbox.credentials.appKey };
    expect(await outcome(await bare(key))).toEqual({ status: 401, code: 10024 });
    expect(await outcome(await bare({ ...key, 'Finicity-App-Token': 'made-up' }))).toEqual({ status: 401, code: 10022 });
  });

  test('a wrong app key is refused by the gateway, in plain text', async () => {
    const response = await bare({ 'Finicity-App-Key': 'wrong' });
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(await response.text()).toBe('Invalid (Finicity-App-Key)');
  });

  test('a token ends after two hours of the sandbox clock, and not before', async () => {
    expect((await call('GET', '/aggregation/v1/customers')).status).toBe(200);
    await sandbox.control.clock({ advance: 7_100 });
    expect((await call('GET', '/aggregation/v1/customers')).status).toBe(200);
    await sandbox.control.clock({ advance: 100 });
    const late = await call('GET', '/aggregation/v1/customers');
    expect([late.status, late.json.code]).toEqual([401, 10023]);
  });

  test('several tokens are good at once, twenty letters and digits each', async () => {
    const other = caller(sandbox);
    expect((await call('GET', '/aggregation/v1/customers')).status).toBe(200);
    expect((await other('GET', '/aggregation/v1/customers')).status).toBe(200);
    expect((await call('GET', '/aggregation/v1/customers')).status).toBe(200);
    const { token } = (await (await authenticate(sandbox.credentials.partnerSecret)).json()) as { token: string };
    expect(token).toMatch(/^[A-Za-z0-9]{20}$/);
  });

  test('a plan without active customers looks like a wrong key there, and works for testing ones', async () => {
    const testDrive = { 'Finicity-App-Key': sandbox.credentials.testDriveAppKey };
    const refused = await call('POST', '/aggregation/v2/customers/active', { username: 'someone-1' }, testDrive);
    expect([refused.status, refused.text]).toEqual([401, 'Invalid (Finicity-App-Key)']);
    expect((await call('POST', '/aggregation/v2/customers/testing', { username: 'someone-1' }, testDrive)).status).toBe(201);
    expect((await call('POST', '/aggregation/v2/customers/active', { username: 'someone-2' })).status).toBe(201);
  });
});

describe('the lock', () => {
  test('falls at the fifth failure and holds against the right secret until it is opened', async () => {
    for (let attempt = 1; attempt <= 5; attempt++) expect(await outcome(await authenticate('wrong-secret-0'))).toEqual({ status: 401, code: 10001 });
    expect(await outcome(await authenticate(sandbox.credentials.partnerSecret))).toEqual({ status: 500, code: 24302 });
    await sandbox.control.unlock();
    expect((await authenticate(sandbox.credentials.partnerSecret)).status).toBe(200);
  });

  test('counts failures in a row: four and a success start anew', async () => {
    for (let attempt = 1; attempt <= 4; attempt++) await authenticate('wrong-secret-0');
    expect((await authenticate(sandbox.credentials.partnerSecret)).status).toBe(200);
    for (let attempt = 1; attempt <= 4; attempt++) await authenticate('wrong-secret-0');
    expect((await authenticate(sandbox.credentials.partnerSecret)).status).toBe(200);
  });

  test('a missing field and an unknown partner do not count', async () => {
    for (let attempt = 1; attempt <= 6; attempt++) expect(await outcome(await authenticate('wrong-secret-0', '9999999999999'))).toEqual({ status: 401, code: 10001 });
    const missing = await fetch(`${sandbox.url}/aggregation/v2/partners/authentication`, {
      method: 'POST', headers: { 'Finicity-App-Key': sandbox.credentials.appKey, Accept: 'application/json' }, body: '{}',
    });
    expect(await missing.json()).toEqual({ code: 10005, message: 'Missing parameter (partnerId)' });
    expect((await authenticate(sandbox.credentials.partnerSecret)).status).toBe(200);
  });
});

describe('changing the secret', () => {
  const change = (body: Record<string, unknown>) => call('PUT', '/aggregation/v2/partners/authentication', { ...body });
  const { next } = { next: 'another-secret-22' };

  test('ends the old one at once', async () => {
    const { partnerId, partnerSecret } = sandbox.credentials;
    expect((await change({ partnerId, partnerSecret, newPartnerSecret: next })).status).toBe(204);
    expect(await outcome(await authenticate(partnerSecret))).toEqual({ status: 401, code: 10001 });
    expect((await authenticate(next)).status).toBe(200);
  });

  test('lets the old one live thirty days when asked to', async () => {
    const { partnerId, partnerSecret } = sandbox.credentials;
    expect((await change({ partnerId, partnerSecret, newPartnerSecret: next, immediate: false })).status).toBe(204);
    await sandbox.control.clock({ advance: 29 * 86_400 });
    expect((await authenticate(partnerSecret)).status).toBe(200);
    await sandbox.control.clock({ advance: 2 * 86_400 });
    expect(await outcome(await authenticate(partnerSecret))).toEqual({ status: 401, code: 10001 });
    expect((await authenticate(next)).status).toBe(200);
  });

  test.each(['short1', 'onlylettershere', '123456789012', 'has space in it 1', 'umlauts-äöü-1234'])('refuses "%s" by the policy', async (newPartnerSecret) => {
    const { partnerId, partnerSecret } = sandbox.credentials;
    const refused = await change({ partnerId, partnerSecret, newPartnerSecret });
    expect([refused.status, refused.json.code]).toEqual([400, 24437]);
    expect((await authenticate(partnerSecret)).status).toBe(200);
  });
});

describe('errors on the wire', () => {
  test('are XML in the aggregation family for a caller that does not ask for JSON', async () => {
    const response = await call('GET', '/aggregation/v1/customers/1234', undefined, { Accept: '*/*' });
    expect([response.status, response.type]).toEqual([404, 'application/xml; charset=utf-8']);
    expect(response.text).toContain('<error><code>14001</code><message>Customer not found.</message></error>');
    const decisioning = await call('GET', '/decisioning/v1/consumers/1234', undefined, { Accept: '*/*' });
    expect([decisioning.status, decisioning.json.code]).toEqual([404, 10100]);
  });

  test('an unknown route is 404, and the request log says why', async () => {
    expect((await call('GET', '/aggregation/v9/nothing')).status).toBe(404);
    expect((await call('DELETE', '/aggregation/v1/customers')).status).toBe(404);
    const [wrongMethod, wrongPath] = await sandbox.control.requests(2);
    expect(wrongPath?.reason).toBe('No described operation has this path');
    expect(wrongMethod?.reason).toBe('DELETE is not described for this path; GET are');
  });

  test('the customer is looked for before the body is read', async () => {
    const unknown = await call('PUT', '/aggregation/v1/customers/1234', '{ not json');
    expect([unknown.status, unknown.json.code]).toEqual([404, 14001]);
    expect((await call('GET', '/aggregation/v1/customers/abc')).json.code).toBe(14023);
  });

  test('a body that is not JSON is refused, and its reason is in the log without the body', async () => {
    const response = await call('POST', '/aggregation/v2/customers/testing', '{"username": "very-secret');
    expect([response.status, response.json.code]).toEqual([400, 14020]);
    const log = JSON.stringify(await sandbox.control.requests());
    expect(log).toContain('the body is not JSON in UTF-8');
    expect(log).not.toContain('very-secret');
    expect(log).not.toContain(sandbox.credentials.partnerSecret);
    expect(log).not.toContain(sandbox.credentials.appKey);
  });
});

describe('bad input', () => {
  const raw = (path: string, headers: Record<string, string>) =>
    new Promise<number>((resolve, reject) => {
      request(sandbox.url + path, { headers }, (response) => resolve(response.resume().statusCode ?? 0)).on('error', reject).end();
    });

  test('another host name is refused, so that a rebound name cannot reach it; so are pages of other origins', async () => {
    expect(await raw('/__sandbox/health', { host: 'evil.example.com' })).toBe(403);
    expect(await raw('/__sandbox/health', { host: 'localhost:1234' })).toBe(200);
    expect(await raw('/__sandbox/health', { host: '[::1]:1234' })).toBe(200);
    expect(await raw('/__sandbox/health', { origin: 'https://evil.example.com' })).toBe(403);
    expect(await raw('/__sandbox/health', { origin: 'http://localhost:8080' })).toBe(200);
  });

  test('a body over 10 MB is 413, and odd paths and escapes do no harm', async () => {
    const large = await call('POST', '/aggregation/v2/customers/testing', JSON.stringify({ username: 'x'.repeat(11 * 1024 * 1024) }));
    expect(large.status).toBe(413);
    for (const path of ['/aggregation/v1/customers/%E0%A4%A', '/aggregation/v1/customers/%00', '//', '/%2e%2e/%2e%2e', '/aggregation/v1/customers?start=%ff', '/__sandbox/', '/__sandbox/constructor']) {
      expect([200, 400, 404]).toContain((await call('GET', path)).status);
    }
    expect((await call('GET', '/aggregation/v1/customers')).status).toBe(200);
  });
});
