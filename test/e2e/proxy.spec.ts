// Requests go through the editor's proxy and certificate settings: a machine that reaches the API through a company's forward proxy alone,
// and trusts the company's own certificate authority. The API's name is known to the proxy and to nobody else.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from './fixture.ts';
import { makeAuthority } from '../support/certificates.ts';
import { startForwardProxy, type ForwardProxy } from '../support/forwardProxy.ts';
import { startFrontServer, type FrontServer } from '../support/frontServer.ts';
import { startSandbox } from '../support/sandbox.ts';
import type { Workbench } from '../support/workbench.ts';

const credentials = { partnerId: '2445500000077', partnerSecret: 'behind-the-proxy-7', appKey: 'behind0the0proxy0app0key' };

interface Network {
  proxy: ForwardProxy;
  /** With a certificate of the authority that the machine trusts. */
  trusted: FrontServer;
  /** Under the API's own name, as a production connection calls it. */
  production: FrontServer;
  /** With a certificate of another one. */
  stranger: FrontServer;
  /** The trusted authority's certificate. */
  authority: string;
}

const test = base.extend<{ network: Network }>({
  network: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'obx-ca-'));
    const [company, other] = [await makeAuthority(folder, 'company'), await makeAuthority(folder, 'other')];
    const sandbox = await startSandbox({ customers: 30 });
    const trusted = await startFrontServer(sandbox, credentials, await company.certify('api.bank.test'));
    const production = await startFrontServer(sandbox, credentials, await company.certify('api.finicity.com'));
    const stranger = await startFrontServer(sandbox, credentials, await other.certify('stranger.bank.test'));
    const proxy = await startForwardProxy();
    proxy.route('api.bank.test:443', trusted.port);
    proxy.route('api.finicity.com:443', production.port);
    proxy.route('stranger.bank.test:443', stranger.port);
    await use({ proxy, trusted, production, stranger, authority: company.file });
    await Promise.all([proxy.close(), trusted.close(), production.close(), stranger.close()]);
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  },
  hostOptions: async ({ network }, use) => use({
    // Where this machine keeps the authorities that it trusts.
    env: { SSL_CERT_FILE: network.authority },
    // In the browser the proxy is a setting of the user's, not of the machine's.
    prepare: async (dataDir) => {
      await mkdir(join(dataDir, 'data/User'), { recursive: true });
      await writeFile(join(dataDir, 'data/User/settings.json'), JSON.stringify({ 'http.proxy': network.proxy.url }));
    },
  }),
});

async function addConnection(workbench: Workbench, label: string, at: { baseUrl: string } | { environment: string }): Promise<void> {
  await workbench.run('Open Banking: Add Connection');
  await workbench.answer(/recognise the connection/, label);
  if ('baseUrl' in at) {
    await workbench.pick('Own Base URL');
    await workbench.answer(/Base URL/, at.baseUrl);
  } else await workbench.pick(at.environment);
  await workbench.answer(/Partner ID/, credentials.partnerId);
  await workbench.answer(/Partner secret/, credentials.partnerSecret);
  await workbench.answer(/App key/, credentials.appKey);
}

test('calls pass the editor\'s proxy, trust the machine\'s authorities and nobody else, and leave the sandbox out of it', async ({ journey, network }) => {
  const { workbench, picture } = journey;
  const { proxy, trusted, stranger } = network;
  const dialog = workbench.page.locator('.monaco-dialog-box');
  await workbench.openExplorer();

  // A name that the proxy does not let through.
  await addConnection(workbench, 'Nowhere', { baseUrl: 'https://nowhere.bank.test' });
  await expect(dialog).toContainText('the proxy does not let the request through');
  await expect(dialog).toContainText('http.proxy');
  await picture('proxy-refuses');
  await workbench.dialog('Cancel');
  expect(proxy.seen).toContain('CONNECT nowhere.bank.test:443');

  // A certificate of an authority that this machine does not trust.
  await addConnection(workbench, 'Stranger', { baseUrl: 'https://stranger.bank.test' });
  await expect(dialog).toContainText('no secure connection to stranger.bank.test: its certificate comes from an authority that this machine does not trust');
  await expect(dialog).toContainText('never switch the check off');
  await picture('proxy-untrusted-certificate');
  await workbench.dialog('Cancel');
  expect(proxy.seen).toContain('CONNECT stranger.bank.test:443');
  expect(stranger.seen, 'credentials were sent to a server that nobody vouches for').toEqual([]);

  // The private authority that it does trust.
  await addConnection(workbench, 'Company', { baseUrl: 'https://api.bank.test' });
  await expect(workbench.notification('"Company" is connected')).toBeVisible();
  await workbench.node('Switch to this connection').waitFor(); // under the sandbox: the tree has turned to the new connection
  await workbench.expand('Customers');
  await expect(workbench.node('Dana Reyes')).toBeVisible();
  await picture('proxy-connected');
  expect(proxy.seen).toContain('CONNECT api.bank.test:443');
  expect(trusted.seen).toContain('POST /aggregation/v2/partners/authentication');
  expect(trusted.seen.some((line) => line.startsWith('GET /aggregation/v1/customers?')), trusted.seen.join('\n')).toBe(true);

  // The embedded sandbox is on this machine: no proxy ever hears of it.
  await workbench.run('Open Banking: Use the Sandbox');
  await workbench.expand('Customers');
  await expect(workbench.node('Dana Reyes')).toBeVisible();
  expect(proxy.seen.filter((line) => line.includes('127.0.0.1'))).toEqual([]);
});

