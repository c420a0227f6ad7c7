// Walks a paged list, one request at a time, as it is consumed. How an operation counts stands in its `x-paging`: by record index
// (1-based; the next page starts at start + limit), by page number, or by offset as the webhook subscriptions do.
import type { OperationEntry } from '../api/catalogue.ts';
import { UnexpectedAnswerError, InvalidInputError } from './errors.ts';
import type { AnyInput, ApiResponse, Client, Page, PageOptions } from './types.ts';

const positionNames = ['start', 'page', 'offset'];
const sizeNames = ['limit', 'pageSize', 'size'];

/** @throws InvalidInputError when the operation is not paged; otherwise what any call throws, at the page where it happens. */
export async function* pages<T>(send: Client['send'], entry: OperationEntry, input: AnyInput, options: PageOptions): AsyncGenerator<Page<T>, void, undefined> {
  const { operationId, paging } = entry;
  if (!paging) throw new InvalidInputError('operation', `${operationId} does not answer in pages. Call it directly.`, operationId);
  const { limit: asked, start, ...callOptions } = options;
  const query = entry.parameters.filter((p) => p.in === 'query');
  const position = query.find((p) => positionNames.includes(p.name));
  const size = query.find((p) => sizeNames.includes(p.name));
  const limit = Math.min(asked ?? numberOf(input[size?.name ?? '']) ?? numberOf(size?.default) ?? 25, size?.maximum ?? Infinity);
  const first = numberOf(position?.default) ?? position?.minimum ?? 1;
  let at = start ?? numberOf(input[position?.name ?? '']) ?? first;
  for (;;) {
    const place: Record<string, unknown> = {};
    if (position) place[position.name] = at;
    if (size) place[size.name] = limit;
    const page = readPage<T>(await send(entry.operationId, { ...input, ...place }, callOptions), entry, { at, first, limit });
    // A server that promises more and gives nothing would be asked for ever.
    const more = page.more && page.items.length > 0 && position !== undefined;
    yield { ...page, more };
    if (!more) return;
    at += paging.by === 'page' ? 1 : limit;
  }
}

interface Place {
  /** Record index or page number asked for. */
  at: number;
  /** Where the list begins. */
  first: number;
  limit: number;
}

function readPage<T>({ body, status, contentType }: ApiResponse, entry: OperationEntry, place: Place): Page<T> {
  const record = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const list = entry.paging && (Array.isArray(body) ? body : record[entry.paging.items]);
  // The wire writes null for an empty list now and then.
  if (list !== undefined && list !== null && !Array.isArray(list))
    throw new UnexpectedAnswerError('shape', `${entry.operationId}: "${entry.paging?.items}" of the answer is not a list.`, status, contentType, entry.operationId);
  const items = (list ?? []) as T[];
  const found = numberOf(record.found) ?? numberOf(record.total) ?? numberOf(record.totalRecords) ?? numberOf(record.totalElements);
  return { items, found, more: hasMore(record, entry, items.length, found, place), body };
}

function hasMore(record: Record<string, unknown>, entry: OperationEntry, shown: number, found: number | undefined, { at, first, limit }: Place): boolean {
  const { moreAvailable } = record;
  if (typeof moreAvailable === 'boolean') return moreAvailable;
  if (typeof moreAvailable === 'string') return moreAvailable.toLowerCase() === 'true'; // transactions write it as text
  const totalPages = numberOf(record.totalPages);
  if (totalPages !== undefined) return at - first + 1 < totalPages;
  if (found !== undefined && entry.paging?.by !== 'page') return at - first + shown < found;
  return shown >= limit;
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : undefined;
}
