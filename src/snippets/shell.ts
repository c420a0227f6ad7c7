// cURL and HTTPie, for a POSIX shell. Everything that a person typed stands in single quotes, where a shell reads nothing; variables stand in
// double quotes with a message for when they are not set. `${x:?}` ends a script but leaves an interactive shell open. No comments: a shell
// at the prompt may not take them.
import { appKey, credentials, FromEnvironment, partnerId, partnerSecret, type Piece, type SnippetCall } from './call.ts';

const quoted = (text: string): string => `'${text.replaceAll('\'', '\'\\\'\'')}'`;
const variable = ({ name }: FromEnvironment): string => `\${${name}:?is not set}`;
const token = '${token:?did not come back, see above}';

/** The API's own credentials are letters and digits; a bank's password may hold what JSON has to escape. */
const inJson = (of: FromEnvironment): string => (of === partnerId || of === partnerSecret ? variable(of) : `$(printf '%s' "${variable(of)}" | sed 's/[\\\\"]/\\\\&/g')`);
/** JSON out of text and variables, as one word of the shell. */
const word = (pieces: readonly Piece[]): string => pieces.map((piece) => (typeof piece === 'string' ? quoted(piece) : `"\\"${inJson(piece)}\\""`)).join('');
const header = (name: string, value: string | FromEnvironment): string => (typeof value === 'string' ? quoted(`${name}: ${value}`) : `"${name}: ${variable(value)}"`);

/** One argument of a program must not be longer than 128 KB on Linux, and others see it; `printf` is the shell's own and has no such limit. */
const longestWord = 30_000;
const throughInput = (pieces: readonly Piece[]): boolean => pieces.some((piece) => piece instanceof FromEnvironment) || word(pieces).length > longestWord;
const piped = (pieces: readonly Piece[]): string => `printf '%s' ${word(pieces)} |\n  `;
const readToken = `sed -n 's/.*"token" *: *"\\([^"]*\\)".*/\\1/p'`;

const headersOf = (call: SnippetCall): string[] => [
  ...call.headers.map(({ name, value }) => header(name, value)),
  ...call.keyHeaders.map((name) => header(name, appKey)),
  ...call.tokenHeaders.map((name) => `"${name}: ${token}"`),
];
const lines = (parts: readonly string[]): string => parts.join(' \\\n  ');
const signInBody: readonly Piece[] = ['{"partnerId": ', credentials.partnerId, ', "partnerSecret": ', credentials.partnerSecret, '}'];

export function curl(call: SnippetCall): string {
  const send = 'curl -sS --fail-with-body';
  const signIn = call.tokenHeaders.length === 0 ? '' : `token=$(${piped(signInBody)}${lines([
    `${send} -X POST ${quoted(call.tokenUrl)}`, '-H \'Accept: application/json\' -H \'Content-Type: application/json\'', `-H ${header('Finicity-App-Key', appKey)}`, '--data-binary @- |',
  ])}\n  ${readToken})\n\n`;
  const { body } = call;
  const fromInput = body !== undefined && throughInput(body);
  return `${signIn}${fromInput ? piped(body) : ''}${lines([
    `${send}${call.method === 'GET' ? '' : ` -X ${call.method}`} ${quoted(call.url)}`, ...headersOf(call).map((text) => `-H ${text}`),
    ...(fromInput ? ['--data-binary @-'] : body ? [`--data-raw ${word(body)}`] : []), ...(call.file ? [`-o ${quoted(call.file)}`] : []),
  ])}\n`;
}

export function httpie(call: SnippetCall): string {
  const signIn = call.tokenHeaders.length === 0 ? '' : `token=$(${piped(signInBody)}${lines([
    `http --check-status --body POST ${quoted(call.tokenUrl)}`, '\'Accept: application/json\' \'Content-Type: application/json\'', `${header('Finicity-App-Key', appKey)} |`,
  ])}\n  ${readToken})\n\n`;
  const { body } = call;
  const fromInput = body !== undefined && throughInput(body);
  const options = ['--check-status', ...(fromInput ? [] : ['--ignore-stdin']), ...(call.file ? ['--download', `--output ${quoted(call.file)}`] : [])];
  return `${signIn}${fromInput ? piped(body) : ''}${lines([
    `http ${options.join(' ')} ${call.method} ${quoted(call.url)}`, ...headersOf(call), ...(body && !fromInput ? [`--raw ${word(body)}`] : []),
  ])}\n`;
}
