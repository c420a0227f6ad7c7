// Accounts by institution login. One request brings them all; institutions are read once each and remembered.
import { accountPath, loginPath } from '../paths.ts';
import type { AccountState, ExplorerNode, NodeOf } from '../nodes.ts';
import type { LoadResult } from '../source.ts';
import { number, records, text, type Wire } from '../wire.ts';
import { institutionsOf } from './institutionFacts.ts';
import { asTree, open, type Loader } from './reading.ts';

export const loadAccounts: Loader<'accounts'> = async (node, request, parts) => {
  const { client } = await open(node, parts);
  const body = await client.call('GetCustomerAccounts', { customerId: node.customerId }, asTree(request));
  const accounts = records(body, 'accounts').filter((data) => text(data.id) !== undefined);
  const logins = byLogin(accounts);
  const [institutions, { explainAggregationStatus }] = await Promise.all([
    institutionsOf(client, node.connectionId, accounts, request, parts), import('../../api/codes.ts'),
  ]);
  const stateOf = (data: Wire): AccountState => {
    const known = explainAggregationStatus(number(data.aggregationStatusCode));
    return known ? { code: number(data.aggregationStatusCode), level: known.state, meaning: known.meaning, fix: known.fix } : notReadYet;
  };
  const preloaded = new Map<string, LoadResult>();
  const nameOf = (members: readonly Wire[]): string => { const id = text(members[0]!.institutionId) ?? ''; return institutions.get(id)?.name ?? id; };
  const shortIds = shortened([...logins].map(([id, members]) => [id, nameOf(members)]));
  const nodes = [...logins].map(([loginId, members]): ExplorerNode => {
    const children = members.map((data) => accountNode(node, data, stateOf(data), institutions.get(text(data.institutionId) ?? '')?.name));
    const institutionId = text(members[0]!.institutionId) ?? '';
    const login: NodeOf<'institutionLogin'> = {
      kind: 'institutionLogin', path: loginPath(node.connectionId, node.customerId, loginId), connectionId: node.connectionId, customerId: node.customerId,
      institutionId, institutionLoginId: loginId.startsWith('of-') ? '' : loginId, institutionName: institutions.get(institutionId)?.name,
      state: worst(children.map(({ state }) => state)), shortId: shortIds.get(loginId), accountCount: children.length, data: { accounts: members },
    };
    preloaded.set(login.path, { nodes: institutions.get(institutionId)?.oauth && login.institutionLoginId !== '' ? [...children, authorizationNode(login)] : children });
    return login;
  });
  return {
    nodes, preloaded, summary: summary(accounts.map(stateOf)),
    empty: [{
      text: 'No accounts yet: add FinBank test accounts', command: 'openBanking.addFinBankAccounts', argument: node,
      detail: 'A testing customer links FinBank test accounts at once. An active customer links live accounts through a Connect link.',
    }],
  };
};

/** An account that names no login is grouped by its institution. */
function byLogin(accounts: readonly Wire[]): Map<string, Wire[]> {
  const logins = new Map<string, Wire[]>();
  for (const data of accounts) {
    const id = text(data.institutionLoginId) ?? `of-${text(data.institutionId) ?? 'unknown'}`;
    logins.set(id, [...(logins.get(id) ?? []), data]);
  }
  return logins;
}

/** For logins whose name is another's too: the last four characters of the id, or as many more as tell them apart. */
function shortened(logins: readonly (readonly [id: string, name: string])[]): Map<string, string> {
  const short = new Map<string, string>();
  for (const [id, name] of logins) {
    const others = logins.filter((other) => other[1] === name && other[0] !== id && !other[0].startsWith('of-')).map(([other]) => other);
    if (others.length === 0 || id.startsWith('of-')) continue;
    let length = Math.min(4, id.length);
    while (length < id.length && others.some((other) => other.endsWith(id.slice(-length)))) length += 1;
    short.set(id, id.slice(-length));
  }
  return short;
}

/** A login's accounts come with the whole list; asked for alone, only they are read. */
export const loadInstitutionLogin: Loader<'institutionLogin'> = async (node, request, parts) => {
  const parent: NodeOf<'accounts'> = { kind: 'accounts', path: node.path.slice(0, node.path.lastIndexOf('/')), connectionId: node.connectionId, customerId: node.customerId };
  const all = await loadAccounts(parent, request, parts);
  return all.preloaded?.get(node.path) ?? { nodes: [], empty: [{ text: 'This login has no accounts any more' }] };
};

/** Only sign-ins at the institution itself have a permission that can be read; nothing is asked until it is opened. */
const authorizationNode = ({ path, connectionId, customerId, institutionId, institutionLoginId }: NodeOf<'institutionLogin'>): NodeOf<'authorization'> =>
  ({ kind: 'authorization', path: `${path}/authorization`, connectionId, customerId, institutionId, institutionLoginId });

function accountNode(parent: NodeOf<'accounts'>, data: Wire, state: AccountState, institutionName: string | undefined): NodeOf<'account'> {
  const { connectionId, customerId } = parent;
  const accountId = text(data.id)!;
  return { kind: 'account', path: accountPath(connectionId, customerId, accountId), connectionId, customerId, accountId, state, institutionName, data };
}

const notReadYet: AccountState = { level: 'new', meaning: 'The account is linked and has not been read yet.', fix: 'Refresh the accounts once; transactions and balances come with it.' };
const gravity: readonly AccountState['level'][] = ['ok', 'new', 'wait', 'attention', 'reconnect', 'gone'];
const worst = (states: readonly AccountState[]): AccountState => states.reduce((a, b) => (gravity.indexOf(b.level) > gravity.indexOf(a.level) ? b : a));
const needsSomebody = ({ level }: AccountState): boolean => level === 'attention' || level === 'reconnect' || level === 'gone';

function summary(states: readonly AccountState[]): string | undefined {
  if (states.length === 0) return 'none yet';
  const calling = states.filter(needsSomebody).length;
  return `${states.length}${calling > 0 ? `, ${calling} ${calling === 1 ? 'needs' : 'need'} attention` : ''}`;
}
