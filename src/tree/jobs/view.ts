// The Jobs view: draws the shared jobs, rows that run once a second while they can be seen. Holds no jobs of its own. The editor takes a row's
// tooltip away whenever the row is drawn, so a row whose tooltip is asked for rests for a few seconds.
import * as vscode from 'vscode';
import type { Connections } from '../../credentials/connections.ts';
import type { Job } from '../../jobs/job.ts';
import type { Jobs } from '../../jobs/registry.ts';
import { sameReport, type ReportKey } from '../../jobs/reports.ts';
import { describeJob, type JobRow, type JobView } from '../../jobs/rows.ts';
import { soon } from '../../platform/soon.ts';
import { markdown } from '../treeItems.ts';

/** The editor's view of the jobs, and how it is told that rows have changed. */
export interface JobsSurface {
  view: vscode.TreeView<JobRow>;
  /** One row, or all of them. */
  treeChanged(row: JobRow | undefined): void;
}

/** Milliseconds to gather changes before all rows are drawn. */
const drawMs = 150;
/** Milliseconds to wait for the row of a report that was just asked for. */
const rowMs = 2_000;
/** Milliseconds for which a row rests while its tooltip is read. */
const readingMs = 5_000;

export class JobsView implements vscode.Disposable {
  readonly #jobs: Jobs;
  readonly #connections: Connections;
  readonly #surface: JobsSurface;
  readonly #subscriptions: { dispose(): unknown }[];
  /** The editor knows a row by its object. */
  #rows = new Map<string, JobRow>();
  #mixed = false;
  /** What the rows were drawn of, without what the clock changes. */
  #drawn = '';
  #reading: { id: string; until: number } | undefined;
  #drawing: NodeJS.Timeout | undefined;
  #ticking: NodeJS.Timeout | undefined;

  constructor(jobs: Jobs, connections: Connections, surface: JobsSurface) {
    this.#jobs = jobs;
    this.#connections = connections;
    this.#surface = surface;
    this.#subscriptions = [
      jobs.onDidChange(() => {
        this.#tick();
        if (this.#standing() !== this.#drawn) this.#drawSoon();
      }),
      connections.onDidChange(() => this.#drawSoon()),
      surface.view.onDidChangeVisibility(({ visible }) => {
        if (visible) void jobs.refresh();
        this.#tick();
      }),
    ];
    this.#tick();
  }

  getChildren(row?: JobRow): JobRow[] {
    if (row) return [];
    const jobs = this.#jobs.list();
    this.#drawn = this.#standing();
    this.#mixed = jobs.some(({ connectionId }) => connectionId !== jobs[0]!.connectionId);
    this.#rows = new Map(jobs.map(({ id }) => [id, this.#rowOf(id)]));
    this.#surface.view.message = this.#jobs.trouble;
    this.#tick();
    return [...this.#rows.values()];
  }

  getTreeItem(row: JobRow): vscode.TreeItem {
    const job = this.#jobs.get(row.id);
    // Forgotten while it was being drawn: the next drawing is without it.
    if (!job) return new vscode.TreeItem('Forgotten');
    const view = this.#describe(job);
    const item = new vscode.TreeItem(view.label);
    item.id = job.id;
    item.description = view.description;
    if (job.state !== 'running') item.tooltip = markdown(view.tooltip);
    item.iconPath = new vscode.ThemeIcon(view.icon.id, view.icon.color === undefined ? undefined : new vscode.ThemeColor(view.icon.color));
    item.contextValue = view.contextValue;
    item.accessibilityInformation = { label: view.spoken };
    item.command = { command: 'openBanking.openJob', title: 'Open', arguments: [row] };
    return item;
  }

  /** The editor wants to show the tooltip of a row that was drawn without one. */
  resolveTreeItem(item: vscode.TreeItem, row: JobRow): vscode.TreeItem {
    const job = this.#jobs.get(row.id);
    if (!job) return item;
    this.#reading = { id: row.id, until: Date.now() + readingMs };
    item.tooltip = markdown(this.#describe(job).tooltip);
    return item;
  }

  /** Brings the view to the front, with the row of a report selected. The row may come a moment later; one that does not come is not waited for long. */
  async show(report: ReportKey | undefined): Promise<void> {
    const job = report && await soon(() => this.#jobs.list().find((one) => sameReport(one, report)), this.#jobs.onDidChange.bind(this.#jobs), rowMs);
    const row = job && this.#rowOf(job.id);
    // The editor opens the view itself; a row that was forgotten meanwhile leaves the view.
    const shown = row && await Promise.resolve(this.#surface.view.reveal(row, { select: true, focus: true })).then(() => true, () => false);
    if (!shown) await vscode.commands.executeCommand('openBanking.jobs.focus');
  }

  /** The job of the row that a command was run on, else of the selected one. */
  jobOf(row: JobRow | undefined): Job | undefined {
    const id = row?.id ?? this.#surface.view.selection[0]?.id;
    return id === undefined ? undefined : this.#jobs.get(id);
  }

  dispose(): void {
    clearTimeout(this.#drawing);
    clearInterval(this.#ticking);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** The same object for as long as the row is there. */
  #rowOf(id: string): JobRow {
    const row = this.#rows.get(id) ?? { kind: 'job', id };
    this.#rows.set(id, row);
    return row;
  }

  #describe(job: Job): JobView {
    return describeJob(job, { now: Date.now(), mixed: this.#mixed, words: this.#jobs.words(job.id), labelOf: (id) => this.#connections.get(id)?.label });
  }

  /** A look changes only what the clock draws anyway. */
  #standing(): string {
    return [this.#jobs.trouble, ...this.#jobs.list().map(({ id, state, startedAt }) => `${id} ${state} ${startedAt}`)].join('\n');
  }

  #drawSoon(): void {
    if (!this.#surface.view.visible) return;
    this.#drawing ??= setTimeout(() => {
      this.#drawing = undefined;
      this.#surface.treeChanged(undefined);
    }, drawMs);
  }

  /** The clock of the rows that run. */
  #tick(): void {
    const runs = this.#surface.view.visible && this.#jobs.list().some(({ state }) => state === 'running');
    if (!runs) {
      clearInterval(this.#ticking);
      this.#ticking = undefined;
    } else this.#ticking ??= setInterval(() => this.#drawRunning(), 1000);
  }

  #drawRunning(): void {
    const read = this.#reading && Date.now() < this.#reading.until ? this.#reading.id : undefined;
    for (const [id, row] of this.#rows) if (id !== read && this.#jobs.get(id)?.state === 'running') this.#surface.treeChanged(row);
  }
}
