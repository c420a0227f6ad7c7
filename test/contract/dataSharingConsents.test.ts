// Contract of the family Data Sharing Consent. Consents come of sign-ins; years pass by the sandbox's clock.
import { describe, expect } from 'vitest';
import type { components } from '../../src/api/generated/types.d.ts';
import type { Client } from '../../src/client/types.ts';
import { good, wrong } from '../support/contract.ts';
import type { Bench } from '../support/contract.ts';
import { customerWith, enroll, FINBANK, link, PROFILES_BANK, UNKNOWN_CUSTOMER } from '../support/people.ts';

type Consent = components['schemas']['DataSharingConsentReceipt'];

const DAY = 86_400;
const NO_CONSENT = '4e0c7a52-1b8d-4f36-9a11-7c05d2e6b390';

const list = async (client: Client, customerId: string) => (await client.call('GetDataSharingConsentsByCustomerId', { customer_id: customerId })).consents;
const states = (consent: Consent) => Object.fromEntries((consent.institutions ?? []).map((one) => [Number(one.institutionId), one.statusDetails.status]));

/** A customer with two sign-ins under one consent, made now. */
async function twoBanks({ client }: Pick<Bench, 'client'>) {
  const customerId = await enroll(client);
  await link(client, customerId, 'profile_03', PROFILES_BANK);
  await link(client, customerId, 'go', FINBANK, 'demo');
  const [consent] = await list(client, customerId);
  const loginAt = (bank: number) => String(consent!.institutions!.find(({ institutionId }) => institutionId === String(bank))!.institutionLoginId);
  return { customerId, consent: consent!, consent_receipt_id: consent!.consentReceiptId, loginAt };
}
const read = (client: Client, { consent_receipt_id }: { consent_receipt_id: string }) => client.call('GetDataSharingConsentsByID', { consent_receipt_id });
const codesAt = async (client: Client, customerId: string, bank: number) =>
  new Set((await client.call('GetCustomerAccounts', { customerId })).accounts.filter(({ institutionId }) => institutionId === String(bank)).map((one) => one.aggregationStatusCode));

