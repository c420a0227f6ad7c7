// A PDF's tab: binds the session (pdfSession.ts) to the editor's panel, file system and the system's printing.
import * as vscode from 'vscode';
import { act, fillPanel, type ViewerHost } from './panel.ts';
import type { PdfDocument } from './pdfDocument.ts';
import { PdfCover } from './pdfCover.ts';
import { PdfSession } from './pdfSession.ts';
import { printPdf } from './printing.ts';
import { saveCopy } from './saving.ts';

export function showPdf(document: PdfDocument, panel: vscode.WebviewPanel, host: ViewerHost): void {
  const { uri } = document;
  const cover = new PdfCover({ presentation: host.presentation, mayBeShown: uri.scheme === 'file', post: (message) => void panel.webview.postMessage(message), receive: (message) => session.receive(message) });
  const session = new PdfSession({
    open: (fresh) => document.open(fresh),
    post: (message) => cover.post(message),
    save: ({ content }) => act(() => host.presentation.unlessOn(() => saveCopy(uri, typeof content === 'string' ? uri : content)), 'Saving the PDF', host),
    print: (source) => act(() => host.presentation.unlessOn(() => printPdf(uri, source, host.context)), 'Printing', host),
    openText: () => act(() => vscode.commands.executeCommand('vscode.openWith', uri, 'default', panel.viewColumn ?? vscode.ViewColumn.Active), 'Opening it as text', host),
  });
  const messages = panel.webview.onDidReceiveMessage((message: unknown) => cover.receive(message));
  panel.onDidDispose(() => {
    session.dispose();
    cover.dispose();
    messages.dispose();
  });
  fillPanel(panel, 'pdf', host);
}
