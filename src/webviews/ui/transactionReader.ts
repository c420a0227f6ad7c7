// The page's way to what holds the transactions: a worker, started with the page, and anew when it dies. Where none can be started, the page does it itself.
import { TransactionDesk } from './transactionDesk.ts';
import type { FromWorker, Notice, Question, QuestionKind, Reply } from './transactionMessages.ts';

type Ask = <K extends QuestionKind>(kind: K, ask: Question[K]) => Promise<Reply[K]>;

export class TransactionReader {
  #ask: Promise<Ask>;

  constructor(workerUrl: string, notify: (notice: Notice) => void) {
    const start = (): Promise<Ask> => startWorker(workerUrl, (notice) => {
      if (notice.type === 'stopped') this.#ask = start();
      notify(notice);
    }).catch((): Ask => {
      const desk = new TransactionDesk(notify, () => new Promise((resolve) => setTimeout(resolve)));
      return (kind, ask) => desk.ask(kind, ask);
    });
    this.#ask = start();
  }

  async ask<K extends QuestionKind>(kind: K, ask: Question[K]): Promise<Reply[K]> {
    return (await this.#ask)(kind, ask);
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
      const text = 'The part that holds the transactions has stopped, most likely for want of memory. Read a shorter range.';
      reject(new Error(text));
      for (const one of waiting.values()) one.reject(new Error(text));
      waiting.clear();
      if (ready) notify({ type: 'stopped', text });
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
