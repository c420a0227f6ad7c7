// How likely a debit is to come back, reckoned from the account's own balance, days and fees. All scores run from 0 to 100, and higher is
// safer. The eight reasons are the parts of the day's score; a day on which less than the amount is expected is never better than risky.
import type { AccountEntity, TransactionEntity } from '../entities.ts';
import { isNsfFee } from '../reports/parts.ts';
import { DAY } from '../world/streams.ts';
import { round, rowsOf } from './accountAccess.ts';
import { balancesAt, fetchedAt } from './bankAccess.ts';
import type { Money } from './bankAccess.ts';
import { alike, sameEmail, samePhone } from './ownerMatching.ts';
import { addressLine, ownersOf } from './owners.ts';

export interface Reasons {
  recentBalance: number;
  balanceHistory: number;
  nsfHistory: number;
  recentNsfHistory: number;
  recurringNsf: number;
  spendHistory: number;
  depositHistory: number;
  transactionAmount: number;
}

type Standing = Omit<Reasons, 'recentBalance'>;
export interface DayRisk { date: string; score: number; reasons: Reasons }
export interface SettlementRisk { availableBalance: number; days: DayRisk[] }

export interface Payer {
  name?: string;
  email?: string;
  address?: { streetLine1?: string; streetLine2?: string; city?: string; state?: string; postalCode?: string };
  phone?: { number?: string };
}

const WEIGHTS: Readonly<Record<keyof Reasons, number>> = {
  recentBalance: 0.35, balanceHistory: 0.15, nsfHistory: 0.1, recentNsfHistory: 0.1, recurringNsf: 0.05, spendHistory: 0.1, depositHistory: 0.05, transactionAmount: 0.1,
};
/** The best that a day without the money can be. */
const SHORT = 30;
const HALF_YEAR = 182;
const QUARTER = 91;
const score = (value: number) => Math.max(0, Math.min(100, Math.round(value)));
const dateNumber = (moment: number) => new Date(moment * 1000).getUTCDate();
const dayOf = (moment: number) => new Date(moment * 1000).toISOString().slice(0, 10);

/** Days that are scored for a date to settle by: 3 to 10, today included. */
export function daysFor(settleByDate: string, now: number): number {
  const ahead = Math.round((Date.parse(settleByDate) - Date.parse(dayOf(now))) / (DAY * 1000));
  return Math.max(3, Math.min(10, ahead + 1));
}

export function settlementRisk(account: AccountEntity, amount: number, days: number, context: Money): SettlementRisk {
  const at = context.now();
  const { available } = balancesAt(account, at, context);
  const rows = rowsOf(context, fetchedAt(account, at), at - HALF_YEAR * DAY, at).filter(({ status }) => status === 'active');
  const past = historyOf(rows, at, available);
  const standing = standingOf(past, rows, amount, at);
  let expected = available;
  return {
    availableBalance: available,
    days: Array.from({ length: days }, (_, ahead) => {
      if (ahead > 0) expected += past.usual.get(dateNumber(at + ahead * DAY)) ?? 0;
      const reasons = { recentBalance: covered(expected, amount), ...standing };
      const mixed = score(Object.entries(WEIGHTS).reduce((sum, [name, weight]) => sum + weight * reasons[name as keyof Reasons], 0));
      return { date: dayOf(at + ahead * DAY), score: expected < amount ? Math.min(SHORT, mixed) : mixed, reasons };
    }),
  };
}

interface Past {
  paidIn: number;
  paidOut: number;
  /** What a date of the month, such as the 15th, usually brings or takes: pay days and rent show. */
  usual: ReadonlyMap<number, number>;
  balances: number[];
}

