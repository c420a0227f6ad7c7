// The fields of a transaction in the order in which people read them, and what each is called. Fields that are not named here come behind, by
// name: an export has the same columns in the same order each time, and a new field of the API never moves an old one.
import type { ColumnInfo } from './transactionMessages.ts';
import { columnKind } from './fieldKinds.ts';
import { words } from './format.ts';
import { accountColumn, recurringColumn } from './transactionOrder.ts';
import type { StoredColumn } from './storedColumn.ts';
import type { TransactionStore } from './transactionStore.ts';

/** Paths, as the API's description has them. */
export const knownFields: readonly string[] = [
  'transactionDate', 'postedDate', 'description', 'memo', 'amount', 'status', 'type', 'categorization.category', 'categorization.normalizedPayeeName',
  'runningBalanceAmount', 'checkNum', 'currencySymbol', 'id', 'uniqueTransactionId', 'accountId', 'customerId', 'createdDate', 'effectiveDate', 'firstEffectiveDate',
  'categorization.bestRepresentation', 'categorization.city', 'categorization.state', 'categorization.postalCode', 'categorization.country', 'categorization.entityStandardizationConfidenceScore',
  'escrowAmount', 'feeAmount', 'interestAmount', 'principalAmount', 'suspenseAmount', 'investmentTransactionType', 'ticker', 'unitQuantity', 'unitPrice', 'commissionAmount', 'taxesAmount', 'incomeType',
  'securityId', 'securityIdType', 'subAccountFund', 'subaccountSecurityType', 'splitNumerator', 'splitDenominator', 'sharesPerContract', 'optionStrikePrice', 'optionExpireDate',
];

/** Shown until the person chooses. */
export const firstColumns: readonly string[] = ['transactionDate', 'description', 'amount', accountColumn, 'categorization.normalizedPayeeName', 'categorization.category', 'status', 'runningBalanceAmount'];

const named: Readonly<Record<string, string>> = {
  transactionDate: 'Date', postedDate: 'Posted', 'categorization.category': 'Category', 'categorization.normalizedPayeeName': 'Payee', runningBalanceAmount: 'Balance after', checkNum: 'Check number',
  id: 'Transaction ID', uniqueTransactionId: 'Unique ID', accountId: 'Account ID', customerId: 'Customer ID', currencySymbol: 'Foreign currency', '': 'Value',
  'categorization.bestRepresentation': 'Cleaned text', 'categorization.entityStandardizationConfidenceScore': 'Payee confidence',
  [accountColumn]: 'Account', [recurringColumn]: 'Recurring',
};

export const labelOf = (key: string): string => (Object.hasOwn(named, key) ? named[key]! : words(key.startsWith('categorization.') ? key.slice('categorization.'.length) : key));

const places = new Map(knownFields.map((key, place) => [key, place]));

/** Every field that there is, in the order above. */
export function fieldOrder(columns: readonly StoredColumn[]): StoredColumn[] {
  const place = ({ key }: StoredColumn) => places.get(key) ?? places.size;
  return [...columns].sort((a, b) => place(a) - place(b) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

export function columnInfos(store: TransactionStore): ColumnInfo[] {
  return [
    { key: accountColumn, label: labelOf(accountColumn), kind: 'text', filled: store.accounts.length > 1 ? store.rows : 0 },
    { key: recurringColumn, label: labelOf(recurringColumn), kind: 'text', filled: store.hasStreams ? store.rows : 0 },
    ...fieldOrder(store.columns).map((column): ColumnInfo => ({ key: column.key, label: labelOf(column.key), kind: kindOfColumn(column, store.rows), filled: column.filled })),
  ];
}

function kindOfColumn(column: StoredColumn, rows: number): ColumnInfo['kind'] {
  const name = column.path.at(-1)!;
  const kind = columnKind(name, column.samples(rows));
  // A day as the wire has it, whatever hour it stands at.
  return kind === 'moment' && /^(transactionDate|postedDate|effectiveDate|firstEffectiveDate)$/.test(name) ? 'day' : kind;
}
