// The form of an operation, out of the description: every parameter and every field of the body with its label, kind, limits and known values.
// Nothing here names an operation: what a form shows is an edit of api/. Free of vscode; loaded when a request is opened.
import type { OperationEntry, ParameterEntry } from '../api/catalogue.ts';
import { badgesOf } from '../api/operationWords.mjs';
import { flatBodySchema, namesPartner, type JsonSchema } from '../api/schemas.ts';
import { acceptOf } from '../api/wire.ts';
import type { FieldKind, FieldPath, FieldSpec, PickerKind, RequestForm } from '../webviews/protocol/request.ts';
import { fromVault } from './document.ts';
import { isPersonalPath } from './personal.ts';
import { pickerOf, takesSeveral } from './pickers.ts';

/** Known values with a meaning of their own, by field name: the permissible purposes. */
export type ValueTitles = Readonly<Record<string, Readonly<Record<string, string>>>>;

export function formOf(entry: OperationEntry, titles: ValueTitles = {}): RequestForm {
  const { operationId, summary, description, method, path, sdkNames } = entry;
  const schema = fromVault.has(operationId) ? undefined : flatBodySchema(operationId);
  const places = ['path', 'query', 'header'];
  const parameters = entry.parameters.map((parameter) => ({ ...withTitles(parameterField(entry, parameter), titles), place: parameter.in }))
    .sort((a, b) => Number(b.required) - Number(a.required) || places.indexOf(a.place) - places.indexOf(b.place));
  return {
    operationId, summary, ...(description !== undefined && { description: flowing(description) }), method, path, sdkNames, badges: badgesOf(entry), parameters,
    ...(schema && { body: deepTitles(field(entry, ['body'], 'body', schema, entry.requestBody?.required ?? false), titles) }),
    accepts: acceptsOf(entry),
  };
}

/** What can be asked for: the operation's own first, then the other forms that it answers successfully in. */
function acceptsOf(entry: OperationEntry): string[] {
  const answered = Object.entries(entry.responses).filter(([status]) => status.startsWith('2')).flatMap(([, types]) => types);
  return [...new Set([acceptOf(entry), ...answered])];
}

function parameterField(entry: OperationEntry, parameter: ParameterEntry): FieldSpec {
  const { name, type, format, enum: choices, suggestions, unit, default: fallback, minimum, maximum, minLength, maxLength, description, required } = parameter;
  const schema: JsonSchema = { type: type.split('|'), format, enum: choices, 'x-suggestions': suggestions, 'x-unit': unit, default: fallback, minimum, maximum, minLength, maxLength, description };
  return field(entry, ['parameters', name], name, schema, required);
}

function field(entry: OperationEntry, path: FieldPath, name: string, schema: JsonSchema, required: boolean): FieldSpec {
  const types = [schema.type ?? []].flat() as string[];
  const kind = kindOf(schema, types);
  const picker = pickerFor(entry, path, kind);
  const [example] = (schema.examples as unknown[] | undefined) ?? [];
  const ownPartner = path.length === 2 && isOwnPartner(entry, name);
  const own: FieldSpec = {
    name, label: labelOf(name), kind, required: required && !ownPartner,
    ...strings(schema, ['description', 'help'], ['x-unit', 'unit']),
    ...(isScalar(example) && { example: String(example) }),
    ...(schema.default !== undefined && { default: schema.default }),
    ...(kind === 'choice' && { choices: choicesOf(schema) }),
    ...(Array.isArray(schema['x-suggestions']) && { suggestions: (schema['x-suggestions'] as unknown[]).map(String) }),
    ...numbers(schema),
    ...(kind === 'epochSeconds' && monthsBack(schema.description)),
    ...(kind !== 'group' && isPersonalPath(path) && { personal: true }),
    ...(picker && { picker }),
    ...(isFile(schema['x-file']) && { file: schema['x-file'] }),
    ...(types.includes('null') && { nullable: true }),
    ...(ownPartner && { default: 'the connection\'s own' }),
  };
  if (kind === 'group') return { ...own, fields: childrenOf(entry, path, schema) };
  if (kind === 'list') return { ...own, item: field(entry, [...path, 0], '', (schema.items as JsonSchema | undefined) ?? {}, true) };
  if (kind === 'map') return { ...own, item: field(entry, [...path, '*'], '', isSchema(schema.additionalProperties) ? schema.additionalProperties : { type: 'string' }, true) };
  return own;
}

/** From "12 months back at most" or the like, which the descriptions of reports say. */
function monthsBack(description: unknown): Pick<FieldSpec, 'monthsBack'> {
  const [, months] = /(\d+) months\b[^.;]*\bat most/.exec(typeof description === 'string' ? description : '') ?? [];
  return months === undefined ? {} : { monthsBack: Number(months) };
}

