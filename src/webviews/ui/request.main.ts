// The request editor's page: the form, the body as JSON beside it, Send, and the answer. It draws what the document says and sends single
// edits; what is being typed stays in its field until the document has it.
import { html, LitElement, nothing } from 'lit';
import '@vscode-elements/elements/dist/vscode-badge/index.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-ring/index.js';
import type { AnswerButton, AnswerHead, AnswerRequest } from '../protocol/answer.ts';
import type { ConnectionChoice, FieldPath, FieldProblem, RequestContent, RequestForm, RequestMessage, RequestViewMessage } from '../protocol/request.ts';
import './answerView.ts';
import { clockWords } from './answerWords.ts';
import { BodyJson, bodyAreaId } from './bodyJson.ts';
import { byField, isTyped, keyOf, textOf, valueAt, withValue } from './fieldValues.ts';
import { fieldId, fieldView, groupView, isFieldId, prose, type FormState } from './fieldView.ts';
import { addressView } from './requestAddress.ts';
import { doubtView, toolbarView } from './requestToolbar.ts';
import { requestStyles } from './requestStyles.ts';
import { openChannel } from './vscode.ts';

type Tab = 'form' | 'json';
interface Unreadable { text: string; line?: number; column?: number }

const channel = openChannel<RequestViewMessage, RequestMessage>();

/** The same width as in the style sheet. */
const sideBySide = window.matchMedia('(min-width: 900.02px)');

const postAnswer = (message: AnswerRequest): void => channel.post(message);

class RequestPage extends LitElement {
  static override properties = {
    _form: { state: true }, _content: { state: true }, _unreadable: { state: true }, _connections: { state: true }, _tab: { state: true }, _sending: { state: true }, _answer: { state: true }, _old: { state: true },
    _ended: { state: true }, _waiting: { state: true }, _attempted: { state: true }, _doubt: { state: true }, _elapsed: { state: true }, _received: { state: true },
  };

  declare _form: RequestForm | undefined;
  declare _content: RequestContent | undefined;
  declare _unreadable: Unreadable | undefined;
  declare _connections: { connections: readonly ConnectionChoice[]; active: string };
  declare _tab: Tab;
  declare _sending: { startedAt: number; connection: string; asked?: true } | undefined;
  declare _answer: { head: AnswerHead; bytes: Uint8Array | undefined } | undefined;
  /** The answer in sight is not that of what was sent last. */
  declare _old: boolean;
  declare _ended: { text: string; button?: AnswerButton } | undefined;
  /** When it is sent once more, epoch milliseconds. */
  declare _waiting: number | undefined;
  /** Send was pressed: what is missing is told from now on, also in fields that nobody touched. */
  declare _attempted: boolean;
  /** Send was pressed although something is wrong: the person decides. */
  declare _doubt: boolean;
  declare _elapsed: string;
  /** Bytes of the answer that have arrived. */
  declare _received: number;
  #problems = new Map<string, FieldProblem[]>();
  #all: readonly FieldProblem[] = [];
  #drafts = new Map<string, string>();
  #touched = new Set<string>();
  #folds: Record<string, boolean> = {};
  #seq = 0;
  /** The last edit that the document is known to have. */
  #settled = 0;
  #sendSoon = false;
  #locale = 'en';
  #clock: ReturnType<typeof setInterval> | undefined;
  readonly #json = new BodyJson({
    changed: () => this.requestUpdate(),
    send: (text) => {
      this.#seq += 1;
      channel.post({ type: 'editBody', text, seq: this.#seq });
    },
    discard: () => channel.post({ type: 'discardDraft' }),
    openText: () => channel.post({ type: 'openText' }),
  });
  #scroll = 0;
  /** Whether the keyboard has been put into the form: due with it, possible once its content is there. */
  #typing: 'due' | 'drawn' | 'begun' = 'begun';
  /** The field that the keyboard was in before the view was built anew. */
  #focused: string | undefined;

