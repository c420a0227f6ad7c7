// Wire values in words: money, dates, ages, account types. Free of vscode; the locale comes in as an argument.
import { accountTypes } from '../api/words.ts';
import { plainText } from '../client/plainText.ts';
import { isMask } from '../masking/freeText.ts';
import { text } from './wire.ts';

const formats = new Map<string, Intl.NumberFormat | undefined>();

/** An amount in major units of its currency; a currency that nobody knows is written behind the number. */
export function money(amount: number, currency: string | undefined, locale = 'en-US'): string {
  const key = `${locale} ${currency ?? ''}`;
  if (!formats.has(key)) formats.set(key, currency === undefined ? undefined : currencyFormat(currency, locale));
  const plain = amount.toLocaleString(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return formats.get(key)?.format(amount) ?? `${plain}${currency ? ` ${currency}` : ''}`;
}

function currencyFormat(currency: string, locale: string): Intl.NumberFormat | undefined {
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', currency });
  } catch {
    return undefined;
  }
}

/** A moment for tooltips, in the person's own time zone. */
export const dateTime = (ms: number | undefined, locale = 'en-US'): string | undefined =>
  (ms === undefined || !Number.isFinite(ms) ? undefined : new Date(ms).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' }));

/** A day for rows, in the person's own time zone. */
export const day = (ms: number | undefined, locale = 'en-US'): string | undefined =>
  (ms === undefined || !Number.isFinite(ms) ? undefined : new Date(ms).toLocaleDateString(locale, { dateStyle: 'medium' }));

/** One of something, or several: "1 account", "3 accounts". */
export const counted = (n: number, one: string, several = `${one}s`): string => `${n.toLocaleString('en-US')} ${n === 1 ? one : several}`;

/** `2025-11` as "November 2025". */
export const monthName = (month: string, locale = 'en-US'): string =>
  new Date(`${month}-01T00:00:00Z`).toLocaleDateString(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });

const units: readonly (readonly [seconds: number, word: string])[] = [[31_557_600, 'year'], [2_629_800, 'month'], [604_800, 'week'], [86_400, 'day'], [3600, 'hour'], [60, 'minute']];

/** How long ago, in one unit: "just now", "5 minutes ago", "2 years ago". */
export function age(ms: number, now: number): string {
  const seconds = Math.max(0, (now - ms) / 1000);
  for (const [length, word] of units) {
    const n = Math.floor(seconds / length);
    if (n >= 1) return `${n} ${word}${n === 1 ? '' : 's'} ago`;
  }
  return 'just now';
}

/** The API's account type in words; a type that is new is split into words. */
export const accountType = (type: string | undefined): string =>
  (type === undefined ? 'Account' : (Object.hasOwn(accountTypes, type) ? accountTypes[type] : undefined) ?? sentence(type.replace(/([a-z0-9])([A-Z])/g, '$1 $2')));

const reportTypes: Readonly<Record<string, string>> = {
  voi: 'Verification of Income', voePayroll: 'Verification of Employment (payroll)', voiePayroll: 'Verification of Income and Employment (payroll)',
  voeTransactions: 'Verification of Employment (transactions)', voieTxVerify: 'Verification of Income and Employment (paystub)', paystatement: 'Pay Statement',
  voie: 'Verification of Income and Employment', voieWithReport: 'Verification of Income and Employment (report)', voieWithInterview: 'Verification of Income and Employment (interview)',
  voieWithStatement: 'Verification of Income and Employment (statement)', history: 'History', sbcaanalyticsnoncra: 'Small Business Analytics', sbcabenchmarksnoncra: 'Small Business Benchmarks',
  farpbfnoncra: 'Foresight Analytics',
};
const analytics: readonly (readonly [prefix: string, words: string])[] = [['bar', 'Balance Analytics'], ['cfr', 'Cash Flow Analytics'], ['phr', 'Payment History'], ['pri', 'Payment Risk Insights']];

/** A report's type in words, for types whose operation is not described: the API lists every report that was ever made. */
export function reportType(type: string): string {
  const known = reportTypes[type];
  if (known !== undefined) return known;
  const family = analytics.find(([prefix]) => new RegExp(`^${prefix}[pb](cra|noncra|ftc)$`).test(type));
  return family ? `${family[1]} (${type[3] === 'p' ? 'personal' : 'business'})` : type;
}

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();

/** A person's or a firm's name, else the username, else the id, as for names that are masked: plain text, fit for a row and for a message. */
export function customerName(data: Readonly<Record<string, unknown>>, id: string): string {
  const part = (value: unknown): string => (typeof value === 'string' && !isMask(value) ? value.trim() : '');
  return plainText([part(data.firstName), part(data.lastName)].filter((name) => name !== '').join(' ') || part(data.username) || id, 520);
}

/** What an account is called: by the person, else by the bank, else by its type. */
export const accountName = (data: Readonly<Record<string, unknown>>): string => [data.accountNickname, data.name].map(text).find((name) => name !== undefined && !isMask(name)) ?? accountType(text(data.type));

/** The last four digits, however the number is masked. */
export function lastFour(data: Readonly<Record<string, unknown>>): string | undefined {
  for (const value of [data.realAccountNumberLast4, data.accountNumberDisplay, data.number]) {
    const digits = typeof value === 'string' || typeof value === 'number' ? String(value).replace(/\D/g, '') : '';
    if (digits.length > 0) return digits.slice(-4);
  }
  return undefined;
}
