// Work on one list, one piece after another, so that what was read earlier is never taken for what is so now; and all that is under way, so
// that a window that closes can wait for it.

export class Turns {
  readonly #failed: (error: unknown) => void;
  #last: Promise<unknown> = Promise.resolve();
  readonly #pending = new Set<Promise<unknown>>();

  /** `failed`: hears of work that did not succeed; nobody else does. */
  constructor(failed: (error: unknown) => void) {
    this.#failed = failed;
  }

  /** After what was given before. Never rejects. */
  take(work: () => Promise<void>): Promise<void> {
    const run = this.#last.then(work).catch(this.#failed);
    this.#last = run;
    return this.note(run);
  }

  /** Counts as under way until it ends. Rejections are the caller's. */
  note<T>(work: Promise<T>): Promise<T> {
    const done = work.then(() => undefined, () => undefined).finally(() => this.#pending.delete(done));
    this.#pending.add(done);
    return work;
  }

  /** Resolves when nothing is under way, what was begun meanwhile included. */
  async settled(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }
}
