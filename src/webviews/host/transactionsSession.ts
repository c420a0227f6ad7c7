// The host's side of one tab of transactions, free of vscode: reads page after page and hands each over; the next is asked for when the view
// has taken the last, so that neither memory nor the API is flooded. What is loaded stays, whatever happens: a page that fails is read again
// from its own beginning. There is no cursor: a row that arrives meanwhile moves the rest by one, so rows of the page before are not taken twice.
import {
  readTransactionsRequest, type LoadRange, type RecurringStream, type TransactionsMessage, type TransactionsRequest,
} from '../protocol/transactions.ts';
import { rangeAgain } from './transactionsRange.ts';

export interface TransactionPage {
  items: readonly unknown[];
  /** In all, where the API says it. */
  found?: number;
  more: boolean;
}

/** What is known beside the transactions. */
export type About = Omit<Extract<TransactionsMessage, { type: 'about' }>, 'type'>;

export interface TransactionsPorts {
  /** The pages of a range from a record on, which counts from 1. */
  pages(range: LoadRange, start: number, signal: AbortSignal): AsyncIterable<TransactionPage>;
  /** What is known of the accounts and the customer; what cannot be had is left out. */
  about(signal: AbortSignal): Promise<About>;
  recurring(signal: AbortSignal): Promise<readonly RecurringStream[]>;
  post(message: TransactionsMessage): void;
  /** JSON as it is shown: masked while presentation mode is on. */
  shown(json: string): string;
  /** The words of an error, with what to do. */
  words(error: unknown): string;
  /** Shows an error that belongs to an action of the person. */
  failed(error: unknown): void;
  openJson(): void;
  /** A picture of a chart. */
  saveFile(name: string, bytes: Uint8Array): void;
  loadHistory(accountId?: string): void;
  addTest(accountId?: string): void;
  enrich(rows: readonly Readonly<Record<string, unknown>>[]): void;
  exports: { receive(request: Extract<TransactionsRequest, { id: number }>): void; cancel(): void; dispose(): void };
  /** The range of the document's own query at this moment; epoch seconds. */
  range(): LoadRange;
  /** Undefined for all of a customer's. */
  accountId?: string;
  /** BCP 47 tag. */
  locale: string;
}

/** Pages read before somebody has to ask for more: 100,000 rows. */
const pagesUnasked = 100;

interface Reading {
  controller: AbortController;
  range: LoadRange;
  /** Records that the API gave, those left out as doubles too. */
  received: number;
  found?: number;
  moved: boolean;
  /** The source changed since this began: told at the end, when it can be read anew. */
  changed: boolean;
  /** Keys of the rows of the page before. */
  before: ReadonlySet<string>;
  ended: boolean;
}

export class TransactionsSession {
  readonly #ports: TransactionsPorts;
  readonly #side = new AbortController();
  /** What the person chose, and the document's own range of that moment. */
  #chosen: { range: LoadRange; first: LoadRange } | undefined;
  #reading: Reading | undefined;
  #seq = 0;
  #taken: { seq: number; done(): void } | undefined;
  #about: About | undefined;
  #disposed = false;

  constructor(ports: TransactionsPorts) {
    this.#ports = ports;
  }

