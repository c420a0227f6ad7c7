// Checks the values of a request by the description, before anything is sent: every problem names its field, what is wrong, what would be
// right. It is strict where the API is; a person may still send what is wrong, to see the API's own answer. A value that may be private is
// never repeated in a message. Free of vscode.
import type { OperationEntry, ParameterEntry } from '../api/catalogue.ts';
import { flatBodySchema, namesPartner, type JsonSchema } from '../api/schemas.ts';
import { isRecord } from '../client/values.ts';
import type { FieldPath, FieldProblem } from '../webviews/protocol/request.ts';
import { fromVault } from './document.ts';
import { formatProblems, hiddenProblem } from './formats.ts';

export interface CheckedValues {
  parameters: Readonly<Record<string, unknown>>;
  body?: unknown;
}

/** No more than that are told at once. */
const mostProblems = 200;

/** All problems, in the order of the form. */
export function checkRequest(entry: OperationEntry, { parameters, body }: CheckedValues): FieldProblem[] {
  const found: FieldProblem[] = [];
  for (const parameter of entry.parameters) checkParameter(parameter, parameters[parameter.name], found);
  dateOrder(['parameters'], parameters, found);
  const schema = fromVault.has(entry.operationId) ? undefined : flatBodySchema(entry.operationId);
  if (schema && body !== undefined) check(schema, body, ['body'], true, found);
  else if (schema && entry.requestBody?.required) found.push(missing(['body'], 'A body is needed.'));
  // Left empty, the connection's own goes in.
  const own = (one: FieldProblem): boolean => one.missing === true && one.path.length === 2 && one.path[1] === 'partnerId' && namesPartner(entry.operationId);
  return found.filter((one) => !own(one)).slice(0, mostProblems);
}

function checkParameter(parameter: ParameterEntry, value: unknown, found: FieldProblem[]): void {
  const { name, required, type, in: place } = parameter;
  const path = ['parameters', name];
  if (value === undefined || value === null || value === '') {
    if (required) found.push(missing(path, place === 'path' ? 'Needed: it is part of the address.' : 'Needed.'));
    else if (value === '') found.push(problem(path, 'Empty: it would be sent as an empty text. Clear it to leave it out.', 'warning'));
    return;
  }
  // Digits in a text are as good as the number here, and the reverse: an address is text anyway.
  const types = type.split('|');
  const read = typeof value === 'string' && !types.includes('string') ? fromText(types, value)
    : Number.isSafeInteger(value) && types.includes('string') ? String(value) : value;
  const schema: JsonSchema = { ...parameter, type: types, 'x-unit': parameter.unit };
  delete schema.required;
  check(types.includes('array') && !Array.isArray(read) ? { ...schema, type: 'string', enum: undefined } : schema, read, path, required, found);
}

function fromText(types: readonly string[], value: string): unknown {
  if (types.includes('boolean') && (value === 'true' || value === 'false')) return value === 'true';
  if ((types.includes('integer') || types.includes('number')) && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value);
  return value;
}

function check(schema: JsonSchema, value: unknown, path: FieldPath, required: boolean, found: FieldProblem[]): void {
  if (found.length >= mostProblems) return;
  const types = [schema.type ?? []].flat() as string[];
  if (typeof value === 'number' && !Number.isFinite(value)) {
    found.push(problem(path, tooLarge));
    return;
  }
  if (types.length > 0 && !types.some((type) => isOfType(value, type))) {
    const unseen = typeof value === 'string' && types.some((type) => type === 'integer' || type === 'number') ? hiddenProblem(value) : undefined;
    if (unseen !== undefined) found.push(problem(path, unseen));
    else if (typeof value === 'string' && isTooLarge(types, value)) found.push(problem(path, tooLarge));
    else found.push(problem(path, `Must be ${types.map((type) => wording[type] ?? type).join(' or ')}, not ${describe(value)}.`));
    return;
  }
  if (value === '' && required) {
    found.push(missing(path, 'Needed.'));
    return;
  }
  const before = found.length;
  checkVocabulary(schema, value, path, found);
  if (typeof value === 'string') checkText(schema, value, path, found);
  else if (typeof value === 'number') checkNumber(schema, value, path, found);
  else if (Array.isArray(value)) checkList(schema, value, path, found);
  else if (isRecord(value)) checkGroup(schema, value, path, found);
  // What the description's own rule tells of a field is not told twice.
  const told = new Set(found.slice(before).map((one) => one.path.length));
  for (const one of formatProblems(path, value, schema['x-unit'])) if (one.path.length !== path.length || !told.has(path.length)) found.push(one);
}

