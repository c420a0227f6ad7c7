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
    expect(figures(model)).toEqual({ 'Total assets': 209_100.04, 'Average of 6 months': 12.5 });
    expect(model.figures[0]).toMatchObject({ kind: 'money', currency: 'USD', note: '1 account' });
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
