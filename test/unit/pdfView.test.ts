// The PDF viewer's rules: how a document goes over in pieces and within which limits, what is said of a file that is none, keys, rows in sight.
import { mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bytesSource, fileSource, type PdfSource } from '../../src/webviews/host/pdfSource.ts';
import { PdfSession } from '../../src/webviews/host/pdfSession.ts';
import { chunkBytes, headBytes, longestRange, mostRanges, readPdfRequest, wholeBytes, type PdfMessage } from '../../src/webviews/protocol/pdf.ts';
import { pdfAction } from '../../src/webviews/ui/pdfKeys.ts';
import { RangeDesk } from '../../src/webviews/ui/pdfRanges.ts';
import { rowsInSight } from '../../src/webviews/ui/pdfRows.ts';
import { hasEnd, headOf, hitsText, isText, pdfProblem, sizeText } from '../../src/webviews/ui/pdfWords.ts';

const turn = () => new Promise((resolve) => setTimeout(resolve));
/** Bytes that tell where they stood. */
const numbered = (length: number) => Uint8Array.from({ length }, (_, at) => (at * 7 + Math.floor(at / 251)) & 255);
/** Whether the pieces are the same, without printing megabytes when they are not. */
const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

describe('a range that a view asks for', () => {
  it('is taken within its bounds, and nothing else of it', () => {
    expect(readPdfRequest({ type: 'range', document: 1, begin: 0, end: longestRange, path: '/etc/passwd' })).toEqual({ type: 'range', document: 1, begin: 0, end: longestRange });
  });

  it.each([
    { begin: 0, end: longestRange + 1 }, { begin: 5, end: 5 }, { begin: 6, end: 5 }, { begin: -1, end: 5 }, { begin: 0.5, end: 5 }, { begin: '0', end: 5 }, { begin: 0, end: Infinity },
    { begin: 0, end: NaN }, { begin: 2 ** 60, end: 2 ** 60 + 1 }, { begin: 0 }, { begin: 0, end: 5, document: 'a' }, { begin: 0, end: 5, document: undefined },
  ])('is refused beyond them: %j', (range) => {
    expect(readPdfRequest({ type: 'range', document: 1, ...range })).toBeUndefined();
  });
});

describe('a PDF tab', () => {
  const make = (open: (fresh: boolean) => Promise<PdfSource>) => {
    const posted: PdfMessage[] = [];
    const done: string[] = [];
    const session = new PdfSession({
      open, post: (message) => posted.push(message), save: ({ length }) => done.push(`save ${length}`), print: ({ length }) => done.push(`print ${length}`), openText: () => done.push('text'),
    });
    return { posted, done, session };
  };
  const large = bytesSource(numbered(wholeBytes + 3 * chunkBytes + 17));

  it('opens once for showing, saving and printing, and afresh on reload', async () => {
    const opened: boolean[] = [];
    const small = new TextEncoder().encode('%PDF-');
    const { posted, done, session } = make(async (fresh) => { opened.push(fresh); return bytesSource(small); });
    session.receive({ type: 'print' });
    session.receive({ type: 'ready' });
    await turn();
    session.receive({ type: 'save' });
    session.receive({ type: 'print' });
    session.receive({ type: 'openText' });
    expect(posted).toEqual([{ type: 'loading' }, { type: 'pdf', document: 1, length: 5, head: small, tail: new Uint8Array() }]);
    expect(done).toEqual(['save 5', 'print 5', 'text']);
    session.receive({ type: 'reload' });
    await turn();
    expect(opened).toEqual([false, true]);
  });

  it('sends beginning and end of a large document, and the rest only when asked', async () => {
    const { posted, session } = make(async () => large);
    session.receive({ type: 'ready' });
    await turn();
    const first = posted.at(-1)!;
    if (first.type !== 'pdf') throw new Error(first.type);
    expect([first.length, first.head.length, first.tail.length]).toEqual([large.length, headBytes, chunkBytes + 17]);
    const begin = headBytes;
    session.receive({ type: 'range', document: first.document, begin, end: begin + chunkBytes });
    await turn();
    const piece = posted.at(-1)!;
    if (piece.type !== 'range') throw new Error(piece.type);
    expect(piece.begin).toBe(begin);
    expect(same(piece.bytes, await large.read(begin, begin + chunkBytes))).toBe(true);
  });

  it('answers nothing beyond the end, of another document, or above the number under way', async () => {
    let answer: (() => void)[] = [];
    const slow: PdfSource = { ...large, read: (begin, end) => (begin === 0 || end === large.length ? large.read(begin, end) : new Promise((resolve) => answer.push(() => resolve(new Uint8Array(end - begin))))) };
    const { posted, session } = make(async () => slow);
    session.receive({ type: 'ready' });
    await turn();
    const before = posted.length;
    session.receive({ type: 'range', document: 1, begin: large.length - 1, end: large.length + 1 });
    session.receive({ type: 'range', document: 7, begin: chunkBytes, end: 2 * chunkBytes });
    expect(answer).toHaveLength(0);
    for (let asked = 0; asked < mostRanges + 4; asked++) session.receive({ type: 'range', document: 1, begin: (1 + asked) * chunkBytes, end: (2 + asked) * chunkBytes });
    expect(answer).toHaveLength(mostRanges);
    for (const go of answer) go();
    await turn();
    expect(posted).toHaveLength(before + mostRanges);
    // Room again; and what comes after a reload is of the older document and stays here.
    answer = [];
    session.receive({ type: 'range', document: 1, begin: chunkBytes, end: 2 * chunkBytes });
    expect(answer).toHaveLength(1);
    session.receive({ type: 'reload' });
    await turn();
    const after = posted.length;
    answer[0]!();
    await turn();
    expect(posted).toHaveLength(after);
  });

  it('says when the rest cannot be had', async () => {
    const lost: PdfSource = { ...large, read: async (begin, end) => { if (begin !== 0 && end !== large.length) throw new Error('It is gone.'); return large.read(begin, end); } };
    const { posted, session } = make(async () => lost);
    session.receive({ type: 'ready' });
    await turn();
    session.receive({ type: 'range', document: 1, begin: chunkBytes, end: 2 * chunkBytes });
    await turn();
    expect(posted.at(-1)).toEqual({ type: 'lost', document: 1, text: 'It is gone.' });
  });

  it('tells a failure, obeys cancel, and is silent when closed', async () => {
    const failing = make(async () => { throw new Error('Gone.'); });
    failing.session.receive({ type: 'ready' });
    await turn();
    expect(failing.posted.at(-1)).toEqual({ type: 'failed', text: 'Gone.' });

    const waiting = make(() => new Promise(() => undefined));
    waiting.session.receive({ type: 'ready' });
    waiting.session.receive({ type: 'cancel' });
    await turn();
    expect(waiting.posted.at(-1)).toEqual({ type: 'stopped' });
    waiting.session.receive({ type: 'reload' });
    waiting.session.dispose();
    await turn();
    expect(waiting.posted.at(-1)).toEqual({ type: 'loading' });
  });
});

