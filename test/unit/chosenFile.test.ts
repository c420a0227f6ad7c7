// Which files a field takes, by what they are and not by what they are called.
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/api/catalogue.ts';
import { flatBodySchema, type JsonSchema } from '../../src/api/schemas.ts';
import { fileProblem, sizeProblem, typeWords, unreadable, type FileRule } from '../../src/requests/chosenFile.ts';

const payStatement: FileRule = { types: ['pdf', 'jpg', 'jpeg', 'png'], maxBytes: 1000 };
const logo: FileRule = { types: ['svg'], maxBytes: 1000 };
const bytes = (...parts: (string | number[])[]): Uint8Array => Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'utf8') : Buffer.from(part))));
const png = bytes([0x89], 'PNG\r\n', [0x1a], '\n rest');

test.each([
  ['a PDF', bytes('%PDF-1.7\n%…')],
  ['a PDF after a line of a scanner', bytes('\r\nscanned by\r\n%PDF-1.4')],
  ['a JPEG', bytes([0xff, 0xd8, 0xff, 0xe0, 0, 0x10], 'JFIF')],
  ['a PNG', png],
])('a pay statement may be %s', (_, content) => {
  expect(fileProblem('slip.pdf', content, payStatement)).toBeUndefined();
});

test.each<[string, Uint8Array, RegExp]>([
  ['slip.pdf', bytes('II*', [0], 'rest'), /^"slip\.pdf" is a TIFF picture\. The field takes PDF, JPG or PNG\.$/],
  ['slip.pdf', bytes('GIF89a…'), /is a GIF picture/],
  ['slip.pdf', bytes('RIFF....WEBPVP8 '), /is a WebP picture/],
  ['slip.docx', bytes('PK', [3, 4], 'rest'), /Office document/],
  ['slip.pdf', bytes('MZ this is a program'), /^"slip\.pdf" is no PDF, JPG or PNG file, whatever its name says\./],
  ['slip.pdf', bytes('%PD'), /is no PDF/],
  ['slip.pdf', bytes([0x89], 'PNX\r\n', [0x1a], '\n'), /is no PDF/],
  ['slip.pdf', bytes('x'.repeat(2000)).subarray(0, 900), /is no PDF/],
  ['slip.pdf', new Uint8Array(), /^"slip\.pdf" is empty\.$/],
  ['slip.pdf', bytes('%PDF-', 'x'.repeat(1000)), /^"slip\.pdf" is too large: it has 1,?005 bytes, and at most 1,?000 bytes can be sent\.$/],
])('%s that is something else is refused and named: %#', (name, content, words) => {
  expect(fileProblem(name, content, payStatement)).toMatch(words);
});

describe('a logo', () => {
  test.each([
    ['plain', '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"/>'],
    ['with a prolog, a comment and a document type', '\ufeff<?xml version="1.0"?>\n<!-- drawn\nby hand -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">\n<svg>…</svg>'],
    ['in capitals', '<SVG></SVG>'],
  ])('is an SVG %s', (_, text) => expect(fileProblem('logo.svg', bytes(text), logo)).toBeUndefined());

  test.each([['HTML', '<!DOCTYPE html><html><svg/></html>'], ['text', 'svg'], ['another element', '<svgx/>'], ['an open comment', '<!-- <svg/>'], ['nothing but comments', '<!---->'.repeat(5000)]])('is not %s', (_, text) => {
    expect(fileProblem('logo.svg', bytes(text), { ...logo, maxBytes: 1e6 })).toBe('"logo.svg" is no SVG file, whatever its name says.');
  });

  test('that is a PNG is told so', () => {
    expect(fileProblem('logo.svg', png, logo)).toBe('"logo.svg" is a PNG picture. The field takes SVG.');
  });
});

test('a size is known to be wrong before anything is read', () => {
  expect(sizeProblem('huge.pdf', 4_000_000_000, { ...payStatement, maxBytes: 5 * 1024 * 1024 })).toBe('"huge.pdf" is too large: it has 3,815 MB, and at most 5 MB can be sent.');
  expect(sizeProblem('right.pdf', 1000, payStatement)).toBeUndefined();
});

test('a file\'s name cannot say more than a name', () => {
  expect(fileProblem('[x](command:y)$(trash).pdf', new Uint8Array(), payStatement)).toBe('"[x] (command:y)$ (trash).pdf" is empty.');
  expect(unreadable('a.pdf', 'FileNotFound')).toBe('"a.pdf" could not be read: it is not there any more.');
  expect(unreadable('a.pdf', 'Unknown')).toBe('"a.pdf" could not be read: the file system refused.');
});

test('what the description says of files is something that can be checked', () => {
  const rules: [string, FileRule][] = [];
  const walk = (schema: JsonSchema | undefined, at: string): void => {
    if (schema?.['x-file']) rules.push([at, schema['x-file'] as FileRule]);
    for (const [name, of] of Object.entries((schema?.properties as Record<string, JsonSchema> | undefined) ?? {})) walk(of, `${at}.${name}`);
    if (schema?.items) walk(schema.items as JsonSchema, `${at}.0`);
  };
  for (const { operationId } of catalogue) walk(flatBodySchema(operationId), operationId);
  expect(rules.map(([at]) => at).sort()).toEqual(['ModifyAppRegistration.image', 'RegisterApp.image', 'StoreCustomerPayStatement.statement']);
  for (const [, rule] of rules) {
    expect(rule.maxBytes).toBeGreaterThan(0);
    // A type that nobody can tell would be let through unseen.
    for (const type of rule.types) expect(fileProblem('x', bytes('something else'), { types: [type], maxBytes: 1000 }), type).toBeDefined();
  }
  expect(typeWords(rules.find(([at]) => at.startsWith('Store'))![1])).toBe('PDF, JPG or PNG');
});
