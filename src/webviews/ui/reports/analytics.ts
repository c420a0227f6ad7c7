// Balance, cash flow, payment history, payment risk and foresight analytics: first what their attributes come to. Which attributes there are
// tells the report, not its type: acknowledgements and examples mix the types up. Facts: domain.md §8, api/analyticsBodies.yaml.
import type { Chart, ChartSeries } from '../chartTypes.ts';
import { isObject } from '../generic.ts';
import { words } from '../format.ts';
import type { Figure, JsonObject } from '../reportTypes.ts';
import { attributesOf, historyOf, isAnalytics, isWhole, monthlyOf, periodValue, scoreOf, type Attribute } from './attributes.ts';
import { accountsOf, countOf, currencyOf, dayOf, mixesCurrencies, monthOf, numberAt, objectsOf, round, sumOf, textOf } from './reading.ts';
import type { ReportReading, ReportSource } from './table.ts';

export const hasAnalytics = (body: JsonObject): boolean => isObject(body.customerAnalytics) || accountsOf(body).some(({ analytics }) => isAnalytics(analytics));

export function readAnalytics({ body }: ReportSource): ReportReading {
  const analytics = isObject(body.customerAnalytics) ? body.customerAnalytics : {};
  const all = attributesOf(analytics);
  const accounts = accountsOf(body);
  const reader: Reader = { of: (name) => all.find((one) => one.name === name), all, currency: currencyOf(accounts), mixed: mixesCurrencies(accounts) };
  return {
    figures: [...figuresOf(reader).filter(({ value }) => value !== undefined), ...streamFigure(analytics)].slice(0, 8),
    charts: chartsOf(reader).slice(0, 4),
    first: ['customerAnalytics'],
  };
}

interface Reader {
  of(name: string): Attribute | undefined;
  all: readonly Attribute[];
  currency: string | undefined;
  mixed: boolean;
}

function figuresOf(reader: Reader): Figure[] {
  const { of } = reader;
  const missed = ['MISSED_RECURRING_EXPENSES', 'MISSED_RECURRING_LOAN_PAYMENTS'] as const;
  return [
    scoreFigure(of('PAYMENT_RISK_SCORE')),
    ...missed.map((name) => totalFigure(
      name, name === 'MISSED_RECURRING_EXPENSES' ? 'Missed recurring expenses' : 'Missed loan payments', of(name),
      (period) => numberAt(period, 'sum'),
    )),
    totalFigure('NSF_FEE_CHARGES', 'NSF fees', of('NSF_FEE_CHARGES'), (period) => numberAt(period, 'count')),
    ...balanceFigures(reader),
    averageFigure(reader, 'NET_CASH_FLOW', 'Net cash flow a month', 'sum'),
    averageFigure(reader, 'CASH_INFLOW', 'Money in a month'),
    averageFigure(reader, 'CASH_OUTFLOW', 'Money out a month'),
    averageFigure(reader, 'REVENUE', 'Revenue a month'),
    averageFigure(reader, 'NONDISCRETIONARY_SPENDING', 'Essential spending a month'),
    averageFigure(reader, 'DISCRETIONARY_SPENDING', 'Discretionary spending a month'),
    ...projectedFigures(reader),
    ...(reader.all.some(({ name }) => known.has(name)) ? [] : reader.all.slice(0, 4).map((one) => averageFigure(reader, one.name, words(one.name)))),
  ];
}

const known = new Set([
  'PAYMENT_RISK_SCORE', 'NSF_FEE_CHARGES', 'ASSET_BALANCE', 'NET_CASH_FLOW', 'CASH_INFLOW', 'CASH_OUTFLOW', 'REVENUE', 'NONDISCRETIONARY_SPENDING',
  'DISCRETIONARY_SPENDING',
]);

function scoreFigure(score: Attribute | undefined): Figure {
  const period = score && (monthlyOf(score)?.periods.at(-1) ?? historyOf(score));
  const value = period && numberAt(period, 'endingValue', 'mean');
  const unknown = value !== undefined && value < 0;
  return {
    key: 'PAYMENT_RISK_SCORE', label: 'Payment risk score', value: unknown ? 'Not known' : value, kind: unknown ? 'text' : 'number',
    note: unknown ? 'Too little history for a score (-1)' : 'At the end of the report; two digits, higher is more risk',
    ...(unknown ? { tone: 'attention' } as const : {}),
  };
}

