// What the tree shows, kept apart from how it is drawn. Rules: one request in flight per branch, joined by whoever asks meanwhile;
// a refresh keeps what is shown until the new answer is there; "load more" goes on where the last page ended and never reads again from
// the start; a failure costs nothing that was loaded; whatever is pruned is also cancelled. Node objects keep their identity and change
// in place, because the editor knows a row by its object.
import { canonical, isUnder, parentSegment } from './paths.ts';
import type { ExplorerNode, NodeOf } from './nodes.ts';
import type { LoadResult, TreeSource } from './source.ts';

type Asked = 'load' | 'more' | 'refresh' | 'poll';

interface Flight {
  asked: Asked;
  controller: AbortController;
  done: Promise<void>;
}

interface Branch {
  /** Undefined until the first answer. */
  loaded?: { nodes: ExplorerNode[]; next?: number; found?: number; summary?: string; empty: ExplorerNode[]; pollAfterMs?: number; at: number; answer: number };
  /** Nodes found beyond the loaded pages, shown first until a page or a refresh brings them. */
  pinned: ExplorerNode[];
  failure?: NodeOf<'failed'>;
  flight?: Flight;
  more?: NodeOf<'more'>;
}

/** A branch that has to be looked at again by itself. */
export interface Due {
  path: string;
  /** Epoch milliseconds. */
  at: number;
}

export interface StoreEvents {
  /** A node's row or children changed; undefined for the whole tree. */
  changed(node: ExplorerNode | undefined): void;
  /** Whether any branch is being read. */
  busy?(busy: boolean): void;
}

export class TreeStore {
  readonly #source: TreeSource;
  readonly #events: StoreEvents;
  readonly #now: () => number;
  readonly #branches = new Map<string, Branch>();
  readonly #nodes = new Map<string, { node: ExplorerNode; parent: string }>();
  readonly #expanded = new Set<string>();
  readonly #refreshes = new Set<Promise<void>>();
  #flights = 0;
  /** Counts answers, so that what came after a refresh began is known from what was there before. */
  #answers = 0;
  #disposed = false;

  constructor(source: TreeSource, events: StoreEvents, now: () => number = Date.now) {
    this.#source = source;
    this.#events = events;
    this.#now = now;
  }

