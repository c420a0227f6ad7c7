// The PDF view's page: our own toolbar around the engine (pdfEngine.ts). Page and zoom outlive a reload; searched words do not.
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { live } from 'lit/directives/live.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-ring/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { PdfMessage, PdfRequest } from '../protocol/pdf.ts';
import { PdfEngine, type OutlineEntry, type Place } from './pdfEngine.ts';
import { pdfStyles } from './pdfStyles.ts';
import { headOf, pdfProblem } from './pdfWords.ts';
import { openChannel } from './vscode.ts';

type Phase =
  | { kind: 'loading' }
  | { kind: 'shown' }
  | { kind: 'password'; wrong: boolean; answer(password: string): void }
  | { kind: 'problem'; text: string; save: boolean };

const channel = openChannel<PdfRequest, PdfMessage>();
const steps = [0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4];

class PdfPage extends LitElement {
  static override properties = {
    _phase: { state: true }, _page: { state: true }, _pages: { state: true }, _scale: { state: true }, _preset: { state: true },
    _outline: { state: true }, _outlineOpen: { state: true }, _finding: { state: true }, _query: { state: true }, _found: { state: true },
  };

  declare _phase: Phase;
  declare _page: number;
  declare _pages: number;
  declare _scale: number;
  declare _preset: string | undefined;
  declare _outline: readonly OutlineEntry[];
  declare _outlineOpen: boolean;
  declare _finding: boolean;
  declare _query: string;
  declare _found: { current: number; total: number; pending: boolean } | undefined;
  #engine: PdfEngine | undefined;
  #place: Place | undefined;
  #keepSoon: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    const state = channel.state();
    this.#place = readPlace(state?.place);
    this._phase = { kind: 'loading' };
    this._page = 1;
    this._pages = 0;
    this._scale = 1;
    this._outline = [];
    this._outlineOpen = state?.outlineOpen === true;
    this._finding = false;
    this._query = '';
  }

  protected override createRenderRoot() {
    return this;
  }

  protected override firstUpdated(): void {
    const container = this.querySelector<HTMLDivElement>('.container')!;
    this.#engine = new PdfEngine(container, this.dataset.assets ?? '', {
      opened: (pages) => { this._pages = pages; this._phase = { kind: 'shown' }; },
      page: (page) => { this._page = page; },
      scale: (scale, preset) => { this._scale = scale; this._preset = preset === 'page-width' || preset === 'page-fit' ? preset : undefined; },
      place: (place) => { this.#place = place; this.#keep(); },
      found: (current, total, pending) => { this._found = { current, total, pending }; },
      outline: (entries) => { this._outline = entries; },
      password: (wrong, answer) => { this._phase = { kind: 'password', wrong, answer }; },
    });
    container.addEventListener('wheel', this.#onWheel, { passive: false });
    window.addEventListener('keydown', this.#onKey, { capture: true });
    channel.listen((message) => void this.#take(message));
    channel.post({ type: 'ready' });
  }

  async #take(message: PdfMessage): Promise<void> {
    switch (message.type) {
      case 'loading': if (this._phase.kind !== 'shown') this._phase = { kind: 'loading' }; return;
      case 'failed': this._phase = { kind: 'problem', text: message.text, save: false }; return;
      case 'stopped': if (this._phase.kind === 'loading') this._phase = { kind: 'problem', text: 'The reading was stopped.', save: false }; return;
      case 'pdf': return this.#open(message.bytes);
    }
  }

  async #open(bytes: Uint8Array): Promise<void> {
    const { byteLength: size } = bytes;
    // Afterwards the bytes are the worker's.
    const head = headOf(bytes);
    try {
      if (size === 0) throw new Error('empty');
      await this.#engine!.open(bytes, this.#place);
    } catch (error) {
      this._phase = { kind: 'problem', text: pdfProblem({ name: error instanceof Error ? error.name : '', size, head }), save: size > 0 };
    }
  }

  protected override render() {
    const shown = this._phase.kind === 'shown';
    return html`
      ${this.#toolbar(!shown)}
      <main class="stage">
        ${this._outlineOpen && this._outline.length > 0 ? html`<nav aria-label="Outline of the document">${this.#outlineList(this._outline)}</nav>` : nothing}
        <div class="holder">
          <div class="container" tabindex="0" role="document" aria-label="Pages" ?inert=${!shown}><div class="pdfViewer"></div></div>
          ${shown ? nothing : html`<div class="cover">${this.#cover()}</div>`}
        </div>
      </main>`;
  }

  #toolbar(off: boolean) {
    const engine = this.#engine;
    return html`<div class="bar" role="toolbar" aria-label="PDF" @keydown=${this.#onBarKey}>
      ${this._outline.length > 0 ? this.#tool('list-tree', 'Outline', off, () => { this._outlineOpen = !this._outlineOpen; this.#keep(); }, this._outlineOpen) : nothing}
      <div class="group">
        ${this.#tool('arrow-up', 'Previous page', off || this._page <= 1, () => engine?.goTo(this._page - 1))}
        <label class="pageField"><input aria-label="Page" inputmode="numeric" .value=${live(String(this._page))} ?disabled=${off} @change=${this.#onPage} @focus=${selectAll}> / <span>${this._pages || '–'}</span></label>
        ${this.#tool('arrow-down', 'Next page', off || this._page >= this._pages, () => engine?.goTo(this._page + 1))}
      </div>
      <div class="group">
        ${this.#tool('zoom-out', 'Zoom out', off, () => engine?.zoom(-1))}
        <select aria-label="Zoom" ?disabled=${off} @change=${(event: Event) => engine?.setScale((event.target as HTMLSelectElement).value)}>${this.#zoomOptions()}</select>
        ${this.#tool('zoom-in', 'Zoom in', off, () => engine?.zoom(1))}
        ${this.#tool('arrow-both', 'Fit width', off, () => engine?.setScale('page-width'), this._preset === 'page-width')}
        ${this.#tool('screen-full', 'Fit page', off, () => engine?.setScale('page-fit'), this._preset === 'page-fit')}
      </div>
      <div class="group end">
        ${this._finding ? this.#findBar() : this.#tool('search', 'Find', off, () => this.#startFind())}
        ${this.#tool('save-as', 'Save a copy', off && !(this._phase.kind === 'problem' && this._phase.save), () => channel.post({ type: 'save' }))}
        ${this.#tool(printer, 'Print through the system\'s PDF program', off, () => channel.post({ type: 'print' }))}
      </div>
    </div>`;
  }

  #tool(icon: string | TemplateResult, label: string, off: boolean, act: () => void, pressed?: boolean) {
    return html`<button class=${classMap({ tool: true, pressed: pressed === true })} title=${label} aria-label=${label} aria-pressed=${pressed === undefined ? nothing : String(pressed)} ?disabled=${off} @click=${act}>
      ${typeof icon === 'string' ? html`<span class="codicon codicon-${icon}" aria-hidden="true"></span>` : icon}</button>`;
  }

  #zoomOptions() {
    const current = this._preset ?? String(this._scale);
    const percent = (scale: number) => `${Math.round(scale * 100)} %`;
    const own = this._preset === undefined && !steps.includes(this._scale);
    return html`
      ${own ? html`<option value=${current} selected .selected=${true}>${percent(this._scale)}</option>` : nothing}
      <option value="page-width" .selected=${current === 'page-width'}>Fit width</option>
      <option value="page-fit" .selected=${current === 'page-fit'}>Fit page</option>
      ${steps.map((step) => html`<option value=${String(step)} .selected=${current === String(step)}>${percent(step)}</option>`)}`;
  }

  #findBar() {
    const found = this._query === '' ? undefined : this._found;
    const hits = !found ? '' : found.total === 0 ? (found.pending ? 'Searching…' : 'No hits') : `${found.current} of ${found.total}`;
    return html`<div class="find" role="search">
      <input id="find" type="search" placeholder="Find" aria-label="Find in the document" .value=${live(this._query)} @input=${this.#onQuery} @keydown=${this.#onFindKey}>
      <span class="hits" role="status">${hits}</span>
      ${this.#tool('chevron-up', 'Previous hit', !found?.total, () => this.#engine?.find(this._query, 'previous'))}
      ${this.#tool('chevron-down', 'Next hit', !found?.total, () => this.#engine?.find(this._query, 'next'))}
      ${this.#tool('close', 'Close find', false, () => this.#endFind())}
    </div>`;
  }

  #cover() {
    const phase = this._phase;
    switch (phase.kind) {
      case 'shown': return nothing;
      case 'loading': return html`<div class="center" role="status"><vscode-progress-ring></vscode-progress-ring><p>Reading the PDF…</p>
        <vscode-button secondary @click=${() => channel.post({ type: 'cancel' })}>Cancel</vscode-button></div>`;
      case 'password': return html`<form class="center" @submit=${this.#onPassword}>
        <span class="codicon codicon-lock big" aria-hidden="true"></span>
        <p>${phase.wrong ? 'That password does not open it. Try again.' : 'This PDF is encrypted. Its password opens it; it stays in this view.'}</p>
        <vscode-textfield id="password" type="password" label="Password" autofocus></vscode-textfield>
        <vscode-button type="submit">Open</vscode-button></form>`;
      case 'problem': return html`<div class="center" role="alert"><span class="codicon codicon-error big" aria-hidden="true"></span><p>${phase.text}</p>
        <vscode-button @click=${() => { this._phase = { kind: 'loading' }; channel.post({ type: 'reload' }); }}>Retry</vscode-button></div>`;
    }
  }

  #outlineList(entries: readonly OutlineEntry[]): unknown {
    return html`<ul>${entries.map(({ title, dest, items }) => html`<li>
      <button ?disabled=${dest === undefined} title=${title} @click=${() => { if (dest !== undefined) this.#engine?.goToDestination(dest); }}>${title}</button>
      ${items.length > 0 ? this.#outlineList(items) : nothing}</li>`)}</ul>`;
  }

  #onPage = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const page = Number(input.value);
    if (Number.isInteger(page)) this.#engine?.goTo(Math.min(Math.max(page, 1), this._pages));
    this.requestUpdate();
    this.querySelector<HTMLElement>('.container')?.focus({ preventScroll: true });
  };

  #onPassword = (event: Event): void => {
    event.preventDefault();
    const field = this.querySelector<HTMLElement & { value: string }>('#password');
    if (this._phase.kind !== 'password' || !field?.value) return;
    const { answer } = this._phase;
    this._phase = { kind: 'loading' };
    answer(field.value);
  };

  #onQuery = (event: Event): void => {
    this._query = (event.target as HTMLInputElement).value;
    this._found = undefined;
    if (this._query === '') this.#engine?.endFind();
    else this.#engine?.find(this._query, 'first');
  };

  #onFindKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') this.#engine?.find(this._query, event.shiftKey ? 'previous' : 'next');
    else if (event.key === 'Escape') this.#endFind();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  #startFind(): void {
    this._finding = true;
    void this.updateComplete.then(() => this.querySelector<HTMLInputElement>('#find')?.select());
  }

  #endFind(): void {
    this._finding = false;
    this._query = '';
    this._found = undefined;
    this.#engine?.endFind();
    this.querySelector<HTMLElement>('.container')?.focus({ preventScroll: true });
  }

  #onWheel = (event: WheelEvent): void => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.#engine?.zoomAt(Math.exp(-event.deltaY / 300), event.clientX, event.clientY);
  };

  /** Keys that are ours are kept from the editor, which would zoom its whole window. */
  #onKey = (event: KeyboardEvent): void => {
    if (this._phase.kind !== 'shown' || event.altKey) return;
    const typing = event.composedPath().some((target) => target instanceof HTMLInputElement || target instanceof HTMLSelectElement);
    const act = event.ctrlKey || event.metaKey ? this.#commandKey(event) : typing ? undefined : this.#plainKey(event.key);
    if (!act) return;
    act();
    event.preventDefault();
    event.stopPropagation();
  };

  #commandKey({ key, shiftKey }: KeyboardEvent): (() => void) | undefined {
    switch (key.toLowerCase()) {
      case 's': return shiftKey ? undefined : () => channel.post({ type: 'save' });
      case 'f': return shiftKey ? undefined : () => this.#startFind();
      case '=': case '+': return () => this.#engine?.zoom(1);
      case '-': return () => this.#engine?.zoom(-1);
      case '0': return () => this.#engine?.setScale('page-width');
      default: return undefined;
    }
  }

  #plainKey(key: string): (() => void) | undefined {
    switch (key) {
      case '+': return () => this.#engine?.zoom(1);
      case '-': return () => this.#engine?.zoom(-1);
      case 'w': return () => this.#engine?.setScale('page-width');
      case 'p': return () => this.#engine?.setScale('page-fit');
      case '/': return () => this.#startFind();
      case 'ArrowLeft': return () => this.#engine?.goTo(this._page - 1);
      case 'ArrowRight': return () => this.#engine?.goTo(this._page + 1);
      case 'Home': return () => this.#engine?.goTo(1);
      case 'End': return () => this.#engine?.goTo(this._pages);
      default: return undefined;
    }
  }

  /** Left and right walk along the toolbar, as in any toolbar. */
  #onBarKey = (event: KeyboardEvent): void => {
    if ((event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') || !(event.target instanceof HTMLButtonElement)) return;
    const tools = [...this.querySelectorAll<HTMLElement>('.bar button:not(:disabled)')];
    const at = tools.indexOf(event.target);
    tools[(at + (event.key === 'ArrowRight' ? 1 : -1) + tools.length) % tools.length]?.focus();
    event.preventDefault();
  };

  #keep(): void {
    clearTimeout(this.#keepSoon);
    this.#keepSoon = setTimeout(() => channel.keep({ place: this.#place, outlineOpen: this._outlineOpen }), 200);
  }
}

/** The editor's icon font has no printer. */
const printer = html`<svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" aria-hidden="true">
  <path d="M4.5 5.5v-4h7v4M4.5 11.5h-2a1 1 0 0 1-1-1v-4a1 1 0 0 1 1-1h11a1 1 0 0 1 1 1v4a1 1 0 0 1-1 1h-2M4.5 9.5h7v5h-7z"/><path d="M12 7.5h.5"/></svg>`;

const selectAll = (event: Event) => (event.target as HTMLInputElement).select();

function readPlace(value: unknown): Place | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { page, scale, left, top } = value as Record<string, unknown>;
  if (typeof page !== 'number' || page < 1 || typeof scale !== 'string') return undefined;
  return { page, scale, left: typeof left === 'number' ? left : 0, top: typeof top === 'number' ? top : 0 };
}

document.adoptedStyleSheets = [...document.adoptedStyleSheets, ...pdfStyles];
customElements.define('ob-pdf', PdfPage);
