// What a customer agreed to share: consents with their institutions, which come in one list; and the permission at one OAuth institution.
import { ApiError } from '../../client/errors.ts';
import { explainFailure } from '../failures.ts';
import type { ExplorerNode, NodeOf } from '../nodes.ts';
import { consentPath } from '../paths.ts';
import type { LoadResult } from '../source.ts';
import { number, record, records, text, truth, type Wire } from '../wire.ts';
import { asTree, nextPage, open, window, type Loader } from './reading.ts';

export const loadConsents: Loader<'consents'> = async (node, request, parts) => {
  const { client } = await open(node, parts);
  const { start, limit } = window(request);
  const body = await client.call('GetDataSharingConsentsByCustomerId', { customer_id: node.customerId, start, limit }, asTree(request));
  const consents = records(body, 'consents').flatMap((data) => consentNode(node, data));
  const found = number(record(body).found);
  const next = truth(record(body).moreAvailable) && consents.length > 0 ? nextPage(start, limit) : undefined;
  return {
    nodes: consents, found, next, summary: summary(consents, found, start === 1 && next === undefined),
    preloaded: new Map(consents.map((consent) => [consent.path, institutions(consent)])),
    empty: [{
      text: 'No consents yet: make a Connect link', command: 'openBanking.runOperation', argument: node, operationId: 'GenerateConnectUrl',
      detail: 'A person gives consent while linking accounts through Connect. This opens the request that makes the link.',
    }],
  };
};

/** How many are inactive is said only where all of them were seen. */
function summary(consents: readonly NodeOf<'consent'>[], found: number | undefined, whole: boolean): string | undefined {
  const inactive = consents.filter(({ data }) => text(record(data.statusDetails).status) === 'INACTIVE').length;
  const count = found ?? (whole ? consents.length : undefined);
  if (count === 0) return 'none yet';
  return count === undefined ? undefined : `${count.toLocaleString('en-US')}${whole && inactive > 0 ? `, ${inactive} inactive` : ''}`;
}

function consentNode({ connectionId, customerId }: NodeOf<'consents'>, data: Wire): NodeOf<'consent'>[] {
  const consentReceiptId = text(data.consentReceiptId);
  return consentReceiptId === undefined ? [] : [{ kind: 'consent', path: consentPath(connectionId, customerId, consentReceiptId), connectionId, customerId, consentReceiptId, data }];
}

/** A consent's institutions come with the list; asked for alone, only that consent is read. */
export const loadConsent: Loader<'consent'> = async (node, request, parts) => {
  const { client } = await open(node, parts);
  const data = record(await client.call('GetDataSharingConsentsByID', { consent_receipt_id: node.consentReceiptId }, asTree(request)));
  return institutions({ ...node, data });
};

function institutions({ path, connectionId, customerId, consentReceiptId, data }: NodeOf<'consent'>): LoadResult {
  return {
    nodes: records(data, 'institutions').map((institution, at): ExplorerNode => {
      const institutionLoginId = text(institution.institutionLoginId) ?? '';
      return { kind: 'consentInstitution', path: `${path}/${encodeURIComponent(institutionLoginId || `of-${at}`)}`, connectionId, customerId, consentReceiptId, institutionLoginId, data: institution };
    }),
    empty: [{ text: 'The receipt names no institution' }],
  };
}

export const loadAuthorization: Loader<'authorization'> = async (node, request, parts) => {
  const { client } = await open(node, parts);
  const { path, connectionId, customerId, institutionLoginId } = node;
  try {
    const data = record(await client.call('getCustomerAuthorizationDetails', { institution_login_id: Number(institutionLoginId) }, asTree(request)));
    return { nodes: [{ kind: 'authorizationRecord', path: `${path}/details`, connectionId, customerId, institutionLoginId, data }] };
  } catch (error) {
    // "Not found" is an answer here: the permission has ended, or is older than the operation.
    if (!(error instanceof ApiError) || error.status !== 404) throw error;
    return { nodes: [], summary: 'no details', empty: [{ text: 'No authorization details', detail: explainFailure(error).detail }] };
  }
};
