// An index over the bytes of a JSON text: where each value begins, and what each object and list holds. It is built in slices, so that the
// first rows are there before the rest is read, and it accepts exactly what JSON.parse accepts. Four bytes a value and twenty an object or
// list, in blocks: an object a value would cost more than the page has. Values have numbers, in the order of the text; the root is 0.
// Nothing here recurses: text nests as deep as it likes.
import { backslash, closeBrace, closeBracket, colon, comma, isSpace, leafEnd, openBrace, openBracket, quote, skipSpace, stringEnd } from './jsonBytes.ts';
import { NumberList } from './numberList.ts';

/** What is wrong with a text that is no JSON, and where. */
export interface JsonDamage {
  /** In bytes, from 0. */
  offset: number;
  /** What stands there or is missing, as a sentence's end. */
  reason: string;
}

const open = 0xffffffff;
/** More is no answer of any service; the index would outgrow the text many times. */
const deepest = 500_000;

/** What the scanner expects next. */
const expects = { value: 0, valueOrEnd: 1, key: 2, keyOrEnd: 3, separator: 4, end: 5 } as const;
type Expect = (typeof expects)[keyof typeof expects];

export class JsonIndex {
  readonly bytes: Uint8Array;
  /** Where a value begins: its name's quote in an object, itself elsewhere. */
  readonly starts = new NumberList();
  // The tables of objects and lists ("groups"), one entry each, in the order of the text.
  /** The group's value. */
  readonly #nodes = new NumberList();
  /** The last value inside it, itself when it is empty; `open` while it is being read. */
  readonly #lasts = new NumberList();
  /** How many values stand in it directly. */
  readonly #counts = new NumberList();
  /** The group around it, plus one; 0 for none. The top bit says that it is an object. */
  readonly #parents = new NumberList();
  /** How many groups are inside it, at any depth. */
  readonly #inner = new NumberList();
  damage: JsonDamage | undefined;
  done = false;
  #at: number;
  #expect: Expect = expects.value;
  /** The group being read, plus one. */
  #current = 0;
  #depth = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    // A byte order mark is no part of the text.
    this.#at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  }

