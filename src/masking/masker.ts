// Masks what is personal: in JSON as text, in values, in words. It remembers the names that it masked, so that texts that come later are
// searched for them. Nothing of a masked value can be read out of its mask.
import { hiddenPart, maskOf, withoutPersonal, withoutShapes } from './freeText.ts';
import { replacingValues, unquotedOrNone, type Visit } from './jsonText.ts';
import { KnownNames } from './names.ts';
import { decide, holdsAll, zoneOf, type Decision, type Zone } from './rules.ts';

export interface Masker {
  /** JSON as it stands, or any other text. `about` names what the body is of, e.g. `business`, where its own fields do not say so. */
  json(text: string, about?: string): string;
  /** The same in steps, for a body so large that whoever waits for it should do something else in between. */
  jsonSteps(text: string, about?: string): Generator<void, string, void>;
  /** The same of a value that JSON can hold; what cannot be walked is emptied. */
  data<T>(value: T, about?: string): T;
  /** Words for a person: a title, a message, a description. */
  text(words: string): string;
  /** Whether a value of a field of this name, below these, is masked whole. */
  masks(path: readonly string[], about?: string): boolean;
}

/** What an operation's bodies are of, by its name, where their own fields do not say so. A report or a list says it itself. */
export const aboutOf = (operationId: string): string | undefined =>
  (/report|transaction|consent|statement|switch|portfolio/i.test(operationId) ? undefined : ['business', 'account', 'institution', 'consumer', 'customer'].find((one) => operationId.toLowerCase().includes(one)));

/** A longer text is a file, and no words. */
const longestText = 100_000;
const isNumber = /^-?\d/;

export function createMasker(): Masker {
  const known = new KnownNames();
  const words = (text: string): string => (text.length > longestText ? maskOf(text) : known.hide(withoutPersonal(text), hiddenPart));
  const learn: Visit = (decision, raw) => {
    if (raw.startsWith('"')) {
      if (decision === 'name') known.learn(unquotedOrNone(raw) ?? '');
      else if (decision === 'business') known.learnFirm(unquotedOrNone(raw) ?? '');
    }
    return undefined;
  };
  const mask: Visit = (decision, raw, name) => {
    if (raw.startsWith('"')) return maskedString(decision, raw, name, words);
    return isNumber.test(raw) && masksNumber(decision, raw, name) ? JSON.stringify(maskOf(raw)) : undefined;
  };
  function* jsonSteps(text: string, about?: string): Generator<void, string, void> {
    if (!/^\s*["[{]/.test(text)) return words(text);
    const zone = zoneFor(about);
    yield* replacingValues(text, zone, learn);
    return yield* replacingValues(text, zone, mask);
  }
  const json = (text: string, about?: string): string => {
    const steps = jsonSteps(text, about);
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
    }
  };
  return {
    json,
    jsonSteps,
    data<T>(value: T, about?: string): T {
      try {
        const text: string | undefined = JSON.stringify(value);
        return text === undefined ? value : JSON.parse(json(text, about)) as T;
      } catch {
        // Too deep for the writer, or no JSON at all: over-hiding costs a row, under-hiding a person's data.
        return (Array.isArray(value) ? [] : typeof value === 'object' ? {} : hiddenPart) as T;
      }
    },
    text: words,
    masks(path, about) {
      let zone = zoneFor(about);
      for (const [index, name] of path.entries()) {
        const decision = decide(name, zone);
        if (index === path.length - 1) return decision !== 'text' && decision !== 'other';
        const own = zoneOf(name);
        if (own === undefined && holdsAll(decision)) return true;
        zone = own ?? zone;
      }
      return false;
    },
  };
}

const zoneFor = (about: string | undefined): Zone => (about === undefined ? 'none' : zoneOf(about) ?? 'none');

/** What an account is called often ends in what is left of its number. */
const called = /^(account)?(name|nickname)$/i;
const lastDigits = /\d{3,6}(?=\W*$)/;

function maskedString(decision: Decision, raw: string, name: string, words: (text: string) => string): string | undefined {
  const value = unquotedOrNone(raw);
  // A string that does not end, or is none: it may be the half of anything.
  if (value === undefined) return JSON.stringify(hiddenPart);
  if (value.trim() === '') return undefined;
  const masked = decision === 'text' ? words(called.test(name) ? value.replace(lastDigits, hiddenPart) : value) : decision === 'other' ? withoutShapes(value) : isPlain(decision, value, name) ? value : maskOf(value);
  return masked === value ? undefined : JSON.stringify(masked);
}

/** `state` is a state of the country by its two letters, else of something else; a truth is nobody's. */
const isPlain = (decision: Decision, value: string, name: string): boolean =>
  /^(true|false)$/i.test(value) || (decision === 'address' && /^state$/i.test(name) && !/^[a-z]{2}$/i.test(value.trim()));

/** Small numbers called `number` count pages; `value` and its like are measured. Names are no numbers. */
function masksNumber(decision: Decision, raw: string, name: string): boolean {
  if (decision === 'other' || decision === 'name' || decision === 'business') return false;
  if (decision === 'text') return /^(description|memo|note|text)$/i.test(name) && /^\d{6,}$/.test(raw);
  return !(/^number$/i.test(name) && /^\d{1,3}$/.test(raw));
}
