// The jobs of several windows that share a folder, with a clock of the test's own: how often a report is asked for, by whom, what is left
// when a window goes, and what the file may do to them.
import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { operation, type OperationId } from '../../src/api/catalogue.ts';
import { ApiError, CancelledError, NetworkError } from '../../src/client/errors.ts';
import { followReport } from '../../src/client/followReport.ts';
import type { Client } from '../../src/client/types.ts';
import { mergeOwn } from '../../src/jobs/edits.ts';
import { limits } from '../../src/jobs/file.ts';
import type { Job, ReportJob } from '../../src/jobs/job.ts';
import { Jobs, type JobEnd } from '../../src/jobs/registry.ts';
import { SignedOutError } from '../../src/platform/errors.ts';

const noon = Date.UTC(2026, 2, 9, 12);
const minute = 60_000;
const day = 24 * 60 * minute;

let folder: string;
let now: number;
let sleepers: { at: number; wake(): void }[];
let looks: { window: string; report: string; at: number; purpose?: unknown }[];
/** What a look at a report brings; a list is used up from the front, its last one stays. */
let answers: Record<string, unknown[]>;
let connections: Map<string, { signedOut?: boolean }>;
let deadlineMs: number;
let warnings: string[];
let lines: string[];
let windows: Window[];

interface Window { name: string; jobs: Jobs; ended: JobEnd[]; frozen: boolean; opens: number }

/** A timer of the test's clock; a frozen window's come no more, as those of a process that died. */
const after = (ms: number, wake: () => void): { dispose(): void } => {
  const sleeper = { at: now + ms, wake };
  sleepers.push(sleeper);
  return { dispose: () => { sleepers = sleepers.filter((other) => other !== sleeper); } };
};

function open(name: string, change: { folder?: string } = {}): Window {
  const send = async (_operation: string, input: Record<string, unknown>) => {
    const report = input.reportId as string;
    looks.push({ window: name, report, at: now, ...(input.purpose !== undefined && { purpose: input.purpose }) });
    const list = answers[report] ?? [{ status: 'inProgress' }];
    const body = list.length > 1 ? list.shift() : list[0];
    if (body instanceof Error) throw body;
    return { status: 200, headers: {}, contentType: 'application/json', size: 1, durationMs: 1, body: { id: report, type: 'voa', ...(body as object) } };
  };
  const wait = (ms: number, signal: AbortSignal | undefined) => new Promise<void>((resolve, reject) => {
    const stop = () => reject(new CancelledError('GetReportByCustomer'));
    if (signal?.aborted) return stop();
    after(ms, () => { if (!window.frozen) resolve(); });
    signal?.addEventListener('abort', stop, { once: true });
  });
  const client = {
    followReport: (report: never, options: never) => followReport({ send: send as never, clock: { now: () => now, sleep: async () => undefined }, wait, loopback: false }, report, options),
  } as unknown as Client;
  const window: Window = {
    name, ended: [], frozen: false, opens: 0,
    jobs: new Jobs({
      folder: change.folder ?? folder, now: () => now, deadlineMs: () => deadlineMs, intervalMs: () => 20_000, connection: (id) => connections.get(id),
      open: async (id) => {
        window.opens += 1;
        if (connections.get(id)?.signedOut) throw new SignedOutError(id, id);
        return { client, reportIntervalMs: 20_000 };
      },
      log: { info: (message) => lines.push(message), warn: (message) => warnings.push(message) },
      schedule: (run, ms) => after(ms, () => { if (!window.frozen) run(); }), watchFolder: () => ({ dispose: () => undefined }),
    }),
  };
  window.jobs.onDidEnd((end) => window.ended.push(end));
  windows.push(window);
  return window;
}

