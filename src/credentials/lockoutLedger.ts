// Counts failed authentications per partner, so that the fifth in a row, which would lock the partner for good, is never sent.
// The count lives in one file that all windows share and that survives reloads; a partner stands in it as a salted hash. After the second
// failure only a choice of the user lets one more attempt through, after the fourth nothing does. An attempt on its way counts as if it
// had failed until its end is known, so that windows together cannot pass the limit either. When the count cannot be read or written,
// no attempt is made. Free of vscode.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LockoutStop } from '../client/errors.ts';
import type { FailureLedger } from '../client/types.ts';
import { withFileLock } from '../platform/fileLock.ts';

/** Failures after which the API locks the partner. */
export const lockoutAt = 5;
/** Failures after which only the user goes on. */
export const stopAfter = 2;

export interface LedgerStatus {
  failures: number;
  /** Failures left before the API locks the partner. */
  remaining: number;
  /** Whether the next attempt needs the user's choice (`ask`) or will not be made at all (`never`). */
  next: 'free' | 'ask' | 'never';
}

export interface LockoutLedger {
  /** A handle for one client. A client makes one attempt at a time, so a new one tells that its last is over. */
  forClient(): FailureLedger & { /** Says that no attempt of this client is on its way any more. */ release(): Promise<void> };
  /** The user's explicit choice: one attempt more, within the next five minutes. Throws LockoutStop when none is left. */
  allowNext(partnerId: string): Promise<void>;
  status(partnerId: string): Promise<LedgerStatus>;
  /** Starts the count of a partner anew: after a success elsewhere, or when the sandbox was reset. */
  clear(partnerId: string): Promise<void>;
  onDidChange(listener: (partnerId: string) => void): { dispose(): void };
}

export interface LedgerOptions {
  /** Folder of the file; made when missing. */
  folder: string;
  now?: () => number;
  /** Milliseconds that an attempt of unknown outcome counts; longer than an authentication may take. */
  attemptMs?: number;
}

interface Partner {
  failures: number;
  /** Attempts on their way: when each began, epoch milliseconds. */
  attempts: Record<string, number>;
  /** Until when one attempt is allowed by the user, epoch milliseconds. */
  allowedUntil?: number;
}
interface Book {
  version: 1;
  salt: string;
  /** Failures assumed of partners that are not in the book: one, once a damaged book had to be put aside. */
  assumed: number;
  partners: Record<string, Partner>;
}

const allowanceMs = 5 * 60_000;

