// Sends webhooks for real, without holding up the reply that caused them. The sandbox calls only https, or http on loopback: it must
// never become a way to reach other machines of a network in clear. Redirects are not followed; of an answer no more than its start is read.
import { isThisMachine } from './loopback.ts';
import type { RequestLog } from './requestLog.ts';
import type { WebhookDelivery } from './types.ts';

const TIMEOUT_MS = 10_000;
/** Bytes of an answer that are read at the most. */
const START = 10_000;

export interface Webhooks {
  notify(delivery: WebhookDelivery): void;
  /** GETs a listener and returns its status and the start of its body; throws when it cannot be reached, or must not be called. */
  probe(url: string): Promise<{ status: number; text: string }>;
  /** Sends and waits for the listener's status; undefined when it could not be reached, or must not be called. */
  ask(delivery: WebhookDelivery): Promise<number | undefined>;
  /** Resolves when every delivery under way has ended. */
  settled(): Promise<void>;
  close(): void;
}

/** Whether the sandbox may call this address. */
export function mayCall(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || url.username || url.password) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isThisMachine(url.hostname));
}

export function createWebhooks(log: RequestLog): Webhooks {
  const running = new Set<Promise<void>>();
  const closing = new AbortController();
  const call = (url: string, init: RequestInit) =>
    fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.any([closing.signal, AbortSignal.timeout(TIMEOUT_MS)]) });
  const shown = (url: string) => url.split('?')[0] as string;

  const record = async (method: string, url: string, work: () => Promise<Response>): Promise<Response> => {
    const started = performance.now();
    const entry = { kind: 'webhook' as const, method, url: shown(url) };
    try {
      const response = await work();
      log.add({ ...entry, status: response.status, ms: Math.round(performance.now() - started) });
      return response;
    } catch (error) {
      log.add({ ...entry, ms: Math.round(performance.now() - started), reason: `The listener could not be reached: ${whyNot(error)}` });
      throw error;
    }
  };

  const deliver = async ({ url, headers, body }: WebhookDelivery): Promise<number | undefined> => {
    if (!mayCall(url)) {
      log.add({ kind: 'webhook', method: 'POST', url: shown(url), ms: 0, reason: 'Not sent: the sandbox calls https, or http on this machine, only' });
      return undefined;
    }
    const response = await record('POST', url, () => call(url, { method: 'POST', headers, body })).catch(() => undefined);
    // What is wrong with an answer that nobody reads must not end the process.
    response?.body?.cancel().catch(() => undefined);
    return response?.status;
  };

  return {
    notify: (delivery) => {
      const sent = deliver(delivery).then(() => undefined);
      running.add(sent);
      void sent.finally(() => running.delete(sent));
    },
    ask: deliver,
    probe: async (url) => {
      if (!mayCall(url)) throw new Error('The sandbox calls https, or http on this machine, only');
      const response = await record('GET', url, () => call(url, { method: 'GET' }));
      return { status: response.status, text: await startOf(response) };
    },
    settled: async () => {
      while (running.size > 0) await Promise.all(running);
    },
    close: () => closing.abort(),
  };
}

/** What the network said. A refusal of `fetch` itself would quote the header that it refuses. */
function whyNot(error: unknown): string {
  const { name, cause } = error as Error;
  if (cause instanceof Error) return cause.message || String((cause as NodeJS.ErrnoException).code);
  return name === 'TimeoutError' ? `no answer within ${TIMEOUT_MS / 1000} seconds` : 'the request could not be made';
}

/** The first bytes of a body as text; the rest is never fetched, however long the listener goes on. */
async function startOf({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= START) break;
  }
  return new TextDecoder().decode(Buffer.concat(chunks).subarray(0, START));
}
