// The request editor at its edges: endless words in a request file, a date as far back as the report reaches, an answer that leads to its own
// row among the jobs, and one that was never sent.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixture.ts';
import type { Workbench } from '../support/workbench.ts';

async function openRequest(workbench: Workbench, operationId: string): Promise<void> {
  await workbench.run('Open Banking: Run Operation');
  await expect(workbench.quickTitle()).toHaveText('Run Operation');
  await workbench.page.locator('.quick-input-widget:visible input').first().fill(operationId);
  await workbench.pick(new RegExp(`${operationId}( ·|$)`));
  await expect(workbench.tab(`${operationId}.obreq.json`)).toBeVisible();
  await expect(workbench.webview().locator('#send')).toBeVisible();
}

test('endless words wrap, a report leads to its own row among the jobs, and what was never sent is not compared', async ({ journey }) => {
  const { workbench, host, picture, control } = journey;
  const { page } = workbench;
  const word = 'x'.repeat(5_000);
  await writeFile(join(host.folder, 'endless.obreq.json'), JSON.stringify({ version: 1, title: word, notes: word, operation: 'AddTestingCustomer', connection: word, parameters: {}, body: { username: word, [word]: { [word]: word } } }));
  await workbench.openExplorer();
  await workbench.expand('Customers');
  await workbench.node('Dana Reyes').waitFor();
  await page.keyboard.press('Control+p');
  await page.locator('.quick-input-widget:visible input').first().fill('endless.obreq.json');
  await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'endless' }).first().waitFor();
  await page.keyboard.press('Enter');
  const form = workbench.webview().locator('.request');
  await expect(workbench.webview().locator('.field label code').filter({ hasText: 'xxxxx' })).toBeVisible();
  expect(await form.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  // The head stays in sight while the form scrolls: it must leave room for it.
  expect(await form.evaluate((one) => one.querySelector('header')!.clientHeight / one.clientHeight)).toBeLessThan(0.7);
  await picture('request-endless');
  await page.keyboard.press('Control+w');

  await control('clock', { method: 'POST', body: { speed: 0 } });
  for (const operationId of ['GeneratePrequalificationNonCRAReport', 'GenerateVOAReport']) {
    await openRequest(workbench, operationId);
    const view = workbench.webview();
    await view.getByRole('button', { name: /Find a customer/ }).click();
    await workbench.pick('Dana Reyes');
    await expect(view.getByRole('textbox', { name: 'Customer id' })).toHaveValue(/^\d+$/);
    await expect(view.getByLabel('From date: a moment counted from now').locator('option').last()).toHaveText('12 months back');
    await page.keyboard.press('Control+Enter');
    await expect(view.getByRole('heading', { name: /^202/ })).toBeVisible();
  }
  // From the older of the two, whose row is not the first.
  await workbench.tab('GeneratePrequalificationNonCRAReport').click();
  const view = workbench.webview();
  await view.getByRole('button', { name: 'Show in Jobs' }).click();
  const rows = page.locator('.pane').filter({ has: page.locator('.pane-header[aria-label^="Jobs"]') }).locator('.monaco-list-row');
  await expect(rows.filter({ hasText: 'Prequalification' })).toHaveClass(/selected/);
  await expect(rows.filter({ hasText: 'Verification of Assets' })).not.toHaveClass(/selected/);
  await picture('request-show-in-jobs');

  await view.getByRole('textbox', { name: 'Customer id' }).fill('');
  await page.keyboard.press('Control+Enter');
  await view.getByRole('button', { name: 'Send Anyway' }).click();
  await expect(view.getByRole('heading', { name: 'Not sent', exact: true })).toBeVisible();
  await expect(view.locator('[title="Nothing was sent, so there is no answer to compare."] vscode-button')).toHaveAttribute('disabled', '');
});
