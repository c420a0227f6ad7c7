// Builds the explorer: loaders, store, view and commands, and the handle that other commands change it with.
import type * as vscode from 'vscode';
import type { Connections } from '../credentials/connections.ts';
import type { DocumentsHandle } from '../documents/register.ts';
import type { Sessions } from '../platform/sessions.ts';
import { createSource } from './children.ts';
import { registerTreeCommands } from './commands.ts';
import { ExplorerView } from './explorerView.ts';
import { FilterBook } from './filters.ts';
import type { ExplorerHandle } from './nodes.ts';
import { SubscriptionBook } from './subscriptions.ts';

export interface ExplorerParts {
  context: Pick<vscode.ExtensionContext, 'subscriptions' | 'globalState'>;
  connections: Connections;
  sessions: Sessions;
  /** Open documents are read again together with their branch. */
  documents?: DocumentsHandle;
  showError(error: unknown): void;
}

export function registerExplorer({ context, connections, sessions, documents, showError }: ExplorerParts): ExplorerHandle {
  const filters = new FilterBook();
  const subscriptions = new SubscriptionBook(context.globalState);
  const ids = () => connections.list().map(({ id }) => id);
  let known = ids();
  const removals = connections.onDidChange(() => {
    for (const id of known) if (!connections.get(id)) void subscriptions.forgetConnection(id);
    known = ids();
  });
  const source = createSource({ connections, sessions, filters, subscriptions, now: Date.now, institutionNames: new Map() });
  const explorer = new ExplorerView(source, connections, filters);
  context.subscriptions.push(explorer, removals, ...registerTreeCommands({ explorer, connections, filters, documents }, showError));
  // A node's path without the connection is the path of the documents below it.
  const renew = (path: string): void => {
    const [connectionId = ''] = path.split('/', 1);
    documents?.renew(connectionId, path.slice(connectionId.length));
  };
  return {
    refresh(path) {
      const branch = path ?? connections.active().id;
      renew(branch);
      void explorer.store.refresh(branch);
    },
    reveal: (path) => explorer.reveal(path),
    remove: (path) => explorer.store.remove(path),
    async sent(connectionId, operationId, input, body) {
      await subscriptions.afterOperation(connectionId, operationId, input, body);
      if (operationId.startsWith('Get') || operationId.startsWith('get')) return;
      renew(connectionId);
      void explorer.store.refresh(connectionId);
    },
  };
}
