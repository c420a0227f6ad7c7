// `npm start` as a newcomer types it: an address is printed, the explorer opens on the sandbox by itself, Ctrl-C ends everything.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from '@playwright/test';
import { root } from '../../scripts/paths.mjs';
import { launchBrowser } from '../support/vscode.ts';

test('npm start serves the explorer on the sandbox, also when its port is in use, and ends cleanly', async () => {
  const occupied = createServer().listen(0, '127.0.0.1');
  await once(occupied, 'listening');
  const taken = (occupied.address() as { port: number }).port;
  const child = spawn(process.execPath, ['scripts/start.mjs', '--browser', '--port', String(taken)], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, 'exit');
  const browser = await launchBrowser();
  try {
    await expect(() => expect(output).toMatch(/http:\/\/127\.0\.0\.1:\d+\/\?\S+/)).toPass({ timeout: 120_000 });
    expect(output).toContain(`port ${taken} is in use`);
    const page = await browser.newPage();
    await page.goto(/http:\/\/127\.0\.0\.1:\d+\/\?\S+/.exec(output)![0]);
    const view = page.locator('[id="workbench.view.extension.openBanking"]');
    await expect(view.getByText('Sandbox').first()).toBeVisible({ timeout: 60_000 });
    await expect(view.getByText('Customers').first()).toBeVisible({ timeout: 60_000 });
    const sandbox = /the sandbox answers at (\S+)/.exec(output)![1]!;
    child.kill('SIGINT');
    await ended;
    await expect(fetch(`${sandbox}/__sandbox/health`)).rejects.toThrow();
  } finally {
    child.kill('SIGKILL');
    await browser.close();
    occupied.close();
  }
});
