// Every call of this and past sessions. A call is told once, when it is over; it is in the list at once and on disk a moment later. Input and
// answer as they were live in memory only, the latest of them, within a budget, and end with the window. Loading and pruning happen when
// the list is first wanted or the first line is written, never at activation. Free of vscode.
import { randomBytes } from 'node:crypto';
import type { ApiResponse, AnyInput, FinishedCall } from '../client/types.ts';
import { isOpenBankingError } from '../client/errors.ts';
import { readBody } from './bodies.ts';
import type { HistoryEntry } from './entry.ts';
import { isWord } from './entry.ts';
import { HistoryFiles, type HistoryLimits, type Removed } from './files.ts';
import { keptBody, keptInput, textsOf } from './keep.ts';

export interface HistorySettings extends HistoryLimits {
  /** Whether redacted bodies are written too. */
  keepBodies: boolean;
}

/** A call of this window as it was. */
export interface Exchange {
  input: AnyInput;
  /** What the caller passed, where more than that was sent. */
  given?: AnyInput;
  accept?: string;
  target: string;
  requestHeaders: Readonly<Record<string, string>>;
  answer?: FinishedCall['answer'];
  /** The answer's body was too large to be kept. */
  bodyDropped?: boolean;
  /** What a person was told of a failure. */
  message?: string;
}

export interface StoreOptions {
  folder: string;
  settings(): HistorySettings;
  /** Hides known secrets; and, with patterns, what looks like one. */
  hideKnown(text: string): string;
  redact(text: string): string;
  /** Told when the disk refuses or something was set aside. */
  warn(message: string, error?: unknown): void;
  now?: () => number;
  /** Milliseconds to gather lines before writing. */
  gatherMs?: number;
}

const memory = { exchanges: 300, bytes: 32 * 1024 * 1024, body: 4 * 1024 * 1024, diskBody: 64 * 1024 };
/** Calls that wait while the disk refuses. */
const mostPending = 10_000;
const day = 24 * 3600_000;

export class HistoryStore {
  readonly #options: StoreOptions;
  readonly #files: HistoryFiles;
  readonly #session = randomBytes(6).toString('hex');
  readonly #byFile = new Map<string, HistoryEntry[]>();
  /** Entries of this window that are not on disk (yet, or at all). */
  #pending: HistoryEntry[] = [];
  readonly #memoryOnly: HistoryEntry[] = [];
  readonly #exchanges = new Map<string, { exchange: Exchange; bytes: number }>();
  #held = 0;
  #counter = 0;
  #work: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #started = false;
  #written = 0;
  #sorted: readonly HistoryEntry[] | undefined;
  readonly #listeners = new Set<() => void>();
  /** Lines and files set aside as unreadable since the window was opened. */
  setAside = 0;
  /** Lines of a later version, which are left alone. */
  newer = 0;
  /** Why nothing is being written; undefined while all is well. */
  trouble: string | undefined;

  constructor(options: StoreOptions) {
    this.#options = options;
    this.#files = new HistoryFiles({ folder: options.folder, session: this.#session, limits: () => options.settings(), now: () => this.#now() });
  }

  /** Takes a call that is over. Never throws: a call is what it is, whatever becomes of its record. */
  record(call: FinishedCall, connectionId: string): void {
    try {
      this.#take(call, connectionId);
    } catch (error) {
      this.#options.warn('A call could not be put into the history', error);
    }
  }

  #take(call: FinishedCall, connectionId: string): void {
    this.#counter += 1;
    const entry = this.#entryOf(call, connectionId, `${this.#session}-${this.#counter}`);
    this.#remember(entry.id, call);
    if (this.#options.settings().maxAgeDays > 0) {
      this.#pending.push(entry);
      if (this.#pending.length > mostPending) this.#pending.shift();
      this.#timer ??= setTimeout(() => void this.flush(), this.#options.gatherMs ?? 300).unref();
    } else this.#memoryOnly.push(entry);
    // The newest by far the most often: it goes to the front, and a long list is not sorted anew for it.
    const sorted = this.#sorted;
    this.#changed();
    if (sorted && (sorted.length === 0 || entry.time >= sorted[0]!.time)) this.#sorted = [entry, ...sorted];
  }

