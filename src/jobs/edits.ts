// Every change of the list of jobs, as it is made under the lock: in place, of what the file says just then. No report has two running
// jobs, as each would look at its own pace. Free of vscode.
import { isDeepStrictEqual } from 'node:util';
import type { Ending } from './ending.ts';
import type { Job, JobReason, ReportJob } from './job.ts';
import { sameReport, type FoundReport, type ReportKey } from './reports.ts';

/** Who changes, and when. */
export interface Editor {
  /** This window. */
  me: string;
  /** Epoch milliseconds. */
  now: number;
  newId(): string;
}

/** How a report is to be followed from now on. */
export interface Plan {
  /** Milliseconds between two looks. */
  intervalMs: number;
  /** Milliseconds until the waiting ends. */
  deadlineMs: number;
}

export const isRunning = ({ state }: Job): boolean => state === 'running';
/** Nobody has it on the screen, and nobody asked for it. */
const isDeserted = (job: Job): boolean => job.kind === 'report' && !job.listed && isRunning(job) && (job.watchers?.length ?? 0) === 0;
/** Whether a window follows it, made it, or has it on the screen. */
export const concerns = (job: Job, window: string): boolean => job.owner === window || (job.kind === 'report' && (job.holder === window || job.watchers?.includes(window) === true));
export const runningReport = (jobs: readonly Job[], report: ReportKey): ReportJob | undefined => jobs.find((job): job is ReportJob => isRunning(job) && sameReport(job, report));
const without = (window: string) => (one: string): boolean => one !== window;

/** A report that was asked for here. One that is followed already is this one. Gives the job's id. */
export function addReport(jobs: Job[], { ending, ...target }: FoundReport, { me, now, newId }: Editor, { intervalMs, deadlineMs }: Plan): string {
  const known = runningReport(jobs, target);
  if (known) {
    Object.assign(known, { ...target, listed: true, owner: me, startedAt: now, giveUpAt: now + deadlineMs });
    return known.id;
  }
  const id = newId();
  const head = { kind: 'report' as const, id, ...target, owner: me, startedAt: now, looks: 0, listed: true, nextLookAt: now + intervalMs, giveUpAt: now + deadlineMs };
  jobs.push(ending ? { ...head, ...kept(ending), endedAt: now } : { ...head, state: 'running', holder: me });
  return id;
}

/** A person cancelled it, and nobody has asked for it since. */
function wasCancelled(jobs: readonly Job[], report: ReportKey): boolean {
  const last = jobs.filter((job): job is ReportJob => sameReport(job, report) && job.listed && !isRunning(job)).sort((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0))[0];
  return last?.state === 'cancelled';
}

/** A report that this window has on the screen: followed without a row, unless a job does it anyway, or a person has cancelled that. */
export function joinReport(jobs: Job[], report: ReportKey & { purpose?: string }, { me, now, newId }: Editor, { intervalMs, deadlineMs }: Plan): void {
  const known = runningReport(jobs, report);
  if (known?.listed) return;
  if (known) known.watchers = [...(known.watchers ?? []).filter(without(me)), me];
  else if (!wasCancelled(jobs, report)) {
    jobs.push({
      kind: 'report', id: newId(), ...report, state: 'running', owner: me, holder: me, watchers: [me], listed: false, startedAt: now, looks: 0,
      nextLookAt: now + intervalMs, giveUpAt: now + deadlineMs,
    });
  }
}

export function leaveReport(jobs: Job[], report: ReportKey, me: string): void {
  const known = runningReport(jobs, report);
  if (known?.watchers) known.watchers = known.watchers.filter(without(me));
  removeDeserted(jobs);
}

/** When a report was looked at last, by whichever of its jobs. */
export const lookedAt = (jobs: readonly Job[], report: ReportKey): number => Math.max(-Infinity, ...jobs.map((job) => (sameReport(job, report) ? job.lookedAt ?? -Infinity : -Infinity)));

/**
 * A report that had ended is followed again, one that runs is looked at then. Not one that is finished. Where the same report runs already,
 * with a row that one is looked at instead, and one without a row goes on as this one.
 */
export function lookAgain(jobs: Job[], asked: ReportJob, { me, now }: Editor, { deadlineMs }: Plan, nextLookAt: number, purpose?: string): void {
  const other = isRunning(asked) ? undefined : runningReport(jobs, asked);
  const job = other?.listed ? other : asked;
  job.nextLookAt = nextLookAt;
  if (purpose !== undefined) job.purpose = purpose;
  if (!isRunning(job)) {
    for (const field of ['endedAt', 'reason', 'codes', 'status'] as const) delete job[field];
    Object.assign(job, { state: 'running', owner: me, holder: me, looks: 0, giveUpAt: now + deadlineMs });
  }
  absorbOthers(jobs, job);
}

/** What else runs for this report becomes part of its job: who has it on the screen, and the pace. */
function absorbOthers(jobs: Job[], job: ReportJob): void {
  const others = jobs.filter((other): other is ReportJob => other !== job && isRunning(other) && sameReport(other, job));
  for (const { watchers = [], looks, lookedAt: at } of others) {
    if (watchers.length > 0) job.watchers = [...new Set([...(job.watchers ?? []), ...watchers])];
    job.looks = Math.max(job.looks, looks);
    if (at !== undefined) job.lookedAt = Math.max(job.lookedAt ?? at, at);
  }
  remove(jobs, (other) => others.some((one) => one === other));
}

