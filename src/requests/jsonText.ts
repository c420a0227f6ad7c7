// JSON text as people write it: what keeps it from being JSON, in words and with its place. Comments and commas too many are told as what
// they are, and one fault is told once: what a parser stumbles over afterwards is left out. Values of the text are never repeated, since
// they may be private. Free of vscode.
import { createScanner, parseTree, type Node, type ParseError } from 'jsonc-parser';
import { endOfString, quote, withoutLongTexts, type ShortText } from './longTexts.ts';

/** Something wrong in a text, where it stands there (in characters). */
export interface DocumentProblem {
  message: string;
  offset: number;
  length: number;
}

/** Deeper than this nothing of the API goes, and a parser that calls itself would run out of room. */
const deepest = 200;
/** No more than that are told of one text. */
export const mostProblems = 50;

// The package's own names are const enums, which a compiler that sees one file at a time cannot take over.
const token = { openBrace: 1, closeBrace: 2, openBracket: 3, closeBracket: 4, comma: 5, lineComment: 12, blockComment: 13, lineBreak: 14, space: 15, end: 17 } as const;
const fault = { symbol: 1, number: 2, name: 3, value: 4, colon: 5, comma: 6, closeBrace: 7, closeBracket: 8, afterEnd: 9, comment: 10, commentEnd: 11, stringEnd: 12, numberEnd: 13, unicode: 14, escape: 15, character: 16 } as const;

/** What a text says and its tree, when it is JSON; else its problems, the first one first. */
export function readJson(text: string): { value?: unknown; root?: Node; problems: DocumentProblem[] } {
  // A byte order mark is no fault of whoever wrote the file; a space in its place keeps every offset.
  const bare = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
  if (bare.trim() === '') return { problems: [{ message: 'There is nothing in it.', offset: 0, length: text.length }] };
  const short = withoutLongTexts(bare);
  try {
    // The engine's own parser is fast, and knows no special names.
    const value: unknown = JSON.parse(short.text);
    return depthOf(short.text) > deepest ? { problems: faultsOf(bare, short) } : short.whole(value, parseTree(short.text)!);
  } catch {
    return { problems: faultsOf(bare, short) };
  }
}

/** Where things stand in a whole text, told by their offsets in the short one. */
class Places {
  readonly #short: ShortText;
  readonly #lines: LineStarts;
  readonly #oneLine: boolean;

  constructor(text: string, short: ShortText) {
    this.#short = short;
    this.#lines = new LineStarts(text);
    this.#oneLine = !/[\r\n]/.test(short.text);
  }

  offset(short: number): number {
    return this.#short.offset(short);
  }

  line(short: number): number {
    return this.#lines.at(this.offset(short)).line;
  }

  /** In words. */
  at(short: number): string {
    const { line, column } = this.#lines.at(this.offset(short));
    return this.#oneLine ? `at column ${column}` : `at line ${line}`;
  }
}

/** Why a text is no JSON that can be taken. */
function faultsOf(whole: string, short: ShortText): DocumentProblem[] {
  const { text } = short;
  const places = new Places(whole, short);
  const { problems, unclosed, closers, tooDeep } = lexical(text, places);
  if (tooDeep !== undefined) return [{ message: `More than ${deepest} levels of brackets ${places.at(tooDeep)}.`, offset: places.offset(tooDeep), length: 1 }];
  const errors: ParseError[] = [];
  parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const lines = new Set(problems.map(({ offset }) => places.line(offset)));
  const unended = errors.filter(({ error }) => error === fault.stringEnd);
  // What comes after so many is told no better.
  for (const one of (unended.length > 0 ? unended : errors).slice(0, 4 * mostProblems)) {
    if (problems.length >= mostProblems) break;
    const line = places.line(one.offset);
    if ((one.error as number) === fault.comment || closers.has(one.offset) || lines.has(line)) continue;
    lines.add(line);
    problems.push({ message: inWords(text, one, unclosed, places), offset: one.offset, length: Math.max(1, one.length) });
  }
  if (problems.length === 0) problems.push({ message: 'Not valid JSON.', offset: 0, length: 1 });
  return problems.map((one) => {
    const offset = places.offset(one.offset);
    return { ...one, offset, length: places.offset(one.offset + one.length) - offset };
  }).sort((a, b) => a.offset - b.offset);
}

/** How deep the brackets of JSON text go. By hand: a pattern would need room for every character of a long text. */
function depthOf(text: string): number {
  let [depth, most] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (code === 0x7b || code === 0x5b) most = Math.max(most, depth += 1);
    else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return most;
}

interface Lexical {
  problems: DocumentProblem[];
  /** Where the innermost bracket stands that nothing closes. */
  unclosed: number | undefined;
  /** Brackets before which a comma too many was found: the parser complains there. */
  closers: Set<number>;
  tooDeep: number | undefined;
}

