// The customers, over a seed of any size. A page, of all or of one type, touches only its own records (where the ones of a type stand is
// listed once); a search reads a text index of the seed that is built at the first search (about 2 µs a customer). Both are corrected by
// the overlay, so they are never stale.
import type { CustomerEntity } from './entities.ts';
import type { CustomerQuery, SandboxState, Slice } from './state.ts';
import type { World } from './world/world.ts';

export type CustomerStore = SandboxState['customers'] & { forget(): void };

const fold = (text: string) => {
  const lower = text.toLowerCase();
  return /^[\x00-\x7f]*$/.test(lower) ? lower : `${lower} ${lower.normalize('NFD').replace(/\p{M}/gu, '')}`;
};
const textOf = (customer: CustomerEntity) => fold(`${customer.username} ${customer.firstName ?? ''} ${customer.lastName ?? ''}`);

/** The seed draws from few names, so each is folded once while the index is built. */
function seedTextOf(): (customer: CustomerEntity) => string {
  const folded = new Map<string, string>();
  const once = (name = '') => {
    let text = folded.get(name);
    if (text === undefined) folded.set(name, (text = fold(name)));
    return text;
  };
  return ({ username, firstName, lastName }) => `${username} ${once(firstName)} ${once(lastName)}`;
}

/** A copy of a sorted list with so many taken out, and others put in their place. */
function respliced(list: Uint32Array, at: number, out: number, ...into: number[]): Uint32Array {
  const copy = new Uint32Array(list.length - out + into.length);
  copy.set(list.subarray(0, at));
  copy.set(into, at);
  copy.set(list.subarray(at + out), at + into.length);
  return copy;
}

