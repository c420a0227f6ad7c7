import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { list, moneyTest, NOW, signIn } from './sandboxMoneyHarness.ts';
import type { Json, MoneyTest } from './sandboxMoneyHarness.ts';

let test: MoneyTest;
beforeAll(async () => { test = await moneyTest(); });
afterAll(() => test.stop());

const customers = async (): Promise<Json[]> => list(await test.ok('GetCustomers', 'GET', '/aggregation/v1/customers?limit=60'), 'customers');
const accountsOf = async (customerId: unknown): Promise<Json[]> => list(await test.ok('GetCustomerAccounts', 'GET', `/aggregation/v1/customers/${customerId}/accounts`), 'accounts');

describe('accounts of the seeded world', () => {
  it('answers every seeded customer\'s accounts as described, with healthy ones in the majority and some that need attention', async () => {
    const codes = new Map<unknown, number>();
    const types = new Set<unknown>();
    for (const customer of await customers()) {
      for (const account of await accountsOf(customer.id)) {
        codes.set(account.aggregationStatusCode, (codes.get(account.aggregationStatusCode) ?? 0) + 1);
        types.add(account.type);
      }
    }
    const total = [...codes.values()].reduce((sum, count) => sum + count, 0);
    expect((codes.get(0) ?? 0) / total).toBeGreaterThan(0.6);
    expect([...codes.keys()]).toEqual(expect.arrayContaining([0, 103, 185, 945, 108, null]));
    expect(types.size).toBeGreaterThan(15);
  });

  it('carries the wire\'s mixed types and explicit nulls', async () => {
    const [first] = await customers();
    const accounts = await accountsOf(first?.id);
    expect(typeof accounts[0]?.institutionId).toBe('string');
    expect(typeof accounts[0]?.institutionLoginId).toBe('number');
    expect(accounts[0]).toHaveProperty('parentAccount', null);
    const card = accounts.find((account) => account.type === 'creditCard');
    expect(typeof (card?.detail as Json).interestRate).toBe('string');
    const failing = accounts.find((account) => account.aggregationStatusCode === 103);
    expect(failing?.aggregationSuccessDate as number).toBeLessThan(failing?.aggregationAttemptDate as number);
  });

  it('shows holdings that add up to the balance of an investment account', async () => {
    const investments = (await Promise.all((await customers()).slice(0, 12).map(({ id }) => accountsOf(id)))).flat().filter((account) => account.position);
    expect(investments.length).toBeGreaterThan(3);
    for (const { balance, position, detail } of investments) {
      const worth = (position as Json[]).reduce((sum, holding) => sum + (holding.marketValue as number), (detail as Json).cashBalanceAmount as number);
      expect(worth).toBeCloseTo(balance as number, 1);
    }
  });
});

describe('what is not there', () => {
  it('tells an unknown account, sign-in and institution apart, by code and words', async () => {
    const id = (await customers())[0]?.id as string;
    const account = await test.call('GET', `/aggregation/v2/customers/${id}/accounts/1234`);
    expect(account).toMatchObject({ status: 404, json: { code: 38003, message: `customer does not have given account (customerId = ${id}, accountId = [1234])` } });
    expect((await test.call('GET', `/aggregation/v1/customers/${id}/institutionLogins/77/accounts`)).json).toMatchObject({ code: 38007, message: 'Customer does not have any accounts associated with institutionLoginId = (77)' });
    expect((await test.call('GET', `/aggregation/v1/customers/${id}/institutions/5/accounts`)).json).toMatchObject({ code: 38006 });
    expect((await test.call('GET', '/aggregation/v1/customers/7299999999/accounts')).json).toMatchObject({ code: 14001, message: 'Customer not found.' });
    expect(await test.call('GET', `/aggregation/v1/customers/${id}/accounts?status=closed`)).toMatchObject({ status: 400, json: { code: 18017 } });
  });

  it('reports a deletion for an unknown customer as the account\'s, not the customer\'s', async () => {
    expect((await test.call('DELETE', '/aggregation/v1/customers/7299999999/accounts/5')).json).toMatchObject({ code: 38003 });
    expect((await test.call('DELETE', '/aggregation/v1/customers/7299999999/institutionLogins/5')).json).toMatchObject({ code: 38007 });
  });
});

