// Lists in pages, reports followed to their end, files streamed to disk.
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { undiciFetch } from '../../src/client/undiciFetch.ts';
import type { DownloadProgress, FetchLike, Page, ReportState } from '../../src/client/types.ts';
import { failureOf, json, make, raw, serve } from './clientHarness.ts';

const undici = undiciFetch();
const folder = await mkdtemp(join(tmpdir(), 'client-'));
afterAll(async () => {
  await undici.close();
  await rm(folder, { recursive: true });
});

const all = async <T>(pages: AsyncIterable<Page<T>>): Promise<Page<T>[]> => {
  const list: Page<T>[] = [];
  for await (const page of pages) list.push(page);
  return list;
};
const query = (url: string) => Object.fromEntries(new URL(url, 'http://x').searchParams);

describe('paging', () => {
  test('by record index: 1, 1 + limit, …; `moreAvailable` as text counts', async () => {
    const server = await serve((request, response) => {
      const { start, limit } = query(request.url);
      const from = Number(start);
      const items = Array.from({ length: Math.max(0, Math.min(Number(limit), 25 - from + 1)) }, (_, i) => ({ id: from + i }));
      json(response, 200, { found: 25, displaying: items.length, moreAvailable: from + items.length <= 25 ? 'true' : 'false', transactions: items });
    });
    const pages = await all(make(server.url).client.pages<{ id: number }>('GetAllCustomerTransactions', { customerId: '7', fromDate: 1, toDate: 2 }, { limit: 10 }));
    expect(server.calls().map((r) => query(r.url).start)).toEqual(['1', '11', '21']);
    expect(pages.flatMap((p) => p.items.map((t) => t.id))).toEqual(Array.from({ length: 25 }, (_, i) => i + 1));
    expect(pages.map((p) => [p.found, p.more])).toEqual([[25, true], [25, true], [25, false]]);
  });

  test('by page number, from a given page on', async () => {
    const server = await serve((request, response) => json(response, 200, { found: 60, displaying: 25, moreAvailable: query(request.url).start !== '3', institutions: [{ id: 1 }] }));
    await all(make(server.url).client.pages('GetInstitutions', { search: 'bank' }, { start: 2 }));
    expect(server.calls().map((r) => query(r.url))).toEqual([{ search: 'bank', start: '2', limit: '25' }, { search: 'bank', start: '3', limit: '25' }]);
  });

  test('the billing report counts its pages from 0', async () => {
    const server = await serve((request, response) => json(response, 200, { content: [{}], totalPages: 2, number: Number(query(request.url).page), totalElements: 2 }));
    const pages = await all(make(server.url).client.pages('getResellerBillingReport', { partnerId: '1', startDate: 1, endDate: 2 }));
    expect(server.calls().map((r) => query(r.url).page)).toEqual(['0', '1']);
    expect(pages.map((p) => p.found)).toEqual([2, 2]);
  });

  test('one request at a time, only as consumed', async () => {
    const server = await serve((_r, response) => json(response, 200, { displaying: 1, moreAvailable: true, customers: [{}] }));
    for await (const page of make(server.url).client.pages('GetCustomers', {})) {
      expect(page.items).toHaveLength(1);
      break;
    }
    expect(server.calls()).toHaveLength(1);
  });

  test('a server that promises more and gives nothing is not asked for ever', async () => {
    const server = await serve((_r, response) => json(response, 200, { displaying: 0, moreAvailable: true, customers: null }));
    expect(await all(make(server.url).client.pages('GetCustomers', {}))).toMatchObject([{ items: [], more: false }]);
  });

  test('a limit above the operation\'s is brought down, so that no record is skipped', async () => {
    const server = await serve((request, response) => json(response, 200, { moreAvailable: query(request.url).start === '1', customers: [{}] }));
    await all(make(server.url).client.pages('GetCustomers', {}, { limit: 5000 }));
    expect(server.calls().map((r) => query(r.url))).toEqual([{ start: '1', limit: '1000' }, { start: '1001', limit: '1000' }]);
  });

  test('an operation without pages, and an answer without a list', async () => {
    const server = await serve((_r, response) => json(response, 200, { customers: 'none' }));
    const { client } = make(server.url);
    expect(await failureOf(all(client.pages('GetCustomer', { customerId: '7' })))).toMatchObject({ kind: 'invalidInput' });
    expect(await failureOf(all(client.pages('GetCustomers', {})))).toMatchObject({ kind: 'unexpectedAnswer', problem: 'shape' });
  });
});

