// The rows of the Operations view as plain records: favourites and recently used, then every family; or, with a search, the families with
// what was found in them. A path is unique in the view: an operation may stand under several heads. Free of vscode.
import type { OperationEntry } from '../../api/catalogue.ts';
import { matching } from '../../api/operationWords.mjs';

export type OperationRow =
  | { kind: 'head'; path: string; label: string; what: 'favourites' | 'recent' | 'family' | 'found'; members: readonly OperationEntry[] }
  | { kind: 'operation'; path: string; entry: OperationEntry; favourite: boolean }
  | { kind: 'nothing'; path: string; search: string };

export interface RowSource {
  catalogue: readonly OperationEntry[];
  favourites: readonly string[];
  recent: readonly string[];
  /** What the view is narrowed to; undefined for everything. */
  search: string | undefined;
}

/** The words of a search: every one must occur somewhere in an operation's names. */
export const wordsOf = (search: string): string[] => search.split(/\s+/).filter((word) => word !== '');

export const found = (catalogue: readonly OperationEntry[], search: string): OperationEntry[] => matching(catalogue, wordsOf(search));

export function heads({ catalogue, favourites, recent, search }: RowSource): OperationRow[] {
  if (search !== undefined) {
    const families = byFamily(found(catalogue, search), 'found');
    return families.length > 0 ? families : [{ kind: 'nothing', path: 'nothing', search }];
  }
  const known = (ids: readonly string[]): OperationEntry[] => ids.flatMap((id) => catalogue.find(({ operationId }) => operationId === id) ?? []);
  const own = ([['favourites', 'Favourites', known(favourites)], ['recent', 'Recently used', known(recent)]] as const)
    .filter(([, , members]) => members.length > 0).map(([what, label, members]): OperationRow => ({ kind: 'head', path: what, label, what, members }));
  return [...own, ...byFamily(catalogue, 'family')];
}

/** What stands under a head. */
export const membersOf = (row: OperationRow, favourites: readonly string[]): OperationRow[] =>
  (row.kind !== 'head' ? [] : row.members.map((entry) => ({ kind: 'operation', path: `${row.path}/${entry.operationId}`, entry, favourite: favourites.includes(entry.operationId) })));

function byFamily(entries: readonly OperationEntry[], what: 'family' | 'found'): OperationRow[] {
  const tags = [...new Set(entries.map(({ tag }) => tag))];
  return tags.map((tag) => ({ kind: 'head', path: `${what}/${tag}`, label: tag, what, members: entries.filter((entry) => entry.tag === tag) }));
}
