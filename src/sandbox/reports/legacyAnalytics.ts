// Bodies of the older analytics (/analytics/*), which version 1.31.2 of the public description removed: balance, cash flow, payment history.
// As with other reports nothing is stored but what was asked and the accounts as they were; the body is computed when it is read.
import { brandingOf } from '../branding.ts';
import type { AccountEntity, BusinessEntity, ReportEntity } from '../entities.ts';
import { last4, round } from '../handlers/accountAccess.ts';
import type { SandboxContext } from '../types.ts';
import { aggregationOf } from '../world/aggregation.ts';
import { DAY } from '../world/streams.ts';
import { isOwed } from '../world/transfers.ts';
import { moneyIn } from './analytics.ts';
import { isoDay, spansOf } from './analyticsFigures.ts';
import type { Span } from './analyticsFigures.ts';
import { flowsOf } from './analyticsStreams.ts';
import type { Flow, Stream } from './analyticsStreams.ts';
import { REQUESTER } from './body.ts';
import { factsOf, mean } from './facts.ts';
import type { AccountFacts, ReportFacts } from './facts.ts';
import { balanceMetrics, cashFlowMetrics } from './legacyFigures.ts';
import { nsfOf, ownerOf } from './parts.ts';
import { riskPerDay } from './paymentRisk.ts';
import { isInsurance, isTax } from './spending.ts';

export type LegacyKind = 'balance' | 'cashFlow' | 'paymentHistory';
/** What the state keeps of a report. */
export interface LegacyReport {
  id: string;
  customerId: string;
  kind: LegacyKind;
  fcra: boolean;
  createdDate: number;
  days: number;
  pin: string;
  referenceNumber?: string;
  business: BusinessEntity;
  accounts: AccountEntity[];
}

export const TITLES: Readonly<Record<LegacyKind, string>> = {
  balance: 'Balance Analytics', cashFlow: 'Cash Flow Analytics', paymentHistory: 'Payment History',
};
type Context = Pick<SandboxContext, 'state' | 'world' | 'now'>;

/** Mountain time all year, as the API's own servers wrote it. */
export const offsetDate = (moment: number) => `${new Date((moment - 7 * 3600) * 1000).toISOString().slice(0, 19)}-07:00`;

/** @param host Where the sandbox was called, for the icons of institutions. */
export function legacyBody(report: LegacyReport, context: Context, host: string): Record<string, unknown> {
  const { business } = report;
  const { addressLine1, city, state, postalCode } = (business.details.address ?? {}) as Record<string, unknown>;
  const given = {
    businessName: business.details.name, businessAddress: addressLine1, businessCity: city, businessState: state, businessZip: postalCode,
    referenceNumber: report.referenceNumber,
  };
  const head = {
    title: TITLES[report.kind], customerId: Number(report.customerId), businessId: Number(business.id), requesterName: REQUESTER,
    reportHeader: {
      ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)), reportId: report.id,
      reportDate: offsetDate(report.createdDate),
    },
  };
  const facts = historyOf(report, context);
  return { ...head, ...(report.kind === 'paymentHistory' ? paymentHistory(report, facts, host) : accountSections(report, facts, host)) };
}

/** The accounts with their whole history, two years; the report's own stretch is cut out of it. */
function historyOf(report: LegacyReport, context: Context): ReportFacts {
  const entity: ReportEntity = {
    id: report.id, customerId: report.customerId, consumerId: context.state.consumers.of(report.customerId)[0]?.id, type: 'obb', operationId: '',
    requestId: '', createdDate: report.createdDate, readyDate: report.createdDate,
    outcome: 'success', title: TITLES[report.kind], constraints: { fromDate: report.createdDate - 730 * DAY }, accounts: report.accounts,
  };
  return factsOf(entity, context);
}

const stretchOf = ({ from, to }: ReportFacts, days: number): { whole: Span; span: Span } => {
  const whole = { first: Math.floor(from / DAY), last: Math.floor(to / DAY) };
  return { whole, span: { first: Math.max(whole.first, whole.last - days + 1), last: whole.last } };
};

// --- balance and cash flow

