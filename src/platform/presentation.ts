// Presentation mode: while it is on, nothing that the explorer shows names a person. One state for the window; it outlives a reload, since a
// reload in the middle of a talk must not unmask. Who shows something asks `on` and the masker, and draws anew when it changes; what is
// sent, kept and exported is never masked. Free of vscode; presentationSign.ts draws the sign.
import { createMasker, type Masker } from '../masking/masker.ts';
import { PresentingError } from './errors.ts';

export interface Presentation {
  readonly on: boolean;
  /** Epoch milliseconds of the last change in this window; 0 before the first. */
  readonly changedAt: number;
  readonly masker: Masker;
  set(on: boolean): Promise<void>;
  /**
   * Runs what writes a file of personal data; refused while it is on, since nobody could tell a masked copy from a true one. `still` refuses
   * later on: between the choice of a place and the writing it may have been turned on.
   */
  unlessOn<T>(save: (still: () => void) => T): T;
  onDidChange(listener: () => void): { dispose(): void };
}

export interface PresentationOptions {
  /** Of this window: its workspace's state. */
  state: { get(key: string): unknown; update(key: string, value: unknown): PromiseLike<void> };
  now?: () => number;
}

const key = 'openBanking.presenting';

export const savingRefused = 'Not saved: presentation mode is on, and a file is not masked. Turn it off to save.';

export function createPresentation({ state, now = Date.now }: PresentationOptions): Presentation {
  const listeners = new Set<() => void>();
  const masker = createMasker();
  let on = state.get(key) === true;
  let changedAt = 0;
  return {
    get on() { return on; },
    get changedAt() { return changedAt; },
    masker,
    async set(wanted) {
      if (wanted === on) return;
      on = wanted;
      changedAt = Math.max(now(), changedAt + 1);
      for (const listener of [...listeners]) listener();
      // After the drawing: nobody waits for the disk to be hidden.
      await state.update(key, wanted ? true : undefined);
    },
    unlessOn(save) {
      const still = (): void => {
        if (on) throw new PresentingError(savingRefused);
      };
      still();
      return save(still);
    },
    onDidChange(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
  };
}
