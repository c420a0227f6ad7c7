// Joins the parts of the seeded world: people, their consumers and businesses, the institutions, and the money.
import { reportIds } from '../reports/ids.ts';
import { createConsumers } from './consumers.ts';
import { idSeries } from './ids.ts';
import { institutions } from './institutions.ts';
import type { Money } from './money.ts';
import { createPeople } from './people.ts';
import { SLOTS } from './profiles.ts';
import type { World } from './world.ts';

/** Accounts that one sign-in has room for in the series of account ids. */
const ACCOUNTS_A_LOGIN = 20;

export interface WorldOptions {
  seed: string;
  /** How many customers the seed holds; the first n are the same in a larger world. */
  customers: number;
  money: Money;
}

export function createWorld({ seed, customers, money }: WorldOptions): World {
  const people = createPeople(seed, customers);
  const records = createConsumers(seed);
  const reports = reportIds(seed);
  const [logins, accounts] = [idSeries(seed, 'login', 1), idSeries(seed, 'account', 8)];
  const indexOfRecord: World['indexOfRecord'] = (kind, id) => {
    const index = kind === 'logins' ? Math.floor(logins.indexOf(id) / SLOTS)
      : kind === 'accounts' ? Math.floor(accounts.indexOf(id) / (SLOTS * ACCOUNTS_A_LOGIN))
        : people.indexOf(reports.customerOfReport(id) ?? '');
    return index < customers ? index : -1;
  };
  const withinSize = (indexOf: (id: string) => number) => (id: string) => {
    const index = indexOf(id);
    return index < customers ? index : -1;
  };
  return {
    seed,
    institutions: institutions(),
    customerCount: customers,
    customerAt: people.customerAt,
    typeAt: people.typeAt,
    indexOf: people.indexOf,
    indexOfUsername: people.indexOfUsername,
    indexOfConsumer: withinSize(records.indexOfConsumer),
    indexOfBusiness: withinSize(records.indexOfBusiness),
    indexOfRecord,
    consumerOf: (customer) => records.consumerOf(customer, people.indexOf(customer.id)),
    businessOf: (customer) => records.businessOf(customer, people.indexOf(customer.id)),
    ...money,
  };
}
