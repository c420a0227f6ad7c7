import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/api/catalogue.ts';
import { accountTypes } from '../../src/api/words.ts';
import { columnKind, kindOf } from '../../src/webviews/ui/fieldKinds.ts';
import { createFormatter, momentOf, numberOf, words } from '../../src/webviews/ui/format.ts';
import { buildReport, readBody } from '../../src/webviews/ui/reportModel.ts';
import type { JsonObject, ReportModel, Section } from '../../src/webviews/ui/reportTypes.ts';
import { accountState, explainProblem, reportTitle, signNote } from '../../src/webviews/ui/reportWords.ts';
import { searchReport } from '../../src/webviews/ui/search.ts';
import { atOnce } from '../../src/webviews/ui/turns.ts';

const us = createFormatter('en-US', 'America/Denver');

describe('values as a person reads them', () => {
  it.each([
    [1234.5, 'USD', '$1,234.50'], ['-1234.5', 'USD', '-$1,234.50'], [75517.99999999997, 'USD', '$75,518.00'], [0, 'USD', '$0.00'], [5, 'JPY', '¥5'],
    [1234.5, undefined, '1,234.50'], [1234.5, 'not a currency', '1,234.50'], ['', 'USD', '—'], [null, 'USD', '—'], [undefined, 'USD', '—'],
    ['n/a', 'USD', 'n/a'], ['0x10', 'USD', '0x10'], [Number.NaN, 'USD', 'null'],
  ])('money %j in %s is %s', (value, currency, text) => {
    expect(us.show(value, 'money', currency).text).toBe(text);
  });

  it.each([
    [1614859200, 'day', 'Mar 4, 2021'], ['1614859200', 'day', 'Mar 4, 2021'], [1614859200000, 'day', 'Mar 4, 2021'], ['2021-03-04', 'day', 'Mar 4, 2021'],
    ['2021-03-04T12:00:00Z', 'moment', 'Mar 4, 2021, 5:00 AM MST'], [1614859200, 'moment', 'Mar 4, 2021, 5:00 AM MST'], ['2021-03-04T12:00:00', 'moment', 'Mar 4, 2021, 12:00 PM'],
    [1551423600, 'month', 'Mar 2019'], [0, 'moment', '0'], ['soon', 'day', 'soon'], [99999999999999999, 'day', '100000000000000000'], ['2021-99-99', 'day', '2021-99-99'],
  ] as const)('the date %j as %s is %s', (value, kind, text) => {
    expect(us.show(value, kind).text.replace(/\u202f/g, ' ')).toBe(text);
  });

  it('keeps the raw value at hand and cuts what is endless', () => {
    expect(us.show(1614859200, 'day').raw).toBe('1614859200');
    expect(us.show(undefined, 'text').raw).toBe('not in the body');
    expect(us.show('x'.repeat(1_000_000), 'text').text.length).toBeLessThan(2_100);
  });

  it('falls back to English for a locale that nobody knows', () => {
    expect(createFormatter('###').show(1.5, 'money', 'USD').text).toBe('$1.50');
    expect(createFormatter('de').show(1234.5, 'money', 'EUR').text.replace(/\s/g, ' ')).toBe('1.234,50 €');
  });

  it('tells numbers and moments from what only looks like them', () => {
    expect([numberOf(' 12.5 '), numberOf('1e3'), numberOf('12,5'), numberOf('Infinity'), numberOf('1'.repeat(50)), numberOf(true)]).toEqual([12.5, 1000, undefined, undefined, undefined, undefined]);
    expect([momentOf(12), momentOf('12'), momentOf(-1614859200), momentOf({}), momentOf('2021-03-04 12:00')?.told]).toEqual([undefined, undefined, undefined, undefined, 'zoneless']);
  });

  it('makes words of field names', () => {
    expect(['averageMonthlyBalance', 'CASH_INFLOW', 'consumerId', 'accountIds', 'showNsf', 'netPayYTD', 'id', '', '__proto__', 'constructor'].map(words)).toEqual(
      ['Average monthly balance', 'Cash inflow', 'Consumer ID', 'Account IDs', 'Show NSF', 'Net pay YTD', 'ID', '(no name)', 'Proto', 'Constructor']);
  });
});

