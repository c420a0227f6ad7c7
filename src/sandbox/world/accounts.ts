// Sign-ins and the accounts they bring. A seeded customer has one to four sign-ins that fit the persona; a FinBank profile always brings
// the same kinds of account, whoever links it. Ids of seeded accounts can be read back to the customer (ids.ts); linked ones follow the
// sign-in's own number.
import type { AccountEntity, CustomerEntity, LoginEntity, PersonaId, SiblingAccount, TransactionStream } from '../entities.ts';
import { seedRandom } from '../seedRandom.ts';
import type { SeedRandom } from '../seedRandom.ts';
import { PASSING_CODES, nightlyRun } from './aggregation.ts';
import { lineTerms, loanTerms, owedAfter } from './creditStreams.ts';
import { idSeries } from './ids.ts';
import { institutionById, institutions } from './institutions.ts';
import { mainStream, profileTemplates, slotTemplates, SLOTS } from './profiles.ts';
import type { Template } from './profiles.ts';
import { cents } from './streams.ts';

const DAY = 86_400;
const TEST_BANKS = [101732, 102105, 102176, 170830, 170681, 102219] as const;
/** Sign-ins of the first customers that need attention, so that there is one of each to find: customer index, slot, code. */
const ATTENTION: Readonly<Record<string, number>> = { '0.1': 103, '1.1': 185, '2.1': 5006, '3.1': 102, '4.1': 108, '5.1': 945 };

export interface Accounts {
  loginsOf(customer: CustomerEntity): LoginEntity[];
  accountsOf(login: LoginEntity, customer: { persona: PersonaId }, options: { fresh: boolean; now: number }): AccountEntity[];
}

export function createAccounts(seed: string): Accounts {
  const customers = idSeries(seed, 'customer', 5);
  const loginIds = idSeries(seed, 'login', 1);
  const accountIds = idSeries(seed, 'account', 8);
  const linkedLogins = idSeries(seed, 'linked login', 2);
  const linkedAccounts = idSeries(seed, 'linked account', 9);

  const loginsOf = (customer: CustomerEntity): LoginEntity[] => {
    const index = customers.indexOf(customer.id);
    if (index < 0) return [];
    const random = seedRandom(seed, 'logins', index);
    const roll = random.next();
    const count = index < 6 ? SLOTS : Math.min(SLOTS, roll < 0.35 ? 1 : roll < 0.7 ? 2 : roll < 0.9 ? 3 : 4);
    return Array.from({ length: count }, (_, slot) => ({
      id: Number(loginIds.at(index * SLOTS + slot)), customerId: customer.id, institutionId: institutionFor(customer, slot, random),
      profile: `${customer.persona}.${slot}`, createdDate: customer.createdDate + 600 + slot * random.int(1, 40) * DAY,
    }));
  };

  /** Account ids, and the seeded customer's index and slot where it is one of the seed's. */
  const place = (login: LoginEntity): { idOf: (at: number) => string; index: number; slot: number } => {
    const seeded = loginIds.indexOf(String(login.id));
    if (seeded >= 0) return { idOf: (at) => accountIds.at(seeded * 20 + at), index: Math.floor(seeded / SLOTS), slot: seeded % SLOTS };
    const linked = linkedLogins.indexOf(String(login.id));
    return { idOf: (at) => linkedAccounts.at((linked >= 0 ? linked : login.id % 300_000) * 20 + at), index: -1, slot: 0 };
  };

  const accountsOf: Accounts['accountsOf'] = (login, customer, { fresh, now }) => {
    const { idOf, index, slot } = place(login);
    const random = seedRandom(seed, 'accounts', login.id);
    const slotOf = /^(\w+)\.(\d)$/.exec(login.profile);
    const templates = slotOf ? slotTemplates(slotOf[1] as PersonaId, Number(slotOf[2]), random) : profileTemplates(login.profile, customer.persona, random);
    const ids = templates.map((template, at) => ({ id: idOf(at), number: numberOf(template, random), template }));
    const health = fresh ? { never: true, code: 0 } : healthOf(random, index, slot);
    const loaded = random.chance(0.75);
    const institution = institutionById(login.institutionId);
    return ids.map(({ id, number, template }, at): AccountEntity => {
      const siblings = ids.filter((other) => other.id !== id).map((other): SiblingAccount => ({
        id: other.id, type: other.template.type, stream: streamOf(other.template, customer.persona), last4: other.number.slice(-4),
      }));
      const account: AccountEntity = {
        id, customerId: login.customerId, institutionId: login.institutionId, institutionLoginId: login.id, type: template.type, name: template.name, number,
        currency: institution?.currency === 'CAD' || template.currency === 'CAD' ? 'CAD' : 'USD', marketSegment: template.business ? 'business' : 'personal', status: 'active', aggregationStatusCode: health.code,
        createdDate: login.createdDate, historyFrom: login.createdDate - (!fresh && loaded ? 730 : 180) * DAY, stream: streamOf(template, customer.persona), openingBalance: 0, siblings,
      };
      account.openingBalance = opening(seed, account, seedRandom(seed, 'opening', id));
      if (!fresh && at > 0 && at === templates.length - 1 && random.chance(0.06)) account.status = 'pending';
      if (!health.never && account.status === 'active') Object.assign(account, seededDates(login, health.code, now));
      return account;
    });
  };

  const institutionFor = (customer: CustomerEntity, slot: number, random: SeedRandom): number => {
    if (customer.type === 'testing') return slot === 0 ? random.pick([101732, 102105]) : TEST_BANKS[(slot + random.int(0, 3)) % TEST_BANKS.length] as number;
    const kinds = slot === 0 ? ['Banking', 'Credit Union'] : slot === 1 ? ['Investments', '401k/Retirement', 'Banking'] : ['Banking', 'Credit Union', 'Loans', 'Mortgages', 'Investments'];
    const fitting = institutions().filter((institution) => !institution.test && kinds.includes(institution.accountTypeDescription));
    return fitting.length > 0 ? random.pick(fitting).id : 170776;
  };

  return { loginsOf, accountsOf };
}

