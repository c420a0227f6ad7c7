// The JSON tree of an answer: which rows are in sight while it is read, folded and searched, what they show, and which ids lead somewhere.
import { describe, expect, test } from 'vitest';
import { epochMilliseconds, idName } from '../../src/webviews/ui/jsonIds.ts';
import { JsonIndex } from '../../src/webviews/ui/jsonIndex.ts';
import { followed, Places } from '../../src/webviews/ui/jsonPaths.ts';
import { JsonRows } from '../../src/webviews/ui/jsonRows.ts';
import { JsonSearch } from '../../src/webviews/ui/jsonSearch.ts';
import { shownRows } from '../../src/webviews/ui/jsonShown.ts';

function open(value: unknown): { index: JsonIndex; rows: JsonRows; places: Places; labels(): string[]; row(label: string): number } {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const index = new JsonIndex(new TextEncoder().encode(text));
  while (!index.run(1 << 20));
  expect(index.damage).toBeUndefined();
  const rows = new JsonRows(index);
  const places = new Places(index);
  rows.grow();
  const labels = () => shownRows(index, rows, places, 0, rows.length).map(({ level, key, index: at, text: shown, kind, count }) =>
    `${'·'.repeat(level - 1)}${key ?? (at === undefined ? '' : at)}${kind === 'object' ? `{${count}}` : kind === 'array' ? `[${count}]` : `=${shown}`}`);
  return { index, rows, places, labels, row: (label) => labels().findIndex((one) => one.replaceAll('·', '').startsWith(label)) };
}

const answer = { found: 2, customers: [{ id: '1', tags: ['x', []] }, { id: '2', tags: {} }], more: { a: { b: 1 } } };
const allRows = ['{3}', '·found=2', '·customers[2]', '··0{2}', '···id="1"', '···tags[2]', '····0="x"', '····1[0]', '··1{2}', '···id="2"', '···tags{0}', '·more{1}', '··a{1}', '···b=1'];

describe('rows in sight', () => {
  test('a large answer opens with its root and the list that was asked for', () => {
    const { labels } = open(answer);
    expect(labels()).toEqual(['{3}', '·found=2', '·customers[2]', '··0{2}', '··1{2}', '·more{1}']);
  });

  test('one that fits at a glance opens unfolded, down to the level that fits', () => {
    const small = open(answer);
    small.rows.settle();
    expect(small.labels()).toEqual(allRows);
    const wide = open({ list: Array.from({ length: 100 }, (_, id) => ({ id, name: 'a', detail: { x: 1, y: 2 } })) });
    wide.rows.settle();
    // 102 rows with the list, 402 with what its items hold.
    expect(wide.rows.length).toBe(102);
  });

  test('folding hides what is inside and remembers how that was folded', () => {
    const { rows, row, labels } = open(answer);
    rows.unfoldAll();
    expect(labels()).toEqual(allRows);
    rows.set(row('tags['), false);
    rows.set(row('customers'), false);
    expect(labels()).toEqual(['{3}', '·found=2', '·customers[2]', '·more{1}', '··a{1}', '···b=1']);
    rows.set(row('customers'), true);
    expect(labels()).toEqual(allRows.filter((label) => !label.startsWith('····')));
    expect(rows.set(row('found'), true)).toBe(false);
    rows.foldAll();
    expect(labels()).toEqual(['{3}', '·found=2', '·customers[2]', '·more{1}']);
  });

  test('all siblings are unfolded together', () => {
    const { rows, row, labels } = open(answer);
    rows.unfoldSiblings(row('0{'));
    expect(labels()).toEqual(['{3}', '·found=2', '·customers[2]', '··0{2}', '···id="1"', '···tags[2]', '··1{2}', '···id="2"', '···tags{0}', '·more{1}']);
  });

  test('a hidden value is revealed with nothing but what is around it', () => {
    const { rows, row, labels, index } = open(answer);
    rows.foldAll();
    const at = rows.reveal(index.length - 1);
    expect(labels()[at]).toBe('···b=1');
    expect(labels()).toEqual(['{3}', '·found=2', '·customers[2]', '·more{1}', '··a{1}', '···b=1']);
    rows.set(row('more'), false);
    expect(rows.rowOf(index.length - 1)).toBe(-1);
  });

  test('unfolding all is bounded', () => {
    const { index } = open({ list: Array.from({ length: 50 }, () => [1, 2, 3]) });
    const rows = new JsonRows(index, 60);
    rows.grow();
    rows.unfoldAll();
    expect(rows.length).toBe(52);
  });

  test('rows come in while the text is read, whatever is folded meanwhile', () => {
    const text = JSON.stringify({ a: [[1, 2], [3, [4, 5]], 6], b: { c: [7, 8], d: { e: 9 } }, f: [10] });
    let seed = 5;
    const next = (below: number) => Math.floor(((seed = (seed * 1664525 + 1013904223) >>> 0) / 2 ** 32) * below);
    for (let round = 0; round < 400; round++) {
      const index = new JsonIndex(new TextEncoder().encode(text));
      const rows = new JsonRows(index);
      for (let done = false; !done;) {
        done = index.run(1 + next(12));
        rows.grow();
        if (rows.length > 0 && next(2)) rows.set(next(rows.length), next(2) === 1);
      }
      rows.grow();
      // What is in sight is what no folded group hides.
      const wanted = Array.from({ length: index.length }, (_, node) => node).filter((node) => {
        for (let group = index.parentOf(node); group >= 0; group = index.outerOf(group)) if (!rows.isUnfolded(group)) return false;
        return true;
      });
      expect(Array.from({ length: rows.length }, (_, row) => rows.node(row))).toEqual(wanted);
    }
  });

  test('100,000 levels are unfolded and shown', () => {
    const depth = 100_000;
    const { rows, index, places } = open(`${'['.repeat(depth)}${']'.repeat(depth)}`);
    rows.unfoldAll();
    expect(rows.length).toBe(depth);
    expect(shownRows(index, rows, places, depth - 2, depth).map(({ level }) => level)).toEqual([depth - 1, depth]);
    rows.foldAll();
    expect(rows.reveal(depth - 1)).toBe(depth - 1);
  });
});

