// Contract of Small Business Credit Analytics: a shop is found by id or by name and address, its figures are answered at once and can be read
// again as a report, and they are what the firm's accounts took in.
import { describe, expect } from 'vitest';
import type { components } from '../../src/api/generated/types.d.ts';
import { good, wrong } from '../support/contract.ts';
import type { Bench } from '../support/contract.ts';
import { firm, firmBody } from '../support/firms.ts';
import type { Firm } from '../support/firms.ts';
import { accountOf, enroll, UNKNOWN_CUSTOMER } from '../support/people.ts';
import { pdfText } from '../support/pdfText.ts';

type Schemas = components['schemas'];
type Metrics = Schemas['SBCAMetrics'][number];

const search = { merchantName: firmBody.name, streetAddress: firmBody.address.addressLine1! };
const businessDetails: Schemas['BusinessDetailsRequest'] = {
  name: firmBody.name, personallyLiable: false, phoneNumber: { countryCode: '1', phoneNo: '2085550123' },
  address: { addressLine1: '410 Prospect Blvd', city: 'Boise', state: 'ID', country: 'US', postalCode: '83702' },
};
const params = (locationId: string, more: Partial<Schemas['SBCAParams']> = {}) => ({
  hasConsent: true, metricFrequency: 'Monthly', metricType: 'retail_sales_analytics' as const, locationId, ...more,
});
const asking = (sbcaParams: object, business: object = businessDetails) => ({ analyticsReportData: { sbcaParams, businessDetails: business } });
const NOWHERE = '00000000-0000-4000-a000-000000000000';

async function shop(bench: Bench): Promise<Firm & { locationId: string }> {
  const who = await firm(bench);
  const { locationMatches } = await bench.client.call('GetLocationMatches', search);
  return { ...who, locationId: locationMatches![0]!.locationId! };
}
const generate = async <T extends Schemas['SBCAAnalyticsReport'] | Schemas['SBCABenchmarkReport']>({ client }: Bench, { customerId }: Firm, body: object): Promise<T> =>
  (await client.send('GenerateSBCAMetricsReport', { customerId, body })).body as T;
const value = (period: NonNullable<Metrics['metricsLists']>[number], name: string) => period.metrics!.find((one) => one.name === name)!.value!;

describe('Finding a shop', () => {
  good('GetLocationMatches', 'finds a customer\'s firm by name and address, best first', async (bench) => {
    await firm(bench);
    const { locationMatches: found } = await bench.client.call('GetLocationMatches', {
      ...search, merchantName: 'copper kettle bakery', city: 'Boise', stateProvinceRegion: 'ID', postalCode: '83702',
    });
    expect(found![0]).toMatchObject({ matchRank: 1, merchantName: firmBody.name, city: 'Boise', state: 'ID', postalCode: '83702', countryCode: 'USA' });
    expect(found!.map(({ matchRank }) => matchRank)).toEqual(found!.map((_, at) => at + 1));
  });
  good('GetLocationMatches', 'finds a chain at three places at most, and each again by its id', async ({ client }) => {
    const { locationMatches: found } = await client.call('GetLocationMatches', { merchantName: 'Burrito Post', streetAddress: '1 Alder St' });
    expect(found).toHaveLength(3);
    expect(new Set(found!.map(({ locationId }) => locationId)).size).toBe(3);
    expect(found!.every(({ merchantName }) => merchantName === 'Burrito Post')).toBe(true);
    const near = await client.call('GetLocationMatches', {
      merchantName: 'Burrito Post', streetAddress: found![2]!.streetAddress!, city: found![2]!.city!, postalCode: found![2]!.postalCode!,
    });
    expect(near.locationMatches![0]!.locationId).toBe(found![2]!.locationId);
  });
  wrong('GetLocationMatches', 'a name that nobody has', { status: 404, code: 10100 }, ({ client }) => client.send('GetLocationMatches', { merchantName: 'Zyxwvut', streetAddress: '1 Alder St' }));
  wrong('GetLocationMatches', 'an id that nobody has', { status: 404, code: 10100 }, ({ client }) => client.send('GetLocationMatches', { idType: 'MERCHANT_ID', idValue: 'SBX-none' }));
  wrong('GetLocationMatches', 'nothing to search for', { status: 400, code: 10020 }, ({ client }) => client.send('GetLocationMatches', {}));
  wrong('GetLocationMatches', 'a name without an address', { status: 400, code: 10020 }, ({ client }) => client.send('GetLocationMatches', { merchantName: 'Burrito Post' }));
  wrong('GetLocationMatches', 'a kind of id without an id', { status: 400, code: 10020 }, ({ client }) => client.send('GetLocationMatches', { idType: 'MERCHANT_ID' }));
  wrong('GetLocationMatches', 'a kind of id that is none', { status: 400, code: 10025 }, ({ client }) => client.send('GetLocationMatches', { idType: 'SHOE_SIZE', idValue: '42' }));
  wrong('GetLocationMatches', 'a city with a hash', { status: 400, code: 10025 }, ({ raw }) => raw('GetLocationMatches', { parameters: { ...search, city: 'Boise #2' } }));
  wrong('GetLocationMatches', 'both ways at once', { status: 400, code: 10030 }, ({ client }) => client.send('GetLocationMatches', { idType: 'MERCHANT_ID', idValue: 'SBX0000001', ...search }));
  wrong('GetLocationMatches', 'a wrong app key, told in JSON', { status: 401, code: 10027 }, ({ raw }) => raw('GetLocationMatches', {
    parameters: search, headers: { 'finicity-app-key': 'wrong' },
  }));
});

