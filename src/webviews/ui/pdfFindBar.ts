// The bar that asks for words: what is typed, case and whole word, the hits, one step on or back.
import { html, LitElement } from 'lit';
import { live } from 'lit/directives/live.js';
import { classMap } from 'lit/directives/class-map.js';
import type { Words } from './pdfEngine.ts';
import { hitsText, type Found } from './pdfWords.ts';

export type FindStep = 'first' | 'changed' | 'next' | 'previous';

/** Fires `find` (detail: a FindStep; the words are in `words`) and `close`. */
export class PdfFindBar extends LitElement {
  static override properties = { words: { attribute: false }, found: { attribute: false } };

  declare words: Words;
  declare found: Found | undefined;

  protected override createRenderRoot() {
    return this;
  }

  /** Puts the focus into the field, with what is in it selected. */
  override focus(): void {
    void this.updateComplete.then(() => this.querySelector<HTMLInputElement>('#find')?.select());
  }

  protected override render() {
    const { query, caseSensitive, entireWord } = this.words;
    const found = query === '' ? undefined : this.found;
    return html`<div class="find" role="search" @keydown=${this.#onKey}>
      <input id="find" type="search" placeholder="Find" aria-label="Find in the document" spellcheck="false" autocomplete="off" .value=${live(query)} @input=${this.#onQuery}>
      ${this.#toggle('case-sensitive', 'Match case', caseSensitive, () => this.#change({ caseSensitive: !caseSensitive }))}
      ${this.#toggle('whole-word', 'Match whole word', entireWord, () => this.#change({ entireWord: !entireWord }))}
      <span class="hits" role="status">${found ? hitsText(found) : ''}</span>
      ${this.#button('arrow-up', 'Previous hit (Shift+F3)', !found?.total, () => this.#fire('previous'))}
      ${this.#button('arrow-down', 'Next hit (F3)', !found?.total, () => this.#fire('next'))}
      ${this.#button('close', 'Close find (Escape)', false, () => this.dispatchEvent(new CustomEvent('close')))}
    </div>`;
  }

  #button(icon: string, label: string, off: boolean, act: () => void) {
    return html`<button class="tool" title=${label} aria-label=${label} ?disabled=${off} @click=${act}><span class="codicon codicon-${icon}" aria-hidden="true"></span></button>`;
  }

  #toggle(icon: string, label: string, on: boolean, act: () => void) {
    return html`<button class=${classMap({ tool: true, pressed: on })} title=${label} aria-label=${label} aria-pressed=${String(on)} @click=${act}><span class="codicon codicon-${icon}" aria-hidden="true"></span></button>`;
  }

  #onQuery = (event: Event): void => {
    this.words = { ...this.words, query: (event.target as HTMLInputElement).value };
    this.#fire('first');
  };

  #change(words: Partial<Words>): void {
    this.words = { ...this.words, ...words };
    this.#fire('changed');
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.dispatchEvent(new CustomEvent('close'));
    else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) this.#fire(event.shiftKey ? 'previous' : 'next');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  #fire(step: FindStep): void {
    this.dispatchEvent(new CustomEvent<FindStep>('find', { detail: step }));
  }
}
