// Micro-deposits that were sent from here: the API reads each by its id, and lists none.
import type { ExplorerNode } from '../nodes.ts';
import type { EmptyHint } from '../source.ts';
import { record } from '../wire.ts';
import { asTree, open, unlessAbsent, type Loader } from './reading.ts';

export const loadMicroDeposits: Loader<'microDeposits'> = async (node, request, parts) => {
  const { path, connectionId, customerId } = node;
  const empty: EmptyHint[] = [{
    text: 'None sent from here: send two', command: 'openBanking.runOperation', argument: node, operationId: 'InitiateMicroAmountDeposits',
    detail: 'The API cannot list micro-deposits; those that you send from this editor are remembered here. This opens the request that sends them.',
  }];
  const known = parts.microDeposits.of(connectionId, customerId);
  if (known.length === 0) return { nodes: [], summary: 'none from here', empty };
  const { client } = await open(node, parts);
  const read = await Promise.all(known.map(async ({ id, notedAt }) => {
    const data = await unlessAbsent(client.call('GetMicroDepositsDetails', { customerId, accountId: id }, asTree(request)));
    return { id, data: data && { ...record(data), notedAt } };
  }));
  for (const { id, data } of read) if (!data) await parts.microDeposits.forget(connectionId, id);
  const nodes = read.flatMap(({ id, data }): ExplorerNode[] => (data
    ? [{ kind: 'microDeposit', path: `${path}/${encodeURIComponent(id)}`, connectionId, customerId, depositAccountId: id, data }] : []));
  return { nodes, summary: `${nodes.length === 0 ? 'none' : nodes.length} from here`, empty };
};
