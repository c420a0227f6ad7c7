// The page of transactions: hands pages on to the worker, draws what is around the table, and asks the host for what only it can do. Nothing
// of a person is kept: columns, sizes and what is open alone.
import { html, LitElement, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import '@vscode-elements/elements/dist/vscode-progress-ring/index.js';
import { mostEnriched, type ExportFormat, type LoadRange, type TransactionsMessage, type TransactionsRequest } from '../protocol/transactions.ts';
import './chart.ts';
import type { FileToSave } from './fileToSave.ts';
import type { Chart } from './chartTypes.ts';
import { copyText } from './clipboard.ts';
import { createFormatter, type Formatter } from './format.ts';
import type { Delimiter } from './tableText.ts';
import { detailView } from './transactionDetail.ts';
import { closeMenus, dayNumber, filterBar } from './transactionFilterBar.ts';
import { isFiltering, noFilter, type TransactionFilter } from './transactionFilter.ts';
import { labelOf } from './transactionFields.ts';
import './transactionGrid.ts';
import type { LineRange, Notice, Reply, RowLine, Summary } from './transactionMessages.ts';
import type { Grouping, TransactionSort } from './transactionOrder.ts';
import { TransactionReader } from './transactionReader.ts';
import { TransactionSaving, type SavingState } from './transactionSaving.ts';
import { toolBar, type ToolBarState } from './transactionToolBar.ts';
import { transactionStyles } from './transactionStyles.ts';
import type { Totals } from './transactionSums.ts';
import { readKept, usualColumns, widthOf, type ShownColumn } from './transactionsState.ts';
import { loadedWords, rowsWords, shownWords, sumNotes, sumWords } from './transactionWords.ts';
import { openChannel } from './vscode.ts';

type Reading = 'loading' | 'loaded' | 'paused' | 'stopped' | 'failed';

const channel = openChannel<TransactionsRequest, TransactionsMessage>();
const typingPause = 150;
const chartPause = 300;
const empty: Summary = { version: 0, loaded: 0, lines: 0, groups: 0, totals: { rows: 0, pending: 0, shadow: 0, turned: 0, sums: [] }, columns: [], categories: [], accounts: [] };

class TransactionsPage extends LitElement {
  static override properties = Object.fromEntries(['_begun', '_reading', '_problem', '_moved', '_changed', '_found', '_range', '_summary', '_filter', '_sort', '_group', '_columns', '_charts', '_shownCharts', '_detail',
    '_shownDetail', '_selected', '_streams', '_recurring', '_testing', '_saving', '_said', '_busy'].map((name) => [name, { state: true }]));

  declare _begun: boolean;
  declare _reading: Reading;
  declare _problem: string | undefined;
  declare _moved: boolean;
  declare _changed: boolean;
  declare _found: number | undefined;
  declare _range: LoadRange | undefined;
  declare _summary: Summary;
  declare _filter: TransactionFilter;
  declare _sort: TransactionSort | undefined;
  declare _group: Grouping | undefined;
  /** What the person chose; until then it is what there is. */
  declare _columns: readonly ShownColumn[] | undefined;
  declare _charts: readonly Chart[];
  declare _shownCharts: boolean;
  declare _detail: Reply['record'] | undefined;
  declare _shownDetail: boolean;
  declare _selected: { rows: number; totals: Totals } | undefined;
  declare _streams: number;
  declare _recurring: boolean;
  declare _testing: boolean;
  declare _saving: SavingState | undefined;
  declare _said: string;
  declare _busy: boolean;
  #reader!: TransactionReader;
  #export!: TransactionSaving;
  #formatter: Formatter = createFormatter('en');
  #locale = 'en';
  #numbers = new Intl.NumberFormat('en');
  #accountId: string | undefined;
  #active: RowLine | undefined;
  #ranges: readonly LineRange[] = [];
  #usual: readonly ShownColumn[] = [];
  #typing: ReturnType<typeof setTimeout> | undefined;
  #chartsSoon: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  constructor() {
    super();
    const kept = readKept(channel.state());
    Object.assign(this, { _begun: false, _reading: 'loading', _moved: false, _changed: false, _summary: empty, _filter: noFilter, _sort: kept.sort, _columns: kept.columns, _charts: [], _shownCharts: kept.charts,
      _shownDetail: kept.detail, _streams: 0, _recurring: false, _testing: false, _said: '', _busy: false });
  }

  protected override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#reader = new TransactionReader(this.dataset.worker ?? '', (notice) => this.#hear(notice));
    this.#export = new TransactionSaving(this.#reader, (message) => channel.post(message), (state, words) => {
      this._saving = state;
      if (words !== undefined) this.#say(words);
    });
    channel.listen((message) => void this.#take(message));
    window.addEventListener('keydown', this.#onKey, { capture: true });
    window.addEventListener('click', (event) => closeMenus(this, event.target));
    window.addEventListener('blur', () => closeMenus(this, null));
    channel.post({ type: 'ready' });
  }

  async #take(message: TransactionsMessage): Promise<void> {
    switch (message.type) {
      case 'begin':
        this.#locale = message.locale;
        this.#formatter = createFormatter(message.locale);
        this.#numbers = new Intl.NumberFormat(message.locale);
        this.#accountId = message.accountId;
        this._range = message.range;
        this._begun = true;
        return;
      case 'about':
        this._testing = message.testing;
        await this.#reader.ask('accounts', { accounts: message.accounts });
        return;
      case 'loading':
        this._reading = 'loading';
        this._problem = undefined;
        this._range = message.range;
        if (!message.goesOn) Object.assign(this, { _changed: false, _moved: false, _found: undefined });
        return;
      case 'page': return this.#page(message);
      case 'loaded': case 'paused': case 'stopped': case 'failed': return this.#ended(message);
      case 'changed':
        this._changed = true;
        return;
      case 'recurring': return this.#recurringCame(message.streams);
      case 'exportNext': case 'exportEnded': return this.#export.take(message);
    }
  }

  async #page({ seq, fresh, bytes, found }: Extract<TransactionsMessage, { type: 'page' }>): Promise<void> {
    if (found !== undefined) this._found = found;
    try {
      const { problem } = await this.#reader.ask('page', { bytes, fresh, ...(found !== undefined && { found }) });
      if (problem !== undefined) this._problem = problem;
      channel.post({ type: 'took', seq });
    } catch (error) {
      this._reading = 'failed';
      this._problem = error instanceof Error ? error.message : String(error);
      channel.post({ type: 'stop' });
    }
  }

  #ended(message: Extract<TransactionsMessage, { type: 'loaded' | 'paused' | 'stopped' | 'failed' }>): void {
    this._reading = message.type;
    if (message.type === 'failed') this._problem = message.text;
    if (message.type === 'loaded') this._moved = message.moved;
    this.#drawChartsSoon();
  }

  async #recurringCame(streams: Extract<TransactionsMessage, { type: 'recurring' }>['streams']): Promise<void> {
    this._recurring = false;
    if (!streams) return;
    await this.#reader.ask('streams', { streams });
    this._streams = streams.length;
    this.#say(streams.length === 0 ? 'Nothing recurring was found.' : `${this.#numbers.format(streams.length)} recurring ${streams.length === 1 ? 'stream' : 'streams'}: rows are marked, and can be grouped by it.`);
  }

  #hear(notice: Notice): void {
    if (notice.type === 'stopped') {
      this._reading = 'failed';
      this._problem = notice.text;
      return;
    }
    this.#show(notice.summary);
  }

  #show(summary: Summary): void {
    this._summary = summary;
    if (!this._columns) {
      const usual = usualColumns(summary.columns);
      if (usual.map(({ key }) => key).join() !== this.#usual.map(({ key }) => key).join()) this.#usual = usual;
    }
    this.#drawChartsSoon();
  }

  get #shown(): readonly ShownColumn[] {
    return this._columns ?? this.#usual;
  }

  async #look(): Promise<void> {
    clearTimeout(this.#typing);
    const asked = ++this.#asked;
    this._busy = true;
    const { summary } = await this.#reader.ask('view', { filter: this._filter, ...(this._sort && { sort: this._sort }), ...(this._group && { group: this._group }) });
    if (asked !== this.#asked) return;
    this._busy = false;
    if (!summary) return;
    this.#show(summary);
    this.#say(shownWords(summary, this.#numbers));
  }

  #drawChartsSoon(): void {
    if (!this._shownCharts) return;
    clearTimeout(this.#chartsSoon);
    this.#chartsSoon = setTimeout(() => void this.#drawCharts(), chartPause);
  }

  async #drawCharts(): Promise<void> {
    const whole = this._reading === 'loaded' || this._reading === 'paused';
    const { charts } = await this.#reader.ask('charts', { ...(whole && this._range && { balanceTo: this._range.to }) });
    this._charts = charts;
  }

  #keep(): void {
    channel.keep({ ...(this._columns && { columns: this._columns }), ...(this._sort && { sort: this._sort }), charts: this._shownCharts, detail: this._shownDetail });
  }

  #say(words: string): void {
    this._said = words;
  }

  protected override render() {
    if (!this._begun) return html`<div class="center" role="status"><vscode-progress-ring></vscode-progress-ring></div>`;
    const { loaded } = this._summary;
    return html`
      ${toolBar(this.#toolState())}
      ${loaded > 0 ? filterBar({
        filter: this._filter, group: this._group, summary: this._summary, numbers: this.#numbers, hasStreams: this._streams > 0,
        change: (filter) => this.#filter(filter), type: (filter) => this.#filter(filter, typingPause),
        regroup: (group) => { this._group = group; void this.#look(); }, foldAll: (open) => void this.#reader.ask('foldAll', { open }),
      }) : nothing}
      ${this.#stateView()}
      ${this._shownCharts && this._charts.length > 0 ? html`<div class="charts" @save-file=${({ detail }: CustomEvent<FileToSave>) => channel.post({ type: 'saveFile', ...detail })}>
        ${repeat(this._charts, ({ id }) => id, (chart) => html`<ob-chart .chart=${chart} .formatter=${this.#formatter}></ob-chart>`)}</div>` : nothing}
      <div class="middle">
        ${loaded === 0 ? this.#emptyView() : this.#gridView()}
        ${this._shownDetail && loaded > 0 ? detailView(this._detail, this.#formatter, { close: () => this.#showDetail(false), copy: () => void this.#copyRecord() }) : nothing}
      </div>
      ${loaded > 0 ? this.#foot() : nothing}
      <div class="said" role="status" aria-live="polite">${this._said}</div>`;
  }

  #toolState(): ToolBarState {
    return {
      title: this.#accountId === undefined ? 'Transactions of the customer' : `Transactions of ${this._summary.accounts.find(({ id }) => id === this.#accountId)?.name ?? `account ${this.#accountId}`}`,
      reading: this._reading === 'loading', range: this._range, columns: this.#shown, infos: this._summary.columns, charts: this._shownCharts, detail: this._shownDetail, testing: this._testing, recurring: this._recurring,
      rows: this._summary.totals.rows, selected: this._selected?.rows ?? 0, mayEnrich: mostEnriched, saving: this._saving !== undefined, accountKnown: this.#accountId !== undefined || this.#active !== undefined,
      load: (from, to, includePending) => this.#load(from, to, includePending), choose: (key, on) => this.#choose(key, on), move: (key, by) => this.#move(key, by), usual: () => this.#setColumns(undefined),
      toggleCharts: () => this.#toggleCharts(), toggleDetail: () => this.#showDetail(!this._shownDetail), send: (type) => this.#send(type), enrich: () => void this.#enrich(), saveAs: (...wish) => void this.#save(...wish),
    };
  }

  #stateView() {
    const { loaded } = this._summary;
    const words = loadedWords(loaded, this._found, this.#numbers);
    const goOn = (label: string) => html`<button type="button" class="tool" @click=${() => channel.post({ type: 'goOn' })}><span class="codicon codicon-debug-continue" aria-hidden="true"></span>${label}</button>`;
    const stop = html`<button type="button" class="tool" @click=${() => channel.post({ type: 'stop' })}><span class="codicon codicon-debug-stop" aria-hidden="true"></span>Stop</button>`;
    if (this._saving) return html`<div class="state" role="group" aria-label="Export"><progress max=${this._saving.total || 1} .value=${this._saving.rows}></progress>
      <span>Exporting: ${loadedWords(this._saving.rows, this._saving.total, this.#numbers)}</span><button type="button" class="tool" @click=${() => this.#export.stop()}>Cancel</button></div>`;
    switch (this._reading) {
      case 'loading': return html`<div class="state" role="group" aria-label="Reading">${this._found === undefined ? html`<progress aria-label="Reading"></progress>` : html`<progress aria-label="Reading" max=${this._found || 1} .value=${Math.min(loaded, this._found)}></progress>`}
        <span id="progress">${words}</span>${stop}</div>`;
      case 'failed': return html`<div class="state bad" role="alert"><p>${this._problem ?? 'The transactions could not be read.'}${loaded > 0 ? html` <span>${words} are loaded and stay.</span>` : nothing}</p>
        <button type="button" class="main" @click=${() => channel.post({ type: loaded > 0 ? 'goOn' : 'reload' })}>Retry</button></div>`;
      case 'stopped': return html`<div class="state"><span>Stopped: ${words}.</span>${goOn('Read On')}</div>`;
      case 'paused': return html`<div class="state"><span>${words} are loaded.</span>${goOn('Read the Rest')}</div>`;
      case 'loaded': return this._changed || this._moved || this._problem !== undefined ? html`<div class="state" role="status">
        <span>${this._problem ?? (this._changed ? 'Something changed at the source after this was read.' : 'The list changed while it was read: a row may be missing or be there twice.')}</span>
        <button type="button" class="tool" @click=${() => channel.post({ type: 'reload' })}><span class="codicon codicon-refresh" aria-hidden="true"></span>Reload</button></div>` : nothing;
    }
  }

  #emptyView() {
    if (this._reading === 'loading') return html`<div class="center" role="status"><vscode-progress-ring></vscode-progress-ring><p>Reading transactions…</p></div>`;
    if (this._reading === 'failed') return nothing;
    return html`<div class="center"><p>${this._reading === 'stopped' ? 'The reading was stopped.' : `There are no transactions from ${this.#rangeWords()}.`}</p>
      <p class="muted">An account has none before it was refreshed once. Older ones come with Load History; another range is chosen above.</p></div>`;
  }

  #rangeWords(): string {
    const show = (seconds: number) => this.#formatter.show(seconds, 'day').text;
    return this._range ? `${show(this._range.from)} to ${show(this._range.to)}` : '';
  }

  #gridView() {
    return html`<ob-transaction-grid .reader=${this.#reader} .summary=${this._summary} .columns=${this.#shown} .sort=${this._sort} .group=${this._group} .formatter=${this.#formatter} .locale=${this.#locale}
      .onSort=${this.#onSort} .onColumns=${this.#setColumns} .onActive=${this.#onActive} .onSelect=${this.#onSelect} .onDetails=${this.#onDetails}></ob-transaction-grid>`;
  }

  #foot() {
    const several = this._selected !== undefined && this._selected.rows > 1;
    const totals = several ? this._selected!.totals : this._summary.totals;
    const notes = sumNotes(totals, this.#numbers);
    return html`<div class="foot" role="group" aria-label=${several ? 'Sums of the selection' : 'Sums of what is shown'}>
      <strong>${several ? `Selected: ${rowsWords(totals.rows, this.#numbers)}` : shownWords(this._summary, this.#numbers)}</strong>
      ${this._busy ? html`<span class="muted">…</span>` : nothing}
      ${sumWords(totals, this.#formatter, this.#numbers).map((sum) => html`<span class="sum">${sum.currency === '' ? nothing : html`<strong>${sum.currency}</strong> `}In ${sum.in}</span> <span class="sum">Out ${sum.out}</span> <span class="sum">Net ${sum.net}</span> `)}
      ${notes.length > 0 ? html`<span class="muted">${notes.join(' ')}</span>` : nothing}
    </div>`;
  }

  #filter(filter: TransactionFilter, pause = 0): void {
    this._filter = filter;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => void this.#look(), pause);
  }

  #onSort = (key: string): void => {
    // Up, down, and back to the order of the API.
    this._sort = this._sort?.key !== key ? { key, down: false } : this._sort.down ? undefined : { key, down: true };
    this.#keep();
    void this.#look();
  };

  #setColumns = (columns: readonly ShownColumn[] | undefined): void => {
    this._columns = columns;
    if (!columns) this.#usual = usualColumns(this._summary.columns);
    this.#keep();
  };

  #choose(key: string, on: boolean): void {
    const info = this._summary.columns.find((one) => one.key === key);
    const next = on && info ? [...this.#shown, { key, width: widthOf(info) }] : this.#shown.filter((column) => column.key !== key);
    if (next.length > 0) this.#setColumns(next);
  }

  #move(key: string, by: 1 | -1): void {
    const columns = [...this.#shown];
    const at = columns.findIndex((column) => column.key === key);
    const other = columns[at + by];
    if (!other) return;
    [columns[at], columns[at + by]] = [other, columns[at]!];
    this.#setColumns(columns);
    this.#say(`${labelOf(key)} is now column ${at + by + 1} of ${columns.length}.`);
  }

  #onActive = (line: RowLine | undefined): void => {
    this.#active = line;
    if (this._shownDetail) void this.#readDetail();
  };

  #onDetails = (): void => this.#showDetail(true);

  #showDetail(shown: boolean): void {
    this._shownDetail = shown;
    this.#keep();
    if (shown) void this.#readDetail();
    else this.querySelector<HTMLElement>('.tgrid')?.focus({ preventScroll: true });
  }

  async #readDetail(): Promise<void> {
    const active = this.#active;
    const detail = active && await this.#reader.ask('record', { row: active.row });
    if (active === this.#active) this._detail = detail;
  }

  #onSelect = (ranges: readonly LineRange[]): void => {
    this.#ranges = ranges;
    void this.#sumSelection(ranges);
  };

  async #sumSelection(ranges: readonly LineRange[]): Promise<void> {
    if (ranges.length === 0) {
      this._selected = undefined;
      return;
    }
    const { totals } = await this.#reader.ask('select', { ranges });
    if (ranges === this.#ranges) this._selected = { rows: totals.rows, totals };
  }

  #toggleCharts(): void {
    this._shownCharts = !this._shownCharts;
    this.#keep();
    if (this._shownCharts) void this.#drawCharts();
  }

  #load(fromText: string, toText: string, includePending: boolean): void {
    const from = dayNumber(fromText);
    const to = dayNumber(toText);
    if (from === undefined || to === undefined || from > to) return this.#say('The first day must not be after the last.');
    closeMenus(this, null);
    // The whole of the last day.
    channel.post({ type: 'load', range: { from: Math.max(0, from * 86_400), to: to * 86_400 + 86_399, includePending } });
  }

  #send(type: 'reload' | 'openJson' | 'loadHistory' | 'addTest' | 'recurring'): void {
    closeMenus(this, null);
    if (type === 'recurring') this._recurring = true;
    if (type !== 'addTest' && type !== 'loadHistory') return channel.post({ type });
    const accountId = this.#accountId ?? this.#activeAccount();
    channel.post({ type, ...(accountId !== undefined && { accountId }) });
  }

  #activeAccount(): string | undefined {
    const id = this._detail?.record.accountId;
    return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
  }

  async #enrich(): Promise<void> {
    closeMenus(this, null);
    const { records, all } = await this.#reader.ask('records', { ranges: this.#ranges, most: mostEnriched });
    if (records.length === 0) return;
    if (all > records.length) this.#say(`The API takes ${this.#numbers.format(mostEnriched)} at once: the first ${this.#numbers.format(records.length)} of ${this.#numbers.format(all)} are in the request.`);
    channel.post({ type: 'enrich', rows: records });
  }

  async #save(format: ExportFormat, options: { delimiter: Delimiter; bom: boolean; isoDates: boolean; shownColumns: boolean; selection: boolean }): Promise<void> {
    closeMenus(this, null);
    const { delimiter, bom, isoDates, shownColumns, selection } = options;
    await this.#export.begin({ format, delimiter, bom, isoDates, ...(shownColumns && { columns: this.#shown.map(({ key }) => key) }), ...(selection && this.#ranges.length > 0 && { ranges: this.#ranges }) });
  }

  async #copy(): Promise<void> {
    const { text, rows, whole } = await this.#reader.ask('copy', { ranges: this.#ranges, columns: this.#shown.map(({ key }) => key) });
    const done = rows > 0 && await copyText(text);
    this.#say(!done ? 'Nothing was copied.' : whole ? `${rowsWords(rows, this.#numbers)} copied.` : `The first ${rowsWords(rows, this.#numbers)} copied; export the rest to a file.`);
  }

  async #copyRecord(): Promise<void> {
    if (this._detail && await copyText(JSON.stringify(this._detail.record, null, 2))) this.#say('The transaction was copied as JSON.');
  }

  #onKey = (event: KeyboardEvent): void => {
    const command = event.ctrlKey || event.metaKey;
    const inGrid = (event.target as HTMLElement).closest('.tgrid') !== null;
    if (command && event.key.toLowerCase() === 'f') {
      this.querySelector<HTMLInputElement>('#text')?.select();
      this.querySelector<HTMLInputElement>('#text')?.focus();
    } else if (command && inGrid && event.key.toLowerCase() === 'c' && String(getSelection()) === '') void this.#copy();
    else if (event.key === 'Escape' && inGrid && this._shownDetail) this.#showDetail(false);
    else if (event.key === 'Escape' && (event.target as HTMLElement).id === 'text' && isFiltering(this._filter)) this.#filter({ ...this._filter, text: '' });
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

customElements.define('ob-transactions', TransactionsPage);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, ...transactionStyles];
