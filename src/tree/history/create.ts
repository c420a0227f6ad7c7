// Builds the history: the store, which takes calls from the first one on, and the view, which is loaded when somebody looks. The history of
// a connection goes with the connection.
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { FinishedCall } from '../../client/types.ts';
import type { Connections } from '../../credentials/connections.ts';
import { HistoryStore } from '../../history/store.ts';
import type { HistoryRow } from '../../history/rows.ts';
import { lazily } from '../../platform/lazily.ts';
import type { Log } from '../../platform/log.ts';
import { historySettings } from '../../platform/settings.ts';
import type { HistorySurface, HistoryView } from './view.ts';

export interface HistoryParts {
  context: Pick<vscode.ExtensionContext, 'subscriptions' | 'globalStorageUri'>;
  connections: Connections;
  log: Log;
  surface: HistorySurface;
}

export interface History {
  store: HistoryStore;
  view(): Promise<HistoryView>;
  record(call: FinishedCall, connectionId: string): void;
  rows: Pick<vscode.TreeDataProvider<HistoryRow>, 'getChildren' | 'getTreeItem'>;
}

export function createHistory({ context, connections, log, surface }: HistoryParts): History {
  const read = () => historySettings(vscode.workspace.getConfiguration('openBanking'));
  let settings = read();
  const store = new HistoryStore({
    folder: join(context.globalStorageUri.fsPath, 'history'), settings: () => settings, hideKnown: (text) => log.hideKnown(text), redact: (text) => log.clean(text),
    warn: (message, error) => (error === undefined ? log.warn(message) : log.error(message, error)),
  });
  const view = lazily(async () => {
    const { HistoryView } = await import('./view.ts');
    const made = new HistoryView(store, connections, surface);
    context.subscriptions.push(made);
    return made;
  });
  const ids = () => connections.list().map(({ id }) => id);
  let known = ids();
  context.subscriptions.push(
    vscode.workspace.onDidChangeConfiguration((change) => { if (change.affectsConfiguration('openBanking.history')) settings = read(); }),
    connections.onDidChange(() => {
      for (const id of known) if (!connections.get(id)) void store.purge(id).catch((error: unknown) => log.error('Deleting the history of a removed connection', error));
      known = ids();
    }),
  );
  return {
    store, view,
    record: (call, connectionId) => store.record(call, connectionId),
    rows: { getChildren: async (row) => (await view()).getChildren(row), getTreeItem: async (row) => (await view()).getTreeItem(row) },
  };
}
