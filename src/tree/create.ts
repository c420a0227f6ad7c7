// Builds the explorer: loaders, store, view and commands, and the handle that other commands change it with.
import type * as vscode from 'vscode';
import type { Connections } from '../credentials/connections.ts';
import type { DocumentsHandle } from '../documents/create.ts';
import type { Presentation } from '../platform/presentation.ts';
import type { Sessions } from '../platform/sessions.ts';
import { AnsweredIdBook } from './answeredIds.ts';
import { createSource } from './children.ts';
import { treeCommands } from './commands.ts';
import { ExplorerView, type ExplorerSurface } from './explorerView.ts';
import { FilterBook } from './filters.ts';
import type { LoaderParts } from './loaders/reading.ts';
import { GrantBook } from './grants.ts';
import { MicroDepositBook } from './microDeposits.ts';
import type { ExplorerHandle } from './nodes.ts';
import type { Follower } from './notebook.ts';
import { rememberedIds } from './remembered.ts';
import { SubscriptionBook } from './subscriptions.ts';

export interface ExplorerParts {
  context: Pick<vscode.ExtensionContext, 'subscriptions' | 'globalState'>;
  connections: Connections;
  sessions: Sessions;
  /** Whether a report that is being made is followed anyway, so that the tree need not look. */
  follows?: LoaderParts['follows'];
  presentation: Presentation;
  /** Open documents are read again together with their branch. */
  documents?: DocumentsHandle;
  /** The view as the editor has it. */
  standIns: ExplorerSurface;
}

export interface Explorer {
  view: ExplorerView;
  handle: ExplorerHandle;
  commands: ReturnType<typeof treeCommands>;
}

export function createExplorer({ context, connections, sessions, presentation, documents, follows, standIns }: ExplorerParts): Explorer {
  const filters = new FilterBook();
  const subscriptions = new SubscriptionBook(context.globalState);
  const grants = new GrantBook(context.globalState);
  const microDeposits = new MicroDepositBook(context.globalState);
  const answered = new AnsweredIdBook(context.globalState);
  const followers: readonly Follower[] = [subscriptions, grants, microDeposits, answered];
  const ids = () => connections.list().map(({ id }) => id);
  let known = ids();
  const removals = connections.onDidChange(() => {
    for (const id of known) if (!connections.get(id)) for (const follower of followers) void follower.forgetConnection(id);
    known = ids();
  });
  const source = createSource({ connections, sessions, filters, subscriptions, grants, microDeposits, now: Date.now, institutions: new Map(), ...(follows && { follows }) });
  const explorer = new ExplorerView(source, connections, filters, presentation, standIns);
  context.subscriptions.push(explorer, removals);
  // A node's path without the connection is the path of the documents below it.
  const renew = (path: string): void => {
    const [connectionId = ''] = path.split('/', 1);
    documents?.renew(connectionId, path.slice(connectionId.length));
  };
  const handle: ExplorerHandle = {
    refresh(path) {
      const branch = path ?? connections.active().id;
      renew(branch);
      void explorer.store.refresh(branch);
    },
    reveal: (path) => explorer.reveal(path),
    remove(path) {
      const [connectionId = '', kind, customerId, ...below] = path.split('/');
      if (kind === 'customers' && customerId !== undefined && below.length === 0) for (const follower of followers) void follower.forgetCustomer(connectionId, decodeURIComponent(customerId));
      explorer.store.remove(path);
    },
    async sent(connectionId, operationId, input, body) {
      for (const follower of followers) await follower.afterOperation(connectionId, operationId, input, body);
      const { branchesAfter } = await import('./afterOperation.ts');
      for (const path of branchesAfter(connectionId, operationId, input)) {
        renew(path);
        void explorer.store.refresh(path);
      }
    },
    remembered: (connectionId) => rememberedIds({ subscriptions, grants, microDeposits, answered }, connectionId),
    async startedOver(connectionId) {
      for (const follower of followers) await follower.forgetConnection(connectionId);
    },
  };
  return { view: explorer, handle, commands: treeCommands({ explorer, connections, filters, presentation, documents }) };
}
