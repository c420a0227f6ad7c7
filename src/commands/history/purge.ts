// Deletes the whole history, on disk and in memory, after a Yes.
import * as vscode from 'vscode';
import type { HistoryView } from '../../tree/history/view.ts';
import { confirmed } from '../confirm.ts';
import type { HistoryCommandParts } from './table.ts';

export async function purgeHistory({ history, view }: Pick<HistoryCommandParts, 'history'> & { view: HistoryView }): Promise<void> {
  await view.entries();
  const calls = history.store.list().length;
  const detail = `${counted(calls, 'call')} of all connections and windows, on disk and in memory, with what was set aside as damaged. This cannot be undone. Nothing at the API changes.`;
  if (!(await confirmed('Delete the whole history?', detail, 'Delete'))) return;
  const { calls: gone, files, bytes } = await history.store.purge();
  await view.refresh();
  void vscode.window.showInformationMessage(`The history is deleted: ${counted(gone, 'call')}, ${counted(files, 'file')}, ${Math.ceil(bytes / 1024).toLocaleString('en-US')} KB.`);
}

const counted = (number: number, word: string): string => `${number.toLocaleString('en-US')} ${word}${number === 1 ? '' : 's'}`;
