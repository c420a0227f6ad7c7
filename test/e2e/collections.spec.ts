// Request files of a workspace: listed under Operations, opened, changed and broken outside, searched; and a request saved among them without
// the personal data in it.
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixture.ts';
import type { Workbench } from '../support/workbench.ts';

const section = (page: Page) => page.locator('.pane', { has: page.locator('.pane-header[aria-label^="Operations"]') });
const rows = (page: Page) => section(page).locator('.monaco-list-row');
const row = (page: Page, text: string | RegExp) => rows(page).filter({ hasText: text }).first();
const request = (operation: string, rest: object): string => `${JSON.stringify({ version: 1, ...rest, operation }, null, 2)}\n`;

/** Again where the row is just drawn anew: the menu is then of a row that is no more. */
async function openAsText(workbench: Workbench, name: string, text: string): Promise<void> {
  await expect(async () => {
    await workbench.menu(row(workbench.page, name), 'Open as Text');
    await expect(workbench.page.locator('.editor-group-container.active .editor-instance')).toContainText(text, { timeout: 3_000 });
  }).toPass({ timeout: 30_000 });
}

for (const theme of ['dark', 'light'] as const)
  test.describe(theme, () => {
    test.use({ theme });
    test(`a folder of requests is listed, opened, changed and saved to in the ${theme} theme`, async ({ journey }) => {
      const { workbench, picture, host } = journey;
      const { page } = workbench;
      const folder = join(host.folder, 'requests');
      const write = async (name: string, text: string): Promise<void> => writeFile(join(folder, `${name}.obreq.json`), text);
      await mkdir(join(folder, 'clean up'), { recursive: true });
      await write('everybody', request('GetCustomers', { title: 'Everybody', notes: 'The first two customers.', parameters: { limit: 2 } }));
      await write('clean up/one', request('DeleteCustomer', { parameters: { customerId: '7' } }));
      await workbench.openExplorer();
      await workbench.widen(260);
      const header = section(page).locator('.pane-header');
      await header.waitFor();
      if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();

      await expect(row(page, 'Collections')).toBeVisible();
      await row(page, /^requests\s*1/).click();
      await expect(row(page, 'Everybody')).toContainText('GetCustomers');
      await row(page, 'requests/clean up').click();
      await expect(row(page, 'destructive · DeleteCustomer')).toContainText('one');

      // A click opens it and sends nothing.
      await row(page, 'Everybody').click();
      await expect(workbench.tab('everybody.obreq.json')).toBeVisible();

      // Changed, broken, moved and deleted by somebody else: the rows follow.
      await write('everybody', request('GetCustomers', { title: 'All of them' }));
      await expect(row(page, 'All of them')).toBeVisible();
      await write('broken', '{\n  "operation": "GetCustomers" // mine\n}\n');
      await expect(row(page, 'broken')).toContainText('cannot be read');
      // A row that is drawn anew under the pointer shows nothing until the pointer comes back.
      await expect(async () => {
        await page.mouse.move(900, 400);
        await row(page, 'broken').hover();
        await expect(page.locator('.monaco-hover:visible').filter({ hasText: 'A comment at line 2: JSON has none.' }).first()).toBeVisible({ timeout: 3_000 });
      }).toPass({ timeout: 30_000 });
      await picture(`collections-${theme}`);
      await rename(join(folder, 'clean up/one.obreq.json'), join(folder, 'clean up/two.obreq.json'));
      await expect(row(page, /^two\s*destructive/)).toBeVisible();
      await expect(row(page, /^one\s*destructive/)).toHaveCount(0);

      // The broken one opens as text, where the fault is.
      await openAsText(workbench, 'broken', '// mine');
      await expect(page.locator('.squiggly-error').first()).toBeVisible();
      await picture(`collections-text-${theme}`);
      await rm(join(folder, 'broken.obreq.json'));
      await expect(row(page, 'broken')).toHaveCount(0);

      // The view's search finds files too.
      await workbench.run('Open Banking: Search Operations');
      await expect(workbench.quickTitle()).toHaveText('Search Operations');
      await page.locator('.quick-input-widget:visible input').first().fill('all of them');
      await page.keyboard.press('Enter');
      await expect(row(page, 'All of them')).toBeVisible();
      await expect(section(page)).toContainText('"all of them": 0 operations, 1 request file');
      await workbench.run('Open Banking: Clear Operation Search');

      // A request with personal data is saved among the others without it, and stays open with it.
      await write('draft', request('CreateConsumer', { connection: 'elsewhere', parameters: { customerId: '7' }, body: { firstName: 'Dana', ssn: '999001234', birthday: { year: 1980, month: 2, dayOfMonth: 3 } } }));
      await openAsText(workbench, 'draft', '999001234');
      await workbench.run('Open Banking: Save Request to Workspace');
      await expect(page.locator('.monaco-dialog-box')).toContainText('body.firstName, body.ssn, body.birthday');
      await picture(`collections-personal-${theme}`);
      await workbench.dialog('Save Without Them');
      await expect(page.locator('.quick-input-widget:visible input').first()).toHaveValue('requests/CreateConsumer.obreq.json');
      await picture(`collections-save-${theme}`);
      await page.keyboard.press('Enter');
      await expect(workbench.notification(/Saved as requests\/CreateConsumer\.obreq\.json\. Personal data was left out.*The connection was left out/)).toBeVisible();
      await expect(row(page, 'CreateConsumer')).toBeVisible();
      const saved = JSON.parse(await readFile(join(folder, 'CreateConsumer.obreq.json'), 'utf8')) as object;
      expect(saved).toEqual({ version: 1, operation: 'CreateConsumer', parameters: { customerId: '7' }, body: { firstName: '', ssn: '', birthday: { year: null, month: null, dayOfMonth: null } } });
      expect((await readdir(folder)).sort()).toEqual(['CreateConsumer.obreq.json', 'clean up', 'draft.obreq.json', 'everybody.obreq.json']);

      // An ordinary save asks nothing, and says so once it is done.
      await page.locator('.editor-group-container.active .editor-instance .view-lines').first().click();
      await page.keyboard.press('Control+End');
      await page.keyboard.insertText('\n');
      await page.keyboard.press('Control+S');
      await workbench.notificationButton(/draft\.obreq\.json now holds what looks like personal data: body\.firstName, body\.ssn, body\.birthday\./, 'Empty Them and Save');
      await expect(async () => expect(await readFile(join(folder, 'draft.obreq.json'), 'utf8')).toContain('"ssn": ""')).toPass({ timeout: 10_000 });
      expect(await readFile(join(folder, 'draft.obreq.json'), 'utf8')).toContain('"connection": "elsewhere"');
    });
  });