function checkVocabulary({ enum: choices }: JsonSchema, value: unknown, path: FieldPath, found: FieldProblem[]): void {
  if (!Array.isArray(choices) || choices.includes(value)) return;
  const close = typeof value === 'string' && choices.find((one) => typeof one === 'string' && one.toLowerCase() === value.toLowerCase());
  const known = choices.filter((one) => one !== null).slice(0, 12).map(String).join(', ');
  found.push(problem(path, close ? `Must be written "${String(close)}".` : `Must be one of: ${known}${choices.length > 12 ? ' …' : ''}.`));
}

function checkText(schema: JsonSchema, value: string, path: FieldPath, found: FieldProblem[]): void {
  const { minLength, maxLength, pattern, format } = schema;
  const length = maxLength === undefined && minLength === undefined ? 0 : charactersOf(value);
  if (typeof maxLength === 'number' && length > maxLength) found.push(problem(path, `Too long: ${length} characters, ${maxLength} at most.`));
  if (typeof minLength === 'number' && length < minLength) found.push(problem(path, `Too short: ${length} characters, ${minLength} at least.`));
  if (typeof pattern === 'string' && !matches(pattern, value)) found.push(problem(path, `Does not have the form that is wanted (${patternWords[pattern] ?? pattern}).`));
  if (format === 'date' && !isDay(value)) found.push(problem(path, 'Must be a day written YYYY-MM-DD.'));
  if (format === 'date-time' && !(/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value) && !Number.isNaN(Date.parse(value)))) found.push(problem(path, 'Must be a moment written like 2026-03-02T09:15:00Z.'));
  if (format === 'uri' && !(URL.canParse(value) && /^https?:$/.test(new URL(value).protocol))) found.push(problem(path, 'Must be a whole address, beginning with https://.'));
  if (format === 'uuid' && !/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value)) found.push(problem(path, 'Must be a UUID: 32 hexadecimal digits with hyphens.'));
  if (value !== value.trim()) found.push(problem(path, 'Begins or ends with a space, which is sent along.', 'warning'));
}

/** Characters as people count them: two halves of a pair are one. Counted in place, since a value may be a file of megabytes. */
function charactersOf(text: string): number {
  let { length } = text;
  for (let at = 0; at + 1 < text.length; at += 1) if (isHalf(text.charCodeAt(at), 0xd800) && isHalf(text.charCodeAt(at + 1), 0xdc00)) {
    length -= 1;
    at += 1;
  }
  return length;
}

const isHalf = (code: number, from: number): boolean => code >= from && code < from + 0x400;

const tooLarge = `Too large to be kept exactly: digits would get lost. Enter a number of ${String(Number.MAX_SAFE_INTEGER).length - 1} digits at most.`;

/** A number that was typed, and left as text because JSON's numbers cannot hold it. */
function isTooLarge(types: readonly string[], text: string): boolean {
  if (!types.includes('integer') && !types.includes('number')) return false;
  return /^\s*[-+]?\d+\s*$/.test(text) ? !Number.isSafeInteger(Number(text)) : /^\s*[-+]?[\d.]+e[-+]?\d+\s*$/i.test(text) && !Number.isFinite(Number(text));
}

const patternWords: Readonly<Record<string, string>> = { '^\\d+$': 'digits alone', '^-?\\d+$': 'digits alone', '^\\d{9}$': 'nine digits without hyphens', '^\\d{4}$': 'four digits' };

function checkNumber(schema: JsonSchema, value: number, path: FieldPath, found: FieldProblem[]): void {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) found.push(problem(path, tooLarge));
  if (typeof minimum === 'number' && value < minimum) found.push(problem(path, `Must be ${minimum} or more.`));
  if (typeof maximum === 'number' && value > maximum) found.push(problem(path, `Must be ${maximum} or less.`));
  if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum) found.push(problem(path, `Must be more than ${exclusiveMinimum}.`));
  if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum) found.push(problem(path, `Must be less than ${exclusiveMaximum}.`));
  if (schema['x-unit'] === 'epoch-seconds' && Math.abs(value) >= 100_000_000_000) found.push(problem(path, 'Looks like milliseconds; the API counts in seconds.', 'warning'));
}

