// The history as rows: days, and the calls of a day in pages; and each row in words. Free of vscode.
import { findOperation } from '../api/catalogue.ts';
import { durationInWords } from '../client/inWords.ts';
import { tooltip } from '../tree/markdown.ts';
import type { NodeIcon } from '../tree/view.ts';
import type { HistoryEntry, HistoryOrigin } from './entry.ts';

export type HistoryRow =
  /** `key` is the day in local time, e.g. 2026-03-09. */
  | { kind: 'day'; key: string; calls: readonly HistoryEntry[]; first: boolean }
  | { kind: 'call'; entry: HistoryEntry }
  | { kind: 'more'; day: string; shown: number; total: number };

/** Calls of a day that are shown at once. */
export const pageSize = 100;

/** Days, newest first, of entries that are newest first. */
export function days(entries: readonly HistoryEntry[]): Extract<HistoryRow, { kind: 'day' }>[] {
  const rows: { kind: 'day'; key: string; calls: HistoryEntry[]; first: boolean }[] = [];
  let begins = Infinity;
  for (const entry of entries) {
    if (entry.time < begins) {
      const midnight = new Date(entry.time).setHours(0, 0, 0, 0);
      begins = midnight;
      rows.push({ kind: 'day', key: dayKey(midnight), calls: [], first: rows.length === 0 });
    }
    rows.at(-1)!.calls.push(entry);
  }
  return rows;
}

