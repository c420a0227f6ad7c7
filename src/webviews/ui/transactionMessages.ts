// What the transactions page and its worker say to each other: each question has one reply; that the lines changed comes by itself. All of it
// is plain data. A line is what the table shows: a row, or the heading of a group. Free of the DOM.
import type { AccountFacts, ExportFormat, RecurringStream } from '../protocol/transactions.ts';
import type { Chart } from './chartTypes.ts';
import type { ValueKind } from './format.ts';
import type { Delimiter } from './tableText.ts';
import type { TransactionFilter } from './transactionFilter.ts';
import type { Grouping, TransactionSort } from './transactionOrder.ts';
import type { State } from './transactionStore.ts';
import type { Totals } from './transactionSums.ts';

export interface ColumnInfo {
  /** The field's path, or a name of ours that begins with #. */
  key: string;
  label: string;
  kind: ValueKind;
  /** Rows that say something. */
  filled: number;
}

/** Lines of the table, both included. */
export interface LineRange { from: number; to: number }

export interface RowLine {
  line: number;
  row: number;
  state: State;
  /** The status as it came, when it is none that we know. */
  status: string;
  currency: string;
  /** As they came, in the order of the columns asked for; undefined for what the row does not have. */
  values: readonly unknown[];
  /** "every 14 days" */
  recurring?: string;
}

export interface GroupLine {
  line: number;
  group: { key: string; open: boolean; totals: Totals };
}

export type Line = RowLine | GroupLine;

export const isGroupLine = (line: Line): line is GroupLine => 'group' in line;

export interface View {
  filter: TransactionFilter;
  /** Undefined: as the API gave them, the newest first. */
  sort?: TransactionSort;
  group?: Grouping;
}

/** What the page shows around the lines. */
export interface Summary {
  /** Counts up whenever a line is another than before; rows that are only added change nothing. */
  version: number;
  loaded: number;
  lines: number;
  groups: number;
  /** Of the rows that pass the filter. */
  totals: Totals;
  columns: readonly ColumnInfo[];
  /** Values to choose from, the most frequent first, with their number of rows; empty text for rows that name none. */
  categories: readonly { value: string; count: number }[];
  accounts: readonly { id: string; name: string; opposite: boolean }[];
  /** Days since 1970 of the oldest and newest row. */
  firstDay?: number;
  lastDay?: number;
}

export interface ExportWish {
  format: ExportFormat;
  /** Fields in their order; all that there are when left out. CSV alone. */
  columns?: readonly string[];
  delimiter: Delimiter;
  bom: boolean;
  /** Dates as 2026-03-01 in place of the seconds that the wire has. CSV alone. */
  isoDates: boolean;
  /** Lines; all when left out. */
  ranges?: readonly LineRange[];
}

export interface Question {
  page: { bytes: Uint8Array; fresh: boolean; found?: number };
  accounts: { accounts: readonly AccountFacts[] };
  streams: { streams: readonly RecurringStream[] };
  view: View;
  lines: { from: number; to: number; columns: readonly string[] };
  fold: { line: number };
  foldAll: { open: boolean };
  /** The line of a row, -1 when it is not shown. */
  find: { row: number };
  select: { ranges: readonly LineRange[] };
  copy: { ranges: readonly LineRange[]; columns: readonly string[] };
  record: { row: number };
  /** Rows as they came, the first so many. */
  records: { ranges: readonly LineRange[]; most: number };
  charts: { balanceTo?: number };
  exportBegin: ExportWish;
  exportNext: Record<never, never>;
  exportEnd: Record<never, never>;
}

export interface Reply {
  page: { loaded: number; problem?: string };
  accounts: Record<never, never>;
  streams: Record<never, never>;
  view: { summary: Summary | undefined };
  lines: { version: number; lines: readonly Line[] };
  fold: Record<never, never>;
  foldAll: Record<never, never>;
  find: { line: number };
  select: { totals: Totals };
  copy: { text: string; rows: number; whole: boolean };
  record: { record: Readonly<Record<string, unknown>>; currency: string; account: string; accountType?: string };
  records: { records: readonly Readonly<Record<string, unknown>>[]; all: number };
  charts: { charts: readonly Chart[] };
  exportBegin: { rows: number };
  exportNext: { bytes: Uint8Array; rows: number; done: boolean };
  exportEnd: Record<never, never>;
}

export type QuestionKind = keyof Question;
export type Notice = { type: 'summary'; summary: Summary } | { type: 'stopped'; text: string };
export type ToWorker = { [K in QuestionKind]: { id: number; kind: K; ask: Question[K] } }[QuestionKind];
export type FromWorker = { type: 'ready' } | { id: number; reply: Reply[QuestionKind] } | { id: number; failed: string } | Notice;
