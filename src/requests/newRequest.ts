// New request documents: from an operation and what is known of it, from a call that was made before, from a pasted command. Always in the
// same order and layout, so that files of a folder compare well. Loads the description's schemas, which reading a request does not need.
// Free of vscode.
import type { OperationEntry, ParameterEntry } from '../api/catalogue.ts';
import { bodySkeleton, namesPartner } from '../api/schemas.ts';
import type { AnyInput } from '../client/types.ts';
import { fromVault, requestFormat } from './document.ts';
import { requestSchemaScheme } from './scheme.ts';

interface Parts {
  parameters: Readonly<Record<string, unknown>>;
  body?: unknown;
  connection?: string;
  accept?: string;
}

/** The text to start from: every required parameter, the known ones filled, and the body's required properties. */
export const requestText = (entry: OperationEntry, known: Readonly<Record<string, string>> = {}, nowMs = Date.now()): string => documentText(entry, skeleton(entry, known, nowMs));

/** The text of a request whose parts are known. */
export function documentText(entry: OperationEntry, { parameters, body, connection, accept }: Parts): string {
  const document = {
    $schema: `${requestSchemaScheme}:/${entry.operationId}.json`,
    version: requestFormat,
    operation: entry.operationId,
    ...(connection !== undefined && { connection }),
    ...(accept !== undefined && { accept }),
    ...(entry.parameters.length > 0 && { parameters }),
    ...(body !== undefined && { body }),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** The text of a request that was made before; parameters and body that are not known are as in `requestText`. */
export function requestTextOf(entry: OperationEntry, known: { parameters: AnyInput; body?: unknown; connection?: string; accept?: string }): string {
  const begun = skeleton(entry, {}, Date.now());
  return documentText(entry, { ...known, parameters: { ...begun.parameters, ...known.parameters }, body: known.body === undefined ? begun.body : withoutPartner(entry, known.body) });
}

function skeleton(entry: OperationEntry, known: Readonly<Record<string, string>>, nowMs: number): Parts {
  const wanted = entry.parameters.filter((p) => p.required || known[p.name] !== undefined);
  const parameters = Object.fromEntries(wanted.map((p) => [p.name, known[p.name] ?? start(p, nowMs)]).filter(([, value]) => value !== undefined));
  return { parameters, body: fromVault.has(entry.operationId) ? undefined : filled(withoutPartner(entry, bodySkeleton(entry.operationId)), known) };
}

const daysBack = 90;

/** What a required parameter begins with: a window of dates ends now; a number that nobody can guess is left to be filled in. */
function start({ name, type, unit, default: fallback }: ParameterEntry, nowMs: number): unknown {
  if (fallback !== undefined) return fallback;
  if (unit === 'epoch-seconds') {
    const now = Math.floor(nowMs / 1000);
    return /^(from|start)/i.test(name) ? now - (now % 86_400) - daysBack * 86_400 : now;
  }
  return type === 'string' ? '' : undefined;
}

/** The connection knows it (ownPartner.ts). */
const withoutPartner = (entry: OperationEntry, body: unknown): unknown => {
  if (typeof body !== 'object' || body === null || Array.isArray(body) || !namesPartner(entry.operationId)) return body;
  const { partnerId: _, ...rest } = body as Record<string, unknown>;
  return rest;
};

/** The body's own ids, where they are still empty. */
const filled = (body: unknown, known: Readonly<Record<string, string>>): unknown =>
  (typeof body === 'object' && body !== null && !Array.isArray(body) ? Object.fromEntries(Object.entries(body).map(([name, value]) => [name, value === '' ? known[name] ?? value : value])) : body);
