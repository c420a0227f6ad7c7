// A node in words: label, description, tooltip, icon, and what menus match (`viewItem`). Pure, so every wording is tested without an editor.
// viewItem is `kind;flag;flag…`: connection;<environment>;active|inactive;readOnly, customers;filtered, institutions;filtered,
// customerType;<type>, customer;<type>, institutionLogin;<state unless ok>, account;<state>, report;running|success|failure, institution;oauth,
// appRegistration;<status>, and likewise <status> of consent, consentInstitution, authorizationRecord, depositSwitch, billPaySwitch, microDeposit,
// webhookSubscription, webhookEvent, thirdPartyKey. Flags may be missing: match a kind by /^customer(;|$)/.
import { isBranch } from './children.ts';
import { describeAccount, describeAccountBranch, describeInstitutionLogin, describeStatement, describeSubscription } from './describeAccounts.ts';
import {
  describeConfiguration, describeConfigurations, describeConnectBranch, describeExperience, describeExperienceApp, describeExperiences, describeWebhookEvent, describeWebhookSubscription,
  describeWebhookSubscriptions,
} from './describeConnect.ts';
import { describeConnection, describeCustomers, describeInstitutions } from './describeRoot.ts';
import { describeAppRegistration, describeBusiness, describeConsumer, describeCustomer, describeInstitution, describeReport } from './describeRecords.ts';
import {
  describeAuthorization, describeAuthorizationRecord, describeConsent, describeConsentInstitution, describeThirdPartyAccess, describeThirdPartyKey,
} from './describeSharing.ts';
import { describeBillPaySwitches, describeDepositSwitches, describeMicroDeposit, describeMicroDeposits, describeSwitch, describeTransfers } from './describeTransfers.ts';
import { tooltip } from './markdown.ts';
import { maskedNode } from './masked.ts';
import type { ExplorerNode } from './nodes.ts';
import type { DescribeContext, NodeView, NodeWords } from './view.ts';

