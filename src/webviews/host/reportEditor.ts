// A report's tab: binds the session (reportSession.ts) to the editor's panel, file system and commands.
import * as vscode from 'vscode';
import { plainText } from '../../client/plainText.ts';
import { fillPanel, act, type ViewerHost } from './panel.ts';
import { openReport } from './reportCommands.ts';
import { ReportSession } from './reportSession.ts';
import { saveCopy } from './saving.ts';

export function showReport(uri: vscode.Uri, panel: vscode.WebviewPanel, host: ViewerHost): void {
  const session = new ReportSession({
    read: () => vscode.workspace.fs.readFile(uri),
    post: (message) => void panel.webview.postMessage(message),
    openJson: () => act(() => openReport('Json', uri), 'Opening the JSON', host),
    openPdf: () => act(() => openReport('Pdf', uri), 'Opening the PDF', host),
    compare: () => void vscode.commands.executeCommand('openBanking.compareReport'),
    save: (bytes) => act(() => host.presentation.unlessOn(() => saveCopy(uri, bytes)), 'Saving the report', host),
    title: (text) => { panel.title = plainText(text); },
    locale: vscode.env.language,
    followMs: 3 * host.followMs(uri),
  });
  // Watching tells the file system that the document is on the screen, and hears what it fires. The base is the file itself: no part of
  // its path is read as a pattern.
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(uri, '**'));
  const changed = (other: vscode.Uri) => { if (other.toString() === uri.toString()) session.changed(); };
  const listeners = [
    watcher, watcher.onDidChange(changed), watcher.onDidCreate(changed),
    panel.webview.onDidReceiveMessage((message: unknown) => session.receive(message)),
    panel.onDidChangeViewState(() => session.setVisible(panel.visible)),
  ];
  panel.onDidDispose(() => {
    session.dispose();
    for (const listener of listeners) listener.dispose();
  });
  fillPanel(panel, 'report', host);
}
