// The jobs of all windows in one file. Rules: whoever changes it reads it anew under a lock, so that two windows never undo each other's
// work; it is replaced whole, so that a reader needs no lock; what cannot be read is set aside, and a later version's file is left as it
// is. Where the disk refuses, this window goes on in memory, says so, and brings that in with the next change that the disk takes. A read
// that fails says nothing of the jobs. Only the user may read the file. Free of vscode.
import { chmod, copyFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withFileLock } from '../platform/fileLock.ts';
import { mergeOwn } from './edits.ts';
import { readJobs, writeJobs, type Job } from './job.ts';

export interface JobsFileOptions {
  folder: string;
  now(): number;
  warn(message: string, error?: unknown): void;
}

const day = 24 * 3600_000;
/** Days that an ended job is kept, and how many of them. */
export const limits = { days: 14, ended: 200 } as const;
/** Milliseconds to wait for the lock; less where this window goes on in memory and only tries. */
const waitMs = { first: 15_000, again: 250 } as const;
/** Other windows have long seen the end of one without a row. */
const unlistedMs = 60_000;

export class JobsFile {
  readonly #options: JobsFileOptions;
  readonly #path: string;
  /** What this window keeps while it cannot use the file, and what it set out from then. */
  #memory: { jobs: readonly Job[]; base: readonly Job[] } | undefined;
  /** As they were when the file could be used last. */
  #last: readonly Job[] = [];
  #toldOfNewer = false;
  /** What is wrong, in words for the view's head; undefined while all is well. */
  trouble: string | undefined;
  /** Files set aside as unreadable since the window was opened. */
  setAside = 0;

  constructor(options: JobsFileOptions) {
    this.#options = options;
    this.#path = join(options.folder, 'jobs.json');
  }

  /** The jobs as they are now; undefined when that cannot be known just now. Never throws. */
  async read(): Promise<readonly Job[] | undefined> {
    if (this.#memory) return this.#memory.jobs;
    const text = await this.#text().catch(() => null);
    if (text === null) return undefined;
    const found = text === undefined ? undefined : readJobs(text);
    if (found?.kind === 'newer') return this.#leaveAlone().jobs;
    if (found?.kind === 'damaged' || (found?.kind === 'jobs' && found.damaged > 0)) return this.change(() => undefined);
    return (this.#last = found?.jobs ?? []);
  }

  /** Changes the jobs in place, under the lock; gives them as they are then. Never throws for the disk's sake. */
  async change(edit: (jobs: Job[]) => void): Promise<readonly Job[]> {
    let memory = this.#memory;
    try {
      const written = await this.#locked((jobs) => {
        if (memory) mergeOwn(jobs, memory.base, memory.jobs);
        edit(jobs);
      }, memory ? waitMs.again : waitMs.first);
      if (written) {
        this.#memory = this.trouble = undefined;
        return (this.#last = written);
      }
      memory = this.#leaveAlone();
    } catch (error) {
      if (error instanceof EditFailed) throw error.cause;
      memory ??= await this.#goOn(error);
    }
    // Others hold those that were given out: an edit must not change them under their hands.
    const jobs = structuredClone(memory.jobs) as Job[];
    edit(jobs);
    this.#memory = { ...memory, jobs: this.#kept(jobs) };
    return this.#memory.jobs;
  }

  /** In memory, from what the file says or said last. */
  async #goOn(error: unknown): Promise<{ jobs: readonly Job[]; base: readonly Job[] }> {
    const found = await this.#text().then((text) => (text === undefined ? undefined : readJobs(text)), () => undefined);
    const jobs = found?.kind === 'jobs' ? found.jobs : this.#last;
    this.trouble = 'The disk refuses: jobs are kept in memory only. The next change of a job tries the disk again.';
    this.#options.warn('The jobs cannot be kept on disk', error);
    return (this.#memory = { jobs, base: jobs });
  }

  /** Undefined when the file is a later version's. */
  async #locked(edit: (jobs: Job[]) => void, wait: number): Promise<readonly Job[] | undefined> {
    const { folder } = this.#options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return withFileLock(join(folder, '.lock'), { staleMs: 10_000, waitMs: wait }, async () => {
      const before = await this.#text();
      const found = before === undefined ? { kind: 'jobs' as const, jobs: [], damaged: 0 } : readJobs(before);
      if (found.kind === 'newer') return undefined;
      const damaged = found.kind === 'damaged' || found.damaged > 0;
      if (damaged) await this.#putAside();
      const jobs = found.kind === 'jobs' ? found.jobs : [];
      try {
        edit(jobs);
      } catch (error) {
        throw new EditFailed(error);
      }
      const kept = this.#kept(jobs);
      const text = writeJobs(kept);
      if (text === before) return kept;
      const beside = `${this.#path}.writing`;
      await writeFile(beside, text, { mode: 0o600 });
      await rename(beside, this.#path);
      return kept;
    });
  }

  async #text(): Promise<string | undefined> {
    try {
      return await readFile(this.#path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  async #putAside(): Promise<void> {
    const aside = `${this.#path}.set-aside`;
    await copyFile(this.#path, aside);
    await chmod(aside, 0o600).catch(() => undefined);
    this.setAside += 1;
    this.#options.warn('Jobs: the file was damaged and is set aside; what could be read of it is kept.');
  }

  #leaveAlone(): { jobs: readonly Job[]; base: readonly Job[] } {
    this.#memory ??= { jobs: [], base: [] };
    this.trouble = 'The jobs were written by a newer version and are not shown. Those of this window are kept in memory only.';
    if (!this.#toldOfNewer) this.#options.warn('Jobs: the file is of a newer version and is left alone.');
    this.#toldOfNewer = true;
    return this.#memory;
  }

  /** Without what is too old or too much: running ones stay. */
  #kept(jobs: readonly Job[]): Job[] {
    const now = this.#options.now();
    const fresh = jobs.filter((job) => job.endedAt === undefined || job.endedAt >= now - (job.kind === 'report' && !job.listed ? unlistedMs : limits.days * day));
    const ended = fresh.filter(({ endedAt }) => endedAt !== undefined).sort((a, b) => b.endedAt! - a.endedAt!);
    const tooMany = new Set(ended.slice(limits.ended));
    return fresh.filter((job) => !tooMany.has(job));
  }
}

/** The edit's own failure, which is not the disk's. */
class EditFailed extends Error {
  constructor(cause: unknown) {
    super('An edit of the jobs failed', { cause });
  }
}
