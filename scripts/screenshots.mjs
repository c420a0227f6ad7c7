// `npm run screenshots`: makes the pictures of the README from the running extension. The journeys of the e2e level take them; this keeps
// the ones that the README shows. The people in them are the sandbox's, invented.
import { spawnSync } from 'node:child_process';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { node, setup } from './setup.mjs';

const shown = ['explorer-dark', 'report-dark', 'report-light', 'pdf-dark', 'pdf-highContrast', 'request-answer-dark'];

await setup({ host: true, system: true });
for (const args of [['scripts/build.mjs'], ['node_modules/@playwright/test/cli.js', 'test', '--config', 'test/e2e/playwright.config.ts', '--reporter=list', 'browse', 'requestEditor']]) {
  const { status } = spawnSync(node, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
await mkdir(join(root, 'media/screenshots'), { recursive: true });
for (const name of shown) await cp(join(root, 'artifacts/screenshots', `${name}.png`), join(root, 'media/screenshots', `${name}.png`));
