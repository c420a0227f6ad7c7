// Cash flow: balances, money in and money out, month by month and over the last twelve, six and two months, for each account and for all.
// Money is seen as a person sees it, in is positive and out negative, whatever sign the account's rows carry. Counts and standard
// deviations are strings of digits on the wire.
import type { TransactionEntity } from '../entities.ts';
import { round } from '../handlers/accountAccess.ts';
import { DAY } from '../world/streams.ts';
import { inward, mean } from './facts.ts';
import type { AccountFacts, ReportFacts } from './facts.ts';
import { wholeMonths } from './income.ts';
import { accountHead, balanceDate, byInstitution, ownerOf, periodOf, reportTransaction } from './parts.ts';

interface Flow { date: number; amount: number; transfer: boolean; loan: boolean; row: TransactionEntity }
interface Series { flows: Flow[]; daily: readonly number[]; firstDay: number }

const TRANSFERS = new Set(['Transfer', 'Credit Card Payment']);
const seriesOf = ({ account, rows, daily, firstDay }: AccountFacts): Series => ({
  daily, firstDay,
  flows: rows.map((row) => ({
    date: row.transactionDate, amount: inward(account, row.amount), transfer: TRANSFERS.has(row.category), row,
    loan: row.category === 'Loans' && inward(account, row.amount) > 0,
  })),
});

/** All accounts as one: flows in the order of time, balances added day by day (all series cover the same days). */
function together(series: readonly Series[]): Series {
  const [first] = series;
  return {
    flows: series.flatMap(({ flows }) => flows).sort((a, b) => a.date - b.date), firstDay: first?.firstDay ?? 0,
    daily: (first?.daily ?? []).map((_, day) => round(series.reduce((sum, { daily }) => sum + (daily[day] ?? 0), 0))),
  };
}

const sum = (values: readonly number[]) => round(values.reduce((total, value) => total + value, 0));
const deviation = (values: readonly number[]) => {
  const average = mean(values);
  return String(Math.round(Math.sqrt(values.reduce((total, value) => total + (value - average) ** 2, 0) / Math.max(1, values.length))));
};
const endOf = (month: number) => Date.UTC(new Date(month * 1000).getUTCFullYear(), new Date(month * 1000).getUTCMonth() + 1, 1) / 1000;

function balanceFigures({ daily, firstDay }: Series, months: readonly number[]) {
  const window = (days: number) => daily.slice(-days);
  return {
    months: months.map((month) => {
      const days = daily.slice(Math.max(0, month / DAY - firstDay), endOf(month) / DAY - firstDay);
      return {
        month, minDailyBalance: Math.min(...days), maxDailyBalance: Math.max(...days), averageDailyBalance: mean(days), standardDeviationOfDailyBalance: deviation(days),
        numberOfDaysNegativeBalance: String(days.filter((balance) => balance < 0).length), numberOfDaysPositiveBalance: String(days.filter((balance) => balance > 0).length),
      };
    }),
    negative: String(daily.filter((balance) => balance < 0).length),
    figures: {
      minDailyBalance: daily.length > 0 ? Math.min(...daily) : 0, maxDailyBalance: daily.length > 0 ? Math.max(...daily) : 0, twelveMonthAverageDailyBalance: mean(window(365)), sixMonthAverageDailyBalance: mean(window(183)),
      twoMonthAverageDailyBalance: mean(window(61)), twelveMonthStandardDeviationOfDailyBalance: deviation(window(365)), sixMonthStandardDeviationOfDailyBalance: deviation(window(183)),
      twoMonthStandardDeviationOfDailyBalance: deviation(window(61)), numberOfDaysPositiveBalance: String(daily.filter((balance) => balance > 0).length),
    },
  };
}

type Side = (flow: Flow) => boolean;
const credit: Side = ({ amount }) => amount > 0;
const debit: Side = ({ amount }) => amount < 0;
const largest = (amounts: readonly number[]) => amounts.reduce((found, amount) => (Math.abs(amount) > Math.abs(found) ? amount : found), 0);

function monthlySide(flows: readonly Flow[], month: number, side: Side) {
  const own = flows.filter((flow) => flow.date >= month && flow.date < endOf(month) && side(flow));
  const amounts = own.map(({ amount }) => amount);
  const less = own.filter(({ transfer }) => !transfer).map(({ amount }) => amount);
  const loans = own.filter(({ loan }) => loan).map(({ amount }) => amount);
  return { count: String(amounts.length), total: sum(amounts), largest: largest(amounts), countLess: String(less.length), totalLess: sum(less), average: mean(amounts), loans: String(loans.length), loanTotal: sum(loans) };
}

function credits({ flows }: Series, months: readonly number[]) {
  return months.map((month) => {
    const own = monthlySide(flows, month, credit);
    return {
      month, numberOfCredits: own.count, totalCreditsAmount: own.total, largestCredit: own.largest, numberOfCreditsLessTransfers: own.countLess, totalCreditsAmountLessTransfers: own.totalLess, averageCreditAmount: own.average,
      estimatedNumberOfLoanDeposits: own.loans, estimatedLoanDepositAmount: own.loanTotal,
    };
  });
}

