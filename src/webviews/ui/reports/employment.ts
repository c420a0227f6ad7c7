// Employment by payroll, with and without income: is the person employed now, by whom, as what, and what do they earn. Fields: domain.md §8
// and the schemas VOEPayrollReport, VOIEPayrollReport of 1.42.0. Amounts have no currency in these bodies: payCurrencyOf.
import type { Chart } from '../chartTypes.ts';
import { durationWords } from '../format.ts';
import { objectSection, type GenericOptions } from '../generic.ts';
import type { Column, Figure, JsonObject, Section } from '../reportTypes.ts';
import { at, countOf, dayOf, numberAt, objectsOf, payCurrencyOf, round, textOf } from './reading.ts';
import { toldColumns } from './streams.ts';
import type { ReportReading, ReportSource } from './table.ts';

export function readEmployment({ body }: ReportSource): ReportReading {
  const all = objectsOf(body.employmentHistory);
  const current = currentOf(all);
  if (!current) return {
    figures: [{ key: 'employmentHistory', label: 'Employments', value: 0, kind: 'number', tone: 'attention', note: 'The payroll providers named none' }],
  };
  return {
    figures: [...employmentFigures(current, all), ...incomeFigures(current)].filter(({ value }) => value !== undefined).slice(0, mostFigures),
    charts: all.slice(0, mostCharts).flatMap((one, index) => payCharts(one, index, all.length > 1)),
    sections: [overview(all)],
    first: ['employmentHistory'],
    currency: payCurrency,
  };
}

const mostCharts = 3;
/** These bodies have no accounts. */
const payCurrency = payCurrencyOf([]);
const mostFigures = 8;
const part = (employment: JsonObject, name: string): JsonObject => objectsOf(employment[name])[0] ?? {};

const isActive = (record: JsonObject): boolean => textOf(record.employmentStatusCode).toUpperCase() === 'A' || /^active$/i.test(textOf(record.employmentStatusName));

/** The employment that lasts, else the one that was paid or began last. */
function currentOf(all: readonly JsonObject[]): JsonObject | undefined {
  const rank = (one: JsonObject): number => {
    const record = part(one, 'employment');
    return (isActive(record) ? 1e15 : 0) + (dayOf(record.latestPayDate) ?? dayOf(record.latestHireDate) ?? dayOf(record.originalHireDate) ?? 0);
  };
  return all.reduce<JsonObject | undefined>((best, one) => (best === undefined || rank(one) > rank(best) ? one : best), undefined);
}

const ended = new Set(['NLE', 'I']);

function statusFigure(record: JsonObject): Figure {
  const code = textOf(record.employmentStatusCode).toUpperCase();
  const value = textOf(record.employmentStatusName) || code || undefined;
  const tone = isActive(record) ? 'good' : ended.has(code) || /no longer|inactive/i.test(textOf(record.employmentStatusName)) ? 'bad' : 'attention';
  return {
    key: 'employmentStatusName', label: 'Employment', value, kind: 'text', ...(value === undefined ? {} : { tone } as const),
    ...(record.derivedEmploymentStatus === true ? { note: 'Inferred, not stated by the employer' }
      : record.derivedEmploymentStatus === false ? { note: 'As the employer states it' } : {}),
  };
}

function employmentFigures(one: JsonObject, all: readonly JsonObject[]): Figure[] {
  const record = part(one, 'employment');
  const hired = record.latestHireDate ?? record.originalHireDate;
  const since = numberAt(record, 'daysSinceLastPay');
  const missed = numberAt(record, 'numberPayCadenceWithoutPay');
  return [
    statusFigure(record),
    {
      key: 'employerName', label: 'Employer', value: textOf(one.employerName) || record.employerName, kind: 'text',
      ...(all.length > 1 ? { note: `The current one of ${all.length} employments` } : {}),
    },
    {
      key: 'positionTitle', label: 'Position', value: record.positionTitle, kind: 'text',
      note: textOf(record.workLevelStatus) || textOf(record.workLevelName) || undefined,
    },
    { key: 'latestHireDate', label: 'Hired', value: hired, kind: 'day', note: durationWords(record.employmentDuration) },
    { key: 'employmentEndDate', label: 'Employed until', value: record.employmentEndDate, kind: 'day', tone: 'bad' },
    { key: 'asOfDate', label: 'Last verified', value: one.asOfDate, kind: 'day', note: 'When the payroll provider last changed its data' },
    {
      key: 'latestPayDate', label: 'Last pay', value: record.latestPayDate, kind: 'day',
      ...(missed !== undefined && missed > 0 ? {
        tone: 'attention', note: `${countOf(missed, 'pay date')} since without pay`,
      } as const : since === undefined ? {} : { note: `${countOf(since, 'day')} before the report` }),
    },
  ];
}

