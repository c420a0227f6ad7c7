// What a report says of income: the estimate of the highest confidence that it has, and each stream's months. Fields: domain.md §8 and the
// schemas VOAWithIncomeReport and VOIReport of 1.42.0. `income` is a list by confidence; HIGH holds the streams that count.
import type { Chart, ChartSeries } from '../chartTypes.ts';
import { numberOf } from '../format.ts';
import type { Figure, JsonObject } from '../reportTypes.ts';
import { accountsOf, at, byCurrency, countOf, currencyOf, mixesCurrencies, monthOf, monthsBetween, numberAt, objectsOf, round, textOf } from './reading.ts';
import { cadenceWords, confidenceWords, incomeStreamsOf, streamsSection, type IncomeStream } from './streams.ts';
import type { ReportReading, ReportSource } from './table.ts';

/** Verification of income. */
export function readIncome({ body }: ReportSource): ReportReading {
  const streams = incomeStreamsOf(body);
  const best = bestIncome(body);
  const currency = currencyOf(accountsOf(body));
  const mixed = mixesCurrencies(accountsOf(body)) ? 'Accounts of several currencies: the API adds them as they are.' : undefined;
  // The API speaks of twelve months; of a shorter history there are fewer.
  const months = objectsOf(best?.netMonthly).length;
  const over = months > 0 && months < 12 ? countOf(months, 'whole month') : 'the last 12 months';
  const money = (key: string, label: string, value: number | undefined, note?: string): Figure => ({ key, label, value, kind: 'money', currency, note });
  return {
    figures: [
      ...(best ? [
        money('averageMonthlyIncomeNet', 'Net monthly income', numberAt(best, 'averageMonthlyIncomeNet'), mixed ?? `Average of ${over}, after tax`),
        money('averageMonthlyIncomeGross', 'Gross monthly income', numberAt(best, 'averageMonthlyIncomeGross'), 'Before tax, estimated by the API'),
        money('incomeEstimate.netAnnual', 'Net a year', numberOf(at(best, 'incomeEstimate', 'netAnnual')), `Over ${over}`),
        money('incomeEstimate.projectedNetAnnual', 'Projected net a year', numberOf(at(best, 'incomeEstimate', 'projectedNetAnnual')), 'Next 12 months, expected'),
        { ...confidenceFigure(best), ...(objectsOf(body.income).length > 1 ? { note: 'The surest level; the amounts here are its alone' } : {}) },
      ] : []),
      ...streamFigures(streams),
    ],
    charts: incomeCharts(body, streams),
    sections: [streamsSection(streams)],
    first: ['income'],
  };
}

/** What a verification of employment by transactions tells: whether the stream goes on. It has no amounts. */
export function readEmploymentByStreams({ body }: ReportSource): ReportReading {
  const streams = incomeStreamsOf(body);
  const best = surest(streams);
  if (!best) return {
    figures: [{ key: 'incomeStreams', label: 'Income streams', value: 0, kind: 'number', tone: 'attention', note: 'No regular deposits were found' }],
  };
  const { stream, active } = best;
  const since = numberAt(stream, 'daysSinceLastTransaction');
  return {
    figures: [
      {
        key: 'status', label: 'Paying now', kind: 'text', value: active === undefined ? undefined : active ? 'Active' : 'Inactive',
        ...(active === undefined ? {} : { tone: active ? 'good' : 'attention' } as const), note: `By ${best.name.slice(0, 80)}, the surest stream`,
      },
      { key: 'name', label: 'Payer', value: best.name, kind: 'text' },
      { key: 'cadence.days', label: 'Paid', value: cadenceWords(at(stream, 'cadence', 'days')), kind: 'text' },
      {
        key: 'lastPayment', label: 'Last payment', value: best.days.at(-1), kind: 'day',
        ...(since === undefined ? {} : { note: `${countOf(since, 'day')} before the report` }),
      },
      { key: 'nextExpectedTransactionDate', label: 'Next expected', value: stream.nextExpectedTransactionDate, kind: 'day' },
      confidenceFigure({ confidenceType: stream.estimateInclusion, confidence: stream.confidence }),
      ...streamFigures(streams).filter(({ key }) => key !== 'lastPayment'),
    ],
    sections: [streamsSection(streams)],
  };
}

const surest = (streams: readonly IncomeStream[]): IncomeStream | undefined =>
  streams.reduce<IncomeStream | undefined>((best, one) => (best === undefined || rank(one) > rank(best) ? one : best), undefined);

/** A stream that still pays comes before a surer one that stopped. */
const rank = ({ stream, active }: IncomeStream): number => (active ? 1_000 : 0) + (numberAt(stream, 'confidence') ?? 0);

