// The Operations view: hands the editor the rows, and says in its head what it is narrowed to. The catalogue is loaded with the first rows.
import * as vscode from 'vscode';
import type { OperationEntry } from '../../api/catalogue.ts';
import { plainText } from '../../client/plainText.ts';
import { markdown } from '../treeItems.ts';
import type { OperationBook } from './book.ts';
import { describeRow } from './describe.ts';
import { found, heads, membersOf, type OperationRow } from './rows.ts';

/** The editor's view, and how it is told that rows have changed. */
export interface OperationsSurface {
  view: vscode.TreeView<OperationRow>;
  treeChanged(row: OperationRow | undefined): void;
}

const states = { leaf: vscode.TreeItemCollapsibleState.None, collapsed: vscode.TreeItemCollapsibleState.Collapsed, expanded: vscode.TreeItemCollapsibleState.Expanded } as const;

export class OperationsView {
  readonly #surface: OperationsSurface;
  readonly #book: OperationBook;
  #search: string | undefined;

  constructor(surface: OperationsSurface, book: OperationBook) {
    this.#surface = surface;
    this.#book = book;
  }

  get search(): string | undefined {
    return this.#search;
  }

  async getChildren(row?: OperationRow): Promise<OperationRow[]> {
    const favourites = this.#book.favourites();
    if (row) return membersOf(row, favourites);
    return heads({ catalogue: await catalogue(), favourites, recent: this.#book.recent(), search: this.#search });
  }

  getTreeItem(row: OperationRow): vscode.TreeItem {
    const { label, description, icon, contextValue, spoken, state, tooltip, command } = describeRow(row);
    const item = new vscode.TreeItem(label, states[state]);
    item.id = row.path;
    item.description = description;
    item.tooltip = markdown(tooltip);
    item.iconPath = new vscode.ThemeIcon(icon.id, icon.color === undefined ? undefined : new vscode.ThemeColor(icon.color));
    item.contextValue = contextValue;
    item.accessibilityInformation = { label: spoken };
    if (command) item.command = { command: command.id, title: command.title, arguments: row.kind === 'operation' ? [undefined, row.entry.operationId] : [] };
    return item;
  }

  /** Narrows the view to operations with every word of the text in their names; undefined or spaces show all. */
  async narrow(text: string | undefined): Promise<void> {
    const search = text?.trim() || undefined;
    if (search === this.#search) return;
    this.#search = search;
    const count = search === undefined ? 0 : found(await catalogue(), search).length;
    if (search !== this.#search) return; // typed on meanwhile
    this.#surface.view.message = search === undefined ? undefined : `"${plainText(search, 60)}": ${count} operation${count === 1 ? '' : 's'}`;
    void vscode.commands.executeCommand('setContext', 'openBanking.operationsFiltered', search !== undefined);
    this.#surface.treeChanged(undefined);
  }
}

const catalogue = async (): Promise<readonly OperationEntry[]> => (await import('../../api/catalogue.ts')).catalogue;
