// Loads up to 24 months of an account's transactions at the bank. Billed once per customer; a second call is normally a no-op.
import * as vscode from 'vscode';
import type { ExplorerHandle, ExplorerNode } from '../../tree/nodes.ts';
import { withProgress } from '../../platform/progress.ts';
import { accountTarget } from '../accountTarget.ts';
import type { TargetParts } from '../targets.ts';

export async function loadHistoricTransactions(parts: TargetParts & { explorer: ExplorerHandle }, node?: ExplorerNode): Promise<void> {
  const target = await accountTarget(parts, node, 'Load the history of which account?');
  if (!target) return;
  const { connectionId, customerId, accountId } = target;
  const { client } = await parts.sessions.open(connectionId);
  const { status } = await withProgress(`Loading the history of ${target.name}`, ({ signal }) =>
    client.send('LoadHistoricTransactionsForCustomerAccount', { customerId, accountId }, { signal, origin: 'command' }));
  if (status === 203) {
    void vscode.window.showWarningMessage('The bank asks the account owner a security question, which this call cannot answer. A Connect Fix link lets them answer it.');
    return;
  }
  parts.explorer.refresh(`${connectionId}/customers`);
  const open = 'Open Transactions';
  const choice = await vscode.window.showInformationMessage(`Up to 24 months of transactions of ${target.name} are loaded.`, open);
  if (choice === open) await vscode.commands.executeCommand('openBanking.openTransactions', { kind: 'account', connectionId, customerId, accountId, path: '', data: {} });
}
