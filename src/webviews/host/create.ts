// The custom editors and the commands in their title bars. Only thin wrappers live here: what an editor does is loaded when
// its first document opens.
import type * as vscode from 'vscode';
import { lazily } from '../../platform/lazily.ts';
import type { Presentation } from '../../platform/presentation.ts';
import type { ViewerHost } from './panel.ts';
import type { PdfDocument } from './pdfDocument.ts';
import type { RequestTabs, RequestWork } from './requestEditor.ts';
import type { TransactionsWork } from './transactionsEditor.ts';

/** What the viewers write to the log: events without ids, names or contents. */
export interface ViewerLog {
  warn(message: string): void;
}

export interface ViewerOptions {
  presentation: Presentation;
  context: vscode.ExtensionContext;
  /** Shows an error of what the person did in a view. */
  showError(error: unknown): void;
  log?: ViewerLog;
  /** The pace at which a running report of this connection is followed, in milliseconds; a failed reading of one is tried again after three times that. 20,000 when left out. */
  followMs?(uri: vscode.Uri): number;
  followId(document: vscode.Uri, name: string, value: string): Promise<void>;
  /** What a request's tab does beyond its document; asked for when the first opens. */
  requestWork(): Promise<RequestWork>;
  /** What a tab of transactions reads and opens. */
  transactionsWork(): Promise<TransactionsWork>;
}

export interface Viewers {
  openPdf(uri: vscode.Uri): Promise<PdfDocument>;
  showPdf(document: PdfDocument, panel: vscode.WebviewPanel, token: vscode.CancellationToken): Promise<void>;
  showReport(uri: vscode.Uri, panel: vscode.WebviewPanel, token: vscode.CancellationToken): Promise<void>;
  showComparison(uri: vscode.Uri, panel: vscode.WebviewPanel, token: vscode.CancellationToken): Promise<void>;
  showTransactions(uri: vscode.Uri, panel: vscode.WebviewPanel, token: vscode.CancellationToken): Promise<void>;
  showRequest(document: vscode.TextDocument, panel: vscode.WebviewPanel, token: vscode.CancellationToken): Promise<void>;
  /** Sends the request of the active tab; false when that is none of a request editor. */
  sendActiveRequest(): boolean;
  commands: Readonly<Record<string, (uri?: unknown) => Promise<void>>>;
}

export function createViewers({ context, presentation, showError, log, followMs, followId, requestWork, transactionsWork }: ViewerOptions): Viewers {
  const host: ViewerHost = { context, presentation, showError, warn: (message) => log?.warn(message), followId, followMs: followMs ?? (() => 20_000) };
  let tabs: RequestTabs | undefined;
  const requests = lazily(async () => {
    const [{ RequestTabs }, work] = await Promise.all([import('./requestEditor.ts'), requestWork()]);
    tabs = new RequestTabs();
    return { tabs, work };
  });
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
    async showComparison(uri, panel, token) {
      const { showComparison } = await import('./comparisonEditor.ts');
      if (!token.isCancellationRequested) showComparison(uri, panel, host);
    },
    async showTransactions(uri, panel, token) {
      const [{ showTransactions }, work] = await Promise.all([import('./transactionsEditor.ts'), transactionsWork()]);
      if (!token.isCancellationRequested) showTransactions(uri, panel, work, host);
    },
    async showRequest(document, panel, token) {
      const { tabs: all, work } = await requests();
      if (!token.isCancellationRequested) all.show(document, panel, work, host);
    },
    sendActiveRequest() {
      const session = tabs?.active();
      session?.askToSend();
      return session !== undefined;
    },
    commands: {
      'openBanking.openReportJson': async (uri) => (await import('./reportCommands.ts')).openReport('Json', uri),
      'openBanking.openReportPdf': async (uri) => (await import('./reportCommands.ts')).openReport('Pdf', uri),
      'openBanking.openReportView': async (uri) => (await import('./reportCommands.ts')).openReport('View', uri),
      'openBanking.openPdfFile': async (uri) => (await import('./pdfCommand.ts')).openPdfFile(uri),
    },
  };
}
