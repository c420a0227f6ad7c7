// Compares a report with another one of the same kind and customer: before and after a refresh, last month and this one. The report is the
// node's, or the one in the active tab; the other is picked from the customer's finished reports.
import * as vscode from 'vscode';
import { withProgress } from '../../platform/progress.ts';
import type { Sessions } from '../../platform/sessions.ts';
import { documentUri } from '../../documents/documentUri.ts';
import { parseResourcePath } from '../../documents/uris.ts';
import type { ExplorerNode } from '../../tree/nodes.ts';
import { comparableReports, type ComparableReport } from './compareRules.ts';

export interface CompareParts {
  sessions: Pick<Sessions, 'open'>;
}

interface Chosen {
  connectionId: string;
  customerId: string;
  reportId: string;
}

export async function compareReport({ sessions }: CompareParts, node?: ExplorerNode): Promise<void> {
  const report = node?.kind === 'report' ? node : reportOfActiveTab();
  if (!report) {
    void vscode.window.showInformationMessage('Open a report first, or choose this on a report in the Open Banking view.');
    return;
  }
  const { connectionId, customerId, reportId } = report;
  const listed = await withProgress('Looking for reports to compare with', async ({ signal }) => {
    const { client } = await sessions.open(connectionId);
    return client.call('GetReportsByCustomerId', { customerId }, { signal, origin: 'command' });
  });
  const { type, finished, others } = comparableReports(listed, reportId);
  if (!finished) {
    void vscode.window.showInformationMessage(`Report ${reportId} is not finished: there is nothing to compare yet, or it failed.`);
    return;
  }
  if (others.length === 0) {
    const generate = 'Generate Report';
    const kind = type === undefined ? 'this kind' : `the type ${type}`;
    if (await vscode.window.showInformationMessage(`There is no other finished report of ${kind} for this customer to compare with.`, generate) === generate)
      await vscode.commands.executeCommand('openBanking.generateReport', node);
    return;
  }
  const picked = await vscode.window.showQuickPick(others.map(item), { title: `Compare Report ${reportId} with`, placeHolder: 'Which report; the newest stands first', matchOnDescription: true, ignoreFocusOut: true });
  if (picked) await vscode.commands.executeCommand('vscode.open', documentUri(connectionId, { kind: 'comparison', customerId, reportId, otherReportId: picked.reportId }));
}

/** A person knows reports of one kind by when they were made. */
const item = ({ reportId, createdAt, type }: ComparableReport): vscode.QuickPickItem & { reportId: string } => ({
  label: createdAt === undefined ? 'Made at an unknown time' : new Date(createdAt).toLocaleString(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' }),
  description: [reportId, type].filter(Boolean).join(' · '), reportId,
});

function reportOfActiveTab(): Chosen | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (!(input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText) || input.uri.scheme !== 'openbanking') return undefined;
  const ref = parseResourcePath(input.uri.path);
  return ref?.kind === 'report' ? { connectionId: input.uri.authority, customerId: ref.customerId, reportId: ref.reportId } : undefined;
}
