// What happens beside the straight way: a document that can no longer be read, an account that is deleted under an open tree, saving a PDF.
import { expect, test } from './fixture.ts';

test('a failed document says why, a deleted account leaves the tree, and a PDF can be saved by the keyboard', async ({ journey }) => {
  const { workbench, control, picture } = journey;
  const { page } = workbench;
  await workbench.openExplorer();
  await workbench.expand('Customers');

  await expect(workbench.node('Dana Reyes')).toBeVisible();

  // A customer as JSON, refused by the API at its first reading: why, with the code, in a notification, since an editor shows only that it failed.
  await control('faults', { method: 'POST', body: { operation: 'GetCustomer', kind: 'status', status: 404, body: { code: 14001, message: 'Customer was not found' }, times: 10 } });
  await workbench.menu(workbench.node('Dana Reyes'), 'Open as JSON');
  await expect(workbench.notification('14001')).toBeVisible();
  await picture('weather-document');
  await control('faults', { method: 'DELETE' });

  // Deleting an account asks, and its row goes; the others stay.
  await workbench.expand('Marcus Okafor');
  await workbench.expand(/^Accounts/);
  const rows = workbench.tree().locator('.monaco-list-row').filter({ hasText: /SIMPLE IRA/ });
  await expect(rows.first()).toBeVisible();
  await workbench.menu(rows.first(), 'Delete Account');
  await picture('weather-delete');
  await page.locator('.monaco-dialog-box').getByRole('button', { name: /^Delete/ }).click();
  await expect(rows).toHaveCount(0);
  await expect(workbench.tree().locator('.monaco-list-row').filter({ hasText: /need attention|Checking|Savings/ }).first()).toBeVisible();

  // Ctrl+S in the PDF viewer asks where to.
  await workbench.expand(/^Reports/);
  await workbench.node('Prequalification').click();
  await expect(workbench.webview().getByText('Finished').first()).toBeVisible();
  await workbench.run('Open Banking: Open Report as PDF');
  const canvas = workbench.webview().locator('canvas').first();
  await expect(canvas).toBeVisible();
  await canvas.click({ force: true });
  await page.keyboard.press('Control+s');
  const where = page.locator('.quick-input-widget:visible input').first();
  await expect(where).toHaveValue(/\.pdf$/);
  await picture('weather-save');
});