describe('Listing consents', () => {
  good('GetDataSharingConsentsByCustomerId', 'is empty until somebody signs in, and grows with the sign-ins', async ({ client, sandbox }) => {
    const customerId = await enroll(client);
    expect(await client.call('GetDataSharingConsentsByCustomerId', { customer_id: customerId })).toEqual({ found: 0, displaying: 0, moreAvailable: false, consents: [] });
    const accounts = await link(client, customerId);
    const [consent] = await list(client, customerId);
    expect(consent).toMatchObject({
      customerId, partnerId: sandbox.credentials.partnerId, customerCategory: 'INDIVIDUAL', receiptVersion: 1, disclosures: [], statusDetails: { status: 'ACTIVE' },
      institutions: [{ institutionId: String(PROFILES_BANK), institutionName: 'FinBank Profiles - A', institutionLoginId: String(accounts[0]!.institutionLoginId), statusDetails: { status: 'ACTIVE' } }],
    });
    expect(consent!.institutions![0]!.accounts!.map(({ id, status }) => [id, status]).sort()).toEqual(accounts.map(({ id }) => [id, 'ACTIVE']).sort());
    expect(Date.parse(consent!.accessPeriod.endDate) - Date.parse(consent!.accessPeriod.startDate)).toBe(365 * DAY * 1000);
  });
  good('GetDataSharingConsentsByCustomerId', 'seeded customers have them, for every sign-in', async ({ client }) => {
    const { customer, accounts } = await customerWith(client, (all) => new Set(all.map((one) => one.institutionLoginId)).size > 2);
    const consents = await list(client, customer.id);
    const logins = consents.flatMap((consent) => consent.institutions!.map(({ institutionLoginId }) => institutionLoginId));
    expect(new Set(logins)).toEqual(new Set(accounts.map(({ institutionLoginId }) => String(institutionLoginId))));
    expect(logins).toHaveLength(new Set(logins).size);
    for (const consent of consents) expect(await client.call('GetDataSharingConsentsByID', { consent_receipt_id: consent.consentReceiptId })).toEqual(consent);
  });
  good('GetDataSharingConsentsByCustomerId', 'pages, sorts and filters', async ({ client, sandbox }) => {
    const customerId = await enroll(client);
    for (const profile of ['profile_01', 'profile_02', 'profile_03']) {
      await link(client, customerId, profile);
      await sandbox.control.clock({ advance: 100 * DAY });
    }
    const all = await list(client, customerId);
    expect(all).toHaveLength(3);
    const created = (consents: readonly Consent[]) => consents.map(({ createdDate }) => Date.parse(createdDate));
    expect(created(all)).toEqual([...created(all)].sort((a, b) => b - a));
    const ascending = await client.call('GetDataSharingConsentsByCustomerId', { customer_id: customerId, sort_order: 'Asc', sort_by: 'endDate' });
    expect(ascending.consents.map((one) => one.consentReceiptId)).toEqual(all.map((one) => one.consentReceiptId).reverse());
    const page = await client.call('GetDataSharingConsentsByCustomerId', { customer_id: customerId, start: 2, limit: 2 });
    expect(page).toMatchObject({ found: 3, displaying: 1, moreAvailable: false, consents: [{ consentReceiptId: all[2]!.consentReceiptId }] });
    const seen: string[] = [];
    for await (const { items } of client.pages<Consent>('GetDataSharingConsentsByCustomerId', { customer_id: customerId }, { limit: 1 })) seen.push(...items.map((one) => one.consentReceiptId));
    expect(seen).toEqual(all.map((one) => one.consentReceiptId));

    await client.send('RevokeDataSharingConsentById', { consent_receipt_id: all[1]!.consentReceiptId });
    const inactive = await client.call('GetDataSharingConsentsByCustomerId', { customer_id: customerId, status: 'INACTIVE' });
    expect(inactive.consents.map((one) => one.consentReceiptId)).toEqual([all[1]!.consentReceiptId]);
    expect((await client.call('GetDataSharingConsentsByCustomerId', { customer_id: customerId, status: 'ACTIVE' })).found).toBe(2);
    const byContext = await Promise.all((['partner', 'crossPartner'] as const).map((context) => client.call('GetDataSharingConsentsByCustomerId', { customer_id: customerId, context })));
    expect(byContext.reduce((sum, { found }) => sum + found, 0)).toBe(3);
    expect(byContext[0]!.consents.every(({ context }) => context === 'partner')).toBe(true);
  });
  good('GetDataSharingConsentsByCustomerId', 'tells of accounts and sign-ins that were deleted', async (bench) => {
    const { customerId, consent, loginAt } = await twoBanks(bench);
    const gone = consent.institutions!.find(({ institutionId }) => institutionId === String(PROFILES_BANK))!.accounts![0]!.id;
    await bench.client.send('DeleteCustomerAccount', { customerId, accountId: gone });
    await bench.client.send('DeleteCustomerAccountsByInstitutionLogin', { customerId, institutionLoginId: loginAt(FINBANK) });
    const [after] = await list(bench.client, customerId);
    expect(after!.consentReceiptId).toBe(consent.consentReceiptId);
    expect(states(after!)).toEqual({ [PROFILES_BANK]: 'ACTIVE', [FINBANK]: 'REVOKED' });
    const [profiles, finBank] = [PROFILES_BANK, FINBANK].map((bank) => after!.institutions!.find(({ institutionId }) => institutionId === String(bank))!);
    expect(profiles!.accounts!.filter(({ status }) => status === 'INACTIVE').map(({ id }) => id)).toEqual([gone]);
    expect(finBank).toMatchObject({ lastUpdatedBy: 'PARTNER' });
    expect(finBank!.accounts!.every(({ status }) => status === 'INACTIVE')).toBe(true);
  });
  for (const [title, fault, code] of [
    ['an unknown sort field', { sort_by: 'created' }, 10100], ['an order in small letters', { sort_order: 'asc' }, 10100], ['an unknown status', { status: 'REVOKED' }, 10100],
    ['page 0', { start: 0 }, 10100], ['too large a page', { limit: 1001 }, 10100], ['an unknown context', { context: 'other' }, 10100], ['a customer id with letters', { customer_id: 'abc' }, 10100],
  ] as const) {
    wrong('GetDataSharingConsentsByCustomerId', title, { status: 400, code }, async ({ client, raw }) =>
      raw('GetDataSharingConsentsByCustomerId', { parameters: { customer_id: await enroll(client), ...fault } }));
  }
  wrong('GetDataSharingConsentsByCustomerId', 'no customer', { status: 400, code: 14020 }, ({ raw }) => raw('GetDataSharingConsentsByCustomerId'));
  wrong('GetDataSharingConsentsByCustomerId', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) =>
    client.send('GetDataSharingConsentsByCustomerId', { customer_id: UNKNOWN_CUSTOMER }));
  wrong('GetDataSharingConsentsByCustomerId', 'no token, with the code as text', { status: 401, code: 10024 }, async ({ raw }) => {
    const answer = await raw('GetDataSharingConsentsByCustomerId', { parameters: { customer_id: UNKNOWN_CUSTOMER }, headers: { 'finicity-app-token': undefined } });
    expect(answer.json).toEqual({ code: '10024', status: '401', message: 'Missing parameter (App-Token)', user_message: '' });
    return answer;
  });
});

