// What the PDF view and its host say to each other. The host trusts nothing of a view: whatever comes passes readPdfRequest. A document goes
// over in pieces: its first and last bytes at once, the rest as the view asks, in ranges of a bounded size of which few are under way.
import { isRecord, readPlain } from './guards.ts';

export const pdfViewType = 'openBanking.pdfViewer';
/** The same viewer offered for any PDF file; a contributed editor has one priority, and for these it is only an option. */
export const pdfFileViewType = 'openBanking.pdfFileViewer';

/** The view draws from pieces of this size; what it asks for begins at a multiple of it. */
export const chunkBytes = 128 * 1024;
/** A document starts with so many bytes; its end, where a PDF keeps its directory, comes along with them. */
export const headBytes = 4 * chunkBytes;
/** A smaller document comes whole with the first message: asking for pieces would take longer. */
export const wholeBytes = 16 * chunkBytes;
/** The largest range of one request. */
export const longestRange = 16 * chunkBytes;
/** So many ranges may be under way; the host lets more go unanswered. */
export const mostRanges = 6;

const plainRequests = ['ready', 'reload', 'cancel', 'save', 'print', 'openText', 'uncover'] as const;

/**
 * View to host. `ready` comes first and again whenever the view was built anew. `range` asks for the bytes from `begin` up to but without
 * `end` of the document of that number.
 */
export type PdfRequest =
  | { type: (typeof plainRequests)[number] }
  | { type: 'range'; document: number; begin: number; end: number };

/** Host to view. */
export type PdfMessage =
  | { type: 'loading' }
  /** A document of `length` bytes: its first bytes, and its last ones where these are not all; `document` numbers the readings of a tab. */
  | { type: 'pdf'; document: number; length: number; head: Uint8Array; tail: Uint8Array }
  | { type: 'range'; document: number; begin: number; bytes: Uint8Array }
  /** No more bytes of this document: it changed, vanished or cannot be read. */
  | { type: 'lost'; document: number; text: string }
  | { type: 'failed'; text: string }
  /** Presentation mode is on: nothing of the document is to be on the screen until the person says `uncover`, or it comes again. */
  | { type: 'covered' }
  | { type: 'stopped' };

/** A view's message, or undefined for anything that is none. */
export function readPdfRequest(value: unknown): PdfRequest | undefined {
  const plain = readPlain(value, plainRequests);
  if (plain) return plain;
  if (!isRecord(value) || value.type !== 'range') return undefined;
  const { document, begin, end } = value;
  if (!isCount(document) || !isCount(begin) || !isCount(end) || end <= begin || end - begin > longestRange) return undefined;
  return { type: 'range', document, begin, end };
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
