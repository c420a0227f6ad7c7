// The host's side of one PDF tab, free of vscode: hands the document over piece by piece and obeys the view's checked messages. A document
// is read once; a second tab, save and print use the same source. What is asked of an older document, or beyond the limits, is not answered.
import { headBytes, mostRanges, readPdfRequest, wholeBytes, chunkBytes, type PdfMessage, type PdfRequest } from '../protocol/pdf.ts';
import type { PdfSource } from './pdfSource.ts';
import { readingFailure, ReadingStopped, untilAborted } from './reading.ts';

export interface PdfPorts {
  /** The document; `fresh` asks the source again. */
  open(fresh: boolean): PromiseLike<PdfSource>;
  post(message: PdfMessage): void;
  save(source: PdfSource): void;
  print(source: PdfSource): void;
  openText(): void;
}

export class PdfSession {
  readonly #ports: PdfPorts;
  #reading: AbortController | undefined;
  #source: PdfSource | undefined;
  #document = 0;
  #underWay = 0;

  constructor(ports: PdfPorts) {
    this.#ports = ports;
  }

  /** Takes a message of the view; anything that is none is ignored. */
  receive(value: unknown): void {
    const request = readPdfRequest(value);
    if (!request) return;
    switch (request.type) {
      case 'ready': return void this.#load(false);
      case 'reload': return void this.#load(true);
      case 'cancel': return this.#reading?.abort();
      case 'save': return this.#source ? this.#ports.save(this.#source) : undefined;
      case 'print': return this.#source ? this.#ports.print(this.#source) : undefined;
      case 'openText': return this.#ports.openText();
      case 'uncover': return undefined; // pdfCover.ts takes it
      case 'range': return void this.#answer(request);
    }
  }

  dispose(): void {
    const reading = this.#reading;
    this.#reading = undefined;
    reading?.abort();
    this.#source = undefined;
    this.#document++;
  }

  async #load(fresh: boolean): Promise<void> {
    this.#reading?.abort();
    const reading = this.#reading = new AbortController();
    const document = ++this.#document;
    this.#underWay = 0;
    this.#ports.post({ type: 'loading' });
    try {
      const source = await untilAborted(this.#ports.open(fresh), reading.signal);
      const { length } = source;
      const headEnd = length <= wholeBytes ? length : headBytes;
      // The end begins where a piece begins, as everything that the view asks for.
      const tailBegin = Math.max(headEnd, (Math.ceil(length / chunkBytes) - 2) * chunkBytes);
      const pieces = Promise.all([source.read(0, headEnd), headEnd === length ? new Uint8Array() : source.read(tailBegin, length)]);
      const [head, tail] = await untilAborted(pieces, reading.signal);
      this.#source = source;
      this.#ports.post({ type: 'pdf', document, length, head, tail });
    } catch (error) {
      // A newer reading has taken over, or the tab is gone: nobody waits for this one.
      if (this.#reading !== reading) return;
      this.#ports.post(error instanceof ReadingStopped ? { type: 'stopped' } : { type: 'failed', text: readingFailure(error) });
    }
  }

  async #answer({ document, begin, end }: Extract<PdfRequest, { type: 'range' }>): Promise<void> {
    const source = this.#source;
    if (!source || document !== this.#document || end > source.length || this.#underWay >= mostRanges) return;
    this.#underWay++;
    try {
      const bytes = await source.read(begin, end);
      if (document === this.#document) this.#ports.post({ type: 'range', document, begin, bytes });
    } catch (error) {
      if (document === this.#document) this.#ports.post({ type: 'lost', document, text: readingFailure(error) });
    } finally {
      if (document === this.#document) this.#underWay--;
    }
  }
}
