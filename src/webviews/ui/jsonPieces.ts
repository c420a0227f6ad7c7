// JSON.parse in pieces, so that 60 MB of it do not hold the page for a second, and need no text as long as themselves. The bytes are only
// looked through for where a member or an item ends; what is read is read by JSON.parse, so that the outcome, and what is refused, is its own.
import { closeBrace, closeBracket, colon, comma, openBrace, openBracket, quote, skipSpace, stringEnd, textOf } from './jsonBytes.ts';

/** Bytes that are parsed at once: a few milliseconds. */
const usual = 256 * 1024;
/** Levels of values larger than a piece; what nests deeper is parsed whole, since each level is looked through again. */
const deepest = 24;

/** Yields between pieces. Throws a SyntaxError for what is no JSON. A byte order mark is no part of the text. */
export function* parsePieces(bytes: Uint8Array, piece = usual): Generator<void, unknown, void> {
  const at = skipSpace(bytes, bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0);
  const read = new Reading(bytes, piece);
  const value = yield* read.value(at, 0);
  if (skipSpace(bytes, read.at) !== bytes.length) throw damaged();
  return value;
}

const damaged = () => new SyntaxError('The text is no JSON.');

class Reading {
  readonly #bytes: Uint8Array;
  readonly #piece: number;
  /** Behind the value read last. */
  at = 0;

  constructor(bytes: Uint8Array, piece: number) {
    this.#bytes = bytes;
    this.#piece = piece;
  }

  * value(from: number, depth: number): Generator<void, unknown, void> {
    const first = this.#bytes[from];
    const nests = first === openBrace || first === openBracket;
    const end = this.#end(from, nests && depth < deepest ? from + this.#piece : Infinity);
    if (end !== undefined) {
      this.at = end;
      return JSON.parse(textOf(this.#bytes, from, end));
    }
    return first === openBrace ? yield* this.#object(from, depth) : yield* this.#list(from, depth);
  }

  * #list(from: number, depth: number): Generator<void, unknown[], void> {
    const list: unknown[] = [];
    yield* this.#parts(from + 1, closeBracket, (begin, end) => {
      for (const item of JSON.parse(`[${textOf(this.#bytes, begin, end)}]`) as unknown[]) list.push(item);
    }, (begin) => this.#into(list, begin, depth));
    return list;
  }

  * #into(list: unknown[], begin: number, depth: number): Generator<void, void, void> {
    list.push(yield* this.value(begin, depth + 1));
  }

  * #object(from: number, depth: number): Generator<void, Record<string, unknown>, void> {
    const object: Record<string, unknown> = {};
    yield* this.#parts(from + 1, closeBrace, (begin, end) => {
      for (const [name, value] of Object.entries(JSON.parse(`{${textOf(this.#bytes, begin, end)}}`) as object)) set(object, name, value);
    }, (begin) => this.#member(object, begin, depth));
    return object;
  }

  * #member(object: Record<string, unknown>, begin: number, depth: number): Generator<void, void, void> {
    if (this.#bytes[begin] !== quote) throw damaged();
    const end = stringEnd(this.#bytes, begin);
    const between = skipSpace(this.#bytes, end);
    if (this.#bytes[between] !== colon) throw damaged();
    const name = JSON.parse(textOf(this.#bytes, begin, end)) as string;
    set(object, name, yield* this.value(skipSpace(this.#bytes, between + 1), depth + 1));
  }

  /** Hands over as many members or items at once as make up a piece, with the commas between them; one that is larger goes alone. */
  * #parts(from: number, close: number, several: (begin: number, end: number) => void, large: (begin: number) => Generator<void, void, void>): Generator<void, void, void> {
    const bytes = this.#bytes;
    let begin = skipSpace(bytes, from);
    let end = begin;
    if (bytes[begin] === close) {
      this.at = begin + 1;
      return;
    }
    for (let at = begin; ;) {
      const one = this.#end(at, at + this.#piece);
      if (one === undefined) {
        // The comma before it is no part of those before.
        if (end > begin) several(begin, end);
        yield;
        yield* large(at);
        begin = end = this.at;
      } else if (one === at) throw damaged();
      else end = one;
      const next = skipSpace(bytes, one ?? this.at);
      const done = bytes[next] === close;
      if (!done && bytes[next] !== comma) throw damaged();
      if (end > begin && (done || end - begin > this.#piece)) {
        several(begin, end);
        yield;
        begin = end;
      }
      if (done) {
        this.at = next + 1;
        return;
      }
      at = skipSpace(bytes, next + 1);
      if (begin === end) begin = end = at;
    }
  }

  /** Behind the value, or the name with its value, that begins at `from`, up to a comma or the end of what holds it; undefined beyond `most`. */
  #end(from: number, most: number): number | undefined {
    const bytes = this.#bytes;
    let depth = 0;
    let last = from;
    for (let at = from; at < bytes.length;) {
      if (at > most) return undefined;
      const byte = bytes[at]!;
      if (byte === quote) last = at = stringEnd(bytes, at);
      else if (byte === openBrace || byte === openBracket) {
        depth++;
        last = ++at;
      } else if (byte === closeBrace || byte === closeBracket) {
        if (depth === 0) return last;
        depth--;
        last = ++at;
        if (depth === 0 && (bytes[from] === openBrace || bytes[from] === openBracket)) return last;
      } else if (byte === comma && depth === 0) return last;
      else {
        at++;
        if (byte > 0x20) last = at;
      }
    }
    return last;
  }
}

function set(object: Record<string, unknown>, name: string, value: unknown): void {
  // An assignment of that name would set the object's prototype.
  if (name === '__proto__') Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  else object[name] = value;
}
