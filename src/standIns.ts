// What the editor wants to have at activation: the view's tree, the file system, the custom editors and the commands. Each is a stand-in
// of a few lines that hands on to the real part, which is loaded when the first of them is used, so that activation costs their registration
// alone (docs/benchmarks.md has the figure). The manifest names the commands, so this file need not.
import * as vscode from 'vscode';
import type { Composition } from './composition.ts';
import { documentScheme } from './documents/scheme.ts';
import type { HistoryRow } from './history/rows.ts';
import { historyScheme } from './history/scheme.ts';
import type { JobRow } from './jobs/rows.ts';
import { answerScheme, requestViewType } from './requests/scheme.ts';
import type { ExplorerNode } from './tree/nodes.ts';
import type { OperationRow } from './tree/operations/rows.ts';
import type { PdfDocument } from './webviews/host/pdfDocument.ts';
import { pdfFileViewType, pdfViewType } from './webviews/protocol/pdf.ts';
import { comparisonViewType, reportViewType } from './webviews/protocol/report.ts';
import { transactionsViewType } from './webviews/protocol/transactions.ts';

const explorerViewId = 'openBanking.explorer';
const operationsViewId = 'openBanking.operations';
const jobsViewId = 'openBanking.jobs';
const historyViewId = 'openBanking.history';

/** What the real parts are given to speak to the editor with. */
export interface StandIns {
  viewId: string;
  view: vscode.TreeView<ExplorerNode>;
  /** Says that a row, or everything, is to be asked for anew. */
  treeChanged(node: ExplorerNode | undefined): void;
  operations: { view: vscode.TreeView<OperationRow>; treeChanged(row: OperationRow | undefined): void };
  jobs: { view: vscode.TreeView<JobRow>; treeChanged(row: JobRow | undefined): void };
  history: { view: vscode.TreeView<HistoryRow>; treeChanged(): void; textChanged(uri: vscode.Uri): void };
  filesChanged(changes: vscode.FileChangeEvent[]): void;
  answersChanged(changes: vscode.FileChangeEvent[]): void;
}

type Parts = () => Promise<Composition>;

export function registerStandIns({ subscriptions, extension }: Pick<vscode.ExtensionContext, 'subscriptions' | 'extension'>, parts: Parts): StandIns {
  const tree = new vscode.EventEmitter<ExplorerNode | undefined>();
  const view = vscode.window.createTreeView<ExplorerNode>(explorerViewId, { treeDataProvider: treeStandIn(parts, tree.event), showCollapseAll: true, canSelectMany: false });
  const rows = new vscode.EventEmitter<OperationRow | undefined>();
  const operations = vscode.window.createTreeView<OperationRow>(operationsViewId, { treeDataProvider: rowsStandIn(async () => (await parts()).operations, rows.event), showCollapseAll: true });
  const running = new vscode.EventEmitter<JobRow | undefined>();
  const jobs = vscode.window.createTreeView<JobRow>(jobsViewId, { treeDataProvider: {
    ...rowsStandIn(async () => (await parts()).jobs, running.event), getParent: () => undefined, resolveTreeItem: async (item, row) => (await parts()).jobs.resolveTreeItem(item, row),
  } });
  const calls = new vscode.EventEmitter<HistoryRow | undefined>();
  const history = vscode.window.createTreeView<HistoryRow>(historyViewId, { treeDataProvider: rowsStandIn(async () => (await parts()).history, calls.event), showCollapseAll: true, canSelectMany: true });
  const files = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const answers = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const exchanges = new vscode.EventEmitter<vscode.Uri>();
  const { contributes } = extension.packageJSON as { contributes: { commands: readonly { command: string }[] } };
  subscriptions.push(
    tree, view, rows, operations, running, jobs, calls, history, files, answers, exchanges,
    vscode.workspace.registerTextDocumentContentProvider(historyScheme, { onDidChange: exchanges.event, provideTextDocumentContent: async (uri) => (await parts()).history.text(uri) }),
    vscode.workspace.registerFileSystemProvider(documentScheme, fileStandIn(async () => (await parts()).files, files.event), {
      isCaseSensitive: true, isReadonly: new vscode.MarkdownString('This is what the API answered. Change it with a command in the Open Banking view.'),
    }),
    // It is there before anything was sent: a tab of the window before asks for its answer, and is told that it is gone.
    vscode.workspace.registerFileSystemProvider(answerScheme, fileStandIn(async () => (await parts()).answers, answers.event), {
      isCaseSensitive: true, isReadonly: new vscode.MarkdownString('This is what the API answered. Save a copy to work on it.'),
    }),
    ...editorStandIns(parts),
    ...contributes.commands.map(({ command }) => vscode.commands.registerCommand(command, async (...given: unknown[]) => (await parts()).run(command, ...given))),
  );
  return { viewId: explorerViewId, view, treeChanged: (node) => tree.fire(node), operations: { view: operations, treeChanged: (row) => rows.fire(row) },
    jobs: { view: jobs, treeChanged: (row) => running.fire(row) }, history: { view: history, treeChanged: () => calls.fire(undefined), textChanged: (uri) => exchanges.fire(uri) },
    filesChanged: (changes) => files.fire(changes), answersChanged: (changes) => answers.fire(changes) };
}