describe('a PDF file on disk', () => {
  let folder: string;
  let path: string;
  const content = numbered(10_000);
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'obx-pdf-'));
    path = join(folder, 'a.pdf');
    await writeFile(path, content);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is read in pieces', async () => {
    const source = await fileSource(path);
    expect([source.length, source.content]).toEqual([10_000, path]);
    expect(same(await source.read(9_000, 10_000), content.subarray(9_000))).toBe(true);
  });

  it('says that it changed, was replaced or became shorter, rather than mixing two documents', async () => {
    const source = await fileSource(path);
    await writeFile(path, numbered(20_000));
    await expect(source.read(0, 100)).rejects.toThrow('The file has changed since it was opened. Read it again.');
    const again = await fileSource(path);
    const other = join(folder, 'b.pdf');
    await writeFile(other, numbered(20_000));
    await rename(other, path);
    await expect(again.read(0, 100)).rejects.toThrow(/has changed/);
    const third = await fileSource(path);
    await truncate(path, 10);
    await expect(third.read(0, 100)).rejects.toThrow(/has changed|become shorter/);
  });

  it('says that it is gone, or no file, without its path', async () => {
    const source = await fileSource(path);
    await rm(path);
    const problem = await source.read(0, 100).catch((error: Error) => error.message);
    expect(problem).toBe('The file is not there any more: it was moved, renamed or deleted.');
    await expect(fileSource(path)).rejects.toThrow(/not there/);
    await expect(fileSource(folder)).rejects.toThrow('This is no file but a folder or a device.');
  });
});

