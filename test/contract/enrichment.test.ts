// Contract of the family Transaction Data Enrichment. The measure is the sandbox's own bank: what it printed is sent without anything else,
// and the payee and the category that come back must be those that its transactions carry.
import { describe, expect } from 'vitest';
import type { components } from '../../src/api/generated/types.d.ts';
import { good, wrong } from '../support/contract.ts';
import type { Bench } from '../support/contract.ts';
import { accountOf, enroll, link } from '../support/people.ts';

type Sent = components['schemas']['TransactionPayload'];
type Enriched = components['schemas']['EnrichedTransaction'];

let counter = 0;
const sent = (description: string, amount: number, more: Partial<Sent> = {}): Sent => ({
  externalCustomerId: 'c0a53e7d91', externalAccountId: '7be20914fa', accountType: 'checking', externalTransactionId: `tx-${++counter}`,
  transactionTimestamp: '2026-03-02', description, amount, ...more,
});
async function enrich({ client }: Bench, ...transactions: Sent[]): Promise<Enriched[]> {
  const answer = await client.call('enrichTransactions', { body: { transactions } });
  expect(answer.transactions!.map((one) => one.externalTransactionId)).toEqual(transactions.map((one) => one.externalTransactionId));
  return answer.transactions!;
}
const payee = (one: Enriched | undefined) => one?.entities?.[0]?.name;
const without = (name: keyof Sent) => Object.fromEntries(Object.entries(sent('HARVEST LANE MKT 2214', -40)).filter(([field]) => field !== name));