const treeStandIn = (parts: Parts, onDidChangeTreeData: vscode.Event<ExplorerNode | undefined>): vscode.TreeDataProvider<ExplorerNode> => ({
  ...rowsStandIn(async () => (await parts()).tree, onDidChangeTreeData),
  getParent: async (node) => (await parts()).tree.getParent(node),
});

/** Without parents: a view in which something is revealed adds them. */
const rowsStandIn = <Row>(rows: () => Promise<Pick<vscode.TreeDataProvider<Row>, 'getChildren' | 'getTreeItem'>>, onDidChangeTreeData: vscode.Event<Row | undefined>): vscode.TreeDataProvider<Row> => ({
  onDidChangeTreeData,
  getChildren: async (row) => (await rows()).getChildren(row),
  getTreeItem: async (row) => (await rows()).getTreeItem(row),
});

/** Documents are only read: whatever would change one is refused by the real file system, in its words. */
const fileStandIn = (source: () => Promise<Composition['files'] | Composition['answers']>, onDidChangeFile: vscode.Event<vscode.FileChangeEvent[]>): vscode.FileSystemProvider => ({
  onDidChangeFile,
  watch: (uri) => {
    let ended = false;
    let watching: vscode.Disposable | undefined;
    void source().then((files) => { if (!ended) watching = files.watch(uri); }, () => undefined); // the read beside it tells why
    return new vscode.Disposable(() => {
      ended = true;
      watching?.dispose();
    });
  },
  stat: async (uri) => (await source()).stat(uri),
  readFile: async (uri) => (await source()).readFile(uri),
  readDirectory: () => [],
  createDirectory: async () => (await source()).refuseChange(),
  writeFile: async () => (await source()).refuseChange(),
  delete: async () => (await source()).refuseChange(),
  rename: async () => (await source()).refuseChange(),
});

function editorStandIns(parts: Parts): vscode.Disposable[] {
  const options = { supportsMultipleEditorsPerDocument: true };
  const pdf: vscode.CustomReadonlyEditorProvider<PdfDocument> = {
    openCustomDocument: async (uri) => (await parts()).viewers.openPdf(uri),
    resolveCustomEditor: async (document, panel, token) => (await parts()).viewers.showPdf(document, panel, token),
  };
  return [
    vscode.window.registerCustomEditorProvider(reportViewType, {
      openCustomDocument: (uri) => ({ uri, dispose() {} }),
      resolveCustomEditor: async (document, panel, token) => (await parts()).viewers.showReport(document.uri, panel, token),
    }, options),
    vscode.window.registerCustomEditorProvider(comparisonViewType, {
      openCustomDocument: (uri) => ({ uri, dispose() {} }),
      resolveCustomEditor: async (document, panel, token) => (await parts()).viewers.showComparison(document.uri, panel, token),
    }, options),
    // Kept in the background: what is there was read page by page, and is not read again for a glance at another tab.
    vscode.window.registerCustomEditorProvider(transactionsViewType, {
      openCustomDocument: (uri) => ({ uri, dispose() {} }),
      resolveCustomEditor: async (document, panel, token) => (await parts()).viewers.showTransactions(document.uri, panel, token),
    }, { ...options, webviewOptions: { retainContextWhenHidden: true } }),
    vscode.window.registerCustomEditorProvider(requestViewType, {
      resolveCustomTextEditor: async (document, panel, token) => (await parts()).viewers.showRequest(document, panel, token),
    }, options),
    vscode.window.registerCustomEditorProvider(pdfViewType, pdf, options),
    vscode.window.registerCustomEditorProvider(pdfFileViewType, pdf, options),
  ];
}
