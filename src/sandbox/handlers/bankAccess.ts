// What the payment families share: whether an account can be read at its bank right now, and its balance at a moment. They ask the bank
// while the caller waits, so an account whose last refresh failed is refused with that aggregation code, under HTTP 500, until a refresh
// or Connect Fix has mended it. The order: the account's type, its status, the institution's product, the sign-in.
import type { AccountEntity } from '../entities.ts';
import { ApiFault } from '../types.ts';
import type { SandboxContext } from '../types.ts';
import { aggregationOf } from '../world/aggregation.ts';
import { DAY } from '../world/streams.ts';
import type { InstitutionEntity } from '../world/world.ts';
import { balanceOf, round, rowsOf } from './accountAccess.ts';

export type Money = Pick<SandboxContext, 'state' | 'world' | 'now'>;

export const DEPOSITS: ReadonlySet<string> = new Set(['checking', 'savings', 'moneyMarket', 'cd']);

const SAID: Readonly<Record<number, string>> = {
  102: 'The institution is not available.',
  103: 'The credentials for this institution are not correct.',
  185: 'The answer to the institution\'s question is missing.',
  187: 'The answer to the institution\'s question is not correct.',
  325: 'The account is being aggregated.',
  5006: 'The account is being aggregated.',
};
export const aggregationMessage = (code: number) => SAID[code] ?? 'The institution could not be read.';

export const institutionOf = (account: AccountEntity, { world }: Pick<SandboxContext, 'world'>): InstitutionEntity | undefined =>
  world.institutions.find(({ id }) => id === account.institutionId);

export interface Access {
  /** The institution's certified product. */
  product: string;
  /** Account types that the operation takes; every type when left out. */
  types?: ReadonlySet<string>;
  /** What an institution without the product answers. */
  missing?: () => ApiFault;
}

const unsupported = () => new ApiFault(400, 14020, 'Bad request. (Account type not supported)');
const noDetails = () => new ApiFault(404, 38008, 'Account details not found.');

/** Why the account's data cannot be given at all, whatever is cached. */
export function notOffered(account: AccountEntity, { product, types, missing = noDetails }: Access, context: Money): ApiFault | undefined {
  if (types && !types.has(account.type)) return unsupported();
  if (account.status === 'pending') return new ApiFault(400, 14020, 'Bad request. (Account is not active)');
  return institutionOf(account, context)?.products.includes(product) ? undefined : missing();
}

/** Why the bank cannot be read for this account now. */
export function unreachable(account: AccountEntity): ApiFault | undefined {
  const code = account.aggregationStatusCode;
  return code === 0 ? undefined : new ApiFault(500, code, aggregationMessage(code));
}

export function demandAccess(account: AccountEntity, access: Access, context: Money): void {
  const fault = notOffered(account, access, context) ?? unreachable(account);
  if (fault) throw fault;
}

/** The account as a fetch at this moment would leave it. The code is any but 0, lest a later nightly run counts. */
const HELD = -1;
export const fetchedAt = (account: AccountEntity, moment: number): AccountEntity =>
  ({ ...account, aggregationStatusCode: HELD, aggregationSuccessDate: moment, aggregationAttemptDate: moment });

export interface Balances {
  available: number;
  cleared: number;
  /** When the bank said so. */
  at: number;
}

/** Pending rows younger than this count against what can be drawn. */
const PENDING_SINCE = 15 * DAY;

export function balancesAt(account: AccountEntity, at: number, context: Money): Balances {
  const held = fetchedAt(account, at);
  const cleared = balanceOf(context, held) ?? 0;
  const pending = rowsOf(context, held, at - PENDING_SINCE, context.now()).reduce((sum, row) => (row.status === 'pending' ? sum + row.amount : sum), 0);
  return { available: round(cleared + pending), cleared, at };
}

const fetches = ({ state }: Money) => state.bag<number>('balanceFetch');

/** The balance of the last time that the bank was read: a refresh, a live balance, or the linking. */
export function cachedBalances(account: AccountEntity, context: Money): Balances {
  const now = context.now();
  const read = [aggregationOf(account, now).successDate ?? 0, fetches(context).get(account.id) ?? 0, account.createdDate];
  return balancesAt(account, Math.max(...read.filter((moment) => moment <= now), 0), context);
}

/**
 * The cached balance when it is young enough, else the bank's own, which is cached then.
 * @param minutes Greatest age of a cached balance; 0 always asks the bank.
 */
export function balancesWithin(account: AccountEntity, minutes: number, context: Money): Balances {
  const now = context.now();
  if (minutes > 0) {
    const cached = cachedBalances(account, context);
    if (now - cached.at <= minutes * 60) return cached;
  }
  const fault = unreachable(account);
  if (fault) throw fault;
  fetches(context).put(account.id, now);
  return balancesAt(account, now, context);
}
