// Where the reading of transactions stands: takes the host's messages of it, hands pages to the worker and says that they are taken. A change at
// the source is remembered whatever it comes in the middle of, and told once the reading has ended. Free of the DOM.
import type { LoadRange, TransactionsMessage, TransactionsRequest } from '../protocol/transactions.ts';
import type { TransactionReader } from './transactionReader.ts';

export interface ReadingProgress {
  state: 'loading' | 'loaded' | 'paused' | 'stopped' | 'failed';
  problem?: string | undefined;
  /** The list moved while it was read. */
  moved: boolean;
  /** Something changed at the source since this reading began. */
  changed: boolean;
  /** Nothing of this reading is here yet: what is shown is of one before. */
  awaited: boolean;
  /** In all, where the API says it. */
  found?: number | undefined;
  range?: LoadRange | undefined;
}

const messages = ['loading', 'page', 'loaded', 'paused', 'stopped', 'failed', 'changed'] as const;
export type ReadingMessage = Extract<TransactionsMessage, { type: (typeof messages)[number] }>;

export const isOfReading = (message: TransactionsMessage): message is ReadingMessage => messages.some((type) => type === message.type);

export class TransactionReading {
  readonly #reader: Pick<TransactionReader, 'ask'>;
  readonly #post: (message: TransactionsRequest) => void;
  readonly #told: (progress: ReadingProgress) => void;
  #progress: ReadingProgress = { state: 'loading', moved: false, changed: false, awaited: true };

  constructor(reader: Pick<TransactionReader, 'ask'>, post: (message: TransactionsRequest) => void, told: (progress: ReadingProgress) => void) {
    this.#reader = reader;
    this.#post = post;
    this.#told = told;
  }

  async take(message: ReadingMessage): Promise<void> {
    switch (message.type) {
      case 'loading': return this.#set({ state: 'loading', problem: undefined, range: message.range, ...(!message.goesOn && { changed: false, moved: false, awaited: true, found: undefined }) });
      case 'page': return this.#page(message);
      case 'changed': return this.#set({ changed: true });
      case 'failed': return this.#set({ state: 'failed', problem: message.text });
      case 'loaded': return this.#set({ state: 'loaded', moved: message.moved });
      // The host stops because this side could take no more: why, is what the person must know.
      case 'stopped': return this.#progress.state === 'failed' ? undefined : this.#set({ state: 'stopped' });
      case 'paused': return this.#set({ state: 'paused' });
    }
  }

  /** Ends the reading for a cause on this side. */
  fail(problem: string): void {
    this.#set({ state: 'failed', problem });
    this.#post({ type: 'stop' });
  }

  async #page({ seq, fresh, bytes, found }: Extract<ReadingMessage, { type: 'page' }>): Promise<void> {
    if (found !== undefined) this.#set({ found });
    try {
      const { problem } = await this.#reader.ask('page', { bytes, fresh, ...(found !== undefined && { found }) });
      this.#set({ awaited: false, ...(problem !== undefined && { problem }) });
      this.#post({ type: 'took', seq });
    } catch (error) {
      this.fail(error instanceof Error ? error.message : String(error));
    }
  }

  #set(change: Partial<ReadingProgress>): void {
    this.#progress = { ...this.#progress, ...change };
    this.#told(this.#progress);
  }
}
