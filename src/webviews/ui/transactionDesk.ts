// What the worker does with transactions: takes pages in, filters, sorts, groups and sums, and answers the page's questions in between. Rows
// that only come behind the others cost no more than themselves; anything else is worked out anew, never more often than it takes. Free of the DOM.
import type { AccountFacts, RecurringStream } from '../protocol/transactions.ts';
import { numberOf } from './format.ts';
import { absent } from './storedColumn.ts';
import { tsvText } from './tableText.ts';
import { transactionCharts } from './transactionCharts.ts';
import { TransactionExport } from './transactionExport.ts';
import { columnInfos, labelOf } from './transactionFields.ts';
import { noFilter, passing } from './transactionFilter.ts';
import type { GroupLine, Line, LineRange, Notice, Question, QuestionKind, Reply, RowLine, Summary, View } from './transactionMessages.ts';
import { accountColumn, recurringColumn } from './transactionOrder.ts';
import { noDay, states, TransactionStore } from './transactionStore.ts';
import { Adder, totalsOf, type Totals } from './transactionSums.ts';
import { buildView, TransactionView } from './transactionView.ts';

const mostLinesAsked = 1_000;
/** Rows for the clipboard; more than this is for a file. */
export const mostCopied = 100_000;
/** Between two workings-out while pages come in, milliseconds, and in multiples of what the last one took. */
const leastPause = 150;
const pauseFactor = 4;

class Superseded extends Error {}

export class TransactionDesk {
  readonly #notify: (notice: Notice) => void;
  /** Lets other messages in. */
  readonly #pause: () => Promise<void>;
  #store = new TransactionStore();
  #view: View = { filter: noFilter };
  #shown = new TransactionView(new Uint32Array(0));
  #adder = new Adder(this.#store);
  /** Rows that `#shown` knows of. */
  #known = 0;
  #version = 0;
  #work = 0;
  #working = false;
  #cost = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #accounts: readonly AccountFacts[] | undefined;
  #streams: readonly RecurringStream[] = [];
  #streamOfId: ReadonlyMap<string, number> = new Map();
  #categories: number[] = [];
  #counted = 0;
  #export: TransactionExport | undefined;

  constructor(notify: (notice: Notice) => void, pause: () => Promise<void>) {
    this.#notify = notify;
    this.#pause = pause;
  }

