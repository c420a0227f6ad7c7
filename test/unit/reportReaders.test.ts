// What each type of report shows first, on small bodies of our own: figures, charts, and that nothing of the body is lost on the way.
import { describe, expect, it } from 'vitest';
import { kindOf } from '../../src/webviews/ui/fieldKinds.ts';
import { buildReport } from '../../src/webviews/ui/reportModel.ts';
import type { JsonObject, ReportModel, Section } from '../../src/webviews/ui/reportTypes.ts';
import { createFormatter, durationWords } from '../../src/webviews/ui/format.ts';
import { cadenceWords, incomeStreamsOf } from '../../src/webviews/ui/reports/streams.ts';

const us = createFormatter('en-US', 'UTC');
const seconds = (day: string) => Date.parse(`${day}T12:00:00Z`) / 1000;
const iso = (ms: unknown) => new Date(ms as number).toISOString().slice(0, 10);
const make = (type: string, more: JsonObject = {}) => buildReport({ type, status: 'success', ...more });
/** Label, shown text and tone of every figure. */
const figures = (model: ReportModel) => Object.fromEntries(model.figures.map(({ label, value, kind, currency, tone }) => [label, `${us.show(value, kind, currency).text}${tone ? ` ${tone}` : ''}`]));
const noteOf = (model: ReportModel, label: string) => model.figures.find((one) => one.label === label)?.note;
const chart = (model: ReportModel, id: string) => model.charts.find((one) => one.id === id);
const all = (sections: readonly Section[]): Section[] => sections.flatMap((section) => [section, ...all(section.children)]);
const section = (model: ReportModel, id: string) => all(model.sections).find((one) => one.id === id);
const cells = (model: ReportModel, id: string, table = 0) => {
  const found = section(model, id)!.tables[table]!;
  return found.rows.map((row) => found.columns.map((column) => us.show(column.read(row), column.kind, found.currencyOf(row)).text));
};
const headings = (model: ReportModel, id: string, table = 0) => section(model, id)!.tables[table]!.columns.map(({ label }) => label);

/** Every value that the page has somewhere, as JSON text. */
function everything(model: ReportModel): string {
  const parts: unknown[] = [...model.facts, ...model.figures].map(({ value }) => value);
  for (const one of all(model.sections)) {
    parts.push(...one.fields.map(({ value }) => value));
    for (const table of one.tables) for (const row of table.rows) parts.push(...table.columns.map((column) => column.read(row)));
  }
  return JSON.stringify(parts);
}

const everyTwoWeeks = (count: number, without: readonly number[] = []) =>
  Array.from({ length: count }, (_, at) => ({ id: at, amount: 1000, postedDate: seconds('2026-01-02') + at * 14 * 86_400 })).filter((_, at) => !without.includes(at));
const stream = (more: JsonObject = {}): JsonObject => ({
  name: 'Larkspur Catering', status: 'ACTIVE', confidence: 91, estimateInclusion: 'HIGH', cadence: { days: 14 }, transactions: everyTwoWeeks(8),
  netMonthly: [{ month: seconds('2026-01-01'), net: 3000 }, { month: seconds('2026-03-01'), net: '2000' }], ...more,
});
const withStreams = (streams: unknown, more: JsonObject = {}) =>
  ({ endDate: seconds('2026-04-15'), institutions: [{ accounts: [{ name: 'Everyday', number: '1111', type: 'checking', currency: 'USD', incomeStreams: streams, ...more }] }] });

describe('a verification of income', () => {
  const income = [{ confidenceType: 'MODERATE', averageMonthlyIncomeNet: 1 }, { confidenceType: 'HIGH', averageMonthlyIncomeNet: '2500.5', averageMonthlyIncomeGross: 3000, incomeEstimate: { netAnnual: 30_000, projectedNetAnnual: 31_000 } }];

  it('leads with the income of the highest confidence, and says what is missing', () => {
    const model = make('voi', { income, ...withStreams([stream({ transactions: everyTwoWeeks(8, [3, 4]) })]) });
    expect(figures(model)).toEqual({
      'Net monthly income': '$2,500.50', 'Gross monthly income': '$3,000.00', 'Net a year': '$30,000.00', 'Projected net a year': '$31,000.00', Confidence: 'High good',
      'Income streams': '1', 'Last payment': 'Apr 10, 2026', 'Payments missing': '2 attention',
    });
    expect(noteOf(model, 'Confidence')).toMatch(/surest level/);
    expect(noteOf(model, 'Net a year')).toBe('Over the last 12 months');
    const short = make('voi', { income: [{ ...income[1], netMonthly: [{ month: seconds('2026-01-01'), net: 1 }, { month: seconds('2026-02-01'), net: 1 }] }] });
    expect([noteOf(short, 'Net monthly income'), noteOf(short, 'Net a year')]).toEqual(['Average of 2 whole months, after tax', 'Over 2 whole months']);
    expect(noteOf(model, 'Payments missing')).toMatch(/Worked out/);
  });

  it('shows streams by how often they pay, and the payments that did not come', () => {
    const model = make('voi', withStreams([stream({ transactions: everyTwoWeeks(8, [3, 4]) })]));
    expect(cells(model, 'incomeStreamOverview')).toEqual([['Larkspur Catering', 'Everyday ··1111', 'Active', 'Every two weeks', '91', 'High', '2', 'Apr 10, 2026', '14']]);
    expect(cells(model, 'incomeStreamOverview', 1)).toEqual([['Larkspur Catering', 'Everyday ··1111', '2', 'Feb 13, 2026', 'Jan 30, 2026', 'Mar 13, 2026']]);
  });

  it('tells an active stream that has fallen silent, and leaves one that ended alone', () => {
    const gaps = (more: JsonObject) => incomeStreamsOf({ ...withStreams([stream(more)]), endDate: seconds('2026-06-01') })[0]!.gaps.map(({ missing, next }) => [missing, next]);
    expect(gaps({})).toEqual([[3, undefined]]);
    expect(gaps({ status: 'INACTIVE' })).toEqual([]);
  });

  it('calls a stream irregular rather than finding gaps in it', () => {
    const days = ['2026-01-02', '2026-01-05', '2026-01-27', '2026-01-30', '2026-03-02', '2026-03-09'];
    const body = withStreams([stream({ transactions: days.map((day) => ({ postedDate: day })) })]);
    expect(incomeStreamsOf(body)[0]).toMatchObject({ irregular: true, gaps: [] });
    expect(cells(make('voi', body), 'incomeStreamOverview')[0]).toEqual(expect.arrayContaining(['Irregular', '14']));
  });

  it('draws net income by month, a stream each, with gaps where the body says nothing', () => {
    const model = make('voi', withStreams([stream(), stream({ name: 'Second', netMonthly: [{ month: '2026-02-01', net: 5 }] })]));
    expect(chart(model, 'income')!.places.values.map(iso)).toEqual(['2026-01-01', '2026-02-01', '2026-03-01']);
    expect(chart(model, 'income')!.series).toEqual([{ label: 'Larkspur Catering', form: 'bars', values: [3000, undefined, 2000] }, { label: 'Second', form: 'bars', values: [undefined, 5, undefined] }]);
  });

  it('keeps currencies apart', () => {
    const account = (currency: string) => ({ currency, incomeStreams: stream() });
    const model = make('voi', { income, institutions: [{ accounts: [account('USD'), account('KWD')] }] });
    expect(model.charts.map(({ id, currency }) => [id, currency])).toEqual([['income', 'USD'], ['income.1', 'KWD']]);
    expect(model.figures[0]).toMatchObject({ currency: undefined, note: expect.stringMatching(/several currencies/) as unknown });
  });

  it.each([[7, 'Weekly'], ['14', 'Every two weeks'], [15, 'Twice a month'], [30, 'Monthly'], [91, 'Quarterly'], [365, 'Yearly'], [45, 'Every 45 days'], [0, undefined], ['soon', undefined], [null, undefined]])(
    'a cadence of %j days is %s', (days, text) => expect(cadenceWords(days)).toBe(text));
});

