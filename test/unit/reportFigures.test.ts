// What a report shows first: its figures and charts, worked out of bodies as they come.
import { describe, expect, it } from 'vitest';
import { buildReport } from '../../src/webviews/ui/reportModel.ts';
import type { JsonObject } from '../../src/webviews/ui/reportTypes.ts';

const day = (text: string) => Date.parse(`${text}T12:00:00Z`) / 1000;
const checking = (more: JsonObject = {}): JsonObject => ({
  id: '1', name: 'Everyday', number: '1111', type: 'checking', currency: 'USD', balance: 130, balanceDate: day('2026-03-05'),
  transactions: [
    { amount: 100, postedDate: day('2026-03-04') }, { amount: -20, postedDate: day('2026-03-04') }, { amount: '50', postedDate: day('2026-02-20') },
    { amount: -999, postedDate: day('2026-03-05'), status: 'pending' }, { amount: 'n/a', postedDate: day('2026-03-01') },
  ],
  ...more,
});
const voa = (accounts: readonly JsonObject[], more: JsonObject = {}) => buildReport({ type: 'voa', status: 'success', institutions: [{ accounts }], ...more });
const figures = (model: ReturnType<typeof voa>) => Object.fromEntries(model.figures.map(({ label, value }) => [label, value]));

describe('a verification of assets', () => {
  it('leads with what there is, and leaves out what the body does not tell', () => {
    const model = voa([checking()], { consolidatedAvailableBalance: '209100.04', assets: { sixMonthAverage: 12.5 } });
    expect(figures(model)).toEqual({ 'Total assets (available)': 209_100.04, 'Average of 6 months': 12.5 });
    expect(model.figures[0]).toMatchObject({ kind: 'money', currency: 'USD', note: 'Available balances of 1 account added up' });
  });

  it('works a balance back from today, over the transactions that moved it', () => {
    const [balances] = voa([checking()]).charts;
    expect(balances).toMatchObject({ title: 'Balances over time', currency: 'USD', series: [{ label: 'Everyday ··1111', values: [0, 50, 130, 130] }] });
    expect(balances!.places.values.map((ms) => new Date(ms as number).toISOString().slice(0, 10))).toEqual(['2026-02-19', '2026-02-20', '2026-03-04', '2026-03-05']);
  });

  it('tells deposits and withdrawals by month, without what is pending', () => {
    const movements = voa([checking()]).charts[1]!;
    expect(movements.series).toEqual([{ label: 'Deposits', form: 'bars', values: [50, 100] }, { label: 'Withdrawals', form: 'bars', values: [0, 20] }]);
  });

  it('never adds up two currencies, and leaves cards out of balances', () => {
    const model = voa([checking(), checking({ id: '2', name: 'Loonie', currency: 'CAD' }), checking({ id: '3', type: 'creditCard' })], { consolidatedAvailableBalance: 5 });
    expect(model.charts.map(({ id, currency }) => [id, currency])).toEqual([['balances', 'USD'], ['balances.1', 'CAD'], ['movements', 'USD'], ['movements.1', 'CAD']]);
    expect(model.figures[0]).toMatchObject({ currency: undefined, note: expect.stringContaining('several currencies') as unknown });
  });

  it('bears a body in which nothing is what it should be', () => {
    const model = voa([{ type: 7, balance: {}, transactions: 'none' }, { transactions: [null, 5, { amount: [] }] }], { assets: [], income: 'much', consolidatedAvailableBalance: null });
    expect(model.figures).toEqual([]);
    expect(model.charts).toEqual([]);
    expect(model.sections.length).toBeGreaterThan(0);
  });
});

describe('income in it', () => {
  it('is that of the highest confidence', () => {
    const income = [{ confidenceType: 'LOW', averageMonthlyIncomeNet: 9 }, { confidenceType: 'HIGH', averageMonthlyIncomeNet: '7203.46', incomeEstimate: { projectedNetAnnual: 87_069.19 } }];
    const model = buildReport({ type: 'voaHistory', status: 'success', income });
    expect(figures(model)).toEqual({ 'Net monthly income': 7203.46, 'Projected net a year': 87_069.19 });
    expect(model.figures[0]!.note).toBe('Confidence high');
  });
});

