// What the tree and the text have in common: rows fetched from the reader as they come into sight, a search with its bar, and the keys of it.
// One question for rows is under way at a time; what is drawn stays until its reply is there.
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Found, Progress } from './answerMessages.ts';
import type { AnswerReader } from './answerReader.ts';
import { attempt } from './attempt.ts';
import { copyText } from './clipboard.ts';
import { RowWindow } from './rowWindow.ts';

const typingPause = 120;

export abstract class BodyView<Row extends { row: number }> extends LitElement {
  static override properties = {
    reader: { attribute: false }, progress: { attribute: false }, found: { attribute: false }, locale: {}, say: { attribute: false },
    _rows: { state: true }, _query: { state: true }, _hits: { state: true }, _hit: { state: true }, _total: { state: true },
  };

  declare reader: AnswerReader;
  declare progress: Progress;
  /** What the running search has found so far. */
  declare found: Found | undefined;
  declare locale: string;
  /** Tells a screen reader, and shows for a moment. */
  declare say: (words: string) => void;
  declare _rows: readonly Row[];
  declare _query: string;
  declare _hits: Found | undefined;
  /** The hit that is shown, from 0; -1 before the first. */
  declare _hit: number;
  declare _total: number;
  protected readonly sight = new RowWindow();
  #fetching = false;
  #stale = false;
  /** A hit is to be brought into sight sideways once its row is drawn. */
  #sideways = false;
  #searchSoon: ReturnType<typeof setTimeout> | undefined;
  #sizes: ResizeObserver | undefined;
  #numbers: Intl.NumberFormat | undefined;

  constructor() {
    super();
    this.locale = 'en';
    this._rows = [];
    this._query = '';
    this._hit = -1;
    this._total = 0;
    this.say = () => undefined;
  }

  protected abstract readonly form: 'tree' | 'text';
  protected abstract fetchRows(from: number, to: number): Promise<{ rows: readonly Row[]; total: number }>;
  protected abstract showHit(row: number): void;
  protected abstract searchNow(query: string): Promise<Found>;

  protected override createRenderRoot() {
    return this;
  }

  get numbers(): Intl.NumberFormat {
    return (this.#numbers ??= new Intl.NumberFormat(this.locale));
  }

  protected get scroller(): HTMLElement | null {
    return this.querySelector<HTMLElement>('.rows');
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('locale')) this.#numbers = undefined;
    if (changed.has('progress')) {
      this.setTotal(this.progress[this.form]);
      this.refresh();
    }
    if (changed.has('found') && this.found && this._query !== '') this._hits = this.found;
  }

  protected override firstUpdated(): void {
    const scroller = this.scroller!;
    const size = parseFloat(getComputedStyle(scroller).fontSize) || 13;
    this.sight.rowHeight = Math.max(20, Math.round(size * 1.6));
    this.style.setProperty('--row', `${this.sight.rowHeight}px`);
    scroller.addEventListener('wheel', this.#onWheel, { passive: false });
    this.#sizes = new ResizeObserver(() => this.measure());
    this.#sizes.observe(scroller);
    this.measure();
  }

  protected override updated(): void {
    if (!this.#sideways) return;
    const mark = this.querySelector('.row.active mark')?.getBoundingClientRect();
    const scroller = this.scroller;
    if (!mark || !scroller) return;
    this.#sideways = false;
    const { left, right } = scroller.getBoundingClientRect();
    if (mark.right > right - 20) scroller.scrollLeft += mark.right - right + 60;
    else if (mark.left < left + 60) scroller.scrollLeft += Math.max(-scroller.scrollLeft, mark.left - left - 80);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#searchSoon);
  }

  protected setTotal(total: number): void {
    this.sight.total = total;
    this._total = total;
  }

  /** Reads again what is in sight: rows have come, gone or changed. */
  protected refresh(): void {
    this.#stale = true;
    void this.#fetch();
  }

  protected measure = (): void => {
    const scroller = this.scroller;
    if (!scroller) return;
    this.sight.viewport = scroller.clientHeight || 600;
    this.sight.scrollTop = scroller.scrollTop;
    this.requestUpdate();
    void this.#fetch();
  };

  async #fetch(): Promise<void> {
    if (this.#fetching || !this.reader) return;
    this.#fetching = true;
    try {
      for (let { first, last } = this.sight.drawn; this.#stale || !this.#has(first, last); { first, last } = this.sight.drawn) {
        this.#stale = false;
        const { rows, total } = await this.fetchRows(first, last);
        this.setTotal(total);
        this._rows = rows;
        if (rows.length === 0) break;
      }
    } catch {
      // The body was closed for another, which draws itself.
    } finally {
      this.#fetching = false;
    }
  }

  #has(first: number, last: number): boolean {
    if (first >= last) return true;
    return (this._rows[0]?.row ?? Infinity) <= first && (this._rows.at(-1)?.row ?? -1) >= last - 1;
  }

  /** Brings a row into sight. */
  protected reveal(row: number, middle = false): void {
    const top = this.sight.reveal(row, middle);
    const scroller = this.scroller;
    if (top === undefined || !scroller) return;
    // The list may have grown since it was drawn.
    this.querySelector<HTMLElement>('.rows-all')?.style.setProperty('height', `${this.sight.height}px`);
    scroller.scrollTop = top;
    this.requestUpdate();
    void this.#fetch();
  }

  #onWheel = (event: WheelEvent): void => {
    if (!this.sight.isScaled || event.ctrlKey || event.shiftKey || event.deltaY === 0) return;
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? this.sight.rowHeight : 1;
    this.scroller!.scrollTop = this.sight.moveTo(this.sight.top + event.deltaY * lines);
    this.requestUpdate();
    void this.#fetch();
  };

