// Switches of salaries and of bill payments, as records. A link to Connect Transfer starts one, as if the person used it at once: it is
// processed for two minutes of the sandbox's clock, then it has completed or failed. Only the last digits of numbers are kept.
// An account or card number ending in 9901, 9902 … fails with the first, second … reason of the list here; others succeed.
// Some seeded customers made switches before; the first six always, each with one in a branch (external id branch-0417).
import type { CustomerEntity } from '../entities.ts';
import { seedRandom } from '../seedRandom.ts';
import type { SeedRandom } from '../seedRandom.ts';
import type { SandboxContext } from '../types.ts';

type Known = Pick<SandboxContext, 'state' | 'world' | 'now'>;

const SIGN_IN_SECONDS = 30;
const PROCESSING_SECONDS = 120;
/** Seeded customers that always have switches. */
const CERTAIN = 6;
const SEEDED_BRANCH = 'branch-0417';

export const DEPOSIT_FAILURES = [
  'account-lockout', 'account-setup-incomplete', 'account-unusable', 'bad-credentials', 'connection-error', 'distribution-not-supported', 'device-disconnected',
  'enrolled-in-paycard', 'expired', 'no-data-found', 'product-not-supported', 'routing-number-not-supported', 'session-timeout', 'system-unavailable',
  'transaction-pending', 'unknown-failure', 'user-abandon', 'work-status-terminated',
] as const;
export const BILL_PAY_FAILURES = [
  'account-lockout', 'account-unusable', 'bad-credentials', 'connection-error', 'device-disconnected', 'expired', 'no-data-found', 'routing-number-not-supported',
  'session-timeout', 'system-unavailable', 'transaction-pending', 'unknown-failure', 'user-abandon',
] as const;
/** With these the person never got in. */
const NEVER_SIGNED_IN: ReadonlySet<string> = new Set(['account-lockout', 'bad-credentials', 'connection-error', 'expired', 'system-unavailable', 'user-abandon']);

const PAYROLLS = ['Cobblegate Payroll', 'Loamstead Pay', 'Vesperhaven HR'] as const;
const BILLERS = ['Quillbrook Video', 'Emberfold Music', 'Harrowcrest Energy', 'Otterford Wireless'] as const;

export interface SwitchRecord {
  /** 24 hexadecimal digits. */
  id: string;
  customerId: string;
  createdDate: number;
  provider: { id: string; name: string };
  /** Why it fails once it is processed; left out when it completes. */
  failureReason?: string;
}

export interface Distribution {
  type: 'total' | 'percent' | 'fixed';
  /** Percent of the salary, or dollars; none for `total`. */
  allocatedValue?: number;
  bankIdentifier: string;
  accountNumberEndsWith: string;
}

export interface DepositSwitchRecord extends SwitchRecord {
  /** The partner's own id, for switches made in a branch. */
  externalId?: string;
  distributions: Distribution[];
}

export interface PaymentMethod {
  type: 'card' | 'bank';
  title?: string;
  brand?: string;
  bankIdentifier?: string;
  endsWith?: string;
  bankAccountType?: string;
}

export interface BillPaySwitchRecord extends SwitchRecord {
  paymentMethods: PaymentMethod[];
}

/** As the Connect family takes them. */
export interface SwitchAccount { accountNumber: string; bankIdentifier: string; title?: string; type?: string }
export interface SwitchCard { number: string; title?: string; brand?: string }

const deposits = ({ state }: Known) => state.bag<DepositSwitchRecord>('depositSwitches');
const billPays = ({ state }: Known) => state.bag<BillPaySwitchRecord>('billPaySwitches');
const end = (number: string) => number.slice(-4);

/** What becomes of a switch, at a moment. */
export function standingOf({ createdDate, failureReason }: SwitchRecord, now: number) {
  const done = now >= createdDate + PROCESSING_SECONDS;
  const signedIn = now >= createdDate + SIGN_IN_SECONDS && !NEVER_SIGNED_IN.has(failureReason ?? '');
  return {
    status: !done ? 'processing' : failureReason === undefined ? 'completed' : 'failed', failureReason: done ? failureReason : undefined,
    updatedDate: done ? createdDate + PROCESSING_SECONDS : signedIn ? createdDate + SIGN_IN_SECONDS : createdDate, authenticated: signedIn,
  };
}