/** A list has a picker of its own when several are picked at once. */
function pickerFor(entry: OperationEntry, path: FieldPath, kind: FieldKind): PickerKind | undefined {
  const picker = kind === 'group' ? undefined : pickerOf(entry, path);
  return picker && kind === 'list' && !takesSeveral(picker) ? undefined : picker;
}

/** The partner's id in a body: the connection knows it (ownPartner.ts). */
const isOwnPartner = (entry: OperationEntry, name: string): boolean => name === 'partnerId' && namesPartner(entry.operationId);

/** The required fields first, otherwise in the description's order. */
function childrenOf(entry: OperationEntry, path: FieldPath, schema: JsonSchema): FieldSpec[] {
  const required = new Set((schema.required as string[] | undefined) ?? []);
  const all = Object.entries((schema.properties as Record<string, JsonSchema> | undefined) ?? {}).filter(([, one]) => one.readOnly !== true);
  return all.map(([name, one]) => field(entry, [...path, name], name, one, required.has(name))).sort((a, b) => Number(b.required) - Number(a.required));
}

function kindOf(schema: JsonSchema, types: readonly string[]): FieldKind {
  if (isFile(schema['x-file'])) return 'file';
  if (schema.properties !== undefined) return 'group';
  if (types.includes('array')) return 'list';
  if (types.includes('object')) return schema.additionalProperties === undefined || schema.additionalProperties === false ? 'json' : 'map';
  if (choicesOf(schema).length > 0) return 'choice';
  if (types.includes('boolean')) return 'boolean';
  if (schema['x-unit'] === 'epoch-seconds') return 'epochSeconds';
  if (schema.format === 'date' && types.includes('string')) return 'date';
  if (types.includes('integer')) return 'integer';
  if (types.includes('number')) return 'number';
  if (types.includes('string')) return 'text';
  return 'json';
}

const choicesOf = (schema: JsonSchema): string[] => (Array.isArray(schema.enum) ? schema.enum : schema.const !== undefined ? [schema.const] : []).filter(isScalar).map(String);

function numbers(schema: JsonSchema): Partial<FieldSpec> {
  const names = ['minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems'] as const;
  return Object.fromEntries(names.filter((name) => typeof schema[name] === 'number').map((name) => [name, schema[name]]));
}

const strings = (schema: JsonSchema, ...names: readonly (readonly [from: string, to: 'help' | 'unit'])[]): Partial<FieldSpec> =>
  Object.fromEntries(names.filter(([from]) => typeof schema[from] === 'string').map(([from, to]) => [to, flowing(schema[from] as string)]));

/** The description's lines as running text; an empty line stays. */
const flowing = (text: string): string => text.trim().replace(/([^\n])\n(?!\n)/g, '$1 ');

const words: Readonly<Record<string, string>> = { id: 'id', ids: 'ids', ssn: 'SSN', dob: 'Date of birth', url: 'URL', uri: 'URI', pdf: 'PDF', ach: 'ACH', nsf: 'NSF', mfa: 'MFA', cra: 'CRA', voa: 'VOA', voi: 'VOI', ein: 'EIN', api: 'API', tin: 'TIN' };

/** `institutionLoginId` as "Institution login id". */
export function labelOf(name: string): string {
  const parts = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').split(/[\s_.-]+/).filter((part) => part !== '');
  const text = parts.map((part) => words[part.toLowerCase()] ?? part.toLowerCase()).join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const withTitles = (spec: FieldSpec, titles: ValueTitles): FieldSpec => {
  const known = Object.hasOwn(titles, spec.name) ? titles[spec.name] : undefined;
  return known && (spec.kind === 'text' || spec.kind === 'choice') ? { ...spec, titles: known, ...(spec.kind === 'text' && { suggestions: Object.keys(known) }) } : spec;
};

function deepTitles(spec: FieldSpec, titles: ValueTitles): FieldSpec {
  const own = withTitles(spec, titles);
  return { ...own, ...(own.fields && { fields: own.fields.map((one) => deepTitles(one, titles)) }), ...(own.item && { item: deepTitles(own.item, titles) }) };
}

const isScalar = (value: unknown): value is string | number | boolean => ['string', 'number', 'boolean'].includes(typeof value);
const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null && !Array.isArray(value);
const isFile = (value: unknown): value is { types: readonly string[]; maxBytes: number } => isSchema(value) && Array.isArray(value.types) && typeof value.maxBytes === 'number';

/** The field that stands at a path; undefined where the form has none. */
export function specAt(form: RequestForm, [root, ...steps]: FieldPath): FieldSpec | undefined {
  if (root === 'parameters') return steps.length === 1 ? form.parameters.find(({ name }) => name === steps[0]) : undefined;
  return steps.reduce<FieldSpec | undefined>((at, step) => (typeof step === 'number' ? at?.item : at?.fields?.find(({ name }) => name === step) ?? at?.item), form.body);
}
