// Secrets and social security numbers stay where they belong. A whole working day, failures included, with values that occur nowhere else;
// afterwards they are looked for on disk, in the editor's state, in its log, in tabs and webviews, and in every text that was ever shown.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixture.ts';
import { browserState, found, historyFiles, searchFiles, watchPage, wholeText } from '../support/canaries.ts';
import { startFrontServer } from '../support/frontServer.ts';
import { startSandbox } from '../support/sandbox.ts';
import { openWorkbench } from '../support/vscode.ts';

const right = { partnerId: '7731904468251', partnerSecret: 'canary-Right-secret-91', appKey: 'canary0app0key0q7w3e9r5t1y8u2' };
const wrongSecret = 'canary-Wrong-secret-47';
const ssn = '912834567';
const secrets = { 'the partner id': right.partnerId, 'the partner secret': right.partnerSecret, 'the wrong secret': wrongSecret, 'the app key': right.appKey, 'the SSN': ssn, 'the SSN with hyphens': '912-83-4567' };
/** Harmless values that must be found: without them a search that looks nowhere would pass too. */
const shown = { label: 'Canary Works', surname: 'Canaryworth' };

async function logText(folder: string): Promise<string> {
  const texts: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true }))
    if (entry.isFile() && /Open Banking.*\.log$/.test(entry.name)) texts.push(await readFile(join(entry.parentPath, entry.name), 'utf8'));
  return texts.join('\n');
}

