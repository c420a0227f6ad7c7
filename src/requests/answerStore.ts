// The answers of this window, for who opens, saves or compares them later: the latest thirty, and no more than 100 MB of memory. Bodies that
// are too large for that lie in files of a folder of this window, which only the user may read; a file goes with its answer, all go with the
// window, and what a window that crashed left behind goes a day later, by the number of its process, since a window may live for weeks.
// Plain Node.
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { open, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { AnswerForm } from '../webviews/protocol/answer.ts';
import { sniffedBytes } from './answerForm.ts';
import { indentJson } from './indentJson.ts';

/** An answer that was kept. */
export interface AnswerHandle {
  /** Unique in this window; what a document of it is called. */
  readonly name: string;
  /** What its body is, also where that lies in a file. */
  readonly form: Exclude<AnswerForm, 'file'>;
  readonly size: number;
  /** Path of the file that a too large body went to. */
  readonly file?: string;
}

export interface NewAnswer {
  operationId: string;
  /** As for AnswerHandle; `extension` names its documents and files. */
  form: AnswerHandle['form'];
  extension: string;
  /** Undefined when no answer came. */
  status?: number;
  size: number;
  bytes?: Uint8Array;
  file?: string;
}

export interface AnswerStoreOptions {
  /** Of all windows; made when the first body goes to a file. */
  folder: string;
  most?: number;
  mostBytes?: number;
  now?: () => number;
  /** Whether a process with this number runs on this machine. */
  runs?: (pid: number) => boolean;
}

const day = 24 * 3600_000;
/** Up to here JSON gets a line for each value; a larger one a line for each record. */
const fullLayout = 5 * 1024 * 1024;
const recordLevels = 2;

interface Kept {
  handle: AnswerHandle;
  bytes?: Uint8Array;
}

export class AnswerStore {
  readonly #options: Required<AnswerStoreOptions>;
  /** This window's folder: its name begins with the number of the window's process. */
  readonly #own: string;
  /** Oldest first. */
  readonly #kept = new Map<string, Kept>();
  #held = 0;
  #counter = 0;
  #swept = false;
  /** The one that was laid out last: the editor asks for size and text one after the other. */
  #laidOut: { name: string; bytes: Promise<Uint8Array> } | undefined;

  constructor({ folder, most = 30, mostBytes = 100 * 1024 * 1024, now = Date.now, runs = isRunning }: AnswerStoreOptions) {
    this.#options = { folder, most, mostBytes, now, runs };
    this.#own = join(folder, `${process.pid}-${randomBytes(4).toString('hex')}`);
  }

  /** A path for a body that is too large for memory. */
  overflowPath(operationId: string): string {
    mkdirSync(this.#own, { recursive: true, mode: 0o700 });
    if (!this.#swept) void this.#sweep();
    this.#swept = true;
    return join(this.#own, `${safeName(operationId)}-${randomBytes(6).toString('hex')}.body`);
  }

  /** Takes an answer. A file gets the extension of what it holds. */
  async keep({ operationId, status, form, extension, size, bytes, file }: NewAnswer): Promise<AnswerHandle> {
    this.#counter += 1;
    const name = `${safeName(operationId)} ${status ?? 'no answer'} #${this.#counter}.${extension}`;
    const place = file === undefined ? undefined : await withExtension(file, extension);
    const handle: AnswerHandle = { name, form, size, ...(place !== undefined && { file: place }) };
    this.#kept.set(name, { handle, ...(bytes && { bytes }) });
    this.#held += bytes?.length ?? 0;
    const { most, mostBytes } = this.#options;
    for (const [oldest, { handle: old, bytes: held }] of this.#kept) {
      if (oldest === name || (this.#kept.size <= most && this.#held <= mostBytes)) break;
      // Only memory is short: a file frees none.
      if (this.#kept.size <= most && held === undefined) continue;
      this.#kept.delete(oldest);
      this.#held -= held?.length ?? 0;
      if (old.file !== undefined) void remove(old.file);
    }
    return handle;
  }

  /** The handle, while the answer is still kept. */
  get(name: string): AnswerHandle | undefined {
    return this.#kept.get(name)?.handle;
  }

  /** The body as it came; undefined when it lies in a file, or is no longer kept. Empty for none. */
  bytes(name: string): Uint8Array | undefined {
    const kept = this.#kept.get(name);
    return kept && (kept.handle.file === undefined ? kept.bytes ?? new Uint8Array() : undefined);
  }

  /** The body as a document shows it: JSON over lines, everything else as it came. */
  async document(name: string): Promise<Uint8Array | undefined> {
    const kept = this.#kept.get(name);
    const bytes = this.bytes(name);
    if (!kept || !bytes || kept.handle.form !== 'json') return bytes;
    if (this.#laidOut?.name !== name) this.#laidOut = { name, bytes: indentJson(bytes, bytes.length <= fullLayout ? Infinity : recordLevels).then((laid) => laid ?? bytes) };
    return this.#laidOut.bytes;
  }

  /** Forgets all answers and removes their files. */
  async clear(): Promise<void> {
    const files = [...this.#kept.values()].flatMap(({ handle: { file } }) => (file === undefined ? [] : [file]));
    this.#kept.clear();
    this.#held = 0;
    this.#laidOut = undefined;
    await Promise.all(files.map(remove));
    // Stays when something is still being written into it.
    await rmdir(this.#own).catch(() => undefined);
  }

  /** What nobody holds any more: its window is not there, and a day has gone by, in case that could not be told. */
  async #sweep(): Promise<void> {
    const { folder, now, runs } = this.#options;
    for (const name of await readdir(folder).catch(() => [])) {
      const path = join(folder, name);
      const pid = Number(/^(\d+)-/.exec(name)?.[1]);
      if (path === this.#own || (pid > 0 && runs(pid))) continue;
      const old = await stat(path).then(({ mtimeMs }) => now() - mtimeMs > day, () => false);
      if (old) await remove(path);
    }
  }
}

/** A file's beginning. */
export async function beginningOf(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(sniffedBytes), 0, sniffedBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function withExtension(path: string, extension: string): Promise<string> {
  const named = `${path.slice(0, path.length - extname(path).length)}.${extension}`;
  await rename(path, named);
  return named;
}

/** Another user's process may not be spoken to, but is there. */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const remove = (path: string): Promise<void> => rm(path, { force: true, recursive: true }).catch(() => undefined);
const safeName = (operationId: string): string => operationId.replace(/[^\w-]/g, '_').slice(0, 80);
