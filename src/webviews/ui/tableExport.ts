// A table of a report as it is taken elsewhere. Three readers, three forms: a person reads Markdown as the page reads; a spreadsheet gets exact
// numbers, and dates that it knows as such (ISO 8601, never epoch seconds); a program reads CSV, which has every value as the API sent it, so
// that it can be matched with other answers. What the page itself worked out stands in no body: its dates are ISO 8601 in CSV too. Pure.
import { momentOf, type Formatter } from './format.ts';
import type { Column, JsonObject, Table } from './reportTypes.ts';
import type { TextColumn } from './tableText.ts';

export type TakenFor = 'person' | 'spreadsheet' | 'program';

/** Numbers stand at the right, in a file as on the page. */
export const isRight = ({ kind }: Column): boolean => kind === 'money' || kind === 'number' || kind === 'percent';

export function textColumns({ columns, currencyOf }: Table, formatter: Formatter, taken: TakenFor): TextColumn<JsonObject>[] {
  return columns.map((column) => {
    const { key, label, kind, made, read } = column;
    const told = taken === 'person' ? (row: JsonObject) => formatter.show(read(row), kind, currencyOf(row)).text
      : taken === 'spreadsheet' || made ? (row: JsonObject) => isoDate(read(row), kind) : read;
    return { key, label, right: isRight(column), read: told };
  });
}

/** `2026-03-01` for a day, `2026-03` for a month, an instant in UTC; what is no date, and a clock without a zone, as it came. */
export function isoDate(value: unknown, kind: Column['kind']): unknown {
  if (kind !== 'day' && kind !== 'month' && kind !== 'moment') return value;
  const moment = momentOf(value);
  // Beyond the years that a date can have.
  if (!moment || Math.abs(moment.ms) > 8.64e15) return value;
  const iso = new Date(moment.ms).toISOString();
  if (kind === 'month') return iso.slice(0, 7);
  if (kind === 'day' || moment.told === 'day') return iso.slice(0, 10);
  return moment.told === 'instant' ? iso.replace('.000Z', 'Z') : value;
}

/** A file's name out of a title: letters, digits and dashes. */
export const fileName = (title: string, extension: string): string =>
  `${title.normalize('NFKD').replace(/\p{M}/gu, '').replace(/[^A-Za-z\d]+/g, '-').replace(/^-|-$/g, '').toLowerCase() || 'table'}.${extension}`;
