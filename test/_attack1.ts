import { createServer } from 'node:http';
import { appendFileSync } from 'node:fs';
import { launchBrowser, openWorkbench, startHost } from './support/vscode.ts';
import { Workbench } from './support/workbench.ts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
const host = await startHost({ theme: (process.argv[2] as any) ?? 'dark' });
const browser = await launchBrowser();
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
page.setDefaultTimeout(8000);
await page.context().grantPermissions(['clipboard-read','clipboard-write']).catch(()=>{});
await openWorkbench(page, host);
const wb = new Workbench(page);
const shot = (n: string) => page.screenshot({ path: `/tmp/attack/${n}.png` });
const rows = () => wb.tree().locator('.monaco-list-row').evaluateAll((e) => e.map((x) => `${x.getAttribute('aria-level')} ${x.getAttribute('aria-expanded') ?? '-'} | ${(x as HTMLElement).innerText.replace(/\n/g,' ')} || ${x.getAttribute('aria-label')}`));
const hover = async (t: any) => { await page.mouse.move(900,500); await page.waitForTimeout(300); await wb.node(t).locator('.label-name, .monaco-icon-label').first().hover(); await page.waitForTimeout(1500); const h = page.locator('.monaco-hover:visible'); return (await h.allInnerTexts()).join('\n---\n'); };
const menu = async (t: any) => { await page.mouse.move(900,500); await wb.node(t).click({ button: 'right' }); await page.waitForTimeout(500); const items = await page.getByRole('menuitem').allInnerTexts(); await page.keyboard.press('Escape'); return items.filter(Boolean).slice(-25); };
const inline = async (t: any) => { await wb.node(t).hover(); await page.waitForTimeout(200); return wb.node(t).locator('.action-label').evaluateAll(e => e.map(x => x.getAttribute('aria-label') ?? x.getAttribute('title'))); };
const toasts = async () => page.locator('.notification-toast').allInnerTexts();
const quick = async () => page.locator('.quick-input-widget:visible').allInnerTexts();
const qinput = () => page.locator('.quick-input-widget:visible input[type="text"], .quick-input-widget:visible input[type="password"]').first();
const dlg = async () => page.locator('.monaco-dialog-box').allInnerTexts();
const tabs = async () => page.locator('.tabs-container .tab').evaluateAll(e => e.map(x => x.getAttribute('aria-label') ?? x.textContent));
const type = async (s: string, enter = true) => { await qinput().fill(s); await page.waitForTimeout(250); const v = await quick(); if (enter) await page.keyboard.press('Enter'); await page.waitForTimeout(400); return v; };
const wait = (ms: number) => page.waitForTimeout(ms);
const state = async () => ({ toasts: await toasts(), quick: await quick(), dlg: await dlg(), tabs: await tabs() });
const control = async (path: string, method = 'GET', body?: unknown) => {
  const { url } = JSON.parse(await readFile(join(host.sandboxData, 'running.json'), 'utf8'));
  const a = await fetch(`${url}/__sandbox/${path}`, { method, ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) });
  return [a.status, await a.text()];
};
const scope: any = { host, browser, page, wb, shot, rows, hover, menu, inline, toasts, quick, qinput, dlg, tabs, type, wait, state, control, openWorkbench };
const AF = Object.getPrototypeOf(async () => {}).constructor;
const server = createServer(async (req, res) => {
  let s = ''; for await (const c of req) s += c;
  const out: any[] = [];
  try {
    const f = new AF(...Object.keys(scope), 'log', s);
    const r = await f(...Object.values(scope), (...x: any[]) => out.push(...x));
    if (r !== undefined) out.push(r);
  } catch (e: any) { out.push('ERROR ' + String(e.message).slice(0, 900)); await shot('error'); }
  res.end(out.map((x) => typeof x === 'string' ? x : JSON.stringify(x, null, 1)).join('\n') + '\n');
  if (s.includes('QUIT')) { await browser.close(); await host.stop(); process.exit(0); }
});
server.listen(8899, '127.0.0.1');
console.log('ready', host.url, host.folder);
setTimeout(() => process.exit(1), 1000*60*40);
