// Builds the Operations view: what it remembers, the workspace's request files, its rows and its commands.
import * as vscode from 'vscode';
import { plainText } from '../../client/plainText.ts';
import { fileText } from '../../requests/fileText.ts';
import { requestFileSuffix } from '../../requests/scheme.ts';
import { OperationBook } from './book.ts';
import { Collections, type FoundFile } from './collections.ts';
import { operationCommands } from './commands.ts';
import { OperationsView, type OperationsSurface } from './view.ts';

export interface Operations {
  view: OperationsView;
  /** Notes that an operation's request was opened or sent. */
  used(operationId: string): Promise<void>;
  /** Operation ids: those that were starred, and those used last. */
  own(): { favourites: readonly string[]; recent: readonly string[] };
  commands: ReturnType<typeof operationCommands>;
}

export function createOperations(context: Pick<vscode.ExtensionContext, 'globalState' | 'subscriptions'>, surface: OperationsSurface): Operations {
  const book = new OperationBook(context.globalState, () => surface.treeChanged(undefined));
  const collections = new Collections({ find: findFiles, read: readText, pause: () => new Promise((resolve) => setImmediate(resolve)), now: () => performance.now() });
  const view = new OperationsView(surface, book, collections);
  watchFiles(context, collections, () => view.redraw());
  return { view, used: (operationId) => book.used(operationId), own: () => ({ favourites: book.favourites(), recent: book.recent() }), commands: operationCommands({ view, book }) };
}

const pattern = `**/*${requestFileSuffix}`;
/** In bytes. What is larger is no request (src/requests/document.ts has the limit of its text). */
const largest = 20_000_000;

function watchFiles({ subscriptions }: Pick<vscode.ExtensionContext, 'subscriptions'>, collections: Collections, redraw: () => void): void {
  const listChanged = (): void => {
    collections.listChanged();
    redraw();
  };
  const ofFile = (uri: vscode.Uri): void => {
    collections.changed(uri.toString());
    redraw();
  };
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  subscriptions.push(
    watcher, watcher.onDidChange(ofFile),
    ...[watcher.onDidCreate, watcher.onDidDelete].map((event) => event((uri) => {
      ofFile(uri);
      listChanged();
    })),
    // A folder that is moved or deleted as a whole tells nothing of the files in it.
    vscode.workspace.onDidRenameFiles(listChanged), vscode.workspace.onDidDeleteFiles(listChanged), vscode.workspace.onDidChangeWorkspaceFolders(listChanged),
  );
}

async function findFiles(most: number): Promise<FoundFile[]> {
  const several = (vscode.workspace.workspaceFolders?.length ?? 0) > 1;
  const uris = await vscode.workspace.findFiles(pattern, '**/node_modules/**', most);
  return uris.map((uri) => {
    const steps = vscode.workspace.asRelativePath(uri, several).split('/');
    return { uri: uri.toString(), folder: steps.slice(0, -1).join('/'), name: steps.at(-1)!.slice(0, -requestFileSuffix.length) };
  });
}

async function readText(address: string): Promise<string | undefined> {
  const uri = vscode.Uri.parse(address);
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > largest) throw new Error(`it has ${Math.round(size / 1_000_000)} MB.`);
    return fileText(await vscode.workspace.fs.readFile(uri));
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw new Error(`The file cannot be read: ${plainText(error instanceof Error ? error.message : String(error), 200)}`);
  }
}
