// The PDF view's page: toolbar, side panel and find bar around the engine (pdfEngine.ts). Page, zoom, turn, side panel and dark mode outlive
// a reload; searched words do not.
import { html, LitElement, nothing } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-ring/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import { wholeBytes, type PdfMessage, type PdfRequest } from '../protocol/pdf.ts';
import { PdfEngine, type OutlineEntry, type Place, type Words } from './pdfEngine.ts';
import { PdfFindBar, type FindStep } from './pdfFindBar.ts';
import { pdfAction } from './pdfKeys.ts';
import { pdfStyles } from './pdfStyles.ts';
import { PdfThumbnails } from './pdfThumbnails.ts';
import { toolbar, type ToolbarAction } from './pdfToolbar.ts';
import { hasEnd, headOf, isText, pdfProblem, sizeText, type Found, type PdfProblem } from './pdfWords.ts';
import { openChannel } from './vscode.ts';

type Phase =
  | { kind: 'loading' }
  | { kind: 'shown' }
  | { kind: 'covered' }
  | { kind: 'password'; wrong: boolean; answer(password: string): void }
  | ({ kind: 'problem'; save: boolean } & PdfProblem);

type Side = 'none' | 'thumbnails' | 'outline';

const channel = openChannel<PdfRequest, PdfMessage>();
const noWords: Words = { query: '', caseSensitive: false, entireWord: false };

class PdfPage extends LitElement {
  static override properties = {
    _phase: { state: true }, _page: { state: true }, _pages: { state: true }, _scale: { state: true }, _preset: { state: true }, _rotation: { state: true }, _outline: { state: true },
    _side: { state: true }, _dark: { state: true }, _finding: { state: true }, _words: { state: true }, _found: { state: true }, _notice: { state: true }, _progress: { state: true },
  };