describe('linking FinBank accounts without Connect', () => {
  it('brings eight or more accounts for demo/go, empty until the first refresh', async () => {
    const id = await test.enroll('link-demo-go');
    const added = list(await test.ok('AddAllAccounts', 'POST', `/aggregation/v1/customers/${id}/institutions/101732/accounts/addall`, signIn(101732, 'demo', 'go')), 'accounts');
    expect(added.length).toBeGreaterThanOrEqual(8);
    expect(added.every((account) => account.aggregationSuccessDate === null && account.detail === null)).toBe(true);
    const checking = added.find((account) => account.type === 'checking');
    const path = `/aggregation/v4/customers/${id}/accounts/${checking?.id}/transactions?fromDate=1600000000&toDate=${NOW}`;
    expect(await test.ok('GetCustomerAccountTransactions', 'GET', path)).toMatchObject({ found: 0, moreAvailable: 'false' });
    const refreshed = list(await test.ok('RefreshCustomerAccounts', 'POST', `/aggregation/v1/customers/${id}/accounts`), 'accounts');
    expect(refreshed.every((account) => account.aggregationStatusCode === 0 && (account.aggregationSuccessDate as number) >= NOW)).toBe(true);
    expect((await test.ok('GetCustomerAccountTransactions', 'GET', path)).found).toBeGreaterThan(100);
  });

  it('chooses the profile by password and brings the same accounts the second time', async () => {
    const id = await test.enroll('link-profile-02');
    const first = await test.link(id, 102105, 'any', 'profile_02');
    expect(first.map((account) => account.type)).toEqual(expect.arrayContaining(['checking', 'savings', '401k']));
    const again = await test.link(id, 102105, 'any', 'profile_02');
    expect(again.map((account) => account.id)).toEqual(first.map((account) => account.id));
    await test.link(id, 102105, 'any', 'profile_03');
    expect((await accountsOf(id)).length).toBeGreaterThan(first.length);
  });

  it.each(['123', '125', '127', '128', '130'])('fails with the number %s of the password', async (code) => {
    const id = await test.enroll(`link-fails-${code}`);
    const result = await test.call('POST', `/aggregation/v1/customers/${id}/institutions/101732/accounts/addall`, signIn(101732, 'demo', code));
    expect(result).toMatchObject({ status: 500, json: { code: Number(code) } });
    expect(await accountsOf(id)).toEqual([]);
  });

  it('answers 103 for a wrong user and refuses testing customers at live institutions', async () => {
    const id = await test.enroll('link-refused');
    expect((await test.call('POST', `/aggregation/v1/customers/${id}/institutions/101732/accounts/addall`, signIn(101732, 'invalid_user', 'go'))).json).toMatchObject({ code: 103 });
    const institutions = list(await test.ok('GetInstitutions', 'GET', '/institution/v2/institutions?limit=50'), 'institutions');
    const live = institutions.find((institution) => !String(institution.name).startsWith('Fin'));
    expect(await test.call('POST', `/aggregation/v1/customers/${id}/institutions/${live?.id}/accounts/addall`, signIn(live?.id as number, 'demo', 'go'))).toMatchObject({ status: 400, json: { code: 14020 } });
    expect((await test.call('POST', `/aggregation/v1/customers/${id}/institutions/999999/accounts/addall`, signIn(999999, 'demo', 'go'))).json).toMatchObject({ code: 14006 });
  });

  it('asks, asks again, fails and succeeds by the answer', async () => {
    const id = await test.enroll('link-mfa');
    const path = `/aggregation/v1/customers/${id}/institutions/101732/accounts/addall`;
    const ask = async () => {
      const result = await test.call('POST', path, signIn(101732, 'tfa_choice', 'go'));
      expect(result.status).toBe(203);
      return { session: result.headers.get('MFA-Session') as string, question: list(result.json, 'questions')[0] as Json };
    };
    const answer = async (asked: { session: string; question: Json }, text: string) =>
      test.call('POST', `${path}/mfa`, { mfaChallenges: { questions: [{ ...asked.question, answer: text }] } }, { 'MFA-Session': asked.session });
    const asked = await ask();
    expect(asked.question.choices).toHaveLength(3);
    const again = await answer(asked, 'mfa');
    expect(again.status).toBe(203);
    expect(await answer({ session: again.headers.get('MFA-Session') as string, question: list(again.json, 'questions')[0] as Json }, 'teal')).toMatchObject({ status: 200 });
    expect(await answer(await ask(), 'fail')).toMatchObject({ status: 500, json: { code: 187 } });
    expect(await answer(asked, 'teal')).toMatchObject({ status: 408, json: { code: 331 } });
  });
});

