// The connections, and what stands under one: nothing is asked of the API here, so the first rows are there at once.
import { SignedOutError } from '../../platform/errors.ts';
import { appRegistrationsPath, connectPath, customersPath, institutionsPath, thirdPartyAccessPath, webhooksPath } from '../paths.ts';
import type { ExplorerNode, NodeOf } from '../nodes.ts';
import type { EmptyHint, LoadResult } from '../source.ts';
import type { Loader, LoaderParts } from './reading.ts';

export async function loadRoot(parts: LoaderParts): Promise<LoadResult> {
  const active = parts.connections.active().id;
  const nodes = parts.connections.list().map((record): ExplorerNode => ({ kind: 'connection', path: record.id, connectionId: record.id, record, active: record.id === active }));
  return { nodes };
}

export const loadConnection: Loader<'connection'> = async (node, _request, parts) => {
  if (!node.active) {
    return { nodes: [], empty: [{ text: 'Switch to this connection to browse it', command: 'openBanking.switchConnection', argument: node }] };
  }
  // The sandbox starts when its first branch is opened; a real connection is looked up in its vault, which tells at once whether it is signed in.
  if (node.record.environment !== 'sandbox') {
    try {
      await parts.sessions.open(node.connectionId);
    } catch (error) {
      if (error instanceof SignedOutError) return { nodes: [], summary: 'signed out', empty: waysIn(node) };
      throw error;
    }
  }
  const { connectionId } = node;
  const { customerSearch, customerType, institutionSearch, institutionProducts } = parts.filters.get(connectionId);
  return {
    nodes: [
      { kind: 'customers', path: customersPath(connectionId), connectionId, search: customerSearch, type: customerType },
      { kind: 'institutions', path: institutionsPath(connectionId), connectionId, search: institutionSearch, products: institutionProducts },
      { kind: 'appRegistrations', path: appRegistrationsPath(connectionId), connectionId },
      { kind: 'webhookSubscriptions', path: webhooksPath(connectionId), connectionId },
      { kind: 'connect', path: connectPath(connectionId), connectionId },
      { kind: 'thirdPartyAccess', path: thirdPartyAccessPath(connectionId), connectionId },
    ],
  };
};

const waysIn = (node: NodeOf<'connection'>): EmptyHint[] => [
  { text: 'Sign in: enter the credentials', detail: 'The partner id, partner secret and app key of this connection are not kept any more.', command: 'openBanking.enterCredentials', argument: node },
  { text: 'Or explore the sandbox', detail: 'A whole Open Banking server of its own on this machine, with people and accounts that nobody owns.', command: 'openBanking.useSandbox' },
];