describe('what a row shows', () => {
  const shown = (text: string) => {
    const { index, rows, places } = open(text);
    rows.unfoldAll();
    return shownRows(index, rows, places, 0, rows.length);
  };

  test('values as they came, with their places', () => {
    expect(shown('{"n":1.10,"n":-0,"t":true,"z":null,"l":[9007199254740993]}').map(({ key, index, text, kind, position, siblings }) => [key ?? index, kind, text, `${position}/${siblings}`])).toEqual([
      [undefined, 'object', '', '1/1'], ['n', 'number', '1.10', '1/5'], ['n', 'number', '-0', '2/5'], ['t', 'boolean', 'true', '3/5'], ['z', 'null', 'null', '4/5'],
      ['l', 'array', '', '5/5'], [0, 'number', '9007199254740993', '1/1'],
    ]);
  });

  test('what would move or hide other text is written as an escape, in names too', () => {
    const [, row] = shown('{"a\\u202eb\\n":"\u2066x\\ud800\\u0000\u200b<b>\\"q\\""}');
    expect(row!.key).toBe('a\\u202eb\\n');
    expect(row!.text).toBe('"\\u2066x\\ud800\\u0000\\u200b<b>"q""');
  });

  test('a long string is cut, never inside a character or an escape, and says how long it is', () => {
    for (let shift = 0; shift < 12; shift++) {
      const rows = shown(JSON.stringify([`${'x'.repeat(150 + shift)}😀\\\\\u0001é${'y'.repeat(300)}`]));
      expect(rows[1]!.text).toMatch(/^"x+(😀(\\\\(\\\\(\\u0001(é(y*)?)?)?)?)?)?…"$/);
      expect(rows[1]!.cutFrom).toBeGreaterThan(400);
    }
    expect(shown('["short"]')[1]!.cutFrom).toBeUndefined();
  });

  test('a folded group says how it begins', () => {
    const { index, rows, places } = open({ list: [{ id: '7', name: 'Al', sub: { x: 1 }, last: true }, Array(500).fill(12345)] });
    const [, , first, second] = shownRows(index, rows, places, 0, 4);
    expect(first!.text).toBe('id: "7", name: "Al", last: true');
    expect(second!.text).toMatch(/^12345, 12345, .*…$/);
  });

  test('epoch seconds are told as moments where the name says so', () => {
    expect(epochMilliseconds('createdDate', '1700000000')).toBe(1_700_000_000_000);
    expect(epochMilliseconds('updated_at', '1700000000')).toBe(1_700_000_000_000);
    for (const [key, raw] of [['balance', '1700000000'], ['format', '1700000000'], ['createdDate', '17000000'], ['createdDate', '1700000000.5'], ['createdDate', '5000000000'], [undefined, '1700000000']] as const)
      expect(epochMilliseconds(key, raw), `${key} ${raw}`).toBeUndefined();
    expect(shown('{"createdDate":1700000000,"amount":1700000000,"fromDate":"1600000000","toDate":"2020-01-01"}').map(({ moment }) => moment))
      .toEqual([undefined, 1_700_000_000_000, undefined, 1_600_000_000_000, undefined]);
  });
});

