// The shapes between a report's body and the page: what reportModel.ts makes and the elements draw. Pure data, no DOM.
import type { ReportStatus } from '../protocol/report.ts';
import type { Chart } from './chartTypes.ts';
import type { ValueKind } from './format.ts';

/** A JSON object as it came; nothing about its fields is trusted. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** One value with its name. */
export interface Field {
  key: string;
  label: string;
  value: unknown;
  kind: ValueKind;
  currency?: string;
  /** The value as it came where words were added to it. */
  raw?: unknown;
}

/** What people look for first in a report: one of the large numbers at its top. */
export interface Figure extends Field {
  /** Small words under the value: of what it is counted, over which time. */
  note?: string;
  /** Set where the value itself says that something needs attention; told by an icon and words too, never by colour alone. */
  tone?: 'good' | 'attention' | 'bad';
}

export interface Column {
  /** Path of the value in the row, for keys and tests. */
  key: string;
  label: string;
  kind: ValueKind;
  /** Set where the values are worked out by the page and stand nowhere in the body: its dates are epoch milliseconds of UTC days. */
  made?: boolean;
  read(row: JsonObject): unknown;
}

/** Rows as they came and how to read them: cells are formatted when they are drawn, so 100,000 rows cost nothing before. */
export interface Table {
  label: string;
  /** The list's name in the body, so that an `id` in it is known for what it is. */
  holder?: string;
  columns: readonly Column[];
  rows: readonly JsonObject[];
  /** The currency of a row's money; undefined when the body names none. */
  currencyOf(row: JsonObject): string | undefined;
}

/** A foldable heading with what stands under it. */
export interface Section {
  /** Place in the body, made of field names and indexes, never of values: it is kept in the view's state. */
  id: string;
  title: string;
  /** Small words beside the title. */
  detail?: string;
  note?: string;
  folded: boolean;
  fields: readonly Field[];
  tables: readonly Table[];
  children: readonly Section[];
}

export interface ReportProblem {
  code: string;
  message: string;
  explanation: string;
  /** Which account of which institution, which file: what the body says of it. */
  places: readonly Field[];
}

export interface ReportModel {
  title: string;
  /** `type` of the wire, e.g. `voa`; empty when the body names none. */
  type: string;
  status: ReportStatus;
  /** The body names no state at all: an analysis that is answered at once. */
  stateless?: boolean;
  problems: readonly ReportProblem[];
  /** Whose, which, when: the lines of the header. */
  facts: readonly Field[];
  figures: readonly Figure[];
  charts: readonly Chart[];
  sections: readonly Section[];
}
