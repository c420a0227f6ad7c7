// The figures of analytics reports, on money made up for the purpose: periods, streams and missed payments, the score of payment risk, the
// periods of the older reports, comparison and forecast.
import { describe, expect, test } from 'vitest';
import type { AccountEntity, TransactionEntity } from '../../src/sandbox/entities.ts';
import { figuresOf, isoDay, spansOf } from '../../src/sandbox/reports/analyticsFigures.ts';
import { purposeOf } from '../../src/sandbox/reports/analyticsKinds.ts';
import { flowsOf, streamsOf } from '../../src/sandbox/reports/analyticsStreams.ts';
import { compared, projected, segmentsOf } from '../../src/sandbox/reports/foresight.ts';
import { periodsOf, weeksOf } from '../../src/sandbox/reports/legacyFigures.ts';
import { riskPerDay } from '../../src/sandbox/reports/paymentRisk.ts';

const DAY = 86_400;
const FIRST = Date.UTC(2026, 0, 10) / 1000 / DAY;
const span = { first: FIRST, last: FIRST + 199 };
const account = (stream: AccountEntity['stream'] = 'salaryChecking'): AccountEntity => ({
  id: '8100000001', customerId: '7200000001', institutionId: 101732, institutionLoginId: 1, type: 'checking', name: 'Checking', number: '0001',
  currency: 'USD', marketSegment: 'personal', status: 'active',
  aggregationStatusCode: 0, createdDate: 0, historyFrom: 0, stream, openingBalance: 0,
});
let id = 0;
const row = (day: number, amount: number, more: Partial<TransactionEntity> = {}): TransactionEntity => ({
  id: ++id, accountId: '8100000001', customerId: '7200000001', amount, status: 'active', description: 'RENT', type: 'directDebit',
  transactionDate: (FIRST + day) * DAY + 1, createdDate: 0, category: 'Mortgage & Rent', payee: 'Oakmont', ...more,
});
const every = (gap: number, count: number, amount: number, more: Partial<TransactionEntity> = {}) => Array.from({ length: count }, (_, at) => row(at * gap, amount, more));

describe('periods', () => {
  test('calendar months begin and end with the stretch', () => {
    expect(spansOf('MONTHLY_CALENDAR', { first: FIRST, last: FIRST + 60 }).map(({ first, last }) => [isoDay(first), isoDay(last)])).toEqual([
      ['2026-01-10', '2026-01-31'], ['2026-02-01', '2026-02-28'], ['2026-03-01', '2026-03-11'],
    ]);
  });
  test('stretches of 30 days are counted from the end', () => {
    expect(spansOf('MONTHLY_ROLLING_30', { first: FIRST, last: FIRST + 64 }).map(({ first, last }) => last - first + 1)).toEqual([5, 30, 30]);
    expect(periodsOf({ first: FIRST, last: FIRST + 64 }).map(({ period }) => period)).toEqual(['last30to1', 'last60to31', 'last65to61']);
  });
  test('weeks begin with the year', () => {
    const weeks = weeksOf({ first: Date.UTC(2025, 11, 25) / 1000 / DAY, last: Date.UTC(2026, 0, 9) / 1000 / DAY });
    expect(weeks.map(({ week, fromDate, toDate }) => [week, fromDate, toDate])).toEqual([
      [52, '2025-12-25', '2025-12-30'], [53, '2025-12-31', '2025-12-31'], [1, '2026-01-01', '2026-01-07'], [2, '2026-01-08', '2026-01-09'],
    ]);
  });
  test('an empty one has a count, a single value no deviation', () => {
    expect(figuresOf(span, [])).toEqual({ startDate: '2026-01-10', endDate: isoDay(span.last), count: 0 });
    expect(figuresOf(span, [5])).not.toHaveProperty('standardDeviation');
    expect(figuresOf(span, [1, 2, 3, 10])).toMatchObject({ count: 4, sum: 16, mean: 4, median: 2.5, min: 1, max: 10, standardDeviation: 4.08 });
  });
});

describe('streams', () => {
  const streams = (rows: TransactionEntity[], lastDay = span.last) => streamsOf(flowsOf({ account: account(), rows }), '8100000001', 'meadow', lastDay);
  test('a steady payment is one, a purchase now and then is none', () => {
    const found = streams([...every(30, 7, -1200), ...[3, 4, 40, 41, 110].map((day) => row(day, -20, { payee: 'Burrito Post', type: 'debit' }))]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ counterparty: 'Oakmont', inflow: false, cadence: 30, active: true, missed: [], usual: -1200 });
  });
  test('a gap is missed payments, an end is one', () => {
    const rows = every(14, 12, -300).filter((_, at) => at !== 5 && at !== 6);
    expect(streams(rows, FIRST + 160)[0]!.missed).toEqual([FIRST + 70, FIRST + 84]);
    expect(streams(every(14, 5, -300))[0]).toMatchObject({ active: false, missed: [FIRST + 70] });
  });
  test('a loan is told from other expenses', () => {
    expect(streams(every(30, 6, -400, { category: 'Loan Payment', description: 'LOAN PAYMENT' }), FIRST + 160)[0]!.loan).toBe(true);
    expect(streams(every(30, 6, -400), FIRST + 160)[0]!.loan).toBe(false);
  });
  test('a card\'s rows carry the other sign', () => {
    expect(flowsOf({ account: account('creditCard'), rows: [row(1, 50)] })[0]!.amount).toBe(-50);
  });
});

