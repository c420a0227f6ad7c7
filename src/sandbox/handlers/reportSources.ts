// What a report is made of besides the accounts in it: a payroll provider's records, stored pay statements. Finds them, checks what names
// them, and says why they cannot do. What cannot be found at once (no payroll record, an earlier report that does not exist) makes the
// report fail, not the call; an asset that does not exist makes the call fail.
import type { AccountEntity, ConsumerEntity, CustomerEntity, ReportEntity } from '../entities.ts';
import { missingParameter } from '../errors.ts';
import { assetIdsOf, storedStub, UNREADABLE } from '../reports/incomeReports.ts';
import type { ReportKindRule } from '../reports/kinds.ts';
import { sourcesOf } from '../reports/kinds.ts';
import { depositAccounts, employmentsOf } from '../reports/paychecks.ts';
import type { Employment } from '../reports/paychecks.ts';
import { isReadable } from '../reports/payStatements.ts';
import { statementOfAsset } from '../reports/statementAssets.ts';
import { seedRandom } from '../seedRandom.ts';
import { ApiFault } from '../types.ts';
import type { SandboxContext } from '../types.ts';
import { notTheirAccount } from './accountAccess.ts';
import { checkPurpose } from './permissiblePurpose.ts';

export interface Material {
  /** In place of what was asked. */
  constraints: Record<string, unknown>;
  payAccounts?: readonly AccountEntity[];
  extra?: ReportEntity['extra'];
  /** Why the report will fail. */
  errors: NonNullable<ReportEntity['errors']>;
  /** Assets that this report reads. */
  reads: readonly string[];
}

interface Asking {
  body: Record<string, unknown>;
  customer: CustomerEntity;
  consumer: ConsumerEntity | undefined;
  context: SandboxContext;
}

export function materialOf(kind: ReportKindRule, asking: Asking): Material {
  const sources = sourcesOf(kind);
  if (sources.includes('payroll')) return payroll(asking);
  if (sources.includes('payStatements')) return payStatements(kind, asking);
  return { constraints: {}, errors: originalErrors(asking), reads: [] };
}

/** Of a report that goes with an earlier one, by the id in its body. */
function originalErrors({ body: { reportId }, customer, context }: Asking): Material['errors'] {
  if (typeof reportId !== 'string' || originalReport(reportId, customer.id, context)) return [];
  return [{ code: 10100, message: `Cannot find report with id ${reportId}.` }];
}

const accountsNow = ({ customer, context: { state } }: Asking) => depositAccounts(state.accounts.of(customer.id));

/** An earlier report that the request names: undefined when it is not the customer's. */
export const originalReport = (reportId: string, customerId: string, { state }: Pick<SandboxContext, 'state'>) => state.reports.of(customerId).find(({ id }) => id === reportId);

// --- payroll

interface PayrollData { ssn?: string; dob?: number | string; reportId?: string; payrollAccountIds?: string[] }

/** Numbers that begin with 9 are nobody's, so they find whoever the customer is. */
const isTestNumber = (ssn: string) => ssn.startsWith('9');

function payroll(asking: Asking): Material {
  const { body, customer, consumer, context } = asking;
  const { payrollData, reportCustomFields, payStatementsFromDate, purpose } = body as { payrollData: PayrollData; reportCustomFields?: unknown; payStatementsFromDate?: number; purpose?: string };
  checkPurpose(purpose, false);
  const found = identify(payrollData, consumer);
  const payAccounts = accountsNow(asking);
  const at = context.now();
  const employments = found ? kept(employmentsOf({ customer, consumer, accounts: payAccounts, at, context }), payrollData, asking) : [];
  const retrieval = seedRandom(context.world.seed, 'payroll retrieval', customer.id, at);
  return {
    payAccounts, reads: [], extra: { reportStyle: payrollData.payrollAccountIds?.length ? 'credentialedPayroll' : 'directAPIPayroll' },
    errors: employments.length > 0 ? [] : [{ code: 10100, message: 'No payroll record was found for this person.' }],
    constraints: {
      payrollData: {
        payrollDataRetrievalId: retrieval.hex(12), payrollAggregatorResponseId: retrieval.hex(12), employmentIds: employments.map(({ id }) => id), payrollAccountIds: employments.map(({ payrollAccountId }) => payrollAccountId),
        ...(payrollData.reportId === undefined ? {} : { reportId: payrollData.reportId }),
      },
      ...(reportCustomFields === undefined ? {} : { reportCustomFields }), ...(payStatementsFromDate === undefined ? {} : { payStatementsFromDate }),
    },
  };
}

