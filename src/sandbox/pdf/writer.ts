// Writes PDF 1.7: pages of text, lines and filled boxes in Helvetica, an outline, document information. Streams are deflated. The same
// input gives the same bytes. Coordinates are points from the lower left corner; a page is US Letter.
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { literal, textWidth } from './encoding.ts';
import type { Face } from './encoding.ts';

export const PAGE_WIDTH = 612;
export const PAGE_HEIGHT = 792;

export interface TextStyle {
  face?: Face;
  size?: number;
  /** 0 black to 1 white. */
  gray?: number;
  align?: 'left' | 'right' | 'center';
}

export interface PdfPage {
  text(x: number, y: number, text: string, style?: TextStyle): void;
  line(x1: number, y1: number, x2: number, y2: number, gray?: number): void;
  box(x: number, y: number, width: number, height: number, gray: number): void;
}

export interface PdfInfo {
  title: string;
  author: string;
  subject?: string;
  /** Epoch seconds. */
  created: number;
}

export interface Pdf {
  addPage(): PdfPage;
  readonly pages: readonly PdfPage[];
  /** An entry of the outline that leads to a height on the newest page; level 0 is the top, 1 stands under the latest 0. */
  bookmark(title: string, y: number, level: 0 | 1): void;
  finish(): Uint8Array;
}

interface Bookmark { title: string; page: number; y: number; children: Bookmark[] }

const number = (value: number) => String(Math.round(value * 100) / 100);
/** A text string of the document (not of a page): UTF-16 where ASCII does not do. */
const documentText = (text: string) => (/^[\x20-\x7e]*$/.test(text) ? literal(text) : `<FEFF${Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase()}>`);
const documentDate = (moment: number) => `(D:${new Date(moment * 1000).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z)`;

export function createPdf(info: PdfInfo): Pdf {
  const contents: string[][] = [];
  const pages: PdfPage[] = [];
  const bookmarks: Bookmark[] = [];

  const addPage = (): PdfPage => {
    const out: string[] = [];
    contents.push(out);
    const page: PdfPage = {
      text: (x, y, text, { face = 'regular', size = 9, gray = 0, align = 'left' } = {}) => {
        if (text === '') return;
        const left = align === 'left' ? x : x - textWidth(text, face, size) / (align === 'right' ? 1 : 2);
        out.push(`BT /${face === 'bold' ? 'F2' : 'F1'} ${size} Tf ${number(gray)} g ${number(left)} ${number(y)} Td ${literal(text)} Tj ET`);
      },
      line: (x1, y1, x2, y2, gray = 0.7) => out.push(`${number(gray)} G 0.5 w ${number(x1)} ${number(y1)} m ${number(x2)} ${number(y2)} l S`),
      box: (x, y, width, height, gray) => out.push(`${number(gray)} g ${number(x)} ${number(y)} ${number(width)} ${number(height)} re f`),
    };
    pages.push(page);
    return page;
  };

  const bookmark: Pdf['bookmark'] = (title, y, level) => {
    const entry: Bookmark = { title, page: pages.length - 1, y, children: [] };
    const parent = level === 1 ? bookmarks.at(-1) : undefined;
    (parent?.children ?? bookmarks).push(entry);
  };

  return { addPage, pages, bookmark, finish: () => serialise(info, contents, bookmarks) };
}

// --- the file

