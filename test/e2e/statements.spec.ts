// Statements: 24 months in the tree, several saved at once, none replaced unasked; one opened and copied under a name that says what it is.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { statementMonths } from '../../src/tree/statementMonths.ts';
import { expect, test } from './fixture.ts';

test('a range of statements is saved at once, and again only when that is wanted', async ({ journey }) => {
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
  const choose = async (): Promise<void> => {
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
  };
  await choose();
  await workbench.notification('2 statements saved in workspace.').waitFor({ timeout: 60_000 });
  await picture('statements-saved');
  const saved = async (): Promise<string[]> => (await readdir(host.folder)).filter((name) => name.endsWith('.pdf')).sort();
  const files = await saved();
  expect(files).toHaveLength(2);
  for (const file of files) expect((await readFile(join(host.folder, file))).subarray(0, 5).toString()).toBe('%PDF-');

  // The same again: Enter alone replaces nothing.
  for (const file of files) await writeFile(join(host.folder, file), 'mine');
  await choose();
  const question = page.locator('.monaco-dialog-box');
  await expect(question).toContainText('All 2 statements are in that folder already.');
  await picture('statements-there');
  await page.keyboard.press('Enter');
  await expect(question).toHaveCount(0);
  for (const file of files) expect(await readFile(join(host.folder, file), 'utf8')).toBe('mine');

  // The newest one, opened and copied.
  await workbench.expand(/^Statements/);
  await workbench.node('newest').click();
  const pdf = workbench.webview();
  await expect(pdf.locator('.textLayer').getByText('Summary')).toBeAttached();
  await pdf.getByRole('button', { name: 'Save a copy (Ctrl+S)' }).click();
  await expect(workbench.quickTitle()).toContainText('Save Copy');
  await page.locator('.quick-input-widget:visible').getByRole('button', { name: 'OK' }).click();
  await expect.poll(saved).toHaveLength(3);
  const [month] = statementMonths(Date.now());
  expect((await saved()).at(-1)).toMatch(new RegExp(`^statement-\\d+-${month!.month}\\.pdf$`));
});
