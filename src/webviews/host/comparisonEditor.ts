// The tab of a comparison: binds the session (comparisonSession.ts) to the editor's panel, to the documents of the two reports, and to the
// editor's own comparison of texts.
import * as vscode from 'vscode';
import { plainText } from '../../client/plainText.ts';
import { parseResourcePath, resourcePath, type ResourceRef } from '../../documents/uris.ts';
import { reportViewType } from '../protocol/report.ts';
import { ComparisonSession, type ComparedReport } from './comparisonSession.ts';
import { act, fillPanel, type ViewerHost } from './panel.ts';
import { saveUnder } from './saving.ts';

export function showComparison(uri: vscode.Uri, panel: vscode.WebviewPanel, host: ViewerHost): void {
  const ref = parseResourcePath(uri.path);
  const reports = ref?.kind === 'comparison' ? documentsOf(uri, ref) : undefined;
  const compared = (report: vscode.Uri): ComparedReport => ({ id: reportIdOf(report), read: () => vscode.workspace.fs.readFile(report) });
  const session = new ComparisonSession({
    reports: reports && [compared(reports[0]), compared(reports[1])],
    post: (message) => void panel.webview.postMessage(message),
    openText: () => act(async () => { if (reports) await openTextComparison(...reports); }, 'Comparing the texts', host),
    openEach: () => act(() => openEach(reports ?? []), 'Opening the reports', host),
    follow: (name, value) => act(() => host.followId(uri, name, value), 'Showing it in the explorer', host),
    saveFile: (name, bytes) => act(() => host.presentation.unlessOn((still) => saveUnder(name, bytes, still)), 'Saving the file', host),
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

const reportIdOf = ({ path }: vscode.Uri): string => {
  const ref = parseResourcePath(path);
  return ref?.kind === 'report' ? ref.reportId : '';
};

/** The two as text, beside: what differs, line by line. */
async function openTextComparison(one: vscode.Uri, other: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand('vscode.diff', one, other, `${reportIdOf(one)} ↔ ${reportIdOf(other)}`, { viewColumn: vscode.ViewColumn.Beside });
}

async function openEach(reports: readonly vscode.Uri[]): Promise<void> {
  for (const report of reports) await vscode.commands.executeCommand('vscode.openWith', report, reportViewType, { preview: false });
}
