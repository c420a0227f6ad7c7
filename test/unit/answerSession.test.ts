// What the answer's worker replies: the rows of a body in its form, while it is read and after, and what is copied from it.
import { describe, expect, test } from 'vitest';
import type { Notice, Progress } from '../../src/webviews/ui/answerMessages.ts';
import { AnswerSession } from '../../src/webviews/ui/answerSession.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
function start() {
  const notices: Notice[] = [];
  let breaths = 0;
  const session = new AnswerSession((notice) => notices.push(notice), () => new Promise((resolve) => {
    breaths++;
    setImmediate(resolve);
  }));
  const until = async <T>(what: () => T | undefined | false): Promise<T> => {
    for (let tries = 0; tries < 5_000; tries++) {
      const found = what();
      if (found) return found;
      await new Promise((resolve) => setImmediate(resolve));
    }
    throw new Error('It did not come.');
  };
  const finished = () => until<Progress>(() => notices.flatMap((notice) => (notice.type === 'progress' && notice.progress.done ? [notice.progress] : []))[0]);
  return { session, notices, until, finished, breaths: () => breaths };
}
const large = (count: number) => `{"found":${count},"customers":[${Array.from({ length: count }, (_, i) => `{"id":"${7_000_000_000 + i}","username":"person-${i}","createdDate":1700000000,"type":"active"}`).join(',')}]}`;

describe('JSON', () => {
  test('a small body is read at once', async () => {
    const { session } = start();
    expect(await session.ask('open', { bytes: bytesOf('{"a":1}'), form: 'json' })).toEqual({ tree: 2, text: 0, read: 7, size: 7, done: true });
    const { rows, total } = await session.ask('treeRows', { from: 0, to: 99 });
    expect([total, rows.map(({ key, text }) => [key, text])]).toEqual([2, [[undefined, ''], ['a', '1']]]);
  });

  test('of a large one the first rows are there before it is read, and it lets others in meanwhile', async () => {
    const { session, finished, breaths } = start();
    const first = await session.ask('open', { bytes: bytesOf(large(60_000)), form: 'json' });
    expect(first.done).toBe(false);
    expect(first.tree).toBeGreaterThan(1_000);
    expect((await session.ask('treeRows', { from: 0, to: 10 })).rows).toHaveLength(10);
    // Folded while it is read: what comes later stays hidden with it.
    expect((await session.ask('fold', { row: 2, how: 'fold' })).total).toBe(3);
    const last = await finished();
    expect(last.tree).toBe(3);
    expect(breaths()).toBeGreaterThan(3);
    expect((await session.ask('fold', { row: 2, how: 'unfold' })).total).toBe(60_003);
  });

  test('what is copied is what came, to the byte', async () => {
    const { session } = start();
    await session.ask('open', { bytes: bytesOf('{"list":[ {"n":1.10,"s":"a\\u0022\\n"} ]}'), form: 'json' });
    const copy = async (node: number, kind: 'value' | 'object' | 'path' | 'pointer', most?: number) => session.ask('copy', { node, kind, most });
    expect((await copy(2, 'object')).text).toBe('{"n":1.10,"s":"a\\u0022\\n"}');
    expect((await copy(2, 'value')).text).toBe('{"n":1.10,"s":"a\\u0022\\n"}');
    expect((await copy(3, 'value')).text).toBe('1.10');
    expect((await copy(4, 'value')).text).toBe('a"\n');
    expect((await copy(4, 'object')).text).toBe('"a\\u0022\\n"');
    expect([(await copy(4, 'path')).text, (await copy(4, 'pointer')).text]).toEqual(['$.list[0].s', '/list/0/s']);
    expect(await copy(2, 'value', 5)).toEqual({ text: '{"n":', whole: false });
  });

  test('a list that is copied while it is read is copied whole', async () => {
    const { session } = start();
    const text = large(60_000);
    expect((await session.ask('open', { bytes: bytesOf(text), form: 'json' })).done).toBe(false);
    expect((await session.ask('copy', { node: 0, kind: 'object' })).text).toBe(text);
  });

  test('a damaged one is shown as text, with the place', async () => {
    const { session } = start();
    const progress = await session.ask('open', { bytes: bytesOf('{"a": 1,\n"b": [1, 2'), form: 'json' });
    expect(progress).toMatchObject({ tree: 0, text: 2, done: true, damage: { line: 2, column: 11, reason: 'the text ends in the middle' } });
    expect((await session.ask('textRows', { from: 0, to: 9 })).rows.map(({ text }) => text)).toEqual(['{"a": 1,', '"b": [1, 2']);
  });

  test('a large one that is cut short turns into text', async () => {
    const { session, finished } = start();
    const text = large(60_000).slice(0, -1_000);
    await session.ask('open', { bytes: bytesOf(text), form: 'json' });
    const last = await finished();
    expect(last).toMatchObject({ tree: 0, damage: { line: 1, column: text.length + 1 } });
    expect(last.text).toBeGreaterThan(10_000);
  });

  test('the text as it came is there beside the tree', async () => {
    const { session } = start();
    await session.ask('open', { bytes: bytesOf('\ufeff{"a" :\r\n1}'), form: 'json' });
    expect((await session.ask('textRows', { from: 0, to: 9 })).rows.map(({ text }) => text)).toEqual(['{"a" :', '1}']);
    expect((await session.ask('copyText', {})).text).toBe('\ufeff{"a" :\r\n1}');
  });
});

