// The report view's page: takes the body by message, makes the model, draws header, outline, search and sections.
import { html, LitElement, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import '@vscode-elements/elements/dist/vscode-badge/index.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-ring/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import { textByteLimit, type ReportMessage, type ReportRequest } from '../protocol/report.ts';
import './chart.ts';
import type { FileToSave } from './fileToSave.ts';
import type { IdToFollow } from './idLink.ts';
import { columnSizes } from './columnSizes.ts';
import { readComparison } from './comparison.ts';
import { byteCount, createFormatter, type Formatter } from './format.ts';
import { figuresView } from './figuresView.ts';
import { chartSvg, paperPalette } from './chartPicture.ts';
import { reportHtml } from './reportHtml.ts';
import { readReport } from './reportModel.ts';
import { reportStyles } from './reportStyles.ts';
import type { JsonObject, ReportModel, Section, Table } from './reportTypes.ts';
import { searchReport, type SearchResult } from './search.ts';
import { domId, fieldList, foldable, sectionView, type SectionState } from './sectionView.ts';
import { inTurns } from './turns.ts';
import { openChannel } from './vscode.ts';

type Phase =
  | { kind: 'loading' }
  | { kind: 'shown' }
  /** What can be done about it: the body is there to be read as text, or each of the two compared can be opened. */
  | { kind: 'problem'; text: string; raw: boolean; each?: boolean };

const channel = openChannel<ReportRequest, ReportMessage>();

/** The same width as in the style sheet. */
const roomForOutline = window.matchMedia('(min-width: 900.02px)');

class ReportPage extends LitElement {
  static override properties = {
    _phase: { state: true }, _model: { state: true }, _busy: { state: true }, _comparing: { state: true }, _query: { state: true }, _found: { state: true }, _searching: { state: true }, _folds: { state: true }, _outline: { state: true },
  };

  declare _phase: Phase;
  declare _model: ReportModel | undefined;
  /** A reading runs while an earlier body is still shown. */
  declare _busy: boolean;
  /** What is shown is two reports beside each other. */
  declare _comparing: boolean;
  /** The editor's own comparison of texts takes the two. */
  #asText = true;
  declare _query: string;
  declare _found: SearchResult | undefined;
  /** In 100,000 rows it takes a second or two. */
  declare _searching: boolean;
  /** What the reader folded or unfolded, by section; the rest is as the model has it. */
  declare _folds: Readonly<Record<string, boolean>>;
  /** What the reader chose; until then it is there when there is room. */
  declare _outline: boolean | undefined;
  #formatter: Formatter = createFormatter('en');
  #texts = new WeakMap<JsonObject, Map<Table, string>>();
  #search: AbortController | undefined;
  #searchSoon: ReturnType<typeof setTimeout> | undefined;
  #scroll = 0;
  /** What the host said last of what is to be shown: an older body that is still being read is then left. */
  #latest: ReportMessage | undefined;

  constructor() {
    super();
    const state = channel.state();
    this._phase = { kind: 'loading' };
    this._busy = false;
    this._comparing = false;
    this._query = '';
    this._searching = false;
    this._folds = readFolds(state?.folds);
    columnSizes.restore(state?.widths);
    this._outline = typeof state?.outline === 'boolean' ? state.outline : undefined;
    this.#scroll = typeof state?.scroll === 'number' ? state.scroll : 0;
  }

  protected override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    channel.listen((message) => void this.#take(message));
    window.addEventListener('keydown', this.#onKey, { capture: true });
    roomForOutline.addEventListener('change', () => this.requestUpdate());
    this.addEventListener('follow-id', (event) => channel.post({ type: 'follow', ...(event as CustomEvent<IdToFollow>).detail }));
    this.addEventListener('columns-sized', () => this.#keep());
    window.addEventListener('scrollend', () => this.#keep());
    channel.post({ type: 'ready' });
  }

  async #take(message: ReportMessage): Promise<void> {
    if (message.type !== 'makePage') this.#latest = message;
    switch (message.type) {
      case 'loading':
        this._comparing = message.comparing === true;
        if (this._phase.kind === 'shown') this._busy = true;
        else this._phase = { kind: 'loading' };
        return;
      case 'report': return this.#show(message);
      case 'comparison': return this.#showComparison(message);
      case 'makePage': return this.#savePage(message).catch(() => channel.post({ type: 'pageFailed' }));
      case 'tooLarge':
        this.#problem(`This report is ${byteCount(message.size)} large: too much for this view. Open its JSON as text, or save it as a file.`, true);
        return;
      case 'notCompared': return this.#problem(message.text, false, true);
      case 'failed': return this.#problem(message.text, false);
      case 'stopped':
        this._busy = false;
        if (this._phase.kind !== 'shown') this.#problem('The reading was stopped.', false);
    }
  }

  #problem(text: string, raw: boolean, each = false): void {
    this._busy = false;
    this._model = undefined;
    this._phase = { kind: 'problem', text, raw, each };
  }

  async #show({ bytes, locale, accountTypes }: Extract<ReportMessage, { type: 'report' }>): Promise<void> {
    await this.#make(readReport(bytes, accountTypes), locale, 'The body is not valid JSON: it may have been cut short on its way.');
  }

  /** Works in turns, so that the page goes on living; what the host said meanwhile ends it. */
  async #make(work: Generator<void, ReportModel, void>, locale: string, damaged: string): Promise<void> {
    const message = this.#latest;
    try {
      const model = await inTurns(work, () => this.#latest !== message);
      if (!model) return;
      this._model = model;
    } catch (error) {
      if (this.#latest === message) this.#problem(error instanceof TypeError ? error.message : damaged, !this._comparing || this.#asText, this._comparing);
      return;
    }
    this._busy = false;
    this.#formatter = createFormatter(locale);
    await this.#shown(this._model);
  }

  /** The host stops its reading; what the page reads itself is left too. */
  #cancel(): void {
    channel.post({ type: 'cancel' });
    if (this.#latest?.type !== 'report' && this.#latest?.type !== 'comparison') return;
    this.#latest = undefined;
    this.#problem('The reading was stopped.', false);
  }

  async #savePage({ bytes, masked, locale, accountTypes }: Extract<ReportMessage, { type: 'makePage' }>): Promise<void> {
    const model = (await inTurns(readReport(bytes, accountTypes)))!;
    const formatter = createFormatter(locale);
    const page = (await inTurns(reportHtml(model, formatter, { drawChart: (chart) => chartSvg(chart, formatter, { width: 900, palette: paperPalette, legend: true }) ?? '', masked, now: Date.now(), language: locale })))!;
    channel.post({ type: 'saveFile', name: `${model.title}${masked ? '-masked' : ''}.html`, bytes: new TextEncoder().encode(page) });
  }

  async #shown(model: ReportModel): Promise<void> {
    this._phase = { kind: 'shown' };
    this.#texts = new WeakMap();
    channel.post({ type: 'status', status: model.status, title: tabTitle(model) });
    if (this._query) void this.#find();
    await this.updateComplete;
    if (this.#scroll > 0) requestAnimationFrame(() => { window.scrollTo(0, this.#scroll); this.#scroll = 0; });
  }

  async #showComparison(message: Extract<ReportMessage, { type: 'comparison' }>): Promise<void> {
    this.#asText = message.bodies.every(({ byteLength }) => byteLength <= textByteLimit);
    await this.#make(readComparison(message, createFormatter(message.locale)), message.locale, 'The two could not be compared.');
  }

  protected override render() {
    if (this._phase.kind === 'loading') {
      return html`<div class="center" role="status"><vscode-progress-ring></vscode-progress-ring><p>${this._comparing ? 'Reading the two reports…' : 'Reading the report…'}</p>
        <vscode-button secondary @click=${() => this.#cancel()}>Cancel</vscode-button></div>`;
    }
    if (this._phase.kind === 'problem') return this.#problemView(this._phase);
    const model = this._model!;
    return html`
      ${this.#header(model)}
      ${model.status === 'inProgress' ? nothing : this.#tools()}
      <div class="columns">
        ${this._outline !== false && model.status !== 'inProgress' ? this.#outlineView(model) : nothing}
        <main @save-file=${({ detail }: CustomEvent<FileToSave>) => channel.post({ type: 'saveFile', ...detail })}>
          ${this._found ? nothing : figuresView(model.figures, this.#formatter)}
          ${this._found ? nothing : this.#charts(model)}
          ${model.sections.map((section) => sectionView(section, this.#sectionState()))}
          ${this._found?.matches === 0 ? html`<p class="note">No field and no row holds “${this._query}”.</p>` : nothing}</main>
      </div>`;
  }

  #problemView({ text, raw, each }: Extract<Phase, { kind: 'problem' }>) {
    return html`<div class="center" role="alert">
      <span class="codicon codicon-error big" aria-hidden="true"></span><p>${text}</p>
      <div class="buttons">
        ${raw ? html`<vscode-button @click=${() => channel.post({ type: 'openJson' })}>${this._comparing ? 'Compare as Text' : 'Open as JSON'}</vscode-button>` : nothing}
        ${raw && !this._comparing ? html`<vscode-button secondary @click=${() => channel.post({ type: 'save' })}>Save a Copy…</vscode-button>` : nothing}
        ${each ? html`<vscode-button ?secondary=${raw} @click=${() => channel.post({ type: 'openEach' })}>Open Each</vscode-button>` : nothing}
        <vscode-button ?secondary=${raw || each} @click=${() => channel.post({ type: 'reload' })}>Retry</vscode-button>
      </div></div>`;
  }

  #header(model: ReportModel) {
    const [icon, words] = states[model.status];
    return html`<header>
      <div class="headline">
        <h1>${model.title}</h1>
        ${this._comparing || model.stateless ? nothing : html`<vscode-badge class=${`state ${model.status}`}>${words}</vscode-badge>`}
        ${this._busy ? html`<vscode-progress-ring class="small" aria-label="Reading again"></vscode-progress-ring>` : nothing}
        <div class="buttons">
          ${this._comparing ? this.#comparisonButtons() : this.#reportButtons(model)}
          <vscode-button secondary icon="refresh" @click=${() => channel.post({ type: 'reload' })}>Read Again</vscode-button>
        </div>
      </div>
      ${fieldList(model.facts, this.#formatter, 'facts')}
      ${model.status === 'inProgress' ? html`<div class="running" role="status"><vscode-progress-ring></vscode-progress-ring>
        <p>The report is being made. This page shows it as soon as it is finished; there is nothing to do here.</p></div>` : nothing}
      ${model.status === 'failure' ? this.#failure(model, icon) : nothing}
    </header>`;
  }

  #comparisonButtons() {
    const title = this.#asText ? 'Show the two in the editor\'s comparison of texts' : `The editor compares no texts above ${byteCount(textByteLimit)}`;
    return html`<vscode-button secondary icon="diff" ?disabled=${!this.#asText} title=${title} @click=${() => { if (this.#asText) channel.post({ type: 'openJson' }); }}>As Text</vscode-button>
      <vscode-button secondary icon="go-to-file" title="Open each of the two reports in a tab of its own" @click=${() => channel.post({ type: 'openEach' })}>Open Each</vscode-button>`;
  }

  #reportButtons(model: ReportModel) {
    const made = model.status === 'success';
    return html`<vscode-button secondary icon="json" @click=${() => channel.post({ type: 'openJson' })}>JSON</vscode-button>
      <vscode-button secondary icon="file-pdf" ?disabled=${!made} title=${made ? 'Open the PDF beside' : model.stateless ? 'No PDF is known of an answer without a state' : 'There is no PDF before the report is finished'}
        @click=${() => { if (made) channel.post({ type: 'openPdf' }); }}>PDF</vscode-button>
      <vscode-button secondary icon="diff" ?disabled=${!made} title=${made ? 'Compare with another report of this kind' : model.stateless ? 'An answer without a state is compared with nothing' : 'There is nothing to compare before the report is finished'}
        @click=${() => { if (made) channel.post({ type: 'compare' }); }}>Compare…</vscode-button>
      <vscode-button secondary icon="file-symlink-file" title="Save as one HTML file to print or send" @click=${() => channel.post({ type: 'savePage' })}>Page…</vscode-button>`;
  }

  #failure(model: ReportModel, icon: string) {
    return html`<div class="failure" role="alert">
      <p><span class="codicon codicon-${icon}" aria-hidden="true"></span> The report could not be made. It stays failed; once the cause is gone, generate a new one.</p>
      ${model.problems.length === 0 ? html`<p>The API names no cause.</p>` : html`<ul>${model.problems.map(({ code, message, explanation, places }) =>
        html`<li>${code ? html`<code>${code}</code> ` : nothing}<strong>${message}</strong><br>${explanation}
          ${places.length > 0 ? fieldList(places, this.#formatter, 'places') : nothing}</li>`)}</ul>`}
    </div>`;
  }

  #tools() {
    const found = this._found;
    const what = this._comparing ? 'comparison' : 'report';
    return html`<div class="tools" role="search">
      <button class="tool" aria-label="Outline" title="Show or hide the outline" aria-pressed=${this.#outlineShown() ? 'true' : 'false'} @click=${() => { this._outline = !this.#outlineShown(); this.#keep(); }}>
        <span class="codicon codicon-list-tree" aria-hidden="true"></span></button>
      <vscode-textfield id="search" label=${`Search this ${what}`} placeholder=${`Search this ${what} (/)`} type="search" .value=${this._query} @input=${this.#onQuery}>
        <span slot="content-before" class="codicon codicon-search" aria-hidden="true"></span></vscode-textfield>
      <span class="hits" role="status">${this._searching ? 'Searching…' : found ? `${found.matches} ${found.matches === 1 ? 'match' : 'matches'}` : ''}</span>
      <button class="tool" aria-label="Unfold all" title="Unfold all" @click=${() => this.#foldAll(false)}><span class="codicon codicon-expand-all" aria-hidden="true"></span></button>
      <button class="tool" aria-label="Fold all" title="Fold all" @click=${() => this.#foldAll(true)}><span class="codicon codicon-collapse-all" aria-hidden="true"></span></button>
    </div>`;
  }

  #charts({ charts }: ReportModel) {
    if (charts.length === 0) return nothing;
    const drawn = () => html`<div class="charts">
      ${repeat(charts, ({ id }) => id, (chart) => html`<ob-chart .chart=${chart} .formatter=${this.#formatter}></ob-chart>`)}</div>`;
    return foldable({ ...chartsSection, detail: String(charts.length) }, this.#sectionState(), drawn);
  }

  #outlineView(model: ReportModel) {
    const entry = (section: Section): unknown => html`<li><button @click=${() => this.#goTo(section)} title=${section.title}>${section.title}</button>
      ${section.id.startsWith('institutions') && section.children.length > 0 && /^institutions(\.\d+)?$/.test(section.id) ? html`<ul>${section.children.map(entry)}</ul>` : nothing}</li>`;
    return html`<nav class=${this._outline === undefined ? 'auto' : ''} aria-label="Outline of the report"><ul>${model.charts.length > 0 ? entry(chartsSection) : nothing}${model.sections.map(entry)}</ul></nav>`;
  }

  #outlineShown(): boolean {
    return this._outline ?? roomForOutline.matches;
  }

  #sectionState(): SectionState {
    return {
      formatter: this.#formatter, found: this._found,
      isFolded: (section) => this._folds[section.id] ?? section.folded,
      toggle: (section) => {
        this._folds = { ...this._folds, [section.id]: !(this._folds[section.id] ?? section.folded) };
        this.#keep();
      },
    };
  }

  #foldAll(folded: boolean): void {
    const folds: Record<string, boolean> = {};
    const visit = (section: Section) => { folds[section.id] = folded; section.children.forEach(visit); };
    [chartsSection, ...this._model?.sections ?? []].forEach(visit);
    this._folds = folds;
    this.#keep();
  }

  /** Unfolds what holds the section, scrolls to it and puts the keyboard on its heading. */
  async #goTo(section: Section): Promise<void> {
    const above = Object.fromEntries(['institutions', ...section.id.split('.').map((_, index, all) => all.slice(0, index + 1).join('.'))].map((id) => [id, false]));
    this._folds = { ...this._folds, ...above };
    if (this._found) this.#clear();
    this.#keep();
    await this.updateComplete;
    const heading = document.getElementById(domId(section.id));
    heading?.scrollIntoView({ block: 'start', behavior: document.body.classList.contains('vscode-reduce-motion') ? 'auto' : 'smooth' });
    heading?.querySelector('button')?.focus({ preventScroll: true });
  }

  #onQuery = (event: Event): void => {
    this._query = (event.target as HTMLInputElement).value;
    clearTimeout(this.#searchSoon);
    this.#searchSoon = setTimeout(() => void this.#find(), 120);
  };

  async #find(): Promise<void> {
    this.#search?.abort();
    if (this._query.trim() === '' || !this._model) {
      this._found = undefined;
      this._searching = false;
      return;
    }
    this._searching = true;
    const search = this.#search = new AbortController();
    const found = await searchReport(this._model, this._query, this.#formatter, search.signal, this.#texts);
    if (!found) return;
    this._found = found;
    this._searching = false;
  }

  #clear(): void {
    this.#search?.abort();
    clearTimeout(this.#searchSoon);
    this._searching = false;
    this._query = '';
    this._found = undefined;
  }

  #onKey = (event: KeyboardEvent): void => {
    const typing = event.composedPath().some((target) => target instanceof HTMLInputElement);
    const find = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'f';
    if (find || (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      this.querySelector<HTMLElement>('#search')?.focus();
    } else if (event.key === 'Escape' && this._query !== '') {
      event.stopPropagation();
      this.#clear();
    }
  };

  #keep(): void {
    channel.keep({ folds: this._folds, outline: this._outline, widths: columnSizes.kept(), scroll: Math.round(window.scrollY) });
  }
}

const states: Readonly<Record<ReportModel['status'], readonly [icon: string, words: string]>> = {
  inProgress: ['sync', 'In progress'],
  success: ['pass', 'Finished'],
  failure: ['error', 'Failed'],
  unknown: ['question', 'State not known'],
};

/** The charts' place in the outline and what is folded; no field of a body is called so. */
const chartsSection: Section = { id: ' charts', title: 'Charts', folded: false, fields: [], tables: [], children: [] };

/** What the report is, and of which customer: by id and not by name, since the editor stores the titles of open tabs on disk. */
function tabTitle({ title, facts }: ReportModel): string {
  const customer = facts.find(({ key }) => key === 'customerId')?.value;
  return typeof customer === 'string' ? `${title} · ${customer}` : title;
}

function readFolds(value: unknown): Record<string, boolean> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean'));
}

document.adoptedStyleSheets = [...document.adoptedStyleSheets, ...reportStyles];
customElements.define('ob-report', ReportPage);
