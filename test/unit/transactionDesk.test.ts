// What the worker does on each question, pages coming in between: the lines shown are those of the rows loaded, whatever order things come in.
import { afterEach, describe, expect, it } from 'vitest';
import { noFilter } from '../../src/webviews/ui/transactionFilter.ts';
import { TransactionDesk } from '../../src/webviews/ui/transactionDesk.ts';
import type { ExportWish, Line, Notice, Summary } from '../../src/webviews/ui/transactionMessages.ts';
import { bytesOf, transaction, transactions } from './transactionRows.ts';

const checking = { id: '8100000011', name: 'Everyday ··4421', type: 'checking', currency: 'USD' };
let notices: Notice[] = [];
const newDesk = () => new TransactionDesk((notice) => notices.push(notice), () => new Promise((resolve) => setImmediate(resolve)));
afterEach(() => { notices = []; });

const last = (): Summary => notices.flatMap((notice) => (notice.type === 'summary' ? [notice.summary] : [])).at(-1)!;
const quiet = async (): Promise<void> => {
  for (let seen = -1; seen !== notices.length;) {
    seen = notices.length;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
};
const columns = ['description', 'amount', '#account', '#recurring'];
const linesOf = async (desk: TransactionDesk, from = 0, to = 50): Promise<readonly Line[]> => (await desk.ask('lines', { from, to, columns })).lines;
const idsOf = async (desk: TransactionDesk) => (await desk.ask('lines', { from: 0, to: 1000, columns: ['id'] })).lines.map((line) => ('row' in line ? Number(line.values[0]) - 31_500_000_000 : line.group.key));

describe('pages', () => {
  it('come behind each other and change no line before them', async () => {
    const desk = newDesk();
    await desk.ask('page', { bytes: bytesOf(transactions(3)), fresh: true, found: 5 });
    const { version } = last();
    expect(last()).toMatchObject({ loaded: 3, lines: 3, totals: { rows: 3 } });
    await desk.ask('page', { bytes: bytesOf(transactions(5).slice(3)), fresh: false, found: 5 });
    expect(last()).toMatchObject({ version, loaded: 5, lines: 5, totals: { rows: 5, sums: [{ out: 60 }] } });
    expect(await idsOf(desk)).toEqual([0, 1, 2, 3, 4]);
  });

  it('the first of a new reading takes the place of all before, the filter stays', async () => {
    const desk = newDesk();
    await desk.ask('page', { bytes: bytesOf(transactions(6)), fresh: true });
    await desk.ask('view', { filter: { ...noFilter, categories: ['Groceries'] } });
    await desk.ask('page', { bytes: bytesOf([transaction(20), transaction(21), transaction(22)]), fresh: true });
    expect(last()).toMatchObject({ loaded: 3, lines: 2, totals: { rows: 2 } });
    expect(await idsOf(desk)).toEqual([20, 22]);
  });

  it('that come while it is sorted, grouped and filtered end up where they belong', async () => {
    const desk = newDesk();
    await desk.ask('page', { bytes: bytesOf(transactions(4)), fresh: true });
    await desk.ask('view', { filter: noFilter, sort: { key: 'amount', down: false } });
    await desk.ask('page', { bytes: bytesOf([transaction(9)]), fresh: false });
    await quiet();
    expect(await idsOf(desk)).toEqual([9, 3, 2, 1, 0]);
    await desk.ask('view', { filter: noFilter, group: 'category' });
    await desk.ask('foldAll', { open: true });
    await desk.ask('page', { bytes: bytesOf([transaction(40)]), fresh: false });
    await quiet();
    expect(await idsOf(desk)).toEqual(['Groceries', 0, 2, 40, 'Coffee Shops', 1, 3, 9]);
  });

  it('are shown by the view that was chosen before the first of them, and by one chosen while they come', async () => {
    const desk = newDesk();
    await desk.ask('view', { filter: { ...noFilter, categories: ['Groceries'] }, sort: { key: 'amount', down: false } });
    await desk.ask('page', { bytes: bytesOf(transactions(4)), fresh: true });
    expect(await idsOf(desk)).toEqual([2, 0]);
    // Asked together: whichever is done first, the last view holds for all rows.
    await Promise.all([
      desk.ask('page', { bytes: bytesOf(transactions(8).slice(4)), fresh: false }), desk.ask('view', { filter: noFilter, sort: { key: 'amount', down: true } }),
      desk.ask('page', { bytes: bytesOf([transaction(8)]), fresh: false }),
    ]);
    await quiet();
    expect(await idsOf(desk)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    await Promise.all([desk.ask('view', { filter: noFilter, group: 'category' }), desk.ask('page', { bytes: bytesOf(transactions(3)), fresh: true })]);
    await quiet();
    expect(await idsOf(desk)).toEqual(['Groceries', 'Coffee Shops']);
  });

  it('that are no list say so and lose nothing', async () => {
    const desk = newDesk();
    await desk.ask('page', { bytes: bytesOf(transactions(2)), fresh: true });
    expect(await desk.ask('page', { bytes: new TextEncoder().encode('{"cut":'), fresh: false })).toEqual({ loaded: 2, problem: expect.stringContaining('no JSON') as string });
    expect(await desk.ask('page', { bytes: bytesOf({ a: 1 }), fresh: false })).toMatchObject({ loaded: 2, problem: expect.stringContaining('no list') as string });
  });

  it('a newer filter ends an older one that still runs', async () => {
    const desk = newDesk();
    await desk.ask('page', { bytes: bytesOf(transactions(200_000)), fresh: true });
    const [older, newer] = await Promise.all([desk.ask('view', { filter: { ...noFilter, text: 'payee' } }), desk.ask('view', { filter: { ...noFilter, text: 'payee 1' } })]);
    expect(older.summary).toBeUndefined();
    expect(newer.summary!.totals.rows).toBe(Math.ceil((200_000 - 1) / 3));
  });
});

describe('questions', () => {
  it('lines bring what the wire said, with account and currency once they are known', async () => {
    const desk = newDesk();
    await desk.ask('page', { bytes: bytesOf([transaction(0, { status: 'pending' }), transaction(1, { status: 'odd' })]), fresh: true });
    expect(await linesOf(desk)).toMatchObject([{ state: 'pending', currency: '', values: ['PAYEE 0 STORE', -10, '8100000011', undefined] }, { state: 'other', status: 'odd' }]);
    await desk.ask('accounts', { accounts: [checking] });
    await quiet();
    expect((await linesOf(desk))[0]).toMatchObject({ currency: 'USD', values: ['PAYEE 0 STORE', -10, 'Everyday ··4421', undefined] });
    expect(last().totals.sums[0]!.currency).toBe('USD');
  });

  it('recurring streams mark rows, those too that come later', async () => {
    const desk = newDesk();
    await desk.ask('page', { bytes: bytesOf(transactions(2)), fresh: true });
    await desk.ask('streams', { streams: [{ payee: 'Rent', flow: 'out', cadence: 30, active: true, transactionIds: ['31500000001', '31500000005'] }] });
    await desk.ask('page', { bytes: bytesOf([transaction(5), transaction(6)]), fresh: false });
    await quiet();
    expect((await linesOf(desk)).map((line) => ('row' in line ? line.recurring : ''))).toEqual([undefined, 'every 30 days', 'every 30 days', undefined]);
    expect((await desk.ask('view', { filter: { ...noFilter, recurring: true }, group: 'recurring' })).summary!.totals.rows).toBe(2);
    expect((await linesOf(desk))[0]).toMatchObject({ group: { key: 'Rent, every 30 days' } });
  });

  it('a selection is summed, copied without formulas, and handed on as it came', async () => {
    const desk = newDesk();
    await desk.ask('accounts', { accounts: [checking] });
    await desk.ask('page', { bytes: bytesOf([transaction(0), transaction(1, { description: '=cmd()' }), transaction(2)]), fresh: true });
    const ranges = [{ from: 1, to: 2 }];
    expect((await desk.ask('select', { ranges })).totals).toMatchObject({ rows: 2, sums: [{ out: 23 }] });
    expect(await desk.ask('copy', { ranges, columns: ['description', 'amount'] })).toEqual({ text: "Description\tAmount\n'=cmd()\t-11\nPAYEE 2 STORE\t-12", rows: 2, whole: true });
    const { records, all } = await desk.ask('records', { ranges, most: 1 });
    expect([all, records]).toEqual([2, [{ ...transaction(1, { description: '=cmd()' }), '#accountType': 'checking' }]]);
  });
});

describe('exports', () => {
  const csv: ExportWish = { format: 'csv', delimiter: ',', bom: true, isoDates: true };
  const whole = async (desk: TransactionDesk, wish: ExportWish): Promise<string> => {
    await desk.ask('exportBegin', wish);
    let text = '';
    for (;;) {
      const { bytes, done } = await desk.ask('exportNext', {});
      text += new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
      if (done) return text;
    }
  };

  it('have what is filtered in the order shown, and the same columns whatever rows have', async () => {
    const desk = newDesk();
    await desk.ask('page', { bytes: bytesOf([...transactions(5), transaction(5, { zeta: 1, alpha: '=1' })]), fresh: true });
    await desk.ask('view', { filter: { ...noFilter, amountFrom: 12 }, sort: { key: 'amount', down: false } });
    const text = await whole(desk, csv);
    const lines = text.split('\r\n');
    const head = lines[0]!.split(',');
    expect(head[0]).toBe('\ufefftransactionDate');
    expect(head.slice(-2)).toEqual(['alpha', 'zeta']);
    expect(head).toContain('securityId');
    expect(lines.slice(1, -1).map((line) => line.split(',')[head.indexOf('amount')])).toEqual(['-15', '-14', '-13', '-12']);
    expect(lines.slice(1, -1).every((line) => line.split(',').length === head.length)).toBe(true);
    expect(lines[1]!.split(',').slice(-2)).toEqual(["'=1", '1']);
    expect(lines[1]!.split(',')[0]).toBe('2026-05-23');
    expect(lines[1]).toContain('2026-05-23T01:00:00Z');
    const other = newDesk();
    await other.ask('page', { bytes: bytesOf([{ id: 1 }]), fresh: true });
    expect((await whole(other, csv)).split('\r\n')[0]!.split(',')).toEqual(head.slice(0, -2));
  });

  it('have the chosen columns with the chosen delimiter, raw dates when wished', async () => {
    const desk = newDesk();
    await desk.ask('page', { bytes: bytesOf([transaction(0)]), fresh: true });
    expect(await whole(desk, { ...csv, bom: false, isoDates: false, delimiter: ';', columns: ['#account', 'transactionDate', 'none', 'amount'] })).toBe('accountName;transactionDate;none;amount\r\n8100000011;1779926400;;-10\r\n');
  });

  it.each([0, 1, 9_000])('JSON and lines of JSON are the %i rows as they came', async (count) => {
    const rows = transactions(count, (index) => ({ description: `two\nlines \u2028 "${index}" 😀` }));
    const desk = newDesk();
    await desk.ask('page', { bytes: bytesOf(rows), fresh: true });
    expect(JSON.parse(await whole(desk, { ...csv, format: 'json' }))).toEqual(rows);
    const text = await whole(desk, { ...csv, format: 'ndjson' });
    expect(text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as unknown)).toEqual(rows);
  });

  it('go on with their own rows when another range is read meanwhile', async () => {
    const rows = transactions(30_000);
    const desk = newDesk();
    await desk.ask('page', { bytes: bytesOf(rows), fresh: true });
    await desk.ask('exportBegin', { ...csv, format: 'ndjson' });
    let text = new TextDecoder().decode((await desk.ask('exportNext', {})).bytes);
    expect(text.length).toBeLessThan(2_000_000);
    await desk.ask('page', { bytes: bytesOf([transaction(77)]), fresh: true });
    for (let done = false; !done;) {
      const next = await desk.ask('exportNext', {});
      text += new TextDecoder().decode(next.bytes);
      done = next.done;
    }
    expect(text.trimEnd().split('\n')).toHaveLength(30_000);
    expect(JSON.parse(text.trimEnd().split('\n').at(-1)!)).toEqual(rows.at(-1));
  });
});
