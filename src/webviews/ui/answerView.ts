// The answer of a request: what came, why it failed and what to do, and the body in the form that fits it. The body's bytes go to the reader
// (answerReader.ts) and are gone here; a picture or a few first bytes are taken before. Nothing of a body ever becomes markup.
// The page adopts answerStyles.ts.
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { AnswerAction, AnswerHead, AnswerProblem, AnswerRequest } from '../protocol/answer.ts';
import type { Found, Progress } from './answerMessages.ts';
import { AnswerReader } from './answerReader.ts';
import { bytesInWords, duration, earlierWords, headerLines, linkLife, notCompared, outcome } from './answerWords.ts';
import { tool } from './bodyView.ts';
import { copyText } from './clipboard.ts';
import { createFormatter, type Formatter } from './format.ts';
import { hexDump } from './hexDump.ts';
import './jsonTreeView.ts';
import './textView.ts';

export class AnswerView extends LitElement {
  static override properties = {
    head: { attribute: false }, old: { type: Boolean }, bytes: { attribute: false }, locale: {}, post: { attribute: false }, workerUrl: {},
    _progress: { state: true }, _found: { state: true }, _as: { state: true }, _failed: { state: true }, _picture: { state: true }, _said: { state: true },
  };

  declare head: AnswerHead | undefined;
  /** It is not the answer of what was sent last. */
  declare old: boolean;
  /** The body. Its buffer is handed to a worker when the answer is shown: set a copy where it is needed further. */
  declare bytes: Uint8Array | undefined;
  declare locale: string;
  declare post: (message: AnswerRequest) => void;
  /** The address of jsonWorker.js in dist/webviews. */
  declare workerUrl: string;
  declare _progress: Progress | undefined;
  declare _found: Found | undefined;
  /** What the reader of a JSON body chose; a damaged one is shown as text. */
  declare _as: 'tree' | 'text';
  declare _failed: string | undefined;
  declare _picture: { url: string; size?: string; broken?: boolean } | undefined;
  /** What was done last, for screen readers and for a moment in sight. */
  declare _said: string;
  #reader: AnswerReader | undefined;
  #saidSoon: ReturnType<typeof setTimeout> | undefined;
  /** Counts the bodies opened. */
  #opened = 0;
  #isReading = false;
  #first: Uint8Array | undefined;
  #formatter: Formatter | undefined;

  constructor() {
    super();
    this.locale = 'en';
    this.old = false;
    this.workerUrl = '';
    this.post = () => undefined;
    this._as = 'tree';
    this._said = '';
  }

