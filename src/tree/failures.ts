// What a failed branch says: what happened, the API's code with our explanation, what to do. The client's errors carry the words; an error
// that is none of ours is a fault of this program and says so, without a stack.
import { record, text } from './wire.ts';

export interface FailureWords {
  /** A few words, for the row. */
  text: string;
  /** The whole of it, for the tooltip. */
  detail: string;
  code?: string;
}

export function explainFailure(error: unknown): FailureWords {
  if (!(error instanceof Error)) return { text: 'Could not be read', detail: 'Something failed that this explorer does not know. Retry; if it stays, see the Open Banking log.' };
  const fields = record(error);
  const explanation = record(fields.explanation);
  const code = text(fields.code) ?? (typeof fields.status === 'number' && text(explanation.title) ? `HTTP ${fields.status}` : undefined);
  if (fields.kind === 'guard' && fields.declined === true) return { text: 'Not read: you said no', detail: 'Nothing was sent. Retry to be asked again.' };
  const title = text(explanation.title) ?? firstSentence(error.message);
  return { text: title, detail: error.message || title, ...(code !== undefined && { code }) };
}

/** Long enough for a row; the rest is in the tooltip. */
const longest = 90;

function firstSentence(message: string): string {
  const sentence = /^.*?[.!?](?=\s|$)/s.exec(message)?.[0].replace(/\.$/, '') ?? message;
  const line = sentence.replace(/\s+/g, ' ').trim() || 'Could not be read';
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
