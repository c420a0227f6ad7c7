// XML read and written, what Accept comes to, nulls put in and taken out, and how each family writes an error.
import { describe, expect, test } from 'vitest';
import type { OperationEntry } from '../../src/api/catalogue.ts';
import { wantedType } from '../../src/sandbox/accept.ts';
import { errorReply, wrongAppKey } from '../../src/sandbox/errors.ts';
import { withNulls } from '../../src/sandbox/nulls.ts';
import { ApiFault } from '../../src/sandbox/types.ts';
import { createWireSchemas } from '../../src/sandbox/wireSchemas.ts';
import { toXml } from '../../src/sandbox/xml.ts';
import { bodyOf, singular, writeXml } from '../../src/sandbox/xmlBody.ts';
import { readXml, XmlError } from '../../src/sandbox/xmlRead.ts';

const document = {
  paths: {},
  components: {
    schemas: {
      Pets: {
        type: 'object', required: ['pets'],
        properties: { found: { type: 'integer' }, more: { type: 'boolean' }, pets: { type: 'array', items: { $ref: '#/components/schemas/Pet' } }, days: { type: 'array', items: { type: 'string' } } },
      },
      Pet: {
        allOf: [{ $ref: '#/components/schemas/Named' }],
        type: 'object', required: ['id'],
        properties: {
          id: { type: 'string' }, age: { type: ['integer', 'null'] }, weight: { type: 'number' }, kind: { type: 'string' }, chipped: { type: 'boolean' },
          toys: { type: 'array', items: { type: 'object', properties: { label: { type: 'string' }, toy: { type: 'string' } } } },
          owner: { oneOf: [{ $ref: '#/components/schemas/Named' }, { type: 'null' }] }, marks: { type: 'array', items: { type: 'integer' } },
        },
      },
      Named: { type: 'object', properties: { name: { type: ['string', 'null'] } } },
      Home: { type: 'object', xml: { name: 'house' }, properties: { '401k': { type: 'string' } } },
    },
  },
};
const schemas = createWireSchemas(document);
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const paged = { paging: { by: 'record', items: 'pets' } } as OperationEntry;
const plain = {} as OperationEntry;
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

describe('an answer as XML', () => {
  test('is a list named by its array, with what stands beside it as attributes', () => {
    const body = { found: 2, more: false, nothing: null, pets: [{ id: '1', age: null, name: 'Rex & <Co>' }, { id: '2', marks: [3, 4], toys: [{ label: 'ball' }] }], days: ['mon'] };
    expect(writeXml(paged, body, ref('Pets'), schemas)).toBe(`${head}<pets found="2" more="false"><pet><id>1</id><name>Rex &#38; &#60;Co&#62;</name></pet>`
      + '<pet><id>2</id><marks><mark>3</mark><mark>4</mark></marks><toys><toy><label>ball</label></toy></toys></pet><days><day>mon</day></days></pets>');
    expect(writeXml(paged, { found: 0, more: false, pets: [] }, ref('Pets'), schemas)).toBe(`${head}<pets found="0" more="false"></pets>`);
  });
  test('is a record named by its schema, or as the schema says', () => {
    expect(writeXml(plain, { id: '7' }, ref('Pet'), schemas)).toBe(`${head}<pet><id>7</id></pet>`);
    expect(writeXml(plain, { '401k': 'yes' }, ref('Home'), schemas)).toBe(`${head}<house><_401k>yes</_401k></house>`);
  });
  test('leaves out what XML cannot carry', () => {
    expect(toXml('a', { b: 'x\u0000\u001by\ud800z 🦊' })).toBe(`${head}<a><b>xyz 🦊</b></a>`);
  });
  test.each([['accounts', 'account'], ['categories', 'category'], ['addresses', 'address'], ['boxes', 'box'], ['balances', 'balance'], ['status', 'status'], ['address', 'address'], ['position', 'position'], ['days', 'day']])('the entries of %s are called %s', (many, one) => {
    expect(singular(many)).toBe(one);
  });
});

