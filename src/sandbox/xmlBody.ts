// JSON bodies as XML and back, by the schemas of api/ alone. The form is that of the API's older face: a list answers as an element named
// by its array, with what stands beside the array (`found`, `moreAvailable` …) as attributes and each entry in the singular; any other
// record is an element named by its schema; an array inside a record wraps its entries. Null is left out. OpenAPI's `xml: {name}` on a
// schema gives another name. Known from public XML clients of the API; how it writes the newer families' records is not, so they follow suit.
import type { OperationEntry } from '../api/catalogue.ts';
import type { Schema, Shape, WireSchemas } from './wireSchemas.ts';
import { toAttributes, toContent, toElement, XML_HEAD } from './xml.ts';
import type { XmlElement } from './xmlRead.ts';

type Fields = Readonly<Record<string, unknown>>;
const isRecord = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isScalar = (value: unknown) => typeof value !== 'object' || value === null;

/** `accounts` → `account`, `categories` → `category`, `addresses` → `address`; a name that is no plural stays. */
export function singular(name: string): string {
  if (/[^aeiou]ies$/.test(name)) return `${name.slice(0, -3)}y`;
  if (/(ss|x|ch|sh)es$/.test(name)) return name.slice(0, -2);
  return /[^su]s$/.test(name) ? name.slice(0, -1) : name;
}

const entryName = (array: string, items: Schema | undefined, { shapeOf }: WireSchemas) => (items && shapeOf(items).xml.name) ?? singular(array);

export function writeXml(operation: OperationEntry, body: unknown, schema: Schema | undefined, schemas: WireSchemas): string {
  const shape = schema && schemas.fitting(schema, body);
  const list = shape && listOf(operation, shape, schemas);
  const root = shape?.xml.name ?? list ?? (shape?.name ? shape.name.charAt(0).toLowerCase() + shape.name.slice(1) : 'response');
  if (!list || !isRecord(body)) return XML_HEAD + toElement(root, content(root, body, schema, schemas));
  const beside = Object.entries(body).filter(([field]) => field !== list);
  const own = beside.filter(([, value]) => !isScalar(value)).map(([field, value]) => toElement(field, content(field, value, shape.properties.get(field), schemas)));
  const entries = content(list, body[list] ?? [], shape.properties.get(list), schemas) ?? '';
  return XML_HEAD + toElement(root, entries + own.join(''), toAttributes(beside.filter(([, value]) => isScalar(value))));
}

/** The array that an answer is about: the one that the operation pages through, or the only property of a record without a name of its own. */
function listOf({ paging }: OperationEntry, { properties, xml }: Shape, { shapeOf }: WireSchemas): string | undefined {
  if (paging && properties.has(paging.items)) return paging.items;
  const [only] = properties;
  return xml.name === undefined && properties.size === 1 && only && shapeOf(only[1]).items ? only[0] : undefined;
}

/** What stands inside of an element; undefined for null, which has no element. */
function content(field: string, value: unknown, schema: Schema | undefined, schemas: WireSchemas): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (isScalar(value)) return toContent(field, value, singular);
  const shape = schema && schemas.fitting(schema, value);
  if (Array.isArray(value)) {
    const name = entryName(field, shape?.items, schemas);
    return value.map((entry) => toElement(name, content(name, entry, shape?.items, schemas))).join('');
  }
  return Object.entries(value).map(([name, inner]) => toElement(name, content(name, inner, shape?.properties.get(name), schemas))).join('');
}

/** A request's element as the JSON body that it stands for. What the schema does not know stays text, for the validation to judge. */
export function bodyOf(element: XmlElement, schema: Schema | undefined, schemas: WireSchemas): unknown {
  if (element.attributes.nil === 'true') return null;
  const shape = schema && schemas.fitting(schema, undefined);
  if (shape?.items) return entriesOf(element, shape.items, schemas);
  if (element.children.length === 0 && Object.keys(element.attributes).length === 0 && !shape?.properties.size) return scalar(element.text, shape?.types ?? []);
  const body: Record<string, unknown> = {};
  const put = (name: string, value: unknown) => Object.defineProperty(body, name, { value, enumerable: true, configurable: true, writable: true });
  const typesOf = (name: string) => {
    const inner = shape?.properties.get(name);
    return inner ? schemas.shapeOf(inner).types : [];
  };
  for (const [name, text] of Object.entries(element.attributes)) put(name, scalar(text, typesOf(name)));
  const byField = new Map<string, XmlElement[]>();
  for (const child of element.children) {
    const name = fieldOf(child.name, shape, schemas);
    const same = byField.get(name);
    if (same) same.push(child);
    else byField.set(name, [child]);
  }
  for (const [name, same] of byField) {
    const inner = shape?.properties.get(name);
    const items = inner && schemas.fitting(inner, undefined)?.items;
    if (items) put(name, same.flatMap((child) => (wraps(child, name, items, schemas) ? entriesOf(child, items, schemas) : [bodyOf(child, items, schemas)])));
    else put(name, bodyOf(same[0] as XmlElement, inner, schemas));
  }
  return body;
}

/** The field that an element stands for: its own, or the array whose entries are called so. */
function fieldOf(name: string, shape: Shape | undefined, schemas: WireSchemas): string {
  if (!shape || shape.properties.has(name)) return name;
  const array = [...shape.properties].find(([field, inner]) => {
    const items = schemas.fitting(inner, undefined)?.items;
    return items !== undefined && entryName(field, items, schemas) === name;
  });
  return array?.[0] ?? name;
}

/** Whether an element holds an array's entries; otherwise it is an entry itself, repeated without a wrapper. */
function wraps({ name: own, children }: XmlElement, name: string, items: Schema, schemas: WireSchemas): boolean {
  if (own !== name) return false;
  const fields = schemas.fitting(items, undefined)?.properties;
  const entry = entryName(name, items, schemas);
  return children.every((child) => child.name === entry || !fields?.has(child.name));
}

/** The entries inside of an array's element; one that holds no elements is an entry itself. */
function entriesOf(element: XmlElement, items: Schema, schemas: WireSchemas): unknown[] {
  if (element.children.length === 0) return element.text.trim() === '' ? [] : [bodyOf(element, items, schemas)];
  return element.children.map((child) => bodyOf(child, items, schemas));
}

function scalar(text: string, types: readonly string[]): unknown {
  if (types.includes('string') || types.length === 0) return text;
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (types.includes('boolean') && /^(true|false)$/.test(trimmed)) return trimmed === 'true';
  const numeric = types.includes('integer') || types.includes('number');
  if (!numeric || !/^[+-]?\d+(\.\d+)?$/.test(trimmed)) return text;
  // A number that would lose digits is left to the validation as the text that it is.
  return Number.isInteger(Number(trimmed)) && !Number.isSafeInteger(Number(trimmed)) ? text : Number(trimmed);
}
