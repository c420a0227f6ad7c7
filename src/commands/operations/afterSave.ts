// After an ordinary save of a request file: says once a file what in it looks like personal data. A save cannot be held up to ask, so the file
// is written by then; emptying the fields is one button.
import * as vscode from 'vscode';
import { plainText } from '../../client/plainText.ts';
import { ToldError } from '../../platform/errors.ts';
import { namesOf, personalFields } from '../../requests/personal.ts';

/** True when there was something to tell; the person answers in their own time, and `showError` shows what comes of it when it fails. */
export function afterSave(document: vscode.TextDocument, showError: (error: unknown) => void): boolean {
  const fields = personalFields(document.getText());
  if (fields.length > 0) offerToEmpty(document, namesOf(fields)).catch(showError);
  return fields.length > 0;
}

async function offerToEmpty(document: vscode.TextDocument, names: string): Promise<void> {
  const empty = 'Empty Them and Save';
  const file = plainText(vscode.workspace.asRelativePath(document.uri), 200);
  const choice = await vscode.window.showWarningMessage(`${file} now holds what looks like personal data: ${plainText(names, 300)}.`, empty);
  if (choice !== empty) return;
  const edit = new vscode.WorkspaceEdit();
  // As they are by now: the text may have changed since.
  for (const { edits } of personalFields(document.getText())) for (const { offset, length, content } of edits)
    edit.replace(document.uri, new vscode.Range(document.positionAt(offset), document.positionAt(offset + length)), content);
  if (!(await vscode.workspace.applyEdit(edit))) throw new ToldError(`The fields were not emptied: ${file} could not be changed. Open it and empty them there.`);
  if (!(await document.save())) throw new ToldError(`The fields are empty in the editor, but ${file} was not saved. Save it once more.`);
}
