// Contract of the payment enablement bundle: each part is what the single operation answers, and what fails is told beside the rest.
import { describe, expect } from 'vitest';
import { good, wrong } from '../support/contract.ts';
import { addressOf, CROWD, linked, linkedOne, pastTheNight, withCode } from '../support/deposits.ts';
import { accountOf, enroll, UNKNOWN_ACCOUNT, UNKNOWN_CUSTOMER } from '../support/people.ts';

const seconds = (moment: string) => Date.parse(moment) / 1000;

describe('Payment Enablement Bundle', () => {
  good('GetAccountDetailsByAccountId', 'holds what the single operations answer', async ({ client }) => {
    const account = accountOf(await linked(client), 'checking');
    const at = addressOf(account);
    const bundle = await client.call('GetAccountDetailsByAccountId', at);
    expect(bundle).toMatchObject({
      customerId: at.customerId, errorCount: 0, accountCount: 1, accountIdentitySuccessCount: 1, balanceDetailsSuccessCount: 1, paymentInstructionSuccessCount: 1,
    });
    const [one] = bundle.accounts;
    expect(one).toMatchObject({ id: account.id, institutionId: account.institutionId, institutionName: 'FinBank Profiles - A', institutionLoginId: account.institutionLoginId });
    expect(one).not.toHaveProperty('errors');
    const balance = await client.call('GetAvailableBalance', at);
    expect(one!.balanceDetails).toMatchObject({ availableBalance: balance.availableBalance, clearedBalance: balance.clearedBalance });
    expect(seconds(one!.balanceDetails!.availableBalanceDate)).toBe(balance.availableBalanceDate);
    expect(one!.accountIdentity).toEqual(await client.call('GetAccountOwnerDetails', at));
    const { realAccountNumber, routingNumber } = await client.call('GetAccountACHDetails', at);
    expect(one!.paymentInstruction).toMatchObject({ type: 'ach', accountNumber: realAccountNumber, descriptors: [{ value: routingNumber }] });
    expect(one!.accountDetails).toMatchObject({ name: account.name, type: 'checking', status: 'active', aggregationStatusCode: 0 });
    expect(seconds(one!.accountDetails!.createdDate)).toBe(account.createdDate);
  });
  good('GetAccountDetailsByAccountId', 'answers the parts asked for alone, blanks or not', async ({ client }) => {
    const at = await linkedOne(client, 'savings');
    const bundle = await client.call('GetAccountDetailsByAccountId', { ...at, include: 'balanceDetails, paymentInstruction' });
    expect(bundle.accounts[0]).toHaveProperty('balanceDetails');
    expect(bundle.accounts[0]).toHaveProperty('paymentInstruction');
    expect(bundle.accounts[0]).not.toHaveProperty('accountIdentity');
    expect(bundle).toMatchObject({ errorCount: 0, accountIdentitySuccessCount: 0, balanceDetailsSuccessCount: 1, paymentInstructionSuccessCount: 1 });
  });
  good('GetAccountDetailsByAccountId', 'tells each part that a failing sign-in lacks, and the account all the same', async ({ client }) => {
    const account = await withCode(client, 103);
    const bundle = await client.call('GetAccountDetailsByAccountId', addressOf(account));
    expect(bundle).toMatchObject({ errorCount: 3, accountCount: 1, accountIdentitySuccessCount: 0, balanceDetailsSuccessCount: 0, paymentInstructionSuccessCount: 0 });
    expect(bundle.accounts[0]!.errors!.map(({ fieldName, code }) => `${fieldName} ${code}`)).toEqual(['balanceDetails 103', 'paymentInstruction 103', 'accountIdentity 103']);
    expect(bundle.accounts[0]!.accountDetails!.aggregationStatusCode).toBe(103);
  }, CROWD);
  good('GetAccountDetailsByAccountId', 'takes the balance from the cache within the interval', async ({ client, sandbox }) => {
    await pastTheNight(sandbox);
    const at = await linkedOne(client, 'checking');
    await client.call('GetAvailableBalanceLive', { ...at, balance_cache_interval: 0 });
    const later = await sandbox.control.clock({ advance: 20 * 60 });
    const dateOf = async (balance_cache_interval: number) =>
      seconds((await client.call('GetAccountDetailsByAccountId', { ...at, include: 'balanceDetails', balance_cache_interval })).accounts[0]!.balanceDetails!.availableBalanceDate);
    expect(await dateOf(30)).toBeLessThan(later);
    expect(await dateOf(10)).toBeGreaterThanOrEqual(later);
  });
  wrong('GetAccountDetailsByAccountId', 'a part that does not exist', { status: 400, code: 12019 }, async ({ client }) =>
    client.send('GetAccountDetailsByAccountId', { ...(await linkedOne(client, 'checking')), include: 'balanceDetails,owner' }));
  wrong('GetAccountDetailsByAccountId', 'an interval of 0', { status: 400, code: 1618 }, async ({ client, raw }) =>
    raw('GetAccountDetailsByAccountId', { parameters: { ...(await linkedOne(client, 'checking')), balance_cache_interval: 0 } }));
  wrong('GetAccountDetailsByAccountId', 'an unknown account', { status: 404, code: 38003 }, async ({ client }) =>
    client.send('GetAccountDetailsByAccountId', { customerId: await enroll(client), accountId: UNKNOWN_ACCOUNT }));
  wrong('GetAccountDetailsByAccountId', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) =>
    client.send('GetAccountDetailsByAccountId', { customerId: UNKNOWN_CUSTOMER, accountId: UNKNOWN_ACCOUNT }));

  good('GetAccountDetailsByInstitutionLoginId', 'holds every account of the sign-in; a card lacks balance and numbers', async ({ client }) => {
    const accounts = await linked(client);
    const bundle = await client.call('GetAccountDetailsByInstitutionLoginId', { customerId: accounts[0]!.customerId, institutionLoginId: accounts[0]!.institutionLoginId });
    expect(bundle.accounts.map(({ id }) => id).sort()).toEqual(accounts.map(({ id }) => id).sort());
    const card = bundle.accounts.find(({ accountDetails }) => accountDetails!.type === 'creditCard')!;
    expect(card.errors!.map(({ fieldName, code }) => `${fieldName} ${code}`)).toEqual(['balanceDetails 14020', 'paymentInstruction 14020']);
    expect(card.accountIdentity!.holders[0]!.ownerName).toBe('Noor Haddad');
    expect(bundle).toMatchObject({ errorCount: 2, accountCount: 3, accountIdentitySuccessCount: 3, balanceDetailsSuccessCount: 2, paymentInstructionSuccessCount: 2 });
  });
  wrong('GetAccountDetailsByInstitutionLoginId', 'an unknown sign-in', { status: 404, code: 38007 }, async ({ client }) =>
    client.send('GetAccountDetailsByInstitutionLoginId', { customerId: await enroll(client), institutionLoginId: 1 }));
  wrong('GetAccountDetailsByInstitutionLoginId', 'a sign-in in words', { status: 400, code: 14020 }, async ({ client, raw }) =>
    raw('GetAccountDetailsByInstitutionLoginId', { parameters: { customerId: await enroll(client), institutionLoginId: 'mine' } }));
  wrong('GetAccountDetailsByInstitutionLoginId', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) =>
    client.send('GetAccountDetailsByInstitutionLoginId', { customerId: UNKNOWN_CUSTOMER, institutionLoginId: 1 }));
});
