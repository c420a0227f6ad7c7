// The customers' pages against the plain thing: a walk over everybody. The store keeps lists and an index; they must never tell another story.
import { expect, test } from 'vitest';
import type { CustomerEntity } from '../../src/sandbox/entities.ts';
import { seedRandom } from '../../src/sandbox/seedRandom.ts';
import type { CustomerQuery } from '../../src/sandbox/state.ts';
import { createState } from '../../src/sandbox/stateStore.ts';
import type { StoredState } from '../../src/sandbox/stateStore.ts';
import { createWorld } from '../../src/sandbox/world/createWorld.ts';
import { createMoney } from '../../src/sandbox/world/money.ts';

const SEEDED = 300;
const NOW = 1_790_000_000;
const world = createWorld({ seed: 'meadow', customers: SEEDED, money: createMoney('meadow') });
const types = ['testing', 'active'] as const;

/** Everybody, seeded ones in their order and then whom callers enrolled, as a list that is changed beside the store. */
type Plain = CustomerEntity[];
const seededOnes = (): Plain => Array.from({ length: SEEDED }, (_, position) => world.customerAt(position));

function walk(all: Plain, { type, search = '', start, limit }: CustomerQuery) {
  const words = search.toLowerCase().split(' ').filter(Boolean);
  const fit = all.filter((one) => (!type || one.type === type) && words.every((word) => `${one.username} ${one.firstName ?? ''} ${one.lastName ?? ''}`.toLowerCase().includes(word)));
  return { found: fit.length, ids: fit.slice(start - 1, start - 1 + limit).map(({ id }) => id) };
}

function compare({ customers }: StoredState, all: Plain, when: string): void {
  for (const type of [undefined, ...types]) {
    for (const search of [undefined, 'an', 'renamed']) {
      for (const [start, limit] of [[1, 25], [1, 1000], [7, 3], [200, 40], [all.length - 3, 25], [all.length + 5, 25]] as const) {
        const query = { type, search, start, limit };
        const { found, items } = customers.query(query);
        expect({ found, ids: items.map(({ id }) => id) }, `${when}: ${JSON.stringify(query)}`).toEqual(walk(all, query));
      }
    }
  }
  for (const one of all.slice(0, 20)) expect(customers.get(one.id), when).toEqual(one);
}

/** One change, made in the store and in the list alike. */
function change({ customers }: StoredState, all: Plain, step: number): void {
  const random = seedRandom(2_026, step);
  const at = random.int(0, all.length - 1);
  const one = all[at] as CustomerEntity;
  const put = (record: CustomerEntity) => {
    customers.put(record);
    all[at] = record;
  };
  const kind = random.int(0, 3);
  if (kind === 0) {
    const made: CustomerEntity = { ...one, id: customers.nextId(), username: `enrolled-${step}`, type: random.pick(types) };
    customers.put(made);
    all.push(made);
  } else if (kind === 1) {
    expect(customers.delete(one.id)).toBe(true);
    all.splice(at, 1);
  } else if (kind === 2) put({ ...one, type: one.type === 'testing' ? 'active' : 'testing' });
  else put({ ...one, firstName: 'Renamed' });
}

test('a page of a type, of a search and of all is what a walk finds, through creations, deletions and changes of type', () => {
  const state = createState(world, { now: () => NOW });
  const all = seededOnes();
  compare(state, all, 'at first');
  for (let step = 0; step < 120; step++) {
    change(state, all, step);
    if (step % 10 === 0) compare(state, all, `after change ${step}`);
  }
  expect(new Set(all.map(({ type }) => type)).size).toBe(2);
  compare(state, all, 'in the end');

  const again = createState(world, { now: () => NOW, snapshot: JSON.parse(JSON.stringify(state.toSnapshot())) });
  compare(again, all, 'restored');
  change(again, all, 500);
  compare(again, all, 'restored and changed');

  state.reset();
  compare(state, seededOnes(), 'reset');
});

test('one that was deleted can come back, in its old place', () => {
  const state = createState(world, { now: () => NOW });
  const all = seededOnes();
  const one = all[40] as CustomerEntity;
  for (const type of types) state.customers.query({ type, start: 1, limit: 1 });
  state.customers.delete(one.id);
  state.customers.put(one);
  compare(state, all, 'put back');
});

test('an unknown id is known to be unknown without looking at anybody', () => {
  let looked = 0;
  const large = createWorld({ seed: 'meadow', customers: 100_000, money: createMoney('meadow') });
  const state = createState({ ...large, customerAt: (index) => (looked++, large.customerAt(index)) }, { now: () => NOW });
  for (const kind of ['customers', 'logins', 'accounts', 'consumers', 'businesses', 'reports'] as const) {
    for (const id of ['', '0', '1999999998', '5999999998', '6123456789', '7200000999', '8123456789', '0a'.repeat(16), 'abcdefghijkl-voi']) {
      expect(state[kind].get(id), `${kind} ${id}`).toBeUndefined();
      expect(state[kind].delete(id), `${kind} ${id}`).toBe(false);
    }
  }
  // An id of a series may lead back to a customer who has no such record: one look each, never a walk.
  expect(looked).toBeLessThan(100);
});
