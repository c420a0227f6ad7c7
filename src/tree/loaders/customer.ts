// What hangs under one customer: its branches (nothing is asked until one is opened), its consumer and its business.
import { branchPath, type CustomerBranch } from '../paths.ts';
import type { ExplorerNode } from '../nodes.ts';
import type { EmptyHint, LoadResult } from '../source.ts';
import { record, text, type Wire } from '../wire.ts';
import { asTree, open, unlessAbsent, type Loader } from './reading.ts';

const branches = [
  ['accounts', 'accounts'], ['reports', 'reports'], ['transactions', 'transactions'], ['customerStatements', 'statements'], ['consumer', 'consumer'], ['business', 'business'],
  ['consents', 'consents'], ['transfers', 'transfers'], ['microDeposits', 'micro-deposits'], ['customerSubscriptions', 'subscriptions'],
] as const satisfies readonly (readonly [kind: ExplorerNode['kind'], segment: CustomerBranch])[];

export const loadCustomer: Loader<'customer'> = async ({ connectionId, customerId }) => ({
  nodes: branches.map(([kind, segment]): ExplorerNode => ({ kind, path: branchPath(connectionId, customerId, segment), connectionId, customerId })),
});

export const loadConsumer: Loader<'consumer'> = async (node, request, parts) => {
  const { client } = await open(node, parts);
  const data = await unlessAbsent(client.call('GetConsumerForCustomer', { customerId: node.customerId }, asTree(request)));
  return one(node, 'consumerRecord', record(data), {
    text: 'No consumer yet: create one', command: 'openBanking.createConsumer', argument: node,
    detail: 'Most reports need a consumer: the person, with name, address and the last digits that tell one from another.',
  });
};

export const loadBusiness: Loader<'business'> = async (node, request, parts) => {
  const { client } = await open(node, parts);
  // The answer is an array, of one.
  const data = await unlessAbsent(client.call('GetBusinessByCustomer', { customer_id: node.customerId }, asTree(request)));
  return one(node, 'businessRecord', record(Array.isArray(data) ? data[0] : data), {
    text: 'No business yet: add one', command: 'openBanking.runOperation', argument: node, operationId: 'AddBusinessDetails',
    detail: 'Payment history and other small-business reports need the business that the customer owns. This opens the request that adds it.',
  });
};

function one(node: Parameters<typeof loadConsumer>[0] | Parameters<typeof loadBusiness>[0], kind: 'consumerRecord' | 'businessRecord', data: Wire, absent: EmptyHint): LoadResult {
  const recordId = text(data.id) ?? text(data.businessId);
  if (recordId === undefined) return { nodes: [], summary: 'none yet', empty: [absent] };
  const { connectionId, customerId } = node;
  return { nodes: [{ kind, path: `${node.path}/${encodeURIComponent(recordId)}`, connectionId, customerId, recordId, data }] };
}
