// A collection that lies over a seeded one: records put here replace or join the seeded ones, a null hides one for good.
// Callers get copies: changing what `get` returned changes nothing until it is `put`.
import type { Collection } from './state.ts';

/** By id; null for a record that was deleted. */
export type Records = Record<string, unknown>;

export interface Overlay<T> extends Collection<T> {
  /** Drops what was derived from `records`, after they were cleared. */
  forget(): void;
}

export interface OverlayOptions<T> {
  records: Map<string, T | null>;
  seededOf(customerId: string): T[];
  seededById(id: string): T | undefined;
  onChange(): void;
}

export function createOverlay<T extends { id: string | number; customerId: string }>({ records, seededOf, seededById, onChange }: OverlayOptions<T>): Overlay<T> {
  const byCustomer = new Map<string, Set<string>>();
  const note = (record: T) => {
    const ids = byCustomer.get(record.customerId) ?? new Set();
    byCustomer.set(record.customerId, ids.add(String(record.id)));
  };
  for (const record of records.values()) if (record) note(record);

  return {
    get: (id) => {
      const own = records.get(id);
      const found = own === undefined ? seededById(id) : own;
      return found ? { ...found } : undefined;
    },
    put: (record) => {
      records.set(String(record.id), { ...record });
      note(record);
      onChange();
    },
    delete: (id) => {
      const own = records.get(id);
      if (own === null || (own === undefined && !seededById(id))) return false;
      records.set(id, null);
      onChange();
      return true;
    },
    of: (customerId) => {
      const seeded = seededOf(customerId);
      const seededIds = new Set(seeded.map((record) => String(record.id)));
      const current = seeded.flatMap((record) => {
        const own = records.get(String(record.id));
        return own === null ? [] : [{ ...(own ?? record) }];
      });
      const added = [...(byCustomer.get(customerId) ?? [])].flatMap((id) => {
        const own = seededIds.has(id) ? undefined : records.get(id);
        return own && own.customerId === customerId ? [{ ...own }] : [];
      });
      return [...current, ...added];
    },
    forget: () => byCustomer.clear(),
  };
}