  /** The values read so far. One of which only the name is read is not among them: it may yet turn out a group. */
  get length(): number {
    return this.starts.length - (this.#expect === expects.value && this.#current > 0 && this.#isObjectAt(this.#current - 1) ? 1 : 0);
  }

  get groups(): number {
    return this.#nodes.length;
  }

  /** How far it has read, in bytes. */
  get read(): number {
    return this.#at;
  }

  get tableBytes(): number {
    return [this.starts, this.#nodes, this.#lasts, this.#counts, this.#parents, this.#inner].reduce((sum, list) => sum + list.bytes, 0);
  }

  /** Reads on for about so many bytes. True when it has come to the end or to damage. */
  run(budget: number): boolean {
    const { bytes } = this;
    const limit = Math.min(bytes.length, this.#at + budget);
    while (!this.done && this.#at < limit) {
      const byte = bytes[this.#at]!;
      if (isSpace(byte)) this.#at++;
      else if (!this.#step(byte)) this.#fail(this.#at, this.#complaint(byte));
    }
    if (!this.done && this.#at >= bytes.length) {
      if (this.#expect === expects.end) this.done = true;
      else this.#fail(bytes.length, this.starts.length === 0 ? 'there is nothing but space' : 'the text ends in the middle');
    }
    return this.done;
  }

  #fail(offset: number, reason: string): void {
    this.damage ??= { offset, reason };
    this.done = true;
  }

  /** Takes one token. False when it does not belong here, unless it has told the damage itself. */
  #step(byte: number): boolean {
    switch (this.#expect) {
      case expects.keyOrEnd:
        if (byte === closeBrace) return this.#close();
        return byte === quote && this.#key();
      case expects.key: return byte === quote && this.#key();
      case expects.valueOrEnd:
        if (byte === closeBracket) return this.#close();
        this.starts.push(this.#at);
        return this.#value(byte);
      case expects.value:
        // An object's value begins with its name, which is noted already.
        if (this.#current === 0 || !this.#isObjectAt(this.#current - 1)) this.starts.push(this.#at);
        return this.#value(byte);
      case expects.separator: return this.#separator(byte);
      case expects.end: return false;
    }
  }

  #key(): boolean {
    this.starts.push(this.#at);
    const end = this.#string(this.#at);
    if (end < 0) return true;
    const at = skipSpace(this.bytes, end);
    if (this.bytes[at] !== colon) {
      this.#fail(at, at >= this.bytes.length ? 'the text ends in the middle' : 'a colon is missing after the name');
      return true;
    }
    this.#at = at + 1;
    this.#expect = expects.value;
    return true;
  }

  #value(byte: number): boolean {
    if (this.#current > 0) this.#counts.set(this.#current - 1, this.#counts.get(this.#current - 1) + 1);
    if (byte === openBrace || byte === openBracket) return this.#open(byte === openBrace);
    const end = byte === quote ? this.#string(this.#at) : byte === 0x2d || (byte >= 0x30 && byte <= 0x39) ? this.#number(this.#at) : this.#word(byte);
    if (end < 0) return this.damage !== undefined;
    this.#at = end;
    this.#expect = this.#current > 0 ? expects.separator : expects.end;
    return true;
  }

  #open(isObject: boolean): boolean {
    if (++this.#depth > deepest) {
      this.#fail(this.#at, `it nests more than ${deepest.toLocaleString('en')} levels deep`);
      return true;
    }
    this.#nodes.push(this.starts.length - 1);
    this.#lasts.push(open);
    this.#counts.push(0);
    this.#parents.push((isObject ? 0x80000000 : 0) + this.#current);
    this.#inner.push(0);
    this.#current = this.groups;
    this.#at++;
    this.#expect = isObject ? expects.keyOrEnd : expects.valueOrEnd;
    return true;
  }

  #close(): boolean {
    const group = this.#current - 1;
    this.#lasts.set(group, this.starts.length - 1);
    this.#inner.set(group, this.groups - 1 - group);
    this.#current = this.#parents.get(group) & 0x7fffffff;
    this.#depth--;
    this.#at++;
    this.#expect = this.#current > 0 ? expects.separator : expects.end;
    return true;
  }

  #separator(byte: number): boolean {
    const isObject = this.#isObjectAt(this.#current - 1);
    if (byte === (isObject ? closeBrace : closeBracket)) return this.#close();
    if (byte !== comma) return false;
    this.#at++;
    this.#expect = isObject ? expects.key : expects.value;
    return true;
  }

  /** Behind the string, or -1 with the damage told. */
  #string(at: number): number {
    const { bytes } = this;
    const { length } = bytes;
    let here = at + 1;
    while (here < length) {
      const byte = bytes[here]!;
      if (byte === quote) return here + 1;
      if (byte === backslash) {
        const size = escapeSize(bytes, here);
        if (size === 0) {
          this.#fail(here, here + 1 >= length ? 'the text ends in the middle' : 'a backslash in a text does not begin an escape that JSON knows');
          return -1;
        }
        here += size;
      } else if (byte < 0x20) {
        this.#fail(here, byte === 0x0a || byte === 0x0d ? 'a text is not closed on its line' : 'a control character stands in a text');
        return -1;
      } else here++;
    }
    this.#fail(length, 'the text ends in the middle');
    return -1;
  }

  /** Behind the number, or -1. */
  #number(at: number): number {
    const { bytes } = this;
    const digits = (from: number): number => {
      let here = from;
      while (bytes[here]! >= 0x30 && bytes[here]! <= 0x39) here++;
      if (here === from) this.#fail(from, from >= bytes.length ? 'the text ends in the middle' : 'a number is not finished');
      return here;
    };
    let here = bytes[at] === 0x2d ? at + 1 : at;
    here = bytes[here] === 0x30 ? here + 1 : digits(here);
    if (!this.damage && bytes[here] === 0x2e) here = digits(here + 1);
    if (!this.damage && (bytes[here]! | 0x20) === 0x65) here = digits(bytes[here + 1] === 0x2b || bytes[here + 1] === 0x2d ? here + 2 : here + 1);
    return this.damage ? -1 : here;
  }

  #word(byte: number): number {
    const word = byte === 0x74 ? 'true' : byte === 0x66 ? 'false' : byte === 0x6e ? 'null' : undefined;
    if (word === undefined) return -1;
    for (let i = 0; i < word.length; i++) {
      const found = this.bytes[this.#at + i];
      if (found === word.charCodeAt(i)) continue;
      this.#fail(this.#at + i, found === undefined ? 'the text ends in the middle' : `only the word ${word} could stand here`);
      return -1;
    }
    return this.#at + word.length;
  }

  #complaint(byte: number): string {
    const found = byte > 0x20 && byte < 0x7f ? `“${String.fromCharCode(byte)}”` : `the byte 0x${byte.toString(16).padStart(2, '0')}`;
    switch (this.#expect) {
      case expects.end: return `${found} stands after the end of the value`;
      case expects.separator: return `a comma or a closing bracket is expected, and ${found} stands there`;
      case expects.key: return byte === closeBrace ? 'a comma stands before the closing bracket' : `a name in quotes is expected, and ${found} stands there`;
      case expects.keyOrEnd: return `a name in quotes is expected, and ${found} stands there`;
      case expects.value: return byte === closeBracket ? 'a comma stands before the closing bracket' : `a value is expected, and ${found} stands there`;
      case expects.valueOrEnd: return `a value is expected, and ${found} stands there`;
    }
  }