test('a new request is saved, and goes on in its file', async ({ journey }) => {
  const { workbench, host } = journey;
  const { page } = workbench;
  await workbench.openExplorer();
  await workbench.run('Open Banking: Run Operation');
  await page.locator('.quick-input-widget input').first().fill('customers.find_enrolled');
  await workbench.pick('List or search customers');
  await expect(workbench.tab('GetCustomers.obreq.json')).toBeVisible();
  await workbench.run('Open Banking: Save Request to Workspace');
  await expect(page.locator('.quick-input-widget:visible input').first()).toHaveValue('requests/GetCustomers.obreq.json');
  await page.locator('.quick-input-widget:visible input').first().fill('../outside');
  await expect(workbench.validation()).toContainText('inside the workspace');
  await page.locator('.quick-input-widget:visible input').first().fill('api/people');
  await page.keyboard.press('Enter');
  await expect(workbench.notification('Saved as api/people.obreq.json.')).toBeVisible();
  await expect(workbench.tab('people.obreq.json')).toBeVisible();
  await expect(page.locator('.tabs-container .tab')).toHaveCount(1);
  await expect(page.locator('.tabs-container .tab.dirty')).toHaveCount(0);
  expect(JSON.parse(await readFile(join(host.folder, 'api/people.obreq.json'), 'utf8'))).toMatchObject({ version: 1, operation: 'GetCustomers' });
});
