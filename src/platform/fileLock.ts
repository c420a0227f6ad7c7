// Lets one process at a time do a short piece of work: whoever creates the lock file holds it. A file left by a process that died is
// taken over after `staleMs`. Used where windows of the editor share a file (the lock-out ledger, the sandbox's address). Free of vscode.
import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rename, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface FileLockOptions {
  /** Milliseconds after which a lock that was not touched counts as left behind. Must exceed the work's own longest time. */
  staleMs: number;
  /** Milliseconds to wait for the lock before giving up. */
  waitMs: number;
  signal?: AbortSignal;
}

/** Throws when the lock cannot be had in time or its folder cannot be written. */
export async function withFileLock<T>(path: string, { staleMs, waitMs, signal }: FileLockOptions, work: () => Promise<T>): Promise<T> {
  const token = randomUUID();
  const deadline = Date.now() + waitMs;
  await mkdir(dirname(path), { recursive: true });
  while (!(await create(path, token))) {
    if (await removeStale(path, staleMs, token)) continue;
    if (Date.now() > deadline) throw new Error('Another window of the editor holds a file of the explorer for too long. Close it or try again.');
    await sleep(15 + Math.random() * 25, undefined, { signal });
  }
  try {
    return await work();
  } finally {
    // Only our own: when the work took too long, the lock may by now be somebody else's.
    if ((await readFile(path, 'utf8').catch(() => '')) === token) await unlink(path).catch(() => {});
  }
}

async function create(path: string, token: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(token);
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves a stale lock away; the move is what makes sure that of several who saw it only one removes it. */
async function removeStale(path: string, staleMs: number, token: string): Promise<boolean> {
  const age = async (of: string) => Date.now() - (await stat(of)).mtimeMs;
  const aside = `${path}.${token}`;
  try {
    if ((await age(path)) < staleMs) return false;
    await rename(path, aside);
    // Between the look and the move its place may have been taken by a live one: that one goes back.
    if ((await age(aside)) < staleMs) await link(aside, path).catch(() => {});
    await unlink(aside);
    return true;
  } catch {
    return false;
  }
}
