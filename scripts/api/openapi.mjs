// Reads an OpenAPI 3 document and flattens its schemas, so that two documents that say the same in different ways compare as the same:
// references followed, `allOf` merged, 3.0's `nullable` and 3.1's type "null" made one, `oneOf` of plain types made a list of types.
import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';

export const methods = ['get', 'post', 'put', 'delete', 'patch'];

/** A fault of the caller's file, told in one line. */
export class InputError extends Error {
  name = 'InputError';
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The document in a YAML or JSON file. Throws InputError with a line for the person. */
export async function readOpenApi(file) {
  const text = await readFile(file, 'utf8').catch((error) => {
    throw new InputError(error.code === 'ENOENT' ? `${file}: there is no such file` : `${file}: cannot be read (${error.code})`);
  });
  const parsed = parseDocument(text, { logLevel: 'silent' });
  if (parsed.errors.length > 0) throw new InputError(`${file}: not YAML: ${parsed.errors[0].message.split('\n')[0]}`);
  const document = parsed.toJS({ maxAliasCount: 10_000 });
  if (isObject(document) && typeof document.swagger === 'string') throw new InputError(`${file}: Swagger ${document.swagger}; only OpenAPI 3 is read`);
  if (!isObject(document) || typeof document.openapi !== 'string') throw new InputError(`${file}: not an OpenAPI document (no "openapi" at its top)`);
  if (!document.openapi.startsWith('3.')) throw new InputError(`${file}: OpenAPI ${document.openapi}; only OpenAPI 3 is read`);
  if (!isObject(document.paths)) throw new InputError(`${file}: it describes no paths`);
  return document;
}

/** What a node is once its references are followed; `name` is the last reference's last step. */
export function follow(document, node, name) {
  const seen = new Set();
  let at = node;
  let called = name;
  while (typeof at?.$ref === 'string') {
    const ref = at.$ref;
    if (!ref.startsWith('#/')) throw new InputError(`"${ref}" leads into another file; bundle the description first`);
    if (seen.has(ref)) throw new InputError(`"${ref}" leads back to itself`);
    seen.add(ref);
    const steps = ref.slice(2).split('/').map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'));
    at = steps.reduce((value, step) => value?.[step], document);
    if (at === undefined) throw new InputError(`"${ref}" leads nowhere`);
    called = steps.at(-1);
  }
  return { node: at, name: called };
}

export const resolve = (document, node) => follow(document, node).node;

/** Every operation with its path and its path item's parameters merged under its own. */
export function operationsOf(document) {
  return Object.entries(document.paths).flatMap(([path, rawItem]) => {
    const item = resolve(document, rawItem);
    return methods.filter((method) => item[method]).map((method) => {
      const operation = item[method];
      const parameters = new Map();
      for (const raw of [...(item.parameters ?? []), ...(operation.parameters ?? [])]) {
        const parameter = resolve(document, raw);
        parameters.set(`${parameter.in}/${parameter.name}`, parameter);
      }
      return { id: operation.operationId ?? `${method.toUpperCase()} ${path}`, method: method.toUpperCase(), path, operation, parameters };
    });
  });
}

const bounds = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'minLength', 'maxLength', 'pattern', 'minItems', 'maxItems'];
export const limits = [...bounds, 'format'];

/**
 * A schema, flat: `types` (without null), `nullable`, `enum`, `default`, limits, `properties` and `items` (as they stand in the document),
 * `required`, and `variants` (name to schema) where it may be one of several objects.
 */
export function flatten(document, schema) {
  const flat = { types: [], nullable: false, properties: {}, required: new Set(), variants: undefined, items: undefined };
  absorb(document, schema, flat);
  if (flat.types.length === 0 && Object.keys(flat.properties).length > 0) flat.types = ['object'];
  if (flat.types.length === 0 && flat.items) flat.types = ['array'];
  if (flat.variants) spread(flat);
  return flat;
}

/** What stands beside the alternatives holds for each of them. */
function spread(flat) {
  const base = { properties: flat.properties, required: [...flat.required] };
  if (base.required.length === 0 && Object.keys(base.properties).length === 0) return;
  for (const [name, raw] of flat.variants) flat.variants.set(name, { allOf: [base, raw] });
}

function absorb(document, raw, flat) {
  const schema = resolve(document, raw);
  if (!isObject(schema)) return;
  for (const part of schema.allOf ?? []) absorb(document, part, flat);
  const types = [schema.type ?? []].flat();
  if (types.some((type) => type !== 'null')) flat.types = types.filter((type) => type !== 'null').sort();
  if (schema.nullable === true || types.includes('null')) flat.nullable = true;
  if (schema.const !== undefined) flat.enum = [schema.const];
  for (const word of ['enum', 'default', 'items', 'additionalProperties', ...limits]) if (schema[word] !== undefined) flat[word] = schema[word];
  for (const [exclusive, bound] of [['exclusiveMinimum', 'minimum'], ['exclusiveMaximum', 'maximum']]) {
    if (flat[exclusive] === true) [flat[exclusive], flat[bound]] = [flat[bound], undefined];
    if (flat[exclusive] === false) flat[exclusive] = undefined;
  }
  if (flat.enum?.includes(null)) flat.enum = flat.enum.filter((value) => value !== null);
  Object.assign(flat.properties, schema.properties);
  for (const name of schema.required ?? []) flat.required.add(name);
  for (const word of ['oneOf', 'anyOf']) if (schema[word]) choose(document, schema[word], flat);
}

/** Alternatives: null makes it nullable, mere conditions ("one of these two is required") say nothing of shape, plain types are joined. */
function choose(document, alternatives, flat) {
  const shaped = alternatives.map((raw) => ({ raw, ...follow(document, raw) })).filter(({ node }) => {
    if (node.type === 'null') flat.nullable = true;
    return node.type !== 'null' && Object.keys(node).some((key) => !['required', 'not', 'description', 'title'].includes(key));
  });
  if (shaped.length === 0) return;
  if (shaped.length === 1) return absorb(document, shaped[0].raw, flat);
  const parts = shaped.map(({ raw }) => flatten(document, raw));
  if (parts.every((part) => part.types.every((type) => type !== 'object' && type !== 'array'))) {
    flat.types = [...new Set(parts.flatMap((part) => part.types))].sort();
    if (parts.every((part) => part.enum)) flat.enum = [...new Set(parts.flatMap((part) => part.enum))];
    return;
  }
  flat.variants = new Map(shaped.flatMap(({ raw, name }, position) => [...(parts[position].variants ?? [[name ?? `${position}`, raw]])]));
  if (flat.types.length === 0) flat.types = [...new Set(parts.flatMap((part) => part.types))].sort();
}
