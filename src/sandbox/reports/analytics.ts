// Analytics reports (bar, cfr, phr, pri, far): groups of transactions and daily states by period, for each account and for the customer,
// with the streams of payments that come back. Which attributes a kind has follows the public examples; payment and foresight reports have
// the whole history as one period (HISTORICALLY) besides the intervals that were asked for.
import { isOwed } from '../world/transfers.ts';
import { holdsSecurities } from '../world/transactions.ts';
import { DAY } from '../world/streams.ts';
import { figuresOf, spansOf } from './analyticsFigures.ts';
import type { Span } from './analyticsFigures.ts';
import { flowsOf, isLoan, streamsOf, streamWire } from './analyticsStreams.ts';
import type { Flow, Stream } from './analyticsStreams.ts';
import type { AccountFacts, ReportFacts } from './facts.ts';
import { compared, projected, segmentsOf } from './foresight.ts';
import type { Segments } from './foresight.ts';
import { missedPerDay, perDay, riskPerDay } from './paymentRisk.ts';
import { OWN_DATA, ownDataName, withSubmitted } from './submitted.ts';
import { accountHead, balanceDate, byInstitution, ownerOf, periodOf, reportTransaction } from './parts.ts';
import { CHOSEN_MONTHLY, isChosen, isInsurance, isMove, isNeeded, isRevenue, isSpending, isTax, NEEDED_MONTHLY, SPENDING } from './spending.ts';

/** What the attributes are taken from: an account's money, or all of it. */
interface Money {
  flows: readonly Flow[];
  streams: readonly Stream[];
  /** End-of-day balances of what is owned, undefined where nothing is. */
  balances: readonly number[] | undefined;
}

interface Group {
  name: string;
  has: (flow: Flow, recurring: ReadonlySet<Flow>) => boolean;
  /** What others spend on it in a month, in dollars. */
  monthly?: number;
}

interface Plan {
  types: readonly string[];
  groups: readonly Group[];
  states: readonly string[];
  /** Payment and foresight reports carry more of a stream, and room for comparison. */
  full: boolean;
  span: Span;
  /** Whom to compare with; customer level of foresight reports only. */
  segments?: Segments;
}

const IN: Group = { name: 'CASH_INFLOW', has: ({ amount }) => amount > 0 };
const OUT: Group = { name: 'CASH_OUTFLOW', has: ({ amount }) => amount < 0 };
const NSF: Group = { name: 'NSF_FEE_CHARGES', has: ({ nsf, amount }) => nsf && amount < 0 };
const CASH_FLOW: readonly Group[] = [
  OUT, IN, { name: 'ALL_CASH_FLOWS', has: () => true }, NSF, { name: 'NSF_FEE_REVERSALS', has: ({ nsf, amount }) => nsf && amount > 0 },
];
const REVENUE: Group = { name: 'REVENUE', has: isRevenue };
const PAYMENTS: readonly Group[] = [
  OUT, IN, { name: 'INSURANCE_SPENDING', has: isInsurance }, { name: 'TAX_PAYMENTS', has: isTax }, { name: 'DISCRETIONARY_SPENDING', has: isChosen },
  { name: 'NONDISCRETIONARY_SPENDING', has: isNeeded },
  { name: 'RECURRING_EXPENSES', has: (flow, recurring) => flow.amount < 0 && !isLoan(flow) && !isMove(flow) && recurring.has(flow) },
  { name: 'RECURRING_LOAN_PAYMENTS', has: (flow, recurring) => flow.amount < 0 && isLoan(flow) && recurring.has(flow) }, NSF,
];
const SPENT: readonly Group[] = [
  ...SPENDING.map(({ name, categories, monthly }): Group => ({ name, has: (flow) => isSpending(flow) && categories.has(flow.category), monthly })),
  { name: 'DISCRETIONARY_SPENDING', has: isChosen, monthly: CHOSEN_MONTHLY }, { name: 'NONDISCRETIONARY_SPENDING', has: isNeeded, monthly: NEEDED_MONTHLY },
];
const PAYMENT_STATES = ['MISSED_RECURRING_EXPENSES', 'MISSED_RECURRING_LOAN_PAYMENTS', 'PAYMENT_RISK_SCORE', 'ASSET_BALANCE'];

