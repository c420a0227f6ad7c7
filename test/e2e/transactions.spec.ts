// A person looks for one among many transactions: opens them from the tree, filters, groups, goes through them by the keyboard, and takes what
// is left along as a file.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixture.ts';

test('transactions are found, grouped, read by the keyboard and exported', async ({ journey }) => {
  const { workbench, picture, control, host } = journey;
  const { page } = workbench;
  await workbench.openExplorer();
  await workbench.widen(120);
  await workbench.expand('Customers');
  await workbench.node('Dana Reyes').waitFor();
  await workbench.expand('Dana Reyes');
  await workbench.node(/^Transactions/).click();
  await expect(workbench.tab('Transactions')).toBeVisible();
  const view = workbench.webview();
  const foot = view.locator('.foot');
  await expect(foot).toContainText(/[\d,]+ transactions.*In \$.*Out \$.*Net/s);
  await expect(view.locator('#progress')).toHaveCount(0);
  const { requests } = await control('requests?last=500') as { requests: { operationId?: string }[] };
  const calls = requests.filter(({ operationId }) => operationId === 'GetAllCustomerTransactions').length;
  const total = Number(/([\d,]+) transactions/.exec((await foot.textContent())!)![1]!.replaceAll(',', ''));
  // One call a page, and none beside them.
  expect(calls).toBe(Math.max(1, Math.ceil(total / 1000)));
  await picture('transactions');

  // Found by text, told from the others in the foot.
  await view.getByLabel('Text, amount or ID').fill('payroll');
  await expect(foot).toContainText(/\d+ of [\d,]+ transactions/);
  await expect(view.locator('.trow').first()).toContainText(/payroll/i);
  const found = Number(/([\d,]+) of/.exec((await foot.textContent())!)![1]!.replaceAll(',', ''));
  expect(found).toBeGreaterThan(0);
  expect(found).toBeLessThan(total);

  // By month, and folded open with the keyboard; the selection is summed.
  await view.getByLabel('Group by').selectOption('month');
  await expect(view.locator('.tgroup').first()).toContainText(/20\d\d.*In \$/s);
  await view.locator('.tgrid').focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowRight');
  await expect(view.locator('.tgroup').first()).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(view.locator('#tcell-active')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(view.getByLabel('The selected transaction')).toContainText('Transaction ID');
  await page.keyboard.press('Control+a');
  await expect(foot).toContainText(/Selected: [\d,]+ transactions?/);
  await picture('transactions-grouped');
  await page.keyboard.press('Escape');
  await view.getByLabel('Group by').selectOption('');

  await view.getByRole('button', { name: 'Charts' }).click();
  await expect(view.getByRole('group', { name: /In and out by month/ })).toBeVisible();
  await picture('transactions-charts');
  await view.getByRole('button', { name: 'Charts' }).click();

  // What is filtered, as a file.
  await view.getByRole('button', { name: 'Export', exact: true }).click();
  await view.getByLabel('Byte order mark, for Excel').check();
  await picture('transactions-export');
  await view.getByRole('button', { name: 'Export…' }).click();
  const input = page.locator('.quick-input-widget:visible input').first();
  await expect(input).toHaveValue(/transactions-\d+\.csv$/);
  await input.fill(join(host.folder, 'payroll.csv'));
  await page.keyboard.press('Enter');
  await expect(view.locator('.said')).toHaveText('Exported to payroll.csv.');
  const lines = (await readFile(join(host.folder, 'payroll.csv'), 'utf8')).split('\r\n');
  expect(lines[0]).toMatch(/^\ufefftransactionDate,postedDate,description,memo,amount,/);
  expect(lines).toHaveLength(found + 2);
  expect(lines.slice(1, -1).every((line) => /payroll/i.test(line) && /^20\d\d-\d\d-\d\d,/.test(line))).toBe(true);
  expect((await readdir(host.folder)).filter((name) => name.endsWith('.part'))).toEqual([]);

  // A test transaction is a request, filled in; nothing is sent by opening it.
  await view.getByRole('button', { name: 'More' }).click();
  await view.getByRole('button', { name: 'Add a Test Transaction…' }).click();
  await expect(workbench.tab('CreateTxPushTestTransaction')).toBeVisible();
  const request = workbench.webview();
  await expect.poll(() => request.locator('input, textarea').evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value))).toContain('Test purchase');
  // Back at once, with the filter and without reading anything again.
  await workbench.tab('Transactions').click();
  await expect(workbench.webview().getByLabel('Text, amount or ID')).toHaveValue('payroll');
  const after = await control('requests?last=500') as { requests: { operationId?: string }[] };
  expect(after.requests.filter(({ operationId }) => operationId === 'GetAllCustomerTransactions')).toHaveLength(calls);
});
