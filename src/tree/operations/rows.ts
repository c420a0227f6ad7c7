// The rows of the Operations view as plain records: favourites and recently used, the workspace's request files, then every family; or, with a
// search, what was found of each. A path is unique in the view: an operation may stand under several heads. Free of vscode.
import type { OperationEntry } from '../../api/catalogue.ts';
import { matching } from '../../api/operationWords.mjs';
import type { Folder, FoundFile, RequestFile } from './collections.ts';

export type OperationRow =
  | { kind: 'head'; path: string; label: string; what: 'favourites' | 'recent' | 'family' | 'found'; members: readonly OperationEntry[] }
  | { kind: 'operation'; path: string; entry: OperationEntry; favourite: boolean }
  | { kind: 'nothing'; path: string; search: string }
  /** The head of the request files; with a search, `found` are those that stand under it at once. */
  | { kind: 'collections'; path: string; folders: readonly Folder[]; more: boolean; found?: readonly RequestFile[] }
  /** One with very many files has parts of it below, which are folders too. */
  | { kind: 'folder'; path: string; label: string; files: readonly FoundFile[]; alone: boolean }
  | { kind: 'request'; path: string; file: RequestFile }
  /** There are more request files than are listed; `found` when they are those of a search. */
  | { kind: 'unlisted'; path: string; listed: number; found: boolean };

export interface RowSource {
  catalogue: readonly OperationEntry[];
  favourites: readonly string[];
  recent: readonly string[];
  /** What the view is narrowed to; undefined for everything. */
  search: string | undefined;
  collections?: { folders: readonly Folder[]; more: boolean; found?: readonly RequestFile[] };
}

/** The words of a search: every one must occur somewhere in an operation's names. */
export const wordsOf = (search: string): string[] => search.split(/\s+/).filter((word) => word !== '');

/** Whether every word occurs somewhere in the texts. */
export function matchesAll(texts: readonly string[], words: readonly string[]): boolean {
  const text = texts.join('\n').toLowerCase();
  return words.every((word) => text.includes(word.toLowerCase()));
}

export const found = (catalogue: readonly OperationEntry[], search: string): OperationEntry[] => matching(catalogue, wordsOf(search));

/** The operations of these ids, in their order; ids that the description does not have are left out. */
export const listed = (catalogue: readonly OperationEntry[], ids: readonly string[]): OperationEntry[] => ids.flatMap((id) => catalogue.find(({ operationId }) => operationId === id) ?? []);

export function heads({ catalogue, favourites, recent, search, collections }: RowSource): OperationRow[] {
  const files: OperationRow[] = collections && (collections.found ?? collections.folders).length > 0 ? [{ kind: 'collections', path: 'collections', ...collections }] : [];
  if (search !== undefined) {
    const rows = [...files, ...byFamily(found(catalogue, search), 'found')];
    return rows.length > 0 ? rows : [{ kind: 'nothing', path: 'nothing', search }];
  }
  const known = (ids: readonly string[]): OperationEntry[] => listed(catalogue, ids);
  const own = ([['favourites', 'Favourites', known(favourites)], ['recent', 'Recently used', known(recent)]] as const)
    .filter(([, , members]) => members.length > 0).map(([what, label, members]): OperationRow => ({ kind: 'head', path: what, label, what, members }));
  return [...own, ...files, ...byFamily(catalogue, 'family')];
}

/** More rows below one row hold up whoever draws them. */
const mostRows = 250;

/** What stands under the head of the request files. */
export function collectionRows({ folders, more, found: files }: Extract<OperationRow, { kind: 'collections' }>): OperationRow[] {
  const unlisted = (listed: number): OperationRow => ({ kind: 'unlisted', path: 'collections;unlisted', listed, found: files !== undefined });
  if (files) return [...requestRows(files.slice(0, mostRows)), ...(files.length > mostRows ? [unlisted(mostRows)] : [])];
  const rows = folders.map(({ label, files: inside }): OperationRow => ({ kind: 'folder', path: `collections/${label}`, label, files: inside, alone: folders.length === 1 }));
  return more ? [...rows, unlisted(folders.reduce((sum, { files: inside }) => sum + inside.length, 0))] : rows;
}

/** The parts of a folder that has too many files for one; undefined for any other. */
export function partsOf({ path, files }: Extract<OperationRow, { kind: 'folder' }>): OperationRow[] | undefined {
  if (files.length <= mostRows) return undefined;
  return Array.from({ length: Math.ceil(files.length / mostRows) }, (_, at): OperationRow => {
    const some = files.slice(at * mostRows, (at + 1) * mostRows);
    return { kind: 'folder', path: `${path};${at}`, label: `${some[0]!.name} … ${some.at(-1)!.name}`, files: some, alone: false };
  });
}

export const requestRows = (files: readonly RequestFile[]): OperationRow[] => files.map((file) => ({ kind: 'request', path: `request:${file.uri}`, file }));

/** What stands under a head. */
export const membersOf = (row: OperationRow, favourites: readonly string[]): OperationRow[] =>
  (row.kind !== 'head' ? [] : row.members.map((entry) => ({ kind: 'operation', path: `${row.path}/${entry.operationId}`, entry, favourite: favourites.includes(entry.operationId) })));

function byFamily(entries: readonly OperationEntry[], what: 'family' | 'found'): OperationRow[] {
  const tags = [...new Set(entries.map(({ tag }) => tag))];
  return tags.map((tag) => ({ kind: 'head', path: `${what}/${tag}`, label: tag, what, members: entries.filter((entry) => entry.tag === tag) }));
}
