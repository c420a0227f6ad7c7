// A file that is written in pieces and stands under its name when all of it is there: the pieces go to a neighbour that ends in `.part`. A
// cancel or a failure removes it, so that neither half a file nor a rest of one is left. What is exported is about people's money: only the
// user may read it. Free of vscode.
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { ToldError } from '../../platform/errors.ts';

export interface ExportFile {
  write(bytes: Uint8Array): Promise<void>;
  /** The file gets its name. */
  finish(): Promise<void>;
  /** Nothing is left of it. */
  abandon(): Promise<void>;
}

/** What is used of the disk. */
export interface Disk {
  open(path: string): Promise<{ writeFile(bytes: Uint8Array): Promise<void>; sync(): Promise<void>; close(): Promise<void> }>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
}

const nodeDisk: Disk = { open: (path) => open(path, 'wx', 0o600), rename, remove: (path) => rm(path, { force: true }) };

/** Begins a file of this machine. @throws ToldError when the disk refuses, as do all of its steps. */
export async function openLocalFile(path: string, disk: Disk = nodeDisk): Promise<ExportFile> {
  const part = `${path}.${randomBytes(4).toString('hex')}.part`;
  const file = await onDisk(() => disk.open(part));
  // A window that closes in the middle waits for nothing.
  const forget = (): void => rmSync(part, { force: true });
  process.once('exit', forget);
  let closed = false;
  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    await file.close();
  };
  return {
    write: (bytes) => onDisk(() => file.writeFile(bytes)),
    finish: () => onDisk(async () => {
      await file.sync();
      await close();
      await disk.rename(part, path);
      process.removeListener('exit', forget);
    }),
    async abandon() {
      await close().catch(() => undefined);
      await disk.remove(part).catch(() => undefined);
      process.removeListener('exit', forget);
    },
  };
}

/** A file elsewhere (a remote file system of the editor) is written at once, when all of it is there: such systems take no pieces. */
export function collectFile(write: (bytes: Uint8Array) => PromiseLike<void>, mostBytes = 256 * 1024 * 1024): ExportFile {
  let pieces: Uint8Array[] = [];
  let size = 0;
  return {
    write(bytes) {
      size += bytes.byteLength;
      if (size > mostBytes) return Promise.reject(new ToldError(`The file is larger than ${mostBytes / 1024 / 1024} MB, too much for this kind of folder. Export to a folder of this machine.`));
      pieces.push(bytes);
      return Promise.resolve();
    },
    async finish() {
      await write(Buffer.concat(pieces));
      pieces = [];
    },
    abandon() {
      pieces = [];
      return Promise.resolve();
    },
  };
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist', EACCES: 'no permission to write there', EPERM: 'no permission to write there', ENOSPC: 'the disk is full', EDQUOT: 'your share of the disk is used up',
  EROFS: 'the disk is read-only', EISDIR: 'a folder has this name', EBUSY: 'another program uses it',
};

async function onDisk<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
    throw new ToldError(`The file could not be written: ${reasons[code ?? ''] ?? 'the disk refuses'}${code ? ` (${code})` : ''}. Nothing is left of it. Choose another place and try again.`);
  }
}

/** An export as its progress shows it. */
export interface ExportProgress {
  report(rows: number, total: number): void;
  end(): void;
}

export interface ExportPorts {
  /** Throws where no file may be written now. */
  allowed(): void;
  /** Asks where to; undefined when the person turned away. */
  choose(format: string): Promise<{ name: string; file(): Promise<ExportFile> } | undefined>;
  /** Shows it, with a way to cancel. */
  progress(title: string, cancel: () => void): ExportProgress;
  /** Asks the view for the next piece. */
  next(id: number): void;
  /** `done` is the file's name; neither is set when it was given up. */
  ended(id: number, end: { done?: string; problem?: string }): void;
}

interface Running {
  id: number;
  name: string;
  total: number;
  file: ExportFile;
  progress: ExportProgress;
}

export type ExportMessage =
  | { type: 'exportBegin'; id: number; format: string; total: number }
  | { type: 'exportChunk'; id: number; bytes: Uint8Array; rows: number }
  | { type: 'exportEnd'; id: number }
  | { type: 'exportStop'; id: number };

const words = (error: unknown): string => (error instanceof Error ? error.message : 'The export failed.');

/** One export of a view at a time: a piece is asked for when the one before is on the disk. */
export class Exports {
  readonly #ports: ExportPorts;
  #running: Running | undefined;
  #disposed = false;
  #chunkWaits = false;
  /** Steps one after the other. */
  #last: Promise<void> = Promise.resolve();

  constructor(ports: ExportPorts) {
    this.#ports = ports;
  }

  receive(message: ExportMessage): void {
    if (message.type === 'exportChunk') {
      // The view sends one when it was asked, and no other before: more would fill the memory.
      if (this.#chunkWaits) return void (this.#last = this.#last.then(() => this.#giveUp({ problem: 'The export was ended: more came than was asked for.' })));
      this.#chunkWaits = true;
    }
    this.#last = this.#last.then(() => this.#step(message));
  }

  /** The rows on the screen go: what is half written goes too, with a word where nothing may be written any more. */
  cancel(): void {
    this.#last = this.#last.then(() => this.#giveUp(this.#refusal()));
  }

  /** The view is gone: what is half written goes too. */
  dispose(): void {
    this.#disposed = true;
    this.#last = this.#last.then(() => this.#giveUp({}));
  }

  /** For tests: all steps so far. */
  get settled(): Promise<void> {
    return this.#last;
  }

  async #step(message: ExportMessage): Promise<void> {
    if (message.type === 'exportChunk') this.#chunkWaits = false;
    if (this.#disposed) return;
    try {
      if (message.type === 'exportBegin') return await this.#begin(message);
      const running = this.#running;
      // Of an export that ended meanwhile.
      if (running?.id !== message.id) return;
      if (message.type === 'exportStop') return await this.#giveUp({});
      this.#ports.allowed();
      if (message.type === 'exportEnd') return await this.#finish(running);
      await running.file.write(message.bytes);
      // Cancelled while it was written.
      if (this.#running !== running) return;
      running.progress.report(message.rows, running.total);
      this.#ports.next(message.id);
    } catch (error) {
      await this.#giveUp({ problem: words(error) }, message.id);
    }
  }

  async #begin({ id, format, total }: Extract<ExportMessage, { type: 'exportBegin' }>): Promise<void> {
    await this.#giveUp({});
    this.#ports.allowed();
    const chosen = await this.#ports.choose(format);
    if (!chosen || this.#disposed) return this.#ports.ended(id, {});
    // The choice may have taken minutes.
    this.#ports.allowed();
    const file = await chosen.file();
    const progress = this.#ports.progress(`Exporting to ${chosen.name}`, () => this.receive({ type: 'exportStop', id }));
    this.#running = { id, name: chosen.name, total, file, progress };
    this.#ports.next(id);
  }

  async #finish({ id, name, file, progress }: Running): Promise<void> {
    await file.finish();
    this.#running = undefined;
    progress.end();
    this.#ports.ended(id, { done: name });
  }

  #refusal(): { problem?: string } {
    try {
      this.#ports.allowed();
      return {};
    } catch (error) {
      return { problem: words(error) };
    }
  }

  async #giveUp(end: { problem?: string }, id?: number): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    if (running) {
      running.progress.end();
      await running.file.abandon();
    }
    const of = running?.id ?? id;
    if (of !== undefined && !this.#disposed) this.#ports.ended(of, end);
  }
}
