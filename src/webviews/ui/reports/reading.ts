// Reading a report's body without trusting it: numbers as text, one object where a list is meant, nulls and other types where something
// else was expected. Whatever does not fit reads as absent; the sections still show it as it came. Pure.
import { dayMs, momentOf, numberOf, round } from '../format.ts';
import { isObject, listOf } from '../generic.ts';
import type { JsonObject } from '../reportTypes.ts';
import { isOppositeSign } from '../reportWords.ts';

/** The objects of a list, or the one object that stands for it. A list of nothing else is given as it is: it may hold 100,000 of them. */
export function objectsOf(value: unknown): readonly JsonObject[] {
  const list = listOf(value);
  return list.every(isObject) ? list : list.filter(isObject);
}

/** The value at a path; undefined as soon as something on the way is no object. */
export function at(body: unknown, ...path: readonly string[]): unknown {
  let value = body;
  for (const name of path) value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return value;
}

/** The first of the names that holds a number. */
export function numberAt(body: JsonObject, ...names: readonly string[]): number | undefined {
  for (const name of names) {
    const number = numberOf(at(body, name));
    if (number !== undefined) return number;
  }
  return undefined;
}

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '');

/** Undefined for an empty list: no value is not zero. */
export const sumOf = (values: readonly (number | undefined)[]): number | undefined => {
  const told = values.filter((value) => value !== undefined);
  return told.length === 0 ? undefined : told.reduce((sum, value) => sum + value, 0);
};

/** Every account of the report, over its institutions. */
export const accountsOf = (body: JsonObject): readonly JsonObject[] => objectsOf(body.institutions).flatMap(({ accounts }) => objectsOf(accounts));

/** An account as a person knows it: its name and last characters. */
export function accountLabel(account: JsonObject, index: number): string {
  const name = typeof account.name === 'string' && account.name !== '' ? account.name.slice(0, 60) : `Account ${index + 1}`;
  const digits = /[\dA-Za-z]{1,4}$/.exec(textOf(account.number) || textOf(account.realAccountNumberLast4))?.[0];
  return digits ? `${name} ··${digits}` : name;
}

/** The currency that all of them share; undefined when they differ or name none, so that sums are not told in a wrong one. */
export function currencyOf(objects: readonly JsonObject[]): string | undefined {
  const named = new Set(objects.map(({ currency }) => currency).filter((value) => typeof value === 'string' && value !== ''));
  return named.size === 1 ? ([...named][0] as string) : undefined;
}

/**
 * The currency of pay. No body of payroll or of pay statements names one in 1.42.0 (schemas VOEPayrollReport, VOIEPayrollReport,
 * PayStatementReport, VOIEPayStatement), and the API is that of the United States: US dollars are assumed in all of them, unless the accounts
 * that the same report checks against share another. The hover has the value as it came.
 */
export const payCurrencyOf = (accounts: readonly JsonObject[]): string => currencyOf(accounts) ?? 'USD';

/** True where amounts of different currencies would be added up. */
export const mixesCurrencies = (objects: readonly JsonObject[]): boolean =>
  new Set(objects.map(({ currency }) => currency).filter((value) => typeof value === 'string' && value !== '')).size > 1;

/** One group a currency, in the order met: amounts of two are never added up and never share an axis. */
export function byCurrency<T extends { currency: unknown }>(items: readonly T[]): (readonly [currency: string | undefined, items: readonly T[]])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = typeof item.currency === 'string' ? item.currency : '';
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups].map(([key, group]) => [key || undefined, group]);
}

/** Whether money into such an account is positive and out of it negative; an account of unknown type counts as one. */
export const isDeposit = (accountType: unknown): boolean => !isOppositeSign(accountType);

export { dayMs, round };

export const countOf = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** The day on which the bank posted a transaction, or on which it was made. */
export const postedDay = (transaction: JsonObject): number | undefined => dayOf(transaction.postedDate) ?? dayOf(transaction.transactionDate);

export const isPending = ({ status }: JsonObject): boolean => typeof status === 'string' && status.toLowerCase() === 'pending';

/** Epoch milliseconds of the UTC day that a moment of the wire falls in. */
export function dayOf(value: unknown): number | undefined {
  const moment = momentOf(value);
  return moment && Math.floor(moment.ms / dayMs) * dayMs;
}

/** Epoch milliseconds of the first day of its month, in UTC. */
export function monthOf(value: unknown): number | undefined {
  const ms = momentOf(value)?.ms;
  if (ms === undefined) return undefined;
  if (ms >= lastMonth.from && ms < lastMonth.to) return lastMonth.from;
  const date = new Date(ms);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  lastMonth = { from: Date.UTC(year, month, 1), to: Date.UTC(year, month + 1, 1) };
  return lastMonth.from;
}

/** Transactions stand in the order of their days: the next one is of the same month nearly always. */
let lastMonth = { from: 0, to: 0 };

/** The months from the first to the last of them, none left out: a month without a value is a gap in the chart, not a missing place. */
export function monthsBetween(months: readonly number[], most = 600): readonly number[] {
  if (months.length === 0) return [];
  const last = months.reduce((a, b) => Math.max(a, b));
  const all: number[] = [];
  for (let at = months.reduce((a, b) => Math.min(a, b)); at <= last && all.length < most;) {
    all.push(at);
    const date = new Date(at);
    at = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
  }
  return all;
}
