// Which account: from the node, or picked from the customer's.
import * as vscode from 'vscode';
import { plainText } from '../client/plainText.ts';
import type { ExplorerNode } from '../tree/nodes.ts';
import { withProgress } from './progress.ts';
import { customerTarget, type TargetParts } from './targets.ts';

export interface AccountTarget {
  connectionId: string;
  customerId: string;
  accountId: string;
  name: string;
}

const label = (account: { name?: string | null; accountNumberDisplay?: string | null; id: string }): string =>
  plainText(`${account.name ?? account.id}${account.accountNumberDisplay ? ` ··${account.accountNumberDisplay.slice(-4)}` : ''}`, 120);

export async function accountTarget(parts: TargetParts, node: ExplorerNode | undefined, purpose: string): Promise<AccountTarget | undefined> {
  if (node && 'accountId' in node) {
    const { connectionId, customerId, accountId } = node;
    return { connectionId, customerId, accountId, name: label({ id: accountId, ...(node.kind === 'account' ? node.data : {}) }) };
  }
  const customer = await customerTarget(parts, node, purpose);
  if (!customer) return undefined;
  const { client } = await parts.sessions.open(customer.connectionId);
  const { accounts } = await withProgress('Reading the accounts', ({ signal }) => client.call('GetCustomerAccounts', { customerId: customer.customerId }, { signal, origin: 'command' }));
  if (accounts.length === 0) {
    void vscode.window.showInformationMessage(`${customer.name} has no accounts yet. A testing customer gets some with "Add FinBank Accounts".`);
    return undefined;
  }
  const items = accounts.map((account) => ({ label: label(account), description: `${account.type} · ${account.id}`, account }));
  const picked = await vscode.window.showQuickPick(items, { title: purpose, placeHolder: `An account of ${customer.name}`, matchOnDescription: true, ignoreFocusOut: true });
  return picked && { connectionId: customer.connectionId, customerId: customer.customerId, accountId: picked.account.id, name: picked.label };
}
