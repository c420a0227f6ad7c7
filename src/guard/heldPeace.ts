// Whether a person has said, for some minutes, not to be asked before plain changes of live data. One answer for each connection, in the
// memory of this window alone. It ends on time, by command, and with whatever makes the connection another: signed out, other credentials,
// another environment or base URL. Free of vscode.
import type { GuardedConnection } from './approve.ts';

type Subject = Pick<GuardedConnection, 'id' | 'environment' | 'baseUrl' | 'signedOut'>;

interface Held extends Subject {
  since: number;
  until: number;
  timer: { dispose(): void };
}

export interface HeldPeaceOptions {
  /** Epoch milliseconds. */
  now?: () => number;
  schedule?: (run: () => void, ms: number) => { dispose(): void };
}

const realSchedule = (run: () => void, ms: number): { dispose(): void } => {
  const timer = setTimeout(run, ms).unref();
  return { dispose: () => clearTimeout(timer) };
};

export class HeldPeace {
  readonly #now: () => number;
  readonly #schedule: NonNullable<HeldPeaceOptions['schedule']>;
  readonly #held = new Map<string, Held>();
  readonly #listeners = new Set<() => void>();

  constructor({ now = Date.now, schedule = realSchedule }: HeldPeaceOptions = {}) {
    this.#now = now;
    this.#schedule = schedule;
  }

  hold({ id, environment, baseUrl, signedOut }: Subject, minutes: number): void {
    this.#held.get(id)?.timer.dispose();
    const since = this.#now();
    const ms = minutes * 60_000;
    this.#held.set(id, { id, environment, baseUrl, signedOut, since, until: since + ms, timer: this.#schedule(() => this.end(id), ms) });
    this.#changed();
  }

  /** Epoch milliseconds until which this connection's changes are not asked about; undefined when they are. */
  until({ id, environment, baseUrl, signedOut }: Subject): number | undefined {
    const held = this.#held.get(id);
    if (!held) return undefined;
    // The clock is looked at too: a machine that slept wakes up before its timers do, and one whose clock went back must not gain by it.
    const now = this.#now();
    const same = held.environment === environment && held.baseUrl === baseUrl && !signedOut === !held.signedOut;
    return same && now >= held.since && now < held.until ? held.until : undefined;
  }

  /** Asks again from now on: for one connection, or for all. True when something was held. */
  end(connectionId?: string): boolean {
    const ids = connectionId === undefined ? [...this.#held.keys()] : [connectionId];
    const ended = ids.filter((id) => {
      this.#held.get(id)?.timer.dispose();
      return this.#held.delete(id);
    });
    if (ended.length > 0) this.#changed();
    return ended.length > 0;
  }

  /** Ends it for connections that are no longer what they were. */
  look(now: (connectionId: string) => Subject | undefined): void {
    for (const id of [...this.#held.keys()]) {
      const subject = now(id);
      if (!subject || this.until(subject) === undefined) this.end(id);
    }
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
