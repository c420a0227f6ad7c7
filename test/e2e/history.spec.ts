// Looking back: calls of the day are listed, opened, narrowed, run again, changed, compared and exported; a cut file costs what was cut
// and no more; a purge leaves nothing.
import { readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { expect, test, type Journey } from './fixture.ts';
import { historyFiles } from '../support/canaries.ts';
import { openWorkbench } from '../support/vscode.ts';

/** The History view's pane. */
const pane = ({ workbench: { page } }: Journey): Locator => page.locator('.pane').filter({ has: page.locator('.pane-header[aria-label^="History"]') });
const row = (journey: Journey, text: string | RegExp): Locator => pane(journey).locator('.monaco-list-row').filter({ hasText: text }).first();

async function look(journey: Journey): Promise<void> {
  const { workbench } = journey;
  await workbench.openExplorer();
  await workbench.expand('Customers');
  await workbench.widen(220);
  await workbench.run('Focus on History View');
  await row(journey, 'GetCustomers').waitFor();
}

for (const theme of ['dark', 'highContrast'] as const)
  test.describe(theme, () => {
    test.use({ theme });
    test(`the history reads well in the ${theme} theme`, async ({ journey }) => {
      const { workbench, picture, control } = journey;
      await look(journey);
      await control('faults', { method: 'POST', body: { kind: 'status', operation: 'GetCustomers', status: 400, times: 1, body: { code: 41004, message: 'Invalid limit' } } });
      await workbench.run('Open Banking: Refresh Explorer');
      await expect(row(journey, '400, code 41004')).toBeVisible();
      await row(journey, /GetCustomers.*200/).click();
      await expect(workbench.tab(/GetCustomers 200/)).toBeVisible();
      await expect(workbench.page.locator('.editor-instance').last()).toContainText('"line": "GET /aggregation/v1/customers');
      await row(journey, 'CreateToken').hover();
      await picture(`history-${theme}`);
    });
  });

test('a call is opened, run again, changed, compared, narrowed to and exported; a cut file keeps what can be read; a purge leaves nothing', async ({ journey }) => {
  const { workbench, host, picture } = journey;
  const { page } = workbench;
  await look(journey);

  // Run again: from the row, to a document of its own.
  const calls = pane(journey).locator('.monaco-list-row').filter({ hasText: 'GetCustomers' });
  const before = await calls.count();
  await journey.workbench.menu(row(journey, 'GetCustomers'), 'Run Again');
  await expect.poll(() => calls.count()).toBe(before + 1);
  await expect(workbench.tab(/GetCustomers 200/)).toBeVisible();

  // Edit and run: the request, filled.
  await journey.workbench.menu(row(journey, 'GetCustomers'), 'Edit and Run');
  await expect(workbench.tab('GetCustomers.obreq.json')).toBeVisible();
  await expect(workbench.webview().getByRole('textbox', { name: 'Limit' })).toHaveValue('25');

  // Compare two: both selected.
  await calls.nth(0).click();
  await calls.nth(1).click({ modifiers: ['Control'] });
  await journey.workbench.menu(calls.nth(1), 'Compare Two Calls');
  await expect(workbench.tab(/GetCustomers: .* ↔ /)).toBeVisible();
  await expect(page.locator('.monaco-diff-editor .view-line').filter({ hasText: '"operation"' }).last()).toBeVisible();
  await picture('history-compare');

  // Narrow: by text, by status; the view says so.
  await workbench.run('Open Banking: Search History');
  await workbench.answer(/Looks in operations/, 'token');
  await expect(pane(journey)).toContainText('Only: "token"');
  await expect(row(journey, 'GetCustomers')).toBeHidden();
  await expect(row(journey, 'CreateToken')).toBeVisible();
  await workbench.run('Open Banking: Filter History');
  await workbench.pick('Successful');
  await expect(pane(journey)).toContainText('Only: "token", successful');
  await picture('history-filtered');
  await workbench.run('Open Banking: Clear History Filter');
  await expect(row(journey, 'GetCustomers')).toBeVisible();

  // Export what is selected.
  const target = join(host.folder, 'calls.har');
  await calls.nth(0).click();
  await workbench.run('Open Banking: Export History as HAR');
  const name = page.locator('.quick-input-widget:visible input').first();
  await name.fill(target);
  await page.keyboard.press('Enter');
  await expect(workbench.notification('1 call exported')).toBeVisible();
  const har = JSON.parse(await readFile(target, 'utf8')) as { log: { version: string; entries: { _operationId: string; response: { status: number } }[] } };
  expect(har.log.version).toBe('1.2');
  expect(har.log.entries.map(({ _operationId, response }) => [_operationId, response.status])).toEqual([['GetCustomers', 200]]);

  // The editor is closed, and a file is cut in half meanwhile.
  const [file] = await historyFiles(host.dataDir);
  expect(file).toBeDefined();
  await page.goto('about:blank');
  const text = await readFile(file!, 'utf8');
  await truncate(file!, text.lastIndexOf('\n', text.length - 2) + 20);
  await openWorkbench(page, host);
  await workbench.openExplorer();
  await workbench.run('Focus on History View');
  await expect(row(journey, 'GetCustomers')).toBeVisible();
  await expect(pane(journey)).toContainText('1 damaged line was set aside');
  await picture('history-mended');

  // What is past can be read, without a body; and is purged.
  await row(journey, 'GetCustomers').click();
  await workbench.run('Open Banking: Purge History');
  await expect(page.locator('.monaco-dialog-box')).toContainText('Delete the whole history?');
  await picture('history-purge');
  await workbench.dialog('Delete');
  await expect(workbench.notification(/The history is deleted: \d+ calls/)).toBeVisible();
  await expect(row(journey, 'GetCustomers')).toBeHidden();
  expect(await historyFiles(host.dataDir)).toEqual([]);
});