/** Lets every window finish what it is at, and read what the others have written. */
async function settle(): Promise<void> {
  for (let n = 0; n < 4; n += 1) {
    for (const { jobs, frozen } of windows) if (!frozen) await jobs.refresh();
    for (const { jobs, frozen } of windows) if (!frozen) await jobs.settled();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Moves the clock, stopping at every timer on the way. */
async function pass(ms: number): Promise<void> {
  const end = now + ms;
  await settle();
  for (;;) {
    const next = sleepers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
    if (!next) break;
    sleepers = sleepers.filter((other) => other !== next);
    now = Math.max(now, next.at);
    next.wake();
    await settle();
  }
  now = end;
  await settle();
}

const ask = (jobs: Jobs, id: string, change: { operationId?: OperationId; customerId?: string; purpose?: string; title?: string } = {}): Promise<boolean> => jobs.started({
  connectionId: 'live', entry: operation(change.operationId ?? 'GenerateVOAReport'), input: { customerId: change.customerId ?? '7001' }, ...(change.purpose !== undefined && { purpose: change.purpose }),
  body: { id, customerId: 7001, type: 'voa', status: 'inProgress', requesterName: 'Dana Reyes' }, ...(change.title !== undefined && { title: change.title }),
});
const only = ({ jobs }: Window): Job => {
  expect(jobs.list()).toHaveLength(1);
  return jobs.list()[0]!;
};
const onDisk = async (): Promise<string> => readFile(join(folder, 'jobs.json'), 'utf8').catch(() => '');
const seconds = (): number[] => looks.map(({ at }) => Math.round((at - noon) / 1000));

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'obx-jobs-')), 'jobs');
  now = noon;
  sleepers = [];
  looks = [];
  answers = {};
  connections = new Map([['live', {}]]);
  deadlineMs = 30 * minute;
  warnings = [];
  lines = [];
  windows = [];
});
afterEach(async () => {
  for (const { jobs } of windows) await jobs.stop();
  await rm(join(folder, '..'), { recursive: true, force: true });
});

