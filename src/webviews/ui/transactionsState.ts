// What the transactions page keeps beyond a reload: names of fields and sizes, never anything of a person. Pure.
import { firstColumns } from './transactionFields.ts';
import type { ColumnInfo } from './transactionMessages.ts';
import type { TransactionSort } from './transactionOrder.ts';

export interface ShownColumn {
  key: string;
  /** Pixels. */
  width: number;
}

export interface KeptState {
  columns: readonly ShownColumn[] | undefined;
  sort: TransactionSort | undefined;
  charts: boolean;
  detail: boolean;
}

const isKey = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= 120;

/** Whatever was kept, by this version or another. */
export function readKept(state: Readonly<Record<string, unknown>> | undefined): KeptState {
  const { columns, sort } = state ?? {};
  const shown = Array.isArray(columns) ? columns.flatMap((one: unknown): ShownColumn[] => {
    const { key, width } = typeof one === 'object' && one !== null ? one as Readonly<Record<string, unknown>> : {};
    return isKey(key) && typeof width === 'number' && width >= 30 && width <= 2_000 ? [{ key, width }] : [];
  }) : [];
  const order = typeof sort === 'object' && sort !== null ? sort as Readonly<Record<string, unknown>> : {};
  return {
    columns: shown.length > 0 ? shown.slice(0, 100) : undefined, sort: isKey(order.key) ? { key: order.key, down: order.down === true } : undefined,
    charts: state?.charts === true, detail: state?.detail === true,
  };
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
