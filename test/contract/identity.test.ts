// Contract of the family Identity. What the bank says of a person is held against what the same person's customer and consumer records say.
import { describe, expect } from 'vitest';
import { good, wrong } from '../support/contract.ts';
import { addressOf, CROWD, linked, linkedOne, withCode } from '../support/deposits.ts';
import { accountOf, consumerBody, customerWith, enroll, link, makeConsumer, UNKNOWN_ACCOUNT, UNKNOWN_CUSTOMER } from '../support/people.ts';

const claim = { name: { firstName: 'Noor', lastName: 'Haddad' } };

describe('Identity', () => {
  good('GetAccountOwner', 'names the customer and one address, now', async ({ client, sandbox }) => {
    const at = await linkedOne(client, 'checking');
    const owner = await client.call('GetAccountOwner', at);
    expect(owner?.ownerName).toBe('NOOR HADDAD');
    expect(owner?.ownerAddress).toMatch(/^\d+ .+, .+, [A-Z]{2} \d{5}$/);
    expect(Math.abs((owner?.asOfDate ?? 0) - (await sandbox.control.health()).now)).toBeLessThan(60);
    expect((await client.call('GetAccountOwner', at))?.ownerAddress).toBe(owner?.ownerAddress);
  });
  good('GetAccountOwner', 'takes the address of the consumer, and has it for every type of account', async ({ client }) => {
    const accounts = await linked(client, 'demo');
    await makeConsumer(client, accounts[0]!.customerId);
    for (const account of accounts) expect((await client.call('GetAccountOwner', addressOf(account)))?.ownerAddress, account.type).toBe('18 QUARRY LANE, TOOELE, UT 84074');
    expect(new Set(accounts.map(({ type }) => type)).size).toBeGreaterThan(4);
  });
  good('GetAccountOwner', 'puts both owners of a joint account in one string', async ({ client }) => {
    const owner = await client.call('GetAccountOwner', await linkedOne(client, 'checking', 'profile_08'));
    expect(owner?.ownerName).toMatch(/^NOOR HADDAD & \S+ HADDAD$/);
  });
  good('GetAccountOwner', 'answers 203 without a body while the bank asks the person something', async ({ client, exchanges }) => {
    await client.send('GetAccountOwner', addressOf(await withCode(client, 185)));
    const last = exchanges.at(-1)!;
    expect(last.status).toBe(203);
    expect(last.bytes).toHaveLength(0);
  }, CROWD);
  wrong('GetAccountOwner', 'credentials that the bank refuses', { status: 500, code: 103 }, async ({ client }) =>
    client.send('GetAccountOwner', addressOf(await withCode(client, 103))), CROWD);
  wrong('GetAccountOwner', 'an unknown account', { status: 404, code: 38003 }, async ({ client }) =>
    client.send('GetAccountOwner', { customerId: await enroll(client), accountId: UNKNOWN_ACCOUNT }));
  wrong('GetAccountOwner', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) =>
    client.send('GetAccountOwner', { customerId: UNKNOWN_CUSTOMER, accountId: UNKNOWN_ACCOUNT }));

  good('GetAccountOwnerDetails', 'gives the holder field by field, without insights', async ({ client }) => {
    const { holders } = await client.call('GetAccountOwnerDetails', await linkedOne(client, 'savings'));
    expect(holders).toHaveLength(1);
    expect(holders[0]).toMatchObject({ relationship: 'SOLE_OWNER', ownerName: 'Noor Haddad', firstName: 'Noor', lastName: 'Haddad', nameClassification: 'person' });
    const { line1, city, state, postalCode, ownerAddress } = holders[0]!.addresses![0]!;
    expect(ownerAddress).toBe(`${line1}, ${city}, ${state} ${postalCode}`);
    expect(holders[0]!.emails).toMatchObject([{ isPrimary: true, email: 'noor.haddad@example.com' }]);
    expect(holders[0]).not.toHaveProperty('identityInsights');
  });
  good('GetAccountOwnerDetails', 'gives insights when asked for, the same each time, and not for false', async ({ client }) => {
    const at = await linkedOne(client, 'checking');
    const first = await client.call('GetAccountOwnerDetails', { ...at, withInsights: true, 'Meta-Data': 'program=OBAO' });
    expect(first.holders[0]!.identityInsights).toMatchObject({ isEmailValid: true, emailToName: 'match', isPhoneValid: true, phoneLineType: 'mobile', addressValidityLevel: 'valid' });
    expect(await client.call('GetAccountOwnerDetails', { ...at, withInsights: true })).toEqual(first);
    expect((await client.call('GetAccountOwnerDetails', { ...at, withInsights: false })).holders[0]).not.toHaveProperty('identityInsights');
  });
  good('GetAccountOwnerDetails', 'two holders of a joint account, the same home, and one of the account beside it', async ({ client }) => {
    const accounts = await linked(client, 'profile_08');
    const { holders } = await client.call('GetAccountOwnerDetails', addressOf(accountOf(accounts, 'checking')));
    expect(holders.map(({ relationship }) => relationship)).toEqual(['PRIMARY_JOINT', 'SECONDARY_JOINT']);
    expect(holders[1]!.lastName).toBe('Haddad');
    expect(holders[1]!.firstName).not.toBe('Noor');
    expect(holders[1]!.addresses![0]).toEqual(holders[0]!.addresses![0]);
    expect((await client.call('GetAccountOwnerDetails', addressOf(accountOf(accounts, 'mortgage')))).holders.map(({ relationship }) => relationship)).toEqual(['PRIMARY_BORROWER']);
  });
  good('GetAccountOwnerDetails', 'the firm for a business account', async ({ client }) => {
    const { customers } = await client.call('GetCustomers', { search: 'Copperfield' });
    const { accounts } = await client.call('GetCustomerAccounts', { customerId: customers[0]!.id });
    const { holders } = await client.call('GetAccountOwnerDetails', addressOf(accountOf(accounts, 'checking')));
    expect(holders).toMatchObject([{ relationship: 'BUSINESS', ownerName: 'Copperfield Tires LLC', nameClassification: 'business' }]);
    expect(holders[0]).not.toHaveProperty('firstName');
  });
  wrong('GetAccountOwnerDetails', 'a bank that asks something: no 203 in this version', { status: 500, code: 185 }, async ({ client }) =>
    client.send('GetAccountOwnerDetails', addressOf(await withCode(client, 185))), CROWD);
  wrong('GetAccountOwnerDetails', 'withInsights that is no boolean', { status: 400, code: 14020 }, async ({ client, raw }) =>
    raw('GetAccountOwnerDetails', { parameters: { ...(await linkedOne(client, 'checking')), withInsights: 'perhaps' } }));
  wrong('GetAccountOwnerDetails', 'an unknown account', { status: 404, code: 38003 }, async ({ client }) =>
    client.send('GetAccountOwnerDetails', { customerId: await enroll(client), accountId: UNKNOWN_ACCOUNT }));

  good('AccountMatchingScoreDetails', 'scores the owner\'s own data at 100 throughout', async ({ client }) => {
    const customerId = await enroll(client);
    await makeConsumer(client, customerId);
    const at = addressOf(accountOf(await link(client, customerId), 'checking'));
    const { address: line1, city, state, zip: postalCode, phone, email } = consumerBody;
    const body = { ...claim, address: { line1, city, state, postalCode, country: 'US', type: 'Home' }, phone, email };
    const { holders } = await client.call('AccountMatchingScoreDetails', { ...at, body });
    const [holder] = holders!;
    expect(holder!.nameScores).toEqual({ ownerName: 100, firstName: 100, lastName: 100 });
    expect(new Set(Object.values(holder!.addresses![0]!.addressScores!))).toEqual(new Set([100]));
    expect(Object.keys(holder!.addresses![0]!.addressScores!).sort()).toEqual(['city', 'country', 'line1', 'ownerAddress', 'postalCode', 'state', 'type']);
    expect(holder!.emails![0]!.emailScores).toEqual({ email: 100 });
    expect(holder!.phones![0]!.phoneScores).toEqual({ phone: 100 });
  });
  good('AccountMatchingScoreDetails', 'falls with every edit, and scores only what was sent', async ({ client }) => {
    const at = await linkedOne(client, 'checking');
    const of = async (firstName: string, lastName: string) => (await client.call('AccountMatchingScoreDetails', { ...at, body: { name: { firstName, lastName } } })).holders![0]!;
    const same = await of('NOOR', 'haddad');
    const near = await of('Nour', 'Haddad');
    const far = await of('Zebulon', 'Quist');
    expect(same.nameScores.ownerName).toBe(100);
    expect(near.nameScores).toMatchObject({ firstName: 75, lastName: 100 });
    expect(near.nameScores.ownerName).toBeLessThan(100);
    expect(far.nameScores.ownerName).toBeLessThan(near.nameScores.ownerName - 40);
    expect(same.nameScores).not.toHaveProperty('middleName');
    expect(same.addresses![0]).not.toHaveProperty('addressScores');
    expect(same.emails![0]).not.toHaveProperty('emailScores');
  });
  good('AccountMatchingScoreDetails', 'scores each holder of a joint account, with insights when asked for', async ({ client }) => {
    const at = await linkedOne(client, 'checking', 'profile_08');
    const { holders } = await client.call('AccountMatchingScoreDetails', { ...at, insights: true, body: claim });
    expect(holders!.map(({ nameScores }) => nameScores.ownerName === 100)).toEqual([true, false]);
    expect(holders!.every(({ identityInsights }) => identityInsights !== undefined)).toBe(true);
  });
  wrong('AccountMatchingScoreDetails', 'a name without first name', { status: 400, code: 1002 }, async ({ client, raw }) =>
    raw('AccountMatchingScoreDetails', { parameters: await linkedOne(client, 'checking'), body: { name: { lastName: 'Haddad' } } }));
  wrong('AccountMatchingScoreDetails', 'no name', { status: 400, code: 1002 }, async ({ client, raw }) =>
    raw('AccountMatchingScoreDetails', { parameters: await linkedOne(client, 'checking'), body: { ownerName: 'Noor Haddad' } }));
  wrong('AccountMatchingScoreDetails', 'a phone with separators', { status: 400, code: 1002 }, async ({ client, raw }) =>
    raw('AccountMatchingScoreDetails', { parameters: await linkedOne(client, 'checking'), body: { ...claim, phone: '801-555-01' } }));
  wrong('AccountMatchingScoreDetails', 'a blank last name', { status: 400, code: 15001 }, async ({ client }) =>
    client.send('AccountMatchingScoreDetails', { ...(await linkedOne(client, 'checking')), body: { name: { firstName: 'Noor', lastName: ' ' } } }));
  wrong('AccountMatchingScoreDetails', 'an unknown customer', { status: 404, code: 10002 }, ({ client }) =>
    client.send('AccountMatchingScoreDetails', { customerId: UNKNOWN_CUSTOMER, accountId: UNKNOWN_ACCOUNT, body: claim }));
  wrong('AccountMatchingScoreDetails', 'an unknown account', { status: 404, code: 12017 }, async ({ client }) =>
    client.send('AccountMatchingScoreDetails', { customerId: await enroll(client), accountId: UNKNOWN_ACCOUNT, body: claim }));
  wrong('AccountMatchingScoreDetails', 'a bank that does not answer', { status: 408, code: 10030 }, async ({ client }) =>
    client.send('AccountMatchingScoreDetails', { ...addressOf(await withCode(client, 102)), body: claim }), CROWD);
  wrong('AccountMatchingScoreDetails', 'a sign-in that fails', { status: 400, code: 14020 }, async ({ client }) =>
    client.send('AccountMatchingScoreDetails', { ...addressOf(await withCode(client, 103)), body: claim }), CROWD);

  wrong('GetAccountOwner', 'an institution that gives no owners', { status: 404, code: 12017 }, async ({ client }) => {
    const { accounts } = await customerWith(client, (all) => all.some(({ aggregationStatusCode }) => aggregationStatusCode === 0), 'active');
    const { institutions } = await client.call('GetCertifiedInstitutions', { type: 'accountOwner', limit: 1000 });
    const certified = new Set(institutions.map(({ id }) => String(id)));
    for await (const page of client.pages<{ id: string }>('GetCustomers', { type: 'active' })) {
      for (const { id } of page.items) {
        const all = (await client.call('GetCustomerAccounts', { customerId: id })).accounts;
        const without = all.find((account) => !certified.has(account.institutionId) && account.status === 'active');
        if (without) return client.send('GetAccountOwner', addressOf(without));
      }
    }
    throw new Error(`Every institution gives owners; the first is ${accounts[0]?.institutionId}`);
  }, CROWD);
});
