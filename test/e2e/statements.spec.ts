// Statements: 24 months in the tree, several saved at once.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixture.ts';

test('a range of statements is saved at once', async ({ journey }) => {
  const { host, workbench, picture } = journey;
  const { page } = workbench;
  await workbench.openExplorer();
  await workbench.widen(120);
  await workbench.expand('Customers');
  await workbench.expand('Dana Reyes');
  await workbench.expand('Accounts');
  await workbench.expand('Everyday Checking');
  const statements = workbench.tree().locator('.monaco-list-row[aria-level="8"]').filter({ hasText: 'Statements' }).first();
  await statements.waitFor();
  await workbench.menu(statements, 'Save Statements…');
  await expect(workbench.quickTitle()).toContainText('Save Statements of');
  await picture('statements-months');
  const rows = page.locator('.quick-input-widget:visible .monaco-list-row').filter({ has: page.getByRole('checkbox') });
  for (const at of [1, 2]) await rows.nth(at).click();
  await page.locator('.quick-input-widget:visible').getByRole('button', { name: 'OK' }).click();
  await expect(workbench.quickTitle()).toContainText('Where to save 2 statements');
  // It begins in the folder that is open.
  const save = page.locator('.quick-input-widget:visible').getByRole('button', { name: 'Save Here' });
  await expect(async () => {
    if (await save.isVisible()) await save.click({ timeout: 2_000 });
    await expect(save).toBeHidden({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await workbench.notification('2 statements saved in workspace.').waitFor({ timeout: 60_000 });
  await picture('statements-saved');
  const files = (await readdir(host.folder)).filter((name) => name.endsWith('.pdf'));
  expect(files).toHaveLength(2);
  for (const file of files) expect((await readFile(join(host.folder, file))).subarray(0, 5).toString()).toBe('%PDF-');
});
