// The reports that seeded customers have from the start: a few finished ones spread over the time since they enrolled, one that failed, and
// one that is still being made when the world begins.
import type { AccountEntity, ReportEntity } from '../entities.ts';
import { reportIds, requestIdOf } from '../reports/ids.ts';
import { kindOfType } from '../reports/kinds.ts';
import { seedRandom } from '../seedRandom.ts';
import type { World } from './world.ts';

const DAY = 86_400;
/** Seconds until the report that is being made is ready: long enough to be seen running, short enough to be waited for. */
const RUNS_ON = 75;
/** Kinds of the finished reports, in the order in which they were made. */
const PERSONAL = ['voa', 'preQualVoa', 'voaHistory', 'transactions', 'cfrp', 'statement'] as const;
const BUSINESS = ['assetSummary', 'cfrb', 'voa', 'cfrb'] as const;
const WITHOUT_CONSUMER = ['assetSummary', 'cfrb'] as const;

export function createSeededReports(seed: string): Pick<World, 'reportsOf'> {
  const ids = reportIds(seed);

  const reportsOf: World['reportsOf'] = (customer, consumer, accounts, now) => {
    const index = ids.customerIndex(customer.id);
    const random = seedRandom(seed, 'reports', customer.id);
    if (index < 0 || (!consumer && !random.chance(0.3))) return [];
    const types: readonly string[] = !consumer ? WITHOUT_CONSUMER : customer.persona === 'smallBusiness' ? BUSINESS : PERSONAL;
    const wanted = index < 6 ? types : types.filter((_, at) => at === 0 || random.chance(0.45));
    const reports: ReportEntity[] = [];
    let version = 0;
    const add = (at: number, type: string, createdDate: number, readyDate: number, outcome: ReportEntity['outcome']) => {
      const kind = kindOfType(type);
      if (!kind || (kind.consumer && !consumer)) return;
      const fitting = accounts.filter((account) => account.status === 'active' && account.aggregationSuccessDate !== undefined && account.createdDate < createdDate && (!kind.accountTypes || kind.accountTypes.has(account.type)));
      const first = fitting[0];
      if (!first || createdDate > now) return;
      const id = ids.seeded(index, at) + kind.idSuffix;
      if (kind.portfolio !== 'never') version += 1;
      reports.push({
        id, customerId: customer.id, consumerId: kind.consumer ? consumer?.id : undefined, type, operationId: kind.operationId, requestId: requestIdOf(seed, id), createdDate, readyDate, outcome, title: kind.title,
        errors: outcome === 'failure' ? failureOf(first, random.int(0, 1)) : undefined,
        portfolioId: kind.portfolio === 'never' ? undefined : `${ids.portfolioBase(customer.id)}-${version}-port`,
        constraints: type === 'statement' ? { statementReportData: { accountId: Number(first.id), statementIndex: 1 } } : type === 'transactions'
          ? { accountIds: fitting.map((account) => account.id), fromDate: createdDate - 180 * DAY, toDate: createdDate, includePending: false } : { accountIds: fitting.map((account) => account.id) },
      });
    };
    wanted.forEach((type, at) => {
      const createdDate = customer.createdDate + (60 + at * 37 + random.int(0, 20)) * DAY + random.int(0, 40_000);
      add(at, type, createdDate, createdDate + random.int(6, 40), 'success');
    });
    if (index < 6 || random.chance(0.35)) {
      const createdDate = customer.createdDate + random.int(62, 280) * DAY + random.int(0, 40_000);
      add(20, types[0] as string, createdDate, createdDate + 30, 'failure');
    }
    if (index < 6 || random.chance(0.25)) add(21, types[types.length > 2 ? 2 : 0] as string, now - 20, now + RUNS_ON, 'success');
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

