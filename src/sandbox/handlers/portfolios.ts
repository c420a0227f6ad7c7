// Portfolios: the finished reports of a customer under one id. `xxxxxxxxxxxx-N-port` is the Nth version, without N it is the newest report
// of every kind. Until a report is finished there is no portfolio (404 10100). Reading one by its id alone answers GSE style: errors carry
// a tracking id, and a portfolio without consumer reports is an empty 204.
import type { ConsumerEntity, ReportEntity } from '../entities.ts';
import { lastFourOfSsn, statusOf } from '../reports/body.ts';
import { reportIds } from '../reports/ids.ts';
import { ApiFault } from '../types.ts';
import type { Handlers, SandboxContext } from '../types.ts';
import { theCustomer } from './accountAccess.ts';

const FORMAT = /^([0-9a-z]{12})(?:-(\d+))?-port$/;
const none = (id: string) => new ApiFault(404, 10100, `No reports found for portfolioId ${id}.`);

/** The portfolio's finished reports: of its version, or the newest of every kind. */
function reportsOf(customerId: string, portfolioId: string, context: SandboxContext): ReportEntity[] {
  const parts = FORMAT.exec(portfolioId);
  if (!parts || parts[1] !== reportIds(context.world.seed).portfolioBase(customerId)) return [];
  const finished = context.state.reports.of(customerId).filter((report) => report.portfolioId !== undefined && statusOf(report, context.now()) !== 'inProgress');
  const version = parts[2] === undefined ? Infinity : Number(parts[2]);
  const versionOf = (report: ReportEntity) => Number(/-(\d+)-port$/.exec(report.portfolioId ?? '')?.[1] ?? 0);
  if (version !== Infinity && !finished.some((report) => versionOf(report) === version)) return [];
  const newest = new Map<string, ReportEntity>();
  for (const report of finished.toSorted((a, b) => versionOf(a) - versionOf(b))) if (versionOf(report) <= version) newest.set(report.type, report);
  return [...newest.values()];
}

const wire = (reports: readonly ReportEntity[], { now }: SandboxContext) => reports.map((report) => ({
  id: report.id, portfolioId: report.portfolioId, type: report.type, status: statusOf(report, now()), createdDate: report.createdDate,
}));

function found(customerId: string, portfolioId: string, context: SandboxContext) {
  const reports = reportsOf(customerId, portfolioId, context);
  if (reports.length === 0) throw none(portfolioId);
  return { portfolioId, reports: wire(reports, context) };
}

const FIELDS = ['firstName', 'lastName', 'address', 'city', 'state', 'zip', 'phone', 'birthday', 'email', 'suffix'] as const;
const consumerWire = (consumer: ConsumerEntity) => ({
  id: consumer.id, ...Object.fromEntries(FIELDS.map((field) => [field, consumer.details[field] ?? null])), customerId: Number(consumer.customerId), ssn: lastFourOfSsn(consumer) ?? null, createdDate: consumer.createdDate,
});

export const portfolioHandlers: Handlers = {
  GetPortfolioByCustomer: (request, context) => ({ status: 200, json: found(theCustomer(request, context).id, request.path.portfolioId ?? '', context) }),
  GetPortfolioByConsumer: (request, context) => {
    const consumer = context.state.consumers.get(request.path.consumerId ?? '');
    if (!consumer) throw new ApiFault(404, 10100, `Cannot find consumer with id ${request.path.consumerId}.`);
    const { id, firstName, lastName, customerId, ssn, birthday, suffix } = consumerWire(consumer) as Record<string, unknown>;
    return { status: 200, json: { ...found(consumer.customerId, request.path.portfolioId ?? '', context), consumer: { id, firstName, lastName, customerId, ssn, birthday, suffix } } };
  },
  GetPortfolioByPathParamPortFolioID: (request, context) => {
    const id = request.path.portfolioId ?? '';
    const base = FORMAT.exec(id)?.[1];
    if (base === undefined) throw new ApiFault(400, 10010, 'Invalid portfolio ID format');
    const customerId = context.state.bag<string>('portfolioOwner').get(base) ?? reportIds(context.world.seed).customerOfPortfolio(base);
    const reports = customerId === undefined ? [] : reportsOf(customerId, id, context);
    if (reports.length === 0) throw new ApiFault(404, 10010, `No report found for portfolioId ${id}.`);
    const consumerReports = reports.filter((report) => report.consumerId !== undefined);
    const consumer = consumerReports[0]?.consumerId === undefined ? undefined : context.state.consumers.get(consumerReports[0].consumerId);
    if (!consumer) return { status: 204 };
    return { status: 200, json: { portfolioId: id, consumer: consumerWire(consumer), reports: wire(consumerReports, context) } };
  },
};