  /** Newest first, nothing older than the limit. */
  list(): readonly HistoryEntry[] {
    this.#sorted ??= [...this.#byFile.values(), this.#pending, this.#memoryOnly].flat().sort((a, b) => b.time - a.time || compare(b.id, a.id));
    const { maxAgeDays } = this.#options.settings();
    const cutoff = this.#now() - Math.max(1, maxAgeDays) * day;
    const end = this.#sorted.findIndex(({ time }) => time < cutoff);
    return end < 0 ? this.#sorted : this.#sorted.slice(0, end);
  }

  get(id: string): HistoryEntry | undefined {
    return this.list().find((entry) => entry.id === id);
  }

  /** Input and answer, while they are in memory. */
  exchange(id: string): Exchange | undefined {
    return this.#exchanges.get(id)?.exchange;
  }

  /** The newest call of this window that was made with this very object. */
  ofInput(input: AnyInput): HistoryEntry | undefined {
    for (const [id, { exchange }] of [...this.#exchanges].reverse()) if (exchange.given === input || exchange.input === input) return this.get(id);
    return undefined;
  }

  /** Reads what other windows and past sessions have written. */
  sync(): Promise<void> {
    return this.#queue(async () => {
      await this.#start();
      const { read, gone, setAside, newer } = await this.#files.changes();
      for (const key of gone) this.#forget(this.#byFile.get(key) ?? []);
      for (const key of gone) this.#byFile.delete(key);
      for (const [key, { entries, anew }] of read) this.#byFile.set(key, anew ? entries : [...(this.#byFile.get(key) ?? []), ...entries]);
      this.newer += newer;
      this.setAside += setAside;
      if (setAside > 0) this.#options.warn(`History: ${setAside} damaged ${setAside === 1 ? 'line was' : 'lines were'} set aside; the rest is kept.`);
      if (read.size > 0 || gone.length > 0) this.#changed();
    });
  }

