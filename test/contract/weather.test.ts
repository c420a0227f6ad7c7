// Bad weather, through the real client against a sandbox that is told to misbehave: what a caller is told, what is tried again and how
// often, and that the next call works when the weather is over. The wire is broken on purpose here, so it is not held to the description.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OperationId } from '../../src/api/catalogue.ts';
import { ApiError, AuthenticationError, CancelledError, LockoutStop, NetworkError, TimeoutError, UnexpectedAnswerError } from '../../src/client/errors.ts';
import { createLockoutLedger } from '../../src/credentials/lockoutLedger.ts';
import { openBench } from '../support/contract.ts';
import type { Bench } from '../support/contract.ts';
import { enroll, link, username } from '../support/people.ts';
import { startSandbox } from '../support/sandbox.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench({ customers: 10 });
});
afterEach(() => bench.close());

const failure = <T extends Error>(call: Promise<unknown>, type: new (...given: never[]) => T): Promise<T> =>
  call.then((value) => { throw new Error(`expected a ${type.name} but got ${JSON.stringify(value)}`); }, (error: unknown) => {
    expect(error).toBeInstanceOf(type);
    return error as T;
  });
const sent = (id: OperationId) => bench.exchanges.filter((one) => one.operationId === id).length;
/** How often the sandbox was asked, answered or not. */
const asked = async (id: OperationId) => (await bench.sandbox.control.requests()).filter((one) => one.operationId === id).length;
const list = (options: object = {}) => bench.client.call('GetCustomers', { limit: 2 }, options);
const { partnerId, partnerSecret, appKey, testDriveAppKey } = (await import('../../src/sandbox/partners.ts')).DEMO_CREDENTIALS;

