// Which account: from the node, or picked from the customer's, and of which customer before that.
import { plainText } from '../client/plainText.ts';
import type { ExplorerNode } from '../tree/nodes.ts';
import { accountName, lastFour } from '../tree/words.ts';
import { pickRows } from './operations/pickId.ts';
import type { TargetParts } from './targets.ts';

export interface AccountTarget {
  connectionId: string;
  customerId: string;
  accountId: string;
  name: string;
}

const nameOf = (data: Readonly<Record<string, unknown>>): string => plainText(`${accountName(data)}${lastFour(data) ? ` ··${lastFour(data)}` : ''}`, 120);

export async function accountTarget(parts: TargetParts, node: ExplorerNode | undefined, purpose: string): Promise<AccountTarget | undefined> {
  if (node && 'accountId' in node) {
    const { connectionId, customerId, accountId } = node;
    const { on, masker } = parts.presentation;
    return { connectionId, customerId, accountId, name: node.kind === 'account' ? nameOf(on ? masker.data(node.data, 'account') : node.data) : accountId };
  }
  const connectionId = node?.connectionId ?? parts.connections.active().id;
  const known: Record<string, string> = node && 'customerId' in node ? { customerId: node.customerId } : {};
  const picked = await pickRows(parts, 'account', connectionId, known, { title: purpose });
  if (!picked) return undefined;
  const { value: accountId, record = {} } = picked.rows[0]!;
  return { connectionId, customerId: known.customerId ?? picked.learnt.customerId!, accountId, name: nameOf(record) };
}