  protected searchBar(options: TemplateResult | typeof nothing = nothing): TemplateResult {
    const hits = this._query === '' ? undefined : this._hits;
    return html`<div class="find" role="search">
      <input class="query" type="search" placeholder="Search" aria-label="Search in the answer" spellcheck="false" autocomplete="off"
        .value=${live(this._query)} @input=${this.#onQuery} @keydown=${this.#onQueryKey}>
      ${options}
      <span class="hits" role="status">${this.#hitWords(hits)}</span>
      ${tool('chevron-up', 'Previous hit (Shift+F3)', () => this.step(-1), !hits?.hits)}
      ${tool('chevron-down', 'Next hit (F3)', () => this.step(1), !hits?.hits)}
    </div>`;
  }

  #hitWords(found: Found | undefined): string {
    if (!found) return this._query === '' ? '' : 'Searching…';
    if (found.hits === 0) return found.done ? 'No hits' : 'Searching…';
    const total = `${this.numbers.format(found.hits)}${found.more ? ' and more' : found.done ? '' : '…'}`;
    return this._hit < 0 ? `${total} ${found.hits === 1 ? 'hit' : 'hits'}` : `${this.numbers.format(this._hit + 1)} of ${total}`;
  }

  #onQuery = (event: Event): void => {
    this._query = (event.target as HTMLInputElement).value;
    clearTimeout(this.#searchSoon);
    this.#searchSoon = setTimeout(() => void this.search(), this._query === '' ? 0 : typingPause);
  };

  #onQueryKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') this.step(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape' && this._query !== '') {
      this._query = '';
      void this.search();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  protected async search(): Promise<void> {
    clearTimeout(this.#searchSoon);
    this.#searchSoon = undefined;
    const query = this._query;
    this._hit = -1;
    this._hits = undefined;
    const found = await this.searchNow(query).catch(() => undefined);
    if (query === this._query) this._hits = found;
  }

  /** Shows the next hit or the one before; from the last it goes on at the first. */
  protected step(by: 1 | -1): void {
    this.try(this.#step(by));
  }

  async #step(by: 1 | -1): Promise<void> {
    if (this.#searchSoon !== undefined) await this.search();
    const hits = this._hits?.hits ?? 0;
    if (this._query === '' || hits === 0) return;
    this._hit = this._hit < 0 ? (by > 0 ? 0 : hits - 1) : (this._hit + by + hits) % hits;
    const { row, total } = await this.reader.ask('hit', { at: this._hit });
    if (row < 0) return;
    this.setTotal(total);
    this.#stale = true;
    this.#sideways = true;
    this.showHit(row);
    void this.#fetch();
  }

  /** Starts what nobody waits for. A view that another body has replaced has nothing to tell. */
  protected try(work: Promise<unknown>): void {
    void attempt(work, (words) => { if (this.isConnected) this.say(words); });
  }

  /** Keys of the whole view; true when it was one of them. */
  protected takeKey(event: KeyboardEvent): boolean {
    const command = event.ctrlKey || event.metaKey;
    if (event.key === 'F3' && !command && !event.altKey) this.step(event.shiftKey ? -1 : 1);
    else if (command && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'f') this.querySelector<HTMLInputElement>('.query')?.select();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  protected async copyOut(text: string | Promise<string>, what: string): Promise<void> {
    try {
      this.say((await copyText(await text)) ? `Copied ${what}.` : 'The clipboard did not take it. Use Save instead.');
    } catch (error) {
      this.say(error instanceof Error ? error.message : 'It could not be copied.');
    }
  }

  /** The text with what is searched marked. */
  protected marked(text: string, on = true): unknown {
    const query = this._query.toLowerCase();
    if (!on || query === '') return text;
    const small = text.toLowerCase();
    // Small letters of another length would shift the marks.
    if (small.length !== text.length) return text;
    const parts: unknown[] = [];
    let at = 0;
    for (let found = small.indexOf(query); found >= 0; found = small.indexOf(query, at)) {
      parts.push(text.slice(at, found), html`<mark>${text.slice(found, found + query.length)}</mark>`);
      at = found + query.length;
    }
    return parts.length === 0 ? text : [...parts, text.slice(at)];
  }
}

/** A button of a tool bar: an icon with its words in the tooltip. */
export function tool(icon: string, label: string, act: (event: Event) => void, off = false, pressed?: boolean): TemplateResult {
  return html`<button type="button" class="tool" title=${label} aria-label=${label} aria-pressed=${pressed === undefined ? nothing : String(pressed)} ?disabled=${off} @click=${act}>
    <span class="codicon codicon-${icon}" aria-hidden="true"></span></button>`;
}
