// The report kinds of this sandbox and their rules (domain: type on the wire, id suffix, what the customer must have, which accounts fit).
// What differs between two kinds stands here; how a body is computed stands in body.ts.

import { findOperation } from '../../api/catalogue.ts';

export interface ReportKindRule {
  operationId: string;
  type: string;
  idSuffix: string;
  title: string;
  /** `final`: only the finished report names its portfolio, not the acknowledgement. */
  portfolio: 'always' | 'final' | 'never';
  /** Needs a consumer of the customer. */
  consumer: boolean;
  /** A consumer report: freeze, dispute and permissible purpose apply. */
  cra: boolean;
  /** Account types it is made of, from the description; undefined takes every type. */
  accountTypes?: ReadonlySet<string>;
  /** Days of history without `fromDate`, and at most. */
  days: number;
  maxDays: number;
}

const TWO_YEARS = 730;

const KINDS: readonly Omit<ReportKindRule, 'accountTypes'>[] = [
  { operationId: 'GenerateVOAReport', type: 'voa', idSuffix: '', title: 'Verification of Assets', portfolio: 'always', consumer: true, cra: true, days: 365, maxDays: 365 },
  { operationId: 'GenerateVOAWithIncomeReport', type: 'voaHistory', idSuffix: '', title: 'Verification of Assets and Income - Transactions', portfolio: 'always', consumer: true, cra: true, days: 61, maxDays: TWO_YEARS },
  { operationId: 'GeneratePrequalificationCRAReport', type: 'preQualVoa', idSuffix: '-prequalvoa', title: 'Prequalification (CRA)', portfolio: 'always', consumer: true, cra: true, days: 365, maxDays: 365 },
  { operationId: 'GeneratePrequalificationNonCRAReport', type: 'assetSummary', idSuffix: '-assetsummary', title: 'Asset Summary (non-CRA)', portfolio: 'always', consumer: false, cra: false, days: 365, maxDays: 365 },
  { operationId: 'GenerateCashFlowPersonalReport', type: 'cfrp', idSuffix: '-cfrp', title: 'Cash Flow Report - Personal', portfolio: 'final', consumer: true, cra: true, days: TWO_YEARS, maxDays: TWO_YEARS },
  { operationId: 'GenerateCashFlowBusinessReport', type: 'cfrb', idSuffix: '-cfrb', title: 'Cash Flow Report - Business', portfolio: 'never', consumer: false, cra: false, days: TWO_YEARS, maxDays: TWO_YEARS },
  { operationId: 'GenerateStatementReport', type: 'statement', idSuffix: '-statement', title: 'Statement Report', portfolio: 'always', consumer: true, cra: true, days: 31, maxDays: TWO_YEARS },
  { operationId: 'GenerateTransactionsReport', type: 'transactions', idSuffix: '-transactions', title: 'Transactions Report', portfolio: 'always', consumer: true, cra: true, days: TWO_YEARS, maxDays: TWO_YEARS },
];

const kinds = KINDS.map((kind): ReportKindRule => {
  const accounts = findOperation(kind.operationId)?.report?.accounts;
  return accounts ? { ...kind, accountTypes: new Set(accounts) } : kind;
});
const byType = new Map(kinds.map((kind) => [kind.type, kind]));
const byOperation = new Map(kinds.map((kind) => [kind.operationId, kind]));

export const kindOfType = (type: string) => byType.get(type);
export const kindOfOperation = (operationId: string) => byOperation.get(operationId);
