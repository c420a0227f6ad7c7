// Save Request to Workspace: asks where, warns of personal data in it, leaves the connection out (its id is this machine's), and goes on in
// the file. A request that was not saved yet is closed then, unless something of it is in its tab alone.
import * as vscode from 'vscode';
import { noLinks, plainText } from '../../client/plainText.ts';
import { changed, draftProblem, readRequest, setPart } from '../../requests/document.ts';
import { ToldError } from '../../platform/errors.ts';
import { namesOf, personalFields, withoutPersonal } from '../../requests/personal.ts';
import { requestFileSuffix } from '../../requests/scheme.ts';
import { confirmed } from '../confirm.ts';
import { inputSteps } from '../inputSteps.ts';
import { activeRequestDocument } from './activeRequest.ts';
import { pathFault, suggestedPath, withSuffix } from './saveRules.ts';

/** Files whose personal data the person knows of. */
export interface KnownFiles {
  add(uri: string): unknown;
}

export async function saveRequest(known: KnownFiles): Promise<void> {
  const document = activeRequestDocument();
  if (!document?.uri.path.endsWith(requestFileSuffix)) {
    void vscode.window.showInformationMessage('Open a request first: "Run Operation" makes one.');
    return;
  }
  const whole = document.getText();
  const { request, problems } = readRequest(whole);
  if (!request) {
    void vscode.window.showErrorMessage(noLinks(`Not saved. ${problems[0]!.message}`));
    return;
  }
  const { connection, bodyDraft } = request;
  if (bodyDraft !== undefined) {
    void vscode.window.showErrorMessage(noLinks(`Not saved: the body as typed cannot be taken yet. ${draftProblem(whole, bodyDraft).message} Mend it in the JSON tab, or discard it there.`));
    return;
  }
  const text = connection === undefined ? whole : changed(whole, setPart(whole, 'connection', undefined));
  const chosen = await aboutPersonalData(text);
  if (chosen === undefined) return;
  const target = await askWhere(request.entry.operationId);
  if (!target || !(await mayReplace(target, document))) return;
  // The questions leave the editors free: what was typed meanwhile has not been looked at.
  if (document.isClosed || document.getText() !== whole) {
    void vscode.window.showWarningMessage('Not saved: the request was changed or closed while the questions were open. Save it again.');
    return;
  }
  if (target.toString() === document.uri.toString()) await replaceIn(document, chosen);
  else await write(target, chosen);
  known.add(target.toString());
  // What was left out would be lost with the tab.
  const emptied = chosen !== text;
  if (document.isUntitled && !emptied) await closeSaved(document, whole);
  if (!emptied) await vscode.commands.executeCommand('vscode.open', target);
  await tell(target, emptied, connection);
}

async function write(target: vscode.Uri, text: string): Promise<void> {
  try {
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  } catch (error) {
    throw new ToldError(`Not saved: ${nameOf(target)} could not be written${error instanceof vscode.FileSystemError ? ` (${error.code})` : ''}. Look at the folder's rights and the disk's room, or choose another place.`);
  }
}

const nameOf = (uri: vscode.Uri): string => plainText(vscode.workspace.asRelativePath(uri), 200);

/** Only while it is what was saved, and only its own tab: the command takes whatever tab is active. */
async function closeSaved(document: vscode.TextDocument, saved: string): Promise<void> {
  if (document.isClosed || document.getText() !== saved || activeRequestDocument() !== document) return;
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
}

/** The text to save; undefined when the person turned away. */
async function aboutPersonalData(text: string): Promise<string | undefined> {
  const fields = personalFields(text);
  if (fields.length === 0) return text;
  const [without, asIs] = ['Save Without Them', 'Save As It Is'];
  const detail = `${plainText(namesOf(fields), 500)}\n\nFiles of a workspace are shared, and kept. Without them, the file has these fields empty.`;
  const choice = await vscode.window.showWarningMessage('This request holds what looks like personal data.', { modal: true, detail }, without, asIs);
  return choice === without ? withoutPersonal(text) : choice === asIs ? text : undefined;
}

async function askWhere(operationId: string): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    const picked = await vscode.window.showSaveDialog({ title: 'Save Request', defaultUri: undefined });
    return picked?.with({ path: withSuffix(picked.path) });
  }
  const roots = folders.map(({ name }) => name);
  const several = folders.length > 1;
  const known = (await vscode.workspace.findFiles(`**/*${requestFileSuffix}`, '**/node_modules/**', 2000)).map((uri) => vscode.workspace.asRelativePath(uri, several));
  const answer = await inputSteps('Save Request to Workspace', [{
    key: 'path', prompt: `The file in the workspace. Its name ends in ${requestFileSuffix}.`, value: suggestedPath(operationId, known, several ? roots[0] : undefined),
    validate: (text) => pathFault(text, roots), hint: (text) => (known.includes(withSuffix(text.trim())) ? 'There is such a file; it would be replaced.' : undefined),
  }]);
  if (!answer) return undefined;
  const path = withSuffix(answer.path!.trim());
  const folder = several ? folders.find(({ name }) => path.startsWith(`${name}/`))! : folders[0]!;
  return vscode.Uri.joinPath(folder.uri, several ? path.slice(folder.name.length + 1) : path);
}

async function mayReplace(target: vscode.Uri, document: vscode.TextDocument): Promise<boolean> {
  if (target.toString() === document.uri.toString()) return true;
  const there = await vscode.workspace.fs.stat(target).then(() => true, () => false);
  return !there || confirmed(`${nameOf(target)} is there already. Replace it?`, undefined, 'Replace');
}

async function replaceIn(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length)), text);
  if (!(await vscode.workspace.applyEdit(edit))) throw new ToldError(`Not saved: the editor does not let ${nameOf(document.uri)} be changed. Save it under another name.`);
  if (!(await document.save())) throw new ToldError(`${nameOf(document.uri)} is changed in the editor, but was not saved. Save it once more.`);
}

async function tell(target: vscode.Uri, emptied: boolean, connection: string | undefined): Promise<void> {
  const [open, keep] = ['Open', 'Write the Connection Too'];
  const words = [
    `Saved as ${nameOf(target)}.`,
    ...(emptied ? ['Personal data was left out; it is in the open request still.'] : []),
    ...(connection === undefined ? [] : ['The connection was left out: it goes by an id of this machine.']),
  ];
  const choice = await vscode.window.showInformationMessage(noLinks(words.join(' ')), ...(emptied ? [open] : []), ...(connection === undefined ? [] : [keep]));
  if (choice === open) await vscode.commands.executeCommand('vscode.open', target);
  if (choice !== keep) return;
  const document = await vscode.workspace.openTextDocument(target);
  await replaceIn(document, changed(document.getText(), setPart(document.getText(), 'connection', connection)));
}
