// The composition root: builds the parts and hands them to each other; nothing else. It is loaded when the first stand-in is used. What is
// heavier still (client, catalogue, sandbox, viewers, the commands themselves) is behind a dynamic import in the part that needs it.
import { join } from 'node:path';
import * as vscode from 'vscode';
import { exchangeDocuments, historyCommands } from './commands/history/table.ts';
import { connectionCommands } from './commands/connections/table.ts';
import { jobCommands } from './commands/jobs/table.ts';
import { Answers } from './commands/operations/answers.ts';
import { createRequestFiles } from './commands/operations/requestFiles.ts';
import { explorerCommands } from './commands/table.ts';
import { createConnections } from './credentials/connections.ts';
import { createLockoutLedger } from './credentials/lockoutLedger.ts';
import { createOsKeychain } from './credentials/osKeychain.ts';
import { createSecretStorageVault } from './credentials/secretStorage.ts';
import type { ConnectionRecord } from './credentials/types.ts';
import type { FetchLike } from './client/types.ts';
import { historyScheme } from './history/scheme.ts';
import { createDocuments, type DocumentFiles } from './documents/create.ts';
import { createGuardDesk } from './platform/guardDesk.ts';
import { createLog } from './platform/log.ts';
import { createSessions, reportIntervalMs } from './platform/openSessions.ts';
import { createPresentation } from './platform/presentation.ts';
import { createPresentationSign } from './platform/presentationSign.ts';
import { createRedactor } from './platform/redaction.ts';
import { createSandboxControl, sandboxAnswers } from './platform/sandboxControl.ts';
import { createSandboxProcess } from './platform/sandboxProcess.ts';
import { holdPeaceMinutes, storeSetting } from './platform/settings.ts';
import { createShowError } from './platform/showError.ts';
import { createStatusBar } from './platform/statusBar.ts';
import { answerScheme } from './requests/scheme.ts';
import type { StandIns } from './standIns.ts';
import { createExplorer } from './tree/create.ts';
import type { ExplorerNode } from './tree/nodes.ts';
import { createJobs, type JobsPart } from './tree/jobs/create.ts';
import { branchPath } from './tree/paths.ts';
import { createHistory, type History } from './tree/history/create.ts';
import { createOperations } from './tree/operations/create.ts';
import type { OperationRow } from './tree/operations/rows.ts';
import { createViewers, type Viewers } from './webviews/host/create.ts';

/** What the stand-ins hand on to. */
export interface Composition {
  tree: Pick<vscode.TreeDataProvider<ExplorerNode>, 'getChildren' | 'getTreeItem'> & { getParent(node: ExplorerNode): ExplorerNode | undefined };
  operations: Pick<vscode.TreeDataProvider<OperationRow>, 'getChildren' | 'getTreeItem'>;
  jobs: JobsPart['rows'];
  history: History['rows'] & { text(uri: vscode.Uri): Promise<string> };
  files: DocumentFiles;
  answers: Pick<Answers, 'watch' | 'stat' | 'readFile' | 'refuseChange'>;
  viewers: Viewers;
  /** Runs a command of the manifest. Its failure is shown, not thrown. */
  run(command: string, ...given: unknown[]): Promise<void>;
  /** Ends what outlives a window: jobs are left to other windows, the history is written to its end, answers in files are removed, and the sandbox that this window started is stopped. */
  stop(): Promise<void>;
}

/** A command's work; what the editor passed is its to judge. */
export type Command = (...given: unknown[]) => Promise<unknown>;

