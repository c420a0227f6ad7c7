// The host's side of the transactions view: page after page as the view takes them, nothing lost when one fails, and exports that leave a
// whole file or none.
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectFile, Exports, openLocalFile, type Disk } from '../../src/webviews/host/exportFile.ts';
import { rangeAgain, rangeOf } from '../../src/webviews/host/transactionsRange.ts';
import { TransactionsSession, type TransactionPage } from '../../src/webviews/host/transactionsSession.ts';
import { readTransactionsRequest, type AccountFacts, type LoadRange, type TransactionsMessage } from '../../src/webviews/protocol/transactions.ts';
import { transactions } from './transactionRows.ts';

const range: LoadRange = { from: 0, to: 1_000_000, includePending: true };
const settle = () => new Promise((resolve) => setImmediate(resolve));

interface World {
  session: TransactionsSession;
  posted: TransactionsMessage[];
  /** Where each reading began. */
  starts: number[];
  pagesRead(): number;
  /** Rows that the view was given, as it keeps them. */
  rows(): unknown[];
  take(): Promise<void>;
  takeAll(): Promise<void>;
}

/** `fail` may throw before a page; `list` is the account's, which may change meanwhile. */
function open({ size = 2, list = transactions(7), fail = () => undefined, now = () => range, about = () => ({ accounts: [], testing: true }) }: { size?: number; list?: unknown[]; fail?: (start: number, signal: AbortSignal) => unknown; now?: () => LoadRange; about?: () => { accounts: readonly AccountFacts[]; testing: boolean } } = {}): World {
  const posted: TransactionsMessage[] = [];
  const starts: number[] = [];
  let pages = 0;
  let taken = 0;
  let kept: unknown[] = [];
  const session: TransactionsSession = new TransactionsSession({
    async *pages(_, start, signal): AsyncGenerator<TransactionPage> {
      starts.push(start);
      for (let at = start - 1; ; at += size) {
        await fail(at + 1, signal);
        pages += 1;
        const more = at + size < list.length;
        yield { items: list.slice(at, at + size), found: list.length, more };
        if (!more) return;
      }
    },
    about: () => Promise.resolve(about()),
    recurring: () => Promise.resolve([]),
    shown: (json) => json,
    post: (message) => { posted.push(message); },
    words: (error) => (error instanceof Error ? error.message : 'other'),
    failed: () => undefined, openJson: () => undefined, saveFile: () => undefined, loadHistory: () => undefined, addTest: () => undefined, enrich: () => undefined,
    exports: { receive: () => undefined, cancel: () => undefined, dispose: () => undefined },
    range: now, locale: 'en',
  });
  const take = async (): Promise<void> => {
    const page = posted.flatMap((message) => (message.type === 'page' && message.seq > taken ? [message] : []))[0];
    if (page) {
      taken = page.seq;
      const rows = JSON.parse(new TextDecoder().decode(page.bytes)) as unknown[];
      kept = page.fresh ? rows : [...kept, ...rows];
      session.receive({ type: 'took', seq: page.seq });
    }
    await settle();
  };
  return {
    session, posted, starts, pagesRead: () => pages, rows: () => kept, take,
    async takeAll() {
      await settle();
      for (let n = 0; n < 140; n++) await take();
    },
  };
}

const last = ({ posted }: World) => posted.at(-1)!;

