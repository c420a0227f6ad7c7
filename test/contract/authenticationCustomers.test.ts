// Contract of the families Authentication and Customers.
import { describe, expect } from 'vitest';
import type { FetchLike } from '../../src/client/types.ts';
import { AuthenticationError } from '../../src/client/errors.ts';
import { good, wrong } from '../support/contract.ts';
import { enroll, UNKNOWN_CUSTOMER, username } from '../support/people.ts';

describe('Authentication', () => {
  good('CreateToken', 'gives a token that opens the next call', async ({ client, ledger, exchanges }) => {
    await client.authenticate();
    await client.call('GetCustomers', { limit: 1 });
    expect(exchanges.map((one) => one.operationId)).toEqual(['CreateToken', 'GetCustomers']);
    const { token } = JSON.parse(Buffer.from(exchanges[0]!.bytes).toString()) as { token: string };
    expect(token).toMatch(/^[A-Za-z0-9]{20}$/);
    expect(exchanges[1]!.headers['finicity-app-token']).toBe(token);
    expect(ledger).toMatchObject({ attempts: 1, successes: 1, failures: 0 });
  });
  good('CreateToken', 'works over the global fetch as well, and answers the caller who asks for the token itself', async ({ client, sandbox }) => {
    const { partnerId, partnerSecret } = sandbox.credentials;
    const { token } = await client.call('CreateToken', { body: { partnerId, partnerSecret } });
    expect(token).toMatch(/^[A-Za-z0-9]{20}$/);
  }, { fetch: globalThis.fetch as unknown as FetchLike });
  wrong('CreateToken', 'a wrong secret', { status: 401, code: 10001 }, ({ client, sandbox: { credentials: { partnerId } } }) =>
    client.send('CreateToken', { body: { partnerId, partnerSecret: 'not-the-secret-1' } }));
  wrong('CreateToken', 'a partner that does not exist', { status: 401, code: 10001 }, ({ client }) =>
    client.send('CreateToken', { body: { partnerId: '1000000000000', partnerSecret: 'not-the-secret-1' } }));
  wrong('CreateToken', 'no partner id', { status: 400, code: 10005 }, ({ raw }) => raw('CreateToken', { body: { partnerSecret: 'x' } }));
  wrong('CreateToken', 'no app key', { status: 401, code: 10026 }, ({ raw, sandbox: { credentials: { partnerId, partnerSecret } } }) =>
    raw('CreateToken', { body: { partnerId, partnerSecret }, headers: { 'finicity-app-key': undefined } }));
  wrong('CreateToken', 'a wrong app key, in plain text', { status: 401 }, async ({ raw, sandbox: { credentials: { partnerId, partnerSecret } } }) => {
    const answer = await raw('CreateToken', { body: { partnerId, partnerSecret }, headers: { 'finicity-app-key': 'not-a-key' } });
    expect(answer.contentType).toMatch(/^text\/plain/);
    expect(answer.text).toBe('Invalid (Finicity-App-Key)');
    return answer;
  });

  const next = 'another-secret-2';
  good('ModifyPartnerSecret', 'ends the old secret at once', async ({ client, connect, sandbox: { credentials } }) => {
    const { partnerId, partnerSecret, appKey } = credentials;
    await client.call('ModifyPartnerSecret', { body: { partnerId, partnerSecret, newPartnerSecret: next } });
    await connect({ credentials: { partnerId, partnerSecret: next, appKey } }).authenticate();
    const old = await connect({ credentials: { partnerId, partnerSecret, appKey } }).authenticate().catch((error: unknown) => error);
    expect(old).toBeInstanceOf(AuthenticationError);
    expect(old).toMatchObject({ code: '10001', problem: 'credentials' });
  });
  good('ModifyPartnerSecret', 'leaves the old secret thirty days when asked to', async ({ client, connect, sandbox }) => {
    const { partnerId, partnerSecret, appKey } = sandbox.credentials;
    await client.call('ModifyPartnerSecret', { body: { partnerId, partnerSecret, newPartnerSecret: next, immediate: false } });
    await connect({ credentials: { partnerId, partnerSecret, appKey } }).authenticate();
    await sandbox.control.clock({ advance: 31 * 86_400 });
    await expect(connect({ credentials: { partnerId, partnerSecret, appKey } }).authenticate()).rejects.toMatchObject({ code: '10001' });
    await connect({ credentials: { partnerId, partnerSecret: next, appKey } }).authenticate();
  });
  wrong('ModifyPartnerSecret', 'a new secret without a digit', { status: 400, code: 24437 }, ({ client, sandbox: { credentials: { partnerId, partnerSecret } } }) =>
    client.send('ModifyPartnerSecret', { body: { partnerId, partnerSecret, newPartnerSecret: 'letters-alone' } }));
  wrong('ModifyPartnerSecret', 'no new secret', { status: 400, code: 10005 }, ({ raw, sandbox: { credentials: { partnerId, partnerSecret } } }) =>
    raw('ModifyPartnerSecret', { body: { partnerId, partnerSecret } }));
  wrong('ModifyPartnerSecret', 'a wrong present secret', { status: 401, code: 10001 }, ({ client, sandbox: { credentials: { partnerId } } }) =>
    client.send('ModifyPartnerSecret', { body: { partnerId, partnerSecret: 'not-the-secret-1', newPartnerSecret: next } }));
});