describe('what kind of value a field holds', () => {
  it.each([
    ['amount', -3.5, 'money'], ['availableBalance', '12.50', 'money'], ['numberOfCredits', '3', 'number'], ['numberOfDaysNegativeBalance', '28', 'number'], ['confidence', 70, 'number'],
    ['estimatedNumberOfLoanDeposits', '0', 'number'], ['customerId', 1000006677, 'text'], ['number', '1111', 'text'], ['zip', '84123', 'text'], ['aggregationStatusCode', 0, 'text'],
    ['postedDate', 1582286400, 'day'], ['createdDate', 1582286400, 'moment'], ['createdDate', '1582286400', 'moment'], ['month', 1551423600, 'month'], ['endDate', '2022-07-31', 'day'],
    ['seasoned', true, 'boolean'], ['value', '12345', 'text'], ['averageBalance', 'n/a', 'text'], ['createdDate', 0, 'number'], ['transactionIds', {}, 'text'],
  ])('%s: %j is %s', (name, value, kind) => expect(kindOf(name, value)).toBe(kind));

  it('of a column is what its values agree on', () => {
    expect(columnKind('amount', [null, 0, 12.5, '7'])).toBe('money');
    expect(columnKind('amount', [12.5, 'n/a'])).toBe('text');
    expect(columnKind('amount', [])).toBe('money');
  });
});

const sectionsOf = (sections: readonly Section[]): Section[] => sections.flatMap((section) => [section, ...sectionsOf(section.children)]);
const find = (model: ReportModel, id: string) => sectionsOf(model.sections).find((section) => section.id === id);

/** Everything that the page would show of a model, as raw text. */
function shown(model: ReportModel): string {
  const parts = [model.title, model.type, model.status, ...model.facts.map(({ value }) => JSON.stringify(value))];
  for (const section of sectionsOf(model.sections)) {
    parts.push(section.title, section.detail ?? '', ...section.fields.map(({ key, value }) => `${key} ${JSON.stringify(value)}`));
    for (const table of section.tables) for (const row of table.rows) parts.push(...table.columns.map((column) => `${column.key} ${JSON.stringify(column.read(row))}`));
  }
  return parts.join('\n');
}

const transaction = (id: number, more: JsonObject = {}) => ({ id, amount: -12.5, postedDate: 1614859200, description: `COFFEE ${id}`, ...more });
const report: JsonObject = {
  id: 'abc-voah', customerId: 7200000001, customerType: 'testing', consumerId: 'c0ffee', consumerDetails: { firstName: 'Ada', lastName: 'Whitcombe', phone: '5035550142' },
  type: 'voaHistory', status: 'success', createdDate: '1614859200', startDate: 1600000000, endDate: 1614859200, days: 365, seasoned: true,
  institutions: [{
    id: 102105, name: 'FinBank', accounts: [
      { id: '81', number: '1111', name: 'Checking', type: 'checking', currency: 'USD', balance: '509.37', aggregationStatusCode: 0, transactions: [transaction(1), transaction(2, { memo: 'unusual' })], asset: { twoMonthAverage: 7 } },
      { id: '82', number: 'XX2222', name: 'Card', type: 'creditCard', currency: 'EUR', currentBalance: 20, aggregationStatusCode: 185, transactions: [transaction(3)],
        incomeStreams: { name: 'ACME', confidence: 70, cadence: { days: 14 }, netMonthly: [{ month: 1551423600, net: 4.25 }] } },
    ],
  }],
  assets: { currentBalance: 529.37 },
  brandNew: { someday: { value: [{ a: 1, deep: [{ b: 2 }] }] } },
};

