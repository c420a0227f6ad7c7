// Chooses a file for a field that takes one, and gives it as the wire wants it: Base64. Read through the editor's own file system, so that a
// file of a remote window comes from there. What a file must be stands in requests/chosenFile.ts.
import * as vscode from 'vscode';
import { fileProblem, sizeProblem, typeWords, unreadable, type FileRule } from '../../requests/chosenFile.ts';
import { shown } from '../../requests/pickerReading.ts';

/** The file in Base64; undefined when the person turned away. A file that will not do is told, and another may be chosen. */
export async function pickFile(rule: FileRule, field: string): Promise<string | undefined> {
  for (;;) {
    const [uri] = (await vscode.window.showOpenDialog({
      title: `${shown(field, 60)}: choose a file`, openLabel: 'Use File', canSelectMany: false, filters: { [typeWords(rule)]: [...rule.types] }, defaultUri: vscode.workspace.workspaceFolders?.[0]?.uri,
    })) ?? [];
    if (!uri) return undefined;
    const read = await readFile(uri, rule);
    if ('base64' in read) return read.base64;
    const another = 'Choose Another';
    if ((await vscode.window.showWarningMessage(read.problem, another)) !== another) return undefined;
  }
}

async function readFile(uri: vscode.Uri, rule: FileRule): Promise<{ base64: string } | { problem: string }> {
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  try {
    // Before a byte of it is read: it may be huge.
    const problem = sizeProblem(name, (await vscode.workspace.fs.stat(uri)).size, rule);
    if (problem !== undefined) return { problem };
    const bytes = await vscode.workspace.fs.readFile(uri);
    const wrong = fileProblem(name, bytes, rule);
    return wrong === undefined ? { base64: Buffer.from(bytes).toString('base64') } : { problem: wrong };
  } catch (error) {
    if (!(error instanceof vscode.FileSystemError)) throw error;
    return { problem: unreadable(name, error.code) };
  }
}
