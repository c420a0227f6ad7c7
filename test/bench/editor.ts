// A real VS Code for the parts that need one: the packed extension (and others) installed as a user installs them, a window in headless
// Chromium, and remote.ts inside its extension host, which does what it is told.
import type { Browser, Page } from '@playwright/test';
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as esbuild from 'esbuild';
import { root } from '../../scripts/paths.mjs';
import { node, vscodeServer } from '../../scripts/setup.mjs';
import { launchBrowser, startHost } from '../support/vscode.ts';
import type { Host } from '../support/vscode.ts';
import type { Commands } from './remote.ts';

const run = promisify(execFile);
export const explorerId = 'open-banking-explorer.open-banking-explorer';

/** The packed extension, as scripts/bench.mjs left it. */
export function packed(): string {
  const file = process.env.OBX_BENCH_VSIX;
  if (!file) throw new Error('This part measures the packed extension: start it with `npm run bench`.');
  return file;
}

export interface EditorOptions {
  /** VSIX files to install besides the explorer. */
  install?: readonly string[];
  settings?: Record<string, unknown>;
  /** Where the explorer looks for its sandbox. */
  sandboxData?: string;
}

type Ask = <C extends keyof Commands>(command: C, ...values: Parameters<Commands[C]>) => Promise<Awaited<ReturnType<Commands[C]>>>;
export interface Window { page: Page; ask: Ask; close(): Promise<void> }
export interface Editor {
  browser: Browser;
  host: Host;
  /** A window of its own, with an extension host of its own; `script` runs in each of its frames before anything else. */
  open(script?: () => void): Promise<Window>;
  close(): Promise<void>;
}

export async function openEditor({ install = [], settings, sandboxData }: EditorOptions = {}): Promise<Editor> {
  const remote = join(root, 'out/bench/remote.cjs');
  await esbuild.build({ entryPoints: [join(import.meta.dirname, 'remote.ts')], bundle: true, platform: 'node', format: 'cjs', target: 'node20', outfile: remote, external: ['vscode'], logLevel: 'warning' });
  const bridge = await openBridge();
  const host = await startHost({
    extension: join(import.meta.dirname, 'emptyExtension'), tests: remote, settings, env: { OBX_BENCH_URL: bridge.url, ...(sandboxData && { OPEN_BANKING_SANDBOX_DATA: sandboxData }) },
    prepare: async (dataDir) => {
      await mkdir(join(dataDir, 'extensions'), { recursive: true });
      const each = [packed(), ...install].flatMap((file) => ['--install-extension', file]);
      await run(node, ['out/server-main.js', '--accept-server-license-terms', '--server-data-dir', dataDir, '--extensions-dir', join(dataDir, 'extensions'), ...each], { cwd: vscodeServer });
    },
  });
  const browser = await launchBrowser();
  return {
    browser,
    host,
    async open(script) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
      if (script) await context.addInitScript(script);
      const page = await context.newPage();
      await page.goto(host.url);
      await bridge.connected();
      return {
        page,
        ask: bridge.ask,
        close: async () => {
          bridge.end();
          await context.close();
        },
      };
    },
    async close() {
      await browser.close();
      await host.stop();
      bridge.close();
    },
  };
}

/** The measuring side of remote.ts: it asks, and its next request brings the report. */
async function openBridge() {
  let waiting: ServerResponse | undefined;
  let arrived: (report: string) => void = () => {};
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (piece: string) => (text += piece));
    request.on('end', () => {
      waiting = response;
      arrived(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const nextArrival = (what: string) => new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The editor did not answer within ten minutes: ${what}.`)), 600_000);
    arrived = (report) => {
      clearTimeout(timer);
      resolve(report);
    };
  });
  const answer = (text: string) => {
    waiting?.end(text);
    waiting = undefined;
  };
  const ask: Ask = async (command, ...values) => {
    if (!waiting) throw new Error('No extension host waits for orders.');
    const report = nextArrival(command);
    answer(JSON.stringify({ command, values }));
    const { value, error } = JSON.parse(await report) as { value?: never; error?: string };
    if (error !== undefined) throw new Error(`${command}: ${error}`);
    return value as never;
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connected: async () => {
      if (!waiting) await nextArrival('its start');
    },
    ask,
    end: () => answer(''),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Packs an extension of this folder, under other names when several copies are to stand side by side. */
export async function packHelpers(folder: string, names: readonly string[]): Promise<{ files: string[]; ids: string[]; remove(): Promise<void> }> {
  const base = await mkdtemp(join(tmpdir(), 'obx-helpers-'));
  const files: string[] = [];
  for (const name of names) {
    const copy = join(base, name);
    await cp(join(import.meta.dirname, folder), copy, { recursive: true });
    const manifest = JSON.parse(await readFile(join(copy, 'package.json'), 'utf8')) as Record<string, unknown>;
    await writeFile(join(copy, 'package.json'), JSON.stringify({ ...manifest, name }));
    const file = join(base, `${name}.vsix`);
    await run(node, [join(root, 'node_modules/@vscode/vsce/vsce'), 'package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '-o', file], { cwd: copy });
    files.push(file);
  }
  return { files, ids: names.map((name) => `open-banking-explorer-bench.${name}`), remove: () => rm(base, { recursive: true, force: true }) };
}
