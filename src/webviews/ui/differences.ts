// Every single value that two bodies tell differently, by its place. Items of a list are matched by what names them (an id, an attribute's
// name, a month), else by their position. Pure, and bounded: two bodies that have nothing in common do not make an endless list.
// Rule: one value in two spellings (a number as text, 100.00 and 100, a day in seconds and in milliseconds) is no difference.
import { kindOf } from './fieldKinds.ts';
import { momentOf, numberOf, type ValueKind } from './format.ts';
import { isObject } from './generic.ts';
import { textOf } from './reports/reading.ts';
import type { JsonObject } from './reportTypes.ts';

const most = 5_000;
const deepest = 60;

/** Names of the reports themselves, which always differ. */
const ofTheReport = new Set(['id', 'requestId', 'createdDate', 'portfolioId', 'reportPin']);

/** The transactions of an institution's account, which the comparison shows in sections of their own. */
const isAccountTransactions = ([institutions, , accounts, , transactions, ...rest]: readonly string[]): boolean =>
  institutions === 'institutions' && accounts === 'accounts' && transactions === 'transactions' && rest.length === 0;

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

/** What the comparison shows nowhere else. */
export const otherDifferences = (earlier: JsonObject, later: JsonObject): Differences =>
  differencesOf(earlier, later, (path) => (path.length === 1 && ofTheReport.has(path[0]!)) || isAccountTransactions(path));

export function differencesOf(earlier: unknown, later: unknown, skipped: (path: readonly string[]) => boolean = () => false): Differences {
  const rows: Difference[] = [];
  let more = false;
  const visit = (path: readonly string[], was: unknown, is: unknown): void => {
    if (more || was === is || skipped(path)) return;
    const [before, after] = [partsOf(was), partsOf(is)];
    const name = path.at(-1) ?? '';
    if (before && after && path.length <= deepest) {
      for (const [part, value] of after) visit([...path, part], before.get(part), value);
      for (const [part, value] of before) if (!after.has(part)) visit([...path, part], value, undefined);
    } else if (before || after ? jsonOf(was) !== jsonOf(is) : !isSame(name, was, is)) {
      if (rows.length < most) rows.push({ place: path.join(' · '), name, was, is });
      else more = true;
    }
  };
  visit([], earlier, later);
  return { rows, more };
}

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
