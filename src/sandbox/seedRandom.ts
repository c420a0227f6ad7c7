// The world's only source of chance: small, fast and the same on every machine. A generator is made of the seed and of what it is for
// (a customer's index, an account's number), so that any record can be made alone and in any order. Math.random never appears in world/.

/** A 32-bit number of a text (FNV-1a); turns a seed given as text into one that can be mixed. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Mixes two 32-bit numbers into one in which every bit of both counts. */
export function mix(a: number, b: number): number {
  let x = (a ^ Math.imul(b + 0x9e3779b9, 0x85ebca6b)) | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

export interface SeedRandom {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  pick<T>(list: readonly T[]): T;
  /** True with this probability. */
  chance(probability: number): boolean;
  hex(digits: number): string;
  digits(count: number): string;
}

/** A generator for one purpose: the same parts give the same sequence. */
export function seedRandom(...parts: readonly (number | string)[]): SeedRandom {
  let state = parts.reduce<number>((acc, part) => mix(acc, typeof part === 'number' ? part : hashText(part)), 0x2545f491);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const text = (count: number, alphabet: string) => Array.from({ length: count }, () => alphabet[int(0, alphabet.length - 1)]).join('');
  return {
    next,
    int,
    pick: <T>(list: readonly T[]) => list[Math.floor(next() * list.length)] as T,
    chance: (probability) => next() < probability,
    hex: (digits) => text(digits, '0123456789abcdef'),
    digits: (count) => text(count, '0123456789'),
  };
}

/** A version 4 UUID out of a generator's next digits. */
export function uuidFrom(random: SeedRandom): string {
  const hex = random.hex(32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
