// Long work in the extension host, which is every extension's thread, in turns. Free of vscode. The views have their own (webviews/ui/turns.ts).

/** Milliseconds of work between two breaths. */
const turn = 10;

const hostTurn = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

/** Does work that says `yield` where it may rest. @throws the signal's reason, once it is aborted. */
export async function inTurns<T>(work: Generator<void, T, void>, { signal, breath = hostTurn }: { signal?: AbortSignal; breath?: () => Promise<void> } = {}): Promise<T> {
  for (;;) {
    const until = performance.now() + turn;
    do {
      const { done, value } = work.next();
      if (done) return value;
    } while (performance.now() < until);
    await breath();
    signal?.throwIfAborted();
  }
}
