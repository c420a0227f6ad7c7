// Ids that an answer named and the API lists nowhere: stored files, portfolios, payment requests, refreshes, reports of the older analytics.
// Remembered, so that the next request can offer them. Kept are the id, its kind, whose it is, and a word or a date of the API's own that
// tells it from others; never what a person wrote.
import { customerOf, Notebook, type Follower, type Memory, type Note } from './notebook.ts';
import { record, records, text, type Wire } from './wire.ts';

export type AnsweredKind = 'asset' | 'portfolio' | 'paymentIndicator' | 'transactionRefresh' | 'legacyReport';

export interface AnsweredId extends Note {
  kind: AnsweredKind;
  accountId?: string;
  words?: string;
}

interface Found {
  id: string | undefined;
  words?: string;
}

interface Rule {
  kind: AnsweredKind;
  from(body: unknown, input: Wire): readonly Found[];
}

const idAt = (kind: AnsweredKind, name: string): Rule => ({ kind, from: (body) => [{ id: text(record(body)[name]) }] });
const legacy = idAt('legacyReport', 'reportId');
/** A label of the API's own vocabulary is one word; what else a person may have written is left out. */
const label = (value: unknown): string => { const word = text(value); return word !== undefined && /^[A-Za-z0-9]{1,40}$/.test(word) ? `: ${word}` : ''; };
const date = (value: unknown): string => { const day = text(value); return day !== undefined && /^[\d\-/T:.Z ]{6,30}$/.test(day) ? ` of ${day}` : ''; };

const rules: Readonly<Record<string, Rule>> = {
  StoreCustomerPayStatement: { kind: 'asset', from: (body, input) => [{ id: text(record(body).assetId), words: `Pay statement${label(record(input.body).label)}` }] },
  GetCustomerAccountMultipleStatement: { kind: 'asset', from: (body) => records(body, 'statements').map((data) => ({ id: text(data.id), words: `Bank statement${date(data.documentDate)}` })) },
  GenerateFcraPaymentSuccessIndicators: idAt('paymentIndicator', 'payRequestId'), GeneratePaymentSuccessIndicators: idAt('paymentIndicator', 'payRequestId'),
  refreshTransactions: idAt('transactionRefresh', 'refreshId'),
  GenerateBalanceAnalytics: legacy, GenerateBalanceAnalyticsFcra: legacy, GenerateCashFlowAnalytics: legacy, GenerateCashFlowAnalyticsFcra: legacy,
  GeneratePaymentHistory: legacy, GeneratePaymentHistoryFcra: legacy,
};
/** Whatever a report is made by, its answer names the portfolio that it joins. */
const portfolio: Rule = idAt('portfolio', 'portfolioId');

/** Whether an operation answers such ids even though it may only read. */
export const answersUnlistedIds = (operationId: string): boolean => Object.hasOwn(rules, operationId);

export class AnsweredIdBook implements Follower {
  readonly #notes: Notebook<AnsweredId>;
  readonly #now: () => number;

  constructor(memory: Memory, now: () => number = Date.now) {
    this.#notes = new Notebook(memory, 'answeredIds', ({ kind }) => typeof kind === 'string');
    this.#now = now;
  }

  /** Newest first. */
  of(connectionId: string): AnsweredId[] {
    return this.#notes.all(connectionId).reverse();
  }

  async afterOperation(connectionId: string, operationId: string, input: Wire, body: unknown): Promise<void> {
    const { kind, from } = (Object.hasOwn(rules, operationId) ? rules[operationId] : undefined) ?? portfolio;
    const customerId = customerOf(input) ?? customerOf(record(input.body)) ?? customerOf(record(body)) ?? '';
    const accountId = text(input.accountId);
    await this.#notes.note(connectionId, from(body, input).flatMap(({ id, words }): AnsweredId[] =>
      (id === undefined ? [] : [{ id, kind, customerId, notedAt: this.#now(), ...(accountId !== undefined && { accountId }), ...(words !== undefined && { words }) }])));
  }

  forgetCustomer(connectionId: string, customerId: string): Promise<void> {
    return this.#notes.forget(connectionId, (known) => known.customerId === customerId);
  }

  forgetConnection(connectionId: string): Promise<void> {
    return this.#notes.forgetConnection(connectionId);
  }
}
