// The host level: test/host/*.test.ts bundled into one module, run by mocha inside a real VS Code's extension host, in the browser
// (runHost.ts) or on the desktop (testDesktop.mjs).
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { root } from './paths.mjs';

export const hostSuite = join(root, 'out/host/index.cjs');

/** Settings of the folder that the suite runs in: one that a folder may make, which proves that they count, and one that it may not. */
export const folderSettings = { 'editor.tabSize': 7, 'openBanking.credentials.store': 'osKeychain' };

/**
 * Watches the sandbox that runs in a window's suite: when the window is gone its process must end, and take its address with it.
 * `ended` answers what is wrong, or undefined.
 */
export function watchSandbox(dataFolder) {
  const discovery = join(dataFolder, 'running.json');
  let pid;
  const look = () => {
    try {
      pid = JSON.parse(readFileSync(discovery, 'utf8')).pid;
    } catch {
      // Not started yet, or just ended.
    }
  };
  const timer = setInterval(look, 50);
  const alive = () => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  return {
    async ended() {
      clearInterval(timer);
      if (pid === undefined) return 'The suite ran no sandbox, so nothing was shown.';
      for (const end = Date.now() + 15_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 100)))
        if (!alive() && !existsSync(discovery)) return undefined;
      return alive() ? `Its process ${pid} still runs 15 s after the window was closed.` : 'Its process ended, but running.json still names it.';
    },
  };
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
