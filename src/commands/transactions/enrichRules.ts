// Transactions as the enrichment takes them. Ids go as hashes, as the API demands: never the plain id of a customer or an account. Free of vscode.
import { createHash } from 'node:crypto';
import { moment as momentOf } from '../../tree/wire.ts';

type Row = Readonly<Record<string, unknown>>;

const known = new Set(['checking', 'savings', 'creditCard', 'brokerageAccount', 'investment', 'healthSavingsAccount']);

export function enrichBody(rows: readonly Row[]): { transactions: Row[] } {
  return { transactions: rows.map(enriched) };
}

function enriched(row: Row, index: number): Row {
  const type = row['#accountType'];
  const moment = momentOf(row.transactionDate) ?? momentOf(row.postedDate) ?? momentOf(row.createdDate);
  const posted = momentOf(row.postedDate);
  const description = text(row.description) ?? text(row.memo) ?? '';
  const memo = text(row.memo);
  return {
    externalCustomerId: hashed('customer', row.customerId),
    externalAccountId: hashed('account', row.accountId),
    accountType: typeof type === 'string' && known.has(type) ? type : 'unknown',
    externalTransactionId: hashed('transaction', row.uniqueTransactionId ?? row.id ?? index),
    transactionTimestamp: moment === undefined ? '' : iso(moment),
    ...(posted !== undefined && { postedTimestamp: iso(posted) }),
    description: description.slice(0, 1024),
    ...(memo !== undefined && memo !== description && { memo: memo.slice(0, 511) }),
    amount: row.amount,
  };
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value.trim() !== '' ? value : undefined);
const iso = (ms: number): string => new Date(ms).toISOString();

/** Short enough for the API, long enough to stay apart. */
const hashed = (kind: string, id: unknown): string => createHash('sha256').update(`${kind} ${String(id)}`).digest('hex').slice(0, 40);
