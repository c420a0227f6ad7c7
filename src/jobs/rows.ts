// A job as a row in words: what it is, how it stands, what comes next. What menus match (`viewItem`) is job;<kind>;<state>, and then `again`
// (looking again can say something new) and `customer` (it has a row in the explorer). Free of vscode.
import { findOperation } from '../api/catalogue.ts';
import { aggregationStatusCodes, errorCodes, explainError } from '../api/codes.ts';
import { spanInWords } from '../client/inWords.ts';
import { tooltip } from '../tree/markdown.ts';
import type { NodeIcon } from '../tree/view.ts';
import { dateTime, reportType } from '../tree/words.ts';
import { isRunning, mayLookAgain } from './edits.ts';
import type { Job, JobState } from './job.ts';
import type { JobWords } from './registry.ts';

export interface JobRow {
  kind: 'job';
  id: string;
}

export interface JobContext {
  /** Epoch milliseconds. */
  now: number;
  /** Undefined when there is no such connection any more. */
  labelOf(connectionId: string): string | undefined;
  /** Jobs of more than one connection are shown: each says whose it is. */
  mixed: boolean;
  words: JobWords;
}

export interface JobView {
  label: string;
  description: string;
  tooltip: string;
  icon: NodeIcon;
  contextValue: string;
  spoken: string;
}

const icons: Readonly<Record<JobState, NodeIcon>> = {
  running: { id: 'sync', color: 'charts.blue' }, done: { id: 'pass', color: 'testing.iconPassed' }, failed: { id: 'error', color: 'list.errorForeground' },
  cancelled: { id: 'stop-circle' }, gaveUp: { id: 'watch', color: 'list.warningForeground' }, interrupted: { id: 'debug-disconnect', color: 'list.warningForeground' },
};

export function describeJob(job: Job, context: JobContext): JobView {
  const { now, labelOf, mixed } = context;
  const title = titleOf(job);
  const connection = labelOf(job.connectionId) ?? 'a connection that was removed';
  const about = [job.customerId !== undefined ? `customer ${job.customerId}` : job.kind === 'report' && job.consumerId !== undefined && `consumer ${job.consumerId}`, mixed && connection];
  const standing = isRunning(job) ? runningWords(job, now) : endedWords(job, now);
  const description = [...standing, ...about].filter(Boolean).join(' · ');
  return {
    label: title, description, icon: job.kind === 'call' && job.status === 203 && job.state === 'done' ? { id: 'question', color: 'list.warningForeground' } : icons[job.state],
    contextValue: ['job', job.kind, job.state, ...(!isRunning(job) && mayLookAgain(job) ? ['again'] : []), ...(job.customerId !== undefined ? ['customer'] : [])].join(';'),
    // Without what changes every second: a screen reader would begin anew.
    spoken: [title, stateWords[job.state], reasonInShort(job), ...about].filter(Boolean).join(', '),
    tooltip: tooltip(title, facts(job, connection), ...explanation(job, context.words)),
  };
}

/** What a job is called, without names. */
export function titleOf(job: Job): string {
  const operation = job.operationId === undefined ? undefined : findOperation(job.operationId);
  if (job.kind === 'call') return operation?.summary ?? job.operationId;
  // Where one operation makes several types, its title does not tell them apart.
  if (operation?.report && !(operation.report.types && job.reportType !== undefined)) return operation.report.title;
  return job.reportType === undefined ? 'Report' : reportType(job.reportType);
}

export const stateWords: Readonly<Record<JobState, string>> = { running: 'running', done: 'done', failed: 'failed', cancelled: 'cancelled', gaveUp: 'gave up', interrupted: 'interrupted' };

function runningWords(job: Job, now: number): (string | false)[] {
  const elapsed = `running ${spanInWords(now - job.startedAt)}`;
  if (job.kind === 'call') return [job.cancelAsked ? 'being cancelled' : elapsed];
  const next = job.nextLookAt - now;
  return [elapsed, job.holder === undefined ? 'waits for a window to look' : next <= 0 ? 'looking now' : `next look in ${spanInWords(next)}`, `gives up at ${clock(job.giveUpAt, now)}`];
}

function endedWords(job: Job, now: number): (string | false | undefined)[] {
  const { state, endedAt = job.startedAt, startedAt } = job;
  const words = state === 'done' && job.kind === 'call' && job.status === 203 ? 'done, but the bank asks a question' : stateWords[state];
  const reason = reasonInShort(job);
  return [reason === undefined ? words : `${words}: ${reason}`, state === 'done' && `took ${spanInWords(endedAt - startedAt)}`, clock(endedAt, now)];
}

