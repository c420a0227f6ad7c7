// Which operation reads which resource, and what its document holds. Free of vscode. A document is the API's own answer: nothing is renamed
// or left out, so it can be compared with the wire. Lists that page are read to a bound and say in the API's own fields what was left.
import type { OperationId } from '../api/catalogue.ts';
import type { AnyInput, CallOptions, Client } from '../client/types.ts';
import { layoutBytes } from './layoutJson.ts';
import { ToldError } from '../platform/errors.ts';
import { resourcePath, type ResourceRef } from './uris.ts';

export interface ResourceRequest {
  operationId: OperationId;
  input: AnyInput;
  accept?: string;
  form: 'json' | 'pdf';
  /** The name of the array whose pages are joined. */
  joined?: string;
}

export interface ResourceContent {
  bytes: Uint8Array;
  /** Changes by itself: a report that is being made. */
  running: boolean;
}

/** The document cannot be had; the message is for the person who opened it. */
export class DocumentError extends ToldError {
  constructor(message: string) {
    super(message);
    this.name = 'DocumentError';
  }
}

/** Resources that cost money, or make a bank work, on a real connection: never read unasked, and kept once they are there. */
export const costlyKinds: ReadonlySet<ResourceRef['kind']> = new Set<ResourceRef['kind']>(['statements', 'statement', 'asset']);

/** Resources of which a look at the size would cost as many calls as there are pages, and which have a viewer that reads its own. */
export const pagedKinds: ReadonlySet<ResourceRef['kind']> = new Set<ResourceRef['kind']>(['customerTransactions', 'accountTransactions']);

const day = 86_400;
/** Days of transactions in a document that names no range. */
const defaultDays = 90;
const pageSize = 1000;
const mostPages = 5;

/**
 * The request for a resource. `query` may narrow it: fromDate and toDate (epoch seconds) and includePending of transactions, purpose of a report.
 * Undefined when the API has no operation that reads it.
 * @param now Epoch milliseconds; transactions without a range end here.
 */
export function resourceRequest(ref: ResourceRef, query: URLSearchParams, now: number): ResourceRequest | undefined {
  const json = (operationId: OperationId, input: AnyInput): ResourceRequest => ({ operationId, input, form: 'json' });
  switch (ref.kind) {
    case 'customer': return json('GetCustomer', { customerId: ref.customerId });
    case 'customerApplication': return json('GetCustomerWithAppData', { customerId: ref.customerId });
    case 'accounts': return json('GetCustomerAccounts', { customerId: ref.customerId });
    case 'account': return json('GetCustomerAccount', { customerId: ref.customerId, accountId: ref.accountId });
    case 'customerTransactions': return { ...json('GetAllCustomerTransactions', { customerId: ref.customerId, ...range(query, now) }), joined: 'transactions' };
    case 'accountTransactions':
      return { ...json('GetCustomerAccountTransactions', { customerId: ref.customerId, accountId: ref.accountId, ...range(query, now) }), joined: 'transactions' };
    // The id with the account's in front is the one that cannot be mistaken for another account's.
    case 'transaction': return ref.transactionId.includes('-')
      ? json('GetTransactionByUniqueTransactionId', { customerId: ref.customerId, uniqueTransactionId: ref.transactionId })
      : json('GetCustomerTransaction', { customerId: ref.customerId, transactionId: numeric(ref.transactionId) });
    case 'statements': return json('GetCustomerAccountMultipleStatement', { customerId: ref.customerId, accountId: ref.accountId, index: query.get('index') ?? '1' });
    case 'statement': return { operationId: 'GetCustomerAccountStatement', input: { customerId: ref.customerId, accountId: ref.accountId, index: ref.index }, form: 'pdf' };
    case 'asset': return { operationId: 'GetAssetByCustomerID', input: { customerId: ref.customerId, assetId: ref.assetId }, form: 'pdf' };
    case 'consumer': return json('GetConsumerForCustomer', { customerId: ref.customerId });
    case 'business': return json('GetBusinessByCustomer', { customer_id: ref.customerId });
    case 'reports': return json('GetReportsByCustomerId', { customerId: ref.customerId });
    case 'report': return {
      operationId: 'GetReportByCustomer', input: { customerId: ref.customerId, reportId: ref.reportId, ...purpose(query) }, form: ref.form,
      accept: ref.form === 'pdf' ? 'application/pdf' : 'application/json',
    };
    case 'portfolio': return json('GetPortfolioByCustomer', { customerId: ref.customerId, portfolioId: ref.portfolioId });
    case 'comparison': case 'txpushSubscription': return undefined;
    case 'authorization': return json('getCustomerAuthorizationDetails', { institution_login_id: numeric(ref.institutionLoginId) });
    case 'consents': return { ...json('GetDataSharingConsentsByCustomerId', { customer_id: ref.customerId }), joined: 'consents' };
    case 'consent': return json('GetDataSharingConsentsByID', { consent_receipt_id: ref.consentReceiptId });
    case 'depositSwitches': return json('getAllDepositSwitches', { customer_id: ref.customerId });
    case 'depositSwitch': return json('getDepositSwitchDetails', { customer_id: ref.customerId, switch_id: ref.switchId });
    case 'billPaySwitches': return json('getAllPaySwitches', { customer_id: ref.customerId });
    case 'billPaySwitch': return json('getBillPaySwitchDetails', { customer_id: ref.customerId, switch_id: ref.switchId });
    case 'microDeposit': return json('GetMicroDepositsDetails', { customerId: ref.customerId, accountId: ref.accountId });
    case 'webhookSubscriptions': return json('listWebhookSubscriptions', { limit: 100 });
    case 'webhookSubscription': return json('getWebhookSubscriptionById', { subscription_id: ref.subscriptionId });
    case 'experiences': return json('GetAllExperience', { appName: ref.appName });
    case 'configurations': return json('get-configurations', {});
    case 'configuration': return json('get-configurations-configurationId', { configuration_id: ref.configurationId });
    case 'institution': return json('GetInstitution', { institutionId: numeric(ref.institutionId) });
    case 'institutionBranding': return json('GetInstitutionBranding', { institutionId: numeric(ref.institutionId) });
    case 'appRegistration': return json('getApplications', { pre_app_id: numeric(ref.preAppId) });
  }
}

