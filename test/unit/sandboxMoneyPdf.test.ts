import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLayout, money } from '../../src/sandbox/pdf/layout.ts';
import { createPdf } from '../../src/sandbox/pdf/writer.ts';
import { list, moneyTest } from './sandboxMoneyHarness.ts';
import type { Json, MoneyTest } from './sandboxMoneyHarness.ts';

/** What pdf.js reads out of a file: text page by page, the outline's titles, the information. */
async function readPdf(data: Uint8Array) {
  const document = await getDocument({ data: new Uint8Array(data), verbosity: 0 }).promise;
  const pages: string[] = [];
  for (let at = 1; at <= document.numPages; at++) {
    const { items } = await (await document.getPage(at)).getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
  }
  const outline = (await document.getOutline()) as { title: string; items: { title: string }[] }[] | null;
  const { info } = await document.getMetadata();
  await document.destroy();
  return { pages, outline: outline ?? [], info: info as Json };
}

describe('the writer', () => {
  it('writes pages, accents, an outline and the document\'s information that pdf.js reads back', async () => {
    const pdf = createPdf({ title: 'Prüfung (1)', author: 'Tester', created: 1_700_000_000 });
    const page = pdf.addPage();
    page.text(50, 700, 'Castañeda \\ (paid) – 12 € 雪');
    pdf.bookmark('First', 720, 0);
    pdf.addPage().text(50, 700, 'second');
    pdf.bookmark('Below', 720, 1);
    const bytes = pdf.finish();
    expect(Buffer.from(bytes.subarray(0, 8)).toString()).toBe('%PDF-1.7');
    const { pages, outline, info } = await readPdf(bytes);
    expect(pages).toEqual(['Castañeda \\ (paid) – 12 € ?', 'second']);
    expect(outline.map(({ title, items }) => [title, items.map((item) => item.title)])).toEqual([['First', ['Below']]]);
    expect(info).toMatchObject({ Title: 'Prüfung (1)', Author: 'Tester' });
  });

  it('breaks a long table over pages, repeats its header and numbers the pages', async () => {
    const layout = createLayout({ title: 'Long', author: 'Tester', created: 1_700_000_000 }, 'foot');
    layout.heading('Rows', 0);
    layout.table([{ title: 'Number', share: 1 }, { title: 'Text', share: 3 }], Array.from({ length: 5_000 }, (_, at) => [String(at + 1), `row ${at + 1} ${'long '.repeat(40)}`]));
    const { pages } = await readPdf(layout.finish());
    expect(pages.length).toBeGreaterThan(80);
    expect(pages.every((text, at) => text.includes('Number') && text.includes(`Page ${at + 1} of ${pages.length}`))).toBe(true);
    expect(pages.at(-1)).toContain('row 5000');
  });

  it('writes money with separators', () => {
    expect([money(1234567.8), money(-12.5), money(999, 'CAD'), money(null)]).toEqual(['$1,234,567.80', '-$12.50', 'CAD 999.00', '-']);
  });
});

describe('PDFs of the sandbox', () => {
  let test: MoneyTest;
  let customerId: string;
  let accounts: Json[];
  beforeAll(async () => {
    test = await moneyTest();
    customerId = await test.enroll('pdf-customer');
    accounts = await test.link(customerId);
  });
  afterAll(() => test.stop());
  const fetchBytes = async (path: string, accept: string) => {
    const token = (await (await fetch(`${test.sandbox.url}/aggregation/v2/partners/authentication`, {
      method: 'POST', headers: { 'Finicity-App-Key': test.sandbox.credentials.appKey, 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({ partnerId: test.sandbox.credentials.partnerId, partnerSecret: test.sandbox.credentials.partnerSecret }),
    })).json() as { token: string }).token;
    const response = await fetch(test.sandbox.url + path, { headers: { 'Finicity-App-Key': test.sandbox.credentials.appKey, 'Finicity-App-Token': token, Accept: accept } });
    return { type: response.headers.get('content-type'), bytes: new Uint8Array(await response.arrayBuffer()) };
  };

  it('gives a report as PDF by Accept, with every account, every transaction and a bookmark for each', async () => {
    const ack = await test.ok('GeneratePrequalificationNonCRAReport', 'POST', `/decisioning/v2/customers/${customerId}/assetSummary`, {}, 202);
    const path = `/decisioning/v3/customers/${customerId}/reports/${ack.id}`;
    expect((await fetchBytes(path, 'application/pdf')).type).toContain('application/json');
    await test.sandbox.control.clock({ advance: 50 });
    const report = await test.ok('GetReportByCustomer', 'GET', path);
    const { type, bytes } = await fetchBytes(path, 'application/pdf');
    expect(type).toBe('application/pdf');
    const { pages, outline, info } = await readPdf(bytes);
    const all = pages.join(' ');
    expect(info.Title).toBe(report.title);
    for (const account of list(report, 'institutions').flatMap((institution) => list(institution, 'accounts'))) {
      const heading = `${account.name} (${account.number})`;
      expect(outline.map(({ title }) => title)).toContain(heading);
      expect(all).toContain(`Transactions (${list(account, 'transactions').length})`);
      for (const row of list(account, 'transactions').slice(0, 5)) expect(all).toContain(String(row.description).slice(0, 20));
    }
    expect(pages.length).toBeGreaterThan(4);
    expect(pages[0]).toContain(String(report.id));
  });

  it('gives statements as octet-stream whose closing balance is the last entry\'s', async () => {
    const checking = accounts.find((account) => account.type === 'checking');
    const base = `/aggregation/v1/customers/${customerId}/accounts/${checking?.id}/statement`;
    const { type, bytes } = await fetchBytes(`${base}?index=2`, '*/*');
    expect(type).toBe('application/octet-stream');
    const { pages } = await readPdf(bytes);
    expect(pages.join(' ')).toMatch(/2026-01-01 to 2026-01-31/);
    const closing = /Closing balance\s+(-?\$[\d,]+\.\d\d)/.exec(pages.join(' '))?.[1] as string;
    expect(pages.at(-1)).toContain(closing);
    for (const index of ['0', '25', 'x']) expect((await test.call('GET', `${base}?index=${index}`)).status).toBe(400);
    expect((await test.call('GET', `/aggregation/v1/customers/${customerId}/accounts/1/statement`)).json).toMatchObject({ code: 38003 });
  });

  it('lists statements whose assets are the same files', async () => {
    const checking = accounts.find((account) => account.type === 'checking');
    const listed = list(await test.ok('GetCustomerAccountMultipleStatement', 'GET', `/aggregation/v3/customers/${customerId}/accounts/${checking?.id}/statement?index=1,3`), 'statements');
    expect(listed.map(({ index }) => index)).toEqual(['1', '3']);
    const asset = await fetchBytes(`/aggregation/v1/customers/${customerId}/assets/${listed[1]?.id}`, '*/*');
    const direct = await fetchBytes(`/aggregation/v1/customers/${customerId}/accounts/${checking?.id}/statement?index=3`, '*/*');
    expect(Buffer.compare(Buffer.from(asset.bytes), Buffer.from(direct.bytes))).toBe(0);
    expect(await test.call('GET', `/aggregation/v1/customers/${customerId}/assets/097545c5-0000-4000-a000-000000000000-1`)).toMatchObject({ status: 404, json: { code: 13002 } });
    expect((await test.call('GET', `/aggregation/v3/customers/${customerId}/accounts/${checking?.id}/statement?index=1,99`)).status).toBe(400);
  });
});
