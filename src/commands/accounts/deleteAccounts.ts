// Removes one account, or every account of an institution login. Says what goes and asks; the guard is told that we did.
import * as vscode from 'vscode';
import type { ExplorerHandle, ExplorerNode } from '../../tree/nodes.ts';
import { accountPath } from '../../tree/paths.ts';
import { accountTarget } from '../accountTarget.ts';
import { withProgress } from '../progress.ts';
import type { TargetParts } from '../targets.ts';

const confirmed = ['destructive', 'productionWrite'] as const;

async function agreed(question: string, detail: string, yes: string): Promise<boolean> {
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) === yes;
}

export async function deleteAccount(parts: TargetParts & { explorer: ExplorerHandle }, node?: ExplorerNode): Promise<void> {
  const target = await accountTarget(parts, node, 'Delete which account?');
  if (!target) return;
  const { connectionId, customerId, accountId, name } = target;
  const { client, connection } = await parts.sessions.open(connectionId);
  if (!(await agreed(`Delete ${name} (${accountId})?`, `Access to the account ends; the customer's other accounts stay. It comes back only by linking it again.\n\nConnection: ${connection.label}`, 'Delete Account'))) return;
  await withProgress(`Deleting ${name}`, ({ signal }) => client.call('DeleteCustomerAccount', { customerId, accountId }, { signal, origin: 'command', confirmed }));
  parts.explorer.remove(accountPath(connectionId, customerId, accountId));
  parts.explorer.refresh(`${connectionId}/customers`);
}

export async function deleteInstitutionLogin(parts: TargetParts & { explorer: ExplorerHandle }, node?: ExplorerNode): Promise<void> {
  if (node?.kind !== 'institutionLogin') {
    void vscode.window.showInformationMessage('Pick an institution login in the Explorer: a customer → Accounts → the institution.');
    return;
  }
  const { connectionId, customerId, institutionLoginId } = node;
  const { client, connection } = await parts.sessions.open(connectionId);
  const detail = `Access to every account behind this sign-in ends. They come back only by linking the institution again.\n\nConnection: ${connection.label}`;
  if (!(await agreed(`Delete institution login ${institutionLoginId} and its accounts?`, detail, 'Delete Institution Login'))) return;
  await withProgress('Deleting the institution login', ({ signal }) => client.call('DeleteCustomerAccountsByInstitutionLogin', { customerId, institutionLoginId }, { signal, origin: 'command', confirmed }));
  parts.explorer.remove(node.path);
  parts.explorer.refresh(`${connectionId}/customers`);
}
