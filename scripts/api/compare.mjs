// Compares our description with another one (the official file), operation by operation. A difference is
// { operation, place, what, ours, theirs }: `place` is a path such as /parameters/query/start or /responses/200/accounts/[]/id, `what` is
// `added` (theirs alone), `removed` (ours alone) or the thing that changed: type, required, nullable, enum, default, a limit, style …
import { flatten, follow, limits, operationsOf, resolve } from './openapi.mjs';

const anonymous = (path) => path.replace(/\{[^}]+\}/g, '{}');
const keyOf = ({ method, path }) => `${method} ${anonymous(path)}`;
const step = (name) => String(name).replaceAll('~', '~0').replaceAll('/', '~1');

/** -1, 0 or 1 for dotted versions; a leading ">" (first seen after it) is read as later. */
export function compareVersions(a, b) {
  const parts = (text) => String(text).replace(/^>/, '').split('.').map(Number);
  const [left, right] = [parts(a), parts(b)];
  for (let i = 0; i < 3; i++) if ((left[i] ?? 0) !== (right[i] ?? 0)) return Math.sign((left[i] ?? 0) - (right[i] ?? 0));
  return Number(String(a).startsWith('>')) - Number(String(b).startsWith('>'));
}

/** Whether our description itself says that this version of theirs lacks the operation. */
function absentByOurWord(operation, version) {
  if (operation['x-undocumented']) return true;
  if (operation['x-removed'] && compareVersions(operation['x-removed'], version) <= 0) return true;
  return operation['x-since'] !== undefined && compareVersions(operation['x-since'], version) > 0;
}

export function compareDescriptions(ours, theirs) {
  const differences = [];
  const own = operationsOf(ours);
  const byKey = new Map(own.map((one) => [keyOf(one), one]));
  const byId = new Map(own.map((one) => [one.id, one]));
  const matched = new Set();
  for (const their of operationsOf(theirs)) {
    const mine = byKey.get(keyOf(their)) ?? byId.get(their.id);
    if (!mine) {
      differences.push({ operation: their.id, place: '', what: 'added', theirs: `${their.method} ${their.path}` });
      continue;
    }
    matched.add(mine);
    compareOperations({ ours, theirs, differences, operation: mine.id }, mine, their);
  }
  for (const mine of own) {
    if (matched.has(mine) || absentByOurWord(mine.operation, theirs.info?.version ?? '0')) continue;
    differences.push({ operation: mine.id, place: '', what: 'removed', ours: `${mine.method} ${mine.path}` });
  }
  return differences;
}

/** Notes a difference when two values are not the same; lists are compared without order. */
function same(at, place, what, ours, theirs) {
  const plain = (value) => (Array.isArray(value) ? JSON.stringify([...value].map((item) => JSON.stringify(item)).sort()) : JSON.stringify(value));
  if (plain(ours) !== plain(theirs)) at.differences.push({ operation: at.operation, place, what, ours, theirs });
}

/** Calls `both` for names that both sides have and notes the others. */
function pair(at, place, ours, theirs, both) {
  for (const name of ours) {
    if (theirs.includes(name)) both(name);
    else at.differences.push({ operation: at.operation, place: `${place}/${name}`, what: 'removed' });
  }
  for (const name of theirs) if (!ours.includes(name)) at.differences.push({ operation: at.operation, place: `${place}/${name}`, what: 'added' });
}

