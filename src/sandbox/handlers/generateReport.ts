// Asking for a report: who must be there, which accounts fit, the acknowledgement. The order is consumer, business, freeze or dispute,
// accounts, dates, then what else it is made of (reportSources.ts). A report takes six seconds of the sandbox's clock, longer the more it
// holds; it fails when no account of it could be read, or nothing else that it is made of.
import type { AccountEntity, ConsumerEntity, CustomerEntity, ReportEntity } from '../entities.ts';
import { headOf } from '../reports/body.ts';
import { FIRST_READ_BY } from '../reports/incomeReports.ts';
import { reportIds, requestIdOf } from '../reports/ids.ts';
import { kindAskedFor, sourcesOf } from '../reports/kinds.ts';
import type { ReportKindRule } from '../reports/kinds.ts';
import { ApiFault } from '../types.ts';
import type { Handler, SandboxContext, SandboxReply, SandboxRequest } from '../types.ts';
import { DAY } from '../world/streams.ts';
import { notTheirAccount, rowsOf, theCustomer } from './accountAccess.ts';
import { refreshed } from './accounts.ts';
import { materialOf, originalReport } from './reportSources.ts';
import { notifyReport } from './reportWebhooks.ts';

const READY_AFTER = 6;
const ROWS_A_SECOND = 500;
const LONGEST = 45;

type Body = Record<string, unknown> & { accountIds?: string; fromDate?: number; toDate?: number; reportCustomFields?: unknown[]; statementReportData?: { accountId: number; statementIndex?: number } };

/** What a consumer did to its data: set by the `consumerFlag` bag, or by the last names Freeze and Dispute. */
export function consumerFlag(consumer: ConsumerEntity | undefined, { state }: Pick<SandboxContext, 'state'>): 'freeze' | 'dispute' | undefined {
  const flag = consumer && (state.bag<string>('consumerFlag').get(consumer.id) ?? String(consumer.details.lastName ?? '').toLowerCase());
  return flag === 'freeze' || flag === 'dispute' ? flag : undefined;
}

/** A consumer that froze or disputes its data gets no report. */
export function checkConsumerFlag(consumer: ConsumerEntity | undefined, context: Pick<SandboxContext, 'state'>): void {
  const flag = consumerFlag(consumer, context);
  if (flag === 'freeze') throw new ApiFault(403, 10405, 'An active security freeze for this customer exists.', { status: '403' });
  if (flag === 'dispute') throw new ApiFault(403, 10406, 'An active dispute for this customer exists.', { status: '403' });
}

export const generateReport: Handler = (request, context) => {
  const { operation: { operationId }, path } = request;
  const kind = kindAskedFor(operationId, { path, body: (request.body ?? {}) as Body });
  if (!kind) throw new Error(`No report kind for ${operationId}`);
  return makeReport(kind, theCustomer(request, context), request, context);
};

/** The acknowledgement of a new report of this kind; `extra` are fields of the head that only this kind has. */
export function makeReport(kind: ReportKindRule, customer: CustomerEntity, request: SandboxRequest, context: SandboxContext, extra?: ReportEntity['extra']): SandboxReply {
  const { state, world, now } = context;
  const body = (request.body ?? {}) as Body;
  const consumer = kind.consumer ? state.consumers.of(customer.id)[0] : undefined;
  if (kind.consumer && !consumer) throw new ApiFault(404, 10100, `Cannot find consumer for customer with id ${customer.id}.`);
  if (kind.business && state.businesses.of(customer.id).length === 0) throw new ApiFault(404, 10100, `Cannot find business for customer with id ${customer.id}.`);
  checkConsumerFlag(consumer, context);
  if ((body.reportCustomFields?.length ?? 0) > 5) throw new ApiFault(400, 10100, 'At most 5 reportCustomFields can be given.');
  const ofAccounts = sourcesOf(kind).includes('accounts');
  const accounts = ofAccounts ? accountsFor(kind, body, customer.id, context) : [];
  const material = materialOf(kind, { body, customer, consumer, context });
  const constraints = { ...(ofAccounts || sourcesOf(kind).includes('submitted') ? constraintsOf(kind, request, body, accounts, now()) : {}), ...material.constraints };
  const callbackUrl = request.query.callbackUrl || undefined;
  if (callbackUrl !== undefined && !URL.canParse(callbackUrl)) throw new ApiFault(400, 10100, 'Invalid parameter (callbackUrl)');

  const createdDate = now();
  const ids = reportIds(world.seed);
  const id = ids.made(state.next('report')) + kind.idSuffix;
  const fetched = accounts.map((account) => refreshed(account, createdDate));
  // What was never refreshed is fetched for the report, and stays fetched.
  for (const [at, account] of fetched.entries()) if (accounts[at]?.aggregationSuccessDate === undefined && account.aggregationStatusCode === 0) state.accounts.put(account);
  const failed = fetched.filter((account) => account.aggregationStatusCode !== 0);
  const unread = fetched.length > 0 && failed.length === fetched.length ? failed : [];
  const errors = [...unread.map((account) => ({ code: account.aggregationStatusCode, message: 'The account could not be read at its institution.', accountId: account.id })), ...material.errors];
  const held = fetched.reduce((sum, account) => sum + rowsOf(context, { ...account, historyFrom: 0 }, createdDate - kind.days * DAY, createdDate).length, 0);
  const report: ReportEntity = {
    id, customerId: customer.id, consumerId: consumer?.id, type: kind.type, operationId: kind.operationId, requestId: requestIdOf(world.seed, id), createdDate,
    readyDate: createdDate + Math.min(LONGEST, READY_AFTER + Math.floor(held / ROWS_A_SECOND)), outcome: errors.length > 0 ? 'failure' : 'success', title: kind.title, constraints, callbackUrl, accounts: fetched, payAccounts: material.payAccounts,
    extra: extra ?? material.extra, errors: errors.length > 0 ? errors : undefined,
    portfolioId: kind.portfolio === 'never' ? undefined : `${ids.portfolioBase(customer.id)}-${nextVersion(customer.id, context)}-port`,
  };
  state.reports.put(report);
  const firstReadBy = state.bag<string>(FIRST_READ_BY);
  if (errors.length === 0) for (const assetId of material.reads) if (firstReadBy.get(assetId) === undefined) firstReadBy.put(assetId, report.id);
  state.bag<string>('reportOwner').put(report.id, customer.id);
  if (report.portfolioId) state.bag<string>('portfolioOwner').put(ids.portfolioBase(customer.id), customer.id);
  notifyReport(report, consumer, context);
  const named = kind.namesConsumer ? state.consumers.of(customer.id)[0] : consumer;
  return { status: 202, json: headOf(report, customer, named, 'inProgress') };
}