  /** A branch's children (the root's without a path): what is there at once, else what the one request brings. Never rejects. */
  async children(path = ''): Promise<ExplorerNode[]> {
    // The editor may still ask for a row that has gone meanwhile: it has no children, and is not read.
    if (!this.#knows(path)) return [];
    this.#expanded.add(path);
    const branch = this.#branch(path);
    while (!branch.loaded && !branch.failure && this.#branches.get(path) === branch) {
      const flight = branch.flight ?? this.#start(path, 'load');
      await flight.done;
      if (flight.controller.signal.aborted && !branch.flight) break;
    }
    return this.shown(path);
  }

  /** What a branch shows now, without asking for anything. */
  shown(path = ''): ExplorerNode[] {
    const branch = this.#branches.get(path);
    if (!branch) return [];
    const { loaded, failure } = branch;
    const failed = failure ? [failure] : [];
    if (!loaded) return failed;
    const body = [...branch.pinned, ...loaded.nodes];
    if (failure?.next === 'page') return [...body, failure];
    if (body.length === 0 && !failure) return loaded.empty;
    return [...failed, ...body, ...(branch.more ? [branch.more] : [])];
  }

  node(path: string): ExplorerNode | undefined {
    return this.#nodes.get(canonical(path))?.node;
  }

  parent(path: string): ExplorerNode | undefined {
    const entry = this.#nodes.get(path);
    return entry && this.#nodes.get(entry.parent)?.node;
  }

  summary(path: string): string | undefined {
    return this.#branches.get(path)?.loaded?.summary;
  }

  isLoaded(path: string): boolean {
    return this.#branches.get(path)?.loaded !== undefined;
  }

  /** The next page. Resolves with the nodes that it brought. */
  async loadMore(path: string): Promise<ExplorerNode[]> {
    const branch = this.#branches.get(path);
    if (branch?.loaded?.next === undefined) return [];
    const before = new Set(branch.loaded.nodes.map((node) => node.path));
    await (branch.flight ?? this.#start(path, 'more')).done;
    return (branch.loaded?.nodes ?? []).filter((node) => !before.has(node.path));
  }

  /** Asks again for what failed: the next page when that failed, else the branch. */
  async retry(path: string): Promise<void> {
    const branch = this.#branches.get(path);
    if (branch?.failure?.next === 'page') await this.loadMore(path);
    else await this.refresh(path);
  }

  /** Reads a branch again, and the open branches below it; closed ones are dropped and read when they are opened. */
  refresh(given = ''): Promise<void> {
    const path = canonical(given);
    const done = this.#refreshAll(path).finally(() => this.#refreshes.delete(done));
    this.#refreshes.add(done);
    return done;
  }

  async #refreshAll(path: string): Promise<void> {
    const began = this.#answers;
    const below = [...this.#branches.keys()].filter((at) => at !== path && (path === '' || isUnder(at, path)));
    const open = below.filter((at) => this.#onScreen(at));
    const closed = below.filter((at) => !open.includes(at));
    for (const at of closed) this.#dropBranch(at);
    await this.#refreshOpen(path, open, began);
    // The editor keeps the children of a closed row: told of it, it asks again when the row is opened.
    for (const at of closed) if (this.#nodes.has(at) && !this.#branches.has(at)) this.#changed(at);
  }

  async #refreshOpen(path: string, open: readonly string[], began: number): Promise<void> {
    const branch = this.#branches.get(path);
    if (!branch) return;
    await this.#start(path, branch.loaded ? 'refresh' : 'load').done;
    // What came along with the answer is fresh already, and what has gone with it is no longer a branch.
    const stale = open.filter((at) => {
      const { loaded, failure } = this.#branches.get(at) ?? {};
      return failure !== undefined || (loaded !== undefined && loaded.answer <= began);
    });
    await Promise.all(stale.map((at) => this.#start(at, 'refresh').done));
  }

  /** Looks at a branch again on the explorer's own account; nothing when it is being read anyway. */
  poll(path: string): Promise<void> {
    const branch = this.#branches.get(path);
    if (!branch?.loaded || branch.flight) return Promise.resolve();
    return this.#start(path, 'poll').done;
  }

  /** Branches on the screen whose answer asked for another look. */
  due(): Due[] {
    return [...this.#branches].flatMap(([path, { loaded, failure, flight }]) =>
      (loaded?.pollAfterMs !== undefined && !failure && !flight && this.#onScreen(path) ? [{ path, at: loaded.at + loaded.pollAfterMs }] : []));
  }

  #onScreen(path: string): boolean {
    for (let at: string | undefined = path; at !== undefined && at !== ''; at = this.#nodes.get(at)?.parent) if (!this.#expanded.has(at)) return false;
    return true;
  }

  /** Says that a branch was opened or closed. Closing one that is still being read for the first time gives it up. */
  setExpanded(path: string, expanded: boolean): void {
    if (expanded) {
      if (this.#knows(path)) this.#expanded.add(path);
      return;
    }
    this.#expanded.delete(path);
    const branch = this.#branches.get(path);
    if (!branch?.flight || branch.loaded) return;
    this.#dropBranch(path);
    this.#changed(path);
  }

  /** Changes a node's own row; its children are as they were. */
  update(path: string, change: Readonly<Record<string, unknown>>): void {
    const node = this.#nodes.get(path)?.node;
    if (!node) return;
    Object.assign(node, change);
    this.#changed(path);
  }

  /** Drops a node and everything below it, and cancels what is being read there. */
  remove(given: string): void {
    const path = canonical(given);
    const parent = this.#nodes.get(path)?.parent;
    this.#forget(path);
    const branch = parent === undefined ? undefined : this.#branches.get(parent);
    if (parent === undefined || !branch) return;
    const gone = (node: ExplorerNode): boolean => node.path === path;
    if (branch.loaded) {
      const had = branch.loaded.nodes.some(gone) || branch.pinned.some(gone);
      branch.loaded.nodes = branch.loaded.nodes.filter((node) => !gone(node));
      if (had && branch.loaded.found !== undefined) branch.loaded.found -= 1;
    }
    branch.pinned = branch.pinned.filter((node) => !gone(node));
    this.#drawMore(parent, branch);
    this.#changed(parent);
  }

  /** Drops what is cached below a branch (all of it for a connection that was switched away from) and cancels its requests. */
  prune(path: string): void {
    for (const below of [...this.#branches.keys()]) if (isUnder(below, path)) this.#dropBranch(below);
    for (const below of [...this.#nodes.keys()]) if (below !== path && isUnder(below, path)) this.#nodes.delete(below);
    for (const below of [...this.#expanded]) if (below !== path && isUnder(below, path)) this.#expanded.delete(below);
  }

  /** Finds a node by its path, reading parents as needed; undefined when there is none. */
  async locate(given: string): Promise<ExplorerNode | undefined> {
    const path = canonical(given);
    await Promise.all(this.#refreshes);
    const segments = path.split('/');
    for (let depth = 1; depth <= segments.length; depth += 1) {
      const at = segments.slice(0, depth).join('/');
      if (this.#nodes.has(at)) continue;
      const parent = parentSegment(at);
      await this.#open(parent);
      if (this.#nodes.has(at) || await this.#pin(at)) continue;
      await this.refresh(parent);
      if (!this.#nodes.has(at)) return undefined;
    }
    return this.node(path);
  }

  async #open(path: string): Promise<void> {
    const wasExpanded = this.#expanded.has(path);
    await this.children(path);
    if (!wasExpanded) this.#expanded.delete(path);
  }

  async #pin(path: string): Promise<boolean> {
    if (!this.#source.find) return false;
    const controller = new AbortController();
    const located = await this.#source.find(path, controller.signal).catch(() => undefined);
    if (!located || this.#disposed) return this.#nodes.has(path);
    await this.#open(located.parent);
    if (this.#nodes.has(path)) return true;
    const branch = this.#branches.get(located.parent);
    if (!branch) return false;
    branch.pinned = [this.#adopt(located.node, located.parent), ...branch.pinned];
    this.#changed(located.parent);
    return true;
  }

  dispose(): void {
    this.#disposed = true;
    for (const path of [...this.#branches.keys()]) this.#dropBranch(path);
  }

  /** Whether a path is the root or a row that is still there. Nothing else is ever read: the source takes no node for the root. */
  #knows(path: string): boolean {
    return path === '' || this.#nodes.has(path);
  }

  #branch(path: string): Branch {
    let branch = this.#branches.get(path);
    if (!branch) this.#branches.set(path, branch = { pinned: [] });
    return branch;
  }

  #start(path: string, asked: Asked): Flight {
    const branch = this.#branch(path);
    // A refresh must see what is so now: an older question is given up, and whoever waits for it gets the new answer.
    branch.flight?.controller.abort();
    const flight: Flight = { asked, controller: new AbortController(), done: Promise.resolve() };
    branch.flight = flight;
    if (asked !== 'poll') this.#count(1);
    flight.done = this.#run(path, branch, flight).finally(() => {
      if (asked !== 'poll') this.#count(-1);
    });
    return flight;
  }

  #count(by: number): void {
    const before = this.#flights > 0;
    this.#flights += by;
    if (before !== this.#flights > 0) this.#events.busy?.(this.#flights > 0);
  }

  async #run(path: string, branch: Branch, flight: Flight): Promise<void> {
    const { asked, controller } = flight;
    const more = asked === 'more';
    const current = (): boolean => branch.flight === flight && !controller.signal.aborted && !this.#disposed;
    if (!this.#knows(path)) {
      this.#dropBranch(path);
      return;
    }
    try {
      const result = await this.#source.load({
        node: this.#nodes.get(path)?.node, signal: controller.signal, origin: asked === 'poll' ? 'poll' : 'tree',
        ...(more && { start: branch.loaded?.next }),
        ...(!more && branch.loaded && { keep: branch.loaded.nodes.length }),
      });
      if (!current()) return branch.flight && branch.flight !== flight ? branch.flight.done : undefined;
      branch.flight = undefined;
      branch.failure = undefined;
      if (more) this.#append(path, branch, result);
      else this.#apply(path, branch, result, asked);
    } catch (error) {
      if (!current()) return branch.flight && branch.flight !== flight ? branch.flight.done : undefined;
      branch.flight = undefined;
      this.#fail(path, branch, error, more);
    }
  }

  #fail(path: string, branch: Branch, error: unknown, more: boolean): void {
    const at = `${path}/$failed`;
    branch.failure = this.#adopt({ kind: 'failed', path: at, connectionId: connectionOf(path), of: path, next: more ? 'page' : 'all', ...this.#source.explain(error) }, path) as NodeOf<'failed'>;
    this.#changed(path);
  }

  #append(path: string, branch: Branch, result: LoadResult): void {
    const loaded = branch.loaded;
    if (!loaded) return;
    const known = new Set(loaded.nodes.map((node) => node.path));
    const added = unique(result.nodes).filter((node) => !known.has(node.path)).map((node) => this.#adopt(node, path));
    loaded.nodes = [...loaded.nodes, ...added];
    loaded.next = result.next;
    loaded.found = result.found ?? loaded.found;
    const arrived = new Set(added.map((node) => node.path));
    branch.pinned = branch.pinned.filter((node) => !arrived.has(node.path));
    this.#drawMore(path, branch);
    this.#changed(path);
  }

  #apply(path: string, branch: Branch, result: LoadResult, asked: Asked): void {
    const before = branch.loaded;
    const rows = before && new Map(before.nodes.map((node) => [node.path, JSON.stringify(node)]));
    const beforeSummary = before?.summary;
    const hadFailure = this.#nodes.delete(`${path}/$failed`);
    const gone = [...(before?.nodes ?? []), ...branch.pinned];
    this.#fill(path, branch, result);
    for (const [below, preloaded] of result.preloaded ?? []) this.#preload(below, preloaded);
    const now = new Set(branch.loaded!.nodes.map((node) => node.path));
    for (const node of gone) if (!now.has(node.path) && this.#nodes.get(node.path)?.parent === path) this.#forget(node.path);
    // The first answer goes back to the one who asked; only its words beside the branch are news.
    if (asked === 'load' && !hadFailure) {
      if (path !== '' && branch.loaded!.summary !== beforeSummary) this.#changed(path);
      return;
    }
    this.#announce(path, branch, { rows, hadFailure, beforeSummary });
  }

  /** Tells the editor as little as is true: only the rows that changed, when the rows are the same ones. */
  #announce(path: string, branch: Branch, before: { rows?: Map<string, string>; hadFailure: boolean; beforeSummary?: string }): void {
    const nodes = branch.loaded!.nodes;
    const same = before.rows?.size === nodes.length && !before.hadFailure && nodes.length > 0
      && [...before.rows.keys()].every((at, index) => nodes[index]!.path === at);
    if (!same || branch.loaded!.summary !== before.beforeSummary) {
      this.#changed(path);
      return;
    }
    for (const node of nodes) if (before.rows!.get(node.path) !== JSON.stringify(node)) this.#changed(node.path);
  }

  #fill(path: string, branch: Branch, result: LoadResult): void {
    const nodes = unique(result.nodes).map((node) => this.#adopt(node, path));
    const empty = (result.empty ?? []).map((hint, index) => this.#adopt({ kind: 'empty', path: `${path}/$empty${index}`, connectionId: connectionOf(path), of: path, ...hint }, path));
    branch.loaded = { nodes, next: result.next, found: result.found, summary: result.summary, empty, pollAfterMs: result.pollAfterMs, at: this.#now(), answer: ++this.#answers };
    branch.pinned = [];
    this.#drawMore(path, branch);
  }

  /** Children that came along with their parent. A branch that shows more than came is left to its own refresh. */
  #preload(path: string, result: LoadResult): void {
    const branch = this.#branch(path);
    if (branch.loaded && branch.loaded.nodes.length > result.nodes.length && result.next !== undefined) return;
    const known = branch.loaded !== undefined || branch.failure !== undefined;
    const before = branch.loaded?.nodes ?? [];
    const drawn = JSON.stringify(this.shown(path));
    branch.flight?.controller.abort();
    branch.flight = undefined;
    branch.failure = undefined;
    this.#fill(path, branch, result);
    const now = new Set(branch.loaded!.nodes.map((node) => node.path));
    for (const node of before) if (!now.has(node.path) && this.#nodes.get(node.path)?.parent === path) this.#forget(node.path);
    for (const [below, preloaded] of result.preloaded ?? []) this.#preload(below, preloaded);
    if (known && JSON.stringify(this.shown(path)) !== drawn) this.#changed(path);
  }

  #drawMore(path: string, branch: Branch): void {
    const { loaded } = branch;
    branch.more = loaded?.next === undefined ? undefined : this.#adopt({
      kind: 'more', path: `${path}/$more`, connectionId: connectionOf(path), of: path, shown: loaded.nodes.length, ...(loaded.found !== undefined && { found: loaded.found }),
    }, path) as NodeOf<'more'>;
  }

  /** The one object of this path, brought up to date. */
  #adopt(node: ExplorerNode, parent: string): ExplorerNode {
    const known = this.#nodes.get(node.path);
    if (known?.node.kind !== node.kind) {
      this.#nodes.set(node.path, { node, parent });
      return node;
    }
    known.parent = parent;
    const target = known.node as unknown as Record<string, unknown>;
    for (const key of Object.keys(target)) if (!(key in node)) delete target[key];
    Object.assign(target, node);
    return known.node;
  }

  #forget(path: string): void {
    const branch = this.#branches.get(path);
    const members = [...(branch?.loaded?.nodes ?? []), ...(branch?.pinned ?? [])];
    for (const member of members) if (!isUnder(member.path, path) && this.#nodes.get(member.path)?.parent === path) this.#forget(member.path);
    this.prune(path);
    this.#nodes.delete(path);
    this.#expanded.delete(path);
  }

  #dropBranch(path: string): void {
    const branch = this.#branches.get(path);
    this.#branches.delete(path);
    if (!branch) return;
    const { flight } = branch;
    branch.flight = undefined;
    flight?.controller.abort();
  }

  #changed(path: string): void {
    if (this.#disposed) return;
    // For a row that has gone, the nearest one above it is told: its children are what changed.
    let at = path;
    while (!this.#knows(at)) at = parentSegment(at);
    this.#events.changed(this.#nodes.get(at)?.node);
  }
}

const connectionOf = (path: string): string => path.split('/', 1)[0]!;

function unique(nodes: readonly ExplorerNode[]): ExplorerNode[] {
  const seen = new Set<string>();
  return nodes.filter((node) => !seen.has(node.path) && seen.add(node.path));
}
