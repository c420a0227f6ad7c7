// Requests as code. What can be run here is run, against a sandbox, with values that break out of careless quotes; what cannot is read by
// its language's own parser. No secret may ever stand in the text.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogue, type OperationEntry, operation } from '../../src/api/catalogue.ts';
import { bodySkeleton } from '../../src/api/schemas.ts';
import { SnippetError, type SnippetRequest, toCall, variablesOf } from '../../src/snippets/call.ts';
import { type Language, languages, snippet } from '../../src/snippets/languages.ts';
import { consumerBody } from '../support/people.ts';
import { caller, startSandbox, type TestSandbox } from '../support/sandbox.ts';

const language = (id: string): Language => languages.find((one) => one.id === id)!;
const hostile = 'O\'Brien "x" $(touch pwned) `touch pwned` ${HOME} %PATH% !! \\n \\" \'; touch pwned # é 😀 \u2028 \u202e \n\t"""{0}';
const has = (program: string, ...args: string[]): boolean => spawnSync(program, args, { stdio: 'ignore' }).status === 0;
const python = ['python3', 'python'].find((program) => has(program, '--version'));

const base = 'https://api.finicity.com';
const request = (entry: OperationEntry, more: Partial<SnippetRequest> = {}): SnippetRequest => ({
  entry, baseUrl: base, parameters: Object.fromEntries(entry.parameters.filter((p) => p.required).map((p) => [p.name, p.enum?.[0] ?? (p.type === 'integer' ? 7 : hostile.replace(/[^\x20-\x7e]/g, ''))])),
  ...(entry.requestBody && { body: bodySkeleton(entry.operationId) }), ...more,
});

/** How each language that can run here is run: a program on a file. */
const runners: readonly { id: string; file: string; run: readonly string[]; here: boolean }[] = [
  { id: 'curl', file: 'call.sh', run: ['sh'], here: has('curl', '--version') },
  { id: 'typescript', file: 'call.mts', run: [process.execPath], here: true },
  { id: 'pythonRequests', file: 'call.py', run: [python ?? 'python3'], here: python !== undefined && has(python, '-c', 'import requests') },
  { id: 'java', file: 'OpenBankingRequest.java', run: ['java'], here: has('java', '--version') },
];

let folder: string;
let sandbox: TestSandbox;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'snippets-'));
  sandbox = await startSandbox();
});
afterAll(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a snippet as a person would: the code in a file, the secrets in the environment. */
async function run({ file, run: [program, ...args] }: (typeof runners)[number], code: string): Promise<{ status: number | null; stdout: string; stderr: string }> {
  writeFileSync(join(folder, file), code);
  const { partnerId, partnerSecret, appKey } = sandbox.credentials;
  const env = { ...process.env, OPEN_BANKING_PARTNER_ID: partnerId, OPEN_BANKING_PARTNER_SECRET: partnerSecret, OPEN_BANKING_APP_KEY: appKey, NO_PROXY: '127.0.0.1' };
  const child = spawn(program!, [...args, file], { cwd: folder, env });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (piece: Buffer) => (stdout += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (stderr += piece.toString()));
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, stdout, stderr })));
}

describe.each(runners.filter(({ here }) => here))('$id, run against the sandbox', (runner) => {
  const code = (of: Omit<SnippetRequest, 'baseUrl'>): string => snippet(language(runner.id), { ...of, baseUrl: sandbox.url });

  test('a GET with a query', async () => {
    const { status, stdout, stderr } = await run(runner, code({ entry: operation('GetCustomers'), parameters: { search: 'dana', limit: 1, type: 'testing' } }));
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.not.stringContaining('rror') });
    expect(JSON.parse(stdout)).toMatchObject({ displaying: 1, customers: [{ firstName: 'Dana' }] });
  }, 60_000);

  test('a POST whose body holds what quotes are broken with', async () => {
    const ask = caller(sandbox);
    const { json: customer } = await ask('POST', '/aggregation/v2/customers/testing', { username: `snippet-${runner.id}-${Date.now()}` });
    const customerId = String(customer.id);
    const { status, stdout, stderr } = await run(runner, code({ entry: operation('CreateConsumer'), parameters: { customerId }, body: { ...consumerBody, address: hostile } }));
    expect({ status, stdout, stderr }).toMatchObject({ status: 0, stdout: expect.stringContaining('"id"') });
    const { json } = await ask('GET', `/decisioning/v1/customers/${customerId}/consumer`);
    expect(json).toMatchObject({ firstName: consumerBody.firstName, address: hostile });
    expect(() => readFileSync(join(folder, 'pwned'))).toThrow();
  }, 60_000);

  test('a report as PDF goes to a file', async () => {
    const ask = caller(sandbox);
    const { json: found } = await ask('GET', '/aggregation/v1/customers?search=dana-reyes');
    const customerId = (found.customers as { id: string }[])[0]!.id;
    const { json } = await ask('GET', operation('GetReportsByCustomerId').path.replace('{customerId}', customerId));
    const reportId = (json.reports as { id: string; status: string }[]).find((one) => one.status === 'success')!.id;
    const { status, stderr } = await run(runner, code({ entry: operation('GetReportByCustomer'), parameters: { customerId, reportId, purpose: '31' }, accept: 'application/pdf' }));
    expect({ status, stderr }).toMatchObject({ status: 0 });
    const file = join(folder, 'GetReportByCustomer.pdf');
    expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-');
    rmSync(file);
  }, 60_000);

  test('an error of the API ends it with the API\'s own words', async () => {
    const { status, stdout, stderr } = await run(runner, code({ entry: operation('GetCustomer'), parameters: { customerId: '1000000001' } }));
    expect(status).not.toBe(0);
    expect(stdout + stderr).toContain('14001');
  }, 60_000);

  test('a body that is too long for an argument or a constant', async () => {
    const username = `long-${runner.id}-${Date.now()}`;
    const { status, stdout, stderr } = await run(runner, code({ entry: operation('AddTestingCustomer'), parameters: {}, body: { username, firstName: 'A', more: 'é"\'$x\\'.repeat(40_000) } }));
    expect(`${stdout}${stderr}`, String(status)).toMatch(/"id"|1002\d|too (large|long)|413/i);
    expect(`${stdout}${stderr}`).not.toMatch(/Argument list|constant string too long|code too large/i);
  }, 60_000);
});

