// The sections of the reports about income and employment. Those of accounts are computed from the report's accounts (facts.ts); those of
// payroll and pay statements from what the deposit accounts showed when the report was asked for (paychecks.ts).
import type { PayStatement } from '../handlers/payStatements.ts';
import type { SandboxContext } from '../types.ts';
import { DAY } from '../world/streams.ts';
import { mean } from './facts.ts';
import type { AccountFacts, ReportFacts } from './facts.ts';
import { incomeStreams, incomeSummaries } from './income.ts';
import type { IncomeStream } from './income.ts';
import { accountHead, byInstitution, detailsOf, ownerOf, periodOf, reportTransaction } from './parts.ts';
import { depositAccounts } from './paychecks.ts';
import type { PayFacts } from './paychecks.ts';
import { isReadable, matchOf, stubDeductions, stubFigures, stubMonthlyIncome, stubOf } from './payStatements.ts';
import type { Extraction, Match, StoredStub, Stub } from './payStatements.ts';
import { employmentHistory } from './payroll.ts';
import type { PayrollConstraints } from './payroll.ts';
import { seededStubOfAsset } from './seededStubs.ts';

const MISC_DEPOSITS = 100;
const minimumOf = ({ report }: ReportFacts) => Number(report.constraints.incomeStreamConfidenceMinimum ?? 0);
const streamsOf = (facts: ReportFacts, label: string) =>
  new Map(facts.accounts.map((entry) => [entry, incomeStreams(entry, facts.report.id, facts.from, facts.to, minimumOf(facts), label)]));

// --- of accounts

export function voiBody(facts: ReportFacts) {
  const streams = streamsOf(facts, 'voi');
  return {
    ...periodOf(facts, 180), institutions: byInstitution(facts, facts.accounts, (entry) => voiAccount(entry, facts, streams.get(entry) ?? [])), income: incomeSummaries([...streams.values()].flat()),
  };
}

function voiAccount(entry: AccountFacts, facts: ReportFacts, streams: readonly IncomeStream[]) {
  const counted = new Set(streams.flatMap(({ transactions }) => transactions.map(({ id }) => id)));
  const oldest = entry.rows[0]?.transactionDate;
  return {
    ...accountHead(entry, facts), ...ownerOf(facts), incomeStreams: streams, balance: entry.balance, currentBalance: entry.balance, availableBalance: entry.available, beginningBalance: entry.daily[0] ?? entry.balance,
    averageMonthlyBalance: mean(entry.daily), ...(oldest === undefined ? {} : { oldestTransactionDate: oldest }), transactions: entry.rows.map(reportTransaction),
    miscDeposits: entry.rows.filter((row) => row.amount > 0 && !counted.has(row.id)).slice(-MISC_DEPOSITS).map(reportTransaction),
  };
}

export function voeTransactionsBody(facts: ReportFacts) {
  const streams = streamsOf(facts, 'voetransactions');
  // Clients of version 1.16.0 want every account to have transactions.
  const account = (entry: AccountFacts) => ({
    ...accountHead(entry, facts), ...ownerOf(facts), incomeStreams: (streams.get(entry) ?? []).map((stream) => withoutAmounts(stream, facts.to)), transactions: [],
  });
  return { ...periodOf(facts, 180), institutions: byInstitution(facts, facts.accounts, account) };
}

/** When it came and when it is due again, but not how much. */
function withoutAmounts({ id, name, status, estimateInclusion, confidence, cadence, incomeStreamMonths, transactions }: IncomeStream, now: number) {
  const last = Math.max(...transactions.map(({ postedDate }) => Number(postedDate)));
  return {
    id, name, status, estimateInclusion, confidence, cadence, daysSinceLastTransaction: Math.max(0, Math.floor((now - last) / DAY)), nextExpectedTransactionDate: last + cadence.days * DAY, incomeStreamMonths,
    transactions: transactions.map(({ amount: _amount, ...row }) => row),
  };
}

// --- of payroll

const payFactsOf = ({ report, customer, consumer, context }: ReportFacts): PayFacts => ({
  customer, consumer, at: report.createdDate, context, accounts: report.payAccounts ?? depositAccounts(context.state.accounts.of(report.customerId)),
});

export const payrollBody = (facts: ReportFacts) => employmentHistory(payFactsOf(facts), facts.report.constraints as PayrollConstraints, facts.report.type === 'voiePayroll');

// --- of pay statements

interface StatementConstraints {
  paystatementReport?: Extraction & { assetIds: string[] };
  voieWithStatementData?: Extraction & { assetIds: string[] };
  voieWithInterviewData?: Extraction & { txVerifyInterview: { assetId: string; accounts?: string[] }[] };
}

/** The assets that a request names, in its order, each once. */
export function assetIdsOf(constraints: Record<string, unknown>): string[] {
  const { paystatementReport, voieWithStatementData, voieWithInterviewData } = constraints as StatementConstraints;
  return [...new Set(voieWithInterviewData?.txVerifyInterview.map(({ assetId }) => assetId) ?? (paystatementReport ?? voieWithStatementData)?.assetIds ?? [])];
}

/** Which report read a file first: the bag that is asked whether it is billed. */
export const FIRST_READ_BY = 'payStatementReadBy';

interface Read { stored: StoredStub; stub?: Stub; billable: boolean }

