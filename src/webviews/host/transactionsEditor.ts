// A tab of transactions: binds the session (transactionsSession.ts) to the editor's panel and file system. What reads and what requests are
// opened comes from the composition: this file knows no client.
import * as vscode from 'vscode';
import type { ResourceRef } from '../../documents/uris.ts';
import { parseResourcePath } from '../../documents/uris.ts';
import { createExports } from './exporting.ts';
import { act, fillPanel, type ViewerHost } from './panel.ts';
import { saveUnder } from './saving.ts';
import { rangeOf } from './transactionsRange.ts';
import { TransactionsSession, type TransactionsPorts } from './transactionsSession.ts';

export type TransactionsRef = Extract<ResourceRef, { kind: 'customerTransactions' | 'accountTransactions' }>;

/** Whose transactions, on which connection. */
export interface TransactionsTarget {
  connectionId: string;
  ref: TransactionsRef;
}

/** What the viewer needs of the rest of the extension. */
export interface TransactionsWork {
  pages(target: TransactionsTarget, ...given: Parameters<TransactionsPorts['pages']>): ReturnType<TransactionsPorts['pages']>;
  /** `masked` is what of an answer's body may be shown. */
  about(target: TransactionsTarget, signal: AbortSignal, masked: (body: unknown) => unknown): ReturnType<TransactionsPorts['about']>;
  recurring(target: TransactionsTarget, signal: AbortSignal, masked: (body: unknown) => unknown): ReturnType<TransactionsPorts['recurring']>;
  loadHistory(target: TransactionsTarget, accountId: string | undefined): Promise<unknown>;
  addTest(target: TransactionsTarget, accountId: string | undefined): Promise<unknown>;
  enrich(target: TransactionsTarget, rows: readonly Readonly<Record<string, unknown>>[]): Promise<unknown>;
  words(error: unknown): string;
}

export function showTransactions(uri: vscode.Uri, panel: vscode.WebviewPanel, work: TransactionsWork, host: ViewerHost): void {
  const ref = parseResourcePath(uri.path);
  if (ref?.kind !== 'customerTransactions' && ref?.kind !== 'accountTransactions') throw new Error('No transactions have this path.');
  const target: TransactionsTarget = { connectionId: uri.authority, ref };
  const accountId = ref.kind === 'accountTransactions' ? ref.accountId : undefined;
  const { presentation } = host;
  const post: TransactionsPorts['post'] = (message) => void panel.webview.postMessage(message);
  const masked = (body: unknown): unknown => (presentation.on ? presentation.masker.data(body, 'account') : body);
  const session = new TransactionsSession({
    pages: (...given) => work.pages(target, ...given),
    about: (signal) => work.about(target, signal, masked),
    recurring: (signal) => work.recurring(target, signal, masked),
    post,
    shown: (json) => (presentation.on ? presentation.masker.json(json, 'transactions') : json),
    words: (error) => work.words(error),
    failed: (error) => host.showError(error),
    openJson: () => act(() => vscode.commands.executeCommand('vscode.openWith', uri, 'default', { viewColumn: vscode.ViewColumn.Beside }), 'Opening the JSON', host),
    saveFile: (name, bytes) => act(() => presentation.unlessOn((still) => saveUnder(name, bytes, still)), 'Saving the picture', host),
    loadHistory: (id) => act(() => work.loadHistory(target, id), 'Loading the history', host),
    addTest: (id) => act(() => work.addTest(target, id), 'Opening the request', host),
    enrich: (rows) => act(() => presentation.unlessOn(() => work.enrich(target, rows)), 'Opening the request', host),
    exports: createExports({
      allowed: () => presentation.unlessOn(() => undefined),
      suggestedName: `transactions-${accountId ?? ref.customerId}`,
      next: (id) => post({ type: 'exportNext', id }),
      ended: (id, end) => post({ type: 'exportEnded', id, ...end }),
    }),
    range: () => rangeOf(new URLSearchParams(uri.query), Date.now()),
    ...(accountId !== undefined && { accountId }),
    locale: vscode.env.language,
  });
  // Watching tells the file system that the document is on the screen, and hears what it fires.
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(uri, '**'));
  const changed = (other: vscode.Uri) => { if (other.toString() === uri.toString()) session.changed(); };
  const listeners = [presentation.onDidChange(() => {
    // Rows, charts and the open detail are the page's: with it goes all that must not be seen now.
    session.forget();
    fillPanel(panel, 'transactions', host);
  }), watcher, watcher.onDidChange(changed), watcher.onDidCreate(changed), panel.webview.onDidReceiveMessage((message: unknown) => session.receive(message))];
  panel.onDidDispose(() => {
    session.dispose();
    for (const listener of listeners) listener.dispose();
  });
  panel.title = `Transactions (${accountId === undefined ? `customer ID ${ref.customerId}` : `account ID ${accountId}`})`;
  fillPanel(panel, 'transactions', host);
}
