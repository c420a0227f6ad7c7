// Removes one account, or every account of an institution login. Says what goes; the guard asks in these words, and on live data for the
// customer's username.
import * as vscode from 'vscode';
import type { ExplorerHandle, ExplorerNode } from '../../tree/nodes.ts';
import { accountPath } from '../../tree/paths.ts';
import { accountTarget } from '../accountTarget.ts';
import { withProgress } from '../../platform/progress.ts';
import type { TargetParts } from '../targets.ts';

export async function deleteAccount(parts: TargetParts & { explorer: ExplorerHandle }, node?: ExplorerNode): Promise<void> {
  const target = await accountTarget(parts, node, 'Delete which account?');
  if (!target) return;
  const { connectionId, customerId, accountId, name } = target;
  const { client } = await parts.sessions.open(connectionId);
  const words = {
    title: `Delete ${name} (${accountId})?`, goes: 'Access to the account ends; the customer\'s other accounts stay. It comes back only by linking it again.', confirm: 'Delete Account',
  };
  await withProgress(`Deleting ${name}`, ({ signal }) => client.call('DeleteCustomerAccount', { customerId, accountId }, { signal, origin: 'command', words }));
  parts.explorer.remove(accountPath(connectionId, customerId, accountId));
  parts.explorer.refresh(`${connectionId}/customers`);
}

export async function deleteInstitutionLogin(parts: TargetParts & { explorer: ExplorerHandle }, node?: ExplorerNode): Promise<void> {
  if (node?.kind !== 'institutionLogin') {
    void vscode.window.showInformationMessage('Pick an institution login in the Explorer: a customer → Accounts → the institution.');
    return;
  }
  const { connectionId, customerId, institutionLoginId } = node;
  const { client } = await parts.sessions.open(connectionId);
  const words = {
    title: `Delete institution login ${institutionLoginId} and its accounts?`,
    goes: 'Access to every account behind this sign-in ends. They come back only by linking the institution again.', confirm: 'Delete Institution Login',
  };
  await withProgress('Deleting the institution login', ({ signal }) => client.call('DeleteCustomerAccountsByInstitutionLogin', { customerId, institutionLoginId }, { signal, origin: 'command', words }));
  parts.explorer.remove(node.path);
  parts.explorer.refresh(`${connectionId}/customers`);
}
