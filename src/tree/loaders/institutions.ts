// Institutions (thousands: 25 a page, by page number) and the partner's own app registrations.
import { appRegistrationPath, institutionPath, lastId } from '../paths.ts';
import type { ExplorerNode, NodeOf } from '../nodes.ts';
import type { EmptyHint, Located, LoadRequest } from '../source.ts';
import { number, record, records, text, truth, type Wire } from '../wire.ts';
import { learn } from './institutionFacts.ts';
import { asTree, nextPage, open, window, type Loader, type LoaderParts } from './reading.ts';

export const loadInstitutions: Loader<'institutions'> = async (node, request, parts) => {
  const { client } = await open(node, parts);
  const { start, limit } = window(request);
  const { institutionSearch: search, institutionProducts: products = [] } = parts.filters.get(node.connectionId);
  const query = { start, limit, ...(search && { search }), ...(products.length > 0 && { type: products.join(',') }) };
  // The plain list takes one product; the certified list takes several, all of which must be there.
  const body: unknown = products.length > 1
    ? await client.call('GetCertifiedInstitutions', query as Parameters<typeof client.call<'GetCertifiedInstitutions'>>[1], asTree(request))
    : await client.call('GetInstitutions', query as Parameters<typeof client.call<'GetInstitutions'>>[1], asTree(request));
  const nodes = records(body, 'institutions').map((data) => institutionNode(node.connectionId, data)).filter((one) => one !== undefined);
  for (const { institutionId, data } of nodes) learn(node.connectionId, institutionId, data, parts);
  const found = number(record(body).found);
  const filtered = Boolean(search) || products.length > 0;
  return {
    nodes, found, next: truth(record(body).moreAvailable) && nodes.length > 0 ? nextPage(start, limit) : undefined,
    summary: found === undefined ? undefined : `${found.toLocaleString('en-US')}${filtered ? ' found' : ''}`,
    empty: [filtered
      ? { text: 'No institution matches: clear the search', command: 'openBanking.clearInstitutionFilter', argument: node }
      : { text: 'The API lists no institutions', detail: 'Refresh to ask again.' }],
  };
};

function institutionNode(connectionId: string, data: Record<string, unknown>): NodeOf<'institution'> | undefined {
  const institutionId = text(data.id);
  return institutionId === undefined ? undefined : { kind: 'institution', path: institutionPath(connectionId, institutionId), connectionId, institutionId, data };
}

/** An institution beyond the loaded pages. */
export async function findInstitution(path: string, signal: AbortSignal, parts: LoaderParts): Promise<Located | undefined> {
  const connectionId = path.split('/', 1)[0]!;
  const { client } = await parts.sessions.open(connectionId);
  const body = await client.call('GetInstitution', { institutionId: Number(lastId(path)) }, { signal, origin: 'tree' });
  const node = institutionNode(connectionId, record(record(body).institution));
  return node && { node, parent: path.slice(0, path.lastIndexOf('/')) };
}

/** A page of the partner's applications: this list gives 100 at most in one answer. */
export async function applicationPage(node: ExplorerNode, request: LoadRequest, parts: LoaderParts): Promise<{ applications: Wire[]; found?: number; next?: number }> {
  const { client } = await open(node, parts);
  const { start, limit: wanted } = window(request);
  const limit = Math.min(100, wanted);
  const body = await client.call('getApplications', { start, limit }, asTree(request));
  const applications = records(body, 'applications');
  return { applications, found: number(record(body).found), next: truth(record(body).moreAvailable) && applications.length > 0 ? nextPage(start, limit) : undefined };
}

export const registerOne = (argument: ExplorerNode): EmptyHint => ({
  text: 'No app registered: register one', command: 'openBanking.runOperation', argument, operationId: 'RegisterApp',
  detail: 'OAuth institutions show the app that asks for consent. This opens the request that registers one.',
});

export const loadAppRegistrations: Loader<'appRegistrations'> = async (node, request, parts) => {
  const { applications, found, next } = await applicationPage(node, request, parts);
  const nodes = applications.flatMap((data): ExplorerNode[] => {
    const preAppId = text(data.preAppId) ?? text(data.applicationId);
    return preAppId === undefined ? [] : [{ kind: 'appRegistration', path: appRegistrationPath(node.connectionId, preAppId), connectionId: node.connectionId, preAppId, data }];
  });
  return { nodes, found, next, summary: found?.toLocaleString('en-US'), empty: [registerOne(node)] };
};
