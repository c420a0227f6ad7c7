// The head of an answer: status in words, form, time, size, headers, what is odd about the body, and why it did not succeed. Free of vscode.
import { STATUS_CODES } from 'node:http';
import type { OperationEntry } from '../api/catalogue.ts';
import { FileError, GuardRefusal, InvalidInputError, LockoutStop, UnexpectedAnswerError } from '../client/errors.ts';
import { bytesInWords } from '../client/inWords.ts';
import { plainText } from '../client/plainText.ts';
import type { AnyInput, ApiResponse } from '../client/types.ts';
import { VaultError } from '../credentials/vaultError.ts';
import { SandboxStartError, SignedOutError, ToldError } from '../platform/errors.ts';
import type { AnswerHead, AnswerProblem } from '../webviews/protocol/answer.ts';
import { isCutOff, lookAt, sniffedBytes, type BodyLook } from './answerForm.ts';
import { shownHeaders } from './shownHeaders.ts';

export interface HeadContext {
  entry: OperationEntry;
  /** The media type that was asked for, where it was not left to the operation. */
  accept?: string;
  /** Its parameters say where it went. */
  input?: AnyInput;
  /** The label of the connection. */
  connection: string;
  /** Epoch milliseconds. */
  receivedAt: number;
  number: number;
  comparable: boolean;
}

/** An answer, whatever its status. `start` is its body's beginning; of one that is all in memory it is not needed. */
export function headOfAnswer(answer: ApiResponse, context: HeadContext, { problem, start }: { problem?: AnswerProblem; start?: Uint8Array } = {}): { head: AnswerHead; look: BodyLook } {
  const { status, durationMs, size, file } = answer;
  const bytes = answer.body instanceof Uint8Array ? answer.body : new Uint8Array();
  const contentType = plainText(answer.contentType, 120);
  const { note, ...look } = lookAt(answer.contentType, start ?? bytes.subarray(0, sniffedBytes));
  const notes = [note, ...oddities(answer, look, bytes, context)].filter((one) => one !== undefined);
  const head: AnswerHead = {
    ...common(context), status, statusText: STATUS_CODES[status] ?? '', ok: status < 400 && !problem, durationMs: Math.round(durationMs), size, contentType,
    form: file === undefined ? look.form : 'file', headers: Object.entries(shownHeaders(answer.headers)).map(([name, value]) => [name, plainText(value, 2000)] as const),
    ...(problem && { problem }), ...(notes.length > 0 && { note: notes.join(' ') }),
  };
  return { head, look };
}

export const bodyNotKept = 'The API answered, and its status is the one shown. The body could not be kept: look at the disk\'s room and rights before you ask for it again.';

const bodyTooLong = 'The API answered, and its status is the one shown. The body is longer than what is kept of any answer.';

/** What ends a call before anything goes out. Of any other error nobody may say so: a change that was carried out would be sent again. */
const beforeSending = [GuardRefusal, LockoutStop, InvalidInputError, SignedOutError, VaultError, SandboxStartError, ToldError] as const;

/** No answer came, or none that is one. */
export function headWithoutAnswer(error: unknown, durationMs: number, context: HeadContext, problem: AnswerProblem): AnswerHead {
  // An answer whose body could not be kept is one: nobody should send a change again for want of room on a disk.
  const unkept = error instanceof FileError && error.status !== undefined;
  const status = unkept ? error.status : error instanceof UnexpectedAnswerError && error.status > 0 ? error.status : undefined;
  const statusText = status !== undefined ? STATUS_CODES[status] ?? '' : beforeSending.some((kind) => error instanceof kind) ? 'Not sent' : 'No answer';
  // No body was kept, so there is nothing to compare, whatever came before.
  return { ...common(context), comparable: false, ...(status !== undefined && { status, unkept: true }), statusText, ok: false, durationMs: Math.round(durationMs), size: 0, contentType: '', form: 'none', headers: [], problem, ...(unkept && { note: error.systemCode === 'EFBIG' ? bodyTooLong : bodyNotKept }) };
}

const common = ({ number, receivedAt, connection, comparable, entry, input }: HeadContext) => ({ number, receivedAt, connection, comparable, ...(input && { target: targetOf(entry, input) }) });

/** `GET /aggregation/v1/customers/7001`: without the query, which may name a person. */
function targetOf({ method, path }: OperationEntry, input: AnyInput): string {
  const filled = path.replace(/\{([^}]+)\}/g, (gap, name: string) => (typeof input[name] === 'string' || typeof input[name] === 'number' ? encodeURIComponent(String(input[name])) : gap));
  return plainText(`${method} ${filled}`, 400);
}

function oddities({ status, size, file, contentType }: ApiResponse, look: BodyLook, bytes: Uint8Array, { entry, accept }: HeadContext): (string | undefined)[] {
  const declared = entry.responses[String(status)] ?? [];
  // A failure that nobody described is due as JSON, as all of them.
  const wanted = accept ?? (declared.length === 0 || declared.includes('application/json') ? 'application/json' : declared[0]);
  return [
    file !== undefined ? `The body has ${bytesInWords(size)} and is in a file until this window closes; save it to keep it.` : undefined,
    size === 0 && status < 400 && status !== 203 && declared.length > 0 ? 'Nothing came, where an answer was due. Send it again; if it stays, ask Mastercard\'s support.' : undefined,
    look.html && !declared.includes('text/html') ? 'A web page where data was due: often a proxy or a network sign-in page answers in the API\'s place. Check the base URL and the proxy.' : undefined,
    look.form === 'xml' && wanted === 'application/json' ? 'XML where JSON was due: something between here and the API may drop the Accept header.' : undefined,
    look.form === 'json' && wanted === 'application/pdf' && status < 400 && contentType === 'application/json' ? 'A PDF was asked for; the API answers with JSON while there is none.' : undefined,
    look.form === 'json' && file === undefined && isCutOff(bytes) ? 'The JSON is cut off: it ends without closing what it opened. Something between here and the API may shorten answers; send it again.' : undefined,
  ];
}
