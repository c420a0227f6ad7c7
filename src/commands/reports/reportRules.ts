// Which reports can be made with a few questions, and how their dates are chosen. Free of vscode. Source: the description of the report
// operations; at most 24 months are kept, and some reports reach less far.
import { catalogue, type OperationEntry } from '../../api/catalogue.ts';
import { requiredBodyProperties } from '../../api/schemas.ts';
import { formOf, specAt } from '../../requests/formSpec.ts';

export type ReportOperation = OperationEntry & { report: NonNullable<OperationEntry['report']> };

/** The report operations that can be made with accounts, dates and a choice of kind; the others want a request of their own ("Run Operation"). */
export const generators = (): ReportOperation[] => catalogue.filter((entry): entry is ReportOperation =>
  entry.report !== undefined && entry.removed === undefined && entry.parameters.some((p) => p.name === 'customerId')
  && entry.parameters.every((p) => !p.required || ['customerId', 'userType', 'fromDate', 'toDate'].includes(p.name))
  && requiredBodyProperties(entry.operationId).every((name) => name === 'statementReportData'));

/** How a report that failed is made anew: the command, and what it is given of what is known. */
export function againWith({ connectionId, customerId, operationId }: { connectionId: string; customerId?: string; operationId?: string }): readonly [command: string, ...given: unknown[]] {
  const node = customerId === undefined ? undefined : { kind: 'reports', path: '', connectionId, customerId };
  const asked = operationId === undefined || generators().some((one) => one.operationId === operationId);
  return [node && asked ? 'openBanking.generateReport' : 'openBanking.runOperation', node, operationId];
}

export interface DateChoice {
  label: string;
  description?: string;
  /** Months back from today; undefined leaves the date to the API. */
  months?: number;
  own?: true;
}

const mostKept = 24;

/** How many months back a report reaches at most. */
export function reachOf(entry: ReportOperation): number {
  const form = formOf(entry);
  return (specAt(form, ['body', 'fromDate']) ?? specAt(form, ['parameters', 'fromDate']))?.monthsBack ?? mostKept;
}

export function dateChoices(required: boolean, reach: number): DateChoice[] {
  const most = reach < mostKept ? 'the most for this report' : 'the most that is kept';
  const fixed = [3, 6, 12, 24].filter((months) => months <= reach).map((months): DateChoice => ({ label: `${months} months`, months, ...(months === reach && { description: most }) }));
  const own: DateChoice = { label: 'From a date of your own…', own: true };
  return required ? [...fixed, own] : [{ label: 'As the report does by itself', description: 'no date is sent' }, ...fixed, own];
}

/** Midnight UTC, so many months before `nowMs`, in epoch seconds. The day is kept where the month has it. */
export function monthsBefore(nowMs: number, months: number): number {
  const now = new Date(nowMs);
  const lastDay = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months + 1, 0)).getUTCDate();
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, Math.min(now.getUTCDate(), lastDay)) / 1000;
}

/** Epoch seconds of a day written YYYY-MM-DD, midnight UTC; undefined when there is no such day. */
export function parseDay(text: string): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim());
  if (!match) return undefined;
  const ms = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return new Date(ms).toISOString().slice(0, 10) === text.trim() ? ms / 1000 : undefined;
}

/** What is wrong with a report's start date. */
export function startDayProblem(text: string, nowMs: number, reach: number): string | undefined {
  const seconds = parseDay(text);
  if (seconds === undefined) return 'A day that exists, as YYYY-MM-DD.';
  if (seconds * 1000 > nowMs) return 'A day in the past.';
  if (seconds >= monthsBefore(nowMs, reach)) return undefined;
  return `At most ${reach} months ago: ${reach < mostKept ? 'this report reaches no further' : 'more is not kept'}.`;
}
