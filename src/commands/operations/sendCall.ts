// The one road of a request that a person sends, from its form or its text: opens the session, sends (the guard asks on the way), and makes of
// whatever comes what the answer's view shows. It never throws for what a call can end with; words for that are in requests/explain.ts.
// Uses no more of the editor than it is given, so that it is tested in plain Node.
import type { OperationEntry } from '../../api/catalogue.ts';
import { ApiError, CancelledError, GuardRefusal } from '../../client/errors.ts';
import { plainText } from '../../client/plainText.ts';
import type { AnyInput, ApiResponse, DownloadProgress } from '../../client/types.ts';
import type { Connections } from '../../credentials/connections.ts';
import type { ConnectionRecord } from '../../credentials/types.ts';
import { isCancel } from '../../platform/messages.ts';
import type { Sessions } from '../../platform/sessions.ts';
import type { Around, WayOut } from '../../platform/waysOut.ts';
import { bodyNotKept, headOfAnswer, headWithoutAnswer, type HeadContext } from '../../requests/answerHead.ts';
import { beginningOf, type AnswerHandle, type AnswerStore } from '../../requests/answerStore.ts';
import { connectLink } from '../../requests/connectLink.ts';
import { withPartner } from '../../requests/ownPartner.ts';
import { fromVault } from '../../requests/document.ts';
import { explainBankQuestion, explainProblem } from '../../requests/explain.ts';
import { answersUnlistedIds } from '../../tree/answeredIds.ts';
import type { ExplorerHandle } from '../../tree/nodes.ts';
import { answerByteLimit, type AnswerHead } from '../../webviews/protocol/answer.ts';

export interface SendCallParts {
  connections: Pick<Connections, 'get'>;
  /** `partnerOf` knows the partner of a connection that was opened. */
  sessions: Pick<Sessions, 'open'> & { partnerOf?(connectionId: string): string | undefined };
  explorer: Pick<ExplorerHandle, 'sent'>;
  operations: { used(operationId: string): Promise<void> };
  /** A report that the answer says is being made is followed to its end; false when it says nothing of one. */
  jobs?: { started(report: { connectionId: string; entry: OperationEntry; input: AnyInput; body: unknown }): Promise<boolean> };
  answers: Pick<AnswerStore, 'keep' | 'get' | 'overflowPath'>;
  /** For what fails beside the call and must not take its answer away. */
  showError(error: unknown): void;
}

export interface CallToSend {
  entry: OperationEntry;
  input: AnyInput;
  connectionId: string;
  /** Media type wanted; the operation's own when left out. */
  accept?: string;
  /** Cancels it. */
  signal?: AbortSignal;
  /** Told as the body arrives, of long ones often. */
  onProgress?: (progress: DownloadProgress) => void;
  /** Told while the guard asks the person: nothing is under way then. */
  onQuestion?: (open: boolean) => void;
  /** Counts the answers of this request, from 1. */
  number?: number;
  /** The answer before this one, to compare with. */
  previous?: AnswerHandle;
}

/** There is something to show: an answer, or why none came. */
export interface CallAnswer {
  head: AnswerHead;
  /** For opening, saving and comparing; undefined when no answer came. */
  answer?: AnswerHandle;
  /** The body, as it came; undefined when it is empty or went to a file. */
  bytes?: Uint8Array;
  /** What stands behind the buttons of `head.problem`, by id. */
  waysOut: ReadonlyMap<string, WayOut>;
  /** The small JSON that a successful change answered with, parsed. */
  body?: unknown;
}

/** It ended without anything to show, by the person's own doing; the words say so. */
export interface CallEnded {
  ended: string;
  /** A command that goes on from there. */
  wayOut?: WayOut;
}

export async function sendCall(parts: SendCallParts, call: CallToSend): Promise<CallAnswer | CallEnded> {
  const { entry, connectionId, signal } = call;
  const record = parts.connections.get(connectionId);
  if (!record) return { ended: `There is no connection "${plainText(connectionId, 60)}". Choose another one for this request.` };
  const startedAt = performance.now();
  try {
    if (fromVault.has(entry.operationId)) return await aboutCredentials(parts, call);
    await parts.operations.used(entry.operationId);
    const { client } = await parts.sessions.open(connectionId);
    if (signal?.aborted) throw new CancelledError(entry.operationId);
    const raw = { limitBytes: answerByteLimit, overflow: () => parts.answers.overflowPath(entry.operationId), ...(call.onProgress && { onProgress: call.onProgress }) };
    const answer = await client.send(entry.operationId, withPartner(entry, call.input, parts.sessions.partnerOf?.(connectionId)), { origin: 'form', raw, ...(call.onQuestion && { onQuestion: call.onQuestion }), ...(call.accept !== undefined && { accept: call.accept }), ...(signal && { signal }) });
    const body = smallJson(answer, entry);
    // Beside each other: what is told of a success neither waits for the answer to be kept, nor fails with it.
    const [shown, followed] = await Promise.all([toShow(parts, call, record, answer), succeeded(parts, call, body)]);
    return { ...shown, head: { ...shown.head, ...(followed && { followed }) }, ...(body !== undefined && { body }) };
  } catch (error) {
    const words = endedBy(error, entry, signal);
    if (words !== undefined) return { ended: words };
    // An answer of the API, also one that says no, is what was asked for.
    if (error instanceof ApiError) return toShow(parts, call, record, error.answer(), error);
    const { problem, waysOut } = explainProblem(error, aroundOf(call));
    return { head: headWithoutAnswer(error, performance.now() - startedAt, context(parts, call, record), problem), waysOut };
  }
}

