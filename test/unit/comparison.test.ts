// Two reports laid beside each other: what changed, came and went.
import { describe, expect, it } from 'vitest';
import { comparableReports } from '../../src/commands/reports/compareRules.ts';
import { ComparisonSession } from '../../src/webviews/host/comparisonSession.ts';
import type { ReportMessage } from '../../src/webviews/protocol/report.ts';
import { buildComparison } from '../../src/webviews/ui/comparison.ts';
import { otherDifferences } from '../../src/webviews/ui/differences.ts';
import { createFormatter } from '../../src/webviews/ui/format.ts';
import type { JsonObject, ReportModel } from '../../src/webviews/ui/reportTypes.ts';

const us = createFormatter('en-US', 'UTC');
const account = (id: string, balance: number, transactions: readonly JsonObject[] = []): JsonObject => ({ id, name: `Account ${id}`, type: 'checking', currency: 'USD', balance, transactions });
const report = (id: string, createdDate: number, accounts: readonly JsonObject[], more: JsonObject = {}): JsonObject =>
  ({ id, createdDate, customerId: 7, type: 'voa', status: 'success', institutions: [{ id: 1, accounts }], ...more });
const rows = (model: ReportModel, id: string): readonly JsonObject[] => model.sections.find((section) => section.id === id)!.tables.flatMap((table) => table.rows);
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
    expect(model.figures.find(({ label }) => label === 'Total assets')).toMatchObject({ value: 150, note: 'was $100.00 (+$50.00, +50%)' });
    expect(model.figures.find(({ label }) => label === 'Seasoned')).toMatchObject({ value: true, note: 'was No' });
  });

  it('show accounts that came and went, and their balances', () => {
    expect(rows(model, 'accounts').map(({ title, state, was, is, change }) => [title, state, was, is, change])).toEqual([
      ['Account 1', 'In both', 50, 80, 30], ['Account new', 'Came', undefined, 2, undefined], ['Account gone', 'Went', 1, undefined, undefined],
    ]);
  });

  it('show transactions added, gone and changed, without ids too', () => {
    expect(rows(model, 'transactions.added').map(({ id }) => id)).toEqual(['t3']);
    expect(rows(model, 'transactions.gone').map(({ id }) => id)).toEqual(['t1', 't9']);
    expect(rows(model, 'transactions.changed').map(({ id, field, was, is }) => [id, field, was, is])).toEqual([['t2', 'amount', 6, 6.5], ['t2', 'status', 'pending', 'active']]);
  });

  it('show every other value that differs, wherever it stands', () => {
    const places = rows(model, 'differences').map(({ place, was, is }) => [place, was, is]);
    expect(places).toContainEqual(['consolidatedAvailableBalance', 100, 150]);
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

  it('take two amounts of the same number as text and number for the same', () => {
    expect(otherDifferences({ a: '5' }, { a: 5 }).rows).toEqual([]);
  });

  it('stop listing before the list is endless, and say so', () => {
    const wide = (n: number) => ({ list: Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${i}`, i * n])) });
    const { rows: told, more } = otherDifferences(wide(1), wide(2));
    expect([told.length, more]).toEqual([5_000, true]);
  });
});

describe('what a report can be compared with', () => {
  const listed = { reports: [
    { id: 'a', type: 'cfrpcra', status: 'success', createdDate: 1 }, { id: 'b', type: 'cfrpnoncra', status: 'success', createdDate: 3 }, { id: 'c', type: 'voa', status: 'success' },
    { id: 'd', type: 'cfrpcra', status: 'failure', createdDate: 4 }, { id: 'e', type: 'cfrpcra', status: 'success', createdDate: 2 },
  ] };
  it('is finished and of its kind, the newest first', () => {
    expect(comparableReports(listed, 'a').others.map(({ reportId }) => reportId)).toEqual(['b', 'e']);
    expect(comparableReports({ reports: 'none' }, 'a')).toEqual({ type: undefined, others: [] });
  });
});

describe('the tab of a comparison', () => {
  const tab = (read: () => Promise<readonly [Uint8Array, Uint8Array]>) => {
    const posted: ReportMessage[] = [];
    const opened: string[] = [];
    const session = new ComparisonSession({ read, post: (message) => posted.push(message), openText: () => opened.push('text'), saveFile: (name) => opened.push(name), follow: (name, value) => opened.push(`${name}=${value}`), title: (text) => opened.push(text), locale: 'en' });
    return { session, posted, opened };
  };
  const settled = () => new Promise((resolve) => setTimeout(resolve));

  it('reads both when the page is there, and again when one changed while it is shown', async () => {
    const { session, posted } = tab(async () => [new Uint8Array([1]), new Uint8Array([2])]);
    session.changed();
    expect(posted).toEqual([]);
    session.receive({ type: 'ready' });
    await settled();
    expect(posted.map(({ type }) => type)).toEqual(['loading', 'comparison']);
    session.changed();
    await settled();
    expect(posted).toHaveLength(4);
    session.setVisible(false);
    session.changed();
    expect(posted).toHaveLength(4);
  });

  it('says why it cannot read, and opens the texts', async () => {
    const { session, posted, opened } = tab(async () => { throw new Error('Gone.'); });
    session.receive({ type: 'ready' });
    await settled();
    expect(posted.at(-1)).toEqual({ type: 'failed', text: 'Gone.' });
    session.receive({ type: 'openJson' });
    session.receive({ type: 'save' });
    session.receive({ type: 'nonsense' });
    expect(opened).toEqual(['text']);
  });
});
