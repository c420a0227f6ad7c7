// Figures of the older analytics by their own periods: stretches of 30 days counted back from the report's end (last30to1, last60to31 …), and
// weeks of the year, the first of which begins on 1 January. An empty stretch has no amount.
import { round } from '../handlers/accountAccess.ts';
import { DAY } from '../world/streams.ts';
import { isoDay, spansOf } from './analyticsFigures.ts';
import type { Span } from './analyticsFigures.ts';
import type { Flow } from './analyticsStreams.ts';
import { mean } from './facts.ts';
import { isRevenue } from './spending.ts';

export interface LegacyPeriod { period: string; periodBeginDate: string; periodEndDate: string; span: Span }

/** Newest first. */
export function periodsOf(span: Span): LegacyPeriod[] {
  return spansOf('MONTHLY_ROLLING_30', span).reverse().map((own) => ({
    period: `last${span.last - own.first + 1}to${span.last - own.last + 1}`, periodBeginDate: isoDay(own.first), periodEndDate: isoDay(own.last), span: own,
  }));
}

type Measure = (values: readonly number[]) => number;
const least: Measure = (values) => Math.min(...values);
const most: Measure = (values) => Math.max(...values);
const total: Measure = (values) => round(values.reduce((sum, value) => sum + value, 0));

const dates = ({ period, periodBeginDate, periodEndDate }: LegacyPeriod) => ({ period, periodBeginDate, periodEndDate });
const amounts = (periods: readonly LegacyPeriod[], values: (span: Span) => readonly number[], measure: Measure) => periods.map((period) => {
  const own = values(period.span);
  return { ...dates(period), ...(own.length > 0 ? { amount: measure(own) } : {}) };
});
const counts = (periods: readonly LegacyPeriod[], values: (span: Span) => readonly number[]) => periods.map((period) => ({ ...dates(period), count: values(period.span).length }));

/** Weeks of a span, oldest first, each within its year. */
export function weeksOf({ first, last }: Span) {
  const weeks: { week: number; span: Span; fromDate: string; toDate: string }[] = [];
  for (let start = first; start <= last;) {
    const year = new Date(start * DAY * 1000).getUTCFullYear();
    const newYear = Date.UTC(year, 0, 1) / 1000 / DAY;
    const week = Math.floor((start - newYear) / 7) + 1;
    const end = Math.min(newYear + week * 7 - 1, Date.UTC(year + 1, 0, 1) / 1000 / DAY - 1);
    weeks.push({ week, span: { first: start, last: Math.min(end, last) }, fromDate: isoDay(start), toDate: isoDay(Math.min(end, last)) });
    start = end + 1;
  }
  return weeks;
}

/** A balance at the end of every day, from `span.first` on. */
export interface Balances { daily: readonly number[]; span: Span }
const within = ({ daily, span }: Balances, { first, last }: Span) => daily.slice(Math.max(0, first - span.first), Math.max(0, last - span.first + 1));
const WEEKDAYS = ['Thursday', 'Friday', 'Saturday', 'Sunday', 'Monday', 'Tuesday', 'Wednesday'] as const;
const isWorking = (day: number) => !(WEEKDAYS[day % 7] as string).startsWith('S');

export function balanceMetrics(history: Balances, span: Span, current: number, available: number, asOf: string) {
  const daily = within(history, span);
  const periods = periodsOf(span);
  const of = (own: Span) => within(history, own);
  const days = daily.map((endingBalance, at) => ({ date: isoDay(span.first + at), dayOfWeek: WEEKDAYS[(span.first + at) % 7] as string, endingBalance }));
  const working = days.filter((_, at) => isWorking(span.first + at));
  const weeks = weeksOf(history.span).map(({ week, span: own, fromDate, toDate }) => ({ week, fromDate, toDate, amount: mean(of(own)) }));
  return {
    availableBalance: available, availableBalanceDate: asOf, averageDailyBalanceByMonthForTheReportTimePeriod: amounts(periods, of, mean),
    averageDailyBalanceForTheReportTimePeriod: mean(daily),
    averageWeekdayBalanceForTheReportTimePeriod: mean(working.map(({ endingBalance }) => endingBalance)),
    countDailyNegativeBalancesByMonthForTheReportTimePeriod: counts(periods, (own) => of(own).filter((balance) => balance < 0)),
    currentRunningBalance: current, currentRunningBalanceDate: asOf,
    dailyBalancesByWeekdayForTheReportTimePeriod: working, dailyBalancesForTheReportTimePeriod: days,
    historicNumberOfWeeksAverageBalanceIncreasing: {
      historicAverageWeeklyBalances: weeks,
      historicNumberOfWeeksAverageBalanceIncreasing: weeks.filter(({ amount }, at) => at > 0 && amount > (weeks[at - 1]?.amount ?? amount)).length,
      historicNumberOfWeeksWithDataAvailable: weeks.length,
    },
    maximumDailyBalanceByMonthForTheReportTimePeriod: amounts(periods, of, most),
    ...(daily.length > 0 ? { maximumRunningBalanceForTheReportTimePeriod: most(daily), minimumRunningBalanceForTheReportTimePeriod: least(daily) } : {}),
    minimumDailyBalanceByMonthForTheReportTimePeriod: amounts(periods, of, least),
  };
}

