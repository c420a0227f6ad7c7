// The answers of a window: which are kept, what becomes of their files, and how JSON is laid out without being parsed.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { goneText, sameBytes, whyNotCompared, whyNotOpened } from '../../src/commands/operations/answerRules.ts';
import { AnswerStore, beginningOf, type AnswerHandle, type NewAnswer } from '../../src/requests/answerStore.ts';
import { indentJson } from '../../src/requests/indentJson.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'answers-'));
  return () => rm(folder, { recursive: true, force: true });
});

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (body: Uint8Array | undefined): string | undefined => body && new TextDecoder().decode(body);
const json = (body: string, change: Partial<NewAnswer> = {}): NewAnswer => ({ operationId: 'GetCustomer', form: 'json', extension: 'json', status: 200, size: body.length, bytes: bytes(body), ...change });

/** An answer that lies in a file, as the client leaves it. */
async function large(store: AnswerStore, body: string): Promise<NewAnswer> {
  const file = store.overflowPath('GetCustomer');
  await writeFile(file, body);
  return { operationId: 'GetCustomer', form: 'json', extension: 'json', status: 200, size: body.length, file };
}

describe('answers that are kept', () => {
  test('have names of their own, with operation, status and number', async () => {
    const store = new AnswerStore({ folder });
    expect((await store.keep(json('{}'))).name).toBe('GetCustomer 200 #1.json');
    expect((await store.keep(json('{}', { operationId: 'get-configurations', status: 404, form: 'text', extension: 'html' }))).name).toBe('get-configurations 404 #2.html');
    expect((await store.keep(json('{}', { operationId: '../../x' }))).name).toBe('______x 200 #3.json');
  });

  test('are the latest thirty', async () => {
    const store = new AnswerStore({ folder });
    for (let i = 0; i < 31; i += 1) await store.keep(json(`{"n":${i}}`));
    expect(store.get('GetCustomer 200 #1.json')).toBeUndefined();
    expect(text(store.bytes('GetCustomer 200 #2.json'))).toBe('{"n":1}');
  });

  test('fit into their memory; the newest always stays', async () => {
    const store = new AnswerStore({ folder, mostBytes: 100 });
    await store.keep(json('x'.repeat(60), { form: 'text', extension: 'txt' }));
    await store.keep(json('x'.repeat(60), { form: 'text', extension: 'txt' }));
    expect(store.get('GetCustomer 200 #1.txt')).toBeUndefined();
    expect(store.get('GetCustomer 200 #2.txt')).toBeDefined();
    await store.keep(json('x'.repeat(600), { form: 'text', extension: 'txt' }));
    expect(store.get('GetCustomer 200 #2.txt')).toBeUndefined();
    expect(store.get('GetCustomer 200 #3.txt')).toBeDefined();
  });

  test('an answer in a file takes no memory, and gives none back', async () => {
    const store = new AnswerStore({ folder, mostBytes: 100 });
    const file = (await store.keep(await large(store, '[1]'))).name;
    for (let i = 0; i < 5; i += 1) await store.keep(json('x'.repeat(60)));
    expect(store.get(file)).toBeDefined();
  });

  test('an empty answer is an empty document, an unknown one is none', async () => {
    const store = new AnswerStore({ folder });
    const { name } = await store.keep({ operationId: 'DeleteCustomer', form: 'none', extension: 'txt', status: 204, size: 0 });
    expect(text(await store.document(name))).toBe('');
    expect(await store.document('GetCustomer 200 #9.json')).toBeUndefined();
  });

  test('a document is laid out; what is saved is as it came', async () => {
    const store = new AnswerStore({ folder });
    const { name } = await store.keep(json('{"id":10000000000000001,"a":[1.10,{}]}'));
    expect(text(await store.document(name))).toBe('{\n  "id": 10000000000000001,\n  "a": [\n    1.10,\n    {}\n  ]\n}\n');
    expect(text(store.bytes(name))).toBe('{"id":10000000000000001,"a":[1.10,{}]}');
  });

  test('cut JSON is shown as it came', async () => {
    const store = new AnswerStore({ folder });
    const { name } = await store.keep(json('{"id": "7", "acc'));
    expect(text(await store.document(name))).toBe('{"id": "7", "acc');
  });
});