/**
 * Brings into the file's jobs what a window did while it could not use the file: `base` is what it set out from, `own` what it has now. What
 * only one side changed is so. Where both did, an end counts, and a running report stays with whom the file names.
 */
export function mergeOwn(jobs: Job[], base: readonly Job[], own: readonly Job[]): void {
  const before = new Map(base.map((job) => [job.id, job]));
  const mine = new Map(own.map((job) => [job.id, job]));
  remove(jobs, (job) => !mine.has(job.id) && isDeepStrictEqual(before.get(job.id), job));
  for (const job of own) {
    const was = before.get(job.id);
    const at = jobs.findIndex(({ id }) => id === job.id);
    const there = jobs[at];
    if (isDeepStrictEqual(was, job)) continue;
    if (!there) jobs.push(structuredClone(job));
    else if (isDeepStrictEqual(was, there) || (isRunning(there) && !isRunning(job))) jobs[at] = structuredClone(job);
    else if (there.kind === 'report' && job.kind === 'report' && isRunning(there)) {
      there.looks = Math.max(there.looks, job.looks);
      if (job.lookedAt !== undefined) there.lookedAt = Math.max(there.lookedAt ?? 0, job.lookedAt);
    }
  }
  for (const job of [...jobs].sort((a, b) => Number(b.kind === 'report' && b.listed) - Number(a.kind === 'report' && a.listed)))
    if (job.kind === 'report' && isRunning(job) && jobs.includes(job)) absorbOthers(jobs, job);
}

/** Whether looking again can say anything new. */
export const mayLookAgain = (job: Job): job is ReportJob => job.kind === 'report' && job.state !== 'done' && job.reason !== 'report';

export function endJob(job: Job, ending: Ending, now: number): void {
  Object.assign(job, kept(ending), { endedAt: now });
  if (job.kind === 'report') delete job.holder;
  else delete job.cancelAsked;
}

/** What of an ending goes to disk: its messages do not. */
const kept = ({ state, reason, codes, status, reportType }: Ending) =>
  ({ state, ...(reason && { reason }), ...(codes && { codes }), ...(status !== undefined && { status }), ...(reportType !== undefined && { reportType }) });

export function forgetEnded(jobs: Job[], which: (job: Job) => boolean): void {
  remove(jobs, (job) => !isRunning(job) && which(job));
}

/** What ran ends; with a removed connection goes what had ended before. */
export function dropConnection(jobs: Job[], connectionId: string, reason: JobReason & ('removed' | 'signedOut'), now: number): void {
  if (reason === 'removed') forgetEnded(jobs, (job) => job.connectionId === connectionId);
  for (const job of jobs) if (isRunning(job) && job.connectionId === connectionId) endJob(job, { state: 'interrupted', reason }, now);
}

/** Whose a job was when it was judged. */
type Judged = ReadonlyMap<string, string>;
const windowsOf = (job: Job): string => (job.kind === 'call' ? job.owner : [job.holder, ...(job.watchers ?? [])].join());

/** The jobs of windows that are gone. */
export function deserted(jobs: readonly Job[], living: ReadonlySet<string>): Judged {
  const gone = (window: string | undefined): boolean => window === undefined || !living.has(window);
  return new Map(jobs.filter((job) => isRunning(job) && (job.kind === 'call' ? gone(job.owner) : gone(job.holder) || job.watchers?.some(gone))).map((job) => [job.id, windowsOf(job)]));
}

/** Takes reports over and ends calls, those alone that have not changed hands since they were judged. `knows` says which connections this window has. */
export function takeOver(jobs: Job[], judged: Judged, living: ReadonlySet<string>, { me, now }: Editor, knows: (connectionId: string) => boolean): void {
  for (const job of jobs) {
    if (!isRunning(job) || judged.get(job.id) !== windowsOf(job)) continue;
    if (job.kind === 'call') {
      endJob(job, { state: 'interrupted', reason: 'windowClosed' }, now);
      continue;
    }
    job.watchers &&= job.watchers.filter((window) => living.has(window));
    if (job.holder !== undefined && living.has(job.holder)) continue;
    // One of a connection that this window does not know is another's to take; past its time it is nobody's.
    if (knows(job.connectionId)) job.holder = me;
    else if (now > job.giveUpAt) endJob(job, { state: 'interrupted', reason: 'removed' }, now);
  }
  removeDeserted(jobs);
}

/** A window closes: what it follows is free for others, and its calls are over. */
export function release(jobs: Job[], me: string, now: number): void {
  for (const job of jobs) {
    if (job.kind === 'call' && job.owner === me && isRunning(job)) endJob(job, { state: 'interrupted', reason: 'windowClosed' }, now);
    if (job.kind !== 'report') continue;
    if (job.holder === me) delete job.holder;
    job.watchers &&= job.watchers.filter(without(me));
  }
  removeDeserted(jobs);
}

const removeDeserted = (jobs: Job[]): void => remove(jobs, isDeserted);

function remove(jobs: Job[], which: (job: Job) => boolean): void {
  for (let n = jobs.length - 1; n >= 0; n -= 1) if (which(jobs[n]!)) jobs.splice(n, 1);
}
