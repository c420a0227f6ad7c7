// The embedded sandbox's server: started as a process of its own when it is first needed, shared by the windows that use the same data
// folder. Its address stands in `running.json` there (with the process id, nothing secret); whoever finds it answering attaches instead
// of starting another. Only a server that this window started is stopped by it. Free of vscode. Control requests: sandboxControl.ts.
import { type ChildProcess, fork } from 'node:child_process';
import { mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SandboxStartError } from './errors.ts';
import { withFileLock } from './fileLock.ts';

export interface SandboxProcessOptions {
  /** Absolute path of the sandbox's program. */
  script: string;
  /** Absolute path of the folder for its state; made when missing. */
  dataFolder: string;
  log: { info(message: string): void; warn(message: string): void; debug(message: string): void };
  /** Whether a sandbox answers at this address; used before attaching to one. */
  answers(url: string, signal?: AbortSignal): Promise<boolean>;
  /** What the server says of its saved state at its start, for the person: that it was damaged and kept aside. */
  onNotice(text: string): void;
  /** Milliseconds that a start may take; 30,000 when left out. */
  startMs?: number;
}

export interface SandboxProcess {
  /** The server's address, e.g. `http://127.0.0.1:49152`; starts it when none runs. Throws SandboxStartError. */
  address(signal?: AbortSignal): Promise<string>;
  /** The same while it is known to run here; starts nothing. */
  known?(): string | undefined;
  /** Says that the server at this address did not answer: the next call of address() looks anew. */
  lost(url: string): void;
  /** Stops the server if this window started it. */
  dispose(): Promise<void>;
}

interface Running { url: string; child?: ChildProcess }

export function createSandboxProcess(options: SandboxProcessOptions): SandboxProcess {
  const { dataFolder, log, startMs = 30_000 } = options;
  const discovery = join(dataFolder, 'running.json');
  let running: Running | undefined;
  let starting: Promise<Running> | undefined;
  let disposed = false;

  const attach = async (): Promise<Running | undefined> => {
    const found = await readAddress(discovery);
    if (found === undefined || !(await options.answers(found.url))) return undefined;
    log.info(`Attached to the sandbox that runs at ${found.url} (process ${found.pid ?? 'unknown'}).`);
    return { url: found.url };
  };

  const start = async (): Promise<Running> => {
    log.info('Starting the sandbox.');
    const began = Date.now();
    const { child, url, notice } = await startChild(options, startMs);
    if (notice !== undefined) options.onNotice(notice);
    child.once('exit', (code, killedBy) => {
      if (running?.child === child) running = undefined;
      if (!disposed) log.warn(`The sandbox ended (${killedBy ?? `code ${code}`}). It starts again when it is next needed.`);
    });
    if ((await readAddress(discovery))?.url !== url) await writeFile(discovery, JSON.stringify({ url, pid: child.pid }));
    log.info(`The sandbox answers at ${url} after ${Date.now() - began} ms (process ${child.pid}).`);
    return { url, child };
  };

  const find = async (): Promise<Running> => {
    try {
      await mkdir(dataFolder, { recursive: true });
      return await withFileLock(join(dataFolder, 'starting.lock'), { staleMs: startMs + 15_000, waitMs: startMs + 15_000 }, async () => (await attach()) ?? start());
    } catch (error) {
      if (error instanceof SandboxStartError) throw error;
      throw new SandboxStartError(`The sandbox could not be started: ${error instanceof Error ? error.message : String(error)}. Check that the editor may write its storage folder, and try again.`, { cause: error });
    }
  };

  return {
    async address(signal) {
      signal?.throwIfAborted();
      if (disposed) throw new SandboxStartError('The sandbox was stopped because the window is closing.');
      if (running) return running.url;
      starting ??= find().then((found) => (running = found)).finally(() => { starting = undefined; });
      const { url } = await orAborted(starting, signal);
      return url;
    },
    known: () => running?.url,
    lost(url) {
      if (running?.url !== url) return;
      const { child } = running;
      running = undefined;
      if (child?.exitCode === null && child.signalCode === null) child.kill();
      log.warn(`The sandbox at ${url} does not answer any more. It is looked for, or started, when it is next needed.`);
    },
    async dispose() {
      disposed = true;
      const child = running?.child ?? (await starting?.catch(() => undefined))?.child;
      running = undefined;
      if (!child) return;
      await stop(child);
      const left = await readAddress(discovery);
      if (left?.pid === child.pid) await unlink(discovery).catch(() => {});
    },
  };
}

async function readAddress(file: string): Promise<{ url: string; pid?: number } | undefined> {
  try {
    const { url, pid } = JSON.parse(await readFile(file, 'utf8')) as { url?: unknown; pid?: unknown };
    // Whoever may write here may also replace the state, but a sandbox is on this machine or it is none.
    if (typeof url !== 'string' || !/^http:\/\/(127\.0\.0\.1|localhost|\[::1\]):\d{1,5}\/?$/.test(url)) return undefined;
    return { url: url.replace(/\/$/, ''), ...(typeof pid === 'number' && { pid }) };
  } catch {
    return undefined;
  }
}

function startChild({ script, dataFolder, log }: SandboxProcessOptions, startMs: number): Promise<{ child: ChildProcess; url: string; notice?: string }> {
  return new Promise((resolve, reject) => {
    // The editor's own binary is Electron: the variable makes it behave as Node.
    const child = fork(script, ['--port', '0', '--data', dataFolder], {
      cwd: dataFolder, execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    });
    let said = '';
    const listen = (text: string) => {
      said = (said + text).slice(-2_000);
      for (const line of text.split('\n')) if (line.trim() !== '') log.debug(`sandbox: ${line.trimEnd()}`);
    };
    child.stdout?.setEncoding('utf8').on('data', listen);
    child.stderr?.setEncoding('utf8').on('data', listen);
    const fail = (message: string, cause?: unknown) => {
      clearTimeout(timer);
      child.removeAllListeners();
      child.on('error', () => {});
      child.kill('SIGKILL');
      reject(new SandboxStartError(message, { cause }));
    };
    const timer = setTimeout(() => fail(`The sandbox did not answer within ${Math.round(startMs / 1000)} seconds of its start. Try again; the log has what it said.`), startMs);
    child.once('error', (error) => fail(`The sandbox could not be started: ${error.message}. Reinstall the extension if this stays so.`, error));
    child.once('exit', (code, killedBy) => fail(`The sandbox ended while it started (${killedBy ?? `code ${code}`}). ${lastLine(said)}Try again; the log has all that it said.`));
    child.on('message', (message) => {
      const { type, url, notice } = message as { type?: unknown; url?: unknown; notice?: unknown };
      if (type !== 'ready' || typeof url !== 'string') return;
      clearTimeout(timer);
      child.removeAllListeners('exit').removeAllListeners('message').removeAllListeners('error');
      child.on('error', (error) => log.warn(`The sandbox's process: ${error.message}`));
      resolve({ child, url: url.replace(/\/$/, ''), ...(typeof notice === 'string' && notice !== '' && { notice }) });
    });
  });
}

function lastLine(said: string): string {
  const line = said.trim().split('\n').at(-1) ?? '';
  return line === '' ? '' : `It said: "${line.slice(0, 200)}". `;
}

/** Asks it to end (it saves its state then), and ends it when it does not within two seconds. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  // Its parent's channel closing is its sign to save and end; a signal would end it without saving on Windows.
  if (child.connected) child.disconnect();
  else child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 2_000);
  await ended;
  clearTimeout(timer);
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
