// What the history view is narrowed to, in data and in words. Texts are looked for in what is kept, so a name that was searched for is
// found by its operation and never by itself.
import { findOperation } from '../api/catalogue.ts';
import type { HistoryEntry } from './entry.ts';

/** `ok`, `billable` … or a status such as `404` or `4xx`. */
export type StatusFilter = 'ok' | 'failed' | 'refused' | 'cancelled' | 'billable' | `${number}` | `${number}xx`;

export interface HistoryFilter {
  text?: string;
  operationId?: string;
  status?: StatusFilter;
  connectionId?: string;
}

export const isEmpty = (filter: HistoryFilter): boolean => Object.values(filter).every((value) => value === undefined || value === '');

export function matches(entry: HistoryEntry, { text, operationId, status, connectionId }: HistoryFilter): boolean {
  if (connectionId !== undefined && entry.connectionId !== connectionId) return false;
  if (operationId !== undefined && entry.operationId !== operationId) return false;
  if (status !== undefined && !hasStatus(entry, status)) return false;
  if (!text) return true;
  const where = searched(entry);
  return text.toLowerCase().split(' ').every((part) => where.includes(part));
}

function hasStatus(entry: HistoryEntry, status: StatusFilter): boolean {
  if (status === 'billable') return entry.billable;
  if (status.endsWith('xx')) return String(entry.status ?? '').startsWith(status[0]!);
  return /^\d/.test(status) ? String(entry.status) === status : entry.outcome === status;
}

/** Everything that is searched of an entry: operation in all its names, address, ids, status, code. */
function searched({ operationId, parameters, status, code, outcome, failure, origin, billable }: HistoryEntry): string {
  let text = `${namesOf(operationId)} ${status ?? ''} ${code ?? ''} ${outcome} ${failure ?? ''} ${origin} ${billable ? 'billable' : ''}`;
  for (const name in parameters) text += ` ${name} ${parameters[name]}`;
  return text.toLowerCase();
}

/** An operation's names in one text, made once: a history of tens of thousands is searched while one waits. */
const names = new Map<string, string>();
function namesOf(operationId: string): string {
  let text = names.get(operationId);
  if (text === undefined) {
    const operation = findOperation(operationId);
    text = operation ? `${operationId} ${operation.summary} ${operation.method} ${operation.path} ${operation.sdkNames.join(' ')}` : operationId;
    names.set(operationId, text);
  }
  return text;
}

const statusWords: Readonly<Record<string, string>> = { ok: 'successful', failed: 'failed', refused: 'refused', cancelled: 'cancelled', billable: 'billable' };
export const statusText = (status: StatusFilter): string => statusWords[status] ?? `status ${status}`;

/** The filter in the view's head; undefined for none. */
export function filterText({ text, operationId, status, connectionId }: HistoryFilter, labelOf: (connectionId: string) => string): string | undefined {
  const parts = [text && `"${text}"`, operationId, status && statusText(status), connectionId !== undefined && `on ${labelOf(connectionId)}`].filter(Boolean);
  return parts.length > 0 ? `Only: ${parts.join(', ')}` : undefined;
}
