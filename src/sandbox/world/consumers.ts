// Consumers and businesses of the seed: who the person or the firm behind a customer is. Ids can be read back to the customer's index.
// Social security numbers start with 9, which is never issued to anybody.
import type { BusinessEntity, ConsumerEntity, CustomerEntity } from '../entities.ts';
import { hashText, mix, seedRandom } from '../seedRandom.ts';
import type { SeedRandom } from '../seedRandom.ts';
import { idSeries } from './ids.ts';
import { firmTypes, places, streets } from './names.ts';

export interface Consumers {
  consumerOf(customer: CustomerEntity, index: number): ConsumerEntity | undefined;
  businessOf(customer: CustomerEntity, index: number): BusinessEntity | undefined;
  /** The index of the customer that a seeded consumer id was made for, or -1. The caller checks that it is so. */
  indexOfConsumer(consumerId: string): number;
  indexOfBusiness(businessId: string): number;
}

export function createConsumers(seed: string): Consumers {
  const series = idSeries(seed, 'consumer', 6);
  const businessSeries = idSeries(seed, 'business', 6);
  const base = mix(hashText(seed), hashText('consumers'));
  const consumerId = (index: number) => {
    const head = Number(series.at(index)).toString(16).padStart(9, '0');
    return head + seedRandom(base, index).hex(23);
  };

  const consumerOf = (customer: CustomerEntity, index: number): ConsumerEntity | undefined => {
    const random = seedRandom(base, index, 'details');
    const wanted = index < 6 ? index !== 2 : customer.firstName !== undefined && random.chance(0.6);
    if (!wanted) return undefined;
    const address = addressOf(random);
    return {
      id: consumerId(index), customerId: customer.id, createdDate: customer.createdDate + random.int(60, 5 * 86_400),
      details: {
        firstName: customer.firstName, lastName: customer.lastName, address: address.line, city: address.city, state: address.state, zip: address.zip,
        phone: customer.phone ?? `80155501${random.digits(2)}`, ssn: `9${random.digits(8)}`,
        birthday: birthdayOf(customer, random), email: customer.email ?? `customer${index + 1}@example.com`,
      },
    };
  };

  const businessOf = (customer: CustomerEntity, index: number): BusinessEntity | undefined => {
    if (customer.persona !== 'smallBusiness') return undefined;
    const random = seedRandom(base, index, 'business');
    if (index > 11 && random.chance(0.3)) return undefined;
    const address = addressOf(random);
    const createdDate = customer.createdDate + random.int(60, 5 * 86_400);
    return {
      id: businessSeries.at(index), customerId: customer.id, createdDate,
      details: {
        name: [customer.firstName, customer.lastName].filter(Boolean).join(' ').slice(0, 150), personallyLiable: random.chance(0.5),
        address: { addressLine1: address.line, city: address.city, state: address.state, country: 'US', postalCode: address.zip },
        phoneNumber: { countryCode: '1', phoneNo: `80155501${random.digits(2)}` }, type: random.pick(firmTypes), taxId: `9${random.digits(8)}`,
        email: `office${index + 1}@example.com`, url: 'https://www.example.com/',
      },
    };
  };

  return {
    consumerOf, businessOf,
    indexOfConsumer: (id) => {
      if (!/^[0-9a-f]{32}$/.test(id)) return -1;
      return series.indexOf(String(parseInt(id.slice(0, 9), 16)));
    },
    indexOfBusiness: (id) => businessSeries.indexOf(id),
  };
}

function addressOf(random: SeedRandom): { line: string; city: string; state: string; zip: string } {
  const [city, state, zip] = random.pick(places);
  return { line: `${random.int(10, 9900)} ${random.pick(streets)}`, city, state, zip: zip + random.digits(2) };
}

function birthdayOf(customer: CustomerEntity, random: SeedRandom): { year: number; month: number; dayOfMonth: number } {
  const [from, to] = customer.persona === 'retired' ? [1941, 1959] : customer.persona === 'student' ? [2001, 2006] : [1962, 1999];
  return { year: random.int(from as number, to as number), month: random.int(1, 12), dayOfMonth: random.int(1, 28) };
}