/** A count of what should not be: over the whole history where the body has it in one period, else its months added up. */
function totalFigure(key: string, label: string, attribute: Attribute | undefined, read: (period: JsonObject) => number | undefined): Figure {
  const whole = attribute && historyOf(attribute);
  const periods = attribute ? monthlyOf(attribute)?.periods ?? [] : [];
  const value = (whole && read(whole)) ?? sumOf(periods.map(read));
  return {
    key, label, value, kind: 'number', note: whole && read(whole) !== undefined ? 'In the whole history' : `${countOf(periods.length, 'period')} added up`,
    ...(value === undefined ? {} : { tone: value > 0 ? 'attention' : 'good' } as const),
  };
}

function balanceFigures(reader: Reader): Figure[] {
  const { of, currency, mixed } = reader;
  const balance = of('ASSET_BALANCE');
  if (!balance) return [];
  const months = monthlyOf(balance)?.periods ?? [];
  const last = months.at(-1) ?? historyOf(balance);
  const all = historyOf(balance) ? [historyOf(balance)!] : months;
  const lowest = all.flatMap((period) => numberAt(period, 'min') ?? []).reduce<number | undefined>((a, b) => (a === undefined ? b : Math.min(a, b)), undefined);
  const note = mixed ? 'Accounts of several currencies: the API adds them as they are.' : undefined;
  return [
    {
      key: 'ASSET_BALANCE.endingValue', label: 'Balance', value: last && numberAt(last, 'endingValue'), kind: 'money', currency,
      note: note ?? 'All accounts together, on the last day',
    },
    // Where a score leads, there is no room for both.
    ...(of('PAYMENT_RISK_SCORE') ? [] : [averageFigure(reader, 'ASSET_BALANCE', 'Average balance')]),
    {
      key: 'ASSET_BALANCE.min', label: 'Lowest balance', value: lowest, kind: 'money', currency, note: 'On any day of the history',
      ...(lowest !== undefined && lowest < 0 ? { tone: 'attention' } as const : {}),
    },
  ];
}

/** The average of the last twelve whole periods; without a value where the body has no months. */
function averageFigure({ of, currency, mixed }: Reader, name: string, label: string, field?: 'sum'): Figure {
  const attribute = of(name);
  const interval = attribute && monthlyOf(attribute);
  const value = (period: JsonObject) => (field ? numberAt(period, field) : periodValue(period, attribute!.state));
  const last = interval ? interval.periods.filter((period) => isWhole(period, interval.type)).slice(-12).flatMap((period) => value(period) ?? []) : [];
  const average = last.length === 0 ? undefined : round(last.reduce((sum, one) => sum + one, 0) / last.length);
  const out = name === 'CASH_OUTFLOW' || name.endsWith('SPENDING');
  const shown = average === undefined ? undefined : out ? Math.abs(average) : average;
  return {
    key: name, label, value: shown, kind: attribute?.unit ?? 'money', currency: attribute?.unit === 'number' ? undefined : currency,
    note: mixed ? 'Accounts of several currencies: the API adds them as they are.' : `Average of the last ${countOf(
      last.length, interval?.type === 'MONTHLY_ROLLING_30' ? 'stretch of 30 days' : 'whole month',
      interval?.type === 'MONTHLY_ROLLING_30' ? 'stretches of 30 days' : undefined,
    )}`,
    ...(name === 'NET_CASH_FLOW' && average !== undefined ? { tone: average < 0 ? 'attention' : 'good' } as const : {}),
  };
}

