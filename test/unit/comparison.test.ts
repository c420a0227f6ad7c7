// Two reports laid beside each other: what changed, came and went.
import { describe, expect, it } from 'vitest';
import { comparableReports } from '../../src/commands/reports/compareRules.ts';
import { ComparisonSession, type ComparedReport } from '../../src/webviews/host/comparisonSession.ts';
import { reportByteLimit, type ReportMessage } from '../../src/webviews/protocol/report.ts';
import { buildComparison, readComparison } from '../../src/webviews/ui/comparison.ts';
import { otherDifferences as differenceSteps } from '../../src/webviews/ui/differences.ts';
import { createFormatter } from '../../src/webviews/ui/format.ts';
import type { JsonObject, ReportModel } from '../../src/webviews/ui/reportTypes.ts';
import { atOnce } from '../../src/webviews/ui/turns.ts';

const us = createFormatter('en-US', 'UTC');
const account = (id: string, balance: number, transactions: readonly JsonObject[] = []): JsonObject => ({ id, name: `Account ${id}`, type: 'checking', currency: 'USD', balance, transactions });
const report = (id: string, createdDate: number, accounts: readonly JsonObject[], more: JsonObject = {}): JsonObject =>
  ({ id, createdDate, customerId: 7, type: 'voa', status: 'success', institutions: [{ id: 1, accounts }], ...more });
const rows = (model: ReportModel, id: string): readonly JsonObject[] => model.sections.find((section) => section.id === id)!.tables.flatMap((table) => table.rows);
const otherDifferences = (earlier: JsonObject, later: JsonObject) => atOnce(differenceSteps(earlier, later));
const fact = (model: ReportModel, label: string) => model.facts.find((one) => one.label === label)?.value;

