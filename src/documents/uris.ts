// The one table between resources and their `openbanking:` URIs. Free of vscode: parts are plain strings, documents/ wraps them.
// openbanking://<connection>/customers/<id>/accounts/<aid>.json — the authority is the connection's id, the path names the resource,
// the extension picks the form (json, pdf), so tabs, diff, search, restore and copy-path work as for any file.

export type ResourceRef =
  | { kind: 'customer'; customerId: string }
  | { kind: 'customerApplication'; customerId: string }
  | { kind: 'accounts'; customerId: string }
  | { kind: 'account'; customerId: string; accountId: string }
  | { kind: 'customerTransactions'; customerId: string }
  | { kind: 'accountTransactions'; customerId: string; accountId: string }
  | { kind: 'transaction'; customerId: string; transactionId: string }
  | { kind: 'statements'; customerId: string; accountId: string }
  /** `index` counts from 1, the newest. */
  | { kind: 'statement'; customerId: string; accountId: string; index: number }
  | { kind: 'asset'; customerId: string; assetId: string }
  | { kind: 'consumer'; customerId: string }
  | { kind: 'business'; customerId: string }
  | { kind: 'reports'; customerId: string }
  | { kind: 'report'; customerId: string; reportId: string; form: 'json' | 'pdf' }
  /** Two reports beside each other; a view of what the explorer has, and nothing that the API answers. */
  | { kind: 'comparison'; customerId: string; reportId: string; otherReportId: string }
  | { kind: 'portfolio'; customerId: string; portfolioId: string }
  | { kind: 'txpushSubscription'; customerId: string; accountId: string; subscriptionId: string }
  | { kind: 'consents'; customerId: string }
  | { kind: 'consent'; customerId: string; consentReceiptId: string }
  /** The permission at an OAuth institution. */
  | { kind: 'authorization'; customerId: string; institutionLoginId: string }
  | { kind: 'depositSwitches' | 'billPaySwitches'; customerId: string }
  | { kind: 'depositSwitch' | 'billPaySwitch'; customerId: string; switchId: string }
  /** `accountId` is the receiving account's id, which is none of the customer's accounts. */
  | { kind: 'microDeposit'; customerId: string; accountId: string }
  | { kind: 'webhookSubscriptions' }
  | { kind: 'webhookSubscription'; subscriptionId: string }
  /** Of an application, by its registered name. */
  | { kind: 'experiences'; appName: string }
  | { kind: 'configurations' }
  | { kind: 'configuration'; configurationId: string }
  | { kind: 'institution'; institutionId: string }
  | { kind: 'institutionBranding'; institutionId: string }
  | { kind: 'appRegistration'; preAppId: string };