/** What a document holds that is made here and not read from the API: a comparison names the documents of its two reports. Undefined for all others. */
export function ownContent(ref: ResourceRef): Uint8Array | undefined {
  if (ref.kind !== 'comparison') return undefined;
  const report = (reportId: string): string => resourcePath({ kind: 'report', customerId: ref.customerId, reportId, form: 'json' });
  return encode(`${JSON.stringify({ compares: [report(ref.reportId), report(ref.otherReportId)] }, undefined, 2)}\n`);
}

/** Digits as the number that the description wants; anything else goes as it is, for the client to refuse in its own words. */
const numeric = (id: string): number | string => (/^\d{1,15}$/.test(id) ? Number(id) : id);

function range(query: URLSearchParams, now: number): { fromDate: number; toDate: number; includePending?: boolean } {
  const seconds = (name: string): number | undefined => (/^\d{1,12}$/.test(query.get(name) ?? '') ? Number(query.get(name)) : undefined);
  const toDate = seconds('toDate') ?? Math.floor(now / 1000);
  return { fromDate: seconds('fromDate') ?? toDate - defaultDays * day, toDate, ...(query.get('includePending') === 'true' && { includePending: true }) };
}

const purpose = (query: URLSearchParams): { purpose?: string } => {
  const code = query.get('purpose');
  return code !== null && /^[0-9A-Za-z]{1,4}$/.test(code) ? { purpose: code } : {};
};

/** Reads a resource. Throws what the client throws, or DocumentError. */
export async function readResource(client: Client, request: ResourceRequest, options: CallOptions): Promise<ResourceContent> {
  const { operationId, input, accept, form, joined } = request;
  if (joined !== undefined) return { bytes: await joinPages(client, request, joined, options), running: false };
  const answer = await client.send(operationId, input, { ...options, ...(accept && { accept }) });
  const { body } = answer;
  const running = isReport(request) && isUnfinished(body);
  if (form === 'pdf') {
    if (body instanceof Uint8Array && body.byteLength > 0) return { bytes: body, running: false };
    throw new DocumentError(running
      ? 'The report is still being made, so there is no PDF yet. Open it again when it is finished; the tree shows when that is.'
      : 'The API answered without a PDF. Read the JSON form to see what it says.');
  }
  if (body === undefined) throw new DocumentError('The API answered with nothing: there is no such resource just now.');
  return { bytes: await layoutBytes(body, answer.size), running };
}

const isReport = ({ operationId }: ResourceRequest): boolean => operationId === 'GetReportByCustomer';

function isUnfinished(body: unknown): boolean {
  const status = typeof body === 'object' && body !== null && 'status' in body ? body.status : undefined;
  return typeof status === 'string' && status !== 'success' && status !== 'failure';
}

/** The first page's answer with the rows of the pages after it; `displaying` counts them and `moreAvailable` is the last page's. */
async function joinPages(client: Client, { operationId, input }: ResourceRequest, name: string, options: CallOptions): Promise<Uint8Array> {
  let whole: Record<string, unknown> | undefined;
  const rows: unknown[] = [];
  let size = 0;
  let pages = 0;
  for await (const page of client.pages(operationId, input, { ...options, limit: pageSize })) {
    const body = page.body as Record<string, unknown>;
    rows.push(...page.items);
    whole = { ...(whole ?? body), displaying: rows.length, moreAvailable: body.moreAvailable, [name]: rows };
    // A transaction takes about half a kilobyte on the wire.
    size += page.items.length * 512;
    pages += 1;
    if (pages === mostPages) break;
  }
  return layoutBytes(whole ?? {}, size);
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
