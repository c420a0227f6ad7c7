// What is wrong with a PDF that will not open, in words. Pure.

export interface FailedPdf {
  /** The name of pdf.js's error, e.g. InvalidPDFException. */
  name: string;
  /** Size of the file in bytes. */
  size: number;
  /** The first bytes as text, for telling an error page from a damaged file. */
  head: string;
}

export function pdfProblem({ name, size, head }: FailedPdf): string {
  if (size === 0) return 'The file is empty: it has no bytes at all.';
  const start = head.trimStart().toLowerCase();
  if (!head.includes('%PDF-')) {
    if (start.startsWith('{') || start.startsWith('[')) return 'This is no PDF but JSON. The service may have answered with an error instead of the document.';
    if (start.startsWith('<!doctype html') || start.startsWith('<html')) return 'This is no PDF but a web page. A proxy or the service may have answered with an error instead of the document.';
    if (start.startsWith('<')) return 'This is no PDF but XML. The service may have answered with an error instead of the document.';
    return 'This is no PDF: the mark that every PDF begins with is missing.';
  }
  if (name === 'InvalidPDFException') return 'The PDF is damaged: its structure cannot be read. It may have been cut short on its way; read it again.';
  if (name === 'PasswordException') return 'The PDF is encrypted in a way that this viewer cannot open.';
  return 'The PDF could not be opened. Read it again, or save a copy and open that in another program.';
}

/** The start of a file as text, one character a byte. */
export function headOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 1024));
}
