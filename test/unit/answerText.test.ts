// An answer's text, XML and bytes, and where rows stand in a list that is higher than a page can be.
import { describe, expect, test } from 'vitest';
import { bytesInWords, duration, headerLines, outcome } from '../../src/webviews/ui/answerWords.ts';
import { hexDump } from '../../src/webviews/ui/hexDump.ts';
import { RowWindow } from '../../src/webviews/ui/rowWindow.ts';
import { pieceSize, TextLines, TextSearch } from '../../src/webviews/ui/textLines.ts';
import { indentXml } from '../../src/webviews/ui/xmlIndent.ts';
import type { AnswerHead } from '../../src/webviews/protocol/answer.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
function lines(text: string | Uint8Array, slice = 1 << 20): TextLines {
  const read = new TextLines(typeof text === 'string' ? bytesOf(text) : text);
  while (!read.run(slice));
  return read;
}

describe('text as rows', () => {
  test('lines with their numbers, in slices of any size', () => {
    const text = Array.from({ length: 3_000 }, (_, i) => `line ${i + 1}${i % 2 ? '\r' : ''}`).join('\n');
    for (const slice of [1, 50, 1 << 20]) {
      const read = lines(text, slice);
      expect(read.length).toBe(3_000);
      expect(read.rows(2_047, 2_050)).toEqual([2047, 2048, 2049].map((row) => ({ row, line: row + 1, text: `line ${row + 1}` })));
    }
    expect(lines('').rows(0, 9)).toEqual([{ row: 0, line: 1, text: '' }]);
    expect(lines('a\n').rows(0, 9).map(({ line, text: shown }) => [line, shown])).toEqual([[1, 'a'], [2, '']]);
  });

  test('a very long line goes on in rows without a number, and no character is cut in two', () => {
    const long = 'é😀x'.repeat(500);
    const rows = lines(`first\n${long}\nlast`).rows(0, 99);
    expect(rows.map(({ line }) => line)).toEqual([1, 2, ...Array(rows.length - 3).fill(undefined), 3]);
    expect(rows.slice(1, -1).map(({ text }) => text).join('')).toBe(long);
    expect(Math.max(...rows.map(({ text }) => text.length))).toBeLessThanOrEqual(pieceSize);
    expect(lines('x'.repeat(pieceSize)).length).toBe(1);
  });

  test('bytes that are no text do no harm', () => {
    const read = lines(Uint8Array.from({ length: 5_000 }, (_, i) => 0x80 + (i % 64)));
    expect(read.rows(0, 100).every(({ text }) => /^\ufffd+$/.test(text))).toBe(true);
    expect(lines('a\u202eb\u0000c\u001b[31m').rows(0, 1)[0]!.text).toBe('a\ufffdb␀c␛[31m');
  });

  test('hits are rows, across the seams of slices, also while it is read', () => {
    const text = `${'x'.repeat(262_140)}NEEDLE\n${'y\n'.repeat(1_000)}needle needle\n`;
    const read = new TextLines(bytesOf(text));
    const search = new TextSearch(read, 'Needle');
    for (let done = false; !done;) {
      done = read.run(10_000);
      search.run(() => false);
    }
    search.run(() => false);
    expect(search.done).toBe(true);
    const rows = Array.from({ length: search.hits.length }, (_, at) => search.hits.get(at));
    expect(rows).toHaveLength(2);
    expect(read.rows(rows[1]!, rows[1]! + 1)[0]).toMatchObject({ line: 1002, text: 'needle needle' });
  });
});