describe('a report as a page', () => {
  const model = buildReport(report);

  it('has a header with what, whose, when and state', () => {
    expect(model.title).toBe('Verification of Assets with Income');
    expect(model.status).toBe('success');
    expect(Object.fromEntries(model.facts.map(({ label, value }) => [label, value]))).toEqual({
      Consumer: 'Ada Whitcombe', Customer: '7200000001 (testing)', 'Consumer ID': 'c0ffee', 'Report ID': 'abc-voah', Created: '1614859200', From: 1600000000, To: 1614859200 });
  });

  it('lists accounts with balance and state, money in each account\'s currency', () => {
    const table = find(model, 'accounts')!.tables[0]!;
    const cells = table.rows.map((row) => table.columns.map((column) => us.show(column.read(row), column.kind, table.currencyOf(row)).text));
    expect(cells).toEqual([
      ['Checking ··1111', '$509.37', 'Checking', 'FinBank', '2', 'Up to date'],
      ['Card ··2222', '€20.00', 'Credit card', 'FinBank', '1', '185: a security question was not answered; sign in again (Connect Fix).'],
    ]);
  });

  it('names account types by the words it is given, and splits those that nobody named', () => {
    const retirement = buildReport({ institutions: [{ name: 'A', accounts: ['simpleIRA', '401k', 'toString', 'brandNewKind'].map((type) => ({ type, balance: 1 })) }] }, accountTypes);
    const table = find(retirement, 'accounts')!.tables[0]!;
    expect(table.rows.map((row) => table.columns.find(({ key }) => key === 'type')!.read(row))).toEqual(['SIMPLE IRA', '401(k)', 'To string', 'Brand new kind']);
    expect(find(retirement, 'institutions.0.accounts.0')).toMatchObject({ title: 'SIMPLE IRA', detail: 'SIMPLE IRA' });
  });

  it('gives each account its transactions, the telling columns first, and says what the signs mean', () => {
    const card = find(model, 'institutions.0.accounts.1')!;
    expect(card.tables[0]!.columns.map(({ key }) => key)).toEqual(['postedDate', 'description', 'amount', 'id']);
    expect(card.note).toMatch(/opposite/);
    expect(find(model, 'institutions.0.accounts.0')!.note).toMatch(/came into the account/);
  });

  it('brings balances, income streams and the sum of all accounts to the front', () => {
    expect(find(model, 'balances')!.children[0]!.fields[0]).toMatchObject({ key: 'currentBalance', value: 529.37, currency: undefined });
    const streams = find(model, 'incomeStreamOverview')!.tables[0]!;
    expect(streams.columns.map((column) => column.read(streams.rows[0]!))).toEqual(['ACME', 'Card ··2222', 'Every two weeks', 70, 14]);
  });

  it('puts the months of a cash flow side by side, in order', () => {
    const cash = buildReport({ type: 'cfrp', cashFlowCreditSummary: { monthlyCashFlowCreditSummaries: [{ month: 1554102000, totalCreditsAmount: 2 }, { month: 1551423600, totalCreditsAmount: 1 }] },
      cashFlowDebitSummary: { monthlyCashFlowDebitSummaries: { month: 1551423600, totalDebitsAmount: -4, numberOfDebits: '3' } } });
    const table = find(cash, 'cashFlowByMonth')!.tables[0]!;
    expect(table.columns.map(({ label }) => label)).toEqual(['Month', 'Money in', 'Debits', 'Money out']);
    expect(table.rows.map((row) => table.columns.map((column) => column.read(row)))).toEqual([[1551423600, 1, '3', -4], [1554102000, 2, undefined, undefined]]);
  });

  it('loses nothing: every value of the body is on the page', () => {
    const text = shown(model);
    for (const value of ['5035550142', 'unusual', '4.25', 'COFFEE 3', '102105', '"XX2222"', '509.37', '529.37', '365', '1551423600']) expect(text).toContain(value);
    expect(text).toContain('b 2');
    expect(text).toContain('twoMonthAverage 7');
  });

  it.each(['failure', 'inProgress'])('of state %s explains itself', (status) => {
    const failed = buildReport({ type: 'voa', status, errors: [{ code: 10405, message: 'Frozen.' }, { code: 'x' }, 'text', null] });
    expect(failed.status).toBe(status);
    expect(failed.problems.map(({ code, message }) => [code, message])).toEqual([['10405', 'Frozen.'], ['x', 'The API gave no message.'], ['', 'text'], ['', 'The API gave no message.']]);
    expect(failed.problems[0]!.explanation).toMatch(/security freeze/);
  });
});

