// The money of the seeded world: sign-ins, accounts, transactions, balances and reports, all pure functions of the seed and a day.
import { createAccounts } from './accounts.ts';
import { createSeededReports } from './seededReports.ts';
import { createLedgers } from './transactions.ts';
import type { World } from './world.ts';

export type Money = Pick<World, 'loginsOf' | 'accountsOf' | 'reportsOf' | 'transactions' | 'balanceAt' | 'holdings'>;

export function createMoney(seed: string): Money {
  const { loginsOf, accountsOf } = createAccounts(seed);
  const { reportsOf } = createSeededReports(seed);
  const { transactions, balanceAt, holdings } = createLedgers(seed);
  return { loginsOf, accountsOf, reportsOf, transactions, balanceAt, holdings };
}
