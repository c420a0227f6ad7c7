// What a bank tells of an account beyond its balance: one flat record whose keys depend on the kind, reckoned from the account's own rows.
// Money in the account's currency, rates in percent.
import type { AccountEntity, TransactionEntity } from '../entities.ts';
import { hashText } from '../seedRandom.ts';
import type { SandboxContext } from '../types.ts';
import { cardTerms, lineTerms, loanTerms, paymentDate } from '../world/creditStreams.ts';
import { interestRate } from '../world/depositStreams.ts';
import { priceOn } from '../world/holdings.ts';
import { DAY } from '../world/streams.ts';
import { originDay } from '../world/transactions.ts';
import { round } from './accountAccess.ts';

interface Facts {
  balance: number;
  /** Moment of the last good refresh. */
  at: number;
  /** Every row held, oldest first. */
  rows: readonly TransactionEntity[];
}

const utc = (year: number, month: number, date = 1) => Date.UTC(year, month, date) / 1000;
const sum = (rows: readonly TransactionEntity[], pick: (row: TransactionEntity) => number) => round(rows.reduce((total, row) => (row.status === 'active' ? total + pick(row) : total), 0));

export function detailOf(account: AccountEntity, { world }: Pick<SandboxContext, 'world'>, facts: Facts): Record<string, unknown> {
  switch (account.stream) {
    case 'creditCard': return card(account, world.seed, facts);
    case 'lineOfCredit': return line(account, world.seed, facts);
    case 'mortgage': case 'loan': case 'studentLoan': return loan(account, world.seed, facts);
    case 'investment': case 'retirement': return investment(account, world, facts);
    case 'none': return { dateAsOf: facts.at };
    default: return deposit(account, world.seed, facts);
  }
}

function periodOf(at: number) {
  const date = new Date(at * 1000);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return { year, start: utc(year, month), end: utc(year, month + 1) - 1, before: utc(year, month - 1), yearStart: utc(year, 0), priorYear: utc(year - 1, 0) };
}

const between = (rows: readonly TransactionEntity[], from: number, to: number) => rows.filter((row) => row.transactionDate >= from && row.transactionDate < to);
const interestIn = (rows: readonly TransactionEntity[]) => sum(rows, (row) => (row.type === 'interest' ? row.amount : 0));

function deposit(account: AccountEntity, seed: string, { balance, at, rows }: Facts) {
  const period = periodOf(at);
  const pending = rows.reduce((total, row) => (row.status === 'pending' ? total + row.amount : total), 0);
  const now = between(rows, period.start, period.end);
  return {
    dateAsOf: at, availableBalanceAmount: round(balance + pending), openDate: (originDay(account) - (hashText(account.id) % 2000)) * DAY, periodStartDate: period.start, periodEndDate: period.end,
    periodInterestRate: interestRate(seed, account), periodDepositAmount: sum(now, (row) => Math.max(0, row.amount)), periodInterestAmount: interestIn(now),
    interestYtdAmount: interestIn(between(rows, period.yearStart, at + 1)), interestPriorYtdAmount: interestIn(between(rows, period.priorYear, period.yearStart)),
    maturityDate: account.stream === 'certificate' ? account.createdDate + (540 + (hashText(account.id) % 720)) * DAY : null,
  };
}

const lastPayment = (rows: readonly TransactionEntity[]) => rows.findLast((row) => row.type === 'payment');
const nextDue = (seed: string, account: AccountEntity, at: number) => {
  const date = new Date(at * 1000);
  const due = paymentDate(seed, account);
  return utc(date.getUTCFullYear(), date.getUTCMonth() + (date.getUTCDate() >= due ? 1 : 0), due);
};

