// The host's side of one report tab, free of vscode: reads the body, hands it over by message, reads again when it is told of a change
// (others follow a running report) or when a reading of a running one failed, obeys the view's checked messages. A tab that comes
// back from the background is shown the bytes that were read; only a running report is read anew.
import { accountTypes } from '../../api/words.ts';
import { readReportRequest, reportByteLimit, type ReportMessage, type ReportStatus } from '../protocol/report.ts';
import { readingFailure, ReadingStopped, untilAborted } from './reading.ts';

export interface ReportPorts {
  read(): PromiseLike<Uint8Array>;
  post(message: ReportMessage): void;
  openJson(): void;
  openPdf(): void;
  /** Asks with which other report to compare, and opens the comparison. */
  compare(): void;
  /** Offers the body as a file; `bytes` is what was read. */
  save(bytes: Uint8Array): void;
  /** Asks whether personal data is to be masked on the page, and gives the body so; undefined when the person turned away. */
  forPage(bytes: Uint8Array): Promise<{ bytes: Uint8Array; masked: boolean } | undefined>;
  /** The page could not be made of it. */
  pageFailed(): void;
  /** Shows in the explorer what an id of the body names. */
  follow(name: string, value: string): void;
  /** Offers a file that the view made: a picture, a table. */
  saveFile(name: string, bytes: Uint8Array): void;
  /** Names the tab, in words that come from the body. */
  title(text: string): void;
  /** BCP 47 tag for money and dates. */
  locale: string;
  /** Milliseconds after which a reading of a running report that failed is tried again. */
  followMs: number;
}

export class ReportSession {
  readonly #ports: ReportPorts;
  #reading: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #bytes: Uint8Array | undefined;
  #whenRead: ((bytes: Uint8Array) => void) | undefined;
  #status: ReportStatus = 'unknown';
  #visible = true;
  #ready = false;
  #failed = false;

  constructor(ports: ReportPorts) {
    this.#ports = ports;
  }

  /** Takes a message of the view; anything that is none is ignored. */
  receive(value: unknown): void {
    const request = readReportRequest(value);
    if (!request) return;
    switch (request.type) {
      case 'ready':
        this.#ready = true;
        return this.#bytes && this.#status !== 'inProgress' ? this.#show(this.#bytes) : void this.#load();
      case 'reload': return void this.#load();
      case 'cancel': return this.#reading?.abort();
      case 'openJson': return this.#ports.openJson();
      case 'openPdf': return this.#ports.openPdf();
      case 'compare': return this.#ports.compare();
      case 'openEach': return undefined; // a comparison's alone
      case 'save': return this.#withBytes((bytes) => this.#ports.save(bytes));
      case 'savePage': return this.#withBytes((bytes) => void this.#makePage(bytes));
      case 'pageFailed': return this.#ports.pageFailed();
      case 'follow': return this.#ports.follow(request.name, request.value);
      case 'saveFile': return this.#ports.saveFile(request.name, request.bytes);
      case 'status':
        this.#status = request.status;
        if (request.title !== undefined) this.#ports.title(request.title);
        return this.#tryAgain();
    }
  }

  /** The document changed at its source. */
  changed(): void {
    this.#bytes = undefined;
    if (this.#ready && this.#visible) void this.#load();
  }

  setVisible(visible: boolean): void {
    this.#visible = visible;
    // A hidden view is taken down by the editor and says `ready` again when it is built anew.
    if (!visible) this.#ready = false;
    this.#tryAgain();
  }

  dispose(): void {
    this.#visible = false;
    const reading = this.#reading;
    this.#reading = undefined;
    reading?.abort();
    clearTimeout(this.#timer);
    this.#bytes = undefined;
  }

  async #load(): Promise<void> {
    this.#reading?.abort();
    const reading = this.#reading = new AbortController();
    clearTimeout(this.#timer);
    this.#ports.post({ type: 'loading' });
    try {
      const bytes = await untilAborted(this.#ports.read(), reading.signal);
      this.#bytes = bytes;
      this.#failed = false;
      this.#show(bytes);
      const act = this.#whenRead;
      this.#whenRead = undefined;
      act?.(bytes);
    } catch (error) {
      // A newer reading has taken over, or the tab is gone: nobody waits for this one.
      if (this.#reading !== reading) return;
      this.#whenRead = undefined;
      this.#ports.post(error instanceof ReadingStopped ? { type: 'stopped' } : { type: 'failed', text: readingFailure(error) });
      this.#failed = true;
      this.#tryAgain();
    }
  }

  #show(bytes: Uint8Array): void {
    this.#ports.post(bytes.byteLength > reportByteLimit
      ? { type: 'tooLarge', size: bytes.byteLength }
      : { type: 'report', bytes, locale: this.#ports.locale, accountTypes });
  }

  /** At once, or when the reading that is under way has ended well. */
  #withBytes(act: (bytes: Uint8Array) => void): void {
    if (this.#bytes) act(this.#bytes);
    else this.#whenRead = act;
  }

  async #makePage(bytes: Uint8Array): Promise<void> {
    const page = await this.#ports.forPage(bytes);
    if (page) this.#ports.post({ type: 'makePage', ...page, locale: this.#ports.locale, accountTypes });
  }

  #tryAgain(): void {
    clearTimeout(this.#timer);
    if (this.#failed && this.#status === 'inProgress' && this.#visible) this.#timer = setTimeout(() => void this.#load(), this.#ports.followMs);
  }
}
