// The packed VSIX, installed as a user installs it (no source folder, no development switch), must activate and show its view.
import { execFile } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { launchBrowser, openWorkbench, startHost } from '../test/support/vscode.ts';
import { packVsix } from './package.mjs';
import { root } from './paths.mjs';
import { node, vscodeServer } from './setup.mjs';

const run = promisify(execFile);
const results: [string, boolean, string?][] = [];
const check = async (title: string, test: () => Promise<void>): Promise<boolean> => {
  try {
    await test();
    results.push([title, true]);
    console.log(`  ✓ ${title}`);
    return true;
  } catch (error) {
    results.push([title, false]);
    console.log(`  ✗ ${title}\n${(error as Error).stack}`);
    return false;
  }
};

await mkdir(join(root, 'artifacts'), { recursive: true });
let vsix = '';
const packed = await check('the extension packs into a VSIX', async () => {
  vsix = await packVsix();
});
if (packed) {
  const host = await startHost({
    extension: false,
    prepare: async (dataDir) => {
      await mkdir(join(dataDir, 'extensions'), { recursive: true });
      await run(node, ['out/server-main.js', '--accept-server-license-terms', '--server-data-dir', dataDir, '--extensions-dir', join(dataDir, 'extensions'), '--install-extension', vsix], { cwd: vscodeServer });
    },
  });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await check('VS Code installs it', async () => {
      const installed = await readdir(join(host.dataDir, 'extensions'));
      if (!installed.some((name) => name.startsWith('open-banking-explorer.'))) throw new Error(`installed: ${installed.join(', ')}`);
    });
    await check('it activates and its view shows the sandbox', async () => {
      await openWorkbench(page, host);
      await page.locator('.activitybar [aria-label^="Open Banking"]').first().click();
      await page.locator('.monaco-list-row', { hasText: 'Sandbox' }).first().waitFor({ timeout: 60_000 });
      await page.locator('.monaco-list-row', { hasText: 'Customers' }).first().waitFor({ timeout: 60_000 });
    });
    await page.screenshot({ path: join(root, 'artifacts/packaged.png') });
  } finally {
    await browser.close();
    await host.stop();
  }
}
const passed = results.filter(([, ok]) => ok).length;
console.log(`package: ${passed} passed, ${results.length - passed} failed`);
process.exit(passed === results.length && passed > 1 ? 0 : 1);
