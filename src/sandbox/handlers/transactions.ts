// Transactions: pages, single ones, historic load, recurring ones, refreshes. Quirks kept: `start` counts records from 1, `moreAvailable`,
// `fromDate` and `toDate` are text, pending rows only come when asked for, and loading history twice changes nothing.
import { ApiFault } from '../types.ts';
import type { Handler, Handlers, SandboxContext, SandboxRequest } from '../types.ts';
import { aggregationOf } from '../world/aggregation.ts';
import { DAY } from '../world/streams.ts';
import { originDay } from '../world/transactions.ts';
import type { AccountEntity, TransactionEntity } from '../entities.ts';
import { accountsOfLogin, notTheirAccount, round, rowsOf, theAccount, theCustomer } from './accountAccess.ts';
import { refreshAll, refreshed } from './accounts.ts';
import { generateReport } from './generateReport.ts';
import { nextUuid } from './newIds.ts';
import { recurringOf } from './recurring.ts';
import { wireTransaction } from './transactionWire.ts';
import { fireWebhookEvent } from './webhookEvents.ts';

interface Page { from: number; to: number; start: number; limit: number; descending: boolean; includePending: boolean }

function pageOf({ query }: SandboxRequest): Page {
  const from = Number(query.fromDate);
  const to = Number(query.toDate);
  if (query.fromDate === undefined || query.toDate === undefined) throw new ApiFault(400, 10005, `Missing parameter (${query.fromDate === undefined ? 'fromDate' : 'toDate'})`);
  if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || from > to) throw new ApiFault(400, 41002, 'Invalid date range: fromDate is later than toDate');
  const start = Number(query.start ?? 1);
  const limit = Number(query.limit ?? 25);
  if (!(start >= 1)) throw new ApiFault(400, 41003, 'Start index cannot be less than one.');
  if (!(limit >= 1)) throw new ApiFault(400, 41004, 'Limit cannot be less than one.');
  return { from, to, start, limit: Math.min(limit, 1000), descending: (query.sort ?? 'desc') !== 'asc', includePending: query.includePending === 'true' };
}

/** One page of several accounts' rows, by transaction date (posting date without one). */
function answer(page: Page, accounts: readonly AccountEntity[], context: SandboxContext) {
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const lists = accounts.map((account) => rowsOf(context, account, page.from, page.to).filter((row) => page.includePending || row.status !== 'pending'));
  const rows = lists.length === 1 ? lists[0] as TransactionEntity[] : lists.flat().sort((a, b) => a.transactionDate - b.transactionDate || a.id - b.id);
  const found = rows.length;
  const first = page.start - 1;
  const shown = page.descending ? rows.slice(Math.max(0, found - first - page.limit), Math.max(0, found - first)).reverse() : rows.slice(first, first + page.limit);
  return {
    rows,
    json: {
      found, displaying: shown.length, moreAvailable: String(first + shown.length < found), fromDate: String(page.from), toDate: String(page.to), sort: page.descending ? 'desc' : 'asc',
      transactions: shown.map((row) => wireTransaction(row, byId.get(row.accountId) as AccountEntity)),
    },
  };
}

/** The balance when each day with rows began and ended. */
function dailyBalances(rows: readonly TransactionEntity[]) {
  const days = new Map<number, { beginning: number; ending: number }>();
  for (const row of rows) {
    if (row.runningBalance === undefined) continue;
    const date = Math.floor(row.transactionDate / DAY) * DAY;
    const day = days.get(date) ?? { beginning: round(row.runningBalance - row.amount), ending: 0 };
    days.set(date, { ...day, ending: row.runningBalance });
  }
  return [...days].map(([date, balances]) => ({ date, ...balances }));
}

/** Every row that the customer can see, of every account. */
const everyRow = (request: SandboxRequest, context: SandboxContext) =>
  context.state.accounts.of(theCustomer(request, context).id).map((account) => ({ account, rows: rowsOf(context, account, 0, context.now()) }));

function single(request: SandboxRequest, context: SandboxContext, accountId: string | undefined, transactionId: number) {
  for (const { account, rows } of everyRow(request, context)) {
    if (accountId !== undefined && account.id !== accountId) continue;
    const row = rows.find(({ id }) => id === transactionId);
    if (row) return { status: 200, json: wireTransaction(row, account) };
  }
  throw new ApiFault(404, 24553, 'Transaction not found.');
}