describe('reading in pieces in the view', () => {
  const document = numbered(40 * chunkBytes + 99);
  const make = (head = headBytes, tail = document.subarray(39 * chunkBytes)) => {
    const asked: [number, number][] = [];
    const got = new Map<number, Uint8Array>();
    const desk: RangeDesk = new RangeDesk(document.length, head, tail, { ask: (begin, end) => asked.push([begin, end]), deliver: (begin, bytes) => got.set(begin, bytes) });
    const answer = (index: number) => desk.take(asked[index]![0], document.slice(...asked[index]!));
    return { asked, got, desk, answer };
  };

  it('gives what came with the first message without asking', async () => {
    const { asked, got, desk } = make();
    desk.want(39 * chunkBytes, document.length);
    await turn();
    expect(asked).toEqual([]);
    expect(same(got.get(39 * chunkBytes)!, document.subarray(39 * chunkBytes))).toBe(true);
  });

  it('delivers a long wish whole, asked for in ranges that the host answers', async () => {
    const { asked, got, desk, answer } = make();
    desk.want(headBytes, document.length);
    for (let index = 0; index < asked.length; index++) {
      const [begin, end] = asked[index]!;
      expect(readPdfRequest({ type: 'range', document: 1, begin, end })).toBeDefined();
      expect(got.size).toBe(0);
      answer(index);
    }
    await turn();
    expect(asked.length).toBeGreaterThan(1);
    expect(same(got.get(headBytes)!, document.subarray(headBytes))).toBe(true);
  });

  it('has no more under way than the host answers', () => {
    const { asked, desk, answer } = make();
    // Every other piece, so that nothing joins.
    for (let piece = 4; piece < 38; piece += 2) desk.want(piece * chunkBytes, (piece + 1) * chunkBytes);
    const open = asked.length;
    expect(open).toBeLessThanOrEqual(mostRanges);
    for (let index = 0; index < asked.length; index++) {
      answer(index);
      expect(asked.length - index - 1).toBeLessThanOrEqual(mostRanges);
    }
  });

  it.each([['onward', [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]], ['from the end', [38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28, 27]]])('asks less often than it is asked when it is read %s', async (_way, pieces) => {
    const { asked, got, desk, answer } = make();
    let answered = 0;
    for (const piece of pieces) {
      desk.want(piece * chunkBytes, (piece + 1) * chunkBytes);
      while (answered < asked.length) answer(answered++);
      await turn();
      expect(same(got.get(piece * chunkBytes)!, document.subarray(piece * chunkBytes, (piece + 1) * chunkBytes))).toBe(true);
    }
    expect(asked.length).toBeLessThan(pieces.length / 2 + 1);
    const sums = asked.reduce((sum, [begin, end]) => sum + end - begin, 0);
    expect(new Set(asked.flatMap(([begin, end]) => Array.from({ length: Math.ceil((end - begin) / chunkBytes) }, (_, at) => begin / chunkBytes + at))).size * chunkBytes).toBeGreaterThanOrEqual(sums);
  });

  it('asks only for what is wished when the reading jumps', () => {
    const { asked, desk } = make();
    desk.want(30 * chunkBytes, 31 * chunkBytes);
    desk.want(10 * chunkBytes, 11 * chunkBytes);
    expect(asked).toEqual([[30 * chunkBytes, 31 * chunkBytes], [10 * chunkBytes, 11 * chunkBytes]]);
  });

  it('drops what it did not ask for, and all once closed', async () => {
    const { got, desk, asked, answer } = make();
    desk.take(20 * chunkBytes, document.slice(20 * chunkBytes, 21 * chunkBytes));
    desk.want(10 * chunkBytes, 11 * chunkBytes);
    desk.take(10 * chunkBytes, new Uint8Array(5));
    await turn();
    expect(got.size).toBe(0);
    desk.close();
    answer(0);
    desk.want(12 * chunkBytes, 13 * chunkBytes);
    await turn();
    expect([got.size, asked.length]).toEqual([0, 1]);
  });

  it('counts what has come', () => {
    const { desk, answer } = make();
    const before = desk.received;
    desk.want(20 * chunkBytes, 21 * chunkBytes);
    answer(0);
    expect(desk.received - before).toBe(chunkBytes);
  });
});

