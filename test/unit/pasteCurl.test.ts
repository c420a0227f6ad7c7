// A pasted cURL command: read as bash, cmd and PowerShell write it, turned into a request of ours, and told what is wrong with it.
import { describe, expect, test } from 'vitest';
import { catalogue, operation } from '../../src/api/catalogue.ts';
import { bodySkeleton } from '../../src/api/schemas.ts';
import { fromVault, parseRequest } from '../../src/requests/document.ts';
import { documentText } from '../../src/requests/newRequest.ts';
import { fromCurl, type PastedRequest } from '../../src/snippets/fromCurl.ts';
import { jsonFault } from '../../src/snippets/jsonPlace.ts';
import { languages, snippet } from '../../src/snippets/languages.ts';
import { CurlError, parseCurl } from '../../src/snippets/parseCurl.ts';

const base = 'https://api.finicity.com';
const paste = (text: string, baseUrls: readonly string[] = []): PastedRequest => fromCurl(text, { baseUrls, credentialOperations: fromVault });
const wrong = (text: string): CurlError => {
  try {
    paste(text);
  } catch (error) {
    if (error instanceof CurlError) return error;
    throw error;
  }
  throw new Error('it was taken');
};
const curl = languages.find(({ id }) => id === 'curl')!;
const enroll = '/aggregation/v2/customers/testing';

describe('what the explorer copies comes back as the same request', () => {
  test.each(catalogue.filter(({ operationId }) => !fromVault.has(operationId)).map((entry) => [entry.operationId, entry] as const))('%s', (_id, entry) => {
    const parameters = Object.fromEntries(entry.parameters.filter(({ name }) => name !== 'MFA-Session').map((p): [string, unknown] =>
      [p.name, p.enum?.[0] ?? (p.type === 'integer' ? 42 : p.type === 'number' ? 1.5 : p.type === 'boolean' ? true : p.in === 'header' ? 'a "b" \'c\' $d' : 'é/ü "x" \'y\' $(z) & ? # % +'.replace(p.in === 'path' ? '' : '/', ''))]));
    const secret = entry.parameters.some(({ name }) => name === 'MFA-Session') ? { 'MFA-Session': 'abc' } : {};
    const body = entry.requestBody && { ...(bodySkeleton(entry.operationId) as object), note: 'it\'s "quoted" $(x)\n\\' };
    // A partner's id that is left empty is the environment's in the command, and comes back as none.
    if (body && 'partnerId' in body) delete body.partnerId;
    const plainBody = JSON.stringify(body)?.includes('"credentials"') || JSON.stringify(body)?.includes('answer') ? undefined : body;
    if (entry.requestBody && plainBody === undefined) return; // its secrets are taken out of the command
    const pasted = paste(snippet(curl, { entry, parameters: { ...parameters, ...secret }, body: plainBody, baseUrl: `${base}/`, accept: undefined }));
    expect(pasted.entry.operationId).toBe(entry.operationId);
    expect(pasted.parameters).toMatchObject(parameters);
    expect(pasted.body).toEqual(plainBody);
    expect(pasted.accept).toBeUndefined();
    expect(pasted.notes.join()).toContain('Finicity-App-Key');
    expect(parseRequest(documentText(pasted.entry, pasted)).entry).toBe(pasted.entry);
  });

  test('also when the body is too long for an argument', () => {
    const body = { username: 'abcdef', firstName: 'it\'s $x '.repeat(10_000) };
    expect(paste(snippet(curl, { entry: operation('AddTestingCustomer'), parameters: {}, body, baseUrl: base })).body).toEqual(body);
  });

  test('and as PDF', () => {
    const pasted = paste(snippet(curl, { entry: operation('GetReportByCustomer'), parameters: { customerId: '7', reportId: 'r' }, accept: 'application/pdf', baseUrl: base }));
    expect(pasted).toMatchObject({ accept: 'application/pdf', parameters: { customerId: '7', reportId: 'r' } });
  });
});