const loadHistoric: Handler = async (request, context) => {
  const account = theAccount(request, context);
  const force = (request.body as { force?: boolean } | undefined)?.force === true;
  const earliest = originDay(account) * DAY;
  if (!force && account.historyFrom <= earliest && account.aggregationSuccessDate !== undefined) return { status: 204 };
  if (![0, 102, 5006].includes(account.aggregationStatusCode)) throw new ApiFault(500, account.aggregationStatusCode, 'The institution could not be read.');
  await new Promise((resolve) => setTimeout(resolve, 60));
  context.state.accounts.put({ ...refreshed(account, context.now()), historyFrom: earliest });
  return { status: 204 };
};

// --- refreshes by the newest family: started, then looked at

interface Refresh {
  customerId: string;
  accountIds: string[];
  mode: 'standard' | 'historic' | 'custom';
  from: number;
  createdAt: number;
  /** Whether its outcome was written to the accounts. */
  applied: boolean;
  /** The status that webhook subscribers know of. */
  told?: RefreshStatus;
}

type RefreshStatus = 'NEW' | 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';

const STARTS_AFTER = 2;
const ENDS_AFTER = 8;
const iso = (moment: number) => new Date(moment * 1000).toISOString();

const startRefresh: Handler = (request, context) => {
  const customer = theCustomer(request, context);
  const body = (request.body ?? {}) as { accountIds?: string[]; institutionLoginId?: string; mode?: Refresh['mode']; fromDate?: string; toDate?: string };
  const { mode = 'standard' } = body;
  const now = context.now();
  if (mode === 'custom' && body.fromDate === undefined) throw new ApiFault(400, 10005, 'Missing parameter (fromDate)');
  const from = mode === 'custom' ? Date.parse(body.fromDate as string) / 1000 : now - (mode === 'historic' ? 730 : 182) * DAY;
  const to = body.toDate === undefined || mode !== 'custom' ? now : Date.parse(body.toDate) / 1000;
  if (Number.isNaN(from) || Number.isNaN(to) || from > to) throw new ApiFault(400, 41002, 'Invalid date range: fromDate is later than toDate');
  const own = context.state.accounts.of(customer.id);
  const unknown = (body.accountIds ?? []).filter((id) => !own.some((account) => account.id === id));
  if (unknown.length > 0) throw new ApiFault(404, 10005, `Customer does not have the specified account (${unknown.join(', ')})`);
  if (!body.accountIds?.length && body.institutionLoginId === undefined) throw new ApiFault(400, 10005, 'Missing parameter (accountIds)');
  const accounts = body.accountIds?.length ? own.filter(({ id }) => body.accountIds?.includes(id)) : accountsOfLogin({ path: { ...request.path, institutionLoginId: String(body.institutionLoginId) } }, context);
  const refreshId = nextUuid(context, 'refresh');
  context.state.bag<Refresh>('refresh').put(refreshId, { customerId: customer.id, accountIds: accounts.map(({ id }) => id), mode, from, createdAt: now, applied: false, told: 'NEW' });
  watchRefresh(refreshId, context);
  return {
    status: 202,
    json: {
      refreshId, customerId: customer.id, ...(body.institutionLoginId === undefined ? {} : { institutionLoginId: String(body.institutionLoginId) }), accountIds: accounts.map(({ id }) => id), mode, fromDate: iso(from), toDate: iso(to),
      status: 'NEW', createdAt: iso(now),
    },
  };
};

const refreshStatus: Handler = (request, context) => {
  const { state, now } = context;
  const id = request.path.refreshId ?? '';
  const refresh = state.bag<Refresh>('refresh').get(id);
  if (!refresh || refresh.customerId !== request.path.customerId) throw new ApiFault(404, 10008, 'data not found');
  const { status, ended, accounts, failing } = advanceRefresh(id, refresh, context);
  return {
    status: 200,
    json: {
      refreshId: id, customerId: refresh.customerId, mode: refresh.mode, status,
      totalCount: accounts.length, successCount: ended ? accounts.length - failing.length : 0, failedCount: ended ? failing.length : 0,
      accounts: accounts.map((account) => {
        const { code, successDate } = aggregationOf(account, now());
        const base = { accountId: account.id, institutionLoginId: String(account.institutionLoginId), institutionId: String(account.institutionId) };
        return ended ? { ...base, aggregationStatusCode: code ?? null, aggregationSuccessDate: successDate === undefined ? null : iso(successDate) } : base;
      }),
    },
  };
};

