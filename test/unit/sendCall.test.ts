// A request on its road: from the real client to a sandbox of the test's own, and what is shown of whatever comes back.
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { operation, type OperationId } from '../../src/api/catalogue.ts';
import { createClient } from '../../src/client/client.ts';
import { CancelledError, GuardRefusal } from '../../src/client/errors.ts';
import type { Approve, Client, FetchLike, FinishedCall } from '../../src/client/types.ts';
import { sendCall, type CallAnswer, type CallEnded, type CallToSend, type SendCallParts } from '../../src/commands/operations/sendCall.ts';
import type { ConnectionRecord } from '../../src/credentials/types.ts';
import { SignedOutError } from '../../src/platform/errors.ts';
import { AnswerStore } from '../../src/requests/answerStore.ts';
import { answerByteLimit } from '../../src/webviews/protocol/answer.ts';
import { startSandbox, type TestSandbox } from '../support/sandbox.ts';
import { fakeLedger, serve } from './clientHarness.ts';

let sandbox: TestSandbox;
let customerId: string;
let folder: string;
/** An address where nobody listens. */
let nobody: string;
beforeAll(async () => {
  sandbox = await startSandbox({ customers: 5 });
  const gone = createServer().listen(0, '127.0.0.1');
  await once(gone, 'listening');
  nobody = `http://127.0.0.1:${(gone.address() as AddressInfo).port}`;
  gone.close();
});
afterAll(() => sandbox.stop());
beforeEach(async () => {
  await sandbox.control.clearFaults();
  folder = await mkdtemp(join(tmpdir(), 'sent-'));
  const list = await client().call('GetCustomers', { limit: 1 });
  customerId = list.customers[0]!.id;
  return () => rm(folder, { recursive: true, force: true });
});

const record: ConnectionRecord = { id: 'c1', label: 'Acme', environment: 'sandbox', baseUrl: '', readOnly: false, store: 'none', createdAt: 0 };
function client({ url = sandbox.url, approve = async () => undefined, finished }: { url?: string; approve?: Approve; finished?: (call: FinishedCall) => void } = {}): Client {
  const { partnerId, partnerSecret, appKey } = sandbox.credentials;
  return createClient({ baseUrl: url, fetch: ((to, init) => fetch(to, init as RequestInit)) as FetchLike, credentials: { partnerId, partnerSecret, appKey }, approve, ledger: fakeLedger(), ...(finished && { finished }) });
}

interface World { parts: SendCallParts; told: unknown[]; used: string[]; errors: unknown[]; store: AnswerStore }
function world(one: Client | Error = client(), change: Partial<SendCallParts> = {}): World {
  const told: unknown[] = [];
  const used: string[] = [];
  const errors: unknown[] = [];
  const store = new AnswerStore({ folder });
  const parts: SendCallParts = {
    connections: { get: (id) => (id === 'c1' ? record : undefined) },
    sessions: { open: async () => { if (one instanceof Error) throw one; return { connection: record, client: one, reportIntervalMs: 1 }; } },
    explorer: { sent: async (...all) => void told.push(all) },
    operations: { used: async (id) => void used.push(id) },
    answers: store, showError: (error) => void errors.push(error), ...change,
  };
  return { parts, told, used, errors, store };
}

const call = (id: OperationId, input: CallToSend['input'], change: Partial<CallToSend> = {}): CallToSend => ({ entry: operation(id), input, connectionId: 'c1', ...change });
async function shown(parts: SendCallParts, what: CallToSend): Promise<CallAnswer> {
  const sent = await sendCall(parts, what);
  if ('ended' in sent) throw new Error(`ended: ${sent.ended}`);
  return sent;
}
const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

