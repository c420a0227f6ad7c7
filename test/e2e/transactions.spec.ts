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

  // A heading that is dragged takes its place, the last one too, and sorts nothing; a click sorts.
  const headings = view.getByRole('columnheader');
  const order = async () => (await headings.allTextContents()).map((text) => text.trim());
  const first = await order();
  const [from, grid] = [(await headings.nth(1).boundingBox())!, (await view.locator('.tgrid').boundingBox())!];
  await page.mouse.move(from.x + 40, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(from.x + 80, from.y + 10, { steps: 4 });
  await view.locator('.tgrid').evaluate((one) => { one.scrollLeft = one.scrollWidth; });
  await page.mouse.move(grid.x + grid.width - 30, from.y + 10, { steps: 6 });
  await page.mouse.up();
  await expect.poll(order).toEqual([...first.filter((name) => name !== first[1]), first[1]]);
  await expect(view.locator('[aria-sort=ascending], [aria-sort=descending]')).toHaveCount(0);
  await view.getByRole('columnheader', { name: 'Amount' }).click();
  await expect(view.getByRole('columnheader', { name: 'Amount' })).toHaveAttribute('aria-sort', 'ascending');

  // An amount that could be meant two ways is refused in words, and filters nothing.
  await view.getByLabel('Amount from, without sign').fill('12,50');
  await page.keyboard.press('Enter');
  await expect(view.getByRole('alert')).toContainText('“12,50” is not read as an amount. Write a point before decimals');
  await expect(foot).not.toContainText(/\d of [\d,]+ transactions/);
  await view.getByRole('button', { name: 'Clear the filter' }).click();
  await expect(view.getByRole('alert')).toHaveCount(0);

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
  await expect(view.locator('[aria-selected="true"]')).toHaveClass(/tgroup/);
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

test('an account\'s transactions outlive a page that fails, a test transaction appears at Reload, and the view outlives presentation mode', async ({ journey }) => {
  const { workbench, picture, control } = journey;
  await workbench.openExplorer();
  await workbench.expand('Customers');
  await workbench.node('Dana Reyes').waitFor();
  await workbench.expand('Dana Reyes');
  await workbench.expand(/^Accounts/);
  const broken = { operation: 'GetCustomerAccountTransactions', kind: 'status', status: 503, after: 1, times: 20 };
  await control('faults', { method: 'POST', body: broken });
  await workbench.menu(workbench.node(/Everyday Checking/), 'Open Transactions');
  await expect(workbench.tab(/^Transactions \(account ID \d+\)$/)).toBeVisible();
  const view = workbench.webview();

  // The second page is not to be had: the first stays, and a retry goes on behind it.
  await expect(view.getByRole('alert')).toContainText(/1,000 of 1,\d+ are loaded and stay/);
  await picture('transactions-failed');
  await control('faults', { method: 'DELETE' });
  await view.getByRole('button', { name: 'Retry' }).click();
  await expect(view.locator('.foot')).toContainText(/^\s*1,\d+ transactions/);
  await expect(view.getByRole('alert')).toHaveCount(0);
  await expect(view.locator('.foot')).not.toContainText('1,000 transactions');

  // A transaction made after the tab was opened.
  await view.getByRole('button', { name: 'More' }).click();
  await view.getByRole('button', { name: 'Add a Test Transaction…' }).click();
  await expect(workbench.tab('CreateTxPushTestTransaction')).toBeVisible();
  await workbench.webview().locator('#send').click();
  await expect(workbench.webview().getByRole('heading', { name: /^20\d/ })).toBeVisible();
  await workbench.tab(/^Transactions/).click();
  await expect(workbench.webview().locator('.state')).toContainText('Something changed at the source');
  await workbench.webview().locator('.state').getByRole('button', { name: 'Reload' }).click();
  await expect(workbench.webview().locator('.trow').filter({ hasText: 'Test purchase' })).toBeVisible();

  // The page is built anew by presentation mode: order and groups are kept, what was typed is not.
  await workbench.webview().getByLabel('Group by').selectOption('month');
  await workbench.webview().getByLabel('Text, amount or ID').fill('Test purchase');
  await expect(workbench.webview().locator('.foot')).toContainText(/1 of 1,\d+/);
  await workbench.run('Open Banking: Toggle Presentation Mode');
  await expect(workbench.webview().getByLabel('Text, amount or ID')).toHaveValue('');
  await expect(workbench.webview().getByLabel('Group by')).toHaveValue('month');
  await expect(workbench.webview().locator('.tgroup').nth(1)).toContainText(/20\d\d.*Out \$/s);
  await picture('transactions-kept');
});
