import { expect, test } from 'vitest';
import { ApiError } from '../../src/client/errors.ts';
import { VaultError } from '../../src/credentials/vaultError.ts';
import { callLine, createLog, errorLine, type LogChannel } from '../../src/platform/log.ts';
import { createRedactor, hidden } from '../../src/platform/redaction.ts';

const { redact } = createRedactor();

test.each([
  ['{"partnerSecret":"canaryA"}', 'canaryA'], ["{'appKey': 'canaryA'}", 'canaryA'], ['{"partnerSecret":"with \\" canaryA"}', 'canaryA'], ['Finicity-App-Key: canaryA', 'canaryA'],
  ['finicity-app-token=canaryA; x', 'canaryA'], ['Authorization: Bearer canaryA', 'canaryA'], ['bearer canaryAcanaryA', 'canaryA'], ['https://user:canaryA@host/path', 'canaryA'],
  ['?token=canaryA&x=1', 'canaryA'], ['ssn 123-45-6789', '6789'], ['ssn=123456789', '123456789'], ['SSN: 123 45 6789.', '45 6789'], ['mail jane.doe+x@example.co.uk now', 'jane'],
  ['account 000011112222', '11112222'], ['card 4111-1111-1111-1111', '4111'], ['partner 2445500000001', '2445500000001'], ['token aB3dE5gH7jK9mN1pQ3sT given', 'aB3dE5gH7jK9mN1pQ3sT'],
  ['key 0123456789abcdef0123456789abcdef', '0123456789abcdef'], ['{"ssn":"123-45-6789","dob":"1970-01-01"}', '123-45'],
])('in %j no "%s" is left', (text, canary) => {
  expect(redact(text)).not.toContain(canary);
  expect(redact(text)).toContain(hidden);
});

test.each([
  'GetCustomer GET /aggregation/v1/customers/{customerId} · 200 ok · 12 ms · 5120 bytes', 'The sandbox answers at http://127.0.0.1:49152 after 412 ms (process 12345).', 'code 10001, HTTP 401', '2026-11-22T13:00:00.000Z',
  '"Acme" is signed out: no credentials are kept for it.', 'request 3f2504e0-4f89-41d3-9a0c-0305e82c3301',
])('%j is left as it is', (text) => expect(redact(text)).toBe(text));

test('a known secret is hidden wherever it stands, in each of its forms', () => {
  const redactor = createRedactor();
  redactor.hide('pass&word "x"');
  for (const text of ['plain pass&word "x" end', `query ${encodeURIComponent('pass&word "x"')}`, `json ${JSON.stringify('pass&word "x"')}`, `base ${Buffer.from('pass&word "x"').toString('base64')}`])
    expect(redactor.redact(text)).toMatch(/^\w+ "?«hidden»"?( end)?$/);
});

test('of two known secrets, one within the other, no remainder is left', () => {
  const redactor = createRedactor();
  redactor.hide('abcd');
  redactor.hide('abcdefgh');
  expect(redactor.redact('x abcdefgh y')).toBe(`x ${hidden} y`);
});

function recorder(): LogChannel & { lines: string[] } {
  const lines: string[] = [];
  const note = (level: string) => (message: string) => void lines.push(`${level} ${message}`);
  return { lines, info: note('info'), warn: note('warn'), error: note('error'), debug: note('debug'), show() {} };
}

test('every way into the log is redacted, causes and details included', () => {
  const channel = recorder();
  const log = createLog(channel, createRedactor());
  log.hide('canary-Secret');
  log.info('a canary-Secret');
  log.warn('b canary-Secret');
  log.debug('c canary-Secret');
  log.error('Opening canary-Secret', new Error('outer canary-Secret', { cause: new VaultError('locked', 'inner', 'said canary-Secret') }));
  log.call({ operationId: 'GetCustomer', method: 'GET', path: '/x/canary-Secret', durationMs: 1, attempt: 1, outcome: 'ok' }, 'canary-Secret');
  expect(channel.lines).toHaveLength(5);
  for (const line of channel.lines) expect(line).toContain(hidden);
  expect(channel.lines.join()).not.toContain('canary');
});

test('a call is one line: who, what, how it ended, how long', () => {
  expect(callLine({ operationId: 'GetCustomer', method: 'GET', path: '/aggregation/v1/customers/{customerId}', status: 404, code: '14001', durationMs: 12.4, size: 70, attempt: 2, outcome: 'failed' }, 'Acme'))
    .toBe('[Acme] GetCustomer GET /aggregation/v1/customers/{customerId} · 404 failed · code 14001 · 12 ms · 70 bytes · attempt 2');
  expect(callLine({ operationId: 'X', method: 'GET', path: '/x', durationMs: 0, attempt: 1, outcome: 'cancelled' }, 'Acme')).toBe('[Acme] X GET /x · cancelled · 0 ms');
});

test('an error\'s line has its causes and no stack, and never the answer\'s body', () => {
  const answer = { status: 404, headers: {}, contentType: 'application/json', body: { secret: 'canary' }, size: 1, durationMs: 1 };
  const explanation = { title: 'Not found', meaning: 'There is none.', fix: 'Check the id.', retryable: false } as ConstructorParameters<typeof ApiError>[0]['explanation'];
  const line = errorLine(new Error('outer', { cause: new ApiError({ operationId: 'X', family: 'Y', code: '14001', explanation, answer }) }));
  expect(line).toMatch(/^Error: outer ← ApiError: Not found .*\(14001\)$/);
  expect(line).not.toMatch(/canary|\n| at /);
});
