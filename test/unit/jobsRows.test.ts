// A job in words, and which calls become jobs.
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Client } from '../../src/client/types.ts';
import { CancelledError } from '../../src/client/errors.ts';
import { watchCalls, type StartedCall } from '../../src/jobs/calls.ts';
import { endingOfError, type Ending } from '../../src/jobs/ending.ts';
import type { CallJob, Job, ReportJob } from '../../src/jobs/job.ts';
import { describeJob, titleOf } from '../../src/jobs/rows.ts';
import { runningText } from '../../src/jobs/running.ts';
import { OpenQuestions } from '../../src/platform/openQuestions.ts';

const began = new Date(2026, 2, 9, 14, 2).getTime();
const report = (change: Partial<ReportJob> = {}): ReportJob => ({
  kind: 'report', id: 'a-1', connectionId: 'c', state: 'running', owner: 'w', holder: 'w', startedAt: began, customerId: '7001', reportId: 'r1-voi', operationId: 'GenerateVOIReport', reportType: 'voi',
  listed: true, looks: 2, lookedAt: began + 148_000, nextLookAt: began + 172_000, giveUpAt: began + 30 * 60_000, ...change,
});
const call = (change: Partial<CallJob> = {}): CallJob => ({ kind: 'call', id: 'a-2', connectionId: 'c', state: 'running', owner: 'w', startedAt: began, customerId: '7001', operationId: 'RefreshCustomerAccounts', ...change });
const describeAt = (job: Job, ms: number, messages?: string[]) => describeJob(job, { now: began + ms, mixed: false, labelOf: (id) => (id === 'c' ? 'Mine' : undefined), words: messages ? { messages } : {} });
const said = (job: Job, ms: number): string => describeAt(job, ms).description;

describe('a row', () => {
  test('of a running report says how long, when the next look is and when the waiting ends', () => {
    expect(describeAt(report(), 160_000)).toMatchObject({
      label: 'Verification of Income', description: 'running 2 min 40 s · next look in 12 s · gives up at 14:32 · customer 7001', contextValue: 'job;report;running;customer', icon: { id: 'sync' },
    });
    expect(said(report({ nextLookAt: began + 160_000 }), 160_000)).toContain('looking now');
    expect(said(report({ holder: undefined }), 160_000)).toContain('waits for a window to look');
    expect(said(report({ giveUpAt: began + 24 * 3_600_000 }), 0)).toContain('gives up at Mar 10, 14:02');
  });

  test('does not make a screen reader begin anew every second', () => {
    expect(describeAt(report(), 160_000).spoken).toBe(describeAt(report(), 161_000).spoken);
    expect(describeAt(report(), 160_000).spoken).toBe('Verification of Income, running, customer 7001');
  });

  test('of one that ended says how, in words besides the icon', () => {
    const at = { endedAt: began + 95_000, holder: undefined };
    expect(said(report({ ...at, state: 'done' }), 120_000)).toBe('done · took 1 min 35 s · 14:03 · customer 7001');
    expect(said(report({ ...at, state: 'cancelled' }), 120_000)).toBe('cancelled · 14:03 · customer 7001');
    expect(said(report({ ...at, state: 'gaveUp', reason: 'deadline' }), 120_000)).toBe('gave up: not finished in time · 14:03 · customer 7001');
    expect(said(report({ ...at, state: 'gaveUp', reason: 'purpose' }), 120_000)).toContain('gave up: the permissible purpose is missing');
    expect(said(report({ ...at, state: 'interrupted', reason: 'signedOut' }), 120_000)).toContain('interrupted: signed out');
    expect(said(call({ state: 'interrupted', reason: 'windowClosed', endedAt: began + 1000 }), 120_000)).toContain('interrupted: the window closed while it ran');
    expect(describeAt(call({ state: 'interrupted', reason: 'windowClosed', endedAt: began + 1000 }), 120_000).tooltip).toContain('whether it took effect is not known');
    expect(describeAt(call({ state: 'done', status: 203, endedAt: began + 1000 }), 120_000)).toMatchObject({ icon: { id: 'question' }, description: expect.stringContaining('the bank asks a question') as string });
  });

  test('of a failed report has the code and what it means, and what the API said while that is known', () => {
    const failed = report({ state: 'failed', reason: 'report', codes: ['103', '99999'], endedAt: began + 9000 });
    const { description, tooltip, contextValue } = describeAt(failed, 10_000, ['The bank said [no](command:x)']);
    expect(description).toMatch(/^failed: code 103, \S.* · 14:02 · customer 7001$/);
    expect(tooltip).toContain('Code 103:');
    expect(tooltip).not.toContain('Code 99999:');
    expect(tooltip).toContain('The API says: ');
    expect(tooltip).not.toContain('[no](command:x)');
    expect(contextValue).not.toContain('again');
    expect(said(report({ state: 'failed', reason: 'report', endedAt: began }), 0)).toContain('failed: the API names no reason');
    expect(describeAt(report({ state: 'failed', reason: 'api', status: 404, codes: ['14001'], endedAt: began }), 0)).toMatchObject({ contextValue: 'job;report;failed;again;customer', description: expect.stringMatching(/^failed: code 14001, \S/) as string });
  });

  test('names the connection only where several are shown, and one that is gone as such', () => {
    const context = { now: began, mixed: true, words: {} };
    expect(describeJob(report(), { ...context, labelOf: () => 'Mine' }).description).toContain('customer 7001 · Mine');
    expect(describeJob(report(), { ...context, labelOf: () => undefined }).description).toContain('a connection that was removed');
  });

  test('is titled by what was asked for, else by its type', () => {
    expect(titleOf(report({ operationId: 'GenerateCashflowAnalyticsReport', reportType: 'cfrbcra' }))).toBe('Cash Flow Analytics (business)');
    expect(titleOf(report({ operationId: undefined, reportType: undefined }))).toBe('Report');
    expect(titleOf(call())).toMatch(/refresh/i);
  });

  test('durations and counts', () => {
    expect(runningText([report(), report(), call(), report({ state: 'done' })])).toBe('2 reports, 1 call');
    expect(runningText([])).toBe('');
  });
});

