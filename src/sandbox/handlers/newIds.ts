// Ids of records that callers make.
import { seedRandom, uuidFrom } from '../seedRandom.ts';
import type { SandboxContext } from '../types.ts';

/** A new UUID of a kind, the same for the same seed and order. */
export const nextUuid = ({ state, world }: Pick<SandboxContext, 'state' | 'world'>, kind: string): string =>
  uuidFrom(seedRandom(world.seed, kind, state.next(kind)));
