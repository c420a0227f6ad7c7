// The institutions: FinBank's test banks with their real ids, and some 300 invented ones. The same for every seed, as the real directory
// is the same for every partner. Routing numbers start with 9, which no real bank's does, and pass the checksum.
import { seedRandom } from '../seedRandom.ts';
import type { SeedRandom } from '../seedRandom.ts';
import { places, streets } from './names.ts';
import type { InstitutionEntity } from './world.ts';

export const PRODUCTS = [
  'transAgg', 'ach', 'stateAgg', 'voi', 'voa', 'aha', 'availBalance', 'accountOwner', 'studentLoanData', 'loanPaymentDetails', 'liabilityData', 'billPayData',
] as const;

const ROOTS = [
  'Bracken', 'Quill', 'Ember', 'Hollow', 'Thistle', 'Marrow', 'Cobble', 'Fennel', 'Gable', 'Harrow', 'Kestrel', 'Loam', 'Myrtle', 'Nettle', 'Otter', 'Pebble',
  'Rook', 'Sorrel', 'Tamarack', 'Vesper', 'Wicker', 'Yarrow', 'Alder', 'Bramble', 'Cinder', 'Drift', 'Elder', 'Flint', 'Grouse', 'Heron',
];
const ENDINGS = ['fold', 'mere', 'wick', 'stead', 'haven', 'gate', 'brook', 'shire', 'ford', 'crest'];
const KINDS: readonly { suffix: string; type: string; weight: number }[] = [
  { suffix: 'Bank', type: 'Banking', weight: 6 }, { suffix: 'Credit Union', type: 'Credit Union', weight: 6 }, { suffix: 'Savings & Loan', type: 'Banking', weight: 2 },
  { suffix: 'Trust Company', type: 'Banking', weight: 2 }, { suffix: 'Card Services', type: 'Credit Cards/Accounts', weight: 2 },
  { suffix: 'Investments', type: 'Investments', weight: 3 }, { suffix: 'Retirement Services', type: '401k/Retirement', weight: 2 },
  { suffix: 'Home Loans', type: 'Mortgages', weight: 2 }, { suffix: 'Student Lending', type: 'Loans', weight: 1 }, { suffix: 'Payroll', type: 'Payroll', weight: 1 },
];
const WEIGHTED = KINDS.flatMap((kind) => Array.from({ length: kind.weight }, () => kind));
const COLOURS = ['#0B5FA5', '#7A1F3D', '#146B4A', '#5B3FA8', '#B0480E', '#1F6F78', '#8A2BE2', '#444B54', '#A31621', '#2D5F2E'];
const STATUSES = ['online', 'online', 'online', 'online', 'online', 'online', 'online', 'online', 'maintenance', 'beta', 'validated', 'offline', 'migrating'];
const COUNT = 300;

/** Appends the check digit of the American Bankers Association to eight digits. */
function routingNumber(random: SeedRandom): string {
  const head = `99${random.digits(6)}`;
  const weights = [3, 7, 1, 3, 7, 1, 3, 7];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(head[at]), 0);
  return head + String((10 - (sum % 10)) % 10);
}

function invented(at: number, id: number): InstitutionEntity {
  const random = seedRandom('institutions', at);
  const root = `${ROOTS[at % ROOTS.length]}${ENDINGS[Math.floor(at / ROOTS.length) % ENDINGS.length]}`;
  const kind = random.pick(WEIGHTED);
  const name = `${root} ${kind.suffix}`;
  const host = `${root.toLowerCase()}.example.com`;
  const [city, state, zip] = random.pick(places);
  const canadian = random.chance(0.06);
  const status = random.pick(STATUSES);
  const bank = kind.type === 'Banking' || kind.type === 'Credit Union';
  return {
    id, name, accountTypeDescription: kind.type, products: productsOf(kind.type, random), status,
    country: canadian ? 'ca' : 'us', currency: canadian ? 'CAD' : 'USD', language: canadian && random.chance(0.3) ? 'fr' : 'en',
    phone: `80155501${random.digits(2)}`, urlHomeApp: `https://www.${host}/`, urlLogonApp: `https://online.${host}/sign-in`, email: `help@${host}`,
    address: { addressLine1: `${random.int(10, 9900)} ${random.pick(streets)}`, city, state, postalCode: zip + random.digits(2), country: canadian ? 'CA' : 'USA' },
    oauthEnabled: random.chance(0.35), rssd: bank && random.chance(0.8) ? String(random.int(100_000, 5_200_000)) : undefined,
    routingNumbers: bank ? Array.from({ length: random.int(1, 2) }, () => routingNumber(random)) : [],
    branding: random.chance(0.85) ? { primaryColor: random.pick(COLOURS) } : undefined, test: false,
  };
}