describe('an answer', () => {
  test('that says that a report is being made goes to the jobs with what was asked; one that says no does not', async () => {
    const started: unknown[] = [];
    const { parts } = world(client(), { jobs: { started: async (report) => started.push(report) > 0 } });
    const input = { customerId, body: {} };
    const { body, head } = await shown(parts, call('GeneratePrequalificationNonCRAReport', input));
    expect(started).toEqual([{ connectionId: 'c1', entry: operation('GeneratePrequalificationNonCRAReport'), input, body }]);
    expect(body).toMatchObject({ status: 'inProgress', id: expect.any(String) });
    expect(head.followed).toBe(true);
    const refused = await shown(parts, call('GeneratePrequalificationNonCRAReport', { ...input, body: { accountIds: 'none' } }));
    expect(started).toHaveLength(1);
    expect(refused.head).not.toHaveProperty('followed');
  });

  test('is shown as it came, kept for later, and told to nobody where it changed nothing', async () => {
    const { parts, told, used, store } = world();
    const { head, answer, bytes, body, waysOut } = await shown(parts, call('GetCustomer', { customerId }, { number: 2 }));
    expect(head).toMatchObject({ number: 2, status: 200, statusText: 'OK', ok: true, form: 'json', contentType: 'application/json', connection: 'Acme', comparable: false, size: bytes?.length, target: `GET /aggregation/v1/customers/${customerId}` });
    expect(JSON.parse(text(bytes))).toMatchObject({ id: customerId });
    expect(text(store.bytes(answer!.name))).toBe(text(bytes));
    expect([body, waysOut.size, told, used]).toEqual([undefined, 0, [], ['GetCustomer']]);
  });

  test('can be compared with the one before while that is kept', async () => {
    const { parts, store } = world();
    const first = await shown(parts, call('GetCustomer', { customerId }));
    expect((await shown(parts, call('GetCustomer', { customerId }, { previous: first.answer! }))).head.comparable).toBe(true);
    // One that was refused before it went out has nothing to compare, whatever is kept.
    const refused = await shown(world(new GuardRefusal('X', 'No. Do.'), { answers: store }).parts, call('GetCustomer', { customerId }, { previous: first.answer! }));
    expect(refused.head).toMatchObject({ statusText: 'Not sent', comparable: false });
    await store.clear();
    expect((await shown(parts, call('GetCustomer', { customerId }, { previous: first.answer! }))).head.comparable).toBe(false);
  });

  test('to a change is told to the explorer and the jobs, with its body', async () => {
    const started: unknown[] = [];
    const { parts, told } = world(client(), { jobs: { started: async (report) => started.push(report) === 0 } });
    const input = { body: { username: `sent${Date.now()}`, firstName: 'Dana', lastName: 'Reyes' } };
    const { body, head } = await shown(parts, call('AddTestingCustomer', input));
    expect(head).toMatchObject({ status: 201, statusText: 'Created' });
    expect(head).not.toHaveProperty('followed');
    expect(body).toMatchObject({ id: expect.any(String) });
    expect(told).toEqual([['c1', 'AddTestingCustomer', input, body]]);
    expect(started).toEqual([{ connectionId: 'c1', entry: operation('AddTestingCustomer'), input, body }]);
  });

  test('is shown when it cannot be kept, also one that says no', async () => {
    const { parts, errors } = world();
    parts.answers = { keep: async () => { throw new Error('full'); }, get: () => undefined, overflowPath: () => { throw new Error('no folder'); } };
    const { head, bytes } = await shown(parts, call('AddTestingCustomer', { body: { username: `full${Date.now()}` } }));
    expect(head).toMatchObject({ status: 201, ok: true, unkept: true, comparable: false, note: expect.stringMatching(/could not be kept/) });
    expect(JSON.parse(text(bytes))).toMatchObject({ id: expect.any(String) });
    expect((await shown(parts, call('GetCustomer', { customerId: '1' }))).head).toMatchObject({ status: 404, ok: false });
    expect(errors).toHaveLength(2);
  });

  test('stays when telling of it fails', async () => {
    const broken = new Error('the tree');
    const { parts, errors } = world(client(), { explorer: { sent: async () => { throw broken; } } });
    expect((await shown(parts, call('AddTestingCustomer', { body: { username: `told${Date.now()}` } }))).head.status).toBe(201);
    expect(errors).toEqual([broken]);
  });

  test('in another media type is what was asked for', async () => {
    const { parts } = world();
    const { head, bytes } = await shown(parts, call('GetCustomer', { customerId }, { accept: 'application/xml' }));
    expect(head).toMatchObject({ form: 'xml', contentType: 'application/xml' });
    expect(head.note).toBeUndefined();
    expect(text(bytes)).toContain('<id>');
  });

  test.each<[string, object, object]>([
    ['a web page', { kind: 'status', status: 200, body: '<html><title>Sign in</title></html>', contentType: 'text/html' }, { ok: true, form: 'text', note: expect.stringMatching(/web page/) }],
    ['XML where JSON was due', { kind: 'xml' }, { form: 'xml', note: expect.stringMatching(/Accept/) }],
    ['nothing', { kind: 'empty' }, { form: 'none', size: 0, note: expect.stringMatching(/Nothing came/) }],
    ['JSON under another label', { kind: 'wrongContentType', contentType: 'image/png' }, { form: 'json', note: expect.stringMatching(/called image\/png/) }],
    ['a PDF called JSON', { kind: 'status', status: 200, body: '%PDF-1.7 x', contentType: 'application/json' }, { form: 'pdf', note: expect.stringMatching(/is a PDF/) }],
  ])('%s is shown and said, not refused', async (_what, fault, head) => {
    await sandbox.control.faults({ operation: 'GetCustomer', ...fault } as never);
    expect((await shown(world().parts, call('GetCustomer', { customerId }))).head).toMatchObject(head);
  });

  test('is told to the history with its bytes, unparsed', async () => {
    const finished: FinishedCall[] = [];
    const { parts } = world(client({ finished: (one) => finished.push(one) }));
    await shown(parts, call('GetCustomer', { customerId }));
    expect(finished.at(-1)).toMatchObject({ origin: 'form', outcome: 'ok', answer: { status: 200, body: expect.any(Uint8Array) } });
  });
});

