import { describe, expect, test } from 'vitest';
import { operation } from '../../src/api/catalogue.ts';
import { requestDocumentSchema } from '../../src/api/schemas.ts';
import { changed, namesCredential, parseRequest, readRequest, RequestDocumentError, setBody, setDraft, setPart, setValue, unkeptDraft } from '../../src/requests/document.ts';
import { requestText, requestTextOf } from '../../src/requests/newRequest.ts';

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

test.each([
  '{ "partnerSecret": "s3cret", ', '{ "username": "x", "appKey": "0123abcd" }', "curl -H 'Finicity-App-Key: 0123abcd' https://x", '{ partnerSecret = s3cret', '{ “partnerSecret”: “s3cret” }', '«partner_secret»: «x»', 'partnerSecret: ‘x’',
  '<partnerSecret>s3cret</partnerSecret>', '.header("Finicity-App-Key", "abc")', "headers.set('Finicity-App-Token', 'abc')", 'set("partnerSecret",\n "abc")', '"{\\"partnerSecret\\":\\"s3cret\\"}"', '\\\\\\"partnerSecret\\\\\\": \\\\\\"s3', '{"partner\\u0053ecret":"x"',
  '{"partnerSecret": ["x"]', '{"partnerSecret": {"a":"x"}', 'partnerSecret => "x"', 'Authorization: Bearer abc', '{"newPartnerSecret":\n\n   "x"', 'appKey=abc', '"appKey" : 12', '{"partnerSecret": "-abc"',
])('a text that gives a credential is told from others, however it is written: %s', (text) => {
  expect(namesCredential(text)).toBe(true);
  const document = requestText(operation('AddTestingCustomer'));
  const { changes, kept } = setDraft(document, text);
  expect(kept).toBe(false);
  expect(JSON.parse(changed(document, changes))).toEqual({ ...JSON.parse(document), bodyDraft: unkeptDraft });
});

test.each([
  '{ "partnerSecret": "", "x": 1', '{ "appKey": null, "x', '{"notes": "authorization is required"', '{"partnerSecret": ', '{"partnerSecret":{}', '{ "authorizationId": 1', '{"name": "The partner secret, which"', '{"authorization": "" }\n', '{"x":"authorization", "username": "y"}',
])('a text that names one and gives none is kept: %s', (text) => {
  expect(namesCredential(text)).toBe(false);
});

test('a body takes the place of the draft without cutting a character in two', () => {
  const before = requestTextOf(operation('AddTestingCustomer'), { parameters: {}, body: { username: '😀' } });
  const text = changed(before, setDraft(before, '{').changes);
  for (const username of ['😁', '🐀', '😀😀', '😀x']) {
    const changes = setBody(text, JSON.stringify({ username }));
    if ('problem' in changes) throw new Error(changes.problem.message);
    expect(JSON.parse(changed(text, changes))).toMatchObject({ body: { username } });
    for (const { offset, length, content } of changes) for (const piece of [text.slice(0, offset), text.slice(offset, offset + length), text.slice(offset + length), content]) expect(new TextDecoder().decode(new TextEncoder().encode(piece)), piece).toBe(piece);
  }
});

test('what a body takes the place of does not count for its size', () => {
  const body = (letter: string): string => JSON.stringify({ username: letter.repeat(7_000_000) });
  const first = setBody(requestText(operation('AddTestingCustomer')), body('a'));
  if ('problem' in first) throw new Error(first.problem.message);
  const text = changed(requestText(operation('AddTestingCustomer')), first);
  expect(setBody(text, body('b'))).not.toHaveProperty('problem');
  expect(setDraft(text, `{ "username": "${'c'.repeat(6_000_000)}`).kept).toBe(false);
});

test('credentials never get a place in a request document', () => {
  expect(requestText(operation('CreateToken'))).not.toMatch(/secret/i);
});

const request = (rest: string): string => `{ "operation": "GetCustomer", "parameters": { "customerId": "1" }${rest} }`;
const messages = (text: string): string[] => readRequest(text).problems.map(({ message }) => message);
/** What the first problem is about, as it stands in the text. */
const marked = (text: string): string => {
  const [first] = readRequest(text).problems;
  return text.slice(first!.offset, first!.offset + first!.length);
};

