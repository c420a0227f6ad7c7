// The host's side of a tab that compares two reports, free of vscode: reads both, hands them over in one message, reads again when one of
// them changed or the person asks. What the page does with a report's own buttons means the comparison here: JSON is the two as text.
// Rule: what goes wrong with one of the two is told of that one, by its id.
import { accountTypes } from '../../api/words.ts';
import { readReportRequest, reportByteLimit, type ReportMessage } from '../protocol/report.ts';
import { readingFailure, ReadingStopped, untilAborted } from './reading.ts';

export interface ComparedReport {
  id: string;
  /** The body, JSON. */
  read(): PromiseLike<Uint8Array>;
}

export interface ComparisonPorts {
  /** Undefined where the tab's address names no two reports. */
  reports: readonly [ComparedReport, ComparedReport] | undefined;
  post(message: ReportMessage): void;
  /** Shows the two in the editor's own comparison of texts. */
  openText(): void;
  /** Opens each of the two in a tab of its own. */
  openEach(): void;
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
      case 'openEach': return this.#ports.openEach();
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
    this.#ports.post({ type: 'loading', comparing: true });
    try {
      this.#ports.post(await untilAborted(this.#read(), reading.signal));
    } catch (error) {
      // A newer reading has taken over, or the tab is gone: nobody waits for this one.
      if (this.#reading !== reading) return;
      this.#ports.post(error instanceof ReadingStopped ? { type: 'stopped' } : { type: 'failed', text: readingFailure(error) });
    }
  }

  async #read(): Promise<ReportMessage> {
    const { reports, locale } = this.#ports;
    if (!reports) return { type: 'failed', text: 'This address names no two reports of a customer.' };
    const [one, other] = reports;
    const [first, second] = await Promise.allSettled([one.read(), other.read()]);
    if (first.status === 'rejected' || second.status === 'rejected')
      return { type: 'failed', text: told(reports, [first, second].map((read) => (read.status === 'rejected' ? readingFailure(read.reason) : undefined))) };
    const bodies = [first.value, second.value] as const;
    const large = bodies.map(({ byteLength }) => (byteLength > reportByteLimit ? `it is ${megabytes(byteLength)} MB large; up to ${megabytes(reportByteLimit)} MB each are compared here.` : undefined));
    return large.some(Boolean) ? { type: 'notCompared', text: told(reports, large) } : { type: 'comparison', bodies, names: [one.id, other.id], locale, accountTypes };
  }
}

/** What is said of one of the two, or of both, each by its id. */
const told = (reports: readonly [ComparedReport, ComparedReport], words: readonly (string | undefined)[]): string =>
  reports.flatMap(({ id }, index) => (words[index] === undefined ? [] : [`Report ${id}: ${words[index]}`])).join(' ');

const megabytes = (bytes: number): number => Math.ceil(bytes / 1024 / 1024);
