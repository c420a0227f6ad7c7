// Consumers and businesses: the people and firms behind customers.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caller, startSandbox } from '../support/sandbox.ts';
import type { TestSandbox } from '../support/sandbox.ts';

let sandbox: TestSandbox;
let call: ReturnType<typeof caller>;
let made = 0;
const enroll = async () => (await call('POST', '/aggregation/v2/customers/testing', { username: `person-number-${++made}` })).json.id as string;
beforeAll(async () => {
  sandbox = await startSandbox({ customers: 60, now: 1_790_000_000 });
  call = caller(sandbox);
});
afterAll(() => sandbox.stop());

describe('a consumer', () => {
  const person = { firstName: 'Ana', lastName: 'Ruiz', state: 'UT', ssn: '999-60-1111', email: 'ana@example.com' };

  test('is made once, keeps its SSN to the last four, and shows what was not given as null', async () => {
    const customerId = await enroll();
    const path = `/decisioning/v1/customers/${customerId}/consumer`;
    expect((await call('GET', path)).json).toEqual({ code: 14001, message: 'Resource not found.' });
    const created = await call('POST', path, person);
    expect(created.status).toBe(201);
    expect(created.json).toMatchObject({ customerId: Number(customerId), createdDate: expect.any(Number), id: expect.stringMatching(/^[0-9a-f]{32}$/) });
    const read = (await call('GET', path)).json;
    expect(read).toMatchObject({ id: created.json.id, customerId: Number(customerId), ssn: '1111', firstName: 'Ana', phone: null, birthday: null });
    const again = await call('POST', path, person);
    expect([again.status, again.json]).toEqual([409, { code: 11000, message: `A consumer already exists for customer ${customerId}` }]);
    expect((await call('GET', `/decisioning/v1/consumers/${created.json.id}`)).json).toEqual(read);
  });

  test('changes only in the fields that are sent', async () => {
    const { id } = (await call('POST', `/decisioning/v1/customers/${await enroll()}/consumer`, person)).json;
    expect((await call('PUT', `/decisioning/v1/consumers/${id}`, { city: 'Murray', ssn: '888776666' })).status).toBe(204);
    expect((await call('GET', `/decisioning/v1/consumers/${id}`)).json).toMatchObject({ city: 'Murray', ssn: '6666', firstName: 'Ana', email: 'ana@example.com' });
  });

  test.each([
    [{ ...person, firstName: undefined }, 10005], [{ ...person, state: null }, 10005], [{ ...person, ssn: undefined }, 10005], [{ ...person, email: undefined }, 10005],
    [{ ...person, ssn: '12345' }, 10100], [{ ...person, phone: '12' }, 10100], [{ ...person, email: 'nobody' }, 10100],
    [{ ...person, birthday: { year: 1990, month: 2, dayOfMonth: 30 } }, 10100],
  ])('is refused when a field is missing or malformed (%#)', async (body, code) => {
    const refused = await call('POST', `/decisioning/v1/customers/${await enroll()}/consumer`, body);
    expect([refused.status, refused.json.code]).toEqual([400, code]);
  });

  test('takes a birthday for the SSN and a phone for the e-mail', async () => {
    const body = { firstName: 'Bo', lastName: 'Li', state: 'UT', birthday: { year: 1990, month: 2, dayOfMonth: 28 }, phone: '(801) 555-0142' };
    expect((await call('POST', `/decisioning/v1/customers/${await enroll()}/consumer`, body)).status).toBe(201);
  });

  test('that does not exist is 10100, its customer 14001', async () => {
    expect((await call('GET', '/decisioning/v1/consumers/1234')).json).toEqual({ code: 10100, message: 'Cannot find consumer with id 1234.' });
    const put = await call('PUT', '/decisioning/v1/consumers/1234', { city: 'X' });
    expect([put.status, put.json.code]).toEqual([404, 10100]);
    expect((await call('GET', '/decisioning/v1/customers/1234/consumer')).json).toEqual({ code: 14001, message: 'Resource not found.' });
  });

  test('SSNs never stand in the request log', async () => {
    const { id } = (await call('POST', `/decisioning/v1/customers/${await enroll()}/consumer`, person)).json;
    await call('PUT', `/decisioning/v1/consumers/${id}`, { ssn: '12-bad' });
    expect(JSON.stringify(await sandbox.control.requests())).not.toMatch(/999-?60-?1111|12-bad/);
  });
});

describe('a business', () => {
  const firm = { name: 'Ridge Tires', personallyLiable: false, address: { city: 'Murray' }, phoneNumber: { countryCode: '1', phoneNo: '8015550142' } };

  test('is made with 200, read as an array by both ways, and only once a customer', async () => {
    const customerId = await enroll();
    const path = `/business-services/customers/${customerId}/businesses`;
    expect((await call('GET', path)).json.code).toBe(10003);
    const created = await call('POST', path, firm);
    expect(created.status).toBe(200);
    expect(created.json).toMatchObject({ ...firm, businessId: expect.any(String), createdDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/) });
    expect((await call('GET', path)).json).toEqual([created.json]);
    expect((await call('GET', `/business-services/businesses/${created.json.businessId}`)).json).toEqual([created.json]);
    const again = await call('POST', path, firm);
    expect(again.status).toBe(409);
    expect(again.json.code).toBe(10004);
  });

  test('answers the object when it is changed', async () => {
    const created = (await call('POST', `/business-services/customers/${await enroll()}/businesses`, firm)).json;
    const changed = await call('PUT', `/business-services/businesses/${created.businessId}`, { ...firm, name: 'Ridge Wheels' });
    expect(changed.json).toMatchObject({ businessId: created.businessId, name: 'Ridge Wheels', createdDate: created.createdDate });
    expect((await call('GET', `/business-services/businesses/${created.businessId}`)).json).toEqual([changed.json]);
  });

  test('needs its fields and its customer', async () => {
    const customerId = await enroll();
    expect((await call('POST', `/business-services/customers/${customerId}/businesses`, { ...firm, personallyLiable: undefined })).json).toEqual({ code: 10005, message: 'Missing parameter (personallyLiable)' });
    expect((await call('POST', '/business-services/customers/1234/businesses', firm)).json.code).toBe(10002);
    expect((await call('GET', '/business-services/businesses/1234')).json.code).toBe(10003);
  });
});
