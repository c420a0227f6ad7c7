import { expect, test } from 'vitest';
import { operation } from '../../src/api/catalogue.ts';
import { requestDocumentSchema } from '../../src/api/schemas.ts';
import { parseRequest, RequestDocumentError, requestText } from '../../src/commands/operations/requestDocument.ts';

const fault = (text: string): RequestDocumentError => {
  try {
    parseRequest(text);
  } catch (error) {
    if (error instanceof RequestDocumentError) return error;
    throw error;
  }
  throw new Error('it was accepted');
};

test('a request made for a node names its ids and reads back as the same call', () => {
  const text = requestText(operation('GetCustomer'), { customerId: '7200000001', accountId: '8' });
  const request = parseRequest(text);
  expect(request.entry.operationId).toBe('GetCustomer');
  expect(request.input).toEqual({ customerId: '7200000001' });
});

test('a request with a body starts with the properties that are required', () => {
  expect(JSON.parse(requestText(operation('AddTestingCustomer'))).body).toEqual({ username: '' });
});

test('credentials never get a place in a request document', () => {
  expect(requestText(operation('CreateToken'))).not.toMatch(/secret/i);
});

test('what is wrong is said, with its place', () => {
  const comma = fault('{ "operation": "GetCustomer",\n  "parameters": { "customerId": "1", } }');
  expect(comma.message).toMatch(/not valid JSON/);
  expect(comma.message).toMatch(/trailing commas/);
  expect(comma.offset).toBeGreaterThan(30);
  expect(fault('').message).toMatch(/not valid JSON/);
  expect(fault('[]').message).toMatch(/JSON object/);
  expect(fault('{}').message).toMatch(/"operation" is missing/);
  expect(fault('{"operation":"GetCustomr"}').message).toMatch(/no operation "GetCustomr"/);
  expect(fault('{"operation":"GetCustomer","parameters":{"customerID":"1"}}').message).toMatch(/no parameter "customerID"; it has customerId/);
  expect(fault('{"operation":"GetCustomer","parameters":{"customerId":"1"},"body":{}}').message).toMatch(/takes none/);
  expect(fault('{"operation":"GetCustomer","parameters":{"customerId":"1"},"bdy":{}}').message).toMatch(/"bdy" is not part/);
});

test('the Python SDK\'s name finds the operation as well', () => {
  expect(parseRequest('{"operation":"customers.get_by_id","parameters":{"customerId":"1"}}').entry.operationId).toBe('GetCustomer');
});

test('the schema of a request knows parameters, body and every definition it refers to', () => {
  const schema = requestDocumentSchema('AddTestingCustomer');
  const text = JSON.stringify(schema);
  for (const [, name] of text.matchAll(/#\/definitions\/([^"]+)/g)) expect(Object.keys(schema.definitions as object)).toContain(name);
  expect(text).not.toContain('#/components');
  expect(schema.required).toEqual(['operation', 'body']);
});