it('a type that nobody knows has neither, and its sections', () => {
  const model = buildReport({ type: 'brandNew', status: 'success', consolidatedAvailableBalance: 5 });
  expect([model.figures, model.charts]).toEqual([[], []]);
  expect(model.sections[0]!.fields.map(({ value }) => value)).toEqual([5]);
});

describe('figures say of what they are', () => {
  const noteOf = (model: ReturnType<typeof voa>, name: string) => model.figures.find(({ label }) => label === name)?.note;
  const toneOf = (model: ReturnType<typeof voa>, name: string) => model.figures.find(({ label }) => label === name)?.tone;

  it('total assets: available and current balances are two sums, and one where they agree', () => {
    const model = voa([checking()], { consolidatedAvailableBalance: 120, assets: { currentBalance: 130 } });
    expect(figures(model)).toEqual({ 'Total assets (available)': 120, 'Total assets (current)': 130 });
    expect(noteOf(model, 'Total assets (current)')).toBe('Current balances of the same added up');
    expect(figures(voa([checking()], { consolidatedAvailableBalance: 130, assets: { currentBalance: 130 } }))).toEqual({ 'Total assets (available)': 130 });
    expect(figures(voa([checking()], { assets: { currentBalance: 130 } }))).toEqual({ 'Total assets (current)': 130 });
  });

  const cashFlow = (months: number, more: JsonObject = {}, net: JsonObject = {}) => buildReport({
    type: 'cfrp', status: 'success', startDate: day('2025-01-01'), endDate: day('2025-12-31'),
    cashFlowCreditSummary: { twelveMonthCreditTotal: 1200, monthlyCashFlowCreditSummaries: Array.from({ length: months }, (_, at) => ({ month: Date.UTC(2025, at, 1) / 1000, totalCreditsAmount: 100, ...more })) },
    cashFlowDebitSummary: { twelveMonthDebitTotal: '-600', monthlyCashFlowDebitSummaries: Array.from({ length: months }, (_, at) => ({ month: Date.UTC(2025, at, 1) / 1000, totalDebitsAmount: -50 })) },
    cashFlowCharacteristicsSummary: net,
  });

  it('cash flow without months: the total divided by how long it covers, for in, out and net alike', () => {
    const year = cashFlow(0);
    expect(figures(year)).toMatchObject({ 'Net cash flow a month': 50, 'Money in a month': 100, 'Money out a month': 50 });
    expect(noteOf(year, 'Money in a month')).toBe('Twelve-month total divided by 12 months, own transfers included');
    const part = buildReport({ type: 'cfrb', status: 'success', days: 73, cashFlowCreditSummary: { twelveMonthCreditTotalLessTransfers: 240, twelveMonthCreditTotal: 999 }, cashFlowDebitSummary: { twelveMonthDebitTotalLessTransfers: -24, twelveMonthDebitTotal: -999 } });
    expect(figures(part)).toMatchObject({ 'Net cash flow a month': 90, 'Money in a month': 100, 'Money out a month': 10 });
    expect(noteOf(part, 'Net cash flow a month')).toBe('Twelve-month total divided by 2.4 months, without own transfers');
  });

  it('cash flow is not good while less than nothing is left without own transfers', () => {
    expect(toneOf(cashFlow(12, {}, { averageMonthlyNet: 50 }), 'Net cash flow a month')).toBe('good');
    const moved = cashFlow(12, {}, { averageMonthlyNet: 1032.77, averageMonthlyNetLessTransfers: -273.54 });
    expect(toneOf(moved, 'Net cash flow a month')).toBeUndefined();
    expect(moved.figures.find(({ label }) => label === 'Net, by the report')).toMatchObject({ value: -273.54, tone: 'attention', note: 'The report\'s own average of all its months, without own transfers' });
  });

  it('the report\'s own average is not told twice, and a part of the months is no basis', () => {
    expect(figures(cashFlow(12, {}, { averageMonthlyNet: 50.001 }))).not.toHaveProperty(['Net, by the report']);
    const half = cashFlow(12, { totalCreditsAmountLessTransfers: 7 });
    expect(figures(half)).toMatchObject({ 'Money in a month': 100, 'Money out a month': 50 });
    expect(half.charts[0]).toMatchObject({ note: expect.stringMatching(/are in both/) as unknown });
  });

  it('the chart has what the figures have: no own transfers where every month tells that', () => {
    const months = (field: JsonObject) => Array.from({ length: 2 }, (_, at) => ({ month: Date.UTC(2025, at, 1) / 1000, ...field }));
    const model = buildReport({
      type: 'cfrp', status: 'success', cashFlowCreditSummary: { monthlyCashFlowCreditSummaries: months({ totalCreditsAmount: 9, totalCreditsAmountLessTransfers: 5 }) },
      cashFlowDebitSummary: { monthlyCashFlowDebitSummaries: months({ totalDebitsAmount: -8, totalDebitsAmountLessTransfers: -6 }) },
      cashFlowCharacteristicsSummary: { monthlyCashFlowCharacteristicsSummaries: months({ totalCreditsLessTotalDebits: 1, totalCreditsLessTotalDebitsLessTransfers: -1 }) },
    });
    expect(model.charts[0]!.series.map(({ label, values }) => [label, values])).toEqual([['Money in', [5, 5]], ['Money out', [6, 6]], ['Net', [-1, -1]]]);
    expect(model.charts[0]!.note).toMatch(/in neither/);
  });

  it('money in tells how much of it was transferred', () => {
    const transactions = [{ amount: 100, postedDate: '2026-01-05', category: 'Paycheck' }, { amount: 40, postedDate: '2026-01-06', category: 'Transfer' }, { amount: -15, postedDate: '2026-01-07', category: 'Transfer' }];
    const made = (list: readonly JsonObject[]) => buildReport({ type: 'transactions', status: 'success', institutions: [{ accounts: [{ type: 'checking', currency: 'USD', transactions: list }] }] });
    expect(figures(made(transactions))).toMatchObject({ 'Money in': 140, 'Transfers in': 40, 'Transfers out': 15 });
    expect(noteOf(made(transactions), 'Money in')).toMatch(/transfers included$/);
    expect(figures(made(transactions.slice(0, 1)))).not.toHaveProperty(['Transfers in']);
    expect(noteOf(made(transactions.slice(0, 1)), 'Money in')).not.toMatch(/transfer/);
  });
});

