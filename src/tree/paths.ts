// Paths of the explorer's nodes, in one place. Ids are escaped, so that none of them can reach into another branch.

const e = encodeURIComponent;

export const customersPath = (connectionId: string): string => `${connectionId}/customers`;
export const customerTypePath = (connectionId: string, type: 'testing' | 'active'): string => `${connectionId}/customers/${type}`;
export const customerPath = (connectionId: string, customerId: string): string => `${connectionId}/customers/${e(customerId)}`;
export type CustomerBranch =
  | 'accounts' | 'consumer' | 'business' | 'reports' | 'transactions' | 'statements' | 'subscriptions' | 'consents' | 'transfers' | 'micro-deposits';
export const branchPath = (connectionId: string, customerId: string, branch: CustomerBranch): string => `${customerPath(connectionId, customerId)}/${branch}`;
export const accountPath = (connectionId: string, customerId: string, accountId: string): string => `${branchPath(connectionId, customerId, 'accounts')}/${e(accountId)}`;
export const loginPath = (connectionId: string, customerId: string, loginId: string): string => `${branchPath(connectionId, customerId, 'accounts')}/login-${e(loginId)}`;
export const reportPath = (connectionId: string, customerId: string, reportId: string): string => `${branchPath(connectionId, customerId, 'reports')}/${e(reportId)}`;
export const consentPath = (connectionId: string, customerId: string, receiptId: string): string => `${branchPath(connectionId, customerId, 'consents')}/${e(receiptId)}`;
export const institutionsPath = (connectionId: string): string => `${connectionId}/institutions`;
export const institutionPath = (connectionId: string, institutionId: string): string => `${connectionId}/institutions/${e(institutionId)}`;
export const appRegistrationsPath = (connectionId: string): string => `${connectionId}/applications`;
export const appRegistrationPath = (connectionId: string, preAppId: string): string => `${connectionId}/applications/${e(preAppId)}`;
export const webhooksPath = (connectionId: string): string => `${connectionId}/webhooks`;
export const webhookPath = (connectionId: string, subscriptionId: string): string => `${connectionId}/webhooks/${e(subscriptionId)}`;
export const connectPath = (connectionId: string): string => `${connectionId}/connect`;
export const experiencesPath = (connectionId: string): string => `${connectionId}/connect/experiences`;
export const configurationsPath = (connectionId: string): string => `${connectionId}/connect/configurations`;
export const thirdPartyAccessPath = (connectionId: string): string => `${connectionId}/third-party-access`;

/** The path without its last segment; empty for a connection's. */
export const parentSegment = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Whether `path` is `prefix` or lies under it. */
export const isUnder = (path: string, prefix: string): boolean => path === prefix || path.startsWith(`${prefix}/`);

/** The last segment, unescaped. */
export const lastId = (path: string): string => decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));

/** Takes grouping segments out of a customer's path: nodes never carry them, but a caller may think in them. */
export const canonical = (path: string): string => path.replace(/^([^/]+\/customers)\/(?:testing|active)\/(?=.)/, '$1/');
