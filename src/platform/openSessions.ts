// Makes the clients: loads the client's code when first needed, reads the vault, starts the sandbox, puts the guard, the lock-out ledger and
// the log in between. There is no other place where a client for a saved connection is made, so no call reaches the wire past the guard.
// Free of vscode.
import type { Client, FetchLike, FinishedCall } from '../client/types.ts';
import type { Connections } from '../credentials/connections.ts';
import type { LockoutLedger } from '../credentials/lockoutLedger.ts';
import type { ConnectionRecord, ConnectionSecrets } from '../credentials/types.ts';
import type { Answer, Asking } from '../guard/approve.ts';
import { SignedOutError } from './errors.ts';
import type { Log } from './log.ts';
import type { SandboxProcess } from './sandboxProcess.ts';
import type { ApiSession, Sessions } from './sessions.ts';

export interface SessionsOptions {
  connections: Connections;
  ledger: LockoutLedger;
  sandbox: SandboxProcess;
  /** Puts the guard's question to the person. */
  ask(asking: Asking): Promise<Answer>;
  log: Log;
  /** The editor's own, which goes through its proxy and certificate settings. */
  fetch: FetchLike;
  /** Told of every call of a saved connection when it is over. */
  finished?(call: FinishedCall, connectionId: string): void;
  /** Puts itself between a saved connection's client and whoever uses it. */
  watched?(client: Client, connectionId: string): Client;
  /** Told when a connection is no longer what it was: signed out, removed, with other credentials or another host. */
  closed?(connectionId: string): void;
}

export interface OwnedSessions extends Sessions {
  /** A client for credentials that are not saved yet. The caller closes it; it asks the ledger like any other. */
  trial(record: ConnectionRecord, secrets: ConnectionSecrets): Promise<{ client: Client; close(): void }>;
  /** The partner of a connection that was opened in this window; undefined when it was not, so that nobody is asked to unlock a vault for it. */
  partnerOf(connectionId: string): string | undefined;
  onDidOpen(listener: (connectionId: string) => void): { dispose(): void };
  dispose(): void;
}

interface Entry {
  record: ConnectionRecord;
  opening?: Promise<ApiSession>;
  partnerId?: string;
  end?: () => void;
}

/** Milliseconds between two looks at a running report: what the API asks for, less on the embedded sandbox. */
export const reportIntervalMs = ({ environment }: Pick<ConnectionRecord, 'environment'>): number => (environment === 'sandbox' ? 1_000 : 20_000);

export function createSessions(options: SessionsOptions): OwnedSessions {
  const { connections, ledger, log } = options;
  const entries = new Map<string, Entry>();
  const listeners = new Set<(connectionId: string) => void>();

  const makeClient = async (record: ConnectionRecord, secrets: ConnectionSecrets, finished?: (call: FinishedCall) => void): Promise<{ client: Client; end: () => void }> => {
    for (const secret of [secrets.partnerSecret, secrets.appKey, secrets.partnerId]) log.hide(secret);
    const [{ createClient }, { createApprove }] = await Promise.all([import('../client/client.ts'), import('../guard/approve.ts')]);
    const embedded = record.environment === 'sandbox';
    // As it is now: it may be renamed or made read-only while the client lives.
    const current = () => connections.get(record.id) ?? record;
    const attempts = ledger.forClient();
    let ended = false;
    const client: Client = createClient({
      baseUrl: embedded ? await options.sandbox.address() : record.baseUrl,
      fetch: embedded ? sandboxFetch(options.sandbox, options.fetch) : options.fetch,
      credentials: secrets,
      approve: createApprove({
        connection: () => (ended ? undefined : current()), ask: (asking) => options.ask(asking),
        username: async (customerId, signal) => (await client.call('GetCustomer', { customerId }, { origin: 'command', ...(signal && { signal }) })).username,
      }),
      ledger: attempts,
      log: (call) => log.call(call, current().label),
      ...(finished && { finished, troubled: (error) => log.error('Noting a call that is over', error) }),
    });
    return { client, end: () => { ended = true; client.close(); void attempts.release().catch((error: unknown) => log.error('Closing a client', error)); } };
  };

  const open = async (record: ConnectionRecord, entry: Entry): Promise<ApiSession> => {
    const secrets = await connections.secrets(record.id);
    if (!secrets) throw new SignedOutError(record.id, record.label);
    const { client, end } = await makeClient(record, secrets, options.finished && ((call) => options.finished?.(call, record.id)));
    entry.partnerId = secrets.partnerId;
    entry.end = end;
    // Closed while it was being opened: the token must not outlive that.
    if (entries.get(record.id) !== entry) end();
    else for (const listener of listeners) listener(record.id);
    return { get connection() { return connections.get(record.id) ?? record; }, client: options.watched?.(client, record.id) ?? client, reportIntervalMs: reportIntervalMs(record) };
  };

  const close = (connectionId: string) => {
    const entry = entries.get(connectionId);
    entries.delete(connectionId);
    entry?.end?.();
    options.closed?.(connectionId);
  };

  // Credentials and tokens belong to a host: with another one, or without the connection, the client goes.
  const watching = connections.onDidChange(() => {
    for (const [id, { record }] of entries) {
      const now = connections.get(id);
      if (!now || now.baseUrl !== record.baseUrl || now.environment !== record.environment) close(id);
    }
  });

  return {
    open(connectionId) {
      const known = entries.get(connectionId)?.opening;
      if (known) return known;
      const record = connections.get(connectionId);
      if (!record) return Promise.reject(new SignedOutError(connectionId, connectionId));
      const entry: Entry = { record };
      entries.set(connectionId, entry);
      const opening = open(record, entry);
      entry.opening = opening;
      opening.catch(() => { if (entries.get(connectionId) === entry) entries.delete(connectionId); });
      return opening;
    },
    close,
    async trial(record, secrets) {
      const { client, end } = await makeClient(record, secrets);
      return { client, close: end };
    },
    partnerOf: (connectionId) => entries.get(connectionId)?.partnerId,
    onDidOpen(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    dispose() {
      watching.dispose();
      for (const id of [...entries.keys()]) close(id);
    },
  };
}

/**
 * The sandbox's port is another after each start, while a client keeps its base URL: so each request goes to where the server is now.
 * A connection that could not even be made was not sent; the server is then looked for or started, and the request sent once more.
 */
export function sandboxFetch(sandbox: SandboxProcess, fetch: FetchLike): FetchLike {
  const at = (base: string, url: string) => {
    const { pathname, search } = new URL(url);
    return `${base}${pathname}${search}`;
  };
  return async (url, init) => {
    const base = await sandbox.address(init.signal);
    try {
      return await fetch(at(base, url), init);
    } catch (error) {
      if (init.signal?.aborted || !neverConnected(error)) throw error;
      sandbox.lost(base);
      return fetch(at(await sandbox.address(init.signal), url), init);
    }
  };
}

function neverConnected(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ((at as NodeJS.ErrnoException).code === 'ECONNREFUSED') return true;
    if (at instanceof AggregateError && at.errors.some(neverConnected)) return true;
  }
  return false;
}
