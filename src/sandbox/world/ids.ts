// Ids that look arbitrary and can be read back: a number n becomes `lead` followed by nine digits, scrambled by the seed, and the same
// digits give n again. So a seeded record is found by its id without keeping or scanning anything, however many customers there are.
// Lead digits taken: 5 and 6 customers of the seed, 7 what callers create, 8 seeded accounts, 4 accounts that micro-deposits go to.
import { hashText, mix } from '../seedRandom.ts';

/** The largest prime below 10^9: multiplication modulo a prime is a permutation. */
const PRIME = 999_999_937;
/** Up to here n times the factor is an exact number. */
const EXACT = 9_000_000;

export interface IdSeries {
  /** Ten digits for n (0 to 999,999,936). */
  at(n: number): string;
  /** The n that an id stands for, or -1 when the id is not of this series. It may be larger than any that was given out. */
  indexOf(id: string): number;
}

export function idSeries(seed: string, purpose: string, lead: number): IdSeries {
  const factor = 100_000_000 + (mix(hashText(seed), hashText(purpose)) % 800_000_000);
  const shift = mix(hashText(purpose), hashText(seed)) % PRIME;
  const inverse = inverseOf(factor);
  const scramble = (n: number) =>
    n <= EXACT ? (n * factor + shift) % PRIME : Number((BigInt(n) * BigInt(factor) + BigInt(shift)) % BigInt(PRIME));
  return {
    at: (n) => String(lead) + String(scramble(n)).padStart(9, '0'),
    indexOf: (id) => {
      if (id.length !== 10 || id[0] !== String(lead) || !/^\d+$/.test(id)) return -1;
      const scrambled = Number(id.slice(1));
      if (scrambled >= PRIME) return -1;
      return Number((BigInt((scrambled - shift + PRIME) % PRIME) * inverse) % BigInt(PRIME));
    },
  };
}

/** Fermat: the inverse of a modulo the prime p is a^(p-2). */
function inverseOf(factor: number): bigint {
  const prime = BigInt(PRIME);
  let result = 1n;
  for (let base = BigInt(factor), power = prime - 2n; power > 0n; power >>= 1n, base = (base * base) % prime) {
    if (power & 1n) result = (result * base) % prime;
  }
  return result;
}
