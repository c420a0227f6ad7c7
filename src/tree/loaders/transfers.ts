// Switches of a customer's salary and bill payments: the latest ten of each, which is all that the API lists. While one is being made the
// list asks to be looked at again.
import type { ExplorerNode } from '../nodes.ts';
import type { EmptyHint, LoadResult } from '../source.ts';
import { records, text } from '../wire.ts';
import { asTree, open, type Loader } from './reading.ts';

export const loadTransfers: Loader<'transfers'> = async ({ path, connectionId, customerId }) => ({
  nodes: [
    { kind: 'depositSwitches', path: `${path}/deposit-switches`, connectionId, customerId },
    { kind: 'billPaySwitches', path: `${path}/bill-pay-switches`, connectionId, customerId },
  ],
});

type SwitchBranch = Parameters<typeof loadDepositSwitches>[0] | Parameters<typeof loadBillPaySwitches>[0];

export const loadDepositSwitches: Loader<'depositSwitches'> = async (node, request, parts) => {
  const { client, reportIntervalMs } = await open(node, parts);
  const body = await client.call('getAllDepositSwitches', { customer_id: node.customerId }, asTree(request));
  return switches(node, 'depositSwitch', body, reportIntervalMs, {
    text: 'No deposit switches yet: make a link', command: 'openBanking.runOperation', argument: node, operationId: 'GenerateTransferDepositSwitchUrl',
    detail: 'A person moves the salary to another account by a Connect Transfer link. This opens the request that makes one.',
  });
};

export const loadBillPaySwitches: Loader<'billPaySwitches'> = async (node, request, parts) => {
  const { client, reportIntervalMs } = await open(node, parts);
  const body = await client.call('getAllPaySwitches', { customer_id: node.customerId }, asTree(request));
  return switches(node, 'billPaySwitch', body, reportIntervalMs, {
    text: 'No bill pay switches yet: make a link', command: 'openBanking.runOperation', argument: node, operationId: 'GenerateTransferBillPaySwitchUrl',
    detail: 'A person has a bill paid from another card or account by a Connect Transfer link. This opens the request that makes one.',
  });
};

/** As many as the API lists. */
const listed = 10;

function switches({ path, connectionId, customerId }: SwitchBranch, kind: 'depositSwitch' | 'billPaySwitch', body: unknown, pollAfterMs: number, absent: EmptyHint): LoadResult {
  const nodes = records(body, 'switches').flatMap((data): ExplorerNode[] => {
    const switchId = text(data.id);
    return switchId === undefined ? [] : [{ kind, path: `${path}/${encodeURIComponent(switchId)}`, connectionId, customerId, switchId, data }];
  });
  const processing = records(body, 'switches').some((data) => text(data.status) === 'processing');
  const count = nodes.length >= listed ? `latest ${nodes.length}` : String(nodes.length);
  return { nodes, summary: nodes.length === 0 ? 'none yet' : count, ...(processing && { pollAfterMs }), empty: [absent] };
}