describe('two reports', () => {
  const older = report('older', 100, [
    account('1', 50, [{ id: 't1', amount: 5 }, { id: 't2', amount: 6, status: 'pending' }, { amount: 1, postedDate: 9, description: 'x' }]), account('gone', 1, [{ id: 't9', amount: 1 }]),
  ], { consolidatedAvailableBalance: 100, seasoned: false });
  const newer = report('newer', 200, [
    account('1', 80, [{ id: 't2', amount: 6.5, status: 'active' }, { id: 't3', amount: 7 }, { amount: 1, postedDate: 9, description: 'x' }]), account('new', 2),
  ], { consolidatedAvailableBalance: 150, seasoned: true, brandNew: { inner: 5 } });
  const model = buildComparison(newer, older, us);

  it('are ordered by when they were made, whatever order they came in', () => {
    expect([fact(model, 'Earlier report'), fact(model, 'Later report')]).toEqual(['older', 'newer']);
    expect(buildComparison(older, newer, us).figures).toEqual(model.figures);
  });

  it('show each figure with what it was and how it changed', () => {
    expect(model.figures.find(({ label }) => label === 'Total assets (available)')).toMatchObject({ value: 150, note: 'was $100.00 (+$50.00, +50%)' });
    expect(model.figures.find(({ label }) => label === 'Seasoned')).toMatchObject({ value: true, note: 'was No' });
  });

  it('show accounts that came and went, and their balances', () => {
    expect(rows(model, 'accounts').map(({ title, state, was, is, change }) => [title, state, was, is, change])).toEqual([
      ['Account 1', 'In both', 50, 80, 30], ['Account new', 'Only in the later', undefined, 2, undefined], ['Account gone', 'Only in the earlier', 1, undefined, undefined],
    ]);
  });

  it('say in a word which accounts are in both', () => {
    const detail = (shown: ReportModel) => shown.sections.find(({ id }) => id === 'accounts')?.detail;
    expect([detail(model), detail(buildComparison(older, older, us))]).toEqual(['1 only in the later, 1 only in the earlier', 'the same 2 in both']);
  });

  it('take an account that was linked anew for the same, with its transactions, where only one can be meant', () => {
    const linked = (id: string, balance: number, transactions: readonly JsonObject[]): JsonObject => ({ ...account(id, balance, transactions), name: 'Everyday', number: '1234' });
    const rent = { postedDate: 9, amount: -900, description: 'RENT' };
    const earlier = report('older', 100, [linked('11', 50, [{ id: 't1', accountId: '11', ...rent, category: 'Rent' }])]);
    const later = report('newer', 200, [linked('22', 80, [{ id: 't8', accountId: '22', ...rent, category: 'Home' }, { id: 't9', postedDate: 10, amount: 5, description: 'NEW' }])]);
    const anew = buildComparison(earlier, later, us);
    expect(rows(anew, 'accounts')).toMatchObject([{ state: 'In both, linked anew: ID 11 before, 22 now', was: 50, is: 80, change: 30 }]);
    expect(anew.sections.find(({ id }) => id === 'accounts')?.detail).toBe('1 linked anew');
    expect([rows(anew, 'transactions.added').map(({ id }) => id), rows(anew, 'transactions.gone'), rows(anew, 'transactions.changed').map(({ place, was, is }) => [place, was, is])]).toEqual([['t9'], [], [['category', 'Rent', 'Home']]]);
    expect(rows(anew, 'differences')).toContainEqual(expect.objectContaining({ place: 'id', was: '11', is: '22' }));
    const states = (accounts: readonly JsonObject[]) => rows(buildComparison(earlier, report('newer', 200, accounts), us), 'accounts').map(({ state }) => state);
    // Two that would fit, another number, none at all: nobody can say which is which.
    expect(states([linked('22', 80, []), linked('33', 80, [])])).toEqual(['Only in the later', 'Only in the later', 'Only in the earlier']);
    expect(states([{ ...linked('22', 80, []), number: '9999' }])).toEqual(['Only in the later', 'Only in the earlier']);
    expect(states([{ ...linked('22', 80, []), number: undefined }])).toEqual(['Only in the later', 'Only in the earlier']);
  });

  it('show transactions added, gone and changed, without ids too', () => {
    expect(rows(model, 'transactions.added').map(({ id }) => id)).toEqual(['t3']);
    expect(rows(model, 'transactions.gone').map(({ id }) => id)).toEqual(['t1', 't9']);
    expect(rows(model, 'transactions.changed').map(({ id, place, was, is }) => [id, place, was, is])).toEqual([['t2', 'amount', '$6.00', '$6.50'], ['t2', 'status', 'pending', 'active']]);
  });

  it('show every other value that differs, wherever it stands', () => {
    const places = rows(model, 'differences').map(({ place, was, is }) => [place, was, is]);
    expect(places).toContainEqual(['consolidatedAvailableBalance', '$100.00', '$150.00']);
    expect(places).toContainEqual(['brandNew', undefined, { inner: 5 }]);
    expect(places.flat().join()).not.toContain('older');
  });

  it('are the same to themselves', () => {
    const same = buildComparison(older, older, us);
    expect(same.figures.map(({ note }) => note)).toEqual(same.figures.map(() => 'unchanged'));
    expect(same.sections.flatMap(({ id, tables }) => (id === 'accounts' ? [] : tables))).toEqual([]);
  });

  it('bear bodies in which nothing is what it should be', () => {
    const odd = buildComparison({ institutions: 'no', createdDate: {} }, { institutions: [{ accounts: [null, { transactions: 5 }] }], status: 'inProgress' }, us);
    expect(fact(odd, 'Later report')).toBe('without an id, still being made');
    expect(rows(odd, 'accounts')).toHaveLength(1);
  });

  it('take one value in two spellings for the same, but an id as it is written', () => {
    const spelled = { a: '5', amount: '100.00', postedDate: 1_767_225_600, note: null, number: '0071' };
    expect(otherDifferences(spelled, { a: 5, amount: 100, postedDate: 1_767_225_600_000, number: '0071' }).rows).toEqual([]);
    expect(otherDifferences({ number: '0071' }, { number: '71' }).rows).toMatchObject([{ place: 'number', was: '0071', is: '71' }]);
  });

  it('lay figures of two currencies beside those of their own', () => {
    const both = (usd: number, cad: number) => report('both', 100, [
      { ...account('1', usd, [{ id: 'a', amount: 5, postedDate: 1_767_225_600 }]) }, { ...account('2', cad, [{ id: 'b', amount: 50, postedDate: 1_767_225_600 }]), currency: 'CAD' },
    ], { type: 'transactions' });
    const turned = { ...both(1, 2), institutions: [{ id: 1, accounts: [...(both(1, 2).institutions as { accounts: JsonObject[] }[])[0]!.accounts].reverse() }] };
    const same = buildComparison(both(1, 2), turned, us);
    expect(new Set(same.figures.map(({ currency }) => currency))).toContain('CAD');
    expect(same.figures.map(({ note }) => note)).toEqual(same.figures.map(() => 'unchanged'));
  });

  it('are ordered also by days that are written out, and by milliseconds', () => {
    const made = (id: string, createdDate: unknown): JsonObject => ({ ...report(id, 0, []), createdDate });
    for (const [early, late] of [['2026-01-05', '2026-02-05'], [1_767_225_600_000, 1_769_904_000], ['2026-01-05T09:00:00Z', 1_769_904_000]])
      for (const pair of [[made('early', early), made('late', late)], [made('late', late), made('early', early)]] as const) expect(fact(buildComparison(...pair, us), 'Later report')).toBe('late');
  });

  it('tell every field of a transaction that changed, dates and money as they are written elsewhere', () => {
    const of = (more: JsonObject) => report('x', 100, [account('1', 5, [{ id: 't', amount: '10.00', postedDate: 1_767_225_600, categorization: { category: 'Food', normalizedPayeeName: 'Diner' }, ...more }])]);
    const changes = buildComparison(of({}), of({ amount: 12.5, postedDate: 1_767_312_000, categorization: { category: 'Travel', normalizedPayeeName: 'Diner' }, memo: 'late' }), us);
    expect(rows(changes, 'transactions.changed').map(({ place, was, is }) => [place, was, is])).toEqual([
      ['amount', '$10.00', '$12.50'], ['postedDate', 'Jan 1, 2026', 'Jan 2, 2026'], ['categorization · category', 'Food', 'Travel'], ['memo', undefined, 'late'],
    ]);
    expect(rows(buildComparison(of({}), of({ amount: 10 }), us), 'accounts')).toHaveLength(1);
    expect(buildComparison(of({}), of({ amount: 10 }), us).sections.find(({ id }) => id === 'transactions.changed')?.note).toBe('None.');
  });

  it('tell transactions that stand outside the accounts among the other differences', () => {
    const places = otherDifferences({ income: [{ id: 1, transactions: [{ id: 5, amount: 1 }] }] }, { income: [{ id: 1, transactions: [{ id: 5, amount: 2 }] }] }).rows.map(({ place }) => place);
    expect(places).toEqual(['income · 1 · transactions · 5 · amount']);
    const stream = (amount: number) => report('x', 100, [{ ...account('2', 5), incomeStreams: [{ id: 3, transactions: [{ id: 5, amount }] }] }]);
    expect(rows(buildComparison(stream(1), stream(2), us), 'differences')).toEqual([{ account: 'Account 2', place: 'incomeStreams · 3 · transactions · 5 · amount', was: '$1.00', is: '$2.00' }]);
  });

  it('match accounts without ids by name and number, wherever they stand', () => {
    const plain = (name: string, number: string, balance: number): JsonObject => ({ name, number, type: 'checking', currency: 'USD', balance });
    const [a, b] = [plain('Everyday', '1111', 5), plain('Everyday', '2222', 9)];
    const moved = buildComparison(report('x', 100, [a, b]), report('y', 200, [plain('New', '3333', 1), b, a]), us);
    expect(rows(moved, 'accounts').map(({ state, change }) => [state, change])).toEqual([['Only in the later', undefined], ['In both', 0], ['In both', 0]]);
    expect(rows(moved, 'differences').filter(({ account: of }) => of !== 'Whole report').map(({ account: of, place }) => [of, place])).toEqual(Object.keys(a).map((key) => ['New ··3333', key]));
  });

  it('match the items of a list by a name that both lists have', () => {
    const months = (...amounts: readonly (readonly [unknown, number])[]) => ({ list: amounts.map(([month, amount]) => ({ month, amount })) });
    expect(otherDifferences(months(['Jan', 1], ['Jan', 2]), months(['Jan', 1], ['Feb', 3])).rows.map(({ place }) => place)).toEqual(['list · 2 · month', 'list · 2 · amount']);
    expect(otherDifferences(months(['Jan', 1], ['Feb', 2]), months(['Jan', 1], ['Jan', 3])).rows.map(({ place }) => place)).toEqual(['list · 2 · month', 'list · 2 · amount']);
    expect(otherDifferences({ list: { month: 'Jan', amount: 1 } }, months(['Jan', 2])).rows.map(({ place }) => place)).toEqual(['list · Jan · amount']);
  });

  it('tell values that nest deeper than can be looked into, wherever they differ', () => {
    const nested = (inner: unknown, depth: number): JsonObject => { let value: unknown = inner; for (let n = 0; n < depth; n++) value = { a: value }; return value as JsonObject; };
    expect(otherDifferences(nested(1, 200), nested(1, 200)).rows).toEqual([]);
    for (const depth of [200, 50_000]) expect(otherDifferences(nested(1, depth), nested(2, depth)).rows).toHaveLength(1);
  });

  it('are worked through in turns, however many transactions they have', () => {
    const bytes = (count: number) => new TextEncoder().encode(JSON.stringify(report('x', 100, [account('1', 5, Array.from({ length: count }, (_, id) => ({ id, amount: id })))])));
    for (const [before, after] of [[20_000, 0], [5_000, 5_000]] as const) {
      const work = readComparison({ type: 'comparison', bodies: [bytes(before), bytes(after)], names: ['x', 'x'], locale: 'en-US', accountTypes: {} }, us);
      let turns = 0;
      while (!work.next().done) turns++;
      expect(turns).toBeGreaterThan(30);
    }
  });

  it('say which of the two is damaged, and what is the matter with each', () => {
    const compared = (...bodies: readonly [string, string]) => () => atOnce(readComparison(
      { type: 'comparison', bodies: [new TextEncoder().encode(bodies[0]), new TextEncoder().encode(bodies[1])], names: ['a1-voa', 'b2-voa'], locale: 'en-US', accountTypes: {} }, us,
    ));
    expect(compared('{}', '{"id":')).toThrow(/^Report b2-voa: the body is not valid JSON: it may have been cut short on its way\.$/);
    expect(compared('[1]', '{"id":')).toThrow(/^Report a1-voa: The body is JSON, but not a report.* Report b2-voa: the body is not valid JSON/);
    expect(compared('{}', '{}')).not.toThrow();
  });

  it('lose nothing that stands where accounts and transactions are expected', () => {
    const placed = (accounts: unknown): JsonObject => ({ ...report('x', 100, []), institutions: [{ id: 1, accounts }] });
    const places = (before: JsonObject, after: JsonObject) => rows(buildComparison(before, after, us), 'differences').map(({ place }) => place);
    expect(places(placed([{ ...account('1', 5), transactions: ['one', { id: 't' }] }]), placed([{ ...account('1', 5), transactions: ['two', { id: 't' }] }]))).toEqual(['transactions · 1']);
    expect(places(placed(['one', account('1', 5)]), placed(['two', account('1', 5)]))).toEqual(['institutions · 1 · accounts · 1']);
    expect(places(placed('one'), placed('two'))).toEqual(['institutions · 1 · accounts']);
    expect(places({ institutions: 'one' }, { institutions: 'two' })).toEqual(['institutions']);
    expect(places(placed(account('1', 5)), placed([account('1', 6)]))).toEqual(['balance']);
  });

  it('tell which transactions the other report could not have, by the days that it covers', () => {
    const day = (text: string) => Date.parse(`${text}T12:00:00Z`) / 1000;
    const of = (from: string, to: string, ...posted: string[]) => report(to, day(to), [account('1', 5, posted.map((one) => ({ id: one, amount: 1, postedDate: day(one) })))], { startDate: day(from), endDate: day(to) });
    const note = (shown: ReportModel, id: string) => shown.sections.find((section) => section.id === `transactions.${id}`)?.note;
    const [may, june] = [of('2026-01-01', '2026-05-31', '2026-01-05', '2026-05-31'), of('2026-02-01', '2026-06-30', '2026-05-31', '2026-06-01', '2026-05-20')];
    const shown = buildComparison(may, june, us);
    expect(note(shown, 'added')).toBe('1 of 2 was posted in the time that the earlier report covers (Jan 1, 2026 – May 31, 2026), but that report does not have it.');
    expect(note(shown, 'gone')).toBe('None was posted in the time that the later report covers (Feb 1, 2026 – Jun 30, 2026).');
    expect(note(buildComparison(may, of('2026-01-01', '2026-06-30', '2026-01-05'), us), 'gone')).toMatch(/^It was posted in the time that the later report covers .*, but that report does not have it\.$/);
    expect(shown.facts.filter(({ label }) => label === 'Covers').map(({ value }) => value)).toEqual(['Jan 1, 2026 – May 31, 2026', 'Feb 1, 2026 – Jun 30, 2026']);
    expect(note(buildComparison(older, newer, us), 'gone')).toBeUndefined();
  });

  it('stop listing before the list is endless, and say so', () => {
    const wide = (n: number) => ({ list: Object.fromEntries(Array.from({ length: 120_000 }, (_, i) => [`k${i}`, i * n])) });
    const { rows: told, more } = otherDifferences(wide(1), wide(2));
    expect([told.length, more]).toEqual([100_000, true]);
  });
});

