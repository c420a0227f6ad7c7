// Small business credit analytics: what a shop sold, or how that compares with its trade. Metrics are named by the wire: txn_amt (dollars),
// txn_cnt, txn_cnt_index and num_cards_index, in which 100 is the trade's usual. Facts: api/smallBusiness.yaml, domain.md §8.
import type { Chart, ChartSeries } from '../chartTypes.ts';
import { isObject, listTable, objectSection, newBudget } from '../generic.ts';
import { words } from '../format.ts';
import type { Column, Figure, JsonObject, Section } from '../reportTypes.ts';
import { countOf, dayOf, monthOf, numberAt, objectsOf, round, textOf } from './reading.ts';
import type { ReportReading, ReportSource } from './table.ts';

const lists = ['retailSalesAnalyticsMetrics', 'retailSalesBenchmarksMetrics'] as const;

export function readSmallBusiness({ body }: ReportSource): ReportReading {
  const shops = lists.flatMap((list) => objectsOf(body[list]).map((shop, index) => read(`${list}.${index}`, shop)));
  if (shops.length === 0) return {
    figures: [{ key: 'metrics', label: 'Locations', value: 0, kind: 'number', tone: 'attention', note: 'No figures for the location' }],
  };
  return {
    figures: figuresOf(shops[0]!, shops.length),
    charts: shops.slice(0, 2).flatMap((shop) => chartsOf(shop, shops.length > 1)),
    sections: shops.map(shopSection),
    done: lists.filter((list) => Array.isArray(body[list]) ? (body[list] as readonly unknown[]).every(isObject) : isObject(body[list])),
  };
}

interface Shop { id: string; shop: JsonObject; title: string; weekly: boolean; periods: readonly Period[]; metrics: readonly string[] }
interface Period { place: number | undefined; values: ReadonlyMap<string, number>; object: JsonObject }

function read(id: string, shop: JsonObject): Shop {
  const weekly = /week/i.test(textOf(shop.metricsFrequency));
  const periods = objectsOf(shop.metricsLists).map((object): Period => ({
    object, place: weekly ? dayOf(object.periodStartDate) : monthOf(object.periodStartDate),
    values: new Map(objectsOf(object.metrics).flatMap((one) => {
      const value = numberAt(one, 'value');
      return value === undefined ? [] : [[textOf(one.name), value] as const];
    })),
  }));
  const metrics = [...new Set(objectsOf(shop.metricsLists).flatMap(({ metrics: all }) => objectsOf(all).map(({ name }) => textOf(name))))].slice(0, 30);
  return { id, shop, weekly, periods, metrics, title: textOf(shop.industryName) || `Location ${textOf(shop.locationId)}` };
}

const names: Readonly<Record<string, readonly [label: string, kind: 'money' | 'number']>> = {
  txn_amt: ['Sales', 'money'], txn_cnt: ['Number of sales', 'number'], txn_cnt_index: ['Sales index', 'number'], num_cards_index: ['Customers index', 'number'],
};
const nameOf = (metric: string): readonly [label: string, kind: 'money' | 'number'] => (Object.hasOwn(names, metric) ? names[metric]! : [words(metric), 'number']);
const isIndex = (metric: string) => metric.endsWith('_index');

function figuresOf({ shop, weekly, periods, metrics, title }: Shop, shops: number): Figure[] {
  const unit = weekly ? 'week' : 'month';
  const sorted = periods.filter(({ place }) => place !== undefined).sort((a, b) => a.place! - b.place!);
  const last = sorted.at(-1);
  return [
    ...metrics.slice(0, 3).map((metric): Figure => {
      const [label, kind] = nameOf(metric);
      return {
        key: metric, label: `${label}, last ${unit}`, value: last?.values.get(metric), kind, ...(kind === 'money' ? { currency: 'USD' } : {}),
        ...(isIndex(metric) ? { note: '100 is the trade\'s usual' } : {}),
      };
    }),
    ...(metrics.includes('txn_amt') ? growthFigures(sorted, unit) : []),
    { key: 'industryName', label: 'Trade', value: title, kind: 'text', ...(shops > 1 ? { note: `The first of ${countOf(shops, 'location')}` } : {}) },
    { key: 'lastSeenTxnDate', label: 'Last sale known', value: shop.lastSeenTxnDate, kind: 'day' },
  ];
}

