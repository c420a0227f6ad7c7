// A customer's reports, newest first. While one is being made that nobody follows, the list asks to be looked at again; a job that follows one
// says when it has ended (composition.ts reads the branch again then).
import { reportPath } from '../paths.ts';
import type { ExplorerNode } from '../nodes.ts';
import { reportType } from '../words.ts';
import { moment, records, text } from '../wire.ts';
import { asTree, open, type Loader } from './reading.ts';

export const loadReports: Loader<'reports'> = async (node, request, parts) => {
  const { client, reportIntervalMs } = await open(node, parts);
  const [body, { catalogue }] = await Promise.all([
    client.call('GetReportsByCustomerId', { customerId: node.customerId }, asTree(request)), import('../../api/catalogue.ts'),
  ]);
  // Where one operation makes several types, its title does not tell them apart; words.ts does.
  const titles = new Map(catalogue.flatMap(({ report }) => (report && !report.types ? [[report.type, report.title] as const] : [])));
  const reports = records(body, 'reports').filter((data) => text(data.id) !== undefined)
    .sort((a, b) => (moment(b.createdDate) ?? 0) - (moment(a.createdDate) ?? 0));
  const running = reports.filter((data) => isRunning(data));
  const { connectionId, customerId } = node;
  const unfollowed = running.filter((data) => !parts.follows?.({ connectionId, customerId, reportId: text(data.id)! }));
  return {
    nodes: reports.map((data): ExplorerNode => {
      const reportId = text(data.id)!;
      const type = text(data.type) ?? 'report';
      return { kind: 'report', path: reportPath(connectionId, customerId, reportId), connectionId, customerId, reportId, title: titles.get(type) ?? reportType(type), data };
    }),
    summary: reports.length === 0 ? 'none yet' : `${reports.length}${running.length > 0 ? `, ${running.length} running` : ''}`,
    ...(unfollowed.length > 0 && { pollAfterMs: reportIntervalMs }),
    empty: [{
      text: 'No reports yet: generate one', command: 'openBanking.generateReport', argument: node,
      detail: 'A report is made in the background and shows up here while it is being made.',
    }],
  };
};

/** Whatever is neither a success nor a failure is still on its way. */
export const isRunning = (data: Record<string, unknown>): boolean => data.status !== 'success' && data.status !== 'failure';