describe('employment', () => {
  const payroll = (employment: JsonObject, more: JsonObject = {}): JsonObject => ({ asOfDate: seconds('2026-04-01'), employerName: 'Larkspur Catering', employment, ...more });
  const statement = (day: string, gross: unknown, net: unknown) => ({
    payrollPayHistoryId: `h-${day}`, mainPayStatementFields: { payDate: seconds(day), grossPayAmount: gross, netPayAmount: net }, earnings: [{ type: 'base', amount: gross }], deductions: { type: 'Federal tax', amount: 7 },
  });

  it('by payroll leads with the status of the job that lasts', () => {
    const model = make('voePayroll', { employmentHistory: [
      payroll({ employmentStatusCode: 'NLE', employmentStatusName: 'No Longer Employed', latestHireDate: seconds('2025-01-01') }, { employerName: 'Earlier' }),
      payroll({ employmentStatusCode: 'A', employmentStatusName: 'Active', positionTitle: 'Cook', latestHireDate: seconds('2022-03-10'), employmentDuration: 'P4Y0M22D', latestPayDate: seconds('2026-03-27'), numberPayCadenceWithoutPay: 2, derivedEmploymentStatus: true }),
    ] });
    expect(figures(model)).toEqual({ Employment: 'Active good', Employer: 'Larkspur Catering', Position: 'Cook', Hired: 'Mar 10, 2022', 'Last verified': 'Apr 1, 2026', 'Last pay': 'Mar 27, 2026 attention' });
    expect([noteOf(model, 'Employment'), noteOf(model, 'Hired'), noteOf(model, 'Last pay'), noteOf(model, 'Employer')]).toEqual(
      ['Inferred, not stated by the employer', '4 years', '2 pay dates since without pay', 'The current one of 2 employments']);
    expect(cells(model, 'employments').map(([employer, status]) => [employer, status])).toEqual([['Earlier', 'No Longer Employed'], ['Larkspur Catering', 'Active']]);
  });

  it('that ended says so', () => {
    const model = make('voePayroll', { employmentHistory: payroll({ employmentStatusCode: 'NLE', employmentStatusName: 'No Longer Employed', employmentEndDate: seconds('2026-02-01') }) });
    expect(figures(model)).toMatchObject({ Employment: 'No Longer Employed bad', 'Employed until': 'Feb 1, 2026 bad' });
    expect(figures(make('voePayroll', { employmentHistory: [] }))).toEqual({ Employments: '0 attention' });
  });

  it('with income shows pay by pay date; two statements of one day are one bar', () => {
    const directPayStatements = [statement('2026-03-27', 100.1, '80'), statement('2026-03-27', 50.2, 40), statement('2026-03-13', 100, null)];
    const model = make('voiePayroll', { employmentHistory: [payroll({ employmentStatusCode: 'A' }, { income: { annualIncome: [{ year: '2025', grossPayAmountYTD: 9 }, { year: '2026', grossPayAmountYTD: '1234.5' }], monthlyIncome: { estimatedMonthlyTotalPay: 411 }, directPayStatements } })] });
    expect(figures(model)).toMatchObject({ 'Monthly income': '$411.00', 'Gross this year': '$1,234.50' });
    expect(chart(model, 'pay')!.places.values.map(iso)).toEqual(['2026-03-13', '2026-03-27']);
    expect(chart(model, 'pay')!.series.map(({ values }) => values)).toEqual([[100, 150.3], [undefined, 120]]);
    const statements = all(model.sections).find(({ title }) => title === 'Pay statements')!;
    expect(statements.tables.map(({ label, rows }) => [label, rows.length])).toEqual([['Pay periods', 3], ['Earnings', 3], ['Deductions', 3]]);
    expect(statements.children).toEqual([]);
  });

  it('by transactions tells whether somebody still pays', () => {
    const model = make('voeTransactions', withStreams([stream({ status: 'INACTIVE', confidence: 99 }), stream({ daysSinceLastTransaction: 5, nextExpectedTransactionDate: seconds('2026-04-24') })]));
    expect(figures(model)).toMatchObject({ 'Paying now': 'Active good', Payer: 'Larkspur Catering', Paid: 'Every two weeks', 'Last payment': 'Apr 10, 2026', 'Next expected': 'Apr 24, 2026', 'Income streams': '2' });
    expect(figures(make('voeTransactions', withStreams([stream({ status: 'INACTIVE' })])))).toMatchObject({ 'Paying now': 'Inactive attention' });
    expect(figures(make('voeTransactions', withStreams([])))).toEqual({ 'Income streams': '0 attention' });
  });

  it('durations are words', () => expect(['P4Y8M12D', 'P1M', 'P1D', 'soon', 'P', null].map(durationWords)).toEqual(['4 years, 8 months', '1 month', '1 day', undefined, undefined, undefined]));
});