describe('reading', () => {
  it('goes page by page as the view takes them, to the end', async () => {
    const world = open();
    world.session.receive({ type: 'ready' });
    await settle();
    await settle();
    // The second page is not asked for before the first is taken.
    expect(world.pagesRead()).toBe(1);
    world.session.receive({ type: 'took', seq: 99 });
    await settle();
    expect(world.pagesRead()).toBe(1);
    await world.takeAll();
    expect(world.rows()).toEqual(transactions(7));
    expect(last(world)).toEqual({ type: 'loaded', moved: false });
    expect(world.posted[0]).toMatchObject({ type: 'begin', range });
  });

  it('a page that fails in the middle leaves what is loaded; a retry continues there', async () => {
    let broken = true;
    const world = open({ fail: (start) => { if (start === 5 && broken) throw new Error('429: slow down'); } });
    world.session.receive({ type: 'ready' });
    await world.takeAll();
    expect(last(world)).toEqual({ type: 'failed', text: '429: slow down' });
    expect(world.rows()).toHaveLength(4);
    world.session.receive({ type: 'goOn' });
    await world.takeAll();
    expect(last(world)).toMatchObject({ type: 'failed' });
    broken = false;
    world.session.receive({ type: 'goOn' });
    await world.takeAll();
    expect(world.starts).toEqual([1, 5, 5]);
    expect(world.rows()).toEqual(transactions(7));
    expect(last(world)).toEqual({ type: 'loaded', moved: false });
  });

  it('stop keeps what is there, and reading on takes no row twice, also one that was on its way', async () => {
    const world = open();
    world.session.receive({ type: 'ready' });
    await settle();
    await world.take();
    // The second page is posted and not taken yet.
    world.session.receive({ type: 'stop' });
    await world.takeAll();
    expect(last(world)).toEqual({ type: 'stopped' });
    expect(world.rows()).toHaveLength(4);
    world.session.receive({ type: 'goOn' });
    await world.takeAll();
    expect(world.rows()).toEqual(transactions(7));
  });

  it('stop ends a page that does not come', async () => {
    const world = open({ fail: (start, signal) => (start === 3 ? new Promise((_, reject) => { signal.addEventListener('abort', () => reject(new Error('aborted'))); }) : undefined) });
    world.session.receive({ type: 'ready' });
    await world.takeAll();
    world.session.receive({ type: 'stop' });
    await settle();
    expect(last(world)).toEqual({ type: 'stopped' });
  });

  it('a reload during a load begins anew, and nothing of the older reading comes after', async () => {
    const world = open();
    world.session.receive({ type: 'ready' });
    await settle();
    await world.take();
    world.session.receive({ type: 'reload' });
    await world.takeAll();
    expect(world.rows()).toEqual(transactions(7));
    expect(world.posted.filter(({ type }) => type === 'loaded' || type === 'stopped' || type === 'failed')).toEqual([{ type: 'loaded', moved: false }]);
  });

  it('another range is read from its beginning', async () => {
    const world = open();
    world.session.receive({ type: 'ready' });
    await world.takeAll();
    world.session.receive({ type: 'load', range: { from: 5, to: 6, includePending: false } });
    await world.takeAll();
    expect(world.posted.filter(({ type }) => type === 'loading').at(-1)).toEqual({ type: 'loading', range: { from: 5, to: 6, includePending: false }, goesOn: false });
    expect(world.rows()).toHaveLength(7);
  });

  it('rows that move by one while it is read are there once, and it says so', async () => {
    const list = transactions(7);
    const world = open({ list, fail: (start) => { if (start === 3) list.unshift({ ...list[0], id: 1 }); } });
    world.session.receive({ type: 'ready' });
    await world.takeAll();
    expect((world.rows() as { id: number }[]).map(({ id }) => id)).toEqual(transactions(7).map(({ id }) => id));
    expect(last(world)).toEqual({ type: 'loaded', moved: true });
  });

  it('an account without rows is told as such', async () => {
    const world = open({ list: [] });
    world.session.receive({ type: 'ready' });
    await world.takeAll();
    expect(world.rows()).toEqual([]);
    expect(last(world)).toEqual({ type: 'loaded', moved: false });
  });

  it('pauses after 100,000 rows until somebody wants the rest', async () => {
    const world = open({ size: 1, list: transactions(130) });
    world.session.receive({ type: 'ready' });
    await world.takeAll();
    expect(last(world)).toEqual({ type: 'paused' });
    expect(world.rows()).toHaveLength(100);
    world.session.receive({ type: 'goOn' });
    await world.takeAll();
    expect(world.rows()).toHaveLength(130);
    expect(last(world)).toEqual({ type: 'loaded', moved: false });
  });

  it('what is known of an account stays when it cannot be had at a reload', async () => {
    const card = { id: '8100000022', name: 'Card', type: 'creditCard' };
    let known = [card];
    const world = open({ about: () => ({ accounts: known, testing: known.length > 0 }) });
    world.session.receive({ type: 'ready' });
    await world.takeAll();
    known = [];
    world.session.receive({ type: 'reload' });
    await world.takeAll();
    expect(world.posted.filter(({ type }) => type === 'about')).toEqual(Array(2).fill({ type: 'about', accounts: [card], testing: true }));
  });

  it('a closed tab posts nothing and asks nothing more', async () => {
    const world = open();
    world.session.receive({ type: 'ready' });
    await settle();
    const before = world.posted.length;
    world.session.dispose();
    await world.takeAll();
    world.session.receive({ type: 'reload' });
    world.session.changed();
    await settle();
    expect(world.posted.length).toBe(before);
    expect(world.pagesRead()).toBe(1);
  });

  it('each reading ends at the range of its own moment: a row of later is there after a reload', async () => {
    let to = 100;
    const world = open({ now: () => ({ ...range, to }) });
    world.session.receive({ type: 'ready' });
    await world.takeAll();
    to = 200;
    world.session.receive({ type: 'reload' });
    await world.takeAll();
    // Chosen up to the end, so it goes on with the days; chosen before it, so it stays.
    world.session.receive({ type: 'load', range: { from: 5, to: 200, includePending: true } });
    to = 300;
    world.session.receive({ type: 'reload' });
    await world.takeAll();
    world.session.receive({ type: 'load', range: { from: 5, to: 299, includePending: true } });
    to = 400;
    world.session.receive({ type: 'reload' });
    await world.takeAll();
    expect(world.posted.flatMap((message) => (message.type === 'loading' ? [message.range.to] : []))).toEqual([100, 200, 200, 300, 299, 299]);
  });

  it.each([['a whole reading', undefined, 'loaded'], ['one that fails', 5, 'failed']] as const)('a change at the source in the middle of %s is told at its end', async (_, fails, end) => {
    const world = open({ fail: (start) => { if (start === fails) throw new Error('429: slow down'); } });
    world.session.receive({ type: 'ready' });
    await settle();
    await world.take();
    world.session.changed();
    expect(world.posted.some(({ type }) => type === 'changed')).toBe(false);
    await world.takeAll();
    expect(world.posted.slice(-2).map(({ type }) => type)).toEqual([end, 'changed']);
    // Read anew, nothing is owed.
    world.session.receive({ type: 'reload' });
    await world.takeAll();
    expect(last(world).type).toBe(end);
  });

  it('a page built anew in the middle of a reading, as presentation mode does, gets all rows, and none of the older reading', async () => {
    const world = open();
    world.session.receive({ type: 'ready' });
    await settle();
    await world.take();
    world.session.forget();
    const before = world.posted.length;
    await settle();
    expect(world.posted).toHaveLength(before);
    world.session.receive({ type: 'ready' });
    await world.takeAll();
    expect(world.posted.slice(before).filter(({ type }) => type === 'about')).toHaveLength(1);
    expect(world.rows()).toEqual(transactions(7));
    expect(last(world)).toEqual({ type: 'loaded', moved: false });
  });

  it('a change at the source is told, and read when the person says so', async () => {
    const world = open();
    world.session.receive({ type: 'ready' });
    await world.takeAll();
    const pages = world.pagesRead();
    world.session.changed();
    expect(last(world)).toEqual({ type: 'changed' });
    expect(world.pagesRead()).toBe(pages);
  });
});

