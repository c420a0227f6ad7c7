// `npm start`: sets up what is missing, builds, starts the sandbox, and opens VS Code with the explorer connected to it:
// the `code` on PATH if there is one, else VS Code in the browser at a printed address. Ctrl-C ends what it started.
//   npm start -- --browser      VS Code in the browser even where `code` exists
//   npm start -- --port 8800    the browser's address on this port (or the next free one)
import { fork, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './paths.mjs';
import { node, setup, vscodeHost } from './setup.mjs';

const { values } = parseArgs({ options: { browser: { type: 'boolean', default: false }, port: { type: 'string', default: '8765' } } });
const say = (line) => console.log(`· ${line}`);
const port = Number(values.port);
if (!Number.isInteger(port) || port < 1024 || port > 65_000) {
  console.error(`--port must be a number from 1024 to 65000, not "${values.port}".`);
  process.exit(2);
}

const ends = [];
let ending = false;
async function end(code) {
  if (ending) return;
  ending = true;
  for (const stop of ends.reverse()) await Promise.resolve(stop()).catch(() => undefined);
  process.exit(code);
}
process.on('SIGINT', () => void end(0));
process.on('SIGTERM', () => void end(0));

const sandboxData = join(root, '.sandbox');
const discovery = join(sandboxData, 'running.json');

/** The address of a sandbox that already serves this folder's data: two servers on one state would overwrite each other. */
async function runningSandbox() {
  try {
    const { url } = JSON.parse(readFileSync(discovery, 'utf8'));
    const answer = await fetch(`${url}/__sandbox/health`, { signal: AbortSignal.timeout(2_000) });
    return answer.ok ? url : undefined;
  } catch {
    return undefined;
  }
}

/** The sandbox as a child of this program. Its address in .sandbox/running.json is where the explorer looks before it starts one itself. */
async function startSandbox() {
  mkdirSync(sandboxData, { recursive: true });
  const found = await runningSandbox();
  if (found) return found;
  return new Promise((resolve, reject) => {
    const child = fork(join(root, 'dist/sandbox.cjs'), ['--data', sandboxData, '--quiet'], { execPath: node, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    ends.push(() => new Promise((done) => {
      rmSync(discovery, { force: true });
      if (child.exitCode !== null) return done();
      child.once('exit', done);
      child.kill('SIGTERM');
    }));
    child.on('message', (message) => {
      if (message?.type !== 'ready') return;
      writeFileSync(discovery, JSON.stringify({ url: message.url, pid: child.pid }));
      resolve(message.url);
    });
    child.once('exit', (code) => reject(new Error(`the sandbox ended with ${code}`)));
  });
}

const hasCode = () => spawnSync('code', ['--version'], { stdio: 'ignore', shell: process.platform === 'win32' }).status === 0;

try {
  const desktop = !values.browser && hasCode();
  await setup({ host: !desktop });
  say('building');
  const built = spawnSync(node, ['scripts/build.mjs'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (built.status !== 0) throw new Error('the build failed; its message stands above');
  say(`the sandbox answers at ${await startSandbox()}`);
  const opener = join(root, 'scripts/opener');
  if (desktop) {
    say('opening VS Code with the explorer; Ctrl-C here ends the sandbox');
    const child = spawn('code', ['--new-window', `--extensionDevelopmentPath=${root}`, `--extensionDevelopmentPath=${opener}`], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, OPEN_BANKING_SANDBOX_DATA: sandboxData }, shell: process.platform === 'win32' });
    child.on('error', (error) => { console.error(error.message); void end(1); });
    // It refuses to run as root, for one, or without a display.
    child.on('exit', (code) => {
      if (!code) return;
      console.error('VS Code could not be opened (see above). In the browser instead: npm start -- --browser');
      void end(1);
    });
  } else {
    const { installExtension, serveVscode } = await import('./vscodeServer.mjs');
    const folder = join(vscodeHost, 'playground');
    if (!existsSync(folder)) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'README.md'), '# Playground\n\nAn empty folder to try Open Banking Explorer in. Its view is behind the bank icon on the left.\n');
    }
    const dataDir = join(vscodeHost, 'data');
    for (const extension of [root, opener]) await installExtension(dataDir, extension);
    say('starting VS Code in the browser');
    const server = await serveVscode({ dataDir, preferredPort: port, env: { OPEN_BANKING_SANDBOX_DATA: sandboxData } });
    ends.push(server.stop);
    if (server.port !== port) say(`port ${port} is in use, so another was taken`);
    const url = server.url({ folder });
    console.log(`\n  Open Banking Explorer is at\n\n  ${url}\n\n  Ctrl-C ends it.\n`);
  }
  setInterval(() => undefined, 1 << 30); // stays until Ctrl-C
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  await end(1);
}
