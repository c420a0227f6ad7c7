// What a report is computed from: its accounts as they were, and their rows and balances as of the moment it was asked for. Nothing of a
// report is stored but what was asked; reading it twice computes the same twice.
import type { AccountEntity, ConsumerEntity, CustomerEntity, ReportEntity, TransactionEntity } from '../entities.ts';
import { balanceOf, round, rowsOf } from '../handlers/accountAccess.ts';
import type { SandboxContext } from '../types.ts';
import { DAY } from '../world/streams.ts';
import { holdsSecurities } from '../world/transactions.ts';
import { isOwed } from '../world/transfers.ts';
import { kindOfType } from './kinds.ts';

export interface AccountFacts {
  account: AccountEntity;
  /** Posted rows of the report's period, oldest first; with pending ones only where the report asks for them. */
  rows: readonly TransactionEntity[];
  /** Posted rows of the last 24 months, whatever the period. */
  history: readonly TransactionEntity[];
  /** Cleared balance, and what can be drawn. */
  balance: number;
  available: number;
  /** Balance at the end of each day from the period's first to its last. */
  daily: readonly number[];
  /** The daily balances' first day, days since 1970. */
  firstDay: number;
  /** The same for the last half year, however short the period is. */
  recent: readonly number[];
}

export interface ReportFacts {
  report: ReportEntity;
  customer: CustomerEntity;
  consumer: ConsumerEntity | undefined;
  context: Pick<SandboxContext, 'state' | 'world' | 'now'>;
  from: number;
  to: number;
  accounts: AccountFacts[];
}

interface Constraints { accountIds?: string[]; fromDate?: number; toDate?: number; includePending?: boolean; statementReportData?: { accountId: number; statementIndex?: number } }

const HALF_YEAR = 183;

/** The seeded customer as it was, where the record itself was deleted. */
export function customerOf(customerId: string, { state, world }: Pick<SandboxContext, 'state' | 'world'>): CustomerEntity | undefined {
  const index = world.indexOf(customerId);
  return state.customers.get(customerId) ?? (index >= 0 ? world.customerAt(index) : undefined);
}

function accountsOf(report: ReportEntity, { state, world }: Pick<SandboxContext, 'state' | 'world'>): AccountEntity[] {
  if (report.accounts) return [...report.accounts];
  const { accountIds, statementReportData } = report.constraints as Constraints;
  const wanted = new Set([...(accountIds ?? []), ...(statementReportData ? [String(statementReportData.accountId)] : [])]);
  const index = world.indexOf(report.customerId);
  const seeded = index < 0 ? [] : world.loginsOf(world.customerAt(index)).flatMap((login) => world.accountsOf(login, world.customerAt(index), { fresh: false, now: report.createdDate }));
  return [...new Map([...seeded, ...state.accounts.of(report.customerId)].map((account) => [account.id, account])).values()].filter(({ id }) => wanted.has(id));
}

export function factsOf(report: ReportEntity, context: Pick<SandboxContext, 'state' | 'world' | 'now'>): ReportFacts {
  const customer = customerOf(report.customerId, context) ?? { id: report.customerId, username: '', type: 'testing', createdDate: report.createdDate, persona: 'salaried' };
  const { createdDate } = report;
  const asOf = { state: context.state, world: context.world, now: () => createdDate };
  const constraints = report.constraints as Constraints;
  const kind = kindOfType(report.type);
  const to = Math.min(constraints.toDate ?? createdDate, createdDate);
  const from = Math.max(constraints.fromDate ?? to - (kind?.days ?? 365) * DAY, to - (kind?.maxDays ?? 730) * DAY);
  const accounts = accountsOf(report, context).map((account) => accountFacts(account, asOf, from, to, constraints.includePending === true));
  return { report, customer, consumer: report.consumerId === undefined ? undefined : context.state.consumers.get(report.consumerId), context: asOf, from, to, accounts };
}

function accountFacts(entity: AccountEntity, context: ReportFacts['context'], from: number, to: number, includePending: boolean): AccountFacts {
  // A report fetches its own history, whatever was loaded before.
  const account = { ...entity, historyFrom: 0 };
  const all = rowsOf(context, account, Math.min(from, to - 730 * DAY), to);
  const history = all.filter((row) => row.status === 'active');
  const balance = balanceOf(context, account) ?? 0;
  const pending = all.reduce((sum, row) => (row.status === 'pending' ? sum + row.amount : sum), 0);
  const [firstDay, lastDay] = [Math.floor(from / DAY), Math.floor(to / DAY)];
  return {
    account, history, balance, firstDay, available: isOwed(account.stream) ? 0 : round(holdsSecurities(account) ? balance : balance + pending),
    rows: all.filter((row) => row.transactionDate >= from && (row.status === 'active' || (includePending && row.status === 'pending'))),
    daily: dailyBalances(account, history, context.world, firstDay, lastDay),
    recent: dailyBalances(account, history, context.world, lastDay - HALF_YEAR + 1, lastDay),
  };
}

/** End-of-day balances; those of holdings are valued once a week and stand until the next. */
function dailyBalances(account: AccountEntity, history: readonly TransactionEntity[], world: SandboxContext['world'], firstDay: number, lastDay: number): number[] {
  const days: number[] = [];
  if (holdsSecurities(account)) {
    for (let day = firstDay; day <= lastDay; day++) days.push((day - firstDay) % 7 === 0 ? world.balanceAt(account, day * DAY) : days.at(-1) as number);
    return days;
  }
  const first = history[0];
  let balance = first?.runningBalance === undefined ? world.balanceAt(account, firstDay * DAY) : round(first.runningBalance - first.amount);
  let at = 0;
  for (let day = firstDay; day <= lastDay; day++) {
    for (let row = history[at]; row && row.transactionDate < (day + 1) * DAY; row = history[++at]) balance = row.runningBalance ?? balance;
    days.push(balance);
  }
  return days;
}

export const mean = (values: readonly number[]) => (values.length === 0 ? 0 : round(values.reduce((sum, value) => sum + value, 0) / values.length));
export const lastDays = (values: readonly number[], days: number) => values.slice(-days);
/** Into the account, as a person sees it: cards, loans and investments carry the opposite sign. */
export const inward = (account: Pick<AccountEntity, 'stream'>, amount: number) => (isOwed(account.stream) || holdsSecurities(account) ? -amount : amount);
