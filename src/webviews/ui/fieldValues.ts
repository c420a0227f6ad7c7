// Between what a person types into a field and the JSON value that goes into the request. Pure. Rule: nothing typed is lost: what does not
// fit the field's kind goes into the request as text, where the check says what is wrong with it.
import { longestFieldText, longTextMark, type FieldPath, type FieldProblem, type FieldSpec } from '../protocol/request.ts';

export const keyOf = (path: FieldPath): string => JSON.stringify(path);

/** The value for a text typed into a field; undefined means that the field is left out. */
export function valueOf(spec: FieldSpec, text: string): unknown {
  if (text === '') return spec.required && (spec.kind === 'text' || spec.kind === 'choice') ? '' : undefined;
  switch (spec.kind) {
    case 'integer':
    case 'number':
    case 'epochSeconds': {
      const number = Number(text);
      const exact = /^-?\d+$/.test(text.trim()) ? Number.isSafeInteger(number) : Number.isFinite(number) && text.trim() !== '';
      return exact ? number : text;
    }
    case 'boolean': return text === 'true' ? true : text === 'false' ? false : text;
    default: return text;
  }
}

/** How a value stands in its field. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value);
}

export function valueAt(root: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>((at, step) => (typeof at === 'object' && at !== null && Object.hasOwn(at, step) ? (at as Record<string | number, unknown>)[step] : undefined), root);
}

/** A copy with one value set, or removed when it is undefined; what lacks on the way is made. The same rules as the document's own editing. */
export function withValue(root: unknown, [step, ...rest]: FieldPath, value: unknown): unknown {
  if (step === undefined) return value;
  if (typeof step === 'number') {
    const list = Array.isArray(root) ? [...root as unknown[]] : [];
    if (rest.length === 0 && value === undefined) list.splice(step, 1);
    else list[step] = withValue(list[step], rest, value);
    return list;
  }
  const { [step]: old, ...others } = typeof root === 'object' && root !== null && !Array.isArray(root) ? root as Record<string, unknown> : {};
  const inner = withValue(old, rest, value);
  if (inner === undefined) return others;
  // In its place when it was there, so that nothing jumps.
  return typeof root === 'object' && root !== null && Object.hasOwn(root, step) ? { ...root, [step]: inner } : { ...others, [step]: inner };
}

/** What a new entry of a list begins with. */
export function startOf(spec: FieldSpec): unknown {
  switch (spec.kind) {
    case 'group': return Object.fromEntries((spec.fields ?? []).filter(({ required }) => required).map((field) => [field.name, startOf(field)]));
    case 'list': return [];
    case 'map': case 'json': return {};
    case 'boolean': return false;
    case 'choice': return spec.choices?.[0] ?? '';
    case 'integer': case 'number': case 'epochSeconds': return spec.default ?? spec.minimum ?? 0;
    default: return spec.default ?? '';
  }
}

export const secondsPerDay = 86_400;

/** The day of a moment in epoch seconds, in UTC, as YYYY-MM-DD; empty for anything that is none. */
export function dayOf(value: unknown): string {
  const seconds = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  if (typeof seconds !== 'number' || !Number.isFinite(seconds) || Math.abs(seconds) > 100_000_000_000) return '';
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

/** The moment that a day begins in UTC, with the time of day that an earlier value had. */
export function secondsOf(day: string, earlier: unknown): number | undefined {
  const midnight = Date.parse(`${day}T00:00:00Z`) / 1000;
  if (!Number.isFinite(midnight)) return undefined;
  const time = typeof earlier === 'number' && dayOf(earlier) !== '' ? ((earlier % secondsPerDay) + secondsPerDay) % secondsPerDay : 0;
  return midnight + Math.floor(time);
}

export interface RelativeMoment {
  label: string;
  /** How far back it is in months, where it is counted in them. */
  months?: number;
  seconds(nowMs: number): number;
}

const monthsBack = (months: number) => (nowMs: number): number => {
  const now = new Date(nowMs);
  const day = Math.min(now.getUTCDate(), new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months + 1, 0)).getUTCDate());
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, day) / 1000;
};

