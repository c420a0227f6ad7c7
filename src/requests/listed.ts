// What a list of request files says of one: its operation and title, or why it cannot be read. Free of vscode.
import { createScanner } from 'jsonc-parser';
import { findOperation, type OperationEntry } from '../api/catalogue.ts';
import { longestRequest } from '../webviews/protocol/request.ts';
import { readRequest, requestFormat } from './document.ts';
import { lineColumn } from './jsonText.ts';

export interface Listed {
  entry?: OperationEntry;
  title?: string;
  notes?: string;
  connection?: string;
  /** Why it cannot be read, with the line. */
  problem?: string;
}

/** In characters. A larger one (a pay statement is in it, say) is looked at only as far as its operation, which stands near its beginning: a list of files is no reason to wait. */
const longestWhole = 200_000;

export function listed(text: string): Listed {
  if (text.length > longestWhole && text.length <= longestRequest) return listedHead(text.slice(0, longestWhole));
  const { request, problems: [first] } = readRequest(text);
  if (request) {
    const { entry, title, notes, connection } = request;
    return { entry, title, notes, connection };
  }
  if (!first) return { problem: 'This is not a request.' };
  const withLine = text.includes('\n') && !/ line \d/.test(first.message);
  return { problem: `${withLine ? `Line ${lineColumn(text, first.offset).line}: ` : ''}${first.message}` };
}

function listedHead(beginning: string): Listed {
  const { operation, title, version = requestFormat } = headOf(beginning);
  if (operation === undefined) return { problem: '"operation" does not stand near the beginning of this large file: put it first, or open the file to see what is wrong.' };
  const entry = version === requestFormat ? findOperation(operation) : undefined;
  if (entry) return { entry, ...(title !== undefined && { title }) };
  // What is wrong with these is told as of any other request.
  const [first] = readRequest(JSON.stringify({ version, operation })).problems;
  return { problem: first?.message ?? 'This is not a request.' };
}

const token = { openBrace: 1, closeBrace: 2, openBracket: 3, closeBracket: 4, comma: 5, colon: 6, string: 10, number: 11, end: 17 } as const;

/** The document's own texts and numbers in a JSON object's beginning; lists and objects between them are passed over. */
function headOf(text: string): { operation?: string; title?: string; version?: number } {
  const scanner = createScanner(text, true);
  const scan = (): number => scanner.scan();
  const found: Record<string, unknown> = {};
  if (scan() !== token.openBrace) return found;
  for (;;) {
    if (scan() !== token.string) return found;
    const name = scanner.getTokenValue();
    if (scan() !== token.colon) return found;
    const kind = scan();
    const value = scanner.getTokenValue();
    let after = kind;
    for (let depth = 0; after !== token.end; after = scan()) {
      if (after === token.openBrace || after === token.openBracket) depth += 1;
      else if (after === token.closeBrace || after === token.closeBracket) depth -= 1;
      if (depth <= 0) break;
    }
    if (after === token.end) return found;
    if ((name === 'operation' || name === 'title') && kind === token.string) found[name] = value;
    if (name === 'version') found[name] = kind === token.number ? Number(value) : 0;
    if (scan() !== token.comma) return found;
  }
}
