// A request as a JSON document: `{ "$schema", "version", "title", "notes", "operation", "connection", "accept", "parameters", "body",
// "bodyDraft" }`. Made to be read, diffed and kept; holds no secrets. It is somebody's text: reading says what is wrong and where, an edit changes
// what it must and leaves every other character, and a document of a newer version is neither sent nor edited. Free of vscode.
import type { Node } from 'jsonc-parser';
import { catalogue, findOperation, type OperationEntry } from '../api/catalogue.ts';
import { plainText } from '../client/plainText.ts';
import type { AnyInput } from '../client/types.ts';
import { longestRequest } from '../webviews/protocol/request.ts';
import { childAt, editAt, type TextChange } from './jsonEdits.ts';
import { LineStarts, mostProblems, readJson, type DocumentProblem } from './jsonText.ts';
import { nearNames } from './nearNames.ts';

export type { DocumentProblem, TextChange };

/** The format of request documents that is written and read; a document that names none has this one. */
export const requestFormat = 1;
/** In the order in which a document has them. */
const parts = ['$schema', 'version', 'title', 'notes', 'operation', 'connection', 'accept', 'parameters', 'body', 'bodyDraft'] as const;
const textParts = ['title', 'notes', 'connection', 'accept', 'bodyDraft'] as const;

export interface RequestDocument {
  entry: OperationEntry;
  input: AnyInput;
  connection?: string;
  accept?: string;
  title?: string;
  notes?: string;
  /** The body as it stands in the text; undefined when there is none. */
  bodyText?: string;
  /** What was typed as the body and cannot be its JSON yet: with it, a request is not sent. `draftProblem` says what is wrong. */
  bodyDraft?: string;
}

/** The request when there is nothing wrong with its text; otherwise what is wrong, in the order of the text. */
export interface RequestReading {
  request?: RequestDocument;
  /** With problems, but with an operation and values that can be told apart: what it is about, for its values to be judged along. Never sent. */
  draft?: RequestDocument;
  problems: readonly DocumentProblem[];
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

/** Reads a request document. Throws RequestDocumentError with the first problem. */
export function parseRequest(text: string): RequestDocument {
  const { request, problems: [first] } = readRequest(text);
  if (request) return request;
  throw new RequestDocumentError(first?.message ?? 'This is not a request.', first?.offset);
}

/** A text as far as it was read: whoever looks at it several times, and changes it, has it read once. */
export class RequestText {
  readonly text: string;
  readonly #read: ReturnType<typeof rootOf>;
  #reading: RequestReading | undefined;

  constructor(text: string) {
    this.text = text;
    this.#read = rootOf(text);
  }

  /** The tree of a text that can be edited. Throws RequestDocumentError for one that cannot. */
  get root(): Node {
    const { root, problems: [first] } = this.#read;
    if (!root) throw new RequestDocumentError(first?.message ?? 'This is not a request.', first?.offset);
    return root;
  }