function card(account: AccountEntity, seed: string, { balance, at, rows }: Facts) {
  const terms = cardTerms(seed, account.id);
  const period = periodOf(at);
  const statement = between(rows, period.before, period.start);
  const closed = rows.findLast((row) => row.transactionDate < period.start && row.runningBalance !== undefined)?.runningBalance ?? 0;
  const limit = Math.max(terms.limit, Math.ceil(balance / 500) * 500);
  return {
    dateAsOf: at, interestRate: terms.rate.toFixed(2), creditAvailableAmount: round(limit - balance), creditMaxAmount: limit, cashAdvanceAvailableAmount: round(limit / 5), cashAdvanceMaxAmount: round(limit / 5),
    cashAdvanceBalance: 0, cashAdvanceInterestRate: 29.99, currentBalance: balance, paymentMinAmount: round(Math.max(0, Math.min(closed, Math.max(35, closed * 0.02)))), paymentDueDate: nextDue(seed, account, at),
    previousBalance: rows.findLast((row) => row.transactionDate < period.before && row.runningBalance !== undefined)?.runningBalance ?? null, statementStartDate: period.before, statementEndDate: period.start - 1,
    statementPurchaseAmount: sum(statement, (row) => (row.amount > 0 && row.type !== 'interest' ? row.amount : 0)), statementFinanceAmount: interestIn(statement),
    statementCreditAmount: sum(statement, (row) => Math.max(0, -row.amount)), rewardEarnedBalance: Math.round(sum(rows, (row) => Math.max(0, row.amount)) / 10), pastDueAmount: 0,
    lastPaymentAmount: Math.abs(lastPayment(rows)?.amount ?? 0), lastPaymentDate: lastPayment(rows)?.transactionDate ?? null, statementCloseBalance: closed,
  };
}

function line(account: AccountEntity, seed: string, { balance, at, rows }: Facts) {
  const terms = lineTerms(seed, account.id);
  return {
    dateAsOf: at, interestRate: terms.rate.toFixed(2), creditAvailableAmount: round(terms.limit - balance), creditMaxAmount: terms.limit, currentBalance: balance, paymentMinAmount: round(balance / 50),
    paymentDueDate: nextDue(seed, account, at), pastDueAmount: 0, lastPaymentAmount: Math.abs(lastPayment(rows)?.amount ?? 0), lastPaymentDate: lastPayment(rows)?.transactionDate ?? null,
  };
}

function loan(account: AccountEntity, seed: string, { balance, at, rows }: Facts) {
  const terms = loanTerms(seed, account);
  const monthly = terms.rate / 1200;
  const left = Math.max(0, Math.ceil(-Math.log(Math.max(1e-9, 1 - (balance * monthly) / (terms.payment - terms.escrow))) / Math.log(1 + monthly)));
  const made = Math.max(0, terms.months - left);
  const interest = round(balance * monthly);
  const period = periodOf(at);
  const year = between(rows, period.yearStart, at + 1);
  const last = lastPayment(rows);
  const student = account.stream === 'studentLoan';
  const paidPrincipal = round(terms.amount - balance);
  const common = {
    dateAsOf: at, availableBalanceAmount: 0, interestRate: terms.rate.toFixed(2), paymentMinAmount: terms.payment, paymentDueDate: nextDue(seed, account, at), pastDueAmount: 0, lastPaymentAmount: Math.abs(last?.amount ?? 0),
    lastPaymentDate: last?.transactionDate ?? null, termOfMl: String(terms.months), mlHolderName: null, description: account.name, lateFeeAmount: 0, payoffAmount: round(balance + interest), payoffAmountDate: at + 10 * DAY,
    originalMaturityDate: at + left * 30 * DAY, principalBalance: balance, escrowBalance: terms.escrow > 0 ? round(terms.escrow * ((made % 12) + 1)) : null, interestPeriod: 'monthly', initialMlAmount: terms.amount,
    initialMlDate: at - made * 30 * DAY, nextPaymentPrincipalAmount: round(terms.payment - terms.escrow - interest), nextPaymentInterestAmount: interest, nextPayment: terms.payment, nextPaymentDate: nextDue(seed, account, at),
    lastPaymentDueDate: last?.transactionDate ?? null, lastPaymentReceiveDate: last?.transactionDate ?? null, lastPaymentPrincipalAmount: last?.parts?.principal ?? null, lastPaymentInterestAmount: last?.parts?.interest ?? null,
    lastPaymentEscrowAmount: last?.parts?.escrow ?? null, ytdPrincipalPaid: sum(year, (row) => row.parts?.principal ?? 0), ytdInterestPaid: sum(year, (row) => row.parts?.interest ?? 0),
    autoPayEnrolled: hashText(account.id) % 3 > 0 ? 'Y' : 'N', collateral: account.stream === 'mortgage' ? 'Single family residence' : student ? null : account.marketSegment === 'business' ? 'Equipment' : 'Vehicle',
    firstMortgage: account.stream === 'mortgage' ? 'Y' : null, loanPaymentFreq: 'monthly', recurringPaymentAmount: terms.payment, loanTermType: 'fixed', paymentsMade: made, interestRateType: 'fixed', loanPaymentType: 'principalAndInterest',
    paymentsRemaining: left, totalPrincipalPaid: paidPrincipal, loanTypeDesc: account.stream === 'mortgage' ? 'Conventional 30-Year Mortgage' : student ? 'Direct student loan' : 'Installment loan',
  };
  if (!student) return common;
  return {
    ...common, loanAwardId: String(1_000_000 + (hashText(account.id) % 9_000_000)), originalInterestRate: terms.rate, guarantor: 'Department of Education', owner: 'Department of Education',
    interestSubsidyType: account.name.includes('Unsubsidized') ? 'Unsubsidized' : 'Subsidized', interestBalance: interest, remainingTermOfMl: left, initialInterestRate: terms.rate, feesBalance: 0,
    loanYtdInterestPaid: common.ytdInterestPaid, loanYtdFeesPaid: 0, loanYtdPrincipalPaid: common.ytdPrincipalPaid, loanStatus: 'Repayment', loanStatusStartDate: at - made * 30 * DAY, repaymentPlan: 'Standard',
    expectedPayoffDate: at + left * 30 * DAY, daysDelinquent: 0,
  };
}

