// The History view: draws the store's rows, remembers what it is narrowed to and how far each day is shown, and reads what other windows
// wrote whenever somebody looks. Holds no calls of its own.
import * as vscode from 'vscode';
import type { Connections } from '../../credentials/connections.ts';
import type { HistoryEntry } from '../../history/entry.ts';
import { filterText, isEmpty, matches, type HistoryFilter } from '../../history/filter.ts';
import { days, describeRow, pageSize, type HistoryRow } from '../../history/rows.ts';
import type { HistoryStore } from '../../history/store.ts';

/** The editor's view of the history, and how it is told that rows have changed. */
export interface HistorySurface {
  view: vscode.TreeView<HistoryRow>;
  treeChanged(): void;
}

/** Milliseconds between two drawings while calls come in. */
const drawMs = 400;

export class HistoryView implements vscode.Disposable {
  readonly #store: HistoryStore;
  readonly #connections: Connections;
  readonly #surface: HistorySurface;
  readonly #shown = new Map<string, number>();
  readonly #subscriptions: { dispose(): unknown }[];
  #filter: HistoryFilter = {};
  #timer: NodeJS.Timeout | undefined;
  #loaded = false;
  #mixed = false;

  constructor(store: HistoryStore, connections: Connections, surface: HistorySurface) {
    this.#store = store;
    this.#connections = connections;
    this.#surface = surface;
    const look = (): void => { if (surface.view.visible && this.#loaded) void this.refresh(); };
    this.#subscriptions = [
      store.onDidChange(() => this.#drawSoon()),
      surface.view.onDidChangeVisibility(look),
      vscode.window.onDidChangeWindowState(({ focused }) => { if (focused) look(); }),
      connections.onDidChange(() => this.#drawSoon()),
    ];
  }

  get filter(): HistoryFilter {
    return this.#filter;
  }

  /** Calls that are shown, newest first. */
  async entries(): Promise<readonly HistoryEntry[]> {
    if (!this.#loaded) {
      this.#loaded = true;
      await this.#store.sync();
    }
    const all = this.#store.list();
    return isEmpty(this.#filter) ? all : all.filter((entry) => matches(entry, this.#filter));
  }

  async getChildren(row?: HistoryRow): Promise<HistoryRow[]> {
    if (!row) {
      const entries = await this.entries();
      this.#mixed = entries.some(({ connectionId }) => connectionId !== entries[0]!.connectionId);
      this.#say(entries.length);
      return days(entries);
    }
    if (row.kind !== 'day') return [];
    const shown = this.#shown.get(row.key) ?? pageSize;
    const rows: HistoryRow[] = row.calls.slice(0, shown).map((entry) => ({ kind: 'call', entry }));
    if (row.calls.length > shown) rows.push({ kind: 'more', day: row.key, shown, total: row.calls.length });
    return rows;
  }

  getTreeItem(row: HistoryRow): vscode.TreeItem {
    const view = describeRow(row, { now: Date.now(), labelOf: (id) => this.labelOf(id), mixed: this.#mixed });
    const item = new vscode.TreeItem(view.label, { leaf: vscode.TreeItemCollapsibleState.None, collapsed: vscode.TreeItemCollapsibleState.Collapsed, expanded: vscode.TreeItemCollapsibleState.Expanded }[view.state]);
    item.id = view.id;
    item.description = view.description;
    item.tooltip = new vscode.MarkdownString(view.tooltip, false);
    item.iconPath = new vscode.ThemeIcon(view.icon.id, view.icon.color === undefined ? undefined : new vscode.ThemeColor(view.icon.color));
    item.contextValue = view.contextValue;
    item.accessibilityInformation = { label: view.spoken };
    if (view.command) item.command = { command: view.command.id, title: view.command.title, arguments: [row] };
    return item;
  }

  labelOf(connectionId: string): string {
    return this.#connections.get(connectionId)?.label ?? 'a removed connection';
  }

  /** Selected calls, of the row a command was run on when it is not among them. */
  selection(row: HistoryRow | undefined): HistoryEntry[] {
    const selected = this.#surface.view.selection;
    const rows = row && !selected.some((one) => sameCall(one, row)) ? [row] : selected;
    return rows.flatMap((one) => (one.kind === 'call' ? [one.entry] : one.kind === 'day' ? one.calls : []));
  }

  async narrow(change: HistoryFilter): Promise<void> {
    this.#filter = { ...this.#filter, ...change };
    this.#shown.clear();
    await vscode.commands.executeCommand('setContext', 'openBanking.historyFiltered', !isEmpty(this.#filter));
    this.#say((await this.entries()).length);
    this.#surface.treeChanged();
  }

  clearFilter(): Promise<void> {
    return this.narrow({ text: undefined, operationId: undefined, status: undefined, connectionId: undefined });
  }

  loadMore(day: string): void {
    this.#shown.set(day, (this.#shown.get(day) ?? pageSize) + 2 * pageSize);
    this.#surface.treeChanged();
  }

  async refresh(): Promise<void> {
    await this.#store.flush();
    await this.#store.sync();
    this.#surface.treeChanged();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #drawSoon(): void {
    if (!this.#loaded || !this.#surface.view.visible) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#surface.treeChanged();
    }, drawMs);
  }

  /** In the view's head: what it is narrowed to, and what is wrong with the files. */
  #say(count: number): void {
    const { setAside, newer, trouble } = this.#store;
    this.#surface.view.message = [
      filterText(this.#filter, (id) => this.labelOf(id)), !isEmpty(this.#filter) && count === 0 && 'No call is like that.',
      setAside > 0 && `${setAside} damaged ${setAside === 1 ? 'line was' : 'lines were'} set aside.`, newer > 0 && 'Calls written by a newer version are not shown.', trouble,
    ].filter(Boolean).join(' ') || undefined;
  }
}

const sameCall = (one: HistoryRow, other: HistoryRow): boolean =>
  one === other || (one.kind === 'call' && other.kind === 'call' && one.entry.id === other.entry.id) || (one.kind === 'day' && other.kind === 'day' && one.key === other.key);