  get reading(): RequestReading {
    return this.#reading ??= readingOf(this.text, this.#read);
  }
}

/** A text, or what was made of it already. */
export type AnyText = string | RequestText;
const opened = (text: AnyText): RequestText => (typeof text === 'string' ? new RequestText(text) : text);

/** Reads a request document and says all that is wrong with it. The values of parameters and body are for `checkRequest` to judge. */
export const readRequest = (text: AnyText): RequestReading => opened(text).reading;

function readingOf(text: string, { root, value, problems }: ReturnType<typeof rootOf>): RequestReading {
  if (!root) return { problems };
  const found = [...faultsOf(text, root), ...partFaults(root)];
  const entry = operationOf(root, found);
  if (entry) found.push(...entryFaults(root, entry));
  const parameters = childAt(root, 'parameters');
  const request = entry && (!parameters || parameters.type === 'object') ? requestOf(text, root, value as Record<string, unknown>, entry) : undefined;
  if (!request || found.length > 0) return { problems: found.sort((a, b) => a.offset - b.offset).slice(0, mostProblems), ...(request && { draft: request }) };
  return { request, problems: [] };
}

/** Sets the value at a path into parameters or body; without a value it is removed. `prune` takes the objects along that this leaves empty. */
export function setValue(of: AnyText, path: readonly (string | number)[], value: unknown, { prune = false } = {}): TextChange[] {
  const { text, root } = opened(of);
  return editAt(text, root, path, value === undefined ? undefined : { value }, { prune, order: parts });
}

/** Puts JSON text in the body's place, as it is written, and takes a draft away; or says what is wrong with it, the offset being one in `bodyText`. */
export function setBody(of: AnyText, bodyText: string): TextChange[] | { problem: DocumentProblem } {
  const whole = opened(of);
  const problem = bodyProblem(whole, bodyText);
  if (problem) return { problem };
  return withoutDraft(whole, ({ text, root }) => editAt(text, root, ['body'], { text: bodyText }, { order: parts }));
}

/** Takes the body away, and a draft of it. */
export const removeBody = (of: AnyText): TextChange[] => withoutDraft(opened(of), ({ text, root }) => editAt(text, root, ['body'], undefined, { order: parts }));

/** Stands in a document for a draft that is not to be kept in it, so that whoever reads the document knows that there is one. */
export const unkeptDraft = 'What was typed here is not kept in the request: it gives a credential, or is too large.';

/** Keeps what was typed as the body although it cannot be its JSON; the body stays as it is. `kept` is false when `unkeptDraft` stands in its place. */
export function setDraft(of: AnyText, typed: string): { changes: TextChange[]; kept: boolean } {
  const whole = opened(of);
  const kept = !namesCredential(typed) && lengthWithout(whole, 'bodyDraft') + JSON.stringify(typed).length + 100 < longestRequest;
  return { changes: setPart(whole, 'bodyDraft', kept ? typed : unkeptDraft), kept };
}

/** What keeps a text from being the body of a request, with its place in that text. */
function bodyProblem(of: RequestText, bodyText: string): DocumentProblem | undefined {
  const { root: body, problems } = readJson(bodyText);
  const [first] = body ? faultsOf(bodyText, body) : problems;
  if (first) return first;
  const length = lengthWithout(of, 'body', 'bodyDraft') + bodyText.length;
  return length > longestRequest ? { message: `Too large: ${tooLarge(length)}`, offset: 0, length: 1 } : undefined;
}

const lengthWithout = ({ text, root }: RequestText, ...left: (typeof parts)[number][]): number => left.reduce((length, part) => length - (childAt(root, part)?.length ?? 0), text.length);

/** What is wrong with the draft of a request's body. */
export function draftProblem(of: AnyText, draft: string): DocumentProblem {
  if (draft === unkeptDraft) return { message: 'What was typed gives a credential or is too large: it is kept in its tab alone, and no longer when that is closed.', offset: 0, length: 1 };
  return bodyProblem(opened(of), draft) ?? { message: 'It stands beside the body and was not taken. Change something in it to have it taken.', offset: 0, length: 1 };
}

/** Whether a text, JSON or not (a cURL command, a header in some language, XML), seems to give one of the partner's credentials: it is not to be kept then. */
export const namesCredential = (text: string): boolean => credentialGiven.test(text.replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))));