  constructor() {
    super();
    const state = channel.state();
    this._tab = state?.tab === 'json' ? 'json' : 'form';
    this._connections = { connections: [], active: '' };
    this._attempted = false;
    this._doubt = false;
    this._old = false;
    this._elapsed = '';
    this._received = 0;
    this.#scroll = typeof state?.scroll === 'number' ? state.scroll : 0;
    this.#focused = typeof state?.focused === 'string' ? state.focused : undefined;
    if (typeof state?.folds === 'object' && state.folds !== null) this.#folds = Object.fromEntries(Object.entries(state.folds).filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean'));
  }

  protected override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    channel.listen((message) => this.#take(message));
    window.addEventListener('keydown', this.#onKey, { capture: true });
    window.addEventListener('focus', () => void this.#startTyping());
    // A tab that goes to the background is taken down: what was typed last goes into the document first.
    window.addEventListener('blur', () => this.#json.flush());
    document.addEventListener('scrollend', () => this.#keep(), { capture: true });
    document.addEventListener('focusin', () => this.#keep());
    channel.post({ type: 'ready' });
    channel.post({ type: 'tab', tab: this._tab });
  }

  #take(message: RequestMessage): void {
    switch (message.type) {
      case 'form':
        this._form = message.form;
        this.#locale = message.locale;
        this.#drafts.clear();
        this.#touched.clear();
        this._attempted = false;
        this._doubt = false;
        this.#json.forget();
        this.#typing = 'due';
        return;
      case 'content': return this.#takeContent(message);
      case 'unreadable':
        this._unreadable = message;
        return;
      case 'connections':
        this._connections = message;
        return;
      case 'sending':
        this._sending = message;
        this._old = this._answer !== undefined;
        this._received = 0;
        this._waiting = undefined;
        this._ended = undefined;
        this._doubt = false;
        this.#runClock();
        return;
      case 'answer':
        this.#stopClock();
        this._answer = { head: message.head, bytes: message.bytes };
        this._old = false;
        return this.#bringIntoView('.response');
      case 'waiting':
        this._waiting = message.until;
        this._ended = undefined;
        this.#runClock();
        return this.#bringIntoView('.toolbar');
      case 'ended':
        this.#stopClock();
        this._ended = message;
        this._old = message.old === true;
        return;
      case 'showJson': return this.#show('json');
      case 'sendNow': return this.#send();
      case 'received':
        this._received = message.bytes;
    }
  }

  #takeContent({ content, problems, seq }: Extract<RequestMessage, { type: 'content' }>): void {
    this._unreadable = undefined;
    // An older state would take back what was typed since.
    if (seq < this.#seq && this._content) return;
    this.#settled = seq;
    this._content = content;
    this.#all = problems;
    this.#problems = byField(problems);
    for (const [key, text] of this.#drafts) if (!isTyped(valueAt(content, JSON.parse(key) as FieldPath), text) && !this.#sameValue(key, text)) this.#drafts.delete(key);
    this.#json.settle(content);
    if (content.bodyDraft) this._doubt = false;
    if (this.#typing === 'due') this.#typing = 'drawn';
    void this.#startTyping();
    this.#sendIfWaiting();
    if (this._doubt && !problems.some(({ severity }) => severity === 'error')) this._doubt = false;
    if (this.#scroll > 0) void this.updateComplete.then(() => requestAnimationFrame(() => { this.querySelector('.request')?.scrollTo(0, this.#scroll); this.#scroll = 0; }));
  }

  #sendIfWaiting(): void {
    if (!this.#sendSoon) return;
    this.#sendSoon = false;
    this.#send();
  }

  /** Whether a text that is being typed, such as "1.", still says what the document has. */
  #sameValue(key: string, text: string): boolean {
    const value = valueAt(this._content, JSON.parse(key) as FieldPath);
    return typeof value === 'number' ? Number(text) === value : value === undefined && text === '';
  }

  #state(): FormState {
    return {
      locale: this.#locale,
      text: (path) => this.#drafts.get(keyOf(path)) ?? textOf(valueAt(this._content, path)),
      value: (path) => valueAt(this._content, path),
      problems: (path) => (this.#problems.get(keyOf(path)) ?? []).filter(({ missing }) => this._attempted || !missing || this.#touched.has(keyOf(path))),
      set: (path, value, typed) => this.#set(path, value, typed),
      left: (path) => {
        this.#drafts.delete(keyOf(path));
        this.requestUpdate();
      },
      pick: (path) => channel.post({ type: 'pick', path }),
      openText: () => channel.post({ type: 'openText' }),
      folded: (path) => this.#folds[keyOf(path)],
      fold: (path, folded) => {
        this.#folds[keyOf(path)] = folded;
        this.#keep();
        this.requestUpdate();
      },
    };
  }

  #set(path: FieldPath, value: unknown, typed?: string): void {
    // Not when a field is merely left: what is said below it then would move the button that was just being clicked.
    this.#touched.add(keyOf(path));
    if (typed === undefined) this.#drafts.delete(keyOf(path));
    else this.#drafts.set(keyOf(path), typed);
    this.#seq += 1;
    // Shown at once; the document's word on it comes a moment later.
    if (this._content) this._content = withValue(this._content, path, value) as RequestContent;
    channel.post({ type: 'edit', path, seq: this.#seq, ...(value !== undefined && { value }) });
  }

  protected override render() {
    if (this._unreadable) return this.#unreadableView(this._unreadable);
    if (!this._form || !this._content) return html`<div class="center" role="status"><vscode-progress-ring></vscode-progress-ring><p>Opening the request…</p></div>`;
    return html`<div class="request">
        ${this.#header(this._form, this._content)}
        <main tabindex="-1" aria-label="Request">${this._tab === 'form' ? this.#formView(this._form) : this.#json.view(this._content, this.#all.filter(({ path, missing }) => path[0] === 'body' && (this._attempted || !missing)))}</main>
      </div>
      <div class="response">${this.#answerView()}</div>`;
  }

  #unreadableView({ text, line, column }: Unreadable) {
    return html`<div class="center" role="alert"><span class="codicon codicon-error big" aria-hidden="true"></span><p>${text}</p>
      ${line === undefined ? nothing : html`<p class="muted">Line ${line}, column ${column}</p>`}
      <vscode-button @click=${() => channel.post({ type: 'openText' })}>Edit as Text</vscode-button></div>`;
  }

  #header({ method, path, summary, badges, description }: RequestForm, content: RequestContent) {
    return html`<header>
      <div class="headline"><h1>${content.title ? html`${content.title} <span class="muted">· ${summary}</span>` : summary}</h1>${badges.map(({ words, icon }) => html`<span class="badge"><span class="codicon codicon-${icon}" aria-hidden="true"></span> ${words}</span>`)}</div>
      <div class="target"><span class="method">${method}</span> <code>${addressView(path, content)}</code></div>
      ${description ? html`<p class="about">${prose(description)}</p>` : nothing}
      ${content.notes ? html`<p class="about">${content.notes}</p>` : nothing}
      ${this.#toolbar(content)}
      ${this._doubt ? this.#doubtView() : nothing}
      ${this._ended ? html`<p class="ended" role="status">${this._ended.text}${this._ended.button ? html` <button class="link" @click=${() => this.#wayOut(this._ended?.button)}>${this._ended.button.title}</button>` : nothing}</p>` : nothing}
      ${this.#json.notSent === undefined ? nothing : html`<p class="notsent error" role="alert"><span class="codicon codicon-error" aria-hidden="true"></span> ${this.#json.notSent}</p>`}
      ${this._form?.body ? this.#tabs() : nothing}
    </header>`;
  }

  #wayOut(button: AnswerButton | undefined): void {
    if (button) channel.post({ type: 'wayOut', id: button.id });
  }

  /** What Send would complain about: a body that is being mended is not the one that these are about. */
  #errors(): FieldProblem[] {
    return this.#all.filter(({ severity, path }) => severity === 'error' && !(path[0] === 'body' && this.#json.isRefused));
  }

  #toolbar(content: RequestContent) {
    return toolbarView(content, {
      accepts: this._form?.accepts ?? [], connections: this._connections, elapsed: this._elapsed, received: this._received, errors: this._attempted ? this.#errors().length : 0,
      under: this._sending ?? (this._waiting === undefined ? undefined : 'waiting'), send: () => this.#send(), post: (message) => channel.post(message),
    });
  }

  #doubtView() {
    const over = (): void => { this._doubt = false; };
    return doubtView(this.#errors(), {
      goTo: (path) => this.#goTo(path), turnAway: over,
      sendAnyway: () => {
        over();
        channel.post({ type: 'send' });
      },
    });
  }

  #tabs() {
    const tab = (id: Tab, label: string) => html`<button role="tab" id="tab-${id}" aria-selected=${this._tab === id ? 'true' : 'false'} aria-controls="panel" tabindex=${this._tab === id ? 0 : -1} @click=${() => this.#show(id)}>${label}</button>`;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
      this.#show(this._tab === 'form' ? 'json' : 'form');
      void this.updateComplete.then(() => this.querySelector<HTMLElement>(`#tab-${this._tab}`)?.focus());
    };
    return html`<div class="tabs" role="tablist" aria-label="How the body is shown" @keydown=${onKey}>${tab('form', 'Form')}${tab('json', 'JSON')}
      ${this.#json.isRefused ? html`<span class="count error"><span class="codicon codicon-error" aria-hidden="true"></span> the JSON as typed is not taken yet</span>` : nothing}</div>`;
  }

  #show(tab: Tab): void {
    if (tab !== this._tab) channel.post({ type: 'tab', tab });
    this._tab = tab;
    // What was taken shows as the document has it.
    this.#json.settle(this._content ?? {});
    this.#keep();
  }

  #formView({ parameters, body }: RequestForm) {
    const state = this.#state();
    const waiting = this.#json.waiting(() => this.#mendJson());
    return html`<div id="panel" role=${body ? 'tabpanel' : nothing} aria-label="Form">
      ${parameters.length > 0 ? html`<fieldset><legend>Parameters</legend>${parameters.map((spec) => fieldView(spec, ['parameters', spec.name], state))}</fieldset>` : nothing}
      ${body ? html`<fieldset><legend>Body</legend>${waiting ?? nothing}${body.help ? html`<div class="help">${prose(body.help)}</div>` : nothing}${waiting ? nothing : this.#bodyProblems()}
        <fieldset class="plain" ?disabled=${waiting !== undefined}>${body.kind === 'group' ? groupView(body, ['body'], state) : fieldView(body, ['body'], state, 'Body')}</fieldset></fieldset>` : nothing}
      ${parameters.length === 0 && !body ? html`<p class="muted">This operation takes nothing. Send it as it is.</p>` : nothing}</div>`;
  }

  #bodyProblems() {
    const problems = this.#problems.get(keyOf(['body'])) ?? [];
    return problems.length === 0 || (!this._attempted && problems.every(({ missing }) => missing)) ? nothing
      : html`<ul class="problems">${problems.map(({ message, severity }) => html`<li class=${severity}><span class="codicon codicon-${severity}" aria-hidden="true"></span> ${message}</li>`)}</ul>`;
  }

  #answerView() {
    // There from the start, so that its worker is ready when the first answer comes.
    return html`${this._answer ? nothing : html`<p class="muted empty">${this._sending ? (this._sending.asked ? 'Nothing is sent before you answer the question.' : 'Waiting for the answer…') : 'The answer appears here. Send with Ctrl+Enter (⌘Enter on a Mac).'}</p>`}
      <ob-answer .head=${this._answer?.head} .bytes=${this._answer?.bytes} .old=${this._old} .locale=${this.#locale} .workerUrl=${this.dataset.worker ?? ''} .post=${postAnswer}></ob-answer>`;
  }

  #send(): void {
    if (this._sending || this._unreadable) return;
    this.#json.flush();
    // What was typed last is still on its way: the document's word on it decides.
    this.#sendSoon = this.#settled < this.#seq;
    if (this.#sendSoon) return;
    this._attempted = true;
    this._ended = undefined;
    const errors = this.#errors();
    if (errors.length === 0 && !this.#json.isRefused) return channel.post({ type: 'send' });
    if (this.#json.isRefused) {
      this._doubt = false;
      this.#json.refuseToSend();
      return this.#mendJson();
    }
    this._doubt = true;
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('.doubt .link')?.focus());
  }

  #mendJson(): void {
    this.#show('json');
    void this.updateComplete.then(() => this.#json.goToFault());
  }

  /**
   * Puts the keyboard where it was, else where there is something to fill in, once a form: when it is drawn with its content and the editor has
   * given the page the focus, in whichever order these come. Never on Send: whoever types on would press it with the next space.
   */
  async #startTyping(): Promise<void> {
    if (this.#typing !== 'drawn' || !document.hasFocus()) return;
    this.#typing = 'begun';
    await this.updateComplete;
    if (document.activeElement && document.activeElement !== document.body) return;
    const gap = [...this.querySelectorAll<HTMLInputElement>('main [aria-required="true"]')].find((input) => input.value === '');
    const before = this.#focused === undefined ? undefined : document.getElementById(this.#focused) ?? undefined;
    this.#focused = undefined;
    (before ?? gap ?? this.querySelector('main'))?.focus({ preventScroll: before !== undefined });
    if (before instanceof HTMLTextAreaElement || (before instanceof HTMLInputElement && before.type === 'text')) before.setSelectionRange(before.value.length, before.value.length);
  }

  /** Shows a field, unfolded, and puts the keyboard into it. */
  #goTo(path: FieldPath): void {
    this.#show('form');
    for (let length = 1; length < path.length; length += 1) this.#folds[keyOf(path.slice(0, length))] = false;
    this.requestUpdate();
    void this.updateComplete.then(() => {
      const target = document.getElementById(fieldId(path));
      target?.scrollIntoView({ block: 'center' });
      (target instanceof HTMLDetailsElement ? target.querySelector('summary') : target)?.focus({ preventScroll: true });
    });
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.#send();
  };

  /** In a narrow tab form and answer stand one below the other. */
  #bringIntoView(selector: string): void {
    if (sideBySide.matches) return;
    void this.updateComplete.then(() => this.querySelector(selector)?.scrollIntoView({ block: 'start' }));
  }

  #runClock(): void {
    clearInterval(this.#clock);
    const tick = (): void => {
      const ms = this._sending ? Date.now() - this._sending.startedAt : (this._waiting ?? 0) - Date.now();
      this._elapsed = clockWords(ms);
    };
    if (this._sending?.asked) {
      this._elapsed = '';
      return;
    }
    tick();
    this.#clock = setInterval(tick, 100);
  }

  #stopClock(): void {
    clearInterval(this.#clock);
    this._sending = undefined;
    this._waiting = undefined;
    this._elapsed = '';
  }

  #keep(): void {
    const id = document.activeElement?.id ?? '';
    channel.keep({ tab: this._tab, folds: this.#folds, scroll: Math.round(this.querySelector('.request')?.scrollTop ?? 0), ...((isFieldId(id) || id === bodyAreaId) && { focused: id }) });
  }
}

document.adoptedStyleSheets = [...document.adoptedStyleSheets, ...requestStyles];
customElements.define('ob-request', RequestPage);
