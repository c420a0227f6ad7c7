// JSON schemas out of the bundled description: an operation's body, and the request document that names operation, parameters and body.
// Loaded only when a request is edited: the document is large. Free of vscode.
import documentJson from './generated/openapi.json' with { type: 'json' };
import { operation, type OperationId, type ParameterEntry } from './catalogue.ts';
import { bodyDraftPart, requestParts } from './requestParts.mjs';

export type JsonSchema = { [keyword: string]: unknown };

const components = documentJson.components as unknown as { schemas: Record<string, JsonSchema>; requestBodies?: Record<string, JsonSchema> };

function resolve(node: JsonSchema | undefined): JsonSchema | undefined {
  let at = node;
  while (at && typeof at.$ref === 'string') {
    const steps = at.$ref.slice(2).split('/').map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    at = steps.reduce<unknown>((value, step) => (value as JsonSchema | undefined)?.[step], documentJson) as JsonSchema | undefined;
  }
  return at;
}

function rawBodySchema(id: OperationId): JsonSchema | undefined {
  const { path, method } = operation(id);
  const item = (documentJson.paths as unknown as Record<string, Record<string, JsonSchema>>)[path];
  const body = resolve(item?.[method.toLowerCase()]?.requestBody as JsonSchema | undefined);
  const content = body?.content as Record<string, { schema?: JsonSchema }> | undefined;
  return content ? Object.values(content)[0]?.schema : undefined;
}

/**
 * A body's schema with every reference taken in and `allOf` merged, as forms and checks want it: bodies are finite, no schema holds itself.
 * What stands beside a reference (a description) goes before what it leads to. Undefined when the operation takes no body.
 */
export function flatBodySchema(id: OperationId): JsonSchema | undefined {
  const schema = rawBodySchema(id);
  return schema && flat(schema);
}

function flat(node: JsonSchema): JsonSchema {
  const { $ref, allOf, ...own } = node;
  const merged: JsonSchema = {};
  const parts = ((allOf as JsonSchema[] | undefined) ?? []).map(flat);
  // "One of these fields" stays as it is: several such rules cannot be one.
  const rules = parts.filter(isRule);
  for (const part of [...(typeof $ref === 'string' ? [flat(resolve({ $ref }) ?? {})] : []), ...parts.filter((one) => !isRule(one)), own]) {
    const properties = { ...(merged.properties as JsonSchema | undefined), ...(part.properties as JsonSchema | undefined) };
    const required = [...((merged.required as string[] | undefined) ?? []), ...((part.required as string[] | undefined) ?? [])];
    Object.assign(merged, part, Object.keys(properties).length > 0 && { properties }, required.length > 0 && { required });
  }
  if (rules.length > 0) merged.allOf = [...((merged.allOf as JsonSchema[] | undefined) ?? []), ...rules];
  for (const name of ['items', 'additionalProperties'] as const) if (isSchema(merged[name])) merged[name] = flat(merged[name]);
  if (isSchema(merged.properties)) merged.properties = Object.fromEntries(Object.entries(merged.properties).map(([name, value]) => [name, flat(value as JsonSchema)]));
  for (const name of ['anyOf', 'oneOf'] as const) if (Array.isArray(merged[name])) merged[name] = (merged[name] as JsonSchema[]).map(flat);
  return merged;
}

const isRule = (schema: JsonSchema): boolean => schema.properties === undefined && (schema.anyOf !== undefined || schema.oneOf !== undefined);
const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The names of a body's top-level properties; empty when the operation takes no JSON body. */
export function bodyProperties(id: OperationId): readonly string[] {
  const names = (schema: JsonSchema | undefined): string[] => {
    const at = resolve(schema);
    if (!at) return [];
    return [...Object.keys((at.properties as JsonSchema | undefined) ?? {}), ...((at.allOf as JsonSchema[] | undefined) ?? []).flatMap(names)];
  };
  return [...new Set(names(rawBodySchema(id)))];
}

/** Those of them without which there is no body. */
export function requiredBodyProperties(id: OperationId): readonly string[] {
  const names = (schema: JsonSchema | undefined): string[] => {
    const at = resolve(schema);
    return at ? [...((at.required as string[] | undefined) ?? []), ...((at.allOf as JsonSchema[] | undefined) ?? []).flatMap(names)] : [];
  };
  return [...new Set(names(rawBodySchema(id)))];
}

/** Whether a body names the partner, as Connect's do: the connection knows it, so a request can leave it to the sending. */
export const namesPartner = (id: OperationId): boolean => requiredBodyProperties(id).includes('partnerId');

