// Turns values of the wire into what a person reads. Pure: no DOM, no clock, locale and time zone come in from outside.
// Rule: nothing is guessed away. A value that does not fit its kind is shown as it came, and the raw value is always at hand.

export type ValueKind =
  /** Words, ids, codes: as they came. */
  | 'text'
  | 'money' | 'number'
  /** Of a hundred: 12.5 is 12.5 %. */
  | 'percent'
  /** A calendar day, told in UTC: the wire puts days at midnight or noon of a zone near it, never at an hour that matters. */
  | 'day'
  /** A moment, told in the reader's time zone. */
  | 'moment'
  | 'month'
  /** ISO 8601, `P4Y8M12D`. */
  | 'duration'
  | 'boolean';

export interface Shown {
  text: string;
  /** The value as it came, for the tooltip. */
  raw: string;
}

export interface Formatter {
  show(value: unknown, kind: ValueKind, currency?: string): Shown;
}

export const missing = '—';
export const dayMs = 86_400_000;

/** To a hundredth of a cent: money has four decimals at most, what is beyond comes from adding up. */
export const round = (amount: number): number => Math.round(amount * 10_000) / 10_000 || 0;

const longestText = 2_000;

/** A formatter for a BCP 47 locale; an unknown one falls back to English. `timeZone` is the reader's own when left out. */
export function createFormatter(locale: string, timeZone?: string): Formatter {
  const tag = knownLocale(locale);
  const dates = {
    day: new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone: 'UTC' }),
    month: new Intl.DateTimeFormat(tag, { year: 'numeric', month: 'short', timeZone: 'UTC' }),
    moment: new Intl.DateTimeFormat(tag, { year: 'numeric', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZoneName: 'short', ...(timeZone ? { timeZone } : {}) }),
    clock: new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }),
  };
  // What rounds to zero has no sign: the wire sends negative zeros.
  const signDisplay = 'negative';
  const plain = new Intl.NumberFormat(tag, { maximumFractionDigits: 6, signDisplay });
  const percent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 2, signDisplay });
  const amount = new Intl.NumberFormat(tag, { minimumFractionDigits: 2, maximumFractionDigits: 4, signDisplay });
  const monies = new Map<string, Intl.NumberFormat>();

  const money = (value: number, currency: string | undefined): string => {
    if (!currency || !/^[A-Za-z]{3}$/.test(currency)) return amount.format(value);
    let format = monies.get(currency);
    if (!format) monies.set(currency, format = new Intl.NumberFormat(tag, { style: 'currency', currency, signDisplay }));
    return format.format(value);
  };

  const text = (value: unknown, kind: ValueKind, currency?: string): string => {
    if (value === undefined || value === null || value === '') return missing;
    if (typeof value === 'boolean') return value ? 'Yes' : 'No';
    if (kind === 'money' || kind === 'number' || kind === 'percent') {
      const number = numberOf(value);
      if (number === undefined) return isEmptyList(value) ? 'none' : rawText(value);
      return kind === 'money' ? money(number, currency) : kind === 'percent' ? percent.format(number / 100) : plain.format(number);
    }
    if (kind === 'day' || kind === 'month' || kind === 'moment') {
      const moment = momentOf(value);
      if (!moment) return rawText(value);
      if (kind !== 'moment') return dates[kind].format(moment.ms);
      return (moment.told === 'day' ? dates.day : moment.told === 'zoneless' ? dates.clock : dates.moment).format(moment.ms);
    }
    return (kind === 'duration' ? durationWords(value) : isEmptyList(value) ? 'none' : undefined) ?? rawText(value);
  };
  return { show: (value, kind, currency) => ({ text: text(value, kind, currency), raw: rawText(value) }) };
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

function knownLocale(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/** A finite number from a number or from text that is one; undefined otherwise. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || value.length > 40 || !/^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(value)) return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

export interface Moment {
  /** Epoch milliseconds. */
  ms: number;
  /** What the wire told: an instant, a day alone, or a clock time without a zone (kept as it stands). */
  told: 'instant' | 'day' | 'zoneless';
}

