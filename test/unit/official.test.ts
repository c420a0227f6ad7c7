// The validator that holds the wire to the official description finds what is wrong: shown on a small description of our own, since the
// official file is not always there.
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { officialOf } from '../support/official.ts';
import type { Problem } from '../support/official.ts';

const official = officialOf(parse(`
openapi: 3.0.3
info: { title: Ponds, version: 2.0.0 }
paths:
  /ponds/{pondId}/fish:
    parameters:
      - { name: pondId, in: path, required: true, schema: { type: integer } }
    get:
      operationId: ListFish
      parameters:
        - { name: limit, in: query, required: true, schema: { type: integer, minimum: 0, exclusiveMinimum: true } }
      responses:
        "200":
          description: The fish.
          content: { application/json: { schema: { $ref: "#/components/schemas/Answer" } } }
        "404": { description: No pond., content: { application/json: { schema: { $ref: "#/components/schemas/Error" } } } }
    post:
      operationId: AddFish
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Fish" } } } }
      responses: { "204": { description: Added. } }
  /ponds/best/fish:
    get: { operationId: BestFish, responses: { "200": { description: None. } } }
components:
  schemas:
    Fish: { type: object, required: [name], properties: { name: { type: string, maxLength: 5 }, example: { type: string, nullable: true } } }
    Error: { type: object, required: [code], properties: { code: { type: object } } }
    VOAReport: { type: object, required: [type], properties: { type: { type: string }, assets: { type: object } } }
    CashFlowReport: { type: object, required: [type], properties: { type: { type: string } } }
    Answer:
      anyOf:
        - { type: object, required: [fish], properties: { fish: { type: array, items: { $ref: "#/components/schemas/Fish" } } } }
        - { $ref: "#/components/schemas/VOAReport" }
        - { $ref: "#/components/schemas/CashFlowReport" }
`) as Record<string, unknown>);

const told = (problems: Problem[]) => problems.map(({ operation, place, what }) => `${operation} ${what} ${place}`);
const ask = (target: string, method = 'GET', body?: unknown, type = 'application/json') => told(official.requestProblems({ method, target, headers: body === undefined ? {} : { 'content-type': type }, body: body === undefined ? undefined : JSON.stringify(body) }));
const answer = (status: number, body: unknown, { contentType = 'application/json', method = 'GET' } = {}) =>
  told(official.responseProblems({ method, target: '/ponds/7/fish?limit=1', headers: {} }, { status, contentType, bytes: Buffer.from(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)) }));

describe('requests', () => {
  test('a good one has no problem, and a path that is fixed wins over one with a parameter', () => {
    expect(ask('/ponds/7/fish?limit=1')).toEqual([]);
    expect(ask('/ponds/7/fish', 'POST', { name: 'Ada', example: null })).toEqual([]);
    expect(official.operationOf('GET', '/ponds/best/fish')).toBe('BestFish');
    expect(official.operationOf('DELETE', '/ponds/7/fish')).toBeUndefined();
  });
  test.each([
    ['a missing parameter', ['/ponds/7/fish'], 'ListFish required /parameters/query/limit'],
    ['a parameter of the wrong type', ['/ponds/koi/fish?limit=1'], 'ListFish type /parameters/path/pondId'],
    ['a parameter out of its limits', ['/ponds/7/fish?limit=0'], 'ListFish exclusiveMinimum /parameters/query/limit'],
    ['a parameter that is not known', ['/ponds/7/fish?limit=1&colour=red'], 'ListFish removed /parameters/query/colour'],
    ['a missing body', ['/ponds/7/fish', 'POST'], 'AddFish required /requestBody'],
    ['a body where none is taken', ['/ponds/7/fish?limit=1', 'GET', {}], 'ListFish removed /requestBody'],
    ['another media type', ['/ponds/7/fish', 'POST', {}, 'text/csv'], 'AddFish removed /requestBody/text~1csv'],
    ['a missing property', ['/ponds/7/fish', 'POST', {}], 'AddFish required /requestBody/name'],
    ['a property of the wrong type', ['/ponds/7/fish', 'POST', { name: 4 }], 'AddFish type /requestBody/name'],
    ['a property that is too long', ['/ponds/7/fish', 'POST', { name: 'Leviathan' }], 'AddFish maxLength /requestBody/name'],
  ] as [string, [string, string?, unknown?, string?], string][])('%s', (_what, request, problem) => {
    expect(ask(...request)).toEqual([problem]);
  });
});

describe('answers', () => {
  test('a good one has no problem: nulls are left out, and an error\'s code is a number or digits', () => {
    expect(answer(200, { fish: [{ name: 'Ada', example: null }] })).toEqual([]);
    expect([answer(404, { code: 14001 }), answer(404, { code: '14001' })]).toEqual([[], []]);
    expect(answer(204, undefined, { method: 'POST' })).toEqual([]);
  });
  test('what is not described, or is missing', () => {
    expect(answer(500, {})).toEqual(['ListFish removed /responses/500']);
    expect(answer(200, 'fish', { contentType: 'text/plain; charset=utf-8' })).toEqual(['ListFish removed /responses/200/text~1plain']);
    expect(answer(204, 'fish', { method: 'POST', contentType: 'text/plain' })).toEqual(['AddFish removed /responses/204/text~1plain']);
    expect(answer(200, undefined)).toEqual(['ListFish required /responses/200']);
    expect(answer(200, '{')).toEqual(['ListFish schema /responses/200']);
    expect(answer(404, { code: null })).toEqual(['ListFish required /responses/404/code']);
  });
  test('of several shapes one must fit; of reports, the one that the type means', () => {
    expect(answer(200, { fish: [{ name: 7 }] })).toEqual(['ListFish shapes /responses/200']);
    expect(answer(200, { type: 'voa', assets: {} })).toEqual([]);
    expect(answer(200, { type: 'cfrp', assets: 1 })).toEqual([]);
    expect(answer(200, { type: 'voa', assets: 1 })).toEqual(['ListFish type /responses/200/assets']);
  });
});
