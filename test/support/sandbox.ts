// A sandbox of a test's own, in this process, on a free port. Stop it in `afterEach`/`afterAll`; nothing is shared between two of them.
import { startSandbox as start } from '../../src/sandbox/sandbox.ts';
import type { Health } from '../../src/sandbox/control.ts';
import type { ActiveRule, FaultRule } from '../../src/sandbox/faults.ts';
import type { LogEntry } from '../../src/sandbox/requestLog.ts';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/sandbox.ts';

export type { FaultRule } from '../../src/sandbox/faults.ts';

export interface SandboxControl {
  health(): Promise<Health>;
  reset(): Promise<void>;
  /** Moves the sandbox's clock; seconds. Answers its new time, epoch seconds. */
  clock(change: { now?: number; advance?: number; speed?: number }): Promise<number>;
  faults(...rules: FaultRule[]): Promise<ActiveRule[]>;
  clearFaults(): Promise<void>;
  unlock(): Promise<void>;
  /** Newest first. */
  requests(last?: number): Promise<LogEntry[]>;
}

export interface TestSandbox {
  url: string;
  credentials: Sandbox['credentials'];
  control: SandboxControl;
  /** Resolves when no webhook is under way. */
  webhooksSettled(): Promise<void>;
  stop(): Promise<void>;
}

export async function startSandbox(options: Omit<SandboxOptions, 'port'> & { port?: number } = {}): Promise<TestSandbox> {
  const sandbox = await start({ port: 0, ...options });
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${sandbox.url}/__sandbox/${path}`, { method, body: body === undefined ? undefined : JSON.stringify(body) });
    const answer = (await response.json()) as T & { error?: string };
    if (!response.ok) throw new Error(`${method} ${path}: ${answer.error}`);
    return answer;
  };
  return {
    url: sandbox.url,
    credentials: sandbox.credentials,
    control: {
      health: () => call('GET', 'health'),
      reset: async () => void (await call('POST', 'reset')),
      clock: async (change) => (await call<{ now: number }>('POST', 'clock', change)).now,
      faults: async (...rules) => (await call<{ faults: ActiveRule[] }>('POST', 'faults', rules)).faults,
      clearFaults: async () => void (await call('DELETE', 'faults')),
      unlock: async () => void (await call('POST', 'unlock')),
      requests: async (last = 100) => (await call<{ requests: LogEntry[] }>('GET', `requests?last=${last}`)).requests,
    },
    webhooksSettled: sandbox.webhooksSettled,
    stop: sandbox.stop,
  };
}

/** Calls the sandbox as a plain HTTP client would: JSON asked for, a token of its own unless headers say otherwise. */
export function caller({ url, credentials }: Pick<TestSandbox, 'url' | 'credentials'>) {
  let token: Promise<string> | undefined;
  const freshToken = async () => {
    const response = await fetch(`${url}/aggregation/v2/partners/authentication`, {
      method: 'POST', headers: { 'Finicity-App-Key': credentials.appKey, 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({ partnerId: credentials.partnerId, partnerSecret: credentials.partnerSecret }),
    });
    if (response.status !== 200) throw new Error(`No token: ${response.status} ${await response.text()}`);
    return ((await response.json()) as { token: string }).token;
  };
  return async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<CallResult> => {
    token ??= freshToken();
    const response = await fetch(url + path, {
      method, headers: { Accept: 'application/json', 'Content-Type': 'application/json', 'Finicity-App-Key': credentials.appKey, 'Finicity-App-Token': await token, ...headers },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    return { status: response.status, type, text, headers: response.headers, json: /json/.test(type) && text ? (JSON.parse(text) as Record<string, unknown>) : {} };
  };
}

export interface CallResult {
  status: number;
  type: string;
  text: string;
  headers: Headers;
  /** The parsed body; empty when it is not JSON. */
  json: Record<string, unknown>;
}
