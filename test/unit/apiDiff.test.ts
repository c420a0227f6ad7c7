// `npm run api:diff`: two small descriptions of our own, which differ in one thing at a time, and the exceptions that explain differences.
// Where the official file lies beside the checkout, ours is held to it too.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { compareDescriptions, compareVersions, report } from '../../scripts/api/compare.mjs';
import { placePattern, readExceptions, sift } from '../../scripts/api/exceptions.mjs';
import { readOpenApi } from '../../scripts/api/openapi.mjs';
import { root } from '../../scripts/paths.mjs';
import { officialFile } from '../support/official.ts';

interface Difference {
  operation: string;
  place: string;
  what: string;
  ours?: unknown;
  theirs?: unknown;
}
type Json = Record<string, unknown>;

const ours = `
openapi: 3.1.0
info: { title: Ponds, version: 2.0.0 }
security: [{ Key: [] }]
paths:
  /ponds/{pondId}/fish:
    parameters:
      - { name: pondId, in: path, required: true, schema: { type: string } }
    get:
      operationId: ListFish
      tags: [Fish]
      parameters:
        - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 50, default: 25 } }
        - { name: kind, in: query, schema: { type: string, enum: [carp, koi] } }
        - { name: names, in: query, style: form, explode: false, schema: { type: array, items: { type: string } } }
      responses:
        "200":
          description: The fish.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/FishList" }
        "404": { description: No pond. }
    post:
      operationId: AddFish
      tags: [Fish]
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: "#/components/schemas/NewFish" }
      responses:
        "201": { description: Added. }
components:
  securitySchemes: { Key: { type: apiKey, in: header, name: Pond-Key } }
  schemas:
    FishList:
      type: object
      required: [fish]
      properties:
        fish: { type: array, items: { $ref: "#/components/schemas/Fish" } }
        parent: { $ref: "#/components/schemas/FishList" }
    Fish:
      allOf:
        - { $ref: "#/components/schemas/NewFish" }
        - { type: object, required: [id], properties: { id: { type: integer } } }
    NewFish:
      type: object
      required: [name]
      properties:
        name: { type: string, maxLength: 20 }
        weight: { type: [number, "null"] }
        home:
          type: object
          properties:
            depth: { type: number, minimum: 0 }
    # The same said in another way, as the other description may.
    Cat: { type: object, properties: { lives: { type: integer } } }
    Dog: { type: object, properties: { bone: { type: string } } }
`;
const base = parse(ours) as Json;
// The other one says the same in the words of OpenAPI 3.0 and with one schema instead of two joined.
const theirs = ours.replace('3.1.0', '3.0.3').replace('type: [number, "null"]', 'type: number, nullable: true').replace(/ {4}Fish:\n(?: {6}.*\n)+/, `    Fish:
      type: object
      required: [name, id]
      properties:
        id: { type: integer }
        name: { type: string, maxLength: 20 }
        weight: { type: number, nullable: true }
        home: { type: object, properties: { depth: { type: number, minimum: 0 } } }
`);

/** What is told when one thing in the other description is changed. */
const after = (from: string | RegExp, to: string, mine: Json = base): Difference[] => {
  expect(theirs).toMatch(from);
  return compareDescriptions(mine, parse(theirs.replace(from, to)) as Json) as Difference[];
};

test('the same said in two ways is no difference', () => {
  expect(compareDescriptions(base, parse(theirs) as Json)).toEqual([]);
});

