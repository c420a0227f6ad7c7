// The page's part of an export: asks the worker for a piece when the host has written the last, and hands it on unread.
import type { TransactionsMessage, TransactionsRequest } from '../protocol/transactions.ts';
import type { ExportWish } from './transactionMessages.ts';
import type { TransactionReader } from './transactionReader.ts';

export interface SavingState {
  rows: number;
  total: number;
}

export class TransactionSaving {
  readonly #reader: Pick<TransactionReader, 'ask'>;
  readonly #post: (message: TransactionsRequest) => void;
  /** Told of each step; undefined when nothing is being saved any more, with the words for it. */
  readonly #told: (state: SavingState | undefined, words?: string) => void;
  #id = 0;
  #total = 0;
  #running = false;
  #done = false;

  constructor(reader: Pick<TransactionReader, 'ask'>, post: (message: TransactionsRequest) => void, told: (state: SavingState | undefined, words?: string) => void) {
    this.#reader = reader;
    this.#post = post;
    this.#told = told;
  }

  async begin(wish: ExportWish): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    this.#done = false;
    const id = ++this.#id;
    const begun = await this.#reader.ask('exportBegin', wish).catch((error: unknown) => error instanceof Error ? error : new Error(String(error)));
    if (begun instanceof Error) {
      this.#running = false;
      return this.#told(undefined, `Not exported: ${begun.message}`);
    }
    const { rows } = begun;
    this.#total = rows;
    this.#told({ rows: 0, total: rows });
    this.#post({ type: 'exportBegin', id, format: wish.format, total: rows });
  }

  stop(): void {
    if (this.#running) this.#post({ type: 'exportStop', id: this.#id });
  }

  /** Takes what the host says of exports. */
  async take(message: Extract<TransactionsMessage, { type: 'exportNext' | 'exportEnded' }>): Promise<void> {
    if (message.id !== this.#id || !this.#running) return;
    if (message.type === 'exportEnded') return this.#end(message);
    if (this.#done) return this.#post({ type: 'exportEnd', id: message.id });
    try {
      const { bytes, rows, done } = await this.#reader.ask('exportNext', {});
      this.#done = done;
      this.#told({ rows, total: this.#total });
      this.#post({ type: 'exportChunk', id: message.id, bytes, rows });
    } catch {
      this.stop();
    }
  }

  #end({ done, problem }: Extract<TransactionsMessage, { type: 'exportEnded' }>): void {
    this.#running = false;
    void this.#reader.ask('exportEnd', {});
    this.#told(undefined, done !== undefined ? `Exported to ${done}.` : problem ?? 'Not exported.');
  }
}
