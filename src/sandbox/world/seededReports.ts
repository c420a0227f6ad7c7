// The reports that seeded customers have from the start: a few finished ones spread over the time since they enrolled, one that failed, and
// one that is still being made when the world begins.
import type { AccountEntity, CustomerEntity, ReportEntity } from '../entities.ts';
import { isAnalytics } from '../reports/analyticsKinds.ts';
import { reportIds, reportPinOf, requestIdOf } from '../reports/ids.ts';
import { kindOfType, sourcesOf } from '../reports/kinds.ts';
import { seededPayAccounts, seededStub } from '../reports/seededStubs.ts';
import { seedRandom } from '../seedRandom.ts';
import type { World } from './world.ts';

const DAY = 86_400;
/** Seconds until the report that is being made is ready: long enough to be seen running, short enough to be waited for. */
const RUNS_ON = 75;
/** Kinds of the finished reports, in the order in which they were made. */
const PERSONAL = ['voa', 'preQualVoa', 'voaHistory', 'transactions', 'cfrp', 'statement'] as const;
const BUSINESS = ['assetSummary', 'cfrb', 'voa', 'cfrb'] as const;
const WITHOUT_CONSUMER = ['assetSummary', 'cfrb'] as const;
/** Analytics come apart, with chance of their own, so that they move none of the others. */
const PERSONAL_ANALYTICS = ['barpcra', 'cfrpnoncra', 'pripcra', 'farpbfnoncra'] as const;
const BUSINESS_ANALYTICS = ['barbnoncra', 'cfrbnoncra', 'phrbnoncra', 'pribftc'] as const;
const ANALYTICS_FROM = 30;

/** Reports about income come apart in the same way; the later ones, by payroll and pay slips, for those who are employed. */
const INCOME = ['voi', 'voeTransactions', 'voePayroll', 'voiePayroll', 'paystatement', 'voieTxVerify'] as const;
const EMPLOYED: ReadonlySet<string> = new Set(['salaried', 'household', 'student']);
const INCOME_FROM = 40;