describe('ids', () => {
  test('an id is followed by its name, an item of a list of ids by the single one’s, a plain id by what holds it', () => {
    expect(idName('customerId', undefined, '1')).toBe('customerId');
    expect(idName(undefined, 'accountIds', '1')).toBe('accountId');
    expect(idName('id', 'customers', '1')).toBe('customers.id');
    expect(idName('id', undefined, 'abc-voa')).toBe('id');
    for (const [key, holder, value] of [
      ['taxId', 'customers', '999-00-0000'], ['id', 'mfaChallenges', '1'], ['name', 'customers', 'x'], [undefined, 'names', 'x'], ['customerId', undefined, ''], ['customerId', undefined, 'two words'],
      ['customerId', undefined, 'x'.repeat(201)], ['__proto__', undefined, '1'], ['id', '__proto__', '1'],
    ] as const) expect(idName(key, holder, value), `${holder}.${key}`).toBeUndefined();
  });

  const follow = (value: unknown, path: (key: string, text: string) => boolean) => {
    const { index, rows, places } = open(value);
    rows.unfoldAll();
    const row = shownRows(index, rows, places, 0, rows.length).find(({ key, text }) => path(key ?? '', text))!;
    return { link: row.follow, followed: followed(index, row.node) };
  };

  test('it goes with the ids in its own object and around it, the nearest first', () => {
    const body = { customerId: '70', accounts: [{ id: '50', customerId: '71', institutionLoginId: 9, taxId: '999-00-0000', transactions: [{ id: 5, accountId: '50' }] }] };
    expect(follow(body, (key, text) => key === 'id' && text === '5')).toEqual({
      link: 'transactions.id',
      followed: { name: 'transactions.id', value: '5', ids: { 'transactions.id': '5', accountId: '50', 'accounts.id': '50', customerId: '71', institutionLoginId: '9' } },
    });
  });

  test('an id that has a hostile neighbour', () => {
    const { followed: found } = follow('{"__proto__":{"customerId":"evil"},"constructor":"x","id":"9-voa","customerId":"7"}', (key) => key === 'id');
    expect(found).toEqual({ name: 'id', value: '9-voa', ids: { id: '9-voa', customerId: '7' } });
    expect(follow({ accountIds: ['1', '2'] }, (_key, text) => text === '"2"').followed).toEqual({ name: 'accountId', value: '2', ids: {} });
  });
});

describe('search', () => {
  const find = (text: string, query: string, where = { keys: true, values: true }) => {
    const { index } = open(text);
    const search = new JsonSearch(index, { query, ...where });
    while (!search.done) search.run(() => true);
    return Array.from({ length: search.hits.length }, (_, at) => search.hits.get(at));
  };

  test('names, values, or both, whatever the capitals', () => {
    const text = '{"Name":"ann","other":["ANNA",{"name":12.50}],"x":null}';
    expect(find(text, 'nAmE')).toEqual([1, 5]);
    expect(find(text, 'ann')).toEqual([1, 3]);
    expect(find(text, 'ann', { keys: true, values: false })).toEqual([]);
    expect(find(text, 'name', { keys: false, values: true })).toEqual([]);
    expect(find(text, '12.50')).toEqual([5]);
    expect(find(text, 'null')).toEqual([6]);
    // Punctuation between values is none of them.
    expect(find(text, '","')).toEqual([]);
    expect(find(text, '[')).toEqual([]);
  });

  test('letters beyond ASCII, written as they are or as escapes', () => {
    expect(find('["É","\\u00e9","e","a\\"b","\\n"]', 'é')).toEqual([1, 2]);
    expect(find('["ÄÖÜ","äöü"]', 'Äö')).toEqual([1, 2]);
    expect(find('["a\\"b"]', 'a"B')).toEqual([1]);
    expect(find('["a\\\\nb"]', '\n')).toEqual([]);
    expect(find('["😀"]', '😀')).toEqual([1]);
  });

  test('it keeps up with the reading and finds each once', () => {
    const text = JSON.stringify(Array.from({ length: 300 }, (_, i) => ({ id: i, word: i % 3 ? 'no' : 'needle' })));
    const index = new JsonIndex(new TextEncoder().encode(text));
    const search = new JsonSearch(index, { query: 'needle', keys: true, values: true });
    for (let done = false; !done;) {
      done = index.run(97);
      search.run(() => false);
    }
    search.run(() => false);
    expect([search.hits.length, search.done]).toEqual([100, true]);
  });
});