function planOf({ report, from, to }: ReportFacts): Plan {
  const asked = (report.constraints.analyticsReportData as { timeIntervalTypes?: string[] } | undefined)?.timeIntervalTypes;
  const types = [...new Set(asked?.length ? asked : ['MONTHLY_CALENDAR'])];
  const span = { first: Math.floor(from / DAY), last: Math.floor(to / DAY) };
  const history = [...types, 'HISTORICALLY'];
  switch (report.type.slice(0, 3)) {
    case 'bar': return { types, groups: [], states: ['ASSET_BALANCE'], full: false, span };
    case 'cfr': return { types, groups: report.type[3] === 'b' ? [...CASH_FLOW, REVENUE] : CASH_FLOW, states: ['NET_CASH_FLOW'], full: false, span };
    case 'far': return { types: history, groups: SPENT, states: [], full: true, span, segments: segmentsOf(report.constraints) };
    default: return { types: history, groups: PAYMENTS, states: PAYMENT_STATES, full: true, span };
  }
}

function groupWire(group: Group, { flows, streams }: Money, recurring: ReadonlySet<Flow>, plan: Plan) {
  const own = flows.filter((flow) => group.has(flow, recurring));
  const { segments, full } = plan;
  const aggregatedByTimePeriods = plan.types.map((timeIntervalType) => {
    const periods = spansOf(timeIntervalType, plan.span).map((span) => {
      const figures = figuresOf(span, own.flatMap(({ day, amount }) => (day >= span.first && day <= span.last ? [amount] : [])));
      return { figures, ...compared(group.name, group.monthly ?? 0, span, figures, segments ?? { places: [] }) };
    });
    if (!full) return { timeIntervalType, periods: periods.map(({ figures }) => figures) };
    return {
      timeIntervalType, periods: periods.map(({ figures, comparedToCohorts }) => ({ ...figures, comparedToCohorts })),
      cohortBenchmarkPeriods: periods.map(({ cohortPeriod }) => cohortPeriod),
    };
  });
  const streamIds = streams.flatMap((stream) => (stream.flows.some((flow) => group.has(flow, recurring)) ? [stream.id] : []));
  return {
    attributeName: group.name, aggregatedByTimePeriods, transactionIds: own.map(({ id }) => id), streamIds,
    ...(full ? { projectedValues: segments ? projected(own, plan.span) : [], streamConfidences: null } : {}),
  };
}

function dailyState(name: string, { flows, streams, balances }: Money, span: Span): readonly number[] | undefined {
  switch (name) {
    case 'ASSET_BALANCE': return balances;
    case 'NET_CASH_FLOW': return perDay(span, flows.map(({ day, amount }) => [day, amount] as const));
    case 'MISSED_RECURRING_EXPENSES': return missedPerDay(streams, span, false);
    case 'MISSED_RECURRING_LOAN_PAYMENTS': return missedPerDay(streams, span, true);
    default: return riskPerDay(flows, streams, balances ?? [], span);
  }
}

function stateWire(name: string, daily: readonly number[], { types, span, full }: Plan) {
  const reportedByTimePeriods = types.map((timeIntervalType) => {
    const spans = spansOf(timeIntervalType, span);
    const periods = spans.map((own) => {
      const values = daily.slice(own.first - span.first, own.last - span.first + 1);
      return { ...figuresOf(own, values), beginningValue: values[0] ?? 0, endingValue: values.at(-1) ?? 0, ...(full ? { comparedToCohorts: [] } : {}) };
    });
    const cohorts = full ? { cohortBenchmarkPeriods: periods.map(({ startDate, endDate }) => ({ startDate, endDate, cohortValues: [] })) } : {};
    return { timeIntervalType, periods, ...cohorts };
  });
  return { attributeName: name, reportedByTimePeriods, ...(full ? { projectedValues: [] } : {}) };
}