describe('text that is no JSON is told in words, with its line', () => {
  const lines = (...given: string[]): string => ['{', '  "operation": "AddTestingCustomer",', ...given, '}'].join('\n');

  test.each<[string, string, RegExp]>([
    ['a line comment', lines('  "body": { "username": "a" } // mine'), /^A comment at line 3: JSON has none\.$/],
    ['a block comment', lines('  /* mine', '  */ "body": { "username": "a" }'), /^A comment at line 3/],
    ['a comment as scripts write it', lines('  # mine', '  "body": { "username": "a" }'), /^A comment at line 3/],
    ['a comma too many', lines('  "body": {', '    "username": "a",', '  }'), /^A comma before } at line 4: JSON takes none/],
    ['a comma too many in a list', lines('  "body": { "username": [1, ] }'), /^A comma before ] at line 3/],
    ['a comma missing', lines('  "title": "a"', '  "body": { "username": "a" }'), /^A comma is missing at the end of line 3/],
    ['a colon missing', lines('  "body" { "username": "a" }'), /^A colon is missing .* at line 3/],
    ['a value missing', lines('  "body": ,', '  "title": "x"'), /^A value is missing at line 3/],
    ['a name without quotes', lines('  body: { "username": "a" }'), /at line 3 .*double quotes/],
    ['single quotes', lines('  "body": { \'username\': "a" }'), /^A text in single quotes at line 3/],
    ['a space that is none of JSON\'s', lines('  \u00a0"body": { "username": "a" }'), /^A space at line 3 that JSON does not know \(U\+00A0\): put a plain one/],
    ['typographic quotes', lines('  “body”: { "username": "a" }'), /^Typographic quotes at line 3/],
    ['Python\'s words', lines('  "body": { "username": None }'), /^None at line 3: JSON knows true, false and null/],
    ['a zip code as a number', lines('  "body": { "username": 01234 }'), /^A number that begins with 0 at line 3/],
    ['a number of no form', lines('  "body": { "username": 1. }'), /^A number at line 3/],
    ['a quote missing at the end', lines('  "body": { "username": "a }', '  , "title": "x"'), /^A text at line 3 has no double quote at its end/],
    ['a path of Windows', lines('  "body": { "username": "C:\\dana" }'), /^A backslash at line 3/],
    ['a bad unicode escape', lines('  "body": { "username": "\\u12" }'), /^A \\u without four/],
    ['a tab inside a text', lines('  "body": { "username": "a\tb" }'), /^A tab .* at line 3/],
    ['a file cut in half', lines('  "body": {', '    "username": "a').replace(/"a\n}$/, ''), /^It ends too early: the \{ at line 3 is never closed|^A value is missing/],
    ['text after the end', `${lines('  "title": "a"')}\nand more`, /^Something at line 5|^Text after the end at line 5/],
    ['two documents', `${lines('  "title": "a"')}\n{}`, /^Text after the end at line 5/],
    ['nothing', ' \r\n', /^There is nothing in it/],
    ['a conflict of a merge', lines('<<<<<<< HEAD', '  "title": "a"', '=======', '  "title": "b"', '>>>>>>> other'), /^Something at line 3/],
  ])('%s', (_what, text, says) => {
    const { request: read, problems } = readRequest(text);
    expect(read).toBeUndefined();
    expect(problems[0]!.message).toMatch(says);
    for (const { offset, length } of problems) {
      expect(offset).toBeGreaterThanOrEqual(0);
      expect(offset + Math.max(0, length - 1)).toBeLessThanOrEqual(text.length);
    }
    expect(fault(text)).toMatchObject({ message: problems[0]!.message, offset: problems[0]!.offset });
  });

  test('on one line the column is told', () => {
    expect(messages(request(', "notes": "x", /* here */ "title": "y"'))[0]).toMatch(/^A comment at column \d+/);
  });

  test('several are told, each once and in order', () => {
    expect(messages(lines('  // one', '  "title": "a", // two', '  "notes": [1, 2,],', '  "body": { "username": "a", }')))
      .toEqual([expect.stringMatching(/comment at line 3/), expect.stringMatching(/comment at line 4/), expect.stringMatching(/comma before ] at line 5/), expect.stringMatching(/comma before } at line 6/)]);
  });

  test('a comma before a bracket on the next line is one fault', () => {
    expect(messages(lines('  "body": { "username": "a" },'))).toEqual([expect.stringMatching(/^A comma before } at line 3/)]);
  });

  test('the text itself is never repeated: it may be private', () => {
    for (const text of [request(', "notes": 9-99-1234'), request(', "notes": "9991234'), request(', "notes": abc9991234')]) expect(messages(text).join()).not.toContain('999');
  });

  test('brackets without end are no stack without end', () => {
    expect(messages(`{ "body": ${'['.repeat(100_000)}`)).toEqual([expect.stringMatching(/More than 200 levels/)]);
    expect(messages('{"a":'.repeat(5_000))).toEqual([expect.stringMatching(/More than 200 levels/)]);
  });

  test('a byte order mark and line ends of Windows are fine, and count', () => {
    const text = `\uFEFF${requestText(operation('GetCustomer'), { customerId: '7' }).replaceAll('\n', '\r\n')}`;
    expect(parseRequest(text).input).toEqual({ customerId: '7' });
    expect(messages(text.replace('"customerId"', '// c\r\n"customerId"'))).toEqual([expect.stringMatching(/line 6/)]);
  });
});

