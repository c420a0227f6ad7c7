// The client: joins request building, the guard's approval, token, transport, retries and reading of answers. Every call of the extension
// goes through perform() below; there is no second road to the wire. Free of vscode.
import { setTimeout as pause } from 'node:timers/promises';
import { operation } from '../api/catalogue.ts';
import type { OperationEntry, OperationId } from '../api/catalogue.ts';
import { readAnswer, toApiResponse, unexpected } from './answer.ts';
import type { Answer, AnswerContext, Perform, Read } from './answer.ts';
import { checkBaseUrl } from './baseUrl.ts';
import { downloadTo } from './download.ts';
import { ApiError, AuthenticationError, CancelledError, InvalidInputError } from './errors.ts';
import { followReport } from './followReport.ts';
import { pages } from './paging.ts';
import { rawReader } from './rawAnswer.ts';
import { authorize, buildRequest, isHeaderSafe } from './requestBuilder.ts';
import type { BuiltRequest } from './requestBuilder.ts';
import { mayRepeat, retryDelay } from './retry.ts';
import { countedAttempt, tokenSource } from './token.ts';
import { fetchTransport } from './transport.ts';
import { witness, type Prepared } from './witness.ts';
import type { AnyInput, CallOptions, CallRecord, Client, ClientCredentials, ClientOptions, Clock } from './types.ts';

const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => pause(ms, undefined, { signal }),
};

/** @throws InvalidInputError for a base URL or credentials that cannot be used. */
export function createClient(options: ClientOptions): Client {
  const { approve, ledger, log, credentials, finished, troubled, clock = systemClock } = options;
  const base = checkBaseUrl(options.baseUrl);
  checkCredentials(credentials);
  const transport = fetchTransport(options.fetch, base);
  const closing = new AbortController();
  const told = finished && { finished, ...(troubled && { troubled }) };
  let proven = false;

  const tokens = tokenSource(async () => {
    const entry = operation('CreateToken');
    const request = buildRequest(entry, { body: { partnerId: credentials.partnerId, partnerSecret: credentials.partnerSecret } }, {});
    authorize(request, entry, credentials.appKey, undefined);
    const once = () => attempt(entry, {}, request, {}, readAnswer, 1);
    const signIn = () => (told ? witness(told, { entry, input: {}, request, origin: 'token' }, clock, once) : once());
    const token = await countedAttempt(ledger, credentials.partnerId, proven, async () => tokenOf(await signIn(), entry));
    proven = true;
    return token;
  }, clock);

  const secrets = () => [credentials.partnerSecret, credentials.appKey, credentials.partnerId, tokens.peek() ?? ''];

  /** Sends a request once and writes its line to the log. */
  async function attempt<T extends { status: number; size: number }>(
    entry: OperationEntry, input: AnyInput, request: BuiltRequest, callOptions: CallOptions, read: Read<T>, number: number,
  ): Promise<T> {
    const startedAt = performance.now();
    const { operationId, method } = entry;
    const context: AnswerContext = { operation: entry, input, accept: callOptions.accept, startedAt, secrets: secrets() };
    const exchange = { operationId, method, timeoutMs: callOptions.timeoutMs ?? entry.timeoutSeconds * 1000, signal: callOptions.signal };
    try {
      const answer = await transport.exchange(request, exchange, (response, alive) => read(response, context, alive));
      if (log) log(record(entry, startedAt, number, 'ok', answer));
      return answer;
    } catch (error) {
      if (log) log(record(entry, startedAt, number, error instanceof CancelledError ? 'cancelled' : 'failed', error));
      throw error;
    }
  }

  /** One authorized try; an expired token is renewed and the try made again, once. Safe for changes too: the API refused before it did anything. */
  async function authorized<T extends { status: number; size: number }>(
    entry: OperationEntry, input: AnyInput, request: BuiltRequest, callOptions: CallOptions, read: Read<T>, number: number,
  ): Promise<T> {
    if (entry.appKeyOnly) {
      authorize(request, entry, credentials.appKey, undefined);
      const send = () => attempt(entry, input, request, callOptions, read, number);
      return isAuthentication(entry) ? countedAttempt(ledger, partnerOf(input, credentials), false, send) : send();
    }
    const ready = tokens.get(callOptions.signal);
    const token = typeof ready === 'string' ? ready : await ready;
    authorize(request, entry, credentials.appKey, token);
    try {
      return await attempt(entry, input, request, callOptions, read, number);
    } catch (error) {
      if (!isStaleToken(error)) throw error;
      tokens.invalidate(token);
      authorize(request, entry, credentials.appKey, await tokens.get(callOptions.signal));
      return await attempt(entry, input, request, callOptions, read, number);
    }
  }

  const perform: Perform = async (entry, input, callOptions, read) => {
    const { signal, origin, accept } = callOptions;
    // Before anybody is asked: what cannot be sent is not worth a question.
    const request = buildRequest(entry, input, callOptions);
    if (signal?.aborted) throw new CancelledError(entry.operationId);
    if (!told) {
      const approved = await ask(entry, { input, request }, callOptions);
      return persist(entry, approved.input, approved.request, callOptions, read);
    }
    return witness(told, { entry, input, request, origin, accept }, clock, async (begin) => {
      const approved = await ask(entry, { input, request }, callOptions);
      return persist(entry, approved.input, approved.request, callOptions, read, begin(approved));
    });
  };

  /** Gives what may be sent: the same, or with what the person added. */
  async function ask(entry: OperationEntry, call: Prepared, callOptions: CallOptions): Promise<Prepared> {
    const startedAt = performance.now();
    try {
      const input = await approve(entry, call.input, callOptions);
      // Closed while the question was open: nothing goes out, not even for a token.
      if (closing.signal.aborted) throw new CancelledError(entry.operationId, 'Cancelled: the connection was closed.');
      return input === undefined ? call : { input, request: buildRequest(entry, input, callOptions) };
    } catch (error) {
      if (log) log(record(entry, startedAt, 0, 'refused', error));
      throw error;
    }
  }

  /** Tries until it succeeds or trying again makes no sense. `trying` is told before each try. */
  async function persist<T extends { status: number; size: number }>(
    entry: OperationEntry, input: AnyInput, request: BuiltRequest, callOptions: CallOptions, read: Read<T>, trying?: (number: number) => void,
  ): Promise<T> {
    for (let tried = 1; ; tried++) {
      trying?.(tried);
      try {
        return await authorized(entry, input, request, callOptions, read, tried);
      } catch (error) {
        const delay = mayRepeat(entry) ? retryDelay(error, tried, Math.random()) : undefined;
        if (delay === undefined) throw error;
        await wait(delay, callOptions.signal, entry.operationId);
      }
    }
  }

  /** Sleeps until the time is over, the caller cancels or the client closes. */
  async function wait(ms: number, signal: AbortSignal | undefined, operationId: string): Promise<void> {
    try {
      await clock.sleep(ms, signal ? AbortSignal.any([signal, closing.signal]) : closing.signal);
    } catch {
      throw new CancelledError(operationId);
    }
  }

  const send: Client['send'] = async (id, input, callOptions = {}) => toApiResponse(await perform(entryOf(id), input, callOptions, callOptions.raw ? rawReader(callOptions.raw) : readAnswer));
  const client: Client = {
    send,
    // The answer's type is the operation's by the description; the contract tests hold both sides to it.
    call: async (id, input, callOptions = {}) => (await perform(entryOf(id), input as AnyInput, callOptions, readAnswer)).body as never,
    download: (id, input, target, callOptions = {}) => downloadTo(perform, entryOf(id), input, target, callOptions),
    pages: (id, input, pageOptions = {}) => pages(send, entryOf(id), input, pageOptions),
    followReport: (report, followOptions = {}) =>
      followReport({ send, clock, wait, loopback: base.loopback }, report, followOptions),
    async authenticate(callOptions = {}) {
      await tokens.renew(callOptions.signal);
    },
    close() {
      tokens.clear();
      closing.abort();
      transport.close();
    },
  };
  return client;
}

