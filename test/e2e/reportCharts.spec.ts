// A report's charts and tables as a person works with them: the keyboard reads a chart's values, the chart turns into its table, a table is
// sorted by its heading, copied, and exported to a file that is whole. Whoever leaves the tab finds it again as it was.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixture.ts';

test('charts speak by the keyboard, and tables are sorted, copied and exported', async ({ journey }) => {
  const { workbench, picture, control, host } = journey;
  const { page } = workbench;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: host.origin });
  await workbench.openExplorer();
  await workbench.expand('Customers');
  await workbench.node('Dana Reyes').waitFor();
  await workbench.generateAssetsReport('Dana Reyes');
  await control('clock', { method: 'POST', body: { advance: 120 } });
  await workbench.notificationButton(/is ready/, 'Open Report');

  const report = workbench.webview();
  const chart = report.getByRole('group', { name: 'Deposits and withdrawals by month' });
  const drawing = chart.getByRole('application');
  await drawing.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  const said = chart.getByRole('status').first();
  await expect(said).toHaveText(/[A-Z][a-z]{2} 20\d\d\s+Deposits: \$[\d,]+\.\d\d\s+Withdrawals: \$[\d,]+\.\d\d/);
  const [month, deposits] = (await said.textContent())!.split('\n');
  await picture('report-charts-cursor');

  // The same values, as a table.
  await chart.getByRole('button', { name: 'Show as a table' }).click();
  const behind = chart.getByRole('grid');
  await expect(behind.getByRole('row').filter({ hasText: month! })).toContainText(deposits!.replace('Deposits: ', ''));
  await chart.getByRole('button', { name: 'Show as a table' }).click();
  await expect(drawing).toBeVisible();

  // Sorted by the heading with the keyboard: rising, falling, and as the report has it.
  const grid = report.getByRole('grid', { name: 'Accounts', exact: true }).first();
  const heading = grid.getByRole('columnheader', { name: 'Balance', exact: true });
  const balances = async () => (await grid.locator('[role="gridcell"][data-column="1"]').allTextContents()).map((text) => Number(text.replace(/[^\d.-]/g, '')));
  const asItCame = await balances();
  expect(asItCame.length).toBeGreaterThan(1);
  const rising = [...asItCame].sort((a, b) => a - b);
  await heading.focus();
  for (const [order, values] of [['ascending', rising], ['descending', [...rising].reverse()], ['none', asItCame]] as const) {
    await page.keyboard.press('Enter');
    await expect(grid.getByRole('columnheader').nth(1)).toHaveAttribute('aria-sort', order);
    await expect.poll(balances).toEqual(values);
  }

  // Copied as it reads, and exported as it came.
  await report.getByRole('button', { name: 'Copy as Markdown, as it reads here: Accounts', exact: true }).first().click();
  await expect(report.getByText(/^\d+ rows copied$/).first()).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/^\| Account \| Balance \|/);
  expect(copied).toMatch(/\$[\d,]+\.\d\d/);
  await report.getByRole('button', { name: 'Export as CSV, values as the API sent them: Accounts', exact: true }).first().click();
  const name = page.locator('.quick-input-widget:visible input[type="text"]').first();
  await expect(name).toHaveValue(/accounts\.csv$/);
  await picture('report-charts-export');
  await page.keyboard.press('Enter');
  await expect(async () => {
    const text = await readFile(join(host.folder, 'accounts.csv'), 'utf8');
    expect(text).toMatch(/^\ufeffAccount,Balance,/);
    expect(text.trim().split('\r\n')).toHaveLength(asItCame.length + 1);
  }).toPass({ timeout: 15_000 });

  // A column made wider by the keyboard and by its edge.
  const wide = async () => (await heading.boundingBox())!.width;
  const before = await wide();
  await heading.focus();
  for (let n = 0; n < 5; n += 1) await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(wide).toBeCloseTo(before + 80, -1);
  const edge = (await heading.locator('.grip').boundingBox())!;
  await page.mouse.move(edge.x + 3, edge.y + 8);
  await page.mouse.down();
  await page.mouse.move(edge.x + 43, edge.y + 8, { steps: 4 });
  await page.mouse.up();
  await expect.poll(wide).toBeCloseTo(before + 120, -1);
  await expect(heading).toHaveAttribute('aria-sort', 'none');

  // The place that was looked at, and the widths, are there again, however often one comes back.
  const top = () => report.locator('html').evaluate((html) => Math.round(html.scrollTop));
  await report.locator('html').evaluate((html) => { html.scrollTop = 900; });
  await expect.poll(top).toBeGreaterThan(800);
  const place = await top();
  for (let n = 0; n < 2; n += 1) {
    await page.waitForTimeout(300);
    await page.keyboard.press('Control+N');
    await page.locator('.tab', { hasText: 'Untitled' }).first().waitFor();
    await page.waitForTimeout(300);
    await page.locator('.tab', { hasText: 'Verification of Assets' }).first().click();
    await expect.poll(top).toBe(place);
  }
  await expect.poll(wide).toBeCloseTo(before + 120, -1);

  // Whoever has seen the charts folds them.
  await report.getByRole('button', { name: /^Charts/ }).last().click();
  await expect(chart).toHaveCount(0);
});
