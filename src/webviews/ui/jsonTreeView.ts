// JSON as a tree of any size: an ARIA tree of which only the rows in sight exist. The tree itself keeps the keyboard and names its active
// row, so that nothing is lost when rows come and go. Buttons of a row are a mouse's shortcut for what the tool bar does with the active row.
import { html, nothing } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { repeat } from 'lit/directives/repeat.js';
import type { AnswerRequest } from '../protocol/answer.ts';
import type { CopyKind, Found, JsonRow } from './answerMessages.ts';
import { bytesInWords, countWords } from './answerWords.ts';
import { BodyView, tool } from './bodyView.ts';
import type { Formatter } from './format.ts';
import { styled } from './styled.ts';

/** Characters of a long value that its pane takes at a time. */
const paneStep = 100_000;
/** Deeper rows are not moved in further; their level is told to screen readers. */
const deepestIndent = 40;
const copied: Readonly<Record<CopyKind, string>> = { value: 'the value', object: 'the value as JSON', path: 'the JSONPath', pointer: 'the JSON Pointer' };
let trees = 0;

export class JsonTreeView extends BodyView<JsonRow> {
  static override properties = {
    ...BodyView.properties, post: { attribute: false }, formatter: { attribute: false },
    _active: { state: true }, _keys: { state: true }, _values: { state: true }, _pane: { state: true },
  };

  declare post: (message: AnswerRequest) => void;
  declare formatter: Formatter;
  /** The row that the keyboard is on. */
  declare _active: number;
  declare _keys: boolean;
  declare _values: boolean;
  /** A long value shown as far as it was asked for. */
  declare _pane: { node: number; text: string; whole: boolean; size: number } | undefined;
  protected readonly form = 'tree';
  readonly #id = `ob-json-${++trees}`;

  constructor() {
    super();
    this._active = 0;
    this._keys = true;
    this._values = true;
  }

  protected fetchRows(from: number, to: number) {
    return this.reader.ask('treeRows', { from, to });
  }

  protected searchNow(query: string): Promise<Found> {
    return this.reader.ask('search', { in: 'tree', query, keys: this._keys, values: this._values });
  }

  protected showHit(row: number): void {
    this._active = row;
    this.reveal(row, true);
  }

