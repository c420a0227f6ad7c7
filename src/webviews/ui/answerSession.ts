// What the worker does with a body: reads it in slices, answers the page's questions in between, and tells how far it is. Free of the DOM, so
// that small bodies can be read in the page itself while the worker still starts, and tests run it in Node.
import type { CopyKind, Found, Notice, Progress, Question, QuestionKind, Reply, SearchWish } from './answerMessages.ts';
import { textOf } from './jsonBytes.ts';
import { JsonIndex, placeOf } from './jsonIndex.ts';
import { followed, jsonPath, jsonPointer, leafText, Places, stepsTo } from './jsonPaths.ts';
import { JsonRows } from './jsonRows.ts';
import { JsonSearch } from './jsonSearch.ts';
import { shownRows } from './jsonShown.ts';
import { TextLines, TextSearch } from './textLines.ts';
import { indentXml } from './xmlIndent.ts';

/** Bytes read before the first reply, and between two breaths after it. */
const firstSlice = 512 * 1024;
const nextSlice = 1024 * 1024;
/** Milliseconds of search between two breaths, and between two notices. */
const searchSlice = 12;
const noticeEvery = 60;
/** XML larger than this is shown as it came. */
const mostIndented = 1024 * 1024;
const mostRowsAsked = 2_000;

interface Body {
  bytes: Uint8Array;
  json?: { index: JsonIndex; rows: JsonRows; places: Places };
  /** Made when the text is first shown. */
  lines?: TextLines;
  /** What the text shows, when it is not the bytes as they came. */
  shown?: Uint8Array;
  search?: JsonSearch | TextSearch;
  /** Ends when all of it is read; undefined while nothing is being read. */
  reading?: Promise<void>;
  closed: boolean;
}

export class AnswerSession {
  readonly #notify: (notice: Notice) => void;
  /** Lets other messages in. */
  readonly #pause: () => Promise<void>;
  #body: Body | undefined;

  constructor(notify: (notice: Notice) => void, pause: () => Promise<void>) {
    this.#notify = notify;
    this.#pause = pause;
  }