test('60 MB go to a file with the answer\'s extension; the head says so', async () => {
  const size = 60 * 1024 * 1024;
  const server = await serve(async (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('[');
    const piece = Buffer.alloc(1024 * 1024, ' ');
    for (let sent = 1; sent < size - 1; sent += piece.length) if (!response.write(piece.subarray(0, Math.min(piece.length, size - 1 - sent)))) await new Promise((done) => response.once('drain', done));
    response.end(']');
  });
  const { parts, store } = world(client({ url: server.url }));
  const seen: number[] = [];
  const { head, answer, bytes } = await shown(parts, call('GetCustomer', { customerId: '7' }, { onProgress: ({ received }) => seen.push(received) }));
  expect(size).toBeGreaterThan(answerByteLimit);
  expect(head).toMatchObject({ status: 200, form: 'file', size, file: { name: 'GetCustomer 200 #1.json' }, note: expect.stringMatching(/60 MB/) });
  expect([bytes, answer?.form, seen.at(-1)]).toEqual([undefined, 'json', size]);
  expect((await readFile(answer!.file!)).length).toBe(size);
  await store.clear();
  await expect(readFile(answer!.file!)).rejects.toThrow('ENOENT');
});

describe('what does not succeed', () => {
  test('an answer that says no is an answer, explained, with its way out', async () => {
    const { parts, told } = world();
    const { head, bytes, waysOut } = await shown(parts, call('CreateConsumer', { customerId: '1', body: {} }));
    expect(head.ok).toBe(false);
    expect(head.problem?.title).toBeTruthy();
    expect(JSON.parse(text(bytes))).toHaveProperty('code');
    expect([...waysOut.keys()]).toEqual(head.problem?.buttons.map(({ id }) => id));
    expect(told).toEqual([]);
  });

  test('a busy API says how long to wait, once its own tries are used up', async () => {
    await sandbox.control.faults({ kind: 'rateLimit', operation: 'GetCustomer', retryAfter: 40 });
    const { head, waysOut } = await shown(world().parts, call('GetCustomer', { customerId }));
    expect(head).toMatchObject({ status: 429, statusText: 'Too Many Requests', form: 'none', problem: { fix: expect.stringMatching(/asks to wait 40 seconds/) } });
    expect(waysOut.get('waitAndRetry')?.does).toEqual({ retryAfterMs: 40_000 });
  });

  test('a bank that asks', async () => {
    await sandbox.control.faults({ kind: 'mfa', operation: 'GetAccountOwner' });
    const { head } = await shown(world().parts, call('GetAccountOwner', { customerId, accountId: '1' }));
    expect(head).toMatchObject({ status: 203, ok: false, problem: { title: 'The bank asks a question', buttons: [{ id: 'connectFix' }] } });
  });

  test.each<[string, Client | Error | (() => Client), string]>([
    ['a host that does not answer', () => client({ url: nobody }), 'Nobody answers there'],
    ['a connection without credentials', new SignedOutError('c1', 'Acme'), 'Signed out'],
    ['a refusal of the guard', () => client({ approve: async () => { throw new GuardRefusal('GetCustomer', 'This connection is read-only. Edit it.'); } }), 'Not sent'],
    ['an error of our own', new TypeError('oops'), 'The explorer itself failed'],
  ])('%s is shown without an answer', async (_what, one, title) => {
    const { head, answer } = await shown(world(typeof one === 'function' ? one() : one).parts, call('GetCustomer', { customerId }));
    expect(head).toMatchObject({ ok: false, form: 'none', size: 0, problem: { title } });
    expect([head.status, answer]).toEqual([undefined, undefined]);
  });

  test('a value that cannot be sent', async () => {
    const { head } = await shown(world().parts, call('GetCustomer', {}));
    expect(head.problem).toMatchObject({ title: 'Not sent: a value cannot be used', meaning: expect.stringContaining('customerId') });
  });
});