describe('a body from XML', () => {
  const read = (text: string, name = 'Pet') => bodyOf(readXml(text), ref(name), schemas);
  test('has the types that the schema says', () => {
    expect(read('<pet><id>007</id><age>4</age><weight>3.5</weight><chipped>true</chipped><name>12</name><owner><name>Ann</name></owner></pet>'))
      .toEqual({ id: '007', age: 4, weight: 3.5, chipped: true, name: '12', owner: { name: 'Ann' } });
  });
  test('leaves to the validation what is not of its type, and loses no digit', () => {
    expect(read('<pet><age>many</age><chipped>yes</chipped><weight>9007199254740993</weight><colour>red</colour></pet>')).toEqual({ age: 'many', chipped: 'yes', weight: '9007199254740993', colour: 'red' });
  });
  test.each([
    ['wrapped', '<marks><mark>1</mark><mark>2</mark></marks>', { marks: [1, 2] }],
    ['wrapped under any name', '<marks><int>1</int><int>2</int></marks>', { marks: [1, 2] }],
    ['repeated', '<marks>1</marks><marks>2</marks>', { marks: [1, 2] }],
    ['repeated in the singular', '<mark>1</mark><mark>2</mark>', { marks: [1, 2] }],
    ['alone', '<marks>1</marks>', { marks: [1] }],
    ['empty', '<marks/>', { marks: [] }],
    ['of records', '<toys><toy><label>a</label></toy><toy><label>b</label></toy></toys>', { toys: [{ label: 'a' }, { label: 'b' }] }],
    ['one record without a wrapper', '<toys><label>a</label></toys>', { toys: [{ label: 'a' }] }],
  ])('takes an array %s', (_, inner, body) => {
    expect(read(`<pet>${inner}</pet>`)).toEqual(body);
  });
  test('takes attributes for fields, nil and an empty number for null, and skips what is about XML', () => {
    expect(read('<?xml version="1.0"?><!-- x --><p:pet xmlns:p="urn:x" xmlns:xsi="urn:i" xsi:schemaLocation="a b" id="1" age="5"><name xsi:nil="true"/></p:pet>')).toEqual({ id: '1', age: 5, name: null });
    expect(read('<pet><age> </age><kind></kind></pet>')).toEqual({ age: null, kind: '' });
  });
  test('reads back what an answer was', () => {
    const body = { found: 1, more: true, pets: [{ id: '1', age: 3, toys: [], marks: [1], name: 'Zoë' }], days: ['a', 'b'] };
    expect(read(writeXml(paged, body, ref('Pets'), schemas), 'Pets')).toEqual(body);
  });
  test('a field with a name that means something to the language is a field', () => {
    const body = read('<pet><__proto__><polluted>1</polluted></__proto__></pet>') as object;
    expect(Object.keys(body)).toEqual(['__proto__']);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe('XML that is not taken', () => {
  test.each([
    '', 'text', '<a>', '<a></b>', '<a/><b/>', '<a/>tail', '<a b=c/>', '<a', '<a><!-- </a>', '<a><![CDATA[ </a>', '< a/>', '<a>&nbsp;</a>', '<a>&</a>', '<a>&#0;</a>', '<a>&#xd800;</a>', '</a>', '<?x',
    '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>', '<a>'.repeat(70) + '</a>'.repeat(70),
  ])('%j', (text) => {
    expect(() => readXml(text)).toThrow(XmlError);
  });
  test('and what is: entities, CDATA, instructions, signs beyond the first plane', () => {
    expect(readXml('\ufeff<?xml version="1.0"?>\n<a x=\'"1"\'> &lt;&amp;&#65;&#x1F98A;<![CDATA[<b>&]]> <?pi?><c/></a>\n')).toEqual({
      name: 'a', attributes: { x: '"1"' }, text: ' <&A🦊<b>& ', children: [{ name: 'c', attributes: {}, text: '', children: [] }],
    });
  });
  test('is found out quickly, however large', () => {
    const started = performance.now();
    for (const text of ['<a '.repeat(300_000), `<a ${'b="" '.repeat(300_000)}`, `<a>${'<b/>'.repeat(300_000)}`, `<a>${'&'.repeat(1_000_000)}`, `<a>${' '.repeat(2_000_000)}`]) expect(() => readXml(text)).toThrow(XmlError);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

test.each([
  ['application/json', 'json', 'json'], ['application/json, text/plain, */*', 'json', 'json'], ['application/json;charset=utf-8', 'json', 'json'], ['application/json, */*;q=0.1', 'json', 'json'],
  ['', 'xml', 'json'], ['*/*', 'xml', 'json'], ['application/*', 'xml', 'json'], ['application/xml', 'xml', 'json'], ['text/xml', 'xml', 'json'], ['application/xml, application/json;q=0.9', 'xml', 'json'],
  ['application/xml;q=0.5, application/json', 'json', 'json'], ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'xml', 'json'], ['application/pdf', 'pdf', 'pdf'],
  ['application/pdf, application/json;q=0.5', 'pdf', 'pdf'], ['application/octet-stream', 'other', 'other'], ['text/csv', 'other', 'other'], ['application/json;q=0, */*', 'xml', 'json'],
] as const)('Accept %j is %s in the aggregation families and %s elsewhere', (accept, aggregation, elsewhere) => {
  expect([wantedType(accept, '/aggregation/v1/customers'), wantedType(accept, '/decisioning/v3/customers/1/reports/2')]).toEqual([aggregation, elsewhere]);
});

test('nulls by rule: as answered, where described, everywhere, nowhere', () => {
  const answer = { found: 1, more: false, pets: [{ id: '1', age: null, owner: { name: null }, marks: undefined, unknown: null }] };
  const pet = (rule: Parameters<typeof withNulls>[3]) => (withNulls(answer, ref('Pets'), schemas, rule) as typeof answer).pets[0];
  expect(pet('answered')).toEqual(answer.pets[0]);
  expect(pet('described')).toEqual({ id: '1', age: null, owner: { name: null }, unknown: null, name: null });
  expect(pet('everywhere')).toEqual({ id: '1', age: null, owner: { name: null }, unknown: null, name: null, weight: null, kind: null, chipped: null, toys: null, marks: null });
  expect(pet('never')).toEqual({ id: '1', owner: {} });
  expect(answer.pets[0]?.age).toBeNull();
});

describe('an error', () => {
  const fault = new ApiFault(404, 14001, 'Missing parameter (Finicity-App-Token)');
  const body = (path: string, error = fault) => errorReply(error, path, 'json').json;
  test('is flat, its code a number, in most families', () => {
    for (const path of ['/aggregation/v1/customers', '/decisioning/v1/consumers/1', '/institution/v2/institutions', '/microentry/v1/customers/1', '/business-services/businesses/1', '/transfer/customers/1/deposit-switches']) {
      expect(body(path), path).toEqual({ code: 14001, message: fault.message });
    }
    expect(body('/data-enrichment/transactions', new ApiFault(400, 14020, 'x', { externalTransactionId: 'a' }))).toEqual({ code: 14020, message: 'x', externalTransactionId: 'a' });
  });
  test('has its code as text, the status and a wording for the user from Connect and from consents', () => {
    expect(body('/connect/v2/generate')).toEqual({ code: '14001', status: '404', message: fault.message, user_message: expect.stringMatching(/\w/), tags: '' });
    expect(body('/connect/v2/generate/fix', new ApiFault(404, 38007, 'x', { title: 'T', level: 'error' }))).toMatchObject({ code: '38007', title: 'T', level: 'error' });
    expect(body('/data-sharing-consents')).toEqual({ code: '14001', status: '404', message: 'Missing parameter (App-Token)', user_message: '' });
  });
  test('is wrapped in the webhook subscriptions and, all text, in the Connect components', () => {
    expect(body('/notification-subscriptions/webhooks')).toEqual({
      Errors: { Error: [{ source: expect.any(String), reasonCode: 1501, description: 'Missing parameter (App-Token)', recoverable: false, details: null }] },
    });
    expect(body('/connect-components/configurations')).toEqual({
      Errors: { Error: [{ Source: 'Connect-Components', ReasonCode: '4041', Description: fault.message, Recoverable: false, Details: fault.message }] },
    });
  });
  test('repeats the status in the old analytics, and has a tracking id in single portfolios', () => {
    expect(body('/analytics/balance/v1/customer/1', new ApiFault(409, 409, 'x'))).toEqual({ errorCode: 409, message: 'x' });
    expect(body('/decisioning/v1/portfolios/1-port')).toMatchObject({ trackingId: expect.stringMatching(/^[\da-f-]{36}$/), code: 14001, status: '404' });
  });
  test('of a wrong key is the gateway\'s text, and JSON in the families that refuse it themselves', () => {
    expect(wrongAppKey('/aggregation/v1/customers').text?.data).toBe('Invalid (Finicity-App-Key)');
    expect(wrongAppKey('/decisioning/customers/1/sbca').json).toEqual({ code: 10027, message: 'Invalid parameter (Finicity-App-Key)' });
    expect(wrongAppKey('/data-sharing-consents').json).toMatchObject({ code: '10027', message: 'Invalid parameter (App-Key)' });
  });
});
