// Reading reports: by customer, by consumer, by id, as JSON or PDF by Accept; lists; reissue; the reseller's billing list.
// Quirks kept: reports of a consumer outlive the customer, unknown ids are 404 10100, a purpose code is two characters. Whether a consumer
// report demands one is the `rules` bag's `purposeRequired`: the live API does so from 11 August 2026 on.
import type { ConsumerEntity, ReportEntity } from '../entities.ts';
import { lastFourOfSsn, reportBody, REQUESTER, statusOf } from '../reports/body.ts';
import { customerOf } from '../reports/facts.ts';
import { reportIds } from '../reports/ids.ts';
import { kindOfType } from '../reports/kinds.ts';
import { reportPdf } from '../pdf/reportPdf.ts';
import { ApiFault } from '../types.ts';
import type { Handlers, SandboxContext, SandboxReply, SandboxRequest } from '../types.ts';
import { DAY } from '../world/streams.ts';
import { theCustomer } from './accountAccess.ts';
import { checkConsumerFlag } from './generateReport.ts';
import { checkPurpose, purposeDemanded } from './permissiblePurpose.ts';
import { notifyEnd } from './reportWebhooks.ts';

const unknownReport = (id: string) => new ApiFault(404, 10100, `Cannot find report with id ${id}.`);

function theConsumer({ path }: SandboxRequest, { state }: SandboxContext): ConsumerEntity {
  const consumer = state.consumers.get(path.consumerId ?? '');
  if (!consumer) throw new ApiFault(404, 10100, `Cannot find consumer with id ${path.consumerId}.`);
  return consumer;
}

const consumerOf = (report: ReportEntity, { state }: SandboxContext) => (report.consumerId === undefined ? undefined : state.consumers.get(report.consumerId));

/** The report as JSON, or as PDF once it is finished and PDF is what the caller takes. */
function read(report: ReportEntity | undefined, request: SandboxRequest, context: SandboxContext): SandboxReply {
  if (!report) throw unknownReport(request.path.reportId ?? '');
  const consumer = consumerOf(report, context);
  checkConsumerFlag(consumer, context);
  checkReadingPurpose(report, request, context);
  notifyEnd(report, consumer, context);
  const body = reportBody(report, context);
  if (request.accept !== 'pdf' || body.status !== 'success') return { status: 200, json: body };
  return { status: 200, bytes: { type: 'application/pdf', data: reportPdf(body, context.world.seed) } };
}

function checkReadingPurpose(report: ReportEntity, { query, body }: SandboxRequest, context: SandboxContext): void {
  const purpose = query.purpose || (body as { purpose?: string } | undefined)?.purpose;
  checkPurpose(purpose, kindOfType(report.type)?.cra === true && purposeDemanded(context));
}

/** By id alone: a seeded id leads back to its customer, the others are noted when they are made. */
function reportById(id: string, { state, world }: SandboxContext): ReportEntity | undefined {
  const customerId = state.bag<string>('reportOwner').get(id) ?? reportIds(world.seed).customerOfReport(id);
  return customerId === undefined ? undefined : state.reports.of(customerId).find((report) => report.id === id);
}

const summary = (context: SandboxContext) => (report: ReportEntity) => {
  const consumer = consumerOf(report, context);
  const ssn = lastFourOfSsn(consumer);
  notifyEnd(report, consumer, context);
  return {
    id: report.id, requestId: report.requestId, requesterName: REQUESTER, createdDate: report.createdDate, ...(consumer ? { consumerId: consumer.id, ...(ssn ? { consumerSsn: ssn } : {}) } : {}),
    type: report.type, status: statusOf(report, context.now()),
  };
};

const newestFirst = (reports: readonly ReportEntity[]) => reports.toSorted((a, b) => b.createdDate - a.createdDate);