/** Every schema that `node` leads to, by name, so that its references can be kept as they are. */
function reached(node: unknown, found: Record<string, JsonSchema> = {}): Record<string, JsonSchema> {
  if (Array.isArray(node)) for (const item of node) reached(item, found);
  else if (node && typeof node === 'object') {
    for (const [key, value] of Object.entries(node)) {
      const name = key === '$ref' && typeof value === 'string' ? /^#\/components\/schemas\/(.+)$/.exec(value)?.[1] : undefined;
      if (name && !found[name] && components.schemas[name]) {
        found[name] = components.schemas[name];
        reached(components.schemas[name], found);
      } else reached(value, found);
    }
  }
  return found;
}

/** References rewritten from the document's components to the schema's own definitions, `examples` kept as suggestions. */
function local(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(local);
  if (!node || typeof node !== 'object') return node;
  return Object.fromEntries(Object.entries(node).flatMap(([key, value]): [string, unknown][] => {
    if (key === '$ref' && typeof value === 'string') return [[key, value.replace('#/components/schemas/', '#/definitions/')]];
    if (key === 'x-suggestions') return [['examples', value]];
    return key.startsWith('x-') ? [] : [[key, local(value)]];
  }));
}

/** The JSON schema of an operation's body, whole in itself; undefined when it takes none. */
export function bodySchema(id: OperationId): JsonSchema | undefined {
  const schema = rawBodySchema(id);
  return schema && { ...(local(schema) as JsonSchema), definitions: local(reached(schema)) };
}

function parameterSchema(entry: ParameterEntry): JsonSchema {
  const { type, enum: values, suggestions, default: fallback, minimum, maximum, minLength, maxLength, pattern, description, required, in: place } = entry;
  const types = type.split('|');
  const text = `${description ?? ''}${description ? ' ' : ''}(${place} parameter${required ? ', required' : ''})`;
  const schema = { type: types.length > 1 ? types : types[0], enum: values, examples: suggestions, default: fallback, minimum, maximum, minLength: required && type === 'string' ? Math.max(1, minLength ?? 1) : minLength, maxLength, pattern, description: text };
  return Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined));
}

/** The schema of a request document: which operation, its parameters, its body. */
export function requestDocumentSchema(id: OperationId): JsonSchema {
  const entry = operation(id);
  const body = bodySchema(id);
  const { definitions, ...bodyAlone } = body ?? {};
  const required = entry.parameters.filter((p) => p.required).map((p) => p.name);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: `${entry.summary} (${id})`,
    type: 'object',
    additionalProperties: false,
    required: ['operation', ...(required.length ? ['parameters'] : []), ...(entry.requestBody?.required ? ['body'] : [])],
    properties: {
      $schema: { type: 'string' },
      ...requestParts,
      operation: { enum: [id, ...entry.sdkNames], description: `${entry.method} ${entry.path}` },
      ...(entry.parameters.length > 0 && {
        parameters: {
          type: 'object', additionalProperties: false, required,
          description: 'Path, query and header parameters, side by side.',
          properties: Object.fromEntries(entry.parameters.map((p) => [p.name, parameterSchema(p)])),
        },
      }),
      ...(body && { body: bodyAlone, bodyDraft: bodyDraftPart }),
    },
    ...(definitions ? { definitions } : {}),
  };
}

/** A body to start from: required properties filled with an example or an empty value, so that what is left to do is visible. */
export function bodySkeleton(id: OperationId): unknown {
  const build = (raw: JsonSchema | undefined, depth: number): unknown => {
    const schema = resolve(raw);
    if (!schema) return null;
    const parts = [schema, ...((schema.allOf as JsonSchema[] | undefined) ?? []).map((part) => resolve(part) ?? {})];
    const properties = Object.assign({}, ...parts.map((part) => part.properties ?? {})) as Record<string, JsonSchema>;
    const required = parts.flatMap((part) => (part.required as string[] | undefined) ?? []);
    if (Object.keys(properties).length > 0) {
      const wanted = required.length > 0 || depth > 0 ? required : [];
      return Object.fromEntries(wanted.filter((name) => properties[name]).map((name) => [name, build(properties[name], depth + 1)]));
    }
    const examples = schema.examples as unknown[] | undefined;
    if (schema.default !== undefined) return schema.default;
    if (Array.isArray(schema.enum)) return schema.enum[0];
    const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
    if (type === 'object') return {};
    if (type === 'array') return depth > 4 || isNumber(schema.items) ? [] : [build(schema.items as JsonSchema | undefined, depth + 1)];
    if (type === 'integer' || type === 'number') return examples?.[0] ?? 0;
    if (type === 'boolean') return false;
    return '';
  };
  // A number that nobody chose must not go out: a bank counts wrong micro-deposits.
  const isNumber = (raw: unknown): boolean => ['integer', 'number'].includes(String(resolve(raw as JsonSchema | undefined)?.type));
  const schema = rawBodySchema(id);
  return schema ? build(schema, 0) : undefined;
}