export function createCustomers(world: World, records: Map<string, CustomerEntity | null>, onChange: () => void, nextId: () => string): CustomerStore {
  let texts: string[] | undefined;
  // Kept in step with `records`: the seeded ones that were replaced or hidden, by index, and the usernames of the overlay.
  const changed = new Map<number, CustomerEntity | null>();
  const added = new Map<string, CustomerEntity>();
  const usernames = new Map<string, string>();
  const positions = new Map<CustomerEntity['type'], Uint32Array>();
  const typeAt = (position: number) => {
    const own = changed.get(position);
    return own === undefined ? world.typeAt(position) : own?.type;
  };
  /** A seeded customer changed its type, went, or came back: the lists that are made already follow. */
  const move = (position: number, from: CustomerEntity['type'] | undefined, to: CustomerEntity['type'] | undefined) => {
    const [left, joined] = [from && positions.get(from), to && positions.get(to)];
    if (from && left) positions.set(from, respliced(left, left.indexOf(position), 1));
    const next = joined?.findIndex((one) => one > position) ?? -1;
    if (to && joined) positions.set(to, respliced(joined, next < 0 ? joined.length : next, 0, position));
  };
  const note = (id: string, record: CustomerEntity | null) => {
    const at = world.indexOf(id);
    const before = records.get(id);
    if (before) usernames.delete(before.username);
    if (at >= 0) {
      const type = typeAt(at);
      changed.set(at, record);
      if (type !== record?.type) move(at, type, record?.type);
    } else if (record) added.set(id, record);
    else added.delete(id);
    if (record) usernames.set(record.username, id);
  };
  for (const [id, record] of records) note(id, record);

  const at = (position: number) => {
    const own = changed.get(position);
    return own === undefined ? world.customerAt(position) : own;
  };
  const get = (id: string) => {
    const own = records.get(id);
    if (own !== undefined) return own ? { ...own } : undefined;
    const position = world.indexOf(id);
    return position < 0 ? undefined : world.customerAt(position);
  };
  const put = (record: CustomerEntity) => {
    const copy = { ...record };
    note(record.id, copy);
    records.set(record.id, copy);
    onChange();
  };
  const remove = (id: string) => {
    if (!get(id)) return false;
    note(id, null);
    records.set(id, null);
    onChange();
    return true;
  };
  const byUsername = (username: string) => {
    const own = usernames.get(username);
    if (own) return get(own);
    const position = world.indexOfUsername(username);
    return position >= 0 && !changed.has(position) ? world.customerAt(position) : undefined;
  };
  const textsOfSeed = () => {
    if (texts) return texts;
    const textOfSeeded = seedTextOf();
    return (texts = Array.from({ length: world.customerCount }, (_, position) => textOfSeeded(world.customerAt(position))));
  };

  /** Where the seeded customers of a type stand now. */
  const positionsOf = (type: CustomerEntity['type']) => {
    let found = positions.get(type);
    if (found) return found;
    found = new Uint32Array(world.customerCount);
    let count = 0;
    for (let position = 0; position < world.customerCount; position++) {
      if (typeAt(position) === type) found[count++] = position;
    }
    positions.set(type, (found = found.slice(0, count)));
    return found;
  };

  const ofType = (type: CustomerEntity['type'], { start, limit }: CustomerQuery): Slice<CustomerEntity> => {
    const seeded = positionsOf(type);
    const own = [...added.values()].filter((customer) => customer.type === type);
    const items = Array.from(seeded.subarray(start - 1, start - 1 + limit), (position) => at(position) as CustomerEntity);
    const from = Math.max(0, start - 1 - seeded.length);
    return { found: seeded.length + own.length, items: [...items, ...own.slice(from, from + limit - items.length)] };
  };

  /** The page of a walk over every seeded position that `matches`, then the added ones. */
  const filtered = ({ search, type, start, limit }: CustomerQuery): Slice<CustomerEntity> => {
    const words = fold(search ?? '').split(/\s+/).filter(Boolean);
    const hits = (text: string) => words.every((word) => text.includes(word));
    const fits = (customer: CustomerEntity) => (!type || customer.type === type) && hits(textOf(customer));
    const seeded = textsOfSeed();
    const items: CustomerEntity[] = [];
    let found = 0;
    const take = (customer: () => CustomerEntity) => {
      found++;
      if (found >= start && items.length < limit) items.push(customer());
    };
    for (let position = 0; position < seeded.length; position++) {
      const own = changed.get(position);
      if (own !== undefined) {
        if (own && fits(own)) take(() => own);
      } else if ((!type || world.typeAt(position) === type) && hits(seeded[position] as string)) take(() => world.customerAt(position));
    }
    for (const customer of added.values()) if (fits(customer)) take(() => customer);
    return { found, items };
  };

  const unfiltered = ({ start, limit }: CustomerQuery): Slice<CustomerEntity> => {
    const hidden = [...changed].filter(([, record]) => !record).map(([position]) => position).sort((a, b) => a - b);
    let position = start - 1;
    for (const gone of hidden) if (gone <= position) position++;
    const items: CustomerEntity[] = [];
    for (; position < world.customerCount && items.length < limit; position++) {
      const customer = at(position);
      if (customer) items.push(customer);
    }
    const seeded = world.customerCount - hidden.length;
    const from = Math.max(0, start - 1 - seeded);
    const rest = limit - items.length;
    if (rest > 0 && added.size > from) items.push(...[...added.values()].slice(from, from + rest));
    return { found: seeded + added.size, items };
  };

  return {
    get, put, byUsername, nextId,
    delete: remove,
    query: (query) => {
      if (query.username !== undefined) {
        const customer = byUsername(query.username);
        const found = customer && (!query.type || customer.type === query.type) ? [customer] : [];
        return { found: found.length, items: query.start > 1 ? [] : found };
      }
      if (query.search?.trim()) return filtered(query);
      return query.type ? ofType(query.type, query) : unfiltered(query);
    },
    forget: () => {
      changed.clear();
      added.clear();
      usernames.clear();
      positions.clear();
    },
  };
}
