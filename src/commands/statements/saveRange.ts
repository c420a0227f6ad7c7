// One statement after the other, from the bank to its file. Rules: each can be the last; what is saved stays whatever happens to the next; what
// would befall the next one too ends the range, since each costs money; a file that nobody was asked about is never replaced. Free of vscode.
import { ApiError, AuthenticationError, CancelledError } from '../../client/errors.ts';
import { ToldError } from '../../platform/errors.ts';
import type { StatementMonth } from '../../tree/statementMonths.ts';
import type { RangeOutcome } from './statementRules.ts';

export interface RangePorts {
  /** The answer's body. Rejects with the client's errors. */
  read(month: StatementMonth): Promise<unknown>;
  /** Whether a file of the month stands there by now that was not there when the person was asked. */
  appeared(month: StatementMonth): Promise<boolean>;
  /** Whole under its name or not at all. */
  write(month: StatementMonth, bytes: Uint8Array): Promise<void>;
  /** Why nothing may be saved from now on, e.g. presentation mode; undefined while it may. */
  forbidden(): string | undefined;
  /** In words, why it failed. */
  reason(error: unknown): string;
  /** Told before each. */
  next(month: StatementMonth, position: number): void;
  signal: AbortSignal;
}

export async function saveRange(wanted: readonly StatementMonth[], ports: RangePorts): Promise<RangeOutcome> {
  const outcome = { saved: 0, without: [] as StatementMonth[], failed: [] as RangeOutcome['failed'][number][], left: 0 };
  for (const [at, month] of wanted.entries()) {
    const left = wanted.length - at;
    const forbidden = ports.forbidden();
    if (ports.signal.aborted) return { ...outcome, left };
    if (forbidden !== undefined) return { ...outcome, left, ended: forbidden };
    ports.next(month, at + 1);
    try {
      await saveOne(month, ports);
      outcome.saved += 1;
    } catch (error) {
      if (error instanceof CancelledError || ports.signal.aborted) return { ...outcome, left };
      if (error instanceof ApiError && error.code === noStatement) outcome.without.push(month);
      else {
        outcome.failed.push({ month, reason: ports.reason(error) });
        if (endsAll(error)) return { ...outcome, left: left - 1 };
      }
    }
  }
  return outcome;
}

/** Fails with what concerns this month alone. */
class OfThisMonth extends ToldError {}

async function saveOne(month: StatementMonth, ports: RangePorts): Promise<void> {
  await unlessThere(month, ports);
  const body = await ports.read(month);
  if (!(body instanceof Uint8Array) || !isPdf(body)) throw new OfThisMonth('The API answered without a PDF.');
  const forbidden = ports.forbidden();
  if (forbidden !== undefined) throw new ToldError(forbidden);
  await unlessThere(month, ports);
  await ports.write(month, body);
}

/** Asked before the reading, which costs, and again after it, which took minutes. */
async function unlessThere(month: StatementMonth, ports: RangePorts): Promise<void> {
  if (await ports.appeared(month)) throw new OfThisMonth('A file of this name has appeared in the folder meanwhile; it was left as it is.');
}

/** A PDF may begin after a few other bytes. */
const isPdf = (bytes: Uint8Array): boolean => Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).includes('%PDF-');

/** `Asset not found`: how the API says that the bank has no statement of that index. */
const noStatement = '13002';

const endsAll = (error: unknown): boolean => !(error instanceof OfThisMonth) && (!(error instanceof ApiError) || error instanceof AuthenticationError || error.status === 429);
