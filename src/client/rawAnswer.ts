// Reads an answer for somebody who will look at it: bytes as they came, whatever they are, and never too many in memory. What goes beyond
// the limit is streamed on to a file, as a download is (download.ts): a `.part` beside it that takes its name when all of it is there, and
// that only the user may read. Nothing is parsed but the beginning of a failure, for its code.
import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { declaredLength, failureOf, mediaType } from './answer.ts';
import type { Answer, AnswerContext, Read } from './answer.ts';
import { mostOnDisk, onDisk, tooLong } from './download.ts';
import { FileError, NetworkError } from './errors.ts';
import type { FetchResponse, RawAnswer } from './types.ts';

/** How much of a failed answer is looked through for its code. */
const failureBytes = 65_536;

/** @throws ApiError for a status of 400 and above, whose answer has the bytes (or the file) too; FileError, NetworkError. */
export const rawReader = (options: RawAnswer): Read<Answer> => async (response, context, alive) => {
  const { status } = response;
  const { pieces, file, size } = await receive(response, context, alive, options);
  const answer: Answer = {
    status, contentType: mediaType(response.headers.get('content-type')), size, durationMs: performance.now() - context.startedAt, response,
    body: file !== undefined || size === 0 ? undefined : joined(pieces, size), ...(file !== undefined && { file }),
  };
  if (status >= 400) throw failureOf(answer, joined(pieces, failureBytes), context, answer.body);
  return answer;
};

interface Received {
  /** All of it; only the beginning when it went to a file. */
  pieces: readonly Uint8Array[];
  size: number;
  file?: string;
}

async function receive(response: FetchResponse, { operation }: AnswerContext, alive: () => void, { limitBytes, mostBytes = mostOnDisk, overflow, onProgress }: RawAnswer): Promise<Received> {
  const total = declaredLength(response);
  const pieces: Uint8Array[] = [];
  let size = 0;
  let sink: Sink | undefined;
  try {
    if (response.body !== null) {
      for await (const piece of response.body) {
        alive();
        size += piece.length;
        if (Math.max(size, total ?? 0) > mostBytes) throw tooLong(operation, mostBytes);
        if (sink) await sink.write(piece);
        else {
          pieces.push(piece);
          if (size > limitBytes || (total ?? 0) > limitBytes) {
            sink = await openSink(await refused(operation, 'written', async () => overflow()), operation);
            for (const one of pieces) await sink.write(one);
            pieces.splice(0, pieces.length, joined(pieces, failureBytes));
          }
        }
        onProgress?.({ received: size, total });
      }
    }
    if (total !== undefined && size < total)
      throw new NetworkError('reset', `${operation.operationId}: the connection broke off after ${size} of ${total} bytes. Try again.`, undefined, operation.operationId);
    return { pieces, size, ...(sink && { file: await sink.finish() }) };
  } catch (error) {
    await sink?.drop();
    throw error instanceof FileError ? new FileError(error.message, error.systemCode, error.operationId, response.status) : error;
  }
}

/** Nobody chose the place. */
const refused = <T>(operation: AnswerContext['operation'], verb: string, act: () => Promise<T>): Promise<T> =>
  onDisk(operation, verb, act, 'Answers that are too large for memory go to a file in the extension\'s storage folder: look at its rights and at the disk\'s room.');

interface Sink {
  write(piece: Uint8Array): Promise<void>;
  /** The file under its own name. */
  finish(): Promise<string>;
  drop(): Promise<void>;
}

async function openSink(target: string, operation: AnswerContext['operation']): Promise<Sink> {
  const part = `${target}.${randomBytes(4).toString('hex')}.part`;
  let file: FileHandle | undefined = await refused(operation, 'written', () => open(part, 'wx', 0o600));
  const close = async (): Promise<void> => {
    const handle = file;
    file = undefined;
    await handle?.close();
  };
  return {
    write: (piece) => refused(operation, 'written', async () => { await file?.writeFile(piece); }),
    async finish() {
      await refused(operation, 'saved', close);
      await refused(operation, 'saved', () => rename(part, target));
      return target;
    },
    async drop() {
      await close().catch(() => undefined);
      await rm(part, { force: true }).catch(() => undefined);
    },
  };
}

/** The first bytes, `longest` at most, in memory of their own: pieces of an engine may share theirs with other answers. */
function joined(pieces: readonly Uint8Array[], longest: number): Uint8Array {
  const whole = new Uint8Array(Math.min(longest, pieces.reduce((sum, { length }) => sum + length, 0)));
  let at = 0;
  for (const piece of pieces) {
    if (at >= whole.length) break;
    const part = piece.subarray(0, whole.length - at);
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
