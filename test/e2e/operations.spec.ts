// Run Operation: found by the Python SDK's name, filled from the node, checked while typing, sent, and its answer read.
import { expect, test } from './fixture.ts';

test('an operation is found by its SDK name, a wrong request is named, a good one is answered', async ({ journey }) => {
  const { workbench, picture } = journey;
  const { page } = workbench;
  await workbench.openExplorer();
  await workbench.expand('Customers');
  await workbench.node('Dana Reyes').click();
  await workbench.run('Open Banking: Run Operation');
  const filter = page.locator('.quick-input-widget input').first();
  await filter.fill('customers.find_enrolled');
  await workbench.pick('List or search customers');
  await expect(workbench.tab('GetCustomers.obreq.json')).toBeVisible();

  await workbench.webview().getByRole('button', { name: 'Edit as Text' }).click();

  // The description validates: an unknown parameter gets a squiggle with words.
  const editor = page.locator('.editor-instance .view-lines').first();
  await editor.click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText('{\n  "$schema": "openbanking-schema:/GetCustomers.json",\n  "operation": "GetCustomers",\n  "parameters": { "typ": "testing" }\n}');
  await expect(page.locator('.squiggly-warning, .squiggly-error').first()).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(workbench.notification(/no parameter "typ"/)).toBeVisible();
  await editor.click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText('{\n  "$schema": "openbanking-schema:/GetCustomers.json",\n  "operation": "GetCustomers",\n  "parameters": { "type": "testing", "limit": 2 }\n}');
  await page.keyboard.press('Control+Enter');
  await expect(workbench.tab(/GetCustomers 200/)).toBeVisible();
  await expect(page.locator('.editor-instance').last()).toContainText('"username"');
  await picture('request-dark');
});
