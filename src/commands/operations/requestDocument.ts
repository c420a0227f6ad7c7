// A request as a JSON document: `{ "$schema", "operation", "parameters", "body" }`. Made to be read, diffed and kept; holds no secrets.
// Free of vscode.
import { findOperation, type OperationEntry } from '../../api/catalogue.ts';
import { bodySkeleton } from '../../api/schemas.ts';
import type { AnyInput } from '../../client/types.ts';

const requestSchemaScheme = 'openbanking-schema';
export const requestFileSuffix = '.obreq.json';

export interface RequestDocument {
  entry: OperationEntry;
  input: AnyInput;
  connection?: string;
  accept?: string;
}

/** What is wrong with a request document: in words, and where in the text when that is known. */
export class RequestDocumentError extends Error {
  readonly offset?: number;
  constructor(message: string, offset?: number) {
    super(message);
    this.name = 'RequestDocumentError';
    this.offset = offset;
  }
}

/** The two operations that carry the partner's secret: their values come from the vault, never from a document. */
export const fromVault = new Set(['CreateToken', 'ModifyPartnerSecret']);

/** The text to start from: every required parameter, the known ones filled, and the body's required properties. */
export function requestText(entry: OperationEntry, known: Readonly<Record<string, string>> = {}): string {
  const parameters = Object.fromEntries(entry.parameters.filter((p) => p.required || known[p.name] !== undefined).map((p) => [p.name, known[p.name] ?? p.default ?? (p.type === 'integer' ? 0 : '')]));
  const body = fromVault.has(entry.operationId) ? undefined : filled(bodySkeleton(entry.operationId), known);
  return documentText(entry, { parameters, body });
}

/** The text of a request whose parts are known. */
export function documentText(entry: OperationEntry, { parameters, body, accept }: { parameters: Readonly<Record<string, unknown>>; body?: unknown; accept?: string }): string {
  const document = {
    $schema: `${requestSchemaScheme}:/${entry.operationId}.json`,
    operation: entry.operationId,
    ...(accept !== undefined && { accept }),
    ...(entry.parameters.length > 0 && { parameters }),
    ...(body !== undefined && { body }),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** The text of a request that was made before; parameters and body that are not known are as in `requestText`. */
export function requestTextOf(entry: OperationEntry, known: { parameters: AnyInput; body?: unknown; connection?: string; accept?: string }): string {
  const start = JSON.parse(requestText(entry)) as { parameters?: Record<string, unknown>; body?: unknown };
  const parameters = { ...start.parameters, ...known.parameters };
  const document = {
    ...start,
    ...(entry.parameters.length > 0 && { parameters }),
    ...(known.body !== undefined && { body: known.body }),
    ...(known.connection !== undefined && { connection: known.connection }),
    ...(known.accept !== undefined && { accept: known.accept }),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** The body's own ids, where they are still empty. */
const filled = (body: unknown, known: Readonly<Record<string, string>>): unknown =>
  (isRecord(body) ? Object.fromEntries(Object.entries(body).map(([name, value]) => [name, value === '' ? known[name] ?? value : value])) : body);

/** Reads a request document. Throws RequestDocumentError, with the place for a fault of the JSON. */
export function parseRequest(text: string): RequestDocument {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const position = /position (\d+)/.exec(message)?.[1];
    const end = /Unexpected end/.test(message) ? text.length : undefined;
    const comment = /(^|\s)\/[/*]/.test(text) || /,\s*[}\]]/.test(text) ? ' Comments and trailing commas are not JSON.' : '';
    throw new RequestDocumentError(`This is not valid JSON: ${message.replace(/ \(line.*/, '').replace(/ in JSON.*/, '')}.${comment}`, position ? Number(position) : end);
  }
  if (!isRecord(value)) throw new RequestDocumentError('A request is a JSON object with "operation", "parameters" and "body".', 0);
  const { operation: name, parameters = {}, body, connection, accept } = value;
  if (typeof name !== 'string' || name === '') throw new RequestDocumentError('"operation" is missing: name an operation by its id, for example "GetCustomer".', place(text, '"operation"'));
  const entry = findOperation(name);
  if (!entry) throw new RequestDocumentError(`"operation": there is no operation "${name}". "Run Operation" lists those there are.`, place(text, '"operation"'));
  if (!isRecord(parameters)) throw new RequestDocumentError('"parameters" must be an object of names and values.', place(text, '"parameters"'));
  const stranger = Object.keys(parameters).find((key) => !entry.parameters.some((p) => p.name === key));
  if (stranger !== undefined) throw new RequestDocumentError(`"parameters": ${entry.operationId} has no parameter "${stranger}"${entry.parameters.length ? `; it has ${entry.parameters.map((p) => p.name).join(', ')}` : ''}.`, place(text, JSON.stringify(stranger)));
  if (body !== undefined && !entry.requestBody) throw new RequestDocumentError(`"body": ${entry.operationId} takes none. Remove it.`, place(text, '"body"'));
  const wrong = Object.entries(value).find(([key]) => !['$schema', 'operation', 'parameters', 'body', 'connection', 'accept'].includes(key));
  if (wrong) throw new RequestDocumentError(`"${wrong[0]}" is not part of a request; parts are operation, parameters, body, connection, accept.`, place(text, JSON.stringify(wrong[0])));
  for (const [key, part] of [['connection', connection], ['accept', accept]] as const)
    if (part !== undefined && typeof part !== 'string') throw new RequestDocumentError(`"${key}" must be text.`, place(text, `"${key}"`));
  return { entry, input: { ...parameters, ...(body !== undefined && { body }) }, connection: connection as string | undefined, accept: accept as string | undefined };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const place = (text: string, part: string): number => Math.max(0, text.indexOf(part));