describe('bodies in files', () => {
  test('get the extension of what they hold, and lie in a folder of the user\'s alone', async () => {
    const store = new AnswerStore({ folder: join(folder, 'answers') });
    const { file, name } = await store.keep(await large(store, '[1]'));
    expect(basename(file!)).toMatch(/^GetCustomer-[0-9a-f]{12}\.json$/);
    expect(await readFile(file!, 'utf8')).toBe('[1]');
    expect(store.bytes(name)).toBeUndefined();
    expect(text(await beginningOf(file!))).toBe('[1]');
  });

  test('go with their answer, and all with the window', async () => {
    const store = new AnswerStore({ folder, most: 2 });
    const first = (await store.keep(await large(store, '[1]'))).file!;
    const second = (await store.keep(await large(store, '[2]'))).file!;
    await store.keep(json('{}'));
    await vi.waitFor(() => expect(existsSync(first)).toBe(false));
    expect(existsSync(second)).toBe(true);
    await store.clear();
    expect(await readdir(folder)).toEqual([]);
    expect(store.get('GetCustomer 200 #3.json')).toBeUndefined();
  });

  test('of a window that crashed go a day later, those of another window stay', async () => {
    const answers = join(folder, 'answers');
    await mkdir(answers);
    for (const name of ['old.json', 'old.json.1a2b.part', 'young.json']) await writeFile(join(answers, name), 'x');
    const long = new Date(Date.now() - 25 * 3600_000);
    for (const name of ['old.json', 'old.json.1a2b.part']) await utimes(join(answers, name), long, long);
    new AnswerStore({ folder: answers }).overflowPath('GetCustomer');
    await vi.waitFor(async () => expect((await readdir(answers)).filter((name) => name.endsWith('.json'))).toEqual(['young.json']));
  });

  test('of a window that lives longer than a day stay, however old; a window that is gone loses its folder', async () => {
    const answers = join(folder, 'answers');
    const living = new AnswerStore({ folder: answers });
    const { file } = await living.keep(await large(living, '[1]'));
    const long = new Date(Date.now() - 25 * 3600_000);
    for (const name of ['4711-aabbccdd', '4712-aabbccdd']) {
      await mkdir(join(answers, name));
      await writeFile(join(answers, name, 'GetCustomer-1.json'), 'x');
      await utimes(join(answers, name), long, long);
    }
    for (const path of [file!, dirname(file!)]) await utimes(path, long, long);
    new AnswerStore({ folder: answers, runs: (pid) => pid === process.pid || pid === 4712 }).overflowPath('GetCustomer');
    await vi.waitFor(() => expect(existsSync(join(answers, '4711-aabbccdd'))).toBe(false));
    expect(existsSync(join(answers, '4712-aabbccdd', 'GetCustomer-1.json'))).toBe(true);
    expect(await readFile(file!, 'utf8')).toBe('[1]');
  });

  test('are known by their process: this one runs', async () => {
    const answers = join(folder, 'answers');
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    const long = new Date(Date.now() - 25 * 3600_000);
    for (const pid of [process.pid, process.ppid, gone]) {
      await mkdir(join(answers, `${pid}-00000000`), { recursive: true });
      await utimes(join(answers, `${pid}-00000000`), long, long);
    }
    new AnswerStore({ folder: answers }).overflowPath('GetCustomer');
    await vi.waitFor(() => expect(existsSync(join(answers, `${gone}-00000000`))).toBe(false));
    for (const pid of [process.pid, process.ppid]) expect(existsSync(join(answers, `${pid}-00000000`))).toBe(true);
  });
});

