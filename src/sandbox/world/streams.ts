// What a transaction generator is: a function of an account's plan that, day by day, says what happens on that day. A day's rows depend on
// the seed, the account and the days before it, never on what day it is now: so a later clock adds days and changes none.
// Amounts carry the wire's sign: into a deposit account is positive; on cards, lines and loans a charge is positive (it raises what is
// owed) and a payment negative; on investments money coming in is negative and a purchase positive.
import type { AccountEntity, SiblingAccount, TransactionEntity } from '../entities.ts';
import { seedRandom } from '../seedRandom.ts';
import type { SeedRandom } from '../seedRandom.ts';

export const DAY = 86_400;

/** What happens on a day, before it gets its id, dates and running balance. */
export interface Row {
  amount: number;
  description: string;
  memo?: string;
  type: string;
  category: string;
  payee: string;
  /** Card purchases take a day or two to post; until then the row is pending. */
  lag?: 1 | 2 | 3;
  /** The pending row goes and another id comes when it posts. */
  newIdOnPost?: boolean;
  /** A hold that the bank withdraws: pending for two days, then a shadow, never in the balance. */
  hold?: boolean;
  city?: string;
  state?: string;
  checkNum?: string;
  security?: TransactionEntity['security'];
  parts?: TransactionEntity['parts'];
}

/** A calendar day (UTC) taken apart. */
export interface Day {
  /** Days since 1970-01-01. */
  number: number;
  year: number;
  /** 1 to 12. */
  month: number;
  /** 1 to 31. */
  date: number;
  /** 0 is Sunday. */
  weekday: number;
  /** Months since year 0: a key for "once a month". */
  monthKey: number;
  lastOfMonth: boolean;
}

/** Rows of one day; `balance` is the account's after the day before. */
export type Generator = (day: Day, balance: number) => Row[];

export interface StreamContext {
  account: AccountEntity;
  seed: string;
  /** Where the account's owner lives. */
  city: string;
  state: string;
  payments: { of(account: Pick<SiblingAccount, 'id' | 'stream' | 'type'>, monthKey: number): number };
  /** Chance for one day of this account. */
  random(day: Day): SeedRandom;
}

/** By arithmetic (Hinnant's days-to-civil), since a ledger asks for thousands of days. */
export function dayOf(number: number): Day {
  const shifted = number + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const length = month === 2 ? (leap ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return { number, year, month, date, weekday: (number + 4) % 7, monthKey: year * 12 + month, lastOfMonth: date === length };
}

export const cents = (amount: number) => Math.round(amount * 100) / 100;
/** A plausible price between two bounds, nearer to the low one. */
export const price = (random: SeedRandom, low: number, high: number) => cents(low + (high - low) * random.next() * random.next());

/** Numbers that stay the same for the account's life: pay, rent, rates. */
export const fixed = (seed: string, accountId: string, what: string) => seedRandom(seed, what, accountId);
