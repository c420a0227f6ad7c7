// Connect's bodies name the partner, whose id is a secret of the connection and belongs in no file: left empty in a request, it is put in when
// the request is sent. Free of vscode.
import type { OperationEntry } from '../api/catalogue.ts';
import { namesPartner } from '../api/schemas.ts';
import type { AnyInput } from '../client/types.ts';

/** The input with the connection's own partner id where the body leaves it empty. */
export function withPartner(entry: OperationEntry, input: AnyInput, partnerId: string | undefined): AnyInput {
  const { body } = input;
  if (partnerId === undefined || typeof body !== 'object' || body === null || Array.isArray(body) || !namesPartner(entry.operationId)) return input;
  const { partnerId: own } = body as { partnerId?: unknown };
  return own === undefined || own === null || own === '' ? { ...input, body: { ...body, partnerId } } : input;
}
