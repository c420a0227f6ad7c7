// The seeded world: a pure function of seed, size and day. The same seed gives the same people, banks and money on every machine;
// a later day adds days and changes none that were there.
import type { AccountEntity, BusinessEntity, ConsumerEntity, CustomerEntity, LoginEntity, PersonaId, ReportEntity, TransactionEntity } from '../entities.ts';
import type { Holdings } from './holdings.ts';

export interface InstitutionEntity {
  id: number;
  name: string;
  /** E.g. "Banking", "Credit Union", "Investments", "Payroll". */
  accountTypeDescription: string;
  /** Certified products: transAgg, ach, stateAgg, voi, voa, aha, availBalance, accountOwner, studentLoanData … */
  products: readonly string[];
  status: string;
  country: string;
  currency: string;
  language: string;
  phone: string;
  urlHomeApp: string;
  urlLogonApp: string;
  email: string;
  address: { city: string; state: string; country: string; postalCode: string; addressLine1: string };
  oauthEnabled: boolean;
  oauthInstitutionId?: number;
  newInstitutionId?: number;
  rssd?: string;
  routingNumbers: readonly string[];
  branding?: { primaryColor: string };
  /** FinBank test institutions can be signed in to by anyone. */
  test: boolean;
}

export interface World {
  readonly seed: string;
  readonly institutions: readonly InstitutionEntity[];
  /** How many customers the seed holds. */
  readonly customerCount: number;
  /** The seeded customer at an index from 0; cheap enough for scanning. */
  customerAt(index: number): CustomerEntity;
  /** Its type alone, at a fraction of the cost. */
  typeAt(index: number): CustomerEntity['type'];
  /** The index of a seeded customer's id, or -1. */
  indexOf(customerId: string): number;
  /** The index of a seeded username, or -1. */
  indexOfUsername(username: string): number;
  /** The index of the seeded customer that a consumer's or business's id was made for, or -1; the record itself may still be another. */
  indexOfConsumer(consumerId: string): number;
  indexOfBusiness(businessId: string): number;
  /** The same for a sign-in's, an account's and a report's id. */
  indexOfRecord(kind: 'logins' | 'accounts' | 'reports', id: string): number;
  loginsOf(customer: CustomerEntity): LoginEntity[];
  /** The accounts that a sign-in brings: deterministic by seed, login id, institution and profile. `fresh` ones have no aggregation yet. */
  accountsOf(login: LoginEntity, customer: { persona: PersonaId }, options: { fresh: boolean; now: number }): AccountEntity[];
  consumerOf(customer: CustomerEntity): ConsumerEntity | undefined;
  businessOf(customer: CustomerEntity): BusinessEntity | undefined;
  /** Finished, failed and one or two running reports of a seeded customer. `now` is the day the world was made. */
  reportsOf(customer: CustomerEntity, consumer: ConsumerEntity | undefined, accounts: AccountEntity[], now: number): ReportEntity[];
  /** Every transaction of an account between two moments (inclusive, epoch seconds), oldest first, running balance filled in, none after `now`. */
  transactions(account: AccountEntity, from: number, to: number, now: number): TransactionEntity[];
  /** Balance at a moment: opening balance plus everything until then, in the account's currency. */
  balanceAt(account: AccountEntity, moment: number): number;
  /** What an investment account holds at a moment, and what it is worth; its balance is that worth. */
  holdings(account: AccountEntity, moment: number): Holdings;
}
