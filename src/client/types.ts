// The client's public shapes. Free of vscode: the same client runs in the extension, in a terminal, in tests and in benchmarks.
// Everything is typed by operation id out of api/, so a wrong parameter name does not compile.
import type { OperationEntry, OperationId } from '../api/catalogue.ts';
import type { operations } from '../api/generated/types.d.ts';

type OrNothing<T> = [T] extends [never] ? unknown : T;
type Section<Op extends OperationId, Place extends 'path' | 'query' | 'header'> =
  Place extends keyof operations[Op]['parameters'] ? OrNothing<NonNullable<operations[Op]['parameters'][Place]>> : unknown;
type JsonOf<T> = T extends { content: infer C } ? ('application/json' extends keyof C ? C['application/json'] : undefined) : undefined;
type BodyOf<Op extends OperationId> = operations[Op] extends { requestBody: infer B }
  ? { body: JsonOf<B> }
  : operations[Op] extends { requestBody?: infer B } ? ([NonNullable<B>] extends [never] ? unknown : { body?: JsonOf<NonNullable<B>> }) : unknown;
type SuccessOf<R> = { [S in keyof R]: S extends 200 | 201 | 202 | 203 | 204 ? JsonOf<R[S]> : never }[keyof R];

/** What an operation takes: its path, query and header parameters side by side, and its JSON body under `body`. */
export type CallInput<Op extends OperationId> = Section<Op, 'path'> & Section<Op, 'query'> & Section<Op, 'header'> & BodyOf<Op>;
/** What an operation answers when it succeeds; undefined for an empty body. */
export type CallOutput<Op extends OperationId> = operations[Op] extends { responses: infer R } ? SuccessOf<R> : unknown;
/** An input whose operation is only known at run time (a picked operation, a request file). */
export type AnyInput = Readonly<Record<string, unknown>>;

/** Who asks: the guard decides by it what needs a question. `poll` is the explorer's own waiting for a report. */
export type CallOrigin = 'tree' | 'document' | 'command' | 'form' | 'poll' | 'connect';

/** What may make a call worth a question. The guard's table says which one asks where. */
export type GuardReason = 'destructive' | 'billable' | 'movesMoney' | 'sendsMail' | 'automation' | 'productionWrite' | 'fcra';

/** The caller's own words about what goes, shown in the guard's question in place of its general ones. Never logged. */
export interface OwnWords {
  /** The question itself, e.g. `Delete Dana Reyes (7001)?`. */
  title: string;
  /** What is lost, in a sentence or two. */
  goes: string;
  /** The button that says yes. */
  confirm: string;
}

export interface CallOptions {
  signal?: AbortSignal;
  origin?: CallOrigin;
  /** What the caller has already asked the person in words of its own; heeded for the origins `command`, `form` and `connect`. Never lifts a refusal. */
  confirmed?: readonly GuardReason[];
  words?: OwnWords;
  /** Told when the guard begins to ask the person (true) and when it has its answer: nothing is under way in between. */
  onQuestion?: (open: boolean) => void;
  /** Media type wanted, e.g. `application/pdf`; JSON when left out. */
  accept?: string;
  /** Milliseconds for one attempt; the operation's own time limit when left out. A download, and a raw answer, counts them from its last piece. */
  timeoutMs?: number;
  /** The answer as it came, for who shows it: heeded by `send` alone. */
  raw?: RawAnswer;
}

/** `ApiResponse.body` is then the body's bytes, whatever they are; nothing is parsed, and no answer is refused for being another than was due. */
export interface RawAnswer {
  /** A longer body goes to a file: the answer has its path under `file`, and no body. */
  limitBytes: number;
  /** A body that is longer still is not kept: FileError, of the code EFBIG. 2 GB when left out. */
  mostBytes?: number;
  /** The path of that file, asked for when it is needed. Only the user may read it, and it stays until the caller removes it. */
  overflow(): string;
  onProgress?: (progress: DownloadProgress) => void;
}

/** A whole answer: what the wire said, for callers who show it. */
export interface ApiResponse<T = unknown> {
  status: number;
  headers: Readonly<Record<string, string>>;
  /** Media type without parameters, lower case; empty when the answer names none. */
  contentType: string;
  /** Parsed for JSON, text for text and XML, bytes for the rest, undefined for an empty body. Raw answers: bytes, or undefined. */
  body: T;
  /** The file that a raw answer's body went to, being too large. */
  file?: string;
  /** Bytes of the body, after any decompression by the HTTP engine. */
  size: number;
  /** Milliseconds from sending to the end of the body. */
  durationMs: number;
}

export interface DownloadProgress {
  received: number;
  /** Undefined when the answer does not say how long it is. */
  total?: number;
}

export interface Page<T> {
  items: T[];
  /** Matches in all, where the answer says it. */
  found?: number;
  /** Whether another page follows. */
  more: boolean;
  /** The answer as it came. */
  body: unknown;
}

export interface PageOptions extends CallOptions {
  /** Records a page; the operation's default when left out. */
  limit?: number;
  /** Where to begin: a record index or a page number, as the operation counts. */
  start?: number;
}

export interface ReportRef {
  reportId: string;
  /** One of the two says whose it is. */
  customerId?: string;
  consumerId?: string;
}

/** A report as far as polling needs it; the rest is the report's own. */
export interface ReportState {
  id: string;
  type?: string;
  status: string;
  [field: string]: unknown;
}

