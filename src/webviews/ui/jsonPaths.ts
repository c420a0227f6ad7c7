// Where a value stands: its place among its siblings, its path as JSONPath and as JSON Pointer, the ids around it. Pure.
import { idName } from './jsonIds.ts';
import type { JsonIndex } from './jsonIndex.ts';
import { leafEnd, quote, stringEnd, stringSays, textOf } from './jsonBytes.ts';
import type { Followed } from './answerMessages.ts';

/** Every so many children of a large group its place is noted. */
const stride = 512;
const mostNoted = 16;

/** The children of a group one after the other; `visit` ends it by returning false. */
export function eachChild(index: JsonIndex, group: number, visit: (node: number, inner: number, position: number) => boolean, from?: { node: number; position: number }): void {
  const last = index.lastOf(group);
  let node = from?.node ?? index.nodeOf(group) + 1;
  let next = from ? index.groupsUpTo(node - 1) : group + 1;
  for (let position = from?.position ?? 0; node <= last; position++) {
    const isGroup = next < index.groups && index.nodeOf(next) === node;
    if (!visit(node, isGroup ? next : -1, position)) return;
    if (isGroup) {
      node = index.lastOf(next) + 1;
      next = index.behind(next);
    } else node++;
  }
}

/** The places of children in their groups; large groups are walked once. */
export class Places {
  readonly #index: JsonIndex;
  /** By group: the value of every `stride`th child. */
  readonly #noted = new Map<number, { nodes: number[]; length: number }>();

  constructor(index: JsonIndex) {
    this.#index = index;
  }

  /** The place of a value in its group, from 0. */
  of(node: number, parent: number): number {
    const index = this.#index;
    if (parent < 0) return 0;
    const first = index.nodeOf(parent) + 1;
    // Without groups inside, the numbers of the values tell it.
    if (index.behind(parent) === parent + 1) return node - first;
    let from: { node: number; position: number } | undefined;
    if (index.countOf(parent) > stride) {
      const { nodes } = this.#notes(parent);
      let low = 0;
      let high = nodes.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (nodes[middle]! <= node) low = middle + 1;
        else high = middle;
      }
      if (low > 0) from = { node: nodes[low - 1]!, position: (low - 1) * stride };
    }
    let place = 0;
    eachChild(index, parent, (child, _inner, position) => {
      place = position;
      return child < node;
    }, from);
    return place;
  }

  #notes(group: number): { nodes: number[] } {
    const kept = this.#noted.get(group);
    // A group that was still being read has grown since.
    if (kept && kept.length === this.#index.countOf(group)) return kept;
    const nodes: number[] = [];
    eachChild(this.#index, group, (node, _inner, position) => {
      if (position % stride === 0) nodes.push(node);
      return true;
    });
    const notes = { nodes, length: this.#index.countOf(group) };
    if (this.#noted.size >= mostNoted) this.#noted.delete(this.#noted.keys().next().value!);
    this.#noted.set(group, notes);
    return notes;
  }
}

/** The name of a value in its object; undefined in a list and at the root. */
export function keyOf(index: JsonIndex, node: number, parent: number): string | undefined {
  if (parent < 0 || !index.isObject(parent)) return undefined;
  const start = index.starts.get(node);
  return stringSays(index.bytes, start, stringEnd(index.bytes, start));
}

/** The steps from the root: names and places. */
export function stepsTo(index: JsonIndex, places: Places, node: number): (string | number)[] {
  const steps: (string | number)[] = [];
  for (let at = node, parent = index.parentOf(node); parent >= 0; at = index.nodeOf(parent), parent = index.outerOf(parent))
    steps.push(keyOf(index, at, parent) ?? places.of(at, parent));
  return steps.reverse();
}

/** `$.accounts[3].id`; names that are no plain word stand in brackets and quotes, as RFC 9535 writes them. */
export function jsonPath(steps: readonly (string | number)[]): string {
  return `$${steps.map((step) => typeof step === 'number' ? `[${step}]` : /^[A-Za-z_$][\w$]*$/.test(step) ? `.${step}` : `[${singleQuoted(step)}]`).join('')}`;
}

function singleQuoted(name: string): string {
  const inside = JSON.stringify(name).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inside}'`;
}

/** `/accounts/3/id` (RFC 6901); the root is the empty text. */
export function jsonPointer(steps: readonly (string | number)[]): string {
  return steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** What a leaf says: a string's text, else as it stands. Undefined for objects and lists. */
export function leafText(index: JsonIndex, node: number, parent = index.parentOf(node)): string | undefined {
  if (index.groupOf(node) >= 0) return undefined;
  const start = index.valueStart(node, parent);
  const end = leafEnd(index.bytes, start);
  return index.bytes[start] === quote ? stringSays(index.bytes, start, end) : textOf(index.bytes, start, end);
}

/** The key that holds a group, or the list that it is in. */
export function holderOf(index: JsonIndex, group: number): string | undefined {
  for (let at = group; at >= 0;) {
    const outer = index.outerOf(at);
    const key = keyOf(index, index.nodeOf(at), outer);
    if (key !== undefined) return key;
    at = outer;
  }
  return undefined;
}

const widest = 200;
const outermost = 60;

/** What an id leads to: its name, itself, and the ids in its own object and those around it. Undefined for what is none. */
export function followed(index: JsonIndex, node: number): Followed | undefined {
  const parent = index.parentOf(node);
  const value = leafText(index, node, parent);
  const name = value === undefined || parent < 0 ? undefined : idName(keyOf(index, node, parent), holderOf(index, parent), value);
  if (name === undefined) return undefined;
  const ids = new Map<string, string>();
  for (let group = parent, level = 0; group >= 0 && level < outermost; group = index.outerOf(group), level++) {
    if (!index.isObject(group)) continue;
    const holder = holderOf(index, group);
    eachChild(index, group, (child, inner, position) => {
      const text = inner < 0 ? leafText(index, child, group) : undefined;
      const around = text === undefined ? undefined : idName(keyOf(index, child, group), holder, text);
      if (around !== undefined && !ids.has(around)) ids.set(around, text!);
      return position < widest;
    });
  }
  return { name, value: value!, ids: Object.fromEntries(ids) };
}