describe('credentials', () => {
  test('a wrong app key is told as such and counts for nothing', async () => {
    const error = await failure(bench.connect({ credentials: { partnerId, partnerSecret, appKey: 'not-the-app-key' } }).call('GetCustomers', {}), AuthenticationError);
    expect(error).toMatchObject({ problem: 'appKey', status: 401, code: undefined, apiMessage: 'Invalid (Finicity-App-Key)' });
    expect(error.message).toMatch(/app key/i);
    expect(bench.ledger).toMatchObject({ attempts: 1, failures: 0, successes: 0 });
    await list();
  });

  test('a wrong secret is counted, never tried again by itself, and stopped after the second', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ledger-'));
    try {
      const book = createLockoutLedger({ folder });
      const wrongOne = () => bench.connect({ credentials: { partnerId, partnerSecret: 'not-the-secret-1', appKey }, ledger: book.forClient() });
      const first = wrongOne();
      expect(await failure(first.call('GetCustomers', {}), AuthenticationError)).toMatchObject({ code: '10001', problem: 'credentials' });
      await failure(first.call('GetCustomers', {}), AuthenticationError);
      expect(await asked('CreateToken')).toBe(1);
      expect(await book.status(partnerId)).toEqual({ failures: 1, remaining: 4, next: 'free' });
      await failure(wrongOne().authenticate(), AuthenticationError);
      const stop = await failure(wrongOne().authenticate(), LockoutStop);
      expect(stop.remaining).toBe(3);
      expect(await asked('CreateToken')).toBe(2);
      await book.allowNext(partnerId);
      await failure(wrongOne().authenticate(), AuthenticationError);
      await book.allowNext(partnerId);
      await failure(wrongOne().authenticate(), AuthenticationError);
      expect(await book.status(partnerId)).toEqual({ failures: 4, remaining: 1, next: 'never' });
      await failure(book.allowNext(partnerId), LockoutStop);
      expect((await failure(wrongOne().authenticate(), LockoutStop)).message).toMatch(/one more failed authentication locks this partner for good/);
      expect(await asked('CreateToken')).toBe(4);
      await bench.client.authenticate();
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('the fifth failure locks for good, the right secret included, until it is unlocked', async () => {
    const attempt = (secret: string) => bench.raw('CreateToken', { body: { partnerId, partnerSecret: secret } });
    for (let count = 1; count <= 5; count++) expect((await attempt('not-the-secret-1')).json).toMatchObject({ code: 10001 });
    expect(await attempt(partnerSecret)).toMatchObject({ status: 500, json: { code: 24302 } });
    const error = await failure(list(), AuthenticationError);
    expect(error).toMatchObject({ problem: 'locked', code: '24302' });
    await failure(list(), AuthenticationError);
    expect(await asked('CreateToken')).toBe(7);
    await bench.sandbox.control.unlock();
    await bench.client.authenticate();
    await list();
  });

  test('four failures and a success start the count anew', async () => {
    for (let count = 1; count <= 4; count++) await bench.raw('CreateToken', { body: { partnerId, partnerSecret: 'not-the-secret-1' } });
    await list();
    for (let count = 1; count <= 4; count++) await bench.raw('CreateToken', { body: { partnerId, partnerSecret: 'not-the-secret-1' } });
    await bench.connect().authenticate();
  });

  test('a token that expires in mid-flight is renewed once, for everybody, without a word', async () => {
    await list();
    await bench.sandbox.control.clock({ advance: 7_201 });
    const results = await Promise.all(Array.from({ length: 20 }, () => list()));
    expect(results.every((one) => one.customers.length === 2)).toBe(true);
    expect(sent('CreateToken')).toBe(2);
    expect(bench.ledger.failures).toBe(0);
  });

  test('a change that meets an expired token is made once', async () => {
    await list();
    await bench.sandbox.control.clock({ advance: 7_201 });
    const name = username();
    await bench.client.call('AddTestingCustomer', { body: { username: name } });
    expect((await bench.client.call('GetCustomers', { username: name })).found).toBe(1);
  });

  test('a token that is refused again and again ends in an error, not in a loop', async () => {
    await bench.sandbox.control.faults({ kind: 'expiredToken', operation: 'GetCustomers' });
    expect(await failure(list(), AuthenticationError)).toMatchObject({ code: '10023', problem: 'token' });
    expect([sent('CreateToken'), sent('GetCustomers')]).toEqual([2, 2]);
  });

  test('a plan without the product is told, although the answer is that of a wrong app key', async () => {
    const testDrive = bench.connect({ credentials: { partnerId, partnerSecret, appKey: testDriveAppKey } });
    const error = await failure(testDrive.call('AddCustomer', { body: { username: username() } }), AuthenticationError);
    expect(error).toMatchObject({ problem: 'appKey', operationId: 'AddCustomer' });
    expect(error.message).toMatch(/plan/i);
  });
});

describe('a busy API', () => {
  test('429 is waited out as long as Retry-After says', async () => {
    await bench.sandbox.control.faults({ kind: 'rateLimit', operation: 'GetCustomers', retryAfter: 2, times: 1 });
    expect((await list()).customers).toHaveLength(2);
    expect(sent('GetCustomers')).toBe(2);
    expect(bench.slept[0]).toBeGreaterThanOrEqual(2_000);
  });
  test('429 without an end is given up after three tries', async () => {
    await bench.sandbox.control.faults({ kind: 'rateLimit', operation: 'GetCustomers' });
    expect(await failure(list(), ApiError)).toMatchObject({ status: 429, retryable: true });
    expect(sent('GetCustomers')).toBe(3);
  });
  test('an hour is not waited unasked; the error says how long', async () => {
    await bench.sandbox.control.faults({ kind: 'rateLimit', operation: 'GetCustomers', retryAfter: 3_600 });
    expect(await failure(list(), ApiError)).toMatchObject({ status: 429, retryAfterMs: 3_600_000 });
    expect([sent('GetCustomers'), bench.slept]).toEqual([1, []]);
  });
  test('generating a report and enrolling are never repeated by machine', async () => {
    await bench.sandbox.control.faults({ kind: 'rateLimit', method: 'POST', path: '/decisioning/*' }, { kind: 'status', status: 503, operation: 'AddTestingCustomer' });
    const { customers: [some] } = await list();
    await failure(bench.client.call('GeneratePrequalificationNonCRAReport', { customerId: some!.id, body: {} }), ApiError);
    await failure(bench.client.call('AddTestingCustomer', { body: { username: username() } }), ApiError);
    expect([sent('GeneratePrequalificationNonCRAReport'), sent('AddTestingCustomer')]).toEqual([1, 1]);
  });
});

describe('answers that are not what was due', () => {
  test('500 with an aggregation code is explained by that code', async () => {
    const body = { code: 103, message: 'Invalid credentials at the institution' };
    await bench.sandbox.control.faults({ kind: 'status', status: 500, operation: 'RefreshCustomerAccounts', body });
    const { customers: [some] } = await list();
    const error = await failure(bench.client.call('RefreshCustomerAccounts', { customerId: some!.id }), ApiError);
    expect(error).toMatchObject({ status: 500, code: '103', explanation: { action: 'connectFix' } });
    expect(sent('RefreshCustomerAccounts')).toBe(1);
  });
  test('a web page under 200 is no data', async () => {
    await bench.sandbox.control.faults({ kind: 'html', status: 200, operation: 'GetCustomers' });
    expect(await failure(list(), UnexpectedAnswerError)).toMatchObject({ problem: 'html', status: 200, contentType: 'text/html' });
    await bench.sandbox.control.clearFaults();
    expect((await list()).customers).toHaveLength(2);
  });
  test('a web page of a gateway under 502 is tried again, then told with its title', async () => {
    await bench.sandbox.control.faults({ kind: 'html', operation: 'GetCustomers' });
    const error = await failure(list(), ApiError);
    expect(error).toMatchObject({ status: 502, code: undefined });
    expect(error.message).toContain('Bad gateway');
    expect(sent('GetCustomers')).toBe(3);
  });
  test('XML under 200 is no data; an error in XML is read', async () => {
    const body = '<error><code>14001</code><message>Customer not found.</message></error>';
    await bench.sandbox.control.faults({ kind: 'xml', status: 200, operation: 'GetCustomers', times: 1 }, { kind: 'xml', status: 404, operation: 'GetCustomer', body });
    expect(await failure(list(), UnexpectedAnswerError)).toMatchObject({ problem: 'xml' });
    const { customers: [some] } = await list();
    expect(await failure(bench.client.call('GetCustomer', { customerId: some!.id }), ApiError)).toMatchObject({ code: '14001', apiMessage: 'Customer not found.' });
  });
  test('JSON that ends too early is no data', async () => {
    const body = '{"found":10,"displaying":2,"customers":[{"id":"72';
    await bench.sandbox.control.faults({ kind: 'status', status: 200, operation: 'GetCustomers', contentType: 'application/json', body });
    expect(await failure(list(), UnexpectedAnswerError)).toMatchObject({ problem: 'truncated' });
  });
  test('an answer that breaks off is read again', async () => {
    await bench.sandbox.control.faults({ kind: 'truncate', operation: 'GetCustomers', times: 1 });
    expect((await list()).customers).toHaveLength(2);
    expect(await asked('GetCustomers')).toBe(2);
  });
  test('an empty success where data was due is no success', async () => {
    await bench.sandbox.control.faults({ kind: 'empty', operation: 'GetCustomers' });
    expect(await failure(list(), UnexpectedAnswerError)).toMatchObject({ problem: 'empty', status: 200 });
  });
  test('JSON under a wrong label is still read', async () => {
    await bench.sandbox.control.faults({ kind: 'wrongContentType', operation: 'GetCustomers' });
    expect((await list()).customers).toHaveLength(2);
  });
  test('203 hands the bank\'s questions on', async () => {
    const customerId = await enroll(bench.client);
    const [account] = await link(bench.client, customerId, 'profile_01');
    await bench.sandbox.control.faults({ kind: 'mfa', operation: 'LoadHistoricTransactionsForCustomerAccount' });
    const answer = await bench.client.send('LoadHistoricTransactionsForCustomerAccount', { customerId, accountId: account!.id });
    expect(answer).toMatchObject({ status: 203, body: { questions: [{}] } });
    expect(answer.headers['mfa-session']).toBeTruthy();
  });
});

describe('a bad line', () => {
  test('a connection that is torn down is tried again for a read, never for a change', async () => {
    await bench.sandbox.control.faults({ kind: 'reset', operation: 'GetCustomers', times: 1 }, { kind: 'reset', operation: 'AddTestingCustomer' });
    expect((await list()).customers).toHaveLength(2);
    expect(await asked('GetCustomers')).toBe(2);
    expect(await failure(bench.client.call('AddTestingCustomer', { body: { username: username() } }), NetworkError)).toMatchObject({ problem: 'reset' });
    expect(await asked('AddTestingCustomer')).toBe(1);
  });
  test('a slow answer meets the time limit', async () => {
    await bench.client.authenticate();
    await bench.sandbox.control.faults({ kind: 'latency', operation: 'GetCustomers', latencyMs: 5_000 });
    const started = performance.now();
    expect(await failure(list({ timeoutMs: 60 }), TimeoutError)).toMatchObject({ timeoutMs: 60, retryable: true });
    expect(performance.now() - started).toBeLessThan(2_500);
  });
  test('cancelling ends a slow call at once, and the next one works', async () => {
    await bench.client.authenticate();
    await bench.sandbox.control.faults({ kind: 'latency', operation: 'GetCustomers', latencyMs: 5_000, times: 1 });
    const started = performance.now();
    const controller = new AbortController();
    const call = failure(list({ signal: controller.signal }), CancelledError);
    setTimeout(() => controller.abort(), 40);
    await call;
    expect(performance.now() - started).toBeLessThan(2_500);
    expect((await list()).customers).toHaveLength(2);
  });
  test('closing the client cancels what is under way, and what comes after', async () => {
    await bench.client.authenticate();
    await bench.sandbox.control.faults({ kind: 'latency', operation: 'GetCustomers', latencyMs: 5_000 });
    const call = failure(list(), CancelledError);
    setTimeout(() => bench.client.close(), 40);
    await call;
    await failure(list(), CancelledError);
  });
  test('a sandbox that stops in mid-run: the call under way and the next one say so; when it is back, the same client goes on', async () => {
    const other = await startSandbox({ customers: 10 });
    const client = bench.connect({ baseUrl: other.url });
    const read = () => client.call('GetCustomers', { limit: 2 });
    await read();
    await other.control.faults({ kind: 'latency', operation: 'GetCustomers', latencyMs: 5_000 });
    const underWay = failure(read(), NetworkError);
    await new Promise((done) => setTimeout(done, 60));
    await other.stop();
    await underWay;
    const refused = await failure(read(), NetworkError);
    expect(refused).toMatchObject({ problem: 'refused', retryable: true });
    const again = await startSandbox({ customers: 10, port: Number(new URL(other.url).port) });
    try {
      expect((await read()).customers).toHaveLength(2);
    } finally {
      await again.stop();
    }
  });
});
