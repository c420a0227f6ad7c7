// Edits of a request's text: the value is what was asked for, everything else is letter for letter what it was, and what is new looks like
// its neighbours.
import { describe, expect, test } from 'vitest';
import { operation } from '../../src/api/catalogue.ts';
import { changed, parseRequest, readRequest, setBody, setPart, setValue, type TextChange } from '../../src/requests/document.ts';
import { requestText } from '../../src/requests/newRequest.ts';

type Path = (string | number)[];
const set = (text: string, path: Path, value: unknown, options?: { prune: boolean }): string => changed(text, setValue(text, path, value, options));
const body = (text: string): unknown => (JSON.parse(text) as { body?: unknown }).body;

const text = `{
  "operation": "AddTestingCustomer",
  "body": {
    "username": "dana",
    "phones": ["1", "2"],
    "applicants": [
      {
        "name": "A"
      }
    ]
  }
}
`;

describe('a value', () => {
  test('that stands there is replaced, and nothing else', () => {
    expect(setValue(text, ['body', 'username'], 'eli')).toEqual([{ offset: text.indexOf('"dana"'), length: 6, content: '"eli"' }]);
    expect(set(text, ['body', 'phones', 1], '3')).toBe(text.replace('"2"', '"3"'));
  });

  test('that stands there already changes nothing, however it is written', () => {
    expect(setValue(text, ['body', 'username'], 'dana')).toEqual([]);
    expect(setValue(text, ['body', 'phones'], ['1', '2'])).toEqual([]);
    expect(setValue('{"body":{"a":1.50}}', ['body', 'a'], 1.5)).toEqual([]);
  });

  test('that is new comes last, as its neighbours stand', () => {
    expect(set(text, ['body', 'applicants', 0, 'ssn'], '999001234')).toBe(text.replace('"name": "A"', '"name": "A",\n        "ssn": "999001234"'));
    expect(set(text, ['body', 'phones', 2], '3')).toBe(text.replace('"2"]', '"2", "3"]'));
    expect(set(text, ['body', 'applicants', 1], { name: 'B' })).toBe(text.replace('      }\n    ]', '      },\n      {\n        "name": "B"\n      }\n    ]'));
  });

  test('brings the objects and lists on its way', () => {
    expect(body(set(text, ['body', 'home', 'address', 'zip'], '84111'))).toMatchObject({ username: 'dana', home: { address: { zip: '84111' } } });
    expect(body(set(text, ['body', 'tags', 0], 'x'))).toMatchObject({ tags: ['x'] });
    expect(body(set(text, ['body', 'username', 'first'], 'x'))).toMatchObject({ username: { first: 'x' } });
    expect(set('{\n  "operation": "GetCustomer"\n}\n', ['parameters', 'customerId'], '1')).toBe('{\n  "operation": "GetCustomer",\n  "parameters": {\n    "customerId": "1"\n  }\n}\n');
  });

  test('is removed with its comma, first, between and last', () => {
    const list = '{ "body": { "a": 1, "b": 2, "c": 3 } }';
    expect(set(list, ['body', 'a'], undefined)).toBe('{ "body": { "b": 2, "c": 3 } }');
    expect(set(list, ['body', 'b'], undefined)).toBe('{ "body": { "a": 1, "c": 3 } }');
    expect(set(list, ['body', 'c'], undefined)).toBe('{ "body": { "a": 1, "b": 2 } }');
    expect(set(text, ['body', 'applicants', 0], undefined)).toBe(text.replace(/"applicants": \[[^]*?\n    \]/, '"applicants": []'));
    expect(setValue(text, ['body', 'nothing', 'there'], undefined)).toEqual([]);
    expect(JSON.parse(set(text, ['body'], undefined))).toEqual({ operation: 'AddTestingCustomer' });
  });

  test('takes what it leaves empty along when that is asked for, but never the body itself', () => {
    const deep = '{ "body": { "x": 1, "a": { "b": { "c": 1 } } } }';
    expect(set(deep, ['body', 'a', 'b', 'c'], undefined)).toBe('{ "body": { "x": 1, "a": { "b": {} } } }');
    expect(set(deep, ['body', 'a', 'b', 'c'], undefined, { prune: true })).toBe('{ "body": { "x": 1 } }');
    expect(set('{"body":{"a":{"b":1}}}', ['body', 'a', 'b'], undefined, { prune: true })).toBe('{"body":{}}');
  });

  test('comes as the text is written: tabs, line ends of Windows, one line, no spaces, a byte order mark', () => {
    const windows = text.replaceAll('\n', '\r\n').replaceAll('  ', '\t');
    expect(set(windows, ['body', 'applicants', 0, 'x'], { y: 1 })).toContain('"name": "A",\r\n\t\t\t\t"x": {\r\n\t\t\t\t\t"y": 1\r\n\t\t\t\t}\r\n\t\t\t}');
    expect(set('{"operation":"A","body":{"a":1}}', ['body', 'b'], [1])).toBe('{"operation":"A","body":{"a":1,"b":[ 1 ]}}');
    expect(set('{ "operation": "A", "body": {} }', ['body', 'b'], 'x')).toBe('{ "operation": "A", "body": { "b": "x" } }');
    expect(set(`\uFEFF${text}`, ['body', 'username'], 'eli')).toBe(`\uFEFF${text.replace('dana', 'eli')}`);
  });

  test('of a hostile name stays a value', () => {
    const made = set(text, ['body', '__proto__', 'x'], 1);
    expect(Object.hasOwn(body(made) as object, '__proto__')).toBe(true);
    expect(readRequest(made).problems[0]?.message).toContain('__proto__');
  });

  test('goes into no text that cannot be read', () => {
    expect(() => setValue('{ "body": { // x\n } }', ['body', 'a'], 1)).toThrow(/comment at line 1/);
  });
});

