// The body's JSON as it stands in a request document, moved in as far as the line is on which it begins. Only the beginnings of lines change,
// with the document's own characters, and no JSON text can hold a line break, so values keep every digit and character. Free of vscode.
import { applyEdits, format, type Node } from 'jsonc-parser';
import { childAt, indentOf } from './jsonEdits.ts';
import { readJson } from './jsonText.ts';

/** What the body's further lines begin with because of where it stands; empty when not all of them do, so that none is moved. */
export function bodyIndent(text: string, root: Node): string {
  const body = childAt(root, 'body');
  const indent = indentOf(text, (body?.parent ?? root.children?.[0] ?? root).offset);
  return body && !linesOf(text.slice(body.offset, body.offset + body.length)).slice(1).every((line) => line.trim() === '' || line.startsWith(indent)) ? '' : indent;
}

/** The body's text out of the document, as if it stood alone. */
export const outdented = (body: string, indent: string): string => linesOf(body).map((line, index) => (index > 0 && line.startsWith(indent) ? line.slice(indent.length) : line)).join('\n');

/** The reverse: as it goes into the document. */
export const indented = (body: string, indent: string): string => linesOf(body).map((line, index) => (index > 0 && line !== '' ? `${indent}${line}` : line)).join('\n');

/** In characters: what is laid out while somebody types. */
const longestLaidOut = 100_000;

/**
 * A body that was typed in one line, over lines as the rest of a document that is laid out the way new ones are; anything else as it was typed.
 * Only spaces and line breaks are put in.
 */
export function laidOut(body: string, document: string): string {
  if (/[\r\n]/.test(body) || body.length > longestLaidOut || document.length > longestLaidOut || !/^[[{]/.test(body) || !isJson(body) || !isOurLayout(document)) return body;
  return applyEdits(body, format(body, undefined, { tabSize: 2, insertSpaces: true, eol: '\n' }));
}

function isOurLayout(document: string): boolean {
  return isJson(document) && applyEdits(document, format(document, undefined, { tabSize: 2, insertSpaces: true, eol: '\n' })).trim() === document.trim();
}

/** Of what is none, or has brackets without end, the layout would have no end either. */
const isJson = (text: string): boolean => readJson(text).root !== undefined;

const linesOf = (text: string): string[] => text.split(/\r\n|\r|\n/);
