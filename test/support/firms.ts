// A customer that is a firm: linked business accounts, a consumer who guarantees, a business record.
import type { components } from '../../src/api/generated/types.d.ts';
import type { Bench } from './contract.ts';
import { enroll, link, makeConsumer } from './people.ts';
import type { Ready } from './reports.ts';

type NewBusiness = components['schemas']['NewBusiness'];

export const firmBody: NewBusiness = {
  name: 'Copper Kettle Bakery LLC', personallyLiable: false, type: 'LLC', taxId: '990412277',
  address: { addressLine1: '410 Prospect Blvd', city: 'Boise', state: 'ID', country: 'US', postalCode: '83702' }, phoneNumber: { countryCode: '1', phoneNo: '2085550123' },
};

export interface Firm extends Ready {
  businessId: string;
}

/** @param options.consumer Whether somebody is there who could guarantee; yes unless told. */
export async function firm({ client }: Bench, { consumer = true, profile = 'profile_04' }: { consumer?: boolean; profile?: string } = {}): Promise<Firm> {
  const customerId = await enroll(client);
  const accounts = await link(client, customerId, profile);
  const { businessId } = await client.call('AddBusinessDetails', { customer_id: customerId, body: firmBody });
  return { customerId, accounts, consumerId: consumer ? await makeConsumer(client, customerId) : '', businessId: String(businessId) };
}