describe('pay statements', () => {
  const stub = (more: JsonObject = {}): JsonObject => ({
    payPeriod: 'LastPayPeriod', payDate: seconds('2026-03-27'), grossPayCurrent: 100, netPayCurrent: '80.5', grossPayYTD: 600, netPayYTD: 480, employer: { name: 'Larkspur Catering' }, employee: { name: 'Ada Whitcombe' },
    payStat: [{ name: 'regular 1', amountCurrent: 100 }], directDeposits: [], monthlyIncome: { estimatedMonthlyBasePay: 217 }, ...more,
  });

  it.each(['payStatements', 'payStatementTxVerifyDaoList'])('of the list %s lead with the newest', (list) => {
    const model = make('paystatement', { [list]: [stub({ payDate: seconds('2026-03-13'), netPayCurrent: 1 }), stub()] });
    expect(figures(model)).toMatchObject({ Employer: 'Larkspur Catering', Employee: 'Ada Whitcombe', 'Pay date': 'Mar 27, 2026', 'Gross pay': '$100.00', 'Net pay': '$80.50', 'Net this year': '$480.00', 'Pay statements': '2' });
    expect(chart(model, 'pay')!.series.map(({ values }) => values)).toEqual([[100, 100], [1, 80.5]]);
    expect(section(model, `${list}.${list}`) ?? section(model, list)).toMatchObject({ title: 'Pay statements', detail: '2' });
    expect(all(model.sections).filter(({ title }) => title === 'Larkspur Catering')[0]!.tables.map(({ label }) => label)).toEqual(['Earnings']);
  });

  it('that could not be read are not passed over', () => {
    expect(figures(make('voieTxVerify', { payStatements: [stub(), { errorCode: 10100, errorMessage: 'No.' }] }))['Pay statements']).toBe('2 bad');
  });

  it('checked against transactions tell what agrees, and in what', () => {
    const transactions = [{ id: 1, amount: 80.5, postedDate: seconds('2026-03-27'), payStatementMatchTypes: ['NET_AMOUNT', 'DATE'] }, { id: 2, amount: 79, postedDate: seconds('2026-03-13') }];
    const model = make('voieTxVerify', { payStatements: [stub({ matchType: 'NET_PAY_MATCH' })], ...withStreams([{ name: 'Larkspur', transactions }]) });
    expect(figures(model)).toMatchObject({ 'Deposit check': 'Matched good', 'Net pay': '$80.50' });
    expect(section(model, 'depositCheck')).toMatchObject({ detail: '1 deposit of 2 agrees' });
    expect(cells(model, 'depositCheck')[0]!.slice(0, 3)).toEqual(['Mar 27, 2026', '$80.50', 'Net amount, Date']);
    expect(cells(model, 'depositCheck.others')[0]!.slice(0, 2)).toEqual(['Mar 13, 2026', '$79.00']);
    // Deposits may stand under the pay statement too, marked only there: each counts once.
    const twice = make('voieTxVerify', { payStatements: [stub({ matchType: 'NET_PAY_MATCH', ...withStreams([{ name: 'Larkspur', transactions }]) })], ...withStreams([{ name: 'Larkspur', transactions: transactions.map(({ id, amount }) => ({ id, amount })) }]) });
    expect(section(twice, 'depositCheck')).toMatchObject({ detail: '1 deposit of 2 agrees' });
    expect(figures(make('voieTxVerify', { payStatements: [stub({ matchType: 'NO_MATCH' })] }))['Deposit check']).toBe('Not matched bad');
    expect(figures(make('voieTxVerify', { payStatements: [stub({ matchType: 'SOMETHING_NEW' })] }))['Deposit check']).toBe('Something new');
  });
});

it('a statement says which one, and where its PDF is', () => {
  const model = make('statement', { assetId: 'a-1', constraints: { statementReportData: { accountId: 77, statementIndex: 3 } } });
  expect(figures(model)).toEqual({ Account: '77', Statement: '3' });
  expect(noteOf(model, 'Statement')).toBe('2 months before the newest');
  expect(model.sections[0]).toMatchObject({ note: expect.stringMatching(/PDF file of the bank.*bills each download/) as unknown, fields: [{ key: 'assetId', value: 'a-1' }] });
  expect(everything(model).split('"a-1"')).toHaveLength(2);
  const named = make('statement', { constraints: { statementReportData: { accountId: 77 } }, institutions: [{ accounts: [{ id: '78' }, { id: '77', name: 'Everyday', number: 'XX1111' }] }] });
  expect([figures(named), noteOf(named, 'Account')]).toEqual([{ Account: 'Everyday ··1111' }, 'ID 77']);
  expect(named.sections[0]!.note).toMatch(/does not say/);
});

