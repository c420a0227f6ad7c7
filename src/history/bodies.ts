// Bodies of answers that came as bytes (the request editor's), as something to read. Parsed when they are wanted and never before: recording a
// call takes no time of anybody's. Plain Node.
import type { ApiResponse } from '../client/types.ts';

/** Larger ones stay bytes: parsing them would be felt. */
const largestRead = 4 * 1024 * 1024;

/** JSON parsed, text as text, the rest as it is; a body that came parsed is passed on. */
export function readBody({ body, contentType = '' }: Partial<Pick<ApiResponse, 'body' | 'contentType'>>, largest = largestRead): unknown {
  if (!(body instanceof Uint8Array) || body.length > largest) return body;
  const text = textOf(body);
  if (text === undefined) return body;
  const start = text.trimStart().charAt(0);
  if (start !== '{' && start !== '[' && contentType !== 'application/json' && !contentType.endsWith('+json')) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.subarray(0, 4096).includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