/** The last quarter: money in, money out, what each date of the month brings, the balance at the end of each day. */
function historyOf(rows: readonly TransactionEntity[], at: number, available: number): Past {
  const from = at - QUARTER * DAY;
  const recent = rows.filter(({ transactionDate }) => transactionDate >= from);
  const sum = (sign: 1 | -1) => round(recent.reduce((total, { amount }) => total + Math.max(0, sign * amount), 0));
  const [paidIn, paidOut] = [sum(1), sum(-1)];
  let balance = rows.findLast(({ transactionDate, runningBalance }) => transactionDate < from && runningBalance !== undefined)?.runningBalance;
  let next = 0;
  const balances: number[] = [];
  for (let day = 0; day < QUARTER; day++) {
    for (let row = recent[next]; row && row.transactionDate < from + (day + 1) * DAY; row = recent[++next]) balance = row.runningBalance ?? balance;
    balances.push(balance ?? recent[0]?.runningBalance ?? available);
  }
  const usual = new Map<number, number>();
  for (const { transactionDate, amount } of recent) usual.set(dateNumber(transactionDate), (usual.get(dateNumber(transactionDate)) ?? 0) + amount / 3);
  return { paidIn, paidOut, usual, balances };
}

/** What does not change from day to day. */
function standingOf({ paidIn, paidOut, balances }: Past, rows: readonly TransactionEntity[], amount: number, at: number): Standing {
  const fees = rows.filter(isNsfFee);
  const lately = fees.filter(({ transactionDate }) => transactionDate >= at - 30 * DAY).length;
  const months = new Set(fees.map(({ transactionDate }) => dayOf(transactionDate).slice(0, 7))).size;
  const average = balances.reduce((sum, balance) => sum + balance, 0) / balances.length;
  return {
    balanceHistory: score((100 * balances.filter((balance) => balance >= amount).length) / balances.length),
    nsfHistory: score(100 - 20 * fees.length), recentNsfHistory: score(100 - 40 * lately), recurringNsf: score(100 - 25 * months),
    spendHistory: paidOut === 0 ? 100 : score(100 * (paidIn / paidOut - 0.5)), depositHistory: score((100 * (paidIn / 3)) / (paidIn / 3 + amount)),
    transactionAmount: average <= 0 ? 0 : score((100 * average) / (average + amount)),
  };
}

/** An amount that is there four times over is as good as certain. */
const covered = (expected: number, amount: number) => (expected <= 0 ? 0 : score(100 * (1 - Math.exp((-expected / amount) * 0.9))));

/** Risk of the debit being called unauthorized: whether the payer is one of the owners, and how long the account has been in use. */
export function unauthorizedScore(account: AccountEntity, payer: Payer | undefined, context: Money): number {
  const at = context.now();
  const first = rowsOf(context, fetchedAt({ ...account, historyFrom: 0 }, at), 0, at)[0]?.transactionDate ?? at;
  const tenure = Math.min(1, (at - first) / (365 * DAY));
  return score(60 * likeness(account, payer, context) + 40 * tenure);
}

/** 0 to 1: the payer's data against the owner whom they fit best; three quarters when none was given. */
function likeness(account: AccountEntity, payer: Payer | undefined, context: Money): number {
  const { streetLine1, streetLine2, city, state, postalCode } = payer?.address ?? {};
  const address = [streetLine1, streetLine2, city, state, postalCode].filter(Boolean).join(' ');
  const best = Math.max(0, ...ownersOf(account, context).map((owner) => {
    const parts = [
      payer?.name ? alike(payer.name, owner.ownerName) : undefined,
      payer?.email && owner.email ? sameEmail(payer.email, owner.email) : undefined,
      payer?.phone?.number ? Math.max(0, ...owner.phones.map(({ phone }) => samePhone(payer.phone?.number ?? '', phone))) : undefined,
      address ? Math.max(0, ...owner.addresses.map((held) => alike(address, addressLine(held)))) : undefined,
    ].filter((part) => part !== undefined);
    return parts.length === 0 ? 75 : parts.reduce((sum, part) => sum + part, 0) / parts.length;
  }));
  return best / 100;
}
