// The host level: test/host/*.test.ts bundled into one module, run by mocha inside a real VS Code's extension host, in the browser
// (runHost.ts) or on the desktop (testDesktop.mjs).
import { mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { root } from './paths.mjs';

export const hostSuite = join(root, 'out/host/index.cjs');

/** Settings of the folder that the suite runs in: one that a folder may make, which proves that they count, and one that it may not. */
export const folderSettings = { 'editor.tabSize': 7, 'openBanking.credentials.store': 'osKeychain' };

/** Closes the window and watches the sandbox that ran in it: its process must end, and take its address with it. Answers what is wrong. */
export async function sandboxEnds(dataFolder, close) {
  const discovery = join(dataFolder, 'running.json');
  const read = () => readFile(discovery, 'utf8').then(JSON.parse, () => undefined);
  const alive = (pid) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  const running = await read();
  if (!running) return 'The suite left no running sandbox, so nothing was shown.';
  await close();
  for (const end = Date.now() + 15_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 100)))
    if (!alive(running.pid) && (await read()) === undefined) return undefined;
  return alive(running.pid) ? `Its process ${running.pid} still runs 15 s after the window was closed.` : 'Its process ended, but running.json still names it.';
}

export async function bundleHostTests() {
  const folder = join(root, 'test/host');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.test.ts')).sort();
  await mkdir(join(root, 'out/host'), { recursive: true });
  await esbuild.build({
    stdin: {
      resolveDir: folder, loader: 'ts',
      contents: `import { runSuite } from './runner.ts';\nexport const run = () => runSuite(() => { ${files.map((f) => `require(${JSON.stringify(`./${f}`)});`).join(' ')} });`,
    },
    bundle: true, platform: 'node', format: 'cjs', target: 'node20', outfile: hostSuite, external: ['vscode', 'mocha'], logLevel: 'warning', sourcemap: 'inline',
    define: { 'process.env.OBX_ROOT': JSON.stringify(root) },
  });
}
