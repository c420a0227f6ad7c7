// Contract of the families Accounts and Accounts (Simple), and of linking without Connect, which no public page describes.
import { describe, expect } from 'vitest';
import { good, wrong } from '../support/contract.ts';
import { accountOf, customerWith, enroll, FINBANK, link, PROFILES_BANK, signIn, UNKNOWN_ACCOUNT, UNKNOWN_CUSTOMER } from '../support/people.ts';

const OAUTH_BANK = 102176;
const BILLABLE_BANK = 170776;
const PROFILES = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10'].map((number) => `profile_${number}`);

describe('Linking', () => {
  good('AddAllAccounts', 'links what the profile has; the aggregation fields come with the first refresh', async ({ client }) => {
    const customerId = await enroll(client);
    const linked = await client.call('AddAllAccounts', { customerId, institutionId: PROFILES_BANK, body: signIn(PROFILES_BANK, 'anyone', 'profile_02') });
    const { accounts } = linked as { accounts: { id: string; type: string; aggregationSuccessDate?: number | null }[] };
    expect(accounts.length).toBeGreaterThanOrEqual(4);
    expect(accounts.map((one) => one.type)).toContain('401k');
    expect(accounts.every((one) => (one.aggregationSuccessDate ?? null) === null)).toBe(true);
    const refreshed = (await client.call('RefreshCustomerAccounts', { customerId })).accounts;
    expect(refreshed.map((one) => one.id)).toEqual(accounts.map((one) => one.id));
    expect(refreshed.every((one) => one.aggregationStatusCode === 0 && typeof one.balance === 'number')).toBe(true);
  });
  good('AddAllAccounts', 'links plain FinBank, and the OAuth one as another profile', async ({ client }) => {
    const customerId = await enroll(client);
    expect((await link(client, customerId, 'go', FINBANK, 'demo')).length).toBeGreaterThanOrEqual(8);
    const all = await link(client, customerId, 'go', OAUTH_BANK, 'demo');
    expect(new Set(all.map((one) => one.institutionId))).toEqual(new Set([String(FINBANK), String(OAUTH_BANK)]));
  });
  wrong('AddAllAccounts', 'a user that the bank does not know', { status: 500, code: 103 }, async ({ client }) =>
    client.send('AddAllAccounts', { customerId: await enroll(client), institutionId: FINBANK, body: signIn(FINBANK, 'invalid_user', 'go') }));
  wrong('AddAllAccounts', 'a password that fails with its own number', { status: 500, code: 127 }, async ({ client }) =>
    client.send('AddAllAccounts', { customerId: await enroll(client), institutionId: FINBANK, body: signIn(FINBANK, 'demo', '127') }));
  wrong('AddAllAccounts', 'an institution that does not exist', { status: 404, code: 14006 }, async ({ client }) =>
    client.send('AddAllAccounts', { customerId: await enroll(client), institutionId: 1, body: signIn(1, 'demo', 'go') }));
  wrong('AddAllAccounts', 'FinBank Billable for a testing customer', { status: 400, code: 14020 }, async ({ client }) =>
    client.send('AddAllAccounts', { customerId: await enroll(client), institutionId: BILLABLE_BANK, body: signIn(BILLABLE_BANK, 'demo', 'go') }));
  wrong('AddAllAccounts', 'no credentials', { status: 400, code: 10005 }, async ({ client, raw }) =>
    raw('AddAllAccounts', { parameters: { customerId: await enroll(client), institutionId: FINBANK }, body: {} }));
  wrong('AddAllAccounts', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) =>
    client.send('AddAllAccounts', { customerId: UNKNOWN_CUSTOMER, institutionId: FINBANK, body: signIn(FINBANK, 'demo', 'go') }));

  interface Challenge { session: string; questions: { text?: string; answer?: string }[] }
  const challenge = async (bench: Parameters<Parameters<typeof good>[2]>[0], customerId: string, user: string): Promise<Challenge> => {
    const { status, headers, body } = await bench.client.send('AddAllAccounts', { customerId, institutionId: FINBANK, body: signIn(FINBANK, user, 'go') });
    expect(status).toBe(203);
    return { session: headers['mfa-session']!, questions: (body as { questions: Challenge['questions'] }).questions };
  };
  const answered = ({ session, questions }: Challenge, answer: string, customerId: string) =>
    ({ customerId, institutionId: FINBANK, 'MFA-Session': session, body: { mfaChallenges: { questions: questions.map((question) => ({ ...question, answer })) } } });

  for (const user of ['tfa_text', 'tfa_image', 'tfa_choice', 'tfa_multi'])
    good('AddAllAccountsMfa', `answers the questions of ${user}`, async (bench) => {
      const customerId = await enroll(bench.client);
      const asked = await challenge(bench, customerId, user);
      expect(asked.questions.length).toBeGreaterThan(0);
      const { status } = await bench.client.send('AddAllAccountsMfa', answered(asked, 'teal', customerId));
      expect(status).toBe(200);
      expect((await bench.client.call('GetCustomerAccounts', { customerId })).accounts.length).toBeGreaterThan(0);
    });
  good('AddAllAccountsMfa', 'may be asked once more', async (bench) => {
    const customerId = await enroll(bench.client);
    const again = await bench.client.send('AddAllAccountsMfa', answered(await challenge(bench, customerId, 'tfa_text'), 'mfa', customerId));
    expect(again.status).toBe(203);
    const next = { session: again.headers['mfa-session']!, questions: (again.body as { questions: Challenge['questions'] }).questions };
    expect((await bench.client.send('AddAllAccountsMfa', answered(next, 'Tooele', customerId))).status).toBe(200);
  });
  wrong('AddAllAccountsMfa', 'a wrong answer', { status: 500, code: 187 }, async (bench) => {
    const customerId = await enroll(bench.client);
    return bench.client.send('AddAllAccountsMfa', answered(await challenge(bench, customerId, 'tfa_text'), 'fail', customerId));
  });
  wrong('AddAllAccountsMfa', 'an answer ten minutes late', { status: 408, code: 331 }, async (bench) => {
    const customerId = await enroll(bench.client);
    const asked = await challenge(bench, customerId, 'tfa_text');
    await bench.sandbox.control.clock({ advance: 600 });
    return bench.client.send('AddAllAccountsMfa', answered(asked, 'teal', customerId));
  });
  wrong('AddAllAccountsMfa', 'no session', { status: 400, code: 10005 }, async ({ client, raw }) =>
    raw('AddAllAccountsMfa', { parameters: { customerId: await enroll(client), institutionId: FINBANK }, body: { mfaChallenges: { questions: [] } } }));
});