function readOf(facts: ReportFacts, pay: PayFacts): Read[] {
  const { report, context } = facts;
  const firstReadBy = context.state.bag<string>(FIRST_READ_BY);
  return assetIdsOf(report.constraints).map((assetId) => {
    const stored = storedStub(assetId, report.customerId, context) ?? { assetId, label: 'lastPayPeriod', type: 'unknown', createdDate: report.createdDate };
    if (!isReadable(stored)) return { stored, billable: false };
    return { stored, stub: stubOf(stored, pay), billable: (stored.readBy ?? firstReadBy.get(assetId) ?? report.id) === report.id };
  });
}

/** The customer's file of this asset id, uploaded or seeded. */
export function storedStub(assetId: string, customerId: string, { state, world }: Pick<SandboxContext, 'state' | 'world'>): StoredStub | undefined {
  const uploaded = state.bag<PayStatement>('payStatement').get(assetId);
  return uploaded?.customerId === customerId ? uploaded : seededStubOfAsset(assetId, customerId, world);
}

export function payStatementBody(facts: ReportFacts) {
  const pay = payFactsOf(facts);
  const asked = (facts.report.constraints as StatementConstraints).paystatementReport ?? { assetIds: [] };
  const read = readOf(facts, pay);
  const stubs = read.flatMap(({ stub }) => stub ?? []);
  return {
    startDate: Math.min(...stubs.map(({ check }) => check.from)), endDate: Math.max(...stubs.map(({ check }) => check.to)), ...statementHead('paystatement', read),
    // Income and institutions are what version 1.16.0 wants here too.
    payStatements: read.flatMap(({ stub, billable }) => (stub ? [{
      ...stubFigures(stub, pay, billable, asked), ...(asked.extractDeductions ? { deductions: stubDeductions(stub) } : {}), monthlyIncome: stubMonthlyIncome(stub), institutions: [],
    }] : [])),
  };
}

const statementHead = (reportStyle: string, read: readonly Read[]) => ({
  reportStyle, assetIds: read.map(({ stored }) => stored.assetId), numberOfBillableAssets: read.filter(({ billable }) => billable).length,
});

/** A file that cannot be read has its place in a paystub report, with the reason. */
const unread = ({ assetId, label }: StoredStub) => ({
  payPeriod: label.charAt(0).toUpperCase() + label.slice(1), billable: false, assetId, employer: {}, employee: {}, payStat: [], monthlyIncome: {}, institutions: [], errorCode: UNREADABLE.code, errorMessage: UNREADABLE.message,
});
export const UNREADABLE = { code: 10100, message: 'The asset could not be read as a pay statement.' } as const;

export function paystubBody(facts: ReportFacts) {
  const { voieWithInterviewData, voieWithStatementData } = facts.report.constraints as StatementConstraints;
  if (voieWithInterviewData) return txVerifyBody(facts, voieWithInterviewData);
  const pay = payFactsOf(facts);
  const read = readOf(facts, pay);
  return {
    ...statementHead('voieWithStatement', read),
    payStatements: read.map(({ stored, stub, billable }) => (stub ? {
      ...stubFigures(stub, pay, billable, voieWithStatementData ?? {}), ...(voieWithStatementData?.extractDeductions ? { deductions: stubDeductions(stub) } : {}), monthlyIncome: stubMonthlyIncome(stub), institutions: [],
    } : unread(stored))),
  };
}

// --- of pay statements and accounts

function txVerifyBody(facts: ReportFacts, asked: NonNullable<StatementConstraints['voieWithInterviewData']>) {
  const pay = payFactsOf(facts);
  const read = readOf(facts, pay);
  const namedFor = (assetId: string) => asked.txVerifyInterview.find((one) => one.assetId === assetId)?.accounts ?? [];
  const matches = new Map(read.flatMap(({ stored, stub }) => (stub ? [[stored.assetId, matchOf(stub, facts.accounts, namedFor(stored.assetId), facts.from)] as const] : [])));
  const streams = streamsOf(facts, 'voietxverify');
  return {
    ...statementHead('voieWithInterview', read),
    payStatements: read.map(({ stored, stub, billable }) => {
      if (!stub) return unread(stored);
      const monthly = stubMonthlyIncome(stub);
      return {
        ...stubFigures(stub, pay, billable, asked), ...(asked.extractDeductions ? { deductions: stubDeductions(stub) } : {}), matchType: matches.get(stored.assetId)?.type ?? 'NO_MATCH',
        monthlyIncome: { ...monthly, estimatedMonthlyOtherPay: 0, estimatedMonthlyTotalPay: Object.values(monthly).reduce((sum, amount) => sum + amount, 0) }, institutions: [],
      };
    }),
    institutions: byInstitution(facts, facts.accounts, (entry) => txVerifyAccount(entry, facts, streams.get(entry) ?? [], [...matches.values()])),
  };
}

function txVerifyAccount(entry: AccountFacts, facts: ReportFacts, streams: readonly IncomeStream[], matches: readonly Match[]) {
  const typesOf = new Map(matches.flatMap(({ rows }) => rows.filter(({ account }) => account === entry.account.id).map(({ row, types }) => [row, types] as const)));
  const marked = (row: Record<string, unknown>) => ({ ...row, ...(typesOf.has(row.id as number) ? { payStatementMatchTypes: typesOf.get(row.id as number) } : {}) });
  return {
    ...accountHead(entry, facts), ...ownerOf(facts), balance: entry.balance, availableBalance: entry.available, averageMonthlyBalance: mean(entry.daily), transactions: entry.rows.map(reportTransaction), details: detailsOf(entry, facts),
    incomeStreams: streams.map(({ estimateInclusion: _inclusion, averageMonthlyIncomeGross: _gross, transactions, ...stream }) => ({ ...stream, transactions: transactions.map(marked) })),
  };
}