/** The edits of a request without its draft, and its removal, as one change: two might meet at the same place. */
function withoutDraft(of: RequestText, edit: (of: RequestText) => readonly TextChange[]): TextChange[] {
  const removal = setPart(of, 'bodyDraft', undefined);
  if (removal.length === 0) return [...edit(of)];
  const { text } = of;
  const between = new RequestText(changed(text, removal));
  const after = changed(between.text, edit(between));
  let begin = 0;
  while (begin < text.length && text[begin] === after[begin]) begin += 1;
  if (isHighSurrogate(text, begin - 1)) begin -= 1;
  let end = 0;
  while (end < Math.min(text.length, after.length) - begin && text[text.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  if (end > 0 && isHighSurrogate(text, text.length - end - 1)) end -= 1;
  return [{ offset: begin, length: text.length - end - begin, content: after.slice(begin, after.length - end) }];
}

/** Whether a pair of two begins there: the editor knows no place between the two. */
const isHighSurrogate = (text: string, at: number): boolean => /[\ud800-\udbff]/.test(text[at] ?? '');

/** Sets or removes one of the document's own texts. */
export const setPart = (text: AnyText, part: (typeof textParts)[number], value: string | undefined): TextChange[] => setValue(text, [part], value);

/** The text after the changes, whose offsets all are of the text before. */
export function changed(text: string, changes: readonly TextChange[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { offset, length, content } of [...changes].sort((a, b) => a.offset - b.offset)) {
    pieces.push(text.slice(at, offset), content);
    at = offset + length;
  }
  return pieces.join('') + text.slice(at);
}

/** The root of a text that is a JSON object of a format that can be read. */
function rootOf(text: string): { root?: Node; value?: unknown; problems: DocumentProblem[] } {
  if (text.length > longestRequest) return { problems: [{ message: `Too large to be a request: ${tooLarge(text.length)}`, offset: 0, length: 1 }] };
  const { root, value, problems } = readJson(text);
  if (!root) return { problems };
  if (root.type !== 'object') return { problems: [{ message: 'A request is a JSON object with "operation", "parameters" and "body".', offset: root.offset, length: root.length }] };
  const version = childAt(root, 'version');
  if (version && !(Number.isInteger(version.value) && version.value >= 1)) return { problems: [problemAt(version, `"version" must be ${requestFormat}.`)] };
  if (version && version.value > requestFormat)
    return { problems: [problemAt(version, `Written by a newer version of the explorer (format ${version.value}, this one reads ${requestFormat}): update the extension. The file is left as it is.`)] };
  return { root, value, problems: [] };
}

const tooLarge = (length: number): string => `${(length / 1_000_000).toFixed(1)} million characters, ${longestRequest / 1_000_000} at most.`;

const credential = /^(finicity[-_ ]?)?(app[-_ ]?(key|token)|partner[-_ ]?secret|new[-_ ]?partner[-_ ]?secret)$|^authorization$/i;

/** A credential's name, then signs that lead to a value (a colon, quotes of any kind, the end of a tag, the comma between two arguments), then the value. */
const credentialGiven = /(app[-_ ]?(key|token)|partner[-_ ]?secret|authorization)(\s{0,20}[^\w\s,}][^\w,}]{0,20}|[^\w\s,{}]{0,4}\s{0,20},\s{0,20}["'`“‘](?![^"'\n]{0,200}["']\s{0,20}:)[^\w,}]{0,4})(?!null\b)\w/i;

/** What no request may hold, wherever it stands: a name twice, names that are no field's, the partner's credentials. */
function faultsOf(text: string, root: Node): DocumentProblem[] {
  const found: DocumentProblem[] = [];
  let lines: LineStarts | undefined;
  const line = ({ offset }: Node): number => (lines ??= new LineStarts(text)).at(offset).line;
  const visit = (node: Node): void => {
    if (found.length >= mostProblems) return;
    const before = new Map<string, Node>();
    for (const { children: [name, value] = [] } of node.type === 'object' ? node.children ?? [] : []) {
      if (!name) continue;
      const key = String(name.value);
      const first = before.get(key);
      before.set(key, name);
      if (first) found.push(problemAt(name, `${quoted(key)} stands twice: at line ${line(first)} and at line ${line(name)}. Remove one.`));
      if (key === '__proto__') found.push(problemAt(name, '"__proto__" cannot be the name of a field. Remove it.'));
      if (credential.test(key) && value?.value !== '' && value?.type !== 'null') found.push(problemAt(name, `${quoted(key)} is a credential: a request never carries one, the connection does. Remove it.`));
      if (found.length >= mostProblems) return;
    }
    for (const child of node.children ?? []) visit(child);
  };
  visit(root);
  return found;
}

