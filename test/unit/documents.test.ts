// The documents behind `openbanking:` URIs: what is asked, how often, and what a document holds.
import { beforeEach, describe, expect, test } from 'vitest';
import { catalogue } from '../../src/api/catalogue.ts';
import type { AnyInput, CallOptions, Client, Page } from '../../src/client/types.ts';
import { FailureNotices } from '../../src/documents/failureNotices.ts';
import { layoutBytes } from '../../src/documents/layoutJson.ts';
import { DocumentLibrary, UnknownDocument, type DocumentKey, type RunningReport } from '../../src/documents/library.ts';
import { Purposes } from '../../src/documents/purposes.ts';
import { DocumentError, resourceRequest } from '../../src/documents/resources.ts';
import { parseResourcePath } from '../../src/documents/uris.ts';
import { userMessage } from '../../src/platform/messages.ts';
import type { ApiSession } from '../../src/platform/sessions.ts';

const day = 86_400;
const noon = Date.UTC(2025, 10, 22, 12);
const paths = [
  '/customers/7.json', '/customers/7/application.json', '/customers/7/accounts.json', '/customers/7/accounts/8.json', '/customers/7/accounts/8/transactions.json',
  '/customers/7/accounts/8/statements.json', '/customers/7/accounts/8/statements/3.pdf', '/customers/7/transactions.json', '/customers/7/transactions/9.json',
  '/customers/7/transactions/8-9.json', '/customers/7/assets/a-1.pdf', '/customers/7/consumer.json', '/customers/7/business.json', '/customers/7/reports.json',
  '/customers/7/reports/r-voi.json', '/customers/7/reports/r-voi.pdf', '/customers/7/portfolios/p-1-port.json', '/institutions/5.json', '/institutions/5/branding.json', '/applications/13.json',
  '/customers/7/consents.json', '/customers/7/consents/c-1.json', '/customers/7/accounts/login-93/authorization.json', '/customers/7/transfers/deposit-switches.json',
  '/customers/7/transfers/deposit-switches/s1.json', '/customers/7/transfers/bill-pay-switches.json', '/customers/7/transfers/bill-pay-switches/s1.json', '/customers/7/micro-deposits/8.json',
  '/webhooks.json', '/webhooks/w-1.json', '/connect/experiences/Northfold%20Budget.json', '/connect/configurations.json', '/connect/configurations/c-1.json',
];

describe('requests', () => {
  test.each(paths)('%s is read by a described operation with all of its required parameters', (path) => {
    const request = resourceRequest(parseResourcePath(path)!, new URLSearchParams(), noon)!;
    const entry = catalogue.find(({ operationId }) => operationId === request.operationId);
    expect(entry?.method).toBe('GET');
    const names = entry!.parameters.map(({ name }) => name);
    expect(Object.keys(request.input).filter((name) => !names.includes(name))).toEqual([]);
    expect(entry!.parameters.filter(({ required, name }) => required && request.input[name] === undefined)).toEqual([]);
  });

  test('transactions are of the last 90 days in epoch seconds, unless the URI names a range', () => {
    const ref = parseResourcePath('/customers/7/transactions.json')!;
    const to = noon / 1000;
    expect(resourceRequest(ref, new URLSearchParams(), noon)!.input).toEqual({ customerId: '7', fromDate: to - 90 * day, toDate: to });
    expect(resourceRequest(ref, new URLSearchParams('fromDate=1700000000&toDate=1700086400&includePending=true'), noon)!.input)
      .toEqual({ customerId: '7', fromDate: 1_700_000_000, toDate: 1_700_086_400, includePending: true });
    expect(resourceRequest(ref, new URLSearchParams('fromDate=yesterday&toDate='), noon)!.input).toEqual({ customerId: '7', fromDate: to - 90 * day, toDate: to });
  });

  test('a report in a URI with a purpose is asked for that purpose, and nothing odd gets through', () => {
    const ref = parseResourcePath('/customers/7/reports/r.json')!;
    expect(resourceRequest(ref, new URLSearchParams('purpose=1B'), noon)!.input).toMatchObject({ purpose: '1B' });
    expect(resourceRequest(ref, new URLSearchParams('purpose=1B%26x'), noon)!.input).not.toHaveProperty('purpose');
  });
});

