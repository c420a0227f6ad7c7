// Makes a request out of an operation's entry and a caller's input: path, query, header, body. What is missing, unknown or of the wrong
// type is refused here, by name, before anything is sent. Values are checked for their type alone: ranges and vocabularies are the API's
// to judge, whose codes a person may well want to see. A plan is made once an operation; a call then only fills it in.
import type { OperationEntry, ParameterEntry } from '../api/catalogue.ts';
import { acceptOf, hasDoubleHeaders } from '../api/wire.ts';
import { InvalidInputError } from './errors.ts';
import type { AnyInput, CallOptions } from './types.ts';

export interface BuiltRequest {
  /** Path and query, from the slash on. */
  target: string;
  headers: Record<string, string>;
  body?: string;
}

interface Plan {
  /** Literal pieces of the path; a path parameter stands between each two. */
  literals: string[];
  pathParameters: ParameterEntry[];
  others: ParameterEntry[];
  known: ReadonlySet<string>;
  accept: string;
  /** The families that read the key and token under another name as well. */
  doubleHeaders: boolean;
  contentType: string;
}

const plans = new WeakMap<OperationEntry, Plan>();

function planOf(operation: OperationEntry): Plan {
  let plan = plans.get(operation);
  if (!plan) plans.set(operation, (plan = makePlan(operation)));
  return plan;
}

function makePlan(operation: OperationEntry): Plan {
  const pieces = operation.path.split(/\{([^}]+)\}/);
  const byName = new Map(operation.parameters.filter((p) => p.in === 'path').map((p) => [p.name, p]));
  const names = pieces.filter((_, i) => i % 2 === 1);
  const known = new Set(operation.parameters.map((p) => p.name));
  if (operation.requestBody) known.add('body');
  return {
    literals: pieces.filter((_, i) => i % 2 === 0),
    pathParameters: names.map((name) => byName.get(name) ?? { name, in: 'path', required: true, type: 'string' }),
    others: operation.parameters.filter((p) => p.in !== 'path'),
    known,
    accept: acceptOf(operation),
    doubleHeaders: hasDoubleHeaders(operation),
    contentType: operation.requestBody?.mediaTypes[0] ?? 'application/json',
  };
}

/** @throws InvalidInputError naming the field, what is wrong with it and what to do. */
export function buildRequest(operation: OperationEntry, input: AnyInput, options: CallOptions): BuiltRequest {
  const plan = planOf(operation);
  for (const name in input) if (!plan.known.has(name)) throw unknownParameter(operation, plan, name);
  const headers: Record<string, string> = { accept: options.accept === undefined ? plan.accept : headerValue(operation, 'accept', options.accept) };
  let target = plan.literals[0]!;
  for (let i = 0; i < plan.pathParameters.length; i++) {
    const parameter = plan.pathParameters[i]!;
    target += pathSegment(operation, parameter, input[parameter.name]) + plan.literals[i + 1]!;
  }
  let separator = '?';
  for (const parameter of plan.others) {
    const value = input[parameter.name];
    if (value === undefined || value === null) {
      if (parameter.required) throw missing(operation, parameter);
      continue;
    }
    const text = toText(operation, parameter, value);
    if (parameter.in === 'header') headers[parameter.name.toLowerCase()] = headerValue(operation, parameter.name, text);
    else {
      target += `${separator}${encodeURIComponent(parameter.name)}=${encode(operation, parameter, text)}`;
      separator = '&';
    }
  }
  return { target, headers, body: bodyOf(operation, plan, input, headers) };
}

/** Adds the key, and the token where the operation wants one. */
export function authorize(request: BuiltRequest, operation: OperationEntry, appKey: string, token: string | undefined): void {
  request.headers['finicity-app-key'] = appKey;
  if (token !== undefined) request.headers['finicity-app-token'] = token;
  if (!planOf(operation).doubleHeaders) return;
  request.headers['app-key'] = appKey;
  if (token !== undefined) request.headers['app-token'] = token;
}

function pathSegment(operation: OperationEntry, parameter: ParameterEntry, value: unknown): string {
  if (value === undefined || value === null || value === '') throw missing(operation, parameter);
  const text = toText(operation, parameter, value);
  // A dot segment would be resolved away and name another resource.
  if (text.trim() === '' || text === '.' || text === '..')
    throw invalid(operation, parameter.name, 'is not an id', 'Use the id as the API gave it.');
  return encode(operation, parameter, text);
}

