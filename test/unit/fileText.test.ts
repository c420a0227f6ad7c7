// A request file's bytes as text, and what is said of one that the editor refuses to open.
import { expect, test } from 'vitest';
import { fileText } from '../../src/requests/fileText.ts';

const request = '{ "operation": "GetCustomers", "title": "Zoë" }';

test('text is read as the editor reads it, also of 16 bits', () => {
  expect(fileText(Buffer.from(request))).toBe(request);
  expect(fileText(Buffer.from(`\ufeff${request}`, 'utf16le'))).toBe(request);
  expect(fileText(Buffer.from(`\ufeff${request}`, 'utf16le').swap16())).toBe(request);
  expect(fileText(new Uint8Array())).toBe('');
});

test('binary data is named as that, and what to do', () => {
  for (const bytes of [[0, 255, 254, 0, 1], [123, 125, 0], [255, 216, 255, 0]]) expect(() => fileText(Uint8Array.from(bytes))).toThrow(/^it holds binary data and no text.*earlier version/);
});