test('production is unmistakable, asks before it is changed, and is switched to and from', async ({ journey, network }) => {
  const { workbench, picture } = journey;
  const { page } = workbench;
  const item = page.locator('.statusbar-item').filter({ hasText: /Production|Sandbox/ }).first();
  const colour = () => item.evaluate((element) => getComputedStyle(element).backgroundColor);
  await workbench.openExplorer();
  await expect(item).toContainText('Sandbox');
  const quiet = await colour();

  await addConnection(workbench, 'Acme Lending', { environment: 'Production' });
  await expect(workbench.notification('"Acme Lending" is connected')).toBeVisible();
  await expect(item).toContainText('Acme Lending · Production');
  expect(await colour()).not.toBe(quiet);
  expect(network.production.seen).toContain('POST /aggregation/v2/partners/authentication');
  await workbench.node('Switch to this connection').waitFor(); // under the sandbox: the tree has turned to the new connection
  await workbench.expand('Customers');
  await expect(workbench.node('Dana Reyes')).toBeVisible();
  await picture('production');

  // A change is asked about, with the connection's and the operation's name; no is no.
  const dialog = page.locator('.monaco-dialog-box');
  const sent = (method: string): string[] => network.production.seen.filter((line) => line.startsWith(method));
  const rename = async (name: string): Promise<void> => {
    await workbench.menu(workbench.node('Dana Reyes'), 'Modify Customer');
    await workbench.answer(/First name/, name);
    await workbench.answer(/Last name/, 'Reyes');
  };
  await rename('Dana');
  await expect(dialog).toContainText('It changes production data.');
  await expect(dialog).toContainText('Operation: ModifyCustomer');
  await expect(dialog).toContainText('Connection: Acme Lending (Production)');
  await picture('production-asks');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  expect(sent('PUT')).toEqual([]);

  // It can be told to hold its peace, which the status bar says in words, and to ask again.
  await rename('Dana');
  // Enter alone must not send anything.
  await expect(dialog.getByRole('button', { name: 'Not Now', exact: true })).toBeFocused();
  await workbench.dialog('Go On and Don\'t Ask for 15 Minutes');
  await expect(item).toContainText(/changes not asked until \d/);
  await expect.poll(() => sent('PUT').length).toBe(1);
  await rename('Dana');
  await expect.poll(() => sent('PUT').length).toBe(2);
  await expect(dialog).toHaveCount(0);
  await item.hover();
  await expect(page.locator('.monaco-hover').filter({ hasText: 'Billable calls that succeeded in this session' })).toContainText('Ask again before changes');
  await picture('production-held');
  await workbench.run('Open Banking: Ask Again Before Production Changes');
  await expect(item).not.toContainText('not asked');
  await rename('Dana');
  await expect(dialog).toContainText('It changes production data.');
  await workbench.dialog('Cancel');

  // Deleting wants the customer's username, letter for letter.
  const box = page.locator('.quick-input-widget:visible');
  await workbench.menu(workbench.node('Marcus Okafor'), 'Delete Customer');
  await expect(workbench.quickTitle()).toContainText(/Delete Marcus Okafor .* Acme Lending \(Production\)/);
  await expect(box).toContainText('Reports can no longer be read');
  const username = /type (\S+), the customer's username/.exec((await box.locator('input[type="text"]').first().getAttribute('placeholder')) ?? '')?.[1] ?? '';
  expect(username).not.toBe('');
  await picture('production-deletes');
  await box.locator('input').first().fill('Marcus Okafor');
  await expect(box).toContainText('This is not the username');
  await page.keyboard.press('Enter');
  await picture('production-deletes-wrong');
  await page.keyboard.press('Escape');
  await expect(box).toHaveCount(0);
  expect(sent('DELETE')).toEqual([]);
  await workbench.menu(workbench.node('Marcus Okafor'), 'Delete Customer');
  await expect(box).toContainText(`Type ${username}`);
  await box.locator('input').first().fill(username);
  await page.keyboard.press('Enter');
  await expect(workbench.node('Marcus Okafor')).toHaveCount(0);
  expect(sent('DELETE')).toHaveLength(1);

  // The rules are there to be read.
  await workbench.run('Open Banking: Show the Guard\'s Rules');
  await expect(page.locator('.tab').filter({ hasText: 'guard.md' })).toBeVisible();
  await expect(workbench.webview().getByRole('heading', { name: 'What the guard asks and refuses' })).toBeVisible();
  await picture('guard-rules');

  // To the sandbox and back by the status bar.
  await item.click();
  await workbench.pick('Sandbox');
  await expect(item).toContainText('Sandbox');
  expect(await colour()).toBe(quiet);
  await item.click();
  await workbench.pick('Acme Lending');
  await expect(item).toContainText('Acme Lending · Production');
});