function checkList(schema: JsonSchema, value: readonly unknown[], path: FieldPath, found: FieldProblem[]): void {
  const { minItems, maxItems, items } = schema;
  if (typeof minItems === 'number' && value.length < minItems) found.push(problem(path, `Needs ${minItems} ${minItems === 1 ? 'entry' : 'entries'} at least.`));
  if (typeof maxItems === 'number' && value.length > maxItems) found.push(problem(path, `Takes ${maxItems} entries at most, has ${value.length}.`));
  if (isRecord(items)) value.forEach((item, index) => check(items, item, [...path, index], true, found));
}

function checkGroup(schema: JsonSchema, value: Readonly<Record<string, unknown>>, path: FieldPath, found: FieldProblem[]): void {
  const properties = (schema.properties ?? {}) as Record<string, JsonSchema>;
  const required = new Set((schema.required as string[] | undefined) ?? []);
  for (const name of required) if (value[name] === undefined) found.push(missing([...path, name], 'Needed.'));
  const { minProperties } = schema;
  if (typeof minProperties === 'number' && Object.keys(value).length < minProperties) found.push(missing(path, `Needs ${minProperties === 1 ? 'one of its fields' : `${minProperties} of its fields`} at least.`));
  for (const rule of [...((schema.allOf as JsonSchema[] | undefined) ?? []), schema]) oneOfThese(rule, value, path, found);
  dateOrder(path, value, found);
  for (const [name, item] of Object.entries(value)) {
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (known) check(known, item, [...path, name], required.has(name), found);
    else if (isRecord(schema.additionalProperties)) check(schema.additionalProperties, item, [...path, name], false, found);
    else if (schema.additionalProperties === undefined && schema.properties !== undefined) found.push(problem([...path, name], near(name, Object.keys(properties)), 'warning'));
    else if (schema.additionalProperties === false) found.push(problem([...path, name], near(name, Object.keys(properties))));
  }
}

/** "Either this or that must be there", as the description writes it: `anyOf` of lists of required names. */
function oneOfThese(schema: JsonSchema, value: Readonly<Record<string, unknown>>, path: FieldPath, found: FieldProblem[]): void {
  const choices = ((schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined)?.map((one) => (one.required as string[] | undefined) ?? []);
  if (!choices || choices.some((names) => names.length === 0)) return;
  const given = (name: string): boolean => value[name] !== undefined && value[name] !== '' && value[name] !== null;
  if (choices.some((names) => names.every(given))) return;
  const first = choices[0]![0]!;
  found.push(missing([...path, first], `Needed: ${choices.map((names) => names.join(' with ')).join(', or ')}.`));
}

/** The API refuses a window that ends before it begins (41002). */
function dateOrder(path: FieldPath, values: Readonly<Record<string, unknown>>, found: FieldProblem[]): void {
  for (const [from, to] of [['fromDate', 'toDate'], ['startDate', 'endDate']] as const) {
    const [a, b] = [secondsOf(values[from]), secondsOf(values[to])];
    if (a !== undefined && b !== undefined && a > b) found.push(problem([...path, to], `Lies before ${from}.`));
  }
}

const secondsOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : undefined);

function near(name: string, known: readonly string[]): string {
  const bare = (text: string): string => text.toLowerCase().replace(/[_-]/g, '');
  const close = known.find((one) => bare(one) === bare(name)) ?? known.find((one) => bare(one).startsWith(bare(name)) || bare(name).startsWith(bare(one)));
  return close ? `Not a field of this operation; "${close}" is.` : 'Not a field of this operation, as far as the description says. It is sent as it is.';
}

const wording: Readonly<Record<string, string>> = { integer: 'a whole number', number: 'a number', boolean: 'true or false', array: 'a list', string: 'a text', object: 'an object', null: 'null' };

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'integer': return Number.isInteger(value);
    case 'number': return typeof value === 'number' && Number.isFinite(value);
    case 'array': return Array.isArray(value);
    case 'object': return isRecord(value);
    case 'null': return value === null;
    default: return typeof value === type;
  }
}

const describe = (value: unknown): string =>
  (value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value === 'number' ? (Number.isInteger(value) ? 'a number' : 'a fraction') : { string: 'a text', boolean: 'true or false', object: 'an object' }[typeof value as string] ?? typeof value);

function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(value);
  } catch {
    return true; // a pattern that cannot be read says nothing
  }
}

const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
const problem = (path: FieldPath, message: string, severity: FieldProblem['severity'] = 'error'): FieldProblem => ({ path, message, severity });
const missing = (path: FieldPath, message: string): FieldProblem => ({ ...problem(path, message), missing: true });
