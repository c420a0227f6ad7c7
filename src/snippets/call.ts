// A request as every language writes it: URL, headers and body, with secrets as environment variables. Knows the description alone. Two rules:
// no secret, token, password or signing key is ever written as a value, wherever it stands; and what is sent is what the explorer's own
// client would send. Characters that hide or turn what follows them are written as JSON escapes.
import { operation, type OperationEntry } from '../api/catalogue.ts';
import { namesPartner } from '../api/schemas.ts';
import { acceptOf, hasDoubleHeaders, successTypes } from '../api/wire.ts';

export interface SnippetRequest {
  entry: OperationEntry;
  /** Path, query and header parameters, side by side. */
  parameters: Readonly<Record<string, unknown>>;
  body?: unknown;
  /** Without a slash at its end. */
  baseUrl: string;
  /** Media type wanted; the operation's own when left out. */
  accept?: string;
}

/** A value that comes from the environment when the snippet runs. */
export class FromEnvironment {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** Text as it stands, and values of the environment, in a row. In JSON, such a value stands for a whole string with its quotes. */
export type Piece = string | FromEnvironment;

export interface Header {
  name: string;
  value: string | FromEnvironment;
}

export interface SnippetCall {
  entry: OperationEntry;
  method: string;
  /** Whole and escaped; fit for quotes of any kind. */
  url: string;
  /** Accept, Content-Type and header parameters; the key and the token are apart. */
  headers: readonly Header[];
  /** The names under which the key goes, and the token; no token for operations that want none. */
  keyHeaders: readonly string[];
  tokenHeaders: readonly string[];
  /** JSON text, on several lines; undefined for none. */
  body?: readonly Piece[];
  /** The same as a value, for languages that write it in their own way. */
  bodyValue?: unknown;
  /** Parameters as they were given, secrets taken out. */
  parameters: Readonly<Record<string, unknown>>;
  /** Where an answer that is no text goes. */
  file?: string;
  timeoutSeconds: number;
  tokenUrl: string;
  baseUrl: string;
}

export class SnippetError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SnippetError';
  }
}

export const partnerId = new FromEnvironment('OPEN_BANKING_PARTNER_ID');
export const partnerSecret = new FromEnvironment('OPEN_BANKING_PARTNER_SECRET');
export const appKey = new FromEnvironment('OPEN_BANKING_APP_KEY');
export const credentials = { partnerId, partnerSecret } as const;
/** The two operations whose bodies are credentials and nothing else. */
const credentialBodies: Readonly<Record<string, unknown>> = {
  CreateToken: credentials, ModifyPartnerSecret: { ...credentials, newPartnerSecret: new FromEnvironment('OPEN_BANKING_NEW_PARTNER_SECRET') },
};

/** @throws SnippetError when something without which there is no request is missing. */
export function toCall(request: SnippetRequest): SnippetCall {
  const { entry } = request;
  const baseUrl = request.baseUrl.replace(/\/+$/, '').replaceAll('\'', '%27');
  const names = new SecretNames();
  const accept = request.accept ?? acceptOf(entry);
  const headers: Header[] = [{ name: 'Accept', value: oneLine(accept, 'accept') }];
  const query: string[] = [];
  const parameters: Record<string, unknown> = {};
  let path = entry.path;
  for (const { name, in: place, required } of entry.parameters) {
    const value = request.parameters[name];
    if (value === undefined || value === null || (value === '' && place !== 'query')) {
      if (required) throw new SnippetError(`"${name}" is missing: ${entry.operationId} cannot be called without it. Fill it in first.`);
      continue;
    }
    const text = Array.isArray(value) ? value.join(',') : String(value);
    const secret = place === 'header' && /session|token|secret|key/i.test(name);
    parameters[name] = secret ? names.take(name) : value;
    if (place === 'path') path = path.replaceAll(`{${name}}`, escapeSegment(text, name));
    else if (place === 'query') query.push(`${escapePart(name, name)}=${escapePart(text, name)}`);
    else headers.push({ name, value: secret ? parameters[name] as FromEnvironment : oneLine(text, name) });
  }
  const bodyValue = credentialBodies[entry.operationId] ?? (entry.requestBody && request.body !== undefined && request.body !== null ? withPartner(entry, withoutSecrets(request.body, names)) : undefined);
  if (bodyValue === undefined && entry.requestBody?.required) throw new SnippetError(`"body" is missing: ${entry.operationId} cannot be called without it. Fill it in first.`);
  if (bodyValue !== undefined) headers.push({ name: 'Content-Type', value: entry.requestBody?.mediaTypes[0] ?? 'application/json' });
  const doubled = hasDoubleHeaders(entry);
  const file = fileOf(entry, accept);
  return {
    entry, method: entry.method, url: `${baseUrl}${path}${query.length > 0 ? `?${query.join('&')}` : ''}`, headers,
    keyHeaders: ['Finicity-App-Key', ...(doubled ? ['App-Key'] : [])],
    tokenHeaders: entry.appKeyOnly ? [] : ['Finicity-App-Token', ...(doubled ? ['App-Token'] : [])],
    ...(bodyValue !== undefined && { body: jsonPieces(bodyValue), bodyValue }), parameters, ...(file !== undefined && { file }),
    timeoutSeconds: entry.timeoutSeconds, tokenUrl: `${baseUrl}${operation('CreateToken').path}`, baseUrl,
  };
}

