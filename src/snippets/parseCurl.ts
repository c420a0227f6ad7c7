// A cURL command as words of curl's own: method, URL, headers, body. Takes what browsers, Postman, people and the explorer itself write. Of
// several commands in the text, as when one gets a token first, the last that is no sign-in counts. Nothing is sent, no file is read.
import { dialectOf, QuoteError, shellWords, type Word } from './shellWords.ts';

export interface CurlCommand {
  method: string;
  url: string;
  headers: readonly { name: string; value: string }[];
  body?: string;
  /** Options that carry a secret, by name: what they held is not kept. */
  secrets: readonly string[];
}

/** What is wrong with a pasted command, in words; `at` is the place in the text where that is known. */
export class CurlError extends Error {
  readonly at?: number;
  constructor(message: string, at?: number) {
    super(message);
    this.name = 'CurlError';
    this.at = at;
  }
}

/** Options that take a value, beside those that parse() knows. */
const withValue = new Set(`--cacert --capath --cert --cert-type --ciphers --config --connect-timeout --connect-to --cookie-jar --crlfile --data-ascii --dns-servers
  --doh-url --dump-header --engine --expect100-timeout --interface --keepalive-time --key --key-type --limit-rate --local-port --max-filesize --max-redirs --max-time --netrc-file
  --noproxy --output --output-dir --pass --pinnedpubkey --proto --proto-default --proto-redir --proxy --proxy-header --range --rate --referer --resolve --retry --retry-delay
  --retry-max-time --socks5 --socks5-hostname --speed-limit --speed-time --stderr --tls-max --tls13-ciphers --trace --trace-ascii --unix-socket --user-agent --write-out
  -o -m -w -A -e -x -c -K -r -E -y -Y -z -C -D -P -t`.split(/\s+/));
const long: Readonly<Record<string, string>> = {
  '-X': '--request', '-H': '--header', '-d': '--data', '-F': '--form', '-T': '--upload-file', '-u': '--user', '-b': '--cookie', '-G': '--get', '-I': '--head', '-U': '--proxy-user',
};
const bodies = new Set(['--data', '--data-raw', '--data-binary', '--data-ascii', '--data-urlencode', '--json']);
const secretOptions = new Set(['--user', '--cookie', '--oauth2-bearer', '--proxy-user', '--aws-sigv4']);

/** @throws CurlError */
export function parseCurl(text: string): CurlCommand {
  const commands = commandsIn(text);
  if (commands.length === 0) {
    const tool = /^\s*(http|https|wget|Invoke-WebRequest|Invoke-RestMethod|iwr|irm|fetch)\b/i.exec(text)?.[1];
    throw new CurlError(tool ? `This is a command of ${tool}, not of cURL. Copy the request as cURL.` : 'There is no cURL command in this text: it should begin with "curl".');
  }
  const read = commands.map((command) => () => parse(command));
  if (read.length === 1) return read[0]!();
  const parsed = read.flatMap((one) => {
    try {
      return [one()];
    } catch {
      return [];
    }
  });
  return parsed.findLast(({ url }) => !/\/partners\/authentication\b/.test(url)) ?? parsed.at(-1) ?? read.at(-1)!();
}

interface Command {
  words: Word[];
  /** What is piped into it, where that stands in the text. */
  input?: string;
}

