// Charts of what is shown: in and out by month, categories, and an account's balance by day. Each currency has its own. Free of the DOM.
import { isWorthDrawing, type Chart } from './chartTypes.ts';
import { dayMs, round } from './format.ts';
import { isLoan } from './reportWords.ts';
import { absent } from './storedColumn.ts';
import { noDay, type TransactionStore } from './transactionStore.ts';

const mostCategories = 12;
const mostCurrencies = 3;
const shadow = 2;
const active = 0;

export interface ChartedRows {
  store: TransactionStore;
  /** Those that pass the filter. */
  rows: Uint32Array;
  /** Days that the balance is shown for; all when left out. */
  dayFrom?: number;
  dayTo?: number;
  /** Epoch seconds: until then the rows are known to be whole. */
  balanceTo?: number;
}

export function transactionCharts(shown: ChartedRows): Chart[] {
  const currencies = currenciesOf(shown);
  return [...balanceChart(shown), ...currencies.flatMap((currency, index) => [monthChart(shown, currency, index), categoryChart(shown, currency, index)])].filter(isWorthDrawing);
}

/** Those with the most rows. */
function currenciesOf({ store, rows }: ChartedRows): string[] {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const { currency } = store.accounts[store.accountOf[row]!]!;
    counts.set(currency, (counts.get(currency) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).slice(0, mostCurrencies).map(([currency]) => currency);
}

const suffix = (currency: string) => (currency === '' ? '' : `, ${currency}`);

/** Calls for each row that is summed, with money in as positive. */
function eachSummed({ store, rows }: ChartedRows, currency: string, take: (row: number, inward: number) => void): void {
  for (const row of rows) {
    if (store.stateOf[row] === shadow || store.accounts[store.accountOf[row]!]!.currency !== currency) continue;
    const inward = store.inward(row);
    if (!Number.isNaN(inward)) take(row, inward);
  }
}

function monthChart(shown: ChartedRows, currency: string, index: number): Chart {
  const ins = new Map<number, number>();
  const outs = new Map<number, number>();
  const months = new Map<number, number>();
  const monthOf = (day: number): number => {
    let month = months.get(day);
    if (month === undefined) {
      const date = new Date(day * dayMs);
      months.set(day, month = Date.UTC(date.getUTCFullYear(), date.getUTCMonth()));
    }
    return month;
  };
  eachSummed(shown, currency, (row, inward) => {
    const day = shown.store.postedDays[row]!;
    if (day === noDay) return;
    const sums = inward > 0 ? ins : outs;
    const month = monthOf(day);
    sums.set(month, (sums.get(month) ?? 0) + Math.abs(inward));
  });
  const values = [...new Set([...ins.keys(), ...outs.keys()])].sort((a, b) => a - b);
  return {
    id: `months-${index}`, title: `In and out by month${suffix(currency)}`, kind: 'money', ...(currency !== '' && { currency }), places: { kind: 'month', values },
    series: [
      { label: 'In', form: 'bars', values: values.map((month) => round(ins.get(month) ?? 0)) },
      { label: 'Out', form: 'bars', values: values.map((month) => round(outs.get(month) ?? 0)) },
    ],
    note: 'A month goes by the posted date; a row without one goes by its own date.',
  };
}

function categoryChart(shown: ChartedRows, currency: string, index: number): Chart {
  const column = shown.store.column('categorization.category');
  const sums = new Map<string, { in: number; out: number }>();
  eachSummed(shown, currency, (row, inward) => {
    const value = column?.at(row);
    const name = value === undefined || value === null || value === absent || value === '' ? 'No category' : String(value);
    let sum = sums.get(name);
    if (!sum) sums.set(name, sum = { in: 0, out: 0 });
    if (inward > 0) sum.in += inward;
    else sum.out -= inward;
  });
  const ranked = [...sums].sort(([, a], [, b]) => b.in + b.out - a.in - a.out);
  const told = ranked.slice(0, mostCategories);
  const rest = ranked.slice(mostCategories);
  if (rest.length > 0) told.push([`${rest.length} more`, { in: rest.reduce((sum, [, one]) => sum + one.in, 0), out: rest.reduce((sum, [, one]) => sum + one.out, 0) }]);
  return {
    id: `categories-${index}`, title: `Categories${suffix(currency)}`, kind: 'money', ...(currency !== '' && { currency }), places: { kind: 'words', values: told.map(([name]) => name) },
    series: [
      { label: 'In', form: 'bars', values: told.map(([, sum]) => round(sum.in)) },
      { label: 'Out', form: 'bars', values: told.map(([, sum]) => round(sum.out)) },
    ],
  };
}

/**
 * The balance at the end of each day of one deposit account, or what is owed on one loan, worked back from the balance that the account had:
 * only where every booked row since is known, and not where what the balance's sign means would be a guess. All loaded rows count, whatever the filter: a balance of some of them would be none.
 */
function balanceChart({ store, dayFrom = -Infinity, dayTo = Infinity, balanceTo }: ChartedRows): Chart[] {
  const [account, ...others] = store.accounts;
  const { balance, balanceDate } = account?.facts ?? {};
  if (!account || others.length > 0 || balance === undefined || balanceTo === undefined || store.rows === 0) return [];
  const owed = isLoan(account.facts?.type);
  if (owed ? balance < 0 : account.opposite) return [];
  const asOf = balanceDate === undefined ? Math.floor(balanceTo / 86_400) : Math.floor(balanceDate / 86_400);
  if (Math.floor(balanceTo / 86_400) < asOf) return [];
  const moves = new Map<number, number>();
  for (let row = 0; row < store.rows; row++) {
    const day = store.postedDays[row]!;
    if (store.stateOf[row] === active && day !== noDay && !Number.isNaN(store.amounts[row]!)) moves.set(day, (moves.get(day) ?? 0) + store.amounts[row]!);
  }
  const days = [...moves.keys()].sort((a, b) => b - a);
  const ends: [day: number, balance: number][] = [];
  let at = balance;
  // What was booked after the balance was read is not in it.
  for (const day of days) if (day > asOf) at += moves.get(day)!;
  if (days[0] !== undefined && days[0] < asOf) ends.push([asOf, balance]);
  for (const day of days) {
    ends.push([day, round(at)]);
    at -= moves.get(day)!;
  }
  const shown = ends.filter(([day]) => day >= dayFrom && day <= dayTo).reverse();
  return [{
    id: 'balance', title: owed ? 'Owed at the end of the day' : 'Balance at the end of the day', kind: 'money', ...(account.currency !== '' && { currency: account.currency }),
    places: { kind: 'day', values: shown.map(([day]) => day * dayMs) }, series: [{ label: owed ? 'Owed' : 'Balance', form: 'line', values: shown.map(([, value]) => value) }],
    note: `Worked back from the account's balance over all booked rows that are loaded, by their posted date; the filter only chooses the days.${owed ? ' Positive amounts are read as adding to the debt, negative ones as paying it back: the API\'s description says nothing of it.' : ''}`,
  }];
}