interface Asked { operationId: string; input: AnyInput; options: CallOptions }

let asked: Asked[];
let body: unknown;
let pages: Page<unknown>[];
let now: number;
let changed: string[];
/** Reports that the library has followed. */
let followed: { report: RunningReport; ended: () => void }[];
let gate: Promise<void> | undefined;
let library: DocumentLibrary;

const open = (maxBytes?: number): DocumentLibrary => {
  const client = {
    send: async (operationId: string, input: AnyInput, options: CallOptions) => {
      asked.push({ operationId, input, options });
      await gate;
      if (body instanceof Error) throw body;
      return { status: 200, headers: {}, contentType: 'application/json', body, size: 100, durationMs: 1 };
    },
    pages: async function* (operationId: string, input: AnyInput, options: CallOptions) {
      for (const page of pages) {
        asked.push({ operationId, input, options });
        yield page;
      }
    },
  } as unknown as Client;
  return new DocumentLibrary({
    sessions: { open: async () => ({ client, reportIntervalMs: 20_000 }) as ApiSession }, purposes: new Purposes(async () => undefined),
    onChanged: ({ path }) => changed.push(path), now: () => now, maxBytes,
    follow: (report, ended) => {
      const following = { report, ended };
      followed.push(following);
      return { dispose: () => { followed = followed.filter((other) => other !== following); } };
    },
  });
};
const key = (path: string, query = ''): DocumentKey => ({ connectionId: 'c', path, query });
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const settle = async (): Promise<void> => {
  for (let i = 0; i < 30; i += 1) await Promise.resolve();
};

beforeEach(() => {
  asked = [];
  changed = [];
  followed = [];
  now = noon;
  gate = undefined;
  body = { id: '7', username: 'dana' };
  library = open();
});

describe('reading', () => {
  test('JSON is laid out with two spaces, keys as the API orders them', async () => {
    expect(text(await library.read(key('/customers/7.json')))).toBe('{\n  "id": "7",\n  "username": "dana"\n}\n');
    expect(asked[0]).toMatchObject({ operationId: 'GetCustomer', input: { customerId: '7' }, options: { origin: 'document' } });
  });

  test('the editor\'s look at the size and its reading are one request, side by side or one after the other', async () => {
    const [stat, bytes] = await Promise.all([library.stat(key('/customers/7.json')), library.read(key('/customers/7.json'))]);
    expect(stat.size).toBe(bytes.byteLength);
    await library.read(key('/customers/7.json'));
    expect(asked).toHaveLength(1);
  });

  test('reverting a moment later asks again; the time of change moves only with the content', async () => {
    const first = await library.stat(key('/customers/7.json'));
    now += 5000;
    const same = await library.stat(key('/customers/7.json'));
    expect(asked).toHaveLength(2);
    expect(same.mtime).toBe(first.mtime);
    now += 5000;
    body = { id: '7', username: 'other' };
    expect((await library.stat(key('/customers/7.json'))).mtime).toBe(now);
  });

  test('a path that names nothing is unknown; a subscription cannot be read, and says so', async () => {
    await expect(library.read(key('/package.json'))).rejects.toThrow(UnknownDocument);
    await expect(library.read(key('/customers/7/accounts/8/subscriptions/1.json'))).rejects.toThrow(DocumentError);
    expect(asked).toHaveLength(0);
  });

  test('a failure is passed on and not kept', async () => {
    body = new Error('down');
    await expect(library.read(key('/customers/7.json'))).rejects.toThrow('down');
    body = { id: '7' };
    expect(text(await library.read(key('/customers/7.json')))).toContain('"7"');
  });

  test('what is kept is bounded in bytes, the least used going first', async () => {
    body = { text: 'x'.repeat(400) };
    library = open(1000);
    await library.read(key('/customers/1.json'));
    await library.read(key('/customers/2.json'));
    await library.read(key('/customers/1.json'));
    await library.read(key('/customers/3.json'));
    asked = [];
    await library.read(key('/customers/1.json'));
    expect(asked).toHaveLength(0);
    await library.read(key('/customers/2.json'));
    expect(asked).toHaveLength(1);
  });
});

