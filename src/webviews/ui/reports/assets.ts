// The verifications of assets: with and without income, and the two prequalifications, whose bodies have the same parts. First how much
// there is and how it lasted, then the balances and what came and went. Fields: domain.md §8 and the schemas VOAReport, PrequalReport of 1.42.0.
import type { Chart } from '../chartTypes.ts';
import { numberOf } from '../format.ts';
import type { Figure, JsonObject } from '../reportTypes.ts';
import { isOppositeSign } from '../reportWords.ts';
import { accountsOf, at, currencyOf, dayMs, dayOf, mixesCurrencies, monthOf, monthsBetween, numberAt, objectsOf, sumOf } from './reading.ts';
import { incomeFigures } from './income.ts';
import type { ReportReading, ReportSource } from './table.ts';

export function readAssets({ body }: ReportSource): ReportReading {
  const accounts = accountsOf(body);
  return {
    figures: [...assetFigures(body, accounts), ...incomeFigures(body)],
    charts: [...balanceCharts(accounts), ...movementCharts(accounts)],
  };
}

function assetFigures(body: JsonObject, accounts: readonly JsonObject[]): Figure[] {
  const currency = currencyOf(accounts);
  const total = numberAt(body, 'consolidatedAvailableBalance');
  const average = numberOf(at(body, 'assets', 'sixMonthAverage'));
  const nsf = nsfCount(accounts);
  const mixed = mixesCurrencies(accounts) ? 'Accounts of several currencies: the API adds them as they are.' : undefined;
  return [
    { key: 'consolidatedAvailableBalance', label: 'Total assets', value: total ?? numberOf(at(body, 'assets', 'currentBalance')), kind: 'money', currency, note: mixed ?? countOf(accounts.length, 'account', 'accounts') },
    { key: 'assets.sixMonthAverage', label: 'Average of 6 months', value: average, kind: 'money', currency },
    { key: 'assets.twoMonthAverage', label: 'Average of 2 months', value: numberOf(at(body, 'assets', 'twoMonthAverage')), kind: 'money', currency },
    // Zero is an answer only where the report was asked to count them.
    { key: 'totNumberInsufficientFundsFees', label: 'NSF fees', value: nsf, kind: 'number', ...(nsf === undefined ? {} : { tone: nsf > 0 ? 'attention' : 'good' } as const) },
    ...(typeof body.seasoned === 'boolean' ? [{ key: 'seasoned', label: 'Seasoned', value: body.seasoned, kind: 'boolean', note: seasonedNote(body) } as const] : []),
  ];
}

const seasonedNote = ({ days }: JsonObject): string | undefined => (numberOf(days) === undefined ? undefined : `${numberOf(days)} days of history`);

/** Fees for insufficient funds over all accounts; undefined when no account counts them. */
const nsfCount = (accounts: readonly JsonObject[]): number | undefined =>
  sumOf(accounts.map((account) => numberAt(account, 'totNumberInsufficientFundsFeeDebitTxAccount', 'numberInsufficientFundsFeeDebitTxAccount')));

const countOf = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/**
 * Each deposit account's balance at the end of every day with a movement, worked back from its balance and its transactions; the body itself
 * tells only today's. Accounts with the opposite sign are left out: their amounts do not move their balance that way.
 */
function balanceCharts(accounts: readonly JsonObject[]): Chart[] {
  const lines = accounts.flatMap((account, index) => {
    const days = balanceByDay(account);
    return days.size > 1 ? [{ label: accountLabel(account, index), currency: account.currency, days }] : [];
  });
  return byCurrency(lines).map(([currency, shown], index) => {
    const places = [...new Set(shown.flatMap(({ days }) => [...days.keys()]))].sort((a, b) => a - b);
    return {
      id: `balances${index === 0 ? '' : `.${index}`}`, title: 'Balances over time', kind: 'money', currency, places: { kind: 'day', values: places },
      series: shown.map(({ label, days }) => ({ label, form: 'line', values: heldBetween(places, days) })),
      note: 'Worked back from each account\'s balance and its transactions.',
    };
  });
}

