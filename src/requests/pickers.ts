// Which field of a request holds which id, so that a person can look it up instead of typing it. By the field's name, and by the operation
// where one name means several things (`subscription_id` is a webhook's, `subscriptionId` TxPUSH's). A unit test walks every parameter and
// body field that the catalogue has: an id with neither a picker here nor a reason there fails it. Free of vscode.
import type { OperationEntry } from '../api/catalogue.ts';
import { isRecord } from '../client/values.ts';
import type { FieldPath, FieldSpec, PickerKind } from '../webviews/protocol/request.ts';

/** Ids by name, written as `idNames` writes them. */
export type KnownIds = Readonly<Record<string, string>>;

type Rule = PickerKind | ((entry: OperationEntry, path: FieldPath) => PickerKind | undefined);

/** Deposits go to an account that is none of the customer's: its id is the deposits' own. */
const ofDeposit = ({ tag, operationId }: OperationEntry): boolean => tag === 'Account Validation Assistance' || operationId === 'VerifyMicroEntryMicrodeposit';
const inBody = (path: FieldPath): boolean => path[0] === 'body';

const rules: Readonly<Record<string, Rule>> = {
  customerId: 'customer', customer_id: 'customer',
  accountId: (entry) => (ofDeposit(entry) ? 'microDeposit' : 'account'),
  accountIds: 'accounts',
  accounts: (_, path) => (path.includes('txVerifyInterview') ? 'accounts' : undefined),
  institutionId: 'institution', institution_id: 'institution',
  institutionLoginId: 'institutionLogin', institution_login_id: 'institutionLogin',
  consumerId: 'consumer', business_id: 'business',
  reportId: 'report', obb_report_id: 'legacyReport', portfolioId: 'portfolio',
  assetId: 'asset', assetIds: 'assets',
  transactionId: 'transaction', uniqueTransactionId: 'uniqueTransaction',
  payRequestId: 'paymentIndicator', refreshId: 'transactionRefresh',
  subscriptionId: 'subscription', subscription_id: 'webhookSubscription', webhook_event_id: 'webhookEvent',
  consent_receipt_id: 'consent', consentReceiptId: 'thirdPartyAccess',
  applicationId: 'app', application_id: 'app', preAppId: 'registration', pre_app_id: 'registration',
  // The name of an app that is being registered is no choice among those there are.
  appName: (_, path) => (inBody(path) ? undefined : 'appName'),
  name: ({ operationId }, path) => (operationId === 'getApplications' && !inBody(path) ? 'appName' : undefined),
  experience: 'experience', experience_id: 'experience', configurationId: 'configuration', configuration_id: 'configuration',
  switch_id: ({ operationId }) => (operationId === 'getBillPaySwitchDetails' ? 'billPaySwitch' : 'depositSwitch'),
};

/** Kinds that fill a whole list, and what one of the list is. */
const several: Partial<Record<PickerKind, PickerKind>> = { accounts: 'account', assets: 'asset' };

/** Whether the picker takes several at once; the answer is then a list. */
export const takesSeveral = (kind: PickerKind): boolean => several[kind] !== undefined;

/** The picker of a field, or of an item of a list of ids (whose step is a number or an empty name); undefined when it holds nothing that can be looked up. */
export function pickerOf(entry: OperationEntry, path: FieldPath): PickerKind | undefined {
  const last = path.at(-1);
  const item = typeof last === 'number' || last === '';
  const name = item ? path.at(-2) : last;
  if (typeof name !== 'string' || path.length < 2 || !Object.hasOwn(rules, name)) return undefined;
  const rule = rules[name]!;
  const kind = typeof rule === 'function' ? rule(entry, item ? path.slice(0, -1) : path) : rule;
  return item ? kind && several[kind] : kind;
}