test('TypeScript can be run wherever the tests run; the others where their program is', () => {
  expect(runners.filter(({ here }) => here).map(({ id }) => id)).toContain('typescript');
});

describe('every operation in every language', () => {
  const all = catalogue.map((entry) => ({ entry, of: request(entry, { body: entry.requestBody && { ...(bodySkeleton(entry.operationId) as object), '__proto__x': hostile, nested: { ['__proto__']: [hostile, null, true, 1.5e300, {}, []] } } }) }));
  const texts = (id: string): string[] => all.map(({ of }) => snippet(language(id), of));

  test('shells take it', () => {
    for (const id of ['curl', 'httpie']) {
      const { status, stderr } = spawnSync('sh', ['-n'], { input: texts(id).join('\n'), encoding: 'utf8' });
      expect({ status, stderr }, id).toEqual({ status: 0, stderr: '' });
    }
  });

  test('TypeScript reads it', () => {
    for (const [n, text] of texts('typescript').entries()) {
      const { diagnostics } = ts.transpileModule(text, { reportDiagnostics: true, compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } });
      expect(diagnostics?.map(({ messageText }) => messageText), all[n]!.entry.operationId).toEqual([]);
    }
  });

  test('Python reads it, and the SDK says where it has no method', () => {
    const sdk = all.map(({ entry }) => ({ entry, of: request(entry, { parameters: Object.fromEntries(entry.parameters.filter((p) => p.required).map((p) => [p.name, hostile.replace(/[^\x20-\x7e]/g, '')])) }) }));
    const written = sdk.flatMap(({ entry, of }) => {
      if (entry.sdkNames.length > 0) return [snippet(language('pythonSdk'), of)];
      expect(() => snippet(language('pythonSdk'), of), entry.operationId).toThrow(/no method for/);
      return [];
    });
    expect(written.length).toBeGreaterThan(90);
    const input = JSON.stringify([...texts('pythonRequests'), ...written]);
    if (python === undefined) return expect(input).not.toContain('undefined');
    const { stdout, stderr } = spawnSync(python, ['-c', 'import ast, json, sys\nprint(sum(1 for text in json.load(sys.stdin) if ast.parse(text)))'], { input, encoding: 'utf8' });
    expect({ stdout: stdout.trim(), stderr }).toEqual({ stdout: String(all.length + written.length), stderr: '' });
  }, 60_000);

  test('quotes of Java and C# close where they open', () => {
    for (const id of ['java', 'csharp']) for (const [n, text] of texts(id).entries()) {
      const left = text.replace(/"""[\s\S]*?"""/g, '""').replace(/^\s*\/\/.*$/gm, '').replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)'/g, '');
      expect(left, `${all[n]!.entry.operationId} in ${id}`).not.toMatch(/["']|touch|pwned/);
      for (const [open, close] of ['()', '{}']) expect(left.split(open!).length, `${all[n]!.entry.operationId} in ${id}`).toBe(left.split(close!).length);
    }
  });

  test('a body written out as TypeScript or Python is the same body', () => {
    const body = { text: hostile, ['__proto__']: { a: [1, -2.5, 1e300, true, false, null, {}, []] }, 'a"b\n': '', '': 'x' };
    const of = request(operation('CreateConsumer'), { body });
    const written = (id: string, pattern: RegExp): string => pattern.exec(snippet(language(id), of))![1]!;
    const value = new Function(`return ${written('typescript', /^const body = ([\s\S]*?^});$/m)}`)() as unknown;
    expect(JSON.stringify(value)).toBe(JSON.stringify(body));
    if (python === undefined) return;
    const input = `import json\nprint(json.dumps(${written('pythonRequests', /^body = ([\s\S]*?^})$/m)}))`;
    expect(JSON.parse(spawnSync(python, ['-'], { input, encoding: 'utf8' }).stdout)).toEqual(JSON.parse(JSON.stringify(body)));
  });

  test('signs that hide what follows them, or turn it around, are never written as they are', () => {
    for (const { id } of languages.filter(({ id: one }) => one !== 'pythonSdk')) for (const text of texts(id)) expect(text).not.toMatch(/[\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/);
  });

  test('Java\'s text is ASCII, whatever the machine\'s encoding', () => {
    for (const text of texts('java')) expect(text).toMatch(/^[\x00-\x7e]*$/);
  });
});

describe('secrets', () => {
  const secrets = ['sesame-open-1', 'sesame-open-2', 'sesame-open-3', 'sesame-open-4'];
  const [one, two, three, four] = secrets as [string, string, string, string];
  const cases: readonly Omit<SnippetRequest, 'baseUrl'>[] = [
    { entry: operation('CreateToken'), parameters: {}, body: { partnerId: one, partnerSecret: two } },
    { entry: operation('ModifyPartnerSecret'), parameters: {}, body: { partnerId: one, partnerSecret: two, newPartnerSecret: three } },
    { entry: operation('AddAllAccounts'), parameters: { customerId: '7', institutionId: 102105 }, body: { credentials: [{ id: '1', name: 'Banking Userid', value: one }, { id: '2', name: 'Banking Password', value: two }] } },
    { entry: operation('AddAllAccountsMfa'), parameters: { customerId: '7', institutionId: 102105, 'MFA-Session': one }, body: { mfaChallenges: { questions: [{ text: 'Name?', answer: two }] } } },
    { entry: operation('createWebhookSubscription'), parameters: {}, body: { signingKey: one, nested: [{ password: two, deeper: { apiKey: three, Authorization: four } }] } },
  ];

  test.each(languages)('never stand in $label', (of) => {
    for (const given of cases) {
      let text = '';
      try {
        text = snippet(of, { ...given, baseUrl: base });
      } catch (error) {
        expect(error).toBeInstanceOf(SnippetError);
      }
      for (const secret of secrets) expect(text, given.entry.operationId).not.toContain(secret);
      if (text !== '') for (const variable of variablesOf(toCall({ ...given, baseUrl: base }))) expect(text).toContain(variable);
    }
  });

  test('the variables are named, each secret of a body has one of its own', () => {
    expect(variablesOf(toCall({ ...cases[2]!, baseUrl: base }))).toEqual([
      'OPEN_BANKING_PARTNER_ID', 'OPEN_BANKING_PARTNER_SECRET', 'OPEN_BANKING_APP_KEY', 'OPEN_BANKING_CREDENTIAL', 'OPEN_BANKING_CREDENTIAL_2',
    ]);
    expect(variablesOf(toCall({ ...cases[0]!, baseUrl: base }))).toEqual(['OPEN_BANKING_APP_KEY', 'OPEN_BANKING_PARTNER_ID', 'OPEN_BANKING_PARTNER_SECRET']);
  });
});

test('a URL can stand in quotes of any language', () => {
  expect(toCall(request(operation('GetCustomers'), { parameters: { search: hostile } })).url).toMatch(/^https:\/\/api\.finicity\.com\/[\w/]*\?search=[\w.~%-]*$/);
});

describe('what cannot be called is said', () => {
  const text = (entry: OperationEntry, parameters: Record<string, unknown>, body?: unknown) => () => snippet(language('curl'), { entry, parameters, body, baseUrl: base });

  test('a missing id, a missing body, an id that would name another resource', () => {
    expect(text(operation('GetCustomer'), {})).toThrow(/"customerId" is missing/);
    expect(text(operation('GetCustomer'), { customerId: '' })).toThrow(/"customerId" is missing/);
    expect(text(operation('GetCustomer'), { customerId: '..' })).toThrow(/not an id/);
    expect(text(operation('AddTestingCustomer'), {})).toThrow(/"body" is missing/);
    expect(text(operation('GetCustomers'), { search: 'a\ud800' })).toThrow(/half of a character/);
    expect(text(operation('AddAllAccountsMfa'), { customerId: '1', institutionId: 1, 'MFA-Session': 'x' }, {})).not.toThrow();
    expect(text(operation('listWebhookSubscriptions'), { 'X-External-Request-Id': 'a\r\nEvil: 1' })).toThrow(/must not have/);
  });

  test('families that read the key under two names get it under both', () => {
    expect(text(operation('listWebhookSubscriptions'), {})()).toMatch(/"Finicity-App-Token: [\s\S]*"App-Token: /);
    expect(text(operation('GetCustomer'), { customerId: '7' })()).not.toContain('"App-Key');
  });
});
