// Which report an answer is about. Free of vscode.
import type { OperationEntry } from '../api/catalogue.ts';
import type { AnyInput } from '../client/types.ts';
import { endingOfReport, type Ending } from './ending.ts';
import { isJobWord, type Job, type ReportJob } from './job.ts';

/** A report, and whose it is. */
export type ReportKey = Pick<ReportJob, 'connectionId' | 'customerId' | 'consumerId' | 'reportId'>;

export interface StartedReport {
  connectionId: string;
  entry: OperationEntry;
  input: AnyInput;
  /** The answer's body, parsed or as bytes. */
  body: unknown;
  /** The permissible purpose that the report is to be read with. */
  purpose?: string;
  /** What it is called in messages of this window; it is not written down. */
  title?: string;
}

export type FoundReport = ReportKey & Pick<ReportJob, 'operationId' | 'reportType' | 'purpose'> & { ending?: Ending };

/** The report that an operation's answer says is being made (or is made already); undefined for every other answer. */
export function reportOf({ connectionId, entry, input, body, purpose }: StartedReport): FoundReport | undefined {
  if (!entry.report) return undefined;
  const answer = record(body);
  const { id, type, status } = answer;
  const asked = record(input.body);
  const customerId = [input.customerId, answer.customerId, asked.customerId].map(idOf).find((one) => one !== undefined);
  const consumerId = [input.consumerId, answer.consumerId].map(idOf).find((one) => one !== undefined);
  if (!isJobWord(id) || (customerId === undefined && consumerId === undefined)) return undefined;
  const code = [purpose, input.purpose, asked.purpose].find((one): one is string => typeof one === 'string' && /^[0-9A-Za-z]{2}$/.test(one));
  return {
    connectionId, reportId: id, operationId: entry.operationId, ...(customerId !== undefined ? { customerId } : { consumerId }), ...(isJobWord(type) && { reportType: type }),
    ...(code !== undefined && { purpose: code }), ...((status === 'success' || status === 'failure') && { ending: endingOfReport({ ...answer, id, status }) }),
  };
}

export const sameReport = (job: Job, report: ReportKey): job is ReportJob => job.kind === 'report' && job.reportId === report.reportId && job.connectionId === report.connectionId
  && job.customerId === report.customerId && job.consumerId === report.consumerId;

const idOf = (value: unknown): string | undefined => {
  const text = typeof value === 'number' ? String(value) : value;
  return isJobWord(text) && /\d/.test(text) ? text : undefined;
};

/** Acknowledgements are small; a large body is something else. */
const largest = 1_000_000;

function record(value: unknown): Record<string, unknown> {
  if (value instanceof Uint8Array) return value.byteLength > largest ? {} : record(parsed(new TextDecoder().decode(value)));
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : {};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
