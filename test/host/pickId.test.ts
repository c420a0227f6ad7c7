// Looking an id up, with the keys that a person presses: one list after the other, pages, a failure that is tried again, several at once.
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { OperationId } from '../../src/api/catalogue.ts';
import type { AnyInput, Client, Page } from '../../src/client/types.ts';
import { pickId, type PickedId, type PickIdParts } from '../../src/commands/operations/pickId.ts';
import type { PickerKind } from '../../src/webviews/protocol/request.ts';
import { until } from './sandboxWorld.ts';

type Answer = (input: AnyInput, signal: AbortSignal | undefined) => unknown;

/** A client that answers what the test says, and counts how often. */
function world(answers: Partial<Record<OperationId, Answer>>) {
  const asked: string[] = [];
  const answer = async (id: OperationId, input: AnyInput, signal?: AbortSignal): Promise<unknown> => {
    const of = answers[id];
    assert.ok(of, `${id} is not expected`);
    const given = await of(input, signal);
    asked.push(id);
    if (given instanceof Error) throw given;
    return given;
  };
  const client = {
    call: (id: OperationId, input: AnyInput, { signal }: { signal?: AbortSignal } = {}) => answer(id, input, signal),
    async* pages(id: OperationId, input: AnyInput, { signal }: { signal?: AbortSignal } = {}): AsyncGenerator<Page<unknown>> {
      for (const page of await answer(id, input, signal) as Page<unknown>[]) {
        yield page;
        asked.push(`${id} page`);
      }
    },
  } as unknown as Client;
  const parts = { sessions: { open: async () => ({ client }) } } as unknown as PickIdParts;
  return { parts, asked };
}

const read = (asked: readonly string[], what: string, times = 1) => until(`${what}, ${times} times`, () => asked.filter((id) => id === what).length >= times || undefined);
const press = async (key: 'acceptSelectedQuickOpenItem' | 'quickOpenSelectNext' | 'closeQuickOpen' | 'quickInputBack' | 'quickPickManyToggle'): Promise<void> => {
  // The list is drawn in another process: what was just answered is not on the screen yet.
  await new Promise((resolve) => setTimeout(resolve, 400));
  await vscode.commands.executeCommand(`workbench.action.${key}`);
};
const people = (...ids: string[]): Page<unknown>[] => [{ items: ids.map((id) => ({ id, firstName: 'Person', lastName: id, username: `u${id}`, type: 'testing' })), found: ids.length, more: false, body: {} }];
const account = (id: string) => ({ id, name: `Account ${id}`, type: 'checking', institutionId: '101732', institutionLoginId: 93 });
const finBank = () => ({ institution: { id: 101732, name: 'FinBank' } });

