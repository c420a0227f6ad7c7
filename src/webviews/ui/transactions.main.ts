// The page of transactions: hands pages on to the worker, draws what is around the table, and asks the host for what only it can do. Nothing
// of a person is kept: columns, sizes, order and what is open (transactionsState.ts).
import { html, LitElement, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import '@vscode-elements/elements/dist/vscode-progress-ring/index.js';
import { mostEnriched, type ExportFormat, type TransactionsMessage, type TransactionsRequest } from '../protocol/transactions.ts';
import './chart.ts';
import type { FileToSave } from './fileToSave.ts';
import type { Chart } from './chartTypes.ts';
import { copyText } from './clipboard.ts';
import { createFormatter, type Formatter } from './format.ts';
import type { Delimiter } from './tableText.ts';
import { detailView } from './transactionDetail.ts';
import { dayNumber, filterBar } from './transactionFilterBar.ts';
import { isFiltering, noAmounts, noFilter, withAmounts, type AmountTexts, type TransactionFilter } from './transactionFilter.ts';
import { closeMenus } from './transactionMenu.ts';
import { labelOf } from './transactionFields.ts';
import './transactionGrid.ts';
import type { LineRange, Notice, Reply, RowLine, Summary } from './transactionMessages.ts';
import type { Grouping, TransactionSort } from './transactionOrder.ts';
import { TransactionReader } from './transactionReader.ts';
import { isOfReading, TransactionReading, type ReadingProgress } from './transactionReading.ts';
import { TransactionSaving, type SavingState } from './transactionSaving.ts';
import { emptyView, footView, stateView } from './transactionStateView.ts';
import { toolBar, type ToolBarState } from './transactionToolBar.ts';
import { transactionStyles } from './transactionStyles.ts';
import type { Totals } from './transactionSums.ts';
import { readKept, stateToKeep, usualColumns, widthOf, type ShownColumn } from './transactionsState.ts';
import { pageTitle, rowsWords, shownWords } from './transactionWords.ts';
import { openChannel } from './vscode.ts';

const channel = openChannel<TransactionsRequest, TransactionsMessage>();
const typingPause = 150;
const chartPause = 300;
const empty: Summary = { version: 0, loaded: 0, lines: 0, groups: 0, totals: { rows: 0, pending: 0, shadow: 0, turned: 0, untyped: 0, sums: [] }, columns: [], categories: [], accounts: [] };

class TransactionsPage extends LitElement {
  static override properties = Object.fromEntries(['_begun', '_progress', '_summary', '_filter', '_amounts', '_sort', '_group', '_columns', '_charts', '_shownCharts', '_detail',
    '_shownDetail', '_selected', '_streams', '_recurring', '_testing', '_customer', '_saving', '_said', '_busy'].map((name) => [name, { state: true }]));

  declare _begun: boolean;
  declare _progress: ReadingProgress;
  declare _summary: Summary;
  declare _filter: TransactionFilter;
  declare _amounts: AmountTexts;
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
  declare _customer: string | undefined;
  declare _saving: SavingState | undefined;
  declare _said: string;
  declare _busy: boolean;
  #reader!: TransactionReader;
  #reading!: TransactionReading;
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
    Object.assign(this, { _begun: false, _progress: { state: 'loading', moved: false, changed: false, awaited: true }, _summary: empty, _filter: kept.filter, _amounts: noAmounts, _sort: kept.sort, _group: kept.group,
      _columns: kept.columns, _charts: [], _shownCharts: kept.charts,
      _shownDetail: kept.detail, _streams: 0, _recurring: false, _testing: false, _said: '', _busy: false });
  }

  protected override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#reader = new TransactionReader(this.dataset.worker ?? '', (notice) => this.#hear(notice));
    this.#reading = new TransactionReading(this.#reader, (message) => channel.post(message), (progress) => {
      this._progress = progress;
      if (progress.state !== 'loading') this.#drawChartsSoon();
    });
    // What was kept: the worker shows pages by it from the first on.
    if (this._sort || this._group || isFiltering(this._filter)) void this.#look();
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
    if (isOfReading(message)) return this.#reading.take(message);
    switch (message.type) {
      case 'begin':
        this.#locale = message.locale;
        this.#formatter = createFormatter(message.locale);
        this.#numbers = new Intl.NumberFormat(message.locale);
        this.#accountId = message.accountId;
        this._begun = true;
        return;
      case 'about':
        this._testing = message.testing;
        this._customer = message.customer;
        await this.#reader.ask('accounts', { accounts: message.accounts });
        return;
      case 'recurring': return this.#recurringCame(message.streams);
      case 'exportNext': case 'exportEnded': return this.#export.take(message);
    }
  }

  async #recurringCame(streams: Extract<TransactionsMessage, { type: 'recurring' }>['streams']): Promise<void> {
    this._recurring = false;
    if (!streams) return;
    await this.#reader.ask('streams', { streams });
    this._streams = streams.length;
    this.#say(streams.length === 0 ? 'Nothing recurring was found.' : `${this.#numbers.format(streams.length)} recurring ${streams.length === 1 ? 'stream' : 'streams'} found: those with rows here mark them, and rows can be grouped by stream.`);
  }

  #hear(notice: Notice): void {
    if (notice.type === 'stopped') {
      // A new worker knows nothing: what it showed has to be read again, by the same view.
      this._summary = empty;
      this.#reading.fail(notice.text);
      void this.#look();
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
    if (summary.loaded > 0) this.#say(shownWords(summary, this.#numbers));
  }

  #drawChartsSoon(): void {
    if (!this._shownCharts) return;
    clearTimeout(this.#chartsSoon);
    this.#chartsSoon = setTimeout(() => void this.#drawCharts(), chartPause);
  }

  async #drawCharts(): Promise<void> {
    const { state, range } = this._progress;
    const whole = state === 'loaded' || state === 'paused';
    const { charts } = await this.#reader.ask('charts', { ...(whole && range && { balanceTo: range.to }) });
    this._charts = charts;
  }

  #keep(): void {
    channel.keep(stateToKeep({ columns: this._columns, sort: this._sort, group: this._group, filter: this._filter, charts: this._shownCharts, detail: this._shownDetail }));
  }

  #say(words: string): void {
    this._said = words;
  }

  protected override render() {
    if (!this._begun) return html`<div class="center" role="status"><vscode-progress-ring></vscode-progress-ring></div>`;
    const { loaded } = this._summary;
    return html`
      ${toolBar(this.#toolState())}
      ${loaded > 0 || this._progress.state === 'loading' ? filterBar({
        filter: this._filter, amounts: this._amounts, group: this._group, summary: this._summary, numbers: this.#numbers, hasStreams: this._streams > 0,
        change: (filter) => this.#filter(filter), type: (filter) => this.#filter(filter, typingPause),
        typeAmounts: (amounts) => { this._amounts = amounts; this.#filter(withAmounts(this._filter, amounts)); }, clear: () => { this._amounts = noAmounts; this.#filter(noFilter); },
        regroup: (group) => { this._group = group; this.#keep(); void this.#look(); }, foldAll: (open) => void this.#reader.ask('foldAll', { open }),
      }) : nothing}
      ${stateView(this._progress, this._saving, loaded, this.#numbers, {
        goOn: () => channel.post({ type: 'goOn' }), stop: () => channel.post({ type: 'stop' }), reload: () => channel.post({ type: 'reload' }), stopExport: () => this.#export.stop(),
      })}
      ${this._shownCharts && this._charts.length > 0 ? html`<div class="charts" @save-file=${({ detail }: CustomEvent<FileToSave>) => channel.post({ type: 'saveFile', ...detail })}>
        ${repeat(this._charts, ({ id }) => id, (chart) => html`<ob-chart .chart=${chart} .formatter=${this.#formatter}></ob-chart>`)}</div>` : nothing}
      <div class="middle">
        ${loaded === 0 ? emptyView(this._progress, this.#formatter) : this.#gridView()}
        ${this._shownDetail && loaded > 0 ? detailView(this._detail, this.#formatter, { close: () => this.#showDetail(false), copy: () => void this.#copyRecord() }) : nothing}
      </div>
      ${loaded > 0 ? footView(this._summary, this._selected?.totals, this._busy, this.#formatter, this.#numbers) : nothing}
      <div class="said" role="status" aria-live="polite">${this._said}</div>`;
  }

  #toolState(): ToolBarState {
    return {
      title: pageTitle(this._summary, this.#accountId, this._customer),
      reading: this._progress.state === 'loading', range: this._progress.range, columns: this.#shown, infos: this._summary.columns, charts: this._shownCharts, detail: this._shownDetail, testing: this._testing, recurring: this._recurring,
      rows: this._summary.totals.rows, selected: this._selected?.rows ?? 0, mayEnrich: mostEnriched, saving: this._saving !== undefined, accountKnown: this.#accountId !== undefined || this.#active !== undefined,
      load: (from, to, includePending) => this.#load(from, to, includePending), choose: (key, on) => this.#choose(key, on), move: (key, by) => this.#move(key, by), usual: () => this.#setColumns(undefined),
      toggleCharts: () => this.#toggleCharts(), toggleDetail: () => this.#showDetail(!this._shownDetail), send: (type) => this.#send(type), enrich: () => void this.#enrich(), saveAs: (...wish) => void this.#save(...wish),
    };
  }

  #gridView() {
    return html`<ob-transaction-grid .reader=${this.#reader} .summary=${this._summary} .columns=${this.#shown} .sort=${this._sort} .group=${this._group} .formatter=${this.#formatter} .locale=${this.#locale}
      .onSort=${this.#onSort} .onColumns=${this.#setColumns} .onActive=${this.#onActive} .onSelect=${this.#onSelect} .onDetails=${this.#onDetails}></ob-transaction-grid>`;
  }

  #filter(filter: TransactionFilter, pause = 0): void {
    this._filter = filter;
    this.#keep();
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
