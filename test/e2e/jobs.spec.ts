// What takes time: a report is followed in the Jobs view with its elapsed time, picked up again after a reload and in another window, opened
// when it is done; one that failed says why; a slow call is there while it runs.
import type { Locator, Page } from '@playwright/test';
import { expect, test, type Journey } from './fixture.ts';
import { openWorkbench } from '../support/vscode.ts';
import { Workbench } from '../support/workbench.ts';

/** The Jobs view's pane. */
const pane = (page: Page): Locator => page.locator('.pane').filter({ has: page.locator('.pane-header[aria-label^="Jobs"]') });
const row = (page: Page, text: string | RegExp): Locator => pane(page).locator('.monaco-list-row').filter({ hasText: text }).first();

async function look(journey: Journey): Promise<void> {
  const { workbench } = journey;
  await workbench.openExplorer();
  await workbench.widen(220);
  await workbench.expand('Customers');
  await workbench.node('Dana Reyes').waitFor();
}

async function looks({ control }: Journey): Promise<number> {
  const { requests } = await control('requests?last=500') as { requests: { operationId?: string }[] };
  return requests.filter(({ operationId }) => operationId === 'GetReportByCustomer').length;
}

for (const theme of ['dark', 'light', 'highContrast'] as const)
  test.describe(theme, () => {
    test.use({ theme });
    test(`the jobs read well in the ${theme} theme`, async ({ journey }) => {
      const { workbench, picture, control } = journey;
      const { page } = workbench;
      await look(journey);
      await control('clock', { method: 'POST', body: { speed: 0 } });
      await journey.workbench.generateAssetsReport('Dana Reyes');
      await workbench.run('Focus on Jobs View');
      await expect(row(page, 'Verification of Assets')).toContainText(/running \d+ s · .*gives up at \d\d:\d\d · customer \d+/);
      await row(page, 'Verification of Assets').hover();
      await picture(`jobs-${theme}`);
      // The clock draws the row anew every second, and the tooltip stays all the same.
      await expect(page.locator('.monaco-hover:visible').filter({ hasText: 'Gives up' }).first()).toBeVisible();
      await picture(`jobs-${theme}-tooltip`);
    });
  });

test('a report is followed with its elapsed time, picked up after a reload, and opened when it is done', async ({ journey }) => {
  const { workbench, picture, control, host } = journey;
  const { page } = workbench;
  await look(journey);
  await workbench.run('Focus on Jobs View');
  await expect(pane(page)).toContainText('What takes time is listed here');
  await picture('jobs-empty');
  await control('clock', { method: 'POST', body: { speed: 0 } });
  await journey.workbench.generateAssetsReport('Dana Reyes');

  const job = row(page, 'Verification of Assets');
  await expect(job).toContainText(/running \d+ s · (next look in \d+ s|looking now) · gives up at/);
  const elapsed = async () => Number(/running (\d+) s/.exec((await job.textContent()) ?? '')?.[1] ?? -1);
  const first = await elapsed();
  await expect.poll(elapsed).toBeGreaterThan(first);
  await expect(page.locator('.activitybar .action-item').filter({ has: page.locator('[aria-label^="Open Banking"]') }).locator('.badge-content')).toHaveText('1');
  await expect(page.locator('.statusbar-item').filter({ hasText: '1 report' })).toBeVisible();
  await picture('jobs-running');

  await page.reload();
  await openWorkbench(page, host);
  await workbench.openExplorer();
  await workbench.run('Focus on Jobs View');
  await expect(job).toContainText(/running .* gives up at/);
  await picture('jobs-after-reload');
  const before = await looks(journey);
  await expect.poll(() => looks(journey), { message: 'nobody looks after the reload' }).toBeGreaterThan(before);

  // By the keyboard: Enter opens what there is so far. The tab turns by itself when the job has ended.
  // A row that is drawn anew with each second may lose the key.
  await expect(async () => {
    await pane(page).locator('.monaco-list').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(workbench.tab('Verification of Assets')).toBeVisible({ timeout: 8_000 });
  }).toPass({ timeout: 40_000 });
  await expect(workbench.webview().getByText('In progress').first()).toBeVisible();
  await control('clock', { method: 'POST', body: { advance: 120, speed: 1 } });
  const ready = workbench.notification(/Verification of Assets of customer \d+ is ready/);
  await expect(ready).toBeVisible({ timeout: 60_000 });
  await expect(workbench.webview().getByText('Finished').first()).toBeVisible();
  await expect(job).toContainText(/done · took .* · \d\d:\d\d · customer/);
  await expect(page.locator('.statusbar-item').filter({ hasText: '1 report' })).toBeHidden();
  await picture('jobs-done');
  await job.hover();
  await job.getByRole('button', { name: 'Open PDF' }).click();
  await expect(workbench.tab('.pdf')).toBeVisible();

  // Forgotten.
  await workbench.run('Open Banking: Forget All Finished Jobs');
  await expect(pane(page)).toContainText('What takes time is listed here');
});

