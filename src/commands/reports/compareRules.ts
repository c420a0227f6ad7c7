// Which of a customer's reports can be laid beside one: finished, of the same type. Types of one family that differ in their purpose alone
// (`cfrpcra`, `cfrpnoncra`) have the same body and count as the same. Free of vscode.
import { moment, records, text } from '../../tree/wire.ts';

export interface ComparableReport {
  reportId: string;
  type: string;
  /** Epoch milliseconds. */
  createdAt: number | undefined;
}

/** `listed` is the answer of GetReportsByCustomerId. The type is undefined when the list does not have the report; then any finished one fits, and it counts as finished. */
export function comparableReports(listed: unknown, reportId: string): { type: string | undefined; finished: boolean; others: ComparableReport[] } {
  const all = records(listed, 'reports');
  const own = all.find(({ id }) => text(id) === reportId);
  const type = text(own?.type);
  const others = all.flatMap((report): ComparableReport[] => {
    const [id, kind] = [text(report.id), text(report.type) ?? ''];
    const fits = id !== undefined && id !== reportId && report.status === 'success' && (type === undefined || family(kind) === family(type));
    return fits ? [{ reportId: id, type: kind, createdAt: moment(report.createdDate) }] : [];
  });
  return { type, finished: own === undefined || own.status === 'success', others: others.sort((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0)) };
}

const family = (type: string): string => type.toLowerCase().replace(/(noncra|cra|ftc)$/, '');