describe('One consent', () => {
  good('GetDataSharingConsentsByID', 'can cover two institutions', async (bench) => {
    const at = await twoBanks(bench);
    expect(states(await read(bench.client, at))).toEqual({ [PROFILES_BANK]: 'ACTIVE', [FINBANK]: 'ACTIVE' });
  });
  good('GetDataSharingConsentsByID', 'expires after a year, until the person signs in again', async (bench) => {
    const { client, sandbox } = bench;
    const customerId = await enroll(client);
    await link(client, customerId);
    const [{ consentReceiptId: consent_receipt_id } = { consentReceiptId: '' }] = await list(client, customerId);
    await sandbox.control.clock({ advance: 366 * DAY });
    expect(await read(client, { consent_receipt_id })).toMatchObject({ statusDetails: { status: 'INACTIVE' }, institutions: [{ statusDetails: { status: 'EXPIRED' }, lastUpdatedBy: 'SYSTEM' }] });
    await link(client, customerId);
    const renewed = await read(client, { consent_receipt_id });
    expect(renewed).toMatchObject({ statusDetails: { status: 'ACTIVE' }, institutions: [{ statusDetails: { status: 'ACTIVE' } }] });
    expect(renewed.receiptVersion).toBeGreaterThan(1);
  });
  wrong('GetDataSharingConsentsByID', 'an unknown consent', { status: 404, code: 10215 }, ({ client }) => client.send('GetDataSharingConsentsByID', { consent_receipt_id: NO_CONSENT }));
  wrong('GetDataSharingConsentsByID', 'what is no id at all', { status: 404, code: 10215 }, ({ client }) => client.send('GetDataSharingConsentsByID', { consent_receipt_id: 'x' }));
  wrong('GetDataSharingConsentsByID', 'the consent of a deleted customer', { status: 404, code: 10215 }, async (bench) => {
    const { customerId, consent_receipt_id } = await twoBanks(bench);
    await bench.client.send('DeleteCustomer', { customerId });
    return bench.client.send('GetDataSharingConsentsByID', { consent_receipt_id });
  });
});

