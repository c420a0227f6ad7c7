// Walks JSON as text and replaces values where they stand: what is not replaced stays byte for byte (numbers as they were written, layout,
// repeated fields), depth costs no stack, and a text that stops in the middle is walked to its end.
import { decide, holdsAll, zoneOf, type Decision, type Zone } from './rules.ts';

interface Frame {
  object: boolean;
  /** The field that is being read; of a list the field that holds it. */
  name: string;
  keyNext: boolean;
  zone: Zone;
  /** Everything in it is of this kind. */
  all: Decision | undefined;
}

/** What stands for a value; undefined leaves it. `raw` is its text, with the quotes of a string. */
export type Visit = (decision: Decision, raw: string, name: string) => string | undefined;

const scalar = /[^\s,\]}:[{"]+/y;

/** Characters between two places where the walk may be interrupted. */
const stretch = 64 * 1024;

/** `zone`: whose the body is, where its own fields do not say it. Yields where it may rest: a body of 60 MB takes seconds. */
export function* replacingValues(text: string, zone: Zone, visit: Visit): Generator<void, string, void> {
  const decided = new Map<Zone, Map<string, Decision>>();
  const opened = new Map<string, Zone | undefined>();
  const stack: Frame[] = [{ object: false, name: '', keyNext: false, zone, all: undefined }];
  let replaced = '';
  let parts: string[] = [];
  let copied = 0;
  const decisionOf = ({ name, zone: at, all }: Frame): Decision => {
    if (all !== undefined) return all;
    let names = decided.get(at);
    if (names === undefined) decided.set(at, names = new Map<string, Decision>());
    let found = names.get(name);
    if (found === undefined) names.set(name, found = decide(name, at));
    return found;
  };
  const open = (object: boolean): void => {
    const top = stack.at(-1)!;
    if (!opened.has(top.name)) opened.set(top.name, zoneOf(top.name));
    const decision = decisionOf(top);
    // A zone's own field may look personal by itself (`borrower`): what stands in it is told apart.
    const own = top.object ? opened.get(top.name) : undefined;
    stack.push({ object, name: object ? '' : top.name, keyNext: object, zone: own ?? top.zone, all: top.all ?? (own === undefined && holdsAll(decision) ? decision : undefined) });
  };
  const take = (from: number, to: number): void => {
    const top = stack.at(-1)!;
    const raw = text.slice(from, to);
    const instead = visit(decisionOf(top), raw, top.name);
    if (instead === undefined || instead === raw) return;
    parts.push(text.slice(copied, from), instead);
    copied = to;
  };
  let rest = stretch;
  for (let at = 0; at < text.length;) {
    if (at >= rest) {
      rest = at + stretch;
      replaced += parts.join('');
      parts = [];
      yield;
    }
    const top = stack.at(-1)!;
    switch (text.charCodeAt(at)) {
      case 0x22: { // "
        const end = endOfString(text, at);
        if (top.keyNext) top.name = unquoted(text.slice(at, end));
        else take(at, end);
        at = end;
        break;
      }
      case 0x7b: case 0x5b: // { [
        open(text.charCodeAt(at) === 0x7b);
        at += 1;
        break;
      case 0x7d: case 0x5d: // } ]
        if (stack.length > 1) stack.pop();
        at += 1;
        break;
      case 0x3a: // :
        top.keyNext = false;
        at += 1;
        break;
      case 0x2c: // ,
        top.keyNext = top.object;
        at += 1;
        break;
      case 0x20: case 0x09: case 0x0a: case 0x0d:
        at += 1;
        break;
      default: {
        scalar.lastIndex = at;
        const end = scalar.test(text) ? scalar.lastIndex : at + 1;
        if (!top.keyNext) take(at, end);
        at = end;
      }
    }
  }
  return copied === 0 ? text : replaced + parts.join('') + text.slice(copied);
}

/** After the closing quote; the text's end where there is none. */
function endOfString(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === 0x5c) slashes += 1;
    if (slashes % 2 === 0) return at + 1;
  }
  return text.length;
}

/** What a string says; undefined when it is none. */
export function unquotedOrNone(raw: string): string | undefined {
  if (!raw.includes('\\') && raw.length >= 2 && raw.endsWith('"')) return raw.slice(1, -1);
  try {
    const value: unknown = JSON.parse(raw);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

const unquoted = (raw: string): string => unquotedOrNone(raw) ?? raw;
