// Part `sandbox`: the built sandbox beside a server with one fixed answer: from starting the process to the first answer, small GETs over
// kept connections, and the same with 100,000 customers in it.
import { caller, customersPath, firstCustomer, startBare, startSandbox } from './servers.ts';
import type { Get, Server } from './servers.ts';
import { megabytes, printTable, printTurns, range, spread, takeTurns, times } from './measure.ts';
import type { Contender } from './measure.ts';

const sizes = [500, 100_000] as const;
const label = (customers: number) => `sandbox, ${customers.toLocaleString('en-US')} customers`;
const starts: [string, () => Promise<Server>][] = [['bare server', startBare], ...sizes.map((size): [string, () => Promise<Server>] => [label(size), () => startSandbox(size)])];

/** From the start of the process to the first page of customers, the token before it included. */
const startContender = ([name, start]: (typeof starts)[number]): Contender => ({
  name,
  run: async () => {
    const startedAt = performance.now();
    const server = await start();
    await (await caller(server.url))(customersPath());
    const wall = performance.now() - startedAt;
    await server.stop();
    return { wall, work: 0 };
  },
});
printTurns('Sandbox: from its start to the first page of customers', await takeTurns(starts.map(startContender), { rounds: 9 }), ['bare server']);

const servers = await Promise.all(starts.map(async ([name, start]) => ({ name, server: await start() })));
const memory = async () => Promise.all(servers.map(({ server }) => server.memory()));
try {
  const callers = await Promise.all(servers.map(async ({ name, server }) => {
    const get = await caller(server.url);
    return { name, get, path: `/aggregation/v1/customers/${await firstCustomer(get)}` };
  }));
  const before = await memory();
  const many = async (get: Get, path: string, count: number, atOnce: number) => {
    let left = count;
    await Promise.all(Array.from({ length: atOnce }, async () => {
      while (left-- > 0) await get(path);
    }));
  };
  const requests = 2_000;
  const slices = 10;
  for (const atOnce of [1, 16]) {
    const samples = await takeTurns(callers.map(({ name, get, path }) => ({ name, run: () => many(get, path, requests / slices, atOnce) })), { rounds: 7, slices, warmUps: 2 });
    printTurns(`Sandbox: ${requests} small GETs, ${atOnce === 1 ? 'one after another' : `${atOnce} at once`}`, samples, ['bare server']);
    printTable('  requests per second', callers.map(({ name }) => [name, range(spread(times(samples, name).map((ms) => (requests / ms) * 1_000)))]));
  }

  const [, small, large] = callers as [unknown, (typeof callers)[number], (typeof callers)[number]];
  const page = (name: string, { get }: { get: Get }, path: string): Contender => ({ name, run: () => many(get, path, 20, 1) });
  const samples = await takeTurns([
    page('500: first page', small, customersPath()),
    page('100,000: first page', large, customersPath()),
    page('100,000: a page half way', large, customersPath(40_001)),
    page('100,000: search by name', large, customersPath(1, '&search=ann')),
  ], { rounds: 7, slices: 5 });
  printTurns('Sandbox: 100 pages of 25 customers', samples, ['500: first page']);

  const after = await memory();
  if (before.every((bytes) => bytes !== undefined))
    printTable('Sandbox: resident memory', [['', 'after its start', 'after the measurements'], ...servers.map(({ name }, at) => [name, megabytes(before[at] ?? 0), megabytes(after[at] ?? 0)])]);
} finally {
  await Promise.all(servers.map(({ server }) => server.stop()));
}
process.exit(0);