function compareOperations(at, mine, their) {
  same(at, '', 'operationId', mine.id, their.id);
  same(at, '', 'path', mine.path, their.path);
  same(at, '', 'method', mine.method, their.method);
  same(at, '', 'tag', mine.operation.tags, their.operation.tags);
  same(at, '', 'deprecated', mine.operation.deprecated ?? false, their.operation.deprecated ?? false);
  same(at, '', 'security', securityHeaders(at.ours, mine.operation), securityHeaders(at.theirs, their.operation));
  pair(at, '/parameters', [...mine.parameters.keys()], [...their.parameters.keys()], (name) => {
    compareParameters(at, `/parameters/${name}`, mine.parameters.get(name), their.parameters.get(name));
  });
  const [ourBody, theirBody] = [resolve(at.ours, mine.operation.requestBody), resolve(at.theirs, their.operation.requestBody)];
  pair(at, '', ourBody ? ['requestBody'] : [], theirBody ? ['requestBody'] : [], () => {
    same(at, '/requestBody', 'required', ourBody.required ?? false, theirBody.required ?? false);
    compareContents(at, '/requestBody', ourBody.content, theirBody.content, true);
  });
  const [ourResponses, theirResponses] = [mine.operation.responses ?? {}, their.operation.responses ?? {}];
  pair(at, '/responses', Object.keys(ourResponses), Object.keys(theirResponses), (status) => {
    const contents = [resolve(at.ours, ourResponses[status]).content, resolve(at.theirs, theirResponses[status]).content];
    compareContents(at, `/responses/${status}`, contents[0], contents[1], false);
  });
}

/** The headers that an operation wants for authorization, whatever the schemes are called; several sets are alternatives. */
function securityHeaders(document, operation) {
  const name = (scheme) => (document.components?.securitySchemes?.[scheme]?.name ?? scheme).toLowerCase();
  return (operation.security ?? document.security ?? []).map((together) => Object.keys(together).map(name).sort().join(' and '));
}

function compareParameters(at, place, mine, their) {
  same(at, place, 'required', mine.required ?? false, their.required ?? false);
  const [ours, theirs] = [flatten(at.ours, mine.schema), flatten(at.theirs, their.schema)];
  if (ours.types.includes('array') && theirs.types.includes('array') && mine.in === 'query') {
    const explode = ({ style = 'form', explode: said = style === 'form' }) => said;
    same(at, place, 'style', mine.style ?? 'form', their.style ?? 'form');
    same(at, place, 'explode', explode(mine), explode(their));
  }
  compareSchemas(at, place, mine.schema, their.schema, true, new Set());
}

/** Bodies by media type; a sole JSON body stands directly under its place, which keeps the places short. */
function compareContents(at, place, ours = {}, theirs = {}, sent) {
  pair(at, place, Object.keys(ours).map(step), Object.keys(theirs).map(step), (type) => {
    const name = type.replaceAll('~1', '/');
    if (/[/+]json$/.test(name)) compareSchemas(at, place, ours[name].schema, theirs[name].schema, sent, new Set());
  });
}

function compareSchemas(at, place, rawOurs, rawTheirs, sent, above) {
  if (rawOurs === undefined || rawTheirs === undefined) return same(at, place, 'schema', rawOurs !== undefined, rawTheirs !== undefined);
  const [ourName, theirName] = [follow(at.ours, rawOurs).name, follow(at.theirs, rawTheirs).name];
  const key = ourName && theirName ? `${ourName} ${theirName}` : undefined;
  if (key && above.has(key)) return;
  const trail = key ? new Set([...above, key]) : above;
  const [ours, theirs] = [flatten(at.ours, rawOurs), flatten(at.theirs, rawTheirs)];
  same(at, place, 'type', ours.types, theirs.types);
  same(at, place, 'nullable', ours.nullable, theirs.nullable);
  same(at, place, 'enum', ours.enum, theirs.enum);
  if (sent) for (const word of ['default', ...limits]) same(at, place, word, ours[word], theirs[word]);
  if (ours.variants || theirs.variants) compareVariants(at, place, ours.variants ?? new Map([[ourName ?? 'ours', rawOurs]]), theirs.variants ?? new Map([[theirName ?? 'theirs', rawTheirs]]), sent, trail);
  else compareProperties(at, place, ours, theirs, sent, trail);
  if (ours.items && theirs.items) compareSchemas(at, `${place}/[]`, ours.items, theirs.items, sent, trail);
}

