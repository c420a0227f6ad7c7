// Part `transactions`: the viewer with 1,000,000 rows. In the page, alone in a browser: from the first page's arrival to its rows, and frames
// while it scrolls, beside an empty page's frames. In this process: what the worker does for a filter, a group, an order, and an export
// beside the bare loop over rows that are in memory, to the same disk.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/paths.mjs';
import { openLocalFile } from '../../src/webviews/host/exportFile.ts';
import { noFilter } from '../../src/webviews/ui/transactionFilter.ts';
import { TransactionDesk } from '../../src/webviews/ui/transactionDesk.ts';
import type { View } from '../../src/webviews/ui/transactionMessages.ts';
import { launchBrowser } from '../support/vscode.ts';
import { figure, printTable, printTurns, spread, takeTurns } from './measure.ts';

const count = 1_000_000;
const pageSize = 1_000;
const payees = ['Harvest Lane Market', 'Blue Kettle Coffee', 'Northgate Payroll', 'City Utilities', 'Park View Homes', 'Metro Fuel', 'Book Nook', 'Savings'];
const categories = ['Groceries', 'Coffee Shops', 'Paycheck', 'Utilities', 'Mortgage & Rent', 'Gas & Fuel', 'Books', 'Transfer'];
const end = Date.UTC(2026, 4, 30) / 1000;

/** A row as the wire has it; made from its number alone, so that nothing is kept of it. Runs in the page, too. */
function rowOf(index: number, names: readonly string[], kinds: readonly string[], last: number): Record<string, unknown> {
  const of = (index * 7919) % names.length;
  const date = last - Math.floor(index / 1_400) * 86_400;
  return {
    id: 31_500_000_000 + index, amount: of === 2 ? 2_150.33 : -(((index * 37) % 20_000) / 100 + 1), accountId: 8_100_000_011, customerId: 7_000_000_001, status: index < 5 ? 'pending' : 'active',
    description: `${names[of]!.toUpperCase()} ${1_000 + (index % 900)}`, memo: null, type: 'debit', transactionDate: date, postedDate: date + 86_400, createdDate: date + 90_000,
    categorization: { normalizedPayeeName: names[of], category: kinds[of], city: 'Boise', state: 'ID', country: 'USA' },
  };
}
const row = (index: number) => rowOf(index, payees, categories, end);

async function inThisProcess(): Promise<void> {
  const desk = new TransactionDesk(() => undefined, () => new Promise((resolve) => setImmediate(resolve)));
  await desk.ask('accounts', { accounts: [{ id: '8100000011', name: 'Checking', type: 'checking', currency: 'USD' }] });
  globalThis.gc?.();
  const before = process.memoryUsage();
  for (let from = 0; from < count; from += pageSize) {
    const bytes = new TextEncoder().encode(JSON.stringify(Array.from({ length: pageSize }, (_, at) => row(from + at))));
    await desk.ask('page', { bytes, fresh: from === 0, found: count });
  }
  globalThis.gc?.();
  const after = process.memoryUsage();
  printTable('Transactions: 1,000,000 rows in the worker\'s store', [['memory', `${figure((after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / 1e6)} MB`]]);

  const looks = (name: string, view: View) => ({ name, run: async () => { await desk.ask('view', view); } });
  const views = await takeTurns([
    { name: 'one look at each row\'s amount', run: async () => { let sum = 0; for (let index = 0; index < count; index++) sum += amounts[index]!; if (Number.isNaN(sum)) throw new Error('no sum'); } },
    looks('everything, in the API\'s order', { filter: noFilter }), looks('text', { filter: { ...noFilter, text: 'coffee' } }), looks('money in', { filter: { ...noFilter, flow: 'in' } }),
    looks('by month', { filter: noFilter, group: 'month' }), looks('by payee', { filter: noFilter, group: 'payee' }), looks('sorted by amount', { filter: noFilter, sort: { key: 'amount', down: true } }),
    looks('sorted by description', { filter: noFilter, sort: { key: 'description', down: false } }),
  ], { rounds: 5 });
  printTurns('Transactions: filter, group, sort and sum of 1,000,000 rows', views, ['one look at each row\'s amount']);
  await desk.ask('view', { filter: noFilter });
  await exports(desk);
}
const amounts = Float64Array.from({ length: count }, (_, index) => row(index).amount as number);

