// What the PDF view and its host say to each other. The host trusts nothing of a view: whatever comes passes readPdfRequest.
import { readPlain } from './guards.ts';

export const pdfViewType = 'openBanking.pdfViewer';
/** The same viewer offered for any PDF file; a contributed editor has one priority, and for these it is only an option. */
export const pdfFileViewType = 'openBanking.pdfFileViewer';

const plainRequests = ['ready', 'reload', 'cancel', 'save', 'print'] as const;

/** View to host. `ready` comes first and again whenever the view was built anew. */
export type PdfRequest = { type: (typeof plainRequests)[number] };

/** Host to view. */
export type PdfMessage =
  | { type: 'loading' }
  | { type: 'pdf'; bytes: Uint8Array }
  | { type: 'failed'; text: string }
  | { type: 'stopped' };

/** A view's message, or undefined for anything that is none. */
export function readPdfRequest(value: unknown): PdfRequest | undefined {
  return readPlain(value, plainRequests);
}
