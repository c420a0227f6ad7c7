// Why a call did not succeed, for the answer's head: what happened, what the API said itself, likely causes, what to do, and the buttons
// that lead out of it. What the API's codes mean stands in api/errorCodes.yaml, what a button does in platform/waysOut.ts. Free of vscode.
import { ApiError, FileError, isOpenBankingError, NetworkError, UnexpectedAnswerError, type ErrorKind, type NetworkProblem } from '../client/errors.ts';
import { waitInWords } from '../client/inWords.ts';
import { plainText } from '../client/plainText.ts';
import { upperFirst } from '../client/values.ts';
import { VaultError } from '../credentials/vaultError.ts';
import { SandboxStartError, SignedOutError, ToldError } from '../platform/errors.ts';
import { userMessage } from '../platform/messages.ts';
import { answerQuestion, connectFix, waysOutOf, type Around, type WayOut } from '../platform/waysOut.ts';
import type { AnswerProblem } from '../webviews/protocol/answer.ts';

export interface Explained {
  problem: AnswerProblem;
  /** What stands behind the problem's buttons, by their id. Kept by the host. */
  waysOut: ReadonlyMap<string, WayOut>;
}

/** Explains any error that a call can end with; one that the person caused (a cancel, a No) is not for here. */
export function explainProblem(error: unknown, around: Around = {}): Explained {
  const ways = waysOutOf(error, around);
  return explained(error instanceof ApiError ? ofApi(error) : ofOurs(error), ways);
}

/** HTTP 203: a success by its number, and none by what it means. Undefined for operations of which it is an answer like any other. */
export function explainBankQuestion(around: Around): Explained | undefined {
  if (!around.entry?.mfa || around.entry.tag.startsWith('Connect')) return undefined;
  const causes = ['The bank asks again now and then, above all after a change of the password.'];
  const title = 'The bank asks a question';
  const answering = answerQuestion(around);
  if (answering)
    return explained({
      title, meaning: 'The institution wants an answer before it goes on: the questions stand in the body.', causes,
      fix: 'Send them back with AddAllAccountsMfa, each with its answer, and with the header MFA-Session of this answer.',
    }, [answering]);
  return explained({
    title, meaning: 'The institution wants the person to answer something before it goes on, and the API has no way to pass the answer on.', causes,
    fix: 'Repair the connection with Connect Fix: the person signs in there and answers.',
  }, [connectFix(around)]);
}

const explained = (words: Words, ways: readonly WayOut[]): Explained =>
  ({ problem: { ...words, buttons: ways.map(({ id, title }) => ({ id, title })) }, waysOut: new Map(ways.map((way) => [way.id, way])) });

type Words = Omit<AnswerProblem, 'buttons'>;

function ofApi({ explanation, code, apiMessage, retryAfterMs }: ApiError): Words {
  const { title, meaning, fix, causes = [] } = explanation;
  const said = apiMessage !== undefined && apiMessage !== '' && !repeats(apiMessage, [title, meaning]) ? apiMessage : undefined;
  const wait = retryAfterMs === undefined ? '' : ` The API asks to wait ${waitInWords(retryAfterMs)}.`;
  return { title, ...(code !== undefined && { code }), meaning, ...(said !== undefined && { said: plainText(said) }), causes, fix: `${fix}${wait}` };
}

/** The API's own words are left out where ours say the same. */
function repeats(said: string, ours: readonly string[]): boolean {
  const bare = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim();
  return ours.some((text) => bare(text) === bare(said));
}

/** Our own errors say first what happened, then what to do. */
function ofOurs(error: unknown): Words {
  const operationId = isOpenBankingError(error) ? error.operationId : undefined;
  const message = userMessage(error).text;
  const text = operationId !== undefined && message.startsWith(`${operationId}: `) ? upperFirst(message.slice(operationId.length + 2)) : message;
  const end = /[.!?](?= [A-Z"])/.exec(text)?.index;
  const [meaning, fix] = end === undefined ? [text, ''] : [text.slice(0, end + 1), text.slice(end + 2)];
  return { title: titleOf(error), meaning, causes: causesOf(error), fix };
}

const titles: Readonly<Record<Exclude<ErrorKind, 'api' | 'authentication' | 'network' | 'unexpectedAnswer'>, string>> = {
  lockout: 'Stopped before signing in', guard: 'Not sent', timeout: 'No answer in time', cancelled: 'Cancelled',
  invalidInput: 'Not sent: a value cannot be used', file: 'The answer could not be written',
};
const networkTitles: Readonly<Record<NetworkProblem, string>> = {
  refused: 'Nobody answers there', dns: 'The host was not found', tls: 'The connection is not secure', proxy: 'The proxy refuses',
  reset: 'The connection broke off', unreachable: 'The host cannot be reached', other: 'The network failed',
};

function titleOf(error: unknown): string {
  if (error instanceof NetworkError) return networkTitles[error.problem];
  if (error instanceof UnexpectedAnswerError) return error.problem === 'redirect' ? 'A redirect instead of an answer' : 'Not the answer that was due';
  if (error instanceof FileError && error.systemCode === 'EFBIG') return 'The answer is too long';
  if (isOpenBankingError(error)) return titles[error.kind as keyof typeof titles] ?? 'Not sent';
  if (error instanceof SignedOutError) return 'Signed out';
  if (error instanceof VaultError) return 'The credentials cannot be read';
  if (error instanceof SandboxStartError) return 'The sandbox did not start';
  return error instanceof ToldError ? 'Not sent' : 'The explorer itself failed';
}

const networkCauses: Readonly<Record<NetworkProblem, readonly string[]>> = {
  refused: ['The server is not running, or listens on another port.', 'A firewall refuses the connection.'],
  dns: ['The machine is offline, or its name server does not know the host.', 'The base URL is misspelled.', 'The host is reached through a proxy only, and the editor does not know of it.'],
  tls: ['Something in the network opens the traffic, and its certificate authority is not among the system\'s.', 'The machine\'s clock is wrong.'],
  proxy: ['The proxy wants a sign-in.', 'The proxy\'s address in the editor\'s settings is out of date.'],
  reset: ['A proxy or a gateway closed the connection before the answer was complete.', 'The answer took longer than something in between allows.'],
  unreachable: ['A VPN or a proxy that is needed here is not connected.', 'The machine is offline.'],
  other: [],
};

function causesOf(error: unknown): readonly string[] {
  if (error instanceof NetworkError) return networkCauses[error.problem];
  if (error instanceof UnexpectedAnswerError && error.problem === 'redirect') return ['A proxy or a network sign-in page stands in between.', 'The base URL lacks its path or names an old host.'];
  if (!isOpenBankingError(error)) return [];
  if (error.kind === 'timeout') return ['The institution takes its time: refreshes and first reads can last minutes.', 'The network is slow or broke off without saying so.'];
  return error.kind === 'lockout' ? ['The partner secret was changed in the developer portal.', 'Partner ID, secret and app key belong to different projects.'] : [];
}
