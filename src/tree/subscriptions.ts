// TxPUSH subscriptions made from here. The API lists none, so what it answered when they were made is all that can be shown later.
// Signing keys and callback addresses are secrets or may carry them: only id, type and date are kept.
import { Notebook, type Follower, type Memory, type Note } from './notebook.ts';
import { record, records, text, type Wire } from './wire.ts';

export interface KnownSubscription extends Note {
  accountId: string;
  /** `account` or `transaction`: what it tells of. */
  type?: string;
}

export class SubscriptionBook implements Follower {
  readonly #notes: Notebook<KnownSubscription>;
  readonly #now: () => number;

  constructor(memory: Memory, now: () => number = Date.now) {
    this.#notes = new Notebook(memory, 'txpush', ({ accountId }) => typeof accountId === 'string');
    this.#now = now;
  }

  all(connectionId: string): KnownSubscription[] {
    return this.#notes.all(connectionId);
  }

  of(connectionId: string, accountId: string): KnownSubscription[] {
    return this.#notes.all(connectionId).filter((known) => known.accountId === accountId);
  }

  ofCustomer(connectionId: string, customerId: string): KnownSubscription[] {
    return this.#notes.all(connectionId).filter((known) => known.customerId === customerId);
  }

  async afterOperation(connectionId: string, operationId: string, input: Wire, body: unknown): Promise<void> {
    const customerId = text(input.customerId) ?? '';
    const accountId = text(input.accountId) ?? '';
    if (operationId === 'SubscribeToTxPushNotifications') await this.#note(connectionId, customerId, accountId, Array.isArray(body) ? body : records(body, 'subscriptions'));
    if (operationId === 'DisableTxPushNotifications') await this.#notes.forget(connectionId, (known) => known.accountId === accountId);
    if (operationId === 'DeleteTxPushSubscription') await this.#notes.forget(connectionId, ({ id }) => id === text(input.subscriptionId));
  }

  async #note(connectionId: string, customerId: string, accountId: string, answers: readonly unknown[]): Promise<void> {
    await this.#notes.note(connectionId, answers.flatMap((answer): KnownSubscription[] => {
      const id = text(record(answer).id);
      return id === undefined ? [] : [{ id, customerId, accountId, type: text(record(answer).type), notedAt: this.#now() }];
    }));
  }

  forgetCustomer(connectionId: string, customerId: string): Promise<void> {
    return this.#notes.forget(connectionId, (known) => known.customerId === customerId);
  }

  forgetConnection(connectionId: string): Promise<void> {
    return this.#notes.forgetConnection(connectionId);
  }
}