describe('transactions', () => {
  const account = (type: string, currency: string, ...amounts: (readonly [unknown, string, string?])[]) =>
    ({ type, currency, transactions: amounts.map(([amount, day, category]) => ({ amount, postedDate: day, category })) });

  it('are added up by account currency, category and month, cards and pending ones apart', () => {
    const checking = account('checking', 'USD', [100, '2026-01-05', 'Paycheck'], ['-30.25', '2026-01-09', 'Rent'], [-30, '2026-02-09', 'Rent']);
    checking.transactions.push({ amount: -5, postedDate: '2026-02-01', category: 'Rent', status: 'pending' } as never);
    const model = make('transactions', { days: 88, institutions: [{ accounts: [checking, account('creditCard', 'USD', [50, '2026-01-05', 'Food']), account('savings', 'JPY', [-7, '2026-01-05'])] }] });
    expect(figures(model)).toEqual({
      Transactions: '6', 'Money in (USD)': '$100.00', 'Money out (USD)': '$60.25', 'Left over (USD)': '$39.75', 'Money in (JPY)': '¥0', 'Money out (JPY)': '¥7', 'Left over (JPY)': '-¥7 attention', 'Days covered': '88',
    });
    expect(noteOf(model, 'Transactions')).toBe('In 3 accounts, 1 of them pending');
    expect(noteOf(model, 'Money in (USD)')).toMatch(/1 other account left out/);
    expect(cells(model, 'byCategory')).toEqual([['Paycheck', '1', '$100.00', '$0.00', '$100.00', 'USD'], ['Rent', '2', '$0.00', '$60.25', '-$60.25', 'USD'], ['Without a category', '1', '¥0', '¥7', '-¥7', 'JPY']]);
    expect(cells(model, 'byMonth').map((row) => row.slice(0, 4))).toEqual([['Jan 2026', '2', '$100.00', '$30.25'], ['Feb 2026', '1', '$0.00', '$30.00'], ['Jan 2026', '1', '¥0', '¥7']]);
  });

  it('in a hundred thousand accounts or rows take no time to speak of', () => {
    const many = account('checking', 'USD', ...Array.from({ length: 100_000 }, (_, at) => [at % 2 ? 1 : -1, '2026-01-05', `C${at % 40}`] as const));
    const model = make('transactions', { institutions: [{ accounts: [many] }] });
    expect(figures(model)).toMatchObject({ Transactions: '100,000', 'Money in': '$50,000.00' });
    expect(chart(model, 'categories')!.places.values).toHaveLength(13);
    const accounts = Array.from({ length: 100_000 }, (_, at) => ({ type: 'checking', currency: 'USD', name: `A${at}`, balance: at, balanceDate: '2026-02-01', transactions: [{ amount: 1, postedDate: `2026-01-${String(at % 28 + 1).padStart(2, '0')}` }] }));
    expect(chart(make('voa', { institutions: [{ accounts }] }), 'balances')!.series).toHaveLength(8);
    expect(figures(make('transactions', { institutions: [] }))).toEqual({ Transactions: '0 attention' });
  });
});