describe('messages of a view', () => {
  it.each([null, 'ready', { type: 'load', range: { from: 5, to: 4 } }, { type: 'load', range: { from: -1, to: 4 } }, { type: 'load', range: { from: '0', to: 4 } }, { type: 'took', seq: 'a' },
    { type: 'enrich', rows: [] }, { type: 'enrich', rows: [1] }, { type: 'enrich', rows: Array(1001).fill({}) }, { type: 'exportBegin', id: 1, format: 'exe', total: 1 }, { type: 'exportChunk', id: 1, bytes: 'text', rows: 1 },
    { type: 'exportEnd' }, { type: 'openExternal' }])('that are none are refused: %j', (value) => {
    expect(readTransactionsRequest(value)).toBeUndefined();
  });

  it('are no less for their size: a piece with one long row, or a large page, is not dropped', () => {
    const bytes = new Uint8Array(80 * 1024 * 1024);
    expect(readTransactionsRequest({ type: 'exportChunk', id: 1, bytes, rows: 1 })).toMatchObject({ type: 'exportChunk', rows: 1 });
    expect(readTransactionsRequest({ type: 'saveFile', name: 'report.html', bytes })).toMatchObject({ type: 'saveFile', name: 'report.html' });
  });

  it('keep nothing but what their type carries', () => {
    expect(readTransactionsRequest({ type: 'addTest', accountId: '../x', path: '/' })).toEqual({ type: 'addTest' });
    expect(readTransactionsRequest({ type: 'load', range: { from: 1, to: 2, includePending: 'yes', x: 1 } })).toEqual({ type: 'load', range: { from: 1, to: 2, includePending: false } });
  });
});

