// Deletes a customer. The API does it at once and without a question, so we say what goes and ask; the guard is told that we did.
import * as vscode from 'vscode';
import type { ExplorerHandle, ExplorerNode } from '../../tree/nodes.ts';
import { customerPath } from '../../tree/paths.ts';
import { withProgress } from '../progress.ts';
import { customerTarget, type TargetParts } from '../targets.ts';

export async function deleteCustomer(parts: TargetParts & { explorer: ExplorerHandle }, node?: ExplorerNode): Promise<void> {
  const target = await customerTarget(parts, node, 'Delete which customer?');
  if (!target) return;
  const { connectionId, customerId, name } = target;
  const { client, connection } = await parts.sessions.open(connectionId);
  const { accounts } = await withProgress('Counting what would go', ({ signal }) => client.call('GetCustomerAccounts', { customerId }, { signal, origin: 'command' }));
  const goes = accounts.length === 0 ? 'It has no accounts.' : `Access to its ${accounts.length} account${accounts.length === 1 ? '' : 's'} goes with it.`;
  const detail = `${goes} Reports can no longer be read through the customer. This cannot be undone.\n\nConnection: ${connection.label}`;
  const yes = 'Delete Customer';
  if ((await vscode.window.showWarningMessage(`Delete ${name} (${customerId})?`, { modal: true, detail }, yes)) !== yes) return;
  await withProgress(`Deleting ${name}`, ({ signal }) => client.call('DeleteCustomer', { customerId }, { signal, origin: 'command', confirmed: ['destructive', 'productionWrite'] }));
  parts.explorer.remove(customerPath(connectionId, customerId));
  parts.explorer.refresh(`${connectionId}/customers`);
  vscode.window.setStatusBarMessage(`$(check) ${name} deleted`, 4000);
}
