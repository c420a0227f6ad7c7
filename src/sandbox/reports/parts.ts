// Pieces that several reports share: one transaction, an account's head, its owner, its assets, the fees for insufficient funds, the period.
import type { TransactionEntity } from '../entities.ts';
import { round } from '../handlers/accountAccess.ts';
import { positionsOf } from '../handlers/accountDetail.ts';
import { shownNumber } from '../handlers/accountWire.ts';
import { investmentType } from '../handlers/transactionWire.ts';
import { aggregationOf } from '../world/aggregation.ts';
import { DAY } from '../world/streams.ts';
import { holdsSecurities } from '../world/transactions.ts';
import { lastDays, mean } from './facts.ts';
import type { AccountFacts, ReportFacts } from './facts.ts';

/** What is absent is left out here, not null. */
export function reportTransaction(row: TransactionEntity): Record<string, unknown> {
  return {
    id: row.id, amount: row.amount, postedDate: row.postedDate ?? row.transactionDate, description: row.description || 'No description provided by institution', ...(row.memo ? { memo: row.memo } : {}),
    normalizedPayee: row.payee, institutionTransactionId: String(row.id), category: row.category, type: row.type,
    ...(row.security ? { securityType: row.security.kind, symbol: row.security.ticker, commission: 0, investmentTransactionType: investmentType(row) } : {}),
  };
}

export const accountHead = ({ account }: AccountFacts, { context }: ReportFacts) => ({
  id: Number(account.id), number: shownNumber(account), name: account.name, type: account.type, currency: account.currency, aggregationStatusCode: aggregationOf(account, context.now()).code ?? null,
});

/** Who the bank says owns the account: the consumer, or the customer without one. */
export function ownerOf({ customer, consumer, report }: ReportFacts) {
  const details = consumer?.details ?? {};
  const name = [details.firstName ?? customer.firstName, details.lastName ?? customer.lastName].filter(Boolean).join(' ').toUpperCase();
  const address = [details.address, details.city, [details.state, details.zip].filter(Boolean).join(' ')].filter(Boolean).join(', ').toUpperCase();
  return { ...(name ? { ownerName: name } : {}), ...(address ? { ownerAddress: address } : {}), ownerAsOfDate: report.createdDate };
}

export const balanceDate = ({ account }: AccountFacts, { context }: ReportFacts) => aggregationOf(account, context.now()).successDate ?? null;

export function assetOf({ account, balance, available, daily, recent }: AccountFacts) {
  return { type: account.type, availableBalance: available, currentBalance: balance, twoMonthAverage: mean(lastDays(recent, 61)), sixMonthAverage: mean(recent), beginningBalance: daily[0] ?? balance };
}

export function assetsOf(accounts: readonly AccountFacts[]) {
  const each = accounts.map(assetOf);
  const total = (pick: (asset: ReturnType<typeof assetOf>) => number) => round(each.reduce((sum, asset) => sum + pick(asset), 0));
  return {
    availableBalance: total((asset) => asset.availableBalance), currentBalance: total((asset) => asset.currentBalance), twoMonthAverage: total((asset) => asset.twoMonthAverage),
    sixMonthAverage: total((asset) => asset.sixMonthAverage), beginningBalance: total((asset) => asset.beginningBalance),
  };
}

export const isNsfFee = (row: TransactionEntity) => row.type === 'fee' && /\bNSF\b|OVERDRAFT|INSUFFICIENT/.test(`${row.description} ${row.memo ?? ''}`);

/** Counters of fees for insufficient funds; `recentDays` is the stretch that the kind of report calls recent. */
export function nsfOf({ rows }: AccountFacts, to: number, recentDays: number) {
  const fees = rows.filter(isNsfFee);
  const last = fees.at(-1);
  return { total: fees.length, recent: fees.filter((row) => row.transactionDate >= to - recentDays * DAY).length, daysSinceLast: last ? Math.floor((to - last.transactionDate) / DAY) : 0 };
}

export function detailsOf({ account, balance, available }: AccountFacts, { context }: ReportFacts) {
  if (!holdsSecurities(account)) return { availableBalanceAmount: available, currentBalance: balance };
  const { cash } = context.world.holdings(account, context.now());
  return {
    interestMarginBalance: 0, availableCashBalance: cash, vestedBalance: account.stream === 'retirement' ? round(balance * 0.9) : null, currentLoanBalance: 0, availableBalanceAmount: available, marginBalance: 0, currentBalance: balance,
  };
}

export function holdingsOf({ account }: AccountFacts, { context }: ReportFacts) {
  if (!holdsSecurities(account)) return undefined;
  const at = aggregationOf(account, context.now()).successDate ?? context.now();
  return positionsOf(account, context, at).map(({ id, symbol, securityName, units, marketValue, currentPrice, securityType }) => ({ id, currency: account.currency, symbol, securityName, units, marketValue, currentPrice, securityType }));
}

/** The stretch that the rows cover, and whether it is long enough to be called seasoned. */
export function periodOf({ accounts, from, to }: ReportFacts, seasonedDays: number) {
  const posted = accounts.flatMap(({ rows }) => [rows[0], rows.at(-1)].flatMap((row) => (row ? [row.postedDate ?? row.transactionDate] : [])));
  const startDate = posted.length > 0 ? Math.min(...posted) : from;
  const endDate = posted.length > 0 ? Math.max(...posted) : to;
  const days = Math.round((endDate - startDate) / DAY);
  return { startDate, endDate, days, seasoned: days > seasonedDays };
}

/** The accounts by institution, in the order of their first account. */
export function byInstitution<T>(facts: ReportFacts, accounts: readonly AccountFacts[], wire: (account: AccountFacts) => T) {
  const ids = [...new Set(accounts.map(({ account }) => account.institutionId))];
  return ids.map((id) => {
    const institution = facts.context.world.institutions.find((entry) => entry.id === id);
    return { id, name: institution?.name ?? `Institution ${id}`, urlHomeApp: institution?.urlHomeApp ?? null, accounts: accounts.filter(({ account }) => account.institutionId === id).map(wire) };
  });
}