  /** Takes a message of the view; anything that is none is ignored. */
  receive(value: unknown): void {
    const request = readTransactionsRequest(value);
    if (!request || this.#disposed) return;
    switch (request.type) {
      case 'ready': return this.#begin();
      case 'took':
        if (this.#taken?.seq === request.seq) this.#taken.done();
        return;
      case 'load':
        this.#chosen = { range: request.range, first: this.#ports.range() };
        return void this.#load();
      case 'reload': return this.#reload();
      case 'goOn': return void this.#goOn();
      case 'stop': return this.#reading?.controller.abort();
      case 'recurring': return void this.#recurring();
      case 'saveFile': return this.#ports.saveFile(request.name, request.bytes);
      case 'openJson': return this.#ports.openJson();
      case 'loadHistory': case 'addTest': return this.#ports[request.type](request.accountId ?? this.#ports.accountId);
      case 'enrich': return this.#ports.enrich(request.rows);
      default: return this.#ports.exports.receive(request);
    }
  }

  /** The document changed at its source. Nothing is read unasked: it may be a hundred pages. */
  changed(): void {
    if (this.#reading?.ended) this.#post({ type: 'changed' });
    else if (this.#reading) this.#reading.changed = true;
  }

  /** The page is taken down and built anew, since nothing that it shows may stay: what is read for it ends, and its `ready` begins again. */
  forget(): void {
    this.#about = undefined;
    const reading = this.#reading;
    this.#reading = undefined;
    reading?.controller.abort();
    this.#taken?.done();
    this.#ports.exports.cancel();
  }

  dispose(): void {
    this.#disposed = true;
    this.#side.abort();
    this.#reading?.controller.abort();
    this.#taken?.done();
    this.#ports.exports.dispose();
  }

  #begin(): void {
    const { locale, accountId } = this.#ports;
    this.#ports.post({ type: 'begin', locale, range: this.#range, ...(accountId !== undefined && { accountId }) });
    if (this.#about) this.#post({ type: 'about', ...this.#about });
    else void this.#readAbout();
    void this.#load();
  }

  /** What a reading that begins now takes. */
  get #range(): LoadRange {
    const now = this.#ports.range();
    return this.#chosen ? rangeAgain(this.#chosen.range, this.#chosen.first, now) : now;
  }

  #reload(): void {
    void this.#readAbout();
    void this.#load();
  }

  async #readAbout(): Promise<void> {
    try {
      const { accounts, customer = this.#about?.customer, testing } = await this.#ports.about(this.#side.signal);
      // What was known stays when it cannot be had now: rows of a card must not change their sign because a call failed.
      const known = new Map([...this.#about?.accounts ?? [], ...accounts].map((facts) => [facts.id, facts]));
      this.#about = { accounts: [...known.values()], ...(customer !== undefined && { customer }), testing: testing || this.#about?.testing === true };
      this.#post({ type: 'about', ...this.#about });
    } catch {
      // The rows' own reading says what is wrong; without names the ids stand for them.
    }
  }

  async #recurring(): Promise<void> {
    try {
      this.#post({ type: 'recurring', streams: await this.#ports.recurring(this.#side.signal) });
    } catch (error) {
      this.#post({ type: 'recurring', streams: undefined });
      if (!this.#disposed) this.#ports.failed(error);
    }
  }

  #load(): Promise<void> {
    return this.#read({ controller: new AbortController(), range: this.#range, received: 0, moved: false, changed: false, before: new Set(), ended: false });
  }

  /** Reads on behind what is loaded: after a failure, a stop, or because somebody wants all of it. */
  #goOn(): Promise<void> {
    const last = this.#reading;
    if (!last) return this.#load();
    return last.ended ? this.#read({ ...last, controller: new AbortController(), ended: false }) : Promise.resolve();
  }

  async #read(reading: Reading): Promise<void> {
    const before = this.#reading;
    this.#reading = reading;
    before?.controller.abort();
    this.#taken?.done();
    const { signal } = reading.controller;
    const goesOn = reading.received > 0;
    this.#post({ type: 'loading', range: reading.range, goesOn });
    try {
      this.#end(reading, await this.#readPages(reading, signal, goesOn ? Infinity : pagesUnasked));
    } catch (error) {
      this.#end(reading, signal.aborted ? { type: 'stopped' } : { type: 'failed', text: this.#ports.words(error) });
    }
  }

  async #readPages(reading: Reading, signal: AbortSignal, most: number): Promise<TransactionsMessage> {
    let count = 0;
    for await (const { items, found, more } of this.#ports.pages(reading.range, reading.received + 1, signal)) {
      signal.throwIfAborted();
      if (found !== undefined) {
        if (reading.found !== undefined && reading.found !== found) reading.moved = true;
        reading.found = found;
      }
      const fresh = reading.received === 0 && count === 0;
      const rows = items.filter((row) => !reading.before.has(keyOf(row)));
      if (rows.length < items.length) reading.moved = true;
      await this.#hand(rows, fresh, found);
      // Counted once the view has it: until then a new try asks for this page again.
      reading.received += items.length;
      reading.before = new Set(items.map(keyOf).filter((key) => key !== ''));
      count += 1;
      signal.throwIfAborted();
      if (more && count >= most) return { type: 'paused' };
    }
    if (count === 0 && reading.received === 0) await this.#hand([], true, undefined);
    return { type: 'loaded', moved: reading.moved };
  }

  /** Gives a page to the view and waits until it is taken: also when the reading is stopped meanwhile, since the view has it all the same. */
  async #hand(rows: readonly unknown[], fresh: boolean, found: number | undefined): Promise<void> {
    const seq = ++this.#seq;
    const bytes = new TextEncoder().encode(this.#ports.shown(JSON.stringify(rows)));
    await new Promise<void>((done) => {
      this.#taken = { seq, done };
      this.#ports.post({ type: 'page', seq, fresh, bytes, ...(found !== undefined && { found }) });
    });
  }

  #end(reading: Reading, message: TransactionsMessage): void {
    reading.ended = true;
    // A newer reading has taken over: nobody waits for this one.
    if (this.#reading !== reading) return;
    this.#post(message);
    if (reading.changed) this.#post({ type: 'changed' });
  }

  #post(message: TransactionsMessage): void {
    if (!this.#disposed) this.#ports.post(message);
  }
}

/** What makes a row the same as another: ids of different accounts may be equal. Empty where it has none. */
function keyOf(row: unknown): string {
  if (typeof row !== 'object' || row === null || !('id' in row)) return '';
  const { id, accountId } = row as { id: unknown; accountId?: unknown };
  return typeof id === 'number' || typeof id === 'string' ? `${String(accountId)}-${id}` : '';
}
