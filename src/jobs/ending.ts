// How a job ended, out of a report's body or an error. What may be kept on disk (closed words and codes) is told apart from the API's own
// messages, which live in this window's memory alone. Free of vscode.
import { ApiError, isOpenBankingError, ReportDeadlineError } from '../client/errors.ts';
import { plainText } from '../client/plainText.ts';
import type { ReportState } from '../client/types.ts';
import { isPurposeWanted } from '../documents/purposes.ts';
import { SignedOutError } from '../platform/errors.ts';
import { isCancel, userMessage } from '../platform/messages.ts';
import { isJobWord, type JobReason, type JobState } from './job.ts';

export interface Ending {
  state: Exclude<JobState, 'running'>;
  reason?: JobReason;
  codes?: readonly string[];
  status?: number;
  /** As the API has it in a report's body. */
  reportType?: string;
  /** In the API's words or ours, plain text; never written down. */
  messages?: readonly string[];
}

/** Of a report that is finished: `failure` brings `errors`, each with a code and a message. */
export function endingOfReport(state: ReportState): Ending {
  const type = isJobWord(state.type) ? { reportType: state.type } : {};
  if (state.status === 'success') return { state: 'done', ...type };
  const errors = (Array.isArray(state.errors) ? state.errors : [state]).filter((one): one is Record<string, unknown> => typeof one === 'object' && one !== null);
  const codes = errors.map(({ code }) => (typeof code === 'number' ? String(code) : code)).filter(isJobWord);
  const messages = errors.map(({ message }) => (typeof message === 'string' ? plainText(message, 300) : '')).filter((message) => message !== '');
  return { state: 'failed', reason: 'report', ...type, ...(codes.length > 0 && { codes: unique(codes) }), ...(messages.length > 0 && { messages: unique(messages) }) };
}

/** Of a look or a call that failed; `following` says that it was a look at a report, which goes on being made. */
export function endingOfError(error: unknown, following: boolean): Ending {
  if (error instanceof ReportDeadlineError) return { state: 'gaveUp', reason: 'deadline' };
  if (error instanceof SignedOutError) return { state: 'interrupted', reason: 'signedOut' };
  if (isCancel(error)) return { state: 'cancelled' };
  const messages = [plainText(userMessage(error).text, 600)].filter((text) => text !== '');
  if (following && isPurposeWanted(error)) return { state: 'gaveUp', reason: 'purpose', messages };
  if (error instanceof ApiError) return { state: 'failed', reason: 'api', status: error.status, ...(isJobWord(error.code) && { codes: [error.code] }), messages };
  if (isOpenBankingError(error)) return { state: 'failed', reason: error.kind as JobReason, messages };
  return { state: 'failed', reason: following ? 'session' : 'other', messages };
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)].slice(0, 10);
