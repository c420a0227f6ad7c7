// Joins the parts of the seeded world: people, their consumers and businesses, the institutions, and the money.
import { createConsumers } from './consumers.ts';
import { institutions } from './institutions.ts';
import { createPeople } from './people.ts';
import type { World } from './world.ts';

export type MoneyWorld = Pick<World, 'loginsOf' | 'accountsOf' | 'reportsOf' | 'transactions' | 'balanceAt'>;

export interface WorldOptions {
  seed: string;
  /** How many customers the seed holds; the first n are the same in a larger world. */
  customers: number;
  money: MoneyWorld;
}

export function createWorld({ seed, customers, money }: WorldOptions): World {
  const people = createPeople(seed, customers);
  const records = createConsumers(seed);
  return {
    seed,
    institutions: institutions(),
    customerCount: customers,
    customerAt: people.customerAt,
    indexOf: people.indexOf,
    indexOfUsername: people.indexOfUsername,
    indexOfConsumer: records.indexOfConsumer,
    indexOfBusiness: records.indexOfBusiness,
    consumerOf: (customer) => records.consumerOf(customer, people.indexOf(customer.id)),
    businessOf: (customer) => records.businessOf(customer, people.indexOf(customer.id)),
    ...money,
  };
}

/** Until the money side is there. */
export const emptyMoney: MoneyWorld = { loginsOf: () => [], accountsOf: () => [], reportsOf: () => [], transactions: () => [], balanceAt: () => 0 };
