// The report kinds of this sandbox and their rules (domain: type on the wire, id suffix, what the customer must have, which accounts fit).
// What differs between two kinds stands here; how a body is computed stands in body.ts. An operation may have several kinds (by user type
// and the purpose flags of its body): the first whose `when` fits is made. A type may belong to two operations (voieTxVerify): then both
// must agree on everything but the sources.

import { findOperation } from '../../api/catalogue.ts';
import { ANALYTICS } from './analyticsKinds.ts';

/** What a report is made of: linked accounts, a payroll provider's records, stored pay statements, transactions that the caller gave itself. */
export type ReportSource = 'accounts' | 'payroll' | 'payStatements' | 'submitted';

/** What a caller asked with, as far as it decides which kind is meant. */
export interface Asked {
  path: Readonly<Record<string, string>>;
  body: Readonly<Record<string, unknown>>;
}

export interface ReportKindRule {
  operationId: string;
  type: string;
  idSuffix: string;
  title: string;
  /** `final`: only the finished report names its portfolio, not the acknowledgement. */
  portfolio: 'always' | 'final' | 'never';
  /** Needs a consumer of the customer. */
  consumer: boolean;
  /** Made without a consumer, yet its acknowledgement names the customer's where there is one; nothing else of it does. */
  namesConsumer?: boolean;
  /** Needs a business of the customer. */
  business?: boolean;
  /** A consumer report: freeze, dispute and permissible purpose apply. */
  cra: boolean;
  /** Linked accounts unless something else is named. */
  sources?: readonly ReportSource[];
  /** Repeats its accounts as the string that they came in, where others make an array of them. */
  textAccountIds?: boolean;
  /** Whether this one of the operation's kinds is what was asked for; left out: always. */
  when?: (asked: Asked) => boolean;
  /** Account types it is made of, from the description; undefined takes every type. */
  accountTypes?: ReadonlySet<string>;
  /** Days of history without `fromDate`, and at most. */
  days: number;
  maxDays: number;
}

type Kind = Omit<ReportKindRule, 'accountTypes'>;
const TWO_YEARS = 730;
const consumerReport = { portfolio: 'always', consumer: true, cra: true, days: TWO_YEARS, maxDays: TWO_YEARS } as const;

const ASSETS: readonly Kind[] = [
  { operationId: 'GenerateVOAReport', type: 'voa', idSuffix: '', title: 'Verification of Assets', portfolio: 'always', consumer: true, cra: true, days: 365, maxDays: 365 },
  { operationId: 'GenerateVOAWithIncomeReport', type: 'voaHistory', idSuffix: '', title: 'Verification of Assets and Income - Transactions', portfolio: 'always', consumer: true, cra: true, days: 61, maxDays: TWO_YEARS },
  { operationId: 'GeneratePrequalificationCRAReport', type: 'preQualVoa', idSuffix: '-prequalvoa', title: 'Prequalification (CRA)', portfolio: 'always', consumer: true, cra: true, days: 365, maxDays: 365 },
  { operationId: 'GeneratePrequalificationNonCRAReport', type: 'assetSummary', idSuffix: '-assetsummary', title: 'Asset Summary (non-CRA)', portfolio: 'always', consumer: false, namesConsumer: true, cra: false, days: 365, maxDays: 365 },
];

const INCOME: readonly Kind[] = [
  { operationId: 'GenerateVOIReport', type: 'voi', idSuffix: '-voi', title: 'Verification of Income', ...consumerReport },
  { operationId: 'GenerateVOETransactionsReport', type: 'voeTransactions', idSuffix: '-voetransactions', title: 'Verification of Employment - Transactions', ...consumerReport, days: 61 },
  { operationId: 'GenerateVOEPayrollReport', type: 'voePayroll', idSuffix: '-voepayroll', title: 'Verification of Employment - Payroll', ...consumerReport, sources: ['payroll'] },
  { operationId: 'RefreshVOIEPayrollReport', type: 'voiePayroll', idSuffix: '-voiepayroll', title: 'Verification of Income and Employment - Payroll', ...consumerReport, sources: ['payroll'] },
  { operationId: 'GeneratePayStatementReport', type: 'paystatement', idSuffix: '-paystatement', title: 'Pay Statement Extraction Report', ...consumerReport, sources: ['payStatements'] },
  { operationId: 'GenerateVOIEPaystubReport', type: 'voieTxVerify', idSuffix: '-voietxverify', title: 'Verification of Income and Employment - Paystub', ...consumerReport, sources: ['payStatements'] },
  {
    operationId: 'GenerateVOIEPaystubWithTXVerifyReport', type: 'voieTxVerify', idSuffix: '-voietxverify', title: 'Verification of Income and Employment - Paystub (with TXVerify)', ...consumerReport,
    sources: ['payStatements', 'accounts'],
  },
];

const MONEY: readonly Kind[] = [
  { operationId: 'GenerateCashFlowPersonalReport', type: 'cfrp', idSuffix: '-cfrp', title: 'Cash Flow Report - Personal', portfolio: 'final', consumer: true, cra: true, days: TWO_YEARS, maxDays: TWO_YEARS },
  { operationId: 'GenerateCashFlowBusinessReport', type: 'cfrb', idSuffix: '-cfrb', title: 'Cash Flow Report - Business', portfolio: 'never', consumer: false, namesConsumer: true, cra: false, days: TWO_YEARS, maxDays: TWO_YEARS },
  { operationId: 'GenerateStatementReport', type: 'statement', idSuffix: '-statement', title: 'Statement Report', portfolio: 'always', consumer: true, cra: true, days: 31, maxDays: TWO_YEARS },
  { operationId: 'GenerateTransactionsReport', type: 'transactions', idSuffix: '-transactions', title: 'Transactions Report', portfolio: 'always', consumer: true, cra: true, days: TWO_YEARS, maxDays: TWO_YEARS },
];

const kinds = [...ASSETS, ...INCOME, ...MONEY, ...ANALYTICS].map((kind): ReportKindRule => {
  const accounts = findOperation(kind.operationId)?.report?.accounts;
  return accounts ? { ...kind, accountTypes: new Set(accounts) } : kind;
});
const byType = new Map(kinds.map((kind) => [kind.type, kind]));

export const sourcesOf = ({ sources }: ReportKindRule): readonly ReportSource[] => sources ?? ['accounts'];
/** The rules of a type, whichever operation makes it. */
export const kindOfType = (type: string) => byType.get(type);
/** The kind that a call of this operation makes. */
export const kindAskedFor = (operationId: string, asked: Asked) => kinds.find((kind) => kind.operationId === operationId && (kind.when?.(asked) ?? true));