  /** Writes what waits. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return this.#queue(async () => {
      const entries = this.#pending;
      if (entries.length === 0) return;
      for (const connectionId of new Set(entries.map((entry) => entry.connectionId))) {
        const own = entries.filter((entry) => entry.connectionId === connectionId);
        const key = await this.#files.append(connectionId, own);
        this.#byFile.set(key, [...(this.#byFile.get(key) ?? []), ...own]);
        this.#pending = this.#pending.filter((entry) => !own.includes(entry));
      }
      this.trouble = undefined;
      this.#written += entries.length;
      await this.#start();
      if (this.#written >= 500) await this.#prune();
    });
  }

  /** Deletes everything, or all of a connection: disk, memory, what was set aside. Says how much. */
  purge(connectionId?: string): Promise<Removed & { calls: number }> {
    const mine = (entry: HistoryEntry) => connectionId === undefined || entry.connectionId === connectionId;
    return this.#queue(async () => {
      const calls = this.list().filter(mine).length;
      const removed = await this.#files.purge(connectionId);
      this.#forget(this.list().filter(mine));
      for (const [key, entries] of this.#byFile) {
        const left = entries.filter((entry) => !mine(entry));
        if (left.length > 0) this.#byFile.set(key, left);
        else this.#byFile.delete(key);
      }
      this.#pending = this.#pending.filter((entry) => !mine(entry));
      this.#memoryOnly.splice(0, this.#memoryOnly.length, ...this.#memoryOnly.filter((entry) => !mine(entry)));
      if (connectionId === undefined) this.setAside = this.newer = 0;
      this.#changed();
      return { ...removed, calls };
    }, true);
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  /** The first use: what is too old goes before anything is read. */
  async #start(): Promise<void> {
    if (this.#started) return;
    this.#started = true;
    await this.#prune();
  }

  async #prune(): Promise<void> {
    this.#written = 0;
    await this.#files.prune();
  }

  /** One after another. The disk's refusals are told once, and passed on only to who asked for the work by hand. */
  #queue<T>(work: () => Promise<T>, strict?: false): Promise<T | void>;
  #queue<T>(work: () => Promise<T>, strict: true): Promise<T>;
  #queue<T>(work: () => Promise<T>, strict = false): Promise<T | void> {
    const run = this.#work.then(work);
    this.#work = run.catch((error: unknown) => {
      if (this.trouble === undefined) this.#options.warn('The history cannot be kept on disk', error);
      this.trouble = 'The disk refuses: calls are kept in memory only, until this window closes.';
      // Kept in memory from here on; tried again with the next call.
      this.#changed();
    });
    return strict ? run : run.catch(() => undefined);
  }

  #entryOf(call: FinishedCall, connectionId: string, id: string): HistoryEntry {
    const { operation, input, answer, error } = call;
    const { hideKnown } = this.#options;
    const { parameters, left } = keptInput(operation, input, hideKnown);
    const code = errorField(error, 'code');
    const kind = isOpenBankingError(error) && answer === undefined ? error.kind : error !== undefined && answer === undefined ? 'other' : undefined;
    const contentType = answer?.contentType;
    const entry: HistoryEntry = {
      id, connectionId, time: Math.round(call.startedAt), operationId: operation.operationId, origin: call.origin ?? 'unknown', outcome: call.outcome,
      durationMs: Math.round(call.durationMs), attempts: call.attempts, billable: operation.billable === 'yes' && call.outcome === 'ok', parameters, left,
      ...(answer && { status: answer.status, size: answer.size }), ...(isWord(code) && hideKnown(code) === code && { code }), ...(kind !== undefined && { failure: kind }),
      ...(isWord(contentType) && { contentType }),
    };
    const bodies = this.#options.settings().keepBodies ? this.#bodiesOf(call) : undefined;
    return bodies && Object.keys(bodies).length > 0 ? { ...entry, bodies } : entry;
  }

  /** What of the bodies is written; a call whose bodies cannot be judged is kept without them. */
  #bodiesOf({ input, answer }: FinishedCall): HistoryEntry['bodies'] {
    const { hideKnown, redact } = this.#options;
    const rules = { redact, clean: hideKnown };
    const failed = answer !== undefined && answer.status >= 400;
    try {
      return {
        ...(input.body !== undefined && { request: small(keptBody(input.body, rules)) }),
        ...(answer?.body !== undefined && { response: small(answer.size > memory.body || tooLong(answer.body) ? undefined : keptBody(readBody(answer), { ...rules, failed, sent: failed ? textsOf(input) : [] })) }),
      };
    } catch (error) {
      this.#options.warn('The bodies of a call could not be kept', error);
      return undefined;
    }
  }

  #remember(id: string, { input, given, accept, target, requestHeaders, answer, error }: FinishedCall): void {
    const dropped = answer !== undefined && answer.size > memory.body;
    const { body: _body, ...rest } = answer ?? ({} as Partial<ApiResponse>);
    const exchange: Exchange = {
      input, ...(given && { given }), target, requestHeaders, ...(accept !== undefined && { accept }),
      ...(answer && { answer: dropped ? { ...rest, status: answer.status, size: answer.size } : answer }), ...(dropped && { bodyDropped: true }),
      ...(error instanceof Error && isOpenBankingError(error) && { message: error.message }),
    };
    const bytes = 1024 + (dropped ? 0 : answer?.size ?? 0);
    this.#exchanges.set(id, { exchange, bytes });
    this.#held += bytes;
    for (const [oldest, { bytes: freed }] of this.#exchanges) {
      if (this.#held <= memory.bytes && this.#exchanges.size <= memory.exchanges) break;
      this.#exchanges.delete(oldest);
      this.#held -= freed;
    }
  }

  #forget(entries: readonly HistoryEntry[]): void {
    for (const { id } of entries) {
      this.#held -= this.#exchanges.get(id)?.bytes ?? 0;
      this.#exchanges.delete(id);
    }
  }

  #changed(): void {
    this.#sorted = undefined;
    for (const listener of this.#listeners) {
      try {
        listener();
      } catch (error) {
        this.#options.warn('The history could not be shown anew', error);
      }
    }
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }
}

const compare = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });
const errorField = (error: unknown, name: string): unknown => (typeof error === 'object' && error !== null && name in error ? (error as Record<string, unknown>)[name] : undefined);

/** Bytes that would be parsed only to find that what is left of them is too large to be written. */
const tooLong = (body: unknown): boolean => body instanceof Uint8Array && body.length > memory.diskBody * 8;

/** Written bodies stay small: a history is no archive. */
function small(body: unknown): unknown {
  if (body === undefined) return '(too large to be kept)';
  return Buffer.byteLength(JSON.stringify(body)) > memory.diskBody ? '(too large to be kept)' : body;
}
