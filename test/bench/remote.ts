// The measurement's hand inside the extension host: run as the editor's test module, it asks the measuring process what to do next over
// loopback and answers with what it took. Bundled by editor.ts.
import { request } from 'node:http';
import { sep } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as vscode from 'vscode';
import { clientTables, engines } from './clientTurns.ts';
import { measured } from './measure.ts';
import type { Slice } from './measure.ts';

/** What can be asked for; the answers are JSON. Moments are milliseconds since the epoch, so that the browser's can be compared. */
export interface Commands {
  /** What an installed extension takes to activate, the loading of its modules included. */
  activate(id: string): Promise<Slice>;
  /** The modules that the extension host has loaded out of the extension, by path below it. */
  loaded(id: string): string[];
  /** Starts a command and answers the moment just before; does not wait for its end. */
  execute(command: string, ...values: readonly Value[]): number;
  /** The same, and waits for its end. */
  run(command: string, ...values: readonly Value[]): Promise<number>;
  /** The client's tables, measured in here through the editor's own `fetch`, against a server at that address. */
  client(url: string): Promise<string[]>;
  /** Bytes that the extension host holds on its heap. */
  heap(): number;
  /** Begins to watch the extension host: how long it stands still, and the memory that it takes, from what it has after collecting garbage. */
  watch(): void;
  /** Ends it. */
  watched(): HostWatched;
  /** Answers what a command answers. */
  answerOf(command: string, ...values: readonly Value[]): Promise<unknown>;
  /** The moments of the changes of any document since the last call. */
  changes(): number[];
  /** Milliseconds until the script of an empty panel says that it runs. */
  emptyPanel(): Promise<number>;
}
export interface HostWatched {
  /** The longest time between two looks that were due 5 ms apart, less those 5: by the clock, and the most that its thread worked in one. */
  longest: number;
  work: number;
  /** Bytes of memory more than at the beginning, at the most. */
  heap: number;
  buffers: number;
  resident: number;
}

/** A command's argument; a URI is told apart. */
export type Value = string | number | boolean | null | { uri: string };

const revive = (value: Value) => (typeof value === 'object' && value !== null ? vscode.Uri.parse(value.uri, true) : value);
const now = () => performance.timeOrigin + performance.now();

function extensionOf(id: string): vscode.Extension<unknown> {
  const extension = vscode.extensions.getExtension(id);
  if (!extension) throw new Error(`${id} is not installed.`);
  return extension;
}

const look = 5;
let watching: { timer: NodeJS.Timeout; seen: HostWatched } | undefined;
let moments: number[] | undefined;

/** The extension host is started without the switch for it. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

function watchHost(): void {
  collectGarbage();
  const before = process.memoryUsage();
  const seen = { longest: 0, work: 0, heap: 0, buffers: 0, resident: 0 };
  // By the thread's own time a busy machine adds nothing.
  const worked = () => { const { user, system } = process.threadCpuUsage(); return (user + system) / 1000; };
  let [last, done] = [performance.now(), worked()];
  const timer = setInterval(() => {
    const moment = performance.now();
    seen.longest = Math.max(seen.longest, moment - last - look);
    seen.work = Math.max(seen.work, worked() - done);
    const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
    seen.heap = Math.max(seen.heap, heapUsed - before.heapUsed);
    seen.buffers = Math.max(seen.buffers, arrayBuffers - before.arrayBuffers);
    seen.resident = Math.max(seen.resident, rss - before.rss);
    [last, done] = [performance.now(), worked()];
  }, look);
  watching = { timer, seen };
}

const commands: Commands = {
  async activate(id) {
    const extension = extensionOf(id);
    if (extension.isActive) throw new Error(`${id} is active already.`);
    return measured(async () => {
      await extension.activate();
    });
  },
  loaded(id) {
    const folder = extensionOf(id).extensionPath + sep;
    return Object.keys(require.cache).filter((file) => file.startsWith(folder)).map((file) => file.slice(folder.length));
  },
  execute(command, ...values) {
    const startedAt = now();
    void vscode.commands.executeCommand(command, ...values.map(revive));
    return startedAt;
  },
  async run(command, ...values) {
    const startedAt = now();
    await vscode.commands.executeCommand(command, ...values.map(revive));
    return startedAt;
  },
  async client(url) {
    const tables: string[] = [];
    for await (const table of clientTables(engines(url), 'Client in the editor', { rounds: 4 })) tables.push(table);
    return tables;
  },
  watch: watchHost,
  watched() {
    if (!watching) throw new Error('Nothing is being watched.');
    clearInterval(watching.timer);
    return watching.seen;
  },
  answerOf: async (command, ...values) => vscode.commands.executeCommand(command, ...values.map(revive)),
  changes() {
    if (!moments) vscode.workspace.onDidChangeTextDocument(({ contentChanges }) => { if (contentChanges.length > 0) moments!.push(now()); });
    const seen = moments ?? [];
    moments = [];
    return seen;
  },
  heap: () => process.memoryUsage().heapUsed,
  async emptyPanel() {
    const startedAt = performance.now();
    const panel = vscode.window.createWebviewPanel('openBankingBench.empty', 'Empty', vscode.ViewColumn.One, { enableScripts: true });
    await new Promise<void>((resolve) => {
      panel.webview.onDidReceiveMessage(() => resolve());
      panel.webview.html = '<!DOCTYPE html><html><body><script>acquireVsCodeApi().postMessage("here")</script></body></html>';
    });
    const took = performance.now() - startedAt;
    panel.dispose();
    return took;
  },
};

interface Order { command: keyof Commands; values: never[] }
type Report = { value: unknown } | { error: string };

/** Hands over the last report and waits for the next order; undefined at the end. */
function next(url: string, report: Report | undefined): Promise<Order | undefined> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { method: 'POST' }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      response.on('end', () => resolve(text === '' ? undefined : (JSON.parse(text) as Order)));
    });
    asking.on('error', reject).end(report === undefined ? '' : JSON.stringify(report));
  });
}

export async function run(): Promise<void> {
  const url = process.env.OBX_BENCH_URL;
  if (!url) throw new Error('Nobody measures here: OBX_BENCH_URL is not set.');
  let report: Report | undefined;
  for (let order = await next(url, report); order; order = await next(url, report)) {
    try {
      report = { value: (await (commands[order.command] as (...values: never[]) => unknown)(...order.values)) ?? null };
    } catch (error) {
      report = { error: error instanceof Error ? error.message : String(error) };
    }
  }
}

