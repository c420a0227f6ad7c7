// The Operations view: an operation found by its SDK name, starred, opened; its request copied as code; a cURL command pasted back; and an
// operation run from where one stands.
import type { Page } from '@playwright/test';
import { expect, test } from './fixture.ts';
import type { Workbench } from '../support/workbench.ts';

const section = (page: Page) => page.locator('.pane', { has: page.locator('.pane-header[aria-label^="Operations"]') });
const row = (page: Page, text: string | RegExp) => section(page).locator('.monaco-list-row').filter({ hasText: text }).first();
const clipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());

async function openOperations({ page }: Workbench): Promise<void> {
  const header = section(page).locator('.pane-header');
  await header.waitFor();
  if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
  await expect(row(page, 'Customers')).toBeVisible();
}

/** Types into the search box and leaves it with Enter. */
async function search(workbench: Workbench, text: string): Promise<void> {
  await workbench.run('Open Banking: Search Operations');
  await expect(workbench.quickTitle()).toHaveText('Search Operations');
  await workbench.page.locator('.quick-input-widget:visible input').first().fill(text);
}

for (const theme of ['dark', 'highContrast'] as const)
  test.describe(theme, () => {
    test.use({ theme });
    test(`an operation is found, starred, opened, copied as code and pasted back in the ${theme} theme`, async ({ journey }) => {
      const { workbench, picture, host } = journey;
      const { page } = workbench;
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: host.origin });
      await workbench.openExplorer();
      await workbench.widen(260);
      await openOperations(workbench);
      await picture(`operations-${theme}`);

      // By the Python SDK's name; the view follows while one types and says what it is narrowed to.
      await search(workbench, 'customers.get_by_id');
      await expect(row(page, 'GetCustomer')).toBeVisible();
      await expect(section(page)).toContainText('"customers.get_by_id": 1 operation');
      await page.keyboard.press('Enter');
      await row(page, 'GetCustomer').hover();
      await expect(page.locator('.monaco-hover:visible').filter({ hasText: 'GET /aggregation/v1/customers/{customerId}' }).first()).toBeVisible();
      await picture(`operations-search-${theme}`);
      await row(page, 'GetCustomer').getByRole('button', { name: 'Add to Favourites' }).click();
      await workbench.run('Open Banking: Clear Operation Search');
      await expect(row(page, 'Favourites')).toBeVisible();
      const starred = section(page).locator('.monaco-list-row').nth(1);
      await expect(starred).toContainText('GetCustomer');

      // Opened by a click, it is among those used last.
      await starred.click();
      await expect(workbench.tab('GetCustomer.obreq.json')).toBeVisible();
      await expect(row(page, 'Recently used')).toBeVisible();

      // Badges in words and icons, where there is most to warn of.
      await search(workbench, 'report voa');
      await page.keyboard.press('Enter');
      await expect(row(page, /billed · FCRA · GenerateVOAReport/)).toBeVisible();
      await picture(`operations-badges-${theme}`);
      await search(workbench, 'customers delete');
      await page.keyboard.press('Enter');
      await expect(row(page, /destructive · DeleteCustomer/)).toBeVisible();
      await search(workbench, 'no such operation');
      await page.keyboard.press('Enter');
      await row(page, 'No operation has "no such operation" in its names').click();
      await expect(row(page, 'Favourites')).toBeVisible();

      // As code, without secrets.
      await workbench.run('Open Banking: Run Operation');
      await page.locator('.quick-input-widget:visible input').first().fill('GetCustomers');
      await workbench.pick(/^List or search customers/);
      const searchField = workbench.webview().getByRole('textbox', { name: 'Search' });
      await searchField.fill('dana\'s "x"');
      await workbench.webview().getByRole('textbox', { name: 'Limit' }).fill('2');
      await expect(workbench.webview().locator('.target')).toContainText('/aggregation/v1/customers');
      await workbench.run('Open Banking: Copy as Code');
      await expect(workbench.quickTitle()).toHaveText('Copy as Code');
      await picture(`snippet-languages-${theme}`);
      await workbench.pick(/^cURL/);
      await expect(workbench.notification(/Copied as cURL\. It reads OPEN_BANKING_PARTNER_ID/)).toBeVisible();
      const copied = await clipboard(page);
      expect(copied).toContain('/aggregation/v1/customers?search=dana%27s%20%22x%22&limit=2');
      expect(copied).not.toMatch(/sandbox-secret|sandbox0app/);
      await workbench.run('Open Banking: Open as Code');
      await workbench.pick(/^TypeScript/);
      await expect(page.locator('.editor-instance').last()).toContainText('secret("OPEN_BANKING_APP_KEY")');
      await picture(`snippet-${theme}`);

      // And back: the clipboard is cURL again.
      await page.evaluate((text) => navigator.clipboard.writeText(text), copied);
      await workbench.run('Open Banking: Paste cURL as Request');
      await expect(workbench.tab('GetCustomers.obreq.json')).toBeVisible();
      await expect(workbench.webview().getByRole('textbox', { name: 'Search' })).toHaveValue('dana\'s "x"');
      await expect(workbench.notification(/Finicity-App-Key and Finicity-App-Token left out/)).toBeVisible();
      await picture(`paste-curl-${theme}`);
    });
  });

test('on a row of the explorer only what its ids are enough for is offered, and comes filled in', async ({ journey }) => {
  const { workbench, picture } = journey;
  const { page } = workbench;
  await workbench.openExplorer();
  await workbench.expand('Customers');
  await workbench.menu(workbench.node('Dana Reyes'), 'Run an Operation Here…');
  await expect(workbench.quickTitle()).toHaveText('Run an Operation Here');
  await expect(page.locator('.quick-input-list .monaco-list-row').first()).toContainText('for this customer');
  await picture('run-here-dark');
  const filter = page.locator('.quick-input-widget:visible input').first();
  await filter.fill('GetInstitution');
  await expect(page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'GetInstitutions' })).toHaveCount(0);
  await filter.fill('GetCustomerAccounts');
  await workbench.pick(/GetCustomerAccounts ·/);
  await expect(workbench.tab('GetCustomerAccounts.obreq.json')).toBeVisible();
  await expect(workbench.webview().getByRole('textbox', { name: 'Customer id' })).toHaveValue(/^\d+$/);
  await page.keyboard.press('Control+Enter');
  await expect(workbench.webview().getByRole('heading', { name: /^200/ })).toBeVisible();
});
