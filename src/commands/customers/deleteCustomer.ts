// Deletes a customer. The API does it at once and without a question, so we say what goes; the guard asks in these words, and on live data
// for the customer's username.
import * as vscode from 'vscode';
import type { ExplorerHandle, ExplorerNode } from '../../tree/nodes.ts';
import { customerPath } from '../../tree/paths.ts';
import { withProgress } from '../../platform/progress.ts';
import { customerTarget, type TargetParts } from '../targets.ts';

export async function deleteCustomer(parts: TargetParts & { explorer: ExplorerHandle }, node?: ExplorerNode): Promise<void> {
  const target = await customerTarget(parts, node, 'Delete which customer?');
  if (!target) return;
  const { connectionId, customerId, name } = target;
  const { client } = await parts.sessions.open(connectionId);
  const { accounts } = await withProgress('Counting what would go', ({ signal }) => client.call('GetCustomerAccounts', { customerId }, { signal, origin: 'command' }));
  const goes = accounts.length === 0 ? 'It has no accounts.' : `Access to its ${accounts.length} account${accounts.length === 1 ? '' : 's'} goes with it.`;
  const words = { title: `Delete ${name} (${customerId})?`, goes: `${goes} Reports can no longer be read through the customer. This cannot be undone.`, confirm: 'Delete Customer' };
  await withProgress(`Deleting ${name}`, ({ signal }) => client.call('DeleteCustomer', { customerId }, { signal, origin: 'command', words }));
  parts.explorer.remove(customerPath(connectionId, customerId));
  parts.explorer.refresh(`${connectionId}/customers`);
  vscode.window.setStatusBarMessage(`$(check) ${name} deleted`, 4000);
}
