// Opens a call of the history as a read-only document, and two of them side by side in the editor's own comparison.
import * as vscode from 'vscode';
import type { HistoryEntry } from '../../history/entry.ts';
import { exchangeText } from '../../history/exchangeDocument.ts';
import { result, type HistoryRow } from '../../history/rows.ts';
import { historyScheme } from '../../history/scheme.ts';
import { aboutOf } from '../../masking/masker.ts';
import type { HistoryView } from '../../tree/history/view.ts';
import type { HistoryCommandParts } from './table.ts';

type Parts = HistoryCommandParts & { view: HistoryView };

const clock = (entry: HistoryEntry, separator: string): string => new Date(entry.time).toLocaleTimeString('en-US', { hourCycle: 'h23' }).replaceAll(':', separator);

/** The address holds the entry's own number and what a tab should say; no id of anybody. */
const uriOf = (entry: HistoryEntry): vscode.Uri => vscode.Uri.from({ scheme: historyScheme, path: `/${entry.id}/${entry.operationId} ${result(entry)} ${clock(entry, '.')}.json` });

export async function openExchange({ view }: Parts, row: HistoryRow | undefined): Promise<void> {
  const [entry] = row?.kind === 'call' ? [row.entry] : view.selection(row);
  if (entry) await show(entry);
}

export async function show(entry: HistoryEntry, viewColumn?: vscode.ViewColumn): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uriOf(entry));
  await vscode.window.showTextDocument(document, { preview: true, preserveFocus: true, ...(viewColumn !== undefined && { viewColumn }) });
}

/** The text of one such document. After a reload the tab asks before anything was read. */
export async function exchangeOf({ history, connections, presentation, hideKnown }: Pick<HistoryCommandParts, 'history' | 'connections' | 'presentation' | 'hideKnown'>, uri: vscode.Uri): Promise<string> {
  const id = uri.path.split('/')[1] ?? '';
  let entry = history.store.get(id);
  if (!entry) {
    await history.store.sync();
    entry = history.store.get(id);
  }
  if (!entry) return 'This call is no longer in the history: it was purged, or is older than openBanking.history.maxAgeDays.';
  const record = connections.get(entry.connectionId);
  const text = exchangeText(entry, history.store.exchange(id), { connectionLabel: record?.label ?? 'a removed connection', baseUrl: record?.baseUrl.replace(/\/+$/, '') ?? '', hideKnown });
  return presentation.on ? presentation.masker.json(text, aboutOf(entry.operationId)) : text;
}

export async function compare({ view }: Parts, row: HistoryRow | undefined): Promise<void> {
  const chosen = view.selection(row);
  const two = chosen.length === 2 ? chosen : chosen.length === 1 ? await withAnother(view, chosen[0]!) : undefined;
  if (!two) {
    if (chosen.length !== 1) void vscode.window.showInformationMessage('Select two calls in the History view to compare them, or one and choose the other from a list.');
    return;
  }
  const [older, newer] = [...two].sort((a, b) => a.time - b.time) as [HistoryEntry, HistoryEntry];
  const title = older.operationId === newer.operationId ? `${older.operationId}: ${clock(older, ':')} ↔ ${clock(newer, ':')}` : `${older.operationId} ${clock(older, ':')} ↔ ${newer.operationId} ${clock(newer, ':')}`;
  await vscode.commands.executeCommand('vscode.diff', uriOf(older), uriOf(newer), title);
}

async function withAnother(view: HistoryView, one: HistoryEntry): Promise<HistoryEntry[] | undefined> {
  const all = (await view.entries()).filter(({ id }) => id !== one.id);
  const same = all.filter(({ operationId }) => operationId === one.operationId);
  const list = (same.length > 0 ? same : all).slice(0, 100);
  if (list.length === 0) {
    void vscode.window.showInformationMessage('There is no other call to compare with.');
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(list.map((entry) => ({
    label: entry.operationId, description: [result(entry), new Date(entry.time).toLocaleString('en-US', { hourCycle: 'h23' })].join(' · '),
    detail: Object.entries(entry.parameters).map(([name, value]) => `${name} ${value}`).join(', ') || undefined, entry,
  })), { title: `Compare ${one.operationId} With`, matchOnDescription: true, matchOnDetail: true });
  return picked && [one, picked.entry];
}
