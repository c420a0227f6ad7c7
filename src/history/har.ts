// Calls as HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/), for a ticket or a colleague. Redacted like the files: keep.ts decides
// what may stand in it, also where the whole exchange is still in memory.
import { STATUS_CODES } from 'node:http';
import { findOperation } from '../api/catalogue.ts';
import { hidden } from '../platform/redaction.ts';
import { readBody } from './bodies.ts';
import type { HistoryEntry } from './entry.ts';
import { keptBody, textsOf } from './keep.ts';
import { originWords } from './rows.ts';
import type { Exchange } from './store.ts';

export interface HarContext {
  version: string;
  exchange(id: string): Exchange | undefined;
  baseUrl(connectionId: string): string;
  redact(text: string): string;
  hideKnown(text: string): string;
}

interface Pair { name: string; value: string }

export function harText(entries: readonly HistoryEntry[], context: HarContext): string {
  const oldestFirst = [...entries].sort((a, b) => a.time - b.time);
  const log = {
    version: '1.2',
    creator: { name: 'Open Banking Explorer', version: context.version },
    entries: oldestFirst.map((entry) => harEntry(entry, context)),
    comment: `Redacted: secrets, names and free text are left out or replaced by ${hidden}.`,
  };
  return `${JSON.stringify({ log }, null, 2)}\n`;
}

function harEntry(entry: HistoryEntry, context: HarContext) {
  const { time, durationMs, outcome, failure, code, operationId, origin, attempts, billable } = entry;
  return {
    startedDateTime: new Date(time).toISOString(),
    time: durationMs,
    request: harRequest(entry, context),
    response: harResponse(entry, context),
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
    _operationId: operationId, _outcome: outcome, _origin: originWords[origin], _attempts: attempts, _billable: billable, ...(code !== undefined && { _code: code }), ...(failure !== undefined && { _error: failure }),
  };
}

function harRequest(entry: HistoryEntry, context: HarContext) {
  const operation = findOperation(entry.operationId);
  const exchange = context.exchange(entry.id);
  const { parameters, left } = entry;
  const valueOf = (name: string): string => (parameters[name] === undefined ? hidden : String(parameters[name]));
  const sent = operation?.parameters.filter(({ name }) => parameters[name] !== undefined || left.includes(name)) ?? [];
  const path = (operation?.path ?? '/').replace(/\{([\w-]+)\}/g, (_place, name: string) => encodeURIComponent(valueOf(name)));
  const queryString: Pair[] = sent.filter((one) => one.in === 'query').map(({ name }) => ({ name, value: valueOf(name) }));
  const query = queryString.map(({ name, value }) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
  const body = exchange?.input.body !== undefined ? keptBody(exchange.input.body, rules(context)) : entry.bodies?.request;
  const mimeType = operation?.requestBody?.mediaTypes[0] ?? 'application/json';
  const headers: Pair[] = [
    ...['accept', 'content-type'].flatMap((name) => (exchange?.requestHeaders[name] === undefined ? [] : [{ name, value: context.redact(exchange.requestHeaders[name]) }])),
    { name: 'finicity-app-key', value: hidden }, ...(operation?.appKeyOnly ? [] : [{ name: 'finicity-app-token', value: hidden }]),
    ...sent.filter((one) => one.in === 'header').map(({ name }) => ({ name, value: hidden })),
  ];
  return {
    method: operation?.method ?? 'GET', url: `${context.baseUrl(entry.connectionId)}${path}${query && `?${query}`}`, httpVersion: 'HTTP/1.1', cookies: [], headers, queryString,
    ...(body !== undefined && { postData: { mimeType, text: JSON.stringify(body) } }), headersSize: -1, bodySize: -1,
  };
}

const rules = ({ redact, hideKnown }: HarContext) => ({ redact, clean: hideKnown });

function harResponse(entry: HistoryEntry, context: HarContext) {
  const { status = 0, size = 0, contentType = '' } = entry;
  const exchange = context.exchange(entry.id);
  const answer = exchange?.answer;
  const body = answer?.body !== undefined ? keptBody(readBody(answer), { ...rules(context), failed: status >= 400, sent: textsOf(exchange?.input) }) : entry.bodies?.response;
  return {
    status, statusText: STATUS_CODES[status] ?? '', httpVersion: 'HTTP/1.1', cookies: [],
    headers: contentType === '' ? [] : [{ name: 'content-type', value: contentType }],
    content: { size, mimeType: contentType || 'x-unknown', ...(body !== undefined && { text: JSON.stringify(body) }) },
    redirectURL: '', headersSize: -1, bodySize: size,
  };
}
