// A report's body by kind: the head that all share, and the sections of a finished one, computed when it is read.
import type { ConsumerEntity, CustomerEntity, ReportEntity } from '../entities.ts';
import { round } from '../handlers/accountAccess.ts';
import type { SandboxContext } from '../types.ts';
import { DAY } from '../world/streams.ts';
import { cashFlowBody } from './cashFlow.ts';
import { analyticsBody } from './analytics.ts';
import { isAnalytics } from './analyticsKinds.ts';
import { customerOf, factsOf } from './facts.ts';
import type { AccountFacts, ReportFacts } from './facts.ts';
import { incomeStreams, incomeSummaries } from './income.ts';
import { paystubBody, payrollBody, payStatementBody, voeTransactionsBody, voiBody } from './incomeReports.ts';
import { kindOfType } from './kinds.ts';
import { accountHead, assetOf, assetsOf, balanceDate, byInstitution, detailsOf, holdingsOf, nsfOf, ownerOf, periodOf, reportTransaction } from './parts.ts';
import { sbcaBody } from './sbca.ts';
import { statementAssetId } from './statementAssets.ts';
import { mean } from './facts.ts';

export const REQUESTER = 'Open Banking Sandbox';
type Context = Pick<SandboxContext, 'state' | 'world' | 'now'>;
interface Constraints { showNsf?: boolean; incomeFromDate?: number; incomeStreamConfidenceMinimum?: number; findTransaction?: Find; statementReportData?: { accountId: number; statementIndex?: number } }
interface Find { findTransactionDescriptionMemo?: string; findTransactionAmountFrom?: number; findTransactionAmountTo?: number; findTransactionCategory?: string[] }

export const statusOf = (report: ReportEntity, now: number) => (now < report.readyDate ? 'inProgress' : report.outcome);
export const lastFourOfSsn = (consumer: ConsumerEntity | undefined) => (typeof consumer?.details.ssn === 'string' ? consumer.details.ssn.slice(-4) : undefined);

/** Fields of every report, and of the acknowledgement; `finished` adds the portfolio of kinds that only then name one. */
export function headOf(report: ReportEntity, customer: CustomerEntity | undefined, consumer: ConsumerEntity | undefined, status: string): Record<string, unknown> {
  const kind = kindOfType(report.type);
  const portfolio = report.portfolioId !== undefined && (kind?.portfolio === 'always' || status === 'success');
  const ssn = lastFourOfSsn(consumer);
  return {
    id: report.id, ...(portfolio ? { portfolioId: report.portfolioId } : {}), ...(/^\d+$/.test(report.customerId) ? { customerType: customer?.type ?? 'testing', customerId: Number(report.customerId) } : {}), requestId: report.requestId, requesterName: REQUESTER,
    createdDate: report.createdDate, title: report.title, ...(consumer ? { consumerId: consumer.id, ...(ssn ? { consumerSsn: ssn } : {}), consumerDetails: consumerDetails(consumer, ssn) } : {}),
    ...(consumer?.details.endUser ? { endUser: consumer.details.endUser } : {}), ...report.extra, constraints: constraintsOf(report), type: report.type, status,
  };
}

/** As it was asked for; kinds that repeat the accounts in one string have none of them where the caller named none. */
function constraintsOf({ type, constraints }: ReportEntity): Record<string, unknown> {
  const { accountIds, ...others } = constraints;
  return kindOfType(type)?.textAccountIds && Array.isArray(accountIds) ? others : constraints;
}

function consumerDetails({ id, details }: ConsumerEntity, ssn: string | undefined) {
  const fields = ['firstName', 'lastName', 'address', 'city', 'state', 'zip', 'phone', 'email'];
  return { id, ...Object.fromEntries(fields.flatMap((field) => (details[field] === undefined ? [] : [[field, details[field]]]))), ...(ssn ? { ssn } : {}) };
}

/** The report as it is now: head only while it is made, with `errors` when it failed, with its sections when it succeeded. */
export function reportBody(report: ReportEntity, context: Context): Record<string, unknown> {
  const status = statusOf(report, context.now());
  const consumer = report.consumerId === undefined ? undefined : context.state.consumers.get(report.consumerId);
  const head = headOf(report, customerOf(report.customerId, context), consumer, status);
  if (status === 'failure') return { ...head, errors: report.errors ?? [] };
  if (status !== 'success') return head;
  return { ...head, ...sectionsOf(factsOf(report, context)) };
}