describe('JSON that is no request is told with its place', () => {
  test.each<[string, string, RegExp, string]>([
    ['no object', '[]', /JSON object/, '[]'],
    ['no operation', '{}', /"operation" is missing/, '{'],
    ['an operation that is no text', '{"operation":7}', /"operation" is missing/, '7'],
    ['an unknown operation', '{"operation":"GetCustomr"}', /no operation "GetCustomr"\. Perhaps "GetCustomer"/, '"GetCustomr"'],
    ['one in other letters', '{"operation":"getcustomer"}', /Perhaps "GetCustomer"/, '"getcustomer"'],
    ['nonsense', '{"operation":"xyzzy"}', /"Run Operation" lists/, '"xyzzy"'],
    ['an unknown parameter', '{"operation":"GetCustomer","parameters":{"customerID":"1"}}', /no parameter "customerID"; it has customerId/, '"customerID"'],
    ['parameters that are a list', '{"operation":"GetCustomer","parameters":["1"]}', /"parameters" must be an object/, '["1"]'],
    ['a body for none', request(', "body": {}'), /takes no body/, '"body"'],
    ['a draft of a body for none', request(', "bodyDraft": "{"'), /"bodyDraft": GetCustomer takes no body/, '"bodyDraft"'],
    ['a draft that gives a credential', '{"operation":"AddTestingCustomer","bodyDraft":"{ partnerSecret: s3cret"}', /"bodyDraft" gives a credential/, '"{ partnerSecret: s3cret"'],
    ['a draft that is no text', '{"operation":"AddTestingCustomer","bodyDraft":{}}', /"bodyDraft" must be a text/, '{}'],
    ['an unknown part', request(', "bdy": {}'), /"bdy" is not part of a request; "body" is/, '"bdy"'],
    ['headers', request(', "headers": {}'), /"headers" is not part of a request; parts are title, notes, operation/, '"headers"'],
    ['a connection that is no text', request(', "connection": 5'), /"connection" must be a text/, '5'],
    ['an accept that is no text', request(', "accept": ["a"]'), /"accept" must be a text/, '["a"]'],
    ['notes that are no text', request(', "notes": {}'), /"notes" must be a text/, '{}'],
    ['a name twice', '{"operation":"GetCustomer","parameters":{"customerId":"1",\n"customerId":"2"}}', /"customerId" stands twice: at line 1 and at line 2/, '"customerId"'],
    ['the operation twice', request(', "operation": "DeleteCustomer"'), /"operation" stands twice/, '"operation"'],
    ['a prototype', '{"operation":"AddTestingCustomer","body":{"__proto__":{"username":"x"}}}', /"__proto__" cannot be the name/, '"__proto__"'],
    ['a prototype as a parameter', '{"operation":"GetCustomer","parameters":{"__proto__":{}}}', /"__proto__" cannot/, '"__proto__"'],
    ['a version that is none', request(', "version": "one"'), /"version" must be 1/, '"one"'],
    ['a version below the first', request(', "version": 0'), /"version" must be 1/, '0'],
  ])('%s', (_what, text, says, at) => {
    expect(readRequest(text).request).toBeUndefined();
    expect(messages(text)[0]).toMatch(says);
    expect(marked(text)).toBe(at);
  });

  test('names that stand twice far down a long text are told with their lines, which are counted once', () => {
    const twice = Array.from({ length: 100 }, () => '"limit": 1').join(',');
    expect(messages(`{"operation":"GetCustomers",${'\n'.repeat(6_000_000)}"parameters":{${twice}}}`)[48]).toMatch(/"limit" stands twice: at line 6000001 and at line 6000001/);
  });

  test('several are told at once', () => {
    expect(messages('{"operation":"GetCustomer","parameters":{"a":1,"b":2},"body":{},"connection":1}')).toHaveLength(4);
  });

  test('names out of the file do nothing but be read', () => {
    expect(messages(request(', "[x](command:y)\\u202e": 1')).join()).not.toMatch(/\]\(|\u202e/);
  });

  test.each(['Finicity-App-Key', 'finicity-app-token', 'appKey', 'partnerSecret', 'partner_secret', 'newPartnerSecret', 'Authorization'])('a credential is refused by its name: %s', (name) => {
    for (const text of [request(`, "${name}": "hush"`), `{"operation":"AddTestingCustomer","body":{"username":"a","deep":[{"${name}":"hush"}]}}`, `{"operation":"GetCustomer","parameters":{"${name}":"hush"}}`]) {
      expect(messages(text)).toEqual([`"${name}" is a credential: a request never carries one, the connection does. Remove it.`]);
      expect(readRequest(text).request).toBeUndefined();
    }
  });

  test('what comes from the vault has no body', () => {
    expect(messages('{"operation":"CreateToken","body":{}}')[0]).toMatch(/takes its values from the connection's vault/);
  });

  test('12 MB are refused at once', () => {
    const text = request(`, "notes": "${'x'.repeat(12_200_000)}"`);
    expect(messages(text)).toEqual(['Too large to be a request: 12.2 million characters, 12 at most.']);
  });
});

describe('formats', () => {
  test('a newer one is told, and neither read nor edited, whatever else is in it', () => {
    const text = '{ "version": 2, "operation": "SomethingNew", "steps": [] }';
    expect(messages(text)).toEqual(['Written by a newer version of the explorer (format 2, this one reads 1): update the extension. The file is left as it is.']);
    for (const edit of [() => setValue(text, ['body', 'a'], 1), () => setPart(text, 'accept', 'a/b'), () => setBody(text, '{}')]) expect(edit).toThrow(/newer version/);
  });

  test('one that is not named is the first', () => {
    expect(readRequest(request('')).problems).toEqual([]);
    expect(readRequest(request(', "version": 1')).problems).toEqual([]);
    expect(JSON.parse(requestText(operation('GetCustomer')))).toMatchObject({ version: 1 });
  });
});

test('a document is always laid out in the same way', () => {
  const text = requestTextOf(operation('AddTestingCustomer'), { parameters: {}, body: { username: 'a' }, connection: 'c', accept: 'application/json' });
  expect(Object.keys(JSON.parse(text))).toEqual(['$schema', 'version', 'operation', 'connection', 'accept', 'body']);
  expect(Object.keys(JSON.parse(requestText(operation('GetCustomer'))))).toEqual(['$schema', 'version', 'operation', 'parameters']);
  expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
});

test('a call made before is a request without the partner that the connection knows', () => {
  const body = JSON.parse(requestTextOf(operation('GenerateConnectUrl'), { parameters: {}, body: { partnerId: '2445500000001', customerId: '7' } })).body;
  expect(body).toEqual({ customerId: '7' });
});

test('title, notes and the body\'s own text are read', () => {
  const body = '{\n    "username" : "a"\n  }';
  expect(readRequest(`{"title":"T","notes":"N","operation":"AddTestingCustomer","body":${body}}`).request).toMatchObject({ title: 'T', notes: 'N', bodyText: body, input: { body: { username: 'a' } } });
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
