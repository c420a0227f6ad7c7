// The transactions report: how many, what came in and went out, by category and by month. Everything here is added up from the transactions,
// since the body tells no sums; of deposit accounts alone (others have another sign), without what is pending, each currency by itself.
import type { Chart } from '../chartTypes.ts';
import { numberOf } from '../format.ts';
import { madeColumn } from '../generic.ts';
import type { Column, Figure, JsonObject, Section } from '../reportTypes.ts';
import { movementCharts } from './assets.ts';
import { accountsOf, byCurrency, countOf, isDeposit, isPending, monthOf, objectsOf, round, textOf } from './reading.ts';
import type { ReportReading, ReportSource } from './table.ts';

/** Of one currency; `out` is positive. */
interface Flow { currency: string | undefined; total: Sums; categories: Map<string, Sums>; months: Map<number, Sums> }
interface Sums { count: number; in: number; out: number }

export function readTransactions({ body }: ReportSource): ReportReading {
  const accounts = accountsOf(body);
  const { flows, count, pending, deposits } = flowsOf(accounts);
  return {
    figures: [
      {
        key: 'transactions', label: 'Transactions', value: count, kind: 'number',
        note: `In ${countOf(accounts.length, 'account')}${pending > 0 ? `, ${pending} of them pending` : ''}`, ...(count === 0 ? { tone: 'attention' } as const : {}),
      },
      ...flows.flatMap((flow) => flowFigures(flow, flows.length > 1, accounts.length - deposits)),
      { key: 'days', label: 'Days covered', value: numberOf(body.days), kind: 'number', ...(body.seasoned === true ? { note: 'Seasoned: more than a year' } : {}) },
    ],
    charts: [...movementCharts(accounts), ...flows.flatMap(categoryChart)],
    sections: [categorySection(flows), monthSection(flows)],
  };
}

function flowsOf(accounts: readonly JsonObject[]) {
  let [count, pending, deposits] = [0, 0, 0];
  const flows = byCurrency(accounts.map((account) => ({ account, currency: account.currency }))).flatMap(([currency, group]): Flow[] => {
    const flow: Flow = { currency, total: none(), categories: new Map(), months: new Map() };
    for (const { account } of group) {
      const own = isDeposit(account.type);
      if (own) deposits++;
      for (const transaction of objectsOf(account.transactions)) {
        count++;
        if (isPending(transaction)) pending++;
        else if (own) enter(flow, transaction);
      }
    }
    return flow.total.count > 0 ? [flow] : [];
  });
  return { flows, count, pending, deposits };
}

const none = (): Sums => ({ count: 0, in: 0, out: 0 });

function enter({ total, categories, months }: Flow, transaction: JsonObject): void {
  const amount = numberOf(transaction.amount);
  if (amount === undefined) return;
  const month = monthOf(transaction.postedDate) ?? monthOf(transaction.transactionDate);
  const category = textOf(transaction.category) || textOf((transaction.categorization as JsonObject | undefined)?.category) || 'Without a category';
  for (const sums of [total, entry(categories, category), ...(month === undefined ? [] : [entry(months, month)])]) {
    sums.count++;
    if (amount < 0) sums.out -= amount;
    else sums.in += amount;
  }
}

function entry<K>(map: Map<K, Sums>, key: K): Sums {
  let sums = map.get(key);
  if (!sums) map.set(key, sums = none());
  return sums;
}

function flowFigures({ currency, total, categories }: Flow, several: boolean, leftOut: number): Figure[] {
  const label = (text: string) => (several && currency ? `${text} (${currency})` : text);
  const moved = transfersOf(categories);
  const note = `Added up from deposit accounts${leftOut > 0 ? `; ${countOf(leftOut, 'other account')} left out` : ''}${moved ? '; transfers included' : ''}`;
  const figure = (key: string, text: string, value: number): Figure => ({ key, label: label(text), value: round(value), kind: 'money', currency, note });
  const net = round(total.in - total.out);
  return [
    figure('in', 'Money in', total.in), figure('out', 'Money out', total.out),
    { ...figure('net', 'Left over', net), note: 'Money in less money out', ...(net < 0 ? { tone: 'attention' } as const : {}) },
    ...(moved ? [
      { ...figure('transfersIn', 'Transfers in', moved.in), note: 'Part of the money in: category Transfer, own transfers among it' },
      { ...figure('transfersOut', 'Transfers out', moved.out), note: 'Part of the money out: category Transfer, own transfers among it' },
    ] : []),
  ];
}

/** What the API files as moved from one account to another, own ones or not; it is neither income nor spending. */
const transfersOf = (categories: ReadonlyMap<string, Sums>): Sums | undefined => {
  const found = [...categories].filter(([name]) => /^transfers?$/i.test(name)).map(([, sums]) => sums);
  return found.length === 0 ? undefined : found.reduce((all, one) => ({ count: all.count + one.count, in: all.in + one.in, out: all.out + one.out }));
};

const mostCategories = 12;

function categoryChart({ currency, categories }: Flow, index: number): Chart[] {
  const sorted = [...categories].filter(([, { out }]) => out > 0).sort(([, a], [, b]) => b.out - a.out);
  if (sorted.length < 2) return [];
  const rest = sorted.slice(mostCategories);
  const shown = sorted.slice(0, mostCategories).map(([name, { out }]) => [name, round(out)] as const);
  if (rest.length > 0) shown.push([`${rest.length} more categories`, round(rest.reduce((sum, [, { out }]) => sum + out, 0))]);
  return [{
    id: `categories${index === 0 ? '' : `.${index}`}`, title: 'Money out by category', kind: 'money', currency, places: {
      kind: 'words', values: shown.map(([name]) => name.slice(0, 60)),
    },
    series: [{ label: 'Money out', form: 'bars', values: shown.map(([, out]) => out) }], note: 'Deposit accounts alone, the whole time of the report.',
  }];
}

const sums = [madeColumn('count', 'Transactions', 'number'), madeColumn('in', 'Money in', 'money'), madeColumn('out', 'Money out', 'money'), madeColumn('net', 'Left over', 'money')];

function categorySection(flows: readonly Flow[]): Section | undefined {
  const rows = flows.flatMap(({ currency, categories }) => [...categories]
    .map(([name, one]) => ({ name, currency, ...rounded(one) })).sort((a, b) => (b.in + b.out) - (a.in + a.out)));
  return table('byCategory', 'By category', rows, [madeColumn('name', 'Category', 'text'), ...sums]);
}

function monthSection(flows: readonly Flow[]): Section | undefined {
  const rows = flows.flatMap(({ currency, months }) => [...months].sort(([a], [b]) => a - b).map(([month, one]) => ({ month, currency, ...rounded(one) })));
  return table('byMonth', 'By month', rows, [madeColumn('month', 'Month posted', 'month'), ...sums]);
}

const rounded = ({ count, in: money, out }: Sums) => ({ count, in: round(money), out: round(out), net: round(money - out) });

function table(id: string, title: string, rows: readonly JsonObject[], columns: readonly Column[]): Section | undefined {
  if (rows.length === 0) return undefined;
  const several = new Set(rows.map(({ currency }) => currency)).size > 1;
  const shown = several ? [...columns, madeColumn('currency', 'Currency', 'text')] : columns;
  return {
    id, title, detail: String(rows.length), folded: false, fields: [], children: [],
    note: 'Added up here from the transactions of deposit accounts, without those pending.',
    tables: [{ label: title, rows, columns: shown, currencyOf: ({ currency }) => textOf(currency) || undefined }],
  };
}
