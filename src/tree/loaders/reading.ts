// What every loader is given: a session per connection, the filters, the clock, and what was learnt on the way (institutions' names).
import type { CallOptions } from '../../client/types.ts';
import type { Connections } from '../../credentials/connections.ts';
import type { ApiSession, Sessions } from '../../platform/sessions.ts';
import type { FilterBook } from '../filters.ts';
import type { ExplorerNode, NodeKind, NodeOf } from '../nodes.ts';
import type { LoadRequest, LoadResult } from '../source.ts';
import type { SubscriptionBook } from '../subscriptions.ts';

export interface LoaderParts {
  connections: Pick<Connections, 'list' | 'active'>;
  sessions: Pick<Sessions, 'open'>;
  filters: FilterBook;
  subscriptions: SubscriptionBook;
  /** Epoch milliseconds. */
  now: () => number;
  /** Names by `<connection>/<institution id>`, filled as they are read. */
  institutionNames: Map<string, string>;
}

/** Loads the children of one kind of branch. */
export type Loader<K extends NodeKind> = (node: NodeOf<K>, request: LoadRequest, parts: LoaderParts) => Promise<LoadResult>;

export const pageSize = 25;
/** The most that the lists give in one answer. */
const largestPage = 1000;

export const open = (node: ExplorerNode, parts: LoaderParts): Promise<ApiSession> => parts.sessions.open(node.connectionId);
export const asTree = ({ signal, origin }: LoadRequest): CallOptions => ({ signal, origin });

/** `start` (a record or a page, as the list counts) and `limit` of a page. A refresh asks once for as many whole pages as were shown. */
export function window({ start, keep }: LoadRequest): { start: number; limit: number } {
  return start === undefined ? { start: 1, limit: refreshed(keep) } : { start, limit: pageSize };
}

const refreshed = (keep = 0): number => Math.min(largestPage, Math.max(1, Math.ceil(keep / pageSize)) * pageSize);

/** The page number after an answer to `start` and `limit`. */
export const nextPage = (start: number, limit: number): number => (limit === pageSize ? start + 1 : limit / pageSize + 1);