describe('what ends without anything to show', () => {
  const ended = async (parts: SendCallParts, what: CallToSend): Promise<CallEnded> => {
    const sent = await sendCall(parts, what);
    if (!('ended' in sent)) throw new Error(`shown: ${JSON.stringify(sent.head)}`);
    return sent;
  };

  test('a No to the guard', async () => {
    const one = client({ approve: async () => { throw new GuardRefusal('DeleteCustomer', 'Delete: not confirmed, nothing was sent.', true); } });
    expect(await ended(world(one).parts, call('DeleteCustomer', { customerId }))).toEqual({ ended: 'Delete: not confirmed, nothing was sent.' });
  });

  test('a cancel; of a change it says that it may have arrived', async () => {
    await sandbox.control.faults({ kind: 'latency', latencyMs: 3000 });
    const cancelled = async (what: CallToSend) => {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 50);
      return (await ended(world().parts, { ...what, signal: controller.signal })).ended;
    };
    expect(await cancelled(call('GetCustomer', { customerId }))).toBe('Cancelled.');
    expect(await cancelled(call('ModifyCustomer', { customerId, body: { firstName: 'Dana' } }))).toMatch(/^Cancelled\. The API may have taken it already/);
  });

  test('a cancel from the Jobs view', async () => {
    const one = { ...client(), send: async () => { throw new CancelledError('GetCustomer', 'Cancelled.', true); } } as Client;
    expect((await ended(world(one).parts, call('GetCustomer', { customerId }))).ended).toBe('Cancelled.');
  });

  test('a sign-out in the middle', async () => {
    await sandbox.control.faults({ kind: 'latency', latencyMs: 3000 });
    const one = client();
    setTimeout(() => one.close(), 50);
    expect((await ended(world(one).parts, call('GetCustomer', { customerId }))).ended).toMatch(/connection was closed/);
  });

  test('a connection that is no longer there', async () => {
    expect((await ended(world().parts, call('GetCustomer', { customerId }, { connectionId: 'gone' }))).ended).toMatch(/no connection "gone"/);
  });

  test('the two that take the partner\'s secret go nowhere with what was typed', async () => {
    const { parts, used } = world();
    expect((await ended(parts, call('CreateToken', { body: { partnerId: 'x', partnerSecret: 'y' } }))).ended).toMatch(/kept in memory and not shown/);
    expect((await ended(parts, call('ModifyPartnerSecret', {}))).wayOut?.does).toEqual({ command: 'openBanking.editConnection', arguments: [{ connectionId: 'c1' }] });
    expect(used).toEqual([]);
  });
});
