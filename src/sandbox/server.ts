// The HTTP side: listens on loopback, reads a request whole, applies faults, writes the reply. It refuses hosts and origins that are not
// this machine's (a web page could otherwise reach it through a rebound name), bodies over 10 MB, and never falls over a bad request.
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { wantedType } from './accept.ts';
import { faultReply } from './faults.ts';
import type { ActiveRule, Faults } from './faults.ts';
import { isThisMachine } from './loopback.ts';
import type { Outcome, RawRequest } from './pipeline.ts';
import type { RequestLog } from './requestLog.ts';
import type { RouteResult } from './router.ts';
import type { SandboxReply } from './types.ts';

const BODY_LIMIT = 10 * 1024 * 1024;

export interface ServerParts {
  route(method: string, pathname: string): RouteResult;
  answer(request: RawRequest): Promise<Outcome>;
  /** Everything under /__sandbox/. */
  control(method: string, url: URL, body: Uint8Array): Promise<SandboxReply>;
  faults: Faults;
  log: RequestLog;
}

export function createSandboxServer(parts: ServerParts): Server {
  const server = createServer((incoming, response) => {
    handle(incoming, response, parts).catch(() => response.destroy());
  });
  // Longer than any client keeps a connection idle, so that none is closed while a request is on its way.
  server.keepAliveTimeout = 120_000;
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
  return server;
}

async function handle(incoming: IncomingMessage, response: ServerResponse, parts: ServerParts): Promise<void> {
  const started = performance.now();
  const method = incoming.method ?? 'GET';
  const foreign = foreignCaller(incoming);
  if (foreign) return write(response, { status: 403, text: { type: 'text/plain; charset=utf-8', data: foreign } });
  const target = `http://sandbox${(incoming.url ?? '/').startsWith('/') ? incoming.url : '/'}`;
  if (!URL.canParse(target)) return write(response, { status: 400 });
  const url = new URL(target);
  const body = await readBody(incoming);
  if (!body) {
    response.shouldKeepAlive = false;
    return write(response, { status: 413, text: { type: 'text/plain; charset=utf-8', data: 'The request body is larger than 10 MB' } });
  }
  if (url.pathname.startsWith('/__sandbox/')) return write(response, await parts.control(method, url, body));

  const route = parts.route(method, url.pathname);
  const operationId = route.operation?.operationId;
  const fault = parts.faults.match({ operationId, method, pathname: url.pathname });
  if (fault?.latencyMs) await sleep(fault.latencyMs);
  const own = fault && faultReply(fault, url.pathname, wantedType(incoming.headers.accept ?? '', url.pathname));
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  const request = { route, method, pathname: url.pathname, query: Object.fromEntries(url.searchParams), headers, body };
  const outcome: Outcome | undefined = own ? { reply: own } : fault?.kind === 'reset' ? undefined : await parts.answer(request);
  parts.log.add({
    kind: 'request', method, url: url.pathname + url.search, operationId, status: outcome?.reply.status, ms: Math.round(performance.now() - started),
    reason: outcome?.reason, fault: fault?.kind,
  });
  if (!outcome) return void incoming.socket.destroy();
  write(response, outcome.reply, fault);
}

/** Why a request is not from this machine's own programs; undefined when it is. */
function foreignCaller({ headers }: IncomingMessage): string | undefined {
  const host = (headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
  if (!isThisMachine(host)) return 'The sandbox answers to 127.0.0.1 and localhost only';
  const { origin } = headers;
  if (origin === undefined) return undefined;
  return URL.canParse(origin) && isThisMachine(new URL(origin).hostname) ? undefined : 'The sandbox does not answer web pages of other origins';
}

/** Undefined when it is larger than the limit; the rest is then drained, so that the refusal can be read. */
async function readBody(incoming: IncomingMessage): Promise<Uint8Array | undefined> {
  const { 'content-length': length, 'transfer-encoding': encoding } = incoming.headers;
  if (length === undefined && encoding === undefined) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size <= BODY_LIMIT) chunks.push(chunk);
    if (size > BODY_LIMIT * 4) break;
  }
  return size > BODY_LIMIT ? undefined : chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
}

function write(response: ServerResponse, reply: SandboxReply, fault?: ActiveRule): void {
  const data = reply.json !== undefined ? Buffer.from(JSON.stringify(reply.json)) : reply.text ? Buffer.from(reply.text.data) : reply.bytes?.data;
  const type = reply.json !== undefined ? 'application/json; charset=utf-8' : reply.text?.type ?? reply.bytes?.type;
  const headers: Record<string, string | number> = { ...reply.headers };
  if (data && type) headers['Content-Type'] = fault?.kind === 'wrongContentType' ? fault.contentType ?? 'text/html; charset=utf-8' : type;
  if (reply.status !== 204) headers['Content-Length'] = data?.length ?? 0;
  response.writeHead(reply.status, headers);
  if (fault?.kind === 'truncate' && data) {
    // The declared length stands: only half of it comes.
    response.write(data.subarray(0, Math.floor(data.length / 2)), () => response.socket?.destroy());
    return;
  }
  response.end(data);
}
