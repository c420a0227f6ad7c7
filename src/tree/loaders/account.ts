// What hangs under one account. Nothing here is asked of the API: its statements cannot be listed without contacting the bank (which may
// be billed), its TxPUSH subscriptions not at all.
import type { ExplorerNode } from '../nodes.ts';
import { statementMonths } from '../statementMonths.ts';
import { moment, text } from '../wire.ts';
import type { Loader } from './reading.ts';

export const loadAccount: Loader<'account'> = async ({ path, connectionId, customerId, accountId, data }) => ({
  nodes: ([['accountTransactions', 'transactions'], ['accountStatements', 'statements'], ['accountSubscriptions', 'subscriptions']] as const)
    .map(([kind, segment]): ExplorerNode => ({ kind, path: `${path}/${segment}`, connectionId, customerId, accountId, data })),
});

export const loadStatements: Loader<'accountStatements'> = async ({ path, connectionId, customerId, accountId }, _request, { now }) => ({
  nodes: statementMonths(now()).map(({ index, month }): ExplorerNode => ({ kind: 'statement', path: `${path}/${index}`, connectionId, customerId, accountId, index, month, data: {} })),
});

export const loadSubscriptions: Loader<'accountSubscriptions'> = async (node, _request, { subscriptions }) => ({
  nodes: subscriptions.of(node.connectionId, node.accountId).map((known): ExplorerNode => ({
    kind: 'subscription', path: `${node.path}/${encodeURIComponent(known.id)}`, connectionId: node.connectionId, customerId: node.customerId, accountId: node.accountId, subscriptionId: known.id,
    data: { id: known.id, ...(text(known.type) && { type: known.type }), ...(moment(known.notedAt / 1000) !== undefined && { notedAt: known.notedAt }) },
  })),
  empty: [{
    text: 'None made from here: subscribe', command: 'openBanking.runOperation', argument: node, operationId: 'SubscribeToTxPushNotifications',
    detail: 'The API cannot list TxPUSH subscriptions; those that you make from this editor are remembered here. This opens the request that makes one.',
  }],
});
