// Builds the Operations view: what it remembers, its rows and its commands.
import type * as vscode from 'vscode';
import { OperationBook } from './book.ts';
import { operationCommands } from './commands.ts';
import { OperationsView, type OperationsSurface } from './view.ts';

export interface Operations {
  view: OperationsView;
  /** Notes that an operation's request was opened or sent. */
  used(operationId: string): Promise<void>;
  commands: ReturnType<typeof operationCommands>;
}

export function createOperations(context: Pick<vscode.ExtensionContext, 'globalState'>, surface: OperationsSurface): Operations {
  const book = new OperationBook(context.globalState, () => surface.treeChanged(undefined));
  const view = new OperationsView(surface, book);
  return { view, used: (operationId) => book.used(operationId), commands: operationCommands({ view, book }) };
}
