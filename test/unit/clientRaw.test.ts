// Answers for who looks at them: bytes as they came, whatever they are called, and never too many in memory.
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { ApiError, FileError } from '../../src/client/errors.ts';
import { undiciFetch } from '../../src/client/undiciFetch.ts';
import type { ApiResponse, DownloadProgress, FetchLike, FinishedCall } from '../../src/client/types.ts';
import { canary, failureOf, json, make, raw, serve, type TestServer } from './clientHarness.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const undici = undiciFetch();
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'raw-'));
  return () => rm(folder, { recursive: true, force: true });
});
afterAll(() => undici.close());

const megabyte = 1024 * 1024;
const customer = { customerId: '7' };
const options = (limitBytes = megabyte, more: object = {}) => ({ raw: { limitBytes, overflow: () => join(folder, 'body'), ...more } });
const text = (answer: ApiResponse): string => Buffer.from(answer.body as Uint8Array).toString();

/** Sends so many bytes a piece at a time, as fast as they are taken. */
async function pour(response: ServerResponse, size: number, { status = 200, declared = false, start = '[' } = {}): Promise<void> {
  response.writeHead(status, { 'content-type': 'application/json', ...(declared && { 'content-length': String(size) }) });
  const piece = Buffer.alloc(256 * 1024, 'x');
  const closed = once(response, 'close');
  for (let sent = 0; sent < size && !response.destroyed;) {
    const part = piece.subarray(0, Math.min(piece.length, size - sent));
    if (sent === 0) Buffer.from(start).copy(part);
    sent += part.length;
    if (!response.write(part)) await Promise.race([once(response, 'drain'), closed]);
    if (sent === part.length) piece.fill('x');
  }
  response.end();
}