describe('as others copy it', () => {
  const body = { username: 'o\'brien', firstName: '100% "x" & <y> ^ \\ !', lastName: 'zeile1\nzeile2' };

  test('a browser, for bash', () => {
    const text = `curl '${base}${enroll}' \\\n  -H 'accept: application/json' \\\n  -H 'finicity-app-key: k' \\\n  -H 'user-agent: Mozilla' \\\n  --data-raw $'{"username":"o\\'brien","firstName":"100% \\\\"x\\\\" & <y> ^ \\\\\\\\ \\u0021","lastName":"zeile1\\\\nzeile2"}' \\\n  --compressed`;
    expect(paste(text)).toMatchObject({ entry: { operationId: 'AddTestingCustomer' }, body });
  });

  test('a browser, for cmd', () => {
    // The rule by which Chromium writes it.
    const cmd = (value: string): string => `^"${value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/[^a-zA-Z0-9\s_\-:=+~'/.',?;()*`]/g, '^$&').replace(/%(?=[a-zA-Z0-9_])/g, '%^').replace(/\r?\n/g, '^\n\n')}^"`;
    const text = [`curl ${cmd(`${base}${enroll}?a=1&b=%7B`)}`, `-H ${cmd('accept: */*')}`, `-H ${cmd('Finicity-App-Token: secret')}`, `--data-raw ${cmd(JSON.stringify(body, null, 1))}`].join(' ^\r\n  ');
    const pasted = paste(text);
    expect(pasted).toMatchObject({ entry: { operationId: 'AddTestingCustomer' }, body });
    expect(pasted.notes.join(' ')).toMatch(/has no a and b; left out.*Finicity-App-Token left out/);
  });

  test('by hand in cmd: doubled or escaped double quotes', () => {
    expect(paste(`curl -X POST "${base}${enroll}" ^\r\n -H "Content-Type: application/json" ^\r\n -d "{\\"username\\": \\"a b\\"}"`).body).toEqual({ username: 'a b' });
    expect(paste(`curl.exe "${base}${enroll}" -d "{""username"": ""a b""}"`).body).toEqual({ username: 'a b' });
    expect(paste(`curl -d "{\\"username\\": \\"a\\"}" "${base}${enroll}"`).body).toEqual({ username: 'a' });
  });

  test('PowerShell: backticks, doubled single quotes, backslashes for older ones', () => {
    expect(paste(`curl.exe -X POST '${base}${enroll}' \`\n  -H 'Accept: application/json' \`\n  -d '{"username": "it''s"}'`).body).toEqual({ username: 'it\'s' });
    expect(paste(`curl.exe '${base}${enroll}' -d '{\\"username\\": \\"a\\"}'`).body).toEqual({ username: 'a' });
    expect(paste(`curl.exe "${base}${enroll}" -d "{\`"username\`": \`"a\`"}"`).body).toEqual({ username: 'a' });
  });

  test.each([
    ['options run together', `curl -sSXPOST ${base}${enroll} -H'Accept: application/json' -d'{"username":"abcdef"}'`],
    ['--url, --json, =', `curl --json '{"username":' --json '"abcdef"}' --url=${base}${enroll} --max-time 5 -o /dev/null`],
    ['several commands, the token first', `TOKEN=$(curl -s ${base}/aggregation/v2/partners/authentication -d '{"partnerId":"1","partnerSecret":"s"}' | jq -r .token)\ncurl ${base}${enroll} -H "Finicity-App-Token: $TOKEN" -d '{"username":"abcdef"}' | jq .`],
    ['a prompt, a comment, a pipe', `# enroll\n$ curl -d '{"username":"abcdef"}' ${base}${enroll} 2>/dev/null`],
    ['a variable for the host', `curl "$BASE_URL${enroll}" -d '{"username":"abcdef"}'`],
    ['Postman\'s variable', `curl --location '{{baseUrl}}${enroll}' --header 'Postman-Token: x' --data '{"username":"abcdef"}'`],
    ['no scheme, an end slash', `curl api.finicity.com${enroll}/ -d '{"username":"abcdef"}'`],
  ])('%s', (_what, text) => {
    expect(paste(text)).toMatchObject({ entry: { operationId: 'AddTestingCustomer' }, body: { username: 'abcdef' } });
  });

  test('a query: in the URL, by -G, without quotes, with + and %', () => {
    const same = { search: 'dana & co', limit: 5, type: 'testing' };
    for (const text of [
      `curl '${base}/aggregation/v1/customers?search=dana+%26%20co&limit=5&type=testing'`, `curl -G ${base}/aggregation/v1/customers -d 'search=dana+%26+co' -d limit=5 -d type=testing`,
      `curl ${base}/aggregation/v1/customers?search=dana+%26%20co&limit=5&type=testing -H 'Accept: application/json'`,
    ]) expect(paste(text)).toMatchObject({ entry: { operationId: 'GetCustomers' }, parameters: same });
  });

  test('the operation whose path says most is taken, ids stay text', () => {
    expect(paste(`curl ${base}/aggregation/v1/customers/0071`)).toMatchObject({ entry: { operationId: 'GetCustomer' }, parameters: { customerId: '0071' } });
    expect(paste(`curl ${base}${operation('GetInstitution').path.replace('{institutionId}', '101732')}`).parameters).toEqual({ institutionId: 101732 });
    expect(paste(`curl -X DELETE ${base}/aggregation/v1/customers/7`).entry.operationId).toBe('DeleteCustomer');
  });

  test('an address of this machine, and a base URL with a path', () => {
    expect(paste('curl http://127.0.0.1:8790/aggregation/v1/customers/7').host).toBe('127.0.0.1:8790');
    expect(paste('curl https://gateway.example.com/openbanking/aggregation/v1/customers/7', ['', 'https://gateway.example.com/openbanking/']).parameters).toEqual({ customerId: '7' });
  });
});

