// The tab of a comparison: binds the session (comparisonSession.ts) to the editor's panel, to the documents of the two reports, and to the
// editor's own comparison of texts.
import * as vscode from 'vscode';
import { plainText } from '../../client/plainText.ts';
import { parseResourcePath, resourcePath, type ResourceRef } from '../../documents/uris.ts';
import { ComparisonSession } from './comparisonSession.ts';
import { act, fillPanel, type ViewerHost } from './panel.ts';
import { saveUnder } from './saving.ts';

export function showComparison(uri: vscode.Uri, panel: vscode.WebviewPanel, host: ViewerHost): void {
  const ref = parseResourcePath(uri.path);
  const reports = ref?.kind === 'comparison' ? documentsOf(uri, ref) : undefined;
  const read = async (): Promise<readonly [Uint8Array, Uint8Array]> => {
    if (!reports) throw new Error('This address names no two reports of a customer.');
    return Promise.all([vscode.workspace.fs.readFile(reports[0]), vscode.workspace.fs.readFile(reports[1])]);
  };
  const session = new ComparisonSession({
    read,
    post: (message) => void panel.webview.postMessage(message),
    openText: () => act(async () => { if (reports) await openTextComparison(...reports); }, 'Comparing the texts', host),
    follow: (name, value) => act(() => host.followId(uri, name, value), 'Showing it in the explorer', host),
    saveFile: (name, bytes) => act(() => host.presentation.unlessOn(() => saveUnder(name, bytes)), 'Saving the file', host),
    title: (text) => { panel.title = plainText(text); },
    locale: vscode.env.language,
  });
  const watchers = (reports ?? []).flatMap((report) => {
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(report, '**'));
    return [watcher, watcher.onDidChange((other) => { if (other.toString() === report.toString()) session.changed(); })];
  });
  const listeners = [
    ...watchers,
    panel.webview.onDidReceiveMessage((message: unknown) => session.receive(message)),
    // What stands on the page must not be seen until it is read anew.
    host.presentation.onDidChange(() => {
      session.changed();
      fillPanel(panel, 'report', host);
    }),
    panel.onDidChangeViewState(() => session.setVisible(panel.visible)),
  ];
  panel.onDidDispose(() => {
    session.dispose();
    for (const listener of listeners) listener.dispose();
  });
  fillPanel(panel, 'report', host);
}

const documentsOf = (uri: vscode.Uri, { customerId, reportId, otherReportId }: Extract<ResourceRef, { kind: 'comparison' }>): [vscode.Uri, vscode.Uri] => {
  const document = (id: string): vscode.Uri => uri.with({ path: resourcePath({ kind: 'report', customerId, reportId: id, form: 'json' }) });
  return [document(reportId), document(otherReportId)];
};

/** The two as text, beside: what differs, line by line. */
async function openTextComparison(one: vscode.Uri, other: vscode.Uri): Promise<void> {
  const name = ({ path }: vscode.Uri): string => path.slice(path.lastIndexOf('/') + 1);
  await vscode.commands.executeCommand('vscode.diff', one, other, `${name(one)} ↔ ${name(other)}`, { viewColumn: vscode.ViewColumn.Beside });
}
