// The shops that small business credit analytics knows: the seed's merchants at three places each, and the firms of customers, seeded or
// made by callers. A search compares names and addresses by the pairs of letters they share, so that near misses are found.
import type { BusinessEntity } from '../entities.ts';
import { seedRandom, uuidFrom } from '../seedRandom.ts';
import type { SandboxContext } from '../types.ts';
import { everyday } from '../world/merchants.ts';
import { places, streets } from '../world/names.ts';

export interface Location {
  id: string;
  /** With the card acquirer. */
  merchantId: string;
  name: string;
  street: string;
  city: string;
  state: string;
  zip: string;
  trade: Trade;
}

export interface Trade {
  /** Merchant category code and NAICS code. */
  mcc: number;
  naics: number;
  name: string;
  /** Dollars of a usual sale. */
  ticket: number;
}

const trade = (mcc: number, naics: number, name: string, ticket: number): Trade => ({ mcc, naics, name, ticket });
const TRADES: Readonly<Record<string, Trade>> = {
  Groceries: trade(5411, 445110, 'Grocery stores', 62), 'Fast Food': trade(5814, 722513, 'Limited-service restaurants', 13),
  'Coffee Shops': trade(5814, 722515, 'Snack and coffee bars', 7),
  'Gas & Fuel': trade(5541, 457110, 'Fuel stations with shops', 44), Restaurants: trade(5812, 722511, 'Restaurants', 48),
  Pharmacy: trade(5912, 456110, 'Pharmacies', 27),
  'Home Improvement': trade(5200, 444110, 'Home centers', 74), Clothing: trade(5651, 458110, 'Clothing stores', 66),
  Pets: trade(5995, 459910, 'Pet supply stores', 42),
  Books: trade(5942, 459210, 'Book stores', 21), 'Electronics & Software': trade(5732, 449210, 'Electronics stores', 130),
  Hair: trade(7230, 812112, 'Beauty salons', 52),
  Doctor: trade(8011, 621111, "Physicians' offices", 95), Hotel: trade(7011, 721110, 'Hotels', 190),
  Entertainment: trade(7832, 512131, 'Cinemas', 33), Shopping: trade(5999, 459999, 'Other retailers', 58),
};
const OTHER = TRADES.Shopping as Trade;
const FIRMS = ['Restaurants', 'Home Improvement', 'Clothing', 'Hair', 'Shopping', 'Electronics & Software', 'Pets', 'Coffee Shops'] as const;
const PLACES_EACH = 3;
/** Firms of the first customers of a very large world only. */
const MOST_CUSTOMERS = 2_000;

type Context = Pick<SandboxContext, 'state' | 'world'>;

function shops(seed: string): Location[] {
  return everyday.flatMap((merchant) => Array.from({ length: PLACES_EACH }, (_, at) => {
    const random = seedRandom(seed, 'location', merchant.name, at);
    const [city, state, zip] = random.pick(places);
    return {
      id: uuidFrom(random), merchantId: `SBX${random.digits(7)}`, name: merchant.name, street: `${random.int(10, 9900)} ${random.pick(streets)}`,
      city, state, zip: zip + random.digits(2), trade: TRADES[merchant.category] ?? OTHER,
    };
  }));
}

function firmLocation({ id, details }: BusinessEntity, seed: string): Location {
  const random = seedRandom(seed, 'firm location', id);
  const { addressLine1 = '', city = '', state = '', postalCode = '' } = (details.address ?? {}) as Record<string, string | undefined>;
  return {
    id: uuidFrom(random), merchantId: `SBX${random.digits(7)}`, name: String(details.name ?? ''), street: addressLine1, city, state, zip: postalCode,
    trade: TRADES[random.pick(FIRMS)] ?? OTHER,
  };
}

/** Firms that callers made, by their id; the seed's are found through their customers. */
export const BUSINESS_OWNERS = 'businessOwner';

export function allLocations({ state, world }: Context): Location[] {
  const seeded = Array.from({ length: Math.min(world.customerCount, MOST_CUSTOMERS) }, (_, index) => world.customerAt(index)).filter(({ persona }) => persona === 'smallBusiness').map(({ id }) => id);
  const made = state.bag<string>(BUSINESS_OWNERS).entries().map(([, customerId]) => customerId);
  const firms = [...new Set([...made, ...seeded])].flatMap((customerId) => state.businesses.of(customerId));
  return [...firms.map((firm) => firmLocation(firm, world.seed)), ...shops(world.seed)];
}

export interface Search { merchantName: string; streetAddress: string; city?: string; stateProvinceRegion?: string; postalCode?: string }

const BEST = 3;
const NEAR = 0.55;

/** The best matches, best first; none when no name comes near. */
export function matching(search: Search, locations: readonly Location[]): Location[] {
  const { merchantName, streetAddress, city, stateProvinceRegion: state, postalCode: zip } = search;
  const same = (asked: string | undefined, there: string) => (asked === undefined ? 0 : asked.trim().toLowerCase() === there.toLowerCase() ? 1 : -1);
  const scored = locations.flatMap((location) => {
    const name = likeness(merchantName, location.name);
    if (name < NEAR) return [];
    return [{ location, score: name * 4 + likeness(streetAddress, location.street) * 2 + same(city, location.city) + same(state, location.state) + same(zip, location.zip) }];
  });
  return scored.sort((a, b) => b.score - a.score).slice(0, BEST).map(({ location }) => location);
}

/** From 0 to 1 by the pairs of letters that two texts share. */
function likeness(one: string, other: string): number {
  const pairs = (text: string) => {
    const letters = text.toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim();
    return Array.from({ length: Math.max(0, letters.length - 1) }, (_, at) => letters.slice(at, at + 2));
  };
  const [a, b] = [pairs(one), pairs(other)];
  if (a.length + b.length === 0) return 0;
  const left = [...b];
  const shared = a.filter((pair) => {
    const at = left.indexOf(pair);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  return (2 * shared.length) / (a.length + b.length);
}
