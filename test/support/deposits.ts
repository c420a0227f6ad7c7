// Deposit accounts for the payment families' cases: a fresh healthy one, or a seeded one in the wanted state.
import type { Client } from '../../src/client/types.ts';
import type { TestSandbox } from './sandbox.ts';
import { accountOf, customerWith, enroll, link } from './people.ts';
import type { Account } from './people.ts';

/** A type, not an interface: those do not fit records. */
export type At = { customerId: string; accountId: string };

/** So many seeded customers hold an account in every state. */
export const CROWD = { customers: 100 };

export const addressOf = (account: Account): At => ({ customerId: account.customerId, accountId: account.id });

/** All accounts of a new customer's sign-in, refreshed once. `firstName` and the rest are the customer's own. */
export async function linked(client: Client, password = 'profile_03', who?: { firstName?: string; lastName?: string }): Promise<Account[]> {
  return link(client, await enroll(client, who), password);
}

export async function linkedOne(client: Client, type: string, password?: string): Promise<At> {
  return addressOf(accountOf(await linked(client, password), type));
}

/** A seeded account whose last refresh ended with this code. */
export async function withCode(client: Client, code: number, type = 'checking'): Promise<Account> {
  const fits = (account: Account) => account.type === type && account.aggregationStatusCode === code && account.status === 'active';
  const { accounts } = await customerWith(client, (all) => all.some(fits));
  return accounts.find(fits) as Account;
}

export async function pending(client: Client, type = 'savings'): Promise<Account> {
  const fits = (account: Account) => account.type === type && account.status === 'pending';
  const { accounts } = await customerWith(client, (all) => all.some(fits));
  return accounts.find(fits) as Account;
}

/** Moves the sandbox's clock out of the hours in which it aggregates by itself, and up to three before: a balance that is fetched then stays the newest. */
export async function pastTheNight({ control }: Pick<TestSandbox, 'control'>): Promise<void> {
  const { now } = await control.health();
  const ofDay = now % 86_400;
  if (ofDay > 3600 && ofDay < 6 * 3600) await control.clock({ advance: 6 * 3600 - ofDay + 1 });
}
