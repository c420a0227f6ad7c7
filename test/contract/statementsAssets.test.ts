// Contract of the family Bank Statements: PDFs straight from the bank, the list, stored files. The statement report is in reports.test.ts.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { Client } from '../../src/client/types.ts';
import { good, wrong } from '../support/contract.ts';
import { accountOf, customerWith, enroll, link, UNKNOWN_ACCOUNT, UNKNOWN_CUSTOMER } from '../support/people.ts';
import { pdfText } from '../support/pdfText.ts';

async function checking(client: Client) {
  const customerId = await enroll(client);
  const account = accountOf(await link(client, customerId), 'checking');
  return { account, at: { customerId, accountId: account.id } };
}
const bytesOf = async (client: Client, ...[id, input]: Parameters<Client['send']>) => (await client.send(id, input)).body as Uint8Array;

describe('Statements', () => {
  good('GetCustomerAccountStatement', 'is a PDF with the account and its rows as text', async ({ client }) => {
    const { account, at } = await checking(client);
    const { pages, text } = await pdfText(await bytesOf(client, 'GetCustomerAccountStatement', at));
    expect(pages).toBeGreaterThan(0);
    expect(text).toContain(account.name);
    expect(text).toContain(account.accountNumberDisplay.slice(-4));
    expect(text).toMatch(/Noor Haddad/i);
    expect(text).toMatch(/\d+\.\d\d/);
  });
  good('GetCustomerAccountStatement', 'is another one a month earlier, and can be streamed to a file', async ({ client }) => {
    const { at } = await checking(client);
    const folder = await mkdtemp(join(tmpdir(), 'statement-'));
    try {
      const target = join(folder, 'statement.pdf');
      const written = await client.download('GetCustomerAccountStatement', { ...at, index: 2 }, target);
      const bytes = await readFile(target);
      expect([bytes.length, await readdir(folder)]).toEqual([written, ['statement.pdf']]);
      const [older, newest] = [await pdfText(bytes), await pdfText(await bytesOf(client, 'GetCustomerAccountStatement', at))];
      expect(older.text).not.toBe(newest.text);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
  wrong('GetCustomerAccountStatement', 'index 0', { status: 400, code: 1618 }, async ({ client }) =>
    client.send('GetCustomerAccountStatement', { ...(await checking(client)).at, index: 0 }));
  wrong('GetCustomerAccountStatement', 'index 25', { status: 400, code: 14020 }, async ({ client }) =>
    client.send('GetCustomerAccountStatement', { ...(await checking(client)).at, index: 25 }));
  wrong('GetCustomerAccountStatement', 'an unknown account', { status: 404, code: 38003 }, async ({ client }) =>
    client.send('GetCustomerAccountStatement', { customerId: await enroll(client), accountId: UNKNOWN_ACCOUNT }));
  wrong('GetCustomerAccountStatement', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) =>
    client.send('GetCustomerAccountStatement', { customerId: UNKNOWN_CUSTOMER, accountId: UNKNOWN_ACCOUNT }));
  wrong('GetCustomerAccountStatement', 'an account whose credentials are wrong', { status: 500, code: 103 }, async ({ client }) => {
    const { customer, accounts } = await customerWith(client, (all) => all.some((one) => one.aggregationStatusCode === 103));
    return client.send('GetCustomerAccountStatement', { customerId: customer.id, accountId: accounts.find((one) => one.aggregationStatusCode === 103)!.id });
  });

  good('GetCustomerAccountMultipleStatement', 'names an asset for each that can be had', async ({ client }) => {
    const { at } = await checking(client);
    const { statements } = await client.call('GetCustomerAccountMultipleStatement', { ...at, index: '1,2,3' });
    expect(statements.map((one) => one.index)).toEqual(['1', '2', '3']);
    expect(new Set(statements.map((one) => one.id)).size).toBe(3);
    expect(statements.every((one) => (one.code ?? null) === null && /^[\da-f-]{36}-\d+$/.test(one.id ?? ''))).toBe(true);
  });
  good('GetCustomerAccountMultipleStatement', 'carries a code instead of an asset where the bank gives none', async ({ client }) => {
    const { customer, accounts } = await customerWith(client, (all) => all.some((one) => one.aggregationStatusCode === 103));
    const accountId = accounts.find((one) => one.aggregationStatusCode === 103)!.id;
    const { statements: [first] } = await client.call('GetCustomerAccountMultipleStatement', { customerId: customer.id, accountId });
    expect(first).toMatchObject({ index: '1', code: '103' });
    expect(first!.id).toBeUndefined();
  });
  wrong('GetCustomerAccountMultipleStatement', 'an index that is no number', { status: 400, code: 14020 }, async ({ client }) =>
    client.send('GetCustomerAccountMultipleStatement', { ...(await checking(client)).at, index: '1,newest' }));
  wrong('GetCustomerAccountMultipleStatement', 'an unknown account', { status: 404, code: 38003 }, async ({ client }) =>
    client.send('GetCustomerAccountMultipleStatement', { customerId: await enroll(client), accountId: UNKNOWN_ACCOUNT }));
});

describe('Assets', () => {
  good('GetAssetByCustomerID', 'is the statement that the list named', async ({ client }) => {
    const { at } = await checking(client);
    const { statements: [, second] } = await client.call('GetCustomerAccountMultipleStatement', { ...at, index: '1,2' });
    const asset = await pdfText(await bytesOf(client, 'GetAssetByCustomerID', { customerId: at.customerId, assetId: second!.id }));
    const straight = await pdfText(await bytesOf(client, 'GetCustomerAccountStatement', { ...at, index: 2 }));
    expect(asset).toEqual(straight);
  });
  wrong('GetAssetByCustomerID', 'an unknown asset', { status: 404, code: 13002 }, async ({ client }) =>
    client.send('GetAssetByCustomerID', { customerId: await enroll(client), assetId: '3f0e7c52-5d7e-4c0a-9a57-6f1f0a8f2b10-7200000001' }));
  wrong('GetAssetByCustomerID', 'somebody else\'s asset', { status: 404, code: 13002 }, async ({ client }) => {
    const { statements: [first] } = await client.call('GetCustomerAccountMultipleStatement', (await checking(client)).at);
    return client.send('GetAssetByCustomerID', { customerId: await enroll(client), assetId: first!.id });
  });
});
