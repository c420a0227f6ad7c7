// An exchange as a document: request line, parameters, headers, answer. It may be saved or shared, so secrets are left out of it; what
// the history does not have is said in words, where it would stand.
import { findOperation, type OperationEntry } from '../api/catalogue.ts';
import { readBody } from './bodies.ts';
import type { HistoryEntry } from './entry.ts';
import { notShown, withoutSecrets } from './keep.ts';
import { duration, originWords, result } from './rows.ts';
import type { Exchange } from './store.ts';

export interface DocumentContext {
  connectionLabel: string;
  /** Without a slash at its end; empty when the address is another at each start. */
  baseUrl: string;
  hideKnown(text: string): string;
}

const secretHeader = /^(set-cookie|cookie|authorization|proxy-authorization|(finicity-)?app-(key|token)|mfa-session)$/i;
const headersShown = (headers: Readonly<Record<string, string>>, clean: (text: string) => string): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, secretHeader.test(name) ? notShown : clean(value)]));

export function exchangeText(entry: HistoryEntry, exchange: Exchange | undefined, context: DocumentContext): string {
  const operation = findOperation(entry.operationId);
  const document = {
    operation: entry.operationId,
    ...(operation && { summary: operation.summary }),
    connection: context.connectionLabel,
    result: [result(entry), duration(entry)].filter(Boolean).join(', '),
    sent: new Date(entry.time).toISOString(),
    from: originWords[entry.origin],
    ...(entry.billable && { billable: true }),
    ...(entry.attempts > 1 && { attempts: entry.attempts }),
    request: requestPart(entry, exchange, context),
    response: responsePart(entry, exchange, context),
  };
  return `${JSON.stringify(document, null, indents(document) > mostIndents ? 0 : 2)}\n`;
}

/** Characters that may go for white space: an answer of two million numbers, far inside, would come to hundreds of megabytes of it. */
const mostIndents = 30_000_000;

/** How many go for it when each level has two. What is in it is never nested deeper than `withoutSecrets` leaves it. */
function indents(value: unknown, depth = 1): number {
  if (typeof value !== 'object' || value === null) return 0;
  let sum = 0;
  for (const one of Object.values(value)) sum += 2 * depth + indents(one, depth + 1);
  return sum + 2 * (depth - 1);
}

function requestPart(entry: HistoryEntry, exchange: Exchange | undefined, { baseUrl, hideKnown }: DocumentContext) {
  const operation = findOperation(entry.operationId);
  const { body, ...parameters } = exchange?.input ?? {};
  const method = operation?.method ?? '';
  const signIn = entry.origin === 'token';
  const line = exchange ? `${method} ${baseUrl}${hideKnown(exchange.target)}` : operation ? `${method} ${baseUrl}${filled(operation, entry)}` : entry.operationId;
  return {
    line,
    ...((exchange || Object.keys(entry.parameters).length > 0) && { parameters: exchange ? withoutSecrets(parameters, hideKnown) : entry.parameters }),
    ...(!exchange && entry.left.length > 0 && { notKept: entry.left }),
    ...(exchange && { headers: headersShown(exchange.requestHeaders, hideKnown) }),
    ...(signIn ? { body: notShown } : body !== undefined ? { body: withoutSecrets(body, hideKnown) } : entry.bodies?.request !== undefined ? { body: entry.bodies.request } : {}),
  };
}

/** The address of a past call, as far as it is kept. */
function filled(operation: OperationEntry, { parameters }: HistoryEntry): string {
  const path = operation.path.replace(/\{([\w-]+)\}/g, (place, name: string) => (parameters[name] === undefined ? place : encodeURIComponent(String(parameters[name]))));
  const query = operation.parameters.filter((one) => one.in === 'query' && parameters[one.name] !== undefined).map(({ name }) => `${encodeURIComponent(name)}=${encodeURIComponent(String(parameters[name]))}`);
  return query.length > 0 ? `${path}?${query.join('&')}` : path;
}

function responsePart(entry: HistoryEntry, exchange: Exchange | undefined, { hideKnown }: DocumentContext) {
  const { outcome, status, code, contentType, size } = entry;
  if (status === undefined) return { outcome, ...(exchange?.message !== undefined && { message: hideKnown(exchange.message) }) };
  const answer = exchange?.answer;
  return {
    status, ...(code !== undefined && { code }), ...(size !== undefined && { size }), ...(contentType !== undefined && { contentType }),
    ...(answer?.headers && { headers: headersShown(answer.headers, hideKnown) }),
    ...(exchange?.message !== undefined && { explained: hideKnown(exchange.message) }),
    body: bodyPart(entry, exchange, hideKnown),
  };
}

function bodyPart(entry: HistoryEntry, exchange: Exchange | undefined, hideKnown: (text: string) => string): unknown {
  if (entry.origin === 'token') return notShown;
  if (exchange?.bodyDropped) return '(larger than 4 MB, not kept in memory: run it again)';
  if (exchange?.answer && 'body' in exchange.answer) return exchange.answer.body === undefined ? null : withoutSecrets(readBody(exchange.answer), hideKnown);
  if (exchange?.answer) return exchange.answer.size > 0 ? '(went to a file)' : null;
  return entry.bodies?.response ?? '(no longer in memory: run it again)';
}