  async ask<K extends QuestionKind>(kind: K, ask: Question[K]): Promise<Reply[K]> {
    return await (this.#answers[kind] as (ask: Question[K]) => Reply[K] | Promise<Reply[K]>)(ask);
  }

  readonly #answers: { [K in QuestionKind]: (ask: Question[K]) => Reply[K] | Promise<Reply[K]> } = {
    open: (ask) => this.#open(ask),
    close: () => { this.#leave(); return {}; },
    treeRows: ({ from, to }) => {
      const { index, rows, places } = this.#json();
      return { rows: shownRows(index, rows, places, from, Math.min(to, from + mostRowsAsked)), total: rows.length };
    },
    textRows: ({ from, to }) => {
      const lines = this.#lines();
      return { rows: lines.rows(from, Math.min(to, from + mostRowsAsked)), total: lines.length };
    },
    fold: ({ row, how }) => {
      const { rows } = this.#json();
      if (how === 'siblings') rows.unfoldSiblings(row);
      else rows.set(row, how === 'unfold');
      rows.grow();
      return { total: rows.length };
    },
    foldAll: ({ how }) => {
      const { rows } = this.#json();
      if (how === 'fold') rows.foldAll();
      else rows.unfoldAll();
      rows.grow();
      return { total: rows.length };
    },
    parent: ({ row }) => {
      const { index, rows } = this.#json();
      const group = index.parentOf(rows.node(row));
      return { row: group < 0 ? -1 : rows.rowOf(index.nodeOf(group)) };
    },
    copy: ({ node, kind, most }) => this.#copy(node, kind, most),
    copyText: () => ({ text: textOf(this.#here().bytes, 0, this.#here().bytes.length) }),
    follow: ({ node }) => ({ followed: followed(this.#json().index, node) }),
    search: (ask) => this.#search(ask),
    hit: ({ at }) => {
      const body = this.#here();
      const { search } = body;
      if (!search || at < 0 || at >= search.hits.length) return { row: -1, total: 0 };
      if (search instanceof TextSearch) return { row: search.hits.get(at), total: body.lines?.length ?? 0 };
      const { rows } = this.#json();
      return { row: rows.reveal(search.hits.get(at)), total: rows.length };
    },
  };

  #here(): Body {
    if (!this.#body) throw new Error('No body is open.');
    return this.#body;
  }

  #json(): NonNullable<Body['json']> {
    const { json } = this.#here();
    if (!json) throw new Error('The body is no JSON.');
    return json;
  }

  #leave(): void {
    if (this.#body) this.#body.closed = true;
    this.#body = undefined;
  }

  #open({ bytes, form }: Question['open']): Progress {
    this.#leave();
    const body: Body = this.#body = { bytes, closed: false };
    if (form === 'xml' && bytes.length <= mostIndented) {
      const indented = indentXml(textOf(bytes, 0, bytes.length).replace(/^\ufeff/, ''));
      if (indented !== undefined) body.shown = new TextEncoder().encode(indented);
    }
    if (form === 'json') {
      const index = new JsonIndex(bytes);
      body.json = { index, rows: new JsonRows(index), places: new Places(index) };
      index.run(firstSlice);
      body.json.rows.grow();
      if (index.done && !index.damage) body.json.rows.settle();
    }
    if (!body.json || body.json.index.damage) this.#lines();
    this.#keepReading(body);
    return this.#progress(body);
  }

  #lines(): TextLines {
    const body = this.#here();
    if (!body.lines) {
      body.lines = new TextLines(body.shown ?? body.bytes);
      body.lines.run(firstSlice);
      this.#keepReading(body);
    }
    return body.lines;
  }

  #keepReading(body: Body): void {
    if (isUnread(body)) body.reading ??= this.#readOn(body).finally(() => { body.reading = undefined; });
  }

  async #readOn(body: Body): Promise<void> {
    let told = performance.now();
    while (isUnread(body)) {
      await this.#pause();
      if (body.closed) return;
      if (body.json && !body.json.index.done) this.#readJson(body.json);
      else body.lines?.run(nextSlice);
      if (body.json?.index.damage) this.#lines();
      if (performance.now() - told < noticeEvery || !isUnread(body)) continue;
      told = performance.now();
      this.#notify({ type: 'progress', progress: this.#progress(body) });
    }
    this.#notify({ type: 'progress', progress: this.#progress(body) });
  }

  #readJson({ index, rows }: NonNullable<Body['json']>): void {
    index.run(nextSlice);
    if (!index.damage) rows.grow();
  }

  #progress({ bytes, json, lines, shown }: Body): Progress {
    const damage = json?.index.damage;
    const asTree = json !== undefined && damage === undefined;
    return {
      tree: asTree ? json.rows.length : 0, text: lines?.length ?? 0, size: bytes.length,
      read: (asTree ? json.index.read : lines?.read) ?? 0,
      done: (asTree ? json.index.done : lines?.done) === true,
      ...(shown && { indented: true }),
      ...(damage && { damage: { ...damage, ...placeOf(bytes, damage.offset) } }),
    };
  }

  async #copy(node: number, kind: CopyKind, most = Infinity): Promise<Reply['copy']> {
    // A group's end is known when all is read; its place among others is known from the start.
    await this.#here().reading;
    const { index, places } = this.#json();
    const text = kind === 'path' ? jsonPath(stepsTo(index, places, node))
      : kind === 'pointer' ? jsonPointer(stepsTo(index, places, node))
      : (kind === 'value' ? leafText(index, node) : undefined) ?? textOf(index.bytes, index.valueStart(node), index.valueEnd(node));
    return text.length > most ? { text: text.slice(0, most).replace(/[\ud800-\udbff]$/, ''), whole: false } : { text, whole: true };
  }

  #search(ask: SearchWish & { in: 'tree' | 'text' }): Found {
    const body = this.#here();
    body.search = undefined;
    if (ask.query === '' || (ask.in === 'tree' && !ask.keys && !ask.values)) return { hits: 0, more: false, done: true };
    const search = body.search = ask.in === 'tree' ? new JsonSearch(this.#json().index, ask) : new TextSearch(this.#lines(), ask.query);
    search.run(lateAfter(searchSlice));
    if (!search.done) void this.#searchOn(body, search);
    return foundBy(search);
  }

  async #searchOn(body: Body, search: JsonSearch | TextSearch): Promise<void> {
    let told = performance.now();
    while (!search.done) {
      await this.#pause();
      if (body.closed || body.search !== search) return;
      search.run(lateAfter(searchSlice));
      if (performance.now() - told < noticeEvery && !search.done) continue;
      told = performance.now();
      this.#notify({ type: 'found', found: foundBy(search) });
    }
  }
}

const isUnread = ({ json, lines }: Body): boolean => (json !== undefined && !json.index.done) || (lines !== undefined && !lines.done);

const foundBy = ({ hits, more, done }: JsonSearch | TextSearch): Found => ({ hits: hits.length, more, done });

function lateAfter(milliseconds: number): () => boolean {
  const end = performance.now() + milliseconds;
  return () => performance.now() > end;
}
