// Every single value that two bodies tell differently, by its place. Items of a list are matched by what names them (an id, an attribute's
// name, a month), else by their position. Pure, and bounded: two bodies that have nothing in common do not make an endless list.
import { isObject } from './generic.ts';
import { textOf } from './reports/reading.ts';
import type { JsonObject } from './reportTypes.ts';

const most = 5_000;
const deepest = 60;

/** Names of the reports themselves, which always differ, and what the comparison shows in sections of its own. */
const ofTheReport = new Set(['id', 'requestId', 'createdDate', 'portfolioId', 'reportPin']);
const compared = (path: readonly string[]): boolean => path.at(-1) === 'transactions' && path.includes('institutions');

export interface Differences {
  /** `place`, `was`, `is`; a value that is on one side alone is undefined on the other. */
  rows: readonly JsonObject[];
  /** More than fit. */
  more: boolean;
}

export function otherDifferences(earlier: JsonObject, later: JsonObject): Differences {
  const rows: JsonObject[] = [];
  let more = false;
  const tell = (path: readonly string[], was: unknown, is: unknown): void => {
    if (rows.length < most) rows.push({ place: path.join(' · '), was, is });
    else more = true;
  };
  const visit = (path: readonly string[], was: unknown, is: unknown): void => {
    if (more || was === is || (path.length === 1 && ofTheReport.has(path[0]!)) || compared(path)) return;
    const [before, after] = [partsOf(was), partsOf(is)];
    if (!before || !after || path.length > deepest) {
      if (before || after ? jsonOf(was) !== jsonOf(is) : String(was ?? '') !== String(is ?? '')) tell(path, was, is);
      return;
    }
    for (const [name, value] of after) visit([...path, name], before.get(name), value);
    for (const [name, value] of before) if (!after.has(name)) visit([...path, name], value, undefined);
  };
  visit([], earlier, later);
  return { rows, more };
}

const nameKeys = ['id', 'attributeName', 'confidenceType', 'month', 'startDate', 'timeIntervalType', 'assetId', 'name', 'type'];

/** The named parts of an object or a list; undefined for a single value. */
function partsOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (isObject(value)) return new Map(Object.entries(value));
  if (!Array.isArray(value)) return undefined;
  const items = value as readonly unknown[];
  const key = nameKeys.find((name) => items.length > 0 && items.every((item) => isObject(item) && textOf(item[name]) !== '') && new Set(items.map((item) => textOf((item as JsonObject)[name]))).size === items.length);
  return new Map(items.map((item, index) => [key === undefined ? String(index + 1) : textOf((item as JsonObject)[key]), item]));
}

function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    // Nested deeper than the engine's stack: told as different.
    return undefined;
  }
}
