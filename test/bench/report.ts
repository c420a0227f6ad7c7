// Part `report`: from the command that opens a report to its first rows on the screen, by way of the sandbox's door, the client, the document
// and the view; beside JSON.parse of the same bytes in the same page, and beside handing the same number of bytes to a page that does nothing
// with them; and how long the page and the extension host stood still meanwhile.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEditor, packHelpers } from './editor.ts';
import type { Window } from './editor.ts';
import { megabytes, printTable, printTurns, range, spread } from './measure.ts';
import type { Slice } from './measure.ts';
import type { HostWatched } from './remote.ts';
import { reports, watchReports } from './reportView.ts';
import type { ReportTold } from './reportView.ts';
import { reportOf, reportSizes } from './served.ts';
import { startAnswers, startSandbox } from './servers.ts';

const rounds = Number(process.env.OBX_BENCH_ROUNDS ?? 5);
const turn = (wall: number): Slice[] => [{ wall, work: 0 }];

interface Shown { startedAt: number; told: ReportTold; host: HostWatched }

async function show({ page, ask }: Window, next: () => Promise<ReportTold>, size: number): Promise<Shown> {
  await ask('watch');
  const painted = next();
  const startedAt = await ask('execute', 'vscode.openWith', { uri: `openbanking://sandbox/customers/1005061234/reports/${reportOf(size)}.json` }, 'openBanking.reportViewer');
  const told = await painted;
  const host = await ask('watched');
  await ask('run', 'workbench.action.closeActiveEditor');
  // Longer than a document is kept, so that the next opening asks again.
  await page.waitForTimeout(1_500);
  return { startedAt, told, host };
}

const plain = await packHelpers('plainEditor', ['plain-editor']);
const sandbox = await startSandbox(500);
const answers = await startAnswers(sandbox.url);
const sandboxData = await mkdtemp(join(tmpdir(), 'obx-sandbox-'));
// The explorer attaches to a sandbox that it finds answering at the address in this file.
await writeFile(join(sandboxData, 'running.json'), JSON.stringify({ url: answers.url }));
const editor = await openEditor({ sandboxData, install: plain.files });
try {
  const window = await editor.open(watchReports);
  const { next } = await reports(window.page);
  await window.page.waitForTimeout(2_000);
  const stalls: string[][] = [];
  const of = (list: readonly number[]) => range(spread(list));
  for (const [name, size] of Object.entries(reportSizes)) {
    const shown: Shown[] = [];
    const posted: Slice[][] = [];
    const postedHost: HostWatched[] = [];
    for (let round = -1; round < rounds; round += 1) {
      const one = await show(window, next, size);
      await window.ask('run', 'plainEditor.openBytes');
      await window.page.waitForTimeout(500);
      await window.ask('watch');
      const bare = await window.ask('answerOf', 'plainEditor.post', one.told.bytes) as number;
      const host = await window.ask('watched');
      await window.ask('run', 'workbench.action.closeAllEditors');
      await window.page.waitForTimeout(500);
      // The first of each warms up.
      if (round < 0) continue;
      shown.push(one);
      posted.push(turn(bare));
      postedHost.push(host);
    }
    const [parse, bytes] = ['JSON.parse in the same page', 'to a page that does nothing'];
    printTurns(`Report: ${name} (${megabytes(shown[0]!.told.bytes)} as a document), to its first rows`, new Map([
      ['from the command', shown.map(({ startedAt, told }) => turn(told.painted - startedAt))],
      ['  of it in the page', shown.map(({ told }) => turn(told.painted - told.came))],
      [parse, shown.map(({ told }) => turn(told.parse))], [bytes, posted],
    ]), [parse, bytes]);
    stalls.push(
      [name, of(shown.map(({ told }) => told.stalls.task)), of(shown.map(({ told }) => told.stalls.gap)), of(shown.map(({ host }) => host.longest)), of(shown.map(({ host }) => host.work)), megabytes(spread(shown.map(({ host }) => host.resident)).median)],
      ['  the bytes alone', '', '', of(postedHost.map(({ longest }) => longest)), of(postedHost.map(({ work }) => work)), megabytes(spread(postedHost.map(({ resident }) => resident)).median)],
    );
  }
  printTable('Report: how long page and extension host stood still, ms (a task of the page under 50 ms counts as 0)', [['', 'longest task of the page', 'longest without a look', 'longest of the host', 'of its own work', 'host, memory more'], ...stalls]);
  await window.close();
} finally {
  await editor.close();
  await answers.stop();
  await sandbox.stop();
  await rm(sandboxData, { recursive: true, force: true });
  await plain.remove();
}
process.exit(0);
