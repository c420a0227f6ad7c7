// Who owns an account, as its bank knows it: the customer's consumer, or the customer, or, where neither has a person's name, somebody of
// the seed. A joint account has a second holder of the same home, a business account the firm. The same people every time.
import type { AccountEntity, CustomerEntity } from '../entities.ts';
import { hashText, seedRandom } from '../seedRandom.ts';
import { firmTrades, firstNames, lastNames, places, streets } from '../world/names.ts';
import type { Money } from './bankAccess.ts';

export interface OwnerAddress {
  type: 'Home' | 'Business' | 'Mailing';
  line1: string;
  line2?: string;
  city: string;
  state: string;
  postalCode: string;
}

export interface Owner {
  relationship: string;
  ownerName: string;
  firstName?: string;
  lastName?: string;
  suffix?: string;
  business: boolean;
  /** How sure the bank's classification is, 0 to 1. */
  confidence: number;
  addresses: OwnerAddress[];
  email?: string;
  phones: { type: 'CELL' | 'HOME' | 'BUSINESS'; phone: string }[];
}

export const addressLine = ({ line1, line2, city, state, postalCode }: OwnerAddress) => `${[line1, line2, city].filter(Boolean).join(', ')}, ${state} ${postalCode}`;
/** The letters of a name alone, without accents. */
export const plain = (text: string) => text.normalize('NFD').toLowerCase().replace(/[^a-z]/g, '');
const text = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined);
const isFirm = ({ persona, lastName = '' }: CustomerEntity) => persona === 'smallBusiness' && firmTrades.some((trade) => lastName.startsWith(trade));
const isJoint = ({ name }: AccountEntity) => /\bjoint\b/i.test(name);
const CUSTODIAL = new Set(['ugma', 'utma']);
const BORROWED = new Set(['mortgage', 'loan', 'studentLoan', 'studentLoanAccount', 'studentLoanGroup']);

function relationshipOf(account: AccountEntity): string {
  if (account.marketSegment === 'business') return 'BUSINESS';
  if (isJoint(account)) return 'PRIMARY_JOINT';
  if (BORROWED.has(account.type)) return 'PRIMARY_BORROWER';
  return CUSTODIAL.has(account.type) ? 'UNIFORM_TRANSFER_TO_MINOR' : 'SOLE_OWNER';
}

export function ownersOf(account: AccountEntity, context: Money): Owner[] {
  const { state, world: { seed } } = context;
  const customer = state.customers.get(account.customerId);
  if (!customer) return [];
  const confidence = (90 + (hashText(`classified ${account.id}`) % 10)) / 100;
  if (account.marketSegment === 'business') return [firm(customer, context, confidence)];
  const person = personOf(customer, context);
  const first: Owner = { ...person, relationship: relationshipOf(account), business: false, confidence };
  if (!isJoint(account)) return [first];
  const random = seedRandom(seed, 'joint holder', account.customerId);
  const firstName = random.pick(firstNames.filter((name) => name !== person.firstName));
  return [first, {
    ...first, relationship: 'SECONDARY_JOINT', firstName, suffix: undefined, ownerName: `${firstName} ${person.lastName}`, addresses: person.addresses.slice(0, 1),
    email: mailOf(firstName, person.lastName, customer.id), phones: [{ type: 'CELL', phone: `80155501${random.digits(2)}` }],
  }];
}

type Person = Pick<Owner, 'ownerName' | 'addresses' | 'email' | 'phones'> & { firstName: string; lastName: string; suffix?: string };

function personOf(customer: CustomerEntity, { state, world: { seed } }: Money): Person {
  const details = state.consumers.of(customer.id)[0]?.details ?? {};
  const random = seedRandom(seed, 'owner', customer.id);
  const spare = { firstName: random.pick(firstNames), lastName: random.pick(lastNames) };
  const own = isFirm(customer) ? undefined : customer;
  const firstName = text(details.firstName) ?? text(own?.firstName) ?? spare.firstName;
  const lastName = text(details.lastName) ?? text(own?.lastName) ?? spare.lastName;
  const suffix = text(details.suffix);
  const home: OwnerAddress = { type: 'Home', ...homeOf(customer, details, seed) };
  const addresses = random.chance(0.25) ? [home, { ...home, type: 'Mailing' as const, line1: `PO Box ${random.int(100, 9900)}` }] : [home];
  const mobile: Owner['phones'][number] = { type: 'CELL', phone: text(details.phone) ?? text(customer.phone) ?? `80155501${random.digits(2)}` };
  return {
    firstName, lastName, suffix, ownerName: `${firstName} ${lastName}${suffix ? `, ${suffix}` : ''}`, addresses,
    email: text(details.email) ?? text(customer.email) ?? mailOf(firstName, lastName, customer.id),
    phones: random.chance(0.3) ? [mobile, { type: 'HOME', phone: `80155501${random.digits(2)}` }] : [mobile],
  };
}

/** The consumer's address where it has a street, else a home in the city where the customer's money is spent. */
function homeOf(customer: CustomerEntity, details: Record<string, unknown>, seed: string): Omit<OwnerAddress, 'type'> {
  const [line1, city, state, postalCode] = [details.address, details.city, details.state, details.zip].map(text);
  if (line1 && city && state && postalCode) return { line1, city, state, postalCode };
  const [townCity, townState, zip] = seedRandom(seed, 'home', customer.id).pick(places);
  const random = seedRandom(seed, 'street', customer.id);
  return { line1: `${random.int(10, 9900)} ${random.pick(streets)}`, city: townCity, state: townState, postalCode: zip + random.digits(2) };
}

function mailOf(firstName: string, lastName: string, customerId: string): string {
  const local = [plain(firstName), plain(lastName)].filter(Boolean).join('.').slice(0, 60);
  return `${local || `owner${customerId.slice(-4)}`}@example.com`;
}

function firm(customer: CustomerEntity, { state, world: { seed } }: Money, confidence: number): Owner {
  const details = state.businesses.of(customer.id)[0]?.details ?? {};
  const address = (details.address ?? {}) as Record<string, unknown>;
  const random = seedRandom(seed, 'firm', customer.id);
  const spare = `${random.pick(lastNames)} ${random.pick(firmTrades)}`;
  const ownerName = text(details.name) ?? text([customer.firstName, customer.lastName].filter(Boolean).join(' ')) ?? spare;
  const place = homeOf(customer, { address: address.addressLine1, city: address.city, state: address.state, zip: address.postalCode }, seed);
  const line2 = text(address.addressLine2);
  const phone = text((details.phoneNumber as { phoneNo?: unknown } | undefined)?.phoneNo) ?? text(customer.phone) ?? `80155501${random.digits(2)}`;
  return {
    relationship: 'BUSINESS', ownerName, business: true, confidence, addresses: [{ type: 'Business', ...place, ...(line2 ? { line2 } : {}) }],
    email: text(details.email) ?? text(customer.email), phones: [{ type: 'BUSINESS', phone }],
  };
}
