// The Operations view's own commands: search, stars, copying, and showing a request file in other places. Opening a request is Run Operation, in
// commands/.
import * as vscode from 'vscode';
import type { OperationBook } from './book.ts';
import type { OperationRow } from './rows.ts';
import type { OperationsView } from './view.ts';

export interface OperationCommandParts {
  view: OperationsView;
  book: OperationBook;
}

type Node = Extract<OperationRow, { kind: 'operation' }>;
type Run = (parts: OperationCommandParts, node: Node | undefined) => Promise<unknown>;

const commands: Record<string, Run> = {
  'openBanking.searchOperations': async ({ view }) => search(view),
  'openBanking.clearOperationSearch': async ({ view }) => view.narrow(undefined),
  'openBanking.addFavouriteOperation': async ({ book }, node) => node && book.favour(node.entry.operationId, true),
  'openBanking.removeFavouriteOperation': async ({ book }, node) => node && book.favour(node.entry.operationId, false),
  'openBanking.copyOperationId': async (_parts, node) => node && copy(node.entry.operationId),
  'openBanking.copySdkName': async (_parts, node) => node && copy(node.entry.sdkNames.join('\n')),
};

const ofFiles: Record<string, (file: vscode.Uri) => Thenable<unknown>> = {
  'openBanking.openRequestAsText': (file) => vscode.commands.executeCommand('vscode.openWith', file, 'default'),
  'openBanking.revealRequestFile': (file) => vscode.commands.executeCommand('revealInExplorer', file),
};

export const operationCommands = (parts: OperationCommandParts): Record<string, (argument?: unknown) => Promise<unknown>> => ({
  ...Object.fromEntries(Object.entries(commands).map(([id, run]) => [id, (argument?: unknown) => run(parts, isOperationRow(argument) ? argument : undefined)])),
  ...Object.fromEntries(Object.entries(ofFiles).map(([id, run]) => [id, async (argument?: unknown) => isRequestRow(argument) && run(vscode.Uri.parse(argument.file.uri))])),
});

/** Whether a menu passed a row of this view that is an operation. */
export const isOperationRow = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'operation' && 'entry' in value;

const isRequestRow = (value: unknown): value is Extract<OperationRow, { kind: 'request' }> =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'request' && 'file' in value;

async function copy(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(`$(check) ${text.replaceAll('\n', ', ')} copied`, 3000);
}

/** The view follows while one types; leaving without Enter puts back what was shown before. */
async function search(view: OperationsView): Promise<void> {
  const before = view.search;
  await vscode.commands.executeCommand('openBanking.operations.focus');
  const input = vscode.window.createInputBox();
  input.title = 'Search Operations';
  input.prompt = 'Every word must occur in the name, operation id, path, family or Python SDK name. Empty shows all.';
  input.placeholder = 'customers.get_by_id';
  input.value = before ?? '';
  const accepted = await new Promise<boolean>((resolve) => {
    input.onDidChangeValue((text) => void view.narrow(text));
    input.onDidAccept(() => resolve(true));
    input.onDidHide(() => resolve(false));
    input.show();
  });
  await view.narrow(accepted ? input.value : before);
  input.dispose();
}
