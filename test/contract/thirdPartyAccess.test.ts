// Contract of the family Third Party Access.
import { describe, expect } from 'vitest';
import type { components } from '../../src/api/generated/types.d.ts';
import type { Client } from '../../src/client/types.ts';
import { good, wrong } from '../support/contract.ts';
import type { Bench } from '../support/contract.ts';
import { accountOf, enroll, link, UNKNOWN_ACCOUNT, UNKNOWN_CUSTOMER } from '../support/people.ts';

type Body = components['schemas']['ThirdPartyAccessKeyData'];
type Product = components['schemas']['ThirdPartyAccessProduct'];

const THIRD_PARTY = '2400000000099';
const accessPeriod = { type: 'timeframe', startTime: '2026-03-01T00:00:00Z', endTime: '2026-09-01T00:00:00Z' };

async function wanted({ client, sandbox }: Pick<Bench, 'client' | 'sandbox'>, more: Partial<Product> = {}): Promise<Body> {
  const customerId = await enroll(client);
  const accountId = accountOf(await link(client, customerId), 'checking').id;
  return { customerId, partnerId: sandbox.credentials.partnerId, thirdPartyPartnerId: THIRD_PARTY, products: [{ product: 'accountOwner', accountId, maxCalls: 20, accessPeriod, ...more }] };
}
async function grant(client: Client, body: Body) {
  const { data } = await client.call('GenerateThirdPartyAccessKey', { body });
  expect(data).toHaveLength(1);
  return data![0]!;
}
async function granted(bench: Bench): Promise<{ body: Body; consentReceiptId: string }> {
  const body = await wanted(bench);
  return { body, consentReceiptId: (await grant(bench.client, body)).receipt!.receiptId! };
}

