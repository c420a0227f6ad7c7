// Which windows live: each that has something to do with a running job writes the time into a file of its own every few seconds. What a
// window without such a sign was doing may be taken over by another. Free of vscode.
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Milliseconds between two signs, and after how long without one a window counts as gone. */
export const beatMs = 5_000;
export const goneMs = 20_000;

export class Presence {
  readonly #folder: string;
  readonly #now: () => number;
  readonly me: string;

  constructor(folder: string, me: string, now: () => number) {
    this.#folder = join(folder, 'windows');
    this.me = me;
    this.#now = now;
  }

  /** Never throws: without a disk there are no other windows to know of this one. */
  async beat(): Promise<void> {
    const path = join(this.#folder, this.me);
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await writeFile(`${path}.writing`, String(this.#now()), { mode: 0o600 });
      await rename(`${path}.writing`, path);
    } catch {
      return;
    }
  }

  /** The windows that live, this one among them. Signs of windows long gone are removed. */
  async living(): Promise<ReadonlySet<string>> {
    const living = new Set([this.me]);
    for (const name of await readdir(this.#folder).catch(() => [])) {
      if (name.endsWith('.writing') || name === this.me) continue;
      const path = join(this.#folder, name);
      const silent = Math.abs(this.#now() - Number(await readFile(path, 'utf8').catch(() => 'gone')));
      if (silent < goneMs) living.add(name);
      else if (silent > 10 * goneMs) await rm(path, { force: true }).catch(() => undefined);
    }
    return living;
  }

  async leave(): Promise<void> {
    await rm(join(this.#folder, this.me), { force: true }).catch(() => undefined);
  }
}