describe('a report', () => {
  test('is looked at 20 s after it was asked for, then ever more rarely, until it is there', async () => {
    const one = open('one');
    await one.jobs.start();
    answers.r1 = [...Array.from({ length: 6 }, () => ({ status: 'inProgress' })), { status: 'success' }];
    await ask(one.jobs, 'r1');
    expect(only(one)).toMatchObject({ state: 'running', nextLookAt: noon + 20_000, giveUpAt: noon + 30 * minute });
    await pass(20_000);
    expect(only(one)).toMatchObject({ looks: 1, lookedAt: noon + 20_000, nextLookAt: noon + 40_000 });
    await pass(10 * minute);
    const at = seconds();
    expect(at.slice(0, 4)).toEqual([20, 40, 65, 96]);
    expect(at.slice(1).map((s, n) => s - at[n]!).every((gap) => gap >= 20 && gap <= 60)).toBe(true);
    expect(at).toHaveLength(7);
    expect(only(one)).toMatchObject({ state: 'done', endedAt: looks.at(-1)!.at });
    expect(one.ended).toMatchObject([{ tell: true, job: { state: 'done', reportId: 'r1' } }]);
    // Followed by one going from beginning to end, not begun anew while the end was written.
    expect(one.opens).toBe(1);
  });

  test('is given up at the deadline that was stated, and looked at again by hand', async () => {
    deadlineMs = 5 * minute;
    const one = open('one');
    await one.jobs.start();
    await ask(one.jobs, 'r1');
    await pass(6 * minute);
    expect(only(one)).toMatchObject({ state: 'gaveUp', reason: 'deadline' });
    expect(now - looks.at(-1)!.at).toBeGreaterThanOrEqual(minute);
    const before = looks.length;
    answers.r1 = [{ status: 'success' }];
    expect(await one.jobs.lookNow(only(one).id)).toBe(0);
    await settle();
    expect(looks).toHaveLength(before + 1);
    expect(only(one).state).toBe('done');
    await pass(5 * minute);
    expect(looks).toHaveLength(before + 1);
  });

  test('that failed says why: codes on disk, messages in this window alone', async () => {
    const one = open('one');
    await one.jobs.start();
    answers.r1 = [{ status: 'failure', errors: [{ code: 103, message: 'No access for [Dana](command:x)\nReyes', accountId: '8' }, { code: 185, message: 'Ask her' }] }];
    await ask(one.jobs, 'r1');
    await pass(20_000);
    const job = only(one);
    expect(job).toMatchObject({ state: 'failed', reason: 'report', codes: ['103', '185'] });
    expect(one.jobs.words(job.id).messages).toEqual(['No access for [Dana] (command:x) Reyes', 'Ask her']);
    expect(await onDisk()).not.toMatch(/Dana|Ask her/);
    expect(await one.jobs.lookNow(job.id)).toBe(0);
    await pass(minute);
    expect(looks).toHaveLength(1);
  });

  test('an answer that says no ends it with its code; a broken connection does not', async () => {
    const one = open('one');
    await one.jobs.start();
    answers.r1 = [new NetworkError('reset', 'broken'), new NetworkError('reset', 'broken'), { status: 'success' }];
    answers.r2 = [apiError(404, '10100', 'Report not found')];
    await ask(one.jobs, 'r1');
    await ask(one.jobs, 'r2');
    await pass(2 * minute);
    const state = (id: string) => one.jobs.list().find((job) => (job as ReportJob).reportId === id);
    expect(state('r1')).toMatchObject({ state: 'done' });
    expect(state('r2')).toMatchObject({ state: 'failed', reason: 'api', status: 404, codes: ['10100'] });
  });

  test('is read with the purpose it was asked for with, also after a reload; without one it waits for a person', async () => {
    const one = open('one');
    await one.jobs.start();
    answers.r2 = [apiError(400, '10100', 'Permissible Purpose Code is required')];
    await ask(one.jobs, 'r1', { purpose: '31' });
    await ask(one.jobs, 'r2');
    await pass(20_000);
    expect(looks.find(({ report }) => report === 'r1')).toMatchObject({ purpose: '31' });
    const waiting = one.jobs.list().find((job) => (job as ReportJob).reportId === 'r2')!;
    expect(waiting).toMatchObject({ state: 'gaveUp', reason: 'purpose' });
    answers.r2 = [{ status: 'success' }];
    await one.jobs.lookNow(waiting.id, '1B');
    await pass(10_000);
    expect(looks.filter(({ report }) => report === 'r2').at(-1)).toMatchObject({ purpose: '1B' });
    await one.jobs.stop();
    const two = open('two');
    await two.jobs.start();
    await pass(minute);
    expect(looks.at(-1)).toMatchObject({ window: 'two', report: 'r1', purpose: '31' });
  });

  test('looking by hand keeps five seconds between two looks', async () => {
    const one = open('one');
    await one.jobs.start();
    await ask(one.jobs, 'r1');
    const { id } = only(one);
    expect(await one.jobs.lookNow(id)).toBe(0);
    await settle();
    now += 1000;
    expect(await one.jobs.lookNow(id)).toBe(4000);
    expect(await one.jobs.lookNow(id)).toBe(4000);
    await settle();
    expect(seconds()).toEqual([0]);
    await pass(5000);
    expect(seconds()).toEqual([0, 5]);
  });

  test('a look that is cut off does not bring the next one sooner', async () => {
    const one = open('one');
    await one.jobs.start();
    answers.r1 = [new CancelledError('GetReportByCustomer'), { status: 'inProgress' }];
    await ask(one.jobs, 'r1');
    await pass(20_000);
    await new Promise((resolve) => setTimeout(resolve, 1200));
    await pass(30_000);
    expect(seconds()).toEqual([20, 40]);
  });

  test('cancelling stops the looks, not the report', async () => {
    const one = open('one');
    await one.jobs.start();
    await ask(one.jobs, 'r1');
    await pass(30_000);
    await one.jobs.cancel(only(one).id);
    await pass(10 * minute);
    expect(looks).toHaveLength(1);
    expect(only(one).state).toBe('cancelled');
    expect((only(one) as ReportJob).holder).toBeUndefined();
  });

  test('answers of other operations, and without an id, are no jobs; a finished one is done at once; bytes are read', async () => {
    const { jobs } = open('one');
    await jobs.start();
    const entry = operation('GenerateVOAReport');
    await jobs.started({ connectionId: 'live', entry: operation('GetCustomer'), input: { customerId: '7' }, body: { id: '7', status: 'inProgress' } });
    for (const body of [undefined, '', { status: 'inProgress' }, { id: '<script>', status: 'inProgress' }, new Uint8Array([123])]) await jobs.started({ connectionId: 'live', entry, input: { customerId: '7' }, body });
    expect(jobs.list()).toEqual([]);
    await jobs.started({ connectionId: 'live', entry, input: { customerId: '7' }, body: new TextEncoder().encode('{"id":"r9","type":"voa","status":"success"}') });
    await jobs.started({ connectionId: 'live', entry: operation('GenerateForesightAnalyticsFirstThirdPartyNonCraReport'), input: { userType: 'personal', body: {} }, body: { id: 'r8', customerId: 7002, status: 'inProgress' } });
    expect(jobs.list()).toMatchObject([{ reportId: 'r8', state: 'running', customerId: '7002' }, { reportId: 'r9', state: 'done' }]);
  });
});

