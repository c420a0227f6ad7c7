// The two read-only custom editors and the commands in their title bars. Only thin wrappers live here: what an editor does is loaded when
// its first document opens.
import type * as vscode from 'vscode';
import type { ViewerHost } from './panel.ts';
import type { PdfDocument } from './pdfDocument.ts';

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

export interface Viewers {
  openPdf(uri: vscode.Uri): Promise<PdfDocument>;
  showPdf(document: PdfDocument, panel: vscode.WebviewPanel, token: vscode.CancellationToken): Promise<void>;
  showReport(uri: vscode.Uri, panel: vscode.WebviewPanel, token: vscode.CancellationToken): Promise<void>;
  commands: Readonly<Record<string, (uri?: unknown) => Promise<void>>>;
}

export function createViewers({ context, showError, log, followMs }: ViewerOptions): Viewers {
  const host: ViewerHost = { context, showError, warn: (message) => log?.warn(message), followMs: followMs ?? (() => 20_000) };
  return {
    // The bytes are asked for before the view exists: both take their time, and neither needs the other.
    openPdf: async (uri) => new (await import('./pdfDocument.ts')).PdfDocument(uri),
    async showPdf(document, panel, token) {
      const { showPdf } = await import('./pdfEditor.ts');
      if (!token.isCancellationRequested) showPdf(document, panel, host);
    },
    async showReport(uri, panel, token) {
      const { showReport } = await import('./reportEditor.ts');
      if (!token.isCancellationRequested) showReport(uri, panel, host);
    },
    commands: {
      'openBanking.openReportJson': async (uri) => (await import('./reportCommands.ts')).openReport('Json', uri),
      'openBanking.openReportPdf': async (uri) => (await import('./reportCommands.ts')).openReport('Pdf', uri),
      'openBanking.openReportView': async (uri) => (await import('./reportCommands.ts')).openReport('View', uri),
    },
  };
}
