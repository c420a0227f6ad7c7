// Every described operation is answered, and nothing else is.
import { expect, test } from 'vitest';
import { catalogue } from '../../src/api/catalogue.ts';
import { createHandlers } from '../../src/sandbox/handlers/index.ts';
import { createPartners } from '../../src/sandbox/partners.ts';
import { createRouter } from '../../src/sandbox/router.ts';
import { createState } from '../../src/sandbox/stateStore.ts';
import { createMoney } from '../../src/sandbox/world/money.ts';
import { createWorld } from '../../src/sandbox/world/createWorld.ts';

const now = () => 1_790_000_000;
const state = createState(createWorld({ seed: 'any', customers: 3, money: createMoney('any') }), { now });
const handlers = createHandlers({ partners: createPartners(state, now), probe: async () => ({ status: 200, text: '' }), ask: async () => 200 });

test('each operation of the description has a handler', () => {
  expect(catalogue.map(({ operationId }) => operationId).filter((id) => !handlers[id])).toEqual([]);
});

test('each handler is an operation of the description', () => {
  const described = new Set<string>(catalogue.map(({ operationId }) => operationId));
  expect(Object.keys(handlers).filter((id) => !described.has(id))).toEqual([]);
});

test('each operation is found by its own path, also where a fixed word stands where another has a parameter', () => {
  const route = createRouter(catalogue);
  for (const operation of catalogue) {
    expect(route(operation.method, operation.path.replaceAll(/\{\w+\}/g, '42')).operation?.operationId).toBe(operation.operationId);
  }
});
