// A request with a file of megabytes in it: what is read, where it stands and what is wrong with it are as for any other, and the file's
// characters are walked through once an edit, by the engine's own parser.
import { parseTree, type Node } from 'jsonc-parser';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { changed, readRequest, setValue } from '../../src/requests/document.ts';
import { lineColumn, readJson } from '../../src/requests/jsonText.ts';
import { withoutLongTexts } from '../../src/requests/longTexts.ts';
import { RequestSession } from '../../src/webviews/host/requestSession.ts';

afterEach(() => { vi.restoreAllMocks(); });

const long = 'QUJD'.repeat(5_000);
const escaped = `"a\\"b\\\\${'x\\n\\u00e9\\/'.repeat(2_000)}\\\\"`;
const file = (statement: string): string => JSON.stringify({ version: 1, operation: 'StoreCustomerPayStatement', parameters: { customerId: '7001' }, body: { label: 'lastPayPeriod', statement } }, null, 2);

/** The tree without its way up. */
const plain = (node: Node): unknown => ({ type: node.type, offset: node.offset, length: node.length, value: node.value as unknown, colon: node.colonOffset, children: node.children?.map(plain) });

describe('a text with long strings', () => {
  test.each<[string, string]>([
    ['one', `{ "a": "${long}", "b": [1, "${long}x"], "c": { "d": null } }`],
    ['escapes', `{"a":${escaped},"b":[${escaped},true,${escaped}],"c":-1.50e2}`],
    ['names that are long', `{ "${long}": 1, "b" : "${long}", "${long}2" \n: "${long}" }`],
    ['a name twice', `{ "a": "${long}", "a": { "b": "${long}" }, "a": ["${long}", 2] }`],
    ['a special name', `{ "__proto__": { "a": "${long}" }, "b": 2 }`],
    ['a byte order mark', `\uFEFF{ "a": "${long}" }`],
    ['nothing else', `"${long}"`],
    ['line ends', `{\r\n\t"a": "${long}",\r\n\t"b": "é${long}"\r\n}`],
  ])('is read as any other: %s', (_, text) => {
    const { value, root, problems } = readJson(text);
    const bare = text.replace('\uFEFF', ' ');
    expect(problems).toEqual([]);
    expect(JSON.stringify(value)).toBe(JSON.stringify(JSON.parse(bare)));
    expect(plain(root!)).toEqual(plain(parseTree(bare)!));
  });

  test('is told with the place where its fault stands', () => {
    const lines = ['{', `  "a": "${long}",`, '  "b": 1', '  "c": 2', '}'].join('\n');
    const { problems: [first] } = readJson(lines);
    expect(first!.message).toBe('A comma is missing at the end of line 3.');
    expect(lines.slice(first!.offset, first!.offset + 3)).toBe('"c"');
    const oneLine = `{ "a": "${long}", "b": nil }`;
    const { problems: [word] } = readJson(oneLine);
    expect(oneLine.slice(word!.offset, word!.offset + word!.length)).toBe('nil');
    expect(word!.message).toContain(`at column ${oneLine.indexOf('nil') + 1} `);
  });

  test.each<[string, string, RegExp]>([
    ['a line break in it', `{ "a": "${long}\n${long}" }`, /double quote|control character/],
    ['a backslash too many', `{ "a": "${long}\\x${long}" }`, /^A backslash/],
    ['no end', `{ "a": "${long} }`, /no double quote at its end/],
    ['single quotes around one', `{ 'a': "${long}" }`, /single quotes/],
  ])('says what is wrong with a long string itself: %s', (_, text, words) => {
    expect(readJson(text).problems[0]!.message).toMatch(words);
  });

  test('names the field beside the file that is wrong, and edits it in its place', () => {
    const text = file(long).replace('"label"', '"label": "x",\n    "label"');
    expect(readRequest(text).problems[0]!.message).toMatch(/"label" stands twice: at line 8 and at line 9/);
    const good = file(long);
    expect(changed(good, setValue(good, ['body', 'label'], 'earliestPayPeriod'))).toBe(good.replace('"lastPayPeriod"', '"earliestPayPeriod"'));
    expect(JSON.parse(changed(good, setValue(good, ['body', 'statement'], undefined)))).toMatchObject({ body: { label: 'lastPayPeriod' } });
  });
});

test('line and column of a place, whatever ends the lines', () => {
  const text = 'a\r\nbc\rd\n\ne';
  const byHand = (offset: number) => {
    const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
    return { line: lines.length, column: lines.at(-1)!.length + 1 };
  };
  for (let offset = 0; offset <= text.length; offset += 1) expect(lineColumn(text, offset)).toEqual(byHand(offset));
});

test('an edit beside a file of megabytes has the file read once, and never character by character', async () => {
  let text = file('QUJD'.repeat(1_300_000));
  expect(withoutLongTexts(text).text.length).toBeLessThan(400);
  const problems: unknown[] = [];
  const session: RequestSession = new RequestSession({
    text: () => text,
    change: async (changes) => {
      text = changed(text, changes);
      session.documentChanged();
      return true;
    },
    post: (message) => { if (message.type === 'content') problems.push(message.problems); },
    connections: () => ({ active: 'sandbox', connections: [] }), addressOf: () => undefined, send: () => new Promise(() => undefined), pick: async () => undefined, run: () => undefined,
    openText: () => undefined, copyAsCode: () => undefined, saveAs: () => undefined, failed: (error) => { throw error; }, titles: {}, locale: 'en', now: () => 0,
  });
  session.receive({ type: 'ready' });
  const parsed = vi.spyOn(JSON, 'parse');
  session.receive({ type: 'edit', path: ['body', 'label'], value: 'earliestPayPeriod', seq: 1 });
  await vi.waitFor(() => { expect(text).toContain('earliestPayPeriod'); });
  await new Promise((resolve) => { setTimeout(resolve); });
  expect(parsed.mock.calls.filter(([given]) => given.length > 1_000_000)).toHaveLength(1);
  expect(problems).toHaveLength(2);
});
