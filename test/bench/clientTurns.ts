// What the client is measured with, in plain Node and in the editor: bare engines and our client on top of them, and their turns at pages and
// small GETs. The bare ones send the same headers and parse the same JSON, and do nothing else.
import { Agent as HttpAgent, get } from 'node:http';
import { Agent, request } from 'undici';
import { createClient } from '../../src/client/client.ts';
import type { Client, FetchLike } from '../../src/client/types.ts';
import { undiciFetch } from '../../src/client/undiciFetch.ts';
import { formatTurns, takeTurns } from './measure.ts';
import { served } from './served.ts';

const customerId = '1005061234';
const accountId = '5011648377';
const dates = { fromDate: 1_700_000_000, toDate: 1_800_000_000 };
const getsARound = 2_000;
export const slices = 20;
const headers = { accept: 'application/json', 'finicity-app-key': 'key', 'finicity-app-token': 'a-token-of-the-benchmark' };

/** One way to read JSON from a path of the server, and one to walk all its pages: how many transactions each holds. */
export interface Engine {
  name: string;
  customer(): Promise<unknown>;
  walk(): AsyncIterator<number>;
}

async function* walkBare(read: (path: string) => Promise<unknown>): AsyncGenerator<number> {
  for (let start = 1; ; start += served.pageSize) {
    const path = `/aggregation/v4/customers/${customerId}/accounts/${accountId}/transactions?fromDate=${dates.fromDate}&toDate=${dates.toDate}&start=${start}&limit=${served.pageSize}`;
    const { transactions, moreAvailable } = (await read(path)) as { transactions: unknown[]; moreAvailable: string };
    yield transactions.length;
    if (moreAvailable !== 'true') return;
  }
}

async function* walkWith(client: Client): AsyncGenerator<number> {
  for await (const { items } of client.pages('GetCustomerAccountTransactions', { customerId, accountId, ...dates }, { limit: served.pageSize })) yield items.length;
}

const bare = (name: string, read: (path: string) => Promise<unknown>): Engine =>
  ({ name, customer: () => read(`/aggregation/v1/customers/${customerId}`), walk: () => walkBare(read) });

const viaClient = (name: string, client: Client): Engine =>
  ({ name, customer: () => client.call('GetCustomer', { customerId }), walk: () => walkWith(client) });

export function engines(url: string): readonly Engine[] {
  const nothing = async () => {};
  const clientWith = (fetch: FetchLike) => createClient({
    baseUrl: url, fetch, credentials: { partnerId: '1', partnerSecret: 'secret', appKey: 'key' },
    approve: nothing, ledger: { beforeAttempt: nothing, afterFailure: nothing, afterSuccess: nothing },
  });
  const dispatcher = new Agent();
  const agent = new HttpAgent({ keepAlive: true });
  return [
    viaClient('client, npm undici', clientWith(undiciFetch().fetch)),
    viaClient('client, global fetch', clientWith(globalThis.fetch as unknown as FetchLike)),
    bare('undici.request', async (path) => JSON.parse(await (await request(url + path, { dispatcher, headers })).body.text()) as unknown),
    bare('node:http', (path) => new Promise((resolve, reject) => {
      get(url + path, { agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString()) as unknown));
        response.on('error', reject);
      }).on('error', reject);
    })),
    bare('global fetch', async (path) => (await fetch(url + path, { headers })).json()),
  ];
}

export async function getMany({ customer }: Engine, count: number, atOnce: number): Promise<void> {
  let left = count;
  const worker = async () => {
    while (left-- > 0) if (typeof (await customer()) !== 'object') throw new Error('The answer is no customer.');
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** Walks all pages in `slices` pieces of as many pages; the last one finds the walk at its end. */
export function walkInSlices({ name, walk }: Engine): (slice: number) => Promise<void> {
  let pages = walk();
  let seen = 0;
  return async (slice) => {
    if (slice === 0) {
      pages = walk();
      seen = 0;
    }
    for (let page = 0; page < served.pages / slices; page++) seen += ((await pages.next()) as IteratorYieldResult<number>).value;
    if (slice !== slices - 1) return;
    if (!(await pages.next()).done || seen !== served.pages * served.pageSize) throw new Error(`${name} saw ${seen} transactions.`);
  };
}

const references = ['undici.request', 'node:http'];

/** The tables of the three measurements, one after the other. */
export async function* clientTables(all: readonly Engine[], where: string, { rounds, settle }: { rounds: number; settle?: () => void }): AsyncGenerator<string> {
  const contenders = (runOf: (engine: Engine) => (slice: number) => Promise<void>) => all.map((engine) => ({ name: engine.name, run: runOf(engine) }));
  const gets = (atOnce: number) => contenders((engine) => () => getMany(engine, getsARound / slices, atOnce));
  const table = async (title: string, of: ReturnType<typeof contenders>, warmUps: number) =>
    formatTurns(`${where}: ${title}`, await takeTurns(of, { slices, rounds, warmUps, settle }), references, true);
  yield table(`${served.pages} pages of ${served.pageSize} transactions`, contenders(walkInSlices), 1);
  yield table(`${getsARound} small GETs one after another`, gets(1), 2);
  yield table(`${getsARound} small GETs, 64 at once`, gets(64), 2);
}
