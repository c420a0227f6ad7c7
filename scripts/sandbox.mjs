// Starts the sandbox in this terminal: `npm run sandbox -- --port 4010 --seed meadow`. `--help` lists the options.
// It runs from its sources; what they need (packages, what is generated from api/) is made first, when it is missing or out of date.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { node, setup } from './setup.mjs';

await setup({});
await (await import('./api/build.mjs')).buildApi();
const child = spawn(node, [join(root, 'src/sandbox/main.ts'), ...process.argv.slice(2)], { stdio: 'inherit' });
// Ctrl-C reaches the child by itself; here it only must not end us first, or the terminal would be back before the state is saved.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
