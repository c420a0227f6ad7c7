// What a search marks, and which part of a long cell is shown.
import { describe, expect, it } from 'vitest';
import { markedPieces } from '../../src/webviews/ui/marks.ts';

const marks = (text: string, query: string, raw = text) => markedPieces(text, raw, query.toLowerCase().split(' ')).map(({ text: part, hit }) => (hit ? `[${part}]` : part)).join('');

describe('what a search found', () => {
  it('is marked in whatever case it stands, every word of it', () => {
    expect(marks('HALCYON SOFTWARE PAYROLL', 'soft pay')).toBe('HALCYON [SOFT]WARE [PAY]ROLL');
    expect(marks('Coffee', 'tea')).toBe('Coffee');
    expect(marks('a.b (c) $5 a-b', '. ( $5 a-b')).toBe('a[.]b [(]c) [$5] [a-b]');
  });

  it('in a long text is in sight: it begins a little before the first hit', () => {
    const long = `${'word '.repeat(60)}needle and what follows`;
    expect(marks(long, 'needle')).toBe('…word word [needle] and what follows');
    expect(marks(`${'x'.repeat(100)}needle`, 'needle')).toBe(`…${'x'.repeat(12)}[needle]`);
    expect(marks('a needle not far from the start of a text that is long', 'needle')).toBe('a [needle] not far from the start of a text that is long');
    expect(marks(`${'y'.repeat(700)}needle`, 'zzz')).toHaveLength(500);
    expect(marks(`needle${'y'.repeat(700)}`, 'needle')).toHaveLength(502);
  });

  it('marks all of a value that holds the words only as it came', () => {
    expect(marks('$1,234.00', '1234', '1234')).toBe('[$1,234.00]');
    expect(marks('Mar 4, 2021', '99', '1614859200')).toBe('Mar 4, 2021');
  });
});