/** What foresight sees for the next year in the two groups that hold all spending. */
function projectedFigures({ of, currency }: Reader): Figure[] {
  return (['NONDISCRETIONARY_SPENDING', 'DISCRETIONARY_SPENDING'] as const).map((name): Figure => {
    const ahead = objectsOf(of(name)?.object.projectedValues).filter((one) => textOf(one.timeUnit).toUpperCase() === 'MONTHS').map((one) => [
      numberAt(one, 'timeValue') ?? 0, numberAt(one, 'projectionValue'),
    ] as const);
    const [months, value] = ahead.reduce<readonly [number, number | undefined]>((best, one) => (one[0] > best[0] ? one : best), [0, undefined]);
    return {
      key: `${name}.projectedValues`, label: name === 'DISCRETIONARY_SPENDING' ? 'Discretionary spending ahead' : 'Essential spending ahead',
      value: value === undefined ? undefined : Math.abs(value), kind: 'money', currency,
      note: `Expected by the API in the next ${countOf(months, 'month')}`,
    };
  });
}

function streamFigure(analytics: JsonObject): Figure[] {
  const streams = objectsOf(analytics.streams);
  const told = streams.filter(({ status }) => textOf(status) !== '');
  const active = told.filter(({ status }) => textOf(status).toLowerCase() === 'active').length;
  return streams.length === 0 ? [] : [
    { key: 'streams', label: 'Recurring streams', value: streams.length, kind: 'number', note: `Money in and money out${told.length > 0 ? `; ${active} still active` : ''}` },
  ];
}

// --- charts

function chartsOf(reader: Reader): Chart[] {
  const { currency } = reader;
  const chart = (id: string, title: string, kind: Chart['kind'], lines: readonly Line[], note?: string): Chart[] => {
    const chosen = lines.flatMap((line) => { const attribute = reader.of(line.name); return attribute ? [{ ...line, attribute }] : []; });
    const places = placesOf(chosen.map(({ attribute }) => attribute));
    const series = chosen.map(({ attribute, label, form, read }): ChartSeries => ({
      label, form, values: valuesOf(attribute, places, read),
    })).filter(({ values }) => values.some((value) => value !== undefined));
    return series.length === 0 ? [] : [{ id, title: places.kind === 'day' ? title.replace(/by month$/, 'by 30 days') : title, kind, ...(kind === 'money' ? { currency } : {}), places, series, note }];
  };
  const sum: Read = (period, { state }) => (state ? numberAt(period, 'sum') : periodValue(period, false));
  const partial = 'The first and the last month may be incomplete.';
  return [
    ...chart('cashFlow', 'Money in and out by month', 'money', [
      { name: 'CASH_INFLOW', label: 'Money in', form: 'bars', read: sum }, {
        name: 'CASH_OUTFLOW', label: 'Money out', form: 'bars', read: (period, one) => absolute(sum(period, one)),
      },
      reader.of('NET_CASH_FLOW') ? { name: 'NET_CASH_FLOW', label: 'Net', form: 'line', read: sum } : { name: 'ALL_CASH_FLOWS', label: 'Net', form: 'line', read: sum },
    ], `Money out is drawn upwards. ${partial}`),
    ...chart('balance', 'Balance by month', 'money', (['max', 'mean', 'min'] as const).map((key): Line => ({
      name: 'ASSET_BALANCE', label: { max: 'Highest', mean: 'Average', min: 'Lowest' }[key], form: 'line', read: (period) => numberAt(period, key),
    })), 'All accounts together, day by day.'),
    ...chart('risk', 'Payment risk score by month', 'number', [
      { name: 'PAYMENT_RISK_SCORE', label: 'At the month\'s end', form: 'line', read: (period) => scoreOf(numberAt(period, 'endingValue')) },
      { name: 'PAYMENT_RISK_SCORE', label: 'Highest', form: 'line', read: (period) => scoreOf(numberAt(period, 'max')) },
    ], 'Higher is more risk; months with too little history have no value.'),
    ...someNsf(chart(
      'nsf', 'NSF fees by month', 'number',
      [{ name: 'NSF_FEE_CHARGES', label: 'NSF fees', form: 'bars', read: (period) => numberAt(period, 'count') }],
    )),
    ...chart('spending', 'Spending by month', 'money', [
      { name: 'NONDISCRETIONARY_SPENDING', label: 'Essential', form: 'bars', read: (period, one) => absolute(sum(period, one)) },
      { name: 'DISCRETIONARY_SPENDING', label: 'Discretionary', form: 'bars', read: (period, one) => absolute(sum(period, one)) },
    ], partial),
    ...spendingKinds(reader),
    ...(reader.all.some(({ name }) => known.has(name)) ? [] : reader.all.slice(0, 2).flatMap((one, index) =>
      chart(
        `attribute.${index}`, `${words(one.name)} by month`, one.unit,
        [{ name: one.name, label: words(one.name), form: one.state ? 'line' : 'bars', read: (period, { state }) => periodValue(period, state) }],
      ))),
  ];
}