/** What follows a success: the one place for it. `body` is the answer's JSON, as far as it is small. Says whether it is a job now. */
async function succeeded({ explorer, jobs, showError }: SendCallParts, { entry, input, connectionId }: CallToSend, body: unknown): Promise<boolean> {
  if (!toldOf(entry)) return false;
  const followed = entry.method !== 'GET' && (await jobs?.started({ connectionId, entry, input, body }).catch(showError)) === true;
  await explorer.sent(connectionId, entry.operationId, input, body).catch(showError);
  return followed;
}

async function toShow(parts: SendCallParts, call: CallToSend, record: ConnectionRecord, answer: ApiResponse, error?: ApiError): Promise<CallAnswer> {
  const { file, size, status } = answer;
  const around = aroundOf(call);
  const explained = error ? explainProblem(error, around) : status === 203 ? explainBankQuestion(around) : undefined;
  const start = file === undefined ? undefined : await beginningOf(file).catch(() => new Uint8Array());
  const { head, look } = headOfAnswer(answer, context(parts, call, record), { ...(explained && { problem: explained.problem }), ...(start && { start }) });
  const bytes = answer.body instanceof Uint8Array ? answer.body : undefined;
  const { form, extension } = look;
  const waysOut: CallAnswer['waysOut'] = explained?.waysOut ?? new Map();
  const handle = await parts.answers.keep({ operationId: call.entry.operationId, form, extension, status, size, ...(bytes && { bytes }), ...(file !== undefined && { file }) }).catch(parts.showError);
  // It was sent, and answered: that must be seen, whatever became of the body.
  if (!handle) return { head: { ...head, comparable: false, unkept: true, ...(file !== undefined && { form: 'none' }), note: bodyNotKept }, ...(bytes && { bytes }), waysOut };
  const link = status < 400 ? connectLink(bytes, record.environment, head.receivedAt) : undefined;
  return { head: { ...head, ...(handle.file !== undefined && { file: { name: handle.name } }), ...(link && { link: { until: link.until } }) }, answer: handle, ...(bytes && { bytes }), waysOut };
}

function context({ answers }: SendCallParts, { entry, input, accept, number = 1, previous }: CallToSend, { label }: ConnectionRecord): HeadContext {
  const comparable = previous !== undefined && answers.get(previous.name) !== undefined;
  return { entry, input, ...(accept !== undefined && { accept }), connection: label, receivedAt: Date.now(), number, comparable };
}

const aroundOf = ({ entry, input, connectionId }: CallToSend): Around => ({ entry, input, connectionId });

/** Larger ones are no answer to a change that anybody waits for. */
const smallBody = 1024 * 1024;

/** A reading is told of only where it answers ids that the tree has to remember. */
const toldOf = ({ method, operationId }: OperationEntry): boolean => method !== 'GET' || answersUnlistedIds(operationId);

function smallJson({ body }: ApiResponse, entry: OperationEntry): unknown {
  if (!toldOf(entry) || !(body instanceof Uint8Array) || body.length > smallBody) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(body)) as unknown;
  } catch {
    return undefined; // XML, text or cut JSON: it is shown as it is
  }
}

function endedBy(error: unknown, { method }: OperationEntry, signal: AbortSignal | undefined): string | undefined {
  if (error instanceof GuardRefusal && error.declined) return error.message;
  if (!isCancel(error)) return undefined;
  const what = signal?.aborted || (error instanceof CancelledError && error.byPerson) ? 'Cancelled.' : 'Ended: the connection was closed while the request was under way.';
  return method === 'GET' ? what : `${what} The API may have taken it already: look before you send it again.`;
}

/** The two operations whose values come from the vault, and go nowhere else. */
async function aboutCredentials({ sessions }: SendCallParts, { entry, connectionId, signal }: CallToSend): Promise<CallEnded> {
  if (entry.operationId === 'CreateToken') {
    const { client } = await sessions.open(connectionId);
    await client.authenticate({ origin: 'form', ...(signal && { signal }) });
    return { ended: 'CreateToken succeeded with the connection\'s own credentials. The token is kept in memory and not shown.' };
  }
  return {
    ended: 'ModifyPartnerSecret changes the secret that this connection signs in with. Change it in the developer portal, then enter the new one with "Edit Connection".',
    wayOut: { id: 'editConnection', title: 'Edit Connection', does: { command: 'openBanking.editConnection', arguments: [{ connectionId }] } },
  };
}
