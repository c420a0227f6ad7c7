// Part `client`: our client beside the bare engines it stands on, over kept connections to a server in another process. The bare ones send
// the same headers and parse the same JSON, and do nothing else. Run with --expose-gc.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent as HttpAgent, get } from 'node:http';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { createClient } from '../../src/client/client.ts';
import type { Client, FetchLike } from '../../src/client/types.ts';
import { undiciFetch } from '../../src/client/undiciFetch.ts';
import { served } from './apiServer.ts';
import { kilobytes, megabytes, printTable, printTurns, takeTurns } from './measure.ts';

const collect = globalThis.gc;
if (!collect) throw new Error('The client\'s part needs node --expose-gc.');

const customerId = '1005061234';
const accountId = '5011648377';
const dates = { fromDate: 1_700_000_000, toDate: 1_800_000_000 };
const getsARound = 2_000;
const slices = 20;
const headers = { accept: 'application/json', 'finicity-app-key': 'key', 'finicity-app-token': 'a-token-of-the-benchmark' };

/** One way to read JSON from a path of the server, and one to walk all its pages: how many transactions each holds. */
interface Engine {
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

function engines(url: string): Engine[] {
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

async function getMany({ customer }: Engine, count: number, atOnce: number): Promise<void> {
  let left = count;
  const worker = async () => {
    while (left-- > 0) if (typeof (await customer()) !== 'object') throw new Error('The answer is no customer.');
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** Walks all pages in `slices` pieces of as many pages; the last one finds the walk at its end. */
function walkInSlices({ name, walk }: Engine): (slice: number) => Promise<void> {
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

/** What stays on the heap: after a first run of everything, and after five more. */
async function printMemory(all: readonly Engine[]): Promise<void> {
  const rows = [['', 'heap before', 'after 10,000 GETs', 'after 300 pages', 'highest during the walk']];
  const heap = () => {
    collect!();
    return process.memoryUsage().heapUsed;
  };
  for (const engine of all.slice(0, 2)) {
    const before = heap();
    for (let run = 0; run < 5; run++) await getMany(engine, 2_000, run % 2 ? 64 : 1);
    const afterGets = heap();
    let highest = 0;
    const watch = setInterval(() => (highest = Math.max(highest, process.memoryUsage().heapUsed)), 5);
    const walk = walkInSlices(engine);
    for (let piece = 0; piece < 3 * slices; piece++) await walk(piece % slices);
    clearInterval(watch);
    const difference = (now: number) => `${now < before ? '' : '+'}${kilobytes(now - before)}`;
    rows.push([engine.name, megabytes(before), difference(afterGets), difference(heap()), megabytes(highest)]);
  }
  printTable('Client: memory (heap in use after a collection; one page is 0.7 MB of JSON)', rows);
}

const server = fork(join(import.meta.dirname, 'apiServer.ts'), [], { execArgv: [] });
try {
  const [{ url, pageBytes }] = (await once(server, 'message')) as [{ url: string; pageBytes: number }];
  const all = engines(url);
  const contenders = (runOf: (engine: Engine) => (slice: number) => Promise<void>) => all.map((engine) => ({ name: engine.name, run: runOf(engine) }));
  const gets = (atOnce: number) => contenders((engine) => () => getMany(engine, getsARound / slices, atOnce));
  const rounds = { slices, settle: () => collect() };
  const references = ['undici.request', 'node:http'];
  printTurns(`Client: ${served.pages} pages of ${served.pageSize} transactions, ${kilobytes(pageBytes)} each`,
    await takeTurns(contenders(walkInSlices), { ...rounds, rounds: 7 }), references, true);
  printTurns(`Client: ${getsARound} small GETs one after another`, await takeTurns(gets(1), { ...rounds, rounds: 11, warmUps: 2 }), references, true);
  printTurns(`Client: ${getsARound} small GETs, 64 at once`, await takeTurns(gets(64), { ...rounds, rounds: 11, warmUps: 2 }), references, true);
  await printMemory(all);
} finally {
  server.disconnect();
}
process.exit(0);