/** A request leaves the partner's id to the sending, since the connection knows it: here the environment does. */
function withPartner({ operationId }: OperationEntry, body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body) || !namesPartner(operationId)) return body;
  const { partnerId: own } = body as { partnerId?: unknown };
  return own === undefined || own === null || own === '' ? { ...body, partnerId } : body;
}

/** The environment variables that a snippet of this call reads, in the order in which a person would set them. */
export function variablesOf(call: SnippetCall): string[] {
  const own = [...(call.body ?? []), ...call.headers.map(({ value }) => value)].flatMap((piece) => (piece instanceof FromEnvironment ? [piece.name] : []));
  return [...new Set([...(call.tokenHeaders.length > 0 ? [partnerId.name, partnerSecret.name] : []), appKey.name, ...own])];
}

/** Two lines that say what the snippet does and needs, without the comment signs. */
export const titleOf = (call: SnippetCall): readonly [string, string] => [
  `${call.entry.operationId}: ${call.entry.summary}`,
  `Set ${variablesOf(call).join(', ')} in the environment.`,
];

/** `encodeURIComponent`, and quotes and the like as well, so that the URL can stand in quotes of any language. */
const escapeAll = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

function escapePart(text: string, name: string): string {
  try {
    return escapeAll(text);
  } catch {
    throw new SnippetError(`"${name}" holds half of a character pair and cannot be sent. Type the text again.`);
  }
}

/** A dot segment would be resolved away and name another resource. */
function escapeSegment(text: string, name: string): string {
  if (text.trim() === '' || text === '.' || text === '..') throw new SnippetError(`"${name}" is not an id. Use the id as the API gave it.`);
  return escapePart(text, name);
}

function oneLine(text: string, name: string): string {
  if (!/^[\x20-\x7e]*$/.test(text)) throw new SnippetError(`"${name}" holds a character that a header must not have. Use plain letters, digits and punctuation, without line breaks.`);
  return text;
}

function fileOf({ operationId, ...entry }: OperationEntry, accept: string): string | undefined {
  if (accept.startsWith('application/pdf')) return `${operationId}.pdf`;
  const types = successTypes({ operationId, ...entry });
  return types.includes('application/octet-stream') && !types.includes('application/json') ? `${operationId}.pdf` : undefined;
}

/** Gives every secret a variable of its own, named after its field. */
class SecretNames {
  readonly #taken = new Set<string>();
  take(field: string): FromEnvironment {
    const base = `OPEN_BANKING_${field.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/[^A-Za-z0-9]+/g, '_').toUpperCase()}`;
    let name = base;
    for (let n = 2; this.#taken.has(name); n += 1) name = `${base}_${n}`;
    this.#taken.add(name);
    return new FromEnvironment(name);
  }
}

const secretField = /secret|password|passwd|passcode|token|signing_?key|app_?key|api_?key|^authorization$/i;

/** The value with its secrets taken out: fields named like one, and what a person typed for a bank (`credentials`, answers of questions). */
function withoutSecrets(value: unknown, names: SecretNames, within = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, names, within));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([field, item]): [string, unknown] => {
    const secret = typeof item === 'string' && item !== ''
      && (secretField.test(field) || (within === 'credentials' && field === 'value') || (/challenges|questions/i.test(within) && field === 'answer'));
    if (secret) return [field, names.take(within === 'credentials' ? 'credential' : field)];
    return [field, withoutSecrets(item, names, field)];
  }));
}

/** Control characters, and those that turn the direction of writing or are not seen; JSON.stringify lets most of them stand. */
const unseen = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
export const jsonString = (text: string): string => JSON.stringify(text).replace(unseen, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** How a language writes a value; JSON's own signs where it says nothing. */
export interface Notation {
  string(text: string): string;
  /** A field's name with what follows it up to its value. */
  key(name: string): string;
  true: string;
  false: string;
  null: string;
  /** Left out: the variable stays a piece of its own. */
  environment?(variable: FromEnvironment): string;
}

export const json: Notation = { string: jsonString, key: (name) => `${jsonString(name)}: `, true: 'true', false: 'false', null: 'null' };

/** A value of JSON in a language's notation, two spaces a level, as text and what comes from the environment. */
export function write(value: unknown, notation: Notation, indent = ''): Piece[] {
  if (value instanceof FromEnvironment) return [notation.environment?.(value) ?? value];
  if (value === null || value === undefined) return [notation.null];
  if (typeof value === 'boolean') return [value ? notation.true : notation.false];
  if (typeof value === 'number') return [JSON.stringify(value)];
  if (typeof value === 'string') return [notation.string(value)];
  const list = Array.isArray(value);
  const items = list ? value.map((item): [string, unknown] => ['', item]) : Object.entries(value as object).filter(([, item]) => item !== undefined).map(([name, item]): [string, unknown] => [notation.key(name), item]);
  if (items.length === 0) return [list ? '[]' : '{}'];
  const inner = `${indent}  `;
  return joined([
    list ? '[\n' : '{\n',
    ...items.flatMap(([head, item], n) => [inner, head, ...write(item, notation, inner), n < items.length - 1 ? ',\n' : '\n']),
    indent, list ? ']' : '}',
  ]);
}

const jsonPieces = (value: unknown): readonly Piece[] => write(value, json);

/** Neighbouring texts made one. */
export function joined(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') result[result.length - 1] = last + piece;
    else result.push(piece);
  }
  return result;
}
