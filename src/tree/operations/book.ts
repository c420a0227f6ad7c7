// What the Operations view remembers: favourites and the operations used last, by operation id, in the editor's global state. Ids that the
// description no longer has stay where they are, since another version may know them; they are only not shown. Free of vscode.
import type { Memory } from '../notebook.ts';

const favouritesKey = 'openBanking.operations.favourites';
const recentKey = 'openBanking.operations.recent';
/** More than that is no longer "recently". */
const mostRecent = 10;

export class OperationBook {
  readonly #memory: Memory;
  readonly #changed: () => void;

  constructor(memory: Memory, changed: () => void) {
    this.#memory = memory;
    this.#changed = changed;
  }

  /** In the order in which they were chosen. */
  favourites(): readonly string[] {
    return this.#ids(favouritesKey);
  }

  /** The latest first. */
  recent(): readonly string[] {
    return this.#ids(recentKey).slice(0, mostRecent);
  }

  async favour(id: string, yes: boolean): Promise<void> {
    const others = this.favourites().filter((known) => known !== id);
    await this.#memory.update(favouritesKey, yes ? [...others, id] : others);
    this.#changed();
  }

  /** Notes that a request of this operation was opened or sent. */
  async used(id: string): Promise<void> {
    if (this.recent()[0] === id) return;
    await this.#memory.update(recentKey, [id, ...this.recent().filter((known) => known !== id)].slice(0, mostRecent));
    this.#changed();
  }

  #ids(key: string): readonly string[] {
    const kept = this.#memory.get<unknown>(key);
    return Array.isArray(kept) ? [...new Set(kept.filter((id): id is string => typeof id === 'string'))] : [];
  }
}
