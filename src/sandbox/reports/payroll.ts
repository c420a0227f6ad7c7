// Payroll reports: the employments of a person as a payroll provider would state them, without pay (VOE) or pay statement by pay statement
// (VOIE). Everything is as of the moment that the report was asked for.
import { round } from '../handlers/accountAccess.ts';
import { seedRandom } from '../seedRandom.ts';
import { DAY } from '../world/streams.ts';
import { CADENCE, employmentsOf, HOURLY_RATE, monthlyPay, withheld, yearToDate } from './paychecks.ts';
import type { Employment, Paycheck, PayFacts } from './paychecks.ts';

/** The constraints of a payroll report as they are kept. */
export interface PayrollConstraints {
  payrollData?: { employmentIds?: readonly string[]; payrollAccountIds?: readonly string[] };
  payStatementsFromDate?: number;
}

/** The employments that the report was found to be about when it was made; all that there were then, where none are named. */
export function employmentHistory(facts: PayFacts, { payrollData, payStatementsFromDate }: PayrollConstraints, withIncome: boolean) {
  const wanted = payrollData?.employmentIds;
  return {
    employmentHistory: employmentsOf(facts).filter(({ id }) => wanted?.includes(id) ?? true).toReversed().map((employment) => entry(employment, facts, withIncome, payStatementsFromDate ?? 0)),
    gseEnabled: true,
  };
}

function entry(employment: Employment, facts: PayFacts, withIncome: boolean, since: number) {
  const last = lastBase(employment);
  return {
    asOfDate: employment.ended === undefined ? Math.max(last.date, Math.floor(facts.at / DAY) * DAY - DAY) : last.date, employmentId: employment.id, employerName: employment.employer, payrollSource: 'Sandbox Payroll Network',
    payrollProvider: employment.provider, employee: employeeOf(facts), employment: recordOf(employment, facts.at), income: withIncome ? incomeOf(employment, facts, since) : { payFrequency: 'Bi-Weekly' },
  };
}

const lastBase = ({ paychecks }: Employment) => paychecks.filter(({ kind }) => kind === 'base').at(-1) as Paycheck;

/** Name and address that the employer knows: the consumer's. */
export function employeeOf({ consumer, customer }: Pick<PayFacts, 'consumer' | 'customer'>) {
  const { firstName = customer.firstName, lastName = customer.lastName, address, city, state, zip } = (consumer?.details ?? {}) as Record<string, string | undefined>;
  const parts = { address1: address, city, state, zip };
  const given = Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
  return {
    name: [firstName, lastName].filter(Boolean).join(' '), ...(firstName ? { givenName: firstName } : {}), ...(lastName ? { familyName: lastName } : {}), ...(Object.keys(given).length > 0 ? { address: [given] } : {}),
  };
}

function recordOf(employment: Employment, at: number) {
  const { employer, ein, hired, ended, hourly, title, address } = employment;
  const last = lastBase(employment);
  const days = Math.floor((at - last.date) / DAY);
  const duration = durationOf(hired, ended ?? at);
  return {
    employerName: employer, legalEntityId: ein, originalHireDate: hired, latestHireDate: hired, latestPayPeriodEndDate: last.to, latestPayDate: last.date, daysSinceLastPay: days,
    numberPayCadenceWithoutPay: Math.floor(days / CADENCE), ...(ended === undefined ? {} : { employmentEndDate: ended }), employmentDuration: duration, employerAddress: [address],
    employmentStatusCode: ended === undefined ? 'A' : 'NLE', employmentStatusName: ended === undefined ? 'Active' : 'No Longer Employed', derivedEmploymentStatus: false,
    workLevelCode: hourly ? 'PT' : 'FT', workLevelName: hourly ? 'Part Time-Regular' : 'Full Time-Regular', workLevelStatus: hourly ? 'Part Time' : 'Full Time', positionTitle: title, positionDuration: duration,
  };
}

