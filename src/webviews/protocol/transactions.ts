// What the transactions view and its host say to each other. The host trusts nothing of a view: whatever comes passes readTransactionsRequest.
// Rows go as UTF-8 JSON, so that the page hands them on to its worker unread.
import { readSaveFile, type SaveFileRequest } from './files.ts';
import { isRecord, readPlain } from './guards.ts';

export const transactionsViewType = 'openBanking.transactionsViewer';
/** The most that the enrichment takes at once. */
export const mostEnriched = 1000;

/** Epoch seconds, both included. */
export interface LoadRange {
  from: number;
  to: number;
  includePending: boolean;
}

const exportFormats = ['csv', 'json', 'ndjson'] as const;
export type ExportFormat = (typeof exportFormats)[number];

const plainRequests = ['ready', 'reload', 'stop', 'goOn', 'openJson', 'recurring'] as const;

/** View to host. */
export type TransactionsRequest =
  | { type: (typeof plainRequests)[number] }
  | SaveFileRequest
  /** The page with this number is in the view's store: the next may come. */
  | { type: 'took'; seq: number }
  | { type: 'load'; range: LoadRange }
  /** Account commands; without an id the person is asked, or the document's own account is meant. */
  | { type: 'loadHistory' | 'addTest'; accountId?: string }
  /** Rows as they came. */
  | { type: 'enrich'; rows: readonly Readonly<Record<string, unknown>>[] }
  /** `id` is the view's number for this export. */
  | { type: 'exportBegin'; id: number; format: ExportFormat; total: number }
  | { type: 'exportChunk'; id: number; bytes: Uint8Array; rows: number }
  | { type: 'exportEnd'; id: number }
  | { type: 'exportStop'; id: number };

export interface AccountFacts {
  id: string;
  /** As the API names it, with its last four digits. */
  name: string;
  type?: string;
  currency?: string;
  balance?: number;
  /** Epoch seconds. */
  balanceDate?: number;
}

export interface RecurringStream {
  payee: string;
  flow: 'in' | 'out';
  /** Mean days between two. */
  cadence?: number;
  active: boolean;
  /** YYYY-MM-DD, and how much. */
  nextDate?: string;
  nextAmount?: number;
  transactionIds: readonly string[];
}

/** Host to view. */
export type TransactionsMessage =
  | { type: 'begin'; locale: string; range: LoadRange; /** Of one account, whose id this is. */ accountId?: string }
  /** What else is known: the accounts, the customer's name, and whether a test transaction can be added. */
  | { type: 'about'; accounts: readonly AccountFacts[]; customer?: string; testing: boolean }
  /** A reading begins: with the first page of it the rows before go. */
  | { type: 'loading'; range: LoadRange; /** It goes on behind what is loaded. */ goesOn: boolean }
  | { type: 'page'; seq: number; /** First of a reading. */ fresh: boolean; bytes: Uint8Array; found?: number }
  /** `moved`: the list changed while it was read, so a row may be there twice or be missing. */
  | { type: 'loaded'; moved: boolean }
  /** Nobody asked for more than this. */
  | { type: 'paused' }
  | { type: 'stopped' }
  | { type: 'failed'; text: string }
  /** The source changed after it was read. */
  | { type: 'changed' }
  | { type: 'recurring'; streams: readonly RecurringStream[] | undefined }
  | { type: 'exportNext'; id: number }
  | { type: 'exportEnded'; id: number; /** Undefined when it was given up. */ done?: string; problem?: string };

const latest = 253_402_300_799;
const isSecond = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= latest;
const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/** A view's message, or undefined for anything that is none. */
export function readTransactionsRequest(value: unknown): TransactionsRequest | undefined {
  const plain = readPlain(value, plainRequests);
  if (plain) return plain;
  if (!isRecord(value)) return undefined;
  switch (value.type) {
    case 'saveFile': return readSaveFile(value);
    case 'took': return isCount(value.seq) ? { type: 'took', seq: value.seq } : undefined;
    case 'load': return readLoad(value.range);
    case 'loadHistory': case 'addTest': return { type: value.type, ...(typeof value.accountId === 'string' && /^[\w-]{1,40}$/.test(value.accountId) && { accountId: value.accountId }) };
    case 'enrich': {
      const { rows } = value;
      return Array.isArray(rows) && rows.length > 0 && rows.length <= mostEnriched && rows.every(isRecord) ? { type: 'enrich', rows } : undefined;
    }
    default: return readExport(value);
  }
}

function readLoad(range: unknown): TransactionsRequest | undefined {
  if (!isRecord(range)) return undefined;
  const { from, to, includePending } = range;
  return isSecond(from) && isSecond(to) && from <= to ? { type: 'load', range: { from, to, includePending: includePending === true } } : undefined;
}

function readExport(value: Readonly<Record<string, unknown>>): TransactionsRequest | undefined {
  const { type, id, total, rows, bytes } = value;
  if (!isCount(id)) return undefined;
  switch (type) {
    case 'exportBegin': {
      const format = exportFormats.find((one) => one === value.format);
      return format && isCount(total) ? { type, id, format, total } : undefined;
    }
    case 'exportChunk': return bytes instanceof Uint8Array && isCount(rows) ? { type, id, bytes, rows } : undefined;
    case 'exportEnd': case 'exportStop': return { type, id };
    default: return undefined;
  }
}