describe('secrets', () => {
  test('are dropped and named, and nowhere in the request', () => {
    const pasted = paste(`curl -u user:hush1 -b 'sid=hush2' --oauth2-bearer hush3 ${base}/aggregation/v1/customers/7 -H 'Finicity-App-Key: hush4' -H 'Authorization: Bearer hush5' -H 'X-Other: 1'`);
    expect(pasted.notes.join(' ')).toMatch(/--user, --cookie, --oauth2-bearer, Finicity-App-Key and Authorization left out.*X-Other left out/);
    expect(JSON.stringify({ ...pasted, entry: undefined }) + documentText(pasted.entry, pasted)).not.toContain('hush');
  });

  test('a sign-in keeps no body', () => {
    const pasted = paste(`curl ${base}/aggregation/v2/partners/authentication -d '{"partnerId":"1","partnerSecret":"hush"}'`);
    expect(pasted).toMatchObject({ entry: { operationId: 'CreateToken' }, notes: [expect.stringContaining('body')] });
    expect(JSON.stringify(pasted)).not.toContain('hush');
  });
});

describe('what is wrong is said', () => {
  test.each([
    ['', /no cURL command/], ['hello world', /no cURL command/], [`http GET ${base}`, /command of http, not of cURL/], ['curl -s', /no URL/], ['curl -X', /"--request" has no value/],
    ['curl https://api.example.com/aggregation/v1/customers', /goes to api\.example\.com, which is neither this API.*connection/], ['curl https://api.finicity.com.evil.org/aggregation/v1/customers', /goes to api\.finicity\.com\.evil\.org/],
    ['curl ftp://api.finicity.com/x', /not one of http/], [`curl ${base}/aggregation/v1/custmers`, /No operation of this API has the path \/aggregation\/v1\/custmers/],
    [`curl -X PUT ${base}/aggregation/v1/customers`, /No operation is PUT .*there is GET \(GetCustomers\)/], [`curl ${base}${enroll} -d @body.json`, /file "body\.json", which is not read/],
    [`curl ${base}${enroll} -F 'a=b'`, /sends a form/], [`curl '${base}${enroll}`, /single quote is opened here/], [`curl ${base}${enroll} -d 'a=b&c=d'`, /not JSON: line 1, column 1.*looks like a form/],
  ])('%s', (text, words) => {
    expect(wrong(text).message).toMatch(words);
  });

  test('a body that is not JSON, with the place in it and in what was pasted', () => {
    const text = `curl ${base}${enroll} -d '{\n  "username": "abcdef",\n  "firstName": Dana\n}'`;
    const error = wrong(text);
    expect(error.message).toMatch(/not JSON: line 3, column 16 of it, at ".*Dana/);
    expect(text.slice(error.at)).toMatch(/^Dana/);
    expect(wrong(`curl ${base}${enroll} -d '{"username": "a",}'`).message).toMatch(/column 18.*trailing commas/i);
    expect(wrong(`curl ${base}${enroll} -d '{"username": "a"'`).message).toMatch(/breaks off/);
  });

  test('a quote that is never closed, with its place', () => {
    const text = `curl ${base} -H "Accept: x`;
    expect(wrong(text).at).toBe(text.indexOf('"'));
  });

  test('a body that the operation does not take is left out and said so', () => {
    expect(paste(`curl -X GET ${base}/aggregation/v1/customers -d '{"a":1}'`)).toMatchObject({ notes: [expect.stringContaining('takes none')] });
  });

  // Long enough that reading a part of it anew from each of its places would take the test's time.
  test('very many words before a command do not count, but for what is piped into it', () => {
    expect(parseCurl(`x ${'a '.repeat(200_000)}| curl ${base}/aggregation/v1/customers/7`)).toMatchObject({ method: 'GET', url: `${base}/aggregation/v1/customers/7` });
    expect(parseCurl(`printf ${'a '.repeat(200_000)}'{"username":"dana"}' | curl -d @- ${base}${enroll}`)).toMatchObject({ method: 'POST', body: '{"username":"dana"}' });
    expect(() => parseCurl(`printf | curl -d @- ${base}${enroll}`)).toThrow('The body comes from another command');
  });

  test('a long hostile text is refused at once', () => {
    for (const text of [`curl ${'\\"\'$'.repeat(150_000)}`, `curl ${base}${enroll} -d '${'['.repeat(600_000)}'`, `curl ${'-H '.repeat(200_000)}`, `${'curl '.repeat(120_000)}`]) expect(() => paste(text)).toThrow(CurlError);
  });
});

test('JSON\'s end is where JSON.parse sees it too', () => {
  const good = ['{}', '[]', ' {"a": [1, -0.5e+3, "x\\u00e9\\n", true, false, null, {}, []]} ', '"x"', '0'];
  const bad = ['', '{', '{"a"}', '{"a":}', '{a:1}', '[1,]', '[,1]', '01', '1.', '+1', '"a\nb"', '"\\x"', '{"a":1 "b":2}', '[1}', '{]', 'truex', '1 2', '\'a\'', '{"a":1,}', '// x', 'NaN', '[1 2]'];
  for (const text of good) expect(jsonFault(text), text).toBeUndefined();
  for (const text of bad) {
    expect(() => JSON.parse(text) as unknown, text).toThrow();
    expect(jsonFault(text), text).toBeTypeOf('number');
  }
  expect(jsonFault('{"a": 1,}')).toBe(8);
});

test('curl\'s own defaults', () => {
  expect(parseCurl('curl https://x/y').method).toBe('GET');
  expect(parseCurl('curl https://x/y -d 1').method).toBe('POST');
  expect(parseCurl('curl -I https://x/y').method).toBe('HEAD');
  expect(parseCurl('curl https://x/y -d a -d b').body).toBe('a&b');
  expect(parseCurl('curl -A "x y" -o out https://x/y --resolve a:1:b').url).toBe('https://x/y');
});
