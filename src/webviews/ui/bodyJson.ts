// The request's body as JSON text, beside its form: what is being typed is kept here until the document has it, also when it is no JSON yet.
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { FieldProblem, RequestContent } from '../protocol/request.ts';
import { notSentWords, placeWords } from './fieldValues.ts';

const typingPause = 200;
export const bodyAreaId = 'body-json';

/** What the document keeps of a text that it cannot take. */
type Kept = NonNullable<RequestContent['bodyDraft']>;

export interface BodyJsonPorts {
  /** What is drawn is no longer right. */
  changed(): void;
  /** Hands the text to the document. */
  send(text: string): void;
  /** Has the document forget its draft. */
  discard(): void;
  openText(): void;
}

export class BodyJson {
  readonly #ports: BodyJsonPorts;
  /** The text while it differs from what the document has. */
  #typed: string | undefined;
  #kept: Kept | undefined;
  #soon: ReturnType<typeof setTimeout> | undefined;
  /** Send was pressed with a text that cannot be taken. */
  #sent = false;

  constructor(ports: BodyJsonPorts) {
    this.#ports = ports;
  }

  /** Whether what was typed last cannot be taken. */
  get isRefused(): boolean {
    return this.#refusal() !== undefined;
  }

  /** Why Send did nothing; undefined when it was not pressed since. */
  get notSent(): string | undefined {
    const refusal = this.#refusal();
    return this.#sent && refusal ? notSentWords(this.#typed ?? refusal.text ?? '', refusal.problem, refusal.offset) : undefined;
  }

  /** Send was pressed with a text that cannot be taken: says so. */
  refuseToSend(): void {
    this.#sent = this.isRefused;
    this.#ports.changed();
  }

  /** Puts the keyboard where the fault is. */
  goToFault(): void {
    putCaret(this.#refusal()?.offset ?? 0);
  }

  /** Hands over what was typed last, if it is still here. */
  flush(): void {
    if (this.#soon !== undefined) this.#send();
  }

  forget(): void {
    this.#kept = undefined;
    this.#set(undefined);
  }

  /** The document has this body now, or this draft. A text that says the same is not kept here; another one is while somebody is at it. */
  settle({ bodyText, bodyDraft }: Pick<RequestContent, 'bodyText' | 'bodyDraft'>): void {
    this.#kept = bodyDraft;
    if (this.#typed === undefined || this.#soon !== undefined) return;
    const same = bodyDraft ? bodyDraft.text === this.#typed : this.#typed.trim() === bodyText?.trim();
    // In presentation mode the draft comes without its text: this is the only one to be seen.
    if (same || (document.activeElement?.id !== bodyAreaId && !(bodyDraft && bodyDraft.text === undefined))) this.#set(undefined);
  }

  /** `wrong`: what is wrong with the body as the document has it. */
  view({ body, bodyText, bodyHidden }: Partial<RequestContent>, wrong: readonly FieldProblem[]): TemplateResult {
    const instead = (words: unknown): TemplateResult => html`<div id="panel" role="tabpanel" aria-label="JSON"><p class="muted">${words}</p></div>`;
    if (this.#kept && this.#kept.text === undefined && (bodyHidden || this.#typed === undefined)) return instead(html`What was typed here cannot be taken yet, and is hidden in presentation mode: end that to mend it. ${this.#discardButton()}`);
    if (bodyHidden) return instead('This body holds personal data and is hidden in presentation mode. Its fields can be filled in on the other tab.');
    if (!this.#kept && body !== undefined && bodyText === undefined) return instead(html`This body is too long to be edited here. <button class="link" @click=${() => this.#ports.openText()}>Edit as Text</button>`);
    const refusal = this.#refusal();
    return html`<div id="panel" class="json" role="tabpanel" aria-label="JSON">
      <textarea id=${bodyAreaId} aria-label="Body as JSON" spellcheck="false" .value=${live(this.#typed ?? this.#kept?.text ?? bodyText ?? '')} aria-invalid=${refusal !== undefined} aria-describedby="json-problem" @input=${this.#onInput}></textarea>
      <ul class="problems" id="json-problem" role="status">${refusal === undefined ? nothing : html`<li class="error"><span class="codicon codicon-error" aria-hidden="true"></span> ${refusal.problem}
          <button class="link" @click=${() => putCaret(refusal.offset)}>Go there</button> Until it is mended, nothing is sent; the form keeps the last body that was valid. ${this.#discardButton()}</li>`}
        ${(refusal === undefined ? wrong : []).slice(0, 20).map(({ path, message, severity }) => html`<li class=${severity}><span class="codicon codicon-${severity}" aria-hidden="true"></span> ${placeWords(path)}: ${message}</li>`)}</ul></div>`;
  }

  /** Above the fields of the body, which wait while what was typed as its JSON cannot be taken; undefined when it can. */
  waiting(mend: () => void): TemplateResult | undefined {
    return this.#kept && html`<p class="notsent" role="status"><span class="codicon codicon-error" aria-hidden="true"></span> These fields wait: what was typed in the JSON tab cannot be taken yet, and they are of the last body that was.
      <button class="link" @click=${mend}>Mend the JSON</button> ${this.#discardButton()}</p>`;
  }

  #discardButton(): TemplateResult {
    return html`<button class="link" @click=${() => { this.#set(undefined); this.#ports.discard(); }}>Discard What Was Typed</button>`;
  }

  /** Of the text that is to be seen: one that is being typed has not been judged yet. */
  #refusal(): Kept | undefined {
    return this.#kept && (this.#typed === undefined || this.#typed === this.#kept.text || (this.#kept.text === undefined && this.#soon === undefined)) ? this.#kept : undefined;
  }

  #onInput = (event: Event): void => {
    this.#sent = false;
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => this.#send(), typingPause);
    this.#set((event.target as HTMLTextAreaElement).value);
  };

  #send(): void {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    if (this.#typed !== undefined) this.#ports.send(this.#typed);
  }

  #set(typed: string | undefined): void {
    if (typed === undefined) {
      clearTimeout(this.#soon);
      this.#soon = undefined;
      this.#sent = false;
    }
    this.#typed = typed;
    this.#ports.changed();
  }
}

function putCaret(offset: number): void {
  const area = document.querySelector<HTMLTextAreaElement>(`#${bodyAreaId}`);
  area?.focus();
  area?.setSelectionRange(offset, offset);
}
