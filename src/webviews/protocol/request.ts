// What the request editor's view and its host say to each other. The request's document is the truth: the view sends single edits and gets
// back what the document then says. The host trusts nothing of a view: whatever comes passes readRequestMessage.
import { readAnswerRequest, type AnswerButton, type AnswerHead, type AnswerRequest } from './answer.ts';
import { isRecord, readPlain } from './guards.ts';

/** Where a value stands in the request: `['parameters', 'customerId']`, `['body', 'applicants', 0, 'ssn']`. */
export type FieldPath = readonly (string | number)[];

/**
 * How a field is entered. `epochSeconds` is a moment that the wire counts in seconds, `date` a day written YYYY-MM-DD; `choice` is a closed
 * vocabulary, while `suggestions` of a text are an open one; `map` is an object whose names are free; `json` is what no form fits.
 */
export type FieldKind = 'text' | 'integer' | 'number' | 'boolean' | 'choice' | 'date' | 'epochSeconds' | 'list' | 'group' | 'map' | 'file' | 'json';

/** What ids a picker can look up. */
export type PickerKind =
  | 'customer' | 'account' | 'accounts' | 'institution' | 'institutionLogin' | 'consumer' | 'business' | 'report' | 'asset' | 'subscription'
  | 'webhookSubscription' | 'app' | 'consent' | 'experience' | 'configuration' | 'portfolio' | 'transaction' | 'microDeposit'
  | 'assets' | 'webhookEvent' | 'registration' | 'appName' | 'thirdPartyAccess' | 'depositSwitch' | 'billPaySwitch' | 'uniqueTransaction'
  | 'legacyReport' | 'paymentIndicator' | 'transactionRefresh';

export interface FieldSpec {
  /** The wire's name; an index's is empty. */
  name: string;
  /** The name in words. */
  label: string;
  kind: FieldKind;
  required: boolean;
  help?: string;
  /** What a number counts: `epoch seconds`, `USD` … */
  unit?: string;
  example?: string;
  /** How far back a moment may lie at most, in months. */
  monthsBack?: number;
  default?: unknown;
  /** The closed vocabulary of a `choice`. */
  choices?: readonly string[];
  /** Known values of an open one. */
  suggestions?: readonly string[];
  /** What known values mean, e.g. the permissible purposes. */
  titles?: Readonly<Record<string, string>>;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  /** An SSN, a birthday, an account number: hidden until it is focused. */
  personal?: boolean;
  picker?: PickerKind;
  /** What a file must be; its value is the file as base64. */
  file?: { types: readonly string[]; maxBytes: number };
  /** Null is a value of its own here. */
  nullable?: boolean;
  /** Of a group. */
  fields?: readonly FieldSpec[];
  /** Of a list or a map. */
  item?: FieldSpec;
  minItems?: number;
  maxItems?: number;
}

export interface RequestForm {
  operationId: string;
  summary: string;
  description?: string;
  method: string;
  path: string;
  badges: readonly { words: string; icon: string }[];
  sdkNames: readonly string[];
  /** Path, query and header parameters, in this order, the required first. */
  parameters: readonly (FieldSpec & { place: 'path' | 'query' | 'header' })[];
  /** The body's own fields; undefined when the operation takes none. */
  body?: FieldSpec;
  /** Media types that can be asked for; the first is the default. */
  accepts: readonly string[];
}

/** Something wrong with a value, or worth knowing about it. */
export interface FieldProblem {
  path: FieldPath;
  message: string;
  /** A warning does not keep the request from being sent. */
  severity: 'error' | 'warning';
  /** Nothing is wrong but that it is not there: told when the person has been at the field, or wants to send. */
  missing?: true;
}

/** What the document says. */
export interface RequestContent {
  parameters: Readonly<Record<string, unknown>>;
  /** Texts that are too long for a form (a file as base64) are left out: `longTextMark` and their length stand there. */
  body?: unknown;
  /** The body's own text, as it stands in the document; undefined when it is too long to be edited here. */
  bodyText?: string;
  /** What was typed as the body and cannot be taken yet, why, and at which of its characters. Without its text in presentation mode. */
  bodyDraft?: { text?: string; problem: string; offset: number };
  /** It holds personal data, and presentation mode is on. */
  bodyHidden?: true;
  connection?: string;
  accept?: string;
  /** What whoever saved the request called it, and wrote about it. */
  title?: string;
  notes?: string;
}

