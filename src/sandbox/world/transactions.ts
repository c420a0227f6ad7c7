// The ledger of an account: its rows from the first day on, generated once, extended when the clock moves, kept in a bounded cache.
// Rows stand in the order of their transaction date, and the running balance of posted rows chains in that order at any moment:
// each is the one before plus its own amount, and the last is the account's balance. Pending and shadow rows carry none.
import type { AccountEntity, TransactionEntity, TransactionStream } from '../entities.ts';
import { hashText, seedRandom } from '../seedRandom.ts';
import { knownUntil } from './aggregation.ts';
import { businessChecking } from './businessStream.ts';
import { createPayments, creditCard, lineOfCredit, loan } from './creditStreams.ts';
import type { Payments } from './creditStreams.ts';
import { freelanceChecking, pensionChecking, salaryChecking, savings, studentChecking } from './depositStreams.ts';
import { holdingsAt, investment, retirement } from './holdings.ts';
import type { Holdings } from './holdings.ts';
import { places } from './names.ts';
import { cents, DAY, dayOf } from './streams.ts';
import type { Generator, Row, StreamContext } from './streams.ts';

const NOON = 43_200;
/** No row waits longer than this to post. */
const PENDING_DAYS = 3;
const HISTORY_DAYS = 730;
const MAX_ROWS_A_DAY = 45;

const GENERATORS: Record<TransactionStream, (context: StreamContext) => Generator> = {
  salaryChecking, freelanceChecking, businessChecking, pensionChecking, studentChecking, savings, moneyMarket: savings, certificate: savings,
  creditCard, lineOfCredit, investment, retirement, mortgage: loan, loan, studentLoan: loan, none: () => () => [],
};

export const holdsSecurities = (account: Pick<AccountEntity, 'stream'>) => account.stream === 'investment' || account.stream === 'retirement';
/** The day from which the account's ledger counts, days since 1970. */
export const originDay = (account: Pick<AccountEntity, 'createdDate'>) => Math.floor(account.createdDate / DAY) - HISTORY_DAYS;

export interface Ledgers {
  transactions(account: AccountEntity, from: number, to: number, now: number): TransactionEntity[];
  balanceAt(account: AccountEntity, moment: number): number;
  holdings(account: AccountEntity, moment: number): Holdings;
}

/** `maxRows` bounds the rows kept in memory; a ledger that was dropped is generated anew, with the same rows. */
export function createLedgers(seed: string, maxRows = 150_000): Ledgers {
  const payments = createPayments(seed);
  const kept = new Map<string, Ledger>();
  let rows = 0;

  const ledgerOf = (account: AccountEntity, day: number): Ledger => {
    const key = `${account.id}@${account.createdDate}`;
    const ledger = kept.get(key) ?? createLedger(seed, account, payments);
    kept.delete(key);
    kept.set(key, ledger);
    const before = ledger.rows.length;
    ledger.extendTo(day);
    rows += ledger.rows.length - ledger.counted;
    ledger.counted = ledger.rows.length;
    if (ledger.rows.length !== before) {
      for (const [oldKey, old] of kept) {
        if (rows <= maxRows || old === ledger) break;
        kept.delete(oldKey);
        rows -= old.counted;
      }
    }
    return ledger;
  };

  const asSeen = (account: AccountEntity, from: number, to: number, seen: number): TransactionEntity[] => {
    const ledger = ledgerOf(account, Math.floor(seen / DAY));
    const low = firstAtOrAfter(ledger.rows, from);
    const high = firstAtOrAfter(ledger.rows, Math.min(to, seen) + 1);
    const settled = firstAtOrAfter(ledger.rows, seen - PENDING_DAYS * DAY + 1);
    if (high <= low) return [];
    if (high <= settled) return ledger.rows.slice(low, high);
    return [...ledger.rows.slice(low, Math.max(low, settled)), ...ledger.tail(settled, high, seen).slice(Math.max(0, low - settled))];
  };

  const holdings = (account: AccountEntity, moment: number) => {
    const day = originDay(account);
    return holdingsAt(seed, account, asSeen(account, day * DAY, moment, moment), day, moment);
  };

  return {
    transactions(account, from, to, now) {
      const seen = knownUntil(account, now);
      return seen === undefined ? [] : asSeen(account, Math.max(from, account.historyFrom), to, Math.min(seen, now));
    },
    balanceAt(account, moment) {
      if (holdsSecurities(account)) return holdings(account, moment).worth;
      const ledger = ledgerOf(account, Math.floor(moment / DAY));
      const settled = firstAtOrAfter(ledger.rows, moment - PENDING_DAYS * DAY + 1);
      const tail = ledger.tail(settled, firstAtOrAfter(ledger.rows, moment + 1), moment);
      return tail.findLast((row) => row.runningBalance !== undefined)?.runningBalance ?? ledger.balanceBefore(settled);
    },
    holdings,
  };
}

