// A real VS Code in a real browser for tests: the served workbench, opened in headless Chromium with Playwright.
import { chromium as playwright, type Browser, type Page } from '@playwright/test';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/paths.mjs';
import { chromium } from '../../scripts/setup.mjs';
import { installExtension, serveVscode } from '../../scripts/vscodeServer.mjs';

export const themes = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  highContrast: 'Default High Contrast',
} as const;
export type Theme = keyof typeof themes;

const chromiumArguments = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export interface HostOptions {
  /** Window settings of the opened folder. */
  settings?: Record<string, unknown>;
  machineSettings?: Record<string, unknown>;
  theme?: Theme;
  env?: Record<string, string>;
  /**
   * An extension to load as one under development (the editor then shows no notifications); false for none. Left out: this one, under
   * development when there are `tests`, else installed as a user has it.
   */
  extension?: string | false;
  /** A module whose run() the extension host executes. */
  tests?: string;
  /** Called with the server's data folder before it starts, e.g. to install an extension. */
  prepare?: (dataDir: string) => Promise<void>;
}

export interface Host {
  url: string;
  folder: string;
  dataDir: string;
  origin: string;
  /** Where the extension under development keeps the sandbox's data, with its address in running.json. */
  sandboxData: string;
  serverOutput(): string;
  stop(): Promise<void>;
}

/** Serves VS Code over a temporary folder with the extension under development in it. */
export async function startHost(options: HostOptions = {}): Promise<Host> {
  const base = await mkdtemp(join(tmpdir(), 'obx-'));
  const folder = join(base, 'workspace');
  const dataDir = join(base, 'data');
  await mkdir(join(folder, '.vscode'), { recursive: true });
  const settings = { 'workbench.colorTheme': themes[options.theme ?? 'dark'], ...options.settings };
  await writeFile(join(folder, '.vscode/settings.json'), JSON.stringify(settings, null, 2));
  await options.prepare?.(dataDir);
  const developed = options.extension ?? (options.tests ? root : undefined);
  if (developed === undefined) await installExtension(dataDir, root);
  const development = Boolean(developed);
  const env = { OPEN_BANKING_SANDBOX_DATA: join(base, 'sandbox'), ...options.env };
  const server = await serveVscode({ dataDir, machineSettings: options.machineSettings ?? {}, env, development });
  const payload: [string, string][] = [];
  if (developed) payload.push(['skipWelcome', 'true'], ['extensionDevelopmentPath', developed]);
  if (options.tests) payload.push(['extensionTestsPath', options.tests]);
  return {
    url: server.url({ folder, payload }),
    folder,
    dataDir,
    origin: server.origin,
    sandboxData: join(base, 'sandbox'),
    serverOutput: server.output,
    stop: async () => {
      await server.stop();
      await rm(base, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Headless Chromium as the machine has it. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = chromium();
  if (!executablePath) throw new Error('No Chromium was found: install Debian\'s "chromium", or name one in CHROMIUM_PATH.');
  return playwright.launch({ executablePath, args: chromiumArguments });
}

/** Opens the workbench and waits until it can be used. */
export async function openWorkbench(page: Page, host: Host): Promise<void> {
  await page.goto(host.url);
  await page.locator('.monaco-workbench .activitybar').waitFor({ timeout: 60_000 });
}