function productsOf(type: string, random: SeedRandom): string[] {
  const always = type === 'Payroll' ? [] : ['transAgg', 'voa'];
  const maybe: readonly string[] = type === 'Banking' || type === 'Credit Union'
    ? ['ach', 'stateAgg', 'voi', 'aha', 'availBalance', 'accountOwner', 'billPayData']
    : type === 'Loans' || type === 'Mortgages' ? ['studentLoanData', 'loanPaymentDetails', 'liabilityData'] : ['aha', 'liabilityData', 'accountOwner'];
  return [...always, ...maybe.filter(() => random.chance(0.7))];
}

const ALL_PRODUCTS: readonly string[] = PRODUCTS;
function finBank(id: number, name: string, more: Partial<InstitutionEntity> = {}): InstitutionEntity {
  return {
    id, name, accountTypeDescription: 'Banking', products: ALL_PRODUCTS, status: 'testing', country: 'us', currency: 'USD', language: 'en', phone: '8015550100',
    urlHomeApp: 'https://finbank.example.com/', urlLogonApp: 'https://finbank.example.com/sign-in', email: 'help@finbank.example.com',
    address: { addressLine1: '434 W Ascension Way', city: 'Murray', state: 'UT', postalCode: '84123', country: 'USA' },
    oauthEnabled: false, routingNumbers: [routingNumber(seedRandom('finbank', id))], branding: { primaryColor: '#0B5FA5' }, test: true, ...more,
  };
}

/**
 * Banks whose ids are known from public use; FinPayroll's is ours. 4222 is the id in the SDK's and the description's examples, which call it
 * FinBank: it has its real name, and signs in like FinBank, so that those examples run for testing customers too.
 */
const TEST_BANKS: readonly InstitutionEntity[] = [
  finBank(4222, 'Principal Financial - Retirement (Personal)', { accountTypeDescription: '401k/Retirement' }),
  finBank(101732, 'FinBank', { oauthInstitutionId: 102176, newInstitutionId: 102176 }),
  finBank(102105, 'FinBank Profiles - A'),
  finBank(102176, 'FinBank OAuth', { oauthEnabled: true }),
  finBank(170830, 'FinBank M'),
  finBank(170681, 'FinBank P'),
  finBank(170776, 'FinBank Billable'),
  finBank(102219, 'FinBank O', { oauthEnabled: true }),
  finBank(102224, 'FinPayroll', { accountTypeDescription: 'Payroll', products: ['voi'], routingNumbers: [], branding: undefined }),
];

function makeInstitutions(): InstitutionEntity[] {
  const ids = seedRandom('institution ids');
  let id = 5;
  const others = Array.from({ length: COUNT }, (_, at) => invented(at, (id += ids.int(3, 300))));
  for (const [at, old] of others.entries()) {
    const next = others[at + 1];
    if (old.status === 'migrating' && next) Object.assign(old, { oauthInstitutionId: next.id, newInstitutionId: next.id });
  }
  return [...others, ...TEST_BANKS].sort((a, b) => a.id - b.id);
}

let made: readonly InstitutionEntity[] | undefined;
/** By id, ascending; made once. */
export function institutions(): readonly InstitutionEntity[] {
  return (made ??= makeInstitutions());
}

/** The money side: which institutions customers of the seed use. */
export function institutionById(id: number): InstitutionEntity | undefined {
  return institutions().find((institution) => institution.id === id);
}
