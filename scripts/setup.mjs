// Sets up what is missing, and nothing that is there: npm packages, the VS Code host, Chromium, the keychain programs.
// Plain JavaScript without dependencies, since it runs before there are any and on Node 20.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

/** Node 24 of the project's own, so that every script and test runs on one version whatever the machine has. */
export const node = join(root, 'node_modules/.bin', process.platform === 'win32' ? 'node.exe' : 'node');
export const vscodeHost = join(root, '.vscode-host');
export const vscodeServer = join(vscodeHost, 'node_modules/code-server/lib/vscode');

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const say = (line) => console.log(`· ${line}`);

function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32', ...options });
    let tail = '';
    const keep = (chunk) => (tail = (tail + chunk).slice(-4000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${command} ${args.join(' ')} ended with ${code}:\n${tail}`))));
  });
}

const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

async function npmPackages() {
  // What was installed last: the lock file as it was then, kept beside the packages.
  const lock = read(join(root, 'package-lock.json'));
  const installed = join(root, 'node_modules/.installed-lock.json');
  if (existsSync(node) && read(installed) === lock) return;
  say('installing the npm packages (about a minute)');
  await run(npm, ['ci', '--no-audit', '--no-fund'], { cwd: root });
  if (!existsSync(node)) throw new Error('npm ci left no node in node_modules/.bin: npm must be allowed to run the install script of the "node" package.');
  writeFileSync(installed, lock);
}

/** VS Code itself, out of the code-server package: a server, the web workbench and the Node extension host. */
async function vscode() {
  const lock = join(root, 'scripts/vscode/package-lock.json');
  const done = join(vscodeHost, 'ready');
  if (read(done) === read(lock)) return;
  say('installing VS Code for the browser (about half a minute, kept in .vscode-host)');
  mkdirSync(vscodeHost, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) writeFileSync(join(vscodeHost, name), readFileSync(join(root, 'scripts/vscode', name)));
  // Without scripts: its native parts are compiled for the desktop and not needed to serve or to test.
  await run(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: vscodeHost });
  await run(npm, ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: vscodeServer });
  writeFileSync(done, read(lock));
}

const onPath = (name) => spawnSync(process.platform === 'win32' ? 'where' : 'which', [name], { stdio: 'ignore' }).status === 0;

/** The browser that the tests drive; undefined when there is none. */
export function chromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named && existsSync(named)) return named;
  const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/opt/google/chrome/chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'];
  return candidates.find((path) => existsSync(path));
}

async function systemPackages() {
  const wanted = [];
  if (!chromium()) wanted.push('chromium', 'fonts-liberation', 'fonts-noto-color-emoji');
  if (process.platform === 'linux') {
    if (!onPath('gnome-keyring-daemon')) wanted.push('gnome-keyring');
    if (!onPath('dbus-run-session')) wanted.push('dbus');
    if (!onPath('secret-tool')) wanted.push('libsecret-tools');
  }
  if (wanted.length === 0) return;
  if (process.platform !== 'linux' || !onPath('apt-get') || process.getuid?.() !== 0)
    throw new Error(`The tests need these programs, which only you can install here: ${wanted.join(' ')} (Debian, Ubuntu: sudo apt-get install ${wanted.join(' ')}).`);
  say(`installing ${wanted.join(', ')} from Debian`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update'], { env });
  await run('apt-get', ['install', '-y', '--no-install-recommends', ...wanted], { env });
}

/** `for`: start needs packages and perhaps the VS Code host; test needs all of it. */
export async function setup({ packages = true, host = false, system = false }) {
  if (packages) await npmPackages();
  if (host) await vscode();
  if (system) await systemPackages();
}

if (process.argv[1] === import.meta.filename) {
  await setup({ host: true, system: true });
  say('everything is set up');
}
