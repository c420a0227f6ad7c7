// What an answer's head says: the form by the bytes and the label, what is odd, why it did not succeed, and what stands behind its buttons.
import { describe, expect, test } from 'vitest';
import { operation, type OperationId } from '../../src/api/catalogue.ts';
import { toApiError } from '../../src/client/errorBody.ts';
import type { ApiError} from '../../src/client/errors.ts';
import { CancelledError, FileError, GuardRefusal, InvalidInputError, LockoutStop, NetworkError, TimeoutError, UnexpectedAnswerError } from '../../src/client/errors.ts';
import type { ApiResponse } from '../../src/client/types.ts';
import { VaultError } from '../../src/credentials/vaultError.ts';
import { SignedOutError, ToldError } from '../../src/platform/errors.ts';
import { userMessage } from '../../src/platform/messages.ts';
import { waysOutOf, type Around } from '../../src/platform/waysOut.ts';
import { isCutOff, lookAt } from '../../src/requests/answerForm.ts';
import { headOfAnswer, headWithoutAnswer, type HeadContext } from '../../src/requests/answerHead.ts';
import { notCompared } from '../../src/webviews/ui/answerWords.ts';
import { explainBankQuestion, explainProblem } from '../../src/requests/explain.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const latin = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

describe('the form of a body', () => {
  test.each<[string, string, Uint8Array, string, string]>([
    ['JSON', 'application/json', bytes('\ufeff \n{"a":1}'), 'json', 'json'],
    ['a bare JSON value', 'application/json', bytes('true'), 'json', 'json'],
    ['problem JSON', 'application/problem+json', bytes('[]'), 'json', 'json'],
    ['XML', 'application/xml', bytes('<?xml version="1.0"?><a/>'), 'xml', 'xml'],
    ['XML without a declaration', 'text/xml', bytes('<error><code>1</code></error>'), 'xml', 'xml'],
    ['text', 'text/plain', bytes('Invalid (Finicity-App-Key)'), 'text', 'txt'],
    ['a PDF', 'application/pdf', bytes('%PDF-1.7\n'), 'pdf', 'pdf'],
    ['a PNG', 'image/png', latin('\x89PNG\r\n\x1a\n\0\0'), 'image', 'png'],
    ['a JPEG', 'image/jpeg', latin('\xff\xd8\xff\xe0\0'), 'image', 'jpg'],
    ['a GIF', 'image/gif', bytes('GIF89a'), 'image', 'gif'],
    ['a WebP', 'image/webp', latin('RIFF\x10\0\0\0WEBPVP8 '), 'image', 'webp'],
    ['bytes of no known kind', 'application/octet-stream', latin('\0\x01\x02'), 'binary', 'bin'],
    ['bytes that are no UTF-8', 'application/octet-stream', latin('\xc3\x28'), 'binary', 'bin'],
    ['nothing', 'application/json', new Uint8Array(), 'none', 'txt'],
  ])('%s', (_what, type, body, form, extension) => {
    expect(lookAt(type, body)).toEqual({ form, extension });
  });

  test('a character cut at the end of what is looked at is still text', () => {
    expect(lookAt('text/plain', bytes(`${'x'.repeat(4095)}é`))).toMatchObject({ form: 'text' });
  });

  test.each<[string, string, Uint8Array, string, RegExp]>([
    ['a PDF called JSON', 'application/json', bytes('%PDF-1.7'), 'pdf', /called application\/json.*is a PDF/],
    ['binary called JSON', 'application/json', latin('\0\x01\x02\x03'), 'binary', /binary data/],
    ['an image called JSON', 'application/json', latin('\x89PNG\r\n\x1a\n'), 'image', /a PNG image/],
    ['JSON called text', 'text/plain', bytes('{"a":1}'), 'json', /called text\/plain.*is JSON/],
    ['JSON called XML', 'application/xml', bytes('{"a":1}'), 'json', /is JSON/],
    ['JSON called PDF', 'application/pdf', bytes('{"status":"inProgress"}'), 'json', /is JSON/],
    ['a web page called JSON', 'application/json', bytes('<!DOCTYPE html><p>'), 'text', /a web page/],
    ['text called JSON', 'application/json', bytes('Service unavailable'), 'text', /is text/],
    ['JSON without a label', '', bytes('[1]'), 'json', /does not say what it holds.*JSON/],
  ])('%s: the bytes decide, and the note says so', (_what, type, body, form, note) => {
    const look = lookAt(type, body);
    expect(look.form).toBe(form);
    expect(look.note ?? '').toMatch(note);
  });

  test.each([['{"a": [1, 2]}', false], [' \n[1]\n', false], ['{"a": [1, 2', true], ['[{"a":1}', true], ['"text', false], ['', false]])('%s cut off: %s', (text, cut) => {
    expect(isCutOff(bytes(text))).toBe(cut);
  });
});

