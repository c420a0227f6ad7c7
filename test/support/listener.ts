// A webhook listener on loopback: keeps what it is sent, byte for byte, and gives a TxPUSH verification code back as the API demands.
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Listener {
  /** Ends in a path of its own. */
  url: string;
  host: string;
  /** Verifications apart from events. */
  verifications: Received[];
  events: Received[];
  close(): Promise<void>;
}

/** @param echo What a verification is answered with; the code itself unless given. */
export async function listen(echo: (code: string) => string = (code) => code): Promise<Listener> {
  const verifications: Received[] = [];
  const events: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const code = new URL(url, 'http://host').searchParams.get('txpush_verification_code');
      (code === null ? events : verifications).push({ method, url, headers, body });
      response.writeHead(200, { 'content-type': 'text/plain' }).end(code === null ? '' : echo(code));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}/hook`, host, verifications, events,
    close: () => new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    }),
  };
}
