// The host's side of one PDF tab, free of vscode: hands the document's bytes over by message and obeys the view's checked messages.
// The bytes are read once per document; a second tab, save and print use the same ones.
import { readPdfRequest, type PdfMessage } from '../protocol/pdf.ts';
import { readingFailure, ReadingStopped, untilAborted } from './reading.ts';

export interface PdfPorts {
  /** The document's bytes; `fresh` asks the source again. */
  read(fresh: boolean): PromiseLike<Uint8Array>;
  post(message: PdfMessage): void;
  save(bytes: Uint8Array): void;
  print(bytes: Uint8Array): void;
}

export class PdfSession {
  readonly #ports: PdfPorts;
  #reading: AbortController | undefined;
  #bytes: Uint8Array | undefined;

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
      case 'save': return this.#bytes ? this.#ports.save(this.#bytes) : undefined;
      case 'print': return this.#bytes ? this.#ports.print(this.#bytes) : undefined;
    }
  }

  dispose(): void {
    const reading = this.#reading;
    this.#reading = undefined;
    reading?.abort();
    this.#bytes = undefined;
  }

  async #load(fresh: boolean): Promise<void> {
    this.#reading?.abort();
    const reading = this.#reading = new AbortController();
    this.#ports.post({ type: 'loading' });
    try {
      const bytes = await untilAborted(this.#ports.read(fresh), reading.signal);
      this.#bytes = bytes;
      this.#ports.post({ type: 'pdf', bytes });
    } catch (error) {
      // A newer reading has taken over, or the tab is gone: nobody waits for this one.
      if (this.#reading !== reading) return;
      this.#ports.post(error instanceof ReadingStopped ? { type: 'stopped' } : { type: 'failed', text: readingFailure(error) });
    }
  }
}