function dayKey(time: number): string {
  const date = new Date(time);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export interface RowContext {
  /** Epoch milliseconds. */
  now: number;
  labelOf(connectionId: string): string;
  /** Calls of more than one connection are shown: each says whose it is. */
  mixed: boolean;
}

export interface RowView {
  id: string;
  label: string;
  description?: string;
  tooltip: string;
  icon: NodeIcon;
  contextValue: string;
  spoken: string;
  state: 'leaf' | 'collapsed' | 'expanded';
  command?: { id: string; title: string };
}

export function describeRow(row: HistoryRow, context: RowContext): RowView {
  switch (row.kind) {
    case 'day': return describeDay(row, context);
    case 'call': return describeCall(row.entry, context);
    case 'more': return {
      id: `more/${row.day}`, label: `Load more (${row.shown.toLocaleString('en-US')} of ${row.total.toLocaleString('en-US')})`, icon: { id: 'ellipsis' }, contextValue: 'more', state: 'leaf',
      tooltip: tooltip('Load more', [], 'Shows the next calls of this day.'), spoken: `Load more, ${row.shown} of ${row.total} shown`, command: { id: 'openBanking.loadMoreHistory', title: 'Load More' },
    };
  }
}

function describeDay({ key, calls, first }: Extract<HistoryRow, { kind: 'day' }>, { now }: RowContext): RowView {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  const label = key === dayKey(midnight) ? 'Today' : key === dayKey(midnight - 1) ? 'Yesterday' : new Date(`${key}T12:00:00`).toLocaleDateString('en-US', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
  const failed = calls.filter(({ outcome }) => outcome === 'failed').length;
  const billable = calls.filter((entry) => entry.billable).length;
  // What was refused never went out.
  const refused = calls.filter(({ outcome }) => outcome === 'refused').length;
  const sent = calls.length - refused;
  const description = [sent > 0 && count(sent, 'call'), refused > 0 && `${refused.toLocaleString('en-US')} refused`, failed > 0 && `${failed} failed`, billable > 0 && `${billable} billable`].filter(Boolean).join(' · ');
  return {
    id: `day/${key}`, label, description, icon: { id: 'calendar' }, contextValue: 'day', state: first ? 'expanded' : 'collapsed', spoken: `${label}, ${description}`,
    tooltip: tooltip(label, [['Date', key], ['Calls', String(sent)], ['Refused, never sent', refused > 0 ? String(refused) : undefined], ['Failed', failed > 0 ? String(failed) : undefined], ['Billable', billable > 0 ? String(billable) : undefined]]),
  };
}

const icons: Readonly<Record<string, NodeIcon>> = {
  ok: { id: 'pass', color: 'testing.iconPassed' }, question: { id: 'question', color: 'list.warningForeground' }, failed: { id: 'error', color: 'list.errorForeground' },
  refused: { id: 'circle-slash', color: 'list.warningForeground' }, cancelled: { id: 'stop-circle' },
};

function describeCall(entry: HistoryEntry, { labelOf, mixed }: RowContext): RowView {
  const { id, operationId, outcome, billable, time, parameters, left, origin, attempts, code } = entry;
  const operation = findOperation(operationId);
  const clock = new Date(time).toLocaleTimeString('en-US', { hourCycle: 'h23' });
  const asks = outcome === 'ok' && entry.status === 203;
  const said = [result(entry), duration(entry), billable && 'billable'].filter(Boolean);
  const target = targetOf(entry);
  const connection = labelOf(entry.connectionId);
  return {
    id: `call/${id}`, label: operationId, description: [...said, clock, target, mixed && connection].filter(Boolean).join(' · '), icon: icons[asks ? 'question' : outcome]!,
    contextValue: ['call', outcome, ...(operation && !operation.path.endsWith('/partners/authentication') ? [] : ['fixed'])].join(';'), state: 'leaf', command: { id: 'openBanking.openHistoryEntry', title: 'Open Exchange' },
    spoken: [operationId, spokenOutcome[asks ? 'question' : outcome], ...said, clock, target].filter(Boolean).join(', '),
    tooltip: tooltip(operation?.summary ?? operationId, [
      ['Operation', operationId], ['Request', operation && `${operation.method} ${operation.path}`], ['Result', result(entry)], ['Code', code], ['Sent', new Date(time).toLocaleString('en-US', { hourCycle: 'h23' })],
      ['Took', duration(entry)], ['Attempts', attempts > 1 ? String(attempts) : undefined], ['Size', entry.size === undefined ? undefined : `${entry.size.toLocaleString('en-US')} bytes`],
      ['Billable', billable ? 'yes' : undefined], ['Connection', connection], ['From', originWords[origin]],
      ...Object.entries(parameters).map(([name, value]): [string, string] => [name, String(value)]), ['Not kept', left.join(', ') || undefined],
    ]),
  };
}

const spokenOutcome: Readonly<Record<string, string>> = { ok: 'succeeded', failed: 'failed', refused: 'refused', cancelled: 'cancelled', question: 'the bank asks' };
export const originWords: Readonly<Record<HistoryOrigin, string>> = {
  tree: 'the explorer', document: 'a document', command: 'a command', form: 'a request', poll: 'following a report', connect: 'Connect', token: 'signing in', unknown: 'elsewhere',
};

const failures: Readonly<Record<string, string>> = {
  network: 'no connection', timeout: 'timed out', unexpectedAnswer: 'not an answer of this API', lockout: 'stopped before a lock-out', guard: 'refused', cancelled: 'cancelled', file: 'not written', invalidInput: 'invalid',
};

/** Status or what happened instead, in a word or two. */
export function result({ status, code, failure, outcome }: Pick<HistoryEntry, 'status' | 'code' | 'failure' | 'outcome'>): string {
  if (status !== undefined) return code !== undefined && outcome === 'failed' ? `${status}, code ${code}` : String(status);
  return failure === undefined ? outcome : failures[failure] ?? outcome;
}

export const duration = ({ durationMs, outcome }: Pick<HistoryEntry, 'durationMs' | 'outcome'>): string | undefined =>
  (outcome === 'refused' ? undefined : durationInWords(durationMs));

/** The most particular id that the call was about, with its kind. */
function targetOf({ operationId, parameters }: HistoryEntry): string | undefined {
  const inPath = findOperation(operationId)?.parameters.filter((one) => one.in === 'path' && parameters[one.name] !== undefined).map(({ name }) => name) ?? [];
  const name = inPath.at(-1);
  return name === undefined ? undefined : `${name.replace(/_?[iI]d$/, '').replace(/[_-]/g, ' ').replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()} ${parameters[name]}`;
}

const count = (number: number, word: string): string => `${number.toLocaleString('en-US')} ${word}${number === 1 ? '' : 's'}`;
