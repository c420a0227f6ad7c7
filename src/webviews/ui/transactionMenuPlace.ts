// Where what a menu unfolds stands. Pure.

const edge = 4;
/** Less would show no line of it. */
const leastHeight = 120;

/** Where what unfolds stands, in pixels of the view; it begins at its button's left unless that would take it out of sight. */
export function popPlace({ left, bottom, width }: { left: number; bottom: number; width: number }, view: { width: number; height: number }): { left: number; top: number; 'max-height': number } {
  const height = Math.max(view.height - bottom - 2 * edge, leastHeight);
  return { left: Math.max(edge, Math.min(left, view.width - width - edge)), top: Math.max(edge, Math.min(bottom + 2, view.height - height - edge)), 'max-height': height };
}