describe('Enrichment', () => {
  good('enrichTransactions', 'finds merchant, category, group and place in what the bank printed', async (bench) => {
    const [grocer, coffee, pay, fee] = await enrich(bench,
      sent('CHECKCARD 03/01 HARVEST LANE MKT #2214 BOISE ID', -41.2), sent('SQ *PAPER CRANE COFFEE SAVANNAH GA', -6.5),
      sent('HALCYON SOFTWARE PAYROLL', 2100), sent('NSF RETURNED ITEM FEE', -34));
    expect(grocer).toMatchObject({
      transactionCategory: 'Groceries', transactionCategoryGroup: 'Groceries & Dining', entities: [{ name: 'Harvest Lane Market', category: 'Groceries' }],
      address: { city: 'Boise', state: 'ID', country: 'US' }, isBrickAndMortar: true, isEcommerce: false, isRecurringTransaction: false,
    });
    expect(grocer!.locationId).toBeGreaterThan(0);
    expect(grocer!.transactionCategoryScore).toBeGreaterThan(80);
    expect([payee(coffee), coffee!.transactionCategory, coffee!.address!.city]).toEqual(['Paper Crane Coffee', 'Coffee Shops', 'Savannah']);
    expect([payee(pay), pay!.transactionCategory, pay!.transactionCategoryGroup, pay!.isRecurringTransaction]).toEqual(['Halcyon Software', 'Paycheck', 'Income', true]);
    expect([fee!.transactionCategory, fee!.transactionCategoryGroup]).toEqual(['Fees & Charges', 'Fees & Charges']);
  });
  good('enrichTransactions', 'gives back what was sent', async (bench) => {
    const given = sent('MILEPOST GAS & GO 310 DENVER CO', 30, {
      directionIndicator: 'Debit', memo: 'debit', transactionFee: 0, type: 'DEBIT', postedTimestamp: '2026-03-03T09:15:00.000Z',
      transactionTimestamp: '2026-03-02 09:15:00.0', additionalDetails: { batch: '17' }, cardAcceptorId: '000048210077153', inputIsRecurringTransaction: false,
      inputMerchantInformation: { line1: '4 Depot St', city: 'Denver', state: 'CO', postalCode: '80201', merchantCategoryCode: '5541' },
    });
    const [one] = await enrich(bench, given);
    expect(one).toMatchObject({ ...given, transactionCategory: 'Gas & Fuel' });
    expect(one!.address).toEqual({ line1: '4 Depot St', city: 'Denver', state: 'CO', postalCode: '80201', country: 'US' });
  });
  good('enrichTransactions', 'agrees with the bank\'s own transactions', async (bench) => {
    const { client, sandbox } = bench;
    const customerId = await enroll(client);
    const accounts = await link(client, customerId);
    const { now } = await sandbox.control.health();
    const rows = [];
    for (const type of ['checking', 'savings'] as const) {
      const account = accountOf(accounts, type);
      const dates = { fromDate: now - 180 * 86_400, toDate: now };
      const page = await client.call('GetCustomerAccountTransactions', { customerId, accountId: account.id, ...dates, limit: 1000 });
      rows.push(...page.transactions.filter((row) => !/^(CHECK \d+|No description.*)$/.test(row.description!)).map((row) => ({ row, type })));
    }
    expect(rows.length).toBeGreaterThan(60);
    const answers = await enrich(bench, ...rows.map(({ row, type }) =>
      sent(row.description!, row.amount, { accountType: type, externalAccountId: String(row.accountId), transactionTimestamp: new Date(row.transactionDate! * 1000).toISOString() })));
    const differing = rows.flatMap(({ row }, at) => {
      const said = [payee(answers[at]), answers[at]!.transactionCategory];
      const known = [row.categorization!.normalizedPayeeName, row.categorization!.category];
      return said.join() === known.join() ? [] : [`${row.description}: ${said.join()} for ${known.join()}`];
    });
    expect(differing).toEqual([]);
  });
  good('enrichTransactions', 'finds what recurs among the transactions of one account', async (bench) => {
    const monthly = (account: string, months: number[]) =>
      months.map((month) => sent(`PLUMTREE CLUB ${month} 00${month}17`, -12, { externalAccountId: account, transactionTimestamp: `2026-0${month}-05` }));
    const flags = async (...rows: Sent[]) => (await enrich(bench, ...rows)).map((one) => one.isRecurringTransaction);
    expect(await flags(...monthly('a', [1, 2, 3, 4]))).toEqual([true, true, true, true]);
    expect(await flags(...monthly('a', [1, 2]), ...monthly('b', [3]))).toEqual([false, false, false]);
    expect(await flags(sent('REELBOX.COM', -12.99), sent('BURRITO POST 17', -9), sent('PLUMTREE CLUB', -12, { inputIsRecurringTransaction: true }))).toEqual([true, false, true]);
  });
  good('enrichTransactions', 'takes the direction indicator before the sign', async (bench) => {
    const [inward, outward, bySign] = await enrich(bench,
      sent('GRANITE PEAK OUTFITTERS', 900, { directionIndicator: 'Credit' }), sent('GRANITE PEAK OUTFITTERS', 900, { directionIndicator: 'Debit' }),
      sent('GRANITE PEAK OUTFITTERS', -900));
    expect(inward!.transactionCategory).toBe('Paycheck');
    expect(outward!.transactionCategory).not.toBe('Paycheck');
    expect(bySign!.transactionCategory).toBe(outward!.transactionCategory);
  });
  good('enrichTransactions', 'uses what the caller knows of the merchant, and says how well the descriptor fits', async (bench) => {
    const [described, coded, unknown] = await enrich(bench,
      sent('PURCHASE 8841', -31, { inputMerchantInformation: { merchantDescriptor: 'HAMMERPINE310DENVERCO' } }),
      sent('ZZYX TRADING 17 LITTLETON CO', -31, { inputMerchantInformation: { merchantCategoryCode: '5912' } }),
      sent('ZZYX TRADING', -31));
    expect([payee(described), described!.transactionCategory, described!.address!.city]).toEqual(['Hammer & Pine', 'Home Improvement', 'Denver']);
    expect(described!.matchConfidenceScore).toBe(100);
    expect([payee(coded), coded!.transactionCategory, coded!.address!.city]).toEqual(['Zzyx Trading', 'Pharmacy', 'Littleton']);
    expect(coded!.matchConfidenceScore).toBeUndefined();
    expect(unknown!.transactionCategoryScore).toBeLessThan(20);
    expect(unknown!.address).toBeUndefined();
  });
  good('enrichTransactions', 'takes a thousand at once', async (bench) => {
    expect(await enrich(bench, ...Array.from({ length: 1000 }, (_, at) => sent(`BURRITO POST ${at}`, -9)))).toHaveLength(1000);
  });

  wrong('enrichTransactions', 'a thousand and one', { status: 400, code: 14020 }, ({ client }) =>
    client.send('enrichTransactions', { body: { transactions: Array.from({ length: 1001 }, () => sent('BURRITO POST 17', -9)) } }));
  wrong('enrichTransactions', 'no list', { status: 400, code: 10005 }, ({ raw }) => raw('enrichTransactions', { body: {} }));
  wrong('enrichTransactions', 'an empty list', { status: 400, code: 14020 }, ({ client }) => client.send('enrichTransactions', { body: { transactions: [] } }));
  wrong('enrichTransactions', 'a text as amount, and the error names the transaction', { status: 400, code: 14020 }, async ({ raw }) => {
    const answer = await raw('enrichTransactions', { body: { transactions: [sent('BURRITO POST 17', -9), { ...sent('BURRITO POST 17', -9), amount: 'nine', externalTransactionId: 'faulty-1' }] } });
    expect(answer.json!.externalTransactionId).toBe('faulty-1');
    return answer;
  });
  for (const name of ['externalCustomerId', 'externalAccountId', 'accountType', 'externalTransactionId', 'transactionTimestamp', 'description', 'amount'] as const) {
    wrong('enrichTransactions', `a transaction without ${name}`, { status: 400, code: 14020 }, async ({ raw }) => {
      const answer = await raw('enrichTransactions', { body: { transactions: [without(name)] } });
      expect(answer.json!.message).toContain(name);
      return answer;
    });
  }
  wrong('enrichTransactions', 'a date in another form', { status: 400, code: 14020 }, ({ client }) =>
    client.send('enrichTransactions', { body: { transactions: [sent('BURRITO POST 17', -9, { transactionTimestamp: '03/02/2026' })] } }));
  wrong('enrichTransactions', 'an account type that is not supported', { status: 400, code: 14020 }, ({ raw }) =>
    raw('enrichTransactions', { body: { transactions: [{ ...sent('BURRITO POST 17', -9), accountType: 'mortgage' }] } }));
  wrong('enrichTransactions', 'thirty-one notes', { status: 400, code: 14020 }, ({ client }) => {
    const additionalDetails = Object.fromEntries(Array.from({ length: 31 }, (_, at) => [`note${at}`, 'x']));
    return client.send('enrichTransactions', { body: { transactions: [sent('BURRITO POST 17', -9, { additionalDetails })] } });
  });
  wrong('enrichTransactions', 'no token', { status: 401, code: 10024 }, ({ raw }) => raw('enrichTransactions', { body: {}, headers: { 'finicity-app-token': undefined } }));
});
