// Part `activation`: extension.activate() of the packed explorer beside two copies of an empty extension, one extension host a round. A
// third empty one goes first, since whatever is activated first pays for the host. Two equal contenders show what noise alone makes.
import { stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { openEditor, explorerId, packed, packHelpers } from './editor.ts';
import type { Window } from './editor.ts';
import { kilobytes, megabytes, printTable, printTurns, takeTurns } from './measure.ts';

const empty = await packHelpers('emptyExtension', ['empty-one', 'empty-two']);
const editor = await openEditor({ install: empty.files });
try {
  let window: Window | undefined;
  let loaded: string[] = [];
  const settle = async () => {
    if (window) loaded = await window.ask('loaded', explorerId);
    await window?.close();
    window = await editor.open();
    // The workbench is still busy with itself.
    await pause(2_000);
    await window.ask('activate', 'open-banking-explorer-bench.empty-extension');
  };
  const contender = (name: string, id: string) => ({ name, run: async () => {
    // What the one before still does on the side shall not count here.
    await pause(400);
    return window!.ask('activate', id);
  } });
  const samples = await takeTurns([contender('explorer', explorerId), contender('empty', empty.ids[0]!), contender('another empty', empty.ids[1]!)], { rounds: 12, settle });
  await window?.close();
  printTurns('Activation of the packed extension, modules included; a fresh extension host each', samples, ['empty'], true);
  const main = await stat(process.env.OBX_BENCH_MAIN ?? '');
  printTable('Size', [['dist/extension.cjs', kilobytes(main.size)], ['VSIX', megabytes((await stat(packed())).size)],
    ['files loaded at activation', loaded.join(', ')]]);
} finally {
  await editor.close();
  await empty.remove();
}
process.exit(0);