describe('a part', () => {
  test('stands at its own place', () => {
    const start = requestText(operation('GetReportByCustomer'));
    const both = changed(start, setPart(start, 'accept', 'application/pdf'));
    const made = changed(both, setPart(both, 'connection', 'c1'));
    expect(Object.keys(JSON.parse(made))).toEqual(['$schema', 'version', 'operation', 'connection', 'accept', 'parameters']);
    const titled = changed(made, setPart(made, 'title', 'Mine'));
    expect(Object.keys(JSON.parse(titled)).slice(0, 3)).toEqual(['$schema', 'version', 'title']);
    const back = changed(titled, setPart(titled, 'title', undefined));
    expect(changed(changed(back, setPart(back, 'connection', undefined)), setPart(changed(back, setPart(back, 'connection', undefined)), 'accept', undefined))).toBe(start);
    expect(changed('{"body":1}', setPart('{"body":1}', 'title', 'x'))).toBe('{"title":"x","body":1}');
  });
});

describe('the body as text', () => {
  const made = (given: string, from = text): TextChange[] => {
    const edits = setBody(from, given);
    if ('problem' in edits) throw new Error(edits.problem.message);
    return edits;
  };

  test('is taken in as it stands, digits and layout', () => {
    const given = '{ "n": 1.500,   "list": [ 1,2 ] }';
    expect(changed(text, made(given))).toContain(`"body": ${given}\n}`);
    expect(made('{\n  }', text.replaceAll('\n', '\r\n'))[0]!.content).toBe('{\r\n  }');
    expect(parseRequest(changed('{ "operation": "AddTestingCustomer" }', made('{"username":"x"}', '{ "operation": "AddTestingCustomer" }'))).input.body).toEqual({ username: 'x' });
    expect(made(text.slice(text.indexOf('{\n    "username'), text.lastIndexOf('\n}')))).toEqual([]);
  });

  test.each([
    ['{\n  "a": 1 // x\n}', 'A comment at line 2', 11], ['{ "a": [1,] }', 'A comma before ]', 9], ['{ "a": 1, "a": 2 }', '"a" stands twice', 10],
    ['{ "__proto__": 1 }', '"__proto__"', 2], ['{ "appKey": "x" }', '"appKey" is a credential', 2], ['', 'nothing in it', 0],
  ])('%j is refused with its place in it', (given, says, offset) => {
    expect(setBody(text, given)).toEqual({ problem: expect.objectContaining({ message: expect.stringContaining(says), offset }) });
  });

  test('is refused when it is too large', () => {
    expect(setBody(text, JSON.stringify('x'.repeat(12_100_000)))).toEqual({ problem: expect.objectContaining({ message: expect.stringContaining('Too large') }) });
  });
});