/** Epoch seconds or milliseconds, as number or text, or ISO 8601; undefined for anything else, and for numbers before 1973 (0 means "never"). */
export function momentOf(value: unknown): Moment | undefined {
  const number = typeof value === 'string' && !/^\s*\d+\s*$/.test(value) ? undefined : numberOf(value);
  if (number !== undefined) {
    const ms = number >= 1e11 ? number : number * 1000;
    return number >= 1e8 && number < 1e14 ? { ms: Math.round(ms), told: 'instant' } : undefined;
  }
  if (typeof value !== 'string') return undefined;
  const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[-+]\d{2}:?\d{2})?)?$/.exec(value.trim());
  if (!iso) return undefined;
  const [, day, clock, zone] = iso;
  const ms = Date.parse(clock === undefined ? `${day}T00:00:00Z` : `${day}T${clock}${zone ?? 'Z'}`);
  return Number.isNaN(ms) ? undefined : { ms, told: clock === undefined ? 'day' : zone === undefined ? 'zoneless' : 'instant' };
}

/** An ISO 8601 duration of years, months and days in words, without its days where there is more; undefined for any other. */
export function durationWords(value: unknown): string | undefined {
  const found = typeof value === 'string' ? /^P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,5})D)?$/.exec(value.trim()) : null;
  if (!found) return undefined;
  const [years, months, days] = found.slice(1).map((digits) => Number(digits ?? 0)) as [number, number, number];
  const parts = [[years, 'year'], [months, 'month'], [years + months > 0 ? 0 : days, 'day']] as const;
  return parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`).join(', ') || undefined;
}

/** The value as it came: text as text, the rest as JSON, cut when it is very long. */
function rawText(value: unknown): string {
  if (value === undefined) return 'not in the body';
  const text = typeof value === 'string' ? value : jsonText(value);
  return text.length > longestText ? `${text.slice(0, longestText)}… (${text.length} characters)` : text;
}

function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    // Nested deeper than the engine's stack.
    return 'nested too deep to show here';
  }
}

const acronyms = new Set(['id', 'ids', 'nsf', 'ssn', 'url', 'ach', 'apr', 'apy', 'ytd', 'cra', 'ftc', 'fcra', 'gse', 'mfa', 'dob', 'ein', 'naics', 'vin', 'zip', 'fi']);
const known: Readonly<Record<string, string>> = {
  id: 'ID', ssn: 'SSN', zip: 'ZIP', urlHomeApp: 'Home page', tot: 'Total', asOfDate: 'As of', ownerAsOfDate: 'Owner as of', checkNum: 'Check number', consumerSsn: 'Consumer SSN (last four)', days: 'Days',
};

/** A field's name as words: `averageMonthlyBalance` → Average monthly balance, `CASH_INFLOW` → Cash inflow. */
export function words(name: string): string {
  let made = wordsOf.get(name);
  if (made === undefined) {
    // Names come from the body: as many as it likes.
    if (wordsOf.size > 5_000) wordsOf.clear();
    wordsOf.set(name, made = makeWords(name));
  }
  return made;
}

/** The same few names stand in every row and section. */
const wordsOf = new Map<string, string>();

function makeWords(name: string): string {
  if (Object.hasOwn(known, name)) return known[name]!;
  const parts = name.slice(0, 200).replace(/[_\-.]+/g, ' ').replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/([a-z])(\d)/g, '$1 $2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2').trim().split(/\s+/);
  const lower = parts.map((part) => {
    const small = part.toLowerCase();
    if (acronyms.has(small)) return small === 'ids' ? 'IDs' : small.toUpperCase();
    return small === 'tot' ? 'total' : small === 'tx' || small === 'txn' ? 'transaction' : small;
  });
  const text = lower.join(' ');
  return text === '' ? '(no name)' : text[0]!.toUpperCase() + text.slice(1);
}

/** Bytes as a person counts them. */
export function byteCount(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
