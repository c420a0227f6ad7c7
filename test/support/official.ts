// Holds what goes over the wire to the official description, where its file lies beside the checkout. It knows nothing of ours: it reads
// the YAML, turns OpenAPI 3.0's schemas into JSON Schema and validates with ajv. A problem has a place and a kind spelled as in
// `npm run api:diff`, so that api/exceptions.yaml explains both. Nulls are left out before an answer is checked: the official file knows none.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import { root } from '../../scripts/paths.mjs';
import type { WireRequest, WireResponse } from './description.ts';

type Json = Record<string, unknown>;

export interface Problem {
  operation: string;
  /** As api:diff spells it, e.g. `/responses/200/accounts/[]/id`. */
  place: string;
  /** As api:diff spells it: type, required, enum, a limit; `removed` for what the official file does not know. */
  what: string;
  /** What the official file wants there, when it is a value. */
  theirs?: unknown;
  detail: string;
}

export interface Official {
  version: string;
  /** Undefined for an operation that this version does not have. */
  operationOf(method: string, target: string): string | undefined;
  requestProblems(request: WireRequest): Problem[];
  responseProblems(request: WireRequest, response: WireResponse): Problem[];
}

interface Template {
  path: string;
  item: Json;
  names: string[];
  pattern: RegExp;
}

interface Found extends Template {
  id: string;
  pointer: string;
  operation: Json;
  values: Record<string, string>;
}

/** Where the official files lie when they are there; they are no part of the project. */
export const officialFile = (version: string): string => join(root, `../shared/reference/openbanking-us-${version}.yaml`);

const loaded = new Map<string, Official | undefined>();

/** The official description of a version; undefined when its file is not beside the checkout. Read once a process. */
export function official(version: string): Official | undefined {
  if (!loaded.has(version)) {
    const file = officialFile(version);
    loaded.set(version, existsSync(file) ? officialOf(parse(readFileSync(file, 'utf8')) as Json) : undefined);
  }
  return loaded.get(version);
}

/** Which of the report shapes a report's `type` means; the official file lists them side by side and does not say. */
const reportShapes: readonly [RegExp, string][] = [
  [/^voa$/, 'VOAReport'], [/^voaHistory$/, 'VOAWithIncomeReport'], [/^(preQualVoa|assetSummary)$/, 'PrequalificationReport'], [/^cfr[pb]$/, 'CashFlowReport'],
  [/^statement$/, 'StatementReport'], [/^transactions$/, 'TransactionsReport'], [/^paystatement$/, 'PayStatementReport'], [/^voi$/, 'VOIReport'],
  [/^voeTransactions$/, 'VOETransactionsReport'], [/^voePayroll$/, 'VOEPayrollReport'], [/^voiePayroll$/, 'VOIEPayrollReport'], [/^voieTx[vV]erify$/, 'VOIEPaystubWithTXVerifyReport'],
  [/^bar[pb](cra|noncra|ftc)$/, 'AFBalanceAnalyticsReport'], [/^cfr[pb](cra|noncra|ftc)$/, 'AFCashFlowAnalyticsReport'], [/^pri[pb](cra|noncra|ftc)$/, 'PaymentRiskInsightsReport'],
  [/^phrb(cra|noncra|ftc)$/, 'AFPaymentHistoryAnalyticsReport'],
];
const shapeOf = (value: unknown): string | undefined => (isObject(value) ? reportShapes.find(([type]) => type.test(String(value.type)))?.[1] : undefined);

const escape = (text: string) => encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1'));
const step = (text: string) => text.replaceAll('~', '~0').replaceAll('/', '~1');
const mediaType = (header: string | null | undefined) => (header ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** OpenAPI 3.0's own words in JSON Schema's, everywhere in a document; names of properties are left alone. */
function modern(node: unknown, names = false): unknown {
  if (Array.isArray(node)) return node.map((item) => modern(item));
  if (!isObject(node)) return node;
  const copy: Json = {};
  for (const [key, value] of Object.entries(node)) {
    if (!names && (key === 'example' || key === 'examples')) continue;
    // An error's code is declared an object and is a number or digits on the wire: the one slip that would fail whole shapes.
    const slip = names && key === 'code' && isObject(value) && value.type === 'object' && value.properties === undefined;
    copy[key] = slip ? {} : modern(value, !names && (key === 'properties' || key === 'schemas'));
  }
  if (names) return copy;
  if (copy.nullable === true && typeof copy.type === 'string') copy.type = [copy.type, 'null'];
  for (const [exclusive, bound] of [['exclusiveMinimum', 'minimum'], ['exclusiveMaximum', 'maximum']] as const) {
    if (typeof copy[exclusive] !== 'boolean') continue;
    if (copy[exclusive]) [copy[exclusive], copy[bound]] = [copy[bound], undefined];
    else delete copy[exclusive];
    if (copy[bound] === undefined) delete copy[bound];
  }
  return copy;
}

const read = new WeakMap<Uint8Array, { value: unknown }>();

/** A JSON body without its nulls; both versions look at the same bytes. */
function jsonOf(bytes: Uint8Array): unknown {
  let known = read.get(bytes);
  if (!known) read.set(bytes, (known = { value: withoutNulls(parsed(Buffer.from(bytes).toString())) }));
  return known.value;
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(withoutNulls);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== null).map(([key, inner]) => [key, withoutNulls(inner)]));
}

