// What people agreed to share, worked out from their sign-ins: every sign-in is one arrangement with its institution, and the sign-ins of
// one quarter of a customer's time stand under one consent. An arrangement runs for a year. Those of the seed are renewed every year while
// the institution still answers; those that callers made are not, so that an expiry can be seen by moving the clock. Kept are only the
// arrangements that were ended, or made anew after that. A consent's id can be read back to its customer, so nothing is searched.
import type { AccountEntity, CustomerEntity, LoginEntity } from '../entities.ts';
import { seedRandom } from '../seedRandom.ts';
import type { SandboxContext } from '../types.ts';

type Known = Pick<SandboxContext, 'state' | 'world' | 'now'>;

const DAY = 86_400;
const YEAR = 365 * DAY;
const QUARTER = 90 * DAY;
/** Aggregation codes that say the person has to agree once more. */
const NEEDS_CONSENT: ReadonlySet<number> = new Set([945, 947, 948]);
/** What accounts of a revoked arrangement show: the permission has ended. */
const PERMISSION_ENDED = 947;

export interface Arrangement {
  login: LoginEntity;
  status: 'ACTIVE' | 'REVOKED' | 'EXPIRED';
  statusDate: number;
  startDate: number;
  endDate: number;
  /** CUSTOMER, PARTNER or SYSTEM. */
  updatedBy: string;
  /** How often it was renewed or ended. */
  changes: number;
}

export interface Consent {
  id: string;
  customer: CustomerEntity;
  createdDate: number;
  /** Oldest first. */
  arrangements: Arrangement[];
}

const kept = ({ state }: Pick<SandboxContext, 'state'>) => state.bag<Arrangement>('arrangements');
const accountsOf = ({ state }: Known, login: LoginEntity) =>
  state.accounts.of(login.customerId).filter(({ institutionLoginId }) => institutionLoginId === login.id);

/** The arrangement as it was made, or as it was last renewed by itself. */
function original(context: Known, login: LoginEntity): Arrangement {
  const seeded = context.world.indexOfRecord('logins', String(login.id)) >= 0;
  const answers = !accountsOf(context, login).some(({ aggregationStatusCode }) => NEEDS_CONSENT.has(aggregationStatusCode));
  const renewals = seeded && answers ? Math.max(0, Math.floor((context.now() - login.createdDate) / YEAR)) : 0;
  const startDate = login.createdDate + renewals * YEAR;
  return { login, status: 'ACTIVE', statusDate: startDate, startDate, endDate: startDate + YEAR, updatedBy: 'CUSTOMER', changes: renewals };
}

/** A sign-in's arrangement as it stands now. */
export function arrangementOf(context: Known, login: LoginEntity): Arrangement {
  const last = kept(context).get(String(login.id)) ?? original(context, login);
  if (last.status !== 'ACTIVE' || context.now() < last.endDate) return { ...last, login };
  return { ...last, login, status: 'EXPIRED', statusDate: last.endDate, updatedBy: 'SYSTEM', changes: last.changes + 1 };
}

const keep = (context: Known, arrangement: Arrangement) => kept(context).put(String(arrangement.login.id), arrangement);
const revoked = (arrangement: Arrangement, updatedBy: string, now: number): Arrangement => ({
  ...arrangement, status: 'REVOKED', statusDate: now, updatedBy, changes: arrangement.changes + 1,
});

/** Ends an arrangement: its accounts keep the data they have, but cannot be refreshed any more. */
export function revokeArrangement(context: Known, login: LoginEntity, by: string): void {
  const arrangement = arrangementOf(context, login);
  if (arrangement.status !== 'ACTIVE') return;
  keep(context, revoked(arrangement, by, context.now()));
  for (const account of accountsOf(context, login)) {
    context.state.accounts.put({ ...account, aggregationStatusCode: PERMISSION_ENDED, aggregationAttemptDate: context.now() });
  }
}

