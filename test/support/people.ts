// People for the contract cases, made and found through the API alone, so that no case depends on an id of the seed.
import { randomUUID } from 'node:crypto';
import type { components } from '../../src/api/generated/types.d.ts';
import type { Client } from '../../src/client/types.ts';

type Schemas = components['schemas'];
export type Account = Schemas['CustomerAccount'];
export type Customer = Schemas['Customer'];

/** FinBank Profiles - A: the password picks the profile. */
export const PROFILES_BANK = 102105;
/** Plain FinBank, which has an OAuth twin. */
export const FINBANK = 101732;
export const UNKNOWN_CUSTOMER = '1000000001';
export const UNKNOWN_ACCOUNT = '1000000002';

export const username = () => `case-${randomUUID()}`;

export async function enroll(client: Client, more: { firstName?: string; lastName?: string } = { firstName: 'Noor', lastName: 'Haddad' }): Promise<string> {
  return (await client.call('AddTestingCustomer', { body: { username: username(), ...more } })).id;
}

export const signIn = (institutionId: number, userId: string, password: string) => ({
  credentials: [
    { name: 'Banking Userid', value: userId, id: `${institutionId}001` },
    { name: 'Banking Password', value: password, id: `${institutionId}002` },
  ],
});

/** Links what the sign-in brings and reads it back, refreshed once. */
export async function link(client: Client, customerId: string, password = 'profile_03', institutionId = PROFILES_BANK, userId = 'anyone'): Promise<Account[]> {
  await client.send('AddAllAccounts', { customerId, institutionId, body: signIn(institutionId, userId, password) });
  return (await client.call('RefreshCustomerAccounts', { customerId })).accounts;
}

export const consumerBody: Schemas['NewConsumer'] = {
  firstName: 'Noor', lastName: 'Haddad', address: '18 Quarry Lane', city: 'Tooele', state: 'UT', zip: '84074', phone: '8015550134', ssn: '999-60-1111',
  birthday: { year: 1988, month: 11, dayOfMonth: 23 }, email: 'noor.haddad@example.com',
};

export async function makeConsumer(client: Client, customerId: string): Promise<string> {
  return String((await client.call('CreateConsumer', { customerId, body: consumerBody })).id);
}

export const accountOf = (accounts: readonly Account[], type: string): Account => {
  const found = accounts.find((account) => account.type === type);
  if (!found) throw new Error(`No ${type} account among ${accounts.map((account) => account.type).join(', ')}`);
  return found;
};

/** The first seeded customer whose accounts satisfy; asked one after another. */
export async function customerWith(
  client: Client, fits: (accounts: Account[]) => boolean, type: Customer['type'] = 'testing',
): Promise<{ customer: Customer; accounts: Account[] }> {
  for await (const page of client.pages<Customer>('GetCustomers', { type })) {
    for (const customer of page.items) {
      const { accounts } = await client.call('GetCustomerAccounts', { customerId: customer.id });
      if (fits(accounts)) return { customer, accounts };
    }
  }
  throw new Error('No seeded customer has such accounts');
}
