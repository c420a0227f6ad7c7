// What a chart shows, as rows. Pure.
import type { Chart } from './chartTypes.ts';
import type { JsonObject, Table } from './reportTypes.ts';

/** A place each. Its days and months are the page's own milliseconds, which no file must show: they are told as days and months everywhere. */
export function chartTable({ title, places, series, kind, currency }: Chart): Table {
  const rows = places.values.map((place, at): JsonObject => ({ place, values: series.map(({ values }) => values[at]) }));
  const label = { words: 'What', month: 'Month', day: 'Day' }[places.kind];
  return {
    label: title, rows,
    columns: [
      { key: 'place', label, kind: places.kind === 'words' ? 'text' : places.kind, made: true, read: (row) => row.place },
      ...series.map(({ label: name }, index) => ({ key: `values.${index}`, label: name, kind, read: (row: JsonObject) => (row.values as unknown[])[index] })),
    ],
    currencyOf: () => currency,
  };
}
