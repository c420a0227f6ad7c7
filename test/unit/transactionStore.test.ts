// The store of transactions and what is made of it: rows come out as they went in, filters and sums agree with a plain reading of the rows.
import { describe, expect, it } from 'vitest';
import { amountOf, noFilter, passing, type TransactionFilter } from '../../src/webviews/ui/transactionFilter.ts';
import { sorted } from '../../src/webviews/ui/transactionOrder.ts';
import { TransactionStore } from '../../src/webviews/ui/transactionStore.ts';
import { totalsOf } from '../../src/webviews/ui/transactionSums.ts';
import { buildView } from '../../src/webviews/ui/transactionView.ts';
import { transactionCharts } from '../../src/webviews/ui/transactionCharts.ts';
import { day, transaction, transactions } from './transactionRows.ts';

const storeOf = (rows: readonly unknown[], accounts: Parameters<TransactionStore['learn']>[0] = []): TransactionStore => {
  const store = new TransactionStore();
  store.learn(accounts);
  store.append(rows);
  return store;
};
const checking = { id: '8100000011', name: 'Everyday ··4421', type: 'checking', currency: 'USD' };
const card = { id: '8100000022', name: 'Card ··9', type: 'creditCard', currency: 'USD' };
const euro = { id: '8100000033', name: 'Konto ··3', type: 'savings', currency: 'EUR' };
const all = (store: TransactionStore): Uint32Array => Uint32Array.from({ length: store.rows }, (_, row) => row);
const found = async (store: TransactionStore, filter: Partial<TransactionFilter>): Promise<number[]> => [...await passing(store, { ...noFilter, ...filter }, 0, store.rows, () => Promise.resolve())];

describe('rows', () => {
  it('come out as they went in, whatever they are', () => {
    const odd = [
      transaction(0), { id: '9', amount: '12.50', accountId: '8100000011', status: 'settled', new: { of: { api: [1, { two: null }] }, empty: {} }, list: [], flag: false },
      { amount: null, description: 7, categorization: null, 'a.b': 1, __proto__x: 1, memo: '' }, { amount: 1e300, id: 2, description: 'text again' }, {}, JSON.parse('{"__proto__":{"x":1},"amount":5}'),
    ];
    const store = storeOf(odd);
    odd.forEach((row, at) => { expect(JSON.parse(JSON.stringify(store.record(at)))).toEqual(JSON.parse(JSON.stringify(row))); });
  });

  it('that are no objects are kept and harm nothing', () => {
    const store = storeOf([null, 'text', 7, [1], undefined]);
    expect(store.rows).toBe(5);
    expect(store.record(1)).toEqual({ '': 'text' });
    expect(totalsOf(store, all(store)).sums).toEqual([]);
  });

  it('have amounts and days also where those are text, milliseconds, ISO, or in another field', () => {
    const store = storeOf([
      { amount: '-3.25', transactionDate: '2026-05-28' }, { amount: 4, postedDate: 1_779_926_400_000 }, { amount: 'soon', createdDate: '1779926400' }, { amount: -0 },
    ]);
    expect([...store.amounts.subarray(0, 4)]).toEqual([-3.25, 4, Number.NaN, -0]);
    expect([...store.days.subarray(0, 3)]).toEqual([20_601, 20_601, 20_601]);
  });

  it('a column may turn from numbers to texts, and a dictionary may be all different', () => {
    const rows = Array.from({ length: 150_000 }, (_, index) => ({ id: `t-${index}`, amount: index === 7 ? '8.00' : index }));
    const store = storeOf(rows);
    expect([store.value(7, 'amount'), store.value(8, 'amount'), store.value(149_999, 'id')]).toEqual(['8.00', 8, 't-149999']);
  });
});

