// What a value must look like beyond its type: ids, consumers' fields, callback addresses, moments of history. The description gives these in
// prose only, so the rules stand here, by the field's name. An error is what the API is known to refuse; a warning is what it may know better.
// Each rule returns what is wrong, or undefined, and never repeats the value. Free of vscode; imports types alone.
import type { FieldPath, FieldProblem } from '../webviews/protocol/request.ts';

const digits = (text: string): string => text.replace(/\D/g, '');

export const stateProblem = (text: string): string | undefined => (/^[A-Za-z]{2}$/.test(text) ? undefined : 'Two letters, for example UT.');

export const zipProblem = (text: string): string | undefined => (/^\d{5}(-?\d{4})?$/.test(text) ? undefined : 'Five digits, or nine.');

/** Source of this and the next two: the description of NewConsumer and code 10100 (SSN, telephone and e-mail format). */
export function ssnProblem(text: string): string | undefined {
  if (!/^[\d-]+$/.test(text)) return 'Digits only; hyphens may stand between them.';
  return digits(text).length === 9 ? undefined : `Nine digits; these are ${digits(text).length}.`;
}

export const phoneProblem = (text: string): string | undefined => {
  if (!/^[\d\s().+-]+$/.test(text)) return 'Digits; spaces, hyphens and brackets may stand between them.';
  return digits(text).length === 10 || (digits(text).length === 11 && digits(text).startsWith('1')) ? undefined : `Ten digits; these are ${digits(text).length}.`;
};

export const emailProblem = (text: string): string | undefined => (/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text) ? undefined : 'Something like name@example.com.');

interface Birthday {
  year: number;
  /** 1 is January. */
  month: number;
  dayOfMonth: number;
}

/** The date that a text YYYY-MM-DD is, when it exists; undefined otherwise. */
export function parseBirthday(text: string): Birthday | undefined {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text.trim());
  if (!match) return undefined;
  const [year, month, dayOfMonth] = match.slice(1).map(Number) as [number, number, number];
  return exists({ year, month, dayOfMonth }) ? { year, month, dayOfMonth } : undefined;
}

function exists({ year, month, dayOfMonth }: Birthday): boolean {
  const date = new Date(Date.UTC(year, month - 1, dayOfMonth));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === dayOfMonth;
}

export function birthdayProblem(text: string): string | undefined {
  const birthday = parseBirthday(text);
  return birthday ? yearProblem(birthday) : 'A day that exists, as YYYY-MM-DD.';
}

function yearProblem({ year, month, dayOfMonth }: Birthday): string | undefined {
  if (year < 1900) return 'After 1900.';
  return Date.UTC(year, month - 1, dayOfMonth) > Date.now() ? 'In the past.' : undefined;
}

/** A birthday in three numbers, or their digits as texts. What is no number is for the types to tell. */
function birthdayFaults(value: Readonly<Record<string, unknown>>, path: FieldPath): FieldProblem[] {
  const numberAt = (name: string): number | undefined => {
    const one = value[name];
    return typeof one === 'number' ? one : typeof one === 'string' && /^\d{1,4}$/.test(one) ? Number(one) : undefined;
  };
  const [year, month, dayOfMonth] = ['year', 'month', 'dayOfMonth'].map(numberAt);
  const found: FieldProblem[] = [];
  if (month !== undefined && (month < 1 || month > 12)) found.push(at([...path, 'month'], 'A month is 1 to 12.', 'error'));
  if (dayOfMonth !== undefined && (dayOfMonth < 1 || dayOfMonth > 31)) found.push(at([...path, 'dayOfMonth'], 'A day of the month is 1 to 31.', 'error'));
  if (found.length > 0 || year === undefined || month === undefined || dayOfMonth === undefined) return found;
  const birthday = { year, month, dayOfMonth };
  if (!exists(birthday)) return [at([...path, 'dayOfMonth'], 'A day that exists: this month has fewer.', 'error')];
  const wrong = yearProblem(birthday);
  return wrong === undefined ? [] : [at([...path, 'year'], wrong, 'error')];
}

/** What cannot be seen in a field and comes along when text is copied. */
const hiddenNames: Readonly<Record<number, string>> = {
  0xa0: 'a no-break space', 0xad: 'a soft hyphen', 0x200b: 'a zero-width space', 0x200c: 'a zero-width non-joiner', 0x200d: 'a zero-width joiner', 0x200e: 'a left-to-right mark',
  0x200f: 'a right-to-left mark', 0x202a: 'a left-to-right embedding', 0x202b: 'a right-to-left embedding', 0x202c: 'the end of a direction', 0x202d: 'a left-to-right override',
  0x202e: 'a right-to-left override', 0x2060: 'a word joiner', 0x2066: 'a left-to-right isolate', 0x2067: 'a right-to-left isolate', 0x2068: 'a first-strong isolate',
  0x2069: 'the end of an isolate', 0xfeff: 'a byte order mark',
};
const hidden = /[\p{Cc}\p{Cf}\u00A0]/u;

/** A character that nobody sees, by its name; undefined when there is none. */
export function hiddenProblem(text: string): string | undefined {
  const code = hidden.exec(text)?.[0].codePointAt(0);
  if (code === undefined) return undefined;
  const number = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return `Holds a character that cannot be seen: ${hiddenNames[code] === undefined ? number : `${hiddenNames[code]} (${number})`}.`;
}

/** Longer than any id that is known. */
const longestId = 30;

/** Ids that the API gives as decimal digits. */
export function digitsProblem(text: string): string | undefined {
  if (text.length > longestId) return `An id is digits, a dozen or so; this has ${text.length} characters.`;
  return hiddenProblem(text) ?? (/^\d+$/.test(text) ? undefined : 'An id of this kind is digits alone.');
}

