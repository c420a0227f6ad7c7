// Starts the sandbox in this terminal: `npm run sandbox -- --port 4010 --seed meadow`. `--help` lists the options.
// It runs from its sources; only what is generated from api/ is made first, when it is out of date.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildApi } from './api/build.mjs';
import { root } from './paths.mjs';

await buildApi();
const child = spawn(process.execPath, [join(root, 'src/sandbox/main.ts'), ...process.argv.slice(2)], { stdio: 'inherit' });
// Ctrl-C reaches the child by itself; here it only must not end us first, or the terminal would be back before the state is saved.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