describe('a cash flow report', () => {
  const month = (at: number) => ({ month: Date.UTC(2026, at, 1) / 1000 });
  const body = (count: number): JsonObject => ({
    institutions: [{ accounts: [{ currency: 'USD' }] }],
    cashFlowCharacteristicsSummary: { averageMonthlyNet: '-5.5', monthlyCashFlowCharacteristicsSummaries: Array.from({ length: count }, (_, at) => ({ ...month(at), totalCreditsLessTotalDebits: -5 })) },
    cashFlowCreditSummary: { twelveMonthCreditTotal: 1200, monthlyCashFlowCreditSummaries: Array.from({ length: count }, (_, at) => ({ ...month(at), totalCreditsAmount: 100 + at, numberOfCredits: '3', estimatedNumberOfLoanDeposits: '0' })) },
    cashFlowDebitSummary: { twelveMonthDebitTotal: '-1260', monthlyCashFlowDebitSummaries: Array.from({ length: count }, (_, at) => ({ ...month(at), totalDebitsAmount: -105 })) },
    cashFlowBalanceSummary: { minDailyBalance: -20, twelveMonthAverageDailyBalance: 50, numberOfDaysNegativeBalance: '4', monthlyCashFlowBalanceSummaries: [{ ...month(0), minDailyBalance: -20, averageDailyBalance: 5, maxDailyBalance: 70 }, { ...month(1), minDailyBalance: -0 }] },
    possibleLoanDeposits: [{ institutions: [{ accounts: [{ name: 'Everyday', number: '1111', currency: 'USD', transactions: [{ id: 5, amount: 900, postedDate: seconds('2026-01-09') }] }] }] }],
  });

  it.each(['cfrp', 'cfrb'])('%s leads with what is left of a month and how low the balance fell', (type) => {
    const model = make(type, body(12));
    expect(figures(model)).toEqual({
      'Net cash flow a month': '$0.50 good', 'Money in a month': '$105.50', 'Money out a month': '$105.00', 'Net, by the report': '-$5.50 attention', 'Average balance': '$50.00', 'Lowest balance': '-$20.00 attention',
      'Days below zero': '4 attention', 'Possible loan deposits': '1 attention',
    });
    expect(noteOf(model, 'Money in a month')).toBe('Average of the last 12 whole months, own transfers included');
    expect(noteOf(model, 'Net, by the report')).toBe('The report\'s own average of all its months, own transfers included');
    expect(model.sections.slice(0, 2).map(({ id }) => id)).toEqual(['cashFlowByMonth', 'loanDeposits']);
    expect(cells(model, 'loanDeposits')[0]!.slice(0, 3)).toEqual(['Everyday ··1111', 'Jan 9, 2026', '$900.00']);
  });

  it('has one basis for in, out and net: whole months, the last twelve, without own transfers where the body tells them', () => {
    const four = make('cfrp', body(4));
    expect([figures(four)['Money in a month'], noteOf(four, 'Money in a month')]).toEqual(['$101.50', 'Average of the last 4 whole months, own transfers included']);
    // The span begins in the first month and ends in the last: neither is a whole one.
    const cut = make('cfrp', { ...body(4), startDate: seconds('2026-01-03'), endDate: seconds('2026-04-29') });
    expect([figures(cut)['Money in a month'], noteOf(cut, 'Money in a month')]).toEqual(['$101.50', 'Average of the last 2 whole months, own transfers included']);
    expect(figures(make('cfrp', { ...body(4), startDate: seconds('2026-01-01'), endDate: seconds('2026-04-30') }))['Money in a month']).toBe('$101.50');
    const less = body(14) as { cashFlowCreditSummary: { monthlyCashFlowCreditSummaries: Record<string, unknown>[] }; cashFlowDebitSummary: { monthlyCashFlowDebitSummaries: Record<string, unknown>[] }; cashFlowCharacteristicsSummary: Record<string, unknown> };
    for (const row of less.cashFlowCreditSummary.monthlyCashFlowCreditSummaries) row.totalCreditsAmountLessTransfers = 60;
    for (const row of less.cashFlowDebitSummary.monthlyCashFlowDebitSummaries) row.totalDebitsAmountLessTransfers = '-80';
    less.cashFlowCharacteristicsSummary.averageMonthlyNetLessTransfers = -22;
    const model = make('cfrp', less as unknown as JsonObject);
    expect(figures(model)).toMatchObject({ 'Net cash flow a month': '-$20.00 attention', 'Money in a month': '$60.00', 'Money out a month': '$80.00', 'Net, by the report': '-$22.00 attention' });
    expect(noteOf(model, 'Net cash flow a month')).toBe('Average of the last 12 whole months, without own transfers');
    expect(figures(make('cfrp', { ...body(0), cashFlowCharacteristicsSummary: { averageMonthlyNet: 7 } }))).toMatchObject({ 'Net cash flow a month': '$7.00 good' });
  });

  it('tells the lowest balance and the days below zero of the account that fell lowest', () => {
    const account = (name: string, type: string, minDailyBalance: number, days: string): JsonObject => ({ name, type, currency: 'USD', cashFlowBalance: { minDailyBalance, numberDaysNegativeBalance: days } });
    const of = (...accounts: JsonObject[]) => make('cfrp', { ...body(2), institutions: [{ accounts }] });
    const model = of(account('Pension', '401k', 90_000, '0'), account('Everyday', 'checking', -1933.05, '3'), account('Card', 'creditCard', -9000, '200'));
    expect(figures(model)).toMatchObject({ 'Lowest balance': '-$1,933.05 attention', 'Days below zero': '3 attention' });
    expect([noteOf(model, 'Lowest balance'), noteOf(model, 'Days below zero')]).toEqual(['Of Everyday, whole history', 'Of Everyday, the most of any account']);
    expect(figures(of(account('Everyday', 'checking', 5, '0')))['Days below zero']).toBe('0 good');
    // Of all together zero days say little.
    expect(figures(make('cfrp', { cashFlowBalanceSummary: { numberOfDaysNegativeBalance: '0' } }))['Days below zero']).toBe('0');
  });

  it('draws in, out and net, and the balances, by month', () => {
    const model = make('cfrp', body(2));
    expect(chart(model, 'cashFlow')!.series.map(({ label, form, values }) => [label, form, values])).toEqual([['Money in', 'bars', [100, 101]], ['Money out', 'bars', [105, 105]], ['Net', 'line', [-5, -5]]]);
    expect(chart(model, 'balances')!.series.map(({ label, values }) => [label, values])).toEqual([['Highest', [70, undefined]], ['Average', [5, undefined]], ['Lowest', [-20, -0]]]);
    expect(cells(model, 'cashFlowByMonth')[1]).toContain('$0.00');
  });

  it('is told from cash flow analytics by its body, whatever its type says', () => {
    const analytics = { customerAnalytics: { transactionalAttributes: [{ attributeName: 'NSF_FEE_CHARGES', aggregatedByTimePeriods: [{ timeIntervalType: 'HISTORICALLY', periods: [{ count: 3 }] }] }] } };
    expect(Object.keys(figures(make('cfrp', analytics)))).toEqual(['NSF fees']);
    expect(Object.keys(figures(make('cfrpcra', body(2))))).toContain('Lowest balance');
  });
});