function investment(account: AccountEntity, world: SandboxContext['world'], { balance, at, rows }: Facts) {
  const { cash } = world.holdings(account, at);
  const period = periodOf(at);
  const year = between(rows, period.yearStart, at + 1);
  const paidIn = (payee: string) => sum(year, (row) => (row.payee === payee ? -row.amount : 0));
  const common = { dateAsOf: at, currentBalance: balance, availableCashBalance: cash, cashBalanceAmount: cash, marginBalance: 0, shortBalance: 0, buyPower: cash };
  if (account.stream === 'investment') return { ...common, marginAllowed: false, cashAccountAllowed: true, contribTotalYtd: paidIn('Contribution') };
  const own = paidIn('Employee Contribution');
  const match = paidIn('Employer Match');
  return {
    ...common, vestedBalance: round(balance * 0.9), empMatchAmount: match, empPretaxContribAmountYtd: own, contribTotalYtd: round(own + match + paidIn('Contribution')), preTaxAmount: balance, afterTaxAmount: 0, matchAmount: match,
    otherNonvestAmount: round(balance * 0.1), currentLoanBalance: 0, rolloverAmount: account.type === 'rollover' ? account.openingBalance : null,
  };
}

/** Holdings as the wire shows them; their market values and the cash add up to the balance. */
export function positionsOf(account: AccountEntity, { world }: Pick<SandboxContext, 'world'>, at: number): Record<string, unknown>[] {
  const day = Math.floor(at / DAY);
  return world.holdings(account, at).positions.map(({ security, units, cost }, index) => {
    const price = priceOn(security, day);
    const before = priceOn(security, day - 1);
    const marketValue = round(units * price);
    const change = round(units * (price - before));
    return {
      id: 400_000_000 + (hashText(`${account.id} ${index}`) % 99_999_999), description: security.name, symbol: security.ticker, units, currentPrice: price, securityName: security.name, transactionType: 'Cash', marketValue,
      changePercent: round((price / before - 1) * 100), dailyChange: change, costBasis: cost, paidPrice: units > 0 ? round(cost / units) : null, holdType: 'INVESTMENT', invSecurityType: security.kind === 'Mutual Fund' ? 'MFUND' : security.kind === 'Stock' ? 'STOCK' : 'OTHERINFO',
      status: 'A', currentPriceDate: day * DAY, securityType: security.kind, mfType: security.kind === 'Mutual Fund' ? 'OPENEND' : null, posType: 'Long', totalGLDollar: round(marketValue - cost), totalGLPercent: cost > 0 ? round((marketValue / cost - 1) * 100) : null,
      optionStrikePrice: null, optionType: null, optionSharesPerContract: null, optionExpireDate: null, fiAssetClass: security.kind.toUpperCase(), assetClass: security.assetClass, currencyRate: 1, securityId: security.cusip, securityIdType: 'CUSIP',
      costBasisPerShare: units > 0 ? round(cost / units) : null, subAccountType: 'CASH', securityCurrency: account.currency, todayGLDollar: change, todayGLPercent: round((price / before - 1) * 100),
    };
  });
}
