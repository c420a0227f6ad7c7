// Starts the servers that are measured, each as a process of its own, and calls them as barely as it goes: npm undici over kept connections.
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Agent, request } from 'undici';

export interface Server {
  url: string;
  /** Resident memory in bytes; undefined where the system does not tell it by file. */
  memory(): Promise<number | undefined>;
  stop(): Promise<void>;
}

async function start(script: string, args: readonly string[]): Promise<Server> {
  const child = fork(script, args, { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [{ url }] = (await Promise.race([once(child, 'message'), died(child, script)])) as [{ url: string }];
  return {
    url,
    memory: async () => {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
      const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
      return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
    },
    stop: async () => {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}

async function died(child: ChildProcess, script: string): Promise<never> {
  const [code] = (await once(child, 'exit')) as [number | null];
  throw new Error(`${script} ended with ${code} before it answered.`);
}

export const startBare = (): Promise<Server> => start(join(import.meta.dirname, 'bareServer.mjs'), []);

/** The client's other side. */
export const startApiServer = (): Promise<Server> => start(join(import.meta.dirname, 'apiServer.ts'), []);

/** Answers of many sizes in front of a sandbox. */
export const startAnswers = (sandboxUrl: string): Promise<Server> => start(join(import.meta.dirname, 'answersServer.ts'), [sandboxUrl]);

/** The built sandbox, as scripts/bench.mjs left it. */
export function startSandbox(customers: number, dataDir?: string): Promise<Server> {
  const script = process.env.OBX_BENCH_SANDBOX;
  if (!script) throw new Error('This part measures the built sandbox: start it with `npm run bench`.');
  return start(script, ['--port', '0', '--quiet', '--customers', String(customers), ...(dataDir ? ['--data', dataDir] : [])]);
}

export type Get = (path: string) => Promise<unknown>;

/** Reads JSON with a token of its own; a bare server hands out none and asks for none. */
export async function caller(url: string): Promise<Get> {
  const dispatcher = new Agent();
  const credentials = (await json(await request(`${url}/__sandbox/credentials`, { dispatcher }))) as { partnerId?: string; partnerSecret?: string; appKey?: string };
  const { partnerId, partnerSecret, appKey = 'none' } = credentials;
  const asked = await request(`${url}/aggregation/v2/partners/authentication`, {
    dispatcher, method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json', 'finicity-app-key': appKey }, body: JSON.stringify({ partnerId, partnerSecret }),
  });
  const { token = 'none' } = (await json(asked)) as { token?: string };
  const headers = { accept: 'application/json', 'finicity-app-key': appKey, 'finicity-app-token': token };
  return async (path) => json(await request(url + path, { dispatcher, headers }));
}

async function json({ statusCode, body }: Awaited<ReturnType<typeof request>>): Promise<unknown> {
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`HTTP ${statusCode}: ${text.slice(0, 200)}`);
  return JSON.parse(text) as unknown;
}

/** The customers' first page, from the bare server too, and the id of its first one. */
export async function firstCustomer(get: Get): Promise<string> {
  const { customers } = (await get(customersPath())) as { customers?: { id: string }[] };
  return customers?.[0]?.id ?? '1005061234';
}

export const customersPath = (start = 1, more = ''): string => `/aggregation/v1/customers?type=testing&start=${start}&limit=25${more}`;