  protected override render() {
    const { height, drawn } = this.sight;
    return html`
      <div class="bodybar">
        ${this.searchBar(html`
          <button type="button" class="tool words" aria-pressed=${String(this._keys)} title="Search in names" @click=${() => this.#scope('_keys')}>Names</button>
          <button type="button" class="tool words" aria-pressed=${String(this._values)} title="Search in values" @click=${() => this.#scope('_values')}>Values</button>`)}
        ${this.#tools()}
      </div>
      <div class="rows tree" role="tree" tabindex="0" aria-label="Body as a tree" aria-activedescendant=${this._rows.some(({ row }) => row === this._active) ? `${this.#id}-${this._active}` : nothing}
        @scroll=${this.measure} @keydown=${this.#onKey} @click=${this.#onClick} @dblclick=${this.#onDoubleClick}>
        <div class="rows-all" role="presentation" ${styled({ height: `${height}px` })}>
          <div class="rows-drawn" role="presentation" ${styled({ transform: `translateY(${drawn.offset + ((this._rows[0]?.row ?? drawn.first) - drawn.first) * this.sight.rowHeight}px)` })}>
            ${repeat(this._rows, ({ node }) => node, (row) => this.#row(row))}
          </div>
        </div>
      </div>
      ${this._pane ? this.#paneView(this._pane) : nothing}`;
  }

  #tools() {
    const row = this.#activeRow();
    const group = row?.kind === 'object' || row?.kind === 'array';
    const none = row === undefined;
    return html`<div class="tools" role="toolbar" aria-label="Tree" @keydown=${onBarKey}>
      ${tool('expand-all', 'Unfold all', () => this.try(this.#foldAll('unfold')))}
      ${tool('collapse-all', 'Fold all', () => this.try(this.#foldAll('fold')))}
      <span class="gap"></span>
      ${tool('copy', group ? 'Copy the active row as JSON (Ctrl+C, ⌘C on a Mac)' : 'Copy the active row\'s value (Ctrl+C, ⌘C on a Mac)', () => void this.#copy('value'), none)}
      ${tool('json', 'Copy the active row as JSON, as it came', () => void this.#copy('object'), none)}
      ${tool('list-tree', 'Copy the active row\'s JSONPath (Ctrl+Shift+C)', () => void this.#copy('path'), none)}
      ${tool('link', 'Copy the active row\'s JSON Pointer', () => void this.#copy('pointer'), none)}
      <span class="gap"></span>
      ${tool('go-to-file', 'Open what the active row\'s ID names (Enter)', () => this.try(this.#follow('document')), !row?.follow)}
      ${tool('target', 'Show in Explorer what the active row\'s ID names (Shift+Enter)', () => this.try(this.#follow('tree')), !row?.follow)}
    </div>`;
  }

  #row(row: JsonRow) {
    const active = row.row === this._active;
    const group = row.kind === 'object' || row.kind === 'array';
    return html`<div role="treeitem" id="${this.#id}-${row.row}" class=${classMap({ row: true, active })} data-row=${row.row} aria-level=${row.level}
      aria-setsize=${row.siblings} aria-posinset=${row.position} aria-expanded=${group && row.count > 0 ? String(row.unfolded) : nothing} aria-selected=${String(active)}
      aria-label=${this.#spoken(row)} ${styled({ '--level': String(Math.min(row.level - 1, deepestIndent)) })}>
      <span class=${classMap({ twistie: true, codicon: group && row.count > 0, 'codicon-chevron-down': row.unfolded && row.count > 0, 'codicon-chevron-right': group && row.count > 0 && !row.unfolded })} aria-hidden="true"></span>
      ${row.key !== undefined ? html`<span class="key">${this.marked(row.key, this._keys)}</span><span class="mark">:</span>` : nothing}
      ${row.index !== undefined ? html`<span class="index">${row.index}</span><span class="mark">:</span>` : nothing}
      ${group ? this.#groupText(row) : this.#leaf(row)}
      ${active || row.cutFrom !== undefined ? this.#acts(row, group, active) : nothing}
    </div>`;
  }

  #groupText({ kind, count, text }: JsonRow) {
    const [begin, end] = kind === 'object' ? ['{', '}'] : ['[', ']'];
    return html`<span class="mark">${begin}</span><span class="count">${countWords(kind as 'object' | 'array', count, this.numbers)}</span><span class="mark">${end}</span>
      ${text ? html`<span class="preview">${text}</span>` : nothing}`;
  }

  #leaf(row: JsonRow) {
    const text = this.marked(row.text, this._values);
    return html`
      ${row.follow ? html`<span class="value link" role="link" data-act="follow" title="Open what this ID names">${text}</span>` : html`<span class="value ${row.kind}">${text}</span>`}
      ${row.moment !== undefined ? html`<span class="moment">${this.#moment(row.moment)}</span>` : nothing}`;
  }

  /** Buttons at the right edge; that a value is cut is said even where the row is not active. */
  #acts(row: JsonRow, group: boolean, active: boolean) {
    const act = (icon: string, label: string, name: string) => html`<button type="button" class="tool" tabindex="-1" data-act=${name} title=${label} aria-label=${label}>
      <span class="codicon codicon-${icon}" aria-hidden="true"></span></button>`;
    return html`<span class="acts">
      ${row.cutFrom === undefined ? nothing : html`<button type="button" class="inline" tabindex="-1" data-act="whole">Show all (${bytesInWords(row.cutFrom)})</button>`}
      ${active ? html`${group ? act('json', 'Copy as JSON', 'object') : act('copy', 'Copy value', 'value')}${act('list-tree', 'Copy JSONPath', 'path')}` : nothing}
      ${active && row.follow ? act('target', 'Show in Explorer', 'tree') : nothing}</span>`;
  }

  #moment(milliseconds: number): string {
    return this.formatter.show(milliseconds / 1000, 'moment').text;
  }

  /** A row as a screen reader says it. */
  #spoken(row: JsonRow): string {
    const name = row.key ?? (row.index === undefined ? 'Body' : String(row.index));
    if (row.kind === 'object' || row.kind === 'array') return `${name}, ${row.kind === 'object' ? 'object' : 'list'}, ${countWords(row.kind, row.count, this.numbers)}`;
    return `${name}: ${row.text}${row.moment === undefined ? '' : `, ${this.#moment(row.moment)}`}${row.follow ? ', link' : ''}${row.cutFrom === undefined ? '' : ', cut short'}`;
  }

  #paneView(pane: NonNullable<JsonTreeView['_pane']>) {
    return html`<section class="pane" aria-label="The whole value">
      <div class="panebar"><span>${pane.whole ? `${this.numbers.format(pane.text.length)} characters` : `The first ${this.numbers.format(pane.text.length)} characters of ${bytesInWords(pane.size)}`}</span>
        ${pane.whole ? nothing : html`<button type="button" class="inline" @click=${() => this.try(this.#openPane(pane.node, pane.size, pane.text.length + paneStep))}>Show more</button>`}
        ${tool('copy', 'Copy the whole value', () => void this.#copyNode(pane.node, 'value'))}
        ${tool('close', 'Close', () => this.#closePane())}</div>
      <pre class="panetext" tabindex="0" @keydown=${(event: KeyboardEvent) => { if (event.key === 'Escape') this.#closePane(); }}>${pane.text}</pre>
    </section>`;
  }

  #closePane(): void {
    this._pane = undefined;
    this.scroller?.focus({ preventScroll: true });
  }

  async #openPane(node: number, size: number, most: number): Promise<void> {
    const { text, whole } = await this.reader.ask('copy', { node, kind: 'value', most });
    this._pane = { node, text, whole, size };
    await this.updateComplete;
    this.querySelector('.pane')?.scrollIntoView({ block: 'nearest' });
    this.querySelector<HTMLElement>('.panetext')?.focus({ preventScroll: true });
  }

  #activeRow(): JsonRow | undefined {
    return this._rows.find(({ row }) => row === this._active);
  }

  #scope(which: '_keys' | '_values'): void {
    this[which] = !this[which];
    // One of them at least, else nothing could ever be found.
    if (!this._keys && !this._values) this[which === '_keys' ? '_values' : '_keys'] = true;
    void this.search();
  }

  async #foldAll(how: 'fold' | 'unfold'): Promise<void> {
    this.setTotal((await this.reader.ask('foldAll', { how })).total);
    this.#activate(Math.min(this._active, this._total - 1));
    this.refresh();
    this.say(how === 'fold' ? 'Folded.' : `Unfolded: ${this.numbers.format(this._total)} rows.`);
  }

  async #fold(row: number, how: 'fold' | 'unfold' | 'siblings'): Promise<void> {
    this.setTotal((await this.reader.ask('fold', { row, how })).total);
    this.refresh();
  }

  async #copy(kind: CopyKind): Promise<void> {
    const row = this.#activeRow();
    if (row) await this.#copyNode(row.node, kind);
  }

  #copyNode(node: number, kind: CopyKind): Promise<void> {
    return this.copyOut(this.reader.ask('copy', { node, kind }).then(({ text }) => text), copied[kind]);
  }

  async #follow(to: 'document' | 'tree'): Promise<void> {
    const row = this.#activeRow();
    if (!row?.follow) return;
    const { followed } = await this.reader.ask('follow', { node: row.node });
    if (followed) this.post({ type: 'follow', to, ...followed });
  }

  #activate(row: number): void {
    this._active = Math.max(0, Math.min(row, this._total - 1));
    this.reveal(this._active);
  }

  #onClick = (event: MouseEvent): void => {
    const target = event.target as HTMLElement;
    const at = Number(target.closest<HTMLElement>('[data-row]')?.dataset.row ?? -1);
    if (at < 0) return;
    const before = this._active;
    this._active = at;
    const row = this.#activeRow();
    const act = target.closest<HTMLElement>('[data-act]')?.dataset.act;
    if (act === 'follow') this.try(this.#follow('document'));
    else if (act === 'tree') this.try(this.#follow('tree'));
    else if (act === 'whole' && row) this.try(this.#openPane(row.node, row.cutFrom ?? 0, paneStep));
    else if (act) void this.#copy(act as CopyKind);
    // A selection of text is no click.
    else if (row && row.count > 0 && String(getSelection()) === '' && (target.closest('.twistie, .key, .index, .mark, .count, .preview') || before === at)) this.try(this.#fold(at, row.unfolded ? 'fold' : 'unfold'));
  };

  #onDoubleClick = (event: MouseEvent): void => {
    // Two clicks on a row are two clicks; they select no word.
    if ((event.target as HTMLElement).closest('.twistie, .mark, .count')) getSelection()?.removeAllRanges();
  };

  #onKey = (event: KeyboardEvent): void => {
    if (!this.#rowKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  protected override firstUpdated(): void {
    super.firstUpdated();
    this.addEventListener('keydown', (event) => { this.takeKey(event); });
  }

  #rowKey(event: KeyboardEvent): boolean {
    const { key, altKey } = event;
    const command = event.ctrlKey || event.metaKey;
    if (altKey) return false;
    if (command) {
      if (key.toLowerCase() !== 'c' || (!event.shiftKey && String(getSelection()) !== '')) return false;
      void this.#copy(event.shiftKey ? 'path' : 'value');
      return true;
    }
    const row = this.#activeRow();
    const unfoldable = row !== undefined && row.count > 0;
    switch (key) {
      case 'ArrowDown': this.#activate(this._active + 1); return true;
      case 'ArrowUp': this.#activate(this._active - 1); return true;
      case 'Home': this.#activate(0); return true;
      case 'End': this.#activate(this._total - 1); return true;
      case 'PageDown': this.#activate(this._active + this.sight.page); return true;
      case 'PageUp': this.#activate(this._active - this.sight.page); return true;
      case 'ArrowRight':
        if (unfoldable && !row.unfolded) this.try(this.#fold(row.row, 'unfold'));
        else if (unfoldable) this.#activate(this._active + 1);
        return true;
      case 'ArrowLeft':
        if (unfoldable && row.unfolded) this.try(this.#fold(row.row, 'fold'));
        else this.try(this.#toParent());
        return true;
      case '*': this.try(this.#fold(this._active, 'siblings')); return true;
      case 'Enter': case ' ':
        if (!row) return true;
        if (unfoldable) this.try(this.#fold(row.row, row.unfolded ? 'fold' : 'unfold'));
        else if (row.follow && key === 'Enter') this.try(this.#follow(event.shiftKey ? 'tree' : 'document'));
        else if (row.cutFrom !== undefined) this.try(this.#openPane(row.node, row.cutFrom, paneStep));
        return true;
      default: return false;
    }
  }

  async #toParent(): Promise<void> {
    const { row } = await this.reader.ask('parent', { row: this._active });
    if (row >= 0) this.#activate(row);
  }
}

/** Left and right walk along a tool bar. */
export function onBarKey(event: KeyboardEvent): void {
  if ((event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') || !(event.target instanceof HTMLButtonElement)) return;
  const tools = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('button:not(:disabled)')];
  tools[(tools.indexOf(event.target) + (event.key === 'ArrowRight' ? 1 : -1) + tools.length) % tools.length]?.focus();
  event.preventDefault();
}

customElements.define('ob-json-tree', JsonTreeView);

declare global {
  interface HTMLElementTagNameMap { 'ob-json-tree': JsonTreeView }
}
