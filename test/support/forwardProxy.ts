// A forward proxy as a company has one: CONNECT tunnels for https, absolute-form requests for http, and a record of both. It alone knows
// where the names of a test lie, so whoever reaches one of them came through here.
import { createServer, request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export interface ForwardProxy {
  url: string;
  /** `CONNECT host:port` and `GET http://…`, as they came. */
  seen: string[];
  /** Sends what is meant for `host:port` to a port of this machine. Every other name is answered with 502. */
  route(authority: string, port: number): void;
  close(): Promise<void>;
}

export async function startForwardProxy(): Promise<ForwardProxy> {
  const routes = new Map<string, number>();
  const seen: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    const target = absolute(request);
    const port = target && routes.get(`${target.hostname}:${target.port || 80}`);
    if (!target || port === undefined) return void response.writeHead(502).end();
    const onward = httpRequest({ host: '127.0.0.1', port, method: request.method, path: target.pathname + target.search, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  server.on('connect', (request: IncomingMessage, client: Socket, head: Buffer) => {
    seen.push(`CONNECT ${request.url}`);
    client.on('error', () => client.destroy());
    const port = routes.get(request.url ?? '');
    if (port === undefined) return void client.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n');
    const onward = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      if (head.length > 0) onward.write(head);
      onward.pipe(client).pipe(onward);
    });
    onward.on('error', () => client.destroy());
    client.on('close', () => onward.destroy());
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    route: (authority, port) => void routes.set(authority, port),
    close: () => new Promise((done) => {
      server.close(() => done());
      for (const socket of sockets) socket.destroy();
    }),
  };
}

function absolute({ url = '' }: IncomingMessage): URL | undefined {
  return url.startsWith('http://') ? new URL(url) : undefined;
}