describe('the range read first', () => {
  const now = Date.UTC(2026, 4, 30, 12);
  it('is the last 24 months, or what the document says', () => {
    expect(rangeOf(new URLSearchParams(), now)).toEqual({ from: Date.UTC(2024, 4, 30) / 1000, to: Date.UTC(2026, 4, 31) / 1000 - 1, includePending: true });
    expect(rangeOf(new URLSearchParams('fromDate=100&toDate=200&includePending=false'), now)).toEqual({ from: 100, to: 200, includePending: false });
    expect(rangeOf(new URLSearchParams('fromDate=x&toDate=-1'), now)).toMatchObject({ to: Date.UTC(2026, 4, 31) / 1000 - 1 });
  });

  it('holds all of today in UTC, at its first second and at its last', () => {
    for (const at of [Date.UTC(2026, 4, 30), Date.UTC(2026, 4, 30, 23, 59, 59, 999)]) expect(rangeOf(new URLSearchParams(), at).to).toBe(Date.UTC(2026, 4, 31) / 1000 - 1);
  });

  it('that a person chose up to its end goes on to the end of what there is later; one that ended before stays', () => {
    const [first, later] = [rangeOf(new URLSearchParams(), now), rangeOf(new URLSearchParams(), now + 3 * 86_400_000)];
    expect(rangeAgain({ from: 5, to: first.to, includePending: false }, first, later)).toEqual({ from: 5, to: later.to, includePending: false });
    const past = { from: 5, to: first.to - 86_400, includePending: true };
    expect(rangeAgain(past, first, later)).toBe(past);
  });
});

