// What the store asks of the loaders: one branch's children, a page at a time. Free of vscode and of the network, so the store is tested with fakes.
import type { ExplorerNode } from './nodes.ts';

export interface LoadRequest {
  /** The branch; undefined for the root. */
  node: ExplorerNode | undefined;
  signal: AbortSignal;
  origin: 'tree' | 'poll';
  /** Where to go on, as the last result's `next` said; undefined for the beginning. */
  start?: number;
  /** How many are shown already, for a refresh that shall bring as many back. */
  keep?: number;
}

export interface LoadResult {
  nodes: ExplorerNode[];
  /** Where the next page begins (a record index or a page number: the loader's own affair); undefined when there is none. */
  next?: number;
  /** Matches in all. */
  found?: number;
  /** A few words beside the branch's label: "4 accounts, 1 needs attention". */
  summary?: string;
  /** Shown when there are no nodes. Several where there are several ways on. */
  empty?: readonly EmptyHint[];
  /** Children of this branch's children that came with the same answer. */
  preloaded?: ReadonlyMap<string, LoadResult>;
  /** Something in here changes by itself: look again after so many milliseconds, while it is on the screen. */
  pollAfterMs?: number;
}

export interface EmptyHint {
  text: string;
  detail?: string;
  command?: string;
  argument?: ExplorerNode;
  /** For `openBanking.runOperation`: the operation whose request it opens, without asking which. */
  operationId?: string;
}

/** A node that was found by its path alone, and the branch it belongs to. */
export interface Located {
  parent: string;
  node: ExplorerNode;
}

export interface TreeSource {
  load(request: LoadRequest): Promise<LoadResult>;
  /** Finds a node that may lie beyond the loaded pages. Undefined when its kind is always listed whole, or it does not exist. */
  find?(path: string, signal: AbortSignal): Promise<Located | undefined>;
  /** What an error is in words. */
  explain(error: unknown): { text: string; detail: string; code?: string };
}