/** Why it ended so, in a few words; undefined where the state says it. */
export function reasonInShort(job: Job): string | undefined {
  switch (job.reason) {
    case undefined: return undefined;
    case 'report': case 'api': {
      const [code] = job.codes ?? [];
      const title = code === undefined && job.status === undefined ? 'the API names no reason' : explainCode(code, job)?.title;
      return [code !== undefined ? `code ${code}` : job.status !== undefined && `HTTP ${job.status}`, title && within(title)].filter(Boolean).join(', ');
    }
    default: return reasonWords[job.reason];
  }
}

/** A title in the middle of a sentence; abbreviations stay. */
const within = (title: string): string => (/^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title);

const reasonWords = {
  purpose: 'the permissible purpose is missing', deadline: 'not finished in time', network: 'no connection', timeout: 'no answer in time', unexpectedAnswer: 'not an answer of this API',
  lockout: 'stopped before a lock-out', guard: 'refused', invalidInput: 'cannot be sent', file: 'not written', session: 'no session could be opened', other: 'the log says more',
  windowClosed: 'the window closed while it ran', signedOut: 'signed out', removed: 'the connection was removed',
} as const;

/** What a code means: an API's error, or how an account stands at its institution. An unknown one is not explained. */
function explainCode(code: string | undefined, { status, reason }: Pick<Job, 'status' | 'reason'>): { title: string; meaning: string; fix: string } | undefined {
  const known = code !== undefined && (Object.hasOwn(errorCodes, code) || Object.hasOwn(aggregationStatusCodes, code));
  if (!known && (reason === 'report' || status === undefined)) return undefined;
  // In a report, a code says what an institution answered, which an error tells with a status of its own.
  return explainError(code, status ?? 500);
}

function explanation(job: Job, { messages = [] }: JobWords): string[] {
  const codes = (job.codes ?? [undefined]).map((code) => ({ code, said: explainCode(code, job) }));
  const explained = job.reason === 'report' ? codes.flatMap(({ code, said }) => (said ? [`Code ${code}: ${said.title}. ${said.meaning} ${said.fix}`] : [])) : [];
  const own = messages.map((message) => (job.reason === 'report' ? `The API says: "${message}"` : message));
  const api = job.reason === 'api' && messages.length === 0 ? codes.flatMap(({ said }) => (said ? [`${said.title}. ${said.meaning} ${said.fix}`] : [])) : [];
  return [...own, ...explained, ...api, ...whatNow(job)];
}

function whatNow(job: Job): string[] {
  const { state, reason, kind } = job;
  if (kind === 'call') {
    if (state === 'running') return ['Cancel stops the waiting. Whether the call took effect is then not known.'];
    if (reason === 'windowClosed') return ['The window closed while it ran; whether it took effect is not known.'];
    return state === 'cancelled' || reason === 'timeout' ? ['Whether it took effect is not known.'] : [];
  }
  if (state === 'running') return ['One window looks for all, at the API\'s pace. Cancel stops the looking, for open documents too; the report goes on being made.'];
  if (reason === 'purpose') return ['Look Again Now asks for the purpose that it is read for.'];
  if (reason === 'report') return job.operationId === undefined ? [] : ['A report that failed stays so. Generate Again makes another.'];
  return state === 'done' ? [] : ['The report may have been finished meanwhile: Look Again Now asks.'];
}

function facts(job: Job, connection: string): [string, string | undefined][] {
  const moment = (at: number | undefined): string | undefined => dateTime(at);
  const shared: [string, string | undefined][] = [['State', [stateWords[job.state], reasonInShort(job)].filter(Boolean).join(', ')], ['Connection', connection], ['Operation', job.operationId], ['Customer id', job.customerId]];
  const times: [string, string | undefined][] = [['Began', moment(job.startedAt)], ['Ended', moment(job.endedAt)]];
  if (job.kind === 'call') return [...shared, ...times, ['HTTP status', job.status === undefined ? undefined : String(job.status)]];
  return [
    ...shared, ['Consumer id', job.consumerId], ['Report id', job.reportId], ['Type', job.reportType], ['Purpose', job.purpose], ...times, ['Looks', String(job.looks)],
    ['Last look', moment(job.lookedAt)], ['Gives up', isRunning(job) ? moment(job.giveUpAt) : undefined],
  ];
}

/** A moment of today by the clock, of another day with its date. */
function clock(at: number, now: number): string {
  const time = new Date(at).toLocaleTimeString('en-US', { hourCycle: 'h23', hour: '2-digit', minute: '2-digit' });
  return new Date(at).toDateString() === new Date(now).toDateString() ? time : `${new Date(at).toLocaleDateString('en-US', { day: 'numeric', month: 'short' })}, ${time}`;
}
