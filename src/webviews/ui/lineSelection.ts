// Which lines of a long table are selected: ranges, so that a million lines cost as much as one. Pure.

interface Range { from: number; to: number }

export class LineSelection {
  #ranges: Range[] = [];
  /** Where a range that is being extended began. */
  #anchor: number | undefined;

  /** From the top, none touching another. */
  get ranges(): readonly Readonly<Range>[] {
    return this.#ranges;
  }

  has(line: number): boolean {
    return this.#ranges.some(({ from, to }) => line >= from && line <= to);
  }

  clear(): void {
    this.#ranges = [];
    this.#anchor = undefined;
  }

  only(line: number): void {
    this.#ranges = [{ from: line, to: line }];
    this.#anchor = line;
  }

  /** From where it began, or from `active`, to this line; replaces what was selected. */
  extend(active: number, line: number): void {
    const anchor = this.#anchor ??= active;
    this.#ranges = [{ from: Math.min(anchor, line), to: Math.max(anchor, line) }];
  }

  toggle(line: number): void {
    const wasIn = this.has(line);
    this.#anchor = line;
    if (!wasIn) this.#ranges.push({ from: line, to: line });
    else {
      this.#ranges = this.#ranges.flatMap(({ from, to }) => (line < from || line > to ? [{ from, to }] : [{ from, to: line - 1 }, { from: line + 1, to }].filter((part) => part.to >= part.from)));
    }
    this.#join();
  }

  all(lines: number): void {
    this.#ranges = lines > 0 ? [{ from: 0, to: lines - 1 }] : [];
    this.#anchor = 0;
  }

  #join(): void {
    const joined: Range[] = [];
    for (const range of this.#ranges.sort((a, b) => a.from - b.from)) {
      const last = joined.at(-1);
      if (last && range.from <= last.to + 1) last.to = Math.max(last.to, range.to);
      else joined.push({ ...range });
    }
    this.#ranges = joined;
  }
}
