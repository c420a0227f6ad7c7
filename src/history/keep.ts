// What of a call may be written down (history files, HAR): ids that run it again, closed vocabularies, counts, dates. It is an allow-list:
// names, addresses, search texts, usernames, numbers of accounts and everything unknown is left out, because over-hiding costs a
// word and under-hiding a person's data. Known secrets are hidden wherever they stand.
import type { OperationEntry, ParameterEntry } from '../api/catalogue.ts';
import type { AnyInput } from '../client/types.ts';
import { hidden } from '../platform/redaction.ts';
import type { KeptValue } from './entry.ts';
import { idName, resourceIds } from './ids.ts';
import { withoutTexts } from './repeated.ts';

/** An id as APIs make them: no spaces, a digit in it, not shaped like a social security number. */
const isId = (text: string): boolean => /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$/.test(text) && /\d/.test(text) && !/^\d{3}-\d{2}-\d{4}$/.test(text);

export interface Kept {
  parameters: Record<string, KeptValue>;
  left: string[];
}

/** `clean` hides known secrets; what it changes is not kept. */
export function keptInput(entry: OperationEntry, input: AnyInput, clean: (text: string) => string): Kept {
  const kept: Kept = { parameters: {}, left: [] };
  for (const [name, value] of Object.entries(input)) {
    if (value === undefined || value === null) continue;
    const parameter = name === 'body' ? undefined : entry.parameters.find((one) => one.name === name);
    if (parameter && isScalar(value) && mayKeep(parameter, value) && clean(String(value)) === String(value)) kept.parameters[name] = value;
    else kept.left.push(name);
  }
  return kept;
}

const isScalar = (value: unknown): value is KeptValue => typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));

function mayKeep({ name, in: place, type, enum: values, suggestions, format }: ParameterEntry, value: KeptValue): boolean {
  const text = String(value);
  if (place === 'header') return false;
  if (typeof value === 'boolean' || (type === 'boolean' && /^(true|false)$/.test(text))) return true;
  if (values?.includes(text) || suggestions?.includes(text)) return true;
  if (idName.test(name)) return resourceIds.has(name) && isId(text);
  if (type === 'integer') return !/number|postal|zip|phone|ssn/i.test(name) && /^-?\d{1,18}$/.test(text);
  if (format === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(text);
  // The permissible purpose of the FCRA: a code of two characters.
  return name === 'purpose' && /^[0-9A-Za-z]{1,2}$/.test(text);
}

const openName = /(^|_)(id|ids|type|status|code|currency|frequency)$|(Ids?|Type|Status|Code|Currency|Frequency)$/;
const closedName = /post|zip|pass|mfa|access|auth|verif|area|secur|birth|dob|ssn|tax|phone|number/i;
const birth = /birth|dob/i;
const closedNumber = /ssn|tax|zip|postal|phone|number|birth|dob|security|cvv|pin|latitude|longitude|answer|pass|secret|token|key/i;
const date = /^\d{4}-\d{2}-\d{2}([T ][\d:.]+(Z|[+-]\d{2}:?\d{2})?)?$/;
const messages = /^(message|title|detail|error)$/i;

export interface BodyRules {
  /** Hides known secrets, and what looks like one. */
  redact(text: string): string;
  /** Hides known secrets alone. */
  clean(text: string): string;
  /** Texts that were sent: an error that repeats one of them is told without it. */
  sent?: readonly string[];
  /** Whether messages are the API's own about a failure. */
  failed?: boolean;
}

/** A body with its shape, counts, ids and dates; other texts are hidden. */
export function keptBody(body: unknown, rules: BodyRules): unknown {
  if (body instanceof Uint8Array) return `(${body.length} bytes, not kept)`;
  if (typeof body === 'string') return `(text of ${body.length} characters, not kept)`;
  return keptPart('', body, { ...rules, said: sayer(rules) }, 0);
}

interface PartRules extends BodyRules {
  /** A message of the API, without what was sent. */
  said(text: string): string;
}

function keptPart(name: string, value: unknown, rules: PartRules, depth: number): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return closedNumber.test(name) || (idName.test(name) && !resourceIds.has(name)) || rules.clean(String(value)) !== String(value) ? hidden : value;
  if (typeof value === 'string') return keptText(name, value, rules, depth);
  if (depth > 40 || typeof value !== 'object') return hidden;
  if (Array.isArray(value)) return value.map((item) => keptPart(name, item, rules, depth + 1));
  // A date of birth in parts is still one.
  if (birth.test(name)) return hidden;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => (/^[A-Za-z_$][\w$-]{0,63}$/.test(key) && key !== '__proto__' ? [key, keptPart(key, one, rules, depth + 1)] : [hidden, hidden])));
}

