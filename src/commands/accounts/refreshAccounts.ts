// Refreshes accounts at the bank: of a customer or of one institution login. Only ever by a person's hand: the API forbids automating it,
// and Mastercard refreshes active accounts every day anyhow. Takes up to 180 s; cancelling only stops our waiting.
import * as vscode from 'vscode';
import type { ExplorerHandle, ExplorerNode } from '../../tree/nodes.ts';
import { confirmed } from '../confirm.ts';
import { withProgress } from '../../platform/progress.ts';
import { customerTarget, type TargetParts } from '../targets.ts';

export async function refreshAccounts(parts: TargetParts & { explorer: ExplorerHandle }, node?: ExplorerNode): Promise<void> {
  const target = await customerTarget(parts, node, 'Refresh the accounts of which customer?');
  if (!target) return;
  const loginId = node?.kind === 'institutionLogin' ? node.institutionLoginId : undefined;
  const detail = 'Contacts the bank and takes up to three minutes. Refreshing is for a person who asked for fresh data now: automating it is forbidden, and active accounts are refreshed every day without it.';
  const { customerId, connectionId } = target;
  const { client, connection } = await parts.sessions.open(connectionId);
  if (!(await confirmed(`Refresh ${loginId ? 'this institution login' : 'all accounts'} of ${target.name}?`, `${detail}\n\nConnection: ${connection.label}`, 'Refresh Now'))) return;

  const { accounts } = await withProgress(`Refreshing the accounts of ${target.name}`, async ({ signal, report }) => {
    const started = Date.now();
    const tick = setInterval(() => report(`${Math.round((Date.now() - started) / 1000)} s of at most 180`), 1000);
    try {
      const options = { signal, origin: 'command' as const, confirmed: ['automation', 'productionWrite'] as const };
      return loginId
        ? await client.call('RefreshCustomerAccountsByInstitutionLogin', { customerId, institutionLoginId: loginId }, options)
        : await client.call('RefreshCustomerAccounts', { customerId }, options);
    } finally {
      clearInterval(tick);
    }
  });
  parts.explorer.refresh(`${connectionId}/customers`);
  const failing = accounts.filter((account) => account.aggregationStatusCode !== 0);
  const message = failing.length === 0 ? `${accounts.length} accounts of ${target.name} are fresh.`
    : `${accounts.length - failing.length} of ${accounts.length} accounts of ${target.name} are fresh; ${failing.length} need attention, their tooltips say what to do.`;
  void vscode.window.showInformationMessage(message);
}