describe('several windows', () => {
  test('have one of them ask; the other sees what it finds, and only the one that started it tells', async () => {
    const [one, two] = [open('one'), open('two')];
    await one.jobs.start();
    await two.jobs.start();
    answers.r1 = [{ status: 'inProgress' }, { status: 'inProgress' }, { status: 'failure', errors: [{ code: 103 }] }];
    await ask(one.jobs, 'r1');
    await pass(90_000);
    expect(seconds()).toEqual([20, 40, 65]);
    expect(new Set(looks.map(({ window }) => window))).toEqual(new Set(['one']));
    expect(only(two)).toMatchObject({ state: 'failed', codes: ['103'] });
    expect([one, two].map(({ ended }) => ended.map(({ tell }) => tell))).toEqual([[true], [false]]);
  });

  test('that ask for the same report follow it once', async () => {
    const [one, two] = [open('one'), open('two')];
    await one.jobs.start();
    await two.jobs.start();
    await Promise.all([ask(one.jobs, 'r1'), ask(two.jobs, 'r1')]);
    await pass(70_000);
    expect(seconds()).toEqual([20, 40, 65]);
    expect(only(one).id).toBe(only(two).id);
  });

  test('writing at once lose nothing of each other', async () => {
    const all = ['one', 'two', 'three'].map((name) => open(name));
    await Promise.all(all.map(({ jobs }) => jobs.start()));
    await Promise.all(all.flatMap(({ jobs, name }) => Array.from({ length: 8 }, (_, n) => ask(jobs, `${name}-${n}`))));
    await settle();
    for (const { jobs } of all) expect(jobs.list()).toHaveLength(24);
  });

  test('one that dies is taken over after a while, at the pace that was kept; it does not come back as a second asker', async () => {
    const [one, two] = [open('one'), open('two')];
    await one.jobs.start();
    await two.jobs.start();
    await ask(one.jobs, 'r1');
    await pass(50_000);
    expect(seconds()).toEqual([20, 40]);
    one.frozen = true;
    await pass(14_000);
    expect(looks).toHaveLength(2);
    await pass(2 * minute);
    const later = looks.slice(2);
    expect(later.length).toBeGreaterThan(1);
    expect(new Set(later.map(({ window }) => window))).toEqual(new Set(['two']));
    expect(later[0]!.at - looks[1]!.at).toBeLessThanOrEqual(45_000);
    one.frozen = false;
    const before = looks.length;
    await pass(3 * minute);
    expect(new Set(looks.slice(before).map(({ window }) => window))).toEqual(new Set(['two']));
    const at = seconds();
    expect(at.slice(1).every((s, n) => s - at[n]! >= 20)).toBe(true);
  });

  test('one that closes hands over at once, and keeps the next look where it was', async () => {
    const [one, two] = [open('one'), open('two')];
    await one.jobs.start();
    await two.jobs.start();
    await ask(one.jobs, 'r1');
    await pass(25_000);
    await one.jobs.stop();
    one.frozen = true;
    await pass(20_000);
    expect(looks.map(({ window }) => window)).toEqual(['one', 'two']);
    expect(seconds()).toEqual([20, 40]);
  });

  test('a look by hand, or a cancel, in a window that only watches is done by the one that follows', async () => {
    const [one, two] = [open('one'), open('two')];
    await one.jobs.start();
    await two.jobs.start();
    await ask(one.jobs, 'r1');
    await settle();
    expect(await two.jobs.lookNow(only(two).id)).toBe(0);
    await settle();
    expect(looks).toMatchObject([{ window: 'one', at: noon }]);
    await two.jobs.cancel(only(two).id);
    await pass(5 * minute);
    expect(looks).toHaveLength(1);
  });

  test('one that does not know the connection leaves its reports alone', async () => {
    deadlineMs = 5 * minute;
    const one = open('one');
    await one.jobs.start();
    await ask(one.jobs, 'r1');
    await one.jobs.stop();
    connections.clear();
    const two = open('two');
    await two.jobs.start();
    await pass(minute);
    expect(only(two).state).toBe('running');
    await pass(5 * minute);
    expect(only(two)).toMatchObject({ state: 'interrupted', reason: 'removed' });
    expect(looks).toEqual([]);
  });
});

