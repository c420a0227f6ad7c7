// A report as one HTML file to print or to send: no script, nothing loaded from elsewhere, light colours as on paper. Pure. Everything of the
// body is text and is escaped; a table longer than a person would print ends with a line that says how much is left out.
import type { Chart } from './chartTypes.ts';
import type { Formatter, ValueKind } from './format.ts';
import { escaped } from './markup.ts';
import type { Field, Figure, ReportModel, Section, Table } from './reportTypes.ts';
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

export function reportHtml(model: ReportModel, formatter: Formatter, options: HtmlOptions): string {
  const made = formatter.show(options.now, 'moment').text;
  const body = [
    `<h1>${escaped(model.title)}</h1>`,
    `<p class="note">${escaped(options.masked ? 'Personal data is masked.' : 'This page holds personal data.')}</p>`,
    fields(model.facts, formatter, 'facts'),
    ...model.problems.map(({ code, message, explanation }) => `<p class="problem"><strong>${escaped([code, message].filter(Boolean).join(': '))}</strong><br>${escaped(explanation)}</p>`),
    figures(model.figures, formatter),
    ...model.charts.map((chart) => `<figure><figcaption>${escaped(chart.title)}</figcaption>${options.drawChart(chart)}${chart.note ? `<p class="note">${escaped(chart.note)}</p>` : ''}</figure>`),
    ...model.sections.map((section) => sectionHtml(section, formatter, 2)),
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

function sectionHtml(section: Section, formatter: Formatter, level: number): string {
  const tag = `h${Math.min(level, 6)}`;
  return [
    `<section><${tag}>${escaped(section.title)}${section.detail ? ` <small>${escaped(section.detail)}</small>` : ''}</${tag}>`,
    section.note ? `<p class="note">${escaped(section.note)}</p>` : '',
    fields(section.fields, formatter, 'fields'),
    ...section.tables.map((table) => tableHtml(table, section, formatter)),
    ...section.children.map((child) => sectionHtml(child, formatter, level + 1)),
    '</section>',
  ].filter(Boolean).join('\n');
}

function tableHtml(table: Table, section: Section, formatter: Formatter): string {
  const left = table.rows.length - mostRows;
  const printed = table.rows.slice(0, mostRows);
  // Paper is narrow: a column in which nothing stands is left out.
  const columns = table.columns.filter((column) => printed.some((row) => { const value = column.read(row); return value !== undefined && value !== null && value !== ''; }));
  const rows = printed.map((row) => {
    const currency = table.currencyOf(row);
    return `<tr>${columns.map((column) => `<td${isRight(column) ? ' class="number"' : ''}>${cell(formatter, column.read(row), column.kind, currency)}</td>`).join('')}</tr>`;
  });
  const caption = table.label === section.title ? '' : `<caption>${escaped(table.label)}</caption>`;
  return `<div class="wide"><table>${caption}<thead><tr>${columns.map((column) => `<th scope="col"${isRight(column) ? ' class="number"' : ''}>${escaped(column.label)}</th>`).join('')}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>${left > 0 ? `<p class="note">${left} more rows are left out here; the report's JSON has them all.</p>` : ''}`;
}

const style = `
body { font: 14px/1.45 system-ui, sans-serif; color: #1b1b1b; background: #fff; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
h1 { font-size: 1.6rem; margin: 0 0 .5rem; } h2 { font-size: 1.2rem; border-bottom: 1px solid #999; margin: 1.6rem 0 .5rem; } h3, h4, h5, h6 { font-size: 1rem; margin: 1rem 0 .3rem; }
small, .note, dt { color: #555; font-weight: 400; } dl, dd, p, figure { margin: 0; } .note { font-size: .9em; margin: .2rem 0; }
.facts, .figures { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: .5rem 0 1rem; } .figures > div { border: 1px solid #999; border-radius: 4px; padding: .4rem .8rem; } .value { font-size: 1.4rem; font-weight: 600; }
.fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); gap: .1rem 2rem; } .fields > div { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; border-bottom: 1px solid #ddd; } dd { overflow-wrap: anywhere; }
figure { margin: 1rem 0; break-inside: avoid; } figcaption { font-weight: 600; } figure svg { max-width: 100%; height: auto; }
table { border-collapse: collapse; margin: .5rem 0; width: 100%; } caption { text-align: left; font-weight: 600; } th, td { text-align: left; padding: .15rem .5rem; border-bottom: 1px solid #ddd; vertical-align: top; overflow-wrap: break-word; }
.wide { overflow-x: auto; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; } .problem { border-left: 3px solid #a00; padding-left: .6rem; margin: .5rem 0; } footer { margin-top: 2rem; border-top: 1px solid #999; padding-top: .5rem; color: #555; }
@page { size: landscape; } @media print { .wide { overflow: visible; } body { margin: 0; max-width: none; font-size: 10pt; } thead { display: table-header-group; } tr { break-inside: avoid; } h2, h3, h4 { break-after: avoid; } }
`;
