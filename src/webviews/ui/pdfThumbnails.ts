// The pages as small pictures in the side panel. Only those in sight are drawn, one at a time and only when no page waits to be drawn; the
// latest pictures are kept, so that scrolling back costs nothing. A list with one active row: arrows move it, Enter goes to its page.
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { rowsInSight } from './pdfRows.ts';
import { styled } from './styled.ts';

/** Height of a row, and the box of its picture, in CSS pixels. */
const rowHeight = 176;
const box = { width: 132, height: 136 };
const mostKept = 120;

export interface ThumbnailSource {
  /** Hands over what draws the next thumbnail; undefined when the panel closes. */
  setThumbnails(drawNext: (() => boolean) | undefined): void;
  drawThumbnails(): void;
  drawThumbnail(page: number, width: number, height: number): Promise<HTMLCanvasElement | undefined>;
}

export class PdfThumbnails extends LitElement {
  static override properties = {
    source: { attribute: false }, pages: { type: Number }, current: { type: Number }, rotation: { type: Number }, _active: { state: true }, _top: { state: true }, _height: { state: true },
  };

  declare source: ThumbnailSource;
  declare pages: number;
  declare current: number;
  declare rotation: number;
  declare _active: number;
  declare _top: number;
  declare _height: number;
  /** By page, in the order of use; null for one that cannot be drawn. */
  readonly #pictures = new Map<number, HTMLCanvasElement | null>();
  #drawing = false;
  #generation = 0;
  #resized: ResizeObserver | undefined;

  constructor() {
    super();
    this.pages = 0;
    this.current = 1;
    this.rotation = 0;
    this._active = 1;
    this._top = 0;
    this._height = 600;
  }

  protected override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this._active = this.current;
    this.#resized = new ResizeObserver(() => { this._height = this.clientHeight; });
    this.#resized.observe(this);
    this.addEventListener('scroll', this.#onScroll, { passive: true });
    this.source.setThumbnails(() => this.#drawNext());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized?.disconnect();
    this.removeEventListener('scroll', this.#onScroll);
    this.source.setThumbnails(undefined);
    this.#forget();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('rotation') || changed.has('pages')) this.#forget();
    if (changed.has('current')) this._active = this.current;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('current') || (changed as Map<string, unknown>).has('_active')) this.#show(this._active);
    this.source.drawThumbnails();
  }

  protected override render() {
    const { first, last } = this.#inSight();
    const rows = [];
    for (let page = first; page <= last; page++) rows.push(this.#row(page));
    return html`<div class="thumbs" role="listbox" tabindex="0" aria-label="Pages" aria-activedescendant=${this._active >= first && this._active <= last ? `thumb-${this._active}` : nothing}
      ${styled({ height: `${this.pages * rowHeight}px` })} @keydown=${this.#onKey}>${rows}</div>`;
  }

  #row(page: number) {
    const picture = this.#pictures.get(page);
    return html`<div id="thumb-${page}" class=${classMap({ thumb: true, active: page === this._active })} role="option" aria-label="Page ${page}" aria-selected=${String(page === this.current)}
      aria-current=${page === this.current ? 'page' : nothing} aria-setsize=${this.pages} aria-posinset=${page} ${styled({ top: `${(page - 1) * rowHeight}px` })} @click=${() => this.#choose(page)}>
      <div class="picture" aria-hidden="true">${picture ? html`<div class="sheet">${picture}</div>` : picture === null ? html`<span class="codicon codicon-warning"></span>` : html`<div class="sheet blank"></div>`}</div>
      <span class="number">Page ${page}</span></div>`;
  }

  #inSight() {
    return rowsInSight({ top: this._top, height: this._height, rowHeight, rows: this.pages, beyond: 1 });
  }

  #onScroll = (): void => { this._top = this.scrollTop; };

  #onKey = (event: KeyboardEvent): void => {
    const screen = Math.max(1, Math.floor(this._height / rowHeight));
    const to = { ArrowDown: this._active + 1, ArrowRight: this._active + 1, ArrowUp: this._active - 1, ArrowLeft: this._active - 1, PageDown: this._active + screen, PageUp: this._active - screen, Home: 1, End: this.pages }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (to !== undefined) this._active = Math.min(Math.max(to, 1), this.pages);
    else if (event.key === 'Enter' || event.key === ' ') this.#choose(this._active);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  #choose(page: number): void {
    this._active = page;
    this.dispatchEvent(new CustomEvent<number>('choose', { detail: page }));
  }

  /** Scrolls a row into sight, no further than needed. */
  #show(page: number): void {
    const top = (page - 1) * rowHeight;
    if (top < this.scrollTop) this.scrollTop = top;
    else if (top + rowHeight > this.scrollTop + this.clientHeight) this.scrollTop = top + rowHeight - this.clientHeight;
  }

  #drawNext(): boolean {
    if (this.#drawing) return true;
    const { first, last } = this.#inSight();
    let page = first;
    while (page <= last && this.#pictures.has(page)) page++;
    if (page > last) return false;
    void this.#draw(page, this.#generation);
    return true;
  }

  async #draw(page: number, generation: number): Promise<void> {
    this.#drawing = true;
    const picture = await this.source.drawThumbnail(page, box.width, box.height);
    this.#drawing = false;
    if (generation === this.#generation) {
      this.#pictures.set(page, picture ?? null);
      const { first, last } = this.#inSight();
      for (const old of this.#pictures.keys()) {
        if (this.#pictures.size <= mostKept) break;
        if (old < first || old > last) this.#pictures.delete(old);
      }
    }
    // Drawing anew looks for the next one.
    this.requestUpdate();
  }

  #forget(): void {
    this.#generation++;
    this.#pictures.clear();
  }
}