describe('the score of payment risk', () => {
  const calm = [...every(14, 15, 2000, { payee: 'Halcyon', category: 'Paycheck', type: 'directDeposit', description: 'PAYROLL' }), ...every(30, 7, -900)];
  const score = (rows: TransactionEntity[], balance = 5000) => {
    const flows = flowsOf({ account: account(), rows });
    return riskPerDay(flows, streamsOf(flows, '8100000001', 'meadow', span.last), Array.from({ length: 200 }, () => balance), span);
  };
  test('there is none before 60 days are known', () => {
    expect(score(calm).slice(0, 59).every((value) => value === -1)).toBe(true);
    expect(score(calm)[59]).toBe(4);
  });
  test('fees, days below zero, missed payments and spending more than comes in raise it, each on its own', () => {
    const base = score(calm).at(-1) as number;
    const fee = row(190, -34, { description: 'NSF RETURNED ITEM FEE', type: 'fee', category: 'Fees & Charges', payee: 'NSF Fee' });
    expect(score([...calm, fee]).at(-1)).toBe(base + 10);
    expect(score(calm, -50).at(-1)).toBe(base + 25 + 6);
    expect(score(calm.filter(({ payee, transactionDate }) => payee !== 'Oakmont' || transactionDate !== (FIRST + 150) * DAY + 1)).at(-1)).toBe(base + 8);
    expect(score([...calm, row(195, -60_000, { payee: 'Parcelhouse', type: 'debit' })]).at(-1)).toBeGreaterThanOrEqual(base + 15);
  });
  test('it never leaves two digits', () => {
    const fees = Array.from({ length: 30 }, (_, at) => row(150 + at, -34, { description: 'NSF RETURNED ITEM FEE', type: 'fee', payee: 'NSF Fee' }));
    expect(score([...fees, ...every(10, 9, -3000)], -900).every((value) => value === -1 || (value >= 1 && value <= 99))).toBe(true);
  });
});

describe('foresight', () => {
  const flows = flowsOf({ account: account(), rows: every(10, 20, -30, { category: 'Groceries' }) });
  test('goes on at the pace of the last half year', () => {
    const [three, , , twelve] = projected(flows, span);
    expect(three!.projectionValue).toBeCloseTo(-30 * 18 / 183 * 365.25 / 4, 0);
    expect(twelve!.projectionValue).toBeCloseTo(three!.projectionValue * 4, 1);
  });
  test('compares with each place, by income and age', () => {
    const given = (income: number, age: number) => segmentsOf({ analyticsReportData: {
      segments: { geolocation: [{ label: 'POSTAL_CODE', value: 84074 }] }, income, age,
    } });
    const of = (income: number, age: number) => compared('GROCERIES_SPENDING', 480, span, figuresOf(span, [-1000]), given(income, age));
    const [own] = of(65_000, 40).comparedToCohorts;
    const value = of(65_000, 40).cohortPeriod.cohortValues[0]!.value;
    expect(own).toEqual({
      cohortType: 'POSTAL_CODE', totalDifferenceToCohort: Math.round((-1000 - value) * 100) / 100, percentageDifferenceToCohort: expect.any(Number),
    });
    expect(of(260_000, 40).cohortPeriod.cohortValues[0]!.value).toBeCloseTo(value * 2, 0);
    expect(of(65_000, 22).cohortPeriod.cohortValues[0]!.value).toBeGreaterThan(value);
    expect(compared('GROCERIES_SPENDING', 480, span, figuresOf(span, []), { places: [] }).comparedToCohorts).toEqual([]);
  });
});

test('flags tell the purpose', () => {
  expect([purposeOf('personal', {}), purposeOf('personal', { forCraPurpose: true, forFtcPurpose: true })]).toEqual(['noncra', 'cra']);
  expect(purposeOf('business', { forCraPurpose: true })).toBe('cra');
  expect(purposeOf('business', { forCraPurpose: true, applicantIsPersonalGuarantor: false })).toBe('ftc');
  expect(purposeOf('business', { forCraPurpose: true, applicantIsPersonalGuarantor: false, forFtcPurpose: false })).toBe('cra');
  expect(purposeOf('business', { forFtcPurpose: true })).toBe('ftc');
});