describe('following a report', () => {
  const states = (...list: (string | number)[]) => serve((_r, response, count) => {
    const state = list[Math.min(count, list.length - 1)]!;
    if (typeof state === 'number') json(response, state, {});
    else json(response, 200, { id: 'r1', type: 'voa', status: state, extra: 1 });
  });

  test('unknown statuses are not final; success is, and the pauses grow gently', async () => {
    const server = await states('inProgress', 'editing', 'somethingNew', 'inProgress', 'inProgress', 'inProgress', 'inProgress', 'success');
    const { client, slept } = make(server.url);
    const seen: [string, number][] = [];
    const onState = (state: ReportState, next: number) => void seen.push([state.status, next]);
    expect(await client.followReport({ reportId: 'r1', customerId: '7' }, { intervalMs: 1000, purpose: '31', onState })).toMatchObject({ id: 'r1', status: 'success', extra: 1 });
    expect(slept).toEqual([1000, 1250, 1562.5, 1953.125, 2441.40625, 3000, 3000]);
    expect(seen.at(0)).toEqual(['inProgress', 1000]);
    expect(seen.at(-1)).toEqual(['success', 0]);
    expect(server.calls()[0]?.url).toBe('/decisioning/v3/customers/7/reports/r1?purpose=31');
  });

  test('a failed report is a result', async () => {
    const server = await states('failure');
    expect(await make(server.url).client.followReport({ reportId: 'r1', consumerId: 'c' })).toMatchObject({ status: 'failure' });
    expect(server.calls()[0]?.url).toBe('/decisioning/v3/consumers/c/reports/r1');
  });

  test('Mastercard\'s host is not asked more often than every 20 s', async () => {
    const slept: number[] = [];
    const answers = ['inProgress', 'success'];
    const fake: FetchLike = async (url) => new Response(JSON.stringify(url.endsWith('authentication') ? { token: 't' } : { id: 'r1', status: answers.shift() }), { headers: { 'content-type': 'application/json' } }) as unknown as Awaited<ReturnType<FetchLike>>;
    const { client } = make('https://api.example.test', { fetch: fake, clock: { now: () => 0, sleep: async (ms) => void slept.push(ms) } });
    await client.followReport({ reportId: 'r1', customerId: '7' }, { intervalMs: 100 });
    expect(slept).toEqual([20_000]);
  });

  test('a busy API does not end it, a missing report does', async () => {
    const busy = await states('inProgress', 503, 503, 503, 503, 503, 503, 'success');
    expect(await make(busy.url).client.followReport({ reportId: 'r1', customerId: '7' }, { intervalMs: 10 })).toMatchObject({ status: 'success' });
    const gone = await states('inProgress', 404);
    expect(await failureOf(make(gone.url).client.followReport({ reportId: 'r1', customerId: '7' }, { intervalMs: 10 }))).toMatchObject({ status: 404 });
  });

  test('past the deadline the error names the report', async () => {
    const server = await states('inProgress');
    let now = 0;
    const { client } = make(server.url, { clock: { now: () => now, sleep: async (ms) => { now += ms; } } });
    const error = await failureOf(client.followReport({ reportId: 'r1', customerId: '7' }, { intervalMs: 20_000, deadlineMs: 60_000 }));
    expect(error).toMatchObject({ kind: 'timeout', timeoutMs: 60_000 });
    expect(error.message).toContain('r1');
    expect(now).toBeLessThanOrEqual(60_000);
  });

  test('cancel ends the waiting', async () => {
    const server = await states('inProgress');
    const { client } = make(server.url, { clock: undefined });
    const controller = new AbortController();
    const following = failureOf(client.followReport({ reportId: 'r1', customerId: '7' }, { intervalMs: 60_000, signal: controller.signal, onState: () => void setTimeout(() => controller.abort(), 30) }));
    expect(await following).toMatchObject({ kind: 'cancelled' });
  });
});

