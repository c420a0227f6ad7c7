// Walking the tree: pages, search, a branch that fails and is tried again, tooltips that explain, in three themes.
import { expect, test } from './fixture.ts';

test('customers come by the page, are searched through the API, and a failed branch says why and can be retried', async ({ journey }) => {
  const { workbench, control } = journey;
  const { page } = workbench;
  await workbench.openExplorer();
  await workbench.expand('Customers');
  const more = workbench.node(/^Load more \(25 of \d+\)/);
  await more.click();
  await expect(more).toHaveCount(0);
  await workbench.scrollTo('End', /^Load more \(50 of \d+\)/);
  await workbench.scrollTo('Home', 'Dana Reyes');

  // Search by name, through the API.
  await workbench.run('Open Banking: Search Customers');
  await page.locator('.quick-input-widget input').first().fill('Okafor');
  await page.keyboard.press('Enter');
  await expect(workbench.node('Marcus Okafor')).toBeVisible();
  await expect(workbench.node('Dana Reyes')).toHaveCount(0);
  await workbench.run('Open Banking: Clear Customer Search');
  await expect(workbench.node('Dana Reyes')).toBeVisible();

  // A branch fails: the API's code, our words, and Retry.
  await control('faults', { method: 'POST', body: { operation: 'GetCustomerAccounts', kind: 'status', status: 500, body: { code: 325, message: 'Account aggregation in progress' }, times: 5 } });
  await workbench.expand('Dana Reyes');
  await workbench.expand(/^Accounts/);
  const failed = workbench.tree().locator('.monaco-list-row').filter({ hasText: /325/ }).first();
  await expect(failed).toBeVisible();
  await control('faults', { method: 'DELETE' });
  await failed.hover();
  await failed.getByRole('button', { name: /Retry/ }).click();
  await expect(workbench.tree().locator('.monaco-list-row').filter({ hasText: /Checking/ }).first()).toBeVisible();

  // What she agreed to share, and until when.
  await workbench.expand('Consents');
  await expect(workbench.node(/active · (until|ends in) /)).toBeVisible();
});

for (const theme of ['dark', 'light', 'highContrast'] as const)
  test.describe(theme, () => {
    test.use({ theme });
    test(`accounts, their state and a report can be read in the ${theme} theme`, async ({ journey }) => {
      const { workbench, picture } = journey;
      const { page } = workbench;
      await workbench.openExplorer();
      await workbench.widen(110);
      await workbench.expand('Customers');
      await workbench.expand('Marcus Okafor');
      await workbench.expand(/^Accounts/);
      await expect(workbench.tree().locator('.monaco-list-row').filter({ hasText: /need attention/ }).first()).toBeVisible();
      const attention = workbench.node('SIMPLE IRA');
      await attention.hover();
      await expect(page.locator('.monaco-hover:visible').filter({ hasText: /aggregat|Connect|institution/i }).first()).toBeVisible();
      await page.waitForTimeout(400); // the tooltip fades in
      await picture(`explorer-${theme}`);
      await page.mouse.move(1000, 500);
      // Their rows would push the reports out of view.
      await workbench.node(/^Accounts/).click();
      await page.keyboard.press('ArrowLeft');
      await workbench.expand(/^Reports/);
      await workbench.node('Prequalification').click();
      await expect(workbench.webview().getByText('Finished').first()).toBeVisible();
      await picture(`report-${theme}`);
      await workbench.run('Open Banking: Open Report as PDF');
      await expect(workbench.webview().locator('canvas').first()).toBeVisible();
      await page.waitForTimeout(500);
      await picture(`pdf-${theme}`);
    });
  });
