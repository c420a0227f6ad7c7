// The sandbox that the extension started, asked from beside it: what it answers directly is what a document has to show.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

type Json = Record<string, unknown>;

export interface Running {
  url: string;
  pid: number;
}

export interface Report {
  id: string;
  type: string;
  status: string;
}

/** Where the running sandbox says that it runs; undefined while there is none. */
export async function running(): Promise<Running | undefined> {
  const folder = process.env.OPEN_BANKING_SANDBOX_DATA;
  if (!folder) throw new Error('OPEN_BANKING_SANDBOX_DATA is not set: the host suite needs a sandbox folder of its own.');
  return readFile(join(folder, 'running.json'), 'utf8').then((text) => JSON.parse(text) as Running, () => undefined);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function address(): Promise<string> {
  const found = await running();
  if (!found) throw new Error('The sandbox does not run.');
  return found.url;
}

/** The control plane. */
export async function control(path: string, init: { method?: string; body?: unknown } = {}): Promise<Json> {
  const answer = await fetch(`${await address()}/__sandbox/${path}`, { method: init.method ?? 'GET', ...(init.body !== undefined && { body: JSON.stringify(init.body) }) });
  if (!answer.ok) throw new Error(`The control plane answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Json;
}

const tokens = new Map<string, string>();

async function token(url: string, { partnerId, partnerSecret, appKey }: Json): Promise<string> {
  const known = tokens.get(url);
  if (known) return known;
  const answer = await fetch(`${url}/aggregation/v2/partners/authentication`, {
    method: 'POST', body: JSON.stringify({ partnerId, partnerSecret }), headers: { 'Finicity-App-Key': String(appKey), 'Content-Type': 'application/json', Accept: 'application/json' },
  });
  const fresh = ((await answer.json()) as { token: string }).token;
  tokens.set(url, fresh);
  return fresh;
}

/** Calls the API itself and answers what it says. */
export async function api(path: string, init: { method?: string; body?: unknown } = {}): Promise<Json> {
  const url = await address();
  const credentials = await control('credentials');
  const answer = await fetch(url + path, {
    method: init.method ?? 'GET', ...(init.body !== undefined && { body: JSON.stringify(init.body) }),
    headers: { 'Finicity-App-Key': String(credentials.appKey), 'Finicity-App-Token': await token(url, credentials), 'Content-Type': 'application/json', Accept: 'application/json' },
  });
  const text = await answer.text();
  if (answer.status >= 300) throw new Error(`${path} answered ${answer.status}: ${text}`);
  return text === '' ? {} : (JSON.parse(text) as Json);
}

/** A seeded customer with accounts and with reports of every state. */
export async function dana(): Promise<{ id: string; reports: Report[] }> {
  const { customers } = await api('/aggregation/v1/customers?search=Reyes&limit=25');
  const customer = (customers as Json[]).find((one) => String(one.firstName).startsWith('Dana'));
  if (!customer) throw new Error('The seeded world has no Dana Reyes.');
  const { reports } = await api(`/decisioning/v1/customers/${customer.id as string}/reports`);
  return { id: customer.id as string, reports: reports as Report[] };
}

/** Looks again until it holds; throws the last failure after `ms`. */
export async function until<T>(what: string | (() => string), look: () => Promise<T | undefined> | T | undefined, ms = 15_000): Promise<T> {
  for (const end = Date.now() + ms; ;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`Within ${ms / 1000} s it did not come: ${typeof what === 'string' ? what : what()}.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
