// Micro-deposits sent from here. The API reads one by its id and lists none. Only the ids are kept; numbers of the receiving account are not.
import { Notebook, type Follower, type Memory, type Note } from './notebook.ts';
import { record, text, type Wire } from './wire.ts';

export class MicroDepositBook implements Follower {
  readonly #notes: Notebook<Note>;
  readonly #now: () => number;

  constructor(memory: Memory, now: () => number = Date.now) {
    this.#notes = new Notebook(memory, 'microDeposits');
    this.#now = now;
  }

  all(connectionId: string): Note[] {
    return this.#notes.all(connectionId);
  }

  /** Newest first. */
  of(connectionId: string, customerId: string): Note[] {
    return this.#notes.all(connectionId).filter((known) => known.customerId === customerId).reverse();
  }

  async afterOperation(connectionId: string, operationId: string, input: Wire, body: unknown): Promise<void> {
    const id = text(record(body).accountId);
    if (operationId !== 'InitiateMicroAmountDeposits' || id === undefined) return;
    await this.#notes.note(connectionId, [{ id, customerId: text(input.customerId) ?? '', notedAt: this.#now() }]);
  }

  /** After the API said that it knows no such deposits. */
  forget(connectionId: string, id: string): Promise<void> {
    return this.#notes.forget(connectionId, (known) => known.id === id);
  }

  forgetCustomer(connectionId: string, customerId: string): Promise<void> {
    return this.#notes.forget(connectionId, (known) => known.customerId === customerId);
  }

  forgetConnection(connectionId: string): Promise<void> {
    return this.#notes.forgetConnection(connectionId);
  }
}
