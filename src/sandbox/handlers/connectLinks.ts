// Links to Connect as records, and as the addresses that people are sent to: parameters in alphabetical order, signed, good for two hours
// and no longer than the token they were made with. The signature is the link's id. `type` is known for lite, fix and the two transfers;
// the words for joint borrowers and micro-deposits are ours. The record holds what the session needs, never an SSN or a card number.
import { createHmac } from 'node:crypto';
import type { SandboxContext } from '../types.ts';

export type LinkKind = 'full' | 'lite' | 'fix' | 'jointBorrower' | 'microentry' | 'transferDepositSwitch' | 'transferBillPaySwitch';

export interface LinkListener {
  url: string;
  contentType: string;
  headers: Record<string, string>;
  data?: Record<string, unknown>;
}

export interface ConnectLinkRecord {
  /** 64 hexadecimal digits. */
  signature: string;
  link: string;
  kind: LinkKind;
  customerId: string;
  consumerId?: string;
  /** Every borrower, the primary first; only for joint borrowers. */
  borrowers?: { customerId: string; consumerId: string }[];
  institutionId?: number;
  institutionLoginId?: string;
  accountId?: string;
  /** By the sandbox's clock, epoch seconds. */
  createdDate: number;
  /** It ends with this token. */
  token: string;
  singleUse: boolean;
  /** When a session on it was completed. */
  completedDate?: number;
  listener?: LinkListener;
}

/** What differs from link to link; the rest is worked out. */
export type NewLink = Omit<ConnectLinkRecord, 'signature' | 'link' | 'createdDate' | 'completedDate'> & {
  partnerId: string;
  origin: 'url' | 'email';
  /** Parameters of the request that the address repeats. */
  shown: Readonly<Record<string, string | undefined>>;
};

const CONNECT = 'https://connect2.finicity.com';
const LIFETIME = 7_200;
/** Links older than this are forgotten when another is made. */
const KEPT = 7 * 86_400;

const links = ({ state }: Pick<SandboxContext, 'state'>) => state.bag<ConnectLinkRecord>('connectLinks');

export function makeLink(context: SandboxContext, secret: string, { partnerId, origin, shown, ...record }: NewLink): ConnectLinkRecord {
  const { state, now } = context;
  const createdDate = Math.floor(now());
  // Two links of one second differ, as two of one millisecond would not.
  const timestamp = createdDate * 1000 + (state.next('connectLink') % 1000);
  const parameters: Record<string, string | undefined> = {
    ...shown, customerId: record.customerId, consumerId: record.consumerId, institutionId: record.institutionId?.toString(),
    institutionLoginId: record.institutionLoginId, accountId: record.accountId, origin, partnerId,
    timestamp: String(timestamp), ttl: String(timestamp + LIFETIME * 1000), type: record.kind === 'full' ? undefined : record.kind,
  };
  const signature = createHmac('sha256', secret).update(query(parameters)).digest('hex');
  const made = { ...record, signature, link: `${CONNECT}?${query({ ...parameters, signature })}`, createdDate };
  for (const [id, old] of links(context).entries()) if (now() - old.createdDate > KEPT) links(context).delete(id);
  links(context).put(signature, made);
  return made;
}

function query(parameters: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new URLSearchParams(given.sort(([a], [b]) => (a < b ? -1 : 1))).toString();
}

/** The record of an address, which must be the very one that was made; undefined for any other. */
export function linkOf(context: Pick<SandboxContext, 'state'>, address: string): ConnectLinkRecord | undefined {
  const signature = URL.canParse(address) ? new URL(address).searchParams.get('signature') : null;
  const found = signature === null ? undefined : links(context).get(signature);
  return found?.link === address ? found : undefined;
}

/** Whether its two hours are over, or its one use. That its token has ended is not told here. */
export const isOver = ({ createdDate, singleUse, completedDate }: ConnectLinkRecord, now: number) =>
  now >= createdDate + LIFETIME || (singleUse && completedDate !== undefined);

export const completeLink = (context: SandboxContext, link: ConnectLinkRecord) => links(context).put(link.signature, { ...link, completedDate: context.now() });