/** What is earned; empty for a verification of employment alone. */
function incomeFigures(one: JsonObject): Figure[] {
  const income = part(one, 'income');
  const years = [...objectsOf(income.annualIncome)].sort((a, b) => Number(textOf(b.year)) - Number(textOf(a.year)));
  const [newest] = years;
  const rate = numberAt(income, 'basePayRate');
  return [
    {
      key: 'monthlyIncome.estimatedMonthlyTotalPay', label: 'Monthly income', value: at(income, 'monthlyIncome', 'estimatedMonthlyTotalPay'),
      kind: 'money', currency: payCurrency, note: 'Average month before deductions, estimated by the API',
    },
    ...(newest ? [
      {
        key: 'annualIncome.grossPayAmountYTD', label: 'Gross this year', value: newest.grossPayAmountYTD, kind: 'money', currency: payCurrency,
        note: `${textOf(newest.year)} up to the last pay`,
      } as const,
    ] : []),
    {
      key: 'basePayRate', label: 'Base pay', value: at(income, 'monthlyIncome', 'estimatedMonthlyTotalPay') === undefined ? rate : undefined,
      kind: 'money', currency: payCurrency, note: [textOf(income.basePayRateUnit), textOf(income.payType)].filter(Boolean).join(', ') || undefined,
    },
    { key: 'payFrequency', label: 'Paid', value: rate === undefined ? income.payFrequency : undefined, kind: 'text' },
  ];
}

/** Gross and net by pay date. Two statements of one day, such as pay and bonus, are one bar. */
function payCharts(one: JsonObject, index: number, several: boolean): Chart[] {
  const days = new Map<number, { gross: number | undefined; net: number | undefined }>();
  for (const statement of objectsOf(part(one, 'income').directPayStatements)) {
    const main = part(statement, 'mainPayStatementFields');
    const day = dayOf(main.payDate);
    if (day === undefined) continue;
    const sums = days.get(day) ?? { gross: undefined, net: undefined };
    days.set(day, { gross: plus(sums.gross, numberAt(main, 'grossPayAmount')), net: plus(sums.net, numberAt(main, 'netPayAmount')) });
  }
  if (days.size < 2) return [];
  const places = [...days.keys()].sort((a, b) => a - b);
  return [{
    id: `pay${index === 0 ? '' : `.${index}`}`, kind: 'money', currency: payCurrency,
    title: several ? `Pay by pay date: ${textOf(one.employerName).slice(0, 60) || `employment ${index + 1}`}` : 'Pay by pay date',
    places: { kind: 'day', values: places },
    series: [
      { label: 'Gross', form: 'bars', values: places.map((day) => days.get(day)?.gross) },
      { label: 'Net', form: 'bars', values: places.map((day) => days.get(day)?.net) },
    ],
  }];
}

export const plus = (sum: number | undefined, value: number | undefined): number | undefined => (value === undefined ? sum : round((sum ?? 0) + value));

/** Side by side, where there are several; one alone is told by its figures and its own section. */
function overview(all: readonly JsonObject[]): Section | undefined {
  if (all.length < 2) return undefined;
  const of = (key: string, label: string, kind: Column['kind'], ...path: readonly string[]): Column => ({ key, label, kind, read: (row) => at(row, ...path) });
  const columns = [
    of('employerName', 'Employer', 'text', 'employerName'), of('status', 'Status', 'text', 'employment', 'employmentStatusName'), of(
      'positionTitle', 'Position', 'text', 'employment', 'positionTitle',
    ),
    of('latestHireDate', 'Hired', 'day', 'employment', 'latestHireDate'), of('employmentEndDate', 'Until', 'day', 'employment', 'employmentEndDate'),
    of('latestPayDate', 'Last pay', 'day', 'employment', 'latestPayDate'), of(
      'monthly', 'Monthly income', 'money', 'income', 'monthlyIncome', 'estimatedMonthlyTotalPay',
    ),
    of('payFrequency', 'Paid', 'text', 'income', 'payFrequency'), of('asOfDate', 'Last verified', 'day', 'asOfDate'),
  ];
  return {
    id: 'employments', title: 'Employments', detail: String(all.length), folded: false, fields: [], children: [],
    tables: [{ label: 'Employments', rows: all, columns: toldColumns(columns, all), currencyOf: () => payCurrency }],
  };
}

const order = ['employment', 'income', 'employee'];

/** Each employment with its parts unfolded: they are the report. */
export function employmentSection({ id, key, depth }: { id: string; key: string; depth: number }, value: unknown, options: GenericOptions): Section | undefined {
  const list = key === 'employmentHistory' && depth <= 1 ? objectsOf(value) : [];
  if (list.length === 0 || list.length > 60 || (Array.isArray(value) && list.length < value.length)) return undefined;
  const children = list.map((one, index): Section => {
    const section = objectSection(`${id}.${index}`, textOf(one.employerName).slice(0, 120) || `Employment ${index + 1}`, one, options, 1);
    const rank = ({ id: part }: Section) => (order.indexOf(part.slice(part.lastIndexOf('.') + 1)) + order.length + 1) % (order.length + 1);
    return {
      ...section, detail: textOf(at(one, 'employment', 'employmentStatusName')), children: [...section.children].sort((a, b) => rank(a) - rank(b)),
      folded: list.length > 3,
    };
  });
  return { id, title: 'Employment history', detail: String(list.length), folded: false, fields: [], tables: [], children };
}