describe('after a reload', () => {
  test('a report is picked up where it was, its end is told there, and a deadline that passed allows one look', async () => {
    const one = open('one');
    await one.jobs.start();
    await ask(one.jobs, 'r1', { title: 'Verification of Assets of Dana' });
    await pass(25_000);
    await one.jobs.stop();
    now += 5000;
    const two = open('two');
    await two.jobs.start();
    expect(two.jobs.words(only(two).id)).toEqual({});
    await pass(10_000);
    expect(looks.map(({ window }) => window)).toEqual(['one', 'two']);
    await two.jobs.stop();
    now += day;
    answers.r1 = [{ status: 'success' }];
    const three = open('three');
    await three.jobs.start();
    await settle();
    expect(looks).toHaveLength(3);
    expect(three.ended).toMatchObject([{ tell: true, job: { state: 'done' } }]);
  });

  test('past the deadline one look is had, and then no more', async () => {
    const one = open('one');
    await one.jobs.start();
    await ask(one.jobs, 'r1');
    await one.jobs.stop();
    now += day;
    const two = open('two');
    await two.jobs.start();
    await pass(10 * minute);
    expect(looks).toHaveLength(1);
    expect(only(two)).toMatchObject({ state: 'gaveUp', reason: 'deadline' });
  });

  test('a call of a window that is gone was interrupted, by closing or by dying', async () => {
    const [one, two] = [open('one'), open('two')];
    await one.jobs.start();
    await two.jobs.start();
    one.jobs.callStarted({ connectionId: 'live', operationId: 'RefreshCustomerAccounts', input: { customerId: '7001' }, startedAt: now }, () => undefined);
    two.jobs.callStarted({ connectionId: 'live', operationId: 'LoadHistoricTransactionsForCustomerAccount', input: { customerId: '7001' }, startedAt: now }, () => undefined);
    await settle();
    await one.jobs.stop();
    two.frozen = true;
    const three = open('three');
    await three.jobs.start();
    expect(three.jobs.list().map(({ state }) => state).sort()).toEqual(['interrupted', 'running']);
    await pass(30_000);
    expect(three.jobs.list().every(({ state, reason }) => state === 'interrupted' && reason === 'windowClosed')).toBe(true);
  });
});

describe('a call', () => {
  test('runs, ends, knows its call in the history, and is cancelled by whichever window', async () => {
    const [one, two] = [open('one'), open('two')];
    await one.jobs.start();
    await two.jobs.start();
    let cancelled = 0;
    const first = one.jobs.callStarted({ connectionId: 'live', operationId: 'RefreshCustomerAccounts', input: { customerId: '7001', body: { name: 'Dana' } }, startedAt: now - 3000 }, () => { cancelled += 1; });
    await settle();
    expect(only(two)).toMatchObject({ kind: 'call', state: 'running', customerId: '7001', startedAt: noon - 3000 });
    await two.jobs.cancel(only(two).id);
    await settle();
    expect(cancelled).toBeGreaterThan(0);
    first({ state: 'cancelled' });
    await settle();
    expect(only(two).state).toBe('cancelled');
    expect(await onDisk()).not.toContain('Dana');
  });
});

