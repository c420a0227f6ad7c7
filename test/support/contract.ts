// The contract level's frame. A case runs against a sandbox of its own, through the real client, and everything that passes between the
// two is recorded and held to the description on both sides. `good` wants the named operation to succeed over the wire, `wrong` wants the
// named failure; either fails with the operation's name in front. contract/coverage.test.ts counts the `good` cases.
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { operation } from '../../src/api/catalogue.ts';
import type { OperationId } from '../../src/api/catalogue.ts';
import { createClient } from '../../src/client/client.ts';
import { ApiError } from '../../src/client/errors.ts';
import { undiciFetch } from '../../src/client/undiciFetch.ts';
import type { CallRecord, Client, ClientOptions, FailureLedger, FetchLike, FetchResponse } from '../../src/client/types.ts';
import { conformanceProblems } from './conformance.ts';
import { describedBy, requestProblems, responseProblems } from './description.ts';
import { startSandbox } from './sandbox.ts';
import type { TestSandbox } from './sandbox.ts';

export interface Exchange {
  /** Undefined for a path that the description does not know. */
  operationId?: string;
  method: string;
  target: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
  status: number;
  responseHeaders: Readonly<Record<string, string>>;
  bytes: Uint8Array;
  requestProblems: string[];
  responseProblems: string[];
  /** Sent by raw(): faults of the request are the case's own. */
  raw: boolean;
}

export interface Ledger extends FailureLedger {
  attempts: number;
  failures: number;
  successes: number;
}

export interface RawRequest {
  parameters?: Readonly<Record<string, string | number>>;
  /** Sent as JSON; text goes as it stands. */
  body?: unknown;
  /** Over the usual ones; undefined leaves one out. */
  headers?: Readonly<Record<string, string | undefined>>;
}

export interface RawAnswer {
  status: number;
  contentType: string;
  text: string;
  /** The parsed body; undefined when it is not JSON. */
  json?: Record<string, unknown>;
}

export interface Bench {
  sandbox: TestSandbox;
  client: Client;
  ledger: Ledger;
  /** What the client wrote to its log. */
  log: CallRecord[];
  /** How long the client meant to sleep, milliseconds; it does not really. */
  slept: number[];
  exchanges: Exchange[];
  /** Another client for the same sandbox. */
  connect(options?: Partial<ClientOptions>): Client;
  /** Sends what the client would not: by the operation's path, with key and token unless told otherwise. */
  raw(id: OperationId, request?: RawRequest): Promise<RawAnswer>;
  /** What broke the contract so far. */
  problems(): string[];
  close(): Promise<void>;
}

export interface BenchOptions {
  /** Seeded customers. */
  customers?: number;
  /** The engine; npm undici unless given. */
  fetch?: FetchLike;
}

export async function openBench({ customers = 40, fetch }: BenchOptions = {}): Promise<Bench> {
  const sandbox = await startSandbox({ customers });
  const engine = fetch ? undefined : undiciFetch();
  const exchanges: Exchange[] = [];
  const log: CallRecord[] = [];
  const slept: number[] = [];
  const ledger = countingLedger();
  const clients: Client[] = [];
  const { partnerId, partnerSecret, appKey } = sandbox.credentials;

  const connect = (options: Partial<ClientOptions> = {}): Client => {
    const client = createClient({
      baseUrl: sandbox.url, credentials: { partnerId, partnerSecret, appKey }, approve: async () => {}, ledger, log: (line) => log.push(line),
      clock: {
        now: () => Date.now(),
        sleep: async (ms, signal) => {
          slept.push(ms);
          await pause(Math.min(ms, 5), undefined, { signal });
        },
      },
      ...options, fetch: recording(options.fetch ?? fetch ?? (engine as { fetch: FetchLike }).fetch, sandbox.url, exchanges),
    });
    clients.push(client);
    return client;
  };
  const rawFetch = recording(globalThis.fetch as unknown as FetchLike, sandbox.url, exchanges, true);
  let token: string | undefined;

  const bench: Bench = {
    sandbox, ledger, log, slept, exchanges, connect, client: connect(),
    async raw(id, { parameters = {}, body, headers = {} } = {}) {
      const { method, path, appKeyOnly } = operation(id);
      token ??= appKeyOnly ? undefined : await tokenOf(bench);
      const query = new URLSearchParams();
      let target = path;
      for (const [name, value] of Object.entries(parameters)) {
        if (path.includes(`{${name}}`)) target = target.replace(`{${name}}`, encodeURIComponent(value));
        else query.set(name, String(value));
      }
      const all: Record<string, string | undefined> = {
        accept: 'application/json', 'finicity-app-key': appKey, 'finicity-app-token': appKeyOnly ? undefined : token,
        'content-type': body === undefined ? undefined : 'application/json', ...headers,
      };
      const response = await rawFetch(`${sandbox.url}${target}${query.size > 0 ? `?${query}` : ''}`, {
        method, redirect: 'manual', body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
        headers: Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined)),
      });
      const text = await response.text();
      const contentType = response.headers.get('content-type') ?? '';
      return { status: response.status, contentType, text, json: /json/.test(contentType) ? (JSON.parse(text) as Record<string, unknown>) : undefined };
    },
    problems: () => exchanges.flatMap((one) => [...(one.raw && one.status >= 400 ? [] : one.requestProblems), ...one.responseProblems]),
    async close() {
      for (const client of clients) client.close();
      await engine?.close();
      await sandbox.stop();
    },
  };
  return bench;
}

