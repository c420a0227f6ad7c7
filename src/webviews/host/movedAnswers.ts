// A request that is saved for the first time goes on in another tab: the editor opens the file's and closes the one it had, in either order.
// The answer that was shown, and the JSON tab, go along when the two are the same request and one follows the other at once. Free of vscode.
import type { Ended, ShownAnswer } from './requestSession.ts';

/** What goes along: the answer, which of the request's it was, whether the body was shown as JSON, and a draft of it that the document has not. */
export interface Moving {
  answer?: ShownAnswer;
  count: number;
  json: boolean;
  unkept?: string;
  /** How the last sending ended, when it is not the answer's, which is `old` then. */
  ended?: Ended;
  old: boolean;
}

/** A request's tab, as far as this needs it. */
export interface MovingTab {
  /** Tells requests apart by what they send; undefined when the tab never had one. */
  sameness(): string | undefined;
  moving(): Moving | undefined;
  take(moving: Moving): void;
}

/** Milliseconds in which the second tab follows the first. */
const atOnce = 10_000;

export class MovedAnswers {
  readonly #now: () => number;
  #left: { at: number; same: string; moving: Moving }[] = [];
  #begun: { at: number; tab: MovingTab }[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The tab of a request without a file was closed. */
  left(tab: MovingTab): void {
    this.#forget();
    const [same, moving] = [tab.sameness(), tab.moving()];
    if (same === undefined || !moving) return;
    const next = this.#begun.find((one) => one.tab.sameness() === same && !one.tab.moving());
    if (next) next.tab.take(moving);
    else this.#left.push({ at: this.#now(), same, moving });
  }

  /** The tab of a file was opened. */
  begun(tab: MovingTab): void {
    this.#forget();
    if (this.#left.length > 0) {
      const same = tab.sameness();
      const index = this.#left.findIndex((one) => one.same === same);
      const [found] = index < 0 ? [] : this.#left.splice(index, 1);
      if (found) return tab.take(found.moving);
    }
    this.#begun.push({ at: this.#now(), tab });
  }

  /** The tab of a file was closed. */
  ended(tab: MovingTab): void {
    this.#begun = this.#begun.filter((one) => one.tab !== tab);
  }

  #forget(): void {
    const since = this.#now() - atOnce;
    this.#left = this.#left.filter(({ at }) => at >= since);
    this.#begun = this.#begun.filter(({ at }) => at >= since);
  }
}
