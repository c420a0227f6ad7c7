// The request of the active tab, whether it is open in the request editor or as text. What is wrong with it is said, and shown in the text.
import * as vscode from 'vscode';
import { noLinks } from '../../client/plainText.ts';
import { draftProblem, parseRequest, type RequestDocument, RequestDocumentError } from '../../requests/document.ts';

/** The document of the active tab; undefined when it shows none that is text. */
export function activeRequestDocument(): vscode.TextDocument | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  // A custom editor is no text editor, but its document is open.
  const uri = input instanceof vscode.TabInputCustom ? input.uri.toString() : undefined;
  return uri === undefined ? vscode.window.activeTextEditor?.document : vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri);
}

/** Undefined when there is none that can be read; the person has been told why then. */
export function readActiveRequest(): { document: vscode.TextDocument; request: RequestDocument } | undefined {
  const document = activeRequestDocument();
  if (!document) {
    void vscode.window.showInformationMessage('Open a request first: "Run Operation" makes one.');
    return undefined;
  }
  try {
    const text = document.getText();
    const request = parseRequest(text);
    if (request.bodyDraft !== undefined) throw new RequestDocumentError(`The body as typed cannot be taken yet. ${draftProblem(text, request.bodyDraft).message} Mend it in the request's JSON tab, or discard it there.`);
    return { document, request };
  } catch (error) {
    if (!(error instanceof RequestDocumentError)) throw error;
    const editor = vscode.window.activeTextEditor;
    if (error.offset !== undefined && editor?.document === document) {
      const at = document.positionAt(error.offset);
      editor.selection = new vscode.Selection(at, at);
      editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    }
    void vscode.window.showErrorMessage(noLinks(error.message));
    return undefined;
  }
}
