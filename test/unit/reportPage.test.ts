// The report as a page to print: no word is broken, nothing that is told is lost.
import { describe, expect, it } from 'vitest';
import { createFormatter } from '../../src/webviews/ui/format.ts';
import { reportHtml } from '../../src/webviews/ui/reportHtml.ts';
import { atOnce } from '../../src/webviews/ui/turns.ts';
import { buildReport } from '../../src/webviews/ui/reportModel.ts';
import type { JsonObject } from '../../src/webviews/ui/reportTypes.ts';

const us = createFormatter('en-US', 'UTC');
const page = (body: JsonObject, masked = true) => atOnce(reportHtml(buildReport({ status: 'success', ...body }), us, { drawChart: () => '', masked, now: 0, language: 'en' }));
const headings = (text: string) => [...text.matchAll(/<th scope="col"[^>]*>([^<]*)<\/th>/g)].map(([, heading]) => heading);
const wide = (count: number, words = 'about twenty letters') => Array.from({ length: count }, (_, row) => ({
  id: `row-${row}`, kind: 'the same', empty: null, list: [], ...Object.fromEntries(Array.from({ length: 14 }, (_, at) => [`field${at}`, `${words} ${row}.${at}`])),
}));

describe('a page to print', () => {
  it('says on its first line whether personal data is in it', () => {
    expect(page({ type: 'voa' }, true)).toMatch(/<\/h1>\s*<p class="masked">Personal data is masked\.<\/p>/);
    expect(page({ type: 'voa' }, false)).toMatch(/<\/h1>\s*<p class="masked">This page holds personal data\.<\/p>/);
  });

  it('keeps a figure\'s tone and its note apart', () => {
    expect(page({ type: 'voieTxVerify', payStatements: [{ matchType: 'NET_PAY_MATCH', payDate: '2026-01-01' }] })).toContain('good · A deposit equals the net pay');
  });

  it('puts what does not fit beneath its row, what is always the same above the table, and leaves out what is empty', () => {
    const text = page({ things: wide(3) });
    expect(headings(text).length).toBeLessThan(9);
    expect(headings(text)).toEqual(expect.arrayContaining(['ID', 'Field 0']));
    expect(text).toContain('The same in all 3 rows: Kind: the same');
    expect(text).not.toMatch(/>Empty|>List/);
    for (let row = 0; row < 3; row++) for (let at = 0; at < 14; at++) expect(text).toContain(`about twenty letters ${row}.${at}`);
    expect(text).toContain('Field 13: about twenty letters 2.13');
  });

  it('leaves a table that fits as it is', () => {
    const text = page({ things: [{ id: 1, kind: 'the same' }, { id: 2, kind: 'the same' }, { id: 3, kind: 'the same' }] });
    expect(headings(text)).toEqual(['ID', 'Kind']);
    expect(text).not.toContain('class="beneath"><td');
  });

  it('breaks nothing but what is no word', () => {
    const text = page({ things: [{ note: `${'a'.repeat(39)} ${'b'.repeat(90)}`, markup: `<${'c'.repeat(45)}&` }] });
    expect(text).toContain('a'.repeat(39));
    expect(text).toContain(`${'b'.repeat(40)}<wbr>`);
    expect(text).toContain(`&lt;${'c'.repeat(39)}<wbr>`);
    expect(text).not.toContain('<cc');
  });

  it('of a failed report says where it failed', () => {
    expect(page({ type: 'voa', status: 'failure', errors: [{ code: 103, message: 'No.', accountId: '8100000011' }] })).toMatch(/No\.[^]*<dt>Account<\/dt><dd>8100000011<\/dd>/);
  });
});

describe('values without words of their own', () => {
  it('an empty list is none, with the value as it came at hand', () => {
    expect(us.show([], 'text')).toEqual({ text: 'none', raw: '[]' });
    expect(us.show([], 'money').text).toBe('none');
    expect(us.show([1], 'text').text).toBe('[1]');
  });

  it('pay is in dollars in every report of pay, and in the accounts\' own currency where they share one', () => {
    const statement = { payDate: '2026-01-09', grossPayCurrent: 4241.56, payStat: [{ name: 'regular', amountCurrent: 4241.56 }] };
    for (const text of [
      page({ type: 'paystatement', payStatements: [statement] }), page({ type: 'voieTxVerify', payStatements: [statement] }),
      page({ type: 'voiePayroll', employmentHistory: [{ employerName: 'Larkspur', income: { basePayRate: 4241.56, directPayStatements: [{ mainPayStatementFields: { payDate: '2026-01-09', grossPayAmount: 4241.56 } }] } }] }),
    ]) {
      expect(text).toContain('$4,241.56');
      expect(text).not.toMatch(/[^$]4,241\.56/);
    }
    expect(page({ type: 'voieTxVerify', payStatements: [statement], institutions: [{ accounts: [{ currency: 'CAD' }] }] })).toContain('CA$4,241.56');
  });

  it('a payment risk score of -1 is no score in the table of months either', () => {
    const state = (attributeName: string, values: readonly number[]) => ({ attributeName, reportedByTimePeriods: [{ timeIntervalType: 'MONTHLY_CALENDAR', periods: values.map((mean, at) => ({ startDate: `2026-0${at + 1}-01`, endDate: `2026-0${at + 1}-28`, mean })) }] });
    const model = buildReport({ type: 'pripcra', status: 'success', customerAnalytics: { transactionalAttributes: [], stateAttributes: [state('PAYMENT_RISK_SCORE', [-1, 24]), state('ASSET_BALANCE', [5, 6])], streams: [{ payee: 'A' }] } });
    const [table, streams] = model.sections[0]!.tables;
    expect(table!.rows.map((row) => us.show(table!.columns[2]!.read(row), table!.columns[2]!.kind).text)).toEqual(['No score (-1)', '24']);
    expect(streams!.label).toBe('Recurring streams');
  });
});
