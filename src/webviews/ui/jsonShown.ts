// Rows of the tree as the page shows them. Values stand as they came: numbers keep their digits, names that stand twice stand twice.
// Text of an answer is foreign: what would move or hide other text (line ends, direction marks, control characters) is written as an escape.
import type { JsonKind, JsonRow } from './answerMessages.ts';
import { backslash, characterStart, leafEnd, openBrace, openBracket, quote, stringEnd, textOf, unescaped } from './jsonBytes.ts';
import { epochMilliseconds, idName } from './jsonIds.ts';
import type { JsonIndex } from './jsonIndex.ts';
import { eachChild, holderOf, keyOf, leafText, type Places } from './jsonPaths.ts';
import type { JsonRows } from './jsonRows.ts';

/** Bytes of a string, a name, a folded group's beginning that a row shows. */
const longestText = 160;
const longestKey = 120;
const longestPreview = 90;
const mostPreviewed = 12;

const hidden = /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** The text as a JSON string writes it inside its quotes, with whatever cannot be seen as an escape. */
export const safe = (text: string): string =>
  JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replace(hidden, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A string between two offsets, quotes included, as far as so many bytes. */
function shownString(bytes: Uint8Array, from: number, to: number, most: number): string {
  if (to - from - 2 <= most) return safe(unescaped(textOf(bytes, from + 1, to - 1)));
  let end = characterStart(bytes, from + 1 + most);
  // Never in the middle of an escape.
  for (let at = end - 1; at > end - 7 && at > from; at--) {
    if (bytes[at] !== backslash) continue;
    let run = 1;
    while (bytes[at - run] === backslash) run++;
    const size = bytes[at + 1] === 0x75 ? 6 : 2;
    if (run % 2 === 1 && at + size > end) end = at;
    break;
  }
  return `${safe(unescaped(textOf(bytes, from + 1, end)))}…`;
}

export function kindAt(bytes: Uint8Array, start: number): JsonKind {
  switch (bytes[start]) {
    case openBrace: return 'object';
    case openBracket: return 'array';
    case quote: return 'string';
    case 0x74: case 0x66: return 'boolean';
    case 0x6e: return 'null';
    default: return 'number';
  }
}

/** The rows from one to another, the latter not included. */
export function shownRows(index: JsonIndex, rows: JsonRows, places: Places, from: number, to: number): JsonRow[] {
  const shown: JsonRow[] = [];
  /** The group around the row before and what is known of it: neighbours mostly share it. */
  let around = { group: -2, level: 0, holder: undefined as string | undefined };
  let before = { group: -2, place: -1 };
  for (let row = Math.max(0, from); row < Math.min(to, rows.length); row++) {
    const node = rows.node(row);
    const parent = index.parentOf(node);
    if (parent !== around.group) around = { group: parent, level: levelOf(index, parent), holder: parent < 0 ? undefined : holderOf(index, parent) };
    // Two rows in one group, one right after the other, are neighbours in it.
    const place = before.group === parent ? before.place + 1 : places.of(node, parent);
    before = { group: parent, place };
    shown.push(shownRow(index, rows, row, node, parent, place, around.level, around.holder));
  }
  return shown;
}

/** How many groups are around, plus one. */
function levelOf(index: JsonIndex, parent: number): number {
  let level = 1;
  for (let group = parent; group >= 0; group = index.outerOf(group)) level++;
  return level;
}

function shownRow(index: JsonIndex, rows: JsonRows, row: number, node: number, parent: number, place: number, level: number, holder: string | undefined): JsonRow {
  const { bytes } = index;
  const inObject = parent >= 0 && index.isObject(parent);
  const start = index.valueStart(node, parent);
  const kind = kindAt(bytes, start);
  const base = {
    row, node, level, kind, count: 0, unfolded: false, siblings: parent < 0 ? 1 : index.countOf(parent), position: place + 1,
    ...(inObject ? { key: shownString(bytes, index.starts.get(node), stringEnd(bytes, index.starts.get(node)), longestKey) } : parent >= 0 && { index: place }),
  };
  if (kind === 'object' || kind === 'array') {
    const group = index.groupOf(node);
    const unfolded = rows.isUnfolded(group);
    return { ...base, count: index.countOf(group), unfolded, text: unfolded ? '' : previewOf(index, group) };
  }
  const end = leafEnd(bytes, start);
  if (kind === 'string') {
    const long = end - start - 2 > longestText;
    const follow = long ? undefined : followName(index, node, parent, holder);
    // The API echoes some dates as text.
    const moment = end - start > 12 ? undefined : epochMilliseconds(keyOf(index, node, parent), textOf(bytes, start + 1, end - 1));
    return { ...base, text: `"${shownString(bytes, start, end, longestText)}"`, ...(long && { cutFrom: end - start - 2 }), ...(moment !== undefined && { moment }), ...(follow && { follow }) };
  }
  const long = end - start > longestText;
  const text = textOf(bytes, start, Math.min(end, start + longestText));
  if (kind !== 'number') return { ...base, text };
  const moment = epochMilliseconds(keyOf(index, node, parent), text);
  const follow = long ? undefined : followName(index, node, parent, holder);
  return { ...base, text: long ? `${text}…` : text, ...(long && { cutFrom: end - start }), ...(moment !== undefined && { moment }), ...(follow && { follow }) };
}

function followName(index: JsonIndex, node: number, parent: number, holder: string | undefined): string | undefined {
  if (parent < 0) return undefined;
  return idName(keyOf(index, node, parent), holder, leafText(index, node, parent) ?? '');
}

/** What a folded group begins with: its first few leaves, in a line; an ellipsis says that there is more. */
function previewOf(index: JsonIndex, group: number): string {
  const { bytes } = index;
  let text = '';
  let more = false;
  eachChild(index, group, (child, inner, position) => {
    more = text.length >= longestPreview || position >= mostPreviewed;
    if (more) return false;
    if (inner >= 0) return true;
    const start = index.valueStart(child, group);
    const end = leafEnd(bytes, start);
    const value = bytes[start] === quote ? `"${shownString(bytes, start, end, 40)}"` : textOf(bytes, start, Math.min(end, start + 40));
    const key = index.isObject(group) ? `${shownString(bytes, index.starts.get(child), stringEnd(bytes, index.starts.get(child)), 40)}: ` : '';
    text += `${text && ', '}${key}${value}`;
    return true;
  });
  return more || text.length > longestPreview ? `${text.slice(0, longestPreview).replace(/[\ud800-\udbff]$/, '')}…` : text;
}