const words: { [K in ExplorerNode['kind']]: (node: Extract<ExplorerNode, { kind: K }>, context: DescribeContext) => NodeWords } = {
  connection: describeConnection,
  customers: describeCustomers,
  institutions: describeInstitutions,
  appRegistrations: () => ({ label: 'App Registrations', icon: { id: 'window' }, tooltip: tooltip('App Registrations', [], 'Your applications as OAuth institutions know them, with the state of their registration.') }),
  customerType: ({ type, found, open }) => ({
    label: type === 'testing' ? 'Testing' : 'Active', description: found?.toLocaleString('en-US'), flags: [type], expanded: open,
    icon: { id: type === 'testing' ? 'beaker' : 'organization' },
    tooltip: type === 'testing'
      ? tooltip('Testing customers', [], 'Free. They link the FinBank test institutions and nothing else.')
      : tooltip('Active customers', [], 'Billable. They link live institutions.'),
  }),
  customer: describeCustomer,
  accounts: () => ({ label: 'Accounts', icon: { id: 'credit-card' }, tooltip: tooltip('Accounts', [], 'By institution login. The last known balances: nothing here contacts a bank. Refresh Accounts does, and only by hand.') }),
  reports: () => ({ label: 'Reports', icon: { id: 'graph' }, tooltip: tooltip('Reports', [], 'Every report made for this customer, newest first. One that is being made is followed while this branch is open.') }),
  transactions: () => ({
    label: 'Transactions', description: 'last 24 months', icon: { id: 'list-flat' }, opens: true,
    tooltip: tooltip('Transactions of all accounts', [], 'Opens them as a table that filters, groups, sums and exports; pages are read as it takes them. As JSON it is the last 90 days, 5,000 at most.'),
  }),
  customerStatements: () => ({
    label: 'Statements', icon: { id: 'file-pdf' },
    tooltip: tooltip('Statements', [], 'By account, those at institutions that are certified for statements. Whether a bank keeps any is known only when one is opened.'),
  }),
  customerSubscriptions: () => ({
    label: 'Subscriptions', icon: { id: 'rss' }, tooltip: tooltip('TxPUSH subscriptions', [], 'By account. The API cannot list them: shown are those made from this editor. Others may exist.'),
  }),
  consents: () => ({ label: 'Consents', icon: { id: 'shield' }, tooltip: tooltip('Consents', [], 'What the person agreed to share, from which institutions and until when.') }),
  transfers: describeTransfers,
  depositSwitches: describeDepositSwitches,
  billPaySwitches: describeBillPaySwitches,
  microDeposits: describeMicroDeposits,
  consumer: () => ({ label: 'Consumer', icon: { id: 'account' }, tooltip: tooltip('Consumer', [], 'The person behind the customer, as reports need it. A customer has one at most, and it stays when the customer is deleted.') }),
  business: () => ({ label: 'Business', icon: { id: 'briefcase' }, tooltip: tooltip('Business', [], 'The firm behind the customer, for small-business reports. A customer has one at most.') }),
  consumerRecord: describeConsumer,
  businessRecord: describeBusiness,
  institutionLogin: describeInstitutionLogin,
  account: describeAccount,
  report: describeReport,
  accountTransactions: describeAccountBranch,
  accountStatements: describeAccountBranch,
  accountSubscriptions: describeAccountBranch,
  statement: describeStatement,
  subscription: describeSubscription,
  authorization: describeAuthorization,
  authorizationRecord: describeAuthorizationRecord,
  consent: describeConsent,
  consentInstitution: describeConsentInstitution,
  depositSwitch: describeSwitch,
  billPaySwitch: describeSwitch,
  microDeposit: describeMicroDeposit,
  webhookSubscriptions: describeWebhookSubscriptions,
  webhookSubscription: describeWebhookSubscription,
  webhookEvent: describeWebhookEvent,
  connect: describeConnectBranch,
  experiences: describeExperiences,
  experienceApp: describeExperienceApp,
  experience: describeExperience,
  configurations: describeConfigurations,
  configuration: describeConfiguration,
  thirdPartyAccess: describeThirdPartyAccess,
  thirdPartyKey: describeThirdPartyKey,
  institution: describeInstitution,
  appRegistration: describeAppRegistration,
  more: ({ shown, found }) => ({
    label: `Load more (${shown.toLocaleString('en-US')}${found === undefined ? '' : ` of ${found.toLocaleString('en-US')}`})`, icon: { id: 'ellipsis' },
    command: { id: 'openBanking.loadMore', title: 'Load More' }, tooltip: tooltip('Load more', [], 'Reads the next page and adds it below.'),
  }),
  empty: ({ text, detail, command }) => ({
    label: text, icon: { id: command ? 'lightbulb' : 'info' }, tooltip: tooltip(text, [], detail), ...(command && { command: { id: command, title: text } }),
  }),
  failed: ({ text, detail, code }) => ({
    label: text, description: code && (code.startsWith('HTTP') ? code : `code ${code}`), icon: { id: 'error', color: 'list.errorForeground' },
    command: { id: 'openBanking.retry', title: 'Retry' }, spoken: `Failed: ${text}${code ? `, code ${code}` : ''}. Press Enter to retry.`,
    tooltip: tooltip(text, [], detail, 'Select it, or its Retry button, to ask again.'),
  }),
};

/** Everything the editor draws of a node. `summary` is what its loaded children say of it. */
export function describeNode(node: ExplorerNode, context: DescribeContext): NodeView {
  const describe = words[node.kind] as (node: ExplorerNode, context: DescribeContext) => NodeWords;
  const { label, description, flags = [], expanded, spoken, ...rest } = describe(context.masker ? maskedNode(node, context.masker) : node, context);
  const beside = [description, context.summary].filter((part) => part !== undefined && part !== '').join(' · ');
  return {
    ...rest, label, ...(beside !== '' && { description: beside }),
    contextValue: [node.kind, ...flags].join(';'),
    state: isBranch(node.kind) ? (expanded ? 'expanded' : 'collapsed') : 'leaf',
    spoken: spoken ?? [label, beside].filter((part) => part !== '').join(', '),
  };
}
