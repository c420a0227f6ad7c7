// What the explorer asks of the running sandbox beside the API itself, under `/__sandbox/`: its health, its demo credentials, a reset,
// its clock. Every request has a time limit and can be cancelled. Free of vscode.
import type { ConnectionSecrets } from '../credentials/types.ts';
import type { SandboxProcess } from './sandboxProcess.ts';

export interface SandboxStatus {
  /** The sandbox's clock, epoch seconds. */
  now: number;
  credentials: ConnectionSecrets;
}

export interface SandboxControl {
  status(signal?: AbortSignal): Promise<SandboxStatus>;
  /** Puts the seeded world back; what was created, changed and deleted is gone, the clock shows real time, the partner is unlocked. */
  reset(signal?: AbortSignal): Promise<void>;
  /** Moves the clock ahead; answers the new time, epoch seconds. */
  advance(seconds: number, signal?: AbortSignal): Promise<number>;
}

/** The part of the Fetch API that is used here. */
type Fetch = (url: string, init: { method: string; body?: string; headers?: Record<string, string>; signal: AbortSignal; redirect: 'error' }) =>
  Promise<{ ok: boolean; status: number; json(): Promise<unknown> }>;

const limitMs = 20_000;

async function request(fetch: Fetch, url: string, body: unknown, signal: AbortSignal | undefined, timeoutMs = limitMs): Promise<Record<string, unknown>> {
  const limit = AbortSignal.timeout(timeoutMs);
  const answer = await fetch(url, {
    ...(body === undefined ? { method: 'GET' } : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    signal: signal ? AbortSignal.any([signal, limit]) : limit, redirect: 'error',
  });
  if (!answer.ok) throw new Error(`The sandbox answered ${answer.status}.`);
  const value = await answer.json().catch(() => ({}));
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** Whether a sandbox of ours answers at an address. Never throws. */
export async function sandboxAnswers(fetch: Fetch, url: string): Promise<boolean> {
  try {
    const health = await request(fetch, `${url}/__sandbox/health`, undefined, undefined, 2_000);
    return health.name === 'Open Banking Explorer sandbox';
  } catch {
    return false;
  }
}

export function createSandboxControl(sandbox: SandboxProcess, fetch: Fetch): SandboxControl {
  /** A server that died since it was last used is noticed here: looked for, or started, once more. */
  const ask = async (path: string, body?: unknown, signal?: AbortSignal): Promise<Record<string, unknown>> => {
    const url = await sandbox.address(signal);
    try {
      return await request(fetch, `${url}${path}`, body, signal);
    } catch (error) {
      if (signal?.aborted || (await sandboxAnswers(fetch, url))) throw error;
      sandbox.lost(url);
      return request(fetch, `${await sandbox.address(signal)}${path}`, body, signal);
    }
  };
  return {
    async status(signal) {
      const [health, credentials] = [await ask('/__sandbox/health', undefined, signal), await ask('/__sandbox/credentials', undefined, signal)];
      return { now: Number(health.now), credentials: readCredentials(credentials) };
    },
    async reset(signal) { await ask('/__sandbox/reset', {}, signal); },
    async advance(seconds, signal) { return Number((await ask('/__sandbox/clock', { advance: seconds }, signal)).now); },
  };
}

function readCredentials({ partnerId, partnerSecret, appKey }: Record<string, unknown>): ConnectionSecrets {
  return { partnerId: String(partnerId), partnerSecret: String(partnerSecret), appKey: String(appKey) };
}
