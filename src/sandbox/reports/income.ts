// Income found in deposits: one stream a payer, its confidence by how steadily it comes and what it looks like. Amounts are net; gross is
// estimated at a fixed share, as a report can only guess it.
import type { TransactionEntity } from '../entities.ts';
import { round } from '../handlers/accountAccess.ts';
import { DAY, dayOf } from '../world/streams.ts';
import { reportTransaction } from './parts.ts';
import type { AccountFacts } from './facts.ts';

type Inclusion = 'HIGH' | 'MODERATE' | 'LOW' | 'NO';
interface NetMonthly { month: number; net: number; gross: number }

export interface IncomeStream {
  id: string;
  name: string;
  status: 'ACTIVE' | 'INACTIVE';
  estimateInclusion: Inclusion;
  confidence: number;
  cadence: { startDate: number; stopDate: number | null; days: number };
  netMonthly: NetMonthly[];
  netAnnual: number;
  projectedNetAnnual: number;
  estimatedGrossAnnual: number;
  projectedGrossAnnual: number;
  averageMonthlyIncomeNet: number;
  averageMonthlyIncomeGross: number;
  incomeStreamMonths: number;
  transactions: Record<string, unknown>[];
}

const NET_OF_GROSS = 0.78;
export const gross = (net: number) => round(net / NET_OF_GROSS);
const NOT_INCOME = new Set(['Transfer', 'Interest Income', 'Shopping', 'Check', 'Deposit']);

/** First moments of the whole calendar months between two moments. */
export function wholeMonths(from: number, to: number): number[] {
  const months: number[] = [];
  const first = dayOf(Math.floor(from / DAY));
  for (let key = first.monthKey + (first.date === 1 ? 0 : 1); ; key++) {
    const start = Date.UTC(Math.floor((key - 1) / 12), (key - 1) % 12, 1) / 1000;
    const end = Date.UTC(Math.floor(key / 12), key % 12, 1) / 1000;
    if (end > to) return months;
    months.push(start);
  }
}

/** @param label What the streams' ids end in, by the kind of the report. */
export function incomeStreams({ account, history }: AccountFacts, reportId: string, from: number, to: number, minimum: number, label = 'voah'): IncomeStream[] {
  if (!['checking', 'savings', 'moneyMarket'].includes(account.type)) return [];
  const byPayer = new Map<string, TransactionEntity[]>();
  for (const row of history) {
    if (row.amount <= 0 || row.transactionDate < from || NOT_INCOME.has(row.category) && account.marketSegment !== 'business') continue;
    if (row.category === 'Transfer' || row.category === 'Interest Income' || row.category === 'Bonus') continue;
    byPayer.set(row.payee, [...(byPayer.get(row.payee) ?? []), row]);
  }
  return [...byPayer].flatMap(([name, rows], at) => (rows.length < 3 ? [] : [streamOf(`${reportId.split('-')[0]}${at}-${label}`, name, rows, from, to)]))
    .filter((stream) => stream.confidence >= minimum).sort((a, b) => b.confidence - a.confidence);
}

function streamOf(id: string, name: string, rows: readonly TransactionEntity[], from: number, to: number): IncomeStream {
  const dates = rows.map((row) => row.postedDate ?? row.transactionDate);
  const gaps = dates.slice(1).map((date, at) => (date - (dates[at] as number)) / DAY).sort((a, b) => a - b);
  const cadence = Math.max(1, Math.round(gaps[gaps.length >> 1] ?? 30));
  const steady = gaps.filter((gap) => Math.abs(gap - cadence) <= Math.max(2, cadence * 0.1)).length / Math.max(1, gaps.length);
  const paycheck = rows.some((row) => row.category === 'Paycheck' || row.type === 'directDeposit');
  const confidence = Math.min(98, Math.round((paycheck ? 45 : 25) + steady * 45 + Math.min(8, rows.length / 3)));
  const active = to - (dates.at(-1) as number) <= (cadence * 1.7 + 4) * DAY;
  const months = wholeMonths(from, to);
  const netMonthly = months.map((month, at) => {
    const end = months[at + 1] ?? Date.UTC(new Date(month * 1000).getUTCFullYear(), new Date(month * 1000).getUTCMonth() + 1, 1) / 1000;
    const net = round(rows.reduce((sum, row) => (row.transactionDate >= month && row.transactionDate < end ? sum + row.amount : sum), 0));
    return { month, net, gross: gross(net) };
  });
  const netAnnual = round(netMonthly.slice(-12).reduce((sum, { net }) => sum + net, 0));
  const recent = rows.slice(-6);
  const projected = active ? round((recent.reduce((sum, row) => sum + row.amount, 0) / recent.length) * (365 / cadence)) : 0;
  const average = round(netAnnual / Math.max(1, Math.min(12, netMonthly.length)));
  return {
    id, name, status: active ? 'ACTIVE' : 'INACTIVE', estimateInclusion: confidence >= 80 ? 'HIGH' : confidence >= 60 ? 'MODERATE' : confidence >= 40 ? 'LOW' : 'NO', confidence,
    cadence: { startDate: dates[0] as number, stopDate: active ? null : dates.at(-1) as number, days: cadence }, netMonthly, netAnnual, projectedNetAnnual: projected, estimatedGrossAnnual: gross(netAnnual),
    projectedGrossAnnual: gross(projected), averageMonthlyIncomeNet: average, averageMonthlyIncomeGross: gross(average), incomeStreamMonths: netMonthly.filter(({ net }) => net > 0).length,
    transactions: rows.map(reportTransaction),
  };
}

/** Income over all accounts, one entry for each level of confidence that occurs. */
export function incomeSummaries(streams: readonly IncomeStream[]) {
  const levels: readonly Inclusion[] = ['HIGH', 'MODERATE', 'LOW', 'NO'];
  return levels.flatMap((confidenceType) => {
    const own = streams.filter((stream) => stream.estimateInclusion === confidenceType);
    const [first] = own;
    if (!first) return [];
    const total = (pick: (stream: IncomeStream) => number) => round(own.reduce((sum, stream) => sum + pick(stream), 0));
    return [{
      confidenceType,
      netMonthly: first.netMonthly.map(({ month }, at) => {
        const net = total((stream) => stream.netMonthly[at]?.net ?? 0);
        return { month, net, gross: gross(net) };
      }),
      averageMonthlyIncomeNet: total((stream) => stream.averageMonthlyIncomeNet), averageMonthlyIncomeGross: total((stream) => stream.averageMonthlyIncomeGross),
      incomeEstimate: {
        netAnnual: total((stream) => stream.netAnnual), projectedNetAnnual: total((stream) => stream.projectedNetAnnual),
        estimatedGrossAnnual: total((stream) => stream.estimatedGrossAnnual), projectedGrossAnnual: total((stream) => stream.projectedGrossAnnual),
      },
    }];
  });
}
