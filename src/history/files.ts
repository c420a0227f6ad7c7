// The history on disk: `<folder>/<connection>/<day>-<session>-<n>.ndjson`, a line a call. A window appends to a file of its own, so that two
// never mix; appending, mending, pruning and purging are done under one lock, so that none of them undoes another's work. Reading takes no
// lock and goes on where it stopped. What cannot be read is set aside, beside what can. Only the user may read the files.
import { appendFile, mkdir, open, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withFileLock } from '../platform/fileLock.ts';
import { readLine, toLine, type HistoryEntry } from './entry.ts';

export interface HistoryLimits {
  /** Calls older than this are removed; 0 keeps nothing on disk. */
  maxAgeDays: number;
  maxSizeMb: number;
}

export interface FilesOptions {
  folder: string;
  /** This window's part of file names. */
  session: string;
  limits(): HistoryLimits;
  now(): number;
}

export interface Changes {
  /** Entries of files of other windows and sessions, whole files anew where one was replaced. */
  read: Map<string, { entries: HistoryEntry[]; anew: boolean }>;
  /** Files that were there and are not any more. */
  gone: string[];
  /** Lines and files set aside now. */
  setAside: number;
  /** Lines of a later version of the explorer. */
  newer: number;
}

export interface Removed {
  files: number;
  bytes: number;
}

interface OnDisk {
  path: string;
  /** `<connection>/<name>`, by which a file is called here. */
  key: string;
  connectionId: string;
  size: number;
  /** No entry in it is younger than this, epoch milliseconds. */
  until: number;
  aside: boolean;
}

const day = 24 * 3600_000;
const largestFile = 16 * 1024 * 1024;
const name = /^(\d{4}-\d{2}-\d{2})-([\w]{1,40})-(\d{1,6})\.ndjson$/;
const asideName = /\.set-aside$/;
const folderName = /^[\w.-]{1,100}$/;

export class HistoryFiles {
  readonly #options: FilesOptions;
  /** What was read of a file: bytes up to the last whole line. */
  readonly #known = new Map<string, { offset: number; size: number; modified: number }>();
  /** This window's present file by connection. */
  readonly #own = new Map<string, { key: string; size: number }>();
  /** Every file that this window has written and nobody has removed. */
  readonly #written = new Set<string>();
  #counter = 0;

  constructor(options: FilesOptions) {
    this.#options = options;
  }

