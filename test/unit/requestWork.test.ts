// What can be done with an answer of the request editor: the report that it speaks of is shown in the Jobs view, in its own row, and the next
// answer is compared with the last one that came.
import { describe, expect, test, vi } from 'vitest';
import { operation } from '../../src/api/catalogue.ts';
import type { CallAnswer, CallToSend } from '../../src/commands/operations/sendCall.ts';
import type { Job, ReportJob } from '../../src/jobs/job.ts';
import type { JobRow } from '../../src/jobs/rows.ts';
import type { Sending, ShownAnswer } from '../../src/webviews/host/requestSession.ts';

const ran: string[] = [];
vi.mock('vscode', () => ({
  commands: { executeCommand: async (id: string) => void ran.push(id) }, Disposable: class {}, TreeItemCollapsibleState: {}, ViewColumn: { Beside: -2 }, workspace: { isTrusted: true }, window: {}, Uri: {},
}));
let next: Partial<CallAnswer>;
const calls: CallToSend[] = [];
vi.mock('../../src/commands/operations/sendCall.ts', () => ({
  sendCall: async (_parts: unknown, call: CallToSend) => {
    calls.push(call);
    return { head: {}, waysOut: new Map(), ...next };
  },
}));
vi.mock('../../src/commands/operations/trust.ts', () => ({ mayBeSent: async () => true }));
const { requestWork } = await import('../../src/commands/operations/requestWork.ts');
const { JobsView } = await import('../../src/tree/jobs/view.ts');

const entry = operation('GenerateVOAReport');
const input = { customerId: '7001', body: {} };
type Parts = Parameters<typeof requestWork>[0];
const work = (jobs: Partial<Parts['jobs']> = {}) => requestWork({ connections: { get: () => undefined }, answers: { store: {} }, jobs, showError: (error: unknown) => { throw error; } } as unknown as Parts);
const send = async (one: ReturnType<typeof work>, previous?: ShownAnswer): Promise<ShownAnswer> =>
  await one.send({ entry, input, connectionId: 'c', previous } as unknown as Sending, {} as never) as ShownAnswer;

describe('an answer', () => {
  test('is compared with the last one that came, also past one that was never sent', async () => {
    const one = work();
    const first = { name: 'first', form: 'json', size: 1 } as const;
    next = { answer: first };
    const came = await send(one);
    next = {};
    const refused = await send(one, came);
    next = { answer: { name: 'third', form: 'json', size: 1 } };
    await send(one, refused);
    expect(calls.at(-1)!.previous).toBe(first);
  });

  test('that a report is being made shows that very report in the jobs', async () => {
    const show = vi.fn(async () => undefined);
    next = { body: { id: 'r1', status: 'inProgress' } };
    (await send(work({ show }))).act('showJobs');
    expect(show).toHaveBeenCalledExactlyOnceWith({ connectionId: 'c', entry, input, body: next.body });
  });
});

describe('the row of a report', () => {
  const report = { connectionId: 'c', customerId: '7001', reportId: 'r1' };
  const job = (id: string, reportId: string): Job => ({ kind: 'report', id, state: 'running', customerId: '7001', connectionId: 'c', reportId } as ReportJob);
  const view = (jobs: Job[], reveals: (row: JobRow) => Promise<void>) => {
    const listeners = new Set<() => void>();
    const registry = {
      list: () => jobs, get: (id: string) => jobs.find((one) => one.id === id), refresh: async () => undefined,
      onDidChange: (listener: () => void) => { listeners.add(listener); return { dispose: () => listeners.delete(listener) }; },
    };
    const nothing = { dispose: () => undefined };
    const surface = { view: { visible: false, reveal: reveals, onDidChangeVisibility: () => nothing }, treeChanged: () => undefined };
    const made = new JobsView(registry as never, { onDidChange: () => nothing } as never, surface as never);
    return { made, listeners, come: (one: Job) => { jobs.push(one); for (const listener of [...listeners]) listener(); } };
  };

  test('is revealed and selected, as the row that the editor has', async () => {
    ran.length = 0;
    const revealed: unknown[][] = [];
    const { made } = view([job('j0', 'r0'), job('j1', 'r1')], async (...given) => void revealed.push(given));
    const drawn = made.getChildren().find(({ id }) => id === 'j1');
    await made.show(report);
    expect(revealed).toEqual([[{ kind: 'job', id: 'j1' }, { select: true, focus: true }]]);
    expect(revealed[0]![0]).toBe(drawn);
    expect(ran).toEqual([]);
    made.dispose();
  });

  test('that comes a moment later is waited for', async () => {
    const revealed: JobRow[] = [];
    const { made, come, listeners } = view([], async (row) => void revealed.push(row));
    const before = listeners.size;
    const shown = made.show(report);
    come(job('j2', 'r2'));
    come(job('j1', 'r1'));
    await shown;
    expect(revealed.map(({ id }) => id)).toEqual(['j1']);
    expect(listeners.size).toBe(before);
    made.dispose();
  });

  test('that does not come, or cannot be revealed, leaves the view in front', async () => {
    vi.useFakeTimers();
    ran.length = 0;
    const { made } = view([], async () => { throw new Error('revealed what is not there'); });
    const shown = made.show(report);
    await vi.runAllTimersAsync();
    await shown;
    expect(ran).toEqual(['openBanking.jobs.focus']);
    vi.useRealTimers();
    const broken = view([job('j1', 'r1')], async () => { throw new Error('gone'); });
    await broken.made.show(report);
    await broken.made.show(undefined);
    expect(ran).toEqual(Array(3).fill('openBanking.jobs.focus'));
    for (const one of [made, broken.made]) one.dispose();
  });
});
