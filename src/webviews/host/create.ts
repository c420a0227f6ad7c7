// The custom editors and the commands in their title bars. Only thin wrappers live here: what an editor does is loaded when
// its first document opens.
import type * as vscode from 'vscode';
import type { ViewerHost } from './panel.ts';
import type { PdfDocument } from './pdfDocument.ts';
import type { RequestTabs, RequestWork } from './requestEditor.ts';

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
  /** What a request's tab does beyond its document; asked for when the first opens. */
  requestWork(): Promise<RequestWork>;
}

export interface Viewers {
  openPdf(uri: vscode.Uri): Promise<PdfDocument>;
  showPdf(document: PdfDocument, panel: vscode.WebviewPanel, token: vscode.CancellationToken): Promise<void>;
  showReport(uri: vscode.Uri, panel: vscode.WebviewPanel, token: vscode.CancellationToken): Promise<void>;
  showRequest(document: vscode.TextDocument, panel: vscode.WebviewPanel, token: vscode.CancellationToken): Promise<void>;
  /** Sends the request of the active tab; false when that is none of a request editor. */
  sendActiveRequest(): boolean;
  commands: Readonly<Record<string, (uri?: unknown) => Promise<void>>>;
}

export function createViewers({ context, showError, log, followMs, requestWork }: ViewerOptions): Viewers {
  const host: ViewerHost = { context, showError, warn: (message) => log?.warn(message), followMs: followMs ?? (() => 20_000) };
  let requests: Promise<{ tabs: RequestTabs; work: RequestWork }> | undefined;
  let tabs: RequestTabs | undefined;
  const loadRequests = async (): Promise<{ tabs: RequestTabs; work: RequestWork }> => {
    const [{ RequestTabs }, work] = await Promise.all([import('./requestEditor.ts'), requestWork()]);
    tabs = new RequestTabs();
    return { tabs, work };
  };
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
    async showRequest(document, panel, token) {
      const { tabs: all, work } = await (requests ??= loadRequests());
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
    },
  };
}
