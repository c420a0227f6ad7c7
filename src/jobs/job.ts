// A job: something that takes time, as all windows share it in one file. It holds ids, codes, moments and closed words; never a name, a
// body, a message of the API or a secret. The file may have been changed by anybody: only what is shaped like a job becomes one.
import { isRecord } from '../client/values.ts';

/**
 * `cancelled`: a person stopped the waiting. `gaveUp`: nobody waits any more, by the deadline or for want of something.
 * `interrupted`: the window closed, or the connection went, while it ran.
 */
export type JobState = 'running' | 'done' | 'failed' | 'cancelled' | 'gaveUp' | 'interrupted';

/**
 * Why it ended so. `report`: the report itself failed, `codes` say why. `api`: the API refused a look or the call, with `codes` and `status`.
 * `purpose`: a look needs the permissible purpose. The others are what the client calls its errors, and what happened on this side.
 */
const reasons = [
  'report', 'api', 'purpose', 'deadline', 'network', 'timeout', 'unexpectedAnswer', 'lockout', 'guard', 'invalidInput', 'file', 'session', 'other', 'windowClosed', 'signedOut', 'removed',
] as const;
export type JobReason = (typeof reasons)[number];

interface Shared {
  /** Unique over all windows. */
  id: string;
  connectionId: string;
  state: JobState;
  /** The window that started it. */
  owner: string;
  /** Epoch milliseconds, as all moments here. */
  startedAt: number;
  endedAt?: number;
  reason?: JobReason;
  /** The API's codes. */
  codes?: readonly string[];
  /** HTTP status of the answer that ended it. */
  status?: number;
  customerId?: string;
}

/** A report being made, followed until it is finished. */
export interface ReportJob extends Shared {
  kind: 'report';
  reportId: string;
  consumerId?: string;
  /** Its type on the wire, e.g. `voa`. */
  reportType?: string;
  /** The operation that it was asked for with; undefined where nobody of ours asked for it. */
  operationId?: string;
  /** The permissible purpose that it is read with: a code of two characters. */
  purpose?: string;
  /** False: nobody asked for it here, but some window has it on the screen. Such a one has no row, and goes with its watchers. */
  listed: boolean;
  /** Windows that have an unlisted one on the screen. */
  watchers?: readonly string[];
  /** The window that looks; undefined when none does. */
  holder?: string;
  looks: number;
  lookedAt?: number;
  nextLookAt: number;
  giveUpAt: number;
}

/** A call that a person started and that is in flight in `owner`. */
export interface CallJob extends Shared {
  kind: 'call';
  operationId: string;
  /** Any window may ask its own to stop waiting. */
  cancelAsked?: true;
  /** The call in the history, once it is over. */
  historyId?: string;
}

export type Job = ReportJob | CallJob;

/** Version of the file. A later one is left as it is. */
export const fileVersion = 1;

export type ReadJobs = { kind: 'jobs'; jobs: Job[]; damaged: number } | { kind: 'newer' } | { kind: 'damaged' };

/** Reads the file's text. `damaged` counts entries that are no jobs. */
export function readJobs(text: string): ReadJobs {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'damaged' };
  }
  if (!isRecord(value) || !Number.isInteger(value.version)) return { kind: 'damaged' };
  if ((value.version as number) > fileVersion) return { kind: 'newer' };
  if (value.version !== fileVersion || !Array.isArray(value.jobs)) return { kind: 'damaged' };
  const jobs = value.jobs.slice(0, 1000).flatMap((one) => readJob(one) ?? []);
  return { kind: 'jobs', jobs, damaged: value.jobs.length - jobs.length };
}

export const writeJobs = (jobs: readonly Job[]): string => `${JSON.stringify({ version: fileVersion, jobs }, null, 1)}\n`;

const states: readonly string[] = ['running', 'done', 'failed', 'cancelled', 'gaveUp', 'interrupted'] satisfies JobState[];
const word = /^[\w.:-]{1,80}$/;
const latest = 8.64e15;

type Check = (value: unknown) => boolean;
/** An id, a code or a closed word, as all texts of a job are. */
export const isJobWord = (value: unknown): value is string => typeof value === 'string' && word.test(value);
const isMoment: Check = (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0 && value <= latest;
const isCount: Check = (value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) < 1e6;
const words: Check = (value) => Array.isArray(value) && value.length <= 20 && value.every(isJobWord);
const maybe = (check: Check): Check => (value) => value === undefined || check(value);

const shared: Readonly<Record<keyof Shared, Check>> = {
  id: isJobWord, connectionId: isJobWord, state: (value) => states.includes(value as string), owner: isJobWord, startedAt: isMoment, endedAt: maybe(isMoment),
  reason: maybe((value) => (reasons as readonly unknown[]).includes(value)), codes: maybe(words), status: maybe(isCount), customerId: maybe(isJobWord),
};
const shapes: Readonly<Record<Job['kind'], Readonly<Record<string, Check>>>> = {
  report: {
    ...shared, kind: isJobWord, reportId: isJobWord, consumerId: maybe(isJobWord), reportType: maybe(isJobWord), operationId: maybe(isJobWord),
    purpose: maybe((value) => typeof value === 'string' && /^[0-9A-Za-z]{2}$/.test(value)), listed: (value) => typeof value === 'boolean', watchers: maybe(words), holder: maybe(isJobWord),
    looks: isCount, lookedAt: maybe(isMoment), nextLookAt: isMoment, giveUpAt: isMoment,
  } satisfies Record<keyof ReportJob, Check>,
  call: { ...shared, kind: isJobWord, operationId: isJobWord, cancelAsked: maybe((value) => value === true), historyId: maybe(isJobWord) } satisfies Record<keyof CallJob, Check>,
};

/** Takes known fields alone. */
function readJob(value: unknown): Job | undefined {
  if (!isRecord(value) || (value.kind !== 'report' && value.kind !== 'call')) return undefined;
  const shape = shapes[value.kind];
  if (!Object.entries(shape).every(([name, check]) => check(value[name]))) return undefined;
  return Object.fromEntries(Object.keys(shape).flatMap((name) => (value[name] === undefined ? [] : [[name, value[name]]]))) as unknown as Job;
}
