// What was made from this editor and the API cannot list: a short list per connection in the editor's global state. Rules: never a secret
// and nothing that may carry one (keys, signatures, callback addresses, account numbers), only ids, kinds and dates; a damaged memory is
// taken for an empty one. Each kind of note says in its own file what it keeps.
import { text, type Wire } from './wire.ts';

/** The part of the editor's global state that is used. */
export interface Memory {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): PromiseLike<void>;
}

export interface Note {
  id: string;
  customerId: string;
  /** Epoch milliseconds. */
  notedAt: number;
}

/** Follows what is run by hand. */
export interface Follower {
  /** Remembers what a successful operation made, and forgets what it ended. `body` is the answer's. */
  afterOperation(connectionId: string, operationId: string, input: Wire, body: unknown): Promise<void>;
  forgetCustomer(connectionId: string, customerId: string): Promise<void>;
  forgetConnection(connectionId: string): Promise<void>;
}

/** More than anyone makes by hand; the oldest go first. */
const most = 500;

export class Notebook<N extends Note> {
  readonly #memory: Memory;
  readonly #kind: string;
  readonly #isWhole: (note: Partial<N>) => boolean;

  constructor(memory: Memory, kind: string, isWhole: (note: Partial<N>) => boolean = () => true) {
    this.#memory = memory;
    this.#kind = kind;
    this.#isWhole = isWhole;
  }

  all(connectionId: string): N[] {
    const kept = this.#memory.get<N[]>(this.#key(connectionId));
    return Array.isArray(kept) ? kept.filter((note) => typeof note?.id === 'string' && typeof note.customerId === 'string' && this.#isWhole(note)) : [];
  }

  /** A note takes the place of an older one with its id. */
  async note(connectionId: string, made: readonly N[]): Promise<void> {
    if (made.length === 0) return;
    const others = this.all(connectionId).filter(({ id }) => !made.some((note) => note.id === id));
    await this.#memory.update(this.#key(connectionId), [...others, ...made].slice(-most));
  }

  async forget(connectionId: string, which: (note: N) => boolean): Promise<void> {
    const all = this.all(connectionId);
    const kept = all.filter((note) => !which(note));
    if (kept.length < all.length) await this.#memory.update(this.#key(connectionId), kept);
  }

  /** With its connection, all that was noted of it goes. */
  async forgetConnection(connectionId: string): Promise<void> {
    await this.#memory.update(this.#key(connectionId), undefined);
  }

  #key(connectionId: string): string {
    return `openBanking.${this.#kind}.${connectionId}`;
  }
}

/** The customer that a request was about, wherever the operation takes it. */
export const customerOf = (input: Wire): string | undefined => text(input.customerId) ?? text(input.customer_id);
