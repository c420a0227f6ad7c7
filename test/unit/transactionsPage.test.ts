// What the transactions page does beside drawing: keeps what is nobody's, moves columns, reads typed amounts, and follows a reading to its end.
import { describe, expect, it } from 'vitest';
import type { TransactionsRequest } from '../../src/webviews/protocol/transactions.ts';
import { isDeposit } from '../../src/webviews/ui/reports/reading.ts';
import { noFilter, withAmounts } from '../../src/webviews/ui/transactionFilter.ts';
import { TransactionReading, type ReadingProgress } from '../../src/webviews/ui/transactionReading.ts';
import { movedColumn, readKept, stateToKeep } from '../../src/webviews/ui/transactionsState.ts';

describe('what is kept beyond a reload', () => {
  const state = {
    columns: [{ key: 'amount', width: 130 }], sort: { key: 'amount', down: true }, group: 'month', charts: true, detail: false,
    filter: { text: 'JANE DOE', amountFrom: 12.5, amountTo: 99, dayFrom: 20_000, categories: ['Healthcare'], states: ['pending'], flow: 'out', accounts: ['8100000011'], recurring: true },
  } as const;

  it('is order, columns, group, days, states and direction', () => {
    const kept = readKept(JSON.parse(JSON.stringify(stateToKeep(state))) as Record<string, unknown>);
    expect(kept).toEqual({ ...state, filter: { ...noFilter, dayFrom: 20_000, states: ['pending'], flow: 'out' } });
  });

  it('is nothing that is typed or stands in rows', () => {
    expect(JSON.stringify(stateToKeep(state))).not.toMatch(/JANE|12\.5|99|Healthcare|8100000011/);
  });

  it('asks for no recurring streams that the next page does not know of', () => {
    expect(readKept(stateToKeep({ ...state, group: 'recurring' })).group).toBeUndefined();
    expect(readKept({ group: 'recurring' }).group).toBeUndefined();
  });

  it.each([undefined, {}, { filter: 7, sort: 'x', group: 3, columns: {} }, { filter: { days: ['a', 1e99], states: ['x', 3], flow: 'up', text: 'JANE' } }])('is read whatever it is: %j', (kept) => {
    expect(readKept(kept)).toMatchObject({ columns: undefined, sort: undefined, group: undefined, filter: noFilter });
  });
});

describe('a column', () => {
  const columns = ['a', 'b', 'c'].map((key) => ({ key, width: 100 }));
  const order = (key: string, before: string | undefined) => movedColumn(columns, key, before).map((column) => column.key).join('');

  it('is moved before another or to the end, and nowhere else', () => {
    expect([order('a', 'c'), order('c', 'a'), order('a', undefined), order('c', undefined)]).toEqual(['bac', 'cab', 'bca', 'abc']);
    expect(movedColumn(columns, 'b', 'b')).toBe(columns);
    expect(movedColumn(columns, 'unknown', 'a')).toBe(columns);
  });
});

describe('typed amounts', () => {
  it('bound the filter without their sign; what cannot be read bounds nothing', () => {
    expect(withAmounts({ ...noFilter, amountFrom: 3 }, { from: ' -12.50 ', to: '1,250' })).toEqual({ ...noFilter, amountFrom: 12.5, amountTo: 1250 });
    expect(withAmounts({ ...noFilter, amountFrom: 3 }, { from: '12,50', to: '' })).toEqual(noFilter);
  });
});

describe('loans in reports', () => {
  it('are none of the deposit accounts, whichever of their names they have', () => {
    for (const type of ['mortgage', 'loan', 'studentLoan', 'studentLoanGroup', 'studentLoanAccount', 'homeEquity']) expect(isDeposit(type), type).toBe(false);
    for (const type of ['checking', 'savings', 'cd', 'moneyMarket', undefined]) expect(isDeposit(type), String(type)).toBe(true);
  });
});

describe('a reading', () => {
  const range = { from: 1, to: 2, includePending: true };
  const page = { type: 'page', seq: 1, fresh: true, bytes: new Uint8Array(), found: 9 } as const;
  const follow = (ask: () => Promise<object> = () => Promise.resolve({ loaded: 1 })) => {
    const posted: TransactionsRequest[] = [];
    const told: ReadingProgress[] = [];
    const reading = new TransactionReading({ ask } as never, (message) => { posted.push(message); }, (progress) => { told.push(progress); });
    return { reading, posted, now: () => told.at(-1)! };
  };

  it('says that a page is taken once the worker has it, and knows how far it is', async () => {
    const { reading, posted, now } = follow();
    await reading.take({ type: 'loading', range, goesOn: false });
    await reading.take(page);
    expect(posted).toEqual([{ type: 'took', seq: 1 }]);
    expect(now()).toMatchObject({ state: 'loading', found: 9, range, awaited: false });
    await reading.take({ type: 'loading', range, goesOn: true });
    expect(now().awaited).toBe(false);
    await reading.take({ type: 'loading', range, goesOn: false });
    expect(now()).toMatchObject({ awaited: true, found: undefined });
  });

  it('keeps a change at the source while it goes on, until it begins anew', async () => {
    const { reading, now } = follow();
    await reading.take({ type: 'stopped' });
    await reading.take({ type: 'changed' });
    await reading.take({ type: 'loading', range, goesOn: true });
    await reading.take({ type: 'loaded', moved: false });
    expect(now()).toMatchObject({ state: 'loaded', changed: true });
    await reading.take({ type: 'loading', range, goesOn: false });
    expect(now()).toMatchObject({ changed: false, problem: undefined });
  });

  it('that this side cannot take says why, also when the host then stops', async () => {
    const { reading, posted, now } = follow(() => Promise.reject(new Error('no memory')));
    await reading.take(page);
    expect(posted).toEqual([{ type: 'stop' }]);
    await reading.take({ type: 'stopped' });
    expect(now()).toMatchObject({ state: 'failed', problem: 'no memory' });
  });
});
