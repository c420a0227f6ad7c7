// What an id in an answer names, and where the explorer has it: a document, a row of the tree, or neither, with the reason in words. The
// name that the view gives is the field's (`customerId`), or for a plain `id` what holds it (`customers.id`), or `id` alone at the root of an
// answer, where the operation says whose it is. Whose account or report it is comes from the ids around it, else from the request. Free of vscode.
import type { OperationEntry } from '../api/catalogue.ts';
import type { AnyInput } from '../client/types.ts';
import { costlyKinds } from '../documents/resources.ts';
import type { ResourceRef } from '../documents/uris.ts';
import {
  accountPath, appRegistrationPath, branchPath, configurationsPath, connectPath, consentPath, customerPath, institutionPath, loginPath, reportPath, webhookPath,
} from '../tree/paths.ts';

export interface FollowedId {
  connectionId: string;
  entry: OperationEntry;
  input: AnyInput;
  name: string;
  value: string;
  /** The ids that stand around it, by name, the nearest first. */
  ids: Readonly<Record<string, string>>;
}

/** What was found: a document, a path of the tree, or one of the two with the reason why not the other. */
export interface IdLink {
  /** What it is, for a sentence: `customer 7200000001`. */
  what: string;
  document?: ResourceRef;
  tree?: string;
  /** Why there is no document, or no row, as a sentence. */
  missing?: string;
}

type Kind =
  | 'customer' | 'account' | 'institution' | 'institution login' | 'report' | 'consumer' | 'business' | 'portfolio' | 'asset' | 'transaction'
  | 'TxPUSH subscription' | 'webhook subscription' | 'consent' | 'deposit switch' | 'bill-pay switch' | 'micro-deposit' | 'configuration' | 'experience'
  | 'app registration' | 'application';

/** The link of an id. Undefined when it is not known what it names. */
export function idLink(followed: FollowedId): IdLink | undefined {
  const kind = kindOf(followed);
  return kind && linkOf(kind, followed);
}

const byName: Readonly<Record<string, Kind>> = {
  customerId: 'customer', customer_id: 'customer', accountId: 'account', institutionId: 'institution', newInstitutionId: 'institution', oauthInstitutionId: 'institution',
  institution_id: 'institution', institutionLoginId: 'institution login', institution_login_id: 'institution login', reportId: 'report', consumerId: 'consumer', businessId: 'business', business_id: 'business',
  portfolioId: 'portfolio', assetId: 'asset', transactionId: 'transaction', uniqueTransactionId: 'transaction', consentReceiptId: 'consent', consent_receipt_id: 'consent',
  subscription_id: 'webhook subscription', configurationId: 'configuration', configuration_id: 'configuration', experienceId: 'experience', preAppId: 'app registration',
  pre_app_id: 'app registration', applicationId: 'application', application_id: 'application',
};
/** What holds an object with a plain `id`. */
const byHolder: Readonly<Record<string, Kind>> = {
  customer: 'customer', account: 'account', institution: 'institution', report: 'report', consumer: 'consumer', business: 'business', businesse: 'business', portfolio: 'portfolio',
  statement: 'asset', transaction: 'transaction', subscription: 'TxPUSH subscription', configuration: 'configuration',
};
/** Whose an `id` at the root of an answer is, by the operation's family or its own id. */
const byOperation: readonly (readonly [RegExp, Kind])[] = [
  [/^Get(Data)?Report|Report$/, 'report'], [/Consumer/, 'consumer'], [/Business/, 'business'], [/Transaction/, 'transaction'], [/Account/, 'account'],
  [/configurations/, 'configuration'], [/Experience/, 'experience'], [/Customer/, 'customer'], [/^GetInstitution/, 'institution'],
];

/** Where to go: the row or the document that was asked for, the document where there is no row; one that costs money only after a press of a button. */
export type Leads = { tree: string } | { open: ResourceRef } | { why: string; offer?: ResourceRef };

export function leadsTo(link: IdLink | undefined, to: 'document' | 'tree'): Leads {
  const { document, tree, missing } = link ?? {};
  if (to === 'tree' && tree !== undefined) return { tree };
  if (document && (to === 'document' || !costlyKinds.has(document.kind))) return { open: document };
  return { why: missing ?? 'The explorer does not know what this id names.', ...(document && { offer: document }) };
}

function kindOf({ entry, name }: FollowedId): Kind | undefined {
  if (name === 'id') return rootKind(entry);
  if (name === 'switchId') return switchKind(entry);
  if (name === 'subscriptionId') return entry.tag === 'TxPush' ? 'TxPUSH subscription' : 'webhook subscription';
  if (name === 'accountId' && entry.tag === 'Account Validation Assistance') return 'micro-deposit';
  const holder = /^(.+)\.id$/.exec(name)?.[1];
  if (holder === undefined) return Object.hasOwn(byName, name) ? byName[name] : undefined;
  const single = holder.endsWith('s') ? holder.slice(0, -1) : holder;
  if (single === 'switche' || single === 'switch') return switchKind(entry);
  return Object.hasOwn(byHolder, single) ? byHolder[single] : undefined;
}

function rootKind(entry: OperationEntry): Kind | undefined {
  if (entry.report) return 'report';
  return byOperation.find(([pattern]) => pattern.test(entry.operationId))?.[1];
}

const switchKind = ({ operationId }: OperationEntry): Kind => (/Pay/.test(operationId) ? 'bill-pay switch' : 'deposit switch');

