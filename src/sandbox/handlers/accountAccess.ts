// How the money handlers find a customer's accounts and read their rows: with the API's own messages for what is not there, and with the
// transactions that callers injected among the generated ones.
import type { AccountEntity, CustomerEntity, TransactionEntity } from '../entities.ts';
import { notFound } from '../errors.ts';
import { ApiFault } from '../types.ts';
import type { SandboxContext, SandboxRequest } from '../types.ts';
import { aggregationOf } from '../world/aggregation.ts';

type Money = Pick<SandboxContext, 'state' | 'world' | 'now'>;

export const notTheirAccount = (customerId: string, accountIds: readonly string[]) =>
  new ApiFault(404, 38003, `customer does not have given account (customerId = ${customerId}, accountId = [${accountIds.join(', ')}])`);

export function theCustomer({ path }: Pick<SandboxRequest, 'path'>, { state }: Pick<SandboxContext, 'state'>): CustomerEntity {
  const customer = state.customers.get(path.customerId ?? '');
  if (!customer) throw notFound('Customer not found.');
  return customer;
}

/** The account that the path names; 38003 when it is not this customer's. */
export function theAccount({ path }: Pick<SandboxRequest, 'path'>, { state }: Pick<SandboxContext, 'state'>): AccountEntity {
  const account = state.accounts.of(path.customerId ?? '').find(({ id }) => id === path.accountId);
  if (!account) throw notTheirAccount(path.customerId ?? '', [path.accountId ?? '']);
  return account;
}

export function accountsAtInstitution({ path }: Pick<SandboxRequest, 'path'>, { state }: Pick<SandboxContext, 'state'>): AccountEntity[] {
  const found = state.accounts.of(path.customerId ?? '').filter((account) => account.status === 'active' && String(account.institutionId) === path.institutionId);
  if (found.length === 0) throw new ApiFault(404, 38006, `Customer does not have any accounts associated with institutionId = (${path.institutionId})`);
  return found;
}

export function accountsOfLogin({ path }: Pick<SandboxRequest, 'path'>, { state }: Pick<SandboxContext, 'state'>): AccountEntity[] {
  const found = state.accounts.of(path.customerId ?? '').filter((account) => String(account.institutionLoginId) === path.institutionLoginId);
  if (found.length === 0) throw new ApiFault(404, 38007, `Customer does not have any accounts associated with institutionLoginId = (${path.institutionLoginId})`);
  return found;
}

/** An account's rows between two moments, oldest first, injected ones in their place and counted into the running balances. */
export function rowsOf({ state, world, now }: Money, account: AccountEntity, from: number, to: number): TransactionEntity[] {
  const rows = world.transactions(account, from, to, now());
  const injected = state.injected.of(account.id).filter((row) => row.transactionDate <= now());
  if (injected.length === 0) return rows;
  const all = [...rows, ...injected.filter((row) => row.transactionDate >= from && row.transactionDate <= to)].sort((a, b) => a.transactionDate - b.transactionDate || a.id - b.id);
  const counted = injected.filter((row) => row.status === 'active');
  const ours = new Set(injected.map((row) => row.id));
  return all.map((row, at) => {
    if (row.status !== 'active') return row;
    const extra = counted.reduce((sum, other) => (other.transactionDate < row.transactionDate || (other.transactionDate === row.transactionDate && other.id <= row.id) ? sum + other.amount : sum), 0);
    const before = ours.has(row.id) ? all.slice(0, at).findLast((other) => !ours.has(other.id) && other.runningBalance !== undefined)?.runningBalance ?? world.balanceAt(account, row.transactionDate) : row.runningBalance;
    return before === undefined ? row : { ...row, runningBalance: round(before + extra) };
  });
}

/** The cleared balance that the last refresh brought; undefined before the first. */
export function balanceOf({ state, world, now }: Money, account: AccountEntity): number | undefined {
  const { successDate } = aggregationOf(account, now());
  if (successDate === undefined) return undefined;
  const injected = state.injected.of(account.id).reduce((sum, row) => (row.status === 'active' && row.transactionDate <= now() ? sum + row.amount : sum), 0);
  return round(world.balanceAt(account, successDate) + injected);
}

export const round = (amount: number) => Math.round(amount * 100) / 100;
/** Undefined becomes the explicit null that the live API sends. */
export const orNull = <T>(value: T | undefined): T | null => value ?? null;
export const last4 = (account: Pick<AccountEntity, 'number'>) => account.number.slice(-4);
