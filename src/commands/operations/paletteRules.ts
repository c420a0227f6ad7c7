// What the list of Run Operation shows: favourites and the operations used last on top, then what fits the selected row, then the families; and
// with words, those in which every word occurs, as the Operations view finds them. An operation stands there once. Free of vscode.
import type { OperationEntry } from '../../api/catalogue.ts';
import { found, listed } from '../../tree/operations/rows.ts';

export interface PaletteSection {
  label: string;
  entries: readonly OperationEntry[];
}

export interface PaletteSource {
  catalogue: readonly OperationEntry[];
  favourites: readonly string[];
  recent: readonly string[];
  /** Those that the selected row's ids are enough for. */
  here: readonly OperationEntry[];
  search: string;
}

export function paletteSections({ catalogue, favourites, recent, here, search }: PaletteSource): PaletteSection[] {
  const left = new Set(search.trim() === '' ? catalogue : found(catalogue, search));
  const take = (label: string, entries: readonly OperationEntry[]): PaletteSection => {
    const own = entries.filter((entry) => left.delete(entry));
    return { label, entries: own };
  };
  const sections = [take('favourites', listed(catalogue, favourites)), take('recently used', listed(catalogue, recent)), take('for what is selected', here)];
  for (const tag of new Set([...left].map((entry) => entry.tag))) sections.push(take(tag, [...left].filter((entry) => entry.tag === tag)));
  return sections.filter(({ entries }) => entries.length > 0);
}
