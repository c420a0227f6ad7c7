// A table sorted by a heading.
import { describe, expect, it } from 'vitest';
import type { Column, JsonObject } from '../../src/webviews/ui/reportTypes.ts';
import { nextOrder, orderedRows } from '../../src/webviews/ui/tableOrder.ts';

const column = (kind: Column['kind']): Column => ({ key: 'v', label: 'V', kind, read: (row) => row.v });
const sorted = (kind: Column['kind'], values: readonly unknown[], down = false) =>
  orderedRows(values.map((v, at): JsonObject => ({ v, at })), [column(kind)], { column: 0, down }).map(({ v }) => v);

describe('the rows', () => {
  it('stand by the value of numbers, whatever form they came in', () => {
    expect(sorted('money', [10, '9.5', -2, '100', 'n/a', null])).toEqual([-2, '9.5', 10, '100', 'n/a', null]);
    expect(sorted('money', [10, '9.5', null, 100], true)).toEqual([100, 10, '9.5', null]);
  });

  it('stand by the moment of dates, in seconds, milliseconds and ISO', () => {
    expect(sorted('day', ['2026-03-01', 1_614_859_200, 1_700_000_000_000])).toEqual([1_614_859_200, 1_700_000_000_000, '2026-03-01']);
  });

  it('stand by words as a person orders them', () => {
    expect(sorted('text', ['b10', 'B9', 'a', ''])).toEqual(['a', 'B9', 'b10', '']);
  });

  it('stay as they came where they are equal, in both directions', () => {
    const rows = [{ v: 1, at: 0 }, { v: 1, at: 1 }, { v: 0, at: 2 }];
    for (const down of [false, true]) expect(orderedRows(rows, [column('number')], { column: 0, down }).filter(({ v }) => v === 1).map(({ at }) => at)).toEqual([0, 1]);
  });

  it('are the body\'s own without an order', () => {
    const rows = [{ v: 2 }, { v: 1 }];
    expect(orderedRows(rows, [column('number')], undefined)).toBe(rows);
    expect(orderedRows(rows, [column('number')], { column: 5, down: false })).toBe(rows);
  });
});

it('pressing a heading goes up, down, and back to the body\'s order', () => {
  const up = nextOrder(undefined, 2);
  const down = nextOrder(up, 2);
  expect([up, down, nextOrder(down, 2), nextOrder(down, 1)]).toEqual([{ column: 2, down: false }, { column: 2, down: true }, undefined, { column: 1, down: false }]);
});