describe('whatever the text and the value', () => {
  let state = 7;
  const random = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
  const scalar = (): unknown => ['', 'a "quoted", \\ text: {[', 'zwei\nZeilen \u2028', 0, -1.5e21, true, null, 'ümlaut 🏦'][random(8)];
  const value = (depth = 0): unknown => {
    if (depth > 3 || random(3) === 0) return scalar();
    const size = random(4);
    return random(2) === 0 ? Array.from({ length: size }, () => value(depth + 1)) : Object.fromEntries(Array.from({ length: size }, (_, at) => [`k${at}${random(2) ? ' "x' : ''}`, value(depth + 1)]));
  };
  const layouts = [(json: unknown) => JSON.stringify(json), (json: unknown) => JSON.stringify(json, null, 2), (json: unknown) => `\uFEFF${JSON.stringify(json, null, '\t').replaceAll('\n', '\r\n')}\r\n`,
    (json: unknown) => JSON.stringify(json, null, 1).replace(/\n */g, ' '), (json: unknown) => `\n${JSON.stringify(json, null, 4).replace(/\n +/g, (found) => (random(3) === 0 ? ' ' : found))}`];
  /** A path into what is there, or a little beyond. */
  const pathIn = (root: unknown): Path => {
    const path: Path = ['body'];
    for (let at = root; random(4) > 0;) {
      const step: string | number = Array.isArray(at) ? random(at.length + 1) : typeof at === 'object' && at !== null ? Object.keys(at)[random(Object.keys(at).length + 1)] ?? 'new' : 'new';
      path.push(step);
      at = (at as Record<string, unknown> | undefined)?.[step];
    }
    return path;
  };
  const at = (root: unknown, path: Path): unknown => path.reduce<unknown>((node, step) => (node as Record<string | number, unknown> | undefined)?.[step], root);
  const parsed = (json: string): unknown => JSON.parse(json.replace('\uFEFF', ''));

  test('what is set is read back, and a second time changes nothing', () => {
    for (let round = 0; round < 1500; round += 1) {
      const document = { operation: 'AddTestingCustomer', body: value() };
      const before = layouts[random(layouts.length)]!(document);
      const path = pathIn(document.body);
      const given = value();
      const edits = setValue(before, path, given);
      const after = changed(before, edits);
      expect(at(parsed(after), path), `${before} ${JSON.stringify(path)}`).toEqual(given);
      expect(setValue(after, path, given)).toEqual([]);
      expect(edits.length).toBeLessThanOrEqual(1);
      // Outside the one edit every letter is as it was.
      for (const { offset, length, content } of edits) {
        expect(after.slice(0, offset)).toBe(before.slice(0, offset));
        expect(after.slice(offset + content.length)).toBe(before.slice(offset + length));
      }
    }
  });

  test('what else there is keeps its value', () => {
    for (let round = 0; round < 500; round += 1) {
      const document = { operation: 'AddTestingCustomer', body: { keep: value(), list: [value(), value()], change: value() } };
      const before = layouts[random(layouts.length)]!(document);
      expect(parsed(set(before, ['body', 'change'], undefined))).toEqual({ ...document, body: { keep: document.body.keep, list: document.body.list } });
      expect(parsed(set(before, ['body', 'list', 0], undefined))).toEqual({ ...document, body: { ...document.body, list: [document.body.list[1]] } });
      const given = value();
      expect(parsed(set(before, ['body', 'added', 'deep', 0], given))).toEqual({ ...document, body: { ...document.body, added: { deep: [given] } } });
    }
  });
});
