// What a caller sends to do harm: names that every object has, texts and files without measure.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caller, startSandbox } from '../support/sandbox.ts';
import type { TestSandbox } from '../support/sandbox.ts';

const FINBANK = 101732;
const INHERITED = ['constructor', 'toString', '__proto__'];
let sandbox: TestSandbox;
let call: ReturnType<typeof caller>;
let customer: string;

beforeAll(async () => {
  sandbox = await startSandbox({ customers: 10 });
  call = caller(sandbox);
  customer = (await call('POST', '/aggregation/v2/customers/testing', { username: 'hostile-caller', firstName: 'Noor', lastName: 'Haddad' })).json.id as string;
});
afterAll(() => sandbox.stop());

function signIn(name: string) {
  const credentials = [{ name: 'Banking Userid', value: name, id: `${FINBANK}001` }, { name: 'Banking Password', value: name, id: `${FINBANK}002` }];
  return call('POST', `/aggregation/v1/customers/${customer}/institutions/${FINBANK}/accounts/addall`, { credentials });
}

describe('names that every object has are words like any other', () => {
  test.each(INHERITED)('%s as a user at FinBank', async (name) => {
    const linked = await signIn(name);
    expect([linked.status, Array.isArray(linked.json.accounts)]).toEqual([200, true]);
  });

  test.each(INHERITED)('%s as a category code', async (name) => {
    const transaction = {
      externalCustomerId: name, externalAccountId: name, accountType: 'checking', externalTransactionId: name, transactionTimestamp: '2026-03-02',
      description: 'ZZYX TRADING', amount: -31, inputMerchantInformation: { merchantCategoryCode: name },
    };
    const answer = await call('POST', '/data-enrichment/transactions', { transactions: [transaction] });
    expect([answer.status, (answer.json.transactions as { transactionCategory: unknown }[])[0]?.transactionCategory]).toEqual([200, 'Uncategorized']);
  });

  test.each(INHERITED)('%s as a field of the control plane', async (name) => {
    for (const [path, body] of [['faults', `{"kind":"empty","${name}":1}`], ['connect', `{"link":"x","${name}":1}`]] as const) {
      const answer = await call('POST', `/__sandbox/${path}`, body);
      expect([answer.status, answer.json.error]).toEqual([400, expect.stringContaining(`"${name}"`)]);
      expect(answer.json.error).toMatch(/^A (fault|session) has no/);
    }
  });
});

describe('what has no measure', () => {
  test('long names are compared in a moment', async () => {
    const accounts = (await signIn('demo')).json.accounts as { id: string; type: string }[];
    const long = 'z'.repeat(200_000);
    const consumer = {
      firstName: long, lastName: 'Haddad', address: '18 Quarry Lane', city: 'Tooele', state: 'UT', zip: '84074', phone: '8015550134', ssn: '999-60-1111',
      birthday: { year: 1988, month: 11, dayOfMonth: 23 }, email: 'noor.haddad@example.com',
    };
    expect((await call('POST', `/decisioning/v1/customers/${customer}/consumer`, consumer)).status).toBe(201);
    const checking = accounts.find(({ type }) => type === 'checking')!;
    const started = performance.now();
    const matched = await call('POST', `/account-owner-verification-matchings/customers/${customer}/accounts/${checking.id}`, { name: { firstName: `y${long}`, lastName: 'Haddad' } });
    expect([matched.status, performance.now() - started < 2_000]).toEqual([200, true]);
  });

  test('uploaded files have a measure together: the oldest go', async () => {
    const statement = Buffer.alloc(5 * 1024 * 1024, 7).toString('base64');
    const store = async () => (await call('POST', `/aggregation/v1/customers/${customer}/payStatements`, { label: 'lastPayPeriod', statement })).json.assetId as string;
    const assets: string[] = [];
    for (let count = 0; count < 11; count++) assets.push(await store());
    const status = async (asset: string | undefined) => (await call('GET', `/aggregation/v1/customers/${customer}/assets/${asset}`, undefined, { Accept: '*/*' })).status;
    expect([await status(assets[0]), await status(assets[1]), await status(assets[10])]).toEqual([404, 200, 200]);
  });
});