function failureOf(numbers: readonly string[], reasons: readonly string[]): string | undefined {
  const at = numbers.map((number) => /99(\d\d)$/.exec(number)?.[1]).find((digits) => digits !== undefined);
  return at === undefined ? undefined : reasons[Number(at) - 1];
}

function newSwitch(context: Known, kind: string, customerId: string, providers: readonly string[]): SwitchRecord {
  return made(context.world.seed, kind, customerId, context.state.next(`${kind} switch`), context.now(), providers);
}

function made(seed: string, kind: string, customerId: string, count: number, createdDate: number, providers: readonly string[]): SwitchRecord {
  const random = seedRandom(seed, kind, customerId, count);
  const name = random.pick(providers);
  const id = createdDate.toString(16).padStart(8, '0') + random.hex(16);
  return { id, customerId, createdDate, provider: { id: seedRandom('switch provider', name).hex(24), name } };
}

const bankMethod = ({ accountNumber, bankIdentifier, title, type }: SwitchAccount): PaymentMethod => ({
  type: 'bank', title, bankIdentifier, endsWith: end(accountNumber), bankAccountType: type === 'savings' ? 'Savings' : 'Checking',
});

/** One account gets everything; several share it. */
export function startDepositSwitch(context: Known, customerId: string, accounts: readonly SwitchAccount[], externalId?: string): DepositSwitchRecord {
  const share = Math.floor(100 / accounts.length);
  const shareOf = (at: number): Pick<Distribution, 'type' | 'allocatedValue'> =>
    (accounts.length === 1 ? { type: 'total' } : { type: 'percent', allocatedValue: at === 0 ? 100 - share * (accounts.length - 1) : share });
  const record: DepositSwitchRecord = {
    ...newSwitch(context, 'deposit', customerId, PAYROLLS), externalId,
    failureReason: failureOf(accounts.map(({ accountNumber }) => accountNumber), DEPOSIT_FAILURES),
    distributions: accounts.map(({ accountNumber, bankIdentifier }, at) => ({ ...shareOf(at), bankIdentifier, accountNumberEndsWith: end(accountNumber) })),
  };
  deposits(context).put(record.id, record);
  return record;
}

export function startBillPaySwitch(
  context: Known, customerId: string, cards: readonly SwitchCard[], accounts: readonly SwitchAccount[] = [],
): BillPaySwitchRecord {
  const numbers = [...cards.map(({ number }) => number), ...accounts.map(({ accountNumber }) => accountNumber)];
  const record: BillPaySwitchRecord = {
    ...newSwitch(context, 'bill pay', customerId, BILLERS), failureReason: failureOf(numbers, BILL_PAY_FAILURES),
    paymentMethods: [
      ...cards.map(({ number, title, brand }): PaymentMethod => ({ type: 'card', title, brand, endsWith: end(number) })),
      ...accounts.map(bankMethod),
    ],
  };
  billPays(context).put(record.id, record);
  return record;
}

const latestFirst = <T extends SwitchRecord>(records: readonly T[]) => [...records].sort((a, b) => b.createdDate - a.createdDate || b.id.localeCompare(a.id));
const ofCustomer = <T extends SwitchRecord>(records: readonly [string, T][], customerId: string) =>
  records.map(([, record]) => record).filter((record) => record.customerId === customerId);

/** A customer's deposit switches, latest first. */
export function depositSwitchesOf(context: Known, customer: CustomerEntity): DepositSwitchRecord[] {
  return latestFirst([...seededDeposits(context, customer), ...ofCustomer(deposits(context).entries(), customer.id)]);
}

/** A customer's bill pay switches, latest first. */
export function billPaySwitchesOf(context: Known, customer: CustomerEntity): BillPaySwitchRecord[] {
  return latestFirst([...seededBillPays(context, customer), ...ofCustomer(billPays(context).entries(), customer.id)]);
}

