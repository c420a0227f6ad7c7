// Which rows of equal height a scrolled list draws. Pure.

export interface RowsView {
  /** Scrolled by, and height of what is in sight, in pixels. */
  top: number;
  height: number;
  rowHeight: number;
  rows: number;
  /** Rows drawn beyond either edge. */
  beyond: number;
}

/** The first and last row to draw, counted from 1; last is less than first when there is none. */
export function rowsInSight({ top, height, rowHeight, rows, beyond }: RowsView): { first: number; last: number } {
  const first = Math.max(1, Math.floor(top / rowHeight) + 1 - beyond);
  return { first, last: Math.min(rows, Math.ceil((top + height) / rowHeight) + beyond) };
}
