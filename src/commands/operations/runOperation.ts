// Run Operation: pick any described operation, by our name, its id, its path or the Python SDK's name, and get a request document for it,
// filled with the ids of the node it was run on. Completion and validation come from the description, through the editor's JSON language.
import * as vscode from 'vscode';
import { catalogue, findOperation, type OperationEntry } from '../../api/catalogue.ts';
import type { ExplorerNode } from '../../tree/nodes.ts';
import { requestFileSuffix, requestText } from './requestDocument.ts';

const badges = (entry: OperationEntry): string => [
  entry.billable === 'yes' && '$(credit-card) billable',
  entry.destructive && '$(trash) destructive',
  entry.movesMoney && '$(arrow-swap) moves money',
  entry.sendsMail && '$(mail) sends mail',
  entry.automation === 'forbidden' && '$(person) by hand only',
  entry.timeoutSeconds > 60 && `$(watch) up to ${entry.timeoutSeconds} s`,
  entry.fcra !== 'no' && 'FCRA',
  entry.deprecated && 'deprecated',
  entry.removed && `removed in ${entry.removed}`,
  entry.undocumented && 'undocumented',
].filter(Boolean).join(' · ');

/** The ids that a node knows, by parameter name. */
function knownIds(node: ExplorerNode | undefined): Record<string, string> {
  if (!node) return {};
  const names = ['customerId', 'accountId', 'institutionId', 'institutionLoginId', 'reportId', 'subscriptionId', 'preAppId'] as const;
  const known: Record<string, string> = {};
  for (const name of names) {
    const value = (node as unknown as Record<string, unknown>)[name];
    if (typeof value === 'string') known[name] = value;
  }
  // Some families write the same parameter in snake case.
  for (const [name, value] of Object.entries(known)) known[name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)] = value;
  return known;
}

/** Asks which operation, unless one is named, and opens its request with the ids of the node. */
export async function runOperation(node?: ExplorerNode, operationId?: string): Promise<void> {
  const known = knownIds(node);
  const named = operationId === undefined ? undefined : findOperation(operationId);
  if (named) {
    await openRequest(named, known);
    return;
  }
  const applies = (entry: OperationEntry): boolean => {
    const path = entry.parameters.filter((p) => p.in === 'path');
    return path.length > 0 && path.every((p) => known[p.name] !== undefined);
  };
  type Item = vscode.QuickPickItem & { entry?: OperationEntry };
  const item = (entry: OperationEntry): Item => ({
    label: entry.summary, description: [entry.operationId, ...entry.sdkNames].join(' · '), detail: [`${entry.method} ${entry.path}`, badges(entry)].filter(Boolean).join('  '), entry,
  });
  const section = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const here = node ? catalogue.filter(applies) : [];
  const rest = catalogue.filter((entry) => !here.includes(entry));
  const tags = [...new Set(rest.map((entry) => entry.tag))];
  const items = [...(here.length ? [section('for what is selected'), ...here.map(item)] : []), ...tags.flatMap((tag) => [section(tag), ...rest.filter((entry) => entry.tag === tag).map(item)])];
  const picked = await vscode.window.showQuickPick(items, { title: 'Run Operation', placeHolder: 'Name, operation id, path or the Python SDK\'s name', matchOnDescription: true, matchOnDetail: true, ignoreFocusOut: true });
  if (picked?.entry) await openRequest(picked.entry, known);
}

/** Opens an untitled request document. It becomes a file of the person's own only when they save it. */
async function openRequest(entry: OperationEntry, known: Readonly<Record<string, string>>): Promise<void> {
  let uri = vscode.Uri.from({ scheme: 'untitled', path: `${entry.operationId}${requestFileSuffix}` });
  for (let n = 2; vscode.workspace.textDocuments.some((open) => open.uri.toString() === uri.toString()); n += 1) uri = uri.with({ path: `${entry.operationId}-${n}${requestFileSuffix}` });
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, new vscode.Position(0, 0), requestText(entry, known));
  await vscode.workspace.applyEdit(edit);
  const editor = await vscode.window.showTextDocument(document);
  const gap = document.getText().indexOf(': ""');
  if (gap >= 0) {
    const at = document.positionAt(gap + 3);
    editor.selection = new vscode.Selection(at, at);
  }
}