describe('the filter', () => {
  const rows = transactions(40, (index) => ({ ...(index === 3 && { status: 'pending' }), ...(index === 5 && { status: 'shadow', memo: 'Zoë (paid)' }), ...(index > 29 && { accountId: 8100000022, amount: 20 }), ...(index === 9 && { categorization: null }) }));
  const store = storeOf(rows, [checking, card]);
  const expected = (test: (row: Record<string, unknown>, index: number) => boolean): number[] => rows.flatMap((row, index) => (test(row, index) ? [index] : []));

  it('lets everything pass when it says nothing', async () => {
    expect(await found(store, {})).toHaveLength(40);
  });

  it('finds text in any field in any case, and no pattern in it', async () => {
    expect(await found(store, { text: 'payee 1 st' })).toEqual(expected((_, index) => index % 3 === 1));
    expect(await found(store, { text: '(PAID)' })).toEqual([5]);
    expect(await found(store, { text: 'zoË' })).toEqual([5]);
    expect(await found(store, { text: '.*' })).toEqual([]);
    expect(await found(store, { text: 'card ··' })).toEqual(expected((_, index) => index > 29));
  });

  it('finds amounts and ids by their number', async () => {
    expect(await found(store, { text: '31500000004' })).toEqual([4]);
    expect(await found(store, { text: '14' })).toContain(4);
    expect(await found(store, { text: '-14' })).toEqual([4]);
    // Neither 1400 nor 14: it could be meant either way.
    expect(await found(store, { text: '14,00' })).toEqual([]);
    expect(await found(store, { text: '14.00' })).toContain(4);
  });

  it('takes amounts without their sign, and in and out as the holder sees them', async () => {
    expect(await found(store, { amountFrom: 12, amountTo: 14 })).toEqual([2, 3, 4]);
    // The card's positive amounts are purchases.
    expect(await found(store, { flow: 'out' })).toHaveLength(40);
    expect(await found(store, { flow: 'in' })).toEqual([]);
    expect(await found(store, { flow: 'out', amountFrom: 20, amountTo: 20 })).toEqual(expected(({ amount }) => Math.abs(amount as number) === 20));
  });

  it('takes the day of the transaction itself, as the column Date shows it', async () => {
    const some = storeOf([{ transactionDate: '2026-04-30', postedDate: '2026-05-02' }, { postedDate: '2026-04-30' }]);
    const april = Date.UTC(2026, 3, 30) / 86_400_000;
    expect(await found(some, { dayFrom: april, dayTo: april })).toEqual([0, 1]);
  });

  it('takes days, states, categories and accounts, all at once', async () => {
    const newest = store.days[0]!;
    expect(await found(store, { dayFrom: newest - 3, dayTo: newest - 1 })).toEqual([1, 2, 3]);
    expect(await found(store, { states: ['pending', 'shadow'] })).toEqual([3, 5]);
    expect(await found(store, { categories: ['Groceries'] })).toEqual(expected((_, index) => index % 2 === 0));
    expect(await found(store, { categories: [''] })).toEqual([9]);
    expect(await found(store, { accounts: ['8100000022'], categories: ['Groceries'], text: 'payee 0' })).toEqual(expected((_, index) => index > 29 && index % 2 === 0 && index % 3 === 0));
  });

  it('lets other work in between and can be ended there', async () => {
    const large = storeOf(transactions(140_000));
    let breaths = 0;
    await expect(passing(large, noFilter, 0, large.rows, () => { breaths += 1; return breaths === 2 ? Promise.reject(new Error('ended')) : Promise.resolve(); })).rejects.toThrow('ended');
    expect(breaths).toBe(2);
  });
});

describe('an amount as typed', () => {
  it.each([['12.50', 12.5], ['1,250', 1250], ['1,250,000.5', 1_250_000.5], ['-3', -3], ['.5', 0.5], ['7.', 7]])('%s is %d', (text, amount) => expect(amountOf(text)).toBe(amount));
  it.each(['12,50', '1,2', '1,2500', '12,345,6', ',5', '1.250,00', '', '-', '.', '1e3', '$5'])('%s is none', (text) => expect(amountOf(text)).toBeUndefined());
});

describe('sums', () => {
  it.each(['mortgage', 'loan', 'studentLoan', 'studentLoanGroup', 'studentLoanAccount', 'Student Loan'])('count interest of a %s as money out and a payment as money in', (type) => {
    const store = storeOf([transaction(0, { amount: 900, description: 'INTEREST CHARGED' }), transaction(1, { amount: -2_000 })], [{ ...checking, type }]);
    expect(totalsOf(store, all(store))).toMatchObject({ turned: 2, sums: [{ in: 2_000, out: 900 }] });
  });

  it('keep currencies apart, turn the sign of cards, and leave shadow rows out', () => {
    const store = storeOf([
      transaction(0, { amount: 100.1 }), transaction(1, { amount: -30.05 }), transaction(2, { amount: -5, status: 'shadow' }), transaction(3, { amount: -1, status: 'pending' }),
      transaction(4, { amount: 40, accountId: 8100000022 }), transaction(5, { amount: -15, accountId: 8100000022 }), transaction(6, { amount: 7, accountId: 8100000033 }), transaction(7, { amount: 'x' }),
    ], [checking, card, euro]);
    expect(totalsOf(store, all(store))).toEqual({
      rows: 8, pending: 1, shadow: 1, turned: 2, untyped: 0,
      sums: [{ currency: 'USD', count: 5, in: 115.1, out: 71.05 }, { currency: 'EUR', count: 1, in: 7, out: 0 }],
    });
  });

  it('tell rows of accounts whose type is not known, once there is nothing more to learn', () => {
    const store = new TransactionStore();
    store.append([transaction(0), transaction(1, { accountId: 8100000022 })]);
    expect(totalsOf(store, all(store)).untyped).toBe(0);
    store.learn([checking]);
    expect(totalsOf(store, all(store)).untyped).toBe(1);
  });

  it('of many cents are exact', () => {
    const store = storeOf(transactions(10_000, () => ({ amount: 0.1 })), [checking]);
    expect(totalsOf(store, all(store)).sums[0]!.in).toBe(1000);
  });
});