describe('Accounts', () => {
  good('GetCustomerAccounts', 'is right for every kind of account', async ({ client }) => {
    const types = new Set<string>();
    for (const profile of PROFILES) {
      const customerId = await enroll(client);
      const before = await link(client, customerId, profile);
      expect((await client.call('GetCustomerAccounts', { customerId })).accounts).toEqual(before);
      for (const { type } of before) types.add(type);
    }
    expect([...types]).toEqual(expect.arrayContaining(['checking', 'savings', 'creditCard', 'investment', 'mortgage', 'loan', 'studentLoanAccount', 'cryptocurrency', '529']));
  });
  good('GetCustomerAccounts', 'is right for every seeded customer', async ({ client }) => {
    const codes = new Set<number | null | undefined>();
    for await (const page of client.pages<{ id: string }>('GetCustomers', {}, { limit: 100 }))
      for (const { id } of page.items) for (const one of (await client.call('GetCustomerAccounts', { customerId: id })).accounts) codes.add(one.aggregationStatusCode);
    expect(codes.size).toBeGreaterThan(2);
  });
  good('GetCustomerAccounts', 'filters by state', async ({ client }) => {
    const customerId = await enroll(client);
    const all = await link(client, customerId);
    expect((await client.call('GetCustomerAccounts', { customerId, status: 'active' })).accounts).toEqual(all);
    expect((await client.call('GetCustomerAccounts', { customerId, status: 'pending' })).accounts).toEqual([]);
    expect((await client.call('GetCustomerAccounts', { customerId: await enroll(client) })).accounts).toEqual([]);
  });
  wrong('GetCustomerAccounts', 'a state that does not exist', { status: 400, code: 18017 }, async ({ client }) =>
    client.send('GetCustomerAccounts', { customerId: await enroll(client), status: 'asleep' }));
  wrong('GetCustomerAccounts', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) =>
    client.send('GetCustomerAccounts', { customerId: UNKNOWN_CUSTOMER }));

  good('GetCustomerAccount', 'reads one of the list', async ({ client }) => {
    const customerId = await enroll(client);
    for (const account of await link(client, customerId, 'profile_02')) expect(await client.call('GetCustomerAccount', { customerId, accountId: account.id })).toEqual(account);
  });
  wrong('GetCustomerAccount', 'an unknown account', { status: 404, code: 38003 }, async ({ client }) =>
    client.send('GetCustomerAccount', { customerId: await enroll(client), accountId: UNKNOWN_ACCOUNT }));
  wrong('GetCustomerAccount', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) =>
    client.send('GetCustomerAccount', { customerId: UNKNOWN_CUSTOMER, accountId: UNKNOWN_ACCOUNT }));

  good('GetCustomerAccountsByInstitution', 'lists those of one institution', async ({ client }) => {
    const customerId = await enroll(client);
    const here = await link(client, customerId);
    await link(client, customerId, 'go', FINBANK, 'demo');
    const listed = (await client.call('GetCustomerAccountsByInstitution', { customerId, institutionId: PROFILES_BANK })).accounts;
    expect(listed.map((one) => one.id)).toEqual(here.map((one) => one.id));
  });
  wrong('GetCustomerAccountsByInstitution', 'nothing linked there', { status: 404, code: 38006 }, async ({ client }) =>
    client.send('GetCustomerAccountsByInstitution', { customerId: await enroll(client), institutionId: FINBANK }));

  good('GetCustomerAccountsByInstitutionLogin', 'lists those of one sign-in', async ({ client }) => {
    const customerId = await enroll(client);
    const first = await link(client, customerId, 'profile_03');
    await link(client, customerId, 'profile_01');
    const listed = (await client.call('GetCustomerAccountsByInstitutionLogin', { customerId, institutionLoginId: String(first[0]!.institutionLoginId) })).accounts;
    expect(listed.map((one) => one.id)).toEqual(first.map((one) => one.id));
  });
  wrong('GetCustomerAccountsByInstitutionLogin', 'an unknown sign-in', { status: 404, code: 38007 }, async ({ client }) =>
    client.send('GetCustomerAccountsByInstitutionLogin', { customerId: await enroll(client), institutionLoginId: '1' }));

  good('RefreshCustomerAccounts', 'moves the date of the attempt', async ({ client, sandbox }) => {
    const customerId = await enroll(client);
    const before = await link(client, customerId);
    await sandbox.control.clock({ advance: 3_600 });
    const after = (await client.call('RefreshCustomerAccounts', { customerId })).accounts;
    after.forEach((one, at) => expect(one.aggregationAttemptDate! - before[at]!.aggregationAttemptDate!).toBeGreaterThanOrEqual(3_600));
  });
  good('RefreshCustomerAccounts', 'leaves an account whose credentials are wrong as it is', async ({ client }) => {
    const { customer, accounts } = await customerWith(client, (all) => all.some((one) => one.aggregationStatusCode === 103));
    const ill = accounts.find((one) => one.aggregationStatusCode === 103)!;
    const after = (await client.call('RefreshCustomerAccounts', { customerId: customer.id })).accounts.find((one) => one.id === ill.id)!;
    expect(after.aggregationStatusCode).toBe(103);
    expect(after.aggregationSuccessDate).toBe(ill.aggregationSuccessDate);
  });
  wrong('RefreshCustomerAccounts', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) =>
    client.send('RefreshCustomerAccounts', { customerId: UNKNOWN_CUSTOMER }));

  good('RefreshCustomerAccountsByInstitutionLogin', 'refreshes one sign-in', async ({ client }) => {
    const customerId = await enroll(client);
    const [first] = await link(client, customerId);
    const institutionLoginId = String(first!.institutionLoginId);
    const { accounts } = await client.call('RefreshCustomerAccountsByInstitutionLogin', { customerId, institutionLoginId, fromDate: 1_700_000_000, toDate: 1_750_000_000 });
    expect(accounts.every((one) => one.institutionLoginId === first!.institutionLoginId)).toBe(true);
  });
  wrong('RefreshCustomerAccountsByInstitutionLogin', 'an unknown sign-in', { status: 404, code: 38007 }, async ({ client }) =>
    client.send('RefreshCustomerAccountsByInstitutionLogin', { customerId: await enroll(client), institutionLoginId: '1' }));
  wrong('RefreshCustomerAccountsByInstitutionLogin', 'a window that ends before it begins', { status: 400, code: 41002 }, async ({ client }) => {
    const customerId = await enroll(client);
    const [first] = await link(client, customerId);
    const institutionLoginId = String(first!.institutionLoginId);
    return client.send('RefreshCustomerAccountsByInstitutionLogin', { customerId, institutionLoginId, fromDate: 1_750_000_000, toDate: 1_700_000_000 });
  });

  type Bench = Parameters<Parameters<typeof good>[2]>[0];
  const onDataTiers = ({ connect, sandbox: { credentials: { partnerId, partnerSecret, dataTiersAppKey } } }: Bench) =>
    connect({ credentials: { partnerId, partnerSecret, appKey: dataTiersAppKey } });
  good('RefreshCustomerAccountsV2', 'starts a refresh on a plan with Data Access Tiers', async (bench) => {
    const { client, sandbox } = bench;
    const customerId = await enroll(client);
    const before = await link(client, customerId);
    await sandbox.control.clock({ advance: 3_600 });
    await onDataTiers(bench).call('RefreshCustomerAccountsV2', { customerId });
    const after = (await client.call('GetCustomerAccounts', { customerId })).accounts;
    expect(after[0]!.aggregationAttemptDate).toBeGreaterThan(before[0]!.aggregationAttemptDate!);
  });
  wrong('RefreshCustomerAccountsV2', 'another plan, in plain text', { status: 401 }, async ({ client }) =>
    client.send('RefreshCustomerAccountsV2', { customerId: await enroll(client) }));
  wrong('RefreshCustomerAccounts', 'a plan with Data Access Tiers, in plain text', { status: 401 }, async (bench) =>
    onDataTiers(bench).send('RefreshCustomerAccounts', { customerId: await enroll(bench.client) }));
  good('RefreshCustomerAccountsByInstitutionLoginV2', 'starts a refresh of one sign-in on a plan with Data Access Tiers', async (bench) => {
    const customerId = await enroll(bench.client);
    const [first] = await link(bench.client, customerId);
    await onDataTiers(bench).call('RefreshCustomerAccountsByInstitutionLoginV2', { customerId, institutionLoginId: String(first!.institutionLoginId) });
  });
  wrong('RefreshCustomerAccountsByInstitutionLoginV2', 'an unknown sign-in', { status: 404, code: 38007 }, async (bench) =>
    onDataTiers(bench).send('RefreshCustomerAccountsByInstitutionLoginV2', { customerId: await enroll(bench.client), institutionLoginId: '1' }));

  good('DeleteCustomerAccount', 'removes one and leaves the others', async ({ client }) => {
    const customerId = await enroll(client);
    const [first, ...others] = await link(client, customerId);
    await client.call('DeleteCustomerAccount', { customerId, accountId: first!.id });
    expect((await client.call('GetCustomerAccounts', { customerId })).accounts.map((one) => one.id)).toEqual(others.map((one) => one.id));
  });
  wrong('DeleteCustomerAccount', 'an unknown account', { status: 404, code: 38003 }, async ({ client }) =>
    client.send('DeleteCustomerAccount', { customerId: await enroll(client), accountId: UNKNOWN_ACCOUNT }));
  wrong('DeleteCustomerAccount', 'an unknown customer, told of the account all the same', { status: 404, code: 38003 }, ({ client }) =>
    client.send('DeleteCustomerAccount', { customerId: UNKNOWN_CUSTOMER, accountId: UNKNOWN_ACCOUNT }));

  good('DeleteCustomerAccountsByInstitutionLogin', 'removes a sign-in and its accounts', async ({ client }) => {
    const customerId = await enroll(client);
    const [first] = await link(client, customerId);
    await client.call('DeleteCustomerAccountsByInstitutionLogin', { customerId, institutionLoginId: String(first!.institutionLoginId) });
    expect((await client.call('GetCustomerAccounts', { customerId })).accounts).toEqual([]);
  });
  wrong('DeleteCustomerAccountsByInstitutionLogin', 'an unknown customer, told of the sign-in all the same', { status: 404, code: 38007 }, ({ client }) =>
    client.send('DeleteCustomerAccountsByInstitutionLogin', { customerId: UNKNOWN_CUSTOMER, institutionLoginId: '1' }));
});