function streamOf(template: Template, persona: PersonaId): TransactionStream {
  return template.stream === 'main' ? mainStream(persona) : template.stream;
}

/** How the sign-in is doing; most are well. */
function healthOf(random: SeedRandom, index: number, slot: number): { never: boolean; code: number } {
  const roll = random.int(0, 99);
  const forced = ATTENTION[`${index}.${slot}`];
  if (forced !== undefined) return { never: false, code: forced };
  if (index >= 0 && index < 6) return { never: false, code: 0 };
  if (roll < 3) return { never: true, code: 0 };
  const shares: readonly (readonly [number, number])[] = [[103, 8], [185, 12], [945, 15], [108, 17], [102, 19], [5006, 20], [109, 21], [187, 22]];
  return { never: false, code: shares.find(([, below]) => roll < below)?.[0] ?? 0 };
}

/** A failing sign-in broke some days before this quarter began, so that it is neither new every day nor years old. */
function seededDates(login: LoginEntity, code: number, now: number): Pick<AccountEntity, 'aggregationSuccessDate' | 'aggregationAttemptDate'> {
  const run = Math.max(nightlyRun(login.id, now), login.createdDate + 60);
  if (code === 0) return { aggregationSuccessDate: run, aggregationAttemptDate: run };
  if (PASSING_CODES.has(code)) return { aggregationSuccessDate: Math.max(run - DAY, login.createdDate + 60), aggregationAttemptDate: run };
  const date = new Date(now * 1000);
  const quarter = Date.UTC(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / 3) * 3, 1) / 1000;
  const broke = nightlyRun(login.id, quarter + (login.id % 20) * DAY);
  return { aggregationSuccessDate: Math.max(Math.min(broke, run - DAY), login.createdDate + 60), aggregationAttemptDate: run };
}

function numberOf(template: Template, random: SeedRandom): string {
  if (template.stream === 'creditCard') return `4${random.digits(15)}`;
  if (template.stream === 'investment' || template.stream === 'retirement') return `${random.pick(['Z', 'Q', 'X'])}${random.digits(8)}`;
  return `${random.int(1, 9)}${random.digits(random.int(8, 10))}`;
}

function opening(seed: string, account: AccountEntity, random: SeedRandom): number {
  const between = (low: number, high: number) => cents(low + (high - low) * random.next());
  switch (account.stream) {
    case 'businessChecking': return between(6_000, 26_000);
    case 'studentChecking': return between(180, 1_400);
    case 'salaryChecking': case 'freelanceChecking': case 'pensionChecking': return between(900, 4_600);
    case 'savings': return between(1_500, 16_000);
    case 'moneyMarket': return between(5_000, 34_000);
    case 'certificate': return random.int(2, 20) * 1_250;
    case 'creditCard': return between(250, 1_900);
    case 'lineOfCredit': return lineTerms(seed, account.id).draw;
    case 'investment': return account.type === 'cryptocurrency' ? between(500, 9_000) : between(8_000, 120_000);
    case 'retirement': return between(14_000, 260_000);
    case 'mortgage': case 'loan': case 'studentLoan': {
      const terms = loanTerms(seed, account);
      // Far enough from its end that it is still being paid years from now.
      return owedAfter(terms, random.int(1, Math.max(2, Math.min(terms.months - 66, 110))));
    }
    case 'none': return 0;
  }
}