const posted = ({ row }: Flow) => new Date((row.postedDate ?? row.transactionDate) * 1000).toISOString().slice(0, 10);
const inSpan = (flows: readonly Flow[], { first, last }: Span) => flows.filter(({ day }) => day >= first && day <= last);

export function cashFlowMetrics(history: readonly Flow[], whole: Span, span: Span) {
  const flows = inSpan(history, span);
  const periods = periodsOf(span);
  const values = (of: (flow: Flow) => boolean) => (own: Span) => inSpan(flows, own).filter(of).map(({ amount }) => amount);
  const [into, out, any] = [values(({ amount }) => amount > 0), values(({ amount }) => amount < 0), values(() => true)];
  const fees = flows.filter(({ nsf, amount }) => nsf && amount < 0);
  const revenue = flows.filter(isRevenue);
  const [allIn, allOut] = [history.filter(({ amount }) => amount > 0), history.filter(({ amount }) => amount < 0)];
  const sum = (list: readonly Flow[]) => total(list.map(({ amount }) => amount));
  return {
    inflow: {
      averageDepositByMonthForTheReportTimePeriod: amounts(periods, into, mean), countDepositsByMonthForTheReportTimePeriod: counts(periods, into),
      historicCountOfDepositTransactions: allIn.length, historicSumOfDeposits: sum(allIn),
      maximumDepositByMonthForTheReportTimePeriod: amounts(periods, into, most),
      minimumDepositByMonthForTheReportTimePeriod: amounts(periods, into, least),
      sumDepositsByMonthForTheReportTimePeriod: amounts(periods, into, total),
    },
    outflow: {
      averageWithdrawalByMonthForTheReportTimePeriod: amounts(periods, out, mean),
      countWithdrawalsByMonthForTheReportTimePeriod: counts(periods, out), historicCountOfWithdrawalTransactions: allOut.length,
      historicSumOfWithdrawals: sum(allOut), maximumWithdrawalByMonthForTheReportTimePeriod: amounts(periods, out, least),
      minimumWithdrawalByMonthForTheReportTimePeriod: amounts(periods, out, most),
      sumWithdrawalsByMonthForTheReportTimePeriod: amounts(periods, out, total),
    },
    negativeTriggers: {
      insufficientFundFees: {
        countOfTransactionsForTheReportTimePeriod: fees.length, sumOfTransactionsForTheReportTimePeriod: sum(fees),
        transactions: fees.map((fee) => ({
          amount: fee.amount, description: fee.row.description, ...(fee.row.memo ? { memo: fee.row.memo } : {}), postedDate: posted(fee),
          transactionId: fee.row.id,
        })),
      },
    },
    revenueByMonthForTheReportTimePeriod: amounts(periods, values(isRevenue), total), revenueForTheReportTimePeriod: sum(revenue),
    transactionAnalytics: {
      activityDepositsCreditsForTheReportTimePeriod: flows.filter(({ amount }) => amount > 0).map((flow) => ({
        date: posted(flow), depositsCredits: flow.amount, transactionDescription: flow.row.description,
      })),
      activityWithdrawalsDebitsForTheReportTimePeriod: flows.filter(({ amount }) => amount < 0).map((flow) => ({
        date: posted(flow), transactionDescription: flow.row.description, withdrawalsDebits: -flow.amount,
      })),
      averageTransactionValueByMonthForTheReportTimePeriod: amounts(periods, any, mean), historicWeeksWithZeroTransactions: idleWeeks(history, whole),
      lastTransactionDate: latest(history),
      netCashFlowByMonthForTheReportTimePeriod: amounts(periods, any, total), netCashFlowForTheReportTimePeriod: sum(flows),
    },
  };
}

function idleWeeks(history: readonly Flow[], whole: Span) {
  const weeks = weeksOf(whole);
  const idle = weeks.filter(({ span }) => inSpan(history, span).length === 0).map(({ week, fromDate, toDate }) => ({ week, fromDate, toDate }));
  return { historicNumberOfWeeksWithDataAvailable: weeks.length, historicNumberOfWeeksZeroTransactions: idle.length, historicWeeksWithZeroTransactions: idle };
}

/** The latest, and those of the same moment. */
function latest(history: readonly Flow[]) {
  const moment = history.at(-1)?.row.transactionDate;
  return history.filter(({ row }) => row.transactionDate === moment).map((flow) => ({
    date: posted(flow), transactionDescription: flow.row.description,
    ...(flow.amount > 0 ? { depositsCredits: flow.amount } : flow.amount < 0 ? { withdrawalsDebits: -flow.amount } : { zeroAmountTransaction: 0 }),
  }));
}
