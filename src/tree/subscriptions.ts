// TxPUSH subscriptions made from here. The API lists none, so what it answered when they were made is all that can be shown later.
// Signing keys and callback addresses are secrets or may carry them: only id, type and date are kept.
import { record, records, text, type Wire } from './wire.ts';

/** The part of the editor's global state that is used. */
export interface Memory {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): PromiseLike<void>;
}

export interface KnownSubscription {
  id: string;
  customerId: string;
  accountId: string;
  /** `account` or `transaction`: what it tells of. */
  type?: string;
  /** Epoch milliseconds. */
  notedAt: number;
}

const keyOf = (connectionId: string): string => `openBanking.txpush.${connectionId}`;
/** More than anyone makes by hand; the oldest go first. */
const most = 500;

export class SubscriptionBook {
  readonly #memory: Memory;
  readonly #now: () => number;

  constructor(memory: Memory, now: () => number = Date.now) {
    this.#memory = memory;
    this.#now = now;
  }

  of(connectionId: string, accountId: string): KnownSubscription[] {
    return this.#all(connectionId).filter((known) => known.accountId === accountId);
  }

  /** Remembers what a successful operation made, and forgets what it ended. */
  async afterOperation(connectionId: string, operationId: string, input: Wire, body: unknown): Promise<void> {
    const customerId = text(input.customerId) ?? '';
    const accountId = text(input.accountId) ?? '';
    if (operationId === 'SubscribeToTxPushNotifications') await this.note(connectionId, customerId, accountId, Array.isArray(body) ? body : records(body, 'subscriptions'));
    if (operationId === 'DisableTxPushNotifications') await this.forget(connectionId, { accountId });
    if (operationId === 'DeleteTxPushSubscription') await this.forget(connectionId, { id: text(input.subscriptionId) });
  }

  async note(connectionId: string, customerId: string, accountId: string, answers: readonly unknown[]): Promise<void> {
    const made = answers.flatMap((answer): KnownSubscription[] => {
      const id = text(record(answer).id);
      return id === undefined ? [] : [{ id, customerId, accountId, type: text(record(answer).type), notedAt: this.#now() }];
    });
    const others = this.#all(connectionId).filter((known) => !made.some(({ id }) => id === known.id));
    await this.#memory.update(keyOf(connectionId), [...others, ...made].slice(-most));
  }

  /** After a subscription was deleted (by its id), or all of an account's. */
  async forget(connectionId: string, which: { id?: string; accountId?: string }): Promise<void> {
    const kept = this.#all(connectionId).filter(({ id, accountId }) => id !== which.id && accountId !== which.accountId);
    await this.#memory.update(keyOf(connectionId), kept);
  }

  /** With its connection, all that was noted of it goes. */
  async forgetConnection(connectionId: string): Promise<void> {
    await this.#memory.update(keyOf(connectionId), undefined);
  }

  #all(connectionId: string): KnownSubscription[] {
    const kept = this.#memory.get<KnownSubscription[]>(keyOf(connectionId));
    return Array.isArray(kept) ? kept.filter((known) => typeof known?.id === 'string' && typeof known.accountId === 'string') : [];
  }
}
