// Narrows the History view: by text, operation, status, connection. What it is narrowed to stands in the view's head.
import * as vscode from 'vscode';
import type { HistoryEntry } from '../../history/entry.ts';
import { matches, statusText, type HistoryFilter, type StatusFilter } from '../../history/filter.ts';
import type { HistoryView } from '../../tree/history/view.ts';
import type { HistoryCommandParts } from './table.ts';

type Parts = Pick<HistoryCommandParts, 'history'> & { view: HistoryView };

export async function searchHistory({ view }: Parts): Promise<void> {
  const text = await vscode.window.showInputBox({
    title: 'Search History', prompt: 'Looks in operations, paths, ids, status and codes. Names and search texts are not kept, so they are not found. Empty shows all.',
    placeHolder: 'An operation, an id, 404, billable …', value: view.filter.text,
  });
  if (text !== undefined) await view.narrow({ text: text.trim() || undefined });
}

interface Choice extends vscode.QuickPickItem { change?: HistoryFilter }

export async function filterHistory({ view, history }: Parts): Promise<void> {
  await view.entries(); // the first look loads what is on disk
  const all = history.store.list();
  const { filter } = view;
  const tally = (change: HistoryFilter): string => String(all.filter((entry) => matches(entry, change)).length);
  const choice = (label: string, change: HistoryFilter, chosen: boolean): Choice => ({ label, description: `${tally(change)}${chosen ? ' · shown now' : ''}`, change });
  const section = (label: string, choices: Choice[], any: HistoryFilter, narrowed: boolean): Choice[] => (choices.length === 0 ? [] : [
    { label, kind: vscode.QuickPickItemKind.Separator }, ...(narrowed ? [{ label: `Any ${label}`, change: any }] : []), ...choices,
  ]);
  const items = [
    ...section('status', statuses(all).map((status) => choice(capital(statusText(status)), { status }, filter.status === status)), { status: undefined }, filter.status !== undefined),
    ...section('connection', distinct(all, 'connectionId').map((connectionId) => choice(`On ${view.labelOf(connectionId)}`, { connectionId }, filter.connectionId === connectionId)), { connectionId: undefined }, filter.connectionId !== undefined),
    ...section('operation', distinct(all, 'operationId').map((operationId) => choice(operationId, { operationId }, filter.operationId === operationId)), { operationId: undefined }, filter.operationId !== undefined),
  ];
  if (items.length === 0) {
    void vscode.window.showInformationMessage('There are no calls in the history yet.');
    return;
  }
  const picked = await vscode.window.showQuickPick(items, { title: 'Filter History', placeHolder: 'A status, a connection or an operation; several can be combined one after another' });
  if (picked?.change) await view.narrow(picked.change);
}

/** Outcomes and statuses that occur. */
function statuses(all: readonly HistoryEntry[]): StatusFilter[] {
  const outcomes = (['ok', 'failed', 'refused', 'cancelled', 'billable'] as const).filter((status) => all.some((entry) => matches(entry, { status })));
  const codes = [...new Set(all.flatMap(({ status }) => (status === undefined ? [] : [status])))].sort((a, b) => a - b);
  return [...outcomes, ...codes.map((code): StatusFilter => `${code}`)];
}

const distinct = (all: readonly HistoryEntry[], field: 'connectionId' | 'operationId'): string[] => [...new Set(all.map((entry) => entry[field]))].sort((a, b) => a.localeCompare(b, 'en'));
const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