describe('XML', () => {
  test('each element on its own line; one that holds text stays whole', () => {
    expect(indentXml('<?xml version="1.0"?><customers total="2"><customer><id>7</id><name>A &amp; <b>B</b> c</name><empty/></customer><!-- no more --></customers>')).toBe([
      '<?xml version="1.0"?>', '<customers total="2">', '  <customer>', '    <id>7</id>', '    <name>A &amp; <b>B</b> c</name>', '    <empty/>', '  </customer>', '  <!-- no more -->', '</customers>',
    ].join('\n'));
  });

  test('space that was there for reading is replaced, and CDATA is text', () => {
    expect(indentXml('<a>\n <b> x </b>\n<c><![CDATA[<d>]]></c>\n</a>')).toBe('<a>\n  <b> x </b>\n  <c><![CDATA[<d>]]></c>\n</a>');
  });

  test.each(['', 'no markup', '<a><b></a></b>', '<a>', '</a>', '<a', '<a b="<>', '<a><</a>'])('%j stays as it came', (xml) => expect(indentXml(xml)).toBeUndefined());

  test('a hostile one takes no time', () => {
    // What is quadratic does not end within the test's time.
    indentXml(`<a ${'b="'.repeat(20_000)}`);
    indentXml('<'.repeat(200_000));
    indentXml(`<!DOCTYPE ${'['.repeat(50_000)}`);
    indentXml('<a>'.repeat(20_000) + '</a>'.repeat(20_000));
    expect(indentXml('<!--'.repeat(50_000))).toBeUndefined(); // is shown as it came
  });
});

test('bytes in hexadecimal, with the letters among them', () => {
  expect(hexDump(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]))).toBe('00000000  89 50 4e 47 0d 0a                                .PNG..');
  const two = hexDump(bytesOf('abcdefghijklmnopqr'), 128).split('\n');
  expect(two).toEqual(['00000000  61 62 63 64 65 66 67 68 69 6a 6b 6c 6d 6e 6f 70  abcdefghijklmnop', `00000010  71 72${' '.repeat(42)}  qr`]);
  expect(hexDump(new Uint8Array(1_000), 32).split('\n')).toHaveLength(2);
});

test('the head in words', () => {
  expect([0, 312.4, 1_250, 59_999, 125_000].map(duration)).toEqual(['0 ms', '312 ms', '1.25 s', '60.0 s', '2 min 5 s']);
  expect([0, 1, 1_023, 3_482, 102_400, 21_076_377].map(bytesInWords)).toEqual(['0 bytes', '1 byte', '1023 bytes', '3.4 KB', '100 KB', '20.1 MB']);
  expect(headerLines([['A', '1'], ['B', 'x: y']])).toBe('A: 1\nB: x: y');
  const head = (status: number | undefined, ok: boolean) => outcome({ status, ok } as AnswerHead).words;
  expect([head(200, true), head(404, false), head(undefined, false)]).toEqual(['Succeeded', 'Failed', 'No answer']);
});

describe('rows in a list', () => {
  const list = (total: number): RowWindow => Object.assign(new RowWindow(), { total, viewport: 440, rowHeight: 22 });

  test('a short list is scrolled as it is', () => {
    const sight = list(1_000);
    expect(sight.height).toBe(22_000);
    sight.scrollTop = 11_000;
    const { first, last, offset } = sight.drawn;
    expect(first).toBeLessThan(500);
    expect(last).toBeGreaterThan(520);
    expect(offset).toBe(first * 22);
    expect(sight.reveal(505)).toBeUndefined();
    expect(sight.reveal(600)).toBe(601 * 22 - 440);
    expect(sight.reveal(0)).toBe(0);
  });

  test('a list of twelve million rows: every row can be brought into sight, and the end is the end', () => {
    const sight = list(12_000_000);
    expect(sight.height).toBeLessThan(30_000_000);
    for (const row of [0, 1, 5_999_999, 6_000_000, 11_999_998, 11_999_999, 3]) {
      sight.reveal(row);
      const { first, last, offset } = sight.drawn;
      expect(row >= first && row < last, String(row)).toBe(true);
      const inSight = offset + (row - first) * 22 - sight.scrollTop;
      expect(inSight >= -0.01 && inSight <= 440 - 22 + 0.01, `${row} at ${inSight}`).toBe(true);
    }
    sight.scrollTop = sight.height - 440;
    expect(sight.drawn.last).toBe(12_000_000);
  });

  test('the wheel moves by what it says, also there', () => {
    const sight = list(12_000_000);
    sight.moveTo(1_000_000);
    for (let turn = 0; turn < 10; turn++) sight.moveTo(sight.top + 30);
    expect(sight.top).toBeCloseTo(1_000_300, 3);
  });
});
