// Holds what goes over the wire to the bundled description: a request by its path template, parameters, media type, body and
// authorization, an answer by its status, media type and body. It reads openapi.json itself and shares no code with client or sandbox, so
// that neither can excuse the other. Beyond plain JSON Schema it refuses properties that the description does not know.
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject, ValidateFunction } from 'ajv';

type Json = Record<string, unknown>;

export interface WireRequest {
  method: string;
  /** Path and query. */
  target: string;
  /** Lower-case names. */
  headers: Readonly<Record<string, string>>;
  body?: string;
}

export interface WireResponse {
  status: number;
  /** The header as it came. */
  contentType: string | null;
  bytes: Uint8Array;
}

export interface Described {
  operationId: string;
  path: string;
  item: Json;
  operation: Json;
  values: Record<string, string>;
}

const document = JSON.parse(readFileSync(new URL('../../src/api/generated/openapi.json', import.meta.url), 'utf8')) as Json;
tighten(document);
const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false, validateSchema: false, inlineRefs: false, formats: formats() });
ajv.addSchema(document, 'api');
const compiled = new Map<string, ValidateFunction>();

function formats() {
  const whole = (bits: number) => ({ type: 'number' as const, validate: (n: number) => Number.isInteger(n) && Math.abs(n) <= 2 ** (bits - 1) });
  return {
    date: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
    email: /^[^@\s]+@[^@\s]+$/, uri: /^[a-z][a-z\d+.-]*:\S+$/i, uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i,
    int32: whole(32), int64: whole(64), float: true, double: true, binary: true, byte: true, password: true,
  } as const;
}