function serialise(info: PdfInfo, contents: readonly string[][], bookmarks: readonly Bookmark[]): Uint8Array {
  const objects: Buffer[] = [];
  const put = (id: number, body: string | Buffer) => { objects[id] = typeof body === 'string' ? Buffer.from(body, 'latin1') : body; };
  let last = 5;
  const pageIds = contents.map(() => (last += 2) - 1);
  const [catalog, tree, regular, bold, about] = [1, 2, 3, 4, 5] as const;

  contents.forEach((operators, at) => {
    const id = pageIds[at] as number;
    const data = deflateSync(Buffer.from(operators.join('\n'), 'latin1'));
    put(id, `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 ${PAGE_WIDTH} ${PAGE_HEIGHT}] /Resources << /Font << /F1 ${regular} 0 R /F2 ${bold} 0 R >> >> /Contents ${id + 1} 0 R >>`);
    put(id + 1, Buffer.concat([Buffer.from(`<< /Length ${data.length} /Filter /FlateDecode >>\nstream\n`, 'latin1'), data, Buffer.from('\nendstream', 'latin1')]));
  });
  const outlines = bookmarks.length > 0 ? (last += 1) : undefined;
  if (outlines !== undefined) last = putOutline(bookmarks, outlines, last, pageIds, put);
  put(catalog, `<< /Type /Catalog /Pages ${tree} 0 R /Lang (en-US) /ViewerPreferences << /DisplayDocTitle true >>${outlines === undefined ? '' : ` /Outlines ${outlines} 0 R /PageMode /UseOutlines`} >>`);
  put(tree, `<< /Type /Pages /Count ${pageIds.length} /Kids [${pageIds.map((id) => `${id} 0 R`).join(' ')}] >>`);
  put(regular, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  put(bold, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>');
  put(about, `<< /Title ${documentText(info.title)} /Author ${documentText(info.author)}${info.subject ? ` /Subject ${documentText(info.subject)}` : ''} /Creator (Open Banking Sandbox) /Producer (Open Banking Sandbox) /CreationDate ${documentDate(info.created)} >>`);
  return assemble(objects, catalog, about);
}

/** Numbers the entries depth first; returns the last id taken. */
function putOutline(roots: readonly Bookmark[], rootId: number, taken: number, pageIds: readonly number[], put: (id: number, body: string) => void): number {
  let last = taken;
  const putLevel = (entries: readonly Bookmark[], parent: number): { first: number; last: number; count: number } => {
    const ids = entries.map(() => (last += 1));
    let count = entries.length;
    entries.forEach((entry, at) => {
      const children = entry.children.length > 0 ? putLevel(entry.children, ids[at] as number) : undefined;
      count += children?.count ?? 0;
      const links = [
        at > 0 ? `/Prev ${ids[at - 1]} 0 R` : '', at < ids.length - 1 ? `/Next ${ids[at + 1]} 0 R` : '',
        children ? `/First ${children.first} 0 R /Last ${children.last} 0 R /Count ${children.count}` : '',
      ].filter(Boolean).join(' ');
      put(ids[at] as number, `<< /Title ${documentText(entry.title)} /Parent ${parent} 0 R /Dest [${pageIds[entry.page]} 0 R /XYZ 0 ${number(entry.y)} null] ${links} >>`);
    });
    return { first: ids[0] as number, last: ids.at(-1) as number, count };
  };
  const top = putLevel(roots, rootId);
  put(rootId, `<< /Type /Outlines /First ${top.first} 0 R /Last ${top.last} 0 R /Count ${top.count} >>`);
  return last;
}

function assemble(objects: readonly Buffer[], catalog: number, about: number): Uint8Array {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  const offsets: number[] = [];
  let at = (parts[0] as Buffer).length;
  const add = (part: Buffer) => {
    parts.push(part);
    at += part.length;
  };
  for (let id = 1; id < objects.length; id++) {
    offsets[id] = at;
    add(Buffer.from(`${id} 0 obj\n`, 'latin1'));
    add(objects[id] as Buffer);
    add(Buffer.from('\nendobj\n', 'latin1'));
  }
  const digest = createHash('sha256').update(Buffer.concat(parts)).digest('hex').slice(0, 32).toUpperCase();
  const entries = offsets.slice(1).map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const start = at;
  add(Buffer.from(`xref\n0 ${objects.length}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${objects.length} /Root ${catalog} 0 R /Info ${about} 0 R /ID [<${digest}> <${digest}>] >>\nstartxref\n${start}\n%%EOF\n`, 'latin1'));
  return Buffer.concat(parts);
}