function formats() {
  const whole = (bits: number) => ({ type: 'number' as const, validate: (n: number) => Number.isInteger(n) && Math.abs(n) <= 2 ** (bits - 1) });
  return {
    date: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/, email: /^[^@\s]+@[^@\s]+$/,
    uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i, int32: whole(32), int64: whole(64), uri: true, url: true, float: true, double: true, binary: true, byte: true, password: true,
  } as const;
}

/** A validator out of an official document. */
export function officialOf(raw: Json): Official {
  const document = modern(raw) as Json;
  const version = String((document.info as Json).version);
  const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false, validateSchema: false, inlineRefs: false, formats: formats() });
  ajv.addSchema(document, 'official');
  const compiled = new Map<string, ValidateFunction>();
  const templates: Template[] = Object.entries(document.paths as Record<string, Json>)
    .map(([path, item]) => ({ path, item, names: [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name as string), pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, '([^/]+)')}$`) }))
    .sort((a, b) => a.names.length - b.names.length);

  const at = (pointer: string): unknown => pointer.split('/').slice(1)
    .reduce<unknown>((node, name) => (node as Json | undefined)?.[decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~')], document);
  const follow = (pointer: string): { pointer: string; node: Json } => {
    const node = at(pointer) as Json;
    return typeof node.$ref === 'string' ? follow(node.$ref.slice(1)) : { pointer, node };
  };

  function errorsOf(pointer: string, value: unknown): readonly ErrorObject[] {
    let check = compiled.get(pointer);
    if (!check) compiled.set(pointer, (check = ajv.compile({ $ref: `official#${pointer}` })));
    return check(value) ? [] : (check.errors ?? []);
  }

  function find(method: string, target: string): Found | undefined {
    const pathname = target.split('?')[0] as string;
    for (const template of templates) {
      const operation = template.item[method.toLowerCase()] as Json | undefined;
      const match = operation && template.pattern.exec(pathname);
      if (!match) continue;
      const values = Object.fromEntries(template.names.map((name, position) => [name, decodeURIComponent(match[position + 1] as string)]));
      return { ...template, operation, values, id: operation.operationId as string, pointer: `/paths/${escape(template.path)}/${method.toLowerCase()}` };
    }
    return undefined;
  }

  /** What stands beside the alternatives on the way to one of them: the names it requires. Undefined when there is no way. */
  function wayTo(shape: string, pointer: string): string[] | undefined {
    if (pointer === `/components/schemas/${shape}`) return [];
    const { node } = follow(pointer);
    for (const { $ref } of (node.anyOf as Json[] | undefined) ?? []) {
      const way = typeof $ref === 'string' ? wayTo(shape, $ref.slice(1)) : undefined;
      if (way) return [...((node.required as string[] | undefined) ?? []), ...way];
    }
    return undefined;
  }

  /** A value against a schema; where it may be one of many reports, against the one that its `type` means, which is stricter and quicker. */
  function bodyProblems(id: string, place: string, pointer: string, value: unknown): Problem[] {
    const { pointer: start } = follow(pointer);
    const shape = shapeOf(value);
    const beside = shape === undefined ? undefined : wayTo(shape, start);
    if (!shape || !beside) return toProblems(id, place, errorsOf(start, value));
    const missing = beside.filter((name) => !(name in (value as Json))).map((name) => ({ operation: id, place: `${place}/${name}`, what: 'required', theirs: true, detail: 'is missing' }));
    return [...missing, ...toProblems(id, place, errorsOf(`/components/schemas/${shape}`, value))];
  }

  function parameterProblems({ id, pointer, path, operation, item, values }: Found, { target, headers }: WireRequest): Problem[] {
    const query = new URL(target, 'http://host').searchParams;
    const known = new Set<string>();
    const starts = [...((item.parameters as Json[] | undefined) ?? []).map((_, i) => `/paths/${escape(path)}/parameters/${i}`), ...((operation.parameters as Json[] | undefined) ?? []).map((_, i) => `${pointer}/parameters/${i}`)];
    const problems = starts.flatMap((start) => {
      const { node, pointer: own } = follow(start);
      const name = node.name as string;
      const place = `/parameters/${node.in as string}/${name}`;
      if (node.in === 'query') known.add(name);
      const text = node.in === 'path' ? values[name] : node.in === 'query' ? (query.get(name) ?? undefined) : headers[name.toLowerCase()];
      if (text === undefined) return node.required === true ? [{ operation: id, place, what: 'required', detail: 'is missing' }] : [];
      const types = [follow(`${own}/schema`).node.type ?? 'string'].flat();
      return toProblems(id, place, errorsOf(`${own}/schema`, readAs(types, node, text, query.getAll(name))));
    });
    const strangers = [...new Set(query.keys())].filter((name) => !known.has(name));
    return [...problems, ...strangers.map((name) => ({ operation: id, place: `/parameters/query/${name}`, what: 'removed', detail: 'is not in the official description' }))];
  }

  return {
    version,
    operationOf: (method, target) => find(method, target)?.id,
    requestProblems(request) {
      const found = find(request.method, request.target);
      if (!found) return [];
      const problems = parameterProblems(found, request);
      const { id, operation, pointer } = found;
      if (!operation.requestBody) return request.body === undefined ? problems : [...problems, { operation: id, place: '/requestBody', what: 'removed', detail: 'it takes no body' }];
      const { node, pointer: start } = follow(`${pointer}/requestBody`);
      if (request.body === undefined) return node.required === true ? [...problems, { operation: id, place: '/requestBody', what: 'required', detail: 'is missing' }] : problems;
      const type = mediaType(request.headers['content-type']);
      if (!Object.hasOwn(node.content as Json, type)) return [...problems, { operation: id, place: `/requestBody/${step(type)}`, what: 'removed', detail: 'this media type is not taken' }];
      return [...problems, ...bodyProblems(id, '/requestBody', `${start}/content/${escape(type)}/schema`, parsed(request.body))];
    },
    responseProblems(request, { status, contentType, bytes }) {
      const found = find(request.method, request.target);
      if (!found) return [];
      const { id, operation, pointer } = found;
      const place = `/responses/${status}`;
      if (!Object.hasOwn(operation.responses as Json, String(status))) return [{ operation: id, place, what: 'removed', detail: 'the official description has no such status' }];
      const { node, pointer: start } = follow(`${pointer}/responses/${status}`);
      const content = node.content as Json | undefined;
      const type = mediaType(contentType);
      if (bytes.length === 0) return content && status !== 203 ? [{ operation: id, place, what: 'required', detail: 'the body is missing' }] : [];
      if (!content || !Object.hasOwn(content, type)) return [{ operation: id, place: `${place}/${step(type)}`, what: 'removed', detail: 'the official description has no such media type' }];
      if (type !== 'application/json') return [];
      const value = jsonOf(bytes);
      if (value === undefined) return [{ operation: id, place, what: 'schema', detail: 'the body is not JSON' }];
      return bodyProblems(id, place, `${start}/content/${escape(type)}/schema`, value);
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A parameter's text as the value that its schema means. */
function readAs(types: unknown[], parameter: Json, text: string, all: string[]): unknown {
  if (types.includes('array')) return parameter.explode === false || (parameter.explode === undefined && all.length < 2) ? text.split(',') : all;
  if ((types.includes('integer') || types.includes('number')) && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return types.includes('boolean') && (text === 'true' || text === 'false') ? text === 'true' : text;
}

/** One problem a fault. Where none of several shapes fits, what is below that place is told in one. */
function toProblems(operation: string, base: string, errors: readonly ErrorObject[]): Problem[] {
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf').map(({ instancePath }) => instancePath);
  const outer = choices.filter((path) => !choices.some((other) => other !== path && path.startsWith(`${other}/`)));
  const below = (path: string, choice: string) => path === choice || path.startsWith(`${choice}/`);
  const found = new Map<string, Problem>();
  const note = (path: string, what: string, detail: string, theirs?: unknown) => {
    const place = base + path.split('/').slice(1).map((name) => `/${/^\d+$/.test(name) ? '[]' : name}`).join('');
    if (!found.has(`${place} ${what}`)) found.set(`${place} ${what}`, { operation, place, what, detail, theirs });
  };
  for (const choice of new Set(outer)) {
    const inner = errors.filter(({ instancePath, keyword }) => below(instancePath, choice) && keyword !== 'anyOf' && keyword !== 'oneOf');
    note(choice, 'shapes', `fits none of the shapes: ${[...new Set(inner.map(({ instancePath, message }) => `${instancePath.slice(choice.length)} ${message}`))].slice(0, 4).join('; ')}`);
  }
  for (const { instancePath, keyword, message = '', params } of errors) {
    if (outer.some((choice) => below(instancePath, choice))) continue;
    if (keyword === 'required') note(`${instancePath}/${params.missingProperty as string}`, 'required', 'is missing', true);
    else note(instancePath, keyword, message, keyword === 'type' ? [params.type].flat() : (params.allowedValues ?? params.limit ?? params.format ?? params.pattern));
  }
  return [...found.values()];
}