describe('hostile and odd bodies', () => {
  it('that are no JSON object are refused', () => {
    const parse = (text: string) => atOnce(readBody(new TextEncoder().encode(text)));
    expect(() => parse('{"a":')).toThrow(SyntaxError);
    expect(() => parse('[1]')).toThrow(TypeError);
    expect(() => parse('null')).toThrow(TypeError);
    expect(parse('{"a":1}')).toEqual({ a: 1 });
  });

  it.each([
    ['empty', {}], ['all of the wrong type', { type: {}, status: 7, id: [], customerId: null, institutions: 'none', errors: 'bad', consumerDetails: 4, income: null, assets: [], startDate: {} }],
    ['lists as single objects', { institutions: { name: 'A', accounts: { name: 'B', transactions: { amount: 1 } } } }],
    ['nulls everywhere', { institutions: [null, { accounts: null }, { accounts: [null, { transactions: null }] }], incomeStreams: [null], cashFlowBalanceSummary: null }],
    ['mixed lists', { things: [1, 'two', null, { three: 3 }, [4]] }],
    ['names of the language', JSON.parse('{"__proto__":{"x":1},"constructor":{"y":2},"hasOwnProperty":"z","rows":[{"__proto__":5,"toString":6}]}') as JsonObject],
  ])('%s make a page', (_name, body) => {
    const model = buildReport(body as JsonObject);
    expect(model.title).toBeTruthy();
    for (const { title, fields } of sectionsOf(model.sections)) for (const text of [title, ...fields.map(({ label }) => label)]) expect(typeof text).toBe('string');
    for (const section of sectionsOf(model.sections)) for (const table of section.tables) for (const row of table.rows.slice(0, 5))
      for (const column of table.columns) expect(typeof us.show(column.read(row), column.kind, table.currencyOf(row)).text).toBe('string');
  });

  it('keep values of the wrong type visible', () => {
    const text = shown(buildReport({ status: ['odd'], institutions: ['Bank of Text'], consumerDetails: 'private', startDate: { year: 2020 } }));
    for (const value of ['odd', 'Bank of Text', 'private', '2020']) expect(text).toContain(value);
    const mixed = shown(buildReport({ institutions: [{ name: 'Proper Bank', accounts: [{ name: 'One' }] }, 'Bank of Text'] }));
    for (const value of ['Proper Bank', 'One', 'Bank of Text']) expect(mixed).toContain(value);
  });

  it('keep language names as plain data', () => {
    const text = shown(buildReport(JSON.parse('{"things":[{"__proto__":"kept","toString":6}],"constructor":{"y":"two"}}') as JsonObject));
    expect(text).toContain('toString 6');
    expect(text).toContain('kept');
    expect(text).toContain('y "two"');
  });

  it('nested without end stay bounded', () => {
    let deep: unknown = 'bottom';
    for (let level = 0; level < 3_000; level++) deep = { next: deep };
    const model = buildReport({ deep });
    expect(sectionsOf(model.sections).length).toBeLessThan(20);
    expect(us.show(find(model, 'deep')!.children[0], 'text').text).toBeTruthy();
  });

  it('with thousands of nested items stay bounded and lose none', () => {
    const things = Array.from({ length: 40 }, (_, a) => ({ name: `t${a}`, parts: Array.from({ length: 40 }, (_, b) => ({ name: `p${a}.${b}`, bits: [{ deep: [{ value: `v${a}.${b}` }] }] })) }));
    const model = buildReport({ things });
    expect(sectionsOf(model.sections).length).toBeLessThan(2_000);
    const text = shown(model);
    expect(text).toContain('v0.0');
    expect(text).toContain('v39.39');
  });

  it('of 100,000 rows and 400 columns are ready in a moment', () => {
    const transactions = Array.from({ length: 100_000 }, (_, id) => transaction(id));
    const wide = Object.fromEntries(Array.from({ length: 400 }, (_, at) => [`field${at}`, at]));
    const started = performance.now();
    const model = buildReport({ institutions: [{ accounts: [{ name: 'Big', transactions }] }], wide, rows: [wide] });
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(find(model, 'institutions.0.accounts.0')!.tables[0]!.rows).toHaveLength(100_000);
    const text = shown({ ...model, sections: model.sections.filter(({ id }) => id === 'wide' || id === 'rows') });
    expect(text).toContain('399');
    expect(text).toMatch(/"field399":399/);
  });

  it('keep no value of the body in section ids, which the view stores', () => {
    for (const { id } of sectionsOf(buildReport(report).sections)) expect(id).not.toMatch(/7200000001|Ada|FinBank|1111/);
  });
});

