// The client in fair weather: what it sends, what it refuses to send, its one token, the ledger, the guard and the log.
import { describe, expect, test } from 'vitest';
import { operation } from '../../src/api/catalogue.ts';
import { createClient } from '../../src/client/client.ts';
import { GuardRefusal, LockoutStop } from '../../src/client/errors.ts';
import { renewAfterMs } from '../../src/client/token.ts';
import type { FetchLike } from '../../src/client/types.ts';
import { canary, credentials, expectClean, failureOf, fakeLedger, json, make, serve } from './clientHarness.ts';

const ok = { id: '7' };

describe('what is sent', () => {
  test('path, query, header and body come from the description, with key and token', async () => {
    const server = await serve((_r, response) => json(response, 200, { displaying: 0, moreAvailable: false, customers: [] }));
    const { client } = make(`${server.url}/prefix/`);
    await client.call('GetCustomers', { search: 'Zoë & Co?', limit: 5 });
    await client.send('GetCustomer', { customerId: 'a/b c' });
    const [list, one] = server.calls();
    expect(list).toMatchObject({ method: 'GET', url: '/prefix/aggregation/v1/customers?search=Zo%C3%AB%20%26%20Co%3F&limit=5' });
    expect(list?.headers).toMatchObject({ 'finicity-app-key': canary.appKey, 'finicity-app-token': expect.any(String), accept: 'application/json' });
    expect(one?.url).toBe('/prefix/aggregation/v1/customers/a%2Fb%20c');
  });

  test('the token request carries the key alone, and the credentials only in its body', async () => {
    const server = await serve((_r, response) => json(response, 200, ok));
    await make(server.url).client.call('GetCustomer', { customerId: '7' });
    const [token] = server.tokens();
    expect(token?.headers['finicity-app-token']).toBeUndefined();
    expect(JSON.parse(token?.body ?? '')).toEqual({ partnerId: canary.partnerId, partnerSecret: canary.partnerSecret });
  });

  test('send gives the whole answer, call its body', async () => {
    const server = await serve((_r, response) => json(response, 200, ok, { 'x-note': 'n' }));
    const { client } = make(server.url);
    expect(await client.send('GetCustomer', { customerId: '7' })).toMatchObject({ status: 200, contentType: 'application/json', body: ok, size: 10, headers: { 'x-note': 'n' } });
    expect(await client.call('GetCustomer', { customerId: '7' })).toEqual(ok);
  });

  test('operations without a JSON answer prefer JSON for their errors and take anything', async () => {
    const server = await serve((_r, response) => void response.writeHead(204).end());
    await make(server.url).client.send('DeleteTxPushSubscription', { customerId: '7', subscriptionId: '1' });
    expect(server.calls()[0]?.headers.accept).toBe('application/json, */*;q=0.1');
  });
});