function debits({ flows }: Series, months: readonly number[]) {
  return months.map((month) => {
    const own = monthlySide(flows, month, debit);
    return {
      month, numberOfDebits: own.count, totalDebitsAmount: own.total, largestDebit: own.largest, numberOfDebitsLessTransfers: own.countLess, totalDebitsAmountLessTransfers: own.totalLess, averageDebitAmount: own.average,
    };
  });
}

function totals({ flows }: Series, to: number, side: Side) {
  const over = (days: number, less: boolean) => sum(flows.filter((flow) => side(flow) && flow.date > to - days * DAY && !(less && flow.transfer)).map(({ amount }) => amount));
  return { twelve: over(365, false), twelveLess: over(365, true), six: over(183, false), sixLess: over(183, true), two: over(61, false), twoLess: over(61, true) };
}

function characteristics(series: Series, months: readonly number[], to: number) {
  const all: Side = () => true;
  const over = totals(series, to, all);
  const monthly = months.map((month) => {
    const own = monthlySide(series.flows, month, all);
    return { month, totalCreditsLessTotalDebits: own.total, totalCreditsLessTotalDebitsLessTransfers: own.totalLess, averageTransactionAmount: own.average };
  });
  return {
    monthly,
    figures: {
      averageMonthlyNet: mean(monthly.map((entry) => entry.totalCreditsLessTotalDebits)), averageMonthlyNetLessTransfers: mean(monthly.map((entry) => entry.totalCreditsLessTotalDebitsLessTransfers)),
      twelveMonthTotalNet: over.twelve, twelveMonthTotalNetLessTransfers: over.twelveLess, sixMonthAverageTotalCreditsLessTotalDebits: round(over.six / 6), sixMonthAverageTotalCreditsLessTotalDebitsLessTransfers: round(over.sixLess / 6),
      twoMonthAverageTotalCreditsLessTotalDebits: round(over.two / 2), twoMonthAverageTotalCreditsLessTotalDebitsLessTransfers: round(over.twoLess / 2),
    },
  };
}

const creditTotals = (series: Series, to: number) => {
  const { twelve, twelveLess, six, sixLess, two, twoLess } = totals(series, to, credit);
  return { twelveMonthCreditTotal: twelve, twelveMonthCreditTotalLessTransfers: twelveLess, sixMonthCreditTotal: six, sixMonthCreditTotalLessTransfers: sixLess, twoMonthCreditTotal: two, twoMonthCreditTotalLessTransfers: twoLess };
};
const debitTotals = (series: Series, to: number) => {
  const { twelve, twelveLess, six, sixLess, two, twoLess } = totals(series, to, debit);
  return { twelveMonthDebitTotal: twelve, twelveMonthDebitTotalLessTransfers: twelveLess, sixMonthDebitTotal: six, sixMonthDebitTotalLessTransfers: sixLess, twoMonthDebitTotal: two, twoMonthDebitTotalLessTransfers: twoLess };
};

/** The sections of a cash flow report, personal or business. */
export function cashFlowBody(facts: ReportFacts): Record<string, unknown> {
  const { to, from } = facts;
  const months = wholeMonths(from, to);
  const head = (entry: AccountFacts) => ({
    ...accountHead(entry, facts), ...ownerOf(facts), currentBalance: entry.balance, availableBalance: entry.available, balanceDate: balanceDate(entry, facts),
  });
  const account = (entry: AccountFacts) => {
    const series = seriesOf(entry);
    const balances = balanceFigures(series, months);
    const flow = characteristics(series, months, to);
    return {
      ...head(entry), transactions: entry.rows.map(reportTransaction),
      cashFlowBalance: { monthlyCashFlowBalances: balances.months, ...balances.figures, numberDaysNegativeBalance: balances.negative },
      cashFlowCredit: { monthlyCashFlowCredits: credits(series, months), ...creditTotals(series, to) },
      cashFlowDebit: { monthlyCashFlowDebits: debits(series, months), ...debitTotals(series, to) },
      cashFlowCharacteristic: { monthlyCashFlowCharacteristics: flow.monthly, ...flow.figures },
    };
  };
  const all = together(facts.accounts.map(seriesOf));
  const balances = balanceFigures(all, months);
  const flow = characteristics(all, months, to);
  const lending = facts.accounts.filter((entry) => seriesOf(entry).flows.some(({ loan }) => loan));
  return {
    ...periodOf(facts, 365), institutions: byInstitution(facts, facts.accounts, account),
    cashFlowBalanceSummary: { monthlyCashFlowBalanceSummaries: balances.months, ...balances.figures, numberOfDaysNegativeBalance: balances.negative },
    cashFlowCreditSummary: { monthlyCashFlowCreditSummaries: credits(all, months), ...creditTotals(all, to) },
    cashFlowDebitSummary: { monthlyCashFlowDebitSummaries: debits(all, months), ...debitTotals(all, to) },
    cashFlowCharacteristicsSummary: { monthlyCashFlowCharacteristicsSummaries: flow.monthly, ...flow.figures },
    possibleLoanDeposits: lending.length === 0 ? [] : [{
      institutions: byInstitution(facts, lending, (entry) => ({
        ...head(entry), id: entry.account.id, transactions: seriesOf(entry).flows.filter(({ loan }) => loan).map(({ row }) => reportTransaction(row)),
      })).map((institution) => ({ ...institution, id: String(institution.id) })),
    }],
  };
}