/** What the document's own parts must be, whatever the operation. */
function partFaults(root: Node): DocumentProblem[] {
  const found: DocumentProblem[] = [];
  for (const { children: [name] = [] } of root.children ?? []) {
    const key = String(name?.value);
    if (found.length >= mostProblems) return found;
    if (!name || (parts as readonly string[]).includes(key) || credential.test(key) || key === '__proto__') continue;
    const [near] = nearNames(key, parts.slice(2));
    found.push(problemAt(name, `${quoted(key)} is not part of a request${near ? `; "${near}" is` : `; parts are ${parts.slice(2).join(', ')}`}.`));
  }
  for (const part of ['$schema', ...textParts]) {
    const node = childAt(root, part);
    if (node && node.type !== 'string') found.push(problemAt(node, `"${part}" must be a text.`));
    else if (node && part === 'bodyDraft' && namesCredential(String(node.value))) found.push(problemAt(node, '"bodyDraft" gives a credential: a request never carries one, the connection does. Remove it.'));
  }
  const parameters = childAt(root, 'parameters');
  if (parameters && parameters.type !== 'object') found.push(problemAt(parameters, '"parameters" must be an object of names and values.'));
  return found;
}

function operationOf(root: Node, found: DocumentProblem[]): OperationEntry | undefined {
  const node = childAt(root, 'operation');
  if (!node || node.type !== 'string' || node.value === '') {
    found.push(problemAt(node ?? { offset: root.offset, length: 1 }, '"operation" is missing: name an operation by its id, for example "GetCustomer".'));
    return undefined;
  }
  const entry = findOperation(String(node.value));
  if (entry) return entry;
  const near = nearNames(String(node.value), catalogue.flatMap(({ operationId, sdkNames }) => [operationId, ...sdkNames]));
  const meant = near.length > 0 ? `Perhaps ${near.map((name) => `"${name}"`).join(' or ')}?` : '"Run Operation" lists those there are.';
  found.push(problemAt(node, `"operation": there is no operation ${quoted(String(node.value))}. ${meant}`));
  return undefined;
}

/** What the operation has no place for. */
function entryFaults(root: Node, entry: OperationEntry): DocumentProblem[] {
  const found: DocumentProblem[] = [];
  const names = entry.parameters.map(({ name }) => name);
  const parameters = childAt(root, 'parameters');
  for (const { children: [name] = [] } of parameters?.type === 'object' ? parameters.children ?? [] : []) {
    const key = String(name?.value);
    if (found.length >= mostProblems) return found;
    if (!name || names.includes(key) || credential.test(key)) continue;
    found.push(problemAt(name, `"parameters": ${entry.operationId} has no parameter ${quoted(key)}${names.length > 0 ? `; it has ${names.join(', ')}` : ''}.`));
  }
  for (const part of ['body', 'bodyDraft']) {
    const body = childAt(root, part);
    if (!body) continue;
    const place = body.parent?.children?.[0] ?? body;
    if (!entry.requestBody) found.push(problemAt(place, `"${part}": ${entry.operationId} takes no body. Remove it.`));
    else if (fromVault.has(entry.operationId)) found.push(problemAt(place, `"${part}": ${entry.operationId} takes its values from the connection's vault. Remove it.`));
  }
  return found;
}

function requestOf(text: string, root: Node, value: Readonly<Record<string, unknown>>, entry: OperationEntry): RequestDocument {
  const body = childAt(root, 'body');
  const { parameters = {}, title, notes, connection, accept, bodyDraft = '' } = value as { parameters?: Record<string, unknown> } & Partial<Record<(typeof textParts)[number], string>>;
  return {
    entry, input: { ...parameters, ...(body && { body: value.body }) },
    ...(connection !== undefined && { connection }), ...(accept !== undefined && { accept }), ...(title !== undefined && { title }), ...(notes !== undefined && { notes }),
    ...(body && { bodyText: text.slice(body.offset, body.offset + body.length) }), ...(bodyDraft !== '' && { bodyDraft }),
  };
}

const quoted = (name: string): string => `"${plainText(name, 60)}"`;
const problemAt = ({ offset, length }: { offset: number; length: number }, message: string): DocumentProblem => ({ message, offset, length });