/** What can be told without knowing the structure. */
function lexical(text: string, places: Places): Lexical {
  const scanner = createScanner(text);
  const found: Lexical = { problems: [], unclosed: undefined, closers: new Set(), tooDeep: undefined };
  const open: number[] = [];
  let comma: number | undefined;
  for (let kind = scanner.scan() as number; kind !== token.end; kind = scanner.scan()) {
    const offset = scanner.getTokenOffset();
    if (kind === token.space || kind === token.lineBreak) continue;
    if (kind === token.lineComment || kind === token.blockComment) {
      if (found.problems.length < mostProblems) found.problems.push({ message: `A comment ${places.at(offset)}: JSON has none.`, offset, length: scanner.getTokenLength() });
      continue;
    }
    const closes = kind === token.closeBrace || kind === token.closeBracket;
    if (closes && comma !== undefined) {
      found.closers.add(offset);
      if (found.problems.length < mostProblems) found.problems.push({ message: `A comma before ${text[offset]} ${places.at(comma)}: JSON takes none after the last entry.`, offset: comma, length: 1 });
    }
    comma = kind === token.comma ? offset : undefined;
    if (closes) open.pop();
    else if (kind === token.openBrace || kind === token.openBracket) open.push(offset);
    if (open.length > deepest) return { ...found, tooDeep: offset };
  }
  return { ...found, unclosed: open.at(-1) };
}

function inWords(text: string, { error, offset, length }: ParseError, unclosed: number | undefined, places: Places): string {
  const place = places.at(offset);
  switch (error as number) {
    case fault.symbol: return symbolInWords(text.slice(offset, offset + length), place);
    case fault.number: case fault.numberEnd: return `A number ${place} that is not written as JSON writes one.`;
    case fault.name: return `A name in double quotes is missing ${place}.`;
    case fault.value: return `A value is missing ${place}.`;
    case fault.colon: return `A colon is missing between a name and its value ${place}.`;
    case fault.comma: return commaInWords(text, offset, places);
    case fault.closeBrace: case fault.closeBracket: {
      const bracket = (error as number) === fault.closeBrace ? '}' : ']';
      return `It ends too early: ${unclosed === undefined ? `a ${bracket} is missing` : `the ${text[unclosed]} ${places.at(unclosed)} is never closed`}.`;
    }
    case fault.afterEnd: return `Text after the end ${place}: there can be one value only.`;
    case fault.stringEnd: return `A text ${place} has no double quote at its end.`;
    case fault.unicode: return `A \\u without four hexadecimal digits after it ${place}.`;
    case fault.escape: return `A backslash ${place} before a character that it does not go with; \\\\ is a backslash.`;
    case fault.character: return `A tab or another control character inside a text ${place}; \\t is a tab.`;
    default: return `Not valid JSON ${place}.`;
  }
}

function symbolInWords(symbol: string, place: string): string {
  const [first = ''] = symbol;
  if (first === '\'' || first === '`') return `A text in single quotes ${place}: JSON wants double quotes.`;
  if ('“”„‘’«»'.includes(first)) return `Typographic quotes ${place}: JSON wants plain double quotes.`;
  if (/[\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]/.test(first)) return `A space ${place} that JSON does not know (U+${first.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}): put a plain one in its place.`;
  if (first === '#') return `A comment ${place}: JSON has none.`;
  if (/^[-+.\d]/.test(symbol)) return `A number ${place} that is not written as JSON writes one.`;
  if (/^(true|false|null|none|undefined|nan|infinity)$/i.test(symbol)) return `${symbol} ${place}: JSON knows true, false and null, in small letters.`;
  return `Something ${place} that JSON does not know: names and texts stand in double quotes.`;
}

function commaInWords(text: string, offset: number, places: Places): string {
  if (/\d/.test(text[offset] ?? '') && text[offset - 1] === '0') return `A number that begins with 0 ${places.at(offset)}: digits that are no amount stand in double quotes.`;
  const before = text.slice(0, offset).trimEnd().length;
  const line = places.line(before);
  return `A comma is missing ${line === places.line(offset) ? places.at(offset) : `at the end of line ${line}`}.`;
}

/** Lines and columns of many places of one text, which is looked through once. */
export class LineStarts {
  readonly #starts = [0];

  constructor(text: string) {
    const { length } = text;
    let [feed, carriage] = [text.indexOf('\n'), text.indexOf('\r')];
    while (feed >= 0 || carriage >= 0) {
      const isCarriage = carriage >= 0 && (feed < 0 || carriage < feed);
      const at = isCarriage ? carriage : feed;
      const next = isCarriage && feed === at + 1 ? at + 2 : at + 1;
      this.#starts.push(next);
      if (next >= length) break;
      if (feed >= 0 && feed < next) feed = text.indexOf('\n', next);
      if (carriage >= 0 && carriage < next) carriage = text.indexOf('\r', next);
    }
  }

  at(offset: number): { line: number; column: number } {
    let [low, high] = [0, this.#starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - this.#starts[low]! + 1 };
  }
}

/** Line and column of a place, both from 1. */
export const lineColumn = (text: string, offset: number): { line: number; column: number } => new LineStarts(text.slice(0, offset)).at(offset);
