// The index over the bytes of a JSON answer: it takes and refuses what JSON.parse takes and refuses, finds the same values, and stays in its memory.
import { describe, expect, test } from 'vitest';
import { JsonIndex, placeOf } from '../../src/webviews/ui/jsonIndex.ts';
import { eachChild, jsonPath, jsonPointer, keyOf, leafText, Places, stepsTo } from '../../src/webviews/ui/jsonPaths.ts';
import { textOf } from '../../src/webviews/ui/jsonBytes.ts';

const encoder = new TextEncoder();
const bytesOf = (text: string) => encoder.encode(text);

/** Reads in slices of so many bytes. */
function read(bytes: Uint8Array, slice = 1 << 20): JsonIndex {
  const index = new JsonIndex(bytes);
  while (!index.run(slice));
  return index;
}

/** The value that an index describes, the way JSON.parse builds it. */
function valueOf(index: JsonIndex, node = 0): unknown {
  const group = index.groupOf(node);
  if (group < 0) return JSON.parse(textOf(index.bytes, index.valueStart(node), index.valueEnd(node)));
  const list: unknown[] = [];
  const object = {};
  eachChild(index, group, (child) => {
    if (index.isObject(group)) Object.defineProperty(object, keyOf(index, child, group)!, { value: valueOf(index, child), enumerable: true, configurable: true, writable: true });
    else list.push(valueOf(index, child));
    return true;
  });
  return index.isObject(group) ? object : list;
}

function parsed(bytes: Uint8Array): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(new TextDecoder().decode(bytes)) };
  } catch {
    return undefined;
  }
}