export function compose(context: vscode.ExtensionContext, standIns: StandIns): Composition {
  const channel = vscode.window.createOutputChannel('Open Banking', { log: true });
  context.subscriptions.push(channel);
  const log = createLog(channel, createRedactor());
  const showError = createShowError(log);
  const dist = (...path: string[]) => join(context.extensionPath, 'dist', ...path);
  const storage = context.globalStorageUri.fsPath;
  // Looked up at each call: the editor replaces it with the one that knows its proxy and certificate settings.
  const fetch: FetchLike = (url, init) => globalThis.fetch(url, init as RequestInit);

  const vaults = {
    osKeychain: createOsKeychain({ script: dist('keychain.cjs'), nativeFolder: dist('native') }),
    vscode: createSecretStorageVault(context.secrets),
  };
  // `npm start` and the tests name a folder of their own, and so does who wants several windows on different worlds.
  const sandboxData = process.env.OPEN_BANKING_SANDBOX_DATA ?? join(storage, 'sandbox');
  const sandbox = createSandboxProcess({
    script: dist('sandbox.cjs'), dataFolder: sandboxData, log,
    answers: (url) => sandboxAnswers(globalThis.fetch, url), onNotice: (text) => void vscode.window.showWarningMessage(`Sandbox: ${text}`),
  });
  const sandboxControl = createSandboxControl(sandbox, (url, init) => globalThis.fetch(url, init));
  const connections = createConnections({
    state: context.globalState, vaults, sandboxSecrets: async (signal) => (await sandboxControl.status(signal)).credentials,
  });
  const ledger = createLockoutLedger({ folder: storage });
  const history = createHistory({ context, connections, log, surface: standIns.history });
  const presentation = createPresentation({ state: context.workspaceState });
  const guard = createGuardDesk({
    connections, log, namesHidden: () => presentation.on, nameOf: (connectionId, customerId) => view.nameOf(connectionId, customerId), holdMinutes: () => holdPeaceMinutes(vscode.workspace.getConfiguration('openBanking')),
    show: async () => (await import('./platform/askPerson.ts')).askPerson, askPurpose: async (connection) => (await import('./platform/askPurpose.ts')).pickPurpose({ connection }),
  });
  const { purposes } = guard;
  const jobs = createJobs({
    context, connections, log, surface: standIns.jobs, sessions: { open: (id) => sessions.open(id) }, purposeOf: (id) => purposes.known(id), historyId: (input) => history.store.ofInput(input)?.id,
  });
  const sessions = createSessions({
    connections, ledger, sandbox, log, fetch, ask: guard.ask, closed: guard.closed, watched: jobs.watched,
    finished: (call, connectionId) => {
      history.record(call, connectionId);
      guard.finished(call, connectionId);
    },
  });

  const answers = new Answers(join(storage, 'answers'), presentation);
  const documents = createDocuments({ context, sessions, purposes, follow: (report, ended) => jobs.registry.watch(report, ended), presentation, showError, changed: standIns.filesChanged });
  const { view, handle: explorer, commands: treeCommands } = createExplorer({ context, connections, sessions, presentation, documents, standIns, follows: (report) => jobs.registry.follows(report) });
  const operations = createOperations(context, standIns.operations);
  const baseUrlOf = async ({ environment, baseUrl }: ConnectionRecord) => (environment === 'sandbox' ? sandbox.address() : baseUrl);
  const viewers = createViewers({
    context, presentation, log, showError, followMs: (uri) => reportIntervalMs(connections.get(uri.authority) ?? connections.active()),
    followId: async (document, name, value) => (await import('./commands/reports/followReportId.ts')).followReportId({ explorer }, document, name, value),
    transactionsWork: async () => (await import('./commands/transactions/transactionsWork.ts')).transactionsWork({ sessions, operations }),
    requestWork: async () => (await import('./commands/operations/requestWork.ts')).requestWork({ connections, sessions, presentation, explorer, operations, answers, jobs: jobs.handle, showError }),
  });
  const { version } = context.extension.packageJSON as { version: string };
  const historyParts = { history, connections, sessions, presentation, explorer, operations, answers, jobs: jobs.handle, showError, version, hideKnown: log.hideKnown, redact: log.clean };
  const commands: Readonly<Record<string, Command>> = {
    ...treeCommands,
    ...operations.commands,
    ...createRequestFiles(context, showError).commands,
    ...historyCommands(historyParts),
    ...viewers.commands,
    ...jobCommands({ jobs, connections, purposes, explorer, history }),
    ...explorerCommands({ context, connections, sessions, presentation, explorer, operations, answers, jobs: jobs.handle, requests: viewers, baseUrlOf, purposes, showError }),
    ...connectionCommands({
      context, connections, sessions, ledger, vaults, sandbox, sandboxControl, explorer, log, showError, peace: guard.peace,
      storeSetting: () => storeSetting(vscode.workspace.getConfiguration('openBanking')),
      surroundings: { remoteName: vscode.env.remoteName, desktop: vscode.env.uiKind === vscode.UIKind.Desktop },
    }),
  };
  context.subscriptions.push(presentation.onDidChange(() => {
    const open = (scheme: string): vscode.Uri[] => vscode.workspace.textDocuments.map(({ uri }) => uri).filter((uri) => uri.scheme === scheme);
    standIns.answersChanged(open(answerScheme).map((uri) => ({ type: vscode.FileChangeType.Changed, uri })));
    for (const uri of open(historyScheme)) standIns.history.textChanged(uri);
  }));
  context.subscriptions.push(jobs.registry.onDidEnd((end) => {
    const { job, tell } = end;
    if (job.kind === 'report' && job.customerId !== undefined) void view.store.refresh(branchPath(job.connectionId, job.customerId, 'reports'));
    if (tell) void import('./commands/jobs/tellEnd.ts').then(({ tellEnd }) => tellEnd({ purposes }, presentation.on ? { ...end, words: {} } : end)).catch(showError);
  }));
  context.subscriptions.push(createStatusBar({ connections, sessions, ledger, vaults, guard, sandboxUrl: () => sandbox.known?.() }), createPresentationSign(presentation), guard, sessions);
  return {
    tree: view,
    operations: operations.view,
    jobs: jobs.rows,
    history: { ...history.rows, text: exchangeDocuments(historyParts) },
    files: documents.files,
    answers,
    viewers,
    async run(command, ...given) {
      const run = commands[command];
      if (!run) throw new Error(`The manifest names ${command}, which nobody runs`);
      try {
        await run(...given);
      } catch (error) {
        showError(error);
      }
    },
    stop: async () => {
      await Promise.all([jobs.registry.stop(), history.store.flush(), answers.close(), sandbox.dispose()]);
    },
  };
}
