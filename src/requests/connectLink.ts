// The link to Connect that an answer carries: opened for the person when it leads to Connect itself, or to the sandbox on this machine, and
// to nowhere else, whatever the answer says. Read from the answer's own bytes, never from what a view says of them. Free of vscode.
// Source: the public description's samples; links live two hours and end with the token that they were made with.
import { isRecord } from '../client/values.ts';
import type { ConnectionRecord } from '../credentials/types.ts';

export interface ConnectLink {
  /** As it stands in the answer: every parameter is signed. */
  url: string;
  /** When it ends at the latest, epoch milliseconds. */
  until: number;
}

const connectHosts: ReadonlySet<string> = new Set(['connect2.finicity.com']);
const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);
const lifetimeMs = 2 * 3600_000;
/** Bytes; an answer with a link is far smaller. */
const largest = 64 * 1024;

/** Undefined when there is none, or none that is opened. */
export function connectLink(body: Uint8Array | undefined, environment: ConnectionRecord['environment'] | undefined, receivedAt: number): ConnectLink | undefined {
  const url = linkIn(body);
  const at = url === undefined ? null : URL.parse(url);
  if (url === undefined || !at || environment === undefined || at.username !== '' || at.password !== '' || !leadsHome(at, environment)) return undefined;
  const ttl = Number(at.searchParams.get('ttl'));
  return { url, until: ttl > 0 ? Math.min(ttl, receivedAt + lifetimeMs) : receivedAt + lifetimeMs };
}

/** What the sandbox signs, Mastercard's Connect does not take; and a server elsewhere has no business on this machine. */
function leadsHome({ protocol, hostname, port }: URL, environment: ConnectionRecord['environment']): boolean {
  if (environment === 'sandbox') return (protocol === 'http:' || protocol === 'https:') && loopback.has(hostname);
  return protocol === 'https:' && port === '' && connectHosts.has(hostname);
}

function linkIn(body: Uint8Array | undefined): string | undefined {
  if (!body || body.length === 0 || body.length > largest) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body));
    // Spaces and control characters are no part of an address, and would be dropped by who reads one.
    return isRecord(value) && typeof value.link === 'string' && /^[!-~]{1,8000}$/.test(value.link) ? value.link : undefined;
  } catch {
    return undefined;
  }
}
