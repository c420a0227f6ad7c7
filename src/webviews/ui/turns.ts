// Long work in the page's one thread, in turns: it stands still for no longer than a person would notice.

/** Milliseconds of work between two breaths of the page. */
const turn = 12;

/** Resolves when the page had a turn: what was clicked is heard, what was drawn is painted. */
export function pageTurn(): Promise<void> {
  return new Promise((resolve) => {
    // Not a timer: the fifth in a row waits four milliseconds.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/** Does work that says `yield` where it may be interrupted; `stopped` is asked after each breath, and ends it with undefined. */
export async function inTurns<T>(work: Generator<void, T, void>, stopped: () => boolean = () => false, pause: () => Promise<void> = pageTurn): Promise<T | undefined> {
  for (;;) {
    const until = performance.now() + turn;
    do {
      const { done, value } = work.next();
      if (done) return value;
    } while (performance.now() < until);
    await pause();
    if (stopped()) {
      work.return(undefined as T);
      return undefined;
    }
  }
}

/** The same at once, for those who have time. */
export function atOnce<T>(work: Generator<void, T, void>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