const escape = (text: string) => encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1'));
const at = (pointer: string): unknown =>
  pointer.split('/').slice(1).reduce<unknown>((node, step) => (node as Json)[decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')], document);

/** What a pointer leads to once references are followed, and where that stands. */
function follow(pointer: string): { pointer: string; node: Json } {
  const node = at(pointer) as Json;
  return typeof node.$ref === 'string' ? follow(node.$ref.slice(1)) : { pointer, node };
}

/** Wherever a schema is used whole (a body, a property, an item) its unknown properties are refused; parts of an `allOf` stay open. */
function tighten(root: Json): void {
  const schemas = (root.components as Json).schemas as Json;
  const parts = (schema: Json) => ['allOf', 'anyOf', 'oneOf'].flatMap((word) => (schema[word] as Json[] | undefined) ?? []);
  const hasProperties = (schema: Json): boolean => {
    if (typeof schema.$ref === 'string') return hasProperties(schemas[schema.$ref.split('/').at(-1) as string] as Json);
    return Object.keys((schema.properties as Json | undefined) ?? {}).length > 0 || parts(schema).some(hasProperties);
  };
  const visit = (schema: Json, whole: boolean): void => {
    for (const property of Object.values((schema.properties as Record<string, Json> | undefined) ?? {})) visit(property, true);
    if (schema.items) visit(schema.items as Json, true);
    for (const part of parts(schema)) visit(part, false);
    if (whole && hasProperties(schema) && schema.additionalProperties === undefined) schema.unevaluatedProperties = false;
  };
  const contents = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { content } = node as { content?: Record<string, { schema?: Json }> };
    if (content) for (const { schema } of Object.values(content)) if (schema) visit(schema, true);
    for (const inner of Object.values(node)) if (inner !== content) contents(inner);
  };
  for (const schema of Object.values(schemas)) visit(schema as Json, false);
  contents(root.paths);
  contents((root.components as Json).responses);
  contents((root.components as Json).requestBodies);
}

/** Every path with its test; those with fewer parameters come first, so a fixed segment wins over a parameter. */
const templates = Object.entries(document.paths as Record<string, Json>)
  .map(([path, item]) => ({ path, item, names: [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name as string), pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, '([^/]+)')}$`) }))
  .sort((a, b) => a.names.length - b.names.length);

/** The described operation of a method and a path. */
export function describedBy(method: string, target: string): Described | undefined {
  const pathname = target.split('?')[0] as string;
  for (const { path, item, names, pattern } of templates) {
    const operation = item[method.toLowerCase()] as Json | undefined;
    const found = operation && pattern.exec(pathname);
    if (!found) continue;
    const values = Object.fromEntries(names.map((name, position) => [name, decodeURIComponent(found[position + 1] as string)]));
    return { operationId: operation.operationId as string, path, item, operation, values };
  }
  return undefined;
}

function validate(pointer: string, value: unknown): string[] {
  let check = compiled.get(pointer);
  if (!check) compiled.set(pointer, (check = ajv.compile({ $ref: `api#${pointer}` })));
  return check(value) ? [] : explain(pointer, value, check.errors ?? []);
}

/** One line a fault; of several shapes that an answer may have, those of the shape that its `type` names. */
function explain(pointer: string, value: unknown, errors: readonly ErrorObject[]): string[] {
  const { node, pointer: place } = follow(pointer);
  const shapes = (node.anyOf as Json[] | undefined)?.map((_, position) => `${place}/anyOf/${position}`) ?? [];
  for (const shape of shapes) {
    const own = shape && ajv.compile({ $ref: `api#${shape}` });
    if (own && !own(value) && !(own.errors ?? []).some(({ instancePath }) => instancePath === '/type')) return lines(own.errors ?? []);
  }
  return lines(errors);
}

function lines(errors: readonly ErrorObject[]): string[] {
  // An unknown property is only telling where nothing else went wrong at its place: a failed branch leaves all of its properties unknown.
  const telling = errors.filter(({ keyword }) => keyword !== 'unevaluatedProperties');
  const shown = telling.length > 0 ? telling : errors;
  const detail = ({ params }: ErrorObject) => (params.unevaluatedProperty ? `: "${params.unevaluatedProperty}"` : params.allowedValues ? `: ${JSON.stringify(params.allowedValues)}` : '');
  const text = (error: ErrorObject) => `${error.instancePath || '(the whole body)'} ${error.message}${detail(error)}`;
  return [...new Set(shown.map(text))].slice(0, 12);
}

/** A parameter's text as the value that its schema means. */
function typed(pointer: string, text: string): unknown {
  const types = [follow(pointer).node.type ?? 'string'].flat();
  if ((types.includes('integer') || types.includes('number')) && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  return types.includes('array') ? text.split(',') : text;
}

const mediaType = (header: string | null | undefined) => (header ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
/** Consents and webhook subscriptions are sent key and token under both names, as Mastercard's own client does. */
const FREE_HEADERS = new Set(['accept', 'content-type', 'finicity-app-key', 'finicity-app-token', 'app-key', 'app-token']);

/** What is wrong with a request by the description; empty when nothing is. */
export function requestProblems(request: WireRequest): string[] {
  const described = describedBy(request.method, request.target);
  if (!described) return [`no described operation is ${request.method} ${request.target}`];
  return [parameterProblems, authorizationProblems, bodyProblems, acceptProblems]
    .flatMap((check) => check(described, request)).map((problem) => `${described.operationId} request: ${problem}`);
}

function parameterProblems({ path, item, operation, values }: Described, { method, target, headers }: WireRequest): string[] {
  const base = `/paths/${escape(path)}`;
  const pointers = [
    ...((item.parameters as Json[] | undefined) ?? []).map((_, position) => `${base}/parameters/${position}`),
    ...((operation.parameters as Json[] | undefined) ?? []).map((_, position) => `${base}/${method.toLowerCase()}/parameters/${position}`),
  ];
  const query = new URL(target, 'http://host').searchParams;
  const known = { path: new Set<string>(), query: new Set<string>(), header: new Set<string>() };
  const problems = pointers.flatMap((start) => {
    const { node, pointer } = follow(start);
    const name = node.name as string;
    const place = node.in as keyof typeof known;
    known[place].add(place === 'header' ? name.toLowerCase() : name);
    const text = place === 'path' ? values[name] : place === 'query' ? (query.get(name) ?? undefined) : headers[name.toLowerCase()];
    if (text === undefined) return node.required === true ? [`${place} parameter "${name}" is missing`] : [];
    return validate(`${pointer}/schema`, typed(`${pointer}/schema`, text)).map((fault) => `${place} parameter "${name}" ${fault}`);
  });
  const strangers = [...query.keys()].filter((name) => !known.query.has(name)).map((name) => `query parameter "${name}" is not described`);
  const strange = Object.keys(headers).filter((name) => !known.header.has(name) && !FREE_HEADERS.has(name)).map((name) => `header "${name}" is not described`);
  return [...problems, ...strangers, ...strange];
}

function authorizationProblems({ operation }: Described, { headers }: WireRequest): string[] {
  const wanted = Object.keys(((operation.security ?? document.security) as Json[])[0] ?? {});
  const schemes = (document.components as Json).securitySchemes as Record<string, { name: string }>;
  return Object.entries(schemes).flatMap(([scheme, { name }]) => {
    const sent = headers[name.toLowerCase()];
    if (wanted.includes(scheme)) return sent ? [] : [`header ${name} is missing`];
    return sent === undefined ? [] : [`header ${name} does not belong here`];
  });
}

function bodyProblems({ path, operation }: Described, { method, headers, body }: WireRequest): string[] {
  if (!operation.requestBody) return body === undefined && headers['content-type'] === undefined ? [] : ['it takes no body'];
  const { node, pointer } = follow(`/paths/${escape(path)}/${method.toLowerCase()}/requestBody`);
  if (body === undefined) return node.required === true ? ['the body is missing'] : [];
  const type = mediaType(headers['content-type']);
  if (!Object.hasOwn(node.content as Json, type)) return [`the body's media type "${type}" is not described`];
  return jsonProblems(`${pointer}/content/${escape(type)}/schema`, body);
}

function jsonProblems(pointer: string, text: string): string[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [`the body is not JSON: ${text.slice(0, 120)}`];
  }
  return validate(pointer, value).map((fault) => `body ${fault}`);
}

/** The caller must want something that a success can be. */
function acceptProblems({ path, operation }: Described, { method, headers }: WireRequest): string[] {
  const { accept } = headers;
  if (accept === undefined) return ['header Accept is missing'];
  const statuses = Object.keys(operation.responses as Json).filter((status) => status.startsWith('2'));
  const base = `/paths/${escape(path)}/${method.toLowerCase()}/responses`;
  const types = statuses.flatMap((status) => Object.keys((follow(`${base}/${status}`).node.content as Json | undefined) ?? {}));
  const wanted = accept.split(',').map(mediaType);
  return types.length === 0 || wanted.includes('*/*') || types.some((type) => wanted.includes(type)) ? [] : [`Accept "${accept}" takes none of ${types.join(', ')}`];
}

/** What is wrong with an answer by the description; empty when nothing is. */
export function responseProblems(request: WireRequest, response: WireResponse): string[] {
  const described = describedBy(request.method, request.target);
  if (!described) return [];
  return answerProblems(described, request.method.toLowerCase(), request.headers.accept ?? '', response).map((problem) => `${described.operationId} answer ${response.status}: ${problem}`);
}

function answerProblems({ path, operation }: Described, method: string, accept: string, { status, contentType, bytes }: WireResponse): string[] {
  const known = Object.keys(operation.responses as Json);
  if (!known.includes(String(status))) return [`the status is not described (${known.join(', ')} are): ${Buffer.from(bytes).toString('utf8', 0, 300)}`];
  const { node, pointer } = follow(`/paths/${escape(path)}/${method}/responses/${status}`);
  const content = node.content as Json | undefined;
  if (!content) return bytes.length === 0 ? [] : [`a body of ${bytes.length} bytes, none is described`];
  // 203 says that the bank asks something; where there is no way to answer, its body is empty.
  if (bytes.length === 0) return status === 203 ? [] : ['the body is missing'];
  const type = mediaType(contentType);
  // The description knows JSON alone; who does not ask for it gets XML from these families. What it says is held to the JSON in wireForm.test.ts.
  if (type === 'application/xml' && path.startsWith('/aggregation/') && !/json/.test(accept)) return [];
  if (!Object.hasOwn(content, type)) return [`the media type "${type}" is not described (${Object.keys(content).join(', ')} are)`];
  if (type === 'application/pdf') return Buffer.from(bytes).toString('latin1', 0, 5) === '%PDF-' ? [] : ['not a PDF document'];
  if (type !== 'application/json') return [];
  return jsonProblems(`${pointer}/content/${escape(type)}/schema`, Buffer.from(bytes).toString());
}
