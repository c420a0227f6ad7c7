// What the answer's page and its worker say to each other. The page asks, each question has one reply; progress and search hits come by
// themselves. All of it is plain data. Free of the DOM.
import type { JsonDamage } from './jsonIndex.ts';

export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';

/** A row of the tree. */
export interface JsonRow {
  row: number;
  node: number;
  /** From 1. */
  level: number;
  /** The name in an object, safe to show; undefined in a list and at the root. */
  key?: string;
  /** The place in a list, from 0. */
  index?: number;
  kind: JsonKind;
  /** A leaf as it stands on the wire, safe to show, strings with their quotes; what a folded group begins with. */
  text: string;
  /** How many bytes the whole string has, when `text` is only its beginning. */
  cutFrom?: number;
  /** How many values a group holds directly. */
  count: number;
  unfolded: boolean;
  /** How many stand beside it, itself included, and its place among them, from 1. */
  siblings: number;
  position: number;
  /** Epoch milliseconds. */
  moment?: number;
  /** The name under which this id is followed. */
  follow?: string;
}

/** A row of text: a line, or a piece of a very long one. */
export interface TextRow {
  row: number;
  /** From 1; undefined for a line's further pieces. */
  line?: number;
  text: string;
}

/** `object`: the value and all in it as JSON, as on the wire. `value`: a string's text without quotes, else the same. */
export type CopyKind = 'value' | 'object' | 'path' | 'pointer';

export interface SearchWish {
  query: string;
  keys: boolean;
  values: boolean;
}

/** The ids by name around a value, the nearest first. */
export interface Followed {
  name: string;
  value: string;
  ids: Readonly<Record<string, string>>;
}

export interface Question {
  open: { bytes: Uint8Array; form: 'json' | 'xml' | 'text' };
  /** Rows of the tree, or of the text as it is shown, from one up to and without another. */
  treeRows: { from: number; to: number };
  textRows: { from: number; to: number };
  fold: { row: number; how: 'fold' | 'unfold' | 'siblings' };
  foldAll: { how: 'fold' | 'unfold' };
  /** The row of the group around a row, -1 for none. */
  parent: { row: number };
  /** Text for the clipboard or the value's pane; a length in characters bounds it. */
  copy: { node: number; kind: CopyKind; most?: number };
  /** The whole text. */
  copyText: Record<never, never>;
  follow: { node: number };
  search: SearchWish & { in: 'tree' | 'text' };
  /** The hit with this number, from 0: unfolds what hides it. */
  hit: { at: number };
  close: Record<never, never>;
}

export interface Reply {
  open: Progress;
  treeRows: { rows: readonly JsonRow[]; total: number };
  textRows: { rows: readonly TextRow[]; total: number };
  fold: { total: number };
  foldAll: { total: number };
  parent: { row: number };
  copy: { text: string; whole: boolean };
  copyText: { text: string };
  follow: { followed: Followed | undefined };
  search: Found;
  hit: { row: number; total: number };
  close: Record<never, never>;
}

export type QuestionKind = keyof Question;

export interface Progress {
  /** Rows in sight so far; of the tree for JSON that can be read, else of the text. */
  tree: number;
  text: number;
  /** Bytes read of the whole. */
  read: number;
  size: number;
  done: boolean;
  /** The text is XML that was given line ends for reading. */
  indented?: boolean;
  /** Why a text that calls itself JSON is shown as text. */
  damage?: JsonDamage & { line: number; column: number };
}

export interface Found {
  hits: number;
  /** Only the first so many are counted. */
  more: boolean;
  done: boolean;
}

/** What comes by itself. */
export type Notice = { type: 'progress'; progress: Progress } | { type: 'found'; found: Found } | { type: 'stopped'; text: string };

export type ToWorker = { [K in QuestionKind]: { id: number; kind: K; ask: Question[K] } }[QuestionKind];
/** `ready` once, when the worker runs. */
export type FromWorker = { type: 'ready' } | { id: number; reply: Reply[QuestionKind] } | { id: number; failed: string } | Notice;
