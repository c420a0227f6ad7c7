// Any JSON as sections, fields and tables, so that a field nobody knew of is still shown. Pure.
// Rule: nothing is lost. What is too deep, too wide or too many for a readable form is shown as compact JSON in a cell, never left out.
import { columnKind, kindOf } from './fieldKinds.ts';
import { words, type ValueKind } from './format.ts';
import type { Column, Field, JsonObject, Section, Table } from './reportTypes.ts';

const limits = {
  /** Levels of sections below the report. */
  depth: 7,
  /** Items of a list that get a section each; a longer list becomes one table. */
  items: 60,
  columns: 40,
  /** Fields side by side; more become a table that scrolls. */
  fields: 150,
  /** Sections in a whole report. */
  sections: 1_500,
};

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list from a list or from one object: the API's bodies and its own examples use both for the same field. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : isObject(value) ? [value] : [];
}

const isPlain = (value: unknown) => typeof value !== 'object' || value === null;

export interface GenericOptions {
  currency?: string;
  /** Counts the sections of the whole report; shared between the calls for one. */
  budget: { sections: number };
  /** A form of its own for a field that reads better so, wherever it stands; undefined for the generic one. It must show all of the value. */
  form?: OwnForm;
}

export type OwnForm = (place: { id: string; key: string; depth: number }, value: unknown, options: GenericOptions) => Section | undefined;

export const newBudget = () => ({ sections: limits.sections });

export function field(key: string, value: unknown, currency?: string): Field {
  return { key, label: words(key), value: shownValue(value), kind: kindOf(key, value), currency };
}

/** Lists of plain values read as words in a row; everything else as it came. */
function shownValue(value: unknown): unknown {
  return Array.isArray(value) && value.length > 0 && value.every(isPlain) ? value.map((one) => String(one)).join(', ') : value;
}

/** The section of an object: its plain fields, its small lists as tables, what nests further as children. */
export function objectSection(id: string, title: string, object: JsonObject, options: GenericOptions, depth = 0): Section {
  options.budget.sections--;
  const currency = typeof object.currency === 'string' ? object.currency : options.currency;
  const own = { ...options, currency };
  const fields: Field[] = [];
  const tables: Table[] = [];
  const children: Section[] = [];
  for (const [key, value] of Object.entries(object)) {
    const asJson = depth >= limits.depth || options.budget.sections <= 0;
    const made = asJson || isPlain(value) ? undefined : options.form?.({ id: `${id}.${key}`, key, depth: depth + 1 }, value, own);
    if (made) {
      children.push(made);
      continue;
    }
    if (isPlain(value) || asJson || isEmpty(value) || (Array.isArray(value) && value.every(isPlain))) fields.push(field(key, value, currency));
    else if (isObject(value)) children.push(objectSection(`${id}.${key}`, words(key), value, own, depth + 1));
    else listInto(`${id}.${key}`, key, value as readonly unknown[], own, depth + 1, { fields, tables, children });
  }
  const wide = fields.length > limits.fields;
  return {
    id, title, folded: depth >= 3, children,
    fields: wide ? [] : fields,
    tables: wide ? [fieldTable(title, fields), ...tables] : tables,
  };
}

const isEmpty = (value: unknown) => (Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0);

interface Parts { fields: Field[]; tables: Table[]; children: Section[] }

function listInto(id: string, key: string, list: readonly unknown[], options: GenericOptions, depth: number, into: Parts): void {
  const nested = list.length <= limits.items && list.some((item) => isObject(item) && Object.values(item).some(holdsObjects));
  if (!nested) {
    into.tables.push({ ...listTable(words(key), list, options.currency), holder: key });
    return;
  }
  const children = list.map((item, index) => isObject(item)
    ? objectSection(`${id}.${index}`, itemTitle(item, key, index), item, options, depth + 1)
    : objectSection(`${id}.${index}`, `${words(key)} ${index + 1}`, { value: item }, options, depth + 1));
  if (children.length === 1) into.children.push({ ...children[0]!, title: words(key), detail: children[0]!.title });
  else into.children.push({ id, title: words(key), detail: String(list.length), folded: false, fields: [], tables: [], children });
}

/** Lists of objects, or objects that hold such lists: more than a row can carry. */
const holdsObjects = (value: unknown): boolean =>
  Array.isArray(value) ? value.some(isObject) : isObject(value) && Object.values(value).some((inner) => Array.isArray(inner) && inner.some(isObject));

