// What every source of a picker is given and gives: pages of rows, read one at a time as a person asks for more. Rules: only reads that are
// not billed, contact no bank and ask a person nothing (a unit test checks every operation named in pickerSources.ts); whatever comes off
// the wire is shown as plain text, which the editor takes neither for a link nor for an icon. Free of vscode.
import type { OperationId } from '../api/catalogue.ts';
import { ApiError } from '../client/errors.ts';
import { plainText } from '../client/plainText.ts';
import type { AnyInput, CallOptions } from '../client/types.ts';
import type { RememberedId } from '../tree/remembered.ts';
import { record, text, type Wire } from '../tree/wire.ts';
import type { PickerKind } from '../webviews/protocol/request.ts';
import type { Reads } from './maskedReads.ts';
import type { KnownIds } from './pickers.ts';

export interface PickerRow {
  /** What is taken. */
  value: string;
  label: string;
  description?: string;
  detail?: string;
  /** Rows of one group stand together under its name. */
  group?: string;
  /** Ids that this one brings along, by name (`idNames`). */
  also?: KnownIds;
  /** The whole of it as the API answered, for those who need more than the id. */
  record?: Wire;
}

export interface PickerPage {
  rows: readonly PickerRow[];
  /** How many there are in all, where the API says it. */
  found?: number;
  /** Whether another page follows. */
  more: boolean;
}

export interface Asked {
  client: Reads;
  known: KnownIds;
  signal: AbortSignal;
  /** What was typed, for a source that the API searches. */
  search?: string;
  /** Newest first. */
  remembered: readonly RememberedId[];
  /** Names of institutions by id, filled as they are read; undefined for one that cannot be. */
  institutions: Map<string, string | undefined>;
  /** Epoch milliseconds. */
  now: number;
  locale?: string;
}

export interface PickerSource {
  /** What one is called in a sentence, and several. */
  one: string;
  many: string;
  /** Kinds to be picked first, unless they are known. */
  needs?: readonly PickerKind[] | ((known: KnownIds) => readonly PickerKind[]);
  /** The API searches: what to type. Without it the editor filters what was read. */
  searches?: string;
  /** @throws what a call throws. */
  read(asked: Asked): AsyncIterable<PickerPage>;
  /** Nothing is asked of the API: offered is what was made or answered from here. */
  fromHere?: boolean;
  /** Where nothing is found: what to do. It stands in one line of a list, so about a hundred characters. */
  absent: string;
}

/** Other people's words in a row: one line, no link, and nothing that the editor would draw as an icon. */
export const shown = (value: string, longest = 200): string => plainText(value, longest).replaceAll('$(', '$ (');

/** Words of a row with a dot between them; undefined when there are none. */
export const joined = (...parts: readonly (string | undefined)[]): string | undefined => parts.filter((part) => part !== undefined && part !== '').join(' · ') || undefined;

export const asCommand = ({ signal }: Asked): CallOptions => ({ signal, origin: 'command' });

/** A list that comes whole. */
export async function* whole(read: () => Promise<readonly PickerRow[]>): AsyncGenerator<PickerPage, void, undefined> {
  yield { rows: await read(), more: false };
}

/** A list that the API gives in pages. A page without rows of use is passed over, so that "more" always brings some. */
export async function* paged(asked: Asked, operationId: OperationId, input: AnyInput, limit: number, rowsOf: (item: Wire) => readonly PickerRow[]): AsyncGenerator<PickerPage, void, undefined> {
  for await (const { items, found, more } of asked.client.pages(operationId, input, { ...asCommand(asked), limit })) {
    const rows = items.flatMap((item) => rowsOf(record(item)));
    if (rows.length > 0 || !more) yield { rows, found, more };
  }
}

/** The API says "not found" where there is none; undefined then. */
export async function unlessAbsent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}

/** The same for a list in pages. */
export async function* emptyIfAbsent(pages: AsyncIterable<PickerPage>): AsyncGenerator<PickerPage, void, undefined> {
  try {
    yield* pages;
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error;
    yield { rows: [], more: false };
  }
}

/** Names of the institutions that records name, read once each. One that cannot be read stays without. */
export async function readInstitutionNames(asked: Asked, of: readonly Wire[]): Promise<(data: Wire) => string> {
  const { client, institutions, signal } = asked;
  const ids = [...new Set(of.map((data) => text(data.institutionId)))].filter((id) => id !== undefined && /^\d+$/.test(id) && !institutions.has(id)) as string[];
  await Promise.all(ids.map(async (id) => {
    try {
      institutions.set(id, text(record(record(await client.call('GetInstitution', { institutionId: Number(id) }, asCommand(asked))).institution).name));
    } catch (error) {
      if (signal.aborted) throw error;
      institutions.set(id, undefined);
    }
  }));
  return (data) => {
    const id = text(data.institutionId);
    const name = institutions.get(id ?? '');
    return shown(name ?? (id === undefined ? 'Unknown institution' : `Institution ${id}`));
  };
}