type Read = (period: JsonObject, attribute: Attribute) => number | undefined;
interface Line { name: string; label: string; form: ChartSeries['form']; read: Read }

const absolute = (value: number | undefined) => (value === undefined ? undefined : Math.abs(value));
/** A chart of fees that never came shows nothing that its figure does not tell. */
const someNsf = (charts: readonly Chart[]): readonly Chart[] =>
  charts.filter(({ series }) => series.some(({ values }) => values.some((value) => value !== undefined && value > 0)));

function placesOf(attributes: readonly Attribute[]): Extract<Chart['places'], { values: readonly number[] }> {
  const intervals = attributes.map(monthlyOf).filter((one) => one !== undefined);
  const calendar = intervals.every(({ type }) => type === 'MONTHLY_CALENDAR');
  const starts = new Set(intervals.flatMap(({ periods }) => periods.flatMap((period) => placeOf(period, calendar) ?? [])));
  return { kind: calendar ? 'month' : 'day', values: [...starts].sort((a, b) => a - b) };
}

const placeOf = ({ startDate }: JsonObject, calendar: boolean): number | undefined => (calendar ? monthOf(startDate) : dayOf(startDate));

function valuesOf(attribute: Attribute, places: ReturnType<typeof placesOf>, read: Read): (number | undefined)[] {
  const values = new Map(monthlyOf(attribute)?.periods.map((period) => [placeOf(period, places.kind === 'month'), read(period, attribute)] as const));
  return places.values.map((place) => values.get(place)).map((value) => (value === undefined ? undefined : round(value)));
}

/** Foresight: an average month of each kind of spending, beside that of the people it is compared with. */
function spendingKinds({ all, currency }: Reader): Chart[] {
  const kinds = all.filter(({ name, state }) => !state && name.endsWith('_SPENDING') && !/^(NON)?DISCRETIONARY_/.test(name));
  if (kinds.length < 3) return [];
  const rows = kinds.flatMap((one) => {
    const interval = monthlyOf(one);
    const whole = interval ? interval.periods.filter((period) => isWhole(period, interval.type)).slice(-12) : [];
    if (!interval || whole.length === 0) return [];
    const starts = new Set(whole.map(({ startDate }) => startDate));
    const others = objectsOf(interval.object.cohortBenchmarkPeriods).filter(({ startDate }) => starts.has(startDate))
      .flatMap(({ cohortValues }) => numberAt(objectsOf(cohortValues)[0] ?? {}, 'value') ?? []);
    const mean = (values: readonly number[]) => (values.length === 0 ? undefined : Math.abs(round(values.reduce((sum, value) => sum + value, 0) / values.length)));
    return [{ label: words(one.name.replace(/_SPENDING$/, '')), own: mean(whole.flatMap((period) => periodValue(period, false) ?? [])), others: mean(others) }];
  }).sort((a, b) => (b.own ?? 0) - (a.own ?? 0));
  return [{
    id: 'spendingKinds', title: 'An average month of spending', kind: 'money', currency, places: { kind: 'words', values: rows.map(({ label }) => label) },
    series: [
      { label: 'This person', form: 'bars', values: rows.map(({ own }) => own) },
      ...(rows.some(({ others }) => others !== undefined) ? [{ label: 'Others there', form: 'bars', values: rows.map(({ others }) => others) } as const] : []),
    ],
    note: 'Average of the last 12 whole months.',
  }];
}
