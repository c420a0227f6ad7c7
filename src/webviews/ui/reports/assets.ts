// The verifications of assets: with and without income, and the two prequalifications, whose bodies have the same parts. First how much
// there is and how it lasted, then the balances and what came and went. Fields: domain.md §8 and the schemas VOAReport, PrequalReport of 1.42.0.
import type { Chart } from '../chartTypes.ts';
import { numberOf } from '../format.ts';
import type { Figure, JsonObject } from '../reportTypes.ts';
import { incomeCharts, incomeFigures } from './income.ts';
import {
  accountLabel, accountsOf, at, byCurrency, countOf, currencyOf, dayMs, dayOf, isDeposit, isPending, mixesCurrencies, monthOf, monthsBetween,
  numberAt, objectsOf, postedDay, round, sumOf,
} from './reading.ts';
import type { ReportReading, ReportSource } from './table.ts';

export function readAssets({ body }: ReportSource): ReportReading {
  const accounts = accountsOf(body);
  return {
    figures: [...assetFigures(body, accounts), ...incomeFigures(body)],
    charts: [...balanceCharts(accounts), ...movementCharts(accounts), ...incomeCharts(body)],
  };
}

/** `consolidatedAvailableBalance` is the sum of the accounts' available balances (1.42.0), `assets.currentBalance` that of the current ones. */
function assetFigures(body: JsonObject, accounts: readonly JsonObject[]): Figure[] {
  const currency = currencyOf(accounts);
  const total = numberAt(body, 'consolidatedAvailableBalance');
  const current = numberOf(at(body, 'assets', 'currentBalance'));
  const average = numberOf(at(body, 'assets', 'sixMonthAverage'));
  const mixed = mixesCurrencies(accounts) ? 'Accounts of several currencies: the API adds them as they are.' : undefined;
  return [
    {
      key: 'consolidatedAvailableBalance', label: `Total assets (${total === undefined ? 'current' : 'available'})`, value: total ?? current, kind: 'money', currency,
      note: mixed ?? `${total === undefined ? 'Current' : 'Available'} balances of ${countOf(accounts.length, 'account')} added up`,
    },
    // The two differ by what is pending or held; the accounts' table leads with the current ones.
    ...(total === undefined || current === undefined || current === total ? [] : [{
      key: 'assets.currentBalance', label: 'Total assets (current)', value: current, kind: 'money', currency, note: mixed ?? 'Current balances of the same added up',
    } as const]),
    { key: 'assets.sixMonthAverage', label: 'Average of 6 months', value: average, kind: 'money', currency, note: 'Daily balances of all accounts' },
    { key: 'assets.twoMonthAverage', label: 'Average of 2 months', value: numberOf(at(body, 'assets', 'twoMonthAverage')), kind: 'money', currency, note: 'Daily balances of all accounts' },
    // Zero is an answer only where the report was asked to count them.
    nsfFigure(accounts),
    ...(typeof body.seasoned === 'boolean' ? [{ key: 'seasoned', label: 'Seasoned', value: body.seasoned, kind: 'boolean', note: seasonedNote(body) } as const] : []),
  ];
}

const seasonedNote = ({ days }: JsonObject): string | undefined => (numberOf(days) === undefined ? undefined : `${numberOf(days)} days of history`);

/** Fees for insufficient funds over all accounts; without a value when no account counts them. */
export function nsfFigure(accounts: readonly JsonObject[]): Figure {
  const counted = accounts.map((account) => numberAt(account, 'totNumberInsufficientFundsFeeDebitTxAccount', 'numberInsufficientFundsFeeDebitTxAccount'));
  const fees = sumOf(counted);
  const since = accounts.flatMap((account, index) => (counted[index] ? numberAt(account, 'totNumberDaysSinceMostRecentInsufficientFundsFeeDebitTxAccount') ?? [] : []));
  const latest = since.length === 0 ? undefined : since.reduce((a, b) => Math.min(a, b));
  return {
    key: 'totNumberInsufficientFundsFeeDebitTxAccount', label: 'NSF fees', value: fees, kind: 'number',
    ...(fees === undefined ? {} : { tone: fees > 0 ? 'attention' : 'good' } as const),
    ...(latest === undefined ? {} : { note: `The latest ${countOf(latest, 'day')} before the report` }),
  };
}

