// Money of an analytics report: an account's rows as a person sees them (in positive, out negative), and the streams among them, payments
// between the same two that come back at a steady distance. A payment that should have come within the stream's distance and did not is
// missed; a stream that stopped counts as one missed payment, not as many.
import type { TransactionEntity } from '../entities.ts';
import { cadenceOf } from '../handlers/recurring.ts';
import { seedRandom, uuidFrom } from '../seedRandom.ts';
import { DAY } from '../world/streams.ts';
import { deviationOf, medianOf } from './analyticsFigures.ts';
import { inward } from './facts.ts';
import type { AccountFacts } from './facts.ts';
import { isNsfFee } from './parts.ts';
import { round } from '../handlers/accountAccess.ts';

export interface Flow {
  id: string;
  /** Days since 1970. */
  day: number;
  amount: number;
  category: string;
  /** A fee for insufficient funds, or its being paid back. */
  nsf: boolean;
  row: TransactionEntity;
}

export interface Stream {
  id: string;
  counterparty: string;
  inflow: boolean;
  loan: boolean;
  flows: Flow[];
  /** Mean days between two payments. */
  cadence: number;
  active: boolean;
  /** Days since 1970 on which a payment was due and did not come. */
  missed: number[];
  /** The usual payment. */
  usual: number;
}

const LOANS = new Set(['Loan Payment', 'Loans', 'Loan Interest', 'Loan Principal', 'Auto Payment', 'Student Loan']);
export const isLoan = ({ category, row }: Pick<Flow, 'category' | 'row'>) => LOANS.has(category) || /\bMORTGAGE PAYMENT\b|\bSTUDENT LOAN\b/.test(row.description);

export const flowsOf = ({ account, rows }: Pick<AccountFacts, 'account' | 'rows'>): Flow[] => rows.map((row) => ({
  id: String(row.id), day: Math.floor(row.transactionDate / DAY), amount: inward(account, row.amount), category: row.category,
  nsf: isNsfFee(row) || /\bNSF\b.*(REVERSAL|REFUND)|(REVERSAL|REFUND).*\bNSF\b/.test(row.description), row,
}));

/** What comes back among the flows of one account, until the report's last day. */
export function streamsOf(flows: readonly Flow[], accountId: string, seed: string, lastDay: number): Stream[] {
  const series = new Map<string, Flow[]>();
  for (const flow of flows) {
    const { row, category, amount } = flow;
    if (amount === 0 || row.type === 'pointOfSale' || row.type === 'atm' || row.security) continue;
    // One payee can stand for several streams: two loans, transfers to two accounts, a bonus beside the pay.
    const apart = category === 'Transfer' || category === 'Bonus' || category.startsWith('Loan');
    const key = [amount > 0 ? 'in' : 'out', row.payee, ...(apart ? [row.description] : [])].join('|');
    series.set(key, [...(series.get(key) ?? []), flow]);
  }
  return [...series].flatMap(([key, own]) => streamOf(own, uuidFrom(seedRandom(seed, 'stream', accountId, key)), lastDay) ?? []);
}

function streamOf(flows: Flow[], id: string, lastDay: number): Stream | undefined {
  const days = [...new Set(flows.map(({ day }) => day))];
  const cadence = cadenceOf(days);
  const [first] = flows;
  if (!cadence || !first) return undefined;
  const late = Math.ceil(cadence.median * 1.6 + 3);
  const missed = days.slice(1).flatMap((day, at) => {
    const before = days[at] as number;
    return day - before <= late ? [] : Array.from({ length: Math.round((day - before) / cadence.median) - 1 }, (_, n) => before + cadence.median * (n + 1));
  });
  const last = days.at(-1) as number;
  const active = lastDay - last <= late;
  if (!active) missed.push(last + cadence.median);
  return {
    id, counterparty: first.row.payee, inflow: first.amount > 0, loan: flows.some(isLoan), flows, cadence: Math.round(cadence.mean), active, missed,
    usual: medianOf(flows.map(({ amount }) => amount).sort((a, b) => a - b)),
  };
}

/** A stream on the wire. `full` adds the figures that payment and foresight reports have. */
export function streamWire(stream: Stream, owner: string, lastDay: number, full: boolean): Record<string, unknown> {
  const { inflow, counterparty, flows } = stream;
  const latest = flows.at(-1) as Flow;
  return {
    id: stream.id, payor: inflow ? counterparty : owner, payee: inflow ? owner : counterparty, cadence: stream.cadence, recency: lastDay - latest.day,
    transactionIds: flows.map(({ id }) => id),
    ...(full ? streamFigures(stream) : {}),
  };
}

const moment = ({ row }: Flow) => new Date(row.transactionDate * 1000).toISOString().slice(0, 19);

function streamFigures({ active, flows }: Stream) {
  const amounts = flows.map(({ amount }) => amount).sort((a, b) => a - b);
  const gaps = flows.slice(1).map(({ day }, at) => day - (flows[at] as Flow).day).sort((a, b) => a - b);
  const sum = amounts.reduce((total, amount) => total + amount, 0);
  const times = (gap: number) => gaps.filter((other) => other === gap).length;
  return {
    status: active ? 'active' : 'inactive', earliestObservedDate: moment(flows[0] as Flow), latestObservedDate: moment(flows.at(-1) as Flow),
    count: flows.length,
    sum: round(sum), min: amounts[0], max: amounts.at(-1), mean: round(sum / amounts.length), median: medianOf(amounts),
    standardDeviation: deviationOf(amounts),
    minimumCadence: gaps[0] ?? null, maximumCadence: gaps.at(-1) ?? null, medianCadence: gaps.length > 0 ? medianOf(gaps) : null,
    modeCadence: gaps.reduce<number | null>((best, gap) => (best === null || times(gap) > times(best) ? gap : best), null),
    standardDeviationCadence: gaps.length > 1 ? deviationOf(gaps) : null,
  };
}
