// A call as the history keeps it: one line of JSON on disk, without names, texts, secrets or bodies (keep.ts decides), and the same in
// memory. Lines come from files that anybody may have changed: only what is shaped like an entry becomes one.
import type { CallOrigin, CallRecord } from '../client/types.ts';
import { isRecord } from '../client/values.ts';

export type HistoryOrigin = CallOrigin | 'token' | 'unknown';
export type HistoryOutcome = CallRecord['outcome'];
export type KeptValue = string | number | boolean;

export interface HistoryEntry {
  /** Unique over all windows. */
  id: string;
  connectionId: string;
  /** When it was sent, epoch milliseconds. */
  time: number;
  operationId: string;
  origin: HistoryOrigin;
  outcome: HistoryOutcome;
  status?: number;
  /** The API's own code. */
  code?: string;
  /** What ended it where no status says it: `network`, `timeout`, `guard` … */
  failure?: string;
  /** Milliseconds. */
  durationMs: number;
  /** Bytes of the answer's body. */
  size?: number;
  contentType?: string;
  attempts: number;
  billable: boolean;
  /** Ids and closed vocabularies: what may be kept, and is needed to run it again. */
  parameters: Readonly<Record<string, KeptValue>>;
  /** Parameters that were sent and whose values are not kept; `body` among them. */
  left: readonly string[];
  /** Redacted bodies, only with `openBanking.history.keepBodies`. */
  bodies?: { request?: unknown; response?: unknown };
}

/** Version of a line. A line of a later version is left where it is and not shown. */
const version = 1;

export const toLine = ({ connectionId: _folder, ...entry }: HistoryEntry): string => JSON.stringify({ v: version, ...entry });

export type ReadLine = { kind: 'entry'; entry: HistoryEntry } | { kind: 'newer' } | { kind: 'damaged' };

const origins: readonly string[] = ['tree', 'document', 'command', 'form', 'poll', 'connect', 'token', 'unknown'] satisfies HistoryOrigin[];
const outcomes: readonly string[] = ['ok', 'failed', 'cancelled', 'refused'] satisfies HistoryOutcome[];
const word = /^[\w.:/+-]{1,80}$/;
const count = (value: unknown, most: number): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0 && value <= most;

/** Reads a line; the connection is the folder's that its file lies in. */
export function readLine(line: string, connectionId: string): ReadLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { kind: 'damaged' };
  }
  if (typeof value !== 'object' || value === null) return { kind: 'damaged' };
  const { v, id, time, operationId, origin, outcome, status, code, failure, durationMs, size, contentType, attempts, billable, parameters, left, bodies } = value as Record<string, unknown>;
  if (typeof v === 'number' && Number.isInteger(v) && v > version) return { kind: 'newer' };
  if (v !== version || !isWord(id) || !isWord(operationId) || !count(time, 8.64e15) || !count(durationMs, 1e10) || !count(attempts, 1e6)) return { kind: 'damaged' };
  if (typeof origin !== 'string' || !origins.includes(origin) || typeof outcome !== 'string' || !outcomes.includes(outcome) || typeof billable !== 'boolean') return { kind: 'damaged' };
  const kept = parametersOf(parameters);
  if (!kept || !Array.isArray(left) || !left.every(isWord)) return { kind: 'damaged' };
  if ((status !== undefined && !count(status, 999)) || (size !== undefined && !count(size, Number.MAX_SAFE_INTEGER))) return { kind: 'damaged' };
  if (![code, failure, contentType].every((one) => one === undefined || isWord(one))) return { kind: 'damaged' };
  return {
    kind: 'entry',
    entry: {
      id, connectionId, time, operationId, origin: origin as HistoryOrigin, outcome: outcome as HistoryOutcome, durationMs, attempts, billable, parameters: kept, left,
      ...(status !== undefined && { status }), ...(isWord(code) && { code }), ...(isWord(failure) && { failure }), ...(size !== undefined && { size }),
      ...(isWord(contentType) && { contentType }), ...(isRecord(bodies) && { bodies: { ...('request' in bodies && { request: bodies.request }), ...('response' in bodies && { response: bodies.response }) } }),
    },
  };
}

function parametersOf(value: unknown): Record<string, KeptValue> | undefined {
  if (!isRecord(value)) return undefined;
  const entries = Object.entries(value);
  const fits = ([name, one]: [string, unknown]): boolean => word.test(name) && name !== '__proto__' && ((typeof one === 'string' && one.length <= 200) || typeof one === 'boolean' || Number.isFinite(one));
  return entries.length <= 40 && entries.every(fits) ? Object.fromEntries(entries) as Record<string, KeptValue> : undefined;
}

export const isWord = (value: unknown): value is string => typeof value === 'string' && word.test(value);
