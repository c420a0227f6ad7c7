// Reads a PDF the way the extension's viewer does, with pdf.js, and gives back the text of its pages.
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

export interface PdfText {
  pages: number;
  /** All pages, words separated by single spaces. */
  text: string;
}

/** Rejects when the bytes are not a PDF that pdf.js can open. */
export async function pdfText(bytes: Uint8Array): Promise<PdfText> {
  const loading = getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, disableFontFace: true, verbosity: 0 });
  const document = await loading.promise;
  try {
    const parts: string[] = [];
    for (let number = 1; number <= document.numPages; number++) {
      const { items } = await (await document.getPage(number)).getTextContent();
      parts.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
    }
    return { pages: document.numPages, text: parts.join(' ').replace(/\s+/g, ' ').trim() };
  } finally {
    await loading.destroy();
  }
}
