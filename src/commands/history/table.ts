// Commands of the History view by id; each is loaded when it is first run.
import * as vscode from 'vscode';
import type { Connections } from '../../credentials/connections.ts';
import type { HistoryRow } from '../../history/rows.ts';
import type { Presentation } from '../../platform/presentation.ts';
import type { Sessions } from '../../platform/sessions.ts';
import type { History } from '../../tree/history/create.ts';
import type { HistoryView } from '../../tree/history/view.ts';
import type { JobsHandle } from '../../tree/jobs/create.ts';
import type { ExplorerHandle } from '../../tree/nodes.ts';
import type { Answers } from '../operations/answers.ts';

export interface HistoryCommandParts {
  history: History;
  connections: Connections;
  sessions: Sessions;
  explorer: ExplorerHandle;
  operations: { used(operationId: string): Promise<void> };
  jobs: JobsHandle;
  presentation: Presentation;
  answers: Answers;
  showError(error: unknown): void;
  /** The extension's version, for HAR. */
  version: string;
  hideKnown(text: string): string;
  redact(text: string): string;
}

type Run = (parts: HistoryCommandParts & { view: HistoryView }, row: HistoryRow | undefined) => Promise<unknown>;

const commands: Record<string, Run> = {
  'openBanking.openHistoryEntry': async (parts, row) => (await import('./openExchange.ts')).openExchange(parts, row),
  'openBanking.compareHistory': async (parts, row) => (await import('./openExchange.ts')).compare(parts, row),
  'openBanking.runHistoryAgain': async (parts, row) => (await import('./runAgain.ts')).runAgain(parts, row),
  'openBanking.editHistoryRequest': async (parts, row) => (await import('./runAgain.ts')).editAndRun(parts, row),
  'openBanking.copyHistoryOperation': async ({ view }, row) => {
    const [entry] = view.selection(row);
    if (!entry) return;
    await vscode.env.clipboard.writeText(entry.operationId);
    vscode.window.setStatusBarMessage(`$(check) ${entry.operationId} copied`, 3000);
  },
  'openBanking.loadMoreHistory': async ({ view }, row) => {
    if (row?.kind === 'more') view.loadMore(row.day);
  },
  'openBanking.refreshHistory': async ({ view }) => view.refresh(),
  'openBanking.searchHistory': async (parts) => (await import('./narrow.ts')).searchHistory(parts),
  'openBanking.filterHistory': async (parts) => (await import('./narrow.ts')).filterHistory(parts),
  'openBanking.showHistoryOfOperation': async ({ view }, row) => {
    if (row?.kind === 'call') await view.narrow({ operationId: row.entry.operationId });
  },
  'openBanking.clearHistoryFilter': async ({ view }) => view.clearFilter(),
  'openBanking.exportHistory': async (parts, row) => (await import('./exportHar.ts')).exportHar(parts, row),
  'openBanking.purgeHistory': async (parts) => (await import('./purge.ts')).purgeHistory(parts),
};

/** The texts of the documents that calls open as. */
export const exchangeDocuments = (parts: HistoryCommandParts) => async (uri: vscode.Uri): Promise<string> => (await import('./openExchange.ts')).exchangeOf(parts, uri);

export const historyCommands = (parts: HistoryCommandParts): Record<string, (argument?: unknown) => Promise<unknown>> =>
  Object.fromEntries(Object.entries(commands).map(([id, run]) => [id, async (argument?: unknown) => run({ ...parts, view: await parts.history.view() }, isRow(argument) ? argument : undefined)]));

/** A title's button passes something else, or nothing. */
const isRow = (value: unknown): value is HistoryRow => typeof value === 'object' && value !== null && 'kind' in value && (value.kind === 'call' || value.kind === 'day' || value.kind === 'more');
