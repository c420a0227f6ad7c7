// Third parties that were given access from here. The API lists none and reads none back. Kept is what a person needs to tell them apart and
// to take the access away again: the receipt's id, whose data, for whom, which products and until when. The receipt's signature and the
// person's provenance (address, cookie) are not.
import { Notebook, type Follower, type Memory, type Note } from './notebook.ts';
import { moment, record, records, text, type Wire } from './wire.ts';

export interface KnownGrant extends Note {
  thirdPartyPartnerId?: string;
  /** As the API names them, each once. */
  products: string[];
  /** How many accounts they reach. */
  accounts: number;
  /** The last moment of the longest period, epoch milliseconds. */
  until?: number;
}

const operations: ReadonlySet<string> = new Set(['GenerateThirdPartyAccessKey', 'UpdateThirdPartyAccessKey']);

export class GrantBook implements Follower {
  readonly #notes: Notebook<KnownGrant>;
  readonly #now: () => number;

  constructor(memory: Memory, now: () => number = Date.now) {
    this.#notes = new Notebook(memory, 'thirdPartyAccess', ({ products }) => Array.isArray(products));
    this.#now = now;
  }

  /** Newest first. */
  of(connectionId: string): KnownGrant[] {
    return this.#notes.all(connectionId).reverse();
  }

  async afterOperation(connectionId: string, operationId: string, input: Wire, body: unknown): Promise<void> {
    if (operationId === 'RevokeThirdPartyAccessKey') await this.#notes.forget(connectionId, ({ id }) => id === text(input.consentReceiptId));
    if (!operations.has(operationId)) return;
    const id = text(record(record(records(body, 'data')[0]).receipt).receiptId) ?? text(input.consentReceiptId);
    if (id !== undefined) await this.#notes.note(connectionId, [this.#grant(id, record(input.body))]);
  }

  /** From what was asked for: the receipt has pseudonyms in the place of ids. */
  #grant(id: string, asked: Wire): KnownGrant {
    const products = records(asked, 'products');
    const ends = products.map(({ accessPeriod }) => moment(record(accessPeriod).endTime)).filter((end) => end !== undefined);
    return {
      id, customerId: text(asked.customerId) ?? '', thirdPartyPartnerId: text(asked.thirdPartyPartnerId),
      products: distinct(products.map(({ product }) => text(product))), accounts: distinct(products.map(({ accountId }) => text(accountId))).length,
      ...(ends.length > 0 && { until: Math.max(...ends) }), notedAt: this.#now(),
    };
  }

  forgetCustomer(connectionId: string, customerId: string): Promise<void> {
    return this.#notes.forget(connectionId, (known) => known.customerId === customerId);
  }

  forgetConnection(connectionId: string): Promise<void> {
    return this.#notes.forgetConnection(connectionId);
  }
}

const distinct = (values: readonly (string | undefined)[]): string[] => [...new Set(values.filter((value) => value !== undefined))];