describe('calls', () => {
  afterEach(() => void vi.useRealTimers());

  /** A client whose calls end when the test says so. */
  function slow() {
    vi.useFakeTimers();
    const started: StartedCall[] = [];
    const cancels: (() => void)[] = [];
    const endings: Ending[] = [];
    let settle: { resolve(value: unknown): void; reject(error: unknown): void } | undefined;
    const run = (_operation: unknown, _input: unknown, options: { signal?: AbortSignal }) => new Promise((resolve, reject) => {
      settle = { resolve, reject };
      options.signal?.addEventListener('abort', () => reject(new CancelledError('x')));
    });
    const questions = new OpenQuestions();
    const client = watchCalls({ send: run, call: run } as unknown as Client, 'c', {
      questions, ending: (error) => endingOfError(error, false),
      jobs: {
        callStarted: (one, cancel) => {
          started.push(one);
          cancels.push(cancel);
          return (ending) => endings.push(ending);
        },
      },
    });
    return { client, started, cancels, endings, questions, settle: () => settle! };
  }
  const input = { customerId: '7' };

  test('of a person that take more than three seconds become jobs, and end as they do', async () => {
    const { client, started, endings, settle } = slow();
    const one = client.call('RefreshCustomerAccounts', input, { origin: 'command' });
    await vi.advanceTimersByTimeAsync(2999);
    expect(started).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(started).toMatchObject([{ connectionId: 'c', operationId: 'RefreshCustomerAccounts', startedAt: Date.now() - 3000 }]);
    expect(started[0]!.input).toBe(input);
    settle().resolve({ accounts: [] });
    await one;
    expect(endings).toEqual([{ state: 'done' }]);
    const two = client.send('RefreshCustomerAccounts', input, { origin: 'form' });
    await vi.advanceTimersByTimeAsync(4000);
    settle().resolve({ status: 203, headers: {}, durationMs: 1, contentType: '', body: {}, size: 0 });
    await two;
    expect(endings.at(-1)).toEqual({ state: 'done', status: 203 });
  });

  test('that are quick leave nothing behind; the explorer\'s own reading never becomes one', async () => {
    const { client, started, settle } = slow();
    const quick = client.send('GetCustomer', input, { origin: 'form' });
    await vi.advanceTimersByTimeAsync(1000);
    settle().resolve({});
    await quick;
    await vi.advanceTimersByTimeAsync(60_000);
    for (const origin of ['tree', 'poll', undefined] as const) void client.send('GetCustomer', input, { origin });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(started).toEqual([]);
  });

  test('are cancelled by their job', async () => {
    const { client, cancels, endings } = slow();
    const one = client.send('RefreshCustomerAccounts', input, { origin: 'command' });
    const ended = expect(one).rejects.toMatchObject({ kind: 'cancelled', byPerson: true });
    await vi.advanceTimersByTimeAsync(3000);
    cancels[0]!();
    await ended;
    expect(endings).toEqual([{ state: 'cancelled' }]);
  });

  test('are not under way while a question is open', async () => {
    const { client, started, questions } = slow();
    void questions.during(() => new Promise((resolve) => setTimeout(resolve, 60_000)));
    void client.send('RefreshCustomerAccounts', input, { origin: 'command' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(started).toEqual([]);
    await vi.advanceTimersByTimeAsync(3000);
    expect(started).toHaveLength(1);
  });
});
