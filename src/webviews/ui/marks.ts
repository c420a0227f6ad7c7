// Marks what a search found. A long text is shown from a little before its first hit on, so that a cell that cuts it shows why its row is there;
// where only the value as it came holds the words (1234 of "$1,234.00"), all of what is shown is marked.
import { html, type TemplateResult } from 'lit';

export interface Piece {
  text: string;
  hit: boolean;
}

/** Longer cells are not drawn whole. */
const longest = 500;
/** A text of up to so many characters is seen whole in nearly every cell. */
const short = 40;
/** So many characters stand before the first hit. */
const before = 12;

/** `terms` are in small letters, as the search has them; the pieces put together are the text, from the place of the first hit in a long one. */
export function markedPieces(text: string, raw: string, terms: readonly string[]): readonly Piece[] {
  const pattern = patternOf(terms);
  const first = text.search(pattern);
  if (first < 0) return [{ text: text.slice(0, longest), hit: text !== '' && raw !== text && raw.search(pattern) >= 0 }];
  const pieces: Piece[] = [];
  const from = startOf(text, first);
  if (from > 0) pieces.push({ text: '…', hit: false });
  const shown = text.slice(from, from + longest);
  let at = 0;
  for (const found of shown.matchAll(new RegExp(pattern.source, 'gi'))) {
    if (found.index > at) pieces.push({ text: shown.slice(at, found.index), hit: false });
    pieces.push({ text: found[0], hit: true });
    at = found.index + found[0].length;
  }
  if (at < shown.length) pieces.push({ text: shown.slice(at), hit: false });
  return pieces;
}

/** At the beginning of a word, where one begins near. */
function startOf(text: string, first: number): number {
  if (text.length <= short || first <= 2 * before) return 0;
  const near = text.slice(first - before, first).search(/\s\S/);
  return near < 0 ? first - before : first - before + near + 1;
}

let made: { terms: readonly string[]; pattern: RegExp } | undefined;

/** The same terms mark every cell in sight. */
function patternOf(terms: readonly string[]): RegExp {
  if (made?.terms !== terms) {
    const words = [...terms].sort((a, b) => b.length - a.length).map((term) => term.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&'));
    made = { terms, pattern: new RegExp(words.length > 0 ? words.join('|') : '(?!)', 'i') };
  }
  return made.pattern;
}

/**
 * As it is while nothing is searched for. In a cell, which shows one line, what stands before and after the first hit gives way to it: the style
 * sheet of the table does that with the three parts.
 */
export function marked(text: string, raw: string, terms: readonly string[] | undefined): string | TemplateResult {
  if (terms === undefined) return text.slice(0, longest);
  const pieces = markedPieces(text, raw, terms);
  const first = pieces.findIndex(({ hit }) => hit);
  if (first < 0) return text.slice(0, longest);
  const drawn = (some: readonly Piece[]) => some.map(({ text: part, hit }) => (hit ? html`<mark>${part}</mark>` : part));
  return html`<span class="found"><span class="before">${drawn(pieces.slice(0, first))}</span>${drawn(pieces.slice(first, first + 1))}<span class="after">${drawn(pieces.slice(first + 1))}</span></span>`;
}
