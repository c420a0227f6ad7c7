// Sharing the screen: presentation mode is turned on, and nothing on the screen names the customer any more; a reload keeps it, turning it
// off brings everything back. What would name her is read from the sandbox itself.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { wholeText } from '../support/canaries.ts';
import { openWorkbench } from '../support/vscode.ts';
import { expect, test, type Journey } from './fixture.ts';

interface Person {
  id: string;
  /** What must not be read, by what it is. */
  canaries: Record<string, string>;
}

/** Dana Reyes as the API has her. */
async function person({ host, control }: Journey): Promise<Person> {
  const { partnerId, partnerSecret, appKey } = await control('credentials') as Record<'partnerId' | 'partnerSecret' | 'appKey', string>;
  const { url } = JSON.parse(await readFile(join(host.sandboxData, 'running.json'), 'utf8')) as { url: string };
  const headers: Record<string, string> = { 'Finicity-App-Key': appKey, 'content-type': 'application/json', accept: 'application/json' };
  const ask = async (path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const answer = await fetch(`${url}${path}`, { headers, ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return await answer.json() as Record<string, unknown>;
  };
  headers['Finicity-App-Token'] = String((await ask('/aggregation/v2/partners/authentication', { partnerId, partnerSecret })).token);
  const { customers: [customer] } = await ask('/aggregation/v1/customers?search=Reyes&start=1&limit=5') as { customers: Record<string, string>[] };
  const { accounts: [account] } = await ask(`/aggregation/v1/customers/${customer!.id}/accounts`) as { accounts: Record<string, string>[] };
  const consumer = await ask(`/decisioning/v1/customers/${customer!.id}/consumer`) as Record<string, string>;
  const { firstName, lastName, username } = customer!;
  const canaries = {
    'first name': firstName!, 'last name': lastName!, username: username!, 'last name in capitals': lastName!.toUpperCase(), 'e-mail address': consumer.email!, 'telephone': consumer.phone!,
    street: consumer.address!, 'last digits of the SSN': `"${consumer.ssn}"`, 'account number': String(account!.number ?? account!.accountNumberDisplay), 'end of the account number': `··${account!.accountNumberDisplay!.slice(-4)}`,
  };
  return { id: customer!.id!, canaries };
}

test('in presentation mode nothing on the screen names a customer, also after a reload; turned off, everything is back', async ({ journey }) => {
  test.setTimeout(180_000);
  const { workbench, host, picture } = journey;
  const { page } = workbench;
  await workbench.openExplorer();
  await workbench.widen(90);
  await workbench.expand('Customers');
  await workbench.expand('Dana Reyes');
  const { id, canaries } = await person(journey);
  for (const value of Object.values(canaries)) expect(value.length).toBeGreaterThan(3);

  /** Everything on the page and in its webviews, shadow roots included. */
  const texts = async (): Promise<string> => (await Promise.all(page.frames().map((frame) => frame.locator('html').first().evaluate(wholeText, undefined, { timeout: 5_000 }).catch(() => '')))).join('\n');
  const named = async (): Promise<string[]> => {
    const text = await texts();
    return Object.entries(canaries).filter(([, value]) => text.includes(value)).map(([what]) => what);
  };
  const sign = page.locator('.statusbar-item').filter({ hasText: 'Presenting: personal data masked' });

  // Before: the tree, a report and her record as JSON name her.
  await workbench.expand(/^Consumer/);
  await workbench.expand(/^Accounts/);
  await expect(workbench.tree().locator('.monaco-list-row').filter({ hasText: /Checking/ }).first()).toBeVisible();
  await workbench.menu(workbench.node('Dana Reyes'), 'Open as JSON');
  await expect(page.locator('.editor-instance .view-lines').first()).toContainText(canaries['last name']!);
  expect(await named()).toEqual(expect.arrayContaining(['first name', 'last name', 'username', 'e-mail address', 'end of the account number']));
  await picture('presentation-before');

  await workbench.run('Open Banking: Toggle Presentation Mode');
  await expect(sign).toBeVisible();
  await expect(workbench.node(id)).toBeVisible();
  await expect(page.locator('.editor-instance .view-lines').first()).toContainText('••••');
  // The quick input keeps what it listed last.
  await expect.poll(named).toEqual([]);

  // Opened while it is on: the consumer's record, a report, its exchange in the history, a tooltip.
  await workbench.node(id).hover();
  await expect(page.locator('.monaco-hover:visible').filter({ hasText: 'Customer id' }).first()).toBeVisible();
  expect(await named()).toEqual([]);
  await expect(workbench.node('Health Savings')).toBeVisible();
  await picture('presentation-tree');
  await page.mouse.move(1000, 500);
  await workbench.node(/^Accounts/).click();
  await page.keyboard.press('ArrowLeft');
  await workbench.tree().locator('.monaco-list-row[aria-level="5"], .monaco-list-row').filter({ has: page.locator('.codicon-account') }).last().click();
  await expect(workbench.tab('consumer.json')).toBeVisible();
  await expect(page.locator('.editor-instance .view-lines').last()).toContainText('"ssn": "••••"');
  expect(await named()).toEqual([]);
  await workbench.expand(/^Reports/);
  await workbench.node('Prequalification').click();
  const report = workbench.webview();
  await expect(report.getByText('Finished', { exact: true }).first()).toBeVisible();
  await expect(report.getByText('••••').first()).toBeVisible();
  expect(await named()).toEqual([]);
  await picture('presentation-report');
  await workbench.run('Open Banking: Open Report as PDF');
  await expect(workbench.webview().getByText('a PDF cannot be masked')).toBeVisible();
  expect(await named()).toEqual([]);
  await picture('presentation-pdf');
  await workbench.run('Focus on History View');
  await workbench.run('Open Banking: Search History');
  await workbench.answer(/Looks in operations/, 'GetConsumerForCustomer');
  await workbench.node(/GetConsumerForCustomer.*200/).click();
  await expect(workbench.tab(/GetConsumerForCustomer 200/)).toBeVisible();
  await expect(page.locator('.editor-instance .view-lines').last()).toContainText('"operation": "GetConsumerForCustomer"');
  expect(await named()).toEqual([]);
  await picture('presentation-history');

  // A reload in the middle of a talk.
  await page.reload();
  await openWorkbench(page, host);
  await workbench.openExplorer();
  await expect(sign).toBeVisible();
  await workbench.expand('Customers');
  await expect(workbench.node(id)).toBeVisible();
  expect(await named()).toEqual([]);

  // Off again, by the sign itself.
  await sign.click();
  await expect(sign).toHaveCount(0);
  await expect(workbench.node('Dana Reyes')).toBeVisible();
  await workbench.tab(`${id}.json`).click();
  await expect(page.locator('.editor-instance .view-lines').last()).toContainText(canaries['last name']!);
});
