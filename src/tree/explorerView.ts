// The Explorer view: hands the editor what the store has, tells the store what the editor shows (visible, opened, closed), and follows
// the connections. Holds no data of its own.
import * as vscode from 'vscode';
import type { Connections } from '../credentials/connections.ts';
import type { FilterBook } from './filters.ts';
import type { ExplorerNode } from './nodes.ts';
import type { Presentation } from '../platform/presentation.ts';
import { customerPath } from './paths.ts';
import { Poller } from './polling.ts';
import type { TreeSource } from './source.ts';
import { TreeStore } from './store.ts';
import { toTreeItem } from './treeItems.ts';
import { customerName } from './words.ts';

/** The editor's view of the tree, and how it is told that rows have changed. */
export interface ExplorerSurface {
  viewId: string;
  view: vscode.TreeView<ExplorerNode>;
  treeChanged(node: ExplorerNode | undefined): void;
}

export class ExplorerView implements vscode.Disposable {
  readonly store: TreeStore;
  readonly #viewId: string;
  readonly view: vscode.TreeView<ExplorerNode>;
  readonly #poller: Poller;
  readonly #connections: Connections;
  readonly #filters: FilterBook;
  readonly #presentation: Presentation;
  readonly #subscriptions: { dispose(): unknown }[] = [];
  #active: string;
  #idle: (() => void) | undefined;

  constructor(source: TreeSource, connections: Connections, filters: FilterBook, presentation: Presentation, { viewId, view, treeChanged }: ExplorerSurface) {
    this.#presentation = presentation;
    this.#viewId = viewId;
    this.#connections = connections;
    this.#filters = filters;
    this.#active = connections.active().id;
    this.store = new TreeStore(source, {
      changed: (node) => {
        treeChanged(node);
        this.#poller.update();
      },
      busy: (busy) => this.#showProgress(busy),
    });
    this.#poller = new Poller(this.store);
    this.view = view;
    this.#poller.setVisible(this.view.visible);
    this.#subscriptions.push(
      this.view.onDidChangeVisibility(({ visible }) => this.#poller.setVisible(visible)),
      this.view.onDidExpandElement(({ element }) => this.#expanded(element, true)),
      this.view.onDidCollapseElement(({ element }) => this.#expanded(element, false)),
      connections.onDidChange(() => this.#connectionsChanged()),
      // Drawn anew from what was read: nothing is asked of the API.
      presentation.onDidChange(() => {
        treeChanged(undefined);
        this.showFilters();
      }),
    );
    this.showFilters();
  }

  getTreeItem(node: ExplorerNode): vscode.TreeItem {
    const { on, masker } = this.#presentation;
    return toTreeItem(node, { now: Date.now(), locale: vscode.env.language, summary: this.store.summary(node.path), ...(on && { masker }) });
  }

  async getChildren(node?: ExplorerNode): Promise<ExplorerNode[]> {
    const children = await this.store.children(node?.path);
    this.#poller.update();
    return children;
  }

  getParent(node: ExplorerNode): ExplorerNode | undefined {
    return this.store.parent(node.path);
  }

  /** What a customer is called, where its row was read already. */
  nameOf(connectionId: string, customerId: string): string | undefined {
    const node = this.store.node(customerPath(connectionId, customerId));
    const name = node?.kind === 'customer' ? customerName(node.data, customerId) : customerId;
    return name === customerId ? undefined : name;
  }

  async reveal(path: string): Promise<boolean> {
    const node = await this.store.locate(path);
    if (!node) return false;
    await this.view.reveal(node, { select: true, focus: true, expand: true });
    return true;
  }

  /** The next page; the selection goes to its first row, so that the keyboard stays where the reading goes on. */
  async loadMore(branch: string): Promise<void> {
    const [first] = await this.store.loadMore(branch);
    if (first && this.view.visible) await this.view.reveal(first, { select: true, focus: true });
  }

  /** Says in the view's head what it is narrowed to. */
  showFilters(): void {
    const { customerSearch: search, customerType, institutionSearch, institutionProducts = [] } = this.#filters.get(this.#active);
    const customerSearch = search && this.#presentation.on ? '••••' : search;
    const customers = [customerSearch && `"${customerSearch}"`, customerType && `${customerType} only`].filter(Boolean).join(', ');
    const institutions = [institutionSearch && `"${institutionSearch}"`, institutionProducts.length > 0 && `certified for ${institutionProducts.join(' and ')}`].filter(Boolean).join(', ');
    this.view.description = customerSearch ? `"${customerSearch}"` : undefined;
    this.view.message = [customers && `Customers: ${customers}`, institutions && `Institutions: ${institutions}`].filter(Boolean).join(' · ') || undefined;
    void vscode.commands.executeCommand('setContext', 'openBanking.customersFiltered', customers !== '');
    void vscode.commands.executeCommand('setContext', 'openBanking.institutionsFiltered', institutions !== '');
  }

  dispose(): void {
    this.#poller.dispose();
    this.store.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#idle?.();
  }

  #expanded(node: ExplorerNode, expanded: boolean): void {
    this.store.setExpanded(node.path, expanded);
    this.#poller.update();
  }

  #connectionsChanged(): void {
    const before = this.#active;
    const active = this.#connections.active().id;
    const known = new Set(this.#connections.list().map(({ id }) => id));
    this.#active = active;
    if (before !== active) this.store.prune(before);
    if (!known.has(before)) this.#filters.forget(before);
    this.showFilters();
    void this.store.refresh().then(async () => {
      const node = before === active ? undefined : this.store.node(active);
      if (node && this.view.visible) await this.view.reveal(node, { select: false, expand: true });
    }).catch(() => undefined); // the row may have gone again meanwhile, and nobody waits for it to be revealed
  }

  #showProgress(busy: boolean): void {
    if (!busy) {
      this.#idle?.();
      this.#idle = undefined;
      return;
    }
    void vscode.window.withProgress({ location: { viewId: this.#viewId } }, () => new Promise<void>((resolve) => {
      this.#idle = resolve;
    }));
  }
}
