// Every command of the explorer's own by id, each in a file that is loaded when it is first run. Connection commands are in connections/.
import * as vscode from 'vscode';
import type { Connections } from '../credentials/connections.ts';
import type { ConnectionRecord } from '../credentials/types.ts';
import type { Purposes } from '../documents/purposes.ts';
import type { Presentation } from '../platform/presentation.ts';
import type { Sessions } from '../platform/sessions.ts';
import type { JobsHandle } from '../tree/jobs/create.ts';
import type { ExplorerHandle, ExplorerNode } from '../tree/nodes.ts';
import { isOperationRow } from '../tree/operations/commands.ts';
import type { Answers } from './operations/answers.ts';

export interface CommandParts {
  context: vscode.ExtensionContext;
  connections: Connections;
  sessions: Sessions;
  explorer: ExplorerHandle;
  operations: { used(operationId: string): Promise<void>; own(): { favourites: readonly string[]; recent: readonly string[] } };
  answers: Answers;
  /** The request editors: sends the one of the active tab, false when there is none. */
  requests: { sendActiveRequest(): boolean };
  /** Where a connection's calls go; starts the sandbox for its own. */
  baseUrlOf(record: ConnectionRecord): Promise<string>;
  purposes: Purposes;
  jobs: JobsHandle;
  presentation: Presentation;
  /** Shows an error's words and its way out; the one place that does. */
  showError(error: unknown): void;
}

type Run = (parts: CommandParts, node?: ExplorerNode, operationId?: string) => Promise<unknown>;

const commands: Record<string, Run> = {
  'openBanking.enrollTestingCustomer': async (parts, node) => (await import('./customers/enrollCustomer.ts')).enrollCustomer(parts, 'testing', node),
  'openBanking.enrollActiveCustomer': async (parts, node) => (await import('./customers/enrollCustomer.ts')).enrollCustomer(parts, 'active', node),
  'openBanking.modifyCustomer': async (parts, node) => (await import('./customers/modifyCustomer.ts')).modifyCustomer(parts, node),
  'openBanking.deleteCustomer': async (parts, node) => (await import('./customers/deleteCustomer.ts')).deleteCustomer(parts, node),
  'openBanking.addFinBankAccounts': async (parts, node) => (await import('./accounts/addFinBankAccounts.ts')).addFinBankAccounts(parts, node),
  'openBanking.refreshAccounts': async (parts, node) => (await import('./accounts/refreshAccounts.ts')).refreshAccounts(parts, node),
  'openBanking.loadHistoricTransactions': async (parts, node) => (await import('./accounts/loadHistory.ts')).loadHistoricTransactions(parts, node),
  'openBanking.deleteAccount': async (parts, node) => (await import('./accounts/deleteAccounts.ts')).deleteAccount(parts, node),
  'openBanking.deleteInstitutionLogin': async (parts, node) => (await import('./accounts/deleteAccounts.ts')).deleteInstitutionLogin(parts, node),
  'openBanking.createConsumer': async (parts, node) => (await import('./consumers/editConsumer.ts')).createConsumer(parts, node),
  'openBanking.modifyConsumer': async (parts, node) => (await import('./consumers/editConsumer.ts')).modifyConsumer(parts, node),
  'openBanking.generateReport': async (parts, node, operationId) => (await import('./reports/generateReport.ts')).generateReport(parts, node, operationId),
  'openBanking.saveStatements': async (parts, node) => (await import('./statements/saveStatements.ts')).saveStatements(parts, node),
  'openBanking.compareReport': async (parts, node) => (await import('./reports/compareReport.ts')).compareReport(parts, node),
  'openBanking.openReportById': async (parts, node) => (await import('./reports/openReportById.ts')).openReportById(parts, node),
  // A button that turns it off does nothing more once it is off.
  'openBanking.togglePresentationMode': async ({ presentation }, _node, wanted) => presentation.set(wanted !== 'off' && !presentation.on),
  'openBanking.runOperation': async (parts, node, operationId) => (await import('./operations/runOperation.ts')).runOperation(parts, node, operationId),
  'openBanking.runOperationHere': async (parts, node) => (await import('./operations/runOperation.ts')).runOperationHere(parts, node),
  'openBanking.copyAsCode': async (parts) => (await import('./operations/asCode.ts')).asCode(parts, 'copy'),
  'openBanking.openAsCode': async (parts) => (await import('./operations/asCode.ts')).asCode(parts, 'open'),
  'openBanking.pasteCurl': async (parts) => (await import('./operations/pasteCurl.ts')).pasteCurl(parts),
  'openBanking.sendRequest': async (parts) => parts.requests.sendActiveRequest() || (await import('./operations/sendRequest.ts')).sendRequest(parts),
};

export function explorerCommands(parts: CommandParts): Record<string, (...given: unknown[]) => Promise<unknown>> {
  const { subscriptions } = parts.context;
  subscriptions.push(vscode.workspace.registerTextDocumentContentProvider('openbanking-schema', {
    provideTextDocumentContent: async (uri, token) => (await import('./operations/requestSchemas.ts')).requestSchemas.provideTextDocumentContent(uri, token),
  }));
  // A tree's menu passes the selection second.
  return Object.fromEntries(Object.entries(commands).map(([id, run]) => [id, async (node?: unknown, second?: unknown) =>
    run(parts, isNode(node) ? node : undefined, isOperationRow(node) ? node.entry.operationId : typeof second === 'string' ? second : undefined)]));
}

/** Menus of editors and titles pass a URI or nothing where a tree passes its node. */
const isNode = (value: unknown): value is ExplorerNode => typeof value === 'object' && value !== null && 'kind' in value && 'connectionId' in value;