describe('search', () => {
  test('hits are counted behind the reading, and the first can be shown before the last is found', async () => {
    const { session, until, notices } = start();
    await session.ask('open', { bytes: bytesOf(large(60_000)), form: 'json' });
    const first = await session.ask('search', { in: 'tree', query: 'PERSON-1', keys: true, values: true });
    expect(first.hits).toBeGreaterThan(0);
    const hit = await session.ask('hit', { at: 0 });
    const { rows } = await session.ask('treeRows', { from: hit.row, to: hit.row + 1 });
    expect(rows[0]).toMatchObject({ key: 'username', text: '"person-1"' });
    const last = await until(() => notices.findLast((notice) => notice.type === 'found' && notice.found.done) ?? (first.done && { type: 'found' as const, found: first }));
    // 1, 10–19, 100–199, 1000–1999, 10000–19999.
    expect(last).toMatchObject({ found: { hits: 11_111, more: false } });
    expect(await session.ask('hit', { at: 11_111 })).toEqual({ row: -1, total: 0 });
  });

  test('a new search ends the one before, and an empty one finds nothing', async () => {
    const { session, notices, until } = start();
    await session.ask('open', { bytes: bytesOf(large(60_000)), form: 'json' });
    await session.ask('search', { in: 'tree', query: 'person', keys: true, values: true });
    expect(await session.ask('search', { in: 'tree', query: '', keys: true, values: true })).toEqual({ hits: 0, more: false, done: true });
    await until(() => notices.some((notice) => notice.type === 'progress' && notice.progress.done));
    expect(notices.filter((notice) => notice.type === 'found')).toEqual([]);
  });
});

test('XML is indented when it is small, and copied as it came', async () => {
  const { session } = start();
  expect((await session.ask('open', { bytes: bytesOf('<a><b>1</b></a>'), form: 'xml' })).text).toBe(3);
  expect((await session.ask('textRows', { from: 0, to: 9 })).rows.map(({ text }) => text)).toEqual(['<a>', '  <b>1</b>', '</a>']);
  expect((await session.ask('copyText', {})).text).toBe('<a><b>1</b></a>');
});

test('a body that was left says nothing more, and questions about none are refused', async () => {
  const { session, notices } = start();
  await session.ask('open', { bytes: bytesOf(large(60_000)), form: 'json' });
  await session.ask('open', { bytes: bytesOf('text'), form: 'text' });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(notices).toEqual([]);
  await expect(session.ask('treeRows', { from: 0, to: 1 })).rejects.toThrow('The body is no JSON.');
  await session.ask('close', {});
  await expect(session.ask('textRows', { from: 0, to: 1 })).rejects.toThrow('No body is open.');
});
