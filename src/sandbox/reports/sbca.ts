// Small business credit analytics: what a shop sold by week or month, and how that compares with its trade. Sales are what the customer's own
// business accounts took in (all deposit accounts where none is a firm's), their number an estimate by the trade's usual sale. An index of
// 100 is the trade's usual: the shop's own average period, moved by up to a seventh with the trade and the month.
import { round } from '../handlers/accountAccess.ts';
import { hashText } from '../seedRandom.ts';
import { DAY, dayOf } from '../world/streams.ts';
import { isOwed } from '../world/transfers.ts';
import { holdsSecurities } from '../world/transactions.ts';
import { isoDay, spansOf } from './analyticsFigures.ts';
import type { Span } from './analyticsFigures.ts';
import { flowsOf } from './analyticsStreams.ts';
import type { Flow } from './analyticsStreams.ts';
import type { ReportFacts } from './facts.ts';
import { allLocations } from './locations.ts';
import type { Location, Trade } from './locations.ts';
import { isRevenue } from './spending.ts';

export interface SbcaParams { hasConsent: boolean; metricFrequency: string; metricType: string; locationId: string }
export const sbcaParamsOf = (constraints: Readonly<Record<string, unknown>>) => (constraints.analyticsReportData as { sbcaParams: SbcaParams }).sbcaParams;
const isWeekly = ({ metricFrequency }: SbcaParams) => metricFrequency.toLowerCase() === 'weekly';

/** What the customer's accounts took in, oldest first. */
export function salesOf({ accounts }: Pick<ReportFacts, 'accounts'>): Flow[] {
  const deposits = accounts.filter(({ account }) => !isOwed(account.stream) && !holdsSecurities(account));
  const firms = deposits.filter(({ account }) => account.marketSegment === 'business');
  return (firms.length > 0 ? firms : deposits).flatMap((entry) => flowsOf(entry).filter(isRevenue)).sort((a, b) => a.day - b.day);
}

/** Whole weeks from Sunday to Saturday, or whole calendar months. */
function periodsOf(span: Span, weekly: boolean): Span[] {
  if (!weekly) return spansOf('MONTHLY_CALENDAR', span).filter(({ first, last }) => dayOf(first).date === 1 && dayOf(last + 1).date === 1);
  // 4 January 1970 was a Sunday.
  const first = span.first + ((3 - span.first) % 7 + 7) % 7;
  return Array.from({ length: Math.max(0, Math.floor((span.last + 1 - first) / 7)) }, (_, week) => ({ first: first + week * 7, last: first + week * 7 + 6 }));
}

const usual = ({ naics }: Trade, { first }: Span, what: string) => 0.86 + (hashText(`${naics} ${dayOf(first).month} ${what}`) % 281) / 1000;

function metricsOf(amount: number, mean: number, trade: Trade, period: Span, benchmarks: boolean) {
  if (!benchmarks) return [{ name: 'txn_amt', value: round(amount) }, { name: 'txn_cnt', value: Math.round(amount / trade.ticket) }];
  const index = (what: string) => (mean === 0 ? 0 : Math.round(amount / mean / usual(trade, period, what) * 100));
  return [{ name: 'txn_cnt_index', value: index('sales') }, { name: 'num_cards_index', value: index('cards') }];
}

/** The figures of a location; it is known to exist when this is asked. */
export function sbcaBody(facts: ReportFacts): Record<string, unknown> {
  const params = sbcaParamsOf(facts.report.constraints);
  const location = allLocations(facts.context).find(({ id }) => id === params.locationId);
  const benchmarks = facts.report.type === 'sbcabenchmarksnoncra';
  return { [benchmarks ? 'retailSalesBenchmarksMetrics' : 'retailSalesAnalyticsMetrics']: location ? [figures(facts, location, params, benchmarks)] : [] };
}

function figures(facts: ReportFacts, { id, trade }: Location, params: SbcaParams, benchmarks: boolean) {
  const sales = salesOf(facts);
  const weekly = isWeekly(params);
  const periods = periodsOf({ first: Math.floor(facts.from / DAY), last: Math.floor(facts.to / DAY) - 1 }, weekly);
  const amounts = periods.map(({ first, last }) => sales.reduce((sum, { day, amount }) => (day >= first && day <= last ? sum + amount : sum), 0));
  const mean = amounts.reduce((sum, amount) => sum + amount, 0) / Math.max(1, amounts.length);
  return {
    locationId: id, merchantCategoryCode: trade.mcc, naicsCode: trade.naics, industryName: trade.name,
    ...(sales[0] ? { firstSeenTxnDate: isoDay(sales[0].day), lastSeenTxnDate: isoDay((sales.at(-1) as Flow).day) } : {}),
    metricsFrequency: weekly ? 'Weekly' : 'Monthly',
    metricsLists: periods.map((period, at) => ({
      periodStartDate: isoDay(period.first), periodEndDate: isoDay(period.last), year: new Date(period.first * DAY * 1000).getUTCFullYear(),
      metrics: metricsOf(amounts[at] as number, mean, trade, period, benchmarks),
    })),
  };
}
