// The older analytics (/analytics/*): made at once for a customer that has a business (409 without), read by a UUID as JSON or PDF. Reports
// made under the FCRA are read under /fcra alone, with a purpose; the others without.
import { legacyAnalyticsPdf } from '../pdf/legacyAnalyticsPdf.ts';
import { REQUESTER } from '../reports/body.ts';
import { reportPinOf } from '../reports/ids.ts';
import { legacyBody, offsetDate, TITLES } from '../reports/legacyAnalytics.ts';
import type { LegacyKind, LegacyReport } from '../reports/legacyAnalytics.ts';
import { seedRandom, uuidFrom } from '../seedRandom.ts';
import { ApiFault } from '../types.ts';
import type { Handler, Handlers, SandboxContext } from '../types.ts';
import { holdsSecurities } from '../world/transactions.ts';
import { isOwed } from '../world/transfers.ts';
import { theCustomer } from './accountAccess.ts';
import { refreshed } from './accounts.ts';
import { checkConsumerFlag } from './generateReport.ts';
import { checkPurpose } from './permissiblePurpose.ts';

const BAG = 'obbReport';
const TWO_YEARS = 730;
const YEAR = 365;

function accountsFor(kind: LegacyKind, customerId: string, asked: readonly number[] | undefined, { state, now }: SandboxContext) {
  const own = state.accounts.of(customerId).filter((account) => account.status === 'active');
  const unknown = (asked ?? []).filter((id) => !own.some((account) => account.id === String(id)));
  if (unknown.length > 0) throw new ApiFault(404, 38003, `The customer does not have account ${unknown.join(', ')}`);
  const chosen = asked?.length ? own.filter(({ id }) => asked.includes(Number(id))) : own;
  const fitting = kind === 'paymentHistory' ? chosen.filter((account) => !isOwed(account.stream) && !holdsSecurities(account)) : chosen;
  if (fitting.length === 0) throw new ApiFault(400, 10106, 'The customer has no account that this report can be made from');
  return fitting.map((account) => refreshed(account, now()));
}

const generate = (kind: LegacyKind, fcra: boolean): Handler => (request, context) => {
  const { state, world, now } = context;
  const customer = theCustomer(request, context);
  const business = state.businesses.of(customer.id)[0];
  if (!business) throw new ApiFault(409, 409, 'The customer has no business');
  if (fcra) checkConsumerFlag(state.consumers.of(customer.id)[0], context);
  const { accountIds, lengthOfReport = kind === 'paymentHistory' ? YEAR : TWO_YEARS } = (request.body ?? {}) as { accountIds?: number[]; lengthOfReport?: number };
  const count = state.next(BAG);
  const report: LegacyReport = {
    id: uuidFrom(seedRandom(world.seed, 'older analytics', count)), customerId: customer.id, kind, fcra, createdDate: now(), days: lengthOfReport,
    pin: reportPinOf(world.seed, `older ${count}`, 4),
    referenceNumber: request.query['reference-number'] || undefined, business, accounts: accountsFor(kind, customer.id, accountIds, context),
  };
  state.bag<LegacyReport>(BAG).put(report.id, report);
  return {
    status: 200,
    json: {
      reportId: report.id, reportPin: report.pin, customerId: Number(customer.id), accountIds: report.accounts.map(({ id }) => Number(id)),
      title: TITLES[kind], createdDate: offsetDate(report.createdDate),
      businessId: Number(business.id), requesterName: REQUESTER,
    },
  };
};

const read = (fcra: boolean): Handler => (request, context) => {
  const id = request.path.obb_report_id ?? '';
  const report = context.state.bag<LegacyReport>(BAG).get(id);
  if (!report || report.fcra !== fcra) throw new ApiFault(404, 14001, `There is no report ${id}.`);
  if (fcra) {
    checkConsumerFlag(context.state.consumers.of(report.customerId)[0], context);
    checkPurpose(request.query.purpose ?? '', true);
  }
  const body = legacyBody(report, context, request.headers.host ?? '127.0.0.1');
  if (request.accept !== 'pdf') return { status: 200, json: body };
  return { status: 200, bytes: { type: 'application/pdf', data: legacyAnalyticsPdf(body, report.createdDate, context.world.seed) } };
};

export const legacyAnalyticsHandlers: Handlers = {
  GenerateBalanceAnalytics: generate('balance', false),
  GenerateBalanceAnalyticsFcra: generate('balance', true),
  GenerateCashFlowAnalytics: generate('cashFlow', false),
  GenerateCashFlowAnalyticsFcra: generate('cashFlow', true),
  GeneratePaymentHistory: generate('paymentHistory', false),
  GeneratePaymentHistoryFcra: generate('paymentHistory', true),
  GetObbAnalyticsReport: read(false),
  GetObbAnalyticsReportFcra: read(true),
};
