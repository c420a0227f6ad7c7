// What a failed branch says: what happened, the API's code with our explanation, what to do. The whole text is the one that every message of
// the extension uses (platform/messages.ts); here it gets a row's few words.
import { ApiError, isOpenBankingError } from '../client/errors.ts';
import { isCancel, userMessage } from '../platform/messages.ts';

export interface FailureWords {
  /** A few words, for the row. */
  text: string;
  /** The whole of it, for the tooltip. */
  detail: string;
  /** The API's code, else `HTTP <status>`. */
  code?: string;
}

export function explainFailure(error: unknown): FailureWords {
  if (isCancel(error)) return { text: 'Stopped before it was read', detail: 'The request was cancelled. Retry to ask again.' };
  if (isOpenBankingError(error) && error.kind === 'guard' && userMessage(error).severity === 'none') {
    return { text: 'Not read: you said no', detail: 'Nothing was sent. Retry to be asked again.' };
  }
  const detail = userMessage(error).text;
  if (error instanceof ApiError) return { text: error.explanation.title, detail, code: error.code ?? `HTTP ${error.status}` };
  return { text: firstSentence(detail), detail };
}

/** Long enough for a row; the rest is in the tooltip. */
const longest = 90;

function firstSentence(message: string): string {
  const line = (/^.*?[.!?](?=\s|$)/s.exec(message)?.[0] ?? message).replace(/\s+/g, ' ').replace(/\.$/, '').trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