/** Several ids in one text, with spaces between them. */
export function idListProblem(text: string): string | undefined {
  return hiddenProblem(text) ?? (/^\d+( +\d+)*$/.test(text.trim()) ? undefined : 'Account ids are digits, with spaces between them.');
}

type Found = Pick<FieldProblem, 'message' | 'severity'> | undefined;

/** Where the API is to call back. */
export function callbackProblem(text: string): Found {
  const address = URL.canParse(text) ? new URL(text) : undefined;
  if (!address) return { message: 'Must be a whole address, beginning with https://.', severity: 'error' };
  if (address.protocol !== 'https:' && address.protocol !== 'http:') return { message: `Must begin with https://, not ${schemeOf(address)}.`, severity: 'error' };
  const said = [
    (address.username !== '' || address.password !== '') && 'Holds a user name or password, and addresses end up in logs. Leave them out, and have the listener know the sender in another way.',
    isInside(address.hostname) && 'The API cannot reach this address: it lies on this machine or in a private network. Only the sandbox, which runs on this machine, can.',
    // The sandbox takes http:// for this machine.
    address.protocol === 'http:' && !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(address.hostname) && 'The API calls back to https:// alone.',
  ].filter((one) => one !== false);
  return said.length === 0 ? undefined : { message: said.join(' '), severity: 'warning' };
}

/** Whether a host has a meaning only on this machine or in its network: a name without a dot or of a reserved ending, or an address that is not routed. */
function isInside(hostname: string): boolean {
  const host = hostname.replace(/\.$/, '');
  if (host.startsWith('[')) return /^\[(::1?\]|f[cd]|fe[89ab]|::ffff:(7f|a[\da-f]{2}:|a9fe:|c0a8:|ac1[\da-f]:|0:))/.test(host);
  const [a = 0, b = 0] = /^\d+(\.\d+){3}$/.test(host) ? host.split('.').map(Number) : [1];
  if (/^\d+(\.\d+){3}$/.test(host)) return a === 0 || a === 10 || a === 127 || (a === 169 && b === 254) || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168) || (a === 100 && b >= 64 && b < 128);
  return !host.includes('.') || /\.(localhost|local|internal|lan|home\.arpa)$/.test(host);
}

/** Schemes that run or read something where the address is opened. An app's own scheme is fine for a redirect. */
const unsafe = /^(javascript|data|vbscript|file|blob|about):$/;
const redirectProblem = (text: string): Found => (URL.canParse(text) && unsafe.test(new URL(text).protocol) ? { message: `Not an address to go on to: ${schemeOf(new URL(text))}.`, severity: 'error' } : undefined);
const schemeOf = ({ protocol }: URL): string => (unsafe.test(protocol) ? protocol : 'another scheme');

const warned = (rule: (text: string) => string | undefined) => (text: string): Found => { const message = rule(text); return message === undefined ? undefined : { message, severity: 'warning' }; };
const refused = (rule: (text: string) => string | undefined) => (text: string): Found => { const message = rule(text); return message === undefined ? undefined : { message, severity: 'error' }; };
/** Further down the same name is another's, such as the place of a transaction. */
const nearTop = (rule: (text: string) => Found) => (text: string, path: FieldPath): Found => (path[0] === 'body' && path.length <= 3 ? rule(text) : undefined);

const textRules: Readonly<Record<string, (text: string, path: FieldPath) => Found>> = {
  state: nearTop(warned(stateProblem)), zip: nearTop(warned(zipProblem)), zipCode: nearTop(warned(zipProblem)), phone: nearTop(refused(phoneProblem)),
  ssn: refused(ssnProblem), email: refused(emailProblem),
  callbackUrl: callbackProblem, webhook: callbackProblem, redirectUri: redirectProblem, accountIds: warned(idListProblem),
};

const digitIds = new Set(['customerId', 'customer_id', 'accountId', 'institutionId', 'institution_id', 'institutionLoginId', 'institution_login_id', 'transactionId', 'subscriptionId', 'partnerId']);

/** Moments that something is reported from, or a person was born at. */
const history = new Set(['fromDate', 'incomeFromDate', 'payStatementsFromDate', 'startDate', 'dob']);

/** What is wrong with the form of one value that has the right type. `unit` is the description's `x-unit`. */
export function formatProblems(path: FieldPath, value: unknown, unit: unknown): FieldProblem[] {
  const name = path.at(-1);
  if (typeof name !== 'string' || value === '') return [];
  if (path[0] === 'parameters' && digitIds.has(name) && (typeof value === 'string' || typeof value === 'number')) return one(path, warned(digitsProblem)(String(value)));
  if (typeof value === 'string' && Object.hasOwn(textRules, name)) return one(path, textRules[name]!(value, path));
  if (unit === 'epoch-seconds' && history.has(name)) {
    const seconds = typeof value === 'number' ? value : Number(value);
    // What looks like milliseconds is told as that.
    return seconds * 1000 > Date.now() && seconds < 100_000_000_000 ? [at(path, 'Lies in the future: there is nothing from then on.', 'warning')] : [];
  }
  return name === 'birthday' && typeof value === 'object' && value !== null ? birthdayFaults(value as Record<string, unknown>, path) : [];
}

const one = (path: FieldPath, found: Found): FieldProblem[] => (found ? [{ path, ...found }] : []);
const at = (path: FieldPath, message: string, severity: FieldProblem['severity']): FieldProblem => ({ path, message, severity });
