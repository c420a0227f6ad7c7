// What recurs in an account: rows of one payee and direction that come back at a steady distance. Found in the rows, not known beforehand.
import type { AccountEntity, TransactionEntity } from '../entities.ts';
import { DAY } from '../world/streams.ts';

export interface RecurringStream {
  payee: string;
  categories: string[];
  rows: TransactionEntity[];
  /** Mean days between two. */
  cadence: number;
  active: boolean;
  amounts: { min: number; max: number; mean: number; median: number };
}

const round = (amount: number) => Math.round(amount * 100) / 100;

/** Streams among an account's posted rows as of `now`; `inflow` chooses the direction as a person sees it. */
function streamsIn(rows: readonly TransactionEntity[], now: number, inflow: boolean, opposite: boolean): RecurringStream[] {
  const byPayee = new Map<string, TransactionEntity[]>();
  for (const row of rows) {
    const into = opposite ? row.amount < 0 : row.amount > 0;
    if (row.status !== 'active' || into !== inflow || row.type === 'pointOfSale' || row.type === 'atm' || row.security) continue;
    // One payee can stand for several streams: two loans, transfers to two accounts, a bonus beside the pay.
    const key = row.category === 'Transfer' || row.category === 'Bonus' || row.category.startsWith('Loan') ? `${row.payee}|${row.description}` : row.payee;
    byPayee.set(key, [...(byPayee.get(key) ?? []), row]);
  }
  return [...byPayee.values()].flatMap((list) => streamOf(list, now) ?? []);
}

/** The distance, in days, at which a series comes back; undefined when it is not steady. `days` since 1970, oldest first. */
export function cadenceOf(days: readonly number[]): { median: number; mean: number } | undefined {
  const dates = [...new Set(days)];
  if (dates.length < 3) return undefined;
  const gaps = dates.slice(1).map((date, at) => date - (dates[at] as number)).sort((a, b) => a - b);
  const median = gaps[gaps.length >> 1] as number;
  const steady = gaps.filter((gap) => Math.abs(gap - median) <= Math.max(3, median * 0.15)).length / gaps.length;
  if (median < 5 || median > 100 || steady < 0.7) return undefined;
  return { median, mean: gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length };
}

function streamOf(rows: TransactionEntity[], now: number): RecurringStream | undefined {
  const dates = rows.map((row) => Math.floor(row.transactionDate / DAY));
  const cadence = cadenceOf(dates);
  if (!cadence) return undefined;
  const amounts = rows.map((row) => row.amount).sort((a, b) => a - b);
  return {
    payee: rows[0]?.payee ?? '', categories: [...new Set(rows.map((row) => row.category))], rows, cadence: Math.round(cadence.mean),
    active: now / DAY - (dates.at(-1) as number) <= cadence.median * 1.6 + 3,
    amounts: { min: amounts[0] as number, max: amounts.at(-1) as number, mean: round(amounts.reduce((sum, amount) => sum + amount, 0) / amounts.length), median: amounts[amounts.length >> 1] as number },
  };
}

function wire(stream: RecurringStream, opposite: boolean) {
  const { amounts, rows } = stream;
  const sign = opposite ? -1 : 1;
  const [low, high] = sign === 1 ? [amounts.min, amounts.max] : [-amounts.max, -amounts.min];
  const next = ((rows.at(-1) as TransactionEntity).transactionDate + stream.cadence * DAY) * 1000;
  return {
    normalizedPayeeName: stream.payee, transactionCategories: stream.categories, transactionIds: rows.map((row) => String(row.id)), cadence: stream.cadence, status: stream.active ? 'ACTIVE' : 'INACTIVE',
    expectedNextTransactionDate: new Date(next).toISOString().slice(0, 10), expectedNextTransactionAmount: sign * amounts.median, minimumHistoricalAmount: low, maximumHistoricalAmount: high,
    meanHistoricalAmount: sign * amounts.mean, medianHistoricalAmount: sign * amounts.median, countOfTransactions: rows.length,
  };
}

/** Inflows positive and outflows negative, also for cards and investments, whose rows carry the opposite sign. */
export function recurringOf(accounts: readonly { account: AccountEntity; rows: readonly TransactionEntity[] }[], now: number) {
  const each = accounts.map(({ account, rows }) => {
    const opposite = ['creditCard', 'lineOfCredit', 'mortgage', 'loan', 'studentLoan', 'investment', 'retirement'].includes(account.stream);
    const find = (inflow: boolean) => streamsIn(rows, now, inflow, opposite).map((stream) => wire(stream, opposite));
    return { accountId: account.id, recurringOutflows: find(false), recurringInflows: find(true) };
  });
  return {
    customerRecurringTransactions: { recurringOutflows: each.flatMap((entry) => entry.recurringOutflows), recurringInflows: each.flatMap((entry) => entry.recurringInflows) },
    accountRecurringTransactions: each,
  };
}
