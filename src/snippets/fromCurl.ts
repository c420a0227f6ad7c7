// A cURL command of this API as a request of ours: the operation by method and path, its parameters, its body. Keys, tokens, cookies and
// passwords are dropped and named in `notes`, never kept; so is whatever the operation does not take. Knows the description alone.
import { catalogue, type OperationEntry, type ParameterEntry } from '../api/catalogue.ts';
import { acceptOf } from '../api/wire.ts';
import { jsonFault } from './jsonPlace.ts';
import { type CurlCommand, CurlError, parseCurl } from './parseCurl.ts';

export interface PastedRequest {
  entry: OperationEntry;
  parameters: Record<string, string | number | boolean>;
  body?: unknown;
  accept?: string;
  /** Where the command would have sent it, for the person; empty when it was a variable. */
  host: string;
  /** What was left out or changed, a sentence each. */
  notes: string[];
}

export interface PasteOptions {
  /** Base URLs that are this API: the connections' and Mastercard's. Any address of this machine counts too. */
  baseUrls: readonly string[];
  /** Operations whose body is credentials. */
  credentialOperations: ReadonlySet<string>;
}

/** @throws CurlError with what is wrong, and the place where that is known. */
export function fromCurl(text: string, options: PasteOptions): PastedRequest {
  const command = parseCurl(text);
  const { host, path, query } = target(command.url, options.baseUrls);
  const { entry, values } = find(command.method, path);
  const notes: string[] = [];
  const parameters: PastedRequest['parameters'] = {};
  for (const [name, value] of Object.entries(values)) parameters[name] = typed(parameterOf(entry, name, 'path'), value);
  readQuery(entry, query, parameters, notes);
  const accept = readHeaders(entry, command, parameters, notes);
  const body = readBody(entry, command, options, notes, text);
  return { entry, parameters, ...(body !== undefined && { body }), ...(accept !== undefined && { accept }), host, notes };
}

const known = 'https://api.finicity.com';

interface Target { host: string; path: string; query: string }

function target(text: string, baseUrls: readonly string[]): Target {
  // $BASE_URL, ${BASE_URL}, {{baseUrl}}, %BASE_URL%: whose host it is cannot be known; the path tells the operation.
  const variable = /^(?:https?:\/\/)?(?:\$\{[^}]*\}|\$\w+|\{\{[^}]*\}\}|%\w+%)(?=\/)/.exec(text)?.[0];
  if (variable !== undefined) return { host: '', ...pathAndQuery(text.slice(variable.length)) };
  let url: URL;
  try {
    url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  } catch {
    throw new CurlError(`"${text.slice(0, 120)}" is not a URL.`);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new CurlError(`The URL is not one of http: ${url.protocol}//…`);
  const base = [known, ...baseUrls].filter((one) => one !== '').map((one) => new URL(one)).filter(({ host, pathname }) => host === url.host && url.pathname.startsWith(pathname.replace(/\/+$/, '')))
    .sort((a, b) => b.pathname.length - a.pathname.length)[0];
  const here = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  if (!base && !here) throw new CurlError(`The command goes to ${url.host}, which is neither this API (api.finicity.com) nor the host of one of your connections. Add a connection with that base URL first, if it is this API behind a host of yours.`);
  return { host: url.host, ...pathAndQuery(`${url.pathname.slice((base?.pathname ?? '').replace(/\/+$/, '').length)}${url.search}`) };
}

function pathAndQuery(text: string): { path: string; query: string } {
  const [whole = ''] = text.split('#', 1);
  const mark = whole.indexOf('?');
  return { path: (mark < 0 ? whole : whole.slice(0, mark)).replace(/\/+$/, '') || '/', query: mark < 0 ? '' : whole.slice(mark + 1) };
}

/** The operation of a method and a path; of several, the one whose path says most. */
function find(method: string, path: string): { entry: OperationEntry; values: Record<string, string> } {
  const fitting = catalogue.flatMap((entry) => {
    const values = match(entry.path, path);
    return values ? [{ entry, values }] : [];
  }).sort((a, b) => Object.keys(a.values).length - Object.keys(b.values).length);
  const found = fitting.find(({ entry }) => entry.method === method);
  if (found) return found;
  const shown = path.slice(0, 160);
  if (fitting.length > 0) throw new CurlError(`No operation is ${method} ${shown}; there is ${fitting.map(({ entry }) => `${entry.method} (${entry.operationId})`).join(' and ')}.`);
  throw new CurlError(`No operation of this API has the path ${shown}. Check it for a typo; "Run Operation" searches the paths that there are.`);
}

