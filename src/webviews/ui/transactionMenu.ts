// A button that unfolds what stands under it. What that is, is made when it is first opened and kept up while it is open: lists of a thousand
// categories are not drawn anew with each page of rows. Escape and a click elsewhere close it (closeMenus).
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { popPlace } from './transactionMenuPlace.ts';

class TransactionMenu extends LitElement {
  static override properties = { icon: {}, label: {}, words: {}, chosen: { attribute: false }, disabled: { attribute: false }, content: { attribute: false }, _open: { state: true } };

  declare icon: string;
  declare label: string;
  declare words: string;
  declare chosen: number;
  declare disabled: boolean;
  declare content: () => TemplateResult;
  declare _open: boolean;
  /** Once it was open, what was typed into it stays. */
  #seen = false;

  protected override createRenderRoot() {
    return this;
  }

  protected override render() {
    const { label, chosen, disabled } = this;
    return html`<details class="menu" @keydown=${onKey} @toggle=${this.#onToggle}>
      <summary class="tool" role="button" title=${label} aria-label=${chosen > 0 ? `${label}, ${chosen} chosen` : label} aria-disabled=${String(disabled)}
        @click=${(event: Event) => { if (disabled) event.preventDefault(); }}><span class="codicon codicon-${this.icon}" aria-hidden="true"></span>${this.words}${
        chosen > 0 ? html` <span class="chosen">${chosen}</span>` : nothing}<span class="codicon codicon-chevron-down" aria-hidden="true"></span></summary>
      <div class="pop" role="group" aria-label=${label}>${this.#seen ? guard(this._open ? [{}] : ['closed'], this.content) : nothing}</div></details>`;
  }

  #onToggle = (event: Event): void => {
    const details = event.currentTarget as HTMLDetailsElement;
    this._open = details.open;
    if (!this._open) return window.removeEventListener('resize', this.#place);
    this.#seen = true;
    window.addEventListener('resize', this.#place);
    void this.updateComplete.then(this.#place);
  };

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('resize', this.#place);
  }

  /** Under its button, and inside the view whatever its width: a column of an editor may be narrower than the bar is long. */
  #place = (): void => {
    const [summary, pop] = [this.querySelector('summary'), this.querySelector<HTMLElement>('.pop')];
    if (!summary || !pop) return;
    const { left, bottom } = summary.getBoundingClientRect();
    const place = popPlace({ left, bottom, width: pop.offsetWidth }, { width: document.documentElement.clientWidth, height: document.documentElement.clientHeight });
    for (const [name, value] of Object.entries(place)) pop.style.setProperty(name, `${value}px`);
  };
}

function onKey(event: KeyboardEvent): void {
  if (event.key !== 'Escape') return;
  const details = event.currentTarget as HTMLDetailsElement;
  if (!details.open) return;
  details.open = false;
  details.querySelector('summary')?.focus();
  event.stopPropagation();
}

customElements.define('ob-transaction-menu', TransactionMenu);

export const menu = (icon: string, label: string, content: () => TemplateResult, { words = label, chosen = 0, disabled = false } = {}) =>
  html`<ob-transaction-menu .icon=${icon} .label=${label} .words=${words} .chosen=${chosen} .disabled=${disabled} .content=${content}></ob-transaction-menu>`;

/** Closes every menu but the one that holds the target. */
export function closeMenus(root: ParentNode, target: EventTarget | null): void {
  for (const details of root.querySelectorAll<HTMLDetailsElement>('details.menu[open]')) if (!(target instanceof Node && details.contains(target))) details.open = false;
}