describe('analytics', () => {
  const period = (at: number, more: JsonObject) => ({ startDate: iso(Date.UTC(2026, at, 1)), endDate: iso(Date.UTC(2026, at + 1, 0)), ...more });
  const group = (attributeName: string, sums: readonly (number | undefined)[], more: JsonObject = {}) => ({
    attributeName, transactionIds: [], streamIds: [],
    aggregatedByTimePeriods: [{ timeIntervalType: 'MONTHLY_CALENDAR', periods: sums.map((sum, at) => period(at, sum === undefined ? { count: 0 } : { count: 2, sum, mean: sum / 2 })) }], ...more,
  });
  const state = (attributeName: string, values: readonly number[]) => ({
    attributeName, reportedByTimePeriods: [{ timeIntervalType: 'MONTHLY_CALENDAR', periods: values.map((value, at) => period(at, { count: 30, sum: value * 30, mean: value, min: value - 10, max: value + 10, beginningValue: value, endingValue: value })) }],
  });
  const body = (transactionalAttributes: unknown, stateAttributes: unknown = [], more: JsonObject = {}): JsonObject =>
    ({ institutions: [{ accounts: [{ currency: 'USD', transactions: [{ id: 41, amount: -9, postedDate: seconds('2026-01-07'), description: 'NSF FEE' }] }] }], customerAnalytics: { transactionalAttributes, stateAttributes, streams: [], ...more } });

  it('of cash flow: averages of whole months, fees, in and out by month', () => {
    const model = make('cfrbcra', body([group('CASH_INFLOW', [100, 200]), group('CASH_OUTFLOW', [-80, undefined]), group('NSF_FEE_CHARGES', [-35, undefined], { transactionIds: ['41', '42'] })], [state('NET_CASH_FLOW', [2, 4])]));
    expect(figures(model)).toEqual({ 'NSF fees': '2 attention', 'Net cash flow a month': '$90.00 good', 'Money in a month': '$150.00', 'Money out a month': '$40.00' });
    expect(noteOf(model, 'Money in a month')).toBe('Average of the last 2 whole months');
    expect(chart(model, 'cashFlow')!.series.map(({ label, values }) => [label, values])).toEqual([['Money in', [100, 200]], ['Money out', [80, 0]], ['Net', [60, 120]]]);
    expect(chart(model, 'nsf')!.series[0]!.values).toEqual([2, 0]);
  });

  it('an incomplete month is in the chart and not in the average', () => {
    const inflow = group('CASH_INFLOW', [100, 300]);
    inflow.aggregatedByTimePeriods[0]!.periods[1]!.endDate = '2026-02-09';
    const model = make('cfrpcra', body([inflow]));
    expect(figures(model)['Money in a month']).toBe('$100.00');
    expect(chart(model, 'cashFlow')!.series[0]!.values).toEqual([100, 300]);
  });

  it('by stretches of 30 days are told and drawn as such', () => {
    const inflow = group('CASH_INFLOW', [100, 300]);
    Object.assign(inflow.aggregatedByTimePeriods[0]!, { timeIntervalType: 'MONTHLY_ROLLING_30', periods: [{ startDate: '2026-01-03', endDate: '2026-02-01', sum: 10 }, { startDate: '2026-02-02', endDate: '2026-03-03', sum: 30 }] });
    const model = make('cfrpcra', body([inflow]));
    expect([figures(model)['Money in a month'], noteOf(model, 'Money in a month')]).toEqual(['$20.00', 'Average of the last 2 stretches of 30 days']);
    expect(chart(model, 'cashFlow')).toMatchObject({ title: 'Money in and out by 30 days', places: { kind: 'day' }, series: [{ values: [10, 30] }] });
  });

  it('of payment risk: the score, and -1 is no score', () => {
    const model = make('pripcra', body([], [state('PAYMENT_RISK_SCORE', [-1, 24]), state('MISSED_RECURRING_EXPENSES', [0, 0]), state('ASSET_BALANCE', [50, 5])]));
    expect(figures(model)).toMatchObject({ 'Payment risk score': '24', 'Missed recurring expenses': '0 good', Balance: '$5.00', 'Lowest balance': '-$5.00 attention' });
    expect(chart(model, 'risk')!.series[0]!.values).toEqual([undefined, 24]);
    expect(figures(make('pripcra', body([], [state('PAYMENT_RISK_SCORE', [-1])])))['Payment risk score']).toBe('Not known attention');
    expect(headings(model, 'customerAnalytics')).toEqual(['From', 'To', 'Payment risk score (daily average)', 'Missed recurring expenses (daily average)', 'Asset balance (daily average)']);
    expect(cells(model, 'customerAnalytics.attribute.0')[1]).toContain('24');
  });

  it('with the whole history alone are read too', () => {
    const whole = (attributeName: string, more: JsonObject) => ({ attributeName, reportedByTimePeriods: { timeIntervalType: 'HISTORICALLY', periods: { startDate: '2024-01-01', endDate: '2026-01-01', ...more } } });
    const model = make('pribnoncra', body([], [whole('PAYMENT_RISK_SCORE', { endingValue: 31 }), whole('MISSED_RECURRING_LOAN_PAYMENTS', { sum: 2 }), whole('ASSET_BALANCE', { min: -3, endingValue: 8 })]));
    expect(figures(model)).toEqual({ 'Payment risk score': '31', 'Missed loan payments': '2 attention', Balance: '$8.00', 'Lowest balance': '-$3.00 attention' });
  });

  it('of foresight: spending beside that of others, and what is expected', () => {
    const benchmark = (name: string) => group(name, [-50, -70], { projectedValues: [{ timeUnit: 'MONTHS', timeValue: 3, projectionValue: -180 }, { timeUnit: 'MONTHS', timeValue: 12, projectionValue: -720 }] });
    const fuel = benchmark('FUEL_SPENDING');
    Object.assign(fuel.aggregatedByTimePeriods[0]!, { cohortBenchmarkPeriods: [period(0, { cohortValues: [{ cohortType: 'POSTAL_CODE', value: -40 }] })] });
    Object.assign(fuel.aggregatedByTimePeriods[0]!.periods[0]!, { comparedToCohorts: [{ cohortType: 'POSTAL_CODE', totalDifferenceToCohort: -10, percentageDifferenceToCohort: -25 }] });
    const model = make('farpbfnoncra', body([fuel, benchmark('BOOKS_SPENDING'), benchmark('TRAVEL_SPENDING'), benchmark('DISCRETIONARY_SPENDING')]));
    expect(figures(model)).toEqual({ 'Discretionary spending a month': '$60.00', 'Discretionary spending ahead': '$720.00' });
    expect(noteOf(model, 'Discretionary spending ahead')).toMatch(/12 months/);
    expect(chart(model, 'spendingKinds')).toMatchObject({ places: { values: ['Fuel', 'Books', 'Travel'] }, series: [{ values: [60, 60, 60] }, { label: 'Others there', values: [40, undefined, undefined] }] });
    expect(cells(model, 'customerAnalytics.attribute.0', 1)).toEqual([['Jan 1, 2026', 'Jan 31, 2026', 'POSTAL_CODE', '-$40.00', '-$10.00', '-25%']]);
  });

  it('of attributes that nobody knows show the first of them', () => {
    const model = make('barpcra', body([group('BRAND_NEW', [5, 7])]));
    expect(figures(model)).toEqual({ 'Brand new': '$6.00' });
    expect(chart(model, 'attribute.0')!.series[0]).toEqual({ label: 'Brand new', form: 'bars', values: [5, 7] });
  });

  it('are a table a period and a foldable section an attribute, in groups when there are many', () => {
    const many = Array.from({ length: 300 }, (_, at) => group(`${at % 2 ? 'CASH_KIND' : 'SPENDING_KIND'}_${at}`, [at]));
    const model = make('cfrpcra', body(many));
    const analytics = section(model, 'customerAnalytics')!;
    expect(model.sections[0]!.id).toBe('customerAnalytics');
    expect(analytics.children.map(({ title, detail, folded }) => [title, detail, folded])).toEqual([['Spending', '150 attributes', true], ['Cash flow', '150 attributes', true]]);
    expect(analytics.tables[0]!.rows).toHaveLength(1);
    expect(analytics.children[0]!.children[0]!.tables[0]!.columns.map(({ label }) => label)).toEqual(['Start date', 'End date', 'Count', 'Sum', 'Mean']);
  });

  it('name their transactions by what the accounts say of them', () => {
    const model = make('cfrpcra', body([group('NSF_FEE_CHARGES', [-9], { transactionIds: ['41', 'gone'] })]));
    expect(cells(model, 'customerAnalytics.attribute.0.transactions').map((row) => row.slice(0, 3))).toEqual([['Jan 7, 2026', 'NSF FEE', '-$9.00'], ['—', '—', '—']]);
    expect(everything(model)).toContain('"gone"');
  });

  it('show streams by how often they pay', () => {
    const model = make('barpcra', body([group('CASH_INFLOW', [1])], [], { streams: [{ id: 's1', payee: 'Riverbend', payor: 'Ada', cadence: 30, recency: 4, status: 'active', mean: -50 }] }));
    expect(cells(model, 'customerAnalytics')[0]!.slice(0, 5)).toEqual(['Riverbend', 'Ada', 'Monthly', 'active', '-$50.00']);
    expect(figures(model)['Recurring streams']).toBe('1');
  });
});

