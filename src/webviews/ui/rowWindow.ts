// Which rows of a long list are in sight, and where they are drawn. Rows have one height. A browser's page ends at some 30 million pixels: a
// list that is higher is scrolled in proportion, and a place that was asked for is kept exactly beside the scroll bar's rough one. Pure.

/** Pixels; well under what browsers bear, and under what they draw exactly. */
const highest = 8_000_000;
/** Rows drawn above and below those in sight. */
const spare = 15;

export class RowWindow {
  rowHeight = 22;
  total = 0;
  /** Pixels of the list in sight. */
  viewport = 600;
  /** Where the scroll bar stands. */
  scrollTop = 0;
  /** The exact place, in pixels of the whole list, that belongs to a place of the scroll bar. */
  #exact: { scrollTop: number; top: number } | undefined;

  /** What the whole list takes, in pixels that may be more than a page has. */
  get #whole(): number {
    return this.total * this.rowHeight;
  }

  get isScaled(): boolean {
    return this.#whole > highest;
  }

  /** The height to give the list in the page. */
  get height(): number {
    return Math.min(this.#whole, highest);
  }

  /** The pixels of the list that are above the sight. */
  get top(): number {
    if (!this.isScaled) return this.scrollTop;
    if (this.#exact && Math.abs(this.#exact.scrollTop - this.scrollTop) < 1) return this.#exact.top;
    return (this.scrollTop / (highest - this.viewport)) * (this.#whole - this.viewport);
  }

  /** The rows to draw, the last not included, and how far below the list's beginning the first of them stands in the page. */
  get drawn(): { first: number; last: number; offset: number } {
    const { top, rowHeight } = this;
    const above = Math.max(0, Math.floor(top / rowHeight) - spare);
    // In steps of a few, so that scrolling by a pixel draws nothing anew.
    const first = Math.max(0, Math.min(above - (above % 4), this.total - 1));
    const last = Math.min(this.total, first + this.slots);
    return { first, last, offset: this.scrollTop + first * rowHeight - top };
  }

  /** The most rows that are drawn at once. */
  get slots(): number {
    return Math.ceil(this.viewport / this.rowHeight) + 2 * spare + 4;
  }

  /** Rows that fit, at least one. */
  get page(): number {
    return Math.max(1, Math.floor(this.viewport / this.rowHeight) - 1);
  }

  /** Moves to a place of the whole list and returns where the scroll bar then stands. */
  moveTo(top: number): number {
    const whole = this.#whole - this.viewport;
    const place = Math.max(0, Math.min(top, whole));
    this.scrollTop = this.isScaled ? Math.round((place / whole) * (highest - this.viewport)) : place;
    this.#exact = this.isScaled ? { scrollTop: this.scrollTop, top: place } : undefined;
    return this.scrollTop;
  }

  /** Where the scroll bar is to stand so that a row is in sight; undefined when it is. `middle` puts it there if it was not. */
  reveal(row: number, middle = false): number | undefined {
    const { top, rowHeight, viewport } = this;
    const at = row * rowHeight;
    if (at >= top && at + rowHeight <= top + viewport) return undefined;
    if (middle) return this.moveTo(at - viewport / 2);
    return this.moveTo(at < top ? at : at + rowHeight - viewport);
  }
}
