// What every loader is given: a session per connection, the filters, the clock, what was made from here, and what was learnt on the way.
import { ApiError } from '../../client/errors.ts';
import type { CallOptions } from '../../client/types.ts';
import type { Connections } from '../../credentials/connections.ts';
import type { ApiSession, Sessions } from '../../platform/sessions.ts';
import type { FilterBook } from '../filters.ts';
import type { GrantBook } from '../grants.ts';
import type { MicroDepositBook } from '../microDeposits.ts';
import type { ExplorerNode, NodeKind, NodeOf } from '../nodes.ts';
import type { LoadRequest, LoadResult } from '../source.ts';
import type { SubscriptionBook } from '../subscriptions.ts';

export interface LoaderParts {
  connections: Pick<Connections, 'list' | 'active'>;
  sessions: Pick<Sessions, 'open'>;
  filters: FilterBook;
  subscriptions: SubscriptionBook;
  grants: GrantBook;
  microDeposits: MicroDepositBook;
  /** Epoch milliseconds. */
  now: () => number;
  /** Whether a report that is being made is followed anyway, so that nobody needs to look for it here. */
  follows?(report: { connectionId: string; customerId: string; reportId: string }): boolean;
  /** By `<connection>/<institution id>`, filled as they are read. */
  institutions: Map<string, InstitutionFacts>;
}

/** What rows of accounts need to know of an institution. */
export interface InstitutionFacts {
  name: string;
  /** People sign in at the institution itself. */
  oauth: boolean;
  /** Certified for statements; undefined where the API did not say. */
  statements?: boolean;
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

/** The API says "not found" where there is none; undefined then. */
export async function unlessAbsent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}