/** Whether the payroll providers know the person. Both numbers may come from the consumer; connected payroll accounts need neither. */
function identify(data: PayrollData, consumer: ConsumerEntity | undefined): boolean {
  const own = (consumer?.details ?? {}) as { ssn?: string; birthday?: { year: number; month: number; dayOfMonth: number } };
  const given = data.ssn?.replace(/^(\d{3})-(\d{2})-(\d{4})$/, '$1$2$3');
  if (given !== undefined && !/^\d{9}$/.test(given)) throw new ApiFault(400, 10100, 'Invalid SSN format');
  if (data.payrollAccountIds?.length) return true;
  const ssn = given ?? own.ssn;
  if (ssn === undefined) throw missingParameter('payrollData.ssn');
  if (data.dob === undefined && own.birthday === undefined) throw missingParameter('payrollData.dob');
  return ssn === own.ssn || isTestNumber(ssn);
}

/** Those of the payroll accounts, and of the earlier report, that the request keeps to. */
function kept(employments: readonly Employment[], { reportId, payrollAccountIds }: PayrollData, { customer, context }: Asking): Employment[] {
  const earlier = reportId === undefined ? undefined : originalReport(reportId, customer.id, context)?.constraints as { payrollData?: { employmentIds?: string[] } } | undefined;
  if (reportId !== undefined && !earlier?.payrollData) return [];
  const before = earlier?.payrollData?.employmentIds;
  return employments.filter(({ id, payrollAccountId }) => (!payrollAccountIds?.length || payrollAccountIds.includes(payrollAccountId)) && (before?.includes(id) ?? true));
}

// --- pay statements

const PARTS = ['paystatementReport', 'voieWithStatementData', 'voieWithInterviewData'] as const;

function payStatements(kind: ReportKindRule, asking: Asking): Material {
  const { body, customer, context } = asking;
  const part = PARTS.find((name) => body[name] !== undefined);
  const ids = assetIdsOf(body);
  if (!part || ids.length === 0) throw missingParameter(part === 'voieWithInterviewData' ? 'voieWithInterviewData.txVerifyInterview' : `${part}.assetIds`);
  const stored = ids.map((id) => storedStub(id, customer.id, context));
  const unknown = ids.filter((id, at) => !stored[at] && !statementOfAsset(context.world.seed, context.state.accounts.of(customer.id), context.now(), id));
  if (unknown.length > 0) throw new ApiFault(404, 10100, `${kind.type === 'paystatement' ? 'PAY_STATEMENT_REPORT' : 'VOIE_TX_VERIFY_REPORT'}: Asset(s) not found`);
  checkNamedAccounts(body, customer.id, context);
  const readable = ids.filter((_, at) => stored[at] && isReadable(stored[at]));
  const { reportCustomFields } = body;
  return {
    payAccounts: accountsNow(asking), reads: readable,
    // One file that can be read is enough for a paystub report; a pay statement report wants them all.
    errors: (kind.type === 'paystatement' ? readable.length < ids.length : readable.length === 0) ? ids.filter((id) => !readable.includes(id)).map((assetId) => ({ ...UNREADABLE, assetId })) : [],
    constraints: {
      [part]: { extractEarnings: true, extractDeductions: false, extractDirectDeposit: true, ...(body[part] as object) }, ...(reportCustomFields === undefined ? {} : { reportCustomFields }),
    },
  };
}

/** The accounts that the person says the pay goes to: 38003 for one that is not theirs. */
function checkNamedAccounts(body: Record<string, unknown>, customerId: string, { state }: Pick<SandboxContext, 'state'>): void {
  const { voieWithInterviewData } = body as { voieWithInterviewData?: { txVerifyInterview: { accounts?: string[] }[] } };
  const own = new Set(state.accounts.of(customerId).map(({ id }) => id));
  const unknown = (voieWithInterviewData?.txVerifyInterview ?? []).flatMap(({ accounts = [] }) => accounts).filter((id) => !own.has(id));
  if (unknown.length > 0) throw notTheirAccount(customerId, unknown);
}
