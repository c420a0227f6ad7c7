// What the report view and its host say to each other. The host trusts nothing of a view: whatever comes passes readReportRequest.
import { readSaveFile, type SaveFileRequest } from './files.ts';
import { isRecord, readPlain } from './guards.ts';

export const reportViewType = 'openBanking.reportViewer';
export const comparisonViewType = 'openBanking.reportComparison';
/**
 * Bodies above this many bytes are not sent to the view; the user is offered the raw document or a file. A report of 60 MB is to be shown: with
 * a record a line, as documents are laid out, it has some more.
 */
export const reportByteLimit = 72 * 1024 * 1024;
/** Above this the editor shows a document as no text, and compares it with none. */
export const textByteLimit = 50 * 1024 * 1024;

/** `unknown`: the body names a state that we do not know, or is no report. */
export type ReportStatus = 'inProgress' | 'success' | 'failure' | 'unknown';

/** Longer titles of a tab are cut. */
const longestTitle = 120;

const plainRequests = ['ready', 'reload', 'cancel', 'openJson', 'openPdf', 'save', 'compare', 'openEach', 'savePage', 'pageFailed'] as const;

/**
 * View to host. `ready` comes first and again whenever the view was built anew; `status` tells what the body said, so that the host
 * follows a running report, and the tab's title: what the report is and of which customer.
 */
export type ReportRequest = { type: (typeof plainRequests)[number] } | SaveFileRequest | { type: 'follow'; name: string; value: string } | { type: 'status'; status: ReportStatus; title?: string };

/** Host to view. */
export type ReportMessage =
  /** `comparing`: what comes is two reports beside each other. */
  | { type: 'loading'; comparing?: true }
  /** The body as it came, UTF-8 JSON; `locale` is a BCP 47 tag for money and dates; `accountTypes` are the words for the wire's account types. */
  | { type: 'report'; bytes: Uint8Array; locale: string; accountTypes: Readonly<Record<string, string>> }
  /** Two bodies as they came, to be shown as what changed between them; `names` are the reports' ids. */
  | { type: 'comparison'; bodies: readonly [Uint8Array, Uint8Array]; names: readonly [string, string]; locale: string; accountTypes: Readonly<Record<string, string>> }
  /** The body as the person wants it on a page of its own, to be answered with the page as `saveFile`. */
  | { type: 'makePage'; bytes: Uint8Array; masked: boolean; locale: string; accountTypes: Readonly<Record<string, string>> }
  | { type: 'tooLarge'; size: number }
  /** Two that are not compared, and why; each can be opened by itself. */
  | { type: 'notCompared'; text: string }
  | { type: 'failed'; text: string }
  /** The user stopped the reading. */
  | { type: 'stopped' };

const isId = (value: unknown): value is string => typeof value === 'string' && /^[\w.:@~-]{1,200}$/.test(value);

/** A view's message, or undefined for anything that is none. */
export function readReportRequest(value: unknown): ReportRequest | undefined {
  const plain = readPlain(value, plainRequests);
  if (plain) return plain;
  if (!isRecord(value)) return undefined;
  if (value.type === 'saveFile') return readSaveFile(value);
  if (value.type === 'follow') return isId(value.name) && isId(value.value) ? { type: 'follow', name: value.name, value: value.value } : undefined;
  if (value.type !== 'status') return undefined;
  const status = (['inProgress', 'success', 'failure', 'unknown'] as const).find((name) => name === value.status);
  if (!status) return undefined;
  const { title } = value;
  return { type: 'status', status, ...(typeof title === 'string' && title !== '' ? { title: title.slice(0, longestTitle) } : {}) };
}
