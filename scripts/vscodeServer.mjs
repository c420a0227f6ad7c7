// Serves VS Code on loopback: `npm start` on a machine without VS Code, and every test that needs the real editor.
// Web workbench in front, the Node extension host behind, out of the code-server package (scripts/vscode/package.json).
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { node, vscodeServer } from './setup.mjs';

/** Whether a loopback port can be listened on now. */
const isFree = (port) => new Promise((resolve) => {
  const probe = createServer();
  probe.once('error', () => resolve(false));
  probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
});

/** A free loopback port; the preferred one, or one of the next nineteen, when it is free. */
export async function freePort(preferred = 0) {
  for (let port = preferred; preferred && port < preferred + 20; port += 1) if (await isFree(port)) return port;
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Puts an extension's folder where the server finds it, as if it had been installed: what a package would hold, not the sources. */
export async function installExtension(dataDir, folder) {
  const { publisher, name, version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const target = join(dataDir, 'extensions', `${publisher}.${name}-${version}`);
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  for (const part of ['package.json', 'extension.cjs', 'dist', 'media']) if (existsSync(join(folder, part))) await cp(join(folder, part), join(target, part), { recursive: true });
  await rm(join(dataDir, 'extensions/extensions.json'), { force: true }); // without its list, the server reads the folder anew
}

/**
 * The secret that the address carries. Without one any web page and any other user of this machine could open the workbench's socket,
 * which runs programs and reads secrets. It stays with the data, so that an open tab outlives a restart; in a file, since arguments are public.
 */
async function connectionToken(dataDir) {
  const tokenFile = join(dataDir, 'connection-token');
  const kept = await readFile(tokenFile, 'utf8').catch(() => '');
  if (/^[0-9a-f]{36}$/.test(kept)) return { tokenFile, token: kept };
  const token = randomBytes(18).toString('hex');
  await writeFile(tokenFile, token, { mode: 0o600 });
  return { tokenFile, token };
}

/**
 * Starts the server. `dataDir` is its own; `machineSettings` become the window's machine settings; `development` lets the address name
 * an extension under development and its tests.
 * Resolves when it answers: { port, origin, url({folder, payload}), stop(), output() }.
 */
export async function serveVscode({ dataDir, preferredPort = 0, machineSettings = {}, env = {}, development = false }) {
  const port = await freePort(preferredPort);
  await mkdir(join(dataDir, 'data/Machine'), { recursive: true });
  await mkdir(join(dataDir, 'extensions'), { recursive: true });
  const settings = { 'workbench.startupEditor': 'none', 'chat.disableAIFeatures': true, 'workbench.secondarySideBar.defaultVisibility': 'hidden', 'telemetry.telemetryLevel': 'off', ...machineSettings };
  await writeFile(join(dataDir, 'data/Machine/settings.json'), JSON.stringify(settings, null, 2));
  const { tokenFile, token } = await connectionToken(dataDir);
  const args = ['--require', join(root, 'scripts/vscode/spdlog.cjs'), 'out/server-main.js', '--accept-server-license-terms', '--host', '127.0.0.1', '--port', String(port), '--connection-token-file', tokenFile,
    '--disable-workspace-trust', '--disable-telemetry', '--server-data-dir', dataDir, '--extensions-dir', join(dataDir, 'extensions')];
  // A built VS Code reads the `payload` query (extension under development, tests) only with this switch, which also hides notifications.
  if (development) args.push('--enable-smoke-test-driver');
  const child = spawn(node, args, { cwd: vscodeServer, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output = (output + chunk).slice(-20_000)));
  const origin = `http://127.0.0.1:${port}`;
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await once(child, 'exit');
    clearTimeout(timer);
  };
  for (let waited = 0; ; waited += 100) {
    if (child.exitCode !== null) throw new Error(`VS Code's server ended with ${child.exitCode}:\n${output}`);
    if (await fetch(`${origin}/version`).then((r) => r.ok, () => false)) break;
    if (waited > 30_000) {
      await stop();
      throw new Error(`VS Code's server did not answer within 30 s:\n${output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  /** @type {(place?: { folder?: string, payload?: [string, string][] }) => string} */
  const url = ({ folder, payload = [] } = {}) => {
    const query = new URLSearchParams({ tkn: token });
    if (folder) query.set('folder', folder);
    else query.set('ew', 'true');
    const remote = payload.map(([key, value]) => [key, /Path$/.test(key) ? `vscode-remote://127.0.0.1:${port}${value}` : value]);
    if (remote.length) query.set('payload', JSON.stringify(remote));
    return `${origin}/?${query}`;
  };
  return { port, origin, url, stop, output: () => output };
}
