// What is wrong with a request's text, as the editor's list of problems shows it: faults of the document, else of its values. The editor's own
// JSON language tells much of it already: what it marks is not told twice. Free of vscode.
import { findNodeAtLocation, type Node } from 'jsonc-parser';
import { checkRequest } from '../../requests/check.ts';
import { RequestText } from '../../requests/document.ts';
import type { FieldPath } from '../../webviews/protocol/request.ts';

export interface TextProblem {
  message: string;
  offset: number;
  length: number;
  severity: 'error' | 'warning';
}

/** A longer value is marked at its name. */
const longestMark = 200;

export function textProblems(text: string): TextProblem[] {
  const read = new RequestText(text);
  const { request, problems } = read.reading;
  if (!request) return problems.map((problem) => ({ ...problem, severity: 'error' }));
  const { body, ...parameters } = request.input;
  return checkRequest(request.entry, { parameters, body }).map(({ path, message, severity }) => {
    const { node, missing } = placeOf(read.root, path);
    const field = missing.filter((step) => typeof step === 'string').join('.');
    return { message: field === '' ? message : `"${field}": ${message}`, ...mark(node), severity };
  });
}

/** Where a path leads, or as far as the text goes along it. */
function placeOf(root: Node, path: FieldPath): { node: Node; missing: FieldPath } {
  for (let length = path.length; length > 0; length -= 1) {
    const node = findNodeAtLocation(root, path.slice(0, length));
    if (node) return { node, missing: path.slice(length) };
  }
  return { node: root, missing: path };
}

/** An object or a list is marked at its name: lines and lines of red would say nothing. */
function mark(node: Node): { offset: number; length: number } {
  const isLong = node.type === 'object' || node.type === 'array' || node.length > longestMark;
  const name = node.parent?.type === 'property' ? node.parent.children![0]! : undefined;
  const { offset, length } = isLong && name ? name : node;
  return { offset, length: isLong && !name ? 1 : length };
}

interface Span {
  offset: number;
  length: number;
}

/** Those of our problems that nobody else marks. */
export const notTold = <T extends Span>(ours: readonly T[], theirs: readonly Span[]): T[] =>
  ours.filter((one) => !theirs.some((other) => one.offset <= other.offset + other.length && other.offset <= one.offset + one.length));