describe('each kind of difference is told with its operation and place', () => {
  const cases: [string, string | RegExp, string, Difference[]][] = [
    ['an operation that only they have', 'paths:', 'paths:\n  /ponds:\n    get: { operationId: ListPonds, responses: {} }', [{ operation: 'ListPonds', place: '', what: 'added', theirs: 'GET /ponds' }]],
    ['an operation that only we have', /\n {4}post:[^]*(?=\ncomponents:)/, '', [{ operation: 'AddFish', place: '', what: 'removed', ours: 'POST /ponds/{pondId}/fish' }]],
    ['another path', '/ponds/{pondId}/fish:', '/lakes/{pondId}/fish:', ['ListFish', 'AddFish'].map((operation) => ({ operation, place: '', what: 'path', ours: '/ponds/{pondId}/fish', theirs: '/lakes/{pondId}/fish' }))],
    ['another tag', 'tags: [Fish]', 'tags: [Animals]', [{ operation: 'ListFish', place: '', what: 'tag', ours: ['Fish'], theirs: ['Animals'] }]],
    ['a deprecation', 'operationId: AddFish', 'operationId: AddFish\n      deprecated: true', [{ operation: 'AddFish', place: '', what: 'deprecated', ours: false, theirs: true }]],
    ['other authorization', 'operationId: AddFish', 'operationId: AddFish\n      security: []', [{ operation: 'AddFish', place: '', what: 'security', ours: ['pond-key'], theirs: [] }]],
    ['a parameter more', '- { name: limit', '- { name: page, in: query, schema: { type: integer } }\n        - { name: limit', [{ operation: 'ListFish', place: '/parameters/query/page', what: 'added' }]],
    ['a parameter less', /\n.*name: kind.*/, '', [{ operation: 'ListFish', place: '/parameters/query/kind', what: 'removed' }]],
    ['a parameter elsewhere', 'name: kind, in: query', 'name: kind, in: header', [{ operation: 'ListFish', place: '/parameters/query/kind', what: 'removed' }, { operation: 'ListFish', place: '/parameters/header/kind', what: 'added' }]],
    ['a required parameter', 'name: kind, in: query', 'name: kind, in: query, required: true', [{ operation: 'ListFish', place: '/parameters/query/kind', what: 'required', ours: false, theirs: true }]],
    ['a parameter\'s type', 'type: integer, minimum: 1', 'type: number, minimum: 1', [{ operation: 'ListFish', place: '/parameters/query/limit', what: 'type', ours: ['integer'], theirs: ['number'] }]],
    ['a default', 'default: 25', 'default: 10', [{ operation: 'ListFish', place: '/parameters/query/limit', what: 'default', ours: 25, theirs: 10 }]],
    ['a limit', 'maximum: 50', 'maximum: 99', [{ operation: 'ListFish', place: '/parameters/query/limit', what: 'maximum', ours: 50, theirs: 99 }]],
    ['allowed values', '[carp, koi]', '[koi, carp, eel]', [{ operation: 'ListFish', place: '/parameters/query/kind', what: 'enum', ours: ['carp', 'koi'], theirs: ['koi', 'carp', 'eel'] }]],
    ['how a list is sent', 'explode: false', 'explode: true', [{ operation: 'ListFish', place: '/parameters/query/names', what: 'explode', ours: false, theirs: true }]],
    ['whether a body is required', 'requestBody:\n        required: true', 'requestBody:\n        required: false', [{ operation: 'AddFish', place: '/requestBody', what: 'required', ours: true, theirs: false }]],
    ['no body at all', / {6}requestBody:\n(?: {8}.*\n)+/, '', [{ operation: 'AddFish', place: '/requestBody', what: 'removed' }]],
    ['the body\'s media type', /(requestBody:[^]*?)application\/json/, '$1text/csv', [{ operation: 'AddFish', place: '/requestBody/application~1json', what: 'removed' }, { operation: 'AddFish', place: '/requestBody/text~1csv', what: 'added' }]],
    ['an answer more', '"404": {', '"409": { description: Full. }\n        "404": {', [{ operation: 'ListFish', place: '/responses/409', what: 'added' }]],
    ['an answer less', /\n.*"404":.*/, '', [{ operation: 'ListFish', place: '/responses/404', what: 'removed' }]],
    ['an answer\'s media type', '"404": { description: No pond. }', '"404": { description: No pond., content: { text/plain: {} } }', [{ operation: 'ListFish', place: '/responses/404/text~1plain', what: 'added' }]],
    ['a property deep in an answer', / {8}id: \{ type: integer \}\n/, '        id: { type: string }\n', [{ operation: 'ListFish', place: '/responses/200/fish/[]/id', what: 'type', ours: ['integer'], theirs: ['string'] }]],
    ['a required property of an answer', 'required: [fish]', 'required: []', [{ operation: 'ListFish', place: '/responses/200/fish', what: 'required', ours: true, theirs: false }]],
    ['a required property that nobody describes', 'required: [fish]', 'required: [fish, frog]', [{ operation: 'ListFish', place: '/responses/200', what: 'required but not described', ours: [], theirs: ['frog'] }]],
    ['a nullable property', /(NewFish:[^]*weight: \{ type: number), nullable: true/, '$1', [{ operation: 'AddFish', place: '/requestBody/weight', what: 'nullable', ours: true, theirs: false }]],
    ['a property deep in a body', /(NewFish:[^]*)depth: \{ type: number, minimum: 0 \}/, '$1depth: { type: integer, minimum: 2 }', [
      { operation: 'AddFish', place: '/requestBody/home/depth', what: 'type', ours: ['number'], theirs: ['integer'] },
      { operation: 'AddFish', place: '/requestBody/home/depth', what: 'minimum', ours: 0, theirs: 2 },
    ]],
    ['a property of a body more', /( {4}NewFish:[^]*?properties:\n)/, '$1        colour: { type: string }\n', [{ operation: 'AddFish', place: '/requestBody/colour', what: 'added' }]],
  ];
  test.each(cases)('%s', (_title, from, to, expected) => {
    const found = after(from, to).map((one) => Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined)));
    expect(found).toEqual(expected);
  });

  test('one shape of several: those of one name are compared, the others told', () => {
    const [mine, other] = [['Cat', 'Dog'], ['Cat', 'Fish']].map((names, at) => {
      const document = parse(at === 0 ? ours : theirs.replace('lives: { type: integer }', 'lives: { type: string }')) as { components: { schemas: Record<string, Json> } };
      document.components.schemas.FishList = { anyOf: names.map((name) => ({ $ref: `#/components/schemas/${name}` })) };
      return document;
    });
    expect((compareDescriptions(mine, other) as Difference[]).map(({ place, what }) => `${what} ${place}`)).toEqual(['removed /responses/200/<Dog>', 'added /responses/200/<Fish>', 'type /responses/200/<Cat>/lives']);
  });
});