describe('small business credit analytics', () => {
  const shop = (count: number, name: string, value: (at: number) => number, frequency = 'Monthly') => ({
    locationId: 'l-1', industryName: 'Bakeries', metricsFrequency: frequency, lastSeenTxnDate: '2026-03-31',
    metricsLists: Array.from({ length: count }, (_, at) => ({ periodStartDate: iso(Date.UTC(2025, at, 1)), periodEndDate: iso(Date.UTC(2025, at + 1, 0)), year: 2025, metrics: [{ name, value: value(at) }, { name: 'brand_new', value: at }] })),
  });

  it('lead with sales, their average and their growth', () => {
    const model = make('sbcaanalyticsnoncra', { retailSalesAnalyticsMetrics: [shop(15, 'txn_amt', (at) => (at >= 12 ? 110 : 100))] });
    expect(figures(model)).toMatchObject({ 'Sales, last month': '$110.00', 'Sales, average month': '$102.00', 'Growth in a year': '10% good', Trade: 'Bakeries', 'Last sale known': 'Mar 31, 2026' });
    expect(chart(model, 'retailSalesAnalyticsMetrics.0.metric0')).toMatchObject({ kind: 'money', places: { kind: 'month' } });
    expect(headings(model, 'retailSalesAnalyticsMetrics.0')).toEqual(['Period start date', 'Period end date', 'Sales', 'Brand new', 'Year']);
  });

  it('compare with the trade as an index around 100', () => {
    const model = make('sbcabenchmarksnoncra', { retailSalesBenchmarksMetrics: shop(3, 'txn_cnt_index', () => 96, 'Weekly') });
    expect(figures(model)).toMatchObject({ 'Sales index, last week': '96' });
    expect(chart(model, 'retailSalesBenchmarksMetrics.0.index')!.series.map(({ label, values }) => [label, values])).toEqual([['Sales index', [96, 96, 96]], ['The trade\'s usual', [100, 100, 100]]]);
    expect(figures(make('sbcabenchmarksnoncra', { retailSalesBenchmarksMetrics: [] }))).toEqual({ Locations: '0 attention' });
  });
});

describe('the older analytics, which name no type', () => {
  const header = { reportHeader: { reportId: 'r-1' }, title: 'Analytics' };
  const amounts = (...values: readonly number[]) => values.map((amount, at) => ({ period: `p${at}`, periodBeginDate: iso(Date.UTC(2026, 0, 30 - at * 30)), periodEndDate: iso(Date.UTC(2026, 1, 28 - at * 30)), amount }));

  it('of balances', () => {
    const metrics = { currentRunningBalance: 9, averageDailyBalanceForTheReportTimePeriod: 5, minimumRunningBalanceForTheReportTimePeriod: -1, countDailyNegativeBalancesByMonthForTheReportTimePeriod: [{ period: 'p0', count: 2 }],
      dailyBalancesForTheReportTimePeriod: [{ date: '2026-01-01', endingBalance: 1 }, { date: '2026-01-02', endingBalance: -1 }] };
    const model = buildReport({ ...header, businessSummary: { balanceAnalyticsMetrics: metrics }, accountResults: [{ accountDetails: { name: 'Till', currency: 'USD' } }] });
    expect(figures(model)).toEqual({ Balance: '$9.00', 'Average balance': '$5.00', 'Lowest balance': '-$1.00 attention', 'Days below zero': '2 attention' });
    expect(chart(model, 'balances')!.series[0]!.values).toEqual([1, -1]);
  });

  it('of cash flow, with one table of all periods', () => {
    const metrics = { transactionAnalytics: { netCashFlowForTheReportTimePeriod: -3 }, inflow: { sumDepositsByMonthForTheReportTimePeriod: amounts(4, 5), maximumDepositByMonthForTheReportTimePeriod: amounts(3, 2), historicSumOfDeposits: 9 },
      outflow: { sumWithdrawalsByMonthForTheReportTimePeriod: amounts(-7, -8), historicSumOfWithdrawals: -15 }, negativeTriggers: { insufficientFundFees: { countOfTransactionsForTheReportTimePeriod: 1 } } };
    const model = buildReport({ ...header, businessSummary: { cashflowAnalyticsMetrics: metrics } });
    expect(figures(model)).toEqual({ 'Net cash flow': '-3.00 attention', 'Money in': '9.00', 'Money out': '15.00', 'NSF fees': '1 attention' });
    expect(chart(model, 'cashFlow')!.series.map(({ values }) => values)).toEqual([[5, 4], [8, 7]]);
    expect(headings(model, 'businessSummary.cashflowAnalyticsMetrics.inflow')).toEqual(['Period begin date', 'Period end date', 'Sum deposits', 'Maximum deposit', 'Period']);
  });

  it('of payment history', () => {
    const model = buildReport({ ...header, analytics: { riskScore: 12, transactionsSummary: { totalNonSufficientFunds: 0, averageMonthlyDeposits: 7 }, customerSummaryByMonths: [{ month: '2026-01-01', totalDeposits: 7, totalWithdrawals: 5, missedRecurringExpensePayments: 2 }] } });
    expect(figures(model)).toEqual({ 'Payment risk score': '12', 'NSF fees': '0.00 good', 'Missed recurring payments': '2.00 attention', 'Money in a month': '7.00' });
  });
});

