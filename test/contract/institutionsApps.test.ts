// Contract of the families Institutions and App Registration.
import { describe, expect } from 'vitest';
import type { components } from '../../src/api/generated/types.d.ts';
import { good, wrong } from '../support/contract.ts';
import { enroll, FINBANK, link, PROFILES_BANK, UNKNOWN_CUSTOMER } from '../support/people.ts';

/** The institution id in the public description's and the Python SDK's examples. */
const SDK_EXAMPLE = 4222;

describe('Institutions', () => {
  good('GetInstitutions', 'pages by page number to the last one', async ({ client }) => {
    const seen = new Set<number>();
    let found = 0;
    for await (const page of client.pages<{ id: number }>('GetInstitutions', {}, { limit: 100 })) {
      for (const { id } of page.items) seen.add(id);
      found = page.found ?? 0;
    }
    expect(seen.size).toBe(found);
    expect(found).toBeGreaterThan(100);
    expect(seen).toContain(PROFILES_BANK);
  });
  good('GetInstitutions', 'finds by name, by product and by country; nothing found is an empty page', async ({ client }) => {
    const byName = await client.call('GetInstitutions', { search: 'finbank profiles' });
    expect(byName.institutions[0]).toMatchObject({ id: PROFILES_BANK, name: 'FinBank Profiles - A', voa: true });
    const loans = await client.call('GetInstitutions', { type: 'studentLoanData', limit: 1000 });
    expect(loans.institutions.length).toBeGreaterThan(0);
    expect(loans.institutions.every((one) => one.studentLoanData)).toBe(true);
    const canadian = await client.call('GetInstitutions', { supportedCountries: 'ca', limit: 1000 });
    expect(canadian.found).toBeGreaterThan(0);
    expect(canadian.found).toBeLessThan((await client.call('GetInstitutions', { supportedCountries: '*' })).found);
    expect(await client.call('GetInstitutions', { search: 'qqqqqqqq' })).toMatchObject({ displaying: 0, institutions: [], moreAvailable: false });
  });
  wrong('GetInstitutions', 'page 0', { status: 400, code: 41003 }, ({ client }) => client.send('GetInstitutions', { start: 0 }));
  wrong('GetInstitutions', 'limit 0', { status: 400, code: 41004 }, ({ client }) => client.send('GetInstitutions', { limit: 0 }));

  good('GetCertifiedInstitutions', 'wants every product that is named', async ({ client }) => {
    const { institutions } = await client.call('GetCertifiedInstitutions', { type: 'voa,ach', limit: 1000 });
    expect(institutions.length).toBeGreaterThan(0);
    expect(institutions.every((one) => one.voa && one.ach)).toBe(true);
  });
  wrong('GetCertifiedInstitutions', 'page 0', { status: 400, code: 41003 }, ({ client }) => client.send('GetCertifiedInstitutions', { start: 0 }));

  good('GetCertifiedInstitutionsWithRSSD', 'adds the id of the Federal Reserve', async ({ client }) => {
    const { institutions } = await client.call('GetCertifiedInstitutionsWithRSSD', { limit: 1000 });
    expect(institutions.some((one) => /^\d+$/.test(String(one.rssd ?? '')))).toBe(true);
  });
  wrong('GetCertifiedInstitutionsWithRSSD', 'limit 0', { status: 400, code: 41004 }, ({ client }) =>
    client.send('GetCertifiedInstitutionsWithRSSD', { limit: 0 }));

  good('GetInstitution', 'reads one, with its OAuth twin', async ({ client }) => {
    const { institution } = await client.call('GetInstitution', { institutionId: FINBANK });
    expect(institution).toMatchObject({ id: FINBANK, name: 'FinBank', oauthEnabled: false });
    const twin = await client.call('GetInstitution', { institutionId: institution.oauthInstitutionId! });
    expect(twin.institution.oauthEnabled).toBe(true);
  });
  good('GetInstitution', 'has the one of the public examples, whose calls run for a testing customer too', async ({ client, sandbox }) => {
    const { institution } = await client.call('GetInstitution', { institutionId: SDK_EXAMPLE });
    expect(institution).toMatchObject({ id: SDK_EXAMPLE, voa: true, ach: true, transAgg: true });
    expect((await client.call('GetInstitutionBranding', { institutionId: SDK_EXAMPLE })).branding.logo).toBeTruthy();
    const customerId = await enroll(client);
    const { link: address } = await client.call('GenerateLiteConnectUrl', { body: { partnerId: sandbox.credentials.partnerId, customerId, institutionId: SDK_EXAMPLE } });
    expect(new URL(address).searchParams.get('institutionId')).toBe(String(SDK_EXAMPLE));
    const linked = await link(client, customerId, 'go', SDK_EXAMPLE, 'demo');
    const { accounts } = await client.call('GetCustomerAccountsByInstitution', { customerId, institutionId: SDK_EXAMPLE });
    expect(accounts.map(({ id }) => id).sort()).toEqual(linked.map(({ id }) => id).sort());
  });
  good('GetInstitution', 'is right for every institution of the directory', async ({ client }) => {
    const { institutions } = await client.call('GetInstitutions', { limit: 1000 });
    for (const { id, name } of institutions) expect((await client.call('GetInstitution', { institutionId: id })).institution.name).toBe(name);
  });
  wrong('GetInstitution', 'an unknown id', { status: 404, code: 14006 }, ({ client }) => client.send('GetInstitution', { institutionId: 1 }));

  good('GetInstitutionBranding', 'gives colour and logos, and the logos can be fetched', async ({ client, sandbox }) => {
    const { branding } = await client.call('GetInstitutionBranding', { institutionId: FINBANK });
    expect(branding.primaryColor).toMatch(/^#[0-9A-F]{6}$/i);
    const logo = await fetch(branding.logo!);
    expect(new URL(branding.logo!).origin).toBe(sandbox.url);
    expect([logo.status, logo.headers.get('content-type'), (await logo.text()).includes('<svg')]).toEqual([200, 'image/svg+xml', true]);
  });
  wrong('GetInstitutionBranding', 'an institution without any', { status: 404, code: 14006 }, async ({ client }) => {
    const payroll = (await client.call('GetInstitutions', { search: 'FinPayroll' })).institutions[0]!;
    return client.send('GetInstitutionBranding', { institutionId: payroll.id });
  });

  good('GetInstitutionsByRoutingNumber', 'finds who has the number', async ({ client, exchanges }) => {
    // Which numbers there are is nobody's to know but the bank's; the test bank's is the one that the directory answers to.
    const number = await knownRoutingNumber();
    const { institutions } = await client.call('GetInstitutionsByRoutingNumber', { routing_number: Number(number) });
    expect(institutions?.map((one) => one.id)).toContain(FINBANK);
    expect(exchanges.at(-1)!.target).toContain(number);
  });
  wrong('GetInstitutionsByRoutingNumber', 'seven digits', { status: 400, code: 20024 }, ({ client }) =>
    client.send('GetInstitutionsByRoutingNumber', { routing_number: 1234567 }));
  wrong('GetInstitutionsByRoutingNumber', 'a number that nobody has', { status: 404, code: 20000 }, ({ client }) =>
    client.send('GetInstitutionsByRoutingNumber', { routing_number: 111111118 }));
});

/** No operation tells routing numbers, so this one fact comes from the sandbox's directory. */
async function knownRoutingNumber(): Promise<string> {
  const { institutions } = await import('../../src/sandbox/world/institutions.ts');
  return institutions().find(({ id }) => id === FINBANK)?.routingNumbers[0] ?? '';
}

describe('App Registration', () => {
  const body: components['schemas']['Application'] = {
    appName: 'Contract Budget', appDescription: 'A budget that keeps itself', appUrl: 'https://budget.example.com',
    ownerName: 'Larkspur Software', ownerAddressLine1: '18 Quarry Lane', ownerAddressLine2: 'Floor 2', ownerCity: 'Tooele', ownerState: 'UT', ownerPostalCode: '84074', ownerCountry: 'USA',
    image: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>').toString('base64'),
  };
  const { appName: _name, ...nameless } = body;

  good('RegisterApp', 'is pending first and approved a day later', async ({ client, sandbox }) => {
    const made = await client.call('RegisterApp', { body });
    expect(made.status).toBe('P');
    const state = async () => (await client.call('getApplications', { pre_app_id: made.preAppId })).applications?.[0];
    expect(await state()).toMatchObject({ status: 'P', name: 'Contract Budget' });
    expect((await state())?.applicationId).toBeUndefined();
    await sandbox.control.clock({ advance: 2 * 86_400 });
    expect(await state()).toMatchObject({ status: 'A', applicationId: expect.stringMatching(/^[\da-f-]{36}$/) as string });
  });
  wrong('RegisterApp', 'no name', { status: 400, code: 10005 }, ({ raw }) => raw('RegisterApp', { body: nameless }));

  good('ModifyAppRegistration', 'puts it before the reviewers again', async ({ client }) => {
    const [approved] = (await client.call('getApplications', { status: 'A' })).applications ?? [];
    const changed = await client.call('ModifyAppRegistration', { preAppId: String(approved!.preAppId), body });
    expect(changed).toEqual({ preAppId: approved!.preAppId, status: 'P' });
  });
  wrong('ModifyAppRegistration', 'an unknown registration', { status: 404, code: 3001 }, ({ client }) =>
    client.send('ModifyAppRegistration', { preAppId: '1', body }));
  wrong('ModifyAppRegistration', 'the name left out', { status: 400, code: 10005 }, ({ raw }) =>
    raw('ModifyAppRegistration', { parameters: { preAppId: '4101' }, body: nameless }));

  good('GetAppRegistrationStatus', 'lists one a page unless asked for more', async ({ client }) => {
    const first = await client.call('GetAppRegistrationStatus', {});
    expect(first.applications).toHaveLength(1);
    expect(first.totalPages).toBe(first.totalRecords);
    const all = await client.call('GetAppRegistrationStatus', { pageSize: 50 });
    expect(all.applications).toHaveLength(first.totalRecords);
    expect((await client.call('GetAppRegistrationStatus', { pageSize: 50, status: 'R' })).applications.every((one) => one.status === 'R' && one.note)).toBe(true);
  });
  wrong('GetAppRegistrationStatus', 'a state that does not exist', { status: 400, code: 14020 }, ({ client }) =>
    client.send('GetAppRegistrationStatus', { status: 'X' }));

  good('getApplications', 'lists registrations in all their states, by name and by id', async ({ client, sandbox }) => {
    const { preAppId } = await client.call('RegisterApp', { body });
    const { found, applications = [] } = await client.call('getApplications', {});
    expect(applications).toHaveLength(found!);
    expect(new Set(applications.map((one) => one.status))).toEqual(new Set(['A', 'P', 'R']));
    expect((await client.call('getApplications', { name: 'Contract Budget' })).applications?.map((one) => one.preAppId)).toEqual([preAppId]);
    await sandbox.control.clock({ advance: 3_600 });
    expect((await client.call('getApplications', { status: 'P' })).applications).toHaveLength(1);
  });
  wrong('getApplications', 'page 0', { status: 400, code: 3005 }, ({ client }) => client.send('getApplications', { start: 0 }));
  wrong('getApplications', 'limit 0', { status: 400, code: 3006 }, ({ client }) => client.send('getApplications', { limit: 0 }));
  wrong('getApplications', 'limit 101', { status: 400, code: 3007 }, ({ client }) => client.send('getApplications', { limit: 101 }));
  wrong('getApplications', 'a parameter that it does not know', { status: 400, code: 3008 }, ({ raw }) =>
    raw('getApplications', { parameters: { colour: 'teal' } }));
  wrong('getApplications', 'a state that does not exist', { status: 400, code: 3009 }, ({ client }) =>
    client.send('getApplications', { status: 'X' }));

  good('getRegisteredInstitutions', 'tells where an approved application is registered', async ({ client }) => {
    const [approved] = (await client.call('getApplications', { status: 'A' })).applications ?? [];
    const { institutions = [], found } = await client.call('getRegisteredInstitutions', { application_id: approved!.applicationId!, limit: 1000 });
    expect(institutions).toHaveLength(found!);
    expect(institutions.every((one) => one.status)).toBe(true);
    const one = institutions[0]!.institutionId!;
    expect((await client.call('getRegisteredInstitutions', { application_id: approved!.applicationId!, institution_id: one })).institutions).toEqual([institutions[0]]);
  });
  wrong('getRegisteredInstitutions', 'an unknown application', { status: 404, code: 3001 }, ({ client }) =>
    client.send('getRegisteredInstitutions', { application_id: '00000000-0000-4000-8000-000000000000' }));
  wrong('getRegisteredInstitutions', 'an institution without a registration', { status: 404, code: 3002 }, async ({ client }) => {
    const [approved] = (await client.call('getApplications', { status: 'A' })).applications ?? [];
    return client.send('getRegisteredInstitutions', { application_id: approved!.applicationId, institution_id: 1 });
  });

  good('SetCustomerAppID', 'assigns an application once', async ({ client }) => {
    const customerId = await enroll(client);
    const [first, second] = (await client.call('getApplications', { status: 'A' })).applications ?? [];
    await client.call('SetCustomerAppID', { customerId, applicationId: first!.applicationId! });
    expect((await client.call('GetCustomerWithAppData', { customerId })).applicationId).toBe(first!.applicationId);
    await expect(client.call('SetCustomerAppID', { customerId, applicationId: second!.applicationId! })).rejects.toMatchObject({ status: 400 });
  });
  wrong('SetCustomerAppID', 'an unknown application', { status: 400, code: 10007 }, async ({ client }) =>
    client.send('SetCustomerAppID', { customerId: await enroll(client), applicationId: '00000000-0000-4000-8000-000000000000' }));
  wrong('SetCustomerAppID', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) =>
    client.send('SetCustomerAppID', { customerId: UNKNOWN_CUSTOMER, applicationId: 'any' }));

  good('MigrateInstitutionLoginAccounts', 'moves the accounts to the OAuth twin', async ({ client }) => {
    const customerId = await enroll(client);
    const accounts = await link(client, customerId, 'go', FINBANK, 'demo');
    const { institution } = await client.call('GetInstitution', { institutionId: FINBANK });
    const moved = await client.call('MigrateInstitutionLoginAccounts', { customerId, institutionLoginId: String(accounts[0]!.institutionLoginId) });
    expect(moved.accounts).toHaveLength(accounts.length);
    expect(new Set(moved.accounts.map((one) => one.institutionId))).toEqual(new Set([String(institution.oauthInstitutionId)]));
  });
  wrong('MigrateInstitutionLoginAccounts', 'an institution without a twin', { status: 400, code: 20007 }, async ({ client }) => {
    const customerId = await enroll(client);
    const [account] = await link(client, customerId);
    return client.send('MigrateInstitutionLoginAccounts', { customerId, institutionLoginId: String(account!.institutionLoginId) });
  });
  wrong('MigrateInstitutionLoginAccounts', 'an unknown sign-in', { status: 404, code: 38007 }, async ({ client }) =>
    client.send('MigrateInstitutionLoginAccounts', { customerId: await enroll(client), institutionLoginId: '1' }));
});
