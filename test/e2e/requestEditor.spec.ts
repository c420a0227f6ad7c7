// The request editor: a form that knows where one stands, ids looked up, the body as JSON in step with it, the answer read, an error explained,
// and a tab that a reload does not take.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixture.ts';
import type { Workbench } from '../support/workbench.ts';

/** Opens the request of an operation from the palette; the form is there. */
async function openRequest(workbench: Workbench, operationId: string, name = operationId): Promise<void> {
  await workbench.run('Open Banking: Run Operation');
  await expect(workbench.quickTitle()).toHaveText('Run Operation');
  await workbench.page.locator('.quick-input-widget:visible input').first().fill(operationId);
  await workbench.pick(new RegExp(`${operationId}( ·|$)`));
  await expect(workbench.tab(`${name}.obreq.json`)).toBeVisible();
  await expect(workbench.webview().locator('#send')).toBeVisible();
}

for (const theme of ['dark', 'light', 'highContrast'] as const)
  test.describe(theme, () => {
    test.use({ theme });
    test(`a request is filled in, sent, explained, mended and sent again in the ${theme} theme`, async ({ journey }) => {
      const { workbench, picture } = journey;
      const { page } = workbench;
      const view = workbench.webview();
      await workbench.openExplorer();
      await openRequest(workbench, 'AddTestingCustomer');

      // Nothing is red before anybody typed; the keyboard is in the first gap, and Send says what is missing.
      await expect(view.getByRole('textbox', { name: 'Username' })).toBeFocused();
      await expect(view.locator('.problems li')).toHaveCount(0);
      await page.keyboard.press('Control+Enter');
      await expect(view.getByRole('alert')).toContainText('One thing is not as the API describes');
      await picture(`request-doubt-${theme}`);
      await view.getByRole('alert').getByRole('button', { name: 'username' }).click();
      await expect(view.getByRole('textbox', { name: 'Username' })).toBeFocused();

      // Said while one types, by the field's name; what the API says to it is explained.
      await page.keyboard.type('dana');
      await expect(view.locator('.problems')).toContainText('Too short: 4 characters, 6 at least.');
      await page.keyboard.press('Control+Enter');
      await view.getByRole('button', { name: 'Send Anyway' }).click();
      await expect(view.getByRole('heading', { name: /^400/ })).toBeVisible();
      await expect(view.locator('ob-answer')).toContainText('110039');
      await picture(`request-problem-${theme}`);

      // Mended in the JSON tab, which says where it is none, and shows in the form.
      await view.getByRole('tab', { name: 'JSON' }).click();
      const json = view.getByLabel('Body as JSON');
      await json.fill('{\n  "username": "dana-reyes-77",\n}');
      await expect(view.locator('#json-problem')).toContainText(/comma before } at line 2/i);
      await json.fill('{\n  "username": "dana-reyes-77",\n  "firstName": "Dana"\n}');
      await expect(view.locator('#json-problem')).toHaveText('');
      await view.getByRole('tab', { name: 'Form' }).click();
      await expect(view.getByRole('textbox', { name: 'Username' })).toHaveValue('dana-reyes-77');
      await expect(view.getByRole('textbox', { name: 'First name' })).toHaveValue('Dana');
      await view.getByRole('textbox', { name: 'First name' }).click();
      await page.keyboard.press('Control+Enter');
      await expect(view.getByRole('heading', { name: '201 Created' })).toBeVisible();
      await expect(view.getByRole('treeitem').filter({ hasText: 'username' })).toContainText('dana-reyes-77');
      await picture(`request-answer-${theme}`);

      // Its id leads to the customer in the explorer; the second answer can be compared with the first.
      await view.locator('[role="treeitem"] [role="link"]').first().click();
      await expect(workbench.tab(/^\d+\.json$/)).toBeVisible();
    });
  });

test('an account is looked up with its customer, a date is a date, and the tab comes back after a reload as it was', async ({ journey }) => {
  const { workbench, picture } = journey;
  const { page } = workbench;
  await workbench.openExplorer();
  await openRequest(workbench, 'GetCustomerAccountTransactions');
  let view = workbench.webview();
  await view.getByRole('button', { name: /Find an account/ }).click();
  await page.locator('.quick-input-widget:visible input').first().fill('Dana Reyes');
  await workbench.pick('Dana Reyes');
  await workbench.pick(/Checking/i);
  await expect(view.getByRole('textbox', { name: 'Customer id' })).toHaveValue(/^\d+$/);
  await expect(view.getByRole('textbox', { name: 'Account id' })).toHaveValue(/^\d+$/);
  await view.getByLabel('From date: day (UTC)').fill('2026-01-01');
  await expect(view.getByText('Jan 1, 2026, 12:00 AM UTC')).toBeVisible();
  await view.getByLabel('To date: a moment counted from now').selectOption({ label: 'Now' });
  await picture('request-dates-dark');
  await page.keyboard.press('Control+Enter');
  await expect(view.getByRole('heading', { name: /^200/ })).toBeVisible();
  await expect(view.getByRole('treeitem').first()).toBeVisible();
  await picture('request-transactions-dark');

  // A browser's window keeps a changed document a second after its last change; a reload before that would be one of a crash.
  await page.waitForTimeout(4_000);
  await page.reload();
  await expect(workbench.tab('GetCustomerAccountTransactions.obreq.json')).toBeVisible({ timeout: 60_000 });
  view = workbench.webview();
  await expect(view.getByRole('textbox', { name: 'Account id' })).toHaveValue(/^\d+$/, { timeout: 60_000 });
  await expect(view.getByText('Jan 1, 2026, 12:00 AM UTC')).toBeVisible();
  await expect(view.getByText('The answer appears here.')).toBeVisible();
  // The document is the truth: as text it says the same.
  await view.getByRole('button', { name: 'Edit as Text' }).click();
  await expect(page.locator('.editor-instance .view-lines').first()).toContainText('1767225600');
});