function entryOf(id: OperationId): OperationEntry {
  try {
    return operation(id);
  } catch {
    throw new InvalidInputError('operation', `"${id}" is not an operation of this API description. Pick one from the list of operations.`);
  }
}

const wordOf: Record<keyof ClientCredentials, string> = { partnerId: 'partner id', partnerSecret: 'partner secret', appKey: 'app key' };

/** A line break that was pasted along would make the HTTP engine quote the secret in its error. */
function checkCredentials(credentials: ClientCredentials): void {
  for (const field of ['partnerId', 'partnerSecret', 'appKey'] as const) {
    const value = credentials[field];
    if (typeof value !== 'string' || value === '') throw new InvalidInputError(field, `The ${wordOf[field]} is missing. Edit the connection.`);
    if (!isHeaderSafe(value) || value.trim() !== value)
      throw new InvalidInputError(field, `The ${wordOf[field]} holds a space, a line break or a character that it cannot have. Copy it again.`);
  }
}

/** The path that takes partner credentials: whatever calls it counts as an authentication attempt. */
const isAuthentication = (entry: OperationEntry) => entry.path.endsWith('/partners/authentication');

function partnerOf(input: AnyInput, credentials: ClientCredentials): string {
  const { body } = input;
  const named = typeof body === 'object' && body !== null && 'partnerId' in body ? body.partnerId : undefined;
  return typeof named === 'string' && named !== '' ? named : credentials.partnerId;
}

const isStaleToken = (error: unknown) => error instanceof AuthenticationError && (error.code === '10022' || error.code === '10023');

function tokenOf(answer: Answer, entry: OperationEntry): string {
  const { body } = answer;
  const token = typeof body === 'object' && body !== null && 'token' in body ? body.token : undefined;
  if (typeof token !== 'string' || token === '' || !isHeaderSafe(token)) throw unexpected('noToken', answer, entry);
  return token;
}

/** The log's line. `of` is the answer or the error. */
function record(entry: OperationEntry, startedAt: number, attempt: number, outcome: CallRecord['outcome'], of: unknown): CallRecord {
  const { operationId, method, path } = entry;
  const line: CallRecord = { operationId, method, path, durationMs: performance.now() - startedAt, attempt, outcome };
  if (of instanceof ApiError) return { ...line, status: of.status, code: of.code, size: of.response.size };
  if (typeof of !== 'object' || of === null) return line;
  if ('status' in of && typeof of.status === 'number') line.status = of.status;
  if ('size' in of && typeof of.size === 'number') line.size = of.size;
  return line;
}