const answer = (change: Partial<ApiResponse>): ApiResponse => ({ status: 200, headers: {}, contentType: 'application/json', body: bytes('{}'), size: 2, durationMs: 12.6, ...change });
const context = (operationId: OperationId = 'GetCustomer', change: Partial<HeadContext> = {}): HeadContext =>
  ({ entry: operation(operationId), connection: 'Sandbox', receivedAt: 5, number: 3, comparable: true, ...change });
const headOf = (change: Partial<ApiResponse>, where = context(), start?: Uint8Array) => headOfAnswer(answer(change), where, start ? { start } : {}).head;

describe('the head of an answer', () => {
  test('says status, time, size, form and headers, and keeps tokens and cookies back', () => {
    expect(headOf({ status: 201, headers: { 'content-type': 'application/json', 'set-cookie': 'a=1', 'Finicity-App-Token': 'secret' } }, context('AddTestingCustomer'))).toEqual({
      number: 3, comparable: true, receivedAt: 5, connection: 'Sandbox', status: 201, statusText: 'Created', ok: true, durationMs: 13, size: 2, contentType: 'application/json', form: 'json',
      headers: [['content-type', 'application/json'], ['set-cookie', '(not shown)'], ['Finicity-App-Token', '(not shown)']],
    });
  });

  test.each<[string, Partial<ApiResponse>, HeadContext, RegExp | undefined]>([
    ['an empty answer that is due to be empty', { status: 204, body: undefined, size: 0, contentType: '' }, context('DeleteCustomer'), undefined],
    ['an empty answer where data was due', { body: undefined, size: 0 }, context(), /Nothing came/],
    ['a web page', { contentType: 'text/html', body: bytes('<html><title>Sign in</title>') }, context(), /web page where data was due.*proxy/],
    ['XML where JSON was due', { contentType: 'application/xml', body: bytes('<customer/>') }, context(), /Accept header/],
    ['XML that was asked for', { contentType: 'application/xml', body: bytes('<customer/>') }, context('GetCustomer', { accept: 'application/xml' }), undefined],
    ['cut JSON', { body: bytes('{"id": "7", "na') }, context(), /cut off/],
    ['JSON instead of the PDF', { body: bytes('{"status":"inProgress"}') }, context('GetReportByCustomer', { accept: 'application/pdf' }), /PDF was asked for/],
    ['a question of the bank', { status: 203, body: undefined, size: 0, contentType: '' }, context('GetAccountOwner'), undefined],
    ['a refusal without a body', { status: 429, body: undefined, size: 0, contentType: '' }, context(), undefined],
  ])('%s', (_what, change, where, note) => {
    if (note) expect(headOf(change, where).note).toMatch(note);
    else expect(headOf(change, where).note).toBeUndefined();
  });

  test('a body that went to a file says how large it is, and is known by its beginning', () => {
    const { head, look } = headOfAnswer(answer({ body: undefined, size: 63 * 1024 * 1024, file: '/x/y' }), context(), { start: bytes('[1,2,') });
    expect(head).toMatchObject({ form: 'file', size: 63 * 1024 * 1024 });
    expect(head.note).toMatch(/63 MB/);
    expect(look).toEqual({ form: 'json', extension: 'json' });
  });

  test('words of others stay words', () => {
    const head = headOf({ contentType: 'text/[x](command:workbench.action.quit)', headers: { 'x-note': 'a\u202eb\r\nc' } });
    expect(head.contentType).not.toContain('](');
    expect(head.headers[0]![1]).toBe('a b c');
  });
});

