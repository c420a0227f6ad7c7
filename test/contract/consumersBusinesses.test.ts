// Contract of the families Consumers and Businesses.
import { describe, expect } from 'vitest';
import type { components } from '../../src/api/generated/types.d.ts';
import { good, wrong } from '../support/contract.ts';
import { consumerBody, enroll, makeConsumer, UNKNOWN_CUSTOMER } from '../support/people.ts';

const UNKNOWN_CONSUMER = '0'.repeat(32);

describe('Consumers', () => {
  good('CreateConsumer', 'makes the consumer of a customer', async ({ client }) => {
    const customerId = await enroll(client);
    const made = await client.call('CreateConsumer', { customerId, body: consumerBody });
    expect(made.customerId).toBe(Number(customerId));
    expect(made.id).toMatch(/^[0-9a-f]{32}$/);
  });
  good('CreateConsumer', 'is content with a birthday and an e-mail address, and answers what was not given as null', async ({ client }) => {
    const customerId = await enroll(client);
    const { firstName, lastName, state, birthday, email } = consumerBody;
    await client.call('CreateConsumer', { customerId, body: { firstName, lastName, state, birthday, email } });
    expect(await client.call('GetConsumerForCustomer', { customerId })).toMatchObject({ birthday, email, ssn: null, phone: null, address: null });
  });
  good('CreateConsumer', 'takes a birthday in texts of digits and answers it in numbers', async ({ client }) => {
    const customerId = await enroll(client);
    await client.call('CreateConsumer', { customerId, body: { ...consumerBody, birthday: { year: '1988', month: '02', dayOfMonth: '29' } } });
    expect((await client.call('GetConsumerForCustomer', { customerId })).birthday).toEqual({ year: 1988, month: 2, dayOfMonth: 29 });
  });
  for (const birthday of [{ year: '88', month: '2', dayOfMonth: '1' }, { year: 1988, month: 'May', dayOfMonth: 1 }, { year: 1989, month: '2', dayOfMonth: '29' }, { year: 1988 }]) {
    wrong('CreateConsumer', `a birthday of ${JSON.stringify(birthday)}`, { status: 400, code: 10100 }, async ({ client, raw }) =>
      raw('CreateConsumer', { parameters: { customerId: await enroll(client) }, body: { ...consumerBody, birthday } }));
  }
  wrong('CreateConsumer', 'a second one', { status: 409, code: 11000 }, async ({ client }) => {
    const customerId = await enroll(client);
    await makeConsumer(client, customerId);
    return client.send('CreateConsumer', { customerId, body: consumerBody });
  });
  wrong('CreateConsumer', 'no first name', { status: 400, code: 10005 }, async ({ client, raw }) => {
    const { firstName: _left, ...body } = consumerBody;
    return raw('CreateConsumer', { parameters: { customerId: await enroll(client) }, body });
  });
  wrong('CreateConsumer', 'neither SSN nor birthday', { status: 400, code: 10005 }, async ({ client, raw }) => {
    const { ssn: _ssn, birthday: _birthday, ...body } = consumerBody;
    return raw('CreateConsumer', { parameters: { customerId: await enroll(client) }, body });
  });
  wrong('CreateConsumer', 'an SSN of eight digits', { status: 400, code: 10100 }, async ({ client }) =>
    client.send('CreateConsumer', { customerId: await enroll(client), body: { ...consumerBody, ssn: '99960111' } }));
  wrong('CreateConsumer', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) =>
    client.send('CreateConsumer', { customerId: UNKNOWN_CUSTOMER, body: consumerBody }));

  good('GetConsumerForCustomer', 'shows the last four digits of the SSN and no more', async ({ client, exchanges }) => {
    const customerId = await enroll(client);
    const id = await makeConsumer(client, customerId);
    expect(await client.call('GetConsumerForCustomer', { customerId })).toMatchObject({ id, ssn: '1111', firstName: 'Noor', customerId: Number(customerId) });
    expect(Buffer.from(exchanges.at(-1)!.bytes).toString()).not.toMatch(/999-?60-?1111/);
  });
  wrong('GetConsumerForCustomer', 'a customer without one', { status: 404, code: 14001 }, async ({ client }) =>
    client.send('GetConsumerForCustomer', { customerId: await enroll(client) }));
  wrong('GetConsumerForCustomer', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) =>
    client.send('GetConsumerForCustomer', { customerId: UNKNOWN_CUSTOMER }));

  good('GetConsumer', 'still answers when the customer is deleted', async ({ client }) => {
    const customerId = await enroll(client);
    const consumerId = await makeConsumer(client, customerId);
    await client.call('DeleteCustomer', { customerId });
    expect(await client.call('GetConsumer', { consumerId })).toMatchObject({ id: consumerId, lastName: 'Haddad' });
  });
  wrong('GetConsumer', 'an unknown id', { status: 404, code: 10100 }, ({ client }) => client.send('GetConsumer', { consumerId: UNKNOWN_CONSUMER }));

  good('ModifyConsumer', 'changes what is sent and leaves the rest', async ({ client }) => {
    const consumerId = await makeConsumer(client, await enroll(client));
    await client.call('ModifyConsumer', { consumerId, body: { city: 'Ogden', ssn: '999602222' } });
    expect(await client.call('GetConsumer', { consumerId })).toMatchObject({ city: 'Ogden', ssn: '2222', firstName: 'Noor', birthday: consumerBody.birthday });
  });
  wrong('ModifyConsumer', 'an unknown id', { status: 404, code: 10100 }, ({ client }) =>
    client.send('ModifyConsumer', { consumerId: UNKNOWN_CONSUMER, body: { city: 'Ogden' } }));
  wrong('ModifyConsumer', 'an e-mail address that is none', { status: 400, code: 10100 }, async ({ client }) =>
    client.send('ModifyConsumer', { consumerId: await makeConsumer(client, await enroll(client)), body: { email: 'nowhere' } }));
});

