// Statements as stored files: an asset's id is made of account and month, so nothing has to be kept, and the id leads back to both.
import type { AccountEntity, TransactionEntity } from '../entities.ts';
import { seedRandom } from '../seedRandom.ts';
import { DAY, dayOf } from '../world/streams.ts';
import { originDay } from '../world/transactions.ts';

export const STATEMENTS = 24;

export interface StatementMonth {
  /** First moment of the month, and first moment after it. */
  from: number;
  to: number;
  monthKey: number;
}

/** The month of a statement: 1 is the newest that has closed at `now`. */
export function statementMonth(now: number, index: number): StatementMonth {
  const monthKey = dayOf(Math.floor(now / DAY)).monthKey - index;
  return { monthKey, from: Date.UTC(Math.floor((monthKey - 1) / 12), (monthKey - 1) % 12, 1) / 1000, to: Date.UTC(Math.floor(monthKey / 12), monthKey % 12, 1) / 1000 };
}

const idOf = (seed: string, customerId: string, accountId: string, monthKey: number) => {
  const hex = seedRandom(seed, 'statement', accountId, monthKey).hex(32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}-${customerId}`;
};

export const statementAssetId = (seed: string, customerId: string, accountId: string, now: number, index: number) => idOf(seed, customerId, accountId, statementMonth(now, index).monthKey);

/** The account and month of a statement's asset among these accounts; a statement stays an asset after it has left the list. */
export function statementOfAsset(seed: string, accounts: readonly AccountEntity[], now: number, assetId: string): { account: AccountEntity; month: StatementMonth } | undefined {
  for (const account of accounts) {
    for (let index = 1; hasStatement(account, statementMonth(now, index)); index++) {
      const month = statementMonth(now, index);
      if (idOf(seed, account.customerId, account.id, month.monthKey) === assetId) return { account, month };
    }
  }
  return undefined;
}

/** A bank has statements from the account's first month on. */
export const hasStatement = (account: AccountEntity, month: StatementMonth) => account.stream !== 'none' && month.to > originDay(account) * DAY;

/** Rows of the month as the bank lists them. */
export const statementRows = (rows: readonly TransactionEntity[], month: StatementMonth) => rows.filter((row) => row.status === 'active' && row.transactionDate >= month.from && row.transactionDate < month.to);
