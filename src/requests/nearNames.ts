// Names that somebody may have meant. Free of vscode.

/** The known names that are a few letters away from this one or hold it, the nearest first; three at most. */
export function nearNames(name: string, known: readonly string[]): string[] {
  const wanted = bare(name).slice(0, 80);
  if (wanted === '') return [];
  const most = Math.max(2, Math.floor(wanted.length / 4));
  return [...new Set(known)].map((one) => ({ one, far: distance(wanted, bare(one), most) }))
    .filter(({ far }) => far <= most).sort((a, b) => a.far - b.far).slice(0, 3).map(({ one }) => one);
}

const bare = (name: string): string => name.toLowerCase().replace(/[^a-z\d]/g, '');

/** Letters to add, drop, change or swap with their neighbour; part of a longer name counts as one. More than `most` is not counted out. */
function distance(a: string, b: string, most: number): number {
  if (a === b) return 0;
  if (a.length >= 4 && b.includes(a)) return 1;
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, row]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j]!, before[j - 2]! + 1);
    }
    [before, row] = [row, next];
  }
  return row[b.length]!;
}