describe('Revoking', () => {
  good('RevokeDataSharingConsentById', 'ends every institution, and the accounts can be refreshed no more', async (bench) => {
    const at = await twoBanks(bench);
    const now = (await bench.sandbox.control.health()).now;
    await bench.client.send('RevokeDataSharingConsentById', { consent_receipt_id: at.consent_receipt_id, 'Update-By': 'PARTNER' });
    const after = await read(bench.client, at);
    expect(after.statusDetails.status).toBe('INACTIVE');
    expect(Math.abs(Date.parse(after.statusDetails.statusDate) / 1000 - now)).toBeLessThan(30);
    expect(after.receiptVersion).toBeGreaterThan(at.consent.receiptVersion);
    expect(states(after)).toEqual({ [PROFILES_BANK]: 'REVOKED', [FINBANK]: 'REVOKED' });
    expect(after.institutions!.map(({ lastUpdatedBy }) => lastUpdatedBy)).toEqual(['PARTNER', 'PARTNER']);
    await bench.client.call('RefreshCustomerAccounts', { customerId: at.customerId });
    expect(await codesAt(bench.client, at.customerId, FINBANK)).toEqual(new Set([947]));
  });
  good('RevokeDataSharingConsentById', 'once more changes nothing', async (bench) => {
    const at = await twoBanks(bench);
    await bench.client.send('RevokeDataSharingConsentById', { consent_receipt_id: at.consent_receipt_id });
    const first = await read(bench.client, at);
    await bench.sandbox.control.clock({ advance: 600 });
    await bench.client.send('RevokeDataSharingConsentById', { consent_receipt_id: at.consent_receipt_id, 'Update-By': 'PARTNER' });
    expect(await read(bench.client, at)).toEqual(first);
  });
  wrong('RevokeDataSharingConsentById', 'an unknown consent', { status: 404, code: 10215 }, ({ client }) =>
    client.send('RevokeDataSharingConsentById', { consent_receipt_id: NO_CONSENT, 'Update-By': 'CUSTOMER' }));

  good('RevokeDataSharingConsentByInstitutionLoginID', 'ends one institution; signing in there brings it back', async (bench) => {
    const at = await twoBanks(bench);
    const { client } = bench;
    await client.send('RevokeDataSharingConsentByInstitutionLoginID', { consent_receipt_id: at.consent_receipt_id, institution_login_id: at.loginAt(FINBANK), 'Update-By': 'CUSTOMER' });
    const after = await read(client, at);
    expect(after.statusDetails.status).toBe('ACTIVE');
    expect(states(after)).toEqual({ [PROFILES_BANK]: 'ACTIVE', [FINBANK]: 'REVOKED' });
    expect(await codesAt(client, at.customerId, FINBANK)).toEqual(new Set([947]));
    expect(await codesAt(client, at.customerId, PROFILES_BANK)).toEqual(new Set([0]));
    await link(client, at.customerId, 'go', FINBANK, 'demo');
    expect(states(await read(client, at))).toEqual({ [PROFILES_BANK]: 'ACTIVE', [FINBANK]: 'ACTIVE' });
    expect(await codesAt(client, at.customerId, FINBANK)).toEqual(new Set([0]));
  });
  good('RevokeDataSharingConsentByInstitutionLoginID', 'of the last institution ends the consent', async (bench) => {
    const at = await twoBanks(bench);
    for (const bank of [PROFILES_BANK, FINBANK]) {
      await bench.client.send('RevokeDataSharingConsentByInstitutionLoginID', { consent_receipt_id: at.consent_receipt_id, institution_login_id: at.loginAt(bank) });
    }
    expect((await read(bench.client, at)).statusDetails.status).toBe('INACTIVE');
  });
  wrong('RevokeDataSharingConsentByInstitutionLoginID', 'a sign-in of another consent', { status: 404, code: 10215 }, async (bench) => {
    const [mine, other] = [await twoBanks(bench), await twoBanks(bench)];
    return bench.client.send('RevokeDataSharingConsentByInstitutionLoginID', { consent_receipt_id: mine.consent_receipt_id, institution_login_id: other.loginAt(FINBANK) });
  });
  wrong('RevokeDataSharingConsentByInstitutionLoginID', 'a sign-in with letters', { status: 404, code: 10215 }, async (bench) =>
    bench.raw('RevokeDataSharingConsentByInstitutionLoginID', { parameters: { consent_receipt_id: (await twoBanks(bench)).consent_receipt_id, institution_login_id: 'abc' } }));
  wrong('RevokeDataSharingConsentByInstitutionLoginID', 'an unknown consent', { status: 404, code: 10215 }, ({ client }) =>
    client.send('RevokeDataSharingConsentByInstitutionLoginID', { consent_receipt_id: NO_CONSENT, institution_login_id: '930000004' }));
});