export interface FollowOptions extends CallOptions {
  /** Milliseconds between two looks. The API asks for 20 s; only the local sandbox may be asked more often. */
  intervalMs?: number;
  /** Gives up after this many milliseconds with a ReportDeadlineError that names the report; default 30 minutes. At least one look is had. */
  deadlineMs?: number;
  purpose?: string;
  /** Milliseconds before the first look; none when left out. For a report that was asked for or looked at a moment ago. */
  firstLookMs?: number;
  /** Looks that were had before: the pauses grow on from there. */
  looksBefore?: number;
  /** Called before each look; whatever it throws ends the following. */
  beforeLook?: () => Promise<void>;
  onState?: (state: ReportState, nextLookMs: number) => void;
  /** Called before each pause, also after a look that failed. */
  onPause?: (ms: number) => void;
}

export interface Client {
  /** Calls an operation and returns its parsed body. Throws one of the errors of errors.ts, never a bare one. */
  call<Op extends OperationId>(operation: Op, input: CallInput<Op>, options?: CallOptions): Promise<CallOutput<Op>>;
  /** The same with the whole answer. A non-2xx answer still throws (the error carries the answer). */
  send(operation: OperationId, input: AnyInput, options?: CallOptions): Promise<ApiResponse>;
  /** Streams the answer's body to a file, atomically: nothing stands under `target` until all of it is there. Returns bytes written. */
  download(operation: OperationId, input: AnyInput, target: string, options?: CallOptions & { onProgress?: (p: DownloadProgress) => void }): Promise<number>;
  /** Walks a paged list, one request at a time, as it is consumed. */
  pages<T = unknown>(operation: OperationId, input: AnyInput, options?: PageOptions): AsyncIterable<Page<T>>;
  /** Looks at a report until it is `success` or `failure` (any other status counts as not final) and returns it, a failed one too. */
  followReport(report: ReportRef, options?: FollowOptions): Promise<ReportState>;
  /**
   * Gets a fresh token now, so that credentials are known to be good. One attempt. After an answer of bad credentials this is the only
   * call that asks again: every other one repeats that error without going to the wire.
   */
  authenticate(options?: CallOptions): Promise<void>;
  /** Drops the token (sign-out). Calls in flight are aborted. */
  close(): void;
}

export interface ClientCredentials {
  partnerId: string;
  partnerSecret: string;
  appKey: string;
}

/**
 * Asked before every request but the token's own; throws GuardRefusal to stop it. The one way a call reaches the wire. What it resolves to
 * is sent in place of the input: the person has added to it (a permissible purpose).
 */
export type Approve = (operation: OperationEntry, input: AnyInput, options: CallOptions) => Promise<AnyInput | void>;

/** Failed authentications, per partner, across windows. See credentials/lockoutLedger.ts. */
export interface FailureLedger {
  /** Throws LockoutStop when the next attempt must not be made by machine. Called just before a token request. */
  beforeAttempt(partnerId: string): Promise<void>;
  afterFailure(partnerId: string): Promise<void>;
  afterSuccess(partnerId: string): Promise<void>;
  /** The attempt came to nothing that counts: it never reached the API, or was answered for another reason than the credentials. */
  release?(): Promise<void>;
}

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms`; rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** One line an attempt, for the log. Holds no bodies, headers, query values, ids or secrets. */
export interface CallRecord {
  operationId: string;
  method: string;
  /** Path template, so that no id is logged. */
  path: string;
  status?: number;
  code?: string;
  durationMs: number;
  size?: number;
  attempt: number;
  outcome: 'ok' | 'failed' | 'cancelled' | 'refused';
}

/** A call from its approval to its end, all attempts together, for the history. Holds ids, values and the answer: for memory, not for logs. */
export interface FinishedCall {
  operation: OperationEntry;
  /** As sent. */
  input: AnyInput;
  /** What the caller passed, where the person added to it when the guard asked. */
  given?: AnyInput;
  /** `token` is the client's own sign-in, of which neither body is handed over. */
  origin: CallOrigin | 'token' | undefined;
  accept?: string;
  /** Path and query as sent. */
  target: string;
  /** As sent, without key and token. */
  requestHeaders: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  startedAt: number;
  /** Milliseconds of the attempt that counted, else since the start. */
  durationMs: number;
  attempts: number;
  outcome: CallRecord['outcome'];
  /** The answer, of a failed call too; undefined where none came. A download has status and size alone. */
  answer?: Pick<ApiResponse, 'status' | 'size'> & Partial<ApiResponse>;
  error?: unknown;
}

/** The part of the Fetch API's `fetch` that the client uses; both the editor's patched global one and the undici one fit. */
export type FetchLike = (url: string, init: {
  method: string;
  headers: Record<string, string>;
  body?: string | Uint8Array;
  signal?: AbortSignal;
  redirect: 'manual';
}) => Promise<FetchResponse>;

export interface FetchResponse {
  status: number;
  headers: { get(name: string): string | null; forEach(visit: (value: string, name: string) => void): void };
  body: AsyncIterable<Uint8Array> | null;
  text(): Promise<string>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

export interface ClientOptions {
  /** https, or http on loopback; checked at creation. */
  baseUrl: string;
  fetch: FetchLike;
  credentials: ClientCredentials;
  approve: Approve;
  ledger: FailureLedger;
  clock?: Clock;
  log?: (record: CallRecord) => void;
  /** Told of every call when it is over, refused ones too. What it throws goes to `troubled` and leaves the call as it is. */
  finished?: (call: FinishedCall) => void;
  /** Told what `finished` threw, for a log. Must not throw. */
  troubled?: (error: unknown) => void;
}