  /** The group that a value is, or -1. */
  groupOf(node: number): number {
    const at = this.#nodes.countUpTo(node) - 1;
    return at >= 0 && this.#nodes.get(at) === node ? at : -1;
  }

  /** The number of groups up to and including this value: the first group behind it. */
  groupsUpTo(node: number): number {
    return this.#nodes.countUpTo(node);
  }

  nodeOf(group: number): number {
    return this.#nodes.get(group);
  }

  /** The last value inside a group so far, itself when it holds nothing. */
  lastOf(group: number): number {
    const last = this.#lasts.get(group);
    return last === open ? this.length - 1 : last;
  }

  isOpen(group: number): boolean {
    return this.#lasts.get(group) === open;
  }

  /** How many values a group holds directly, so far. */
  countOf(group: number): number {
    return this.#counts.get(group);
  }

  /** The group around a group, or -1. */
  outerOf(group: number): number {
    return (this.#parents.get(group) & 0x7fffffff) - 1;
  }

  #isObjectAt(group: number): boolean {
    return this.#parents.get(group) >= 0x80000000;
  }

  isObject(group: number): boolean {
    return this.#isObjectAt(group);
  }

  /** The first group that is not inside this one and comes after it. */
  behind(group: number): number {
    return this.isOpen(group) ? this.groups : group + this.#inner.get(group) + 1;
  }

  /** The group that a value stands in, or -1 for the root. */
  parentOf(node: number): number {
    if (node === 0) return -1;
    let group = this.#nodes.countUpTo(node - 1) - 1;
    while (group >= 0 && this.lastOf(group) < node) group = this.outerOf(group);
    return group;
  }

  /** Where the value itself begins, behind its name. `parent` saves looking it up. */
  valueStart(node: number, parent = this.parentOf(node)): number {
    const start = this.starts.get(node);
    if (parent < 0 || !this.#isObjectAt(parent)) return start;
    return skipSpace(this.bytes, skipSpace(this.bytes, stringEnd(this.bytes, start)) + 1);
  }

  /** Behind the value's last byte. Of a group that has been read whole. */
  valueEnd(node: number): number {
    const group = this.groupOf(node);
    if (group < 0) return leafEnd(this.bytes, this.valueStart(node));
    const last = this.lastOf(group);
    // The last value inside is a leaf or an empty group; behind it are only space and closing brackets, one for each group it ends.
    const empty = this.groupOf(last);
    let end = empty < 0 ? leafEnd(this.bytes, this.valueStart(last)) : skipSpace(this.bytes, this.valueStart(last) + 1) + 1;
    for (let at = empty < 0 ? this.parentOf(last) : this.outerOf(empty); at >= group; at = this.outerOf(at)) end = skipSpace(this.bytes, end) + 1;
    return end;
  }
}

/** The size of the escape at a backslash, or 0 when it is none. */
function escapeSize(bytes: Uint8Array, at: number): number {
  const kind = bytes[at + 1];
  if (kind === undefined) return 0;
  if (kind !== 0x75) return '"\\/bfnrt'.includes(String.fromCharCode(kind)) ? 2 : 0;
  for (let i = 2; i < 6; i++) {
    const byte = bytes[at + i];
    const hex = byte !== undefined && ((byte >= 0x30 && byte <= 0x39) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66));
    if (!hex) return 0;
  }
  return 6;
}

/** The line and column of a byte, both from 1; columns as the editor counts them (UTF-16 units). */
export function placeOf(bytes: Uint8Array, offset: number): { line: number; column: number } {
  let line = 1;
  let lineStart = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  for (let at = bytes.indexOf(0x0a); at >= 0 && at < offset; at = bytes.indexOf(0x0a, at + 1)) {
    line++;
    lineStart = at + 1;
  }
  let column = 1;
  for (let at = lineStart; at < offset; at++) {
    const byte = bytes[at]!;
    if ((byte & 0xc0) !== 0x80) column += byte >= 0xf0 ? 2 : 1;
  }
  return { line, column };
}
