// Part `tree`: from the click on Customers to the first page of them painted, in a fresh window each, beside the requests that it makes and
// beside a tree of constants, which is what the editor itself takes; then pages that are added; with 500 and with 100,000 customers.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEditor, packHelpers } from './editor.ts';
import type { Editor, Window } from './editor.ts';
import { figure, megabytes, printTable, printTurns, range, spread, takeTurns } from './measure.ts';
import type { Slice } from './measure.ts';
import { caller, customersPath, startSandbox } from './servers.ts';
import type { Get, Server } from './servers.ts';
import { clickAndWatch, rowOf, scrollTo, watchRest } from './watch.ts';
import type { Watched } from './watch.ts';

const rounds = 6;
const addedPages = 3;

/** One size of the sandbox with an editor on it. */
interface Side { name: string; sandbox: Server; sandboxData: string; editor: Editor; get: Get; first: Watched[]; added: Watched[][]; bareAdded: number[][]; rest: number[]; heap: number[] }

async function open(customers: number): Promise<Side> {
  const sandbox = await startSandbox(customers);
  // The explorer attaches to a sandbox that it finds answering at the address in this file.
  const sandboxData = await mkdtemp(join(tmpdir(), 'obx-sandbox-'));
  await writeFile(join(sandboxData, 'running.json'), JSON.stringify({ url: sandbox.url }));
  const editor = await openEditor({ sandboxData, install: plain.files });
  return { name: customers.toLocaleString('en-US'), sandbox, sandboxData, editor, get: await caller(sandbox.url), first: [], added: [], bareAdded: [], rest: [], heap: [] };
}

/** Both groups of the branch are read when it opens, and an unknown user's token before. */
const bareFirst = async ({ sandbox }: Side): Promise<Slice> => {
  const startedAt = performance.now();
  const get = await caller(sandbox.url);
  await Promise.all([get(customersPath()), get(customersPath().replace('testing', 'active'))]);
  return { wall: performance.now() - startedAt, work: 0 };
};

async function showExplorer({ page, ask }: Window): Promise<void> {
  await ask('run', 'workbench.view.extension.openBanking');
  await rowOf(page, 'Customers').waitFor();
  await page.waitForTimeout(2_000);
}

async function expand(side: Side): Promise<Slice> {
  const window = await side.editor.open();
  const { page } = window;
  await showExplorer(window);
  side.rest.push(await watchRest(page));
  const level = Number(await rowOf(page, 'Customers').getAttribute('aria-level'));
  const watched = await clickAndWatch(page, 'Customers', { level: level + 2, position: 25 });
  side.first.push(watched);
  const shownCount = await rowOf(page, 'Customers').textContent();
  if (!shownCount?.includes(side.name)) throw new Error(`The explorer shows another sandbox: "${shownCount}".`);
  const added: Watched[] = [];
  const bare: number[] = [];
  for (let shown = 25; shown < 25 * (addedPages + 1); shown += 25) {
    await scrollTo(page, 'Load more');
    added.push(await clickAndWatch(page, 'Load more', { level: level + 2, position: shown + 1 }));
    const startedAt = performance.now();
    await side.get(customersPath(shown + 1));
    bare.push(performance.now() - startedAt);
  }
  side.added.push(added);
  side.bareAdded.push(bare);
  side.heap.push(await window.ask('heap'));
  await window.close();
  return { wall: watched.painted, work: 0 };
}

async function expandConstants({ editor }: Side): Promise<Slice> {
  const { page, ask, close } = await editor.open();
  await ask('run', 'workbench.view.extension.plainTree');
  await rowOf(page, 'Constants').waitFor();
  await page.waitForTimeout(2_000);
  const { painted } = await clickAndWatch(page, 'Constants', { level: 3, position: 25 });
  await close();
  return { wall: painted, work: 0 };
}

const plain = await packHelpers('plainTree', ['plain-tree']);
const sides = [await open(500), await open(100_000)];
const [small] = sides as [Side, Side];
try {
  const samples = await takeTurns([
    ...sides.map((side) => ({ name: `Customers, of ${side.name}`, run: () => expand(side) })),
    ...sides.map((side) => ({ name: `its bare requests, of ${side.name}`, run: () => bareFirst(side) })),
    { name: 'a tree of constants', run: () => expandConstants(small) },
  ], { rounds });
  printTurns('Tree: from the click on Customers to its first page painted, in a fresh window', samples, [`its bare requests, of ${small.name}`, 'a tree of constants', `Customers, of ${small.name}`]);

  // The first round of each was the warm-up.
  const pages = new Map<string, Slice[][]>();
  for (const { name, added, bareAdded } of sides) {
    pages.set(`25 more, of ${name}`, added.slice(1).map((round) => round.map(({ painted }) => ({ wall: painted, work: 0 }))));
    pages.set(`its bare request, of ${name}`, bareAdded.slice(1).map((round) => round.map((wall) => ({ wall, work: 0 }))));
  }
  printTurns(`Tree: from the click on Load More to the page painted, ${addedPages} pages in a row (their sum)`, pages, [`its bare request, of ${small.name}`, `25 more, of ${small.name}`]);

  const longest = (of: readonly Watched[], what: 'longestTask' | 'longestGap') => range(spread(of.map((watched) => watched[what])));
  printTable('Tree: how long the page stood still, in ms (median (min..max); a task under 50 ms counts as 0)', [
    ['', 'longest task', 'longest without a frame', 'the same at rest'],
    ...sides.flatMap(({ name, first, added, rest }) => [
      [`Customers, of ${name}`, longest(first.slice(1), 'longestTask'), longest(first.slice(1), 'longestGap'), range(spread(rest.slice(1)))],
      [`25 more, of ${name}`, longest(added.slice(1).flat(), 'longestTask'), longest(added.slice(1).flat(), 'longestGap'), ''],
    ]),
  ]);
  printTable(`Tree: heap of the extension host with ${figure(25 * (addedPages + 1))} customers shown`, sides.map(({ name, heap }) => [`of ${name}`, megabytes(spread(heap).median)]));
} finally {
  for (const { editor, sandbox, sandboxData } of sides) {
    await editor.close();
    await sandbox.stop();
    await rm(sandboxData, { recursive: true, force: true });
  }
  await plain.remove();
}
process.exit(0);
