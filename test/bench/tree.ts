// Part `tree`: from the click on Customers to the first page of them painted, in a fresh window each, beside the requests that it makes and
// beside the editor's own file explorer opening a folder of as many files; then pages that are added; with 500 and with 100,000 customers.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { explorerId, openEditor } from './editor.ts';
import type { Editor, Window } from './editor.ts';
import { figure, megabytes, printTable, printTurns, range, spread, takeTurns } from './measure.ts';
import type { Slice } from './measure.ts';
import { caller, customersPath, startSandbox } from './servers.ts';
import type { Get, Server } from './servers.ts';
import { clickAndWatch, watchRest } from './watch.ts';
import type { Watched } from './watch.ts';

const rounds = 6;
const addedPages = 3;

/** One size of the sandbox with an editor on it. */
interface Side { name: string; sandbox: Server; editor: Editor; get: Get; first: Watched[]; added: Watched[][]; bareAdded: number[][]; rest: number[]; heap: number[] }

async function open(customers: number): Promise<Side> {
  const sandbox = await startSandbox(customers);
  const editor = await openEditor({
    prepare: async (dataDir) => {
      // The explorer attaches to a sandbox that it finds answering at the address in this file.
      const folder = join(dataDir, 'data/User/globalStorage', explorerId, 'sandbox');
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'running.json'), JSON.stringify({ url: sandbox.url }));
    },
  });
  const files = join(editor.host.folder, 'files');
  await mkdir(files);
  for (let n = 0; n < 25; n++) await writeFile(join(files, `customer-${String(n).padStart(2, '0')}.json`), '{}');
  return { name: customers.toLocaleString('en-US'), sandbox, editor, get: await caller(sandbox.url), first: [], added: [], bareAdded: [], rest: [], heap: [] };
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
  await page.locator('.monaco-list-row', { hasText: 'Customers' }).first().waitFor();
  await page.waitForTimeout(2_000);
}

async function expand(side: Side): Promise<Slice> {
  const window = await side.editor.open();
  const { page } = window;
  await showExplorer(window);
  side.rest.push(await watchRest(page));
  const level = Number(await page.locator('.monaco-list-row', { hasText: 'Customers' }).first().getAttribute('aria-level'));
  const watched = await clickAndWatch(page, 'Customers', { level: level + 2, position: 25 });
  side.first.push(watched);
  const added: Watched[] = [];
  const bare: number[] = [];
  for (let shown = 25; shown < 25 * (addedPages + 1); shown += 25) {
    await page.mouse.wheel(0, 600);
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

async function expandFolder(side: Side): Promise<Slice> {
  const window = await side.editor.open();
  await window.ask('run', 'workbench.view.explorer');
  await window.page.locator('.monaco-list-row', { hasText: 'files' }).first().waitFor();
  await window.page.waitForTimeout(2_000);
  const { painted } = await clickAndWatch(window.page, 'files', { level: 2, position: 25 });
  await window.close();
  return { wall: painted, work: 0 };
}

const sides = [await open(500), await open(100_000)];
const [small] = sides as [Side, Side];
try {
  const samples = await takeTurns([
    ...sides.map((side) => ({ name: `Customers, of ${side.name}`, run: () => expand(side) })),
    ...sides.map((side) => ({ name: `its bare requests, of ${side.name}`, run: () => bareFirst(side) })),
    { name: 'a folder of 25 files', run: () => expandFolder(small) },
  ], { rounds, settle: () => undefined });
  printTurns('Tree: from the click on Customers to its first page painted, in a fresh window', samples, [`its bare requests, of ${small.name}`, 'a folder of 25 files', `Customers, of ${small.name}`]);

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
  for (const { editor, sandbox } of sides) {
    await editor.close();
    await sandbox.stop();
  }
}
process.exit(0);