function streamFigures(streams: readonly IncomeStream[]): Figure[] {
  const active = streams.filter((one) => one.active).length;
  const missing = streams.reduce((sum, { gaps }) => sum + gaps.reduce((all, gap) => all + gap.missing, 0), 0);
  const known = streams.some(({ days, irregular }) => days.length > 1 && !irregular);
  const last = streams.flatMap(({ days }) => days.at(-1) ?? []).reduce<number | undefined>((a, b) => (a === undefined ? b : Math.max(a, b)), undefined);
  return [
    {
      key: 'incomeStreams', label: 'Income streams', value: streams.length, kind: 'number',
      note: streams.length === 0 ? 'No regular deposits were found' : `${active} still active`,
    },
    { key: 'lastPayment', label: 'Last payment', value: last, kind: 'day', note: 'The latest of all streams' },
    {
      key: 'missingPayments', label: 'Payments missing', value: known ? missing : undefined, kind: 'number',
      note: 'Worked out from each stream\'s cadence and days', ...(known ? { tone: missing > 0 ? 'attention' : 'good' } as const : {}),
    },
  ];
}

function confidenceFigure({ confidenceType, confidence }: JsonObject): Figure {
  const level = textOf(confidenceType).toUpperCase();
  const percent = numberOf(confidence);
  return {
    key: 'confidenceType', label: 'Confidence', kind: 'text', value: confidenceWords(confidenceType) ?? (percent === undefined ? undefined : String(percent)),
    ...(percent !== undefined && level !== '' ? { note: `${percent} of 100` } : {}),
    ...(level === 'HIGH' ? { tone: 'good' } as const : level === '' ? {} : { tone: 'attention' } as const),
  };
}

/** The two figures of income in a report about something else; empty for a report without income. */
export function incomeFigures(body: JsonObject): Figure[] {
  const best = bestIncome(body);
  if (!best) return [];
  const currency = currencyOf(accountsOf(body));
  const confidence = textOf(best.confidenceType);
  return [
    {
      key: 'averageMonthlyIncomeNet', label: 'Net monthly income', value: numberAt(best, 'averageMonthlyIncomeNet'), kind: 'money', currency,
      ...(confidence ? { note: `Confidence ${confidence.toLowerCase()}` } : {}),
    },
    {
      key: 'incomeEstimate.projectedNetAnnual', label: 'Projected net a year', value: numberOf(at(best, 'incomeEstimate', 'projectedNetAnnual')),
      kind: 'money', currency,
    },
  ];
}

const confidences = ['HIGH', 'MODERATE', 'LOW', 'NO'];

function bestIncome(body: JsonObject): JsonObject | undefined {
  const told = objectsOf(body.income);
  return confidences.map((name) => told.find(({ confidenceType }) => textOf(confidenceType).toUpperCase() === name)).find((one) => one !== undefined) ?? told[0];
}

/** Streams that get bars of their own; the smaller ones together are one more. */
const mostStreams = 6;

/** Net income by month, one chart a currency, a series a stream; from the report's own sums where no stream tells its months. */
export function incomeCharts(body: JsonObject, streams: readonly IncomeStream[] = incomeStreamsOf(body)): Chart[] {
  const told = streams.map((one) => ({ ...one, months: netByMonth(one.stream) })).filter(({ months }) => months.size > 0);
  if (told.length === 0) return summaryCharts(body);
  return byCurrency(told).map(([currency, group], index): Chart => {
    const months = monthsBetween(group.flatMap((one) => [...one.months.keys()]));
    const sorted = group.length <= mostStreams ? group : [...group].sort((a, b) => totalOf(b.months) - totalOf(a.months));
    const rest = sorted.slice(mostStreams);
    const series = (label: string, valueAt: (month: number) => number | undefined): ChartSeries => ({ label, form: 'bars', values: months.map(valueAt) });
    return {
      id: `income${index === 0 ? '' : `.${index}`}`, title: 'Net income by month', kind: 'money', currency, places: { kind: 'month', values: months },
      series: [
        ...sorted.slice(0, mostStreams).map((one) => series(one.name.slice(0, 60), (month) => one.months.get(month))),
        ...(rest.length > 0 ? [series(`${rest.length} smaller streams`, (month) => sumAt(rest, month))] : []),
      ],
      note: 'Whole calendar months, after tax. A month at zero is one in which a stream paid nothing.',
    };
  });
}

function netByMonth(stream: JsonObject): Map<number, number> {
  const months = new Map<number, number>();
  for (const entry of objectsOf(stream.netMonthly)) {
    const month = monthOf(entry.month);
    const net = numberAt(entry, 'net');
    if (month !== undefined && net !== undefined) months.set(month, (months.get(month) ?? 0) + net);
  }
  return months;
}

const totalOf = (months: ReadonlyMap<number, number>): number => [...months.values()].reduce((sum, value) => sum + value, 0);

function sumAt(streams: readonly { months: ReadonlyMap<number, number> }[], month: number): number | undefined {
  let sum: number | undefined;
  for (const { months } of streams) {
    const value = months.get(month);
    if (value !== undefined) sum = round((sum ?? 0) + value);
  }
  return sum;
}

function summaryCharts(body: JsonObject): Chart[] {
  const best = bestIncome(body);
  const months = best && netByMonth(best);
  if (!months || months.size === 0) return [];
  const places = monthsBetween([...months.keys()]);
  return [{
    id: 'income', title: 'Net income by month', kind: 'money', currency: currencyOf(accountsOf(body)), places: { kind: 'month', values: places },
    series: [
      { label: 'Net income', form: 'bars', values: places.map((month) => months.get(month)) },
    ], note: 'All streams of the highest confidence together, after tax.',
  }];
}
