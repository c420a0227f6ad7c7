// Where a PDF's bytes come from, free of vscode. A file is read in pieces and never as a whole: it is opened for each piece, so that nothing
// is held, and a piece of a file that is another one by now is refused, since pages of two files would be drawn as one.
import { open, stat, type FileHandle } from 'node:fs/promises';

export interface PdfSource {
  /** Size in bytes. */
  readonly length: number;
  /** For a copy of the whole: the bytes, or the path of the file that has them. */
  readonly content: Uint8Array | string;
  /** The bytes from `begin` up to but without `end`, both within the length. Rejects with an Error in words for the user. */
  read(begin: number, end: number): Promise<Uint8Array>;
}

export function bytesSource(given: Uint8Array): PdfSource {
  // A local file comes as Node's Buffer, which the editor's messages to a view do not carry as bytes.
  const bytes = new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
  return { length: bytes.byteLength, content: bytes, read: async (begin, end) => bytes.slice(begin, end) };
}

/** Rejects with an Error in words when the file cannot be read. */
export async function fileSource(path: string): Promise<PdfSource> {
  const first = await withFile(path, async (file) => identity(file));
  return {
    length: Number(first.size), content: path,
    read: (begin, end) => withFile(path, async (file) => {
      if (!same(first, await identity(file))) throw new Error('The file has changed since it was opened. Read it again.');
      const bytes = new Uint8Array(end - begin);
      let done = 0;
      while (done < bytes.length) {
        const { bytesRead } = await file.read(bytes, done, bytes.length - done, begin + done);
        if (bytesRead === 0) throw new Error('The file has become shorter since it was opened. Read it again.');
        done += bytesRead;
      }
      return bytes;
    }),
  };
}

interface Identity { size: bigint; mtimeNs: bigint; ino: bigint }

const noFile = 'This is no file but a folder or a device.';

async function identity(file: FileHandle): Promise<Identity> {
  const found = await file.stat({ bigint: true });
  if (!found.isFile()) throw new Error(noFile);
  return found;
}

const same = (a: Identity, b: Identity): boolean => a.size === b.size && a.mtimeNs === b.mtimeNs && a.ino === b.ino;

async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  let file: FileHandle | undefined;
  try {
    // Before it is opened: a pipe would hold whoever opens it, and all other files behind it.
    if (!(await stat(path)).isFile()) throw new Error(noFile);
    file = await open(path, 'r');
    return await use(file);
  } catch (error) {
    throw inWords(error);
  } finally {
    await file?.close().catch(() => undefined);
  }
}

function inWords(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case '': return error;
    case 'ENOENT': case 'ENOTDIR': return new Error('The file is not there any more: it was moved, renamed or deleted.');
    case 'EACCES': case 'EPERM': return new Error('You may not read this file: the system refuses it.');
    case 'EISDIR': return new Error(noFile);
    default: return new Error(`The file could not be read (${code}).`);
  }
}