describe.each<[string, FetchLike]>([['global fetch', fetch as unknown as FetchLike], ['npm undici', undici.fetch]])('raw answers over %s', (_, engine) => {
  const client = (server: TestServer, told?: FinishedCall[]) => make(server.url, { fetch: engine, ...(told && { finished: (call: FinishedCall) => told.push(call) }) }).client;

  test.each<[string, string | undefined, string]>([
    ['JSON', 'application/json; charset=utf-8', '{"id": 10000000000000001, "amount": 1.10}'],
    ['cut JSON', 'application/json', '{"id": "7", "acc'],
    ['a web page', 'text/html', '<!doctype html><title>Sign in</title>'],
    ['XML', 'application/xml', '<customer><id>7</id></customer>'],
    ['a PDF called JSON', 'application/json', '%PDF-1.7 …'],
    ['text without a type', undefined, 'hello'],
  ])('%s comes as it is, and is no error', async (_what, type, body) => {
    const server = await serve((_request, response) => raw(response, 200, type, body));
    const answer = await client(server).send('GetCustomer', customer, options());
    expect(text(answer)).toBe(body);
    expect(answer).toMatchObject({ status: 200, contentType: type?.split(';')[0] ?? '', size: Buffer.byteLength(body) });
    expect(await readdir(folder)).toEqual([]);
  });

  test('bytes have memory of their own, of their size alone', async () => {
    const server = await serve((_request, response) => raw(response, 200, 'application/json', '{}'));
    const { body } = await client(server).send('GetCustomer', customer, options());
    expect((body as Uint8Array).buffer.byteLength).toBe(2);
  });

  test('nothing is nothing', async () => {
    const server = await serve((_request, response) => void response.writeHead(204).end());
    expect(await client(server).send('DeleteCustomer', customer, options())).toMatchObject({ status: 204, body: undefined, size: 0 });
  });

  test.each([['that says how long it is', true], ['that does not say how long it is', false]])('an answer of 60 MB %s goes to a file, and memory stays small', async (_how, declared) => {
    const size = 60 * megabyte;
    const server = await serve((_request, response) => pour(response, size, { declared }));
    const seen: DownloadProgress[] = [];
    const told: FinishedCall[] = [];
    let most = 0;
    let looks = 0;
    collect();
    const before = process.memoryUsage().arrayBuffers;
    const answer = await client(server, told).send('GetCustomer', customer, options(megabyte, {
      onProgress: (progress: DownloadProgress) => {
        seen.push(progress);
        // Pieces that nobody lets go of are still there after a collection.
        if (progress.received < (looks + 1) * 10 * megabyte) return;
        looks += 1;
        collect();
        most = Math.max(most, process.memoryUsage().arrayBuffers - before);
      },
    }));
    expect(answer).toMatchObject({ status: 200, size, body: undefined, file: join(folder, 'body'), contentType: 'application/json' });
    expect(await stat(join(folder, 'body'))).toMatchObject({ size });
    expect((await stat(join(folder, 'body'))).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['body']);
    expect(most).toBeLessThan(45 * megabyte);
    expect(looks).toBeGreaterThanOrEqual(5);
    expect(seen.at(-1)).toEqual({ received: size, total: declared ? size : undefined });
    const call = told.find(({ operation }) => operation.operationId === 'GetCustomer');
    expect(call).toMatchObject({ outcome: 'ok', answer: { status: 200, size } });
    expect(call?.answer?.body).toBeUndefined();
  });

  test('the file holds what came, in its order', async () => {
    const body = Array.from({ length: 40_000 }, (_, i) => `line ${i}`).join('\n');
    const server = await serve((_request, response) => raw(response, 200, 'text/plain', body));
    const { file } = await client(server).send('GetCustomer', customer, options(1000));
    expect(await readFile(file!, 'utf8')).toBe(body);
  });

  test.each([['that says how long it is', true, 0], ['that goes on and on', false, 4]])('an answer %s is read no further than to a limit, is told with its status, and leaves nothing on the disk', async (_how, declared, least) => {
    let sent = 0;
    const server = await serve((_request, response) => {
      response.on('close', () => { sent = response.socket?.bytesWritten ?? 0; });
      return pour(response, 400 * megabyte, { declared, status: 201 });
    });
    const seen: number[] = [];
    const error = await client(server).send('GetCustomer', customer, options(megabyte, { mostBytes: 5 * megabyte, onProgress: ({ received }: DownloadProgress) => seen.push(received) })).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(FileError);
    expect(error).toMatchObject({ status: 201, systemCode: 'EFBIG', message: expect.stringMatching(/longer than 5 MB.*Ask for less/) });
    expect(await readdir(folder)).toEqual([]);
    expect(Math.max(0, ...seen)).toBeLessThanOrEqual(5 * megabyte);
    expect(Math.max(0, ...seen)).toBeGreaterThanOrEqual(least * megabyte);
    expect(server.calls()).toHaveLength(1);
    expect(sent).toBeLessThan(200 * megabyte);
  });

  test('a refusal of 60 MB goes to a file too, and its code is looked for at its beginning alone', async () => {
    const server = await serve((_request, response) => pour(response, 60 * megabyte, { status: 400, start: '{"code": 10005, "message": "x", "' }));
    const error = await client(server).send('GetCustomer', customer, options()).catch((one: unknown) => one) as ApiError;
    expect(error).toBeInstanceOf(ApiError);
    expect(error.answer()).toMatchObject({ status: 400, size: 60 * megabyte, file: join(folder, 'body'), body: undefined });
    expect(error.code).toBeUndefined();
  });

  test('a refusal has its code and its bytes', async () => {
    const server = await serve((_request, response) => json(response, 404, { code: 14001, message: 'Customer not found.' }));
    const error = await failureOf(client(server).send('GetCustomer', customer, options())) as unknown as ApiError;
    expect(error).toMatchObject({ code: '14001', apiMessage: 'Customer not found.' });
    expect(text(error.answer())).toBe('{"code":14001,"message":"Customer not found."}');
  });

  test('cancel in the middle leaves nothing behind', async () => {
    const server = await serve((_request, response) => pour(response, 60 * megabyte));
    const controller = new AbortController();
    const sending = client(server).send('GetCustomer', customer, { ...options(megabyte, { onProgress: ({ received }: DownloadProgress) => { if (received > 5 * megabyte) controller.abort(); } }), signal: controller.signal });
    expect(await failureOf(sending)).toMatchObject({ kind: 'cancelled' });
    expect(await readdir(folder)).toEqual([]);
  });

  test('an answer that breaks off is no answer; a read is tried again, and each try has a file of its own', async () => {
    const server = await serve((_request, response, count) => {
      if (count > 0) return pour(response, 3 * megabyte);
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(9 * megabyte) });
      response.write(Buffer.alloc(2 * megabyte, 'x'), () => response.destroy());
    });
    const answer = await client(server).send('GetCustomer', customer, options());
    expect(server.calls()).toHaveLength(2);
    expect(answer.size).toBe(3 * megabyte);
    expect(await readdir(folder)).toEqual(['body']);
  });

  test('a long answer may take longer than the limit as long as pieces keep coming; one that stops coming may not', async () => {
    const server = await serve((request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' });
      let left = request.url.endsWith('/7') ? 6 : 1;
      const timer = setInterval(() => {
        if (left-- > 0) response.write('x');
        else if (request.url.endsWith('/7')) { clearInterval(timer); response.end(); }
      }, 40);
      response.on('close', () => clearInterval(timer));
    });
    const limited = { ...options(), timeoutMs: 150 };
    expect(text(await client(server).send('GetCustomer', customer, limited))).toBe('xxxxxx');
    expect(await failureOf(client(server).send('GetCustomer', { customerId: '8' }, limited))).toMatchObject({ kind: 'timeout' });
  });

  test('a token that has expired is renewed on this road too', async () => {
    const server = await serve((_request, response, count) => (count === 0 ? json(response, 401, { code: 10023, message: 'Expired' }) : json(response, 200, { id: '7' })));
    expect(text(await client(server).send('GetCustomer', customer, options()))).toBe('{"id":"7"}');
    expect(server.tokens()).toHaveLength(2);
  });

  test('a folder that cannot be written to is told as such', async () => {
    const server = await serve((_request, response) => pour(response, 3 * megabyte));
    const away = { raw: { limitBytes: megabyte, overflow: () => join(folder, 'no', 'such', 'folder') } };
    expect(await failureOf(client(server).send('GetCustomer', customer, away))).toMatchObject({ kind: 'file' });
  });
});

test('nothing that was sent or answered shows in the error or the log', async () => {
  const server = await serve((_request, response) => json(response, 400, { code: 10005, message: `bad ${canary.ssn} ${canary.partnerSecret}`, body: canary.body }));
  const { client, log } = make(server.url);
  await failureOf(client.send('CreateConsumer', { customerId: '7', body: { ssn: canary.ssn } }, options()), log);
});