describe('Third Party Access', () => {
  good('GenerateThirdPartyAccessKey', 'gives a signed receipt with pseudonyms', async (bench) => {
    const body = await wanted(bench);
    const { receipt, proof } = await grant(bench.client, { ...body, provenance: { ipAddress: '192.0.2.18' } });
    expect(receipt).toMatchObject({
      receiptId: expect.stringMatching(/^cr_[A-Za-z\d]{30}$/), profile: 3, version: '1', partnerId: body.partnerId, provenance: { ipAddress: '192.0.2.18' },
      products: [{ product: 'accountOwner', maxCalls: 20, accessPeriod }],
    });
    expect(receipt!.customerId).toMatch(/^\d{19}$/);
    expect(JSON.stringify(receipt)).not.toContain(body.customerId);
    expect(JSON.stringify(receipt)).not.toContain(body.products[0]!.accountId);
    expect(proof).toMatchObject({ keyId: expect.any(String), timestamp: receipt!.timestamp });
    expect(Buffer.from(proof!.signature!, 'base64')).toHaveLength(32);
  });
  good('GenerateThirdPartyAccessKey', 'the same account is the same pseudonym for one third party, another for the next', async (bench) => {
    const body = await wanted(bench);
    const [first, again, other] = [await grant(bench.client, body), await grant(bench.client, body), await grant(bench.client, { ...body, thirdPartyPartnerId: '2400000000098' })];
    expect(again.receipt!.receiptId).not.toBe(first.receipt!.receiptId);
    expect(again.receipt!.products![0]!.accountId).toBe(first.receipt!.products![0]!.accountId);
    expect(other.receipt!.products![0]!.accountId).not.toBe(first.receipt!.products![0]!.accountId);
  });
  wrong('GenerateThirdPartyAccessKey', 'an account of somebody else', { status: 404, code: 38003 }, async (bench) =>
    bench.client.send('GenerateThirdPartyAccessKey', { body: await wanted(bench, { accountId: UNKNOWN_ACCOUNT }) }));
  wrong('GenerateThirdPartyAccessKey', 'an unknown customer', { status: 404, code: 14001 }, async (bench) =>
    bench.client.send('GenerateThirdPartyAccessKey', { body: { ...(await wanted(bench)), customerId: UNKNOWN_CUSTOMER } }));
  wrong('GenerateThirdPartyAccessKey', 'another partner', { status: 404, code: 14003 }, async (bench) =>
    bench.client.send('GenerateThirdPartyAccessKey', { body: { ...(await wanted(bench)), partnerId: THIRD_PARTY } }));
  wrong('GenerateThirdPartyAccessKey', 'a period that ends before it starts', { status: 400, code: 14020 }, async (bench) =>
    bench.client.send('GenerateThirdPartyAccessKey', { body: await wanted(bench, { accessPeriod: { ...accessPeriod, endTime: '2026-02-01T00:00:00Z' } }) }));
  wrong('GenerateThirdPartyAccessKey', 'fewer than no calls', { status: 400, code: 1618 }, async (bench) =>
    bench.raw('GenerateThirdPartyAccessKey', { body: await wanted(bench, { maxCalls: -1 }) }));
  wrong('GenerateThirdPartyAccessKey', 'an unknown product', { status: 400, code: 14020 }, async (bench) =>
    bench.raw('GenerateThirdPartyAccessKey', { body: await wanted(bench, { product: 'statements' as 'accountOwner' }) }));
  wrong('GenerateThirdPartyAccessKey', 'no products', { status: 400, code: 10005 }, async (bench) =>
    bench.raw('GenerateThirdPartyAccessKey', { body: { ...(await wanted(bench)), products: undefined } }));
  wrong('GenerateThirdPartyAccessKey', 'an empty list of products', { status: 400, code: 10005 }, async (bench) =>
    bench.client.send('GenerateThirdPartyAccessKey', { body: { ...(await wanted(bench)), products: [] } }));
  wrong('GenerateThirdPartyAccessKey', 'a number for the customer', { status: 400, code: 14023 }, async (bench) =>
    bench.raw('GenerateThirdPartyAccessKey', { body: { ...(await wanted(bench)), customerId: 7_200_000_001 } }));

  good('UpdateThirdPartyAccessKey', 'replaces what was granted, under the same id and a new signature', async (bench) => {
    const { body, consentReceiptId } = await granted(bench);
    await bench.sandbox.control.clock({ advance: 60 });
    const products: Product[] = [{ ...body.products[0]!, product: 'availableBalance', maxCalls: 3 }];
    const { data } = await bench.client.call('UpdateThirdPartyAccessKey', { consentReceiptId, body: { ...body, products } });
    expect(data![0]!.receipt).toMatchObject({ receiptId: consentReceiptId, products: [{ product: 'availableBalance', maxCalls: 3 }] });
    const { data: once } = await bench.client.call('UpdateThirdPartyAccessKey', { consentReceiptId, body });
    expect(once![0]!.proof!.signature).not.toBe(data![0]!.proof!.signature);
  });
  wrong('UpdateThirdPartyAccessKey', 'an unknown receipt', { status: 404, code: 14001 }, async (bench) =>
    bench.client.send('UpdateThirdPartyAccessKey', { consentReceiptId: 'cr_nobodyhasthis', body: await wanted(bench) }));
  wrong('UpdateThirdPartyAccessKey', 'a receipt of another customer', { status: 400, code: 14020 }, async (bench) => {
    const { consentReceiptId } = await granted(bench);
    return bench.client.send('UpdateThirdPartyAccessKey', { consentReceiptId, body: await wanted(bench) });
  });
  wrong('UpdateThirdPartyAccessKey', 'only what changes', { status: 400, code: 10005 }, async (bench) => {
    const { body, consentReceiptId } = await granted(bench);
    return bench.raw('UpdateThirdPartyAccessKey', { parameters: { consentReceiptId }, body: { products: body.products } });
  });

  good('RevokeThirdPartyAccessKey', 'ends one key and leaves the others', async (bench) => {
    const { body, consentReceiptId } = await granted(bench);
    const other = (await grant(bench.client, body)).receipt!.receiptId!;
    await bench.client.send('RevokeThirdPartyAccessKey', { consentReceiptId });
    expect(await bench.raw('UpdateThirdPartyAccessKey', { parameters: { consentReceiptId }, body })).toMatchObject({ status: 404, json: { code: 14001 } });
    await bench.client.call('UpdateThirdPartyAccessKey', { consentReceiptId: other, body });
  });
  wrong('RevokeThirdPartyAccessKey', 'a revoked key', { status: 404, code: 14001 }, async (bench) => {
    const { consentReceiptId } = await granted(bench);
    await bench.client.send('RevokeThirdPartyAccessKey', { consentReceiptId });
    return bench.client.send('RevokeThirdPartyAccessKey', { consentReceiptId });
  });
  wrong('RevokeThirdPartyAccessKey', 'an unknown receipt', { status: 404, code: 14001 }, ({ client }) =>
    client.send('RevokeThirdPartyAccessKey', { consentReceiptId: 'cr_nobodyhasthis' }));
});
