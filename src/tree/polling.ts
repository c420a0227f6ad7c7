// Looks again at branches that change by themselves (reports being made), and only while somebody can see them: the view is visible and
// the branch is open all the way up. One timer in all.
import type { Due } from './store.ts';

export interface Pollable {
  due(): Due[];
  poll(path: string): Promise<void>;
}

export interface Timers {
  /** Epoch milliseconds. */
  now(): number;
  set(run: () => void, ms: number): unknown;
  clear(timer: unknown): void;
}

const realTimers: Timers = {
  now: Date.now,
  set: (run, ms) => setTimeout(run, ms),
  clear: (timer) => clearTimeout(timer as NodeJS.Timeout),
};

export class Poller {
  readonly #store: Pollable;
  readonly #timers: Timers;
  #timer: unknown;
  #visible = false;

  constructor(store: Pollable, timers: Timers = realTimers) {
    this.#store = store;
    this.#timers = timers;
  }

  setVisible(visible: boolean): void {
    this.#visible = visible;
    this.update();
  }

  /** To be called whenever the tree changed: sets the one timer to the next branch that is due. */
  update(): void {
    if (this.#timer !== undefined) this.#timers.clear(this.#timer);
    this.#timer = undefined;
    if (!this.#visible) return;
    const due = this.#store.due();
    if (due.length === 0) return;
    const wait = Math.max(0, Math.min(...due.map(({ at }) => at)) - this.#timers.now());
    this.#timer = this.#timers.set(() => {
      this.#timer = undefined;
      void this.#look();
    }, wait);
  }

  async #look(): Promise<void> {
    const now = this.#timers.now();
    await Promise.all(this.#store.due().filter(({ at }) => at <= now).map(({ path }) => this.#store.poll(path)));
    this.update();
  }

  dispose(): void {
    this.setVisible(false);
  }
}