describe('what a report can be compared with', () => {
  const listed = { reports: [
    { id: 'a', type: 'cfrpcra', status: 'success', createdDate: 1 }, { id: 'b', type: 'cfrpnoncra', status: 'success', createdDate: 3 }, { id: 'c', type: 'voa', status: 'success' },
    { id: 'd', type: 'cfrpcra', status: 'failure', createdDate: 4 }, { id: 'e', type: 'cfrpcra', status: 'success', createdDate: 2 },
  ] };
  it('is finished and of its kind, the newest first', () => {
    expect(comparableReports(listed, 'a').others.map(({ reportId }) => reportId)).toEqual(['b', 'e']);
    expect(comparableReports({ reports: 'none' }, 'a')).toEqual({ type: undefined, finished: true, others: [] });
  });
  it('is nothing while it is not finished itself', () => {
    expect([comparableReports(listed, 'a').finished, comparableReports(listed, 'd').finished]).toEqual([true, false]);
  });
});

describe('the tab of a comparison', () => {
  const tab = (reports: readonly [ComparedReport['read'], ComparedReport['read']] | undefined) => {
    const posted: ReportMessage[] = [];
    const opened: string[] = [];
    const session = new ComparisonSession({
      reports: reports && [{ id: 'a1-voa', read: reports[0] }, { id: 'b2-voa', read: reports[1] }], post: (message) => posted.push(message),
      openText: () => opened.push('text'), openEach: () => opened.push('each'), saveFile: (name) => opened.push(name), follow: (name, value) => opened.push(`${name}=${value}`), title: (text) => opened.push(text), locale: 'en',
    });
    return { session, posted, opened };
  };
  const bytes = (size: number) => async () => new Uint8Array(size);
  const fails = (text: string) => async (): Promise<Uint8Array> => { throw new Error(text); };
  const settled = () => new Promise((resolve) => setTimeout(resolve));

  it('reads both when the page is there, and again when one changed while it is shown', async () => {
    const { session, posted } = tab([bytes(1), bytes(2)]);
    session.changed();
    expect(posted).toEqual([]);
    session.receive({ type: 'ready' });
    await settled();
    expect(posted).toMatchObject([{ type: 'loading', comparing: true }, { type: 'comparison', names: ['a1-voa', 'b2-voa'] }]);
    session.changed();
    await settled();
    expect(posted).toHaveLength(4);
    session.setVisible(false);
    session.changed();
    expect(posted).toHaveLength(4);
  });

  it('compares two as large as a report may be, and says which of them is too large', async () => {
    const both = tab([bytes(reportByteLimit), bytes(reportByteLimit)]);
    both.session.receive({ type: 'ready' });
    await settled();
    expect(both.posted.at(-1)?.type).toBe('comparison');
    const one = tab([bytes(1), bytes(reportByteLimit + 1)]);
    one.session.receive({ type: 'ready' });
    await settled();
    expect(one.posted.at(-1)).toEqual({ type: 'notCompared', text: 'Report b2-voa: it is 73 MB large; up to 72 MB each are compared here.' });
    one.session.receive({ type: 'openEach' });
    expect(one.opened).toEqual(['each']);
  });

  it('says which of the two it cannot read and why, and opens the texts', async () => {
    const { session, posted, opened } = tab([fails('Gone.'), bytes(1)]);
    session.receive({ type: 'ready' });
    await settled();
    expect(posted.at(-1)).toEqual({ type: 'failed', text: 'Report a1-voa: Gone.' });
    session.receive({ type: 'openJson' });
    session.receive({ type: 'save' });
    session.receive({ type: 'nonsense' });
    expect(opened).toEqual(['text']);
    const neither = tab([fails('Gone.'), fails('Locked.')]);
    neither.session.receive({ type: 'ready' });
    await settled();
    expect(neither.posted.at(-1)).toEqual({ type: 'failed', text: 'Report a1-voa: Gone. Report b2-voa: Locked.' });
    const nothing = tab(undefined);
    nothing.session.receive({ type: 'ready' });
    await settled();
    expect(nothing.posted.at(-1)).toMatchObject({ type: 'failed', text: expect.stringContaining('names no two reports') });
  });

  it('stops waiting when the person cancels, and shows nothing of a reading that another has overtaken', async () => {
    let finish = (): void => {};
    let reads = 0;
    const slow = () => { reads++; return new Promise<Uint8Array>((resolve) => { finish = () => resolve(new Uint8Array(reads)); }); };
    const { session, posted } = tab([slow, bytes(1)]);
    session.receive({ type: 'ready' });
    session.receive({ type: 'cancel' });
    await settled();
    finish();
    await settled();
    expect(posted.map(({ type }) => type)).toEqual(['loading', 'stopped']);
    session.receive({ type: 'reload' });
    session.receive({ type: 'reload' });
    finish();
    await settled();
    expect(posted.map(({ type }) => type)).toEqual(['loading', 'stopped', 'loading', 'loading', 'comparison']);
  });
});
