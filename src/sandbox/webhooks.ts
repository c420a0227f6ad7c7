// Sends webhooks for real, without holding up the reply that caused them. The sandbox calls only https, or http on loopback: it must
// never become a way to reach other machines of a network in clear. Redirects are not followed, answers are read no further than needed.
import type { RequestLog } from './requestLog.ts';
import type { WebhookDelivery } from './types.ts';

const TIMEOUT_MS = 10_000;

export interface Webhooks {
  notify(delivery: WebhookDelivery): void;
  /** GETs a listener and returns its status and the start of its body; throws when it cannot be reached. */
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
  return url.protocol === 'https:' || (url.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname));
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
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
      log.add({ ...entry, ms: Math.round(performance.now() - started), reason: `The listener could not be reached: ${cause}` });
      throw error;
    }
  };

  const deliver = async ({ url, headers, body }: WebhookDelivery): Promise<number | undefined> => {
    if (!mayCall(url)) {
      log.add({ kind: 'webhook', method: 'POST', url: shown(url), ms: 0, reason: 'Not sent: the sandbox calls https, or http on this machine, only' });
      return undefined;
    }
    const response = await record('POST', url, () => call(url, { method: 'POST', headers, body })).catch(() => undefined);
    void response?.body?.cancel();
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
      const response = await record('GET', url, () => call(url, { method: 'GET' }));
      return { status: response.status, text: (await response.text()).slice(0, 10_000) };
    },
    settled: async () => {
      while (running.size > 0) await Promise.all(running);
    },
    close: () => closing.abort(),
  };
}