  /** Appends entries of one connection; returns the file they are in. */
  append(connectionId: string, entries: readonly HistoryEntry[]): Promise<string> {
    return this.#locked(async () => {
      const text = entries.map((entry) => `${toLine(entry)}\n`).join('');
      const bytes = Buffer.byteLength(text);
      const file = await this.#ownFile(connectionId, bytes);
      await appendFile(this.#path(file.key), text, { mode: 0o600 });
      file.size += bytes;
      this.#written.add(file.key);
      return file.key;
    });
  }

  /** The file to append to: another one each day, when it has grown, and when it is not as this window left it. */
  async #ownFile(connectionId: string, bytes: number): Promise<{ key: string; size: number }> {
    const folder = folderName.test(connectionId) && !/^\.+$/.test(connectionId) ? connectionId : `c-${Buffer.from(connectionId).toString('hex').slice(0, 80)}`;
    const today = new Date(this.#options.now()).toISOString().slice(0, 10);
    const present = this.#own.get(connectionId);
    const size = present && await stat(this.#path(present.key)).then((found) => found.size, () => undefined);
    // Read and parsed in one go each, so none may hold up the extension host.
    const largest = Math.min(512 * 1024, Math.max(64 * 1024, (this.#options.limits().maxSizeMb * 1024 * 1024) / 8));
    if (present && size === present.size && present.key.startsWith(`${folder}/${today}-`) && present.size + bytes <= largest) return present;
    this.#counter += 1;
    const file = { key: `${folder}/${today}-${this.#options.session}-${this.#counter}.ndjson`, size: 0 };
    await mkdir(join(this.#options.folder, folder), { recursive: true, mode: 0o700 });
    this.#own.set(connectionId, file);
    return file;
  }

  /** What other windows and past sessions have written since the last time. Never throws for a file that cannot be read. */
  async changes(): Promise<Changes> {
    const changes: Changes = { read: new Map(), gone: [], setAside: 0, newer: 0 };
    const present = await this.#list();
    const keys = new Set(present.map(({ key }) => key));
    for (const key of [...this.#known.keys()]) {
      if (keys.has(key)) continue;
      this.#known.delete(key);
      changes.gone.push(key);
    }
    for (const file of present) {
      if (file.aside || this.#isOwn(file.key)) continue;
      try {
        await this.#read(file, changes);
      } catch {
        // Gone or locked since it was listed: the next look tells.
      }
    }
    for (const key of [...this.#written]) {
      if (keys.has(key)) continue;
      this.#written.delete(key);
      changes.gone.push(key);
    }
    return changes;
  }

  async #read(file: OnDisk, changes: Changes): Promise<void> {
    const { mtimeMs, size } = await stat(file.path);
    const before = this.#known.get(file.key);
    if (before && before.size === size && before.modified === mtimeMs) return;
    if (size > largestFile) {
      await this.#locked(() => rename(file.path, `${file.path}.set-aside`));
      changes.setAside += 1;
      return;
    }
    const anew = !before || size < before.offset || (size === before.size && before.modified !== mtimeMs);
    const from = anew ? 0 : before.offset;
    const found = readPart(await bytesFrom(file.path, from), file.connectionId);
    if (found.damaged === 0) {
      this.#known.set(file.key, { offset: from + found.whole, size, modified: mtimeMs });
      changes.newer += found.newer;
      changes.read.set(file.key, { entries: found.entries, anew });
      return;
    }
    const mended = await this.#mend(file);
    changes.setAside += mended.damaged;
    changes.newer += mended.newer;
    changes.read.set(file.key, { entries: mended.entries, anew: true });
  }

  /** Under the lock nobody is writing: what is not a whole line now never will be. */
  #mend(file: OnDisk): Promise<ReturnType<typeof readPart>> {
    return this.#locked(async () => {
      const found = readPart(await readFile(file.path), file.connectionId);
      if (found.damaged > 0) {
        await appendFile(`${file.path}.set-aside`, found.bad, { mode: 0o600 });
        const beside = `${file.path}.mending`;
        await writeFile(beside, found.good, { mode: 0o600 });
        await rename(beside, file.path);
      }
      const { mtimeMs, size } = await stat(file.path);
      this.#known.set(file.key, { offset: size, size, modified: mtimeMs });
      return found;
    });
  }

  /** Removes what is too old, and the oldest until the rest is small enough. */
  prune(): Promise<Removed> {
    return this.#locked(async () => {
      const { maxAgeDays, maxSizeMb } = this.#options.limits();
      const cutoff = this.#options.now() - maxAgeDays * day;
      const files = (await this.#list()).sort((a, b) => a.until - b.until);
      let total = files.reduce((sum, { size }) => sum + size, 0);
      const removed: Removed = { files: 0, bytes: 0 };
      for (const { path, size, until } of files) {
        if (until >= cutoff && total <= maxSizeMb * 1024 * 1024) continue;
        await rm(path, { force: true });
        total -= size;
        removed.files += 1;
        removed.bytes += size;
      }
      return removed;
    });
  }

  /** Removes everything, or everything of one connection; what was set aside too. */
  purge(connectionId?: string): Promise<Removed> {
    return this.#locked(async () => {
      const files = (await this.#list()).filter((file) => connectionId === undefined || file.connectionId === connectionId);
      for (const { path } of files) await rm(path, { force: true });
      for (const folder of new Set(files.map(({ key }) => key.split('/', 1)[0]!))) await rm(join(this.#options.folder, folder), { recursive: true, force: true });
      if (connectionId === undefined) this.#own.clear();
      else this.#own.delete(connectionId);
      for (const { key } of files) {
        this.#known.delete(key);
        this.#written.delete(key);
      }
      return { files: files.length, bytes: files.reduce((sum, { size }) => sum + size, 0) };
    });
  }

  async #list(): Promise<OnDisk[]> {
    const files: OnDisk[] = [];
    for (const folder of await readdir(this.#options.folder, { withFileTypes: true }).catch(() => [])) {
      if (!folder.isDirectory() || !folderName.test(folder.name)) continue;
      const connectionId = /^c-(?:[0-9a-f]{2})+$/.test(folder.name) ? Buffer.from(folder.name.slice(2), 'hex').toString() : folder.name;
      const below = join(this.#options.folder, folder.name);
      for (const file of await readdir(below, { withFileTypes: true }).catch(() => [])) {
        const [, date] = name.exec(file.name.replace(asideName, '')) ?? [];
        const path = join(below, file.name);
        const found = file.isFile() && date !== undefined ? await stat(path).catch(() => undefined) : undefined;
        // A copied or restored file is no younger than its name says, and a clock that ran ahead does not keep one for ever.
        if (found) files.push({ path, key: `${folder.name}/${file.name}`, connectionId, size: found.size, until: Math.min(Date.parse(date!) + day, found.mtimeMs), aside: asideName.test(file.name) });
      }
    }
    return files;
  }

  #isOwn(key: string): boolean {
    return name.exec(key.split('/')[1]!)?.[2] === this.#options.session;
  }

  #path(key: string): string {
    return join(this.#options.folder, ...key.split('/'));
  }

  #locked<T>(work: () => Promise<T>): Promise<T> {
    return withFileLock(join(this.#options.folder, '.lock'), { staleMs: 20_000, waitMs: 30_000 }, work);
  }
}

async function bytesFrom(path: string, from: number): Promise<Buffer> {
  if (from === 0) return readFile(path);
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.max(0, size - from));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

interface Part {
  entries: HistoryEntry[];
  newer: number;
  damaged: number;
  /** Bytes of whole lines. */
  whole: number;
  good: string;
  bad: string;
}

/** The lines of some bytes. A last one that is not finished counts as damaged, unless it is a whole entry that only lacks its end. */
function readPart(bytes: Buffer, connectionId: string): Part {
  const part: Part = { entries: [], newer: 0, damaged: 0, whole: bytes.length, good: '', bad: '' };
  const good: string[] = [];
  const bad: string[] = [];
  for (const line of bytes.toString('utf8').split('\n')) {
    if (line.trim() === '') continue;
    const read = readLine(line, connectionId);
    if (read.kind === 'entry') part.entries.push(read.entry);
    if (read.kind === 'newer') part.newer += 1;
    if (read.kind === 'damaged') part.damaged += 1;
    (read.kind === 'damaged' ? bad : good).push(`${line}\n`);
  }
  part.good = good.join('');
  part.bad = bad.join('');
  return part;
}
