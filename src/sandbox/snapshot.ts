// What survives a restart: one JSON file, replaced whole (written beside it, then renamed), a moment after a change and at the end.
// A file that cannot be read, or that belongs to another seed, is set aside under a name of its own, never overwritten or deleted.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClockSettings } from './clock.ts';
import type { StateSnapshot } from './stateStore.ts';

export interface Snapshot {
  version: 1;
  seed: string;
  customers: number;
  clock?: ClockSettings;
  state: StateSnapshot;
}

export interface SnapshotStore {
  /** What was found at the start. */
  readonly found: Snapshot | undefined;
  /** In words, when a file was set aside. */
  readonly setAside?: { reason: string; file: string; damaged: boolean };
  /** Saves soon; many changes make one file. */
  changed(): void;
  /** Saves what is outstanding, now. */
  flush(): void;
}

const DELAY_MS = 300;
const NAME = 'snapshot.json';

export function openSnapshot(folder: string | undefined, world: { seed: string; customers: number }, take: () => Snapshot): SnapshotStore {
  if (folder === undefined) return { found: undefined, changed: () => {}, flush: () => {} };
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, NAME);
  const opened = load(folder, file, world);
  // Of this process alone: two sandboxes on one folder overwrite each other's state, but never write into one file.
  const draft = `${file}.${process.pid}.tmp`;
  let timer: NodeJS.Timeout | undefined;
  let writing = false;
  /** Counts the files put in place, so that a slow save never replaces a newer one. */
  let generation = 0;

  const save = async () => {
    timer = undefined;
    if (writing) return changed();
    writing = true;
    const mine = generation;
    try {
      await writeFile(draft, JSON.stringify(take()), { mode: 0o600 });
      if (generation === mine) renameSync(draft, file);
    } catch (error) {
      console.error(`The snapshot could not be saved: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      writing = false;
    }
  };
  const changed = () => {
    timer ??= setTimeout(() => void save(), DELAY_MS).unref();
  };
  return {
    ...opened,
    changed,
    flush: () => {
      if (!timer && !writing) return;
      clearTimeout(timer);
      timer = undefined;
      generation++;
      writeFileSync(`${draft}.last`, JSON.stringify(take()), { mode: 0o600 });
      renameSync(`${draft}.last`, file);
    },
  };
}

function load(folder: string, file: string, world: { seed: string; customers: number }): Pick<SnapshotStore, 'found' | 'setAside'> {
  if (!existsSync(file)) return { found: undefined };
  const setAside = (name: string, reason: string, damaged: boolean) => {
    const kept = join(folder, name);
    renameSync(file, kept);
    return { found: undefined, setAside: { reason, file: kept, damaged } };
  };
  const stamp = Math.floor(Date.now() / 1000);
  const read = parse(file);
  if (!read) return setAside(`snapshot.damaged-${stamp}.json`, 'The saved state could not be read', true);
  if (read.seed !== world.seed || read.customers !== world.customers) {
    return setAside(`snapshot.other-${stamp}.json`, `The saved state belongs to seed "${read.seed}" with ${read.customers} customers`, false);
  }
  return { found: read };
}

/** Undefined unless it has the shape that createState relies on. */
function parse(file: string): Snapshot | undefined {
  try {
    const read = JSON.parse(readFileSync(file, 'utf8')) as Partial<Snapshot> | null;
    const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
    const state = read?.state;
    const whole = read?.version === 1 && typeof read.seed === 'string' && typeof read.customers === 'number' && state !== undefined &&
      typeof state.madeAt === 'number' && [state.records, state.injected, state.bags, state.counters].every(isObject) &&
      Object.values(state.records).every(isObject) && Object.values(state.bags).every(isObject) && Object.values(state.injected).every(Array.isArray);
    return whole ? (read as Snapshot) : undefined;
  } catch {
    return undefined;
  }
}