const failed = (status: number, code: string | undefined, { operationId = 'GetCustomer', message = 'Said so.', type = 'application/json', wait }: { operationId?: OperationId; message?: string; type?: string; wait?: number } = {}): ApiError => {
  const text = type === 'text/plain' ? message : code === undefined ? '' : JSON.stringify({ code: Number(code), message });
  return toApiError(operation(operationId), {}, { status, contentType: type, headers: {}, body: text, size: text.length, durationMs: 1 }, text, [], wait);
};
const around = (operationId: OperationId = 'GetCustomer', input: Around['input'] = { customerId: '72' }): Around => ({ connectionId: 'c1', entry: operation(operationId), input });
const deeds = (error: unknown, where: Around) => waysOutOf(error, where).map(({ title, does }) => [title, does]);
const log = ['Show Log', { command: 'openBanking.showLog', arguments: [] }];

describe('why it did not succeed', () => {
  test('an answer of the API: what it means, what it said, likely causes, what to do', () => {
    const { problem } = explainProblem(failed(404, '14001', { message: 'Customer not found.' }), around());
    expect(problem).toMatchObject({ title: 'Not found', code: '14001', said: 'Customer not found.', fix: expect.stringMatching(/connection/) });
    expect(problem.causes[0]).toMatch(/deleted/);
    expect(problem.meaning).not.toContain('Customer not found.');
  });

  test('what the API says is not repeated where it says the same', () => {
    expect(explainProblem(failed(404, '14001', { message: 'not found!' }), around()).problem.said).toBeUndefined();
  });

  test('code 10100 of an operation that makes no reports is about a value, and no way out is the operation itself', () => {
    const error = failed(400, '10100', { operationId: 'CreateConsumer', message: 'Invalid SSN format' });
    const { problem } = explainProblem(error, around('CreateConsumer'));
    expect(problem).toMatchObject({ title: 'A value is not accepted', code: '10100', said: 'Invalid SSN format', buttons: [{ id: 'showLog' }] });
    expect(JSON.stringify(problem)).not.toMatch(/report service/);
    expect(deeds(failed(404, '10100', { operationId: 'CreateConsumer' }), around('CreateConsumer'))).toEqual([log]);
    expect(explainProblem(failed(400, '10100', { operationId: 'GenerateVOAReport' }), around('GenerateVOAReport')).problem.buttons[0]!.title).toBe('Create Consumer');
  });

  test('a consumer that is there already is modified, an unknown customer chosen anew', () => {
    expect(deeds(failed(409, '11000', { operationId: 'CreateConsumer' }), around('CreateConsumer'))[0])
      .toEqual(['Modify Consumer', { command: 'openBanking.modifyConsumer', arguments: [{ kind: 'consumer', path: '', connectionId: 'c1', customerId: '72' }] }]);
    for (const [status, code] of [[404, '14001'], [400, '14023']] as const) expect(deeds(failed(status, code), around())[0]).toEqual(['Choose the Customer', { pick: ['parameters', 'customerId'] }]);
    expect(deeds(failed(404, '14001', { operationId: 'GetInstitutions' }), around('GetInstitutions'))).toEqual([log]);
  });

  test('its wait is told', () => {
    expect(explainProblem(failed(429, undefined, { wait: 90_000 }), around()).problem.fix).toMatch(/asks to wait 90 seconds\.$/);
    expect(explainProblem(failed(429, undefined, { wait: 7_200_000 }), around()).problem.fix).toMatch(/2 hours\.$/);
  });

  test.each<[unknown, string, RegExp, RegExp]>([
    [new NetworkError('refused', 'GetCustomer: api.example.test refuses the connection (ECONNREFUSED). Check the base URL and your firewall.', 'ECONNREFUSED', 'GetCustomer'), 'Nobody answers there', /^Api\.example\.test refuses the connection \(ECONNREFUSED\)\.$/, /^Check the base URL/],
    [new TimeoutError('GetCustomer: no complete answer within 30 s. Try again, or allow it more time.', 30_000, 'GetCustomer'), 'No answer in time', /^No complete answer within 30 s\.$/, /^Try again/],
    [new FileError('GetCustomer: the answer is longer than 2,048 MB, and reading it was ended there. Ask for less of it.', 'EFBIG', 'GetCustomer', 200), 'The answer is too long', /^The answer is longer/, /^Ask for less/],
    [new LockoutStop(2), 'Stopped before signing in', /2 more failures lock/, /^Correct the credentials/],
    [new GuardRefusal('DeleteCustomer', 'This connection is read-only, and "Delete" changes something. Edit the connection to allow changes.'), 'Not sent', /read-only/, /^Edit the connection/],
    [new InvalidInputError('customerId', 'GetCustomer: "customerId" is missing.', 'GetCustomer'), 'Not sent: a value cannot be used', /^"customerId" is missing\.$/, /^$/],
    [new UnexpectedAnswerError('redirect', 'GetCustomer: api redirects elsewhere (HTTP 302). Redirects are not followed. Check it.', 302, '', 'GetCustomer'), 'A redirect instead of an answer', /302/, /^Redirects are not followed/],
    [new SignedOutError('c1', 'Acme'), 'Signed out', /signed out/, /Enter/],
    [new VaultError('locked', 'The keychain is locked. Unlock it.'), 'The credentials cannot be read', /locked/, /Unlock/],
    [new ToldError('There is none.'), 'Not sent', /none/, /^$/],
    [new TypeError('secret at line 3'), 'The explorer itself failed', /explorer itself/, /log/],
  ])('%s', (error, title, meaning, fix) => {
    const { problem } = explainProblem(error, around());
    expect(problem.title).toBe(title);
    expect(problem.meaning).toMatch(meaning);
    expect(problem.fix).toMatch(fix);
    expect(JSON.stringify(problem)).not.toContain('line 3');
  });

  test('a bank that asks a question is no success, and Connect Fix is the way on', () => {
    const { problem, waysOut } = explainBankQuestion(around('GetAccountOwner', { customerId: '72' }))!;
    expect(problem).toMatchObject({ title: 'The bank asks a question', buttons: [{ id: 'connectFix', title: 'Open Connect Fix' }] });
    expect(waysOut.get('connectFix')?.does).toMatchObject({ command: 'openBanking.runOperation', arguments: [{ customerId: '72' }, 'GenerateFixConnectUrl'] });
    expect(headOfAnswer(answer({ status: 203, body: undefined, size: 0 }), context('GetAccountOwner'), { problem }).head).toMatchObject({ ok: false, status: 203, problem });
  });

  test('where the API takes the answers, their request is the way on; Connect\'s own forms are no problem', () => {
    const { problem, waysOut } = explainBankQuestion(around('AddAllAccounts', { customerId: '72', institutionId: 101732 }))!;
    expect(problem.fix).toMatch(/MFA-Session/);
    expect(waysOut.get('answerQuestion')?.does).toMatchObject({ arguments: [{ customerId: '72', institutionId: '101732' }, 'AddAllAccountsMfa'] });
    expect(explainBankQuestion(around('post-reconnections'))).toBeUndefined();
  });

  test('every button has something behind it, and nothing else is handed to the view', () => {
    const { problem, waysOut } = explainProblem(failed(400, '10100', { operationId: 'GenerateVOAReport' }), around('GenerateVOAReport'));
    expect(problem.buttons).toEqual([{ id: 'createConsumer', title: 'Create Consumer' }, { id: 'showLog', title: 'Show Log' }]);
    expect([...waysOut.keys()]).toEqual(problem.buttons.map(({ id }) => id));
  });

  test('without an answer the head says so', () => {
    const gone = new NetworkError('dns', 'x', undefined, 'GetCustomer');
    expect(headWithoutAnswer(gone, 5.4, context(), explainProblem(gone, around()).problem)).toMatchObject({ ok: false, statusText: 'No answer', durationMs: 5, size: 0, form: 'none', headers: [] });
    const refused = new GuardRefusal('X', 'No. Do.');
    expect(headWithoutAnswer(refused, 5, context(), explainProblem(refused, around()).problem).statusText).toBe('Not sent');
    const endless = new FileError('x', 'EFBIG', 'GetCustomer', 200);
    expect(headWithoutAnswer(endless, 5, context(), explainProblem(endless, around()).problem)).toMatchObject({ status: 200, statusText: 'OK', ok: false, note: expect.stringMatching(/^The API answered.*longer/) });
    for (const early of [new LockoutStop(2), new InvalidInputError('customerId', 'It is missing.'), new SignedOutError('c1', 'Acme'), new VaultError('locked', 'The keychain is locked.')])
      expect(headWithoutAnswer(early, 5, context(), explainProblem(early, around()).problem).statusText, early.name).toBe('Not sent');
    // Of an error that nobody foresaw it is not known: it may well have been sent.
    for (const foreign of [new RangeError('Maximum call stack size exceeded'), 'a text'])
      expect(headWithoutAnswer(foreign, 5, context(), explainProblem(foreign, around()).problem).statusText).toBe('No answer');
    const moved = new UnexpectedAnswerError('redirect', 'x', 302, '', 'GetCustomer');
    expect(headWithoutAnswer(moved, 5, context(), explainProblem(moved, around()).problem)).toMatchObject({ status: 302, statusText: 'Found', ok: false });
  });

  test('there is nothing to open, save or compare, and the head says why', () => {
    const compared = (error: unknown) => {
      const head = headWithoutAnswer(error, 5, context(), explainProblem(error, around()).problem);
      return [head.comparable, head.unkept, head.form, notCompared(head)];
    };
    expect(compared(new GuardRefusal('X', 'No. Do.'))).toEqual([false, undefined, 'none', 'Nothing was sent, so there is no answer to compare.']);
    expect(compared(new NetworkError('dns', 'x', undefined, 'GetCustomer'))).toEqual([false, undefined, 'none', 'No answer came that could be compared.']);
    expect(compared(new FileError('x', 'EFBIG', 'GetCustomer', 200))).toEqual([false, true, 'none', 'The body was not kept, so it is not compared.']);
    const came = headOfAnswer(answer({}), context()).head;
    expect([notCompared(came), notCompared({ ...came, comparable: false })]).toEqual([undefined, 'There is no earlier answer of this request to compare with.']);
  });
});

