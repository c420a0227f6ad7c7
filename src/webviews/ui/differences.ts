// Every single value that two bodies tell differently, by its place. Items of a list are matched by what names them (an id, an attribute's
// name, a month), else by their position. Pure, in turns, and bounded: two bodies that have nothing in common do not make an endless list.
// Rule: one value in two spellings (a number as text, 100.00 and 100, a day in seconds and in milliseconds) is no difference.
import { kindOf } from './fieldKinds.ts';
import { momentOf, numberOf, type ValueKind } from './format.ts';
import { isObject, listOf } from './generic.ts';
import { textOf } from './reports/reading.ts';
import type { JsonObject } from './reportTypes.ts';

const most = 100_000;
const deepest = 60;

/** Names of the reports themselves, which always differ. */
const ofTheReport = new Set(['id', 'requestId', 'createdDate', 'portfolioId', 'reportPin']);

/** One value that differs. A value that is on one side alone is undefined on the other. */
export interface Difference {
  /** The names that lead to it, with dots between them; empty for the two values themselves. */
  place: string;
  /** The last of them. */
  name: string;
  was: unknown;
  is: unknown;
}

export interface Differences {
  rows: readonly Difference[];
  /** More than fit. */
  more: boolean;
}

/** Of two reports, without what tells them apart. */
export const otherDifferences = (earlier: JsonObject, later: JsonObject): Generator<void, Differences, void> =>
  differencesOf(earlier, later, (path) => path.length === 1 && ofTheReport.has(path[0]!));

/** Yields after each list or object. */
export function* differencesOf(earlier: unknown, later: unknown, skipped: (path: readonly string[]) => boolean = () => false): Generator<void, Differences, void> {
  const rows: Difference[] = [];
  let more = false;
  const visit = function* (path: readonly string[], was: unknown, is: unknown): Generator<void, void, void> {
    if (more || was === is || skipped(path)) return;
    const parts = path.length <= deepest ? partsOf(was, is) : undefined;
    const name = path.at(-1) ?? '';
    if (parts) {
      const [before, after] = parts;
      for (const [part, value] of after) if (before.get(part) !== value) yield* visit([...path, part], before.get(part), value);
      for (const [part, value] of before) if (!after.has(part)) yield* visit([...path, part], value, undefined);
      yield;
    } else if (isSingle(was) && isSingle(is) ? !isSame(name, was, is) : jsonOf(was) !== jsonOf(is)) {
      if (rows.length < most) rows.push({ place: path.join(' · '), name, was, is });
      else more = true;
    }
  };
  yield* visit([], earlier, later);
  return { rows, more };
}

const isSingle = (value: unknown): boolean => typeof value !== 'object' || value === null;

/** Whether two single values under a name mean the same. */
function isSame(name: string, was: unknown, is: unknown): boolean {
  if (String(was ?? '') === String(is ?? '')) return true;
  const read = reading(kindOf(name, is));
  const value = read?.(is);
  return value !== undefined && value === read?.(was);
}

/** How values of a kind are brought to one spelling; undefined where the spelling is the value. */
function reading(kind: ValueKind): ((value: unknown) => number | undefined) | undefined {
  switch (kind) {
    case 'money': case 'number': case 'percent': return numberOf;
    case 'day': case 'month': case 'moment': return (value) => momentOf(value)?.ms;
    default: return undefined;
  }
}

const nameKeys = ['id', 'attributeName', 'confidenceType', 'month', 'startDate', 'timeIntervalType', 'assetId', 'name', 'type'];

/** The named parts of two objects, or of two lists (an object may stand for a list of it alone); undefined where there are none to match. */
function partsOf(was: unknown, is: unknown): readonly [ReadonlyMap<string, unknown>, ReadonlyMap<string, unknown>] | undefined {
  if (isObject(was) && isObject(is)) return [new Map(Object.entries(was)), new Map(Object.entries(is))];
  if (isSingle(was) || isSingle(is)) return undefined;
  const lists = [listOf(was), listOf(is)] as const;
  // What names the items of one of the two alone matches nothing.
  const key = nameKeys.find((name) => lists.every((list) => isNamedBy(name, list)));
  const named = (list: readonly unknown[]) => new Map(list.map((item, index) => [key === undefined ? String(index + 1) : textOf((item as JsonObject)[key]), item]));
  return [named(lists[0]), named(lists[1])];
}

function isNamedBy(key: string, list: readonly unknown[]): boolean {
  const names = new Set<string>();
  for (const item of list) {
    const name = isObject(item) ? textOf(item[key]) : '';
    if (name === '' || names.has(name)) return false;
    names.add(name);
  }
  return true;
}

function jsonOf(value: unknown): string | symbol | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    // Nested deeper than the engine's stack: told as different.
    return Symbol();
  }
}
