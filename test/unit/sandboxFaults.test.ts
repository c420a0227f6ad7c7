// Bad weather on demand, and the rest of the control plane.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { caller, startSandbox } from '../support/sandbox.ts';
import type { FaultRule, TestSandbox } from '../support/sandbox.ts';

let sandbox: TestSandbox;
let call: ReturnType<typeof caller>;
beforeAll(async () => {
  sandbox = await startSandbox({ customers: 30, now: 1_790_000_000 });
  call = caller(sandbox);
  await call('GET', '/aggregation/v1/customers');
});
afterAll(() => sandbox.stop());
afterEach(() => sandbox.control.clearFaults());

const list = () => call('GET', '/aggregation/v1/customers');
const during = async (rule: FaultRule) => {
  await sandbox.control.faults({ operation: 'GetCustomers', ...rule });
  return list();
};

describe('a fault', () => {
  test('is a status with a body', async () => {
    const answer = await during({ kind: 'status', status: 500, body: { code: 103, message: 'x' } });
    expect([answer.status, answer.json]).toEqual([500, { code: 103, message: 'x' }]);
  });

  test('is 429 with Retry-After and no body', async () => {
    const answer = await during({ kind: 'rateLimit', retryAfter: 7 });
    expect([answer.status, answer.headers.get('retry-after'), answer.text]).toEqual([429, '7', '']);
  });

  test('is HTML, XML, or nothing at all', async () => {
    expect((await during({ kind: 'html' })).type).toMatch(/^text\/html/);
    await sandbox.control.clearFaults();
    expect((await during({ kind: 'xml' })).text).toMatch(/^<\?xml/);
    await sandbox.control.clearFaults();
    const empty = await during({ kind: 'empty' });
    expect([empty.status, empty.text]).toEqual([200, '']);
  });

  test('is the true body under a wrong type', async () => {
    const answer = await during({ kind: 'wrongContentType' });
    expect(answer.type).toMatch(/^text\/html/);
    expect((JSON.parse(answer.text) as { found: number }).found).toBe(30);
  });

  test('is a body cut short and a connection reset, and neither harms the next request', async () => {
    await expect(during({ kind: 'truncate' })).rejects.toThrow();
    await sandbox.control.clearFaults();
    await expect(during({ kind: 'reset' })).rejects.toThrow();
    await sandbox.control.clearFaults();
    expect((await list()).status).toBe(200);
  });

  test('is a question of the bank, or a token that expired in between', async () => {
    const mfa = await during({ kind: 'mfa' });
    expect([mfa.status, mfa.headers.get('mfa-session')]).toEqual([203, expect.any(String)]);
    await sandbox.control.clearFaults();
    const expired = await during({ kind: 'expiredToken', times: 1 });
    expect([expired.status, expired.json.code]).toEqual([401, 10023]);
    expect((await list()).status).toBe(200);
  });

  test('is a delay', async () => {
    const started = performance.now();
    expect((await during({ kind: 'latency', latencyMs: 150 })).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(140);
  });

  test('comes after some requests, a number of times, for what it names alone', async () => {
    await sandbox.control.faults({ kind: 'status', status: 503, path: '/aggregation/v1/cust*', method: 'get', after: 2, times: 2 });
    const statuses = [];
    for (let at = 0; at < 6; at++) {
      statuses.push((await list()).status);
      expect((await call('GET', '/institution/v2/institutions')).status).toBe(200);
    }
    expect(statuses).toEqual([200, 200, 503, 503, 200, 200]);
  });

  test('hits before the app key is looked at, and the log names it', async () => {
    await sandbox.control.faults({ kind: 'html' });
    expect((await fetch(`${sandbox.url}/aggregation/v1/customers`)).status).toBe(502);
    expect((await sandbox.control.requests(1))[0]).toMatchObject({ fault: 'html', status: 502, operationId: 'GetCustomers' });
  });

  test.each([
    [{ kind: 'storm' }, 'kind'], [{ kind: 'status', status: 42 }, 'status'], [{ kind: 'html', tiems: 2 }, 'tiems'], [{ kind: 'latency', latencyMs: -1 }, 'latencyMs'], ['x', 'object'],
  ])('that is not understood is refused with the reason: %j', async (rule, word) => {
    await expect(sandbox.control.faults(rule as FaultRule)).rejects.toThrow(word);
    expect((await list()).status).toBe(200);
  });
});

describe('the control plane', () => {
  const control = async (method: string, path: string, body?: string) => {
    const response = await fetch(`${sandbox.url}/__sandbox/${path}`, { method, body });
    return { status: response.status, json: (await response.json()) as Record<string, unknown> };
  };

  test('says who runs', async () => {
    expect((await control('GET', 'health')).json).toMatchObject({ seed: 'meadow', customers: 30, pid: process.pid, url: sandbox.url, recovered: false });
    expect((await control('GET', 'credentials')).json).toMatchObject({ ...sandbox.credentials, locked: false });
  });

  test('moves the clock and runs it faster', async () => {
    expect(await sandbox.control.clock({ now: 1_800_000_000 })).toBe(1_800_000_000);
    expect(await sandbox.control.clock({ advance: 60 })).toBeGreaterThanOrEqual(1_800_000_060);
    await sandbox.control.clock({ speed: 10_000 });
    const before = (await sandbox.control.health()).now;
    await expect.poll(async () => (await sandbox.control.health()).now - before, { timeout: 5_000 }).toBeGreaterThan(500);
    await sandbox.control.clock({ now: 1_790_000_000, speed: 1 });
  });

  test.each([['POST', 'clock', '{"now":"soon"}'], ['POST', 'clock', '{}'], ['POST', 'clock', '{"speed":-1}'], ['POST', 'faults', '{'], ['DELETE', 'faults?id=999', undefined]])(
    'refuses %s %s %s with a reason', async (method, path, body) => {
      const answer = await control(method, path, body);
      expect([answer.status, typeof answer.json.error]).toEqual([400, 'string']);
    });

  test('lists its routes for an unknown one', async () => {
    const answer = await control('GET', 'nothing');
    expect(answer.status).toBe(404);
    expect(answer.json.routes).toContain('POST reset');
  });
});
