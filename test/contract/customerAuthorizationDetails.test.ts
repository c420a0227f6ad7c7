// Contract of the family Customer Authorization Details.
import { describe, expect } from 'vitest';
import type { Client } from '../../src/client/types.ts';
import { good, wrong } from '../support/contract.ts';
import { enroll, FINBANK, link } from '../support/people.ts';

const DAY = 86_400;
/** The OAuth twin of FinBank. */
const OAUTH = 102176;

async function signedIn(client: Client, bank = OAUTH) {
  const customerId = await enroll(client);
  const accounts = await link(client, customerId, 'go', bank, 'demo');
  return { customerId, institution_login_id: Number(accounts[0]!.institutionLoginId) };
}

describe('Customer Authorization Details', () => {
  good('getCustomerAuthorizationDetails', 'a year from the sign-in', async ({ client, sandbox }) => {
    const { institution_login_id } = await signedIn(client);
    const now = (await sandbox.control.health()).now;
    const details = await client.call('getCustomerAuthorizationDetails', { institution_login_id });
    expect(details.institutionLoginId).toBe(institution_login_id);
    expect(Math.abs(Date.parse(details.authorizationStartDate) / 1000 - now)).toBeLessThan(60);
    expect(Date.parse(details.authorizationEndDate) - Date.parse(details.authorizationStartDate)).toBe(365 * DAY * 1000);
  });
  wrong('getCustomerAuthorizationDetails', 'a sign-in with user name and password', { status: 404, code: 3003 }, async ({ client }) => {
    const { institution_login_id } = await signedIn(client, FINBANK);
    return client.send('getCustomerAuthorizationDetails', { institution_login_id });
  });
  wrong('getCustomerAuthorizationDetails', 'an unknown sign-in', { status: 404, code: 3003 }, ({ client }) =>
    client.send('getCustomerAuthorizationDetails', { institution_login_id: 930_000_004 }));
  wrong('getCustomerAuthorizationDetails', 'a word for an id', { status: 404, code: 3003 }, ({ raw }) =>
    raw('getCustomerAuthorizationDetails', { parameters: { institution_login_id: 'abc' } }));
  wrong('getCustomerAuthorizationDetails', 'a permission that was revoked', { status: 404, code: 3004 }, async ({ client }) => {
    const { customerId, institution_login_id } = await signedIn(client);
    const [consent] = (await client.call('GetDataSharingConsentsByCustomerId', { customer_id: customerId })).consents;
    await client.send('RevokeDataSharingConsentById', { consent_receipt_id: consent!.consentReceiptId });
    return client.send('getCustomerAuthorizationDetails', { institution_login_id });
  });
  wrong('getCustomerAuthorizationDetails', 'a permission that has run out', { status: 404, code: 3004 }, async ({ client, sandbox }) => {
    const { institution_login_id } = await signedIn(client);
    await sandbox.control.clock({ advance: 366 * DAY });
    return client.send('getCustomerAuthorizationDetails', { institution_login_id });
  });
  wrong('getCustomerAuthorizationDetails', 'a sign-in that was removed', { status: 404, code: 3003 }, async ({ client }) => {
    const { customerId, institution_login_id } = await signedIn(client);
    await client.send('DeleteCustomerAccountsByInstitutionLogin', { customerId, institutionLoginId: String(institution_login_id) });
    return client.send('getCustomerAuthorizationDetails', { institution_login_id });
  });
});
