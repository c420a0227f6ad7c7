// `npm run api:conform`: holds the project to the official descriptions beside the checkout (../shared/reference), which are no part of it.
// First the description (api:diff, and no stale exception), then, by the contract level, every request and answer on the wire.
// Ends with 0 when both hold, 1 when one does not, 2 when the official file is not there.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from '../paths.mjs';
import { node } from '../setup.mjs';
import { ready } from './ready.mjs';

const reference = join(root, '../shared/reference');
const current = join(reference, 'openbanking-us-1.42.0.yaml');
const older = join(reference, 'openbanking-us-1.16.0.yaml');

const run = (args) => new Promise((resolve) => {
  const child = spawn(node, args, { cwd: root, stdio: 'inherit' });
  child.on('error', () => resolve(1));
  child.on('exit', (code) => resolve(code ?? 1));
});

if (!existsSync(current)) {
  console.error(`${relative(root, current)} is not there: nothing to conform to.`);
  process.exit(2);
}
if (!existsSync(older)) console.error(`${relative(root, older)} is not there: answers are held to ${relative(root, current)} alone.`);
await ready();
const description = await run([join(root, 'scripts/api/diff.mjs'), '--strict', current]);
const wire = await run([join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'contract', '--reporter=dot']);
console.log(`\nThe description ${description === 0 ? 'agrees' : 'does not agree'} with the official one, the contract level ${wire === 0 ? 'holds' : 'does not hold'}.`);
process.exit(description === 0 && wire === 0 ? 0 : 1);
