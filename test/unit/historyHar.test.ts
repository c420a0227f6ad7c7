// A HAR export: its shape against a schema written from the HAR 1.2 specification, and what must not stand in it.
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { operation, type OperationId } from '../../src/api/catalogue.ts';
import { NetworkError } from '../../src/client/errors.ts';
import type { AnyInput, FinishedCall } from '../../src/client/types.ts';
import { harText } from '../../src/history/har.ts';
import { HistoryStore } from '../../src/history/store.ts';
import { createRedactor } from '../../src/platform/redaction.ts';

const pairs = { type: 'array', items: { type: 'object', required: ['name', 'value'], properties: { name: { type: 'string' }, value: { type: 'string' }, comment: { type: 'string' } }, additionalProperties: false } };
const size = { type: 'integer', minimum: -1 };
const time = { type: 'number', minimum: 0 };
/** Fields of an application's own begin with an underscore. */
const own = { '^_': {} };
const object = (required: readonly string[], properties: object, optional: object = {}) => ({ type: 'object', required, properties: { ...properties, ...optional, comment: { type: 'string' } }, patternProperties: own, additionalProperties: false });
const of = (properties: Record<string, object>, optional: object = {}) => object(Object.keys(properties), properties, optional);

const schema = of({
  log: of({
    version: { const: '1.2' },
    creator: of({ name: { type: 'string', minLength: 1 }, version: { type: 'string', minLength: 1 } }),
    entries: {
      type: 'array',
      items: of({
        startedDateTime: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$' }, time,
        request: of({
          method: { enum: ['GET', 'POST', 'PUT', 'DELETE'] }, url: { type: 'string', pattern: '^https?://' }, httpVersion: { type: 'string', pattern: '^HTTP/' }, cookies: { type: 'array', maxItems: 0 },
          headers: pairs, queryString: pairs, headersSize: size, bodySize: size,
        }, { postData: of({ mimeType: { type: 'string' }, text: { type: 'string' } }) }),
        response: of({
          status: { type: 'integer', minimum: 0, maximum: 599 }, statusText: { type: 'string' }, httpVersion: { type: 'string', pattern: '^HTTP/' }, cookies: { type: 'array', maxItems: 0 }, headers: pairs,
          content: of({ size: { type: 'integer', minimum: 0 }, mimeType: { type: 'string', minLength: 1 } }, { text: { type: 'string' } }), redirectURL: { type: 'string' }, headersSize: size, bodySize: size,
        }),
        cache: { type: 'object' }, timings: of({ send: time, wait: time, receive: time }),
      }),
    },
  }),
});
const isHar = new Ajv({ allErrors: true }).compile(schema);

const redactor = createRedactor();
redactor.hide('canary-Secret-1');
const store = () => new HistoryStore({ folder: '/nowhere', settings: () => ({ maxAgeDays: 0, maxSizeMb: 1, keepBodies: false }), hideKnown: redactor.hideKnown, redact: redactor.redact, warn() {} });
const call = (id: OperationId, input: AnyInput, change: Partial<FinishedCall> = {}): FinishedCall => ({
  operation: operation(id), input, origin: 'form', target: '/canary/target', requestHeaders: { accept: 'application/json' }, startedAt: Date.now(), durationMs: 31.6, attempts: 1, outcome: 'ok',
  answer: { status: 200, size: 60, contentType: 'application/json', headers: { 'x-canary': 'canary' }, body: { id: '7200000001', username: 'canary-user', balance: 12.5 } }, ...change,
});
interface Har { log: { entries: { request: { method: string; url: string; queryString: unknown; postData?: { text: string } }; response: { status: number; content: { text?: string } }; [own: string]: unknown }[] } }
function har(history: HistoryStore): { text: string; entries: Har['log']['entries'] } {
  const text = harText(history.list(), { version: '0.1.0', exchange: (id) => history.exchange(id), baseUrl: () => 'https://api.example', redact: redactor.redact, hideKnown: redactor.hideKnown });
  const value = JSON.parse(text) as Har;
  expect(isHar(value), JSON.stringify(isHar.errors, null, 1)).toBe(true);
  return { text, entries: value.log.entries };
}

test('the schema would notice', () => {
  expect(isHar({ log: { version: '1.2', creator: { name: 'x', version: '1' }, entries: [{ startedDateTime: 'yesterday' }] } })).toBe(false);
  expect(isHar({ log: { version: '1.2', creator: { name: 'x', version: '1' }, entries: [] } })).toBe(true);
});

test('calls of every outcome are HAR 1.2, oldest first, with ids and amounts and without names, texts and secrets', () => {
  const history = store();
  const start = Date.now() - 10_000;
  history.record(call('GetCustomers', { search: 'canaryworth', type: 'testing', limit: 25 }, { startedAt: start }), 'c');
  history.record(call('AddTestingCustomer', { body: { username: 'canary-user', firstName: 'Canary', note: 'canary-Secret-1' } }, {
    startedAt: start + 1, outcome: 'failed', requestHeaders: { accept: 'application/json', 'content-type': 'application/json' },
    answer: { status: 409, size: 60, contentType: 'application/json', headers: {}, body: { code: 11000, message: 'canary-user exists, SSN 912-83-4567' } },
  }), 'c');
  history.record(call('GetCustomer', { customerId: '7200000001' }, { startedAt: start + 2, outcome: 'failed', answer: undefined, error: new NetworkError('dns', 'canary') }), 'c');
  history.record(call('DeleteCustomer', { customerId: '7200000001' }, { startedAt: start + 3, outcome: 'refused', answer: undefined }), 'c');
  history.record(call('CreateToken', {}, { startedAt: start + 4, origin: 'token', answer: { status: 200, size: 30 } }), 'c');
  history.record(call('GetReportByCustomer', { customerId: '7200000001', reportId: 'ab12-voa', purpose: '31' }, { startedAt: start + 5, answer: { status: 200, size: 4, contentType: 'application/pdf', body: new Uint8Array(4) } }), 'c');
  const { text, entries } = har(history);
  expect(text).not.toMatch(/canary|912/i);
  expect(entries.map(({ request, response }) => [request.method, request.url, response.status])).toEqual([
    ['GET', 'https://api.example/aggregation/v1/customers?type=testing&search=%C2%ABhidden%C2%BB&limit=25', 200], ['POST', 'https://api.example/aggregation/v2/customers/testing', 409],
    ['GET', 'https://api.example/aggregation/v1/customers/7200000001', 0], ['DELETE', 'https://api.example/aggregation/v1/customers/7200000001', 0], ['POST', 'https://api.example/aggregation/v2/partners/authentication', 200],
    ['GET', expect.stringContaining('/customers/7200000001/reports/ab12-voa?'), 200],
  ]);
  expect(JSON.parse(entries[0]!.response.content.text!)).toMatchObject({ id: '7200000001', balance: 12.5 });
  expect(JSON.parse(entries[1]!.response.content.text!)).toEqual({ code: 11000, message: '«hidden» exists, SSN «hidden»' });
  expect(entries[2]).toMatchObject({ _error: 'network', _operationId: 'GetCustomer' });
});

test('a past call, of which only what is on disk is known, is HAR too', () => {
  const history = store();
  history.record(call('GetCustomers', { username: 'canary-user' }), 'c');
  const [entry] = history.list();
  const text = harText([entry!], { version: '0.1.0', exchange: () => undefined, baseUrl: () => 'https://api.example', redact: redactor.redact, hideKnown: redactor.hideKnown });
  expect(isHar(JSON.parse(text)), JSON.stringify(isHar.errors)).toBe(true);
  expect(text).not.toContain('canary');
});