describe('looking an id up', () => {
  let picked: Promise<PickedId | undefined>;
  const start = (parts: PickIdParts, kind: PickerKind, known: Record<string, string> = {}, about?: Parameters<typeof pickId>[4]): void => {
    picked = pickId(parts, kind, 'sandbox', known, about);
  };
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeQuickOpen'));

  it('asks whose account it is, and tells both', async () => {
    const { parts, asked } = world({ GetCustomers: () => people('71', '72'), GetCustomerAccounts: ({ customerId }) => ({ accounts: [account(`${String(customerId)}1`)] }), GetInstitution: finBank });
    start(parts, 'account');
    await read(asked, 'GetCustomers');
    await press('quickOpenSelectNext');
    await press('acceptSelectedQuickOpenItem');
    await read(asked, 'GetInstitution');
    await press('acceptSelectedQuickOpenItem');
    assert.deepEqual(await picked, { value: '721', also: { customerId: '72', institutionId: '101732', institutionLoginId: '93' } });
  });

  it('goes back to the customer', async () => {
    const { parts, asked } = world({ GetCustomers: () => people('71', '72'), GetCustomerAccounts: ({ customerId }) => ({ accounts: [account(`${String(customerId)}1`)] }), GetInstitution: finBank });
    start(parts, 'account');
    await read(asked, 'GetCustomers');
    await press('acceptSelectedQuickOpenItem');
    await read(asked, 'GetInstitution');
    await press('quickInputBack');
    await read(asked, 'GetCustomers', 2);
    await press('quickOpenSelectNext');
    await press('acceptSelectedQuickOpenItem');
    await read(asked, 'GetCustomerAccounts', 2);
    await press('acceptSelectedQuickOpenItem');
    assert.equal((await picked)?.also?.customerId, '72');
  });

  it('does not ask for what the request says, and selects what stands there', async () => {
    const { parts, asked } = world({ GetCustomerAccounts: () => ({ accounts: ['1', '2', '3'].map(account) }), GetInstitution: finBank });
    start(parts, 'account', { customerId: '7' }, { field: 'Account id', current: '2' });
    await read(asked, 'GetInstitution');
    await press('acceptSelectedQuickOpenItem');
    assert.equal((await picked)?.value, '2');
  });

  it('takes several, and loses none that the list does not have', async () => {
    const { parts, asked } = world({ GetCustomerAccounts: () => ({ accounts: ['1', '2', '3'].map(account) }), GetInstitution: finBank });
    start(parts, 'accounts', { customerId: '7' }, { current: ['3', '99'] });
    await read(asked, 'GetInstitution');
    await press('acceptSelectedQuickOpenItem');
    assert.deepEqual(await picked, { value: ['3', '99'] });
  });

  it('reads the next page, and goes on from there', async () => {
    const pages = [{ ...people('71')[0]!, found: 2, more: true }, people('72')[0]!];
    const { parts, asked } = world({ GetCustomers: () => pages });
    start(parts, 'customer');
    await read(asked, 'GetCustomers');
    await press('quickOpenSelectNext');
    await press('acceptSelectedQuickOpenItem');
    await read(asked, 'GetCustomers page');
    await press('acceptSelectedQuickOpenItem');
    assert.deepEqual(await picked, { value: '72' });
  });

  it('reads again after a failure', async () => {
    let tries = 0;
    const { parts, asked } = world({ GetInstitutions: () => ((tries += 1) === 1 ? new Error('away') : [{ items: [{ id: 4222, name: 'Bank' }], more: false, body: {} }]) });
    start(parts, 'institution');
    await read(asked, 'GetInstitutions');
    await press('acceptSelectedQuickOpenItem');
    await read(asked, 'GetInstitutions', 2);
    await press('acceptSelectedQuickOpenItem');
    assert.deepEqual(await picked, { value: '4222' });
  });

  it('takes another customer where the request names one that is not there', async () => {
    const { parts, asked } = world({
      GetCustomers: () => people('71', '72'), GetCustomerAccounts: ({ customerId }) => (customerId === '5' ? new Error('no such customer') : { accounts: [account('1'), account('2')] }), GetInstitution: finBank,
    });
    start(parts, 'accounts', { customerId: '5' });
    await read(asked, 'GetCustomerAccounts');
    await press('quickOpenSelectNext');
    await press('acceptSelectedQuickOpenItem');
    await read(asked, 'GetCustomers');
    await press('acceptSelectedQuickOpenItem');
    await read(asked, 'GetInstitution');
    await press('quickOpenSelectNext');
    await press('quickPickManyToggle');
    await press('acceptSelectedQuickOpenItem');
    const { value, also } = (await picked)!;
    // No row of a list of boxes is active before a key moves there.
    assert.deepEqual([value, also?.customerId], [['1'], '71']);
  });

  it('is nothing where there is nothing, and cancelled where it is turned away', async () => {
    let cancelled = false;
    const { parts, asked } = world({
      GetConsumerForCustomer: () => ({}),
      GetReportsByCustomerId: (_, signal) => new Promise((resolve) => signal?.addEventListener('abort', () => {
        cancelled = true;
        resolve({ reports: [] });
      })),
    });
    start(parts, 'consumer', { customerId: '7' });
    await read(asked, 'GetConsumerForCustomer');
    await press('acceptSelectedQuickOpenItem');
    await press('closeQuickOpen');
    assert.equal(await picked, undefined);
    start(parts, 'report', { customerId: '7' });
    await press('closeQuickOpen');
    assert.equal(await picked, undefined);
    assert.ok(cancelled);
  });
});
