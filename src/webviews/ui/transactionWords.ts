// The words around transactions: states, groups, sums, what is loaded. Pure.
import { round, type Formatter } from './format.ts';
import type { Summary } from './transactionMessages.ts';
import type { Grouping } from './transactionOrder.ts';
import type { State } from './transactionStore.ts';
import type { Totals } from './transactionSums.ts';

export const stateWords: Readonly<Record<State, readonly [icon: string, words: string, meaning: string]>> = {
  active: ['check', 'Active', 'Booked by the bank.'],
  pending: ['clock', 'Pending', 'Not booked yet: it may vanish, or come back as another row.'],
  shadow: ['circle-slash', 'Shadow', 'Gone at the bank: treat it as deleted. Shown, but in no sum.'],
  other: ['question', 'Other', 'A status that this version does not know.'],
};

export const groupingWords: Readonly<Record<Grouping, string>> = { month: 'Month posted', category: 'Category', payee: 'Payee', account: 'Account', status: 'Status', recurring: 'Recurring stream' };

const noGroup: Readonly<Record<Grouping, string>> = { month: 'No date', category: 'No category', payee: 'No payee', account: 'No account', status: 'No status', recurring: 'Not recurring' };

/** A group's heading. */
export function groupTitle(by: Grouping, key: string, formatter: Formatter): string {
  if (key === '') return noGroup[by];
  if (by === 'month') return formatter.show(`${key}-01`, 'month').text;
  return by === 'status' ? stateWords[key as State]?.[1] ?? key : key;
}

export interface SumWords {
  currency: string;
  in: string;
  out: string;
  net: string;
  count: string;
}

/** Each currency for itself. */
export function sumWords({ sums }: Totals, formatter: Formatter, numbers: Intl.NumberFormat): SumWords[] {
  const money = (value: number, currency: string) => formatter.show(value, 'money', currency || undefined).text;
  return sums.map((sum) => ({ currency: sum.currency, in: money(sum.in, sum.currency), out: money(sum.out, sum.currency), net: money(round(sum.in - sum.out), sum.currency), count: numbers.format(sum.count) }));
}

/** What a reader must know of the sums. */
export function sumNotes({ shadow, pending, turned, untyped }: Totals, numbers: Intl.NumberFormat): string[] {
  const counted = (count: number, one: string, several: string) => `${numbers.format(count)} ${count === 1 ? one : several}`;
  return [
    ...(pending > 0 ? [`${counted(pending, 'row is', 'rows are')} pending and summed.`] : []),
    ...(shadow > 0 ? [`${counted(shadow, 'shadow row is', 'shadow rows are')} not summed.`] : []),
    ...(turned > 0 ? [`${counted(turned, 'row is of a card, credit line, investment or loan', 'rows are of cards, credit lines, investments or loans')}: positive counts as out there.`] : []),
    ...(untyped > 0 ? [`${counted(untyped, 'row is', 'rows are')} of accounts of unknown type: positive counts as in there.`] : []),
  ];
}

export const rowsWords = (count: number, numbers: Intl.NumberFormat): string => `${numbers.format(count)} ${count === 1 ? 'transaction' : 'transactions'}`;

/** The page's heading; `accountId` when it is about one account. */
export function pageTitle({ accounts }: { accounts: readonly { id: string; name: string }[] }, accountId: string | undefined, customer: string | undefined): string {
  if (accountId === undefined) return `Transactions of ${customer ?? 'the customer'}`;
  return `Transactions of ${accounts.find(({ id }) => id === accountId)?.name ?? `account ID ${accountId}`}${customer === undefined ? '' : ` · ${customer}`}`;
}

/** How many are there: "12 of 40,000 transactions". */
export function shownWords({ loaded, totals }: Summary, numbers: Intl.NumberFormat): string {
  return totals.rows === loaded ? rowsWords(loaded, numbers) : `${numbers.format(totals.rows)} of ${rowsWords(loaded, numbers)}`;
}

/** How far the reading is. */
export function loadedWords(loaded: number, found: number | undefined, numbers: Intl.NumberFormat): string {
  return found === undefined || found < loaded ? numbers.format(loaded) : `${numbers.format(loaded)} of ${numbers.format(found)}`;
}
