// Flows headings, paragraphs, facts and tables over pages: breaks where a page is full, repeats a table's header, numbers the pages at the
// end ("Page 2 of 14"), and puts every heading into the outline.
import { fitted, textWidth } from './encoding.ts';
import type { Face } from './encoding.ts';
import { createPdf, PAGE_HEIGHT, PAGE_WIDTH } from './writer.ts';
import type { PdfInfo, PdfPage } from './writer.ts';

const MARGIN = 48;
const BOTTOM = 56;
const WIDTH = PAGE_WIDTH - 2 * MARGIN;

export interface Column {
  title: string;
  /** Share of the width. */
  share: number;
  align?: 'left' | 'right';
}

export interface Layout {
  /** A line of its own at the top of a first page. */
  cover(title: string, lines: readonly string[]): void;
  heading(text: string, level: 0 | 1): void;
  paragraph(text: string): void;
  facts(entries: readonly (readonly [string, string])[]): void;
  table(columns: readonly Column[], rows: readonly (readonly string[])[]): void;
  pageBreak(): void;
  finish(): Uint8Array;
}

/** `footer` stands at the left of every page's foot. */
export function createLayout(info: PdfInfo, footer: string): Layout {
  const pdf = createPdf(info);
  let page: PdfPage = pdf.addPage();
  let y = PAGE_HEIGHT - MARGIN;

  const newPage = () => {
    page = pdf.addPage();
    y = PAGE_HEIGHT - MARGIN;
    page.text(MARGIN, y + 12, info.title, { size: 8, gray: 0.45 });
    y -= 10;
  };
  /** Moves down by `height`, onto a new page when this one is full. */
  const take = (height: number): number => {
    if (y - height < BOTTOM) newPage();
    y -= height;
    return y;
  };

  const wrapped = (text: string, size: number, width: number, face: Face = 'regular'): string[] => {
    const lines: string[] = [];
    let line = '';
    for (const word of text.split(/\s+/)) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line !== '' && textWidth(longer, face, size) > width) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    return [...lines, fitted(line, face, size, width)];
  };

  const tableHeader = (columns: readonly Column[], edges: readonly number[]) => {
    const at = take(16);
    page.box(MARGIN, at - 4, WIDTH, 15, 0.9);
    columns.forEach((column, index) => cell(column, edges, index, at, column.title, 'bold'));
  };
  const cell = (column: Column, edges: readonly number[], index: number, at: number, text: string, face: Face) => {
    const [left, right] = [edges[index] as number, edges[index + 1] as number];
    const shown = fitted(text, face, 8, right - left - 6);
    page.text(column.align === 'right' ? right - 3 : left + 3, at, shown, { size: 8, face, align: column.align ?? 'left' });
  };

  return {
    cover: (title, lines) => {
      y -= 40;
      for (const line of wrapped(title, 24, WIDTH, 'bold')) page.text(MARGIN, take(30), line, { face: 'bold', size: 24 });
      pdf.bookmark(title, PAGE_HEIGHT, 0);
      page.line(MARGIN, y - 10, MARGIN + WIDTH, y - 10, 0.3);
      y -= 22;
      for (const line of lines) page.text(MARGIN, take(15), fitted(line, 'regular', 10.5, WIDTH), { size: 10.5, gray: 0.25 });
      y -= 14;
    },
    heading: (text, level) => {
      const size = level === 0 ? 15 : 11.5;
      // A heading keeps at least a few lines below it on the same page.
      if (y - size - 60 < BOTTOM) newPage();
      const at = take(size + (level === 0 ? 16 : 12));
      page.text(MARGIN, at, fitted(text, 'bold', size, WIDTH), { face: 'bold', size });
      pdf.bookmark(text, at + size + 4, level);
      y -= 6;
    },
    paragraph: (text) => {
      for (const line of wrapped(text, 9, WIDTH)) page.text(MARGIN, take(12.5), line, { size: 9, gray: 0.2 });
      y -= 4;
    },
    facts: (entries) => {
      for (const [label, value] of entries) {
        const at = take(13.5);
        page.text(MARGIN, at, fitted(label, 'regular', 9, 150), { size: 9, gray: 0.4 });
        page.text(MARGIN + 160, at, fitted(value, 'regular', 9, WIDTH - 160), { size: 9 });
      }
      y -= 6;
    },
    table: (columns, rows) => {
      const total = columns.reduce((sum, { share }) => sum + share, 0);
      const edges = [MARGIN];
      for (const { share } of columns) edges.push((edges.at(-1) as number) + (WIDTH * share) / total);
      if (y - 40 < BOTTOM) newPage();
      tableHeader(columns, edges);
      for (const row of rows) {
        if (y - 12.5 < BOTTOM) {
          newPage();
          tableHeader(columns, edges);
        }
        const at = take(12.5);
        columns.forEach((column, index) => cell(column, edges, index, at, row[index] ?? '', 'regular'));
        page.line(MARGIN, at - 3.5, MARGIN + WIDTH, at - 3.5, 0.88);
      }
      y -= 10;
    },
    pageBreak: newPage,
    finish: () => {
      pdf.pages.forEach((each, at) => {
        each.line(MARGIN, 44, MARGIN + WIDTH, 44, 0.7);
        each.text(MARGIN, 32, fitted(footer, 'regular', 7.5, WIDTH - 90), { size: 7.5, gray: 0.45 });
        each.text(MARGIN + WIDTH, 32, `Page ${at + 1} of ${pdf.pages.length}`, { size: 7.5, gray: 0.45, align: 'right' });
      });
      return pdf.finish();
    },
  };
}

/** `$1,234.50`; other currencies by their three letters. */
export function money(amount: unknown, currency = 'USD'): string {
  if (typeof amount !== 'number') return '-';
  const digits = Math.abs(amount).toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ',');
  return `${amount < 0 ? '-' : ''}${currency === 'USD' ? '$' : `${currency} `}${digits}`;
}
/** Epoch seconds as a day. */
export const day = (moment: unknown) => (typeof moment === 'number' ? new Date(moment * 1000).toISOString().slice(0, 10) : '-');
