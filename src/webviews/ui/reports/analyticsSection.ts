// Analytics as sections: the streams in one table, the periods in another with a column an attribute, then a foldable section an attribute.
// Hundreds of attributes of dozens of periods would else be thousands of sections with a line each. Shows all of the value.
import { isObject, listTable, objectSection, type GenericOptions } from '../generic.ts';
import { numberOf, words } from '../format.ts';
import type { Column, JsonObject, Section, Table } from '../reportTypes.ts';
import { attributeLists, attributesOf, intervalLists, intervalWords, isAnalytics, periodValue, scoreOf, type Attribute, type Interval } from './attributes.ts';
import { countOf, dayOf, objectsOf, textOf } from './reading.ts';
import { cadenceWords, toldColumns } from './streams.ts';

interface Place { id: string; key: string; depth: number }
type TransactionOf = (id: string) => JsonObject | undefined;

/** Undefined for what is no analytics. `transaction` finds a transaction of the report by its id. */
export function analyticsSection({ id, key, depth }: Place, value: unknown, options: GenericOptions, transaction: TransactionOf): Section | undefined {
  if (!isAnalytics(value)) return undefined;
  const own = Object.fromEntries(Object.entries(value).filter(([name, inner]) => !isShown(name, inner)));
  const section = objectSection(id, key === 'customerAnalytics' ? 'Analytics of all accounts' : words(key), own, options, depth);
  const attributes = attributesOf(value).filter(({ object }) => Object.keys(object).length > 0);
  const parts = attributes.map((one, index) => attributeSection(`${id}.attribute.${index}`, one, options, depth + 1, transaction));
  return {
    ...section, folded: depth > 0, detail: countOf(attributes.length, 'attribute'),
    tables: [...periodTables(attributes, options.currency), ...streamTable(value, options.currency, transaction), ...section.tables],
    children: [...grouped(id, attributes, parts), ...section.children],
  };
}

const isShown = (name: string, value: unknown): boolean =>
  (attributeLists.some((list) => list === name) || name === 'streams') && Array.isArray(value) && value.every(isObject) && (name !== 'streams' || value.length > 0);

// --- periods of all attributes

/** One table a kind of interval: a row a period, a column an attribute. More attributes than columns are read in their own sections. */
function periodTables(attributes: readonly Attribute[], currency: string | undefined): Table[] {
  const types = [...new Set(attributes.flatMap(({ intervals }) => intervals.map(({ type }) => type)))];
  return types.flatMap((type): Table[] => {
    const rows = new Map<string, Record<string, unknown>>();
    const shown = attributes.filter(({ intervals }) => intervals.some((one) => one.type === type)).slice(0, 40);
    if (shown.length < 2) return [];
    for (const [index, { intervals, state }] of shown.entries())
      for (const interval of intervals) if (interval.type === type)
        for (const period of interval.periods) {
          const place = `${textOf(period.startDate)} ${textOf(period.endDate)}`;
          const row = rows.get(place) ?? { startDate: period.startDate, endDate: period.endDate };
          rows.set(place, row);
          row[index] = periodValue(period, state);
        }
    const columns = [
      dayColumn('startDate', 'From'), dayColumn('endDate', 'To'),
      ...shown.map(({ name, state, unit }, index): Column => ({
        key: String(index), label: `${words(name)}${state ? ' (daily average)' : ''}`, kind: unit, read: name === score ? (row) => toldScore(row[index]) : (row) => row[index],
      })),
    ];
    return [
      {
        label: intervalWords(type) || words(type), columns,
        rows: [...rows.values()].sort((a, b) => (dayOf(a.startDate) ?? 0) - (dayOf(b.startDate) ?? 0)), currencyOf: () => currency,
      },
    ];
  });
}

const score = 'PAYMENT_RISK_SCORE';

/** A score, or what its -1 means. */
const toldScore = (value: unknown): unknown => {
  const number = numberOf(value);
  return number !== undefined && scoreOf(number) === undefined ? `No score (${number})` : value;
};

const dayColumn = (key: string, label: string): Column => ({ key, label, kind: 'day', read: (row) => row[key] });

// --- streams