describe('Customers', () => {
  good('AddTestingCustomer', 'enrolls a customer that can be read', async ({ client }) => {
    const name = username();
    const made = await client.call('AddTestingCustomer', { body: { username: name, firstName: 'Noor', lastName: 'Haddad 🌱', phone: '8015550134', email: 'noor@example.com' } });
    expect(made.username).toBe(name);
    expect(await client.call('GetCustomer', { customerId: made.id })).toMatchObject({ username: name, type: 'testing', lastName: 'Haddad 🌱', email: 'noor@example.com' });
  });
  good('AddTestingCustomer', 'takes a username of 255 characters', async ({ client }) => {
    const name = `long-${'x'.repeat(250)}`;
    const { id } = await client.call('AddTestingCustomer', { body: { username: name } });
    expect((await client.call('GetCustomers', { username: name })).customers.map((one) => one.id)).toEqual([id]);
  });
  wrong('AddTestingCustomer', 'no username', { status: 400, code: 10005 }, ({ raw }) => raw('AddTestingCustomer', { body: { firstName: 'Noor' } }));
  wrong('AddTestingCustomer', 'a username of five characters', { status: 400, code: 110039 }, ({ client }) =>
    client.send('AddTestingCustomer', { body: { username: 'abcde' } }));
  wrong('AddTestingCustomer', 'a username of 256 characters', { status: 400, code: 110039 }, ({ client }) =>
    client.send('AddTestingCustomer', { body: { username: 'x'.repeat(256) } }));
  wrong('AddTestingCustomer', 'a username with an accent', { status: 400, code: 110039 }, ({ client }) =>
    client.send('AddTestingCustomer', { body: { username: 'rené-moreau' } }));
  wrong('AddTestingCustomer', 'a name with markup', { status: 400, code: 45003 }, ({ client }) =>
    client.send('AddTestingCustomer', { body: { username: username(), firstName: '<b>' } }));
  wrong('AddTestingCustomer', 'a taken username', { status: 409, code: 110002 }, async ({ client }) => {
    const { customers: [taken] } = await client.call('GetCustomers', { limit: 1 });
    return client.send('AddTestingCustomer', { body: { username: taken!.username } });
  });
  wrong('AddTestingCustomer', 'an application that does not exist', { status: 400, code: 10007 }, ({ client }) =>
    client.send('AddTestingCustomer', { body: { username: username(), applicationId: '00000000-0000-4000-8000-000000000000' } }));
  wrong('AddTestingCustomer', 'a body that is not JSON', { status: 400, code: 14020 }, ({ raw }) =>
    raw('AddTestingCustomer', { body: 'username=abcdef' }));

  good('AddCustomer', 'enrolls an active customer', async ({ client }) => {
    const { id } = await client.call('AddCustomer', { body: { username: username() } });
    expect((await client.call('GetCustomer', { customerId: id })).type).toBe('active');
  });
  wrong('AddCustomer', 'a plan without active customers, in plain text', { status: 401 }, ({ connect, sandbox }) => {
    const { partnerId, partnerSecret, testDriveAppKey: appKey } = sandbox.credentials;
    return connect({ credentials: { partnerId, partnerSecret, appKey } }).send('AddCustomer', { body: { username: username() } });
  });
  wrong('AddCustomer', 'a taken username', { status: 409, code: 110002 }, async ({ client }) => {
    const body = { username: username() };
    await client.call('AddCustomer', { body });
    return client.send('AddCustomer', { body });
  });

  good('GetCustomers', 'pages by record index to the last one', async ({ client }) => {
    const all: string[] = [];
    let found: number | undefined;
    for await (const page of client.pages<{ id: string }>('GetCustomers', {}, { limit: 16 })) {
      all.push(...page.items.map((one) => one.id));
      found = page.found;
    }
    expect(all.length).toBe(found);
    expect(new Set(all).size).toBe(all.length);
    expect((await client.call('GetCustomers', { start: 17, limit: 1 })).customers[0]?.id).toBe(all[16]);
  });
  good('GetCustomers', 'finds by username, by part of a name and by type; an unknown username is an empty page', async ({ client }) => {
    const { customers: [some] } = await client.call('GetCustomers', { limit: 1 });
    expect((await client.call('GetCustomers', { username: some!.username })).customers).toEqual([some]);
    expect((await client.call('GetCustomers', { search: `${some!.firstName} ${some!.lastName!.slice(0, 3)}` })).customers).toContainEqual(some);
    const [testing, active] = [await client.call('GetCustomers', { type: 'testing' }), await client.call('GetCustomers', { type: 'active' })];
    expect(new Set(testing.customers.map((one) => one.type))).toEqual(new Set(['testing']));
    expect(new Set(active.customers.map((one) => one.type))).toEqual(new Set(['active']));
    expect(await client.call('GetCustomers', { username: username() })).toMatchObject({ displaying: 0, customers: [], moreAvailable: false });
  });
  wrong('GetCustomers', 'start 0', { status: 400, code: 41003 }, ({ client }) => client.send('GetCustomers', { start: 0 }));
  wrong('GetCustomers', 'limit 0', { status: 400, code: 41004 }, ({ client }) => client.send('GetCustomers', { limit: 0 }));
  wrong('GetCustomers', 'a type that does not exist', { status: 400, code: 14016 }, ({ client }) =>
    client.send('GetCustomers', { type: 'sleeping' }));
  wrong('GetCustomers', 'no token', { status: 401, code: 10024 }, ({ raw }) => raw('GetCustomers', { headers: { 'finicity-app-token': undefined } }));
  wrong('GetCustomers', 'a token that nobody gave', { status: 401, code: 10022 }, ({ raw }) =>
    raw('GetCustomers', { headers: { 'finicity-app-token': 'x'.repeat(20) } }));
  wrong('GetCustomers', 'a token older than two hours', { status: 401, code: 10023 }, async ({ raw, sandbox }) => {
    expect((await raw('GetCustomers')).status).toBe(200);
    await sandbox.control.clock({ advance: 7_201 });
    return raw('GetCustomers');
  });
  wrong('GetCustomers', 'no app key', { status: 401, code: 10026 }, ({ raw }) => raw('GetCustomers', { headers: { 'finicity-app-key': undefined } }));

  good('GetCustomer', 'reads one', async ({ client }) => {
    const { customers: [first] } = await client.call('GetCustomers', { limit: 1 });
    expect(await client.call('GetCustomer', { customerId: first!.id })).toEqual(first);
  });
  wrong('GetCustomer', 'an unknown id', { status: 404, code: 14001 }, ({ client }) => client.send('GetCustomer', { customerId: UNKNOWN_CUSTOMER }));
  wrong('GetCustomer', 'an id that is none', { status: 400, code: 14023 }, ({ client }) => client.send('GetCustomer', { customerId: 'dana' }));

  good('ModifyCustomer', 'changes what is sent and leaves the rest', async ({ client }) => {
    const customerId = await enroll(client, { firstName: 'Noor', lastName: 'Haddad' });
    await client.call('ModifyCustomer', { customerId, body: { lastName: 'Reyes' } });
    expect(await client.call('GetCustomer', { customerId })).toMatchObject({ firstName: 'Noor', lastName: 'Reyes' });
  });
  wrong('ModifyCustomer', 'nothing to change', { status: 400, code: 10025 }, async ({ client }) =>
    client.send('ModifyCustomer', { customerId: await enroll(client), body: {} }));
  wrong('ModifyCustomer', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) =>
    client.send('ModifyCustomer', { customerId: UNKNOWN_CUSTOMER, body: { firstName: 'Noor' } }));

  good('DeleteCustomer', 'removes the customer', async ({ client }) => {
    const customerId = await enroll(client);
    await client.call('DeleteCustomer', { customerId });
    await expect(client.call('GetCustomer', { customerId })).rejects.toMatchObject({ status: 404, code: '14001' });
  });
  wrong('DeleteCustomer', 'one that is gone already', { status: 404, code: 14001 }, async ({ client }) => {
    const customerId = await enroll(client);
    await client.call('DeleteCustomer', { customerId });
    return client.send('DeleteCustomer', { customerId });
  });

  good('GetCustomerWithAppData', 'names the application of the customer', async ({ client }) => {
    const customerId = await enroll(client, { firstName: 'Noor', lastName: 'Haddad' });
    const approved = (await client.call('getApplications', { status: 'A' })).applications![0]!;
    await client.call('SetCustomerAppID', { customerId, applicationId: approved.applicationId! });
    expect(await client.call('GetCustomerWithAppData', { customerId })).toMatchObject({ id: customerId, applicationId: approved.applicationId, applicationName: approved.name });
  });
  wrong('GetCustomerWithAppData', 'a customer without an application', { status: 404, code: 50052 }, async ({ client }) =>
    client.send('GetCustomerWithAppData', { customerId: await enroll(client) }));
  wrong('GetCustomerWithAppData', 'a partner without any application', { status: 404, code: 50051 }, async ({ client }) =>
    client.send('GetCustomerWithAppData', { customerId: await enroll(client) }), { customers: 0 });
  wrong('GetCustomerWithAppData', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) =>
    client.send('GetCustomerWithAppData', { customerId: UNKNOWN_CUSTOMER }));
});