function accountSections(report: LegacyReport, facts: ReportFacts, host: string) {
  const { whole, span } = stretchOf(facts, report.days);
  const asOf = offsetDate(report.createdDate);
  const balance = report.kind === 'balance';
  const request = (rows: readonly Flow[]) => ({ currentReportRequest: requested(report, rows, span), historicDataAvailability: availability(rows) });
  const metrics = (flows: readonly Flow[], daily: readonly number[], current: number, available: number) => (balance
    ? { balanceAnalyticsMetrics: balanceMetrics({ daily, span: whole }, span, current, available, asOf) } : { cashflowAnalyticsMetrics: cashFlowMetrics(flows, whole, span) });
  const accountResults = facts.accounts.map((entry) => {
    const flows = flowsOf(entry);
    return {
      accountDetails: accountDetails(entry, facts, host), accountId: Number(entry.account.id),
      ...metrics(flows, entry.daily, entry.balance, entry.available), ...request(flows),
    };
  });
  const owned = facts.accounts.filter(({ account }) => !isOwed(account.stream));
  const total = (pick: (entry: AccountFacts) => number) => round(owned.reduce((sum, entry) => sum + pick(entry), 0));
  const daily = Array.from({ length: whole.last - whole.first + 1 }, (_, day) => total((entry) => entry.daily[day] ?? 0));
  const flows = facts.accounts.flatMap((entry) => flowsOf(entry)).sort((a, b) => a.row.transactionDate - b.row.transactionDate);
  const businessSummary = { ...metrics(flows, daily, total((entry) => entry.balance), total((entry) => entry.available)), ...request(flows) };
  return { accountResults, businessSummary, ...(balance ? {} : { totalRevenue: cashFlowMetrics(flows, whole, span).revenueForTheReportTimePeriod }) };
}

function requested({ createdDate, days }: LegacyReport, flows: readonly Flow[], span: Span) {
  const own = flows.filter(({ day }) => day >= span.first && day <= span.last);
  return {
    ...(own[0] ? { reportBeginDate: isoDay(own[0].day), reportEndDate: isoDay((own.at(-1) as Flow).day) } : {}),
    reportRequestDate: offsetDate(createdDate), requestedDaysForReport: days,
    requestedReportBeginDate: isoDay(span.last - days + 1),
  };
}

function availability(flows: readonly Flow[]) {
  const [first, last] = [flows[0], flows.at(-1)];
  if (!first || !last) return { historicAvailableDays: 0, historicDataAvailability: 'There are no data' };
  const [begin, end] = [isoDay(first.day), isoDay(last.day)];
  return {
    historicAvailabilityBeginDate: begin, historicAvailabilityEndDate: end, historicAvailableDays: last.day - first.day + 1,
    historicDataAvailability: `There are data from ${begin} to ${end}`,
  };
}

function accountDetails(entry: AccountFacts, facts: ReportFacts, host: string) {
  const { account } = entry;
  const { context } = facts;
  const aggregation = aggregationOf(account, context.now());
  const institution = context.world.institutions.find(({ id }) => id === account.institutionId);
  const branding = institution && brandingOf(institution, host);
  const owner = ownerOf(facts);
  return {
    id: Number(account.id), accountNumberDisplay: last4(account), accountOwner: { name: owner.ownerName ?? '', address: owner.ownerAddress ?? '' },
    currency: account.currency, currentBalance: entry.balance, name: account.name.slice(0, 50),
    ...(aggregation.code === undefined ? {} : { aggregationStatusCode: aggregation.code }),
    ...(aggregation.successDate === undefined ? {} : {
      aggregationAttemptDate: offsetDate(aggregation.successDate), aggregationSuccessDate: offsetDate(aggregation.successDate),
    }),
    institution: {
      institutionId: account.institutionId, institutionName: institution?.name ?? `Institution ${account.institutionId}`,
      ...(branding ? { institutionIconUrl: branding.icon, institutionPrimaryColor: branding.primaryColor } : {}),
    },
    institutionLoginId: account.institutionLoginId, realAccountNumberLast4: Number(last4(account)), status: account.status, type: account.type,
  };
}

// --- payment history

const MONTHS = 12;