export const reportHandlers: Handlers = {
  GetReportByCustomer: (request, context) => read(context.state.reports.of(theCustomer(request, context).id).find(({ id }) => id === request.path.reportId), request, context),
  GetReportByConsumer: (request, context) => read(context.state.reports.ofConsumer(theConsumer(request, context).id).find(({ id }) => id === request.path.reportId), request, context),
  GetReportById: (request, context) => read(reportById(request.path.reportId ?? '', context), request, context),
  ReportReissue: (request, context) => {
    const report = reportById(request.path.reportId ?? '', context);
    if (!report || !kindOfType(report.type)?.cra) throw unknownReport(request.path.reportId ?? '');
    if (!(request.body as { purpose?: string } | undefined)?.purpose) throw new ApiFault(400, 10100, 'Permissible Purpose Code is required');
    return read(report, request, context);
  },
  GetReportsByCustomerId: (request, context) => ({ status: 200, json: { reports: newestFirst(context.state.reports.of(theCustomer(request, context).id)).map(summary(context)) } }),
  GetReportsByConsumerId: (request, context) => ({ status: 200, json: { reports: newestFirst(context.state.reports.ofConsumer(theConsumer(request, context).id)).map(summary(context)) } }),
  getResellerBillingReport: (request, context) => ({ status: 200, json: billing(request, context) }),
};

// --- the reseller's billing list

const range = (words: string) => new ApiFault(400, 10100, `RESELLER_BILLING_REPORT: Invalid date range - ${words}`);

/** Finished reports between two moments; pages count from 0. Looks at the reports of every customer that the world or a caller made. */
function billing({ query, path, partnerId }: SandboxRequest, context: SandboxContext) {
  const { state, now } = context;
  if (path.partnerId !== partnerId) throw new ApiFault(404, 10100, `Cannot find resellerBilling reports with id ${path.partnerId}.`);
  const [start, end] = [Number(query.startDate), Number(query.endDate)];
  if (Number.isNaN(start) || Number.isNaN(end)) throw range('start or end date is empty or null');
  if (start <= 0 || end <= 0) throw range('start or end date less than or equal to zero');
  if (start > end) throw range('startDate is greaterThan endDate');
  if (end - start > 31 * DAY) throw range('It is more than 31 days');
  const size = Math.max(1, Math.min(1000, Number(query.size ?? 100)));
  const page = Math.max(0, Number(query.page ?? 0));
  const testing = query.viewTestingReports === 'true';
  const found = allReports(context).filter((report) => report.createdDate >= start && report.createdDate <= end && statusOf(report, now()) !== 'inProgress' && (testing || customerOf(report.customerId, context)?.type === 'active'));
  const shown = newestFirst(found).slice(page * size, (page + 1) * size);
  const sort = { sorted: false, unsorted: true, empty: true };
  const totalPages = Math.ceil(found.length / size);
  return {
    totalPages, totalElements: found.length, numberOfElements: shown.length, pageable: { paged: true, unpaged: false, pageNumber: page, pageSize: size, sort, offset: page * size }, sort, number: page, first: page === 0,
    last: page >= totalPages - 1, size, empty: shown.length === 0,
    content: shown.map((report) => {
      const customer = customerOf(report.customerId, context);
      const consumer = report.consumerId === undefined ? undefined : state.consumers.get(report.consumerId);
      const ssn = lastFourOfSsn(consumer);
      const { reportCustomFields } = report.constraints;
      return {
        reseller: REQUESTER, resellerProvider: 'Open Banking Sandbox', platformProvider: 'Open Banking Sandbox', customerId: Number(report.customerId), ...(consumer ? { consumerId: consumer.id, ...(ssn ? { consumerSsn: ssn } : {}) } : {}),
        ...(customer?.firstName ? { firstName: customer.firstName } : {}), ...(customer?.lastName ? { lastName: customer.lastName } : {}), lastFourReportId: (report.id.split('-')[0] ?? '').slice(-4), reportId: report.id,
        createdDate: report.createdDate, reportType: report.type, status: statusOf(report, now()), ...(Array.isArray(reportCustomFields) ? { reportCustomFields } : {}),
      };
    }),
  };
}

/** Of the first customers of a very large world only; a reseller's list is a list to look at, not a benchmark. */
const MOST_CUSTOMERS = 2_000;
function allReports({ state, world }: SandboxContext): ReportEntity[] {
  const ids = new Set(state.bag<string>('reportOwner').entries().map(([, customerId]) => customerId));
  for (let index = 0; index < Math.min(world.customerCount, MOST_CUSTOMERS); index++) ids.add(world.customerAt(index).id);
  return [...ids].flatMap((customerId) => state.reports.of(customerId));
}