describe('the ways out', () => {
  test('credentials and tokens lead to this very connection', () => {
    expect(deeds(failed(401, '10001'), around())).toEqual([['Edit Credentials', { command: 'openBanking.editConnection', arguments: [{ connectionId: 'c1' }] }], log]);
    expect(deeds(failed(401, '10023'), around())).toEqual([['Sign In Again', { command: 'openBanking.testConnection', arguments: [{ connectionId: 'c1' }] }], log]);
  });

  test('the consumer and the report are made for the customer of the request', () => {
    const customer = { kind: 'consumer', path: '', connectionId: 'c1', customerId: '72' };
    expect(deeds(failed(400, '10100', { operationId: 'GenerateVOAReport' }), around('GenerateVOAReport'))[0]).toEqual(['Create Consumer', { command: 'openBanking.createConsumer', arguments: [customer] }]);
    expect(deeds(failed(400, '10100', { operationId: 'GenerateVOAReport' }), around('GenerateVOAReport', { customer_id: 72 }))[0]?.[1]).toEqual({ command: 'openBanking.createConsumer', arguments: [customer] });
  });

  test('Connect Fix opens as a request that knows customer and login', () => {
    const [first] = deeds(failed(500, '103', { operationId: 'GetAccountOwner' }), around('GetAccountOwner', { customerId: '72', body: { institutionLoginId: 55 } }));
    expect(first).toEqual(['Open Connect Fix', { command: 'openBanking.runOperation', arguments: [{ kind: 'institutionLogin', path: '', connectionId: 'c1', customerId: '72', institutionLoginId: '55' }, 'GenerateFixConnectUrl'] }]);
  });

  test('waiting counts down for reads alone, as long as the API asks', () => {
    expect(deeds(failed(429, undefined), around())[0]).toEqual(['Wait 1 min and Try Again', { retryAfterMs: 60_000 }]);
    expect(deeds(failed(429, undefined, { wait: 5_000 }), around())[0]).toEqual(['Wait 5 s and Try Again', { retryAfterMs: 5_000 }]);
    expect(deeds(failed(429, undefined, { wait: 3_600_000 }), around())[0]).toEqual(['Send Again', { retryAfterMs: 0 }]);
    expect(deeds(failed(429, undefined, { operationId: 'GenerateVOAReport' }), around('GenerateVOAReport'))[0]).toEqual(['Send Again', { retryAfterMs: 0 }]);
    expect(deeds(failed(503, undefined), around())[0]).toEqual(['Wait 30 s and Try Again', { retryAfterMs: 30_000 }]);
  });

  test('another account is chosen in the field of the request', () => {
    expect(deeds(failed(400, '14020', { operationId: 'GetCustomerAccount' }), around('GetCustomerAccount'))[0]).toEqual(['Choose Another Account', { pick: ['parameters', 'accountId'] }]);
    expect(deeds(failed(400, '14020'), around())).toEqual([log]);
  });

  test('what broke on the way is sent again by hand', () => {
    expect(deeds(new NetworkError('reset', 'x'), around())[0]).toEqual(['Send Again', { retryAfterMs: 0 }]);
    expect(deeds(new NetworkError('tls', 'x'), around())).toEqual([log]);
    expect(deeds(new TimeoutError('x', 1), around())[0]?.[0]).toBe('Send Again');
  });

  test('a read-only connection can be edited', () => {
    expect(deeds(new GuardRefusal('X', 'no', false, 'c2'), around())[0]).toEqual(['Edit Connection', { command: 'openBanking.editConnection', arguments: [{ connectionId: 'c2' }] }]);
    expect(deeds(new GuardRefusal('X', 'no'), around())).toEqual([]);
    expect(deeds(new GuardRefusal('X', 'no', true, 'c2'), around())).toEqual([]);
  });

  test('a notification offers what commands do, and asks where it knows nothing', () => {
    expect(userMessage(failed(429, undefined)).buttons.map(({ title }) => title)).toEqual(['Show Log']);
    expect(userMessage(failed(500, '103')).buttons[0]).toEqual({ title: 'Open Connect Fix', command: 'openBanking.runOperation', arguments: [undefined, 'GenerateFixConnectUrl'] });
    expect(userMessage(failed(401, '10023')).buttons[0]).toEqual({ title: 'Sign In Again', command: 'openBanking.testConnection', arguments: [] });
    expect(userMessage(new CancelledError()).buttons).toEqual([]);
  });
});
