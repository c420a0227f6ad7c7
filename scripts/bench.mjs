// `npm run bench`: measures the explorer beside what it could be at best, in one run, and prints ratios. It judges nothing: what the
// figures should be stands in docs/benchmarks.md. `npm run bench -- client sandbox` runs the named parts only.
import { spawn } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { node, setup } from './setup.mjs';

/** `editor`: drives VS Code with the packed extension. `built`: needs dist/. */
const parts = {
  activation: { editor: true },
  client: {},
  clientInEditor: { editor: true },
  sandbox: { built: true },
  catalogue: { built: true },
  tree: { editor: true },
  pdf: { editor: true },
  report: { editor: true },
  request: { editor: true },
  transactions: { built: true },
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length) {
  console.error(`No part is called ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}
const chosen = Object.entries(parts).filter(([name]) => wanted.length === 0 || wanted.includes(name));
const any = (what) => chosen.some(([, part]) => part[what]);

await setup({ host: any('editor'), system: any('editor') });
// What is measured is kept apart, so that a build meanwhile does not change it.
const kept = await mkdtemp(join(tmpdir(), 'obx-bench-'));
const env = { ...process.env, NODE_NO_WARNINGS: '1', OBX_BENCH_VSIX: join(kept, 'explorer.vsix'), OBX_BENCH_MAIN: join(kept, 'extension.cjs'), OBX_BENCH_SANDBOX: join(kept, 'sandbox.cjs') };

async function prepare() {
  await mkdir(join(root, 'out/bench'), { recursive: true });
  if (any('editor')) await (await import('./package.mjs')).packVsix(env.OBX_BENCH_VSIX);
  else if (any('built')) await (await import('./build.mjs')).build();
  else return (await import('./api/build.mjs')).buildApi();
  for (const name of ['extension.cjs', 'sandbox.cjs']) await copyFile(join(root, 'dist', name), join(kept, name));
}

const run = (name) => new Promise((resolve) => {
  const child = spawn(node, ['--expose-gc', join(root, 'test/bench', `${name}.ts`)], { cwd: root, env, stdio: 'inherit' });
  child.on('error', (error) => resolve(error.message));
  child.on('exit', (code, signal) => resolve(code === 0 ? undefined : `ended with ${signal ?? code}`));
});

let failed = 0;
try {
  await prepare();
  for (const [name] of chosen) {
    const problem = await run(name);
    if (problem) {
      failed += 1;
      console.error(`\nThe part "${name}" could not be measured: it ${problem}.`);
    }
  }
} finally {
  await rm(kept, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
