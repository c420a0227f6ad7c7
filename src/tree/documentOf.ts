// Which document a node stands for, and how it opens by default. Free of vscode.
import type { ResourceRef } from '../documents/uris.ts';
import type { ExplorerNode } from './nodes.ts';

/** The resource whose JSON (or PDF, for a statement) belongs to a node: its own, else the one it is part of. Undefined where there is none to read. */
export function documentOf(node: ExplorerNode): ResourceRef | undefined {
  switch (node.kind) {
    case 'customer': return { kind: 'customer', customerId: node.customerId };
    case 'accounts': return { kind: 'accounts', customerId: node.customerId };
    case 'account': return { kind: 'account', customerId: node.customerId, accountId: node.accountId };
    case 'reports': return { kind: 'reports', customerId: node.customerId };
    case 'report': return { kind: 'report', customerId: node.customerId, reportId: node.reportId, form: 'json' };
    case 'consumer': case 'consumerRecord': return { kind: 'consumer', customerId: node.customerId };
    case 'business': case 'businessRecord': return { kind: 'business', customerId: node.customerId };
    case 'transactions': return { kind: 'customerTransactions', customerId: node.customerId };
    case 'accountTransactions': return { kind: 'accountTransactions', customerId: node.customerId, accountId: node.accountId };
    case 'statement': return { kind: 'statement', customerId: node.customerId, accountId: node.accountId, index: node.index };
    case 'consents': return { kind: 'consents', customerId: node.customerId };
    case 'consent': case 'consentInstitution': return { kind: 'consent', customerId: node.customerId, consentReceiptId: node.consentReceiptId };
    case 'authorization': case 'authorizationRecord': return { kind: 'authorization', customerId: node.customerId, institutionLoginId: node.institutionLoginId };
    case 'depositSwitches': case 'billPaySwitches': return { kind: node.kind, customerId: node.customerId };
    case 'depositSwitch': case 'billPaySwitch': return { kind: node.kind, customerId: node.customerId, switchId: node.switchId };
    case 'microDeposit': return { kind: 'microDeposit', customerId: node.customerId, accountId: node.depositAccountId };
    case 'webhookSubscriptions': return { kind: 'webhookSubscriptions' };
    case 'webhookSubscription': case 'webhookEvent': return { kind: 'webhookSubscription', subscriptionId: node.webhookSubscriptionId };
    case 'experienceApp': case 'experience': return { kind: 'experiences', appName: node.appName };
    case 'configurations': return { kind: 'configurations' };
    case 'configuration': return { kind: 'configuration', configurationId: node.configurationId };
    case 'institution': return { kind: 'institution', institutionId: node.institutionId };
    case 'appRegistration': return { kind: 'appRegistration', preAppId: node.preAppId };
    default: return undefined;
  }
}

/** The transactions of a node's customer or account. */
export function transactionsOf(node: ExplorerNode): ResourceRef | undefined {
  if ('accountId' in node) return { kind: 'accountTransactions', customerId: node.customerId, accountId: node.accountId };
  return 'customerId' in node ? { kind: 'customerTransactions', customerId: node.customerId } : undefined;
}

/** The id that Copy ID copies; undefined where there is none of the API's own. */
export function idOf(node: ExplorerNode): string | undefined {
  switch (node.kind) {
    case 'connection': return node.connectionId;
    case 'institutionLogin': return node.institutionLoginId || undefined;
    case 'account': return node.accountId;
    case 'report': return node.reportId;
    case 'consumerRecord': case 'businessRecord': return node.recordId;
    case 'subscription': return node.subscriptionId;
    case 'consent': return node.consentReceiptId;
    case 'consentInstitution': case 'authorizationRecord': return node.institutionLoginId || undefined;
    case 'depositSwitch': case 'billPaySwitch': return node.switchId;
    case 'microDeposit': return node.depositAccountId;
    case 'webhookSubscription': return node.webhookSubscriptionId;
    case 'webhookEvent': return node.webhookEventId;
    case 'experience': return node.experienceId;
    case 'configuration': return node.configurationId;
    case 'thirdPartyKey': return node.receiptId;
    case 'institution': return node.institutionId;
    case 'appRegistration': return node.preAppId;
    case 'customer': return node.customerId;
    default: return undefined;
  }
}