const whose = 'Neither the answer nor the request says of which customer.';

function linkOf(kind: Kind, followed: FollowedId): IdLink {
  const { connectionId: c, value: id } = followed;
  const customerId = around(followed, 'customerId', 'customer_id', 'customers.id', 'customer.id');
  const accountId = around(followed, 'accountId', 'accounts.id', 'account.id');
  const what = `${kind} ${id}`;
  const ofCustomer = (link: (customerId: string) => Omit<IdLink, 'what'>): IdLink => (customerId === undefined ? { what, missing: whose } : { what, ...link(customerId) });
  switch (kind) {
    case 'customer': return { what, document: { kind, customerId: id }, tree: customerPath(c, id) };
    case 'account': return ofCustomer((customer) => ({ document: { kind, customerId: customer, accountId: id }, tree: accountPath(c, customer, id) }));
    case 'institution': return { what, document: { kind, institutionId: id }, tree: institutionPath(c, id) };
    case 'institution login': return ofCustomer((customer) => ({ tree: loginPath(c, customer, id), missing: 'An institution login has no document of its own; it stands in the explorer with its accounts.' }));
    case 'report': return ofCustomer((customer) => ({ document: { kind, customerId: customer, reportId: id, form: 'json' }, tree: reportPath(c, customer, id) }));
    case 'consumer': return ofCustomer((customer) => ({ document: { kind, customerId: customer }, tree: branchPath(c, customer, kind) }));
    case 'business': return ofCustomer((customer) => ({ document: { kind, customerId: customer }, tree: branchPath(c, customer, kind) }));
    case 'portfolio': return ofCustomer((customer) => ({ document: { kind, customerId: customer, portfolioId: id }, missing: 'A portfolio has no row in the explorer; its reports have.' }));
    case 'asset': return ofCustomer((customer) => ({ document: { kind, customerId: customer, assetId: id }, missing: 'Files have no rows in the explorer; reading one may be billed.' }));
    case 'transaction': return ofCustomer((customer) => ({ document: { kind, customerId: customer, transactionId: id }, tree: branchPath(c, customer, 'transactions') }));
    case 'TxPUSH subscription': return customerId === undefined || accountId === undefined ? { what, missing: 'Neither the answer nor the request says of which account.' }
      : { what, tree: `${accountPath(c, customerId, accountId)}/subscriptions/${encodeURIComponent(id)}`, missing: 'The API has no way to read a TxPUSH subscription; the explorer remembers those that were made here.' };
    case 'webhook subscription': return { what, document: { kind: 'webhookSubscription', subscriptionId: id }, tree: webhookPath(c, id) };
    case 'consent': return ofCustomer((customer) => ({ document: { kind, customerId: customer, consentReceiptId: id }, tree: consentPath(c, customer, id) }));
    case 'deposit switch': return ofCustomer((customer) => ({ document: { kind: 'depositSwitch', customerId: customer, switchId: id }, tree: `${branchPath(c, customer, 'transfers')}/deposit-switches/${encodeURIComponent(id)}` }));
    case 'bill-pay switch': return ofCustomer((customer) => ({ document: { kind: 'billPaySwitch', customerId: customer, switchId: id }, tree: `${branchPath(c, customer, 'transfers')}/bill-pay-switches/${encodeURIComponent(id)}` }));
    case 'micro-deposit': return ofCustomer((customer) => ({ document: { kind: 'microDeposit', customerId: customer, accountId: id }, tree: `${branchPath(c, customer, 'micro-deposits')}/${encodeURIComponent(id)}` }));
    case 'configuration': return { what, document: { kind, configurationId: id }, tree: `${configurationsPath(c)}/${encodeURIComponent(id)}` };
    case 'experience': return { what, tree: connectPath(c), missing: 'An experience has no document of its own; those of an application stand under Connect.' };
    case 'app registration': return { what, document: { kind: 'appRegistration', preAppId: id }, tree: appRegistrationPath(c, id) };
    case 'application': return application(followed, what, customerId);
  }
}

/** An application's id is none by which it is read: the registration beside it is, or the customer that it is assigned to. */
function application(followed: FollowedId, what: string, customerId: string | undefined): IdLink {
  const preAppId = around(followed, 'preAppId', 'pre_app_id');
  if (preAppId !== undefined) return { what, document: { kind: 'appRegistration', preAppId }, tree: appRegistrationPath(followed.connectionId, preAppId) };
  const owner = customerId ?? (followed.entry.tag === 'Customers' ? around(followed, 'id') : undefined);
  if (owner !== undefined) return { what, document: { kind: 'customerApplication', customerId: owner }, missing: 'The explorer has rows for registrations, and the answer names none.' };
  return { what, missing: 'An application is read by its registration or its customer, and the answer names neither.' };
}

/** An id that stands around, in the answer first, then in the request. */
function around({ ids, input }: FollowedId, ...names: readonly string[]): string | undefined {
  const body = typeof input.body === 'object' && input.body !== null ? input.body as Readonly<Record<string, unknown>> : {};
  const nearest = Object.keys(ids).find((name) => names.includes(name));
  if (nearest !== undefined) return ids[nearest];
  for (const name of names) {
    const value = input[name] ?? body[name];
    if ((typeof value === 'string' && value !== '') || typeof value === 'number') return String(value);
  }
  return undefined;
}
