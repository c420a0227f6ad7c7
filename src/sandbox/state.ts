// What the sandbox remembers: the seeded world, overlaid with what callers created, changed and deleted. Only the overlay is kept in
// memory and in the snapshot, so 100,000 seeded customers cost nothing until they are looked at.
import type { AccountEntity, BusinessEntity, ConsumerEntity, CustomerEntity, LoginEntity, ReportEntity, TransactionEntity } from './entities.ts';

export interface Slice<T> {
  found: number;
  items: T[];
}

export interface CustomerQuery {
  username?: string;
  search?: string;
  type?: 'testing' | 'active';
  /** 1-based record index. */
  start: number;
  limit: number;
}

/** A keyed collection over the seeded one: `put` adds or replaces, `delete` hides a seeded record for good. */
export interface Collection<T> {
  get(id: string): T | undefined;
  put(record: T): void;
  delete(id: string): boolean;
  /** Records that belong to a customer, oldest first. */
  of(customerId: string): T[];
}

export interface SandboxState {
  customers: Omit<Collection<CustomerEntity>, 'of'> & {
    query(query: CustomerQuery): Slice<CustomerEntity>;
    byUsername(username: string): CustomerEntity | undefined;
    /** The next free customer id. */
    nextId(): string;
  };
  logins: Collection<LoginEntity>;
  accounts: Collection<AccountEntity>;
  consumers: Collection<ConsumerEntity>;
  businesses: Collection<BusinessEntity>;
  reports: Collection<ReportEntity> & { ofConsumer(consumerId: string): ReportEntity[] };
  /** Transactions that callers injected, by account; the generated ones come from the world. */
  injected: { of(accountId: string): TransactionEntity[]; add(transaction: TransactionEntity): void };
  /** Small records of other families by kind and id: txpush subscriptions, app registrations, assets, portfolios … JSON-safe values only. */
  bag<T>(kind: string): { get(id: string): T | undefined; put(id: string, value: T): void; delete(id: string): boolean; entries(): [string, T][] };
  /** Counts up from 1 per name and is remembered; for ids. */
  next(name: string): number;
  /** Back to the seed. */
  reset(): void;
}
