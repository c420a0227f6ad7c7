// The user's own credentials: tested before they are kept, wrong ones explained, the active connection unmistakable, removed without a trace.
import { expect, test } from './fixture.ts';
import { startSandbox } from '../support/sandbox.ts';

test('a connection is tested before it is kept, named in the status bar, and removed', async ({ journey }) => {
  const { workbench, picture } = journey;
  const { page } = workbench;
  const sandbox = await startSandbox({});
  try {
    const { partnerId, partnerSecret, appKey } = sandbox.credentials;
    await workbench.openExplorer();
    await workbench.run('Open Banking: Add Connection');
    await workbench.answer('A name to recognise', 'Acme Staging');
    await workbench.pick(/base URL/i);
    const input = page.locator('.quick-input-widget:visible input').first();
    await page.locator('.quick-input-message').filter({ hasText: 'Base URL' }).waitFor();
    await input.fill('ftp://example.com');
    await expect(workbench.validation()).toContainText('https');
    await input.fill(sandbox.url);
    await page.keyboard.press('Enter');
    await workbench.answer('Partner ID', partnerId);
    await workbench.answer('Partner secret', 'not-the-right-one-1');
    await workbench.answer('App key', appKey);

    // Wrong: the API's code, our words, how many failures are left; nothing is saved.
    const box = page.locator('.monaco-dialog-box');
    await expect(box).toContainText('nothing was saved');
    await expect(box).toContainText('10001');
    await expect(box).toContainText('1 of 5');
    await picture('connect-wrong-secret');
    await workbench.dialog('Edit');
    await workbench.answer('Partner ID', partnerId);
    await workbench.answer('Partner secret', partnerSecret);
    await workbench.answer('App key', appKey);
    await workbench.notification(/connected and now active.*kept in/).waitFor();

    // The status bar names it, the tree shows its customers.
    await expect(page.locator('.statusbar').getByText(/Acme Staging/)).toBeVisible();
    await workbench.node('Switch to this connection').waitFor();
    await workbench.expand('Customers');
    await expect(workbench.node(/^Testing/)).toBeVisible();
    await picture('connect-active');

    // Signed out, both ways in are offered; removed, the sandbox is active again.
    await workbench.run('Open Banking: Sign Out');
    if (await page.locator('.quick-input-widget:visible').count()) await workbench.pick('Acme Staging');
    await workbench.dialog('Sign Out');
    await expect(page.getByText(/Add a connection|Use the sandbox|Enter credentials|sign in/i).first()).toBeVisible();
    await picture('connect-signed-out');
    await workbench.run('Open Banking: Remove Connection');
    if (await page.locator('.quick-input-widget:visible').count()) await workbench.pick('Acme Staging');
    await workbench.dialog('Remove');
    await workbench.notification(/"Acme Staging" is removed/).waitFor();
    await expect(workbench.node('Acme Staging')).toHaveCount(0);
    await expect(page.locator('.statusbar').getByText('Sandbox')).toBeVisible();
  } finally {
    await sandbox.stop();
  }
});
