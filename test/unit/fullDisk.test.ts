// An answer that is too large for memory, and a disk that does not take it: wherever the disk gives up, the person hears that it was
// answered and why the body is not there, a change is not sent twice, and nothing is left behind.
import type * as FsPromises from 'node:fs/promises';
import { mkdtemp, readdir, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { operation } from '../../src/api/catalogue.ts';
import { FileError } from '../../src/client/errors.ts';
import { sendCall, type CallAnswer } from '../../src/commands/operations/sendCall.ts';
import { AnswerStore } from '../../src/requests/answerStore.ts';
import { answerByteLimit } from '../../src/webviews/protocol/answer.ts';
import { failureOf, make, serve, type TestServer } from './clientHarness.ts';

/** Where the disk gives up, and after how many writes. */
const disk: { fails?: 'open' | 'write' | 'close' | 'rename'; writes: number; open: number } = { writes: 0, open: 0 };
const full = (): Error => Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof FsPromises>();
  const watched = (handle: FileHandle): FileHandle => new Proxy(handle, {
    get(of, name) {
      if (name === 'writeFile') return async (piece: Uint8Array) => {
        disk.writes += 1;
        if (disk.fails === 'write' && disk.writes > 2) throw full();
        return of.writeFile(piece);
      };
      if (name === 'close') return async () => {
        await of.close();
        disk.open -= 1;
        if (disk.fails === 'close') throw full();
      };
      return Reflect.get(of, name) as unknown;
    },
  });
  return {
    ...real,
    open: async (...given: Parameters<typeof real.open>) => {
      if (!String(given[0]).endsWith('.part')) return real.open(...given);
      if (disk.fails === 'open') throw full();
      disk.open += 1;
      return watched(await real.open(...given));
    },
    rename: async (from: string, to: string) => {
      if (disk.fails === 'rename' && from.endsWith('.part')) throw full();
      return real.rename(from, to);
    },
  };
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'full-'));
  Object.assign(disk, { fails: undefined, writes: 0, open: 0 });
  return () => rm(folder, { recursive: true, force: true });
});

const megabyte = 1024 * 1024;
const large = (status = 200, size = 4 * megabyte): Promise<TestServer> => serve((_request, response) => {
  response.writeHead(status, { 'content-type': 'application/json' });
  for (let sent = 0; sent < size; sent += megabyte) response.write(Buffer.alloc(megabyte, 'x'));
  response.end();
});
const options = { raw: { limitBytes: megabyte, overflow: () => join(folder, 'body') } };

describe.each(['open', 'write', 'close', 'rename'] as const)('a disk that is full at %s', (fails) => {
  test('is told as such, with the status that came, and leaves nothing behind', async () => {
    const server = await large();
    disk.fails = fails;
    const error = await failureOf(make(server.url).client.send('GetCustomer', { customerId: '7' }, options)) as unknown as FileError;
    expect(error).toBeInstanceOf(FileError);
    expect(error).toMatchObject({ systemCode: 'ENOSPC', status: 200, message: expect.stringMatching(/the disk is full \(ENOSPC\)\. Answers that are too large for memory go to a file/) });
    expect(await readdir(folder)).toEqual([]);
    expect(disk.open).toBe(0);
    expect(server.calls()).toHaveLength(1);
  });

  test('does not have a change sent twice, and its tab says that it was answered', async () => {
    const server = await large(201, answerByteLimit + 4 * megabyte);
    disk.fails = fails;
    const { client } = make(server.url);
    const record = { id: 'c1', label: 'Acme', environment: 'sandbox' as const, baseUrl: '', readOnly: false, store: 'none' as const, createdAt: 0 };
    const shown = await sendCall({
      connections: { get: () => record }, sessions: { open: async () => ({ connection: record, client, reportIntervalMs: 1 }) }, explorer: { sent: async () => undefined },
      operations: { used: async () => undefined }, answers: new AnswerStore({ folder: join(folder, 'answers') }), showError: (error) => { throw error; },
    }, { entry: operation('AddTestingCustomer'), input: { body: { username: 'dana' } }, connectionId: 'c1' }) as CallAnswer;
    expect(shown.head).toMatchObject({ status: 201, statusText: 'Created', form: 'none', note: expect.stringMatching(/^The API answered/), problem: { title: 'The answer could not be written', meaning: expect.stringMatching(/disk is full/) } });
    expect(shown.answer).toBeUndefined();
    expect(server.calls()).toHaveLength(1);
    const [own] = await readdir(join(folder, 'answers'));
    expect(await readdir(join(folder, 'answers', own!))).toEqual([]);
  });
});

test('a disk that takes it keeps it', async () => {
  const server = await large();
  expect(await make(server.url).client.send('GetCustomer', { customerId: '7' }, options)).toMatchObject({ size: 4 * megabyte, file: join(folder, 'body') });
  expect(await readdir(folder)).toEqual(['body']);
});
