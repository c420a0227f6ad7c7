// A PDF's tab: binds the session (pdfSession.ts) to the editor's panel, file system and the system's printing.
import * as vscode from 'vscode';
import { plainText } from '../../client/plainText.ts';
import { documentScheme } from '../../documents/scheme.ts';
import { parseResourcePath } from '../../documents/uris.ts';
import { statementMonth } from '../../tree/statementMonths.ts';
import { act, fillPanel, type ViewerHost } from './panel.ts';
import type { PdfDocument } from './pdfDocument.ts';
import { PdfCover } from './pdfCover.ts';
import { PdfSession } from './pdfSession.ts';
import { printPdf } from './printing.ts';
import { saveCopy } from './saving.ts';

export function showPdf(document: PdfDocument, panel: vscode.WebviewPanel, host: ViewerHost): void {
  const { uri } = document;
  // The person's own file is not masked, and may be copied like any other.
  const own = uri.scheme === 'file';
  const unlessPresenting = <T>(save: (still: () => void) => T): T => (own ? save(() => undefined) : host.presentation.unlessOn(save));
  const cover = new PdfCover({ presentation: host.presentation, mayBeShown: own, post: (message) => void panel.webview.postMessage(message), receive: (message) => session.receive(message) });
  const session = new PdfSession({
    open: (fresh) => document.open(fresh),
    post: (message) => cover.post(message),
    save: ({ content }) => act(() => unlessPresenting((still) => saveCopy(uri, typeof content === 'string' ? uri : content, still)), 'Saving the PDF', host),
    print: (source) => act(() => unlessPresenting((still) => printPdf(uri, source, host.context, still)), 'Printing', host),
    openText: () => act(() => vscode.commands.executeCommand('vscode.openWith', uri, 'default', panel.viewColumn ?? vscode.ViewColumn.Active), 'Opening it as text', host),
  });
  const messages = panel.webview.onDidReceiveMessage((message: unknown) => cover.receive(message));
  panel.onDidDispose(() => {
    session.dispose();
    cover.dispose();
    messages.dispose();
  });
  const title = statementTitle(uri);
  if (title !== undefined) panel.title = title;
  fillPanel(panel, 'pdf', host);
}

/** A statement's address ends in a number that nobody knows a month by. */
function statementTitle({ scheme, path }: vscode.Uri): string | undefined {
  const ref = scheme === documentScheme ? parseResourcePath(path) : undefined;
  const month = ref?.kind === 'statement' ? statementMonth(ref.index, Date.now())?.month : undefined;
  return ref?.kind === 'statement' && month !== undefined ? `Statement ${month} (account ID ${plainText(ref.accountId, 40)})` : undefined;
}
