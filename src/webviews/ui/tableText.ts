// Tables as text: CSV (RFC 4180), TSV for a spreadsheet's clipboard, Markdown, and one JSON object a line. Pure, and in pieces, so that a
// million rows are written as they are read. Rule: nothing that stands in a body becomes a formula where the text is opened. What a
// spreadsheet would calculate gets an apostrophe in front, as OWASP advises against CSV injection; a plain negative number stays a number. That
// holds too where a program separates a CSV file by another sign than it was written with.

export interface TextColumn<Row> {
  /** The field's path, e.g. `categorization.category`. */
  key: string;
  label: string;
  read(row: Row): unknown;
  /** Numbers stand at the right; heeded by Markdown alone. */
  right?: boolean;
}

export type Delimiter = ',' | ';' | '\t';

export interface CsvOptions {
  delimiter: Delimiter;
  /** A byte order mark first: Excel takes the text for UTF-8 by it alone. */
  bom: boolean;
  /** What the first line names: the field's path, for programs, or its words. */
  heading: 'key' | 'label';
}

const usual: CsvOptions = { delimiter: ',', bom: false, heading: 'label' };

/** A value as text: text as it came, nothing for null and what is missing, JSON for lists and objects. */
export function plainValue(value: unknown): string {
  switch (typeof value) {
    case 'string': return value;
    case 'number': case 'boolean': case 'bigint': return String(value);
    case 'object': return value === null ? '' : jsonLine(value);
    default: return '';
  }
}

/** Signs that begin a formula, the wide ones of East Asian keyboards too, after whatever space a program may drop; or a control character, which hides one. */
const formula = /^[\s"\0\u00ad\u200b\u2060\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]/;
const plainNumber = /^-?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

/** Text that no spreadsheet calculates. */
export function safeText(text: string): string {
  // No number is that long, and the pattern need not look whether it is one.
  return formula.test(text) && !(text.length <= 40 && plainNumber.test(text)) ? `'${text}` : text;
}

/** Some programs separate at several signs at once. */
const special = /[",;\t\r\n]|^\s|\s$/;

/** Signs of a formula where a program that separates by another sign would begin a cell: its quotes would stand in the middle there, and bind nothing. */
const elsewhere: Readonly<Record<Delimiter, RegExp>> = {
  ',': /([;\t\r\n][\s"\0\u00ad\u200b\u2060\ufeff]*)([=+\-@＝＋－＠])/g,
  ';': /([,\t\r\n][\s"\0\u00ad\u200b\u2060\ufeff]*)([=+\-@＝＋－＠])/g,
  '\t': /([,;\r\n][\s"\0\u00ad\u200b\u2060\ufeff]*)([=+\-@＝＋－＠])/g,
};
const numberBehind = /-\d+(?:\.\d+)?(?:e[-+]?\d+)?(?=[,\]}])/iy;

/** JSON stays the same JSON: a sign becomes its escape, which only text can hold. A negative number of a list is the whole of a cell, and no formula. */
function safeJson(json: string, delimiter: Delimiter): string {
  return json.replace(elsewhere[delimiter], (found, before: string, sign: string, at: number) => {
    numberBehind.lastIndex = at + before.length;
    return before === ',' && numberBehind.test(json) ? found : `${before}\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** One cell, in quotes where it needs them. */
export function csvCell(value: unknown, delimiter: Delimiter = ','): string {
  if (typeof value === 'number') return String(value);
  const text = safeText(plainValue(value));
  if (!special.test(text)) return text;
  const safe = typeof value === 'object' ? safeJson(text, delimiter) : text.replace(elsewhere[delimiter], '$1\'$2');
  return `"${safe.replaceAll('"', '""')}"`;
}

/** The first line, with the byte order mark where one is wanted, and its line end. */
export function csvHead<Row>(columns: readonly TextColumn<Row>[], options: Partial<CsvOptions> = {}): string {
  const { delimiter, bom, heading } = { ...usual, ...options };
  return `${bom ? '\ufeff' : ''}${columns.map((column) => csvCell(column[heading], delimiter)).join(delimiter)}\r\n`;
}

/** One row with its line end. A lone empty cell is written as `""`: an empty line is no row to many readers. */
export function csvRow<Row>(columns: readonly TextColumn<Row>[], row: Row, delimiter: Delimiter = ','): string {
  let line = '';
  for (let at = 0; at < columns.length; at++) line += (at === 0 ? '' : delimiter) + csvCell(columns[at]!.read(row), delimiter);
  return `${line === '' ? '""' : line}\r\n`;
}

export function csvText<Row>(columns: readonly TextColumn<Row>[], rows: Iterable<Row>, options: Partial<CsvOptions> = {}): string {
  const { delimiter } = { ...usual, ...options };
  let text = csvHead(columns, options);
  for (const row of rows) text += csvRow(columns, row, delimiter);
  return text;
}

/** A cell for the clipboard: spreadsheets split at every tab and line end, quotes or not, so these become spaces. */
export const tsvCell = (value: unknown): string => (typeof value === 'number' ? String(value) : safeText(plainValue(value).replace(/[\t\r\n]+/g, ' ')));

/** For the clipboard: lines without a last line end. */
export function tsvText<Row>(columns: readonly TextColumn<Row>[], rows: Iterable<Row>, heading = true): string {
  const lines = heading ? [columns.map(({ label }) => tsvCell(label)).join('\t')] : [];
  for (const row of rows) lines.push(columns.map(({ read }) => tsvCell(read(row))).join('\t'));
  return lines.join('\n');
}

/** What Markdown or HTML would take for markup is shown as it is. */
const markdownCell = (value: unknown): string => plainValue(value).replace(/[\\|`*_~[\]<>&]/g, '\\$&').replace(/\s*[\r\n]+\s*/g, ' ').replaceAll('\t', ' ').trim();

/** A table of GitHub's Markdown. */
export function markdownText<Row>(columns: readonly TextColumn<Row>[], rows: Iterable<Row>): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  let text = line(columns.map(({ label }) => markdownCell(label))) + line(columns.map(({ right }) => (right ? '---:' : '---')));
  for (const row of rows) text += line(columns.map(({ read }) => markdownCell(read(row))));
  return text;
}

/** JSON on one line. The two line ends that JSON allows within text, and other programs take for line ends, are written as escapes. */
export function jsonLine(value: unknown): string {
  try {
    return (JSON.stringify(value) ?? 'null').replace(/[\u2028\u2029]/g, (end) => (end === '\u2028' ? '\\u2028' : '\\u2029'));
  } catch {
    // Nested deeper than the engine's stack.
    return 'null';
  }
}

/** A row as an object with the columns' paths as names, in their order; what the row does not have is left out. */
export function recordOf<Row>(columns: readonly TextColumn<Row>[], row: Row): Record<string, unknown> {
  return Object.fromEntries(columns.map(({ key, read }) => [key, read(row)] as const).filter(([, value]) => value !== undefined));
}

export function ndjsonText<Row>(columns: readonly TextColumn<Row>[], rows: Iterable<Row>): string {
  let text = '';
  for (const row of rows) text += `${jsonLine(recordOf(columns, row))}\n`;
  return text;
}