describe('a report that is open', () => {
  const report = { connectionId: 'live', customerId: '7001', reportId: 'r1' };

  test('is followed without a row, by one window of those that show it, while one shows it', async () => {
    const [one, two] = [open('one'), open('two')];
    await one.jobs.start();
    await two.jobs.start();
    const told: string[] = [];
    const first = one.jobs.watch(report, () => told.push('one'));
    const second = two.jobs.watch(report, () => told.push('two'));
    await pass(45_000);
    expect(looks).toHaveLength(2);
    expect(one.jobs.list()).toEqual([]);
    expect(one.jobs.follows(report) && two.jobs.follows(report)).toBe(true);
    answers.r1 = [{ status: 'success' }];
    await pass(30_000);
    expect(told.sort()).toEqual(['one', 'two']);
    expect([...one.ended, ...two.ended].some(({ tell }) => tell)).toBe(false);
    first.dispose();
    second.dispose();
  });

  test('is left in peace when the last tab closes', async () => {
    const one = open('one');
    await one.jobs.start();
    const [first, second] = [one.jobs.watch(report, () => undefined), one.jobs.watch(report, () => undefined)];
    await settle();
    first.dispose();
    await pass(20_000);
    expect(looks).toHaveLength(1);
    second.dispose();
    await pass(5 * minute);
    expect(looks).toHaveLength(1);
    expect(await onDisk()).not.toContain('r1');
  });

  test('and has a job is asked for once', async () => {
    const [one, two] = [open('one'), open('two')];
    await one.jobs.start();
    await two.jobs.start();
    const tab = two.jobs.watch(report, () => undefined);
    await settle();
    await ask(one.jobs, 'r1');
    await pass(70_000);
    expect(seconds()).toEqual([20, 40, 65]);
    tab.dispose();
    await pass(30_000);
    expect(only(one).state).toBe('running');
    expect(looks.length).toBeGreaterThan(3);
  });
});

describe('a report that is open and was cancelled', () => {
  const report = { connectionId: 'live', customerId: '7001', reportId: 'r1' };
  const running = async (): Promise<unknown[]> => (JSON.parse(await onDisk()) as { jobs: Job[] }).jobs.filter(({ state }) => state === 'running');

  test('is not looked at until a person asks, and then by one job alone; the tab hears of its end', async () => {
    const one = open('one');
    await one.jobs.start();
    let told = 0;
    // As the library does: what has ended is read anew, and still running it is watched again.
    const watch = (): void => void one.jobs.watch(report, () => {
      told += 1;
      if (answers.r1 === undefined) watch();
    });
    watch();
    await ask(one.jobs, 'r1');
    await pass(20_000);
    await one.jobs.cancel(only(one).id);
    await pass(5 * minute);
    expect(told).toBe(1);
    expect(looks).toHaveLength(1);
    looks = [];
    await one.jobs.lookNow(only(one).id);
    await pass(minute);
    expect(await running()).toHaveLength(1);
    expect(looks.map(({ at }) => (at - noon - 20_000 - 5 * minute) / 1000)).toEqual([0, 20, 45]);
    answers.r1 = [{ status: 'success' }];
    await pass(2 * minute);
    expect(told).toBe(2);
    expect(only(one).state).toBe('done');
  });

  test('one that a tab follows without a row becomes the row\'s, with its pace and without a word to the tab', async () => {
    const [one, two] = [open('one'), open('two')];
    await one.jobs.start();
    await two.jobs.start();
    deadlineMs = 30_000;
    await ask(one.jobs, 'r1');
    await pass(45_000);
    expect(only(one).state).toBe('gaveUp');
    deadlineMs = 30 * minute;
    let told = 0;
    two.jobs.watch(report, () => { told += 1; });
    await pass(22_000);
    const before = looks.at(-1)!;
    expect(before.window).toBe('two');
    expect(await one.jobs.lookNow(only(one).id)).toBe(before.at + 5000 - now);
    await pass(5 * minute);
    expect(await running()).toHaveLength(1);
    expect(told).toBe(0);
    const at = seconds().slice(looks.indexOf(before) + 1);
    expect(at.slice(1).every((s, n) => s - at[n]! >= 20)).toBe(true);
    expect(only(two)).toMatchObject({ state: 'running' });
  });
});

