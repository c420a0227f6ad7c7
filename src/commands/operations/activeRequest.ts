// The request document in the active editor. What is wrong with it is said, and the cursor put there.
import * as vscode from 'vscode';
import { noLinks } from '../../client/plainText.ts';
import { parseRequest, type RequestDocument, RequestDocumentError } from './requestDocument.ts';

/** Undefined when there is none that can be read; the person has been told why then. */
export function readActiveRequest(): { editor: vscode.TextEditor; request: RequestDocument } | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    void vscode.window.showInformationMessage('Open a request first: "Run Operation" makes one.');
    return undefined;
  }
  try {
    return { editor, request: parseRequest(editor.document.getText()) };
  } catch (error) {
    if (!(error instanceof RequestDocumentError)) throw error;
    if (error.offset !== undefined) {
      const at = editor.document.positionAt(error.offset);
      editor.selection = new vscode.Selection(at, at);
      editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    }
    void vscode.window.showErrorMessage(noLinks(error.message));
    return undefined;
  }
}
