// Accounts: lists, one account, deletion, refresh. Quirks kept: an unknown account or sign-in is 38003 / 38007 even for an unknown customer
// when it is deleted; v1 of refresh answers with the accounts after a while, v2 with nothing (the pipeline sees to it that each plan has
// only one of them); a sign-in whose credentials are wrong stays wrong, one whose bank was down recovers.
import type { AccountEntity } from '../entities.ts';
import { ApiFault } from '../types.ts';
import type { Handler, Handlers, SandboxContext, SandboxRequest } from '../types.ts';
import { PASSING_CODES } from '../world/aggregation.ts';
import { accountsAtInstitution, accountsOfLogin, notTheirAccount, theAccount, theCustomer } from './accountAccess.ts';
import { wireAccount } from './accountWire.ts';
import { fireConsentEvent } from './consentEvents.ts';
import { arrangementOf, rememberRemoved } from './consents.ts';
import { addAllAccounts, addAllAccountsMfa } from './linking.ts';

/** No refresh is quicker, in real milliseconds; each account adds some. */
const REFRESH_MS = 50;
const REFRESH_MS_EACH = 8;

const listed = (accounts: readonly AccountEntity[], context: SandboxContext) => ({ status: 200, json: { accounts: accounts.map((account) => wireAccount(account, context)) } });

/** What a refresh at this moment makes of an account. */
export function refreshed(account: AccountEntity, now: number): AccountEntity {
  if (account.status === 'pending') return account;
  const recovers = account.aggregationStatusCode === 0 || PASSING_CODES.has(account.aggregationStatusCode);
  return { ...account, aggregationStatusCode: recovers ? 0 : account.aggregationStatusCode, aggregationAttemptDate: now, ...(recovers ? { aggregationSuccessDate: now } : {}) };
}

export function refreshAll(accounts: readonly AccountEntity[], { state, now }: Pick<SandboxContext, 'state' | 'now'>): AccountEntity[] {
  const moment = now();
  return accounts.map((account) => {
    const after = refreshed(account, moment);
    state.accounts.put(after);
    return after;
  });
}

const refreshV1 = (select: (request: SandboxRequest, context: SandboxContext) => AccountEntity[]): Handler => async (request, context) => {
  checkRange(request.query);
  const accounts = select(request, context);
  await new Promise((resolve) => setTimeout(resolve, REFRESH_MS + accounts.length * REFRESH_MS_EACH));
  return listed(refreshAll(accounts, context), context);
};

const refreshV2 = (select: (request: SandboxRequest, context: SandboxContext) => AccountEntity[]): Handler => (request, context) => {
  refreshAll(select(request, context), context);
  return { status: 204 };
};

function checkRange({ fromDate, toDate }: Readonly<Record<string, string>>): void {
  if (fromDate !== undefined && toDate !== undefined && Number(fromDate) > Number(toDate)) throw new ApiFault(400, 41002, 'Invalid date range: fromDate is later than toDate');
}

const allOf = (request: SandboxRequest, context: SandboxContext) => context.state.accounts.of(theCustomer(request, context).id);

export const accountHandlers: Handlers = {
  GetCustomerAccounts: (request, context) => {
    const { status } = request.query;
    if (status && status !== 'active' && status !== 'pending') throw new ApiFault(400, 18017, "status parameter value must be 'active' or 'pending");
    return listed(allOf(request, context).filter((account) => (!status || account.status === status) && fits(account, request.query.account_type)), context);
  },
  GetCustomerAccountsByInstitution: (request, context) => listed(accountsAtInstitution(request, context), context),
  GetCustomerAccountsByInstitutionLogin: (request, context) => listed(accountsOfLogin(request, context), context),
  GetCustomerAccount: (request, context) => ({ status: 200, json: wireAccount(theAccount(request, context), context) }),
  DeleteCustomerAccount: ({ path }, { state }) => {
    const account = state.accounts.of(path.customerId ?? '').find(({ id }) => id === path.accountId);
    if (!account) throw notTheirAccount(path.customerId ?? '', [path.accountId ?? '']);
    state.accounts.delete(account.id);
    return { status: 204 };
  },
  DeleteCustomerAccountsByInstitutionLogin: (request, context) => {
    const accounts = accountsOfLogin(request, context);
    const login = context.state.logins.of(request.path.customerId ?? '').find(({ id }) => String(id) === request.path.institutionLoginId);
    const ends = login !== undefined && arrangementOf(context, login).status === 'ACTIVE';
    if (login) rememberRemoved(context, login);
    for (const account of accounts) context.state.accounts.delete(account.id);
    if (login) context.state.logins.delete(String(login.id));
    if (ends) fireConsentEvent(context, theCustomer(request, context), login);
    return { status: 204 };
  },
  RefreshCustomerAccounts: refreshV1(allOf),
  RefreshCustomerAccountsByInstitutionLogin: refreshV1(accountsOfLogin),
  RefreshCustomerAccountsV2: refreshV2(allOf),
  RefreshCustomerAccountsByInstitutionLoginV2: refreshV2(accountsOfLogin),
  AddAllAccounts: addAllAccounts,
  AddAllAccountsMfa: addAllAccountsMfa,
};

/** `account_type=ava` asks for the accounts that account validation assistance can use: those that ACH reaches. */
const fits = (account: AccountEntity, accountType: string | undefined) => accountType !== 'ava' || ['checking', 'savings', 'moneyMarket'].includes(account.type);
