// Writes calls of the history to a HAR file where a person chooses: the selected ones, or all that the view shows. Redacted.
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { harText } from '../../history/har.ts';
import type { HistoryRow } from '../../history/rows.ts';
import type { HistoryView } from '../../tree/history/view.ts';
import { writeWhole } from '../../webviews/host/saving.ts';
import type { HistoryCommandParts } from './table.ts';

export async function exportHar({ view, history, connections, version, redact, hideKnown }: HistoryCommandParts & { view: HistoryView }, row: HistoryRow | undefined): Promise<void> {
  const selected = view.selection(row);
  const entries = selected.length > 0 ? selected : await view.entries();
  if (entries.length === 0) {
    void vscode.window.showInformationMessage('There is no call to export.');
    return;
  }
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  const target = await vscode.window.showSaveDialog({ title: `Export ${counted(entries.length)} as HAR`, defaultUri: vscode.Uri.joinPath(folder, 'open-banking.har'), filters: { 'HTTP Archive': ['har'] } });
  if (!target) return;
  // A sandbox's port is another at each start, and says nothing.
  const baseUrl = (connectionId: string): string => connections.get(connectionId)?.baseUrl.replace(/\/+$/, '') || (connections.get(connectionId) ? 'http://127.0.0.1' : 'https://removed.invalid');
  const text = harText(entries, { version, exchange: (id) => history.store.exchange(id), baseUrl, redact, hideKnown });
  await writeWhole(target, Buffer.from(text));
  const open = 'Open';
  const choice = await vscode.window.showInformationMessage(`${counted(entries.length)} exported. Secrets, names and free text are left out; ids and amounts stand in it.`, open);
  if (choice === open) await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(target), { preview: true });
}

const counted = (number: number): string => `${number.toLocaleString('en-US')} ${number === 1 ? 'call' : 'calls'}`;