test('a report that failed says why, in its row, in a message and in its tooltip', async ({ journey }) => {
  const { workbench, picture } = journey;
  const { page } = workbench;
  await look(journey);
  await workbench.run('Focus on Jobs View');
  await journey.workbench.generateAssetsReport('Marcus Okafor', 'SIMPLE IRA');
  const job = row(page, 'Verification of Assets');
  await expect(job).toContainText(/failed: code \d+, \S/, { timeout: 60_000 });
  await expect(workbench.notification(/Verification of Assets of Marcus Okafor failed: code \d+/)).toBeVisible();
  await picture('jobs-failed');
  await job.hover();
  await expect(page.locator('.monaco-hover:visible').filter({ hasText: /The API says/ }).first()).toBeVisible();
  await picture('jobs-failed-tooltip');
  await workbench.notificationButton(/failed: code/, 'Open Report');
  await expect(workbench.tab('.json')).toBeVisible();
});

test('two windows follow a report once; when the one that does closes, the other goes on', async ({ journey }) => {
  const { workbench, control, host, picture } = journey;
  const { page } = workbench;
  await look(journey);
  await workbench.run('Focus on Jobs View');
  const other = await page.context().browser()!.newPage({ viewport: { width: 1440, height: 900 } });
  other.setDefaultTimeout(30_000);
  await openWorkbench(other, host);
  const second = { ...journey, workbench: new Workbench(other) };
  await look(second);
  await second.workbench.run('Focus on Jobs View');
  await control('clock', { method: 'POST', body: { speed: 0 } });
  await second.workbench.generateAssetsReport('Dana Reyes');
  await expect(row(other, 'Verification of Assets')).toContainText('running');
  await expect(row(page, 'Verification of Assets')).toContainText(/running .* gives up at/);
  await picture('jobs-second-window');
  const from = await looks(journey);
  await page.waitForTimeout(10_000);
  // Every second at most, and ever more rarely: two that ask would have asked far more often.
  const asked = (await looks(journey)) - from;
  expect(asked).toBeGreaterThan(1);
  expect(asked).toBeLessThanOrEqual(10);
  await other.close();
  await page.waitForTimeout(25_000);
  const after = await looks(journey);
  await expect.poll(() => looks(journey), { timeout: 30_000 }).toBeGreaterThan(after);
  await control('clock', { method: 'POST', body: { advance: 120, speed: 1 } });
  await expect(row(page, 'Verification of Assets')).toContainText('done', { timeout: 30_000 });
});

test('a refresh that takes its time is a job, and can be cancelled there', async ({ journey }) => {
  const { workbench, control, picture } = journey;
  const { page } = workbench;
  await look(journey);
  await control('faults', { method: 'POST', body: { kind: 'latency', operation: 'RefreshCustomerAccounts', latencyMs: 60_000 } });
  await workbench.run('Focus on Jobs View');
  await workbench.menu(workbench.node('Dana Reyes'), 'Refresh Accounts');
  await page.locator('.monaco-dialog-box').getByRole('button', { name: /Refresh Now|Go On/ }).click();
  const job = row(page, /efresh/);
  await expect(job).toContainText(/running \d+ s · customer/, { timeout: 20_000 });
  await picture('jobs-call');
  await job.hover();
  await job.getByRole('button', { name: 'Cancel Job' }).click();
  await expect(job).toContainText('cancelled', { timeout: 20_000 });
  await expect(workbench.notification('Whether it took effect is not known')).toBeVisible();
});
