// How well claimed owner data fits a holder: each part that was sent against the bank's, 0 to 100 by the edits that lead from one to the
// other. Case, accents, punctuation and the order of words do not count; of a telephone number the last ten digits do.
import { addressLine } from './owners.ts';
import type { Owner, OwnerAddress } from './owners.ts';

export interface OwnerClaim {
  name: { firstName: string; middleName?: string; lastName: string; suffix?: string };
  address?: { line1?: string; line2?: string; line3?: string; city?: string; state?: string; country?: string; postalCode?: string; type?: string };
  phone?: string;
  email?: string;
}

const words = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);

/** 0 nothing alike, 100 the same. */
export function alike(claimed: string, held: string): number {
  const [a, b] = [words(claimed).sort().join(' '), words(held).sort().join(' ')];
  return a === '' || b === '' ? 0 : byEdits([...a], [...b]);
}

/** Signs that are compared at the most: the work grows with the product of both lengths. */
const COMPARED = 300;

function byEdits(wholeA: readonly string[], wholeB: readonly string[]): number {
  const [a, b] = [wholeA.slice(0, COMPARED), wholeB.slice(0, COMPARED)];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next[j] = Math.min(changed, (row[j] as number) + 1, (next[j - 1] as number) + 1);
    }
    row = next;
  }
  return Math.round(100 * (1 - (row[b.length] as number) / Math.max(a.length, b.length)));
}

const digits = (phone: string) => phone.replace(/\D/g, '').slice(-10);
export const samePhone = (claimed: string, held: string) => (digits(claimed) === '' || digits(held) === '' ? 0 : byEdits([...digits(claimed)], [...digits(held)]));
/** E-mail addresses are compared whole: their parts have an order. */
export const sameEmail = (claimed: string, held: string) => byEdits([...claimed.trim().toLowerCase()], [...held.trim().toLowerCase()]);

/** The parts that were sent, each against what is held; a part that the bank does not have is 0. */
function partsOf(claimed: object, held: object, keys: readonly string[]): Record<string, number> {
  const [sent, known] = [claimed as Record<string, string | undefined>, held as Record<string, string | undefined>];
  return Object.fromEntries(keys.filter((key) => sent[key]?.trim()).map((key) => [key, alike(sent[key] as string, known[key] ?? '')]));
}

const joined = (parts: readonly (string | undefined)[]) => parts.filter(Boolean).join(' ');

export const nameScores = ({ firstName, middleName, lastName, suffix }: OwnerClaim['name'], owner: Owner) => ({
  ownerName: alike(joined([firstName, middleName, lastName, suffix]), owner.ownerName),
  ...partsOf({ firstName, middleName, lastName, suffix }, owner, ['firstName', 'middleName', 'lastName', 'suffix']),
});

export function addressScores(claim: NonNullable<OwnerClaim['address']>, held: OwnerAddress): Record<string, number> {
  const { line1, line2, line3, city, state, postalCode } = claim;
  const postal = { ...partsOf({ postalCode: postalCode?.slice(0, 5) }, { postalCode: held.postalCode.slice(0, 5) }, ['postalCode']) };
  return {
    ownerAddress: alike(joined([line1, line2, line3, city, state, postalCode]), addressLine(held)),
    ...partsOf(claim, { ...held, country: 'US' }, ['line1', 'line2', 'line3', 'city', 'state', 'country', 'type']), ...postal,
  };
}
