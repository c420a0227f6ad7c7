// What stands on stored pay statements, and which deposits bear it out. The sandbox does not read files: a PDF, JPEG or PNG is taken for a
// pay slip of the pay period that its label names, as of the day it was stored; anything else cannot be read. A bank statement is no pay
// slip either. Reading is billed once: a later report over the same file does not count it.
import type { TransactionEntity } from '../entities.ts';
import type { PayStatement } from '../handlers/payStatements.ts';
import { round } from '../handlers/accountAccess.ts';
import { seedRandom } from '../seedRandom.ts';
import { DAY } from '../world/streams.ts';
import type { AccountFacts } from './facts.ts';
import { employmentsOnPaper, HOURLY_RATE, monthlyPay, withheld, yearToDate } from './paychecks.ts';
import type { Employment, Paycheck, PayFacts } from './paychecks.ts';
import { employeeOf, hoursOf } from './payroll.ts';

export interface StoredStub extends Pick<PayStatement, 'assetId' | 'label' | 'type' | 'createdDate'> {
  /** The report that read it first, where that is fixed. */
  readBy?: string;
}

export interface Extraction {
  extractEarnings?: boolean;
  extractDeductions?: boolean;
  extractDirectDeposit?: boolean;
}

export interface Stub {
  stored: StoredStub;
  employment: Employment;
  check: Paycheck;
}

export const isReadable = ({ type }: StoredStub) => type !== 'unknown';

/** The paycheck that the file is about. */
export function stubOf(stored: StoredStub, facts: PayFacts): Stub {
  const employments = employmentsOnPaper({ ...facts, at: stored.createdDate });
  const all = employments.flatMap((employment) => employment.paychecks.filter(({ kind }) => kind === 'base').map((check) => ({ stored, employment, check }))).toReversed();
  const year = new Date(stored.createdDate * 1000).getUTCFullYear();
  const lastOf = (wanted: number) => all.find(({ check }) => new Date(check.date * 1000).getUTCFullYear() === wanted);
  const chosen: Record<string, () => Stub | undefined> = {
    lastPayPeriodMinusOne: () => all[1], lastPayPeriodMinusTwo: () => all[2], previousYearLastPayPeriod: () => lastOf(year - 1), previousYear2LastPayPeriod: () => lastOf(year - 2), earliestPayPeriod: () => all.at(-1),
  };
  return (chosen[stored.label]?.() ?? all[0]) as Stub;
}

/** Period, totals, employer and employee, and what else was asked for. */
export function stubFigures({ stored, employment, check }: Stub, facts: PayFacts, billable: boolean, { extractEarnings = true, extractDirectDeposit = true }: Extraction) {
  const { employer, address, provider } = employment;
  const { name, address: [home] = [] } = employeeOf(facts);
  return {
    payPeriod: stored.label.charAt(0).toUpperCase() + stored.label.slice(1), billable, assetId: stored.assetId, payDate: check.date, startDate: check.from, endDate: check.to,
    netPayCurrent: check.net, netPayYTD: yearToDate(employment, check, (one) => one.net), grossPayCurrent: check.gross, grossPayYTD: yearToDate(employment, check, (one) => one.gross), payrollProvider: provider,
    employer: { name: employer, ...address }, employee: { name, ...home }, payStat: extractEarnings ? earnings(employment, check) : [],
    ...(extractDirectDeposit ? { directDeposits: [directDeposit(check, facts)] } : {}),
  };
}

function earnings(employment: Employment, check: Paycheck) {
  const line = (which: Paycheck['kind']) => yearToDate(employment, check, (one) => one.gross, which);
  const regular = {
    name: 'regular 1', type: 'regular', description: 'Regular Pay', ...(employment.hourly ? { rate: HOURLY_RATE, units: hoursOf(employment, check) } : {}), amountCurrent: check.gross, amountYTD: line('base'),
  };
  const bonus = line('bonus');
  return bonus > 0 ? [regular, { name: 'bonus 1', type: 'bonus', description: 'Annual Bonus', amountCurrent: 0, amountYTD: bonus }] : [regular];
}

/** Lines of deductions with this year's totals. */
export function stubDeductions({ employment, check }: Stub) {
  const before = employment.paychecks.filter((one) => one.date <= check.date && new Date(one.date * 1000).getUTCFullYear() === new Date(check.date * 1000).getUTCFullYear()).map((one) => withheld(one.gross, one.net));
  return withheld(check.gross, check.net).map(({ type, line, description, amount }) => ({
    name: line, description, amountCurrent: amount, amountYTD: round(before.flat().reduce((sum, one) => (one.line === line ? sum + one.amount : sum), 0)), type,
  }));
}

function directDeposit({ account, net }: Paycheck, { context: { world }, customer }: PayFacts) {
  if (!account) return { accountTypeCode: 'Checking', description: 'Direct deposit', amount: net, accountLastFour: seedRandom(world.seed, 'pay to', customer.id).digits(4) };
  const bank = world.institutions.find(({ id }) => id === account.institutionId);
  return {
    ...(bank ? { fiName: bank.name } : {}), accountTypeCode: account.type === 'checking' ? 'Checking' : 'Savings', accountTypeName: account.name, description: 'Direct deposit', amount: net, accountLastFour: account.number.slice(-4),
    ...(bank?.routingNumbers[0] ? { routingNumber: bank.routingNumbers[0] } : {}),
  };
}

/** By the pay statement alone. */
export function stubMonthlyIncome({ employment, check }: Stub) {
  const { base, bonus } = monthlyPay(employment, check.date);
  return { estimatedMonthlyBasePay: base, estimatedMonthlyOvertimePay: 0, estimatedMonthlyBonusPay: bonus, estimatedMonthlyCommissionPay: 0 };
}

// --- deposits that bear a pay statement out

export type MatchType = 'NET_PAY_MATCH' | 'PARTIAL' | 'TRANSACTION_DATE_RANGE_INVALID' | 'NO_MATCH';
export interface Match {
  type: MatchType;
  /** What each agreeing deposit agrees in, by account and row id. */
  rows: readonly { account: string; row: number; types: readonly string[] }[];
}

/** Days between the pay date and the deposit at most. */
const LATE = 3;

/** Looks in the accounts that the person named, or in all. `from` is where the report begins. */
export function matchOf({ employment, check }: Stub, accounts: readonly AccountFacts[], named: readonly string[], from: number): Match {
  if (check.date < from - LATE * DAY) return { type: 'TRANSACTION_DATE_RANGE_INVALID', rows: [] };
  const near = (row: TransactionEntity) => row.amount > 0 && Math.abs(Math.floor(row.transactionDate / DAY) - Math.floor(check.date / DAY)) <= LATE;
  const found = accounts.filter(({ account }) => named.length === 0 || named.includes(account.id)).flatMap(({ account, rows }) => rows.filter(near).map((row) => {
    const amount = row.amount === check.net;
    const employer = row.payee === employment.employer;
    const types = ['DATE', ...(amount ? ['NET_AMOUNT', 'DIRECT_DEPOSIT_AMOUNT'] : []), ...(employer ? ['EMPLOYER_NAME'] : []), ...(row.category === 'Paycheck' ? ['INCOME_STREAM_PAYCHECK'] : [])];
    return { account: account.id, row: row.id, types, amount, employer };
  }));
  const whole = found.filter(({ amount }) => amount);
  if (whole.length > 0) return { type: 'NET_PAY_MATCH', rows: whole };
  const part = found.filter(({ employer }) => employer);
  return part.length > 0 ? { type: 'PARTIAL', rows: part } : { type: 'NO_MATCH', rows: [] };
}
