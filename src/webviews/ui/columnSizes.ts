// How wide the columns of tables are: by what stands in them, until a person says otherwise. What was said is known by the table's columns,
// which are field names and nothing of a person, so the transactions of every account share it, and it outlives a table that is drawn anew.
// Pure but for being the page's one list of them.
import type { Formatter } from './format.ts';
import type { Column, Table } from './reportTypes.ts';

const least = 40;
const most = 1_600;
/** Tables of other forms than the last ones that were changed are forgotten. */
const mostTables = 40;

export class ColumnSizes {
  /** Pixels by the column's key, by the keys of all columns; the one changed last stands last. */
  #tables = new Map<string, Readonly<Record<string, number>>>();

  of(table: Table): Readonly<Record<string, number>> {
    return this.#tables.get(formOf(table)) ?? {};
  }

  /** Undefined gives the width back to what stands in the column. */
  set(table: Table, column: Column, pixels: number | undefined): void {
    const { [column.key]: _before, ...others } = this.of(table);
    const form = formOf(table);
    const sizes = pixels === undefined ? others : { ...others, [column.key]: Math.round(Math.min(most, Math.max(least, pixels))) };
    this.#tables.delete(form);
    if (Object.keys(sizes).length > 0) this.#tables.set(form, sizes);
    for (const oldest of this.#tables.keys()) if (this.#tables.size > mostTables) this.#tables.delete(oldest);
  }

  /** For the view's kept state. */
  kept(): Readonly<Record<string, unknown>> {
    return Object.fromEntries(this.#tables);
  }

  /** Takes what `kept` gave; whatever else it is given is left. */
  restore(value: unknown): void {
    if (typeof value !== 'object' || value === null) return;
    for (const [form, sizes] of Object.entries(value as Record<string, unknown>)) {
      if (typeof sizes !== 'object' || sizes === null) continue;
      const told = Object.entries(sizes as Record<string, unknown>).filter((entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] >= least && entry[1] <= most);
      if (told.length > 0) this.#tables.set(form, Object.fromEntries(told));
    }
  }
}

const formOf = ({ columns }: Table): string => columns.map(({ key }) => key).join('|').slice(0, 2_000);

/** Those of this page. */
export const columnSizes = new ColumnSizes();

/** About how many `ch` (widths of a digit) a text takes: small letters are narrower, capitals wider. */
const breadth = (text: string) => text.length * (text === text.toLowerCase() && text !== text.toUpperCase() ? 0.88 : /[a-z]/.test(text) ? 0.93 : /[A-Z]/.test(text) ? 1.15 : 1);

/**
 * Grid tracks by what the first rows hold, so that widths do not jump while scrolling; wide words share what is left. Every row is a
 * grid of its own: tracks have explicit minimums and the rows one common least width, so that they line up whatever the cells hold.
 */
export function columnTracks(table: Table, formatter: Formatter, sizes: Readonly<Record<string, number>> = {}): { tracks: string; least: string } {
  let [chars, pixels] = [0, 0];
  const name = table.columns.find(({ kind }) => kind === 'text');
  const tracks = table.columns.map((column) => {
    const size = Object.hasOwn(sizes, column.key) ? sizes[column.key] : undefined;
    if (size !== undefined) {
      pixels += size;
      return `${size}px`;
    }
    let longest = 4;
    for (const row of table.rows.slice(0, 200)) longest = Math.max(longest, breadth(formatter.show(column.read(row), column.kind, table.currencyOf(row)).text));
    const width = Math.max(column.label.length * 1.05, Math.min(longest, 44)) + (column.kind === 'month' || column.kind === 'day' ? 3.5 : 2.5);
    // Money, numbers, dates and short words are never cut; longer words are, down to this, the first of them least: it says what the row is.
    const minimum = column.kind === 'text' ? Math.min(width, Math.max(column === name ? 28 : width <= 20 ? 20 : 12, column.label.length * 1.05 + 2.5)) : width;
    chars += minimum;
    return `minmax(${minimum.toFixed(1)}ch, ${(column.kind === 'text' ? width : Math.min(width, 16)).toFixed(1)}fr)`;
  });
  return { tracks: tracks.join(' '), least: pixels > 0 ? `calc(${chars.toFixed(1)}ch + ${pixels}px)` : `${chars.toFixed(1)}ch` };
}
