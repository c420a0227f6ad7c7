// A PDF's tab: binds the session (pdfSession.ts) to the editor's panel, file system and the system's printing.
import type * as vscode from 'vscode';
import { act, fillPanel, type ViewerHost } from './panel.ts';
import type { PdfDocument } from './pdfDocument.ts';
import { PdfSession } from './pdfSession.ts';
import { printPdf } from './printing.ts';
import { saveCopy } from './saving.ts';

export function showPdf(document: PdfDocument, panel: vscode.WebviewPanel, host: ViewerHost): void {
  const session = new PdfSession({
    read: (fresh) => document.read(fresh),
    post: (message) => void panel.webview.postMessage(message),
    save: (bytes) => act(() => saveCopy(document.uri, bytes), 'Saving the PDF', host),
    print: (bytes) => act(() => printPdf(document.uri, bytes, host.context), 'Printing', host),
  });
  const messages = panel.webview.onDidReceiveMessage((message: unknown) => session.receive(message));
  panel.onDidDispose(() => {
    session.dispose();
    messages.dispose();
  });
  fillPanel(panel, 'pdf', host);
}
