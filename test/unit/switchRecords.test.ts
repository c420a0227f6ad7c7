// A switch's way by the clock, and which numbers make it fail. What the lists show of it is in test/contract/transfer.test.ts.
import { expect, test } from 'vitest';
import {
  BILL_PAY_FAILURES, billPaySwitchesOf, DEPOSIT_FAILURES, depositSwitchesOf, depositSwitchesOfExternal, standingOf, startBillPaySwitch, startDepositSwitch,
} from '../../src/sandbox/handlers/switchRecords.ts';
import { createState } from '../../src/sandbox/stateStore.ts';
import { createMoney } from '../../src/sandbox/world/money.ts';
import { createWorld } from '../../src/sandbox/world/createWorld.ts';

const START = 1_790_000_000;
const account = (accountNumber: string) => ({ accountNumber, bankIdentifier: '990011226', title: 'Everyday', type: 'checking' });

function sandbox(seed = 'switches') {
  let now = START;
  const world = createWorld({ seed, customers: 30, money: createMoney(seed) });
  const state = createState(world, { now: () => now });
  return { state, world, now: () => now, pass: (seconds: number) => void (now += seconds) };
}
const someone = ({ world }: ReturnType<typeof sandbox>) => world.customerAt(20);

test('a switch is processed, then completed', () => {
  const context = sandbox();
  const made = startDepositSwitch(context, someone(context).id, [account('60412277')]);
  expect(standingOf(made, START)).toMatchObject({ status: 'processing', authenticated: false, updatedDate: START });
  expect(standingOf(made, START + 40)).toMatchObject({ status: 'processing', authenticated: true, updatedDate: START + 30 });
  expect(standingOf(made, START + 120)).toEqual({ status: 'completed', failureReason: undefined, authenticated: true, updatedDate: START + 120 });
});

test('the end of a number picks the reason for which it fails', () => {
  const context = sandbox();
  const { id } = someone(context);
  const deposits = DEPOSIT_FAILURES.map((_, at) => startDepositSwitch(context, id, [account(`604199${String(at + 1).padStart(2, '0')}`)]));
  expect(deposits.map(({ failureReason }) => failureReason)).toEqual(DEPOSIT_FAILURES);
  expect(standingOf(deposits[3]!, START + 60)).toMatchObject({ status: 'processing', failureReason: undefined, authenticated: false });
  expect(standingOf(deposits[3]!, START + 120)).toMatchObject({ status: 'failed', failureReason: 'bad-credentials', authenticated: false });
  expect(startBillPaySwitch(context, id, [{ number: '5555000000009901' }]).failureReason).toBe(BILL_PAY_FAILURES[0]);
  expect(startBillPaySwitch(context, id, [{ number: '5555000000009999' }]).failureReason).toBeUndefined();
});

test('one account gets the whole salary, several share it', () => {
  const context = sandbox();
  const { id } = someone(context);
  expect(startDepositSwitch(context, id, [account('60412277')]).distributions).toEqual([{ type: 'total', bankIdentifier: '990011226', accountNumberEndsWith: '2277' }]);
  const shares = startDepositSwitch(context, id, ['60412271', '60412272', '60412273'].map(account)).distributions;
  expect(shares.reduce((sum, { allocatedValue = 0 }) => sum + allocatedValue, 0)).toBe(100);
  expect(shares.map(({ type }) => type)).toEqual(['percent', 'percent', 'percent']);
});

test('no full number is kept', () => {
  const context = sandbox();
  const { id } = someone(context);
  startDepositSwitch(context, id, [account('604122776655')]);
  startBillPaySwitch(context, id, [{ number: '5555000000001234', title: 'Card', brand: 'Mastercard' }], [account('604122776655')]);
  const kept = JSON.stringify(context.state.toSnapshot());
  expect(kept).toContain('1234');
  expect(kept).not.toContain('5555000000001234');
  expect(kept).not.toContain('604122776655');
});

test('new ones come first, and belong to whoever made them', () => {
  const context = sandbox();
  const [one, other] = [context.world.customerAt(20), context.world.customerAt(21)];
  const before = depositSwitchesOf(context, one).length;
  const first = startDepositSwitch(context, one.id, [account('60412277')], 'branch-0001');
  context.pass(10);
  const second = startDepositSwitch(context, one.id, [account('60412277')], 'branch-0001');
  expect(depositSwitchesOf(context, one).slice(0, 2).map(({ id }) => id)).toEqual([second.id, first.id]);
  expect(depositSwitchesOf(context, one)).toHaveLength(before + 2);
  expect(depositSwitchesOf(context, other).map(({ id }) => id)).not.toContain(first.id);
  expect(depositSwitchesOfExternal(context, 'branch-0001').map(({ id }) => id)).toEqual([second.id, first.id]);
  context.state.customers.delete(one.id);
  expect(depositSwitchesOfExternal(context, 'branch-0001')).toEqual([]);
});

test('the seed makes the same switches every time, and other seeds other ones', () => {
  const all = (seed: string) => {
    const context = sandbox(seed);
    return Array.from({ length: 30 }, (_, at) => context.world.customerAt(at)).map((customer) => [depositSwitchesOf(context, customer), billPaySwitchesOf(context, customer)]);
  };
  expect(all('switches')).toEqual(all('switches'));
  expect(all('switches')).not.toEqual(all('others'));
  const made = all('switches').map(([deposits]) => deposits?.length ?? 0);
  expect(made.slice(0, 6).every((count) => count > 0)).toBe(true);
  expect(made).toContain(0);
});