describe('what is refused before anything is sent', () => {
  test.each([
    ['GetCustomer', {}, 'customerId', /"customerId" is missing/],
    ['GetCustomer', { customerId: '' }, 'customerId', /is missing/],
    ['GetCustomer', { customerId: '..' }, 'customerId', /is not an id/],
    ['GetCustomer', { customerId: { id: '7' } }, 'customerId', /must be text but is an object/],
    ['GetCustomer', { customerId: '\ud83e' }, 'customerId', /half of a character pair/],
    ['GetCustomer', { customer_id: '7', customerId: '7' }, 'customer_id', /Did you mean "customerId"\?/],
    ['GetCustomer', { customerId: '7', body: {} }, 'body', /is not a parameter/],
    ['GetCustomers', { limit: 'ten' }, 'limit', /must be a whole number but is text/],
    ['GetCustomers', { limit: 2.5 }, 'limit', /a fraction/],
    ['GetAllCustomerTransactions', { customerId: '7', toDate: 1 }, 'fromDate', /is missing/],
    ['GetAllCustomerTransactions', { customerId: '7', fromDate: 1, toDate: 2, includePending: 'perhaps' }, 'includePending', /must be true or false/],
    ['CreateConsumer', { customerId: '7' }, 'body', /"body" is missing/],
    ['CreateConsumer', { customerId: '7', body: canary.ssn }, 'body', /must be a JSON object but is text/],
    ['CreateConsumer', { customerId: '7', body: { ssn: 1n } }, 'body', /cannot be written as JSON/],
  ] as const)('%s %o names %s', async (id, input, field, words) => {
    const server = await serve((_r, response) => json(response, 200, ok));
    const error = await failureOf(make(server.url).client.send(id, input));
    expect(error).toMatchObject({ kind: 'invalidInput', field, operationId: id });
    expect(error.message).toMatch(words);
    expect(server.seen).toHaveLength(0);
  });

  test('ids are taken as numbers and numbers as text, where no digit can get lost', async () => {
    const server = await serve((_r, response) => json(response, 200, ok));
    const { client } = make(server.url);
    await client.send('GetCustomer', { customerId: 7200000001 });
    await client.send('GetCustomers', { limit: '5', start: null });
    expect(server.calls().map((r) => r.url)).toEqual(['/aggregation/v1/customers/7200000001', '/aggregation/v1/customers?limit=5']);
    expect(await failureOf(client.send('GetCustomer', { customerId: 2 ** 60 }))).toMatchObject({ field: 'customerId' });
  });

  test.each([
    ['http://api.finicity.com', /must use https/], ['http://127.0.0.1.evil.example', /must use https/], ['http://localhost.evil.example', /must use https/],
    ['https://user:pass@api.finicity.com', /user name or password/], ['ftp://api.finicity.com', /https:\/\//], ['api.finicity.com', /is not a URL/],
    ['https://api.finicity.com/?x=1', /query/], ['', /is not a URL/],
  ])('the base URL %s', (baseUrl, words) => {
    expect(() => make(baseUrl)).toThrow(words);
    expect(() => make(baseUrl)).toThrow(expect.objectContaining({ kind: 'invalidInput', field: 'baseUrl' }));
  });

  test.each(['https://api.finicity.com', 'https://proxy.example/base/', 'http://localhost:4010', 'http://127.0.0.1:4010', 'http://[::1]:4010'])('the base URL %s is taken', (baseUrl) => {
    expect(() => make(baseUrl)).not.toThrow();
  });

  test('a secret with a pasted line break is refused without being quoted', () => {
    for (const field of ['partnerId', 'partnerSecret', 'appKey'] as const) {
      try {
        make('https://api.finicity.com', { credentials: { ...credentials, [field]: `${credentials[field]}\n` } });
        expect.unreachable();
      } catch (error) {
        expect(error).toMatchObject({ kind: 'invalidInput', field });
        expectClean(error);
      }
    }
  });
});

describe('the token', () => {
  test('64 calls at once need one token', async () => {
    const server = await serve((_r, response) => json(response, 200, ok), (_r, response) => void setTimeout(() => json(response, 200, { token: canary.token }), 30));
    const { client, ledger } = make(server.url);
    await Promise.all(Array.from({ length: 64 }, (_, i) => client.call('GetCustomer', { customerId: String(i) })));
    expect(server.calls()).toHaveLength(64);
    expect(server.tokens()).toHaveLength(1);
    expect(ledger.events).toEqual(['before', 'success']);
  });

  test('64 calls that all meet an expired token renew it once', async () => {
    let good = '1';
    const server = await serve((request, response) => {
      if (request.headers['finicity-app-token'] === `${canary.token}${good}`) json(response, 200, ok);
      else json(response, 401, { code: 10023, message: 'Expired (Finicity-App-Token)' });
    });
    const { client } = make(server.url);
    await client.call('GetCustomer', { customerId: '0' });
    good = '2';
    await Promise.all(Array.from({ length: 64 }, (_, i) => client.call('GetCustomer', { customerId: String(i) })));
    expect(server.tokens()).toHaveLength(2);
  });

  test('it is renewed at 90 minutes and not before', async () => {
    const server = await serve((_r, response) => json(response, 200, ok));
    let now = 1_000_000;
    const { client } = make(server.url, { clock: { now: () => now, sleep: async () => {} } });
    await client.call('GetCustomer', { customerId: '7' });
    now += renewAfterMs - 1;
    await client.call('GetCustomer', { customerId: '7' });
    expect(server.tokens()).toHaveLength(1);
    now += 1;
    await client.call('GetCustomer', { customerId: '7' });
    expect(server.tokens()).toHaveLength(2);
    expect(renewAfterMs).toBe(90 * 60_000);
  });

  test('one caller who cancels does not take the token from the others', async () => {
    const server = await serve((_r, response) => json(response, 200, ok), (_r, response) => void setTimeout(() => json(response, 200, { token: canary.token }), 60));
    const { client } = make(server.url);
    const controller = new AbortController();
    const cancelled = failureOf(client.call('GetCustomer', { customerId: '1' }, { signal: controller.signal }));
    const other = client.call('GetCustomer', { customerId: '2' });
    setTimeout(() => controller.abort(), 10);
    expect(await cancelled).toMatchObject({ kind: 'cancelled' });
    expect(await other).toEqual(ok);
    expect(server.tokens()).toHaveLength(1);
    expect(server.calls()).toHaveLength(1);
  });

  test('the ledger can stop an attempt before it is sent', async () => {
    const server = await serve((_r, response) => json(response, 200, ok));
    const { client } = make(server.url, { ledger: fakeLedger(() => { throw new LockoutStop(3); }) });
    const error = await failureOf(client.call('GetCustomer', { customerId: '7' }));
    expect(error).toMatchObject({ kind: 'lockout', remaining: 3 });
    expect(error.message).toContain('3 more failures lock this partner');
    expect(server.seen).toHaveLength(0);
  });

  test('no attempt is made when the count cannot be kept', async () => {
    const server = await serve((_r, response) => json(response, 200, ok));
    const { client } = make(server.url, { ledger: fakeLedger(() => { throw Object.assign(new Error('disk'), { code: 'ENOSPC' }); }) });
    expect(await failureOf(client.authenticate())).toMatchObject({ kind: 'file', systemCode: 'ENOSPC' });
    expect(server.seen).toHaveLength(0);
  });

  test('a lost answer counts as a failure until these credentials have succeeded once', async () => {
    const server = await serve((_r, response) => json(response, 200, ok), (_r, response, count) => {
      if (count === 1) json(response, 200, { token: canary.token });
      else response.socket?.destroy();
    });
    const { client, ledger } = make(server.url);
    for (let i = 0; i < 3; i++) await client.authenticate().catch(() => undefined);
    expect(ledger.events).toEqual(['before', 'failure', 'before', 'success', 'before', 'release']);
  });

  test('an attempt that is broken off under way counts too: the API may have counted it', async () => {
    let close = (): void => {};
    const server = await serve((_r, response) => json(response, 200, ok), () => close());
    const { client, ledger } = make(server.url);
    close = () => client.close();
    expect(await failureOf(client.authenticate())).toMatchObject({ kind: 'cancelled' });
    await expect.poll(() => ledger.events).toEqual(['before', 'failure']);
  });

  test('changing the secret with a wrong old one counts as an attempt too', async () => {
    const server = await serve(() => {}, (_r, response) => json(response, 401, { code: 10001, message: 'Invalid credentials' }));
    const { client, ledger } = make(server.url);
    const body = { partnerId: canary.partnerId, partnerSecret: canary.partnerSecret, newPartnerSecret: 'CanarySecret-77xQ-new' };
    expect(await failureOf(client.send('ModifyPartnerSecret', { body }))).toMatchObject({ code: '10001' });
    expect(ledger.events).toEqual(['before', 'failure']);
  });
});

describe('guard and log', () => {
  test('every call asks for approval first, the token does not; a refusal sends nothing', async () => {
    const server = await serve((_r, response) => json(response, 200, ok));
    const asked: string[] = [];
    const { client, log } = make(server.url, {
      approve: async (entry) => {
        asked.push(entry.operationId);
        if (entry.operationId === 'DeleteCustomer') throw new GuardRefusal('DeleteCustomer', 'No.', true);
      },
    });
    await client.call('GetCustomer', { customerId: '7' });
    expect(await failureOf(client.call('DeleteCustomer', { customerId: '7' }))).toMatchObject({ kind: 'guard', declined: true });
    expect(asked).toEqual(['GetCustomer', 'DeleteCustomer']);
    expect(server.calls()).toHaveLength(1);
    expect(log.map((l) => [l.operationId, l.outcome, l.attempt])).toEqual([['CreateToken', 'ok', 1], ['GetCustomer', 'ok', 1], ['DeleteCustomer', 'refused', 0]]);
  });

  test('an invalid request is refused before a person is asked about it', async () => {
    let asked = 0;
    const { client } = make('http://127.0.0.1:1', { approve: async () => { asked++; } });
    await failureOf(client.send('DeleteCustomer', {}));
    expect(asked).toBe(0);
  });

  test('the log tells operation, status, code and size, and no id, query, header or body', async () => {
    const server = await serve((request, response) => (request.method === 'GET' ? json(response, 404, { code: 14001, message: canary.body }) : json(response, 201, { id: 'c', ssn: canary.ssn })));
    const { client, log } = make(server.url);
    await client.call('GetCustomer', { customerId: '7200000001' }).catch(() => undefined);
    await client.call('CreateConsumer', { customerId: '7200000001', body: { ssn: canary.ssn } as never });
    expect(log[1]).toMatchObject({ operationId: 'GetCustomer', method: 'GET', path: '/aggregation/v1/customers/{customerId}', status: 404, code: '14001', outcome: 'failed', size: expect.any(Number) });
    expect(log[2]).toMatchObject({ operationId: 'CreateConsumer', status: 201, outcome: 'ok' });
    expectClean(...log);
    expect(JSON.stringify(log)).not.toContain('7200000001');
  });

  test('the time limit is the operation\'s own', async () => {
    const limits: number[] = [];
    const original = globalThis.setTimeout;
    const never: FetchLike = async () => { throw new Error('not sent'); };
    globalThis.setTimeout = ((run: () => void, ms: number, ...rest: unknown[]) => { limits.push(ms); return original(run, ms, ...rest); }) as typeof setTimeout;
    try {
      await make('https://api.example.test', { fetch: never }).client.authenticate().catch(() => undefined);
    } finally {
      globalThis.setTimeout = original;
    }
    expect(limits).toContain(operation('CreateToken').timeoutSeconds * 1000);
  });

  test('an engine whose error quotes headers does not leak them', async () => {
    const rude: FetchLike = async (_url, { headers, body }) => { throw Object.assign(new TypeError(`bad header ${JSON.stringify(headers)} ${String(body)}`), { data: headers }); };
    const { client, log } = make('https://api.example.test', { fetch: rude });
    expect(await failureOf(client.authenticate(), log)).toMatchObject({ kind: 'network', problem: 'other' });
  });

  test('a client shows no secret when it is printed', () => {
    expectClean(createClient({ baseUrl: 'https://api.example.test', credentials, approve: async () => {}, fetch: fetch as unknown as FetchLike, ledger: fakeLedger() }));
  });
});
