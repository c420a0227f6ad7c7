// Which values of a JSON text are in sight: the tree's rows, flat, in the order of the text. A group (object or list) that is folded hides
// what is inside it and remembers how that was folded. While the text is still being read, rows only come in at the end. Pure.
import type { JsonIndex } from './jsonIndex.ts';

/** A text with at most so many rows opens unfolded, deeper ones down to the level that fits. */
const shownAtOnce = 300;
/** Looking for that level is for texts that are read at once. */
const mostGroupsLevelled = 200_000;
/** "Unfold all" stops here; what is left stays folded. */
const mostUnfolded = 2_000_000;

export class JsonRows {
  readonly #index: JsonIndex;
  readonly #most: number;
  #rows = new Uint32Array(1024);
  #length = 0;
  /** One byte a group: 1 when it is unfolded. */
  #unfolded = new Uint8Array(1024);
  /** The first value that has not been looked at, and the first group. */
  #next = 0;
  #nextGroup = 0;
  /** How groups that are still to come start: as the reader last asked for all, else by the rule below. */
  #fresh: 'rule' | 'folded' | 'unfolded' = 'rule';

  constructor(index: JsonIndex, most = mostUnfolded) {
    this.#index = index;
    this.#most = most;
  }

  get length(): number {
    return this.#length;
  }

  node(row: number): number {
    return this.#rows[row]!;
  }

  /** The row of a value, or -1 when it is hidden. */
  rowOf(node: number): number {
    const row = this.#countBefore(node);
    return row < this.#length && this.#rows[row] === node ? row : -1;
  }

  isUnfolded(group: number): boolean {
    return this.#unfolded[group] === 1;
  }

  /** Takes in what the index has read since. */
  grow(): void {
    const index = this.#index;
    if (this.#unfolded.length < index.groups) this.#unfolded = enlarged(this.#unfolded, index.groups);
    this.#leaveFolded();
    while (this.#next < index.length) {
      const node = this.#next;
      this.#push(node);
      if (this.#nextGroup >= index.groups || index.nodeOf(this.#nextGroup) !== node) {
        this.#next++;
        continue;
      }
      if (this.#startsUnfolded(this.#nextGroup)) {
        this.#unfolded[this.#nextGroup++] = 1;
        this.#next++;
      } else this.#pass(this.#nextGroup);
    }
  }

  /** What comes next may be inside a group that was still being read when it was folded or passed. */
  #leaveFolded(): void {
    const index = this.#index;
    while (this.#next > 0 && this.#next < index.length) {
      let folded = -1;
      for (let group = index.parentOf(this.#next); group >= 0; group = index.outerOf(group)) if (!this.isUnfolded(group)) folded = group;
      if (folded < 0) return;
      this.#pass(folded);
    }
  }

  #pass(group: number): void {
    this.#next = this.#index.lastOf(group) + 1;
    this.#nextGroup = this.#index.behind(group);
  }

  /** The rule: the root, and the first group in it, which in nearly every answer is the list that was asked for. */
  #startsUnfolded(group: number): boolean {
    if (this.#fresh !== 'rule') return this.#fresh === 'unfolded' && this.#length < this.#most;
    return group === 0 || (group === 1 && this.#index.isObject(0));
  }

  /** Once a text has been read at once: unfolds as many levels as are seen at a glance. */
  settle(): void {
    const index = this.#index;
    if (index.groups === 0 || index.groups > mostGroupsLevelled) return;
    const depth = this.#levelThatFits(shownAtOnce);
    if (depth > 1) this.#unfoldTo(depth);
  }

  unfoldAll(): void {
    this.#fresh = 'unfolded';
    this.#unfoldTo(this.#index.length <= this.#most ? Infinity : this.#levelThatFits(this.#most));
  }

  /** Folds all but the root. */
  foldAll(): void {
    this.#fresh = 'folded';
    this.#unfolded.fill(0);
    if (this.#index.groups > 0) this.#unfolded[0] = 1;
    this.#rebuild();
  }

  /** How many levels of groups can be unfolded for at most so many rows. */
  #levelThatFits(rows: number): number {
    const sums: number[] = [];
    this.#eachDepth((group, depth) => { sums[depth] = (sums[depth] ?? 0) + this.#index.countOf(group); });
    let total = 1;
    let depth = 0;
    while (depth < sums.length && total + sums[depth]! <= rows) total += sums[depth++]!;
    return depth;
  }

  #unfoldTo(levels: number): void {
    this.#eachDepth((group, depth) => { if (depth < levels) this.#unfolded[group] = 1; });
    this.#rebuild();
  }

  /** Every group with its depth; groups come in the order of the text, so the one before tells where the next stands. */
  #eachDepth(visit: (group: number, depth: number) => void): void {
    const index = this.#index;
    const around: number[] = [];
    for (let group = 0; group < index.groups; group++) {
      const outer = index.outerOf(group);
      while (around.length > 0 && around.at(-1) !== outer) around.pop();
      visit(group, around.length);
      around.push(group);
    }
  }

