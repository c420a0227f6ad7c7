// The host's side of a tab that compares two reports, free of vscode: reads both, hands them over in one message, reads again when one of
// them changed or the person asks. What the page does with a report's own buttons means the comparison here: JSON is the two as text.
import { accountTypes } from '../../api/words.ts';
import { readReportRequest, reportByteLimit, type ReportMessage } from '../protocol/report.ts';
import { readingFailure, ReadingStopped, untilAborted } from './reading.ts';

export interface ComparisonPorts {
  /** The bodies of the two, JSON. */
  read(): PromiseLike<readonly [Uint8Array, Uint8Array]>;
  post(message: ReportMessage): void;
  /** Shows the two in the editor's own comparison of texts. */
  openText(): void;
  /** Shows in the explorer what an id of the body names. */
  follow(name: string, value: string): void;
  /** Offers a file that the view made: a table. */
  saveFile(name: string, bytes: Uint8Array): void;
  title(text: string): void;
  /** BCP 47 tag for money and dates. */
  locale: string;
}

export class ComparisonSession {
  readonly #ports: ComparisonPorts;
  #reading: AbortController | undefined;
  #ready = false;

  constructor(ports: ComparisonPorts) {
    this.#ports = ports;
  }

  /** Takes a message of the view; anything that is none is ignored. */
  receive(value: unknown): void {
    const request = readReportRequest(value);
    switch (request?.type) {
      case 'ready':
        this.#ready = true;
        return void this.#load();
      case 'reload': return void this.#load();
      case 'cancel': return this.#reading?.abort();
      case 'openJson': return this.#ports.openText();
      case 'follow': return this.#ports.follow(request.name, request.value);
      case 'saveFile': return this.#ports.saveFile(request.name, request.bytes);
      case 'status': return request.title === undefined ? undefined : this.#ports.title(request.title);
      default: return undefined;
    }
  }

  /** One of the two changed at its source. */
  changed(): void {
    if (this.#ready) void this.#load();
  }

  setVisible(visible: boolean): void {
    // A hidden view is taken down by the editor and says `ready` again when it is built anew.
    if (!visible) this.#ready = false;
  }

  dispose(): void {
    this.#ready = false;
    const reading = this.#reading;
    this.#reading = undefined;
    reading?.abort();
  }

  async #load(): Promise<void> {
    this.#reading?.abort();
    const reading = this.#reading = new AbortController();
    this.#ports.post({ type: 'loading' });
    try {
      const bodies = await untilAborted(this.#ports.read(), reading.signal);
      const size = bodies[0].byteLength + bodies[1].byteLength;
      this.#ports.post(size > reportByteLimit
        ? { type: 'failed', text: `The two reports are ${megabytes(size)} MB together; up to ${megabytes(reportByteLimit)} MB are laid beside each other here. Open each by itself, or save both and compare the files.` }
        : { type: 'comparison', bodies, locale: this.#ports.locale, accountTypes });
    } catch (error) {
      // A newer reading has taken over, or the tab is gone: nobody waits for this one.
      if (this.#reading !== reading) return;
      this.#ports.post(error instanceof ReadingStopped ? { type: 'stopped' } : { type: 'failed', text: readingFailure(error) });
    }
  }
}

const megabytes = (bytes: number): number => Math.ceil(bytes / 1024 / 1024);
