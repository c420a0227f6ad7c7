// After an ordinary save of a request file: says once a file what in it looks like personal data. A save cannot be held up to ask, so the file
// is written by then; emptying the fields is one button.
import * as vscode from 'vscode';
import { plainText } from '../../client/plainText.ts';
import { namesOf, personalFields } from '../../requests/personal.ts';

export async function afterSave(document: vscode.TextDocument): Promise<boolean> {
  const fields = personalFields(document.getText());
  if (fields.length === 0) return false;
  const empty = 'Empty Them and Save';
  const file = plainText(vscode.workspace.asRelativePath(document.uri), 200);
  void vscode.window.showWarningMessage(`${file} now holds what looks like personal data: ${plainText(namesOf(fields), 300)}.`, empty).then(async (choice) => {
    if (choice !== empty) return;
    const edit = new vscode.WorkspaceEdit();
    // As they are by now: the text may have changed since.
    for (const { edits } of personalFields(document.getText())) for (const { offset, length, content } of edits)
      edit.replace(document.uri, new vscode.Range(document.positionAt(offset), document.positionAt(offset + length)), content);
    await vscode.workspace.applyEdit(edit);
    await document.save();
  });
  return true;
}
