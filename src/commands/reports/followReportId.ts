// Shows in the explorer what an id in a report's body names: a customer, an account, an institution, a transaction.
import type * as vscode from 'vscode';
import { operation } from '../../api/catalogue.ts';
import { parseResourcePath } from '../../documents/uris.ts';
import { followId, type FollowParts } from '../operations/followId.ts';

export async function followReportId(parts: FollowParts, document: vscode.Uri, name: string, value: string): Promise<void> {
  const ref = parseResourcePath(document.path);
  if (!ref || !('customerId' in ref)) return;
  const { customerId } = ref;
  await followId(parts, { connectionId: document.authority, entry: operation('GetReportByCustomer'), input: { customerId }, name, value, ids: { customerId }, to: 'tree' });
}
