// The host level: test/host/*.test.ts bundled into one module, run by mocha inside a real VS Code's extension host.
// Exits with the number of failures as its code's truth, and prints one line of counts for scripts/test.mjs.
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { root } from './paths.mjs';

export const hostSuite = join(root, 'out/host/index.cjs');

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