function match(template: string, path: string): Record<string, string> | undefined {
  const wanted = template.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const values: Record<string, string> = {};
  for (const [n, part] of wanted.entries()) {
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    const value = decoded(given[n]!);
    if (name === undefined ? part !== value : value === '') return undefined;
    if (name !== undefined) values[name] = value;
  }
  return values;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const parameterOf = (entry: OperationEntry, name: string, place: ParameterEntry['in']): ParameterEntry | undefined =>
  entry.parameters.find((p) => p.in === place && (place === 'header' ? p.name.toLowerCase() === name.toLowerCase() : p.name === name));

/** Numbers and truths as such, where no digit is lost. */
function typed(parameter: ParameterEntry | undefined, value: string): string | number | boolean {
  if ((parameter?.type === 'integer' || parameter?.type === 'number') && /^-?\d+(\.\d+)?$/.test(value) && String(Number(value)) === value) return Number(value);
  if (parameter?.type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}

function readQuery(entry: OperationEntry, query: string, parameters: PastedRequest['parameters'], notes: string[]): void {
  const strangers: string[] = [];
  for (const part of query.split('&').filter((one) => one !== '')) {
    const equals = part.indexOf('=');
    const [name, value] = [equals < 0 ? part : part.slice(0, equals), equals < 0 ? '' : part.slice(equals + 1)].map((one) => decoded(one.replaceAll('+', ' '))) as [string, string];
    const parameter = parameterOf(entry, name, 'query');
    if (!parameter) strangers.push(name.slice(0, 60));
    else if (parameters[name] === undefined) parameters[name] = typed(parameter, value);
    else if (parameter.type === 'array') parameters[name] = `${String(parameters[name])},${value}`;
    else notes.push(`"${name}" stood there twice; the first value was taken.`);
  }
  if (strangers.length > 0) notes.push(`${entry.operationId} has no ${listed(strangers)}; left out.`);
}

const secretHeader = /^((finicity-)?app-(key|token)|authorization|proxy-authorization|cookie|x-api-key)$/i;
const ofEveryTool = /^(content-type|content-length|accept-encoding|accept-language|user-agent|host|connection|cache-control|pragma|origin|referer|priority|dnt|postman-token|sec-.*|expect|transfer-encoding)$/i;

/** Fills header parameters in; answers the media type that is wanted, where it is not the operation's own. */
function readHeaders(entry: OperationEntry, { headers, secrets }: CurlCommand, parameters: PastedRequest['parameters'], notes: string[]): string | undefined {
  const dropped = [...secrets];
  const others: string[] = [];
  let accept: string | undefined;
  for (const { name, value } of headers) {
    const parameter = parameterOf(entry, name, 'header');
    if (secretHeader.test(name)) dropped.push(name);
    else if (parameter) parameters[parameter.name] = typed(parameter, value);
    else if (name.toLowerCase() === 'accept') accept = value === '*/*' || value === acceptOf(entry) || value === '' ? undefined : value;
    else if (!ofEveryTool.test(name)) others.push(name.slice(0, 60));
  }
  if (dropped.length > 0) notes.push(`${listed([...new Set(dropped)])} left out: the connection's own credentials are used.`);
  if (others.length > 0) notes.push(`The header${others.length > 1 ? 's' : ''} ${listed([...new Set(others)])} left out: the operation takes no such.`);
  return accept;
}

function readBody(entry: OperationEntry, { body }: CurlCommand, { credentialOperations }: PasteOptions, notes: string[], text: string): unknown {
  if (body === undefined || body.trim() === '') return undefined;
  if (credentialOperations.has(entry.operationId)) {
    notes.push('The body left out: the connection\'s own credentials are used.');
    return undefined;
  }
  if (!entry.requestBody) {
    notes.push(`The body left out: ${entry.operationId} takes none.`);
    return undefined;
  }
  // Older PowerShells want `\\"` where the program shall see a quote, and hand it on without the backslash.
  const meant = [body, body.replaceAll('\\"', '"')].find((one) => jsonFault(one) === undefined);
  if (meant === undefined) throw unreadable(body, jsonFault(body) ?? body.length, text);
  return withoutPartner(JSON.parse(meant) as unknown);
}

/** A partner's id that stands there as a variable: the connection's own is sent. */
function withoutPartner(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('partnerId' in body) || !/^(\$\{?\w|%\w+%$|\{\{)/.test(String(body.partnerId))) return body;
  const { partnerId: _, ...rest } = body;
  return rest;
}

/** Says where in the body the JSON ends to be JSON, by line and column, and finds that place in the pasted text where it stands there as it is. */
function unreadable(body: string, offset: number, text: string): CurlError {
  const before = body.slice(0, offset).split('\n');
  const form = /^[\w.%-]+=/.test(body) ? ' It looks like a form; this API takes JSON.' : '';
  const extra = /(^|\s)\/[/*]/.test(body) || /,\s*[}\]]/.test(body) ? ' Comments and trailing commas are not JSON.' : '';
  const start = text.indexOf(body);
  const where = offset >= body.length ? 'it breaks off' : `at "${body.slice(Math.max(0, offset - 12), offset + 12).replace(/\s+/g, ' ')}"`;
  return new CurlError(
    `The body is not JSON: line ${before.length}, column ${before.at(-1)!.length + 1} of it, ${where}.${form}${extra}`,
    start < 0 ? undefined : start + offset,
  );
}

const listed = (names: readonly string[]): string => (names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names.join(''));
