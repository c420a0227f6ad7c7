// An API server of a partner's own, in front of a sandbox: it takes credentials of the test's choice instead of the published ones, over
// http or https, and remembers every request and every token that it gave out. Everything else is the sandbox's.
import { createServer, request as httpRequest } from 'node:http';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TestSandbox } from './sandbox.ts';

export interface FrontCredentials {
  partnerId: string;
  partnerSecret: string;
  appKey: string;
}

export interface FrontServer {
  port: number;
  /** `POST /aggregation/…`, in the order they came. */
  seen: string[];
  tokens: string[];
  close(): Promise<void>;
}

export async function startFrontServer(sandbox: TestSandbox, own: FrontCredentials, tls?: { key: string; cert: string }): Promise<FrontServer> {
  const seen: string[] = [];
  const tokens: string[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse) => void forward(request, response).catch(() => response.destroy());
  const server = tls ? createTlsServer(tls, answer) : createServer(answer);

  async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    seen.push(`${request.method} ${request.url}`);
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const isLogin = request.url === '/aggregation/v2/partners/authentication';
    const body = isLogin ? login(Buffer.concat(pieces).toString()) : Buffer.concat(pieces);
    const headers: OutgoingHttpHeaders = { ...request.headers, host: new URL(sandbox.url).host, 'content-length': String(body.length) };
    // A wrong key stays wrong; the right one becomes the sandbox's.
    if (headers['finicity-app-key'] === own.appKey) headers['finicity-app-key'] = sandbox.credentials.appKey;
    await new Promise<void>((resolve, reject) => {
      const onward = httpRequest(sandbox.url + request.url, { method: request.method, headers }, (reply) => {
        const back: Buffer[] = [];
        reply.on('data', (piece: Buffer) => back.push(piece));
        reply.on('error', reject);
        reply.on('end', () => {
          const bytes = Buffer.concat(back);
          if (isLogin && reply.statusCode === 200) tokens.push((JSON.parse(bytes.toString()) as { token: string }).token);
          response.writeHead(reply.statusCode ?? 502, reply.headers).end(bytes);
          resolve();
        });
      });
      onward.on('error', reject);
      onward.end(body);
    });
  }

  function login(text: string): Buffer {
    const { partnerId, partnerSecret, ...rest } = JSON.parse(text) as Record<string, string>;
    const right = partnerId === own.partnerId && partnerSecret === own.partnerSecret;
    const { partnerId: id, partnerSecret: secret } = sandbox.credentials;
    return Buffer.from(JSON.stringify({ partnerId: id, partnerSecret: right ? secret : 'not-the-secret-1', ...rest }));
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as AddressInfo).port, seen, tokens,
    close: () => new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    }),
  };
}