describe('order', () => {
  const by = (store: TransactionStore, key: string, down = false): number[] => [...sorted(store, all(store), { key, down })];

  it('of amounts counts numbers of any size and sign, also as text, what has none last either way', () => {
    const amounts = [3, -2.5, '10', 0, -0, null, 1e-9, -1e12, 99_999_999.99, undefined];
    const store = storeOf(amounts.map((amount) => ({ amount })));
    expect(by(store, 'amount').map((row) => amounts[row])).toEqual([-1e12, -2.5, 0, -0, 1e-9, 3, '10', 99_999_999.99, null, undefined]);
    expect(by(store, 'amount', true).map((row) => amounts[row])).toEqual([99_999_999.99, '10', 3, 1e-9, 0, -0, -2.5, -1e12, null, undefined]);
  });

  it('of texts is a reader\'s, equal ones stay as they came', () => {
    const texts = ['b', 'Äpfel', 'a10', 'a9', '', 'b', null];
    const store = storeOf(texts.map((description) => ({ description })));
    expect(by(store, 'description')).toEqual([3, 2, 1, 0, 5, 4, 6]);
    expect(by(store, 'description', true)).toEqual([0, 5, 1, 2, 3, 4, 6]);
    expect(by(store, 'nothing')).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('of a great many agrees with a plain sort', () => {
    const amounts = Array.from({ length: 70_000 }, (_, index) => Math.sin(index * 7) * 1e5);
    const store = storeOf(amounts.map((amount) => ({ amount })));
    expect(by(store, 'amount').map((row) => amounts[row])).toEqual([...amounts].sort((a, b) => a - b));
  });
});

describe('groups', () => {
  const store = storeOf(transactions(90), [checking]);

  it('by month are the newest first, and folded show their sums alone', () => {
    const view = buildView(store, all(store), undefined, 'month', new Set());
    expect(view.groups!.map(({ key }) => key)).toEqual(['2026-05', '2026-04', '2026-03', '2026-02']);
    expect(view.lines).toBe(4);
    expect(view.groups!.reduce((sum, { totals }) => sum + totals.rows, 0)).toBe(90);
    view.fold(1);
    expect(view.lines).toBe(34);
    expect(view.at(1)).toMatchObject({ group: { key: '2026-04', open: true } });
    expect(view.at(2)).toEqual({ row: 28 });
    expect(view.at(31)).toEqual({ row: 57 });
    expect(view.at(32)).toMatchObject({ group: { key: '2026-03' } });
    expect(view.find(57)).toBe(31);
    expect(view.find(60)).toBe(-1);
  });

  it('by anything else are the largest first, rows of none last; within them the order is kept', () => {
    const some = storeOf([...transactions(9), transaction(9, { categorization: null, amount: -1e6 })], [checking]);
    const view = buildView(some, all(some), { key: 'amount', down: false }, 'payee', new Set(['Payee 2']));
    expect(view.groups!.map(({ key }) => key)).toEqual(['Payee 2', 'Payee 1', 'Payee 0', '']);
    expect([1, 2, 3].map((line) => view.at(line))).toEqual([{ row: 8 }, { row: 5 }, { row: 2 }]);
  });

  it('a selection has each row once: a folded heading stands for its rows, an open one for none', () => {
    const view = buildView(store, all(store), undefined, 'month', new Set(['2026-05']));
    expect(view.rowsIn([{ from: 0, to: 0 }])).toHaveLength(0);
    expect([...view.rowsIn([{ from: 1, to: 2 }, { from: 2, to: 3 }])]).toEqual([0, 1, 2]);
    expect(view.rowsIn([{ from: 28, to: 29 }])).toHaveLength(1 + 30);
    expect(view.rowsIn([{ from: 0, to: view.lines - 1 }])).toHaveLength(90);
  });
});

describe('charts', () => {
  const until = Date.UTC(2026, 4, 30) / 1000;
  const facts = { ...checking, balance: 500, balanceDate: Date.UTC(2026, 4, 29) / 1000 };
  const rows = [transaction(0, { amount: -20 }), transaction(1, { amount: 100 }), transaction(1, { amount: -9, status: 'shadow' }), transaction(2, { amount: -5, status: 'pending' }), transaction(3, { amount: 1 })];
  const charts = (store: TransactionStore, more = {}) => transactionCharts({ store, rows: all(store), balanceTo: until, ...more });
  const titled = (store: TransactionStore, title: RegExp, more = {}) => charts(store, more).find((chart) => title.test(chart.title));

  it('work the balance back over booked rows', () => {
    const chart = titled(storeOf(rows, [facts]), /Balance/)!;
    expect(chart.places.values.map((ms) => new Date(Number(ms)).toISOString().slice(0, 10))).toEqual(['2026-05-25', '2026-05-27', '2026-05-28', '2026-05-29']);
    expect(chart.series[0]!.values).toEqual([420, 520, 500, 500]);
  });

  it('work back what is owed on a loan: interest adds, payments take off', () => {
    const mortgage = { ...facts, type: 'mortgage', balance: 99_000 };
    const chart = titled(storeOf([transaction(1, { amount: -2_000 }), transaction(3, { amount: 900 })], [mortgage]), /Owed/)!;
    expect(chart.series[0]!.values).toEqual([101_000, 99_000, 99_000]);
    expect(chart.note).toContain('says nothing of it');
    // Owed as a negative balance: how its rows count would be a guess.
    expect(titled(storeOf(rows, [{ ...mortgage, balance: -99_000 }]), /Owed|Balance/)).toBeUndefined();
  });

  it('and groups have a row in the month and on the day on which it was posted', () => {
    const over = storeOf([
      { id: 1, accountId: 8100000011, status: 'active', amount: 10, transactionDate: '2026-04-30', postedDate: '2026-05-02' }, { id: 2, accountId: 8100000011, status: 'active', amount: 5, transactionDate: '2026-04-29' },
    ], [facts]);
    expect(buildView(over, all(over), undefined, 'month', new Set()).groups!.map(({ key }) => key)).toEqual(['2026-05', '2026-04']);
    const days = (chart: { places: { values: readonly (number | string)[] } }) => chart.places.values.map((ms) => new Date(Number(ms)).toISOString().slice(0, 10));
    const months = titled(over, /by month/)!;
    expect([days(months), months.series[0]!.values, months.note]).toEqual([['2026-04-01', '2026-05-01'], [5, 10], 'A month goes by the posted date; a row without one goes by its own date.']);
    expect(days(titled(over, /Balance/)!)).toEqual(['2026-04-29', '2026-05-02', '2026-05-29']);
  });

  it('have no balance where it would be a guess', () => {
    expect(titled(storeOf(rows, [facts]), /Balance/, { balanceTo: until - 30 * day })).toBeUndefined();
    expect(titled(storeOf(rows, [facts]), /Balance/, { balanceTo: undefined })).toBeUndefined();
    expect(titled(storeOf(rows, [{ ...facts, type: 'creditCard' }]), /Balance/)).toBeUndefined();
    expect(titled(storeOf([...rows, transaction(1, { accountId: 8100000022 })], [facts, card]), /Balance/)).toBeUndefined();
  });

  it('sum months and categories of the rows shown, one chart a currency', () => {
    const store = storeOf([...transactions(40), transaction(0, { accountId: 8100000033, amount: 50 })], [checking, euro]);
    const months = charts(store).filter(({ id }) => id.startsWith('months'));
    expect(months.map(({ title }) => title)).toEqual(['In and out by month, USD', 'In and out by month, EUR']);
    expect(months[0]!.series[1]!.values.reduce((sum: number, value) => sum + (value ?? 0), 0)).toBe(40 * 10 + (39 * 40) / 2);
    const two = transactionCharts({ store, rows: Uint32Array.of(0, 1) }).find(({ id }) => id === 'categories-0')!;
    expect([two.places.values, two.series[1]!.values]).toEqual([['Coffee Shops', 'Groceries'], [11, 10]]);
  });
});
