// The request's body as JSON text, beside its form: what is being typed is kept here until the document has it, also when it is no JSON yet.
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { FieldProblem, RequestContent, RequestMessage } from '../protocol/request.ts';
import { notSentWords, placeWords } from './fieldValues.ts';

const typingPause = 200;
const areaId = 'body-json';

/** The text while it differs from the document's, and what keeps it from being taken. */
interface Draft {
  text: string;
  problem?: string;
  offset?: number;
  /** Send was pressed with it. */
  sent?: true;
}

export interface BodyJsonPorts {
  /** What is drawn is no longer right. */
  changed(): void;
  /** Hands the text to the document. */
  send(text: string): void;
  openText(): void;
}

export class BodyJson {
  readonly #ports: BodyJsonPorts;
  #draft: Draft | undefined;
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor(ports: BodyJsonPorts) {
    this.#ports = ports;
  }

  /** Whether the document has another body than what is typed here, because that is no JSON. */
  get isRefused(): boolean {
    return this.#draft?.problem !== undefined;
  }

  /** Why Send did nothing; undefined when it was not pressed since. */
  get notSent(): string | undefined {
    const { text, problem, offset, sent } = this.#draft ?? {};
    return sent && text !== undefined && problem !== undefined ? notSentWords(text, problem, offset) : undefined;
  }

  /** Send was pressed with a text that cannot be taken: says so. */
  refuseToSend(): void {
    if (this.#draft && this.isRefused) this.#set({ ...this.#draft, sent: true });
  }

  /** Puts the keyboard where the fault is. */
  goToFault(): void {
    putCaret(this.#draft?.offset ?? 0);
  }

  /** Hands over what was typed last, if it is still here. */
  flush(): void {
    if (this.#soon !== undefined) this.#send();
  }

  forget(): void {
    this.#set(undefined);
  }

  refused({ text, offset, typed }: Extract<RequestMessage, { type: 'bodyRefused' }>): void {
    const draft = this.#draft ?? (typed === undefined ? undefined : { text: typed });
    if (draft) this.#set({ ...draft, problem: text, ...(offset !== undefined && { offset }) });
  }

  /** The document has this body now. A text that says the same is no draft; another one is while somebody is at it. */
  settle(bodyText: string | undefined): void {
    if (!this.#draft || this.isRefused || this.#soon !== undefined) return;
    if (this.#draft.text.trim() === bodyText?.trim() || document.activeElement?.id !== areaId) this.#set(undefined);
  }

  /** `wrong`: what is wrong with the body as the document has it. */
  view({ body, bodyText, bodyHidden }: Partial<RequestContent>, wrong: readonly FieldProblem[]): TemplateResult {
    const instead = (words: unknown): TemplateResult => html`<div id="panel" role="tabpanel" aria-label="JSON"><p class="muted">${words}</p></div>`;
    if (bodyHidden) return instead('This body holds personal data and is hidden in presentation mode. Its fields can be filled in on the other tab.');
    if (body !== undefined && bodyText === undefined) return instead(html`This body is too long to be edited here. <button class="link" @click=${() => this.#ports.openText()}>Edit as Text</button>`);
    const { text = bodyText ?? '', problem, offset } = this.#draft ?? {};
    return html`<div id="panel" class="json" role="tabpanel" aria-label="JSON">
      <textarea id=${areaId} aria-label="Body as JSON" spellcheck="false" .value=${live(text)} aria-invalid=${problem !== undefined} aria-describedby="json-problem" @input=${this.#onInput}></textarea>
      <ul class="problems" id="json-problem" role="status">${problem === undefined ? nothing : html`<li class="error"><span class="codicon codicon-error" aria-hidden="true"></span> ${problem}
          ${offset === undefined ? nothing : html`<button class="link" @click=${() => putCaret(offset)}>Go there</button>`} The request keeps the last body that was valid.</li>`}
        ${(problem === undefined ? wrong : []).slice(0, 20).map(({ path, message, severity }) => html`<li class=${severity}><span class="codicon codicon-${severity}" aria-hidden="true"></span> ${placeWords(path)}: ${message}</li>`)}</ul></div>`;
  }

  #onInput = (event: Event): void => {
    this.#set({ text: (event.target as HTMLTextAreaElement).value });
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => this.#send(), typingPause);
  };

  #send(): void {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    if (this.#draft) this.#ports.send(this.#draft.text);
  }

  #set(draft: Draft | undefined): void {
    this.#draft = draft;
    this.#ports.changed();
  }
}

function putCaret(offset: number): void {
  const area = document.querySelector<HTMLTextAreaElement>(`#${areaId}`);
  area?.focus();
  area?.setSelectionRange(offset, offset);
}