test('secrets and social security numbers are found nowhere after a day\'s work with failures', async ({ journey }) => {
  const { workbench, host, picture } = journey;
  const { page } = workbench;
  const sandbox = await startSandbox({ customers: 30 });
  const front = await startFrontServer(sandbox, right);
  try {
    const sightings = await watchPage(page, { ...secrets, ...shown });
    await openWorkbench(page, host);
    await workbench.openExplorer();

    // Connect: with a wrong secret, which the server repeats in its answer, and then with the right one.
    await sandbox.control.faults({ kind: 'status', operation: 'CreateToken', status: 401, times: 1, body: { code: 10001, message: `Invalid credentials: ${right.partnerId} / ${wrongSecret} / ${right.appKey}` } });
    await workbench.run('Open Banking: Add Connection');
    await workbench.answer(/recognise the connection/, shown.label);
    await workbench.pick('Own Base URL');
    await workbench.answer(/Base URL/, `http://127.0.0.1:${front.port}`);
    await workbench.answer(/Partner ID/, right.partnerId);
    await workbench.answer(/Partner secret/, wrongSecret);
    await workbench.answer(/App key/, right.appKey);
    await expect(page.locator('.monaco-dialog-box')).toContainText('10001');
    await workbench.dialog('Edit');
    await workbench.answer(/Partner ID/, right.partnerId);
    await workbench.answer(/Partner secret/, right.partnerSecret);
    await workbench.answer(/App key/, right.appKey);
    await expect(workbench.notification(`"${shown.label}" is connected`)).toBeVisible();

    // Enroll, link, and make the consumer; the server repeats the SSN in its first refusal.
    await workbench.run('Open Banking: Enroll Testing Customer');
    await page.locator('.quick-input-widget input').first().fill('canary-customer-01');
    await page.keyboard.press('Enter');
    await workbench.answer('First name', 'Casey');
    await workbench.answer('Last name', shown.surname);
    await workbench.dialog('Go On');
    await workbench.notificationButton('canary-customer-01 is enrolled', 'Add FinBank Accounts');
    await workbench.pick('FinBank Profiles - A, profile 2');
    await workbench.dialog('Go On');
    await workbench.notificationButton('linked to', 'Generate Report');
    await sandbox.control.faults({ kind: 'status', operation: 'CreateConsumer', status: 400, times: 1, body: { code: 10100, message: `Invalid SSN ${ssn} (912-83-4567)` } });
    // Anchored: the prompt of the telephone mentions the e-mail address too.
    const consumer = async () => {
      for (const [prompt, text] of [['First name', 'Casey'], ['Last name', shown.surname], ['Street address', '434 W Ascension Way'], ['City', 'Murray'], ['State', 'UT'], ['ZIP', '84123'],
        ['Social Security', '912-83-4567'], ['Birthday', '1970-07-04'], ['Telephone', '6786786786'], ['E-mail', '']] as const) await workbench.answer(new RegExp(`^${prompt}`), text);
      await workbench.dialog('Go On');
    };
    await workbench.pick('Verification of Assets');
    await workbench.dialog('Create Consumer');
    await consumer();
    await expect(workbench.notification('10100')).toBeVisible();
    await picture('canary-refused-consumer');

    // Once more, to the report and its PDF.
    await workbench.run('Open Banking: Generate Report');
    await page.locator('.quick-input-widget:visible input[placeholder*="search your customers"]').fill(shown.surname);
    await workbench.pick(shown.surname);
    await workbench.pick('Verification of Assets');
    await workbench.dialog('Create Consumer');
    await consumer();
    await page.locator('.quick-input-widget').getByText('Accounts to include').or(page.locator('.quick-input-widget input[placeholder*="Accounts to include"]')).first().waitFor();
    await page.keyboard.press('Enter');
    await workbench.pick('6 months');
    await workbench.pick('Extension of credit');
    await workbench.dialog('Generate');
    await sandbox.control.clock({ advance: 120 });
    await workbench.notificationButton(/is ready/, 'Open Report');
    await expect(workbench.webview().getByText(shown.surname).first()).toBeVisible();
    const reportView = await workbench.webview().locator('html').evaluate(wholeText);
    await workbench.run('Open Banking: Open Report as PDF');
    await expect(workbench.webview().locator('canvas').first()).toBeVisible();
    const pdfView = await workbench.webview().locator('html').evaluate(wholeText);

    // Bad weather: an expired token, a web page, an answer that breaks off.
    await sandbox.control.faults({ kind: 'expiredToken', operation: 'GetCustomers', times: 1 }, { kind: 'html', operation: 'GetCustomers', after: 1, times: 8 }, { kind: 'truncate', operation: 'GetInstitutions', times: 4 });
    await workbench.expand('Customers');
    await workbench.run('Open Banking: Refresh Explorer');
    await expect(workbench.node(/502/)).toBeVisible({ timeout: 60_000 });
    await picture('canary-bad-weather');
    await sandbox.control.clearFaults();

    // Look back: the call with the SSN is opened, and all of them go into a HAR file.
    await workbench.run('Focus on History View');
    await workbench.run('Open Banking: Search History');
    await workbench.answer(/Looks in operations/, 'CreateConsumer');
    await workbench.node(/CreateConsumer.*200|CreateConsumer.*201/).click();
    await expect(workbench.tab(/CreateConsumer 20/)).toBeVisible();
    await expect(page.locator('.editor-instance').last()).toContainText('"ssn": "(not shown)"');
    await picture('canary-history');
    await workbench.run('Open Banking: Clear History Filter');
    const harFile = join(host.folder, 'day.har');
    await workbench.run('Open Banking: Export History as HAR');
    await expect(page.locator('.quick-input-widget:visible input').first()).toHaveValue(/\.har$/);
    await page.locator('.quick-input-widget:visible input').first().fill(harFile);
    await page.keyboard.press('Enter');
    await expect(workbench.notification(/calls? exported/)).toBeVisible();
    const har = await readFile(harFile, 'utf8');
    const history = (await Promise.all((await historyFiles(host.dataDir)).map((path) => readFile(path, 'utf8')))).join('\n');

    // What is open, what is kept, what was said: before and after the connection goes.
    const tabs = await page.locator('.tabs-container .tab').evaluateAll((all) => all.map((tab) => tab.outerHTML).join('\n'));
    expect(tabs).toContain('.json');
    const before = await browserState(page);
    await workbench.run('Open Banking: Sign Out');
    await workbench.pick(shown.label);
    await workbench.dialog('Sign Out');
    await expect(workbench.node(/signed out/i)).toBeVisible();
    await workbench.run('Open Banking: Remove Connection');
    await workbench.pick(shown.label);
    await workbench.dialog('Remove');
    await expect(workbench.notification(`"${shown.label}" is removed`)).toBeVisible();
    // The editor writes its state every few seconds: the removed connection is gone once it has, and what is then kept is searched.
    const mentions = async (text: string) => (await browserState(page)).split('\n').filter((line) => line.includes(text)).map((line) => line.split('=', 1)[0]);
    await expect.poll(() => mentions(`127.0.0.1:${front.port}`), { message: 'the removed connection is still in the state', timeout: 60_000 }).toEqual([]);
    const after = await browserState(page);

    const values = { ...secrets, ...Object.fromEntries(front.tokens.map((token, n) => [`token ${n + 1}`, token])) };
    const log = await logText(host.dataDir);
    const program = join(host.dataDir, 'extensions');
    const disk = await searchFiles(host.dataDir, values, (path) => path.startsWith(program));
    const folder = await searchFiles(host.folder, values);

    // The search does look: each place holds what it may hold.
    expect(front.tokens.length).toBeGreaterThan(1);
    expect(log).toContain('CreateConsumer');
    expect(log).toContain('10001');
    expect(before).toContain(shown.label);
    expect(disk.files).toBeGreaterThan(5);
    for (const kept of [history, har]) {
      expect(kept).toContain('CreateConsumer');
      for (const name of [shown.surname, 'Casey', '434 W', '6786786786', 'canary-customer-01']) expect(kept).not.toContain(name);
    }
    // A removed connection takes its history along.
    expect((await historyFiles(host.dataDir)).filter((path) => !/[\\/]sandbox[\\/]/.test(path))).toEqual([]);
    expect(reportView).toContain(shown.surname);
    expect(sightings.filter(({ what, where }) => what === 'label' && where.startsWith('the page'))).not.toEqual([]);

    expect({
      files: [...disk.sightings, ...folder.sightings], log: found(log, values, 'the log'), tabs: found(tabs, values, 'a tab'),
      history: [...found(history, values, 'the history'), ...found(har, values, 'the HAR file')],
      state: [...found(before, values, 'the state while connected'), ...found(after, values, 'the state afterwards')],
      page: sightings.filter(({ what }) => what in secrets), webviews: [...found(reportView, values, 'the report viewer'), ...found(pdfView, values, 'the PDF viewer')],
    }).toEqual({ files: [], log: [], tabs: [], history: [], state: [], page: [], webviews: [] });
  } finally {
    await front.close();
    await sandbox.stop();
  }
});