export function createSeededReports(seed: string): Pick<World, 'reportsOf'> {
  const ids = reportIds(seed);

  const reportsOf: World['reportsOf'] = (customer, consumer, accounts, now) => {
    const index = ids.customerIndex(customer.id);
    const random = seedRandom(seed, 'reports', customer.id);
    if (index < 0) return [];
    // The third customer has nothing at all, to be started with.
    const firm = customer.persona === 'smallBusiness';
    const analytics = index !== 2 && (consumer !== undefined || firm) && (index < (firm ? 12 : 6) || index % 5 === 0);
    const others = consumer !== undefined || random.chance(0.3);
    if (!analytics && !others) return [];
    const types: readonly string[] = !consumer ? WITHOUT_CONSUMER : firm ? BUSINESS : PERSONAL;
    const wanted = index < 6 ? types : types.filter((_, at) => at === 0 || random.chance(0.45));
    const reports: ReportEntity[] = [];
    let version = 0;
    const add = (at: number, type: string, createdDate: number, readyDate: number, outcome: ReportEntity['outcome']) => {
      const kind = kindOfType(type);
      if (!kind || (kind.consumer && !consumer)) return;
      const fitting = accounts.filter((account) => account.status === 'active' && account.aggregationSuccessDate !== undefined && account.createdDate < createdDate && (!kind.accountTypes || kind.accountTypes.has(account.type)));
      const first = fitting[0];
      const sources = sourcesOf(kind);
      if ((!first && sources.includes('accounts')) || createdDate > now) return;
      const id = ids.seeded(index, at) + kind.idSuffix;
      if (kind.portfolio !== 'never') version += 1;
      reports.push({
        id, customerId: customer.id, consumerId: kind.consumer ? consumer?.id : undefined, type, operationId: kind.operationId, requestId: requestIdOf(seed, id), createdDate, readyDate, outcome, title: kind.title,
        errors: outcome === 'failure' && first ? failureOf(first, random.int(0, 1)) : undefined,
        portfolioId: kind.portfolio === 'never' ? undefined : `${ids.portfolioBase(customer.id)}-${version}-port`,
        constraints: { ...(sources.includes('accounts') ? accountConstraints(type, fitting, createdDate) : {}), ...sourceConstraints(type, seed, customer) },
        ...(sources[0] === 'accounts' ? {} : { payAccounts: seededPayAccounts(accounts, stubOf(type, seed, customer)?.createdDate ?? createdDate) }),
        ...(isAnalytics(type) ? { extra: { reportPin: reportPinOf(seed, id) } } : {}),
        ...(sources.includes('payroll') ? { extra: { reportStyle: 'directAPIPayroll' } } : {}),
      });
    };
    const addAnalytics = () => {
      const chance = seedRandom(seed, 'analytics', customer.id);
      (firm ? BUSINESS_ANALYTICS : PERSONAL_ANALYTICS).forEach((type, at) => {
        const createdDate = customer.createdDate + (75 + at * 31 + chance.int(0, 20)) * DAY + chance.int(0, 40_000);
        add(ANALYTICS_FROM + at, type, createdDate, createdDate + chance.int(6, 40), 'success');
      });
    };
    const addIncome = () => {
      const chance = seedRandom(seed, 'income reports', customer.id);
      (EMPLOYED.has(customer.persona) ? INCOME : INCOME.slice(0, 2)).forEach((type, at) => {
        const createdDate = customer.createdDate + (70 + at * 23 + chance.int(0, 12)) * DAY + chance.int(0, 40_000);
        if (index < 6 || chance.chance(0.5)) add(INCOME_FROM + at, type, createdDate, createdDate + chance.int(6, 40), 'success');
      });
    };
    if (analytics) addAnalytics();
    if (!others) return reports.sort((a, b) => a.createdDate - b.createdDate);
    wanted.forEach((type, at) => {
      const createdDate = customer.createdDate + (60 + at * 37 + random.int(0, 20)) * DAY + random.int(0, 40_000);
      add(at, type, createdDate, createdDate + random.int(6, 40), 'success');
    });
    if (index < 6 || random.chance(0.35)) {
      const createdDate = customer.createdDate + random.int(62, 280) * DAY + random.int(0, 40_000);
      add(20, types[0] as string, createdDate, createdDate + 30, 'failure');
    }
    if (index < 6 || random.chance(0.25)) add(21, types[types.length > 2 ? 2 : 0] as string, now - 20, now + RUNS_ON, 'success');
    if (consumer && (index < 6 || index % 4 === 0)) addIncome();
    return reports.sort((a, b) => a.createdDate - b.createdDate);
  };
  return { reportsOf };
}

/** What the API puts into `errors` when a bank would not give the data. */
function failureOf(account: AccountEntity, which: number): { code: number; message: string; accountId: string }[] {
  return which === 0
    ? [{ code: 103, message: 'The institution did not accept the credentials for this account.', accountId: account.id }]
    : [{ code: 185, message: 'The institution asked for information that only the account holder can give.', accountId: account.id }];
}

/** Of the reports made of accounts. */
function accountConstraints(type: string, fitting: readonly AccountEntity[], createdDate: number): Record<string, unknown> {
  if (type === 'statement') return { statementReportData: { accountId: Number(fitting[0]?.id), statementIndex: 1 } };
  const accountIds = fitting.map(({ id }) => id);
  return type === 'transactions' ? { accountIds, fromDate: createdDate - 180 * DAY, toDate: createdDate, includePending: false } : { accountIds };
}

/** The pay slip that a seeded report of this type reads. */
const stubOf = (type: string, seed: string, customer: CustomerEntity) => (type === 'paystatement' ? seededStub(seed, customer, 0) : type === 'voieTxVerify' ? seededStub(seed, customer, 1) : undefined);

/** Of the reports made of payroll records or of pay slips. */
function sourceConstraints(type: string, seed: string, customer: CustomerEntity): Record<string, unknown> {
  const extract = { extractEarnings: true, extractDeductions: true, extractDirectDeposit: true };
  switch (type) {
    case 'voePayroll': case 'voiePayroll': return { payrollData: { payrollDataRetrievalId: seedRandom(seed, 'payroll retrieval', customer.id, type).hex(12) } };
    case 'paystatement': return { paystatementReport: { assetIds: [stubOf(type, seed, customer)?.assetId], ...extract } };
    case 'voieTxVerify': return { voieWithInterviewData: { txVerifyInterview: [{ assetId: stubOf(type, seed, customer)?.assetId, accounts: [] }], ...extract } };
    default: return {};
  }
}
