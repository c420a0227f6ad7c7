// An account as the wire shows it. Quirks kept: `institutionId` is text and `institutionLoginId` a number; what is not known is an explicit
// null, which before the first refresh is nearly everything; rates of cards and loans, and the length of a loan, are text.
import type { AccountEntity } from '../entities.ts';
import type { SandboxContext } from '../types.ts';
import { aggregationOf } from '../world/aggregation.ts';
import { holdsSecurities } from '../world/transactions.ts';
import { balanceOf, last4, orNull, rowsOf } from './accountAccess.ts';
import { detailOf, positionsOf } from './accountDetail.ts';

type Money = Pick<SandboxContext, 'state' | 'world' | 'now'>;
const ACH_TYPES = new Set(['checking', 'savings', 'moneyMarket']);

/** As the bank prints it: some give the whole number, some a mask. */
export function shownNumber(account: AccountEntity): string {
  if (account.stream === 'creditCard') return `xxxxxxxxxxxx${last4(account)}`;
  return account.institutionId % 2 === 0 ? account.number : `XXXXXX${last4(account)}`;
}

const shared = (account: AccountEntity, now: number) => {
  const { code, successDate, attemptDate } = aggregationOf(account, now);
  const siblings = account.siblings ?? [];
  const position = siblings.filter((sibling) => sibling.id < account.id).length + 1;
  return {
    id: account.id, accountNumberDisplay: last4(account), name: account.name, type: account.type, aggregationStatusCode: orNull(code), status: account.status,
    customerId: account.customerId, institutionId: String(account.institutionId), aggregationSuccessDate: orNull(successDate), aggregationAttemptDate: orNull(attemptDate),
    createdDate: account.createdDate, currency: account.currency, institutionLoginId: account.institutionLoginId, authorizationStartDate: null, authorizationEndDate: null, authorizationExpires: null,
    displayPosition: position, parentAccount: account.type === 'studentLoanAccount' ? orNull(siblings.find((sibling) => sibling.type === 'studentLoanGroup')?.id) : null,
    linkedAccountDate: account.createdDate,
  };
};

export const simpleAccount = (account: AccountEntity, { now }: Money) => shared(account, now());

export function wireAccount(account: AccountEntity, context: Money) {
  const now = context.now();
  const { successDate } = aggregationOf(account, now);
  const known = successDate !== undefined && account.status === 'active';
  const rows = known ? rowsOf(context, account, 0, now) : [];
  const balance = known ? balanceOf(context, account) : undefined;
  return {
    ...shared(account, now), number: shownNumber(account), realAccountNumberLast4: ACH_TYPES.has(account.type) ? last4(account) : null, accountNickname: account.name,
    balance: orNull(balance), balanceDate: known ? successDate : null, lastUpdatedDate: known ? successDate : account.createdDate, marketSegment: account.marketSegment,
    lastTransactionDate: orNull(rows.at(-1)?.transactionDate), oldestTransactionDate: orNull(rows[0]?.transactionDate),
    detail: known && balance !== undefined ? detailOf(account, context, { balance, at: successDate, rows }) : null,
    position: known && holdsSecurities(account) ? positionsOf(account, context, successDate) : null,
  };
}
