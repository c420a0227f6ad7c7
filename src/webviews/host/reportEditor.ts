// A report's tab: binds the session (reportSession.ts) to the editor's panel, file system and commands.
import * as vscode from 'vscode';
import { plainText } from '../../client/plainText.ts';
import { ToldError } from '../../platform/errors.ts';
import { isCancel } from '../../platform/messages.ts';
import { withProgress } from '../../platform/progress.ts';
import { inTurns } from '../../platform/turns.ts';
import { fillPanel, act, type ViewerHost } from './panel.ts';
import { openReport } from './reportCommands.ts';
import { ReportSession } from './reportSession.ts';
import { saveCopy, saveUnder } from './saving.ts';

export function showReport(uri: vscode.Uri, panel: vscode.WebviewPanel, host: ViewerHost): void {
  const session = new ReportSession({
    read: () => vscode.workspace.fs.readFile(uri),
    post: (message) => void panel.webview.postMessage(message),
    openJson: () => act(() => openReport('Json', uri), 'Opening the JSON', host),
    openPdf: () => act(() => openReport('Pdf', uri), 'Opening the PDF', host),
    compare: () => void vscode.commands.executeCommand('openBanking.compareReport'),
    save: (bytes) => act(() => host.presentation.unlessOn((still) => saveCopy(uri, bytes, still)), 'Saving the report', host),
    forPage: async (bytes) => {
      try {
        return await host.presentation.unlessOn((still) => forPage(bytes, still));
      } catch (error) {
        if (!isCancel(error)) host.showError(error);
        return undefined;
      }
    },
    pageFailed: () => host.showError(new ToldError('The page could not be made: this report is too large for it. Save its JSON or its PDF instead.')),
    follow: (name, value) => act(() => host.followId(uri, name, value), 'Showing it in the explorer', host),
    saveFile: (name, bytes) => act(() => host.presentation.unlessOn((still) => saveUnder(name, bytes, still)), 'Saving the file', host),
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

/** Masked unless the person says otherwise: a page is made to be sent. */
async function forPage(bytes: Uint8Array, still: () => void): Promise<{ bytes: Uint8Array; masked: boolean } | undefined> {
  const picked = await vscode.window.showQuickPick([
    { label: 'With Personal Data Masked', detail: 'Names, addresses, account numbers, SSNs, e-mails and telephones become dots.', masked: true },
    { label: 'With Personal Data', detail: 'Everything as the API answered it. Whoever gets the file can read it.', masked: false },
  ], { title: 'Save the Report as a Page to Print or Send', ignoreFocusOut: true });
  still();
  if (!picked?.masked) return picked && { bytes, masked: false };
  const { createMasker } = await import('../../masking/masker.ts');
  const text = await withProgress('Masking the report', ({ signal }) => inTurns(createMasker().jsonSteps(new TextDecoder().decode(bytes)), { signal }));
  still();
  return { bytes: new TextEncoder().encode(text), masked: true };
}
