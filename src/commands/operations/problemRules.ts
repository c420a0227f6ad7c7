// What is wrong with a request's text, as the editor's list of problems shows it: faults of the document, and of its values. The editor's own
// JSON language tells much of it already: what it marks is not told twice. Free of vscode.
import { findNodeAtLocation, type Node } from 'jsonc-parser';
import { checkRequest } from '../../requests/check.ts';
import { draftProblem, RequestText, type RequestDocument } from '../../requests/document.ts';
import type { FieldPath } from '../../webviews/protocol/request.ts';

export interface TextProblem {
  message: string;
  offset: number;
  length: number;
  severity: 'error' | 'warning';
  /** Nothing is wrong but that it is not there yet. */
  missing?: true;
}

/** A longer value is marked at its name. */
const longestMark = 200;

export function textProblems(text: string): TextProblem[] {
  const read = new RequestText(text);
  const { request, draft, problems } = read.reading;
  const found: TextProblem[] = problems.map((problem) => ({ ...problem, severity: 'error' }));
  const told = request ?? draft;
  return told ? [...found, ...draftProblems(read, told), ...valueProblems(read, told)] : found;
}

function draftProblems(read: RequestText, { bodyDraft }: RequestDocument): TextProblem[] {
  const node = bodyDraft === undefined ? undefined : findNodeAtLocation(read.root, ['bodyDraft']);
  if (bodyDraft === undefined || !node) return [];
  return [{ message: `"bodyDraft" cannot be taken as the body yet, and keeps the request from being sent: ${draftProblem(read, bodyDraft).message} Mend it in the form's JSON tab, or remove it.`, ...mark(node), severity: 'error' }];
}

function valueProblems(read: RequestText, { entry, input: { body, ...parameters } }: RequestDocument): TextProblem[] {
  return checkRequest(entry, { parameters, body }).map(({ path, message, severity, missing: isMissing }) => {
    const { node, missing } = placeOf(read.root, path);
    const field = missing.filter((step) => typeof step === 'string').join('.');
    return { message: field === '' ? message : `"${field}": ${message}`, ...mark(node), severity, ...(isMissing && { missing: isMissing }) };
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

/** Of a new request in whose form nobody has typed yet, that its fields are empty is no news. */
export const toldOf = (problems: readonly TextProblem[], untouchedForm: boolean): readonly TextProblem[] => (untouchedForm ? problems.filter(({ missing }) => !missing) : problems);

interface Span {
  offset: number;
  length: number;
}

/** Those of our problems that nobody else marks. */
export const notTold = <T extends Span>(ours: readonly T[], theirs: readonly Span[]): T[] =>
  ours.filter((one) => !theirs.some((other) => one.offset <= other.offset + other.length && other.offset <= one.offset + one.length));