describe('a connection', () => {
  test('that is signed out of ends its jobs with that reason; a removed one takes its past along', async () => {
    const one = open('one');
    connections.set('other', {});
    await one.jobs.start();
    answers.r1 = [{ status: 'success' }];
    await ask(one.jobs, 'r1');
    await pass(20_000);
    await ask(one.jobs, 'r2');
    connections.set('live', { signedOut: true });
    await one.jobs.connectionGone('live', 'signedOut');
    await pass(minute);
    expect(one.jobs.list().map(({ state, reason }) => [state, reason])).toEqual([['interrupted', 'signedOut'], ['done', undefined]]);
    expect(looks).toHaveLength(1);
    connections.set('live', {});
    await ask(one.jobs, 'r3');
    connections.delete('live');
    await one.jobs.connectionGone('live', 'removed');
    expect(one.jobs.list()).toMatchObject([{ reportId: 'r3', state: 'interrupted', reason: 'removed' }]);
  });

  test('without credentials, found at the look, says so', async () => {
    const one = open('one');
    await one.jobs.start();
    connections.set('live', { signedOut: true });
    await ask(one.jobs, 'r1');
    await settle();
    expect(only(one)).toMatchObject({ state: 'interrupted', reason: 'signedOut' });
  });
});

describe('the file', () => {
  test('holds neither names nor bodies, for the user alone, and the log no ids', async () => {
    const one = open('one');
    await one.jobs.start();
    await ask(one.jobs, 'report-4711', { title: 'Verification of Assets of Dana Reyes' });
    answers['report-4711'] = [{ status: 'success', accounts: [{ name: 'Dana\'s' }] }];
    await pass(20_000);
    expect(await onDisk()).toContain('report-4711');
    expect(await onDisk()).not.toMatch(/Dana|Reyes|accounts/);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join('\n')).not.toMatch(/4711|7001/);
  });

  test('that is damaged is set aside, said once, and what can be read of it is kept', async () => {
    const one = open('one');
    await one.jobs.start();
    answers.r1 = [{ status: 'success' }];
    await ask(one.jobs, 'r1');
    await pass(20_000);
    const good = JSON.parse(await onDisk()) as { jobs: unknown[] };
    await writeFile(join(folder, 'jobs.json'), JSON.stringify({ ...good, jobs: [{ kind: 'report', id: 'x', holder: { evil: 1 } }, ...good.jobs] }));
    await settle();
    expect(only(one)).toMatchObject({ reportId: 'r1' });
    expect(warnings).toHaveLength(1);
    await writeFile(join(folder, 'jobs.json'), '{"version": 1, "jobs": [{"kind": "rep');
    await settle();
    expect(one.jobs.list()).toEqual([]);
    expect(one.jobs.trouble).toContain('damaged');
    expect(warnings).toHaveLength(2);
    expect((await readdir(folder)).filter((name) => name.includes('set-aside'))).not.toEqual([]);
    await ask(one.jobs, 'r2');
    expect(only(one)).toMatchObject({ reportId: 'r2' });
  });

  test('of a newer version is left alone, and jobs go on in memory', async () => {
    await mkdir(folder, { recursive: true });
    const newer = '{"version":2,"jobs":"of another kind"}';
    await writeFile(join(folder, 'jobs.json'), newer);
    const one = open('one');
    await one.jobs.start();
    await ask(one.jobs, 'r1');
    answers.r1 = [{ status: 'success' }];
    await pass(20_000);
    expect(only(one).state).toBe('done');
    expect(await onDisk()).toBe(newer);
    expect(one.jobs.trouble).toContain('newer version');
    expect(warnings).toHaveLength(1);
  });

  test('that cannot be written costs the sharing, not the following', async () => {
    await mkdir(join(folder, '..'), { recursive: true });
    await writeFile(folder, 'a file where the folder should be');
    const one = open('one');
    await one.jobs.start();
    await ask(one.jobs, 'r1');
    answers.r1 = [{ status: 'success' }];
    await pass(20_000);
    expect(only(one).state).toBe('done');
    expect(one.jobs.trouble).toContain('memory only');
    expect(warnings).toHaveLength(1);
  });

  test('that cannot be read for a moment changes nothing: nothing is stopped, and nothing told again', async () => {
    const one = open('one');
    await one.jobs.start();
    answers.r1 = [{ status: 'success' }];
    await ask(one.jobs, 'r1');
    await pass(20_000);
    await ask(one.jobs, 'r2');
    await settle();
    const path = join(folder, 'jobs.json');
    await rename(path, `${path}.good`);
    await mkdir(path);
    await one.jobs.refresh();
    expect(one.jobs.list().map((job) => (job as ReportJob).reportId)).toEqual(['r2', 'r1']);
    await rm(path, { recursive: true });
    await rename(`${path}.good`, path);
    await pass(20_000);
    expect(one.ended).toHaveLength(1);
    expect(one.opens).toBe(2);
    expect(warnings).toEqual([]);
    expect(looks.filter(({ report }) => report === 'r2')).toHaveLength(1);
  });

  test('that could not be used once is used again with the next change, and loses nothing of either side', async () => {
    const [one, two] = [open('one'), open('two')];
    await one.jobs.start();
    await two.jobs.start();
    await ask(one.jobs, 'r1');
    await settle();
    const aside = `${folder}.good`;
    await rename(folder, aside);
    await writeFile(folder, 'a file where the folder should be');
    answers.r1 = [{ status: 'success' }];
    await ask(one.jobs, 'r2');
    await one.jobs.cancel(one.jobs.list().find((job) => (job as ReportJob).reportId === 'r1')!.id);
    expect(one.jobs.trouble).toContain('memory only');
    expect(one.ended.map(({ job }) => job.state)).toEqual(['cancelled']);
    await rm(folder);
    await rename(aside, folder);
    await ask(two.jobs, 'r3');
    await ask(one.jobs, 'r4');
    await settle();
    expect(one.jobs.trouble).toBeUndefined();
    for (const { jobs } of [one, two])
      expect(Object.fromEntries(jobs.list().map((job) => [(job as ReportJob).reportId, job.state]))).toEqual({ r1: 'cancelled', r2: 'running', r3: 'running', r4: 'running' });
    expect(warnings).toHaveLength(1);
  });

  test('that others changed meanwhile keeps whom it names, ends, and one job a report', () => {
    const job = (id: string, change: Partial<ReportJob> = {}): ReportJob => ({
      kind: 'report', id, connectionId: 'live', customerId: '7001', reportId: id, state: 'running', owner: 'me', holder: 'me', listed: true, startedAt: noon, looks: 1, nextLookAt: noon, giveUpAt: noon + minute, ...change,
    });
    const base = [job('a'), job('b'), job('c'), job('d')];
    const theirs: Job[] = [job('a', { holder: 'other', looks: 2 }), job('b', { state: 'done', endedAt: noon }), job('c'), job('tab', { reportId: 'new', listed: false, watchers: ['other'] })];
    mergeOwn(theirs, base, [job('a', { looks: 3, lookedAt: noon }), job('b', { looks: 5 }), job('d'), job('mine', { reportId: 'new' })]);
    expect(theirs).toMatchObject([{ id: 'a', holder: 'other', looks: 3, lookedAt: noon }, { id: 'b', state: 'done' }, { id: 'mine', watchers: ['other'] }]);
    expect(theirs).toHaveLength(3);
  });

  test('forgets what is old, what is too much, and what it is told to forget', async () => {
    const one = open('one');
    await one.jobs.start();
    const entry = operation('GenerateVOAReport');
    const done = (id: string) => one.jobs.started({ connectionId: 'live', entry, input: { customerId: '7001' }, body: { id, status: 'success' } });
    for (let n = 0; n < limits.ended + 5; n += 1) {
      now += 1000;
      await done(`r${n}`);
    }
    await ask(one.jobs, 'running');
    expect(one.jobs.list()).toHaveLength(limits.ended + 1);
    expect(one.jobs.list().at(-1)).toMatchObject({ reportId: 'r5' });
    await one.jobs.forget([one.jobs.list()[0]!.id, one.jobs.list()[1]!.id]);
    expect(one.jobs.list()).toHaveLength(limits.ended);
    now += limits.days * day + 1000;
    await done('late');
    expect(one.jobs.list().map((job) => (job as ReportJob).reportId)).toEqual(['running', 'late']);
    await one.jobs.forget();
    expect(one.jobs.list().map((job) => (job as ReportJob).reportId)).toEqual(['running']);
  });
});

function apiError(status: number, code: string, message: string): ApiError {
  return new ApiError({
    operationId: 'GetReportByCustomer', family: 'Reports', code, apiMessage: message, explanation: { title: 'No', meaning: 'No.', fix: 'None.', retryable: false },
    answer: { status, headers: {}, contentType: 'application/json', body: {}, size: 1, durationMs: 1 },
  });
}
