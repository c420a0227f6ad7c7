// Data sharing consents on the wire; what they are made of stands in consents.ts. Quirks kept: the customer is a query parameter, pages are
// counted by page, `isBusinessConsumerStatement` is a word, disclosures are an empty list. Revoking what is revoked already answers 204.
import type { CustomerEntity } from '../entities.ts';
import { ApiFault } from '../types.ts';
import type { Handlers, SandboxContext, SandboxRequest } from '../types.ts';
import { seedRandom } from '../seedRandom.ts';
import { last4 } from './accountAccess.ts';
import { applicationById } from './applications.ts';
import { fireConsentEvent } from './consentEvents.ts';
import { accountsUnder, consentById, consentsOf, revokeArrangement } from './consents.ts';
import type { Arrangement, Consent } from './consents.ts';

const PURPOSES = [
  ['Lending', 'to check your income and assets for a loan'],
  ['Budgeting', 'to show you where your money goes'],
  ['Account opening', 'to fund your new account'],
  ['Payments', 'to see that a payment will go through'],
] as const;
const SCOPES = [
  { id: 'ACCOUNT_BASIC', name: 'Name, type and masked number of your accounts' },
  { id: 'ACCOUNT_DETAILED', name: 'Balances, limits, due dates and interest rates' },
  { id: 'TRANSACTIONS', name: 'Transactions, past and coming' },
  { id: 'CUSTOMER_PERSONAL', name: 'Your name and addresses as the institution has them' },
  { id: 'STATEMENTS', name: 'Monthly statements as PDF' },
] as const;
const HISTORY_DAYS = 365;

const iso = (moment: number) => new Date(moment * 1000).toISOString().replace('.000', '');
const isActive = ({ arrangements }: Consent) => arrangements.some(({ status }) => status === 'ACTIVE');
const statusOf = (consent: Consent) => (isActive(consent) ? 'ACTIVE' : 'INACTIVE');
const startOf = ({ arrangements }: Consent) => Math.min(...arrangements.map(({ startDate }) => startDate));
const endOf = ({ arrangements }: Consent) => Math.max(...arrangements.map(({ endDate }) => endDate));
/** Since when the consent is in its state: the first institution made it active, the last to end made it inactive. */
const statusDateOf = (consent: Consent) => isActive(consent)
  ? Math.min(...consent.arrangements.filter(({ status }) => status === 'ACTIVE').map(({ statusDate }) => statusDate))
  : Math.max(...consent.arrangements.map(({ statusDate }) => statusDate));

/** Every fifth consent of the seed came from another partner's connection. */
const contextOf = ({ id }: Consent, { world }: SandboxContext) =>
  (seedRandom(world.seed, 'consent context', id).chance(0.2) ? 'crossPartner' : 'partner');

const isBusiness = (customer: CustomerEntity, { state }: SandboxContext) => state.businesses.of(customer.id).length > 0;

function wireInstitution(arrangement: Arrangement, customer: CustomerEntity, context: SandboxContext) {
  const { login, status, statusDate, startDate, endDate, updatedBy } = arrangement;
  const accounts = accountsUnder(context, arrangement, customer);
  const business = accounts.some(({ account }) => account.marketSegment === 'business');
  const institution = context.world.institutions.find(({ id }) => id === login.institutionId);
  return {
    institutionId: String(login.institutionId), institutionLoginId: String(login.id), institutionName: (institution?.name ?? 'Unknown institution').slice(0, 50),
    accounts: accounts.map(({ account, active }) => ({
      id: account.id, realAccountNumberLast4: last4(account), type: account.type, name: account.name.slice(0, 40), status: active ? 'ACTIVE' : 'INACTIVE',
    })),
    createdDate: iso(login.createdDate), dataHandling: { postUsageStorage: 'deIdentification', statement: 'to find fraud sooner' },
    lastUpdatedBy: updatedBy, statusDetails: { status, statusDate: iso(statusDate) }, accessPeriod: { startDate: iso(startDate), endDate: iso(endDate) },
    isBusinessConsumerStatement: String(business), accountOwnerCategory: business ? 'BUSINESS' : 'INDIVIDUAL', dataScopes: SCOPES,
  };
}