/** The words of each command that is curl's, `curl` itself left out. */
function commandsIn(text: string): Command[] {
  let words: Word[];
  try {
    words = shellWords(text, dialectOf(text));
  } catch (error) {
    if (error instanceof QuoteError) throw new CurlError(`${error.message} Copy the whole command.`, error.at);
    throw error;
  }
  const commands: Command[] = [];
  let current: Command | undefined;
  // Of what stands before a command, its first and its last word are all that counts.
  let before: { program: string; last?: string } | undefined;
  let piped = false;
  let first = true;
  for (const word of words) {
    if (word.operator) {
      // A line's end after a pipe is no end.
      if (word.text.trim() !== '' || !piped) {
        piped = word.text === '|';
        if (!piped) before = undefined;
        current = undefined;
        first = true;
      }
      continue;
    }
    if (first && /^(?:.*[/\\])?curl(?:\.exe)?$/i.test(word.text)) {
      commands.push((current = { words: [], ...(piped && (before?.program === 'printf' || before?.program === 'echo') && { input: before.last }) }));
    } else if (current) current.words.push(word);
    else if (first || !before) before = { program: word.text };
    else before.last = word.text;
    piped = false;
    // A prompt, `sudo`, or a variable that is set for the command may stand before it.
    first = first && /^([$>%#]|PS|.*>|sudo|time|command|\w+=.*)$/.test(word.text);
  }
  return commands;
}

interface Reading {
  method?: string;
  url?: string;
  headers: { name: string; value: string }[];
  data: string[];
  json: boolean;
  get: boolean;
  secrets: string[];
  input?: string;
}

function parse({ words, input }: Command): CurlCommand {
  const reading: Reading = { input, headers: [], data: [], json: false, get: false, secrets: [] };
  const rest = words.flatMap(splitShort);
  for (let i = 0; i < rest.length; i += 1) {
    const { text, at } = rest[i]!;
    if (!text.startsWith('-') || text === '-') {
      reading.url ??= text;
      continue;
    }
    const [option, given] = /^--[\w-]+=/.test(text) ? [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)] : [long[text] ?? text, undefined];
    const value = (): string => {
      if (given !== undefined) return given;
      i += 1;
      const next = rest[i];
      if (!next) throw new CurlError(`"${option}" has no value after it. Copy the whole command.`, at);
      return next.text;
    };
    take(reading, option, value, at);
  }
  if (reading.url === undefined || reading.url === '') throw new CurlError('This cURL command has no URL. Copy the whole command.');
  return finish(reading, reading.url);
}

/** `-sXPOST` and `-H'a: b'` as words of their own. */
function splitShort({ text, at }: Word): Word[] {
  if (!/^-[A-Za-z0-9#:]{1}./.test(text) || text.startsWith('--')) return [{ text, at }];
  const result: Word[] = [];
  for (let i = 1; i < text.length; i += 1) {
    const option = `-${text[i]!}`;
    result.push({ text: option, at });
    const takesValue = withValue.has(option) || (long[option] !== undefined && option !== '-G' && option !== '-I');
    if (takesValue && i + 1 < text.length) {
      result.push({ text: text.slice(i + 1), at });
      break;
    }
  }
  return result;
}

function take(reading: Reading, option: string, value: () => string, at: number): void {
  if (option === '--request') reading.method = value().toUpperCase();
  else if (option === '--url') reading.url = value();
  else if (option === '--get') reading.get = true;
  else if (option === '--head') reading.method = 'HEAD';
  else if (option === '--header') {
    const header = value();
    const colon = header.search(/[:;]/);
    if (colon > 0) reading.headers.push({ name: header.slice(0, colon).trim(), value: header.slice(colon + 1).trim() });
  } else if (bodies.has(option)) {
    const data = value();
    const file = option === '--data-raw' ? undefined : /^@(.*)$/s.exec(data)?.[1];
    if (file !== undefined && !(file === '-' && reading.input !== undefined)) throw new CurlError(`The body comes from ${file === '-' ? 'another command' : `the file "${file.slice(0, 120)}"`}, which is not read. Put the JSON itself into the command: --data-raw '…'.`, at);
    reading.data.push(file === undefined ? data : reading.input!);
    if (option === '--json') reading.json = true;
  } else if (option === '--form' || option === '--form-string' || option === '--upload-file')
    throw new CurlError(`"${option}" sends a form or a file, and this API takes JSON alone.`, at);
  else if (secretOptions.has(option)) {
    value();
    reading.secrets.push(option);
  } else if (withValue.has(option)) value();
}

function finish({ method, url, headers, data, json, get, secrets }: Reading, target: string): CurlCommand {
  const body = data.length > 0 ? data.join(json ? '' : '&') : undefined;
  const common = { headers, secrets };
  if (get && body !== undefined) return { ...common, method: method ?? 'GET', url: `${target}${target.includes('?') ? '&' : '?'}${body}` };
  return { ...common, method: method ?? (body === undefined ? 'GET' : 'POST'), url: url ?? target, ...(body !== undefined && { body }) };
}