describe('Figures of a shop', () => {
  good('GenerateSBCAMetricsReport', 'answers at once what the firm\'s accounts took in', async (bench) => {
    const who = await shop(bench);
    const report = await generate<Schemas['SBCAAnalyticsReport']>(bench, who, asking(params(who.locationId)));
    expect(bench.exchanges.at(-1)!.status).toBe(200);
    expect(report).toMatchObject({
      type: 'sbcaanalyticsnoncra', status: 'success', customerId: Number(who.customerId), customerType: 'testing',
      constraints: asking(params(who.locationId)),
    });
    expect(report.id).toMatch(/-sbcaanalyticsnoncra$/);
    const [figures] = report.retailSalesAnalyticsMetrics;
    expect(figures).toMatchObject({ locationId: who.locationId, metricsFrequency: 'Monthly' });
    const periods = figures!.metricsLists!;
    expect(periods.length).toBeGreaterThanOrEqual(23);
    const month = periods.at(-1)!;
    expect([month.periodStartDate!.slice(8), Number(month.periodStartDate!.slice(0, 4))]).toEqual(['01', month.year]);
    const [fromDate, toDate] = [Date.parse(`${month.periodStartDate}T00:00:00Z`) / 1000, Date.parse(`${month.periodEndDate}T23:59:59Z`) / 1000];
    const page = await bench.client.call('GetCustomerAccountTransactions', {
      customerId: who.customerId, accountId: accountOf(who.accounts, 'checking').id, fromDate, toDate, limit: 1000,
    });
    const sold = page.transactions.filter((row) => row.status === 'active' && row.amount > 0 && row.categorization?.category !== 'Transfer').reduce((sum, row) => sum + row.amount, 0);
    expect(value(month, 'txn_amt')).toBeCloseTo(sold, 1);
    expect(value(month, 'txn_cnt')).toBeGreaterThan(0);
  });
  good('GenerateSBCAMetricsReport', 'compares week by week, and is read again like any report', async (bench) => {
    const who = await shop(bench);
    const report = await generate<Schemas['SBCABenchmarkReport']>(bench, who, asking(params(who.locationId, {
      metricFrequency: 'weekly', metricType: 'retail_sales_benchmarks',
    })));
    expect(report.type).toBe('sbcabenchmarksnoncra');
    const [figures] = report.retailSalesBenchmarksMetrics;
    expect(figures!.metricsFrequency).toBe('Weekly');
    const weeks = figures!.metricsLists!;
    expect(weeks.every(({ periodStartDate, periodEndDate }) => new Date(periodStartDate!).getUTCDay() === 0 && new Date(periodEndDate!).getUTCDay() === 6)).toBe(true);
    const mean = weeks.reduce((sum, week) => sum + value(week, 'txn_cnt_index'), 0) / weeks.length;
    expect(mean).toBeGreaterThan(80);
    expect(mean).toBeLessThan(125);
    expect(await bench.client.call('GetReportByCustomer', { customerId: who.customerId, reportId: report.id })).toEqual(report);
    const { body } = await bench.client.send('GetReportByCustomer', { customerId: who.customerId, reportId: report.id }, { accept: 'application/pdf' });
    const { text } = await pdfText(body as Uint8Array);
    for (const words of [report.id, 'txn_cnt_index', weeks[0]!.periodStartDate!]) expect(text).toContain(words);
    expect((await bench.client.call('GetReportsByCustomerId', { customerId: who.customerId })).reports.map(({ id, status }) => [id, status])).toEqual([[report.id, 'success']]);
  });

  const refused = (title: string, code: number, body: (locationId: string) => object, status = 400) =>
    wrong('GenerateSBCAMetricsReport', title, { status, code }, async (bench) => {
      const who = await shop(bench);
      return bench.raw('GenerateSBCAMetricsReport', { parameters: { customerId: who.customerId }, body: body(who.locationId) });
    });
  refused('an empty body', 10020, () => ({}));
  refused('no details of the firm', 10020, (id) => ({ analyticsReportData: { sbcaParams: params(id) } }));
  refused('no consent', 10025, (id) => asking(params(id, { hasConsent: false })));
  refused('a consent in words', 10025, (id) => asking({ ...params(id), hasConsent: 'yes' }));
  refused('a frequency that is none', 10025, (id) => asking(params(id, { metricFrequency: 'Daily' })));
  refused('figures that are none', 10025, (id) => asking({ ...params(id), metricType: 'shoe_sales' }));
  refused('a location that is no UUID', 10003, () => asking(params('here')));
  refused('a country that is none', 10000, (id) => asking(params(id), { ...businessDetails, address: { ...businessDetails.address, country: '1' } }));
  refused('a telephone number in letters', 10000, (id) => asking(params(id), { ...businessDetails, phoneNumber: { countryCode: '1', phoneNo: 'BAKERY1' } }));
  refused('a location that nobody knows', 10100, () => asking(params(NOWHERE)), 404);
  wrong('GenerateSBCAMetricsReport', 'a customer that sold nothing', { status: 404, code: 10100 }, async (bench) => {
    const { locationId } = await shop(bench);
    return bench.client.send('GenerateSBCAMetricsReport', { customerId: await enroll(bench.client), body: asking(params(locationId)) });
  });
  wrong('GenerateSBCAMetricsReport', 'an unknown customer', { status: 404, code: 14001 }, ({ client }) => client.send('GenerateSBCAMetricsReport', {
    customerId: UNKNOWN_CUSTOMER, body: asking(params(NOWHERE)),
  }));
});
