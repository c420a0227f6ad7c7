// The jobs of this window and of all others. Rules: the shared file is the truth, and every change of it is made under its lock; a report is
// looked at by one window alone, the one that the file names as its holder, which asks there again before each look; a holder without a
// sign of life is taken over; a call dies with its window. Messages of the API and names stay in memory. Free of vscode.
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import type { ApiSession } from '../platform/sessions.ts';
import type { CallBook, StartedCall } from './calls.ts';
import {
  addReport, concerns, deserted, dropConnection, type Editor, endJob, forgetEnded, isRunning, joinReport, leaveReport, lookAgain, lookedAt, mayLookAgain, type Plan, release, runningReport, takeOver,
} from './edits.ts';
import type { Ending } from './ending.ts';
import { JobsFile } from './file.ts';
import { followJob } from './follow.ts';
import type { CallJob, Job, ReportJob } from './job.ts';
import { Presence, beatMs } from './presence.ts';
import { reportOf, type ReportKey, type StartedReport } from './reports.ts';
import { Turns } from './turns.ts';
import { watchFolder } from './watchFolder.ts';

export interface JobsOptions {
  folder: string;
  open(connectionId: string): Promise<Pick<ApiSession, 'client' | 'reportIntervalMs'>>;
  /** Undefined when there is no such connection. */
  connection(id: string): { signedOut?: boolean } | undefined;
  /** Milliseconds between two looks at a report of this connection. */
  intervalMs(connectionId: string): number;
  /** Milliseconds after which the waiting for a report ends. */
  deadlineMs(): number;
  /** The id in the history of the call that was made with this very object. */
  historyId?(input: unknown): string | undefined;
  log: { info(message: string): void; warn(message: string, error?: unknown): void };
  now?: () => number;
  schedule?: (run: () => void, ms: number) => { dispose(): void };
  /** Calls back when something in the folder changed. */
  watchFolder?(folder: string, changed: () => void): { dispose(): void };
}

/** What this window alone knows of a job. */
export interface JobWords {
  /** What it is called here, perhaps with a name in it. */
  title?: string;
  /** In the API's words or ours. */
  messages?: readonly string[];
}

export interface JobEnd {
  job: Job;
  words: JobWords;
  /** Whether this is the window that should tell the person. */
  tell: boolean;
}

interface Following {
  controller: AbortController;
  /** The next look as it is written; undefined while one is under way. */
  waitsUntil: number | undefined;
}

/** By hand a report is not asked for more often than this; the sandbox may be. */
const byHandMs = { live: 5_000, fast: 1_000 } as const;

export class Jobs implements CallBook {
  readonly #options: JobsOptions;
  readonly #now: () => number;
  readonly #me = randomBytes(6).toString('hex');
  readonly #file: JobsFile;
  readonly #presence: Presence;
  #jobs: readonly Job[] = [];
  #loaded = false;
  #stopped = false;
  #counter = 0;
  readonly #turns: Turns;
  #timer: { dispose(): void } | undefined;
  #folder: { dispose(): void } | undefined;
  readonly #following = new Map<string, Following>();
  readonly #cancels = new Map<string, () => void>();
  readonly #watching = new Map<string, { report: ReportKey; callbacks: Set<() => void> }>();
  readonly #words = new Map<string, JobWords>();
  readonly #tell = new Set<string>();
  readonly #changed = new Set<() => void>();
  readonly #ended = new Set<(end: JobEnd) => void>();

  constructor(options: JobsOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    const { folder, log } = options;
    this.#file = new JobsFile({ folder, now: this.#now, warn: log.warn });
    this.#presence = new Presence(folder, this.#me, this.#now);
    this.#turns = new Turns((error) => log.warn('Jobs', error));
  }

  /** Reads what there is and takes up what nobody follows. To be called once; everything else may be called before. */
  async start(): Promise<void> {
    await mkdir(this.#options.folder, { recursive: true, mode: 0o700 }).catch(() => undefined);
    this.#folder = (this.#options.watchFolder ?? ((folder, changed) => watchFolder(folder, 'jobs.json', changed)))(this.#options.folder, () => void this.refresh());
    await this.refresh();
  }

  /** Reads what other windows have written, and takes over what is theirs no longer. */
  refresh(): Promise<void> {
    return this.#turns.note(this.#turns.take(async () => {
      const jobs = await this.#file.read();
      if (jobs) this.#adopt(jobs);
    }).then(() => this.#claim()));
  }

