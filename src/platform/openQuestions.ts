// Whether the guard has a question on the screen. A window shows one modal at a time, so this is one fact of the whole window; it lets
// progress stay away while the person reads: nothing is under way then. Free of vscode.

export class OpenQuestions {
  #open = 0;
  readonly #watchers = new Set<() => void>();

  /** Runs a question; it counts as open until it is answered. */
  async during<T>(ask: () => PromiseLike<T>): Promise<T> {
    this.#change(1);
    try {
      return await ask();
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
