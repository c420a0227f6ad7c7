// The state: an overlay of records that callers made, changed or deleted, over a world that is computed when it is looked at.
// Nothing of the world is kept but a few recently used customers' records, so memory follows what was touched, not what was seeded.
// Every change calls `onChange`; what is remembered across restarts is `toSnapshot()`, plain JSON.
import { createCustomers } from './customerStore.ts';
import type { ConsumerEntity, CustomerEntity, ReportEntity, TransactionEntity } from './entities.ts';
import { createOverlay } from './overlay.ts';
import type { Overlay, Records } from './overlay.ts';
import type { Collection, SandboxState } from './state.ts';
import type { World } from './world/world.ts';

export interface StateSnapshot {
  /** Epoch seconds by the sandbox's clock when the world was made; reports and aggregation dates count from it. */
  madeAt: number;
  records: Record<string, Records>;
  injected: Record<string, TransactionEntity[]>;
  bags: Record<string, Record<string, unknown>>;
  counters: Record<string, number>;
}

export interface StoredState extends SandboxState {
  toSnapshot(): StateSnapshot;
}

export interface StateOptions {
  snapshot?: StateSnapshot;
  /** The sandbox's clock, for the day the world is made. */
  now(): number;
  onChange?(): void;
}

const KINDS = ['customers', 'logins', 'accounts', 'consumers', 'businesses', 'reports'] as const;

export function createState(world: World, { snapshot, now, onChange = () => {} }: StateOptions): StoredState {
  let madeAt = snapshot?.madeAt ?? now();
  const records = new Map<string, Map<string, unknown>>(KINDS.map((kind) => [kind, new Map(Object.entries(snapshot?.records[kind] ?? {}))]));
  const injected = new Map<string, TransactionEntity[]>(Object.entries(snapshot?.injected ?? {}));
  const bags = new Map<string, Map<string, unknown>>(Object.entries(snapshot?.bags ?? {}).map(([kind, bag]) => [kind, new Map(Object.entries(bag))]));
  const counters = new Map<string, number>(Object.entries(snapshot?.counters ?? {}));

  const next = (name: string) => {
    const value = (counters.get(name) ?? 0) + 1;
    counters.set(name, value);
    onChange();
    return value;
  };
  const customers = createCustomers(world, recordsOf<CustomerEntity>('customers'), onChange, () => String(7_200_000_000 + next('customer')));
  const seeded = createSeeded(world, () => madeAt);
  const overlays: Overlay<never>[] = [];

  function recordsOf<T>(kind: (typeof KINDS)[number]): Map<string, T | null> {
    return records.get(kind) as Map<string, T | null>;
  }
  function collection<T extends { id: string | number; customerId: string }>(
    kind: (typeof KINDS)[number], seededOf: (customer: CustomerEntity) => T[], ownerOf: (id: string) => number,
  ): Overlay<T> {
    const overlay = createOverlay<T>({
      records: recordsOf<T>(kind), onChange,
      seededOf: (customerId) => {
        const index = world.indexOf(customerId);
        return index < 0 ? [] : seededOf(world.customerAt(index));
      },
      seededById: (id) => {
        const index = ownerOf(id);
        return index < 0 ? undefined : seededOf(world.customerAt(index)).find((record) => String(record.id) === id);
      },
    });
    overlays.push(overlay as unknown as Overlay<never>);
    return overlay;
  }
  const hiddenWithCustomer = <T>(of: Collection<T>): Collection<T> => ({ ...of, of: (customerId) => (customers.get(customerId) ? of.of(customerId) : []) });

  const logins = collection('logins', seeded.logins, (id) => world.indexOfRecord('logins', id));
  const accounts = collection('accounts', seeded.accounts, (id) => world.indexOfRecord('accounts', id));
  const consumers = collection<ConsumerEntity>('consumers', seeded.consumers, world.indexOfConsumer);
  const businesses = collection('businesses', seeded.businesses, world.indexOfBusiness);
  const reports = collection<ReportEntity>('reports', seeded.reports, (id) => world.indexOfRecord('reports', id));

  return {
    customers, consumers, businesses,
    logins: hiddenWithCustomer(logins),
    accounts: hiddenWithCustomer(accounts),
    reports: {
      ...reports,
      ofConsumer: (consumerId) => {
        const consumer = consumers.get(consumerId);
        return consumer ? reports.of(consumer.customerId).filter((report) => report.consumerId === consumerId) : [];
      },
    },
    injected: {
      of: (accountId) => injected.get(accountId) ?? [],
      add: (transaction) => {
        injected.set(transaction.accountId, [...(injected.get(transaction.accountId) ?? []), transaction]);
        onChange();
      },
    },
    bag: <T>(kind: string) => {
      const bag = () => {
        if (!bags.has(kind)) bags.set(kind, new Map());
        return bags.get(kind) as Map<string, unknown>;
      };
      return {
        get: (id) => bags.get(kind)?.get(id) as T | undefined,
        put: (id, value) => {
          bag().set(id, value);
          onChange();
        },
        delete: (id) => {
          const found = bags.get(kind)?.delete(id) ?? false;
          if (found) onChange();
          return found;
        },
        entries: () => [...((bags.get(kind) as Map<string, T> | undefined)?.entries() ?? [])],
      };
    },
    next,
    reset: () => {
      for (const map of [...records.values(), injected, bags, counters]) map.clear();
      for (const overlay of overlays) overlay.forget();
      customers.forget();
      madeAt = now();
      seeded.forget();
      onChange();
    },
    toSnapshot: () => ({
      madeAt,
      records: Object.fromEntries([...records].map(([kind, map]) => [kind, Object.fromEntries(map) as Records])),
      injected: Object.fromEntries(injected),
      bags: Object.fromEntries([...bags].map(([kind, map]) => [kind, Object.fromEntries(map)])),
      counters: Object.fromEntries(counters),
    }),
  };
}

/** The world's records by customer, with the latest few hundred customers kept at hand. */
function createSeeded(world: World, madeAt: () => number) {
  const kept = new Map<string, unknown[]>();
  const keep = <T>(kind: string, make: (customer: CustomerEntity) => T[]) => (customer: CustomerEntity): T[] => {
    const key = `${kind} ${customer.id}`;
    const found = (kept.get(key) as T[] | undefined) ?? make(customer);
    kept.delete(key);
    kept.set(key, found);
    if (kept.size > 2_000) kept.delete(kept.keys().next().value as string);
    return found;
  };
  const logins = keep('logins', (customer) => world.loginsOf(customer));
  const accounts = keep('accounts', (customer) => logins(customer).flatMap((login) => world.accountsOf(login, customer, { fresh: false, now: madeAt() })));
  const consumers = keep('consumers', (customer) => [world.consumerOf(customer) ?? []].flat());
  const businesses = keep('businesses', (customer) => [world.businessOf(customer) ?? []].flat());
  const reports = keep('reports', (customer) => world.reportsOf(customer, consumers(customer)[0], accounts(customer), madeAt()));
  return { logins, accounts, consumers, businesses, reports, forget: () => kept.clear() };
}