function keptText(name: string, value: string, rules: PartRules, depth: number): string {
  if (value === '') return value;
  if (rules.failed && depth <= 3 && messages.test(name)) return rules.said(value);
  if (rules.clean(value) !== value || closedName.test(name)) return hidden;
  if (date.test(value) || /^(true|false)$/.test(value)) return value;
  if (!openName.test(name)) return hidden;
  if (idName.test(name)) return resourceIds.has(name) && isId(value) ? value : hidden;
  return /^[A-Za-z0-9_.+/-]{1,60}$/.test(value) ? value : hidden;
}

/** Characters of one message, and of all of a body, that are looked through: nobody says more about a failure, and a body this long is not kept. */
const longestMessage = 4_000;
const longestMessages = 64_000;

function sayer({ redact, sent = [] }: BodyRules): (text: string) => string {
  let without: ((text: string) => string) | undefined;
  let room = longestMessages;
  return (text) => {
    room -= text.length;
    if (text.length > longestMessage || room < 0) return hidden;
    without ??= withoutTexts(sent, hidden);
    return redact(without(text));
  };
}

/** The texts and long numbers of an input, for hiding them where an answer repeats them. */
export function textsOf(value: unknown, found: string[] = []): string[] {
  if (typeof value === 'string' || typeof value === 'number') {
    const text = String(value).trim();
    if (text.length < 3) return found;
    found.push(text);
    // One by one: a text of a hundred thousand words has too many for the arguments of one call.
    if (/\s/.test(text)) for (const part of text.split(/\s+/)) if (part.length >= 3) found.push(part);
  } else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) textsOf(one, found);
  return found;
}

const secretName = new RegExp(`^(${[
  '.*ssn', 'social_?security_?number', 'tax_?id', 'tin', 'ein', 'government_?id', 'dob', '.*birth.*', '(report_?)?pin', 'cvv', 'cvc',
  'password', 'passwd', 'pwd', 'answer', 'mfa_?answers?', 'credentials', 'login_?fields?', 'authorization', '(real)?_?account_?number(display)?', 'card_?number', 'security_?code', 'signing_?key', '.*secret', '.*token',
].join('|')})$`, 'i');
export const notShown = '(not shown)';
/** Levels that are shown of a body. Nothing of the API goes near it; each level more is two more spaces before every line below. */
const deepest = 60;
export const tooDeep = '(nested too deep)';

/** A body as it may stand in a document that somebody may save or share: values of secret names are left out, everything else stays. */
export function withoutSecrets(value: unknown, clean: (text: string) => string, depth = 0): unknown {
  if (typeof value === 'string') return clean(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint8Array) return `(${value.length} bytes)`;
  if (depth >= deepest) return tooDeep;
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, clean, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, secretName.test(key) && one !== null && one !== undefined && one !== '' ? notShown : withoutSecrets(one, clean, depth + 1)]));
}

/** The same with the values emptied, to be filled again by a person, and the names of those that were. */
export function emptySecrets<T>(value: T): { value: T; emptied: string[] } {
  const emptied: string[] = [];
  const visit = (one: unknown): unknown => {
    if (typeof one !== 'object' || one === null) return one;
    if (Array.isArray(one)) return one.map(visit);
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => {
      if (!secretName.test(key) || inner === '' || inner === null) return [key, visit(inner)];
      emptied.push(key);
      return [key, empty(inner)];
    }));
  };
  return { value: visit(value) as T, emptied };
}

/** A date of birth in parts keeps its parts, so that there is something to fill. */
function empty(value: unknown): unknown {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return '';
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, typeof one === 'object' || typeof one === 'string' ? empty(one) : null]));
}
