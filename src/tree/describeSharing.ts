// Who may read what of whom, in words: consents and their institutions, permissions at OAuth institutions, third parties' access.
import { tooltip } from './markdown.ts';
import type { NodeOf } from './nodes.ts';
import type { DescribeContext, NodeIcon, NodeWords } from './view.ts';
import { counted, dateTime, day } from './words.ts';
import { moment, number, record, records, text, type Wire } from './wire.ts';

const days = 86_400_000;
/** So long before the end a row says that it comes. */
const soon = 30 * days;

const active: NodeIcon = { id: 'pass', color: 'testing.iconPassed' };
const ending: NodeIcon = { id: 'watch', color: 'charts.yellow' };
const over: NodeIcon = { id: 'circle-slash' };

const endOf = (data: Wire): number | undefined => moment(record(data.accessPeriod).endDate);
const statusOf = (data: Wire): string => text(record(data.statusDetails).status) ?? 'unknown';

/** "until Mar 12, 2027"; with the days that are left when they are few. */
function until(end: number | undefined, { locale, now }: DescribeContext): string | undefined {
  if (end === undefined) return undefined;
  if (end <= now) return `ended ${day(end, locale)}`;
  return end - now < soon ? `ends in ${counted(Math.ceil((end - now) / days), 'day')}` : `until ${day(end, locale)}`;
}

const iconOf = (isActive: boolean, end: number | undefined, now: number): NodeIcon => (!isActive ? over : end !== undefined && end - now < soon ? ending : active);

/** The first name, and how many more there are: the state beside it must stay in sight. */
function joined(names: readonly string[]): string {
  const [first = '', ...more] = [...new Set(names)];
  return more.length === 0 ? first : `${first} and ${more.length} more`;
}

export function describeConsent({ consentReceiptId, data }: NodeOf<'consent'>, context: DescribeContext): NodeWords {
  const institutions = records(data, 'institutions');
  const status = statusOf(data);
  const isActive = status === 'ACTIVE';
  const lapsed = institutions.filter((institution) => statusOf(institution) !== 'ACTIVE').length;
  const end = endOf(data);
  const names = institutions.map((institution) => text(institution.institutionName) ?? `Institution ${text(institution.institutionId) ?? 'unknown'}`);
  const name = joined(names) || 'Consent';
  const purpose = text(data.purpose);
  const history = number(data.allowedTrnxHistoryInDays);
  return {
    label: name, flags: [status.toLowerCase()], icon: iconOf(isActive, end, context.now),
    description: [status.toLowerCase(), isActive ? until(end, context) : undefined, isActive && lapsed > 0 ? `${lapsed} of ${institutions.length} not active` : undefined, purpose].filter(Boolean).join(' · '),
    tooltip: tooltip('Consent', [
      ['Institutions', names.join(', ')],
      ['State', `${status} since ${dateTime(moment(record(data.statusDetails).statusDate), context.locale) ?? 'unknown'}`], ['Purpose', purpose], ['As the person read it', text(data.purposeStatement)],
      ['May be read', period(data, context)], ['Transactions before that', history === undefined ? undefined : history === 0 ? 'none' : counted(history, 'day')],
      ['Application', text(data.applicationName)], ['Given', text(data.context) === 'crossPartner' ? 'for accounts connected through another partner' : text(data.context)],
      ['Given on', dateTime(moment(data.createdDate), context.locale)], ['Receipt', [consentReceiptId, text(data.receiptVersion) && `version ${text(data.receiptVersion)}`].filter(Boolean).join(', ')],
    ], 'What the person agreed to share, with whom and until when. Run an Operation Here revokes it for all institutions; on the row of one, for that one.'),
  };
}

const period = (data: Wire, { locale }: DescribeContext): string | undefined => {
  const [from, to] = [day(moment(record(data.accessPeriod).startDate), locale), day(endOf(data), locale)];
  return from === undefined && to === undefined ? undefined : [from ?? 'unknown', to ?? 'unknown'].join(' to ');
};

const changers: Readonly<Record<string, string>> = {
  CUSTOMER: 'the person', PARTNER: 'the partner', INSTITUTION: 'the institution', SYSTEM: 'Mastercard, by itself', INTERNAL: 'Mastercard\'s staff',
};