export interface ConnectionChoice {
  id: string;
  label: string;
  environment: string;
  production: boolean;
  readOnly: boolean;
}

/** Begins the stand-in for a long text; no text that a person types does. */
export const longTextMark = '\u0000long:';

/** In characters. A longer text of a body is not sent to the view, which shows a field that cannot be typed into. */
export const longestFieldText = 50_000;

/** Host to view. */
export type RequestMessage =
  | { type: 'form'; form: RequestForm; locale: string }
  /** After every change of the document; `seq` is the last edit of this view that is in it. */
  | { type: 'content'; content: RequestContent; problems: readonly FieldProblem[]; seq: number }
  /** The document cannot be shown as a form: the reason, and the line and column (from 1) where there is one. */
  | { type: 'unreadable'; text: string; line?: number; column?: number }
  | { type: 'connections'; connections: readonly ConnectionChoice[]; active: string }
  /** `asked`: the person is asked first, nothing is under way; it comes again when it really goes out, with the time of that. */
  | { type: 'sending'; startedAt: number; connection: string; asked?: true }
  /** It is sent once more at this moment, epoch milliseconds, unless the person cancels. */
  | { type: 'waiting'; until: number }
  | { type: 'answer'; head: AnswerHead; bytes?: Uint8Array }
  /** The sending ended without anything to show: declined, cancelled. `text` says so; `old`: an answer in sight is that of an earlier sending. */
  | { type: 'ended'; text: string; button?: AnswerButton; old?: true }
  /** The body was shown as JSON in the tab that this one follows. */
  | { type: 'showJson' }
  /** Send was pressed outside the view. */
  | { type: 'sendNow' }
  /** So much of the answer has arrived. */
  | { type: 'received'; bytes: number };

const plainMessages = ['ready', 'send', 'cancel', 'openText', 'copyAsCode', 'saveAs', 'discardDraft'] as const;

/** View to host. `ready` comes first and again whenever the view was built anew. */
export type RequestViewMessage =
  | { type: (typeof plainMessages)[number] }
  /** Sets a value; without one it is removed. */
  | { type: 'edit'; path: FieldPath; value?: unknown; seq: number }
  /** The body as JSON text; what cannot be taken is kept as its draft. */
  | { type: 'editBody'; text: string; seq: number }
  /** Which of the two is shown now. */
  | { type: 'tab'; tab: 'form' | 'json' }
  | { type: 'connection'; id: string }
  | { type: 'accept'; mediaType: string }
  /** Asks the host to look an id up, or to choose a file. */
  | { type: 'pick'; path: FieldPath }
  | AnswerRequest;

/** In characters. What is larger is no request that somebody reads, and would hold the editor up. */
export const longestRequest = 12_000_000;

/** A view's message, or undefined for anything that is none. */
export function readRequestMessage(value: unknown): RequestViewMessage | undefined {
  const plain = readPlain(value, plainMessages) ?? readAnswerRequest(value);
  if (plain) return plain;
  if (!isRecord(value)) return undefined;
  const { type, path, seq, text, id, mediaType, tab } = value;
  switch (type) {
    case 'edit': return isPath(path) && isSeq(seq) ? { type, path, seq, ...('value' in value && value.value !== undefined && { value: value.value }) } : undefined;
    // Not ignored when it is too long: the host must know that the body is no longer what it was.
    case 'editBody': return typeof text === 'string' && isSeq(seq) ? { type, text: text.slice(0, longestRequest + 1), seq } : undefined;
    case 'tab': return tab === 'form' || tab === 'json' ? { type, tab } : undefined;
    case 'connection': return typeof id === 'string' ? { type, id: id.slice(0, 200) } : undefined;
    case 'accept': return typeof mediaType === 'string' ? { type, mediaType: mediaType.slice(0, 200) } : undefined;
    case 'pick': return isPath(path) ? { type, path } : undefined;
    default: return undefined;
  }
}

const isSeq = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** Parameters and body alone can be edited, and never an object's prototype. */
function isPath(value: unknown): value is FieldPath {
  return Array.isArray(value) && value.length >= 1 && value.length <= 60 && (value[0] === 'parameters' || value[0] === 'body')
    && value.every((step) => (typeof step === 'string' && step.length <= 200 && step !== '__proto__') || (Number.isSafeInteger(step) && (step as number) >= 0 && (step as number) < 100_000));
}