function streamTable(analytics: JsonObject, currency: string | undefined, transaction: TransactionOf): Table[] {
  const streams = objectsOf(analytics.streams);
  if (streams.length === 0 || !isShown('streams', analytics.streams)) return [];
  const rows = streams.map((stream): JsonObject => {
    const ids = Array.isArray(stream.transactionIds) ? stream.transactionIds as readonly unknown[] : [];
    const days = objectsOf(ids.map((id) => transaction(textOf(id)))).flatMap((one) => dayOf(one.postedDate) ?? []);
    const last = days.reduce<number | undefined>((a, b) => (a === undefined ? b : Math.max(a, b)), undefined);
    return { paid: cadenceWords(stream.cadence), ...(stream.latestObservedDate === undefined && last !== undefined ? { lastPayment: new Date(last).toISOString().slice(0, 10) } : {}), ...stream };
  });
  const table = listTable(
    'Recurring streams', rows, currency,
    ['payee', 'payor', 'paid', 'status', 'mean', 'sum', 'count', 'latestObservedDate', 'lastPayment', 'recency', 'cadence', 'earliestObservedDate'],
  );
  const columns = table.columns.map((column): Column => {
    const told = streamColumns[column.key];
    return told ? { ...column, label: told[0], kind: told[1] } : column;
  });
  return [{ ...table, columns: toldColumns(columns, rows) }];
}

const streamColumns: Readonly<Record<string, readonly [label: string, kind: Column['kind']]>> = {
  paid: ['Paid', 'text'], cadence: ['Every … days', 'number'], recency: ['Days since the last', 'number'],
  latestObservedDate: ['Last payment', 'day'], lastPayment: ['Last payment', 'day'],
  earliestObservedDate: ['First payment', 'day'], count: ['Payments', 'number'], mean: ['Average', 'money'], sum: ['Total', 'money'],
  minimumCadence: ['Fewest days between', 'number'], maximumCadence: ['Most days between', 'number'],
  medianCadence: ['Middle days between', 'number'], modeCadence: ['Commonest days between', 'number'],
  standardDeviationCadence: ['Deviation of days', 'number'],
};

// --- one attribute

function attributeSection(id: string, attribute: Attribute, options: GenericOptions, depth: number, transaction: TransactionOf): Section {
  const { object, intervals, unit, name } = attribute;
  const ids = Array.isArray(object.transactionIds) ? object.transactionIds as readonly unknown[] : [];
  const shown = (key: string) => key === 'attributeName' || (key === 'transactionIds' && ids.length > 0) || (intervalLists.some((list) => list === key) && isListOfObjects(object[key]));
  const rest = Object.fromEntries(Object.entries(object).filter(([key]) => !shown(key)));
  const section = objectSection(id, words(name) || 'Attribute without a name', rest, options, depth);
  const members = ids.map((one): JsonObject => transaction(textOf(one)) ?? { id: one });
  const listed: Section[] = members.length === 0 ? [] : [{
    id: `${id}.transactions`, title: 'Its transactions', detail: String(members.length), folded: true, fields: [], children: [],
    tables: [listTable('Its transactions', members, options.currency, ['postedDate', 'description', 'amount', 'category', 'id'])],
  }];
  return {
    ...section, ...(name === score ? { note: 'Two digits, higher is more risk; -1 where there is too little history for a score.' } : {}), folded: true, detail: attribute.state ? 'A value every day' : ids.length > 0 ? countOf(ids.length, 'transaction') : '',
    tables: [...intervals.flatMap((interval) => intervalTables(interval, unit, options.currency)), ...section.tables],
    children: [...section.children, ...listed],
  };
}

const isListOfObjects = (value: unknown): boolean => isObject(value) || (Array.isArray(value) && value.every(isObject));

