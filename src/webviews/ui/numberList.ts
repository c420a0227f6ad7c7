// A growing list of unsigned 32-bit numbers in blocks: it never copies itself to grow, and costs four bytes an entry.

const bits = 14;
const blockSize = 1 << bits;
const mask = blockSize - 1;

export class NumberList {
  readonly #blocks: Uint32Array[] = [];
  length = 0;

  push(value: number): void {
    const at = this.length++;
    let block = this.#blocks[at >>> bits];
    if (!block) this.#blocks.push(block = new Uint32Array(blockSize));
    block[at & mask] = value;
  }

  /** Behind the end it is 0. */
  get(at: number): number {
    return this.#blocks[at >>> bits]?.[at & mask] ?? 0;
  }

  set(at: number, value: number): void {
    this.#blocks[at >>> bits]![at & mask] = value;
  }

  get bytes(): number {
    return this.#blocks.length * blockSize * 4;
  }

  /** Of a rising list: the number of entries that are at most `value`. */
  countUpTo(value: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.get(middle) <= value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
