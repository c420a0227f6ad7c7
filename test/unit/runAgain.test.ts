// A call of the history that is sent again, with an editor of the test's own: an answer of any size is borne, and what came of it is said.
import { mkdtemp, rm, stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { FinishedCall } from '../../src/client/types.ts';
import { operation } from '../../src/api/catalogue.ts';
import { HistoryStore } from '../../src/history/store.ts';
import { AnswerStore, type AnswerHandle } from '../../src/requests/answerStore.ts';
import { answerByteLimit } from '../../src/webviews/protocol/answer.ts';
import { json, make, serve } from './clientHarness.ts';

const said: string[] = [];
const opened: string[] = [];
vi.mock('vscode', () => ({
  ViewColumn: { Beside: -2, Active: -1 },
  ProgressLocation: { Notification: 15 },
  Uri: { from: ({ path }: { path: string }) => ({ path }) },
  window: {
    showWarningMessage: async (text: string) => void said.push(`warning: ${text}`),
    showInformationMessage: async (text: string) => void said.push(text),
    showErrorMessage: async (text: string) => void said.push(`error: ${text}`),
    setStatusBarMessage: (text: string) => void said.push(text),
    withProgress: async () => undefined,
    showTextDocument: async ({ path }: { path: string }) => void opened.push(path),
  },
  workspace: { openTextDocument: async (uri: { path: string }) => uri },
  commands: { executeCommand: async () => undefined },
}));
const { runAgain } = await import('../../src/commands/history/runAgain.ts');

const megabyte = 1024 * 1024;
let folder: string;
beforeEach(async () => {
  said.length = opened.length = 0;
  folder = await mkdtemp(join(tmpdir(), 'again-'));
  return () => rm(folder, { recursive: true, force: true });
});

/** A call to GetCustomer in the history, and what is needed to send it again to a server that answers so. */
async function world(answer: (response: ServerResponse) => void) {
  const server = await serve((_request, response) => answer(response));
  const store = new HistoryStore({ folder: join(folder, 'history'), settings: () => ({ maxAgeDays: 0, maxSizeMb: 1, keepBodies: false }), hideKnown: (text) => text, redact: (text) => text, warn: (text) => void said.push(text) });
  const told: FinishedCall[] = [];
  const { client } = make(server.url, { finished: (call) => { told.push(call); store.record(call, 'c1'); } });
  const connection = { id: 'c1', label: 'Acme', environment: 'custom', baseUrl: server.url, readOnly: false };
  const answers = { store: new AnswerStore({ folder: join(folder, 'answers') }), openDocument: async ({ name }: AnswerHandle) => void opened.push(name), offerSave: async (_: AnswerHandle, text: string) => void said.push(text) };
  const errors: unknown[] = [];
  const parts = {
    history: { store }, connections: { get: () => connection, active: () => connection }, sessions: { open: async () => ({ connection, client, reportIntervalMs: 1 }) }, explorer: { sent: async () => undefined },
    operations: { used: async () => undefined }, jobs: { started: async () => false }, answers, showError: (error: unknown) => void errors.push(error), view: { selection: () => [] },
  } as unknown as Parameters<typeof runAgain>[0];
  store.record({ operation: operation('GetCustomer'), input: { customerId: '7' }, origin: 'tree', target: '/x', requestHeaders: {}, startedAt: Date.now(), durationMs: 1, attempts: 1, outcome: 'ok' }, 'c1');
  const [entry] = store.list();
  const again = () => runAgain(parts, { kind: 'call', entry } as Parameters<typeof runAgain>[1]);
  return { again, told, answers, errors, newest: () => told.at(-1) };
}

const long = (size: number) => (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(size) });
  response.write('{"name":"');
  for (let sent = 11; sent < size;) {
    const part = Math.min(megabyte, size - sent);
    response.write(Buffer.alloc(part, 'x'));
    sent += part;
  }
  response.end('"}');
};

describe('run again', () => {
  test('shows the exchange, and a short answer nowhere else', async () => {
    const { again, newest, errors } = await world((response) => json(response, 200, { id: '7' }));
    await again();
    expect(opened).toEqual([expect.stringMatching(/GetCustomer 200/)]);
    expect(newest()).toMatchObject({ outcome: 'ok', input: { customerId: '7' }, answer: { body: expect.any(Uint8Array) } });
    expect([said.length, errors]).toEqual([1, []]);
  });

  test('an answer that is too long for the exchange has a document of its own', async () => {
    const { again } = await world(long(6 * megabyte));
    await again();
    expect(opened).toEqual([expect.stringMatching(/GetCustomer 200/), 'GetCustomer 200 #1.json']);
  });

  test('one that is too long for memory goes to a file, is never parsed, and can be saved', async () => {
    const size = answerByteLimit + 2 * megabyte;
    const { again, newest, answers } = await world(long(size));
    await again();
    const { file } = answers.store.get('GetCustomer 200 #1.json')!;
    expect((await stat(file!)).size).toBe(size);
    expect(newest()?.answer).toMatchObject({ status: 200, size });
    expect(newest()?.answer?.body).toBeUndefined();
    expect(said).toEqual([expect.stringMatching(/^GetCustomer: 200 OK.*save it to keep it/)]);
  });

  test('an answer that says no is shown and explained', async () => {
    const { again } = await world((response) => json(response, 404, { code: 14001, message: 'no customer' }));
    await again();
    expect(opened).toEqual([expect.stringMatching(/GetCustomer 404/)]);
    expect(said).toEqual([expect.stringMatching(/^warning: .*code 14001, HTTP 404/)]);
  });
});