async function exports(desk: TransactionDesk): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'obx-bench-transactions-'));
  try {
    const samples = await takeTurns([
      { name: 'the bare loop', run: async () => {
        const file = createWriteStream(join(folder, 'bare.csv'));
        let text = `${keys.join(',')}\r\n`;
        for (let index = 0; index < count; index++) {
          const one = row(index) as { description: string; amount: number; status: string; id: number; accountId: number; transactionDate: number; categorization: { normalizedPayeeName: string; category: string } };
          text += `${one.transactionDate},${one.description},${one.categorization.normalizedPayeeName},${one.categorization.category},${one.amount},${one.status},${one.id},${one.accountId}\r\n`;
          if (text.length < 1_000_000) continue;
          if (!file.write(text)) await once(file, 'drain');
          text = '';
        }
        file.end(text);
        await once(file, 'close');
      } },
      { name: 'the export', run: async () => {
        await exported(desk, join(folder, 'export.csv'), () => undefined);
      } },
    ], { rounds: 3 });
    printTurns('Transactions: 1,000,000 rows as CSV', samples, ['the bare loop']);
    // What it holds on to, apart from what is only waiting to be collected: the same for an eighth of the rows as for all.
    const held = async (text: string): Promise<readonly [number, number]> => {
      await desk.ask('view', { filter: { ...noFilter, text } });
      const base = memory();
      let most = 0;
      const rows = await exported(desk, join(folder, 'held.csv'), (piece) => { if (piece % 10 === 5) most = Math.max(most, memory() - base); });
      return [rows, most];
    };
    const kept = [await held('coffee'), await held('')];
    printTable('The export', [
      ['rows a second', figure(count / (spread(samples.get('the export')!.map((slices) => slices[0]!.wall)).median / 1000))],
      ...kept.map(([rows, most]): [string, string] => [`memory held while ${rows.toLocaleString('en-US')} rows are written, at most`, `${figure(most / 1e6)} MB`]),
    ]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const keys = ['transactionDate', 'description', 'categorization.normalizedPayeeName', 'categorization.category', 'amount', 'status', 'id', 'accountId'] as const;

/** Writes what the desk shows to a file; resolves to the number of rows. */
async function exported(desk: TransactionDesk, path: string, wrote: (piece: number) => void): Promise<number> {
  const file = await openLocalFile(path);
  await desk.ask('exportBegin', { format: 'csv', delimiter: ',', bom: false, isoDates: false, columns: keys });
  let rows = 0;
  for (let [piece, done] = [1, false]; !done; piece += 1) {
    const next = await desk.ask('exportNext', {});
    await file.write(next.bytes);
    ({ done, rows } = next);
    wrote(piece);
  }
  await file.finish();
  await desk.ask('exportEnd', {});
  return rows;
}

/** Bytes that are in use after a collection. */
function memory(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/**
 * The page's own files, and a host of a few lines that gives it pages as it takes them; the second when the first is drawn, since it is made in
 * the page's own thread here and would be counted as the viewer's work.
 */
async function inThePage(): Promise<void> {
  const host = `const rowOf = ${rowOf.toString()};
    let at = 0, seq = 0; const post = (m) => window.postMessage(m, '*'); const range = { from: 0, to: ${end}, includePending: true };
    const next = () => { if (at >= ${count}) { window.loadedAt = performance.now(); post({ type: 'loaded', moved: false }); return; }
      const rows = Array.from({ length: ${pageSize} }, (_, n) => rowOf(at + n, ${JSON.stringify(payees)}, ${JSON.stringify(categories)}, ${end})); const fresh = at === 0; at += ${pageSize};
      const bytes = new TextEncoder().encode(JSON.stringify(rows)); if (fresh) window.arrived = performance.now(); post({ type: 'page', seq: ++seq, fresh, bytes, found: ${count} }); };
    window.acquireVsCodeApi = () => ({ getState: () => undefined, setState: () => {}, postMessage: (m) => {
      if (m.type === 'ready') { post({ type: 'begin', locale: 'en-US', range, accountId: '8100000011' }); post({ type: 'loading', range, goesOn: false }); setTimeout(next, 500); }
      if (m.type === 'took') { if (window.drawn) next(); else setTimeout(function again() { if (window.drawn) next(); else setTimeout(again, 5); }, 5); } } });
    const look = () => { if (!window.drawn && document.querySelector('.trow:not(.waiting)')) requestAnimationFrame(() => { window.drawn ??= performance.now(); }); else if (!window.drawn) requestAnimationFrame(look); }; look();`;
  const page = '<!DOCTYPE html><body><script src="/host"></script><ob-transactions data-worker="/transactionsWorker.js"></ob-transactions><script type="module" src="/transactions.js"></script></body>';
  const server = createServer((request, response) => void (async () => {
    const path = request.url ?? '/';
    const script = /^\/transactions(Worker)?\.js$/.test(path);
    response.setHeader('content-type', path === '/' ? 'text/html' : 'text/javascript');
    response.end(path === '/' ? page : path === '/host' ? host : script ? await readFile(join(root, 'dist/webviews', path)) : '');
  })()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const browser = await launchBrowser();
  try {
    const tab = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await tab.goto(`http://127.0.0.1:${(server.address() as { port: number }).port}/`);
    await tab.waitForFunction('window.loadedAt', undefined, { timeout: 300_000, polling: 250 });
    const frames = (by: number) => tab.evaluate(async (step) => {
      const grid = document.querySelector('.tgrid')!;
      const taken: number[] = [];
      for (let n = 0, last = performance.now(); n < 300; n++) {
        grid.scrollTop += step;
        await new Promise(requestAnimationFrame);
        const now = performance.now();
        taken.push(now - last);
        last = now;
      }
      taken.sort((a, b) => a - b);
      return [taken[150]!, taken[296]!] as const;
    }, by);
    const { first, whole } = await tab.evaluate(() => {
      const { arrived, drawn, loadedAt } = window as unknown as Record<'arrived' | 'drawn' | 'loadedAt', number>;
      return { first: drawn - arrived, whole: loadedAt - arrived };
    });
    const told = ([median, late]: readonly [number, number]) => `${figure(median)} ms, 99th percentile ${figure(late)} ms`;
    printTable('Transactions: the page with 1,000,000 rows', [
      ['first rows after the first page came', `${figure(first)} ms`], ['all of them', `${figure(whole / 1000)} s`], ['a frame at rest', told(await frames(0))],
      ['a frame, 4 rows further', told(await frames(97))], ['a frame, a screen further', told(await frames(700))],
    ]);
  } finally {
    await browser.close();
    server.close();
  }
}

await inThePage();
await inThisProcess();
process.exit(0);
