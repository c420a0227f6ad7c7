// Run Operation: pick any described operation, by our name, its id, its path or the Python SDK's name, and get a request document for it,
// filled with the ids of the node it was run on, in the request editor.
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { catalogue, findOperation, type OperationEntry } from '../../api/catalogue.ts';
import { badgesOf } from '../../api/operationWords.mjs';
import type { ExplorerNode } from '../../tree/nodes.ts';
import { knownIds, operationsHere } from './hereRules.ts';
import { paletteSections } from './paletteRules.ts';
import { requestText } from '../../requests/newRequest.ts';
import { requestFileSuffix, requestViewType } from '../../requests/scheme.ts';

export interface RunParts {
  operations: { used(operationId: string): Promise<void>; own?(): { favourites: readonly string[]; recent: readonly string[] } };
}

type Item = vscode.QuickPickItem & { entry?: OperationEntry; all?: true };

const item = (entry: OperationEntry): Item => ({
  label: entry.summary, description: [entry.operationId, ...entry.sdkNames].join(' · '),
  detail: [`${entry.method} ${entry.path}`, badgesOf(entry).map(({ words, icon }) => `$(${icon}) ${words}`).join(' · ')].filter(Boolean).join('  '), entry,
});
const section = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });

/** Asks which operation, unless one is named, and opens its request with the ids of the node. */
export async function runOperation(parts: RunParts, node?: ExplorerNode, operationId?: string): Promise<void> {
  const named = operationId === undefined ? undefined : findOperation(operationId);
  if (named) {
    await openRequest(parts, named, requestText(named, knownIds(node)));
    return;
  }
  const here = node ? operationsHere(node, catalogue).flatMap(({ entries }) => entries) : [];
  const { favourites, recent } = parts.operations.own?.() ?? { favourites: [], recent: [] };
  const picked = await searched((search) => paletteSections({ catalogue, favourites, recent, here, search }).flatMap(({ label, entries }) => [section(label), ...entries.map(item)]));
  if (picked?.entry) await openRequest(parts, picked.entry, requestText(picked.entry, knownIds(node)));
}

/** A list that finds as the Operations view does: the editor's own filter wants the words in their order. */
function searched(itemsFor: (search: string) => Item[]): Promise<Item | undefined> {
  const box = vscode.window.createQuickPick<Item>();
  box.title = 'Run Operation';
  box.placeholder = 'Words of the name, operation id, path, family or the Python SDK\'s name';
  box.ignoreFocusOut = true;
  const draw = (search: string): void => { box.items = itemsFor(search).map((one) => (one.entry ? { ...one, alwaysShow: true } : one)); };
  draw('');
  return new Promise<Item | undefined>((resolve) => {
    box.onDidChangeValue(draw);
    box.onDidAccept(() => { if (box.selectedItems[0]) resolve(box.selectedItems[0]); });
    box.onDidHide(() => resolve(undefined));
    box.show();
  }).finally(() => box.dispose());
}

/** The same with those operations alone that the node's ids are enough for. */
export async function runOperationHere(parts: RunParts, node?: ExplorerNode): Promise<void> {
  if (!node) return runOperation(parts);
  const groups = operationsHere(node, catalogue);
  const all: Item = { label: '$(list-tree) All operations…', all: true, alwaysShow: true };
  await choose(parts, node, 'Run an Operation Here', [...groups.flatMap(({ label, entries }) => [section(label), ...entries.map(item)]), section(''), all]);
}

async function choose(parts: RunParts, node: ExplorerNode | undefined, title: string, items: readonly Item[]): Promise<void> {
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder: 'Name, operation id, path or the Python SDK\'s name', matchOnDescription: true, matchOnDetail: true, ignoreFocusOut: true });
  if (picked?.all) await runOperation(parts, node);
  else if (picked?.entry) await openRequest(parts, picked.entry, requestText(picked.entry, knownIds(node)));
}

/**
 * An untitled document that has a name has a place too, and an ordinary save puts it there without asking: in the workspace, or in the person's
 * own folder where none is open; a name alone would be one at the root of the disk. One that is taken the editor does not open.
 */
async function newRequestUri(operationId: string): Promise<vscode.Uri> {
  const opened = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file' || uri.scheme === 'vscode-remote');
  const folder = opened ? vscode.Uri.joinPath(opened.uri, 'requests') : vscode.Uri.file(homedir());
  for (let n = 1; ; n += 1) {
    const file = vscode.Uri.joinPath(folder, `${operationId}${n === 1 ? '' : `-${n}`}${requestFileSuffix}`);
    const isOpen = vscode.workspace.textDocuments.some(({ uri }) => uri.path === file.path);
    if (!isOpen && !(await vscode.workspace.fs.stat(file).then(() => true, () => false))) return vscode.Uri.from({ scheme: 'untitled', path: file.path });
  }
}

/** Opens an untitled request document. It becomes a file of the person's own only when they save it. */
export async function openRequest({ operations }: RunParts, entry: OperationEntry, text: string): Promise<void> {
  const uri = await newRequestUri(entry.operationId);
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, new vscode.Position(0, 0), text);
  await vscode.workspace.applyEdit(edit);
  await vscode.commands.executeCommand('vscode.openWith', document.uri, requestViewType);
  await operations.used(entry.operationId);
}
