// The page's way to what reads the body: a worker, started early and kept for the page. A small body that comes before the worker runs, and
// any body when no worker can be started, is read in the page, in the same slices.
import type { FromWorker, Notice, Question, QuestionKind, Reply } from './answerMessages.ts';
import { AnswerSession } from './answerSession.ts';

/** Bytes that are read in the page rather than wait for the worker. */
const smallBody = 128 * 1024;

const stopped = 'The part that reads answers has stopped. Open the answer as a document, or send the request again.';

type Ask = <K extends QuestionKind>(kind: K, ask: Question[K]) => Promise<Reply[K]>;

export class AnswerReader {
  readonly #workerUrl: string;
  readonly #notify: (notice: Notice) => void;
  /** Undefined inside when it could not be started. */
  #worker: Promise<Ask | undefined>;
  #running: Ask | undefined;
  #own: Ask | undefined;
  #reading: Ask | undefined;

  /** `notify` hears of progress and hits, and of a worker that has stopped. */
  constructor(workerUrl: string, notify: (notice: Notice) => void) {
    this.#workerUrl = workerUrl;
    this.#notify = notify;
    this.#worker = this.#start();
  }

  async #start(): Promise<Ask | undefined> {
    try {
      return this.#running = await startWorker(this.#workerUrl, (notice) => {
        const shown = this.#reading === this.#running;
        if (notice.type === 'stopped') {
          this.#running = undefined;
          // The next body gets another.
          this.#worker = this.#start();
        }
        if (shown) this.#notify(notice);
      });
    } catch {
      return undefined;
    }
  }

  /** Opens a body; its bytes may be handed over and are then gone here. */
  async open(ask: Question['open']): Promise<Reply['open']> {
    const before = this.#reading;
    const reader = this.#running ?? (ask.bytes.length <= smallBody ? this.#inPage() : (await this.#worker) ?? this.#inPage());
    this.#reading = reader;
    // One that has stopped has nothing left to close.
    if (before && before !== reader) before('close', {}).catch(() => undefined);
    return reader('open', ask);
  }

  ask<K extends QuestionKind>(kind: K, ask: Question[K]): Promise<Reply[K]> {
    return this.#reading ? this.#reading(kind, ask) : Promise.reject(new Error('No body is open.'));
  }

  #inPage(): Ask {
    if (!this.#own) {
      const session = new AnswerSession((notice) => { if (this.#reading === this.#own) this.#notify(notice); }, () => new Promise((resolve) => setTimeout(resolve)));
      this.#own = (kind, ask) => session.ask(kind, ask);
    }
    return this.#own;
  }
}

/** A webview starts a worker from a blob alone, so its file is fetched first. Rejects when it cannot be had. */
async function startWorker(url: string, notify: (notice: Notice) => void): Promise<Ask> {
  const response = await fetch(url);
  if (!response.ok) throw new Error('The worker could not be loaded.');
  const address = URL.createObjectURL(new Blob([await response.arrayBuffer()], { type: 'text/javascript' }));
  const worker = new Worker(address, { type: 'module' });
  const waiting = new Map<number, { resolve(reply: unknown): void; reject(error: Error): void }>();
  let last = 0;
  const ask: Ask = (kind, asked) => new Promise<never>((resolve, reject) => {
    waiting.set(++last, { resolve: resolve as (reply: unknown) => void, reject });
    worker.postMessage({ id: last, kind, ask: asked }, 'bytes' in asked ? [asked.bytes.buffer as ArrayBuffer] : []);
  });
  return new Promise((resolve, reject) => {
    let ready = false;
    worker.onerror = () => {
      worker.terminate();
      const error = new Error(stopped);
      reject(error);
      for (const one of waiting.values()) one.reject(error);
      waiting.clear();
      if (ready) notify({ type: 'stopped', text: stopped });
    };
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if ('type' in data) {
        if (data.type !== 'ready') return notify(data);
        ready = true;
        return resolve(ask);
      }
      const one = waiting.get(data.id);
      waiting.delete(data.id);
      if ('failed' in data) one?.reject(new Error(data.failed));
      else one?.resolve(data.reply);
    };
  });
}