describe('Businesses', () => {
  const body: components['schemas']['NewBusiness'] = {
    name: 'Ridgeline Cabinets LLC', personallyLiable: true, address: { addressLine1: '18 Quarry Lane', city: 'Tooele', state: 'UT', country: 'US', postalCode: '84074' },
    phoneNumber: { countryCode: '1', phoneNo: '8015550176' }, url: 'https://ridgeline.example.com', email: 'office@example.com', type: 'LLC', taxId: '990412277',
  };

  good('AddBusinessDetails', 'makes the business of a customer', async ({ client }) => {
    const made = await client.call('AddBusinessDetails', { customer_id: await enroll(client), body });
    expect(made).toMatchObject(body);
    expect(made.createdDate).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
  });
  wrong('AddBusinessDetails', 'a second one', { status: 409, code: 10004 }, async ({ client }) => {
    const customer_id = await enroll(client);
    await client.call('AddBusinessDetails', { customer_id, body });
    return client.send('AddBusinessDetails', { customer_id, body });
  });
  wrong('AddBusinessDetails', 'no name', { status: 400, code: 10005 }, async ({ client, raw }) => {
    const { name: _left, ...rest } = body;
    return raw('AddBusinessDetails', { parameters: { customer_id: await enroll(client) }, body: rest });
  });
  wrong('AddBusinessDetails', 'an unknown customer', { status: 404, code: 10002 }, ({ client }) =>
    client.send('AddBusinessDetails', { customer_id: UNKNOWN_CUSTOMER, body }));

  good('GetBusinessByCustomer', 'answers an array of one', async ({ client }) => {
    const customer_id = await enroll(client);
    const made = await client.call('AddBusinessDetails', { customer_id, body });
    expect(await client.call('GetBusinessByCustomer', { customer_id })).toEqual([made]);
  });
  wrong('GetBusinessByCustomer', 'a customer without one', { status: 404, code: 10003 }, async ({ client }) =>
    client.send('GetBusinessByCustomer', { customer_id: await enroll(client) }));
  wrong('GetBusinessByCustomer', 'an unknown customer', { status: 404, code: 10002 }, ({ client }) =>
    client.send('GetBusinessByCustomer', { customer_id: UNKNOWN_CUSTOMER }));

  good('GetBusinessById', 'answers an array of one by id as well', async ({ client }) => {
    const made = await client.call('AddBusinessDetails', { customer_id: await enroll(client), body });
    expect(await client.call('GetBusinessById', { business_id: made.businessId! })).toEqual([made]);
  });
  wrong('GetBusinessById', 'an unknown id', { status: 404, code: 10003 }, ({ client }) => client.send('GetBusinessById', { business_id: '1' }));

  good('UpdateBusiness', 'takes the whole record and answers it', async ({ client }) => {
    const { businessId: business_id } = await client.call('AddBusinessDetails', { customer_id: await enroll(client), body });
    const changed = await client.call('UpdateBusiness', { business_id: business_id!, body: { ...body, name: 'Ridgeline & Sons' } });
    expect(changed).toMatchObject({ businessId: business_id, name: 'Ridgeline & Sons' });
    expect((await client.call('GetBusinessById', { business_id: business_id! }))[0]?.name).toBe('Ridgeline & Sons');
  });
  wrong('UpdateBusiness', 'an unknown id', { status: 404, code: 10003 }, ({ client }) => client.send('UpdateBusiness', { business_id: '1', body }));
  wrong('UpdateBusiness', 'the name left out', { status: 400, code: 10005 }, async ({ client, raw }) => {
    const { businessId } = await client.call('AddBusinessDetails', { customer_id: await enroll(client), body });
    const { name: _left, ...rest } = body;
    return raw('UpdateBusiness', { parameters: { business_id: businessId! }, body: rest });
  });
});
