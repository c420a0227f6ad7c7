// An answer as the request editor shows it: what its head says, and what a person can do with it. The body comes as bytes beside it, as it
// was on the wire, so that neither the extension's process nor the page's main thread has to parse it.
import { isRecord } from './guards.ts';

/** How the body is to be shown. `file`: too large to show, streamed to a file. `none`: empty, or no answer came at all. */
export type AnswerForm = 'json' | 'xml' | 'text' | 'pdf' | 'image' | 'binary' | 'file' | 'none';

/** Bodies above this many bytes are streamed to a file instead of being shown. */
export const answerByteLimit = 25 * 1024 * 1024;

/** A way out of a problem, or a thing to do with an answer: the host knows what stands behind the id. */
export interface AnswerButton {
  id: string;
  title: string;
}

/** Why it did not succeed, in our words. */
export interface AnswerProblem {
  /** A few words, no full stop. */
  title: string;
  /** The API's own code. */
  code?: string;
  /** What happened, in a sentence. */
  meaning: string;
  /** What the API said itself, as plain text; not repeated where it says the same. */
  said?: string;
  /** Likely causes, the likeliest first; each a sentence. */
  causes: readonly string[];
  /** What to do, in a sentence. */
  fix: string;
  /** The ways out that the explorer can take, the best first. */
  buttons: readonly AnswerButton[];
}

export interface AnswerHead {
  /** Counts the answers of this request, from 1; with it the page tells a new answer from the same one shown again. */
  number: number;
  /** The HTTP status; undefined when no answer came (network, time limit, refused before sending). */
  status?: number;
  /** The status in words, e.g. `Created`. */
  statusText: string;
  ok: boolean;
  /** Milliseconds from sending to the end of the body. */
  durationMs: number;
  /** Bytes of the body. */
  size: number;
  /** Media type without parameters. */
  contentType: string;
  form: AnswerForm;
  /** In the order of the wire; what a document must not hold is named and its value left out. */
  headers: readonly (readonly [name: string, value: string])[];
  /** Epoch milliseconds. */
  receivedAt: number;
  /** Method and path as they were really sent; the request beside it may have been edited since. */
  target?: string;
  /** The label of the connection that answered. */
  connection: string;
  problem?: AnswerProblem;
  /** Something to know about the body, e.g. that it is a PDF though the answer calls it JSON. */
  note?: string;
  /** The body carries a link to Connect that can be opened; it ends then at the latest, epoch milliseconds. */
  link?: { until: number };
  /** A report is being made; the Jobs view follows it to its end. */
  followed?: true;
  /** The file that a too large body was streamed to. */
  file?: { name: string };
  /** It can be compared with an earlier answer of this request: both are kept. Never where no answer came. */
  comparable: boolean;
  /** There was an answer, but its body is not kept: it can be neither opened as a document, nor saved, nor compared. */
  unkept?: true;
}

/** What the view asks for. `follow`: an id in the body was clicked; `ids` are the ids by name that stand around it, the nearest first. */
export type AnswerRequest =
  | { type: 'answerAction'; action: AnswerAction }
  | { type: 'wayOut'; id: string }
  | { type: 'follow'; to: 'document' | 'tree'; name: string; value: string; ids: Readonly<Record<string, string>> };

/** `openDocument`: in an editor of its own, in the form that fits; `save`: to a file; `compare`: with the answer before it; `openLink`: its link to Connect, in a browser; `showJobs`: the report that is being made, in the Jobs view. */
const actions = ['openDocument', 'save', 'compare', 'openLink', 'showJobs'] as const;
export type AnswerAction = (typeof actions)[number];

const longestId = 200;
const mostIds = 40;
const shortText = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= longestId;

/** A message of the answer's part of a view, or undefined for anything that is none. */
export function readAnswerRequest(value: unknown): AnswerRequest | undefined {
  if (!isRecord(value)) return undefined;
  switch (value.type) {
    case 'answerAction': {
      const action = actions.find((one) => one === value.action);
      return action && { type: 'answerAction', action };
    }
    case 'wayOut': return shortText(value.id) ? { type: 'wayOut', id: value.id } : undefined;
    case 'follow': {
      const { to, name, value: id, ids } = value;
      if ((to !== 'document' && to !== 'tree') || !shortText(name) || !shortText(id) || !isRecord(ids)) return undefined;
      const around = Object.entries(ids).filter((entry): entry is [string, string] => shortText(entry[0]) && shortText(entry[1])).slice(0, mostIds);
      return { type: 'follow', to, name, value: id, ids: Object.fromEntries(around) };
    }
    default: return undefined;
  }
}