function sectionsOf(facts: ReportFacts): Record<string, unknown> {
  const { report } = facts;
  switch (report.type) {
    case 'voa': return { ...assetHead(facts), institutions: byInstitution(facts, facts.accounts, (entry) => voaAccount(entry, facts)), assets: assetsOf(facts.accounts) };
    case 'voaHistory': return voaHistory(facts);
    case 'preQualVoa': case 'assetSummary':
      return { ...assetHead(facts), institutions: byInstitution(facts, facts.accounts, (entry) => prequalificationAccount(entry, facts)), assets: assetsOf(facts.accounts) };
    case 'cfrp': case 'cfrb': return cashFlowBody(facts);
    case 'transactions': return { ...periodOf(facts, 365), institutions: byInstitution(facts, facts.accounts, (entry) => transactionsAccount(entry, facts)) };
    case 'voi': return voiBody(facts);
    case 'voeTransactions': return voeTransactionsBody(facts);
    case 'voePayroll': case 'voiePayroll': return payrollBody(facts);
    case 'paystatement': return payStatementBody(facts);
    case 'voieTxVerify': return paystubBody(facts);
    case 'statement': return { assetId: assetIdOf(facts) };
    case 'sbcaanalyticsnoncra': case 'sbcabenchmarksnoncra': return sbcaBody(facts);
    default: return isAnalytics(report.type) ? analyticsBody(facts) : {};
  }
}

const assetHead = (facts: ReportFacts) => ({ ...periodOf(facts, 180), consolidatedAvailableBalance: round(facts.accounts.reduce((sum, { available }) => sum + available, 0)) });

function voaAccount(entry: AccountFacts, facts: ReportFacts) {
  const { showNsf } = facts.report.constraints as Constraints;
  const position = holdingsOf(entry, facts);
  const nsf = nsfOf(entry, facts.to, 61);
  const oldest = entry.rows[0]?.transactionDate;
  return {
    ...accountHead(entry, facts), ...ownerOf(facts), availableBalance: entry.available, balance: entry.balance, balanceDate: balanceDate(entry, facts), averageMonthlyBalance: mean(entry.daily),
    ...(showNsf ? {
      totNumberInsufficientFundsFeeDebitTxAccount: nsf.total, totNumberInsufficientFundsFeeDebitTxOver2MonthsAccount: nsf.recent, totNumberDaysSinceMostRecentInsufficientFundsFeeDebitTxAccount: nsf.daysSinceLast,
    } : {}),
    ...(oldest === undefined ? {} : { oldestTransactionDate: oldest }), transactions: entry.rows.map(reportTransaction), details: detailsOf(entry, facts), ...(position ? { position } : {}), asset: assetOf(entry),
  };
}

function voaHistory(facts: ReportFacts) {
  const { incomeFromDate, incomeStreamConfidenceMinimum = 0 } = facts.report.constraints as Constraints;
  const incomeFrom = Math.max(incomeFromDate ?? 0, facts.to - 730 * DAY);
  const streams = new Map(facts.accounts.map((entry) => [entry, incomeStreams(entry, facts.report.id, incomeFrom, facts.to, incomeStreamConfidenceMinimum)]));
  return {
    ...assetHead(facts), institutions: byInstitution(facts, facts.accounts, (entry) => ({ ...voaAccount(entry, facts), incomeStreams: streams.get(entry) ?? [] })), assets: assetsOf(facts.accounts),
    income: incomeSummaries([...streams.values()].flat()),
  };
}

function prequalificationAccount(entry: AccountFacts, facts: ReportFacts) {
  const { showNsf } = facts.report.constraints as Constraints;
  const nsf = nsfOf(entry, facts.to, 183);
  return {
    ...accountHead(entry, facts), ...ownerOf(facts), balance: entry.balance, balanceDate: balanceDate(entry, facts), availableBalance: entry.available, averageMonthlyBalance: mean(entry.daily),
    ...(showNsf ? {
      totNumberInsufficientFundsFeeDebitTxAccount: nsf.total, totNumberInsufficientFundsFeeDebitTxOver6MonthsAccount: nsf.recent, totNumberDaysSinceMostRecentInsufficientFundsFeeDebitTxAccount: nsf.daysSinceLast,
    } : {}),
    transactions: entry.rows.map(reportTransaction), asset: assetOf(entry), details: detailsOf(entry, facts),
  };
}

function transactionsAccount(entry: AccountFacts, facts: ReportFacts) {
  const { findTransaction: find = {} } = facts.report.constraints as Constraints;
  const rows = entry.rows.filter((row) => (find.findTransactionAmountFrom === undefined || row.amount >= find.findTransactionAmountFrom) && (find.findTransactionAmountTo === undefined || row.amount <= find.findTransactionAmountTo)
    && (!find.findTransactionCategory?.length || find.findTransactionCategory.includes(row.category))
    && (find.findTransactionDescriptionMemo === undefined || [row.description, row.memo, `${row.description} ${row.memo ?? ''}`.trim()].includes(find.findTransactionDescriptionMemo)));
  const oldest = entry.rows[0]?.transactionDate;
  return {
    ...accountHead(entry, facts), balance: entry.balance, balanceDate: balanceDate(entry, facts), availableBalance: entry.available, ...(oldest === undefined ? {} : { oldestTransactionDate: oldest }),
    transactionsCount: rows.length, transactions: rows.map(reportTransaction),
  };
}

function assetIdOf({ report, context }: ReportFacts): string {
  const data = (report.constraints as Constraints).statementReportData;
  return statementAssetId(context.world.seed, report.customerId, String(data?.accountId ?? ''), report.createdDate, data?.statementIndex ?? 1);
}
