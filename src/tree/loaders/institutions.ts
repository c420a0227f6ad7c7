// Institutions (thousands: 25 a page, by page number) and the partner's own app registrations.
import { appRegistrationPath, institutionPath, lastId } from '../paths.ts';
import type { ExplorerNode, NodeOf } from '../nodes.ts';
import type { Located } from '../source.ts';
import { number, record, records, text, truth } from '../wire.ts';
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
  for (const { institutionId, data } of nodes) {
    const name = text(data.name);
    if (name !== undefined) parts.institutionNames.set(`${node.connectionId}/${institutionId}`, name);
  }
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

export const loadAppRegistrations: Loader<'appRegistrations'> = async (node, request, parts) => {
  const { client } = await open(node, parts);
  const { start, limit: wanted } = window(request);
  // This list gives 100 at most in one answer.
  const limit = Math.min(100, wanted);
  const body = await client.call('getApplications', { start, limit }, asTree(request));
  const nodes = records(body, 'applications').flatMap((data): ExplorerNode[] => {
    const preAppId = text(data.preAppId) ?? text(data.applicationId);
    return preAppId === undefined ? [] : [{ kind: 'appRegistration', path: appRegistrationPath(node.connectionId, preAppId), connectionId: node.connectionId, preAppId, data }];
  });
  const found = number(record(body).found);
  return {
    nodes, found, next: truth(record(body).moreAvailable) && nodes.length > 0 ? nextPage(start, limit) : undefined,
    summary: found?.toLocaleString('en-US'),
    empty: [{
      text: 'No app registered: register one', command: 'openBanking.runOperation', argument: node, operationId: 'RegisterApp',
      detail: 'OAuth institutions show the app that asks for consent. This opens the request that registers one.',
    }],
  };
};
