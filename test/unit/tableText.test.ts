// Tables as text: what is written is read back the same by a strict reader, and nothing in a cell is calculated by a spreadsheet.
import { describe, expect, it } from 'vitest';
import { csvCell, csvText, jsonLine, markdownText, ndjsonText, safeText, tsvText, type TextColumn } from '../../src/webviews/ui/tableText.ts';

interface Row { name: unknown; amount: unknown }
const columns: readonly TextColumn<Row>[] = [
  { key: 'payee.name', label: 'Payee', read: ({ name }) => name },
  { key: 'amount', label: 'Amount', right: true, read: ({ amount }) => amount },
];
const rowOf = (name: unknown, amount: unknown = 1): Row => ({ name, amount });

/** A reader of RFC 4180 that knows nothing of the writer. */
function readCsv(text: string, delimiter = ','): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!;
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') { cell += '"'; at += 1; } else quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === delimiter) { row.push(cell); cell = ''; } else if (sign === '\r' && text[at + 1] === '\n') {
      row.push(cell);
      rows.push(row);
      row = [];
      cell = '';
      at += 1;
    } else cell += sign;
  }
  return rows;
}

describe('CSV', () => {
  it.each([',', ';', '\t'] as const)('delimited by %j is read back as it was: quotes, line ends, delimiters, spaces, unicode', (delimiter) => {
    const names = ['plain', 'with "quotes"', 'two\r\nlines', 'one\nmore', 'a,b;c\td', ' spaces ', 'Zoë 😀 北京', '', '"', 'lone \r'];
    const text = csvText(columns, names.map((name) => rowOf(name)), { delimiter });
    expect(readCsv(text, delimiter)).toEqual([['Payee', 'Amount'], ...names.map((name) => [name, '1'])]);
  });

  it('begins with a byte order mark when that is wanted, once, and names fields for programs', () => {
    const text = csvText(columns, [rowOf('a')], { bom: true, heading: 'key' });
    expect(text).toBe('\ufeffpayee.name,amount\r\na,1\r\n');
    expect(csvText(columns, [], {})).toBe('Payee,Amount\r\n');
  });

  it.each(['=1+1', '+1+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1', '\u00a0=1', '\ufeff=1', '＝1', '＠x', '=HYPERLINK("http://x.test")', '-2+3+cmd|\' /C calc\'!A0', '+15551230000'])(
    'a formula stays text: %j', (text) => {
      expect(safeText(text)).toBe(`'${text}`);
      // A tab or a line end in front may begin a cell elsewhere: the sign behind it is kept apart too.
      const [[cell] = []] = readCsv(`${csvCell(text)}\r\n`);
      expect(cell).toBe(`'${text.replace(/^([\t\r\n])/, '$1\'')}`);
    });

  it.each(['-12.5', '-1', '-.5', '-1e5', '12', 'a-b', 'x=1', '', '–5'])('what is no formula is left alone: %j', (text) => {
    expect(safeText(text)).toBe(text);
  });

  it.each([',', ';', '\t'] as const)('delimited by %j and read by another separator, no cell begins as a formula', (delimiter) => {
    const hostile = ['a;=1+1;b', 'a,=1+1,b', 'a\t=1+1\tb', 'a\n=1+1', 'a\r\n+1', 'a; \u00a0@x', 'a,"=1"', 'a;＝1', 'a;-2+3', '=1;=2,=3\t=4', { a: ['x', '=1', ';=1', ', +2', ',-2+3', -2, -3.5] }];
    const text = csvText(columns, hostile.map((name) => rowOf(name, 'safe')), { delimiter });
    for (const other of [',', ';', '\t']) {
      // Every place where a cell may begin; a negative number alone, or the end of a list, is no formula.
      const cells = (other === delimiter ? readCsv(text, other).flat() : text.split(new RegExp(`[${other}\\r\\n]`))).map((cell) => cell.replace(/^[\s"]+/, ''));
      expect(cells.filter((cell) => /^[=+\-@＝]/.test(cell) && !/^-[\d.]+(?:[\]}]|$)/.test(cell))).toEqual([]);
    }
    expect(JSON.parse(readCsv(text, delimiter).at(-1)![0]!)).toEqual(hostile.at(-1));
  });

  it('a separator of another program is left alone where no formula follows, and quoted', () => {
    expect(csvCell('a;b')).toBe('"a;b"');
    expect(csvCell('a;=b')).toBe('"a;\'=b"');
    expect(csvCell('a,=b')).toBe('"a,=b"');
    expect(csvCell([1, -2], ';')).toBe('"[1,-2]"');
  });

  it('numbers are written as they are, null and what is missing as nothing, the rest as JSON', () => {
    expect([-12.5, 0.1 + 0.2, 1e21, true, null, undefined, { a: [1] }, [1, 2]].map((value) => csvCell(value))).toEqual(
      ['-12.5', '0.30000000000000004', '1e+21', 'true', '', '', '"{""a"":[1]}"', '"[1,2]"']);
  });

  it('a row of one empty cell is no empty line', () => {
    expect(csvText([columns[0]!], [rowOf('')])).toBe('Payee\r\n""\r\n');
  });
});

describe('other forms', () => {
  it('TSV keeps a row on its line and a cell in its place', () => {
    expect(tsvText(columns, [rowOf('a\tb\r\nc', -3), rowOf('=x')])).toBe("Payee\tAmount\na b c\t-3\n'=x\t1");
    expect(tsvText(columns, [rowOf('a')], false)).toBe('a\t1');
  });

  it('Markdown shows what Markdown or HTML would take for markup', () => {
    expect(markdownText(columns, [rowOf('a|b <img src=x> *c* [d](e)\nf', 2)])).toBe(
      '| Payee | Amount |\n| --- | ---: |\n| a\\|b \\<img src=x\\> \\*c\\* \\[d\\](e) f | 2 |\n');
  });

  it('NDJSON has one object a line whatever is in it, and leaves out what the row does not have', () => {
    const text = ndjsonText(columns, [rowOf('a\nb\u2028c'), rowOf(undefined, null)]);
    const lines = text.split(/[\n\u2028]/);
    expect(lines).toHaveLength(3);
    expect(JSON.parse(lines[0]!)).toEqual({ 'payee.name': 'a\nb\u2028c', amount: 1 });
    expect(JSON.parse(lines[1]!)).toEqual({ amount: null });
  });

  it('what is nested deeper than the engine bears is no failure', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 20_000; level++) deep = [deep];
    expect(() => csvCell(deep)).not.toThrow();
    expect(jsonLine(undefined)).toBe('null');
  });
});
