// A table of a report taken elsewhere: what a spreadsheet, a program and a person get; and how wide its columns are.
import { describe, expect, it } from 'vitest';
import { chartTable } from '../../src/webviews/ui/chartTable.ts';
import type { Chart } from '../../src/webviews/ui/chartTypes.ts';
import { ColumnSizes, columnTracks } from '../../src/webviews/ui/columnSizes.ts';
import { createFormatter } from '../../src/webviews/ui/format.ts';
import { listTable } from '../../src/webviews/ui/generic.ts';
import type { Table } from '../../src/webviews/ui/reportTypes.ts';
import { buildReport } from '../../src/webviews/ui/reportModel.ts';
import { fileName, isoDate, textColumns, type TakenFor } from '../../src/webviews/ui/tableExport.ts';
import { csvText, markdownText, tsvText } from '../../src/webviews/ui/tableText.ts';

const us = createFormatter('en-US', 'UTC');
const columns = (table: Table, taken: TakenFor) => textColumns(table, us, taken);
const march = Date.UTC(2026, 2, 1);
const chart = (kind: 'day' | 'month'): Chart => ({
  id: 'c', title: 'Net', kind: 'money', currency: 'USD', places: { kind, values: [march, march + 31 * 86_400_000] }, series: [{ label: 'Net', form: 'bars', values: [12.5, undefined] }],
});

describe('a chart\'s table', () => {
  it.each([['month', '2026-03', '2026-04'], ['day', '2026-03-01', '2026-04-01']] as const)('never shows the page\'s own milliseconds: %s', (kind, first, second) => {
    const table = chartTable(chart(kind));
    expect(csvText(columns(table, 'program'), table.rows)).toBe(`${kind === 'day' ? 'Day' : 'Month'},Net\r\n${first},12.5\r\n${second},\r\n`);
    expect(tsvText(columns(table, 'spreadsheet'), table.rows)).toBe(`${kind === 'day' ? 'Day' : 'Month'}\tNet\n${first}\t12.5\n${second}\t`);
    expect(markdownText(columns(table, 'person'), table.rows)).toContain(kind === 'day' ? '| Mar 1, 2026 | $12.50 |' : '| Mar 2026 | $12.50 |');
  });
});

describe('a report\'s table', () => {
  const table = listTable('Transactions', [{ postedDate: 1_614_859_200, createdDate: 1_614_859_200, amount: 75_517.99999999997, memo: '1614859200', month: 1_614_859_200 }], 'USD');

  it('has dates for a spreadsheet, and every value as it came for a program', () => {
    expect(tsvText(columns(table, 'spreadsheet'), table.rows, false)).toBe('2021-03-04\t2021-03-04T12:00:00Z\t75517.99999999997\t1614859200\t2021-03');
    expect(csvText(columns(table, 'program'), table.rows).split('\r\n')[1]).toBe('1614859200,1614859200,75517.99999999997,1614859200,1614859200');
    expect(markdownText(columns(table, 'person'), table.rows)).toContain('Mar 4, 2021');
  });

  it('tells what the page worked out as days in CSV too', () => {
    const accounts = [{ type: 'checking', currency: 'USD', transactions: [{ amount: 5, postedDate: 1_614_859_200 }, { amount: -2, postedDate: 1_614_859_200 }] }];
    const byMonth = buildReport({ type: 'transactions', status: 'success', institutions: [{ accounts }] }).sections.find(({ id }) => id === 'byMonth')!.tables[0]!;
    expect(csvText(columns(byMonth, 'program'), byMonth.rows)).toMatch(/\r\n2021-03,2,5,2,3\r\n/);
  });

  it.each([
    ['2021-03-04', 'day', '2021-03-04'], ['2021-03-04T23:30:00-07:00', 'moment', '2021-03-05T06:30:00Z'], ['2021-03-04T12:00:00', 'moment', '2021-03-04T12:00:00'],
    [1_614_859_200_123, 'moment', '2021-03-04T12:00:00.123Z'], ['soon', 'day', 'soon'], [0, 'moment', 0], [null, 'day', null], [1_614_859_200, 'number', 1_614_859_200],
  ] as const)('%j as %s is %j', (value, kind, told) => {
    expect(isoDate(value, kind)).toBe(told);
  });

  it('has a file\'s name of letters, digits and dashes', () => {
    expect(fileName('Crédits & Débits / 2026 ··11', 'csv')).toBe('credits-debits-2026-11.csv');
    expect(fileName('…', 'png')).toBe('table.png');
  });
});

describe('the width of a column', () => {
  const table = listTable('A', [{ name: 'Somebody', amount: 5 }]);
  const [name, amount] = table.columns as [Table['columns'][number], Table['columns'][number]];

  it('is what a person made it, for every table of the same columns, until it is given back', () => {
    const sizes = new ColumnSizes();
    const before = columnTracks(table, us);
    sizes.set(table, name, 300.4);
    const other = listTable('B', [{ name: 'X', amount: 7 }]);
    expect(columnTracks(other, us, sizes.of(other)).tracks).toMatch(/^300px minmax\(/);
    expect(columnTracks(other, us, sizes.of(other)).least).toMatch(/^calc\([\d.]+ch \+ 300px\)$/);
    expect(sizes.of(listTable('C', [{ name: 'X' }]))).toEqual({});
    sizes.set(table, name, undefined);
    expect(columnTracks(table, us, sizes.of(table))).toEqual(before);
  });

  it('is kept with the view, within bounds, and holds nothing of a body', () => {
    const sizes = new ColumnSizes();
    sizes.set(table, name, 5);
    sizes.set(table, amount, 9_000);
    const state = JSON.parse(JSON.stringify(sizes.kept())) as unknown;
    expect(JSON.stringify(state)).not.toContain('Somebody');
    const again = new ColumnSizes();
    again.restore(state);
    expect(again.of(table)).toEqual({ name: 40, amount: 1_600 });
    for (const bad of [undefined, 5, 'x', [], { a: 5 }, { 'name|amount': { name: 'wide', amount: 1e9 } }]) {
      const odd = new ColumnSizes();
      odd.restore(bad);
      expect(odd.of(table)).toEqual({});
    }
  });

  it('is forgotten for tables that nobody changed for long', () => {
    const sizes = new ColumnSizes();
    for (let n = 0; n < 100; n++) { const one = listTable('T', [{ [`f${n}`]: 1 }]); sizes.set(one, one.columns[0]!, 100); }
    expect(Object.keys(sizes.kept())).toHaveLength(40);
    expect(Object.keys(sizes.kept()).at(-1)).toBe('f99');
  });
});
