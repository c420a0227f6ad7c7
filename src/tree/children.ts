// Which loader brings the children of which node: the tree's one table from kinds to requests. Free of vscode.
import { findCustomer, loadCustomers, loadCustomerType } from './loaders/customers.ts';
import { loadBusiness, loadConsumer, loadCustomer } from './loaders/customer.ts';
import { loadAccount, loadStatements, loadSubscriptions } from './loaders/account.ts';
import { loadAccounts, loadInstitutionLogin } from './loaders/accounts.ts';
import { loadConfigurations, loadConnect, loadExperienceApp, loadExperiences } from './loaders/connect.ts';
import { loadAuthorization, loadConsent, loadConsents } from './loaders/consents.ts';
import { loadCustomerStatements, loadCustomerSubscriptions } from './loaders/customerAccounts.ts';
import { findInstitution, loadAppRegistrations, loadInstitutions } from './loaders/institutions.ts';
import { loadMicroDeposits } from './loaders/microDeposits.ts';
import { loadReports } from './loaders/reports.ts';
import { loadConnection, loadRoot } from './loaders/root.ts';
import { loadThirdPartyAccess } from './loaders/thirdPartyAccess.ts';
import { loadBillPaySwitches, loadDepositSwitches, loadTransfers } from './loaders/transfers.ts';
import { loadWebhookSubscription, loadWebhookSubscriptions } from './loaders/webhooks.ts';
import type { LoaderParts } from './loaders/reading.ts';
import { explainFailure } from './failures.ts';
import type { ExplorerNode } from './nodes.ts';
import type { LoadRequest, LoadResult, TreeSource } from './source.ts';

const nothing: LoadResult = { nodes: [] };

function load(node: ExplorerNode, request: LoadRequest, parts: LoaderParts): Promise<LoadResult> {
  switch (node.kind) {
    case 'connection': return loadConnection(node, request, parts);
    case 'customers': return loadCustomers(node, request, parts);
    case 'customerType': return loadCustomerType(node, request, parts);
    case 'customer': return loadCustomer(node, request, parts);
    case 'accounts': return loadAccounts(node, request, parts);
    case 'institutionLogin': return loadInstitutionLogin(node, request, parts);
    case 'account': return loadAccount(node, request, parts);
    case 'accountStatements': return loadStatements(node, request, parts);
    case 'accountSubscriptions': return loadSubscriptions(node, request, parts);
    case 'consumer': return loadConsumer(node, request, parts);
    case 'business': return loadBusiness(node, request, parts);
    case 'reports': return loadReports(node, request, parts);
    case 'institutions': return loadInstitutions(node, request, parts);
    case 'appRegistrations': return loadAppRegistrations(node, request, parts);
    case 'customerStatements': return loadCustomerStatements(node, request, parts);
    case 'customerSubscriptions': return loadCustomerSubscriptions(node, request, parts);
    case 'authorization': return loadAuthorization(node, request, parts);
    case 'consents': return loadConsents(node, request, parts);
    case 'consent': return loadConsent(node, request, parts);
    case 'transfers': return loadTransfers(node, request, parts);
    case 'depositSwitches': return loadDepositSwitches(node, request, parts);
    case 'billPaySwitches': return loadBillPaySwitches(node, request, parts);
    case 'microDeposits': return loadMicroDeposits(node, request, parts);
    case 'webhookSubscriptions': return loadWebhookSubscriptions(node, request, parts);
    case 'webhookSubscription': return loadWebhookSubscription(node, request, parts);
    case 'connect': return loadConnect(node, request, parts);
    case 'experiences': return loadExperiences(node, request, parts);
    case 'experienceApp': return loadExperienceApp(node, request, parts);
    case 'configurations': return loadConfigurations(node, request, parts);
    case 'thirdPartyAccess': return loadThirdPartyAccess(node, request, parts);
    default: return Promise.resolve(nothing);
  }
}

/** Kinds that open: the rest are leaves. */
export const isBranch = (kind: ExplorerNode['kind']): boolean => branchKinds.has(kind);
const branchKinds: ReadonlySet<ExplorerNode['kind']> = new Set<ExplorerNode['kind']>([
  'connection', 'customers', 'customerType', 'customer', 'accounts', 'institutionLogin', 'account', 'accountStatements', 'accountSubscriptions',
  'consumer', 'business', 'reports', 'institutions', 'appRegistrations',
  'customerStatements', 'customerSubscriptions', 'authorization', 'consents', 'consent', 'transfers', 'depositSwitches', 'billPaySwitches', 'microDeposits',
  'webhookSubscriptions', 'webhookSubscription', 'connect', 'experiences', 'experienceApp', 'configurations', 'thirdPartyAccess',
]);

export function createSource(parts: LoaderParts): TreeSource {
  return {
    load: (request) => (request.node ? load(request.node, request, parts) : loadRoot(parts)),
    find: async (path, signal) => {
      if (/^[^/]+\/customers\/[^/]+$/.test(path)) return findCustomer(path, signal, parts);
      if (/^[^/]+\/institutions\/[^/]+$/.test(path)) return findInstitution(path, signal, parts);
      return undefined;
    },
    explain: explainFailure,
  };
}
