// What can be run on a row of the explorer: the ids that the row knows, and the operations that these ids are enough for. Free of vscode.
import type { OperationEntry } from '../../api/catalogue.ts';
import { requiredBodyProperties } from '../../api/schemas.ts';
import type { ExplorerNode, NodeKind } from '../../tree/nodes.ts';

/** Ids by parameter name. */
export type KnownIds = Readonly<Record<string, string>>;

/** A row's fields, and the parameter that each is the value of. */
const ofRow: readonly (readonly [field: string, parameter: string])[] = [
  ...['customerId', 'accountId', 'institutionId', 'institutionLoginId', 'reportId', 'subscriptionId', 'preAppId'].map((name) => [name, name] as const),
  ['depositAccountId', 'accountId'], ['consentReceiptId', 'consent_receipt_id'], ['receiptId', 'consentReceiptId'], ['switchId', 'switch_id'],
  ['webhookSubscriptionId', 'subscription_id'], ['webhookEventId', 'webhook_event_id'], ['experienceId', 'experience_id'], ['configurationId', 'configuration_id'], ['appName', 'appName'],
];
/** Ids that the API's record of a row names beside its own. */
const ofRecord = ['institutionId', 'institutionLoginId', 'consumerId', 'portfolioId', 'applicationId', 'preAppId'] as const;
/** Families that write an id otherwise. `subscription_id` is a webhook's, never TxPUSH's `subscriptionId`. */
const alsoCalled: Readonly<Record<string, string>> = {
  customerId: 'customer_id', institutionId: 'institution_id', institutionLoginId: 'institution_login_id', applicationId: 'application_id', preAppId: 'pre_app_id',
};

export function knownIds(node: ExplorerNode | undefined): KnownIds {
  if (!node) return {};
  const row = node as unknown as Record<string, unknown>;
  const record = typeof row.data === 'object' && row.data !== null ? row.data as Record<string, unknown> : {};
  const known: Record<string, string> = {};
  const learn = (name: string, value: unknown): void => {
    const text = typeof value === 'number' ? String(value) : value;
    if (typeof text !== 'string' || text === '' || known[name] !== undefined) return;
    known[name] = text;
    if (alsoCalled[name]) known[alsoCalled[name]] = text;
  };
  for (const [field, parameter] of ofRow) learn(parameter, row[field]);
  if (node.kind === 'consumerRecord') learn('consumerId', node.recordId);
  if (node.kind === 'businessRecord') learn('business_id', node.recordId);
  for (const name of ofRecord) learn(name, record[name]);
  return known;
}

/** What a row is called in "for this …", and the parameter that is its own id. */
const own: Partial<Record<NodeKind, readonly [word: string, ...parameters: string[]]>> = {
  customer: ['customer', 'customerId', 'customer_id'], account: ['account', 'accountId'], report: ['report', 'reportId'],
  institutionLogin: ['institution login', 'institutionLoginId', 'institution_login_id'], institution: ['institution', 'institutionId', 'institution_id'],
  subscription: ['subscription', 'subscriptionId'], consumerRecord: ['consumer', 'consumerId'], businessRecord: ['business', 'business_id'],
  appRegistration: ['app registration', 'preAppId', 'pre_app_id', 'application_id', 'applicationId'], consent: ['consent', 'consent_receipt_id'],
  consentInstitution: ['consent', 'consent_receipt_id'], thirdPartyKey: ['third party\'s access', 'consentReceiptId'], microDeposit: ['micro-deposit', 'accountId'],
  depositSwitch: ['switch', 'switch_id'], billPaySwitch: ['switch', 'switch_id'], webhookSubscription: ['webhook subscription', 'subscription_id'],
  webhookEvent: ['webhook event', 'webhook_event_id'], experience: ['experience', 'experience_id'], configuration: ['configuration', 'configuration_id'],
  authorization: ['institution login', 'institution_login_id', 'institutionLoginId'], authorizationRecord: ['institution login', 'institution_login_id', 'institutionLoginId'],
};

/** Families that belong to a branch, which has no id of its own. */
const families: Partial<Record<NodeKind, (entry: OperationEntry) => boolean>> = {
  customers: ({ tag }) => tag === 'Customers', customerType: ({ tag }) => tag === 'Customers', institutions: ({ tag }) => tag === 'Institutions',
  appRegistrations: ({ tag }) => tag === 'App Registration', accounts: ({ tag }) => tag.startsWith('Accounts'), reports: ({ tag, report }) => tag === 'Reports' || report !== undefined,
  consumer: ({ tag }) => tag === 'Consumers', business: ({ tag }) => tag === 'Businesses API', transactions: ({ tag }) => tag === 'Transactions',
  accountTransactions: ({ tag }) => tag === 'Transactions', accountStatements: ({ tag }) => tag === 'Bank Statements', statement: ({ tag }) => tag === 'Bank Statements',
  accountSubscriptions: ({ tag }) => tag === 'TxPush', customerStatements: ({ tag }) => tag === 'Bank Statements', customerSubscriptions: ({ tag }) => tag === 'TxPush',
  consents: ({ tag }) => tag === 'Data Sharing Consent', transfers: ({ tag }) => tag === 'Transfer', depositSwitches: ({ tag }) => tag === 'Transfer', billPaySwitches: ({ tag }) => tag === 'Transfer',
  microDeposits: ({ tag }) => tag === 'Account Validation Assistance', webhookSubscriptions: ({ tag }) => tag === 'Webhook Subscription', thirdPartyAccess: ({ tag }) => tag === 'Third Party Access',
  connect: ({ tag }) => tag.startsWith('Connect'), experiences: ({ tag }) => tag === 'Connect', experienceApp: ({ tag }) => tag === 'Connect', configurations: ({ tag }) => tag === 'Connect Components',
};

export interface HereGroup {
  label: string;
  entries: OperationEntry[];
}

/** The operations that a row's ids are enough for, those that are the row's own first. */
export function operationsHere(node: ExplorerNode, catalogue: readonly OperationEntry[]): HereGroup[] {
  const known = knownIds(node);
  const hasIds = Object.keys(known).length > 0;
  const [word, ...parameters] = own[node.kind] ?? [];
  const ofFamily = families[node.kind];
  const applying = catalogue.filter((entry) => {
    const path = entry.parameters.filter((p) => p.in === 'path');
    const given = path.filter((p) => known[p.name] !== undefined).length;
    if (!path.every((p) => known[p.name] !== undefined || p.enum !== undefined)) return false;
    if (given > 0 || entry.parameters.some((p) => p.in !== 'path' && p.required && known[p.name] !== undefined)) return true;
    if (hasIds) return known.customerId !== undefined && requiredBodyProperties(entry.operationId).includes('customerId');
    return ofFamily?.(entry) ?? true;
  });
  const isOwn = (entry: OperationEntry): boolean => ofFamily?.(entry) ?? entry.parameters.some(({ name }) => parameters.includes(name));
  const groups = [
    { label: word ? `for this ${word}` : ofFamily ? 'for what is selected' : 'for this connection', entries: applying.filter(isOwn) },
    { label: known.customerId === undefined ? (hasIds ? 'also' : 'for this connection') : 'for its customer', entries: applying.filter((entry) => !isOwn(entry)) },
  ];
  return groups.filter(({ entries }) => entries.length > 0);
}