  /** Folds or unfolds the group of a row. False when nothing changes. */
  set(row: number, unfolded: boolean): boolean {
    const node = this.#rows[row];
    const group = row < this.#length && node !== undefined ? this.#index.groupOf(node) : -1;
    if (group < 0 || this.isUnfolded(group) === unfolded) return false;
    if (unfolded) this.#unfold(row, group);
    else {
      this.#unfolded[group] = 0;
      this.#replace(row + 1, this.#countBefore(this.#index.lastOf(group) + 1) - row - 1, 0);
    }
    return true;
  }

  /** Unfolds all groups that stand beside the row's value, itself too, while the bound lasts. */
  unfoldSiblings(row: number): void {
    const index = this.#index;
    const parent = index.parentOf(this.node(row));
    let room = this.#most - this.#length;
    const end = parent < 0 ? 1 : index.behind(parent);
    for (let group = parent + 1; group < end && room > 0; group = index.behind(group)) {
      room -= index.countOf(group);
      this.#unfolded[group] = 1;
    }
    this.#rebuild();
  }

  /** Unfolds what hides a value and returns its row. */
  reveal(node: number): number {
    const index = this.#index;
    let outermost = -1;
    for (let group = index.parentOf(node); group >= 0; group = index.outerOf(group)) {
      if (this.isUnfolded(group)) continue;
      outermost = group;
    }
    if (outermost < 0) return this.rowOf(node);
    for (let group = index.parentOf(node); group > outermost; group = index.outerOf(group)) this.#unfolded[group] = 1;
    this.#unfold(this.rowOf(index.nodeOf(outermost)), outermost);
    this.grow();
    return this.rowOf(node);
  }

  #unfold(row: number, group: number): void {
    this.#unfolded[group] = 1;
    const more = this.#inside(group);
    this.#replace(row + 1, 0, more);
    this.#inside(group, this.#rows, row + 1);
  }

  #rebuild(): void {
    const index = this.#index;
    this.#length = Math.min(1, index.length);
    if (index.groupOf(0) !== 0 || !this.isUnfolded(0)) return;
    const more = this.#inside(0);
    this.#replace(1, 0, more);
    this.#inside(0, this.#rows, 1);
  }

  /** Counts the values in sight inside a group, of those that have been looked at, and writes them out. */
  #inside(group: number, out?: Uint32Array, at = 0): number {
    const index = this.#index;
    const last = Math.min(index.lastOf(group), this.#next - 1);
    let count = 0;
    let next = group + 1;
    for (let node = index.nodeOf(group) + 1; node <= last;) {
      if (out) out[at + count] = node;
      count++;
      if (next >= index.groups || index.nodeOf(next) !== node) node++;
      else if (this.isUnfolded(next)) { node++; next++; }
      else { node = index.lastOf(next) + 1; next = index.behind(next); }
    }
    return count;
  }

  /** Makes room for rows, or takes some out. */
  #replace(at: number, removed: number, added: number): void {
    const length = this.#length - removed + added;
    if (length > this.#rows.length) {
      const rows = new Uint32Array(Math.max(length, Math.min(this.#rows.length * 2, length + 1_000_000)));
      rows.set(this.#rows.subarray(0, this.#length));
      this.#rows = rows;
    }
    this.#rows.copyWithin(at + added, at + removed, this.#length);
    this.#length = length;
  }

  #push(node: number): void {
    if (this.#length === this.#rows.length) {
      this.#replace(this.#length, 0, 1);
      this.#length--;
    }
    this.#rows[this.#length++] = node;
  }

  #countBefore(node: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#rows[middle]! < node) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function enlarged(list: Uint8Array<ArrayBuffer>, least: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(least, list.length * 2));
  larger.set(list);
  return larger;
}