function paymentHistory(report: LegacyReport, facts: ReportFacts, host: string) {
  const { whole, span } = stretchOf(facts, report.days);
  const { all } = moneyIn(facts);
  const flows = all.flows.filter(({ day }) => day >= span.first);
  const balances = all.balances ?? [];
  const months = spansOf('MONTHLY_CALENDAR', span).slice(-MONTHS);
  const fees = sum(flows.filter(({ nsf }) => nsf));
  const [deposits, withdrawals] = [sum(flows.filter(({ amount }) => amount > 0)), -sum(flows.filter(({ amount }) => amount < 0))];
  const monthly = (value: number) => round(value / months.length);
  const summary = {
    totalNonSufficientFunds: -fees || 0, averageMonthlyNonSufficientFunds: monthly(-fees) || 0, totalDeposits: deposits,
    averageMonthlyDeposits: monthly(deposits), totalWithdrawals: withdrawals,
    averageMonthlyWithdrawals: monthly(withdrawals), beginDate: `${isoDay(flows[0]?.day ?? span.first)}T00:00:00`,
    endDate: `${isoDay(flows.at(-1)?.day ?? span.last)}T00:00:00`,
  };
  return {
    accountIds: facts.accounts.map(({ account }) => Number(account.id)),
    analytics: {
      status: 'success', riskScore: Math.max(0, riskPerDay(all.flows, all.streams, balances, whole).at(-1) ?? 0), transactionHistory: months.length,
      transactionsSummary: summary,
      accountSummaries: facts.accounts.map((entry) => accountSummary(entry, facts, span, whole, host)),
      customerSummaryByMonths: months.map((month) => monthSummary(month, flows, all.streams, balances, whole)),
    },
  };
}

const sum = (flows: readonly Flow[]) => round(flows.reduce((total, { amount }) => total + amount, 0));

function accountSummary(entry: AccountFacts, facts: ReportFacts, span: Span, whole: Span, host: string) {
  const { account } = entry;
  const { consumer, context } = facts;
  const institution = context.world.institutions.find(({ id }) => id === account.institutionId);
  const daily = entry.daily.slice(span.first - whole.first);
  const fees = flowsOf(entry).filter(({ nsf, day }) => nsf && day >= span.first);
  const { address, city, state, zip } = (consumer?.details ?? {}) as Record<string, string | undefined>;
  const place = { city, state, zip };
  return {
    accountNumberDisplay: last4(account), financialInstitution: institution?.name ?? `Institution ${account.institutionId}`,
    institutionIcon: (institution && brandingOf(institution, host)?.icon) ?? '', currency: account.currency,
    status: account.status, accountName: account.name, accountType: account.type,
    accountOwner: {
      name: ownerOf(facts).ownerName ?? '', address: address ?? '',
      ...Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined)),
    },
    beginningBalance: daily[0] ?? entry.balance, averageMonthlyBalance: mean(daily), currentBalance: entry.balance, beginDate: isoDay(span.first),
    endDate: isoDay(span.last),
    totalNonSufficientFunds: -sum(fees) || 0, daysSinceNonsufficientFunds: nsfOf(entry, facts.to, 0).daysSinceLast,
  };
}

function monthSummary(month: Span, all: readonly Flow[], streams: readonly Stream[], balances: readonly number[], whole: Span) {
  const flows = all.filter(({ day }) => day >= month.first && day <= month.last);
  const daily = balances.slice(month.first - whole.first, month.last - whole.first + 1);
  const paid = (of: (flow: Flow) => boolean) => -sum(flows.filter((flow) => flow.amount < 0 && of(flow))) || 0;
  const recurring = (loan: boolean) => {
    const own = streams.filter((stream) => !stream.inflow && stream.loan === loan);
    const members = new Set(own.flatMap((stream) => stream.flows));
    const missed = own.reduce((total, { missed: days, usual }) => total - usual * days.filter((day) => day >= month.first && day <= month.last).length, 0);
    return { paid: paid((flow) => members.has(flow)), missed: round(missed) };
  };
  const [expenses, loans] = [recurring(false), recurring(true)];
  return {
    month: isoDay(month.first), averageBalance: mean(daily), closingBalance: daily.at(-1) ?? 0, openingBalance: daily[0] ?? 0,
    totalDeposits: sum(flows.filter(({ amount }) => amount > 0)), totalWithdrawals: paid(() => true),
    nonSufficientFunds: paid(({ nsf }) => nsf), insurancePayments: paid(isInsurance), taxPayments: paid(isTax),
    recurringExpensePayments: expenses.paid, missedRecurringExpensePayments: expenses.missed,
    recurringLoanPayments: loans.paid, missedRecurringLoanPayments: loans.missed,
  };
}
