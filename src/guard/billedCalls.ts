// Counts the calls of this window that cost money, or may: by connection and operation, those that the API says are billed apart from those
// of which no page says it. Only what succeeded is counted: nobody pays for a call that the API refused. Free of vscode.
import type { OperationId } from '../api/catalogue.ts';
import type { FinishedCall } from '../client/types.ts';

export interface Counted {
  /** Calls by operation, the most frequent first. */
  billed: readonly (readonly [OperationId, number])[];
  /** The same where the price is not published. */
  unknown: readonly (readonly [OperationId, number])[];
}

type Counts = Record<'billed' | 'unknown', Map<OperationId, number>>;

export class BilledCalls {
  readonly #byConnection = new Map<string, Counts>();
  readonly #listeners = new Set<() => void>();

  /** Takes a call that is over. The client's own sign-ins are no calls of a person's. */
  record({ operation: { operationId, billable }, outcome, answer, origin }: FinishedCall, connectionId: string): void {
    if (billable === 'no' || origin === 'token' || answer === undefined || outcome !== 'ok') return;
    let counts = this.#byConnection.get(connectionId);
    if (!counts) this.#byConnection.set(connectionId, (counts = { billed: new Map(), unknown: new Map() }));
    const of = counts[billable === 'yes' ? 'billed' : 'unknown'];
    of.set(operationId, (of.get(operationId) ?? 0) + 1);
    for (const listener of this.#listeners) listener();
  }

  of(connectionId: string): Counted {
    const { billed, unknown } = this.#byConnection.get(connectionId) ?? { billed: new Map(), unknown: new Map() };
    return { billed: sorted(billed), unknown: sorted(unknown) };
  }

  /** The connections that have any. */
  connections(): readonly string[] {
    return [...this.#byConnection.keys()];
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }
}

const sorted = (counts: ReadonlyMap<OperationId, number>): [OperationId, number][] => [...counts].sort(([a, m], [b, n]) => n - m || a.localeCompare(b));

/** How many calls these are. */
export const total = (counts: Counted[keyof Counted]): number => counts.reduce((sum, [, count]) => sum + count, 0);