describe('JSON laid out without parsing', () => {
  const laid = async (body: string, levels = Infinity): Promise<string | undefined> => text(await indentJson(bytes(body), levels));

  test.each([
    '{"a":1}', '[]', '{}', '[[],{}]', '{"a":{"b":[1,2,{"c":null}]}}', '[1,"two",true,null,-3.5e-7]', '"x"', '7', '{"q":"a\\"b\\\\","e":"{[,:]}"}', ' {\n"a" : [ 1 , 2 ] } \r\n', '{"ü":"🏦"}',
  ])('%s is as JSON.stringify writes it', async (body) => {
    expect(await laid(body)).toBe(`${JSON.stringify(JSON.parse(body), null, 2)}\n`);
  });

  test('numbers, their digits and doubled names stay as they are', async () => {
    expect(await laid('{"a":1.10,"a":12345678901234567890}')).toBe('{\n  "a": 1.10,\n  "a": 12345678901234567890\n}\n');
  });

  test('a large list has a line for each record', async () => {
    expect(await laid('{"found":2,"rows":[{"a":1,"b":[1,2]},{"a":2}]}', 2)).toBe('{\n  "found": 2,\n  "rows": [\n    {"a": 1, "b": [1, 2]},\n    {"a": 2}\n  ]\n}\n');
  });

  test.each(['{"a":1', '[1,2', '{"a":"x', ']', '{"a":1}}', '{"a":"\\"}'])('%s is left as it came', async (body) => {
    expect(await laid(body)).toBeUndefined();
  });

  test('depth and indentation cannot blow it up', async () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    expect((await laid(deep))!.length).toBeLessThan(deep.length + 20_000);
    expect(await laid(`${'['.repeat(59)}${'1,'.repeat(400_000)}1${']'.repeat(59)}`)).toBeUndefined();
  });

  test('a byte order mark goes', async () => {
    expect(await laid('\ufeff[]')).toBe('[]\n');
  });

  test('the window gets its turns while 5 MB are laid out', async () => {
    const body = bytes(JSON.stringify(Array.from({ length: 40_000 }, (_, i) => ({ id: i, description: 'x'.repeat(60), amount: i / 7, nested: { a: [1, 2, 3] } }))));
    let turns = 0;
    const timer = setInterval(() => { turns += 1; }, 0);
    const done = await indentJson(body, Infinity);
    clearInterval(timer);
    expect(JSON.parse(text(done)!)).toEqual(JSON.parse(text(body)!));
    expect(body.length).toBeGreaterThan(4_000_000);
    expect(turns).toBeGreaterThan(8);
  });
});

describe('whether two bodies are the same', () => {
  test('in memory and in files, to the last byte', async () => {
    const one = new Uint8Array(3 * 1024 * 1024).fill(7);
    const file = join(folder, 'one');
    await writeFile(file, one);
    expect(await sameBytes(one, file)).toBe(true);
    const other = one.slice();
    other[other.length - 1] = 8;
    expect(await sameBytes(other, file)).toBe(false);
    expect(await sameBytes(one, one.subarray(1))).toBe(false);
    expect(await sameBytes(new Uint8Array(), new Uint8Array())).toBe(true);
  });
});

describe('what opens', () => {
  const handle = (form: AnswerHandle['form'], size: number) => ({ name: 'x', form, size });
  test('is everything but binary data, and text of more than 50 MB', () => {
    expect(whyNotOpened(handle('json', 30 * 1024 * 1024))).toBeUndefined();
    expect(whyNotOpened(handle('pdf', 90 * 1024 * 1024))).toBeUndefined();
    expect(whyNotOpened(handle('json', 60 * 1024 * 1024))).toMatch(/60 MB/);
    expect(whyNotOpened(handle('binary', 6))).toMatch(/6 bytes of binary/);
  });

  test('two are compared line by line where both are text of up to 50 MB; else it is said which is not', () => {
    const [json, xml, pdf] = [handle('json', 9), handle('xml', 9), handle('pdf', 9)];
    expect(whyNotCompared(json, xml)).toBeUndefined();
    expect(whyNotCompared(json, pdf)).toBe('The one before is a PDF document: only text can be compared line by line.');
    expect(whyNotCompared(handle('binary', 9), json)).toBe('This one is binary data: only text can be compared line by line.');
    expect(whyNotCompared(handle('image', 9), pdf)).toBe('The one before is a PDF document, this one is a picture: only text can be compared line by line.');
    expect(whyNotCompared(handle('none', 0), json)).toBe('This one is empty: only text can be compared line by line.');
    expect(whyNotCompared(json, handle('json', 60 * 1024 * 1024))).toMatch(/50 MB/);
    expect(whyNotCompared(handle('pdf', 60 * 1024 * 1024), json)).not.toMatch(/50 MB/);
  });

  test('a tab whose answer is gone says so in a form that its language takes', () => {
    expect(JSON.parse(goneText('/GetCustomer 200 #1.json')!)).toContainEqual(expect.stringMatching(/until the window closes/));
    expect(goneText('/x.xml')).toMatch(/^<!--\n[^]*window closes[^]*\n-->/);
    expect(goneText('/x.txt')).toMatch(/^This answer/);
    expect(goneText('/x.pdf')).toBeUndefined();
  });
});