describe('Accounts (Simple)', () => {
  const hasMoney = (account: object) => 'balance' in account || 'detail' in account;

  good('GetCustomerAccountsSimple', 'lists the same accounts without their money', async ({ client }) => {
    const customerId = await enroll(client);
    const full = await link(client, customerId, 'profile_02');
    const { accounts } = await client.call('GetCustomerAccountsSimple', { customerId });
    expect(accounts.map((one) => one.id)).toEqual(full.map((one) => one.id));
    expect(accounts.some(hasMoney)).toBe(false);
  });
  wrong('GetCustomerAccountsSimple', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) =>
    client.send('GetCustomerAccountsSimple', { customerId: UNKNOWN_CUSTOMER }));

  good('GetCustomerAccountSimple', 'reads one without its money', async ({ client }) => {
    const customerId = await enroll(client);
    const card = accountOf(await link(client, customerId), 'creditCard');
    const simple = await client.call('GetCustomerAccountSimple', { customerId, accountId: card.id });
    expect(simple).toMatchObject({ id: card.id, type: 'creditCard', name: card.name });
    expect(hasMoney(simple)).toBe(false);
  });
  wrong('GetCustomerAccountSimple', 'an unknown account', { status: 404, code: 38003 }, async ({ client }) =>
    client.send('GetCustomerAccountSimple', { customerId: await enroll(client), accountId: UNKNOWN_ACCOUNT }));

  good('GetCustomerAccountsByInstitutionSimple', 'lists those of one institution', async ({ client }) => {
    const customerId = await enroll(client);
    const here = await link(client, customerId);
    await link(client, customerId, 'go', FINBANK, 'demo');
    const { accounts } = await client.call('GetCustomerAccountsByInstitutionSimple', { customerId, institutionId: PROFILES_BANK });
    expect(accounts.map((one) => one.id)).toEqual(here.map((one) => one.id));
  });
  wrong('GetCustomerAccountsByInstitutionSimple', 'nothing linked there', { status: 404, code: 38006 }, async ({ client }) =>
    client.send('GetCustomerAccountsByInstitutionSimple', { customerId: await enroll(client), institutionId: FINBANK }));

  good('GetCustomerAccountsByInstitutionLoginSimple', 'lists those of one sign-in', async ({ client }) => {
    const customerId = await enroll(client);
    const first = await link(client, customerId);
    const { accounts } = await client.call('GetCustomerAccountsByInstitutionLoginSimple', { customerId, institutionLoginId: String(first[0]!.institutionLoginId) });
    expect(accounts.map((one) => one.id)).toEqual(first.map((one) => one.id));
  });
  wrong('GetCustomerAccountsByInstitutionLoginSimple', 'an unknown sign-in', { status: 404, code: 38007 }, async ({ client }) =>
    client.send('GetCustomerAccountsByInstitutionLoginSimple', { customerId: await enroll(client), institutionLoginId: '1' }));
});