/**
 * Each deposit account's balance at the end of every day with a movement, worked back from its balance and its transactions; the body itself
 * tells only today's. Cards, credit lines, loans and investments are left out: their amounts do not move their balance that way.
 */
function balanceCharts(accounts: readonly JsonObject[]): Chart[] {
  const lines = accounts.flatMap((account, index) => {
    const days = balanceByDay(account);
    return days.size > 1 ? [{ label: accountLabel(account, index), currency: account.currency, days }] : [];
  });
  return byCurrency(lines).map(([currency, all], index) => {
    // More lines than a person tells apart are no picture; a hundred thousand accounts must not be drawn either.
    const shown = all.length <= mostLines ? all : [...all].sort((a, b) => Math.abs(lastOf(b.days)) - Math.abs(lastOf(a.days))).slice(0, mostLines);
    const places = [...new Set(shown.flatMap(({ days }) => [...days.keys()]))].sort((a, b) => a - b);
    const some = shown.length < all.length ? ` The ${mostLines} of ${all.length} accounts with the largest balance.` : '';
    return {
      id: `balances${index === 0 ? '' : `.${index}`}`, title: 'Balances over time', kind: 'money', currency, places: { kind: 'day', values: places },
      series: shown.map(({ label, days }) => ({ label, form: 'line', values: heldBetween(places, days) })),
      note: `Worked back from each account's balance and its transactions.${some}`,
    };
  });
}

const mostLines = 8;

/** Today's balance: the days are entered from the latest back. */
const lastOf = (days: ReadonlyMap<number, number>): number => days.values().next().value ?? 0;

function balanceByDay(account: JsonObject): ReadonlyMap<number, number> {
  const days = new Map<number, number>();
  let balance = numberAt(account, 'balance', 'currentBalance') ?? numberOf(at(account, 'asset', 'currentBalance'));
  const today = dayOf(account.balanceDate);
  if (balance === undefined || !isDeposit(account.type)) return days;
  const moves = new Map<number, number>();
  for (const transaction of objectsOf(account.transactions)) {
    const day = postedDay(transaction);
    const amount = numberOf(transaction.amount);
    if (day !== undefined && amount !== undefined && !isPending(transaction)) moves.set(day, (moves.get(day) ?? 0) + amount);
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
export function movementCharts(accounts: readonly JsonObject[]): Chart[] {
  const deposit = accounts.filter(({ type }) => isDeposit(type)).map((account) => ({ currency: account.currency, account }));
  return byCurrency(deposit).flatMap(([currency, shown], index): Chart[] => {
    const [money, out] = [new Map<number, number>(), new Map<number, number>()];
    for (const { account } of shown)
      for (const transaction of objectsOf(account.transactions)) {
        const month = monthOf(transaction.postedDate) ?? monthOf(transaction.transactionDate);
        const amount = numberOf(transaction.amount);
        if (month === undefined || amount === undefined || isPending(transaction)) continue;
        const into = amount < 0 ? out : money;
        into.set(month, (into.get(month) ?? 0) + Math.abs(amount));
      }
    const months = monthsBetween([...money.keys(), ...out.keys()]);
    const values = (of: ReadonlyMap<number, number>) => months.map((month) => round(of.get(month) ?? 0));
    return [{
      id: `movements${index === 0 ? '' : `.${index}`}`, title: 'Deposits and withdrawals by month', kind: 'money', currency, places: { kind: 'month', values: months },
      series: [{ label: 'Deposits', form: 'bars', values: values(money) }, { label: 'Withdrawals', form: 'bars', values: values(out) }],
      note: 'Deposit accounts alone; transfers between own accounts are in both. A month goes by the posted date; the first and the last may be incomplete.',
    }];
  });
}