describe('what is said of a file that does not open', () => {
  const problem = (head: string, name = 'InvalidPDFException', ended = true) => pdfProblem({ name, size: Math.max(head.length, 1), head, ended });

  it('names the reason and what to do', () => {
    expect(pdfProblem({ name: '', size: 0, head: '', ended: false }).text).toMatch(/^The file is empty.*Read it again/);
    expect(problem('%PDF-1.7').text).toMatch(/damaged.*save a copy/);
    expect(problem('%PDF-1.7', 'InvalidPDFException', false).text).toMatch(/cut short.*Read it again/);
    expect(problem('%PDF-1.7', 'NoPages').text).toMatch(/no pages/);
    expect(problem('%PDF-1.7', 'PasswordException').text).toMatch(/encrypted in a way/);
    expect(problem('%PDF-1.7', 'UnknownErrorException').text).toMatch(/could not be opened/);
  });

  it.each([
    ['{"code":14020,"message":"The report is still being made"}', 'The report is still being made (14020)'],
    ['  [{"errorCode":"7","description":"No such asset"}]', 'No such asset (7)'],
    ['{"Errors":{"Error":[{"ReasonCode":"INVALID","Description":"No such asset"}]}}', 'No such asset (INVALID)'],
    ['{"status":401,"title":"Unauthorized"}', 'Unauthorized (401)'],
    ['\u00ef\u00bb\u00bf{"error":"invalid_grant","error_description":"Token expired"}', 'Token expired'],
    ['{"message":"Zugang f\u00c3\u00bcr Konto fehlt"}', 'Zugang für Konto fehlt'],
    ['{"rows":[]}', undefined], ['{"cut', undefined], ['[]', undefined], ['{"message":{"a":1}}', undefined],
  ])('shows the message of an error in JSON: %j', (head, said) => {
    const told = problem(head);
    expect(told.text).toMatch(/no PDF but JSON/);
    expect(told.said).toBe(said);
    expect(told.asText).toBe(true);
  });

  it('shows those of XML and of a web page', () => {
    expect(problem('<?xml version="1.0"?><error><code>10023</code><message>Token &amp; session expired</message></error>')).toEqual({
      text: expect.stringMatching(/no PDF but XML/) as string, said: 'Token & session expired (10023)', asText: true,
    });
    expect(problem('<!DOCTYPE html><html><head><title>502 Bad Gateway</title>')).toMatchObject({ text: expect.stringMatching(/web page/) as string, said: '502 Bad Gateway' });
  });

  it('keeps a long message short, and never sees an array without end', () => {
    expect(problem(`{"message":"${'x'.repeat(5_000)}"}`).said).toHaveLength(500);
    expect(problem(`${'{"error":'.repeat(500)}1${'}'.repeat(500)}`).said).toBeUndefined();
  });

  it('offers the text editor for text alone', () => {
    expect([problem('junk, but words').asText, problem('\u0000\u0001\u0002PK').asText, problem('%PDF-1.7').asText]).toEqual([true, false, false]);
    expect([isText('{"a":1}'), isText('\u0000%PDF-'), isText('\u0000\u0001')]).toEqual([true, false, false]);
  });

  it('knows the end of a PDF, also with something behind it', () => {
    const ending = (text: string) => hasEnd(new TextEncoder().encode(text));
    expect([ending('trailer %%EOF'), ending(`%%EOF${' '.repeat(3_000)}`), ending('trailer %%EO'), ending('')]).toEqual([true, true, false, false]);
    expect(headOf(numbered(20_000))).toHaveLength(20_000);
    expect(headOf(numbered(200_000))).toHaveLength(65_536);
  });
});

describe('words beside the pages', () => {
  it('count hits, and say how far the search is', () => {
    expect(hitsText({ current: 3, total: 40, searched: 500, pages: 500 })).toBe('3 of 40');
    expect(hitsText({ current: 3, total: 40, searched: 99, pages: 500 })).toBe('3 of 40 so far, page 100 of 500…');
    expect(hitsText({ current: 0, total: 0, searched: 99, pages: 500 })).toBe('Searching page 100 of 500…');
    expect(hitsText({ current: 0, total: 0, searched: 500, pages: 500 })).toBe('No hits');
  });

  it('give sizes', () => {
    expect([12, 4_096, 3_300_000, 90_000_000].map(sizeText)).toEqual(['12 bytes', '4 KB', '3.1 MB', '86 MB']);
  });
});

describe('keys', () => {
  const press = (key: string, held: 'shift' | 'command' | '' = '', typing = false) => pdfAction({ key, shiftKey: held === 'shift', command: held === 'command' }, typing);

  it('do what the toolbar says', () => {
    expect([press('r'), press('R', 'shift'), press('i'), press('f', 'command'), press('s', 'command'), press('F3'), press('F3', 'shift'), press('w'), press('p'), press('PageDown'), press('End')])
      .toEqual(['rotateRight', 'rotateLeft', 'dark', 'find', 'save', 'nextHit', 'previousHit', 'fitWidth', 'fitPage', 'screenDown', 'lastPage']);
  });

  it('are letters where one types, but for F3 and those with Ctrl', () => {
    expect([press('r', '', true), press('i', '', true), press('ArrowLeft', '', true), press('Home', 'command', true)]).toEqual([undefined, undefined, undefined, undefined]);
    expect([press('F3', '', true), press('s', 'command', true)]).toEqual(['nextHit', 'save']);
  });

  it('leave the editor its own', () => {
    expect([press('p', 'command'), press('W', 'shift'), press('constructor'), press('ArrowDown'), press('x')]).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });
});

describe('thumbnails in sight', () => {
  it('are those of the part that is scrolled to, and one more at either edge', () => {
    expect(rowsInSight({ top: 0, height: 600, rowHeight: 176, rows: 500, beyond: 1 })).toEqual({ first: 1, last: 5 });
    expect(rowsInSight({ top: 176 * 100, height: 352, rowHeight: 176, rows: 500, beyond: 1 })).toEqual({ first: 100, last: 103 });
    expect(rowsInSight({ top: 0, height: 600, rowHeight: 176, rows: 0, beyond: 1 })).toEqual({ first: 1, last: 0 });
  });
});
