// What the client's tests share: a tiny HTTP server whose answers each test writes itself, a client made for it, and the canaries that
// must never turn up in an error or a log line. (The sandbox is not used here: these tests need answers that no well-behaved server gives.)
import { createSign, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Server as NetServer, Socket } from 'node:net';
import { inspect } from 'node:util';
import { expect, onTestFinished } from 'vitest';
import { createClient } from '../../src/client/client.ts';
import type { CallRecord, Client, ClientOptions, FailureLedger, FetchLike } from '../../src/client/types.ts';

export const canary = {
  partnerId: '2445583871234', partnerSecret: 'CanarySecret-77xQ', appKey: 'canary-app-key-5519', token: 'CanaryToken20Letters', ssn: '999-60-1111', body: 'canary-in-a-body',
};
export const credentials = { partnerId: canary.partnerId, partnerSecret: canary.partnerSecret, appKey: canary.appKey };

export interface Seen { method: string; url: string; headers: IncomingMessage['headers']; body: string }
export interface TestServer { url: string; port: number; seen: Seen[]; /** Requests other than the token's. */ calls(): Seen[]; tokens(): Seen[] }

type Answer = (request: Seen, response: ServerResponse, count: number) => void | Promise<void>;

export const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};
export const raw = (response: ServerResponse, status: number, type: string | undefined, body: string, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { ...(type === undefined ? {} : { 'content-type': type }), ...headers }).end(body);
};

const tokenPath = '/aggregation/v2/partners/authentication';

/** Serves tokens by itself unless `onToken` answers; everything else goes to `answer`, with how many calls it has had before. */
export async function serve(answer: Answer, onToken?: Answer): Promise<TestServer> {
  const seen: Seen[] = [];
  const calls = () => seen.filter((r) => !r.url.endsWith(tokenPath));
  const tokens = () => seen.filter((r) => r.url.endsWith(tokenPath));
  const handle: RequestListener = (request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      const entry: Seen = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
      seen.push(entry);
      if (!entry.url.endsWith(tokenPath)) void answer(entry, response, calls().length - 1);
      else if (onToken) void onToken(entry, response, tokens().length - 1);
      else json(response, 200, { token: `${canary.token}${tokens().length}` });
    });
  };
  const server = createServer(handle);
  const port = await listen(server);
  return { url: `http://127.0.0.1:${port}`, port, seen, calls, tokens };
}

/** Listens on a free port and ends with the test, connections and all. */
export async function listen(server: Server | NetServer): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

export interface FakeLedger extends FailureLedger { events: string[] }
export function fakeLedger(before: () => void = () => {}): FakeLedger {
  const events: string[] = [];
  return {
    events,
    async beforeAttempt() { events.push('before'); before(); },
    async afterFailure() { events.push('failure'); },
    async afterSuccess() { events.push('success'); },
    async release() { events.push('release'); },
  };
}

export interface Made { client: Client; log: CallRecord[]; ledger: FakeLedger; slept: number[] }

/** A client whose sleeps take no time and are noted. */
export function make(baseUrl: string, options: Partial<ClientOptions> & { ledger?: FakeLedger } = {}): Made {
  const log: CallRecord[] = [];
  const slept: number[] = [];
  const ledger = options.ledger ?? fakeLedger();
  const client = createClient({
    baseUrl, fetch: globalThis.fetch as unknown as FetchLike, credentials, approve: async () => {}, log: (r) => log.push(r),
    clock: { now: () => Date.now(), sleep: async (ms, signal) => { signal?.throwIfAborted(); slept.push(ms); } },
    ...options, ledger,
  });
  onTestFinished(() => client.close());
  return { client, log, ledger, slept };
}

/** The error that a call ends with, after checking that no canary shows in it or in the log. */
export async function failureOf(call: Promise<unknown>, log: readonly CallRecord[] = []): Promise<Record<string, unknown> & Error> {
  const error = await call.then((value) => { throw new Error(`expected a failure but got ${inspect(value)}`); }, (e: unknown) => e);
  expectClean(error, log);
  return error as Record<string, unknown> & Error;
}

export function expectClean(...things: unknown[]): void {
  for (const thing of things) {
    const text = [JSON.stringify(thing), inspect(thing, { depth: Infinity, showHidden: true, getters: true }), thing instanceof Error ? `${thing.message} ${thing.stack} ${String(thing.cause)}` : ''].join('\n');
    for (const [name, value] of Object.entries(canary)) expect(text.includes(value), `${name} shows in ${text.slice(0, 500)}`).toBe(false);
  }
}

/** A self-signed certificate for 127.0.0.1, made on the spot. */
export function selfSigned(): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const der = (tag: number, ...parts: Buffer[]): Buffer => {
    const content = Buffer.concat(parts);
    const size = content.length < 128 ? [content.length] : [0x82, content.length >> 8, content.length & 255];
    return Buffer.concat([Buffer.from([tag, ...size]), content]);
  };
  const oid = (hex: string) => der(6, Buffer.from(hex, 'hex'));
  const algorithm = der(0x30, oid('2a8648ce3d040302'));
  const name = der(0x30, der(0x31, der(0x30, oid('550403'), der(12, Buffer.from('a test')))));
  const time = (year: number) => der(0x18, Buffer.from(`${year}0101000000Z`));
  const subjectAltName = der(0x30, oid('551d11'), der(4, der(0x30, der(0x87, Buffer.from([127, 0, 0, 1])))));
  const toSign = der(0x30, der(0xa0, der(2, Buffer.from([2]))), der(2, Buffer.from([1])), algorithm, name, der(0x30, time(2020), time(2090)), name,
    publicKey.export({ type: 'spki', format: 'der' }), der(0xa3, der(0x30, subjectAltName)));
  const signature = createSign('sha256').update(toSign).sign(privateKey);
  const certificate = der(0x30, toSign, algorithm, der(3, Buffer.from([0]), signature));
  const pem = certificate.toString('base64').replace(/(.{64})/g, '$1\n');
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: `-----BEGIN CERTIFICATE-----\n${pem}\n-----END CERTIFICATE-----\n` };
}