function balanceByDay(account: JsonObject): ReadonlyMap<number, number> {
  const days = new Map<number, number>();
  let balance = numberAt(account, 'balance', 'currentBalance') ?? numberOf(at(account, 'asset', 'currentBalance'));
  const today = dayOf(account.balanceDate);
  if (balance === undefined || isOppositeSign(account.type)) return days;
  const moves = new Map<number, number>();
  for (const transaction of objectsOf(account.transactions)) {
    const day = dayOf(transaction.postedDate) ?? dayOf(transaction.transactionDate);
    const amount = numberOf(transaction.amount);
    if (day !== undefined && amount !== undefined && transaction.status !== 'pending') moves.set(day, (moves.get(day) ?? 0) + amount);
  }
  if (moves.size === 0) return days;
  const moved = [...moves.keys()].sort((a, b) => b - a);
  if (today !== undefined && today > moved[0]!) days.set(today, round(balance));
  for (const day of moved) {
    days.set(day, round(balance));
    balance -= moves.get(day)!;
  }
  days.set(moved.at(-1)! - dayMs, round(balance));
  return days;
}

/** A balance holds until it changes: the places between two of its days have the earlier one's value. */
function heldBetween(places: readonly number[], days: ReadonlyMap<number, number>): (number | undefined)[] {
  let held: number | undefined;
  return places.map((place) => held = days.get(place) ?? held);
}

/** Money in and out of the deposit accounts by month. */
function movementCharts(accounts: readonly JsonObject[]): Chart[] {
  const deposit = accounts.filter(({ type }) => !isOppositeSign(type)).map((account) => ({ currency: account.currency, account }));
  return byCurrency(deposit).flatMap(([currency, shown], index): Chart[] => {
    const [money, out] = [new Map<number, number>(), new Map<number, number>()];
    for (const { account } of shown)
      for (const transaction of objectsOf(account.transactions)) {
        const month = monthOf(transaction.postedDate) ?? monthOf(transaction.transactionDate);
        const amount = numberOf(transaction.amount);
        if (month === undefined || amount === undefined || transaction.status === 'pending') continue;
        const into = amount < 0 ? out : money;
        into.set(month, (into.get(month) ?? 0) + Math.abs(amount));
      }
    const months = monthsBetween([...money.keys(), ...out.keys()]);
    const values = (of: ReadonlyMap<number, number>) => months.map((month) => round(of.get(month) ?? 0));
    return [{
      id: `movements${index === 0 ? '' : `.${index}`}`, title: 'Deposits and withdrawals by month', kind: 'money', currency, places: { kind: 'month', values: months },
      series: [{ label: 'Deposits', form: 'bars', values: values(money) }, { label: 'Withdrawals', form: 'bars', values: values(out) }],
      note: 'Deposit accounts alone. The first and the last month may be incomplete.',
    }];
  });
}

/** One chart a currency: amounts of two never share an axis. */
function byCurrency<T extends { currency: unknown }>(items: readonly T[]): (readonly [currency: string | undefined, items: readonly T[]])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = typeof item.currency === 'string' ? item.currency : '';
    groups.set(key, [...groups.get(key) ?? [], item]);
  }
  return [...groups].map(([key, group]) => [key || undefined, group]);
}

/** To a hundredth of a cent: what adding up leaves behind is no amount. */
const round = (value: number): number => Math.round(value * 10_000) / 10_000;

function accountLabel(account: JsonObject, index: number): string {
  const name = typeof account.name === 'string' && account.name !== '' ? account.name.slice(0, 60) : `Account ${index + 1}`;
  const digits = /[\dA-Za-z]{1,4}$/.exec(String(account.number ?? account.realAccountNumberLast4 ?? ''))?.[0];
  return digits ? `${name} ··${digits}` : name;
}