describe.each<[string, FetchLike]>([['global fetch', fetch as unknown as FetchLike], ['npm undici', undici.fetch]])('download over %s', (_, engine) => {
  const report = { customerId: '7', reportId: 'r1' };
  const pdf = { accept: 'application/pdf' };
  const bytes = Buffer.alloc(300_000, 'x');
  let target: string;
  beforeEach(async () => {
    await rm(folder, { recursive: true, force: true });
    target = join(folder, 'r1.pdf');
    await mkdir(folder);
  });
  const client = (url: string) => make(url, { fetch: engine }).client;

  test('the file is whole, progress is told, nothing else stays', async () => {
    const server = await serve((request, response) => {
      expect(request.headers.accept).toBe('application/pdf');
      response.writeHead(200, { 'content-type': 'application/pdf', 'content-length': String(bytes.length) }).end(bytes);
    });
    const progress: DownloadProgress[] = [];
    expect(await client(server.url).download('GetReportByCustomer', report, target, { ...pdf, onProgress: (p) => progress.push(p) })).toBe(bytes.length);
    expect((await readFile(target)).equals(bytes)).toBe(true);
    expect(progress.at(-1)).toEqual({ received: bytes.length, total: bytes.length });
    expect(await readdir(folder)).toEqual(['r1.pdf']);
  });

  test('while it runs the target does not exist; on cancel nothing stays and an older file is untouched', async () => {
    await writeFile(target, 'older');
    const server = await serve((_r, response) => void response.writeHead(200, { 'content-type': 'application/pdf' }).write(bytes));
    const controller = new AbortController();
    let during: string[] = [];
    const download = failureOf(client(server.url).download('GetReportByCustomer', report, target, {
      ...pdf, signal: controller.signal,
      onProgress: ({ received }) => {
        if (received === bytes.length) void readdir(folder).then((names) => { during = names; controller.abort(); });
      },
    }));
    expect(await download).toMatchObject({ kind: 'cancelled' });
    expect(during.some((name) => name.endsWith('.part'))).toBe(true);
    expect(await readdir(folder)).toEqual(['r1.pdf']);
    expect(await readFile(target, 'utf8')).toBe('older');
  });

  test.each<[string, (response: ServerResponse) => void, object]>([
    ['an error', (response) => json(response, 404, { code: 14001, message: 'Resource not found.' }), { code: '14001' }],
    ['a web page', (response) => raw(response, 200, 'text/html', '<html></html>'), { problem: 'html' }],
    ['JSON instead of the file', (response) => json(response, 200, { status: 'inProgress' }), { problem: 'otherType' }],
    ['nothing', (response) => raw(response, 200, 'application/pdf', ''), { problem: 'empty' }],
    ['more than a disk should take', (response) => void response.writeHead(200, { 'content-type': 'application/pdf', 'content-length': String(3 * 1024 ** 3) }).write(bytes), { kind: 'file', systemCode: 'EFBIG' }],
    ['a broken connection', (response) => {
      response.writeHead(200, { 'content-type': 'application/pdf', 'content-length': '900000' }).write(bytes);
      setTimeout(() => response.socket?.destroy(), 20);
    }, { kind: 'network', problem: 'reset' }],
  ])('%s leaves nothing behind', async (_what, answer, fields) => {
    const server = await serve((_r, response) => answer(response));
    expect(await failureOf(client(server.url).download('GetReportByCustomer', report, target, pdf))).toMatchObject(fields);
    expect(await readdir(folder)).toEqual([]);
  });

  test('a folder that does not exist', async () => {
    const server = await serve((_r, response) => raw(response, 200, 'application/pdf', 'x'));
    const error = await failureOf(client(server.url).download('GetReportByCustomer', report, join(folder, 'none', 'r1.pdf'), pdf));
    expect(error).toMatchObject({ kind: 'file', systemCode: 'ENOENT' });
    expect(error.message).toContain('its folder does not exist');
  });

  test('two downloads of one document at a time do not spoil each other', async () => {
    const server = await serve((_r, response) => {
      response.writeHead(200, { 'content-type': 'application/pdf' }).write(bytes);
      setTimeout(() => response.end(), 20);
    });
    const one = client(server.url);
    await Promise.all([one.download('GetReportByCustomer', report, target, pdf), one.download('GetReportByCustomer', report, target, pdf)]);
    expect((await readFile(target)).equals(bytes)).toBe(true);
    expect(await readdir(folder)).toEqual(['r1.pdf']);
  });

  test('a long download may take longer than the limit as long as pieces keep coming', async () => {
    const server = await serve((_r, response) => {
      response.writeHead(200, { 'content-type': 'application/pdf' });
      let left = 5;
      const timer = setInterval(() => {
        response.write('piece');
        if (--left === 0) { clearInterval(timer); response.end(); }
      }, 60);
    });
    expect(await client(server.url).download('GetReportByCustomer', report, target, { ...pdf, timeoutMs: 200 })).toBe(25);
  });
});
