// The Operations view: hands the editor the rows, and says in its head what it is narrowed to. The catalogue is loaded with the first rows,
// the workspace's request files are looked for with them.
import * as vscode from 'vscode';
import type { OperationEntry } from '../../api/catalogue.ts';
import { plainText } from '../../client/plainText.ts';
import { markdown } from '../treeItems.ts';
import type { OperationBook } from './book.ts';
import type { Collections, Folder, RequestFile } from './collections.ts';
import { describeRow } from './describe.ts';
import { collectionRows, found, heads, membersOf, partsOf, requestRows, wordsOf, type OperationRow } from './rows.ts';

/** The editor's view, and how it is told that rows have changed. */
export interface OperationsSurface {
  view: vscode.TreeView<OperationRow>;
  treeChanged(row: OperationRow | undefined): void;
}

/** Milliseconds that the operations wait for the request files. */
const patienceMs = 200;
/** Milliseconds without a question of the editor's, after which it takes a word again; also those that many changes of files become one in. */
const calmMs = 200;
const states = { leaf: vscode.TreeItemCollapsibleState.None, collapsed: vscode.TreeItemCollapsibleState.Collapsed, expanded: vscode.TreeItemCollapsibleState.Expanded } as const;

export class OperationsView {
  readonly #surface: OperationsSurface;
  readonly #book: OperationBook;
  readonly #collections: Collections;
  /** Rows that the person opened or closed. */
  readonly #open = new Map<string, boolean>();
  #search: string | undefined;
  #drawing = 0;
  #drawnAt = 0;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(surface: OperationsSurface, book: OperationBook, collections: Collections) {
    this.#surface = surface;
    this.#book = book;
    this.#collections = collections;
    // A tree that is drawn anew while it is still being drawn forgets what was open.
    surface.view.onDidExpandElement(({ element }) => this.#open.set(element.path, true));
    surface.view.onDidCollapseElement(({ element }) => this.#open.set(element.path, false));
  }

  get search(): string | undefined {
    return this.#search;
  }

  async getChildren(row?: OperationRow): Promise<OperationRow[]> {
    this.#drawing += 1;
    try {
      return await this.#rowsBelow(row);
    } finally {
      this.#drawing -= 1;
      this.#drawnAt = performance.now();
    }
  }

  /** Has everything drawn anew, a moment later: the editor loses a word about it that comes while it is drawing, or just after. */
  redraw(): void {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => {
      if (this.#drawing > 0 || performance.now() - this.#drawnAt < calmMs) this.redraw();
      else this.#surface.treeChanged(undefined);
    }, calmMs);
  }

  async #rowsBelow(row: OperationRow | undefined): Promise<OperationRow[]> {
    const favourites = this.#book.favourites();
    if (row?.kind === 'collections') return collectionRows(row);
    if (row?.kind === 'folder') return partsOf(row) ?? requestRows(await this.#collections.files(row.files));
    if (row) return membersOf(row, favourites);
    const search = this.#search;
    const [operations, collections] = await Promise.all([catalogue(), this.#requestFiles(search)]);
    if (search !== undefined && search === this.#search) this.#say(search, found(operations, search).length, collections?.found?.length ?? 0);
    return heads({ catalogue: operations, favourites, recent: this.#book.recent(), search, collections });
  }

  /** The workspace's request files; undefined when looking for them takes long, the view is then drawn anew with them. */
  async #requestFiles(search: string | undefined): Promise<{ folders: readonly Folder[]; more: boolean; found?: readonly RequestFile[] } | undefined> {
    const looking = this.#collections.folders().then(async (all) => (search === undefined || all.folders.length === 0 ? all : { ...all, found: await this.#collections.search(wordsOf(search)) }));
    let late = false;
    const soon = await Promise.race([looking, new Promise<undefined>((resolve) => setTimeout(resolve, patienceMs))]).catch(() => undefined);
    // A workspace that cannot be searched has none to show.
    looking.then(() => { if (late) this.redraw(); }, () => undefined);
    late = soon === undefined;
    return soon;
  }

  #say(search: string, operations: number, files: number): void {
    const also = files === 0 ? '' : `, ${files} request file${files === 1 ? '' : 's'}`;
    this.#surface.view.message = `"${plainText(search, 60)}": ${operations} operation${operations === 1 ? '' : 's'}${also}`;
  }

  getTreeItem(row: OperationRow): vscode.TreeItem {
    const { label, description, icon, contextValue, spoken, state, tooltip, command } = describeRow(row);
    const open = state === 'leaf' ? undefined : this.#open.get(row.path);
    const item = new vscode.TreeItem(label, states[open === undefined ? state : open ? 'expanded' : 'collapsed']);
    item.id = row.path;
    item.description = description;
    item.tooltip = markdown(tooltip);
    item.iconPath = new vscode.ThemeIcon(icon.id, icon.color === undefined ? undefined : new vscode.ThemeColor(icon.color));
    item.contextValue = contextValue;
    item.accessibilityInformation = { label: spoken };
    // With it the row shows what source control and the list of problems say of the file.
    if (row.kind === 'request') item.resourceUri = vscode.Uri.parse(row.file.uri);
    if (command) item.command = { command: command.id, title: command.title, arguments: row.kind === 'operation' ? [undefined, row.entry.operationId] : row.kind === 'request' ? [item.resourceUri] : [] };
    return item;
  }

  /** Narrows the view to operations with every word of the text in their names; undefined or spaces show all. */
  async narrow(text: string | undefined): Promise<void> {
    const search = text?.trim() || undefined;
    if (search === this.#search) return;
    this.#search = search;
    if (search === undefined) this.#surface.view.message = undefined;
    void vscode.commands.executeCommand('setContext', 'openBanking.operationsFiltered', search !== undefined);
    this.#surface.treeChanged(undefined);
  }
}

const catalogue = async (): Promise<readonly OperationEntry[]> => (await import('../../api/catalogue.ts')).catalogue;