const nameKeys = ['name', 'title', 'attributeName', 'employerName', 'confidenceType', 'timeIntervalType', 'label', 'type', 'id'];

function itemTitle(item: JsonObject, key: string, index: number): string {
  const named = nameKeys.find((name) => typeof item[name] === 'string' && item[name] !== '');
  // The older analytics name an account in its details.
  const details = isObject(item.accountDetails) && typeof item.accountDetails.name === 'string' ? item.accountDetails.name : '';
  const name = (named === undefined ? details : String(item[named])).slice(0, 120);
  return name === '' ? `${words(key)} ${index + 1}` : /^[A-Z\d_]+$/.test(name) ? words(name) : name;
}

/** A table over a list of any values; `first` names the columns that lead, in their order. */
export function listTable(label: string, list: readonly unknown[], currency?: string, first: readonly string[] = []): Table {
  const rows = list.every(isObject) ? list : list.map((item) => (isObject(item) ? item : { value: item }));
  return {
    label, rows, columns: columnsOf(rows, first),
    currencyOf: (row) => (typeof row.currency === 'string' ? row.currency : currency),
  };
}

/** A column of rows that the page made: its values stand nowhere in the body. */
export const madeColumn = (key: string, label: string, kind: ValueKind): Column => ({ key, label, kind, made: true, read: (row) => row[key] });

function fieldTable(label: string, fields: readonly Field[]): Table {
  return { label, columns: [madeColumn('label', 'Label', 'text'), madeColumn('value', 'Value', 'text')], rows: fields.map(({ label: name, value }) => ({ label: name, value })), currencyOf: () => undefined };
}

type Path = readonly string[];

const nothing: Path = [];

const readPath = (path: Path) => (row: JsonObject): unknown => {
  let value: unknown = row;
  for (const name of path) value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return value;
};

/** One column a field, one level of nested objects spread out; when that is too wide, the rest stands as JSON in a last column. */
function columnsOf(rows: readonly JsonObject[], first: readonly string[]): Column[] {
  const paths = new Map<string, Path>(first.filter((key) => rows.some((row) => row[key] !== undefined && row[key] !== null)).map((key) => [key, [key]]));
  let overflow = false;
  const add = (path: Path) => {
    const key = path.join('.');
    if (paths.has(key)) return;
    if (paths.size < limits.columns) paths.set(key, path);
    else overflow = true;
  };
  // Hundreds of thousands of rows have the same few names: nothing is made for one that was met before.
  const [plain, nested] = [new Set<string>(), new Map<string, Set<string>>()];
  for (const row of rows)
    for (const key of Object.keys(row)) {
      const value = row[key];
      const inside = isObject(value) ? Object.keys(value) : nothing;
      if (inside.length === 0) {
        if (!plain.has(key)) add(plain.add(key) && [key]);
        continue;
      }
      let met = nested.get(key);
      if (!met) nested.set(key, met = new Set());
      for (const inner of inside) if (!met.has(inner)) add(met.add(inner) && [key, inner]);
    }
  // A field that is an object in some rows and plain in others has both columns; the plain one must not repeat the object.
  const columns = [...paths.values()].map((path): Column => {
    const read = readPath(path);
    const spread = path.length === 1 && [...paths.values()].some((other) => other.length === 2 && other[0] === path[0]);
    const value = (row: JsonObject) => shownValue(spread && isObject(read(row)) ? undefined : read(row));
    return { key: path.join('.'), label: path.map(words).join(' · '), kind: columnKind(path.at(-1)!, sample(rows, value)), read: value };
  });
  if (overflow) {
    const shown = new Set(paths.keys());
    columns.push({ key: '*', label: 'More fields', kind: 'text', read: (row) => restOf(row, shown) });
  }
  return columns;
}

function* sample(rows: readonly JsonObject[], read: (row: JsonObject) => unknown): Generator<unknown> {
  for (let index = 0; index < Math.min(rows.length, 500); index++) yield read(rows[index]!);
}

function restOf(row: JsonObject, shown: ReadonlySet<string>): unknown {
  const rest: [string, unknown][] = [];
  for (const [key, value] of Object.entries(row)) {
    if (!isObject(value) || isEmpty(value)) { if (!shown.has(key)) rest.push([key, value]); }
    else for (const [inner, one] of Object.entries(value)) if (!shown.has(`${key}.${inner}`)) rest.push([`${key}.${inner}`, one]);
  }
  return rest.length === 0 ? undefined : Object.fromEntries(rest);
}