/** Whole years, months and days, as ISO 8601 writes them. */
function durationOf(from: number, to: number): string {
  const [start, end] = [new Date(from * 1000), new Date(to * 1000)];
  const months = (end.getUTCFullYear() - start.getUTCFullYear()) * 12 + end.getUTCMonth() - start.getUTCMonth() - (end.getUTCDate() < start.getUTCDate() ? 1 : 0);
  const reached = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months, start.getUTCDate()) / 1000;
  return `P${Math.floor(months / 12)}Y${months % 12}M${Math.max(0, Math.floor((to - reached) / DAY))}D`;
}

// --- pay

function incomeOf(employment: Employment, facts: PayFacts, since: number) {
  const { paychecks, hourly } = employment;
  const shown = paychecks.filter(({ date }) => date >= Math.max(since, facts.at - 730 * DAY));
  const last = lastBase(employment);
  const { base, bonus } = monthlyPay(employment, facts.at);
  return {
    payFrequency: 'Bi-Weekly', payType: hourly ? 'Hourly' : 'Salary', basePayRate: hourly ? HOURLY_RATE : round(last.gross * 26), basePayRateUnit: hourly ? 'Hourly' : 'Annual',
    ...(shown[0] ? { oldestPayStatementAvailable: String(shown[0].date) } : {}), annualIncome: annualIncome(employment, facts.at),
    monthlyIncome: { estimatedMonthlyBasePay: base, ...(bonus > 0 ? { estimatedMonthlyBonusPay: bonus } : {}), estimatedMonthlyTotalPay: round(base + bonus) },
    directPayStatements: shown.toReversed().map((check, at) => directPayStatement(employment, check, facts, at === 0)),
  };
}

/** This year and the two before, as far as there was pay. Bonuses count in the totals alone: the wire has no field of their own for them. */
function annualIncome({ paychecks }: Employment, at: number) {
  const now = new Date(at * 1000).getUTCFullYear();
  return [now, now - 1, now - 2].flatMap((year) => {
    const own = paychecks.filter(({ date }) => new Date(date * 1000).getUTCFullYear() === year);
    const sum = (pick: (check: Paycheck) => number) => round(own.reduce((total, check) => total + pick(check), 0));
    if (own.length === 0) return [];
    return [{ year: String(year), grossPayAmountYTD: sum((check) => check.gross), netPayAmountYTD: sum((check) => check.net), basePayAmountYTD: sum((check) => (check.kind === 'base' ? check.gross : 0)) }];
  });
}

function directPayStatement(employment: Employment, check: Paycheck, { context }: PayFacts, newest: boolean) {
  const regular = check.kind === 'base';
  const { hourly } = employment;
  return {
    payrollPayHistoryId: seedRandom(context.world.seed, 'pay', employment.id, check.date, check.kind).hex(10), lastPayPeriodIndicator: newest,
    mainPayStatementFields: {
      payDate: check.date, startDate: check.from, endDate: check.to, ...(regular ? { payPeriodHours: hoursOf(employment, check) } : {}), payFrequency: regular ? 'Bi-Weekly' : 'Other', payType: hourly ? 'Hourly' : 'Salary',
      grossPayAmount: check.gross, grossPayAmountYTD: yearToDate(employment, check, (one) => one.gross), netPayAmount: check.net, netPayAmountYTD: yearToDate(employment, check, (one) => one.net),
    },
    earnings: [{
      name: regular ? 'Regular Pay' : 'Annual Bonus', type: regular ? 'base' : 'bonus', ...(regular && hourly ? { rate: HOURLY_RATE } : {}), amount: check.gross, amountYTD: yearToDate(employment, check, (one) => one.gross, check.kind),
    }],
    deductions: withheld(check.gross, check.net).map(({ type, amount }) => ({ type, amount })),
  };
}

/** Hours of a pay period: those that the pay amounts to, or a salaried person's 80. */
export const hoursOf = ({ hourly }: Pick<Employment, 'hourly'>, check: Paycheck) => (hourly ? round(check.gross / HOURLY_RATE) : 80);