export const relativeMoments: readonly RelativeMoment[] = [
  { label: 'Now', seconds: (nowMs) => Math.floor(nowMs / 1000) },
  { label: 'Start of today (UTC)', seconds: (nowMs) => Math.floor(nowMs / 1000 / secondsPerDay) * secondsPerDay },
  { label: '30 days back', seconds: (nowMs) => Math.floor(nowMs / 1000 / secondsPerDay) * secondsPerDay - 30 * secondsPerDay },
  ...[3, 6, 12, 24].map((months) => ({ label: `${months} months back`, months, seconds: monthsBack(months) })),
];

/** The moments offered for a field. */
export const momentsOf = ({ monthsBack = Infinity }: Pick<FieldSpec, 'monthsBack'>): readonly RelativeMoment[] => relativeMoments.filter(({ months = 0 }) => months <= monthsBack);

/** A moment in words, in UTC; empty for none. */
export function momentWords(value: unknown, locale: string): string {
  if (dayOf(value) === '') return '';
  return `${new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(Number(value) * 1000)} UTC`;
}

/** Problems by field; what stands below a field belongs to itself alone. */
export function byField(problems: readonly FieldProblem[]): Map<string, FieldProblem[]> {
  const found = new Map<string, FieldProblem[]>();
  for (const one of problems) found.set(keyOf(one.path), [...(found.get(keyOf(one.path)) ?? []), one]);
  return found;
}

/** The field's place in words, for a list of problems: `body › applicants › 1 › ssn`. */
export const placeWords = (path: FieldPath): string => path.slice(path[0] === 'parameters' ? 1 : 0).map((step) => (typeof step === 'number' ? String(step + 1) : step)).join(' › ');

/** What an entry of a folded group says of itself: its first short values. */
export function glimpse(spec: FieldSpec, value: unknown): string {
  if (Array.isArray(value)) return value.length === 1 ? '1 entry' : `${value.length} entries`;
  if (typeof value !== 'object' || value === null) return 'not set';
  const hidden = new Set((spec.fields ?? []).filter(({ personal }) => personal).map(({ name }) => name));
  const shown = Object.entries(value).filter(([name, one]) => !hidden.has(name) && (typeof one === 'string' || typeof one === 'number') && one !== '').slice(0, 3).map(([, one]) => String(one).slice(0, 24));
  const count = Object.keys(value).length;
  return shown.length > 0 ? shown.join(', ') : count === 0 ? 'empty' : `${count} ${count === 1 ? 'field' : 'fields'}`;
}

/** The length of a text that the form was not sent; undefined for any other. */
export const longLength = (text: string): number | undefined => (text.startsWith(longTextMark) ? Number(text.slice(longTextMark.length)) : undefined);

/** What is said of a text that is too long for its field, whether it still stands there or not; undefined of any other. */
export function tooLongWords(text: string): string | undefined {
  const length = longLength(text) ?? text.length;
  return length > longestFieldText ? `${Math.ceil(length / 1024)} KB long: too long to be edited here` : undefined;
}

/** Whether what the document has is the text that was typed: a long one is known by its length alone. */
export const isTyped = (value: unknown, typed: string): boolean => {
  const text = textOf(value);
  return text === typed || (typed.length > longestFieldText && longLength(text) === typed.length);
};

/** A text without its middle, at most so many characters long. */
export const middleCut = (text: string, most: number): string => {
  const half = Math.floor((most - 1) / 2);
  return text.length <= most ? text : `${text.slice(0, half)}…${text.slice(text.length - half)}`;
};

/** Why Send did nothing: the body as typed, what is wrong with it, and where (in characters). */
export function notSentWords(text: string, problem: string, offset: number | undefined): string {
  const before = offset === undefined || /\b(line|column) \d/.test(problem) ? [] : text.slice(0, offset).split(/\r\n|\r|\n/);
  const where = before.length === 0 ? '' : `line ${before.length}, column ${before.at(-1)!.length + 1}: `;
  return `Not sent: ${isJson(text) ? 'the body as typed cannot be taken' : 'the body is not JSON'}: ${where}${problem}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Kilobytes of a file that stands in its field as base64. */
export const base64Kilobytes = (text: string): number => Math.ceil(((longLength(text) ?? text.length) * 3) / 4 / 1024);