describe('transactions', () => {
  const page = (ids: number[], more: boolean): Page<unknown> => ({
    items: ids.map((id) => ({ id })), more,
    body: { found: 9, displaying: ids.length, moreAvailable: String(more), fromDate: '1755000000', toDate: '1763000000', transactions: ids.map((id) => ({ id })) },
  });

  test('pages are joined; the API\'s own fields say the range and what is left', async () => {
    pages = [page([1, 2], true), page([3], false)];
    const read = JSON.parse(text(await library.read(key('/customers/7/transactions.json')))) as Record<string, unknown>;
    expect(read).toEqual({ found: 9, displaying: 3, moreAvailable: 'false', fromDate: '1755000000', toDate: '1763000000', transactions: [{ id: 1 }, { id: 2 }, { id: 3 }] });
  });

  test('a look at the size reads no page', async () => {
    pages = [page([1], false)];
    expect(await library.stat(key('/customers/7/accounts/8/transactions.json'))).toMatchObject({ size: 0 });
    expect(asked).toHaveLength(0);
    const bytes = await library.read(key('/customers/7/accounts/8/transactions.json'));
    now += 60_000;
    expect(await library.stat(key('/customers/7/accounts/8/transactions.json'))).toMatchObject({ size: bytes.byteLength });
    expect(asked).toHaveLength(1);
  });

  test('five pages are read at most, and more is said to be there', async () => {
    pages = Array.from({ length: 9 }, (_, i) => page([i], true));
    const read = JSON.parse(text(await library.read(key('/customers/7/transactions.json')))) as { displaying: number; moreAvailable: string };
    expect(read).toMatchObject({ displaying: 5, moreAvailable: 'true' });
    expect(asked).toHaveLength(5);
  });
});

describe('what costs money', () => {
  const statement = key('/customers/7/accounts/8/statements/1.pdf');

  test('is never asked for a look at its size, asked once when it is opened, and kept', async () => {
    body = new Uint8Array([37, 80, 68, 70]);
    expect(await library.stat(statement)).toMatchObject({ size: 0 });
    expect(asked).toHaveLength(0);
    await library.read(statement);
    now += 3_600_000;
    expect(await library.read(statement)).toEqual(body);
    expect(await library.stat(statement)).toMatchObject({ size: 4 });
    expect(asked).toHaveLength(1);
  });

  test('is not read again with everything else, only when it is named itself', async () => {
    body = new Uint8Array([1]);
    const watching = library.watch(statement);
    await library.read(statement);
    library.renew('c');
    library.renew('c', '/customers/7');
    expect(changed).toEqual([]);
    await library.read(statement);
    expect(asked).toHaveLength(1);
    library.renew('c', statement.path);
    expect(changed).toEqual([statement.path]);
    await library.read(statement);
    expect(asked).toHaveLength(2);
    watching.dispose();
  });
});

