// Contract of the family Portfolios.
import { describe, expect } from 'vitest';
import { good, wrong } from '../support/contract.ts';
import type { Bench } from '../support/contract.ts';
import { enroll, UNKNOWN_CUSTOMER } from '../support/people.ts';
import { follow, generate, ready } from '../support/reports.ts';
import type { Ready } from '../support/reports.ts';

const NOBODYS = 'h3v9c6t1qy8s-3-port';

/** Two finished reports of two kinds, and the ids of their portfolio: the second's version and the newest of all. */
async function two(bench: Bench) {
  const who = await ready(bench, 'profile_03');
  const first = await generate('GenerateVOAReport', bench, who);
  await follow(bench, who, first.id);
  const second = await generate('GeneratePrequalificationNonCRAReport', bench, who);
  await follow(bench, who, second.id);
  return { who, first, second, version: second.portfolioId!, newest: second.portfolioId!.replace(/-\d+-port$/, '-port') };
}

async function unfinished(bench: Bench): Promise<{ who: Ready; portfolioId: string }> {
  const who = await ready(bench, 'profile_03');
  return { who, portfolioId: (await generate('GenerateVOAReport', bench, who)).portfolioId! };
}

describe('Portfolios', () => {
  good('GetPortfolioByCustomer', 'holds the newest report of every kind', async (bench) => {
    const { who, first, second, version, newest } = await two(bench);
    const { customerId } = who;
    expect(first.portfolioId).not.toBe(version);
    for (const portfolioId of [version, newest]) {
      const found = await bench.client.call('GetPortfolioByCustomer', { customerId, portfolioId });
      expect(found.portfolioId).toBe(portfolioId);
      expect(found.reports.map((one) => [one.id, one.type, one.status]).sort()).toEqual([[first.id, 'voa', 'success'], [second.id, 'assetSummary', 'success']].sort());
    }
    expect((await bench.client.call('GetPortfolioByCustomer', { customerId, portfolioId: first.portfolioId! })).reports.map((one) => one.id)).toEqual([first.id]);
  });
  wrong('GetPortfolioByCustomer', 'a portfolio none of whose reports is finished', { status: 404, code: 10100 }, async (bench) => {
    const { who, portfolioId } = await unfinished(bench);
    return bench.client.send('GetPortfolioByCustomer', { customerId: who.customerId, portfolioId });
  });
  wrong('GetPortfolioByCustomer', 'an unknown portfolio', { status: 404, code: 10100 }, async ({ client }) =>
    client.send('GetPortfolioByCustomer', { customerId: await enroll(client), portfolioId: NOBODYS }));
  wrong('GetPortfolioByCustomer', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) =>
    client.send('GetPortfolioByCustomer', { customerId: UNKNOWN_CUSTOMER, portfolioId: NOBODYS }));

  good('GetPortfolioByConsumer', 'adds the consumer', async (bench) => {
    const { who, version } = await two(bench);
    const found = await bench.client.call('GetPortfolioByConsumer', { consumerId: who.consumerId, portfolioId: version });
    expect(found.consumer).toMatchObject({ id: who.consumerId, firstName: 'Noor', lastName: 'Haddad', customerId: Number(who.customerId) });
    expect(found.consumer.ssn).toMatch(/1111$/);
    expect(found.reports.length).toBeGreaterThan(0);
  });
  wrong('GetPortfolioByConsumer', 'an unknown consumer', { status: 404, code: 10100 }, ({ client }) =>
    client.send('GetPortfolioByConsumer', { consumerId: '0'.repeat(32), portfolioId: NOBODYS }));
  wrong('GetPortfolioByConsumer', 'an unknown portfolio', { status: 404, code: 10100 }, async (bench) =>
    bench.client.send('GetPortfolioByConsumer', { consumerId: (await ready(bench, 'profile_03')).consumerId, portfolioId: NOBODYS }));

  good('GetPortfolioByPathParamPortFolioID', 'reads one by its id alone', async (bench) => {
    const { who, first, version } = await two(bench);
    const found = await bench.client.call('GetPortfolioByPathParamPortFolioID', { portfolioId: version });
    expect(found!.consumer).toMatchObject({ id: who.consumerId, ssn: '1111' });
    expect(found!.reports.map((one) => one.id)).toContain(first.id);
  });
  good('GetPortfolioByPathParamPortFolioID', 'answers 204 where no consumer report is in it', async (bench) => {
    const who = await ready(bench, 'profile_03');
    const { id, portfolioId } = await generate('GeneratePrequalificationNonCRAReport', bench, who);
    await follow(bench, who, id);
    expect(await bench.client.send('GetPortfolioByPathParamPortFolioID', { portfolioId })).toMatchObject({ status: 204, size: 0 });
  });
  wrong('GetPortfolioByPathParamPortFolioID', 'an unknown portfolio, with a tracking id', { status: 404, code: 10010 }, async ({ client, exchanges }) => {
    const error = await client.send('GetPortfolioByPathParamPortFolioID', { portfolioId: NOBODYS }).catch((one: unknown) => one);
    expect(JSON.parse(Buffer.from(exchanges.at(-1)!.bytes).toString())).toMatchObject({ trackingId: expect.stringMatching(/^[\da-f-]{36}$/) as string });
    throw error;
  });
  wrong('GetPortfolioByPathParamPortFolioID', 'an id that is none', { status: 400, code: 10010 }, ({ client }) =>
    client.send('GetPortfolioByPathParamPortFolioID', { portfolioId: 'portfolio' }));
});
