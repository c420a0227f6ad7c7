// All ids that the API cannot list and that were made or answered from here, in one list for who looks one up.
import type { AnsweredIdBook, AnsweredKind } from './answeredIds.ts';
import type { GrantBook } from './grants.ts';
import type { MicroDepositBook } from './microDeposits.ts';
import type { SubscriptionBook } from './subscriptions.ts';

export interface RememberedId {
  kind: AnsweredKind | 'subscription' | 'microDeposit' | 'thirdPartyAccess';
  id: string;
  /** Empty when the request named none. */
  customerId: string;
  accountId?: string;
  /** What tells it from others, in a few words. */
  words?: string;
  /** Epoch milliseconds. */
  notedAt: number;
}

export interface Books {
  subscriptions: SubscriptionBook;
  grants: GrantBook;
  microDeposits: MicroDepositBook;
  answered: AnsweredIdBook;
}

/** Newest first. */
export function rememberedIds({ subscriptions, grants, microDeposits, answered }: Books, connectionId: string): RememberedId[] {
  return [
    ...subscriptions.all(connectionId).map((known): RememberedId => ({ ...pick(known), kind: 'subscription', accountId: known.accountId, ...(known.type && { words: `Tells of the ${known.type}` }) })),
    ...grants.of(connectionId).map((known): RememberedId => ({ ...pick(known), kind: 'thirdPartyAccess', words: `${known.products.join(', ') || 'Access'}${known.thirdPartyPartnerId ? ` for ${known.thirdPartyPartnerId}` : ''}` })),
    ...microDeposits.all(connectionId).map((known): RememberedId => ({ ...pick(known), kind: 'microDeposit' })),
    ...answered.of(connectionId),
  ].sort((a, b) => b.notedAt - a.notedAt);
}

const pick = ({ id, customerId, notedAt }: Pick<RememberedId, 'id' | 'customerId' | 'notedAt'>): Pick<RememberedId, 'id' | 'customerId' | 'notedAt'> => ({ id, customerId, notedAt });
