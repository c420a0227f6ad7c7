// The guard's questions in this window: one after the other, whoever asks, so that none hides or answers another; and whether there is any,
// so that progress stays away while the person reads: nothing is under way then. A question must not wait for another one. Free of vscode.

export class OpenQuestions {
  #open = 0;
  #last: Promise<unknown> = Promise.resolve();
  readonly #watchers = new Set<() => void>();

  /** Puts a question once those before it are answered; it counts as open from now until its own answer. */
  async during<T>(ask: () => PromiseLike<T>): Promise<T> {
    this.#change(1);
    const answered = this.#last.then(ask);
    this.#last = answered.catch(() => undefined);
    try {
      return await answered;
    } finally {
      this.#change(-1);
    }
  }

  /** Calls back once, after `ms` milliseconds in a row without an open question. The returned function gives up waiting. */
  afterQuiet(ms: number, then: () => void): () => void {
    let timer: NodeJS.Timeout | undefined;
    const stop = (): void => {
      clearTimeout(timer);
      this.#watchers.delete(look);
    };
    const look = (): void => {
      clearTimeout(timer);
      if (this.#open > 0) return;
      timer = setTimeout(() => {
        stop();
        then();
      }, ms);
    };
    this.#watchers.add(look);
    look();
    return stop;
  }

  #change(by: 1 | -1): void {
    this.#open += by;
    for (const look of this.#watchers) look();
  }
}

/** The guard's questions in this window. */
export const guardQuestions = new OpenQuestions();
