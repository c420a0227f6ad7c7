// Request files beside their editor: problems in their text, a word after a save about personal data, and saving to the workspace. What
// reads them is loaded when the first one is open.
import * as vscode from 'vscode';
import { lazily } from '../../platform/lazily.ts';
import { requestFileSuffix } from '../../requests/scheme.ts';
import type { RequestProblems } from './requestProblems.ts';

const isRequest = ({ uri }: vscode.TextDocument): boolean => uri.path.endsWith(requestFileSuffix) && uri.scheme !== 'git';

export interface RequestFiles {
  commands: Readonly<Record<string, () => Promise<unknown>>>;
}

export function createRequestFiles({ subscriptions }: Pick<vscode.ExtensionContext, 'subscriptions'>, showError: (error: unknown) => void): RequestFiles {
  // Files about which it was said or asked, in this window.
  const told = new Set<string>();
  const problems = lazily(async () => {
    const made = new (await import('./requestProblems.ts')).RequestProblems();
    subscriptions.push(made);
    return made;
  });
  const withProblems = (document: vscode.TextDocument, act: (one: RequestProblems) => void): void => {
    if (!isRequest(document)) return;
    problems().then(act).catch(showError);
  };
  const saved = async (document: vscode.TextDocument): Promise<void> => {
    if (!isRequest(document) || told.has(document.uri.toString())) return;
    if ((await import('./afterSave.ts')).afterSave(document, showError)) told.add(document.uri.toString());
  };
  subscriptions.push(
    vscode.workspace.onDidOpenTextDocument((document) => withProblems(document, (one) => one.changed(document))),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => { if (contentChanges.length > 0) withProblems(document, (one) => one.changed(document)); }),
    vscode.workspace.onDidCloseTextDocument((document) => withProblems(document, (one) => one.closed(document))),
    vscode.workspace.onDidSaveTextDocument((document) => void saved(document).catch(showError)),
  );
  for (const document of vscode.workspace.textDocuments) withProblems(document, (one) => one.changed(document));
  return {
    commands: {
      'openBanking.saveRequest': async () => (await import('./saveRequest.ts')).saveRequest(told),
    },
  };
}