describe('bodies that are not as they should be', () => {
  const types = ['voa', 'voaHistory', 'preQualVoa', 'assetSummary', 'voi', 'voePayroll', 'voiePayroll', 'voeTransactions', 'paystatement', 'voieTxVerify', 'statement', 'transactions', 'cfrp', 'cfrb', 'cfrpcra', 'barbftc', 'phrbcra', 'pripcra',
    'farpbfnoncra', 'sbcaanalyticsnoncra', 'sbcabenchmarksnoncra', 'brandNew', ''];
  const names = ['institutions', 'income', 'incomeStreams', 'assets', 'employmentHistory', 'payStatements', 'payStatementTxVerifyDaoList', 'constraints', 'cashFlowBalanceSummary', 'cashFlowCreditSummary', 'cashFlowDebitSummary',
    'cashFlowCharacteristicsSummary', 'possibleLoanDeposits', 'customerAnalytics', 'retailSalesAnalyticsMetrics', 'reportHeader', 'businessSummary', 'analytics', 'accountResults', 'startDate', 'days'];
  const odd: readonly unknown[] = [null, 0, -0, 'text', true, [], {}, [null], [[]], ['a', { b: 1 }], { accounts: 'none', transactionalAttributes: 'none', stateAttributes: [{}], metricsLists: 4 },
    [{ accounts: [{ incomeStreams: [{ cadence: 'weekly', transactions: [{ postedDate: 'soon' }], netMonthly: [7, { month: 'x', net: 'y' }] }], transactions: { amount: {} }, analytics: { streams: 5 } }], employment: [], income: 'much', metricsLists: [{ metrics: 'none' }], payDate: {} }]];

  it.each(types)('%s bears them', (type) => {
    for (const value of odd) {
      const model = buildReport({ type, status: 'success', ...Object.fromEntries(names.map((name) => [name, value])) });
      for (const { value: shown, kind } of model.figures) expect(us.show(shown, kind).text).not.toMatch(/NaN|undefined|\[object/);
      for (const { series } of model.charts) for (const { values } of series) for (const one of values) expect(one === undefined || Number.isFinite(one)).toBe(true);
      expect(typeof everything(model)).toBe('string');
    }
  });

  it('negative zero has no sign, and three decimals stay three', () => {
    expect([us.show(-0, 'money', 'USD').text, us.show(-0.001, 'money', 'USD').text, us.show(-0, 'number').text, us.show('-0', 'money').text, us.show(1.5, 'money', 'KWD').text.replace(/\s/, ' '), us.show(-5, 'money', 'JPY').text]).toEqual(
      ['$0.00', '$0.00', '0', '0.00', 'KWD 1.500', '-¥5']);
  });

  it('of more accounts than a page bears are tables, and lose none of it', () => {
    const accounts = Array.from({ length: 250 }, (_, at) => ({ name: `A${at}`, number: `99${at}`, currency: at % 2 ? 'USD' : 'JPY', odd: { at: `odd-${at}` }, transactions: [{ id: `t-${at}`, amount: -5, postedDate: '2026-01-09' }] }));
    const model = buildReport({ type: 'brandNew', institutions: [{ name: 'A Bank', note: 'kept', accounts }] });
    const details = section(model, 'institutions')!;
    expect(details.children).toEqual([]);
    expect(cells(model, 'institutions', 2).slice(0, 2).map((row) => row.slice(0, 3))).toEqual([['A0 ··990', 'Jan 9, 2026', '-¥5'], ['A1 ··991', 'Jan 9, 2026', '-$5.00']]);
    const text = everything(model);
    for (const value of ['kept', 'odd-0', 'odd-249', 't-249', '99249']) expect(text).toContain(value);
  });

  it('a failed report keeps what it has, with and without errors', () => {
    for (const type of types) {
      expect(buildReport({ type, status: 'failure', errors: [{ code: 10106, message: 'No.' }] }).problems).toHaveLength(1);
      expect(buildReport({ type, status: 'failure' })).toMatchObject({ status: 'failure', problems: [], figures: [], charts: [] });
      expect(buildReport({ type, status: 'inProgress', constraints: {} })).toMatchObject({ figures: [], charts: [] });
    }
  });
});

describe('a report with little in it', () => {
  it('says that it has no accounts, and has no figure of what it does not tell', () => {
    const none = make('voa', { institutions: [{ name: 'A Bank', accounts: [] }] });
    expect(none.sections.find(({ id }) => id === 'accounts')).toMatchObject({ detail: 'none', fields: [], tables: [] });
    expect(none.figures).toEqual([]);
    expect(make('voa').sections.some(({ id }) => id === 'accounts')).toBe(false);
  });

  it('knows an answer that has no state from one whose state nobody knows', () => {
    expect(buildReport({ customerId: '7' })).toMatchObject({ status: 'unknown', stateless: true });
    expect(buildReport({ customerId: '7', status: 'resting' })).toMatchObject({ status: 'unknown', stateless: false });
  });

  it('tells a duration in words, and anything else under such a name as it came', () => {
    const shown = (value: unknown) => createFormatter('en-US').show(value, kindOf('employmentDuration', value));
    expect(shown('P4Y8M12D')).toEqual({ text: '4 years, 8 months', raw: 'P4Y8M12D' });
    expect(shown('P12D').text).toBe('12 days');
    expect(shown('PT3H').text).toBe('PT3H');
  });
});
