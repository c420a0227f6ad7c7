// A report as one HTML file to print or to send: no script, nothing loaded from elsewhere, light colours as on paper. Pure. Everything of the
// body is text and is escaped; a table longer than a person would print ends with a line that says how much is left out.
import type { Chart } from './chartTypes.ts';
import type { Formatter, ValueKind } from './format.ts';
import { escaped } from './markup.ts';
import type { Column, Field, Figure, JsonObject, ReportModel, Section, Table } from './reportTypes.ts';
import { isRight } from './tableExport.ts';

export interface HtmlOptions {
  /** Draws a chart as an SVG element. */
  drawChart(chart: Chart): string;
  /** Personal data was masked before: the page says so. */
  masked: boolean;
  /** Epoch milliseconds. */
  now: number;
  /** BCP 47. */
  language: string;
}

const mostRows = 5_000;
const rowsAtOnce = 200;

/** Work of which the page rests in between: see turns.ts. */
export function* reportHtml(model: ReportModel, formatter: Formatter, options: HtmlOptions): Generator<void, string, void> {
  const made = formatter.show(options.now, 'moment').text;
  const body = [
    `<h1>${escaped(model.title)}</h1>`,
    `<p class="masked">${escaped(options.masked ? 'Personal data is masked.' : 'This page holds personal data.')}</p>`,
    fields(model.facts, formatter, 'facts'),
    ...model.problems.map(({ code, message, explanation, places }) => `<div class="problem"><strong>${escaped([code, message].filter(Boolean).join(': '))}</strong><br>${escaped(explanation)}${fields(places, formatter, 'facts')}</div>`),
    figures(model.figures, formatter),
    ...model.charts.map((chart) => `<figure><figcaption>${escaped(chart.title)}</figcaption>${options.drawChart(chart)}${chart.note ? `<p class="note">${escaped(chart.note)}</p>` : ''}</figure>`),
    ...yield* each(model.sections, (section) => sectionHtml(section, formatter, 2)),
    `<footer>${escaped(`Made ${made} with Open Banking Explorer out of what the API answered.${options.masked ? ' Personal data is masked.' : ' It holds personal data.'}`)}</footer>`,
  ].filter(Boolean).join('\n');
  return `<!DOCTYPE html>
<html lang="${escaped(options.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(model.title)}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

/** What each piece of work makes, with a rest after each. */
function* each<From, To>(list: readonly From[], make: (one: From) => Generator<void, To, void>): Generator<void, To[], void> {
  const made: To[] = [];
  for (const one of list) {
    made.push(yield* make(one));
    yield;
  }
  return made;
}

const cell = (formatter: Formatter, value: unknown, kind: ValueKind, currency?: string): string => escaped(formatter.show(value, kind, currency).text);

function fields(list: readonly Field[], formatter: Formatter, name: string): string {
  if (list.length === 0) return '';
  return `<dl class="${name}">${list.map((field) => `<div><dt>${escaped(field.label)}</dt><dd>${cell(formatter, field.value, field.kind, field.currency)}</dd></div>`).join('')}</dl>`;
}

const tones: Readonly<Record<NonNullable<Figure['tone']>, string>> = { good: 'good', attention: 'needs attention', bad: 'bad' };

function figures(list: readonly Figure[], formatter: Formatter): string {
  if (list.length === 0) return '';
  return `<dl class="figures">${list.map((figure) => {
    const under = [figure.tone && tones[figure.tone], figure.note].filter((text) => text !== undefined && text !== '').join(' · ');
    return `<div><dd class="value">${cell(formatter, figure.value, figure.kind, figure.currency)}</dd><dt>${escaped(figure.label)}</dt>${under ? `<dd class="note">${escaped(under)}</dd>` : ''}</div>`;
  }).join('')}</dl>`;
}

function* sectionHtml(section: Section, formatter: Formatter, level: number): Generator<void, string, void> {
  const tag = `h${Math.min(level, 6)}`;
  return [
    `<section><${tag}>${escaped(section.title)}${section.detail ? ` <small>${escaped(section.detail)}</small>` : ''}</${tag}>`,
    section.note ? `<p class="note">${escaped(section.note)}</p>` : '',
    fields(section.fields, formatter, 'fields'),
    ...yield* each(section.tables, (table) => tableHtml(table, section, formatter)),
    ...yield* each(section.children, (child) => sectionHtml(child, formatter, level + 1)),
    '</section>',
  ].filter(Boolean).join('\n');
}

function* tableHtml(table: Table, section: Section, formatter: Formatter): Generator<void, string, void> {
  const left = table.rows.length - mostRows;
  const printed = table.rows.slice(0, mostRows);
  const { main, beneath, same } = paperColumns(table, printed, formatter);
  const shown = (column: Column, row: JsonObject) => formatter.show(column.read(row), column.kind, table.currencyOf(row)).text;
  const rows: string[] = [];
  for (const [index, row] of printed.entries()) {
    if (index % rowsAtOnce === 0) yield;
    const line = `<tr>${main.map((column) => tableCell(shown(column, row), column)).join('')}</tr>`;
    const more = beneath.filter((column) => isTold(column.read(row))).map((column) => `<span>${escaped(column.label)}: ${broken(shown(column, row))}</span>`);
    rows.push(more.length === 0 ? line : `${line}\n<tr class="beneath"><td colspan="${main.length}">${more.join(' ')}</td></tr>`);
  }
  const caption = table.label === section.title ? '' : `<caption>${escaped(table.label)}</caption>`;
  const always = same.length === 0 ? '' : `<p class="note">The same in all ${printed.length} rows: ${same.map((column) => `${escaped(column.label)}: ${broken(shown(column, printed[0]!))}`).join(' · ')}</p>`;
  return `${always}<div class="wide"><table>${caption}<thead><tr>${main.map((column) => `<th scope="col"${isRight(column) ? ' class="number"' : ''}>${escaped(column.label)}</th>`).join('')}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>${left > 0 ? `<p class="note">${left} more rows are left out here; the report's JSON has them all.</p>` : ''}`;
}

/** Digits that fit beside each other on a landscape page in the small print of paper, and on the page as wide as it is drawn. */
const paperWidth = 140;
/** A table of fewer columns is left as it is. */
const fewColumns = 6;
const isTold = (value: unknown): boolean => value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

/**
 * Paper is narrow, and words are not broken: a column in which nothing stands is left out, one that says the same in every row is told once
 * above the table, and what does not fit beside the others stands beneath its row. Nothing that is told is lost.
 */
function paperColumns(table: Table, rows: readonly JsonObject[], formatter: Formatter): { main: readonly Column[]; beneath: readonly Column[]; same: readonly Column[] } {
  const told = table.columns.filter((column) => rows.some((row) => isTold(column.read(row))));
  const columns = told.length > 0 ? told : table.columns.slice(0, fewColumns);
  const isWide = (list: readonly Column[]) => list.reduce((sum, column) => sum + printedWidth(column, table, rows, formatter), 0) > paperWidth;
  if (columns.length <= fewColumns || rows.length === 0 || !isWide(columns)) return { main: columns, beneath: [], same: [] };
  const text = (column: Column, row: JsonObject) => formatter.show(column.read(row), column.kind, table.currencyOf(row)).text;
  const same = rows.length < 3 ? [] : columns.filter((column, at) => at > 0 && !isRight(column) && rows.every((row) => text(column, row) === text(column, rows[0]!)));
  const rest = columns.filter((column) => !same.includes(column));
  let room = paperWidth;
  const main = rest.filter((column, at) => {
    const width = printedWidth(column, table, rows, formatter);
    const fits = at === 0 || width <= room;
    if (fits) room -= width;
    return fits;
  });
  return { main, beneath: rest.filter((column) => !main.includes(column)), same };
}

/** About how many digits wide a column is when its words wrap and none is broken. */
function printedWidth(column: Column, table: Table, rows: readonly JsonObject[], formatter: Formatter): number {
  const whole = column.kind !== 'text' && column.kind !== 'duration';
  const longest = (text: string) => (whole ? text.length : Math.max(Math.min(text.length, unwrapped), ...text.split(/\s+/).map(({ length }) => Math.min(length, longestWord))));
  let width = Math.max(...column.label.split(' ').map(({ length }) => length));
  for (const row of rows.slice(0, 100)) width = Math.max(width, longest(formatter.show(column.read(row), column.kind, table.currencyOf(row)).text));
  return width + 2;
}

/** A text of so many characters stands in one line. */
const unwrapped = 34;
/** Longer words are no words: ids and JSON may break, at these places. */
const longestWord = 40;
const broken = (text: string): string => text.split(new RegExp(`(\\S{${longestWord}})`)).map(escaped).join('<wbr>');

const tableCell = (text: string, column: Column): string => {
  const kind = isRight(column) ? 'number' : column.kind === 'text' || column.kind === 'duration' ? '' : 'whole';
  return `<td${kind === '' ? '' : ` class="${kind}"`}>${broken(text)}</td>`;
};

const style = `
body { font: 14px/1.45 system-ui, sans-serif; color: #1b1b1b; background: #fff; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
h1 { font-size: 1.6rem; margin: 0 0 .5rem; } h2 { font-size: 1.2rem; border-bottom: 1px solid #999; margin: 1.6rem 0 .5rem; } h3, h4, h5, h6 { font-size: 1rem; margin: 1rem 0 .3rem; }
small, .note, dt { color: #555; font-weight: 400; } dl, dd, p, figure { margin: 0; } .note { font-size: .9em; margin: .2rem 0; }
.facts, .figures { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: .5rem 0 1rem; } .figures > div { border: 1px solid #999; border-radius: 4px; padding: .4rem .8rem; } .value { font-size: 1.4rem; font-weight: 600; }
.fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); gap: .1rem 2rem; } .fields > div { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; border-bottom: 1px solid #ddd; } dd { overflow-wrap: anywhere; }
figure { margin: 1rem 0; break-inside: avoid; } figcaption { font-weight: 600; } figure svg { max-width: 100%; height: auto; }
table { border-collapse: collapse; margin: .5rem 0; width: 100%; } caption { text-align: left; font-weight: 600; } th, td { text-align: left; padding: .1rem .5rem; border-bottom: 1px solid #ddd; vertical-align: top; overflow-wrap: break-word; }
.wide { overflow-x: auto; } .whole { white-space: nowrap; } th { vertical-align: bottom; } th.number { white-space: normal; } td.whole, td.number, th.number { padding-right: .8rem; } table { font-size: .9em; line-height: 1.25; }
tr:has(+ .beneath) > td { border-bottom: 0; } .beneath > td { color: #444; font-size: .9em; padding: 0 .5rem .15rem 1.5rem; } .beneath span { display: inline-block; margin-right: 1rem; }
.masked { font-weight: 600; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; } .problem { border-left: 3px solid #a00; padding-left: .6rem; margin: .5rem 0; } footer { margin-top: 2rem; border-top: 1px solid #999; padding-top: .5rem; color: #555; }
@page { size: landscape; margin: 12mm; } @media print { .wide { overflow: visible; } body { margin: 0; max-width: none; font-size: 9pt; } thead { display: table-header-group; } tr { break-inside: avoid; } tr:has(+ .beneath) { break-after: avoid; } h2, h3, h4 { break-after: avoid; } }
`;
