// Builds the jobs: the registry, which takes up what is running when the window's parts are built, its badge and its sign in the status bar,
// and the view, which is loaded when somebody looks.
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { AnyInput, Client } from '../../client/types.ts';
import type { Connections } from '../../credentials/connections.ts';
import { watchCalls } from '../../jobs/calls.ts';
import { endingOfError } from '../../jobs/ending.ts';
import { Jobs } from '../../jobs/registry.ts';
import { reportOf, type StartedReport } from '../../jobs/reports.ts';
import type { JobRow } from '../../jobs/rows.ts';
import { runningText } from '../../jobs/running.ts';
import { lazily } from '../../platform/lazily.ts';
import type { Log } from '../../platform/log.ts';
import { reportIntervalMs } from '../../platform/openSessions.ts';
import { guardQuestions } from '../../platform/openQuestions.ts';
import type { Sessions } from '../../platform/sessions.ts';
import { jobsDeadlineMinutes } from '../../platform/settings.ts';
import type { JobsSurface, JobsView } from './view.ts';

/** What other commands may tell the jobs. */
export interface JobsHandle {
  /**
   * Takes a successful answer of an operation: when it says that a report is being made, that is followed to its end. Says whether it does.
   * Never throws.
   */
  started(report: StartedReport): Promise<boolean>;
  /** Shows the Jobs view with the row selected of the report that an answer speaks of; without such a row, the view alone. */
  show(report: StartedReport): Promise<void>;
}

export interface JobsParts {
  context: Pick<vscode.ExtensionContext, 'subscriptions' | 'globalStorageUri'>;
  connections: Connections;
  sessions: Pick<Sessions, 'open'>;
  /** The purpose that reports of a connection are read for. */
  purposeOf(connectionId: string): string | undefined;
  /** The id in the history of a call that was made with this very object. */
  historyId(input: AnyInput): string | undefined;
  log: Log;
  surface: JobsSurface;
}

export interface JobsPart {
  registry: Jobs;
  handle: JobsHandle;
  view(): Promise<JobsView>;
  rows: Pick<vscode.TreeDataProvider<JobRow>, 'getChildren' | 'getTreeItem'> & { resolveTreeItem(item: vscode.TreeItem, row: JobRow): Promise<vscode.TreeItem> };
  /** A client whose slow calls, those that a person started, become jobs. */
  watched(client: Client, connectionId: string): Client;
}

export function createJobs({ context, connections, sessions, purposeOf, historyId, log, surface }: JobsParts): JobsPart {
  const record = (id: string) => connections.get(id);
  const registry = new Jobs({
    folder: join(context.globalStorageUri.fsPath, 'jobs'), open: (id) => sessions.open(id), connection: record, historyId: (input) => historyId(input as AnyInput),
    intervalMs: (id) => reportIntervalMs(record(id) ?? connections.active()), deadlineMs: () => jobsDeadlineMinutes(vscode.workspace.getConfiguration('openBanking')) * 60_000,
    log: { info: (message) => log.info(message), warn: (message, error) => (error === undefined ? log.warn(message) : log.error(message, error)) },
  });
  const view = lazily(async () => {
    const { JobsView } = await import('./view.ts');
    const made = new JobsView(registry, connections, surface);
    context.subscriptions.push(made);
    return made;
  });
  context.subscriptions.push(...showRunning(registry, surface), followConnections(registry, connections));
  void registry.start();
  return {
    registry, view,
    handle: {
      started: (report) => {
        const purpose = report.purpose ?? purposeOf(report.connectionId);
        return registry.started({ ...report, ...(purpose !== undefined && { purpose }) });
      },
      show: async (report) => (await view()).show(reportOf(report)),
    },
    rows: { getChildren: async (row) => (await view()).getChildren(row), getTreeItem: async (row) => (await view()).getTreeItem(row), resolveTreeItem: async (item, row) => (await view()).resolveTreeItem(item, row) },
    watched: (client, connectionId) => watchCalls(client, connectionId, { jobs: registry, questions: guardQuestions, ending: (error) => endingOfError(error, false) }),
  };
}

/** The view's badge, and an item in the status bar while something runs. */
function showRunning(registry: Jobs, { view }: JobsSurface): vscode.Disposable[] {
  const item = vscode.window.createStatusBarItem('openBanking.jobs', vscode.StatusBarAlignment.Left, 19);
  item.name = 'Open Banking Jobs';
  item.command = { command: 'openBanking.jobs.focus', title: 'Show Jobs' };
  item.tooltip = 'Running. Click to show the jobs.';
  let shown = '';
  const draw = (): void => {
    const jobs = registry.list();
    const text = runningText(jobs);
    if (text === shown) return;
    shown = text;
    view.badge = text === '' ? undefined : { value: jobs.filter(({ state }) => state === 'running').length, tooltip: `Running: ${text}` };
    item.text = `$(sync~spin) ${text}`;
    item.accessibilityInformation = { label: `Open Banking: running ${text}. Show the jobs.` };
    if (text === '') item.hide();
    else item.show();
  };
  return [item, vscode.Disposable.from(registry.onDidChange(draw))];
}

/** What runs on a connection ends with it, and with its credentials. */
function followConnections(registry: Jobs, connections: Connections): vscode.Disposable {
  const states = () => new Map(connections.list().map(({ id, signedOut }) => [id, signedOut === true]));
  let before = states();
  return vscode.Disposable.from(connections.onDidChange(() => {
    const now = states();
    for (const [id, wasSignedOut] of before) {
      const signedOut = now.get(id);
      if (signedOut === undefined) void registry.connectionGone(id, 'removed');
      else if (signedOut && !wasSignedOut) void registry.connectionGone(id, 'signedOut');
    }
    before = now;
  }));
}