function analyticsOf(money: Money, plan: Plan, owner: string) {
  const recurring = new Set(money.streams.flatMap(({ flows }) => flows));
  return {
    transactionalAttributes: plan.groups.map((group) => groupWire(group, money, recurring, plan)),
    stateAttributes: plan.states.flatMap((name) => {
      const daily = dailyState(name, money, plan.span);
      return daily ? [stateWire(name, daily, plan)] : [];
    }),
    streams: money.streams.map((stream) => streamWire(stream, owner, plan.span.last, plan.full)),
  };
}

const NOBODY = 'Account Owner (Name Unavailable)';
const ownerIn = (facts: ReportFacts) => ownerOf(facts).ownerName ?? NOBODY;

function moneyOf(entry: AccountFacts, { context }: ReportFacts, span: Span): Money {
  const flows = flowsOf(entry).filter(({ day }) => day >= span.first && day <= span.last);
  return {
    flows, streams: streamsOf(flows, entry.account.id, context.world.seed, span.last),
    balances: isOwed(entry.account.stream) ? undefined : entry.daily,
  };
}

function together(each: readonly Money[], span: Span): Money {
  const owned = each.flatMap(({ balances }) => (balances ? [balances] : []));
  return {
    flows: each.flatMap(({ flows }) => flows).sort((a, b) => a.day - b.day), streams: each.flatMap(({ streams }) => streams),
    balances: owned.length === 0 ? undefined : Array.from({ length: span.last - span.first + 1 }, (_, day) => Math.round(owned.reduce((sum, daily) => sum + (daily[day] ?? 0), 0) * 100) / 100),
  };
}

/** The money of a report's accounts, one by one and together; the older analytics are made of it too. */
export function moneyIn(facts: ReportFacts): { each: Map<AccountFacts, Money>; all: Money; span: Span } {
  const span = { first: Math.floor(facts.from / DAY), last: Math.floor(facts.to / DAY) };
  const each = new Map(facts.accounts.map((entry) => [entry, moneyOf(entry, facts, span)]));
  return { each, all: together([...each.values()], span), span };
}

/** The sections of an analytics report. */
export function analyticsBody(asked: ReportFacts): Record<string, unknown> {
  const { report, context } = asked;
  const facts = withSubmitted(asked);
  const plan = planOf(facts);
  const owner = ownerIn(facts);
  const { each, all } = moneyIn(facts);
  const analytics = (entry: AccountFacts) => analyticsOf(each.get(entry) as Money, { ...plan, segments: undefined }, owner);
  const linked = (entry: AccountFacts) => ({
    ...accountHead(entry, facts), ...ownerOf(facts), currentBalance: entry.balance, availableBalance: entry.available,
    balanceDate: balanceDate(entry, facts), transactions: entry.rows.map(reportTransaction),
    ...(holdsSecurities(entry.account) ? {} : { details: { availableBalanceAmount: entry.available } }), analytics: analytics(entry),
  });
  const own = (entry: AccountFacts) => {
    const { id, number, name, type, currency } = accountHead(entry, facts);
    return { id, number, name, type, currency, transactions: entry.rows.map(reportTransaction), analytics: analytics(entry) };
  };
  const institutions = byInstitution(facts, facts.accounts, (entry) => (entry.account.institutionId === OWN_DATA ? own(entry) : linked(entry)))
    .map((institution) => (institution.id === OWN_DATA ? { ...institution, ...ownDataName } : institution));
  const business = report.extra?.businessDetails === undefined && report.type[3] === 'b' ? businessDetails(context.state.businesses.of(report.customerId)[0]) : undefined;
  return { ...(business ? { businessDetails: business } : {}), ...periodOf(facts, 365), institutions, customerAnalytics: analyticsOf(all, plan, owner) };
}

/** The firm as analytics reports show it. */
export function businessDetails(business: { id: string; details: Record<string, unknown> } | undefined) {
  return business && { businessId: business.id, name: business.details.name, address: business.details.address ?? {} };
}
