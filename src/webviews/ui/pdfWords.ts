// What is wrong with a PDF that will not open, in words, and what can be done about it. Pure.

export interface FailedPdf {
  /** The name of pdf.js's error, e.g. InvalidPDFException; NoPages for a document without any. */
  name: string;
  /** Size of the file in bytes. */
  size: number;
  /** The first bytes as text, one character a byte, for telling an error's answer from a damaged file. */
  head: string;
  /** Whether the mark that ends every PDF is there. */
  ended: boolean;
}

export interface PdfProblem {
  text: string;
  /** What the answer itself says, when it is an error's. */
  said?: string;
  /** It is text, which the editor's own text editor can show. */
  asText: boolean;
}

const insteadOfIt = 'The service may have answered with an error instead of the document.';

export function pdfProblem({ name, size, head, ended }: FailedPdf): PdfProblem {
  if (size === 0) return { text: 'The file is empty: it has no bytes at all. Read it again, or get the document anew from where it came.', asText: false };
  if (!head.includes('%PDF-')) return noPdf(head);
  if (name === 'NoPages') return { text: 'The PDF has no pages: it is whole as a file, but there is nothing in it to show.', asText: false };
  if (name === 'PasswordException') return { text: 'The PDF is encrypted in a way that this viewer cannot open. Save a copy and open that in another program.', asText: false };
  if (!ended) return { text: 'The PDF is cut short: its end is missing, and what is there is too little to show a page. Read it again, or get the document anew from where it came.', asText: false };
  if (name === 'InvalidPDFException') return { text: 'The PDF is damaged: its structure cannot be read. Read it again, or save a copy and try another program, which may repair more.', asText: false };
  return { text: 'The PDF could not be opened. Read it again, or save a copy and open that in another program.', asText: false };
}

function noPdf(head: string): PdfProblem {
  const text = decoded(head);
  const start = text.replace(/^\uFEFF/, '').trimStart();
  const lower = start.slice(0, 20).toLowerCase();
  if (start.startsWith('{') || start.startsWith('[')) return withSaid(`This is no PDF but JSON. ${insteadOfIt}`, saidInJson(start));
  if (lower.startsWith('<!doctype html') || lower.startsWith('<html')) return withSaid('This is no PDF but a web page. A proxy or the service may have answered with an error instead of the document.', saidInPage(start));
  if (start.startsWith('<')) return withSaid(`This is no PDF but XML. ${insteadOfIt}`, saidInXml(start));
  const binary = /[\u0000-\u0008\u000e-\u001f]/.test(text.slice(0, 1024));
  return { text: `This is no PDF: the mark that every PDF begins with is missing.${binary ? '' : ' It looks like plain text.'}`, asText: !binary };
}

const withSaid = (text: string, said: string | undefined): PdfProblem => ({ text, asText: true, ...(said !== undefined && said !== '' && { said: said.slice(0, 500) }) });

/** Code and message of an error in any of the forms that the API answers with: flat, a list of errors, or wrapped once or twice. */
function saidInJson(text: string): string | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  return saidIn(body, 0);
}

function saidIn(value: unknown, depth: number): string | undefined {
  if (Array.isArray(value)) return value.length > 0 ? saidIn(value[0], depth) : undefined;
  if (typeof value !== 'object' || value === null || depth > 4) return undefined;
  const fields = new Map(Object.entries(value).map(([name, field]) => [name.toLowerCase().replace(/[^a-z]/g, ''), field as unknown]));
  const word = (...names: string[]): string | undefined => {
    for (const name of names) {
      const field = fields.get(name);
      if ((typeof field === 'string' && field.trim() !== '') || typeof field === 'number') return String(field).trim();
    }
    return undefined;
  };
  const message = word('message', 'errordescription', 'description', 'usermessage', 'errormessage', 'detail', 'title', 'error');
  const code = word('code', 'errorcode', 'reasoncode', 'status');
  if (message !== undefined) return code === undefined ? message : `${message} (${code})`;
  for (const name of ['errors', 'error', 'fault', 'response']) {
    const inner = saidIn(fields.get(name), depth + 1);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function saidInXml(text: string): string | undefined {
  const element = (name: string): string | undefined => {
    const found = new RegExp(`<(?:\\w+:)?${name}\\b[^>]*>\\s*(?:<!\\[CDATA\\[)?([^<\\]]{1,1000})`, 'i').exec(text)?.[1]?.trim();
    return found === undefined || found === '' ? undefined : unescaped(found);
  };
  const message = element('message') ?? element('description') ?? element('faultstring');
  const code = element('code') ?? element('faultcode');
  return message === undefined ? undefined : code === undefined ? message : `${message} (${code})`;
}

function saidInPage(text: string): string | undefined {
  const title = /<title[^>]*>\s*([^<]{1,500})/i.exec(text)?.[1]?.trim();
  return title === undefined ? undefined : unescaped(title);
}

const unescaped = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&#39;', "'").replaceAll('&amp;', '&');

/** Whether a file that begins so is some text and no PDF at all. A PDF whose mark alone is missing may still open. */
export const isText = (head: string): boolean => !head.includes('%PDF-') && noPdf(head).asText;

/** The start of a file as text, one character a byte; long enough for an error's answer. */
export function headOf(bytes: Uint8Array): string {
  let text = '';
  const end = Math.min(bytes.length, 64 * 1024);
  for (let at = 0; at < end; at += 8192) text += String.fromCharCode(...bytes.subarray(at, Math.min(at + 8192, end)));
  return text;
}

/** Whether the last bytes hold the mark that ends a PDF; programs that read mail or the web leave some bytes behind it. */
export function hasEnd(bytes: Uint8Array): boolean {
  const mark = [0x25, 0x25, 0x45, 0x4f, 0x46];
  for (let at = bytes.length - mark.length; at >= Math.max(0, bytes.length - 64 * 1024); at--) if (mark.every((byte, offset) => bytes[at + offset] === byte)) return true;
  return false;
}

const decoded = (head: string): string => {
  const bytes = Uint8Array.from(head, (char) => char.charCodeAt(0));
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder().decode(bytes);
};

/** What find has come to: hits so far, and how far it is while it still reads. */
export interface Found {
  current: number;
  total: number;
  /** Pages whose text was looked through. */
  searched: number;
  pages: number;
}

export function hitsText({ current, total, searched, pages }: Found): string {
  const done = searched >= pages;
  if (total === 0) return done ? 'No hits' : `Searching page ${searched + 1} of ${pages}…`;
  const hits = current > 0 ? `${current} of ${total}` : total === 1 ? '1 hit' : `${total} hits`;
  return done ? hits : `${hits} so far, page ${searched + 1} of ${pages}…`;
}

/** A size of bytes for people. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const mega = bytes / (1024 * 1024);
  return mega < 1 ? `${Math.round(bytes / 1024)} KB` : `${mega < 10 ? mega.toFixed(1) : Math.round(mega)} MB`;
}