// --- one account

interface Ledger {
  /** As they stand once everything has posted. */
  readonly rows: TransactionEntity[];
  /** Rows that the cache has counted. */
  counted: number;
  extendTo(day: number): void;
  balanceBefore(index: number): number;
  /** Rows from `settled` to `high` as they are at `seen`: some pending, the balances of the others without those. */
  tail(settled: number, high: number, seen: number): TransactionEntity[];
}

function createLedger(seed: string, account: AccountEntity, payments: Payments): Ledger {
  const [city, state] = seedRandom(seed, 'home', account.customerId).pick(places);
  const base = hashText(`${seed} day ${account.id}`);
  const context: StreamContext = { account, seed, city, state, payments, random: (day) => seedRandom(base, day.number) };
  const generate = GENERATORS[account.stream](context);
  const rows: TransactionEntity[] = [];
  /** What is special about a row while it is young. */
  const young = new Map<number, Row>();
  const idBase = (1000 + (hashText(account.id) % 9000)) * 10_000_000;
  const running = !holdsSecurities(account);
  let next = originDay(account);
  let balance = account.openingBalance;

  const add = (row: Row, number: number, seq: number) => {
    if (row.lag || row.hold) young.set(rows.length, row);
    if (!row.hold) balance = cents(balance + row.amount);
    const transactionDate = number * DAY + NOON;
    rows.push({
      id: idBase + (number - 16_000) * 100 + seq, accountId: account.id, customerId: account.customerId, amount: row.amount, status: row.hold ? 'shadow' : 'active', description: row.description, memo: row.memo,
      type: row.type, transactionDate, postedDate: row.hold ? undefined : transactionDate + (row.lag ?? 0) * DAY, createdDate: transactionDate + 18 * 3600, checkNum: row.checkNum,
      runningBalance: running && !row.hold ? balance : undefined, category: row.category, payee: row.payee, city: row.city, state: row.state, security: row.security, parts: row.parts,
    });
  };

  const balanceBefore = (index: number) => {
    for (let at = index - 1; at >= 0; at--) {
      const known = rows[at]?.runningBalance;
      if (known !== undefined) return known;
    }
    return account.openingBalance;
  };

  return {
    rows, counted: 0, balanceBefore,
    extendTo(day) {
      for (; next <= day; next++) {
        for (const [seq, row] of generate(dayOf(next), balance).slice(0, MAX_ROWS_A_DAY).entries()) add(row, next, seq);
      }
    },
    tail(settled, high, seen) {
      let posted = balanceBefore(settled);
      return rows.slice(settled, high).map((row, at) => {
        const special = young.get(settled + at);
        const wait = special?.hold ? 2 : special?.lag ?? 0;
        if (wait > 0 && seen < row.transactionDate + wait * DAY) {
          return { ...row, id: special?.newIdOnPost ? row.id + 50 : row.id, status: 'pending' as const, postedDate: undefined, runningBalance: undefined };
        }
        if (row.status !== 'active' || !running) return row;
        posted = cents(posted + row.amount);
        return posted === row.runningBalance ? row : { ...row, runningBalance: posted };
      });
    },
  };
}

function firstAtOrAfter(rows: readonly TransactionEntity[], moment: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle] as TransactionEntity).transactionDate < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
