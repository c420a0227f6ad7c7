// Sums of transactions, by currency and never across: in and out as the account's holder sees them, so that a purchase by card is money out
// although the wire writes it positive. Shadow rows are gone at the bank: they are counted and not summed.
import { round } from './format.ts';
import type { TransactionStore } from './transactionStore.ts';

export interface Sum {
  /** ISO 4217; empty when the account names none. */
  currency: string;
  /** Rows that are summed. */
  count: number;
  /** Both positive, major units. */
  in: number;
  out: number;
}

export interface Totals {
  /** All rows, shadow ones and those without an amount too. */
  rows: number;
  pending: number;
  /** Not in the sums. */
  shadow: number;
  /** Rows of accounts whose sign was turned round for in and out. */
  turned: number;
  /** Rows of accounts whose type could not be learned: whether their sign is the other way round is not known. */
  untyped: number;
  sums: readonly Sum[];
}

const pending = 1;
const shadow = 2;

/** Takes rows as they come; may be read at any time. */
export class Adder {
  readonly #store: TransactionStore;
  #rows = 0;
  #pending = 0;
  #shadow = 0;
  #turned = 0;
  #untyped = 0;
  /** By account; a currency has several. */
  readonly #in: number[] = [];
  readonly #out: number[] = [];
  readonly #count: number[] = [];

  constructor(store: TransactionStore) {
    this.#store = store;
  }

  add(row: number): void {
    const { stateOf, accountOf, accounts, amounts } = this.#store;
    this.#rows += 1;
    const state = stateOf[row]!;
    if (state === shadow) {
      this.#shadow += 1;
      return;
    }
    if (state === pending) this.#pending += 1;
    const account = accountOf[row]!;
    let amount = amounts[row]!;
    if (Number.isNaN(amount)) return;
    if (accounts[account]!.opposite) {
      this.#turned += 1;
      amount = -amount;
    }
    if (accounts[account]!.untyped) this.#untyped += 1;
    this.#count[account] = (this.#count[account] ?? 0) + 1;
    if (amount > 0) this.#in[account] = (this.#in[account] ?? 0) + amount;
    else this.#out[account] = (this.#out[account] ?? 0) - amount;
  }

  get totals(): Totals {
    const sums = new Map<string, Sum>();
    for (const [account, { currency }] of this.#store.accounts.entries()) {
      const count = this.#count[account];
      if (!count) continue;
      const sum = sums.get(currency) ?? { currency, count: 0, in: 0, out: 0 };
      sums.set(currency, { currency, count: sum.count + count, in: round(sum.in + (this.#in[account] ?? 0)), out: round(sum.out + (this.#out[account] ?? 0)) });
    }
    return { rows: this.#rows, pending: this.#pending, shadow: this.#shadow, turned: this.#turned, untyped: this.#untyped, sums: [...sums.values()].sort((a, b) => b.count - a.count || (a.currency < b.currency ? -1 : 1)) };
  }
}

export function totalsOf(store: TransactionStore, rows: Uint32Array, start = 0, end = rows.length): Totals {
  const adder = new Adder(store);
  for (let at = start; at < end; at++) adder.add(rows[at]!);
  return adder.totals;
}

/** How large a group is, to put the largest first. */
export const weight = ({ sums, rows }: Totals): number => (sums.length === 0 ? rows / 1e9 : sums.reduce((most, sum) => Math.max(most, sum.in + sum.out), 0));
