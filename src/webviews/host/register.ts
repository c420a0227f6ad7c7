// Registers the two read-only custom editors and the commands in their title bars. Only thin wrappers live here: what an editor does is
// loaded when its first document opens, so that activation pays for none of it.
import * as vscode from 'vscode';
import { pdfFileViewType, pdfViewType } from '../protocol/pdf.ts';
import { reportViewType } from '../protocol/report.ts';
import type { PdfDocument } from './pdfDocument.ts';
import type { ViewerHost } from './panel.ts';

/** What the viewers write to the log: events without ids, names or contents. */
export interface ViewerLog {
  warn(message: string): void;
}

export interface ViewerOptions {
  context: vscode.ExtensionContext;
  /** Shows an error of what the person did in a view. */
  showError(error: unknown): void;
  log?: ViewerLog;
  /** Milliseconds between two looks at a running report while its tab is visible; 20,000 when left out. */
  followMs?(uri: vscode.Uri): number;
}

export function registerViewers({ context, showError, log, followMs }: ViewerOptions): void {
  const host: ViewerHost = { context, showError, warn: (message) => log?.warn(message), followMs: followMs ?? (() => 20_000) };
  const options = { supportsMultipleEditorsPerDocument: true };
  const pdf: vscode.CustomReadonlyEditorProvider<PdfDocument> = {
    // The bytes are asked for before the view exists: both take their time, and neither needs the other.
    openCustomDocument: async (uri) => new (await import('./pdfDocument.ts')).PdfDocument(uri),
    resolveCustomEditor: async (document, panel, token) => {
      const { showPdf } = await import('./pdfEditor.ts');
      if (!token.isCancellationRequested) showPdf(document, panel, host);
    },
  };
  context.subscriptions.push(
    vscode.window.registerCustomEditorProvider(reportViewType, {
      openCustomDocument: (uri) => ({ uri, dispose() {} }),
      resolveCustomEditor: async (document, panel, token) => {
        const { showReport } = await import('./reportEditor.ts');
        if (!token.isCancellationRequested) showReport(document.uri, panel, host);
      },
    }, options),
    vscode.window.registerCustomEditorProvider(pdfViewType, pdf, options),
    vscode.window.registerCustomEditorProvider(pdfFileViewType, pdf, options),
    ...(['Json', 'Pdf', 'View'] as const).map((form) => vscode.commands.registerCommand(`openBanking.openReport${form}`, async (uri?: unknown) =>
      (await import('./reportCommands.ts')).openReport(form, uri))),
  );
}