/** Versions count on from the portfolio's newest. */
const nextVersion = (customerId: string, { state }: Pick<SandboxContext, 'state'>) =>
  1 + Math.max(0, ...state.reports.of(customerId).map(({ portfolioId }) => Number(/-(\d+)-port$/.exec(portfolioId ?? '')?.[1] ?? 0)));

/** The accounts that the report is made of; 38003 for one that is not the customer's, 10106 when none fits. */
function accountsFor(kind: ReportKindRule, body: Body, customerId: string, context: Pick<SandboxContext, 'state'>): AccountEntity[] {
  const own = context.state.accounts.of(customerId).filter((account) => account.status === 'active');
  const named = kind.type === 'statement' ? [String(body.statementReportData?.accountId ?? '')] : (body.accountIds ?? '').split(/[\s,]+/).filter(Boolean);
  const asked = named.length > 0 ? named : accountsOfOriginal(body.reportId, own, customerId, context);
  const unknown = asked.filter((id) => !own.some((account) => account.id === id));
  if (unknown.length > 0) throw notTheirAccount(customerId, unknown);
  const chosen = asked.length > 0 ? own.filter(({ id }) => asked.includes(id)) : own;
  const fitting = chosen.filter((account) => !kind.accountTypes || kind.accountTypes.has(account.type));
  if (fitting.length === 0) {
    throw new ApiFault(400, 10106, 'Invalid account type: no eligible account for this report.');
  }
  return fitting;
}

/** Those of an earlier report that the request names, as far as they are still there. */
function accountsOfOriginal(reportId: unknown, own: readonly AccountEntity[], customerId: string, context: Pick<SandboxContext, 'state'>): string[] {
  const ids = typeof reportId === 'string' ? originalReport(reportId, customerId, context)?.constraints.accountIds : undefined;
  return Array.isArray(ids) ? own.filter(({ id }) => ids.includes(id)).map(({ id }) => id) : [];
}

/** As asked, with `accountIds` as the array that the answer carries. */
function constraintsOf(kind: ReportKindRule, request: SandboxRequest, body: Body, accounts: readonly AccountEntity[], now: number): Record<string, unknown> {
  const { accountIds: text, ...asked } = body;
  if (kind.type === 'statement') return { ...asked, statementReportData: { accountId: Number(accounts[0]?.id), statementIndex: body.statementReportData?.statementIndex ?? 1 } };
  const ids = accounts.map(({ id }) => id);
  const constraints: Record<string, unknown> = kind.textAccountIds ? { ...asked, ...(text === undefined ? {} : { accountIds: ids.join(' ') }) } : { ...asked, accountIds: ids };
  if (kind.type === 'transactions') {
    const { query } = request;
    const fromDate = Number(query.fromDate ?? body.fromDate);
    const toDate = Number(query.toDate ?? body.toDate ?? now);
    if (Number.isNaN(fromDate)) throw new ApiFault(400, 10005, 'Missing parameter (fromDate)');
    Object.assign(constraints, { fromDate, toDate, includePending: query.includePending === 'true' });
  }
  const { fromDate, toDate = now } = constraints as { fromDate?: number; toDate?: number };
  if (fromDate !== undefined && (fromDate > toDate || fromDate > now)) throw new ApiFault(400, 41002, 'Invalid date range: fromDate is later than toDate');
  if (kind.type === 'transactions' && toDate - (fromDate ?? 0) > (kind.maxDays + 2) * DAY) throw new ApiFault(400, 41002, 'Invalid date range: more than 24 months');
  return constraints;
}