export function describeConsentInstitution({ institutionLoginId, data }: NodeOf<'consentInstitution'>, context: DescribeContext): NodeWords {
  const status = statusOf(data);
  const isActive = status === 'ACTIVE';
  const since = day(moment(record(data.statusDetails).statusDate), context.locale);
  const accounts = records(data, 'accounts');
  const end = endOf(data);
  const name = text(data.institutionName) ?? `Institution ${text(data.institutionId) ?? 'unknown'}`;
  const changedBy = text(data.lastUpdatedBy);
  const handling = record(data.dataHandling);
  return {
    label: name, flags: [status.toLowerCase()], icon: iconOf(isActive, end, context.now), opens: true,
    description: [isActive ? 'active' : [status.toLowerCase(), since].filter(Boolean).join(' '), isActive ? until(end, context) : undefined, counted(accounts.length, 'account')].filter(Boolean).join(' · '),
    tooltip: tooltip(name, [
      ['State', [status, since && `since ${since}`].filter(Boolean).join(' ')], ['Changed last by', changedBy && (changers[changedBy] ?? changedBy)], ['May be read', period(data, context)],
      ['Shared', records(data, 'dataScopes').map((scope) => text(scope.name) ?? text(scope.id)).filter(Boolean).join('; ')], ['Accounts', accounts.map(accountWords).join(', ')],
      ['Owner', text(data.accountOwnerCategory)], ['Afterwards', [text(handling.postUsageStorage), text(handling.statement)].filter(Boolean).join(', ')], ['Institution login id', institutionLoginId],
    ], 'Opens the consent\'s receipt.'),
  };
}

function accountWords(data: Wire): string {
  const four = text(data.realAccountNumberLast4);
  return [text(data.name) ?? text(data.type) ?? text(data.id), four && `··${four}`, text(data.status) === 'INACTIVE' ? '(removed)' : undefined].filter(Boolean).join(' ');
}

export const describeAuthorization = (): NodeWords => ({
  label: 'Authorization', icon: { id: 'shield' },
  tooltip: tooltip('Authorization', [], 'Since when and until when the person lets this OAuth institution be read. The person has to sign in again before it ends.'),
});

export function describeAuthorizationRecord({ institutionLoginId, data }: NodeOf<'authorizationRecord'>, context: DescribeContext): NodeWords {
  const [start, end] = [moment(data.authorizationStartDate), moment(data.authorizationEndDate)];
  const isActive = end === undefined || end > context.now;
  return {
    label: isActive ? 'Authorized' : 'Authorization ended', description: until(end, context), flags: [isActive ? 'active' : 'ended'], icon: iconOf(isActive, end, context.now), opens: true,
    tooltip: tooltip('Authorization', [['From', dateTime(start, context.locale)], ['Until', dateTime(end, context.locale)], ['Institution login id', institutionLoginId]], 'Opens the details. The person has to sign in again before it ends.'),
  };
}

export const describeThirdPartyAccess = (): NodeWords => ({
  label: 'Third-Party Access', icon: { id: 'key' },
  tooltip: tooltip('Third-party access', [], 'Other partners that may use some of your customers\' data. The API cannot list them: shown are those given access from this editor. Others may exist.'),
});

const products: Readonly<Record<string, string>> = {
  moneyTransferDetails: 'account and routing number', availableBalance: 'cached balance', availableBalanceLive: 'live balance', accountOwner: 'account owner', paymentIndicator: 'payment success indicator',
};

export function describeThirdPartyKey({ receiptId, customerId, grant }: NodeOf<'thirdPartyKey'>, context: DescribeContext): NodeWords {
  const name = `Partner ${grant.thirdPartyPartnerId ?? 'unknown'}`;
  const end = number(grant.until);
  const isActive = end === undefined || end > context.now;
  const shared = grant.products.map((product) => (Object.hasOwn(products, product) ? products[product]! : product));
  return {
    label: name, flags: [isActive ? 'active' : 'ended'], icon: iconOf(isActive, end, context.now),
    description: [until(end, context), counted(grant.accounts, 'account'), shared.length === 1 ? shared[0] : counted(shared.length, 'product')].filter(Boolean).join(' · '),
    tooltip: tooltip(`Access of ${name.toLowerCase()}`, [
      ['May use', shared.join(', ')], ['Of customer', customerId], ['Accounts', String(grant.accounts)], ['Until', dateTime(end, context.locale)], ['Receipt id', receiptId], ['Noted', dateTime(grant.notedAt, context.locale)],
    ], 'Remembered from when it was given or changed here; the API cannot say whether it still stands. Run an Operation Here changes or revokes it.'),
  };
}