describe('search in a report', () => {
  const model = buildReport(report);
  const search = (query: string, signal = new AbortController().signal) => searchReport(model, query, us, signal, new WeakMap(), async () => undefined);

  it('finds rows by any word, shown or raw, and keeps the path to them', async () => {
    const found = (await search('unusual coffee'))!;
    expect([...found.rows].map(([table, rows]) => [table.label, rows])).toEqual([['Transactions of Checking ··1111', [transaction(2, { memo: 'unusual' })]]]);
    expect([...found.sections]).toEqual(['institutions.0.accounts.0', 'institutions.0', 'institutions']);
    expect((await search('$509.37'))!.matches).toBeGreaterThan(0);
    expect((await search('1614859200'))!.matches).toBeGreaterThan(0);
    expect((await search('no such words'))!.matches).toBe(0);
  });

  it('ends when it is called off', async () => {
    const control = new AbortController();
    control.abort();
    expect(await search('coffee', control.signal)).toBeUndefined();
  });
});

describe('words', () => {
  it('name every report type of the API description', () => {
    const types = [...new Set(catalogue.flatMap(({ report: kind }) => (kind?.type ? [kind.type] : [])))];
    for (const type of types) expect(reportTitle(type), type).toBeTruthy();
    expect(types.length).toBeGreaterThan(5);
  });

  it('tell analytics families and their purpose', () => {
    expect(reportTitle('barpnoncra')).toBe('Balance Analytics, personal (non-CRA)');
    expect(reportTitle('cfrbftc')).toBe('Cash Flow Analytics, business (FTC)');
    expect(reportTitle('cfrp')).toBe('Cash Flow, personal');
    expect(reportTitle('something')).toBeUndefined();
  });

  it('explain known and unknown codes', () => {
    expect(explainProblem('20400')).toMatch(/number of reports/);
    expect(explainProblem('103')).toMatch(/Connect Fix/);
    expect(explainProblem('constructor')).toMatch(/gives no more/);
    expect([accountState(0), accountState('0'), accountState(null), accountState(999)]).toEqual(['Up to date', 'Up to date', '', '999: needs attention.']);
    expect(signNote(undefined)).toBeUndefined();
    // What nobody documents is told as the choice that it is.
    for (const type of ['mortgage', 'loan', 'studentLoan', 'studentLoanGroup', 'studentLoanAccount']) expect(signNote(type), type).toMatch(/says nothing of a loan's signs.*interest is positive and counts as money out/);
    expect(signNote('creditCard')).toMatch(/opposite of a deposit account/);
    expect(signNote('checking')).toMatch(/^Positive amounts came into/);
  });
});