/** Keeps the arrangement of a sign-in that is about to be removed with its accounts, so that its consent still tells of it. */
export function rememberRemoved(context: Known, login: LoginEntity): void {
  const arrangement = arrangementOf(context, login);
  keep(context, arrangement.status === 'ACTIVE' ? revoked(arrangement, 'PARTNER', context.now()) : arrangement);
}

/** Signing in once more is agreeing once more, for a year from now. */
export function agreeAgain(context: Known, login: LoginEntity): void {
  const arrangement = arrangementOf(context, login);
  if (arrangement.status === 'ACTIVE') return;
  const now = context.now();
  const period = { statusDate: now, startDate: now, endDate: now + YEAR };
  keep(context, { ...arrangement, ...period, status: 'ACTIVE', updatedBy: 'CUSTOMER', changes: arrangement.changes + 1 });
  for (const account of accountsOf(context, login)) {
    if (account.aggregationStatusCode === PERMISSION_ENDED) context.state.accounts.put({ ...account, aggregationStatusCode: 0 });
  }
}

const quarterOf = (customer: CustomerEntity, login: LoginEntity) => Math.max(0, Math.floor((login.createdDate - customer.createdDate) / QUARTER));

/** A customer's consents, oldest first. */
export function consentsOf(context: Known, customer: CustomerEntity): Consent[] {
  const removed = kept(context).entries().map(([, { login }]) => login).filter((login) => login.customerId === customer.id);
  const logins = new Map([...removed, ...context.state.logins.of(customer.id)].map((login) => [login.id, login]));
  const quarters = new Map<number, LoginEntity[]>();
  for (const login of [...logins.values()].sort((a, b) => a.createdDate - b.createdDate || a.id - b.id)) {
    const quarter = quarterOf(customer, login);
    quarters.set(quarter, [...(quarters.get(quarter) ?? []), login]);
  }
  return [...quarters].map(([quarter, together]) => ({
    id: consentId(context.world.seed, customer.id, quarter), customer, createdDate: together[0]?.createdDate ?? 0,
    arrangements: together.map((login) => arrangementOf(context, login)),
  }));
}

export function consentById(context: Known, id: string): Consent | undefined {
  const customerId = customerOfConsent(context.world.seed, id);
  const customer = customerId === undefined ? undefined : context.state.customers.get(customerId);
  return customer && consentsOf(context, customer).find((consent) => consent.id === id);
}

/** Every account that a sign-in brought, also those that were removed since. */
export function accountsUnder(context: Known, { login, status }: Arrangement, customer: CustomerEntity): { account: AccountEntity; active: boolean }[] {
  const present = new Map(accountsOf(context, login).map((account) => [account.id, account]));
  const brought = context.world.accountsOf(login, customer, { fresh: true, now: context.now() });
  return brought.map((account) => ({ account: present.get(account.id) ?? account, active: status === 'ACTIVE' && present.has(account.id) }));
}

// A UUID whose last twelve digits hold the quarter (14 bits) and the customer's number (34 bits) under a mask; the rest is their check.
const NUMBER_BITS = 34n;
const maskOf = (seed: string) => BigInt(`0x${seedRandom(seed, 'consent mask').hex(12)}`);

function consentId(seed: string, customerId: string, quarter: number): string {
  const tail = ((BigInt(quarter) << NUMBER_BITS) | BigInt(customerId)) ^ maskOf(seed);
  const head = seedRandom(seed, 'consent', customerId, quarter).hex(19);
  const variant = '89ab'[parseInt(head[15] as string, 16) % 4] as string;
  return `${head.slice(0, 8)}-${head.slice(8, 12)}-4${head.slice(12, 15)}-${variant}${head.slice(16, 19)}-${tail.toString(16).padStart(12, '0')}`;
}

function customerOfConsent(seed: string, id: string): string | undefined {
  const tail = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-([\da-f]{12})$/.exec(id)?.[1];
  if (!tail) return undefined;
  const bits = BigInt(`0x${tail}`) ^ maskOf(seed);
  const customerId = String(bits & ((1n << NUMBER_BITS) - 1n));
  return consentId(seed, customerId, Number(bits >> NUMBER_BITS)) === id ? customerId : undefined;
}