/** The deposit switches under an external id, latest first. Of the seed only the first customers have any. */
export function depositSwitchesOfExternal(context: Known, externalId: string): DepositSwitchRecord[] {
  const { state, world } = context;
  const first = Array.from({ length: Math.min(CERTAIN, world.customerCount) }, (_, index) => state.customers.get(world.customerAt(index).id));
  const seeded = first.flatMap((customer) => (customer ? seededDeposits(context, customer) : []));
  const own = deposits(context).entries().map(([, record]) => record).filter(({ customerId }) => state.customers.get(customerId));
  return latestFirst([...seeded, ...own].filter((record) => record.externalId === externalId));
}

/** The accounts that a seeded customer's money can be sent to, as they were when the seed was made. */
function reachable({ world, now }: Known, customer: CustomerEntity): SwitchAccount[] {
  return world.loginsOf(customer).flatMap((login) => {
    const routing = world.institutions.find(({ id }) => id === login.institutionId)?.routingNumbers[0];
    const accounts = routing ? world.accountsOf(login, customer, { fresh: true, now: now() }) : [];
    return accounts.filter(({ type }) => type === 'checking' || type === 'savings')
      .map(({ number, name, type }) => ({ accountNumber: number, bankIdentifier: routing as string, title: name, type }));
  });
}

/** How many switches the seed made for a customer, and when; none for customers that callers made, and none from after now. */
function seededMoments({ world, now }: Known, customer: CustomerEntity, random: SeedRandom, chance: number): number[] {
  const index = world.indexOf(customer.id);
  if (index < 0 || (index >= CERTAIN && !random.chance(chance))) return [];
  const moments = Array.from({ length: random.int(1, 3) }, () => customer.createdDate + random.int(2, 60 * 24) * 3600 + random.int(0, 3599));
  return moments.filter((moment) => moment <= now());
}

function seededDeposits(context: Known, customer: CustomerEntity): DepositSwitchRecord[] {
  const { world } = context;
  const random = seedRandom(world.seed, 'deposit switches', customer.id);
  const moments = seededMoments(context, customer, random, 0.3);
  const accounts = moments.length > 0 ? reachable(context, customer) : [];
  const [first, second] = accounts;
  if (!first) return [];
  return moments.map((moment, at): DepositSwitchRecord => {
    const whole: Distribution[] = [{ type: 'total', bankIdentifier: first.bankIdentifier, accountNumberEndsWith: end(first.accountNumber) }];
    const some = { type: 'fixed' as const, allocatedValue: random.int(2, 12) * 50 };
    const split: Distribution[] = second === undefined ? whole : [
      { ...some, bankIdentifier: second.bankIdentifier, accountNumberEndsWith: end(second.accountNumber) }, ...whole,
    ];
    return {
      ...made(world.seed, 'seeded deposit', customer.id, at, moment, PAYROLLS), distributions: random.chance(0.4) ? split : whole,
      failureReason: random.chance(0.3) ? random.pick(DEPOSIT_FAILURES) : undefined,
      externalId: at === 0 && world.indexOf(customer.id) < CERTAIN ? SEEDED_BRANCH : undefined,
    };
  });
}

function seededBillPays(context: Known, customer: CustomerEntity): BillPaySwitchRecord[] {
  const { world } = context;
  const random = seedRandom(world.seed, 'bill pay switches', customer.id);
  const moments = seededMoments(context, customer, random, 0.25);
  const account = moments.length > 0 ? reachable(context, customer)[0] : undefined;
  return moments.map((moment, at): BillPaySwitchRecord => {
    const card: PaymentMethod = { type: 'card', title: 'Everyday card', brand: random.pick(['Mastercard', 'Visa', 'Discover']), endsWith: random.digits(4) };
    return {
      ...made(world.seed, 'seeded bill pay', customer.id, at, moment, BILLERS), paymentMethods: [account && random.chance(0.3) ? bankMethod(account) : card],
      failureReason: random.chance(0.3) ? random.pick(BILL_PAY_FAILURES) : undefined,
    };
  });
}
