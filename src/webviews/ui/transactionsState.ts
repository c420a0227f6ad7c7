// What the transactions page keeps beyond a reload: names of fields and of ours, sizes, days chosen from a calendar. Nothing that stands in rows or
// is typed to find one: no text, amount, category or account, since the editor writes it to disk in plain text. Pure.
import { firstColumns } from './transactionFields.ts';
import type { ColumnInfo } from './transactionMessages.ts';
import { noFilter, type TransactionFilter } from './transactionFilter.ts';
import { groupings, type Grouping, type TransactionSort } from './transactionOrder.ts';
import { states } from './transactionStore.ts';

export interface ShownColumn {
  key: string;
  /** Pixels. */
  width: number;
}

export interface KeptState {
  columns: readonly ShownColumn[] | undefined;
  sort: TransactionSort | undefined;
  group: Grouping | undefined;
  filter: TransactionFilter;
  charts: boolean;
  detail: boolean;
}

const isKey = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= 120;

/** Whatever was kept, by this version or another. */
export function readKept(state: Readonly<Record<string, unknown>> | undefined): KeptState {
  const { columns, sort, group, filter } = state ?? {};
  const shown = Array.isArray(columns) ? columns.flatMap((one: unknown): ShownColumn[] => {
    const { key, width } = typeof one === 'object' && one !== null ? one as Readonly<Record<string, unknown>> : {};
    return isKey(key) && typeof width === 'number' && width >= 30 && width <= 2_000 ? [{ key, width }] : [];
  }) : [];
  const order = typeof sort === 'object' && sort !== null ? sort as Readonly<Record<string, unknown>> : {};
  return {
    columns: shown.length > 0 ? shown.slice(0, 100) : undefined, sort: isKey(order.key) ? { key: order.key, down: order.down === true } : undefined,
    group: groupings.find((one) => one === group && one !== 'recurring'), filter: readFilter(filter), charts: state?.charts === true, detail: state?.detail === true,
  };
}

const isDay = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 10_000_000;

function readFilter(kept: unknown): TransactionFilter {
  const { days, states: named, flow } = typeof kept === 'object' && kept !== null ? kept as Readonly<Record<string, unknown>> : {};
  const [dayFrom, dayTo] = Array.isArray(days) ? days as unknown[] : [];
  return {
    ...noFilter, states: states.filter((state) => Array.isArray(named) && named.includes(state)), ...((flow === 'in' || flow === 'out') && { flow }),
    ...(isDay(dayFrom) && { dayFrom }), ...(isDay(dayTo) && { dayTo }),
  };
}

/** What of it is kept. Recurring streams are asked for anew, so neither a grouping nor a filter by them outlives the page. */
export function stateToKeep({ columns, sort, group, filter, charts, detail }: KeptState): Readonly<Record<string, unknown>> {
  const { dayFrom, dayTo, states: named, flow } = filter;
  return {
    charts, detail, filter: { days: [dayFrom ?? null, dayTo ?? null], states: named, ...(flow && { flow }) },
    ...(columns && { columns }), ...(sort && { sort }), ...(group && group !== 'recurring' && { group }),
  };
}

/** The columns with one of them moved before another, or behind the last. */
export function movedColumn(columns: readonly ShownColumn[], key: string, before: string | undefined): readonly ShownColumn[] {
  const moved = columns.find((column) => column.key === key);
  if (!moved || key === before) return columns;
  const rest = columns.filter((column) => column !== moved);
  const at = rest.findIndex((column) => column.key === before);
  rest.splice(at < 0 ? rest.length : at, 0, moved);
  return rest;
}

const widths: Readonly<Record<string, number>> = {
  description: 300, memo: 220, 'categorization.normalizedPayeeName': 190, 'categorization.category': 170, '#account': 190, '#recurring': 140, status: 110, uniqueTransactionId: 190,
};

/** A column's first width. */
export const widthOf = ({ key, kind }: Pick<ColumnInfo, 'key' | 'kind'>): number =>
  (Object.hasOwn(widths, key) ? widths[key]! : kind === 'money' ? 130 : kind === 'day' ? 140 : kind === 'moment' ? 200 : kind === 'number' ? 100 : 150);

/** What is shown until the person chooses: what there is of it; where rows say nothing the column is left out. */
export function usualColumns(infos: readonly ColumnInfo[]): ShownColumn[] {
  const there = firstColumns.flatMap((key) => infos.filter((info) => info.key === key && info.filled > 0));
  const chosen = there.some(({ key }) => key === 'transactionDate') ? there : [...infos.filter(({ key, filled }) => key === 'postedDate' && filled > 0), ...there];
  return (chosen.length > 0 ? chosen : infos.filter(({ filled }) => filled > 0).slice(0, 8)).map((info) => ({ key: info.key, width: widthOf(info) }));
}