async function tokenOf({ sandbox: { url, credentials: { partnerId, partnerSecret, appKey } } }: Bench): Promise<string> {
  const response = await globalThis.fetch(`${url}/aggregation/v2/partners/authentication`, {
    method: 'POST', body: JSON.stringify({ partnerId, partnerSecret }),
    headers: { 'Finicity-App-Key': appKey, 'Content-Type': 'application/json', Accept: 'application/json' },
  });
  return ((await response.json()) as { token: string }).token;
}

function countingLedger(): Ledger {
  const ledger: Ledger = {
    attempts: 0, failures: 0, successes: 0,
    async beforeAttempt() { ledger.attempts++; },
    async afterFailure() { ledger.failures++; },
    async afterSuccess() { ledger.successes++; },
  };
  return ledger;
}

/** Passes a request on and keeps both sides, byte for byte, with what the description says against them. */
function recording(fetch: FetchLike, base: string, exchanges: Exchange[], raw = false): FetchLike {
  return async (url, init) => {
    const headers = Object.fromEntries(Object.entries(init.headers).map(([name, value]) => [name.toLowerCase(), value]));
    const request = { method: init.method, target: url.slice(base.length), headers, body: init.body === undefined ? undefined : String(init.body) };
    const response = await fetch(url, init);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const responseHeaders: Record<string, string> = {};
    response.headers.forEach((value, name) => {
      responseHeaders[name.toLowerCase()] = value;
    });
    const answer = { status: response.status, contentType: response.headers.get('content-type'), bytes };
    const official = conformanceProblems(request, answer);
    exchanges.push({
      ...request, operationId: describedBy(request.method, request.target)?.operationId, status: response.status, responseHeaders, bytes, raw,
      requestProblems: [...requestProblems(request), ...official.request], responseProblems: [...responseProblems(request, answer), ...official.response],
    });
    return replayed(response, bytes);
  };
}

const replayed = ({ status, headers }: FetchResponse, bytes: Uint8Array): FetchResponse => ({
  status, headers,
  body: (async function* () {
    if (bytes.length > 0) yield bytes;
  })(),
  text: async () => Buffer.from(bytes).toString(),
  arrayBuffer: async () => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer,
});

/** A case in which the operation succeeds. `run` checks what it means; the frame checks the wire. */
export function good(id: OperationId, title: string, run: (bench: Bench) => Promise<void>, options?: BenchOptions): void {
  test(`${id}: ${title}`, async () => {
    const bench = await openBench(options);
    try {
      await named(id, bench, run(bench));
      const answered = bench.exchanges.filter((one) => one.operationId === id && !one.raw && one.status < 300);
      expect(answered.length, `${id}: no successful call went through the client`).toBeGreaterThan(0);
    } finally {
      await bench.close();
    }
  });
}

export interface Refusal {
  status: number;
  /** Undefined for an answer without a code. */
  code?: number;
}

/** A case in which the operation fails as told: `run` ends in the client's ApiError or in a raw answer. */
export function wrong(id: OperationId, title: string, { status, code }: Refusal, run: (bench: Bench) => Promise<unknown>, options?: BenchOptions): void {
  test(`${id}: ${title} → ${status}${code === undefined ? '' : ` ${code}`}`, async () => {
    const bench = await openBench(options);
    try {
      const ended = await run(bench).catch((error: unknown) => error);
      const last = bench.exchanges.filter((one) => one.operationId === id).at(-1);
      for (const one of bench.exchanges) if (one.operationId === id && one.status >= 400) one.requestProblems = [];
      await named(id, bench, Promise.resolve());
      if (ended instanceof Error && !(ended instanceof ApiError)) throw ended;
      const answer = ended as RawAnswer;
      const [said, words] = ended instanceof ApiError
        ? [{ status: ended.status, code: ended.code }, ended.message]
        : [{ status: answer.status, code: answer.json?.code?.toString() }, answer.text?.slice(0, 500)];
      expect(said, `${id}: ${words}`).toEqual({ status, code: code?.toString() });
      expect(last?.status, `${id}: nothing was sent`).toBe(status);
    } finally {
      await bench.close();
    }
  });
}

/** Lets breaches of the contract speak first: what fails after one is mostly its consequence. */
async function named(id: string, bench: Bench, run: Promise<void>): Promise<void> {
  const failure = await run.then(() => undefined, (error: unknown) => ({ error }));
  const problems = bench.problems();
  if (problems.length > 0) throw new Error(`${id}: the contract is broken\n  ${problems.join('\n  ')}${failure ? `\nthen: ${String(failure.error)}` : ''}`);
  if (failure) throw failure.error;
}
