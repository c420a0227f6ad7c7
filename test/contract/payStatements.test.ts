// Contract of the family Pay Statements: what is stored can be downloaded as it was, by its customer alone.
import { describe, expect } from 'vitest';
import { good, wrong } from '../support/contract.ts';
import { enroll, UNKNOWN_CUSTOMER } from '../support/people.ts';

const FILES = {
  pdf: Buffer.from('%PDF-1.4\n% a pay slip\n'),
  png: Buffer.from('89504e470d0a1a0a0000000d', 'hex'),
  text: Buffer.from('a pay slip that is no picture'),
};
const body = (file: Buffer, label = 'lastPayPeriod') => ({ label, statement: file.toString('base64') });

describe('Pay statements', () => {
  good('StoreCustomerPayStatement', 'keeps the file as an asset, byte for byte', async ({ client }) => {
    const customerId = await enroll(client);
    const ids: string[] = [];
    for (const file of Object.values(FILES)) {
      const { assetId } = await client.call('StoreCustomerPayStatement', { customerId, body: body(file) });
      expect(assetId).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}-\d+$/);
      const { body: bytes } = await client.send('GetAssetByCustomerID', { customerId, assetId });
      expect(Buffer.from(bytes as Uint8Array).equals(file)).toBe(true);
      ids.push(assetId);
    }
    expect(new Set(ids).size).toBe(ids.length);
  });
  good('StoreCustomerPayStatement', 'takes Base64 in lines', async ({ client }) => {
    const customerId = await enroll(client);
    const file = Buffer.alloc(300, 7);
    const statement = file.toString('base64').replace(/(.{76})/g, '$1\r\n');
    const { assetId } = await client.call('StoreCustomerPayStatement', { customerId, body: { label: 'lastPayPeriodMinusOne', statement } });
    expect(Buffer.from((await client.send('GetAssetByCustomerID', { customerId, assetId })).body as Uint8Array).equals(file)).toBe(true);
  });
  wrong('StoreCustomerPayStatement', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) =>
    client.send('StoreCustomerPayStatement', { customerId: UNKNOWN_CUSTOMER, body: body(FILES.pdf) }));
  wrong('StoreCustomerPayStatement', 'no label', { status: 400, code: 10005 }, async ({ client, raw }) =>
    raw('StoreCustomerPayStatement', { parameters: { customerId: await enroll(client) }, body: { statement: 'JVBERi0=' } }));
  wrong('StoreCustomerPayStatement', 'no file', { status: 400, code: 10005 }, async ({ client, raw }) =>
    raw('StoreCustomerPayStatement', { parameters: { customerId: await enroll(client) }, body: { label: 'lastPayPeriod' } }));
  wrong('StoreCustomerPayStatement', 'an empty file', { status: 400, code: 10005 }, async ({ client }) =>
    client.send('StoreCustomerPayStatement', { customerId: await enroll(client), body: { label: 'lastPayPeriod', statement: '' } }));
  wrong('StoreCustomerPayStatement', 'a number as file', { status: 400, code: 14020 }, async ({ client, raw }) =>
    raw('StoreCustomerPayStatement', { parameters: { customerId: await enroll(client) }, body: { label: 'lastPayPeriod', statement: 17 } }));
  wrong('StoreCustomerPayStatement', 'no Base64', { status: 400, code: 14020 }, async ({ client }) =>
    client.send('StoreCustomerPayStatement', { customerId: await enroll(client), body: { label: 'lastPayPeriod', statement: 'data:application/pdf;base64,JVBERi0=' } }));
  wrong('StoreCustomerPayStatement', 'more than 5 MB', { status: 400, code: 14020 }, async ({ client }) =>
    client.send('StoreCustomerPayStatement', { customerId: await enroll(client), body: body(Buffer.alloc(5 * 1024 * 1024 + 1, 1)) }));

  wrong('GetAssetByCustomerID', 'another customer\'s pay statement', { status: 404, code: 13002 }, async ({ client }) => {
    const { assetId } = await client.call('StoreCustomerPayStatement', { customerId: await enroll(client), body: body(FILES.pdf) });
    return client.send('GetAssetByCustomerID', { customerId: await enroll(client), assetId });
  });
});
