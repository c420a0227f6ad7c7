// Third parties that were given access from here. Nothing is asked: the API lists no access keys.
import type { ExplorerNode } from '../nodes.ts';
import type { Loader } from './reading.ts';

export const loadThirdPartyAccess: Loader<'thirdPartyAccess'> = async (node, _request, { grants }) => {
  const { path, connectionId } = node;
  const known = grants.of(connectionId);
  return {
    nodes: known.map((grant): ExplorerNode => ({
      kind: 'thirdPartyKey', path: `${path}/${encodeURIComponent(grant.id)}`, connectionId, customerId: grant.customerId, receiptId: grant.id, grant,
    })),
    summary: `${known.length === 0 ? 'none' : known.length} from here`,
    empty: [{
      text: 'None given from here: give access', command: 'openBanking.runOperation', argument: node, operationId: 'GenerateThirdPartyAccessKey',
      detail: 'The API cannot list access keys; those that you give from this editor are remembered here. This opens the request that gives one.',
    }],
  };
};
