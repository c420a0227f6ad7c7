// Contract of the family Transfer. Switches come of Connect links; some seeded customers have made some before.
import { describe, expect } from 'vitest';
import type { Client } from '../../src/client/types.ts';
import { good, wrong } from '../support/contract.ts';
import { enroll, UNKNOWN_CUSTOMER } from '../support/people.ts';

const BRANCH = 'branch-0417';
const NO_SWITCH = '6711c0d24be08a5f90c3e7d1';
type ListOperation = 'getAllDepositSwitches' | 'getAllPaySwitches';

async function seededWith(client: Client, operation: ListOperation) {
  for await (const { items } of client.pages<{ id: string; type: string }>('GetCustomers', {})) {
    for (const { id, type } of items) {
      const list = await client.call(operation, { customer_id: id });
      expect(list).toMatchObject({ customerId: id, customerType: type });
      if (list.switches && list.switches.length > 0) return { customer_id: id, type, switches: list.switches };
    }
  }
  throw new Error('No seeded customer has switches');
}

describe('Deposit switches', () => {
  good('getAllDepositSwitches', 'is empty for somebody who made none', async ({ client }) => {
    const customer_id = await enroll(client);
    expect(await client.call('getAllDepositSwitches', { customer_id })).toEqual({ customerId: customer_id, customerType: 'testing', switches: [] });
  });
  good('getAllDepositSwitches', 'lists those of seeded customers, latest first', async ({ client }) => {
    const { switches } = await seededWith(client, 'getAllDepositSwitches');
    const moments = switches.map(({ createdDate }) => Date.parse(createdDate));
    expect(moments).toEqual([...moments].sort((a, b) => b - a));
    for (const { id, status, failureReason, createdDate } of switches) {
      expect(id).toMatch(/^[\da-f]{24}$/);
      expect(createdDate).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      expect(['completed', 'failed']).toContain(status);
      expect(failureReason !== undefined).toBe(status === 'failed');
    }
  });
  wrong('getAllDepositSwitches', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) => client.send('getAllDepositSwitches', { customer_id: UNKNOWN_CUSTOMER }));
  wrong('getAllDepositSwitches', 'a word for a customer id', { status: 400, code: 1000 }, ({ raw }) => raw('getAllDepositSwitches', { parameters: { customer_id: 'abc' } }));

  good('getAllExternalDepositSwitches', 'finds those of several customers by the branch', async ({ client }) => {
    const { externalId, switches } = await client.call('getAllExternalDepositSwitches', { external_id: BRANCH });
    expect(externalId).toBe(BRANCH);
    expect(switches!.length).toBeGreaterThan(1);
    expect(switches!.length).toBeLessThanOrEqual(10);
    const own = (await seededWith(client, 'getAllDepositSwitches')).switches.map(({ id }) => id);
    const shared = switches!.filter(({ id }) => own.includes(id));
    expect(shared.length).toBeGreaterThan(0);
    expect(shared.length).toBeLessThan(switches!.length);
  });
  wrong('getAllExternalDepositSwitches', 'an external id without switches', { status: 400, code: 1643 }, ({ client }) =>
    client.send('getAllExternalDepositSwitches', { external_id: 'branch-9999' }));

  good('getDepositSwitchDetails', 'says where the salary goes', async ({ client }) => {
    const { customer_id, type, switches } = await seededWith(client, 'getAllDepositSwitches');
    const { accounts } = await client.call('GetCustomerAccounts', { customerId: customer_id });
    for (const { id, status, failureReason, createdDate } of switches) {
      const found = await client.call('getDepositSwitchDetails', { customer_id, switch_id: id });
      expect(found).toMatchObject({ customerId: customer_id, customerType: type, switchId: id, switchStatus: status, createdDate, provider: { id: expect.stringMatching(/^[\da-f]{24}$/) } });
      expect(found.failureReason).toBe(failureReason);
      expect(Date.parse(found.updatedDate)).toBeGreaterThan(Date.parse(createdDate));
      expect(found.distributions.length).toBeGreaterThan(0);
      for (const { type: kind, allocatedValue, accountNumberEndsWith } of found.distributions) {
        expect(allocatedValue === undefined).toBe(kind === 'total');
        expect(accounts.map(({ accountNumberDisplay }) => accountNumberDisplay)).toContain(accountNumberEndsWith);
      }
    }
  });
  wrong('getDepositSwitchDetails', 'an unknown switch', { status: 404, code: 1643 }, async ({ client }) =>
    client.send('getDepositSwitchDetails', { customer_id: await enroll(client), switch_id: NO_SWITCH }));
  wrong('getDepositSwitchDetails', 'a switch of somebody else', { status: 404, code: 1643 }, async ({ client }) => {
    const { switches } = await seededWith(client, 'getAllDepositSwitches');
    return client.send('getDepositSwitchDetails', { customer_id: await enroll(client), switch_id: switches[0]!.id });
  });
  wrong('getDepositSwitchDetails', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) =>
    client.send('getDepositSwitchDetails', { customer_id: UNKNOWN_CUSTOMER, switch_id: NO_SWITCH }));
});

describe('Bill pay switches', () => {
  good('getAllPaySwitches', 'is empty for somebody who made none', async ({ client }) => {
    const customer_id = await enroll(client);
    expect(await client.call('getAllPaySwitches', { customer_id })).toEqual({ customerId: customer_id, customerType: 'testing', switches: [] });
  });
  wrong('getAllPaySwitches', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) => client.send('getAllPaySwitches', { customer_id: UNKNOWN_CUSTOMER }));

  good('getBillPaySwitchDetails', 'says what the biller charges', async ({ client }) => {
    const { customer_id, switches } = await seededWith(client, 'getAllPaySwitches');
    for (const { id, status, failureReason } of switches) {
      const found = await client.call('getBillPaySwitchDetails', { customer_id, switch_id: id });
      expect(found).toMatchObject({ customerId: customer_id, switchId: id, switchStatus: status, provider: { name: expect.any(String) } });
      expect(found.failureReason).toBe(failureReason);
      for (const { type, brand, bankIdentifier, endsWith } of found.paymentMethods) {
        expect(endsWith).toMatch(/^\d{4}$/);
        expect(brand !== undefined).toBe(type === 'card');
        expect(bankIdentifier !== undefined).toBe(type === 'bank');
      }
    }
  });
  wrong('getBillPaySwitchDetails', 'a deposit switch', { status: 404, code: 1643 }, async ({ client }) => {
    const { customer_id, switches } = await seededWith(client, 'getAllDepositSwitches');
    return client.send('getBillPaySwitchDetails', { customer_id, switch_id: switches[0]!.id });
  });
  wrong('getBillPaySwitchDetails', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) =>
    client.send('getBillPaySwitchDetails', { customer_id: UNKNOWN_CUSTOMER, switch_id: NO_SWITCH }));
});