/** The name that an id of a kind is known by; the spelling of the tree's rows where a family has another. */
export const idNames: Readonly<Record<PickerKind, string>> = {
  customer: 'customerId', account: 'accountId', accounts: 'accountIds', institution: 'institutionId', institutionLogin: 'institutionLoginId', consumer: 'consumerId', business: 'business_id',
  report: 'reportId', legacyReport: 'obb_report_id', portfolio: 'portfolioId', asset: 'assetId', assets: 'assetIds', transaction: 'transactionId', uniqueTransaction: 'uniqueTransactionId',
  paymentIndicator: 'payRequestId', transactionRefresh: 'refreshId', subscription: 'subscriptionId', webhookSubscription: 'subscription_id', webhookEvent: 'webhook_event_id',
  consent: 'consent_receipt_id', thirdPartyAccess: 'consentReceiptId', app: 'applicationId', registration: 'preAppId', appName: 'appName', experience: 'experience_id',
  configuration: 'configuration_id', depositSwitch: 'depositSwitchId', billPaySwitch: 'billPaySwitchId', microDeposit: 'depositAccountId',
};

/** Nothing has the id 0, which a new request has in the place of a number. */
const idText = (value: unknown): string | undefined => {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : typeof value === 'string' ? value.trim() : '';
  return text === '' || text === '0' ? undefined : text;
};

/** A picked id as the field takes it: a number where the description has one, several in one text where it has no list. */
export function idFor(field: Pick<FieldSpec, 'kind'> | undefined, picked: unknown): unknown {
  if (Array.isArray(picked)) return field?.kind === 'list' ? picked : picked.join(' ');
  const numeric = (field?.kind === 'integer' || field?.kind === 'number') && typeof picked === 'string' && /^\d{1,15}$/.test(picked);
  return numeric ? Number(picked) : picked;
}

export interface RequestValues {
  parameters: Readonly<Record<string, unknown>>;
  body?: unknown;
}

/** The records that a field stands in, the nearest first, each with its path: its own object, those around it in the body, the parameters. */
function around({ parameters, body }: RequestValues, path: FieldPath): { at: FieldPath; fields: Readonly<Record<string, unknown>> }[] {
  const found: { at: FieldPath; fields: Readonly<Record<string, unknown>> }[] = [];
  let value: unknown = body;
  const inside = inBody(path) ? path.slice(1, -1) : [];
  if (isRecord(value)) found.push({ at: ['body'], fields: value });
  for (const [index, step] of inside.entries()) {
    value = (value as Record<string | number, unknown> | undefined | null)?.[step];
    if (isRecord(value)) found.push({ at: ['body', ...inside.slice(0, index + 1)], fields: value });
  }
  return [...found.reverse(), { at: ['parameters'], fields: parameters }];
}

/** The ids that a request names already, as the picker of the field at `path` needs them: of two customers the one that stands nearer. */
export function knownAround(entry: OperationEntry, values: RequestValues, path: FieldPath): KnownIds {
  const known: Record<string, string> = {};
  for (const { at, fields } of around(values, path)) {
    for (const [name, value] of Object.entries(fields)) {
      const kind = pickerOf(entry, [...at, name]);
      const text = idText(value);
      if (kind && text !== undefined) known[idNames[kind]] ??= text;
    }
  }
  return known;
}

/**
 * Where the ids learnt on the way (`also` of a pick) belong in the request: parameters that are required or there already, and fields of the
 * body that are there already. Each id goes to the nearest field of its kind, never to the picked field itself.
 */
export function placesOf(entry: OperationEntry, values: RequestValues, path: FieldPath, also: KnownIds): { path: FieldPath; value: string }[] {
  const places: { path: FieldPath; value: string }[] = [];
  const taken = new Set<string>();
  for (const { at, fields } of around(values, path)) {
    const names = new Set(Object.keys(fields));
    if (at[0] === 'parameters') for (const { name, required } of entry.parameters) if (required) names.add(name);
    for (const name of names) {
      const here: FieldPath = [...at, name];
      const kind = pickerOf(entry, here);
      const id = kind && idNames[kind];
      const value = id === undefined ? undefined : also[id];
      if (id === undefined || value === undefined || taken.has(id) || here.join('/') === path.join('/')) continue;
      taken.add(id);
      places.push({ path: here, value });
    }
  }
  return places;
}