function wireConsent(consent: Consent, { partnerId }: SandboxRequest, context: SandboxContext) {
  const { id, customer, createdDate, arrangements } = consent;
  const [purpose, purposeStatement] = seedRandom(context.world.seed, 'consent purpose', id).pick(PURPOSES);
  const application = customer.applicationId === undefined ? undefined : applicationById(context, customer.applicationId);
  return {
    consentReceiptId: id, receiptVersion: 1 + arrangements.reduce((sum, { changes }) => sum + changes, 0), customerId: customer.id,
    customerCategory: isBusiness(customer, context) ? 'BUSINESS' : 'INDIVIDUAL', purpose, purposeStatement, partnerId,
    applicationId: customer.applicationId, applicationName: application?.details.appName, context: contextOf(consent, context),
    allowedTrnxHistoryInDays: HISTORY_DAYS, createdDate: iso(createdDate), disclosures: [],
    statusDetails: { status: statusOf(consent), statusDate: iso(statusDateOf(consent)) },
    institutions: arrangements.map((arrangement) => wireInstitution(arrangement, customer, context)),
    accessPeriod: { startDate: iso(startOf(consent)), endDate: iso(endOf(consent)) },
  };
}

const notFound = () => new ApiFault(404, 10215, 'Consent receipt not found');
function theConsent({ path }: SandboxRequest, context: SandboxContext): Consent {
  const consent = consentById(context, path.consent_receipt_id as string);
  if (!consent) throw notFound();
  return consent;
}

const ORDERS: Readonly<Record<string, (a: Consent, b: Consent) => number>> = {
  startDate: (a, b) => a.createdDate - b.createdDate,
  endDate: (a, b) => endOf(a) - endOf(b),
  status: (a, b) => statusOf(a).localeCompare(statusOf(b)),
};

const by = ({ headers }: SandboxRequest) => (headers['update-by'] === 'PARTNER' ? 'PARTNER' : 'CUSTOMER');

function revoke({ login, status }: Arrangement, customer: CustomerEntity, request: SandboxRequest, context: SandboxContext): void {
  revokeArrangement(context, login, by(request));
  if (status === 'ACTIVE') fireConsentEvent(context, customer, login);
}

export const dataSharingConsentHandlers: Handlers = {
  GetDataSharingConsentsByCustomerId: (request, context) => {
    const { status, context: given, sort_by: sortBy = 'startDate', sort_order: order = 'Desc', start = '1', limit = '25' } = request.query;
    const customer = context.state.customers.get(request.query.customer_id ?? '');
    if (!customer) throw new ApiFault(404, 14001, 'Customer not found');
    const fitting = consentsOf(context, customer)
      .filter((consent) => (!status || statusOf(consent) === status) && (!given || contextOf(consent, context) === given))
      .sort((a, b) => (ORDERS[sortBy]?.(a, b) ?? 0) || a.createdDate - b.createdDate);
    if (order === 'Desc') fitting.reverse();
    const [page, size] = [Number(start), Number(limit)];
    const shown = fitting.slice((page - 1) * size, page * size).map((consent) => wireConsent(consent, request, context));
    return { status: 200, json: { found: fitting.length, displaying: shown.length, moreAvailable: page * size < fitting.length, consents: shown } };
  },
  GetDataSharingConsentsByID: (request, context) => ({ status: 200, json: wireConsent(theConsent(request, context), request, context) }),
  RevokeDataSharingConsentById: (request, context) => {
    const { arrangements, customer } = theConsent(request, context);
    for (const arrangement of arrangements) revoke(arrangement, customer, request, context);
    return { status: 204 };
  },
  RevokeDataSharingConsentByInstitutionLoginID: (request, context) => {
    const { arrangements, customer } = theConsent(request, context);
    const arrangement = arrangements.find(({ login }) => String(login.id) === request.path.institution_login_id);
    if (!arrangement) throw notFound();
    revoke(arrangement, customer, request, context);
    return { status: 204 };
  },
};