/** The periods of one kind of interval, what else the interval has, and the comparison with others where there is one. */
function intervalTables({ type, periods, object }: Interval, unit: Column['kind'], currency: string | undefined): Table[] {
  const label = intervalWords(type) || words(type) || 'By period';
  const rows = periods.map((period) => without(period, 'comparedToCohorts'));
  const { periods: told, timeIntervalType: _type, cohortBenchmarkPeriods: benchmarks, ...rest } = object;
  const others = [
    ...periods.flatMap((period) => objectsOf(period.comparedToCohorts).map((one) => ({ startDate: period.startDate, endDate: period.endDate, ...one }))),
    ...objectsOf(benchmarks).flatMap(benchmarkRows),
  ];
  const odd = {
    ...rest, ...(isListOfObjects(told) || told === undefined ? {} : { periods: told }),
    ...(isListOfObjects(benchmarks) || benchmarks === undefined || benchmarks === null ? {} : { cohortBenchmarkPeriods: benchmarks }),
  };
  return [
    ...(rows.length > 0 ? [
      inUnit(
        listTable(
          label, rows, currency,
          ['startDate', 'endDate', 'count', 'sum', 'mean', 'median', 'min', 'max', 'standardDeviation', 'beginningValue', 'endingValue'],
        ),
        unit,
      ),
    ] : []),
    ...(others.length > 0 ? [
      inUnit(
        listTable(
          `${label}: compared with others`, joined(others), currency,
          ['startDate', 'endDate', 'cohortType', 'value', 'totalDifferenceToCohort', 'percentageDifferenceToCohort'],
        ),
        unit,
      ),
    ] : []),
    ...(Object.keys(odd).length > 0 ? [listTable(`${label}: more`, [odd], currency)] : []),
  ];
}

/** A row a group of people, and one for what else the period has. */
function benchmarkRows(period: JsonObject): JsonObject[] {
  const { cohortValues, ...rest } = isListOfObjects(period.cohortValues) || period.cohortValues === null ? period : {
    ...period, cohortValues: [], otherValues: period.cohortValues,
  };
  const values = objectsOf(cohortValues).map((one) => ({ startDate: period.startDate, endDate: period.endDate, ...one }));
  return Object.keys(rest).some((key) => key !== 'startDate' && key !== 'endDate') ? [rest, ...values] : values;
}

/** Without a list that the table after this one holds; anything else under the name stays. */
function without(period: JsonObject, key: string): JsonObject {
  if (!Array.isArray(period[key]) || !(period[key] as readonly unknown[]).every(isObject)) return period;
  const { [key]: _list, ...rest } = period;
  return rest;
}

/** A group's own value and the difference to it stand in two lists: one row for both. */
function joined(rows: readonly JsonObject[]): JsonObject[] {
  const found = new Map<string, JsonObject>();
  for (const row of rows) {
    const place = JSON.stringify([row.startDate, row.endDate, row.cohortType]);
    const earlier = found.get(place);
    // Two groups of one kind in one list are two rows.
    if (earlier && Object.keys(row).every((key) => !(key in earlier) || earlier[key] === row[key])) found.set(place, { ...earlier, ...row });
    else found.set(earlier ? `${place}${found.size}` : place, row);
  }
  return [...found.values()];
}

const amounts = new Set(['value', 'totalDifferenceToCohort', 'sum', 'mean', 'median', 'min', 'max', 'standardDeviation', 'beginningValue', 'endingValue']);

/** The figures of a score or a count are no money, whatever their names say. */
const inUnit = (table: Table, unit: Column['kind']): Table => ({
  ...table,
  columns: table.columns.map((column) => (amounts.has(column.key) ? { ...column, kind: unit }
    : column.key === 'percentageDifferenceToCohort' ? { ...column, kind: 'percent' } : column)),
});

// --- groups

const families: readonly (readonly [title: string, test: RegExp])[] = [
  ['Risk', /RISK|SCORE|MISSED/], ['Fees', /NSF|FEE/], ['Balance', /BALANCE/], 
  ['Cash flow', /CASH|REVENUE|INCOME|INFLOW|OUTFLOW/], ['Recurring', /RECURRING|LOAN/], ['Spending', /SPENDING|PAYMENTS|EXPENSE/],
];
/** Up to so many attributes stand side by side; more are put into groups by their names. */
const ungrouped = 14;

function grouped(id: string, attributes: readonly Attribute[], sections: readonly Section[]): readonly Section[] {
  if (sections.length <= ungrouped) return sections;
  const groups = new Map<string, Section[]>();
  for (const [index, { name }] of attributes.entries()) {
    const title = families.find(([, test]) => test.test(name))?.[0] ?? 'More';
    const group = groups.get(title);
    if (group) group.push(sections[index]!);
    else groups.set(title, [sections[index]!]);
  }
  if (groups.size < 2) return sections;
  return [...groups].map(([title, children], index): Section => ({
    id: `${id}.group.${index}`, title, detail: countOf(children.length, 'attribute'), folded: true, fields: [], tables: [], children,
  }));
}
