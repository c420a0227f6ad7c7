// The journey that the explorer exists for: from an empty-handed newcomer to a report on the screen, and back after a reload.
import { expect, test } from './fixture.ts';
import { browserState } from '../support/canaries.ts';
import { openWorkbench } from '../support/vscode.ts';

test('a newcomer enrolls a customer, links accounts, and reads a Verification of Assets report as tables, JSON and PDF', async ({ journey }) => {
  const { workbench, picture, host } = journey;
  const { page } = workbench;
  await workbench.openExplorer();
  await workbench.expand('Customers');
  await picture('explorer');

  // Enroll, with a name that is refused first.
  await workbench.run('Open Banking: Enroll Testing Customer');
  const input = page.locator('.quick-input-widget input').first();
  await input.fill('josé');
  await expect(workbench.validation()).toContainText('"é" is not allowed');
  await picture('enroll-validation');
  await input.fill('loan');
  await expect(workbench.validation()).toContainText('2 more characters');
  await input.fill('first-report-01');
  await page.keyboard.press('Enter');
  await workbench.answer('First name', 'Homer');
  await workbench.answer('Last name', 'Loanseeke');
  await workbench.notificationButton('first-report-01 is enrolled', 'Add FinBank Accounts');

  // Link the accounts of a FinBank profile.
  await workbench.pick('FinBank Profiles - A, profile 2');
  await workbench.notificationButton('linked to', 'Generate Report');

  // Ask for a report; the consumer it needs is made on the spot.
  await workbench.pick('Verification of Assets');
  await workbench.dialog('Create Consumer');
  for (const [prompt, text] of [['First name', 'Homer'], ['Last name', 'Loanseeke'], ['Street address', '434 W Ascension Way'], ['City', 'Murray'], ['State', 'UT'], ['ZIP', '84123'],
    ['Social Security', '999-60-1111'], ['Birthday', '1970-07-04'], ['Telephone', '6786786786'], ['E-mail', '']] as const) await workbench.answer(prompt, text);
  await page.locator('.quick-input-widget').getByText('Accounts to include').or(page.locator('.quick-input-widget input[placeholder*="Accounts to include"]')).first().waitFor();
  await picture('generate-accounts');
  await page.keyboard.press('Enter');
  await workbench.pick('6 months');
  await workbench.notificationButton(/is ready/, 'Open Report');

  // The report, as readable tables.
  await expect(workbench.tab('.json')).toBeVisible();
  const report = workbench.webview();
  await expect(report.getByText('Verification of Assets').first()).toBeVisible();
  await expect(report.getByText('Loanseeke').first()).toBeVisible();
  await expect(report.getByText(/\$[\d,]+\.\d\d/).first()).toBeVisible();
  await picture('report');

  // Its PDF, beside.
  await workbench.run('Open Banking: Open Report as PDF');
  await expect(workbench.tab('.pdf')).toBeVisible();
  const pdf = workbench.webview();
  await expect(pdf.locator('canvas').first()).toBeVisible();
  await expect(pdf.locator('.textLayer').getByText('Verification of Assets').first()).toBeAttached();
  await picture('pdf');

  // Everything comes back after a reload of the window. The served editor writes its state every few seconds; a reload of the page
  // right before that would take the newest tab with it, which is the editor's affair and not ours.
  await expect.poll(() => browserState(page), { timeout: 60_000 }).toMatch(/memento\/workbench\.parts\.editor=.*\.pdf/);
  await page.reload();
  await openWorkbench(page, host);
  await expect(workbench.tab('.pdf')).toBeVisible();
  await expect(workbench.tab('.json')).toBeVisible();
  await expect(workbench.webview().locator('canvas, table, [role="grid"], [role="table"]').first()).toBeVisible();
  await picture('after-reload');
});