function growthFigures(sorted: readonly Period[], unit: string): Figure[] {
  const sales = sorted.flatMap(({ values }) => values.get('txn_amt') ?? []);
  const average = sales.length === 0 ? undefined : round(sales.reduce((sum, value) => sum + value, 0) / sales.length);
  // A season against the same one of the year before: a shop's year has its own shape.
  const [year, season] = unit === 'week' ? [52, 12] : [12, 3];
  const [now, before] = [sales.slice(-season), sales.slice(-year - season, -year)];
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  const growth = before.length === season && total(before) > 0 ? Math.round((total(now) / total(before) - 1) * 10_000) / 100 : undefined;
  return [
    { key: 'txn_amt.average', label: `Sales, average ${unit}`, value: average, kind: 'money', currency: 'USD', note: `Average of ${countOf(sales.length, unit)}` },
    {
      key: 'txn_amt.growth', label: 'Growth in a year', value: growth, kind: 'percent', note: `Last ${season} ${unit}s against the same of the year before`,
      ...(growth === undefined ? {} : { tone: growth < 0 ? 'attention' : 'good' } as const),
    },
  ];
}

function chartsOf({ id, title, weekly, periods, metrics }: Shop, several: boolean): Chart[] {
  const places = [...new Set(periods.flatMap(({ place }) => place ?? []))].sort((a, b) => a - b);
  const at = new Map(periods.map((period) => [period.place, period]));
  const by = weekly ? 'week' : 'month';
  const series = (metric: string, form: ChartSeries['form']): ChartSeries => ({
    label: nameOf(metric)[0], form, values: places.map((place) => at.get(place)?.values.get(metric)),
  });
  const chart = (name: string, heading: string, kind: Chart['kind'], all: readonly ChartSeries[], note?: string): Chart => ({
    id: `${id}.${name}`, title: several ? `${heading}: ${title.slice(0, 60)}` : heading, kind, ...(kind === 'money' ? { currency: 'USD' } : {}), note,
    places: { kind: weekly ? 'day' : 'month', values: places }, series: all,
  });
  const [indexes, others] = [metrics.filter(isIndex).slice(0, 4), metrics.filter((metric) => !isIndex(metric)).slice(0, 2)];
  return [
    ...others.map((metric, index) => chart(`metric${index}`, `${nameOf(metric)[0]} by ${by}`, nameOf(metric)[1], [series(metric, 'bars')])),
    ...(indexes.length > 0 ? [
      chart(
        'index', `Against the trade by ${by}`, 'number',
        [...indexes.map((metric) => series(metric, 'line')), { label: 'The trade\'s usual', form: 'line', values: places.map(() => 100) }],
        '100 is the trade\'s usual: below it, the shop does less than others.',
      ),
    ] : []),
  ];
}

/** A row a period with a column a metric, which come as a list of names and values in each. */
function shopSection({ id, shop, title, periods, metrics }: Shop): Section {
  const { metricsLists: _lists, ...rest } = shop;
  const plain = periods.map(({ object, values }): JsonObject => {
    const list = objectsOf(object.metrics);
    const simple = list.length === values.size && list.every((one) => Object.keys(one).every((key) => key === 'name' || key === 'value'));
    const { metrics: _metrics, ...own } = object;
    // What a metric has beside its name and value keeps the list as it came.
    return { ...(simple || list.length === 0 ? own : object), ...Object.fromEntries([...values].map(([name, value]) => [`metric:${name}`, value])) };
  });
  const table = listTable('By period', plain, 'USD', ['periodStartDate', 'periodEndDate', ...metrics.map((metric) => `metric:${metric}`), 'year']);
  const columns = table.columns.map((column): Column => {
    if (column.key === 'year') return { ...column, kind: 'text' };
    if (!column.key.startsWith('metric:')) return column;
    const [label, kind] = nameOf(column.key.slice(7));
    return { ...column, label, kind };
  });
  const section = objectSection(id, title, rest, { budget: newBudget() }, 1);
  return { ...section, folded: false, detail: `${periods.length} periods`, tables: [...(plain.length > 0 ? [{ ...table, columns }] : []), ...section.tables] };
}