  protected override createRenderRoot() {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('locale')) this.#formatter = undefined;
    // The worker starts with the page, long before the first answer.
    if (changed.has('workerUrl') && this.workerUrl !== '') this.#reader = new AnswerReader(this.workerUrl, (notice) => {
      if (notice.type === 'progress') this._progress = notice.progress;
      else if (notice.type === 'found') this._found = notice.found;
      else this._failed = notice.text;
    });
    if (changed.has('bytes') || (changed.has('head') && changed.get('head')?.number !== this.head?.number)) this.#take();
  }

  /** The first one takes the browser a while, so it is made before an answer needs it. */
  get #format(): Formatter {
    return (this.#formatter ??= createFormatter(this.locale));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    requestIdleCallback(() => void this.#format.show(0, 'moment'));
  }

  #take(): void {
    const { head, bytes } = this;
    this.#opened++;
    this._progress = undefined;
    this._found = undefined;
    this._failed = undefined;
    this._as = 'tree';
    this.#first = undefined;
    this.#isReading = false;
    if (this._picture) URL.revokeObjectURL(this._picture.url);
    this._picture = undefined;
    if (!head || !bytes || bytes.length === 0) return;
    if (head.form === 'image') this._picture = { url: URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: head.contentType })) };
    else if (head.form === 'binary') this.#first = bytes.slice(0, 128);
    else if (head.form === 'json' || head.form === 'xml' || head.form === 'text') void this.#read(bytes, head.form);
  }

  async #read(bytes: Uint8Array, form: 'json' | 'xml' | 'text'): Promise<void> {
    const opened = this.#opened;
    this.#isReading = true;
    try {
      const progress = await this.#reader!.open({ bytes, form });
      if (opened === this.#opened) this._progress = progress;
    } catch (error) {
      if (opened === this.#opened) this._failed = error instanceof Error ? error.message : String(error);
    }
  }

  protected override render() {
    const { head } = this;
    if (!head) return nothing;
    return html`<section class="answer ${this.old ? 'old' : ''}" aria-label=${this.old ? 'Answer of the earlier request' : 'Answer'}>
      ${this.old ? html`<p class="earlier" role="status"><span class="codicon codicon-history" aria-hidden="true"></span> ${earlierWords(head.receivedAt, this.locale)}</p>` : nothing}
      ${this.#headView(head)}
      ${head.problem ? keyed(head.number, this.#problemView(head.problem)) : nothing}
      ${head.note ? html`<p class="note"><span class="codicon codicon-info" aria-hidden="true"></span> ${head.note}</p>` : nothing}
      <div class="body">${this.#bodyView(head)}</div>
      <div class="said" role="status">${this._said}</div>
    </section>`;
  }

  #headView(head: AnswerHead) {
    const { icon, words } = outcome(head);
    const when = this.#format.show(head.receivedAt, 'moment').text;
    return html`<div class="answerhead">
      <div class="state ${head.ok ? 'ok' : 'bad'}"><span class="codicon codicon-${icon}" role="img" aria-label=${words}></span>
        <h2>${head.status === undefined ? head.statusText || 'No answer' : html`${head.status} ${head.statusText}`}</h2></div>
      ${head.target ? html`<p class="senttarget" title="What was sent"><code>${head.target}</code></p>` : nothing}
      <ul class="facts" aria-label="Facts of the answer">
        <li title="From sending to the end of the body"><span class="codicon codicon-watch" aria-hidden="true"></span> ${duration(head.durationMs)}</li>
        ${head.form === 'none' ? nothing : html`<li title="Size of the body"><span class="codicon codicon-database" aria-hidden="true"></span> ${bytesInWords(head.size)}${head.contentType ? ` · ${head.contentType}` : ''}</li>`}
        <li title="Connection"><span class="codicon codicon-plug" aria-hidden="true"></span> ${head.connection}</li>
        <li title="When it came"><span class="codicon codicon-calendar" aria-hidden="true"></span> ${when}</li>
      </ul>
      <div class="buttons">
        ${head.form === 'none' || head.unkept || hasCard(head) ? nothing : html`
          ${this.#button('Open as Document', 'go-to-file', 'openDocument')}
          ${this.#button('Save…', 'save', 'save')}`}
        ${head.followed ? this.#button('Show in Jobs', 'pulse', 'showJobs') : nothing}
        ${head.link ? this.#button('Open Link', 'link-external', 'openLink') : nothing}
        ${this.#button('Compare with Previous', 'diff', 'compare', notCompared(head))}
      </div>
      ${head.link ? html`<p class="linklife">${linkLife(head.link.until, (at) => this.#format.show(at / 1000, 'moment').text)}</p>` : nothing}
      ${head.headers.length > 0 ? this.#headers(head) : nothing}
    </div>`;
  }

  #button(title: string, icon: string, action: AnswerAction, reason?: string) {
    return html`<span title=${reason ?? nothing}><vscode-button secondary icon=${icon} ?disabled=${reason !== undefined} aria-description=${reason ?? nothing}
      @click=${() => this.post({ type: 'answerAction', action })}>${title}</vscode-button></span>`;
  }

  #headers({ headers }: AnswerHead) {
    return html`<details class="headers"><summary>Headers (${headers.length})</summary>
      <div class="headertools"><button type="button" class="inline" @click=${() => void this.#copy(headerLines(headers), 'the headers')}>Copy all</button></div>
      <dl>${headers.map(([name, value]) => html`<div class="header"><dt>${name}</dt><dd>${value}</dd>
        ${tool('copy', `Copy ${name}`, () => void this.#copy(value, name))}</div>`)}</dl></details>`;
  }

  #problemView(problem: AnswerProblem) {
    return html`<div class="problem" role="alert">
      <h3><span class="codicon codicon-error" aria-hidden="true"></span> ${problem.title}${problem.code ? html` <span class="code">code ${problem.code}</span>` : nothing}</h3>
      <p>${problem.meaning}</p>
      ${problem.said ? html`<p>The API said: <q>${problem.said}</q></p>` : nothing}
      ${problem.causes.length > 0 ? html`<p class="label">Likely causes</p><ul>${problem.causes.map((cause) => html`<li>${cause}</li>`)}</ul>` : nothing}
      ${problem.fix ? html`<p class="label">What to do</p><p>${problem.fix}</p>` : nothing}
      ${problem.buttons.length > 0 ? html`<div class="buttons">${problem.buttons.map(({ id, title }, at) =>
        html`<vscode-button ?secondary=${at > 0} @click=${() => this.post({ type: 'wayOut', id })}>${title}</vscode-button>`)}</div>` : nothing}
    </div>`;
  }

  #bodyView(head: AnswerHead) {
    switch (head.form) {
      case 'none': return html`<p class="empty">${head.status === undefined ? 'No answer came.' : 'The answer has no body.'}</p>`;
      case 'file': return this.#card('file', `The body is ${bytesInWords(head.size)} large, more than is shown here.`,
        html`It was written to the file <b>${head.file?.name ?? ''}</b> as it came.`, this.#cardButtons());
      case 'pdf': return this.#card('file-pdf', `PDF document, ${bytesInWords(head.size)}`, nothing, this.#cardButtons('Open PDF'));
      case 'image': return this.#image(head);
      case 'binary': return html`${this.#card('file-binary', `Data that is no text, ${bytesInWords(head.size)}${head.contentType ? ` (${head.contentType})` : ''}`, nothing, this.#cardButtons())}
        ${this.#first ? html`<p class="label">${head.size > this.#first.length ? `The first ${this.#first.length} bytes` : 'All of it'}</p>
          <pre class="hex" tabindex="0" aria-label="Bytes in hexadecimal">${hexDump(this.#first)}</pre>` : nothing}`;
      case 'json': case 'xml': case 'text': return this.#readable(head);
    }
  }

  #cardButtons(open = 'Open as Document') {
    if (this.head?.unkept) return nothing;
    const button = (title: string, action: AnswerAction, second: boolean) => html`<vscode-button ?secondary=${second} @click=${() => this.post({ type: 'answerAction', action })}>${title}</vscode-button>`;
    return html`${button(open, 'openDocument', false)}${button('Save…', 'save', true)}`;
  }

  #card(icon: string, title: string, text: unknown, buttons: unknown) {
    return html`<div class="card"><span class="codicon codicon-${icon} big" aria-hidden="true"></span>
      <div><p class="cardtitle">${title}</p>${text === nothing ? nothing : html`<p>${text}</p>`}<div class="buttons">${buttons}</div></div></div>`;
  }

  #image(head: AnswerHead) {
    const picture = this._picture;
    if (!picture) return this.#gone(head);
    if (picture.broken) return this.#card('warning', `This ${head.contentType || 'picture'} cannot be shown: it is damaged or of a kind that the editor does not draw.`, nothing, this.#cardButtons());
    const words = `${head.contentType}${picture.size ? `, ${picture.size} pixels` : ''}`;
    return html`<figure><img src=${picture.url} alt="Picture, ${words}" @load=${this.#onPicture} @error=${() => { this._picture = { ...picture, broken: true }; }}><figcaption>${words}</figcaption></figure>`;
  }

  #onPicture = (event: Event): void => {
    const { naturalWidth, naturalHeight } = event.target as HTMLImageElement;
    if (this._picture) this._picture = { ...this._picture, size: `${naturalWidth} × ${naturalHeight}` };
  };

  #gone({ size }: AnswerHead) {
    return html`<p class="empty">${size === 0 ? 'The answer has no body.' : 'The body is not kept here any more. Send the request again to read it.'}</p>`;
  }

  #readable(head: AnswerHead) {
    const progress = this._progress;
    if (this._failed) return html`<p class="damage" role="alert"><span class="codicon codicon-error" aria-hidden="true"></span> ${this._failed}</p>`;
    if (!progress) return this.#isReading ? html`<p class="empty soon" role="status">Reading…</p>` : this.#gone(head);
    const { damage } = progress;
    const asTree = head.form === 'json' && !damage && this._as === 'tree';
    const shared = { reader: this.#reader!, progress, found: this._found };
    return html`
      ${damage ? html`<p class="damage"><span class="codicon codicon-warning" aria-hidden="true"></span>
        This is not valid JSON. Line ${damage.line}, column ${damage.column}: ${damage.reason}. It is shown as text.</p>` : nothing}
      ${head.form === 'json' && !damage ? html`<div class="switch" role="group" aria-label="Form of the body">
        ${(['tree', 'text'] as const).map((form) => html`<button type="button" aria-pressed=${String(this._as === form)} @click=${() => this.#switch(form)}>${form === 'tree' ? 'Tree' : 'As it came'}</button>`)}</div>` : nothing}
      ${progress.indented ? html`<p class="note">Indented for reading. Copy and Save give it as it came.</p>` : nothing}
      ${progress.done ? nothing : html`<div class="reading"><progress max=${progress.size} .value=${progress.read} aria-label="Reading"></progress> Reading ${bytesInWords(progress.size)}…</div>`}
      ${keyed(this.#opened, asTree
        ? html`<ob-json-tree .reader=${shared.reader} .progress=${progress} .found=${shared.found} .locale=${this.locale} .formatter=${this.#format} .post=${this.post} .say=${this.#say}></ob-json-tree>`
        : html`<ob-text-lines .reader=${shared.reader} .progress=${progress} .found=${shared.found} .locale=${this.locale} .say=${this.#say}></ob-text-lines>`)}`;
  }

  #switch(form: 'tree' | 'text'): void {
    this._as = form;
    this._found = undefined;
  }

  async #copy(text: string, what: string): Promise<void> {
    this.#say((await copyText(text)) ? `Copied ${what}.` : 'The clipboard did not take it.');
  }

  #say = (words: string): void => {
    clearTimeout(this.#saidSoon);
    this._said = words;
    this.#saidSoon = setTimeout(() => { this._said = ''; }, 4_000);
  };
}

/** Those that are not shown have their buttons on a card in the body's place. */
const hasCard = ({ form }: AnswerHead): boolean => form === 'pdf' || form === 'file' || form === 'binary';

customElements.define('ob-answer', AnswerView);

declare global {
  interface HTMLElementTagNameMap { 'ob-answer': AnswerView }
}
