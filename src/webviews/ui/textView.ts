// Text of any size as numbered lines, of which only those in sight exist; a line that is very long goes on in rows without a number.
import { html, nothing } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Found, TextRow } from './answerMessages.ts';
import { BodyView, tool } from './bodyView.ts';
import { styled } from './styled.ts';

export class TextView extends BodyView<TextRow> {
  static override properties = { ...BodyView.properties, _shown: { state: true } };
  /** The row of the hit that is shown. */
  declare _shown: number;
  protected readonly form = 'text';

  constructor() {
    super();
    this._shown = -1;
  }

  protected fetchRows(from: number, to: number) {
    return this.reader.ask('textRows', { from, to });
  }

  protected searchNow(query: string): Promise<Found> {
    this._shown = -1;
    return this.reader.ask('search', { in: 'text', query, keys: true, values: true });
  }

  protected showHit(row: number): void {
    this._shown = row;
    this.reveal(row, true);
  }

  protected override firstUpdated(): void {
    super.firstUpdated();
    this.addEventListener('keydown', (event) => { this.takeKey(event); });
  }

  protected override render() {
    const { height, drawn } = this.sight;
    const digits = String(this._total).length;
    return html`
      <div class="bodybar">${this.searchBar()}
        <div class="tools">${tool('copy', 'Copy all', () => void this.copyOut(this.reader.ask('copyText', {}).then(({ text }) => text), 'the whole text'))}</div></div>
      <div class="rows lines" role="region" tabindex="0" aria-label="Body as text" @scroll=${this.measure} ${styled({ '--digits': `${digits + 2}ch` })}>
        <div class="rows-all" ${styled({ height: `${height}px` })}>
          <div class="rows-drawn" ${styled({ transform: `translateY(${drawn.offset + ((this._rows[0]?.row ?? drawn.first) - drawn.first) * this.sight.rowHeight}px)` })}>
            ${repeat(this._rows, ({ row }) => row, ({ row, line, text }) => html`<div class=${classMap({ row: true, active: row === this._shown })}>
              <span class="number" aria-hidden="true" title=${line === undefined ? 'The line goes on' : nothing}>${line ?? '↪'}</span><span class="line">${this.marked(text)}</span></div>`)}
          </div>
        </div>
      </div>`;
  }
}

customElements.define('ob-text-lines', TextView);

declare global {
  interface HTMLElementTagNameMap { 'ob-text-lines': TextView }
}
