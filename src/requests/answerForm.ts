// What a body is: by its first bytes, and by what the answer calls it. The bytes decide, since proxies and the API itself mislabel; where
// the two disagree, or something else about the body is odd, a note says so. Free of vscode.
import type { AnswerForm } from '../webviews/protocol/answer.ts';
import { signatureOf } from './signatures.ts';

/** How much of a body is looked at. */
export const sniffedBytes = 4096;

export interface BodyLook {
  form: Exclude<AnswerForm, 'file'>;
  /** For the name of a file, without the dot. */
  extension: string;
  /** A web page. */
  html?: boolean;
}

type Kind = BodyLook & { word: string };

const kinds = {
  json: { form: 'json', extension: 'json', word: 'JSON' }, xml: { form: 'xml', extension: 'xml', word: 'XML' },
  html: { form: 'text', extension: 'html', word: 'a web page', html: true }, text: { form: 'text', extension: 'txt', word: 'text' },
  pdf: { form: 'pdf', extension: 'pdf', word: 'a PDF' }, png: { form: 'image', extension: 'png', word: 'a PNG image' },
  jpeg: { form: 'image', extension: 'jpg', word: 'a JPEG image' }, gif: { form: 'image', extension: 'gif', word: 'a GIF image' },
  webp: { form: 'image', extension: 'webp', word: 'a WebP image' }, svg: { form: 'text', extension: 'svg', word: 'an SVG drawing' },
  binary: { form: 'binary', extension: 'bin', word: 'binary data' },
} as const satisfies Record<string, Kind>;
type KindName = keyof typeof kinds;

/** The body's kind by its first bytes alone. */
function sniff(bytes: Uint8Array): KindName {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, sniffedBytes));
  const signature = signatureOf(head);
  // Neither is a form of its own: no view shows them.
  if (signature !== undefined && signature !== 'tiff' && signature !== 'zip') return signature;
  if (!isText(head)) return 'binary';
  const text = head.toString('utf8').replace(/^\ufeff/, '').trimStart();
  if (/^[{[]/.test(text)) return 'json';
  if (/^<(!doctype\s+html|html)\b/i.test(text)) return 'html';
  if (/^<svg[\s>]/i.test(text)) return 'svg';
  return /^<[?!a-z]/i.test(text) ? 'xml' : 'text';
}

/** UTF-8 without control characters that no text has. The last character may be cut. */
function isText(head: Buffer): boolean {
  if (head.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27))) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** What a media type promises; undefined for none and for those that promise nothing. */
function promised(contentType: string): KindName | 'image' | undefined {
  if (contentType === 'application/json' || contentType.endsWith('+json')) return 'json';
  if (contentType === 'text/html' || contentType === 'application/xhtml+xml') return 'html';
  if (contentType === 'image/svg+xml') return 'svg';
  if (contentType === 'application/xml' || contentType === 'text/xml' || contentType.endsWith('+xml')) return 'xml';
  if (contentType === 'application/pdf') return 'pdf';
  if (contentType.startsWith('image/')) return 'image';
  return contentType.startsWith('text/') ? 'text' : undefined;
}

const scalar = /^\s*(?:"|-?\d|true\b|false\b|null\b)/;

/** @param start The body's first bytes, `sniffedBytes` of them when there are so many; none for an empty body. */
export function lookAt(contentType: string, start: Uint8Array): BodyLook & { note?: string } {
  if (start.length === 0) return { form: 'none', extension: 'txt' };
  let found = sniff(start);
  const label = promised(contentType);
  // JSON may be a bare value, which is told from text by its label alone.
  if (found === 'text' && label === 'json' && scalar.test(Buffer.from(start).toString('utf8', 0, 64))) found = 'json';
  const { form, extension, word, ...rest } = kinds[found] as Kind;
  const note = disagreement(contentType, label, found, word);
  return { form, extension, ...(rest.html && { html: true }), ...(note !== undefined && { note }) };
}

function disagreement(contentType: string, label: ReturnType<typeof promised>, found: KindName, word: string): string | undefined {
  if (contentType === '') return `The answer does not say what it holds; by its first bytes it is ${word}.`;
  if (label === undefined || label === found || (label === 'image' && kinds[found].form === 'image')) return undefined;
  // An SVG is XML, and whatever can be read is text.
  if ((label === 'xml' && found === 'svg') || (label === 'svg' && found === 'xml') || (label === 'text' && kinds[found].form === 'text')) return undefined;
  return `The answer is called ${contentType}, but by its first bytes it is ${word}.`;
}

const brackets: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/** Whether JSON ends without closing what it opened. Looks at both ends alone. */
export function isCutOff(bytes: Uint8Array): boolean {
  const text = (part: Uint8Array): string => Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString('latin1');
  const first = text(bytes.subarray(0, 200)).replace(/^\xef\xbb\xbf/, '').trimStart().charAt(0);
  const closing = brackets[first];
  return closing !== undefined && text(bytes.subarray(-200)).trimEnd().at(-1) !== closing;
}