describe('refresh and removal', () => {
  it('leaves wrong credentials wrong, and moves the attempt date all the same', async () => {
    const id = (await customers())[0]?.id as string;
    const before = (await accountsOf(id)).find((account) => account.aggregationStatusCode === 103) as Json;
    await test.advance(60);
    const after = list(await test.ok('RefreshCustomerAccountsByInstitutionLogin', 'POST', `/aggregation/v1/customers/${id}/institutionLogins/${before.institutionLoginId}/accounts`), 'accounts').find((account) => account.id === before.id);
    expect(after?.aggregationStatusCode).toBe(103);
    expect(after?.aggregationSuccessDate).toBe(before.aggregationSuccessDate);
    expect(after?.aggregationAttemptDate as number).toBeGreaterThan(before.aggregationAttemptDate as number);
  });

  it('takes its time and refuses the other billing\'s variant', async () => {
    const id = await test.enroll('refresh-variants');
    await test.link(id);
    const started = performance.now();
    await test.ok('RefreshCustomerAccounts', 'POST', `/aggregation/v1/customers/${id}/accounts`);
    expect(performance.now() - started).toBeGreaterThanOrEqual(50);
    expect(await test.call('POST', `/aggregation/v2/customers/${id}/accounts`)).toMatchObject({ status: 401, text: 'Invalid (Finicity-App-Key)' });
    const tiers = { 'Finicity-App-Key': test.sandbox.credentials.dataTiersAppKey };
    expect(await test.call('POST', `/aggregation/v1/customers/${id}/accounts`, undefined, tiers)).toMatchObject({ status: 401 });
    const attempt = async () => Math.max(...(await accountsOf(id)).map((account) => account.aggregationAttemptDate as number));
    const before = await attempt();
    await test.advance(30);
    expect(await test.call('POST', `/aggregation/v2/customers/${id}/accounts`, undefined, tiers)).toMatchObject({ status: 204, text: '' });
    expect(await attempt()).toBeGreaterThan(before);
  });

  it('deletes one account, then its whole sign-in', async () => {
    const id = await test.enroll('delete-accounts');
    const accounts = await test.link(id, 102105, 'x', 'profile_03');
    await test.ok('DeleteCustomerAccount', 'DELETE', `/aggregation/v1/customers/${id}/accounts/${accounts[0]?.id}`, undefined, 204);
    expect(await accountsOf(id)).toHaveLength(accounts.length - 1);
    await test.ok('DeleteCustomerAccountsByInstitutionLogin', 'DELETE', `/aggregation/v1/customers/${id}/institutionLogins/${accounts[0]?.institutionLoginId}`, undefined, 204);
    expect(await accountsOf(id)).toEqual([]);
    expect((await test.call('DELETE', `/aggregation/v1/customers/${id}/institutionLogins/${accounts[0]?.institutionLoginId}`)).json).toMatchObject({ code: 38007 });
  });

  it('has a simple view without balances', async () => {
    const id = (await customers())[1]?.id as string;
    const accounts = list(await test.ok('GetCustomerAccountsSimple', 'GET', `/aggregation/v1/customers/${id}/accounts/simple`), 'accounts');
    expect(accounts[0]).not.toHaveProperty('balance');
    expect(accounts[0]).not.toHaveProperty('detail');
    await test.ok('GetCustomerAccountSimple', 'GET', `/aggregation/v1/customers/${id}/accounts/${accounts[0]?.id}/simple`);
  });
});