describe('exports', () => {
  let folder = '';
  let asked: number[];
  let ends: { done?: string; problem?: string }[];
  let cancel: () => void;
  let presenting: boolean;
  beforeEach(async () => {
    presenting = false;
    folder = await mkdtemp(join(tmpdir(), 'obx-export-'));
    asked = [];
    ends = [];
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const exportsTo = (disk?: Disk, name = 'out.csv', more: Partial<ConstructorParameters<typeof Exports>[0]> = {}) => new Exports({
    allowed: () => { if (presenting) throw new Error('Not saved: presentation mode is on.'); },
    choose: () => Promise.resolve({ name, file: () => openLocalFile(join(folder, name), disk) }),
    progress: (_, stop) => { cancel = stop; return { report: () => undefined, end: () => undefined }; },
    next: (id) => { asked.push(id); },
    ended: (_, end) => { ends.push(end); },
    ...more,
  });
  const send = async (exports: Exports, ...messages: Parameters<Exports['receive']>[0][]): Promise<void> => {
    for (const message of messages) exports.receive(message);
    await exports.settled;
  };
  const begin = { type: 'exportBegin', id: 1, format: 'csv', total: 2 } as const;
  const chunk = (text: string) => ({ type: 'exportChunk', id: 1, bytes: new TextEncoder().encode(text), rows: 1 }) as const;

  it('write piece by piece beside the target, which gets its name at the end, for the user alone', async () => {
    const exports = exportsTo();
    await writeFile(join(folder, 'out.csv'), 'what was there before');
    await send(exports, begin, chunk('a\r\n'));
    expect(asked).toEqual([1, 1]);
    expect(await readFile(join(folder, 'out.csv'), 'utf8')).toBe('what was there before');
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toHaveLength(1);
    await send(exports, chunk('b\r\n'), { type: 'exportEnd', id: 1 });
    expect(await readFile(join(folder, 'out.csv'), 'utf8')).toBe('a\r\nb\r\n');
    expect(await readdir(folder)).toEqual(['out.csv']);
    if (process.platform !== 'win32') expect((await stat(join(folder, 'out.csv'))).mode & 0o777).toBe(0o600);
    expect(ends).toEqual([{ done: 'out.csv' }]);
  });

  it('end when more comes than was asked for, and leave nothing', async () => {
    const exports = exportsTo();
    await send(exports, begin, chunk('a'), chunk('b'), chunk('c'));
    expect(ends.map(({ problem }) => problem)).toEqual(['The export was ended: more came than was asked for.']);
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ['cancel of its progress', (exports: Exports) => { cancel(); return exports.settled; }],
    ['the view\'s stop', (exports: Exports) => send(exports, { type: 'exportStop', id: 1 })],
    ['the closing of the tab', (exports: Exports) => { exports.dispose(); return exports.settled; }],
  ])('%s leaves nothing, and what was there stays', async (_, end) => {
    const exports = exportsTo();
    await writeFile(join(folder, 'out.csv'), 'before');
    await send(exports, begin, chunk('a'));
    await end(exports);
    expect(await readdir(folder)).toEqual(['out.csv']);
    expect(await readFile(join(folder, 'out.csv'), 'utf8')).toBe('before');
    await send(exports, chunk('late'), { type: 'exportEnd', id: 1 });
    expect(await readFile(join(folder, 'out.csv'), 'utf8')).toBe('before');
  });

  it.each([
    ['before the place is chosen', [], [begin]],
    ['while rows are written', [begin, chunk('a')], [chunk('b')]],
    ['before the file gets its name', [begin, chunk('a')], [{ type: 'exportEnd', id: 1 } as const]],
  ])('presentation mode that begins %s ends it with a word, and nothing is left', async (_, before, after) => {
    const exports = exportsTo();
    await send(exports, ...before);
    presenting = true;
    await send(exports, ...after);
    expect(ends).toEqual([{ problem: 'Not saved: presentation mode is on.' }]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('presentation mode that begins while the place is chosen, or between two pieces, is told too', async () => {
    await send(exportsTo(undefined, 'out.csv', { choose: () => {
      presenting = true;
      return Promise.resolve({ name: 'out.csv', file: () => openLocalFile(join(folder, 'out.csv')) });
    } }), begin);
    presenting = false;
    const exports = exportsTo();
    await send(exports, begin, chunk('a'));
    presenting = true;
    exports.cancel();
    await exports.settled;
    expect(ends).toEqual([{ problem: 'Not saved: presentation mode is on.' }, { problem: 'Not saved: presentation mode is on.' }]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('a full disk says so and leaves nothing', async () => {
    const real: { removed: string[] } = { removed: [] };
    const disk: Disk = {
      open: () => Promise.resolve({ writeFile: () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOSPC' })), sync: () => Promise.resolve(), close: () => Promise.resolve() }),
      rename: () => Promise.reject(new Error('must not be renamed')),
      remove: (path) => { real.removed.push(path); return Promise.resolve(); },
    };
    await send(exportsTo(disk), begin, chunk('a'), chunk('b'), { type: 'exportEnd', id: 1 });
    expect(ends).toEqual([{ problem: 'The file could not be written: the disk is full (ENOSPC). Nothing is left of it. Choose another place and try again.' }]);
    expect(real.removed).toHaveLength(1);
    expect(real.removed[0]).toMatch(/out\.csv\.[0-9a-f]{8}\.part$/);
  });

  it('a disk that is full when the file gets its end leaves nothing either', async () => {
    let removed = 0;
    const disk: Disk = {
      open: () => Promise.resolve({ writeFile: () => Promise.resolve(), sync: () => Promise.reject(Object.assign(new Error('no'), { code: 'EDQUOT' })), close: () => Promise.resolve() }),
      rename: () => Promise.reject(new Error('must not be renamed')), remove: () => { removed += 1; return Promise.resolve(); },
    };
    await send(exportsTo(disk), begin, chunk('a'), { type: 'exportEnd', id: 1 });
    expect(ends[0]!.problem).toContain('EDQUOT');
    expect(removed).toBe(1);
  });

  it('a folder that is not there is told before anything is written', async () => {
    await send(exportsTo(undefined, 'no/such/out.csv'), begin);
    expect(ends[0]!.problem).toContain('its folder does not exist');
  });

  it('a system that takes no pieces gets all of it at once, up to a bound', async () => {
    const written: string[] = [];
    const file = collectFile((bytes) => { written.push(new TextDecoder().decode(bytes)); return Promise.resolve(); }, 4);
    await file.write(new Uint8Array([97, 98]));
    expect(written).toEqual([]);
    await expect(file.write(new Uint8Array(3))).rejects.toThrow('larger than');
    const other = collectFile((bytes) => { written.push(new TextDecoder().decode(bytes)); return Promise.resolve(); });
    await other.write(new Uint8Array([97]));
    await other.write(new Uint8Array([98]));
    await other.finish();
    expect(written).toEqual(['ab']);
  });
});
