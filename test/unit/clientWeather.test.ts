// Bad weather: every way an answer, a network or a person can end a call badly, through the editor's kind of fetch and through npm undici.
// Each failure is checked for canaries by failureOf: secrets, token and bodies must not show in errors or log lines.
import { once } from 'node:events';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createNetServer } from 'node:net';
import { ProxyAgent } from 'undici';
import { afterAll, describe, expect, test } from 'vitest';
import { undiciFetch } from '../../src/client/undiciFetch.ts';
import type { FetchLike } from '../../src/client/types.ts';
import { canary, failureOf, json, listen, make, raw, selfSigned, serve } from './clientHarness.ts';

const undici = undiciFetch();
afterAll(() => undici.close());
const consumer = { customerId: '7', body: { firstName: 'A', lastName: 'B', ssn: canary.ssn, note: canary.body } as never };

describe.each<[string, FetchLike]>([['global fetch', fetch as unknown as FetchLike], ['npm undici', undici.fetch]])('over %s', (_, engine) => {
  const weather = (url: string) => make(url, { fetch: engine });

  test('a wrong app key (401 text/plain) names both of its causes and costs no attempt', async () => {
    const server = await serve(() => {}, (_r, response) => raw(response, 401, 'text/plain; charset=utf-8', 'Invalid (Finicity-App-Key)'));
    const { client, log, ledger } = weather(server.url);
    const error = await failureOf(client.call('GetCustomer', { customerId: '7' }), log);
    expect(error).toMatchObject({ kind: 'authentication', problem: 'appKey', status: 401, code: undefined, retryable: false });
    expect(error.message).toMatch(/app key/i);
    expect(error.message).toMatch(/plan/);
    expect(error.message).toContain('Invalid (Finicity-App-Key)');
    expect(ledger.events).toEqual(['before', 'release']);
  });

  test('bad credentials (10001) are asked for once and never again by machine', async () => {
    const server = await serve(() => {}, (_r, response) => json(response, 401, { code: 10001, message: `Invalid credentials ${canary.partnerSecret}` }));
    const { client, log, ledger } = weather(server.url);
    for (let i = 0; i < 3; i++)
      expect(await failureOf(client.call('GetCustomer', { customerId: '7' }), log)).toMatchObject({ kind: 'authentication', problem: 'credentials', code: '10001' });
    expect(server.tokens()).toHaveLength(1);
    expect(ledger.events).toEqual(['before', 'failure']);
    await failureOf(client.authenticate(), log); // the person's own choice
    expect(server.tokens()).toHaveLength(2);
  });

  test('a locked partner (24302) is told so and counted, whatever the status', async () => {
    for (const status of [401, 500]) {
      const server = await serve(() => {}, (_r, response) => json(response, status, { code: 24302, message: 'Bad credentials' }));
      const { client, log, ledger } = weather(server.url);
      const error = await failureOf(client.authenticate(), log);
      expect(error).toMatchObject({ kind: 'authentication', problem: 'locked', explanation: { action: 'contactSupport' } });
      expect(ledger.events).toEqual(['before', 'failure']);
    }
  });

  test.each([['10023', 'Expired'], ['10022', 'Invalid']])('a token refused in mid-flight (%s) is renewed once and the call made again, a POST too', async (code, word) => {
    const server = await serve((request, response) => {
      if (request.headers['finicity-app-token'] === `${canary.token}1`) json(response, 401, { code: Number(code), message: `${word} (Finicity-App-Token)` });
      else json(response, 201, { id: 'c1', createdDate: 1, customerId: 7 });
    });
    const { client } = weather(server.url);
    await client.call('CreateConsumer', consumer);
    expect(server.tokens()).toHaveLength(2);
    expect(server.calls()).toHaveLength(2);
  });

  test('a token that stays refused is not renewed for ever', async () => {
    const server = await serve((_r, response) => json(response, 401, { code: '10023', status: '401', message: 'Expired (Finicity-App-Token)', user_message: '' }));
    const { client, log } = weather(server.url);
    expect(await failureOf(client.call('GetCustomer', { customerId: '7' }), log)).toMatchObject({ code: '10023', problem: 'token' });
    expect(server.tokens()).toHaveLength(2);
  });

  test.each([
    [403, 'text/html', '<html><head><title>Access Denied</title></head></html>', { kind: 'api', status: 403, code: undefined }, /United States.*web page titled Access Denied/],
    [404, 'application/json', '{"code":14001,"message":"Customer not found."}', { code: '14001', status: 404, family: 'Customers' }, /Not found \(code 14001, HTTP 404\).*"Customer not found"\./],
    [409, 'application/json', '{"code":110002,"message":"Username not available"}', { code: '110002', retryable: false }, /username is taken/i],
    [500, 'application/json', '{"code":"185","message":"Missing MFA answer"}', { code: '185', explanation: { action: 'connectFix' } }, /security question/],
    [500, 'application/json', '{"code":325,"message":"in progress"}', { code: '325', retryable: true }, /refresh/],
    [404, 'application/json', '{"code":"38007","status":"404","title":"t","user_message":"u","tags":"","level":"error","message":"none for institutionLoginId"}', { code: '38007' }, /none for institutionLoginId/],
    [400, 'application/json', '{"Errors":{"Error":[{"Source":"x","ReasonCode":"10026,","Description":"no key","Recoverable":"false","Details":"d"}]}}', { code: '10026' }, /no key/],
    [404, 'application/json', '{"errors":{"error":[{"reasonCode":1501,"description":"no subscription"}]}}', { code: '1501' }, /no subscription/],
    [404, 'application/json', '{"trackingId":"6e0","code":10100,"message":"No reports found for portfolioId 1.","status":"404"}', { code: '10100', explanation: { title: 'Not found' } }, /No reports/],
    [400, 'application/json', '{"status":"Bad","statusDescription":"Invalid amounts"}', { code: undefined }, /Invalid amounts/],
    [409, 'application/json', '{"errorCode":409,"message":"no business"}', { code: '409' }, /no business/],
    [404, 'application/xml', '<?xml version="1.0"?><error><code>14006</code><message>No &amp; such institution</message></error>', { code: '14006' }, /No & such institution/],
    [400, undefined, '', { code: undefined, status: 400 }, /HTTP 400/],
    [400, 'application/json', '{"code":1000', { code: undefined, status: 400 }, /HTTP 400/],
  ])('an error answer %d %s %s is read', async (status, type, body, fields, words) => {
    const server = await serve((_r, response) => raw(response, status, type, body));
    const { client, log } = weather(server.url);
    const error = await failureOf(client.call('GetCustomer', { customerId: '7' }), log);
    expect(error).toMatchObject(fields);
    expect(error.message).toMatch(words);
    expect(server.calls()).toHaveLength(1);
  });

  test('what was sent as secret or personal does not come back in an error, while the answer itself can still be shown', async () => {
    const server = await serve((_r, response) => json(response, 400, { code: 10100, message: `SSN ${canary.ssn} (${canary.ssn.replaceAll('-', '')}) is invalid for ${canary.appKey}`, echo: canary.body }));
    const { client, log } = weather(server.url);
    const error = await failureOf(client.call('CreateConsumer', consumer), log);
    expect(error.message).not.toContain('999601111');
    expect(error.message).toContain('is invalid for •••');
    expect((error.answer as () => { body: unknown })()).toMatchObject({ body: { echo: canary.body } });
  });

  test('429 with Retry-After waits that long, and gives up after three tries', async () => {
    const server = await serve((_r, response, count) => (count < 2 ? json(response, 429, {}, { 'retry-after': '7' }) : json(response, 200, { id: '7' })));
    const made = weather(server.url);
    await made.client.call('GetCustomer', { customerId: '7' });
    expect(made.slept).toEqual([7000, 7000]);
    const busy = await serve((_r, response) => raw(response, 429, undefined, ''));
    const other = weather(busy.url);
    expect(await failureOf(other.client.call('GetCustomer', { customerId: '7' }))).toMatchObject({ status: 429, retryable: true });
    expect(busy.calls()).toHaveLength(3);
  });

  test('a Retry-After of an hour is not sat out', async () => {
    const server = await serve((_r, response) => json(response, 429, {}, { 'retry-after': '3600' }));
    const { client } = weather(server.url);
    expect(await failureOf(client.call('GetCustomer', { customerId: '7' }))).toMatchObject({ retryAfterMs: 3_600_000 });
    expect(server.calls()).toHaveLength(1);
  });

  test.each([429, 502, 503, 504])('a POST is never repeated after %d', async (status) => {
    const server = await serve((_r, response) => raw(response, status, undefined, ''));
    const { client, log } = weather(server.url);
    await failureOf(client.call('CreateConsumer', consumer), log);
    expect(server.calls()).toHaveLength(1);
  });

  test('a POST is never repeated after a broken connection, a GET is', async () => {
    const server = await serve((_r, response) => void response.socket?.destroy());
    const { client, log } = weather(server.url);
    expect(await failureOf(client.call('CreateConsumer', consumer), log)).toMatchObject({ kind: 'network', problem: 'reset' });
    expect(server.calls()).toHaveLength(1);
    expect(await failureOf(client.call('GetCustomer', { customerId: '7' }), log)).toMatchObject({ kind: 'network', problem: 'reset' });
    expect(server.calls()).toHaveLength(4);
  });

  test('500 is not repeated, and neither is a billed read', async () => {
    const server = await serve((request, response) => json(response, request.url.includes('statement') ? 503 : 500, {}));
    const { client } = weather(server.url);
    await failureOf(client.call('GetCustomer', { customerId: '7' }));
    expect(server.calls()).toHaveLength(1);
    await failureOf(client.send('GetCustomerAccountStatement', { customerId: '7', accountId: '8' }));
    expect(server.calls()).toHaveLength(2);
  });

  test.each([
    ['html', 'text/html', `<!doctype html><html><body>Sign in ${canary.body}</body></html>`],
    ['html', 'application/json', `<html>${canary.body}</html>`],
    ['xml', 'application/xml', `<customer><id>${canary.body}</id></customer>`],
    ['text', 'text/plain', `hello ${canary.body}`],
    ['truncated', 'application/json', `{"id":"7","username":"${canary.body}`],
    ['truncated', 'application/json; charset=utf-8', `{"id": ${canary.body}}`],
    ['empty', 'application/json', ''],
    ['empty', undefined, ''],
    ['otherType', 'application/pdf', `%PDF-1.7 ${canary.body}`],
  ])('a success that holds %s (%s) is not taken for data', async (problem, type, body) => {
    const server = await serve((_r, response) => raw(response, 200, type, body));
    const { client, log } = weather(server.url);
    expect(await failureOf(client.call('GetCustomer', { customerId: '7' }), log)).toMatchObject({ kind: 'unexpectedAnswer', problem, status: 200 });
    expect(server.calls()).toHaveLength(1);
  });

  test('an empty 204 is a success, and so is JSON under another label or with a byte order mark', async () => {
    const server = await serve((request, response) => {
      if (request.method === 'PUT') raw(response, 204, undefined, '');
      else raw(response, 200, 'text/plain', '\ufeff{"id":"7"}');
    });
    const { client } = weather(server.url);
    expect(await client.call('ModifyCustomer', { customerId: '7', body: { firstName: 'Zoë 🦊' } })).toBeUndefined();
    expect(server.calls()[0]?.body).toBe('{"firstName":"Zoë 🦊"}');
    expect(await client.call('GetCustomer', { customerId: '7' })).toEqual({ id: '7' });
  });

  test('an answer cut off by the network is told as such', async () => {
    const server = await serve((_r, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' }).write('{"id":"7"');
      setTimeout(() => response.socket?.destroy(), 20);
    });
    const { client } = weather(server.url);
    expect(await failureOf(client.call('GetCustomer', { customerId: '7' }))).toMatchObject({ kind: 'network', problem: 'reset' });
  });

  test('connection refused', async () => {
    const free = createNetServer();
    const port = await listen(free);
    free.close();
    await once(free, 'close');
    const { client, ledger } = weather(`http://127.0.0.1:${port}`);
    const refused = await failureOf(client.call('GetCustomer', { customerId: '7' }));
    expect(refused).toMatchObject({ kind: 'network', problem: 'refused', systemCode: 'ECONNREFUSED' });
    expect(refused.message).toMatch(/refuses the connection.*sandbox/);
    expect(ledger.events).toEqual(['before', 'release']);
  });

  test('a name that does not resolve', async () => {
    const error = await failureOf(weather('https://no-such-host.invalid').client.call('GetCustomer', { customerId: '7' }));
    expect(error).toMatchObject({ kind: 'network', problem: 'dns' });
    expect(error.message).toContain('no-such-host.invalid cannot be resolved');
  });

  test('a certificate of an unknown authority', async () => {
    const server = createTlsServer(selfSigned(), (_r, response) => response.end('{}'));
    const port = await listen(server);
    const error = await failureOf(weather(`https://127.0.0.1:${port}`).client.call('GetCustomer', { customerId: '7' }));
    expect(error).toMatchObject({ kind: 'network', problem: 'tls', retryable: false });
    expect(error.message).toMatch(/authority that this machine does not trust/);
  });

  test('no answer within the time limit', async () => {
    const server = await serve(() => {});
    const { client } = weather(server.url);
    const error = await failureOf(client.call('GetCustomer', { customerId: '7' }, { timeoutMs: 80 }));
    expect(error).toMatchObject({ kind: 'timeout', timeoutMs: 80, operationId: 'GetCustomer' });
    expect(server.calls()).toHaveLength(1);
  });

  test('an answer that starts and never ends runs into the same limit', async () => {
    const server = await serve((_r, response) => void response.writeHead(200, { 'content-type': 'application/json' }).write('{'));
    const { client } = weather(server.url);
    expect(await failureOf(client.call('GetCustomer', { customerId: '7' }, { timeoutMs: 80 }))).toMatchObject({ kind: 'timeout' });
  });

  test('cancel: before, while waiting for headers, while reading, and by closing the client', async () => {
    const server = await serve((request, response) => {
      if (request.url.includes('/8')) response.writeHead(200, { 'content-type': 'application/json' }).write('{');
    });
    const { client, log } = weather(server.url);
    expect(await failureOf(client.call('GetCustomer', { customerId: '7' }, { signal: AbortSignal.abort() }))).toMatchObject({ kind: 'cancelled' });
    expect(server.seen).toHaveLength(0);
    for (const customerId of ['7', '8']) {
      const controller = new AbortController();
      const call = failureOf(client.call('GetCustomer', { customerId }, { signal: controller.signal }));
      setTimeout(() => controller.abort(new Error(canary.body)), 60);
      expect(await call).toMatchObject({ kind: 'cancelled' });
    }
    expect(log.filter((l) => l.outcome === 'cancelled')).toHaveLength(2);
    const last = failureOf(client.call('GetCustomer', { customerId: '7' }));
    setTimeout(() => client.close(), 60);
    expect(await last).toMatchObject({ kind: 'cancelled', message: 'Cancelled: the connection was closed.' });
    expect(await failureOf(client.call('GetCustomer', { customerId: '7' }))).toMatchObject({ kind: 'cancelled' });
  });

  test.each([301, 302, 307, 308])('a redirect (%d) is refused and the credentials go nowhere else', async (status) => {
    const elsewhere = await serve((_r, response) => json(response, 200, { id: '7' }));
    const server = await serve((_r, response) => raw(response, status, undefined, '', { location: `${elsewhere.url}/stolen?k=${canary.body}` }));
    const { client, log } = weather(server.url);
    const error = await failureOf(client.call('GetCustomer', { customerId: '7' }), log);
    expect(error).toMatchObject({ kind: 'unexpectedAnswer', problem: 'redirect', status });
    expect(error.message).toContain(`to 127.0.0.1:${elsewhere.port}`);
    expect(elsewhere.seen).toHaveLength(0);
  });

  test('a token answer without a token', async () => {
    const server = await serve(() => {}, (_r, response) => json(response, 200, { nothing: canary.body }));
    const { client } = weather(server.url);
    expect(await failureOf(client.authenticate())).toMatchObject({ kind: 'unexpectedAnswer', problem: 'noToken' });
  });
});

test('a proxy that refuses is told apart from a host that refuses', async () => {
  const dead = createNetServer();
  const deadPort = await listen(dead);
  dead.close();
  await once(dead, 'close');
  const proxy = createNetServer((socket) => socket.once('data', () => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n')));
  for (const port of [deadPort, await listen(proxy)]) {
    const agent = new ProxyAgent(`http://127.0.0.1:${port}`);
    const { client } = make('https://api.example.test', { fetch: undiciFetch({ dispatcher: agent }).fetch });
    const error = await failureOf(client.call('GetCustomer', { customerId: '7' }));
    expect(error).toMatchObject({ kind: 'network', problem: 'proxy' });
    expect(error.message).toContain('http.proxy');
    await agent.close();
  }
});