test('operations that we say a version lacks are not missed in it', () => {
  const marked = (fields: Json) => {
    const document = parse(ours) as { paths: Record<string, { post: Json }> };
    Object.assign(document.paths['/ponds/{pondId}/fish']!.post, fields);
    return after(/\n {4}post:[^]*(?=\ncomponents:)/, '', document as unknown as Json).map(({ what }) => what);
  };
  expect(marked({ 'x-since': '2.0.1' })).toEqual([]);
  expect(marked({ 'x-since': '>2.0.0' })).toEqual([]);
  expect(marked({ 'x-since': '2.0.0' })).toEqual(['removed']);
  expect(marked({ 'x-removed': '2.0.0' })).toEqual([]);
  expect(marked({ 'x-removed': '2.0.1' })).toEqual(['removed']);
  expect(marked({ 'x-undocumented': true })).toEqual([]);
  expect([compareVersions('1.9.0', '1.16.0'), compareVersions('1.42.0', '1.42.0'), compareVersions('2.0.0', '1.42.0')]).toEqual([-1, 0, 1]);
});

describe('exceptions', () => {
  const difference = { operation: 'ListFish', place: '/responses/200/fish/[]/id', what: 'type', ours: ['integer'], theirs: ['string'] };
  const left = (entry: Json) => sift([difference], [{ reason: 'said', ...entry }]).open.length;

  test('a place is told with one step or any number of steps left open', () => {
    expect(placePattern('/responses/*/fish/[]/id').test(difference.place)).toBe(true);
    expect(placePattern('/responses/**/id').test('/responses/id')).toBe(true);
    expect(placePattern('/responses/*/id').test(difference.place)).toBe(false);
    expect(placePattern('/**').test('')).toBe(true);
    expect(placePattern('/responses/200/f.sh').test('/responses/200/fish')).toBe(false);
  });
  test('an exception holds for its operation, place, kind and values alone', () => {
    expect(left({ place: '/responses/**' })).toBe(0);
    expect(left({ operation: 'List*', place: '/responses/**', what: ['type', 'enum'], theirs: ['string'] })).toBe(0);
    expect(left({ operation: ['AddFish', 'ListFish'], place: ['/requestBody/**', '/responses/**'] })).toBe(0);
    expect(left({ operation: 'AddFish', place: '/responses/**' })).toBe(1);
    expect(left({ place: '/requestBody/**' })).toBe(1);
    expect(left({ place: '/responses/**', what: 'required' })).toBe(1);
    expect(left({ place: '/responses/**', theirs: 'none' })).toBe(1);
    expect(left({ place: '/responses/**', ours: ['string'] })).toBe(1);
  });
  test('one that explains nothing is stale', () => {
    const [used, idle] = [{ place: '/responses/**', reason: 'said' }, { place: '/parameters/**', reason: 'said' }];
    expect(sift([difference], [used, idle])).toMatchObject({ open: [], explained: 1, stale: [idle] });
  });
  test('every entry of the file has its reason', async () => {
    const { exceptions, wire, sdk } = await readExceptions();
    expect(exceptions.length).toBeGreaterThan(10);
    for (const { reason } of [...exceptions, ...wire, ...sdk]) expect(reason).toMatch(/^[A-Za-z`].{15,}\.$/s);
  });
});

describe('the command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'obx-diff-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const written = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'scripts/api/diff.mjs'), ...args], { encoding: 'utf8' });
    return { status, stdout, stderr };
  };

  test.each([
    ['nothing', [], /^Name one file\./],
    ['a file that is not there', [join(folder, 'nowhere.yaml')], /nowhere\.yaml: there is no such file\n$/],
    ['a folder', [folder], /cannot be read/],
    ['what is not YAML', [written('broken.yaml', 'a: [1\nb: }')], /broken\.yaml: not YAML: .+\n$/],
    ['what is not a description', [written('other.yaml', 'name: pond')], /other\.yaml: not an OpenAPI document/],
    ['an older kind of description', [written('old.json', '{"swagger":"2.0","paths":{}}')], /Swagger 2\.0; only OpenAPI 3 is read/],
  ])('%s is told in a line and ends with 2', (_what, args, words) => {
    const { status, stdout, stderr } = run(...args);
    expect(stderr).toMatch(words);
    expect(stderr).not.toContain('    at ');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });
  test('what differs ends with 1 and stands under its operation; our own description with 0', () => {
    const own = JSON.parse(readFileSync(join(root, 'src/api/generated/openapi.json'), 'utf8')) as { info: Json; paths: Record<string, Json> };
    expect(run(written('own.json', JSON.stringify(own)))).toMatchObject({ status: 0, stdout: '' });
    delete own.paths['/aggregation/v1/customers'];
    const { status, stdout } = run(written('less.json', JSON.stringify(own)));
    expect(stdout).toBe('GetCustomers\n  - removed GET /aggregation/v1/customers\n\n');
    expect(status).toBe(1);
  });
});

// The official file is no part of the project; where it is there, ours must agree with it.
if (existsSync(officialFile('1.42.0'))) {
  test('our description agrees with the official one, save for what api/exceptions.yaml explains', async () => {
    const mine = JSON.parse(readFileSync(join(root, 'src/api/generated/openapi.json'), 'utf8')) as Json;
    const { against, exceptions } = await readExceptions();
    const official = await readOpenApi(officialFile('1.42.0'));
    expect(official.info.version).toBe(against);
    const { open, stale } = sift(compareDescriptions(mine, official), exceptions);
    expect(report(open), 'run npm run api:diff on the official file').toBe('');
    expect(stale, 'exceptions that explain nothing any more').toEqual([]);
  });
}
