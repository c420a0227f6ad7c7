// Statements and TxPUSH subscriptions of a customer, by account: the way to them that does not lead through institution and account.
import type { Client } from '../../client/types.ts';
import type { ExplorerNode, NodeOf } from '../nodes.ts';
import type { LoadRequest } from '../source.ts';
import { accountName } from '../words.ts';
import { records, text, type Wire } from '../wire.ts';
import { institutionsOf } from './institutionFacts.ts';
import { asTree, open, type Loader } from './reading.ts';

/** Which accounts have statements is known to the bank alone, and asking costs; those at institutions that are certified for them may. */
export const loadCustomerStatements: Loader<'customerStatements'> = async (node, request, parts) => {
  const { client } = await open(node, parts);
  const accounts = await accountsOf(client, node.customerId, request);
  const institutions = await institutionsOf(client, node.connectionId, accounts, request, parts);
  const mayHave = accounts.filter((data) => institutions.get(text(data.institutionId) ?? '')?.statements !== false);
  return {
    nodes: mayHave.map((data) => accountBranch(node, 'accountStatements', text(data.id)!, data)),
    summary: mayHave.length === 0 ? undefined : `${mayHave.length} ${mayHave.length === 1 ? 'account' : 'accounts'}`,
    empty: [accounts.length > 0
      ? { text: 'No account at an institution that gives statements', detail: 'The institutions of this customer\'s accounts are not certified for statements.' }
      : { text: 'No accounts yet: add FinBank test accounts', detail: 'A testing customer links FinBank test accounts at once.', command: 'openBanking.addFinBankAccounts', argument: node }],
  };
};

export const loadCustomerSubscriptions: Loader<'customerSubscriptions'> = async (node, request, parts) => {
  const known = parts.subscriptions.ofCustomer(node.connectionId, node.customerId);
  if (known.length === 0) {
    return {
      nodes: [], summary: 'none from here',
      empty: [{
        text: 'None made from here: subscribe', command: 'openBanking.runOperation', argument: node, operationId: 'SubscribeToTxPushNotifications',
        detail: 'The API cannot list TxPUSH subscriptions; those that you make from this editor are remembered here. This opens the request that makes one: it wants an account.',
      }],
    };
  }
  const { client } = await open(node, parts);
  const accounts = new Map((await accountsOf(client, node.customerId, request)).map((data) => [text(data.id), data]));
  const ids = [...new Set(known.map(({ accountId }) => accountId))];
  return { nodes: ids.map((id) => accountBranch(node, 'accountSubscriptions', id, accounts.get(id))), summary: `${known.length} from here` };
};

async function accountsOf(client: Client, customerId: string, request: LoadRequest): Promise<Wire[]> {
  return records(await client.call('GetCustomerAccounts', { customerId }, asTree(request)), 'accounts').filter((data) => text(data.id) !== undefined);
}

function accountBranch(
  { path, connectionId, customerId }: NodeOf<'customerStatements' | 'customerSubscriptions'>, kind: 'accountStatements' | 'accountSubscriptions', accountId: string, data: Wire | undefined,
): ExplorerNode {
  const title = data ? accountName(data) : `Account ${accountId}`;
  return { kind, path: `${path}/${encodeURIComponent(accountId)}`, connectionId, customerId, accountId, title, ...(data && { data }) };
}