function compareProperties(at, place, ours, theirs, sent, trail) {
  pair(at, place, Object.keys(ours.properties).map(step), Object.keys(theirs.properties).map(step), (name) => {
    const plain = name.replaceAll('~1', '/').replaceAll('~0', '~');
    same(at, `${place}/${name}`, 'required', ours.required.has(plain), theirs.required.has(plain));
    compareSchemas(at, `${place}/${name}`, ours.properties[plain], theirs.properties[plain], sent, trail);
  });
  // Names that are required and nowhere described: a slip of a description, worth telling on either side.
  const loose = (flat) => [...flat.required].filter((name) => !(name in flat.properties)).sort();
  same(at, place, 'required but not described', loose(ours), loose(theirs));
  const open = (flat) => (typeof flat.additionalProperties === 'object' ? 'a schema' : flat.additionalProperties);
  same(at, place, 'additionalProperties', open(ours), open(theirs));
}

/**
 * Several shapes against several: those of one name are compared. Where one side knows a single shape, it is compared with the one of its
 * name or else the most alike, and which shapes the other side has besides is one difference, not one for each.
 */
function compareVariants(at, place, ours, theirs, sent, trail) {
  const left = new Map(theirs);
  const couples = [];
  const lone = [];
  for (const [name, schema] of ours) {
    if (left.has(name)) couples.push([name, schema, left.get(name)]);
    else lone.push([name, schema]);
    left.delete(name);
  }
  const one = ours.size === 1 || theirs.size === 1;
  for (const [name, schema] of one && couples.length === 0 ? lone : []) {
    const alike = mostAlike(at, schema, left);
    if (!alike) continue;
    couples.push([name, schema, left.get(alike)]);
    if (alike !== name) at.differences.push({ operation: at.operation, place: `${place}/<${name}>`, what: 'name', ours: name, theirs: alike });
    left.delete(alike);
  }
  const unmatched = lone.map(([name]) => name).filter((name) => !couples.some(([coupled]) => coupled === name));
  if (one) {
    if (unmatched.length + left.size > 0) at.differences.push({ operation: at.operation, place, what: 'shapes', ours: [...ours.keys()], theirs: [...theirs.keys()] });
  } else {
    for (const name of unmatched) at.differences.push({ operation: at.operation, place: `${place}/<${name}>`, what: 'removed' });
    for (const name of left.keys()) at.differences.push({ operation: at.operation, place: `${place}/<${name}>`, what: 'added' });
  }
  for (const [name, mine, their] of couples) compareSchemas(at, ours.size === 1 ? place : `${place}/<${name}>`, mine, their, sent, trail);
}

/** The candidate that has most property names in common with a schema, half of its own at least. */
function mostAlike(at, schema, candidates) {
  const names = Object.keys(flatten(at.ours, schema).properties);
  let best;
  let most = Math.max(1, names.length / 2);
  for (const [name, candidate] of candidates) {
    const { properties } = flatten(at.theirs, candidate);
    const common = names.filter((one) => one in properties).length;
    if (common >= most) [best, most] = [name, common];
  }
  return best;
}

function shown(value) {
  if (value === undefined) return 'none';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.length > 8 ? `${value.slice(0, 6).join('|')} and ${value.length - 6} more` : value.join('|');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export function differenceLine({ place, what, ours, theirs }) {
  if (what === 'added') return `+ added   ${place || shown(theirs)}`;
  if (what === 'removed') return `- removed ${place || shown(ours)}`;
  return `~ changed ${place || '(operation)'} ${what}: ${shown(ours)} → ${shown(theirs)}`;
}

/** Operation by operation: + theirs alone, - ours alone, ~ changed (ours → theirs). */
export function report(differences) {
  const byOperation = new Map();
  for (const one of differences) byOperation.set(one.operation, [...(byOperation.get(one.operation) ?? []), one]);
  return [...byOperation].map(([id, own]) => [id, ...own.map((one) => `  ${differenceLine(one)}`)].join('\n')).join('\n\n');
}
