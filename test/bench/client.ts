// Part `client`: our client beside the engines it stands on, over kept connections to a server in another process. Run with --expose-gc.
import { engines, clientTables, getMany, slices, walkInSlices } from './clientTurns.ts';
import type { Engine } from './clientTurns.ts';
import { kilobytes, megabytes, printTable } from './measure.ts';
import { startApiServer } from './servers.ts';

const collect = globalThis.gc;
if (!collect) throw new Error('The client\'s part needs node --expose-gc.');

/** What stays on the heap after everything has run before. */
async function printMemory(all: readonly Engine[]): Promise<void> {
  const rows = [['', 'heap before', 'after 10,000 GETs', 'after 300 pages', 'highest during the walk']];
  const heap = async () => {
    // Twice: what a finalizer lets go of is free only the next time.
    for (let time = 0; time < 2; time++) {
      collect!();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return process.memoryUsage().heapUsed;
  };
  for (const engine of all.slice(0, 2)) {
    const before = await heap();
    for (let run = 0; run < 5; run++) await getMany(engine, 2_000, run % 2 ? 64 : 1);
    const afterGets = await heap();
    let highest = 0;
    const watch = setInterval(() => (highest = Math.max(highest, process.memoryUsage().heapUsed)), 5);
    const walk = walkInSlices(engine);
    for (let piece = 0; piece < 3 * slices; piece++) await walk(piece % slices);
    clearInterval(watch);
    const difference = (now: number) => `${now < before ? '' : '+'}${kilobytes(now - before)}`;
    rows.push([engine.name, megabytes(before), difference(afterGets), difference(await heap()), megabytes(highest)]);
  }
  printTable('Client: memory (heap in use after a collection; one page is 0.7 MB of JSON)', rows);
}

const server = await startApiServer();
try {
  const all = engines(server.url);
  for await (const table of clientTables(all, 'Client', { rounds: 9, settle: () => collect() })) console.log(table);
  await printMemory(all);
} finally {
  await server.stop();
}
process.exit(0);