  async ask<K extends QuestionKind>(kind: K, ask: Question[K]): Promise<Reply[K]> {
    return await (this.#answers[kind] as (ask: Question[K]) => Reply[K] | Promise<Reply[K]>)(ask);
  }

  readonly #answers: { [K in QuestionKind]: (ask: Question[K]) => Reply[K] | Promise<Reply[K]> } = {
    page: (ask) => this.#page(ask),
    accounts: ({ accounts }) => {
      this.#accounts = accounts;
      this.#store.learn(accounts);
      // Currencies and signs may be others now.
      this.#soon(0);
      return {};
    },
    streams: ({ streams }) => {
      this.#streams = streams;
      this.#streamOfId = new Map(streams.flatMap(({ transactionIds }, index) => transactionIds.map((id) => [id, index + 1] as const)));
      this.#mark();
      this.#soon(0);
      return {};
    },
    view: async (view) => {
      this.#view = view;
      return { summary: await this.#anew() };
    },
    lines: ({ from, to, columns }) => ({ version: this.#version, lines: this.#lines(from, Math.min(to, from + mostLinesAsked), columns) }),
    fold: ({ line }) => {
      this.#shown.fold(line);
      return this.#changed();
    },
    foldAll: ({ open }) => {
      this.#shown.foldAll(open);
      return this.#changed();
    },
    find: ({ row }) => ({ line: this.#shown.find(row) }),
    select: ({ ranges }) => ({ totals: this.#totalsIn(ranges) }),
    copy: (ask) => this.#copy(ask),
    record: ({ row }) => {
      const account = this.#store.accounts[this.#store.accountOf[row]!]!;
      const type = account.facts?.type;
      return { record: this.#store.record(row), currency: account.currency, account: account.name, ...(type !== undefined && { accountType: type }) };
    },
    records: ({ ranges, most }) => {
      const rows = this.#shown.rowsIn(ranges);
      return { records: [...rows.subarray(0, most)].map((row) => ({ ...this.#store.record(row), ...this.#typeOf(row) })), all: rows.length };
    },
    charts: ({ balanceTo }) => ({ charts: transactionCharts({
      store: this.#store, rows: this.#shown.rows, dayFrom: this.#view.filter.dayFrom, dayTo: this.#view.filter.dayTo, ...(balanceTo !== undefined && { balanceTo }),
    }) }),
    exportBegin: (wish) => {
      const order = wish.ranges ? this.#shown.rowsIn(wish.ranges) : this.#shown.rows;
      const recurring = this.#recurringOf();
      this.#export = new TransactionExport(this.#store, order, wish, (row) => recurring(row) ?? '');
      return { rows: this.#export.rows };
    },
    exportNext: () => {
      if (!this.#export) throw new Error('No export is under way.');
      return this.#export.next();
    },
    exportEnd: () => {
      this.#export = undefined;
      return {};
    },
  };

  /** The account's type goes along under a name that no field of the API has. */
  #typeOf(row: number): Record<string, unknown> {
    const type = this.#store.accounts[this.#store.accountOf[row]!]!.facts?.type;
    return type === undefined ? {} : { '#accountType': type };
  }

  async #page({ bytes, fresh, found }: Question['page']): Promise<Reply['page']> {
    const { rows, problem } = readRows(bytes);
    if (fresh) this.#begin();
    const store = this.#store;
    store.expected = found ?? Infinity;
    store.append(rows);
    this.#mark(store.rows - rows.length);
    await this.#arrived();
    return { loaded: this.#store.rows, ...(problem !== undefined && { problem }) };
  }

  /** An export that is under way goes on with the rows it began with. */
  #begin(): void {
    this.#work += 1;
    this.#working = false;
    this.#store = new TransactionStore();
    if (this.#accounts) this.#store.learn(this.#accounts);
    this.#shown = new TransactionView(new Uint32Array(0));
    this.#adder = new Adder(this.#store);
    this.#known = 0;
    this.#categories = [];
    this.#counted = 0;
    this.#version += 1;
  }

  /** Rows came behind the others. */
  async #arrived(): Promise<void> {
    const { sort, group, filter } = this.#view;
    const first = this.#known === 0;
    if (sort || group) {
      if (first) await this.#anew().then((summary) => { if (summary) this.#notify({ type: 'summary', summary }); });
      else this.#soon(Math.max(leastPause, this.#cost * pauseFactor));
      return;
    }
    // Somebody else is at it, and will come to these rows.
    if (this.#working) return;
    const from = this.#known;
    this.#known = this.#store.rows;
    const rows = await passing(this.#store, filter, from, this.#known, () => Promise.resolve());
    this.#shown.append(rows);
    for (const row of rows) this.#adder.add(row);
    this.#notify({ type: 'summary', summary: this.#summary() });
  }

  /** Works everything out; undefined when something newer has taken over. */
  async #anew(): Promise<Summary | undefined> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const work = ++this.#work;
    const startedAt = performance.now();
    const store = this.#store;
    const view = this.#view;
    const breathe = async () => {
      await this.#pause();
      if (work !== this.#work) throw new Superseded();
    };
    this.#working = true;
    try {
      const total = store.rows;
      const rows = await passing(store, view.filter, 0, total, breathe);
      const open = new Set((this.#shown.groups ?? []).filter((group) => group.open).map(({ key }) => key));
      this.#shown = buildView(store, rows, view.sort, view.group, open);
      this.#known = total;
      this.#adder = new Adder(store);
      for (const row of rows) this.#adder.add(row);
      this.#version += 1;
      this.#cost = performance.now() - startedAt;
    } catch (error) {
      if (error instanceof Superseded) return undefined;
      throw error;
    } finally {
      if (work === this.#work) this.#working = false;
    }
    // Rows that came meanwhile.
    if (this.#known < store.rows) this.#soon(0);
    return this.#summary();
  }

  #soon(ms: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#anew().then((summary) => { if (summary) this.#notify({ type: 'summary', summary }); });
    }, ms);
  }

  #changed(): Record<never, never> {
    this.#version += 1;
    this.#notify({ type: 'summary', summary: this.#summary() });
    return {};
  }

  #summary(): Summary {
    const store = this.#store;
    let first = Infinity;
    let last = -Infinity;
    // In the API's order the newest is first; the few rows at both ends tell the span without looking at all.
    for (const row of ends(store.rows)) {
      const day = store.days[row]!;
      if (day === noDay) continue;
      first = Math.min(first, day);
      last = Math.max(last, day);
    }
    return {
      version: this.#version, loaded: store.rows, lines: this.#shown.lines, groups: this.#shown.groups?.length ?? 0, totals: this.#adder.totals, columns: columnInfos(store),
      categories: this.#categoryCounts(), accounts: store.accounts.map(({ id, name, opposite }) => ({ id, name, opposite })),
      ...(first !== Infinity && { firstDay: first, lastDay: last }),
    };
  }

  #categoryCounts(): Summary['categories'] {
    const column = this.#store.column('categorization.category');
    if (!column?.codes) return [];
    for (; this.#counted < this.#store.rows; this.#counted++) {
      const code = column.codes[this.#counted]!;
      this.#categories[code] = (this.#categories[code] ?? 0) + 1;
    }
    const counts = new Map<string, number>();
    for (const [code, count] of this.#categories.entries()) {
      if (!count) continue;
      const value = column.values[code];
      const name = code <= 1 ? '' : String(value);
      counts.set(name, (counts.get(name) ?? 0) + count);
    }
    return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count).slice(0, 1_000);
  }

  #lines(from: number, to: number, columns: readonly string[]): Line[] {
    const store = this.#store;
    const recurring = this.#recurringOf();
    const reads = columns.map((key) => this.#reader(key));
    const lines: Line[] = [];
    for (let line = Math.max(0, from); line < to; line++) {
      const found = this.#shown.at(line);
      if (!found) break;
      if ('group' in found) {
        const { key, open, totals } = found.group;
        lines.push({ line, group: { key: this.#groupKey(key), open, totals } } satisfies GroupLine);
        continue;
      }
      const { row } = found;
      const words = recurring(row);
      lines.push({
        line, row, state: states[store.stateOf[row]!]!, status: String(store.value(row, 'status') ?? ''), currency: store.accounts[store.accountOf[row]!]!.currency,
        values: reads.map((read) => read(row)), ...(words !== undefined && { recurring: words }),
      } satisfies RowLine);
    }
    return lines;
  }

  /** A group of accounts or streams is named by what they are called. */
  #groupKey(key: string): string {
    const { group } = this.#view;
    if (group === 'account') return this.#store.accounts.find(({ id }) => id === key)?.name ?? key;
    if (group !== 'recurring' || key === '') return key;
    const stream = this.#streams[Number(key) - 1];
    return stream ? `${stream.payee}, ${streamWords(stream)}` : key;
  }

  #reader(key: string): (row: number) => unknown {
    const store = this.#store;
    if (key === accountColumn) return (row) => store.accounts[store.accountOf[row]!]!.name;
    if (key === recurringColumn) return this.#recurringOf();
    const column = store.column(key);
    return (row) => {
      const value = column?.at(row);
      return value === absent ? undefined : value;
    };
  }

  #recurringOf(): (row: number) => string | undefined {
    const words = this.#streams.map(streamWords);
    const { streamOf } = this.#store;
    return (row) => (streamOf[row]! > 0 ? words[streamOf[row]! - 1] : undefined);
  }

  #mark(from = 0): void {
    if (this.#streams.length > 0 || from === 0) this.#store.mark(this.#streamOfId, from);
  }

  #totalsIn(ranges: readonly LineRange[]): Totals {
    return totalsOf(this.#store, this.#shown.rowsIn(ranges));
  }

  #copy({ ranges, columns }: Question['copy']): Reply['copy'] {
    const all = this.#shown.rowsIn(ranges);
    const rows = all.subarray(0, mostCopied);
    return { text: tsvText(columns.map((key) => ({ key, label: labelOf(key), read: this.#reader(key) })), rows), rows: rows.length, whole: rows.length === all.length };
  }
}

/** The first and last rows. */
function* ends(rows: number): Generator<number> {
  for (let row = 0; row < Math.min(rows, 50); row++) yield row;
  for (let row = Math.max(50, rows - 50); row < rows; row++) yield row;
}

const streamWords = ({ cadence, active }: RecurringStream): string => `${cadence === undefined ? 'recurring' : `every ${numberOf(cadence) ?? cadence} days`}${active ? '' : ', ended'}`;

function readRows(bytes: Uint8Array): { rows: readonly unknown[]; problem?: string } {
  try {
    const rows = JSON.parse(new TextDecoder().decode(bytes)) as unknown;
    return Array.isArray(rows) ? { rows } : { rows: [], problem: 'A page of transactions is no list.' };
  } catch {
    return { rows: [], problem: 'A page of transactions could not be read: it is no JSON.' };
  }
}
