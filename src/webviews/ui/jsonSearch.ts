// The search in a JSON tree: which values' names or texts hold what was typed. It goes through the bytes in slices, behind the reading.
// A string with escapes is compared by what it says, so é is found however it was written. Pure.
import type { SearchWish } from './answerMessages.ts';
import { Needle } from './byteSearch.ts';
import { backslash, leafEnd, quote, skipSpace, stringEnd, stringSays } from './jsonBytes.ts';
import type { JsonIndex } from './jsonIndex.ts';
import { NumberList } from './numberList.ts';

export const mostHits = 1_000_000;

export class JsonSearch {
  readonly hits = new NumberList();
  more = false;
  readonly #index: JsonIndex;
  readonly #wish: SearchWish;
  readonly #needle: Needle;
  /** The next value, the group around it, and the first group that is not before it. */
  #node = 0;
  #group = -1;
  #next = 0;

  constructor(index: JsonIndex, wish: SearchWish) {
    this.#index = index;
    this.#wish = wish;
    this.#needle = new Needle(wish.query);
  }

  get done(): boolean {
    return this.more || (this.#index.done && this.#node >= this.#index.length);
  }

  /** Goes on until `late` says so, at most to what has been read. */
  run(late: () => boolean): void {
    const index = this.#index;
    for (let count = 1; this.#node < index.length && !this.more; count++) {
      const node = this.#node++;
      while (this.#group >= 0 && !index.isOpen(this.#group) && index.lastOf(this.#group) < node) this.#group = index.outerOf(this.#group);
      const isGroup = this.#next < index.groups && index.nodeOf(this.#next) === node;
      if (this.#holds(node, isGroup)) {
        this.hits.push(node);
        this.more = this.hits.length >= mostHits;
      }
      if (isGroup) this.#group = this.#next++;
      if (count % 1024 === 0 && late()) return;
    }
  }

  #holds(node: number, isGroup: boolean): boolean {
    const { bytes } = this.#index;
    let start = this.#index.starts.get(node);
    if (this.#group >= 0 && this.#index.isObject(this.#group)) {
      const end = stringEnd(bytes, start);
      if (this.#wish.keys && this.#inToken(start, end)) return true;
      if (!this.#wish.values || isGroup) return false;
      start = skipSpace(bytes, skipSpace(bytes, end) + 1);
    }
    return this.#wish.values && !isGroup && this.#inToken(start, leafEnd(bytes, start));
  }

  #inToken(start: number, end: number): boolean {
    const { bytes } = this.#index;
    if (bytes[start] !== quote) return this.#needle.find(bytes, start, end) >= 0;
    for (let at = start + 1; at < end; at++) if (bytes[at] === backslash) return this.#needle.isIn(stringSays(bytes, start, end));
    return this.#needle.find(bytes, start + 1, end - 1) >= 0;
  }
}
