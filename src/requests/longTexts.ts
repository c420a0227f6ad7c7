// Long texts inside JSON: a file in Base64 is megabytes of one value. Reading them character by character, as a parser with places must, would
// hold the editor up at each edit; here they are taken out first, each checked by the engine's own parser, and put back into what was read.
// Free of vscode.
import type { Node } from 'jsonc-parser';

/** In characters; shorter ones cost nothing to speak of. */
const longText = 4_000;

export const quote = 0x22;

/** Where a string ends: its closing quote, one before which an even number of backslashes stands; the text's length when nothing ends it. */
export function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === 0x5c) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A string that was taken out: an empty one stands in its place. */
interface Cut {
  /** Of the opening quote, in the short text. */
  at: number;
  /** Characters that are gone up to and with this one. */
  gone: number;
  value: string;
}

/** A text whose long strings are empty. */
export interface ShortText {
  text: string;
  /** Where in the whole text this place of the short one is. */
  offset(short: number): number;
  /** Puts the long texts back into a value of the short text and into its tree, whose offsets become those of the whole. */
  whole(value: unknown, root: Node): { value: unknown; root: Node; problems: [] };
}

/** Strings that are none, such as one with a line break, stay, so that they are told. */
export function withoutLongTexts(text: string): ShortText {
  const cuts: Cut[] = [];
  const pieces: string[] = [];
  let [from, gone] = [0, 0];
  for (let at = text.length > longText ? text.indexOf('"') : -1; at >= 0;) {
    const end = endOfString(text, at);
    const value = end - at > longText && end < text.length ? stringOf(text.slice(at, end + 1)) : undefined;
    if (value !== undefined) {
      pieces.push(text.slice(from, at + 1));
      cuts.push({ at: at - gone, gone: gone += end - at - 1, value });
      from = end;
    }
    at = text.indexOf('"', end + 1);
  }
  const short = cuts.length === 0 ? text : pieces.join('') + text.slice(from);
  return { text: short, offset: (place) => place + goneBefore(cuts, place), whole: (value, root) => ({ value: cuts.length === 0 ? value : putBack(cuts, root), root, problems: [] }) };
}

function stringOf(json: string): string | undefined {
  try {
    return JSON.parse(json) as string;
  } catch {
    return undefined;
  }
}

function goneBefore(cuts: readonly Cut[], place: number): number {
  let [low, high] = [0, cuts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cuts[middle]!.at < place) low = middle + 1;
    else high = middle;
  }
  return cuts[low - 1]?.gone ?? 0;
}

/** Gives the nodes of the short text their places in the whole one. Made anew, not patched: a name may stand twice. */
function putBack(cuts: readonly Cut[], root: Node): unknown {
  const byPlace = new Map(cuts.map((cut) => [cut.at, cut.value]));
  const moved = (node: Mutable<Node>): void => {
    const end = node.offset + node.length;
    node.offset += goneBefore(cuts, node.offset);
    node.length = end + goneBefore(cuts, end) - node.offset;
    if (node.colonOffset !== undefined) node.colonOffset += goneBefore(cuts, node.colonOffset);
  };
  const visit = (node: Mutable<Node>): unknown => {
    const { offset } = node;
    moved(node);
    if (node.type === 'string') return node.value = byPlace.get(offset) ?? node.value as unknown;
    if (node.type === 'array') return (node.children ?? []).map(visit);
    if (node.type !== 'object') return node.value as unknown;
    const value = {};
    for (const property of node.children ?? []) {
      const { children: [name, child] = [] } = property;
      moved(property);
      if (!name || !child) continue;
      // As the engine's parser does it, also for a name such as "__proto__".
      Object.defineProperty(value, String(visit(name)), { value: visit(child), writable: true, enumerable: true, configurable: true });
    }
    return value;
  };
  return visit(root);
}
