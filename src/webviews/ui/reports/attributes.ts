// The analytics that balance, cash flow, payment history, payment risk and foresight reports share: attributes with their values by period,
// of groups of transactions (money out is negative) or of something that has a value every day. Schema CustomerAnalytics of 1.42.0. Pure.
import { isObject } from '../generic.ts';
import type { JsonObject } from '../reportTypes.ts';
import { dayMs, dayOf, numberAt, objectsOf, textOf } from './reading.ts';

export interface Attribute {
  name: string;
  /** Has a value every day (`stateAttributes`), rather than being a group of transactions. */
  state: boolean;
  unit: 'money' | 'number';
  intervals: readonly Interval[];
  object: JsonObject;
}

export interface Interval {
  /** MONTHLY_CALENDAR, MONTHLY_ROLLING_30, HISTORICALLY or what else the body names. */
  type: string;
  periods: readonly JsonObject[];
  object: JsonObject;
}

export const attributeLists = ['transactionalAttributes', 'stateAttributes'] as const;
export const intervalLists = ['aggregatedByTimePeriods', 'reportedByTimePeriods'] as const;

/** Whether an object is such analytics: it holds one of its two lists of attributes. */
export const isAnalytics = (value: unknown): value is JsonObject =>
  isObject(value) && attributeLists.some((name) => Array.isArray(value[name]) && (value[name] as readonly unknown[]).every(isObject));

export function attributesOf(analytics: JsonObject): Attribute[] {
  return attributeLists.flatMap((list) => objectsOf(analytics[list]).map((object): Attribute => {
    const name = textOf(object.attributeName);
    return {
      name, object, state: list === 'stateAttributes', unit: isCount(name) ? 'number' : 'money',
      intervals: intervalLists.flatMap((key) => objectsOf(object[key]).map((one): Interval => ({
        type: textOf(one.timeIntervalType), periods: objectsOf(one.periods), object: one,
      }))),
    };
  }));
}

/** Scores and counts have no currency. */
const isCount = (name: string): boolean => /(^|_)(SCORE|MISSED|COUNT|NUMBER|DAYS|RATIO|INDEX)(_|$)/.test(name);

const preferred = ['MONTHLY_CALENDAR', 'MONTHLY_ROLLING_30'];

/** Month by month, as the body has it; undefined where it has only its whole history. */
export const monthlyOf = ({ intervals }: Attribute): Interval | undefined =>
  preferred.map((type) => intervals.find((one) => one.type === type))
    .find((one) => one !== undefined) ?? intervals.find(({ type, periods }) => type !== 'HISTORICALLY' && periods.length > 1);

/** The whole history in one period. */
export const historyOf = ({ intervals }: Attribute): JsonObject | undefined => intervals.find(({ type }) => type === 'HISTORICALLY')?.periods[0];

/** Whether the period is a whole one: the first and the last of a history seldom are. */
export function isWhole({ startDate, endDate }: JsonObject, type: string): boolean {
  const [start, end] = [dayOf(startDate), dayOf(endDate)];
  if (start === undefined || end === undefined) return false;
  if (type === 'MONTHLY_CALENDAR') return new Date(start).getUTCDate() === 1 && new Date(end + dayMs).getUTCDate() === 1;
  return type !== 'MONTHLY_ROLLING_30' || end - start >= 29 * dayMs;
}

/** What a period comes to: the sum of its transactions, nothing where there were none; the mean of a state's days. */
export function periodValue(period: JsonObject, state: boolean): number | undefined {
  if (state) return numberAt(period, 'mean');
  return numberAt(period, 'sum') ?? (numberAt(period, 'count') === 0 ? 0 : undefined);
}

export const intervalWords = (type: string): string =>
  ({ MONTHLY_CALENDAR: 'By month', MONTHLY_ROLLING_30: 'By 30 days', HISTORICALLY: 'Whole history' } as Readonly<Record<string, string>>)[type] ?? '';

/** A payment risk score; -1 means that there is too little history for one (domain.md §8). */
export const scoreOf = (value: number | undefined): number | undefined => (value === undefined || value < 0 ? undefined : value);