/** Numbers that come out the same in every run. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

// Names without a backslash: V8 of Node 24 takes a name written with escapes for another one that it has seen and that begins like it is
// written ({"\\u":0} and then {"\u0061\u0062":1} gives "\u"), so JSON.parse is no measure there.
const names = ['', 'a', 'id', '__proto__', 'constructor', 'toString', 'é', '😀', 'a"b', '\u0001', '\u2028', '\ud800', 'name with space', '0', '-'];
const words = [...names, 'a\\', '\\u', '\\"', '/'];
const numbers = ['0', '-0', '1', '-1', '1.10', '1e5', '1E+400', '1e-7', '0.1', '9007199254740993', '123456789012345678901234567890', '-0.0e-0'];

function anyJson(next: (below: number) => number, depth = 0): string {
  const space = () => ['', '', '', ' ', '\n', '\t', '\r\n  '][next(7)]!;
  const string = (of: readonly string[]) => {
    const word = of[next(of.length)]!;
    return next(3) === 0 ? `"${[...word].map((char) => [...Array(char.length).keys()].map((i) => `\\u${char.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')).join('')}"` : JSON.stringify(word);
  };
  const kind = depth > 5 ? next(4) : next(7);
  const list = (item: () => string) => Array.from({ length: next(5) }, () => `${space()}${item()}${space()}`).join(',') || space();
  switch (kind) {
    case 0: return string(words);
    case 1: return numbers[next(numbers.length)]!;
    case 2: return ['true', 'false', 'null'][next(3)]!;
    case 3: return next(2) ? '[]' : `{${space()}}`;
    case 4: return `[${list(() => anyJson(next, depth + 1))}]`;
    default: return `{${list(() => `${string(names)}${space()}:${space()}${anyJson(next, depth + 1)}`)}}`;
  }
}

describe('against JSON.parse', () => {
  test('the same values, in slices of any size', () => {
    const next = random(7);
    for (let round = 0; round < 1_500; round++) {
      const text = ` ${anyJson(next)}\n`;
      const bytes = bytesOf(text);
      const index = read(bytes, 1 + next(9));
      expect(index.damage, text).toBeUndefined();
      expect(valueOf(index), text).toEqual(JSON.parse(text));
      expect(textOf(bytes, index.valueStart(0), index.valueEnd(0)), text).toBe(text.trim());
    }
  });

  test('damaged texts are refused and whole ones taken, byte for byte', () => {
    const next = random(11);
    let refused = 0;
    for (let round = 0; round < 6_000; round++) {
      const bytes = [...bytesOf(anyJson(next))];
      for (let change = 1 + next(2); change > 0; change--) {
        const at = next(bytes.length + 1);
        const byte = next(3) === 0 ? next(256) : [...'{}[]",:\\ 0.-+eEtu\n'].map((char) => char.charCodeAt(0))[next(18)]!;
        const how = next(3);
        if (how === 0) bytes.splice(at, 1);
        else if (how === 1) bytes.splice(at, 0, byte);
        else bytes.splice(at);
      }
      const damaged = Uint8Array.from(bytes);
      const whole = parsed(damaged);
      const index = read(damaged, 1 + next(20));
      const text = new TextDecoder().decode(damaged);
      expect(index.damage === undefined, `${text} → ${index.damage?.reason}`).toBe(whole !== undefined);
      if (whole) expect(valueOf(index), text).toEqual(whole.value);
      else refused++;
    }
    expect(refused).toBeGreaterThan(2_000);
  });

  test('every value’s bytes are its own', () => {
    const text = '{"a":[1,{"b":[[],{}]},"x"],"a":{"__proto__":{"c":[ ]} } }';
    const index = read(bytesOf(text));
    const all = Array.from({ length: index.length }, (_, node) => textOf(index.bytes, index.valueStart(node), index.valueEnd(node)));
    expect(all).toEqual([text, '[1,{"b":[[],{}]},"x"]', '1', '{"b":[[],{}]}', '[[],{}]', '[]', '{}', '"x"', '{"__proto__":{"c":[ ]} }', '{"c":[ ]}', '[ ]']);
  });
});

describe('what came is kept', () => {
  test('numbers keep their digits, and a name that stands twice stands twice', () => {
    const index = read(bytesOf('{"n":9007199254740993,"n":1.10,"big":1e400}'));
    expect([1, 2, 3].map((node) => leafText(index, node))).toEqual(['9007199254740993', '1.10', '1e400']);
    expect([1, 2, 3].map((node) => keyOf(index, node, 0))).toEqual(['n', 'n', 'big']);
  });

  test('a byte order mark is no part of it, and bytes that are no UTF-8 are shown as such', () => {
    expect(leafText(read(Uint8Array.from([0xef, 0xbb, 0xbf, 0x22, 0x61, 0x22])), 0)).toBe('a');
    const index = read(Uint8Array.from([0x22, 0x61, 0xff, 0x80, 0x22]));
    expect(index.damage).toBeUndefined();
    expect(leafText(index, 0)).toBe('a\ufffd\ufffd');
  });
});

describe('damage is told with its place', () => {
  const damage = (text: string | Uint8Array) => {
    const bytes = typeof text === 'string' ? bytesOf(text) : text;
    const found = read(bytes, 3).damage;
    return found && { ...placeOf(bytes, found.offset), reason: found.reason };
  };

  test.each([
    ['{"a": 1,\n "b": }', { line: 2, column: 7, reason: 'a value is expected, and “}” stands there' }],
    ['{"a": 1,}', { line: 1, column: 9, reason: 'a comma stands before the closing bracket' }],
    ['[1,]', { line: 1, column: 4, reason: 'a comma stands before the closing bracket' }],
    ['[1 2]', { line: 1, column: 4, reason: 'a comma or a closing bracket is expected, and “2” stands there' }],
    ['{"a": [1, 2', { line: 1, column: 12, reason: 'the text ends in the middle' }],
    ['{"a', { line: 1, column: 4, reason: 'the text ends in the middle' }],
    ['{"é😀": 01}', { line: 1, column: 10, reason: 'a comma or a closing bracket is expected, and “1” stands there' }],
    ['{} trailing', { line: 1, column: 4, reason: '“t” stands after the end of the value' }],
    ['{a: 1}', { line: 1, column: 2, reason: 'a name in quotes is expected, and “a” stands there' }],
    ['["a\nb"]', { line: 1, column: 4, reason: 'a text is not closed on its line' }],
    ['["\\x"]', { line: 1, column: 3, reason: 'a backslash in a text does not begin an escape that JSON knows' }],
    ['{"a" 1}', { line: 1, column: 6, reason: 'a colon is missing after the name' }],
    ['tru', { line: 1, column: 4, reason: 'the text ends in the middle' }],
    ['  \n ', { line: 2, column: 2, reason: 'there is nothing but space' }],
    ['', { line: 1, column: 1, reason: 'there is nothing but space' }],
  ])('%j', (text, expected) => expect(damage(text)).toEqual(expected));

  test('binary that is called JSON', () => {
    expect(damage(Uint8Array.from([0x25, 0x50, 0x44, 0x46]))).toMatchObject({ line: 1, column: 1, reason: 'a value is expected, and “%” stands there' });
    expect(damage(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]))).toMatchObject({ line: 1, column: 1, reason: 'a value is expected, and the byte 0x89 stands there' });
  });
});

describe('size and depth', () => {
  test('100,000 levels do not exhaust the stack', () => {
    const depth = 100_000;
    const bytes = bytesOf(`${'[{"a":'.repeat(depth / 2)}1${'}]'.repeat(depth / 2)}`);
    const index = read(bytes, 100_000);
    expect(index.damage).toBeUndefined();
    expect(index.groups).toBe(depth);
    expect(stepsTo(index, new Places(index), index.length - 1)).toHaveLength(depth);
    expect(index.valueEnd(0)).toBe(bytes.length);
  });

  test('a text that only opens brackets is given up, not indexed to the end', () => {
    const index = read(bytesOf('['.repeat(2_000_000)));
    expect(index.damage?.reason).toBe('it nests more than 500,000 levels deep');
    expect(index.groups).toBeLessThan(600_000);
  });

  test('the index of a large answer costs at most a few times its bytes', () => {
    const row = '{"id":"7100000000","amount":-12.5,"description":"GROCERY STORE 1234","postedDate":1700000000,"categorization":{"category":"Groceries"}}';
    const answer = bytesOf(`{"transactions":[${Array(20_000).fill(row).join(',')}]}`);
    expect(read(answer).tableBytes).toBeLessThan(answer.length);
    // The worst there is: nothing but empty lists.
    const empty = bytesOf(`[${'[],'.repeat(300_000)}[]]`);
    expect(read(empty).tableBytes).toBeLessThan(empty.length * 9);
  });

  test('places in a list of a million are found at once', () => {
    const index = read(bytesOf(`[${'{"a":1},'.repeat(999_999)}{"a":1}]`));
    const places = new Places(index);
    expect(index.countOf(0)).toBe(1_000_000);
    const last = index.length - 1;
    expect(jsonPath(stepsTo(index, places, last))).toBe('$[999999].a');
    // Counting from the beginning each time, this would not end within the test's time.
    for (let node = last; node > last - 20_000; node -= 2) expect(places.of(node - 1, 0)).toBe((node - 2) / 2);
    expect(places.of(1 + 2 * 123_456, 0)).toBe(123_456);
  });
});

test('paths are written as RFC 9535 and RFC 6901 write them', () => {
  const steps = ['accounts', 3, 'a b', "it's", '', 'a/b~c', '0', '\n"', '__proto__'];
  expect(jsonPath(steps)).toBe(`$.accounts[3]['a b']['it\\'s']['']['a/b~c']['0']['\\n"'].__proto__`);
  expect(jsonPointer(steps)).toBe('/accounts/3/a b/it\'s//a~1b~0c/0/\n"/__proto__');
  expect([jsonPath([]), jsonPointer([])]).toEqual(['$', '']);
});
