// Balance, cash flow and payment analytics, payment risk insights, foresight. The flags of the body choose among an operation's kinds; two
// flags that contradict each other are 10100, and so is a firm's guarantor without a consumer.
import type { CustomerEntity } from '../entities.ts';
import { notFound } from '../errors.ts';
import { flagsOf, userTypeOf } from '../reports/analyticsKinds.ts';
import { businessDetails } from '../reports/analytics.ts';
import { reportPinOf } from '../reports/ids.ts';
import { kindAskedFor } from '../reports/kinds.ts';
import type { ReportKindRule } from '../reports/kinds.ts';
import { submittedOf } from '../reports/submitted.ts';
import { hashText } from '../seedRandom.ts';
import { ApiFault } from '../types.ts';
import type { Handler, Handlers, SandboxContext, SandboxRequest } from '../types.ts';
import { theCustomer } from './accountAccess.ts';
import { makeReport } from './generateReport.ts';

const bodyOf = ({ body }: SandboxRequest) => (body ?? {}) as Record<string, unknown>;

function kindOf(request: SandboxRequest): ReportKindRule {
  const kind = kindAskedFor(request.operation.operationId, { path: request.path, body: bodyOf(request) });
  if (!kind) throw new Error(`No report kind for ${request.operation.operationId}`);
  return kind;
}

const newPin = ({ state, world }: SandboxContext) => reportPinOf(world.seed, state.next('reportPin'));

const generateAnalytics: Handler = (request, context) => {
  const flags = flagsOf(bodyOf(request));
  const business = userTypeOf(request.path) === 'business';
  if (business && flags.forCraPurpose && flags.forFtcPurpose) throw new ApiFault(400, 10100, 'forCraPurpose and forFtcPurpose cannot both be true.');
  const kind = kindOf(request);
  const customer = theCustomer(request, context);
  if (business && flags.applicantIsPersonalGuarantor && context.state.consumers.of(customer.id).length === 0) {
    throw new ApiFault(404, 10100, `Cannot find consumer for customer with id ${customer.id}.`);
  }
  const firm = kind.business ? businessDetails(context.state.businesses.of(customer.id)[0]) : undefined;
  return makeReport(kind, customer, request, context, { ...(firm ? { businessDetails: firm } : {}), reportPin: newPin(context) });
};

const paymentRiskInsights: Handler = (request, context) => {
  if (flagsOf(bodyOf(request)).forCraPurpose === undefined) throw new ApiFault(400, 10100, 'CRA Flag is missing');
  return generateAnalytics(request, context);
};

const foresight: Handler = (request, context) => makeReport(kindOf(request), theCustomer(request, context), request, context, { reportPin: newPin(context) });

/** Whose transactions the body names: a customer's, the caller's own, or both. Without a customer the report belongs to nobody. */
const ownForesight: Handler = (request, context) => {
  const { customerId, externalCustomerId } = bodyOf(request) as { customerId?: number; externalCustomerId?: string };
  if (customerId === undefined && externalCustomerId === undefined) throw new ApiFault(400, 10100, 'Either customerId or externalCustomerId must be given, or both.');
  const extra = {
    ...(externalCustomerId === undefined ? {} : { externalCustomerId }), reportPin: newPin(context), reportRefreshNumber: 0,
    originalReportCreatedDate: context.now(),
  };
  if (customerId !== undefined) {
    const customer = context.state.customers.get(String(customerId));
    if (!customer) throw notFound('Customer not found.');
    return makeReport(kindOf(request), customer, request, context, extra);
  }
  if (submittedOf(externalCustomerId as string, context.state).length === 0) throw new ApiFault(404, 10100, `No transactions were submitted for externalCustomerId ${externalCustomerId}.`);
  const nobody: CustomerEntity = {
    id: `external-${hashText(externalCustomerId as string).toString(16)}`, username: '', type: 'testing', createdDate: context.now(),
    persona: 'salaried',
  };
  return makeReport({ ...kindOf(request), sources: ['submitted'] }, nobody, request, context, extra);
};

export const analyticsHandlers: Handlers = {
  GenerateBalanceAnalyticsReport: generateAnalytics,
  GenerateCashflowAnalyticsReport: generateAnalytics,
  GeneratePaymentHistoryReport: generateAnalytics,
  GeneratePaymentRiskInsightsReport: paymentRiskInsights,
  GenerateForesightAnalyticsNonCraReport: foresight,
  GenerateForesightAnalyticsFirstThirdPartyNonCraReport: ownForesight,
};
