// When an account's data was last fetched. The platform refreshes every healthy account once a night; a failing one is tried every night
// and keeps the data it had; one that was never refreshed has none until somebody asks for it.
import type { AccountEntity } from '../entities.ts';
import { hashText } from '../seedRandom.ts';

const DAY = 86_400;

export interface Aggregation {
  /** Undefined before the first refresh. */
  code?: number;
  successDate?: number;
  attemptDate?: number;
}

/** Codes that come and go by themselves: the bank is down, or the account is being fetched right now. */
export const PASSING_CODES: ReadonlySet<number> = new Set([102, 320, 580, 325, 5006]);

/** The latest nightly run for this sign-in at or before `now`, between 04:00 and 06:00 UTC. */
export function nightlyRun(institutionLoginId: number, now: number): number {
  const at = 4 * 3600 + (hashText(String(institutionLoginId)) % 7200);
  return Math.floor((now - at) / DAY) * DAY + at;
}

export function aggregationOf(account: AccountEntity, now: number): Aggregation {
  if (account.aggregationSuccessDate === undefined && account.aggregationAttemptDate === undefined) return {};
  const run = account.status === 'pending' ? 0 : nightlyRun(account.institutionLoginId, now);
  const attemptDate = Math.max(account.aggregationAttemptDate ?? 0, run);
  const code = account.aggregationStatusCode;
  const successDate = code === 0 ? Math.max(account.aggregationSuccessDate ?? 0, run) : account.aggregationSuccessDate;
  return { code, attemptDate: Math.min(attemptDate, now), successDate: successDate === undefined ? undefined : Math.min(successDate, now) };
}

/** The moment up to which the account's transactions are known, at `now`; undefined when none are. */
export const knownUntil = (account: AccountEntity, now: number) => aggregationOf(account, now).successDate;