function encode(operation: OperationEntry, parameter: ParameterEntry, text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    throw invalid(operation, parameter.name, 'holds half of a character pair and cannot be sent', 'Type the text again.');
  }
}

/** Ids travel as strings here and numbers there, and forms give text: both are taken where no digit can get lost. */
function toText(operation: OperationEntry, parameter: ParameterEntry, value: unknown): string {
  const { name, type } = parameter;
  if (type.includes('|')) {
    if (typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return String(value);
  } else if (type === 'integer') {
    if (Number.isSafeInteger(value) || (typeof value === 'string' && isWhole(value))) return String(value);
  } else if (type === 'number') {
    if (Number.isFinite(value) || (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)))) return String(value);
  } else if (type === 'boolean') {
    if (typeof value === 'boolean' || value === 'true' || value === 'false') return String(value);
  } else if (type === 'array') {
    if (Array.isArray(value) && value.every((item) => typeof item === 'string' || typeof item === 'number')) return value.join(',');
    if (typeof value === 'string') return value;
  } else if (typeof value === 'string' || Number.isSafeInteger(value)) return String(value);
  throw invalid(operation, name, `must be ${wording[type] ?? 'text'} but is ${describe(value)}`, 'Correct its value.');
}

const wording: Readonly<Record<string, string>> = {
  integer: 'a whole number', number: 'a number', boolean: 'true or false', array: 'a list of texts or numbers', string: 'text',
};

const isWhole = (text: string) => /^-?\d{1,18}$/.test(text);

/** A value's type in words; never the value, which may be private. */
function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number') return Number.isInteger(value) ? 'a number too large to be exact' : Number.isFinite(value) ? 'a fraction' : 'not a number';
  return { string: 'text', boolean: 'true or false', object: 'an object' }[typeof value as string] ?? `a ${typeof value}`;
}

function headerValue(operation: OperationEntry, name: string, text: string): string {
  if (!isHeaderSafe(text)) throw invalid(operation, name, 'holds a character that a header must not have', 'Use plain letters, digits and punctuation, without line breaks.');
  return text;
}

/** Printable ASCII: what a header can carry everywhere. An engine's own message about a bad one would quote the value. */
export const isHeaderSafe = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

function bodyOf(operation: OperationEntry, plan: Plan, input: AnyInput, headers: Record<string, string>): string | undefined {
  const { requestBody } = operation;
  if (!requestBody) return undefined;
  const { body } = input;
  if (body === undefined || body === null) {
    if (requestBody.required) throw invalid(operation, 'body', 'is missing', `Send the JSON that ${operation.operationId} describes.`);
    return undefined;
  }
  if (typeof body !== 'object') throw invalid(operation, 'body', `must be a JSON object but is ${describe(body)}`, 'Pass the object itself, not its text.');
  let text: string | undefined;
  try {
    text = JSON.stringify(body);
  } catch {
    text = undefined;
  }
  if (text === undefined) throw invalid(operation, 'body', 'cannot be written as JSON', 'Use plain objects, lists, texts, numbers and booleans, without cycles.');
  headers['content-type'] = plan.contentType;
  return text;
}

function missing(operation: OperationEntry, parameter: ParameterEntry): InvalidInputError {
  return invalid(operation, parameter.name, 'is missing', parameter.description ?? `Give the ${parameter.in} parameter ${parameter.name}.`);
}

function unknownParameter(operation: OperationEntry, plan: Plan, name: string): InvalidInputError {
  const lower = name.toLowerCase().replaceAll('_', '');
  const close = [...plan.known].find((known) => known.toLowerCase().replaceAll('_', '') === lower);
  const names = [...plan.known].join(', ');
  const advice = close ? `Did you mean "${close}"?` : names === '' ? 'It takes none.' : `It takes: ${names}.`;
  return invalid(operation, name, 'is not a parameter of this operation', advice);
}

const invalid = (operation: OperationEntry, field: string, problem: string, advice: string) =>
  new InvalidInputError(field, `${operation.operationId}: "${field}" ${problem}. ${advice}`, operation.operationId);