  declare _phase: Phase;
  declare _page: number;
  declare _pages: number;
  declare _scale: number;
  declare _preset: string | undefined;
  declare _rotation: number;
  declare _outline: readonly OutlineEntry[];
  declare _side: Side;
  declare _dark: boolean;
  declare _finding: boolean;
  declare _words: Words;
  declare _found: Found | undefined;
  /** What is to be known of a document that is shown all the same. */
  declare _notice: string | undefined;
  declare _progress: { received: number; length: number } | undefined;
  #engine: PdfEngine | undefined;
  #place: Place | undefined;
  /** The number of the document in the view; what comes of another one is late. */
  #document = -1;
  #keepSoon: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    const state = channel.state();
    this.#place = readPlace(state?.place);
    this._phase = { kind: 'loading' };
    this._page = 1;
    this._pages = 0;
    this._scale = 1;
    this._rotation = 0;
    this._outline = [];
    this._side = state?.side === 'thumbnails' || state?.side === 'outline' ? state.side : 'none';
    this._dark = state?.dark === true;
    this._finding = false;
    this._words = noWords;
  }

  protected override createRenderRoot() {
    return this;
  }

  protected override firstUpdated(): void {
    const container = this.#container!;
    this.#engine = new PdfEngine(container, this.dataset.assets ?? '', {
      opened: (pages) => this.#opened(pages),
      page: (page) => { this._page = page; },
      scale: (scale, preset) => { this._scale = scale; this._preset = preset === 'page-width' || preset === 'page-fit' ? preset : undefined; },
      rotation: (rotation) => { this._rotation = rotation; },
      place: (place) => { this.#place = place; this.#keep(); },
      found: (found) => { this._found = found; },
      outline: (entries) => { this._outline = entries; },
      password: (wrong, answer) => { this._phase = { kind: 'password', wrong, answer }; },
      received: (received) => { if (this._progress) this._progress = { ...this._progress, received }; },
    });
    container.addEventListener('wheel', this.#onWheel, { passive: false });
    window.addEventListener('keydown', this.#onKey, { capture: true });
    channel.listen((message) => void this.#take(message));
    channel.post({ type: 'ready' });
  }

  get #container(): HTMLDivElement | null {
    return this.querySelector<HTMLDivElement>('.container');
  }

  async #take(message: PdfMessage): Promise<void> {
    switch (message.type) {
      case 'loading': if (this._phase.kind !== 'shown') this._phase = { kind: 'loading' }; return;
      case 'failed': return this.#fail({ text: message.text, asText: false }, false);
      case 'stopped': if (this._phase.kind === 'loading') this.#fail({ text: 'The reading was stopped.', asText: false }, false); return;
      case 'pdf': return this.#open(message);
      case 'covered': return this.#hide();
      case 'range': if (message.document === this.#document) this.#engine?.take(message.begin, message.bytes); return;
      case 'lost': if (message.document === this.#document) this.#lose(message.text); return;
    }
  }

  async #open({ document, length, head, tail }: Extract<PdfMessage, { type: 'pdf' }>): Promise<void> {
    this.#document = document;
    // Afterwards the bytes are the worker's.
    const what = { size: length, head: headOf(head), ended: hasEnd(tail.byteLength > 0 ? tail : head) };
    this._notice = undefined;
    this._progress = length > wholeBytes ? { received: head.byteLength + tail.byteLength, length } : undefined;
    this._outline = [];
    try {
      // Reading all of a large file for the pages of a text would be in vain.
      if (length === 0 || isText(what.head)) throw new Error('no PDF');
      const ask = (begin: number, end: number) => channel.post({ type: 'range', document, begin, end });
      await this.#engine!.open({ length, head, tail, ask }, this.#place);
      if (document === this.#document && !what.ended)
        this._notice = 'The end of this PDF is missing: it may have been cut short on its way. What could be recovered is shown.';
    } catch (error) {
      // A newer document, or a stop, ended this one.
      if (document === this.#document) this.#fail(pdfProblem({ ...what, name: error instanceof Error ? error.name : '' }), length > 0);
    }
  }

  #opened(pages: number): void {
    this._pages = pages;
    this._phase = { kind: 'shown' };
    if (this._finding && this._words.query !== '') this.#engine?.find(this._words, 'first');
    // Page keys work at once, unless the person is somewhere already.
    void this.updateComplete.then(() => { if (document.activeElement === document.body) this.#toPages(); });
  }

  #fail(problem: PdfProblem, save: boolean): void {
    this.#document = -1;
    void this.#engine?.close();
    this._notice = undefined;
    this._phase = { kind: 'problem', save, ...problem };
  }

  /** Pages, thumbnails, outline and searched words are all the document's. */
  #hide(): void {
    this.#document = -1;
    void this.#engine?.close();
    this._notice = undefined;
    this._outline = [];
    this._finding = false;
    this._words = noWords;
    this._found = undefined;
    this._phase = { kind: 'covered' };
  }

  /** The rest of the document cannot be had: what is drawn stays. */
  #lose(text: string): void {
    if (this._phase.kind === 'shown') this._notice = `${text} Pages that are not drawn yet stay empty.`;
    else this.#fail({ text, asText: false }, false);
  }

  #cancel(): void {
    channel.post({ type: 'cancel' });
    this.#fail({ text: 'The reading was stopped.', asText: false }, false);
  }

  #reload(): void {
    this._phase = { kind: 'loading' };
    this._progress = undefined;
    channel.post({ type: 'reload' });
  }

  protected override render() {
    const shown = this._phase.kind === 'shown';
    const { _page: page, _pages: pages, _scale: scale, _preset: preset, _dark: dark, _finding: finding } = this;
    const save = shown || (this._phase.kind === 'problem' && this._phase.save);
    return html`
      ${toolbar({ off: !shown, save, page, pages, scale, preset, dark, finding, side: this._side !== 'none' }, (action) => this.#do(action), (typed) => this.#setPage(typed), (value) => this.#engine?.setScale(value))}
      ${finding && shown ? html`<ob-pdf-find .words=${this._words} .found=${this._found} @find=${this.#onFind} @close=${() => this.#endFind()}></ob-pdf-find>` : nothing}
      ${this._notice !== undefined && shown ? this.#noticeBar(this._notice) : nothing}
      <main class="stage">
        ${this._side !== 'none' && (shown || this._phase.kind === 'loading') ? this.#sidePanel(shown) : nothing}
        <div class="holder">
          <div class=${classMap({ container: true, dark })} tabindex="0" role="document" aria-label="Pages" ?inert=${!shown}><div class="pdfViewer"></div></div>
          ${shown ? nothing : html`<div class="cover">${this.#cover()}</div>`}
        </div>
      </main>`;
  }

  #noticeBar(text: string) {
    return html`<div class="notice" role="alert"><span class="codicon codicon-warning" aria-hidden="true"></span><span class="words">${text}</span>
      <vscode-button secondary @click=${() => this.#reload()}>Read Again</vscode-button>
      <button class="tool" title="Dismiss" aria-label="Dismiss" @click=${() => { this._notice = undefined; }}><span class="codicon codicon-close" aria-hidden="true"></span></button></div>`;
  }

  /** Its place is taken before there is a document, so that the first page is drawn once and in its size. */
  #sidePanel(shown: boolean) {
    if (!shown) return html`<aside class="side"></aside>`;
    const tab = (side: Side, label: string) => html`<button role="tab" id="tab-${side}" aria-selected=${String(this._side === side)} aria-controls="side" tabindex=${this._side === side ? 0 : -1} @click=${() => this.#setSide(side)}>${label}</button>`;
    return html`<aside class="side" aria-label="Thumbnails and outline">
      <div class="tabs" role="tablist" @keydown=${this.#onTabKey}>${tab('thumbnails', 'Thumbnails')}${tab('outline', 'Outline')}</div>
      ${this._side === 'thumbnails'
        ? html`<ob-pdf-thumbnails id="side" role="tabpanel" aria-labelledby="tab-thumbnails" class=${classMap({ dark: this._dark })} .source=${this.#engine!} .pages=${this._pages} .current=${this._page} .rotation=${this._rotation}
            @choose=${(event: CustomEvent<number>) => this.#engine?.goTo(event.detail)}></ob-pdf-thumbnails>`
        : html`<nav id="side" role="tabpanel" aria-labelledby="tab-outline" tabindex=${this._outline.length > 0 ? nothing : '0'}>${this._outline.length > 0 ? this.#outlineList(this._outline) : html`<p class="none">This PDF has no outline.</p>`}</nav>`}
    </aside>`;
  }

  #cover() {
    const phase = this._phase;
    switch (phase.kind) {
      case 'shown': return nothing;
      case 'loading': return html`<div class="center" role="status"><vscode-progress-ring></vscode-progress-ring>
        <p>Reading the PDF…${this._progress ? html` ${sizeText(this._progress.received)} of ${sizeText(this._progress.length)}` : nothing}</p>
        <vscode-button secondary @click=${() => this.#cancel()}>Cancel</vscode-button></div>`;
      case 'covered': return html`<div class="center" role="status"><span class="codicon codicon-eye-closed big" aria-hidden="true"></span>
        <p>Hidden in presentation mode: a PDF cannot be masked.</p>
        <vscode-button secondary @click=${() => channel.post({ type: 'uncover' })}>Show Anyway</vscode-button></div>`;
      case 'password': return html`<form class="center" @submit=${this.#onPassword}>
        <span class="codicon codicon-lock big" aria-hidden="true"></span>
        <p>${phase.wrong ? 'That password does not open it. Try again.' : 'This PDF is encrypted. Its password opens it; it stays in this view.'}</p>
        <vscode-textfield id="password" type="password" .label=${'Password'} placeholder="Password" autofocus></vscode-textfield>
        <vscode-button type="submit">Open</vscode-button></form>`;
      case 'problem': return html`<div class="center" role="alert"><span class="codicon codicon-error big" aria-hidden="true"></span><p>${phase.text}</p>
        ${phase.said === undefined ? nothing : html`<blockquote>${phase.said}</blockquote>`}
        <div class="ways"><vscode-button @click=${() => this.#reload()}>Retry</vscode-button>
          ${phase.asText ? html`<vscode-button secondary @click=${() => channel.post({ type: 'openText' })}>Open as Text</vscode-button>` : nothing}
          ${phase.save ? html`<vscode-button secondary @click=${() => channel.post({ type: 'save' })}>Save a Copy</vscode-button>` : nothing}</div></div>`;
    }
  }

  #outlineList(entries: readonly OutlineEntry[]): unknown {
    return html`<ul>${entries.map(({ title, dest, items }) => html`<li>
      <button ?disabled=${dest === undefined} title=${title} @click=${() => { if (dest !== undefined) this.#engine?.goToDestination(dest); }}>${title}</button>
      ${items.length > 0 ? this.#outlineList(items) : nothing}</li>`)}</ul>`;
  }

  #do(action: ToolbarAction): void {
    const engine = this.#engine;
    switch (action) {
      case 'save': return channel.post({ type: 'save' });
      case 'print': return channel.post({ type: 'print' });
      case 'find': return this.#startFind();
      case 'nextHit': return this._words.query === '' ? this.#startFind() : engine?.find(this._words, 'next');
      case 'previousHit': return this._words.query === '' ? this.#startFind() : engine?.find(this._words, 'previous');
      case 'zoomIn': return engine?.zoom(1);
      case 'zoomOut': return engine?.zoom(-1);
      case 'fitWidth': return engine?.setScale('page-width');
      case 'fitPage': return engine?.setScale('page-fit');
      case 'actualSize': return engine?.setScale('1');
      case 'rotateRight': return engine?.rotate(90);
      case 'rotateLeft': return engine?.rotate(-90);
      case 'dark': this._dark = !this._dark; return this.#keep();
      case 'nextPage': return engine?.goTo(this._page + 1);
      case 'previousPage': return engine?.goTo(this._page - 1);
      case 'firstPage': return engine?.goTo(1);
      case 'lastPage': return engine?.goTo(this._pages);
      case 'screenDown': return this.#screen(1);
      case 'screenUp': return this.#screen(-1);
      case 'side': return this.#setSide(this._side === 'none' ? 'thumbnails' : 'none');
      case 'thumbnails': case 'outline': return this.#setSide(this._side === action ? 'none' : action);
      case 'goTo': return this.querySelector<HTMLInputElement>('#page')?.focus();
    }
  }

  #setSide(side: Side): void {
    this._side = side;
    this.#keep();
    void this.updateComplete.then(() => {
      if (side === 'none') this.#toPages();
      else this.querySelector<HTMLElement>(side === 'thumbnails' ? '.thumbs' : '#side button:enabled, nav#side')?.focus({ preventScroll: true });
    });
  }

  /** A screen on or back; where one page fills the screen, a page. */
  #screen(way: 1 | -1): void {
    const container = this.#container;
    if (this._preset === 'page-fit') this.#engine?.goTo(this._page + way);
    else container?.scrollBy({ top: way * container.clientHeight * 0.9 });
  }

  #setPage(typed: string): void {
    const page = Number(typed);
    if (typed.trim() !== '' && Number.isInteger(page)) this.#engine?.goTo(Math.min(Math.max(page, 1), this._pages));
    this.requestUpdate();
    this.#toPages();
  }

  #toPages(): void {
    this.#container?.focus({ preventScroll: true });
  }

  #onPassword = (event: Event): void => {
    event.preventDefault();
    const field = this.querySelector<HTMLElement & { value: string }>('#password');
    if (this._phase.kind !== 'password' || !field?.value) return;
    const { answer } = this._phase;
    this._phase = { kind: 'loading' };
    answer(field.value);
  };

  #onFind = (event: CustomEvent<FindStep>): void => {
    this._words = (event.target as PdfFindBar).words;
    if (this._words.query !== '') return this.#engine?.find(this._words, event.detail);
    this._found = undefined;
    this.#engine?.endFind();
  };

  #startFind(): void {
    this._finding = true;
    void this.updateComplete.then(() => this.querySelector<PdfFindBar>('ob-pdf-find')?.focus());
  }

  #endFind(): void {
    this._finding = false;
    this._words = { ...this._words, query: '' };
    this._found = undefined;
    this.#engine?.endFind();
    this.#toPages();
  }

  #onWheel = (event: WheelEvent): void => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.#engine?.zoomAt(Math.exp(-event.deltaY / 300), event.clientX, event.clientY);
  };

  #onKey = (event: KeyboardEvent): void => {
    if (this._phase.kind !== 'shown' || event.altKey) return;
    const path = event.composedPath();
    const typing = path.some((target) => target instanceof HTMLInputElement || target instanceof HTMLSelectElement);
    // In the toolbar and the side panel the keys that move belong to these.
    const elsewhere = event.key.length > 1 && event.key !== 'F3' && path.some((target) => target instanceof HTMLElement && (target.classList.contains('bar') || target.classList.contains('side')));
    if (event.key === 'Escape' && path.some((target) => target instanceof HTMLElement && target.classList.contains('side'))) return this.#setSide('none');
    const action = elsewhere ? undefined : pdfAction({ key: event.key, shiftKey: event.shiftKey, command: event.ctrlKey || event.metaKey }, typing);
    if (!action) return;
    this.#do(action);
    event.preventDefault();
    event.stopPropagation();
  };

  #onTabKey = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const side = this._side === 'thumbnails' ? 'outline' : 'thumbnails';
    this._side = side;
    this.#keep();
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(`#tab-${side}`)?.focus());
    event.preventDefault();
  };

  #keep(): void {
    clearTimeout(this.#keepSoon);
    this.#keepSoon = setTimeout(() => channel.keep({ place: this.#place, side: this._side, dark: this._dark }), 200);
  }
}

function readPlace(value: unknown): Place | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { page, scale, left, top, rotation } = value as Record<string, unknown>;
  if (typeof page !== 'number' || page < 1 || typeof scale !== 'string') return undefined;
  const number = (given: unknown) => (typeof given === 'number' ? given : 0);
  return { page, scale, left: number(left), top: number(top), rotation: [90, 180, 270].includes(number(rotation)) ? number(rotation) : 0 };
}

document.adoptedStyleSheets = [...document.adoptedStyleSheets, ...pdfStyles];
customElements.define('ob-pdf-find', PdfFindBar);
customElements.define('ob-pdf-thumbnails', PdfThumbnails);
customElements.define('ob-pdf', PdfPage);
