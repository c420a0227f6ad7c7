// What a list of request files says of one: its operation and title, or why it cannot be read. Free of vscode.
import { createScanner } from 'jsonc-parser';
import { findOperation, type OperationEntry } from '../api/catalogue.ts';
import { longestText, readRequest } from './document.ts';
import { lineColumn } from './jsonText.ts';

export interface Listed {
  entry?: OperationEntry;
  title?: string;
  notes?: string;
  connection?: string;
  /** Why it cannot be read, with the line. */
  problem?: string;
}

/** In characters. A larger one (a pay statement is in it, say) is looked at only as far as its operation: a list of files is no reason to wait. */
const longestWhole = 200_000;

export function listed(text: string): Listed {
  if (text.length > longestWhole && text.length <= longestText) {
    const head = headOf(text);
    const entry = head.operation === undefined || (head.version ?? 1) !== 1 ? undefined : findOperation(head.operation);
    if (entry) return { entry, ...(head.title !== undefined && { title: head.title }) };
  }
  const { request, problems: [first] } = readRequest(text);
  if (request) {
    const { entry, title, notes, connection } = request;
    return { entry, title, notes, connection };
  }
  if (!first) return { problem: 'This is not a request.' };
  const withLine = text.includes('\n') && !/ line \d/.test(first.message);
  return { problem: `${withLine ? `Line ${lineColumn(text, first.offset).line}: ` : ''}${first.message}` };
}

/** The texts before the first object or list inside a JSON object, by name. */
function headOf(text: string): { operation?: string; title?: string; version?: number } {
  const scanner = createScanner(text, true);
  const found: Record<string, unknown> = {};
  const [openBrace, comma, colon, string, number] = [1, 5, 6, 10, 11];
  if ((scanner.scan() as number) !== openBrace) return found;
  for (;;) {
    if ((scanner.scan() as number) !== string) return found;
    const name = scanner.getTokenValue();
    if ((scanner.scan() as number) !== colon) return found;
    const kind = scanner.scan() as number;
    if (kind !== string && kind !== number) return found;
    if (['operation', 'title'].includes(name) && kind === string) found[name] = scanner.getTokenValue();
    if (name === 'version') found[name] = kind === number ? Number(scanner.getTokenValue()) : 0;
    if ((scanner.scan() as number) !== comma) return found;
  }
}
