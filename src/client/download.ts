// Streams an answer to a file. The pieces go to a neighbour of the target that ends in `.part`, which takes the target's name when all
// of it is there: a failure, a cancel or a crash never leaves half a file under the target's name, and the first two leave nothing at all.
// What comes is about people's money: only the user may read the file.
import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import type { OperationEntry } from '../api/catalogue.ts';
import { declaredLength, mediaType, readAnswer, unexpected } from './answer.ts';
import type { AnswerContext, Perform } from './answer.ts';
import { FileError, NetworkError } from './errors.ts';
import { bytesInWords } from './inWords.ts';
import type { AnyInput, CallOptions, DownloadProgress, FetchResponse } from './types.ts';

/** Nothing of the API comes near it; whatever goes on for ever must not fill the disk. */
export const mostOnDisk = 2 * 1024 ** 3;

export const tooLong = ({ operationId }: OperationEntry, most: number): FileError =>
  new FileError(`${operationId}: the answer is longer than ${bytesInWords(most)}, and reading it was ended there. Ask for less of it: fewer records, or a shorter time.`, 'EFBIG', operationId);

export interface DownloadOptions extends CallOptions {
  onProgress?: (progress: DownloadProgress) => void;
}

/** Returns the bytes written. @throws FileError when the disk refuses, and what any call throws. */
export async function downloadTo(perform: Perform, entry: OperationEntry, input: AnyInput, target: string, options: DownloadOptions): Promise<number> {
  // Two downloads of one document at a time must not share their half-made file.
  const part = `${target}.${randomBytes(4).toString('hex')}.part`;
  try {
    const { size } = await perform(entry, input, options, (response, context, alive) => stream(response, context, alive, part, options.onProgress));
    await onDisk(entry, 'saved', () => rename(part, target));
    return size;
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function stream(response: FetchResponse, context: AnswerContext, alive: () => void, part: string, onProgress?: (p: DownloadProgress) => void) {
  const { status } = response;
  if (status >= 400 || response.body === null) {
    await readAnswer(response, context); // throws for a failure, and for an empty answer where data was due
    throw unexpected('empty', { status, contentType: '' }, context.operation);
  }
  checkType(response, context);
  const total = declaredLength(response);
  let received = 0;
  const file = await onDisk(context.operation, 'written', () => open(part, 'w', 0o600));
  try {
    for await (const piece of response.body) {
      alive();
      received += piece.length;
      if (Math.max(received, total ?? 0) > mostOnDisk) throw tooLong(context.operation, mostOnDisk);
      await onDisk(context.operation, 'written', () => file.writeFile(piece));
      onProgress?.({ received, total });
    }
  } finally {
    await file.close();
  }
  if (received === 0) throw unexpected('empty', { status, contentType: '' }, context.operation);
  if (total !== undefined && received < total)
    throw new NetworkError('reset', `${context.operation.operationId}: the connection broke off after ${received} of ${total} bytes. Try again.`, undefined, context.operation.operationId);
  return { status, size: received };
}

/** A web page or JSON where a file was asked for is not worth saving. */
function checkType(response: FetchResponse, { operation, accept }: AnswerContext): void {
  const type = mediaType(response.headers.get('content-type'));
  const answer = { status: response.status, contentType: type };
  const declared = operation.responses[String(response.status)] ?? [];
  if (type === 'text/html' && !declared.includes('text/html')) throw unexpected('html', answer, operation);
  const wanted = accept ?? declared[0];
  if (wanted === undefined || type === '' || type === wanted || type === 'application/octet-stream') return;
  if (type === 'application/json' || type.startsWith('text/') || type.endsWith('xml')) {
    if (!wanted.includes(type)) throw unexpected('otherType', answer, operation);
  }
}

/** What the disk refuses, as a FileError; `fix` is what to do then. */
export async function onDisk<T>(entry: OperationEntry, verb: string, act: () => Promise<T>, fix = 'Choose another place and try again.'): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
    throw new FileError(`${entry.operationId}: the file could not be ${verb}: ${reasons[code ?? ''] ?? 'the disk refuses'}${code ? ` (${code})` : ''}. ${fix}`, code, entry.operationId);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist', EACCES: 'no permission to write there', EPERM: 'no permission to write there', ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only', EISDIR: 'a folder has this name', EBUSY: 'another program uses it',
};