test('an answer stays when its request is saved to a file for the first time', async ({ journey }) => {
  const { workbench, host } = journey;
  const { page } = workbench;
  await workbench.openExplorer();
  await openRequest(workbench, 'GetCustomers');
  await workbench.webview().locator('#send').focus();
  await page.keyboard.press('Control+Enter');
  await expect(workbench.webview().getByRole('heading', { name: /^200/ })).toBeVisible();
  // It goes into the workspace without a question, and the tab becomes the file's.
  await page.keyboard.press('Control+s');
  const file = join(host.folder, 'requests/GetCustomers.obreq.json');
  await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toContain('"operation": "GetCustomers"');
  await expect(workbench.tab('GetCustomers.obreq.json')).not.toHaveClass(/dirty/);
  await expect(workbench.webview().getByRole('heading', { name: /^200/ })).toBeVisible();
  await expect(workbench.webview().getByRole('treeitem').first()).toBeVisible();
  // The next one has another name.
  await openRequest(workbench, 'GetCustomers', 'GetCustomers-2');

  // Whoever comes back to a tab goes on typing where they were: on Send, a space would send it.
  const search = () => workbench.webview().getByRole('textbox', { name: /^Search/ });
  await search().fill('da');
  await workbench.tab('GetCustomers.obreq.json').click();
  await expect(workbench.webview().getByRole('heading', { name: /^200/ })).toBeVisible();
  await page.keyboard.press('Space');
  await expect(workbench.webview().locator('#send')).toBeVisible();
  await workbench.tab('GetCustomers-2.obreq.json').click();
  await expect(search()).toBeFocused();
  await page.keyboard.type(' re');
  await expect(search()).toHaveValue('da re');
  await expect(workbench.webview().getByText('The answer appears here.')).toBeVisible();
});

test('what is typed as JSON and is none yet is a change like any other: marked, saved, there after a reload, and in nobody\'s way', async ({ journey }) => {
  const { workbench, host, picture } = journey;
  const { page } = workbench;
  await workbench.openExplorer();
  await openRequest(workbench, 'AddTestingCustomer');
  const file = join(host.folder, 'requests/AddTestingCustomer.obreq.json');
  let view = workbench.webview();
  await view.getByRole('textbox', { name: 'Username' }).fill('dana-reyes-78');
  await view.getByRole('tab', { name: 'JSON' }).click();
  await page.keyboard.press('Control+s');
  await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toContain('dana-reyes-78');
  await expect(workbench.tab('AddTestingCustomer.obreq.json')).not.toHaveClass(/dirty/);

  view = workbench.webview();
  await expect(view.getByRole('tab', { name: 'JSON' })).toHaveAttribute('aria-selected', 'true');
  const typed = '{\n  "username": "dana-reyes-79",\n  "firstName": ';
  await view.getByLabel('Body as JSON').fill(typed);
  await expect(view.locator('#json-problem')).toContainText('Until it is mended, nothing is sent');
  await expect(workbench.tab('AddTestingCustomer.obreq.json')).toHaveClass(/dirty/);
  await page.waitForTimeout(4_000);
  await page.reload();
  await expect(workbench.tab('AddTestingCustomer.obreq.json')).toBeVisible({ timeout: 60_000 });
  view = workbench.webview();
  await expect(view.getByLabel('Body as JSON')).toHaveValue(typed, { timeout: 60_000 });

  // The form's fields wait, so that nothing that is entered there is lost when the JSON is taken.
  await view.getByRole('tab', { name: 'Form' }).click();
  await expect(view.getByText('These fields wait')).toBeVisible();
  await expect(view.getByRole('textbox', { name: 'Username' })).toBeDisabled();
  await picture('request-waiting-dark');
  await view.locator('#send').focus();
  await page.keyboard.press('Control+Enter');
  await expect(view.getByRole('alert')).toContainText('Not sent');
  await expect(view.getByLabel('Body as JSON')).toBeFocused();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('"Dana" }');
  await expect(view.locator('#json-problem')).toHaveText('');
  await view.getByRole('tab', { name: 'Form' }).click();
  await expect(view.getByRole('textbox', { name: 'First name' })).toHaveValue('Dana');
  await expect(view.getByRole('textbox', { name: 'Username' })).toHaveValue('dana-reyes-79');
  await page.keyboard.press('Control+s');
  await expect.poll(async () => JSON.parse(await readFile(file, 'utf8'))).toEqual(expect.objectContaining({ body: { username: 'dana-reyes-79', firstName: 'Dana' } }));
  expect(await readFile(file, 'utf8')).not.toContain('bodyDraft');

  // A text of several lines keeps them when it is changed in the form.
  await view.getByRole('tab', { name: 'JSON' }).click();
  await view.getByLabel('Body as JSON').fill('{ "username": "dana-reyes-79", "lastName": "Reyes\\nOkafor" }');
  await view.getByRole('tab', { name: 'Form' }).click();
  await expect(view.getByRole('textbox', { name: 'Last name' })).toHaveValue('Reyes\nOkafor');
  await view.getByRole('textbox', { name: 'Last name' }).focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('!');
  await picture('request-lines-dark');
  await page.keyboard.press('Control+s');
  await expect.poll(async () => JSON.parse(await readFile(file, 'utf8'))).toEqual(expect.objectContaining({ body: { username: 'dana-reyes-79', lastName: 'Reyes\nOkafor!' } }));
});
