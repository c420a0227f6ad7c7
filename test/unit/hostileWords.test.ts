// Words that somebody else chose (a name, a message of a server, a file of a folder) do nothing but be read.
import { expect, test } from 'vitest';
import { operation } from '../../src/api/catalogue.ts';
import { toApiError } from '../../src/client/errorBody.ts';
import { InvalidInputError } from '../../src/client/errors.ts';
import { noLinks, plainText } from '../../src/client/plainText.ts';
import { buildRequest } from '../../src/client/requestBuilder.ts';
import { shownHeaders } from '../../src/requests/shownHeaders.ts';
import { parseResourcePath } from '../../src/documents/uris.ts';
import { createRedactor } from '../../src/platform/redaction.ts';
import { escapeMarkdown } from '../../src/tree/markdown.ts';
import { customerName } from '../../src/tree/words.ts';

const readError = (text: string) => {
  const answer = { status: 400, contentType: 'text/plain', headers: {}, body: text, size: text.length, durationMs: 1 };
  const { code, apiMessage } = toApiError(operation('GetCustomer'), {}, answer, text, []);
  return { code, message: apiMessage };
};

/** What the editor takes for a link in a notification or a prompt. */
const editorLink = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
const hostile = '[Dana](command:workbench.action.terminal.sendSequence?%7B%7D)';

test('a name cannot become a link that runs a command', () => {
  expect(hostile).toMatch(editorLink);
  expect(plainText(hostile)).not.toMatch(editorLink);
  expect(noLinks(`Enrolling ${hostile}\n[b](https://x.example)`)).not.toMatch(editorLink);
  // Taking unseen characters out must not put a link together.
  expect(plainText(hostile.replace('](', ']\u200b('))).not.toMatch(editorLink);
});

test('a customer\'s name comes out of the wire as plain text', () => {
  expect(customerName({ firstName: '[Dana', lastName: 'x](command:workbench.action.quit)' }, '7')).not.toMatch(editorLink);
  expect(customerName({ firstName: 'Dana\n\nConnection: Sandbox' }, '7')).toBe('Dana Connection: Sandbox');
});

test('a name stays on its line, keeps its direction and its size', () => {
  expect(plainText('Dana\r\n\r\nConnection: Sandbox\u202e\u0000 x')).toBe('Dana Connection: Sandbox x');
  expect(plainText('Zoë 🏦 de l\'Or')).toBe('Zoë 🏦 de l\'Or');
  expect(plainText('x'.repeat(500), 120)).toHaveLength(120);
});

test.each([
  ['JSON', JSON.stringify({ code: 10001, message: hostile })],
  ['text', `Sorry: ${hostile}`],
  ['a web page', `<html><title>${hostile}</title></html>`],
  ['XML', `<error><code>10001</code><message>${hostile}</message></error>`],
])('a message of the API as %s holds no link', (_kind, text) => {
  expect(readError(text).message).toContain('Dana');
  expect(readError(text).message).not.toMatch(editorLink);
});

test('a code and a message between spaces are still read', () => {
  expect(readError('<error><code> 10001 </code><message>\n  No such thing  </message></error>')).toEqual({ code: '10001', message: 'No such thing' });
});

/** Characters. What is read once or twice takes milliseconds; what is read anew from each of its places takes minutes, and the test its time. */
const many = 1_000_000;

test('no answer keeps the editor busy, however it is made', () => {
  for (const text of [`<e><code>${' '.repeat(many)}a<`, `<html>${'<title'.repeat(many / 5)}`, `<e><message>${' '.repeat(many)}<`]) expect(readError(text).code).toBeUndefined();
});

test('no text keeps the redaction busy', () => {
  const { redact } = createRedactor();
  for (const text of ['a.'.repeat(many / 2), 'a+'.repeat(many / 2)]) expect(redact(text)).toBe(text);
  expect(redact('mail .dana.reyes+x@mail.example.com now')).toBe('mail «hidden» now');
});

test('a tooltip links nothing by itself and loses what cannot be seen', () => {
  expect(escapeMarkdown('see https://evil.example or www.evil.example, dana@evil.example')).not.toMatch(/:\/\/|www\.|[^\\]@/);
  expect(escapeMarkdown('![x](https://evil.example/x.png)')).toBe('\\!\\[x\\]\\(https:\\/\\/evil.example/x.png\\)');
  expect(escapeMarkdown('First\u202eknaB\u0000')).toBe('First knaB ');
});

test('a document address with a stray percent sign names nothing', () => {
  expect(parseResourcePath('/customers/%zz.json')).toBeUndefined();
});

test('a wanted media type cannot carry a header of its own', () => {
  const ask = (accept: string) => () => buildRequest(operation('GetCustomer'), { customerId: '1' }, { accept });
  expect(ask('application/json\r\nX-Other: 1')).toThrow(InvalidInputError);
  expect(ask('application/pdf')().headers.accept).toBe('application/pdf');
});

test('keys, tokens and cookies in the headers of an answer are named and not shown', () => {
  expect(shownHeaders({ 'content-type': 'application/json', 'set-cookie': 'a=1', 'Finicity-App-Token': 't', 'finicity-app-key': 'k', 'app-token': 't', 'mfa-session': 'm' })).toEqual({
    'content-type': 'application/json', 'set-cookie': '(not shown)', 'Finicity-App-Token': '(not shown)', 'finicity-app-key': '(not shown)', 'app-token': '(not shown)', 'mfa-session': 'm',
  });
});
