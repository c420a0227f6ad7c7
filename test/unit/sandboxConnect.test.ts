// Which listeners of Connect may have a link: by their answer to the ping, and by where they are when there is none.
import { describe, expect, test } from 'vitest';
import { listenerOf, pingListener } from '../../src/sandbox/handlers/connectWebhooks.ts';
import type { WebhookDelivery } from '../../src/sandbox/types.ts';

const ELSEWHERE = 'https://listener.example.com/connect';
const HERE = 'http://localhost:9/connect';
const listener = (webhook: string, more = {}) => listenerOf({ webhook, ...more }) ?? expect.fail('no listener');
const ping = (url: string, status: number | undefined) => pingListener(listener(url), 'a secret', async () => status);

describe('the ping of Connect', () => {
  test.each([200, 204, 299])('is taken with %i', (status) => expect(ping(ELSEWHERE, status)).resolves.toBeUndefined());
  test.each([199, 300, 302, 404, 500])('is not taken with %i', (status) => expect(ping(ELSEWHERE, status)).rejects.toThrow(String(status)));
  test('may go unanswered by a machine elsewhere, for work without a network', () => expect(ping(ELSEWHERE, undefined)).resolves.toBeUndefined());
  test.each([HERE, 'http://127.0.0.1:9/', 'http://[::1]:9/', 'https://localhost:9/'])('must be answered on this machine (%s)', (url) =>
    expect(ping(url, undefined)).rejects.toThrow('nobody answered'));
  test('carries the partner\'s headers, but not in the place of its own', async () => {
    const sent: WebhookDelivery[] = [];
    await pingListener(listener(HERE, { webhookHeaders: { 'x-branch': 417 } }), 'a secret', async (delivery) => (sent.push(delivery), 200));
    expect(sent[0]?.headers).toMatchObject({ 'x-branch': '417', 'Content-Type': 'application/json' });
    for (const name of ['Host', 'content-type', 'X-Finicity-Signature', 'a b']) expect(() => listener(HERE, { webhookHeaders: { [name]: 'x' } })).toThrow(name);
    for (const value of [{}, [], null, 'two\nlines']) expect(() => listener(HERE, { webhookHeaders: { 'x-branch': value } })).toThrow('x-branch');
  });
  test.each(['http://listener.example.com/', 'ftp://listener.example.com/', 'listener', 'https://name:word@listener.example.com/'])('is never sent to %s', (url) =>
    expect(() => listener(url)).toThrow('webhook'));
});