  /** Resolves when everything that was begun is written. */
  settled(): Promise<void> {
    return this.#turns.settled();
  }

  /** Those with a row: running ones first, then the latest. */
  list(): readonly Job[] {
    const order = (job: Job): number => job.endedAt ?? Number.MAX_SAFE_INTEGER;
    return this.#jobs.filter((job) => job.kind === 'call' || job.listed).sort((a, b) => order(b) - order(a) || b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1));
  }

  get(id: string): Job | undefined {
    return this.#jobs.find((job) => job.id === id);
  }

  words(id: string): JobWords {
    return this.#words.get(id) ?? {};
  }

  /** In the view's head: what is wrong with the file. */
  get trouble(): string | undefined {
    const { setAside, trouble } = this.#file;
    return [setAside > 0 && 'The list of jobs was damaged: it was set aside, and what could be read of it is shown.', trouble].filter(Boolean).join(' ') || undefined;
  }

  /** Takes an answer: one of a report operation becomes a job, any other is none. Says whether it became one. Never throws. */
  async started(started: StartedReport): Promise<boolean> {
    const report = reportOf(started);
    if (!report) return false;
    await this.#presence.beat();
    await this.#change((jobs) => {
      const id = addReport(jobs, report, this.#editor(), this.#plan(report.connectionId));
      this.#words.set(id, { ...(started.title !== undefined && { title: started.title }), ...(report.ending?.messages && { messages: report.ending.messages }) });
    });
    this.#options.log.info(`Jobs: ${started.entry.operationId} started`);
    return true;
  }

  callStarted({ connectionId, operationId, input, startedAt }: StartedCall, cancel: () => void): (ending: Ending) => void {
    const id = this.#newId();
    const customerId = (input as { customerId?: unknown }).customerId;
    this.#cancels.set(id, cancel);
    const noted = this.#turns.note(this.#presence.beat()).then(() => this.#change((jobs) => {
      jobs.push({ kind: 'call', id, connectionId, operationId, state: 'running', owner: this.#me, startedAt, ...(isId(customerId) && { customerId: String(customerId) }) });
    }));
    return (ending) => {
      const historyId = this.#options.historyId?.(input);
      this.#cancels.delete(id);
      void this.#turns.note(noted.then(() => this.#end(id, ending, historyId === undefined ? {} : { historyId })));
    };
  }

  /**
   * Has a report that is on the screen looked at until it is finished: by the job that follows it anyway, in whatever window, else by one
   * without a row. `changed` is called once, when that has ended.
   */
  watch(report: ReportKey & { purpose?: string }, changed: () => void): { dispose(): void } {
    const key = keyOf(report);
    const watching = this.#watching.get(key) ?? { report, callbacks: new Set() };
    this.#watching.set(key, watching);
    const callback = (): void => changed();
    watching.callbacks.add(callback);
    void this.#turns.note(this.#join(report));
    return {
      dispose: () => {
        if (!watching.callbacks.delete(callback) || watching.callbacks.size > 0) return;
        if (this.#watching.get(key) === watching) this.#watching.delete(key);
        void this.#change((jobs) => {
          if (!this.#watching.has(key)) leaveReport(jobs, report, this.#me);
        });
      },
    };
  }

  /** Whether a report is being looked at, in whatever window. */
  follows(report: ReportKey): boolean {
    return runningReport(this.#jobs, report) !== undefined;
  }

  /** Ends the waiting, never the report; a call is abandoned, and whether it took effect is not known. */
  async cancel(id: string): Promise<void> {
    await this.#change((jobs) => {
      const job = jobs.find((one) => one.id === id && isRunning(one));
      if (job?.kind === 'call') job.cancelAsked = true;
      else if (job) endJob(job, { state: 'cancelled' }, this.#now());
    });
  }

  /** Looks as soon as the API may be asked: at once, or so many milliseconds from now. Takes up again what had ended, but for a report that is finished. */
  async lookNow(id: string, purpose?: string): Promise<number> {
    let wait = 0;
    await this.#presence.beat();
    await this.#change((jobs) => {
      const job = jobs.find((one) => one.id === id);
      if (!job || !mayLookAgain(job)) return;
      const plan = this.#plan(job.connectionId);
      const now = this.#now();
      wait = Math.max(0, lookedAt(jobs, job) + (plan.intervalMs < byHandMs.live ? byHandMs.fast : byHandMs.live) - now);
      lookAgain(jobs, job, this.#editor(), plan, now + wait, purpose);
    });
    return wait;
  }

  /** Forgets those that have ended: these, or all. */
  forget(ids?: readonly string[]): Promise<void> {
    return this.#change((jobs) => forgetEnded(jobs, ({ id }) => ids === undefined || ids.includes(id)));
  }

  /** The connection was removed or signed out of: what ran ends, and with a removed one goes what there was of it. */
  connectionGone(connectionId: string, reason: 'removed' | 'signedOut'): Promise<void> {
    return this.#change((jobs) => dropConnection(jobs, connectionId, reason, this.#now()));
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.#changed.add(listener);
    return { dispose: () => void this.#changed.delete(listener) };
  }

  onDidEnd(listener: (end: JobEnd) => void): { dispose(): void } {
    this.#ended.add(listener);
    return { dispose: () => void this.#ended.delete(listener) };
  }

  /** The window closes: what it follows is free for others, and its calls are over. */
  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#timer?.dispose();
    this.#folder?.dispose();
    for (const { controller } of this.#following.values()) controller.abort();
    await this.settled();
    if (this.#jobs.some((job) => isRunning(job) && concerns(job, this.#me))) await this.#file.change((jobs) => release(jobs, this.#me, this.#now())).catch(() => undefined);
    await this.#presence.leave();
  }

  async #join(report: ReportKey & { purpose?: string }): Promise<void> {
    await this.#presence.beat();
    await this.#change((jobs) => {
      if (this.#watching.has(keyOf(report))) joinReport(jobs, report, this.#editor(), this.#plan(report.connectionId));
    });
  }

  /** Takes what nobody follows any more; ends the calls of windows that are gone. */
  async #claim(): Promise<void> {
    if (this.#stopped || !this.#jobs.some(isRunning)) return;
    const living = await this.#presence.living();
    const judged = deserted(this.#jobs, living);
    if (judged.size === 0) return;
    await this.#presence.beat();
    await this.#change((jobs) => takeOver(jobs, judged, living, this.#editor(), (id) => this.#options.connection(id) !== undefined));
  }

  #follow(job: ReportJob): void {
    const { id } = job;
    const following: Following = { controller: new AbortController(), waitsUntil: undefined };
    this.#following.set(id, following);
    const current = (): boolean => this.#following.get(id) === following && !this.#stopped;
    const mine = (jobs: readonly Job[]): ReportJob | undefined => jobs.find((one): one is ReportJob => one.id === id && one.kind === 'report' && isRunning(one) && one.holder === this.#me);
    void followJob({
      open: this.#options.open,
      now: this.#now,
      job: () => (current() ? mine(this.#jobs) : undefined),
      gone: () => {
        const connection = this.#options.connection(job.connectionId);
        return connection && !connection.signedOut ? undefined : { state: 'interrupted', reason: connection ? 'signedOut' : 'removed' };
      },
      mayLook: async () => {
        let may = false;
        following.waitsUntil = undefined;
        await this.#change((jobs) => {
          const one = current() ? mine(jobs) : undefined;
          if (!one) return;
          may = true;
          one.looks += 1;
          one.lookedAt = this.#now();
          // Should this look be cut off, the next one keeps the pace all the same.
          one.nextLookAt = one.lookedAt + this.#plan(one.connectionId).intervalMs;
        });
        return may;
      },
      pauses: (nextLookAt) => void this.#change((jobs) => {
        const one = current() ? mine(jobs) : undefined;
        if (!one) return;
        one.nextLookAt = following.waitsUntil = nextLookAt;
      }),
    }, following.controller.signal).then(async (ending) => {
      if (!current()) return;
      // It stays this window's until its end is written: nobody may begin anew meanwhile.
      if (ending) await this.#turns.note(this.#end(id, ending));
      if (current()) this.#following.delete(id);
      if (!ending) await this.refresh();
    });
  }

  async #end(id: string, ending: Ending, more: Pick<CallJob, 'historyId'> = {}): Promise<void> {
    const living = await this.#presence.living();
    const { messages } = ending;
    if (messages) this.#words.set(id, { ...this.#words.get(id), messages });
    await this.#change((jobs) => {
      const job = jobs.find((one) => one.id === id && isRunning(one));
      if (!job) return;
      if (!living.has(job.owner)) this.#tell.add(id);
      endJob(job, ending, this.#now());
      Object.assign(job, more);
    });
  }

  #change(edit: (jobs: Job[]) => void): Promise<void> {
    return this.#turns.take(async () => this.#adopt(await this.#file.change(edit)));
  }

  #adopt(jobs: readonly Job[]): void {
    const before = new Map(this.#jobs.map((job) => [job.id, job]));
    const first = !this.#loaded;
    this.#loaded = true;
    this.#jobs = jobs;
    const now = new Map(jobs.map((job) => [job.id, job]));
    const ended = jobs.filter((job) => !isRunning(job) && (before.has(job.id) ? isRunning(before.get(job.id)!) : !first));
    const vanished = [...before.values()].filter((job) => isRunning(job) && !now.has(job.id) && !(job.kind === 'report' && runningReport(jobs, job)));
    this.#tend();
    for (const job of ended) this.#onEnded(job);
    for (const job of vanished) this.#callWatchers(job);
    for (const id of [...this.#words.keys()]) if (!now.has(id)) this.#words.delete(id);
    for (const listener of this.#changed) listener();
  }

  /** Brings what this window does into line with what the file says. */
  #tend(): void {
    const mine = new Map(this.#jobs.flatMap((job) => (job.kind === 'report' && isRunning(job) && job.holder === this.#me ? [[job.id, job] as const] : [])));
    for (const [id, { controller, waitsUntil }] of [...this.#following]) {
      const job = mine.get(id);
      if (job && (waitsUntil === undefined || job.nextLookAt >= waitsUntil)) continue;
      this.#following.delete(id);
      controller.abort();
    }
    if (!this.#stopped) for (const [id, job] of mine) if (!this.#following.has(id)) this.#follow(job);
    for (const job of this.#jobs) if (job.kind === 'call' && job.cancelAsked && isRunning(job)) this.#cancels.get(job.id)?.();
    if (!this.#jobs.some(isRunning)) {
      this.#timer?.dispose();
      this.#timer = undefined;
    } else if (!this.#stopped) this.#timer ??= (this.#options.schedule ?? schedule)(() => void this.#tick(), beatMs);
  }

  async #tick(): Promise<void> {
    this.#timer = undefined;
    if (this.#jobs.some((job) => isRunning(job) && concerns(job, this.#me))) await this.#presence.beat();
    await this.refresh();
    this.#tend();
  }

  #onEnded(job: Job): void {
    this.#callWatchers(job);
    const listed = job.kind === 'call' || job.listed;
    const tell = listed && (job.owner === this.#me || this.#tell.has(job.id));
    this.#tell.delete(job.id);
    if (tell) this.#options.log.info(`Jobs: ${job.operationId ?? 'a report'} ${job.state}${job.reason ? ` (${job.reason})` : ''}`);
    for (const listener of this.#ended) listener({ job, words: this.words(job.id), tell });
  }

  #callWatchers(job: Job): void {
    if (job.kind !== 'report') return;
    const key = keyOf(job);
    const watching = this.#watching.get(key);
    this.#watching.delete(key);
    for (const callback of watching?.callbacks ?? []) callback();
  }

  #editor(): Editor {
    return { me: this.#me, now: this.#now(), newId: () => this.#newId() };
  }

  #plan(connectionId: string): Plan {
    return { intervalMs: this.#options.intervalMs(connectionId), deadlineMs: this.#options.deadlineMs() };
  }

  #newId(): string {
    this.#counter += 1;
    return `${this.#me}-${this.#counter}`;
  }
}

const schedule = (run: () => void, ms: number): { dispose(): void } => {
  const timer = setTimeout(run, ms).unref();
  return { dispose: () => clearTimeout(timer) };
};
const isId = (value: unknown): boolean => (typeof value === 'string' || typeof value === 'number') && /^[\w-]{1,40}$/.test(String(value));
const keyOf = ({ connectionId, customerId, consumerId, reportId }: ReportKey): string => [connectionId, customerId, consumerId, reportId].join('\n');
