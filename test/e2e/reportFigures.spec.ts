// A report tells first what people look for: the figures of a verification of income, its months as a chart, its streams with their cadence,
// and only then the rest.
import { expect, test } from './fixture.ts';

test('a verification of income leads with its figures, its months and its streams', async ({ journey }) => {
  const { workbench, picture } = journey;
  const { page } = workbench;
  await workbench.openExplorer();
  await workbench.expand('Customers');
  await workbench.menu(workbench.node('Dana Reyes'), 'Generate Report');
  await workbench.pick(/^Verification of Income(?! and)/);
  await page.locator('.quick-input-widget:visible input[placeholder*="Accounts to include"]').first().waitFor();
  await page.keyboard.press('Enter');
  await workbench.pick('12 months');
  await workbench.notificationButton(/is ready/, 'Open Report');

  const report = workbench.webview();
  const figure = (label: string) => report.locator('.figure').filter({ hasText: label });
  await expect(figure('Net monthly income')).toContainText(/\$[\d,]+\.\d\d/);
  await expect(figure('Payments missing')).toContainText(/\d/);
  await expect(report.getByText('Net income by month').first()).toBeVisible();
  await expect(report.getByRole('columnheader', { name: 'Paid', exact: true }).first()).toBeAttached();
  await expect(report.getByText(/^(Weekly|Every two weeks|Twice a month|Monthly|Irregular)$/).first()).toBeAttached();
  const titles = await report.locator('section.depth-0 > .heading .title').allTextContents();
  expect(titles.slice(0, 2)).toEqual(['Charts', 'Income streams']);
  expect(titles.indexOf('About this report')).toBeGreaterThan(titles.indexOf('Account details'));
  await picture('report-income');

  // What is searched for is marked where it stands, in sight however long the cell.
  await report.locator('#search input').fill('payroll');
  await expect(report.locator('.cell mark').first()).toHaveText(/^payroll$/i);
  await expect(report.locator('.cell mark').first()).toBeInViewport();
  await picture('report-found');
  await report.locator('#search input').press('Escape');
  await expect(report.locator('mark')).toHaveCount(0);
});