export function createLockoutLedger({ folder, now = Date.now, attemptMs = 60_000 }: LedgerOptions): LockoutLedger {
  const file = join(folder, 'lockout.json');
  const listeners = new Set<(partnerId: string) => void>();

  /** Reads, lets `work` look and change, and writes when it says so: all of it while no other window can. */
  const withBook = <T>(work: (book: Book) => { result: T; changed: boolean }): Promise<T> =>
    withFileLock(`${file}.lock`, { staleMs: 10_000, waitMs: 15_000 }, async () => {
      const book = await readBook(file, now);
      const { result, changed } = work(book);
      if (changed) await writeBook(file, book);
      return result;
    });

  const entry = (book: Book, partnerId: string): Partner =>
    (book.partners[createHash('sha256').update(`${book.salt}:${partnerId}`).digest('hex')] ??= { failures: book.assumed, attempts: {} });

  const change = async (partnerId: string, edit: (partner: Partner) => void) => {
    await withBook((book) => {
      edit(entry(book, partnerId));
      return { result: undefined, changed: true };
    });
    for (const listener of listeners) listener(partnerId);
  };

  /** One look: `go` when the attempt is entered, `wait` when it depends on how others' attempts end, or the failures that forbid it. */
  const tryEnter = (partnerId: string, attempt: string): Promise<'go' | 'wait' | { failures: number }> => withBook<'go' | 'wait' | { failures: number }>((book) => {
    const partner = entry(book, partnerId);
    for (const [id, since] of Object.entries(partner.attempts)) if (now() - since > attemptMs || id === attempt) delete partner.attempts[id];
    const underWay = Object.keys(partner.attempts).length;
    if (partner.failures >= lockoutAt - 1) return { result: { failures: partner.failures }, changed: false };
    const allowed = (partner.allowedUntil ?? 0) > now();
    if (partner.failures >= stopAfter && !allowed) return { result: { failures: partner.failures }, changed: false };
    if (partner.failures + underWay >= (allowed ? lockoutAt - 1 : stopAfter)) return { result: 'wait', changed: false };
    if (partner.failures >= stopAfter) delete partner.allowedUntil;
    partner.attempts[attempt] = now();
    return { result: 'go', changed: true };
  });

  return {
    forClient() {
      const attempt = randomUUID();
      /** The partner of the attempt under way. */
      let underWay: string | undefined;
      const end = (partnerId: string, edit: (partner: Partner) => void) => {
        underWay = undefined;
        return change(partnerId, (partner) => {
          delete partner.attempts[attempt];
          edit(partner);
        });
      };
      return {
        async beforeAttempt(partnerId) {
          for (;;) {
            underWay = partnerId;
            const answer = await tryEnter(partnerId, attempt);
            if (answer === 'go') return;
            if (answer !== 'wait') throw new LockoutStop(lockoutAt - answer.failures);
            await sleep(100);
          }
        },
        afterFailure: (partnerId) => end(partnerId, (partner) => { partner.failures += 1; }),
        afterSuccess: (partnerId) => end(partnerId, (partner) => { partner.failures = 0; delete partner.allowedUntil; }),
        async release() {
          if (underWay !== undefined) await end(underWay, () => {});
        },
      };
    },
    async allowNext(partnerId) {
      await change(partnerId, (partner) => {
        if (partner.failures >= lockoutAt - 1) throw new LockoutStop(lockoutAt - partner.failures);
        partner.allowedUntil = now() + allowanceMs;
      });
    },
    status: (partnerId) => withBook((book) => {
      const { failures } = entry(book, partnerId);
      const next = failures >= lockoutAt - 1 ? 'never' as const : failures >= stopAfter ? 'ask' as const : 'free' as const;
      return { result: { failures, remaining: Math.max(0, lockoutAt - failures), next }, changed: false };
    }),
    clear: (partnerId) => change(partnerId, (partner) => {
      partner.failures = 0;
      partner.attempts = {};
      delete partner.allowedUntil;
    }),
    onDidChange(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
  };
}

const newBook = (assumed: number): Book => ({ version: 1, salt: randomBytes(16).toString('hex'), assumed, partners: {} });

/** A missing book is an empty one. A damaged one is kept aside, and as failures may be lost with it, one is assumed of everybody. */
async function readBook(file: string, now: () => number): Promise<Book> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return newBook(0);
    throw error;
  }
  const book = parseBook(text);
  if (book) return book;
  await rename(file, file.replace(/\.json$/, `.damaged-${now()}.json`));
  const fresh = newBook(1);
  await writeBook(file, fresh);
  return fresh;
}

function parseBook(text: string): Book | undefined {
  try {
    const book = JSON.parse(text) as Partial<Book> | null;
    const whole = book?.version === 1 && typeof book.salt === 'string' && typeof book.assumed === 'number' && typeof book.partners === 'object' && book.partners !== null
      && Object.values(book.partners).every((p) => Number.isInteger(p?.failures) && p.failures >= 0 && typeof p.attempts === 'object' && p.attempts !== null);
    return whole ? (book as Book) : undefined;
  } catch {
    return undefined;
  }
}

/** Whole or not at all, also when the machine stops in between. */
async function writeBook(file: string, book: Book): Promise<void> {
  const next = `${file}.${randomUUID()}.tmp`;
  const handle = await open(next, 'w', 0o600);
  try {
    await handle.writeFile(JSON.stringify(book));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(next, file);
}