const id = '([^/]+?)';
type Fields = Record<string, string>;
interface Route {
  pattern: RegExp;
  read(m: string[]): ResourceRef;
}
const route = (template: string, read: (f: Fields) => ResourceRef): Route => {
  const names = [...template.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!);
  const pattern = new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{\w+\}/g, id)}$`);
  return { pattern, read: (m) => read(Object.fromEntries(names.map((name, i) => [name, decodeURIComponent(m[i + 1]!)]))) };
};
const routes: Route[] = [
  route('/customers/{customerId}.json', (f) => ({ kind: 'customer', customerId: f.customerId! })),
  route('/customers/{customerId}/application.json', (f) => ({ kind: 'customerApplication', customerId: f.customerId! })),
  route('/customers/{customerId}/accounts.json', (f) => ({ kind: 'accounts', customerId: f.customerId! })),
  route('/customers/{customerId}/accounts/{accountId}.json', (f) => ({ kind: 'account', customerId: f.customerId!, accountId: f.accountId! })),
  route('/customers/{customerId}/accounts/{accountId}/transactions.json', (f) => ({ kind: 'accountTransactions', customerId: f.customerId!, accountId: f.accountId! })),
  route('/customers/{customerId}/accounts/{accountId}/statements.json', (f) => ({ kind: 'statements', customerId: f.customerId!, accountId: f.accountId! })),
  route('/customers/{customerId}/accounts/{accountId}/statements/{index}.pdf', (f) => ({ kind: 'statement', customerId: f.customerId!, accountId: f.accountId!, index: Number(f.index) })),
  route('/customers/{customerId}/accounts/{accountId}/subscriptions/{subscriptionId}.json', (f) => ({ kind: 'txpushSubscription', customerId: f.customerId!, accountId: f.accountId!, subscriptionId: f.subscriptionId! })),
  route('/customers/{customerId}/transactions.json', (f) => ({ kind: 'customerTransactions', customerId: f.customerId! })),
  route('/customers/{customerId}/transactions/{transactionId}.json', (f) => ({ kind: 'transaction', customerId: f.customerId!, transactionId: f.transactionId! })),
  route('/customers/{customerId}/assets/{assetId}.pdf', (f) => ({ kind: 'asset', customerId: f.customerId!, assetId: f.assetId! })),
  route('/customers/{customerId}/consumer.json', (f) => ({ kind: 'consumer', customerId: f.customerId! })),
  route('/customers/{customerId}/business.json', (f) => ({ kind: 'business', customerId: f.customerId! })),
  route('/customers/{customerId}/reports.json', (f) => ({ kind: 'reports', customerId: f.customerId! })),
  route('/customers/{customerId}/reports/{reportId}.json', (f) => ({ kind: 'report', customerId: f.customerId!, reportId: f.reportId!, form: 'json' })),
  route('/customers/{customerId}/reports/{reportId}.pdf', (f) => ({ kind: 'report', customerId: f.customerId!, reportId: f.reportId!, form: 'pdf' })),
  route('/customers/{customerId}/comparisons/{reportId}/{otherReportId}.json', (f) => ({ kind: 'comparison', customerId: f.customerId!, reportId: f.reportId!, otherReportId: f.otherReportId! })),
  route('/customers/{customerId}/portfolios/{portfolioId}.json', (f) => ({ kind: 'portfolio', customerId: f.customerId!, portfolioId: f.portfolioId! })),
  route('/customers/{customerId}/accounts/login-{institutionLoginId}/authorization.json', (f) => ({ kind: 'authorization', customerId: f.customerId!, institutionLoginId: f.institutionLoginId! })),
  route('/customers/{customerId}/consents.json', (f) => ({ kind: 'consents', customerId: f.customerId! })),
  route('/customers/{customerId}/consents/{consentReceiptId}.json', (f) => ({ kind: 'consent', customerId: f.customerId!, consentReceiptId: f.consentReceiptId! })),
  route('/customers/{customerId}/transfers/deposit-switches.json', (f) => ({ kind: 'depositSwitches', customerId: f.customerId! })),
  route('/customers/{customerId}/transfers/deposit-switches/{switchId}.json', (f) => ({ kind: 'depositSwitch', customerId: f.customerId!, switchId: f.switchId! })),
  route('/customers/{customerId}/transfers/bill-pay-switches.json', (f) => ({ kind: 'billPaySwitches', customerId: f.customerId! })),
  route('/customers/{customerId}/transfers/bill-pay-switches/{switchId}.json', (f) => ({ kind: 'billPaySwitch', customerId: f.customerId!, switchId: f.switchId! })),
  route('/customers/{customerId}/micro-deposits/{accountId}.json', (f) => ({ kind: 'microDeposit', customerId: f.customerId!, accountId: f.accountId! })),
  route('/webhooks.json', () => ({ kind: 'webhookSubscriptions' })),
  route('/webhooks/{subscriptionId}.json', (f) => ({ kind: 'webhookSubscription', subscriptionId: f.subscriptionId! })),
  route('/connect/experiences/{appName}.json', (f) => ({ kind: 'experiences', appName: f.appName! })),
  route('/connect/configurations.json', () => ({ kind: 'configurations' })),
  route('/connect/configurations/{configurationId}.json', (f) => ({ kind: 'configuration', configurationId: f.configurationId! })),
  route('/institutions/{institutionId}.json', (f) => ({ kind: 'institution', institutionId: f.institutionId! })),
  route('/institutions/{institutionId}/branding.json', (f) => ({ kind: 'institutionBranding', institutionId: f.institutionId! })),
  route('/applications/{preAppId}.json', (f) => ({ kind: 'appRegistration', preAppId: f.preAppId! })),
];

const e = encodeURIComponent;

/** The URI path of a resource. */
export function resourcePath(ref: ResourceRef): string {
  switch (ref.kind) {
    case 'customer': return `/customers/${e(ref.customerId)}.json`;
    case 'customerApplication': return `/customers/${e(ref.customerId)}/application.json`;
    case 'accounts': return `/customers/${e(ref.customerId)}/accounts.json`;
    case 'account': return `/customers/${e(ref.customerId)}/accounts/${e(ref.accountId)}.json`;
    case 'customerTransactions': return `/customers/${e(ref.customerId)}/transactions.json`;
    case 'accountTransactions': return `/customers/${e(ref.customerId)}/accounts/${e(ref.accountId)}/transactions.json`;
    case 'transaction': return `/customers/${e(ref.customerId)}/transactions/${e(ref.transactionId)}.json`;
    case 'statements': return `/customers/${e(ref.customerId)}/accounts/${e(ref.accountId)}/statements.json`;
    case 'statement': return `/customers/${e(ref.customerId)}/accounts/${e(ref.accountId)}/statements/${ref.index}.pdf`;
    case 'txpushSubscription': return `/customers/${e(ref.customerId)}/accounts/${e(ref.accountId)}/subscriptions/${e(ref.subscriptionId)}.json`;
    case 'asset': return `/customers/${e(ref.customerId)}/assets/${e(ref.assetId)}.pdf`;
    case 'consumer': return `/customers/${e(ref.customerId)}/consumer.json`;
    case 'business': return `/customers/${e(ref.customerId)}/business.json`;
    case 'reports': return `/customers/${e(ref.customerId)}/reports.json`;
    case 'report': return `/customers/${e(ref.customerId)}/reports/${e(ref.reportId)}.${ref.form}`;
    case 'comparison': return `/customers/${e(ref.customerId)}/comparisons/${e(ref.reportId)}/${e(ref.otherReportId)}.json`;
    case 'portfolio': return `/customers/${e(ref.customerId)}/portfolios/${e(ref.portfolioId)}.json`;
    case 'authorization': return `/customers/${e(ref.customerId)}/accounts/login-${e(ref.institutionLoginId)}/authorization.json`;
    case 'consents': return `/customers/${e(ref.customerId)}/consents.json`;
    case 'consent': return `/customers/${e(ref.customerId)}/consents/${e(ref.consentReceiptId)}.json`;
    case 'depositSwitches': return `/customers/${e(ref.customerId)}/transfers/deposit-switches.json`;
    case 'depositSwitch': return `/customers/${e(ref.customerId)}/transfers/deposit-switches/${e(ref.switchId)}.json`;
    case 'billPaySwitches': return `/customers/${e(ref.customerId)}/transfers/bill-pay-switches.json`;
    case 'billPaySwitch': return `/customers/${e(ref.customerId)}/transfers/bill-pay-switches/${e(ref.switchId)}.json`;
    case 'microDeposit': return `/customers/${e(ref.customerId)}/micro-deposits/${e(ref.accountId)}.json`;
    case 'webhookSubscriptions': return '/webhooks.json';
    case 'webhookSubscription': return `/webhooks/${e(ref.subscriptionId)}.json`;
    case 'experiences': return `/connect/experiences/${e(ref.appName)}.json`;
    case 'configurations': return '/connect/configurations.json';
    case 'configuration': return `/connect/configurations/${e(ref.configurationId)}.json`;
    case 'institution': return `/institutions/${e(ref.institutionId)}.json`;
    case 'institutionBranding': return `/institutions/${e(ref.institutionId)}/branding.json`;
    case 'appRegistration': return `/applications/${e(ref.preAppId)}.json`;
  }
}

/** The resource that a URI path names; undefined when it names none. */
export function parseResourcePath(path: string): ResourceRef | undefined {
  for (const { pattern, read } of routes) {
    const match = pattern.exec(path);
    if (match) return readWhole(read, match as unknown as string[]);
  }
  return undefined;
}

/** A stray percent sign names nothing. */
function readWhole(read: Route['read'], match: string[]): ResourceRef | undefined {
  try {
    return read(match);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