describe('changes', () => {
  test('a branch read again renews the open documents below it and no others', async () => {
    library.watch(key('/customers/7.json'));
    library.watch(key('/customers/7/accounts/8.json'));
    library.watch(key('/customers/77.json'));
    library.watch({ ...key('/customers/7.json'), connectionId: 'other' });
    library.renew('c', '/customers/7');
    expect(changed).toEqual(['/customers/7.json', '/customers/7/accounts/8.json']);
  });

  test('an answer that was under way when its document was renewed is not kept', async () => {
    let release = (): void => {};
    gate = new Promise((resolve) => { release = resolve; });
    const reading = library.read(key('/customers/7.json'));
    await settle();
    library.renew('c');
    release();
    await reading;
    gate = undefined;
    await library.read(key('/customers/7.json'));
    expect(asked).toHaveLength(2);
  });

  test('a running report that is open is followed by others, asked for no more meanwhile, and read again when they say so', async () => {
    const report = key('/customers/7/reports/r.json');
    body = { id: 'r', status: 'inProgress' };
    const watching = library.watch(report);
    await library.read(report);
    expect(followed.map((one) => one.report)).toEqual([{ connectionId: 'c', customerId: '7', reportId: 'r' }]);
    now += 60_000;
    await library.read(report);
    expect(asked).toHaveLength(1);
    body = { id: 'r', status: 'success' };
    followed[0]!.ended();
    expect(changed).toEqual([report.path]);
    expect(followed).toEqual([]);
    expect(text(await library.read(report))).toContain('success');
    expect(asked).toHaveLength(2);
    expect(followed).toEqual([]);
    watching.dispose();
  });

  test('one whose following ended before it was finished is followed anew; refreshing asks the API whatever is followed', async () => {
    const report = key('/customers/7/reports/r.json', 'purpose=31');
    body = { id: 'r', status: 'inProgress' };
    const watching = library.watch(report);
    await library.read(report);
    followed[0]!.ended();
    await library.read(report);
    expect(followed.map((one) => one.report.purpose)).toEqual(['31']);
    library.renew('c', '/customers/7');
    body = { id: 'r', status: 'success' };
    await library.read(report);
    expect(asked).toHaveLength(3);
    expect(followed).toEqual([]);
    watching.dispose();
  });

  test('closing the tab ends the following; a tab of something else needs none', async () => {
    const other = library.watch(key('/customers/7.json'));
    body = { id: 'r', status: 'inProgress' };
    await library.read(key('/customers/7.json'));
    const watching = library.watch(key('/customers/7/reports/r.json'));
    await library.read(key('/customers/7/reports/r.json'));
    expect(followed).toHaveLength(1);
    watching.dispose();
    expect(followed).toEqual([]);
    other.dispose();
  });

  test('a report still being made has no PDF, and says so', async () => {
    body = { id: 'r', status: 'inProgress' };
    await expect(library.read(key('/customers/7/reports/r.pdf'))).rejects.toThrow(/still being made/);
    expect(asked[0]!.options.accept).toBe('application/pdf');
  });
});

describe('layout', () => {
  const big = { a: [{ b: [{ c: [{ d: { e: 1 } }] }] }], empty: [], none: {}, nothing: null };
  const laidOut = async (value: unknown, size: number) => new TextDecoder().decode(await layoutBytes(value, size));

  test('a large answer has a record a line and is the same value', async () => {
    const laid = await laidOut(big, 20_000_000);
    expect(JSON.parse(laid)).toEqual(big);
    expect(laid.split('\n').length).toBeLessThan((await laidOut(big, 100)).split('\n').length);
    expect(laid).toContain('{"d":{"e":1}}');
  });

  test('a small answer is laid out as everybody lays out JSON', async () => {
    const odd = { ...big, deep: [[[[[[[[{ x: ['a\nb', { y: [] }] }]]]]]]]], 'a "name"': undefined, list: [undefined, 1] };
    for (const value of [odd, [], {}, null, 'text', 5, [[]]]) expect(await laidOut(value, 100)).toBe(`${JSON.stringify(value, undefined, 2)}\n`);
  });

  test('a large one is written in turns, and nothing of it is lost at their seams', async () => {
    const value = { rows: Array.from({ length: 30_000 }, (_, n) => ({ n, text: `☃ ${n}`, more: { a: [n] } })) };
    let turns = 0;
    const bytes = await layoutBytes(value, 20_000_000, async () => {
      turns += 1;
    });
    expect(JSON.parse(new TextDecoder().decode(bytes))).toEqual(value);
    expect(turns).toBeGreaterThan(0);
  });
});

describe('a document that cannot be read', () => {
  test('is explained once to the person who has it as text, and to nobody whose viewer says it', () => {
    const shown: unknown[] = [];
    let at = 0;
    const notices = new FailureNotices({ shownAsText: (uri) => uri !== 'viewer', show: (error) => shown.push(error), now: () => at });
    notices.failed('viewer', 'a');
    notices.failed('text', 'look');
    at = 1999;
    notices.failed('text', 'read');
    notices.failed('other', 'b');
    expect(shown).toEqual(['look', 'b']);
    at = 2000;
    notices.failed('text', 'opened again');
    expect(shown).toEqual(['look', 'b', 'opened again']);
  });

  test('says its own words, not that the explorer is broken', () => {
    expect(userMessage(new DocumentError('There is no PDF yet.'))).toEqual({ severity: 'error', text: 'There is no PDF yet.', buttons: [] });
  });
});
