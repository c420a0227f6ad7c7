// Lines of a long table as they are known here: fetched in blocks as they come into sight, kept while they are true, and drawn until newer ones
// are there. One question is under way at a time. Free of the DOM.

interface Block<Line> { version: number; lines: readonly Line[] }

const size = 100;
/** Blocks kept: some thousand lines. */
const most = 60;
const mostAsked = 10;
/** Lines; a jump further than this is no scrolling. */
const mostAhead = 800;

export class LineBlocks<Line> {
  readonly #fetch: (from: number, to: number) => Promise<{ version: number; lines: readonly Line[] }>;
  readonly #arrived: () => void;
  #blocks = new Map<number, Block<Line>>();
  #version = -1;
  #total = 0;
  #wanted: { first: number; last: number } = { first: 0, last: 0 };
  #first = 0;
  #fetching = false;
  /** Counts up when all that is known is of no use: another set of columns. */
  #age = 0;

  constructor(fetch: (from: number, to: number) => Promise<{ version: number; lines: readonly Line[] }>, arrived: () => void) {
    this.#fetch = fetch;
    this.#arrived = arrived;
  }

  /** What the lines are now; blocks of another version are drawn until theirs are there. */
  set(version: number, total: number): void {
    this.#version = version;
    this.#total = total;
  }

  forget(): void {
    this.#age += 1;
    this.#blocks.clear();
  }

  at(line: number): Line | undefined {
    return line < 0 || line >= this.#total ? undefined : this.#blocks.get(Math.floor(line / size))?.lines[line % size];
  }

  /** The lines from first to last (not included), undefined where they are not there yet; asks for what is missing. */
  lines(first: number, last: number): (Line | undefined)[] {
    // As far ahead as it would be scrolled while the answer is on its way.
    const moved = first - this.#first;
    this.#first = first;
    const ahead = Math.min(mostAhead, Math.abs(moved) * 8);
    this.#wanted = { first: Math.max(0, first - (moved < 0 ? ahead : 0)), last: Math.min(last + (moved > 0 ? ahead : 0), this.#total) };
    void this.#load();
    return Array.from({ length: Math.max(0, last - first) }, (_, at) => this.at(first + at));
  }

  #isDue(block: number): boolean {
    const known = this.#blocks.get(block);
    return known?.version !== this.#version || known.lines.length < Math.min(size, this.#total - block * size);
  }

  async #load(): Promise<void> {
    if (this.#fetching) return;
    const due = this.#due();
    if (!due) return;
    this.#fetching = true;
    const age = this.#age;
    try {
      const { version, lines } = await this.#fetch(due.from * size, (due.to + 1) * size);
      if (age === this.#age) this.#keep(due, version, lines);
    } finally {
      this.#fetching = false;
    }
    this.#arrived();
  }

  /** Blocks in sight that are missing, together with those between them. */
  #due(): { from: number; to: number } | undefined {
    const { first, last } = this.#wanted;
    if (last <= first) return undefined;
    let from: number | undefined;
    let to = 0;
    for (let block = Math.floor(first / size); block <= Math.floor((last - 1) / size); block++) {
      if (!this.#isDue(block)) continue;
      from ??= block;
      to = block;
    }
    return from === undefined ? undefined : { from, to: Math.min(to, from + mostAsked - 1) };
  }

  #keep({ from, to }: { from: number; to: number }, version: number, lines: readonly Line[]): void {
    for (let block = from; block <= to; block++) {
      this.#blocks.delete(block);
      this.#blocks.set(block, { version, lines: lines.slice((block - from) * size, (block - from + 1) * size) });
    }
    for (const block of this.#blocks.keys()) {
      if (this.#blocks.size <= most) break;
      this.#blocks.delete(block);
    }
  }
}
