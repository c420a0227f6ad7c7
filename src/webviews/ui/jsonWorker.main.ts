// The worker behind the answer's view: reads, searches and copies, so that the page never waits. One for a page, started from a blob.
import type { FromWorker, ToWorker } from './answerMessages.ts';
import { AnswerSession } from './answerSession.ts';

/** The worker's own side: the compiler knows the page's names alone. */
const page = globalThis as unknown as Pick<Worker, 'postMessage' | 'addEventListener'>;
const tell = (message: FromWorker) => page.postMessage(message);

// A timer would wait four milliseconds; a message comes as soon as those before it are done.
const breath = new MessageChannel();
const waiting: (() => void)[] = [];
breath.port1.onmessage = () => waiting.shift()?.();
const pause = () => new Promise<void>((resolve) => {
  waiting.push(resolve);
  breath.port2.postMessage(0);
});

const session = new AnswerSession(tell, pause);

async function answer({ id, kind, ask }: ToWorker): Promise<void> {
  try {
    tell({ id, reply: await session.ask(kind, ask) });
  } catch (error) {
    tell({ id, failed: error instanceof Error ? error.message : String(error) });
  }
}

page.addEventListener('message', (event: MessageEvent<ToWorker>) => void answer(event.data));
tell({ type: 'ready' });