/** Where a refresh stands by the clock; its outcome is written to the accounts, and subscribers are told of a new status, both once. */
function advanceRefresh(id: string, refresh: Refresh, context: SandboxContext) {
  const { state, now } = context;
  const age = now() - refresh.createdAt;
  const ended = age >= ENDS_AFTER;
  if (ended && !refresh.applied) applyRefresh(refresh, context);
  const accounts = state.accounts.of(refresh.customerId).filter((account) => refresh.accountIds.includes(account.id));
  const failing = accounts.filter((account) => account.aggregationStatusCode !== 0);
  const failed = ended && failing.length === accounts.length && accounts.length > 0;
  const status: RefreshStatus = failed ? 'FAILED' : ended ? 'COMPLETED' : age < STARTS_AFTER ? 'NEW' : 'IN_PROGRESS';
  if (!refresh.applied && status !== refresh.told) {
    state.bag<Refresh>('refresh').put(id, { ...refresh, applied: ended, told: status });
    fireWebhookEvent(context, 'data-refresh.transaction.status-changed', { customerId: refresh.customerId, refreshId: id, status });
  }
  return { status, ended, accounts, failing };
}

/** Looks at the clock about once a second, until the refresh has ended or is gone. The timer holds no process open. */
function watchRefresh(id: string, context: SandboxContext): void {
  const timer = setTimeout(() => {
    const refresh = context.state.bag<Refresh>('refresh').get(id);
    if (refresh && !refresh.applied && !advanceRefresh(id, refresh, context).ended) watchRefresh(id, context);
  }, 1000);
  timer.unref();
}

function applyRefresh(refresh: Refresh, context: SandboxContext): void {
  const accounts = context.state.accounts.of(refresh.customerId).filter((account) => refresh.accountIds.includes(account.id));
  for (const account of refreshAll(accounts, context)) {
    const historyFrom = Math.min(account.historyFrom, Math.max(refresh.from, originDay(account) * DAY));
    if (account.aggregationStatusCode === 0 && historyFrom < account.historyFrom) context.state.accounts.put({ ...account, historyFrom });
  }
}

export const transactionHandlers: Handlers = {
  GetAllCustomerTransactions: (request, context) => ({ status: 200, json: answer(pageOf(request), context.state.accounts.of(theCustomer(request, context).id), context).json }),
  GetCustomerAccountTransactions: (request, context) => {
    const { rows, json } = answer(pageOf(request), [theAccount(request, context)], context);
    return { status: 200, json: request.query.showDailyBalance === 'true' ? { ...json, dailyBalances: dailyBalances(rows) } : json };
  },
  GetCustomerTransaction: (request, context) => single(request, context, undefined, Number(request.path.transactionId)),
  GetTransactionByUniqueTransactionId: (request, context) => {
    const [accountId, transactionId] = (request.path.uniqueTransactionId ?? '').split('-');
    return single(request, context, accountId, Number(transactionId));
  },
  LoadHistoricTransactionsForCustomerAccount: loadHistoric,
  GetRecurringTransactions: (request, context) => {
    const wanted = (request.body as { accountIds?: string[] } | undefined)?.accountIds;
    const all = everyRow(request, context);
    const unknown = (wanted ?? []).filter((id) => !all.some(({ account }) => account.id === id));
    if (unknown.length > 0) throw notTheirAccount(request.path.customerId ?? '', unknown);
    return { status: 200, json: recurringOf(all.filter(({ account }) => !wanted?.length || wanted.includes(account.id)), context.now()) };
  },
  GenerateTransactionsReport: generateReport,
  refreshTransactions: startRefresh,
  getTransactionRefreshStatus: refreshStatus,
};
