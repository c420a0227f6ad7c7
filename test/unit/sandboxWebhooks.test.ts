// The sandbox's own calls: whom it may call, how much of an answer it reads, and that no listener can end it.
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRequestLog } from '../../src/sandbox/requestLog.ts';
import { createWebhooks, mayCall } from '../../src/sandbox/webhooks.ts';

let listener: Server;
let answer: (response: ServerResponse) => void;
let called: number;
let url: string;

beforeEach(async () => {
  called = 0;
  listener = createServer((_request, response) => {
    called++;
    answer(response);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/hook?key=very-secret`;
});
afterEach(async () => {
  listener.closeAllConnections();
  await new Promise((resolve) => listener.close(resolve));
});

describe('whom it calls', () => {
  test.each(['https://listener.example.com/', 'http://127.0.0.1:9/', 'http://localhost/', 'http://[::1]:9/'])('%s', (address) => expect(mayCall(address)).toBe(true));
  test.each([
    'http://listener.example.com/', 'http://10.0.0.1/', 'http://localhost.example.com/', 'http://127.0.0.1.example.com/', 'http://127.0.0.1@example.com/',
    'https://name:word@listener.example.com/', 'file:///etc/hosts', 'ftp://localhost/', 'data:text/plain,x', 'localhost:9', '',
  ])('never %j', (address) => expect(mayCall(address)).toBe(false));

  test('a probe keeps to it too', async () => {
    await expect(createWebhooks(createRequestLog()).probe('http://listener.example.com/')).rejects.toThrow('https');
  });

  test('a redirect is not followed', async () => {
    answer = (response) => response.writeHead(302, { Location: url }).end();
    expect(await createWebhooks(createRequestLog()).ask({ url, headers: {}, body: '{}' })).toBe(302);
    expect(called).toBe(1);
  });
});

describe('what comes back', () => {
  test('of an answer without an end, the start is read', async () => {
    let closed: Promise<void> | undefined;
    answer = (response) => {
      const timer = setInterval(() => response.write('x'.repeat(4_000)), 1);
      closed = new Promise((resolve) => response.on('close', () => {
        clearInterval(timer);
        resolve();
      }));
    };
    const { status, text } = await createWebhooks(createRequestLog()).probe(url);
    expect([status, text]).toEqual([200, 'x'.repeat(10_000)]);
    await closed;
  });

  test('a body that breaks off is the listener\'s affair', async () => {
    answer = (response) => {
      response.writeHead(200, { 'Content-Length': 100 });
      response.write('half', () => response.destroy());
    };
    const log = createRequestLog();
    const webhooks = createWebhooks(log);
    expect(await webhooks.ask({ url, headers: {}, body: '{}' })).toBe(200);
    await expect(webhooks.probe(url)).rejects.toThrow();
  });

  test('the log has neither the query of an address nor the value of a header', async () => {
    answer = (response) => response.end();
    const log = createRequestLog();
    const webhooks = createWebhooks(log);
    await webhooks.ask({ url, headers: { authorization: 'Bearer very-secret' }, body: '{}' });
    await webhooks.ask({ url, headers: { authorization: 'very-secret\n' + 'and more' }, body: '{}' });
    expect(log.last(10)).toHaveLength(2);
    expect(JSON.stringify(log.last(10))).not.toContain('very-secret');
  });
});
