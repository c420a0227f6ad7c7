// Two reports beside each other: made a month apart, compared from the tree, searched, and as text.
import { expect, test } from './fixture.ts';

test('a report of today is laid beside one of last month', async ({ journey }) => {
  const { workbench, picture, control } = journey;
  const { page } = workbench;
  await workbench.openExplorer();
  await workbench.expand('Customers');
  await workbench.node('Dana Reyes').waitFor();
  for (const days of [31, 0]) {
    await workbench.generateAssetsReport('Dana Reyes');
    await control('clock', { method: 'POST', body: { advance: 120 } });
    await workbench.notification(/is ready/).waitFor({ timeout: 60_000 });
    await workbench.run('Notifications: Clear All Notifications');
    if (days) await control('clock', { method: 'POST', body: { advance: days * 86_400 } });
  }
  await workbench.expand('Dana Reyes');
  await workbench.expand('Reports');
  await workbench.menu(workbench.node('Verification of Assets'), 'Compare with Another Report…');
  await page.locator('.quick-input-widget:visible .monaco-list-row').first().waitFor();
  await picture('compare-pick');
  await page.keyboard.press('Enter');

  const view = workbench.webview();
  await expect(view.getByRole('heading', { name: 'Verification of Assets: what changed' })).toBeVisible();
  await expect(view.locator('.figure').filter({ hasText: 'Total assets (available)' })).toContainText(/was \$[\d,.]+ \([+-]/);
  await expect(view.getByRole('grid', { name: 'Transactions added' }).getByRole('row').nth(1)).toBeVisible();
  await expect(view.locator('.section').filter({ hasText: 'Transactions added' })).toContainText('None was posted in the time that the earlier report covers (');
  await picture('compare');
  await view.getByRole('button', { name: 'As Text' }).click();
  await expect(page.locator('.monaco-diff-editor').first()).toBeVisible();
  await picture('compare-text');
});