describe('a failed report', () => {
  const failed = (error: unknown, more: JsonObject = {}) => buildReport({ type: 'voa', status: 'failure', errors: [error], ...more }).problems[0]!.places.map(({ label, key, value }) => [label, key, value]);
  const institutions = [{ id: 101, name: 'FinBank', accounts: [{ id: '7', name: 'Everyday', number: 'XX3692', aggregationStatusCode: 103 }] }, { name: 'Other Bank', accounts: [{ id: '8', name: 'Savings', aggregationStatusCode: 0 }] }];

  it('names the account and its institution where the body does, else gives the account\'s id to follow', () => {
    const named = [['Institution', 'institution', 'FinBank'], ['Account', 'account', 'Everyday ··3692'], ['Account ID', 'accountId', '7']];
    expect(failed({ code: 103, accountId: 7 }, { institutions })).toEqual(named);
    expect(failed({ code: '103', message: 'No.' }, { institutions })).toEqual(named);
    expect(failed({ code: 103, accountId: '9' })).toEqual([['Account', 'accountId', '9']]);
    expect(failed({ code: 103, institutionName: 'FinBank', institutionId: 101 })).toEqual([['Institution', 'institution', 'FinBank'], ['Institution ID', 'institutionId', '101']]);
    expect(failed({ code: 10100, assetId: 'a-1' })).toEqual([['File', 'assetId', 'a-1']]);
  });

  it('blames no institution for what is none of its business', () => {
    const one = { institutions: [{ id: 101, name: 'FinBank' }] };
    expect(failed({ code: 10405 }, one)).toEqual([]);
    expect(failed({ code: 103 }, one)).toEqual([['Institution', 'institution', 'FinBank'], ['Institution ID', 'institutionId', '101']]);
    for (const odd of ['text', null, 5, {}, { accountId: {} }, { code: {}, institution: [] }]) expect(failed(odd, { institutions: ['x', { accounts: 'none' }] })).toEqual([]);
  });
});
